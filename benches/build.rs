//! Makes the client whose codec is measured, as a build script of a user would.

fn main() -> Result<(), keywright::BuildError> {
    keywright::Builder::new()
        .api("measured", "codec/api.yaml")
        .generate()
}

//! Makes the client that the targets call, as a build script of a user would.

fn main() -> Result<(), keywright::BuildError> {
    keywright::Builder::new()
        .api("everything", "api.yaml")
        .generate()
}

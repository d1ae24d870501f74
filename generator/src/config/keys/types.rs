//! The keys of `[api.types]`.

use super::{Key, Kind};

/// Returns the key for the Rust types that take the place of schemas.
pub(super) fn types() -> Key {
    Key::new(
        "types",
        Kind::Map {
            of: "JSON pointer",
            example: "#/components/schemas/Money",
            value: Box::new(Kind::TextOr(Box::new(Kind::Table(replacement())))),
        },
        "{ path = \"rust_decimal::Decimal\", dependency = { rust_decimal = \"1\" } }",
        "Rust types of your own, by the JSON pointer of the schema that each one replaces. The model of the schema is not \
         generated, and every use of the schema has the type instead. A pointer into another file of the spec starts with \
         the path of the file: `common.yaml#/Money`.\n\n\
         A type is written as its whole path, such as `\"crate::Money\"`, or as a table with the keys `path` and \
         `dependency`. The dependency goes into the generated `Cargo.toml`, and is written as there: \
         `dependency = { uuid = { version = \"1\", features = [\"serde\"] } }`. Clients that are included into another crate \
         use the dependencies of that crate, so it must have the type's crate itself. A path that starts with `crate::` is \
         only for such clients.\n\n\
         The type must implement `serde::Serialize`, `serde::de::DeserializeOwned`, `Clone`, `Debug` and `PartialEq`, and \
         for asynchronous calls `Send` and `Sync`. It is read and written as JSON by `serde_json`, so the JSON must be what \
         the document describes; `rust_decimal`, for example, has Cargo features that choose between text and numbers. \
         `serde_json` rounds numbers with a fraction to `f64` unless its feature `arbitrary_precision` is on. \
         `Debug` of the type shows its value, even if the schema is marked as a secret.",
    )
}

fn replacement() -> Vec<Key> {
    let dependency = Kind::Map {
        of: "crate",
        example: "rust_decimal",
        value: Box::new(Kind::TextOr(Box::new(Kind::Table(dependency())))),
    };
    vec![
        Key::required(
            "path",
            Kind::Text,
            "\"rust_decimal::Decimal\"",
            "The path of the type.",
        ),
        Key::new(
            "dependency",
            dependency,
            "\"1\"",
            "The dependency that has the type, by its name in `Cargo.toml`.",
        ),
    ]
}

/// The keys of a dependency, as Cargo has them. All of them but these two go into the manifest as they are.
fn dependency() -> Vec<Key> {
    let text = |name, example, doc| Key::new(name, Kind::Text, example, doc);
    vec![
        text("version", "\"1\"", "The version requirement."),
        Key::new(
            "features",
            Kind::List(Box::new(Kind::Text)),
            "[\"serde\"]",
            "The features of the dependency.",
        ),
        Key::new(
            "default-features",
            Kind::Flag,
            "false",
            "Whether the default features are on.",
        )
        .or("true"),
        text(
            "package",
            "\"rust_decimal\"",
            "The name of the package, if the dependency is renamed.",
        ),
        text(
            "path",
            "\"../money\"",
            "The folder of the package, relative to the generated one.",
        ),
        text(
            "git",
            "\"https://example.org/money.git\"",
            "The URL of the Git repository.",
        ),
        text("branch", "\"main\"", "The branch of the repository."),
        text("tag", "\"v1.0.0\"", "The tag of the repository."),
        text("rev", "\"4f726e3\"", "The commit of the repository."),
        text(
            "registry",
            "\"internal\"",
            "The registry, if it is not crates.io.",
        ),
    ]
}

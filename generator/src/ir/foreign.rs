//! Rust types of other crates that take the place of schemas.

/// A Rust type that takes the place of an item, which is not written then. The item still says what travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// The whole path of the type: `rust_decimal::Decimal`.
    pub path: String,
    /// The dependencies of the generated package that have the type.
    pub dependencies: Vec<Dependency>,
}

/// A dependency of the generated package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependency {
    /// The name in `Cargo.toml`.
    pub name: String,
    /// The version requirement.
    pub version: Option<String>,
    /// The features that are on besides the default ones.
    pub features: Vec<String>,
    /// Whether the default features are off.
    pub is_bare: bool,
    /// Other keys of Cargo's with their text, such as `git`, in the order of the alphabet.
    pub others: Vec<(String, String)>,
}

impl Dependency {
    /// A dependency by its name and its version requirement.
    #[must_use]
    pub fn new(name: impl Into<String>, version: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            version: Some(version.into()),
            ..Self::default()
        }
    }

    /// The name of the library in Rust.
    #[must_use]
    pub fn library(&self) -> String {
        self.name.replace('-', "_")
    }
}

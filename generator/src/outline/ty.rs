//! Rust types that stand alone: models go by their name.

use std::fmt;

/// A Rust type, or how an argument is declared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    /// A type of another crate, of the runtime or of an operation, by its path, and what it is applied to:
    /// `Option<String>`. How arguments are declared is written so, too: `impl Into<String>`, `&T`, `&[T]`.
    Path(String, Vec<Ty>),
    /// A model of the API.
    Model(String),
    /// A tuple.
    Tuple(Vec<Ty>),
}

impl Ty {
    /// A type without arguments.
    #[must_use]
    pub fn path(path: impl Into<String>) -> Self {
        Self::Path(path.into(), Vec::new())
    }

    /// A type that is applied to another.
    #[must_use]
    pub fn of(path: impl Into<String>, inner: Ty) -> Self {
        Self::Path(path.into(), vec![inner])
    }

    /// What a wrapper is around: `T` of `Option<T>`.
    #[must_use]
    pub fn inside(&self, wrapper: &str) -> Option<&Ty> {
        match self {
            Self::Path(path, arguments) if path == wrapper => arguments.first(),
            _ => None,
        }
    }

    /// Whether it is `()`.
    #[must_use]
    pub fn is_unit(&self) -> bool {
        matches!(self, Self::Tuple(types) if types.is_empty())
    }

    /// Whether a type stands in it, at any depth.
    #[must_use]
    pub fn mentions(&self, path: &str) -> bool {
        match self {
            Self::Path(name, arguments) => {
                name == path || arguments.iter().any(|it| it.mentions(path))
            }
            Self::Model(_) => false,
            Self::Tuple(types) => types.iter().any(|it| it.mentions(path)),
        }
    }

    /// The same with other names for models, or other types in their place.
    #[must_use]
    pub fn map(&self, model: &impl Fn(&str) -> Option<Ty>) -> Ty {
        let all = |types: &[Ty]| types.iter().map(|it| it.map(model)).collect();
        match self {
            Self::Path(name, arguments) => Self::Path(name.clone(), all(arguments)),
            Self::Model(name) => model(name).unwrap_or_else(|| self.clone()),
            Self::Tuple(types) => Self::Tuple(all(types)),
        }
    }
}

/// As Rust has it, without the modules that everybody knows: `Vec<Pet>`.
impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Model(name) => f.write_str(name),
            Self::Tuple(types) => {
                f.write_str("(")?;
                list(f, types)?;
                f.write_str(")")
            }
            Self::Path(name, arguments) => match (&**name, &arguments[..]) {
                ("&", [inner]) => write!(f, "&{inner}"),
                ("&[]", [inner]) => write!(f, "&[{inner}]"),
                (name, []) => f.write_str(name),
                (name, arguments) => {
                    write!(f, "{name}<")?;
                    list(f, arguments)?;
                    f.write_str(">")
                }
            },
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, types: &[Ty]) -> fmt::Result {
    for (index, ty) in types.iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        fmt::Display::fmt(ty, f)?;
    }
    Ok(())
}

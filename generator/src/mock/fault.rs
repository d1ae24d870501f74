//! What is wrong with the documents and settings of a stand-in.

use std::collections::HashMap;
use std::fmt;

use super::contract::Contract;
use super::control;
use super::rules::TooMany;
use super::settings::Settings;

/// Why a stand-in cannot be set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetUpError {
    /// Two documents have an operation of one path and method.
    Clash {
        /// Method and path.
        route: String,
        /// Where the operations stand.
        places: [String; 2],
    },
    /// An operation has a path that is the stand-in's own.
    Reserved {
        /// Method and path.
        route: String,
        /// Where the operation stands.
        place: String,
    },
    /// There are more rules than there may be.
    TooManyRules(TooMany),
    /// A credential is for a security scheme that no document has.
    UnknownScheme {
        /// The scheme.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
}

impl fmt::Display for SetUpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clash { route, places } => write!(
                f,
                "two documents have `{route}`: at {} and at {}; serve each under a path of its own with `--base-path`",
                places[0], places[1]
            ),
            Self::Reserved { route, place } => write!(
                f,
                "`{route}` at {place} is a path of the mock server itself; set another base path with `--base-path`"
            ),
            Self::TooManyRules(error) => error.fmt(f),
            Self::UnknownScheme { name, known } if known.is_empty() => {
                write!(
                    f,
                    "no document has a security scheme, so that `{name}` is none"
                )
            }
            Self::UnknownScheme { name, known } => write!(
                f,
                "no document has the security scheme `{name}`; there are: {}",
                known.join(", ")
            ),
        }
    }
}

impl std::error::Error for SetUpError {}

/// Finds an operation that has a path of the stand-in itself.
pub(super) fn reserved(contracts: &[Contract]) -> Result<(), SetUpError> {
    let mut operations = contracts.iter().flat_map(|it| &it.operations);
    match operations.find(|it| control::has(&it.path.text)) {
        Some(operation) => Err(SetUpError::Reserved {
            route: format!("{} {}", operation.method, operation.path.text),
            place: Contract::locate(&operation.place),
        }),
        None => Ok(()),
    }
}

/// Finds an operation that two documents have.
pub(super) fn clashes(contracts: &[Contract]) -> Result<(), SetUpError> {
    let mut seen: HashMap<String, (usize, String)> = HashMap::new();
    for (number, contract) in contracts.iter().enumerate() {
        for operation in &contract.operations {
            let route = format!("{} {}", operation.method, operation.path.shape());
            let place = Contract::locate(&operation.place);
            let before = seen.insert(route, (number, place.clone()));
            if let Some((_, before)) = before.filter(|(it, _)| *it != number) {
                return Err(SetUpError::Clash {
                    route: format!("{} {}", operation.method, operation.path.text),
                    places: [before, place],
                });
            }
        }
    }
    Ok(())
}

impl Settings {
    /// Finds what the documents do not have.
    pub(super) fn check(&self, contracts: &[Contract]) -> Result<(), SetUpError> {
        let schemes = contracts.iter().flat_map(|it| &it.api.schemes);
        let mut known: Vec<String> = schemes.map(|it| it.name.clone()).collect();
        let unknown = self
            .credentials
            .iter()
            .find(|(name, _)| !known.contains(name));
        match unknown {
            Some((name, _)) => {
                known.dedup();
                Err(SetUpError::UnknownScheme {
                    name: name.clone(),
                    known,
                })
            }
            None => Ok(()),
        }
    }
}

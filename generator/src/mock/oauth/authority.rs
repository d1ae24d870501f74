//! Where an authorization server is asked, for people who want to know.

use super::endpoint::Endpoint;
use super::servers::Scheme;

/// Where the authorization server of a security scheme is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The module of the API.
    pub module: String,
    /// The security scheme.
    pub scheme: String,
    /// The path below which its endpoints always are.
    pub path: String,
    /// Their names, which follow the path: `token`, `authorize`.
    pub endpoints: Vec<&'static str>,
    /// The paths that the document states.
    pub stated: Vec<String>,
    /// The paths at which it describes itself.
    pub metadata: [String; 2],
}

impl Authority {
    pub(in crate::mock) fn of(scheme: &Scheme) -> Self {
        Self {
            module: scheme.id.0.clone(),
            scheme: scheme.id.1.clone(),
            path: scheme.own_path(),
            endpoints: Endpoint::OWN.map(Endpoint::segment).into(),
            stated: scheme.stated.iter().map(|(_, it)| it.clone()).collect(),
            metadata: scheme.metadata_paths(),
        }
    }
}

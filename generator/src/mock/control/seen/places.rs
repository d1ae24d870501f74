//! Where credentials travel in requests, by the security schemes and the extensions.

use std::collections::BTreeSet;

use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};

use crate::ir::{ApiKeyLocation, MessagePart, SchemeKind};
use crate::mock::contract::{Contract, Operation};

/// Places in requests.
#[derive(Default)]
pub(super) struct Places {
    /// Names of headers, in lower case.
    pub(super) headers: BTreeSet<String>,
    /// Names of query parameters.
    pub(super) query: BTreeSet<String>,
    /// JSON pointers into the body.
    pub(super) body: BTreeSet<String>,
}

impl Places {
    /// The places of the credentials of all documents, and of what sessions send in these operations.
    pub(super) fn of(contracts: &[Contract], operations: &[(&Contract, &Operation)]) -> Self {
        let mut places = Self::default();
        for name in [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION] {
            places.headers.insert(name.as_str().to_owned());
        }
        for scheme in contracts.iter().flat_map(|it| &it.api.schemes) {
            if let SchemeKind::ApiKey { location, name, .. } = &scheme.kind {
                match location {
                    ApiKeyLocation::Header => places.headers.insert(name.to_ascii_lowercase()),
                    ApiKeyLocation::Query => places.query.insert(name.clone()),
                    // No cookie is shown.
                    ApiKeyLocation::Cookie => false,
                };
            }
        }
        for (contract, operation) in operations {
            for part in sent(contract, operation) {
                match part {
                    MessagePart::Body(pointer) => places.body.insert(pointer.clone()),
                    MessagePart::Header(name) => places.headers.insert(name.to_ascii_lowercase()),
                    MessagePart::Query(name) => places.query.insert(name.clone()),
                };
            }
        }
        places
    }
}

/// The parts of a session that an operation sends.
fn sent<'c>(contract: &'c Contract, operation: &Operation) -> Vec<&'c MessagePart> {
    let Some(client) = operation.client else {
        return Vec::new();
    };
    let mut parts = Vec::new();
    for session in &contract.api.sessions {
        let grants = [Some(&session.acquire), session.renew.as_ref()];
        let grants = grants.into_iter().flatten();
        let sends = grants.map(|it| (it.operation, &it.sends));
        let revoke = session.revoke.as_ref().map(|it| (it.operation, &it.sends));
        for (_, sends) in sends.chain(revoke).filter(|(it, _)| *it == client) {
            parts.extend(sends.iter().map(|(part, _)| part));
        }
    }
    for flow in &contract.api.device_flows {
        if flow.poll.operation == client {
            parts.extend(&flow.poll.sends);
        }
    }
    parts
}

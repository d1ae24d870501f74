//! The authorization servers of the documents: what each gives, and where it is asked.
//!
//! Security schemes that have a path in common are of one server, also those of two documents: what it issues for one of
//! them is good for all. The host does not count, since everything is served at one.

use std::collections::{HashMap, HashSet};

use super::endpoint::{Endpoint, OPENID, Way};
use super::error::{ErrorCode, OAuthError};
use super::read::Draft;
use crate::ir::OAuthFlowKind;
use crate::mock::contract::{Contract, Matched, Routes, Template};

/// The paths of what no document states: the address of the scheme follows.
const OWN: &str = "/__keywright/oauth";
/// The scopes of every server of OpenID Connect (OpenID Connect Core 1.0, sections 3.1.2.1, 5.4 and 11).
const OPENID_SCOPES: [&str; 6] = [
    OPENID,
    "profile",
    "email",
    "address",
    "phone",
    "offline_access",
];

/// A security scheme, and where its server is asked for it.
#[derive(Debug)]
pub(in crate::mock) struct Scheme {
    /// The module of the API, and the name of the scheme.
    pub(super) id: (String, String),
    /// The segment by which its own paths differ from those of others.
    pub(super) address: String,
    /// The path of the issuer.
    pub(super) issuer: String,
    /// The paths that the document states.
    pub(super) stated: Vec<(Endpoint, String)>,
    server: usize,
}

impl Scheme {
    /// The path below which its endpoints always are.
    pub(super) fn own_path(&self) -> String {
        format!("{OWN}/{}", self.address)
    }

    /// The path that an endpoint always has.
    pub(super) fn path(&self, endpoint: Endpoint) -> String {
        format!("{}/{}", self.own_path(), endpoint.segment())
    }

    /// The paths at which the server describes itself (RFC 8414, section 3; OpenID Connect Discovery 1.0, section 4).
    pub(super) fn metadata_paths(&self) -> [String; 2] {
        let issuer = &self.issuer;
        [
            format!("{issuer}/.well-known/openid-configuration"),
            format!("/.well-known/oauth-authorization-server{issuer}"),
        ]
    }
}

/// An authorization server.
#[derive(Debug)]
pub(super) struct Server {
    /// What its credentials are known by: the first of its schemes.
    pub(super) key: (String, String),
    /// The title of the API of that.
    pub(super) title: String,
    ways: Vec<Way>,
    /// Whether it is one of OpenID Connect.
    is_openid: bool,
    /// Whether a document lists its scopes.
    is_listed: bool,
}

impl Server {
    pub(super) fn way(&self, kind: OAuthFlowKind) -> Option<&Way> {
        self.ways.iter().find(|it| it.kind == kind)
    }

    /// What the scopes of all ways are called.
    pub(super) fn scopes(&self) -> Vec<&str> {
        let mut scopes: Vec<&str> = Vec::new();
        for (scope, _) in self.ways.iter().flat_map(|it| &it.scopes) {
            if !scopes.contains(&scope.as_str()) {
                scopes.push(scope);
            }
        }
        scopes
    }

    /// What a scope means, if a document says it.
    pub(super) fn meaning(&self, scope: &str) -> Option<&str> {
        let mut all = self.ways.iter().flat_map(|it| &it.scopes);
        let found = all.find(|(name, meaning)| name == scope && !meaning.is_empty());
        found.map(|(_, meaning)| meaning.as_str())
    }

    /// The scopes that are granted: those that are asked for, or all (RFC 6749, section 3.3).
    pub(super) fn granted(
        &self,
        kind: OAuthFlowKind,
        asked: Option<&str>,
    ) -> Result<Vec<String>, OAuthError> {
        let known = self.way(kind).map_or(&[][..], |it| &it.scopes);
        let Some(asked) = asked else {
            return Ok(known.iter().map(|(scope, _)| scope.clone()).collect());
        };
        let mut granted: Vec<String> = Vec::new();
        for scope in asked.split(' ').filter(|it| !it.is_empty()) {
            let is_known = !self.is_listed
                || (self.is_openid && OPENID_SCOPES.contains(&scope))
                || known.iter().any(|(it, _)| it == scope);
            if !is_known {
                let description = "the document does not have all of these scopes for this flow";
                return Err(OAuthError::new(ErrorCode::InvalidScope, description));
            }
            if !granted.iter().any(|it| it == scope) {
                granted.push(scope.to_owned());
            }
        }
        Ok(granted)
    }

    fn add(&mut self, draft: &Draft<'_>) {
        self.is_openid |= draft.is_openid;
        self.is_listed |= draft.is_listed;
        for way in &draft.ways {
            match self.ways.iter_mut().find(|it| it.kind == way.kind) {
                Some(known) => {
                    for scope in &way.scopes {
                        if !known.scopes.iter().any(|(it, _)| *it == scope.0) {
                            known.scopes.push(scope.clone());
                        }
                    }
                }
                None => self.ways.push(way.clone()),
            }
        }
    }
}

/// An endpoint that a path leads to.
#[derive(Debug)]
pub(in crate::mock) struct FoundEndpoint<'s> {
    pub(super) scheme: &'s Scheme,
    pub(super) server: &'s Server,
    pub(super) endpoint: Endpoint,
    /// Whether the path has no part that may be anything.
    pub(in crate::mock) is_exact: bool,
}

/// The authorization servers of the documents.
#[derive(Debug)]
pub(in crate::mock) struct Servers {
    schemes: Vec<Scheme>,
    all: Vec<Server>,
    routes: Routes,
    /// The scheme and the endpoint of each number in the routes.
    numbers: Vec<(usize, Endpoint)>,
}

impl Servers {
    pub(in crate::mock) fn new(contracts: &[Contract]) -> Self {
        let drafts = super::read::read(contracts);
        let groups = groups(&drafts);
        let addresses = addresses(&drafts);
        let issuers = issuers(&drafts, &groups, &addresses);
        let mut servers: Vec<Server> = Vec::new();
        let mut schemes = Vec::new();
        let mut numbers_of_groups = HashMap::new();
        let named = addresses.into_iter().zip(issuers);
        for ((draft, group), (address, issuer)) in drafts.into_iter().zip(groups).zip(named) {
            let id = draft.id();
            let number = *numbers_of_groups.entry(group).or_insert_with(|| {
                servers.push(Server {
                    key: id.clone(),
                    title: draft.contract.title.clone(),
                    ways: Vec::new(),
                    is_openid: false,
                    is_listed: false,
                });
                servers.len() - 1
            });
            servers[number].add(&draft);
            schemes.push(Scheme {
                id,
                address,
                issuer,
                stated: draft.stated,
                server: number,
            });
        }
        let (routes, numbers) = routes(&schemes);
        Self {
            schemes,
            all: servers,
            routes,
            numbers,
        }
    }

    /// Returns the security schemes.
    pub(in crate::mock) fn schemes(&self) -> &[Scheme] {
        &self.schemes
    }

    /// Returns what the credentials of the server of a scheme are known by.
    pub(in crate::mock) fn key(&self, module: &str, scheme: &str) -> Option<&(String, String)> {
        let mut schemes = self.schemes.iter();
        let found = schemes.find(|it| it.id.0 == module && it.id.1 == scheme)?;
        Some(&self.all[found.server].key)
    }

    /// Returns what is asked at a path.
    pub(in crate::mock) fn find(&self, path: &str, method: &str) -> Option<FoundEndpoint<'_>> {
        let matched = self.routes.find(path).into_iter().next()?;
        let Matched {
            operations,
            parameters,
        } = matched;
        let numbers = operations.into_iter().map(|it| self.numbers[it]);
        let best =
            numbers.min_by_key(|(_, endpoint)| (!endpoint.methods().contains(&method), *endpoint));
        let (scheme, endpoint) = best?;
        let scheme = &self.schemes[scheme];
        Some(FoundEndpoint {
            server: &self.all[scheme.server],
            scheme,
            endpoint,
            is_exact: parameters.is_empty(),
        })
    }
}

/// The group of each scheme: those with a path in common are of one.
fn groups(drafts: &[Draft<'_>]) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..drafts.len()).collect();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (number, draft) in drafts.iter().enumerate() {
        let stated = draft.stated.iter().map(|(_, it)| Template::new(it).shape());
        let issuer = draft.issuer.iter().map(|it| format!("issuer {it}"));
        for path in stated.chain(issuer) {
            let first = *seen.entry(path).or_insert(number);
            let (from, to) = (groups[number], groups[first]);
            for group in groups.iter_mut().filter(|it| **it == from) {
                *group = to;
            }
        }
    }
    groups
}

/// A segment for each scheme, made of its name.
fn addresses(drafts: &[Draft<'_>]) -> Vec<String> {
    let mut taken = HashSet::new();
    let address = |draft: &Draft<'_>| {
        let plain = |it: char| match it {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => it,
            _ => '-',
        };
        let name: String = draft.name.chars().map(plain).collect();
        let with_module = format!("{}-{name}", draft.contract.module);
        let numbered = (2..).map(|it: usize| format!("{with_module}-{it}"));
        let mut candidates = [name, with_module.clone()].into_iter().chain(numbered);
        let free = candidates.find(|it| taken.insert(it.clone()));
        free.unwrap_or(with_module)
    };
    drafts.iter().map(address).collect()
}

/// The path of the issuer of each scheme: that of its metadata, or of those of its server. The first server that has
/// none is at the root, if no other is.
fn issuers(drafts: &[Draft<'_>], groups: &[usize], addresses: &[String]) -> Vec<String> {
    let mut of_groups: HashMap<usize, String> = HashMap::new();
    for (draft, group) in drafts.iter().zip(groups) {
        if let Some(issuer) = &draft.issuer {
            of_groups.entry(*group).or_insert_with(|| issuer.clone());
        }
    }
    let mut is_root_taken = drafts.iter().any(|it| it.issuer.as_deref() == Some(""));
    let mut issuers = Vec::new();
    for ((draft, group), address) in drafts.iter().zip(groups).zip(addresses) {
        let of_group = of_groups.entry(*group).or_insert_with(|| {
            if is_root_taken {
                format!("{OWN}/{address}")
            } else {
                is_root_taken = true;
                String::new()
            }
        });
        issuers.push(draft.issuer.clone().unwrap_or_else(|| of_group.clone()));
    }
    issuers
}

fn routes(schemes: &[Scheme]) -> (Routes, Vec<(usize, Endpoint)>) {
    let mut paths = Vec::new();
    let mut numbers = Vec::new();
    for (number, scheme) in schemes.iter().enumerate() {
        let mut add = |endpoint: Endpoint, path: &str| {
            paths.push(Template::new(path));
            numbers.push((number, endpoint));
        };
        for (endpoint, path) in &scheme.stated {
            add(*endpoint, path);
        }
        for endpoint in Endpoint::OWN {
            add(endpoint, &scheme.path(endpoint));
        }
        for path in scheme.metadata_paths() {
            add(Endpoint::Metadata, &path);
        }
    }
    (Routes::new(paths.iter().zip(0..)), numbers)
}

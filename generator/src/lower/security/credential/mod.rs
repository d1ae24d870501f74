//! Credentials that a document describes as parameters, since it declares no security scheme for them.
//!
//! A header parameter `Authorization` shall be ignored (OAS 3.1.1, Parameter Object, `name`). Where `security` says
//! nothing, nobody could sign in, then. So it becomes a scheme of the client, and an operation that has the parameter
//! wants this scheme, or can do without where the parameter is optional. So does any other parameter that is a key by
//! name and description. An operation that says itself that it wants no credentials is left alone.

mod advice;
pub(super) mod recognize;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::ir::{self, Alternative, ApiKeyLocation, SchemeId, SchemeKind};
use crate::lower::context::Context;
use crate::lower::security::Schemes;
use crate::lower::{docs, extension};
use crate::model::{Operation, Parameter};
use recognize::{Evidence, Key, recognize};

/// How many optional keys an operation may have besides `Authorization`: each doubles its alternatives. Others stay
/// arguments.
const MOST_OPTIONAL: usize = 3;

/// The schemes that parameters stand for.
pub(in crate::lower) struct Inferred {
    schemes: HashMap<Key, SchemeId>,
    /// How `Authorization` is sent where a parameter does not say so.
    unstated: Key,
}

/// What the parameters of an operation say of credentials.
#[derive(Default)]
pub(in crate::lower) struct Credentials {
    /// The alternatives of which one must hold; empty when no parameter is a credential.
    pub(in crate::lower) alternatives: Vec<Alternative>,
    /// Which parameters of the operation are credentials, by their index.
    pub(in crate::lower) parameters: HashSet<usize>,
}

/// Finds the credentials among the parameters of all operations, and adds a scheme for each that no declared one
/// sends.
pub(in crate::lower) fn infer(cx: &mut Context, schemes: &mut Schemes) -> Inferred {
    let (found, unstated) = find(cx);
    let names = names(cx, &found);
    let known = Declared::of(schemes);
    let mut inferred = Inferred {
        schemes: HashMap::new(),
        unstated,
    };
    for ((key, parameters), name) in found.into_iter().zip(names) {
        let kind = kind(&key, &parameters[0].name);
        let id = match known.get(schemes, &key, &kind) {
            Some(id) => id,
            None => schemes.add(scheme(cx, kind, parameters[0], name)),
        };
        advice::report(cx, &schemes[id], &parameters);
        inferred.schemes.insert(key, id);
    }
    inferred
}

/// The parameters that are credentials, by what makes them one credential, and how `Authorization` is sent where a
/// parameter does not say so. The first of the parameters says most.
fn find<'a>(cx: &Context<'a>) -> (IndexMap<Key, Vec<&'a Parameter>>, Key) {
    let mut found: IndexMap<Key, Vec<&Parameter>> = IndexMap::new();
    let mut others: HashMap<Key, Vec<&Parameter>> = HashMap::new();
    let operations = cx.description.paths.iter().flat_map(|it| &it.operations);
    for operation in operations.filter(|it| is_silent(cx, it)) {
        for parameter in &operation.parameters {
            match recognize(cx, parameter) {
                Some((key, Evidence::Clear)) => found.entry(key).or_default().push(parameter),
                Some((key, Evidence::NameAlone)) => others.entry(key).or_default().push(parameter),
                None => {}
            }
        }
    }
    found.retain(|key, parameters| parameters.len() > 1 || !recognize::is_vague(key));
    let stated = [Key::Bearer, Key::Basic, Key::authorization()];
    let mut stated = stated.into_iter().filter(|it| found.contains_key(it));
    let unstated = match (stated.next(), stated.next()) {
        (Some(only), None) => only,
        _ => Key::authorization(),
    };
    if let Some(parameters) = others.remove(&Key::authorization()) {
        found
            .entry(unstated.clone())
            .or_default()
            .extend(parameters);
    }
    for (key, parameters) in &mut found {
        parameters.extend(others.remove(key).into_iter().flatten());
    }
    (found, unstated)
}

/// Whether the document leaves open which credentials an operation wants: it names no scheme that is declared, and
/// does not say of the operation itself that it wants none.
fn is_silent(cx: &Context, operation: &Operation) -> bool {
    let security = &operation.security;
    let mut names = security.iter().flat_map(|it| it.schemes.keys());
    let is_declared = names.any(|it| cx.description.security_schemes.contains_key(it));
    let wants_nothing =
        operation.has_own_security && security.iter().all(|it| it.schemes.is_empty());
    !is_declared && !wants_nothing
}

/// The declared schemes, by what they write.
struct Declared(HashMap<(ApiKeyLocation, String), Vec<SchemeId>>);

impl Declared {
    fn of(schemes: &Schemes) -> Self {
        let mut by_part: HashMap<_, Vec<_>> = HashMap::new();
        for (id, scheme) in (0..).map(SchemeId).zip(&schemes.supported) {
            if let Some(part) = scheme.kind.part() {
                by_part.entry(part).or_default().push(id);
            }
        }
        Self(by_part)
    }

    /// The scheme that sends a credential as its parameter says, or the only one that sends it at all.
    fn get(&self, schemes: &Schemes, key: &Key, kind: &SchemeKind) -> Option<SchemeId> {
        let candidates = self.0.get(&kind.part()?)?;
        let mut alike = candidates
            .iter()
            .filter(|id| match (key, &schemes[**id].kind) {
                (Key::Bearer, SchemeKind::Bearer { .. })
                | (Key::Basic, SchemeKind::Basic)
                | (Key::Whole(..), SchemeKind::ApiKey { .. }) => true,
                (Key::Bearer | Key::Basic | Key::Whole(..), _) => false,
            });
        let only = (candidates.len() == 1).then(|| candidates[0]);
        alike.next().copied().or(only)
    }
}

/// The scheme that parameters stand for, of which the first says most.
fn scheme(
    cx: &mut Context,
    kind: SchemeKind,
    first: &Parameter,
    name: String,
) -> ir::SecurityScheme {
    ir::SecurityScheme {
        origin: ir::Origin {
            place: first.place.clone(),
        },
        name,
        rust_name: extension::name(cx, &first.place, &first.extensions),
        docs: docs::docs(None, first.description.as_ref(), None),
        deprecated: first.deprecated,
        kind,
        sources: Vec::new(),
        inferred: true,
    }
}

/// How a credential is sent, by a parameter called `name`.
fn kind(key: &Key, name: &str) -> SchemeKind {
    match key {
        Key::Bearer => SchemeKind::Bearer { format: None },
        Key::Basic => SchemeKind::Basic,
        Key::Whole(location, _) => SchemeKind::ApiKey {
            location: *location,
            name: name.to_owned(),
            prefix: None,
        },
    }
}

/// The names of schemes, which a document could give them, too: whatever else it infers or declares in which order.
fn names(cx: &Context, found: &IndexMap<Key, Vec<&Parameter>>) -> Vec<String> {
    let plain: Vec<String> = found
        .iter()
        .map(|(key, parameters)| match key {
            Key::Bearer => "bearerAuth".to_owned(),
            Key::Basic => "basicAuth".to_owned(),
            Key::Whole(..) => component_key(&parameters[0].name),
        })
        .collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in &plain {
        *counts.entry(name).or_default() += 1;
    }
    let is_declared = |name: &String| cx.description.security_schemes.contains_key(name);
    let mut used = HashSet::new();
    let mut names = Vec::new();
    for (key, name) in found.keys().zip(&plain) {
        let is_alone = counts[name.as_str()] == 1;
        let place = match key {
            Key::Whole(ApiKeyLocation::Query, _) => "query",
            Key::Whole(ApiKeyLocation::Cookie, _) => "cookie",
            Key::Whole(ApiKeyLocation::Header, _) | Key::Bearer | Key::Basic => "header",
        };
        let plain = is_alone.then(|| name.clone());
        let numbered = (2..).map(|number| format!("{name}-{place}-{number}"));
        let wishes = plain.into_iter().chain([format!("{name}-{place}")]);
        let mut wishes = wishes.chain(numbered);
        let free = wishes.find(|it| !is_declared(it) && used.insert(it.clone()));
        names.extend(free);
    }
    names
}

/// A name that a component may have (OAS 3.1.1, Components Object).
fn component_key(name: &str) -> String {
    let is_allowed = |it: char| it.is_ascii_alphanumeric() || "._-".contains(it);
    name.replace(|it| !is_allowed(it), "_")
}

impl Inferred {
    /// The credentials among the parameters of an operation.
    pub(in crate::lower) fn of(&self, cx: &Context, operation: &Operation) -> Credentials {
        let mut credentials = Credentials::default();
        if self.schemes.is_empty() || !is_silent(cx, operation) {
            return credentials;
        }
        let (mut required, mut optional) = (Vec::new(), Vec::new());
        for (index, parameter) in operation.parameters.iter().enumerate() {
            let Some((key, id)) = self.scheme(cx, parameter) else {
                continue;
            };
            if parameter.required {
                required.push(id);
            } else if optional.len() < MOST_OPTIONAL || key.is_authorization() {
                optional.push(id);
            } else {
                continue;
            }
            credentials.parameters.insert(index);
        }
        if !credentials.parameters.is_empty() {
            credentials.alternatives = alternatives(&required, &optional);
        }
        credentials
    }

    fn scheme(&self, cx: &Context, parameter: &Parameter) -> Option<(Key, SchemeId)> {
        let (mut key, evidence) = recognize(cx, parameter)?;
        if key == Key::authorization() && evidence == Evidence::NameAlone {
            key = self.unstated.clone();
        }
        let id = *self.schemes.get(&key)?;
        Some((key, id))
    }
}

/// Every choice of the optional schemes beside the required ones, that of more schemes before its parts.
fn alternatives(required: &[SchemeId], optional: &[SchemeId]) -> Vec<Alternative> {
    let choices = 0..1_usize << optional.len();
    let alternative = |choice: usize| {
        let optional = optional.iter().rev().enumerate().rev();
        let chosen = optional.filter(|(bit, _)| choice >> bit & 1 == 1);
        let schemes = required.iter().chain(chosen.map(|(_, id)| id));
        Alternative {
            schemes: schemes.map(|id| (*id, Vec::new())).collect(),
            foreign: Vec::new(),
        }
    };
    choices.rev().map(alternative).collect()
}

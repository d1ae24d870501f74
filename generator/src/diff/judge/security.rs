//! Credentials: what operations require, where keys travel, and where tokens come from.

use std::collections::BTreeSet;

use super::{Difference, Finding};
use crate::diff::{Cx, Rule};
use crate::outline::{FOREIGN, Fact, NodeKind, Requirement, Value};

pub(super) fn differs(it: Difference<'_>) -> Vec<Finding> {
    let finding = match (it.pair.new.kind, it.fact) {
        (NodeKind::Scheme, Fact::Kind) => it.is(Rule::CredentialKindChanged),
        // It is of another kind where it has a place and did not have one, and is told to be.
        (NodeKind::Scheme, Fact::Location) if is_of_same_kind(it) => it.is(Rule::CredentialMoved),
        (NodeKind::Scheme, Fact::WireName) if is_of_same_kind(it) && is_other_name(it) => {
            it.is(Rule::CredentialRenamed)
        }
        (NodeKind::Scheme, Fact::Prefix) if is_of_same_kind(it) => match (it.old, it.new) {
            (None, _) => it.is(Rule::PrefixAdded),
            (_, None) => it.is(Rule::PrefixRemoved),
            _ => it.is(Rule::PrefixChanged),
        },
        (NodeKind::Scheme, Fact::Endpoints)
        | (
            NodeKind::Flow,
            Fact::AuthorizationUrl | Fact::DeviceUrl | Fact::TokenUrl | Fact::RefreshUrl,
        ) => it.is(Rule::OauthEndpointChanged),
        (NodeKind::Scheme | NodeKind::Flow, Fact::Scopes) => it.is(Rule::OauthScopesChanged),
        (NodeKind::Session, Fact::Acquire | Fact::Renew | Fact::Revoke) => {
            it.is(Rule::SessionChanged)
        }
        (NodeKind::DeviceFlow, Fact::Acquire | Fact::Renew) => it.is(Rule::DeviceFlowChanged),
        _ => return Vec::new(),
    };
    vec![finding]
}

fn is_of_same_kind(it: Difference<'_>) -> bool {
    it.pair.old.get(Fact::Kind) == it.pair.new.get(Fact::Kind)
}

/// Whether a key has another name: one that moves into a header or out of it keeps its name in other letters.
fn is_other_name(it: Difference<'_>) -> bool {
    let is_moved = it.pair.old.get(Fact::Location) != it.pair.new.get(Fact::Location);
    let (old, new) = (
        it.pair.old.text(Fact::WireName),
        it.pair.new.text(Fact::WireName),
    );
    !(is_moved && old.eq_ignore_ascii_case(new))
}

/// `usertoken[read] and key or no credentials`
pub(crate) fn security_text(alternatives: &[Requirement]) -> String {
    if alternatives.is_empty() {
        return "no credentials".to_owned();
    }
    let alternatives = alternatives.iter().map(|it| requirement_text(it));
    alternatives.collect::<Vec<_>>().join(" or ")
}

fn requirement_text(requirement: &[(String, Vec<String>)]) -> String {
    if requirement.is_empty() {
        return "no credentials".to_owned();
    }
    let schemes = requirement.iter().map(|(name, scopes)| match &scopes[..] {
        [] => name.clone(),
        scopes => format!("{name}[{}]", scopes.join(" ")),
    });
    schemes.collect::<Vec<_>>().join(" and ")
}

/// The schemes of an alternative, in whatever order they stand.
fn schemes(requirement: &Requirement) -> BTreeSet<&str> {
    requirement.iter().map(|(name, _)| &**name).collect()
}

/// What an operation requires now, as against before. That a scheme has another name is told by the scheme.
pub(super) fn requirements(cx: &Cx<'_>, it: Difference<'_>) -> Vec<Finding> {
    let (Some(Value::Security(old)), Some(Value::Security(new))) = (it.old, it.new) else {
        return Vec::new();
    };
    let renamed = |(name, scopes): &(String, Vec<String>)| (cx.scheme(name), scopes.clone());
    let old = old.iter().map(|it| it.iter().map(renamed).collect());
    let (old, new): (Vec<Requirement>, _) = (old.collect(), new.clone());
    let (old, new) = if cx.has_scopes {
        (old, new)
    } else {
        (without_foreign(&old), without_foreign(&new))
    };
    let (old, new) = (&*old, &*new);
    let is_open = |all: &[Requirement]| all.is_empty() || all.iter().any(Vec::is_empty);
    let is_public = |all: &[Requirement]| all.iter().all(Vec::is_empty);
    if is_public(old) && is_public(new) {
        return Vec::new();
    }
    if is_public(new) {
        return vec![it.is(Rule::OperationBecamePublic)];
    }
    let mut findings = Vec::new();
    match (is_open(old), is_open(new)) {
        (false, true) => findings.push(it.is(Rule::AnonymousAccessAdded)),
        (true, false) => findings.push(it.is(Rule::OperationBecameProtected)),
        _ => {}
    }
    findings.extend(alternatives(cx, it, old, new));
    if findings.is_empty() {
        findings.extend(order(it, old, new));
    }
    findings
}

/// What a package that was read from its files tells: the credentials that the client sends, without their scopes.
fn without_foreign(all: &[Requirement]) -> Vec<Requirement> {
    let known = |requirement: &Requirement| -> Requirement {
        let schemes = requirement
            .iter()
            .filter(|(name, _)| !name.ends_with(FOREIGN));
        schemes
            .map(|(name, _)| (name.clone(), Vec::new()))
            .collect()
    };
    all.iter().map(known).collect()
}

/// The first alternative whose credentials are set is used: another order can send others.
fn order(it: Difference<'_>, old: &[Requirement], new: &[Requirement]) -> Option<Finding> {
    let is_same = old.iter().map(schemes).eq(new.iter().map(schemes));
    (!is_same).then(|| it.is(Rule::SecurityOrderChanged))
}

/// The alternatives that came, went, grew, shrank, or have other scopes.
fn alternatives(
    cx: &Cx<'_>,
    it: Difference<'_>,
    old: &[Requirement],
    new: &[Requirement],
) -> Vec<Finding> {
    let filled = |all: &'_ [Requirement]| -> Vec<Requirement> {
        all.iter().filter(|it| !it.is_empty()).cloned().collect()
    };
    let (mut old, mut new) = (filled(old), filled(new));
    // An operation that was open as a whole tells of its credentials by becoming protected.
    let was_public = old.is_empty();
    let mut findings = Vec::new();
    old.retain(|before| {
        let Some(index) = new.iter().position(|now| schemes(now) == schemes(before)) else {
            return true;
        };
        let now = new.remove(index);
        if cx.has_scopes {
            findings.extend(scopes(it, before, &now));
        }
        false
    });
    let mut related = Vec::new();
    old.retain(|before| {
        let (was, before_text) = (schemes(before), requirement_text(before));
        let is_related = |now: &Requirement| {
            let is = schemes(now);
            is.is_superset(&was) || is.is_subset(&was)
        };
        let Some(index) = new.iter().position(is_related) else {
            return true;
        };
        let now = new.remove(index);
        let rule = if schemes(&now).is_superset(&was) {
            Rule::SecurityStrengthened
        } else {
            Rule::SecurityWeakened
        };
        let finding = Finding::new(rule)
            .before(before_text)
            .after(requirement_text(&now));
        findings.push(finding.on(it.fact));
        related.push(now);
        false
    });
    // Of several that have become one, it is told once.
    old.retain(|before| {
        let was = schemes(before);
        let mut now = related.iter();
        !now.any(|now| schemes(now).is_superset(&was))
    });
    let added = new.iter().filter(|_| !was_public).map(|now| {
        Finding::new(Rule::SecurityAlternativeAdded)
            .after(requirement_text(now))
            .on(it.fact)
    });
    let removed = old.iter().map(|before| {
        Finding::new(Rule::SecurityAlternativeRemoved)
            .before(requirement_text(before))
            .on(it.fact)
    });
    findings.extend(removed.chain(added));
    findings
}

/// The scopes that an alternative requires now, or no longer.
fn scopes(it: Difference<'_>, before: &Requirement, now: &Requirement) -> Vec<Finding> {
    let all = |requirement: &Requirement| -> BTreeSet<String> {
        let scopes = requirement
            .iter()
            .flat_map(|(name, scopes)| scopes.iter().map(move |scope| format!("{name}[{scope}]")));
        scopes.collect()
    };
    let (old, new) = (all(before), all(now));
    let lost = old.difference(&new);
    let lost = lost.map(|scope| Finding::new(Rule::ScopeRemoved).before(scope.clone()));
    let gained = new.difference(&old);
    let gained = gained.map(|scope| Finding::new(Rule::ScopeAdded).after(scope.clone()));
    lost.chain(gained)
        .map(|finding| finding.on(it.fact))
        .collect()
}

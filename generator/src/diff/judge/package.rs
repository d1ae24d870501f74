//! The package: features, dependencies, versions.

use super::{Difference, Finding};
use crate::diff::Rule;
use crate::outline::{Fact, NodeKind, Value};

pub(super) fn differs(it: Difference<'_>) -> Vec<Finding> {
    let finding = match (it.pair.new.kind, it.fact) {
        (NodeKind::Package, Fact::Release) => it.is(Rule::VersionChanged),
        (NodeKind::Package, Fact::RustVersion) if is_raised(it) => it.is(Rule::RustVersionRaised),
        (NodeKind::Feature, Fact::IsDefault) => {
            it.gained_or_lost(Rule::FeatureDefault, Rule::FeatureNotDefault)
        }
        (NodeKind::Dependency, Fact::Release) if major(it.old) != major(it.new) => {
            it.is(Rule::DependencyReplaced)
        }
        _ => return Vec::new(),
    };
    vec![finding]
}

/// The features of which one must be on. Where one that was enough no longer is, callers lose the item. An API without
/// features of its own has its module's, which switches all others on.
pub(super) fn features(it: Difference<'_>) -> Option<Finding> {
    let (Some(Value::List(old)), Some(Value::List(new))) = (it.old, it.new) else {
        return None;
    };
    let is_moved = old.iter().any(|feature| !new.contains(feature));
    is_moved.then(|| it.is(Rule::FeatureMoved))
}

fn text(value: Option<&Value>) -> &str {
    match value {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}

fn is_raised(it: Difference<'_>) -> bool {
    let numbers = |value| -> Vec<u64> {
        text(value)
            .split('.')
            .map(|it| it.parse().unwrap_or_default())
            .collect()
    };
    numbers(it.new) > numbers(it.old)
}

/// The part of a version that Cargo takes for the major one.
fn major(value: Option<&Value>) -> Vec<&str> {
    let mut parts = text(value).trim_start_matches(['^', '=', '~']).split('.');
    let mut major = Vec::new();
    for part in parts.by_ref() {
        major.push(part);
        if part != "0" {
            break;
        }
    }
    major
}

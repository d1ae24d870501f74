//! Which rule a difference falls under: nodes in, findings out.

mod advice;
mod client;
pub(super) mod models;
mod operations;
mod package;
mod security;
mod values;

pub(crate) use security::security_text;

use super::matching::Pair;
use super::{Cx, Rule, shown};
use crate::outline::{Fact, Node, NodeKind, Value};

/// A rule that a difference falls under.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) rule: Rule,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// What to do, where that is more exact than what the rule says.
    pub(super) help: Option<String>,
    /// The fact that differs, by whose keyword the place is found.
    pub(super) fact: Option<Fact>,
}

impl Finding {
    /// A finding that says nothing of before and now.
    pub(super) fn new(rule: Rule) -> Self {
        Self {
            rule,
            before: None,
            after: None,
            help: None,
            fact: None,
        }
    }

    /// One of a name that changed.
    pub(super) fn renamed(rule: Rule, pair: Pair<'_>) -> Self {
        let finding = Self::new(rule)
            .before(pair.old.name.clone())
            .after(pair.new.name.clone());
        match pair.new.kind {
            NodeKind::Operation => finding.on(Fact::Types),
            NodeKind::Argument => finding.on(Fact::WireName),
            _ => finding,
        }
    }

    pub(super) fn before(mut self, before: impl Into<String>) -> Self {
        self.before = Some(before.into());
        self
    }

    pub(super) fn after(mut self, after: impl Into<String>) -> Self {
        self.after = Some(after.into());
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds what to do besides what the rule says.
    fn advise(self, advice: Option<String>) -> Self {
        match advice {
            Some(advice) => {
                let general = self.rule.help();
                self.help(format!("{general}; {advice}"))
            }
            None => self,
        }
    }

    pub(super) fn on(mut self, fact: Fact) -> Self {
        self.fact = Some(fact);
        self
    }
}

/// A fact of which two nodes say something different.
#[derive(Clone, Copy)]
pub(super) struct Difference<'n> {
    pub(super) fact: Fact,
    pub(super) pair: Pair<'n>,
    pub(super) old: Option<&'n Value>,
    pub(super) new: Option<&'n Value>,
}

impl Difference<'_> {
    /// The finding that the difference falls under a rule.
    pub(super) fn is(self, rule: Rule) -> Finding {
        let text = |value: Option<&Value>| value.and_then(shown);
        let (before, after) = (text(self.old), text(self.new));
        let is_seen = before.is_some() || after.is_some();
        let none = || is_seen.then(|| "none".to_owned());
        let is_flag = matches!(self.old.or(self.new), Some(Value::Flag(_)));
        let absent = || {
            if is_flag {
                Some("false".to_owned())
            } else {
                none()
            }
        };
        Finding {
            before: before.or_else(absent),
            after: after.or_else(absent),
            ..Finding::new(rule).on(self.fact)
        }
    }

    /// Which of two rules it falls under: that it holds now, or that it holds no longer.
    pub(super) fn gained_or_lost(self, gained: Rule, lost: Rule) -> Finding {
        let finding = Finding::new(if self.new.is_some() { gained } else { lost });
        finding.on(self.fact)
    }
}

/// What differs between two nodes that are one thing, without their parts.
pub(super) fn both(cx: &Cx<'_>, pair: Pair<'_>, unknown: &[(NodeKind, Fact)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    if pair.is_renamed() {
        findings.extend(if cx.types.kept().keeps(pair.old, pair.new) {
            let rule = match pair.new.kind {
                // A constant is no pattern for a reference, as a variant is.
                NodeKind::Variant => Rule::VariantRenamedWithAlias,
                _ => Rule::RenamedWithAlias,
            };
            Some(Finding::renamed(rule, pair))
        } else {
            renamed(pair).map(|it| it.advise(advice::alias(pair)))
        });
    }
    if is_other_kind(pair) {
        findings.extend(models::other_kind(cx, pair));
        return findings;
    }
    let Pair { old, new } = pair;
    let mut facts: Vec<Fact> = old
        .facts
        .iter()
        .chain(&new.facts)
        .map(|(fact, _)| *fact)
        .collect();
    facts.sort_unstable();
    facts.dedup();
    for fact in facts
        .into_iter()
        .filter(|it| !unknown.contains(&(new.kind, *it)))
    {
        let difference = Difference {
            fact,
            pair,
            old: old.get(fact),
            new: new.get(fact),
        };
        if difference.old != difference.new {
            findings.extend(of_kind(cx, difference));
        }
    }
    findings
}

/// Whether two models of one name are different kinds of types.
pub(super) fn is_other_kind(pair: Pair<'_>) -> bool {
    pair.new.kind == NodeKind::Item && pair.old.get(Fact::Kind) != pair.new.get(Fact::Kind)
}

fn of_kind(cx: &Cx<'_>, it: Difference<'_>) -> Vec<Finding> {
    match it.fact {
        Fact::Docs => return vec![Finding::new(Rule::DocsChanged).on(it.fact)],
        Fact::Constraints => return vec![it.is(Rule::ConstraintsChanged)],
        Fact::Deprecated => {
            return vec![it.gained_or_lost(Rule::Deprecated, Rule::Undeprecated)];
        }
        Fact::Features => return package::features(it).into_iter().collect(),
        Fact::Xml => return vec![it.is(Rule::XmlChanged)],
        Fact::Traits => return values::traits(it),
        _ => {}
    }
    match it.pair.new.kind {
        NodeKind::Package | NodeKind::Feature | NodeKind::Dependency | NodeKind::RuntimeItem => {
            package::differs(it)
        }
        NodeKind::Api | NodeKind::Server | NodeKind::ServerVariable => client::differs(it),
        NodeKind::Scheme
        | NodeKind::ForeignScheme
        | NodeKind::Flow
        | NodeKind::Session
        | NodeKind::DeviceFlow => security::differs(it),
        NodeKind::Operation
        | NodeKind::Argument
        | NodeKind::Body
        | NodeKind::Response
        | NodeKind::Header
        | NodeKind::Marker
        | NodeKind::Incoming => operations::differs(cx, it),
        NodeKind::Variant | NodeKind::Item | NodeKind::Field | NodeKind::Constant => {
            models::differs(cx, it)
        }
        // They are compared when it is known what has another name.
        NodeKind::Alias => Vec::new(),
    }
}

fn renamed(pair: Pair<'_>) -> Option<Finding> {
    let rule = match pair.new.kind {
        NodeKind::Package => Rule::PackageRenamed,
        NodeKind::Api => Rule::ApiRenamed,
        // The only server has no name, and so callers call it by none.
        NodeKind::Server if pair.old.get(Fact::Setter).is_none() => return None,
        // A single server is not chosen.
        NodeKind::Server if pair.new.get(Fact::Setter).is_none() => {
            let finding = Finding::new(Rule::ServerConstructorChanged).before(&*pair.old.name);
            return Some(finding.help("remove the choice of a server: there is only one"));
        }
        NodeKind::Server => Rule::ServerConstructorChanged,
        NodeKind::Scheme | NodeKind::ForeignScheme => Rule::SchemeRenamed,
        NodeKind::Flow => Rule::OauthFlowRenamed,
        NodeKind::Session => Rule::SessionRenamed,
        NodeKind::DeviceFlow => Rule::DeviceFlowRenamed,
        NodeKind::Operation => Rule::OperationRenamed,
        NodeKind::Argument | NodeKind::Body => return operations::argument_renamed(pair),
        NodeKind::Response => return operations::response_renamed(pair),
        NodeKind::Header => Rule::HeaderRenamed,
        NodeKind::Variant => Rule::VariantRenamed,
        NodeKind::Incoming => Rule::IncomingRenamed,
        NodeKind::Item => Rule::ModelRenamed,
        NodeKind::Field => Rule::FieldRenamed,
        NodeKind::Constant => Rule::PropertyRenamedOnWire,
        // These have no other names: one goes, another comes.
        NodeKind::Feature
        | NodeKind::Dependency
        | NodeKind::RuntimeItem
        | NodeKind::Marker
        | NodeKind::Alias => {
            return None;
        }
        // Variables are passed by position.
        NodeKind::ServerVariable => Rule::ArgumentNameChanged,
    };
    Some(Finding::renamed(rule, pair))
}

/// What it means that a node is gone.
pub(super) fn removed(node: &Node) -> Option<Finding> {
    let rule = match node.kind {
        NodeKind::Package => return None,
        NodeKind::Feature => Rule::FeatureRemoved,
        NodeKind::Dependency => Rule::DependencyReplaced,
        NodeKind::RuntimeItem => Rule::RuntimeItemRemoved,
        NodeKind::Api => Rule::ApiRemoved,
        NodeKind::Server => Rule::ServerConstructorRemoved,
        NodeKind::ServerVariable => Rule::ServerConstructorChanged,
        NodeKind::Scheme | NodeKind::ForeignScheme => Rule::SchemeRemoved,
        NodeKind::Flow => Rule::OauthFlowRemoved,
        NodeKind::Session => Rule::SessionRemoved,
        NodeKind::DeviceFlow => Rule::DeviceFlowRemoved,
        NodeKind::Operation => Rule::OperationRemoved,
        NodeKind::Argument => return Some(operations::argument_removed(node)),
        NodeKind::Body => Rule::RequestBodyRemoved,
        NodeKind::Response => return Some(operations::response_removed(node)),
        NodeKind::Header => Rule::HeaderRemoved,
        NodeKind::Marker => Rule::MarkerRemoved,
        NodeKind::Incoming => Rule::IncomingRemoved,
        NodeKind::Item => Rule::ModelRemoved,
        NodeKind::Variant => Rule::VariantRemoved,
        NodeKind::Field => Rule::FieldRemoved,
        NodeKind::Constant => Rule::ConstantChanged,
        NodeKind::Alias => Rule::AliasRemoved,
    };
    Some(Finding {
        before: values::declaration(node),
        ..Finding::new(rule)
    })
}

/// What it means that a node is new.
pub(super) fn added(node: &Node) -> Option<Finding> {
    let rule = match node.kind {
        NodeKind::Package => return None,
        NodeKind::Feature => Rule::FeatureAdded,
        NodeKind::Dependency => Rule::DependencyAdded,
        NodeKind::RuntimeItem => Rule::RuntimeItemAdded,
        NodeKind::Api => Rule::ApiAdded,
        NodeKind::Server => Rule::ServerAdded,
        NodeKind::ServerVariable => Rule::ServerVariableAdded,
        NodeKind::Scheme | NodeKind::ForeignScheme => Rule::SchemeAdded,
        NodeKind::Flow => Rule::OauthFlowAdded,
        NodeKind::Session => Rule::SessionAdded,
        NodeKind::DeviceFlow => Rule::DeviceFlowAdded,
        NodeKind::Operation => Rule::OperationAdded,
        NodeKind::Argument | NodeKind::Body => return Some(operations::argument_added(node)),
        NodeKind::Response => return Some(operations::response_added(node)),
        NodeKind::Header => Rule::HeaderAdded,
        NodeKind::Marker => Rule::MarkerAdded,
        NodeKind::Incoming => Rule::IncomingAdded,
        NodeKind::Item => Rule::ModelAdded,
        NodeKind::Variant => Rule::VariantAdded,
        NodeKind::Field => Rule::FieldAdded,
        NodeKind::Constant => Rule::ConstantChanged,
        NodeKind::Alias => Rule::AliasAdded,
    };
    Some(Finding {
        after: values::declaration(node),
        ..Finding::new(rule)
    })
}

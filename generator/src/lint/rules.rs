//! The table of rules.

#[cfg(feature = "mock")]
use super::examples;
use super::subject::Subject;
use super::{
    bodies, device, lists, names, operations, secrets, security, session, tags, unions, unused,
};
use crate::config::Level;
use crate::diagnostics::{Code, Diagnostic};

/// Looks for the findings of a rule.
type Check = fn(&Subject<'_>, &mut Vec<Diagnostic>);

/// A rule of lint.
#[derive(Debug)]
pub struct Rule {
    /// The name, by which the configuration and documents refer to it.
    pub name: &'static str,
    /// The code of its findings; no two rules share one.
    pub code: Code,
    /// The level, unless the configuration says otherwise.
    pub level: Level,
    /// Why it matters.
    pub why: &'static str,
    /// What to do about a finding.
    pub help: &'static str,
    /// What looks for it. Exceptions are looked at last, when all other findings are known.
    pub(super) check: Option<Check>,
}

impl Rule {
    /// Returns the rule of a name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<&'static Self> {
        RULES.iter().find(|it| it.name == name)
    }

    /// Returns the rule whose findings have a code.
    #[must_use]
    pub fn of(code: Code) -> Option<&'static Self> {
        RULES.iter().find(|it| it.code == code)
    }

    /// Returns what the rule is about, in one sentence.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.code.summary()
    }
}

/// Every rule, in the order of the codes.
pub const RULES: &[Rule] = &[
    Rule {
        name: "missing-operation-id",
        code: Code::MissingOperationId,
        level: Level::Warn,
        why: "The method of the client is named after the HTTP method and the path, so that a new path renames it. \
              Sessions, device flows and links cannot refer to the operation.",
        help: "add an `operationId`",
        check: Some(operations::missing_id),
    },
    Rule {
        name: "undescribed-operation",
        code: Code::UndescribedOperation,
        level: Level::Warn,
        why: "The documentation of the method says nothing but its route.",
        help: "add a `summary`",
        check: Some(operations::undescribed),
    },
    Rule {
        name: "undeclared-tag",
        code: Code::UndeclaredTag,
        level: Level::Warn,
        why: "A tag that is used and not declared is often a misspelled one, and its group of operations has no \
              description. Documents that declare no tags at all are not reported.",
        help: "add the tag to `tags` at the root of the document, with a description",
        check: Some(tags::undeclared),
    },
    Rule {
        name: "unexpected-body",
        code: Code::UnexpectedBody,
        level: Level::Warn,
        why: "HTTP gives the body of such a request no meaning (RFC 9110, section 9.3): proxies and servers drop it, or \
              refuse the request.",
        help: "send the data as query parameters, or use `POST`",
        check: Some(bodies::unexpected),
    },
    Rule {
        name: "undocumented-errors",
        code: Code::UndocumentedErrors,
        level: Level::Warn,
        why: "Callers cannot match on an error that the document does not list: every failure is an undocumented status.",
        help: "document the responses of failures: a status such as `404`, a range such as `4XX`, or `default`",
        check: Some(bodies::undocumented_errors),
    },
    Rule {
        name: "empty-error",
        code: Code::EmptyError,
        level: Level::Warn,
        why: "Callers learn the status of the failure alone. If the server sends a body, the client does not read it.",
        help: "describe the body with `content`; if there is none, allow the finding here with `x-keywright-lint`",
        check: Some(bodies::empty_errors),
    },
    Rule {
        name: "ambiguous-union",
        code: Code::OverlappingBranches,
        level: Level::Warn,
        why: "The client has to try the branches one after the other, and a value that fits two of them may become the \
              wrong one.",
        help: "give each branch a property with a `const` of its own, or add a `discriminator`",
        check: Some(unions::ambiguous),
    },
    Rule {
        name: "untitled-inline-type",
        code: Code::UntitledInlineType,
        level: Level::Warn,
        why: "The Rust type is named after the place of the schema, so that moving the schema renames the type, and two \
              places with the same schema give two types. Only the outermost inline schema is reported.",
        help: "move the schema to the components of the document and refer to it, or give it an `x-keywright-name`",
        check: Some(names::untitled),
    },
    Rule {
        name: "changed-name",
        code: Code::ChangedName,
        level: Level::Warn,
        why: "Rust cannot have the name of the document, or something else has it already. What the name becomes is \
              rarely what a person would have chosen.",
        help: "choose a Rust name with `x-keywright-name`, or rename it in the document",
        check: Some(names::changed),
    },
    Rule {
        name: "reserved-name",
        code: Code::ReservedName,
        level: Level::Allow,
        why: "The name is a keyword of Rust, or a name that the client itself needs, and gets a suffix.",
        help: "choose another Rust name with `x-keywright-name`",
        check: Some(names::reserved),
    },
    Rule {
        name: "unused-component",
        code: Code::UnusedComponent,
        level: Level::Warn,
        why: "No operation, webhook or security requirement leads to it. An unused schema still becomes a public Rust \
              type. Documents without any path are not reported: they are there for others to refer to.",
        help: "remove it, or refer to it where it was meant",
        check: Some(unused::components),
    },
    Rule {
        name: "insecure-server",
        code: Code::InsecureServer,
        level: Level::Warn,
        why: "Anybody on the way can read the credentials. The client refuses to send them over plain HTTP to any host \
              other than loopback, unless the caller allows it.",
        help: "use the `https` URL of the server",
        check: Some(security::insecure_servers),
    },
    Rule {
        name: "missing-prefix",
        code: Code::MissingPrefix,
        level: Level::Warn,
        why: "The header `Authorization` has the form `<scheme> <credential>` (RFC 9110, section 11.6.2), and the \
              document does not say what the scheme is: every caller has to find out.",
        help: "use `type: http` with `scheme: bearer`, or add `x-keywright-prefix` (`\"\"` if the key stands alone)",
        check: Some(security::missing_prefixes),
    },
    Rule {
        name: "unmarked-secret",
        code: Code::UnmarkedSecret,
        level: Level::Warn,
        why: "The value appears in `Debug` output and so in logs, and its memory is not wiped.",
        help: "add `format: password` or `x-keywright-sensitive: true` to the schema (`false` if it is not secret)",
        check: Some(secrets::unmarked),
    },
    Rule {
        name: "undeclared-session",
        code: Code::UndeclaredSession,
        level: Level::Warn,
        why: "The client could sign in, renew the token before it expires and sign out by itself, and does not know how.",
        help: "add `x-keywright-session` to the security scheme",
        check: Some(session::undeclared),
    },
    Rule {
        name: "unpaged-list",
        code: Code::UnpagedList,
        level: Level::Warn,
        why: "A list that grows makes responses slow, and in the end larger than the client accepts. Adding pages later \
              breaks every caller.",
        help: "add query parameters such as `limit` and `cursor`, or bound the list with `maxItems`",
        check: Some(lists::unpaged),
    },
    Rule {
        name: "useless-allow",
        code: Code::UselessAllow,
        level: Level::Warn,
        why: "An exception that has no reason, or that nothing needs any more, hides the next finding.",
        help: "remove the entry",
        check: None,
    },
    Rule {
        name: "undeclared-device-flow",
        code: Code::UndeclaredDeviceFlow,
        level: Level::Warn,
        why: "The client could start the flow, wait until the user has confirmed, and use the credential. Without the \
              declaration, every caller has to do that.",
        help: "add `x-keywright-device-flow` to the operation that starts the flow",
        check: Some(device::undeclared),
    },
    Rule {
        name: "unfit-example",
        code: Code::UnfitExample,
        level: Level::Warn,
        why: "Readers trust examples more than schemas, and the stand-in server of `keywright mock` sends them. Either \
              the example or the schema is wrong. JSON bodies, parameters and schemas are checked.",
        help: "correct the example or the schema",
        #[cfg(feature = "mock")]
        check: Some(examples::unfit),
        #[cfg(not(feature = "mock"))]
        check: None,
    },
];

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn rules_are_in_the_order_of_their_codes_and_have_names_of_their_own() {
        let codes: Vec<u16> = RULES.iter().map(|it| it.code as u16).collect();
        assert!(codes.is_sorted_by(|one, next| one < next));
        let mut names: Vec<&str> = RULES.iter().map(|it| it.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), RULES.len());
    }
}

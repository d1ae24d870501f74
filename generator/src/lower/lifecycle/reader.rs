//! An extension while it is read: its objects, and the faults in them.

use std::sync::Arc;

use super::operations::Operations;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, similar};
use crate::document::{Excerpt, ExcerptNode, Place, Value};
use crate::ir::{Alternative, Api, Omission, OperationId, SchemeId, SchemeKind};
use crate::model::Description;

/// How many findings say what may have been meant.
const MOST_SUGGESTIONS: usize = 100;

/// What an extension describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Session,
    DeviceFlow,
}

impl Subject {
    fn code(self) -> Code {
        match self {
            Self::Session => Code::InvalidSession,
            Self::DeviceFlow => Code::InvalidDeviceFlow,
        }
    }

    /// What a fault in it leads to.
    fn outcome(self) -> &'static str {
        match self {
            Self::Session => "the session is ignored",
            Self::DeviceFlow => "the device flow is ignored",
        }
    }
}

/// What all extensions of one kind in a document are read with.
pub(super) struct Reader<'a, 'd> {
    pub(super) api: &'a Api,
    /// How many faults were found so far.
    pub(super) faults: usize,
    description: &'a Description,
    operations: Operations<'a>,
    diagnostics: &'d mut Diagnostics,
    subject: Subject,
    /// What the configuration says instead of the document.
    configured: Option<&'a Excerpt>,
    /// How many times it was looked for what may have been meant.
    suggestions: usize,
}

/// An object of the extension, whose keys are all known.
pub(super) struct Object<'a> {
    /// What it is called: its key.
    pub(super) name: &'a str,
    pub(super) at: ExcerptNode<'a>,
    entries: Vec<(&'a str, ExcerptNode<'a>)>,
}

impl<'a> Object<'a> {
    pub(super) fn get(&self, key: &str) -> Option<&ExcerptNode<'a>> {
        let mut entries = self.entries.iter();
        entries.find(|(it, _)| *it == key).map(|(_, node)| node)
    }
}

impl<'a, 'd> Reader<'a, 'd> {
    pub(super) fn new(
        description: &'a Description,
        api: &'a Api,
        diagnostics: &'d mut Diagnostics,
        subject: Subject,
        configured: Option<&'a Excerpt>,
    ) -> Self {
        Self {
            api,
            faults: 0,
            description,
            operations: Operations::of(description, api),
            diagnostics,
            subject,
            configured,
            suggestions: 0,
        }
    }

    /// Reports a fault, by which what is described has no effect.
    pub(super) fn fault(&mut self, place: &Place, message: impl Into<String>, help: &str) {
        let finding = self.finding(place, message);
        self.report(finding.help(help));
    }

    /// A fault with more to say, to be reported. In the configuration it is an error, since that is the user's own.
    pub(super) fn finding(&self, place: &Place, message: impl Into<String>) -> Diagnostic {
        let mut configured = self.configured.iter();
        if configured.any(|it| Arc::ptr_eq(&it.place.source, &place.source)) {
            return Diagnostic::at(Code::InvalidConfig, place, message);
        }
        let finding = Diagnostic::at(self.subject.code(), place, message);
        finding.label(self.subject.outcome())
    }

    pub(super) fn report(&mut self, finding: Diagnostic) {
        self.faults += 1;
        self.diagnostics.report(finding);
    }

    /// Whether the document has a security scheme of a name.
    pub(super) fn has_scheme(&self, name: &str) -> bool {
        self.description.security_schemes.contains_key(name)
    }

    /// The security scheme of a name, if the client applies it.
    pub(super) fn scheme(&self, name: &str) -> Option<(SchemeId, &'a SchemeKind)> {
        let mut schemes = self.api.schemes.iter().zip((0..).map(SchemeId));
        let found = schemes.find(|(it, _)| it.name == name && !it.inferred);
        // Certificates are the transport's.
        let found = found.filter(|(it, _)| it.kind != SchemeKind::MutualTls);
        found.map(|(scheme, id)| (id, &scheme.kind))
    }

    /// Checks that an operation can do without the credential that it is there to give.
    pub(super) fn check_security(
        &mut self,
        object: &Object<'a>,
        operation: Option<OperationId>,
        scheme: Option<SchemeId>,
    ) {
        let (Some(operation), Some(scheme)) = (operation, scheme) else {
            return;
        };
        let needs = |it: &Alternative| it.schemes.iter().any(|(id, _)| *id == scheme);
        let security = &self.api[operation].security;
        if security.is_empty() || !security.iter().all(needs) {
            return;
        }
        let at = object.get("operation").unwrap_or(&object.at);
        let name = &self.api[scheme].name;
        let message = format!(
            "the operation requires the credential of `{name}`, which it is supposed to return"
        );
        let origin = &self.api[operation].origin.place;
        let finding = self
            .finding(&at.place(), message)
            .related(origin, "the operation");
        self.report(finding.help("add `security: []` to the operation, or list what it requires"));
    }

    /// Reports the name of a security scheme that the document does not have.
    pub(super) fn unknown_scheme(&mut self, name: &str, place: &Place) {
        let message = format!("no security scheme is named `{name}`");
        let known = self.description.security_schemes.keys();
        let help = self.meant(
            "a security scheme with a similar name",
            name,
            known.map(String::as_str),
            "name a security scheme of this document",
        );
        self.fault(place, message, &help);
    }

    /// What to do about an unknown name: use the known one that was meant, which is described by
    /// `what`, or else something general.
    pub(super) fn meant<'n>(
        &mut self,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
        otherwise: &str,
    ) -> String {
        self.suggestions += 1;
        let meant = (self.suggestions <= MOST_SUGGESTIONS).then(|| similar(name, known));
        match meant.flatten() {
            Some(meant) => format!("{what} exists: `{meant}`"),
            None => otherwise.to_owned(),
        }
    }

    /// Reads a mapping that may have certain keys. Extensions of the extension are nobody's business.
    pub(super) fn object(
        &mut self,
        name: &'a str,
        at: ExcerptNode<'a>,
        keys: &[&str],
    ) -> Option<Object<'a>> {
        if !matches!(at.node.value, Value::Mapping(_)) {
            let message = format!("`{name}` is {}, not a mapping", at.node.kind());
            self.fault(&at.key_place(), message, &listed(keys));
            return None;
        }
        let mut entries = Vec::new();
        for (key, node) in at.entries() {
            if keys.contains(&key) {
                entries.push((key, node));
            } else if !key.starts_with("x-") {
                let message = format!("`{key}` is not a key of `{name}`");
                let help = self.meant(
                    "a key with a similar name",
                    key,
                    keys.iter().copied(),
                    &listed(keys),
                );
                self.fault(&node.key_place(), message, &help);
            }
        }
        Some(Object { name, at, entries })
    }

    /// The value of a key that must be there.
    pub(super) fn required<'o>(
        &mut self,
        object: &'o Object<'a>,
        key: &str,
        help: &str,
    ) -> Option<&'o ExcerptNode<'a>> {
        let node = object.get(key);
        if node.is_none() {
            let message = format!("`{}` has no `{key}`", object.name);
            self.fault(&object.at.key_place(), message, help);
        }
        node
    }

    /// The text of a key.
    pub(super) fn text(
        &mut self,
        key: &str,
        node: &ExcerptNode<'a>,
        help: &str,
    ) -> Option<&'a str> {
        let text = node.node.as_str();
        if text.is_none() {
            let message = format!("`{key}` is {}, not a string", node.node.kind());
            self.fault(&node.key_place(), message, help);
        }
        text
    }

    /// The operation that an object names.
    pub(super) fn operation(&mut self, object: &Object<'a>) -> Option<OperationId> {
        const HELP: &str = "use the `operationId` of an operation in this document";
        let node = self.required(object, "operation", HELP)?;
        let id = self.text("operation", node, HELP)?;
        match self.operations.get(id) {
            Some(Ok(operation)) => Some(operation),
            Some(Err(why)) => {
                let message = format!("the operation `{id}` is left out: {why}");
                let help = if why == Omission::NotSelected {
                    "select it in the configuration, too"
                } else {
                    "name another operation"
                };
                self.fault(&node.place(), message, help);
                None
            }
            None => {
                let message = format!("no operation has the id `{id}`");
                let ids = self.operations.ids().to_vec();
                let help = self.meant("an operation with a similar id", id, ids, HELP);
                self.fault(&node.place(), message, &help);
                None
            }
        }
    }
}

/// "use `a`, `b` or `c`"
pub(super) fn listed(names: &[&str]) -> String {
    format!("use {}", alternatives(names))
}

/// "`a`, `b` or `c`"
pub(super) fn alternatives(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|it| format!("`{it}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

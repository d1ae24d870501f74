//! What every reader has at hand: where it is in the spec, and how to say what is wrong there.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use indexmap::IndexMap;

use super::object::Object;
use super::schemas::SchemaQueue;
use super::scope::{Scope, Scopes};
use super::values::Known;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, similar};
use crate::document::{
    Entry, Excerpt, FileId, JsonPointer, Node, NodeId, Place, References, Spec, Value,
    reference_text,
};
use crate::extensions;
use crate::limits;
use crate::model::{LeftOut, SecurityRequirement};

/// A version of OpenAPI, as far as readers tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    V2,
    V3_0,
    V3_1,
    V3_2,
}

impl Version {
    /// The version in the words of a message.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::V2 => "2.0",
            Self::V3_0 => "3.0",
            Self::V3_1 => "3.1",
            Self::V3_2 => "3.2",
        }
    }
}

/// How many findings say what may have been meant.
pub(super) const MOST_SUGGESTIONS: usize = 500;

/// The context of every reader.
pub(super) struct Cx<'a, 'd> {
    pub(super) spec: &'a Spec,
    pub(super) references: &'a References<'a>,
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) version: Version,
    /// The schemas that were met, and those of them that are still to be read.
    pub(super) schemas: SchemaQueue<'a>,
    /// The scopes in which schemas were met.
    pub(super) scopes: Scopes<'a>,
    /// What has been found out about the schemas of values.
    pub(super) values: Known<'a>,
    /// By which `$ref` an object was come to last, and by which a schema was first.
    pub(super) led: HashMap<NodeId, At<'a>>,
    pub(super) led_to_schema: HashMap<NodeId, At<'a>>,
    /// The names of all security schemes.
    pub(super) security_schemes: HashSet<&'a str>,
    /// The security of every operation that has none of its own.
    pub(super) default_security: Rc<Vec<SecurityRequirement>>,
    /// The first part of a request that could not be found or read, so that its operation is to be left out.
    pub(super) gap: Option<Place>,
    /// Whether a body may be XML.
    pub(super) has_xml: bool,
    /// Whether a header is being read: one may have parts that have headers, by reference even itself.
    pub(super) in_header: bool,
    /// What the references that were followed stand for.
    ends: HashMap<NodeId, Option<End<'a>>>,
    /// The mappings that references in the place of mappings lead to.
    pub(super) maps: HashMap<(NodeId, Scope), Option<At<'a>>>,
    /// How many findings said what may have been meant; see [`Cx::meant`].
    suggestions: usize,
    /// How many more objects may be read; see [`Cx::spend`].
    budget: usize,
    /// Whether the end of the budget was reported.
    overspent: bool,
    /// How many operations have been read.
    operations: usize,
    /// The operations of paths that are left out.
    pub(super) left_out: Vec<LeftOut>,
    /// The device flows of operations. A path item that several paths refer to has its operations read several times.
    pub(super) device_flows: IndexMap<NodeId, Excerpt>,
    /// The limits that have been reported.
    exceeded: HashSet<&'static str>,
}

/// A node, and where it is.
#[derive(Clone, Debug)]
pub(super) struct At<'a> {
    pub(super) file: FileId,
    pub(super) node: &'a Node,
    pub(super) pointer: JsonPointer,
    /// The scope in which it was come to, which matters to schemas.
    pub(super) scope: Scope,
}

impl<'a> At<'a> {
    /// The value of an entry of this mapping.
    pub(super) fn child(&self, entry: &'a Entry) -> Self {
        Self {
            file: self.file,
            node: &entry.value,
            pointer: self.pointer.child(&entry.key),
            scope: self.scope,
        }
    }

    /// The items of this sequence.
    pub(super) fn items(&self) -> impl Iterator<Item = Self> + use<'a> {
        let (file, pointer, scope) = (self.file, self.pointer.clone(), self.scope);
        let items = self.node.items().iter().enumerate();
        items.map(move |(index, node)| Self {
            file,
            node,
            pointer: pointer.item(index),
            scope,
        })
    }

    /// The value of `$ref` in this mapping.
    pub(super) fn reference(&self) -> Option<Self> {
        let mut entries = self.node.entries().iter();
        let entry = entries.find(|entry| &*entry.key == "$ref")?;
        Some(self.child(entry))
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self.node.value, Value::Null)
    }
}

impl<'a, 'd> Cx<'a, 'd> {
    pub(super) fn new(
        spec: &'a Spec,
        references: &'a References<'a>,
        diagnostics: &'d mut Diagnostics,
        version: Version,
    ) -> Self {
        let size: usize = spec.files.iter().map(|file| file.source.text.len()).sum();
        Self {
            spec,
            references,
            diagnostics,
            version,
            schemas: SchemaQueue::default(),
            scopes: Scopes::new(spec, references),
            values: Known::default(),
            led: HashMap::new(),
            led_to_schema: HashMap::new(),
            security_schemes: HashSet::new(),
            default_security: Rc::default(),
            gap: None,
            has_xml: false,
            in_header: false,
            ends: HashMap::new(),
            maps: HashMap::new(),
            suggestions: 0,
            budget: 50_000 + size / 4,
            overspent: false,
            operations: 0,
            left_out: Vec::new(),
            device_flows: IndexMap::new(),
            exceeded: HashSet::new(),
        }
    }

    /// Takes note of the device flow of an operation, if it has one.
    pub(super) fn note_device_flow(&mut self, operation: &Object<'a>) {
        if let Some(flow) = operation.excerpt(self, extensions::DEVICE_FLOW) {
            self.device_flows.entry(flow.node.id).or_insert(flow);
        }
    }

    /// The root of the entry document.
    pub(super) fn root(&self) -> At<'a> {
        At {
            file: FileId(0),
            node: &self.spec.entry().root,
            pointer: JsonPointer::root(),
            scope: Scope::default(),
        }
    }

    pub(super) fn place(&self, at: &At<'_>) -> Place {
        self.spec
            .file(at.file)
            .place(at.node.span, at.pointer.clone())
    }

    /// The place of a key of a mapping, with the pointer of its value.
    pub(super) fn key_place(&self, at: &At<'_>, entry: &Entry) -> Place {
        self.spec
            .file(at.file)
            .place(entry.key_span, at.pointer.child(&entry.key))
    }

    /// The place of the key under which a node stands, with the pointer of the node.
    pub(super) fn name_place(&self, at: &At<'_>, entry: &Entry) -> Place {
        self.spec
            .file(at.file)
            .place(entry.key_span, at.pointer.clone())
    }

    /// A finding at a node, to be completed and reported.
    pub(super) fn finding(
        &self,
        code: Code,
        at: &At<'_>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::at(code, &self.place(at), message)
    }

    /// Reports a finding at a node.
    pub(super) fn report(&mut self, code: Code, at: &At<'_>, message: impl Into<String>) {
        let finding = self.finding(code, at, message);
        self.diagnostics.report(finding);
    }

    /// Reports a finding at a node that keeps nobody from a right client.
    pub(super) fn warn(&mut self, code: Code, at: &At<'_>, message: impl Into<String>) {
        let finding = self.finding(code, at, message).harmless();
        self.diagnostics.report(finding);
    }

    /// Reports that a value is of a wrong type, which keeps nobody from a right client.
    pub(super) fn wrong_type(&mut self, at: &At<'_>, message: impl Into<String>, wanted: &str) {
        let finding = self.finding(Code::WrongType, at, message).harmless();
        let finding = finding
            .label(format!("expected {wanted}"))
            .help(format!("write {wanted} here"));
        self.diagnostics.report(finding);
    }

    /// Takes note that one more object is read.
    ///
    /// Components are read into every place of use, so a small document can describe a huge one. An honest
    /// document stays far below the budget, which grows with its size.
    pub(super) fn spend(&mut self, at: &At<'_>) -> bool {
        if let Some(left) = self.budget.checked_sub(1) {
            self.budget = left;
            return true;
        }
        if !std::mem::replace(&mut self.overspent, true) {
            let finding = self
                .finding(
                    Code::LimitExceeded,
                    at,
                    "expanding the references makes the document too large",
                )
                .help("refer to large responses, parameters and path items less often");
            self.diagnostics.report(finding);
        }
        false
    }

    /// The known name that was meant by an unknown one. To look for it takes time, and there may be as many unknown
    /// names as there are nodes.
    pub(super) fn meant<'n>(
        &mut self,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) -> Option<&'n str> {
        self.suggestions += 1;
        (self.suggestions <= MOST_SUGGESTIONS)
            .then(|| similar(name, known))
            .flatten()
    }

    /// Whether something may have so many members. Reports it where it may not.
    pub(super) fn may_have(&mut self, at: &At<'_>, key: &str, members: usize) -> bool {
        let most = self.spec.limits.members;
        if members > most {
            let message = format!("`{key}` has {members} entries; the limit is {most}");
            let finding = self.finding(Code::LimitExceeded, at, message);
            self.diagnostics
                .report(finding.help(limits::raise("members")));
        }
        members <= most
    }

    /// Whether there may be one more schema. Reports it where there may not.
    pub(super) fn may_have_schema(&mut self, at: &At<'_>) -> bool {
        let (count, most) = (self.schemas.schemas.0.len(), self.spec.limits.schemas);
        self.keep_to("schemas", count < most, at, most)
    }

    /// Counts one more operation, if it may be. Reports it where it may not.
    pub(super) fn may_have_operation(&mut self, at: &At<'_>) -> bool {
        self.operations += 1;
        let most = self.spec.limits.operations;
        self.keep_to("operations", self.operations <= most, at, most)
    }

    fn keep_to(&mut self, name: &'static str, is_kept: bool, at: &At<'_>, most: usize) -> bool {
        if !is_kept && self.exceeded.insert(name) {
            let message = format!("the spec has more than {most} {name}");
            let finding = self.finding(Code::LimitExceeded, at, message);
            self.diagnostics.report(finding.help(limits::raise(name)));
        }
        is_kept
    }

    /// Copies what an object inherits, within the budget.
    pub(super) fn inherited<T: Clone>(&mut self, at: &At<'_>, items: &[T]) -> Vec<T> {
        items
            .iter()
            .take_while(|_| self.spend(at))
            .cloned()
            .collect()
    }

    /// Follows a Reference Object to what it stands for, or gives the node itself. `None` when the reference
    /// leads nowhere, which has been reported.
    pub(super) fn resolved(&mut self, at: At<'a>) -> Option<Resolved<'a>> {
        let end = self.end(at)?;
        Some(Resolved {
            at: end.at,
            description: end.description.map(str::to_owned),
            summary: end.summary.map(str::to_owned),
        })
    }

    /// The end of a chain of references. Each link is gone along once, however many chains it is a part of.
    fn end(&mut self, mut at: At<'a>) -> Option<End<'a>> {
        let mut links = Vec::new();
        let mut end = loop {
            if reference_text(at.node).is_none() {
                break Some(End {
                    at,
                    description: None,
                    summary: None,
                });
            }
            if let Some(known) = self.ends.get(&at.node.id) {
                break known.clone();
            }
            self.report_siblings(&at);
            let target = self.target(at.node);
            if let (Some(target), Some(reference)) = (&target, at.reference()) {
                self.led.insert(target.node.id, reference);
            }
            links.push(at);
            match target {
                Some(target) => at = target,
                None => break None,
            }
        };
        for link in links.into_iter().rev() {
            end = end.map(|end| End {
                description: sibling(&link, "description").or(end.description),
                summary: sibling(&link, "summary").or(end.summary),
                ..end
            });
            self.ends.insert(link.node.id, end.clone());
        }
        end
    }

    /// The same for a part of a request. An operation without it would send something else than was meant.
    pub(super) fn resolved_part(&mut self, at: &At<'a>) -> Option<Resolved<'a>> {
        let resolved = self.resolved(at.clone());
        self.part(at, resolved)
    }

    /// Takes note of a part of a request that could not be read.
    pub(super) fn part<T>(&mut self, at: &At<'_>, part: Option<T>) -> Option<T> {
        if part.is_none() && self.gap.is_none() {
            self.gap = Some(self.place(at));
        }
        part
    }

    /// Where the reference at a node leads, one step.
    pub(super) fn target(&self, node: &Node) -> Option<At<'a>> {
        let target = self.references.target(node.id)?;
        Some(At {
            file: target.file,
            node: target.node,
            pointer: target.pointer.clone(),
            scope: Scope::default(),
        })
    }

    /// The place of the `$ref` that led to a component of another kind than was expected, `noun` in words.
    pub(super) fn misleading(&self, at: &At<'_>, noun: &str) -> Option<Place> {
        let kind = component_kind(&at.pointer)?;
        if noun.trim_end_matches(" object") == kind {
            return None;
        }
        let led = match noun {
            "schema" => &self.led_to_schema,
            _ => &self.led,
        };
        led.get(&at.node.id).map(|it| self.place(it))
    }

    /// OAS 3.1.1, Reference Object: only `summary` and `description` may stand beside `$ref`.
    fn report_siblings(&mut self, at: &At<'a>) {
        for entry in at.node.entries() {
            let known = matches!(&*entry.key, "$ref" | "summary" | "description");
            if !known && !entry.key.starts_with("x-") {
                let place = self.key_place(at, entry);
                let message = format!("`{}` next to `$ref` is ignored", entry.key);
                let finding = Diagnostic::at(Code::UnknownField, &place, message).label("ignored");
                let help = "remove it, or move it to the object that `$ref` points to";
                self.diagnostics.report(finding.help(help));
            }
        }
    }
}

/// Of which kind a component is, by where it stands.
fn component_kind(pointer: &JsonPointer) -> Option<&'static str> {
    let mut segments = pointer.as_str().split('/').skip(1);
    let mut holder = segments.next()?;
    if holder == "components" {
        holder = segments.next()?;
    }
    if segments.count() != 1 {
        return None;
    }
    Some(match holder {
        "callbacks" => "callback",
        "headers" => "header",
        "links" => "link",
        "mediaTypes" => "media type",
        "parameters" => "parameter",
        "pathItems" => "path item",
        "requestBodies" => "request body",
        "responses" => "response",
        "schemas" | "definitions" => "schema",
        "securitySchemes" | "securityDefinitions" => "security scheme",
        _ => return None,
    })
}

/// What a Reference Object stands for, and what it says itself (OAS 3.1.1, Reference Object).
pub(super) struct Resolved<'a> {
    pub(super) at: At<'a>,
    pub(super) description: Option<String>,
    pub(super) summary: Option<String>,
}

/// What a Reference Object stands for, as it is kept.
#[derive(Clone)]
struct End<'a> {
    at: At<'a>,
    description: Option<&'a str>,
    summary: Option<&'a str>,
}

fn sibling<'a>(at: &At<'a>, key: &str) -> Option<&'a str> {
    at.node.get(key).and_then(Node::as_str)
}

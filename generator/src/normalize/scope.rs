//! The dynamic scope of schemas (JSON Schema 2020-12, Core, section 8.2.3.2).
//!
//! A `$dynamicRef` leads to the anchor of its name in the outermost schema by way of which it was come to: `{ $ref:
//! page, $defs: { item: { $dynamicAnchor: item, .. } } }` is a page of these items. So the same node is a schema of
//! its own in each scope that makes a difference to it. A scope is which anchors count; without a `$dynamicRef` in
//! the spec there is none but the empty one.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use super::cx::{At, Cx};
use crate::document::{FileId, JsonPointer, Node, References, Spec, Value, reference_text};

/// Which of the scopes that were met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Scope(u32);

/// Where a node is.
type Location = (FileId, JsonPointer);
/// The anchor that counts for each name.
type Bindings = BTreeMap<String, Location>;

/// The names to which a unit refers, and the units to which it leads.
type Leads = (BTreeSet<String>, Vec<Location>);

/// How many scopes there may be. An honest document has a few for each of its templates.
const MOST: usize = 1_000;

/// The scopes that were met, and what is known of the schemas that make them.
pub(super) struct Scopes<'a> {
    spec: &'a Spec,
    references: &'a References<'a>,
    /// What each scope is.
    met: Vec<Rc<Bindings>>,
    known: HashMap<Rc<Bindings>, Scope>,
    /// The anchors in each unit.
    anchors: HashMap<Location, Bindings>,
    /// The units that have an anchor of a name.
    units: BTreeMap<String, Vec<Location>>,
    /// The names to which a unit refers, and the units to which it leads.
    leads: HashMap<Location, Rc<Leads>>,
    /// The names that make a difference to a unit.
    needs: HashMap<Location, Rc<BTreeSet<String>>>,
}

impl<'a> Scopes<'a> {
    pub(super) fn new(spec: &'a Spec, references: &'a References<'a>) -> Self {
        let empty: Rc<Bindings> = Rc::default();
        let mut scopes = Self {
            spec,
            references,
            met: vec![Rc::clone(&empty)],
            known: HashMap::from([(empty, Scope::default())]),
            anchors: HashMap::new(),
            units: BTreeMap::new(),
            leads: HashMap::new(),
            needs: HashMap::new(),
        };
        for (file, pointer, name) in spec.resources.dynamic_anchors() {
            let unit = scopes.unit(*file, pointer);
            let units = scopes.units.entry(name.clone()).or_default();
            units.push(unit.clone());
            let anchors = scopes.anchors.entry(unit).or_default();
            let location = (*file, pointer.clone());
            anchors.entry(name.clone()).or_insert(location);
        }
        scopes
    }

    /// Whether no anchor depends on a scope.
    fn is_idle(&self) -> bool {
        self.anchors.is_empty() || !self.spec.resources.has_dynamic_references()
    }

    /// The scope of what is in a unit that is come to from another scope: the anchors that count there, and those of
    /// the unit for further names.
    fn enter(&mut self, scope: Scope, file: FileId, pointer: &JsonPointer) -> Scope {
        let unit = self.unit(file, pointer);
        let needs = self.needs(&unit);
        let outer = &self.met[scope.0 as usize];
        let own = self.anchors.get(&unit).into_iter().flatten();
        let mut bindings = Bindings::new();
        for (name, location) in outer.iter().chain(own) {
            if needs.contains(name) && !bindings.contains_key(name) {
                bindings.insert(name.clone(), location.clone());
            }
        }
        let next = Scope(u32::try_from(self.met.len()).unwrap_or_default());
        match self.known.get(&bindings) {
            Some(known) => *known,
            None if self.met.len() == MOST => Scope::default(),
            None => {
                let bindings = Rc::new(bindings);
                self.met.push(Rc::clone(&bindings));
                self.known.insert(bindings, next);
                next
            }
        }
    }

    /// The schema that makes a scope, around a node: a component, a schema with an `$id`, or one that is written out
    /// where something else than a schema has it; the file where there is none of these.
    fn unit(&self, file: FileId, pointer: &JsonPointer) -> Location {
        let text = pointer.as_str();
        let mut end = outermost(text);
        let mut own = text;
        while own.len() > end {
            if self.spec.resources.has_uri(file, own) {
                end = own.len();
            } else {
                own = own.rsplit_once('/').map_or("", |(outer, _)| outer);
            }
        }
        (file, JsonPointer::from_text(&text[..end]))
    }

    /// The names that make a difference to a unit: those to which it refers, or one to which it leads.
    fn needs(&mut self, unit: &Location) -> Rc<BTreeSet<String>> {
        if let Some(known) = self.needs.get(unit) {
            return Rc::clone(known);
        }
        let mut names = BTreeSet::new();
        let mut seen = HashSet::from([unit.clone()]);
        let mut open = vec![unit.clone()];
        while let Some(unit) = open.pop() {
            let leads = self.leads(&unit);
            let (own, next) = &*leads;
            let anchored = own.iter().filter_map(|name| self.units.get(name)).flatten();
            let next = next.iter().chain(anchored);
            open.extend(next.filter(|it| seen.insert((*it).clone())).cloned());
            names.extend(own.iter().cloned());
        }
        let names = Rc::new(names);
        self.needs.insert(unit.clone(), Rc::clone(&names));
        names
    }

    /// The names to which a unit itself refers, and the units to which it leads itself.
    fn leads(&mut self, unit: &Location) -> Rc<Leads> {
        if let Some(known) = self.leads.get(unit) {
            return Rc::clone(known);
        }
        let (mut names, mut units) = (BTreeSet::new(), Vec::new());
        let mut open: Vec<&Node> = self.find(unit).into_iter().collect();
        while let Some(node) = open.pop() {
            open.extend(node.items());
            open.extend(node.entries().iter().map(|entry| &entry.value));
            names.extend(dynamic_name(node).map(str::to_owned));
            if let Some(target) = self.references.target(node.id) {
                units.push(self.unit(target.file, &target.pointer));
            }
        }
        let leads = Rc::new((names, units));
        self.leads.insert(unit.clone(), Rc::clone(&leads));
        leads
    }

    fn find(&self, (file, pointer): &Location) -> Option<&'a Node> {
        let root = &self.spec.file(*file).root;
        let child = |node: &'a Node, segment: &str| match &node.value {
            Value::Sequence(items) => items.get(segment.parse::<usize>().ok()?),
            _ => node.get(segment),
        };
        let mut segments = pointer.segments();
        segments.try_fold(root, |node, segment| child(node, &segment))
    }
}

/// Where the part of a pointer ends that leads to the outermost schema: a component, or what something else than a
/// schema has as its `schema`.
fn outermost(pointer: &str) -> usize {
    if let Some(rest) = pointer.strip_prefix("/components/schemas/") {
        return pointer.len() - rest.len() + rest.find('/').unwrap_or(rest.len());
    }
    let (mut end, mut before) = (0, "");
    for segment in pointer.split('/').skip(1) {
        end += 1 + segment.len();
        if matches!(segment, "schema" | "itemSchema") && before != "properties" {
            return end;
        }
        before = segment;
    }
    0
}

/// The anchor to which a node refers by `$dynamicRef`.
fn dynamic_name(node: &Node) -> Option<&str> {
    let text = node.get("$dynamicRef").and_then(Node::as_str)?;
    let (_, name) = text.split_once('#')?;
    let is_anchor = !name.is_empty() && !name.starts_with('/') && node.get("$ref").is_none();
    is_anchor.then_some(name)
}

impl<'a> Cx<'a, '_> {
    /// A schema's node in the scope that it makes of the one in which it is come to.
    pub(super) fn scoped(&mut self, at: At<'a>) -> At<'a> {
        if self.scopes.is_idle() {
            return at;
        }
        let scope = self.scopes.enter(at.scope, at.file, &at.pointer);
        At { scope, ..at }
    }

    /// Whether a schema means something else in its scope than it does by itself.
    pub(super) fn is_copy(&mut self, at: &At<'a>) -> bool {
        let by_itself = At {
            scope: Scope::default(),
            ..at.clone()
        };
        self.scoped(by_itself).scope != at.scope
    }

    /// Where the reference of a schema leads.
    pub(super) fn schema_target(&self, at: &At<'a>) -> Option<At<'a>> {
        let mut target = At {
            scope: at.scope,
            ..self.target(at.node)?
        };
        let Some(name) = dynamic_name(at.node) else {
            return Some(target);
        };
        // Another anchor, or none that is dynamic, is meant whatever the scope.
        let is_dynamic = target.node.get("$dynamicAnchor").and_then(Node::as_str) == Some(name);
        if !is_dynamic {
            return Some(target);
        }
        let bindings = &self.scopes.met[at.scope.0 as usize];
        if let Some(location) = bindings.get(name)
            && let Some(node) = self.scopes.find(location)
        {
            (target.file, target.pointer) = location.clone();
            target.node = node;
            return Some(target);
        }
        let is_sole = self.scopes.units.get(name).is_none_or(|it| it.len() < 2);
        let text = reference_text(at.node).and_then(Node::as_str);
        let is_told = text.is_some_and(|it| !it.starts_with('#'));
        (is_sole || is_told).then_some(target)
    }
}

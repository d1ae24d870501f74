//! Which schemas are used in several places, for whoever writes a description down as text: they are written once,
//! under a name, and everything else where it is used.

use indexmap::IndexSet;

use super::{
    Description, Header, MediaType, Operation, ParameterValue, PathItem, Schema, SchemaId,
};

/// How deep schemas may be written into each other.
const DEEPEST: usize = 64;

impl Schema {
    /// The schemas that this one is put together from. Those that a discriminator maps to are not among them.
    pub fn parts(&self) -> impl Iterator<Item = SchemaId> {
        let maps = self
            .properties
            .values()
            .chain(self.pattern_properties.values());
        let lists = [
            &self.prefix_items,
            &self.all_of,
            &self.any_of,
            &self.one_of,
            &self.conditional,
        ];
        let single = [
            self.reference,
            self.additional_properties,
            self.property_names,
            self.content_schema,
            self.items,
            self.not,
        ];
        let lists = lists.into_iter().flatten();
        maps.chain(lists)
            .copied()
            .chain(single.into_iter().flatten())
    }

    /// Whether writing it twice would be twice as much to read.
    fn stands_alone(&self) -> bool {
        !self.properties.is_empty() || self.enumeration.is_some() || self.parts().nth(1).is_some()
    }
}

impl Description {
    /// The schemas that are no components and that are used in several places, contain themselves, or are what a
    /// discriminator maps to. Whoever writes these once can write every other schema where it is used: that comes
    /// to an end, and to no more text than there are schemas and uses.
    #[must_use]
    pub fn shared_schemas(&self) -> IndexSet<SchemaId> {
        let mut walk = Walk {
            description: self,
            states: vec![State::New; self.schemas.0.len()],
            shared: IndexSet::new(),
            roots: self.used_schemas(),
        };
        while let Some(root) = walk.roots.pop() {
            walk.from(root);
        }
        walk.shared
    }

    /// The components, and the schemas that something other than a schema uses; the last comes first.
    fn used_schemas(&self) -> Vec<SchemaId> {
        let mut found: Vec<SchemaId> = self.component_schemas.values().copied().collect();
        for item in self.paths.iter().chain(&self.webhooks) {
            of_path_item(item, &mut found);
        }
        found.reverse();
        found
    }
}

pub(super) fn of_path_item(item: &PathItem, found: &mut Vec<SchemaId>) {
    for operation in &item.operations {
        of_operation(operation, found);
    }
}

fn of_operation(operation: &Operation, found: &mut Vec<SchemaId>) {
    for parameter in &operation.parameters {
        of_value(&parameter.value, found);
    }
    if let Some(body) = &operation.request_body {
        of_content(&body.content, found);
    }
    for (_, response) in &operation.responses {
        of_headers(&response.headers, found);
        of_content(&response.content, found);
    }
    for item in operation.callbacks.iter().flat_map(|it| &it.path_items) {
        of_path_item(item, found);
    }
}

fn of_headers(headers: &[Header], found: &mut Vec<SchemaId>) {
    for header in headers {
        of_value(&header.value, found);
    }
}

fn of_value(value: &ParameterValue, found: &mut Vec<SchemaId>) {
    match value {
        ParameterValue::Schema { schema, .. } => found.push(*schema),
        ParameterValue::Content(media_type) => {
            of_content(std::slice::from_ref(media_type), found);
        }
    }
}

fn of_content(content: &[MediaType], found: &mut Vec<SchemaId>) {
    for media_type in content {
        found.extend(media_type.schema);
        found.extend(media_type.item_schema);
        for encoding in media_type.encoding.values() {
            of_headers(&encoding.headers, found);
        }
    }
}

/// Gives every schema that a path item mentions to `change`.
pub(super) fn of_path_item_mut(item: &mut PathItem, change: &mut impl FnMut(&mut SchemaId)) {
    // Callbacks are path items, too; a stack of their own keeps the function from calling itself.
    let mut open = vec![item];
    while let Some(item) = open.pop() {
        for operation in &mut item.operations {
            for parameter in &mut operation.parameters {
                of_value_mut(&mut parameter.value, change);
            }
            if let Some(body) = &mut operation.request_body {
                of_content_mut(&mut body.content, change);
            }
            for (_, response) in &mut operation.responses {
                of_headers_mut(&mut response.headers, change);
                of_content_mut(&mut response.content, change);
            }
            let callbacks = operation.callbacks.iter_mut();
            open.extend(callbacks.flat_map(|it| &mut it.path_items));
        }
    }
}

fn of_headers_mut(headers: &mut [Header], change: &mut impl FnMut(&mut SchemaId)) {
    for header in headers {
        of_value_mut(&mut header.value, change);
    }
}

fn of_value_mut(value: &mut ParameterValue, change: &mut impl FnMut(&mut SchemaId)) {
    match value {
        ParameterValue::Schema { schema, .. } => change(schema),
        ParameterValue::Content(media_type) => {
            of_content_mut(std::slice::from_mut(media_type), change);
        }
    }
}

fn of_content_mut(content: &mut [MediaType], change: &mut impl FnMut(&mut SchemaId)) {
    for media_type in content {
        media_type.schema.iter_mut().for_each(&mut *change);
        media_type.item_schema.iter_mut().for_each(&mut *change);
        for encoding in media_type.encoding.values_mut() {
            of_headers_mut(&mut encoding.headers, change);
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    /// It has not been met.
    New,
    /// What it is put together from is being looked through.
    Open,
    /// It has been met.
    Done,
}

/// Goes through the schemas in the order in which they are written.
struct Walk<'a> {
    description: &'a Description,
    states: Vec<State>,
    shared: IndexSet<SchemaId>,
    roots: Vec<SchemaId>,
}

impl Walk<'_> {
    /// Goes through what is written where a schema is used, on a stack of its own.
    fn from(&mut self, root: SchemaId) {
        let mut open = Vec::new();
        let mut next = Some(root);
        loop {
            if let Some(id) = next.filter(|id| self.enter(*id, open.len())) {
                let parts: Vec<SchemaId> = self.description.schemas[id].parts().collect();
                open.push((id, parts.into_iter()));
            }
            let Some((id, parts)) = open.last_mut() else {
                return;
            };
            next = parts.next();
            if next.is_none() {
                self.states[id.0 as usize] = State::Done;
                open.pop();
            }
        }
    }

    /// Whether a schema that is used at some depth is written there. One that has a name is written at depth 0, once.
    fn enter(&mut self, id: SchemaId, depth: usize) -> bool {
        let schema = &self.description.schemas[id];
        let state = self.states[id.0 as usize];
        let is_named = schema.component.is_some() || self.shared.contains(&id);
        if is_named && (depth > 0 || state != State::New) {
            return false;
        }
        let is_met_again = match state {
            State::New => false,
            State::Open => true,
            State::Done => schema.stands_alone(),
        };
        if !is_named && (is_met_again || depth >= DEEPEST) {
            self.shared.insert(id);
            if state == State::New {
                self.roots.push(id);
            }
            return false;
        }
        if state == State::New {
            self.name_targets(schema);
        }
        self.states[id.0 as usize] = State::Open;
        true
    }

    /// What a discriminator maps to has a name.
    fn name_targets(&mut self, schema: &Schema) {
        if let Some(it) = &schema.discriminator {
            for target in it.mapping.values().chain(&it.otherwise) {
                let is_component = self.description.schemas[*target].component.is_some();
                if !is_component && self.shared.insert(*target) {
                    self.roots.push(*target);
                }
            }
        }
    }
}

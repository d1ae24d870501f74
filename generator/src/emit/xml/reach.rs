//! The types that travel as XML.

use super::place::Branches;
use crate::ir::{
    Additional, Api, BodyEncoding, Incoming, ItemId, ItemKind, Payload, Type, Union, Xml,
};

/// Whether some body that is sent or read is XML in every form.
pub(in crate::emit) fn has_only_xml(api: &Api) -> bool {
    let is_only = |payloads: &[Payload]| {
        let mut forms = payloads.iter().flat_map(|it| &it.forms);
        !payloads.is_empty() && forms.all(|form| form.encoding == BodyEncoding::Xml)
    };
    let mut answers = api.operations.iter().flat_map(|it| &it.responses);
    api.bodies().any(|it| is_only(&it.payloads)) || answers.any(|it| is_only(&it.payloads))
}

/// The payloads that are sent or read as XML. What the API is answered is no concern of the client's.
pub(in crate::emit) fn xml_payloads(api: &Api) -> impl Iterator<Item = &Payload> {
    let bodies = api.operations.iter().filter_map(|it| it.body.as_ref());
    let answers = api.operations.iter().flat_map(|it| &it.responses);
    let payloads = bodies.flat_map(|it| &it.payloads);
    let payloads = payloads.chain(answers.flat_map(|it| &it.payloads));
    let incoming = api.incoming.iter().filter_map(Incoming::read_payload);
    payloads.chain(incoming).filter(|it| it.is_xml())
}

/// Every payload, in either direction.
pub(in crate::emit) fn payloads(api: &Api) -> impl Iterator<Item = &Payload> {
    let sent = api.bodies().flat_map(|it| &it.payloads);
    sent.chain(api.responses().flat_map(|it| &it.payloads))
}

/// The items that have a table, in the document's order: structs and unions that XML bodies consist of.
pub(super) fn items(api: &Api) -> Vec<ItemId> {
    let mut reached = Reached {
        api,
        items: vec![false; api.items.len()],
        open: Vec::new(),
    };
    for payload in xml_payloads(api) {
        reached.add(&payload.ty, payload.xml.as_deref());
    }
    while let Some(ty) = reached.open.pop() {
        reached.add(ty, None);
    }
    let items = (0..).map(ItemId).zip(reached.items);
    items
        .filter_map(|(id, is_reached)| is_reached.then_some(id))
        .collect()
}

struct Reached<'a> {
    api: &'a Api,
    items: Vec<bool>,
    open: Vec<&'a Type>,
}

impl<'a> Reached<'a> {
    fn add(&mut self, ty: &'a Type, place: Option<&Xml>) {
        match ty {
            Type::Nullable(inner) => self.add(inner, place),
            Type::Array(inner) | Type::Map(inner) => {
                self.add(inner, place.and_then(|it| it.part(0)));
            }
            Type::Tuple(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.add(item, place.and_then(|it| it.part(index)));
                }
            }
            Type::Item(id) => self.add_item(*id, place),
            _ => {}
        }
    }

    fn add_item(&mut self, id: ItemId, place: Option<&Xml>) {
        match &self.api[id].kind {
            ItemKind::Alias(ty) => self.add(ty, place),
            ItemKind::Enumeration(_) => {}
            // What has names for its branches has a table of its own.
            ItemKind::Union(it) if place.is_some_and(|it| !it.inner.is_empty()) => {
                self.add_branches(it);
            }
            ItemKind::Union(it) => {
                if self.is_new(id) {
                    self.add_branches(it);
                }
            }
            ItemKind::Struct(it) => {
                if self.is_new(id) {
                    self.open.extend(it.fields.iter().map(|field| &field.ty));
                    if let Additional::Kept(ty) = &it.additional {
                        self.open.push(ty);
                    }
                }
            }
        }
    }

    fn add_branches(&mut self, union: &'a Union) {
        let branches = Branches::of(self.api, union, None).all;
        self.open.extend(branches.iter().map(|it| it.ty));
    }

    fn is_new(&mut self, id: ItemId) -> bool {
        !std::mem::replace(&mut self.items[id.0 as usize], true)
    }
}

//! The types that travel as XML.

use crate::ir::{Additional, Api, BodyEncoding, ItemId, ItemKind, Payload, Type};

/// Whether a payload may be XML.
pub(in crate::emit) fn is_xml(payload: &Payload) -> bool {
    payload
        .forms
        .iter()
        .any(|form| form.encoding == BodyEncoding::Xml)
}

/// Whether some body, or some answer with one, is XML in every form.
pub(in crate::emit) fn has_only_xml(api: &Api) -> bool {
    let is_only = |payloads: &[Payload]| {
        let mut forms = payloads.iter().flat_map(|it| &it.forms);
        !payloads.is_empty() && forms.all(|form| form.encoding == BodyEncoding::Xml)
    };
    api.bodies().any(|it| is_only(&it.payloads)) || api.responses().any(|it| is_only(&it.payloads))
}

/// Every payload, in either direction.
pub(in crate::emit) fn payloads(api: &Api) -> impl Iterator<Item = &Payload> {
    let sent = api.bodies().flat_map(|it| &it.payloads);
    sent.chain(api.responses().flat_map(|it| &it.payloads))
}

/// The items that XML bodies consist of, in the document's order.
pub(super) fn items(api: &Api) -> Vec<ItemId> {
    let mut reached = vec![false; api.items.len()];
    let mut open: Vec<&Type> = payloads(api)
        .filter(|it| is_xml(it))
        .map(|it| &it.ty)
        .collect();
    while let Some(ty) = open.pop() {
        match ty {
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => open.push(inner),
            Type::Tuple(items) => open.extend(items),
            Type::Item(id) if !std::mem::replace(&mut reached[id.0 as usize], true) => {
                match &api[*id].kind {
                    ItemKind::Struct(it) => {
                        open.extend(it.fields.iter().map(|field| &field.ty));
                        if let Additional::Kept(ty) = &it.additional {
                            open.push(ty);
                        }
                    }
                    ItemKind::Union(it) => open.extend(it.branches.iter().map(|it| &it.ty)),
                    ItemKind::Alias(ty) => open.push(ty),
                    ItemKind::Enumeration(_) => {}
                }
            }
            _ => {}
        }
    }
    let reached = (0..).map(ItemId).zip(reached);
    reached
        .filter_map(|(id, is_reached)| is_reached.then_some(id))
        .collect()
}

//! `readOnly` and `writeOnly`: properties that only one side sends are not demanded of the other.
//!
//! OAS 3.0.4, Schema Object: a required property that is read-only is required in responses only, and one that is
//! write-only in requests only. A type that goes both ways has it as an optional property.

use crate::ir::{Additional, Api, ItemId, ItemKind, Presence, Type};

/// Makes required properties optional in types that are sent by the side which does not send the property.
pub(in crate::lower) fn relax(api: &mut Api) {
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for operation in &api.operations {
        sent.extend(operation.arguments.iter().map(|it| &it.ty));
        let bodies = operation.body.iter().flat_map(|it| &it.payloads);
        sent.extend(bodies.map(|it| &it.ty));
        for response in &operation.responses {
            received.extend(response.payloads.iter().map(|it| &it.ty));
        }
    }
    let (sent, received) = (reached(api, &sent), reached(api, &received));
    for (index, item) in api.items.iter_mut().enumerate() {
        let ItemKind::Struct(structure) = &mut item.kind else {
            continue;
        };
        for field in &mut structure.fields {
            if (field.read_only && sent[index]) || (field.write_only && received[index]) {
                field.presence = match field.presence {
                    Presence::Required | Presence::Optional => Presence::Optional,
                    Presence::Nullable | Presence::OptionalNullable => Presence::OptionalNullable,
                };
            }
        }
    }
}

/// Which items types consist of, directly or not.
fn reached(api: &Api, from: &[&Type]) -> Vec<bool> {
    let mut reached = vec![false; api.items.len()];
    let mut open: Vec<&Type> = from.to_vec();
    while let Some(ty) = open.pop() {
        match ty {
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Part(inner) => {
                open.push(inner);
            }
            Type::Tuple(items) => open.extend(items),
            Type::Item(ItemId(index)) => {
                let index = *index as usize;
                if !std::mem::replace(&mut reached[index], true) {
                    match &api.items[index].kind {
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
            }
            _ => {}
        }
    }
    reached
}

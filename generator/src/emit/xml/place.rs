//! What is known of a value at a place: its type without aliases, its node, and its name.

use std::collections::HashMap;

use crate::ir::{Api, Field, ItemId, ItemKind, Struct, Type, Union, Xml, XmlNode};

/// A value at a place.
pub(super) struct Resolved<'a> {
    /// Its type, which is neither an alias nor nullable.
    pub(super) ty: &'a Type,
    /// Which node it is.
    pub(super) node: XmlNode,
    /// What is said of it, by the place and by its type.
    pub(super) said: Xml,
    /// The node in this one that is the value, where the place demands an element around that of the type.
    pub(super) nested: Option<Box<Resolved<'a>>>,
}

/// Brings together what is said of a type at a place. What the place says comes first.
pub(super) fn resolve<'a>(
    api: &'a Api,
    ty: &'a Type,
    place: Option<&Xml>,
    apart: bool,
) -> Resolved<'a> {
    let resolved = flat(api, ty, place, apart);
    let is_around = place.is_some_and(|it| it.node == Some(XmlNode::Element))
        && matches!(ty, Type::Item(_))
        && !is_list(resolved.ty);
    if !is_around {
        return resolved;
    }
    // OAS 3.2.0, XML Object, `nodeType`: an element that is stated beside a reference is one more, unless the schema
    // that it leads to has none.
    let inner = flat(api, ty, None, apart);
    if inner.said.node == Some(XmlNode::None) || inner.node == XmlNode::None {
        return resolved;
    }
    Resolved {
        ty: inner.ty,
        node: XmlNode::Element,
        said: place.cloned().unwrap_or_default(),
        nested: Some(Box::new(inner)),
    }
}

/// The fields of a struct. Where several would be called alike, since their types have names, each is called as its
/// property: nobody could tell them apart.
pub(super) fn fields<'a>(api: &'a Api, it: &'a Struct) -> Vec<Resolved<'a>> {
    let at = |field: &'a Field| resolve(api, &field.ty, field.xml.as_deref(), false);
    let mut all: Vec<Resolved<'a>> = it.fields.iter().map(at).collect();
    let names: Vec<Option<String>> = all
        .iter()
        .zip(&it.fields)
        .map(|(resolved, field)| element_name(api, resolved, &field.wire_name))
        .collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in names.iter().flatten() {
        *counts.entry(name).or_default() += 1;
    }
    for ((resolved, field), name) in all.iter_mut().zip(&it.fields).zip(&names) {
        if name.as_deref().is_some_and(|name| counts[name] > 1) {
            call_as_property(resolved, field);
        }
    }
    all
}

/// What the element of a field is called, or what each of its elements is.
fn element_name(api: &Api, resolved: &Resolved<'_>, property: &str) -> Option<String> {
    let name = |resolved: &Resolved<'_>| {
        let name = resolved.said.name.as_deref().unwrap_or(property);
        (resolved.node == XmlNode::Element).then(|| name.to_owned())
    };
    match resolved.ty {
        Type::Array(item) if resolved.node == XmlNode::None => {
            name(&resolve(api, item, resolved.said.part(0), true))
        }
        _ => name(resolved),
    }
}

/// Drops the name that the type of a field has, but not one that is stated for the field.
fn call_as_property(resolved: &mut Resolved<'_>, field: &Field) {
    let place = field.xml.as_deref();
    if resolved.node == XmlNode::Element {
        resolved.said.name = place.and_then(|it| it.name.clone());
    } else {
        let item = place.and_then(|it| it.part(0)?.name.clone());
        let name = item.unwrap_or_else(|| field.wire_name.clone());
        let mut said = resolved.said.part(0).cloned().unwrap_or_default();
        said.name = Some(name);
        resolved.said.inner = vec![said];
    }
}

fn flat<'a>(api: &'a Api, ty: &'a Type, place: Option<&Xml>, apart: bool) -> Resolved<'a> {
    let mut said = place.cloned().unwrap_or_default();
    let mut ty = ty;
    let mut item = None;
    // `lower` leaves no circle of aliases, so that this ends.
    loop {
        match ty {
            Type::Nullable(inner) => ty = inner,
            Type::Item(id) => {
                item = Some(*id);
                if let Some(own) = &api[*id].xml {
                    said = said.or(own);
                }
                match &api[*id].kind {
                    ItemKind::Alias(target) => ty = target,
                    ItemKind::Struct(_) => {
                        // Those of a struct are about its further properties.
                        said.inner.clear();
                        break;
                    }
                    ItemKind::Enumeration(_) | ItemKind::Union(_) => break,
                }
            }
            _ => break,
        }
    }
    let node = said
        .node
        .unwrap_or_else(|| by_default(api, ty, &said, apart));
    let is_endless = || {
        node == XmlNode::None && item.is_some_and(|id| stands_in_itself(api, id, id, &mut vec![]))
    };
    Resolved {
        ty,
        node: if is_endless() { XmlNode::Element } else { node },
        said,
        nested: None,
    }
}

/// The node of which nothing is said (OAS 3.2.0, XML Object, `nodeType`). An array in another has an element, or nobody
/// could tell where it ends. A union whose branches all have names of their own is called as they are.
fn by_default(api: &Api, ty: &Type, said: &Xml, apart: bool) -> XmlNode {
    match ty {
        Type::Array(_) | Type::Tuple(_) if !apart => XmlNode::None,
        Type::Item(id) => match &api[*id].kind {
            ItemKind::Union(it) if said.name.is_none() => {
                let branches = Branches::of(api, it, None).all;
                let are_named =
                    !branches.is_empty() && branches.iter().all(|it| it.said.name.is_some());
                if are_named {
                    XmlNode::None
                } else {
                    XmlNode::Element
                }
            }
            _ => XmlNode::Element,
        },
        _ => XmlNode::Element,
    }
}

fn is_list(ty: &Type) -> bool {
    matches!(ty, Type::Array(_) | Type::Tuple(_))
}

/// Whether a value may have nothing that could stand in a node.
pub(super) fn may_be_empty(resolved: &Resolved<'_>) -> bool {
    match resolved.ty {
        Type::Array(_) | Type::Map(_) | Type::String | Type::Secret | Type::Base64 => true,
        Type::Item(_) => resolved.node == XmlNode::None,
        _ => false,
    }
}

/// Whether an item stands in itself without an element between.
fn stands_in_itself(api: &Api, start: ItemId, id: ItemId, visited: &mut Vec<ItemId>) -> bool {
    if visited.contains(&id) {
        return false;
    }
    visited.push(id);
    let ItemKind::Struct(it) = &api[id].kind else {
        return false;
    };
    let inline = it.fields.iter().filter_map(|field| {
        let mut ty = api.resolve(&field.ty);
        while let Type::Array(inner) | Type::Nullable(inner) = ty {
            ty = api.resolve(inner);
        }
        let Type::Item(id) = ty else { return None };
        let node = field.xml.as_ref().and_then(|it| it.node);
        let own = api[*id].xml.as_ref().and_then(|it| it.node);
        (node.or(own) == Some(XmlNode::None)).then_some(*id)
    });
    let mut inline = inline.collect::<Vec<_>>().into_iter();
    inline.any(|next| next == start || stands_in_itself(api, start, next, visited))
}

/// The branches of a union, without other unions among them: each has its own branches in its place.
pub(super) struct Branches<'a> {
    /// The branches.
    pub(super) all: Vec<Resolved<'a>>,
    /// For each branch of the union itself: where it is, if it is one still.
    indices: Vec<Option<usize>>,
}

impl<'a> Branches<'a> {
    /// The branches of a union. `names` says what they are called, where something else does so.
    pub(super) fn of(api: &'a Api, union: &'a Union, names: Option<&Xml>) -> Self {
        let mut branches = Self {
            all: Vec::new(),
            indices: Vec::new(),
        };
        for (index, branch) in union.branches.iter().enumerate() {
            let own = branch.xml.as_deref().cloned().unwrap_or_default();
            let place = names.and_then(|it| it.part(index));
            let place = place.map_or_else(|| own.clone(), |it| it.or(&own));
            let before = branches.all.len();
            branches.add(api, &branch.ty, &place, &mut Vec::new());
            let is_one = branches.all.len() == before + 1 && !is_union(api, &branch.ty);
            branches.indices.push(is_one.then_some(before));
        }
        branches
    }

    fn add(&mut self, api: &'a Api, ty: &'a Type, place: &Xml, within: &mut Vec<ItemId>) {
        let ty = unwrapped(api, ty);
        if let Type::Item(id) = ty
            && let ItemKind::Union(union) = &api[*id].kind
        {
            if !within.contains(id) {
                within.push(*id);
                for branch in &union.branches {
                    let own = branch.xml.as_deref().cloned().unwrap_or_default();
                    self.add(api, &branch.ty, &own, within);
                }
                within.pop();
            }
            return;
        }
        // What stands for null is not there.
        if *ty != Type::Null {
            let mut branch = flat(api, ty, Some(place), true);
            branch.node = XmlNode::Element;
            self.all.push(branch);
        }
    }

    /// Where a branch of the union itself is.
    pub(super) fn index(&self, branch: usize) -> Option<usize> {
        self.indices.get(branch).copied().flatten()
    }
}

fn is_union(api: &Api, ty: &Type) -> bool {
    matches!(unwrapped(api, ty), Type::Item(id) if matches!(api[*id].kind, ItemKind::Union(_)))
}

/// A type that is neither an alias nor nullable.
fn unwrapped<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    let mut ty = api.resolve(ty);
    while let Type::Nullable(inner) = ty {
        ty = api.resolve(inner);
    }
    ty
}

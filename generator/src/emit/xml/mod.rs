//! `xml.rs`: how the models that travel as XML look there, a table each; and the shapes of bodies, where they are sent
//! and read.

mod place;
pub(super) mod reach;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use self::place::{Branches, Resolved};
use super::context::Cx;
use crate::ir::{
    Additional, Choice, EnumerationValues, Field, ItemId, ItemKind, JsonType, Payload, Presence,
    Struct, TagValue, Type, Union, Value, Xml, XmlNode,
};
use crate::output::{Source, Unformatted};

/// The file; `None` when no body is XML that has types with names.
pub(super) fn emit(cx: &Cx<'_>) -> Option<Source> {
    let reached = reach::items(cx.api);
    let cx = cx.file(cx.names.types.iter().map(|it| it.constant.to_string()));
    let statics: Vec<Unformatted> = reached
        .into_iter()
        .filter_map(|id| emit_item(&cx, id))
        .map(|it| cx.imports.item(it))
        .collect();
    if statics.is_empty() {
        return None;
    }
    let docs = "How the models look as XML.".to_owned();
    Some(Source {
        docs,
        items: cx.imports.complete(statics),
    })
}

/// `pub(super) static PET: Content = Content::Object(&[..]);`
fn emit_item(cx: &Cx<'_>, id: ItemId) -> Option<TokenStream> {
    let item = &cx.api[id];
    let said = item.xml.as_deref();
    let shapes = Shapes {
        cx,
        is_elsewhere: false,
    };
    let content = match &item.kind {
        ItemKind::Struct(it) => shapes.object(it, said.and_then(|it| it.part(0))),
        ItemKind::Union(it) => shapes.union(it, None),
        ItemKind::Enumeration(_) | ItemKind::Alias(_) => return None,
    };
    let ty = cx.import("super::runtime::xml::Content");
    let name = &cx.names.item(id).constant;
    Some(quote! {
        pub(super) static #name: #ty = #content;
    })
}

/// The shape of a body, as an expression.
pub(super) fn shape(cx: &Cx<'_>, payload: &Payload) -> TokenStream {
    let shapes = Shapes {
        cx,
        is_elsewhere: true,
    };
    let resolved = place::resolve(cx.api, &payload.ty, payload.xml.as_deref(), false);
    let shape = shapes.resolved(&resolved, "");
    let holds_shapes = match resolved.ty {
        Type::Array(_) | Type::Tuple(_) | Type::Map(_) => true,
        Type::Item(id) => match &cx.api[*id].kind {
            ItemKind::Struct(_) => false,
            ItemKind::Enumeration(_) => true,
            ItemKind::Union(_) | ItemKind::Alias(_) => !resolved.said.inner.is_empty(),
        },
        _ => false,
    };
    if !holds_shapes && resolved.nested.is_none() {
        return shape;
    }
    // What is in it has to be there for ever.
    let ty = cx.import("super::runtime::xml::Shape");
    quote!({
        static SHAPE: #ty = #shape;
        SHAPE
    })
}

/// What makes shapes.
struct Shapes<'a> {
    cx: &'a Cx<'a>,
    /// Whether they stand in another file than the statics of items.
    is_elsewhere: bool,
}

impl Shapes<'_> {
    /// The shape of a value of a type, at a place where something is said of it, and which gives it a name unless it
    /// has another. An array without an element of its own has one all the same if it is `apart`: in another array.
    fn shape(&self, ty: &Type, place: Option<&Xml>, name: &str, apart: bool) -> TokenStream {
        let resolved = place::resolve(self.cx.api, ty, place, apart);
        self.resolved(&resolved, name)
    }

    fn resolved(&self, resolved: &Resolved<'_>, name: &str) -> TokenStream {
        let shape = self.cx.import("super::runtime::xml::Shape");
        let content = self.content(resolved, name);
        let said = &resolved.said;
        let name = said.name.as_deref().unwrap_or(name);
        let made = match resolved.node {
            XmlNode::Element if name.is_empty() => quote!(#shape::keyed(#content)),
            XmlNode::Element => quote!(#shape::element(#name, #content)),
            XmlNode::Attribute => quote!(#shape::attribute(#name, #content)),
            XmlNode::Text => return quote!(#shape::text(#content)),
            XmlNode::Cdata => return quote!(#shape::cdata(#content)),
            XmlNode::None => return quote!(#shape::inline(#content)),
        };
        let prefix = said.prefix.iter().map(|it| quote!(.prefix(#it)));
        let namespace = said.namespace.iter().map(|it| quote!(.namespace(#it)));
        quote!(#made #(#prefix)* #(#namespace)*)
    }

    /// What stands in the node of a value.
    fn content(&self, resolved: &Resolved<'_>, name: &str) -> TokenStream {
        let content = self.cx.import("super::runtime::xml::Content");
        let said = &resolved.said;
        if let Some(inner) = &resolved.nested {
            let inner = self.resolved(inner, name);
            return quote!(#content::Nested(&#inner));
        }
        // The items of an array are called as its element is, if it has one.
        let item_name = match resolved.node {
            XmlNode::Element => said.name.as_deref().unwrap_or(name),
            _ => name,
        };
        let part = |index: usize, ty: &Type, name: &str, apart: bool| {
            self.shape(ty, said.part(index), name, apart)
        };
        match resolved.ty {
            Type::Array(item) => {
                let item = part(0, item, item_name, true);
                quote!(#content::List(&#item))
            }
            Type::Tuple(items) => {
                let items = items.iter().enumerate();
                let items = items.map(|(index, item)| part(index, item, item_name, true));
                quote!(#content::Tuple(&[#(#items),*]))
            }
            Type::Map(value) => {
                let value = part(0, value, "", false);
                quote!(#content::Map(&#value))
            }
            Type::Item(id) => self.item(*id, said),
            ty => match ty.json_type() {
                Some(JsonType::Number) => quote!(#content::Number),
                Some(JsonType::Boolean) => quote!(#content::Boolean),
                Some(JsonType::String) => quote!(#content::String),
                Some(JsonType::Null | JsonType::Array | JsonType::Object) | None => {
                    quote!(#content::Any)
                }
            },
        }
    }

    /// What stands in the node of a value of an item.
    fn item(&self, id: ItemId, said: &Xml) -> TokenStream {
        let content = self.cx.import("super::runtime::xml::Content");
        match &self.cx.api[id].kind {
            ItemKind::Enumeration(it) => self.enumeration(&it.values),
            ItemKind::Union(it) if !said.inner.is_empty() => self.union(it, Some(said)),
            ItemKind::Struct(_) | ItemKind::Union(_) | ItemKind::Alias(_) => {
                let name = &self.cx.names.item(id).constant;
                // Only what is named is imported.
                let path = self.is_elsewhere.then(|| self.cx.import("super::xml"));
                let path = path.iter();
                quote!(#content::Of(&#(#path::)*#name))
            }
        }
    }

    /// The values of an enumeration, which is open: what is not listed is of the same kind.
    fn enumeration(&self, values: &EnumerationValues) -> TokenStream {
        let content = self.cx.import("super::runtime::xml::Content");
        let variants = match values {
            EnumerationValues::Strings(_) => return quote!(#content::String),
            EnumerationValues::Integers(_) => return quote!(#content::Number),
            EnumerationValues::Mixed(variants) => variants,
        };
        let is_any = |test: fn(&Value) -> bool| variants.iter().any(|it| test(&it.value));
        let kinds = [
            (is_any(Value::is_number), quote!(#content::Number)),
            (is_any(Value::is_boolean), quote!(#content::Boolean)),
            (is_any(Value::is_string), quote!(#content::String)),
        ];
        let kinds: Vec<TokenStream> = kinds
            .into_iter()
            .filter_map(|(is_there, kind)| is_there.then_some(kind))
            .collect();
        match &kinds[..] {
            [] => quote!(#content::Any),
            [one] => one.clone(),
            several => {
                let shape = self.cx.import("super::runtime::xml::Shape");
                let branches = several.iter().map(|it| quote!(#shape::keyed(#it)));
                self.choice(branches, None)
            }
        }
    }

    /// `Content::Object(&[Property::required("id", ..)])`
    fn object(&self, it: &Struct, further: Option<&Xml>) -> TokenStream {
        let content = self.cx.import("super::runtime::xml::Content");
        let fields = place::fields(self.cx.api, it);
        let properties = it
            .fields
            .iter()
            .zip(fields)
            .map(|(field, resolved)| self.property(field, &resolved));
        match &it.additional {
            Additional::Kept(ty) => {
                let further = self.shape(ty, further, "", false);
                quote!(#content::ObjectWith(&[#(#properties),*], &#further))
            }
            Additional::Skipped | Additional::Denied => {
                quote!(#content::Object(&[#(#properties),*]))
            }
        }
    }

    fn property(&self, field: &Field, resolved: &Resolved<'_>) -> TokenStream {
        let property = self.cx.import("super::runtime::xml::Property");
        let name = &field.wire_name;
        let shape = self.resolved(resolved, name);
        let make = match (field.presence, resolved.node) {
            // Nothing and an empty list look the same, and so do nothing and an empty text.
            (Presence::Required, XmlNode::None | XmlNode::Text | XmlNode::Cdata)
                if place::may_be_empty(resolved) =>
            {
                quote!(or_empty)
            }
            (Presence::Required, _) => quote!(required),
            // OAS 3.2.0, Handling `null` Values.
            (Presence::Nullable, _)
            | (Presence::OptionalNullable, XmlNode::Attribute | XmlNode::Text | XmlNode::Cdata) => {
                quote!(or_null)
            }
            (Presence::Optional | Presence::OptionalNullable, _) => quote!(optional),
        };
        quote!(#property::#make(#name, #shape))
    }

    /// `Content::Union(&Union { .. })`. `names` says what the branches are called, at the root.
    fn union(&self, it: &Union, names: Option<&Xml>) -> TokenStream {
        let branches = Branches::of(self.cx.api, it, names);
        let tag = it.dispatch.iter().find_map(|(_, choice)| match choice {
            Choice::Tag {
                property, values, ..
            } => Some((property, values)),
            Choice::Only(_) | Choice::Key { .. } | Choice::Trial { .. } => None,
        });
        let tag = tag.map(|(property, values)| {
            let tag = self.cx.import("super::runtime::xml::Tag");
            let content = self.cx.import("super::runtime::xml::Content");
            let kind = match values.first() {
                Some((TagValue::Integer(_), _)) => quote!(#content::Number),
                Some((TagValue::Boolean(_), _)) => quote!(#content::Boolean),
                Some((TagValue::Text(_), _)) | None => quote!(#content::String),
            };
            let values = values.iter().filter_map(|(value, choice)| {
                let text = value.to_string();
                let index = Literal::usize_unsuffixed(branches.index(choice.sole()?)?);
                Some(quote!((#text, #index)))
            });
            quote!(#tag { property: #property, content: #kind, values: &[#(#values),*] })
        });
        let shapes = branches.all.iter().map(|it| self.resolved(it, ""));
        self.choice(shapes, tag)
    }

    fn choice(
        &self,
        branches: impl Iterator<Item = TokenStream>,
        tag: Option<TokenStream>,
    ) -> TokenStream {
        let content = self.cx.import("super::runtime::xml::Content");
        let union = self.cx.import("super::runtime::xml::Union");
        let tag = tag.map_or_else(|| quote!(None), |tag| quote!(Some(#tag)));
        quote!(#content::Union(&#union { tag: #tag, branches: &[#(#branches),*] }))
    }
}

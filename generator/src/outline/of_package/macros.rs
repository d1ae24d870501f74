//! What the macros of the runtime are given.

use std::collections::HashMap;

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, Ident, Item, Lit, LitStr, Macro, Token, Type, braced, parenthesized};

use super::Parsed;

/// The last part of a macro's path: `string_enum`.
pub(super) fn name(it: &Macro) -> String {
    let last = it.path.segments.last();
    last.map(|it| it.ident.to_string()).unwrap_or_default()
}

/// Whether something is `#[deprecated]`.
pub(super) fn is_deprecated(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| it.path().is_ident("deprecated"))
}

/// Whether something is an old name of another thing.
pub(super) fn is_alias(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| {
        let note = it.meta.require_list().map(|it| it.tokens.to_string());
        it.path().is_ident("deprecated") && note.is_ok_and(|it| it.contains("\"renamed to `"))
    })
}

/// `pub enum Color { Red = "red", }`
pub(super) struct Enumeration {
    pub(super) attributes: Vec<Attribute>,
    pub(super) name: Ident,
    /// Name and value of each variant.
    pub(super) variants: Vec<(Ident, Lit)>,
}

impl Parse for Enumeration {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<Token![pub]>()?;
        input.parse::<Token![enum]>()?;
        let name = input.parse()?;
        let inner;
        braced!(inner in input);
        let mut variants = Vec::new();
        while !inner.is_empty() {
            inner.call(Attribute::parse_outer)?;
            let variant = inner.parse()?;
            inner.parse::<Token![=]>()?;
            let minus: Option<Token![-]> = inner.parse()?;
            let value: Lit = inner.parse()?;
            let value = match (minus, value) {
                (Some(_), Lit::Int(it)) => Lit::Int(syn::LitInt::new(&format!("-{it}"), it.span())),
                (_, value) => value,
            };
            variants.push((variant, value));
            inner.parse::<Option<Token![,]>>()?;
        }
        Ok(Self {
            attributes,
            name,
            variants,
        })
    }
}

/// `pub enum GetPetError for GetPet { NotFound(Response<()>), }`
pub(super) struct OperationError {
    pub(super) operation: Ident,
    pub(super) variants: Vec<(Ident, Type)>,
}

impl Parse for OperationError {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Attribute::parse_outer)?;
        input.parse::<Token![pub]>()?;
        input.parse::<Token![enum]>()?;
        input.parse::<Ident>()?;
        input.parse::<Token![for]>()?;
        let operation = input.parse()?;
        let inner;
        braced!(inner in input);
        let mut variants = Vec::new();
        while !inner.is_empty() {
            inner.call(Attribute::parse_outer)?;
            let variant = inner.parse()?;
            let held;
            parenthesized!(held in inner);
            variants.push((variant, held.parse()?));
            inner.parse::<Option<Token![,]>>()?;
        }
        Ok(Self {
            operation,
            variants,
        })
    }
}

/// `pub struct ListPetsHeaders { pub total: i64 = "x-total", }`
pub(super) struct Headers {
    pub(super) name: Ident,
    /// Name, type and name on the wire of each.
    pub(super) fields: Vec<(Ident, Type, String)>,
}

impl Parse for Headers {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Attribute::parse_outer)?;
        input.parse::<Token![pub]>()?;
        input.parse::<Token![struct]>()?;
        let name = input.parse()?;
        let inner;
        braced!(inner in input);
        let mut fields = Vec::new();
        while !inner.is_empty() {
            inner.call(Attribute::parse_outer)?;
            inner.parse::<Token![pub]>()?;
            let field = inner.parse()?;
            inner.parse::<Token![:]>()?;
            let ty = inner.parse()?;
            inner.parse::<Token![=]>()?;
            let wire_name: LitStr = inner.parse()?;
            if inner.parse::<Option<Token![in]>>()?.is_some() {
                inner.parse::<Expr>()?;
            }
            fields.push((field, ty, wire_name.value()));
            inner.parse::<Option<Token![,]>>()?;
        }
        Ok(Self { name, fields })
    }
}

/// `with_name(name: impl Into<String>),`
pub(super) struct Setters(pub(super) Vec<(Ident, Ident, Type)>);

impl Parse for Setters {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut setters = Vec::new();
        while !input.is_empty() {
            input.call(Attribute::parse_outer)?;
            let setter = input.parse()?;
            let inner;
            parenthesized!(inner in input);
            let field = inner.parse()?;
            inner.parse::<Token![:]>()?;
            setters.push((setter, field, inner.parse()?));
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(Self(setters))
    }
}

/// An argument that a setter sets: `limit: i64 => query("limit", Style::FORM);`
pub(super) struct Argument {
    pub(super) attributes: Vec<Attribute>,
    pub(super) name: Ident,
    pub(super) ty: Type,
    pub(super) place: Ident,
    pub(super) wire_name: String,
}

/// Several of them.
pub(super) struct Arguments(pub(super) Vec<Argument>);

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut arguments = Vec::new();
        while !input.is_empty() {
            let attributes = input.call(Attribute::parse_outer)?;
            let name = input.parse()?;
            input.parse::<Token![:]>()?;
            let ty = input.parse()?;
            input.parse::<Token![=>]>()?;
            let place = input.parse()?;
            let inner;
            parenthesized!(inner in input);
            let wire_name: LitStr = inner.parse()?;
            inner.parse::<Token![,]>()?;
            inner.parse::<Expr>()?;
            input.parse::<Option<Token![;]>>()?;
            let wire_name = wire_name.value();
            arguments.push(Argument {
                attributes,
                name,
                ty,
                place,
                wire_name,
            });
        }
        Ok(Self(arguments))
    }
}

/// `Pet { Cat(Cat), }`
pub(super) struct UnionFrom {
    pub(super) name: Ident,
    pub(super) variants: Vec<Ident>,
}

impl Parse for UnionFrom {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let inner;
        braced!(inner in input);
        let mut variants = Vec::new();
        while !inner.is_empty() {
            variants.push(inner.parse()?);
            let held;
            parenthesized!(held in inner);
            held.parse::<Type>()?;
            inner.parse::<Option<Token![,]>>()?;
        }
        Ok(Self { name, variants })
    }
}

/// A table of properties: `models::Pet { id = "id", "object" = "pet", ..rest }`
struct Object {
    name: String,
    fields: Vec<(String, String)>,
    constants: Vec<(String, String)>,
}

impl Parse for Object {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let path: syn::Path = input.call(syn::Path::parse_mod_style)?;
        let name = path.segments.last().map(|it| it.ident.to_string());
        let inner;
        braced!(inner in input);
        let mut object = Self {
            name: name.unwrap_or_default(),
            fields: Vec::new(),
            constants: Vec::new(),
        };
        while !inner.is_empty() {
            inner.call(Attribute::parse_outer)?;
            if inner.parse::<Option<Token![..]>>()?.is_some() {
                inner.parse::<Ident>()?;
            } else if inner.peek(LitStr) {
                let key: LitStr = inner.parse()?;
                inner.parse::<Token![=]>()?;
                let value: Expr = inner.parse()?;
                object.constants.push((key.value(), literal(&value)));
            } else {
                let field: Ident = inner.parse()?;
                inner.parse::<Token![=]>()?;
                let key: LitStr = inner.parse()?;
                object.fields.push((field.to_string(), key.value()));
            }
            inner.parse::<Option<Token![,]>>()?;
        }
        // What a union says of how it is decided comes after.
        let _rest: proc_macro2::TokenStream = input.parse()?;
        Ok(object)
    }
}

/// A literal as JSON.
pub(super) fn literal(it: &Expr) -> String {
    match it {
        Expr::Lit(it) => lit(&it.lit),
        other => quote::quote!(#other).to_string().replace("- ", "-"),
    }
}

pub(super) fn lit(it: &Lit) -> String {
    match it {
        Lit::Str(it) => serde_json::Value::from(it.value()).to_string(),
        Lit::Int(it) => it.base10_digits().to_owned(),
        Lit::Bool(it) => it.value.to_string(),
        other => quote::quote!(#other).to_string(),
    }
}

/// The names on the wire of the fields of a model, and what is always the same in it.
#[derive(Default)]
pub(super) struct WireNames {
    pub(super) fields: HashMap<String, String>,
    pub(super) constants: Vec<(String, String)>,
}

/// Those of all models of a module.
pub(super) fn wire_names(files: &[Parsed]) -> HashMap<String, WireNames> {
    let items = files.iter().flat_map(|it| &it.file.items);
    let tables = items.filter_map(|item| match item {
        Item::Macro(it) if name(&it.mac).ends_with("object") => {
            syn::parse2::<Object>(it.mac.tokens.clone()).ok()
        }
        _ => None,
    });
    let named = tables.map(|it| {
        let names = WireNames {
            fields: it.fields.into_iter().collect(),
            constants: it.constants,
        };
        (it.name, names)
    });
    named.collect()
}

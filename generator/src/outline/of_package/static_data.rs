//! Struct literals of static descriptions.

use syn::{Expr, ExprStruct, Lit, Member};

/// A field of a struct literal.
pub(super) fn field<'e>(it: &'e ExprStruct, name: &str) -> Option<&'e Expr> {
    let field = it.fields.iter().find(|it| match &it.member {
        Member::Named(member) => member == name,
        Member::Unnamed(_) => false,
    });
    field.map(|it| &it.expr)
}

/// A text.
pub(super) fn text(it: &Expr) -> Option<String> {
    match it {
        Expr::Lit(it) => match &it.lit {
            Lit::Str(it) => Some(it.value()),
            _ => None,
        },
        Expr::Paren(it) => text(&it.expr),
        // `Some("Bearer")`
        Expr::Call(it) => it.args.first().and_then(text),
        _ => None,
    }
}

/// The items of a list, behind `&` or not.
pub(super) fn list(it: &Expr) -> Vec<&Expr> {
    match it {
        Expr::Reference(it) => list(&it.expr),
        Expr::Array(it) => it.elems.iter().collect(),
        _ => Vec::new(),
    }
}

/// The last part of a path: `Header` of `Location::Header`.
pub(super) fn last(it: &Expr) -> Option<String> {
    let path = match it {
        Expr::Path(it) => &it.path,
        Expr::Struct(it) => &it.path,
        Expr::Call(it) => return last(&it.func),
        _ => return None,
    };
    path.segments.last().map(|it| it.ident.to_string())
}

/// A struct literal, behind `&` or not.
pub(super) fn structure(it: &Expr) -> Option<&ExprStruct> {
    match it {
        Expr::Reference(it) => structure(&it.expr),
        Expr::Struct(it) => Some(it),
        _ => None,
    }
}

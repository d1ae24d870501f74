//! The responses of an operation: what its description documents, and what the function does that reads them.

use quote::ToTokens as _;
use syn::{Expr, ImplItem, ItemImpl, Pat, Stmt};

use super::declared::{Declared, enum_variants, header_nodes};
use super::static_data::{field, last, list, structure};
use super::{Cx, Parsed};
use crate::outline::{Fact, Node, NodeKind, Ty};

/// What an arm of the function that reads responses does.
struct Arm {
    statuses: Vec<String>,
    text: String,
}

/// The documented responses, and what reads each.
pub(super) fn responses(cx: &Cx<'_>, declared: &Declared<'_>, of: &Described<'_>) -> Vec<Node> {
    let arms = arms(of.implementation);
    let reads = |status: &str, result: &str| {
        let mut arms = arms
            .iter()
            .filter(|it| it.statuses.iter().any(|it| it == status));
        arms.find(|it| it.text.contains(result)).map(|it| &*it.text)
    };
    let documented = of.responses();
    let mut nodes = Vec::new();
    for status in &documented {
        let error = reads(status, &format!("{} :: ", of.error));
        // One for everything is read as a success, too, where no other is documented.
        let success = reads(status, "Ok")
            .filter(|_| status != "default")
            .or_else(|| {
                let is_all =
                    status == "default" && !documented.iter().any(|it| it.starts_with('2'));
                is_all.then(|| reads("2XX", "Ok")).flatten()
            });
        nodes.push(match error {
            Some(text) => {
                let role = if success.is_some() {
                    "success and error"
                } else {
                    "error"
                };
                of.failure(cx, declared, status, text, role)
            }
            None => of.success(cx, declared, status, success.unwrap_or_default()),
        });
    }
    nodes
}

fn arms(implementation: &ItemImpl) -> Vec<Arm> {
    let read = implementation.items.iter().find_map(|it| match it {
        ImplItem::Fn(it) if it.sig.ident == "read" => Some(&it.block),
        _ => None,
    });
    let arms = read
        .into_iter()
        .flat_map(|it| &it.stmts)
        .find_map(|it| match it {
            Stmt::Expr(Expr::Match(it), _) => Some(&it.arms),
            _ => None,
        });
    let arms = arms.into_iter().flatten().map(|it| Arm {
        statuses: statuses(&it.pat),
        text: it.body.to_token_stream().to_string(),
    });
    arms.collect()
}

/// An operation's description, and the names of its types.
pub(super) struct Described<'d> {
    pub(super) operation: &'d str,
    pub(super) error: &'d str,
    pub(super) output: &'d Ty,
    pub(super) implementation: &'d ItemImpl,
    /// The enum of several successes.
    pub(super) several: Option<(&'d Parsed, &'d syn::ItemEnum)>,
}

impl Described<'_> {
    /// The documented statuses, in the document's order.
    fn responses(&self) -> Vec<String> {
        let it = self.implementation.items.iter().find_map(|it| match it {
            ImplItem::Const(it) if it.ident == "DESCRIPTION" => structure(&it.expr),
            _ => None,
        });
        let responses = it
            .and_then(|it| field(it, "responses"))
            .map(list)
            .unwrap_or_default();
        let statuses = responses.into_iter().filter_map(|it| match it {
            Expr::Tuple(pair) => pair.elems.first(),
            _ => None,
        });
        let shown = statuses.map(|it| {
            let text = it.to_token_stream().to_string();
            let number: String = text.chars().filter(char::is_ascii_digit).collect();
            match last(it).as_deref() {
                Some("Code") => number,
                Some("Range") => format!("{number}XX"),
                _ => "default".to_owned(),
            }
        });
        shown.collect()
    }

    fn failure(
        &self,
        cx: &Cx<'_>,
        declared: &Declared<'_>,
        status: &str,
        text: &str,
        role: &str,
    ) -> Node {
        let variant = after(text, self.error);
        let held = declared.errors.get(self.operation).and_then(|(file, it)| {
            let (_, ty) = it.variants.iter().find(|(name, _)| *name == variant)?;
            Some(file.imports.ty(cx, ty))
        });
        let path = format!("{}::{}::{variant}", cx.module, self.error);
        let mut node = Node::new(NodeKind::Response, variant, path)
            .key(format!("status {status}"))
            .maybe(Fact::Type, held.clone())
            .fact(Fact::Role, role)
            .fact(Fact::Status, status);
        if let Some(Ty::Path(_, inner)) = held {
            let mut inner = inner.iter().map(ToString::to_string);
            let body = inner.next().unwrap_or_default();
            node.children.extend(enum_variants(cx, declared, &body));
            let headers = inner.next().unwrap_or_default();
            node.children.extend(header_nodes(cx, declared, &headers));
        }
        node
    }

    fn success(&self, cx: &Cx<'_>, declared: &Declared<'_>, status: &str, text: &str) -> Node {
        let path = format!("{}::{}", cx.module, self.operation);
        let node = Node::new(NodeKind::Response, format!("success {status}"), path)
            .key(format!("status {status}"))
            .fact(Fact::Role, "success")
            .fact(Fact::Status, status);
        let Some((file, it)) = self.several else {
            let children = enum_variants(cx, declared, &self.output.to_string());
            return Node {
                children,
                ..node.key("the success")
            };
        };
        let variant = after(text, &it.ident.to_string());
        let held = it.variants.iter().find(|it| it.ident == variant).map(|it| {
            let held = it.fields.iter().next();
            held.map_or(Ty::Tuple(Vec::new()), |it| file.imports.ty(cx, &it.ty))
        });
        let held_name = held.as_ref().map(ToString::to_string).unwrap_or_default();
        let children = enum_variants(cx, declared, &held_name);
        let path = format!("{}::{}::{variant}", cx.module, it.ident);
        let name = format!("success {variant}");
        Node {
            name,
            path,
            children,
            ..node
        }
        .maybe(Fact::Type, held)
    }
}

/// The name after the name of an enum: `NotFound` of `GetPetError::NotFound(..)`.
fn after(text: &str, of: &str) -> String {
    let rest = text.split(&format!("{of} :: ")).nth(1).unwrap_or_default();
    let name = rest
        .split(|it: char| !it.is_alphanumeric() && it != '_')
        .next();
    name.unwrap_or_default().to_owned()
}

/// `200`, `4XX`, `default`
fn statuses(pattern: &Pat) -> Vec<String> {
    let text = pattern.to_token_stream().to_string();
    let each = text.split('|').map(|text| match text.split_once("..=") {
        Some((first, _)) => format!("{}XX", first.trim().chars().next().unwrap_or('?')),
        None if text.trim() == "_" => "default".to_owned(),
        None => text.trim().to_owned(),
    });
    each.collect()
}

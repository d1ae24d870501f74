//! Operations, as their files declare them.

use quote::ToTokens as _;
use syn::{Expr, FnArg, ImplItem, ImplItemFn, Item, ItemImpl, Pat, Stmt};

use super::declared::{Declared, enum_variants, header_nodes, self_name};
use super::macros::{self, Arguments, is_alias, is_deprecated};
use super::models::{arguments, is_public};
use super::responses::{Described, responses};
use super::static_data::{field, last, list, structure, text};
use super::{Cx, Parsed};
use crate::outline::aliases::alias;
use crate::outline::{Fact, Node, NodeKind, Requirement, Ty};

/// The operations of a module, what they share, and what reads webhooks.
pub(super) fn read(cx: &Cx<'_>, files: &[&Parsed], constants: &[(String, String)]) -> Vec<Node> {
    let declared = Declared::of(files);
    let mut nodes = Vec::new();
    for file in files {
        for item in &file.file.items {
            match item {
                Item::Impl(it) if self_name(it) == "Client" && it.trait_.is_none() => {
                    let methods = it.items.iter().filter_map(|it| match it {
                        ImplItem::Fn(it) => Some(it),
                        _ => None,
                    });
                    let (aliases, methods): (Vec<_>, Vec<_>) =
                        methods.partition(|it| is_alias(&it.attrs));
                    let methods = methods
                        .into_iter()
                        .filter_map(|it| operation(cx, file, it, &declared, constants));
                    for mut node in methods {
                        // Those of its setters stand with the API.
                        nodes.extend(take_aliases(&mut node));
                        nodes.push(node);
                    }
                    nodes.extend(aliases.into_iter().filter_map(|it| {
                        let (old, new) = (&it.sig.ident, called(&it.block)?);
                        let path = |name: &str| format!("Client::{name}");
                        Some(alias(cx.module, &path(&old.to_string()), &path(&new)))
                    }));
                }
                Item::Trait(it) if is_alias(&it.attrs) => {
                    let new = it.supertraits.to_token_stream().to_string();
                    nodes.push(alias(cx.module, &it.ident.to_string(), &new));
                }
                Item::Trait(it) if is_public(&it.vis) => {
                    let name = it.ident.to_string();
                    let path = format!("{}::{name}", cx.module);
                    nodes.push(Node::new(NodeKind::Marker, name, path));
                }
                Item::Fn(it) if is_public(&it.vis) => nodes.extend(incoming(cx, file, it)),
                _ => {}
            }
        }
    }
    nodes
}

/// The aliases among the parts of an operation.
fn take_aliases(operation: &mut Node) -> Vec<Node> {
    let children = std::mem::take(&mut operation.children).into_iter();
    let (aliases, others) = children.partition(|it| it.kind == NodeKind::Alias);
    operation.children = others;
    aliases
}

/// The method that a function calls: `self.read_book(id)`
fn called(block: &syn::Block) -> Option<String> {
    match block.stmts.first()? {
        Stmt::Expr(Expr::MethodCall(it), _) => Some(it.method.to_string()),
        _ => None,
    }
}

fn operation(
    cx: &Cx<'_>,
    of: &Parsed,
    it: &ImplItemFn,
    declared: &Declared<'_>,
    constants: &[(String, String)],
) -> Option<Node> {
    is_public(&it.vis).then_some(())?;
    let syn::ReturnType::Type(_, returned) = &it.sig.output else {
        return None;
    };
    let Ty::Path(request, inner) = of.imports.ty(cx, returned) else {
        return None;
    };
    (request == "Request").then_some(())?;
    let name = inner.first()?.to_string();
    let (file, description) = declared.operations.get(&name)?;
    let method = it.sig.ident.to_string();
    let path = format!("{}::Client::{method}", cx.module);
    let mut parameters = arguments(cx, of, it.sig.inputs.iter());
    let mut types = vec![("operation".to_owned(), name.clone())];
    let mut node = Node::new(NodeKind::Operation, method, path.clone())
        .flag(Fact::Deprecated, is_deprecated(&it.attrs));
    let arguments_struct = match &parameters[..] {
        [(name, Ty::Path(ty, _))] if name == "arguments" => declared.structs.get(ty),
        _ => None,
    };
    if let Some((file, it)) = arguments_struct {
        let fields = it.fields.iter().filter_map(|field| {
            let name = field.ident.as_ref()?.to_string();
            Some((name, file.imports.ty(cx, &field.ty)))
        });
        parameters = fields.collect();
        node = node.flag(Fact::IsStruct, true);
        types.push(("arguments".to_owned(), it.ident.to_string()));
    }
    node = described(node, description, constants)?;
    let associated = |name: &str| {
        description.items.iter().find_map(|it| match it {
            ImplItem::Type(it) if it.ident == name => Some(file.imports.ty(cx, &it.ty)),
            _ => None,
        })
    };
    let output = associated("Output")?;
    let headers = associated("Headers").filter(|it| !it.is_unit());
    let error = associated("Error")?.to_string();
    types.push(("error".to_owned(), error.clone()));
    let success = match &output {
        Ty::Path(name, inner) if inner.is_empty() => declared.enums.get(name),
        _ => None,
    };
    let success = success.filter(|(_, it)| it.ident.to_string().ends_with("Success"));
    types.extend(success.map(|(_, it)| ("success".to_owned(), it.ident.to_string())));
    let types: Vec<(String, String)> = sorted(types);
    node = node
        .fact(Fact::Types, types)
        .fact(Fact::Signature, parameters.clone())
        .fact(Fact::Output, output.clone())
        .maybe(Fact::Headers, headers.as_ref().map(ToString::to_string));
    let sent = Sent::of(&it.block.stmts);
    for (name, ty) in parameters {
        node.children
            .push(parameter(cx, declared, &path, name, ty, &sent, true));
    }
    node.children.extend(sent.constants(&path));
    let own = declared.setters.get(&name);
    let shared = declared.shared.get(&name).into_iter().flatten();
    let shared = shared.filter_map(|it| declared.setters.get(it));
    for (file, it) in own.into_iter().chain(shared).flatten() {
        node.children
            .extend(optional(cx, declared, file, it, &path));
    }
    let described = Described {
        operation: &name,
        error: &error,
        output: &output,
        implementation: description,
        several: success.copied(),
    };
    node.children.extend(responses(cx, declared, &described));
    if let Some(headers) = headers {
        node.children
            .extend(header_nodes(cx, declared, &headers.to_string()));
    }
    Some(node)
}

/// In the order in which the outline of an API has them.
fn sorted(mut types: Vec<(String, String)>) -> Vec<(String, String)> {
    const ORDER: [&str; 4] = ["operation", "error", "arguments", "success"];
    types.sort_by_key(|(role, _)| ORDER.iter().position(|it| it == role));
    types
}

/// What the description of an operation says.
fn described(node: Node, description: &ItemImpl, constants: &[(String, String)]) -> Option<Node> {
    let it = description.items.iter().find_map(|it| match it {
        ImplItem::Const(it) if it.ident == "DESCRIPTION" => structure(&it.expr),
        _ => None,
    });
    // One that says nothing else is `&Description::new(..)`.
    let new = match it {
        Some(it) => it.rest.as_deref().cloned(),
        None => description.items.iter().find_map(|it| match it {
            ImplItem::Const(it) => match &it.expr {
                Expr::Reference(it) => Some((*it.expr).clone()),
                _ => None,
            },
            _ => None,
        }),
    };
    let Some(Expr::Call(new)) = new else {
        return None;
    };
    let texts: Vec<String> = new.args.iter().filter_map(text).collect();
    let [id, method, path] = &texts[..] else {
        return None;
    };
    let security = it
        .and_then(|it| field(it, "security"))
        .map(list)
        .unwrap_or_default();
    let security: Vec<Requirement> = security
        .into_iter()
        .map(|alternative| {
            let schemes = list(alternative).into_iter().filter_map(|it| {
                let name = last(it)?;
                let constant = constants.iter().find(|(constant, _)| *constant == name);
                Some((
                    constant.map_or(name, |(_, setter)| setter.clone()),
                    Vec::new(),
                ))
            });
            schemes.collect()
        })
        .collect();
    Some(
        node.key(format!("{method} {}", crate::outline::route(path)))
            .key(id.clone())
            .fact(Fact::Method, method.as_str())
            .fact(Fact::Path, path.as_str())
            .fact(Fact::Security, security),
    )
}

/// What statements put into a request: the place, the name on the wire, the expression, and a value that is always the
/// same.
struct Sent(Vec<(String, Option<String>, String, Option<String>)>);

impl Sent {
    fn of(statements: &[Stmt]) -> Self {
        let calls = statements.iter().filter_map(|it| match it {
            Stmt::Expr(Expr::MethodCall(call), _) => Some(call),
            _ => None,
        });
        let sent = calls.map(|call| {
            let wire_name = call.args.first().and_then(text);
            let constant = call.args.iter().nth(1).and_then(constant);
            (
                call.method.to_string(),
                wire_name,
                call.to_token_stream().to_string(),
                constant,
            )
        });
        Self(sent.collect())
    }

    /// Where an argument goes, and under which name, if it is a parameter.
    fn parameter(&self, name: &str) -> Option<(&'static str, &str)> {
        let is_in = |text: &str| {
            let words = text.split(|it: char| !it.is_alphanumeric() && it != '_');
            words.into_iter().any(|word| word == name)
        };
        self.0
            .iter()
            .filter(|(_, _, text, _)| is_in(text))
            .find_map(|(place, wire_name, ..)| Some((location(place)?, wire_name.as_deref()?)))
    }

    /// The parameters that have one value.
    fn constants(&self, path: &str) -> Vec<Node> {
        let constants = self.0.iter().filter_map(|(place, wire_name, _, value)| {
            let (location, wire_name) = (location(place)?, wire_name.as_deref()?);
            let node = Node::new(
                NodeKind::Argument,
                wire_name,
                format!("{path}({wire_name})"),
            )
            .key(format!("{location} {wire_name}"))
            .key(wire_name)
            .fact(Fact::WireValue, value.clone()?)
            .flag(Fact::Required, true)
            .fact(Fact::WireName, wire_name)
            .fact(Fact::Location, location);
            Some(node)
        });
        constants.collect()
    }
}

/// A literal behind `&`, as JSON.
fn constant(it: &Expr) -> Option<String> {
    match it {
        Expr::Reference(it) => match &*it.expr {
            Expr::Lit(it) => Some(macros::lit(&it.lit)),
            Expr::Unary(it) => Some(macros::literal(&Expr::Unary(it.clone()))),
            _ => None,
        },
        _ => None,
    }
}

fn location(place: &str) -> Option<&'static str> {
    Some(match place {
        "path" => "path",
        "query" => "query",
        "query_form" | "query_string" => "whole query",
        "header" => "header",
        "cookie" => "cookie",
        _ => return None,
    })
}

fn parameter(
    cx: &Cx<'_>,
    declared: &Declared<'_>,
    path: &str,
    name: String,
    ty: Ty,
    sent: &Sent,
    required: bool,
) -> Node {
    let at = format!("{path}({name})");
    if let Some((location, wire_name)) = sent.parameter(&name) {
        return Node::new(NodeKind::Argument, name, at)
            .key(format!("{location} {wire_name}"))
            .key(wire_name)
            .fact(Fact::Type, ty)
            .flag(Fact::Required, required)
            .fact(Fact::WireName, wire_name)
            .fact(Fact::Location, location);
    }
    let children = body_variants(cx, declared, &ty);
    let node = Node::new(NodeKind::Body, name, at)
        .key("body")
        .fact(Fact::Type, ty)
        .flag(Fact::Required, required);
    Node { children, ..node }
}

/// The forms of a body of which the caller chooses one.
fn body_variants(cx: &Cx<'_>, declared: &Declared<'_>, ty: &Ty) -> Vec<Node> {
    let inner = ty.inside("impl Into").unwrap_or(ty);
    match inner {
        Ty::Path(name, arguments) if arguments.is_empty() => enum_variants(cx, declared, name),
        _ => Vec::new(),
    }
}

/// The setters of a request.
fn optional(
    cx: &Cx<'_>,
    declared: &Declared<'_>,
    of: &Parsed,
    it: &ItemImpl,
    path: &str,
) -> Vec<Node> {
    let mut nodes = Vec::new();
    for item in &it.items {
        match item {
            ImplItem::Macro(it) => {
                let Ok(Arguments(arguments)) = syn::parse2(it.mac.tokens.clone()) else {
                    continue;
                };
                nodes.extend(arguments.iter().map(|it| {
                    let location = location(&it.place.to_string()).unwrap_or("query");
                    let name = it.name.to_string();
                    Node::new(NodeKind::Argument, name.clone(), format!("{path}({name})"))
                        .key(format!("{location} {}", it.wire_name))
                        .key(it.wire_name.clone())
                        .fact(Fact::Type, of.imports.ty(cx, &it.ty))
                        .fact(Fact::WireName, it.wire_name.as_str())
                        .fact(Fact::Location, location)
                        .flag(Fact::Deprecated, is_deprecated(&it.attributes))
                }));
            }
            ImplItem::Fn(it) if is_alias(&it.attrs) => {
                let (_, method) = path.split_once("::").unwrap_or_default();
                let at = |name: &str| format!("{method}({name})");
                // One that takes nothing goes with the one that takes a value.
                if it.sig.inputs.len() > 1
                    && let Some(new) = called(&it.block)
                {
                    let old = at(&it.sig.ident.to_string());
                    nodes.push(alias(cx.module, &old, &at(&new)));
                }
            }
            ImplItem::Fn(it) => {
                let sent = Sent::of(&it.block.stmts);
                let named = it.sig.inputs.iter().filter(|it| match it {
                    FnArg::Typed(it) => matches!(&*it.pat, Pat::Ident(_)),
                    FnArg::Receiver(_) => false,
                });
                let parameters = arguments(cx, of, named);
                // One that takes nothing sends a parameter without a value.
                for (_, ty) in parameters {
                    let name = it.sig.ident.to_string();
                    let node = parameter(cx, declared, path, name, ty, &sent, false);
                    nodes.push(node.flag(Fact::Deprecated, is_deprecated(&it.attrs)));
                }
            }
            _ => {}
        }
    }
    nodes
}

/// The function that reads a webhook or callback.
fn incoming(cx: &Cx<'_>, of: &Parsed, it: &syn::ItemFn) -> Option<Node> {
    let module = of.path.strip_suffix(".rs").unwrap_or(&of.path);
    let module = module.rsplit('/').next().unwrap_or(module);
    let syn::ReturnType::Type(_, returned) = &it.sig.output else {
        return None;
    };
    let output = of.imports.ty(cx, returned);
    let output = output.inside("Result")?.clone();
    let name = it.sig.ident.to_string();
    let path = format!("{}::{module}::{name}", cx.module);
    Some(
        Node::new(NodeKind::Incoming, format!("{module}::{name}"), path)
            .fact(Fact::Output, output.clone())
            .flag(Fact::Deprecated, is_deprecated(&it.attrs)),
    )
}

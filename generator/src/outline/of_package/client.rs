//! The client of a module: servers, credentials, sessions.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Expr, ExprStruct, ImplItem, Item};

use super::models::arguments;
use super::static_data::{field, last, list, structure, text};
use super::{Cx, Parsed};
use crate::outline::{Fact, Node, NodeKind, Ty};

/// What the root of a module tells.
#[derive(Default)]
pub(super) struct Client {
    pub(super) title: Option<String>,
    pub(super) nodes: Vec<Node>,
    /// The setter of the credential that each constant stands for, by its index.
    pub(super) constants: Vec<(String, String)>,
}

pub(super) fn read(cx: &Cx<'_>, files: &[Parsed]) -> Client {
    let mut client = Client::default();
    let Some(root) = files.iter().find(|it| it.path == "mod.rs") else {
        return client;
    };
    let mut schemes: Vec<Node> = Vec::new();
    let mut base_url = String::new();
    let mut servers: Vec<Node> = Vec::new();
    for item in &root.file.items {
        match item {
            Item::Static(it) if it.ident == "API" => {
                if let Some(api) = structure(&it.expr) {
                    client.title = field(api, "title").and_then(text);
                    base_url = field(api, "base_url").and_then(text).unwrap_or_default();
                    let all = field(api, "schemes").map(list).unwrap_or_default();
                    schemes = all
                        .into_iter()
                        .filter_map(|it| scheme(cx, structure(it)?))
                        .collect();
                }
            }
            Item::Const(it) => {
                if let Ok(index) = it.expr.to_token_stream().to_string().parse::<usize>()
                    && let Some(scheme) = schemes.get(index)
                {
                    client
                        .constants
                        .push((it.ident.to_string(), scheme.name.clone()));
                }
            }
            Item::Impl(it) if it.self_ty.to_token_stream().to_string() == "Server" => {
                servers = it
                    .items
                    .iter()
                    .filter_map(|it| server(cx, root, it))
                    .collect();
            }
            Item::Macro(it) => sessions(cx, &client.constants, &mut schemes, it),
            _ => {}
        }
    }
    if servers.is_empty() {
        let path = format!("{}::Client", cx.module);
        servers.push(Node::new(NodeKind::Server, "the server", path).key(base_url));
    }
    if let Some(first) = servers.first_mut() {
        first.facts.push((Fact::DefaultServer, true.into()));
    }
    client.nodes.extend(servers);
    client.nodes.extend(schemes);
    client
}

fn server(cx: &Cx<'_>, of: &Parsed, item: &ImplItem) -> Option<Node> {
    let ImplItem::Fn(it) = item else {
        return None;
    };
    let is_constructor = matches!(&it.sig.output, syn::ReturnType::Type(_, ty)
        if ty.to_token_stream().to_string() == "Self");
    is_constructor.then_some(())?;
    let name = it.sig.ident.to_string();
    let variables = arguments(cx, of, it.sig.inputs.iter());
    let path = format!("{}::Server::{name}", cx.module);
    let list = variables.iter().map(|(name, ty)| format!("{name}: {ty}"));
    let list = list.collect::<Vec<_>>().join(", ");
    let mut node = Node::new(NodeKind::Server, name.clone(), path.clone())
        .fact(Fact::Setter, format!("{name}({list})"));
    let nodes = variables.into_iter().map(|(name, _)| {
        let path = format!("{path}({name})");
        Node::new(NodeKind::ServerVariable, name, path)
    });
    node.children.extend(nodes);
    Some(node)
}

fn scheme(cx: &Cx<'_>, it: &ExprStruct) -> Option<Node> {
    let setter = field(it, "setter").and_then(text)?;
    let kind = field(it, "kind")?;
    let path = format!("{}::ClientBuilder::{setter}", cx.module);
    let node = Node::new(NodeKind::Scheme, setter, path).key(field(it, "name").and_then(text)?);
    let secret = |name: &str| {
        (
            name.to_owned(),
            Ty::of("impl Into", Ty::path("SecretString")),
        )
    };
    let basic = || {
        let username = (
            "username".to_owned(),
            Ty::of("impl Into", Ty::path("String")),
        );
        vec![username, secret("password")]
    };
    let (what, arguments) = match &*last(kind)? {
        "Basic" => ("HTTP basic authentication".to_owned(), basic()),
        // The one thing that responds to challenges.
        "Responding" => ("HTTP digest authentication".to_owned(), basic()),
        "Bearer" => ("bearer token".to_owned(), vec![secret("token")]),
        "MutualTls" => ("mutual TLS".to_owned(), vec![secret("pem")]),
        "ApiKey" => ("API key".to_owned(), vec![secret("key")]),
        _ => {
            let scheme = structure(kind)
                .and_then(|it| field(it, "scheme"))
                .and_then(text);
            let scheme = scheme.or_else(|| text(kind)).unwrap_or_default();
            (
                format!("HTTP authentication scheme `{scheme}`"),
                vec![secret("credentials")],
            )
        }
    };
    let node = node
        .fact(Fact::Kind, what.clone())
        .fact(Fact::Signature, arguments);
    if what != "API key" {
        let location = (what != "mutual TLS").then_some("header");
        return Some(node.maybe(Fact::Location, location));
    }
    let key = structure(kind)?;
    let location = match field(key, "location").and_then(last).as_deref() {
        Some("Query") => "query parameter",
        Some("Cookie") => "cookie",
        _ => "header",
    };
    let name = field(key, "name").and_then(text)?;
    let name = if location == "header" {
        name.to_ascii_lowercase()
    } else {
        name
    };
    let prefix = field(key, "prefix").and_then(text);
    let node = node
        .fact(Fact::WireName, name)
        .fact(Fact::Location, location);
    Some(node.maybe(Fact::Prefix, prefix))
}

/// The sessions, flows and device flows that a macro declares, each with the scheme that it is of.
fn sessions(
    cx: &Cx<'_>,
    constants: &[(String, String)],
    schemes: &mut [Node],
    it: &syn::ItemMacro,
) {
    let path = it.mac.path.to_token_stream().to_string().replace(' ', "");
    if !path.ends_with("session::declare") && !path.ends_with("oauth::declare") {
        return;
    }
    let tokens: Vec<TokenTree> = it.mac.tokens.clone().into_iter().collect();
    let Some(TokenTree::Ident(first)) = tokens.first() else {
        return;
    };
    let first = first.to_string();
    let of = constants
        .iter()
        .find(|(constant, _)| first == format!("{constant}_SESSION"));
    let Some((_, setter)) = of else {
        return;
    };
    let Some(scheme) = schemes.iter_mut().find(|it| it.name == *setter) else {
        return;
    };
    let nodes = if path.ends_with("oauth::declare") {
        flows(cx, &tokens)
    } else {
        declared(cx, &tokens)
    };
    // One flow can be declared for several kinds of renewal, under one name.
    for node in nodes {
        if !scheme.children.iter().any(|it| it.path == node.path) {
            scheme.children.push(node);
        }
    }
}

/// `client_credentials { petstore_client_credentials at .. }`
fn flows(cx: &Cx<'_>, tokens: &[TokenTree]) -> Vec<Node> {
    const KINDS: [(&str, &str, &str); 5] = [
        ("client_credentials", "clientCredentials", "ClientBuilder"),
        ("password", "password", "ClientBuilder"),
        ("authorization_code", "authorizationCode", "Client"),
        ("implicit", "implicit", "Client"),
        ("device", "deviceAuthorization", "Client"),
    ];
    let pairs = tokens.windows(2).filter_map(|pair| {
        let [TokenTree::Ident(kind), TokenTree::Group(group)] = pair else {
            return None;
        };
        let (_, key, of) = KINDS.iter().find(|(name, ..)| kind == name)?;
        let method = name_before(&group.stream(), "at")?;
        let path = format!("{}::{of}::{method}", cx.module);
        let urls = group
            .stream()
            .into_iter()
            .skip_while(|it| it.to_string() != "at")
            .skip(1);
        let urls = syn::parse2::<ExprStruct>(urls.collect()).ok()?;
        let url = |name: &str| field(&urls, name).and_then(text);
        Some(
            Node::new(NodeKind::Flow, method, path)
                .key(*key)
                .maybe(Fact::AuthorizationUrl, url("authorization"))
                .maybe(Fact::DeviceUrl, url("device_authorization"))
                .maybe(Fact::TokenUrl, url("token"))
                .maybe(Fact::RefreshUrl, url("refresh")),
        )
    });
    pairs.collect()
}

/// The identifier that stands before a word.
fn name_before(tokens: &TokenStream, word: &str) -> Option<String> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens.windows(2).find_map(|pair| match pair {
        [TokenTree::Ident(name), TokenTree::Ident(next)] if next == word => Some(name.to_string()),
        _ => None,
    })
}

/// `X_SESSION = Plan { .. }; Client { session, .. } sign_in { .. } confirm { .. }`
fn declared(cx: &Cx<'_>, tokens: &[TokenTree]) -> Vec<Node> {
    let group = |word: &str| {
        tokens.windows(2).find_map(|pair| match pair {
            [TokenTree::Ident(name), TokenTree::Group(group)] if name == word => {
                Some(group.stream())
            }
            _ => None,
        })
    };
    let mut nodes = Vec::new();
    let get = group("Client")
        .and_then(|it| it.into_iter().next())
        .map(|it| it.to_string());
    let plan =
        group("Plan").and_then(|it| syn::parse2::<ExprStruct>(quote::quote!(Plan { #it })).ok());
    if let Some(get) = get {
        let path = format!("{}::Client::{get}", cx.module);
        let mut node = Node::new(NodeKind::Session, get, path).key("session");
        // One that a flow or a device gives says nothing of how its token comes.
        if let Some(plan) = plan
            && let Some(acquire) = field(&plan, "acquire").and_then(given)
        {
            node = node
                .fact(Fact::Acquire, acquire)
                .maybe(Fact::Renew, field(&plan, "renew").and_then(given))
                .maybe(Fact::Revoke, field(&plan, "revoke").and_then(given));
        }
        nodes.push(node);
    }
    if let Some(confirm) = group("confirm").and_then(|it| name_before(&it, "by")) {
        let path = format!("{}::Client::{confirm}", cx.module);
        nodes.push(Node::new(NodeKind::DeviceFlow, confirm, path).key("device flow"));
    }
    nodes
}

/// What `Some(Grant { .. })` says, as the outline of an API has it but for the operation, which goes by its type.
fn given(it: &Expr) -> Option<Vec<(String, String)>> {
    let Expr::Call(call) = it else {
        return None;
    };
    let of = structure(call.args.first()?)?;
    let operation = field(of, "operation")?.to_token_stream().to_string();
    let operation = operation
        .split('<')
        .nth(1)?
        .split_whitespace()
        .next()?
        .to_owned();
    let mut facts = vec![("operation".to_owned(), operation)];
    let place = |it: &Expr| -> Option<String> {
        let Expr::Call(call) = it else {
            return None;
        };
        let name = text(call.args.first()?)?;
        Some(match &*last(&call.func)?.to_lowercase() {
            "body" if name.is_empty() => "body".to_owned(),
            kind => format!("{kind} {name}"),
        })
    };
    let some = |it: &Expr| match it {
        Expr::Call(call) => call.args.first().and_then(place),
        _ => None,
    };
    facts.extend(
        field(of, "token")
            .and_then(place)
            .map(|it| ("token".to_owned(), it)),
    );
    let refresh = field(of, "refresh_token").and_then(some);
    facts.extend(refresh.map(|it| ("refreshToken".to_owned(), it)));
    for it in field(of, "sends").map(list).unwrap_or_default() {
        if let Expr::Tuple(pair) = it
            && let (Some(at), Some(part)) = (pair.elems.first(), pair.elems.last())
        {
            let part = match last(part).as_deref() {
                Some("RefreshToken") => "refreshToken",
                _ => "token",
            };
            facts.extend(place(at).map(|at| (format!("sends {part}"), at)));
        }
    }
    facts.extend(field(of, "expiry").and_then(|it| expiry(it, &some)));
    let ended = field(of, "ended").map(list).unwrap_or_default();
    if !ended.is_empty() {
        let ended: Vec<String> = ended
            .iter()
            .map(|it| it.to_token_stream().to_string())
            .collect();
        facts.push(("ended".to_owned(), format!("[{}]", ended.join(", "))));
    }
    let ends_all = field(of, "ends_all").map(|it| it.to_token_stream().to_string());
    if ends_all.as_deref() == Some("true") {
        facts.push(("scope".to_owned(), "all".to_owned()));
    }
    Some(facts)
}

fn expiry(it: &Expr, place: &impl Fn(&Expr) -> Option<String>) -> Option<(String, String)> {
    Some(match &*last(it)? {
        "In" => ("expiresIn".to_owned(), place(it)?),
        "At" => ("expiresAt".to_owned(), place(it)?),
        "Lifetime" => {
            let Expr::Call(call) = it else {
                return None;
            };
            let seconds = call.args.first()?.to_token_stream().to_string();
            (
                "lifetime".to_owned(),
                format!("{} s", seconds.replace('_', "")),
            )
        }
        _ => return None,
    })
}

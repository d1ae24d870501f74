//! Operations: the method, what it takes, what travels, and what a response becomes.

use super::text::{argument, argument_path, digest, docs, json, serialization, ty, variants};
use super::{FOREIGN, Fact, Node, NodeKind, Requirement, Ty};
use crate::ir::{
    self, Cause, Operation, OperationId, ParameterKind, Payload, SchemeId, StatusPattern,
};
use crate::shape::{self, Parameter};

use super::source::Source;

/// An operation.
pub(super) fn operation(cx: &Source<'_>, id: OperationId, features: &[String]) -> Node {
    let (ir, it) = (&cx.api[id], &cx.shape[id]);
    let path = format!("{}::Client::{}", cx.module, it.method);
    let node = Node::new(NodeKind::Operation, it.method.as_str(), path.clone())
        .at(&ir.origin.place)
        .key(format!("{} {}", ir.method, route(&ir.path)))
        .key(ir.id.clone())
        .maybe(
            Fact::Features,
            (!features.is_empty()).then(|| features.to_vec()),
        )
        .fact(Fact::Types, types(it))
        .fact(Fact::Signature, signature(cx, ir, it))
        .flag(Fact::IsStruct, it.arguments_struct.is_some())
        .fact(Fact::Output, ty(cx.shape, &it.output))
        .maybe(
            Fact::Headers,
            it.headers.as_ref().map(|it| it.name.as_str()),
        )
        .fact(Fact::Method, ir.method.as_str())
        .fact(Fact::Path, ir.path.as_str())
        .maybe(
            Fact::Servers,
            (!ir.servers.is_empty()).then(|| urls(&ir.servers)),
        )
        .fact(Fact::Security, security(cx, ir))
        .fact(Fact::Retry, retry(ir, it))
        .flag(Fact::Deprecated, ir.deprecated)
        .fact(Fact::Docs, docs(&ir.docs, &()));
    let mut children = arguments(cx, ir, it, id, &path);
    children.extend(body(cx, ir, it, &path));
    children.extend((0..ir.responses.len()).map(|index| response(cx, ir, it, index, &path)));
    // What documents a success is told once, whichever of the responses it is of.
    children.extend(success_headers(cx, ir, it));
    Node { children, ..node }
}

/// The path without the names in it, which are the document's own.
pub(crate) fn route(path: &str) -> String {
    let mut route = String::new();
    let mut is_inside = false;
    for letter in path.chars() {
        match letter {
            '{' => is_inside = true,
            '}' => is_inside = false,
            _ if is_inside => continue,
            _ => {}
        }
        route.push(letter);
    }
    route
}

fn types(it: &shape::Operation) -> Vec<(String, String)> {
    let named = |role: &str, name: &ir::Ident| (role.to_owned(), name.as_str().to_owned());
    let mut types = vec![named("operation", &it.name), named("error", &it.error)];
    types.extend(it.arguments_struct.iter().map(|it| named("arguments", it)));
    types.extend(it.success.iter().map(|it| named("success", &it.name)));
    types
}

/// The required arguments, in the order of the method.
fn signature(cx: &Source<'_>, ir: &Operation, it: &shape::Operation) -> Vec<(String, Ty)> {
    let arguments = ir.arguments.iter().zip(&it.parameters);
    let required = arguments.filter_map(|(ir, it)| match it {
        Parameter::Argument(name, it) if ir.required => {
            Some((name.as_str().to_owned(), argument(cx.shape, it)))
        }
        Parameter::Argument(..) | Parameter::Constant(_) => None,
    });
    let body = ir.body.iter().zip(&it.body);
    let body = body.filter(|(ir, _)| ir.required);
    let body = body.map(|(_, it)| {
        (
            it.name.as_str().to_owned(),
            argument(cx.shape, &it.argument),
        )
    });
    required.chain(body).collect()
}

fn urls(servers: &[ir::Server]) -> Vec<String> {
    servers.iter().map(ir::Server::default_url).collect()
}

/// The alternatives, with schemes as their setters have them.
fn security(cx: &Source<'_>, ir: &Operation) -> Vec<Requirement> {
    let alternatives = ir.security.iter().map(|alternative| {
        let schemes = alternative.schemes.iter().map(|(SchemeId(index), scopes)| {
            let setter = &cx.shape.credentials[*index as usize].setter;
            (setter.as_str().to_owned(), scopes.clone())
        });
        let foreign = alternative.foreign.iter();
        let foreign = foreign.map(|name| (format!("{name}{FOREIGN}"), Vec::new()));
        schemes.chain(foreign).collect()
    });
    alternatives.collect()
}

/// Whether a call is attempted again after a fault.
fn retry(ir: &Operation, it: &shape::Operation) -> &'static str {
    let is_idempotent = matches!(
        &*ir.method,
        "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY"
    );
    if it.is_once {
        "never, since its body is sent once"
    } else if is_idempotent {
        "yes, since the method is idempotent"
    } else if ir.idempotency_key().is_some() {
        "yes, by its idempotency key"
    } else {
        "only where the server cannot have acted on it"
    }
}

fn arguments(
    cx: &Source<'_>,
    ir: &Operation,
    it: &shape::Operation,
    id: OperationId,
    path: &str,
) -> Vec<Node> {
    let names = cx.names.operation(id);
    let all = ir
        .arguments
        .iter()
        .zip(&it.parameters)
        .zip(&names.arguments);
    let nodes = all.zip(&names.empties).map(|(((ir, it), name), empty)| {
        let replaced = ir.replaces.iter().map(|SchemeId(index)| {
            let setter = &cx.shape.credentials[*index as usize].setter;
            setter.as_str().to_owned()
        });
        let replaced: Vec<String> = replaced.collect();
        let node = Node::new(NodeKind::Argument, name.as_str(), argument_path(path, name))
            .at(&ir.origin.place)
            .key(format!("{} {}", location(ir.kind), ir.wire_name))
            .key(ir.wire_name.clone());
        let node = match it {
            Parameter::Argument(_, it) => node.fact(Fact::Type, argument(cx.shape, it)),
            Parameter::Constant(value) => node.fact(Fact::WireValue, value.to_string()),
        };
        node.maybe(Fact::EmptySetter, empty.as_ref().map(ir::Ident::as_str))
            .flag(Fact::Required, ir.required)
            .fact(Fact::WireName, ir.wire_name.as_str())
            .fact(Fact::Location, location(ir.kind))
            .fact(Fact::Serialization, serialization(&ir.serialization))
            .maybe(Fact::Replaces, (!replaced.is_empty()).then_some(replaced))
            .maybe(Fact::Default, ir.default.as_ref().map(ToString::to_string))
            .flag(Fact::Deprecated, ir.deprecated)
            .maybe(
                Fact::Constraints,
                (!ir.constraints.is_empty()).then(|| ir.constraints.clone()),
            )
            .fact(Fact::Docs, docs(&ir.docs, &json(&ir.examples)))
    });
    nodes.collect()
}

pub(super) fn location(kind: ParameterKind) -> &'static str {
    match kind {
        ParameterKind::Path => "path",
        ParameterKind::Query => "query",
        ParameterKind::QueryString => "whole query",
        ParameterKind::Header => "header",
        ParameterKind::Cookie => "cookie",
    }
}

fn body(cx: &Source<'_>, ir: &Operation, it: &shape::Operation, path: &str) -> Option<Node> {
    let (ir, it) = ir.body.as_ref().zip(it.body.as_ref())?;
    let node = Node::new(
        NodeKind::Body,
        it.name.as_str(),
        argument_path(path, &it.name),
    )
    .at(&ir.origin.place)
    .key("body")
    .fact(Fact::Type, argument(cx.shape, &it.argument))
    .flag(Fact::Required, ir.required)
    .fact(Fact::Serialization, encodings(&ir.payloads))
    .fact(Fact::MediaTypes, media_types(&ir.payloads))
    .fact(Fact::Docs, docs(&ir.docs, &examples(&ir.payloads)));
    let children = it.choice.as_ref().map(|choice| {
        let module = format!("{}::", cx.module);
        variants(
            cx.shape,
            choice,
            &module,
            &ir.origin.place,
            ir.payloads.iter().map(media_type),
        )
    });
    let children = children.unwrap_or_default();
    Some(Node { children, ..node })
}

fn media_type(payload: &Payload) -> String {
    payload.form().media_type.clone()
}

/// The media types of all forms, the preferred first.
fn media_types(payloads: &[Payload]) -> Vec<String> {
    let forms = payloads.iter().flat_map(|it| &it.forms);
    forms.map(|it| it.media_type.clone()).collect()
}

/// How the properties of forms are written, as far as the document says.
fn encodings(payloads: &[Payload]) -> String {
    let forms = payloads.iter().flat_map(|it| &it.forms);
    let forms = forms.map(|form| match &form.encoding {
        ir::BodyEncoding::Form(styles) => {
            let styles = styles.iter();
            let styles = styles.map(|(name, it)| format!("; {name}: {}", serialization(it)));
            format!("urlencoded{}", styles.collect::<String>())
        }
        ir::BodyEncoding::Json => "JSON".to_owned(),
        ir::BodyEncoding::Xml => "XML".to_owned(),
        ir::BodyEncoding::Multipart => "multipart".to_owned(),
        ir::BodyEncoding::Text => "text".to_owned(),
        ir::BodyEncoding::Bytes => "bytes".to_owned(),
        ir::BodyEncoding::Events => "events".to_owned(),
        ir::BodyEncoding::Lines => "lines".to_owned(),
    });
    forms.collect::<Vec<_>>().join(", ")
}

fn examples(payloads: &[Payload]) -> Vec<String> {
    payloads.iter().flat_map(|it| json(&it.examples)).collect()
}

pub(super) fn status(status: StatusPattern) -> String {
    match status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Range(digit) => format!("{digit}XX"),
        StatusPattern::Default => "default".to_owned(),
    }
}

fn response(
    cx: &Source<'_>,
    operation: &Operation,
    of: &shape::Operation,
    index: usize,
    path: &str,
) -> Node {
    let (ir, it) = (&operation.responses[index], &of.responses[index]);
    let status = status(ir.status);
    let is_only_success = it.is_success && of.success.is_none();
    let (name, path) = if it.is_success && !it.is_failure {
        let path = match &of.success {
            Some(success) => format!("{}::{}::{}", cx.module, success.name, it.variant),
            None => path.to_owned(),
        };
        (format!("success {}", it.variant), path)
    } else {
        let path = format!("{}::{}::{}", cx.module, of.error, it.variant);
        (it.variant.as_str().to_owned(), path)
    };
    let role = match (it.is_success, it.is_failure) {
        (true, false) => "success",
        (true, true) => "success and error",
        _ => "error",
    };
    let body = ty(cx.shape, &it.body);
    // The enum of successes holds some of them in a box.
    let several = of.success.as_ref().zip(position(operation, index));
    let several = several.and_then(|(it, position)| it.variants.get(position));
    let held = match &it.headers {
        _ if is_only_success && !it.is_failure => None,
        _ if role == "success" => Some(several.map_or(body, |it| ty(cx.shape, &it.ty))),
        Some(headers) => Some(Ty::Path(
            "Response".to_owned(),
            vec![body, Ty::path(headers.name.as_str())],
        )),
        None => Some(Ty::of("Response", body)),
    };
    let mut node = Node::new(NodeKind::Response, name, path)
        .at(&ir.origin.place)
        .key(format!("status {status}"));
    if is_only_success {
        node = node.key("the success");
    }
    let node = node
        .maybe(Fact::Type, held)
        .fact(Fact::Role, role)
        .fact(Fact::MediaTypes, media_types(&ir.payloads))
        .fact(Fact::Status, status)
        .fact(
            Fact::Docs,
            digest(&(&ir.description, examples(&ir.payloads), links(&ir.links))),
        );
    let module = format!("{}::", cx.module);
    let choice = it.choice.as_ref();
    let mut children = choice.map_or_else(Vec::new, |choice| {
        variants(
            cx.shape,
            choice,
            &module,
            &ir.origin.place,
            ir.payloads.iter().map(media_type),
        )
    });
    if let Some(headers) = &it.headers {
        let fields = headers.fields.iter();
        children.extend(fields.map(|it| header(cx, operation, &headers.name, it)));
    }
    Node { children, ..node }
}

/// Which of the successes a response is.
fn position(operation: &Operation, index: usize) -> Option<usize> {
    operation
        .success
        .responses()
        .iter()
        .position(|it| *it == index)
}

fn links(links: &[ir::Link]) -> Vec<String> {
    let links = links.iter();
    links
        .map(|it| format!("{} {:?} {:?}", it.name, it.target, it.description))
        .collect()
}

fn success_headers(cx: &Source<'_>, ir: &Operation, it: &shape::Operation) -> Vec<Node> {
    let headers = it.headers.iter();
    let fields = headers.flat_map(|of| of.fields.iter().map(|it| header(cx, ir, &of.name, it)));
    fields.collect()
}

fn header(cx: &Source<'_>, operation: &Operation, of: &ir::Ident, it: &shape::Header) -> Node {
    let ir = &operation.responses[it.response].headers[it.header];
    let path = format!("{}::{of}.{}", cx.module, it.name);
    Node::new(NodeKind::Header, it.name.as_str(), path)
        .at(&ir.origin.place)
        .key(ir.wire_name.to_ascii_lowercase())
        .fact(Fact::Type, Ty::of("Option", ty(cx.shape, &it.ty)))
        .fact(Fact::WireName, ir.wire_name.to_ascii_lowercase())
        .fact(Fact::Serialization, serialization(&ir.serialization))
        .flag(Fact::Deprecated, ir.deprecated)
        .fact(Fact::Docs, docs(&ir.docs, &ir.required))
}

/// What reads a webhook or callback.
pub(super) fn incoming(cx: &Source<'_>, index: usize, features: &[String]) -> Node {
    let (ir, it) = (&cx.api.incoming[index], &cx.shape.incoming[index]);
    let (module, cause) = match &ir.cause {
        Cause::Webhook => ("webhooks", String::new()),
        Cause::Callback { url, .. } => ("callbacks", url.clone()),
    };
    let path = format!("{}::{module}::{}", cx.module, it.name);
    let responses = ir.responses.iter().zip(&it.responses);
    let responses = responses.map(|(ir, it)| (status(ir.status), ty(cx.shape, it).to_string()));
    let responses: Vec<(String, String)> = responses.collect();
    Node::new(NodeKind::Incoming, format!("{module}::{}", it.name), path)
        .at(&ir.origin.place)
        .key(ir.name.clone())
        .maybe(
            Fact::Features,
            (!features.is_empty()).then(|| features.to_vec()),
        )
        .fact(Fact::Output, ty(cx.shape, &it.output))
        .fact(
            Fact::MediaTypes,
            ir.body
                .iter()
                .flat_map(|it| media_types(&it.payloads))
                .collect::<Vec<_>>(),
        )
        .fact(Fact::Method, ir.method.as_str())
        .maybe(Fact::Url, (!cause.is_empty()).then_some(cause))
        .flag(Fact::Deprecated, ir.deprecated)
        .fact(Fact::Docs, docs(&ir.docs, &format!("{responses:?}")))
}

/// The traits of operations that share an argument.
pub(super) fn markers(cx: &Source<'_>) -> Vec<Node> {
    let shared = cx.shape.shared.iter();
    let node = |it: &shape::SharedArgument| {
        let path = format!("{}::arguments::{}", cx.module, it.marker);
        let node = Node::new(NodeKind::Marker, it.marker.as_str(), path);
        let parameter = &cx.shape[it.operation].parameters[it.parameter];
        let setter = match parameter {
            Parameter::Argument(name, it) => Some(format!("{name}({})", argument(cx.shape, it))),
            Parameter::Constant(_) => None,
        };
        node.maybe(Fact::Setter, setter)
    };
    shared.map(node).collect()
}

//! The static description of an operation.

use indexmap::{IndexMap, IndexSet};

use crate::emit::context::Cx;
use crate::emit::pairs::Operation;
use crate::emit::written::{self, Written};
use crate::ir::{self, BodyEncoding, Form, SchemeId, Server, StatusPattern};
use crate::markdown::prose;
use crate::output::Unformatted;

/// `pub enum GetPet {}`
pub(super) fn emit(operation: Operation<'_>) -> Unformatted {
    let mut written = Written::default();
    let method = &operation.shape.method;
    written.docs(0, prose!("The operation of [`Client::{}`].", method));
    written.line(0, format!("pub enum {} {{}}", operation.shape.name));
    written.finish()
}

/// `const DESCRIPTION: &'static Description = &Description { .. };`
pub(super) fn describe(cx: &Cx<'_>, written: &mut Written, operation: Operation<'_>) {
    let ty = written::name(cx, "super::runtime::Description");
    let ir = operation.ir;
    let [id, method, path] = [&ir.id, &ir.method, &ir.path].map(|it| written::literal(it));
    let new = format!("{ty}::new({id}, {method}, {path})");
    let server = ir.servers.first().map(Server::default_url);
    let lists = [
        ("accept", accept(ir)),
        ("streams", streams(cx, ir)),
        ("security", security(cx, ir)),
        ("scopes", scopes(cx, ir)),
        ("responses", responses(cx, ir)),
    ];
    let head = format!("const DESCRIPTION: &'static {ty} = &{ty}");
    let key = ir.idempotency_key();
    if server.is_none() && key.is_none() && lists.iter().all(|(_, list)| list.is_empty()) {
        return written.line(1, format!("{head}::new({id}, {method}, {path});"));
    }
    written.line(1, format!("{head} {{"));
    if let Some(server) = server {
        let server = written::literal(&server);
        written.line(2, format!("server: Some({server}),"));
    }
    if let Some(key) = key {
        let name = written::literal(&key.wire_name);
        written.line(2, format!("idempotency_key: Some({name}),"));
    }
    for (name, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
        written.list(2, &format!("{name}: &["), list, "],");
    }
    written.line(2, format!("..{new}"));
    written.line(1, "};");
}

/// The media types to ask for. XML is not asked for by those who cannot read it, unless a success is nothing else.
fn accept(operation: &ir::Operation) -> Vec<String> {
    let is_xml = |form: &Form| form.encoding == BodyEncoding::Xml;
    let successes = operation.success.responses().iter();
    let mut success_forms = successes
        .flat_map(|index| &operation.responses[*index].payloads)
        .flat_map(|payload| &payload.forms);
    let has_others = success_forms.any(|form| !is_xml(form));
    let emit = |form: &Form| {
        let media_type = written::literal(&form.media_type);
        if has_others && is_xml(form) {
            format!("#[cfg(feature = \"xml\")] {media_type}")
        } else {
            media_type
        }
    };
    accepted(operation).into_iter().map(emit).collect()
}

/// The forms to ask for, each media type once: those of the successes first, and ranges after what is more specific
/// (RFC 9110, section 12.5.1).
fn accepted(operation: &ir::Operation) -> Vec<&Form> {
    let (successes, others): (Vec<_>, Vec<_>) = operation
        .responses
        .iter()
        .enumerate()
        .partition(|(index, _)| operation.success.responses().contains(index));
    let responses = successes.into_iter().chain(others);
    let mut forms: Vec<&Form> = Vec::new();
    for form in responses.flat_map(|(_, response)| readable(response)) {
        if !forms.iter().any(|it| it.media_type == form.media_type) {
            forms.push(form);
        }
    }
    forms.sort_by_key(|it| it.media_type.matches('*').count());
    forms
}

/// The forms of a response that the client reads, if there are some: what it leaves to its caller comes only to who asks
/// for it.
fn readable(response: &ir::Response) -> Vec<&Form> {
    let forms: Vec<&Form> = response.payloads.iter().flat_map(|it| &it.forms).collect();
    let readable: Vec<&Form> = forms.iter().copied().filter(|it| !it.is_unread).collect();
    if readable.is_empty() { forms } else { readable }
}

/// The responses that are handed over while they come: `(Status::Code(200), "image/*")`. What may be of any media type
/// is `*` beside other payloads, and `*/*` where nothing else can come.
fn streams(cx: &Cx<'_>, operation: &ir::Operation) -> Vec<String> {
    let successes = operation.success.responses().iter();
    let responses = successes.map(|index| &operation.responses[*index]);
    let mut streams = Vec::new();
    for response in responses {
        // A response for every status describes a success only where there is one.
        let pattern = match response.status {
            StatusPattern::Default => StatusPattern::Range(2),
            other => other,
        };
        let status = status(cx, pattern);
        // Where there are only files, whatever comes is one.
        if let [payload] = &response.payloads[..]
            && payload.form().encoding == BodyEncoding::Bytes
        {
            streams.push(format!("({status}, \"*/*\")"));
            continue;
        }
        let payloads = response.payloads.iter().filter(|it| it.is_stream());
        for form in payloads.flat_map(|payload| &payload.forms) {
            let media_type = match form.media_type.as_str() {
                "*/*" => "*",
                other => other,
            };
            streams.push(format!("({status}, {})", written::literal(media_type)));
        }
    }
    streams
}

/// `Status::Code(200)`
fn status(cx: &Cx<'_>, status: StatusPattern) -> String {
    let ty = written::name(cx, "super::runtime::Status");
    match status {
        StatusPattern::Code(code) => format!("{ty}::Code({code})"),
        StatusPattern::Range(digit) => format!("{ty}::Range({digit})"),
        StatusPattern::Default => format!("{ty}::Default"),
    }
}

/// The schemes of each alternative, by their constants: `&[super::KEY]`. Schemes that are left to the caller are taken
/// as satisfied, and two alternatives that differ in nothing else are one.
fn security(cx: &Cx<'_>, operation: &ir::Operation) -> Vec<String> {
    let alternatives = operation.security.iter();
    let alternatives = alternatives.map(|it| it.schemes.iter().map(|(id, _)| *id).collect());
    let alternatives: IndexSet<Vec<SchemeId>> = alternatives.collect();
    let constant = |id: &SchemeId| {
        let credential = &cx.shape.credentials[id.0 as usize];
        format!("super::{}", credential.constant)
    };
    let alternatives = alternatives.iter().map(|schemes| {
        let constants: Vec<String> = schemes.iter().map(constant).collect();
        format!("&[{}]", constants.join(", "))
    });
    alternatives.collect()
}

/// The scopes of each scheme that has some: `("oauth", &["read"])`. Where alternatives differ in them, providers are asked
/// for all: they cannot know which alternative will do.
fn scopes(cx: &Cx<'_>, operation: &ir::Operation) -> Vec<String> {
    let mut found: IndexMap<SchemeId, IndexSet<&str>> = IndexMap::new();
    for (id, scopes) in operation.security.iter().flat_map(|it| &it.schemes) {
        let known = found.entry(*id).or_default();
        known.extend(scopes.iter().map(String::as_str));
    }
    let found = found.into_iter().filter(|(_, scopes)| !scopes.is_empty());
    let scopes = found.map(|(id, scopes)| {
        let name = written::literal(&cx.api.schemes[id.0 as usize].name);
        let scopes: Vec<String> = scopes.into_iter().map(written::literal).collect();
        format!("({name}, &[{}])", scopes.join(", "))
    });
    scopes.collect()
}

/// What each documented status means, for messages.
fn responses(cx: &Cx<'_>, operation: &ir::Operation) -> Vec<String> {
    let responses = operation.responses.iter().map(|response| {
        let status = status(cx, response.status);
        let meaning = written::literal(&first_line(&response.description));
        format!("({status}, {meaning})")
    });
    responses.collect()
}

/// The first line of a description, as plain text without control characters.
fn first_line(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    line.chars().filter(|it| !it.is_control()).collect()
}

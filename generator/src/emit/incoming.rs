//! `webhooks.rs` and `callbacks.rs`: functions that parse the payloads that the API sends.

use super::context::Cx;
use super::pairs::Incoming;
use super::written::{self, Written};
use super::{docs, xml};
use crate::ir::{Cause, Payload};
use crate::markdown::Text;
use crate::output::{Source, Unformatted};
use crate::shape::Part;

/// A kind of requests that the API makes.
pub(super) struct Kind<'a> {
    /// The module, and its file.
    pub(super) module: &'static str,
    /// What a feature switches it on as.
    pub(super) part: Part,
    /// Its title in the docs.
    pub(super) title: &'static str,
    /// What the module's docs begin with.
    about: &'static str,
    /// The requests.
    pub(super) all: Vec<Incoming<'a>>,
}

/// The kinds that the API has.
pub(super) fn kinds<'a>(cx: &Cx<'a>) -> Vec<Kind<'a>> {
    let all = cx.api.incoming.iter().zip(&cx.shape.incoming);
    let all = all.map(|(ir, shape)| Incoming { ir, shape });
    let (webhooks, callbacks) = all.partition(|it| it.ir.cause == Cause::Webhook);
    let webhooks = Kind {
        module: "webhooks",
        part: Part::Webhooks,
        title: "Webhooks",
        about: "Parsers for webhook payloads.",
        all: webhooks,
    };
    let callbacks = Kind {
        module: "callbacks",
        part: Part::Callbacks,
        title: "Callbacks",
        about: "Parsers for callback payloads.",
        all: callbacks,
    };
    let kinds = [webhooks, callbacks].into_iter();
    kinds.filter(|kind| !kind.all.is_empty()).collect()
}

/// The file of a kind; `None` when there is nothing in it that could be read.
pub(super) fn emit(cx: &Cx<'_>, kind: &Kind<'_>) -> Option<Source> {
    let read = kind.all.iter().filter_map(|it| {
        let payload = it.ir.read_payload()?;
        Some((*it, payload))
    });
    let cx = cx.file(read.clone().map(|(it, _)| it.shape.name.to_string()));
    let functions = read.map(|(it, payload)| emit_function(&cx, it, payload));
    let functions: Vec<Unformatted> = functions.collect();
    let mut docs = Text::from(kind.about);
    if cx.shape.parts.is_some() {
        docs::incoming::table(&cx, &mut docs, None, "super::models", &kind.all);
    }
    (!functions.is_empty()).then(|| Source {
        docs: docs.to_string(),
        items: cx.imports.complete(functions),
    })
}

/// `pub fn new_pet(body: &[u8]) -> Result<models::Pet, DecodeError>`
fn emit_function(cx: &Cx<'_>, incoming: Incoming<'_>, payload: &Payload) -> Unformatted {
    let Incoming { ir, shape } = incoming;
    let runtime = written::name(cx, "super::runtime");
    let error = written::name(cx, "super::runtime::DecodeError");
    let ty = written::ty(cx, &shape.output);
    let mut written = Written::default();
    written.docs(0, docs::incoming::function(cx, ir));
    written.deprecated(0, ir.deprecated);
    let open = format!("pub fn {}(", shape.name);
    let close = format!(") -> Result<{ty}, {error}> {{");
    written.list(0, &open, &["body: &[u8]".to_owned()], &close);
    if payload.is_xml() {
        let read = if payload.json().is_some() {
            "from_json_or_xml"
        } else {
            "from_slice"
        };
        let shape = xml::shape(cx, payload);
        written.roughen();
        written.line(1, format!("{runtime}::xml::{read}(body, &{shape})"));
    } else {
        written.line(1, format!("{runtime}::from_slice(body)"));
    }
    written.line(0, "}");
    written.finish()
}

//! Enums of which one variant holds: a body that may be of several payloads, sent or received, and successes with bodies
//! of different types.

use super::body;
use super::reader::{self, Reader};
use crate::emit::context::Cx;
use crate::emit::docs;
use crate::emit::pairs::Operation;
use crate::emit::written::{self, Written};
use crate::ir::{BodyEncoding, Payload, Type};
use crate::markdown::{Inline, Text, prose};
use crate::output::Unformatted;
use crate::shape::Choice;

/// The enums of an operation.
pub(super) fn emit(cx: &Cx<'_>, operation: Operation<'_>) -> Vec<Unformatted> {
    let mut items = Vec::new();
    let body = operation
        .ir
        .body
        .as_ref()
        .zip(operation.shape.body.as_ref());
    if let Some((ir, shape)) = body
        && let Some(choice) = &shape.choice
    {
        items.extend(emit_sent(cx, operation, &ir.payloads, choice));
    }
    if let Some(choice) = &operation.shape.success {
        items.push(emit_success(cx, operation, choice));
    }
    for (ir, shape) in operation
        .ir
        .responses
        .iter()
        .zip(&operation.shape.responses)
    {
        if let Some(choice) = &shape.choice {
            items.extend(emit_received(cx, operation, &ir.payloads, choice));
        }
    }
    items
}

/// The declaration.
fn declare(
    cx: &Cx<'_>,
    about: Inline,
    choice: &Choice,
    docs: impl Iterator<Item = Text>,
) -> Unformatted {
    let mut written = Written::default();
    written.docs(0, about);
    let derives = if choice.is_cloned {
        "Clone, Debug"
    } else {
        "Debug"
    };
    written.line(0, format!("#[derive({derives})]"));
    written.line(0, "#[non_exhaustive]");
    written.line(0, format!("pub enum {} {{", choice.name));
    for (variant, docs) in choice.variants.iter().zip(docs) {
        written.docs(1, docs);
        let held = if variant.ty.is_unit() {
            String::new()
        } else {
            format!("({})", written::ty(cx, &variant.ty))
        };
        written.line(1, format!("{}{held},", variant.name));
    }
    written.line(0, "}");
    written.finish()
}

fn payload_docs(payloads: &[Payload]) -> impl Iterator<Item = Text> {
    let docs = payloads.iter().map(docs::operation::payload_variant);
    docs.map(Text::from)
}

/// `pub enum GetPetSuccess`
fn emit_success(cx: &Cx<'_>, operation: Operation<'_>, choice: &Choice) -> Unformatted {
    let about = prose!(
        "The body of a successful response to [`Client::{}`].",
        operation.shape.method
    );
    let successes = operation.ir.success.responses().iter();
    let docs = successes.map(|index| docs::operation::variant(&operation.ir.responses[*index]));
    declare(cx, about, choice, docs.map(Text::from))
}

/// `pub enum AddPetBody`
fn emit_sent(
    cx: &Cx<'_>,
    operation: Operation<'_>,
    payloads: &[Payload],
    choice: &Choice,
) -> Vec<Unformatted> {
    let about = prose!(
        "The body of [`Client::{}`], in one of its media types.",
        operation.shape.method
    );
    let mut items = vec![declare(cx, about, choice, payload_docs(payloads))];
    let mut written = Written::default();
    let call = written::name(cx, "super::runtime::Call");
    let name = &choice.name;
    written.line(0, format!("impl {name} {{"));
    written.line(1, format!("fn put(self, call: &mut {call}) {{"));
    written.line(2, "match self {");
    for (payload, variant) in payloads.iter().zip(&choice.variants) {
        let value = if variant.ty.is_boxed() {
            "*body"
        } else {
            "body"
        };
        let put = body::put(cx, "call", payload, value, &format!("&{value}"));
        // What takes several lines is a statement.
        let arm = if put.is_rough() {
            format!("{{ {}; }}", put.expression(&mut written))
        } else {
            format!("{},", put.expression(&mut written))
        };
        written.line(3, format!("Self::{}(body) => {arm}", variant.name));
    }
    written.line(2, "}");
    written.line(1, "}");
    written.line(0, "}");
    items.push(written.finish());
    for (payload, variant) in payloads.iter().zip(&choice.variants) {
        let value = if variant.ty.is_boxed() {
            "Box::new(body)"
        } else {
            "body"
        };
        let from = variant.from.iter().map(|it| written::ty(cx, it));
        let from = from.map(|ty| conversion(name.as_str(), &ty, variant.name.as_str(), value));
        items.extend(from);
        let is_text = matches!(cx.api.resolve(&payload.ty), Type::String)
            && payload.form().encoding == BodyEncoding::Text;
        if is_text && variant.from.is_some() {
            let variant = variant.name.as_str();
            items.push(conversion(
                name.as_str(),
                "&str",
                variant,
                "body.to_owned()",
            ));
        }
    }
    items
}

/// `impl From<models::Pet> for AddPetBody`: a value stands for its preferred form.
fn conversion(name: &str, from: &str, variant: &str, value: &str) -> Unformatted {
    let mut written = Written::default();
    written.line(0, format!("impl From<{from}> for {name} {{"));
    written.line(1, format!("fn from(body: {from}) -> Self {{"));
    written.line(2, format!("Self::{variant}({value})"));
    written.line(1, "}");
    written.line(0, "}");
    written.finish()
}

/// `pub enum GetPet200Body`: the media type of the response tells which it is.
fn emit_received(
    cx: &Cx<'_>,
    operation: Operation<'_>,
    payloads: &[Payload],
    choice: &Choice,
) -> [Unformatted; 2] {
    let about = prose!(
        "The body of a response to [`Client::{}`], by its media type.",
        operation.shape.method
    );
    let declaration = declare(cx, about, choice, payload_docs(payloads));
    let name = &choice.name;
    let [raw, response, error] = [
        "super::runtime::RawResponse",
        "super::runtime::Response",
        "super::runtime::Error",
    ]
    .map(|path| written::name(cx, path));
    let variants = payloads.iter().zip(&choice.variants);
    let read = variants.flat_map(|(payload, variant)| {
        let read = Reader::of_payload(cx, payload).call();
        let result = format!("Ok({response}::map({read}?, Self::{}))", variant.name);
        let forms = payload.forms.iter();
        forms.map(move |form| (form.media_type.clone(), result.clone()))
    });
    let mut written = Written::default();
    written.roughen();
    written.line(0, format!("impl {name} {{"));
    written.line(
        1,
        format!("fn read<H>(response: {raw}) -> Result<{response}<Self, H>, {error}> {{"),
    );
    written.line(2, reader::choose(read));
    written.line(1, "}");
    written.line(0, "}");
    [declaration, written.finish()]
}

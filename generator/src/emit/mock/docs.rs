//! What the docs of the service say, with a test as an application would have it.

use super::Operation;
use crate::emit::context::Cx;
use crate::emit::example;
use crate::markdown::{Text, inline, prose};

/// The docs of the file.
pub(super) fn emit(cx: &Cx<'_>, operations: &[Operation<'_>]) -> String {
    let title = inline(&cx.api.info.title);
    let mut text = Text::from(prose!("A service that stands in for {} in tests.", title));
    text.paragraph(
        "[`Service`] is a transport: it needs no network, and no runtime of its own. It takes a closure for each operation\nthat \
         a test calls, which gets the request and returns one of the documented responses: each is a function of the\noperation's \
         type.",
    );
    let mut lines = vec![text.to_string()];
    let mut all = operations.iter();
    let example = all.find_map(|it| example::emit_mock(cx, it.of, it.mock));
    let mut all = operations.iter();
    let undocumented = all.find_map(|it| example::emit_undocumented(cx, it.of, it.mock));
    for part in example.into_iter().chain(undocumented) {
        lines.push(String::new());
        lines.extend(part);
    }
    lines.join("\n")
}

/// The docs of the service.
pub(super) fn service(cx: &Cx<'_>) -> Text {
    let title = inline(&cx.api.info.title);
    let mut text = Text::from(prose!(
        "Stands in for {}. Its clones share the closures, the calls and the sessions.",
        title
    ));
    text.paragraph(
        "A call of an operation without a closure fails, and so does one whose request does not conform to the document. One\nwithout \
         the credentials that the operation needs gets 401.",
    );
    if cx.shape.sessions.iter().any(|it| it.flows.is_none()) {
        text.paragraph(
            "Operations that give, renew and end the tokens of a session or a device flow need no closure: the service gives\ntokens, \
             and knows which of them are valid.",
        );
    }
    text
}

//! What the docs of the service say, with a test as an application would have it.

use super::Operation;
use crate::emit::context::Cx;
use crate::emit::example;
use crate::markdown::{Text, inline, prose};

/// The docs of the file.
pub(super) fn emit(cx: &Cx<'_>, operations: &[Operation<'_>]) -> String {
    let title = inline(&cx.api.info.title);
    let mut text = Text::from(prose!("A mock service for {}, for tests.", title));
    text.paragraph(
        "[`Service`] is a transport that needs no network and no async runtime. Give it a closure for each operation that a\n\
         test calls. The closure gets the request and returns one of the documented responses; the operation's type has a\n\
         function for each of them.",
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
        "A mock service for {}. Clones share the closures, the calls and the sessions.",
        title
    ));
    text.paragraph(
        "A call fails if its operation has no closure, or if its request does not match the document. A request without the\n\
         required credentials gets status 401.",
    );
    if cx.shape.sessions.iter().any(|it| it.flows.is_none()) {
        text.paragraph(
            "The operations that give, renew and revoke the tokens of a session or a device flow need no closure: the service\n\
             gives tokens and tracks which of them are valid.",
        );
    }
    text
}

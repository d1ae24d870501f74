//! The page: what the control interface shows and changes, for people. It works without scripts.

mod operations;
mod requests;
mod rules;
mod state;

use http::StatusCode;
use http::header::CONTENT_TYPE;

use super::Panel;
use crate::mock::answer::Reply;
use crate::mock::html::Html;

/// Shows the page, with what went wrong in the request before it.
pub(super) fn reply(panel: &Panel<'_>, status: StatusCode, fault: Option<&str>) -> Reply {
    let mut html = Html::default();
    html.markup(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Keywright stand-in</title>\n<link rel=\"stylesheet\" href=\"/__keywright/style.css\">\n</head>\n<body>\n\
         <header><h1>Keywright stand-in</h1>\n<nav><a href=\"/__keywright/\">Refresh</a>\n\
         <a href=\"#rules\">Misbehaviour</a>\n<a href=\"#requests\">Requests</a>\n<a href=\"#operations\">Operations</a></nav>\n",
    );
    button(&mut html, "/__keywright/reset", None, "Reset everything");
    html.markup("</header>\n<main>\n");
    if let Some(fault) = fault {
        html.within("<p class=\"fault\" role=\"alert\">", fault, "</p>\n");
    }
    state::write(&mut html, panel);
    rules::write(&mut html, panel);
    requests::write(&mut html, panel);
    operations::write(&mut html, panel);
    html.markup("</main>\n</body>\n</html>\n");
    let mut reply = Reply::with_body(status, "text/html", html.finish());
    reply.set_header(CONTENT_TYPE, "text/html; charset=utf-8");
    reply
}

/// A form of a single button, with one field that nobody sees.
fn button(
    html: &mut Html,
    action: &'static str,
    field: Option<(&'static str, &str)>,
    label: &'static str,
) {
    html.markup("<form method=\"post\" action=\"")
        .markup(action)
        .markup("\">");
    if let Some((name, value)) = field {
        html.markup("<input type=\"hidden\" name=\"")
            .markup(name)
            .within("\" value=\"", value, "\">");
    }
    html.markup("<button>")
        .markup(label)
        .markup("</button></form>\n");
}

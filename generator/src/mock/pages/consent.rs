//! The page on which a user allows a client something, or not.

use http::StatusCode;

use super::html::Html;
use crate::mock::answer::Reply;

/// What a user is asked.
pub(in crate::mock) struct Asked<'a> {
    /// The title of the API.
    pub(in crate::mock) service: &'a str,
    /// The client.
    pub(in crate::mock) client: &'a str,
    /// What it wants to do, and what that means.
    pub(in crate::mock) scopes: Vec<(&'a str, &'a str)>,
    /// Where the user is sent back to.
    pub(in crate::mock) returns_to: &'a str,
    /// The flow.
    pub(in crate::mock) way: &'a str,
    /// Where the answer goes.
    pub(in crate::mock) action: &'a str,
    /// The parameter that has the answer: `allow` or `deny`.
    pub(in crate::mock) answer: &'a str,
    /// What goes with it.
    pub(in crate::mock) parameters: Vec<(&'a str, &'a str)>,
}

/// Asks a user.
pub(in crate::mock) fn consent(asked: &Asked<'_>) -> Reply {
    let html = Html::default()
        .markup("<p><strong>")
        .text(asked.client)
        .markup("</strong> asks for access to <strong>")
        .text(asked.service)
        .markup("</strong> (flow <code>")
        .text(asked.way)
        .markup("</code>).</p>");
    let html = scopes(html, asked.scopes.iter().copied())
        .markup("<p>You return to <code>")
        .text(asked.returns_to)
        .markup("</code>.</p><form method=\"post\" action=\"")
        .text(asked.action)
        .markup("\">");
    let parameters = asked.parameters.iter().copied();
    let parameters = parameters.filter(|(name, _)| *name != asked.answer);
    let button = |html: Html, value: &'static str, label: &'static str| {
        html.markup("<button name=\"")
            .text(asked.answer)
            .markup("\" value=\"")
            .markup(value)
            .markup("\">")
            .markup(label)
            .markup("</button>")
    };
    let html = html.each(parameters, |html, (name, value)| html.hidden(name, value));
    let html = button(html, "allow", "Allow");
    button(html, "deny", "Deny")
        .markup("</form>")
        .page(StatusCode::OK, "Allow access?")
}

/// Lists what a client wants to do.
pub(super) fn scopes<'s>(html: Html, scopes: impl IntoIterator<Item = (&'s str, &'s str)>) -> Html {
    let mut scopes = scopes.into_iter().peekable();
    if scopes.peek().is_none() {
        return html;
    }
    let item = |html: Html, (scope, meaning): (&str, &str)| {
        let html = html.markup("<li><code>").text(scope).markup("</code>");
        let html = if meaning.is_empty() {
            html
        } else {
            html.markup(" ").text(meaning)
        };
        html.markup("</li>")
    };
    html.markup("<p>It asks for:</p><ul>")
        .each(scopes, item)
        .markup("</ul>")
}

/// Tells a user that there is nothing to be asked, and whose fault that is.
pub(in crate::mock) fn failure(description: &str) -> Reply {
    Html::default()
        .markup("<p>The application has sent you here in a wrong way: ")
        .text(description)
        .markup(".</p>")
        .page(StatusCode::BAD_REQUEST, "This does not work")
}

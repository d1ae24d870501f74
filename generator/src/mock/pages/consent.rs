//! The page on which a user allows a client something, or not.

use http::StatusCode;

use super::page::page;
use crate::mock::answer::Reply;
use crate::mock::html::Html;

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
    let mut html = Html::default();
    html.within("<p><strong>", asked.client, "</strong> asks for access to ")
        .within("<strong>", asked.service, "</strong> (flow ")
        .within("<code>", asked.way, "</code>).</p>");
    scopes(&mut html, asked.scopes.iter().copied());
    html.within("<p>You return to <code>", asked.returns_to, "</code>.</p>")
        .within("<form method=\"post\" action=\"", asked.action, "\">");
    for (name, value) in &asked.parameters {
        if *name != asked.answer {
            html.hidden(name, value);
        }
    }
    for (value, label) in [("allow", "Allow"), ("deny", "Deny")] {
        html.within("<button name=\"", asked.answer, "\" value=\"")
            .markup(value)
            .markup("\">")
            .markup(label)
            .markup("</button>");
    }
    html.markup("</form>");
    page(html, StatusCode::OK, "Allow access?")
}

/// Lists what a client wants to do.
pub(super) fn scopes<'s>(html: &mut Html, scopes: impl IntoIterator<Item = (&'s str, &'s str)>) {
    let mut scopes = scopes.into_iter().peekable();
    if scopes.peek().is_none() {
        return;
    }
    html.markup("<p>It asks for:</p><ul>");
    for (scope, meaning) in scopes {
        html.within("<li><code>", scope, "</code>");
        if !meaning.is_empty() {
            html.markup(" ").text(meaning);
        }
        html.markup("</li>");
    }
    html.markup("</ul>");
}

/// Tells a user that there is nothing to be asked, and whose fault that is.
pub(in crate::mock) fn failure(description: &str) -> Reply {
    let mut html = Html::default();
    html.within(
        "<p>The request of the application is invalid: ",
        description,
        ".</p>",
    );
    page(html, StatusCode::BAD_REQUEST, "This does not work")
}

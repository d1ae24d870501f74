//! The examples in the docs of OAuth 2 flows, as doc tests.

use super::context::Cx;
use super::example::{doc_test, krate};
use crate::config::Layout;
use crate::ir::{Ident, OAuthFlow, OAuthFlowKind};

/// How many scopes an example asks for.
const MOST_SCOPES: usize = 2;

/// How a client signs in by a flow, after an empty line. Nothing where the name of the crate is not known.
pub(super) fn emit(cx: &Cx<'_>, flow: &OAuthFlow, method: &Ident) -> Vec<String> {
    if cx.output.layout == Layout::Modules {
        return Vec::new();
    }
    let (krate, module) = (krate(cx), cx.module);
    let (function, client) = if flow.kind.is_unattended() {
        ("fn example", "")
    } else {
        ("async fn example", "client: Client")
    };
    let hidden = [
        format!("use {krate}::{module}::Client;"),
        format!("use {krate}::runtime::oauth::App;"),
        format!("{function}({client}) -> Result<(), Box<dyn std::error::Error>> {{"),
    ];
    let mut shown = vec![app(flow)];
    shown.extend(match flow.kind {
        OAuthFlowKind::ClientCredentials => lines_of(&[
            "let client = Client::builder()",
            &format!("    .{method}(app)"),
            "    .build()?;",
        ]),
        OAuthFlowKind::Password => lines_of(&[
            "let client = Client::builder()",
            &format!("    .{method}(app, \"username\", \"password\")"),
            "    .build()?;",
        ]),
        OAuthFlowKind::AuthorizationCode | OAuthFlowKind::Implicit => lines_of(&[
            "let redirect_url = \"http://127.0.0.1:8000/callback\";",
            &format!("let authorizing = client.{method}(app, redirect_url).start().await?;"),
            "println!(\"open {}\", authorizing.url());",
            redirected(flow.kind),
            "let client = authorizing.finish(redirected).await?;",
        ]),
        OAuthFlowKind::Device => lines_of(&[
            &format!("let confirming = client.{method}(app).start().await?;"),
            "let (url, code) = (confirming.url().unwrap_or_default(), confirming.code().unwrap_or_default());",
            "println!(\"open {url} and enter {code}\");",
            "let client = confirming.wait().await?;",
        ]),
    });
    let mut lines = vec![String::new()];
    lines.extend(doc_test(&hidden, shown));
    lines
}

/// How a client goes on with what a store has, after an empty line.
pub(super) fn emit_app(cx: &Cx<'_>, method: &Ident, store: &Ident) -> Vec<String> {
    if cx.output.layout == Layout::Modules {
        return Vec::new();
    }
    let (krate, module) = (krate(cx), cx.module);
    let hidden = [
        format!("use {krate}::{module}::Client;"),
        format!("use {krate}::runtime::oauth::App;"),
        format!("use {krate}::runtime::session::FileStore;"),
        "fn example() -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
    ];
    let shown = lines_of(&[
        "let client = Client::builder()",
        &format!("    .{method}(App::new(\"client-id\"))"),
        &format!("    .{store}(FileStore::new(\"session\"))"),
        "    .build()?;",
    ]);
    let mut lines = vec![String::new()];
    lines.extend(doc_test(&hidden, shown));
    lines
}

fn lines_of(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|it| (*it).to_owned()).collect()
}

/// What a browser brings back.
fn redirected(kind: OAuthFlowKind) -> &'static str {
    if kind == OAuthFlowKind::Implicit {
        "let redirected = \"/callback#access_token=..&state=..\"; // what the browser was sent to"
    } else {
        "let redirected = \"/callback?code=..&state=..\"; // what the browser was sent to"
    }
}

/// `let app = App::new("client-id").secret("client-secret").scopes(["pets:read"]);`
fn app(flow: &OAuthFlow) -> String {
    let secret = if flow.kind == OAuthFlowKind::ClientCredentials {
        ".secret(\"client-secret\")"
    } else {
        ""
    };
    let scopes = flow.scopes.iter().take(MOST_SCOPES);
    let scopes: Vec<String> = scopes
        .map(|(name, _)| super::written::literal(name))
        .collect();
    let scopes = if scopes.is_empty() {
        String::new()
    } else {
        format!(".scopes([{}])", scopes.join(", "))
    };
    format!("let app = App::new(\"client-id\"){secret}{scopes};")
}

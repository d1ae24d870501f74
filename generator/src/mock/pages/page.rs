//! How a page looks, and what it may do.

use std::fmt::Write as _;

use http::StatusCode;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};

use crate::mock::answer::Reply;
use crate::mock::html::Html;

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;margin:3rem auto;max-width:36rem;padding:0 1rem;\
color:#1b1b1f;background:#fff}code{overflow-wrap:anywhere}button{font:inherit;padding:.5rem 1.5rem;margin-right:.5rem;\
border:1px solid #1b4b8f;border-radius:.3rem;background:#fff;color:#1b4b8f;cursor:pointer}\
button[value=allow],button.main{background:#1b4b8f;color:#fff}input{font:inherit;padding:.5rem}\
.code{font-size:1.5rem;letter-spacing:.1em}footer{margin-top:3rem;color:#5f6068;font-size:.85rem}\
@media(prefers-color-scheme:dark){body{background:#1b1b1f;color:#e4e2e6}button{background:#1b1b1f;color:#a9c7ff;\
border-color:#a9c7ff}button[value=allow],button.main{background:#a9c7ff;color:#1b1b1f}footer{color:#a5a4ab}}";

/// Makes HTML the content of a page. Nothing else is loaded or run, and no other site can frame it.
pub(super) fn page(content: Html, status: StatusCode, title: &'static str) -> Reply {
    let mut page = String::new();
    let _ = writeln!(
        page,
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style>\
         </head><body><main><h1>{title}</h1>{}</main>\
         <footer>This is a stand-in for tests, served by <code>keywright mock</code>.</footer></body></html>",
        content.finish()
    );
    let mut reply = Reply::with_body(status, "text/html; charset=utf-8", page);
    let policy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
    reply.set_header(CONTENT_SECURITY_POLICY, policy);
    reply.set_header(X_FRAME_OPTIONS, "DENY");
    reply.set_header(X_CONTENT_TYPE_OPTIONS, "nosniff");
    reply.set_header(REFERRER_POLICY, "no-referrer");
    reply.set_header(CACHE_CONTROL, "no-store");
    reply
}

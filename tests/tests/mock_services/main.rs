//! Mock services: what a client sends arrives as it was, what a closure returns is read as it was, and sessions are
//! played as the document says. Nothing here has a runtime or a network.

mod arguments;
mod bodies;
mod calls;
mod flows;
mod responses;
mod security;
mod sessions;

use std::error::Error;

/// The messages of an error and of its causes.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

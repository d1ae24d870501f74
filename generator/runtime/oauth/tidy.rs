//! Adapts responses of authorization servers to RFC 6749, since the `oauth2` crate accepts nothing else.

use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use oauth2::HttpResponse;
use serde_json::{Map, Value};

use super::{RawResponse, Refusal, answer};

/// Returns a response for the `oauth2` crate, and the error of the server if the response is one.
///
/// A body that is not a JSON object is left out. The response is then neither a token nor an error.
pub(super) fn tidy(response: &RawResponse) -> (HttpResponse, Option<Refusal>) {
    let mut status = response.parts.status();
    let is_success = status.is_success();
    if is_success {
        // The crate takes no other one.
        status = StatusCode::OK;
    }
    let mut tidy = HttpResponse::new(Vec::new());
    let mut refused = None;
    if let Ok(Value::Object(mut body)) = serde_json::from_slice(response.parts.body()) {
        refused = refusal(response.parts.status(), &body);
        if is_success && refused.is_some() {
            // GitHub and Slack, for example, say so.
            status = StatusCode::BAD_REQUEST;
        } else if is_success {
            mend(&mut body);
        }
        let json = HeaderValue::from_static("application/json");
        tidy.headers_mut().insert(CONTENT_TYPE, json);
        *tidy.body_mut() = Value::Object(body).to_string().into_bytes();
    }
    *tidy.status_mut() = status;
    (tidy, refused)
}

/// Returns the error in a body (RFC 6749, section 5.2).
fn refusal(status: StatusCode, body: &Map<String, Value>) -> Option<Refusal> {
    let text = |name| body.get(name).and_then(Value::as_str);
    let code = text("error").filter(|it| !it.is_empty())?;
    let has_token = body.contains_key("access_token");
    (!status.is_success() || !has_token)
        .then(|| Refusal::new(Some(status), code, text("error_description")))
}

/// Corrects the fields of a success that some servers write differently.
fn mend(body: &mut Map<String, Value>) {
    // Numbers as texts, as Microsoft's older endpoint has them, and with a fraction.
    for name in ["expires_in", "interval"] {
        let Some(value) = body.remove(name) else {
            continue;
        };
        if let Some(number) = answer::number(&value) {
            let seconds = answer::seconds(number).unwrap_or_default();
            body.insert(name.to_owned(), seconds.as_secs().into());
        }
    }
    // It is required, and may be left out where there is but one.
    body.entry("token_type").or_insert_with(|| "bearer".into());
    // Nothing here is of use to the client, and some servers send lists.
    body.remove("scope");
    // Drafts of RFC 8628 called it so.
    if body.contains_key("verification_uri") {
        body.remove("verification_url");
    }
}

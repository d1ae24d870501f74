//! The content of a request: body and media type.

use std::borrow::Cow;

use http::HeaderValue;

use super::error::printable;
use super::media_type::{Fit, essence, fit, parameter};
use super::style;
use super::{Body, Call, Encode, EncodeFailure, Error, RequestError, to_vec};

/// A body and its media type.
pub(crate) struct Content {
    pub(crate) media_type: HeaderValue,
    /// The body, or `None` if it has been sent and cannot be sent again.
    body: Option<Body>,
}

/// A body that can be sent only once is not cloned.
impl Clone for Content {
    fn clone(&self) -> Self {
        Self {
            media_type: self.media_type.clone(),
            body: self.body.as_ref().and_then(Body::again),
        }
    }
}

impl Content {
    /// Returns the body for sending, and keeps it if it can be sent again.
    pub(crate) fn send(&mut self) -> Body {
        let body = self.body.take();
        self.body = body.as_ref().and_then(Body::again);
        body.unwrap_or(Body::empty())
    }

    /// Returns the bytes of the body, if they are in memory.
    pub(crate) fn as_bytes(&self) -> Option<&[u8]> {
        self.body.as_ref()?.as_bytes().map(|it| &it[..])
    }

    /// Returns `true` if the body has been sent and cannot be sent again.
    pub(crate) fn is_gone(&self) -> bool {
        self.body.is_none()
    }
}

impl Call {
    /// Sends a value as JSON. An absent value sends no body.
    pub fn json(&mut self, media_type: &'static str, body: &dyn Encode) {
        if body.is_absent() {
            return;
        }
        match to_vec(body) {
            Ok(json) => self.body(media_type, json),
            Err(error) => self.fail(EncodeFailure::new(error).into()),
        }
    }

    /// Sends text.
    pub fn text(&mut self, media_type: &'static str, body: impl Into<String>) {
        self.body(&with_charset(media_type), body.into());
    }

    /// Sends a value, such as a number, an enum value or a date, as text; lists and objects are sent as JSON. An absent
    /// value and `null` send no body.
    pub fn scalar(&mut self, media_type: &'static str, body: &dyn Encode) {
        if body.is_absent() {
            return;
        }
        match style::tree(body) {
            Ok(tree) => {
                if let Some(text) = style::text(&tree) {
                    self.body(&with_charset(media_type), text);
                }
            }
            Err(error) => self.fail(Error::from(error)),
        }
    }

    /// Sends bytes, or a stream of them. If the documented media type is a range, the body gives the actual one.
    pub fn body(&mut self, media_type: &str, body: impl Into<Body>) {
        let mut body = body.into();
        let content = actual_type(media_type, body.take_type()).and_then(|media_type| {
            let media_type = HeaderValue::from_str(&media_type).map_err(|_| {
                RequestError::new("the media type of the body is not allowed in a header")
            })?;
            let body = Some(body);
            Ok(Content { media_type, body })
        });
        match content {
            Ok(content) => self.content = Some(content),
            Err(error) => self.fail(error.into()),
        }
    }
}

/// Returns the media type of a body: its own, which must match the documented one, or else the documented one.
fn actual_type(documented: &str, own: Option<String>) -> Result<String, RequestError> {
    let essence = essence(documented);
    match own {
        None if matches!(&*essence, "*/*" | "application/*") => {
            Ok("application/octet-stream".to_owned())
        }
        None if essence.ends_with("/*") => Err(RequestError::new(format!(
            "the body may have any media type in `{documented}`: set it with `Body::of_type`"
        ))),
        None => Ok(documented.to_owned()),
        Some(own) => match fit(documented, &own) {
            Some(Fit::Whole | Fit::Same | Fit::Range) => Ok(own),
            Some(Fit::Syntax | Fit::Text) | None => Err(RequestError::new(format!(
                "a body of type `{}` is none of the type `{documented}`",
                printable(&own, 100)
            ))),
        },
    }
}

/// Returns a media type of text with its charset.
fn with_charset(media_type: &str) -> Cow<'_, str> {
    if essence(media_type).starts_with("text/") && parameter(media_type, "charset").is_none() {
        Cow::Owned(format!("{media_type}; charset=utf-8"))
    } else {
        Cow::Borrowed(media_type)
    }
}

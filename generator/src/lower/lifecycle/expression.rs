//! The notations of the extension: parts of messages and durations.

use std::time::Duration;

use crate::ir::MessagePart;

/// Which message a part is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Message {
    Request,
    Response,
}

/// Reads a runtime expression that names a part of a message (OAS 3.1.1, Runtime Expressions). `$url`, `$method` and
/// the path of a request are none that a token could be in.
pub(super) fn part(text: &str) -> Option<(Message, MessagePart)> {
    let (message, source) = match text.strip_prefix("$request.") {
        Some(source) => (Message::Request, source),
        None => (Message::Response, text.strip_prefix("$response.")?),
    };
    if let Some(name) = source.strip_prefix("header.") {
        return is_token(name).then(|| (message, MessagePart::Header(name.to_owned())));
    }
    if let Some(name) = source.strip_prefix("query.") {
        let is_known = message == Message::Request && !name.is_empty();
        return is_known.then(|| (message, MessagePart::Query(name.to_owned())));
    }
    let below = source.strip_prefix("body")?;
    let pointer = match below.strip_prefix('#') {
        Some(pointer) => pointer,
        None if below.is_empty() => below,
        None => return None,
    };
    Some((message, body(pointer)?))
}

/// Reads a JSON pointer into a body (RFC 6901, section 3).
pub(super) fn body(pointer: &str) -> Option<MessagePart> {
    let mut escapes = pointer.split('~').skip(1);
    let is_pointer = (pointer.is_empty() || pointer.starts_with('/'))
        && escapes.all(|it| it.starts_with(['0', '1']));
    is_pointer.then(|| MessagePart::Body(pointer.to_owned()))
}

/// Whether a text may be the name of a header (RFC 9110, section 5.6.2).
fn is_token(text: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_token)
}

/// Reads a duration: a whole number and a unit, `90s`, `30m`, `24h` or `7d`. Zero is none.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let digits = text.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let unit = match &text[digits.len()..] {
        "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return None,
    };
    if !digits.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let seconds = digits.parse::<u64>().ok()?.checked_mul(unit)?;
    (seconds > 0).then(|| Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::{duration, part};

    #[test]
    fn reads_parts_of_messages() {
        let shown = |text: &str| match part(text) {
            Some((message, part)) => format!("{message:?} {part}"),
            None => "none".to_owned(),
        };
        let table = [
            ("$response.body#/a/b~1c/0", "Response body /a/b~1c/0"),
            ("$response.body", "Response body"),
            ("$response.body#", "Response body"),
            ("$response.header.X-Token", "Response header X-Token"),
            ("$request.body#/refreshToken", "Request body /refreshToken"),
            ("$request.query.token", "Request query token"),
            ("$response.query.token", "none"),
            ("$request.path.id", "none"),
            ("$request.query.", "none"),
            ("$response.header.X Token", "none"),
            ("$response.body#token", "none"),
            ("$response.body#/a~2", "none"),
            ("$response.body/a", "none"),
            ("$url", "none"),
            ("/token", "none"),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn reads_durations() {
        let seconds = |text| duration(text).map(|it| it.as_secs());
        assert_eq!(seconds("90s"), Some(90));
        assert_eq!(seconds("30m"), Some(1_800));
        assert_eq!(seconds("24h"), Some(86_400));
        assert_eq!(seconds("7d"), Some(604_800));
        let wrong = [
            "", "h", "24", "0h", "1.5h", "+1h", "-1h", "24 h", "1w", "1h30m",
        ];
        for text in wrong {
            assert_eq!(seconds(text), None, "{text}");
        }
        assert_eq!(seconds("18446744073709551615d"), None);
    }
}

//! Text as URLs, queries, forms and cookies have it (RFC 3986, section 2.1; WHATWG URL, section 5).

use percent_encoding::percent_decode_str;

/// Text without percent-encoding.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Text of a query or form, in which a plus sign is a space.
pub(super) fn plain(text: &str) -> String {
    decoded(&text.replace('+', "%20"))
}

/// Splits text into pairs, without decoding anything.
pub(super) fn pairs(text: &str, separator: char) -> Vec<(String, String)> {
    let pairs = text.split(separator).filter(|it| !it.is_empty());
    let pair = |it: &str| {
        let (key, value) = it.split_once('=').unwrap_or((it, ""));
        (key.to_owned(), value.to_owned())
    };
    pairs.map(pair).collect()
}

/// The fields of a query or form.
pub(super) fn fields(text: &str) -> Vec<(String, String)> {
    let pairs = pairs(text, '&').into_iter();
    let plain = |(name, value): (String, String)| (plain(&name), plain(&value));
    pairs.map(plain).collect()
}

/// The value of a field of a query or form.
pub(super) fn field(text: &str, name: &str) -> Option<String> {
    let mut fields = fields(text).into_iter();
    fields.find(|(key, _)| key == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::{field, fields};

    #[test]
    fn reads_queries_and_forms() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let text = "a+b=1+2%2B3&&none&%61=%C3%A4=";
        let expected = [pair("a b", "1 2+3"), pair("none", ""), pair("a", "ä=")];
        assert_eq!(fields(text), expected);
        assert_eq!(field(text, "a").as_deref(), Some("ä="));
        assert_eq!(field(text, "b"), None);
    }
}

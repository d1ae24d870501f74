//! What an error tells, as text for a snapshot.

use std::error::Error;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Returns what an error says to a user (`Display`, and that of its sources) and to a developer (`Debug`).
///
/// Ports of 127.0.0.1 are masked.
///
/// # Panics
///
/// If one of the secrets shows, as it is or in Base64.
#[must_use]
pub fn report(error: &(dyn Error + 'static), secrets: &[&str]) -> String {
    let mut text = format!("{error}\n");
    let mut source = error.source();
    while let Some(cause) = source {
        let _ = writeln!(text, "  because: {cause}");
        source = cause.source();
    }
    let _ = writeln!(text, "{error:?}");
    assert_hidden(&text, secrets);
    assert_hidden(&format!("{error:#?}"), secrets);
    mask_ports(&text)
}

/// Checks that a text shows none of the secrets.
///
/// # Panics
///
/// If it shows one, as it is or in Base64.
pub fn assert_hidden(text: &str, secrets: &[&str]) {
    for secret in secrets {
        assert!(
            !text.contains(secret),
            "`{secret}` is secret, but shows in: {text}"
        );
        let encoded = STANDARD.encode(secret);
        assert!(
            !text.contains(encoded.trim_end_matches('=')),
            "`{secret}` shows in Base64 in: {text}"
        );
    }
}

/// Replaces the ports of loopback addresses, which differ from run to run.
#[must_use]
pub fn mask_ports(text: &str) -> String {
    const HOST: &str = "127.0.0.1:";
    let mut pieces = text.split(HOST);
    let mut masked = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let _ = write!(
            masked,
            "{HOST}<port>{}",
            piece.trim_start_matches(|c: char| c.is_ascii_digit())
        );
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_of_loopback_are_masked() {
        assert_eq!(
            mask_ports("http://127.0.0.1:4711/v1 and 127.0.0.1:80"),
            "http://127.0.0.1:<port>/v1 and 127.0.0.1:<port>"
        );
    }
}

//! Proof that who asks for the credential of a code is who has asked for the code (RFC 7636).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::error::OAuthError;
use super::parameters::Parameters;
use crate::mock::state::Challenge;

/// How verifiers are hashed, as metadata list it.
pub(super) const METHODS: [&str; 2] = ["S256", "plain"];

/// Reads what the client will have to prove.
pub(super) fn challenge(parameters: &Parameters) -> Result<Option<Challenge>, OAuthError> {
    let method = parameters.get("code_challenge_method");
    let Some(value) = parameters.get("code_challenge") else {
        return match method {
            Some(_) => Err(OAuthError::request("`code_challenge` is not there")),
            None => Ok(None),
        };
    };
    if !is_verifier(value) {
        let description = "`code_challenge` is not of 43 to 128 unreserved characters";
        return Err(OAuthError::request(description));
    }
    match method.unwrap_or("plain") {
        "S256" => Ok(Some(Challenge::Sha256(value.to_owned()))),
        "plain" => Ok(Some(Challenge::Plain(value.to_owned()))),
        _ => Err(OAuthError::request(
            "`code_challenge_method` is neither `S256` nor `plain`",
        )),
    }
}

/// Checks what a client proves. One that proves what nobody has asked for has lost its challenge on the way (RFC 9700,
/// section 4.8.2).
pub(super) fn check(
    challenge: Option<&Challenge>,
    verifier: Option<&str>,
) -> Result<(), OAuthError> {
    let (challenge, verifier) = match (challenge, verifier) {
        (None, None) => return Ok(()),
        (None, Some(_)) => {
            let description =
                "`code_verifier` is there, but the code was asked for without a challenge";
            return Err(OAuthError::grant(description));
        }
        (Some(_), None) => return Err(OAuthError::grant("`code_verifier` is not there")),
        (Some(challenge), Some(verifier)) => (challenge, verifier),
    };
    let is_proven = is_verifier(verifier)
        && match challenge {
            Challenge::Plain(it) => it == verifier,
            Challenge::Sha256(it) => *it == URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)),
        };
    if is_proven {
        Ok(())
    } else {
        Err(OAuthError::grant(
            "`code_verifier` is not that of the challenge",
        ))
    }
}

/// Whether a text has the form of a verifier (section 4.1), and so of a challenge.
fn is_verifier(text: &str) -> bool {
    let is_unreserved = |it: u8| it.is_ascii_alphanumeric() || b"-._~".contains(&it);
    (43..=128).contains(&text.len()) && text.bytes().all(is_unreserved)
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn read(text: &str) -> Result<Option<Challenge>, OAuthError> {
        challenge(&Parameters::read(text))
    }

    #[test]
    fn verifiers_are_checked() {
        let hashed = Challenge::Sha256(CHALLENGE.to_owned());
        let plain = Challenge::Plain(VERIFIER.to_owned());
        assert_eq!(check(Some(&hashed), Some(VERIFIER)), Ok(()));
        assert_eq!(check(Some(&plain), Some(VERIFIER)), Ok(()));
        assert_eq!(check(None, None), Ok(()));
        let wrong = [
            (Some(&hashed), Some(CHALLENGE)),
            (Some(&plain), Some(CHALLENGE)),
            (Some(&hashed), None),
            (None, Some(VERIFIER)),
        ];
        for (challenge, verifier) in wrong {
            assert!(check(challenge, verifier).is_err());
        }
    }

    #[test]
    fn challenges_are_read() {
        let hashed = read(&format!(
            "code_challenge={CHALLENGE}&code_challenge_method=S256"
        ));
        assert!(hashed == Ok(Some(Challenge::Sha256(CHALLENGE.to_owned()))));
        let plain = read(&format!("code_challenge={VERIFIER}"));
        assert!(plain == Ok(Some(Challenge::Plain(VERIFIER.to_owned()))));
        assert!(read("") == Ok(None));
        let wrong = [
            "code_challenge=short".to_owned(),
            format!("code_challenge={CHALLENGE}&code_challenge_method=s256"),
            "code_challenge_method=S256".to_owned(),
            format!("code_challenge={}", "ä".repeat(43)),
        ];
        for text in wrong {
            assert!(read(&text).is_err(), "{text}");
        }
    }
}

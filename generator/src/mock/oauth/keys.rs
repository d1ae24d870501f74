//! The key of the stand-in, and what it signs: ID tokens (OpenID Connect Core 1.0, section 2; RFC 7518, section 3.4).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::FieldBytes;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// A key, the same for one seed. It keeps nothing safe: whoever knows the seed has it.
#[derive(Debug)]
pub(in crate::mock) struct Keys {
    signing: SigningKey,
    /// The public part (RFC 7517).
    public: Value,
}

impl Keys {
    pub(in crate::mock) fn new(seed: &str) -> Self {
        let signing = signing_key(seed);
        let point = signing.verifying_key().to_sec1_point(false);
        let encoded = |it: &FieldBytes| URL_SAFE_NO_PAD.encode(it);
        let (x, y) = (point.x().map(encoded), point.y().map(encoded));
        let mut public = json!({ "crv": "P-256", "kty": "EC", "x": x, "y": y });
        // RFC 7638: of these members, in this order.
        let thumbprint = Sha256::digest(public.to_string());
        public["kid"] = URL_SAFE_NO_PAD.encode(thumbprint).into();
        public["use"] = "sig".into();
        public["alg"] = "ES256".into();
        Self { signing, public }
    }

    /// The set of the one public key.
    pub(super) fn public(&self) -> Value {
        json!({ "keys": [self.public] })
    }

    /// A JSON Web Token of some claims (RFC 7519).
    pub(super) fn sign(&self, claims: &Value) -> String {
        let header = json!({ "alg": "ES256", "typ": "JWT", "kid": self.public["kid"] });
        let parts = [header.to_string(), claims.to_string()];
        let text = parts.map(|it| URL_SAFE_NO_PAD.encode(it)).join(".");
        let signature: Signature = self.signing.sign(text.as_bytes());
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }
}

/// A key that a text leads to: the first number made of it that is one, and hardly any is not.
fn signing_key(seed: &str) -> SigningKey {
    let numbers = (0_u64..).map(|count| {
        let name = format!("{count}/{seed}");
        blake3::derive_key("keywright mock ES256 key", name.as_bytes())
    });
    let mut keys = numbers.filter_map(|it| SigningKey::from_slice(&it).ok());
    keys.next()
        .expect("one of many numbers is less than the order of the curve")
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier as _;

    use super::*;

    fn decode(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).expect("it is Base64")
    }

    #[test]
    fn the_public_key_checks_what_is_signed() {
        let keys = Keys::new("seed");
        assert_eq!(keys.public, Keys::new("seed").public);
        assert_ne!(keys.public, Keys::new("another").public);
        let token = keys.sign(&json!({ "sub": "user" }));
        let (text, signature) = token.rsplit_once('.').expect("it has three parts");
        let coordinate = |name: &str| decode(keys.public[name].as_str().expect("a text"));
        let point = [vec![4], coordinate("x"), coordinate("y")].concat();
        let key = VerifyingKey::from_sec1_bytes(&point).expect("it is a point");
        let signature = Signature::from_slice(&decode(signature)).expect("it is a signature");
        key.verify(text.as_bytes(), &signature).expect("it is good");
        let (header, claims) = text.split_once('.').expect("it has three parts");
        let header: Value = serde_json::from_slice(&decode(header)).expect("it is JSON");
        assert_eq!(header["kid"], keys.public["kid"]);
        assert_eq!(decode(claims), br#"{"sub":"user"}"#);
    }
}

//! Words with capital letters inside, which splitting at capital letters would tear apart: `DPoP` is one word, and
//! neither `d_po_p` nor `d_poP`.
//!
//! Only words that would come out wrong are listed. In types they are written as their owners and the standard
//! library do: `OAuth2Token`, `GitHubUser`, `Ipv4Address`.

/// The words as documents write them, and as they stand in the names of types.
const TERMS: [(&str, &str); 36] = [
    ("BitTorrent", "BitTorrent"),
    ("CloudFront", "CloudFront"),
    ("DPoP", "DPoP"),
    ("DocuSign", "DocuSign"),
    ("ETag", "ETag"),
    ("FaceTime", "FaceTime"),
    ("GitHub", "GitHub"),
    ("GitLab", "GitLab"),
    ("GraphQL", "GraphQl"),
    ("HubSpot", "HubSpot"),
    ("IPv", "Ipv"),
    ("JavaScript", "JavaScript"),
    ("LaTeX", "Latex"),
    ("LinkedIn", "LinkedIn"),
    ("MongoDB", "MongoDb"),
    ("MySQL", "MySql"),
    ("NoSQL", "NoSql"),
    ("OAuth", "OAuth"),
    ("OpenAPI", "OpenApi"),
    ("OpenID", "OpenId"),
    ("PayPal", "PayPal"),
    ("PostgreSQL", "PostgreSql"),
    ("SQLite", "Sqlite"),
    ("TikTok", "TikTok"),
    ("TypeScript", "TypeScript"),
    ("WebAuthn", "WebAuthn"),
    ("WebSocket", "WebSocket"),
    ("WhatsApp", "WhatsApp"),
    ("WordPress", "WordPress"),
    ("YouTube", "YouTube"),
    ("eBay", "Ebay"),
    ("iCloud", "Icloud"),
    ("iOS", "Ios"),
    ("iPad", "Ipad"),
    ("iPhone", "Iphone"),
    ("macOS", "Macos"),
];

/// Writes the terms of a text, and the plurals of abbreviations, as words that begin with their only capital letter:
/// `userIDs` as `userIds`, `withOAuth2` as `withOauth2`.
pub(super) fn joined(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut joined = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let length = if begins_word(&letters, at) {
            let rest = &letters[at..];
            term(rest).or_else(|| plural(rest))
        } else {
            None
        };
        if let Some(length) = length {
            joined.push(letters[at].to_ascii_uppercase());
            let rest = letters[at + 1..at + length].iter();
            joined.extend(rest.map(char::to_ascii_lowercase));
            at += length;
        } else {
            joined.push(letters[at]);
            at += 1;
        }
    }
    joined
}

/// A word of a type's name, which is lowercase: `oauth2` as `OAuth2`. `None` for any other than a term.
pub(super) fn camel(word: &str) -> Option<String> {
    TERMS.iter().find_map(|(term, camel)| {
        let head = word.get(..term.len())?;
        let rest = &word[term.len()..];
        let is_version = rest.bytes().all(|it| it.is_ascii_digit());
        (head.eq_ignore_ascii_case(term) && is_version).then(|| format!("{camel}{rest}"))
    })
}

/// Whether a word may begin at a letter: after a sign, or with a capital letter after another one.
fn begins_word(letters: &[char], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|it| letters[it]) else {
        return true;
    };
    !before.is_alphanumeric() || (letters[at].is_uppercase() && !before.is_uppercase())
}

/// Whether a word may end before a letter.
fn ends_word(rest: &[char], length: usize) -> bool {
    rest.get(length).is_none_or(|it| !it.is_lowercase())
}

/// How long the term is that a text begins with.
fn term(rest: &[char]) -> Option<usize> {
    TERMS.iter().find_map(|(term, _)| {
        let length = term.len();
        let head = rest.get(..length)?;
        let is_same = head
            .iter()
            .zip(term.chars())
            .all(|(letter, of_term)| letter.eq_ignore_ascii_case(&of_term));
        // In one case it is no word that could be torn apart.
        let has_both = head[1..].iter().any(char::is_ascii_uppercase)
            && head.iter().any(char::is_ascii_lowercase);
        (is_same && has_both && ends_word(rest, length)).then_some(length)
    })
}

/// How long the plural of an abbreviation is that a text begins with: `URLs`.
fn plural(rest: &[char]) -> Option<usize> {
    let capitals = rest.iter().take_while(|it| it.is_ascii_uppercase()).count();
    let is_plural = capitals > 1 && rest.get(capitals) == Some(&'s');
    (is_plural && ends_word(rest, capitals + 1)).then_some(capitals + 1)
}

#[cfg(test)]
mod tests {
    use super::{TERMS, joined};
    use crate::name::words::{camel, snake};

    #[test]
    fn terms_are_one_word() {
        let table = [
            ("withOAuth2", "with_oauth2", "WithOAuth2"),
            ("oAuthToken", "oauth_token", "OAuthToken"),
            ("OAUTH2_TOKEN", "oauth2_token", "OAuth2Token"),
            ("DPoP-Nonce", "dpop_nonce", "DPoPNonce"),
            ("ETag", "etag", "ETag"),
            ("eTagOfX", "etag_of_x", "ETagOfX"),
            ("IPv4Address", "ipv4_address", "Ipv4Address"),
            ("isIPv6", "is_ipv6", "IsIpv6"),
            ("gitHubUser", "github_user", "GitHubUser"),
            ("userIDs", "user_ids", "UserIds"),
            ("URLsOfAPIs", "urls_of_apis", "UrlsOfApis"),
            ("iOSVersion", "ios_version", "IosVersion"),
            ("macOS", "macos", "Macos"),
            ("openIdConnectUrl", "openid_connect_url", "OpenIdConnectUrl"),
            ("MySQLHost", "mysql_host", "MySqlHost"),
            // No terms, though their letters are there.
            ("routeTag", "route_tag", "RouteTag"),
            ("linkedInvoice", "linked_invoice", "LinkedInvoice"),
            ("HTTPServer", "http_server", "HttpServer"),
            ("githubber", "githubber", "Githubber"),
        ];
        for (text, as_field, as_type) in table {
            assert_eq!(snake(text), as_field, "{text}");
            assert_eq!(camel(text), as_type, "{text}");
            assert_eq!(camel(as_field), as_type, "{text}");
        }
    }

    #[test]
    fn types_keep_the_letters_of_terms() {
        for (term, as_type) in TERMS {
            assert!(term.eq_ignore_ascii_case(as_type));
            assert_eq!(joined(term).to_lowercase(), term.to_lowercase());
            assert_eq!(camel(term), as_type);
        }
    }
}

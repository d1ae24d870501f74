//! Which flows of authorization servers a client can use.

use insta::assert_snapshot;

use super::lowered;

/// The authorization servers of a document with these schemes, and what was reported.
fn servers(server: &str, schemes: &str) -> String {
    let schemes = schemes.replace('\n', "\n    ");
    let text = format!(
        "openapi: 3.2.0\ninfo: {{ title: T, version: '1' }}\nservers: [{{ url: '{server}' }}]\npaths:\n  /token:\n    get:\n      \
         operationId: token\n      security: []\n      responses:\n        '200':\n          description: D.\n          content:\n            \
         text/plain: {{ schema: {{ type: string }} }}\n            application/json:\n              schema: {{ type: object, \
         properties: {{ token: {{ type: string }} }} }}\ncomponents:\n  securitySchemes:\n    {schemes}\n"
    );
    let lowered = lowered(&text);
    let is_kept = |line: &&str| {
        line.starts_with("KW") || line.starts_with("oauth") || line.starts_with("session")
    };
    let mut is_inside = false;
    let lines = lowered.lines().filter(|line| {
        is_inside = is_kept(line) || (is_inside && line.starts_with(' '));
        is_inside
    });
    lines.flat_map(|it| [it, "\n"]).collect()
}

/// A scheme with one flow.
fn token_url(server: &str, url: &str) -> String {
    let scheme = format!(
        "a:\n  type: oauth2\n  flows: {{ clientCredentials: {{ tokenUrl: '{url}', scopes: {{}} }} }}"
    );
    servers(server, &scheme)
}

#[test]
fn urls_are_absolute_or_from_the_root_of_the_host() {
    let cases = [
        ("https://example.org/v1", "https://id.example.org/token"),
        ("https://example.org/v1", "/token"),
        ("https://example.org/v1", "token"),
        ("https://example.org/v1/", "token"),
        ("https://example.org/v1/", "../token?a=b"),
        ("https://example.org", "token"),
        ("https://example.org", "../../token"),
        ("/v1/", "token"),
        ("/", "token"),
        ("/v1", "//id.example.org/token"),
    ];
    let table = cases.map(|(server, url)| {
        let printed = token_url(server, url);
        let token = printed.split(" token ").nth(1).unwrap_or(&printed);
        format!("{server} {url} -> {token}")
    });
    assert_snapshot!(table.join("").replace(" scopes []", ""), @r#"
    https://example.org/v1 https://id.example.org/token -> https://id.example.org/token
    https://example.org/v1 /token -> /token
    https://example.org/v1 token -> /token
    https://example.org/v1/ token -> /v1/token
    https://example.org/v1/ ../token?a=b -> /token?a=b
    https://example.org token -> /token
    https://example.org ../../token -> /token
    /v1/ token -> /v1/token
    / token -> /token
    /v1 //id.example.org/token -> //id.example.org/token
    "#);
}

#[test]
fn flows_without_what_they_need_are_left_out() {
    assert_snapshot!(servers("https://example.org", "a:
  type: oauth2
  flows:
    clientCredentials: { scopes: {} }
    authorizationCode: { authorizationUrl: https://example.org/authorize, scopes: {} }
    implicit: { authorizationUrl: https://example.org/authorize, tokenUrl: ' ', scopes: { read: Read. } }
    deviceAuthorization: { deviceAuthorizationUrl: 'x y', tokenUrl: /token, scopes: {} }"), @r#"
    KW0303: the OAuth flow object has no `tokenUrl`
    KW0303: the OAuth flow object has no `tokenUrl`
    KW0428: `deviceAuthorizationUrl` cannot be used: it contains a character that is not allowed in a URL
    oauth a
      implicit authorization https://example.org/authorize scopes ["read"]
    "#);
}

#[test]
fn metadata_stand_for_what_is_missing() {
    assert_snapshot!(servers("https://example.org", "a:
  type: oauth2
  oauth2MetadataUrl: /.well-known/oauth-authorization-server
  flows:
    clientCredentials: { scopes: {} }
    authorizationCode: { scopes: {} }
b:
  type: openIdConnect
  openIdConnectUrl: https://id.example.org/.well-known/openid-configuration"), @r#"
    KW0303: the OAuth flow object has no `tokenUrl`
    KW0303: the OAuth flow object has no `authorizationUrl`
    KW0303: the OAuth flow object has no `tokenUrl`
    oauth a
      metadata /.well-known/oauth-authorization-server
      clientCredentials scopes []
      authorizationCode scopes []
    oauth b
      OpenID Connect https://id.example.org/.well-known/openid-configuration
      clientCredentials scopes []
      authorizationCode scopes []
      deviceAuthorization scopes []
    "#);
}

#[test]
fn a_scheme_with_a_session_has_no_flows() {
    assert_snapshot!(servers("https://example.org", "a:
  type: oauth2
  flows: { clientCredentials: { tokenUrl: https://example.org/token, scopes: {} } }
  x-keywright-session:
    acquire: { operation: token, token: $response.body#/token }"), @r#"
    session a
      acquire by token
        token from body /token
        ended by [401]
    "#);
}

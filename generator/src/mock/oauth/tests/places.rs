//! Where servers are, and which schemes are of one.

use insta::assert_snapshot;

use super::{PETS, call, contract, get, pets, post_as_app};
use crate::mock::contract::Contract;
use crate::mock::{Settings, StandIn};

fn of(contracts: Vec<Contract>) -> StandIn {
    StandIn::new(contracts, Settings::default()).expect("it is set up")
}

/// A document with an operation for each of its schemes.
fn document(schemes: &str) -> String {
    let names = schemes.lines().filter_map(|it| it.strip_prefix("    "));
    let names = names.filter(|it| !it.starts_with(' '));
    let names: Vec<&str> = names
        .filter_map(|it| it.split_once(':'))
        .map(|it| it.0)
        .collect();
    let operation = |name: &&str| {
        format!(
            "  /{name}: {{ get: {{ security: [{{ {name}: [] }}], responses: {{ '204': {{ description: Done. }} }} }} }}\n"
        )
    };
    let paths: String = names.iter().map(operation).collect();
    format!(
        "openapi: 3.2.0\ninfo: {{ title: A, version: 1.0.0 }}\nservers: [{{ url: https://example.org/v1/ }}]\n\
         paths:\n{paths}components:\n  securitySchemes:\n{schemes}"
    )
}

const SCHEMES: &str = "    relative:
      type: oauth2
      flows: { clientCredentials: { tokenUrl: oauth/token, refreshUrl: ../refresh, scopes: {} } }
    tenant:
      type: oauth2
      flows: { clientCredentials: { tokenUrl: 'https://login.example.org/{tenant}/token?a=b', scopes: {} } }
    tenants:
      type: openIdConnect
      openIdConnectUrl: https://id.example.org/tenants/1/.well-known/openid-configuration
    described:
      type: oauth2
      oauth2MetadataUrl: https://id.example.org/.well-known/oauth-authorization-server/tenants/2
      flows: { clientCredentials: { tokenUrl: https://id.example.org/tenants/2/token, scopes: {} } }
    odd.name:
      type: oauth2
      flows: {}
";

#[test]
fn servers_are_where_the_document_says() {
    let stand_in = of(vec![contract("api", &document(SCHEMES))]);
    let authorities = stand_in.authorities();
    let lines = authorities.iter().map(|it| {
        format!(
            "{} {}\n  {}\n  {}",
            it.scheme,
            it.path,
            it.stated.join(" "),
            it.metadata.join(" ")
        )
    });
    let lines: Vec<String> = lines.collect();
    assert_snapshot!(lines.join("\n"));
    let form = "grant_type=client_credentials";
    for (path, scheme) in [
        ("/v1/oauth/token", "relative"),
        ("/refresh", "relative"),
        ("/acme/token", "tenant"),
        ("/tenants/2/token", "described"),
        ("/__keywright/oauth/odd-name/token", "odd.name"),
        ("/__keywright/oauth/tenants/token", "tenants"),
    ] {
        let token = post_as_app(&stand_in, path, form).get("access_token");
        for other in ["relative", "tenant", "tenants", "described", "odd.name"] {
            let expected = if other == scheme { 204 } else { 401 };
            assert_eq!(
                call(&stand_in, &format!("/v1/{other}"), &token),
                expected,
                "{path} {other}"
            );
        }
    }
}

#[test]
fn servers_describe_themselves() {
    let stand_in = of(vec![contract("api", &document(SCHEMES))]);
    for (path, issuer, scheme) in [
        ("/.well-known/openid-configuration", "", "relative"),
        ("/.well-known/oauth-authorization-server", "", "relative"),
        (
            "/tenants/1/.well-known/openid-configuration",
            "/tenants/1",
            "tenants",
        ),
        (
            "/.well-known/oauth-authorization-server/tenants/2",
            "/tenants/2",
            "described",
        ),
        (
            "/__keywright/oauth/tenant/.well-known/openid-configuration",
            "/__keywright/oauth/tenant",
            "tenant",
        ),
    ] {
        let seen = get(&stand_in, path);
        assert_eq!(
            seen.get("issuer"),
            format!("http://127.0.0.1:4010{issuer}"),
            "{path}"
        );
        let token = format!("http://127.0.0.1:4010/__keywright/oauth/{scheme}/token");
        assert_eq!(seen.get("token_endpoint"), token, "{path}");
    }
    let all = get(
        &pets(Settings::default()),
        "/.well-known/openid-configuration",
    )
    .json();
    let all = serde_json::to_string_pretty(&all).expect("it is JSON");
    assert_snapshot!(all);
}

/// Schemes with an endpoint in common are of one server, also those of two documents.
#[test]
fn what_a_server_issues_is_good_for_all_of_its_schemes() {
    let other = document(
        "    theirs:\n      type: oauth2\n      flows: { password: { tokenUrl: /token, scopes: { extra: '' } } }\n",
    );
    let stand_in = of(vec![contract("pets", PETS), contract("other", &other)]);
    let form = "grant_type=password&username=a&password=b";
    for path in ["/token", "/__keywright/oauth/theirs/token"] {
        let seen = post_as_app(&stand_in, path, form);
        assert_eq!(seen.get("scope"), "read write openid extra");
        let token = seen.get("access_token");
        assert_eq!(
            [
                call(&stand_in, "/v1/read", &token),
                call(&stand_in, "/v1/theirs", &token)
            ],
            [204, 204]
        );
    }
}

/// Two documents that call different schemes the same.
#[test]
fn schemes_of_one_name_are_kept_apart() {
    let document = |path: &str, operation: &str| {
        let scheme = format!(
            "    it:\n      type: oauth2\n      flows: {{ clientCredentials: {{ tokenUrl: {path}, scopes: {{}} }} }}\n"
        );
        document(&scheme).replace("/it:", &format!("/{operation}:"))
    };
    let contracts = vec![
        contract("one", &document("/1", "a")),
        contract("two", &document("/2", "b")),
    ];
    let stand_in = of(contracts);
    let paths: Vec<String> = stand_in
        .authorities()
        .into_iter()
        .map(|it| it.path)
        .collect();
    assert_eq!(
        paths,
        ["/__keywright/oauth/it", "/__keywright/oauth/two-it"]
    );
    let token = post_as_app(&stand_in, "/2", "grant_type=client_credentials").get("access_token");
    assert_eq!(
        [
            call(&stand_in, "/v1/a", &token),
            call(&stand_in, "/v1/b", &token)
        ],
        [401, 204]
    );
}

#[test]
fn operations_go_first_unless_their_path_may_be_anything() {
    let paths = "paths:
  /{any}: { parameters: [{ name: any, in: path, required: true, schema: { type: string } }], post: &done { responses: { '204': { description: Done. } } } }
  /device: { post: *done }
  /{a}/confirm: { parameters: [{ name: a, in: path, required: true, schema: { type: string } }], get: *done }
";
    let text = PETS
        .replace("https://pets.example.org/v1", "/")
        .replace("paths:\n", paths);
    let stand_in = of(vec![contract("pets", &text)]);
    let form = "grant_type=client_credentials";
    assert_eq!(post_as_app(&stand_in, "/token", form).outcome(), "200");
    assert_eq!(post_as_app(&stand_in, "/device", form).outcome(), "204");
    assert_eq!(post_as_app(&stand_in, "/other", form).outcome(), "204");
    assert_eq!(get(&stand_in, "/__keywright/confirm").outcome(), "200");
    assert_eq!(get(&stand_in, "/other/confirm").outcome(), "204");
}

#[test]
fn a_host_that_is_none_is_not_repeated() {
    let stand_in = pets(Settings::default());
    let request =
        http::Request::get("/.well-known/openid-configuration").header("host", "a\"><script>");
    let request = request.body(bytes::Bytes::new()).expect("it is a request");
    let seen = super::Seen {
        reply: stand_in.answer(&request),
    };
    assert_eq!(seen.get("issuer"), "http://localhost");
}

/// A sign-in as many services have it: an operation at the token endpoint, which wants less than OAuth does.
const SIGN_IN: &str = r"
openapi: 3.1.0
info: { title: Sign-in, version: 1.0.0 }
paths:
  /login:
    post:
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [username, password]
              properties:
                username: { type: string }
                password: { type: string }
                grant_type: { type: string }
                refresh_token: { type: string }
      responses:
        '200':
          description: Signed in.
          content: { application/json: { schema: SCHEMA } }
  /me: { get: { security: [{ user: [me] }], responses: { '204': { description: Done. } } } }
components:
  securitySchemes:
    user: { type: oauth2, flows: { password: { tokenUrl: login, scopes: { me: Yourself. } } } }
";

#[test]
fn an_operation_at_the_token_endpoint_issues_tokens() {
    let closed = "{ type: object, additionalProperties: false, required: [access_token, level], \
                  properties: { access_token: { type: string }, level: { type: integer, minimum: 3 }, \
                  token_type: { enum: [bearer, Bearer] } } }";
    for schema in ["{}", closed] {
        let stand_in = of(vec![contract("api", &SIGN_IN.replace("SCHEMA", schema))]);
        let seen = super::post(&stand_in, "/login", "username=ada&password=secret");
        assert_eq!(seen.status(), 200);
        assert_eq!(call(&stand_in, "/me", &seen.get("access_token")), 204);
        if schema == closed {
            let body = seen.json();
            let members: Vec<&String> = body.as_object().expect("an object").keys().collect();
            assert_eq!(members, ["access_token", "level", "token_type"]);
            assert!(body["level"].as_i64().is_some_and(|it| it >= 3), "{body}");
        }
        // It is judged as an operation, and by what OAuth says of what it has.
        assert_eq!(
            super::post(&stand_in, "/login", "username=ada").outcome(),
            "400"
        );
        let form = "username=a&password=b&client_id=c&grant_type=refresh_token&refresh_token=no";
        assert_eq!(
            super::post(&stand_in, "/login", form).outcome(),
            "400 invalid_grant"
        );
    }
}

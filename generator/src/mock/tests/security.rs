use super::{ask, outcome, stand_in, stand_in_with};
use crate::mock::{SetUpError, Settings};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Security, version: '1' }
paths:
  /either:
    get:
      security: [{ basic: [] }, { key: [], query: [] }]
      responses: { '204': { description: Fine }, '401': { description: Not } }
  /maybe:
    get:
      security: [{ bearer: [] }, {}]
      responses: { '204': { description: Fine } }
  /cookie:
    get:
      security: [{ cookie: [] }]
      responses: { '204': { description: Fine } }
  /prefixed:
    get:
      security: [{ prefixed: [] }]
      responses: { '204': { description: Fine } }
components:
  securitySchemes:
    basic: { type: http, scheme: basic }
    bearer: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: X-Key }
    query: { type: apiKey, in: query, name: key }
    cookie: { type: apiKey, in: cookie, name: session }
    prefixed: { type: apiKey, in: header, name: Authorization, x-keywright-prefix: Token }
";

#[test]
fn one_alternative_must_hold_with_all_of_its_schemes() {
    let service = stand_in(DOCUMENT);
    let of = |target: &str, headers: &[(&str, &str)]| {
        outcome(&ask(&service, &format!("GET {target}"), headers, ""))
    };
    // "a:b"
    assert_eq!(of("/either", &[("authorization", "basic YTpi")]), "204");
    assert_eq!(of("/either?key=1", &[("x-key", "1")]), "204");
    assert_eq!(
        of("/either", &[]),
        "401 credential: none of `basic` was sent"
    );
    assert_eq!(
        of("/either", &[("x-key", "1")]),
        "401 credential: none of `basic` was sent"
    );
    assert_eq!(
        of("/either", &[("authorization", "Basic ?")]),
        "401 credential: that of `basic`: it is not Base64"
    );
    assert_eq!(of("/maybe", &[]), "204");
    assert_eq!(of("/cookie", &[("cookie", "a=b; session=c")]), "204");
    assert_eq!(
        of("/cookie", &[("cookie", "a=b")]),
        "401 credential: none of `cookie` was sent"
    );
    assert_eq!(of("/prefixed", &[("authorization", "token x")]), "204");
    assert_eq!(
        of("/prefixed", &[("authorization", "x")]),
        "401 credential: that of `prefixed`: it does not begin with `Token `"
    );
    let challenges = ask(&service, "GET /either", &[], "");
    assert_eq!(
        challenges.headers["www-authenticate"],
        "Basic realm=\"stand-in\", charset=\"UTF-8\""
    );
}

#[test]
fn credentials_that_are_given_are_the_only_ones() {
    let credentials = |name: &str, value: &str| Settings {
        credentials: vec![(name.to_owned(), value.to_owned())],
        ..Settings::default()
    };
    let service = stand_in_with(DOCUMENT, credentials("basic", "a:b"));
    let of = |value: &str| {
        outcome(&ask(
            &service,
            "GET /either",
            &[("authorization", value)],
            "",
        ))
    };
    assert_eq!(of("Basic YTpi"), "204");
    assert_eq!(
        of("Basic YTpj"),
        "401 credential: that of `basic`: it is not the right one"
    );
    let error = credentials("basics", "x").check(service.contracts());
    assert!(matches!(error, Err(SetUpError::UnknownScheme { name, .. }) if name == "basics"));
}

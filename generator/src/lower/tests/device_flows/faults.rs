//! Device flows with faults in, what is said of them out.

use insta::assert_snapshot;

use super::{BASIC, PLAIN_POLL, PLAIN_START, flow};

/// A flow that is right but for its start.
fn start(keys: &str) -> String {
    let keys = keys.replace('\n', "\n  ");
    flow(&format!(
        "scheme: basicAuth\nstart:\n  {keys}\npoll:\n  {PLAIN_POLL}\n  {BASIC}"
    ))
}

/// A flow that is right but for its poll.
fn poll(scheme: &str, keys: &str) -> String {
    let keys = keys.replace('\n', "\n  ");
    flow(&format!("scheme: {scheme}\n{PLAIN_START}\npoll:\n  {keys}"))
}

/// A flow that is right but for some keys of its poll.
fn poll_with(keys: &str) -> String {
    poll(
        "basicAuth",
        &format!("{keys}\n{}", BASIC.replace("\n  ", "\n")),
    )
}

#[test]
fn keys_that_are_wrong() {
    assert_snapshot!(flow("[start]"), @r#"
    `x-keywright-device-flow` is a list, not a mapping
      at "x-keywright-device-flow" in "x-keywright-device-flow:"
      help: use `scheme`, `start`, `poll` or `check`
    "#);
    assert_snapshot!(flow("shceme: basicAuth\nstart: []\npoll:\ncheck: me"), @r#"
    `shceme` is not a key of `x-keywright-device-flow`
      at "shceme" in "shceme: basicAuth"
      help: a key with a similar name exists: `scheme`
    `x-keywright-device-flow` has no `scheme`
      at "x-keywright-device-flow" in "x-keywright-device-flow:"
      help: name the security scheme that uses the credential
    `start` is a list, not a mapping
      at "start" in "start: []"
      help: use `operation`, `token`, `url`, `code`, `interval` or `expiresIn`
    `poll` is null, not a mapping
      at "poll" in "poll:"
      help: use `operation`, `send`, `interval`, `deadline`, `pending`, `slowDown`, `gone`, `username`, `password` or `token`
    `check` is a string, not a mapping
      at "check" in "check: me"
      help: use `operation`
    "#);
    assert_snapshot!(flow("scheme: [basicAuth]\nstart: {}\npoll: {}\ncheck: {}"), @r#"
    `scheme` is a list, not a string
      at "scheme" in "scheme: [basicAuth]"
      help: name the security scheme that uses the credential
    `start` has no `operation`
      at "start" in "start: {}"
      help: use the `operationId` of an operation in this document
    `start` has no `token`
      at "start" in "start: {}"
      help: say where the response contains the token, such as `$response.body#/token`
    `poll` has no `operation`
      at "poll" in "poll: {}"
      help: use the `operationId` of an operation in this document
    `poll` has no `send`
      at "poll" in "poll: {}"
      help: say where the request contains the token: `send: { /token: token }`
    `poll` has no `pending`
      at "poll" in "poll: {}"
      help: list the status codes for "not confirmed yet"
    `check` has no `operation`
      at "check" in "check: {}"
      help: use the `operationId` of an operation in this document
    "#);
    assert_snapshot!(flow(
        "scheme: basicAuth\nstart: { operation: strat, tokn: $response.body#/token }\npoll: { slowdown: [429], scope: all }\ncheck: { operation: 1 }"
    ), @r#"
    `tokn` is not a key of `start`
      at "tokn" in "start: { operation: strat, tokn: $response.body#/token }"
      help: a key with a similar name exists: `token`
    no operation has the id `strat`
      at "strat" in "start: { operation: strat, tokn: $response.body#/token }"
      help: an operation with a similar id exists: `start`
    `start` has no `token`
      at "start" in "start: { operation: strat, tokn: $response.body#/token }"
      help: say where the response contains the token, such as `$response.body#/token`
    `slowdown` is not a key of `poll`
      at "slowdown" in "poll: { slowdown: [429], scope: all }"
      help: a key with a similar name exists: `slowDown`
    `scope` is not a key of `poll`
      at "scope" in "poll: { slowdown: [429], scope: all }"
      help: use `operation`, `send`, `interval`, `deadline`, `pending`, `slowDown`, `gone`, `username`, `password` or `token`
    `poll` has no `operation`
      at "poll" in "poll: { slowdown: [429], scope: all }"
      help: use the `operationId` of an operation in this document
    `poll` has no `send`
      at "poll" in "poll: { slowdown: [429], scope: all }"
      help: say where the request contains the token: `send: { /token: token }`
    `poll` has no `pending`
      at "poll" in "poll: { slowdown: [429], scope: all }"
      help: list the status codes for "not confirmed yet"
    `poll` has no `username`
      at "poll" in "poll: { slowdown: [429], scope: all }"
      help: use `username` and `password` to say where the response contains them
    `poll` has no `password`
      at "poll" in "poll: { slowdown: [429], scope: all }"
      help: use `username` and `password` to say where the response contains them
    `operation` is a number, not a string
      at "operation" in "check: { operation: 1 }"
      help: use the `operationId` of an operation in this document
    "#);
}

#[test]
fn schemes_that_are_not_there() {
    let of = |scheme: &str| {
        flow(&format!(
            "scheme: {scheme}\n{PLAIN_START}\npoll:\n  {PLAIN_POLL}\n  {BASIC}"
        ))
    };
    assert_snapshot!(of("basicAut"), @r#"
    no security scheme is named `basicAut`
      at "basicAut" in "scheme: basicAut"
      help: a security scheme with a similar name exists: `basicAuth`
    "#);
    assert_snapshot!(of("certificate"), @r#"
    the security scheme `certificate` cannot use the credential of the flow: the client does not send this scheme
      at "certificate" in "scheme: certificate"
      help: use a scheme of type `http` or `apiKey`, which says how the credential is sent
    "#);
}

#[test]
fn starts_that_are_wrong() {
    assert_snapshot!(start(
        "operation: start\ntoken: $response.body#/tokn\nurl: $request.body#/url\ncode: $response.body#/seconds\ninterval: $response.body#/isNew\nexpiresIn: 600"
    ), @r#"
    `$response.body#/tokn` does not exist: no successful response of `start` has a property `tokn` there
      at "$response.body#/tokn" in "token: $response.body#/tokn"
      help: a property with a similar name exists: `token`
    `$request.body#/url` is not a part of a response
      at "$request.body#/url" in "url: $request.body#/url"
      help: write it like `$response.body#/token` or `$response.header.X-Token`
    the value at `$response.body#/seconds` is not a string
      at "$response.body#/seconds" in "code: $response.body#/seconds"
      help: correct the schema, or refer to another value
    the value at `$response.body#/isNew` is neither a string nor a number
      at "$response.body#/isNew" in "interval: $response.body#/isNew"
      help: correct the schema, or refer to another value
    `expiresIn` is a number, not a string
      at "expiresIn" in "expiresIn: 600"
      help: write it like `$response.body#/token` or `$response.header.X-Token`
    "#);
    assert_snapshot!(start("operation: start\nurl: $response.body#/url"), @r#"
    `start` has no `token`
      at "start" in "start:"
      help: say where the response contains the token, such as `$response.body#/token`
    "#);
}

#[test]
fn polls_that_send_something_else() {
    assert_snapshot!(poll_with("operation: poll\npending: [403]"), @r#"
    `poll` has no `send`
      at "poll" in "poll:"
      help: say where the request contains the token: `send: { /token: token }`
    "#);
    assert_snapshot!(poll_with("operation: poll\npending: [403]\nsend: {}"), @r#"
    `send` is empty, so polls do not identify the flow
      at "send" in "send: {}"
      help: say where the request contains the token: `send: { /token: token }`
    "#);
    assert_snapshot!(poll_with(
        "operation: poll\npending: [403]\nsend: { /tokn: token, $request.query.token: code, $request.body#/token: 1 }"
    ), @r#"
    `/tokn` does not exist: the request of `poll` has no property `tokn` there
      at "/tokn" in "send: { /tokn: token, $request.query.token: code, $request.body#/token: 1 }"
      help: a property with a similar name exists: `token`
    `code` is not a value that polls send
      at "code" in "send: { /tokn: token, $request.query.token: code, $request.body#/token: 1 }"
      help: use `token`
    a number is not a value that polls send
      at "1" in "send: { /tokn: token, $request.query.token: code, $request.body#/token: 1 }"
      help: use `token`
    "#);
    assert_snapshot!(poll_with("operation: poll\npending: [403]\nsend: [token]"), @r#"
    `send` is a list, not a mapping
      at "send" in "send: [token]"
      help: map each place in the request to `token`
    "#);
}

#[test]
fn times_that_are_wrong() {
    let times = |keys: &str| {
        poll_with(&format!(
            "operation: poll\nsend: {{ /token: token }}\npending: [403]\n{keys}"
        ))
    };
    assert_snapshot!(times("interval: 10\ndeadline: 15 min"), @r#"
    `interval` is a number, not a string
      at "interval" in "interval: 10"
      help: write a number and a unit: `90s`, `30m`, `24h` or `7d`
    `15 min` is not a duration
      at "15 min" in "deadline: 15 min"
      help: write a number and a unit: `90s`, `30m`, `24h` or `7d`
    "#);
    assert_snapshot!(times("interval: 2m\ndeadline: 1m"), @r#"
    polls are 120 s apart, but the flow ends after 60 s
      at "1m" in "deadline: 1m"
      help: choose an `interval` shorter than the `deadline`
    "#);
    assert_snapshot!(times("interval: 1h"), @r#"
    polls are 3600 s apart, but the flow ends after 900 s
      at "1h" in "interval: 1h"
      help: choose an `interval` shorter than the `deadline`
    "#);
}

#[test]
fn statuses_that_are_wrong() {
    let statuses = |keys: &str| {
        poll_with(&format!(
            "operation: poll\nsend: {{ /token: token }}\n{keys}"
        ))
    };
    assert_snapshot!(statuses("gone: [410]"), @r#"
    `poll` has no `pending`
      at "poll" in "poll:"
      help: list the status codes for "not confirmed yet"
    "#);
    assert_snapshot!(statuses("pending: []"), @r#"
    `pending` is empty, so the first poll ends the flow
      at "pending" in "pending: []"
      help: list the status codes for "not confirmed yet"
    "#);
    assert_snapshot!(statuses("pending: 403\nslowDown: [200, slow]"), @r#"
    `pending` is a number, not a list
      at "pending" in "pending: 403"
      help: list status codes such as `401`, each from 400 to 599
    an item of `slowDown` is not an error status
      at "200" in "slowDown: [200, slow]"
      help: list status codes such as `401`, each from 400 to 599
    an item of `slowDown` is not an error status
      at "slow" in "slowDown: [200, slow]"
      help: list status codes such as `401`, each from 400 to 599
    "#);
    assert_snapshot!(statuses("pending: [403, 430]\nslowDown: [429, 403]\ngone: [410, 429, 404]"), @r#"
    `poll` documents no response with status 430
      at "430" in "pending: [403, 430]"
      help: correct the status, or document the response
    the status 403 is in both `pending` and `slowDown`
      at "403" in "slowDown: [429, 403]"
      help: keep one of the two
    the status 429 is in both `slowDown` and `gone`
      at "429" in "gone: [410, 429, 404]"
      help: keep one of the two
    `poll` documents no response with status 404
      at "404" in "gone: [410, 429, 404]"
      help: correct the status, or document the response
    "#);
}

#[test]
fn credentials_of_the_wrong_kind() {
    let of = |scheme: &str, keys: &str| {
        let plain = PLAIN_POLL.replace("\n  ", "\n");
        poll(scheme, &format!("{plain}\n{keys}"))
    };
    assert_snapshot!(of("basicAuth", "token: $response.body#/key"), @r#"
    `basicAuth` cannot use `token`: it takes a user name and a password
      at "token" in "token: $response.body#/key"
      help: use `username` and `password` to say where the response contains them
    "#);
    assert_snapshot!(of("bearerAuth", "username: $response.body#/name\npassword: $response.body#/key"), @r#"
    `bearerAuth` cannot use `username`: it takes a token
      at "username" in "username: $response.body#/name"
      help: use `token` to say where the response contains it
    `bearerAuth` cannot use `password`: it takes a token
      at "password" in "password: $response.body#/key"
      help: use `token` to say where the response contains it
    "#);
    assert_snapshot!(of("basicAuth", "username: $response.body#/name"), @r#"
    `poll` has no `password`
      at "poll" in "poll:"
      help: use `username` and `password` to say where the response contains them
    "#);
    assert_snapshot!(of("bearerAuth", ""), @r#"
    `poll` has no `token`
      at "poll" in "poll:"
      help: use `token` to say where the response contains it
    "#);
    assert_snapshot!(of("bearerAuth", "username: $response.body#/name\ntoken: $response.body#/level"), @r#"
    `bearerAuth` cannot use `username`: it takes a token
      at "username" in "username: $response.body#/name"
      help: use `token` to say where the response contains it
    the value at `$response.body#/level` is not a string
      at "$response.body#/level" in "token: $response.body#/level"
      help: correct the schema, or refer to another value
    "#);
    assert_snapshot!(of("none", "token: $response.body#/level"), @r#"
    no security scheme is named `none`
      at "none" in "scheme: none"
      help: name a security scheme of this document
    the value at `$response.body#/level` is not a string
      at "$response.body#/level" in "token: $response.body#/level"
      help: correct the schema, or refer to another value
    "#);
}

#[test]
fn checks_that_show_nothing() {
    let check = |operation: &str| {
        flow(&format!(
            "scheme: basicAuth\n{PLAIN_START}\npoll:\n  {PLAIN_POLL}\n  {BASIC}\ncheck: {{ operation: {operation} }}"
        ))
    };
    assert_snapshot!(check("start"), @r#"
    `start` does not use the security scheme `basicAuth`
      at "start" in "check: { operation: start }"
      help: name an operation that requires the credential
    "#);
    assert_snapshot!(check("meByToken"), @r#"
    `meByToken` does not use the security scheme `basicAuth`
      at "meByToken" in "check: { operation: meByToken }"
      help: name an operation that requires the credential
    "#);
    assert_snapshot!(check("mee"), @r#"
    no operation has the id `mee`
      at "mee" in "check: { operation: mee }"
      help: an operation with a similar id exists: `me`
    "#);
}

#[test]
fn statuses_of_ranges_are_documented() {
    for operation in ["pollLeniently", "pollByDefault"] {
        let found = poll_with(&format!(
            "operation: {operation}\nsend: {{ $request.query.token: token }}\npending: [404]"
        ));
        assert!(!found.contains("has no response"), "{found}");
    }
}

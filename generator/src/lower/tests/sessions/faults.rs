//! Sessions with faults in, what is said of them out.

use insta::assert_snapshot;

use super::{DOCUMENT, read, session, token};

/// What is wrong in what gives the first token, beside an operation and a token.
fn acquire(keys: &str) -> String {
    let keys = keys.replace('\n', "\n  ");
    session(&format!(
        "acquire:\n  operation: login\n  token: $response.body#/accessToken\n  {keys}\n"
    ))
}

/// What is wrong in what renews a token, beside an operation and a token.
fn renew(keys: &str) -> String {
    let keys = keys.replace('\n', "\n  ");
    session(&format!(
        "acquire: {{ operation: login, token: $response.body#/accessToken, refreshToken: $response.body#/refreshToken }}\nrenew:\n  operation: refresh\n  token: $response.body#/accessToken\n  {keys}\n"
    ))
}

#[test]
fn keys_that_are_wrong() {
    assert_snapshot!(session("[login]"), @r#"
    `x-keywright-session` is a list, not a mapping
      at "x-keywright-session" in "x-keywright-session:"
      help: use `acquire`, `renew` or `revoke`
    "#);
    assert_snapshot!(session("{}"), @r#"
    `x-keywright-session` has no `acquire`
      at "x-keywright-session" in "x-keywright-session:"
      help: name the operation that returns the token
    "#);
    assert_snapshot!(session("acquire: login\nrenew:\nrevoke: []"), @r#"
    `acquire` is a string, not a mapping
      at "acquire" in "acquire: login"
      help: use `operation`, `send`, `token`, `refreshToken`, `expiresIn`, `expiresAt`, `lifetime` or `ended`
    `renew` is null, not a mapping
      at "renew" in "renew:"
      help: use `operation`, `send`, `token`, `refreshToken`, `expiresIn`, `expiresAt`, `lifetime` or `ended`
    `revoke` is a list, not a mapping
      at "revoke" in "revoke: []"
      help: use `operation`, `send` or `scope`
    "#);
    assert_snapshot!(session("aquire: { operation: login }"), @r#"
    `aquire` is not a key of `x-keywright-session`
      at "aquire" in "aquire: { operation: login }"
      help: a key with a similar name exists: `acquire`
    `x-keywright-session` has no `acquire`
      at "x-keywright-session" in "x-keywright-session:"
      help: name the operation that returns the token
    "#);
    assert_snapshot!(acquire(
        "refeshToken: $response.body#/refreshToken\nscope: all"
    ), @r#"
    `refeshToken` is not a key of `acquire`
      at "refeshToken" in "refeshToken: $response.body#/refreshToken"
      help: a key with a similar name exists: `refreshToken`
    `scope` is not a key of `acquire`
      at "scope" in "scope: all"
      help: use `operation`, `send`, `token`, `refreshToken`, `expiresIn`, `expiresAt`, `lifetime` or `ended`
    "#);
    assert_snapshot!(session("acquire: {}\nrevoke: { scope: user }"), @r#"
    `acquire` has no `operation`
      at "acquire" in "acquire: {}"
      help: use the `operationId` of an operation in this document
    `acquire` has no `token`
      at "acquire" in "acquire: {}"
      help: say where the response contains the token, such as `$response.body#/token`
    `revoke` has no `operation`
      at "revoke" in "revoke: { scope: user }"
      help: use the `operationId` of an operation in this document
    `scope` is not `all`
      at "user" in "revoke: { scope: user }"
      help: write `all` if the operation ends all sessions of the user; otherwise remove `scope`
    "#);
}

#[test]
fn operations_that_are_not_there() {
    assert_snapshot!(session(
        "acquire: { operation: logn, token: $response.body#/accessToken }\nrenew: { operation: 1, token: $response.body }\nrevoke: { operation: unreadable }"
    ), @r#"
    no operation has the id `logn`
      at "logn" in "acquire: { operation: logn, token: $response.body#/accessToken }"
      help: an operation with a similar id exists: `login`
    `operation` is a number, not a string
      at "operation" in "renew: { operation: 1, token: $response.body }"
      help: use the `operationId` of an operation in this document
    the operation `unreadable` is left out: part of its request cannot be read
      at "unreadable" in "revoke: { operation: unreadable }"
      help: name another operation
    "#);
    assert_snapshot!(token("get-free", "$response.body"), @r#"
    no operation has the id `get-free`
      at "get-free" in "acquire: { operation: get-free, token: $response.body }"
      help: use the `operationId` of an operation in this document
    "#);
}

#[test]
fn parts_of_responses_that_are_not_there() {
    assert_snapshot!(token("login", "$response.body#/acessToken"), @r#"
    `$response.body#/acessToken` does not exist: no successful response of `login` has a property `acessToken` there
      at "$response.body#/acessToken" in "acquire: { operation: login, token: $response.body#/acessToken }"
      help: a property with a similar name exists: `accessToken`
    "#);
    assert_snapshot!(token("login", "$response.body#/error"), @r#"
    `$response.body#/error` does not exist: no successful response of `login` has a property `error` there
      at "$response.body#/error" in "acquire: { operation: login, token: $response.body#/error }"
      help: correct the pointer, or add the property to the schema
    "#);
    assert_snapshot!(token("login", "$response.body#/all/first/token"), @r#"
    `$response.body#/all/first/token` does not exist: no successful response of `login` has a property `first` there
      at "$response.body#/all/first/token" in "acquire: { operation: login, token: $response.body#/all/first/token }"
      help: correct the pointer, or add the property to the schema
    "#);
    assert_snapshot!(token("login", "$response.body#/accessToken/text"), @r#"
    `$response.body#/accessToken/text` does not exist: no successful response of `login` has a property `text` there
      at "$response.body#/accessToken/text" in "acquire: { operation: login, token: $response.body#/accessToken/text }"
      help: correct the pointer, or add the property to the schema
    "#);
    assert_snapshot!(token("login", "$response.header.X-Tokn"), @r#"
    no successful response of `login` has a header `X-Tokn`
      at "$response.header.X-Tokn" in "acquire: { operation: login, token: $response.header.X-Tokn }"
      help: a header with a similar name exists: `X-Token`
    "#);
    assert_snapshot!(token("text", "$response.body"), @r#"
    `$response.body` does not exist: no successful response of `text` has a JSON body
      at "$response.body" in "acquire: { operation: text, token: $response.body }"
      help: describe the body in the document
    "#);
    assert_snapshot!(token("logout", "$response.body#/token"), @r#"
    `$response.body#/token` does not exist: no successful response of `logout` has a JSON body
      at "$response.body#/token" in "acquire: { operation: logout, token: $response.body#/token }"
      help: describe the body in the document
    "#);
    assert_snapshot!(token("login", "$request.body#/user"), @r#"
    `$request.body#/user` is not a part of a response
      at "$request.body#/user" in "acquire: { operation: login, token: $request.body#/user }"
      help: write it like `$response.body#/token` or `$response.header.X-Token`
    "#);
    assert_snapshot!(token("login", "accessToken"), @r#"
    `accessToken` is not a part of a response
      at "accessToken" in "acquire: { operation: login, token: accessToken }"
      help: write it like `$response.body#/token` or `$response.header.X-Token`
    "#);
    assert_snapshot!(token("login", "[accessToken]"), @r#"
    `token` is a list, not a string
      at "token" in "acquire: { operation: login, token: [accessToken] }"
      help: write it like `$response.body#/token` or `$response.header.X-Token`
    "#);
}

#[test]
fn values_of_wrong_types() {
    assert_snapshot!(token("login", "$response.body#/count"), @r#"
    the value at `$response.body#/count` is not a string
      at "$response.body#/count" in "acquire: { operation: login, token: $response.body#/count }"
      help: correct the schema, or refer to another value
    "#);
    assert_snapshot!(token("login", "$response.body"), @r#"
    the value at `$response.body` is not a string
      at "$response.body" in "acquire: { operation: login, token: $response.body }"
      help: correct the schema, or refer to another value
    "#);
    assert_snapshot!(token("login", "$response.header.X-Lifetime"), @r#"
    the value at `$response.header.X-Lifetime` is not a string
      at "$response.header.X-Lifetime" in "acquire: { operation: login, token: $response.header.X-Lifetime }"
      help: correct the schema, or refer to another value
    "#);
    assert_snapshot!(acquire(
        "refreshToken: $response.body#/isNew\nexpiresIn: $response.body#/isNew"
    ), @r#"
    the value at `$response.body#/isNew` is not a string
      at "$response.body#/isNew" in "refreshToken: $response.body#/isNew"
      help: correct the schema, or refer to another value
    the value at `$response.body#/isNew` is neither a string nor a number
      at "$response.body#/isNew" in "expiresIn: $response.body#/isNew"
      help: correct the schema, or refer to another value
    "#);
    assert_snapshot!(acquire("expiresAt: $response.body#/all"), @r#"
    the value at `$response.body#/all` is neither a string nor a number
      at "$response.body#/all" in "expiresAt: $response.body#/all"
      help: correct the schema, or refer to another value
    "#);
}

#[test]
fn expiries_that_are_wrong() {
    assert_snapshot!(acquire(
        "lifetime: 24h\nexpiresIn: $response.body#/expiresIn"
    ), @r#"
    `expiresIn` and `lifetime` both state when the token expires
      at "lifetime" in "lifetime: 24h"
      help: keep one of them
    "#);
    assert_snapshot!(acquire("lifetime: 24"), @r#"
    `lifetime` is a number, not a string
      at "lifetime" in "lifetime: 24"
      help: write a number and a unit: `90s`, `30m`, `24h` or `7d`
    "#);
    assert_snapshot!(acquire("lifetime: 1 day"), @r#"
    `1 day` is not a duration
      at "1 day" in "lifetime: 1 day"
      help: write a number and a unit: `90s`, `30m`, `24h` or `7d`
    "#);
    assert_snapshot!(acquire("ended: 401"), @r#"
    `ended` is a number, not a list
      at "ended" in "ended: 401"
      help: list status codes such as `401`, each from 400 to 599
    "#);
    assert_snapshot!(acquire("ended: [200, 70000, -1, 4.01, Unauthorized, []]"), @r#"
    an item of `ended` is not an error status
      at "200" in "ended: [200, 70000, -1, 4.01, Unauthorized, []]"
      help: list status codes such as `401`, each from 400 to 599
    an item of `ended` is not an error status
      at "70000" in "ended: [200, 70000, -1, 4.01, Unauthorized, []]"
      help: list status codes such as `401`, each from 400 to 599
    an item of `ended` is not an error status
      at "-1" in "ended: [200, 70000, -1, 4.01, Unauthorized, []]"
      help: list status codes such as `401`, each from 400 to 599
    an item of `ended` is not an error status
      at "4.01" in "ended: [200, 70000, -1, 4.01, Unauthorized, []]"
      help: list status codes such as `401`, each from 400 to 599
    an item of `ended` is not an error status
      at "Unauthorized" in "ended: [200, 70000, -1, 4.01, Unauthorized, []]"
      help: list status codes such as `401`, each from 400 to 599
    an item of `ended` is not an error status
      at "[]" in "ended: [200, 70000, -1, 4.01, Unauthorized, []]"
      help: list status codes such as `401`, each from 400 to 599
    "#);
}

#[test]
fn what_is_sent_that_is_wrong() {
    assert_snapshot!(acquire("send: { /user: token }"), @r#"
    `acquire` cannot have `send`: there is no session yet
      at "send" in "send: { /user: token }"
      help: remove `send`; the caller passes the arguments of the operation
    "#);
    assert_snapshot!(renew(
        "send:\n  /refreshTokn: refreshToken\n  /count: token\n  $request.header.X-Tokn: token\n  $request.query.tokn: token\n  $request.query.page: token"
    ), @r#"
    `/refreshTokn` does not exist: the request of `refresh` has no property `refreshTokn` there
      at "/refreshTokn" in "/refreshTokn: refreshToken"
      help: a property with a similar name exists: `refreshToken`
    the value at `/count` is not a string
      at "/count" in "/count: token"
      help: correct the schema, or refer to another value
    the request of `refresh` has no header `X-Tokn`
      at "$request.header.X-Tokn" in "$request.header.X-Tokn: token"
      help: a header with a similar name exists: `X-Token`
    the request of `refresh` has no query parameter `tokn`
      at "$request.query.tokn" in "$request.query.tokn: token"
      help: a query parameter with a similar name exists: `token`
    the value at `$request.query.page` is not a string
      at "$request.query.page" in "$request.query.page: token"
      help: correct the schema, or refer to another value
    "#);
    assert_snapshot!(renew(
        "send: { /refreshToken: refreshTokn, $request.query.token: 1 }"
    ), @r#"
    `refreshTokn` is not a part of a session
      at "refreshTokn" in "send: { /refreshToken: refreshTokn, $request.query.token: 1 }"
      help: a value with a similar name exists: `refreshToken`
    a number is not a part of a session
      at "1" in "send: { /refreshToken: refreshTokn, $request.query.token: 1 }"
      help: use `token` or `refreshToken`
    "#);
    assert_snapshot!(renew(
        "send: { /refreshToken: token, $request.body#/refreshToken: token }"
    ), @r#"
    `$request.body#/refreshToken` names a part of the request that is already in use
      at "$request.body#/refreshToken" in "send: { /refreshToken: token, $request.body#/refreshToken: token }"
      help: keep one of the two
    "#);
    assert_snapshot!(renew(
        "send: { refreshToken: token, $response.body#/a: token, /a~: token }"
    ), @r#"
    `refreshToken` is not a part of a request
      at "refreshToken" in "send: { refreshToken: token, $response.body#/a: token, /a~: token }"
      help: write it like `/token`, `$request.header.X-Token` or `$request.query.token`
    `$response.body#/a` is not a part of a request
      at "$response.body#/a" in "send: { refreshToken: token, $response.body#/a: token, /a~: token }"
      help: write it like `/token`, `$request.header.X-Token` or `$request.query.token`
    `/a~` is not a part of a request
      at "/a~" in "send: { refreshToken: token, $response.body#/a: token, /a~: token }"
      help: write it like `/token`, `$request.header.X-Token` or `$request.query.token`
    "#);
    assert_snapshot!(renew("send: [refreshToken]"), @r#"
    `send` is a list, not a mapping
      at "send" in "send: [refreshToken]"
      help: map each place in the request to `token` or `refreshToken`
    "#);
    assert_snapshot!(session(
        "acquire: { operation: login, token: $response.body#/accessToken }\nrenew: { operation: free, token: $response.body, send: { /a: refreshToken } }"
    ), @r#"
    `/a` does not exist: the request of `free` has no JSON body
      at "/a" in "renew: { operation: free, token: $response.body, send: { /a: refreshToken } }"
      help: describe the body in the document
    `renew` sends a refresh token, but `acquire` does not return one
      at "refreshToken" in "renew: { operation: free, token: $response.body, send: { /a: refreshToken } }"
      help: add `refreshToken` to `acquire` to say where the response contains it
    "#);
    assert_snapshot!(session(
        "acquire: { operation: login, token: $response.body#/accessToken }\nrevoke: { operation: refresh, send: { /refreshToken: refreshToken } }"
    ), @r#"
    `revoke` sends a refresh token, but `acquire` does not return one
      at "refreshToken" in "revoke: { operation: refresh, send: { /refreshToken: refreshToken } }"
      help: add `refreshToken` to `acquire` to say where the response contains it
    "#);
}

#[test]
fn places_in_requests_are_few() {
    let sent = |count: usize| {
        let places: Vec<_> = (0..count).map(|it| format!("/{it}: token")).collect();
        renew(&format!("send: {{ {} }}", places.join(", ")))
    };
    assert!(sent(20).starts_with("`/0` does not exist"));
    assert!(sent(21).starts_with("`send` has more than 20 entries"));
}

#[test]
fn nothing_is_sent_in_a_list() {
    let document = DOCUMENT.replace(
        "Refresh: { type: object, properties: { refreshToken",
        "Refresh: { type: object, properties: { all: { type: array, items: { type: object, properties: { t: { type: string } } } }, refreshToken",
    );
    let session = "acquire: { operation: login, token: $response.body#/accessToken }
        renew: { operation: refresh, send: { /all/0/t: token }, token: $response.body#/accessToken }";
    assert_snapshot!(read(&format!("{document}        {session}\n")), @r#"
    `/all/0/t` does not exist: the request of `refresh` has no property `0` there
      at "/all/0/t" in "renew: { operation: refresh, send: { /all/0/t: token }, token: $response.body#/accessToken }"
      help: correct the pointer, or add the property to the schema
    "#);
}

#[test]
fn signing_in_takes_no_token() {
    let document = DOCUMENT.replacen("security: []", "security: [{ bearerAuth: [] }]", 1);
    let session = "acquire: { operation: login, token: $response.body#/accessToken }";
    assert_snapshot!(read(&format!("{document}        {session}\n")), @r#"
    the operation requires the credential of `bearerAuth`, which it is supposed to return
      at "login" in "acquire: { operation: login, token: $response.body#/accessToken }"
      help: add `security: []` to the operation, or list what it requires
    "#);
    let either = DOCUMENT.replacen("security: []", "security: [{ bearerAuth: [] }, {}]", 1);
    assert_snapshot!(read(&format!("{either}        {session}\n")), @"
    session bearerAuth
      acquire by login
        token from body /accessToken
        ended by [401]
    ");
}

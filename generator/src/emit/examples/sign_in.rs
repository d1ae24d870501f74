//! How an example signs in, renews what it has got, and signs out.

use super::plan::Way;
use super::program::Program;
use crate::emit::example::{self, CallArgument, Expression, Sample, closure_statement};
use crate::emit::pairs::Operation;
use crate::emit::written::literal;
use crate::ir::{DeviceStart, OAuthFlow, OAuthFlowKind, OperationId, SchemeId};
use crate::markdown::{code, prose};
use crate::shape::Session;

/// Has a session renew its token.
const RENEWS: [&str; 3] = [
    "// The session renews its token automatically. This renews it now.",
    "let state = session.renew().await?;",
    "println!(\"Renewed: {state:?}\");",
];

/// What has to be known before the client is built.
pub(super) fn set_up(program: &mut Program<'_>) -> Option<()> {
    match program.plan.way {
        Some(Way::Session(session, it)) => session_by(program, session, it.acquire.operation),
        Some(Way::OAuth(session, flow)) => {
            app(program, session, flow);
            Some(())
        }
        Some(Way::Device(..)) | None => Some(()),
    }
}

/// What the user does when the client is there: nothing, in most ways.
pub(super) fn ask_user(program: &mut Program<'_>) -> Option<()> {
    match program.plan.way {
        Some(Way::Device(session, it)) => by_device(program, session, &it.start),
        Some(Way::OAuth(session, flow)) => {
            by_browser(program, session, flow);
            Some(())
        }
        Some(Way::Session(..)) | None => Some(()),
    }
}

/// `builder = builder.token_session(move |client| client.login(body.clone()));`
fn session_by(program: &mut Program<'_>, session: &Session, acquire: OperationId) -> Option<()> {
    let operation = Operation::new(program.cx, acquire);
    // A body that can be sent once only has to be made anew for each request, of values that are at hand.
    let mut arguments = if operation.shape.is_once {
        program.name_struct(operation);
        example::arguments(&Sample::to_read(program.cx), operation)?
    } else {
        arguments(program, session.scheme, operation)?
    };
    let set = &session.names.set;
    if arguments.is_empty() {
        let method = &operation.shape.method;
        program.push([&*format!("builder = builder.{set}(Client::{method});")]);
        return Some(());
    }
    // The request is made anew whenever the client signs in. What it is made of is there before.
    let head = if arguments.iter().any(|it| it.is_asked) {
        "move |client| "
    } else {
        "|client| "
    };
    program.declare(&mut arguments, ".clone()");
    let call = example::assemble(operation, arguments);
    let before = format!("builder = builder.{set}(");
    let lines = closure_statement(1, &before, head, &call);
    program.lines.extend(lines);
    Some(())
}

/// What a request to sign in or to confirm is made of: what only the user knows comes from variables.
fn arguments<'a>(
    program: &mut Program<'a>,
    scheme: SchemeId,
    operation: Operation<'a>,
) -> Option<Vec<CallArgument<'a>>> {
    let of = program.cx.shape.credentials[scheme.0 as usize]
        .setter
        .as_str();
    let id = code(&operation.ir.id);
    let variables = &program.variables;
    let ask = |name: &str| variables.read(of, name, prose!("{} for {}", code(name), id));
    let sample = Sample::to_sign_in(program.cx, &ask, &program.seen);
    let arguments = example::arguments(&sample, operation)?;
    program.name_struct(operation);
    Some(arguments)
}

/// The user confirms on another device.
fn by_device(program: &mut Program<'_>, session: &Session, start: &DeviceStart) -> Option<()> {
    let operation = Operation::new(program.cx, start.operation);
    program.blank();
    let mut arguments = arguments(program, session.scheme, operation)?;
    program.declare(&mut arguments, "");
    let call = example::assemble(operation, arguments);
    program.statement("let start = ", &call);
    let confirmation = format!("client.{}(", session.names.confirm);
    let confirmation = Expression::list(confirmation, vec![Expression::plain("start")], ")");
    confirm(
        program,
        &confirmation,
        start.url.is_some(),
        start.code.is_some(),
    );
    Some(())
}

/// Starts a confirmation, tells the user what to do, and waits for it.
fn confirm(program: &mut Program<'_>, confirmation: &Expression, has_url: bool, has_code: bool) {
    program.statement("let confirmation = ", confirmation);
    program.push(["let confirming = confirmation.start().await?;"]);
    if has_url {
        program.push([
            "if let Some(url) = confirming.url() {",
            "    println!(\"Confirm at {url}\");",
            "}",
        ]);
    }
    if has_code {
        program.push([
            "if let Some(code) = confirming.code() {",
            "    println!(\"The code is {code}\");",
            "}",
        ]);
    }
    if !has_url && !has_code {
        program.push(["println!(\"Waiting for the confirmation\");"]);
    }
    program.push(["let client = confirming.wait().await?;"]);
}

/// The app as which the client asks an authorization server, and the client that does so by itself.
fn app(program: &mut Program<'_>, session: &Session, flow: &OAuthFlow) {
    let of = program.cx.shape.credentials[session.scheme.0 as usize]
        .setter
        .as_str();
    let name = code(&program.cx.api[session.scheme].name);
    let about = prose!("the client ID of the app for {}", name);
    let id = program.variables.read(of, "client_id", about);
    let app = Expression::list("App::new(", vec![id], ")");
    if flow.kind == OAuthFlowKind::ClientCredentials {
        program.statement("let app = ", &app);
        let about = prose!("the client secret of the app for {}", name);
        let secret = program.variables.read(of, "client_secret", about);
        let secret = Expression::list("app.secret(", vec![secret], ")");
        program.statement("let app = ", &secret);
    } else if flow.kind == OAuthFlowKind::Implicit {
        program.statement("let app = ", &app);
    } else {
        program.statement("let mut app = ", &app);
        let about = prose!("the client secret of the app for {}, if it has one", name);
        let secret = program.variables.try_read(of, "client_secret", about);
        program.statement("let secret = ", &secret);
        program.push([
            "if let Ok(secret) = secret {",
            "    app = app.secret(secret);",
            "}",
        ]);
    }
    if !program.plan.scopes.is_empty() {
        let scopes = program.plan.scopes.iter();
        let scopes = scopes.map(|it| Expression::plain(literal(it)));
        let scopes = Expression::list("[", scopes.collect(), "]");
        let scopes = Expression::list("app.scopes(", vec![scopes], ")");
        program.statement("let app = ", &scopes);
    }
    let mut arguments = vec![Expression::plain("app")];
    if flow.kind == OAuthFlowKind::Password {
        for what in ["username", "password"] {
            let about = prose!("the {} of the user for {}", what, name);
            arguments.push(program.variables.read(of, what, about));
        }
    }
    if flow.kind.is_unattended() {
        let set = format!("builder.{}(", method(session, flow));
        program.statement("builder = ", &Expression::list(set, arguments, ")"));
    }
}

/// The client's or builder's method for a flow.
fn method(session: &Session, flow: &OAuthFlow) -> String {
    let method = session.flows.as_ref().map(|it| it.method(flow.kind));
    method.map(ToString::to_string).unwrap_or_default()
}

/// The user signs in to an authorization server.
fn by_browser(program: &mut Program<'_>, session: &Session, flow: &OAuthFlow) {
    let open = format!("client.{}(", method(session, flow));
    let app = Expression::plain("app");
    match flow.kind {
        OAuthFlowKind::ClientCredentials | OAuthFlowKind::Password => {}
        OAuthFlowKind::Device => {
            program.blank();
            confirm(program, &Expression::list(open, vec![app], ")"), true, true);
        }
        OAuthFlowKind::AuthorizationCode | OAuthFlowKind::Implicit => {
            let of = program.cx.shape.credentials[session.scheme.0 as usize]
                .setter
                .as_str();
            let name = code(&program.cx.api[session.scheme].name);
            let about = prose!(
                "the URL that {} redirects the browser to after sign-in",
                name
            );
            let url = program.variables.read(of, "redirect_url", about);
            program.blank();
            program.statement("let redirect_url = ", &url);
            let arguments = vec![app, Expression::plain("redirect_url")];
            program.statement(
                "let authorization = ",
                &Expression::list(open, arguments, ")"),
            );
            program.push([
                "let authorizing = authorization.start().await?;",
                "println!(\"Sign in at {}\", authorizing.url());",
                "println!(\"Then enter the URL that the browser was redirected to:\");",
                "let mut redirected = String::new();",
                "std::io::stdin().read_line(&mut redirected)?;",
                "let client = authorizing.finish(redirected.trim()).await?;",
            ]);
        }
    }
}

/// Signs in, unless the user has just done so.
pub(super) fn signed_in(program: &mut Program<'_>) {
    let Some(way) = program.plan.way else {
        return;
    };
    program.blank();
    let get = &way.session().names.get;
    let session = format!("let session = client.{get}();");
    let signs_in = match way {
        Way::Session(..) => true,
        Way::OAuth(_, flow) => flow.kind.is_unattended(),
        Way::Device(..) => false,
    };
    if signs_in {
        program.push([
            "// Requests that need the token would also sign in.",
            &session,
            "let state = session.ensure().await?;",
            "println!(\"Signed in: {state:?}\");",
        ]);
    } else {
        program.push([&*session, "println!(\"Signed in: {:?}\", session.state());"]);
    }
}

/// Renews the token, if that can be, and signs out.
pub(super) fn sign_out(program: &mut Program<'_>) {
    let Some(way) = program.plan.way else {
        return;
    };
    let ends_all = match way {
        Way::Session(_, it) => {
            if it.renew.is_some() {
                program.blank();
                program.push(RENEWS);
            }
            it.revoke.as_ref().is_some_and(|it| it.ends_all)
        }
        Way::OAuth(_, flow) => {
            if flow.kind == OAuthFlowKind::ClientCredentials {
                program.blank();
                program.push(RENEWS);
            } else if flow.kind != OAuthFlowKind::Implicit {
                program.blank();
                program.push([
                    "// If the server gives refresh tokens, the session renews its token automatically. This renews it now.",
                    "match session.renew().await {",
                    "    Ok(state) => println!(\"Renewed: {state:?}\"),",
                    "    Err(error) => println!(\"Not renewed: {error}\"),",
                    "}",
                ]);
            }
            false
        }
        Way::Device(..) => false,
    };
    program.blank();
    if ends_all {
        program.push(["// This ends all sessions of the user."]);
    }
    program.push(["session.sign_out().await?;"]);
}

//! Names of operations and of what belongs to each.

use std::collections::HashMap;

use super::conflict::{Case, Scope, Wish, settle, settle_by, settle_families};
use super::{ident, report_refused, reserved, status, words};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{
    Api, Argument, BodyNames, Ident, Operation, OperationNames, ParameterKind, Payload, Response,
    SchemeNames, media_type_words, route_words,
};

/// The types of a module.
pub(super) const TYPES: Scope<'_> = Scope {
    case: Case::Camel,
    taken: reserved::MODULE,
    suffix: "operation",
};
/// The methods of a request.
const ARGUMENTS: Scope<'_> = Scope {
    case: Case::Snake,
    taken: reserved::REQUEST,
    suffix: "argument",
};
/// The methods of a response.
const HEADERS: Scope<'_> = Scope {
    case: Case::Snake,
    taken: reserved::RESPONSE,
    suffix: "header",
};
/// The variants of an operation's error and of its several successes.
const VARIANTS: Scope<'_> = Scope {
    case: Case::Camel,
    taken: &["Other"],
    suffix: "response",
};
/// The variants of a body that may be of several payloads.
const PAYLOADS: Scope<'_> = Scope {
    case: Case::Camel,
    taken: &[],
    suffix: "body",
};

/// The operations of an API, named.
pub(super) struct Operations {
    /// The names.
    pub(super) names: Vec<OperationNames>,
    /// What each is called after: its id, as a rule.
    pub(super) titles: Vec<String>,
}

/// Names every operation.
pub(super) fn assign(
    api: &Api,
    schemes: &[SchemeNames],
    diagnostics: &mut Diagnostics,
) -> Operations {
    let methods = methods(api, schemes);
    report_collisions(api, &methods, diagnostics);
    let titles: Vec<String> = api
        .operations
        .iter()
        .zip(&methods)
        .map(|(operation, method)| title(operation, method))
        .collect();
    let wishes = titles.iter().map(|title| Wish::of(title, None)).collect();
    let builders = settle_families(wishes, TYPES, |index, builder| {
        let operation = &api.operations[index];
        let words = operation.responses.iter().map(status_word);
        let of_responses = words.flat_map(|word| [format!("{word}Headers"), format!("{word}Body")]);
        let own = ["Error", "Success", "Body", "Arguments"].map(str::to_owned);
        own.into_iter()
            .chain(of_responses)
            .map(|suffix| format!("{builder}{suffix}"))
            .collect()
    });
    let names = api
        .operations
        .iter()
        .zip(methods)
        .zip(builders)
        .map(|((operation, method), builder)| names(operation, method, builder, diagnostics))
        .collect();
    Operations { names, titles }
}

/// The methods. Two that differ are also the names of types that differ.
fn methods(api: &Api, schemes: &[SchemeNames]) -> Vec<Ident> {
    let mut taken = reserved::CLIENT.to_vec();
    let with = schemes.iter().flat_map(|it| [&it.with, &it.with_provider]);
    let sessions = schemes.iter().filter_map(|it| it.session.as_ref());
    let sessions = sessions.flat_map(|it| [&it.get, &it.with, &it.confirm]);
    let flows = schemes.iter().filter_map(|it| it.oauth.as_ref());
    let flows = flows.flat_map(|it| [&it.authorization_code, &it.implicit, &it.device]);
    taken.extend(with.chain(sessions).chain(flows).map(Ident::as_str));
    let scope = Scope {
        case: Case::Snake,
        taken: &taken,
        suffix: "operation",
    };
    let wishes: Vec<_> = api.operations.iter().map(wish).collect();
    settle_by(&wishes, scope, words::camel)
}

/// What an operation may be called: its id, or else its method and path.
fn wish(operation: &Operation) -> Wish {
    let method = operation.method.as_str();
    let spelled = words::spellings(&operation.path).map(|path| format!("{method} {path}"));
    Wish::plain(&operation.id, operation.rust_name.as_ref())
        .at(format!("{} {method}", operation.path))
        .or([route_words(method, &operation.path)])
        .or(spelled.into_iter().skip(1))
}

/// The text that a method's name was made of, which is also what the operation's types are called after.
fn title(operation: &Operation, method: &Ident) -> String {
    let is_own = |text: &&String| {
        let name = words::snake(text);
        method.as_str() == reserved::escape(name.clone())
            || method.as_str() == format!("{name}_{}", TYPES.suffix)
    };
    let own = operation.rust_name.as_ref().unwrap_or(&operation.id);
    match Some(own).filter(is_own) {
        Some(own) => own.clone(),
        None => method.to_string(),
    }
}

fn names(
    operation: &Operation,
    method: Ident,
    builder: Ident,
    diagnostics: &mut Diagnostics,
) -> OperationNames {
    let suffixed = |suffix: &str| ident(format!("{builder}{suffix}"));
    let arguments = arguments(&operation.arguments, diagnostics);
    let empties = empties(&operation.arguments, &arguments);
    // The body is called `body`, and a parameter of that name keeps it.
    let body_taken = arguments.iter().any(|name| name.as_str() == "body");
    let response = |response: &Response| {
        Wish::of(
            &status::variant(response.status),
            response.rust_name.as_ref(),
        )
    };
    let responses: Vec<_> = operation.responses.iter().map(response).collect();
    let sent = operation.body.iter().flat_map(|body| &body.payloads);
    let received = operation.responses.iter().map(|response| BodyNames {
        ty: suffixed(&format!("{}Body", status_word(response))),
        payloads: payloads(&response.payloads),
    });
    OperationNames {
        method,
        arguments_type: suffixed("Arguments"),
        error: suffixed("Error"),
        success: suffixed("Success"),
        arguments,
        empties,
        body: ident(if body_taken { "request_body" } else { "body" }.to_owned()),
        body_type: BodyNames {
            ty: suffixed("Body"),
            payloads: payloads(sent),
        },
        body_types: received.collect(),
        responses: settle(&responses, VARIANTS),
        header_types: operation
            .responses
            .iter()
            .map(|response| suffixed(&format!("{}Headers", status_word(response))))
            .collect(),
        headers: operation.responses.iter().map(headers).collect(),
        builder,
    }
}

/// The arguments. Parameters of one name travel in different places, and are told apart by these.
fn arguments(arguments: &[Argument], diagnostics: &mut Diagnostics) -> Vec<Ident> {
    let wish = |argument: &Argument| {
        let (rank, place) = match argument.kind {
            ParameterKind::Path => (0, "path"),
            ParameterKind::Query | ParameterKind::QueryString => (1, "query"),
            ParameterKind::Header => (2, "header"),
            ParameterKind::Cookie => (3, "cookie"),
        };
        let spellings = words::spellings(&argument.wire_name);
        let placed = spellings.clone().map(|text| format!("{text} {place}"));
        Wish::plain(&argument.wire_name, argument.rust_name.as_ref())
            .at(rank.to_string())
            .or(spellings.into_iter().take(2))
            .or(placed)
    };
    let wishes: Vec<_> = arguments.iter().map(wish).collect();
    let names = settle(&wishes, ARGUMENTS);
    for ((argument, wish), name) in arguments.iter().zip(&wishes).zip(&names) {
        if let Some(given) = &argument.rust_name
            && wish.is_refused(name, ARGUMENTS)
        {
            report_refused(diagnostics, &argument.origin.place, given, name);
        }
    }
    names
}

/// The setters that send an argument without a value, called after the argument.
fn empties(arguments: &[Argument], names: &[Ident]) -> Vec<Option<Ident>> {
    let taken: Vec<&str> = names
        .iter()
        .map(Ident::as_str)
        .chain(reserved::REQUEST.iter().copied())
        .collect();
    let scope = Scope {
        taken: &taken,
        ..ARGUMENTS
    };
    let is_empty =
        |(argument, name): &(&Argument, &Ident)| argument.may_be_empty.then(|| name.to_string());
    let wanted: Vec<Option<String>> = arguments
        .iter()
        .zip(names)
        .map(|it| is_empty(&it))
        .collect();
    let wishes: Vec<Wish> = wanted
        .iter()
        .flatten()
        .map(|name| Wish::of(&format!("{name} empty"), None))
        .collect();
    let mut settled = settle(&wishes, scope).into_iter();
    wanted
        .into_iter()
        .map(|it| it.and_then(|_| settled.next()))
        .collect()
}

fn headers(response: &Response) -> Vec<Ident> {
    let wish =
        |header: &crate::ir::ResponseHeader| Wish::of(&header.wire_name, header.rust_name.as_ref());
    let wishes: Vec<_> = response.headers.iter().map(wish).collect();
    settle(&wishes, HEADERS)
}

/// The payloads of a body, called after their media types.
fn payloads<'a>(payloads: impl IntoIterator<Item = &'a Payload>) -> Vec<Ident> {
    let wish = |payload: &Payload| {
        let media_type = &payload.form().media_type;
        let words = media_type_words(media_type);
        Wish::of(&words, None)
            .at(media_type)
            .or([media_type.clone()])
    };
    let wishes: Vec<_> = payloads.into_iter().map(wish).collect();
    settle(&wishes, PAYLOADS)
}

/// What types of a response have after the operation's name: `200` in `GetPet200Headers`.
fn status_word(response: &Response) -> String {
    let word = words::camel(&format!("x {}", status::word(response.status)));
    word.trim_start_matches('X').to_owned()
}

/// Says which operations are not called after their ids, since others are.
fn report_collisions(api: &Api, methods: &[Ident], diagnostics: &mut Diagnostics) {
    let holders: HashMap<String, &Operation> = methods
        .iter()
        .map(|method| words::camel(method.as_str()))
        .zip(&api.operations)
        .collect();
    for (operation, method) in api.operations.iter().zip(methods) {
        let own = operation.rust_name.as_ref().unwrap_or(&operation.id);
        let holder = holders.get(&words::camel(own));
        let Some(holder) = holder.filter(|it| !std::ptr::eq(**it, operation)) else {
            continue;
        };
        let message = format!(
            "{} and {} would get the same name in Rust; the second is named `{method}`",
            described(holder),
            described(operation)
        );
        diagnostics.report(
            Diagnostic::at(Code::NameCollision, &operation.origin.place, message)
                .label("named after its method and path")
                .related(&holder.origin.place, "this operation keeps the name")
                .help("change one `operationId`, or add `x-keywright-name` to one of them"),
        );
    }
}

/// An operation in a message, by the name that somebody gave it, or by its route.
fn described(operation: &Operation) -> String {
    let method = operation.method.as_str();
    match &operation.rust_name {
        Some(name) => format!("`{name}`"),
        None if operation.id == route_words(method, &operation.path) => {
            format!("`{method} {}`", operation.path)
        }
        None => format!("`{}`", operation.id),
    }
}

//! Creates every Rust identifier of a generated module, once.
//!
//! The input is the IR, and everything that prints Rust uses the names. A name depends on the thing itself and on the
//! things that it would collide with, never on the order or number of unrelated things, so an edit of the document does
//! not rename anything that it does not touch. Colliding names are distinguished by their meaning if possible, and only
//! then by numbers: `-name` becomes `MinusName` next to `Name`, and an operation whose id is taken is named after its
//! method and path.

mod conflict;
mod former;
mod members;
mod mock;
mod operations;
mod reserved;
mod status;
mod terms;
#[cfg(test)]
mod tests;
mod types;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::Place;
use crate::ir::{
    Api, Cause, Ident, Incoming, Names, OAuthNames, OperationNames, SchemeId, SchemeNames, Server,
    ServerNames, SessionNames,
};
pub use former::former;
pub use mock::assign_mock;

use conflict::{Case, Scope, Wish, settle, settle_families};

/// Methods that a client's builder has for each scheme.
const SCHEMES: Scope<'_> = Scope {
    case: Case::Snake,
    taken: reserved::BUILDER,
    suffix: "credential",
};
/// The files of a module.
const FILES: Scope<'_> = Scope {
    case: Case::Snake,
    taken: &[],
    suffix: "operations",
};
/// The traits of operations that take an argument.
const MARKERS: Scope<'_> = Scope {
    case: Case::Camel,
    taken: &[],
    suffix: "argument",
};
/// The functions that read what the API sends.
const FUNCTIONS: Scope<'_> = Scope {
    case: Case::Snake,
    taken: &[],
    suffix: "payload",
};
/// The constructors of servers.
const SERVERS: Scope<'_> = Scope {
    case: Case::Snake,
    taken: reserved::SERVER,
    suffix: "server",
};
/// The arguments of such a constructor.
const VARIABLES: Scope<'_> = Scope {
    case: Case::Snake,
    taken: &[],
    suffix: "variable",
};

/// Names everything in an API.
pub fn assign(api: &Api, diagnostics: &mut Diagnostics) -> Names {
    let schemes = schemes(api);
    let operations = operations::assign(api, &schemes, diagnostics);
    let groups = groups(api);
    Names {
        types: types::assign(api, &operations.titles, diagnostics),
        incoming: incoming(api, &operations.titles),
        markers: markers(api, &operations.names),
        operations: operations.names,
        schemes,
        features: groups.iter().map(feature).collect(),
        groups,
        servers: servers(&api.servers),
    }
}

/// Schemes are named by their setters. Each has a second one, for a provider, and some have others for a session.
fn schemes(api: &Api) -> Vec<SchemeNames> {
    let id = |index: usize| SchemeId(u32::try_from(index).unwrap_or(u32::MAX));
    let is_described =
        |index: usize| api.session(id(index)).is_some() || api.device_flow(id(index)).is_some();
    let has_oauth = |index: usize| api.oauth(id(index)).is_some();
    let has_session = |index: usize| is_described(index) || has_oauth(index);
    let wishes = api
        .schemes
        .iter()
        .map(|scheme| Wish::of(&scheme.name, scheme.rust_name.as_ref()))
        .collect();
    let setters = settle_families(wishes, SCHEMES, |index, setter| {
        let of_session = ["session", "store", "listener", "clock"];
        let of_session = of_session.into_iter().filter(|_| has_session(index));
        let plain = setter.trim_end_matches('_');
        let of_flows = OF_FLOWS.into_iter().filter(|_| has_oauth(index));
        let names = std::iter::once("provider")
            .chain(of_session)
            .chain(of_flows);
        names.map(|name| format!("{plain}_{name}")).collect()
    });
    // A session that the document describes goes before one that every API with OAuth 2 has.
    let mut sessions = (0..setters.len()).filter(|index| is_described(*index));
    let first = sessions
        .next()
        .or_else(|| (0..setters.len()).find(|index| has_oauth(*index)));
    let setters = setters.into_iter().enumerate();
    let names = setters.map(|(index, setter)| {
        let is_first = first == Some(index);
        let session = has_session(index).then(|| session_names(&setter, is_first));
        let oauth = has_oauth(index).then(|| oauth_names(&setter));
        scheme_names(setter, session, oauth)
    });
    names.collect()
}

/// What the builder's methods for the flows of an authorization server have after the name of the scheme.
const OF_FLOWS: [&str; 3] = ["client_credentials", "password", "app"];

/// What belongs to the flows of a scheme.
fn oauth_names(setter: &Ident) -> OAuthNames {
    let plain = setter.as_str().trim_end_matches('_');
    let named = |name: &str| Ident(format!("{plain}_{name}"));
    OAuthNames {
        client_credentials: named("client_credentials"),
        password: named("password"),
        app: named("app"),
        authorization_code: named("authorization_code"),
        implicit: named("implicit"),
        device: named("device"),
    }
}

/// What belongs to the session of a scheme. The first one of an API is called as such.
fn session_names(setter: &Ident, is_first: bool) -> SessionNames {
    let plain = setter.as_str().trim_end_matches('_');
    let named = |name: &str| Ident(format!("{plain}_{name}"));
    let set = named("session");
    let get = if is_first {
        Ident("session".to_owned())
    } else {
        set.clone()
    };
    let confirm = named("confirmation");
    SessionNames {
        flow: Ident(confirm.as_str().to_uppercase()),
        confirm,
        get,
        store: named("store"),
        listener: named("listener"),
        clock: named("clock"),
        with: prefixed("with_", &set),
        plan: Ident(set.as_str().to_uppercase()),
        set,
    }
}

/// What belongs to a scheme, called after its setter.
fn scheme_names(
    setter: Ident,
    session: Option<SessionNames>,
    oauth: Option<OAuthNames>,
) -> SchemeNames {
    let plain = setter.as_str().trim_end_matches('_');
    let constant = setter.as_str().to_uppercase();
    // `API` is the description's own. Where letters have no case, a local variable of the same name would be taken for
    // a pattern of the constant's value.
    let is_taken = constant == "API" || constant == setter.as_str();
    SchemeNames {
        provider: Ident(format!("{plain}_provider")),
        with: prefixed("with_", &setter),
        with_provider: prefixed("with_", &Ident(format!("{plain}_provider"))),
        constant: Ident(if is_taken {
            format!("{constant}_")
        } else {
            constant
        }),
        setter,
        session,
        oauth,
    }
}

/// `prefix` before a name, without the underscore that kept a keyword apart: `with_type` for `type_`.
fn prefixed(prefix: &str, name: &Ident) -> Ident {
    // Two underscores in a row are no snake case: `with_2022` for `_2022`.
    let text = name.as_str().strip_prefix('_').unwrap_or(name.as_str());
    let plain = text
        .strip_suffix('_')
        .filter(|plain| reserved::is_keyword(plain));
    Ident(format!("{prefix}{}", plain.unwrap_or(text)))
}

/// Groups are named by their files.
fn groups(api: &Api) -> Vec<Ident> {
    let wishes: Vec<_> = api
        .groups
        .iter()
        .map(|group| match &group.tag {
            Some(tag) => Wish::of(tag, group.rust_name.as_ref()),
            None => Wish::after("", "operations"),
        })
        .collect();
    let taken = [reserved::FILES, reserved::DEVICES].concat();
    let scope = Scope {
        taken: &taken,
        ..FILES
    };
    settle(&wishes, scope)
}

/// What the Cargo feature of a group is called after. Files that differ give features that differ: no name is another
/// one with an underscore before or behind it, or with one more inside.
fn feature(file: &Ident) -> String {
    file.as_str().trim_matches('_').replace('_', "-")
}

/// The traits of operations that take an optional argument, by its setter. Arguments that are called alike have one.
fn markers(api: &Api, operations: &[OperationNames]) -> BTreeMap<Ident, Ident> {
    let operations = api.operations.iter().zip(operations);
    let arguments = operations.flat_map(|(it, names)| it.arguments.iter().zip(&names.arguments));
    let setters: BTreeSet<&Ident> = arguments
        .filter(|(it, _)| !it.required)
        .map(|(_, name)| name)
        .collect();
    let wishes: Vec<_> = setters
        .iter()
        .map(|it| Wish::of(prefixed("takes_", it).as_str(), None))
        .collect();
    let setters = setters.into_iter().cloned();
    setters.zip(settle(&wishes, MARKERS)).collect()
}

/// Requests that the API makes are named by the functions that read them. Those of webhooks are in one file,
/// those of callbacks in another; a callback has the name of its operation, too.
fn incoming(api: &Api, titles: &[String]) -> Vec<Ident> {
    let wish = |it: &Incoming| {
        let method = it.method.as_str();
        let (name, place) = match &it.cause {
            Cause::Webhook => (it.name.clone(), ""),
            Cause::Callback { operation, url } => {
                let title = &titles[operation.0 as usize];
                (format!("{title} {}", it.name), url.as_str())
            }
        };
        let with_method = format!("{name} {}", method.to_lowercase());
        // Nearly all are posted, so that this need not be said.
        let usual = if method == "POST" {
            &name
        } else {
            &with_method
        };
        let (_, last) = place.rsplit_once('}').unwrap_or_default();
        Wish::plain(usual, it.rust_name.as_ref())
            .at(format!("{place} {method}"))
            .or([format!("{usual} {last}"), with_method.clone()])
            .or(words::spellings(usual))
    };
    let is_webhook = |it: &&Incoming| it.cause == Cause::Webhook;
    let webhooks: Vec<_> = api.incoming.iter().filter(is_webhook).map(wish).collect();
    let callbacks = api.incoming.iter().filter(|it| !is_webhook(it)).map(wish);
    let callbacks: Vec<_> = callbacks.collect();
    let mut names = settle(&webhooks, FUNCTIONS);
    names.extend(settle(&callbacks, FUNCTIONS));
    names
}

/// Servers are named by the document, by their description when it is a word or two, or by their host.
fn servers(servers: &[Server]) -> Vec<ServerNames> {
    let wish = |server: &Server| {
        let description = server
            .description
            .as_deref()
            .map(|it| it.trim_end_matches('.'));
        let short = description.filter(|it| it.split_whitespace().count() <= 2);
        let host = server.url.split("//").last().unwrap_or_default();
        let name = server.name.as_deref().or(short).unwrap_or(host);
        Wish::of(name, server.rust_name.as_ref())
            .at(&server.url)
            .or([format!("{name} {host}"), host.to_owned()])
    };
    let wishes: Vec<_> = servers.iter().map(wish).collect();
    settle(&wishes, SERVERS)
        .into_iter()
        .zip(servers)
        .map(|(constructor, server)| {
            let variables = server.variables.iter();
            let wishes: Vec<_> = variables.map(|it| Wish::of(&it.name, None)).collect();
            ServerNames {
                constructor,
                variables: settle(&wishes, VARIABLES),
            }
        })
        .collect()
}

/// Reports a name that was given for Rust, and that another thing has.
fn report_refused(diagnostics: &mut Diagnostics, place: &Place, given: &str, name: &Ident) {
    let message = format!("the name `{given}` is already taken");
    diagnostics.report(
        Diagnostic::at(Code::NameCollision, place, message)
            .label(format!("this one is named `{name}`"))
            .help("give one of them another name"),
    );
}

/// A name that needs no settling.
fn ident(name: String) -> Ident {
    Ident(reserved::escape(name))
}

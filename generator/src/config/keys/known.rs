//! The table of keys.

use super::{Key, Kind, lifecycle, types};
use crate::limits::Limits;

/// The choices of `output.dates`.
const DATES: &[(&str, &str)] = &[
    ("text", "the text of the response, unchanged"),
    ("jiff", "the types of the crate `jiff`"),
    ("chrono", "the types of the crate `chrono`"),
];
/// The choices of `api.layout`.
const LAYOUTS: &[(&str, &str)] = &[
    (
        "whole",
        "one Cargo feature for the API, and one file of models",
    ),
    (
        "by-tag",
        "one Cargo feature for each tag, with its operations and the models that they need",
    ),
];
/// The levels of lint.
const LEVELS: &[(&str, &str)] = &[
    ("allow", "the rule is off"),
    ("warn", "a finding is a warning"),
    ("deny", "a finding is an error"),
];

/// Returns every key of a configuration.
pub(in crate::config) fn known() -> Vec<Key> {
    vec![
        Key::new(
            "output",
            Kind::Table(output()),
            "",
            "The generated package.",
        ),
        // That there is one is checked wherever a configuration comes from.
        Key::new(
            "api",
            Kind::Tables(api()),
            "",
            "An API: a module of the package, and the document it is generated from. Write one `[[api]]` for each.",
        ),
        Key::new(
            "lint",
            map("rule", "missing-operation-id", Kind::Choice(LEVELS)),
            "\"deny\"",
            "The level of each rule of `keywright lint`.",
        ),
        Key::new(
            "diff",
            Kind::Table(diff()),
            "",
            "The settings of `keywright diff`.",
        ),
        Key::new(
            "limits",
            Kind::Table(limits()),
            "",
            "The size of the documents that are accepted.",
        ),
    ]
}

fn map(of: &'static str, example: &'static str, value: Kind) -> Kind {
    Kind::Map {
        of,
        example,
        value: Box::new(value),
    }
}

fn output() -> Vec<Key> {
    vec![
        Key::new(
            "dir",
            Kind::Path,
            "\"generated\"",
            "The output folder. It must be empty, or written by an earlier run.",
        )
        .or("\"generated\""),
        Key::new(
            "package",
            Kind::Text,
            "\"auth-apis\"",
            "The name of the package.",
        )
        .or("\"api-clients\""),
        Key::new(
            "version",
            Kind::Text,
            "\"0.1.0\"",
            "The version of the package: three numbers, as Cargo takes them.",
        )
        .or("\"0.1.0\""),
        Key::new(
            "license",
            Kind::Text,
            "\"MIT OR Apache-2.0\"",
            "The license of the package, as an SPDX expression.",
        ),
        Key::new(
            "dates",
            Kind::Choice(DATES),
            "\"jiff\"",
            "The Rust types of `date-time` and `date`.",
        )
        .or("\"text\""),
        Key::new(
            "mock",
            Kind::Flag,
            "true",
            "Also generates a mock service for each API, for tests, behind the Cargo feature `mock`.",
        )
        .or("false"),
        Key::new(
            "snapshots",
            Kind::Path,
            "\"snapshots\"",
            "A folder for review snapshots of each API: its public Rust signatures, requests and responses.",
        ),
    ]
}

fn api() -> Vec<Key> {
    vec![
        Key::required(
            "spec",
            Kind::Path,
            "\"specs/tvmaze.yaml\"",
            "The OpenAPI document, of version 2.0 to 3.2, in YAML or JSON.",
        ),
        Key::new(
            "module",
            Kind::Text,
            "\"tvmaze\"",
            "The name of the module and of its Cargo feature. The default is the name of the document's file.",
        ),
        Key::new(
            "layout",
            Kind::Choice(LAYOUTS),
            "\"by-tag\"",
            "The files and Cargo features of the module. Paths in Rust are the same either way.",
        )
        .or("\"whole\""),
        Key::new(
            "root",
            Kind::Path,
            "\".\"",
            "The folder that holds all files of the spec. A `$ref` that leads out of it is an error. The default is the \
             closest folder around the document that holds `.git` or `keywright.toml`.",
        ),
        Key::new(
            "overlays",
            Kind::List(Box::new(Kind::Path)),
            "[\"specs/tvmaze.overlay.yaml\"]",
            "Overlays, which change the document before anything else reads it: for documents that are not yours to edit. \
             They are of the [Overlay Specification](https://spec.openapis.org/overlay/latest.html), version 1.0 or 1.1, \
             and applied in this order. They change the document itself, and not the other files that it refers to; a \
             `$ref` that an overlay adds is relative to the document.",
        ),
        Key::new(
            "copies",
            map("URL", "https://example.org/common.yaml", Kind::Path),
            "\"specs/common.yaml\"",
            "Local copies of documents that a `$ref` names by URL, since nothing is fetched from the network. A URL that \
             ends in `/` stands for everything below it, and its copy is a folder.",
        ),
        Key::new(
            "include",
            Kind::Table(patterns("[\"listPets\", \"GET /pets/*\"]", "[\"pets\"]")),
            "",
            "The operations that the client has: those that match a pattern here, by themselves or by a tag. Without the \
             table it has all of them. Only the models that these operations need are generated. A security scheme that \
             only other operations use is left out, too.\n\n\
             Names do not depend on what is left out, with one exception: if an operation or a model got another name \
             only because one that is left out has the same name in Rust (`KW0501`), it gets the plain name. Pin such a \
             name in `[api.names]`.\n\n\
             A session or a device flow needs its operations: if one of \
             them is left out, the client has no such session, and a warning says so.",
        ),
        Key::new(
            "exclude",
            Kind::Table(patterns("[\"DELETE *\"]", "[\"admin\"]")),
            "",
            "The operations that the client does not have, even if `[api.include]` matches them.",
        ),
        Key::new(
            "names",
            map("JSON pointer", "#/components/schemas/foo", Kind::Text),
            "\"Bar\"",
            "Rust names for parts of the document, by JSON pointer. A pointer into another file of the spec starts with \
             the path of the file: `common.yaml#/Foo`.",
        ),
        types::types(),
        Key::new(
            "aliases",
            map("old path", "models::Author", Kind::Text),
            "\"models::Person\"",
            "Old names in Rust that the client keeps as deprecated aliases, and what they are called now, so that a rename \
             does not break callers at once. A path leads to a model (`models::Author`), to a value of an enumeration \
             (`models::Format::Paper`), to an operation (`Client::get_book`) or to an optional argument \
             (`Client::list_books(limit)`). The types of an operation have aliases, too, and so have the models that are \
             called after a renamed model or operation.\n\n\
             Callers of an old name get a compiler warning that states the new one. Remove the alias with the next major \
             version: `keywright diff` counts a rename with an alias as minor, and the removal of an alias as major. The alias of \
             a value of an enumeration is a constant. Callers can use it as a value, and match it, but not behind a \
             reference: `match *format`, not `match &format`. So `diff` counts this rename as major even with an alias.\n\n\
             Fields, responses and variants that hold a value cannot have an alias. Pin their old names in \
             `[api.names]` instead. A required argument is passed by position and needs none.",
        ),
        Key::new(
            "sessions",
            Kind::Kept(Box::new(Kind::Map {
                of: "SCHEME",
                example: "usertoken",
                value: Box::new(Kind::Table(lifecycle::session())),
            })),
            "",
            "How the client gets, renews and revokes the token of a security scheme. It takes the place of \
             [`x-keywright-session`](EXTENSIONS.md) of the scheme, and has the same keys.",
        ),
        Key::new(
            "device-flows",
            Kind::Kept(Box::new(Kind::Tables(lifecycle::device_flow()))),
            "",
            "How a user confirms on another device that the client may have a token. It takes the place of \
             [`x-keywright-device-flow`](EXTENSIONS.md) in the document, and has the same keys.",
        ),
    ]
}

fn patterns(operations: &str, tags: &str) -> Vec<Key> {
    let texts = || Kind::List(Box::new(Kind::Text));
    vec![
        Key::new(
            "operations",
            texts(),
            operations,
            "Patterns of operations: an `operationId`, or a method and a path. `*` stands for any text, also for `/`; as \
             the method it stands for all of them. The name of a webhook matches as an `operationId` does.",
        ),
        Key::new(
            "tags",
            texts(),
            tags,
            "Patterns of tags. `*` stands for any text.",
        ),
    ]
}

fn diff() -> Vec<Key> {
    let allow = vec![
        Key::required(
            "fingerprint",
            Kind::Text,
            "\"4f726e3d9c21\"",
            "The fingerprint of the change, as `keywright diff` prints it.",
        ),
        Key::required(
            "reason",
            Kind::Text,
            "\"nobody calls it any more\"",
            "The reason for the decision.",
        ),
    ];
    vec![Key::new(
        "allow",
        Kind::Tables(allow),
        "",
        "A breaking change that a reviewer has allowed.",
    )]
}

fn limits() -> Vec<Key> {
    let limits = Limits::DESCRIBED.iter();
    limits
        .map(|(name, doc, default)| {
            let default = default.to_string();
            Key::new(name, Kind::Number, &default, doc.trim()).or(default.clone())
        })
        .collect()
}

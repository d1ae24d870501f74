//! Small APIs, built by hand, for the emitters' tests.

use std::path::PathBuf;
use std::sync::Arc;

use crate::config::{Dates, Layout, Output};
use crate::document::{JsonPointer, Place, Source, Span};
use crate::ir::Style;
use crate::ir::{
    Additional, Alternative, Api, Argument, Body, BodyEncoding, BodyNames, Docs, Field, Form,
    Group, Ident, Info, Item, ItemId, ItemKind, NameHint, Names, Operation, OperationId,
    OperationNames, Origin, ParameterKind, Payload, Presence, Response, ResponseHeader, SchemeKind,
    SchemeNames, SecurityScheme, Serialization, Server, ServerNames, StatusPattern, Struct,
    Success, Type, TypeNames,
};

/// The settings of a crate called `demo-api`.
pub(super) fn output() -> Output {
    Output {
        dir: PathBuf::from("generated"),
        package: "demo-api".to_owned(),
        version: "0.1.0".to_owned(),
        license: None,
        dates: Dates::Text,
        layout: Layout::Crate,
        mock: false,
        snapshots: None,
    }
}

pub(super) fn ident(text: &str) -> Ident {
    Ident(text.to_owned())
}

pub(super) fn origin(pointer: &str) -> Origin {
    let place = Place {
        source: Arc::new(Source::new("demo.yaml", "")),
        span: Span::default(),
        pointer: JsonPointer::from_text(pointer),
    };
    Origin { place }
}

pub(super) fn described(text: &str) -> Docs {
    Docs {
        description: Some(text.to_owned()),
        ..Docs::default()
    }
}

/// An API without anything in it.
pub(super) fn api() -> (Api, Names) {
    let info = Info {
        origin: origin("/info"),
        title: "Demo".to_owned(),
        version: "1.0".to_owned(),
        docs: described("For trying things out."),
        terms_of_service: None,
        contact: Vec::new(),
        license: Vec::new(),
    };
    let server = Server {
        origin: origin("/servers/0"),
        url: "https://api.example.org/v1".to_owned(),
        name: None,
        rust_name: None,
        description: None,
        variables: Vec::new(),
    };
    let api = Api {
        info,
        servers: vec![server],
        schemes: Vec::new(),
        sessions: Vec::new(),
        device_flows: Vec::new(),
        oauth: Vec::new(),
        foreign_schemes: Vec::new(),
        groups: vec![Group {
            tag: Some("pets".to_owned()),
            rust_name: None,
            parents: Vec::new(),
            docs: Docs::default(),
            operations: Vec::new(),
        }],
        items: Vec::new(),
        operations: Vec::new(),
        incoming: Vec::new(),
        untyped: Vec::new(),
        left_out: Vec::new(),
    };
    let servers = vec![ServerNames {
        constructor: ident("server_1"),
        variables: Vec::new(),
    }];
    (
        api,
        Names {
            groups: vec![ident("pets")],
            servers,
            ..Names::default()
        },
    )
}

pub(super) fn field(name: &str, ty: Type, presence: Presence) -> Field {
    Field {
        origin: origin(&format!("/components/schemas/X/properties/{name}")),
        wire_name: name.to_owned(),
        rust_name: None,
        docs: Docs::default(),
        ty,
        only: None,
        presence,
        boxed: false,
        default: None,
        examples: Vec::new(),
        constraints: Vec::new(),
        deprecated: false,
        read_only: false,
        write_only: false,
        xml: None,
    }
}

/// Adds an item whose members are called as given.
pub(super) fn add_item(
    (api, names): &mut (Api, Names),
    name: &str,
    kind: ItemKind,
    members: &[&str],
    rest: Option<&str>,
) -> ItemId {
    let id = ItemId(u32::try_from(api.items.len()).expect("tests have few items"));
    api.items.push(Item {
        origin: origin(&format!("/components/schemas/{name}")),
        hint: NameHint::Own(name.to_owned()),
        docs: Docs::default(),
        deprecated: false,
        examples: Vec::new(),
        xml: None,
        kind,
        foreign: None,
    });
    names.types.push(TypeNames {
        ty: ident(name),
        constant: ident(&name.to_uppercase()),
        file: ident(&name.to_lowercase()),
        setters: members
            .iter()
            .map(|it| ident(&format!("with_{it}")))
            .collect(),
        required: ident(&format!("{name}Required")),
        members: members.iter().map(|it| ident(it)).collect(),
        rest: rest.map(ident),
    });
    id
}

pub(super) fn add_struct(made: &mut (Api, Names), name: &str, fields: Vec<Field>) -> ItemId {
    let members: Vec<String> = fields.iter().map(|it| it.wire_name.clone()).collect();
    let members: Vec<&str> = members.iter().map(String::as_str).collect();
    let kind = ItemKind::Struct(Struct {
        fields,
        additional: Additional::Skipped,
        parts: None,
    });
    add_item(made, name, kind, &members, None)
}

pub(super) fn add_scheme((api, names): &mut (Api, Names), name: &str, kind: SchemeKind) {
    let origin = origin(&format!("/components/securitySchemes/{name}"));
    api.schemes.push(SecurityScheme {
        origin,
        name: name.to_owned(),
        rust_name: None,
        docs: Docs::default(),
        deprecated: false,
        kind,
        sources: Vec::new(),
        inferred: false,
    });
    names.schemes.push(SchemeNames {
        setter: ident(name),
        provider: ident(&format!("{name}_provider")),
        with: ident(&format!("with_{name}")),
        with_provider: ident(&format!("with_{name}_provider")),
        constant: ident(&name.to_uppercase()),
        session: None,
        oauth: None,
    });
}

pub(super) fn json(ty: Type) -> Payload {
    let form = Form {
        media_type: "application/json".to_owned(),
        encoding: BodyEncoding::Json,
        is_unread: false,
    };
    Payload {
        forms: vec![form],
        ty,
        xml: None,
        examples: Vec::new(),
    }
}

pub(super) fn body(ty: Type) -> Body {
    Body {
        origin: origin("/requestBody"),
        docs: Docs::default(),
        required: true,
        payloads: vec![json(ty)],
    }
}

pub(super) fn response(
    status: StatusPattern,
    description: &str,
    payload: Option<Payload>,
) -> Response {
    Response {
        origin: origin("/responses"),
        status,
        rust_name: None,
        description: description.to_owned(),
        payloads: payload.into_iter().collect(),
        headers: Vec::new(),
        links: Vec::new(),
    }
}

pub(super) fn header(name: &str, ty: Type, required: bool) -> ResponseHeader {
    ResponseHeader {
        origin: origin("/headers"),
        wire_name: name.to_owned(),
        rust_name: None,
        docs: Docs::default(),
        ty,
        required,
        deprecated: false,
        serialization: Serialization::Style {
            style: Style::Simple,
            explode: false,
            allow_reserved: false,
        },
    }
}

pub(super) fn argument(name: &str, kind: ParameterKind, ty: Type) -> Argument {
    let style = match kind {
        ParameterKind::Path | ParameterKind::Header => Style::Simple,
        ParameterKind::Query | ParameterKind::QueryString | ParameterKind::Cookie => Style::Form,
    };
    Argument {
        origin: origin("/parameters"),
        wire_name: name.to_owned(),
        rust_name: None,
        kind,
        docs: Docs::default(),
        ty,
        only: None,
        required: kind == ParameterKind::Path,
        may_be_empty: false,
        deprecated: false,
        serialization: Serialization::Style {
            style,
            explode: style == Style::Form,
            allow_reserved: false,
        },
        default: None,
        examples: Vec::new(),
        constraints: Vec::new(),
        replaces: Vec::new(),
        is_idempotency_key: false,
    }
}

/// `GET /pets/{petId}` with the given responses; the first is the success.
pub(super) fn operation(
    path: &str,
    arguments: Vec<Argument>,
    responses: Vec<Response>,
) -> Operation {
    Operation {
        origin: origin("/paths"),
        id: "getPet".to_owned(),
        rust_name: None,
        method: "GET".to_owned(),
        path: path.to_owned(),
        servers: Vec::new(),
        docs: Docs {
            summary: Some("Finds a pet".to_owned()),
            ..Docs::default()
        },
        deprecated: false,
        arguments,
        body: None,
        success: if responses.is_empty() {
            Success::Undocumented
        } else {
            Success::One(vec![0])
        },
        responses,
        security: Vec::<Alternative>::new(),
        security_is_inferred: false,
    }
}

/// Adds an operation to the group `pets`. Names follow from `method` and `builder` in the simplest way.
pub(super) fn add_operation(
    (api, names): &mut (Api, Names),
    method: &str,
    builder: &str,
    operation: Operation,
) {
    let id = OperationId(u32::try_from(api.operations.len()).expect("tests have few operations"));
    api.groups[0].operations.push(id);
    let variant = |response: &Response| match response.status {
        StatusPattern::Code(200) => ident("Ok"),
        StatusPattern::Code(201) => ident("Created"),
        StatusPattern::Code(204) => ident("NoContent"),
        StatusPattern::Code(404) => ident("NotFound"),
        StatusPattern::Code(code) => ident(&format!("Status{code}")),
        StatusPattern::Range(digit) => ident(&format!("Status{digit}xx")),
        StatusPattern::Default => ident("Default"),
    };
    let of_response = |response: &Response, suffix: &str| {
        let word = match response.status {
            StatusPattern::Code(code) => code.to_string(),
            StatusPattern::Range(digit) => format!("{digit}xx"),
            StatusPattern::Default => "Default".to_owned(),
        };
        ident(&format!("{builder}{word}{suffix}"))
    };
    let body_names = |ty: Ident, payloads: &[Payload]| BodyNames {
        ty,
        payloads: payloads
            .iter()
            .map(|it| ident(it.form().media_type.rsplit('/').next().unwrap_or_default()))
            .collect(),
    };
    let sent = operation.body.as_ref().map(|it| &it.payloads[..]);
    let snake = |text: &str| ident(&text.to_lowercase().replace('-', "_"));
    names.operations.push(OperationNames {
        method: ident(method),
        builder: ident(builder),
        arguments_type: ident(&format!("{builder}Arguments")),
        error: ident(&format!("{builder}Error")),
        success: ident(&format!("{builder}Success")),
        arguments: operation
            .arguments
            .iter()
            .map(|it| snake(&it.wire_name))
            .collect(),
        empties: operation.arguments.iter().map(|_| None).collect(),
        body: ident("body"),
        body_type: body_names(ident(&format!("{builder}Body")), sent.unwrap_or_default()),
        body_types: operation
            .responses
            .iter()
            .map(|it| body_names(of_response(it, "Body"), &it.payloads))
            .collect(),
        responses: operation.responses.iter().map(variant).collect(),
        header_types: operation
            .responses
            .iter()
            .map(|it| of_response(it, "Headers"))
            .collect(),
        headers: operation
            .responses
            .iter()
            .map(|it| {
                it.headers
                    .iter()
                    .map(|header| snake(&header.wire_name))
                    .collect()
            })
            .collect(),
    });
    api.operations.push(operation);
}

/// The text of a file of the crate that has this API as its module `demo`.
pub(super) fn file((api, names): &(Api, Names), output: &Output, path: &str) -> String {
    let shape = crate::shape::shape(api, names, output.dates);
    let module = super::Module {
        name: "demo",
        api,
        names,
        shape: &shape,
    };
    let mut files = crate::format::format(super::emit(&[module], output));
    files
        .remove(path)
        .unwrap_or_else(|| panic!("{path} is written"))
}

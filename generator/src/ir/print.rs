//! The IR as text, a line per thing, for tests and for people who want to know what a document became.

use super::print_lifecycle::{print_device_flow, print_oauth, print_session};
use super::{
    Additional, Api, Argument, BodyEncoding, Cause, Choice, EnumerationValues, Field, Form,
    Incoming, IntegerFormat, Item, ItemId, ItemKind, NameHint, Operation, Payload, Presence,
    Response, SchemeKind, Serialization, Server, TagValue, Type, Xml,
};
use crate::lines::Lines;

/// Prints an API. Items are named by their hints, since names are not made yet.
#[must_use]
pub fn print(api: &Api) -> String {
    let mut out = Lines::default();
    for server in &api.servers {
        out.add(0, format!("server {}", server_text(server)));
    }
    for scheme in &api.schemes {
        let inferred = if scheme.inferred { " inferred" } else { "" };
        let kind = scheme_text(&scheme.kind);
        out.add(0, format!("scheme {} {kind}{inferred}", scheme.name));
    }
    for session in &api.sessions {
        print_session(&mut out, api, session);
    }
    for flow in &api.device_flows {
        print_device_flow(&mut out, api, flow);
    }
    for oauth in &api.oauth {
        print_oauth(&mut out, api, oauth);
    }
    for scheme in &api.foreign_schemes {
        out.add(0, format!("foreign {}", scheme.name));
    }
    for item in &api.items {
        print_item(&mut out, api, item);
    }
    for group in &api.groups {
        out.add(0, format!("group {}", group.tag.as_deref().unwrap_or("-")));
        for id in &group.operations {
            print_operation(&mut out, api, &api[*id]);
        }
    }
    for incoming in &api.incoming {
        print_incoming(&mut out, api, incoming);
    }
    out.finish()
}

fn server_text(server: &Server) -> String {
    let variables = server.variables.iter().map(|it| {
        let allowed = if it.allowed.is_empty() {
            String::new()
        } else {
            format!(" of {:?}", it.allowed)
        };
        format!(" {} = {:?}{allowed}", it.name, it.default)
    });
    format!("{}{}", server.url, variables.collect::<String>())
}

fn print_incoming(out: &mut Lines, api: &Api, incoming: &Incoming) {
    let payloads = incoming.body.iter().flat_map(|it| &it.payloads);
    let payload = payloads_text(api, payloads);
    let from = match &incoming.cause {
        Cause::Webhook => "webhook".to_owned(),
        Cause::Callback { operation, url } => {
            format!("callback of {} at {url}", api[*operation].id)
        }
    };
    let (method, name) = (&incoming.method, &incoming.name);
    out.add(0, format!("{from}: {method} {name}: {payload}"));
    for argument in &incoming.arguments {
        out.add(1, argument_text(api, argument));
    }
    for response in &incoming.responses {
        out.add(1, response_text(api, response));
    }
}

fn scheme_text(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Basic => "basic".to_owned(),
        SchemeKind::Bearer { format } => {
            format!("bearer {}", format.as_deref().unwrap_or_default())
                .trim_end()
                .to_owned()
        }
        SchemeKind::Http { scheme } => format!("http {scheme}"),
        SchemeKind::Digest => "digest".to_owned(),
        SchemeKind::MutualTls => "mutual TLS".to_owned(),
        SchemeKind::ApiKey {
            location,
            name,
            prefix,
        } => format!(
            "{location:?} {name} {}",
            prefix.as_deref().unwrap_or_default()
        )
        .trim_end()
        .to_owned(),
    }
}

fn print_item(out: &mut Lines, api: &Api, item: &Item) {
    let name = hint_text(api, &item.hint);
    if let Some(foreign) = &item.foreign {
        out.add(0, format!("foreign {name} = {}", foreign.path));
    }
    match &item.kind {
        ItemKind::Struct(structure) => {
            let name = format!("{name}{}", xml_text(item.xml.as_deref()));
            let rest = match &structure.additional {
                Additional::Skipped => String::new(),
                Additional::Denied => " closed".to_owned(),
                Additional::Kept(ty) => format!(" + {}", type_text(api, ty)),
            };
            out.add(0, format!("struct {name}{rest}"));
            let parts = structure.parts.iter().flat_map(|it| &it.fields);
            let mut parts = parts.map(|it| format!(" by {it:?}"));
            for field in &structure.fields {
                let part = parts.next().unwrap_or_default();
                out.add(1, format!("{}{part}", field_text(api, field)));
            }
        }
        ItemKind::Enumeration(enumeration) => {
            let values: Vec<_> = match &enumeration.values {
                EnumerationValues::Strings(variants) => variants
                    .iter()
                    .map(|it| format!("{:?}", it.value))
                    .collect(),
                EnumerationValues::Integers(variants) => {
                    variants.iter().map(|it| it.value.to_string()).collect()
                }
                EnumerationValues::Mixed(variants) => {
                    variants.iter().map(|it| it.value.to_string()).collect()
                }
            };
            out.add(0, format!("enum {name} = {}", values.join(" | ")));
        }
        ItemKind::Union(union) => {
            out.add(0, format!("union {name}"));
            for branch in &union.branches {
                out.add(
                    1,
                    format!("{}: {}", branch.hint, type_text(api, &branch.ty)),
                );
            }
            for (ty, choice) in &union.dispatch {
                out.add(1, format!("by {ty:?}: {}", choice_text(choice)));
            }
        }
        ItemKind::Alias(ty) => {
            let xml = xml_text(item.xml.as_deref());
            out.add(0, format!("alias {name}{xml} = {}", type_text(api, ty)));
        }
    }
}

/// "Only(0)", "Tag kind { "a": Only(0), else: Only(1), absent: Trial([0, 1]) }"
fn choice_text(choice: &Choice) -> String {
    match choice {
        Choice::Only(branch) => format!("Only({branch})"),
        Choice::Tag {
            property,
            values,
            other,
            absent,
        } => {
            let value = |(value, choice): &(TagValue, Choice)| {
                let value = match value {
                    TagValue::Text(text) => format!("{text:?}"),
                    TagValue::Integer(_) | TagValue::Boolean(_) => value.to_string(),
                };
                format!("{value}: {}", choice_text(choice))
            };
            let besides = [("else", other), ("absent", absent)];
            let besides = besides.into_iter().filter_map(|(word, choice)| {
                Some(format!("{word}: {}", choice_text(choice.as_ref()?)))
            });
            let all: Vec<String> = values.iter().map(value).chain(besides).collect();
            format!("Tag {property} {{ {} }}", all.join(", "))
        }
        Choice::Key { keys, otherwise } => {
            let keys = keys
                .iter()
                .map(|(name, branch)| format!("{name}: {branch}"));
            let otherwise = otherwise.map(|branch| format!("else: {branch}"));
            let all: Vec<String> = keys.chain(otherwise).collect();
            format!("Key {{ {} }}", all.join(", "))
        }
        Choice::Trial { branches, fallback } if fallback.is_empty() => {
            format!("Trial({branches:?})")
        }
        Choice::Trial { branches, fallback } => format!("Trial({branches:?}, else {fallback:?})"),
    }
}

fn field_text(api: &Api, field: &Field) -> String {
    let mark = match field.presence {
        Presence::Required => "",
        Presence::Nullable => " | null",
        Presence::Optional => "?",
        Presence::OptionalNullable => "? | null",
    };
    let boxed = if field.boxed { "box " } else { "" };
    let default = field
        .default
        .as_ref()
        .map(|it| format!(" = {it}"))
        .unwrap_or_default();
    let sent_by = match (field.read_only, field.write_only) {
        (true, _) => " read-only",
        (false, true) => " write-only",
        (false, false) => "",
    };
    let ty = type_text(api, &field.ty);
    let xml = xml_text(field.xml.as_deref());
    format!(
        "{}: {boxed}{ty}{mark}{default}{sent_by}{xml}",
        field.wire_name
    )
}

fn print_operation(out: &mut Lines, api: &Api, operation: &Operation) {
    out.add(
        1,
        format!(
            "{} {} {}",
            operation.id,
            operation.method.as_str(),
            operation.path
        ),
    );
    let alternatives: Vec<_> = operation
        .security
        .iter()
        .map(|alternative| {
            let schemes = alternative.schemes.iter();
            let names: Vec<_> = schemes
                .map(|(id, _)| api[*id].name.as_str())
                .chain(alternative.foreign.iter().map(String::as_str))
                .collect();
            if names.is_empty() {
                "nothing".to_owned()
            } else {
                names.join(" and ")
            }
        })
        .collect();
    if !alternatives.is_empty() {
        let inferred = if operation.security_is_inferred {
            " inferred"
        } else {
            ""
        };
        let alternatives = alternatives.join(" or ");
        out.add(2, format!("security {alternatives}{inferred}"));
    }
    for server in &operation.servers {
        out.add(2, format!("at {}", server_text(server)));
    }
    for argument in &operation.arguments {
        out.add(2, argument_text(api, argument));
    }
    if let Some(body) = &operation.body {
        let mark = if body.required { "" } else { "?" };
        let payloads = payloads_text(api, &body.payloads);
        out.add(2, format!("body{mark} {payloads}"));
    }
    for (index, response) in operation.responses.iter().enumerate() {
        let outcome = if operation.success.responses().contains(&index) {
            "ok"
        } else {
            "err"
        };
        out.add(2, format!("{outcome} {}", response_text(api, response)));
    }
}

fn argument_text(api: &Api, argument: &Argument) -> String {
    let mark = if argument.required { "" } else { "?" };
    let style = match &argument.serialization {
        Serialization::Style { style, explode, .. } => {
            format!("{style:?}{}", if *explode { " exploded" } else { "" })
        }
        Serialization::Json => "as JSON".to_owned(),
        Serialization::Text => "as text".to_owned(),
        Serialization::Form(_) => "as form".to_owned(),
    };
    let ty = type_text(api, &argument.ty);
    let key = if argument.is_idempotency_key {
        " idempotency key"
    } else {
        ""
    };
    format!(
        "{:?} {}: {ty}{mark} {style}{key}",
        argument.kind, argument.wire_name
    )
}

fn response_text(api: &Api, response: &Response) -> String {
    let body = payloads_text(api, &response.payloads);
    let headers = response
        .headers
        .iter()
        .map(|it| format!(" [{}: {}]", it.wire_name, type_text(api, &it.ty)));
    format!("{}: {body}{}", response.status, headers.collect::<String>())
}

/// "Pet as Json application/json, Xml application/xml | String as Text text/csv"
fn payloads_text<'p>(api: &Api, payloads: impl IntoIterator<Item = &'p Payload>) -> String {
    let form = |it: &Form| {
        let encoding = match &it.encoding {
            BodyEncoding::Form(styles) if styles.is_empty() => "Form".to_owned(),
            encoding => format!("{encoding:?}"),
        };
        let unread = if it.is_unread { " (unread)" } else { "" };
        format!("{encoding} {}{unread}", it.media_type)
    };
    let payload = |it: &Payload| {
        let forms: Vec<String> = it.forms.iter().map(form).collect();
        let xml = xml_text(it.xml.as_deref());
        format!("{} as {}{xml}", type_text(api, &it.ty), forms.join(", "))
    };
    let payloads: Vec<String> = payloads.into_iter().map(payload).collect();
    if payloads.is_empty() {
        "nothing".to_owned()
    } else {
        payloads.join(" | ")
    }
}

/// " <element p:pet in urn:pets>"; nothing where nothing is said.
fn xml_text(xml: Option<&Xml>) -> String {
    xml.map(|it| format!(" <{it}>")).unwrap_or_default()
}

fn hint_text(api: &Api, hint: &NameHint) -> String {
    match hint {
        NameHint::Given(name) | NameHint::Own(name) | NameHint::Words(name) => name.clone(),
        NameHint::Inner(owner, role) => format!("{}/{role}", item_text(api, *owner)),
        NameHint::Operation(operation, role) => format!("{}/{role}", api[*operation].id),
    }
}

fn item_text(api: &Api, id: ItemId) -> String {
    hint_text(api, &api[id].hint)
}

fn type_text(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Array(inner) => format!("[{}]", type_text(api, inner)),
        Type::Tuple(items) => {
            let items: Vec<_> = items.iter().map(|item| type_text(api, item)).collect();
            format!("({})", items.join(", "))
        }
        Type::Map(inner) => format!("{{{}}}", type_text(api, inner)),
        Type::Part(inner) => format!("part {}", type_text(api, inner)),
        Type::Nullable(inner) => format!("({} | null)", type_text(api, inner)),
        Type::Item(id) => item_text(api, *id),
        Type::Integer(IntegerFormat::I64) => "Integer".to_owned(),
        Type::Integer(format) => format!("{format:?}").to_lowercase(),
        other => format!("{other:?}"),
    }
}

//! The provenance of a part of a generated module: its place in the document, the keywords that determine it, and the
//! constraints that its type does not express.
//!
//! Reads the IR, the shape and the text at places. Every reason has its line, so that a reader can go there.

use crate::document::Place;
use crate::ir::{
    self, Api, Argument, Field, IntegerFormat, ItemId, ItemKind, OperationId, Presence, SchemeId,
    Type,
};
use crate::paths::{RustPart, RustPath, enumeration_value};
use crate::shape::{Kind, Member, Module, Parameter};
use crate::surface::{argument_text, type_text};

/// The provenance of a part.
#[derive(Clone, Debug)]
pub struct Provenance {
    /// The Rust type, if the part has one.
    pub ty: Option<String>,
    /// Where the document describes it.
    pub place: Place,
    /// The reasons: each a fact in words, and the place of its keyword.
    pub reasons: Vec<(String, Option<Place>)>,
    /// The constraints in the document that the type does not express.
    pub left_out: Vec<String>,
}

/// Returns the provenance of a part of a module.
#[must_use]
pub fn provenance(api: &Api, shape: &Module, path: &RustPath<'_>) -> Provenance {
    let mut found = Finder {
        api,
        shape,
        found: Provenance {
            ty: None,
            place: path.origin.clone(),
            reasons: Vec::new(),
            left_out: Vec::new(),
        },
    };
    match path.part {
        RustPart::Item(id) | RustPart::Constructor(id) => found.item(id, path.part),
        RustPart::Field(id, index) => found.field(id, index),
        RustPart::Variant(id, index) => found.variant(id, index),
        RustPart::Operation(id) | RustPart::Request(id) | RustPart::Error(id) => {
            found.operation(id);
        }
        RustPart::Successes(_) => {
            let fact = "an enum: the successful responses have different bodies";
            found.reason(fact, Some("responses"));
        }
        RustPart::Argument(id, index) => found.argument(id, index),
        RustPart::Body(id) => found.body(id),
        RustPart::Failure(id, index)
        | RustPart::Success(id, index)
        | RustPart::Headers(id, index) => found.response(id, index, path.part),
        RustPart::Header(id, response, index) => found.header(id, response, index),
        RustPart::Incoming(index) => found.incoming(index),
        RustPart::Session(id) => found.session(id),
        RustPart::DeviceFlow(id) => found.device_flow(id),
        RustPart::Credential(id) => {
            let scheme = &api[id];
            found.name(&scheme.name, scheme.rust_name.as_ref());
            found.keywords(&[
                "type",
                "scheme",
                "in",
                "name",
                "flows",
                "x-keywright-prefix",
            ]);
        }
    }
    found.found
}

struct Finder<'a> {
    api: &'a Api,
    shape: &'a Module,
    found: Provenance,
}

impl Finder<'_> {
    /// Adds a fact, with the keyword at the place that states it, if there is one.
    fn reason(&mut self, fact: impl Into<String>, keyword: Option<&str>) {
        let place = keyword.and_then(|it| at(&self.found.place, it));
        self.found.reasons.push((fact.into(), place));
    }

    /// Adds the keywords that are present at the place.
    fn keywords(&mut self, keywords: &[&str]) {
        for keyword in keywords {
            if let Some(place) = at(&self.found.place, keyword) {
                let fact = format!("`{}`", line(&place));
                self.found.reasons.push((fact, Some(place)));
            }
        }
    }

    /// Adds the origin of the Rust name `name`.
    fn called(&mut self, name: &str, wire_name: &str, given: Option<&String>) {
        self.name(wire_name, given);
        let word = name.trim_end_matches('_');
        if name.ends_with('_') && !wire_name.ends_with('_') {
            self.reason(
                format!("`{name}` has an underscore because `{word}` is reserved"),
                None,
            );
        }
    }

    /// Adds the origin of a name.
    fn name(&mut self, wire_name: &str, given: Option<&String>) {
        match given {
            Some(given) if at(&self.found.place, "x-keywright-name").is_some() => {
                self.reason(
                    format!("the name comes from `x-keywright-name: {given}`"),
                    Some("x-keywright-name"),
                );
            }
            Some(given) => {
                self.reason(
                    format!("the name `{given}` comes from the configuration"),
                    None,
                );
            }
            None => self.reason(format!("the name comes from `{wire_name}`"), None),
        }
    }

    fn item(&mut self, id: ItemId, part: RustPart) {
        let item = &self.api[id];
        match &item.hint {
            ir::NameHint::Given(name) => self.name("", Some(name)),
            ir::NameHint::Own(name) => self.name(name, None),
            ir::NameHint::Inner(owner, role) => {
                let owner = &self.shape[*owner].name;
                self.reason(
                    format!("it has no name of its own: it is named after `models::{owner}` and its part `{role}` there"),
                    None,
                );
            }
            ir::NameHint::Operation(operation, role) => {
                let method = &self.shape[*operation].method;
                self.reason(
                    format!("it has no name of its own: it is named after `Client::{method}` and its part `{role}` there"),
                    None,
                );
            }
            ir::NameHint::Words(words) => self.name(words, None),
        }
        let (what, keyword) = match (&self.shape[id].kind, &item.kind) {
            (Kind::Twin(of), _) => {
                let of = &self.shape[*of].name;
                self.reason(
                    format!("it is another name of `models::{of}`: both schemas are equal"),
                    None,
                );
                return;
            }
            (_, ItemKind::Struct(_)) => ("a struct", "properties"),
            (_, ItemKind::Enumeration(_)) => ("an enum with a variant for each value", "enum"),
            (_, ItemKind::Union(_)) => {
                let keyword = if at(&self.found.place, "anyOf").is_some() {
                    "anyOf"
                } else {
                    "oneOf"
                };
                ("an enum with a variant for each branch", keyword)
            }
            (_, ItemKind::Alias(ty)) => {
                let ty = ty.clone();
                self.scalar(&ty);
                return;
            }
        };
        self.reason(format!("{what}: the schema has `{keyword}`"), Some(keyword));
        self.keywords(&["allOf", "discriminator", "additionalProperties"]);
        if part == RustPart::Constructor(id) {
            self.reason(
                "the constructor takes the required properties",
                Some("required"),
            );
        }
    }

    fn field(&mut self, id: ItemId, index: usize) {
        let (ItemKind::Struct(it), Kind::Struct(shape)) =
            (&self.api[id].kind, &self.shape[id].kind)
        else {
            return;
        };
        let field = &it.fields[index];
        let owner = &self.api[id].origin.place;
        let stated = owner.value("properties");
        // A property that is a reference has the place of its target.
        if let Some(stated) = stated.and_then(|it| it.value(&field.wire_name)) {
            self.found.place = stated;
        }
        if let Member::Field(member) = &shape.members[index] {
            self.found.ty = Some(type_text(self.shape, &member.ty));
        }
        let name = match &shape.members[index] {
            Member::Field(member) => member.name.as_str(),
            Member::Constant(_) => "",
        };
        self.called(name, &field.wire_name, field.rust_name.as_ref());
        self.presence(field, &self.api[id].origin.place.clone());
        if field.boxed {
            self.reason("`Box`: the type contains itself", None);
        }
        self.scalar(&field.ty);
        if field.read_only {
            self.reason("only servers send it", Some("readOnly"));
        }
        if field.write_only {
            self.reason("only clients send it", Some("writeOnly"));
        }
        self.found.left_out.clone_from(&field.constraints);
    }

    fn presence(&mut self, field: &Field, owner: &Place) {
        let name = &field.wire_name;
        let required = at(owner, "required").map(|_| owner.keyword_value("required", name));
        let (fact, place) = match field.presence {
            Presence::Required => (format!("no `Option`: `{name}` is in `required`"), required),
            Presence::Nullable => {
                let fact = format!("`Option`: `{name}` is in `required`, and may be null");
                (fact, null(&self.found.place))
            }
            Presence::Optional => {
                let fact = format!("`Option`: `{name}` is not in `required`");
                (fact, at(owner, "required").or_else(|| Some(owner.clone())))
            }
            Presence::OptionalNullable => {
                let fact = format!("`Maybe`: `{name}` is not in `required`, and may also be null");
                (fact, null(&self.found.place))
            }
        };
        self.found.reasons.push((fact, place));
    }

    /// Adds the reasons for a type.
    fn scalar(&mut self, ty: &Type) {
        let format = at(&self.found.place, "format");
        let fact = match ty {
            Type::Integer(it) => match (it, &format) {
                (IntegerFormat::I64, None) => "`i64`: `type: integer` without `format`".to_owned(),
                (_, None) => "the width of the integer follows from its bounds".to_owned(),
                (_, Some(place)) => {
                    format!("the width of the integer follows from `{}`", line(place))
                }
            },
            Type::Number => "`f64`: `type: number`".to_owned(),
            Type::Boolean => "`bool`: `type: boolean`".to_owned(),
            Type::String => "`String`: `type: string`".to_owned(),
            Type::Secret => {
                let keyword = if at(&self.found.place, "x-keywright-sensitive").is_some() {
                    "x-keywright-sensitive"
                } else {
                    "format"
                };
                let fact = match at(&self.found.place, keyword) {
                    Some(place) => format!("`SecretString`, hidden in logs: `{}`", line(&place)),
                    None => "`SecretString`, hidden in logs".to_owned(),
                };
                self.reason(fact, Some(keyword));
                return;
            }
            Type::DateTime | Type::Date | Type::Uuid | Type::Base64 => match &format {
                Some(place) => format!("the type follows from `{}`", line(place)),
                None => "the type follows from the schema's encoding".to_owned(),
            },
            Type::Array(_) => "`Vec`: `type: array`".to_owned(),
            Type::Map(_) => "a map: the schema describes values under keys of any name".to_owned(),
            Type::Tuple(_) => "a tuple: the schema has `prefixItems`".to_owned(),
            Type::Any => self.untyped(),
            Type::Item(id) if self.api[*id].foreign.is_some() => {
                let foreign = self.api.foreign(ty).map_or("", |it| &it.path);
                let fact =
                    format!("`{foreign}`: the configuration replaces the schema by this type");
                let keyword = at(&self.found.place, "$ref").map(|_| "$ref");
                self.reason(fact, keyword);
                return;
            }
            Type::Item(id) => {
                let name = &self.shape[*id].name;
                let fact = format!("the type is `models::{name}`");
                let keyword = at(&self.found.place, "$ref").map(|_| "$ref");
                self.reason(fact, keyword);
                return;
            }
            Type::Nullable(inner) => {
                self.reason("`Option`: the value may be null", None);
                self.scalar(&inner.clone());
                return;
            }
            Type::Bytes
            | Type::File
            | Type::Part(_)
            | Type::Multipart
            | Type::Null
            | Type::Error => {
                return;
            }
        };
        let keyword = if format.is_some() { "format" } else { "type" };
        self.reason(fact, Some(keyword));
    }

    /// Returns the reason why a value has no type.
    fn untyped(&self) -> String {
        let mut untyped = self.api.untyped.iter();
        let found = untyped.find(|it| self.found.place.is_in(&it.origin.place));
        match found {
            Some(it) => format!("any JSON value: {}", it.why),
            None => "any JSON value".to_owned(),
        }
    }

    fn variant(&mut self, id: ItemId, index: usize) {
        match &self.api[id].kind {
            ItemKind::Enumeration(it) => {
                let value = enumeration_value(&it.values, index).unwrap_or_default();
                if at(&self.found.place, "enum").is_some() {
                    self.found.place = self.found.place.keyword_value("enum", &value);
                }
                self.reason(format!("the value `{value}` of `enum`"), None);
            }
            ItemKind::Union(it) => {
                let branch = &it.branches[index];
                if let Kind::Union(shape) = &self.shape[id].kind {
                    self.found.ty = Some(type_text(self.shape, &shape.variants[index].ty));
                }
                self.name(&branch.hint, None);
                self.scalar(&branch.ty);
            }
            ItemKind::Struct(_) | ItemKind::Alias(_) => {}
        }
    }

    fn operation(&mut self, id: OperationId) {
        let operation = &self.api[id];
        if let Some(place) = at(&self.found.place, "operationId") {
            let fact = format!("the name comes from `{}`", line(&place));
            if operation.rust_name.is_none() {
                self.found.reasons.push((fact, Some(place)));
            }
        } else if operation.rust_name.is_none() {
            self.reason(
                "the name comes from the method and the path: there is no `operationId`",
                None,
            );
        }
        if operation.rust_name.is_some() {
            self.name(&operation.id, operation.rust_name.as_ref());
        }
        self.reason(
            format!("it sends `{} {}`", operation.method, operation.path),
            None,
        );
        self.keywords(&[
            "parameters",
            "requestBody",
            "responses",
            "security",
            "deprecated",
        ]);
        self.found.ty = Some(type_text(self.shape, &self.shape[id].output));
    }

    fn argument(&mut self, id: OperationId, index: usize) {
        let argument = &self.api[id].arguments[index];
        let mut name = "";
        if let Parameter::Argument(ident, shape) = &self.shape[id].parameters[index] {
            self.found.ty = Some(argument_text(self.shape, shape));
            name = ident.as_str();
        }
        self.called(name, &argument.wire_name, argument.rust_name.as_ref());
        self.requiredness(argument);
        self.keywords(&["in", "style", "explode", "schema", "content", "deprecated"]);
        self.found.left_out.clone_from(&argument.constraints);
    }

    fn requiredness(&mut self, argument: &Argument) {
        if argument.required {
            let fact = "it is positional: the parameter is required";
            self.reason(fact, Some("required"));
        } else {
            let fact = "it is a setter: the parameter is not required";
            self.reason(fact, Some("required"));
        }
    }

    fn body(&mut self, id: OperationId) {
        let Some(body) = &self.api[id].body else {
            return;
        };
        if let Some(shape) = &self.shape[id].body {
            self.found.ty = Some(argument_text(self.shape, &shape.argument));
        }
        for payload in &body.payloads {
            let names: Vec<String> = payload
                .forms
                .iter()
                .map(|it| format!("`{}`", it.media_type))
                .collect();
            self.reason(
                format!("it is sent as {}", names.join(" or ")),
                Some("content"),
            );
        }
        self.keywords(&["required"]);
    }

    fn response(&mut self, id: OperationId, index: usize, part: RustPart) {
        let response = &self.api[id].responses[index];
        if !matches!(part, RustPart::Headers(..)) {
            let body = &self.shape[id].responses[index].body;
            self.found.ty = Some(type_text(self.shape, body));
        }
        self.reason(
            format!("the response with the status `{}`", response.status),
            None,
        );
        self.keywords(&["content", "headers", "x-keywright-name"]);
    }

    fn header(&mut self, id: OperationId, response: usize, index: usize) {
        let header = &self.api[id].responses[response].headers[index];
        let shape = &self.shape[id];
        let responses = shape.responses.iter().filter_map(|it| it.headers.as_ref());
        let mut fields = responses.chain(&shape.headers).flat_map(|it| &it.fields);
        let field = fields.find(|it| it.response == response && it.header == index);
        self.name(&header.wire_name, header.rust_name.as_ref());
        if let Some(field) = field {
            self.found.ty = Some(format!("Option<{}>", type_text(self.shape, &field.ty)));
            self.reason("`Option`: a response may lack the header", None);
        }
        self.keywords(&["required", "schema", "content", "deprecated"]);
    }

    fn session(&mut self, id: SchemeId) {
        let name = &self.api[id].name;
        self.reason(format!("it is for the security scheme `{name}`"), None);
        let Some(session) = self.api.session(id) else {
            return;
        };
        let acquire = Some((session.acquire.operation, "gives the token"));
        let renew = session.renew.as_ref();
        let renew = renew.map(|it| (it.operation, "renews it"));
        let revoke = session.revoke.as_ref();
        let revoke = revoke.map(|it| (it.operation, "ends the session"));
        for (operation, what) in [acquire, renew, revoke].into_iter().flatten() {
            let operation = &self.api[operation].id;
            self.reason(format!("`{operation}` {what}"), None);
        }
    }

    fn device_flow(&mut self, id: SchemeId) {
        let name = &self.api[id].name;
        self.reason(format!("it is for the security scheme `{name}`"), None);
        let Some(flow) = self.api.device_flow(id) else {
            return;
        };
        let start = &self.api[flow.start.operation].id;
        let poll = &self.api[flow.poll.operation].id;
        self.reason(format!("`{start}` starts it"), None);
        self.reason(format!("`{poll}` is polled for the credential"), None);
    }

    fn incoming(&mut self, index: usize) {
        let incoming = &self.api.incoming[index];
        self.name(&incoming.name, incoming.rust_name.as_ref());
        let method = &incoming.method;
        self.reason(format!("the API sends it as a `{method}` request"), None);
        self.found.ty = Some(type_text(self.shape, &self.shape.incoming[index].output));
        self.keywords(&["requestBody", "responses", "deprecated"]);
    }
}

/// Returns the place of a keyword of a mapping, if it is present.
fn at(place: &Place, keyword: &str) -> Option<Place> {
    let found = place.keyword(keyword);
    (found.pointer != place.pointer).then_some(found)
}

/// Returns the keyword that allows null.
fn null(place: &Place) -> Option<Place> {
    at(place, "nullable").or_else(|| at(place, "type"))
}

/// Returns a key and its value, if that is a scalar, as written at a place.
fn line(place: &Place) -> String {
    let start = place.span.start as usize;
    let end = place.source.line_end(place.span.start);
    let text = place.source.text.get(start..end).unwrap_or_default();
    let end = text.find([',', '}', '{', '[']).unwrap_or(text.len());
    let text = text[..end].split(" #").next().unwrap_or_default();
    let text = text.trim().trim_end_matches(':');
    text.replace(['"', '`'], "")
}

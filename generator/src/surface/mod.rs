//! The public Rust API of a module in a form that a reviewer reads in a minute: a line for each signature.
//!
//! Reads the IR and its names alone. What every client has alike is left out: `base_url` and its like, derives,
//! `send`, the box around an object in a variant. A line changes when, and only when, what callers see changes.

mod types;

use std::fmt::Write as _;

use crate::config::Dates;
use crate::ir::{
    Additional, Alternative, Api, Argument, Cause, EnumerationValues, Group, Ident, Item, ItemId,
    ItemKind, Names, Operation, OperationId, Presence, Response, SchemeId, SchemeKind,
    StatusPattern, Struct, Success, TypeNames,
};
use crate::lines::Lines;
use types::Types;

/// The surface of the module `name`.
#[must_use]
pub fn surface(name: &str, api: &Api, names: &Names, dates: Dates) -> String {
    let surface = Surface {
        api,
        names,
        types: Types { names, dates },
    };
    let mut text = format!(
        "mod {name}: {}, version {}\n",
        plain(&api.info.title),
        plain(&api.info.version)
    );
    surface.client(&mut text);
    for (index, group) in api.groups.iter().enumerate() {
        surface.group(&mut text, group, names.groups[index].as_str());
    }
    surface.incoming(&mut text);
    surface.models(&mut text);
    let mut lines = Lines::default();
    for line in text.lines() {
        lines.add(0, line);
    }
    lines.finish()
}

struct Surface<'a> {
    api: &'a Api,
    names: &'a Names,
    types: Types<'a>,
}

impl Surface<'_> {
    fn client(&self, text: &mut String) {
        text.push_str("\nClient, ClientBuilder\n");
        for (id, scheme) in (0..).map(SchemeId).zip(&self.api.schemes) {
            let setter = self.names.scheme(id);
            let arguments = match &scheme.kind {
                SchemeKind::Basic => {
                    "username: impl Into<String>, password: impl Into<SecretString>"
                }
                SchemeKind::Bearer { .. } => "token: impl Into<SecretString>",
                SchemeKind::ApiKey { .. } => "key: impl Into<SecretString>",
            };
            let inferred = inferred(scheme.inferred);
            let _ = writeln!(text, "    {setter}({arguments}){inferred}");
        }
        let choice = self.api.servers.len() > 1
            || self.api.servers.iter().any(|it| !it.variables.is_empty());
        for (server, names) in self.api.servers.iter().zip(&self.names.servers) {
            if choice {
                let variables: Vec<String> = names
                    .variables
                    .iter()
                    .map(|it| format!("{it}: &str"))
                    .collect();
                let constructor = &names.constructor;
                let _ = writeln!(
                    text,
                    "    Server::{constructor}({}) = {}",
                    variables.join(", "),
                    plain(&server.url)
                );
            } else {
                let _ = writeln!(text, "    at {}", plain(&server.url));
            }
        }
    }

    fn group(&self, text: &mut String, group: &Group, file: &str) {
        let _ = writeln!(text, "\n{file}");
        for id in &group.operations {
            self.operation(text, *id);
        }
    }

    fn operation(&self, text: &mut String, id: OperationId) {
        let operation = &self.api[id];
        let names = self.names.operation(id);
        let arguments = operation.arguments.iter().zip(&names.arguments);
        let required = arguments.clone().filter(|(it, _)| it.required);
        let mut parameters: Vec<String> = required
            .map(|(it, name)| format!("{name}: {}", self.argument(it)))
            .collect();
        let mut setters: Vec<(String, bool)> = arguments
            .filter(|(it, _)| !it.required)
            .map(|(it, name)| (format!("{name}: {}", self.argument(it)), it.deprecated))
            .collect();
        let empties = operation.arguments.iter().zip(&names.empties);
        let empties = empties.filter_map(|(it, name)| Some((it, name.as_ref()?)));
        setters.extend(empties.map(|(it, name)| (format!("{name}()"), it.deprecated)));
        if let Some(body) = &operation.body {
            let ty = match &body.payloads[..] {
                [payload] => self.types.sent(self.api, payload),
                payloads => {
                    let variants = payloads.iter().zip(&names.body_type.payloads);
                    let variants = variants.map(|(payload, variant)| {
                        let ty = self.types.held(payload);
                        format!("{variant}({ty}) as {}", plain(&payload.form().media_type))
                    });
                    choice(&names.body_type.ty, variants)
                }
            };
            let parameter = format!("{}: {ty}", names.body);
            if body.required {
                parameters.push(parameter);
            } else {
                setters.push((parameter, false));
            }
        }
        let deprecated = deprecated(operation.deprecated);
        let method = &names.method;
        let value = self.success(id, operation);
        let _ = writeln!(
            text,
            "    {method}({}) -> {value}{deprecated}",
            parameters.join(", ")
        );
        let method = operation.method.as_str();
        let _ = writeln!(
            text,
            "        {method} {}, {}{}",
            plain(&operation.path),
            self.security(operation),
            servers(operation)
        );
        for (setter, is_deprecated) in setters {
            let deprecated = self::deprecated(is_deprecated);
            let _ = writeln!(text, "        .{setter}{deprecated}");
        }
        for (index, response) in operation.responses.iter().enumerate() {
            self.response(text, operation, index, response, id);
        }
    }

    /// The value of a success; of several, the enum.
    fn success(&self, id: OperationId, operation: &Operation) -> String {
        match &operation.success {
            Success::Undocumented => "()".to_owned(),
            Success::One(indices) => indices
                .first()
                .map_or_else(|| "()".to_owned(), |index| self.body(operation, *index, id)),
            Success::Several(_) => self.names.operation(id).success.to_string(),
        }
    }

    fn response(
        &self,
        text: &mut String,
        operation: &Operation,
        index: usize,
        response: &Response,
        id: OperationId,
    ) {
        let names = self.names.operation(id);
        let status = status(response.status);
        let body = self.body(operation, index, id);
        let success = operation.success.responses().contains(&index);
        let variant = &names.responses[index];
        let meaning = match &operation.success {
            Success::Several(_) if success => format!("{}::{variant}({body})", names.success),
            _ if success && operation.is_failure(index) => {
                format!("{body}, or {}::{variant}({body})", names.error)
            }
            _ if success => body,
            _ => format!("{}::{variant}({body})", names.error),
        };
        let headers: Vec<String> = response
            .headers
            .iter()
            .zip(&names.headers[index])
            .map(|(header, name)| format!("{name}: {}", self.types.owned(&header.ty)))
            .collect();
        let headers = if headers.is_empty() {
            String::new()
        } else {
            format!(", headers {}", headers.join(", "))
        };
        let _ = writeln!(text, "        {status} {meaning}{headers}");
    }

    /// The body of a response, by its index; of several payloads, the enum.
    fn body(&self, operation: &Operation, index: usize, id: OperationId) -> String {
        match &operation.responses[index].payloads[..] {
            [] => "()".to_owned(),
            [payload] => self.types.received(payload),
            payloads => {
                let names = &self.names.operation(id).body_types[index];
                let variants = payloads.iter().zip(&names.payloads);
                let variants = variants.map(|(payload, variant)| {
                    let ty = self.types.received(payload);
                    format!("{variant}({ty}) as {}", plain(&payload.form().media_type))
                });
                choice(&names.ty, variants)
            }
        }
    }

    fn argument(&self, argument: &Argument) -> String {
        self.types.borrowed(self.api, &argument.ty)
    }

    fn security(&self, operation: &Operation) -> String {
        let alternative = |it: &Alternative| {
            let schemes = it.schemes.iter().map(|(id, scopes)| {
                let name = self.names.scheme(*id);
                if scopes.is_empty() {
                    name.to_string()
                } else {
                    format!("{name}[{}]", plain(&scopes.join(" ")))
                }
            });
            let foreign = it.foreign.iter();
            let foreign = foreign.map(|it| format!("{} by the transport", plain(it)));
            let schemes: Vec<String> = schemes.chain(foreign).collect();
            if schemes.is_empty() {
                "no credentials".to_owned()
            } else {
                schemes.join(" and ")
            }
        };
        let alternatives: Vec<String> = operation.security.iter().map(alternative).collect();
        if alternatives.is_empty() {
            "no credentials".to_owned()
        } else {
            let inferred = inferred(operation.security_is_inferred);
            format!("{}{inferred}", alternatives.join(" or "))
        }
    }

    fn incoming(&self, text: &mut String) {
        if self.api.incoming.is_empty() {
            return;
        }
        text.push_str("\nwebhooks, callbacks\n");
        for (it, name) in self.api.incoming.iter().zip(&self.names.incoming) {
            let module = match it.cause {
                Cause::Webhook => "webhooks",
                Cause::Callback { .. } => "callbacks",
            };
            let payload = it.body.as_ref().and_then(|body| body.payloads.first());
            let ty = payload.map_or_else(|| "()".to_owned(), |it| self.types.received(it));
            let deprecated = deprecated(it.deprecated);
            let method = it.method.as_str();
            let _ = writeln!(text, "    {module}::{name} -> {ty}{deprecated}");
            let _ = writeln!(text, "        {method} {}", plain(&it.name));
            for response in &it.responses {
                let status = status(response.status);
                let payload = response.payloads.first();
                let ty = payload.map_or_else(|| "()".to_owned(), |it| self.types.received(it));
                let _ = writeln!(text, "        {status} {ty}");
            }
        }
    }

    fn models(&self, text: &mut String) {
        if self.api.items.is_empty() {
            return;
        }
        text.push_str("\nmodels\n");
        for (id, item) in (0..).map(ItemId).zip(&self.api.items) {
            self.item(text, item, self.names.item(id));
        }
    }

    fn item(&self, text: &mut String, item: &Item, names: &TypeNames) {
        let name = &names.ty;
        let deprecated = deprecated(item.deprecated);
        match &item.kind {
            ItemKind::Alias(ty) => {
                let _ = writeln!(
                    text,
                    "    type {name} = {}{deprecated}",
                    self.types.owned(ty)
                );
            }
            ItemKind::Union(it) => {
                let _ = writeln!(text, "    enum {name}{deprecated}");
                for (variant, branch) in names.members.iter().zip(&it.branches) {
                    let _ = writeln!(text, "        {variant}({})", self.types.owned(&branch.ty));
                }
            }
            ItemKind::Struct(it) => {
                let _ = writeln!(text, "    struct {name}{deprecated}");
                self.fields(text, it, names);
            }
            ItemKind::Enumeration(it) => {
                let _ = writeln!(text, "    enum {name}{deprecated}");
                let values: Vec<String> = match &it.values {
                    EnumerationValues::Strings(them) => {
                        them.iter().map(|it| format!("{:?}", it.value)).collect()
                    }
                    EnumerationValues::Integers(them) => {
                        them.iter().map(|it| it.value.to_string()).collect()
                    }
                    EnumerationValues::Mixed(them) => {
                        them.iter().map(|it| it.value.to_string()).collect()
                    }
                };
                for (variant, value) in names.members.iter().zip(values) {
                    let _ = writeln!(text, "        {variant} = {value}");
                }
            }
        }
    }

    fn fields(&self, text: &mut String, it: &Struct, names: &TypeNames) {
        for (field, name) in it.fields.iter().zip(&names.members) {
            let plain_type = self.types.owned(&field.ty);
            let ty = if field.boxed {
                format!("Box<{plain_type}>")
            } else {
                plain_type
            };
            let ty = match field.presence {
                Presence::Required => ty,
                Presence::Nullable => format!("Option<{ty}>, never left out"),
                Presence::Optional => format!("Option<{ty}>"),
                Presence::OptionalNullable => format!("Maybe<{ty}>"),
            };
            let wire = if field.wire_name == name.as_str() {
                String::new()
            } else {
                format!(" = {:?}", field.wire_name)
            };
            let deprecated = deprecated(field.deprecated);
            let _ = writeln!(text, "        {name}: {ty}{wire}{deprecated}");
        }
        if let (Additional::Kept(ty), Some(rest)) = (&it.additional, &names.rest) {
            let _ = writeln!(
                text,
                "        {rest}: BTreeMap<String, {}>",
                self.types.owned(ty)
            );
        }
    }
}

/// `AddPetBody { Json(Pet) as application/json | .. }`
fn choice(ty: &Ident, variants: impl Iterator<Item = String>) -> String {
    format!("{ty} {{ {} }}", variants.collect::<Vec<_>>().join(" | "))
}

fn status(status: StatusPattern) -> String {
    match status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Range(digit) => format!("{digit}XX"),
        StatusPattern::Default => "other".to_owned(),
    }
}

/// Where an operation is served, when that is not where the rest of the API is.
fn servers(operation: &Operation) -> String {
    let first = operation.servers.first();
    first.map_or_else(String::new, |it| {
        format!(", at {}", plain(&it.default_url()))
    })
}

fn deprecated(deprecated: bool) -> &'static str {
    if deprecated { " (deprecated)" } else { "" }
}

fn inferred(inferred: bool) -> &'static str {
    if inferred { " (inferred)" } else { "" }
}

/// Text of the document in one line.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

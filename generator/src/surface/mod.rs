//! Prints the public Rust API of a module for reviewers: a line for each signature.
//!
//! Reads the shape, and the IR for requests and responses. Everything that all clients share is left out: methods such
//! as `base_url` and `send`, derives, and the box around an object in a variant. A line changes exactly when the API
//! for callers changes.

mod types;

pub use types::{argument_text, type_text};

use std::fmt::Write as _;

use crate::ir::{
    Alternative, Api, Cause, EnumerationValues, Group, Ident, ItemId, ItemKind, Names, OAuth,
    OAuthFlowKind, OAuthNames, Operation, OperationId, Payload, Presence, SchemeId, StatusPattern,
    Struct,
};
use crate::lines::Lines;
use crate::shape::{self, Constructor, Kind, Member, Module};

/// The surface of the module `name`.
#[must_use]
pub fn surface(name: &str, api: &Api, names: &Names, shape: &Module) -> String {
    let surface = Surface { api, names, shape };
    let mut text = format!(
        "mod {name}: {}, version {}\n",
        plain(&api.info.title),
        plain(&api.info.version)
    );
    surface.client(&mut text);
    for (index, group) in api.groups.iter().enumerate() {
        surface.group(&mut text, group, names.groups[index].as_str());
    }
    surface.shared_arguments(&mut text);
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
    shape: &'a Module,
}

impl Surface<'_> {
    fn client(&self, text: &mut String) {
        text.push_str("\nClient, ClientBuilder\n");
        for (scheme, credential) in self.api.schemes.iter().zip(&self.shape.credentials) {
            let arguments = credential.arguments.iter();
            let arguments = arguments.map(|(name, it)| format!("{name}: {}", self.argument(it)));
            let arguments: Vec<String> = arguments.collect();
            let (setter, arguments) = (&credential.setter, arguments.join(", "));
            let inferred = inferred(scheme.inferred);
            let _ = writeln!(text, "    {setter}({arguments}){inferred}");
        }
        for it in &self.shape.sessions {
            let names = &it.names;
            let _ = writeln!(
                text,
                "    {}() -> ClientSession, {}(store)",
                names.get, names.store
            );
            let oauth = self.api.oauth(it.scheme).zip(it.flows.as_ref());
            for line in oauth.map(flows).unwrap_or_default() {
                let _ = writeln!(text, "    {line}");
            }
            if let Some(id) = it.sign_in {
                let request = &self.shape[id].name;
                let _ = writeln!(text, "    {}(Fn(&Client) -> Request<{request}>)", names.set);
            }
            if let Some(id) = it.confirm {
                let (confirm, request) = (&names.confirm, &self.shape[id].name);
                let _ = writeln!(text, "    {confirm}(Request<{request}>) -> Confirmation");
            }
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
        let (operation, shape) = (&self.api[id], &self.shape[id]);
        let (parameters, setters) = self.parameters(id);
        let parameters = parameters.join(", ");
        let parameters = match &shape.arguments_struct {
            Some(name) => format!("{name} {{ {parameters} }}"),
            None => parameters,
        };
        let deprecated = deprecated(operation.deprecated);
        let (method, output) = (&shape.method, self.ty(&shape.output));
        let once = if shape.is_once { ", sent once" } else { "" };
        let _ = writeln!(
            text,
            "    {method}({parameters}) -> {output}{once}{deprecated}"
        );
        let method_name = method;
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
        for (alias, setter) in self.shape.aliases_of_setters(id) {
            if let Some(new) = self.shape.renamed_setter(setter) {
                let _ = writeln!(text, "        .{}{}", alias.name, alias_of(new));
            }
        }
        for index in 0..operation.responses.len() {
            self.response(text, operation, shape, index);
        }
        for (alias, types) in self.shape.aliases_of_operation(id) {
            let _ = writeln!(text, "    {}(..){}", alias.name, alias_of(method_name));
            for (old, new) in types {
                let _ = writeln!(text, "        type {old}{}", alias_of(new));
            }
        }
    }

    /// The traits of operations that have an argument.
    fn shared_arguments(&self, text: &mut String) {
        if self.shape.shared.is_empty() {
            return;
        }
        text.push_str("\narguments\n");
        for (index, it) in self.shape.shared.iter().enumerate() {
            let of = &self.shape[it.operation].parameters[it.parameter];
            if let shape::Parameter::Argument(name, argument) = of {
                let ty = self.argument(argument);
                let _ = writeln!(text, "    {}: .{name}: {ty}", it.marker);
            }
            for (alias, setter) in self.shape.aliases_of_marker(index) {
                let of = alias_of(&it.marker);
                let _ = writeln!(text, "    {}: .{setter}{of}", alias.name);
            }
        }
    }

    /// The arguments of an operation's method, and the setters of its request, each with whether it is deprecated.
    fn parameters(&self, id: OperationId) -> (Vec<String>, Vec<(String, bool)>) {
        let (operation, shape) = (&self.api[id], &self.shape[id]);
        let (mut parameters, mut setters) = (Vec::new(), Vec::new());
        for (argument, it) in operation.arguments.iter().zip(&shape.parameters) {
            let (name, it) = match it {
                shape::Parameter::Argument(name, it) => (name, it),
                shape::Parameter::Constant(value) => {
                    let constant = format!("{:?} is {value}", argument.wire_name);
                    setters.push((constant, argument.deprecated));
                    continue;
                }
            };
            let parameter = format!("{name}: {}", self.argument(it));
            if argument.required {
                parameters.push(parameter);
            } else {
                setters.push((parameter, argument.deprecated));
            }
        }
        let empties = operation
            .arguments
            .iter()
            .zip(&self.names.operation(id).empties);
        let empties = empties.filter_map(|(it, name)| Some((it, name.as_ref()?)));
        setters.extend(empties.map(|(it, name)| (format!("{name}()"), it.deprecated)));
        if let (Some(body), Some(it)) = (&operation.body, &shape.body) {
            let ty = match &it.choice {
                Some(choice) => self.choice(choice, &body.payloads),
                None => self.argument(&it.argument),
            };
            let parameter = format!("{}: {ty}", it.name);
            if body.required {
                parameters.push(parameter);
            } else {
                setters.push((parameter, false));
            }
        }
        (parameters, setters)
    }

    /// A response: its status, where callers meet it, its body and its headers.
    fn response(
        &self,
        text: &mut String,
        operation: &Operation,
        shape: &shape::Operation,
        index: usize,
    ) {
        let (response, it) = (&operation.responses[index], &shape.responses[index]);
        let status = status(response.status);
        let body = match &it.choice {
            Some(choice) => self.choice(choice, &response.payloads),
            None => self.ty(&it.body),
        };
        let (variant, error) = (&it.variant, &shape.error);
        let meaning = match &shape.success {
            Some(choice) if it.is_success => format!("{}::{variant}({body})", choice.name),
            _ if it.is_success && it.is_failure => {
                format!("{body}, or {error}::{variant}({body})")
            }
            _ if it.is_success => body,
            _ => format!("{error}::{variant}({body})"),
        };
        let headers = if it.is_success {
            &shape.headers
        } else {
            &it.headers
        };
        let fields = headers.iter().flat_map(|headers| &headers.fields);
        let own = fields.filter(|header| header.response == index);
        let headers: Vec<String> = own
            .map(|header| format!("{}: {}", header.name, self.ty(&header.ty)))
            .collect();
        let headers = if headers.is_empty() {
            String::new()
        } else {
            format!(", headers {}", headers.join(", "))
        };
        let _ = writeln!(text, "        {status} {meaning}{headers}");
    }

    /// `AddPetBody { Json(Pet) as application/json | .. }`
    fn choice(&self, choice: &shape::Choice, payloads: &[Payload]) -> String {
        let variants = payloads.iter().zip(&choice.variants);
        let variants = variants.map(|(payload, variant)| {
            let media_type = plain(&payload.form().media_type);
            format!(
                "{}({}) as {media_type}",
                variant.name,
                self.unboxed(&variant.ty)
            )
        });
        format!(
            "{} {{ {} }}",
            choice.name,
            variants.collect::<Vec<_>>().join(" | ")
        )
    }

    fn security(&self, operation: &Operation) -> String {
        let alternative = |it: &Alternative| {
            let schemes = it.schemes.iter().map(|(id, scopes)| {
                let SchemeId(index) = *id;
                let name = &self.shape.credentials[index as usize].setter;
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
        for (it, shape) in self.api.incoming.iter().zip(&self.shape.incoming) {
            let module = match it.cause {
                Cause::Webhook => "webhooks",
                Cause::Callback { .. } => "callbacks",
            };
            let (name, output) = (&shape.name, self.ty(&shape.output));
            let deprecated = deprecated(it.deprecated);
            let method = it.method.as_str();
            let _ = writeln!(text, "    {module}::{name} -> {output}{deprecated}");
            let _ = writeln!(text, "        {method} {}", plain(&it.name));
            for (response, body) in it.responses.iter().zip(&shape.responses) {
                let _ = writeln!(
                    text,
                    "        {} {}",
                    status(response.status),
                    self.ty(body)
                );
            }
        }
    }

    fn models(&self, text: &mut String) {
        if self.api.items.is_empty() {
            return;
        }
        text.push_str("\nmodels\n");
        for id in (0..).map(ItemId).take(self.api.items.len()) {
            self.item(text, id);
        }
    }

    fn item(&self, text: &mut String, id: ItemId) {
        let (item, shape) = (&self.api[id], &self.shape[id]);
        let name = &shape.name;
        let deprecated = deprecated(item.deprecated);
        let mut head = |head: &str| {
            let _ = writeln!(text, "    {head}{deprecated}");
        };
        match &shape.kind {
            Kind::Omitted => {}
            Kind::Twin(of) => head(&format!("type {name} = {}", self.shape[*of].name)),
            Kind::Alias(ty) => head(&format!("type {name} = {}", self.ty(ty))),
            Kind::Union(it) => {
                head(&format!("enum {name}"));
                for variant in &it.variants {
                    let ty = self.unboxed(&variant.ty);
                    let _ = writeln!(text, "        {}({ty})", variant.name);
                }
            }
            Kind::Struct(it) => {
                head(&format!("struct {name}"));
                if let ItemKind::Struct(ir) = &item.kind {
                    self.structure(text, it, ir);
                }
            }
            Kind::Enumeration(it) => {
                head(&format!("enum {name}"));
                for (variant, value) in it.variants.iter().zip(values(&item.kind)) {
                    let _ = writeln!(text, "        {} = {value}", variant.name);
                }
                for (index, alias) in self.shape.aliases_of_values(id) {
                    let of = alias_of(&it.variants[index].name);
                    let _ = writeln!(text, "        {}{of}", alias.name);
                }
            }
        }
        for alias in self.shape.aliases_of_model(id) {
            let _ = writeln!(text, "    type {}{}", alias.name, alias_of(name));
        }
    }

    fn structure(&self, text: &mut String, it: &shape::Struct, ir: &Struct) {
        let is_named = matches!(it.constructor, Constructor::Named(_));
        let argument = |field: &shape::Field| {
            if is_named {
                self.ty(&field.ty)
            } else {
                self.argument(&field.argument)
            }
        };
        let required: Vec<String> = it
            .required()
            .map(|(_, field)| format!("{}: {}", field.name, argument(field)))
            .collect();
        let required = required.join(", ");
        let constructor = match &it.constructor {
            Constructor::None => None,
            Constructor::Empty | Constructor::Positional => Some(format!("new({required})")),
            Constructor::Named(name) => Some(format!("new({name} {{ {required} }})")),
        };
        if let Some(constructor) = constructor {
            let _ = writeln!(text, "        {constructor}");
        }
        for (member, field) in it.members.iter().zip(&ir.fields) {
            let deprecated = deprecated(field.deprecated);
            let _ = match member {
                Member::Constant(it) => {
                    let (name, value) = (&field.wire_name, &it.value);
                    writeln!(text, "        {name:?} is {value}{deprecated}")
                }
                Member::Field(it) => {
                    let (name, ty) = (&it.name, self.ty(&it.ty));
                    let never_left_out = match it.presence {
                        Presence::Nullable => ", never left out",
                        _ => "",
                    };
                    let wire = if field.wire_name == it.name.as_str() {
                        String::new()
                    } else {
                        format!(" = {:?}", field.wire_name)
                    };
                    writeln!(
                        text,
                        "        {name}: {ty}{never_left_out}{wire}{deprecated}"
                    )
                }
            };
        }
        if let Some((name, ty)) = &it.rest {
            let ty = self.ty(&ty.clone().map());
            let _ = writeln!(text, "        {name}: {ty}");
        }
    }
}

/// The values of an enumeration as they travel, in JSON.
fn values(kind: &ItemKind) -> Vec<String> {
    let ItemKind::Enumeration(it) = kind else {
        return Vec::new();
    };
    match &it.values {
        EnumerationValues::Strings(them) => {
            them.iter().map(|it| format!("{:?}", it.value)).collect()
        }
        EnumerationValues::Integers(them) => them.iter().map(|it| it.value.to_string()).collect(),
        EnumerationValues::Mixed(them) => them.iter().map(|it| it.value.to_string()).collect(),
    }
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

/// What is said of an old name.
fn alias_of(new: &Ident) -> String {
    format!(" (deprecated alias of {new})")
}

fn inferred(inferred: bool) -> &'static str {
    if inferred { " (inferred)" } else { "" }
}

/// Text of the document in one line.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The methods for the flows of an authorization server.
fn flows((oauth, names): (&OAuth, &OAuthNames)) -> Vec<String> {
    let flows = oauth.flows.iter();
    let methods = flows.map(|flow| {
        let method = names.method(flow.kind);
        match flow.kind {
            OAuthFlowKind::ClientCredentials => format!("{method}(App)"),
            OAuthFlowKind::Password => format!("{method}(App, username, password)"),
            OAuthFlowKind::AuthorizationCode | OAuthFlowKind::Implicit => {
                format!("{method}(App, redirect_url) -> Authorization")
            }
            OAuthFlowKind::Device => format!("{method}(App) -> Confirmation"),
        }
    });
    let app = oauth.renewable().map(|_| format!("{}(App)", names.app));
    methods.chain(app).collect()
}

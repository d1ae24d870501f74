//! The model as text, a line per thing, for tests and for people who want to know how a document was understood.

use indexmap::IndexSet;

use super::{
    Description, Encoding, MediaType, OAuthFlow, Operation, ParameterValue, PathItem, Response,
    Schema, SchemaId, SecurityScheme, SecuritySchemeKind, Server, StatusPattern, Xml,
};
use crate::document::Place;
use crate::lines::Lines;

/// Prints a description. A component schema goes by its name, another one that is used in several places by its
/// pointer, and every other stands where it is used.
#[must_use]
pub fn print(description: &Description) -> String {
    let printer = Printer::new(description);
    let mut out = Lines::default();
    let info = &description.info;
    out.add(0, format!("OpenAPI {}", description.version));
    out.add(
        0,
        format!("title {:?} version {:?}", info.title, info.version),
    );
    for it in &description.servers {
        out.add(0, format!("server {}", server(it)));
    }
    for (name, scheme) in &description.security_schemes {
        out.add(0, format!("scheme {name}: {}", scheme_text(scheme)));
    }
    for tag in &description.tags {
        let parent = tag.parent.as_ref().map(|it| format!(" in {it}"));
        out.add(0, format!("tag {}{}", tag.name, parent.unwrap_or_default()));
    }
    for (name, id) in &description.component_schemas {
        printer.named(&mut out, name, *id);
    }
    for id in &printer.shared {
        printer.named(&mut out, &printer.name(*id), *id);
    }
    for item in &description.paths {
        printer.path_item(&mut out, 0, "", item);
    }
    for item in &description.webhooks {
        printer.path_item(&mut out, 0, "webhook ", item);
    }
    out.finish()
}

/// Prints the parts of a description.
struct Printer<'a> {
    description: &'a Description,
    shared: IndexSet<SchemaId>,
}

impl<'a> Printer<'a> {
    fn new(description: &'a Description) -> Self {
        Self {
            description,
            shared: description.shared_schemas(),
        }
    }

    /// A schema where it is used.
    fn used(&self, id: SchemaId) -> String {
        if self.description.schemas[id].component.is_some() || self.shared.contains(&id) {
            return self.name(id);
        }
        let schema = &self.description.schemas[id];
        let words = self.words(schema, self.properties(schema));
        format!("({})", words.join(" "))
    }

    /// What a schema is called: a component by its name, any other by its pointer.
    fn name(&self, id: SchemaId) -> String {
        let schema = &self.description.schemas[id];
        match &schema.component {
            Some(name) => name.clone(),
            None => self.pointer(&schema.place),
        }
    }

    /// A pointer, after the file if that is not the entry document.
    fn pointer(&self, place: &Place) -> String {
        if place.source.name == self.description.place.source.name {
            return place.pointer.to_string();
        }
        format!("{}{}", place.source.name, place.pointer)
    }

    /// A schema with a name: what it says, and a line for each property.
    fn named(&self, out: &mut Lines, name: &str, id: SchemaId) {
        let schema = &self.description.schemas[id];
        let words = self.words(schema, Vec::new()).join(" ");
        out.add(0, format!("schema {name}: {words}"));
        for property in self.properties(schema) {
            out.add(1, property);
        }
    }

    fn properties(&self, schema: &Schema) -> Vec<String> {
        let properties = schema.properties.iter();
        let text = |(name, id): (&String, &SchemaId)| format!("{name}: {}", self.used(*id));
        properties.map(text).collect()
    }

    /// What a schema says, with its properties among the rest.
    fn words(&self, schema: &Schema, properties: Vec<String>) -> Vec<String> {
        let used = |word: &str, id: Option<SchemaId>| Some(format!("{word} {}", self.used(id?)));
        let mut parts: Vec<String> = Vec::new();
        parts.extend(used("->", schema.reference));
        parts.extend((!schema.satisfiable).then(|| "never".to_owned()));
        parts.extend(schema.types.iter().map(|it| it.as_str().to_owned()));
        parts.extend(schema.nullable.then(|| "or null".to_owned()));
        parts.extend(
            schema
                .enumeration
                .as_ref()
                .map(|it| format!("enum {}", json(it))),
        );
        parts.extend(schema.constant.as_ref().map(|it| format!("const {it}")));
        parts.extend(properties);
        let required = &schema.required;
        parts.extend((!required.is_empty()).then(|| format!("required {required:?}")));
        let patterns = schema.pattern_properties.iter();
        parts.extend(patterns.map(|(name, it)| format!("/{name}/: {}", self.used(*it))));
        parts.extend(used("keys", schema.property_names));
        parts.extend(used("content", schema.content_schema));
        parts.extend(used("others", schema.additional_properties));
        parts.extend(used("items", schema.items));
        for (keyword, ids) in [
            ("prefix", &schema.prefix_items),
            ("all of", &schema.all_of),
            ("any of", &schema.any_of),
            ("one of", &schema.one_of),
        ] {
            parts.extend((!ids.is_empty()).then(|| format!("{keyword} {}", self.list(ids))));
        }
        parts.extend(used("not", schema.not));
        parts.extend(self.discriminator(schema));
        let conditional = schema.conditional.iter();
        parts.extend(conditional.map(|id| format!("perhaps {}", self.used(*id))));
        parts.extend(bounds(schema));
        parts.extend(annotations(schema));
        parts
    }

    fn list(&self, ids: &[SchemaId]) -> String {
        let ids: Vec<String> = ids.iter().map(|id| self.used(*id)).collect();
        ids.join(", ")
    }

    fn discriminator(&self, schema: &Schema) -> Option<String> {
        let it = schema.discriminator.as_ref()?;
        let mapping = it.mapping.iter();
        let mapping = mapping.map(|(key, id)| format!("{key} = {}", self.used(*id)));
        let otherwise = it
            .otherwise
            .map(|id| format!("otherwise {}", self.used(id)));
        let mapping: Vec<String> = mapping.chain(otherwise).collect();
        Some(format!("by {} {{{}}}", it.property, mapping.join(", ")))
    }

    fn path_item(&self, out: &mut Lines, depth: usize, kind: &str, item: &PathItem) {
        for operation in &item.operations {
            out.add(depth, format!("{kind}{} {}", operation.method, item.path));
            self.operation(out, depth + 1, operation);
        }
    }

    /// What an operation says.
    fn operation(&self, out: &mut Lines, depth: usize, operation: &Operation) {
        for it in &operation.parameters {
            let required = if it.required { "!" } else { "" };
            let value = self.value(&it.value);
            out.add(
                depth,
                format!("{:?} {}{required} {value}", it.location, it.name),
            );
        }
        if let Some(body) = &operation.request_body {
            let required = if body.required { "!" } else { "" };
            out.add(
                depth,
                format!("body{required} {}", self.content(&body.content)),
            );
        }
        for (status, response) in &operation.responses {
            out.add(depth, self.response(*status, response));
        }
        for requirement in &operation.security {
            out.add(depth, format!("needs {:?}", requirement.schemes));
        }
        for it in &operation.servers {
            out.add(depth, format!("at {}", server(it)));
        }
        for callback in &operation.callbacks {
            for item in &callback.path_items {
                self.path_item(out, depth, &format!("callback {} ", callback.name), item);
            }
        }
    }

    fn value(&self, value: &ParameterValue) -> String {
        match value {
            ParameterValue::Schema {
                schema,
                style,
                explode,
                ..
            } => {
                let explode = if *explode { " exploded" } else { "" };
                format!("{style:?}{explode} {}", self.used(*schema))
            }
            ParameterValue::Content(it) => self.content(std::slice::from_ref(it)),
        }
    }

    fn response(&self, status: StatusPattern, response: &Response) -> String {
        let content = self.content(&response.content);
        let headers = response.headers.iter();
        let headers = headers.map(|it| format!(" [{}: {}]", it.name, self.value(&it.value)));
        let headers: String = headers.collect();
        format!(
            "{status} {content}{headers} {:?}",
            short(&response.description)
        )
    }

    /// Media types and what is in them.
    fn content(&self, content: &[MediaType]) -> String {
        if content.is_empty() {
            return "nothing".to_owned();
        }
        let form = |it: &MediaType| {
            let schema = it.schema.map(|id| format!(" {}", self.used(id)));
            let items = it.item_schema.map(|id| format!(" each {}", self.used(id)));
            let parts = it.encoding.iter();
            let parts = parts.map(|(name, it)| format!(" [{name}{}]", encoding(it)));
            let words = schema.into_iter().chain(items).chain(parts);
            format!("{}{}", it.name, words.collect::<String>())
        };
        content.iter().map(form).collect::<Vec<_>>().join(" | ")
    }
}

fn encoding(encoding: &Encoding) -> String {
    let content_type = encoding.content_type.iter().map(|it| format!(" as {it}"));
    let style = encoding.style.iter().map(|it| format!(" {it:?}"));
    let explode = encoding
        .explode
        .map(|it| if it { " exploded" } else { " in one" });
    let words = content_type.chain(style).chain(explode.map(str::to_owned));
    words.collect()
}

fn json(values: &[serde_json::Value]) -> String {
    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
    format!("[{}]", values.join(", "))
}

fn bounds(schema: &Schema) -> Vec<String> {
    let numbers = [
        (">=", &schema.bounds.minimum),
        (">", &schema.bounds.exclusive_minimum),
        ("<=", &schema.bounds.maximum),
        ("<", &schema.bounds.exclusive_maximum),
        ("multiple of", &schema.bounds.multiple_of),
    ];
    let numbers = numbers.iter();
    let numbers = numbers.filter_map(|(sign, it)| Some(format!("{sign} {}", it.as_ref()?)));
    let counts = [
        ("length >=", schema.bounds.min_length),
        ("length <=", schema.bounds.max_length),
        ("items >=", schema.bounds.min_items),
        ("items <=", schema.bounds.max_items),
        ("properties >=", schema.bounds.min_properties),
        ("properties <=", schema.bounds.max_properties),
    ];
    let counts = counts.iter();
    let counts = counts.filter_map(|(sign, it)| Some(format!("{sign} {}", (*it)?)));
    let flags = schema.bounds.unique_items.then(|| "unique".to_owned());
    numbers.chain(counts).chain(flags).collect()
}

fn annotations(schema: &Schema) -> Vec<String> {
    let about = schema.description.as_ref().map(|it| short(it));
    let texts = [
        ("title", &schema.title),
        ("format", &schema.format),
        ("about", &about),
        ("pattern", &schema.bounds.pattern),
        ("encoded as", &schema.content_encoding),
        ("holds", &schema.content_media_type),
    ];
    let texts = texts.iter();
    let texts = texts.filter_map(|(word, it)| Some(format!("{word} {:?}", it.as_ref()?)));
    let flags = [
        ("deprecated", schema.deprecated),
        ("read-only", schema.read_only),
        ("write-only", schema.write_only),
    ];
    let flags = flags.iter().filter(|(_, it)| *it);
    let flags = flags.map(|(word, _)| (*word).to_owned());
    let default = schema.default.iter().map(|it| format!("default {it}"));
    let xml = schema.xml.iter().map(|it| xml_text(it));
    let others = schema.other_keywords.iter();
    let others = others.map(|(name, _)| format!("other {name}"));
    let extensions = schema.extensions.iter();
    let extensions = extensions.map(|(name, value)| format!("{name}={value}"));
    texts
        .chain(flags)
        .chain(default)
        .chain(xml)
        .chain(others)
        .chain(extensions)
        .collect()
}

/// "xml attribute id", "xml wrapped pets p:https://example.org"
fn xml_text(xml: &Xml) -> String {
    let node = xml.node.map(|it| it.as_str().to_owned());
    let wrapped = xml.wrapped.then(|| "wrapped".to_owned());
    let prefix = xml.prefix.as_ref().map(|it| format!("{it}:"));
    let name = xml.name.clone();
    let namespace = xml.namespace.as_ref().map(|it| format!("in {it}"));
    let parts = [node, wrapped, prefix, name, namespace];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("xml {}", parts.join(" "))
}

fn server(server: &Server) -> String {
    let variables = server.variables.iter().map(|(name, it)| {
        let allowed = if it.allowed.is_empty() {
            String::new()
        } else {
            format!(" of {:?}", it.allowed)
        };
        format!(" {name} = {:?}{allowed}", it.default)
    });
    format!("{}{}", server.url, variables.collect::<String>())
}

fn scheme_text(scheme: &SecurityScheme) -> String {
    match &scheme.kind {
        SecuritySchemeKind::ApiKey { location, name } => format!("API key {location:?} {name}"),
        SecuritySchemeKind::Http {
            scheme,
            bearer_format,
        } => match bearer_format {
            Some(format) => format!("HTTP {scheme} {format}"),
            None => format!("HTTP {scheme}"),
        },
        SecuritySchemeKind::MutualTls => "mutual TLS".to_owned(),
        SecuritySchemeKind::OAuth2(flows) => {
            let flows = [
                ("implicit", &flows.implicit),
                ("password", &flows.password),
                ("client credentials", &flows.client_credentials),
                ("authorization code", &flows.authorization_code),
                ("device authorization", &flows.device_authorization),
            ];
            let flows = flows.iter();
            let flows = flows.filter_map(|(name, it)| Some(flow(name, it.as_ref()?)));
            format!("OAuth 2 {}", flows.collect::<Vec<_>>().join(", "))
        }
        SecuritySchemeKind::OpenIdConnect { url } => format!("OpenID Connect {}", url.text),
    }
}

fn flow(name: &str, flow: &OAuthFlow) -> String {
    let urls = [
        ("authorization", &flow.authorization_url),
        ("device", &flow.device_authorization_url),
        ("token", &flow.token_url),
        ("refresh", &flow.refresh_url),
    ];
    let urls = urls.iter();
    let urls = urls.filter_map(|(word, url)| Some(format!(" {word} {}", url.as_ref()?.text)));
    let scopes: Vec<&str> = flow.scopes.keys().map(String::as_str).collect();
    format!("{name}{} scopes {scopes:?}", urls.collect::<String>())
}

/// The beginning of a description.
fn short(text: &str) -> String {
    const LENGTH: usize = 60;
    let line = text.trim().lines().next().unwrap_or_default();
    let mut shown: String = line.chars().take(LENGTH).collect();
    if shown.len() < text.trim().len() {
        shown.push('…');
    }
    shown
}

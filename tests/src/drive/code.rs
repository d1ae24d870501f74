//! The text of a program that calls operations with arguments in JSON, and tells in JSON what they bring.
//!
//! Also part of the build script, which writes such functions for the clients of fixtures.

use std::fmt::Write as _;

use keywright::NamedApi;
use keywright::config::Dates;
use keywright::ir::{
    Api, BodyEncoding, Ident, ItemId, ItemKind, Operation, OperationId, OperationNames, Payload,
    Presence, SchemeKind, Struct, Success, Type,
};
use keywright::shape::{self, Argument, Constructor, Kind, Member, Parameter};

/// What all functions call. `runtime` is the path of the runtime's module.
#[must_use]
pub fn support(runtime: &str) -> String {
    SUPPORT.replace("RUNTIME", runtime)
}

const SUPPORT: &str = r#"
use serde_json::Value;

type Told = std::pin::Pin<Box<dyn Future<Output = Result<Value, String>>>>;

type Calls = Box<dyn Fn(Case) -> Told>;

struct Case(Value);

#[allow(dead_code, reason = "not every API needs all of it")]
impl Case {
    fn operation(&self) -> Option<u64> {
        self.0["operation"].as_u64()
    }

    fn required<T: RUNTIME::Decode>(&self, index: usize) -> Result<T, String> {
        self.optional(index)?.ok_or_else(|| format!("the case lacks the argument {index}"))
    }

    fn optional<T: RUNTIME::Decode>(&self, index: usize) -> Result<Option<T>, String> {
        self.0["arguments"].get(index.to_string()).map(decode).transpose()
    }

    fn is_empty(&self, index: usize) -> bool {
        self.0["empty"].as_array().is_some_and(|it| it.contains(&index.into()))
    }

    fn payload(&self) -> Option<u64> {
        self.0["payload"].as_u64()
    }

    fn body<T: RUNTIME::Decode>(&self) -> Result<T, String> {
        decode(&self.0["body"])
    }

    fn has_part(&self, name: &str) -> bool {
        self.0["body"].get(name).is_some_and(|it| !it.is_null())
    }

    fn part<T: RUNTIME::Decode>(&self, name: &str) -> Result<T, String> {
        decode(&self.0["body"][name])
    }
}

fn decode<T: RUNTIME::Decode>(value: &Value) -> Result<T, String> {
    let json = serde_json::to_vec(value).map_err(|error| error.to_string())?;
    RUNTIME::from_slice(&json).map_err(|error| format!("not taken: {error}"))
}

/// Each call is one request.
fn once() -> RUNTIME::Retry {
    RUNTIME::Retry::none()
}

#[allow(dead_code, reason = "not every API needs all of it")]
fn json(value: &dyn RUNTIME::Encode) -> Result<Value, String> {
    let json = RUNTIME::to_vec(value).map_err(|error| format!("not written: {error}"))?;
    serde_json::from_slice(&json).map_err(|error| format!("no JSON is written: {error}"))
}

fn answer(status: u16, body: Value) -> Value {
    serde_json::json!({ "status": status, "body": body })
}

/// What is in every secret.
const MARK: &str = "MARKED";

thread_local! {
    /// What has shown a secret.
    static SHOWN: std::cell::RefCell<Vec<String>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// Looks at what a value shows of itself.
fn show(value: &dyn std::fmt::Debug) {
    look(format!("{value:?}"));
}

fn look(text: String) {
    if text.contains(MARK) {
        SHOWN.with_borrow_mut(|it| it.push(text));
    }
}

/// Returns what has shown a secret since the last time.
#[allow(dead_code, reason = "not every program looks for secrets")]
fn shown() -> Vec<String> {
    SHOWN.take()
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    show(&error);
    look(text.clone());
    text
}

#[allow(dead_code, reason = "not every API needs all of it")]
fn binary(text: String) -> RUNTIME::Body {
    RUNTIME::Body::from(text).of_type("image/png")
}

#[allow(dead_code, reason = "not every API needs all of it")]
async fn bytes(body: RUNTIME::Body) -> Result<Value, String> {
    let bytes = body.bytes().await.map_err(|error| chain(&error))?;
    Ok(Value::String(String::from_utf8_lossy(&bytes).into_owned()))
}
"#;

/// The type to decode for an argument, as far as it is not inferred.
fn decoded(argument: &Argument) -> &'static str {
    match argument {
        Argument::Text => "String",
        Argument::Texts => "Vec<String>",
        Argument::Slice(_) => "Vec<_>",
        Argument::Into(_) if is_text(argument) => "String",
        Argument::Into(_) | Argument::Value(_) | Argument::Reference(_) => "_",
    }
}

/// Whether texts become what a function takes.
fn is_text(argument: &Argument) -> bool {
    const TEXTS: [&str; 4] = [
        "String",
        "secrecy::SecretString",
        "super::runtime::Date",
        "super::runtime::DateTime",
    ];
    matches!(argument, Argument::Into(shape::Type::Path(path, _)) if TEXTS.contains(path))
}

/// The expression that passes a variable.
fn passed(argument: &Argument, variable: &str) -> String {
    match argument {
        Argument::Into(_) | Argument::Value(_) => variable.to_owned(),
        Argument::Text | Argument::Texts | Argument::Slice(_) | Argument::Reference(_) => {
            format!("&{variable}")
        }
    }
}

/// The expression that is a field of a struct of arguments.
fn held(argument: &Argument, variable: &str) -> String {
    match argument {
        Argument::Into(_) => format!("{variable}.into()"),
        Argument::Texts => {
            format!("&{variable}.iter().map(String::as_str).collect::<Vec<&str>>()")
        }
        Argument::Value(_) | Argument::Text | Argument::Slice(_) | Argument::Reference(_) => {
            passed(argument, variable)
        }
    }
}

/// Whether the program can call an operation: whether its body can be made from JSON, if it needs one.
#[must_use]
pub fn can_call(api: &Api, operation: &Operation) -> bool {
    let is_needed = operation.body.as_ref().is_some_and(|it| it.required);
    !is_needed || !sent(api, operation).is_empty()
}

/// The payloads of a body that can be made from JSON, by index.
#[must_use]
pub fn sent(api: &Api, operation: &Operation) -> Vec<usize> {
    let payloads = operation.body.iter().flat_map(|it| &it.payloads);
    let is_sent = |payload: &Payload| match payload.form().encoding {
        BodyEncoding::Json
        | BodyEncoding::Xml
        | BodyEncoding::Form(_)
        | BodyEncoding::Text
        | BodyEncoding::Lines
        | BodyEncoding::Bytes => true,
        BodyEncoding::Multipart => form(api, payload).is_some(),
        BodyEncoding::Events => false,
    };
    let payloads = payloads.enumerate().filter(|(_, it)| is_sent(it));
    payloads.map(|(index, _)| index).collect()
}

/// The type of a multipart body.
#[must_use]
pub fn form<'a>(api: &'a Api, payload: &Payload) -> Option<(ItemId, &'a Struct)> {
    object(api, payload).filter(|(_, it)| it.parts.is_some())
}

/// The type of a body that is an object.
#[must_use]
pub fn object<'a>(api: &'a Api, payload: &Payload) -> Option<(ItemId, &'a Struct)> {
    let mut ty = &payload.ty;
    while let Type::Item(id) = ty {
        match &api[*id].kind {
            ItemKind::Alias(target) => ty = target,
            ItemKind::Struct(it) => return Some((*id, it)),
            _ => return None,
        }
    }
    None
}

/// Whether the body of an answer is told.
#[must_use]
pub fn is_told(payload: &Payload) -> bool {
    payload.form().encoding != BodyEncoding::Multipart
}

/// The text of a function that gives what makes calls of these operations, and of a function for each. `module` is the path of
/// the API's module, `function` what the function is to be called.
#[must_use]
pub fn functions(
    named: &NamedApi,
    dates: Dates,
    operations: &[OperationId],
    module: &str,
    function: &str,
) -> String {
    let mut text = format!(
        "\nfn {function}(base_url: &str) -> Result<Calls, String> {{\n    \
         let client = {module}::Client::builder().base_url(base_url).retry(once()){}.build();\n    \
         let client = client.map_err(|error| chain(&error))?;\n    \
         Ok(Box::new(move |case: Case| -> Told {{\n        \
         let client = client.clone();\n        match case.operation() {{\n",
        credentials(named, &format!("{}::runtime", parent(module)))
    );
    let shape = shape::shape(&named.api, &named.names, dates);
    let can_call = |id: &&OperationId| can_call(&named.api, &named.api[**id]);
    for id in operations.iter().filter(can_call) {
        let _ = writeln!(
            text,
            "            Some({0}) => Box::pin({function}_{0}(client, case)),",
            id.0
        );
    }
    text.push_str(
        "            _ => {\n                drop(client);\n                \
         Box::pin(std::future::ready(Err(\"there is no such operation\".to_owned())))\n            \
         }\n        }\n    }))\n}\n",
    );
    for id in operations.iter().filter(can_call) {
        let code = Code {
            named,
            items: &shape,
            dates,
            operation: &named.api[*id],
            shape: &shape[*id],
            names: named.names.operation(*id),
            module,
        };
        let _ = write!(
            text,
            "\n#[allow(deprecated, unreachable_patterns, unused_mut, unused_variables, reason = \"written by the build script, all after one pattern\")]\n\
             async fn {function}_{}(client: {module}::Client, case: Case) -> Result<Value, String> {{\n{}}}\n",
            id.0,
            code.body()
        );
    }
    text
}

/// A credential for each scheme. `runtime` is the path of the runtime's module.
fn credentials(named: &NamedApi, runtime: &str) -> String {
    let schemes = named.api.schemes.iter().zip(&named.names.schemes);
    let call = |setter: &Ident, kind: &SchemeKind| match kind {
        SchemeKind::Basic | SchemeKind::Digest => {
            format!(".{setter}(\"MARKED-user\", \"MARKED-password\")")
        }
        // The servers here ask for no certificate, and whoever brings a transport is expected to show one.
        SchemeKind::MutualTls => format!(
            ".transport({runtime}::HttpTransport::new(std::time::Duration::from_secs(10)).map_err(|error| chain(&error))?)"
        ),
        SchemeKind::Bearer { .. } | SchemeKind::Http { .. } | SchemeKind::ApiKey { .. } => {
            format!(".{setter}(\"MARKED-credential\")")
        }
    };
    let calls: Vec<String> = schemes
        .map(|(scheme, names)| call(&names.setter, &scheme.kind))
        .collect();
    calls.concat()
}

/// The path of what a module is in.
fn parent(module: &str) -> &str {
    module.rsplit_once("::").map_or("", |(parent, _)| parent)
}

/// The expression of all items of a stream.
fn collected(item: &str) -> String {
    format!(
        "{{\n                let (mut stream, mut items) = (body, Vec::new());\n                \
         while let Some(item) = stream.next().await {{\n                    \
         let item = item.map_err(|error| chain(&error))?;\n                    \
         items.push(json(&{item})?);\n                }}\n                Value::Array(items)\n            }}"
    )
}

struct Code<'a> {
    named: &'a NamedApi,
    items: &'a shape::Module,
    dates: Dates,
    operation: &'a Operation,
    shape: &'a shape::Operation,
    names: &'a OperationNames,
    module: &'a str,
}

impl Code<'_> {
    fn body(&self) -> String {
        let mut text = String::new();
        let mut given: Vec<String> = Vec::new();
        let is_struct = self.shape.arguments_struct.is_some();
        let mut give = |name: &Ident, argument: &Argument, variable: &str| {
            given.push(if is_struct {
                format!("{name}: {}", held(argument, variable))
            } else {
                passed(argument, variable)
            });
        };
        let parameters = self.operation.arguments.iter().zip(&self.shape.parameters);
        let arguments = parameters
            .enumerate()
            .filter_map(|(index, (ir, it))| match it {
                Parameter::Argument(name, argument) => Some((index, ir, name, argument)),
                // It is sent without being asked for.
                Parameter::Constant(_) => None,
            });
        for (index, _, name, argument) in arguments.clone().filter(|it| it.1.required) {
            let ty = decoded(argument);
            let _ = writeln!(text, "    let a{index}: {ty} = case.required({index})?;");
            give(name, argument, &format!("a{index}"));
        }
        let body = self.operation.body.as_ref();
        if let Some(shape) = &self.shape.body
            && body.is_some_and(|it| it.required)
        {
            let _ = writeln!(text, "    let body = {};", self.sent_body());
            give(&shape.name, &shape.argument, "body");
        }
        let method = &self.shape.method;
        let given = given.join(", ");
        let given = match &self.shape.arguments_struct {
            Some(name) => format!("{}::{name} {{ {given} }}", self.module),
            None => given,
        };
        let _ = writeln!(text, "    let mut call = client.{method}({given});");
        for (index, _, setter, argument) in arguments.filter(|it| !it.1.required) {
            let (ty, value) = (decoded(argument), passed(argument, "value"));
            let _ = writeln!(
                text,
                "    if let Some(value) = case.optional({index})? {{\n        \
                 let value: {ty} = value;\n        call = call.{setter}({value});\n    }}"
            );
            if let Some(empty) = &self.names.empties[index] {
                let _ = writeln!(
                    text,
                    "    if case.is_empty({index}) {{\n        call = call.{empty}();\n    }}"
                );
            }
        }
        if body.is_some_and(|it| !it.required) && !sent(&self.named.api, self.operation).is_empty()
        {
            let setter = &self.names.body;
            let _ = writeln!(
                text,
                "    if case.payload().is_some() {{\n        call = call.{setter}({});\n    }}",
                self.sent_body()
            );
        }
        self.answers(&mut text);
        text
    }

    /// The expression of the body that the case has.
    fn sent_body(&self) -> String {
        let payloads = self.operation.body.iter().flat_map(|it| &it.payloads);
        let payloads: Vec<&Payload> = payloads.collect();
        let argument = self.shape.body.as_ref().map(|it| &it.argument);
        let made = |payload: &Payload| match payload.form().encoding {
            BodyEncoding::Bytes if payload.form().media_type.contains('*') => {
                "binary(case.body()?)".to_owned()
            }
            BodyEncoding::Bytes => "case.body::<String>()?".to_owned(),
            BodyEncoding::Lines => "case.body::<Vec<_>>()?".to_owned(),
            BodyEncoding::Multipart => self.parts(payload),
            // A variant has the type itself.
            _ if payloads.len() > 1 => "case.body()?".to_owned(),
            _ => format!("case.body::<{}>()?", argument.map_or("_", decoded)),
        };
        if let [payload] = &payloads[..] {
            return made(payload);
        }
        let ty = format!("{}::{}", self.module, self.names.body_type.ty);
        let mut text = "match case.payload() {\n".to_owned();
        for index in sent(&self.named.api, self.operation) {
            let variant = &self.names.body_type.payloads[index];
            let value = made(payloads[index]);
            let into = matches!(
                payloads[index].form().encoding,
                BodyEncoding::Bytes | BodyEncoding::Multipart
            );
            let into = if into { ".into()" } else { "" };
            let _ = writeln!(
                text,
                "        Some({index}) => {ty}::{variant}({value}{into}),"
            );
        }
        text.push_str("        _ => return Err(\"the case has no such body\".to_owned()),\n    }");
        text
    }

    /// The expression of a multipart body.
    fn parts(&self, payload: &Payload) -> String {
        let Some((id, form)) = form(&self.named.api, payload) else {
            return "return Err(\"there is no such body\".to_owned())".to_owned();
        };
        let Kind::Struct(shape) = &self.items[self.items.twin(id)].kind else {
            return "return Err(\"there is no such body\".to_owned())".to_owned();
        };
        let fields = form.fields.iter().zip(&shape.members);
        let fields = fields.filter_map(|(it, member)| match member {
            Member::Field(field) => Some((it, field)),
            Member::Constant(_) => None,
        });
        let (required, optional): (Vec<_>, Vec<_>) =
            fields.partition(|(it, _)| it.presence == Presence::Required);
        let models = format!("{}::models", self.module);
        let required = required.iter().map(|(it, field)| {
            let value = self.part(&it.wire_name, &it.ty);
            match (&shape.constructor, &field.argument) {
                (Constructor::Named(_), Argument::Into(_)) => {
                    format!("{}: {value}.into()", field.name)
                }
                (Constructor::Named(_), _) => format!("{}: {value}", field.name),
                _ => value,
            }
        });
        let required = required.collect::<Vec<_>>().join(", ");
        let required = match &shape.constructor {
            Constructor::Named(name) => format!("{models}::{name} {{ {required} }}"),
            _ => required,
        };
        let mut text = format!(
            "{{\n        let mut form = {models}::{}::new({required});\n",
            self.named.names.ty(id)
        );
        for (field, shape) in optional {
            let Some(setter) = &shape.setter else {
                continue;
            };
            let wire_name = &field.wire_name;
            let value = self.part(wire_name, &field.ty);
            let _ = writeln!(
                text,
                "        if case.has_part({wire_name:?}) {{\n            \
                 form = form.{setter}({value});\n        }}"
            );
        }
        text.push_str("        form\n    }");
        text
    }

    /// The expression of a part.
    fn part(&self, name: &str, ty: &Type) -> String {
        let runtime = parent(self.module);
        let several = |each: &str, ty: &str| {
            format!(
                "case.part::<Vec<{ty}>>({name:?})?.into_iter().map({runtime}::runtime::{each}::new).collect::<Vec<_>>()"
            )
        };
        match self.named.api.resolve(ty) {
            Type::File => format!("{runtime}::runtime::File::new(case.part::<String>({name:?})?)"),
            Type::Part(inner) => {
                format!("{runtime}::runtime::Part::new({})", self.part(name, inner))
            }
            Type::Array(inner) => match self.named.api.resolve(inner) {
                Type::File => several("File", "String"),
                Type::Part(_) => several("Part", "_"),
                _ => format!("case.part({name:?})?"),
            },
            Type::String | Type::Bytes | Type::Secret => format!("case.part::<String>({name:?})?"),
            Type::DateTime | Type::Date if self.dates == Dates::Text => {
                format!("case.part::<String>({name:?})?")
            }
            _ => format!("case.part::<_>({name:?})?"),
        }
    }

    /// What is told of the answer.
    fn answers(&self, text: &mut String) {
        let _ = writeln!(
            text,
            "    show(&call);\n    let outcome = call.send_with_response().await;\n    show(&outcome);\n    \
             if let Err(error) = &outcome {{\n        chain(error);\n    }}\n    \
             match outcome {{\n        Ok(response) => {{\n            \
             let (status, _, body) = response.into_parts();\n            \
             let body = {};\n            Ok(answer(status.as_u16(), body))\n        }}",
            self.success()
        );
        let error = format!("{}::{}", self.module, self.names.error);
        for (index, _) in self.operation.responses.iter().enumerate() {
            if !self.operation.is_failure(index) {
                continue;
            }
            let variant = &self.names.responses[index];
            let _ = writeln!(
                text,
                "        Err({error}::{variant}(response)) => {{\n            \
                 let (status, _, body) = response.into_parts();\n            \
                 let body = {};\n            Ok(answer(status.as_u16(), body))\n        }}",
                self.told(index)
            );
        }
        let _ = writeln!(
            text,
            "        Err({error}::Other(error)) => Err(chain(&error)),\n        \
             Err(_) => Err(\"an error of no known kind\".to_owned()),\n    }}"
        );
    }

    fn success(&self) -> String {
        match &self.operation.success {
            Success::Undocumented => "Value::Null".to_owned(),
            Success::One(indices) => indices
                .first()
                .map_or_else(|| "Value::Null".to_owned(), |index| self.told(*index)),
            Success::Several(indices) => {
                let ty = format!("{}::{}", self.module, self.names.success);
                let mut text = "match body {\n".to_owned();
                for index in indices {
                    let variant = &self.names.responses[*index];
                    let held = if self.operation.responses[*index].payloads.is_empty() {
                        ""
                    } else {
                        "(body)"
                    };
                    let told = self.told(*index);
                    let _ = writeln!(text, "                {ty}::{variant}{held} => {told},");
                }
                text.push_str("                _ => return Err(\"a success of no known kind\".to_owned()),\n            }");
                text
            }
        }
    }

    /// The expression that tells of `body`, which is that of a response.
    fn told(&self, index: usize) -> String {
        let told = |payload: &Payload| match payload.form().encoding {
            _ if !is_told(payload) => "Value::Null".to_owned(),
            BodyEncoding::Bytes => "bytes(body).await?".to_owned(),
            BodyEncoding::Lines => collected("item"),
            BodyEncoding::Events => collected("item.data"),
            _ => "json(&body)?".to_owned(),
        };
        match &self.operation.responses[index].payloads[..] {
            [] => "Value::Null".to_owned(),
            [payload] => told(payload),
            several => {
                let names = &self.names.body_types[index];
                let ty = format!("{}::{}", self.module, names.ty);
                let mut text = "match body {\n".to_owned();
                for (payload, variant) in several.iter().zip(&names.payloads) {
                    let told = told(payload);
                    let _ = writeln!(text, "                {ty}::{variant}(body) => {told},");
                }
                text.push_str("                _ => return Err(\"a body of no known kind\".to_owned()),\n            }");
                text
            }
        }
    }
}

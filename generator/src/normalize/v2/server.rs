//! `schemes`, `host` and `basePath` (OAS 2.0, Swagger Object), which are servers since 3.0.

use indexmap::IndexMap;

use crate::diagnostics::Code;
use crate::document::Place;
use crate::model::{Extensions, Server};
use crate::normalize::cx::{At, Cx};
use crate::normalize::object::Object;

/// Where an API is served.
pub(super) struct Location {
    place: Place,
    /// Without it, the host that serves the document serves the API.
    host: Option<String>,
    /// Empty, or with a slash at its start and none at its end.
    base_path: String,
    schemes: Vec<String>,
}

/// Reads where the document says that the API is served.
pub(super) fn location<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> Location {
    let mut location = Location {
        place: object.place(cx),
        host: None,
        base_path: String::new(),
        schemes: schemes(cx, object).unwrap_or_default(),
    };
    if let (Some(at), Some(host)) = (object.child(cx, "host"), object.text(cx, "host")) {
        location.place = cx.place(&at);
        location.take_host(cx, &at, "host", host.trim());
    }
    if let (Some(at), Some(path)) = (object.child(cx, "basePath"), object.text(cx, "basePath")) {
        location.take_base_path(cx, &at, path.trim());
    }
    location
}

/// Reads `schemes` of the document or of an operation.
pub(super) fn schemes<'a>(cx: &mut Cx<'a, '_>, object: &mut Object<'a>) -> Option<Vec<String>> {
    let stated = object.child(cx, "schemes")?;
    let mut schemes: Vec<String> = object.texts(cx, "schemes");
    for scheme in &mut schemes {
        scheme.make_ascii_lowercase();
    }
    schemes.retain(|scheme| {
        let is_known = PREFERENCE.contains(&scheme.as_str());
        if !is_known {
            let message = format!("`{scheme}` is not a transfer protocol");
            let finding = cx.finding(Code::InvalidValue, &stated, message).harmless();
            cx.diagnostics
                .report(finding.help("use `https`, `http`, `wss` or `ws`"));
        }
        is_known
    });
    Some(schemes)
}

/// The schemes there are. 2.0 does not rank those that a document lists; a client takes the first server unless
/// its user chooses, and no credentials should travel in the clear because of an order without a meaning.
const PREFERENCE: [&str; 4] = ["https", "http", "wss", "ws"];

impl Location {
    /// The servers, with the schemes of the document or those of an operation.
    pub(super) fn servers(&self, schemes: Option<&[String]>) -> Vec<Server> {
        let schemes = schemes.unwrap_or(&self.schemes);
        let urls: Vec<String> = match &self.host {
            None if self.base_path.is_empty() => Vec::new(),
            None => vec![self.base_path.clone()],
            Some(host) => {
                let known = PREFERENCE
                    .into_iter()
                    .filter(|it| schemes.iter().any(|scheme| scheme == it));
                let url = |scheme: &str| format!("{scheme}://{host}{}", self.base_path);
                // Without a scheme it is the one by which the document was fetched, which nobody knows here.
                if schemes.is_empty() {
                    vec![url("https")]
                } else {
                    known.map(url).collect()
                }
            }
        };
        urls.into_iter().map(|url| self.server(url)).collect()
    }

    /// The servers of an operation that has schemes of its own; none when the document's will do.
    pub(super) fn servers_of_operation(&self, schemes: Option<&[String]>) -> Vec<Server> {
        let Some(own) = schemes.filter(|_| self.host.is_some()) else {
            return Vec::new();
        };
        let has = |schemes: &[String], scheme: &String| schemes.contains(scheme);
        let is_same = own.iter().all(|it| has(&self.schemes, it))
            && self.schemes.iter().all(|it| has(own, it));
        if is_same || own.is_empty() {
            Vec::new()
        } else {
            self.servers(Some(own))
        }
    }

    fn server(&self, url: String) -> Server {
        Server {
            place: self.place.clone(),
            url,
            name: None,
            description: None,
            variables: IndexMap::new(),
            extensions: Extensions::new(),
        }
    }

    /// Takes `host`, or what stands for it under another key: a name or an address, perhaps with a port, and nothing else.
    fn take_host(&mut self, cx: &mut Cx<'_, '_>, at: &At<'_>, key: &str, host: &str) {
        if host.contains(['{', '}']) {
            let message =
                format!("`{key}` contains a variable, which OpenAPI 2.0 does not allow: `{host}`");
            let finding = cx.finding(Code::InvalidValue, at, message).harmless();
            cx.diagnostics
                .report(finding.label("the client has no default server"));
            return;
        }
        let (scheme, rest) = match host.split_once("://") {
            Some((scheme, rest)) => (Some(scheme), rest),
            None => (None, host.trim_start_matches('/')),
        };
        let (name, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        if name != host {
            let message = format!(
                "`{key}` is `{host}`, which is more than a host; it is read as the start of a URL"
            );
            let finding = cx.finding(Code::InvalidValue, at, message).harmless();
            cx.diagnostics
                .report(finding.help(format!("write `host: {name}`")));
        }
        if let Some(scheme) = scheme.filter(|_| self.schemes.is_empty()) {
            self.schemes = vec![scheme.to_ascii_lowercase()];
        }
        path.trim_end_matches('/').clone_into(&mut self.base_path);
        self.host = (!name.is_empty()).then(|| name.to_owned());
    }

    /// Takes `basePath`, which starts with a slash.
    fn take_base_path(&mut self, cx: &mut Cx<'_, '_>, at: &At<'_>, path: &str) {
        if path.contains("://") && self.host.is_none() {
            self.take_host(cx, at, "basePath", path);
            return;
        }
        if path.contains(['{', '}']) {
            let message = format!(
                "`basePath` contains a variable, which OpenAPI 2.0 does not allow: `{path}`"
            );
            let finding = cx.finding(Code::InvalidValue, at, message).harmless();
            cx.diagnostics
                .report(finding.label("the client has no default server"));
            self.host = None;
            return;
        }
        if !path.is_empty() && !path.starts_with('/') {
            let message = format!("`basePath` does not start with `/`; it is read as `/{path}`");
            let finding = cx.finding(Code::InvalidValue, at, message).harmless();
            cx.diagnostics
                .report(finding.help(format!("write `/{path}`")));
        }
        let path = path.trim_matches('/');
        if !path.is_empty() {
            self.base_path.push('/');
            self.base_path.push_str(path);
        }
    }
}

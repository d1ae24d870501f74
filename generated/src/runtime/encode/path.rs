//! Path arguments and the URL of a request.

use url::Url;

use super::percent::{PATH_LITERAL, encode_rest};
use super::style;
use super::{Call, Encode, Error, RequestError, Style};

impl Call {
    /// Sets a path argument. It never leaves its segment: characters such as `/` are encoded, and a value that a server
    /// or a proxy could take for a dot segment (`.`, `..` and their encodings) is refused.
    pub fn path(&mut self, name: &'static str, value: &dyn Encode, style: Style) {
        let tree = match style::tree(value) {
            Ok(tree) => tree,
            Err(error) => return self.fail(Error::from(error)),
        };
        let text = style.path(name, &tree);
        let bare = Style::SIMPLE.header(&tree).unwrap_or_default();
        let problem = if text.trim_start_matches('.').is_empty() && bare.is_empty() {
            "must not be empty"
        } else if undotted(&bare)
            .split(['/', '\\'])
            .any(|step| step == "." || step == "..")
        {
            "must not be `.` or `..`, in whatever spelling, since it would change the path"
        } else {
            self.path_arguments.push((name, text));
            return;
        };
        self.fail(RequestError::argument("path", name, problem).into());
    }
}

/// Returns the URL of a request: the base URL, the template with its arguments, and the query.
///
/// The URL is parsed again to check that nothing was normalized away.
pub(crate) fn url(
    base: &Url,
    template: &'static str,
    arguments: &[(&'static str, String)],
    query: &str,
) -> Result<Url, RequestError> {
    // Some descriptions tell operations apart by a fixed query.
    let (template, fixed_query) = template.split_once('?').unwrap_or((template, ""));
    let mut path = base.path().trim_end_matches('/').to_owned();
    if !template.starts_with('/') && !template.is_empty() {
        path.push('/');
    }
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        path.push_str(&encode_rest(literal, PATH_LITERAL));
        let Some((_, text)) = arguments.iter().find(|(argument, _)| *argument == name) else {
            return Err(RequestError::argument("path", name, "is missing"));
        };
        path.push_str(text);
        rest = after;
    }
    path.push_str(&encode_rest(rest, PATH_LITERAL));
    if path.is_empty() {
        path.push('/');
    }
    let mut url = base.clone();
    url.set_path(&path);
    if url.path() != path {
        return Err(RequestError::new(
            "the arguments of the path would change its segments",
        ));
    }
    let query: Vec<&str> = [fixed_query, query]
        .into_iter()
        .filter(|query| !query.is_empty())
        .collect();
    url.set_query(
        if query.is_empty() {
            None
        } else {
            Some(query.join("&"))
        }
        .as_deref(),
    );
    Ok(url)
}

/// Undoes the encoding of dots and slashes, however often it was applied.
fn undotted(text: &str) -> String {
    let mut text = text.to_owned();
    loop {
        let decoded = text
            .replace("%25", "%")
            .replace("%2e", ".")
            .replace("%2E", ".")
            .replace("%2f", "/")
            .replace("%2F", "/")
            .replace("%5c", "\\")
            .replace("%5C", "\\");
        if decoded == text {
            return text;
        }
        text = decoded;
    }
}

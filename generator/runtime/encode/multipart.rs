//! Multipart bodies (OAS 3.1.1, "Encoding multipart Media Types"; RFC 7578; RFC 2046, section 5.1).

use std::collections::VecDeque;
use std::fmt;
use std::fmt::Write as _;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderName;

use super::header::header_value;
use super::style;
use super::{
    Body, Call, Encode, EncodeError, Error, RequestError, Style, TransportError, Tree, from_slice,
    media_type, to_vec,
};

/// A multipart body.
///
/// ```ignore
/// let form = Multipart::new()
///     .part("title", "Rex")
///     .part("photo", File::new(bytes).named("rex.png").of_type("image/png"));
/// ```
#[derive(Debug, Default)]
pub struct Multipart {
    parts: Vec<Entry>,
    fault: Option<Error>,
}

/// A part with its name, if it has one.
#[derive(Debug)]
struct Entry {
    name: Option<String>,
    file: File,
    /// Set if servers must recognize the part as a file, even without a file name.
    is_file: bool,
}

impl Entry {
    fn new(name: Option<&str>, file: File) -> Self {
        Self {
            name: name.map(str::to_owned),
            file,
            is_file: false,
        }
    }

    /// Returns the value of a header of its own.
    fn own_header(&self, name: &str) -> Option<&str> {
        let mut headers = self.file.0.headers.iter();
        let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the media type of the part without parameters.
    fn essence(&self) -> String {
        let media_type = self.file.0.media_type.as_deref();
        media_type::essence(media_type.unwrap_or("text/plain"))
    }
}

/// A file, or any other part of bytes: content, name, media type and headers.
#[derive(Debug)]
pub struct File(Part<Body>, Option<String>);

/// A part of a body: a value with its own headers.
#[derive(Clone)]
pub struct Part<T> {
    value: T,
    media_type: Option<String>,
    headers: Vec<(String, String)>,
}

impl<T> Part<T> {
    /// Returns a part without its own headers.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self {
            value,
            media_type: None,
            headers: Vec::new(),
        }
    }

    /// Sets the media type, in place of the one in the document.
    #[must_use]
    pub fn of_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Returns the part with another value.
    fn with<U>(&self, value: U) -> Part<U> {
        Part {
            value,
            media_type: self.media_type.clone(),
            headers: self.headers.clone(),
        }
    }
}

/// Does not show the values of headers, since they may be secret.
impl<T: fmt::Debug> fmt::Debug for Part<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Part")
            .field("value", &self.value)
            .field("media_type", &self.media_type)
            .field("headers", &headers)
            .finish()
    }
}

impl<T> From<T> for Part<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl File {
    /// Returns a file without a name.
    #[must_use]
    pub fn new(content: impl Into<Body>) -> Self {
        Self(Part::new(content.into()), None)
    }

    /// Sets the name of the file.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.1 = Some(name.into());
        self
    }

    /// Sets the media type, in place of the one in the document.
    #[must_use]
    pub fn of_type(self, media_type: impl Into<String>) -> Self {
        Self(self.0.of_type(media_type), self.1)
    }

    /// Adds a header.
    #[must_use]
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        Self(self.0.header(name, value), self.1)
    }
}

impl<T: Into<Body>> From<T> for File {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}

impl Multipart {
    /// Returns a body without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part. It is sent with exactly the headers that are set on it.
    #[must_use]
    pub fn part(mut self, name: impl Into<String>, part: impl Into<File>) -> Self {
        self.parts.push(Entry::new(Some(&name.into()), part.into()));
        self
    }

    /// Adds a part without a name, for media types other than `multipart/form-data`.
    #[must_use]
    pub fn unnamed(mut self, part: impl Into<File>) -> Self {
        self.parts.push(Entry::new(None, part.into()));
        self
    }

    /// Adds values as text. Without a media type they have no header, which means `text/plain` (RFC 7578, section 4.4).
    pub fn text(&mut self, name: &str, value: &dyn Parts, media_type: Option<&'static str>) {
        self.each(name, value, &|item| Ok(text(item, media_type)));
    }

    /// Adds values as text with their encoding in a header: `base64` (RFC 2045, section 6).
    pub fn encoded(
        &mut self,
        name: &str,
        value: &dyn Parts,
        media_type: Option<&'static str>,
        encoding: &'static str,
    ) {
        let first = self.parts.len();
        self.text(name, value, media_type);
        for part in self.parts.iter_mut().skip(first) {
            let header = ("Content-Transfer-Encoding".to_owned(), encoding.to_owned());
            part.file.0.headers.push(header);
        }
    }

    /// Adds values as JSON. A text that already is the JSON of an object, an array or a string is sent as it is.
    pub fn json(&mut self, name: &str, value: &dyn Parts, media_type: &'static str) {
        self.each(name, value, &|item| json(item, media_type));
    }

    /// Adds values with an optional media type: objects as JSON, and other values as text.
    pub fn value(&mut self, name: &str, value: &dyn Parts, media_type: Option<&'static str>) {
        self.each(name, value, &|item| match item {
            Tree::Object(_) | Tree::Array(_) => json(item, "application/json"),
            _ => Ok(text(item, media_type)),
        });
    }

    /// Adds a value in a style, as one text part for each of its pairs (OAS 3.1.1, Encoding Object, `style`). Nothing
    /// is percent-encoded.
    pub fn styled(&mut self, name: &str, value: &dyn Encode, style: Style) {
        if value.is_absent() {
            return;
        }
        match style::tree(value) {
            Ok(tree) => {
                for (name, text) in style.plain(name, &tree) {
                    self.parts.push(Entry::new(Some(&name), File::new(text)));
                }
            }
            Err(error) => self.fail(Error::from(error)),
        }
    }

    /// Adds files. The media type applies to files without their own; the default is `application/octet-stream`. In a
    /// form, a file without a name gets the name of the part, since servers recognize files by their file name.
    pub fn file(&mut self, name: &str, files: impl Into<Files>, media_type: Option<&'static str>) {
        for mut file in files.into().0 {
            let media_type = media_type.unwrap_or("application/octet-stream");
            file.0.media_type.get_or_insert(media_type.to_owned());
            self.parts.push(Entry {
                is_file: true,
                ..Entry::new(Some(name), file)
            });
        }
    }

    /// Adds a part for each item of an array, or one part for any other value. `null` has no part.
    fn each(
        &mut self,
        name: &str,
        value: &dyn Parts,
        write: &dyn Fn(&Tree) -> Result<Option<Written>, EncodeError>,
    ) {
        for part in value.parts() {
            let items = match style::tree(part.value) {
                Ok(Tree::Null) => Vec::new(),
                Ok(Tree::Array(items)) => items,
                Ok(tree) => vec![tree],
                Err(error) => return self.fail(Error::from(error)),
            };
            for item in items {
                match write(&item) {
                    Ok(Some((body, media_type))) => {
                        let mut part = part.with(body);
                        part.media_type = part.media_type.or(media_type.map(str::to_owned));
                        self.parts.push(Entry::new(Some(name), File(part, None)));
                    }
                    Ok(None) => {}
                    Err(error) => return self.fail(Error::from(error)),
                }
            }
        }
    }

    fn fail(&mut self, error: Error) {
        self.fault.get_or_insert(error);
    }

    /// Returns the media type, with the boundary and other parameters, and the whole body.
    fn assemble(mut self, documented: &str) -> Result<(String, Body), Error> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let boundary = boundary(&self.parts);
        let essence = media_type::essence(documented);
        let related = (essence == "multipart/related")
            .then(|| root(&mut self.parts, documented, &boundary))
            .flatten();
        // A boundary in the document is only an example.
        let media_type = match media_type::parameter(documented, "boundary") {
            None if related.is_none() => documented,
            _ => &essence,
        };
        let related = related.unwrap_or_default();
        let media_type = format!("{media_type}{related}; boundary={boundary}");
        let is_form = essence == "multipart/form-data";
        let mut pieces = VecDeque::new();
        let mut between = "";
        for part in self.parts {
            let head = head(&part, is_form)?;
            let start = format!("{between}--{boundary}\r\n{head}\r\n");
            pieces.extend([Body::from(start), part.file.0.value]);
            between = "\r\n";
        }
        pieces.push_back(Body::from(format!("{between}--{boundary}--\r\n")));
        Ok((media_type, joined(pieces)))
    }
}

/// Gives the root of related parts an ID, and returns the parameters with the ID and the type of the root (RFC 2387,
/// section 3.1). The root is the first part of the type that the document gives for it, or the first part. Returns
/// `None` if there are no parts.
fn root(parts: &mut [Entry], documented: &str, boundary: &str) -> Option<String> {
    let stated = |name| media_type::parameter(documented, name);
    let is_stated =
        |part: &Entry| stated("type").is_some_and(|it| part.essence() == media_type::essence(it));
    let index = parts.iter().position(is_stated).unwrap_or_default();
    let part = parts.get_mut(index)?;
    let id = if let Some(own) = part.own_header("Content-ID") {
        own.to_owned()
    } else {
        let id = stated("start").map_or_else(|| format!("<root@{boundary}>"), str::to_owned);
        part.file
            .0
            .headers
            .push(("Content-ID".to_owned(), id.clone()));
        id
    };
    let (ty, id) = (part.essence(), id.replace(['"', '\\'], ""));
    Some(format!("; type=\"{ty}\"; start=\"{id}\""))
}

/// A value as it is sent, and its media type if it has one.
type Written = (Body, Option<&'static str>);

fn text(value: &Tree, media_type: Option<&'static str>) -> Option<Written> {
    style::text(value).map(|text| (text.into(), media_type))
}

fn json(value: &Tree, media_type: &'static str) -> Result<Option<Written>, EncodeError> {
    let body = match value {
        Tree::String(text) if is_json(text) => text.clone().into(),
        _ => to_vec(value)?.into(),
    };
    Ok(Some((body, Some(media_type))))
}

/// Returns `true` if a text is the JSON of an object, an array or a string.
fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[', '"']) && from_slice::<Tree>(text.as_bytes()).is_ok()
}

impl Call {
    /// Sends a multipart body. The parts of `multipart/form-data` have names. The parts of other media types have a
    /// media type and no name (RFC 2046, section 5.1; RFC 2387).
    pub fn multipart(&mut self, media_type: &'static str, body: impl Into<Multipart>) {
        match body.into().assemble(media_type) {
            Ok((media_type, body)) => self.body(&media_type, body),
            Err(error) => self.fail(error),
        }
    }
}

/// The parts of a property of a form: a value, or values with their own headers.
pub trait Parts {
    /// Returns the parts. A list of values is one part here.
    fn parts(&self) -> Vec<Part<&dyn Encode>>;
}

impl<T: Encode> Parts for T {
    fn parts(&self) -> Vec<Part<&dyn Encode>> {
        if self.is_absent() {
            Vec::new()
        } else {
            vec![Part::new(self)]
        }
    }
}

impl<T: Encode> Parts for Part<T> {
    fn parts(&self) -> Vec<Part<&dyn Encode>> {
        vec![self.with(&self.value)]
    }
}

impl<T: Encode> Parts for Vec<Part<T>> {
    fn parts(&self) -> Vec<Part<&dyn Encode>> {
        self.iter().flat_map(Parts::parts).collect()
    }
}

impl<T: Encode> Parts for Option<Part<T>> {
    fn parts(&self) -> Vec<Part<&dyn Encode>> {
        self.iter().flat_map(Parts::parts).collect()
    }
}

impl<T: Encode> Parts for Option<Vec<Part<T>>> {
    fn parts(&self) -> Vec<Part<&dyn Encode>> {
        self.iter().flat_map(Parts::parts).collect()
    }
}

/// The files of a property of a form.
#[derive(Debug, Default)]
pub struct Files(Vec<File>);

impl From<File> for Files {
    fn from(file: File) -> Self {
        Self(vec![file])
    }
}

impl From<Vec<File>> for Files {
    fn from(files: Vec<File>) -> Self {
        Self(files)
    }
}

impl From<Option<File>> for Files {
    fn from(file: Option<File>) -> Self {
        Self(file.into_iter().collect())
    }
}

impl From<Option<Vec<File>>> for Files {
    fn from(files: Option<Vec<File>>) -> Self {
        Self(files.unwrap_or_default())
    }
}

/// Writes the headers of a part, each with its line end.
fn head(entry: &Entry, is_form: bool) -> Result<String, Error> {
    let name = entry.name.as_deref();
    let File(part, file_name) = &entry.file;
    let file_name = file_name.as_deref();
    let mut head = String::new();
    let mut push = |parts: &[&str]| head.extend(parts.iter().copied());
    match (name.filter(|_| is_form), file_name) {
        (Some(name), file_name) => {
            push(&["Content-Disposition: form-data; name=", &quoted(name)]);
            if let Some(file_name) = file_name.or(entry.is_file.then_some(name)) {
                push(&["; filename=", &quoted(file_name)]);
            }
            push(&["\r\n"]);
        }
        (None, Some(file_name)) => {
            let file_name = quoted(file_name);
            push(&[
                "Content-Disposition: attachment; filename=",
                &file_name,
                "\r\n",
            ]);
        }
        (None, None) => {}
    }
    let media_type = part.media_type.as_deref().map(|it| ("Content-Type", it));
    let headers = part
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    for (header, value) in media_type.into_iter().chain(headers) {
        if HeaderName::from_bytes(header.as_bytes()).is_err() || header_value(value).is_none() {
            let part = name.map_or_else(String::new, |name| format!(" `{name}`"));
            let problem = format!("the header `{header}` of the part{part} cannot be sent");
            return Err(RequestError::new(problem).into());
        }
        head.extend([header, ": ", value, "\r\n"]);
    }
    Ok(head)
}

/// Writes a name as browsers do (HTML Standard, "Multipart form data"), so that nothing in it ends the name or the
/// line. Control characters, which servers do not accept, are encoded in the same way.
fn quoted(name: &str) -> String {
    let mut quoted = String::from("\"");
    for c in name.chars() {
        if c == '"' || c.is_ascii_control() {
            let _ = write!(quoted, "%{:02X}", u32::from(c));
        } else {
            quoted.push(c);
        }
    }
    quoted.push('"');
    quoted
}

/// Returns a boundary that cannot be guessed and does not occur in any part in memory.
fn boundary(parts: &[Entry]) -> String {
    loop {
        let random = || RandomState::new().hash_one(parts.len());
        let boundary = format!("part-{:016x}{:016x}", random(), random());
        let is_in = |part: &Entry| {
            let bytes = part.file.0.value.as_bytes();
            bytes.is_some_and(|bytes| {
                bytes
                    .windows(boundary.len())
                    .any(|window| window == boundary.as_bytes())
            })
        };
        if !parts.iter().any(is_in) {
            return boundary;
        }
    }
}

/// Joins several bodies to one. It is in memory if all of them are.
fn joined(pieces: VecDeque<Body>) -> Body {
    if let Some(bytes) = pieces
        .iter()
        .map(Body::as_bytes)
        .collect::<Option<Vec<_>>>()
    {
        let bytes: Vec<&[u8]> = bytes.into_iter().map(AsRef::as_ref).collect();
        return bytes.concat().into();
    }
    let length = pieces
        .iter()
        .map(Body::length)
        .try_fold(0_u64, |sum, length| sum.checked_add(length?));
    Body::from_stream(Joined(pieces)).with_length(length)
}

/// A stream of several bodies in sequence.
struct Joined(VecDeque<Body>);

impl Stream for Joined {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(body) = self.0.front_mut() {
            if let Some(chunk) = ready!(Pin::new(body).poll_next(cx)) {
                return Poll::Ready(Some(chunk));
            }
            self.0.pop_front();
        }
        Poll::Ready(None)
    }
}

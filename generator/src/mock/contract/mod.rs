//! The content of a document that is needed to check and create requests and responses.
//!
//! It is read from the document itself and not from the output of [`crate::lower`], since a mock server that shared the
//! mistakes of a client would hide them.

mod read;
mod resource;
mod route;

use http::StatusCode;
use indexmap::IndexMap;
use serde_json::Value;

use crate::conform::Bundle;
use crate::document::{Place, Spec};
use crate::ir;
use crate::media_type::Family;
use crate::mock::xml::Looks;
use crate::model::{ParameterLocation, SchemaId, Schemas, SecurityScheme, StatusPattern, Style};
pub use read::read;
pub use resource::Role;
pub use route::{Matched, Routes, Template};

/// A document, as a stand-in needs it.
#[derive(Debug)]
pub struct Contract {
    /// What the API is called in a configuration.
    pub module: String,
    /// The API's title.
    pub title: String,
    /// The path before those of the operations, without a slash at its end.
    pub base_path: String,
    /// The document.
    pub spec: Spec,
    /// What its extensions say of sessions, and what its clients are made of.
    pub api: ir::Api,
    /// The operations, in order.
    pub operations: Vec<Operation>,
    /// The security schemes, by name.
    pub schemes: IndexMap<String, SecurityScheme>,
    /// The schemas, as requests must conform to them.
    pub requests: Bundle,
    /// The schemas, as responses must conform to them.
    pub responses: Bundle,
    /// The schemas, as XML is written by them; none where no body is XML.
    pub schemas: Schemas,
}

/// The number of a schema in a bundle.
pub type SchemaNumber = usize;

/// An operation.
#[derive(Debug)]
pub struct Operation {
    /// Where it stands.
    pub place: Place,
    /// Its `operationId`, or method and path.
    pub id: String,
    /// The method.
    pub method: String,
    /// The path, with the base path before it.
    pub path: Template,
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// The body.
    pub body: Option<Body>,
    /// The responses, in order.
    pub responses: Vec<Response>,
    /// The alternatives of schemes of which one must hold, with scopes; empty when none is wanted.
    pub security: Vec<IndexMap<String, Vec<String>>>,
    /// What it does with the things of a collection.
    pub role: Option<Role>,
    /// Which operation of the client it is.
    pub client: Option<ir::OperationId>,
    /// What it does, in a line.
    pub summary: String,
}

/// A parameter, or a header of a response.
#[derive(Debug)]
pub struct Parameter {
    /// Where it stands.
    pub place: Place,
    /// Its name.
    pub name: String,
    /// Where it travels.
    pub location: ParameterLocation,
    /// Whether it must be there.
    pub required: bool,
    /// Whether it may be without a value.
    pub may_be_empty: bool,
    /// How it is written.
    pub form: Form,
    /// Values that the document gives.
    pub examples: Vec<Value>,
}

/// How a parameter is written.
#[derive(Debug)]
pub enum Form {
    /// By a style.
    Style {
        /// What it may be.
        schema: Option<SchemaNumber>,
        /// Which style.
        style: Style,
        /// Whether items and properties are separate pairs.
        explode: bool,
    },
    /// By a media type.
    Content(Box<MediaType>),
}

/// The body of a request.
#[derive(Debug)]
pub struct Body {
    /// Where it stands.
    pub place: Place,
    /// Whether it must be there.
    pub required: bool,
    /// Its forms.
    pub content: Vec<MediaType>,
}

/// A form of a body.
#[derive(Debug)]
pub struct MediaType {
    /// Where it stands.
    pub place: Place,
    /// Its name or range, as written.
    pub name: String,
    /// How values are written.
    pub family: Family,
    /// The schema of the whole.
    pub schema: Option<SchemaNumber>,
    /// The schema of the whole, where it is XML.
    pub xml: Option<SchemaId>,
    /// The schema of one item where they come one after the other.
    pub item: Option<SchemaNumber>,
    /// How the parts of a form are written.
    pub encoding: IndexMap<String, Encoding>,
    /// Values that the document gives, with their names.
    pub examples: Vec<(Option<String>, Value)>,
}

/// How a part of a form is written.
#[derive(Debug)]
pub struct Encoding {
    /// Its media types.
    pub content_type: Option<String>,
    /// Its style, whether items are separate pairs: where the document states one of them.
    pub style: Option<(Style, bool)>,
    /// Its headers.
    pub headers: Vec<Parameter>,
}

/// A documented response.
#[derive(Debug)]
pub struct Response {
    /// Where it stands.
    pub place: Place,
    /// Which statuses it is for.
    pub status: StatusPattern,
    /// What it means.
    pub description: String,
    /// Its headers.
    pub headers: Vec<Parameter>,
    /// Its forms; none when it has no body.
    pub content: Vec<MediaType>,
}

impl Operation {
    /// Returns the response that the document has for a status: that of the status, of its range, or the default one.
    #[must_use]
    pub fn response(&self, status: StatusCode) -> Option<&Response> {
        let status = status.as_u16();
        let range = u8::try_from(status / 100).unwrap_or_default();
        let patterns = [
            StatusPattern::Code(status),
            StatusPattern::Range(range),
            StatusPattern::Default,
        ];
        let mut found = patterns.iter();
        found.find_map(|wanted| self.responses.iter().find(|it| it.status == *wanted))
    }

    /// Returns whether the document has a response for a status, by itself or by its range.
    #[must_use]
    pub fn documents(&self, status: StatusCode) -> bool {
        let response = self.response(status);
        response.is_some_and(|it| it.status != StatusPattern::Default)
    }
}

impl Contract {
    /// What says how values look as XML.
    pub(super) fn looks(&self) -> Looks<'_> {
        Looks {
            schemas: &self.schemas,
        }
    }

    /// Returns where a place is, as diagnostics write it: `specs/tvmaze.yaml:12:5`.
    #[must_use]
    pub fn locate(place: &Place) -> String {
        let place = place.written();
        let at = place.line_column();
        format!("{}:{}:{}", place.source.name, at.line, at.column)
    }
}

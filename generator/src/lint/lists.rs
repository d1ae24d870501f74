//! Rules about lists.

use super::operations::{all, route};
use super::subject::Subject;
use super::words::Words;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{
    Operation, Parameter, ParameterLocation, ParameterValue, Response, Schema, SchemaId,
    SimpleType, StatusPattern,
};

/// What query parameters and headers of pages have in their names.
const PAGING: &[&str] = &[
    "after", "before", "count", "cursor", "first", "from", "last", "limit", "marker", "max",
    "next", "offset", "page", "pages", "paging", "per page", "range", "since", "size", "skip",
    "start", "take", "top", "until",
];
/// What an object around a list calls it.
const WRAPPED: &[&str] = &[
    "data", "elements", "entries", "items", "list", "records", "results", "value", "values",
];
/// What properties beside a list have in their names that tell of pages.
const PAGES: &[&str] = &[
    "continue",
    "continuation",
    "cursor",
    "has more",
    "limit",
    "links",
    "meta",
    "metadata",
    "more",
    "next",
    "offset",
    "page",
    "pages",
    "pagination",
    "paging",
    "total",
];
/// What a path ends with whose list is a selection by keys, or small by nature.
const SMALL: &[&str] = &[
    "batch",
    "enum",
    "enums",
    "locales",
    "metrics",
    "statistics",
    "stats",
    "summaries",
    "types",
];

/// Reports lists of objects that a caller cannot ask for bit by bit. A path that ends with a singular is that of one
/// thing, whatever its response is wrapped in.
pub(super) fn unpaged(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (item, operation) in all(subject).filter(|(_, it)| it.method == "GET") {
        let last = item.path.trim_end_matches('/').rsplit('/').next();
        let last = last.unwrap_or_default();
        let is_plural = last.ends_with('s') || Words::of([last]).end_with(&["list"]);
        if !is_plural || last.contains('{') || Words::of([last]).have(SMALL) {
            continue;
        }
        let is_selection = operation.parameters.iter().any(|it| selects(subject, it));
        let is_paged = is_selection
            || operation.parameters.iter().any(is_paging)
            || operation.responses.iter().any(|(_, it)| has_pages(it));
        if is_paged || !gives_list(subject, operation, last) {
            continue;
        }
        let message = format!(
            "{} gives a whole list, with no parameter to ask for a part of it",
            route(item, operation)
        );
        let place = subject.name(&operation.place);
        found.push(Diagnostic::at(Code::UnpagedList, &place, message));
    }
}

fn is_paging(parameter: &Parameter) -> bool {
    match parameter.location {
        ParameterLocation::Query | ParameterLocation::Header => {
            Words::of([parameter.name.as_str()]).have(PAGING)
        }
        // It may say anything.
        ParameterLocation::QueryString => true,
        ParameterLocation::Path | ParameterLocation::Cookie => false,
    }
}

/// Whether a parameter names all that the response can have: `ids`.
fn selects(subject: &Subject<'_>, parameter: &Parameter) -> bool {
    let is_list = |schema| {
        let schema = target(subject, schema);
        schema.is_some_and(|it| it.types.contains(&SimpleType::Array))
    };
    let is_query = parameter.location == ParameterLocation::Query && parameter.required;
    let is_named = Words::of([parameter.name.as_str()]).end_with(&["ids", "keys"]);
    match &parameter.value {
        ParameterValue::Schema { schema, .. } => is_query && (is_named || is_list(*schema)),
        ParameterValue::Content(_) => false,
    }
}

/// Whether a header of a response tells where more is.
fn has_pages(response: &Response) -> bool {
    let mut names = response.headers.iter().map(|it| it.name.as_str());
    names.any(|it| it.eq_ignore_ascii_case("link") || Words::of([it]).have(PAGING))
}

/// Whether the response of a success is an array of objects without a bound, or an object around one.
fn gives_list(subject: &Subject<'_>, operation: &Operation, last: &str) -> bool {
    let is_success = |status: StatusPattern| {
        matches!(
            status,
            StatusPattern::Code(200..300) | StatusPattern::Range(2)
        )
    };
    let mut responses = operation.responses.iter();
    let Some((_, response)) = responses.find(|(status, _)| is_success(*status)) else {
        return false;
    };
    let mut content = response.content.iter();
    let json = content.find(|it| it.name.contains("json"));
    let schema = json.and_then(|it| it.schema);
    let schema = schema.and_then(|it| target(subject, it));
    schema.is_some_and(|it| is_list(subject, it) || wraps_list(subject, it, last))
}

/// Whether a schema is an array of objects without a bound.
fn is_list(subject: &Subject<'_>, schema: &Schema) -> bool {
    let items = schema.items.and_then(|items| target(subject, items));
    let is_object = |it: &Schema| it.types == [SimpleType::Object] || !it.properties.is_empty();
    schema.types == [SimpleType::Array]
        && schema.bounds.max_items.is_none()
        && items.is_some_and(is_object)
}

/// Whether a schema is an object with a list in it that is what the path is about, and nothing that tells of pages.
fn wraps_list(subject: &Subject<'_>, schema: &Schema, last: &str) -> bool {
    let mut lists = schema.properties.iter().filter(|(_, it)| {
        target(subject, **it).is_some_and(|it| it.types.contains(&SimpleType::Array))
    });
    let (Some((name, items)), None) = (lists.next(), lists.next()) else {
        return false;
    };
    let is_of_path = Words::of([last]).end_with(&[name.as_str()]) || WRAPPED.contains(&&**name);
    let mut others = schema.properties.keys();
    let tells_of_pages = others.any(|it| Words::of([it.as_str()]).have(PAGES));
    is_of_path && !tells_of_pages && target(subject, *items).is_some_and(|it| is_list(subject, it))
}

/// The schema at the end of a chain of references.
pub(super) fn target<'a>(subject: &Subject<'a>, id: SchemaId) -> Option<&'a Schema> {
    // Nobody writes a longer chain, and a circle has no end.
    const LONGEST: usize = 16;
    let schemas = &subject.description.schemas;
    let mut schema = &schemas[id];
    for _ in 0..LONGEST {
        match schema.reference {
            Some(next) => schema = &schemas[next],
            None => return Some(schema),
        }
    }
    None
}

//! The documented headers of responses.

use super::{Cx, Type};
use crate::ir::{Ident, Operation, OperationNames};

/// A struct of documented headers, each of which may be missing.
#[derive(Clone, Debug)]
pub struct Headers {
    /// Its name.
    pub name: Ident,
    /// Its fields.
    pub fields: Vec<Header>,
}

/// A documented header.
#[derive(Clone, Debug)]
pub struct Header {
    /// The field's name.
    pub name: Ident,
    /// The type of its value, when it is there.
    pub ty: Type,
    /// The response, by index.
    pub response: usize,
    /// The header of that response, by index.
    pub header: usize,
}

/// The headers of a success. Successes share one type of response, and so the headers of all of them.
pub(super) fn of_success(
    cx: &Cx<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> Option<Headers> {
    let successes = operation.success.responses();
    let is_first = |index: &&usize| !operation.responses[**index].headers.is_empty();
    let first = successes.iter().find(is_first)?;
    let mut fields: Vec<Header> = Vec::new();
    for header in successes
        .iter()
        .flat_map(|index| of(cx, operation, names, *index))
    {
        let wire_name =
            |it: &Header| &operation.responses[it.response].headers[it.header].wire_name;
        let is_known = fields.iter().any(|known| {
            known.name == header.name || wire_name(known).eq_ignore_ascii_case(wire_name(&header))
        });
        if !is_known {
            fields.push(header);
        }
    }
    Some(Headers {
        name: names.header_types[*first].clone(),
        fields,
    })
}

/// The headers of a response that is no success.
pub(super) fn of_failure(
    cx: &Cx<'_>,
    operation: &Operation,
    names: &OperationNames,
    index: usize,
) -> Option<Headers> {
    let fields = of(cx, operation, names, index);
    (!fields.is_empty()).then(|| Headers {
        name: names.header_types[index].clone(),
        fields,
    })
}

fn of(cx: &Cx<'_>, operation: &Operation, names: &OperationNames, index: usize) -> Vec<Header> {
    let headers = operation.responses[index].headers.iter().enumerate();
    let headers = headers.zip(&names.headers[index]);
    headers
        .map(|((header, it), name)| Header {
            name: name.clone(),
            ty: cx.owned(&it.ty),
            response: index,
            header,
        })
        .collect()
}

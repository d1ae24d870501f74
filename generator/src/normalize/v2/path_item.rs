//! OAS 2.0, Path Item Object.

use std::collections::HashSet;

use super::document::Defaults;
use super::operation;
use super::parameter::Parameters;
use crate::document::Place;
use crate::model::{Omission, Operation, PathItem};
use crate::normalize::cx::{At, Cx};
use crate::normalize::v3::path_item::{
    Shared, layers, leave_out, leave_out_all, methods, template_of,
};

/// Reads a path item. One that is a `$ref` and has fields of its own has both; its own go first.
pub(super) fn read<'a>(
    cx: &mut Cx<'a, '_>,
    at: At<'a>,
    path: &str,
    path_place: &Place,
    defaults: &Defaults,
) -> Option<PathItem> {
    let Some(template) = template_of(cx, path, path_place) else {
        leave_out_all(cx, at, path);
        return None;
    };
    let mut layers = layers(cx, at);
    let place = layers.last()?.place(cx);
    let mut inherited = Parameters::default();
    cx.gap = None;
    for layer in &mut layers {
        let parameters = Parameters::of(cx, layer);
        inherited.add_missing(parameters);
    }
    let shared = Shared {
        template: Some(template),
        path,
        path_place,
        parameters: std::mem::take(&mut inherited.plain),
        servers: Vec::new(),
        has_callbacks: false,
        gap: cx.gap.take(),
    };
    let mut operations: Vec<Operation> = Vec::new();
    let mut known = HashSet::new();
    for mut layer in layers {
        for (method, at) in methods(cx, &mut layer) {
            let node = at.clone();
            let read = if known.insert(method.clone()) {
                operation::read(cx, at, method.clone(), &shared, &inherited, defaults)
            } else {
                Err(Omission::Repeated)
            };
            match read {
                Ok(operation) => operations.push(operation),
                Err(why) => leave_out(cx, &node, method, path, why),
            }
        }
        layer.skip("$ref");
        layer.finish(cx);
    }
    Some(PathItem {
        place,
        path: path.to_owned(),
        path_place: path_place.clone(),
        operations,
    })
}

//! OAS 2.0, Path Item Object.

use std::collections::HashSet;

use super::document::Defaults;
use super::operation;
use super::parameter::Parameters;
use crate::document::Place;
use crate::model::{Operation, PathItem};
use crate::normalize::cx::{At, Cx};
use crate::normalize::v3::path_item::{Shared, layers, methods, template_of};

/// Reads a path item. One that is a `$ref` and has fields of its own has both; its own go first.
pub(super) fn read<'a>(
    cx: &mut Cx<'a, '_>,
    at: At<'a>,
    path: &str,
    path_place: &Place,
    defaults: &Defaults,
) -> Option<PathItem> {
    let template = Some(template_of(cx, path, path_place)?);
    let mut layers = layers(cx, at);
    let place = layers.last()?.place(cx);
    let mut inherited = Parameters::default();
    cx.gap = false;
    for layer in &mut layers {
        let parameters = Parameters::of(cx, layer);
        inherited.add_missing(parameters);
    }
    let shared = Shared {
        template,
        path,
        path_place,
        parameters: std::mem::take(&mut inherited.plain),
        servers: Vec::new(),
        has_callbacks: false,
        gap: cx.gap,
    };
    let mut operations: Vec<Operation> = Vec::new();
    let mut known = HashSet::new();
    for mut layer in layers {
        for (method, at) in methods(cx, &mut layer) {
            if known.insert(method.clone()) {
                operations.extend(operation::read(
                    cx, at, method, &shared, &inherited, defaults,
                ));
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

//! The Cargo features of a module, and their `cfg` conditions. A module that is laid out by tag has a feature for each
//! of its parts.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Cx, Module};
use super::docs;
use super::written::Written;
use crate::config::Layout;
use crate::ir::ItemId;
use crate::markdown::{Text, code, inline, prose};
use crate::shape::{NeededBy, Part, Parts};

/// The Cargo feature without which there is no OAuth 2.
pub(super) const OAUTH: &str = "oauth2";

/// The Cargo feature of a part of a module: `petstore-pets`.
pub(super) fn feature(module: &str, part: &str) -> String {
    format!("{module}-{part}")
}

/// The Cargo feature without which a module is not there. One that is laid out by tag is there with any of its parts,
/// and what is called as the module is means all of them.
pub(super) fn base(module: &Module<'_>) -> String {
    match &module.shape.parts {
        Some(_) => feature(module.name, "client"),
        None => module.name.to_owned(),
    }
}

/// The Cargo features of a module, each with those that it switches on.
pub(super) fn features(module: &Module<'_>) -> Vec<(String, Vec<String>)> {
    let Some(parts) = &module.shape.parts else {
        return vec![(module.name.to_owned(), Vec::new())];
    };
    let base = base(module);
    let parts = parts.features.iter();
    let parts: Vec<String> = parts.map(|it| feature(module.name, &it.name)).collect();
    let all = if parts.is_empty() {
        vec![base.clone()]
    } else {
        parts.clone()
    };
    let parts = parts.into_iter().map(|part| (part, vec![base.clone()]));
    [(module.name.to_owned(), all), (base.clone(), Vec::new())]
        .into_iter()
        .chain(parts)
        .collect()
}

/// The docs of the features of a module.
pub(super) fn emit_docs(cx: &Cx<'_>, parts: &Parts) -> Text {
    let mut text = Text::default();
    text.paragraph(match cx.output.layout {
        Layout::Crate => prose!(
            "Each group of operations is behind a Cargo feature, together with the models that it needs. The feature\n\
             {} enables all of them and is on by default; {} is the client without operations.",
            code(cx.module),
            code(&feature(cx.module, "client")),
        ),
        Layout::Modules => prose!(
            "Each group of operations is behind a Cargo feature, together with the models that it needs."
        ),
    });
    let rows = parts.features.iter().map(|it| {
        let name = code(&feature(cx.module, &it.name));
        let (what, about) = match it.part {
            Part::Group(index) => {
                let group = &cx.api.groups[index];
                let what = match &group.tag {
                    Some(tag) => prose!(
                        "Operations of the group {}",
                        docs::group(tag, &group.parents)
                    ),
                    None => "Operations without a group".into(),
                };
                let docs = &group.docs;
                (
                    what,
                    docs.summary.as_deref().or(docs.description.as_deref()),
                )
            }
            Part::Webhooks => ("Webhooks".into(), None),
            Part::Callbacks => ("Callbacks".into(), None),
            Part::OtherModels => ("Models that no operation needs".into(), None),
        };
        [name, what, inline(about.unwrap_or_default())]
    });
    text.table(["Feature", "Content", "Description"], rows);
    text
}

/// `#[cfg(feature = "petstore-pets")]` for a part of a module, if that is laid out by tag.
pub(super) fn condition(cx: &Cx<'_>, part: Part) -> Option<TokenStream> {
    let parts = cx.shape.parts.as_ref()?;
    let feature = feature(cx.module, &parts.feature(part)?.name);
    Some(quote!(#[cfg(feature = #feature)]))
}

/// Adds the condition for what belongs to a model.
pub(super) fn emit_condition_of(cx: &Cx<'_>, lines: &mut Written, id: ItemId) {
    if let Some(parts) = &cx.shape.parts
        && let Some(file) = parts.file(id)
    {
        emit_condition(lines, &conditions(cx, parts, &file.needed_by));
    }
}

/// The Cargo features one of which something needs to be there; none if it always is.
pub(super) fn conditions(cx: &Cx<'_>, parts: &Parts, needed_by: &NeededBy) -> Vec<String> {
    let name = |index: &usize| feature(cx.module, &parts.features[*index].name);
    match needed_by {
        NeededBy::One(only) => vec![name(only)],
        NeededBy::Several(features) => features.iter().map(name).collect(),
        NeededBy::Most => Vec::new(),
    }
}

/// `#[cfg(feature = "petstore-pets")]`, with a line for each of several features.
pub(super) fn emit_condition(lines: &mut Written, features: &[String]) {
    match features {
        [] => {}
        [only] => lines.line(0, format!("#[cfg(feature = \"{only}\")]")),
        several => {
            lines.line(0, "#[cfg(any(");
            for feature in several {
                lines.line(1, format!("feature = \"{feature}\","));
            }
            lines.line(0, "))]");
        }
    }
}

//! OAS 3.1.1, Tag Object and External Documentation Object.

use std::collections::{HashMap, HashSet};
use std::iter::successors;

use crate::diagnostics::{Code, Diagnostic};
use crate::model::{ExternalDocs, Tag};
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::object::Object;

/// Reads `tags` of the document.
pub(in crate::normalize) fn list<'a>(cx: &mut Cx<'a, '_>, root: &mut Object<'a>) -> Vec<Tag> {
    let tags = root.list(cx, "tags").unwrap_or_default();
    let mut tags: Vec<Tag> = tags.into_iter().filter_map(|at| read(cx, at)).collect();
    let names: HashSet<String> = tags.iter().map(|tag| tag.name.clone()).collect();
    for tag in &mut tags {
        if let Some(parent) = tag.parent.take_if(|parent| !names.contains(parent)) {
            let message = format!(
                "the tag `{}` is in `{parent}`, which is not described",
                tag.name
            );
            report_parent(cx, tag, message);
        }
    }
    break_circles(cx, &mut tags);
    tags
}

/// A tag that is in itself, directly or through others, is in none.
fn break_circles(cx: &mut Cx<'_, '_>, tags: &mut [Tag]) {
    for index in 0..tags.len() {
        let parent_of: HashMap<&str, &str> = tags
            .iter()
            .filter_map(|tag| Some((tag.name.as_str(), tag.parent.as_deref()?)))
            .collect();
        let name = tags[index].name.as_str();
        let parents = successors(parent_of.get(name), |parent| parent_of.get(*parent));
        if parents.take(tags.len()).any(|parent| *parent == name) {
            let message = format!("the tag `{name}` is in itself");
            tags[index].parent = None;
            report_parent(cx, &tags[index], message);
        }
    }
}

fn report_parent(cx: &mut Cx<'_, '_>, tag: &Tag, message: String) {
    let finding = Diagnostic::at(Code::InvalidValue, &tag.place, message).harmless();
    let finding = finding.label("stands alone");
    cx.diagnostics
        .report(finding.help("name a tag of the document that is not in this one"));
}

fn read<'a>(cx: &mut Cx<'a, '_>, at: At<'a>) -> Option<Tag> {
    let mut object = Object::read(cx, at, "tag object")?;
    let name = object.required_text(cx, "name")?;
    let description = object.text(cx, "description");
    let external_docs = external_docs(cx, &mut object);
    let mut since_3_2 = |cx: &mut Cx<'a, '_>, key| {
        let is_known = cx.version >= Version::V3_2;
        is_known.then(|| object.text(cx, key)).flatten()
    };
    let summary = since_3_2(cx, "summary");
    let parent = since_3_2(cx, "parent");
    let kind = since_3_2(cx, "kind");
    let place = object.place(cx);
    let extensions = object.finish(cx);
    Some(Tag {
        place,
        name,
        summary,
        parent,
        kind,
        description,
        external_docs,
        extensions,
    })
}

/// Reads `externalDocs` of an object.
pub(in crate::normalize) fn external_docs<'a>(
    cx: &mut Cx<'a, '_>,
    holder: &mut Object<'a>,
) -> Option<ExternalDocs> {
    let at = holder.child(cx, "externalDocs")?;
    docs(cx, at)
}

/// Reads external documentation. Without a URL it leads nowhere and is left out.
pub(super) fn docs<'a>(cx: &mut Cx<'a, '_>, at: At<'a>) -> Option<ExternalDocs> {
    let mut object = Object::read(cx, at, "external documentation object")?;
    let description = object.text(cx, "description");
    let url = object.required_prose(cx, "url");
    object.finish(cx);
    (!url.is_empty()).then_some(ExternalDocs { description, url })
}

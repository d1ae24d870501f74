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
                "the parent `{parent}` of the tag `{}` is not declared",
                tag.name
            );
            report_parent(cx, tag, message);
        }
    }
    take_from_parents(cx, &mut tags, |parents, name| {
        let is_in_itself = parents.iter().any(|parent| *parent == name);
        is_in_itself.then(|| format!("the tag `{name}` is its own parent"))
    });
    take_from_parents(cx, &mut tags, |parents, name| {
        let message = format!("the tag `{name}` has more than {DEEPEST} ancestors");
        (parents.len() > DEEPEST).then_some(message)
    });
    tags
}

/// In how many others a tag may be.
const DEEPEST: usize = 32;

/// Leaves tags without their parents where something is wrong with these, the nearest first: a tag that is in itself,
/// directly or through others, is in none. Nor is one that is in too many.
fn take_from_parents(
    cx: &mut Cx<'_, '_>,
    tags: &mut [Tag],
    fault: impl Fn(&[&String], &str) -> Option<String>,
) {
    let mut parent_of: HashMap<String, String> = tags
        .iter()
        .filter_map(|tag| Some((tag.name.clone(), tag.parent.clone()?)))
        .collect();
    for tag in tags {
        let parents = successors(parent_of.get(&tag.name), |parent| parent_of.get(*parent));
        let parents: Vec<&String> = parents.take(DEEPEST + 1).collect();
        if let Some(message) = fault(&parents, &tag.name) {
            parent_of.remove(&tag.name);
            tag.parent = None;
            report_parent(cx, tag, message);
        }
    }
}

fn report_parent(cx: &mut Cx<'_, '_>, tag: &Tag, message: String) {
    let finding =
        Diagnostic::at(Code::InvalidValue, &tag.place.keyword("parent"), message).harmless();
    let finding = finding.label("read as a tag without a parent");
    cx.diagnostics
        .report(finding.help("name another tag of the document that is not a child of this one"));
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

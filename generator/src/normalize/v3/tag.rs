//! OAS 3.1.1, Tag Object and External Documentation Object.

use crate::model::{ExternalDocs, Tag};
use crate::normalize::cx::{At, Cx, Version};
use crate::normalize::object::Object;

/// Reads `tags` of the document.
pub(in crate::normalize) fn list<'a>(cx: &mut Cx<'a, '_>, root: &mut Object<'a>) -> Vec<Tag> {
    let tags = root.list(cx, "tags").unwrap_or_default();
    tags.into_iter().filter_map(|at| read(cx, at)).collect()
}

fn read<'a>(cx: &mut Cx<'a, '_>, at: At<'a>) -> Option<Tag> {
    let mut object = Object::read(cx, at, "tag object")?;
    let name = object.required_text(cx, "name")?;
    let description = object.prose(cx, "description");
    let external_docs = external_docs(cx, &mut object);
    if cx.version >= Version::V3_2 {
        for key in ["summary", "parent", "kind"] {
            object.skip(key);
        }
    }
    let place = object.place(cx);
    let extensions = object.finish(cx);
    Some(Tag {
        place,
        name,
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
    let description = object.prose(cx, "description");
    let url = object.required_prose(cx, "url");
    object.finish(cx);
    (!url.is_empty()).then_some(ExternalDocs { description, url })
}

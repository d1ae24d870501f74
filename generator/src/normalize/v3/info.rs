//! OAS 3.1.1, Info Object, with Contact and License.

use crate::model::{Contact, Info, License};
use crate::normalize::cx::Cx;
use crate::normalize::object::Object;

/// Reads `info`. All of it is for readers, so nothing that is wrong with it does harm.
pub(in crate::normalize) fn read<'a>(cx: &mut Cx<'a, '_>, root: &mut Object<'a>) -> Info {
    let mut info = Info {
        place: root.place(cx),
        title: String::new(),
        summary: None,
        description: None,
        version: String::new(),
        terms_of_service: None,
        contact: None,
        license: None,
    };
    if root.entry("info").is_none() {
        let missing = root.missing(cx, "info").harmless();
        cx.diagnostics.report(missing);
    }
    let at = root.child(cx, "info");
    let Some(mut object) = at.and_then(|at| Object::read(cx, at, "info object")) else {
        return info;
    };
    info.place = object.place(cx);
    info.title = object.required_prose(cx, "title");
    info.summary = object.text(cx, "summary");
    info.description = object.text(cx, "description");
    info.version = object.required_prose(cx, "version");
    info.terms_of_service = object.text(cx, "termsOfService");
    info.contact = contact(cx, &mut object);
    info.license = license(cx, &mut object);
    object.finish(cx);
    info
}

fn contact<'a>(cx: &mut Cx<'a, '_>, info: &mut Object<'a>) -> Option<Contact> {
    let at = info.child(cx, "contact")?;
    let mut object = Object::read(cx, at, "contact object")?;
    let contact = Contact {
        name: object.text(cx, "name"),
        url: object.text(cx, "url"),
        email: object.text(cx, "email"),
    };
    object.finish(cx);
    Some(contact)
}

fn license<'a>(cx: &mut Cx<'a, '_>, info: &mut Object<'a>) -> Option<License> {
    let at = info.child(cx, "license")?;
    let mut object = Object::read(cx, at, "license object")?;
    let license = License {
        name: object.text(cx, "name"),
        url: object.text(cx, "url"),
        identifier: object.text(cx, "identifier"),
    };
    object.finish(cx);
    Some(license)
}

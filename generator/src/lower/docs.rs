//! What the document says of things, gathered for the docs.

use crate::ir::{Docs, Info, Origin};
use crate::model::{Description, ExternalDocs, Schema};

/// The API's own description.
pub(super) fn info(description: &Description) -> Info {
    let info = &description.info;
    let contact = info.contact.as_ref();
    let license = info.license.as_ref();
    Info {
        origin: Origin {
            place: info.place.clone(),
        },
        title: info.title.clone(),
        version: info.version.clone(),
        docs: docs(
            info.summary.as_ref(),
            info.description.as_ref(),
            description.external_docs.as_ref(),
        ),
        terms_of_service: info.terms_of_service.clone(),
        contact: contact
            .into_iter()
            .flat_map(|it| [&it.name, &it.url, &it.email])
            .flatten()
            .cloned()
            .collect(),
        license: license
            .into_iter()
            .flat_map(|it| [&it.name, &it.identifier, &it.url])
            .flatten()
            .cloned()
            .collect(),
    }
}

/// The docs of anything that has the three usual fields.
pub(super) fn docs(
    summary: Option<&String>,
    description: Option<&String>,
    external: Option<&ExternalDocs>,
) -> Docs {
    let text = |text: Option<&String>| {
        text.map(|it| it.trim().to_owned())
            .filter(|it| !it.is_empty())
    };
    Docs {
        summary: text(summary),
        description: text(description),
        external: external.map(|it| (it.description.clone(), it.url.clone())),
    }
}

/// The docs of a schema's own item.
pub(super) fn schema(schema: &Schema) -> Docs {
    docs(
        schema.title.as_ref(),
        schema.description.as_ref(),
        schema.external_docs.as_deref(),
    )
}

/// The docs of a property: what stands at the property, or else what its type says of itself.
pub(super) fn property(schema: &Schema, target: &Schema) -> Docs {
    docs(
        schema.title.as_ref(),
        schema.description.as_ref().or(target.description.as_ref()),
        schema.external_docs.as_deref(),
    )
}

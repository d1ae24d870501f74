//! Old names that the client keeps as deprecated aliases.

use toml::de::DeTable;

use super::table::{Reader, table};
use crate::document::{JsonPointer, Place};

/// An old path in Rust, and the new one that it is an alias of.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The old path within the module: `models::Author`, `models::Format::Paper`, `Client::get_book`,
    /// `Client::list_books(limit)`.
    pub old: String,
    /// The new path, of the same form.
    pub new: String,
    /// The places of the two in the configuration, if that is a file.
    pub places: Option<AliasPlaces>,
}

/// The places of an alias in a configuration.
#[derive(Clone, Debug)]
pub struct AliasPlaces {
    /// The place of the old path.
    pub old: Place,
    /// The place of the new path.
    pub new: Place,
}

impl Reader<'_> {
    /// Reads `[api.aliases]`, in the order of the file.
    pub(super) fn aliases(&self, at: &JsonPointer, api: &DeTable<'_>) -> Vec<Alias> {
        let at = at.child("aliases");
        let mut entries: Vec<_> = table(api, "aliases").into_iter().flatten().collect();
        entries.sort_by_key(|(old, _)| old.span().start);
        let aliases = entries.into_iter().filter_map(|(old, new)| {
            let name = old.get_ref().as_ref();
            let setting = at.child(name);
            Some(Alias {
                old: name.to_owned(),
                new: new.get_ref().as_str()?.to_owned(),
                places: Some(AliasPlaces {
                    old: self.place(old.span(), setting.clone()),
                    new: self.place(new.span(), setting),
                }),
            })
        });
        aliases.collect()
    }
}

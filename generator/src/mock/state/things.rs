//! Things that have been created.

use indexmap::IndexMap;
use serde_json::Value;

/// How many things are kept; the oldest are forgotten first.
const MOST: usize = 10_000;

/// Things, by the path of their collection and their name there.
#[derive(Debug, Default)]
pub struct Things {
    count: u64,
    kept: IndexMap<(String, String), Value>,
}

impl Things {
    /// Returns a number that no thing had before.
    pub fn count_on(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    /// Keeps a thing, in the place of one of the same name.
    pub fn keep(&mut self, collection: &str, name: &str, thing: Value) {
        if self.kept.len() >= MOST {
            self.kept.shift_remove_index(0);
        }
        self.kept
            .insert((collection.to_owned(), name.to_owned()), thing);
    }

    /// Returns a thing.
    #[must_use]
    pub fn get(&self, collection: &str, name: &str) -> Option<&Value> {
        self.kept.get(&(collection.to_owned(), name.to_owned()))
    }

    /// Forgets a thing; returns whether there was one.
    pub fn remove(&mut self, collection: &str, name: &str) -> bool {
        let key = (collection.to_owned(), name.to_owned());
        self.kept.shift_remove(&key).is_some()
    }

    /// Returns the things of a collection, the oldest first.
    pub fn list(&self, collection: &str) -> impl Iterator<Item = &Value> {
        let own = self.kept.iter();
        let own = own.filter(move |((kept_in, _), _)| kept_in == collection);
        own.map(|(_, thing)| thing)
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.kept.clear();
    }
}

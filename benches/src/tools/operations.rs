//! The operations of an OpenAPI document of version 3.0.

use std::collections::BTreeSet;

use serde_json::Value;

/// The fields of a path item that are operations.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// An operation: its path and its method.
pub(crate) type Operation = (String, String);

/// A document and which operations it has.
#[derive(Debug)]
pub(crate) struct Operations {
    document: Value,
    all: Vec<Operation>,
}

impl Operations {
    /// Lists the operations of a document.
    pub(crate) fn of(document: Value) -> Self {
        let paths = document.get("paths").and_then(Value::as_object);
        let all = paths.into_iter().flatten().flat_map(|(path, item)| {
            let methods = METHODS.iter().filter(|it| item.get(**it).is_some());
            methods.map(|it| (path.clone(), (*it).to_owned()))
        });
        let all = all.collect();
        Self { document, all }
    }

    /// All of them, in the document's order.
    pub(crate) fn all(&self) -> &[Operation] {
        &self.all
    }

    /// The document with these operations alone.
    pub(crate) fn only(&self, wanted: &[Operation]) -> Value {
        let wanted: BTreeSet<&Operation> = wanted.iter().collect();
        let mut document = self.document.clone();
        for operation in self.all.iter().filter(|it| !wanted.contains(it)) {
            let item = document
                .get_mut("paths")
                .and_then(|paths| paths.get_mut(&operation.0))
                .and_then(Value::as_object_mut);
            if let Some(item) = item {
                item.shift_remove(&operation.1);
            }
        }
        document
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn operations_can_be_left_out() {
        let document = json!({ "paths": { "/a": { "get": {}, "post": {}, "summary": "" } } });
        let operations = Operations::of(document);
        let [get, _] = operations.all() else {
            panic!("there are two operations");
        };
        let left = operations.only(std::slice::from_ref(get));
        assert_eq!(
            left,
            json!({ "paths": { "/a": { "get": {}, "summary": "" } } })
        );
    }
}

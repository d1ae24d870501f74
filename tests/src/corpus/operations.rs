//! The operations of a document, counted without the generator's own reading, so that none can get lost unseen.

use keywright::document::{FileId, Node, Spec};

use keywright::conform::references::target;

/// The keys of a Path Item Object that are operations (OAS 3.2.0, Path Item Object; 2.0 and 3.0 have fewer).
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// How many references in a row a path item may be behind.
const REFERENCES: usize = 32;

/// Method and path of every operation: `GET /pets`.
pub(super) fn of(spec: &Spec) -> Vec<String> {
    let paths = spec
        .entry()
        .root
        .get("paths")
        .map_or(&[][..], Node::entries);
    let mut found = Vec::new();
    for path in paths.iter().filter(|it| it.key.starts_with('/')) {
        let mut here = Some((FileId(0), &path.value));
        // What stands beside a `$ref` counts as well (OAS 3.0.4, Path Item Object).
        for _ in 0..REFERENCES {
            let Some((file, item)) = here else { break };
            add(item, &path.key, &mut found);
            here = item
                .get("$ref")
                .and_then(Node::as_str)
                .and_then(|text| target(spec, file, text))
                .map(|it| (it.file, it.node));
        }
    }
    found
}

fn add(item: &Node, path: &str, found: &mut Vec<String>) {
    let own = item
        .entries()
        .iter()
        .filter(|it| METHODS.contains(&&*it.key));
    let additional = item
        .get("additionalOperations")
        .map_or(&[][..], Node::entries);
    for operation in own.chain(additional) {
        let name = name(&operation.key, path);
        if !found.contains(&name) {
            found.push(name);
        }
    }
}

/// What an operation is called here.
pub(super) fn name(method: &str, path: &str) -> String {
    format!("{} {path}", method.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use keywright::diagnostics::Diagnostics;
    use keywright::load::{Limits, from_texts};

    #[test]
    fn counts_through_references_to_path_items() {
        let entry = "\
openapi: 3.2.0
paths:
  /a: { parameters: [], get: {}, POST: {}, additionalOperations: { COPY: {} } }
  /b: { $ref: 'other.yaml#/items/0', delete: {} }
  /c: { $ref: '#/components/pathItems/c' }
  /d: { $ref: 'nowhere.yaml' }
  x-more: { get: {} }
components: { pathItems: { c: { $ref: '#/components/pathItems/c', query: {} } } }
";
        let other = "items: [{ put: {}, delete: {} }]";
        let files = [("entry.yaml", entry), ("other.yaml", other)];
        let spec = from_texts(&files, &Limits::default(), &mut Diagnostics::new(false));
        let found = of(&spec.expect("the entry document is there"));
        assert_eq!(
            found,
            ["GET /a", "COPY /a", "DELETE /b", "PUT /b", "QUERY /c"]
        );
    }
}

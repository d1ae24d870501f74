//! What an overlay does to small documents, by us and by another implementation.

use proptest::prelude::*;
use roas_overlay::apply::Apply as _;
use serde_json::{Value as Json, json};
use serde_json_path::{JsonPath, NormalizedPath};

use super::super::{Limits, from_texts_with};
use crate::diagnostics::Diagnostics;

/// Some JSON with few different keys, so that documents and overlays have some in common.
fn value() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        (0..3).prop_map(Json::from),
        "[ab]".prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Json::from),
            prop::collection::btree_map("[abc]", inner, 0..3)
                .prop_map(|it| Json::Object(it.into_iter().collect())),
        ]
    })
}

fn target() -> impl Strategy<Value = String> {
    let targets = [
        "$",
        "$.a",
        "$.b",
        "$.a.b",
        "$.*",
        "$..a",
        "$..*",
        "$.a[0]",
        "$..[0]",
        "$.a[?@ == 'a']",
        "$.a[?@.b]",
        "$['a','b']",
        "$.c.*",
    ];
    prop::sample::select(targets.to_vec()).prop_map(str::to_owned)
}

fn action() -> impl Strategy<Value = Json> {
    (
        target(),
        prop_oneof![
            4 => value().prop_map(|it| ("update", it)),
            2 => Just(("remove", Json::Bool(true))),
            2 => target().prop_map(|it| ("copy", Json::String(it))),
        ],
    )
        .prop_map(|(target, (key, value))| json!({ "target": target, key: value }))
}

fn mapping() -> impl Strategy<Value = Json> {
    prop::collection::btree_map("[abc]", value(), 0..4)
        .prop_map(|it| Json::Object(it.into_iter().collect()))
}

/// The document after an overlay, and whether all of it could be applied.
fn ours(document: &Json, overlay: &Json) -> (Json, bool) {
    let mut found = Diagnostics::default();
    let texts = (document.to_string(), overlay.to_string());
    let files = [("api.json", &*texts.0), ("o.json", &*texts.1)];
    let spec = from_texts_with(&["o.json"], &files, &Limits::default(), &mut found);
    (
        spec.expect("it is JSON").entry().root.to_json(),
        !found.has_errors(),
    )
}

/// No options.
fn none<T: Default>() -> T {
    T::default()
}

/// The same by another implementation. `None` where it cannot be applied.
fn theirs(document: &Json, overlay: &Json) -> Option<Json> {
    let mut document = document.clone();
    let is_old = overlay["overlay"] == "1.0.0";
    if is_old {
        let overlay: roas_overlay::v1_0::Overlay = serde_json::from_value(overlay.clone()).ok()?;
        overlay.apply(&mut document, none()).ok()?;
    } else {
        let overlay: roas_overlay::v1_1::Overlay = serde_json::from_value(overlay.clone()).ok()?;
        overlay.apply(&mut document, none()).ok()?;
    }
    Some(document)
}

/// Whether the specification and the other implementation agree about an action of 1.1 on a document.
fn is_comparable(document: &Json, overlay: &Json) -> bool {
    let action = &overlay["actions"][0];
    let target = action["target"].as_str().unwrap_or_default();
    let path = JsonPath::parse(target).expect("it is a query");
    let found = path.query_located(document).dedup();
    // It has a list of nodes in which one may be twice, and it removes nodes one after the other even if one was in
    // another, so that it removes another node of the list.
    let pointers: Vec<String> = found
        .locations()
        .map(NormalizedPath::to_json_pointer)
        .collect();
    let is_nested = pointers.iter().any(|outer| {
        let inner = format!("{outer}/");
        pointers.iter().any(|it| it.starts_with(&inner))
    });
    // It lets nothing happen to values that are neither lists nor mappings, as 1.0 has it, while 1.1 has rules for them.
    let is_primitive = found.nodes().any(|it| !it.is_object() && !it.is_array());
    // It reads an update with `null` as no update.
    let is_null = action.get("update").is_some_and(Json::is_null);
    !is_nested && !is_primitive && !is_null && path.query(document).len() == pointers.len()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// What we apply, another implementation applies in the same way.
    #[test]
    fn agrees_with_another_implementation(
        document in mapping(),
        action in action(),
        version in prop::sample::select(vec!["1.0.0", "1.1.0"]),
    ) {
        let overlay = json!({
            "overlay": version,
            "info": { "title": "O", "version": "1" },
            "actions": [action],
        });
        prop_assume!(is_comparable(&document, &overlay));
        let (result, is_applied) = ours(&document, &overlay);
        // What does not fit together is an error of ours: 1.1 says so. The other replaces it. 1.0 has no `copy`.
        if is_applied {
            prop_assert_eq!(Some(result), theirs(&document, &overlay), "{}", overlay);
        } else {
            prop_assert_eq!(result, document);
        }
    }
}

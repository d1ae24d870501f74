//! Where documents of each version of OpenAPI keep what has a name. Stages that ask here need not know the versions.

use super::{JsonPointer, Spec};

/// Where schemas that have names stand in schemas and in files of schemas.
const DEFINITIONS: [&str; 3] = ["$defs", "definitions", "schemas"];

/// Where things that have names stand at the root: of 2.0, or of a file that is no document.
const AT_ROOT: [&str; 5] = ["$defs", "definitions", "parameters", "responses", "schemas"];

/// Segments on the way to a schema that are no names.
const KEYWORDS: [&str; 7] = [
    "$defs",
    "definitions",
    "properties",
    "schema",
    "content",
    "application/json",
    "headers",
];

impl JsonPointer {
    /// How many segments of the pointer say where things that have names stand. None where it leads to no such thing.
    fn holder(segments: &[String]) -> usize {
        let holder = match segments.first().map(String::as_str) {
            Some("components") => 2,
            Some(first) if AT_ROOT.contains(&first) => 1,
            _ => 0,
        };
        if segments.len() > holder { holder } else { 0 }
    }

    /// Whether this leads to a thing that has a name.
    #[must_use]
    pub fn is_component(&self) -> bool {
        let segments: Vec<String> = self.segments().collect();
        let holder = Self::holder(&segments);
        holder > 0 && segments.len() == holder + 1
    }

    /// Whether this leads to a thing that has a name, or into one.
    #[must_use]
    pub fn is_in_component(&self) -> bool {
        let segments: Vec<String> = self.segments().collect();
        Self::holder(&segments) > 0
    }

    /// The segments that are names: that of the component, and those of what stands in it.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut segments: Vec<String> = self.segments().collect();
        segments.drain(..Self::holder(&segments));
        segments.retain(|segment| !KEYWORDS.contains(&segment.as_str()));
        segments
    }

    /// Whether a schema at this place is written for references to lead to: as a whole file, in a file of schemas, or
    /// among definitions.
    #[must_use]
    pub fn is_definition(&self) -> bool {
        let segments: Vec<String> = self.segments().collect();
        match &segments[..] {
            [] | [_] => true,
            [.., holder, _] => DEFINITIONS.contains(&holder.as_str()),
        }
    }
}

impl Spec {
    /// Where the entry document keeps the schemas that have names.
    #[must_use]
    pub fn component_schemas(&self) -> JsonPointer {
        let [of_3, of_2] = Self::places_of_schemas();
        let is_2 = self.entry().root.get("swagger").is_some();
        if is_2 { of_2 } else { of_3 }
    }

    /// Where documents keep the schemas that have names.
    pub(super) fn places_of_schemas() -> [JsonPointer; 2] {
        let root = JsonPointer::root();
        [
            root.child("components").child("schemas"),
            root.child("definitions"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::JsonPointer;

    fn names(pointer: &str) -> String {
        JsonPointer::from_text(pointer).names().join(" ")
    }

    #[test]
    fn finds_the_names_in_a_pointer() {
        assert_eq!(names("/components/schemas/Pet/properties/tag"), "Pet tag");
        assert_eq!(names("/definitions/Pet/$defs/Tag"), "Pet Tag");
        assert_eq!(
            names("/responses/Gone/content/application~1json/schema"),
            "Gone"
        );
        assert_eq!(names("/Pet"), "Pet");
        assert_eq!(names("/$defs"), "");
        let is_in_component = |text| JsonPointer::from_text(text).is_in_component();
        assert!(is_in_component("/components/parameters/limit/schema"));
        assert!(!JsonPointer::from_text("/components/parameters/limit/schema").is_component());
        assert!(JsonPointer::from_text("/definitions/Pet").is_component());
        assert!(!is_in_component("/components/parameters"));
        assert!(!is_in_component("/paths/~1a/get"));
    }
}

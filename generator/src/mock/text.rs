//! Values as text.

use serde_json::Value;

/// A value as text: what has no text of its own is JSON.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

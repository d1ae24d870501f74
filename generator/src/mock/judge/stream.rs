//! Values that come one after the other.

use serde_json::{Map, Value};

use crate::media_type::Family;

/// The beginning of a stream, up to the end of the last value that is complete.
pub(super) fn complete(family: Family, bytes: &[u8]) -> &[u8] {
    let is_end = |at: usize| match family {
        Family::Events => {
            let before = &bytes[..at];
            before.ends_with(b"\n\n") || before.ends_with(b"\r\r") || before.ends_with(b"\n\r\n")
        }
        _ => bytes[..at].ends_with(b"\n"),
    };
    let end = (1..=bytes.len()).rev().find(|at| is_end(*at));
    &bytes[..end.unwrap_or_default()]
}

/// JSON texts one after the other, also as records of RFC 7464.
///
/// # Errors
///
/// When one is no JSON.
pub(super) fn lines(text: &str) -> Result<Vec<Vec<Value>>, String> {
    let lines = text.split(['\n', '\u{1e}']).map(str::trim);
    let lines = lines.filter(|it| !it.is_empty()).enumerate();
    let read = |(index, line): (usize, &str)| {
        let value = serde_json::from_str(line);
        let value = value.map_err(|_| format!("value {} is not JSON", index + 1))?;
        Ok(vec![value])
    };
    lines.map(read).collect()
}

/// Events (HTML standard, section 9.2.6). A schema describes either the event with its fields, or its data alone, which
/// is JSON or text.
pub(super) fn events(text: &str) -> Vec<Vec<Value>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let events = text.split("\n\n").filter_map(event);
    events.collect()
}

/// An event; `None` for what is none, since it has no data.
fn event(text: &str) -> Option<Vec<Value>> {
    let mut fields = Map::new();
    let mut data: Option<String> = None;
    for line in text.lines() {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => match &mut data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => data = Some(value.to_owned()),
            },
            "event" | "id" => {
                fields.insert(name.to_owned(), Value::from(value));
            }
            "retry" => {
                let number = value.parse::<u64>().ok().map(Value::from);
                fields.extend(number.map(|it| (name.to_owned(), it)));
            }
            _ => {}
        }
    }
    let data = data?;
    let json: Option<Value> = serde_json::from_str(&data).ok();
    let plain = Value::from(data);
    let mut found = Vec::new();
    for data in [Some(plain.clone()), json.clone()].into_iter().flatten() {
        let mut fields = fields.clone();
        fields.insert("data".to_owned(), data);
        found.push(Value::Object(fields));
    }
    found.extend(json);
    found.push(plain);
    Some(found)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_event_is_its_fields_or_its_data() {
        let found =
            events("\u{feff}: hi\n\nevent: a\r\nid:1\rretry: 5\ndata: [1,\ndata: 2]\n\ndata: x\n");
        let of_first = |data: Value| json!({ "event": "a", "id": "1", "retry": 5, "data": data });
        let expected = vec![
            vec![
                of_first(json!("[1,\n2]")),
                of_first(json!([1, 2])),
                json!([1, 2]),
                json!("[1,\n2]"),
            ],
            vec![json!({ "data": "x" }), json!("x")],
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_not_complete_is_left_out() {
        assert_eq!(complete(Family::Lines, b"1\n2\n3"), b"1\n2\n");
        assert_eq!(
            complete(Family::Events, b"data: 1\n\ndata: 2\n"),
            b"data: 1\n\n"
        );
        assert_eq!(complete(Family::Events, b"data: 1\n"), b"");
    }
}

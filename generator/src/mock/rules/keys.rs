//! The keys of a rule, wherever it is written.

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::{Map, Value};

use super::fault::Fault;
use super::known::Known;
use super::rule::{Effect, Fate, Instead, Rule, Spoil};
use crate::diagnostics::similar;
use crate::mock::answer::Cut;

/// The keys that say for which requests a rule is.
const OF_REQUESTS: [&str; 5] = ["operation", "module", "times", "after", "probability"];
/// The keys that say what goes wrong.
const OF_EFFECTS: [&str; 12] = [
    "status",
    "body",
    "html",
    "content-type",
    "retry-after",
    "headers",
    "malformed",
    "cut",
    "delay",
    "drop",
    "skew",
    "tokens",
];
/// Headers that say how a message travels, which is not a rule's to say (RFC 9110, section 7.6.1).
const OF_TRAVEL: [&str; 4] = [
    "connection",
    "content-length",
    "transfer-encoding",
    "upgrade",
];
/// How long a response may be held back.
const LONGEST: Duration = Duration::from_secs(3600);
/// By how many seconds the clock may be off: a hundred years.
const FARTHEST: i64 = 100 * 365 * 24 * 3600;

/// Reads a rule.
pub(super) fn rule(stated: &Map<String, Value>, known: Known<'_>) -> Result<Rule, Vec<Fault>> {
    let mut reader = Reader::new(stated);
    reader.only(&[&OF_REQUESTS[..], &OF_EFFECTS].concat(), "a rule");
    let module = reader.text("module");
    let operation = reader.text("operation");
    let rule = Rule {
        stated: stated.clone(),
        times: reader.whole("times", 1..=u64::MAX),
        after: reader.whole("after", 0..=u64::MAX).unwrap_or_default(),
        probability: reader.share("probability"),
        effect: reader.effect(),
        module,
        operation,
    };
    let mut faults = reader.faults;
    let module = rule.module.as_deref();
    let checked = module.map_or(Ok(()), |it| known.check_module(it));
    let is_module = checked.is_ok();
    faults.extend(checked.err());
    if let Some(name) = rule.operation.as_deref().filter(|_| is_module) {
        faults.extend(known.check_operation(module, name).err());
    }
    if faults.is_empty() {
        Ok(rule)
    } else {
        Err(faults)
    }
}

/// Reads an effect alone.
pub(super) fn effect(stated: &Map<String, Value>) -> Result<Effect, Vec<Fault>> {
    let mut reader = Reader::new(stated);
    reader.only(&OF_EFFECTS, "a misbehaviour");
    let effect = reader.effect();
    if reader.faults.is_empty() {
        Ok(effect)
    } else {
        Err(reader.faults)
    }
}

struct Reader<'s> {
    stated: &'s Map<String, Value>,
    faults: Vec<Fault>,
}

impl<'s> Reader<'s> {
    fn new(stated: &'s Map<String, Value>) -> Self {
        Self {
            stated,
            faults: Vec::new(),
        }
    }

    /// Reports keys that mean nothing.
    fn only(&mut self, keys: &[&str], of: &str) {
        for name in self.stated.keys().filter(|it| !keys.contains(&it.as_str())) {
            let help = match similar(name, keys.iter().copied()) {
                Some(similar) => format!("did you mean `{similar}`?"),
                None => format!("the keys are `{}`", keys.join("`, `")),
            };
            let message = format!("`{name}` is not a key of {of}");
            self.faults.push(Fault::of_key(name, message, help));
        }
    }

    fn effect(&mut self) -> Effect {
        let has_effect = OF_EFFECTS.iter().any(|it| self.stated.contains_key(*it));
        // A key that is misspelled may have been meant for one.
        if !has_effect && self.faults.is_empty() {
            let help = "give it an effect, such as `status = 401` or `delay = \"2s\"`";
            self.faults
                .push(Fault::of_rule("a rule has no effect", help));
        }
        Effect {
            tokens: self.fate(),
            skew: self.skew(),
            instead: self.instead(),
            headers: self.headers(),
            spoil: self.spoil(),
            delay: self.delay().unwrap_or_default(),
            drop: self.drop(),
        }
    }

    fn wrong(&mut self, key: &str, wanted: &str) {
        let message = format!("`{key}` has a value that it cannot have");
        self.faults
            .push(Fault::of_value(key, message, format!("give {wanted}")));
    }

    fn text(&mut self, key: &str) -> Option<String> {
        let text = self.stated.get(key)?.as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong(key, "a text");
        }
        text
    }

    fn flag(&mut self, key: &str) -> bool {
        match self.stated.get(key) {
            None => false,
            Some(Value::Bool(it)) => *it,
            Some(_) => {
                self.wrong(key, "`true` or `false`");
                false
            }
        }
    }

    fn whole(&mut self, key: &str, range: std::ops::RangeInclusive<u64>) -> Option<u64> {
        let number = self.stated.get(key)?.as_u64();
        let number = number.filter(|it| range.contains(it));
        if number.is_none() {
            let wanted = match (*range.start(), *range.end()) {
                (0, u64::MAX) => "a whole number".to_owned(),
                (least, u64::MAX) => format!("a whole number, {least} or more"),
                (least, most) => format!("a whole number from {least} to {most}"),
            };
            self.wrong(key, &wanted);
        }
        number
    }

    fn share(&mut self, key: &str) -> Option<f64> {
        let number = self.stated.get(key)?.as_f64();
        let number = number.filter(|it| *it > 0.0 && *it <= 1.0);
        if number.is_none() {
            self.wrong(key, "a number above 0 and up to 1");
        }
        number
    }

    fn fate(&mut self) -> Option<Fate> {
        match self.text("tokens")?.as_str() {
            "expire" => Some(Fate::Expire),
            "revoke" => Some(Fate::Revoke),
            _ => {
                self.wrong("tokens", "`expire` or `revoke`");
                None
            }
        }
    }

    fn skew(&mut self) -> i64 {
        let Some(value) = self.stated.get("skew") else {
            return 0;
        };
        let seconds = value
            .as_i64()
            .filter(|it| (-FARTHEST..=FARTHEST).contains(it));
        if seconds.is_none() {
            let wanted = format!("a whole number of seconds from {} to {FARTHEST}", -FARTHEST);
            self.wrong("skew", &wanted);
        }
        seconds.unwrap_or_default()
    }

    fn instead(&mut self) -> Option<Instead> {
        let status = self.whole("status", 200..=599);
        let status = status.and_then(|it| StatusCode::from_u16(u16::try_from(it).ok()?).ok());
        let is_html = self.flag("html");
        let body = self.stated.get("body");
        if is_html && body.is_some() {
            let message = "`html` is a body already".to_owned();
            let help = "leave out `html` or `body`";
            self.faults.push(Fault::of_key("body", message, help));
        }
        if status.is_some_and(has_no_body) && (is_html || body.is_some()) {
            let message = "a response with this status has no body".to_owned();
            let help = "choose another status, or leave out the body";
            self.faults.push(Fault::of_value("status", message, help));
        }
        if is_html {
            return Some(Instead::Html(status.unwrap_or(StatusCode::BAD_GATEWAY)));
        }
        match body {
            Some(Value::String(text)) => Some(Instead::Given(
                status.unwrap_or_default(),
                "text/plain; charset=utf-8",
                Bytes::from(text.clone()),
            )),
            Some(value) => Some(Instead::Given(
                status.unwrap_or_default(),
                "application/json",
                Bytes::from(value.to_string()),
            )),
            None => status.map(Instead::Documented),
        }
    }

    fn headers(&mut self) -> Vec<(HeaderName, HeaderValue)> {
        let mut headers = Vec::new();
        match self.stated.get("headers") {
            None => {}
            Some(Value::Object(stated)) => {
                for (name, value) in stated {
                    headers.extend(self.header(name, value));
                }
            }
            Some(_) => self.wrong(
                "headers",
                "a table, as in `headers = { Retry-After = \"2\" }`",
            ),
        }
        if let Some(seconds) = self.whole("retry-after", 0..=u64::MAX) {
            headers.push((RETRY_AFTER, HeaderValue::from(seconds)));
        }
        if let Some(text) = self.text("content-type") {
            match HeaderValue::from_str(&text) {
                Ok(value) => headers.push((CONTENT_TYPE, value)),
                Err(_) => self.wrong("content-type", "a media type"),
            }
        }
        headers
    }

    fn header(&mut self, name: &str, value: &Value) -> Option<(HeaderName, HeaderValue)> {
        let known = HeaderName::from_bytes(name.as_bytes());
        let Ok(known) = known else {
            let message = format!("`{name}` cannot be the name of a header");
            let help = "use letters, digits and hyphens";
            self.faults.push(Fault::of_value("headers", message, help));
            return None;
        };
        if OF_TRAVEL.contains(&known.as_str()) {
            let message = format!("a rule cannot set `{name}`, by which messages are told apart");
            let help = "use `cut` or `drop` for a body that is not complete";
            self.faults.push(Fault::of_value("headers", message, help));
            return None;
        }
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let value = HeaderValue::from_str(&text).ok();
        if value.is_none() {
            let message = format!("the value of the header `{name}` cannot be sent");
            let help = "leave out control characters";
            self.faults.push(Fault::of_value("headers", message, help));
        }
        value.map(|it| (known, it))
    }

    fn spoil(&mut self) -> Option<Spoil> {
        let is_malformed = self.flag("malformed");
        let cut = self.whole("cut", 0..=u64::MAX);
        if is_malformed && cut.is_some() {
            let message = "`malformed` and `cut` cannot stand together".to_owned();
            let help = "leave out one of the two";
            self.faults.push(Fault::of_key("cut", message, help));
        }
        let ends = cut.map(|it| Spoil::Ends(bytes(it)));
        if is_malformed {
            Some(Spoil::Malformed)
        } else {
            ends
        }
    }

    fn delay(&mut self) -> Option<Duration> {
        let delay = match self.stated.get("delay")? {
            Value::Number(seconds) => seconds
                .as_f64()
                .and_then(|it| Duration::try_from_secs_f64(it).ok()),
            Value::String(text) => duration(text),
            _ => None,
        };
        let delay = delay.filter(|it| *it <= LONGEST);
        if delay.is_none() {
            self.wrong(
                "delay",
                "seconds, or a text such as `250ms`, `2s` or `1m`: an hour at most",
            );
        }
        delay
    }

    fn drop(&mut self) -> Option<Cut> {
        match self.stated.get("drop")? {
            Value::Bool(is_dropped) => return is_dropped.then_some(Cut::Unanswered),
            Value::Number(number) => {
                if let Some(number) = number.as_u64() {
                    return Some(Cut::After(bytes(number)));
                }
            }
            _ => {}
        }
        self.wrong(
            "drop",
            "`true` for no response at all, or the number of bytes of its body that are sent",
        );
        None
    }
}

/// Whether responses with a status have no body (RFC 9110, section 6.4.1).
pub(super) fn has_no_body(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED
    )
}

fn bytes(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A time with its unit.
fn duration(text: &str) -> Option<Duration> {
    let at = text.find(|it: char| it.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(at);
    let number: f64 = number.trim().parse().ok()?;
    let seconds = match unit {
        "ms" => number / 1000.0,
        "s" => number,
        "m" => number * 60.0,
        _ => return None,
    };
    Duration::try_from_secs_f64(seconds).ok()
}

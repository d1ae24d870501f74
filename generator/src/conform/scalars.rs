//! Numbers and texts that conform to a schema, mostly.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Number, Value};

use super::dice::Dice;
use super::flat::Keywords;
use super::manner::Manner;

/// Texts of all sorts.
const TEXTS: [&str; 12] = [
    "text",
    "a",
    "",
    "two words",
    "Grüße, 世界 🦀",
    "quote \" backslash \\ slash /",
    "line\nbreak\ttab",
    "null",
    "true",
    "42",
    "\u{7f}\u{1}\u{2028}",
    "a longer text, in case that the schema wants so many characters",
];

/// Texts for patterns that cannot be turned around.
const LIKELY: [&str; 12] = [
    "a",
    "abc",
    "name-1",
    "Name",
    "A1",
    "1",
    "12345",
    "1.0.0",
    "2024-05-06",
    "a@example.org",
    "https://example.org/a",
    "/a",
];

/// The value of a keyword that counts.
pub(super) fn count(keywords: &Keywords, keyword: &str) -> Option<usize> {
    usize::try_from(keywords.get(keyword)?.as_u64()?).ok()
}

/// A whole number.
pub(super) fn integer(dice: &mut Dice, manner: Manner, keywords: &Keywords) -> Option<Value> {
    let least = bound(keywords, "minimum", "exclusiveMinimum", 1);
    let most = bound(keywords, "maximum", "exclusiveMaximum", -1);
    // Where nothing is said, what 64 bits hold.
    let (least, most) = match (least, most) {
        (Some(least), Some(most)) => (least, most),
        (Some(least), None) => (least, least.max(i128::from(i64::MAX))),
        (None, Some(most)) => (most.min(i128::from(i64::MIN)), most),
        (None, None) => (i64::MIN.into(), i64::MAX.into()),
    };
    if least > most {
        return None;
    }
    let random = i128::from(dice.number()) % 1000;
    let width = most.saturating_sub(least).saturating_add(1);
    let wide = least + i128::from(dice.number()) % width;
    let odd = [0, 1, -1, random, -random, least + random, wide, least, most];
    let candidates = match manner {
        Manner::Odd => &odd[..],
        Manner::Plain => &[1 + random % 100],
    };
    let chosen = dice.pick(candidates).copied()?.clamp(least, most);
    let step = keywords
        .get("multipleOf")
        .and_then(Value::as_i64)
        .map_or(1, i128::from);
    let chosen = chosen - chosen.checked_rem(step)?;
    // To JSON Schema, a number without a fraction is an integer however it is written.
    let small = i32::try_from(chosen)
        .ok()
        .filter(|_| manner == Manner::Odd && dice.once_in(16));
    match small {
        Some(small) => Number::from_f64(small.into()).map(Value::Number),
        None => i64::try_from(chosen)
            .map(Value::from)
            .or_else(|_| u64::try_from(chosen).map(Value::from))
            .ok(),
    }
}

/// The tighter of two bounds, as a whole number; `step` leads from the exclusive one to the next that is allowed.
fn bound(keywords: &Keywords, inclusive: &str, exclusive: &str, step: i128) -> Option<i128> {
    let whole = |keyword: &str| -> Option<i128> {
        let number = keywords.get(keyword)?;
        let exact = number
            .as_i64()
            .map(i128::from)
            .or_else(|| number.as_u64().map(i128::from));
        exact.or_else(|| {
            let near = number.as_f64()?;
            let next = if step > 0 { near.ceil() } else { near.floor() };
            format!("{next:.0}").parse().ok()
        })
    };
    let exclusive = whole(exclusive).map(|it| it + step);
    match (whole(inclusive), exclusive) {
        (Some(one), Some(other)) if step > 0 => Some(one.max(other)),
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// A number.
pub(super) fn number(dice: &mut Dice, manner: Manner, keywords: &Keywords) -> Option<Value> {
    let of = |keyword: &str| keywords.get(keyword).and_then(Value::as_f64);
    let least = of("minimum").or(of("exclusiveMinimum"));
    let most = of("maximum").or(of("exclusiveMaximum"));
    let random = f64::from(u32::try_from(dice.below(1_000_000)).ok()?);
    let odd = [
        0.0,
        1.0,
        -1.0,
        0.1,
        random / 1000.0,
        -random / 7.0,
        random * 1e20,
        random * 1e-12,
        f64::MAX,
    ];
    let candidates = match manner {
        Manner::Odd => &odd[..],
        Manner::Plain => &[(random / 10.0).round() / 100.0],
    };
    let free = dice.pick(candidates).copied()?;
    let share = random / 1_000_000.0;
    let chosen = match (least, most) {
        (None, None) => free,
        (Some(least), None) => least + free.abs().min(1e9) + 0.5,
        (None, Some(most)) => most - free.abs().min(1e9) - 0.5,
        (Some(least), Some(most)) => least + (most - least) * share,
    };
    let step = of("multipleOf");
    let chosen = step.map_or(chosen, |step| (chosen / step).round() * step);
    // Numbers without a fraction are written without one just as often.
    if chosen.fract() == 0.0 && dice.once_in(2) {
        let whole: Result<i64, _> = format!("{chosen:.0}").parse();
        return whole.map_or_else(
            |_| Number::from_f64(chosen).map(Value::Number),
            |it| Some(it.into()),
        );
    }
    Number::from_f64(chosen).map(Value::Number)
}

/// A text.
pub(super) fn string(dice: &mut Dice, manner: Manner, keywords: &Keywords) -> Option<String> {
    let of = |keyword: &str| keywords.get(keyword).and_then(Value::as_str);
    let is_sensitive = keywords.get("x-keywright-sensitive") == Some(&Value::Bool(true));
    let formatted = match of("format") {
        None if is_sensitive => formatted(dice, "password"),
        format => format.and_then(|format| formatted(dice, format)),
    };
    let matching = of("pattern").and_then(|pattern| {
        let matching = dice.matching(pattern);
        let likely = matching.or_else(|| dice.pick(&LIKELY).map(|it| (*it).to_owned()))?;
        // Patterns mostly repeat something.
        let least = count(keywords, "minLength").unwrap_or(0).min(1000);
        let times = least.div_ceil(likely.chars().count().max(1)).max(1);
        let most = count(keywords, "maxLength").unwrap_or(usize::MAX);
        Some(likely.repeat(times).chars().take(most).collect())
    });
    // Where both are stated, mostly one of them does for both.
    let is_formatted = matching.is_none() || dice.once_in(2);
    let stated = if is_formatted {
        formatted.or(matching)
    } else {
        matching
    };
    if stated.is_some() {
        return stated;
    }
    let least = count(keywords, "minLength").unwrap_or(0);
    let most = count(keywords, "maxLength").unwrap_or(usize::MAX);
    let text = match manner {
        Manner::Odd => *dice.pick(&TEXTS)?,
        Manner::Plain => "text",
    };
    let length = text.chars().count();
    let padding = std::iter::repeat_n('x', least.saturating_sub(length).min(10_000));
    Some(text.chars().chain(padding).take(most).collect())
}

/// A text of a format; `None` for formats that say nothing.
fn formatted(dice: &mut Dice, format: &str) -> Option<String> {
    let mut roll = |limit: usize| dice.below(limit);
    Some(match format {
        "date" => date(dice),
        "time" => time(dice),
        "date-time" => format!("{}T{}", date(dice), time(dice)),
        "duration" => format!("P{}DT{}H", roll(30), roll(24)),
        "uuid" => uuid(dice.number(), dice.number()),
        "uri" | "iri" | "url" => format!("https://example.org/{}?q={}#top", roll(1000), roll(10)),
        "uri-reference" | "iri-reference" => format!("../{}", roll(1000)),
        "uri-template" => format!("/{}/{{id}}", roll(1000)),
        "email" | "idn-email" => format!("user{}@example.org", roll(1000)),
        "hostname" | "idn-hostname" => format!("host{}.example.org", roll(1000)),
        "ipv4" => format!("192.0.2.{}", roll(256)),
        "ipv6" => format!("2001:db8::{:x}", roll(65536)),
        "json-pointer" => format!("/a/{}", roll(10)),
        "relative-json-pointer" => format!("{}/a", roll(10)),
        "regex" => "^a+$".to_owned(),
        // What shows it is found by this.
        "password" => format!("MARKED-{}", roll(1_000_000)),
        "byte" => {
            let bytes = dice.number().to_le_bytes();
            STANDARD.encode(&bytes[..dice.below(9)])
        }
        _ => return None,
    })
}

fn date(dice: &mut Dice) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        1900 + dice.below(200),
        1 + dice.below(12),
        1 + dice.below(28)
    )
}

fn time(dice: &mut Dice) -> String {
    const ZONES: [&str; 4] = ["Z", "+00:00", "-05:30", "+14:00"];
    const FRACTIONS: [&str; 4] = ["", ".5", ".123", ".123456789"];
    let fraction = dice.pick(&FRACTIONS).copied().unwrap_or_default();
    let zone = dice.pick(&ZONES).copied().unwrap_or_default();
    format!(
        "{:02}:{:02}:{:02}{fraction}{zone}",
        dice.below(24),
        dice.below(60),
        dice.below(60)
    )
}

/// Returns the random UUID of these bits (RFC 9562, section 5.4).
#[must_use]
pub fn uuid(high: u64, low: u64) -> String {
    let (version, variant) = (0x4000 | high & 0xfff, 0x8000 | (low >> 48) & 0x3fff);
    let low = low & 0xffff_ffff_ffff;
    format!(
        "{:08x}-{:04x}-{version:04x}-{variant:04x}-{low:012x}",
        high >> 32,
        (high >> 16) & 0xffff
    )
}

//! What bodies consist of.

use super::text::{self, Words};
use crate::ir::{
    Additional, EnumerationValues, Field, ItemId, ItemKind, PartEncoding, Parts, Presence, Struct,
    Variant,
};
use crate::lines::Lines;

/// An item, under the name by which messages refer to it.
pub(super) fn item(out: &mut Lines, words: &Words<'_>, id: ItemId) {
    let item = &words.api[id];
    let name = words.item(id);
    let xml = text::xml(item.xml.as_deref());
    out.add(0, "");
    match &item.kind {
        ItemKind::Struct(it) => {
            out.add(0, format!("{name}: object{xml}"));
            fields(out, words, it);
        }
        ItemKind::Enumeration(it) => {
            out.add(0, format!("{name}: one of{xml}"));
            for value in values(&it.values) {
                out.add(1, value);
            }
        }
        ItemKind::Union(it) => {
            out.add(0, format!("{name}: one of these types{xml}"));
            for branch in &it.branches {
                let xml = text::xml(branch.xml.as_deref());
                out.add(1, format!("{}{xml}", words.ty(&branch.ty)));
            }
        }
        ItemKind::Alias(ty) => out.add(0, format!("{name}: {}{xml}", words.ty(ty))),
    }
}

fn fields(out: &mut Lines, words: &Words<'_>, it: &Struct) {
    for (index, field) in it.fields.iter().enumerate() {
        let part = it.parts.as_ref().map(|parts| part(words, parts, index));
        let line = self::field(words, field);
        out.add(1, format!("{line}{}", part.unwrap_or_default()));
    }
    match &it.additional {
        Additional::Skipped => {}
        Additional::Denied => out.add(1, "nothing else"),
        Additional::Kept(ty) => out.add(1, format!("any other: {}", words.ty(ty))),
    }
}

/// "`expires_in?: integer, read-only`"
fn field(words: &Words<'_>, it: &Field) -> String {
    let (mark, null) = match it.presence {
        Presence::Required => ("", ""),
        Presence::Nullable => ("", " or null"),
        Presence::Optional => ("?", ""),
        Presence::OptionalNullable => ("?", " or null"),
    };
    let ty = match &it.only {
        Some(only) => format!("always {only}"),
        None => words.ty(&it.ty),
    };
    let direction = match (it.read_only, it.write_only) {
        (true, _) => ", read-only",
        (false, true) => ", write-only",
        (false, false) => "",
    };
    let xml = text::xml(it.xml.as_deref());
    format!("{}{mark}: {ty}{null}{direction}{xml}", it.wire_name)
}

/// ", as image/png file", and the headers of the part.
fn part(words: &Words<'_>, parts: &Parts, index: usize) -> String {
    let Some(part) = parts.fields.get(index) else {
        return String::new();
    };
    let encoding = match &part.encoding {
        PartEncoding::File => "file".to_owned(),
        PartEncoding::Text => "text".to_owned(),
        PartEncoding::Json => "JSON".to_owned(),
        PartEncoding::Value => "text or JSON".to_owned(),
        PartEncoding::Style(style) => words.serialization(style),
    };
    let media_type = part.media_type.iter().map(|it| format!(" {it}"));
    let transfer = part.transfer_encoding.iter().map(|it| format!(" in {it}"));
    let headers = part
        .headers
        .iter()
        .map(|it| format!(" with the header {it}"));
    let more: String = media_type.chain(transfer).chain(headers).collect();
    format!(", as {encoding}{more}")
}

fn values(values: &EnumerationValues) -> Vec<String> {
    match values {
        EnumerationValues::Strings(variants) => variants
            .iter()
            .map(|it| format!("{:?}", it.value))
            .collect(),
        EnumerationValues::Integers(variants) => texts(variants),
        EnumerationValues::Mixed(variants) => texts(variants),
    }
}

fn texts<T: std::fmt::Display>(variants: &[Variant<T>]) -> Vec<String> {
    variants.iter().map(|it| it.value.to_string()).collect()
}

//! Values of types as JSON: examples of the document, or something that their schemas allow.

use serde_json::Map;

use super::context::Cx;
use crate::config::Dates;
use crate::ir::{
    self, Choice, EnumerationValues, IntegerFormat, ItemId, ItemKind, Presence, TagValue, Type,
    Value,
};
use crate::shape::{Kind, Member};

/// How deep an example goes into types that contain themselves.
const DEPTH: usize = 16;

/// How many characters of a text are worth repeating.
const LONG: usize = 80;

/// A value of a type: the example, if it is one, or something that the schema allows, with the places in `wanted`, which
/// are JSON pointers.
pub(super) fn value(
    cx: &Cx<'_>,
    ty: &Type,
    example: Option<&Value>,
    name: &str,
    wanted: &[&str],
) -> Value {
    Maker { cx }.value(ty, example, name, wanted, DEPTH)
}

/// Makes values of types.
struct Maker<'a> {
    cx: &'a Cx<'a>,
}

impl Maker<'_> {
    /// A value of a type: the example, if it is one, or something that can be read.
    fn value(
        &self,
        ty: &Type,
        example: Option<&Value>,
        name: &str,
        wanted: &[&str],
        depth: usize,
    ) -> Value {
        let Some(depth) = depth.checked_sub(1) else {
            return Value::Null;
        };
        let is_text = self.cx.output.dates == Dates::Text;
        match ty {
            Type::String | Type::Secret | Type::Bytes => text(example).unwrap_or(name).into(),
            Type::DateTime => text(example)
                .filter(|_| is_text)
                .unwrap_or("2030-01-01T00:00:00Z")
                .into(),
            Type::Date => text(example)
                .filter(|_| is_text)
                .unwrap_or("2030-01-01")
                .into(),
            Type::Uuid => "00000000-0000-0000-0000-000000000000".into(),
            Type::Base64 => "dGV4dA==".into(),
            Type::Boolean => example.and_then(Value::as_bool).unwrap_or(true).into(),
            Type::Integer(format) => integer(*format, example).into(),
            Type::Number => example.and_then(Value::as_f64).unwrap_or(1.5).into(),
            Type::Any => match wanted {
                [] => example.cloned().unwrap_or(Value::Null),
                _ => self.object(wanted, depth, &|_| None),
            },
            Type::Array(inner) => {
                let places = wanted
                    .iter()
                    .filter_map(|it| first(it).parse::<usize>().ok());
                let count = places.map(|it| it + 1).max().unwrap_or_default().min(8);
                let items = (0..count).map(|index| {
                    let inside = within(wanted, &index.to_string());
                    self.value(inner, None, name, &inside, depth)
                });
                items.collect()
            }
            Type::Tuple(items) => {
                let items = items.iter().enumerate();
                items
                    .map(|(index, item)| {
                        let inside = within(wanted, &index.to_string());
                        self.value(item, None, name, &inside, depth)
                    })
                    .collect()
            }
            Type::Map(inner) => self.object(wanted, depth, &|_| Some(&**inner)),
            Type::Nullable(_) if wanted.is_empty() => Value::Null,
            Type::Nullable(inner) => self.value(inner, example, name, wanted, depth),
            Type::Item(id) => self.item(*id, example, name, wanted, depth),
            Type::Null | Type::File | Type::Part(_) | Type::Multipart | Type::Error => Value::Null,
        }
    }

    /// An object of which only the wanted properties are known.
    fn object<'t>(
        &self,
        wanted: &[&str],
        depth: usize,
        ty: &dyn Fn(&str) -> Option<&'t Type>,
    ) -> Value {
        let mut object = Map::new();
        for pointer in wanted {
            let name = unescaped(first(pointer));
            let inside = within(wanted, first(pointer));
            let value = match ty(&name) {
                Some(ty) => self.value(ty, None, &name, &inside, depth),
                None if inside.is_empty() => name.clone().into(),
                None => self.object(&inside, depth, ty),
            };
            object.insert(name, value);
        }
        object.into()
    }

    /// A value of a type with a name.
    fn item(
        &self,
        id: ItemId,
        example: Option<&Value>,
        name: &str,
        wanted: &[&str],
        depth: usize,
    ) -> Value {
        let item = &self.cx.api[id];
        let example = example.or_else(|| item.examples.first());
        if let (Some(_), Some(example)) = (&item.foreign, example) {
            // Only the type itself knows what else is a value of it.
            return example.clone();
        }
        match &item.kind {
            ItemKind::Enumeration(it) => enumeration(&it.values, example),
            ItemKind::Alias(ty) => self.value(ty, example, name, wanted, depth),
            ItemKind::Struct(it) => self.structure(id, it, example, wanted, depth),
            ItemKind::Union(it) => {
                // The first branch stands for all.
                let Some(branch) = it.branches.first() else {
                    return Value::Null;
                };
                let mut value = self.value(&branch.ty, None, name, wanted, depth);
                if let (Value::Object(properties), Some((property, tag))) = (&mut value, tag(it)) {
                    properties.insert(property.to_owned(), tag);
                }
                value
            }
        }
    }

    fn structure(
        &self,
        id: ItemId,
        it: &ir::Struct,
        example: Option<&Value>,
        wanted: &[&str],
        depth: usize,
    ) -> Value {
        let shape = &self.cx.shape;
        // What a type of another crate takes the place of has no members.
        let written = match &shape[shape.twin(id)].kind {
            Kind::Struct(written) => &written.members[..],
            _ => &[],
        };
        let members = written.iter().map(Some).chain(std::iter::repeat(None));
        let mut object = Map::new();
        for (field, member) in it.fields.iter().zip(members) {
            let name = field.wire_name.as_str();
            let inside = within(wanted, &escaped(name));
            let is_wanted = wanted.iter().any(|it| unescaped(first(it)) == name);
            let constant = match member {
                Some(Member::Constant(it)) => Some(&it.value),
                Some(Member::Field(_)) => None,
                None => field.only.as_ref(),
            };
            let value = match (constant, field.presence) {
                (Some(value), Presence::Required | Presence::Nullable) => value.clone(),
                (_, Presence::Nullable) if !is_wanted => Value::Null,
                (_, Presence::Optional | Presence::OptionalNullable) if !is_wanted => continue,
                _ => {
                    let own = example.and_then(|it| it.get(name));
                    let own = own.or_else(|| field.examples.first());
                    self.value(&field.ty, own, name, &inside, depth)
                }
            };
            object.insert(name.to_owned(), value);
        }
        object.into()
    }
}

/// The property that marks the first branch of a union, and its value.
fn tag(union: &ir::Union) -> Option<(&str, Value)> {
    union.dispatch.iter().find_map(|(_, choice)| {
        let Choice::Tag {
            property, values, ..
        } = choice
        else {
            return None;
        };
        let mut values = values.iter();
        let (value, _) = values.find(|(_, choice)| choice.sole() == Some(0))?;
        let value = match value {
            TagValue::Text(text) => text.as_str().into(),
            TagValue::Integer(value) => (*value).into(),
            TagValue::Boolean(value) => (*value).into(),
        };
        Some((property.as_str(), value))
    })
}

fn enumeration(values: &EnumerationValues, example: Option<&Value>) -> Value {
    let values: Vec<Value> = match values {
        EnumerationValues::Strings(them) => {
            them.iter().map(|it| it.value.as_str().into()).collect()
        }
        EnumerationValues::Integers(them) => them.iter().map(|it| it.value.into()).collect(),
        EnumerationValues::Mixed(them) => them.iter().map(|it| it.value.clone()).collect(),
    };
    let given = example.filter(|it| values.contains(it)).cloned();
    given
        .or_else(|| values.into_iter().next())
        .unwrap_or(Value::Null)
}

fn text(example: Option<&Value>) -> Option<&str> {
    let text = example.and_then(Value::as_str);
    text.filter(|it| it.chars().count() <= LONG && !it.chars().any(char::is_control))
}

fn integer(format: IntegerFormat, example: Option<&Value>) -> i64 {
    let example = example.and_then(Value::as_i64);
    let example = example.filter(|it| match format {
        IntegerFormat::I32 => i32::try_from(*it).is_ok(),
        IntegerFormat::I64 | IntegerFormat::I128 => true,
        IntegerFormat::U32 => u32::try_from(*it).is_ok(),
        IntegerFormat::U64 | IntegerFormat::U128 => u64::try_from(*it).is_ok(),
    });
    example.unwrap_or(1)
}

/// The first name in a JSON pointer, as it is written there.
fn first(pointer: &str) -> &str {
    let rest = pointer.strip_prefix('/').unwrap_or(pointer);
    rest.split('/').next().unwrap_or_default()
}

/// The pointers inside what has a name.
fn within<'p>(wanted: &[&'p str], name: &str) -> Vec<&'p str> {
    let inside = wanted.iter().filter_map(|it| {
        let rest = it.strip_prefix('/')?.strip_prefix(name)?;
        rest.starts_with('/').then_some(rest)
    });
    inside.collect()
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn unescaped(name: &str) -> String {
    name.replace("~1", "/").replace("~0", "~")
}

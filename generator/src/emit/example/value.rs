//! Values of examples: those of the document, or something that compiles.

use proc_macro2::Literal;

use super::expression::Expression;
use super::krate;
use super::sample::Sample;
use crate::config::Dates;
use crate::emit::json;
use crate::emit::written::literal;
use crate::ir::{self, EnumerationValues, IntegerFormat, ItemId, ItemKind, Type, Value};
use crate::shape::{Argument, Constructor, Kind, Member, Struct};

/// How deep an example goes into types that contain themselves.
pub(super) const DEPTH: usize = 6;

/// How many characters of an example still read well.
const LONG: usize = 48;

/// Whether a value is given to something that converts it, such as `impl Into<String>`.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Target {
    Converted,
    Exact,
}

/// The value of an argument, and whether the method only looks at it.
pub(super) fn argument(
    of: &Sample<'_>,
    argument: &Argument,
    ty: &Type,
    example: Option<&Value>,
    name: &str,
) -> Option<(Expression, bool)> {
    let value = |example, target| value(of, ty, example, name, target, DEPTH);
    let item = |target| {
        let Type::Array(inner) = of.cx.api.resolve(ty) else {
            return None;
        };
        let example = example.and_then(|it| it.get(0));
        let item = self::value(of, inner, example, name, target, DEPTH)?;
        Some(Expression::list("[", vec![item], "]"))
    };
    Some(match argument {
        Argument::Value(_) | Argument::Into(_) => (value(example, Target::Converted)?, false),
        Argument::Text => {
            if example.is_none() {
                of.note_unknown(ty);
            }
            match of.ask(example.and_then(short), name) {
                Some(asked) => (asked, true),
                None => (text(example, name), false),
            }
        }
        Argument::Texts => (item(Target::Converted)?, true),
        Argument::Slice(_) => (item(Target::Exact)?, true),
        Argument::Reference(_) => (value(example, Target::Exact)?, true),
    })
}

/// A value of the type: the example, if it is one, or something that compiles. `None` when the type goes deeper
/// than an example should.
pub(super) fn value(
    of: &Sample<'_>,
    ty: &Type,
    example: Option<&Value>,
    name: &str,
    target: Target,
    depth: usize,
) -> Option<Expression> {
    let depth = depth.checked_sub(1)?;
    if example.is_none() {
        of.note_unknown(ty);
    }
    Some(match ty {
        Type::String | Type::Bytes => match of.ask(example.and_then(short), name) {
            Some(asked) => asked,
            None => convert(text(example, name), ".to_owned()", target),
        },
        Type::Secret => {
            let asked = of.ask(example.and_then(short), name);
            let secret = asked.unwrap_or_else(|| text(example, name));
            convert(secret, ".into()", target)
        }
        Type::Boolean => {
            let value = example.and_then(Value::as_bool).unwrap_or(true);
            Expression::plain(value.to_string())
        }
        Type::Integer(format) => integer(*format, example),
        Type::Number => {
            let value = example.and_then(Value::as_f64).unwrap_or(1.5);
            Expression::plain(Literal::f64_unsuffixed(value).to_string())
        }
        Type::DateTime => match of.cx.output.dates {
            Dates::Text => convert(text(example, "2030-01-01T00:00:00Z"), ".into()", target),
            Dates::Jiff => Expression::plain("jiff::Timestamp::UNIX_EPOCH"),
            Dates::Chrono => Expression::plain("chrono::DateTime::UNIX_EPOCH.fixed_offset()"),
        },
        Type::Date => match of.cx.output.dates {
            Dates::Text => convert(text(example, "2030-01-01"), ".into()", target),
            Dates::Jiff => Expression::plain("jiff::civil::date(2030, 1, 1)"),
            Dates::Chrono => Expression::plain("chrono::NaiveDate::MAX"),
        },
        Type::Uuid => Expression::plain("uuid::Uuid::nil()"),
        Type::Base64 => Expression::plain("b\"bytes\".to_vec().into()"),
        Type::Any => Expression::plain("serde_json::json!({ \"any\": \"value\" })"),
        Type::Array(inner) => {
            let example = example.and_then(|it| it.get(0));
            let item = value(of, inner, example, name, Target::Exact, depth);
            item.map_or_else(
                || Expression::plain("Vec::new()"),
                |item| Expression::list("vec![", vec![item], "]"),
            )
        }
        Type::Null => Expression::plain(format!("{}::runtime::Null", krate(of.cx))),
        Type::Tuple(items) => {
            let items = items.iter().enumerate().map(|(place, item)| {
                let example = example.and_then(|it| it.get(place));
                value(of, item, example, name, Target::Exact, depth)
            });
            let items: Vec<Expression> = items.collect::<Option<_>>()?;
            let close = if items.len() == 1 { ",)" } else { ")" };
            Expression::list("(", items, close)
        }
        Type::Map(_) => Expression::plain("std::collections::BTreeMap::new()"),
        Type::Nullable(_) => Expression::plain("None"),
        Type::Item(id) => item(of, *id, example, name, target, depth)?,
        Type::File => convert(text(None, "content"), ".into()", target),
        Type::Part(inner) => {
            let value = value(of, inner, example, name, Target::Exact, depth)?;
            convert(value, ".into()", target)
        }
        Type::Multipart => {
            Expression::plain(format!("{}::runtime::Multipart::new()", krate(of.cx)))
        }
        Type::Error => Expression::plain("()"),
    })
}

/// A value of a type with a name.
fn item(
    of: &Sample<'_>,
    id: ItemId,
    example: Option<&Value>,
    name: &str,
    target: Target,
    depth: usize,
) -> Option<Expression> {
    let names = of.cx.names.item(id);
    let ty = &names.ty;
    let item = &of.cx.api[id];
    let example = example.or_else(|| item.examples.first());
    if item.foreign.is_some() {
        let json = json::value(of.cx, &Type::Item(id), example, name, &[]);
        let json = literal(&json.to_string());
        return Some(Expression::plain(format!("serde_json::from_str({json})?")));
    }
    if item.deprecated {
        of.note_deprecated();
    }
    Some(
        match (&item.kind, &of.cx.shape[of.cx.shape.twin(id)].kind) {
            (ItemKind::Enumeration(it), _) => {
                let known = match &it.values {
                    EnumerationValues::Strings(variants) => variants
                        .iter()
                        .position(|it| example.and_then(Value::as_str) == Some(&it.value)),
                    EnumerationValues::Integers(variants) => variants
                        .iter()
                        .position(|it| example.and_then(Value::as_i64) == Some(it.value)),
                    EnumerationValues::Mixed(variants) => {
                        variants.iter().position(|it| example == Some(&it.value))
                    }
                };
                let variant = names.members.get(known.unwrap_or(0))?;
                Expression::plain(format!("models::{ty}::{variant}"))
            }
            (ItemKind::Union(it), Kind::Union(shape)) => {
                // The first branch stands for all.
                let (branch, variant) = it.branches.first().zip(shape.variants.first())?;
                let inner = value(of, &branch.ty, example, name, Target::Exact, depth)?;
                let is_boxed = variant.ty.is_boxed();
                let variant = &variant.name;
                if is_boxed {
                    let open = format!("models::{ty}::{variant}(Box::new(");
                    Expression::list(open, vec![inner], "))")
                } else {
                    Expression::list(format!("models::{ty}::{variant}("), vec![inner], ")")
                }
            }
            (ItemKind::Struct(ir), Kind::Struct(shape)) => {
                structure(of, ty, ir, shape, example, depth)?
            }
            (ItemKind::Alias(ty), _) => value(of, ty, example, name, target, depth)?,
            (ItemKind::Struct(_) | ItemKind::Union(_), _) => return None,
        },
    )
}

/// What a constructor makes of its arguments.
fn structure(
    of: &Sample<'_>,
    ty: &ir::Ident,
    ir: &ir::Struct,
    shape: &Struct,
    example: Option<&Value>,
    depth: usize,
) -> Option<Expression> {
    let constructor = shape.mock_constructor.as_ref();
    let constructor = constructor.unwrap_or(&shape.constructor);
    let target = match constructor {
        Constructor::Empty | Constructor::Positional => Target::Converted,
        Constructor::Named(_) => Target::Exact,
        Constructor::None => return None,
    };
    let members = ir.fields.iter().zip(&shape.members);
    let required = members.filter_map(|(ir, member)| match member {
        Member::Field(field) if field.is_required() => Some((ir, field)),
        Member::Field(_) | Member::Constant(_) => None,
    });
    let values = required.map(|(ir, field)| {
        let name = &field.name;
        if ir.presence == ir::Presence::Nullable {
            return Some((name, Expression::plain("None")));
        }
        let given = example.and_then(|it| it.get(&ir.wire_name));
        let given = given
            .or_else(|| ir.examples.first())
            .or(ir.default.as_ref());
        let of = match ir.default {
            Some(_) => of.with_default(),
            None => *of,
        };
        let value = value(&of, &ir.ty, given, &ir.wire_name, target, depth)?;
        Some((name, value))
    });
    let values: Vec<(&ir::Ident, Expression)> = values.collect::<Option<_>>()?;
    let open = format!("models::{ty}::new(");
    let Constructor::Named(required) = constructor else {
        let values = values.into_iter().map(|(_, value)| value);
        return Some(Expression::list(open, values.collect(), ")"));
    };
    let fields = values
        .into_iter()
        .map(|(name, value)| value.after(&format!("{name}: ")));
    let open = format!("{open}models::{required} {{ ");
    Some(Expression::list(open, fields.collect(), " })"))
}

fn convert(text: Expression, method: &'static str, target: Target) -> Expression {
    match target {
        Target::Converted => text,
        Target::Exact => text.then(method),
    }
}

/// A string literal: the example if it is short and printable.
pub(super) fn text(example: Option<&Value>, otherwise: &str) -> Expression {
    let text = example.and_then(short).unwrap_or(otherwise);
    Expression::plain(literal(text))
}

/// The text of an example, if it is short and printable.
fn short(example: &Value) -> Option<&str> {
    let fits = |text: &&str| text.chars().count() <= LONG && !text.chars().any(char::is_control);
    example.as_str().filter(fits)
}

fn integer(format: IntegerFormat, example: Option<&Value>) -> Expression {
    let value = example
        .and_then(Value::as_i64)
        .filter(|value| match format {
            IntegerFormat::I32 => i32::try_from(*value).is_ok(),
            IntegerFormat::I64 | IntegerFormat::I128 => true,
            IntegerFormat::U32 => u32::try_from(*value).is_ok(),
            IntegerFormat::U64 | IntegerFormat::U128 => u64::try_from(*value).is_ok(),
        });
    Expression::plain(value.unwrap_or(1).to_string())
}

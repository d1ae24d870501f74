//! What is created can be fetched, changed and deleted: things, as far as the document has collections of them.

use bytes::Bytes;
use http::StatusCode;
use serde_json::{Map, Value};

use super::answer::Chosen;
use super::contract::{Contract, Role, SchemaNumber};
use super::found::Found;
use super::judge::{Finding, Part};
use super::state::{Things, Tokens};
use super::urlencoded::decoded;
use crate::conform::{Dice, Reading, uuid};
use crate::media_type::Family;

/// What came of a request about a thing.
pub(super) enum Kept {
    /// The value to answer with.
    Value(Value),
    /// There is no such thing.
    Missing(Vec<StatusCode>, Finding),
    /// It is answered like any other.
    Usual,
}

/// A request about a thing, and the answer that would be given without it.
pub(super) struct Keeper<'k> {
    pub(super) found: &'k Found<'k>,
    pub(super) request: &'k http::Request<Bytes>,
    pub(super) chosen: &'k Chosen<'k>,
    pub(super) things: &'k mut Things,
    pub(super) tokens: &'k mut Tokens,
}

impl Keeper<'_> {
    /// Does what the operation says. `made` is the value of the usual answer.
    pub(super) fn answer(&mut self, made: &Value) -> Kept {
        let Some(role) = &self.found.operation.role else {
            return Kept::Usual;
        };
        let path = self.request.uri().path();
        if let Role::Create(parameter) = role {
            return self.create(path, parameter, made);
        }
        if *role == Role::List {
            return self.list(path, made);
        }
        let Some((collection, name)) = path.rsplit_once('/') else {
            return Kept::Usual;
        };
        let name = decoded(name);
        let before = self.things.get(collection, &name).cloned();
        let before = match (before, role) {
            (Some(before), _) => before,
            (None, Role::Replace) => Value::Null,
            (None, _) => return self.missing(),
        };
        match role {
            Role::Delete => {
                self.things.remove(collection, &name);
                Kept::Usual
            }
            Role::Replace | Role::Update => {
                let mut thing = before;
                overlay(&mut thing, &self.sent());
                self.things.keep(collection, &name, thing.clone());
                self.shown(made, &thing)
            }
            Role::Read | Role::List | Role::Create(_) => self.shown(made, &before),
        }
    }

    /// What the request has in its body.
    fn sent(&self) -> Value {
        serde_json::from_slice(self.request.body()).unwrap_or(Value::Null)
    }

    fn missing(&self) -> Kept {
        let place = Some(&self.found.operation.place);
        let finding = Finding::new(Part::Path, "nothing of this name has been created", place);
        Kept::Missing(vec![StatusCode::NOT_FOUND, StatusCode::GONE], finding)
    }

    /// Adds a thing, and gives it a name of its own, unless the request has one for it.
    fn create(&mut self, collection: &str, parameter: &str, made: &Value) -> Kept {
        let sent = self.sent();
        let mut thing = self.merged(made, &sent);
        let Some(property) = naming(&thing, parameter).or_else(|| naming(&sent, parameter)) else {
            return Kept::Usual;
        };
        let name = match sent.get(&property).and_then(text) {
            Some(name) => name,
            None => self.name(&mut thing, &property),
        };
        let mut kept = sent;
        overlay(&mut kept, &thing);
        self.things.keep(collection, &name, kept);
        if self.is_json() {
            Kept::Value(thing)
        } else {
            Kept::Usual
        }
    }

    /// Gives a thing a name that no other has: of the type, and in the format, that the schema wants.
    fn name(&mut self, thing: &mut Value, property: &str) -> String {
        let number = self.things.count_on();
        let unique = self.tokens.unique();
        let digest = blake3::hash(unique.as_bytes());
        let mut dice = Dice::new(&unique);
        let uuid = uuid(dice.number(), dice.number());
        let digits = digest.to_hex();
        let candidates = [
            Value::from(number),
            Value::from(uuid),
            Value::from(unique),
            Value::from(number.to_string()),
            Value::from(&digits[..24]),
        ];
        let is_number = thing.get(property).is_some_and(Value::is_number);
        let candidates = candidates
            .into_iter()
            .filter(|it| it.is_number() == is_number);
        for candidate in candidates {
            let mut named = thing.clone();
            named[property] = candidate;
            if self.conforms(&named) {
                *thing = named;
                break;
            }
        }
        thing.get(property).and_then(text).unwrap_or_default()
    }

    fn list(&self, collection: &str, made: &Value) -> Kept {
        let things = || {
            self.things
                .list(collection)
                .cloned()
                .collect::<Vec<Value>>()
        };
        let mut listed = made.clone();
        let place = match &mut listed {
            Value::Array(items) => Some(items),
            Value::Object(fields) => {
                let mut lists = fields.values_mut().filter_map(Value::as_array_mut);
                let only = lists.next();
                if lists.next().is_some() { None } else { only }
            }
            _ => None,
        };
        let Some(items) = place else {
            return Kept::Usual;
        };
        let sample = items.first().cloned().unwrap_or(Value::Null);
        *items = things()
            .into_iter()
            .map(|it| {
                let mut item = sample.clone();
                overlay(&mut item, &it);
                item
            })
            .collect();
        if self.conforms(&listed) {
            Kept::Value(listed)
        } else {
            Kept::Usual
        }
    }

    fn shown(&self, made: &Value, thing: &Value) -> Kept {
        if self.is_json() {
            Kept::Value(self.merged(made, thing))
        } else {
            Kept::Usual
        }
    }

    /// An answer with what is known of a thing, property by property, as far as it still conforms.
    fn merged(&self, made: &Value, thing: &Value) -> Value {
        let mut whole = made.clone();
        for (name, value) in thing.as_object().into_iter().flatten() {
            let mut with = whole.clone();
            match with.as_object_mut() {
                Some(fields) if self.declares(name) => fields.insert(name.clone(), value.clone()),
                _ => continue,
            };
            if self.conforms(&with) {
                whole = with;
            }
        }
        whole
    }

    fn is_json(&self) -> bool {
        self.chosen.form.is_some_and(|it| it.family == Family::Json)
    }

    fn schema(&self) -> Option<(&Contract, SchemaNumber)> {
        let number = self.chosen.form?.schema?;
        Some((self.found.contract, number))
    }

    /// Whether answers may have a property.
    fn declares(&self, name: &str) -> bool {
        let Some((contract, number)) = self.schema() else {
            return true;
        };
        let bundle = &contract.responses;
        let declared = bundle.property_names(bundle.schema(number));
        declared.is_empty() || declared.contains(&name)
    }

    fn conforms(&self, value: &Value) -> bool {
        let validator = self
            .schema()
            .and_then(|(contract, number)| contract.responses.validator(number, Reading::Strict));
        validator.is_none_or(|it| it.is_valid(value))
    }
}

/// The property that has the name of a thing: the one that is called as the parameter, or by a usual word.
fn naming(thing: &Value, parameter: &str) -> Option<String> {
    let usual = [
        "id", "Id", "ID", "_id", "uuid", "key", "name", "slug", "code",
    ];
    let mut names = std::iter::once(parameter).chain(usual);
    let found = names.find(|it| thing.get(it).and_then(text).is_some());
    found.map(str::to_owned)
}

/// A name as it stands in a path.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Puts the properties of one value over those of another.
fn overlay(value: &mut Value, over: &Value) {
    match (value, over) {
        (Value::Object(fields), Value::Object(over)) => {
            fields.extend(over.iter().map(|(name, it)| (name.clone(), it.clone())));
        }
        (value, Value::Object(over)) => *value = Value::Object(Map::clone(over)),
        _ => {}
    }
}

//! JSON text to a tree, with `jiter`, which appears nowhere else in the reading path.

use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType, Peek};

use super::Limits;
use super::fault::{Entries, Fault, NodeIds, Parsed, step};
use crate::diagnostics::Code;
use crate::document::{Entry, Node, Span, Value};

/// Reads a text as JSON.
pub(super) fn parse(text: &str, limits: &Limits, ids: &mut NodeIds) -> Parsed {
    let jiter = Jiter::new(text.as_bytes());
    let mut reader = Reader {
        text,
        jiter,
        limits,
        ids,
        faults: Vec::new(),
    };
    let root = reader.document();
    let mut faults = reader.faults;
    match root {
        Ok(root) => Parsed {
            root: Some(root),
            faults,
        },
        Err(fault) => {
            faults.push(*fault);
            Parsed { root: None, faults }
        }
    }
}

struct Reader<'t, 'p> {
    text: &'t str,
    jiter: Jiter<'t>,
    limits: &'p Limits,
    ids: &'p mut NodeIds,
    /// Faults after which reading goes on.
    faults: Vec<Fault>,
}

/// Where a value is.
#[derive(Clone, Copy, Default)]
struct At {
    /// In how many arrays and objects.
    depth: usize,
    /// How long the pointer to it is.
    pointer: usize,
}

impl At {
    fn below(self, key: Option<&str>) -> Self {
        Self {
            depth: self.depth + 1,
            pointer: self.pointer + step(key),
        }
    }
}

/// A value, or the fault that ends the reading.
type Read<T> = Result<T, Box<Fault>>;

impl<'t> Reader<'t, '_> {
    fn document(&mut self) -> Read<Node> {
        let peek = self.check(Jiter::peek)?;
        let root = self.value(peek, At::default())?;
        self.check(Jiter::finish)?;
        Ok(root)
    }

    fn value(&mut self, peek: Peek, at: At) -> Read<Node> {
        let id = self.ids.next();
        let start = self.jiter.current_index();
        self.ids.check(self.limits, span(start, start + 1))?;
        let value = match peek {
            Peek::Null => self.check(Jiter::known_null).map(|()| Value::Null)?,
            Peek::True | Peek::False => Value::Boolean(self.check(|jiter| jiter.known_bool(peek))?),
            Peek::String => Value::String(self.check(|jiter| jiter.known_str().map(Into::into))?),
            Peek::Array | Peek::Object if at.depth >= self.limits.depth => {
                return Err(Box::new(Fault::too_deep(
                    span(start, start + 1),
                    self.limits.depth,
                )));
            }
            Peek::Array => self.array(at)?,
            Peek::Object => self.object(at)?,
            _ => self.number(peek, start)?,
        };
        Ok(Node {
            id,
            span: span(start, self.jiter.current_index()),
            value,
        })
    }

    fn number(&mut self, peek: Peek, start: usize) -> Read<Value> {
        self.check(|jiter| jiter.known_number_bytes(peek).map(|_| ()))?;
        Ok(Value::Number(
            self.text[start..self.jiter.current_index()].into(),
        ))
    }

    fn array(&mut self, at: At) -> Read<Value> {
        let mut items = Vec::new();
        let mut next = self.check(Jiter::known_array)?;
        while let Some(peek) = next {
            items.push(self.value(peek, at.below(None))?);
            next = self.check(Jiter::array_step)?;
        }
        items.shrink_to_fit();
        Ok(Value::Sequence(items))
    }

    fn object(&mut self, at: At) -> Read<Value> {
        let mut entries = Entries::default();
        let mut before = self.jiter.current_index();
        let mut next =
            self.check(|jiter| jiter.known_object().map(|key| key.map(Box::<str>::from)))?;
        while let Some(key) = next {
            let key_span = self.key_span(before);
            let below = at.below(Some(&key));
            if below.pointer > self.limits.pointer_size {
                let most = self.limits.pointer_size;
                return Err(Box::new(Fault::pointer_too_long(key_span, most)));
            }
            let peek = self.check(Jiter::peek)?;
            let value = self.value(peek, below)?;
            if let Some(first) = entries.find(&key) {
                let fault = Fault::duplicate_key(&key, first.key_span, key_span);
                self.faults.push(fault);
            }
            entries.push(Entry {
                key,
                key_span,
                value,
            });
            before = self.jiter.current_index();
            next = self.check(|jiter| jiter.next_key().map(|key| key.map(Box::<str>::from)))?;
        }
        Ok(Value::Mapping(entries.into_vec()))
    }

    /// Where the key stands that was just read. Around it are only blanks and punctuation: `before` is where
    /// the reader was before the key, and it is behind the colon now.
    fn key_span(&self, before: usize) -> Span {
        let after = self.jiter.current_index();
        let start = self.text[before..after]
            .find('"')
            .map_or(before, |at| before + at);
        let end = self.text[before..after]
            .rfind('"')
            .map_or(after, |at| before + at + 1);
        span(start, end)
    }

    /// Takes a step, and says where it failed if it does.
    fn check<T>(&mut self, step: impl FnOnce(&mut Jiter<'t>) -> Result<T, JiterError>) -> Read<T> {
        step(&mut self.jiter).map_err(|error| Box::new(fault(self.text, &error)))
    }
}

/// The reader's error as a fault.
fn fault(text: &str, error: &JiterError) -> Fault {
    let at = error.index.min(text.len());
    let message = match &error.error_type {
        JiterErrorType::JsonError(kind) => describe(kind),
        JiterErrorType::WrongType { .. } => "a value is malformed".to_owned(),
    };
    Fault::new(
        Code::InvalidSyntax,
        span(at, at),
        format!("invalid JSON: {message}"),
    )
}

/// What is wrong, in words for somebody who edits a file.
fn describe(kind: &JsonErrorType) -> String {
    match kind {
        JsonErrorType::EofWhileParsingList
        | JsonErrorType::EofWhileParsingObject
        | JsonErrorType::EofWhileParsingString
        | JsonErrorType::EofWhileParsingValue => "the file ends too early".to_owned(),
        JsonErrorType::ExpectedSomeIdent | JsonErrorType::ExpectedSomeValue => {
            "a value is expected here".to_owned()
        }
        JsonErrorType::KeyMustBeAString => "a key in quotes is expected here".to_owned(),
        JsonErrorType::TrailingComma => "a comma stands behind the last item".to_owned(),
        JsonErrorType::TrailingCharacters => {
            "there is more text after the end of the document".to_owned()
        }
        other => other.to_string(),
    }
}

fn span(start: usize, end: usize) -> Span {
    let narrow = |at| u32::try_from(at).expect("a file is smaller than 2 GiB");
    Span {
        start: narrow(start),
        end: narrow(end),
    }
}

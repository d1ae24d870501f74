//! Reads arrays and objects.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Decode, DecodeError, DecodeErrorKind, Fill, Reader};

/// A function that reads a property that is not declared.
type Additional<'a, 'j> =
    &'a mut dyn FnMut(Cow<'j, str>, &mut Reader<'j>) -> Result<(), DecodeError>;

/// A map of the properties without a field of their own.
pub trait Rest {
    /// Removes all properties.
    fn clear(&mut self);

    /// Reads the value of a property.
    fn insert(&mut self, name: String, reader: &mut Reader<'_>) -> Result<(), DecodeError>;
}

impl<T: Decode> Rest for BTreeMap<String, T> {
    fn clear(&mut self) {
        self.clear();
    }

    fn insert(&mut self, name: String, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.grow_map::<T>(self.len())?;
        reader.allocate(name.len())?;
        self.insert(name, reader.read()?);
        Ok(())
    }
}

impl<'j> Reader<'j> {
    /// Reads a value of any type.
    pub fn read<T: Decode>(&mut self) -> Result<T, DecodeError> {
        T::create(self)
    }

    /// Begins an array. Returns `true` if it has items.
    #[inline]
    pub(super) fn begin_array(&mut self) -> Result<bool, DecodeError> {
        if self.cursor.peek() != Some(b'[') {
            return Err(self.wrong_type("an array"));
        }
        self.enter()?;
        self.cursor.step();
        if self.cursor.peek() != Some(b']') {
            return Ok(true);
        }
        self.cursor.step();
        self.leave();
        Ok(false)
    }

    /// Continues after an item. Returns `true` if there is another one.
    #[inline]
    pub(super) fn next_item(&mut self) -> Result<bool, DecodeError> {
        match self.cursor.peek() {
            Some(b',') => {
                self.cursor.step();
                match self.cursor.peek() {
                    Some(b']') | None => Err(self.cursor.unexpected().into()),
                    Some(_) => Ok(true),
                }
            }
            Some(b']') => {
                self.cursor.step();
                self.leave();
                Ok(false)
            }
            _ => Err(self.cursor.unexpected().into()),
        }
    }

    /// Reads an array. `item` reads one item.
    pub fn array(
        &mut self,
        item: &mut dyn FnMut(&mut Reader<'j>) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        let mut index = 0;
        let mut is_item = self.begin_array()?;
        while is_item {
            item(self).map_err(|error| error.within_item(index))?;
            index += 1;
            is_item = self.next_item()?;
        }
        Ok(())
    }

    /// Begins an object. Returns the name of its first property, if there is one.
    fn begin_object(&mut self) -> Result<Option<Cow<'j, str>>, DecodeError> {
        if self.cursor.peek() != Some(b'{') {
            return Err(self.wrong_type("an object"));
        }
        self.enter()?;
        self.cursor.step();
        if self.cursor.peek() != Some(b'}') {
            return self.name().map(Some);
        }
        self.cursor.step();
        self.leave();
        Ok(None)
    }

    /// Continues after a property. Returns the name of the next one, if there is one.
    #[inline]
    fn next_name(&mut self) -> Result<Option<Cow<'j, str>>, DecodeError> {
        match self.cursor.peek() {
            Some(b',') => {
                self.cursor.step();
                self.name().map(Some)
            }
            Some(b'}') => {
                self.cursor.step();
                self.leave();
                Ok(None)
            }
            _ => Err(self.cursor.unexpected().into()),
        }
    }

    /// Reads the name of a property and the colon after it.
    #[inline]
    fn name(&mut self) -> Result<Cow<'j, str>, DecodeError> {
        if self.cursor.peek() != Some(b'"') {
            return Err(self.cursor.unexpected().into());
        }
        let name = self.cursor.string(&mut self.scratch)?;
        self.cursor.colon()?;
        Ok(name)
    }

    /// Reads an object: the properties with these names into these fields, and all others into `rest`. Without `rest`,
    /// the others are skipped.
    pub fn object(
        &mut self,
        names: &[&'static str],
        fields: &mut [&mut dyn Fill],
        rest: &mut [&mut dyn Rest],
    ) -> Result<(), DecodeError> {
        let Some(rest) = rest.first_mut() else {
            return self.properties(names, fields, None);
        };
        rest.clear();
        let mut insert =
            |name: Cow<'j, str>, reader: &mut Self| rest.insert(name.into_owned(), reader);
        self.properties(names, fields, Some(&mut insert))
    }

    /// Reads an object whose properties are not known. `property` reads the value of one.
    pub fn map(&mut self, property: Additional<'_, 'j>) -> Result<(), DecodeError> {
        let mut next = self.begin_object()?;
        while let Some(name) = next {
            property(name.clone(), self).map_err(|error| error.within(name.into_owned()))?;
            next = self.next_name()?;
        }
        Ok(())
    }

    /// Reads the properties of an object. They usually come in the declared order, so each search starts at the last
    /// match.
    fn properties(
        &mut self,
        names: &[&'static str],
        fields: &mut [&mut dyn Fill],
        mut additional: Option<Additional<'_, 'j>>,
    ) -> Result<(), DecodeError> {
        self.cursor.peek();
        let start = self.offset();
        let mut seen = Seen::new(fields.len());
        let mut expected = 0;
        let mut next = self.begin_object()?;
        while let Some(name) = next {
            if let Some(at) = find(names, &name, expected) {
                expected = at + 1;
                seen.insert(at);
                if let (Some(field), Some(name)) = (fields.get_mut(at), names.get(at))
                    && let Err(error) = field.fill(self)
                {
                    return Err(error.within(*name));
                }
            } else if let Some(additional) = &mut additional {
                additional(name.clone(), self).map_err(|error| error.within(name.into_owned()))?;
            } else {
                self.miss();
                self.skip()?;
            }
            next = self.next_name()?;
        }
        for (at, (name, field)) in names.iter().zip(fields).enumerate() {
            if !seen.contains(at) && !field.absent() {
                return Err(missing(start, name));
            }
        }
        Ok(())
    }

    /// Accepts any value, as an object without properties does.
    pub fn marker(&mut self) -> Result<(), DecodeError> {
        let start = self.offset();
        self.skip()?;
        // `{}` and an empty body have nothing to lose.
        if self.offset() - start > 2 {
            self.miss();
        }
        Ok(())
    }
}

/// Finds a property by name, first from the index `from`, then from the start.
fn find(names: &[&'static str], name: &str, from: usize) -> Option<usize> {
    let (before, after) = names.split_at_checked(from)?;
    match after.iter().position(|it| *it == name) {
        Some(at) => Some(from + at),
        None => before.iter().position(|it| *it == name),
    }
}

/// The set of properties that were seen. Few objects have more than 64.
struct Seen {
    first: u64,
    others: Vec<bool>,
}

impl Seen {
    fn new(count: usize) -> Self {
        Self {
            first: 0,
            others: vec![false; count.saturating_sub(64)],
        }
    }

    fn insert(&mut self, at: usize) {
        match at.checked_sub(64) {
            None => self.first |= 1 << at,
            Some(at) => {
                if let Some(seen) = self.others.get_mut(at) {
                    *seen = true;
                }
            }
        }
    }

    fn contains(&self, at: usize) -> bool {
        match at.checked_sub(64) {
            None => self.first >> at & 1 == 1,
            Some(at) => self.others.get(at).is_some_and(|seen| *seen),
        }
    }
}

#[cold]
fn missing(offset: usize, name: &'static str) -> DecodeError {
    let expected = format!("the property `{name}`");
    DecodeError::at(
        offset,
        DecodeErrorKind::Missing,
        expected,
        "an object without it",
    )
}

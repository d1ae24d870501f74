//! Reads and writes containers: boxes, options, lists and maps.

use std::collections::BTreeMap;

use super::{Blank, Decode, DecodeError, Encode, Reader, Spread, Writer};

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, writer: &mut Writer) {
        (**self).encode(writer);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, writer: &mut Writer) {
        (**self).encode(writer);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Blank> Blank for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }
}

impl<T: Decode> Decode for Box<T> {
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.allocate(size_of::<T>())?;
        T::create(reader).map(Self::new)
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.allocate(size_of::<T>())?;
        (**self).decode(reader)
    }

    fn is_known(&self) -> bool {
        (**self).is_known()
    }

    fn holds_null() -> bool {
        T::holds_null()
    }

    fn is_text() -> bool {
        T::is_text()
    }

    fn absent(&mut self) -> bool {
        (**self).absent()
    }

    fn empty() -> Option<Self> {
        T::empty().map(Self::new)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.encode(writer),
            None => writer.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

impl<T: Decode> Decode for Option<T> {
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if !T::holds_null() && reader.null()? {
            return Ok(None);
        }
        T::create(reader).map(Some)
    }

    fn is_text() -> bool {
        T::is_text()
    }

    fn absent(&mut self) -> bool {
        *self = None;
        true
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, writer: &mut Writer) {
        writer.array(self);
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, writer: &mut Writer) {
        self.as_slice().encode(writer);
    }
}

impl<T> Blank for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        super::create(reader)
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.clear();
        let mut is_item = reader.begin_array()?;
        while is_item {
            let index = self.len();
            item(self, reader).map_err(|error| error.within_item(index))?;
            is_item = reader.next_item()?;
        }
        Ok(())
    }
}

/// Reads one more item of a list.
#[inline]
fn item<T: Decode>(items: &mut Vec<T>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    reader.grow(items)?;
    items.push(T::create(reader)?);
    Ok(())
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, writer: &mut Writer) {
        writer.map(self);
    }
}

impl<T: Encode> Spread for BTreeMap<String, T> {
    fn each(&self, write: &mut dyn FnMut(&str, &dyn Encode)) {
        for (name, value) in self {
            write(name, value);
        }
    }
}

impl<T> Blank for BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        // A map that is made of all its entries is made faster than one by one. Of equal names the last one stays.
        let mut entries: Vec<(String, T)> = Vec::new();
        reader.map(&mut |name, reader| {
            reader.grow_map::<T>(entries.len())?;
            reader.allocate(name.len())?;
            entries.push((name.into_owned(), T::create(reader)?));
            Ok(())
        })?;
        Ok(entries.into_iter().collect())
    }
}

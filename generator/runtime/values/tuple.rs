//! Tuples: arrays with a type for each item (`prefixItems`).

use super::json::{DecodeErrorKind, Fill, Slot};
use super::{Blank, Decode, DecodeError, Encode, Reader, Writer};

/// Implements tuples. Each argument lists the types with their indexes.
macro_rules! tuples {
    ($(($($type:ident $index:tt),+);)+) => { $(
        impl<$($type: Encode),+> Encode for ($($type,)+) {
            fn encode(&self, writer: &mut Writer) {
                let items: &[&dyn Encode] = &[$(&self.$index),+];
                writer.array(items);
            }
        }

        impl<$($type: Blank),+> Blank for ($($type,)+) {
            fn blank() -> Self {
                ($($type::blank(),)+)
            }
        }

        impl<$($type: Decode),+> Decode for ($($type,)+) {
            fn create(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let mut places = ($(Slot::<$type>::empty(),)+);
                items(reader, &mut [$(&mut places.$index),+])?;
                Ok(($(places.$index.into_value()?,)+))
            }
        }
    )+ };
}

tuples! {
    (A 0);
    (A 0, B 1);
    (A 0, B 1, C 2);
    (A 0, B 1, C 2, D 3);
    (A 0, B 1, C 2, D 3, E 4);
    (A 0, B 1, C 2, D 3, E 4, F 5);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
}

/// Reads an array into one target for each item.
fn items(reader: &mut Reader<'_>, places: &mut [&mut dyn Fill]) -> Result<(), DecodeError> {
    let expected = places.len();
    let mut count = 0;
    reader.array(&mut |reader| {
        match places.get_mut(count) {
            Some(place) => place.fill(reader)?,
            None => reader.skip()?,
        }
        count += 1;
        Ok(())
    })?;
    if count == expected {
        return Ok(());
    }
    Err(DecodeError::whole(
        DecodeErrorKind::Type,
        format!("an array of {expected} items"),
        format!("one of {count}"),
    ))
}

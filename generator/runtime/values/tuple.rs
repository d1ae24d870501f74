//! Arrays whose items have a type each: `prefixItems`.

use super::json::{DecodeErrorKind, Fill, Slot};
use super::{Decode, DecodeError, Encode, Reader, Writer};

/// Implements tuples, of which an argument lists the types with a name and a number each.
macro_rules! tuples {
    ($(($($type:ident $name:ident $index:tt),+);)+) => { $(
        impl<$($type: Encode),+> Encode for ($($type,)+) {
            fn encode(&self, writer: &mut Writer) {
                let items: &[&dyn Encode] = &[$(&self.$index),+];
                writer.array(&mut items.iter().copied());
            }
        }

        impl<$($type: Decode),+> Decode for ($($type,)+) {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                $(let mut $name = Slot::new();)+
                items(reader, &mut [$(&mut $name),+])?;
                Ok(($($name.take(),)+))
            }
        }
    )+ };
}

tuples! {
    (A a 0);
    (A a 0, B b 1);
    (A a 0, B b 1, C c 2);
    (A a 0, B b 1, C c 2, D d 3);
    (A a 0, B b 1, C c 2, D d 3, E e 4);
    (A a 0, B b 1, C c 2, D d 3, E e 4, F f 5);
    (A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6);
    (A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7);
    (A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8);
    (A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9);
    (A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9, K k 10);
    (A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7, I i 8, J j 9, K k 10, L l 11);
}

/// Reads an array into slots, one for each item.
fn items(reader: &mut Reader<'_>, slots: &mut [&mut dyn Fill]) -> Result<(), DecodeError> {
    let expected = slots.len();
    let mut count = 0;
    reader.array(&mut |reader| {
        match slots.get_mut(count) {
            Some(slot) => slot.fill(reader)?,
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

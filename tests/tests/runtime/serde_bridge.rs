//! Models in other formats.

use serde_json::{Value, json};

use super::runtime::{self, Decode, DecodeError, Encode, Reader, Slot, Writer};

#[derive(Debug, PartialEq)]
struct Pet {
    name: String,
    age: Option<i64>,
    weight: f64,
}

impl Encode for Pet {
    fn encode(&self, writer: &mut Writer) {
        writer.object(&[
            ("petName", &self.name),
            ("age", &self.age),
            ("weight", &self.weight),
        ]);
    }
}

impl Decode for Pet {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let (mut name, mut age, mut weight) = (Slot::new(), Slot::new(), Slot::new());
        reader.object(&mut [
            ("petName", &mut name),
            ("age", &mut age),
            ("weight", &mut weight),
        ])?;
        Ok(Self {
            name: name.take(),
            age: age.take(),
            weight: weight.take(),
        })
    }
}

runtime::impl_serde!(Pet);

#[test]
fn models_go_through_serde_by_their_own_codec() {
    let pet = Pet {
        name: "Tom".to_owned(),
        age: None,
        weight: 1.5,
    };
    let json = r#"{"petName":"Tom","weight":1.5}"#;
    assert_eq!(serde_json::to_string(&pet).ok().as_deref(), Some(json));
    assert_eq!(serde_json::from_str::<Pet>(json).ok(), Some(pet));
    let value: Value =
        json!({"petName": "Tom", "age": 3, "weight": 2, "more": [u64::MAX, null, true]});
    assert_eq!(
        serde_json::from_value::<Pet>(value)
            .ok()
            .and_then(|pet| pet.age),
        Some(3)
    );
    let error = serde_json::from_str::<Pet>("{}").expect_err("it lacks everything");
    assert!(
        error
            .to_string()
            .contains("expected the property `petName`"),
        "{error}"
    );
    let error = serde_json::to_string(&Pet {
        name: String::new(),
        age: None,
        weight: f64::NAN,
    });
    assert!(
        error
            .expect_err("it is no number")
            .to_string()
            .contains("$.weight: NaN")
    );
}

//! Models in other formats.

use serde_json::{Value, json};

use super::runtime;

#[derive(Debug, PartialEq)]
struct Pet {
    name: String,
    age: Option<i64>,
    weight: f64,
}

runtime::object! { Pet {
    name = "petName",
    age = "age",
    weight = "weight",
} }

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

/// Numbers of any length, as the reader and the writer have them.
#[derive(Debug, PartialEq)]
struct Numbers {
    signed: i128,
    unsigned: u128,
    free: Value,
}

runtime::object! { Numbers {
    signed = "signed",
    unsigned = "unsigned",
    free = "free",
} }

#[test]
fn numbers_of_more_than_64_bits_survive() {
    let numbers = [
        (i128::MIN, u128::MAX),
        (i128::from(i64::MIN) - 1, u128::from(u64::MAX) + 1),
        (9_007_199_254_740_993, 100_000_000_000_000_000_000_000_000),
        (0, 0),
    ];
    for (signed, unsigned) in numbers {
        let free = json!([1.5, -0.1, 1e300, [], {}, { "a": [1, "b"], "c": null }]);
        let json = format!(r#"{{"signed":{signed},"unsigned":{unsigned},"free":{free}}}"#);
        let numbers = Numbers {
            signed,
            unsigned,
            free,
        };
        assert_eq!(
            serde_json::from_str::<Numbers>(&json).ok().as_ref(),
            Some(&numbers)
        );
        assert_eq!(
            serde_json::to_string(&numbers).ok().as_deref(),
            Some(json.as_str())
        );
        // Within another type of `serde`, too.
        let listed: Vec<Numbers> =
            serde_json::from_str(&format!("[{json}]")).expect("they are numbers");
        assert_eq!(listed, [numbers]);
    }
}

#[test]
fn other_formats_hand_over_what_they_have() {
    use serde::Deserialize as _;
    use serde::de::IntoDeserializer as _;
    use serde::de::value::{Error, MapDeserializer};

    let entries = [("signed", i128::MIN), ("unsigned", 7), ("free", -1)];
    let format = MapDeserializer::<_, Error>::new(entries.into_iter());
    let numbers = Numbers::deserialize(format).expect("they are numbers");
    assert_eq!((numbers.signed, numbers.unsigned), (i128::MIN, 7));
    assert_eq!(numbers.free, json!(-1));

    let entries = [("signed", 1.0), ("unsigned", f64::NAN), ("free", 0.5)];
    let format = MapDeserializer::<_, Error>::new(entries.into_iter());
    let error = Numbers::deserialize(format).expect_err("one is none");
    assert!(error.to_string().contains("NaN"), "{error}");
    let unit: Result<Option<Numbers>, Error> = Option::deserialize(().into_deserializer());
    assert_eq!(unit, Ok(None));
}

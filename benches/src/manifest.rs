//! Tables of TOML that are put together.

use toml::{Table, Value};

/// Adds a table to another: tables are joined, lists get what they lack, and other values are replaced.
pub(crate) fn merge(into: &mut Table, from: Table) {
    for (key, new) in from {
        match (into.get_mut(&key), new) {
            (Some(Value::Table(old)), Value::Table(new)) => merge(old, new),
            (Some(Value::Array(old)), Value::Array(new)) => {
                let lacking: Vec<Value> = new.into_iter().filter(|it| !old.contains(it)).collect();
                old.extend(lacking);
            }
            (_, new) => {
                into.insert(key, new);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_lists_are_joined() {
        let mut one: Table = toml::from_str("a.b = [1, 2]\na.c = 'old'\n").unwrap();
        merge(
            &mut one,
            toml::from_str("a.b = [2, 3]\na.c = 'new'\nd = 1\n").unwrap(),
        );
        let both: Table = toml::from_str("a = { b = [1, 2, 3], c = 'new' }\nd = 1\n").unwrap();
        assert_eq!(one, both);
    }
}

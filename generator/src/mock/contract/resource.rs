//! Which operations are about the same things: those that create, list, read, change and delete them.

use std::collections::HashSet;

use super::{Operation, Template};

/// What an operation does with the things of a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Adds one: `POST /pets`. Its answer has the name of the thing in the property that is called so.
    Create(String),
    /// Gives all: `GET /pets`.
    List,
    /// Gives one: `GET /pets/{id}`.
    Read,
    /// Puts one in the place of another: `PUT /pets/{id}`.
    Replace,
    /// Changes one: `PATCH /pets/{id}`.
    Update,
    /// Takes one away: `DELETE /pets/{id}`.
    Delete,
}

/// Finds what each operation does: there are things where one path has `POST`, and the same with a parameter at its end
/// has `GET`.
pub(super) fn find(operations: &mut [Operation]) {
    let created: HashSet<String> = operations
        .iter()
        .filter(|it| it.method == "POST")
        .map(|it| it.path.shape())
        .collect();
    let read: Vec<(String, String)> = operations
        .iter()
        .filter(|it| it.method == "GET")
        .filter_map(|it| it.path.item())
        .filter(|(collection, _)| created.contains(collection))
        .collect();
    for operation in operations {
        operation.role = role(&operation.method, &operation.path, &read);
    }
}

fn role(method: &str, path: &Template, read: &[(String, String)]) -> Option<Role> {
    let named = |wanted: &str| read.iter().find(|(it, _)| it == wanted);
    if let Some((collection, _)) = path.item()
        && named(&collection).is_some()
    {
        return match method {
            "GET" => Some(Role::Read),
            "PUT" => Some(Role::Replace),
            "PATCH" => Some(Role::Update),
            "DELETE" => Some(Role::Delete),
            _ => None,
        };
    }
    let (_, parameter) = named(&path.shape())?;
    match method {
        "POST" => Some(Role::Create(parameter.clone())),
        "GET" => Some(Role::List),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_can_be_created_and_read() {
        let read = [("/pets".to_owned(), "petId".to_owned())];
        let of = |method, path| role(method, &Template::new(path), &read);
        assert_eq!(of("POST", "/pets"), Some(Role::Create("petId".to_owned())));
        assert_eq!(of("GET", "/pets"), Some(Role::List));
        assert_eq!(of("DELETE", "/pets/{id}"), Some(Role::Delete));
        assert_eq!(of("POST", "/pets/{id}"), None);
        assert_eq!(of("GET", "/pets/{id}/toys"), None);
        assert_eq!(of("GET", "/pets/pet-{id}"), None);
    }
}

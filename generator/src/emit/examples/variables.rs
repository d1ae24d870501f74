//! The environment variables that an example reads.

use std::cell::RefCell;

use crate::emit::example::Expression;
use crate::emit::written::literal;
use crate::markdown::{Inline, Text, prose};

/// The variables of an example, in the order in which it reads them.
pub(super) struct Variables {
    /// What stands before each name: the module of the API.
    module: String,
    found: RefCell<Vec<Variable>>,
}

struct Variable {
    name: String,
    about: Inline,
}

impl Variables {
    pub(super) fn new(module: &str) -> Self {
        Self {
            module: module.to_owned(),
            found: RefCell::default(),
        }
    }

    /// `variable("TVMAZE_USERTOKEN_PASSWORD")?`, for what is called so, as a part of something.
    pub(super) fn read(&self, of: &str, what: &str, about: Inline) -> Expression {
        self.try_read(of, what, about).then("?")
    }

    /// The same for a variable that need not be set.
    pub(super) fn try_read(&self, of: &str, what: &str, about: Inline) -> Expression {
        let name = self.declare(of, what, about);
        let name = Expression::plain(literal(&name));
        Expression::list("variable(", vec![name], ")")
    }

    /// The name of a variable that no other has.
    fn declare(&self, of: &str, what: &str, about: Inline) -> String {
        let parts = [&self.module, of, what].map(shout);
        let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        let base = parts.join("_");
        let mut found = self.found.borrow_mut();
        let mut name = base.clone();
        let mut count = 1;
        while found.iter().any(|it| it.name == name) {
            count += 1;
            name = format!("{base}_{count}");
        }
        found.push(Variable {
            name: name.clone(),
            about,
        });
        name
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.found.borrow().is_empty()
    }

    /// The variables, and what each is for.
    pub(super) fn docs(&self) -> Text {
        let mut text = Text::default();
        let found = self.found.borrow();
        text.list(found.iter().map(|it| {
            let name = crate::markdown::code(&it.name);
            Text::from(prose!("{}: {}", name, it.about.clone()))
        }));
        text
    }
}

/// A name in capital letters, with `_` between its words: `apiKey` is `API_KEY`. Shells know no other letters than those
/// of ASCII.
fn shout(text: &str) -> String {
    let mut out = String::new();
    let mut was_small = false;
    for letter in text.chars() {
        let is_word = letter.is_ascii_alphanumeric();
        let begins = letter.is_ascii_uppercase() && was_small;
        if (begins || !is_word) && !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
        if is_word {
            out.push(letter.to_ascii_uppercase());
        }
        was_small = letter.is_ascii_lowercase() || letter.is_ascii_digit();
    }
    out.trim_end_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Variables, shout};

    #[test]
    fn names_are_those_of_a_shell() {
        let names = [
            "apiKey",
            "X-Api-Key",
            "größe",
            "id2Name",
            "a__b",
            "é",
            "HTTPKey",
        ];
        let names = names.map(shout);
        let expected = [
            "API_KEY",
            "X_API_KEY",
            "GR_E",
            "ID2_NAME",
            "A_B",
            "",
            "HTTPKEY",
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn names_differ() {
        let variables = Variables::new("demo");
        let names = ["user", "User", "usér"].map(|it| variables.declare("key", it, "".into()));
        assert_eq!(names, ["DEMO_KEY_USER", "DEMO_KEY_USER_2", "DEMO_KEY_US_R"]);
    }
}

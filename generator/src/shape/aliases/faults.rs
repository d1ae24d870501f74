//! What is wrong with an alias of the configuration.

use super::path::Path;
use crate::config::Alias;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::JsonPointer;

/// What is wrong with an alias, and what to do.
pub(super) struct Fault {
    message: String,
    help: String,
    /// Whether it is the new path that is wrong.
    is_of_target: bool,
}

impl Fault {
    fn new(message: String, help: impl Into<String>) -> Self {
        Self {
            message,
            help: help.into(),
            is_of_target: false,
        }
    }

    /// The same for what is wrong with the new path.
    pub(super) fn of_target(self) -> Self {
        Self {
            is_of_target: true,
            ..self
        }
    }

    /// Reports it at the alias.
    pub(super) fn report(self, of: &Alias, diagnostics: &mut Diagnostics) {
        let code = Code::InvalidAlias;
        let finding = match &of.places {
            Some(places) if self.is_of_target => Diagnostic::at(code, &places.new, self.message),
            Some(places) => Diagnostic::at(code, &places.old, self.message),
            None => Diagnostic::new(code, self.message),
        };
        diagnostics.report(finding.help(self.help));
    }

    pub(super) fn malformed(text: &str) -> Self {
        Self::new(
            format!("`{text}` is not a path that can have an alias"),
            "write `models::Author` for a model, `models::Format::Paper` for a value of an enumeration, \
             `Client::get_book` for an operation, or `Client::list_books(limit)` for an optional argument",
        )
    }

    pub(super) fn mixed(old: Path<'_>, new: Path<'_>) -> Self {
        Self::new(
            format!(
                "`{old}` would be {}, but `{new}` is {}",
                old.noun(),
                new.noun()
            ),
            "an alias has the same kind as its target",
        )
    }

    pub(super) fn unknown(path: Path<'_>, near: Option<String>) -> Self {
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                "name something that the generated client has; `keywright inspect --stage surface` \
                     lists it"
                    .to_owned()
            }
        };
        Self::new(
            format!("the target `{path}` of an alias does not exist"),
            help,
        )
        .of_target()
    }

    pub(super) fn exists(path: Path<'_>) -> Self {
        Self::new(
            format!("`{path}` still exists, so it cannot be an alias"),
            "remove the alias",
        )
    }

    pub(super) fn reserved(path: Path<'_>) -> Self {
        Self::new(
            format!("`{path}` has a name that every client uses for something else"),
            "remove the alias: no client can have had this name",
        )
    }

    pub(super) fn type_exists(path: Path<'_>, ty: &str) -> Self {
        Self::new(
            format!("the alias `{path}` needs the type `{ty}`, which exists"),
            "give the other operation another name, or remove the alias",
        )
    }

    pub(super) fn apart(old: Path<'_>, new: Path<'_>) -> Self {
        let (what, example) = match new {
            Path::Argument(around, _) => ("operations", Path::Operation(around)),
            Path::Variant(around, _) => ("types", Path::Model(around)),
            other => ("places", other),
        };
        Self::new(
            format!("`{old}` and `{new}` belong to different {what}"),
            format!("add an alias for `{example}` first, or begin both paths with it"),
        )
    }

    pub(super) fn holds(path: Path<'_>) -> Self {
        Self::new(
            format!("the variant `{path}` holds a value, so it cannot have an alias"),
            "give the type that it holds its old name in `[api.names]`, or accept the change",
        )
        .of_target()
    }

    pub(super) fn positional(path: Path<'_>) -> Self {
        Self::new(
            format!("`{path}` is a required argument, which callers pass by position"),
            "remove the alias: callers do not write the name",
        )
        .of_target()
    }

    pub(super) fn response(path: Path<'_>) -> Self {
        Self::new(
            format!("`{path}` is a response, and a response cannot have an alias"),
            "remove the alias; callers have to match the response by its new name",
        )
    }

    /// A field, which stands at `pointer` in the document.
    pub(super) fn field(path: Path<'_>, pointer: Option<&JsonPointer>) -> Self {
        let help = match (path, pointer) {
            (Path::Field(_, name), Some(pointer)) => {
                format!(
                    "keep its old name in Rust: add `\"{pointer}\" = \"{name}\"` to `[api.names]`"
                )
            }
            _ => "keep its old name in Rust with `[api.names]`".to_owned(),
        };
        Self::new(
            format!("`{path}` is a field, and a field cannot have an alias"),
            help,
        )
    }
}

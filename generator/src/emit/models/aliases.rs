//! Old names of models and of the values of enumerations.

use crate::emit::context::Cx;
use crate::emit::written::Written;
use crate::ir::{Ident, ItemId};
use crate::markdown::prose;
use crate::output::Unformatted;
use crate::shape::{Alias, Constructor, Kind};

/// What stands for a model under its old names.
pub(super) fn emit(cx: &Cx<'_>, id: ItemId) -> impl Iterator<Item = Unformatted> {
    let models = cx.shape.aliases_of_model(id);
    let models = models.map(move |it| emit_types(cx, id, it));
    models.chain(emit_values(cx, id))
}

/// `pub type Author = Person;`
fn emit_types(cx: &Cx<'_>, id: ItemId, alias: &Alias) -> Unformatted {
    let mut out = Written::default();
    let name = &cx.shape[id].name;
    emit_type(&mut out, &alias.name, name);
    if let Kind::Struct(it) = &cx.shape[id].kind {
        let required = match (&it.constructor, &it.mock_constructor) {
            (Constructor::Named(required), _) => Some((required, false)),
            (_, Some(Constructor::Named(required))) => Some((required, true)),
            _ => None,
        };
        if let Some((required, is_mock)) = required
            && let Some(role) = required.as_str().strip_prefix(name.as_str())
        {
            out.blank();
            if is_mock {
                out.line(0, super::structs::CONDITION);
            }
            emit_type(&mut out, &Ident(format!("{}{role}", alias.name)), required);
        }
    }
    out.finish()
}

fn emit_type(out: &mut Written, old: &Ident, new: &Ident) {
    out.docs(0, prose!("Renamed to [`{}`].", new));
    out.renamed(0, new.as_str());
    out.line(0, format!("pub type {old} = {new};"));
}

/// `impl Format { pub const Paper: Self = Self::Softcover; }`
fn emit_values(cx: &Cx<'_>, id: ItemId) -> Option<Unformatted> {
    let Kind::Enumeration(it) = &cx.shape[id].kind else {
        return None;
    };
    let name = &cx.shape[id].name;
    let constants = cx.shape.aliases_of_values(id).map(|(index, alias)| {
        let (old, new) = (&alias.name, &it.variants[index].name);
        let mut out = Written::default();
        out.docs(1, prose!("Renamed to [`{}::{}`].", name, new));
        out.renamed(1, &format!("{name}::{new}"));
        // As a constant, it can be matched like a variant.
        if old.as_str().contains(char::is_lowercase) {
            out.line(1, "#[expect(");
            out.line(2, "non_upper_case_globals,");
            out.line(2, "reason = \"it has the name that the variant had\"");
            out.line(1, ")]");
        }
        out.line(1, format!("pub const {old}: Self = Self::{new};"));
        out.finish()
    });
    let constants: Vec<Unformatted> = constants.collect();
    (!constants.is_empty()).then(|| Unformatted::Impl {
        head: format!("impl {name}"),
        members: constants,
    })
}

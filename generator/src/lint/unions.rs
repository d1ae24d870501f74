//! Rules about `oneOf` and `anyOf`.

use super::subject::Subject;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Choice, ItemKind, Union};

/// How many branches a message names.
const NAMED: usize = 4;

/// Reports unions of which nothing but trial tells the branches apart.
pub(super) fn ambiguous(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (item, names) in subject.api.items.iter().zip(&subject.names.types) {
        let ItemKind::Union(union) = &item.kind else {
            continue;
        };
        let mut choices = union.dispatch.iter().map(|(_, choice)| choice);
        let Some(branches) = choices.find_map(trial) else {
            continue;
        };
        let message = format!("nothing tells {} apart", listed(union, branches));
        let finding = Diagnostic::at(Code::OverlappingBranches, &item.origin.place, message);
        found.push(finding.label(format!(
            "the client tries each branch of `models::{}`",
            names.ty
        )));
    }
}

/// The branches that are tried one after the other, if a choice comes to that.
fn trial(choice: &Choice) -> Option<&[usize]> {
    match choice {
        Choice::Only(_) | Choice::Key { .. } => None,
        Choice::Trial { branches, .. } => Some(&branches[..]).filter(|it| it.len() > 1),
        Choice::Tag { values, other, .. } => {
            let values = values.iter().map(|(_, choice)| choice);
            values.chain(other.as_deref()).find_map(trial)
        }
    }
}

/// "`A` and `B`"
fn listed(union: &Union, branches: &[usize]) -> String {
    let shown = branches.iter().take(NAMED);
    let mut names: Vec<String> = shown
        .map(|it| format!("`{}`", union.branches[*it].hint))
        .collect();
    let last = match branches.len().saturating_sub(NAMED) {
        0 => names.pop().unwrap_or_default(),
        more => format!("{more} more"),
    };
    format!("{} and {last}", names.join(", "))
}

//! Makes names unique in their scope.
//!
//! Whatever the order of things, and whatever else there is: a name changes only when another thing wants the
//! very same one.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::{reserved, words};
use crate::ir::Ident;

/// How names of a scope are spelled.
#[derive(Clone, Copy)]
pub(super) enum Case {
    /// `pet_id`
    Snake,
    /// `PetId`
    Camel,
}

impl Case {
    pub(super) fn spell(self, text: &str) -> String {
        match self {
            Self::Snake => words::snake(text),
            Self::Camel => words::camel(text),
        }
    }
}

/// A scope: how names are spelled in it, which are taken by the code around, and what is added to those.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) case: Case,
    pub(super) taken: &'a [&'a str],
    pub(super) suffix: &'a str,
}

/// Something that wants a name.
#[derive(Debug)]
pub(super) struct Wish {
    /// Who goes first: what was given for Rust, then what has a name of its own, then the rest.
    rank: u8,
    /// The name of its own.
    wire_name: String,
    /// What tells it from others of the same name.
    place: String,
    /// The texts it may be called after, the best first.
    texts: Vec<String>,
}

impl Wish {
    /// Something with a name of its own, and perhaps one that was given for Rust.
    pub(super) fn of(wire_name: &str, given: Option<&String>) -> Self {
        Self::plain(wire_name, given).or(words::spellings(wire_name))
    }

    /// The same, where spelling the name out is not what tells it from others.
    pub(super) fn plain(wire_name: &str, given: Option<&String>) -> Self {
        Self {
            rank: u8::from(given.is_none()),
            wire_name: wire_name.to_owned(),
            place: String::new(),
            texts: given.into_iter().cloned().collect(),
        }
        .or([wire_name.to_owned()])
    }

    /// Something with no other name than one that was given for Rust.
    pub(super) fn given(place: &str, given: &str) -> Self {
        Self {
            rank: 0,
            wire_name: given.to_owned(),
            place: place.to_owned(),
            texts: vec![given.to_owned()],
        }
    }

    /// Something that is called after where it stands.
    pub(super) fn after(place: &str, text: &str) -> Self {
        Self {
            rank: 2,
            wire_name: String::new(),
            place: place.to_owned(),
            texts: Vec::new(),
        }
        .or(words::spellings(text).into_iter().take(2))
        .or([format!("{text} inline")])
    }

    /// Says where it stands, as far as that tells it from others of the same name.
    pub(super) fn at(self, place: impl Into<String>) -> Self {
        let place = place.into();
        Self { place, ..self }
    }

    /// Adds texts that it may be called after, too.
    pub(super) fn or(mut self, texts: impl IntoIterator<Item = String>) -> Self {
        for text in texts {
            if !self.texts.contains(&text) {
                self.texts.push(text);
            }
        }
        self
    }

    /// The name that it would have if no other wanted it, or the `level`th after that.
    fn name(&self, level: usize, scope: Scope<'_>) -> Option<String> {
        let name = scope.case.spell(self.texts.get(level)?);
        Some(free(name, scope))
    }

    /// Whether it has a name that was given for Rust, and does not get it.
    pub(super) fn is_refused(&self, settled: &Ident, scope: Scope<'_>) -> bool {
        self.rank == 0 && self.name(0, scope).as_deref() != Some(settled.as_str())
    }

    /// Who goes first among those that want one name: who has it already, and the plainer.
    fn order(&self, name: &str) -> impl Ord + '_ {
        let is_exact = self.wire_name == name.trim_end_matches('_');
        let ornaments = words::ornaments(&self.wire_name);
        (
            self.rank,
            Reverse(is_exact),
            ornaments,
            &self.wire_name,
            &self.place,
        )
    }
}

/// Settles the names of a scope. Of several that want one name, one keeps it; the others go on to what else they
/// may be called. Those that have nothing else are numbered, in the order of their keys.
pub(super) fn settle(wishes: &[Wish], scope: Scope<'_>) -> Vec<Ident> {
    settle_by(wishes, scope, str::to_owned)
}

/// Settles names that must not only differ, but differ in something that follows from them.
pub(super) fn settle_by(
    wishes: &[Wish],
    scope: Scope<'_>,
    identity: impl Fn(&str) -> String,
) -> Vec<Ident> {
    let mut used: HashSet<String> = HashSet::new();
    let mut settled: Vec<Option<String>> = vec![None; wishes.len()];
    let levels = wishes.iter().map(|it| it.texts.len()).max().unwrap_or(0);
    for level in 0..levels {
        let mut first: HashMap<String, (usize, String)> = HashMap::new();
        for (index, wish) in wishes.iter().enumerate() {
            if settled[index].is_some() {
                continue;
            }
            let Some(name) = wish.name(level, scope) else {
                continue;
            };
            let identity = identity(&name);
            let goes_first = match first.get(&identity) {
                Some((rival, rivals)) => wish.order(&name) < wishes[*rival].order(rivals),
                None => !used.contains(&identity),
            };
            if goes_first {
                first.insert(identity, (index, name));
            }
        }
        #[expect(
            clippy::iter_over_hash_type,
            reason = "each goes to a place of its own"
        )]
        for (identity, (index, name)) in first {
            settled[index] = Some(name);
            used.insert(identity);
        }
    }
    let mut left: Vec<usize> = (0..wishes.len())
        .filter(|it| settled[*it].is_none())
        .collect();
    left.sort_by(|left, right| {
        let key = |index: usize| (&wishes[index].wire_name, &wishes[index].place, index);
        key(*left).cmp(&key(*right))
    });
    // Numbers are given in order, so that those of a name that were tried for one are taken for the next.
    let mut tried: HashMap<String, usize> = HashMap::new();
    for index in left {
        let name = wishes[index].name(0, scope).unwrap_or_default();
        let number = tried.entry(name.clone()).or_insert(1);
        settled[index] = std::iter::repeat_with(|| {
            *number += 1;
            numbered(&name, *number, scope.case)
        })
        .find(|name| used.insert(identity(name)));
    }
    settled.into_iter().flatten().map(Ident).collect()
}

/// Settles names from which others are made, `members`, that no name in the scope may be: `get_pet` fails with
/// `GetPetError`, so that nothing else is called this.
pub(super) fn settle_families(
    mut wishes: Vec<Wish>,
    scope: Scope<'_>,
    members: impl Fn(usize, &str) -> Vec<String>,
) -> Vec<Ident> {
    loop {
        let settled = settle(&wishes, scope);
        let claimed: HashSet<String> = settled
            .iter()
            .enumerate()
            .flat_map(|(index, name)| members(index, name.as_str()))
            .collect();
        let mut is_settled = true;
        for (wish, name) in wishes.iter_mut().zip(&settled) {
            if claimed.contains(name.as_str()) {
                is_settled = false;
                for text in &mut wish.texts {
                    *text = format!("{text} {}", scope.suffix);
                }
            }
        }
        if is_settled {
            return settled;
        }
    }
}

/// A name that neither the language nor the surrounding code has taken.
pub(super) fn free(name: String, scope: Scope<'_>) -> String {
    // The one keyword in camel case. A type `Self_` would be in none.
    if name != "Self" && !scope.taken.contains(&name.as_str()) {
        return reserved::escape(name);
    }
    match scope.case {
        Case::Snake => format!("{name}_{}", scope.suffix),
        Case::Camel => format!("{name}{}", words::camel(scope.suffix)),
    }
}

/// A name with a number. The underscore that kept a keyword apart has nothing to do any more.
fn numbered(name: &str, number: usize, case: Case) -> String {
    let name = name.trim_end_matches('_');
    match case {
        Case::Camel if !name.ends_with(char::is_numeric) => format!("{name}{number}"),
        Case::Camel | Case::Snake => format!("{name}_{number}"),
    }
}

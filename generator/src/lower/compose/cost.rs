//! What composition may cost. Where schemas have members from others, and these from others again, a short document
//! describes a huge client: in a chain of a thousand, half a million properties.

use std::cell::Cell;

use super::Composer;
use crate::diagnostics::{Code, Diagnostic};
use crate::limits::{Limits, raise};
use crate::model::{Schema, SchemaId};

/// How many schemas are looked at for each member that schemas may have from others. Whoever keeps to the limit of
/// members keeps far below the limit of looks.
const LOOKS: usize = 200;

/// What has been spent so far.
pub(super) struct Cost {
    /// How many members schemas may have from others, all in all.
    most: usize,
    /// How many more members schemas may have from others.
    members: usize,
    /// How many more schemas may be looked at.
    looks: Cell<usize>,
    /// Whether the end of either has been reported.
    is_reported: bool,
}

impl Cost {
    /// What may be spent on a document of so many schemas.
    pub(super) fn new(limits: &Limits, schemas: usize) -> Self {
        let members = limits.composition.saturating_add(2 * schemas);
        Self {
            most: members,
            members,
            looks: Cell::new(members.saturating_mul(LOOKS)),
            is_reported: false,
        }
    }

    /// Counts a look at a schema. False where there have been too many: then nothing is worth looking at any more.
    pub(super) fn look(&self) -> bool {
        let left = self.looks.get().saturating_sub(1);
        self.looks.set(left);
        left > 0
    }
}

impl Composer<'_, '_> {
    /// Whether more can be composed. Reports at a schema that it cannot.
    pub(super) fn may_go_on(&mut self, id: SchemaId) -> bool {
        let may_go_on = self.cost.members > 0 && self.cost.looks.get() > 0;
        if !may_go_on && !std::mem::replace(&mut self.cost.is_reported, true) {
            let message = format!(
                "`allOf` and similar keywords copy more than {} members between schemas",
                self.cost.most
            );
            let finding = Diagnostic::at(Code::CompositionLimit, &self.schema(id).place, message);
            let label = "the limit is reached here";
            self.diagnostics
                .report(finding.label(label).help(raise("composition")));
        }
        may_go_on
    }

    /// Reports that a composed schema has too many members, and leaves it those that it may have.
    pub(super) fn within_limits(&mut self, mut schema: Schema) -> Schema {
        let most = self.limits.members;
        let values = schema.enumeration.as_ref().map_or(0, Vec::len);
        let members = schema.properties.len().max(schema.one_of.len()).max(values);
        if members > most {
            let message = format!("the composed schema has {members} members; the limit is {most}");
            let finding = Diagnostic::at(Code::CompositionLimit, &schema.place, message);
            self.diagnostics.report(finding.help(raise("members")));
            schema.properties.truncate(most);
            schema.one_of.truncate(most);
            if let Some(values) = &mut schema.enumeration {
                values.truncate(most);
            }
        }
        schema
    }

    /// Counts members that a schema has from others.
    pub(super) fn spend(&mut self, members: usize) {
        self.cost.members = self.cost.members.saturating_sub(members);
    }
}

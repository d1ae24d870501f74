//! Chains of schemas that are but names for the next one. Whatever such a schema is used for, the chain is gone along,
//! so that a long one costs its length again for each use.

use super::Composer;
use crate::diagnostics::{Code, Diagnostic};
use crate::lower::chain::LONGEST;
use crate::model::{Schema, SchemaId};

/// How many references lead from a schema to the end of its chain.
#[derive(Clone, Copy)]
enum Length {
    Unknown,
    /// It is on the chain that is gone along.
    Open,
    Known(usize),
}

impl Composer<'_, '_> {
    /// Cuts chains that are too long: the last schema that is near enough to the end stays, and the one before it
    /// allows everything. A circle is no chain; what becomes of it is decided later.
    pub(super) fn cut_chains(&mut self, replaced: &mut [Option<Box<Schema>>]) {
        let mut lengths = vec![Length::Unknown; replaced.len()];
        for start in 0..replaced.len() {
            let mut chain = Vec::new();
            let mut at = start;
            let mut length = loop {
                match lengths[at] {
                    Length::Known(length) => break length,
                    Length::Open => break 0,
                    Length::Unknown => {}
                }
                let Some(next) = self.reference(replaced, at) else {
                    lengths[at] = Length::Known(0);
                    break 0;
                };
                lengths[at] = Length::Open;
                chain.push(at);
                at = next.0 as usize;
            };
            for at in chain.into_iter().rev() {
                length += 1;
                if length > LONGEST {
                    self.cut(replaced, at);
                    length = 0;
                }
                lengths[at] = Length::Known(length);
            }
        }
    }

    fn reference(&self, replaced: &[Option<Box<Schema>>], at: usize) -> Option<SchemaId> {
        let stated = || self.schema(self.id(at)).reference;
        replaced[at]
            .as_ref()
            .map_or_else(stated, |schema| schema.reference)
    }

    fn cut(&mut self, replaced: &mut [Option<Box<Schema>>], at: usize) {
        let mut schema = replaced[at]
            .take()
            .map_or_else(|| self.schema(self.id(at)).clone(), |schema| *schema);
        schema.reference = None;
        let message = format!("a chain of more than {LONGEST} references is not supported");
        self.diagnostics.report(
            Diagnostic::at(Code::UnsupportedFeature, &schema.place, message)
                .label("read and written as any JSON value"),
        );
        replaced[at] = Some(Box::new(schema));
    }
}

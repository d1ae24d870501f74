//! In which manner values are made.

/// How values are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// So that they find faults: odd texts, extreme numbers, sometimes this and sometimes that property. The first
    /// instance has only what must be there.
    Odd,
    /// So that people find them plausible: what the schemas give as examples, plain texts, small numbers, and every
    /// property that is declared.
    Plain,
}

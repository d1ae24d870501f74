//! How much input is accepted.

/// The limits that keep a hostile or broken input from taking all memory or the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many bytes all files of a spec may have together.
    pub document_size: usize,
    /// How deep mappings and sequences may be nested, at most [`Self::DEEPEST`].
    pub depth: usize,
    /// How many nodes the anchors and aliases of a YAML file may add to it.
    pub alias_nodes: usize,
    /// How many files a spec may have.
    pub files: usize,
}

impl Limits {
    /// The depth that no setting goes beyond, for the sake of the stack.
    pub const DEEPEST: usize = 512;

    /// The size that no setting goes beyond, since places are 32 bits wide.
    pub(super) const LARGEST: usize = 1 << 31;

    /// The limits with every value in its bounds.
    pub(super) fn bounded(self) -> Self {
        Self {
            document_size: self.document_size.min(Self::LARGEST),
            alias_nodes: self.alias_nodes.min(Self::LARGEST),
            depth: self.depth.min(Self::DEEPEST),
            ..self
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document_size: 64 << 20,
            depth: 128,
            alias_nodes: 1_000_000,
            files: 1000,
        }
    }
}

/// What to do about a limit, by its name in the configuration.
pub(super) fn raise(name: &str) -> String {
    format!("if the input is meant to be so, raise `{name}` under `[limits]` of the configuration")
}

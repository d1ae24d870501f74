//! Limits on the input and on the generated code.
//!
//! They bound the time and memory of a run for any document. They are far beyond what people write, and each can be
//! raised by its name.

use crate::similar::similar;

macro_rules! limits {
    ($($(#[doc = $text:literal])+ $name:ident = $default:expr;)+) => {
        /// The limits that protect against hostile or broken input.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Limits {
            $($(#[doc = $text])+ pub $name: usize,)+
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        impl Limits {
            /// The name of every limit, on the command line and in the configuration.
            pub const NAMES: &[&str] = &[$(stringify!($name),)+];

            /// The name, documentation and default of every limit.
            pub(crate) const DESCRIBED: &[(&str, &str, usize)] =
                &[$((stringify!($name), concat!($($text),+), $default),)+];

            /// Returns the limit with this name.
            pub(crate) fn by_name(&mut self, name: &str) -> Option<&mut usize> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)+
                    _ => None,
                }
            }
        }
    };
}

limits! {
    /// The most bytes in all files of a spec together.
    document_size = 64 << 20;
    /// The most files in a spec.
    files = 20_000;
    /// The most values in all files together.
    nodes = 3_000_000;
    /// The deepest nesting of mappings and sequences. The highest possible setting is 512.
    depth = 128;
    /// The most bytes in all keys on the path to a value, in total. Each message about the value repeats them.
    pointer_size = 4_000;
    /// The most values that anchors and aliases of YAML may add.
    alias_nodes = 1_000_000;
    /// The most bytes of text that anchors and aliases of YAML may add.
    alias_size = 32 << 20;
    /// The most schemas, inline schemas included.
    schemas = 150_000;
    /// The most operations.
    operations = 20_000;
    /// The most members of one thing: properties of an object, values of an `enum`, branches of a choice,
    /// parameters of an operation.
    members = 10_000;
    /// The most members that schemas inherit from others through `allOf` and similar keywords, in total, in addition to
    /// two per schema of the document.
    composition = 50_000;
}

impl Limits {
    /// The highest possible setting of `depth`, which protects the stack.
    pub const DEEPEST: usize = 512;

    /// The highest possible setting of a size, since places are 32 bits wide.
    const LARGEST: usize = 1 << 31;

    /// Sets a limit by its name. The error message lists the names.
    pub fn set(&mut self, name: &str, value: usize) -> Result<(), String> {
        let Some(limit) = self.by_name(name) else {
            let names = Self::NAMES.join("`, `");
            let meant = match similar(name, Self::NAMES.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("the limits are `{names}`"),
            };
            return Err(format!("`{name}` is not a limit; {meant}"));
        };
        *limit = value;
        Ok(())
    }

    /// Returns the limits with every value within its bounds.
    #[must_use]
    pub(crate) fn bounded(self) -> Self {
        Self {
            document_size: self.document_size.min(Self::LARGEST),
            nodes: self.nodes.min(Self::LARGEST),
            alias_nodes: self.alias_nodes.min(Self::LARGEST),
            depth: self.depth.min(Self::DEEPEST),
            ..self
        }
    }
}

/// Returns the advice on raising a limit.
pub(crate) fn raise(name: &str) -> String {
    debug_assert!(Limits::NAMES.contains(&name), "`{name}` is a limit");
    format!(
        "if this is intended, raise the limit with `--limit {name}=NUMBER`, or set `{name}` under `[limits]` in \
         the configuration"
    )
}

#[cfg(test)]
mod tests {
    use super::{Limits, raise};

    #[test]
    fn sets_by_name() {
        let mut limits = Limits::default();
        for name in Limits::NAMES {
            assert_eq!(limits.set(name, 7), Ok(()));
            assert!(raise(name).contains(&format!("--limit {name}=")));
        }
        assert_eq!((limits.files, limits.composition), (7, 7));
        let fault = limits.set("document-size", 1).unwrap_err();
        assert_eq!(
            fault,
            "`document-size` is not a limit; did you mean `document_size`?"
        );
        let fault = limits.set("x", 1).unwrap_err();
        assert!(fault.starts_with("`x` is not a limit; the limits are `document_size`, `files`"));
    }
}

//! What the outline of an API is made from.

use crate::ir::{Api, Names};
use crate::shape;

/// What the outline of an API is made from.
pub(super) struct Source<'a> {
    pub(super) module: &'a str,
    pub(super) api: &'a Api,
    pub(super) names: &'a Names,
    pub(super) shape: &'a shape::Module,
}

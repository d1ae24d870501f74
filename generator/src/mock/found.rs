//! Which operation a request is of.

use super::contract::{Contract, Operation};
use super::judge::{Finding, Judged};

/// A request that is of an operation.
#[derive(Debug)]
pub struct Found<'s> {
    /// The document.
    pub contract: &'s Contract,
    /// The operation.
    pub operation: &'s Operation,
    /// The numbers of the document and of the operation in it.
    pub numbers: (usize, usize),
    /// The parameters in the path, as they were sent.
    pub path: Vec<(String, String)>,
    /// What is wrong with the request, except for its credentials.
    pub judged: Judged,
}

/// A request that is of no operation.
#[derive(Debug)]
pub struct NotFound {
    /// What is wrong with it.
    pub finding: Finding,
    /// The methods that the path has.
    pub methods: Vec<String>,
}

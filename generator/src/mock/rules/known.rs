//! The operations that rules may name.

use super::fault::Fault;
use super::rule::is_called;
use crate::diagnostics::similar;
use crate::mock::contract::Contract;

/// The documents.
#[derive(Clone, Copy)]
pub(super) struct Known<'c>(pub(super) &'c [Contract]);

impl Known<'_> {
    /// Reports a module that no document has.
    pub(super) fn check_module(self, name: &str) -> Result<(), Fault> {
        let names = || self.0.iter().map(|it| it.module.as_str());
        if names().any(|it| it == name) {
            return Ok(());
        }
        let help = match similar(name, names()) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => format!(
                "the APIs are `{}`",
                names().collect::<Vec<_>>().join("`, `")
            ),
        };
        Err(Fault::of_value(
            "module",
            format!("no API is called `{name}`"),
            help,
        ))
    }

    /// Reports an operation that no document has, or not the one with this module.
    pub(super) fn check_operation(self, module: Option<&str>, name: &str) -> Result<(), Fault> {
        let contracts = self
            .0
            .iter()
            .filter(|it| module.is_none_or(|module| it.module == module));
        let operations = || {
            let contracts = contracts.clone();
            contracts.flat_map(|contract| contract.operations.iter().map(move |it| (contract, it)))
        };
        if operations().any(|(contract, it)| is_called(contract, it, name)) {
            return Ok(());
        }
        let routes: Vec<String> = operations()
            .map(|(_, it)| format!("{} {}", it.method, it.path.text))
            .collect();
        let ids = operations().map(|(_, it)| it.id.as_str());
        let names = ids.chain(routes.iter().map(String::as_str));
        let message = match module {
            Some(module) => format!("no operation of `{module}` is called `{name}`"),
            None => format!("no operation is called `{name}`"),
        };
        let help = match similar(name, names) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => "give an `operationId`, or method and path, as in `GET /pets/{id}`".to_owned(),
        };
        Err(Fault::of_value("operation", message, help))
    }
}

//! `--limit`: the limits on the input.

use clap::Args;
use keywright::limits::Limits;

/// Limits that are set on the command line.
#[derive(Args, Debug)]
pub(super) struct Limiting {
    /// Override a limit on the input, such as `files=50000`; can be repeated. docs/CONFIG.md lists the names
    #[arg(long = "limit", value_name = "NAME=NUMBER", value_parser = parse)]
    limits: Vec<Limit>,
}

/// A limit and its new value.
#[derive(Clone, Debug)]
struct Limit {
    name: String,
    value: usize,
}

impl Limiting {
    /// Sets the limits.
    pub(super) fn apply(&self, limits: &mut Limits) {
        for Limit { name, value } in &self.limits {
            // The name was checked when the argument was parsed.
            let _ = limits.set(name, *value);
        }
    }
}

fn parse(text: &str) -> Result<Limit, String> {
    let (name, value) = text
        .split_once('=')
        .ok_or_else(|| "write a limit as `NAME=NUMBER`".to_owned())?;
    let value = value
        .replace('_', "")
        .parse()
        .map_err(|_| format!("`{value}` is not a whole number"))?;
    Limits::default().set(name, value)?;
    Ok(Limit {
        name: name.to_owned(),
        value,
    })
}

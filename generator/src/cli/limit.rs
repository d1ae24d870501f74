//! `--limit`: how much input is accepted.

use clap::Args;
use keywright::limits::Limits;

/// Limits that are set by arguments.
#[derive(Args, Debug)]
pub(super) struct Limiting {
    /// Set a limit on the input, whatever the configuration says: `--limit files=50000`. Can be repeated. README.md
    /// lists the names
    #[arg(long = "limit", value_name = "NAME=NUMBER", value_parser = parse)]
    limits: Vec<Limit>,
}

/// A limit that is set.
#[derive(Clone, Debug)]
struct Limit {
    name: String,
    value: usize,
}

impl Limiting {
    /// Sets the limits.
    pub(super) fn apply(&self, limits: &mut Limits) {
        for Limit { name, value } in &self.limits {
            // The name was checked when it was read.
            let _ = limits.set(name, *value);
        }
    }
}

fn parse(text: &str) -> Result<Limit, String> {
    let (name, value) = text
        .split_once('=')
        .ok_or_else(|| "a limit is written `NAME=NUMBER`".to_owned())?;
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

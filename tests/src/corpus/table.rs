//! What became of a corpus, to be read by people or programs.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

use super::{Generation, Outcome, RoundTrips, Row};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table of Markdown, with the summary above it.
    Markdown,
    /// Lines of cells with tabs between them.
    Tsv,
    /// Everything that is known, as JSON.
    Json,
}

impl Format {
    /// The format that the name of a file asks for.
    #[must_use]
    pub fn of(file: &Path) -> Option<Self> {
        match file.extension().and_then(OsStr::to_str)? {
            "md" => Some(Self::Markdown),
            "tsv" => Some(Self::Tsv),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

const HEADINGS: [&str; 14] = [
    "document",
    "version",
    "outcome",
    "first error",
    "warnings",
    "lints",
    "generate (s)",
    "check (s)",
    "lines",
    "operations",
    "kept",
    "dropped",
    "instances",
    "faults",
];

/// Writes the table.
pub fn write(rows: &[Row], file: &Path, format: Format) -> io::Result<()> {
    let text = match format {
        Format::Markdown => markdown(rows),
        Format::Tsv => tsv(rows),
        Format::Json => serde_json::to_string_pretty(rows)?,
    };
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(file, text)
}

fn markdown(rows: &[Row]) -> String {
    let line = |cells: Vec<String>| {
        let cells: Vec<String> = cells
            .iter()
            .map(|it| it.replace('|', "\\|").replace('<', "&lt;"))
            .collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let mut text = format!("```text\n{}```\n\n", summary(rows));
    text.push_str(&line(HEADINGS.map(str::to_owned).to_vec()));
    let _ = writeln!(text, "|{}", "---|".repeat(HEADINGS.len()));
    text.extend(rows.iter().map(|row| line(cells(row))));
    text
}

fn tsv(rows: &[Row]) -> String {
    let lines = std::iter::once(HEADINGS.map(str::to_owned).to_vec()).chain(rows.iter().map(cells));
    let lines: Vec<String> = lines.map(|cells| cells.join("\t")).collect();
    lines.join("\n") + "\n"
}

/// The cells of a row, each without tabs and line breaks.
fn cells(row: &Row) -> Vec<String> {
    let generated = row.generated();
    let compiled = row.compiled.as_ref();
    let error = match &row.generation {
        Generation::Died(said) => Some(said.clone()),
        Generation::TimedOut => Some("the generator took too long".to_owned()),
        Generation::Done(it) => it
            .first_error
            .clone()
            .or_else(|| compiled?.first_error.clone()),
    };
    let number = |count: Option<usize>| count.map(|it| it.to_string()).unwrap_or_default();
    let seconds = |time: Option<f64>| time.map(|it| format!("{it:.2}")).unwrap_or_default();
    let cells = [
        row.document.name.clone(),
        generated
            .and_then(|it| it.version.clone())
            .unwrap_or_default(),
        row.outcome().word().to_owned(),
        error.unwrap_or_default(),
        generated.map(|it| counts(&it.warnings)).unwrap_or_default(),
        compiled.map(|it| counts(&it.lints)).unwrap_or_default(),
        seconds(generated.map(|it| it.seconds)),
        seconds(compiled.and_then(|it| it.seconds)),
        number(generated.map(|it| it.lines)),
        number(generated.map(|it| it.operations)),
        number(generated.map(|it| it.kept)),
        generated
            .map(|it| it.dropped.join(", "))
            .unwrap_or_default(),
        number(row.round_trips.as_ref().map(|it| it.instances)),
        row.round_trips.as_ref().map(faults).unwrap_or_default(),
    ];
    let plain = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    cells.iter().map(plain).collect()
}

/// The types that lose something, or why nothing could be tried.
fn faults(found: &RoundTrips) -> String {
    let names: Vec<&str> = found.faults.keys().map(String::as_str).collect();
    found.error.clone().unwrap_or_else(|| names.join(", "))
}

/// "KW0401 2, KW0403 1"
fn counts(counts: &BTreeMap<String, usize>) -> String {
    let counts: Vec<String> = counts
        .iter()
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    counts.join(", ")
}

/// What share of the documents of each version generates, compiles, and does so without warnings; then every
/// document for which that is not so, by name.
#[must_use]
pub fn summary(rows: &[Row]) -> String {
    let mut versions: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        let version = row
            .generated()
            .and_then(|it| it.version.as_deref())
            .unwrap_or("?");
        // 3.0.3 is 3.0
        let short: Vec<&str> = version.splitn(3, '.').take(2).collect();
        versions.entry(short.join(".")).or_default().push(row);
    }
    let mut text = format!(
        "{:8}{:>10}{:>12}{:>12}{:>12}{:>14}\n",
        "version", "documents", "generates", "compiles", "clean", "operations"
    );
    let all = ("all".to_owned(), rows.iter().collect());
    for (version, rows) in versions.into_iter().chain([all]) {
        line(&mut text, &version, &rows);
    }
    let tried: Vec<&RoundTrips> = rows
        .iter()
        .filter_map(|row| row.round_trips.as_ref())
        .collect();
    if !tried.is_empty() {
        let sum = |of: fn(&RoundTrips) -> usize| -> usize { tried.iter().copied().map(of).sum() };
        let (types, faults) = (sum(|it| it.types), sum(|it| it.faults.len()));
        let (instances, untried) = (sum(|it| it.instances), sum(|it| it.untried.len()));
        let _ = writeln!(
            text,
            "\n{types} types were tried with {instances} instances; {faults} lose something, {untried} were not tried"
        );
    }
    let bad = rows
        .iter()
        .filter(|row| !matches!(row.outcome(), Outcome::Clean | Outcome::Generated));
    for (index, row) in bad.enumerate() {
        let cells = cells(row);
        let why = if cells[3].is_empty() {
            &cells[5]
        } else {
            &cells[3]
        };
        let start = if index == 0 { "\n" } else { "" };
        let _ = writeln!(
            text,
            "{start}{:10}{}: {why}",
            row.outcome().word(),
            row.document.name
        );
    }
    text
}

/// A line of the summary. The share without warnings is of those that compile.
fn line(text: &mut String, version: &str, rows: &[&Row]) {
    let count = |is: fn(Outcome) -> bool| rows.iter().filter(|row| is(row.outcome())).count();
    let generated = count(Outcome::is_generated);
    let compiled = count(Outcome::compiles);
    let clean = count(|it| it == Outcome::Clean);
    let is_checked = rows.iter().any(|row| row.compiled.is_some());
    let share = |part: usize, of: usize| {
        format!("{part} {:>4} %", (part * 100).checked_div(of).unwrap_or(0))
    };
    let checked = |share: String| if is_checked { share } else { "-".to_owned() };
    let sum = |of: fn(&super::Generated) -> usize| -> usize {
        rows.iter().filter_map(|row| row.generated()).map(of).sum()
    };
    let _ = writeln!(
        text,
        "{version:8}{:>10}{:>12}{:>12}{:>12}{:>14}",
        rows.len(),
        share(generated, rows.len()),
        checked(share(compiled, rows.len())),
        checked(share(clean, compiled)),
        format!("{}/{}", sum(|it| it.kept), sum(|it| it.operations)),
    );
}

//! Figures as Markdown.

use std::fmt::Write as _;

use crate::figures::{Figures, Report, Row, Step};
use crate::tools::Tool;

/// A table: what is in it, and in which unit.
struct Table {
    title: &'static str,
    /// Our figure, in the unit of the title.
    ours: fn(&Figures) -> Option<f64>,
    /// The figure of other tools.
    theirs: fn(&Figures) -> Option<f64>,
}

#[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
const TABLES: [Table; 15] = {
    use Step::{Check, Dev, Floor, Generate, OneFeature, Release};
    [
        table("Generate: CPU seconds", |it| cpu(it, Generate)),
        table("Generate: peak MB", |it| peak(it, Generate)),
        table("Floor of generate, CPU seconds", |it| cpu(it, Floor)),
        table("Code: thousands of lines", |it| {
            Some(it.code?.lines as f64 / 1e3)
        }),
        table("Code: MB", |it| Some(it.code?.bytes as f64 / 1e6)),
        table("Check: CPU seconds", |it| cpu(it, Check)),
        table("Check: peak MB", |it| peak(it, Check)),
        Table {
            theirs: |it| cpu(it, Check),
            ..table("Check, ours with one feature: CPU seconds", |it| {
                cpu(it, OneFeature)
            })
        },
        Table {
            theirs: |it| peak(it, Check),
            ..table("Check, ours with one feature: peak MB", |it| {
                peak(it, OneFeature)
            })
        },
        table("Dev build: CPU seconds", |it| cpu(it, Dev)),
        table("Dev build: peak MB", |it| peak(it, Dev)),
        table("Dev build: library in MB", |it| library(it, Dev)),
        table("Release build: CPU seconds", |it| cpu(it, Release)),
        table("Release build: peak MB", |it| peak(it, Release)),
        table("Release build: library in MB", |it| library(it, Release)),
    ]
};

/// A table of the same figure for all.
const fn table(title: &'static str, figure: fn(&Figures) -> Option<f64>) -> Table {
    Table {
        title,
        ours: figure,
        theirs: figure,
    }
}

fn cpu(figures: &Figures, step: Step) -> Option<f64> {
    Some(figures.costs.get(&step)?.cpu)
}

#[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
fn peak(figures: &Figures, step: Step) -> Option<f64> {
    Some(figures.costs.get(&step)?.peak as f64 / 1e6)
}

#[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
fn library(figures: &Figures, step: Step) -> Option<f64> {
    Some(*figures.libraries.get(&step)? as f64 / 1e6)
}

/// Writes what was measured as tables, a line for each document, and then what could not be measured.
#[must_use]
pub fn markdown(report: &Report) -> String {
    let runs = match report.runs {
        1 => "a single run".to_owned(),
        number => format!("the median of {number} runs"),
    };
    let mut text = format!(
        "Measured on {}, with {}; each figure is {runs}.\n",
        report.machine, report.compiler
    );
    let tools = report.tools.iter();
    let tools: Vec<String> = tools
        .map(|(tool, version)| format!("{} {version}", tool.name()))
        .collect();
    let _ = writeln!(text, "Tools: {}.", tools.join(", "));
    if let Some(feature) = &report.one_feature {
        let _ = writeln!(text, "The one feature is `{feature}`.");
    }
    for table in &TABLES {
        table.write(report, &mut text);
    }
    remarks(report, &mut text);
    text
}

impl Table {
    /// Writes the table, unless nothing of ours is in it. Tools without any figure have no column.
    fn write(&self, report: &Report, text: &mut String) {
        let figure = |row: &Row, tool: Tool| {
            let of_tool = if tool == Tool::Keywright {
                self.ours
            } else {
                self.theirs
            };
            row.tools.get(&tool).and_then(of_tool)
        };
        let rows = &report.documents;
        let tools = report.tools.keys().copied();
        let tools = tools.filter(|tool| rows.iter().any(|row| figure(row, *tool).is_some()));
        let tools: Vec<Tool> = tools.collect();
        let others = match tools.split_first() {
            Some((Tool::Keywright, others)) => others,
            // There is nothing to compare.
            Some(_) if !report.tools.contains_key(&Tool::Keywright) => &[],
            Some(_) | None => return,
        };
        let names = tools.iter().map(|it| it.name().to_owned());
        let ratios = others.iter().map(|it| format!("ours : {}", it.name()));
        let heads: Vec<String> = names.chain(ratios).collect();
        let _ = writeln!(text, "\n### {}\n", self.title);
        let _ = writeln!(text, "| document | {} |", heads.join(" | "));
        let _ = writeln!(text, "|---|{}", "--:|".repeat(heads.len()));
        for row in rows {
            let figures = tools.iter().map(|it| figure(row, *it));
            let ours = figure(row, Tool::Keywright);
            let ratios = others.iter().map(|it| Some(ours? / figure(row, *it)?));
            let cells: Vec<String> = figures.chain(ratios).map(cell).collect();
            let _ = writeln!(text, "| {} | {} |", row.document, cells.join(" | "));
        }
    }
}

/// A figure with three digits that count, or a dash where there is none.
fn cell(figure: Option<f64>) -> String {
    match figure {
        None => "–".to_owned(),
        Some(it) if it >= 100.0 => format!("{it:.0}"),
        Some(it) if it >= 10.0 => format!("{it:.1}"),
        Some(it) if it >= 1.0 => format!("{it:.2}"),
        Some(it) => format!("{it:.3}"),
    }
}

/// Writes what tools could not do, and what they were spared.
fn remarks(report: &Report, text: &mut String) {
    let figures = report.documents.iter().flat_map(|row| {
        let tools = row.tools.iter();
        tools.map(|(tool, figures)| (format!("{}, {}", row.document, tool.name()), figures))
    });
    let lines: Vec<String> = figures
        .flat_map(|(place, figures)| {
            let remarks = [&figures.note, &figures.fault].into_iter().flatten();
            remarks.map(move |it| format!("- {place}: {it}"))
        })
        .collect();
    if !lines.is_empty() {
        let _ = writeln!(text, "\n### Remarks\n\n{}", lines.join("\n"));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::usage::Usage;

    #[test]
    fn figures_become_tables_with_ratios() {
        let figures = |cpu| {
            let mut figures = Figures::default();
            figures.add(
                Step::Check,
                Usage {
                    cpu,
                    peak: 2_000_000,
                },
            );
            figures
        };
        let refused = Figures {
            fault: Some("no".to_owned()),
            ..Figures::default()
        };
        let row = |document: &str, other| Row {
            document: document.to_owned(),
            size: 1,
            tools: BTreeMap::from([(Tool::Keywright, figures(1.0)), (Tool::Progenitor, other)]),
        };
        let report = Report {
            machine: "a machine".to_owned(),
            compiler: "rustc".to_owned(),
            tools: BTreeMap::from([
                (Tool::Keywright, "1".to_owned()),
                (Tool::Progenitor, "2".to_owned()),
            ]),
            runs: 1,
            one_feature: None,
            documents: vec![row("one", figures(4.0)), row("two", refused)],
        };
        insta::assert_snapshot!(markdown(&report), @r"
        Measured on a machine, with rustc; each figure is a single run.
        Tools: keywright 1, progenitor 2.

        ### Check: CPU seconds

        | document | keywright | progenitor | ours : progenitor |
        |---|--:|--:|--:|
        | one | 1.00 | 4.00 | 0.250 |
        | two | 1.00 | – | – |

        ### Check: peak MB

        | document | keywright | progenitor | ours : progenitor |
        |---|--:|--:|--:|
        | one | 2.00 | 2.00 | 1.00 |
        | two | 2.00 | – | – |

        ### Remarks

        - two, progenitor: no
        ");
    }
}

//! Blocks as the lines of a doc comment.

use std::fmt;

use super::{Block, Inline, List, Table, Text};

/// The lines, without a newline at the end.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&blocks(self, true))
    }
}

/// Blocks with an empty line between them, or without one where they are near and can do without.
fn blocks(text: &Text, is_loose: bool) -> String {
    let mut out = String::new();
    let mut before: Option<&Block> = None;
    for it in &text.0 {
        match before {
            None => {}
            Some(Block::Section(_)) => out.push('\n'),
            Some(before) if !is_loose && is_apart(before, it) => out.push('\n'),
            Some(_) => out.push_str("\n\n"),
        }
        out.push_str(&block(it));
        before = Some(it);
    }
    out
}

/// Whether two blocks need no empty line to be two.
fn is_apart(before: &Block, after: &Block) -> bool {
    match after {
        // CommonMark 0.31, List items: only a list that starts with 1 can interrupt a paragraph.
        Block::List(list) => {
            matches!(before, Block::Paragraph(_)) && list.start.is_none_or(|it| it == 1)
        }
        Block::Code(..) => matches!(before, Block::Paragraph(_)),
        Block::Paragraph(_) => matches!(before, Block::Code(..)),
        Block::Heading(..)
        | Block::Section(_)
        | Block::Quote(_)
        | Block::Table(_)
        | Block::Rule => false,
    }
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(text) => paragraph(text),
        Block::Heading(level, text) => heading(*level, text),
        Block::Section(title) => format!("# {title}"),
        Block::Code(language, text) => code(language, text),
        Block::List(it) => list(it),
        Block::Quote(text) => prefixed(&blocks(text, true), "> ", "> "),
        Block::Table(it) => table(it),
        // Three hyphens would make a heading of a paragraph before it.
        Block::Rule => "***".to_owned(),
    }
}

/// Each line, with its beginning escaped where that could start a block of its own.
fn paragraph(text: &Inline) -> String {
    let text = text.0.replace('\r', "\\\n");
    let lines = text.split('\n').map(str::trim);
    let lines = lines.filter(|it| !matches!(*it, "" | "\\"));
    lines.map(plain_start).collect::<Vec<_>>().join("\n")
}

fn heading(level: usize, text: &Inline) -> String {
    let text = one_line(text);
    // CommonMark 0.31, ATX headings: number signs at the end are not part of the text.
    match text.strip_suffix('#') {
        Some(rest) => format!("{} {rest}\\#", "#".repeat(level)),
        None => format!("{} {text}", "#".repeat(level)),
    }
}

fn code(language: &str, text: &str) -> String {
    let fence = "`".repeat(super::escape::longest_backticks(text).max(2) + 1);
    match text {
        "" => format!("{fence}{language}\n{fence}"),
        text => format!("{fence}{language}\n{text}\n{fence}"),
    }
}

fn list(list: &List) -> String {
    let items = list.items.iter().zip(0..).map(|(item, index)| {
        let marker = match list.start {
            Some(start) => format!("{}. ", start.saturating_add(index)),
            None => "- ".to_owned(),
        };
        let content = blocks(item, list.is_loose);
        prefixed(&content, &marker, &" ".repeat(marker.len()))
    });
    let separator = if list.is_loose { "\n\n" } else { "\n" };
    items.collect::<Vec<_>>().join(separator)
}

/// Lines inside a container: what stands before the first, and before the others.
fn prefixed(lines: &str, first: &str, others: &str) -> String {
    let mut out = String::with_capacity(lines.len() + first.len());
    for (index, line) in lines.split('\n').enumerate() {
        let prefix = if index == 0 { first } else { others };
        if index > 0 {
            out.push('\n');
        }
        if line.is_empty() {
            out.push_str(prefix.trim_end());
        } else {
            out.extend([prefix, line]);
        }
    }
    out
}

fn table(table: &Table) -> String {
    let mut rows = table.rows.iter().map(|row| {
        let cells: Vec<String> = row.iter().map(cell).collect();
        format!("| {} |", cells.join(" | "))
    });
    let header = rows.next().unwrap_or_default();
    let delimiter = format!("|{}|", table.alignments.join("|"));
    [header, delimiter]
        .into_iter()
        .chain(rows)
        .collect::<Vec<_>>()
        .join("\n")
}

/// An inline in a cell, which a pipe or the end of the line would end (GFM, Tables).
fn cell(text: &Inline) -> String {
    let mut out = String::with_capacity(text.0.len());
    let mut escaped = false;
    for it in text.0.chars() {
        match it {
            '|' if !escaped => out.push_str("\\|"),
            '\r' => out.push_str("<br>"),
            '\n' => out.push(' '),
            it => out.push(it),
        }
        escaped = it == '\\' && !escaped;
    }
    out.trim().to_owned()
}

fn one_line(text: &Inline) -> String {
    let lines = text.0.split(['\n', '\r']).map(str::trim);
    lines.collect::<Vec<_>>().join(" ")
}

/// A line whose beginning starts no block of its own.
fn plain_start(line: &str) -> String {
    let digits = line.len()
        - line
            .trim_start_matches(|it: char| it.is_ascii_digit())
            .len();
    let mut rest = line[digits..].chars();
    let is_numbered = digits > 0
        && matches!(rest.next(), Some('.' | ')'))
        && rest.next().is_none_or(char::is_whitespace);
    if is_numbered {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    let after_signs = line.trim_start_matches('#');
    // CommonMark 0.31, ATX headings: a space or the end follows.
    let is_heading =
        line.starts_with('#') && (after_signs.is_empty() || after_signs.starts_with(' '));
    // Backticks are not among them: those that are not escaped are of a code span, which they protect.
    let is_marker = line.starts_with(['>', '-', '+', '=', '|', ':'])
        || line.starts_with("* ")
        || line.starts_with("~~~");
    let is_rule = line.chars().all(|it| matches!(it, '*' | ' '));
    if is_heading || is_marker || is_rule {
        format!("\\{line}")
    } else {
        line.to_owned()
    }
}

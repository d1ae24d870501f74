//! YAML text to a tree, with `saphyr-parser`, which appears nowhere else.

mod flow;
mod offsets;
mod scalar;
mod syntax;
mod tree;

use std::collections::BTreeMap;

use saphyr_parser::Parser;

use super::Limits;
use super::fault::{Fault, NodeIds, Parsed};
use crate::diagnostics::Code;
use crate::document::Span;
use offsets::Offsets;
use tree::Builder;

/// How often a file is read anew with more indentation; see [`flow`].
const ATTEMPTS: usize = 50;

/// How many bytes are read anew at most.
const BYTES_ANEW: usize = 64 << 20;

/// Reads a text as YAML 1.2.
pub(super) fn parse(text: &str, limits: &Limits, ids: &mut NodeIds) -> Parsed {
    let attempts = (BYTES_ANEW / text.len().max(1)).clamp(1, ATTEMPTS);
    let mut blanks = BTreeMap::new();
    let mut repaired = Vec::new();
    let before = *ids;
    loop {
        *ids = before;
        let (mut parsed, badly_indented) = parse_once(text, &blanks, limits, ids);
        let known = blanks.len();
        if let Some((start, at)) = badly_indented.filter(|_| repaired.len() < attempts) {
            flow::indent(text, start as usize, at as usize, &mut blanks);
            let message =
                "the following lines must be indented deeper than the block they belong to";
            let span = Span { start: at, end: at };
            repaired.push(Fault {
                is_harmless: true,
                ..Fault::new(Code::InvalidSyntax, span, message)
            });
        }
        if blanks.len() == known {
            if parsed.root.is_some() {
                parsed.faults.splice(0..0, repaired);
            }
            return parsed;
        }
    }
}

/// The byte at which the line after that of byte `at` starts.
fn next_line(text: &str, at: u32) -> Option<u32> {
    let newline = text.get(at as usize..)?.find('\n')?;
    Some(at + u32::try_from(newline).ok()? + 1)
}

/// A collection in brackets or a text in quotes, by its first byte, and a byte of it that is indented too little.
type BadlyIndented = (u32, u32);

fn parse_once(
    text: &str,
    blanks: &BTreeMap<usize, usize>,
    limits: &Limits,
    ids: &mut NodeIds,
) -> (Parsed, Option<BadlyIndented>) {
    let offsets = Offsets::new(text, blanks);
    let mut builder = Builder::new(text, limits, ids);
    for event in Parser::new_from_str(&offsets.text) {
        let step = match event {
            Ok((event, span)) => {
                builder.take(event, offsets.span(span.start.index(), span.end.index()))
            }
            Err(error) => {
                let at = offsets.byte(error.marker().index());
                let mut fault = syntax(text, at, error.info());
                if syntax::is_about_brackets(error.info()) {
                    let start = builder.innermost_bracket();
                    fault.related = start.map(|start| {
                        let end = start + 1;
                        (Span { start, end }, "opened here")
                    });
                }
                builder.faults.push(fault);
                let badly_indented = match error.info() {
                    "invalid indentation" => builder.outermost_brackets().map(|start| (start, at)),
                    "invalid indentation in quoted scalar" => {
                        next_line(text, at).map(|it| (at, it))
                    }
                    _ => None,
                };
                return (
                    Parsed {
                        root: None,
                        faults: builder.faults,
                    },
                    badly_indented,
                );
            }
        };
        if let Err(fault) = step {
            builder.faults.push(*fault);
            return (
                Parsed {
                    root: None,
                    faults: builder.faults,
                },
                None,
            );
        }
    }
    (
        Parsed {
            root: builder.root,
            faults: builder.faults,
        },
        None,
    )
}

/// The parser's error as a fault.
fn syntax(text: &str, at: u32, info: &str) -> Fault {
    let line_start = text[..at as usize]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let indentation = text[line_start..]
        .split(|it: char| !it.is_whitespace())
        .next();
    let has_tab = indentation.is_some_and(|it| it.contains('\t'));
    let (message, help) = syntax::describe(info);
    let help = if has_tab {
        "indent with spaces; YAML does not allow tabs here"
    } else {
        help
    };
    let span = Span { start: at, end: at };
    Fault {
        help: Some(help.to_owned()),
        ..Fault::new(
            Code::InvalidSyntax,
            span,
            format!("invalid YAML: {message}"),
        )
    }
}

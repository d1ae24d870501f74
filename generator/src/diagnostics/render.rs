//! Formats a diagnostic as text, in the style of `rustc`.
//!
//! Only the line with the fault is shown, and of a long line only the part around the fault, so this also works for a
//! document of three megabytes on one line. Invisible characters of the input are made visible.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Repeats, Severity};
use crate::document::Place;
use crate::lines::visible;

/// The style of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Plain text.
    #[default]
    Plain,
    /// Text with color codes for a terminal.
    Colored,
}

/// The number of bytes of a line that are shown before the fault, and from its start on.
const BEFORE: usize = 45;
const AFTER: usize = 80;

/// The number of bytes of a pointer that are shown.
const LONGEST_POINTER: usize = 400;

/// Formats a diagnostic as several lines of text, without a final newline.
///
/// ```text
/// error[KW0201]: no schema is named `Pett`
///   --> petstore.yaml:41:15 at #/paths/~1pets/get
///    |
/// 41 |         $ref: '#/components/schemas/Pett'
///    |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ referenced here
///    |
///    = help: a schema with a similar name exists: `Pet`
/// ```
#[must_use]
pub fn render(diagnostic: &Diagnostic, style: Style) -> String {
    let title = level(diagnostic.severity)
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.to_string());
    let primary = diagnostic
        .place
        .iter()
        .map(|place| (AnnotationKind::Primary, place, diagnostic.label.as_deref()));
    let related = diagnostic
        .related
        .iter()
        .map(|(place, text)| (AnnotationKind::Context, place, Some(text.as_str())));
    let places: Vec<_> = primary.chain(related).collect();

    let mut group = Group::with_title(title);
    for (number, (kind, place, label)) in places.iter().enumerate() {
        group = group.element(excerpt(number, *kind, place, *label));
    }
    let notes = diagnostic
        .notes
        .iter()
        .map(|note| Level::NOTE.message(note.as_str()));
    let help = diagnostic
        .help
        .iter()
        .map(|help| Level::HELP.message(help.as_str()));
    group = group.elements(notes.chain(help));

    let mut text = renderer(style).render(&[group]);
    for (number, (_, place, _)) in places.iter().enumerate() {
        text = name_place(&text, number, place);
    }
    text
}

/// Formats the number of further findings of one cause on one line.
///
/// ```text
/// warning[KW0403]: 37 more times: the format `…` is not known
/// ```
#[must_use]
pub fn render_repeats(repeats: &Repeats, style: Style) -> String {
    let title = level(repeats.severity)
        .primary_title(repeats.to_string())
        .id(repeats.code.to_string());
    renderer(style).render(&[Group::with_title(title)])
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    }
}

fn renderer(style: Style) -> Renderer {
    match style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    }
}

/// Counts findings: `2 errors, 1 warning`. Returns an empty text if there are none.
#[must_use]
pub fn summary<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> String {
    let (mut errors, mut warnings) = (0_usize, 0_usize);
    for diagnostic in diagnostics {
        match diagnostic.severity {
            Severity::Error => errors += 1,
            Severity::Warning => warnings += 1,
        }
    }
    let count = |number: usize, word: &str| match number {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{number} {word}s")),
    };
    let parts: Vec<String> = [count(errors, "error"), count(warnings, "warning")]
        .into_iter()
        .flatten()
        .collect();
    parts.join(", ")
}

/// Returns the line of a place, with its mark.
fn excerpt<'a>(
    number: usize,
    kind: AnnotationKind,
    place: &'a Place,
    label: Option<&'a str>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let position = place.line_column();
    let (line, mark) = shown_line(place);
    let annotation = kind.span(mark).label(label);
    Snippet::source(line)
        .line_start(position.line as usize)
        .path(stand_in(number))
        .annotation(annotation)
}

/// Returns the text to show of a place's first line, and the bytes to mark in it.
fn shown_line(place: &Place) -> (String, std::ops::Range<usize>) {
    let text = &place.source.text;
    let line = place.source.line_column(place.span.start).line as usize - 1;
    let line_start = place.source.line_starts[line] as usize;
    let start = (place.span.start as usize).clamp(line_start, text.len());
    let line_end = place.source.line_end(place.span.start).max(start);
    let mark_end = (place.span.end as usize).clamp(start, line_end);
    let trimmed = text[start..mark_end].trim_end();

    let from = boundary(text, start.saturating_sub(BEFORE).max(line_start));
    let to = boundary(text, (start + AFTER).min(line_end));
    let mark_end = (start + trimmed.len()).min(to);
    let before = if from > line_start { "…" } else { "" };
    let after = if to < line_end { "…" } else { "" };
    let mut shown = before.to_owned() + &shown_text(&text[from..start]);
    let mark = shown.len();
    shown += &shown_text(&text[start..mark_end]);
    let marked = mark..shown.len();
    shown += &shown_text(text[mark_end..to].trim_end_matches('\r'));
    (shown + after, marked)
}

/// Returns text of the input in printable form. The renderer handles tabs itself.
fn shown_text(text: &str) -> String {
    let parts = text.split('\t').map(one_line);
    parts.collect::<Vec<_>>().join("\t")
}

/// Returns the first byte from `at` on at which a character starts.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len())
}

/// Returns the file name that the renderer gets for a place. The renderer would print the column in the shown text,
/// which may be a part of the line, and cannot print the pointer.
fn stand_in(number: usize) -> String {
    format!("keywright-place-{number}-")
}

/// Replaces the placeholder with the place.
fn name_place(text: &str, number: usize, place: &Place) -> String {
    let Some((before, after)) = text.split_once(&stand_in(number)) else {
        return text.to_owned();
    };
    let after = after.trim_start_matches(|it: char| it.is_ascii_digit() || it == ':');
    let position = place.line_column();
    let name = one_line(&place.source.name);
    let pointer = match place.pointer.as_str() {
        "" => String::new(),
        _ => format!(" at {}", one_line(&shortened(&place.pointer.to_string()))),
    };
    format!(
        "{before}{name}:{}:{}{pointer}{after}",
        position.line, position.column
    )
}

/// Returns the two ends of a long pointer, since a key may be as long as the document.
fn shortened(pointer: &str) -> String {
    if pointer.len() <= LONGEST_POINTER {
        return pointer.to_owned();
    }
    let half = LONGEST_POINTER / 2;
    let before = &pointer[..boundary(pointer, half)];
    let after = &pointer[boundary(pointer, pointer.len() - half)..];
    format!("{before}…{after}")
}

/// Returns text of the input on one line: control characters as pictures, and other invisible characters as numbers.
#[must_use]
pub fn one_line(text: &str) -> String {
    let picture = |it: char| match u32::from(it) {
        number @ 0..0x20 => char::from_u32(0x2400 + number),
        0x7f => Some('␡'),
        _ => None,
    };
    let pictures = text.chars().map(|it| picture(it).unwrap_or(it));
    visible(&pictures.collect::<String>())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use insta::assert_snapshot;

    use super::*;
    use crate::diagnostics::Code;
    use crate::document::{JsonPointer, Source, Span};

    fn place(text: &str, marked: &str) -> Place {
        let start = text.find(marked).expect("the text has the marked part");
        let span = Span {
            start: u32::try_from(start).unwrap(),
            end: u32::try_from(start + marked.len()).unwrap(),
        };
        Place {
            source: Arc::new(Source::new("petstore.yaml", text)),
            span,
            pointer: JsonPointer::from_text("/paths/~1pets/get"),
        }
    }

    #[test]
    fn a_place_is_one_line_whatever_is_in_it() {
        let mut place = place("a: b\n", "b");
        place.pointer = JsonPointer::from_text("/content/text~1plain\r\nX: 1");
        let text = render(
            &Diagnostic::at(Code::InvalidValue, &place, "m"),
            Style::Plain,
        );
        assert!(text.contains("#/content/text~1plain␍␊X: 1\n"), "{text}");
    }

    #[test]
    fn shows_line_label_related_note_and_help() {
        let text = "paths:\n  a: first\n  b: '#/components/schemas/Pett'\n";
        let diagnostic = Diagnostic::at(
            Code::UnresolvedReference,
            &place(text, "'#/components/schemas/Pett'"),
            "no schema is named `Pett`",
        )
        .label("referenced here")
        .related(&place(text, "first"), "and here")
        .note("a fact")
        .help("a schema with a similar name exists: `Pet`");
        assert_snapshot!(render(&diagnostic, Style::Plain), @r"
        error[KW0201]: no schema is named `Pett`
         --> petstore.yaml:3:6 at #/paths/~1pets/get
          |
        3 |   b: '#/components/schemas/Pett'
          |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ referenced here
          |
         ::: petstore.yaml:2:6 at #/paths/~1pets/get
          |
        2 |   a: first
          |      ----- and here
          |
          = note: a fact
          = help: a schema with a similar name exists: `Pet`
        ");
    }

    #[test]
    fn shows_the_first_line_of_a_mapping() {
        let text = "info:\r\n  title: x\r\n  version: y\r\n";
        let diagnostic = Diagnostic::at(
            Code::MissingField,
            &place(text, "title: x\r\n  version: y"),
            "m",
        );
        assert_snapshot!(render(&diagnostic, Style::Plain), @r"
        error[KW0303]: m
         --> petstore.yaml:2:3 at #/paths/~1pets/get
          |
        2 |   title: x
          |   ^^^^^^^^
        ");
    }

    #[test]
    fn shows_a_part_of_a_long_line() {
        let text = format!("{}fault{}", "é".repeat(500), "ü".repeat(500));
        let diagnostic = Diagnostic::at(Code::InvalidSyntax, &place(&text, "fault"), "m");
        assert_snapshot!(render(&diagnostic, Style::Plain), @"
        error[KW0102]: m
         --> petstore.yaml:1:501 at #/paths/~1pets/get
          |
        1 | …ééééééééééééééééééééééfaultüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü…
          |                        ^^^^^
        ");
    }

    #[test]
    fn marks_no_more_than_it_shows() {
        let text = "x".repeat(1000);
        let diagnostic = Diagnostic::at(Code::InvalidSyntax, &place(&text, &text), "m");
        let rendered = render(&diagnostic, Style::Plain);
        assert!(rendered.contains(&format!("| {}…", "x".repeat(AFTER))));
        assert!(rendered.contains(&"^".repeat(AFTER)));
    }

    #[test]
    fn every_text_is_one_line() {
        let text = "a\nerror[KW9999]: b\r\u{1b}[31m\u{9b}31m\u{202e}\u{2028}c";
        let mut place = place("x: \"a\u{1b}[31m\tb\u{9b}c\u{202e}\"\n", "b\u{9b}c");
        place.source = Arc::new(Source::new("a\nb.yaml", &place.source.text));
        place.pointer = JsonPointer::root();
        let diagnostic = Diagnostic::at(Code::InvalidValue, &place, text)
            .label(text)
            .related(&place, text)
            .note(text)
            .help(text);
        assert_snapshot!(render(&diagnostic, Style::Plain), @r#"
        error[KW0305]: a␊error[KW9999]: b␍␛[31m\u{9b}31m\u{202e}\u{2028}c
         --> a␊b.yaml:1:12
          |
        1 | x: "a␛[31m    b\u{9b}c\u{202e}"
          |               ^^^^^^^^ a␊error[KW9999]: b␍␛[31m\u{9b}31m\u{202e}\u{2028}c
          |
         ::: a␊b.yaml:1:12
          |
        1 | x: "a␛[31m    b\u{9b}c\u{202e}"
          |               -------- a␊error[KW9999]: b␍␛[31m\u{9b}31m\u{202e}\u{2028}c
          |
          = note: a␊error[KW9999]: b␍␛[31m\u{9b}31m\u{202e}\u{2028}c
          = help: a␊error[KW9999]: b␍␛[31m\u{9b}31m\u{202e}\u{2028}c
        "#);
    }

    #[test]
    fn shows_control_characters_as_pictures() {
        let diagnostic = Diagnostic::new(Code::UnreadableFile, "bad \u{1b}[31m name");
        assert_snapshot!(render(&diagnostic, Style::Plain), @"error[KW0101]: bad ␛[31m name");
    }

    #[test]
    fn marks_the_end_of_an_empty_file() {
        let place = Place {
            source: Arc::new(Source::new("a.yaml", "")),
            span: Span::default(),
            pointer: JsonPointer::root(),
        };
        let diagnostic = Diagnostic::at(Code::InvalidSyntax, &place, "m");
        assert!(render(&diagnostic, Style::Plain).contains("a.yaml:1:1\n"));
        assert!(render(&diagnostic, Style::Colored).contains("\u{1b}["));
    }

    #[test]
    fn counts() {
        let error = Diagnostic::new(Code::UnreadableFile, "m");
        let warning = Diagnostic::new(Code::UnknownField, "m");
        assert_eq!(summary([&error, &error, &warning]), "2 errors, 1 warning");
        assert_eq!(summary([]), "");
    }
}

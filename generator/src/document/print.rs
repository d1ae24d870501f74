//! The tree as text, a line per node, for people who want to know how a file was read.

use std::sync::Arc;

use super::{File, LineColumn, Node, Source, Span, Spec, Value};
use crate::lines::Lines;

/// Prints the tree of each file: the line and column of each node, its key, and what it is.
#[must_use]
pub fn print(spec: &Spec) -> String {
    let mut out = Lines::default();
    for file in &spec.files {
        print_file(&mut out, file);
    }
    out.finish()
}

fn print_file(out: &mut Lines, file: &File) {
    out.add(0, &file.source.name);
    let mut reader = Reader {
        source: &file.source,
        at: 0,
        place: LineColumn { line: 1, column: 1 },
    };
    // What is still to be printed, the next at the end: no depth can exhaust the stack.
    let mut open = vec![(0_usize, String::new(), &file.root)];
    while let Some((depth, key, node)) = open.pop() {
        let position = reader.position(node.span);
        let indent = " ".repeat(depth * 2);
        out.add(1, format!("{position:<9}{indent}{key}{}", shown(node)));
        let entries = node.entries().iter().rev();
        open.extend(entries.map(|it| (depth + 1, format!("{}: ", it.key), &it.value)));
        let items = node.items().iter().enumerate().rev();
        open.extend(items.map(|(index, it)| (depth + 1, format!("{index}: "), it)));
    }
}

/// What a node is: of lists and mappings the kind, of everything else the value, too.
fn shown(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Boolean(it) => format!("boolean {it}"),
        Value::Number(it) => format!("number {it}"),
        Value::String(it) => format!("string {it:?}"),
        Value::Sequence(items) if items.is_empty() => "empty list".to_owned(),
        Value::Sequence(_) => "list".to_owned(),
        Value::Mapping(entries) if entries.is_empty() => "empty mapping".to_owned(),
        Value::Mapping(_) => "mapping".to_owned(),
    }
}

/// Finds the lines and columns of places that come mostly in the order of the text, so that a file of one long
/// line is not read from its start for each of them.
struct Reader<'a> {
    source: &'a Arc<Source>,
    at: u32,
    place: LineColumn,
}

impl Reader<'_> {
    /// The line and column, behind the name of the file where that is an overlay.
    fn position(&mut self, span: Span) -> String {
        let (source, written) = self.source.written(span);
        if Arc::ptr_eq(source, self.source) {
            let LineColumn { line, column } = self.line_column(span.start);
            return format!("{line}:{column}");
        }
        let LineColumn { line, column } = source.line_column(written.start);
        format!("{}:{line}:{column}", source.name)
    }

    fn line_column(&mut self, at: u32) -> LineColumn {
        let between = self.source.text.get(self.at as usize..at as usize);
        self.place = match between {
            Some(text) if !text.contains('\n') => LineColumn {
                line: self.place.line,
                column: u32::try_from(text.chars().count())
                    .map_or(u32::MAX, |count| self.place.column.saturating_add(count)),
            },
            _ => self.source.line_column(at),
        };
        self.at = at;
        self.place
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::print;
    use crate::diagnostics::Diagnostics;
    use crate::load::{Limits, from_texts};

    #[test]
    fn prints_every_file() {
        let files = [
            (
                "api.yaml",
                "a: &a [1, true, ~]\n'é': { b: *a, c: \"x\\e\" }\nd: { $ref: more.json }\ne: []",
            ),
            ("more.json", "{\"type\": \"string\", \"enum\": [\"a\", {}]}"),
        ];
        let mut found = Diagnostics::default();
        let spec = from_texts(&files, &Limits::default(), &mut found).expect("it is YAML");
        assert_snapshot!(print(&spec), @r#"
        api.yaml
          1:1      mapping
          1:4        a: list
          1:8          0: number 1
          1:11         1: boolean true
          1:17         2: null
          2:6        é: mapping
          1:4          b: list
          1:8            0: number 1
          1:11           1: boolean true
          1:17           2: null
          2:18         c: string "x\u{1b}"
          3:4        d: mapping
          3:12         $ref: string "more.json"
          4:4        e: empty list
        "#);
    }
}

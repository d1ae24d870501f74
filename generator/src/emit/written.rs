//! Rust that is written line by line: declarations and tables, for which tokens, a parser and a pretty-printer would be
//! wasteful. A test compares them with the output of the pretty-printer.

use super::context::Cx;
use crate::ir::Value;
use crate::lines::visible;
use crate::markdown::Text;
use crate::output::Unformatted;
use crate::shape::{Argument, Type};

/// How many characters of code a line has at most, where it can be broken.
const WIDTH: usize = 89;

/// How many characters a struct literal has at most to stand in a line.
const SHORT: usize = 35;

/// Lines of Rust.
#[derive(Debug, Default)]
pub(super) struct Written {
    lines: String,
    /// Whether there are tokens among them, which the pretty-printer makes lines of.
    is_rough: bool,
}

impl Written {
    /// Adds a line, `depth` levels to the right.
    pub(super) fn line(&mut self, depth: usize, text: impl AsRef<str>) {
        self.lines.extend(std::iter::repeat_n("    ", depth));
        self.lines.push_str(text.as_ref());
        self.lines.push('\n');
    }

    /// Adds a list between an opening and a closing text: in a line if it fits, or else with a line for each item.
    pub(super) fn list(&mut self, depth: usize, open: &str, items: &[String], close: &str) {
        let line = format!("{open}{}{close}", items.join(", "));
        if items.is_empty() || line.len() + 4 * depth <= WIDTH {
            self.line(depth, line);
        } else {
            self.long_list(depth, open, items, close);
        }
    }

    /// Adds a struct literal of these fields.
    pub(super) fn fields(&mut self, depth: usize, name: &str, fields: &[String]) {
        let line = format!("{name} {{ {} }}", fields.join(", "));
        if line.len() <= SHORT {
            self.line(depth, line);
        } else {
            self.long_list(depth, &format!("{name} {{"), fields, "}");
        }
    }

    fn long_list(&mut self, depth: usize, open: &str, items: &[String], close: &str) {
        self.line(depth, open.trim_end());
        for item in items {
            // Nothing can follow what the others are taken from.
            let comma = if item.starts_with("..") { "" } else { "," };
            self.line(depth + 1, format!("{item}{comma}"));
        }
        self.line(depth, close.trim_start());
    }

    /// Adds calls of one value after the other: in a line if they fit, or else with a line for each.
    pub(super) fn chain(&mut self, depth: usize, of: &str, calls: &[String], end: &str) {
        let line = format!("{of}{}{end}", calls.concat());
        if line.len() + 4 * depth <= WIDTH {
            self.line(depth, line);
            return;
        }
        self.line(depth, of);
        if let [calls @ .., last] = calls {
            for call in calls {
                self.line(depth + 1, call);
            }
            self.line(depth + 1, format!("{last}{end}"));
        }
    }

    /// Adds a blank line.
    pub(super) fn blank(&mut self) {
        self.lines.push('\n');
    }

    /// Leaves the layout to the pretty-printer, for there are tokens among the lines.
    pub(super) fn roughen(&mut self) {
        self.is_rough = true;
    }

    /// Adds documentation.
    pub(super) fn docs(&mut self, depth: usize, docs: impl Into<Text>) {
        for line in docs.into().to_string().lines() {
            let line = visible(line.trim_end());
            let space = if line.is_empty() { "" } else { " " };
            self.line(depth, format!("///{space}{line}"));
        }
    }

    /// Adds `#[deprecated]`, where the document advises against something.
    pub(super) fn deprecated(&mut self, depth: usize, deprecated: bool) {
        if deprecated {
            self.line(depth, "#[deprecated]");
        }
    }

    /// Adds the attribute of something that has another name now.
    pub(super) fn renamed(&mut self, depth: usize, new: &str) {
        self.line(
            depth,
            format!("#[deprecated(note = \"renamed to `{new}`\")]"),
        );
    }

    /// The lines, as the head of a block.
    pub(super) fn text(self) -> String {
        self.lines.trim_end().to_owned()
    }

    /// The lines, as an item of a file.
    pub(super) fn finish(self) -> Unformatted {
        if self.is_rough {
            Unformatted::Items(self.lines)
        } else {
            Unformatted::Written(self.lines)
        }
    }
}

/// A type as text. What it names is imported.
pub(super) fn ty(cx: &Cx<'_>, ty: &Type) -> String {
    let list = |types: &[Type]| {
        let types: Vec<String> = types.iter().map(|it| self::ty(cx, it)).collect();
        types.join(", ")
    };
    match ty {
        Type::Path(path, arguments) if arguments.is_empty() => name(cx, path),
        Type::Path(path, arguments) => format!("{}<{}>", name(cx, path), list(arguments)),
        Type::Item(id) => cx.item_text(*id),
        // Other files of the crate may have a type of this name.
        Type::Foreign(path) => path.clone(),
        Type::Own(name) => name.to_string(),
        Type::Tuple(types) if types.len() == 1 => format!("({},)", list(types)),
        Type::Tuple(types) => format!("({})", list(types)),
    }
}

/// What to write for a path, which is imported unless every file has it in scope.
pub(super) fn name(cx: &Cx<'_>, path: &'static str) -> String {
    if path.contains("::") {
        cx.imports.written(path)
    } else {
        path.to_owned()
    }
}

/// The declared type of an argument as text.
pub(super) fn argument(cx: &Cx<'_>, argument: &Argument) -> String {
    match argument {
        Argument::Value(it) => ty(cx, it),
        Argument::Into(it) => format!("impl Into<{}>", ty(cx, it)),
        Argument::Reference(it) => format!("&{}", ty(cx, it)),
        Argument::Text => "&str".to_owned(),
        Argument::Slice(it) => format!("&[{}]", ty(cx, it)),
        Argument::Texts => "&[impl AsRef<str>]".to_owned(),
    }
}

/// A literal of a text, a number or a boolean. All but text looks in Rust as it does in JSON.
pub(super) fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => literal(text),
        other => other.to_string(),
    }
}

/// A string literal.
pub(super) fn literal(text: &str) -> String {
    visible(&proc_macro2::Literal::string(text).to_string())
}

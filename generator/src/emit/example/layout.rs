//! Statements of programs, laid out as rustfmt does.
//!
//! It knows what examples are made of: calls, struct literals and lists in each other, literals, and little else. A test
//! holds it to rustfmt.

use super::expression::{Expression, WIDTH};

/// How many characters the items of a call or list have at most to stand in a line (`fn_call_width`, `array_width`).
const ITEMS: usize = 60;

/// How many characters the fields of a struct literal have at most to stand in a line (`struct_lit_width`).
const FIELDS: usize = 18;

/// The lines of a statement, `depth` levels to the right: `let request = `, an expression, and `;`.
pub(in crate::emit) fn statement(depth: usize, before: &str, value: &Expression) -> Vec<String> {
    lay_out(depth, before, &Node::of(value), ";")
}

/// The lines of a statement that hands a closure to a method: `builder = builder.session(`, `move |client| `, and what it
/// gives.
pub(in crate::emit) fn closure_statement(
    depth: usize,
    before: &str,
    head: &str,
    value: &Expression,
) -> Vec<String> {
    let value = Node::of(value);
    let space = "    ".repeat(depth);
    let closure = value.flat().map(|it| format!("{head}{it}"));
    if let Some(closure) = closure.filter(|it| width(it) <= ITEMS)
        && let Some((first, second)) = before.split_once("= ")
    {
        let line = format!("{space}{before}{closure});");
        if width(&line) <= WIDTH {
            return vec![line];
        }
        let line = format!("{space}    {second}{closure});");
        if width(&line) <= WIDTH {
            return vec![format!("{space}{first}="), line];
        }
    }
    let inner = lay_out(depth + 1, "", &value, "");
    std::iter::once(format!("{space}{before}{head}{{"))
        .chain(inner)
        .chain([format!("{space}}});")])
        .collect()
}

/// The lines of a value, between what stands before and after it.
fn lay_out(depth: usize, before: &str, value: &Node, end: &str) -> Vec<String> {
    let space = "    ".repeat(depth);
    let start = format!("{space}{before}");
    if let Some(flat) = value.flat() {
        let line = format!("{start}{flat}{end}");
        if width(&line) <= WIDTH {
            return vec![line];
        }
        // What fits in a line of its own is not broken.
        let line = format!("{space}    {flat}{end}");
        if before.ends_with("= ") && width(&line) <= WIDTH {
            return vec![start.trim_end().to_owned(), line];
        }
    }
    if let Some((receiver, call)) = value.split_call() {
        let line = format!("{space}    {call}{end}");
        if width(&line) <= WIDTH {
            return vec![format!("{start}{receiver}"), line];
        }
    }
    value.lines(depth, &start, end, false)
}

fn width(line: &str) -> usize {
    line.chars().count()
}

/// An expression, as rustfmt takes it apart.
enum Node {
    /// A literal, a path, a macro.
    Plain(String),
    /// What stands before the brace, what is in it, and the brace at the end.
    List(String, Vec<Node>, &'static str),
    /// A struct literal's field, or a reference, and what it is of.
    After(String, Box<Node>),
    /// An expression with `?` after it.
    Tried(Box<Node>),
    /// An expression and the method that is called of it.
    Method(Box<Node>, &'static str),
}

impl Node {
    fn of(expression: &Expression) -> Self {
        match expression {
            Expression::Plain(text) => Self::Plain(text.clone()),
            Expression::List(open, items, close) => {
                let items = items.iter().map(Self::of).collect();
                Self::nested(open, items, close)
            }
            Expression::Then(inner, "?") => Self::Tried(Box::new(Self::of(inner))),
            Expression::Then(inner, method) => Self::Method(Box::new(Self::of(inner)), method),
        }
    }

    /// `Pet::Cat(Box::new(` is two lists, one in the other, and so is what stands after a field's name.
    fn nested(open: &str, items: Vec<Self>, close: &'static str) -> Self {
        if let Some((name, rest)) = open.split_once(": ")
            && !rest.is_empty()
        {
            return Self::After(
                format!("{name}: "),
                Box::new(Self::nested(rest, items, close)),
            );
        }
        if let Some(rest) = open.strip_prefix('&') {
            return Self::After("&".to_owned(), Box::new(Self::nested(rest, items, close)));
        }
        let end = open.find(['(', '[', '{']).map_or(open.len(), |it| it + 1);
        let (first, rest) = open.split_at(end);
        if rest.trim().is_empty() {
            return Self::List(open.to_owned(), items, close);
        }
        let (inner, outer) = close.split_at(close.len() - 1);
        Self::List(
            first.to_owned(),
            vec![Self::nested(rest, items, inner)],
            outer,
        )
    }

    /// The expression in a line, if its parts are short enough to stand in one.
    fn flat(&self) -> Option<String> {
        match self {
            Self::Plain(text) => Some(text.clone()),
            Self::After(before, inner) => Some(before.clone() + &inner.flat()?),
            Self::Tried(inner) => Some(inner.flat()? + "?"),
            Self::Method(inner, method) => Some(inner.flat()? + method),
            Self::List(open, items, close) => {
                let limit = if open.ends_with("{ ") { FIELDS } else { ITEMS };
                // What is alone may be longer, unless it could be broken further inside.
                let is_alone = matches!(items.as_slice(), [only] if !only.is_call());
                let items: Vec<String> = items.iter().map(Self::flat).collect::<Option<_>>()?;
                let items = items.join(", ");
                let fits = is_alone && limit == ITEMS || width(&items) <= limit;
                fits.then(|| format!("{open}{items}{close}"))
            }
        }
    }

    /// `client` and `.login(..)`, in a line each.
    fn split_call(&self) -> Option<(&str, String)> {
        let Self::List(open, ..) = self else {
            return None;
        };
        let (receiver, method) = open.split_once('.')?;
        let flat = self.flat()?;
        method
            .ends_with('(')
            .then(|| (receiver, flat[receiver.len()..].to_owned()))
    }

    /// Whether it is a call, of a macro perhaps.
    fn is_call(&self) -> bool {
        match self {
            Self::List(open, ..) => open.ends_with('(') || open.ends_with("!["),
            Self::After(_, inner) | Self::Tried(inner) => inner.is_call(),
            Self::Plain(text) => text.contains("!("),
            Self::Method(..) => false,
        }
    }

    /// Whether it stands around its end as a list in braces does, so that a list around it need not be broken.
    fn is_overflowing(&self) -> bool {
        match self {
            Self::List(..) => true,
            Self::After(before, inner) => before == "&" && inner.is_overflowing(),
            Self::Tried(inner) => inner.is_overflowing(),
            Self::Plain(_) | Self::Method(..) => false,
        }
    }

    /// The lines: one if it fits, unless the expression has to be broken. The first begins with `start`, which has its
    /// indentation.
    fn lines(&self, depth: usize, start: &str, end: &str, is_broken: bool) -> Vec<String> {
        let space = "    ".repeat(depth);
        if let Some(flat) = self.flat().filter(|_| !is_broken) {
            let line = format!("{start}{flat}{end}");
            if width(&line) <= WIDTH {
                return vec![line];
            }
        }
        match self {
            Self::Plain(text) => vec![format!("{start}{text}{end}")],
            Self::After(before, inner) => {
                inner.lines(depth, &format!("{start}{before}"), end, is_broken)
            }
            Self::Tried(inner) => inner.lines(depth, start, &format!("?{end}"), is_broken),
            Self::Method(inner, method) => {
                let mut lines = inner.lines(depth, start, "", is_broken);
                let method = format!("{method}{end}");
                match lines.last_mut() {
                    Some(only) if !matches!(**inner, Self::List(..)) => only.push_str(&method),
                    _ => lines.push(format!("{space}{method}")),
                }
                lines
            }
            Self::List(open, items, close) => list(depth, start, (open, items, close), end),
        }
    }
}

/// The lines of a list that does not fit in one.
fn list(
    depth: usize,
    start: &str,
    (open, items, close): (&str, &[Node], &str),
    end: &str,
) -> Vec<String> {
    if items.is_empty() {
        return vec![format!("{start}{open}{close}{end}")];
    }
    let open = open.trim_end();
    if let [only] = items
        && only.is_overflowing()
        && !open.ends_with('{')
    {
        let start = format!("{start}{open}");
        let lines = only.lines(depth, &start, &format!("{close}{end}"), true);
        if lines.first().is_some_and(|it| width(it) <= WIDTH) {
            return lines;
        }
    }
    let space = "    ".repeat(depth);
    let deeper = format!("{space}    ");
    let items = items.iter();
    let items = items.flat_map(|it| it.lines(depth + 1, &deeper, ",", false));
    std::iter::once(format!("{start}{open}"))
        .chain(items)
        .chain([format!("{space}{}{end}", close.trim_start())])
        .collect()
}

//! Expressions of examples, in one line or in as many as they take.

/// How wide a line may be, where it can be broken.
pub(in crate::emit) const WIDTH: usize = 100;

/// An expression.
#[derive(Clone)]
pub(in crate::emit) enum Expression {
    /// One that stays in its line.
    Plain(String),
    /// One with others in it: what stands before them, they, and what stands after.
    List(String, Vec<Expression>, &'static str),
    /// One with something after it.
    Then(Box<Expression>, &'static str),
}

impl Expression {
    pub(in crate::emit) fn plain(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }

    pub(in crate::emit) fn list(
        open: impl Into<String>,
        items: Vec<Self>,
        close: &'static str,
    ) -> Self {
        Self::List(open.into(), items, close)
    }

    pub(in crate::emit) fn then(self, end: &'static str) -> Self {
        Self::Then(Box::new(self), end)
    }

    /// The same expression after some text: `name: `, `&`.
    pub(in crate::emit) fn after(self, text: &str) -> Self {
        match self {
            Self::Plain(it) => Self::Plain(format!("{text}{it}")),
            Self::List(open, items, close) => Self::List(format!("{text}{open}"), items, close),
            Self::Then(inner, end) => inner.after(text).then(end),
        }
    }

    /// In one line.
    pub(in crate::emit) fn flat(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::List(open, items, close) => {
                let items: Vec<String> = items.iter().map(Self::flat).collect();
                format!("{open}{}{close}", items.join(", "))
            }
            Self::Then(inner, end) => inner.flat() + end,
        }
    }

    /// In as many lines as it takes, `depth` levels to the right.
    pub(super) fn lines(&self, depth: usize, before: &str, after: &str) -> Vec<String> {
        let indent = "    ".repeat(depth);
        let flat = format!("{indent}{before}{}{after}", self.flat());
        match self {
            _ if flat.chars().count() <= WIDTH => vec![flat],
            Self::Plain(_) => vec![flat],
            Self::Then(inner, end) => inner.lines(depth, before, &format!("{end}{after}")),
            Self::List(_, items, _) if items.is_empty() => vec![flat],
            Self::List(open, items, close) => {
                let items = items.iter().flat_map(|it| it.lines(depth + 1, "", ","));
                std::iter::once(format!("{indent}{before}{open}"))
                    .chain(items)
                    .chain([format!("{indent}{close}{after}")])
                    .collect()
            }
        }
    }
}

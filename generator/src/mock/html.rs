//! Text of HTML, in which only what the program itself says is markup.

use std::fmt::Write as _;

/// HTML that is being written.
#[derive(Default)]
pub(in crate::mock) struct Html(String);

impl Html {
    /// Adds markup, which is always the program's own.
    pub(in crate::mock) fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text, wherever it comes from. It may also stand in an attribute with double quotes.
    pub(in crate::mock) fn text(&mut self, text: &str) -> &mut Self {
        for it in text.chars() {
            match it {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                // No browser has a glyph for these, and some let the text run backwards.
                it if it.is_control() && it != '\n' || is_direction(it) => self.0.push('\u{fffd}'),
                it => self.0.push(it),
            }
        }
        self
    }

    /// Adds a number.
    pub(in crate::mock) fn number(&mut self, number: impl Into<u64>) -> &mut Self {
        let _ = write!(self.0, "{}", number.into());
        self
    }

    /// Adds text between two tags.
    pub(in crate::mock) fn within(
        &mut self,
        open: &'static str,
        text: &str,
        close: &'static str,
    ) -> &mut Self {
        self.markup(open).text(text).markup(close)
    }

    /// Adds an input that nobody sees.
    pub(in crate::mock) fn hidden(&mut self, name: &str, value: &str) -> &mut Self {
        self.within("<input type=\"hidden\" name=\"", name, "\" value=\"")
            .text(value)
            .markup("\">")
    }

    /// Returns the HTML.
    pub(in crate::mock) fn finish(self) -> String {
        self.0
    }
}

/// Whether a character changes the direction of what stands around it (Unicode Standard Annex #9, section 2).
fn is_direction(it: char) -> bool {
    matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use super::Html;

    #[test]
    fn text_is_never_markup() {
        let mut html = Html::default();
        html.within("<a title=\"", "\" onload='x'><script>&\u{202e}\u{0}", "\">");
        assert_eq!(
            html.finish(),
            "<a title=\"&quot; onload=&#39;x&#39;&gt;&lt;script&gt;&amp;\u{fffd}\u{fffd}\">"
        );
    }
}

//! The words of names and sentences.

use heck::ToSnakeCase;

/// The words of a text, in lower case: `signIn` and `sign-in` are both "sign" and "in".
pub(super) struct Words(Vec<String>);

impl Words {
    /// Takes texts apart.
    pub(super) fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let texts = texts.into_iter().map(ToSnakeCase::to_snake_case);
        let words = texts.flat_map(|text| {
            let words = text.split('_').filter(|it| !it.is_empty());
            words.map(str::to_owned).collect::<Vec<_>>()
        });
        Self(words.collect())
    }

    /// Whether any of some phrases is there. The words of a phrase have spaces between them, and are found where they are
    /// written as one, too: "log in" finds `login`.
    pub(super) fn have(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|it| self.has(it))
    }

    fn has(&self, phrase: &str) -> bool {
        let parts: Vec<&str> = phrase.split(' ').collect();
        let joined = parts.concat();
        let is_phrase =
            |words: &[String]| words.iter().zip(&parts).all(|(word, part)| word == part);
        self.0.contains(&joined) || self.0.windows(parts.len()).any(is_phrase)
    }

    /// Whether a text looks like the name of something: letters, digits, and signs that separate words.
    pub(super) fn is_name(text: &str) -> bool {
        let is_part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-');
        text.starts_with(char::is_alphabetic) && text.chars().all(is_part)
    }

    /// Whether the text ends with any of some phrases.
    pub(super) fn end_with(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| {
            let parts: Vec<&str> = phrase.split(' ').collect();
            let ends = |parts: &[&str]| {
                let from = self.0.len().checked_sub(parts.len());
                from.is_some_and(|from| self.0[from..].iter().zip(parts).all(|(a, b)| a == b))
            };
            ends(&parts) || ends(&[parts.concat().as_str()])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn finds_phrases_however_they_are_written() {
        for text in ["login", "logIn", "/users/log-in", "user_login", "Log in."] {
            assert!(Words::of([text]).have(&["log in"]), "{text}");
        }
        for text in ["blogIndex", "catalog", "logs in use"] {
            assert!(!Words::of([text]).have(&["log in"]), "{text}");
        }
        let ends = |text: &str| Words::of([text]).end_with(&["api key", "token"]);
        assert!(ends("accessToken") && ends("X-Api-Key") && ends("apikey"));
        assert!(!ends("token_type") && !ends("keyboard"));
    }
}

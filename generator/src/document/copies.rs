//! Files that stand for documents of the network, which are never fetched.

use std::collections::BTreeMap;

/// Which file stands for which URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copies(BTreeMap<String, String>);

impl Copies {
    /// Takes URLs, and the path of the file that stands for each, relative to the folder of the entry document or
    /// absolute, with `/` between its parts. A URL that ends in `/` stands for all that begin with it, and its
    /// file is a folder.
    pub fn new(copies: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(copies.into_iter().collect())
    }

    /// The paths of the files and folders that stand for something.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// The path of the file that stands for a URL.
    #[must_use]
    pub fn path(&self, url: &str) -> Option<String> {
        if let Some(path) = self.0.get(url) {
            return Some(path.clone());
        }
        let folders = self.0.iter().filter(|(prefix, _)| prefix.ends_with('/'));
        let matching = folders.filter_map(|(prefix, path)| Some((url.strip_prefix(prefix)?, path)));
        let (rest, folder) = matching.min_by_key(|(rest, _)| rest.len())?;
        let rest = super::uri::decode(rest.split('?').next().unwrap_or_default()).ok()?;
        Some(super::join(
            &format!("{}/", folder.trim_end_matches('/')),
            &rest,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::Copies;

    #[test]
    fn finds_the_closest_copy() {
        let copies = [
            ("https://example.org/", "all"),
            ("https://example.org/a/", "../a/"),
            ("https://example.org/a/b.json", "b.json"),
        ];
        let copies = Copies::new(copies.map(|(url, path)| (url.to_owned(), path.to_owned())));
        let path = |url: &str| copies.path(url).unwrap_or_default();
        assert_eq!(path("https://example.org/a/b.json"), "b.json");
        assert_eq!(
            path("https://example.org/a/c%20d.json?v=1"),
            "../a/c d.json"
        );
        assert_eq!(path("https://example.org/x/y.yaml"), "all/x/y.yaml");
        assert_eq!(path("https://example.net/"), "");
    }
}

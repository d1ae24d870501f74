//! The URI references of `$ref` (RFC 3986), as far as they can lead to a file or to a part of one.

use percent_encoding::percent_decode_str;

use super::JsonPointer;

/// What a `$ref` says, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UriReference {
    /// The path of another file, relative to the file of the reference; `None` for the same file.
    pub path: Option<String>,
    /// The place in that file.
    pub fragment: Fragment,
}

/// The part of a reference after `#`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fragment {
    /// A JSON pointer; that to the root when there is no fragment.
    Pointer(JsonPointer),
    /// A plain name, which stands for the schema that has it as its `$anchor`.
    Anchor(String),
}

/// Why a reference cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UriFault {
    /// It has a scheme, such as `https:`, or an authority.
    Remote,
    /// It is an absolute path, also one with the letter of a drive or `file:`, which means something else on every
    /// machine.
    AbsolutePath,
    /// Its path has a backslash, which divides folders on some systems and is a part of names on others.
    Backslash,
    /// Its percent-encoding is not UTF-8, or it holds a character that no path has.
    Malformed,
}

impl UriReference {
    /// Takes a reference apart and decodes its parts.
    pub fn parse(text: &str) -> Result<Self, UriFault> {
        let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
        if has_drive(path) || is_file_url(path) {
            return Err(UriFault::AbsolutePath);
        }
        if is_absolute(path) || path.starts_with("//") {
            return Err(UriFault::Remote);
        }
        let path = path.split_once('?').map_or(path, |(path, _query)| path);
        let path = decode(path)?;
        if path.starts_with('/') || has_drive(&path) {
            return Err(UriFault::AbsolutePath);
        }
        if path.contains('\\') {
            return Err(UriFault::Backslash);
        }
        if path.contains('\0') {
            return Err(UriFault::Malformed);
        }
        Ok(Self {
            path: (!path.is_empty()).then_some(path),
            fragment: Fragment::parse(fragment)?,
        })
    }
}

impl Fragment {
    /// Takes the part of a reference after `#`, and decodes it.
    pub fn parse(text: &str) -> Result<Self, UriFault> {
        let text = decode(text)?;
        Ok(if text.is_empty() || text.starts_with('/') {
            Self::Pointer(JsonPointer::from_text(&text))
        } else {
            Self::Anchor(text)
        })
    }
}

/// The path of a file that is named by `reference` in the file `base`. Both and the result are relative to
/// the folder of the entry document unless the base is absolute, have `/` between their parts, and no `.` or avoidable `..` among them.
#[must_use]
pub fn join(base: &str, reference: &str) -> String {
    let folder = base.rsplit_once('/').map_or("", |(folder, _name)| folder);
    let root = if base.starts_with('/') { "/" } else { "" };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(reference.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    format!("{root}{}", parts.join("/"))
}

/// A URI reference in the place of its base (RFC 3986, section 5.2). The base is a URI, or the path of a file as
/// [`join`] writes it; so is the result.
#[must_use]
pub fn resolve(base: &str, reference: &str) -> String {
    if reference.is_empty() || is_absolute(reference) {
        let taken = if reference.is_empty() {
            base
        } else {
            reference
        };
        return taken.to_owned();
    }
    let Some((scheme, rest)) = base.split_once(':').filter(|_| is_absolute(base)) else {
        return if reference.starts_with('/') {
            reference.to_owned()
        } else {
            join(base, reference)
        };
    };
    if reference.starts_with("//") {
        return format!("{scheme}:{reference}");
    }
    let Some(rest) = rest.strip_prefix("//") else {
        // `urn:example:a` has no path that could be gone along.
        return reference.to_owned();
    };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = if reference.starts_with('/') {
        join("", reference)
    } else {
        join(path, reference)
    };
    format!("{scheme}://{authority}/{path}")
}

/// Whether a reference starts with a scheme (RFC 3986, section 3.1).
#[must_use]
pub fn is_absolute(path: &str) -> bool {
    let Some((scheme, _rest)) = path.split_once(':') else {
        return false;
    };
    scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it))
}

/// Whether a path starts with the letter of a drive, as on Windows. No scheme is of one letter.
fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

fn is_file_url(path: &str) -> bool {
    path.get(..5)
        .is_some_and(|it| it.eq_ignore_ascii_case("file:"))
}

/// Undoes percent-encoding.
pub(super) fn decode(text: &str) -> Result<String, UriFault> {
    let decoded = percent_decode_str(text)
        .decode_utf8()
        .map_err(|_| UriFault::Malformed)?;
    Ok(decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> String {
        match UriReference::parse(text) {
            Ok(UriReference {
                path,
                fragment: Fragment::Pointer(it),
            }) => {
                format!("{} {it}", path.unwrap_or_default())
            }
            Ok(UriReference {
                path,
                fragment: Fragment::Anchor(it),
            }) => {
                format!("{} anchor {it}", path.unwrap_or_default())
            }
            Err(fault) => format!("{fault:?}"),
        }
    }

    #[test]
    fn takes_references_apart() {
        assert_eq!(
            parsed("#/components/schemas/A%20b"),
            " #/components/schemas/A b"
        );
        assert_eq!(parsed("#"), " #");
        assert_eq!(parsed("a%20b.yaml"), "a b.yaml #");
        assert_eq!(parsed("../x.json#/a~1b"), "../x.json #/a~1b");
        assert_eq!(parsed("#Pet"), " anchor Pet");
        assert_eq!(parsed("https://example.org/a.yaml#/x"), "Remote");
        assert_eq!(parsed("//example.org/a.yaml"), "Remote");
        assert_eq!(parsed("/etc/passwd"), "AbsolutePath");
        assert_eq!(parsed("%2Fetc/passwd"), "AbsolutePath");
        assert_eq!(parsed("C:/a.yaml"), "AbsolutePath");
        assert_eq!(parsed("c%3Aa.yaml"), "AbsolutePath");
        assert_eq!(parsed("..\\a.yaml"), "Backslash");
        assert_eq!(parsed("..%5Ca.yaml#/a\\b"), "Backslash");
        assert_eq!(parsed("#/a\\b"), " #/a\\b");
        assert_eq!(parsed("a%00.yaml"), "Malformed");
        assert_eq!(parsed("File:///etc/passwd"), "AbsolutePath");
        assert_eq!(parsed("#/%ff"), "Malformed");
    }

    #[test]
    fn resolves_against_a_base() {
        let base = "https://example.org/a/b.json";
        assert_eq!(resolve(base, "c.json"), "https://example.org/a/c.json");
        assert_eq!(resolve(base, "../c.json"), "https://example.org/c.json");
        assert_eq!(resolve(base, "/c.json"), "https://example.org/c.json");
        assert_eq!(resolve(base, "//example.net/c"), "https://example.net/c");
        assert_eq!(resolve(base, "http://a/b"), "http://a/b");
        assert_eq!(resolve("https://example.org", "c"), "https://example.org/c");
        assert_eq!(resolve("urn:example:a", "c"), "c");
        assert_eq!(resolve("models/pet.yaml", "../c"), "c");
        assert_eq!(resolve("pet.yaml", ""), "pet.yaml");
    }

    #[test]
    fn joins_paths() {
        assert_eq!(join("api.yaml", "./models/pet.yaml"), "models/pet.yaml");
        assert_eq!(join("models/pet.yaml", "../api.yaml"), "api.yaml");
        assert_eq!(join("api.yaml", "../common/a.yaml"), "../common/a.yaml");
        assert_eq!(join("../common/a.yaml", "../../b.yaml"), "../../b.yaml");
        assert_eq!(join("/copies/a.yaml", "b.yaml"), "/copies/b.yaml");
    }
}

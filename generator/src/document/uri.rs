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
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// It is an absolute path, which means something else on every machine.
    AbsolutePath,
    /// Its percent-encoding is not UTF-8, or it holds a character that no path has.
    Malformed,
}

impl UriReference {
    /// Takes a reference apart and decodes its parts.
    pub fn parse(text: &str) -> Result<Self, UriFault> {
        let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
        if has_scheme(path) || path.starts_with("//") {
            return Err(UriFault::Remote);
        }
        let path = path.split_once('?').map_or(path, |(path, _query)| path);
        let path = decode(path)?;
        if path.starts_with('/') {
            return Err(UriFault::AbsolutePath);
        }
        if path.contains('\0') {
            return Err(UriFault::Malformed);
        }
        let fragment = decode(fragment)?;
        let fragment = if fragment.is_empty() || fragment.starts_with('/') {
            Fragment::Pointer(JsonPointer::from_text(&fragment))
        } else {
            Fragment::Anchor(fragment)
        };
        Ok(Self {
            path: (!path.is_empty()).then_some(path),
            fragment,
        })
    }
}

/// The path of a file that is named by `reference` in the file `base`. Both and the result are relative to
/// the folder of the entry document, have `/` between their parts, and no `.` or avoidable `..` among them.
#[must_use]
pub fn join(base: &str, reference: &str) -> String {
    let folder = base.rsplit_once('/').map_or("", |(folder, _name)| folder);
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
    parts.join("/")
}

/// Whether a reference starts with a scheme (RFC 3986, section 3.1)..
fn has_scheme(path: &str) -> bool {
    let Some((scheme, _rest)) = path.split_once(':') else {
        return false;
    };
    scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it))
}

/// Undoes percent-encoding.
fn decode(text: &str) -> Result<String, UriFault> {
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
        assert_eq!(parsed("C:/a.yaml"), "Remote");
        assert_eq!(parsed("#/%ff"), "Malformed");
    }

    #[test]
    fn joins_paths() {
        assert_eq!(join("api.yaml", "./models/pet.yaml"), "models/pet.yaml");
        assert_eq!(join("models/pet.yaml", "../api.yaml"), "api.yaml");
        assert_eq!(join("api.yaml", "../common/a.yaml"), "../common/a.yaml");
        assert_eq!(join("../common/a.yaml", "../../b.yaml"), "../../b.yaml");
    }
}

//! Which operations a path may be of (OAS 3.1.1, Paths Object, "Path Templating Matching").

use std::collections::BTreeMap;

use crate::mock::urlencoded::decoded;

/// A path template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// As it is written, with the base path before it.
    pub text: String,
    segments: Vec<Vec<Piece>>,
}

/// A piece of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// Text, percent-decoded.
    Text(String),
    /// A parameter.
    Parameter(String),
}

impl Template {
    /// Reads a template. A fragment, by which some documents tell operations of one path apart, is no part of the path.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let path = text.split(['#', '?']).next().unwrap_or_default();
        Self {
            text: text.to_owned(),
            segments: path.split('/').map(pieces).collect(),
        }
    }

    /// Returns the names of the parameters.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().flatten().filter_map(|it| match it {
            Piece::Parameter(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// Returns the parameters of a path as they were sent; `None` when it is another path.
    #[must_use]
    pub fn matched(&self, segments: &[&str]) -> Option<Vec<(String, String)>> {
        let mut found = Vec::new();
        let is_match = self.segments.len() == segments.len()
            && self
                .segments
                .iter()
                .zip(segments)
                .all(|(pieces, segment)| take(pieces, segment, &mut found));
        is_match.then_some(found)
    }

    /// What comes first where several match: text goes before parameters, from the first segment on.
    fn rank(&self) -> Vec<u8> {
        let rank = |pieces: &Vec<Piece>| match pieces[..] {
            [] | [Piece::Text(_)] => 0,
            [Piece::Parameter(_)] => 2,
            _ => 1,
        };
        self.segments.iter().map(rank).collect()
    }

    /// Returns the shape of the path without its last segment, and the parameter that this one is; `None` where it is
    /// something else.
    #[must_use]
    pub fn item(&self) -> Option<(String, String)> {
        let (last, before) = self.segments.split_last()?;
        match &last[..] {
            [Piece::Parameter(name)] => Some((shape(before), name.clone())),
            _ => None,
        }
    }

    /// The template with its parameters unnamed: two that agree in it match the same paths.
    #[must_use]
    pub fn shape(&self) -> String {
        shape(&self.segments)
    }
}

fn shape(segments: &[Vec<Piece>]) -> String {
    let piece = |it: &Piece| match it {
        Piece::Text(text) => text.clone(),
        Piece::Parameter(_) => "{}".to_owned(),
    };
    let segment = |it: &Vec<Piece>| it.iter().map(piece).collect::<String>();
    segments.iter().map(segment).collect::<Vec<_>>().join("/")
}

fn pieces(segment: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        if !before.is_empty() {
            pieces.push(Piece::Text(decoded(before)));
        }
        pieces.push(Piece::Parameter(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(decoded(rest)));
    }
    pieces
}

/// Takes the parameters out of a segment. The text between them ends them where it is found first, at the end where it
/// is found last.
fn take(pieces: &[Piece], segment: &str, found: &mut Vec<(String, String)>) -> bool {
    match pieces {
        [] => segment.is_empty(),
        [Piece::Text(text)] => decoded(segment) == *text,
        [Piece::Parameter(name)] => {
            found.push((name.clone(), segment.to_owned()));
            !segment.is_empty()
        }
        [Piece::Text(text), rest @ ..] => segment
            .strip_prefix(text.as_str())
            .is_some_and(|after| take(rest, after, found)),
        [Piece::Parameter(name), Piece::Text(text), rest @ ..] => {
            let at = if rest.is_empty() {
                segment.strip_suffix(text.as_str()).map(str::len)
            } else {
                segment.find(text.as_str())
            };
            let Some(at) = at.filter(|at| *at > 0) else {
                return false;
            };
            found.push((name.clone(), segment[..at].to_owned()));
            take(rest, &segment[at + text.len()..], found)
        }
        [Piece::Parameter(name), rest @ ..] => {
            // Two parameters with nothing between them: nobody can tell where the first ends.
            found.push((name.clone(), segment.to_owned()));
            take(rest, "", found) || !segment.is_empty()
        }
    }
}

/// The operations, by the number of segments of their paths.
#[derive(Debug, Default)]
pub struct Routes {
    by_length: BTreeMap<usize, Vec<(Template, Vec<usize>)>>,
}

/// A path that was found.
#[derive(Debug)]
pub struct Matched {
    /// The numbers of its operations.
    pub operations: Vec<usize>,
    /// Its parameters, as they were sent.
    pub parameters: Vec<(String, String)>,
}

impl Routes {
    /// Takes the paths of operations, each with its number.
    pub fn new<'t>(paths: impl IntoIterator<Item = (&'t Template, usize)>) -> Self {
        let mut routes = Self::default();
        for (template, number) in paths {
            let routes = routes.by_length.entry(template.segments.len()).or_default();
            let same = routes
                .iter_mut()
                .find(|(it, _)| it.segments == template.segments);
            match same {
                Some((_, numbers)) => numbers.push(number),
                None => routes.push((template.clone(), vec![number])),
            }
        }
        // The order is only within each list.
        for routes in routes.by_length.values_mut() {
            routes.sort_by_cached_key(|(template, _)| template.rank());
        }
        routes
    }

    /// Returns the paths that match, the closest first.
    #[must_use]
    pub fn find(&self, path: &str) -> Vec<Matched> {
        let segments: Vec<&str> = path.split('/').collect();
        let routes = self.by_length.get(&segments.len());
        let matched = |(template, numbers): &(Template, Vec<usize>)| {
            Some(Matched {
                parameters: template.matched(&segments)?,
                operations: numbers.clone(),
            })
        };
        routes.into_iter().flatten().filter_map(matched).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(templates: &[&str], path: &str) -> Vec<(usize, Vec<(String, String)>)> {
        let templates: Vec<Template> = templates.iter().map(|it| Template::new(it)).collect();
        let routes = Routes::new(templates.iter().zip(0..));
        let found = routes.find(path).into_iter();
        found.map(|it| (it.operations[0], it.parameters)).collect()
    }

    #[test]
    fn text_goes_before_parameters() {
        let templates = ["/pets/{id}", "/pets/mine", "/{kind}/mine"];
        let numbers =
            |path| -> Vec<usize> { found(&templates, path).into_iter().map(|it| it.0).collect() };
        assert_eq!(numbers("/pets/mine"), [1, 0, 2]);
        assert_eq!(numbers("/pets/m%69ne"), [1, 0, 2]);
        assert_eq!(numbers("/pets/4"), [0]);
        assert_eq!(numbers("/pets/"), Vec::<usize>::new());
        assert_eq!(numbers("/pets/4/"), Vec::<usize>::new());
    }

    #[test]
    fn several_parameters_share_a_segment() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let template = ["/a/{from}..{to}.json#x"];
        let expected = vec![pair("from", "1"), pair("to", "2.json")];
        assert_eq!(found(&template, "/a/1..2.json.json"), [(0, expected)]);
        assert_eq!(found(&template, "/a/1.2.json"), []);
    }
}

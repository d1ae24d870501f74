//! What a request asks for in its answer.

use std::time::Duration;

use http::HeaderMap;
use http::header::ACCEPT;

use crate::media_type::essence;

/// How many seconds an answer may be held back for a request that asks for it.
const LONGEST: u64 = 3600;

/// What a request asks for: by `Prefer: code=404, example=missing, wait=2` (RFC 7240), and by `Accept`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// The status.
    pub code: Option<u16>,
    /// The name of an example.
    pub example: Option<String>,
    /// How long to hold the answer back.
    pub wait: Duration,
    /// The media types or ranges that are welcome, the best first; empty when all are.
    pub accept: Vec<String>,
}

impl Wish {
    /// Reads the headers of a request.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let mut wish = Self {
            accept: accepted(headers),
            ..Self::default()
        };
        let prefer = headers.get_all("prefer").iter();
        let prefer = prefer.filter_map(|it| it.to_str().ok());
        for preference in prefer.flat_map(|it| it.split([',', ';'])) {
            let (name, value) = preference.split_once('=').unwrap_or_default();
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "code" => wish.code = value.parse().ok(),
                "example" => wish.example = Some(value.to_owned()),
                "wait" => {
                    let seconds = value.parse().unwrap_or(0).min(LONGEST);
                    wish.wait = Duration::from_secs(seconds);
                }
                _ => {}
            }
        }
        wish
    }

    /// Returns how welcome a media type is: its place among those that are asked for; `None` when it is not.
    #[must_use]
    pub fn rank(&self, media_type: &str) -> Option<usize> {
        if self.accept.is_empty() {
            return Some(0);
        }
        let name = essence(media_type);
        let is_welcome = |range: &String| {
            let ty = range.strip_suffix("/*");
            *range == name
                || range == "*/*"
                || ty.is_some_and(|it| name.split('/').next() == Some(it))
                // A range of the document holds what is asked for.
                || name.strip_suffix('*').is_some_and(|it| it == "*/" || range.starts_with(it))
        };
        self.accept.iter().position(is_welcome)
    }
}

/// The media types of `Accept`, the best first (RFC 9110, section 12.5.1).
fn accepted(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(ACCEPT).iter();
    let values = values.filter_map(|it| it.to_str().ok());
    let ranges = values.flat_map(|it| it.split(',')).map(|range| {
        let mut parameters = range.split(';').skip(1);
        let quality = parameters.find_map(|it| it.trim().strip_prefix("q=")?.parse::<f32>().ok());
        (essence(range), quality.unwrap_or(1.0))
    });
    let mut ranges: Vec<(String, f32)> = ranges
        .filter(|(name, quality)| !name.is_empty() && *quality > 0.0)
        .collect();
    ranges.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    ranges.into_iter().map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_asked_for() {
        let mut headers = HeaderMap::new();
        headers.insert(
            "prefer",
            "code=404, example=\"not there\", wait=2".parse().unwrap(),
        );
        headers.insert(
            ACCEPT,
            "text/*;q=0.5, application/json, image/png;q=0"
                .parse()
                .unwrap(),
        );
        let wish = Wish::of(&headers);
        assert_eq!(
            (wish.code, wish.example.as_deref()),
            (Some(404), Some("not there"))
        );
        assert_eq!(wish.wait, Duration::from_secs(2));
        assert_eq!(wish.rank("application/json; charset=utf-8"), Some(0));
        assert_eq!(wish.rank("text/csv"), Some(1));
        assert_eq!(wish.rank("image/png"), None);
        assert_eq!(wish.rank("*/*"), Some(0));
    }
}

//! Where requests go.

use std::fmt;
use std::str::FromStr;

use http::Uri;

use crate::mock::contract::Contract;

/// The service that requests go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Scheme, host and port.
    origin: String,
    /// The path before those of the operations, without a slash at its end.
    path: String,
}

/// Why a URL is not one of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetError {
    /// It is not an absolute URL of HTTP.
    NotHttp,
    /// It has a user name, which belongs in the requests.
    HasUser,
    /// It has a query.
    HasQuery,
}

impl fmt::Display for TargetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotHttp => "it does not begin with `http://` or `https://` and a host",
            Self::HasUser => "it has a user name; credentials are those of the requests",
            Self::HasQuery => "it has a query",
        })
    }
}

impl std::error::Error for TargetError {}

impl FromStr for Target {
    type Err = TargetError;

    fn from_str(url: &str) -> Result<Self, TargetError> {
        let uri: Uri = url.parse().map_err(|_| TargetError::NotHttp)?;
        let scheme = uri.scheme_str().unwrap_or_default();
        let authority = uri.authority().ok_or(TargetError::NotHttp)?;
        if !matches!(scheme, "http" | "https") {
            return Err(TargetError::NotHttp);
        }
        if authority.as_str().contains('@') {
            return Err(TargetError::HasUser);
        }
        if uri.query().is_some() {
            return Err(TargetError::HasQuery);
        }
        Ok(Self {
            origin: format!("{scheme}://{authority}"),
            path: uri.path().trim_end_matches('/').to_owned(),
        })
    }
}

/// `https://api.example.org/v2`
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.path)
    }
}

impl Target {
    /// Returns where a request goes: the target's path takes the place of the base path of the document. A path that is
    /// below the base path of no document stays as it is.
    pub(super) fn url_of(&self, contracts: &[Contract], uri: &Uri) -> String {
        let below = |base: &str| {
            let rest = uri.path().strip_prefix(base)?;
            (rest.is_empty() || rest.starts_with('/')).then_some(rest)
        };
        let bases = contracts.iter().map(|it| it.base_path.as_str());
        let base = bases
            .filter(|it| below(it).is_some())
            .max_by_key(|it| it.len());
        let path = match base.and_then(below) {
            Some(rest) => format!("{}{rest}", self.path),
            None => uri.path().to_owned(),
        };
        let query = uri.query().map(|it| format!("?{it}"));
        format!("{}{path}{}", self.origin, query.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::samples;

    #[test]
    fn a_target_is_an_origin_and_a_path() {
        let read = |url: &str| Target::from_str(url).map(|it| it.to_string());
        let plain = |url: &str| Ok(url.to_owned());
        assert_eq!(read("https://a.example/"), plain("https://a.example"));
        assert_eq!(read("http://[::1]:80/v1/"), plain("http://[::1]:80/v1"));
        assert_eq!(read("a.example"), Err(TargetError::NotHttp));
        assert_eq!(read("/v1"), Err(TargetError::NotHttp));
        assert_eq!(read("ftp://a.example"), Err(TargetError::NotHttp));
        assert_eq!(read("http://me:it@a.example"), Err(TargetError::HasUser));
        assert_eq!(read("http://a.example?a=b"), Err(TargetError::HasQuery));
    }

    #[test]
    fn the_path_of_the_target_replaces_the_base_path() {
        let contract = |base: &str| {
            let text = format!(
                "{{ openapi: 3.1.0, info: {{ title: T, version: '1' }}, servers: [{{ url: '{base}' }}], paths: {{}} }}"
            );
            samples::contract(&text)
        };
        let contracts = [contract("/v1"), contract("/v1/more")];
        let url = |target: &str, uri: &str| {
            let target = Target::from_str(target).unwrap();
            target.url_of(&contracts, &uri.parse().unwrap())
        };
        assert_eq!(
            url("http://a/b/", "/v1/x%2Fy?q=%20"),
            "http://a/b/x%2Fy?q=%20"
        );
        assert_eq!(url("http://a", "/v1/more/x"), "http://a/x");
        assert_eq!(url("http://a/b", "/v1"), "http://a/b");
        assert_eq!(url("http://a/b", "/v11/x"), "http://a/v11/x");
    }
}

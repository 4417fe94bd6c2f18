//! Parses the URLs of requests. Most of the work is about the origin, which is nearly always the same.

use std::sync::{Mutex, PoisonError};

use url::{ParseError, Url};

/// The maximum number of origins. A client has as many as the API has servers.
const MAX_ORIGINS: usize = 8;

/// The origins of earlier requests.
#[derive(Default)]
pub(super) struct Origins {
    parsed: Mutex<Vec<(Box<str>, Url)>>,
}

impl Origins {
    /// Parses a URL like `Url::parse`.
    pub(super) fn parse(&self, url: &str) -> Result<Url, ParseError> {
        let Some((origin, path, query)) = split(url) else { return Url::parse(url) };
        let mut parsed = self.origin(origin)?;
        parsed.set_path(path);
        parsed.set_query(query);
        Ok(parsed)
    }

    fn origin(&self, origin: &str) -> Result<Url, ParseError> {
        let mut known = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, url)) = known.iter().find(|(text, _)| **text == *origin) {
            return Ok(url.clone());
        }
        let url = Url::parse(origin)?;
        if known.len() < MAX_ORIGINS {
            known.push((origin.into(), url.clone()));
        }
        Ok(url)
    }
}

/// The origin, the path and the query of an HTTP URL in the usual form.
fn split(url: &str) -> Option<(&str, &str, Option<&str>)> {
    let after_scheme = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let start = url.len() - after_scheme.len();
    let (origin, rest) = url.split_at_checked(start + after_scheme.bytes().position(|byte| byte == b'/')?)?;
    let is_host = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#' | b'@' | b'\\');
    // A parser drops white space at the end.
    let is_usual = origin.len() > start && origin.bytes().all(is_host) && rest.ends_with(|end: char| end > ' ');
    let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
    (is_usual && !rest.contains('#')).then_some((origin, path, query))
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::Origins;

    #[test]
    fn a_url_is_parsed_as_a_whole_or_in_parts_with_the_same_result() {
        let origins = Origins::default();
        let mut random = fastrand::Rng::with_seed(3);
        let starts =
            ["https://api.example.com", "http://127.0.0.1:8080", "HTTP://[::1]", "https://", "http:", "https://a@b"];
        let pieces =
            ["/", "a", ".", "..", "%2F", "%", "?", "&", "=", "#", "\\", " ", "\n", "é", "\"", "{", "://", "@", "|"];
        for _ in 0..20_000 {
            let (start, count) = (starts[random.usize(..starts.len())], random.usize(..12));
            let rest: String = (0..count).map(|_| pieces[random.usize(..pieces.len())]).collect();
            let url = format!("{start}{rest}");
            assert_eq!(origins.parse(&url), Url::parse(&url), "{url}");
        }
        assert!(origins.parsed.lock().is_ok_and(|parsed| parsed.len() <= super::MAX_ORIGINS));
    }
}

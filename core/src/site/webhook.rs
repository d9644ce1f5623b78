//! Where the router itself reports its lines to.

use core::time::Duration;

use super::Secret;

/// Where the router itself reports a line that fails or returns, and how often it looks
///
/// It costs a script and a scheduler on the router, and for each probe host a row of netwatch that pings it once a minute. The
/// router posts `{"schema":"multi-isp/line-state/1","router":"..","line":"isp2","state":"down"}`: `router` is its identity, or
/// nothing where that has other characters than letters, digits, blanks, `.`, `_` and `-`; `state` is `up` or `down`. A state that
/// nobody took is posted again; one may come twice, where an answer takes longer than the interval.
///
/// # Example
///
/// ```
/// use multi_isp::site::Webhook;
///
/// let webhook = Webhook::new("https://portal.example.net/lines?token=s3cret");
/// assert_eq!(webhook.interval.as_secs(), 60);
/// assert!(!format!("{webhook:?}").contains("s3cret"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Where to post, `http://` or `https://` and at most [`MAX_URL`](Self::MAX_URL) printable bytes of ASCII; a secret, for it mostly
    /// holds a token. `None` where it is not known, as in a site read back from a router: the router keeps the one that it has
    pub url: Option<Secret>,
    /// Between two looks at the lines, 10 s to 1 h in whole seconds; 1 min
    pub interval: Duration,
}

impl Webhook {
    /// Longest URL, in bytes: twice the longest that services are known to give out
    pub const MAX_URL: usize = 500;

    /// Shortest interval: as often as a gateway is checked \[D:328084\]
    pub const SHORTEST: Duration = Duration::from_secs(10);

    /// Longest interval
    pub const LONGEST: Duration = Duration::from_secs(3_600);

    /// A webhook that is told once a minute
    pub fn new(url: impl Into<Secret>) -> Self {
        Self {
            url: Some(url.into()),
            interval: Self::USUAL,
        }
    }

    /// The interval where none is given
    pub(super) const USUAL: Duration = Duration::from_secs(60);

    /// The same without its URL
    pub(super) fn without_secrets(&self) -> Self {
        Self {
            url: None,
            ..self.clone()
        }
    }

    /// What forbids the URL, if anything; it is not repeated
    pub(super) fn url_fault(&self) -> Option<&'static str> {
        let url = self.url.as_ref()?.expose().as_bytes();
        let rest = SCHEMES
            .iter()
            .find_map(|scheme| url.strip_prefix(scheme.as_bytes()));
        let host = rest.map(|rest| {
            let end = rest.iter().position(|byte| b"/?#".contains(byte));
            rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
        });
        match host {
            _ if url.len() > Self::MAX_URL => Some("is longer than 500 bytes"),
            _ if !url.iter().all(is_of_url) => Some("has a character in it that no URL has"),
            None => Some("begins with neither `https://` nor `http://`"),
            Some(host) if !host.first().is_some_and(u8::is_ascii_alphanumeric) => Some("names no host"),
            Some(_) => None,
        }
    }

    /// Whether the interval is within its bounds
    pub(super) fn has_interval(&self) -> bool {
        (Self::SHORTEST..=Self::LONGEST).contains(&self.interval) && self.interval.subsec_nanos() == 0
    }
}

/// Printable ASCII without what has to be written in hexadecimal in a URL [RFC 3986, appendix A].
fn is_of_url(byte: &u8) -> bool {
    byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(byte)
}

const SCHEMES: [&str; 2] = ["https://", "http://"];

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use super::*;

    #[test]
    fn a_url_has_a_scheme_a_host_and_no_strange_character() {
        let fault = |url: &str| Webhook::new(url).url_fault();
        for url in [
            "https://a.example/x?token=1&b=$2",
            "http://192.0.2.1:8080",
            "https://a",
        ] {
            assert_eq!(fault(url), None, "{url}");
        }
        for url in ["", "ftp://a/x", "https:/a", "HTTPS://a"] {
            assert_eq!(
                fault(url),
                Some("begins with neither `https://` nor `http://`"),
                "{url}"
            );
        }
        for url in ["https://", "http:///x", "https://?x", "https://#x", "https://@x"] {
            assert_eq!(fault(url), Some("names no host"), "{url}");
        }
        for url in [
            "https://a/\"",
            "https://a/ x",
            "https://a/\n",
            "https://a/\u{e9}",
            "https://a/\\",
            "https://a/{",
        ] {
            assert_eq!(fault(url), Some("has a character in it that no URL has"), "{url}");
        }
        let longest = format!("https://a/{}", "x".repeat(Webhook::MAX_URL - 10));
        assert_eq!(fault(&longest), None);
        assert_eq!(fault(&(longest + "x")), Some("is longer than 500 bytes"));
    }

    #[test]
    fn an_interval_is_ten_seconds_to_an_hour() {
        let fits = |millis| {
            let interval = Duration::from_millis(millis);
            Webhook {
                interval,
                ..Webhook::new("https://a")
            }
            .has_interval()
        };
        assert!(fits(10_000) && fits(60_000) && fits(3_600_000));
        assert!(!fits(9_000) && !fits(10_500) && !fits(3_601_000));
    }
}

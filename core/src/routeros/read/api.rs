//! Sentences of the API → the router.

use alloc::{string::String, vec::Vec};

use super::{
    ReadError, is_absent, menu_refused,
    rows::{Answer, Fields, field},
};
use crate::{
    diagnostic::Diagnostic,
    routeros::{
        router::Router,
        schema::{self, Menu},
        value::Value,
        version::Version,
    },
};

impl Router {
    /// Reads the replies to `<menu>/print` over the API, on RouterOS 6 and 7: for each menu its sentences, each as its words.
    ///
    /// It gives what [`Router::from_rest`] gives, from values of any bytes. The version is the caller's, else that of
    /// `/system/resource`.
    ///
    /// # Errors
    /// `menu-refused` for a reply with `!trap` or `!fatal`: a menu that may not be read is not an empty one, and one that the router says it
    /// has not, as of a package that is not installed, is as if it had not been asked for; `not-a-menu` for a
    /// word that is no attribute, or a path or a name that RouterOS could not have given; `duplicate-menu`, `invalid-id` and
    /// `duplicate-id` as for REST. All of them are found at once.
    ///
    /// # Example
    /// ```
    /// use multi_isp::routeros::router::Router;
    ///
    /// let routes = vec![
    ///     vec!["!re", "=.id=*1F", "=dst-address=0.0.0.0/0", "=gateway=192.0.2.1", "=active=true", "=comment=isp1"],
    ///     vec!["!done"],
    /// ];
    /// let router = Router::from_api(&[("/ip/route", routes)], None)?;
    /// let route = &router.table("/ip/route").rows()[0];
    /// assert_eq!(route.router_id().unwrap().to_string(), "*1F");
    /// assert_eq!(route.live("active").unwrap(), "true");
    /// # Ok::<(), multi_isp::routeros::read::ReadError>(())
    /// ```
    pub fn from_api<W: AsRef<[u8]>>(
        replies: &[(&str, Vec<Vec<W>>)],
        version: Option<Version>,
    ) -> Result<Router, ReadError> {
        let is_there = |(path, sentences): &&(&str, Vec<Vec<W>>)| {
            let mut refusals = sentences.iter().filter_map(|words| refusal(words)).peekable();
            refusals.peek().is_none() || !refusals.all(|message| is_absent(path, &message))
        };
        let replies: Vec<&(&str, Vec<Vec<W>>)> = replies.iter().filter(is_there).collect();
        let refused = replies.iter().filter_map(|(path, sentences)| {
            let message = sentences.iter().find_map(|words| refusal(words))?;
            Some(menu_refused(path, &message))
        });
        let mut findings: Vec<Diagnostic> = refused.collect();
        let answers: Vec<Answer> = replies
            .iter()
            .map(|(path, sentences)| answer(path, sentences))
            .collect();
        let router = Router::from_answers(&answers, version).unwrap_or_else(|found| {
            findings.extend(found);
            Router::of(version)
        });
        if findings.is_empty() {
            Ok(router)
        } else {
            Err(ReadError::new(findings, Vec::new()))
        }
    }
}

fn answer<W: AsRef<[u8]>>(path: &str, sentences: &[Vec<W>]) -> Answer {
    let of_row = |words: &&Vec<W>| words.first().is_some_and(|kind| kind.as_ref() == b"!re");
    let rows = sentences.iter().filter(of_row);
    let rows: Vec<Option<Fields>> = rows
        .map(|words| {
            words
                .iter()
                .skip(1)
                .filter_map(|word| attribute(word.as_ref()))
                .collect()
        })
        .collect();
    let path = Answer::path(path);
    let is_reply = |words: &Vec<W>| words.first().is_none_or(|kind| kind.as_ref().starts_with(b"!"));
    let is_whole = rows.iter().all(Option::is_some) && sentences.iter().all(is_reply);
    let rows: Vec<Fields> = rows.into_iter().flatten().collect();
    let has_ids = rows.iter().any(|fields| field(fields, ".id").is_some());
    Answer {
        is_single: schema::menu(&path).map_or(!has_ids, Menu::single),
        path,
        rows,
        is_whole,
    }
}

/// `=name=value`; a word of the API itself, as `.tag=4`, is none. `Some(None)` for what is neither.
fn attribute(word: &[u8]) -> Option<Option<(String, Value)>> {
    if word.starts_with(b".") {
        return None;
    }
    let read = || {
        let word = word.strip_prefix(b"=")?;
        let end = memchr::memchr(b'=', word)?;
        let (name, value) = word.split_at_checked(end)?;
        let name = String::from_utf8_lossy(name).into_owned();
        Some((name, Value::from(value.get(1..).unwrap_or_default())))
    };
    Some(read())
}

/// What the router said instead of rows.
fn refusal<W: AsRef<[u8]>>(words: &[W]) -> Option<String> {
    let mut words = words.iter().map(AsRef::as_ref);
    let kind = words.next()?;
    let refuses = [&b"!trap"[..], b"!fatal"].contains(&kind);
    let message = words.clone().find_map(|word| word.strip_prefix(b"=message="));
    let message = message.or_else(|| words.next()).unwrap_or_default();
    refuses.then(|| String::from_utf8_lossy(message).into_owned())
}

#[cfg(test)]
mod tests {
    use std::string::{String, ToString};
    use std::vec;

    use super::*;

    fn codes(menu: &str, words: &[&[u8]]) -> Vec<String> {
        let error = Router::from_api(&[(menu, vec![words.to_vec()])], None).unwrap_err();
        let codes = error.diagnostics().iter().map(|finding| finding.code.to_string());
        codes.collect()
    }

    #[test]
    fn values_are_bytes_and_may_hold_what_ends_a_name() {
        let words: Vec<&[u8]> = vec![b"!re", b".tag=4", b"=.id=*A", b"=comment=a=b\n\xCF\x00"];
        let router = Router::from_api(&[("ip/route", vec![words])], None).unwrap();
        let row = &router.table("/ip/route").rows()[0];
        assert_eq!(row.comment().unwrap().as_bytes(), b"a=b\n\xCF\x00");
        assert!(router.ids_known());
    }

    #[test]
    fn a_menu_of_settings_has_no_id_and_needs_none() {
        let replies = [
            ("/ip/dns", vec![vec!["!re", "=servers=192.0.2.53"], vec!["!done"]]),
            (
                "/system/resource",
                vec![vec!["!re", "=version=6.49.10 (long-term)"]],
            ),
            ("/ip/route", vec![vec!["!empty"], vec!["!done"]]),
        ];
        let router = Router::from_api(&replies, None).unwrap();
        assert_eq!(router.version(), Some(Version::new(6, 49, 10)));
        assert!(router.ids_known());
        assert!(router.table("/ip/route").is_empty());
    }

    #[test]
    fn what_six_alone_has_is_configuration_there() {
        let route = |version: Version| {
            let row = |id: &'static str, kind: &'static str| vec!["!re", id, kind];
            let rows = vec![row("=.id=*1", "=type=blackhole"), row("=.id=*2", "=type=unicast")];
            Router::from_api(&[("/ip/route", rows)], Some(version)).unwrap()
        };
        let six = route(Version::new(6, 49, 10));
        let types = six.table("/ip/route").iter().map(|row| row.text("type"));
        assert_eq!(types.collect::<Vec<_>>(), [Some("blackhole".into()), None]);
        let seven = route(Version::new(7, 22, 3));
        assert!(
            seven
                .table("/ip/route")
                .iter()
                .all(|row| row.get("type").is_none())
        );
    }

    #[test]
    fn what_no_router_gives_is_found() {
        for (words, wanted) in [
            (
                &[&b"!trap"[..], b"=message=no such command prefix"][..],
                "menu-refused",
            ),
            (&[b"!fatal", b"not logged in"], "menu-refused"),
            (&[b"!re", b"gateway"], "not-a-menu"),
            (&[b"dst-address", b"gateway"], "not-a-menu"),
            (&[b"!re", b"=gateway"], "not-a-menu"),
            (&[b"!re", b"=gateway\n/system reset=x"], "not-a-menu"),
            (&[b"!re", b"=.id=1"], "invalid-id"),
        ] {
            assert_eq!(codes("/ip/route", words), [wanted], "{words:?}");
        }
        let trap = |message| vec!["!trap", message];
        let lte = vec![
            trap("=message=no such command or directory (lte)"),
            trap("=message=no such command prefix"),
        ];
        let router = Router::from_api(&[("/interface/lte", lte), ("/ip/dns", vec![])], None).unwrap();
        assert!(!router.is_read("/interface/lte") && router.is_read("/ip/dns"));
        let error = Router::from_api(&[("/ip/route", vec![vec!["!trap", "=message=no"]])], None);
        assert_eq!(
            error.unwrap_err().to_string(),
            "the router refused `/ip/route`: no"
        );
    }
}

//! An export → the router: it is a script, and loading it is running it.

use alloc::vec::Vec;

use super::ReadError;
use crate::routeros::schema::hide;
use crate::routeros::{
    router::{Router, Row, Table},
    syntax::{Item, Script},
    version::Version,
};

impl Router {
    /// Reads an export of RouterOS 6 or 7: compact, terse or verbose, with or without its header.
    ///
    /// The version is the caller's, else the header's; many exports have none.
    ///
    /// # Errors
    /// Text that is no script, or a command that RouterOS would stop at; nothing is half read.
    ///
    /// # Example
    /// ```
    /// use multi_isp::routeros::{router::Router, version::Version};
    ///
    /// let export = b"# 2026-03-01 10:00:00 by RouterOS 7.22.1\n\
    ///     /interface ethernet\n\
    ///     set [ find default-name=ether1 ] comment=\"fiber\"\n\
    ///     /ip address\n\
    ///     add address=192.0.2.2/24 interface=ether1\n";
    /// let router = Router::from_export(export, None)?;
    /// assert_eq!(router.version(), Some(Version::new(7, 22, 1)));
    /// assert_eq!(router.table("/interface/ethernet").find_by("name", "ether1").unwrap().comment().unwrap(), "fiber");
    /// assert!(!router.ports_known(), "a compact export does not list a port that was left alone");
    /// # Ok::<(), multi_isp::routeros::read::ReadError>(())
    /// ```
    pub fn from_export(export: &[u8], version: Option<Version>) -> Result<Router, ReadError> {
        let script = Script::parse(export)
            .map_err(|errors| ReadError::new(errors.iter().cloned().collect(), hide::in_script(export)))?;
        let version = version.or_else(|| header_version(&script));
        let outcome = Router::of(version).load(&script);
        if let Some(error) = outcome.error {
            return Err(ReadError::new(
                alloc::vec![error.diagnostic()],
                hide::in_script(export),
            ));
        }
        let mut router = outcome.router;
        router.keep_remarks(&script);
        router.set_ports_known(is_verbose(router.table("/interface/ethernet")));
        Ok(router)
    }
}

/// The version that the comments above the first command name: `by RouterOS 7.16`, `RouterOS 7.15beta8`, or
/// `version: 7.10.1 (stable)` as oxidized writes.
fn header_version(script: &Script) -> Option<Version> {
    let comments = script.items().iter().map_while(|item| match item {
        Item::Comment(span) => Some(script.text(*span)),
        Item::Command(_) | Item::Error(_) => None,
    });
    comments
        .filter_map(|comment| core::str::from_utf8(comment).ok())
        .find_map(|comment| {
            let behind = ["RouterOS ", " version: "]
                .iter()
                .find_map(|word| comment.split_once(word));
            Version::parse(behind?.1)
        })
}

/// Whether every port says what is the default anyway: only a verbose export does, and it lists all ports.
fn is_verbose(ports: &Table) -> bool {
    const SAID: usize = 3;
    let defaults = |row: &Row| {
        row.iter()
            .filter(|(name, value)| row.default_is(name, value))
            .count()
    };
    let said: Vec<usize> = ports.iter().map(defaults).collect();
    !said.is_empty() && said.iter().all(|count| *count >= SAID)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_stands_in_the_comments_above_the_first_command() {
        let version = |text: &str| header_version(&Script::parse_lenient(text.as_bytes()));
        assert_eq!(
            version("# may/14/2018 15:04:15 by RouterOS 6.40.4\n#\n"),
            Some(Version::new(6, 40, 4))
        );
        assert_eq!(
            version("#      version: 7.10.1 (stable)\n/ip route\n"),
            Some(Version::new(7, 10, 1))
        );
        assert_eq!(version("/ip route\n# by RouterOS 7.16\n"), None);
        assert_eq!(version("# ____-__-__ REMOVED\n"), None);
    }

    #[test]
    fn only_a_verbose_export_lists_all_ports() {
        let known = |export: &str| {
            Router::from_export(export.as_bytes(), None)
                .unwrap()
                .ports_known()
        };
        assert!(!known(
            "/interface ethernet\nset [ find default-name=ether1 ] mac-address=02:00:00:00:00:01\n"
        ));
        assert!(known(
            "/interface ethernet\nset [ find default-name=ether1 ] arp=enabled disabled=no mtu=1500\n"
        ));
        assert!(!known("/ip route\n"));
    }
}

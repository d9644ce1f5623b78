//! What a portal has to read of a router for a status: the fewest rows and properties that tell.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::carriers::MANGLE;
use crate::document::written;
use crate::emit::{Request, Sentence};
use crate::routeros::value::Value;
use crate::routeros::version::Version;
use crate::site::{Access, Health, Line, Site};
use crate::survey::SITE_SCRIPT;

/// A menu to read: which rows of it, and which of their properties.
///
/// Put what the router answers to all of them into [`Router::from_rest`](crate::Router::from_rest) or
/// [`Router::from_api`](crate::Router::from_api).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusRead {
    /// The menu, as `/ip/route`.
    pub menu: &'static str,
    /// The properties, all of which the version has: RouterOS 6 leaves out what stands behind one that it does not know
    /// (`ROUTEROS` §3.4).
    pub properties: Vec<&'static str>,
    /// Which rows: those whose property has one of the values; all rows where it is `None`.
    pub rows: Option<(&'static str, Vec<Vec<u8>>)>,
}

impl StatusRead {
    /// The sentence of the API.
    ///
    /// # Example
    ///
    /// ```
    /// # use multi_isp::site::Site;
    /// # use multi_isp::routeros::version::Version;
    /// use multi_isp::status::status_reads;
    ///
    /// # let site = Site::from_json(br#"{"schema": "multi-isp/site/1", "mode": "failover", "lines": [
    /// #     {"id": "fiber", "interface": "ether1", "access": {"type": "dhcp"}, "mbps": 100},
    /// #     {"id": "lte", "interface": "lte1", "access": {"type": "lte"}, "mbps": 20}]}"#)?;
    /// let reads = status_reads(&site, Version::new(7, 22, 3));
    /// let interfaces = reads.iter().find(|read| read.menu == "/interface").unwrap();
    /// let sentence = interfaces.sentence();
    /// let words: Vec<&[u8]> = sentence.words().iter().map(Vec::as_slice).collect();
    /// assert_eq!(words, [
    ///     &b"/interface/print"[..], b"=.proplist=.id,name,type,running,disabled,slave",
    ///     b"?name=ether1", b"?name=lte1", b"?#|"]);
    /// # Ok::<(), multi_isp::document::DocumentErrors>(())
    /// ```
    pub fn sentence(&self) -> Sentence {
        Sentence::print(self.menu, &self.list(), &self.query())
    }

    /// The request of REST, which RouterOS 7 has. Names that are not UTF-8 cannot be asked for in JSON: all rows are read then.
    pub fn request(&self) -> Request {
        let query: Option<Vec<String>> = self
            .query()
            .into_iter()
            .map(|word| String::from_utf8(word).ok())
            .collect();
        Request::print(self.menu, &self.list(), &query.unwrap_or_default())
    }

    /// Name and version of the JSON document of what has to be read.
    pub const SCHEMA: &'static str = "multi-isp/status-reads/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("status-reads.schema.json");

    /// What has to be read as a JSON document, with the sentence and the request of each menu.
    pub fn all_to_json(reads: &[Self]) -> String {
        let reads = reads.iter().map(ReadDocument::of).collect();
        written::document(Self::SCHEMA, &ReadsDocument { reads })
    }

    fn list(&self) -> Vec<&'static str> {
        [".id"]
            .into_iter()
            .chain(self.properties.iter().copied())
            .collect()
    }

    /// `name=ether1`, `name=ether2`, `#|`: each value after the first is joined by "or" to those before.
    fn query(&self) -> Vec<Vec<u8>> {
        let Some((property, values)) = &self.rows else {
            return Vec::new();
        };
        let equal = |value: &Vec<u8>| [property.as_bytes(), b"=", value].concat();
        let joined = values.iter().skip(1).map(|_| b"#|".to_vec());
        values.iter().map(equal).chain(joined).collect()
    }
}

#[derive(Serialize)]
struct ReadsDocument<'a> {
    reads: Vec<ReadDocument<'a>>,
}

#[derive(Serialize)]
struct ReadDocument<'a> {
    menu: &'a str,
    properties: &'a [&'static str],
    sentence: Vec<Value>,
    request: RequestDocument,
}

/// A request with its body as the text that is sent.
#[derive(Serialize)]
struct RequestDocument {
    method: &'static str,
    path: String,
    body: Option<String>,
}

impl<'a> ReadDocument<'a> {
    fn of(read: &'a StatusRead) -> Self {
        let request = read.request();
        Self {
            menu: read.menu,
            properties: &read.properties,
            sentence: read
                .sentence()
                .words()
                .iter()
                .map(|word| word.as_slice().into())
                .collect(),
            request: RequestDocument {
                method: request.method(),
                path: request.path().into(),
                body: request.body(),
            },
        }
    }
}

/// What to read for [`status`](crate::status::status) of a site, on a router of that version.
///
/// It moves a few hundred bytes a line: the interfaces of the lines, the leases, the default routes (never the routing table
/// of a provider), the netwatch of metered lines, and whether the set-up is there. A portal that refreshes every 45 seconds
/// needs no more; what a row of the set-up says in full is for [`verify`](crate::verify), seldom.
pub fn status_reads(site: &Site, version: Version) -> Vec<StatusRead> {
    let is_v6 = version.major < 7;
    let wanted = READS.iter().filter_map(|read| {
        let rows = (read.rows)(site)?;
        let of_major = if is_v6 { read.six } else { read.seven };
        Some(StatusRead {
            menu: read.menu,
            properties: [read.properties, of_major].concat(),
            rows: read.by.map(|property| (property, rows)),
        })
    });
    wanted.collect()
}

struct Read {
    menu: &'static str,
    properties: &'static [&'static str],
    six: &'static [&'static str],
    seven: &'static [&'static str],
    /// By which property rows are asked for.
    by: Option<&'static str>,
    /// Its values; `None` where the site needs nothing of the menu.
    rows: fn(&Site) -> Option<Vec<Vec<u8>>>,
}

const READS: &[Read] = &[
    Read {
        menu: "/interface",
        properties: &["name", "type", "running", "disabled", "slave"],
        six: &[],
        seven: &[],
        by: Some("name"),
        rows: |site| Some(interfaces(site)),
    },
    Read {
        menu: "/ip/dhcp-client",
        properties: &["interface", "status", "disabled"],
        six: &[],
        // The default that a client of 7 keeps in a table names its next hop alone.
        seven: &["gateway"],
        by: Some("interface"),
        rows: |site| of_lines(site, |line| matches!(line.access(), Access::Dhcp)),
    },
    Read {
        menu: "/ip/address",
        properties: &["interface", "disabled"],
        six: &[],
        seven: &[],
        by: Some("interface"),
        rows: |site| of_lines(site, |line| matches!(line.access(), Access::Static { .. })),
    },
    Read {
        menu: "/ip/route",
        properties: &[
            "dst-address",
            "gateway",
            "check-gateway",
            "active",
            "disabled",
            "comment",
        ],
        six: &["routing-mark", "gateway-status"],
        seven: &["routing-table", "immediate-gw", "inactive"],
        by: Some("dst-address"),
        rows: |_| Some(alloc::vec![b"0.0.0.0/0".to_vec()]),
    },
    Read {
        menu: MANGLE,
        properties: &["disabled", "comment"],
        six: &[],
        seven: &[],
        by: Some("action"),
        rows: |site| site.mode().balances().then(|| alloc::vec![b"jump".to_vec()]),
    },
    Read {
        menu: "/tool/netwatch",
        properties: &["status", "comment"],
        six: &[],
        seven: &[],
        by: None,
        rows: |site| of_lines(site, |line| line.metered() && line.health() == Health::Internet),
    },
    Read {
        menu: "/system/script",
        properties: &["comment"],
        six: &[],
        seven: &[],
        by: Some("name"),
        rows: |_| Some(alloc::vec![SITE_SCRIPT.as_bytes().to_vec()]),
    },
];

/// The interfaces of some lines; `None` where there are no such lines.
fn of_lines(site: &Site, is_meant: fn(&Line) -> bool) -> Option<Vec<Vec<u8>>> {
    let lines = site.lines().iter().filter(|line| is_meant(line));
    let names: Vec<Vec<u8>> = lines.map(|line| line.interface().as_bytes().to_vec()).collect();
    (!names.is_empty()).then_some(names)
}

/// The interfaces of all lines, and the ports that sessions are dialled over.
fn interfaces(site: &Site) -> Vec<Vec<u8>> {
    let mut names: Vec<Vec<u8>> = Vec::new();
    let lines = site.lines().iter();
    for name in lines.flat_map(|line| [line.interface(), line.port()]) {
        if !names.iter().any(|known| known == name.as_bytes()) {
            names.push(name.as_bytes().to_vec());
        }
    }
    names
}

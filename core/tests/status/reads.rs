//! What a portal is told to read is enough for a status, and no property of it is read in vain: in every case of the line matrix
//! and for every failure of its lines, what the reads give is told as what the whole router gives.

use std::collections::BTreeSet;

use multi_isp::plan::{Options, plan_apply};
use multi_isp::routeros::router::{Router, Row, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::version::Version;
use multi_isp::simulate::{Condition, Scenario, observe};
use multi_isp::site::Site;
use multi_isp::status::{SiteStatus, StatusRead, Style, status, status_reads};
use serde_json::{Map, Value as Json};

use crate::examples::Case;
use crate::simulate::wanted::cases;

/// The menus of the twin that a router shows together as `/interface`, each with the type that it gives.
const TYPES: [(&str, &str); 8] = [
    ("/interface/ethernet", "ether"),
    ("/interface/bridge", "bridge"),
    ("/interface/vlan", "vlan"),
    ("/interface/lte", "lte"),
    ("/interface/pppoe-client", "pppoe-out"),
    ("/interface/ppp-client", "ppp-out"),
    ("/interface/wireguard", "wg"),
    ("/interface/wireless", "wlan"),
];

type Fields = Vec<(String, Vec<u8>)>;

/// What a router answers to a read: the rows that it asks for, of which each tells the properties that it asks for.
fn answer(router: &Router, read: &StatusRead) -> Vec<Fields> {
    let rows: Vec<(&Row, Option<&str>)> = if read.menu == "/interface" {
        let of_type = |(menu, kind): &(&'static str, &'static str)| {
            let kind = *kind;
            router.table(menu).iter().map(move |row| (row, Some(kind)))
        };
        TYPES.iter().flat_map(of_type).collect()
    } else {
        router.table(read.menu).iter().map(|row| (row, None)).collect()
    };
    let told = rows.into_iter().enumerate().map(|(number, (row, kind))| {
        let id = (".id".to_owned(), format!("*{:X}", number + 1).into_bytes());
        let kind = kind.map(|kind| ("type".to_owned(), kind.as_bytes().to_vec()));
        let configured = row.iter().chain(row.live_values());
        let configured = configured.map(|(name, value)| (name.to_owned(), spelt(value.as_bytes())));
        [id].into_iter().chain(kind).chain(configured).collect::<Fields>()
    });
    let is_asked = |fields: &Fields| {
        read.rows.as_ref().is_none_or(|(property, values)| {
            fields
                .iter()
                .any(|(name, value)| name == property && values.contains(value))
        })
    };
    let cut = |fields: Fields| -> Fields {
        let is_listed = |name: &str| name == ".id" || read.properties.contains(&name);
        fields.into_iter().filter(|(name, _)| is_listed(name)).collect()
    };
    told.filter(is_asked).map(cut).collect()
}

/// Routers say `true` where an export says `yes` (`ROUTEROS` §3.4).
fn spelt(value: &[u8]) -> Vec<u8> {
    match value {
        b"yes" => b"true".to_vec(),
        b"no" => b"false".to_vec(),
        other => other.to_vec(),
    }
}

/// The router that the answers give: over REST on 7, over the API on 6.
fn read(router: &Router, reads: &[StatusRead]) -> Router {
    let version = router.version();
    if version.is_some_and(|version| version.major < 7) {
        let sentence = |fields: Fields| -> Vec<Vec<u8>> {
            let words = fields
                .into_iter()
                .map(|(name, value)| [b"=", name.as_bytes(), b"=", &value].concat());
            [b"!re".to_vec()].into_iter().chain(words).collect()
        };
        let replies: Vec<(&str, Vec<Vec<Vec<u8>>>)> = reads
            .iter()
            .map(|read| {
                (
                    read.menu,
                    answer(router, read).into_iter().map(sentence).collect(),
                )
            })
            .collect();
        return Router::from_api(&replies, version).unwrap();
    }
    let object = |fields: Fields| -> Json {
        let text = |value: Vec<u8>| Json::from(String::from_utf8(value).unwrap());
        fields
            .into_iter()
            .map(|(name, value)| (name, text(value)))
            .collect::<Map<_, _>>()
            .into()
    };
    let answers: Map<String, Json> = reads
        .iter()
        .map(|read| {
            (
                read.menu.to_owned(),
                answer(router, read).into_iter().map(object).collect(),
            )
        })
        .collect();
    Router::from_rest(Json::from(answers).to_string().as_bytes(), version).unwrap()
}

/// What is told, the evidence left out: a short reading may call a row by another of its properties.
fn told(site: &Site, router: &Router) -> SiteStatus {
    let mut status = status(site, router);
    status.detail.clear();
    status.lines.iter_mut().for_each(|line| line.detail.clear());
    status
}

/// A case with its plan applied, and after each failure of one line or of all.
fn worlds(case: &Case) -> Vec<Router> {
    let plan = plan_apply(&case.site, &case.router, &Options::default()).unwrap();
    let outcome = case.router.run(&Script::parse(&plan.script()).unwrap(), &Unknown);
    let unmark = br#"/ip firewall mangle disable [find where comment="multi-isp:jump:site:1"]"#;
    let unmarked = outcome
        .router
        .run(&Script::parse(unmark).unwrap(), &Unknown)
        .router;
    let unmarked = observe(&unmarked, &Scenario::default());
    let lines: Vec<&[u8]> = case
        .site
        .lines()
        .iter()
        .map(|line| line.interface().as_bytes())
        .collect();
    let mut fails: Vec<Vec<&[u8]>> = lines.iter().map(|line| vec![*line]).collect();
    fails.push(lines);
    let world = |(lines, condition): (&Vec<&[u8]>, Condition)| {
        let scenario = lines.iter().fold(Scenario::default(), |scenario, line| {
            scenario.with_line(*line, condition)
        });
        observe(&outcome.router, &scenario)
    };
    let failed = fails
        .iter()
        .flat_map(|lines| Condition::ALL.map(|condition| (lines, condition)))
        .map(world);
    failed.chain([unmarked]).collect()
}

/// Which properties of which menu are missed when they are left out, in these worlds.
fn missed(site: &Site, version: &str, worlds: &[Router]) -> BTreeSet<(&'static str, &'static str)> {
    let reads = status_reads(site, Version::parse(version).unwrap());
    let mut missed = BTreeSet::new();
    for world in worlds {
        let whole = told(site, world);
        let sentence = whole.sentence(Style::Unicode);
        assert_eq!(told(site, &read(world, &reads)), whole, "{sentence}");
        for (place, short) in reads.iter().enumerate() {
            for left_out in &short.properties {
                let mut fewer = reads.clone();
                fewer[place].properties.retain(|property| property != left_out);
                if told(site, &read(world, &fewer)) != whole {
                    missed.insert((short.menu, *left_out));
                }
            }
        }
    }
    missed
}

/// What no failure of a line shows: somebody switched things off, a bridge took a port, netwatch has not looked yet, a default of
/// nobody leads, nothing is set up.
fn by_hand(version: &str) -> (Site, Vec<Router>) {
    let site = r#"{"schema": "multi-isp/site/1", "mode": "failover", "lines": [
        {"id": "a", "interface": "ether1", "access": {"type": "static", "address": "192.0.2.2/30", "gateway": "192.0.2.1"}, "mbps": 50},
        {"id": "b", "interface": "ether2", "access": {"type": "dhcp"}, "mbps": 20, "metered": true}]}"#;
    let (way, gone, table) = match version {
        "6.49.10" => ("gateway-status", "9.9.9.9 unreachable", "routing-mark"),
        _ => ("immediate-gw", "", "routing-table"),
    };
    let there = if version == "6.49.10" {
        "9.9.9.9 recursive via 192.0.2.1 ether1"
    } else {
        "192.0.2.1%ether1"
    };
    let whole = format!(
        r#"{{
        "/interface": [
            {{".id": "*1", "name": "ether1", "type": "ether", "running": "true", "disabled": "false"}},
            {{".id": "*2", "name": "ether2", "type": "ether", "running": "true", "disabled": "false"}}],
        "/ip/address": [{{".id": "*1", "address": "192.0.2.2/30", "interface": "ether1", "disabled": "false"}}],
        "/ip/dhcp-client": [{{".id": "*1", "interface": "ether2", "status": "bound", "gateway": "198.51.100.1", "disabled": "false"}}],
        "/ip/route": [
            {{".id": "*1", "dst-address": "0.0.0.0/0", "gateway": "9.9.9.9", "comment": "multi-isp:main:a:1", "{way}": "{there}", "active": "true"}},
            {{".id": "*2", "dst-address": "0.0.0.0/0", "gateway": "9.9.9.10", "comment": "multi-isp:main:b:1", "disabled": "true"}},
            {{".id": "*3", "dst-address": "0.0.0.0/0", "gateway": "203.0.113.1", "{table}": "voip", "active": "true"}}],
        "/tool/netwatch": [{{".id": "*1", "host": "9.9.9.10", "status": "down", "comment": "multi-isp:watch:b:1"}}],
        "/system/script": [{{".id": "*1", "name": "multi-isp-site", "comment": "multi-isp:site:site:1"}}]}}"#
    );
    let dead = format!(r#""{way}": "{gone}"}}"#);
    let off = format!(r#""{way}": "{there}", "disabled": "true"}}"#);
    let alive = format!(r#""{way}": "{there}", "active": "true"}}"#);
    let running = r#""ether1", "type": "ether", "running": "true", "disabled": "false"}"#;
    let changes: [&[(&str, &str)]; 10] = [
        &[],
        &[(
            running,
            r#""ether1", "type": "ether", "running": "false", "disabled": "true"}"#,
        )],
        &[(
            running,
            r#""ether1", "type": "ether", "running": "true", "slave": "true"}"#,
        )],
        &[
            (&alive, &dead),
            (
                r#""ether1", "disabled": "false"}],"#,
                r#""ether1", "disabled": "true"}],"#,
            ),
        ],
        &[(r#""status": "down""#, r#""status": "unknown""#)],
        &[(&alive, &dead)],
        &[(&alive, &off)],
        &[
            (
                r#""gateway": "198.51.100.1", "disabled": "false""#,
                r#""gateway": "198.51.100.1", "disabled": "true""#,
            ),
            (
                r#""comment": "multi-isp:main:b:1", "disabled": "true"}"#,
                &[r#""comment": "multi-isp:main:b:1", "#, &dead].concat(),
            ),
            ("multi-isp:watch:b:1", "ping"),
        ],
        // Only the link decides, and nothing but the script tells that it is so on purpose.
        &[
            ("multi-isp:main:a:1", "fiber"),
            ("multi-isp:main:b:1", "radio"),
            ("multi-isp:watch:b:1", "ping"),
        ],
        &[
            ("multi-isp:main:a:1", "fiber"),
            ("multi-isp:main:b:1", "radio"),
            ("multi-isp:watch:b:1", "ping"),
            ("multi-isp:site:site:1", "mine"),
        ],
    ];
    let world = |changes: &&[(&str, &str)]| {
        let json = changes.iter().fold(whole.clone(), |json, (from, to)| {
            assert!(json.contains(from), "{from}");
            json.replace(from, to)
        });
        Router::from_rest(json.as_bytes(), Version::parse(version)).unwrap()
    };
    (
        Site::from_json(site.as_bytes()).unwrap(),
        changes.iter().map(world).collect(),
    )
}

/// Properties that tell nothing more, and why they are read.
const READ_ALL_THE_SAME: [(&str, &str, &str); 2] = [
    (
        "/ip/route",
        "dst-address",
        "a row without it would be read as a default that it may not be",
    ),
    (
        "/ip/route",
        "inactive",
        "the twin tells it where `immediate-gw` is empty; `ROUTEROS` §3.5 asks for both",
    ),
];

fn check(version: &'static str) {
    let mut all = BTreeSet::new();
    let mut needed = BTreeSet::new();
    let of_cases = cases(version).map(|(_, case)| {
        let worlds = worlds(&case);
        (case.site, worlds)
    });
    for (site, worlds) in of_cases.chain([by_hand(version)]) {
        needed.extend(missed(&site, version, &worlds));
        let reads = status_reads(&site, Version::parse(version).unwrap());
        let properties = |read: &StatusRead| {
            read.properties
                .clone()
                .into_iter()
                .map(|name| (read.menu, name))
                .collect::<Vec<_>>()
        };
        all.extend(reads.iter().flat_map(properties));
    }
    let is_explained = |(menu, name): &(&str, &str)| {
        let mut explained = READ_ALL_THE_SAME.iter();
        explained.any(|(own, property, _)| own == menu && property == name)
    };
    let mut unexplained: Vec<_> = all.difference(&needed).collect();
    unexplained.retain(|property| !is_explained(property));
    assert!(unexplained.is_empty(), "read in vain: {unexplained:?}");
}

#[test]
fn they_are_enough_and_none_is_in_vain_on_6() {
    check("6.49.10");
}

#[test]
fn they_are_enough_and_none_is_in_vain_on_7() {
    check("7.22.3");
}

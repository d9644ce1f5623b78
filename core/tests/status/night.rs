//! What wakes somebody at night, or should have: pictures made by hand of routers that serve customers and look dead, and the other
//! way round. Two lines by DHCP, each with two probes, unless something else is said.

use multi_isp::Router;
use multi_isp::pcc::Ratio;
use multi_isp::routeros::version::Version;
use multi_isp::site::Site;
use multi_isp::status::{Reason, Setup, SiteStatus, State, Style, status};

const FAILOVER: &str = r#"{"schema": "multi-isp/site/1", "mode": "failover", "lines": [
    {"id": "a", "interface": "ether1", "access": {"type": "dhcp"}, "mbps": 100},
    {"id": "b", "interface": "ether2", "access": {"type": "dhcp"}, "mbps": 50}]}"#;

const ANSWERS: &str = r#"{
    "/interface": [
        {".id": "*1", "name": "ether1", "type": "ether", "running": "true", "disabled": "false"},
        {".id": "*2", "name": "ether2", "type": "ether", "running": "true", "disabled": "false"}],
    "/ip/dhcp-client": [
        {".id": "*1", "interface": "ether1", "status": "bound", "gateway": "192.0.2.1", "disabled": "false"},
        {".id": "*2", "interface": "ether2", "status": "bound", "gateway": "198.51.100.1", "disabled": "false"}],
    "/ip/route": [
        {".id": "*1", "dst-address": "0.0.0.0/0", "gateway": "9.9.9.10", "check-gateway": "ping", "comment": "multi-isp:main:a:1",
         "immediate-gw": "192.0.2.1%ether1", "active": "true"},
        {".id": "*2", "dst-address": "0.0.0.0/0", "gateway": "208.67.222.220", "check-gateway": "ping", "comment": "multi-isp:main:a:2",
         "immediate-gw": "192.0.2.1%ether1", "active": "true"},
        {".id": "*3", "dst-address": "0.0.0.0/0", "gateway": "149.112.112.10", "check-gateway": "ping", "comment": "multi-isp:main:b:1",
         "immediate-gw": "198.51.100.1%ether2"}],
    "/system/script": [{".id": "*1", "name": "multi-isp-site", "comment": "multi-isp:site:site:1"}]}"#;

/// The status after these replacements, each of which must replace something.
fn told(site: &str, version: &str, changes: &[(&str, &str)]) -> SiteStatus {
    let json = changes.iter().fold(ANSWERS.to_owned(), |json, (from, to)| {
        assert!(json.contains(from), "{from}");
        json.replace(from, to)
    });
    let router = Router::from_rest(json.as_bytes(), Version::parse(version))
        .unwrap_or_else(|error| panic!("{}", error.render()));
    status(&Site::from_json(site.as_bytes()).unwrap(), &router)
}

fn states(status: &SiteStatus) -> Vec<State> {
    status.lines.iter().map(|line| line.state).collect()
}

fn sentence(status: &SiteStatus) -> String {
    status.sentence(Style::Ascii)
}

const WELL: &str = "Primary active - ether1 (backup ether2 ready)";

/// What a default shows that is in use, no client overrules.
#[test]
fn clients_that_do_not_look_bound_serve_customers() {
    for (from, to) in [
        (r#""status": "bound""#, r#""status": "renewing...""#),
        (r#""status": "bound""#, r#""status": "rebinding...""#),
        (r#""status": "bound""#, r#""status": "searching...""#),
        (r#"1", "disabled": "false"}"#, r#"1", "disabled": "true"}"#),
        (r#"1", "disabled": "false"}"#, r#"1"}"#),
    ] {
        for version in ["6.49.10", "7.22.3"] {
            let told = told(FAILOVER, version, &[(from, to)]);
            assert_eq!(sentence(&told), WELL, "{to} on {version}");
        }
    }
}

#[test]
fn a_lease_that_is_renewed_is_none_that_is_missing() {
    let dead = [
        (
            r#""immediate-gw": "192.0.2.1%ether1", "active": "true""#,
            r#""immediate-gw": "", "inactive": "true""#,
        ),
        (
            r#"ether1", "status": "bound""#,
            r#"ether1", "status": "renewing...""#,
        ),
    ];
    let renewing = told(FAILOVER, "7.22.3", &dead);
    assert_eq!(renewing.lines[0].state, State::Offline(Reason::UpstreamDown));
    let searching = told(
        FAILOVER,
        "7.22.3",
        &[dead[0], (dead[1].0, r#"ether1", "status": "searching...""#)],
    );
    assert_eq!(searching.lines[0].state, State::Offline(Reason::NoAddress));
}

/// Probes that a provider filters: the last resort carries everybody, and that is said.
#[test]
fn the_last_resort_is_named() {
    let told = told(
        FAILOVER,
        "7.22.3",
        &[
            (
                r#""immediate-gw": "192.0.2.1%ether1", "active": "true""#,
                r#""immediate-gw": "", "inactive": "true""#,
            ),
            (
                r#""immediate-gw": "198.51.100.1%ether2"}"#,
                r#""immediate-gw": "", "inactive": "true"},
                {".id": "*80000001", "dst-address": "0.0.0.0/0", "gateway": "192.0.2.1", "distance": "201", "dynamic": "true",
                 "immediate-gw": "192.0.2.1%ether1", "active": "true"}"#,
            ),
        ],
    );
    assert_eq!(sentence(&told), "All lines down - ether1 in force, ether2");
    assert_eq!(told.lines[0].share, Ratio::ONE);
}

/// The routes were read, the set-up is there, and nothing leads over the line: it is down, and its alert is raised.
#[test]
fn a_line_without_a_default_is_down() {
    let gone = (
        r#""multi-isp:main:b:1""#,
        r#""somebody's", "routing-table": "voip""#,
    );
    let told_gone = told(FAILOVER, "7.22.3", &[gone]);
    assert_eq!(
        states(&told_gone),
        [State::Active, State::Offline(Reason::NoRoute)]
    );
    let not_applied = [
        gone,
        ("multi-isp:main:a:1", "x"),
        ("multi-isp:main:a:2", "y"),
        ("multi-isp:site:site:1", "z"),
    ];
    let told = told(FAILOVER, "7.22.3", &not_applied);
    assert_eq!(
        (told.setup, told.lines[1].state),
        (Setup::NotApplied, State::Unknown)
    );
}

#[test]
fn what_was_not_read_is_not_missing() {
    let site = Site::from_json(FAILOVER.as_bytes()).unwrap();
    for (answers, setup) in [
        ("{}", Setup::Unknown),
        (
            r#"{"/interface": [{".id": "*1", "name": "ether1", "type": "ether", "running": "true"}]}"#,
            Setup::Unknown,
        ),
        (
            r#"{"/system/script": [{".id": "*1", "comment": "multi-isp:site:site:1"}]}"#,
            Setup::Applied,
        ),
    ] {
        let told = status(
            &site,
            &Router::from_rest(answers.as_bytes(), Some(Version::new(7, 22, 3))).unwrap(),
        );
        assert_eq!(
            (told.setup, states(&told)),
            (setup, vec![State::Unknown; 2]),
            "{answers}"
        );
    }
    let none = br#"{"/ip/route": [], "/system/script": [{".id": "*1", "comment": "multi-isp:site:site:1"}]}"#;
    let told = status(
        &site,
        &Router::from_rest(none, Some(Version::new(7, 22, 3))).unwrap(),
    );
    assert_eq!(states(&told), [State::Offline(Reason::NoRoute); 2]);
}

/// A metered line is told by netwatch, also where its scripts could not switch the routes.
#[test]
fn netwatch_is_believed() {
    let site = FAILOVER.replace(r#""mbps": 50"#, r#""mbps": 50, "metered": true"#);
    let watch = |status: &str| {
        format!(
            r#""/tool/netwatch": [{{".id": "*1", "host": "149.112.112.10", "status": "{status}", "comment": "multi-isp:watch:b:1"}}],
            "/system/script""#
        )
    };
    let of = |status: &str, route: &str| {
        let watch = watch(status);
        let route = format!(r#""immediate-gw": "198.51.100.1%ether2"{route}"#);
        let changes = [
            (r#""/system/script""#, &*watch),
            (r#""immediate-gw": "198.51.100.1%ether2""#, &*route),
        ];
        told(&site, "7.22.3", &changes).lines[1].state
    };
    let off = r#", "disabled": "true""#;
    assert_eq!(of("up", ""), State::Standby);
    assert_eq!(of("down", ""), State::Offline(Reason::UpstreamDown));
    assert_eq!(of("down", off), State::Offline(Reason::UpstreamDown));
    assert_eq!(of("unknown", off), State::Unknown);
    assert_eq!(of("up", off), State::Offline(Reason::Disabled));
}

/// Where nothing leads to the marks, nothing is shared.
#[test]
fn shares_need_marks() {
    let site = FAILOVER.replace("failover", "load_balance_failover");
    let balanced = [(
        r#""immediate-gw": "198.51.100.1%ether2"}"#,
        r#""immediate-gw": "198.51.100.1%ether2"},
        {".id": "*4", "gateway": "9.9.9.10", "routing-table": "multi-isp-a", "comment": "multi-isp:own:a:1", "immediate-gw": "192.0.2.1%ether1", "active": "true"},
        {".id": "*5", "gateway": "149.112.112.10", "routing-table": "multi-isp-b", "comment": "multi-isp:own:b:1", "immediate-gw": "198.51.100.1%ether2", "active": "true"}"#,
    )];
    let with = |mangle: &str| {
        let mangle = format!(r#""/ip/firewall/mangle": [{mangle}], "/system/script""#);
        let told = told(&site, "7.22.3", &[balanced[0], (r#""/system/script""#, &mangle)]);
        (told.setup, sentence(&told))
    };
    let jump = r#"{".id": "*1", "action": "jump", "comment": "multi-isp:jump:site:1", "disabled": "false"}"#;
    let shared = "Load balance active - 2:1 over ether1 and ether2";
    assert_eq!(with(jump), (Setup::Applied, shared.into()));
    let alone = "Load balance active - ether1 carries all; not as planned";
    assert_eq!(
        with(&jump.replace("false", "true")),
        (Setup::Drifted, alone.into())
    );
    assert_eq!(with(""), (Setup::Drifted, alone.into()));
    assert_eq!(
        sentence(&told(&site, "7.22.3", &balanced)),
        shared,
        "mangle was not read"
    );
}

/// A default of somebody's over two gateways shares as it says.
#[test]
fn a_default_over_two_gateways_is_of_both() {
    let site = FAILOVER.replace(r#""lines""#, r#""health": "link", "lines""#);
    for (version, way) in [
        (
            "7.22.3",
            r#""immediate-gw": "192.0.2.1%ether1,198.51.100.1%ether2""#,
        ),
        (
            "6.49.10",
            r#""gateway-status": "192.0.2.1 reachable via  ether1,198.51.100.1 reachable via  ether2""#,
        ),
    ] {
        let told = told(
            &site,
            version,
            &[
                (r#""multi-isp:main:a:1""#, r#""both""#),
                (
                    r#""gateway": "9.9.9.10""#,
                    r#""gateway": "192.0.2.1,198.51.100.1""#,
                ),
                (
                    r#""immediate-gw": "192.0.2.1%ether1", "active": "true"},
        {".id": "*2""#,
                    &format!(r#"{way}, "active": "true"}}, {{".id": "*2", "routing-table": "voip""#),
                ),
                (r#""multi-isp:main:a:2""#, r#""other""#),
                (r#""comment": "multi-isp:main:b:1""#, r#""routing-table": "voip""#),
            ],
        );
        let half = Ratio::new(1, 2);
        let shares: Vec<Ratio> = told.lines.iter().map(|line| line.share).collect();
        assert_eq!(
            (shares, states(&told)),
            (vec![half, half], vec![State::Active; 2]),
            "{version}"
        );
    }
}

/// What is gone or was switched off by hand is told as that.
#[test]
fn reasons_that_send_nobody_to_the_cable() {
    let dead = (
        r#""immediate-gw": "198.51.100.1%ether2""#,
        r#""immediate-gw": "", "inactive": "true""#,
    );
    let lte = FAILOVER.replace(
        r#""ether2", "access": {"type": "dhcp"}"#,
        r#""lte1", "access": {"type": "lte"}"#,
    );
    let told_of = |site: &str, changes: &[(&str, &str)]| told(site, "7.22.3", changes).lines[1].state;
    assert_eq!(
        told_of(&lte, &[dead]),
        State::Offline(Reason::NoLink),
        "the modem is gone"
    );
    let fixed = FAILOVER.replace(
        r#""ether2", "access": {"type": "dhcp"}"#,
        r#""ether2", "access": {"type": "static", "address": "198.51.100.2/30", "gateway": "198.51.100.1"}"#,
    );
    let address = |row: &str| format!(r#""/ip/address": [{row}], "/system/script""#);
    let there = r#"{".id": "*1", "address": "198.51.100.2/30", "interface": "ether2", "disabled": "false"}"#;
    for (row, reason) in [
        (String::new(), Reason::NoAddress),
        (there.replace("false", "true"), Reason::Disabled),
        (there.to_owned(), Reason::UpstreamDown),
        (there.replace("/30", "/29"), Reason::UpstreamDown),
    ] {
        let changes = [dead, (r#""/system/script""#, &*address(&row))];
        assert_eq!(told_of(&fixed, &changes), State::Offline(reason), "{row}");
    }
}

/// One of two probes is silent: the line works, and the silent one is named first.
#[test]
fn a_silent_probe_is_named() {
    let first = r#""multi-isp:main:a:1",
         "immediate-gw": "192.0.2.1%ether1", "active": "true""#;
    let silent = r#""multi-isp:main:a:1", "immediate-gw": "", "inactive": "true""#;
    let told = told(FAILOVER, "7.22.3", &[(first, silent)]);
    let line = &told.lines[0];
    assert_eq!((line.state, line.share), (State::Degraded, Ratio::ONE));
    let rows: Vec<&str> = line.detail.iter().map(|evidence| &*evidence.row).collect();
    assert_eq!(rows, ["multi-isp:main:a:1", "multi-isp:main:a:2"]);
    assert_eq!(
        sentence(&told),
        "Primary active - ether1, degraded (backup ether2 ready)"
    );
}

/// What stands on the router is not what was asked for.
#[test]
fn drift_that_shows_without_a_plan() {
    let other = FAILOVER
        .replace("100", "90")
        .replace('"', "\\\"")
        .replace('\n', "");
    for change in [
        // A default that neither netwatch nor a lease script switches.
        (
            r#"9.9.9.10", "check-gateway": "ping""#,
            r#"9.9.9.10", "check-gateway": "ping", "disabled": "true""#,
        ),
        // A line that the site has no more.
        ("multi-isp:main:b:1", "multi-isp:main:old:1"),
        // Another site was applied.
        (
            r#""name": "multi-isp-site""#,
            &format!(r##""name": "multi-isp-site", "source": "# {other}\n""##),
        ),
        // What customers send is not translated.
        (
            r#""/system/script""#,
            r#""/ip/firewall/nat": [{".id": "*1", "chain": "srcnat", "action": "masquerade", "comment": "multi-isp:nat:b:1", "disabled": "true"}],
            "/system/script""#,
        ),
    ] {
        let told = told(FAILOVER, "7.22.3", &[change]);
        assert_eq!(told.setup, Setup::Drifted, "{}", change.1);
        assert_eq!(told.detail.len(), 1, "{:?}", told.detail);
    }
    // What comes and goes with a plan is no set-up.
    let guard = [
        ("multi-isp:main:a:1", "x"),
        ("multi-isp:main:a:2", "y"),
        ("multi-isp:main:b:1", "z"),
        ("multi-isp:site:site:1", "multi-isp:undo:site:1"),
    ];
    assert_eq!(told(FAILOVER, "7.22.3", &guard).setup, Setup::NotApplied);
}

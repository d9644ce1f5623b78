//! Routers that other people set up by hand: the folder of real configurations beside the repository.
//!
//! Some files are exports; others are scripts that set a router up, and those are run on one that is fresh from the factory.
//! What is expected was worked out by hand from the rows whose text lines the comments name.

use multi_isp::Router;
use multi_isp::routeros::router::Unknown;
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::version::Version;
use multi_isp::simulate::{Cause, Protocol, Scenario, Source, Traffic, settle};

use super::hand::{examine, expect, lost, open};
use crate::shared::shared;

const LAN: &str = "bridge-lan";

/// The file whose name begins so.
fn file(start: &str) -> Option<Vec<u8>> {
    let folder = std::fs::read_dir(shared("corpus")?).unwrap();
    let mut paths = folder.map(|entry| entry.unwrap().path());
    let name = |path: &std::path::PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with(start);
    let path = paths
        .find(name)
        .unwrap_or_else(|| panic!("{start} is not in the corpus"));
    Some(std::fs::read(path).unwrap())
}

fn text(start: &str) -> Option<String> {
    file(start).map(|bytes| String::from_utf8(bytes).unwrap())
}

fn exported(text: &str) -> Router {
    Router::from_export(text.as_bytes(), None).unwrap_or_else(|error| panic!("{error}"))
}

/// Five ports, and the services that every router has.
fn fresh() -> Router {
    let mut router = Router::new(Version::new(7, 20, 0));
    let names = [
        (
            "/interface/ethernet",
            &["ether1", "ether2", "ether3", "ether4", "ether5"][..],
        ),
        (
            "/ip/service",
            &[
                "telnet", "ftp", "www", "www-ssl", "ssh", "api", "api-ssl", "winbox",
            ],
        ),
    ];
    for (menu, names) in names {
        for name in names {
            let mut row = router.new_row(menu);
            row.set("name", *name);
            router.push(menu, row);
        }
    }
    router
}

/// The router after a script, which may stop at that message.
fn run(router: &Router, script: &[u8], stops: Option<&str>) -> Router {
    let outcome = router.run(&Script::parse_lenient(script), &Unknown);
    assert_eq!(outcome.error.as_ref().map(|error| error.message()), stops);
    outcome.router
}

/// The dual-WAN script by ECMP, in one of its three versions. Its last lines lost a quote when a password was taken out of
/// them: there it stops, with nothing left to do but a `:put`.
fn ecmp(start: &str) -> Option<Router> {
    Some(run(&fresh(), &file(start)?, Some("syntax error")))
}

/// The same after the provider's modem was replaced by a PPPoE session, by a script that the corpus does not have.
fn with_pppoe() -> Option<Router> {
    let script = b"/ip dhcp-client remove [find interface=ether1]\n\
        /interface vlan add name=vlan600-vivo interface=ether1 vlan-id=600\n\
        /interface pppoe-client add name=pppoe-vivo interface=vlan600-vivo disabled=no add-default-route=yes\n\
        /interface list member add list=WAN interface=pppoe-vivo comment=\"WAN1 PPPoE\"\n";
    let router = run(&ecmp("53a6")?, script, None);
    Some(settle(&router, &Scenario::default()))
}

/// Its Pi-hole's names go by that session, and all names of the LAN to the Pi-hole.
fn with_pihole() -> Option<Router> {
    Some(run(&with_pppoe()?, &file("42e3")?, None))
}

/// Every router of the folder: the exports, and what the scripts make of one that is fresh from the factory.
pub fn routers() -> Option<Vec<(String, Router)>> {
    let mut routers = Vec::new();
    for entry in std::fs::read_dir(shared("corpus")?).unwrap() {
        let path = entry.unwrap().path();
        let start: String = path
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .chars()
            .take(4)
            .collect();
        if path.extension().is_some_and(|extension| extension == "tsv") || SCRIPTS.contains(&start.as_str()) {
            continue;
        }
        // The header of one asks for secrets in globals, which it has as comments.
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).replace("# :global ", ":global ");
        if let Ok(router) = Router::from_export(text.as_bytes(), None) {
            // Where the export does not say it, its owner does: all of those have menus of RouterOS 7.
            let known = router.version().or(Some(Version::new(7, 20, 0)));
            let router = Router::from_export(text.as_bytes(), known).unwrap();
            routers.push((start, router));
        }
    }
    let rolled_back = |start: &str| Some(run(&with_pppoe()?, &file(start)?, None));
    let made = [
        ("1118", file("1118").map(|script| run(&fresh(), &script, None))),
        ("50e4", ecmp("50e4")),
        ("c430", ecmp("c430")),
        ("53a6", ecmp("53a6")),
        ("42e3", with_pihole()),
        ("10ee", rolled_back("10ee")),
        ("3370", rolled_back("3370")),
    ];
    routers.extend(
        made.into_iter()
            .filter_map(|(start, router)| Some((start.to_owned(), router?))),
    );
    routers.sort_by(|left, right| left.0.cmp(&right.0));
    Some(routers)
}

/// Scripts that set a router up, or change one.
const SCRIPTS: [&str; 8] = ["1118", "50e4", "c430", "53a6", "42e3", "10ee", "3370", "a56c"];

/// PLDT and Starlink, two DHCP lines, 3:1 by PCC, for a hotspot, PPPoE customers and a management network.
#[test]
fn sujirou_balances_its_hotspot_alone_and_leaves_its_first_line_unchecked() {
    for start in ["1b9c", "2161"] {
        let Some(text) = text(start) else { return };
        let router = exported(&text);
        let matrix = examine(start, &router);
        assert_eq!(matrix.lines, ["ether1-pldt", "ether2-starlink"]);
        let (hotspot, pppoe, management) = (
            "customer on vlan201-hotspot",
            "customer on <pppoe-customer>",
            "customer on bridge-trunk",
        );
        // Lines 122 to 128: three of four buckets to PLDT.
        expect(
            &matrix,
            "all up",
            hotspot,
            "ether1-pldt 75.0 %, ether2-starlink 25.0 %",
        );
        // Lines 90 and 91 list the hotspot and the VLAN of the PPPoE server, but neither the sessions upon it nor the bridge:
        // those are never marked, and take main's first default, line 100.
        expect(&matrix, "all up", pppoe, "ether1-pldt");
        expect(&matrix, "all up", management, "ether1-pldt");
        // Line 149 goes with the link, `to_WAN1` has no other default, and main has line 148 once the lease is gone.
        expect(&matrix, "link down: ether1-pldt", hotspot, "ether2-starlink");
        // Line 149 is checked and gives way, to main: there the client's default of line 100, which has no check, is as dead.
        expect(
            &matrix,
            "gateway dead: ether1-pldt",
            hotspot,
            "ether2-starlink 25.0 %, LOST 75.0 %: the line is dead",
        );
        expect(
            &matrix,
            "gateway dead: ether1-pldt",
            pppoe,
            "LOST: the line is dead",
        );
        expect(
            &matrix,
            "gateway dead: ether1-pldt",
            "router",
            "LOST: the line is dead",
        );
        // The other way round the fall to main helps: line 150 gives way, and main's default is PLDT's.
        expect(
            &matrix,
            "gateway dead: ether2-starlink",
            hotspot,
            "ether1-pldt, out for up to 30 s",
        );
        // Neither sees what is behind its gateway: lines 144, 145 and 151, 152 route hosts, and nobody resolves by them.
        expect(
            &matrix,
            "upstream dead: ether2-starlink",
            hotspot,
            "ether1-pldt 75.0 %, LOST 25.0 %: the line is dead",
        );
        // The rows that the scripts of lines 100 and 103 maintain say what the leases were.
        assert!(
            matrix
                .assumed
                .iter()
                .all(|told| told.ends_with("which its lease script maintains")),
            "{matrix}"
        );
    }
}

/// A house on RouterOS 6: two DHCP lines by distance, servers behind port forwards, `rp-filter=strict`.
#[test]
fn maxslug_6_forwards_ports_over_the_line_in_use_alone() {
    let Some(text) = text("e844") else { return };
    let matrix = examine("e844", &exported(&text));
    assert_eq!(matrix.lines, ["ether1", "ether2"]);
    // Lines 146 and 152: distances 1 and 2, and the leases vanish with the link.
    expect(&matrix, "all up", "customer", "ether1");
    expect(&matrix, "link down: ether1", "customer", "ether2");
    // Line 287 forwards to whatever address a lease script put into WAN_IPS.
    expect(&matrix, "all up", "tcp 80 by ether1", "ether1");
    // Line 246: the way back to a client that comes in by ether2 is over ether1.
    let dropped = "LOST: `rp-filter=strict`, and the way back is over another interface";
    expect(&matrix, "all up", "tcp 80 by ether2", dropped);
    expect(&matrix, "link down: ether1", "tcp 80 by ether2", "ether2");
    // Line 295 would check the defaults of the clients: that is said, not followed.
    expect(
        &matrix,
        "gateway dead: ether1",
        "customer",
        "LOST: the line is dead",
    );
    assert!(
        matrix
            .unmodelled
            .iter()
            .any(|told| told.contains("`/routing filter`")),
        "{matrix}"
    );
}

/// The same house on RouterOS 7, with one line and its secrets in globals that are commented out.
#[test]
fn maxslug_7_has_one_line() {
    let Some(text) = text("5276") else { return };
    let globals = ":global SERVERIP \"192.168.120.2/32\"\n:global PRINTERIP \"192.168.120.3/32\"\n";
    let matrix = examine("5276", &exported(&[globals, &text].concat()));
    assert_eq!(matrix.lines, ["BR_ATT"]);
    expect(&matrix, "all up", "tcp 443 by BR_ATT", "BR_ATT");
    expect(
        &matrix,
        "link down: BR_ATT",
        "customer",
        "LOST: no table has a route",
    );
}

/// Two static lines by PCC, no route checked: a script that the scheduler runs every ten seconds disables rows.
#[test]
fn sugiruu_pcc_depends_on_its_schedule() {
    let Some(script) = file("1118") else { return };
    let matrix = examine("1118", &run(&fresh(), &script, None));
    assert_eq!(matrix.lines, ["ether1", "ether2"]);
    // Lines 224 to 242.
    expect(&matrix, "all up", "customer", "ether1 50.0 %, ether2 50.0 %");
    // Line 402: the table of ISP 1 has ISP 2 as its backup.
    expect(&matrix, "link down: ether1", "customer", "ether2");
    // Lines 401 and 397 have no `check-gateway`.
    let half = "ether2 50.0 %, LOST 50.0 %: the line is dead";
    expect(&matrix, "gateway dead: ether1", "customer", half);
    expect(&matrix, "upstream dead: ether1", "customer", half);
    // Lines 285 and 301: the router's own pages go by ISP 1's table.
    expect(
        &matrix,
        "gateway dead: ether1",
        "router",
        "LOST: the line is dead",
    );
    expect(&matrix, "gateway dead: ether2", "router", "ether1");
    // Line 658.
    let told = "the scheduler `dual-ip-failover` decides by `ping`, and is not followed";
    assert_eq!(matrix.unmodelled, [told]);
}

/// Two DHCP lines whose clients add checked defaults of one distance, and fasttrack.
#[test]
fn sugiruu_ecmp_sees_gateways_and_no_further() {
    for start in ["50e4", "c430", "53a6"] {
        let Some(router) = ecmp(start) else { return };
        let matrix = examine(start, &router);
        assert_eq!(matrix.lines, ["ether1", "ether2"]);
        // Lines 173 and 180: `default-route-distance=1 check-gateway=ping` on both.
        expect(&matrix, "all up", "customer", "ether1 50.0 %, ether2 50.0 %");
        expect(
            &matrix,
            "gateway dead: ether1",
            "customer",
            "ether2, out for up to 30 s",
        );
        expect(
            &matrix,
            "upstream dead: ether1",
            "customer",
            "ether2 50.0 %, LOST 50.0 %: the line is dead",
        );
        // The link stays up, so masquerade (line 261) keeps what it translated to the dead line's address.
        let told = open(&matrix, "gateway dead: ether1", "customer");
        assert_eq!(
            told,
            "ether2 50.0 %, LOST 50.0 %: it leaves with the address of another line"
        );
        // The schedule of line 362 reads routes, and changes none.
        assert_eq!(matrix.unmodelled, [""; 0]);
        // Lines 173 and 180 ask for `lease-gateway`, which no client has (its name is `gateway-address`): the table that line
        // 249 sends 192.168.100.20 to stays empty, and `lookup-only-in-table` is the end of it.
        assert_eq!(
            lost(&router, LAN, "192.168.100.20", Traffic::default()),
            [Some(Cause::NoRoute)]
        );
    }
}

#[test]
fn sugiruu_pihole_loses_its_names_on_the_fast_path() {
    let Some(router) = with_pihole() else { return };
    let matrix = examine("42e3", &router);
    assert_eq!(matrix.lines, ["ether2", "pppoe-vivo"]);
    let names = |to: [u8; 4]| Traffic::new(Source::Lan, to.into(), Protocol::Udp, Some(53));
    // Line 25 marks the first packet for ForceVivo. Line 281 of the other script fasttracks its answer; from then on main
    // decides, which has two defaults (line 180 and the session's): half leave by Claro with Vivo's address.
    let outside = lost(&router, LAN, "192.168.100.2", names([203, 0, 113, 80]));
    assert_eq!(outside, [None, Some(Cause::WrongSource)]);
    // Line 25 does not leave out the router's own addresses: RouterOS 7 sends them out.
    assert_eq!(
        lost(&router, LAN, "192.168.100.2", names([192, 168, 100, 1])),
        [Some(Cause::NotReceived)]
    );
    // Lines 37 and 41: everybody else's names come to the Pi-hole, and back by the router.
    assert_eq!(lost(&router, LAN, "192.168.100.50", names([8, 8, 8, 8])), [None]);
}

/// Scripts that bring a line back to another kind of access.
#[test]
fn sugiruu_rollbacks_leave_two_lines() {
    for start in ["10ee", "3370"] {
        let (Some(router), Some(script)) = (with_pppoe(), file(start)) else {
            return;
        };
        let matrix = examine(start, &run(&router, &script, None));
        assert_eq!(matrix.lines, ["ether1", "ether2"]);
        expect(&matrix, "all up", "customer", "ether1 50.0 %, ether2 50.0 %");
    }
    // Its address and gateway are placeholders.
    let (Some(router), Some(text)) = (ecmp("53a6"), text("a56c")) else {
        return;
    };
    let script = text
        .replace("YOUR.CLARO.IP/MASK", "192.0.2.2/24")
        .replace("YOUR.CLARO.GATEWAY", "192.0.2.1");
    let router = run(&router, script.as_bytes(), None);
    let matrix = examine("a56c", &router);
    assert_eq!(matrix.lines, ["ether1", "ether2"]);
    // Line 22 stands beside the default of the other client, at its distance, and both are checked.
    expect(&matrix, "all up", "customer", "ether1 50.0 %, ether2 50.0 %");
    expect(
        &matrix,
        "gateway dead: ether2",
        "customer",
        "ether1, out for up to 30 s",
    );
}

/// Every file that is a router, or part of one, is looked at to the end.
#[test]
fn every_file_comes_to_an_end() {
    let Some(folder) = shared("corpus") else { return };
    let mut refused = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "tsv") {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        match Router::from_export(&std::fs::read(&path).unwrap(), None) {
            Ok(router) => drop(examine(&name, &router)),
            Err(_) => refused.push(name.get(..4).unwrap().to_owned()),
        }
    }
    // Notes that hold pieces of scripts; and, run above, changes to a router that is there already, and three that lost a quote.
    refused.sort();
    assert_eq!(refused, ["3f19", "42e3", "50e4", "53a6", "c430"]);
}

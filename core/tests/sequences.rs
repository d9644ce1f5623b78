//! Whatever sites follow each other on a router that somebody set up by hand, of whatever version: each plan proves itself, and
//! the last disable gives the router back.

use std::format as f;

use multi_isp::plan::{Options, Plan, PlanError, plan_apply, plan_disable};
use multi_isp::routeros::router::{Router, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::version::Version;
use multi_isp::site::Site;
use proptest::prelude::*;

use crate::office::{MASQUERADE, OFFICE};

/// The line that works today: its rows, its interface, its access.
type First = (&'static str, &'static str, &'static str);

const FIRST: [First; 4] = [
    (
        "/ip dhcp-client add disabled=no interface=ether1\n/interface list member add interface=ether1 list=WAN\n",
        "ether1",
        r#"{"type":"dhcp"}"#,
    ),
    (
        "/ip address add address=198.51.100.2/30 interface=ether1\n/ip route add dst-address=0.0.0.0/0 gateway=198.51.100.1\n\
         /interface list member add interface=ether1 list=WAN\n",
        "ether1",
        r#"{"type":"static","address":"198.51.100.2/30","gateway":"198.51.100.1"}"#,
    ),
    (
        "/interface pppoe-client add add-default-route=yes disabled=no interface=ether1 name=pppoe-out1 user=jo password=x\n\
         /interface list member add interface=pppoe-out1 list=WAN\n",
        "pppoe-out1",
        r#"{"type":"pppoe"}"#,
    ),
    (
        "/interface lte set [ find ] name=lte1\n/interface lte apn set [ find default=yes ] apn=internet name=default\n\
         /interface list member add interface=lte1 list=WAN\n",
        "lte1",
        r#"{"type":"lte"}"#,
    ),
];

/// Another line: its interface and its access.
const OTHERS: [(&str, &str); 12] = [
    ("ether2", r#"{"type":"dhcp"}"#),
    ("ether5", r#"{"type":"dhcp"}"#),
    (
        "ether2",
        r#"{"type":"static","address":"203.0.113.6/29","gateway":"203.0.113.1"}"#,
    ),
    (
        "ether5",
        r#"{"type":"static","address":"203.0.113.134/32","gateway":"203.0.113.129"}"#,
    ),
    (
        "pppoe-new",
        r#"{"type":"pppoe","port":"ether2","user":"jo","password":"x"}"#,
    ),
    ("pppoe-new", r#"{"type":"pppoe","port":"ether5","user":"ann"}"#),
    ("pppoe-old", r#"{"type":"pppoe"}"#),
    ("lte1", r#"{"type":"lte"}"#),
    (
        "lte1",
        r#"{"type":"lte","apn":"fleet","user":"jo","password":"x"}"#,
    ),
    ("ppp-new", r#"{"type":"ppp","port":"usb1","apn":"internet"}"#),
    ("ppp-old", r#"{"type":"ppp"}"#),
    ("l2tp-out1", r#"{"type":"tunnel"}"#),
];

/// What somebody may have set up besides.
const EXTRAS: [&str; 12] = [
    "/ip firewall nat add action=dst-nat chain=dstnat in-interface-list=WAN protocol=tcp dst-port=8443 to-addresses=192.168.88.10\n",
    "/ip firewall nat add action=redirect chain=dstnat in-interface=bridge protocol=udp dst-port=53\n",
    "/ip hotspot add interface=bridge name=hs1 disabled=no\n",
    "/ip firewall mangle add chain=prerouting action=mark-packet new-packet-mark=q passthrough=no\n",
    "/ip firewall mangle add chain=output action=accept\n",
    "/interface bridge port add bridge=bridge interface=ether2 pvid=5\n",
    "/ip dhcp-client add interface=ether2 disabled=yes script=\":log info two\"\n",
    "/ip pool add name=pub ranges=203.0.113.10-203.0.113.200\n",
    "/ip dns set servers=9.9.9.10\n",
    "/interface pppoe-server server add disabled=no interface=ether4\n/interface wireguard add name=wg1\n",
    "/interface list add name=GUESTS\n/interface list set [find where name=LAN] include=GUESTS\n\
     /interface list member add interface=ether4 list=GUESTS\n",
    "/tool netwatch add host=64.6.64.6 interval=10s\n",
];

/// What lines of `OTHERS` use, by their interface: with a default of its own, and without.
const USED: [(&str, [&str; 2]); 4] = [
    (
        "pppoe-old",
        [
            "/interface pppoe-client add add-default-route=yes default-route-distance=200 disabled=no interface=ether6 name=pppoe-old user=jo\n",
            "/interface pppoe-client add disabled=no interface=ether6 name=pppoe-old user=jo\n",
        ],
    ),
    (
        "ppp-old",
        [
            "/interface ppp-client add add-default-route=yes apn=internet default-route-distance=200 name=ppp-old port=usb1\n",
            "/interface ppp-client add add-default-route=no apn=internet name=ppp-old port=usb1\n",
        ],
    ),
    (
        "lte1",
        [
            "/interface lte set [ find ] name=lte1\n/interface lte apn set [ find default=yes ] default-route-distance=200 name=default\n",
            "/interface lte set [ find ] name=lte1\n/interface lte apn set [ find default=yes ] add-default-route=no name=default\n",
        ],
    ),
    (
        "l2tp-out1",
        [
            "/interface l2tp-client add add-default-route=yes connect-to=192.0.2.99 default-route-distance=200 disabled=no name=l2tp-out1 user=jo\n",
            "/interface l2tp-client add connect-to=192.0.2.99 disabled=no name=l2tp-out1 user=jo\n",
        ],
    ),
];

/// Source NAT for everybody, for all but some, and for some.
const NAT: [&str; 3] = [
    MASQUERADE,
    "/ip firewall nat add action=accept chain=srcnat src-address=192.0.2.64/28\n\
     /ip firewall nat add action=masquerade chain=srcnat out-interface-list=WAN\n",
    "/ip firewall nat add action=masquerade chain=srcnat src-address-list=!public out-interface=ether1\n",
];

prop_compose! {
    /// What a line has beside its id, its interface and its access.
    fn any_traits()(
        speed in 1_u32..300,
        metered in prop::bool::weighted(0.3),
        health in prop::option::weighted(0.3, prop::sample::select(vec!["manual", "link", "gateway", "internet"])),
    ) -> String {
        let health = health.map_or_else(String::new, |health| f!(r#","health":"{health}""#));
        f!(r#""mbps":{speed},"metered":{metered}{health}"#)
    }
}

prop_compose! {
    fn any_site(first: First)(
        mode in prop::sample::select(vec!["failover", "load_balance", "load_balance_failover"]),
        health in prop::sample::select(vec!["manual", "link", "gateway", "internet"]),
        others in prop::sample::subsequence(OTHERS.to_vec(), 1..4).prop_shuffle(),
        ids in Just(["b", "c", "x-1"]).prop_shuffle(),
        traits in prop::collection::vec(any_traits(), 3),
        turned in prop::bool::weighted(0.15),
        dns in any::<bool>(),
        stale in prop::sample::select(vec!["none", "none", "none", "failed-line"]),
        spread in prop::sample::select(vec!["proportional", "priority"]),
    ) -> Option<Site> {
        let (_, interface, access) = first;
        let mut lines = vec![f!(r#"{{"id":"a","interface":"{interface}","access":{access},"mbps":100}}"#)];
        let others = others.into_iter().zip(ids).zip(traits);
        lines.extend(others.map(|(((interface, access), id), traits)| {
            f!(r#"{{"id":"{id}","interface":"{interface}","access":{access},{traits}}}"#)
        }));
        if turned {
            lines.reverse();
        }
        let dns = if dns { r#"["1.1.1.1","8.8.8.8"]"# } else { "null" };
        let json = f!(
            r#"{{"schema":"multi-isp/site/1","mode":"{mode}","health":"{health}","dns":{dns},"stale_connections":"{stale}",
                "spread":"{spread}","lines":[{}]}}"#,
            lines.join(",")
        );
        // Two lines with one address are no site.
        Site::from_json(json.as_bytes()).ok()
    }
}

/// A router, and the sites that follow each other on it.
pub fn any_case() -> impl Strategy<Value = (Router, Vec<Site>)> {
    let first = prop::sample::select(FIRST.to_vec());
    let version = prop::sample::select(vec!["6.49.10", "7.5", "7.18.2", "7.22.3"]);
    (first, version).prop_flat_map(|(first, version)| {
        let extras = prop::sample::subsequence(EXTRAS.to_vec(), 0..5);
        let sites = prop::collection::vec(any_site(first), 1..4);
        let parts = (prop::sample::select(NAT.to_vec()), extras, sites);
        parts.prop_map(move |(nat, extras, sites)| {
            let sites: Vec<Site> = sites.into_iter().flatten().collect();
            let parts = [nat, first.0, &extras.concat(), &used(first, &sites)];
            (router(version, &parts), sites)
        })
    })
}

/// What lines of the sites use, beside the first: with defaults where all sites know what they are of.
fn used((rows, ..): First, sites: &[Site]) -> String {
    let uses = |site: &Site, interface: &str| {
        let mut lines = site.lines().iter();
        lines.any(|line| line.interface().as_bytes() == interface.as_bytes())
    };
    let missing = USED.iter().filter(|(interface, _)| !rows.contains(interface));
    let used = missing.filter(|(interface, _)| sites.iter().any(|site| uses(site, interface)));
    let rows = used.map(|(interface, [with_default, without])| {
        if sites.iter().all(|site| uses(site, interface)) {
            *with_default
        } else {
            *without
        }
    });
    rows.collect()
}

fn router(version: &str, parts: &[&str]) -> Router {
    let export = [OFFICE, &parts.concat()].concat();
    Router::from_export(export.as_bytes(), Version::parse(version))
        .unwrap_or_else(|error| panic!("{error}\n{export}"))
}

fn applied(router: &Router, plan: &Plan) -> Router {
    let outcome = router.run(&Script::parse(&plan.script()).unwrap(), &Unknown);
    assert!(outcome.error.is_none(), "{:?}", outcome.error);
    outcome.router
}

fn disabled(router: &Router) -> Router {
    applied(router, &plan_disable(router, &Options::default()).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn disable_ends_where_it_began((router, sites) in any_case()) {
        let mut now = router.clone();
        for site in &sites {
            match plan_apply(site, &now, &Options::default()) {
                Ok(plan) => now = applied(&now, &plan),
                // Four lines that are probed need all eight hosts, and one may be a resolver here.
                Err(PlanError::Refused(_) | PlanError::NotInVersion { .. } | PlanError::Probes(_)) => {}
                Err(error) => prop_assert!(
                    false,
                    "{error:#?}\n{}\n{}",
                    site.to_json(),
                    String::from_utf8_lossy(&now.to_export())
                ),
            }
        }
        let differences = disabled(&now).diff(&router);
        prop_assert!(differences.is_empty(), "{differences:#?}");
    }
}

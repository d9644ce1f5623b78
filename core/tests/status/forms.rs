//! One router over REST, over the API and as `print` writes it is told to be the same, on 6 and on 7.

use multi_isp::site::Site;
use multi_isp::status::{Reason, Setup, State, Style, status};

use crate::print::routers::{Forms, SEVEN, SIX};

/// ISP 1 by DHCP, a PPPoE session over the second port whose probe does not answer, and a modem that nothing is set up for.
fn site() -> Site {
    let site = br#"{"schema": "multi-isp/site/1", "mode": "failover", "lines": [
        {"id": "isp1", "interface": "ether1", "access": {"type": "dhcp"}, "mbps": 100},
        {"id": "isp2", "interface": "pppoe-out1", "access": {"type": "pppoe"}, "mbps": 50},
        {"id": "lte", "interface": "lte1", "access": {"type": "lte"}, "mbps": 10}]}"#;
    Site::from_json(site).unwrap()
}

fn check(forms: Forms, states: [State; 3], sentence: &str, evidence: [(&str, &str, &str); 2]) {
    for (form, router) in [
        ("rest", forms.read_rest()),
        ("api", forms.read_api()),
        ("detail", forms.read_detail()),
        ("terse", forms.read_terse()),
    ] {
        let told = status(&site(), &router);
        assert_eq!(told, status(&site(), &forms.read_rest()), "{form}");
        let seen: Vec<State> = told.lines.iter().map(|line| line.state).collect();
        assert_eq!(seen, states, "{form}");
        assert_eq!(told.setup, Setup::Applied, "{form}: {:?}", told.detail);
        assert_eq!(told.sentence(Style::Unicode), sentence, "{form}");
        for (line, (row, property, value)) in told.lines.iter().zip(evidence) {
            let first = line.detail.first().unwrap();
            assert_eq!(
                (&*first.row, &*first.property, &*first.value),
                (row, property, value),
                "{form}"
            );
        }
    }
}

#[test]
fn on_6() {
    check(
        SIX,
        [
            State::Active,
            State::Offline(Reason::UpstreamDown),
            State::Offline(Reason::Disabled),
        ],
        "Primary active — ether1 (backup pppoe-out1 down, lte1 down)",
        [
            (
                "multi-isp:own:isp1:1",
                "gateway-status",
                "9.9.9.9 recursive via 192.0.2.1 ether1",
            ),
            (
                "multi-isp:main:isp2:1",
                "gateway-status",
                "149.112.112.112 unreachable",
            ),
        ],
    );
}

#[test]
fn on_7() {
    check(
        SEVEN,
        [
            State::Active,
            State::Offline(Reason::UpstreamDown),
            State::Offline(Reason::NoRoute),
        ],
        "Primary active — ether1 (backup pppoe-out1 down, lte1 down)",
        [
            ("multi-isp:own:isp1:1", "immediate-gw", "192.0.2.1%ether1"),
            ("multi-isp:main:isp2:1", "inactive", "true"),
        ],
    );
}

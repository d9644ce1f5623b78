//! Sites: the bundled documents read, and come back as they were.

use std::fs;
use std::path::Path;
use std::time::Duration;

use multi_isp::failover::{allot_probes, distances};
use multi_isp::pcc::{SplitOptions, split};
use multi_isp::site::{
    Access, Classifier, Dns, Health, Lan, LineDraft, Mbps, Mode, Secret, Site, SiteDraft, Spread,
    StaleConnections, Text, Webhook,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::json_schema::faults_of_text;

#[test]
fn the_bundled_sites_are_well_formed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/sites");
    let mut sites = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let source = fs::read(&path).unwrap();
        let site = Site::from_json(&source)
            .unwrap_or_else(|errors| panic!("{}\n{}", path.display(), errors.render(Some(&source))));
        assert_eq!(Site::from_json(site.to_json().as_bytes()), Ok(site.clone()));

        let speeds: Vec<Mbps> = site.lines().iter().map(|line| line.mbps()).collect();
        let options = SplitOptions::default();
        assert!(
            split(&speeds, &options).worst_relative_error() <= options.tolerance,
            "{}",
            path.display()
        );
        assert_eq!(distances(&site).len(), site.lines().len());
        assert!(allot_probes(&site, &[], &[]).is_ok());
        sites += 1;
    }
    assert!(sites >= 8, "{sites}");
}

#[test]
fn a_stored_document_says_everything_that_a_default_might_change() {
    let speed = "7.5".parse().unwrap();
    let line = LineDraft::new("isp1", b"eth\xCF".to_vec(), Access::Dhcp, speed);
    let site = SiteDraft::new(Mode::Failover, vec![line]).build().unwrap();
    assert_eq!(
        site.to_json(),
        concat!(
            r#"{"schema":"multi-isp/site/1","mode":"failover","#,
            r#""lines":[{"id":"isp1","interface":{"hex":"657468CF"},"access":{"type":"dhcp"},"mbps":7.5,"metered":false}],"#,
            r#""health":"internet","management":[],"classifier":"both-addresses","#,
            r#""max_buckets":16,"spread":"proportional","replies":false,"stale_connections":"none"}"#
        )
    );
}

prop_compose! {
    fn text()(bytes in vec(0x20u8..0x7F, 1..9), foreign in vec(0x80u8..=0xFF, 0..9)) -> Text {
        [bytes, foreign].concat().into()
    }
}

fn access() -> impl Strategy<Value = Access> {
    let fixed = (1u8..=254, 8u8..=24, any::<bool>()).prop_map(|(host, length, on_link)| Access::Static {
        address: format!("198.51.100.{host}/{length}").parse().unwrap(),
        gateway: if on_link { "198.51.7.7" } else { "10.0.0.1" }.parse().unwrap(),
    });
    prop_oneof![Just(Access::Dhcp), fixed]
}

prop_compose! {
    fn line(n: usize)(
        label in option::of(text()),
        interface in text().prop_filter("means every other one", |name| !name.as_bytes().starts_with(b"!")),
        access in access(),
        kbps in 1u32..=1_000_000_000,
        metered: bool,
        health in option::of(select(Health::ALL)),
        has_probes: bool,
    ) -> LineDraft {
        let probes = (1..=2).map(|host| format!("192.0.{n}.{host}").parse().unwrap()).collect();
        LineDraft {
            label,
            metered,
            health,
            probes: has_probes.then_some(probes),
            ..LineDraft::new(format!("isp{n}"), interface, access, Mbps::from_kbps(kbps).unwrap())
        }
    }
}

prop_compose! {
    fn site()(
        lines in (line(1), line(2), line(3)),
        mode in select(Mode::ALL),
        health in select(Health::ALL),
        lan in option::of(vec(1u16..99, 1..2)),
        management in vec("(9|10)\\.[0-9]\\.[0-9]\\.[0-9]/(8|16|32)", 0..3),
        servers in option::of(1u8..9),
        classifier in select(Classifier::ALL),
        max_buckets in 3u32..=64,
        spread in select(Spread::ALL),
        replies: bool,
        stale_connections in select(StaleConnections::ALL),
        webhook in option::of((option::of("https?://[a-z0-9][!#-;=?-\\[\\]_a-z~]{0,60}"), 10u64..=3600)),
    ) -> Site {
        let draft = SiteDraft {
            health,
            lan: lan.map_or(Lan::Auto, |lan| {
                Lan::Interfaces(lan.iter().map(|n| format!("\u{7f51}vlan{n}").into()).collect())
            }),
            management: management.iter().map(|prefix| prefix.parse().unwrap()).collect(),
            dns: servers.map_or(Dns::Keep, |n| Dns::Servers(vec![[n, 9, 9, 9].into()])),
            classifier,
            max_buckets,
            spread,
            replies,
            stale_connections,
            webhook: webhook.map(|(url, seconds)| Webhook {
                url: url.map(Secret::from),
                interval: Duration::from_secs(seconds),
            }),
            ..SiteDraft::new(mode, vec![lines.0, lines.1, lines.2])
        };
        draft.build().unwrap()
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(site in site()) {
        let json = site.to_json();
        prop_assert_eq!(faults_of_text(Site::JSON_SCHEMA, &json), Vec::<String>::new());
        prop_assert_eq!(Site::from_json(json.as_bytes()), Ok(site));
    }

    #[test]
    fn any_bytes_are_refused_with_a_reason(bytes: Vec<u8>) {
        let errors = Site::from_json(&bytes).unwrap_err();
        prop_assert!(!errors.diagnostics().is_empty());
        prop_assert!(errors.render(Some(&bytes)).starts_with("error["));
    }

    /// One byte of a right document replaced: never a panic, and what is refused says where
    #[test]
    fn a_damaged_document_is_refused_with_a_place(site in site(), at: prop::sample::Index, byte: u8) {
        let mut json = site.to_json().into_bytes();
        let at = at.index(json.len());
        json[at] = byte;
        if let Err(errors) = Site::from_json(&json) {
            prop_assert!(errors.diagnostics().iter().all(|fault| fault.place.is_some()));
        }
    }
}

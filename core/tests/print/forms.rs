//! One router over REST, over the API and as outputs of `print` is read to the same router.

use std::collections::BTreeMap;

use multi_isp::routeros::router::{Router, Row};
use multi_isp::routeros::version::Version;

use super::routers::{Forms, SEVEN, SIX, outputs, read};

#[test]
fn every_form_is_the_same_router() {
    for (forms, version) in [(SIX, Version::new(6, 49, 10)), (SEVEN, Version::new(7, 18, 2))] {
        let rest = forms.read_rest();
        assert_eq!(rest.version(), Some(version));
        assert!(rest.ids_known());
        for (form, router) in [
            ("api", forms.read_api()),
            ("detail", forms.read_detail()),
            ("terse", forms.read_terse()),
        ] {
            same(&format!("{form} of {version}"), &rest, &router);
            assert_eq!(router.version(), Some(version), "{form}");
            assert_eq!(router.ids_known(), form == "api", "{form} of {version}");
            assert!(router.ports_known(), "{form}");
        }
    }
}

/// What a terminal adds changes nothing.
#[test]
fn a_terminal_changes_nothing() {
    let dressed = |menu: &str, text: &str| {
        let text = text.replace('\n', "\r\n").replace(" 0 ", "\x1b[m 0 \x1b[K");
        format!(
            "[admin@MikroTik] > {menu} print detail\r\n17:20:06 echo: system,error,critical login failure\r\n{text}\r\n\
             [admin@MikroTik] > "
        )
    };
    for forms in [SIX, SEVEN] {
        let plain = forms.read_detail();
        let texts = outputs(forms.detail);
        let texts: Vec<_> = texts
            .iter()
            .map(|(menu, text)| (*menu, dressed(menu, text)))
            .collect();
        let texts: Vec<_> = texts.iter().map(|(menu, text)| (*menu, text.as_str())).collect();
        same("dressed", &plain, &read(&texts));
    }
}

/// The words of a comment are no properties, nor are those of a script.
#[test]
fn texts_stay_texts() {
    let router = SEVEN.read_terse();
    let address = &router.table("/ip/address").rows()[3];
    assert_eq!(address.comment().unwrap(), "gateway=203.0.113.1, not yet");
    let [bound, stopped] = router.table("/ip/dhcp-client").rows() else {
        panic!("two clients")
    };
    assert_eq!(bound.live("gateway").unwrap(), "192.0.2.1");
    assert_eq!(stopped.live("gateway"), None);
    assert!(stopped.text("script").unwrap().ends_with(":put gateway=x"));
    let route = &SIX.read_terse().table("/ip/route").rows()[0].clone();
    assert_eq!(
        route.live("gateway-status").unwrap(),
        "192.0.2.1 reachable via  ether1"
    );
}

fn same(name: &str, left: &Router, right: &Router) {
    assert_eq!(left.diff(right), [], "{name}");
    assert_eq!(right.diff(left), [], "{name}");
    let menus = |router: &Router| router.menus().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(menus(left), menus(right), "{name}");
    for menu in menus(left) {
        let (left, right) = (left.table(&menu).rows(), right.table(&menu).rows());
        assert_eq!(left.len(), right.len(), "{name}: {menu}");
        for (number, (left, right)) in left.iter().zip(right).enumerate() {
            assert_eq!(left, right, "{name}: {menu} {number}");
            assert_eq!(live(left), live(right), "{name}: {menu} {number}");
        }
    }
}

fn live(row: &Row) -> BTreeMap<String, String> {
    let values = row.live_values();
    values
        .map(|(name, value)| (name.to_owned(), value.to_text().into_owned()))
        .collect()
}

#[test]
fn both_majors_have_all_forms() {
    for Forms { rest, detail, terse } in [SIX, SEVEN] {
        let menus = |text: &'static str| outputs(text).iter().map(|(menu, _)| *menu).collect::<Vec<_>>();
        assert_eq!(menus(detail), menus(terse));
        assert!(
            menus(detail)
                .iter()
                .all(|menu| rest.contains(&format!("\"{menu}\":")))
        );
    }
}

//! A byte order mark, which some editors write at the beginning of a text.

use multi_isp::{Options, Router, Script};

const EXPORT: &str = "\u{feff}/ppp secret\r\nadd name=jo password=hunter2\r\n/ip route\r\nadd gateway=192.0.2.1 comment=\"\u{feff}\"\r\n";

#[test]
fn an_export_with_a_mark_is_read_and_kept() {
    let script = Script::parse(EXPORT.as_bytes()).unwrap();
    assert_eq!(script.to_bytes(), EXPORT.as_bytes());
    let router = Router::from_export(EXPORT.as_bytes(), None).unwrap();
    let plain = Router::from_export(EXPORT.trim_start_matches('\u{feff}').as_bytes(), None).unwrap();
    assert!(router.diff(&plain).is_empty());
    let [route] = router.table("/ip/route").rows() else {
        panic!()
    };
    assert_eq!(route.text("comment").unwrap(), "\u{feff}");
    assert_eq!(route.line(), Some(4));
}

#[test]
fn places_count_the_mark() {
    let errors = Router::from_export("\u{feff}/ip route add gateway='".as_bytes(), None).unwrap_err();
    let place = errors.diagnostics()[0].place.unwrap();
    assert_eq!((place.offset, place.line, place.column), (25, 1, 26));
    let json = "\u{feff}{\"schema\": \"multi-isp/options/1\", \"reachable\": 1}";
    let fault = Options::from_json(json.as_bytes())
        .unwrap_err()
        .into_diagnostics()
        .pop()
        .unwrap();
    let place = fault.place.unwrap();
    assert_eq!(&json[place.offset..][..place.length], "1");
    let fault = Options::from_json("\u{feff}{,".as_bytes())
        .unwrap_err()
        .into_diagnostics()
        .pop()
        .unwrap();
    assert_eq!(fault.place.unwrap().offset, 4);
}

#[test]
fn a_mark_elsewhere_is_no_mark() {
    for export in [
        "\u{feff}\u{feff}/ip route\n",
        "/ip route\n\u{feff}add gateway=192.0.2.1\n",
    ] {
        assert!(Script::parse(export.as_bytes()).is_err(), "{export:?}");
    }
    assert!(Options::from_json("\u{feff}\u{feff}{}".as_bytes()).is_err());
}

#[test]
fn what_rest_gave_with_a_mark_is_read() {
    let json = "\u{feff}{\"/ip/route\": [{\"gateway\": \"192.0.2.1\"}]}";
    let router = Router::from_rest(json.as_bytes(), None).unwrap();
    assert_eq!(router.table("/ip/route").rows().len(), 1);
    let errors = Router::from_rest("\u{feff}{,".as_bytes(), None).unwrap_err();
    assert_eq!(errors.diagnostics()[0].place.unwrap().offset, 4);
}

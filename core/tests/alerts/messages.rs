//! What people read.

use multi_isp::alerts::sms::{Encoding, size};
use multi_isp::alerts::{Alert, AlertKind, AlertLine, Messages, Template};
use multi_isp::status::{Reason, Style};
use proptest::prelude::*;

use crate::shared::shared;

const PRODUCT: &str = "🔴 ISP link down\nRouter: Home Router\nLine: ISP 1 (ether1)\nCheck the cable or port.";

const REASONS: [Reason; 5] = [
    Reason::Disabled,
    Reason::NoLink,
    Reason::NoAddress,
    Reason::GatewayDown,
    Reason::UpstreamDown,
];

fn alert(kind: AlertKind, label: &str, interface: &str) -> Alert {
    let line = AlertLine {
        id: "isp1".into(),
        label: label.into(),
        interface: interface.into(),
        reason: (kind == AlertKind::LineDown).then_some(Reason::NoLink),
    };
    Alert {
        kind,
        reminder: false,
        line: kind.is_of_a_line().then_some(line),
        at: 10_000,
        since: 9_000,
    }
}

fn text(messages: &Messages, kind: AlertKind) -> String {
    messages.of(&alert(kind, "ISP 1", "ether1"), "Home Router").text
}

fn template(kind: AlertKind, source: &str) -> Messages {
    Messages::default().with(Template::parse(kind, source).unwrap())
}

#[test]
fn the_text_is_that_of_the_product_whatever_the_reason() {
    for reason in REASONS {
        let mut alert = alert(AlertKind::LineDown, "ISP 1", "ether1");
        alert.line.as_mut().unwrap().reason = Some(reason);
        assert_eq!(Messages::default().of(&alert, "Home Router").text, PRODUCT);
    }
}

#[test]
fn the_page_of_the_product_says_the_same() {
    let Some(page) = shared("PRODUCT.md") else {
        return;
    };
    let page = std::fs::read_to_string(page).unwrap();
    let marked = PRODUCT.split('\n').map(|text| format!("`{text}`"));
    let marked = marked.collect::<Vec<_>>().join(" / ");
    assert!(page.contains(&marked), "{marked}");
}

#[test]
fn every_kind_reads_well() {
    let (unicode, ascii) = (Messages::default(), Messages::new(Style::Ascii));
    let texts: Vec<String> = AlertKind::ALL
        .iter()
        .flat_map(|kind| [text(&unicode, *kind), text(&ascii, *kind)])
        .collect();
    assert_eq!(
        texts,
        [
            PRODUCT,
            "ISP link DOWN\nRouter: Home Router\nLine: ISP 1 (ether1)\nCheck the cable or port.",
            "🟢 ISP link up\nRouter: Home Router\nLine: ISP 1 (ether1)",
            "ISP link UP\nRouter: Home Router\nLine: ISP 1 (ether1)",
            "🔴 Router offline\nRouter: Home Router\nCheck its power and its lines.",
            "Router OFFLINE\nRouter: Home Router\nCheck its power and its lines.",
            "🟢 Router online\nRouter: Home Router",
            "Router ONLINE\nRouter: Home Router",
            "🔴 All ISP links down\nRouter: Home Router\nCheck the cables and ports.",
            "All ISP links DOWN\nRouter: Home Router\nCheck the cables and ports.",
            "🟢 ISP links back\nRouter: Home Router",
            "ISP links BACK\nRouter: Home Router",
        ]
    );
}

#[test]
fn a_reminder_says_still() {
    let alert = Alert {
        reminder: true,
        ..alert(AlertKind::LineDown, "ISP 1", "ether1")
    };
    let text = Messages::default().of(&alert, "Home Router").text;
    assert_eq!(text, PRODUCT.replace("down", "still down"));
}

#[test]
fn the_text_of_the_product_takes_two_segments_and_one_without_its_picture() {
    let alert = alert(AlertKind::LineDown, "ISP 1", "ether1");
    let message = Messages::default().of(&alert, "Home Router");
    assert_eq!(
        (message.size.encoding, message.size.units, message.size.segments),
        (Encoding::Ucs2, 82, 2)
    );
    let message = Messages::default().in_one_segment().of(&alert, "Home Router");
    assert_eq!(
        message.text,
        "ISP link DOWN\nRouter: Home Router\nLine: ISP 1 (ether1)\nCheck the cable or port."
    );
    assert_eq!(
        (message.size.encoding, message.size.units, message.size.segments),
        (Encoding::Gsm7, 79, 1)
    );
}

#[test]
fn every_placeholder_has_its_value() {
    let source = "{router}|{state}|{reason}|{advice}|{at}|{since}|{for}|{line}|{label}|{interface}|{id}|{{}}";
    assert_eq!(
        text(&template(AlertKind::LineDown, source), AlertKind::LineDown),
        "Home Router|down|no link|Check the cable or port.|10000|9000|16 min|ISP 1 (ether1)|ISP 1|ether1|isp1|{}"
    );
    assert_eq!(
        text(&template(AlertKind::LineUp, source), AlertKind::LineUp),
        "Home Router|up|||10000|9000|16 min|ISP 1 (ether1)|ISP 1|ether1|isp1|{}"
    );
}

#[test]
fn advice_goes_by_the_reason() {
    let messages = template(AlertKind::LineDown, "{reason}: {advice}");
    let mut seen = std::collections::BTreeSet::new();
    for reason in REASONS {
        let mut alert = alert(AlertKind::LineDown, "ISP 1", "ether1");
        alert.line.as_mut().unwrap().reason = Some(reason);
        let text = messages.of(&alert, "").text;
        assert!(text.len() > 20, "{text}");
        seen.insert(text);
    }
    assert_eq!(seen.len(), REASONS.len());
}

#[test]
fn durations_are_of_two_units() {
    let messages = template(AlertKind::LineUp, "{for}");
    for (seconds, expected) in [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3_599, "59 min"),
        (3_600, "1 h"),
        (12_059, "3 h 20 min"),
        (86_399, "23 h 59 min"),
        (86_400, "1 d"),
        (187_200, "2 d 4 h"),
        (u64::MAX, "213503982334601 d 7 h"),
    ] {
        let alert = Alert {
            at: seconds,
            since: 0,
            ..alert(AlertKind::LineUp, "", "")
        };
        assert_eq!(messages.of(&alert, "").text, expected);
    }
}

#[test]
fn names_forge_no_text_lines_and_are_no_templates() {
    let alert = alert(
        AlertKind::LineDown,
        "x\nLine: ISP 2\r{router}",
        "e\u{2028}1\u{202e}",
    );
    for style in [Style::Unicode, Style::Ascii] {
        let text = Messages::new(style).of(&alert, "Home\u{85}{line}\u{7}").text;
        assert_eq!(
            text.split(['\n', '\r', '\u{85}', '\u{2028}']).count(),
            4,
            "{text:?}"
        );
        assert!(text.contains("{router}") && text.contains("{line}"), "{text:?}");
    }
}

#[test]
fn what_is_too_long_loses_the_end_of_names_the_router_first() {
    let messages = Messages::default().in_one_segment();
    let long = "Farm of the very long name at the far end of the valley, behind the church and the school";
    let down = alert(AlertKind::LineDown, "ISP 1", "ether1");
    let message = messages.of(&down, &format!("{long} and the river"));
    assert_eq!(
        message.text,
        format!("ISP link DOWN\nRouter: {long}..\nLine: ISP 1 (ether1)\nCheck the cable or port.")
    );
    assert_eq!(message.size.units, 159);

    let down = alert(AlertKind::LineDown, &format!("{long} {long}"), "ether1");
    let message = messages.of(&down, long);
    assert_eq!(message.size.units, 160);
    assert!(
        message
            .text
            .starts_with("ISP link DOWN\nRouter: Farm o..\nLine: Farm of the very long name at")
    );
    assert!(
        message.text.ends_with(".. (ether1)\nCheck the cable or port."),
        "{}",
        message.text
    );

    let down = alert(AlertKind::LineDown, "ISP 1", &"ether1-".repeat(20));
    assert_eq!(
        messages.of(&down, "Home Router").text,
        "ISP link DOWN\nHome R..: isp1"
    );
}

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,20}",
        "[{}\\[\\]~^|€`]{0,200}",
        "\\PC{0,200}",
        any::<String>(),
        "(🔴|д|\\n|ø){0,200}",
    ]
}

proptest! {
    #[test]
    fn one_segment_is_never_exceeded_and_says_what_and_which(
        kind in prop::sample::select(AlertKind::ALL),
        reminder: bool,
        names in (any_name(), any_name(), any_name()),
        ascii: bool,
        custom in prop::option::of(prop_oneof![Just("{router}{router}{state}{advice}{reason}"), Just("🔴 д{at}{since}{for}")]),
    ) {
        let (router, label, interface) = names;
        let alert = Alert { reminder, ..alert(kind, &label, &interface) };
        let style = if ascii { Style::Ascii } else { Style::Unicode };
        let mut messages = Messages::new(style).in_one_segment();
        if let Some(custom) = custom {
            messages = messages.with(Template::parse(kind, &custom.repeat(4)).unwrap());
        }
        let message = messages.of(&alert, &router);
        prop_assert_eq!(message.size.segments, 1, "{}", &message.text);
        prop_assert_eq!(message.size, size(&message.text));
        if custom.is_none() {
            let said = |style| {
                let headline = Messages::new(style).of(&alert, "").text;
                headline.split('\n').next().unwrap().replace("🔴 ", "").replace("🟢 ", "")
            };
            let headline = message.text.split('\n').next().unwrap();
            prop_assert!(headline.ends_with(&said(Style::Unicode)) || headline.ends_with(&said(Style::Ascii)));
            let plain = Messages::new(Style::Ascii).with(Template::parse(kind, if kind.is_of_a_line() { "{interface}" } else { "-" }).unwrap());
            let interface_ascii = plain.of(&alert, "").text;
            let whole = message.text.contains(&interface_ascii) || message.size.encoding == Encoding::Ucs2;
            prop_assert!(!kind.is_of_a_line() || whole || message.text.ends_with(": isp1"), "{}", &message.text);
        }
    }

    #[test]
    fn ascii_is_ascii_and_always_seven_bits(
        kind in prop::sample::select(AlertKind::ALL), router in any_name(), label in any_name(), interface in any_name(),
    ) {
        let message = Messages::new(Style::Ascii).of(&alert(kind, &label, &interface), &router);
        prop_assert_eq!(message.size.encoding, Encoding::Gsm7);
        prop_assert!(message.text.chars().all(|sign| sign == '\n' || sign == ' ' || sign.is_ascii_graphic()));
    }

    #[test]
    fn names_add_no_text_lines(router in any_name(), label in any_name(), interface in any_name(), ascii: bool) {
        let messages = Messages::new(if ascii { Style::Ascii } else { Style::Unicode });
        let text = messages.of(&alert(AlertKind::LineDown, &label, &interface), &router).text;
        prop_assert_eq!(text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']).count(), 4);
    }

    #[test]
    fn any_template_is_read_or_its_faults_have_places(source in "([a-z]|[{}]|\\{router\\}|\\{state\\}|é|\\n){0,30}") {
        match Template::parse(AlertKind::LineUp, &source) {
            Ok(template) => {
                let text = Messages::default().with(template).of(&alert(AlertKind::LineUp, "", ""), "R").text;
                let expected = source.replace("{{", "\u{1}").replace("{router}", "R").replace("{state}", "up");
                if !source.contains("{{{") && !source.contains("}}}") {
                    prop_assert_eq!(text, expected.replace("}}", "}").replace('\u{1}', "{"));
                }
            }
            Err(errors) => for fault in errors.diagnostics() {
                let place = fault.place.unwrap();
                prop_assert!(source.get(place.offset..place.offset + place.length).is_some());
                prop_assert!(fault.help.is_some());
            }
        }
    }
}

/// Letters that ASCII lacks are not lost where they say what happened, or to whom.
#[test]
fn other_alphabets_are_not_lost() {
    let template = |kind, source: &str| Template::parse(kind, source).unwrap();
    let down = alert(AlertKind::LineDown, "ISP 1", "ether1");
    let up = alert(AlertKind::LineUp, "ISP 1", "ether1");
    let long = "，請檢查線路與連接埠".repeat(8);
    let messages = Messages::default()
        .with(template(
            AlertKind::LineDown,
            &format!("線路斷了{long} {{label}}"),
        ))
        .with(template(AlertKind::LineUp, &format!("線路恢復{long} {{label}}")))
        .in_one_segment();
    assert_eq!(
        messages.of(&down, "東京本社ルーター").text,
        "ISP link down\n東京本社ルーター: isp1"
    );
    assert_eq!(
        messages.of(&up, "東京本社ルーター").text,
        "ISP link up\n東京本社ルーター: isp1"
    );
    let ascii = Messages::new(Style::Ascii).with(template(AlertKind::LineDown, "線路斷了"));
    assert_eq!(
        ascii.of(&down, "Shop").text,
        "ISP link DOWN\nRouter: Shop\nLine: ISP 1 (ether1)\nCheck the cable or port."
    );
}

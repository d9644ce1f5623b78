//! What is printed is what is read again.

use multi_isp::routeros::syntax::print::{self, Line};
use multi_isp::routeros::syntax::{Arg, Command, Script, Style};
use proptest::prelude::*;

use crate::shared::shared;

fn line(values: &[(String, Vec<u8>)]) -> Line {
    let line = Line::new("/ip/firewall/mangle", "add");
    values
        .iter()
        .fold(line, |line, (name, value)| line.arg(name, value))
}

/// Names and decoded values of a command
fn values(script: &Script, command: &Command) -> Vec<(String, Vec<u8>)> {
    let named = |arg: &Arg| match arg {
        Arg::Named {
            name,
            value: Some(value),
            ..
        } => {
            let name = String::from_utf8(script.text(*name).to_vec()).unwrap();
            (name, script.literal(value).unwrap().into_owned())
        }
        other => panic!("{other:?}"),
    };
    command.args.iter().map(named).collect()
}

fn text_value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        any::<Vec<u8>>(),
        "[ -~]{0,200}".prop_map(String::into_bytes),
        "[a-z0-9,]{0,200}".prop_map(String::into_bytes),
        "[ \"$\\\\é]{0,90}".prop_map(String::into_bytes),
    ]
}

proptest! {
    #[test]
    fn both_styles_read_as_the_same_values(
        wanted in prop::collection::vec(("[a-z][a-z-]{0,30}", text_value()), 0..6),
    ) {
        let wanted: Vec<_> = wanted.into_iter().filter(|(name, _)| name != "where").collect();
        let line = line(&wanted);
        let lines = [line];
        for text in [print::terse(&lines), print::export(&lines)] {
            let script = Script::parse(&text).unwrap();
            let command = script.commands().last().unwrap();
            prop_assert_eq!(&values(&script, command), &wanted);
        }
    }

    #[test]
    fn exports_keep_to_79_columns(
        wanted in prop::collection::vec(("[a-z][a-z-]{0,30}", text_value()), 0..6),
    ) {
        let text = print::export(&[line(&wanted)]);
        let longest = text.split(|&byte| byte == b'\n').map(<[u8]>::len).max();
        prop_assert!(longest <= Some(79), "{}", text.escape_ascii());
    }
}

#[test]
fn an_export_is_wrapped_like_a_routers() {
    let mangle = Line::new("/ip/firewall/mangle", "add")
        .arg("action", b"mark-connection")
        .arg("chain", b"prerouting")
        .arg("comment", "оператор 2, запасной".as_bytes())
        .arg("dst-address-type", b"!local")
        .arg("new-connection-mark", b"multi-isp-isp2_1");
    let script = Line::new("/system/script", "add")
        .arg("name", b"lease")
        .arg("policy", b"ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon")
        .arg("source", b":if ($bound = 1) do={\r\n  :log info \"up\"\r\n}   :put \"a blank at every possible place of a break   x\"");
    let port = Line::new("/interface/ethernet", "set")
        .expression(b"[ find default-name=ether1 ]")
        .arg("name", b"ether1-WAN");
    let text = String::from_utf8(print::export(&[port, mangle, script])).unwrap();
    insta::assert_snapshot!(text);
}

#[test]
fn a_formatted_script_is_read_again_and_formats_to_itself() {
    let fixtures = [
        include_bytes!("fixtures/paths.rsc").to_vec(),
        include_bytes!("fixtures/arguments.rsc").to_vec(),
        include_bytes!("fixtures/scripting.rsc").to_vec(),
    ];
    let shared = ["corpus", "oracle", "examples-routeros"]
        .into_iter()
        .filter_map(shared);
    let files = shared.flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let sources = files.map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    for source in fixtures.into_iter().chain(sources) {
        let Ok(script) = Script::parse(&source) else {
            continue;
        };
        for style in [Style::Terse, Style::Export] {
            let text = script.format(style);
            let again = Script::parse(&text).unwrap_or_else(|errors| {
                panic!("{errors}{}\n{}", source.escape_ascii(), text.escape_ascii());
            });
            let twice = again.format(style);
            assert_eq!(text.escape_ascii().to_string(), twice.escape_ascii().to_string());
        }
        // Both styles say the same; an export quotes a value that it has to break.
        let exported = Script::parse(&script.format(Style::Export)).unwrap();
        let terse = |script: &Script| {
            script
                .format(Style::Terse)
                .escape_ascii()
                .to_string()
                .replace("\\\"", "")
        };
        assert_eq!(terse(&exported), terse(&script));
    }
}

#[test]
fn fixtures_in_both_styles() {
    insta::glob!("fixtures/*.rsc", |path| {
        let script = Script::parse(&std::fs::read(path).unwrap()).unwrap();
        let text = |style| String::from_utf8(script.format(style)).unwrap();
        insta::assert_snapshot!(format!("{}---\n{}", text(Style::Terse), text(Style::Export)));
    });
}

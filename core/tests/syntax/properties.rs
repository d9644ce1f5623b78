//! What holds for any bytes at all.

use multi_isp::routeros::syntax::{Limits, Script, Style};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::structure;

proptest! {
    #[test]
    fn any_bytes_survive(source: Vec<u8>) {
        survives(&source);
    }

    #[test]
    fn tokens_in_any_order_survive(tokens in prop::collection::vec(select(TOKENS), 0..60)) {
        survives(&tokens.concat());
    }

    #[test]
    fn a_script_with_bytes_changed_survives(
        changes in prop::collection::vec((any::<Index>(), prop_oneof![select(SIGNS), any::<u8>()], 0..3u8), 0..12),
    ) {
        let mut source = SCRIPT.to_vec();
        for (at, byte, how) in changes {
            let at = at.index(source.len());
            match how {
                0 => source[at] = byte,
                1 => source.insert(at, byte),
                _ => drop(source.remove(at)),
            }
        }
        survives(&source);
    }

    #[test]
    fn what_is_refused_has_a_place_in_the_source(tokens in prop::collection::vec(select(TOKENS), 0..30)) {
        let source = tokens.concat();
        if let Err(errors) = Script::parse(&source) {
            for place in errors.iter().map(|error| error.place.unwrap()) {
                prop_assert!(place.offset + place.length <= source.len());
            }
            prop_assert!(errors.render().contains(errors.first().code.as_str()));
        }
    }
}

fn survives(source: &[u8]) {
    let script = Script::parse_lenient(source);
    assert_eq!(script.to_bytes(), source);
    structure::check(&script);
    for style in [Style::Terse, Style::Export] {
        let _ = script.format(style);
    }
    if let Ok(strict) = Script::parse(source) {
        assert_eq!(strict.to_bytes(), source);
        structure::check(&strict);
    }
}

#[test]
fn a_million_opening_brackets_are_an_error_and_no_overflow() {
    for opening in [
        "[", "{", "(", "$(", "\"$[", "!", "(-", "{a=", ":if (", ":do {", "a=(", "{\n", "[find (",
    ] {
        let source = opening.repeat(1_000_000);
        let script = Script::parse_lenient(source.as_bytes());
        assert!(script.errors().next().is_some(), "{opening}");
        assert_eq!(script.to_bytes().len(), source.len());
        assert!(Script::parse(source.as_bytes()).is_err());
    }
}

#[test]
fn a_million_operators_are_an_error_and_no_overflow() {
    for (before, operator) in [
        (":put (1", "+1"),
        ("/ip route find a=1", " or a=1"),
        (":put (1", " 1"),
        (":put ($a", "->1"),
    ] {
        let source = before.to_owned() + &operator.repeat(1_000_000) + ")";
        let errors = Script::parse(source.as_bytes()).unwrap_err();
        assert_eq!(errors.first().code.as_str(), "expression-too-long");
    }
}

#[test]
fn a_source_over_the_limit_is_one_error_node() {
    let limits = Limits {
        bytes: 4,
        ..Limits::default()
    };
    let script = Script::parse_lenient_within(b":put 1", limits);
    assert_eq!(script.commands().count(), 0);
    assert_eq!(script.to_bytes(), b":put 1");
    let code = Script::parse_within(b":put 1", limits).unwrap_err().first().code;
    assert_eq!(code.as_str(), "input-too-large");
}

const SIGNS: &[u8] = b"{}[]()\"\\$;#=:/\r\n\t !~<>-.,'?*";

const TOKENS: &[&[u8]] = &[
    b"\xEF\xBB\xBF",
    b" ",
    b"\n",
    b"\r\n",
    b"\r",
    b"\t",
    b"\\\n",
    b"\\\r\n   ",
    b";",
    b"#",
    b"# note\n",
    b"{",
    b"}",
    b"[",
    b"]",
    b"(",
    b")",
    b"\"",
    b"\"a b\"",
    b"\"$x\"",
    b"\"$[",
    b"\\",
    b"\\\"",
    b"$",
    b"$x",
    b"$\"a-b\"",
    b"/",
    b":",
    b"..",
    b"/ip",
    b" route",
    b"add",
    b"set",
    b"find ",
    b"where ",
    b"[find ",
    b"print ",
    b":put ",
    b":local ",
    b":if ",
    b" do={",
    b" else={",
    b":foreach ",
    b"in=",
    b"name=",
    b"comment=",
    b"!",
    b"=",
    b"!=",
    b"~",
    b"<",
    b"<=",
    b"->",
    b"-",
    b"+",
    b"*",
    b"%",
    b".",
    b",",
    b"&&",
    b" and ",
    b" or ",
    b" in ",
    b"not ",
    b"any ",
    b"0",
    b"1d2h",
    b"10.0.0.0/8",
    b"*1F",
    b"ether1",
    b"\xC3\xA9",
    b"\xFF",
    b"\0",
    b"'",
];

/// Made by hand
const SCRIPT: &[u8] = br#"# 2024-01-02 03:04:05 by RouterOS 7.16
/interface bridge
add name=bridge comment="defconf \"x\" \D0\
    \BE" protocol-mode=none
/ip/route/add dst-address=0.0.0.0/0 gateway=10.0.0.1%ether1 !check-gateway distance=2
/ip firewall filter
set [ find where comment~"^a" and !dynamic or (chain=input in-interface!=ether1) ] disabled=yes
:global f do={ :local x {1;2;{a="b";"c d"=$1}}; :return ($x->0 + -5 . "text $[:len $x] $($y->"k")") }
:foreach k,v in=[/ip address find] do={ :put "$k $v"; :if ($k > 3) do={ $f 1 a=2 } else={ :error "no" } }
:do { /interface list { add name=WAN } } on-error={ :log info ("failed: " . $message) }
"#;

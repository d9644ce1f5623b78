//! What a caller knows of a site and its router, and the levels of an audit.

use multi_isp::preflight::{self, Policies};
use multi_isp::survey::ExistingSetup;
use multi_isp::{Context, Levels, Options, audit};

use super::Kind;
use super::Who::{Both, Reader};

const OPTIONS: Kind<Options> = Kind {
    read: Options::from_json,
    name: Options::SCHEMA,
    schema: Options::JSON_SCHEMA,
};

const LEVELS: Kind<Levels> = Kind {
    read: Levels::from_json,
    name: Levels::SCHEMA,
    schema: Levels::JSON_SCHEMA,
};

#[test]
fn what_is_not_said_is_as_usual() {
    OPTIONS.is_strict("");
    assert_eq!(OPTIONS.read("").context, Context::default());
    let nulls = r#""reachable": null, "free_access": null, "max_lines": null, "policies": null, "existing": null, "levels": null"#;
    assert_eq!(OPTIONS.read(nulls).context, Context::default());
}

#[test]
fn every_option_is_read() {
    let options = OPTIONS.read(
        r#""reachable": false, "free_access": true, "max_lines": 6,
        "policies": {"read": true, "write": true, "test": false}, "existing": "keep",
        "levels": [{"code": "no-firewall", "level": "error"}, {"code": "ipv6-not-covered", "level": "off"}]"#,
    );
    let expected = Context {
        reachable: false,
        free_access: true,
        max_lines: 6,
        policies: Some(Policies {
            read: true,
            write: true,
            test: false,
        }),
        existing: ExistingSetup::Keep,
        levels: preflight::levels(&[("no-firewall", "error"), ("ipv6-not-covered", "off")]).unwrap(),
    };
    assert_eq!(options.context, expected);
}

#[test]
fn faults_of_options_stand_where_they_are() {
    for (fields, fault, who) in [
        (
            r#""reachable": "yes""#,
            ["wrong-type", "reachable", r#""yes""#],
            Both,
        ),
        (r#""max_lines": -1"#, ["unknown-value", "max_lines", "-1"], Both),
        (r#""max_lines": 2.5"#, ["unknown-value", "max_lines", "2.5"], Both),
        (
            r#""existing": "remove""#,
            ["unknown-value", "existing", r#""remove""#],
            Both,
        ),
        (
            r#""policies": {"read": true, "write": true}"#,
            [
                "missing-field",
                "policies.test",
                r#"{"read": true, "write": true}"#,
            ],
            Both,
        ),
        (
            r#""policies": {"read": true, "write": true, "test": 1}"#,
            ["wrong-type", "policies.test", "1"],
            Both,
        ),
        (
            r#""levels": {"no-firewall": "off"}"#,
            ["wrong-type", "levels", r#"{"no-firewall": "off"}"#],
            Both,
        ),
        (
            r#""levels": [{"code": "no-firewall"}]"#,
            ["missing-field", "levels[0].level", r#"{"code": "no-firewall"}"#],
            Both,
        ),
        (
            r#""levels": [{"code": "no-firewall", "level": "loud"}]"#,
            [
                "unknown-level",
                "levels[0]",
                r#"{"code": "no-firewall", "level": "loud"}"#,
            ],
            Both,
        ),
        (
            r#""levels": [{"code": "no-fierwall", "level": "off"}]"#,
            [
                "unknown-code",
                "levels[0]",
                r#"{"code": "no-fierwall", "level": "off"}"#,
            ],
            Reader,
        ),
        (
            r#""levels": [{"code": "duplicate-port", "level": "off"}]"#,
            [
                "level-fixed",
                "levels[0]",
                r#"{"code": "duplicate-port", "level": "off"}"#,
            ],
            Reader,
        ),
        (
            r#""levels": [{"code": "no-firewall", "level": "off"}, {"code": "no-firewall", "level": "note"}]"#,
            [
                "level-set-twice",
                "levels[1]",
                r#"{"code": "no-firewall", "level": "note"}"#,
            ],
            Reader,
        ),
    ] {
        OPTIONS.refuses(fields, fault, who);
    }
}

#[test]
fn levels_of_an_audit_are_those_of_its_rules() {
    LEVELS.is_strict(r#""levels": []"#);
    assert_eq!(LEVELS.read(r#""levels": []"#), Levels::default());
    let levels = LEVELS.read(r#""levels": [{"code": "blanket-masquerade", "level": "off"}]"#);
    assert_eq!(levels, audit::levels(&[("blanket-masquerade", "off")]).unwrap());
    LEVELS.refuses(
        "",
        ["missing-field", "levels", r#"{"schema": "multi-isp/levels/1"}"#],
        Both,
    );
    LEVELS.refuses(
        r#""levels": [{"code": "too-few-lines", "level": "off"}]"#,
        [
            "unknown-code",
            "levels[0]",
            r#"{"code": "too-few-lines", "level": "off"}"#,
        ],
        Reader,
    );
}

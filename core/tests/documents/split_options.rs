//! How near a split comes to the speeds.

use multi_isp::SplitOptions;
use multi_isp::pcc::Ratio;

use super::Kind;
use super::Who::{Both, Reader};

const OPTIONS: Kind<SplitOptions> = Kind {
    read: SplitOptions::from_json,
    name: SplitOptions::SCHEMA,
    schema: SplitOptions::JSON_SCHEMA,
};

#[test]
fn options_of_a_split() {
    OPTIONS.is_strict("");
    assert_eq!(OPTIONS.read(""), SplitOptions::default());
    assert_eq!(
        OPTIONS.read(r#""tolerance": null, "max_buckets": null"#),
        SplitOptions::default()
    );
    let expected = SplitOptions {
        tolerance: Ratio::new(1, 50),
        max_buckets: 64,
    };
    assert_eq!(
        OPTIONS.read(r#""tolerance": "2/100", "max_buckets": 64"#),
        expected
    );
    for (fields, fault, who) in [
        (r#""tolerance": 0.05"#, ["wrong-type", "tolerance", "0.05"], Both),
        (
            r#""tolerance": "5 %""#,
            ["unknown-value", "tolerance", r#""5 %""#],
            Both,
        ),
        (
            r#""tolerance": "1/0""#,
            ["unknown-value", "tolerance", r#""1/0""#],
            Reader,
        ),
        (
            r#""max_buckets": 4294967296"#,
            ["unknown-value", "max_buckets", "4294967296"],
            Both,
        ),
    ] {
        OPTIONS.refuses(fields, fault, who);
    }
}

//! Arguments whose completions are all the values that there are.
//!
//! Completions of the trees also hold names of the box that they were read from (`ether1`, `client1`) and of chains that
//! anybody may add to. Closed is what only RouterOS itself can add to; whatever completes to just `no` and `yes` is, too.

/// How a value is made of completions.
#[derive(Clone, Copy)]
enum Shape {
    /// One of them.
    One,
    /// A list of them, `!` before it to negate.
    Set,
    /// One of them and more behind a sign: `both-addresses:2/0`, `out,none`.
    Before(char),
}

/// The argument, in every menu that is named so or below it, why it is closed, and how its values are made.
const CLOSED: [(&str, &str, Shape, &str); 15] = [
    (
        "/interface/lte/apn",
        "authentication",
        Shape::Set,
        "protocols that RouterOS speaks",
    ),
    ("/interface/lte/apn", "ip-type", Shape::One, "kinds of bearer"),
    (
        "/interface/ppp-client",
        "allow",
        Shape::Set,
        "protocols that RouterOS speaks",
    ),
    (
        "/interface/pppoe-client",
        "allow",
        Shape::Set,
        "protocols that RouterOS speaks",
    ),
    (
        "/ip/dhcp-client",
        "add-default-route",
        Shape::One,
        "a word of RouterOS",
    ),
    ("/ip/dhcp-client", "check-gateway", Shape::One, "a kind of check"),
    ("/ip/firewall", "action", Shape::One, "what rules can do"),
    (
        "/ip/firewall",
        "connection-nat-state",
        Shape::Set,
        "states of the tracker",
    ),
    (
        "/ip/firewall",
        "connection-state",
        Shape::Set,
        "states of the tracker",
    ),
    ("/ip/firewall", "dst-address-type", Shape::Set, "kinds of address"),
    (
        "/ip/firewall",
        "hotspot",
        Shape::Set,
        "states of a hotspot customer",
    ),
    (
        "/ip/firewall",
        "ipsec-policy",
        Shape::Before(','),
        "directions of a policy",
    ),
    (
        "/ip/firewall",
        "per-connection-classifier",
        Shape::Before(':'),
        "what PCC can look at",
    ),
    ("/ip/route", "check-gateway", Shape::One, "a kind of check"),
    ("/tool/netwatch", "type", Shape::One, "a kind of test"),
];

/// Whether a value cannot be: the argument is closed and the value not made of its completions.
pub fn is_foreign(menu: &str, argument: &str, value: &[u8], completions: &[&str]) -> bool {
    if completions == ["no", "yes"] {
        return ![&b"no"[..], b"yes"].contains(&value);
    }
    let closed = CLOSED.iter().find(|(root, name, ..)| {
        *name == argument
            && menu
                .strip_prefix(root)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    let Some((.., shape, _)) = closed else {
        return false;
    };
    let value = String::from_utf8_lossy(value).into_owned();
    let is_one = |value: &str| completions.contains(&value);
    match shape {
        Shape::One => !is_one(&value),
        Shape::Set => !value.strip_prefix('!').unwrap_or(&value).split(',').all(is_one),
        Shape::Before(sign) => !value.split(*sign).next().is_some_and(is_one),
    }
}

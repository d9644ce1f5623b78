//! Address lists in rules.

#![cfg(test)]

use super::*;

#[test]
fn address_lists_are_matched_as_far_as_they_are_known() {
    let packet = customer();
    let lists = "/ip firewall address-list\nadd list=lan address=192.168.0.0/16\nadd list=odd address=example.com\n\
        add list=odd address=192.168.88.10\nadd list=off address=192.168.88.10 disabled=yes\n/ip firewall mangle\n";
    let has = |matcher: &str| fits_as_among(lists, matcher, &packet);
    assert_eq!(has("src-address-list=lan"), Some(true));
    assert_eq!(has("src-address-list=!lan"), Some(false));
    assert_eq!(has("dst-address-list=lan"), Some(false));
    assert_eq!(has("src-address-list=odd"), Some(true));
    assert_eq!(
        has("dst-address-list=odd"),
        None,
        "only the router knows what the name means"
    );
    assert_eq!(has("dst-address-list=!odd"), None);
    assert_eq!(has("src-address-list=off"), Some(false));
    assert_eq!(has("src-address-list=!nobody-made-it"), Some(true));
}

#[track_caller]
fn fits_as_among(before: &str, matcher: &str, packet: &Packet) -> Option<bool> {
    let rule = format!("{before}add chain=prerouting action=mark-packet new-packet-mark=hit {matcher}");
    let walked = walk(&rule, PREROUTING, packet, &known());
    walked
        .unmodelled
        .is_empty()
        .then(|| walked.packet.packet_mark.is_some())
}

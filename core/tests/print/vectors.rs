//! Real outputs, and the rows that the public templates read from them (Apache-2.0, networktocode/ntc-templates).

use multi_isp::routeros::router::{Router, Row};
use serde_json::Value as Json;

use self::Means::{Called, Letters, Nothing, PartOf};
use crate::shared::shared;

/// Where a template has another name or another value than RouterOS: how its command begins, its field, and what to find instead.
const DIFFERENCES: &[(&str, &str, Means)] = &[
    ("", "id", Nothing("a position, which is no id")),
    ("", "index", Nothing("a position, which is no id")),
    ("", "num", Nothing("a position, which is no id")),
    ("", "number", Nothing("a position, which is no id")),
    ("", "description", Called("comment")),
    ("interface vlan", "parent_interface", Called("interface")),
    ("interface vlan", "service_tag", Called("use-service-tag")),
    ("interface ethernet poe", "interface", Called("name")),
    ("interface", "dynamic", Letters(&[('D', "dynamic")])),
    ("interface", "slave", Letters(&[('S', "slave")])),
    (
        "interface",
        "status",
        Letters(&[('R', "running"), ('X', "disabled")]),
    ),
    (
        "ip address",
        "flags",
        Letters(&[('X', "disabled"), ('I', "invalid"), ('D', "dynamic")]),
    ),
    (
        "ip dhcp-server lease",
        "flags",
        Letters(&[('X', "disabled"), ('D', "dynamic")]),
    ),
    ("ip dhcp-server lease", "ip_address", Called("address")),
    ("ip dhcp-server lease", "hostname", Called("host-name")),
    ("ip dns cache", "ip_address", Called("data")),
    ("ip dns cache", "record_type", Called("type")),
    ("ip neighbor", "ip_address", Called("address")),
    ("ip neighbor", "ipv4_address", Called("address4")),
    ("ip neighbor", "ipv6_address", Called("address6")),
    ("ip route", "active", Letters(&[('A', "active")])),
    ("ip route", "dynamic", Letters(&[('D', "dynamic")])),
    (
        "ip route",
        "protocol",
        Letters(&[('S', "static"), ('C', "connect")]),
    ),
    (
        "ip route",
        "discard_packet",
        Nothing("the letter of a type, which the row tells by its type"),
    ),
    (
        "ip route",
        "flags",
        Letters(&[
            ('A', "active"),
            ('D', "dynamic"),
            ('S', "static"),
            ('C', "connect"),
        ]),
    ),
    ("ip route", "network", PartOf("dst-address")),
    ("ip route", "mask", PartOf("dst-address")),
    ("ip route", "destination_address", PartOf("dst-address")),
    ("ip route", "destination_address_subnet", PartOf("dst-address")),
    (
        "ip route print detail",
        "type",
        Nothing("the template overlooks it, that of terse output does not"),
    ),
    ("routing bgp", "flag", Letters(&[('E', "established")])),
    (
        "routing ospf",
        "dynamic",
        Nothing("the template overlooks the letter where it stands alone"),
    ),
    ("routing ospf", "passive", Letters(&[('P', "passive")])),
    (
        "routing ospf",
        "interface",
        Nothing("RouterOS 7 tells it as a part of the address"),
    ),
    ("snmp community", "flags", Letters(&[('*', "default")])),
    ("system resource", "uptime_", PartOf("uptime")),
    ("system routerboard", "hardware_model", Called("model")),
];

/// Outputs that are refused: how the command begins, the code, and why.
const REFUSED: &[(&str, &str, &str)] = &[(
    "ip address print",
    "unclear-table",
    "somebody changed the addresses of this capture: they no longer stand below their titles",
)];

/// What is to be found in place of a field.
#[derive(Clone, Copy, Debug)]
enum Means {
    /// The value of another name.
    Called(&'static str),
    /// Letters, each of which makes a value `true`.
    Letters(&'static [(char, &'static str)]),
    /// A part of the value of that name.
    PartOf(&'static str),
    /// Nothing, for a reason.
    Nothing(&'static str),
}

#[test]
fn real_outputs_are_read_as_templates_read_them() {
    let Some(path) = shared("vectors/print_output_ntc_templates.json") else {
        return;
    };
    let vectors: Json = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let (mut outputs, mut values, mut faults) = (0, 0, Vec::new());
    for case in vectors["cases"].as_array().unwrap() {
        let command = case["command"].as_str().unwrap();
        let Some((menu, _)) = command.split_once(" print") else {
            continue;
        };
        let menu = format!("/{}", menu.replace(' ', "/"));
        outputs += 1;
        let refused = REFUSED.iter().find(|(own, ..)| command.starts_with(own));
        match (
            Router::from_print(&[(&menu, case["raw"].as_str().unwrap())], None),
            refused,
        ) {
            (Ok(router), None) => {
                values += compare(command, &rows(&router, &menu), &case["parsed"], &mut faults)
            }
            (Err(error), Some((_, code, _))) => {
                assert!(
                    error
                        .diagnostics()
                        .iter()
                        .all(|finding| finding.code.as_str() == *code),
                    "{}",
                    error.render()
                );
            }
            (Ok(_), Some((.., why))) => faults.push(format!("{command}: is read, though {why}")),
            (Err(error), None) => faults.push(format!("{command}: {}", error.render())),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(outputs >= 27, "only {outputs} outputs");
    assert!(values > 400, "only {values} values");
}

/// Rows of interfaces stand in the menus of their types.
fn rows<'a>(router: &'a Router, menu: &str) -> Vec<&'a Row> {
    let is_of_type = |own: &&str| menu == "/interface" && own.starts_with("/interface/");
    let menus = router.menus().filter(|own| *own == menu || is_of_type(own));
    menus.flat_map(|menu| router.table(menu).iter()).collect()
}

/// How many values are as the template has them.
fn compare(command: &str, rows: &[&Row], parsed: &Json, faults: &mut Vec<String>) -> usize {
    let parsed = parsed.as_array().unwrap();
    let mut values = 0;
    for (number, fields) in parsed.iter().enumerate() {
        let named = |row: &&&Row| value(row, "name") == fields["name"].as_str().map(str::to_owned);
        let is_interface = command.starts_with("interface print");
        let row = if is_interface {
            rows.iter().find(named)
        } else {
            rows.get(number)
        };
        let Some(row) = row else {
            // No menu of the schema holds interfaces of that type.
            if !is_interface || fields["type"] != "pptp-out" {
                faults.push(format!("{command}: row {number} is missing"));
            }
            continue;
        };
        for (name, wanted) in fields.as_object().unwrap() {
            values += 1;
            if let Err(fault) = agrees(command, row, name, &text(wanted)) {
                faults.push(format!("{command}: row {number}: `{name}`: {fault}"));
            }
        }
    }
    values
}

/// Whether the row has what the template says.
fn agrees(command: &str, row: &Row, name: &str, wanted: &str) -> Result<(), String> {
    let is_own = |(begin, field, _): &&(&str, &str, Means)| {
        command.starts_with(begin) && (*field == name || (field.ends_with('_') && name.starts_with(field)))
    };
    let known = DIFFERENCES.iter().find(is_own).map(|(.., means)| *means);
    let own = name.replace('_', "-");
    let found = |name: &str| value(row, name).unwrap_or_default();
    let (is_same, shown) = match known {
        Some(Nothing(why)) => (!why.is_empty(), String::new()),
        Some(PartOf(name)) => (found(name).contains(wanted), found(name)),
        Some(Letters(letters)) => {
            let is_told = |(letter, name): &(char, &str)| {
                ["true", "yes"].contains(&found(name).as_str()) == wanted.contains(*letter)
            };
            (letters.iter().all(is_told), format!("{row:?}"))
        }
        Some(Called(name)) => (same(&found(name), wanted), found(name)),
        None => (same(&found(&own), wanted), found(&own)),
    };
    if is_same {
        Ok(())
    } else {
        Err(format!("`{wanted}`, not `{shown}`"))
    }
}

/// REST tells by `true` what a terminal tells by `yes`.
fn same(found: &str, wanted: &str) -> bool {
    let told = [("true", "yes"), ("false", "no")];
    found == wanted || told.contains(&(found, wanted))
}

fn value(row: &Row, name: &str) -> Option<String> {
    let value = row.get(name).or_else(|| row.live(name))?;
    Some(value.to_text().into_owned())
}

/// Templates keep texts of many text lines as lists.
fn text(wanted: &Json) -> String {
    match wanted.as_array() {
        Some(lines) => lines
            .iter()
            .filter_map(Json::as_str)
            .collect::<Vec<_>>()
            .join("\n"),
        None => wanted.as_str().unwrap_or_default().to_owned(),
    }
}

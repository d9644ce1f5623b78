//! A provider's router of any size: the same rows as an export and as REST JSON.

use multi_isp::{Router, Site, Version};
use serde_json::{Map, Value, json};

/// One router in both forms.
pub struct Input {
    pub export: Vec<u8>,
    pub rest: Vec<u8>,
    /// Rows of its menus, however they are read.
    pub rows: usize,
    /// Commands and menu lines of the export.
    pub commands: usize,
}

const VERSION: Version = Version::new(7, 22, 3);

/// Customers cost about this many bytes of an export each.
const BYTES_A_CUSTOMER: usize = 370;

/// A router whose export has about so many bytes.
pub fn of_size(bytes: usize) -> Input {
    let rest = rest(bytes / BYTES_A_CUSTOMER);
    let rows = rest
        .values()
        .map(|rows| rows.as_array().map_or(0, Vec::len))
        .sum();
    let rest = Value::Object(rest).to_string().into_bytes();
    let router = Router::from_rest(&rest, Some(VERSION)).unwrap_or_else(|error| panic!("{error}"));
    let export = router.to_export();
    let lines = export.split(|byte| *byte == b'\n');
    // Continued lines begin with blanks, the rest of the text lines are menus, commands and comments.
    let commands = lines
        .filter(|line| line.first().is_some_and(|byte| !b" #".contains(byte)))
        .count();
    Input {
        export,
        rest,
        rows,
        commands,
    }
}

/// Rows of every menu of a router.
pub fn rows(router: &Router) -> usize {
    router.menus().map(|menu| router.table(menu).len()).sum()
}

/// A bundled case: the router of an export, and the site that is wanted on it.
pub struct Case {
    pub name: String,
    pub export: Vec<u8>,
    pub site: Site,
    /// Where both stand.
    pub router_file: String,
    pub site_file: String,
}

impl Case {
    pub fn load(&self) -> Router {
        Router::from_export(&self.export, None).unwrap_or_else(|error| panic!("{}", error.render()))
    }
}

/// The bundled cases that begin with an export.
pub fn cases() -> Vec<Case> {
    let listed: Vec<Value> = serde_json::from_slice(&read(&file("cases.json"))).expect("a list of cases");
    let cases = listed.iter().map(|case| {
        let text = |field: &str| case[field].as_str().unwrap_or_default();
        let (router_file, site_file) = (file(text("router")), file(text("site")));
        Case {
            name: text("name").to_owned(),
            export: read(&router_file),
            site: Site::from_json(&read(&site_file)).unwrap_or_else(|errors| panic!("{errors}")),
            router_file,
            site_file,
        }
    });
    cases.filter(|case| case.router_file.ends_with(".rsc")).collect()
}

fn file(path: &str) -> String {
    format!("{}/../examples/{path}", env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What a customer has on a small provider's router: a name on a list, a lease, a queue, a rule and a port forward.
fn rest(customers: usize) -> Map<String, Value> {
    let each = |row: fn(usize) -> Value| -> Value { (0..customers).map(row).collect() };
    let mut menus = Map::new();
    menus.insert("/ip/firewall/address-list".to_owned(), each(|n| json!({
        ".id": id(n), "list": format!("plan-{}M", 5 * (n % 4 + 1)), "address": address(n), "comment": format!("house {n}, \"{}\"", STREETS[n % STREETS.len()]),
    })));
    menus.insert("/ip/firewall/filter".to_owned(), each(|n| json!({
        ".id": id(n), "chain": "forward", "action": if n % 7 == 0 { "drop" } else { "accept" }, "src-address": address(n), "out-interface-list": "WAN",
        "connection-state": "established,related,new", "protocol": "tcp", "dst-port": format!("{}", 1024 + n % 60_000), "comment": "limits of the plan",
    })));
    menus.insert("/queue/simple".to_owned(), each(|n| json!({
        ".id": id(n), "name": format!("house-{n}"), "target": format!("{}/32", address(n)), "max-limit": "5M/10M",
    })));
    menus
}

const STREETS: &[&str] = &["Acacia", "Uhuru; north", "Rue de l'Église", "Школьная"];

fn id(n: usize) -> String {
    format!("*{:X}", n + 1)
}

fn address(n: usize) -> String {
    format!("10.{}.{}.{}", 16 + n / 65_536 % 200, n / 256 % 256, n % 256)
}

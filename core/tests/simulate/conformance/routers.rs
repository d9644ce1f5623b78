//! The routers that cases amend.

use multi_isp::routeros::router::{Router, RunError, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::version::Version;

use super::cases::Case;

const ROUTERS: &str = include_str!("routers.txt");

/// A router that was read while its clients had leases.
const BOUND: &str = include_str!("bound.json");

const V6: Version = Version::new(6, 49, 18);
const V7: Version = Version::new(7, 22, 3);

/// The router of a case, amended; the error where its commands are refused.
pub(super) fn router(case: &Case) -> (Router, Option<RunError>) {
    let (version, name) = case
        .router
        .split_once(' ')
        .expect("a router has a version and a name");
    let (version, major) = match version {
        "v6" => (V6, "v6"),
        "v7" => (V7, "v7"),
        version if version.starts_with("6.") => (parse(version), "v6"),
        version => (parse(version), "v7"),
    };
    let read = if name == "bound" {
        Router::from_rest(BOUND.as_bytes(), Some(version))
    } else {
        Router::from_export(text(major, name).as_bytes(), Some(version))
    };
    let router = read.unwrap_or_else(|error| panic!("{}: {}", case.router, error.render()));
    let script = Script::parse(case.commands.join("\n").as_bytes());
    let script = script.unwrap_or_else(|error| panic!("{}: {error}", case.title));
    let outcome = router.run(&script, &Unknown);
    (outcome.router, outcome.error)
}

/// The rows of a router: those of the router that it is made of, and its own. `v6 NAME` is taken before `NAME`.
fn text(major: &str, name: &str) -> String {
    let own = block(&format!("{major} {name}")).or_else(|| block(name));
    let mut rows = String::new();
    for line in own.unwrap_or_else(|| panic!("no router `{name}`")).lines() {
        match line.strip_prefix("with ") {
            Some(other) => rows.push_str(&text(major, other)),
            None => {
                rows.push_str(line);
                rows.push('\n');
            }
        }
    }
    rows
}

fn block(name: &str) -> Option<&'static str> {
    let mut blocks = ROUTERS.split("== ").skip(1);
    blocks.find_map(|block| {
        let (title, rows) = block.split_once('\n')?;
        (title == name).then_some(rows)
    })
}

fn parse(version: &str) -> Version {
    Version::parse(version).unwrap_or_else(|| panic!("`{version}` is no version"))
}

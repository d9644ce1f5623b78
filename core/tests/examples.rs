//! The bundled routers and sites are what they claim to be; README, tests and bindings build on them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use multi_isp::alerts::{AlertOptions, AlertState, Messages, alerts};
use multi_isp::audit;
use multi_isp::plan::{Options, plan_apply};
use multi_isp::routeros::router::{Difference, Router, Unknown};
use multi_isp::routeros::schema;
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::version::Version;
use multi_isp::simulate::{Condition, Scenario, Source, Traffic, WhatIf, observe, simulate, what_if};
use multi_isp::site::Site;
use multi_isp::status::status;
use serde_json::Value;

/// A documented case: a router and the site that is wanted on it.
pub struct Case {
    pub name: String,
    pub router: Router,
    pub site: Site,
    /// Whether it is one of the line matrix: planned for every version of [`VERSIONS`].
    pub in_matrix: bool,
    file: String,
}

/// The versions of the line matrix; the last is the one that snapshots show in full.
pub const VERSIONS: [&str; 4] = ["6.49.10", "7.9", "7.18.2", "7.22.3"];

impl Case {
    /// The same case on a router that calls itself another version.
    pub fn at(&self, version: &str) -> Case {
        Case {
            name: self.name.clone(),
            router: self.router_at(version),
            site: self.site.clone(),
            in_matrix: self.in_matrix,
            file: self.file.clone(),
        }
    }

    /// Whether that version can have it: a modem's APN profiles came with 6.41, and 6 resolves no gateway outside a network.
    pub fn fits(&self, version: &str) -> bool {
        match self.name.as_str() {
            "cable-lte" => version != "6.40.9",
            "gateway-outside" => !version.starts_with("6."),
            _ => true,
        }
    }

    /// A client that runs says so on 6, where it would not by default.
    fn router_at(&self, version: &str) -> Router {
        let router = router_at(&self.file, Version::parse(version));
        let clients = self.router.table("/ip/dhcp-client").iter().zip(0..);
        let running = clients.filter(|(row, _)| !row.disabled());
        let enable: String = running
            .map(|(_, number)| format!("/ip dhcp-client enable {number}\n"))
            .collect();
        router
            .run(&Script::parse(enable.as_bytes()).unwrap(), &Unknown)
            .router
    }
}

/// All documented cases, in the order of `cases.json`.
pub fn cases() -> Vec<Case> {
    let load = |case: Listed| Case {
        router: router(&case.router),
        site: site(&case.site),
        name: case.name,
        in_matrix: case.in_matrix,
        file: case.router,
    };
    listed().into_iter().map(load).collect()
}

/// All of them, and those that RouterOS 6 can have on it too.
pub fn cases_on_both() -> impl Iterator<Item = Case> {
    let on_6 = |case: &Case| case.fits("6.49.18").then(|| case.at("6.49.18"));
    cases()
        .into_iter()
        .flat_map(move |case| on_6(&case).into_iter().chain([case]))
}

/// The line matrix: every kind of line and of customer.
pub fn matrix() -> Vec<Case> {
    cases().into_iter().filter(|case| case.in_matrix).collect()
}

/// One of them.
pub fn case(name: &str) -> Case {
    let found = cases().into_iter().find(|case| case.name == name);
    found.unwrap_or_else(|| panic!("there is no case `{name}`"))
}

/// A router of the examples, by its path below them, in either form.
pub fn router(path: &str) -> Router {
    router_at(path, None)
}

fn router_at(path: &str, version: Option<Version>) -> Router {
    let text = read(path);
    let router = if path.ends_with(".json") {
        Router::from_rest(&text, version)
    } else {
        Router::from_export(&text, version)
    };
    router.unwrap_or_else(|error| panic!("{path}: {}", error.render()))
}

/// A site of the examples.
pub fn site(path: &str) -> Site {
    let text = read(path);
    Site::from_json(&text).unwrap_or_else(|errors| panic!("{path}: {}", errors.render(Some(&text))))
}

/// What `cases.json` says of a case.
struct Listed {
    name: String,
    router: String,
    site: String,
    in_matrix: bool,
}

fn listed() -> Vec<Listed> {
    let cases: Value = serde_json::from_slice(&read("cases.json")).unwrap();
    let text = |case: &Value, field: &str| case[field].as_str().unwrap().to_owned();
    let case = |case: &Value| Listed {
        name: text(case, "name"),
        router: text(case, "router"),
        site: text(case, "site"),
        in_matrix: case["matrix"].as_bool().unwrap_or_default(),
    };
    cases.as_array().unwrap().iter().map(case).collect()
}

fn read(path: &str) -> Vec<u8> {
    std::fs::read(folder().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")
}

/// Paths of the examples of one kind.
fn files(below: &str, extension: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder().join(below)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<String> = names
        .filter(|name| name.ends_with(extension))
        .map(|name| format!("{below}/{name}"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no {extension} in examples/{below}");
    files
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let cases = cases();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len());
}

#[test]
fn every_site_and_every_router_is_part_of_a_case_or_is_judged_by_hand() {
    let cases = listed();
    let used = |file: &String| {
        cases
            .iter()
            .any(|case| case.router == *file || case.site == *file)
    };
    let mut all = files("sites", ".json");
    all.extend(files("routers", ".json"));
    all.extend(files("routers", ".rsc"));
    all.retain(|file| !used(file));
    assert_eq!(all, ["routers/hap-6.49.rsc", "routers/two-isps-by-hand-7.16.rsc"]);
}

#[test]
fn sites_have_two_to_four_lines() {
    for file in files("sites", ".json") {
        assert!((2..=4).contains(&site(&file).lines().len()), "{file}");
    }
}

#[test]
fn exports_say_that_they_are_made_by_hand_and_are_wrapped_like_a_routers() {
    for file in files("routers", ".rsc") {
        let text = String::from_utf8(read(&file)).unwrap();
        assert!(
            text.lines()
                .take(12)
                .any(|line| line.starts_with("# hand-made for multi-isp")),
            "{file}"
        );
        let longest = text.lines().map(str::len).max();
        assert!(longest <= Some(79), "{file}: {longest:?} columns");
    }
}

#[test]
fn what_a_router_is_set_to_exists_in_its_version() {
    for file in files("routers", ".rsc")
        .into_iter()
        .chain(files("routers", ".json"))
    {
        let router = router(&file);
        let version = router.version().unwrap_or_else(|| panic!("{file}: no version"));
        for (menu, path) in router
            .menus()
            .filter_map(|path| Some((schema::menu(path)?, path)))
        {
            assert!(!menu.existence(version).is_no(), "{file}: {path} in {version}");
            let properties = router.table(path).iter().flat_map(|row| row.iter());
            // What a row that is always there is called is no property that could be set.
            for (name, _) in properties.filter(|(name, _)| !["name", "default-name"].contains(name)) {
                assert!(
                    !menu.has_property(name, version).is_no(),
                    "{file}: {path} {name} in {version}"
                );
            }
        }
    }
}

#[test]
fn the_two_forms_of_the_hap_are_one_router() {
    let form = |extension: &str| router(&format!("routers/hap-defconf-7.16.{extension}"));
    let (export, rest) = (form("rsc"), form("json"));
    for found in export.diff(&rest) {
        match found {
            // An export leaves out what every router has and what is at its default; REST lists both.
            Difference::Added { .. } => {}
            // REST shows the address that the pool gave, an export the one that was typed.
            Difference::Changed { menu, .. } if menu == "/ipv6/address" => {}
            Difference::Changed { menu, properties, .. } => {
                let other = properties.iter().find(|change| change.before.is_some());
                assert_eq!(other, None, "{menu}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(rest.ports_known() && !export.ports_known());
}

#[test]
fn the_readme_shows_what_its_command_prints() {
    let Case { router, site, .. } = case("fiber-wireless");
    let plan = plan_apply(&site, &router, &Options::default()).unwrap();
    let script = String::from_utf8(plan.script()).unwrap();
    let printed = format!("{}\n{}\n{script}", plan.report(), plan.summary());
    let printed: Vec<&str> = printed.lines().collect();

    readme_shows(0, "plan_apply", &printed);
}

#[test]
fn the_readme_shows_what_the_simulator_prints() {
    let router = router("routers/two-isps-by-hand-7.16.rsc");
    let camera = Traffic {
        from: Source::Internet {
            line: "ether2".into(),
            source: "203.0.113.200".parse().unwrap(),
        },
        to: None,
        port: Some(8443),
        ..Traffic::default()
    };
    let trace = simulate(&router, &Scenario::default().with_traffic(camera)).to_string();
    let matrix = what_if(&router, &WhatIf::default()).to_string();
    readme_shows(1, "simulate", &trace.lines().collect::<Vec<_>>());
    readme_shows(2, "simulate --what-if", &matrix.lines().collect::<Vec<_>>());
}

#[test]
fn the_readme_shows_what_an_audit_prints() {
    let file = "examples/routers/two-isps-by-hand-7.16.rsc";
    let export = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)).unwrap();
    let report = audit(&Router::from_export(&export, None).unwrap());
    let printed = report.render(file, &export);
    readme_shows(3, "audit", &printed.lines().collect::<Vec<_>>());
}

#[test]
fn the_readme_shows_what_a_portal_shows() {
    let Case { router, site, .. } = case("fiber-wireless");
    let plan = plan_apply(&site, &router, &Options::default()).unwrap();
    let planned = router
        .run(&Script::parse(&plan.script()).unwrap(), &Unknown)
        .router;
    let unplugged = Scenario::default().with_line("ether1", Condition::LinkDown);
    let [before, now] =
        [Scenario::default(), unplugged].map(|scenario| status(&site, &observe(&planned, &scenario)));
    let options = AlertOptions::default();
    let (state, _) = alerts(&AlertState::default(), &before, 0, &options);
    let (_, told) = alerts(&state, &now, 45, &options);
    let message = Messages::default().of(&told[0], "Home Router");
    let printed = format!("{now}\n{}", message.text);
    readme_shows(4, "status", &printed.lines().collect::<Vec<_>>());
}

/// A block of text in README.md has only what a program prints; `..` stands for what is left out, within a text line too.
#[track_caller]
fn readme_shows(block: usize, program: &str, printed: &[&str]) {
    let readme = include_str!("../../README.md");
    let shown = readme.split("```text\n").nth(block + 1).unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    for line in shown.lines().filter(|line| *line != "..") {
        let start = line.strip_suffix(" ..");
        let is_printed =
            |known: &&str| start.map_or(*known == line, |start| known.starts_with(start.trim_end()));
        assert!(
            printed.iter().any(is_printed),
            "README.md shows what `{program}` does not print: {line}"
        );
    }
}

/// The five lines of the first screen of README.md, as code; nobody runs them here, for they write a file.
fn five_lines() -> Result<(), Box<dyn std::error::Error>> {
    let router = Router::from_export(&std::fs::read("router.rsc")?, None)?;
    let site = Site::from_json(&std::fs::read("site.json")?)?;
    let plan = plan_apply(&site, &router, &Options::default())?; // refuses, with the findings, what must be fixed first
    println!("{}", plan.summary());
    std::fs::write("plan.rsc", plan.script())?;
    Ok(())
}

#[test]
fn the_five_lines_of_the_readme_are_code() {
    let _: fn() -> Result<(), Box<dyn std::error::Error>> = five_lines;
    let readme = include_str!("../../README.md");
    let (_, block) = readme.split_once("```rs\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    assert_eq!(block.lines().count(), 5);
    for line in block.lines() {
        assert!(
            include_str!("examples.rs").contains(&format!("    {line}\n")),
            "{line}"
        );
    }
}

//! The bundled routers and sites are what they claim to be; README, tests and bindings build on them.

use std::path::{Path, PathBuf};

use multi_isp::routeros::router::{Difference, Router};
use multi_isp::routeros::schema;
use multi_isp::routeros::syntax::Script;
use multi_isp::site::Site;
use serde_json::Value;

/// A pair of router and site that is planned.
pub struct Case {
    pub name: String,
    pub router: PathBuf,
    pub site: PathBuf,
}

/// All documented cases, in the order of `cases.json`.
pub fn cases() -> Vec<Case> {
    let cases: Value = serde_json::from_slice(&read(&folder().join("cases.json"))).unwrap();
    let text = |case: &Value, field: &str| case[field].as_str().unwrap().to_owned();
    let case = |case: &Value| Case {
        name: text(case, "name"),
        router: folder().join(text(case, "router")),
        site: folder().join(text(case, "site")),
    };
    cases.as_array().unwrap().iter().map(case).collect()
}

pub fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")
}

fn files(below: &str, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder().join(below)).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|found| found == extension));
    files.sort();
    assert!(!files.is_empty(), "no .{extension} in examples/{below}");
    files
}

#[test]
fn every_case_has_a_name_of_its_own_and_its_files() {
    let cases = cases();
    let names: std::collections::BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len());
    for case in &cases {
        assert!(case.router.is_file() && case.site.is_file(), "{}", case.name);
    }
}

#[test]
fn every_site_and_every_router_is_part_of_a_case_or_waits_for_routeros_6() {
    let cases = cases();
    let used = |file: &PathBuf| {
        cases
            .iter()
            .any(|case| case.router == *file || case.site == *file)
    };
    let mut all = files("sites", "json");
    all.extend(files("routers", "json"));
    all.extend(files("routers", "rsc"));
    let unused: Vec<_> = all
        .iter()
        .filter(|file| !used(file))
        .map(|file| file.file_name().unwrap())
        .collect();
    assert_eq!(unused, ["hap-6.49.rsc"]);
}

#[test]
fn sites_are_well_formed_and_have_two_to_four_lines() {
    for file in files("sites", "json") {
        let site =
            Site::from_json(&read(&file)).unwrap_or_else(|errors| panic!("{}: {errors}", file.display()));
        assert!((2..=4).contains(&site.lines().len()), "{}", file.display());
    }
}

#[test]
fn exports_say_that_they_are_made_by_hand_and_are_wrapped_like_a_routers() {
    for file in files("routers", "rsc") {
        let text = read(&file);
        Script::parse(&text).unwrap_or_else(|errors| panic!("{}: {errors}", file.display()));
        let text = String::from_utf8(text).unwrap();
        assert!(
            text.lines()
                .take(12)
                .any(|line| line.starts_with("# hand-made for multi-isp")),
            "{}",
            file.display()
        );
        let longest = text.lines().map(str::len).max();
        assert!(longest <= Some(79), "{}: {longest:?} columns", file.display());
    }
}

/// Loads a router of the examples in either form.
pub fn router(file: &Path) -> Router {
    let text = read(file);
    let router = match file.extension().is_some_and(|extension| extension == "json") {
        true => Router::from_rest(&text, None),
        false => Router::from_export(&text, None),
    };
    router.unwrap_or_else(|error| panic!("{}: {}", file.display(), error.render()))
}

#[test]
fn what_a_router_is_set_to_exists_in_its_version() {
    for file in files("routers", "rsc")
        .into_iter()
        .chain(files("routers", "json"))
    {
        let router = router(&file);
        let version = router
            .version()
            .unwrap_or_else(|| panic!("{}: no version", file.display()));
        for (menu, path) in router
            .menus()
            .filter_map(|path| Some((schema::menu(path)?, path)))
        {
            assert!(
                !menu.existence(version).is_no(),
                "{}: {path} in {version}",
                file.display()
            );
            let properties = router.table(path).iter().flat_map(|row| row.iter());
            // What a row that is always there is called is no property that could be set.
            for (name, _) in properties.filter(|(name, _)| !["name", "default-name"].contains(name)) {
                let existence = menu.has_property(name, version);
                assert!(
                    !existence.is_no(),
                    "{}: {path} {name} in {version}",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn the_two_forms_of_the_hap_are_one_router() {
    let form = |extension| router(&folder().join(format!("routers/hap-defconf-7.16.{extension}")));
    let (export, rest) = (form("rsc"), form("json"));
    for found in export.diff(&rest) {
        match found {
            // An export leaves out what every router has and what is at its default; REST lists both.
            Difference::Added { .. } => {}
            Difference::Changed { menu, properties, .. } => {
                let other = properties.iter().find(|(_, export, _)| export.is_some());
                assert_eq!(other, None, "{menu}");
            }
            // REST shows the address that the pool gave, an export the one that was typed.
            Difference::Removed { menu, .. } if menu == "/ipv6/address" => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(rest.ports_known() && !export.ports_known());
}

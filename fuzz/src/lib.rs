//! What each fuzz target asks of any bytes at all, as plain functions: `fuzz_targets/` hands them to libFuzzer,
//! `tests/replay.rs` runs them over the committed corpus on a stable compiler.

use std::time::Duration;

use multi_isp::routeros::syntax::quote;
use multi_isp::{Diagnostic, Router, Script, Site, Unknown};

mod tree;

/// Name of a target, which is also the name of its corpus, and its body.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("parse", parse),
    ("quote_unquote", quote_unquote),
    ("load", load),
    ("print", print),
    ("run", run),
    ("site", site),
    ("audit", audit),
];

/// A lenient parse keeps every byte in a well-formed tree, and a strict one agrees with it.
pub fn parse(data: &[u8]) {
    let script = Script::parse_lenient(data);
    assert_eq!(script.to_bytes(), data);
    tree::check(&script);
    match Script::parse(data) {
        Ok(strict) => {
            tree::check(&strict);
            assert_eq!(strict.errors().count(), 0);
            // What follows a stray `}` is passed over by RouterOS and read on by a lenient parse: the one difference.
            if strict.findings().is_empty() {
                assert_eq!(strict, script);
            }
        }
        Err(_) => assert_ne!(script.errors().count(), 0),
    }
    for found in script.findings() {
        let place = found.place.expect("what is found in a text has a place");
        assert!(
            place.offset.saturating_add(place.length) <= data.len(),
            "{place:?} of {}",
            data.len()
        );
        assert!(!found.render(Some(data)).is_empty());
    }
}

/// Any bytes survive quoting, as a value too; nothing that is quoted can end its quotes, interpolate, or leave printable ASCII.
pub fn quote_unquote(data: &[u8]) {
    let quoted = quote::quote(data);
    assert_eq!(quote::unquote(&quoted).as_deref(), Some(data));
    assert!(
        quoted.iter().all(|byte| (b' '..=b'~').contains(byte)),
        "{quoted:?}"
    );

    let value = quote::value(data);
    match quote::unquote(&value) {
        Some(unquoted) => assert_eq!(unquoted, data),
        None => assert_eq!(value, data),
    }
    for text in [quoted, value] {
        let line = [b"/ip route add comment=".as_slice(), &text, b" distance=7"].concat();
        let script =
            Script::parse(&line).unwrap_or_else(|errors| panic!("{:?}: {errors:?}", line.escape_ascii()));
        tree::is_one_command_with_two_values(&script, &text);
    }
    // Arbitrary text between quotes: refused or read, and what was read survives being written again.
    if let Some(text) = quote::unquote(data) {
        assert_eq!(quote::unquote(&quote::quote(&text)), Some(text));
    }
}

/// Whatever loads as an export or as REST JSON prints an export that loads, too.
pub fn load(data: &[u8]) {
    for router in [Router::from_export(data, None), Router::from_rest(data, None)] {
        match router {
            Ok(router) => survives_its_export(&router),
            Err(error) => assert!(!error.render().is_empty()),
        }
    }
}

/// An output of `print`, below the path of its menu in the first text line, is read or refused with places that are in it.
pub fn print(data: &[u8]) {
    let (menu, output) = match data.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (&b"/ip/route"[..], data),
    };
    match Router::from_print(&[(&String::from_utf8_lossy(menu), output)], None) {
        Ok(router) => assert!(router.menus().all(|menu| !router.table(menu).is_empty())),
        Err(error) => {
            assert!(!error.render().is_empty());
            let places = error.diagnostics().iter().filter_map(|found| found.place);
            for place in places {
                assert!(place.offset.saturating_add(place.length) <= output.len(), "{place:?}");
            }
        }
    }
}

/// Any script runs on a bundled router without a panic, and leaves a router behind, also where it stops half way.
pub fn run(data: &[u8]) {
    const EXPORT: &[u8] = include_bytes!("../../examples/routers/hap-defconf-7.16.rsc");
    let router = Router::from_export(EXPORT, None).expect("the bundled export loads");
    let outcome = router.run(&Script::parse_lenient(data), &Unknown);
    survives_its_export(&outcome.router);
    let later = outcome.router.advance(Duration::from_secs(600), &Unknown);
    let _ = later.router.reboot(&Unknown);
}

/// Whatever is a site comes back equal from its own JSON; whatever is none is refused with reasons.
pub fn site(data: &[u8]) {
    match Site::from_json(data) {
        Ok(site) => assert_eq!(Site::from_json(site.to_json().as_bytes()), Ok(site)),
        Err(errors) => assert!(!errors.render(Some(data)).is_empty()),
    }
}

/// What is printed loads. (That nothing is lost on the way is held for real exports, by the tests of core: a text of no router
/// may speak of rows that an export cannot name, as with `set [find]`.)
fn survives_its_export(router: &Router) {
    let export = router.to_export();
    if let Err(error) = Router::from_export(&export, router.version()) {
        panic!("{}\n{}", error.render(), export.escape_ascii());
    }
}

/// An audit of whatever can be loaded ends, its places are in the text, and what mends a finding runs and is taken back exactly.
pub fn audit(data: &[u8]) {
    let Ok(router) = Router::from_export(data, None) else {
        return;
    };
    let report = multi_isp::audit(&router);
    assert!(report.is_clean() != report.render("any.rsc", data).contains("]: "));
    for found in report.findings() {
        let end = found.place.map_or(0, |place| place.offset.saturating_add(place.length));
        assert!(end <= data.len(), "{found:?} of {}", data.len());
        mend(&router, found);
    }
}

fn mend(router: &Router, found: &Diagnostic) {
    let Some(fix) = &found.fix else { return };
    let run = |router: &Router, commands: &[String]| {
        let script = Script::parse(commands.join("\n").as_bytes()).expect("commands parse");
        let outcome = router.run(&script, &Unknown);
        assert_eq!(outcome.error, None, "{fix:?}");
        outcome.router
    };
    let mended = run(router, &fix.commands);
    assert!(!mended.diff(router).is_empty(), "{fix:?} changes nothing");
    assert!(run(&mended, &fix.undo).diff(router).is_empty(), "{fix:?} is not taken back");
}

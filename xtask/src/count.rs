//! How many tests ran, as the test runners of all languages tell it.

/// A part that runs tests counts each of them, any other part counts as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Count) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl Count {
    /// The figures of a text line that sums up a run of tests.
    pub fn told_in(text: &str) -> Option<Count> {
        RUNNERS.iter().find_map(|read| read(text))
    }
}

const RUNNERS: [fn(&str) -> Option<Count>; 4] = [cargo, pytest, node, maven];

/// `test result: ok. 12 passed; 0 failed; 0 ignored; ..`
fn cargo(text: &str) -> Option<Count> {
    let (_, figures) = text.strip_prefix("test result: ")?.split_once(". ")?;
    let figure = |what: &str| before(figures.split("; "), what);
    Some(Count {
        passed: figure("passed")?,
        failed: figure("failed")?,
        skipped: figure("ignored")?,
    })
}

/// `=== 1 failed, 12 passed, 1 skipped in 0.10s ===`, without signs around it where it is quiet.
fn pytest(text: &str) -> Option<Count> {
    let (figures, time) = text.trim_matches(['=', ' ']).rsplit_once(" in ")?;
    time.split_once('s')
        .filter(|(seconds, _)| seconds.parse::<f64>().is_ok())?;
    let figure = |what: &str| before(figures.split(", "), what);
    let (passed, failed) = (figure("passed"), figure("failed"));
    let errors = figure("errors").or_else(|| figure("error")).unwrap_or_default();
    passed.or(failed)?;
    Some(Count {
        passed: passed.unwrap_or_default(),
        failed: failed.unwrap_or_default() + errors,
        skipped: figure("skipped").unwrap_or_default(),
    })
}

/// `# pass 12`, `# fail 0`, `# skipped 1`, a text line each.
fn node(text: &str) -> Option<Count> {
    let (word, figure) = text
        .strip_prefix("# ")
        .or_else(|| text.strip_prefix("ℹ "))?
        .split_once(' ')?;
    let figure = figure.parse().ok()?;
    let none = Count::default();
    match word {
        "pass" => Some(Count {
            passed: figure,
            ..none
        }),
        "fail" | "cancelled" => Some(Count {
            failed: figure,
            ..none
        }),
        "skipped" | "todo" => Some(Count {
            skipped: figure,
            ..none
        }),
        _ => None,
    }
}

/// `[INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 1`: the sum, not the text line of a class, which names its time.
fn maven(text: &str) -> Option<Count> {
    let figures = &text[text.find("Tests run: ")?..];
    if figures.contains("Time elapsed") {
        return None;
    }
    let figure = |what: &str| {
        figures
            .split(", ")
            .find_map(|figure| figure.strip_prefix(what)?.parse::<usize>().ok())
    };
    let (run, skipped) = (figure("Tests run: ")?, figure("Skipped: ")?);
    let failed = figure("Failures: ")? + figure("Errors: ")?;
    Some(Count {
        passed: run.saturating_sub(failed + skipped),
        failed,
        skipped,
    })
}

/// The figure that stands before a word: of `12 passed`.
fn before<'a>(mut figures: impl Iterator<Item = &'a str>, word: &str) -> Option<usize> {
    figures.find_map(|figure| figure.strip_suffix(word)?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_every_runner_are_read() {
        for (text, passed, failed, skipped) in [
            (
                "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s",
                12,
                3,
                1,
            ),
            (
                "============= 2 failed, 40 passed, 1 skipped in 3.21s =============",
                40,
                2,
                1,
            ),
            ("41 passed, 2 errors in 63.20s (0:01:03)", 41, 2, 0),
            ("# pass 41", 41, 0, 0),
            ("# fail 2", 0, 2, 0),
            ("# skipped 1", 0, 0, 1),
            (
                "[ERROR] Tests run: 12, Failures: 1, Errors: 2, Skipped: 3",
                6,
                3,
                3,
            ),
        ] {
            let wanted = Count {
                passed,
                failed,
                skipped,
            };
            assert_eq!(Count::told_in(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn nothing_else_is_a_figure() {
        for text in [
            "test parses ... ok",
            "# tests 41",
            "1 step applied in 3 places",
            "[INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.3 s - in FlowTest",
        ] {
            assert_eq!(Count::told_in(text), None, "{text}");
        }
    }
}

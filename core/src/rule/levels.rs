//! At which level findings are told.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::{Report, Rule};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::document::{Document, Node};

/// At which level findings of some rules are told, where that is another than their own
///
/// `preflight::levels` and `audit::levels` make them: each knows its codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<Code, Option<Level>>);

/// Why levels cannot be set; at least one finding
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelErrors {
    faults: Vec<Diagnostic>,
    /// For each, the position in what was wanted of the level that it is about
    positions: Vec<usize>,
}

impl Levels {
    /// Levels of rules by their codes, each `error`, `warning`, `note` or `off`
    ///
    /// What `is_fixed` cannot be told at a lower level than its own.
    pub(crate) fn of<C>(
        rules: &[Rule<C>],
        wanted: &[(&str, &str)],
        is_fixed: fn(&Rule<C>) -> bool,
    ) -> Result<Self, LevelErrors> {
        let mut levels = BTreeMap::new();
        let mut faults = Vec::new();
        for (position, (code, level)) in wanted.iter().enumerate() {
            match read(rules, code, level, is_fixed) {
                Err(fault) => faults.push((position, *fault)),
                Ok((code, level)) => {
                    if levels.insert(code, level).is_some() {
                        faults.push((position, twice(code)));
                    }
                }
            }
        }
        if faults.is_empty() {
            Ok(Self(levels))
        } else {
            let (positions, faults) = faults.into_iter().unzip();
            Err(LevelErrors { faults, positions })
        }
    }

    /// The level at which a finding is told; `None` where it is left out
    fn of_finding(&self, finding: &Diagnostic) -> Option<Level> {
        self.0.get(&finding.code).copied().unwrap_or(Some(finding.level))
    }
}

impl Report {
    /// The report with its findings at these levels, those that are off left out
    #[must_use]
    pub fn at(self, levels: &Levels) -> Self {
        let told = |finding: Diagnostic| levels.of_finding(&finding).map(|level| finding.at_level(level));
        self.into_findings().into_iter().filter_map(told).collect()
    }
}

impl LevelErrors {
    /// What is wrong, in the order of what was wanted
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.faults
    }
}

impl fmt::Display for LevelErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let faults = self.faults.iter();
        faults
            .map(|finding| finding.render(None))
            .try_for_each(|text| f.write_str(&text))
    }
}

impl core::error::Error for LevelErrors {}

/// What makes levels of codes and levels
type LevelsOf = fn(&[(&str, &str)]) -> Result<Levels, LevelErrors>;

/// Levels of a list of codes and levels in a document, made by `of`
pub(crate) fn read_levels<'a>(document: &mut Document<'a>, node: &Node<'a>, of: LevelsOf) -> Option<Levels> {
    let nodes = document.items(node)?;
    let items: Vec<Option<(String, String)>> = nodes.iter().map(|node| item(document, node)).collect();
    let items: Vec<(String, String)> = items.into_iter().collect::<Option<_>>()?;
    let wanted: Vec<(&str, &str)> = items
        .iter()
        .map(|(code, level)| (code.as_str(), level.as_str()))
        .collect();
    let errors = match of(&wanted) {
        Ok(levels) => return Some(levels),
        Err(errors) => errors,
    };
    for (position, fault) in errors.positions.iter().zip(errors.faults) {
        let node = nodes.get(*position).unwrap_or(node);
        document.report(node, fault);
    }
    None
}

fn item<'a>(document: &mut Document<'a>, node: &Node<'a>) -> Option<(String, String)> {
    let fields = document.fields(node, &["code", "level"]);
    let [code, level] = ["code", "level"].map(|name| document.needed(&fields, name, Document::string));
    Some((code?, level?))
}

fn read<C>(
    rules: &[Rule<C>],
    code: &str,
    level: &str,
    is_fixed: fn(&Rule<C>) -> bool,
) -> Result<(Code, Option<Level>), Box<Diagnostic>> {
    let rule = rules.iter().find(|rule| rule.code.as_str() == code);
    let rule = rule.ok_or_else(|| unknown_code(code))?;
    let setting = SETTINGS.iter().find(|(name, _)| *name == level);
    let (_, level) = *setting.ok_or_else(|| unknown_level(code, level))?;
    let is_lower = level.is_none_or(|level| level > rule.level);
    if is_lower && is_fixed(rule) {
        return Err(fixed(rule.code).into());
    }
    Ok((rule.code, level))
}

fn unknown_code(code: &str) -> Diagnostic {
    Diagnostic::error(
        UNKNOWN_CODE,
        format!("no rule that is asked for here has the code `{}`", code.escape_default()),
    )
    .with_help("write a code as findings have it; the index of rules lists all of them, and who asks for each: preflight, audit or both")
    .about(Subject::field(code))
}

fn unknown_level(code: &str, level: &str) -> Diagnostic {
    let names: Vec<String> = SETTINGS.iter().map(|(name, _)| format!("`{name}`")).collect();
    let message = format!("`{code}` cannot be told as `{}`", level.escape_default());
    Diagnostic::error(UNKNOWN_LEVEL, message)
        .with_help(format!("choose one of {}", names.join(", ")))
        .about(Subject::field(code))
}

fn fixed(code: Code) -> Diagnostic {
    Diagnostic::error(
        LEVEL_FIXED,
        format!("`{code}` cannot be told as less than an error"),
    )
    .with_help("mend what it finds: no plan is made while it is there")
    .about(Subject::field(code.as_str()))
}

fn twice(code: Code) -> Diagnostic {
    Diagnostic::error(LEVEL_TWICE, format!("the level of `{code}` is set twice"))
        .with_help("set it once")
        .about(Subject::field(code.as_str()))
}

const SETTINGS: [(&str, Option<Level>); 4] = [
    ("error", Some(Level::Error)),
    ("warning", Some(Level::Warning)),
    ("note", Some(Level::Note)),
    ("off", None),
];

const UNKNOWN_CODE: Code = Code::new("unknown-code");
const UNKNOWN_LEVEL: Code = Code::new("unknown-level");
const LEVEL_FIXED: Code = Code::new("level-fixed");
const LEVEL_TWICE: Code = Code::new("level-set-twice");

#[cfg(test)]
mod tests {
    use std::string::ToString;
    use std::vec;

    use super::*;

    const RULES: [Rule<()>; 2] = [
        Rule {
            code: Code::new("duplicate-port"),
            level: Level::Error,
            page: "",
            check: (),
        },
        Rule {
            code: Code::new("no-firewall"),
            level: Level::Warning,
            page: "",
            check: (),
        },
    ];

    fn levels(wanted: &[(&str, &str)]) -> Result<Levels, LevelErrors> {
        Levels::of(&RULES, wanted, |rule| rule.level == Level::Error)
    }

    fn faults(wanted: &[(&str, &str)]) -> Vec<&'static str> {
        let faults = levels(wanted).unwrap_err();
        faults
            .diagnostics()
            .iter()
            .map(|fault| fault.code.as_str())
            .collect()
    }

    #[test]
    fn every_fault_is_told() {
        assert_eq!(
            faults(&[
                ("no-fierwall", "off"),
                ("no-firewall", "loud"),
                ("duplicate-port", "warning"),
                ("no-firewall", "note"),
                ("no-firewall", "off"),
            ]),
            ["unknown-code", "unknown-level", "level-fixed", "level-set-twice"]
        );
        assert_eq!(faults(&[("duplicate-port", "off")]), ["level-fixed"]);
        let told = levels(&[("no-firewall", "Error")]).unwrap_err().to_string();
        assert_eq!(
            told,
            "error[unknown-level]: `no-firewall` cannot be told as `Error`\nhelp: choose one of `error`, `warning`, `note`, `off`\n"
        );
    }

    #[test]
    fn findings_are_told_at_the_levels_that_were_set() {
        let report = || -> Report { RULES.iter().map(|rule| rule.finding("so it is")).collect() };
        let told = |wanted: &[(&str, &str)]| -> Vec<(&str, Level)> {
            let report = report().at(&levels(wanted).unwrap());
            report
                .findings()
                .iter()
                .map(|found| (found.code.as_str(), found.level))
                .collect()
        };
        let (firewall, port) = ("no-firewall", "duplicate-port");
        assert_eq!(told(&[]), [(port, Level::Error), (firewall, Level::Warning)]);
        assert_eq!(told(&[(firewall, "off")]), [(port, Level::Error)]);
        assert_eq!(
            told(&[(firewall, "error"), (port, "error")]),
            vec![(port, Level::Error), (firewall, Level::Error)]
        );
        assert_eq!(told(&[(firewall, "note")])[1], (firewall, Level::Note));
    }
}

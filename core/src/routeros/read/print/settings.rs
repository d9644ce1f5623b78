//! `print` of settings: `name: value` in each text line → the fields of the one row.

use alloc::{format, string::String, vec::Vec};

use super::{
    Menu,
    comment::Comment,
    fault::{Fault, NOT_PRINT_OUTPUT, UNCLEAR_VALUE},
    text::{Line, name_before},
    values::{self, Shown},
};
use crate::routeros::read::rows::Fields;

/// Whether a text line is a setting.
pub(super) fn begins(line: &Line<'_>) -> bool {
    setting(line).is_some()
}

/// The row; what cannot be read of it, all of it.
pub(super) fn read(menu: &Menu<'_>, lines: &[Line<'_>]) -> Result<Vec<Fields>, Vec<Fault>> {
    let mut settings: Vec<Setting<'_>> = Vec::new();
    let mut faults = Vec::new();
    // Settings have no comment: what is said above them is the router's own.
    for line in lines.iter().filter(|line| Comment::begins(line).is_none()) {
        match (setting(line), settings.last_mut()) {
            (Some(setting), _) => settings.push(setting),
            (None, Some(last)) => last.go_on(line),
            (None, None) => {
                let message = "this is neither a row nor a setting";
                faults.push(Fault::of_line(&NOT_PRINT_OUTPUT, line, message));
            }
        }
    }
    let mut fields = Fields::new();
    for setting in &settings {
        match setting.value(menu) {
            _ if fields.iter().any(|(name, _)| *name == setting.name) => {
                faults.push(setting.fault("stands twice"))
            }
            Ok(value) => fields.push((String::from(setting.name), value)),
            Err(why) => faults.push(setting.fault(why)),
        }
    }
    let row = (!fields.is_empty()).then_some(fields);
    if faults.is_empty() {
        Ok(row.into_iter().collect())
    } else {
        Err(faults)
    }
}

struct Setting<'a> {
    name: &'a str,
    value: Vec<u8>,
    offset: usize,
}

fn setting<'a>(line: &'a Line<'_>) -> Option<Setting<'a>> {
    let (name, behind) = name_before(line.trimmed(), b':')?;
    let is_end = behind.is_empty() || behind.starts_with(b" ");
    Some(Setting {
        name: core::str::from_utf8(name).ok().filter(|_| is_end)?,
        value: behind.trim_ascii().to_vec(),
        offset: line.offset.saturating_add(line.indent()),
    })
}

impl Setting<'_> {
    /// The members of a list stand below each other: servers of `/ip/dns`.
    fn go_on(&mut self, line: &Line<'_>) {
        if !self.value.is_empty() && !self.value.ends_with(b",") {
            self.value.push(b',');
        }
        self.value.push(b'\n');
        self.value.extend_from_slice(line.trimmed());
    }

    fn value(&self, menu: &Menu<'_>) -> Result<crate::routeros::value::Value, &'static str> {
        let text = self.value.strip_prefix(b"\n").unwrap_or(&self.value);
        let is_quoted = text.len() > 1 && text.starts_with(b"\"") && text.ends_with(b"\"");
        values::read(
            menu,
            self.name,
            if is_quoted {
                Shown::Quoted(text)
            } else {
                Shown::Bare(text)
            },
        )
    }

    fn fault(&self, why: &str) -> Fault {
        let message = format!("`{}` {why}", self.name);
        Fault::new(&UNCLEAR_VALUE, self.offset, self.name.len(), message)
    }
}

//! Outputs of `print` → the router.

use alloc::{string::String, vec::Vec};

use self::{fault::Fault, flags::Flags, menu::Menu, text::Line};
use super::{
    ReadError,
    rows::{Answer, Fields, resource_version},
};
use crate::{
    diagnostic::Diagnostic,
    routeros::{router::Router, schema::hide, version::Version},
};

mod comment;
mod fault;
mod fields;
mod flags;
mod menu;
mod records;
mod settings;
mod table;
mod text;
mod values;

impl Router {
    /// Reads what `<menu>/print detail` or `print terse` wrote on a terminal, on RouterOS 6 and 7: each menu with its output.
    ///
    /// It gives what [`Router::from_rest`] gives as far as an output shows it: letters beside a row become the values that REST
    /// has for them (`active`, `running`, `disabled`), by the legend of the output, else by menu and version. Rows have no ids:
    /// an output counts them. The version is the caller's, else that of `/system/resource`.
    ///
    /// Settings are read as `print` writes them, `name: value` in each text line. A plain `print` of rows is a table of a few
    /// properties, the others then read as if they were at their defaults. It is read where each value stands below one title.
    /// Prompts, typed commands, messages of the log and colours between the text lines are passed over.
    ///
    /// Terse output has no quotes, so a text in it may look like properties: `print detail` is the form to ask for.
    ///
    /// # Errors
    /// `menu-refused` where the router wrote an error instead; `not-print-output` for text that is none; `unknown-flag` for a
    /// letter that neither legend nor menu explains; `unclear-table` for a table whose values are cut off or stand below no title or
    /// two; `unclear-value` for a value that has no end, or of which no row has two; `not-a-menu` and `duplicate-menu` as for
    /// REST. Each has its place in the output of the menu that it names. All of them are found at once.
    ///
    /// # Example
    /// ```
    /// use multi_isp::routeros::router::Router;
    ///
    /// let routes = b"Flags: D - dynamic; X - disabled, I - inactive, A - active; c - connect, s - static, d - dhcp\r\n\
    ///     \x20  DAd   dst-address=0.0.0.0/0 routing-table=main gateway=192.0.2.1\r\n\
    ///     \x20        immediate-gw=192.0.2.1%ether1 distance=1\r\n\
    ///     \x200  Is   ;;; isp2\r\n\
    ///     \x20        dst-address=0.0.0.0/0 routing-table=main gateway=198.51.100.1 immediate-gw=\"\" distance=2\r\n";
    /// let router = Router::from_print(&[("/ip/route", routes)], None)?;
    /// let [dynamic, second] = router.table("/ip/route").rows() else { panic!("two routes") };
    /// assert!(dynamic.dynamic());
    /// assert_eq!(second.live("inactive").unwrap(), "true");
    /// assert_eq!(second.comment().unwrap(), "isp2");
    /// # Ok::<(), multi_isp::routeros::read::ReadError>(())
    /// ```
    pub fn from_print<T: AsRef<[u8]>>(
        outputs: &[(&str, T)],
        version: Option<Version>,
    ) -> Result<Router, ReadError> {
        let outputs: Vec<Output<'_>> = outputs.iter().map(Output::of).collect();
        let version = version.or_else(|| outputs.iter().find_map(Output::version));
        let (mut answers, mut faulty) = (Vec::new(), Vec::new());
        for output in &outputs {
            let answer = output.answer(version).unwrap_or_else(|findings| {
                faulty.push((findings, hide::in_print(output.text)));
                output.unread()
            });
            answers.push(answer);
        }
        match Router::from_answers(&answers, version) {
            Ok(router) if faulty.is_empty() => Ok(router),
            Ok(_) => Err(ReadError::of_texts(faulty)),
            Err(findings) => {
                faulty.push((findings, Vec::new()));
                Err(ReadError::of_texts(faulty))
            }
        }
    }
}

/// What was given of one menu.
struct Output<'a> {
    path: String,
    text: &'a [u8],
}

impl<'a> Output<'a> {
    fn of<T: AsRef<[u8]>>((path, text): &'a (&str, T)) -> Output<'a> {
        Output {
            path: Answer::path(path),
            text: text.as_ref(),
        }
    }

    /// The version, where it is the output of `/system/resource`.
    fn version(&self) -> Option<Version> {
        if self.path != "/system/resource" {
            return None;
        }
        resource_version(&[self.answer(None).ok()?])
    }

    fn answer(&self, version: Option<Version>) -> Result<Answer, Vec<Diagnostic>> {
        let menu = Menu::new(&self.path, version);
        if let Some(line) = text::waiting(self.text) {
            let length = line.trimmed().len();
            let offset = line.offset.saturating_add(line.indent());
            let cut = Fault::new(
                &fault::NOT_PRINT_OUTPUT,
                offset,
                length,
                "a pager holds the rest back",
            );
            return Err(self.findings(&[cut]));
        }
        let (form, rows) = rows(&menu, &text::lines(self.text)).map_err(|faults| self.findings(&faults))?;
        Ok(Answer {
            path: self.path.clone(),
            is_single: form == Form::Settings || menu.is_single(),
            rows,
            is_whole: true,
        })
    }

    /// The menu without rows.
    fn unread(&self) -> Answer {
        Answer {
            path: self.path.clone(),
            rows: Vec::new(),
            is_single: false,
            is_whole: true,
        }
    }

    fn findings(&self, faults: &[Fault]) -> Vec<Diagnostic> {
        faults
            .iter()
            .map(|fault| fault.diagnostic(&self.path, self.text))
            .collect()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Records,
    Settings,
    Table,
}

/// The rows of an output, and how it is written.
fn rows(menu: &Menu<'_>, lines: &[Line<'_>]) -> Result<(Form, Vec<Fields>), Vec<Fault>> {
    if let Some(fault) = refusal(lines) {
        return Err(alloc::vec![fault]);
    }
    let (flags, taken) = Flags::read(menu, lines);
    let lines = lines.get(taken..).unwrap_or_default();
    let form = form(lines);
    if let Some(fault) = stranger(menu, form, lines) {
        return Err(alloc::vec![fault]);
    }
    let rows = match form {
        Form::Records => records::read(menu, &flags, lines)?,
        Form::Settings => settings::read(menu, lines)?,
        Form::Table => table::read(menu, &flags, lines)?,
    };
    Ok((form, rows))
}

/// How the rows are written, by the first text line that is no comment.
fn form(lines: &[Line<'_>]) -> Form {
    let first = lines.iter().find(|line| comment::Comment::begins(line).is_none());
    match first {
        Some(line) if table::begins(line) => Form::Table,
        Some(line) if settings::begins(line) => Form::Settings,
        _ => Form::Records,
    }
}

/// What is no output of the menu: `ssh: connection refused` looks like a setting, and so does a legend that cannot be read.
fn stranger(menu: &Menu<'_>, form: Form, lines: &[Line<'_>]) -> Option<Fault> {
    let line = lines.first()?;
    let is_legend = line.trimmed().starts_with(b"Flags:");
    let is_setting = form == Form::Settings && menu.has_rows();
    let message = match (is_legend, is_setting) {
        (true, _) => "its legend cannot be read",
        (false, true) => "it shows no rows",
        (false, false) => return None,
    };
    Some(Fault::of_line(&fault::NOT_PRINT_OUTPUT, line, message))
}

/// What the router wrote instead of rows.
fn refusal(lines: &[Line<'_>]) -> Option<Fault> {
    let line = lines.first()?;
    let refuses = REFUSALS
        .iter()
        .any(|begin| line.trimmed().starts_with(begin.as_bytes()));
    refuses.then(|| Fault::of_line(&fault::MENU_REFUSED, line, "the router refused to show it"))
}

/// How errors of the console begin (ROUTEROS §4.1).
const REFUSALS: [&str; 8] = [
    "bad command name ",
    "expected ",
    "failure: ",
    "input does not match ",
    "invalid ",
    "no such ",
    "not enough permissions",
    "syntax error ",
];

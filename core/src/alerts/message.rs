//! Alert -> text of a message.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};

use serde::Serialize;

use super::template::Placeholder;
use super::{Alert, AlertKind, Template, plain, sms};
use crate::diagnostic::Code;
use crate::document::{Document, DocumentErrors, Node, SMALL, written};
use crate::status::{Reason, Style, elapsed};

/// How alerts are written; the default is the text of the product, with pictures, as long as it is.
///
/// # Example
///
/// ```
/// use multi_isp::alerts::{Alert, AlertKind, Messages};
/// use multi_isp::status::Style;
///
/// let alert = Alert { kind: AlertKind::RouterReachable, reminder: false, line: None, at: 90, since: 90 };
/// assert_eq!(Messages::default().of(&alert, "Café").text, "🟢 Router online\nRouter: Café");
///
/// let message = Messages::new(Style::Ascii).of(&alert, "Café");
/// assert_eq!(message.text, "Router ONLINE\nRouter: Cafe");
/// assert_eq!(message.size.segments, 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Messages {
    style: Style,
    one_segment: bool,
    templates: BTreeMap<AlertKind, Template>,
}

/// A message to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Its text, text lines parted by LF.
    pub text: String,
    /// What it takes as an SMS.
    pub size: sms::Size,
}

impl Messages {
    /// In a style: with [`Style::Ascii`] pictures are left out, names are spelled in ASCII, and the state stands in capitals. Such a
    /// message always goes out in 7 bits a sign. A template whose words have no spelling in ASCII gives way to the usual one; signs
    /// of names that have none are written as `?`.
    pub fn new(style: Style) -> Self {
        Self {
            style,
            ..Self::default()
        }
    }

    /// With a template of the caller's for the alerts of its kind.
    #[must_use]
    pub fn with(mut self, template: Template) -> Self {
        self.templates.insert(template.kind(), template);
        self
    }

    /// Each message in one segment of an SMS.
    ///
    /// What is longer loses, until it fits: its pictures (it is written in ASCII); the end of the router's name, to no fewer than 8
    /// signs; the end of the label, to no fewer than 8 signs; at last its template, for one that says what happened and the line's id.
    /// That comes at once where words or names have no spelling in ASCII, and keeps their letters.
    #[must_use]
    pub fn in_one_segment(self) -> Self {
        Self {
            one_segment: true,
            ..self
        }
    }

    /// Name of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/messages/1";

    /// JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("messages.schema.json");

    /// How alerts are written as a JSON document says it, schema `multi-isp/messages/1`. What it leaves out is as in
    /// [`Messages::default`].
    ///
    /// # Errors
    ///
    /// All that is wrong with it: `too-large`, `not-utf8`, `invalid-json`, `unknown-schema`, `unknown-field`, `duplicate-field`,
    /// `missing-field`, `wrong-type`, `unknown-value`, `duplicate-template`, and those of [`Template::parse`], each at its place in
    /// the text.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::Messages;
    ///
    /// let json = br#"{"schema": "multi-isp/messages/1", "templates": [{"kind": "lines_back", "text": "{rooter}"}]}"#;
    /// let errors = Messages::from_json(json).unwrap_err();
    /// let place = errors.diagnostics()[0].place.ok_or("no place")?;
    /// assert_eq!(&json[place.offset..][..place.length], b"{rooter}");
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn from_json(json: &[u8]) -> Result<Self, DocumentErrors> {
        let (mut document, root) = Document::open(json, SMALL)?;
        let messages = messages(&mut document, &root);
        document.finish(Some(messages))
    }

    /// The message of an alert. `router` is the router's name, as its people know it.
    pub fn of(&self, alert: &Alert, router: &str) -> Message {
        let can_be_written = |template: &&Template| self.style == Style::Unicode || template.is_spelled();
        let template = self.templates.get(&alert.kind).filter(can_be_written).cloned();
        let template = template.unwrap_or_else(|| Template::usual(alert.kind));
        let values = Values::of(alert, router, self.style);
        let message = Message::new(template.fill(&values));
        if !self.one_segment || message.is_one_segment() {
            return message;
        }
        let plain = Values::of(alert, router, Style::Ascii);
        let is_lossless = !plain::loses(&message.text);
        let shorter = plain.shorter().filter(|_| is_lossless);
        let mut shorter = shorter.map(|values| Message::new(template.fill(&values)));
        let shorter = shorter.find(Message::is_one_segment);
        // It fits in every encoding.
        let written = if is_lossless { &plain } else { &values };
        let short = || Template::short(alert.kind).fill(&written.shortened(SHORTEST, SHORTEST));
        shorter.unwrap_or_else(|| Message::new(short()))
    }
}

fn messages<'a>(document: &mut Document<'a>, root: &Node<'a>) -> Messages {
    let fields = document.fields(root, &["schema", "style", "one_segment", "templates"]);
    document.schema(&fields, Messages::SCHEMA, "wording of messages");
    let style = document.given(&fields, "style", |document, node| {
        document.word(node, Style::ALL, Style::as_str)
    });
    let one_segment = document.given(&fields, "one_segment", Document::flag);
    let templates = document.given(&fields, "templates", templates);
    let usual = Messages::default();
    Messages {
        style: style.unwrap_or(usual.style),
        one_segment: one_segment.unwrap_or(usual.one_segment),
        templates: templates.unwrap_or(usual.templates),
    }
}

fn templates<'a>(document: &mut Document<'a>, node: &Node<'a>) -> Option<BTreeMap<AlertKind, Template>> {
    let mut templates = BTreeMap::new();
    for node in document.items(node)? {
        let Some(template) = template(document, &node) else {
            continue;
        };
        let kind = template.kind();
        if templates.insert(kind, template).is_some() {
            let message = format!("is another template for `{}`", kind.as_str());
            document.fault(DUPLICATE_TEMPLATE, &node.path, message, "keep one of the two");
        }
    }
    Some(templates)
}

fn template<'a>(document: &mut Document<'a>, node: &Node<'a>) -> Option<Template> {
    let fields = document.fields(node, &["kind", "text"]);
    let kind = document.needed(&fields, "kind", AlertKind::read);
    let node = document.required(&fields, "text")?;
    let text = document.string(&node)?;
    match Template::parse(kind?, &text) {
        Ok(template) => Some(template),
        Err(errors) => {
            for fault in errors.into_diagnostics() {
                document.report_within(&node, fault);
            }
            None
        }
    }
}

impl Message {
    /// Name and version of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/message/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("message.schema.json");

    /// The message as a JSON document.
    pub fn to_json(&self) -> String {
        written::document(Self::SCHEMA, self)
    }

    fn new(text: String) -> Self {
        let size = sms::size(&text);
        Self { text, size }
    }

    fn is_one_segment(&self) -> bool {
        self.size.segments <= 1
    }
}

/// What stands for the placeholders of an alert.
pub(super) struct Values<'a> {
    pub(super) style: Style,
    alert: &'a Alert,
    router: String,
    label: String,
    interface: String,
    id: String,
}

impl<'a> Values<'a> {
    fn of(alert: &'a Alert, router: &str, style: Style) -> Self {
        let line = alert.line.as_ref();
        let name = |name: &str| plain::name(style, name);
        Self {
            style,
            alert,
            router: name(router),
            label: line.map(|line| name(&line.label)).unwrap_or_default(),
            interface: line.map(|line| name(&line.interface)).unwrap_or_default(),
            id: line.map(|line| name(&line.id)).unwrap_or_default(),
        }
    }

    pub(super) fn value(&self, placeholder: Placeholder) -> String {
        let alert = self.alert;
        match placeholder {
            Placeholder::Router => self.router.clone(),
            Placeholder::State => self.state(),
            Placeholder::Reason => self.cause().map_or("", |cause| cause.reason).into(),
            Placeholder::Advice => self.cause().map_or("", |cause| cause.advice).into(),
            Placeholder::At => alert.at.to_string(),
            Placeholder::Since => alert.since.to_string(),
            Placeholder::For => elapsed(alert.at.saturating_sub(alert.since)),
            Placeholder::Line => format!("{} ({})", self.label, self.interface),
            Placeholder::Label => self.label.clone(),
            Placeholder::Interface => self.interface.clone(),
            Placeholder::Id => self.id.clone(),
        }
    }

    fn state(&self) -> String {
        let word = match self.alert.kind {
            AlertKind::LineDown | AlertKind::AllLinesDown => "down",
            AlertKind::LineUp => "up",
            AlertKind::RouterUnreachable => "offline",
            AlertKind::RouterReachable => "online",
            AlertKind::LinesBack => "back",
        };
        let word = match self.style {
            Style::Unicode => word.into(),
            Style::Ascii => word.to_ascii_uppercase(),
        };
        let still = if self.alert.reminder { "still " } else { "" };
        format!("{still}{word}")
    }

    fn cause(&self) -> Option<&'static Cause> {
        let reason = self.alert.line.as_ref().and_then(|line| line.reason);
        CAUSES
            .iter()
            .find(|cause| cause.kind == self.alert.kind && cause.of == reason)
    }

    /// Itself, then with ever shorter names: that of the router first.
    fn shorter(&self) -> impl Iterator<Item = Self> + '_ {
        let lengths = || (SHORTEST..LONGEST).rev();
        let routers = lengths().map(|router| (router, LONGEST));
        let labels = lengths().map(|label| (SHORTEST, label));
        let all = core::iter::once((LONGEST, LONGEST)).chain(routers).chain(labels);
        all.map(|(router, label)| self.shortened(router, label))
    }

    fn shortened(&self, router: usize, label: usize) -> Self {
        Self {
            style: self.style,
            alert: self.alert,
            router: plain::shortened(&self.router, router),
            label: plain::shortened(&self.label, label),
            interface: plain::shortened(&self.interface, LONGEST),
            id: plain::shortened(&self.id, LONGEST_ID),
        }
    }
}

/// To what names are shortened, in signs.
const SHORTEST: usize = 8;
/// No name of more signs fits into a segment.
const LONGEST: usize = 160;
/// That of a site's ids.
const LONGEST_ID: usize = 32;

const DUPLICATE_TEMPLATE: Code = Code::new("duplicate-template");

struct Cause {
    kind: AlertKind,
    of: Option<Reason>,
    reason: &'static str,
    advice: &'static str,
}

const fn cause(kind: AlertKind, of: Option<Reason>, reason: &'static str, advice: &'static str) -> Cause {
    Cause {
        kind,
        of,
        reason,
        advice,
    }
}

const fn line_down(reason: Reason, advice: &'static str) -> Cause {
    cause(AlertKind::LineDown, Some(reason), reason.words(), advice)
}

#[rustfmt::skip] // a row a text line
const CAUSES: &[Cause] = &[
    line_down(Reason::Disabled, "Switch it on again if nobody meant to."),
    line_down(Reason::NoLink, "Check the cable or port."),
    line_down(Reason::NoRoute, "Apply the set-up again."),
    line_down(Reason::NoAddress, "Check the modem, then call the provider."),
    line_down(Reason::GatewayDown, "Restart the modem, then call the provider."),
    line_down(Reason::UpstreamDown, "Call the provider."),
    cause(AlertKind::RouterUnreachable, None, "router does not answer", "Check its power and its lines."),
    cause(AlertKind::AllLinesDown, None, "no line works", "Check the cables and ports."),
];

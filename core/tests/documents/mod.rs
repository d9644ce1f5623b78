//! Documents: of those that programs hand in what is usual, what every field does, what is refused and where, and that the schemas
//! say the same; of those that core writes that they are what their schemas say.

mod alerts;
mod errors;
mod marks;
mod options;
mod outputs;
mod scenario;
mod split_options;

use std::fmt::Debug;

use multi_isp::DocumentErrors;

use crate::json_schema;

/// A kind of documents: its reader, and its schema.
struct Kind<T> {
    read: fn(&[u8]) -> Result<T, DocumentErrors>,
    name: &'static str,
    schema: &'static str,
}

impl<T: Debug> Kind<T> {
    /// A document with these fields beside `schema`.
    fn document(&self, fields: &str) -> String {
        let name = self.name;
        let separator = if fields.is_empty() { "" } else { ", " };
        format!(r#"{{"schema": "{name}"{separator}{fields}}}"#)
    }

    /// What is read of a document, to which its schema conforms.
    #[track_caller]
    fn read(&self, fields: &str) -> T {
        let json = self.document(fields);
        assert_eq!(self.against_schema(&json), Vec::<String>::new(), "{json}");
        (self.read)(json.as_bytes())
            .unwrap_or_else(|errors| panic!("{}", errors.render(Some(json.as_bytes()))))
    }

    /// Code, field and marked text of each fault of a document.
    #[track_caller]
    fn faults(&self, json: &str) -> Vec<[String; 3]> {
        let errors = (self.read)(json.as_bytes()).unwrap_err();
        let fault = |fault: &multi_isp::Diagnostic| {
            assert!(fault.help.is_some(), "{fault}");
            let place = fault.place.unwrap();
            [
                fault.code.as_str().into(),
                fault.subjects[0].name().into(),
                json[place.offset..][..place.length].into(),
            ]
        };
        errors.diagnostics().iter().map(fault).collect()
    }

    /// Holds a document with these fields to one fault, which its schema finds too, unless only the reader can know.
    #[track_caller]
    fn refuses(&self, fields: &str, fault: [&str; 3], who: Who) {
        let json = self.document(fields);
        assert_eq!(self.faults(&json), [fault], "{json}");
        let conforms = self.against_schema(&json).is_empty();
        assert_eq!(conforms, matches!(who, Who::Reader), "{json}");
    }

    /// Holds every kind of document to what is the same for all of them.
    #[track_caller]
    fn is_strict(&self, fields: &str) {
        let unknown = format!(
            r#"{fields}{}"colour": "red""#,
            if fields.is_empty() { "" } else { ", " }
        );
        self.refuses(&unknown, ["unknown-field", "colour", r#""colour""#], Who::Both);
        let name = format!(r#""{}""#, self.name);
        let json = self.document(fields);
        let other = json.replace(&name, r#""multi-isp/other/1""#);
        assert_eq!(
            self.faults(&other),
            [["unknown-schema", "schema", r#""multi-isp/other/1""#]]
        );
        let nameless = json
            .replace(&format!(r#""schema": {name}"#), "")
            .replace("{, ", "{");
        assert_eq!(self.faults(&nameless), [["missing-field", "schema", &nameless]]);
        assert_eq!(self.faults("[]")[0], ["wrong-type", "document", "[]"]);
        for json in [&other, &nameless, "[]"] {
            assert_ne!(self.against_schema(json), Vec::<String>::new(), "{json}");
        }
    }

    fn against_schema(&self, json: &str) -> Vec<String> {
        json_schema::faults(self.schema, &serde_json::from_str(json).unwrap())
    }
}

/// Who refuses a document.
#[derive(Clone, Copy)]
enum Who {
    Both,
    /// Only the reader: no schema can say what is wrong.
    Reader,
}

//! JSON Schemas → the types that every language has.

use std::collections::BTreeMap;

use super::json::Json;

/// All types, each once, in the order in which the documents name them.
#[derive(Debug, Default)]
pub struct Model {
    pub types: Vec<Type>,
}

/// A type with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Type {
    /// In PascalCase.
    pub name: String,
    /// What it means, in a sentence.
    pub about: String,
    pub shape: Shape,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An object; that of a whole document has the name of its schema, such as `multi-isp/site/1`.
    Record {
        schema: Option<String>,
        fields: Vec<Field>,
    },
    /// One of some words.
    Words(Vec<String>),
    /// One of some records, by their names.
    Union(Vec<String>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// As the document has it.
    pub name: String,
    pub about: String,
    pub value: Value,
    pub presence: Presence,
    /// Whether it holds a password, or what a password may stand in: nobody shows it.
    pub is_secret: bool,
}

/// Whether a field is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Presence {
    Always,
    /// Written as `null` where there is no value.
    OrNull,
    /// Left out where there is no value.
    OrNothing,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    String,
    /// A string, or bytes that are no UTF-8.
    Text,
    Flag,
    Integer,
    Number,
    /// The one word that tells a record from others of a union.
    Tag(String),
    List(Box<Value>),
    /// A type with a name.
    Named(String),
}

impl Model {
    /// The types of schemas, each given with the name of its file.
    ///
    /// # Errors
    ///
    /// What does not follow the rules of `ARCHITECTURE.md` ("One truth for types"), with file and place.
    pub fn of(schemas: &[(String, Json)]) -> Result<Model, String> {
        let roots: BTreeMap<&str, &str> = schemas
            .iter()
            .filter_map(|(_, schema)| Some((schema.get("$id")?.text()?, schema.get("title")?.text()?)))
            .collect();
        let mut model = Model::default();
        for (file, schema) in schemas {
            let source = Source {
                schema,
                roots: &roots,
            };
            source
                .types(&mut model)
                .map_err(|fault| format!("{file}: {fault}"))?;
        }
        Ok(model)
    }

    pub fn get(&self, name: &str) -> Option<&Type> {
        self.types.iter().find(|known| known.name == name)
    }

    /// The unions that a record is a part of.
    pub fn unions_of<'a>(&'a self, record: &'a str) -> impl Iterator<Item = &'a Type> {
        self.types.iter().filter(
            move |known| matches!(&known.shape, Shape::Union(parts) if parts.iter().any(|part| part == record)),
        )
    }

    fn add(&mut self, found: Type) -> Result<(), String> {
        match self.get(&found.name) {
            None => self.types.push(found),
            Some(known) if *known == found => {}
            Some(known) => {
                return Err(format!(
                    "`{}` is another type elsewhere: {known:?} and {found:?}",
                    known.name
                ));
            }
        }
        Ok(())
    }
}

impl Type {
    /// The word that tells a record from the others of a union: its field, and what stands there.
    pub fn tag(&self) -> Option<(&str, &str)> {
        let Shape::Record { fields, .. } = &self.shape else {
            return None;
        };
        fields.iter().find_map(|field| match &field.value {
            Value::Tag(word) => Some((field.name.as_str(), word.as_str())),
            _ => None,
        })
    }
}

/// A schema, and the titles of all documents by their `$id`.
struct Source<'a> {
    schema: &'a Json,
    roots: &'a BTreeMap<&'a str, &'a str>,
}

impl Source<'_> {
    fn types(&self, model: &mut Model) -> Result<(), String> {
        let definitions = self.schema.get("$defs").into_iter().flat_map(Json::members);
        for (name, definition) in definitions {
            let found = self
                .named(definition)
                .map_err(|fault| format!("$defs/{name}: {fault}"))?;
            found.map_or(Ok(()), |found| model.add(found))?;
        }
        let root = self.named(self.schema)?.ok_or("the root has no type")?;
        model.add(root)
    }

    /// The type of a definition; none of one that is a kind of string, which every language has already.
    fn named(&self, definition: &Json) -> Result<Option<Type>, String> {
        let is_plain = definition.get("properties").is_none()
            && definition.get("enum").is_none()
            && definition.get("anyOf").is_none();
        let title = definition.get("title").and_then(Json::text);
        if title == Some(TEXT) || is_plain {
            return Ok(None);
        }
        let shape = if definition.get("properties").is_some() {
            self.record(definition)?
        } else if let Some(words) = definition.get("enum") {
            Shape::Words(texts(words)?)
        } else {
            Shape::Union(self.parts(definition)?)
        };
        Ok(Some(Type {
            name: title.ok_or("no title")?.to_owned(),
            about: about(definition)?,
            shape,
        }))
    }

    fn record(&self, definition: &Json) -> Result<Shape, String> {
        let properties = definition.get("properties").into_iter().flat_map(Json::members);
        let required = definition.get("required").map_or(Ok(Vec::new()), texts)?;
        let mut schema = None;
        let mut fields = Vec::new();
        for (name, property) in properties {
            let word = property.get("const").and_then(Json::text);
            match word {
                Some(word) if name == "schema" => schema = Some(word.to_owned()),
                _ => fields.push(
                    self.field(name, property, &required)
                        .map_err(|fault| format!("{name}: {fault}"))?,
                ),
            }
        }
        Ok(Shape::Record { schema, fields })
    }

    fn field(&self, name: &str, property: &Json, required: &[String]) -> Result<Field, String> {
        let (value, is_nullable) = self.value(property)?;
        let is_required = required.iter().any(|known| known == name);
        Ok(Field {
            name: name.to_owned(),
            about: if matches!(value, Value::Tag(_)) {
                String::new()
            } else {
                about(property)?
            },
            value,
            presence: match (is_required, is_nullable) {
                (true, false) => Presence::Always,
                (true, true) => Presence::OrNull,
                (false, _) => Presence::OrNothing,
            },
            is_secret: property.get("format").and_then(Json::text) == Some(SECRET),
        })
    }

    /// What stands in a field, and whether `null` may.
    fn value(&self, schema: &Json) -> Result<(Value, bool), String> {
        if let Some(word) = schema.get("const") {
            return Ok((
                Value::Tag(word.text().ok_or("a constant that is no text")?.to_owned()),
                false,
            ));
        }
        if let Some(target) = schema.get("$ref") {
            return Ok((self.target(target.text().unwrap_or_default())?, false));
        }
        if let Some(choices) = schema.get("anyOf") {
            let is_null = |choice: &&Json| choice.get("type").and_then(Json::text) == Some("null");
            let (nulls, others): (Vec<&Json>, Vec<&Json>) = choices.items().iter().partition(is_null);
            let [only] = others[..] else {
                return Err("a choice of several types has no name: move it to $defs".into());
            };
            return Ok((self.value(only)?.0, !nulls.is_empty()));
        }
        let named = schema.get("type").ok_or("it has no type")?;
        let types: Vec<&str> = match named.text() {
            Some(one) => vec![one],
            None => named.items().iter().filter_map(Json::text).collect(),
        };
        let (nulls, others): (Vec<&str>, Vec<&str>) = types.into_iter().partition(|name| *name == "null");
        let [only] = others[..] else {
            return Err("it has several types".into());
        };
        if schema.get("enum").is_some() || schema.get("properties").is_some() {
            return Err("a type without a name: move it to $defs".into());
        }
        let value = match only {
            "string" => Value::String,
            "boolean" => Value::Flag,
            "integer" => Value::Integer,
            "number" => Value::Number,
            "array" => {
                let items = schema.get("items").ok_or("a list of nothing in particular")?;
                Value::List(Box::new(self.value(items)?.0))
            }
            other => return Err(format!("`{other}` is not known here")),
        };
        Ok((value, !nulls.is_empty()))
    }

    fn target(&self, reference: &str) -> Result<Value, String> {
        if let Some(title) = self.roots.get(reference) {
            return Ok(Value::Named((*title).to_owned()));
        }
        let name = reference.strip_prefix("#/$defs/").unwrap_or_default();
        let definition = self
            .schema
            .get("$defs")
            .and_then(|definitions| definitions.get(name))
            .ok_or_else(|| format!("`{reference}` leads nowhere"))?;
        let title = definition.get("title").and_then(Json::text);
        match self.named(definition)? {
            _ if title == Some(TEXT) => Ok(Value::Text),
            Some(found) => Ok(Value::Named(found.name)),
            None => Ok(self.value(definition)?.0),
        }
    }

    fn parts(&self, definition: &Json) -> Result<Vec<String>, String> {
        let choices = definition.get("anyOf").map_or(&[][..], Json::items);
        choices
            .iter()
            .map(|choice| {
                let reference = choice.get("$ref").and_then(Json::text).unwrap_or_default();
                match self.target(reference)? {
                    Value::Named(name) => Ok(name),
                    _ => Err(format!("`{reference}` is no record")),
                }
            })
            .collect()
    }
}

/// The title of a string, or of the bytes of what is no UTF-8.
const TEXT: &str = "Text";

/// The format of what is a secret, in the words of JSON Schema's own forms.
const SECRET: &str = "password";

fn about(definition: &Json) -> Result<String, String> {
    let about = definition.get("description").and_then(Json::text);
    about
        .map(str::to_owned)
        .ok_or_else(|| "no description".to_owned())
}

fn texts(list: &Json) -> Result<Vec<String>, String> {
    let text = |item: &Json| item.text().map(str::to_owned);
    let found: Option<Vec<String>> = list.items().iter().map(text).collect();
    found.ok_or_else(|| "a list of words holds something else".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{python, records, typescript};

    const SITE: &str = r##"{
        "$id": "urn:multi-isp:site:1", "title": "Site", "description": "What is wanted", "type": "object",
        "properties": {
            "schema": {"const": "multi-isp/site/1"},
            "lines": {"description": "By priority", "type": "array", "items": {"$ref": "#/$defs/line"}},
            "max_buckets": {"description": "Most buckets", "type": ["integer", "null"]},
            "from": {"description": "Where it comes from", "anyOf": [{"$ref": "#/$defs/text"}, {"type": "null"}]}
        },
        "required": ["schema", "lines", "from"],
        "$defs": {
            "line": {"title": "Line", "description": "A line", "properties": {
                "access": {"description": "How", "$ref": "#/$defs/access"}}, "required": ["access"]},
            "access": {"title": "Access", "description": "How an address comes",
                "anyOf": [{"$ref": "#/$defs/dhcp"}, {"$ref": "#/$defs/static"}]},
            "dhcp": {"title": "Dhcp", "description": "By lease",
                "properties": {"type": {"const": "dhcp"}}, "required": ["type"]},
            "static": {"title": "StaticAccess", "description": "Typed", "properties": {
                "type": {"const": "static"}, "mode": {"description": "Which", "$ref": "#/$defs/mode"}}, "required": ["type"]},
            "mode": {"title": "Mode", "description": "Which", "enum": ["load_balance", "both-ports"]},
            "text": {"title": "Text", "description": "A name", "anyOf": []}
        }
    }"##;

    fn model(text: &str) -> Result<Model, String> {
        Model::of(&[("site".to_owned(), serde_json::from_str(text).unwrap())])
    }

    #[test]
    fn every_language_says_the_same() {
        let model = model(SITE).unwrap();
        for (printed, wanted) in [
            (typescript::print(&model), "  maxBuckets?: number | null\n"),
            (typescript::print(&model), "  from: Text | null\n"),
            (
                typescript::print(&model),
                "export type Access = Dhcp | StaticAccess\n",
            ),
            (
                typescript::print(&model),
                "export type Mode = 'load_balance' | 'both-ports'\n",
            ),
            (
                python::print(&model),
                "    lines: Sequence[Line]\n    \"\"\"By priority.\"\"\"\n",
            ),
            (
                python::print(&model),
                "    from_: str | bytes | None = field(default=None, metadata={\"name\": \"from\", \"null\": True})\n",
            ),
            (
                python::print(&model),
                "    SCHEMA: ClassVar[str | None] = \"multi-isp/site/1\"\n",
            ),
            (python::print(&model), "    type: Literal[\"dhcp\"] = \"dhcp\"\n"),
            (
                records::print(&model),
                "    #[serde(rename = \"dhcp\")]\n    Dhcp,\n",
            ),
            (
                records::print(&model),
                "    #[serde(rename = \"both-ports\")]\n    BothPorts,\n",
            ),
            (records::print(&model), "    Static {\n"),
        ] {
            assert!(printed.contains(wanted), "{wanted}\n---\n{printed}");
        }
    }

    #[test]
    fn what_has_no_name_or_two_meanings_is_refused() {
        for (from, to, wanted) in [
            (
                r##""$ref": "#/$defs/access"}}, "##,
                r##""enum": ["a"]}}, "##,
                "site: $defs/line: access: it has no type",
            ),
            (r##"{"title": "Dhcp", "##, r##"{"##, "no title"),
            (r##""description": "By lease","##, "", "no description"),
            (
                r##""title": "Dhcp""##,
                r##""title": "Line""##,
                "site: `Line` is another type elsewhere",
            ),
            (
                r##"{"$ref": "#/$defs/line"}"##,
                r##"{"$ref": "#/$defs/lines"}"##,
                "leads nowhere",
            ),
        ] {
            let text = SITE.replacen(from, to, 1);
            assert_ne!(text, SITE, "{from}");
            let fault = model(&text).unwrap_err();
            assert!(fault.contains(wanted), "{fault}");
        }
    }
}

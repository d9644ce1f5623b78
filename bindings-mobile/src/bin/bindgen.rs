//! Writes the Kotlin and the Swift of the library: `multi-isp-bindgen LIBRARY FOLDER`.
//!
//! LIBRARY is a debug build: a stripped one has lost the descriptions that uniffi reads.

use std::error::Error;
use std::fs;
use std::path::Path;

use uniffi::{GenerateOptions, TargetLanguage};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [library, folder] = arguments.as_slice() else {
        return Err("usage: multi-isp-bindgen LIBRARY FOLDER".into());
    };
    let folder = Path::new(folder);
    for (language, name) in [
        (TargetLanguage::Kotlin, "kotlin"),
        (TargetLanguage::Swift, "swift"),
    ] {
        uniffi::generate(GenerateOptions {
            languages: vec![language],
            source: library.into(),
            out_dir: folder
                .join(name)
                .to_str()
                .ok_or("the folder's name is not UTF-8")?
                .into(),
            ..GenerateOptions::default()
        })?;
    }
    let kotlin = folder.join("kotlin/multiisp/multi_isp.kt");
    let text = fs::read_to_string(&kotlin)?;
    fs::write(&kotlin, with_messages(&text)?)?;
    Ok(())
}

/// uniffi makes the message of an exception of all its fields; ours have a field that is the message.
///
/// A field cannot have that name itself: it would stand beside the property of `Exception`.
fn with_messages(kotlin: &str) -> Result<String, Box<dyn Error>> {
    const FIELD: &str = "explanation";
    let (start, end) = (format!("get() = \"{FIELD}="), "}\"");
    let mut texts: Vec<String> = Vec::new();
    let mut found = 0;
    for text in kotlin.lines() {
        let is_message = text.trim_start().starts_with(&start) && text.ends_with(end);
        found += usize::from(is_message);
        texts.push(if is_message {
            format!("            get() = `{FIELD}`")
        } else {
            text.to_owned()
        });
    }
    let exceptions = kotlin.matches(") : MultiIspException() {").count();
    if found == 0 || found != exceptions {
        return Err(format!("{exceptions} exceptions, of which {found} have a message that is known").into());
    }
    Ok(texts.join("\n") + "\n")
}

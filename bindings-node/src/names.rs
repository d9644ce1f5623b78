//! Names of documents, `max_lines`, ↔ names of JavaScript, `maxLines`: the keys of a JSON text are renamed, values are left alone.

/// A document of core with the keys of JavaScript.
pub fn to_camel(json: &str) -> String {
    with_keys(json, |key, _, out| push_camel(key, out))
}

/// A text of `JSON.stringify` with the keys of documents of core, and with a `schema` where it has none.
pub fn to_snake(json: &str, schema: &str) -> String {
    let mut has_schema = false;
    let renamed = with_keys(json, |key, depth, out| {
        has_schema |= key == "schema" && depth == 1;
        push_snake(key, out);
    });
    match renamed.strip_prefix('{') {
        Some(fields) if !has_schema => {
            let comma = if fields.starts_with('}') { "" } else { "," };
            format!("{{\"schema\":\"{schema}\"{comma}{fields}")
        }
        _ => renamed,
    }
}

/// The name of a field in JavaScript, or a path of such names.
pub fn camel(name: &str) -> String {
    let mut out = String::new();
    push_camel(name, &mut out);
    out
}

fn push_camel(name: &str, out: &mut String) {
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        match letters.peek() {
            Some(next) if letter == '_' && next.is_ascii_lowercase() => {
                out.push(next.to_ascii_uppercase());
                letters.next();
            }
            _ => out.push(letter),
        }
    }
}

fn push_snake(name: &str, out: &mut String) {
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
}

/// JSON with each key renamed, by how many objects and lists it stands in; of all strings only keys are followed by a colon.
fn with_keys(json: &str, mut rename: impl FnMut(&str, usize, &mut String)) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 16);
    let mut depth = 0;
    let mut rest = json;
    while let Some((before, text)) = rest.split_once('"') {
        let (inside, behind) = text.split_at(end_of_string(text));
        depth = before.bytes().fold(depth, depth_behind);
        out.push_str(before);
        out.push('"');
        if behind.starts_with("\":") {
            rename(inside, depth, &mut out);
        } else {
            out.push_str(inside);
        }
        out.push('"');
        rest = behind.strip_prefix('"').unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// In how many objects and lists one is behind a byte that stands in no string.
fn depth_behind(depth: usize, byte: u8) -> usize {
    match byte {
        b'{' | b'[' => depth + 1,
        b'}' | b']' => depth.saturating_sub(1),
        _ => depth,
    }
}

/// Where the quote stands that ends a string.
fn end_of_string(text: &str) -> usize {
    let mut is_escaped = false;
    let end = text.bytes().position(|byte| {
        let ends = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    });
    end.unwrap_or(text.len())
}

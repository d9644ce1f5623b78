//! A Rust source as far as the rules need it: the paths it names and its string literals, without comments and tests.

use std::iter::Peekable;
use std::str::CharIndices;

/// A source file; `code` has its comments, literals and `#[cfg(test)]` items blanked, so that offsets stay those of the text.
pub struct Source<'a> {
    text: &'a str,
    code: String,
    literals: Vec<(usize, &'a str)>,
}

impl<'a> Source<'a> {
    pub fn read(text: &'a str) -> Self {
        let mut code = String::with_capacity(text.len());
        let mut literals = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let at = text.len() - rest.len();
            let (length, content) = token(rest, code.ends_with(is_name));
            let token = &rest[..length];
            match content {
                Content::Code => code.push_str(token),
                Content::Comment => code.push_str(&blank(token)),
                Content::Literal(start, end) => {
                    literals.push((at, &token[start..end]));
                    code.push_str(&blank(token));
                }
            }
            rest = &rest[length.max(first.len_utf8())..];
        }
        let mut source = Self { text, code, literals };
        source.leave_out_tests();
        source
    }

    /// String literals as they stand between their quotes, with their lines.
    pub fn literals(&self) -> impl Iterator<Item = (usize, &'a str)> {
        self.literals
            .iter()
            .map(|(at, literal)| (self.line(*at), *literal))
    }

    /// Every path that starts at `crate`, `self`, `super` or the name of a crate, spelled out from `crate` and one for each leaf of
    /// a `use` tree; `module` is where the file stands.
    pub fn paths<'b>(&'b self, module: &[&'b str]) -> Vec<(usize, Vec<&'b str>)> {
        let mut found = Vec::new();
        let mut previous = "";
        let mut tokens = Tokens {
            code: &self.code,
            chars: self.code.char_indices().peekable(),
        };
        while let Some((at, token)) = tokens.next() {
            if token.starts_with(is_name) && previous != "::" && previous != "." {
                if tokens.peek() == Some("::") {
                    tree(&mut tokens, vec![(at, token)], &mut found);
                } else if previous == "crate" {
                    found.push(vec![(at, token)]); // `extern crate std`
                }
            }
            previous = token;
        }
        let line_and_path = |leaf: Vec<(usize, &'b str)>| {
            let line = self.line(leaf.last().map_or(0, |(at, _)| *at));
            (
                line,
                absolute(leaf.into_iter().map(|(_, name)| name).collect(), module),
            )
        };
        found.into_iter().map(line_and_path).collect()
    }

    /// Blanks every item under `#[cfg(test)]`, which ends at its `;` or at the brace that closes it; under `#![cfg(test)]`, the file.
    fn leave_out_tests(&mut self) {
        if self.code.trim_start().starts_with("#![cfg(test)]") {
            self.code = blank(&self.code);
            self.literals.clear();
        }
        while let Some(start) = self.code.find("#[cfg(test)]") {
            let mut depth = 0usize;
            let ends = |(_, c): &(usize, char)| {
                depth = match c {
                    '{' => depth + 1,
                    '}' => depth.saturating_sub(1),
                    _ => depth,
                };
                depth == 0 && matches!(c, ';' | '}')
            };
            let end = self.code[start..]
                .char_indices()
                .find(ends)
                .map_or(self.code.len(), |(at, _)| start + at + 1);
            let blanked = blank(&self.code[start..end]);
            self.code.replace_range(start..end, &blanked);
            self.literals.retain(|(at, _)| !(start..end).contains(at));
        }
    }

    fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }
}

enum Content {
    Code,
    Comment,
    /// A string whose content lies between these offsets of the token.
    Literal(usize, usize),
}

/// Length and kind of what stands at the start of `rest`.
fn token(rest: &str, in_name: bool) -> (usize, Content) {
    let upto = |needle: &str, from: usize| rest[from..].find(needle).map_or(rest.len(), |at| from + at);
    if rest.starts_with("//") {
        return (upto("\n", 0), Content::Comment);
    }
    if rest.starts_with("/*") {
        return ((upto("*/", 2) + 2).min(rest.len()), Content::Comment);
    }
    if let Some(character) = character(rest) {
        return (character, Content::Comment);
    }
    if let Some((start, hashes)) = opening(rest).filter(|_| !in_name) {
        let raw = rest[..start].contains('r');
        let close = format!("\"{hashes}");
        let mut end = start;
        while end < rest.len() && !rest[end..].starts_with(&close) {
            let escape = !raw && rest[end..].starts_with('\\');
            end += rest[end..]
                .chars()
                .take(1 + usize::from(escape))
                .map(char::len_utf8)
                .sum::<usize>();
        }
        return ((end + close.len()).min(rest.len()), Content::Literal(start, end));
    }
    (rest.chars().next().map_or(0, char::len_utf8), Content::Code)
}

/// Where the content of a string begins, and the `#` that close it.
fn opening(rest: &str) -> Option<(usize, &str)> {
    let quote = rest.find('"')?;
    let (prefix, hashes) = rest[..quote].split_at(rest[..quote].find('#').unwrap_or(quote));
    let is_string =
        matches!(prefix, "" | "b" | "c") && hashes.is_empty() || matches!(prefix, "r" | "br" | "cr");
    (is_string && hashes.bytes().all(|byte| byte == b'#')).then_some((quote + 1, hashes))
}

/// The length of a character literal, which a lifetime is not.
fn character(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let first = inner.chars().next()?;
    let from = if first == '\\' { 2 } else { first.len_utf8() };
    let close = from + inner.get(from..)?.find('\'')?;
    (first == '\\' || close == from).then_some(close + 2)
}

/// Reads on after the first name of a path, into the braces of a `use` tree.
fn tree<'a>(tokens: &mut Tokens<'a>, path: Vec<(usize, &'a str)>, found: &mut Vec<Vec<(usize, &'a str)>>) {
    if tokens.peek() != Some("::") {
        return found.push(path);
    }
    tokens.next();
    match tokens.peek() {
        Some("{") => {
            tokens.next();
            while let Some((at, name)) = tokens.next().filter(|(_, token)| *token != "}") {
                if name != "," {
                    tree(tokens, [path.as_slice(), &[(at, name)]].concat(), found);
                }
            }
        }
        Some(name) if name.starts_with(is_name) => {
            let last = tokens.next();
            tree(tokens, path.into_iter().chain(last).collect(), found);
        }
        _ => found.push(path),
    }
}

/// `self` and `super` replaced by what they stand for in `module`.
fn absolute<'a>(path: Vec<&'a str>, module: &[&'a str]) -> Vec<&'a str> {
    let supers = path
        .iter()
        .take_while(|name| matches!(**name, "super" | "self"))
        .count();
    if supers == 0 {
        return path;
    }
    let up = path[..supers].iter().filter(|name| **name == "super").count();
    let above = &module[..module.len().saturating_sub(up)];
    ["crate"]
        .iter()
        .chain(above)
        .chain(&path[supers..])
        .copied()
        .collect()
}

/// Names, `::` and single characters of blanked code.
struct Tokens<'a> {
    code: &'a str,
    chars: Peekable<CharIndices<'a>>,
}

impl<'a> Tokens<'a> {
    fn peek(&self) -> Option<&'a str> {
        let ahead = Tokens {
            code: self.code,
            chars: self.chars.clone(),
        };
        ahead.into_iter().next().map(|(_, token)| token)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        while self.chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
        let (start, first) = self.chars.next()?;
        let mut end = start + first.len_utf8();
        let goes_on = |(_, c): &(usize, char)| {
            if first == ':' {
                *c == ':'
            } else {
                is_name(first) && is_name(*c)
            }
        };
        while let Some((at, c)) = self.chars.next_if(goes_on) {
            end = at + c.len_utf8();
        }
        Some((start, &self.code[start..end]))
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Spaces of the same length in bytes, with the line ends kept.
fn blank(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect()
}

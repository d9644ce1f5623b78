//! The words of a query → which rows are meant (D:47579160, "Queries").

use alloc::{string::String, vec::Vec};

use super::{Fields, Refusal};
use crate::routeros::value::{Kind, Value, equal};

/// A query; rows fulfil it where all that is left of its values is true, which for more than one is unconfirmed.
pub(super) struct Query(Vec<Word>);

enum Word {
    /// `name`: the row has the property.
    Has(String),
    /// `-name`: it has not.
    Lacks(String),
    /// `name=value`, `=name=value`, `<name=value`, `>name=value`.
    Is(String, Compared, Value),
    /// `#..`: what becomes of the values so far.
    Operations(Vec<u8>),
}

#[derive(Clone, Copy)]
enum Compared {
    Equal,
    Less,
    Greater,
}

impl Query {
    /// Reads words, each without its `?`.
    pub(super) fn read(words: &[Vec<u8>]) -> Query {
        Query(words.iter().map(|word| Word::read(word)).collect())
    }

    /// Whether a row is meant: it is asked for what it tells, so that what is not told is not `false` either.
    ///
    /// # Errors
    ///
    /// An operation that has no value to work on; what a router says then is unconfirmed.
    pub(super) fn holds(&self, row: &Fields, kind: impl Fn(&str) -> Kind) -> Result<bool, Refusal> {
        let mut values = Vec::new();
        for word in &self.0 {
            match word {
                Word::Has(name) => values.push(row.get(name).is_some()),
                Word::Lacks(name) => values.push(row.get(name).is_none()),
                Word::Is(name, compared, value) => {
                    let own = row.get(name);
                    values.push(own.is_some_and(|own| compared.holds(kind(name), own, value)));
                }
                Word::Operations(operations) => {
                    let malformed = || Refusal::Fails("invalid query".into());
                    operate(operations, &mut values).ok_or_else(malformed)?;
                }
            }
        }
        Ok(values.into_iter().all(|value| value))
    }
}

impl Word {
    fn read(word: &[u8]) -> Word {
        let text = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
        let (compared, rest) = match word {
            [b'#', operations @ ..] => return Word::Operations(operations.to_vec()),
            [b'-', name @ ..] => return Word::Lacks(text(name)),
            [b'<', rest @ ..] => (Compared::Less, rest),
            [b'>', rest @ ..] => (Compared::Greater, rest),
            [b'=', rest @ ..] => (Compared::Equal, rest),
            rest => (Compared::Equal, rest),
        };
        let split = memchr::memchr(b'=', rest).and_then(|end| rest.split_at_checked(end));
        match split {
            None => Word::Has(text(rest)),
            Some((name, value)) => Word::Is(
                text(name),
                compared,
                Value::from(value.get(1..).unwrap_or_default()),
            ),
        }
    }
}

impl Compared {
    /// Numbers are compared as such, all else byte by byte; whether a router does so is unconfirmed.
    fn holds(self, kind: Kind, own: &Value, wanted: &Value) -> bool {
        let number = |value: &Value| value.to_text().parse::<i64>().ok();
        let order = match number(own).zip(number(wanted)) {
            Some((own, wanted)) => own.cmp(&wanted),
            None => own.cmp(wanted),
        };
        match self {
            Compared::Equal => equal(kind, own, wanted),
            Compared::Less => order.is_lt(),
            Compared::Greater => order.is_gt(),
        }
    }
}

/// `|`, `&` and `!` work on the values that came last; a number is the place of a value from the last one, which is 0: it is
/// pushed once more, or at the end is all that stays; `.` ends a number, else it doubles the last value.
fn operate(operations: &[u8], values: &mut Vec<bool>) -> Option<()> {
    let mut rest = operations;
    while let Some((sign, behind)) = rest.split_first() {
        rest = behind;
        match sign {
            b'0'..=b'9' => rest = pick(sign, behind, values)?,
            b'!' => {
                let value = values.pop()?;
                values.push(!value);
            }
            b'&' | b'|' => {
                let (right, left) = (values.pop()?, values.pop()?);
                values.push(if *sign == b'&' {
                    left && right
                } else {
                    left || right
                });
            }
            b'.' => values.push(*values.last()?),
            _ => return None,
        }
    }
    Some(())
}

/// The value at a place that begins with that digit; what stands behind the place.
fn pick<'a>(first: &u8, behind: &'a [u8], values: &mut Vec<bool>) -> Option<&'a [u8]> {
    let length = behind.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = behind.split_at_checked(length)?;
    let digits = [core::slice::from_ref(first), digits].concat();
    let place: usize = core::str::from_utf8(&digits).ok()?.parse().ok()?;
    let value = *values.iter().rev().nth(place)?;
    if rest.is_empty() {
        values.clear();
    }
    values.push(value);
    Some(rest.strip_prefix(b".").unwrap_or(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(words: &[&str]) -> Option<bool> {
        let words: Vec<Vec<u8>> = words.iter().map(|word| word.as_bytes().to_vec()).collect();
        let mut row = Fields::default();
        for (name, value) in [("type", "ether"), ("mtu", "1500"), ("running", "true")] {
            row.tell(name, value);
        }
        Query::read(&words).holds(&row, |_| Kind::Auto).ok()
    }

    /// The first three are the manual's own.
    #[test]
    fn words_push_and_operations_join() {
        for (words, wanted) in [
            (&["type=ether", "type=vlan", "#|!"][..], false),
            (&["type=ether", "type=vlan", "#|"], true),
            (&[">mtu=", "#!"], false),
            (&["type=ether", "mtu"], true),
            (&["type=ether", "-mtu"], false),
            (&["=type=ether"], true),
            (&["<mtu=900", "#!"], true),
            (&[">mtu=900"], true),
            (&["running=yes"], true),
            (&["disabled=false"], false),
            (&["type=vlan", "type=ether", "#0"], true),
            (&["type=vlan", "type=ether", "#1"], false),
            (&["type=vlan", "type=ether", "#1.!||"], true),
            (&["type=ether", ".id", "#.&"], false),
            (&[], true),
        ] {
            assert_eq!(holds(words), Some(wanted), "{words:?}");
        }
        for words in [&["#|"][..], &["type", "#&"], &["type", "#7"], &["type", "#?"]] {
            assert_eq!(holds(words), None, "{words:?}");
        }
    }
}

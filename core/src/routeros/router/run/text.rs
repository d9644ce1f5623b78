//! The commands of the language that make one value of others: `:len`, `:pick`, `:tostr`.

use alloc::vec::Vec;

use super::{Result, Stop, data::Data};

/// The value of a command that only looks at its arguments; `None` for one that is no such command.
pub(super) fn evaluate(verb: &str, arguments: &[Data]) -> Option<Result> {
    let first = arguments.first().cloned().unwrap_or_default();
    let value = match verb {
        "len" => Data::Number(length(&first)),
        "typeof" => Data::text(first.type_name()),
        "tostr" => Data::Text(first.to_bytes()),
        "tonum" => first.number().map_or(Data::Nothing, Data::Number),
        "tobool" => Data::Bool(first.is_true()),
        "toarray" => Data::list(to_array(first)),
        "toip" | "totime" | "toid" => to_type(verb, &first),
        "tolower" => Data::Text(first.to_bytes().to_ascii_lowercase()),
        "toupper" => Data::Text(first.to_bytes().to_ascii_uppercase()),
        "pick" => return Some(pick(&first, arguments.get(1..).unwrap_or_default())),
        "find" => find(&first, arguments.get(1..).unwrap_or_default()),
        "nothing" => Data::Nothing,
        _ => return None,
    };
    Some(Ok(value))
}

fn length(data: &Data) -> i64 {
    let length = match data {
        Data::Array(elements) => elements.len(),
        Data::Nothing => 0,
        other => other.to_bytes().len(),
    };
    i64::try_from(length).unwrap_or(i64::MAX)
}

fn to_array(data: Data) -> Vec<Data> {
    match data {
        Data::Array(elements) => elements.into_iter().map(|(_, value)| value).collect(),
        Data::Nothing => Vec::new(),
        Data::Text(text) if text.is_empty() => Vec::new(),
        Data::Text(text) => text.split(|byte| *byte == b',').map(Data::literal).collect(),
        one => alloc::vec![one],
    }
}

fn to_type(verb: &str, data: &Data) -> Data {
    let read = Data::literal(&data.to_bytes());
    match (verb, &read) {
        ("toip", Data::Address(_)) | ("totime", Data::Time(_)) | ("toid", Data::Id(_)) => read,
        ("totime", Data::Number(seconds)) => seconds.checked_mul(1_000).map_or(Data::Nothing, Data::Time),
        _ => Data::Nothing,
    }
}

/// `:pick abc 1` is `b`; `:pick abc 0 2` is `ab`; elements of an array likewise.
fn pick(whole: &Data, bounds: &[Data]) -> Result {
    let bound = |index: usize| bounds.get(index).and_then(Data::number);
    let start = bound(0).ok_or_else(|| Stop::error("missing value(s) of argument(s) begin"))?;
    let start = usize::try_from(start).unwrap_or(0);
    let end = match bound(1) {
        Some(end) => usize::try_from(end).unwrap_or(0),
        None => start.saturating_add(1),
    };
    match whole {
        Data::Array(elements) => {
            let end = end.min(elements.len());
            let picked = elements.get(start..end).unwrap_or_default();
            Ok(match (bounds.len(), picked) {
                (1, [(_, only)]) => only.clone(),
                _ => Data::Array(picked.to_vec()),
            })
        }
        other => {
            let bytes = other.to_bytes();
            Ok(Data::text(
                bytes.get(start..end.min(bytes.len())).unwrap_or_default(),
            ))
        }
    }
}

/// `:find abcab b` is 1; a third argument is the position behind which the search begins.
fn find(whole: &Data, arguments: &[Data]) -> Data {
    let Some(wanted) = arguments.first() else {
        return Data::Nothing;
    };
    let behind = arguments.get(1).and_then(Data::number);
    let from = behind.map_or(0, |behind| usize::try_from(behind.saturating_add(1)).unwrap_or(0));
    let found = match whole {
        Data::Array(elements) => elements
            .iter()
            .skip(from)
            .position(|(_, element)| element.means(wanted)),
        other => {
            let bytes = other.to_bytes();
            memchr::memmem::find(bytes.get(from..).unwrap_or_default(), &wanted.to_bytes())
        }
    };
    let position = found.and_then(|found| i64::try_from(found.saturating_add(from)).ok());
    position.map_or(Data::Nothing, Data::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(verb: &str, arguments: &[&str]) -> Data {
        let arguments: Vec<Data> = arguments
            .iter()
            .map(|word| Data::literal(word.as_bytes()))
            .collect();
        evaluate(verb, &arguments).unwrap().unwrap()
    }

    #[test]
    fn text_is_measured_cut_and_searched() {
        assert_eq!(of("len", &["ether1"]), Data::Number(6));
        assert_eq!(of("pick", &["ether1", "0", "2"]), Data::text("et"));
        assert_eq!(of("pick", &["ether1", "5"]), Data::text("1"));
        assert_eq!(of("pick", &["ether1", "9"]), Data::text(""));
        assert_eq!(of("find", &["ether1", "e"]), Data::Number(0));
        assert_eq!(of("find", &["ether1", "e", "0"]), Data::Number(3));
        assert_eq!(of("find", &["ether1", "x"]), Data::Nothing);
        assert_eq!(
            of("toarray", &["1,b"]),
            Data::list([Data::Number(1), Data::text("b")])
        );
        assert_eq!(of("typeof", &["10.0.0.1"]), Data::text("ip"));
        assert_eq!(of("totime", &["90"]), Data::Time(90_000));
    }
}

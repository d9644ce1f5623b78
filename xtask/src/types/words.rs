//! Names and sentences in the ways in which languages write them.

/// `load_balance`, `both-addresses` → `LoadBalance`, `BothAddresses`.
pub fn pascal(name: &str) -> String {
    name.split(['_', '-']).map(capitalised).collect()
}

/// `max_buckets` → `maxBuckets`.
pub fn camel(name: &str) -> String {
    let name = pascal(name);
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// The text in text lines of at most so many signs.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    for word in text.split_whitespace() {
        let fits = rows
            .last()
            .is_some_and(|row| row.is_empty() || row.chars().count() + 1 + word.chars().count() <= width);
        match rows.last_mut() {
            Some(row) if fits => {
                let gap = if row.is_empty() { "" } else { " " };
                row.push_str(gap);
                row.push_str(word);
            }
            _ => rows.push(word.to_owned()),
        }
    }
    rows
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_a_language_does() {
        assert_eq!(pascal("load_balance_failover"), "LoadBalanceFailover");
        assert_eq!(pascal("src-address"), "SrcAddress");
        assert_eq!(camel("max_buckets"), "maxBuckets");
        assert_eq!(camel("id"), "id");
    }

    #[test]
    fn long_sentences_are_broken_between_words() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("", 7), [""]);
    }
}

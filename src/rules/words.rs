//! Words: inside names, what `calculateTaxV2` and `CALCULATE_TAX` have in common; and at the beginning of a sentence.

use std::borrow::Cow;

/// The text with a capital at its beginning.
pub(crate) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Splits an identifier, a path segment or any short text into lower-case words.
///
/// Words end at everything that is no letter or digit, between a lower-case and an upper-case letter
/// (`calculateTax`), at the end of an acronym (`HTTPServer` is http, server) and between letters and digits, except
/// that digits stay with a single letter before them (`v2`, `s3`, `p2p` is p2, p).
pub(crate) fn split_words(text: &str) -> Vec<Cow<'_, str>> {
    let mut words = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut start = 0;
    let mut previous = Class::Other;
    // How many letters the running word has.
    let mut letters = 0;
    while let Some((at, c)) = chars.next() {
        let class = Class::of(c);
        let next = chars.peek().map_or(Class::Other, |&(_, next)| Class::of(next));
        let begins = match (previous, class) {
            (_, Class::Other) => true,
            (Class::Lower | Class::Digit, Class::Upper) => true,
            // The last capital of an acronym begins the next word, but a plural s does not (`userIDs`).
            (Class::Upper, Class::Upper) => next == Class::Lower && !is_plural_end(text, at + c.len_utf8()),
            (Class::Lower | Class::Upper, Class::Digit) => letters > 1,
            (Class::Digit, Class::Lower) => true,
            _ => false,
        };
        if begins {
            push_word(&mut words, &text[start..at]);
            start = if class == Class::Other { at + c.len_utf8() } else { at };
            letters = 0;
        }
        letters += usize::from(matches!(class, Class::Lower | Class::Upper));
        previous = class;
    }
    push_word(&mut words, &text[start.min(text.len())..]);
    words
}

/// True where a single `s` stands before the end of the text or of the word.
fn is_plural_end(text: &str, at: usize) -> bool {
    let mut rest = text[at..].chars();
    rest.next() == Some('s') && rest.next().is_none_or(|c| Class::of(c) != Class::Lower)
}

fn push_word<'a>(words: &mut Vec<Cow<'a, str>>, word: &'a str) {
    if word.is_empty() {
        return;
    }
    let lower = !word.chars().any(char::is_uppercase);
    words.push(if lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) });
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Lower,
    Upper,
    Digit,
    Other,
}

impl Class {
    fn of(c: char) -> Self {
        match c {
            'a'..='z' => Self::Lower,
            'A'..='Z' => Self::Upper,
            '0'..='9' => Self::Digit,
            _ if c.is_ascii() => Self::Other,
            _ if c.is_uppercase() => Self::Upper,
            _ if c.is_alphabetic() => Self::Lower,
            _ if c.is_numeric() => Self::Digit,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn identifiers_split_into_words() {
        let split = |text: &str| split_words(text).join(" ");
        for (text, words) in [
            ("calculateTax", "calculate tax"),
            ("CalculateTAX_rate", "calculate tax rate"),
            ("HTTPServer", "http server"),
            ("parseHTTP2Frame", "parse http 2 frame"),
            ("oauth2_token", "oauth 2 token"),
            ("newTaxV2", "new tax v2"),
            ("new-tax-v2.key", "new tax v2 key"),
            ("s3Bucket", "s3 bucket"),
            ("userIDs", "user ids"),
            ("APIs", "apis"),
            ("IDsOfUsers", "ids of users"),
            ("__init__", "init"),
            ("$scope", "scope"),
            ("été2Été", "été 2 été"),
            ("a", "a"),
            ("", ""),
            ("---", ""),
            ("20240102_add_tax", "20240102 add tax"),
        ] {
            assert_eq!(split(text), words, "{text}");
        }
    }

    proptest! {
        #[test]
        fn splitting_keeps_every_letter_and_digit(text in "\\PC{0,40}") {
            let kept: String = text.chars().filter(|&c| Class::of(c) != Class::Other).collect();
            prop_assert_eq!(split_words(&text).concat().to_lowercase(), kept.to_lowercase());
        }
    }
}

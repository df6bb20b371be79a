//! Regular expressions of packs, compiled when they are first needed: compiling all of them would take longer than a
//! small scan, and a scan needs few.

use regex::{Regex, RegexBuilder};
use std::sync::OnceLock;

/// A compiled expression may take this much memory.
const SIZE_LIMIT: usize = 1 << 20;
/// A longer expression is a mistake.
const MAX_LENGTH: usize = 1000;

/// A regular expression that has been checked.
#[derive(Debug)]
pub(crate) struct Expression {
    written: String,
    /// `None` inside when it is too large to compile, which only counted repetitions can make it.
    compiled: OnceLock<Option<Regex>>,
}

impl Expression {
    /// Checks an expression; the error is a clause for people.
    pub(crate) fn new(written: &str) -> Result<Self, String> {
        if written.len() > MAX_LENGTH {
            return Err(format!("a regular expression has {} bytes, the limit is {MAX_LENGTH}", written.len()));
        }
        let refuse = |error: &dyn std::fmt::Display| format!("\"{written}\" is not a valid regular expression: {error}");
        regex_syntax::parse(written).map_err(|error| refuse(&error))?;
        let expression = Self { written: written.to_owned(), compiled: OnceLock::new() };
        let repeats = |pair: &[u8]| pair[0] == b'{' && pair[1].is_ascii_digit();
        if written.as_bytes().windows(2).any(repeats) {
            compile(written).map_err(|error| refuse(&error))?;
        }
        Ok(expression)
    }

    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| compile(&self.written).ok()).as_ref()
    }

    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    /// What the first group of the expression matches, or all of it where it has none.
    pub(crate) fn find<'t>(&self, text: &'t str) -> Option<&'t str> {
        let found = self.regex()?.captures(text)?;
        found.get(1).or(found.get(0)).map(|group| group.as_str())
    }
}

fn compile(written: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(written).size_limit(SIZE_LIMIT).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_group_is_what_is_shown() {
        let expression = |text| Expression::new(text).expect("valid");
        assert_eq!(expression("^a (b+)").find("a bbb c"), Some("bbb"));
        assert_eq!(expression("b+").find("a bbb c"), Some("bbb"));
        assert_eq!(expression("x").find("a bbb c"), None);
        assert!(expression("^a").is_match("ab"));
    }

    #[test]
    fn what_cannot_be_compiled_is_refused_when_it_is_read() {
        for wrong in ["(", "(a{1000}){1000}", &"a".repeat(2000)] {
            assert!(Expression::new(wrong).is_err());
        }
    }
}

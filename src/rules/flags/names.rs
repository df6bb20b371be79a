//! How packs speak about the names that projects choose themselves.
//!
//! A project calls its client `ldClient`, `LD_CLIENT` or `self.ld_client`; a pack says `ld client` and means all three.

use super::needles::{Context, How, Needle};
use crate::rules::words::split_words;
use schemars::JsonSchema;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

/// Consecutive words of a name, in any casing: `feature flag` is in `isFeatureFlagOn` and `FEATURE_FLAGS`.
///
/// A word stands for its plural too. `^` ties the first word to the beginning of the name, `$` the last one to its end,
/// and `*` stands for any words. A dot separates the names of a path, and the last names of the path must match:
/// `ui config.^flags$` is in `props.uiConfig.flags`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PathWords(Vec<NameWords>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NameWords {
    /// Lower case; `*` for any words.
    words: Vec<String>,
    at_start: bool,
    at_end: bool,
}

/// The stars that one name may have: each multiplies the work.
const MAX_STARS: usize = 2;
/// The words of a name that are looked at: more than a real name has.
const MAX_WORDS: usize = 24;

impl PathWords {
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let names: Vec<NameWords> = text.split('.').map(NameWords::new).collect();
        let stars = |name: &NameWords| name.words.iter().filter(|word| *word == "*").count();
        if names.iter().any(|name| name.words.len() == stars(name)) {
            return Err("every name needs a word");
        }
        if names.iter().any(|name| stars(name) > MAX_STARS) {
            return Err("a name has at most two `*`");
        }
        Ok(Self(names))
    }

    /// Whether the last names of a dotted path match.
    pub(crate) fn matches(&self, path: &str) -> bool {
        let mut names = path.rsplit('.');
        self.0.iter().rev().all(|pattern| names.next().is_some_and(|name| pattern.matches(name)))
    }

    /// The names that a text must hold for a path of names in it to match; the last one stands as it is said.
    pub(super) fn names(&self, context: Context) -> BTreeSet<Needle> {
        let last = self.0.len() - 1;
        let context = |at| if at == last { context } else { Context::Any };
        self.0.iter().enumerate().filter_map(|(at, name)| name.needle(context(at))).collect()
    }

    /// What a text must hold for something in it to be taken out of an object of this name; one of these keys, if any are given.
    pub(super) fn bag(&self, keys: &[PathWords]) -> BTreeSet<Needle> {
        let Some((last, before)) = self.0.split_last() else { return BTreeSet::new() };
        let bag = |needle: Needle| {
            let how = How::Bag { name: last.clone(), behind: before.last().cloned(), keys: keys.to_vec() };
            Needle { how, ..needle }
        };
        let before = before.iter().filter_map(|name| name.needle(Context::Any));
        before.chain(last.needle(Context::Any).map(bag)).collect()
    }

    /// Whether it says more than the last name.
    pub(crate) fn is_path(&self) -> bool {
        self.0.len() > 1
    }

    /// Whether the last name of the pattern matches this one.
    pub(crate) fn matches_last(&self, name: &str) -> bool {
        self.0.last().is_some_and(|pattern| pattern.matches(name))
    }
}

impl NameWords {
    fn new(pattern: &str) -> Self {
        let pattern = pattern.trim();
        let parts = pattern.split_whitespace().flat_map(|part| match part {
            "*" => vec![Cow::Borrowed("*")],
            _ => split_words(part),
        });
        Self {
            at_start: pattern.starts_with('^'),
            at_end: pattern.ends_with('$'),
            words: parts.map(Cow::into_owned).collect(),
        }
    }

    /// The name, found by its longest word.
    fn needle(&self, context: Context) -> Option<Needle> {
        let words = self.words.iter().filter(|word| *word != "*" && word.is_ascii());
        let text = words.max_by_key(|word| word.len())?.clone();
        Some(Needle { text, how: How::Named(self.clone(), context) })
    }

    pub(super) fn matches(&self, name: &str) -> bool {
        if !self.may_match(name.as_bytes()) {
            return false;
        }
        // Most names hold none of the words; that is told without splitting them.
        let holds = |word: &String| word == "*" || contains(name.as_bytes(), word.as_bytes());
        if !self.words.iter().all(holds) {
            return false;
        }
        let mut found = split_words(name);
        found.truncate(MAX_WORDS);
        let starts = if self.at_start { 0..1 } else { 0..found.len() };
        starts.into_iter().any(|at| self.matches_from(&self.words, found.get(at..).unwrap_or_default()))
    }

    /// Whether the ends of a name allow a match, which is told without splitting it.
    fn may_match(&self, name: &[u8]) -> bool {
        if !name.is_ascii() {
            return true;
        }
        let Some(first) = name.iter().position(u8::is_ascii_alphanumeric) else { return false };
        let last = name.iter().rposition(u8::is_ascii_alphanumeric).unwrap_or(first);
        let name = &name[first..=last];
        // A `*` or a word that is not ASCII says nothing.
        let says = |word: &&String| *word != "*" && word.is_ascii();
        let first = self.words.first().filter(says).filter(|_| self.at_start);
        let last = self.words.last().filter(says).filter(|_| self.at_end);
        let begins =
            |word: &String| name.get(..word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()));
        let ends = |name: &[u8], word: &String| {
            let part = name.len().checked_sub(word.len()).map(|at| &name[at..]);
            part.is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()))
        };
        let singular = || name.strip_suffix(b"s").or_else(|| name.strip_suffix(b"S")).unwrap_or(name);
        first.is_none_or(begins)
            && last.is_none_or(|word| ends(name, word) || ends(singular(), word))
            && (self.words.len() > 1 || first.is_none() || last.is_none_or(|word| name.len() <= word.len() + 1))
    }

    fn matches_from(&self, wanted: &[String], found: &[Cow<'_, str>]) -> bool {
        match wanted.split_first() {
            None => !self.at_end || found.is_empty(),
            Some((word, rest)) if word == "*" => (0..=found.len()).any(|skip| self.matches_from(rest, &found[skip..])),
            Some((word, rest)) => found.split_first().is_some_and(|(first, found)| {
                (first == word || first.strip_suffix('s') == Some(word)) && self.matches_from(rest, found)
            }),
        }
    }
}

/// Whether the bytes hold this lower-case word, in any casing. A word that is not ASCII is not looked for.
fn contains(text: &[u8], word: &[u8]) -> bool {
    let Some(first) = word.first().filter(|_| word.is_ascii()) else { return true };
    let begins = text.iter().enumerate().filter(|(_, byte)| byte.eq_ignore_ascii_case(first)).map(|(at, _)| at);
    begins.into_iter().any(|at| text[at..].get(..word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word)))
}

/// Whether the name is written like a constant: `NEW_TAX`, `_V2`; one letter is not enough.
pub(crate) fn is_constant_case(name: &str) -> bool {
    name.len() > 1
        && name.bytes().any(|byte| byte.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

impl<'de> Deserialize<'de> for PathWords {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Words;
        impl Visitor<'_> for Words {
            type Value = PathWords;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("words of a name, such as `feature flag`")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<PathWords, E> {
                PathWords::parse(text).map_err(|why| E::custom(format_args!("`{text}` is no words of a name: {why}")))
            }
        }
        deserializer.deserialize_str(Words)
    }
}

impl JsonSchema for PathWords {
    fn schema_name() -> Cow<'static, str> {
        "PathWords".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "minLength": 1,
            "description": "Words of a name, in any casing; `^` its beginning, `$` its end, `*` any words, `.` between names"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_words_in_a_row() {
        let matches = |pattern, path| PathWords::parse(pattern).expect("has words").matches(path);
        assert!(matches("^flag$", "_FLAGS_") && !matches("^flag$", "flagsOfFlags") && !matches("^flag$", "-"));
        assert!(matches("feature flag$", "NEW_FEATURE_FLAGS") && !matches("^flag", "newFlag"));
        assert!(matches("ld client", "this.ldClient"));
        assert!(matches("ld client", "LD_CLIENT"));
        assert!(!matches("ld client", "world.client"));
        assert!(matches("feature flag", "isFeatureFlagsOn"));
        assert!(matches("flag key", "IFlagKey"));
        assert!(matches("^flag$", "config.flags"));
        assert!(!matches("^flag$", "compilerFlags"));
        assert!(!matches("^flags$", "flag"), "a plural is no singular");
        assert!(matches("ui config.^flag$", "props.uiConfig.flags"));
        assert!(!matches("ui config.^flag$", "compiler.flags"));
        assert!(matches("^feature * enabled$", "FEATURE_SECURE_COOKIE_ENABLED"));
        assert!(!matches("^feature * enabled$", "FEATURE_CREATED"));
    }

    #[test]
    fn a_pattern_needs_words_and_few_stars() {
        for pattern in ["", "^$", "*", "a.", "* a * b *"] {
            assert!(PathWords::parse(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn constants_are_written_in_capitals() {
        assert!(is_constant_case("NEW_TAX2"));
        assert!(!is_constant_case("NewTax"));
        assert!(!is_constant_case("X"));
        assert!(!is_constant_case("_"));
    }
}

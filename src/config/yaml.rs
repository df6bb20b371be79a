//! YAML in, typed values out: the only user of the YAML crate.
//!
//! What is read here may come from a pull request, so nothing is trusted. On top of the crate's own limits (nesting,
//! repetition by aliases) stand a size limit, a limit on open brackets (the scanner's time grows with their square),
//! the removal of a byte order mark, and the refusal of duplicate keys, of which the crate would silently take the
//! last. Errors name file, line and column and show the line.

use serde::Deserialize;
use serde::de::{self, DeserializeOwned, DeserializeSeed, EnumAccess, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeSet;
use std::fmt;

/// No config or rule pack comes near this; a larger file is a mistake or an attack.
const MAX_BYTES: usize = 256 * 1024;

/// How many brackets may stand open at one place.
const MAX_OPEN_BRACKETS: usize = 64;

/// How much of a long source line an error shows, in characters.
const MAX_SHOWN: usize = 120;

/// Why a text is not what it should be, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct YamlError {
    source_name: String,
    /// Line and column from 1, where they are known, and the line itself.
    place: Option<Place>,
    message: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    line: usize,
    column: usize,
    text: String,
}

/// Reads a whole text as a `T`; an empty text is read as an empty mapping.
///
/// `source_name` is what errors call the text: its path, as a rule.
pub(crate) fn parse<T: DeserializeOwned>(source_name: &str, text: &str) -> Result<T, YamlError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = if text.len() < MAX_BYTES && is_blank(text) { "{}" } else { text };
    let fail = |place, message: String| YamlError { source_name: printable(source_name), place, message };
    if text.len() > MAX_BYTES {
        let limit = MAX_BYTES / 1024;
        return Err(fail(
            None,
            format!("the file has {} KiB, and the limit is {limit} KiB", text.len().div_ceil(1024)),
        ));
    }
    if let Some(place) = first_excess_bracket(text) {
        return Err(fail(Some(place), format!("more than {MAX_OPEN_BRACKETS} brackets are open here")));
    }
    let located = |error: serde_yaml::Error| fail(place_of(&error, text), message_of(&error));
    serde_yaml::from_str::<UniqueKeys>(text).map_err(located)?;
    serde_yaml::with::singleton_map_recursive::deserialize(serde_yaml::Deserializer::from_str(text)).map_err(located)
}

/// True for a text of comments and white space only.
fn is_blank(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// The place where too many brackets are open, whatever they belong to: quotes and comments are not looked at, since
/// brackets inside them come in pairs or are few.
fn first_excess_bracket(text: &str) -> Option<Place> {
    let mut open = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        if open > MAX_OPEN_BRACKETS {
            let before = &text[..at];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            return Some(place(text, line, column));
        }
    }
    None
}

fn place_of(error: &serde_yaml::Error, text: &str) -> Option<Place> {
    let location = error.location()?;
    Some(place(text, location.line(), location.column()))
}

fn place(text: &str, line: usize, column: usize) -> Place {
    Place { line, column, text: text.lines().nth(line.saturating_sub(1)).unwrap_or("").to_owned() }
}

/// The crate's message without the position, which is shown apart, and in the words of a reader.
fn message_of(error: &serde_yaml::Error) -> String {
    let mut message = error.to_string();
    if let Some(location) = error.location() {
        let position = format!(" at line {} column {}", location.line(), location.column());
        message = message.replace(&position, "");
    }
    let message = match message.as_str() {
        "repetition limit exceeded" => "aliases repeat too much of the document",
        "recursion limit exceeded" => "the document is nested too deeply",
        "deserializing from YAML containing more than one document is not supported" => {
            "the file holds more than one document (`---`); only one is read"
        }
        other => other,
    };
    printable(message)
}

/// The text with control characters (line breaks, terminal escapes) made visible.
fn printable(text: &str) -> String {
    let shown = |c: char| if c.is_control() || is_bidi_control(c) { c.escape_unicode().to_string() } else { c.into() };
    text.chars().map(shown).collect()
}

/// Characters that change the order in which a terminal shows the others.
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl fmt::Display for YamlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(place) = &self.place else {
            return write!(f, "{}: {}", self.source_name, self.message);
        };
        writeln!(f, "{}:{}:{}: {}", self.source_name, place.line, place.column, self.message)?;
        // A long line is cut so that the place stays in sight.
        let first = place.column.saturating_sub(MAX_SHOWN / 2).min(place.column - 1);
        let first = if place.column <= MAX_SHOWN { 0 } else { first };
        let visible = |c: char| if c.is_control() || is_bidi_control(c) { ' ' } else { c };
        let shown: String = place.text.chars().skip(first).take(MAX_SHOWN).map(visible).collect();
        let number = place.line.to_string();
        let gutter = " ".repeat(number.len());
        writeln!(f, "{gutter} |")?;
        writeln!(f, "{number} | {}", shown.trim_end())?;
        write!(f, "{gutter} | {}^", " ".repeat(place.column - 1 - first))
    }
}

impl std::error::Error for YamlError {}

impl YamlError {
    /// An error about the whole of a text.
    pub(crate) fn whole(source_name: &str, message: impl Into<String>) -> Self {
        Self { source_name: printable(source_name), place: None, message: printable(&message.into()) }
    }
}

/// Any document whose mappings have no key twice.
struct UniqueKeys;

impl<'de> Deserialize<'de> for UniqueKeys {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UniqueKeysVisitor)
    }
}

struct UniqueKeysVisitor;

macro_rules! accept_scalars {
    ($($visit:ident: $type:ty),+) => {
        $(fn $visit<E: de::Error>(self, _: $type) -> Result<Self::Value, E> { Ok(UniqueKeys) })+
    };
}

impl<'de> Visitor<'de> for UniqueKeysVisitor {
    type Value = UniqueKeys;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a plain YAML value")
    }

    accept_scalars!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_i128: i128, visit_u128: u128, visit_f64: f64, visit_str: &str);

    fn visit_unit<E: de::Error>(self) -> Result<UniqueKeys, E> {
        Ok(UniqueKeys)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<UniqueKeys, A::Error> {
        while items.next_element::<UniqueKeys>()?.is_some() {}
        Ok(UniqueKeys)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<UniqueKeys, A::Error> {
        let mut seen = BTreeSet::new();
        while entries.next_key_seed(NewKey(&mut seen))?.is_some() {
            entries.next_value::<UniqueKeys>()?;
        }
        Ok(UniqueKeys)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<UniqueKeys, A::Error> {
        let _: (IgnoredAny, _) = tagged.variant()?;
        Err(de::Error::custom("tags (`!name`) have no meaning here"))
    }
}

/// A key that is not among those seen; refused while the reader stands on it, so that the error has its place.
struct NewKey<'a>(&'a mut BTreeSet<String>);

impl<'de> DeserializeSeed<'de> for NewKey<'_> {
    type Value = ();

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NewKey<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word as the key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<(), E> {
        if self.0.insert(key.to_owned()) {
            return Ok(());
        }
        Err(E::custom(format_args!("the key `{key}` stands twice in this mapping")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::time::{Duration, Instant};

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    struct Sample {
        #[serde(default)]
        name: String,
        #[serde(default)]
        fail_on: Option<Level>,
        #[serde(default)]
        source: Option<Source>,
        #[serde(default)]
        tiers: BTreeMap<String, Level>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "kebab-case")]
    enum Level {
        High,
        Low,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "kebab-case")]
    enum Source {
        Argument(usize),
        Binding,
    }

    fn sample(text: &str) -> Result<Sample, String> {
        parse("p.yml", text).map_err(|error| error.to_string())
    }

    fn error(text: &str) -> String {
        let started = Instant::now();
        let error = sample(text).expect_err("this text must be refused");
        assert!(started.elapsed() < Duration::from_secs(3), "{:?} for {:.40}", started.elapsed(), text);
        assert!(error.len() < 2_000, "{} bytes of error", error.len());
        error
    }

    #[test]
    fn an_error_shows_file_line_column_word_and_allowed_words() {
        assert_eq!(
            error("name: a\ntiers:\n  payments: hihg\n"),
            "p.yml:3:13: tiers.payments: unknown variant `hihg`, expected `high` or `low`\n  |\n3 |   payments: hihg\n  |             ^"
        );
        let unknown = error("name: a\nfial-on: high\n");
        assert!(
            unknown.starts_with(
                "p.yml:2:1: unknown field `fial-on`, expected one of `name`, `fail-on`, `source`, `tiers`\n"
            ),
            "{unknown}"
        );
    }

    #[test]
    fn enums_with_values_are_written_as_mappings_of_one_key() {
        assert_eq!(sample("source: {argument: 2}").unwrap().source, Some(Source::Argument(2)));
        assert_eq!(sample("source: binding").unwrap().source, Some(Source::Binding));
        let bad = error("source: {argumnt: 2}");
        assert!(
            bad.starts_with("p.yml:1:10: source: unknown variant `argumnt`, expected `argument` or `binding`"),
            "{bad}"
        );
    }

    #[test]
    fn empty_texts_are_empty_mappings() {
        for text in ["", "\n", "# only a comment\n", "\u{feff}"] {
            assert!(sample(text).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_and_crlf_change_nothing() {
        assert_eq!(sample("\u{feff}name: a\r\nfail-on: high\r\n"), sample("name: a\nfail-on: high\n"));
        let bad = error("\u{feff}name: a\r\nfail-on: hihg\r\n");
        assert!(bad.starts_with("p.yml:2:10: ") && bad.contains("\n2 | fail-on: hihg\n"), "{bad}");
    }

    #[test]
    fn duplicate_keys_are_refused_where_they_stand() {
        assert_eq!(
            error("tiers:\n  auth: low\n  payments: high\n  auth: high\n").lines().next(),
            Some("p.yml:4:3: tiers: the key `auth` stands twice in this mapping")
        );
        assert!(error("name: a\nname: b\n").starts_with("p.yml:2:1: "));
        assert!(error("name: a\n'name': b\n").starts_with("p.yml:2:1: "), "quotes do not make another key");
    }

    #[test]
    fn hostile_texts_are_refused_soon() {
        let mut laughs = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for level in 1..10 {
            let previous = format!("*a{}", level - 1);
            laughs += &format!("a{level}: &a{level} [{}]\n", vec![previous; 9].join(","));
        }
        assert!(error(&laughs).contains("aliases repeat too much"), "{}", error(&laughs));
        assert!(error(&"[".repeat(100_000)).contains("more than 64 brackets"));
        assert!(error(&"{a: ".repeat(50_000)).contains("more than 64 brackets"));
        assert!(error(&"- ".repeat(100_000)).contains("nested too deeply"));
        assert!(error(&"? ".repeat(100_000)).starts_with("p.yml"));
        assert!(error(&format!("name: {}", "x".repeat(300_000))).contains("limit is 256 KiB"));
        assert!(error("name:\n\t- a\n").starts_with("p.yml:2:1: "), "{}", error("name:\n\t- a\n"));
        assert!(error("name: *nothing\n").starts_with("p.yml:1:7: unknown anchor"));
        assert!(error("name: a\n---\nname: b\n").contains("more than one document"));
        assert!(
            error("name: !!binary x\nsource: !argument 2\n").contains("tags"),
            "{}",
            error("source: !argument 2\n")
        );
        assert!(error("name: \"\u{1}\"\n").starts_with("p.yml"));
        assert!(error("[]").starts_with("p.yml:1:1: invalid type: sequence"));
        assert!(error("&a [*a]").starts_with("p.yml"));
    }

    #[test]
    fn what_a_text_says_cannot_steer_the_terminal() {
        let shown = error("\"\\e[31mname\\u202e\": a\n");
        assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{shown:?}");
        assert!(!YamlError::whole("a\u{1b}[2J", "b\u{1b}c").to_string().contains('\u{1b}'));
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let many: String = (0..200).map(|i| format!("k{i}: high, ")).collect();
        let shown = error(&format!("tiers: {{{many} z: hihg, {}}}", many.replace('k', "l")));
        let lines: Vec<&str> = shown.lines().collect();
        let caret = lines[3].find('^').expect("a caret");
        assert!(lines[2][caret..].starts_with("hihg"), "{shown}");
        assert!(lines[2].chars().count() < 130, "{shown}");
    }
}

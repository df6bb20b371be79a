//! Patterns that packs and the config are written in: paths ([`Glob`]), names, modules, folders.
//!
//! Each is checked when it is read, so a bad pattern is an error of the file that holds it, at its place, and never of
//! a scan. What they match is text; nothing here knows about syntax.

mod glob;

pub(crate) use glob::{Glob, Segment, segments_match};

use schemars::JsonSchema;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// A name pattern: `useFlag`, `get*Flag`, `ldClient.*`.
///
/// It is matched against the whole name. `*` stands for any number of characters, and there are no other wildcards.
/// Case counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NamePattern {
    written: String,
}

/// A module: `stripe`, `@scope/pkg`, `rest_framework`, `@aws-sdk/client-*`.
///
/// It matches the module itself and what is inside it (`pkg/sub`, `pkg.sub`, `pkg::sub`). `*` stands for any number of
/// characters of one segment. Case counts. Relative modules never match a pattern that does not begin with a dot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ModulePattern {
    written: String,
}

/// A folder of the repository, written from its root: `tools/preflag`. A `/` at the end is dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Folder(String);

impl Folder {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a text is not a pattern, in a sentence without the pattern.
type Refusal = String;

/// What is read from one string of a file.
trait Pattern: Sized {
    /// What an error says was expected.
    const WHAT: &'static str;
    fn parse(text: &str) -> Result<Self, Refusal>;
}

/// The longest pattern; a longer one is a mistake.
const MAX_LEN: usize = 300;

impl NamePattern {
    pub(crate) fn matches(&self, name: &str) -> bool {
        wildcard_match(self.written.as_bytes(), name.as_bytes(), false, |_| true)
    }

    /// The whole name when the pattern has no wildcard: for tables.
    pub(crate) fn literal(&self) -> Option<&str> {
        (!self.written.contains('*')).then_some(self.written.as_str())
    }

    /// What stands between wildcards, in order: a name that matches holds each.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = &str> {
        self.written.split('*').filter(|piece| !piece.is_empty())
    }
}

impl Pattern for NamePattern {
    const WHAT: &'static str = "a name, or a name with `*`";

    fn parse(text: &str) -> Result<Self, Refusal> {
        if text.chars().any(char::is_whitespace) {
            return Err("a name has no white space".into());
        }
        if text.chars().all(|c| c == '*') {
            return Err("it would match every name".into());
        }
        Ok(Self { written: text.to_owned() })
    }
}

impl ModulePattern {
    pub(crate) fn matches(&self, module: &str) -> bool {
        let module = module.strip_prefix("node:").unwrap_or(module);
        // A module counts as its own inside: the pattern has to match up to the end or up to a separator.
        let ends = std::iter::once(module.len()).chain(separators(module));
        ends.into_iter().any(|end| {
            let inside_segment = |byte| !matches!(byte, b'/' | b'.' | b':');
            wildcard_match(self.written.as_bytes(), &module.as_bytes()[..end], false, inside_segment)
        })
    }
}

impl ModulePattern {
    /// What stands between wildcards and separators: the import of a module that matches holds each.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = &str> {
        self.written.split(['*', '/', '.', ':']).filter(|piece| !piece.is_empty())
    }
}

impl Pattern for ModulePattern {
    const WHAT: &'static str = "a module's name";

    fn parse(text: &str) -> Result<Self, Refusal> {
        if text.chars().any(char::is_whitespace) {
            return Err("a module's name has no white space".into());
        }
        if text.starts_with('*') {
            return Err("it must begin with a name, not with `*`".into());
        }
        if text.ends_with('/') || text.ends_with("/**") || text.ends_with("/*") {
            return Err("what is inside a module matches by itself; leave out the end after the name".into());
        }
        Ok(Self { written: text.strip_prefix("node:").unwrap_or(text).to_owned() })
    }
}

impl Pattern for Folder {
    const WHAT: &'static str = "a folder of the repository";

    fn parse(text: &str) -> Result<Self, Refusal> {
        let folder = text.trim_end_matches('/');
        let plain = !text.contains(['\\', ':', '*']) && !text.chars().any(char::is_control);
        if plain && folder.split('/').all(|segment| !matches!(segment, "" | "." | "..")) {
            return Ok(Self(folder.to_owned()));
        }
        Err("write it from the repository's root, with `/` and without `..`".into())
    }
}

/// Where a module's name can be cut so that the front is a module too.
fn separators(module: &str) -> impl Iterator<Item = usize> + '_ {
    let inner = module.bytes().enumerate().skip(1);
    inner.filter(|&(_, byte)| matches!(byte, b'/' | b'.' | b':')).map(|(at, _)| at)
}

/// True when `text` is `pattern`, where `*` stands for any number of bytes that `spans` allows, and `?`, where it is
/// asked for, for one character.
///
/// Greedy with one place to go back to, so the time is at most the product of the lengths.
fn wildcard_match(pattern: &[u8], text: &[u8], question: bool, spans: impl Fn(u8) -> bool) -> bool {
    // What stands behind the last wildcard tells most texts apart.
    let tail = pattern.iter().rposition(|&byte| byte == b'*' || (question && byte == b'?')).map_or(0, |at| at + 1);
    if !text.ends_with(&pattern[tail..]) {
        return false;
    }
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    loop {
        match pattern.get(p) {
            Some(b'*') => {
                retry = Some((p, t));
                p += 1;
            }
            Some(b'?') if question && t < text.len() => {
                p += 1;
                t += 1;
                while text.get(t).is_some_and(|&byte| byte & 0b1100_0000 == 0b1000_0000) {
                    t += 1;
                }
            }
            Some(&byte) if text.get(t) == Some(&byte) => {
                p += 1;
                t += 1;
            }
            None if t == text.len() => return true,
            _ => {
                // The last star takes one more byte; earlier ones need not change, since theirs was the first fit. That
                // also holds with `spans`: a byte that it refuses has to be matched by the pattern itself.
                let Some((star, from)) = retry else { return false };
                match text.get(from) {
                    Some(&byte) if spans(byte) => retry = Some((star, from + 1)),
                    _ => return false,
                }
                p = star + 1;
                t = from + 1;
            }
        }
    }
}

/// Reads a pattern from the one string it is written as, so that an error stands at that string.
struct PatternVisitor<P>(PhantomData<P>);

impl<P: Pattern> Visitor<'_> for PatternVisitor<P> {
    type Value = P;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(P::WHAT)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<P, E> {
        if text.is_empty() {
            return Err(E::custom(format_args!("an empty text is not {}", P::WHAT)));
        }
        if text.len() > MAX_LEN {
            return Err(E::custom(format_args!("{} has at most {MAX_LEN} bytes, this has {}", P::WHAT, text.len())));
        }
        P::parse(text).map_err(|why| E::custom(format_args!("`{text}` is not {}: {why}", P::WHAT)))
    }
}

/// One value, or a list of them; unlike with an untagged enum, errors keep their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OneOrMany<T>(pub(crate) Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = OneOrMany<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("one value or a list of them")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                T::deserialize(de::value::StrDeserializer::new(text)).map(|one| OneOrMany(vec![one]))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(de::value::MapAccessDeserializer::new(map)).map(|one| OneOrMany(vec![one]))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
                Vec::deserialize(de::value::SeqAccessDeserializer::new(list)).map(OneOrMany)
            }
        }
        deserializer.deserialize_any(Either(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMany{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let one = generator.subschema_for::<T>();
        schemars::json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

macro_rules! read_from_one_string {
    ($($name:ident),+) => {$(
        #[cfg(test)]
        impl $name {
            /// A pattern of a test.
            pub(crate) fn new(text: &str) -> Self {
                Self::parse(text).expect("a valid pattern in a test")
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(PatternVisitor(PhantomData))
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string", "minLength": 1, "maxLength": MAX_LEN, "description": Self::WHAT
                })
            }
        }
    )+};
}

read_from_one_string!(Glob, NamePattern, ModulePattern, Folder);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_match_wholly_with_stars() {
        let hit = |pattern: &str, name: &str| NamePattern::new(pattern).matches(name);
        assert!(hit("useFlag", "useFlag") && !hit("useFlag", "useFlags") && !hit("useFlag", "useflag"));
        assert!(hit("get*Flag", "getFlag") && hit("get*Flag", "getBooleanFlag") && !hit("get*Flag", "getFlagFlags"));
        assert!(hit("*Flag*Value", "xFlagFlagyValue") && hit("ld.*", "ld.variation"));
    }

    #[test]
    fn modules_match_themselves_and_what_is_inside() {
        let hit = |pattern: &str, module: &str| ModulePattern::new(pattern).matches(module);
        assert!(hit("stripe", "stripe") && hit("stripe", "stripe/lib/x") && hit("stripe", "stripe.error"));
        assert!(!hit("stripe", "stripes") && !hit("stripe", "./stripe") && !hit("stripe", "@acme/stripe"));
        assert!(
            hit("@aws-sdk/client-*", "@aws-sdk/client-ses") && hit("@aws-sdk/client-*", "@aws-sdk/client-ses/dist")
        );
        assert!(!hit("@aws-sdk/client-*", "@aws-sdk/lib-x") && hit("@scope/pkg", "@scope/pkg/sub"));
        assert!(hit("django.db", "django.db.models") && !hit("django.db", "django.dbx") && !hit("django", ".django"));
        assert!(hit("fs", "node:fs") && hit("node:fs", "fs/promises"));
    }

    #[test]
    fn folders_are_inside_the_repository() {
        assert_eq!(Folder::new("tools/preflag/").as_str(), "tools/preflag");
        for text in ["/etc", "..", "a/../b", "./a", "a//b", "C:/x", "a\\b", "a\n"] {
            assert!(Folder::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn bad_patterns_are_refused_with_a_reason() {
        let refused = |yaml: &str, what: &str| {
            let glob = crate::config::yaml::parse::<Vec<Glob>>("p", yaml).map(|_| ());
            let error = glob.expect_err(yaml).to_string();
            assert!(error.starts_with("p:2:3: ") && error.contains(what), "{error}");
        };
        refused("- ok\n- 'a[0-9]'", "no character classes");
        refused("- ok\n- 'a**'", "`**` stands alone");
        refused("- ok\n- a//b", "nothing between");
        refused("- ok\n- '{a'", "no `}`");
        refused("- ok\n- 'a}'", "no `{`");
        refused(&format!("- ok\n- '{}'", "{a,b}".repeat(50)), "more than 512 patterns");
        refused("- ok\n- /a", "repository's root");
        refused("- ok\n- 'a\\b'", "separators are `/`");
        refused("- ok\n- ''", "an empty text is not a path pattern");
        refused(&format!("- ok\n- {}", "x".repeat(400)), "at most 300 bytes");
    }

    proptest! {
        #[test]
        fn wildcards_agree_with_a_regex(pattern in "[ab*]{1,8}", text in "[ab]{0,10}") {
            let regex = regex::Regex::new(&format!("^{}$", pattern.replace('*', ".*"))).unwrap();
            prop_assert_eq!(wildcard_match(pattern.as_bytes(), text.as_bytes(), false, |_| true), regex.is_match(&text));
        }

        #[test]
        fn wildcards_within_segments_agree_with_a_regex(pattern in "[a/*]{1,8}", text in "[a/]{0,10}") {
            let regex = regex::Regex::new(&format!("^{}$", pattern.replace('*', "[^/]*"))).unwrap();
            prop_assert_eq!(wildcard_match(pattern.as_bytes(), text.as_bytes(), false, |b| b != b'/'), regex.is_match(&text));
        }
    }
}

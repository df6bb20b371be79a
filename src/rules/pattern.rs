//! What packs and the config name paths by: patterns and folders.
//!
//! Each is checked when it is read, so a bad pattern is an error of the file that holds it, at its place, and never of
//! a scan. What they match is text; nothing here knows about syntax.

use schemars::JsonSchema;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// A path pattern: `**/billing/**`, `*.sql`, `{app,lib}/**`.
///
/// It is matched against the whole path from the repository's root, with `/` separators. `*` and `?` stay within one
/// segment, `**` between separators spans any number of them, `{a,b}` is one or the other, and every other character
/// (brackets too, as in `pages/[id].tsx`) stands for itself. Case counts. A pattern without `/` is looked for in every
/// folder, and one that ends in `/` stands for all that is in the folder.
///
/// Not a regex: compiling one costs tens of microseconds, and the packs hold hundreds of patterns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Glob {
    /// What the braces expand to, each as its segments.
    alternatives: Vec<Vec<Segment>>,
}

/// What one part of a path pattern between separators matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    /// `**`: any number of segments.
    Any,
    Literal(String),
    /// Holds `*` or `?`.
    Wildcard(String),
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

/// How many patterns the braces of one may stand for.
const MAX_ALTERNATIVES: usize = 512;

impl Glob {
    /// A pattern of a test.
    #[cfg(test)]
    pub(crate) fn new(text: &str) -> Self {
        Self::parse(text).expect("a valid pattern in a test")
    }

    pub(crate) fn matches(&self, path: &str) -> bool {
        let segments: Vec<&str> = path.split('/').collect();
        self.matches_segments(&segments)
    }

    /// Like [`Glob::matches`], for a path that was split at its separators once for many patterns.
    pub(crate) fn matches_segments(&self, path: &[&str]) -> bool {
        self.alternatives.iter().any(|pattern| segments_match(pattern, path))
    }

    /// The patterns without braces that it stands for.
    pub(crate) fn alternatives(&self) -> &[Vec<Segment>] {
        &self.alternatives
    }
}

impl Segment {
    fn new(text: &str) -> Result<Self, Refusal> {
        match text {
            "**" => Ok(Self::Any),
            _ if text.contains("**") => Err("`**` stands alone between separators".into()),
            "" => Err("there is nothing between two separators".into()),
            _ if text.contains(['*', '?']) => Ok(Self::Wildcard(text.to_owned())),
            _ => Ok(Self::Literal(text.to_owned())),
        }
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Literal(literal) => literal == text,
            Self::Wildcard(pattern) => wildcard_match(pattern.as_bytes(), text.as_bytes()),
        }
    }
}

impl Pattern for Glob {
    const WHAT: &'static str = "a path pattern";

    fn parse(text: &str) -> Result<Self, Refusal> {
        if text.starts_with('/') || text.starts_with("./") {
            return Err("paths begin at the repository's root, without `/` or `./`".into());
        }
        if text.starts_with('!') {
            return Err("there are no patterns that take back others".into());
        }
        if text.contains('\\') {
            return Err("path separators are `/` on every system".into());
        }
        if has_character_class(text) {
            return Err(
                "there are no character classes, and brackets stand for themselves; use `*`, `?` or `{a,b}`".into()
            );
        }
        let mut alternatives = Vec::new();
        for path in expand_braces(text)? {
            let (folder, body) = match path.strip_suffix('/') {
                Some(body) => (true, body),
                None => (false, path.as_str()),
            };
            let mut segments = if body.contains('/') || body == "**" { vec![] } else { vec![Segment::Any] };
            for segment in body.split('/') {
                segments.push(Segment::new(segment)?);
            }
            if folder {
                segments.push(Segment::Any);
            }
            alternatives.push(segments);
        }
        Ok(Self { alternatives })
    }
}

/// True for `[a-z]`, `[!a]`: what other tools read as one of several characters.
fn has_character_class(text: &str) -> bool {
    let mut bodies = text.split('[').skip(1).filter_map(|rest| rest.split_once(']').map(|(body, _)| body));
    bodies.any(|body| body.starts_with(['!', '^']) || matches!(body.as_bytes(), [_, b'-', _]))
}

/// The texts that `{a,b}` stands for, in the order of writing.
fn expand_braces(text: &str) -> Result<Vec<String>, Refusal> {
    let mut done = Vec::new();
    let mut open = vec![text.to_owned()];
    while let Some(text) = open.pop() {
        if done.len() + open.len() >= MAX_ALTERNATIVES {
            return Err(format!("its braces stand for more than {MAX_ALTERNATIVES} patterns"));
        }
        // The innermost pair comes first, so that pairs may stand in pairs.
        let Some(end) = text.find('}') else {
            if text.contains('{') {
                return Err("`{` has no `}`".into());
            }
            done.push(text);
            continue;
        };
        let Some(start) = text[..end].rfind('{') else { return Err("`}` has no `{`".into()) };
        let choices: Vec<&str> = text[start + 1..end].split(',').collect();
        let expanded = choices.iter().rev().map(|choice| format!("{}{choice}{}", &text[..start], &text[end + 1..]));
        open.extend(expanded);
    }
    done.sort_unstable();
    done.dedup();
    Ok(done)
}

/// Like [`wildcard_match`] with segments for bytes and `**` for `*`; at the end, `**` stands for one segment or more.
pub(super) fn segments_match(pattern: &[Segment], path: &[&str]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    loop {
        match pattern.get(p) {
            Some(Segment::Any) if p + 1 == pattern.len() && t < path.len() => return true,
            Some(Segment::Any) if p + 1 < pattern.len() => {
                retry = Some((p, t));
                p += 1;
                continue;
            }
            Some(segment) if path.get(t).is_some_and(|text| segment.matches(text)) => {
                p += 1;
                t += 1;
                continue;
            }
            None if t == path.len() => return true,
            _ => {}
        }
        let Some((star, from)) = retry else { return false };
        if from >= path.len() {
            return false;
        }
        retry = Some((star, from + 1));
        p = star + 1;
        t = from + 1;
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

/// True when `text` is `pattern`, where `*` stands for any number of bytes and `?` for one character.
///
/// Greedy with one place to go back to, so the time is at most the product of the lengths.
fn wildcard_match(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    loop {
        match pattern.get(p) {
            Some(b'*') => {
                retry = Some((p, t));
                p += 1;
            }
            Some(b'?') if t < text.len() => {
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
                // The last star takes one more byte; earlier ones need not change, since theirs was the first fit.
                let Some((star, from)) = retry.filter(|(_, from)| *from < text.len()) else { return false };
                retry = Some((star, from + 1));
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

read_from_one_string!(Glob, Folder);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn globs_match_whole_paths() {
        let hit = |glob: &str, path: &str| Glob::new(glob).matches(path);
        assert!(hit("**/billing/**", "billing/a.ts") && hit("**/billing/**", "src/billing/x/a.ts"));
        assert!(!hit("**/billing/**", "src/billing.ts"));
        assert!(hit("*.sql", "a.sql") && hit("*.sql", "db/a.sql"), "without `/`, in every folder");
        assert!(!hit("db/*.sql", "db/x/a.sql") && !hit("db/*.sql", "x/db/a.sql"));
        assert!(hit("vendor/", "vendor/a/b.go") && hit("vendor/", "x/vendor/b.go"));
        assert!(hit("web/vendor/", "web/vendor/a/b.go") && !hit("web/vendor/", "x/web/vendor/b.go"));
        assert!(!hit("*.SQL", "a.sql"), "case counts");
        assert!(hit("{app,lib}/*.py", "lib/x.py") && hit("*.{c,m,}js", "a.mjs") && hit("{a,b{c,d}}/x", "bd/x"));
        assert!(hit("pages/[id].ts", "pages/[id].ts") && hit("?.ts", "é.ts") && !hit("?.ts", ".ts"));
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
        fn globs_agree_with_globset(
            glob in "(\\*\\*/)?[ab*?]{1,4}(/([ab*?]{1,3}|\\*\\*)){0,4}", path in "[ab]{1,3}(/[ab]{1,3}){0,5}",
        ) {
            let Ok(ours) = Glob::parse(&glob) else { return Ok(()) };
            let anywhere = if glob.contains('/') { "" } else { "**/" };
            let theirs = globset::GlobBuilder::new(&format!("{anywhere}{glob}")).literal_separator(true).build().unwrap();
            prop_assert_eq!(ours.matches(&path), theirs.compile_matcher().is_match(&path));
        }

        #[test]
        fn wildcards_agree_with_a_regex(pattern in "[ab*]{1,8}", text in "[ab]{0,10}") {
            let regex = regex::Regex::new(&format!("^{}$", pattern.replace('*', ".*"))).unwrap();
            prop_assert_eq!(wildcard_match(pattern.as_bytes(), text.as_bytes()), regex.is_match(&text));
        }

    }
}

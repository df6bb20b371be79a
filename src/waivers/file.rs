//! The reviewed file of waivers: decisions for longer than one change, each with an owner and a last day.

use super::line::glob;
use super::{Claim, Giver, reason};
use crate::calendar::Date;
use crate::config::yaml::{self, YamlError};
use crate::location::RepoPath;
use crate::report::{WaiverKind, WaiverSource};
use crate::rules::pattern::{Glob, OneOrMany};
use schemars::JsonSchema;
use serde::Deserialize;

/// Where the file is looked for, from the repository's root; the first that is there counts.
pub(crate) const FILES: [&str; 2] = [".preflag/waivers.yml", ".preflag/waivers.yaml"];

/// More entries are a mistake.
const MAX_ENTRIES: usize = 1_000;

/// Decisions to ship without a flag, reviewed and for a time.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawWaivers {
    /// The waivers.
    waivers: Vec<RawWaiver>,
}

/// One decision. It names a rule or an area.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawWaiver {
    /// The rule: `ungated-change`.
    rule: Option<String>,
    /// The area: `payments`.
    area: Option<String>,
    /// The files that it is for: a pattern or a list of them. Default: all.
    paths: Option<OneOrMany<Path>>,
    /// Who answers for it: a mail address, `@login`, `@org/team` or a name.
    owner: String,
    /// Why it is safe enough.
    reason: String,
    /// The last day on which it counts.
    expires: Date,
    /// The day on which it was given.
    created: Option<Date>,
}

/// A path pattern and how it is written.
#[derive(Debug)]
struct Path {
    written: String,
    glob: Glob,
}

impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pattern;
        impl serde::de::Visitor<'_> for Pattern {
            type Value = Path;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a path pattern")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Path, E> {
                glob(text).map(|glob| Path { written: text.to_owned(), glob }).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Pattern)
    }
}

impl JsonSchema for Path {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Glob::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Glob::json_schema(generator)
    }
}

/// Reads the file; `name` is what errors call it, `path` where it stands. What is wrong with one entry alone is said of the entry.
pub(crate) fn read(name: &str, path: &str, text: &str) -> Result<Vec<Claim>, YamlError> {
    let raw: RawWaivers = yaml::parse(name, text)?;
    if raw.waivers.len() > MAX_ENTRIES {
        let message = format!("{} waivers, and the limit is {MAX_ENTRIES}", raw.waivers.len());
        return Err(YamlError::whole(name, message));
    }
    let lines = lines(text, raw.waivers.len());
    Ok(raw.waivers.into_iter().zip(lines).map(|(raw, line)| claim(raw, path, line)).collect())
}

fn claim(raw: RawWaiver, path: &str, line: u32) -> Claim {
    let owner = raw.owner.split_whitespace().collect::<Vec<_>>().join(" ");
    let (what, mut problem) = match (raw.rule, raw.area) {
        (Some(what), None) | (None, Some(what)) => (what, None),
        (Some(what), Some(_)) => (what, Some("it names a rule and an area; keep one of them".to_owned())),
        (None, None) => (String::new(), Some("it names neither `rule` nor `area`".to_owned())),
    };
    if owner.is_empty() {
        problem.get_or_insert("it names no owner".to_owned());
    }
    let reason = reason::check(&raw.reason).unwrap_or_else(|why| {
        problem.get_or_insert(format!("{why}; say why it is safe enough"));
        String::new()
    });
    Claim {
        what,
        paths: raw.paths.into_iter().flat_map(|paths| paths.0).map(|path| (path.written, path.glob)).collect(),
        reason,
        by: Giver::owner(&owner),
        at: raw.created.map(|day| day.to_string()),
        source: WaiverSource { kind: WaiverKind::File, commit: None, path: Some(RepoPath::new(path)), line },
        expires: Some(raw.expires),
        problem,
    }
}

/// The lines on which entries begin: the YAML crate does not hand them out. Where the file is not written as a list of dashes,
/// the first line stands for all.
fn lines(text: &str, entries: usize) -> Vec<u32> {
    let dashes = || {
        text.lines().enumerate().filter_map(|(at, line)| {
            let inner = line.trim_start_matches(' ');
            (inner == "-" || inner.starts_with("- ")).then_some((line.len() - inner.len(), at as u32 + 1))
        })
    };
    let outermost = dashes().map(|(indent, _)| indent).min();
    let found: Vec<u32> = dashes().filter(|(indent, _)| Some(*indent) == outermost).map(|(_, line)| line).collect();
    if found.len() == entries { found } else { vec![1; entries] }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = FILES[0];

    fn read(name: &str, text: &str) -> Result<Vec<Claim>, YamlError> {
        super::read(name, FILE, text)
    }

    const GOOD: &str = "\
# reviewed by security
waivers:
  - area: payments
    paths: [src/billing/**, 'lib/*.py']
    owner: \"@acme/payments\"
    reason: |
      Behind the maintenance window.
      - agreed on 2 March
    expires: 2026-12-31
    created: 2026-03-02
  - rule: ungated-change
    paths: src/a.ts
    owner: Ana <ana@example.com>
    reason: Copy text, agreed with legal
    expires: 2026-06-30
";

    #[test]
    fn entries_have_a_scope_an_owner_a_reason_and_a_last_day() {
        let claims = read(FILE, GOOD).expect("it is good");
        let first = &claims[0];
        assert_eq!((first.what.as_str(), first.source.line, first.problem.as_ref()), ("payments", 3, None));
        assert_eq!(first.reason, "Behind the maintenance window. - agreed on 2 March");
        assert_eq!(
            first.paths.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(),
            ["src/billing/**", "lib/*.py"]
        );
        assert_eq!(
            (first.at.as_deref(), first.expires.as_ref().map(ToString::to_string)),
            (Some("2026-03-02"), Some("2026-12-31".into()))
        );
        assert_eq!((claims[1].by.name.as_str(), claims[1].source.line), ("Ana <ana@example.com>", 11));
        assert_eq!(read(FILE, "").expect("it is empty").len(), 0);
        let flow = "waivers: [{area: a, owner: b, reason: it is fine, expires: 2026-01-01}]";
        assert_eq!(read(FILE, flow).expect("it is good")[0].source.line, 1);
    }

    #[test]
    fn what_is_no_entry_is_refused_at_its_place() {
        for (text, expected) in [
            (
                GOOD.replace("owner: \"@acme", "ownr: \"@acme"),
                ".preflag/waivers.yml:5:5: waivers[0]: unknown field `ownr`",
            ),
            (
                GOOD.replace("2026-12-31", "next week"),
                ".preflag/waivers.yml:9:14: waivers[0].expires: `next week` is not a day",
            ),
            (
                GOOD.replace("2026-12-31", "2026-02-30"),
                ".preflag/waivers.yml:9:14: waivers[0].expires: `2026-02-30` is not a day",
            ),
            (GOOD.replace("    expires: 2026-06-30\n", ""), "missing field `expires`"),
            (GOOD.replace("src/a.ts", "/src/a.ts"), ".preflag/waivers.yml:12:12: "),
            (format!("{GOOD}other: 1\n"), ".preflag/waivers.yml:16:1: unknown field `other`"),
        ] {
            let error = read(FILE, &text).expect_err(expected).to_string();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn what_is_wrong_with_one_entry_is_said_of_it() {
        for (from, to, expected) in [
            ("Copy text, agreed with legal", "TBD", "`TBD` is no reason"),
            ("  - rule: ungated-change", "  - rule: ungated-change\n    area: auth", "keep one of them"),
            ("    paths: src/a.ts", "    paths: src/a.ts\n    created: 2026-01-01", ""),
            ("Ana <ana@example.com>", "''", "no owner"),
        ] {
            let claims = read(FILE, &GOOD.replace(from, to)).expect("it is read");
            let problem = claims[1].problem.clone().unwrap_or_default();
            assert!(problem.contains(expected) && problem.is_empty() == expected.is_empty(), "{problem}");
        }
    }
}

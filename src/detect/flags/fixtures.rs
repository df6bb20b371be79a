//! Holds the packs to `testdata/flags/<pack>/*`: every expectation is met, and nothing is found that is not expected.
//!
//! An expectation is a comment on the line (`//~ flag launchdarkly new-tax`), or on the one below (`//~^ flag ..`), in the
//! file's own syntax (`#~`, `{/*~ .. */}`); several are parted by `;`. After the key may follow `off`, `default=false`,
//! `via=FLAGS.NEW_TAX`, `value`, `name`, `component`, `decorator`, `callback`. An unresolved key is written as in the code,
//! one that only the running program knows as `?`. `todo` before an expectation marks a known miss.

use super::{FlagFacts, detect};
use crate::detect::{EvaluationKind, FlagKey};
use crate::location::RepoPath;
use crate::rules::Pack;
use crate::rules::flags::{FlagPack, FlagRules, RawFlagPack};
use crate::syntax::{ParseLimits, SourceFile};
use crate::terms::Polarity;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Debug, Clone, PartialEq, Eq)]
struct Sighting {
    line: u32,
    /// `flag` or `defines`, provider, key.
    what: [String; 3],
    details: Vec<String>,
}

struct Expectation {
    sighting: Sighting,
    todo: bool,
}

pub(crate) fn packs() -> Vec<FlagPack> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/flags");
    entries(&folder)
        .iter()
        .map(|path| {
            let id = path.file_stem().and_then(|stem| stem.to_str()).expect("pack names are plain");
            let text = fs::read_to_string(path).expect("the pack can be read");
            let raw: RawFlagPack = crate::config::yaml::parse(id, &text).unwrap_or_else(|error| panic!("{error}"));
            FlagPack::compile(id, raw).unwrap_or_else(|error| panic!("{id}: {error}"))
        })
        .collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("the entry can be read").path())
        .collect();
    entries.sort();
    entries
}

fn expectations(text: &str) -> Vec<Expectation> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let Some((_, said)) = ["//~", "#~", "/*~"].iter().find_map(|mark| line.split_once(mark)) else { continue };
        let said = said.split("*/").next().unwrap_or(said);
        let up = said.bytes().take_while(|&byte| byte == b'^').count();
        for part in said[up..].split(';') {
            let mut words: Vec<&str> = part.split_whitespace().collect();
            let todo = words.first() == Some(&"todo");
            if todo {
                words.remove(0);
            }
            assert!(words.len() >= 3, "line {}: an expectation needs `flag` or `defines`, a pack and a key", at + 1);
            let sighting = Sighting {
                line: (at + 1 - up) as u32,
                what: [words[0], words[1], words[2]].map(str::to_owned),
                details: words[3..].iter().map(|word| (*word).to_owned()).collect(),
            };
            found.push(Expectation { sighting, todo });
        }
    }
    found
}

fn sightings(file: &SourceFile, flags: &FlagFacts) -> Vec<Sighting> {
    let facts = file.facts().expect("fixtures parse");
    let line = |start: u32| file.lines.line(start);
    let evaluations = flags.evaluations.iter().map(|evaluation| {
        let mut details = Vec::new();
        let key = match &evaluation.key {
            FlagKey::Literal { key, constant } => {
                details.extend(constant.iter().map(|constant| format!("via={constant}")));
                key.clone()
            }
            FlagKey::Constant(name) => {
                details.push("unresolved".to_owned());
                name.clone()
            }
            FlagKey::Dynamic(_) => "?".to_owned(),
            FlagKey::Parameter(name) => format!("?{name}"),
        };
        if evaluation.polarity == Polarity::Off {
            details.push("off".to_owned());
        }
        details.extend(evaluation.default.iter().map(|default| format!("default={}", default.replace(' ', ""))));
        details.push(
            match evaluation.kind {
                EvaluationKind::Value => "value",
                EvaluationKind::Name => "name",
                EvaluationKind::Component => "component",
                EvaluationKind::Decorator { .. } => "decorator",
                EvaluationKind::Passing => "passing",
                EvaluationKind::Callback(_) => "callback",
                EvaluationKind::Asking => "asking",
            }
            .to_owned(),
        );
        let what = ["flag".to_owned(), evaluation.provider.clone(), key];
        Sighting { line: line(facts.node(evaluation.node).span.start), what, details }
    });
    let definitions = flags.definitions.iter().map(|definition| Sighting {
        line: line(definition.span.start),
        what: ["defines".to_owned(), definition.provider.clone(), definition.key.clone()],
        details: definition.default.iter().map(|default| format!("default={default}")).collect(),
    });
    evaluations.chain(definitions).collect()
}

/// What differs between a fixture and what is found in it.
fn check(path: &Path, rules: &FlagRules, complaints: &mut Vec<String>) -> usize {
    let text = fs::read_to_string(path).expect("the fixture can be read");
    let name = path.file_name().and_then(|name| name.to_str()).expect("fixture names are plain");
    let file = SourceFile::analyse(RepoPath::new(name), text.as_str().into(), &ParseLimits::default());
    let complain = |line: u32, what: String| format!("{}:{line}: {what}", path.display());
    if file.facts().is_none_or(|facts| !facts.errors.is_empty()) {
        complaints.push(complain(1, "does not parse".to_owned()));
        return 0;
    }
    let mut found = sightings(&file, &detect(&file, rules));
    let mut hits = 0;
    for Expectation { sighting: expected, todo } in expectations(&text) {
        let at = found.iter().position(|one| {
            one.line == expected.line
                && one.what == expected.what
                && expected.details.iter().all(|detail| one.details.contains(detail))
        });
        match (at, todo) {
            (Some(at), false) => {
                found.remove(at);
                hits += 1;
            }
            (None, true) => {}
            (Some(at), true) => {
                found.remove(at);
                complaints.push(complain(expected.line, format!("a `todo` passes now: {:?}", expected.what)));
            }
            (None, false) => {
                complaints.push(complain(
                    expected.line,
                    format!("missed {} {}", expected.what.join(" "), expected.details.join(" ")),
                ));
            }
        }
    }
    for Sighting { line, what, details } in found {
        complaints.push(complain(line, format!("not expected: {} {}", what.join(" "), details.join(" "))));
    }
    hits
}

#[test]
fn fixtures_hold_the_packs_both_ways() {
    let rules = FlagRules::new(packs());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/flags");
    let mut complaints = Vec::new();
    let mut hits: BTreeMap<String, usize> = BTreeMap::new();
    for sdk in entries(&folder) {
        let id = sdk.file_name().and_then(|name| name.to_str()).expect("folder names are plain").to_owned();
        for path in entries(&sdk) {
            *hits.entry(id.clone()).or_default() += check(&path, &rules, &mut complaints);
        }
    }
    for pack in rules.packs() {
        if hits.get(&pack.id).is_none_or(|&hits| hits == 0) {
            complaints.push(format!("the pack `{}` has no fixture that it finds something in", pack.id));
        }
    }
    assert!(complaints.is_empty(), "{} differences\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn the_same_text_gives_the_same_answer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/flags/in-house");
    for path in entries(&folder) {
        let text = fs::read_to_string(&path).expect("the fixture can be read");
        let name = path.file_name().and_then(|name| name.to_str()).expect("fixture names are plain");
        let answer = || {
            let file = SourceFile::analyse(RepoPath::new(name), text.as_str().into(), &ParseLimits::default());
            format!("{:?}", detect(&file, &FlagRules::new(packs())))
        };
        assert_eq!(answer(), answer(), "{}", path.display());
    }
}

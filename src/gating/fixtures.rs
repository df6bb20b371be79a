//! Runs `testdata/gating/**`: each marked line says which flag outcomes hold at its last word.
//!
//! `//~ gated key=on other=off` lists them all, `//~ ungated` says that there are none, `//~ todo gated ...` marks a known miss
//! and fails once it passes.

use super::condition::FlagValues;
use super::dominance;
use crate::config::Config;
use crate::detect::flags;
use crate::location::{LineRange, RepoPath, Span};
use crate::rules::RuleSet;
use crate::syntax::facts::TokenClass;
use crate::syntax::{ParseLimits, SourceFile};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[test]
fn marked_lines_stand_behind_the_flags_that_they_name() {
    let rules = RuleSet::load(&Config::default(), &[]).expect("the built-in rules load");
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/gating"), &mut files);
    files.sort();
    let (mut marks, mut wrong) = (0, Vec::new());
    for path in &files {
        let text = std::fs::read_to_string(path).expect("a fixture");
        let name = path.to_string_lossy();
        let source = SourceFile::analyse(RepoPath::new(name.as_ref()), text.as_str().into(), &ParseLimits::default());
        let facts = source.facts().unwrap_or_else(|| panic!("{name}: {:?}", source.parse));
        assert!(facts.errors.is_empty(), "{name}: the fixture has syntax errors");
        let found = flags::detect(&source, &rules.flags);
        let values = FlagValues::new(&source, &found).expect("it has facts");
        for (index, line) in text.lines().enumerate() {
            let Some((code, mark)) =
                line.split_once("//~").or_else(|| line.split_once("#~")).or_else(|| line.split_once("/*~"))
            else {
                continue;
            };
            marks += 1;
            let number = index as u32 + 1;
            let start = source.lines.span(LineRange::new(number, number)).start;
            let code = Span { start, end: start + code.len() as u32 };
            let token = facts.tokens.iter().rev().find(|token| {
                code.contains(token.span)
                    && token.class == TokenClass::Code
                    && token.span.text(&text).starts_with(|c: char| c.is_alphanumeric() || c == '_')
            });
            let token = token.unwrap_or_else(|| panic!("{name}:{number}: no word before the mark"));
            let gates = dominance::gates(&values, facts.innermost(token.span));
            let held: BTreeSet<String> = gates
                .iter()
                .map(|gate| format!("{}={}", values.key_of(gate.outcome).name(), gate.outcome.polarity))
                .collect();
            let mark = mark.trim().trim_end_matches("*/}").trim();
            let (todo, mark) = mark.strip_prefix("todo ").map_or((false, mark), |rest| (true, rest));
            let wanted: BTreeSet<String> = match mark.strip_prefix("gated ") {
                Some(list) => list.split_whitespace().map(str::to_owned).collect(),
                None => {
                    assert_eq!(mark, "ungated", "{name}:{number}: an unknown mark");
                    BTreeSet::new()
                }
            };
            if (held == wanted) == todo {
                wrong.push(format!(
                    "{name}:{number}: {}wanted {wanted:?}, found {held:?}",
                    if todo { "passes now; " } else { "" }
                ));
            }
        }
    }
    assert!(marks > 80, "only {marks} marks were found");
    assert!(wrong.is_empty(), "{} of {marks}:\n{}", wrong.len(), wrong.join("\n"));
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of fixtures") {
        let path = entry.expect("readable").path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}

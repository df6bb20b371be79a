//! Runs `testdata/checks/<rule>/{base,head}`: each marked line has a finding of the rule, and no other line has one.
//!
//! `//~ rule` or `#~ rule` ends the line where the finding begins, in `head`, or in `base` for a finding about what was removed. After
//! a colon stands a part of the message. `//~ todo rule` marks a known miss and fails once it is found.

use crate::analyse::analyse;
use crate::config::Config;
use crate::git::testing::TestRepository;
use crate::index::Index;
use crate::rules::RuleSet;
use crate::terms::Side;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A place: side, path, line.
type Place = (bool, String, u32);

struct Mark {
    todo: bool,
    message: String,
}

#[test]
fn marked_lines_have_the_finding_and_no_others_do() {
    let rules = RuleSet::load(&Config::default(), &[]).expect("the built-in rules load");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/checks");
    let (mut marks, mut wrong) = (0, Vec::new());
    for folder in entries(&root) {
        let rule = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let repository = TestRepository::new();
        repository.write("keep.txt", "so that no side is empty");
        let mut expected: BTreeMap<Place, Mark> = BTreeMap::new();
        let old = files(&folder.join("base"));
        for (path, text) in &old {
            repository.write(path, text);
            expected.extend(marked(&rule, true, path, text));
        }
        repository.commit("base");
        let new = files(&folder.join("head"));
        for path in old.keys().filter(|path| !new.contains_key(*path)) {
            repository.remove(path);
        }
        for (path, text) in &new {
            repository.write(path, text);
            expected.extend(marked(&rule, false, path, text));
        }
        repository.commit("head");
        let (changes, config) = (repository.diff("HEAD~1..HEAD"), Config::default());
        let index = Index::open(&repository.open(), &changes).expect("the base can be listed");
        let (evidence, _) = analyse(&changes, &[], &index, &rules, &config);
        let findings = super::run(&evidence, &rules).into_iter().filter(|finding| finding.rule == rule);
        let mut found: BTreeMap<Place, String> = findings
            .map(|it| ((it.side == Side::Old, it.path.as_str().to_owned(), it.start_line), it.message))
            .collect();
        marks += expected.len();
        for (place, mark) in expected {
            let message = found.remove(&place);
            let holds = message.as_ref().is_some_and(|message| message.contains(&mark.message));
            if holds == mark.todo {
                wrong.push(format!("{rule} {place:?}: wanted {:?}, found {message:?}", mark.message));
            }
        }
        wrong.extend(found.into_iter().map(|(place, message)| format!("{rule} {place:?}: not marked: {message}")));
    }
    assert!(marks > 5, "only {marks} marks were found");
    assert!(wrong.is_empty(), "{} wrong, {marks} marks:\n{}", wrong.len(), wrong.join("\n"));
}

fn marked(rule: &str, is_old: bool, path: &str, text: &str) -> Vec<(Place, Mark)> {
    let mark = |(index, line): (usize, &str)| {
        let (_, mark) = line.split_once("//~").or_else(|| line.split_once("#~")).or_else(|| line.split_once("/*~"))?;
        let mark = mark.trim().trim_end_matches("*/}").trim();
        let (todo, mark) = mark.strip_prefix("todo ").map_or((false, mark), |rest| (true, rest));
        let (name, message) = mark.split_once(':').unwrap_or((mark, ""));
        assert_eq!(name, rule, "{path}:{}: a mark of another rule", index + 1);
        let message = message.trim().to_owned();
        Some(((is_old, path.to_owned(), index as u32 + 1), Mark { todo, message }))
    };
    text.lines().enumerate().filter_map(mark).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths
}

/// The files below a folder, by path.
fn files(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for path in entries(&folder) {
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            found.insert(name, std::fs::read_to_string(&path).expect("a fixture"));
        }
    }
    found
}

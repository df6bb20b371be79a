//! The shape of a change: how much of which files it changes, from its diff alone.
//!
//! Only source files count: what is code by `rules/files.yaml`, so no tests, documents, settings, generated or vendored
//! files. The same for the change that is scanned and for a past one that the backtest replays.

use crate::git::change::{ChangeSet, ChangeStatus, Content, FileChange, Hunk};
use crate::location::{LineRange, RepoPath};
use crate::rules::RuleSet;
use crate::rules::files::FileKind;
use crate::rules::score::{ScoreRules, SubjectWords};
use std::collections::BTreeSet;

/// How much of which files a change changes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Shape {
    /// The source files, in order.
    pub(crate) files: Vec<SourceChange>,
    /// Changed lines of tests, added and deleted.
    pub(crate) test_lines: u32,
    /// Settings that change, in order.
    pub(crate) config: Vec<RepoPath>,
    /// Files that say what the product depends on, in order.
    pub(crate) dependencies: Vec<RepoPath>,
    /// What the words of its subject say; `None` where there is no subject.
    pub(crate) words: Option<SubjectWords>,
    /// Whether its subject says that it mends something; `None` where there is no subject.
    pub(crate) is_fix: Option<bool>,
}

/// One changed source file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SourceChange {
    pub(crate) path: RepoPath,
    /// The path before the change where it was another one: what history knows it by.
    pub(crate) old_path: Option<RepoPath>,
    pub(crate) added: u32,
    pub(crate) deleted: u32,
    /// Conditions in the added lines.
    pub(crate) conditionals: u32,
    pub(crate) is_ui: bool,
    pub(crate) is_core: bool,
}

impl Shape {
    /// The shape of a change; what its subject says is for those to say who know it.
    pub(crate) fn of(changes: &ChangeSet, rules: &RuleSet) -> Self {
        let mut shape = Self::default();
        for change in &changes.files {
            let Content::Text { old, new } = &change.content else { continue };
            if change.hunks.is_empty() && !matches!(change.status, ChangeStatus::Added | ChangeStatus::Deleted) {
                continue;
            }
            if rules.score.is_dependencies(change.path.as_str()) {
                shape.dependencies.push(change.path.clone());
            }
            match rules.files.kind(&change.path, new.as_deref().or(old.as_deref()).unwrap_or("")) {
                FileKind::Code => shape.files.push(SourceChange::of(change, new.as_deref(), &rules.score)),
                FileKind::Test => shape.test_lines += added(&change.hunks) + deleted(&change.hunks),
                FileKind::Config if rules.score.is_product_config(change.path.as_str()) => {
                    shape.config.push(change.path.clone());
                }
                _ => {}
            }
        }
        shape
    }

    /// The source files as history knows them.
    pub(crate) fn history_paths(&self) -> Vec<&str> {
        self.files.iter().map(|file| file.old_path.as_ref().unwrap_or(&file.path).as_str()).collect()
    }

    pub(crate) fn added(&self) -> u32 {
        self.files.iter().map(|file| file.added).sum()
    }

    pub(crate) fn deleted(&self) -> u32 {
        self.files.iter().map(|file| file.deleted).sum()
    }

    pub(crate) fn conditionals(&self) -> u32 {
        self.files.iter().map(|file| file.conditionals).sum()
    }

    /// The share of source files for which this holds; 0 without files.
    pub(crate) fn share(&self, holds: impl Fn(&SourceChange) -> bool) -> f64 {
        let count = self.files.iter().filter(|file| holds(file)).count();
        count as f64 / self.files.len().max(1) as f64
    }

    /// The folders of the source files, in order.
    pub(crate) fn folders(&self) -> BTreeSet<&str> {
        self.files.iter().map(|file| file.path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder)).collect()
    }

    /// How evenly the changed lines spread over the files: Shannon entropy over its maximum, 0-1.
    pub(crate) fn entropy(&self) -> f64 {
        let lines: Vec<f64> = self.files.iter().map(|file| f64::from(file.added + file.deleted)).collect();
        let all: f64 = lines.iter().sum();
        if lines.len() < 2 || all == 0.0 {
            return 0.0;
        }
        let parts = lines.iter().filter(|&&lines| lines > 0.0).map(|lines| lines / all);
        -parts.map(|part| part * part.ln()).sum::<f64>() / (lines.len() as f64).ln()
    }
}

impl SourceChange {
    fn of(change: &FileChange, new: Option<&str>, rules: &ScoreRules) -> Self {
        let path = change.path.as_str();
        Self {
            path: change.path.clone(),
            // A copy leaves the other file as it was: it begins anew.
            old_path: change.old_path.clone().filter(|_| change.status != ChangeStatus::Copied),
            added: added(&change.hunks),
            deleted: deleted(&change.hunks),
            conditionals: conditionals(&change.hunks, new.unwrap_or(""), rules),
            is_ui: rules.is_ui(path),
            is_core: rules.is_core(path),
        }
    }
}

fn count(lines: Option<LineRange>) -> u32 {
    lines.map_or(0, |lines| lines.end.saturating_sub(lines.start) + 1)
}

fn added(hunks: &[Hunk]) -> u32 {
    hunks.iter().map(|hunk| count(hunk.new)).sum()
}

fn deleted(hunks: &[Hunk]) -> u32 {
    hunks.iter().map(|hunk| count(hunk.old)).sum()
}

/// The conditions of the added lines. Hunks are in order, so one pass over the lines is enough.
fn conditionals(hunks: &[Hunk], new: &str, rules: &ScoreRules) -> u32 {
    let mut lines = new.lines();
    let mut next = 1;
    let mut found = 0;
    for added in hunks.iter().filter_map(|hunk| hunk.new) {
        let Some(skipped) = added.start.checked_sub(next) else { continue };
        let of_hunk = lines.by_ref().skip(skipped as usize).take(count(Some(added)) as usize);
        found += of_hunk.map(|line| rules.conditions(line)).sum::<u32>();
        next = added.end + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::git::testing::TestRepository;
    use crate::git::{DiffLimits, RangeSpec};

    fn shape(repository: &TestRepository) -> Shape {
        let changes = repository
            .open()
            .change_set(&RangeSpec::Revisions("HEAD^..HEAD".to_owned()), &DiffLimits::default())
            .expect("the range is there");
        Shape::of(&changes, &RuleSet::load(&Config::default(), &[]).expect("the built-in rules are valid"))
    }

    #[test]
    fn only_source_counts_and_the_rest_stands_beside() {
        let repository = TestRepository::new();
        repository.write("src/core/a.rb", "one\ntwo\nthree\n").write("web/components/b.vue", "x\n").commit("base");
        repository
            .write("src/core/a.rb", "one\nputs 1 if a && b\n# if\nthree\nwhen 3\n")
            .write("web/components/b.vue", "x\ny\n")
            .write("src/a_test.go", "package a\n\n")
            .write("README.md", "if\n")
            .write("package.json", "{}\n")
            .write(".github/workflows/ci.yml", "on: push\n")
            .write("yarn.lock", "x\n")
            .write("dist/a.js", "if (a) {}\n")
            .write("src/made.go", "// Code generated by x. DO NOT EDIT.\n")
            .commit("change");
        let shape = shape(&repository);
        let paths: Vec<&str> = shape.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["src/core/a.rb", "web/components/b.vue"]);
        assert_eq!((shape.added(), shape.deleted(), shape.conditionals()), (4, 1, 3));
        assert_eq!((shape.share(|file| file.is_ui), shape.share(|file| file.is_core)), (0.5, 0.5));
        assert_eq!((shape.test_lines, shape.folders().len()), (2, 2));
        assert_eq!(shape.config, [RepoPath::new("package.json")]);
        assert_eq!(shape.dependencies, [RepoPath::new("package.json"), RepoPath::new("yarn.lock")]);
        // Four of five lines in one file: H(0.8, 0.2).
        assert!((shape.entropy() - 0.721_928).abs() < 1e-6);
    }

    #[test]
    fn history_knows_a_file_by_its_old_path() {
        let repository = TestRepository::new();
        repository.write("a.py", "1\n2\n3\n4\n5\n6\n").write("gone.py", "if x:\n").commit("base");
        repository.remove("a.py").remove("gone.py").write("b.py", "1\n2\n3\n4\n5\n6\n7\n").commit("change");
        let shape = shape(&repository);
        assert_eq!(shape.history_paths(), ["a.py", "gone.py"]);
        assert_eq!((shape.added(), shape.deleted(), shape.conditionals()), (1, 1, 0));
    }

    #[test]
    fn a_file_that_only_moves_is_not_changed() {
        let repository = TestRepository::new();
        repository.write("a.py", "1\n2\n3\n").commit("base");
        repository.remove("a.py").write("lib/a.py", "1\n2\n3\n").commit("change");
        assert_eq!(shape(&repository), Shape::default());
    }
}

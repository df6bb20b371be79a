//! When a word came into the code and when the lines that hold it last changed, from one bounded walk through history.
//!
//! Along first parents, newest first, trees are compared only where they hold one of the files in question (as
//! [`super::touched`] does), and of a changed file only the lines with a word in question count: a commit changes a word
//! when these lines differ over all the files together. So a line that moves to another place or file, or is indented
//! anew, is no change. Where a word seems to come from nowhere, the files that the same commit changes are searched for
//! it, which follows renames and moves.
//!
//! A merge counts as the commit that brought what it merges, by the author of the merged branch's last commit.

use super::change::CommitId;
use super::error::GitError;
use super::line::LineEnd;
use super::objects::{Objects, TreeId};
use super::range::HeadSide;
use super::touched::Scope;
use super::{Repository, deltas};
use crate::calendar::date;
use aho_corasick::AhoCorasick;
use git2::{Odb, Oid};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// What to follow: a subject is something that goes by one or more words.
pub(crate) struct Subjects<'a> {
    /// The words of each subject.
    pub(crate) words: &'a [Vec<String>],
    /// The files at the head, each with the subjects that it holds.
    pub(crate) files: &'a BTreeMap<String, BTreeSet<usize>>,
    /// Which other files a word may have come from.
    pub(crate) may_hold: &'a (dyn Fn(&str) -> bool + Sync),
    /// Commits that are looked at.
    pub(crate) max_commits: usize,
}

/// What the walk found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WordHistory {
    /// In the order of the subjects.
    pub(crate) subjects: Vec<SubjectHistory>,
    /// How many commits were looked at.
    pub(crate) commits: usize,
    pub(crate) end: HistoryEnd,
}

/// How far back the walk came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HistoryEnd {
    /// To the beginning of every subject.
    Whole,
    /// To the limit of commits; the date is that of the oldest one.
    Limit { date: String },
    /// To where the shallow clone ends.
    Shallow,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SubjectHistory {
    /// The commit that brought the subject; `None` when it is older than what was looked at.
    pub(crate) first: Option<Touch>,
    /// The newest commit that changed a line with it.
    pub(crate) last: Option<Touch>,
    /// Who changed such lines and in how many commits, most first.
    pub(crate) authors: Vec<(String, usize)>,
}

/// A commit that changed something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Touch {
    pub(crate) commit: CommitId,
    /// The commit's date in UTC: `2026-03-01`.
    pub(crate) date: String,
}

/// Larger files are taken to hold no words.
const MAX_BYTES: usize = 1 << 20;
/// Commits that are compared at once.
const BLOCK: usize = 512;
/// Changed files of one commit that are searched for where a word came from.
const MAX_SEARCHED: usize = 3_000;
/// Commits that are searched so.
const MAX_SEARCHES: usize = 1_000;
/// The most characters of an author's name.
const MAX_NAME: usize = 80;

impl Repository {
    /// The commit that a revision names.
    pub(crate) fn commit_named(&self, revision: &str) -> Result<CommitId, GitError> {
        super::range::commit(self, revision).map(|id| CommitId(id.to_string()))
    }

    /// The history of some words in some files of a commit.
    pub(crate) fn word_history(&self, head: &CommitId, subjects: &Subjects<'_>) -> Result<WordHistory, GitError> {
        let mut line = Line::new(self.id(&head.0)?, subjects.max_commits);
        line.extend(self, 1)?;
        let mut walk = Walk::new(self, subjects)?;
        walk.begin(line.steps[0].tree)?;
        let mut done = 0;
        while !walk.active.is_empty() {
            line.extend(self, done + BLOCK + 1)?;
            // The last one of the line has no parent here: it is compared with nothing if it is the root.
            let last = if line.end == LineEnd::Root { line.steps.len() } else { line.steps.len() - 1 };
            let end = (done + BLOCK).min(last);
            if end == done {
                break;
            }
            walk.block(&line.steps, done, end)?;
            done = end;
        }
        let end = match line.end {
            _ if walk.active.is_empty() => HistoryEnd::Whole,
            LineEnd::Root => HistoryEnd::Whole,
            LineEnd::Shallow => HistoryEnd::Shallow,
            LineEnd::More => HistoryEnd::Limit { date: date(line.steps[line.steps.len() - 1].seconds) },
        };
        Ok(WordHistory { subjects: walk.into_subjects(), commits: done, end })
    }

    /// Who made a commit; for a merge, who made the last commit of what it merges.
    fn author(&self, id: Oid) -> Option<String> {
        let commit = self.raw.find_commit(id).ok()?;
        let merged = if commit.parent_count() > 1 { commit.parent(1).ok() } else { None };
        let author = merged.as_ref().unwrap_or(&commit).author();
        let name = String::from_utf8_lossy(author.name_bytes()).trim().chars().take(MAX_NAME).collect::<String>();
        (!name.is_empty()).then_some(name)
    }
}

/// The commits from the head along first parents, as far as they were read.
struct Line {
    steps: Vec<Step>,
    next: Option<Oid>,
    /// One more commit than are looked at: what the last one of them changed is told by it.
    max: usize,
    end: LineEnd,
}

impl Line {
    fn new(head: Oid, max_commits: usize) -> Self {
        Self { steps: Vec::new(), next: Some(head), max: max_commits.saturating_add(1), end: LineEnd::More }
    }

    /// Reads on until so many commits are known, or as many as there are.
    fn extend(&mut self, repository: &Repository, length: usize) -> Result<(), GitError> {
        while let Some(id) = self.next.filter(|_| self.steps.len() < length.min(self.max)) {
            let commit = match repository.raw.find_commit(id) {
                Ok(commit) => commit,
                // A clone without the parents of its oldest commits.
                Err(error) if deltas::is_missing(&error) && !self.steps.is_empty() => {
                    (self.next, self.end) = (None, LineEnd::Shallow);
                    return Ok(());
                }
                Err(error) => return Err(repository.missing_or(error, &format!("commit {id}"))),
            };
            self.steps.push(Step { id, tree: commit.tree_id(), seconds: commit.time().seconds() });
            self.next = commit.parent_id(0).ok();
            // The one more is not looked at itself, be it the first of all.
            if self.next.is_none() && self.steps.len() < self.max {
                self.end = if repository.is_shallow() { LineEnd::Shallow } else { LineEnd::Root };
            }
        }
        Ok(())
    }
}

/// One commit of the line.
struct Step {
    id: Oid,
    tree: Oid,
    seconds: i64,
}

/// The lines of a text that hold a subject, as hashes: equal lines are equal whatever is around them.
type Lines = Vec<(usize, u64)>;

/// A file in question that a commit changed, by its number, with what it held before.
type OldSide = (usize, Lines);

/// A file on the way back.
struct Followed {
    path: String,
    subjects: BTreeSet<usize>,
    /// What the file holds at the commit that was looked at last.
    lines: Lines,
}

struct Walk<'a> {
    repository: &'a Repository,
    /// Reads contents from any thread.
    objects: Arc<Objects>,
    subjects: &'a Subjects<'a>,
    words: Words,
    followed: Vec<Followed>,
    number_of: BTreeMap<String, usize>,
    /// Subjects whose beginning is not reached.
    active: BTreeSet<usize>,
    /// The lines that hold each subject at the commit that was looked at last.
    totals: Vec<usize>,
    found: Vec<SubjectHistory>,
    authors: Vec<BTreeMap<String, usize>>,
    searches: usize,
}

impl<'a> Walk<'a> {
    fn new(repository: &'a Repository, subjects: &'a Subjects<'a>) -> Result<Self, GitError> {
        let followed: Vec<Followed> = (subjects.files.iter())
            .map(|(path, held)| Followed { path: path.clone(), subjects: held.clone(), lines: Lines::new() })
            .collect();
        let count = subjects.words.len();
        Ok(Self {
            repository,
            objects: repository.objects(),
            subjects,
            words: Words::new(subjects.words)?,
            number_of: followed.iter().enumerate().map(|(at, file)| (file.path.clone(), at)).collect(),
            followed,
            active: BTreeSet::new(),
            totals: vec![0; count],
            found: vec![SubjectHistory::default(); count],
            authors: vec![BTreeMap::new(); count],
            searches: 0,
        })
    }

    /// Reads the files as they are at the head.
    fn begin(&mut self, tree: Oid) -> Result<(), GitError> {
        let all: Vec<usize> = (0..self.followed.len()).collect();
        // What a commit would remove that leaves nothing.
        let held = self.old_sides(&[None, Some(TreeId(tree))], &all)?;
        for (file, lines) in held.into_iter().flatten() {
            for (subject, _) in &lines {
                self.active.insert(*subject);
                self.totals[*subject] += 1;
            }
            self.followed[file].lines = lines;
        }
        Ok(())
    }

    /// Goes back over the commits `start..end` of the line.
    fn block(&mut self, line: &[Step], start: usize, end: usize) -> Result<(), GitError> {
        let wanted = |file: &usize| self.followed[*file].subjects.iter().any(|subject| self.active.contains(subject));
        let files: Vec<usize> = (0..self.followed.len()).filter(wanted).collect();
        let mut changes = self.changes(line, start, end, &files)?;
        for at in start..end {
            let mut changed: BTreeMap<usize, Lines> = std::mem::take(&mut changes[at - start]).into_iter().collect();
            let moved = self.search(line, at, &mut changed)?;
            self.note(&line[at], changed);
            if !moved.is_empty() && at + 1 < end {
                // What is followed from here on has a history of its own in the rest of the block.
                let more = self.changes(line, at + 1, end, &moved)?;
                for (old, new) in changes[at + 1 - start..].iter_mut().zip(more) {
                    old.retain(|(file, _)| !moved.contains(file));
                    old.extend(new);
                }
            }
        }
        Ok(())
    }

    /// For each commit, the files that it changed, with what they held before.
    fn changes(&self, line: &[Step], start: usize, end: usize, files: &[usize]) -> Result<Vec<Vec<OldSide>>, GitError> {
        let trees = line[start..line.len().min(end + 1)].iter().map(|step| Some(TreeId(step.tree)));
        // Before the root there is nothing.
        let before = (end == line.len()).then_some(None);
        self.old_sides(&trees.chain(before).collect::<Vec<_>>(), files)
    }

    /// For each of these trees but the last, the files that differ in the next, with what they hold there.
    fn old_sides(&self, trees: &[Option<TreeId>], files: &[usize]) -> Result<Vec<Vec<OldSide>>, GitError> {
        let number_of: BTreeMap<&str, usize> =
            files.iter().map(|&file| (self.followed[file].path.as_str(), file)).collect();
        let paths: Vec<&str> = number_of.keys().copied().collect();
        let held: Vec<&BTreeSet<usize>> = self.followed.iter().map(|file| &file.subjects).collect();
        let words = &self.words;
        let stretches = self.repository.in_stretches(trees, &Scope::of_files(&paths), |look, trees| {
            // The files by the numbers of paths, as far as these were met.
            let mut numbers: Vec<Option<usize>> = Vec::new();
            let of_commit = |pair: &[Option<TreeId>]| {
                let differences = look.commit(pair[1], pair[0])?;
                let new_paths = &look.paths[numbers.len()..];
                numbers.extend(new_paths.iter().map(|path| number_of.get(path.as_str()).copied()));
                let files = differences.iter().filter_map(|file| Some((numbers[file.path as usize]?, file.old)));
                files.map(|(file, old)| Ok((file, words.lines_of(look.objects, old, held[file])?))).collect()
            };
            trees.windows(2).map(of_commit).collect::<Result<Vec<Vec<OldSide>>, GitError>>()
        })?;
        Ok(stretches.into_iter().flatten().collect())
    }

    /// Where a subject seems to come from nowhere in this commit: adds the files that held it before, and returns them.
    fn search(
        &mut self,
        line: &[Step],
        at: usize,
        changed: &mut BTreeMap<usize, Lines>,
    ) -> Result<Vec<usize>, GitError> {
        let mut left: BTreeMap<usize, usize> = BTreeMap::new();
        for (&file, old) in changed.iter() {
            for (subject, _) in &self.followed[file].lines {
                *left.entry(*subject).or_insert(self.totals[*subject]) -= 1;
            }
            for (subject, _) in old {
                *left.entry(*subject).or_insert(self.totals[*subject]) += 1;
            }
        }
        let mut gone: BTreeSet<usize> = left.into_iter().filter(|(_, left)| *left == 0).map(|(at, _)| at).collect();
        gone.retain(|subject| self.active.contains(subject));
        let Some(before) = line.get(at + 1).filter(|_| !gone.is_empty() && self.searches < MAX_SEARCHES) else {
            return Ok(Vec::new());
        };
        self.searches += 1;
        let head = HeadSide::Commit(line[at].id);
        let deltas = deltas::between(self.repository, Some(before.id), head, MAX_SEARCHED, &mut Vec::new())?;
        let side = |entry: Option<deltas::Entry>| match entry.filter(|entry| entry.kind.is_file()) {
            Some(entry) => {
                let lines = |repository: &git2::Repository| {
                    let objects = repository.odb().map_err(GitError::other("open the object database"))?;
                    self.words.lines_of(&objects, entry.object(), &gone)
                };
                self.objects.with(lines).flatten()
            }
            None => Ok(Lines::new()),
        };
        let old_side = |delta: deltas::Delta| {
            let path = std::str::from_utf8(&delta.path).ok().filter(|path| (self.subjects.may_hold)(path))?.to_owned();
            Some(side(delta.old).map(|old| (path, delta.new, old)))
        };
        let searched: Vec<_> =
            deltas.into_par_iter().with_min_len(8).filter_map(old_side).collect::<Result<_, GitError>>()?;
        let mut moved = Vec::new();
        for (path, new, old) in searched {
            let path = path.as_str();
            let known = self.number_of.get(path).copied();
            let is_new = |subject: usize| known.is_none_or(|file| !self.followed[file].subjects.contains(&subject));
            let new = if old.is_empty() { Lines::new() } else { side(new)? };
            // What stays where it is was moved nowhere.
            let removed = old.iter().filter(|line| !new.contains(line)).map(|(subject, _)| *subject);
            let held: BTreeSet<usize> = removed.filter(|&subject| is_new(subject)).collect();
            if held.is_empty() {
                continue;
            }
            let of_held = |lines: Lines| lines.into_iter().filter(|(subject, _)| held.contains(subject));
            let (old, new): (Lines, Lines) = (of_held(old).collect(), of_held(new).collect());
            let file = known.unwrap_or_else(|| {
                self.followed.push(Followed { path: path.to_owned(), subjects: BTreeSet::new(), lines: Lines::new() });
                self.number_of.insert(path.to_owned(), self.followed.len() - 1);
                self.followed.len() - 1
            });
            // A file that is followed for something else and is not among the changed ones holds the same on both sides.
            let unchanged = self.followed[file].lines.clone();
            changed.entry(file).or_insert(unchanged).extend(old);
            new.iter().for_each(|(subject, _)| self.totals[*subject] += 1);
            self.followed[file].lines.extend(new);
            self.followed[file].subjects.extend(held);
            moved.push(file);
        }
        Ok(moved)
    }

    /// Writes down what a commit changed, and goes back before it.
    fn note(&mut self, step: &Step, changed: BTreeMap<usize, Lines>) {
        let mut difference: BTreeMap<(usize, u64), i64> = BTreeMap::new();
        for (file, old) in changed {
            for &line in &old {
                *difference.entry(line).or_default() -= 1;
                self.totals[line.0] += 1;
            }
            for line in std::mem::replace(&mut self.followed[file].lines, old) {
                *difference.entry(line).or_default() += 1;
                self.totals[line.0] -= 1;
            }
        }
        let differs = difference.iter().filter(|(_, count)| **count != 0).map(|((subject, _), _)| *subject);
        let touched: BTreeSet<usize> = differs.filter(|subject| self.active.contains(subject)).collect();
        if touched.is_empty() {
            return;
        }
        let touch = Touch { commit: CommitId(step.id.to_string()), date: date(step.seconds) };
        let author = self.repository.author(step.id);
        for subject in touched {
            let found = &mut self.found[subject];
            found.last.get_or_insert_with(|| touch.clone());
            found.first = Some(touch.clone());
            if let Some(author) = &author {
                *self.authors[subject].entry(author.clone()).or_default() += 1;
            }
            if self.totals[subject] == 0 {
                self.active.remove(&subject);
            }
        }
    }

    fn into_subjects(mut self) -> Vec<SubjectHistory> {
        for subject in &self.active {
            self.found[*subject].first = None;
        }
        for (found, authors) in self.found.iter_mut().zip(self.authors) {
            found.authors = authors.into_iter().collect();
            found.authors.sort_by(|(a, of_a), (b, of_b)| (of_b, a).cmp(&(of_a, b)));
        }
        self.found
    }
}

/// The words of all subjects.
struct Words {
    automaton: AhoCorasick,
    /// The subject of each word of the automaton.
    subjects: Vec<usize>,
}

impl Words {
    fn new(words: &[Vec<String>]) -> Result<Self, GitError> {
        let numbered = words.iter().enumerate();
        let words: Vec<(usize, &String)> = numbered
            .flat_map(|(subject, words)| words.iter().map(move |word| (subject, word)))
            .filter(|(_, word)| !word.is_empty())
            .collect();
        let automaton = AhoCorasick::new(words.iter().map(|(_, word)| word.as_bytes()));
        let automaton = automaton.map_err(|error| other("prepare the words to look for", &error.to_string()))?;
        Ok(Self { automaton, subjects: words.iter().map(|(subject, _)| *subject).collect() })
    }

    /// The lines of a content that hold one of these subjects, sorted.
    fn lines_of(&self, objects: &Odb<'_>, blob: Option<Oid>, wanted: &BTreeSet<usize>) -> Result<Lines, GitError> {
        let Some(id) = blob else { return Ok(Lines::new()) };
        let failed = |error: git2::Error| unreadable(&error, id, "the content");
        if objects.read_header(id).map_err(failed)?.0 > MAX_BYTES {
            return Ok(Lines::new());
        }
        objects.read(id).map(|object| self.lines(object.data(), wanted)).map_err(failed)
    }

    fn lines(&self, text: &[u8], wanted: &BTreeSet<usize>) -> Lines {
        let mut lines = BTreeSet::new();
        let mut count: BTreeMap<(usize, u64), usize> = BTreeMap::new();
        for found in self.automaton.find_overlapping_iter(text) {
            let subject = self.subjects[found.pattern().as_usize()];
            let ends = |at: Option<&u8>| at.is_none_or(|byte| !is_key_byte(*byte));
            let whole = ends(found.start().checked_sub(1).and_then(|at| text.get(at))) && ends(text.get(found.end()));
            if !whole || !wanted.contains(&subject) {
                continue;
            }
            let start = text[..found.start()].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
            // Several words of a subject on one line are one.
            if lines.insert((subject, start)) {
                let rest = &text[found.end()..];
                let end = found.end() + rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
                let mut hasher = DefaultHasher::new();
                text[start..end].trim_ascii().hash(&mut hasher);
                *count.entry((subject, hasher.finish())).or_default() += 1;
            }
        }
        count.into_iter().flat_map(|(line, count)| std::iter::repeat_n(line, count)).collect()
    }
}

/// What belongs to a key, so that `new-tax` is not in `new-tax-v2`.
fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'$') || !byte.is_ascii()
}

fn unreadable(error: &git2::Error, id: Oid, what: &str) -> GitError {
    match deltas::is_missing(error) {
        true => GitError::MissingObject { object: format!("{what} ({id})"), partial: true },
        false => other(&format!("read {what} ({id})"), error.message()),
    }
}

fn other(doing: &str, message: &str) -> GitError {
    GitError::Other { doing: doing.to_owned(), source: git2::Error::from_str(message) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::testing::TestRepository;

    /// The history of one word in the files at HEAD that are named.
    fn history(repository: &TestRepository, word: &str, files: &[&str], max_commits: usize) -> WordHistory {
        let repository = repository.open();
        let files = files.iter().map(|path| ((*path).to_owned(), BTreeSet::from([0]))).collect();
        let subjects = Subjects {
            words: &[vec![word.to_owned()]],
            files: &files,
            may_hold: &|path| path.ends_with(".ts"),
            max_commits,
        };
        let head = repository.commit_named("HEAD").expect("there is a commit");
        repository.word_history(&head, &subjects).expect("history can be read")
    }

    /// The first and the last commit.
    fn touched(history: &WordHistory) -> (Option<&str>, Option<&str>) {
        let found = &history.subjects[0];
        (
            found.first.as_ref().map(|touch| touch.commit.0.as_str()),
            found.last.as_ref().map(|touch| touch.commit.0.as_str()),
        )
    }

    #[test]
    fn only_lines_with_the_word_count() {
        let repository = TestRepository::new();
        repository.write("a.ts", "one\n").commit("nothing");
        let first = repository.write("a.ts", "one\non('new-tax')\n").commit("add").to_string();
        repository.write("a.ts", "two\non('new-tax')\n").commit("elsewhere");
        let last = repository.write("a.ts", "two\noff('new-tax')\n").commit("edit").to_string();
        repository.write("a.ts", "three\n   off('new-tax')\non('new-tax-v2')\n").commit("indent");
        let found = history(&repository, "new-tax", &["a.ts"], 100);
        assert_eq!(touched(&found), (Some(first.as_str()), Some(last.as_str())));
        assert_eq!(found.end, HistoryEnd::Whole);
        assert_eq!(found.subjects[0].authors, [("Ada".to_owned(), 2)]);
    }

    #[test]
    fn moves_and_renames_are_no_changes_and_are_followed() {
        let repository = TestRepository::new();
        let first = repository.write("old.ts", "on('new-tax')\nrest\n").commit("add").to_string();
        repository.remove("old.ts").write("mid.ts", "on('new-tax')\nrest\n").commit("rename");
        repository.write("mid.ts", "rest\n").write("new.ts", "x\n  on('new-tax')\n").commit("move the line");
        repository.write("other.ts", "y").commit("unrelated");
        let found = history(&repository, "new-tax", &["new.ts"], 100);
        assert_eq!(touched(&found), (Some(first.as_str()), Some(first.as_str())));
    }

    #[test]
    fn a_word_that_another_file_keeps_came_from_nowhere() {
        let repository = TestRepository::new();
        repository.write("list.ts", "'new-tax'\n").commit("add a list");
        let first =
            repository.write("list.ts", "'new-tax'\nmore\n").write("a.ts", "on('new-tax')\n").commit("use").to_string();
        assert_eq!(touched(&history(&repository, "new-tax", &["a.ts"], 100)).0, Some(first.as_str()));
    }

    #[test]
    fn what_is_older_than_the_limit_is_not_known() {
        let repository = TestRepository::new();
        repository.write("a.ts", "on('new-tax')\n").commit("add");
        let last = repository.write("a.ts", "off('new-tax')\n").commit("edit").to_string();
        let bounded = history(&repository, "new-tax", &["a.ts"], 1);
        assert_eq!(touched(&bounded), (None, Some(last.as_str())));
        assert_eq!((bounded.commits, bounded.end), (1, HistoryEnd::Limit { date: "2023-11-14".to_owned() }));
        assert_eq!(history(&repository, "new-tax", &["a.ts"], 2).end, HistoryEnd::Whole);
    }

    #[test]
    fn what_was_removed_and_came_back_began_when_it_came_back() {
        let repository = TestRepository::new();
        repository.write("a.ts", "on('new-tax')\n").commit("add");
        repository.write("a.ts", "\n").commit("remove");
        let back = repository.write("a.ts", "on('new-tax')\n").commit("add again").to_string();
        let found = history(&repository, "new-tax", &["a.ts"], 100);
        assert_eq!(touched(&found), (Some(back.as_str()), Some(back.as_str())));
    }

    #[test]
    fn a_merge_is_by_who_wrote_what_it_brings() {
        let repository = TestRepository::new();
        let base = repository.write("a.ts", "x\n").commit("base");
        let by = |name: &str, parents: &[git2::Oid]| {
            let who = git2::Signature::new(name, "x@example.com", &git2::Time::new(1_700_001_000, 0)).expect("valid");
            let mut index = repository.raw.index().expect("the index opens");
            let tree = repository.raw.find_tree(index.write_tree().expect("no conflicts")).expect("it was written");
            let parents: Vec<_> =
                parents.iter().map(|&id| repository.raw.find_commit(id).expect("it is there")).collect();
            repository.raw.commit(None, &who, &who, name, &tree, &parents.iter().collect::<Vec<_>>()).expect("written")
        };
        repository.write("a.ts", "on('new-tax')\n").stage();
        let side = by("Bea", &[base]);
        let merge = by("Robot", &[base, side]);
        repository.reference("refs/heads/main", merge);
        let found = history(&repository, "new-tax", &["a.ts"], 100);
        assert_eq!(found.subjects[0].authors, [("Bea".to_owned(), 1)]);
        assert_eq!(touched(&found).0, Some(merge.to_string().as_str()));
    }
}

//! Backtests of repositories that tests build.

use super::replay::{Replay, Span, replay};
use super::store::Store;
use super::*;
use crate::assess::score::Estimates;
use crate::cache::Cache;
use crate::calendar::Date;
use crate::config::Config;
use crate::git::Repository;
use crate::git::change::CommitId;
use crate::git::testing::TestRepository;
use crate::history::HistoryLimits;
use crate::terms::Trouble;
use std::path::Path;

const ADA: &str = "Ada Lovelace <ada@example.com>";
const BEA: &str = "Bea Benz <bea@example.com>";
const BOT: &str = "renovate[bot] <bot@renovateapp.com>";
const DAY: i64 = 86_400;
const START: i64 = 1_600_000_000;
const ALL: fn() -> Span = || Span { since: None, limit: usize::MAX };

fn rules() -> RuleSet {
    RuleSet::load(&Config::default(), &[]).expect("the built-in rules are valid")
}

fn history(folder: &Path, rules: &RuleSet) -> History {
    let opened = Repository::open(folder).expect("the repository opens");
    let tip = opened.commit_named("HEAD").expect("there is a head");
    History::load(&opened, &tip, HistoryLimits::default(), &rules.history, false).expect("the history can be read")
}

fn run_with(folder: &Path, span: Span, store: &mut Store) -> (History, Replay) {
    let rules = rules();
    let history = history(folder, &rules);
    let signals: Vec<SignalId> = replayed(&rules.score).into_iter().map(|signal| signal.id).collect();
    let replay = replay(folder, &history, &rules, &signals, span, store, &|_, _| {});
    (history, replay.expect("the changes can be read"))
}

fn run(repository: &TestRepository) -> (History, Replay) {
    run_with(repository.path(), ALL(), &mut Store::open(None, ""))
}

/// What became of each measured change: its subject, and the subjects of what undid and what fixed it.
fn fates(repository: &TestRepository) -> Vec<(String, Option<String>, Option<String>)> {
    let (history, replay) = run(repository);
    let subject = |at: usize| history.changes[at].subject.clone();
    let fate = |row: &Row| (subject(row.at), row.fate.undone_by.map(subject), row.fate.fixed_by.map(subject));
    replay.rows.iter().map(fate).collect()
}

fn fate_of(repository: &TestRepository, subject: &str) -> (Option<String>, Option<String>) {
    let found = fates(repository).into_iter().find(|(own, _, _)| own == subject);
    found.map(|(_, undone, fixed)| (undone, fixed)).expect("the change was measured")
}

/// A file of so many lines, each its own.
fn lines(name: &str, count: usize) -> String {
    (0..count).map(|at| format!("{name}_{at}()\n")).collect()
}

/// A repository with one change, `Add tax`, on the first day.
fn with_tax() -> TestRepository {
    let repository = TestRepository::new();
    repository.at(START - DAY).write("a.py", lines("begin", 20)).write("tax.py", "start()\n").commit_by(ADA, "Begin");
    repository.at(START).write("tax.py", format!("start()\n{}", lines("tax", 10)));
    repository.commit_by(BEA, "Add tax (#12)");
    repository
}

/// Ends the time in which anything could become of what is there.
fn much_later(repository: &TestRepository) {
    repository.at(START + 400 * DAY).write("later.py", "later()\n").commit_by(ADA, "Much later");
}

fn undo(repository: &TestRepository, days: i64, message: &str) {
    repository.at(START + days * DAY).write("tax.py", "start()\n").commit_by(ADA, message);
}

#[test]
fn reverts_are_linked_by_hash_number_and_title() {
    let repository = with_tax();
    let hash = repository.raw.head().expect("there is a head").target().expect("it is a commit").to_string();
    for (message, is_linked) in [
        (format!("Take it out\n\nThis reverts commit {hash}."), true),
        (format!("Take it out\n\nThis reverts commit {}.", &hash[..9]), true),
        ("Revert \"Add tax\"".to_owned(), true),
        ("Revert \"Add tax (#12)\" (#13)\n\nReverts acme/core#12".to_owned(), true),
        ("Revert #12".to_owned(), true),
        ("Revert \"Add taxes\"".to_owned(), false),
        ("Revert #11".to_owned(), false),
        (format!("Take it out\n\nThis reverts commit {}.", "0".repeat(40).replacen('0', "1", 1)), false),
        ("Remove tax".to_owned(), false),
    ] {
        let repository = with_tax();
        undo(&repository, 5, &message.replace(&hash, &head(&repository)).replace(&hash[..9], &head(&repository)[..9]));
        assert_eq!(fate_of(&repository, "Add tax").0.is_some(), is_linked, "{message}");
    }
}

fn head(repository: &TestRepository) -> String {
    repository.raw.head().expect("there is a head").target().expect("it is a commit").to_string()
}

#[test]
fn only_a_revert_in_time_counts() {
    for (days, expected) in [(89, true), (91, false)] {
        let repository = with_tax();
        undo(&repository, days, "Revert \"Add tax\"");
        assert_eq!(fate_of(&repository, "Add tax").0.is_some(), expected, "{days}");
    }
}

#[test]
fn what_is_done_again_stays_undone_and_its_revert_is_not_bad() {
    let repository = with_tax();
    undo(&repository, 5, "Revert \"Add tax\"");
    repository.at(START + 6 * DAY).write("tax.py", format!("start()\n{}", lines("tax", 10)));
    repository.commit_by(BEA, &format!("Reapply \"Add tax\"\n\nThis reverts commit {}.", head(&repository)));
    let fates = fates(&repository);
    assert_eq!(fates[1].1.as_deref(), Some("Revert \"Add tax\""));
    assert_eq!((fates[2].0.as_str(), &fates[2].1), ("Revert \"Add tax\"", &None), "the revert was not a mistake");
    // What is done again can be undone again.
    undo(&repository, 8, "Revert \"Reapply \"Add tax\"\"");
    assert_eq!(fate_of(&repository, "Reapply \"Add tax\"").0.as_deref(), Some("Revert \"Reapply \"Add tax\"\""));
}

#[test]
fn of_several_changes_of_a_title_the_newest_is_undone() {
    let repository = TestRepository::new();
    for day in [0, 10, 20] {
        repository.at(START + day * DAY).write("a.py", lines(&format!("v{day}"), 5)).commit_by(ADA, "Update");
    }
    repository.at(START + 21 * DAY).write("a.py", "").commit_by(ADA, "Revert \"Update\"");
    let undone: Vec<bool> = fates(&repository).iter().map(|(_, undone, _)| undone.is_some()).collect();
    assert_eq!(undone, [false, false, true, false]);
}

#[test]
fn a_fix_of_the_same_lines_follows_up() {
    // Of the ten lines of the change and of ten older ones, how many the fix deletes.
    let case = |of_change: usize, of_others: usize, days: i64, subject: &str| {
        let repository = with_tax();
        let kept = (of_change..10).map(|at| format!("tax_{at}()\n")).collect::<String>();
        repository.at(START + days * DAY).write("tax.py", format!("start()\n{kept}"));
        let others = (of_others..20).map(|at| format!("begin_{at}()\n")).collect::<String>();
        repository.write("a.py", others).commit_by(ADA, subject);
        fate_of(&repository, "Add tax").1.is_some()
    };
    assert!(case(5, 20, 3, "fix: tax"), "half of what was added, among much else");
    assert!(!case(4, 20, 3, "fix: tax"), "less");
    assert!(case(1, 1, 3, "fix: tax"), "one line is enough where it is half of the fix");
    assert!(case(2, 2, 3, "fix: tax"), "half of what the fix deletes");
    assert!(!case(2, 3, 3, "fix: tax"));
    assert!(!case(0, 5, 3, "fix: something else"));
    assert!(!case(10, 0, 3, "Rename tax"), "no fix by its subject");
    assert!(case(10, 0, 13, "Fix tax") && !case(10, 0, 15, "Fix tax"));
    assert!(!case(10, 0, 3, "Revert \"Fix tax\""), "an undoing is no fix");
}

#[test]
fn one_line_of_a_tiny_change_among_much_else_is_no_fix_of_it() {
    let repository = with_tax();
    let tiny = |line: &str| format!("start()\n{}{line}\n", lines("tax", 10));
    repository.at(START + DAY).write("tax.py", tiny("tiny()")).commit_by(BEA, "Tiny");
    repository.at(START + 2 * DAY).write("tax.py", tiny("other()")).write("a.py", lines("begin", 10));
    repository.commit_by(ADA, "fix: many things");
    assert_eq!(fate_of(&repository, "Tiny").1, None);
}

#[test]
fn lines_that_were_moved_or_indented_were_not_mended() {
    let repository = with_tax();
    let indented: String = (0..10).map(|at| format!("    tax_{at}()\n")).collect();
    repository.at(START + DAY).write("tax.py", format!("start()\nif fixed():\n{indented}")).commit_by(ADA, "Fix tax");
    assert_eq!(fate_of(&repository, "Add tax").1, None);
}

#[test]
fn a_branch_that_mends_itself_is_one_change() {
    let repository = with_tax();
    let base = repository.raw.head().expect("there is a head").target().expect("it is a commit");
    repository.at(START + DAY).write("new.py", lines("new", 10));
    let first = repository.commit_of(BEA, "Add new", &[base], None);
    repository.write("new.py", lines("other", 10));
    let second = repository.commit_of(BEA, "fix: new", &[first], None);
    repository.commit_of(ADA, "Merge pull request #13 from bea/new\n\nNew things", &[base, second], Some("HEAD"));
    much_later(&repository);
    let fates = fates(&repository);
    let subjects: Vec<&str> = fates.iter().map(|(subject, _, _)| subject.as_str()).collect();
    assert_eq!(subjects, ["Begin", "Add tax", "New things", "Much later"]);
    assert!(fates.iter().all(|(_, _, fixed)| fixed.is_none()));
}

#[test]
fn only_changes_to_source_by_people_are_measured() {
    let repository = with_tax();
    repository.write("README.md", "words\n").commit_by(ADA, "Document");
    repository.write("tests/test_tax.py", "assert tax()\n").commit_by(ADA, "Test");
    repository.write("tax.py", "start()\nbot()\n").commit_by(BOT, "Bump");
    let (history, replay) = run(&repository);
    let subjects: Vec<&str> = replay.rows.iter().map(|row| history.changes[row.at].subject.as_str()).collect();
    assert_eq!(subjects, ["Begin", "Add tax"]);
    assert_eq!((replay.bots, replay.no_code, replay.unread), (1, 2, 0));
}

#[test]
fn a_change_whose_time_is_not_over_has_no_label() {
    let repository = with_tax();
    undo(&repository, 20, "Revert \"Add tax\"");
    let (_, replay) = run(&repository);
    let known = |label: Trouble| replay.rows.iter().map(|row| row.fate.is(label)).collect::<Vec<_>>();
    assert_eq!(known(Trouble::FollowUp), [Some(false), Some(false), None]);
    // Also what is undone already: else recent changes would seem to be undone more often.
    assert_eq!(known(Trouble::Undone), [None, None, None]);
    assert_eq!(known(Trouble::Either), [None, None, None]);
    much_later(&repository);
    let (_, replay) = run(&repository);
    let known: Vec<_> = replay.rows.iter().map(|row| row.fate.is(Trouble::Either)).collect();
    assert_eq!(known, [Some(false), Some(true), Some(false), None]);
}

/// A line with enough going on: three people, fixes, reverts, several files.
fn busy(days: i64) -> TestRepository {
    let repository = TestRepository::new();
    for day in 0..days {
        let who = [ADA, BEA, "Cyd Charisse <cyd@example.com>"][(day * 7 % 3) as usize];
        let file = format!("src/m{}/f{}.py", day % 3, day * 5 % 4);
        let count = (day * 13 % 17 + 1) as usize;
        let subject = match day % 5 {
            3 => "fix: what was wrong".to_owned(),
            4 => format!("Revert \"Change {}\"", day - 2),
            _ => format!("Change {day}"),
        };
        repository
            .at(START + day * DAY)
            .write(file, lines(&format!("d{}", day - day % 2), count))
            .commit_by(who, &subject);
    }
    repository
}

/// What can be known of a row before it lands.
fn foreseen(replay: &Replay) -> Vec<(usize, Vec<Option<f64>>, Estimates)> {
    replay.rows.iter().map(|row| (row.at, row.values.clone(), row.estimates)).collect()
}

#[test]
fn what_comes_later_changes_nothing_about_earlier_changes() {
    let repository = busy(60);
    let (_, before) = run(&repository);
    for day in 60..90 {
        let file = format!("src/m{}/f{}.py", day % 3, day * 5 % 4);
        repository.at(START + day * DAY).write(file, lines("new", 9)).commit_by(BEA, "Revert \"Change 55\"");
    }
    let (_, after) = run(&repository);
    assert_eq!(foreseen(&before)[..], foreseen(&after)[..before.rows.len()]);
    // What became of them may only become known.
    for (old, new) in before.rows.iter().zip(&after.rows) {
        for label in [Trouble::Undone, Trouble::FollowUp] {
            assert!(old.fate.is(label).is_none() || old.fate.is(label) == new.fate.is(label));
        }
    }
}

#[test]
fn a_span_leaves_out_rows_but_no_history() {
    let repository = busy(40);
    let (_, all) = run(&repository);
    let since = Span { since: Some(Date::of(START + 20 * DAY)), limit: usize::MAX };
    let newest = Span { since: None, limit: 10 };
    let mut store = Store::open(None, "");
    assert_eq!(foreseen(&run_with(repository.path(), since, &mut store).1)[..], foreseen(&all)[20..]);
    assert_eq!(foreseen(&run_with(repository.path(), newest, &mut store).1)[..], foreseen(&all)[30..]);
}

#[test]
fn threads_and_what_is_kept_change_nothing() {
    let repository = busy(70);
    let folder = repository.path();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be made");
        pool.install(|| run_with(folder, ALL(), &mut Store::open(None, "")).1)
    };
    let one = on(1);
    assert_eq!(one, on(4));
    let open = || Store::open(Some(Cache::of(&repository.open())), &Store::made_with());
    assert_eq!(run_with(repository.path(), ALL(), &mut open()).1, one, "a first run, which keeps what it read");
    let mut kept = open();
    assert!(kept.get(&CommitId(head(&repository))).is_some());
    assert_eq!(run_with(repository.path(), ALL(), &mut kept).1, one);
    assert_eq!(kept.unkept(), 0);
}

#[test]
fn too_few_are_said_instead_of_a_figure() {
    let repository = with_tax();
    undo(&repository, 5, "Revert \"Add tax\"");
    much_later(&repository);
    let (history, replay) = run(&repository);
    let rules = rules();
    let question = Question {
        history: &history,
        rules: &rules,
        built_in: &rules.score,
        labels: &[Trouble::Undone],
        forge: None,
        changes: true,
        fit: true,
    };
    let backtest = judge(&question, &replay);
    let result = &backtest.results[0];
    assert_eq!((result.bad, result.ranking.is_none()), (1, true));
    assert!(backtest.notices[0].starts_with("undone: 1 of 3 changes."), "{:?}", backtest.notices);
    assert_eq!(result.misses[0].subject, "Add tax");
    assert!(matches!(backtest.fit.map(|fit| fit.outcome), Some(Fit::TooFew { .. })));
    assert_eq!(backtest.changes.map(|changes| changes.len()), Some(4));
}

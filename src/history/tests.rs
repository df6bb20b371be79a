//! Histories of repositories made for the purpose.

use super::*;
use crate::git::testing::{TestRepository, git};

const ADA: &str = "Ada Lovelace <ada@example.com>";
const BEA: &str = "Bea Benz <bea@example.com>";
const BOT: &str = "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>";
const DAY: i64 = 86_400;

fn rules() -> HistoryRules {
    HistoryRules::load().expect("the built-in rules load")
}

fn load_at(repository: &TestRepository, revision: &str, limits: HistoryLimits) -> History {
    let opened = repository.open();
    let tip = opened.commit_named(revision).expect("the revision is there");
    History::load(&opened, &tip, limits, &rules(), false).expect("the history can be read")
}

fn load(repository: &TestRepository) -> History {
    load_at(repository, "HEAD", HistoryLimits::default())
}

fn names(history: &History, change: &Change) -> Vec<String> {
    change.people.iter().map(|id| history.people[id.0 as usize].name.clone()).collect()
}

fn touched<'h>(history: &'h History, change: &Change) -> Vec<&'h str> {
    let mut paths: Vec<&str> = change.touched.iter().map(|id| history.paths[id.0 as usize].as_str()).collect();
    paths.sort_unstable();
    paths
}

/// Everything but numbers.
fn told(history: &History) -> Vec<(String, Vec<String>, Vec<&str>)> {
    let one = |change: &Change| (change.subject.clone(), names(history, change), touched(history, change));
    history.changes.iter().map(one).collect()
}

#[test]
fn each_commit_is_told_with_its_people_and_files() {
    let repository = TestRepository::new();
    repository.at(1_700_000_000).write("a.ts", "1").write("lib/b.ts", "1").commit_by(ADA, "Begin");
    repository.write("lib/b.ts", "2").commit_by(BEA, "fix: b (#7)\n\nCo-authored-by: Ada Lovelace <ada@example.com>");
    repository.remove("a.ts").write("lib/b/c.ts", "1").commit_by(BOT, "Bump");
    let history = load(&repository);
    assert_eq!(
        told(&history),
        [
            ("Begin".to_owned(), vec!["Ada Lovelace".to_owned()], vec!["a.ts", "lib/b.ts"]),
            ("fix: b".to_owned(), vec!["Bea Benz".to_owned(), "Ada Lovelace".to_owned()], vec!["lib/b.ts"]),
            ("Bump".to_owned(), vec!["dependabot[bot]".to_owned()], vec!["a.ts", "lib/b/c.ts"]),
        ]
    );
    assert_eq!(history.changes[0].seconds, 1_700_000_000);
    assert_eq!(history.changes.iter().map(|change| change.is_fix).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(history.changes[1].pull, Some(7));
    assert!(history.people.iter().any(|person| person.is_bot));
    assert_eq!(history.reach, Reach::Whole);
}

#[test]
fn a_merge_is_by_the_authors_of_what_it_merges() {
    let repository = TestRepository::new();
    let base = repository.write("a.ts", "1").commit_by(ADA, "Begin");
    let first = repository.write("a.ts", "2").commit_of(BEA, "One", &[base], None);
    let second = repository.write("b.ts", "2").commit_of("Cyd Charisse <cyd@example.com>", "Two", &[first], None);
    repository.commit_of(ADA, "Merge pull request #3 from bea/x\n\nTwo things", &[base, second], Some("HEAD"));
    // What the branch took from the line is not the branch's.
    let main = repository.raw.head().expect("there is a head").target().expect("it is a commit");
    let old = repository.write("c.ts", "1").commit_of("Dan Dare <dan@example.com>", "Old", &[base], None);
    let synced =
        repository.write("c.ts", "2").commit_of("Dan Dare <dan@example.com>", "Merge main", &[old, main], None);
    repository.commit_of(ADA, "Merge branch 'dan'", &[main, synced], Some("HEAD"));
    let history = load(&repository);
    let found: Vec<_> = told(&history);
    assert_eq!(found[1].0, "Two things");
    assert_eq!(found[1].1, ["Cyd Charisse", "Bea Benz"]);
    assert_eq!(found[1].2, ["a.ts", "b.ts"]);
    assert_eq!(found[2].1, ["Dan Dare"]);
    assert_eq!(found[2].0, "Old");
    assert_eq!(history.changes.len(), 3);
}

#[test]
fn people_are_known_by_mailmap_address_and_name() {
    let repository = TestRepository::new();
    repository.write("a", "1").commit_by("ada <ada@home.example>", "1");
    repository.write("a", "2").commit_by("Ada Lovelace <12+ada@users.noreply.github.com>", "2");
    repository.write("a", "3").commit_by("Ada Lovelace <ada@users.noreply.github.com>", "3");
    repository.write("a", "4").commit_by("Ada Lovelace <ADA@work.example>", "4");
    repository.write("a", "5").commit_by("x <ada@work.example>", "5");
    let history = load(&repository);
    assert_eq!(history.people.len(), 2);
    repository.write(".mailmap", "Ada Lovelace <ada@work.example> <ada@home.example>\n").commit_by(ADA, "6");
    let history = load(&repository);
    assert_eq!(history.people.len(), 1);
    let find = |name: &str, email: &str| history.person(&Identity { name: name.to_owned(), email: email.to_owned() });
    assert_eq!(find("", "ada@work.example"), Some(PersonId(0)));
    assert_eq!(find("ada lovelace", "other"), Some(PersonId(0)));
    assert_eq!(find("Bea", "bea@example.com"), None);
}

#[test]
fn commits_that_only_reformat_count_for_nobody() {
    let repository = TestRepository::new();
    repository.write("a", "1").commit_by(ADA, "1");
    let reformat = repository.write("a", "2").commit_by(BEA, "2");
    repository.write(".git-blame-ignore-revs", format!("# prettier\n{reformat} # all\n")).commit_by(ADA, "3");
    assert_eq!(load(&repository).changes.iter().map(|change| change.subject.as_str()).collect::<Vec<_>>(), ["1", "3"]);
}

#[test]
fn touched_files_are_those_that_git_names() {
    let repository = TestRepository::new();
    repository.write("x/a", "1").write("x.y", "1").write("x-z/b/c", "1").write("same/d", "1").commit("1");
    repository.remove("x/a").remove("x.y").write("x.y/e", "1").write("x-z/b/c", "2").commit("2");
    std::fs::remove_dir_all(repository.file("x")).expect("it is there");
    repository.write("x", "now a file").write("é/\u{1F600}", "1").commit("3");
    let history = load(&repository);
    let Some(log) = git(
        repository.path(),
        &["-c", "core.quotePath=off", "log", "--reverse", "--no-renames", "--format=%x00", "--name-only"],
    ) else {
        return;
    };
    let theirs: Vec<Vec<&str>> = log
        .split('\0')
        .skip(1)
        .map(|files| {
            let mut files: Vec<&str> = files.lines().filter(|line| !line.is_empty()).collect();
            files.sort_unstable();
            files
        })
        .collect();
    assert_eq!(history.changes.iter().map(|change| touched(&history, change)).collect::<Vec<_>>(), theirs);
}

#[test]
fn the_window_is_stated() {
    let repository = TestRepository::new();
    for number in 0..5 {
        repository.write("a", number.to_string()).write(format!("{number}"), "").commit(&number.to_string());
    }
    let limits = |commits, touches| HistoryLimits { commits, touches };
    let found = |limits| {
        let history = load_at(&repository, "HEAD", limits);
        (history.changes.len(), history.changes[0].subject.clone(), history.reach)
    };
    assert_eq!(found(limits(5, 100)), (5, "0".to_owned(), Reach::Whole));
    assert_eq!(found(limits(3, 100)), (3, "2".to_owned(), Reach::Limit { commits: 3 }));
    assert_eq!(found(limits(5, 7)), (3, "2".to_owned(), Reach::Limit { commits: 3 }));
}

#[test]
fn a_shallow_clone_says_so() {
    let repository = TestRepository::new();
    for number in 0..4 {
        repository.write("a", number.to_string()).commit(&number.to_string());
    }
    let clone = tempfile::tempdir().expect("a temporary directory can be made");
    let url = format!("file://{}", repository.path().display());
    let Some(_) = git(clone.path(), &["clone", "--quiet", "--depth=2", &url, "."]) else { return };
    let opened = Repository::open(clone.path()).expect("the clone opens");
    let tip = opened.commit_named("HEAD").expect("there is a commit");
    let history = History::load(&opened, &tip, HistoryLimits::default(), &rules(), true).expect("it can be read");
    assert_eq!((history.changes.len(), &history.reach), (1, &Reach::Shallow));
    assert_eq!(history.reach.mend(), Some("git fetch --unshallow"));
    assert!(history.reach.ends().is_some_and(|ends| ends.contains("`git fetch --unshallow` brings the rest")));
    git(clone.path(), &["fetch", "--quiet", "--unshallow"]).expect("the rest can be fetched");
    let opened = Repository::open(clone.path()).expect("the clone opens");
    let history = History::load(&opened, &tip, HistoryLimits::default(), &rules(), true).expect("it can be read");
    assert_eq!((history.changes.len(), history.reach), (4, Reach::Whole));
}

#[test]
fn expertise_is_the_shrunken_share() {
    let repository = TestRepository::new();
    repository.write("s/f/a", "1").commit_by(ADA, "1");
    repository.write("s/f/a", "2").write("s/f/b", "2").commit_by(BEA, "2");
    repository.write("s/g/c", "1").commit_by(ADA, "3");
    repository.write("t", "1").commit_by(BOT, "4");
    let history = load(&repository);
    let mut tally = Tally::new(&history);
    history.changes.iter().for_each(|change| tally.record(&history, change));
    let of_repository = 2.0 / 4.0;
    let of_subsystem = (2.0 + 10.0 * of_repository) / (3.0 + 10.0);
    let of_folder = (1.0 + 10.0 * of_subsystem) / (2.0 + 10.0);
    let of_file = (1.0 + 3.0 * of_folder) / (2.0 + 3.0);
    let measured = tally.measure(&[PersonId(0)], 1_700_000_300, &["s/f/a", "s/f/new"]);
    assert_eq!(measured.files[0].expertise, of_file);
    assert_eq!(measured.files[1].expertise, of_folder);
    assert_eq!(measured.expertise, (of_file + of_folder) / 2.0);
    assert_eq!((measured.files[0].own_changes, measured.files[0].changes, measured.files[0].authors), (1, 2, 2));
    assert_eq!(measured.files[0].top, [(PersonId(0), 1), (PersonId(1), 1)]);
    assert_eq!(measured.authors, f64::from(2).ln_1p() / 2.0);
    // Nobody knows less than a newcomer, and of several people who knows most counts.
    assert_eq!(tally.measure(&[], 0, &["s/f/a"]).expertise, 0.0);
    let both = tally.measure(&[PersonId(0), PersonId(1)], 0, &["s/f/b"]).expertise;
    assert_eq!(both, tally.measure(&[PersonId(1)], 0, &["s/f/b"]).expertise);
    // Bots are no authors.
    assert_eq!(
        (tally.measure(&[], 0, &["t"]).files[0].authors, tally.measure(&[], 0, &["t"]).files[0].changes),
        (0, 1)
    );
}

#[test]
fn times_end() {
    let repository = TestRepository::new();
    let start = 1_700_000_000;
    let edit = |after: i64, text: &str, message: &str| {
        repository.at(start + after * DAY).write("a", text).commit_by(ADA, message);
    };
    edit(0, "1", "Revert \"x\"");
    edit(1, "2", "fix x");
    edit(2, "3", "y");
    let history = load(&repository);
    let mut tally = Tally::of(&history, &["a"]);
    history.changes.iter().for_each(|change| tally.record(&history, change));
    let at = |days: i64| {
        let found = tally.measure(&[], start + days * DAY, &["a"]);
        (found.files[0].reverts, found.files[0].fixes, found.files[0].recent)
    };
    assert_eq!(at(3), (1, 1, 3));
    assert_eq!(at(31), (1, 1, 2));
    assert_eq!(at(33), (1, 1, 0));
    assert_eq!(at(366), (1, 1, 0));
    assert_eq!(at(367), (1, 0, 0));
    assert_eq!(at(731), (0, 0, 0));
}

/// A repository with a bit of everything.
fn motley() -> TestRepository {
    let repository = TestRepository::new();
    for number in 0..40u32 {
        let who = [ADA, BEA, BOT, "Cyd <cyd@example.com>"][number as usize * 7 % 4];
        repository.write(format!("packages/p{}/f{}", number % 3, number * 5 % 7), number.to_string());
        repository.write(format!("f{}", number % 4), number.to_string());
        let message = match number % 5 {
            0 => format!("fix: {number} (#{number})"),
            1 => format!("Revert \"{}\"", number - 1),
            _ => number.to_string(),
        };
        match number % 6 {
            5 => {
                let head = repository.raw.head().expect("there is a head").target().expect("it is a commit");
                let side = repository.commit_of(who, &message, &[head], None);
                repository.commit_of(ADA, &format!("Merge branch 'b{number}'"), &[head, side], Some("HEAD"));
            }
            _ => {
                repository.commit_by(who, &message);
            }
        }
    }
    repository
}

#[test]
fn what_comes_later_changes_no_answer_about_the_past() {
    let repository = motley();
    let replay = |history: &History, count: usize| -> Vec<Measures> {
        let mut tally = Tally::new(history);
        let measure = |change: &Change| {
            let files: Vec<&str> = touched(history, change);
            let measures = tally.measure(&change.people, change.seconds, &files);
            tally.record(history, change);
            measures
        };
        history.changes.iter().take(count).map(measure).collect()
    };
    let before = load(&repository);
    let answers = replay(&before, usize::MAX);
    assert!(answers.iter().any(|measures| measures.expertise > 0.0 && measures.reverts > 0.0));
    repository.write("f1", "later").commit_by(BEA, "Revert \"7\"");
    repository.write("new", "later").commit_by("Ada Lovelace <other@example.com>", "fix f1");
    repository.write("packages/p1/f1", "later").commit_by("Cyd Charisse <cyd@example.com>", "later");
    let after = load(&repository);
    assert_eq!(after.changes[..before.changes.len()], before.changes);
    assert_eq!(replay(&after, before.changes.len()), answers);
}

#[test]
fn a_few_files_are_measured_as_all_are() {
    let repository = motley();
    let history = load(&repository);
    let files = ["f1", "packages/p1/f1", "packages/p1/new", "packages/p9/new", "other/new", "new"];
    let (mut all, mut few) = (Tally::new(&history), Tally::of(&history, &files));
    for change in &history.changes {
        all.record(&history, change);
        few.record(&history, change);
    }
    for person in 0..history.people.len() as u32 {
        let measure = |tally: &Tally| tally.measure(&[PersonId(person)], 1_700_010_000, &files);
        assert_eq!(measure(&all), measure(&few));
    }
}

/// A history that `dice` decide: folders within folders, renames, removals, merges, bots and several names for one person.
fn random(dice: &[u8]) -> TestRepository {
    let repository = TestRepository::new();
    repository.write(".mailmap", "Bea Benz <bea@example.com> <bea@home.example>\n").commit_by(ADA, "Begin");
    let people = [ADA, BEA, BOT, "bea <bea@home.example>", "Ada Lovelace <ada@other.example>"];
    let folders = ["", "src/", "src/a/", "src/a/b/", "src/c/", "packages/", "packages/x/", "packages/y/lib/", "docs/"];
    let mut files: Vec<String> = Vec::new();
    repository.packed(|| {
        for (number, &die) in dice.iter().enumerate() {
            let path = format!("{}f{}", folders[die as usize % folders.len()], die / 3 % 4);
            let who = people[die as usize / 7 % people.len()];
            match die % 11 {
                0 if !files.is_empty() => {
                    let old = files.remove(die as usize % files.len());
                    let bytes = std::fs::read(repository.file(&old)).expect("it is there");
                    repository.remove(&old).write(format!("{path}-{number}"), bytes);
                    files.push(format!("{path}-{number}"));
                }
                1 if !files.is_empty() => {
                    repository.remove(files.remove(die as usize % files.len()));
                }
                _ => {
                    repository.write(&path, number.to_string());
                    if !files.contains(&path) {
                        files.push(path);
                    }
                }
            }
            let message = ["Add", "fix: it", "Revert \"Add\"", "Change"][die as usize / 5 % 4];
            let head = repository.raw.head().expect("there is a head").target().expect("it is a commit");
            match die % 6 {
                5 => {
                    let side = repository.commit_of(who, message, &[head], None);
                    repository.commit_of(ADA, &format!("Merge branch 'b{number}'"), &[head, side], Some("HEAD"));
                }
                _ => {
                    repository.commit_of(who, message, &[head], Some("HEAD"));
                }
            }
        }
    });
    repository
}

/// What a history says of some files, whoever asks.
fn measured(history: &History, files: &[&str]) -> Vec<Measures> {
    let mut tally = Tally::of(history, files);
    history.changes.iter().for_each(|change| tally.record(history, change));
    let people = (0..history.people.len() as u32).map(PersonId);
    people.map(|person| tally.measure(&[person], 1_700_003_000, files)).collect()
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(12))]

    #[test]
    fn a_pass_over_a_few_folders_measures_what_the_whole_pass_does(
        dice in proptest::collection::vec(proptest::prelude::any::<u8>(), 20..90),
        asked in proptest::collection::vec(proptest::collection::vec(proptest::prelude::any::<u8>(), 1..4), 1..5),
    ) {
        let repository = random(&dice);
        let whole = load(&repository);
        let opened = repository.open();
        let tip = opened.commit_named("HEAD").expect("there is a commit");
        let new = ["src/a/new", "packages/new", "packages/z/new", "elsewhere/new"].map(str::to_owned);
        let known: Vec<&str> = whole.paths.iter().chain(&new).map(String::as_str).collect();
        for (at, dice) in asked.iter().enumerate() {
            let files: Vec<&str> = dice.iter().map(|&die| known[die as usize % known.len()]).collect();
            let expected = measured(&whole, &files);
            // Alone; with what earlier questions left; and then with all that is known.
            for cache in [false, true, true] {
                let limits = HistoryLimits::default();
                let few = History::of_files(&opened, &tip, &files, limits, &rules(), cache).expect("it can be read");
                proptest::prop_assert_eq!(measured(&few, &files), expected.as_slice(), "{:?}", files);
                proptest::prop_assert_eq!(few.changes.len(), whole.changes.len());
            }
            if at == 2 {
                let all = History::load(&opened, &tip, HistoryLimits::default(), &rules(), true).expect("it can be read");
                proptest::prop_assert_eq!(&all.changes, &whole.changes);
                proptest::prop_assert_eq!(&all.paths, &whole.paths);
            }
        }
    }
}

#[test]
fn the_window_is_the_same_whatever_is_known_of_other_files() {
    let repository = TestRepository::new();
    long(&repository, 0..120);
    let opened = repository.open();
    let tip = opened.commit_named("HEAD").expect("there is a commit");
    let limits = HistoryLimits { touches: 30, ..HistoryLimits::default() };
    let few = |cache| {
        let found = History::of_files(&opened, &tip, &["d1/f1"], limits, &rules(), cache).expect("it can be read");
        (found.changes.len(), found.reach.clone(), measured(&found, &["d1/f1"]))
    };
    let alone = few(false);
    assert_eq!((alone.0, &alone.1), (91, &Reach::Limit { commits: 91 }), "of three folders one counts");
    assert_eq!([few(true), few(true)], [alone.clone(), alone.clone()]);
    // The whole pass ends earlier: it counts everything.
    let all = || History::load(&opened, &tip, limits, &rules(), true).expect("it can be read").changes.len();
    assert_eq!(all(), 30);
    assert_eq!([few(true), few(true)], [alone.clone(), alone.clone()]);
    assert_eq!(all(), 30);
    History::load(&opened, &tip, HistoryLimits::default(), &rules(), true).expect("it can be read");
    assert_eq!(few(true), alone);
}

#[test]
fn of_other_folders_nothing_is_read() {
    let repository = TestRepository::new();
    long(&repository, 0..60);
    let lose = |folder: &str| {
        let name = repository.raw.revparse_single(folder).expect("the folder is there").id().to_string();
        let lost = repository.path().join(".git/objects").join(&name[..2]).join(&name[2..]);
        std::fs::remove_file(lost).expect("it is there");
    };
    let opened = repository.open();
    let tip = opened.commit_named("HEAD").expect("there is a commit");
    let load = |file: &str, cache| {
        let limits = HistoryLimits::default();
        History::of_files(&opened, &tip, &[file], limits, &rules(), cache).map(|found| found.changes.len())
    };
    lose("HEAD~30:d0");
    assert!(matches!(load("d0/f1", true), Err(GitError::MissingObject { .. })));
    assert_eq!(load("d1/f1", true).expect("it is not asked for"), 60);
    lose("HEAD~30:d1");
    assert!(matches!(load("d1/f1", false), Err(GitError::MissingObject { .. })));
    assert_eq!(load("d1/f2", true).expect("the folder is known"), 60);
}

/// So many commits, quickly.
fn long(repository: &TestRepository, numbers: std::ops::Range<u32>) {
    for number in numbers {
        let who = [ADA, BEA, BOT][number as usize % 3];
        repository.write(format!("d{}/f{}", number % 3, number % 11), number.to_string());
        repository.commit_by(who, &format!("fix {number} (#{number})"));
    }
}

/// All that a history says, with and without the cache, cold and warm.
fn with_cache(repository: &TestRepository, revision: &str, limits: HistoryLimits) -> History {
    let opened = repository.open();
    let tip = opened.commit_named(revision).expect("the revision is there");
    let load = |cache| History::load(&opened, &tip, limits, &rules(), cache).expect("the history can be read");
    let without = load(false);
    for _ in 0..2 {
        let found = load(true);
        assert_eq!(found.changes, without.changes, "{revision} {limits:?}");
        assert_eq!((&found.people, &found.paths, &found.reach), (&without.people, &without.paths, &without.reach));
    }
    without
}

#[test]
fn what_earlier_runs_read_changes_nothing() {
    let repository = TestRepository::new();
    let all = HistoryLimits::default();
    let few = |commits| HistoryLimits { commits, ..all };
    long(&repository, 0..60);
    let file = repository.path().join(".git/preflag/history");
    assert_eq!(with_cache(&repository, "HEAD", all).changes.len(), 60);
    assert!(file.is_file());
    // More commits, an older tip, another branch, a smaller and a larger window, a rewritten line.
    repository.branch("old", repository.raw.head().expect("a head").target().expect("a commit"));
    long(&repository, 60..130);
    with_cache(&repository, "HEAD", few(100));
    with_cache(&repository, "HEAD~1", few(100));
    with_cache(&repository, "HEAD~80", few(100));
    with_cache(&repository, "HEAD~80", few(10));
    with_cache(&repository, "HEAD", all);
    repository.switch("old");
    long(&repository, 200..260);
    with_cache(&repository, "HEAD", all);
    with_cache(&repository, "main", all);
    with_cache(&repository, "main", HistoryLimits { touches: 77, ..all });
    with_cache(&repository, "old~59", few(30));
    repository.write(".mailmap", "Ada Benz <bea@example.com> <ada@example.com>\n").commit("one");
    assert_eq!(with_cache(&repository, "HEAD", all).people.len(), 2);
}

#[test]
fn what_is_known_of_newer_commits_has_no_gap() {
    let repository = TestRepository::new();
    repository.packed(|| long(&repository, 0..130));
    let all = HistoryLimits::default();
    let few = |commits| HistoryLimits { commits, ..all };
    with_cache(&repository, "HEAD", few(55));
    // Known by name only, since the window ended before it.
    assert_eq!(with_cache(&repository, "HEAD~65", all).changes.len(), 65);
    assert_eq!(with_cache(&repository, "HEAD", all).changes.len(), 130);
    // Of other folders for an older tip, of all for a newer one, and the other way round.
    let opened = repository.open();
    let of_files = |revision: &str, files: &[&str]| {
        let tip = opened.commit_named(revision).expect("the revision is there");
        let found = [true, false].map(|cache| {
            let few = History::of_files(&opened, &tip, files, all, &rules(), cache).expect("it can be read");
            measured(&few, files)
        });
        assert_eq!(found[0], found[1], "{revision} {files:?}");
    };
    std::fs::remove_file(repository.path().join(".git/preflag/history")).expect("it is there");
    for (revision, files) in [
        ("HEAD~30", ["d0/f1"]),
        ("HEAD", ["d0/f1"]),
        ("HEAD~40", ["d1/f1"]),
        ("HEAD", ["d1/f2"]),
        ("HEAD~2", ["d2/f2"]),
        ("HEAD", ["d2/f2"]),
    ] {
        of_files(revision, &files);
    }
    with_cache(&repository, "HEAD", all);
}

#[test]
fn what_was_read_once_is_not_read_again() {
    let repository = TestRepository::new();
    long(&repository, 0..60);
    with_cache(&repository, "HEAD", HistoryLimits::default());
    // Only who knows already can say what this commit changed.
    let tree =
        repository.raw.revparse_single("HEAD~30^{tree}:d0").or_else(|_| repository.raw.revparse_single("HEAD~30:d0"));
    let name = tree.expect("the folder is there").id().to_string();
    let lost = repository.path().join(".git/objects").join(&name[..2]).join(&name[2..]);
    std::fs::remove_file(lost).expect("it is there");
    let opened = repository.open();
    let tip = opened.commit_named("HEAD").expect("there is a commit");
    let load = |cache| History::load(&opened, &tip, HistoryLimits::default(), &rules(), cache);
    assert!(matches!(load(false), Err(GitError::MissingObject { .. })));
    assert_eq!(load(true).expect("it is known").changes.len(), 60);
    // Damage is as good as nothing.
    let file = repository.path().join(".git/preflag/history");
    let mut bytes = std::fs::read(&file).expect("it is there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).expect("it can be written");
    assert!(load(true).is_err());
}

/// Not a test but a measurement: `PREFLAG_TEST_REPO=DIR cargo test --release --lib history_time -- --ignored --nocapture`.
#[test]
#[ignore = "needs a repository"]
#[allow(clippy::print_stderr, reason = "it measures")]
fn history_time() {
    let dir = std::env::var_os("PREFLAG_TEST_REPO").expect("PREFLAG_TEST_REPO names a repository");
    let time = |what: &str, start: std::time::Instant| eprintln!("{what}: {:?}", start.elapsed());
    let start = std::time::Instant::now();
    let repository = Repository::open(std::path::Path::new(&dir)).expect("it opens");
    let tip = repository.commit_named("HEAD").expect("there is a commit");
    let cache = std::env::var_os("PREFLAG_TEST_CACHE").is_some();
    let history = History::load(&repository, &tip, HistoryLimits::default(), &rules(), cache).expect("it can be read");
    time("load", start);
    let touches: usize = history.changes.iter().map(|change| change.touched.len()).sum();
    eprintln!(
        "{} changes, {} people, {} paths, {touches} touches, {:?}",
        history.changes.len(),
        history.people.len(),
        history.paths.len(),
        history.reach
    );
    let start = std::time::Instant::now();
    let mut tally = Tally::new(&history);
    for change in &history.changes {
        let files: Vec<&str> = touched(&history, change);
        std::hint::black_box(tally.measure(&change.people, change.seconds, &files));
        tally.record(&history, change);
    }
    time("replay", start);
    let start = std::time::Instant::now();
    let files: Vec<&str> = history.paths.iter().step_by(history.paths.len() / 10 + 1).map(String::as_str).collect();
    let mut tally = Tally::of(&history, &files);
    history.changes.iter().for_each(|change| tally.record(&history, change));
    std::hint::black_box(tally.measure(&[PersonId(0)], 0, &files));
    time("ten files", start);
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        status
            .lines()
            .filter(|line| line.starts_with("VmHWM") || line.starts_with("RssAnon"))
            .for_each(|line| eprintln!("{line}"));
    }
}

#[test]
fn what_was_undone_here_fades() {
    let repository = TestRepository::new();
    let start = 1_700_000_000;
    repository.at(start).write("a", "1").write("b", "1").commit_by(ADA, "Begin");
    repository.at(start + DAY).write("a", "2").commit_by(ADA, "Add tax (#7)");
    repository.at(start + 2 * DAY).write("b", "2").commit_by(ADA, "Add rent");
    repository.at(start + 3 * DAY).write("a", "1").write("c", "1").commit_by(BEA, "Revert \"Add tax\" (#8)");
    repository.at(start + 4 * DAY).write("a", "2").commit_by(BEA, "Reapply \"Add tax\"");
    repository.at(start + 200 * DAY).write("b", "1").commit_by(BEA, "Revert \"Add rent\"");
    let history = load(&repository);
    let undoes: Vec<&[u32]> = history.changes.iter().map(|change| change.undoes.as_slice()).collect();
    assert_eq!(undoes, [&[][..], &[], &[], &[1], &[], &[]], "what was there for long is given up, not undone");
    let mut tally = Tally::new(&history);
    let of = |tally: &Tally, path: &str, days: i64| {
        let file = tally.measure(&[], start + days * DAY, &[path]).files.remove(0);
        (file.undone, file.last_undone)
    };
    history.changes[..3].iter().for_each(|change| tally.record(&history, change));
    assert_eq!(of(&tally, "a", 3), (0.0, None), "nobody knows before it lands");
    history.changes[3..].iter().for_each(|change| tally.record(&history, change));
    assert_eq!(of(&tally, "a", 3), (1.0, Some(start + 3 * DAY)));
    assert_eq!(of(&tally, "a", 33).0, 0.5);
    assert_eq!(
        (of(&tally, "b", 201), of(&tally, "c", 4)),
        ((0.0, None), (0.0, None)),
        "only what the undone change touched"
    );
    let both = tally.measure(&[], start + 3 * DAY, &["a", "b"]).undone;
    assert!((both - 2.0_f64.ln() / 2.0).abs() < 1e-12, "{both}");
}

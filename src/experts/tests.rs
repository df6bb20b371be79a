//! Who knows files of repositories made for the purpose.

use super::*;
use crate::git::testing::TestRepository;
use crate::history::HistoryLimits;
use crate::rules::history::HistoryRules;

const ADA: &str = "Ada Lovelace <ada@example.com>";
const BEA: &str = "Bea Benz <bea@example.com>";
const CYD: &str = "Cyd Charisse <cyd@example.com>";
const BOT: &str = "renovate[bot] <bot@renovateapp.com>";

fn asked(repository: &TestRepository, paths: &[&str]) -> Experts {
    let opened = repository.open();
    let commit = opened.commit_named("HEAD").expect("there is a commit");
    let rules = HistoryRules::load().expect("the built-in rules load");
    let history =
        History::load(&opened, &commit, HistoryLimits::default(), &rules, false).expect("the history can be read");
    let paths = paths.iter().map(|path| (*path).to_owned()).collect();
    find(&history, Question { revision: "HEAD".to_owned(), commit: commit.0, paths, left_after_days: 365 })
}

fn names(knowledge: &Knowledge) -> Vec<&str> {
    knowledge.people.iter().map(|expert| expert.name.as_str()).collect()
}

/// One change of a file by each of these people, an hour apart.
fn changes(repository: &TestRepository, path: &str, start: i64, people: &[&str]) {
    for (at, who) in people.iter().enumerate() {
        let time = start + at as i64 * 3_600;
        repository.at(time).write(path, time.to_string()).commit_by(who, "edit");
    }
}

#[test]
fn shares_and_the_bus_factor() {
    let repository = TestRepository::new();
    changes(&repository, "src/a", 1_700_000_000, &[ADA, BEA, CYD, ADA, BOT, BOT]);
    let knowledge = &asked(&repository, &["src"]).paths[0].knowledge;
    assert_eq!((knowledge.changes, knowledge.bot_changes, knowledge.bus_factor), (4, 2, 2));
    // Of equals, who changed it last is named first.
    assert_eq!(names(knowledge), ["Ada Lovelace", "Cyd Charisse", "Bea Benz", "renovate[bot]"]);
    let shares: Vec<Option<f64>> = knowledge.people.iter().map(|expert| expert.share).collect();
    assert_eq!(shares, [Some(0.5), Some(0.25), Some(0.25), None]);
    // Exactly half is not more than half.
    assert_eq!(knowledge.people.iter().map(|expert| expert.key).collect::<Vec<_>>(), [true, true, false, false]);
}

#[test]
fn people_who_always_work_together_are_no_two_keys() {
    let repository = TestRepository::new();
    let together = "edit\n\nCo-authored-by: Bea Benz <bea@example.com>";
    for number in 0..4 {
        repository.write("a", number.to_string()).commit_by(ADA, together);
    }
    changes(&repository, "a", 1_710_000_000, &[CYD, CYD, CYD, CYD, CYD]);
    let knowledge = &asked(&repository, &["a"]).paths[0].knowledge;
    assert_eq!((knowledge.changes, knowledge.bus_factor), (9, 1));
    changes(&repository, "a", 1_720_000_000, &["Dan Dare <dan@example.com>"]);
    let knowledge = &asked(&repository, &["a"]).paths[0].knowledge;
    let keys: Vec<&str> =
        knowledge.people.iter().filter(|expert| expert.key).map(|expert| expert.name.as_str()).collect();
    assert_eq!((knowledge.bus_factor, keys.len()), (2, 2));
    assert!(keys.contains(&"Cyd Charisse"), "{keys:?}");
}

#[test]
fn who_has_not_committed_for_long_is_gone() {
    let repository = TestRepository::new();
    changes(&repository, "a", 1_600_000_000, &[ADA, ADA, ADA, BEA]);
    changes(&repository, "b", 1_700_000_000, &[BEA]);
    let knowledge = &asked(&repository, &["a"]).paths[0].knowledge;
    assert_eq!(knowledge.people.iter().map(|expert| expert.left).collect::<Vec<_>>(), [true, false]);
    assert_eq!((knowledge.bus_factor, knowledge.bus_factor_active), (1, 0));
    assert_eq!(knowledge.people[0].last_change, "2020-09-13");
    assert_eq!(knowledge.people[0].last_year, 0);
}

#[test]
fn names_that_only_begin_alike_are_not_below_each_other() {
    let repository = TestRepository::new();
    changes(&repository, "src/a", 1_700_000_000, &[ADA]);
    changes(&repository, "src2/a", 1_700_100_000, &[BEA]);
    changes(&repository, "src/b", 1_700_200_000, &[CYD]);
    let experts = asked(&repository, &["src", "src2/a"]);
    assert_eq!(names(&experts.paths[0].knowledge), ["Cyd Charisse", "Ada Lovelace"]);
    assert_eq!(names(&experts.paths[1].knowledge), ["Bea Benz"]);
    let together = experts.together.expect("several paths were asked for");
    assert_eq!((together.changes, together.people.len()), (3, 3));
    assert_eq!(asked(&repository, &[""]).paths[0].knowledge.changes, 3);
}

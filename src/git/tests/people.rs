//! Who makes a change.

use super::*;
use crate::git::people::Makers;

fn names(people: &[crate::git::people::Identity]) -> Vec<String> {
    people.iter().map(|person| format!("{} <{}>", person.name, person.email)).collect()
}

fn makers(repository: &TestRepository, spec: &RangeSpec) -> Makers {
    repository.open().people_of(spec).expect("the range can be read")
}

#[test]
fn of_commits_it_is_authors_and_co_authors() {
    let repository = TestRepository::new();
    repository.write(".mailmap", "Ada Lovelace <ada@example.com> <ada@home.example>\n").commit("base");
    let base = repository.write("a", "1").commit_by("Old <old@example.com>", "Not of the range");
    repository.write("a", "2").commit_by("ada <ada@home.example>", "One\n\nReviewed-by: Cyd <cyd@example.com>");
    let message = "Two\n\nco-authored-by: Dan Dare <dan@example.com>\nCo-Authored-By: Ada Lovelace <ada@example.com>\n\
                   Reviewed-by: Cyd <cyd@example.com>\nSigned-off-by: Eve <eve@example.com>";
    let second = repository.write("a", "3").commit_by("Bea Benz <bea@example.com>", message);
    // Who merges makes nothing.
    let side = repository.write("b", "1").commit_of("Fay <fay@example.com>", "Side", &[base], None);
    repository.commit_of("Merger <m@example.com>", "Merge branch 'x'", &[second, side], Some("HEAD"));
    let found = makers(&repository, &revisions(&format!("{base}..HEAD")));
    let mut authors = names(&found.authors);
    authors.sort();
    assert_eq!(
        authors,
        [
            "Ada Lovelace <ada@example.com>",
            "Bea Benz <bea@example.com>",
            "Dan Dare <dan@example.com>",
            "Fay <fay@example.com>"
        ]
    );
    assert_eq!(names(&found.reviewers), ["Cyd <cyd@example.com>"]);
    let root = makers(&repository, &revisions(&format!("{}^!", base)));
    assert_eq!(names(&root.authors), ["Old <old@example.com>"]);
}

#[test]
fn of_what_is_not_committed_it_is_whom_git_is_configured_for() {
    let repository = TestRepository::new();
    repository.write("a", "1").write(".mailmap", "Ada Lovelace <ada@example.com> <ada@home.example>\n").commit("base");
    let mut config = repository.raw.config().expect("the config opens");
    config.set_str("user.name", "ada").expect("it can be set");
    config.set_str("user.email", "ada@home.example").expect("it can be set");
    for spec in [RangeSpec::Staged, RangeSpec::Worktree] {
        assert_eq!(names(&makers(&repository, &spec).authors), ["Ada Lovelace <ada@example.com>"]);
    }
}

#[test]
fn trailers_of_any_kind_are_no_trouble() {
    let repository = TestRepository::new();
    let base = repository.write("a", "1").commit("base");
    let message = "One\n\nCo-authored-by:\nCo-authored-by: <>\nCo-authored-by: No Address\nCo-authored-by: A <a@x> <b@x>\n\
                   Co-authored-by: \u{1b}[31mRed <red@x";
    repository.write("a", "2").commit_by("Ada <ada@example.com>", message);
    let found = makers(&repository, &revisions(&format!("{base}..HEAD")));
    assert_eq!(names(&found.authors), ["Ada <ada@example.com>", "No Address <>", "A <a@x>", "[31mRed <red@x>"]);
}

//! What is typed and where the diff starts.

use super::*;

/// main: one - two - three; topic: two - four.
fn forked() -> (TestRepository, [git2::Oid; 4]) {
    let repository = TestRepository::new();
    let one = repository.write("a.txt", "one\n").commit("one");
    let two = repository.write("a.txt", "two\n").commit("two");
    let three = repository.write("main.txt", "three\n").commit("three");
    repository.branch("topic", two).switch("topic");
    let four = repository.write("topic.txt", "four\n").commit("four");
    (repository, [one, two, three, four])
}

#[test]
fn two_and_three_dots_start_at_the_merge_base() {
    let (repository, [_, two, three, four]) = forked();
    for range in ["main..topic", "main...topic", "main..", "main", "main..HEAD"] {
        let changes = repository.diff(range);
        assert_eq!(paths(&changes), [("topic.txt", ChangeStatus::Added)], "{range}");
        assert_eq!(changes.base, CommitId(three.to_string()));
        assert_eq!(changes.merge_base, CommitId(two.to_string()));
        assert_eq!(changes.head, Some(CommitId(four.to_string())));
        assert_eq!(changes.commits.len(), 1);
        assert_eq!(changes.notices.len(), 0);
    }
    assert_eq!(paths(&repository.diff("..main")), [("main.txt", ChangeStatus::Added)]);
    assert_eq!(repository.diff("main..main").files.len(), 0);
}

#[test]
fn one_commit_can_be_a_merge_or_the_root() {
    let (repository, [one, _, three, four]) = forked();
    let tree = {
        let (ours, theirs) = (repository.raw.find_commit(three).unwrap(), repository.raw.find_commit(four).unwrap());
        let mut index = repository.raw.merge_commits(&ours, &theirs, None).unwrap();
        index.write_tree_to(&repository.raw).unwrap()
    };
    let merge = repository.commit_tree("merge", tree, &[three, four], None);
    for range in [format!("{merge}^..{merge}"), format!("{merge}^!")] {
        let changes = repository.diff(&range);
        assert_eq!(paths(&changes), [("topic.txt", ChangeStatus::Added)]);
        assert_eq!(changes.commits.iter().map(|c| c.subject.as_str()).collect::<Vec<_>>(), ["merge", "four"]);
    }
    for range in [
        format!("{one}^..{one}"),
        format!("{one}~1..{one}"),
        format!("{one}^!"),
        format!("{one}^..{}", &one.to_string()[..10]),
    ] {
        let changes = repository.diff(&range);
        assert_eq!(paths(&changes), [("a.txt", ChangeStatus::Added)]);
        assert_eq!(changes.merge_base, CommitId(EMPTY_TREE.to_owned()));
        assert_eq!(changes.base, CommitId(EMPTY_TREE.to_owned()));
        assert_eq!(changes.commits.len(), 1);
        assert!(repository.open().read_file(&changes.base, "a.txt").unwrap().is_none());
    }
    assert_eq!(repository.diff(&format!("{one}^..topic")).commits.len(), 3, "everything up to topic");
}

#[test]
fn tags_and_short_hashes_name_commits() {
    let (repository, [one, ..]) = forked();
    let object = repository.raw.find_object(one, None).unwrap();
    let who = git2::Signature::now("Ada", "ada@example.com").unwrap();
    repository.raw.tag("v1", &object, &who, "first", false).unwrap();
    for base in ["v1".to_owned(), "refs/tags/v1".to_owned(), one.to_string()[..8].to_owned()] {
        assert_eq!(repository.diff(&format!("{base}..topic")).commits.len(), 2);
    }
}

#[test]
fn unrelated_histories_are_compared_directly() {
    let (repository, [_, _, three, _]) = forked();
    let tree = repository.raw.find_commit(three).unwrap().tree_id();
    let island = repository.commit_tree("island", tree, &[], None);
    let changes = repository.diff(&format!("topic..{island}"));
    assert_eq!(paths(&changes), [("main.txt", ChangeStatus::Added), ("topic.txt", ChangeStatus::Deleted)]);
    assert!(changes.notices[0].reason.contains("no commit in common"), "{:?}", changes.notices);
}

#[test]
fn the_default_is_the_upstream_default_branch() {
    let (repository, [one, two, three, _]) = forked();
    let merge_base = || repository.change_set(&RangeSpec::Default).unwrap().merge_base.0;
    assert_eq!(merge_base(), two.to_string(), "local main, when there is nothing better");
    repository.branch("master", one);
    assert_eq!(merge_base(), two.to_string(), "main goes before master");
    repository.reference("refs/remotes/origin/master", one);
    assert_eq!(merge_base(), one.to_string(), "a remote branch goes before a local one");
    repository.reference("refs/remotes/origin/main", two);
    assert_eq!(merge_base(), two.to_string());
    repository.reference("refs/remotes/origin/trunk", one);
    repository.raw.reference_symbolic("refs/remotes/origin/HEAD", "refs/remotes/origin/trunk", true, "").unwrap();
    assert_eq!(merge_base(), one.to_string(), "origin/HEAD says which");
    repository.raw.reference_symbolic("refs/remotes/origin/HEAD", "refs/remotes/origin/gone", true, "").unwrap();
    assert_eq!(merge_base(), two.to_string(), "a dangling origin/HEAD says nothing");
    let _ = three;
}

#[test]
fn a_single_remote_may_have_any_name() {
    let (repository, [one, ..]) = forked();
    repository.raw.remote("company", "https://example.com/x.git").unwrap();
    repository.reference("refs/remotes/company/main", one);
    assert_eq!(repository.change_set(&RangeSpec::Default).unwrap().merge_base.0, one.to_string());
}

#[test]
fn on_the_default_branch_the_last_commit_is_scanned() {
    let (repository, [_, _, three, _]) = forked();
    repository.switch("main").reference("refs/remotes/origin/main", three);
    let changes = repository.change_set(&RangeSpec::Default).unwrap();
    assert_eq!(paths(&changes), [("main.txt", ChangeStatus::Added)]);
    assert!(changes.notices[0].reason.contains("last commit"), "{:?}", changes.notices);
    repository.raw.set_head_detached(three).unwrap();
    assert_eq!(repository.change_set(&RangeSpec::Default).unwrap().files.len(), 1, "a detached HEAD on its tip");
    repository.branch("fresh", three).switch("fresh");
    let changes = repository.change_set(&RangeSpec::Default).unwrap();
    assert_eq!((changes.files.len(), changes.notices.len()), (0, 0), "a branch without commits of its own");
}

#[test]
fn on_the_default_branch_commits_ahead_of_it_are_scanned() {
    let (repository, [_, two, ..]) = forked();
    repository.switch("main").reference("refs/remotes/origin/main", two);
    let changes = repository.change_set(&RangeSpec::Default).unwrap();
    assert_eq!((changes.merge_base.0, changes.notices.len()), (two.to_string(), 0));
}

#[test]
fn the_default_on_a_root_commit_is_that_commit() {
    let repository = TestRepository::new();
    repository.write("a", "1\n").commit("root");
    assert_eq!(paths(&repository.change_set(&RangeSpec::Default).unwrap()), [("a", ChangeStatus::Added)]);
}

#[test]
fn what_is_wrong_with_a_range_is_said() {
    let (repository, [_, two, ..]) = forked();
    let error = |range: &str| repository.change_set(&revisions(range)).unwrap_err();
    let unknown = error("release-2..HEAD");
    assert_eq!(unknown.to_string(), "`release-2` is not a revision of this repository");
    let hint = |range: &str| error(range).hint().unwrap();
    let fetched = "`git fetch origin release-2:refs/remotes/origin/release-2`";
    assert!(hint("release-2..HEAD").ends_with(&format!("run {fetched} and name it `origin/release-2`.")));
    assert!(hint("origin/release-2").ends_with(&format!("run {fetched}.")));
    let hash = "1234567890".repeat(4);
    assert!(hint(&hash).contains(&format!("`git fetch origin {hash}`")));
    assert!(hint("a'; rm b").contains(r"git fetch origin 'a'\''; rm b:refs/remotes/origin/a'\''; rm b'"));
    repository.reference("refs/remotes/origin/release-3", two);
    assert_eq!(hint("release-3"), "Did you mean `origin/release-3`?");
    assert!(!error("a\u{1b}[31m").to_string().contains('\u{1b}'), "control characters are escaped");
    assert!(matches!(error("HEAD~99"), GitError::UnknownRevision { shallow: false, .. }));
    for range in ["a..b..c", "", "..", "...", "^!"] {
        assert!(matches!(error(range), GitError::BadRange { .. }), "{range:?}: {:?}", error(range));
    }
    let tree = repository.raw.find_commit(two).unwrap().tree_id().to_string();
    assert_eq!(error(&tree).to_string(), format!("`{tree}` is a tree, not a commit"));
    assert!(matches!(error("HEAD..nope"), GitError::UnknownRevision { name, .. } if name == "nope"));
}

#[test]
fn without_commits_or_default_branch_it_says_so() {
    let repository = TestRepository::new();
    assert!(matches!(repository.change_set(&RangeSpec::Default), Err(GitError::NoCommits)));
    assert!(matches!(repository.change_set(&revisions("HEAD")), Err(GitError::NoCommits)));
    repository.write("a", "1").commit("root");
    repository.raw.find_reference("refs/heads/main").unwrap().rename("refs/heads/trunk", true, "").unwrap();
    repository.raw.set_head("refs/heads/trunk").unwrap();
    let error = repository.change_set(&RangeSpec::Default).unwrap_err();
    assert!(matches!(error, GitError::NoDefaultBranch { shallow: false }));
    assert!(error.hint().unwrap().contains("git remote set-head origin --auto"));
}

#[test]
fn commits_are_listed_newest_first_and_bounded() {
    let repository = TestRepository::new();
    for n in 0..8 {
        repository.write("a", n.to_string()).commit(&format!("commit {n}\n\nbody"));
    }
    let limits = DiffLimits { max_commits: 3, ..DiffLimits::default() };
    let changes = repository.open().change_set(&revisions("HEAD~6..HEAD"), &limits).unwrap();
    let subjects: Vec<&str> = changes.commits.iter().map(|commit| commit.subject.as_str()).collect();
    assert_eq!(subjects, ["commit 7", "commit 6", "commit 5"]);
}

//! `--staged` and `--worktree`.

use super::*;

fn staged(repository: &TestRepository) -> ChangeSet {
    repository.change_set(&RangeSpec::Staged).unwrap()
}

fn worktree(repository: &TestRepository) -> ChangeSet {
    repository.change_set(&RangeSpec::Worktree).unwrap()
}

#[test]
fn the_index_and_the_work_tree_are_told_apart() {
    let repository = TestRepository::new();
    let head = repository.write("a", "head\n").write("gone", "x\n").write(".gitignore", "*.log\n").commit("old");
    repository.write("a", "index\n").remove("gone").stage();
    repository.write("a", "work\n").write("new dir/new", "new\n").write("noise.log", "ignored\n");
    let changes = staged(&repository);
    assert_eq!(paths(&changes), [("a", ChangeStatus::Modified), ("gone", ChangeStatus::Deleted)]);
    assert_eq!(texts(&changes, "a"), (Some("head\n"), Some("index\n")));
    assert_eq!((changes.head, changes.commits.len()), (None, 0));
    assert_eq!((changes.base.0, changes.merge_base.0), (head.to_string(), head.to_string()));
    let changes = worktree(&repository);
    assert_eq!(
        paths(&changes),
        [("a", ChangeStatus::Modified), ("gone", ChangeStatus::Deleted), ("new dir/new", ChangeStatus::Added)]
    );
    assert_eq!(texts(&changes, "a"), (Some("head\n"), Some("work\n")));
    assert_eq!(file(&changes, "a").hunks, [Hunk { old: lines(1, 1), new: lines(1, 1), old_after: 0, new_after: 0 }]);
}

#[test]
fn before_the_first_commit_everything_is_added() {
    let repository = TestRepository::new();
    repository.write("a", "1\n").stage();
    let changes = staged(&repository);
    assert_eq!(paths(&changes), [("a", ChangeStatus::Added)]);
    assert_eq!(changes.base.0, EMPTY_TREE);
    assert_eq!(paths(&worktree(&repository)), [("a", ChangeStatus::Added)]);
}

#[test]
fn moves_in_the_work_tree_are_followed() {
    let repository = TestRepository::new();
    let text = "a first line\na second line\na third line\n";
    repository.write("old.ts", text).commit("old");
    repository.remove("old.ts").write("new.ts", format!("{text}more\n"));
    let changes = worktree(&repository);
    assert_eq!(paths(&changes), [("new.ts", ChangeStatus::Renamed)]);
    assert_eq!(texts(&changes, "new.ts").0, Some(text));
    repository.stage();
    assert_eq!(paths(&staged(&repository)), [("new.ts", ChangeStatus::Renamed)]);
}

#[test]
fn line_ends_that_git_converts_are_no_change() {
    let repository = TestRepository::new();
    repository.write(".gitattributes", "*.txt text\n").write("a.txt", "1\n2\n").write("b.raw", "1\n2\n").commit("old");
    repository.write("a.txt", "1\r\ntwo\r\n").write("b.raw", "1\r\ntwo\r\n");
    let changes = worktree(&repository);
    assert_eq!(
        file(&changes, "a.txt").hunks,
        [Hunk { old: lines(2, 2), new: lines(2, 2), old_after: 1, new_after: 1 }]
    );
    assert_eq!(file(&changes, "b.raw").hunks[0].new, lines(1, 2));
    repository.raw.config().unwrap().set_bool("core.autocrlf", true).unwrap();
    assert_eq!(file(&worktree(&repository), "b.raw").hunks[0].new, lines(2, 2));
}

#[test]
fn conflicts_and_operations_in_progress_are_noticed() {
    let repository = TestRepository::new();
    let base = repository.write("a", "base\n").write("b", "b\n").commit("base");
    repository.write("a", "ours\n").commit("ours");
    repository.branch("topic", base).switch("topic");
    let theirs = repository.write("a", "theirs\n").write("b", "bb\n").commit("theirs");
    repository.switch("main");
    let annotated = repository.raw.find_annotated_commit(theirs).unwrap();
    repository.raw.merge(&[&annotated], None, None).unwrap();
    for changes in [staged(&repository), worktree(&repository)] {
        assert_eq!(paths(&changes), [("b", ChangeStatus::Modified)]);
        let reasons: Vec<&str> = changes.notices.iter().map(|notice| notice.reason.as_str()).collect();
        assert!(reasons[0].starts_with("A merge is in progress"), "{reasons:?}");
        assert_eq!(reasons[1], "The file has conflicts, so it was not scanned.");
        assert_eq!(changes.notices[1].path.as_ref().unwrap().as_str(), "a");
    }
}

#[test]
fn links_pipes_and_nested_repositories_of_the_work_tree_are_not_read() {
    let repository = TestRepository::new();
    repository.write("a", "1\n").commit("old");
    std::os::unix::fs::symlink("/etc/passwd", repository.file("link")).unwrap();
    git2::Repository::init(repository.file("nested")).unwrap();
    repository.write("nested/file", "x");
    std::process::Command::new("mkfifo").arg(repository.file("pipe")).status().ok();
    repository.remove("a");
    std::os::unix::fs::symlink("/etc/passwd", repository.file("a")).unwrap();
    let changes = worktree(&repository);
    assert_eq!(
        paths(&changes),
        [("a", ChangeStatus::ModeChanged), ("link", ChangeStatus::Added), ("nested", ChangeStatus::Added)]
    );
    assert!(matches!(file(&changes, "a").content, Content::Symlink));
    assert!(matches!(file(&changes, "nested").content, Content::Submodule));
}

#[test]
fn an_unreadable_file_is_not_passed_over() {
    use std::os::unix::fs::PermissionsExt;
    let repository = TestRepository::new();
    repository.write("a", "1\n").commit("old");
    repository.write("a", "22\n");
    std::fs::set_permissions(repository.file("a"), std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::File::open(repository.file("a")).is_ok() {
        eprintln!("skipped: this user may read every file");
        return;
    }
    match repository.change_set(&RangeSpec::Worktree) {
        Ok(changes) => assert!(matches!(file(&changes, "a").content, Content::Missing { .. })),
        Err(error) => assert!(matches!(error, GitError::Other { .. })),
    }
}

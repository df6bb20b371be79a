//! Clones that lack history or contents, and formats that cannot be read; made with the git command line.

use super::*;

/// A repository with three commits on main, and a directory for clones of it.
fn origin() -> (TestRepository, tempfile::TempDir) {
    let repository = TestRepository::new();
    for n in 1..=3 {
        repository.write("a.txt", format!("{n}\n")).write(format!("{n}.txt"), format!("file {n}\n")).commit("change");
    }
    let mut config = repository.raw.config().unwrap();
    config.set_bool("uploadpack.allowFilter", true).unwrap();
    config.set_bool("uploadpack.allowAnySHA1InWant", true).unwrap();
    (repository, tempfile::tempdir().unwrap())
}

fn clone(origin: &TestRepository, to: &Path, arguments: &[&str]) -> Option<Repository> {
    let url = format!("file://{}", origin.path().display());
    let done = git(to, &[&["clone", "-q"], arguments, &[&url, "clone"]].concat());
    if done.is_none() {
        eprintln!("skipped: this git cannot `git clone {}`", arguments.join(" "));
    }
    done.map(|_| Repository::open(&to.join("clone")).unwrap())
}

#[test]
fn a_shallow_clone_says_how_to_get_history() {
    let (origin, dir) = origin();
    let Some(shallow) = clone(&origin, dir.path(), &["--depth=1", "--no-single-branch"]) else { return };
    assert!(shallow.is_shallow());
    let error = |spec: &RangeSpec| shallow.change_set(spec, &DiffLimits::default()).unwrap_err();
    for spec in [revisions("HEAD^..HEAD"), revisions("HEAD^!"), RangeSpec::Default] {
        let error = error(&spec);
        assert!(matches!(error, GitError::MissingParent { shallow: true, .. }), "{error:?}");
        assert!(error.to_string().contains("not in this shallow clone"));
        let hint = error.hint().unwrap();
        assert!(hint.contains("git fetch --deepen=100") && hint.contains("fetch-depth: 0"), "{hint}");
    }
    let error = error(&revisions("HEAD~2..HEAD"));
    assert!(matches!(error, GitError::UnknownRevision { shallow: true, .. }), "{error:?}");
    assert!(error.hint().unwrap().contains("--unshallow"));
    let clone_dir = dir.path().join("clone");
    git(&clone_dir, &["fetch", "-q", "--deepen=100"]).expect("the command of the hint works");
    let whole = Repository::open(&clone_dir).unwrap();
    assert_eq!(whole.change_set(&revisions("HEAD^..HEAD"), &DiffLimits::default()).unwrap().files.len(), 2);
}

#[test]
fn shallow_tips_without_a_common_commit_are_an_error() {
    let (origin, dir) = origin();
    let first = origin.raw.revparse_single("HEAD~2").unwrap().id();
    origin.branch("topic", first).switch("topic");
    origin.write("topic", "1\n").commit("topic");
    origin.switch("main");
    let Some(shallow) = clone(&origin, dir.path(), &["--depth=1", "--no-single-branch"]) else { return };
    let error = shallow.change_set(&revisions("origin/main..origin/topic"), &DiffLimits::default()).unwrap_err();
    assert!(matches!(error, GitError::MissingMergeBase { .. }), "{error:?}");
    assert!(error.hint().unwrap().contains("git fetch --unshallow"));
}

#[test]
fn a_partial_clone_says_what_is_missing_and_how_to_get_it() {
    let (origin, dir) = origin();
    let Some(partial) = clone(&origin, dir.path(), &["--filter=blob:none"]) else { return };
    let changes = partial.change_set(&revisions("HEAD~1..HEAD"), &DiffLimits::default()).unwrap();
    assert!(matches!(file(&changes, "3.txt").content, Content::Text { .. }), "checked out, so it is here");
    assert!(matches!(file(&changes, "a.txt").content, Content::Missing { .. }));
    let reason = &changes.notices[0].reason;
    let command = reason.split('`').nth(1).expect("a command in backticks");
    assert!(reason.contains("partial clone"), "{reason}");
    let words: Vec<&str> = command.split(' ').skip(1).collect();
    git(&dir.path().join("clone"), &words).expect("the command of the notice works");
    let changes = partial.change_set(&revisions("HEAD~1..HEAD"), &DiffLimits::default()).unwrap();
    assert_eq!(texts(&changes, "a.txt"), (Some("2\n"), Some("3\n")));
    assert_eq!(changes.notices.len(), 0);
}

#[test]
fn missing_trees_of_a_partial_clone_are_an_error() {
    let (origin, dir) = origin();
    let Some(partial) = clone(&origin, dir.path(), &["--filter=tree:0"]) else { return };
    let error = partial.change_set(&revisions("HEAD~1..HEAD"), &DiffLimits::default()).unwrap_err();
    assert!(matches!(error, GitError::MissingObject { partial: true, .. }), "{error:?}");
    let hint = error.hint().unwrap();
    let words: Vec<&str> = hint.split('`').nth(1).expect("a command in backticks").split(' ').skip(1).collect();
    git(&dir.path().join("clone"), &words).expect("the command of the hint works");
    assert!(
        Repository::open(&dir.path().join("clone"))
            .unwrap()
            .change_set(&revisions("HEAD~1.."), &DiffLimits::default())
            .is_ok()
    );
}

#[test]
fn formats_that_libgit2_cannot_read_are_named() {
    let dir = tempfile::tempdir().unwrap();
    for (option, feature) in [("--object-format=sha256", "SHA256 objects"), ("--ref-format=reftable", "reftable")] {
        let name = feature.split(' ').next().unwrap();
        if git(dir.path(), &["init", "-q", option, name]).is_none() {
            eprintln!("skipped: this git has no {option}");
            continue;
        }
        let error = Repository::open(&dir.path().join(name)).err().unwrap();
        assert!(matches!(&error, GitError::Unsupported { .. }) && error.to_string().contains(feature), "{error:?}");
        assert!(error.hint().unwrap().contains("libgit2"));
    }
}

#[test]
fn another_users_repository_is_explained() {
    let error = git2::Error::new(
        git2::ErrorCode::Owner,
        git2::ErrorClass::Config,
        "repository path '/github/work space/' is not owned by current user",
    );
    let error = GitError::opening(Path::new("."), error);
    assert_eq!(error.to_string(), "the git repository at /github/work space/ belongs to another user");
    assert!(error.hint().unwrap().contains("`git config --global --add safe.directory '/github/work space/'`"));
}

#[test]
fn a_shallow_merge_commit_with_both_parents_is_enough() {
    let (origin, dir) = origin();
    let main = origin.raw.revparse_single("HEAD").unwrap().id();
    origin.branch("topic", main).switch("topic");
    let topic = origin.write("topic", "1\n").commit("topic");
    let tree = origin.raw.find_commit(topic).unwrap().tree_id();
    let merge = origin.commit_tree("merge", tree, &[main, topic], None);
    origin.branch("merged", merge);
    let Some(shallow) = clone(&origin, dir.path(), &["--depth=2", "--branch=merged"]) else { return };
    let changes = shallow.change_set(&revisions("HEAD^1..HEAD"), &DiffLimits::default()).unwrap();
    assert_eq!(paths(&changes), [("topic", ChangeStatus::Added)]);
    assert_eq!(changes.commits.len(), 2);
}

#[test]
fn files_outside_a_sparse_checkout_are_not_deleted() {
    let (origin, dir) = origin();
    origin.write("inside/a", "1\n").write("outside/b", "1\n").commit("more");
    let Some(_) = clone(&origin, dir.path(), &["--sparse"]) else { return };
    let clone_dir = dir.path().join("clone");
    git(&clone_dir, &["sparse-checkout", "set", "inside"]).expect("a sparse clone can be changed");
    assert!(!clone_dir.join("outside/b").exists());
    let sparse = Repository::open(&clone_dir).unwrap();
    std::fs::write(clone_dir.join("inside/a"), "2\n").unwrap();
    let changes = sparse.change_set(&RangeSpec::Worktree, &DiffLimits::default()).unwrap();
    assert_eq!(paths(&changes), [("inside/a", ChangeStatus::Modified)]);
    let changes = sparse.change_set(&revisions("HEAD^.."), &DiffLimits::default()).unwrap();
    assert_eq!(texts(&changes, "outside/b"), (None, Some("1\n")));
}

#[test]
fn the_hint_for_a_branch_that_was_not_cloned_makes_it_known() {
    let (origin, dir) = origin();
    let head = origin.raw.revparse_single("HEAD").unwrap().id();
    origin.branch("release", head);
    let Some(single) = clone(&origin, dir.path(), &["--single-branch", "--branch=main"]) else { return };
    let release = || single.change_set(&revisions("origin/release..HEAD"), &DiffLimits::default());
    let hint = release().unwrap_err().hint().unwrap();
    let words: Vec<&str> = hint.split('`').nth(1).expect("a command in backticks").split(' ').skip(1).collect();
    git(&dir.path().join("clone"), &words).expect("the command of the hint works");
    assert!(release().is_ok());
}

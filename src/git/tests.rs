//! Every shape of repository, range and file that can be met.

use super::change::{ChangeSet, ChangeStatus, CommitId, Content, Hunk};
use super::testing::{TestRepository, file, git};
use super::{DiffLimits, EMPTY_TREE, GitError, RangeSpec, Repository};
use crate::location::LineRange;
use std::path::Path;

fn paths(changes: &ChangeSet) -> Vec<(&str, ChangeStatus)> {
    changes.files.iter().map(|file| (file.path.as_str(), file.status)).collect()
}

fn texts<'c>(changes: &'c ChangeSet, path: &str) -> (Option<&'c str>, Option<&'c str>) {
    match &file(changes, path).content {
        Content::Text { old, new } => (old.as_deref(), new.as_deref()),
        other => panic!("{path} is not text but {other:?}"),
    }
}

fn revisions(range: &str) -> RangeSpec {
    RangeSpec::Revisions(range.to_owned())
}

fn lines(start: u32, end: u32) -> Option<LineRange> {
    Some(LineRange::new(start, end))
}

mod ranges {
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
            let (ours, theirs) =
                (repository.raw.find_commit(three).unwrap(), repository.raw.find_commit(four).unwrap());
            let mut index = repository.raw.merge_commits(&ours, &theirs, None).unwrap();
            index.write_tree_to(&repository.raw).unwrap()
        };
        let merge = repository.commit_tree("merge", tree, &[three, four], None);
        for range in [format!("{merge}^..{merge}"), format!("{merge}^!")] {
            let changes = repository.diff(&range);
            assert_eq!(paths(&changes), [("topic.txt", ChangeStatus::Added)]);
            assert_eq!(changes.commits.iter().map(|c| c.parents).collect::<Vec<_>>(), [2, 1]);
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
        let unknown = error("orgin/release-2..HEAD");
        assert_eq!(unknown.to_string(), "`orgin/release-2` is not a revision of this repository");
        assert!(unknown.hint().unwrap().contains("git fetch origin orgin/release-2"));
        assert!(error("origin/next").hint().unwrap().contains("`git fetch origin next`"));
        assert!(error("a'; rm -rf b").hint().unwrap().contains(r"git fetch origin 'a'\''; rm -rf b'"));
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
        let first = &changes.commits[0];
        assert_eq!(
            (first.author_name.as_str(), first.author_email.as_str(), first.parents),
            ("Ada", "ada@example.com", 1)
        );
        assert_eq!(first.time, 1_700_000_000 + 8 * 60);
    }
}

mod files {
    use super::*;

    /// The change from one set of files to another.
    fn change(old: &[(&str, &[u8])], new: &[(&str, &[u8])]) -> ChangeSet {
        let repository = TestRepository::new();
        repository.write("kept.txt", "kept\n");
        for (path, bytes) in old {
            repository.write(path, bytes);
        }
        repository.commit("old");
        for (path, _) in old {
            repository.remove(path);
        }
        for (path, bytes) in new {
            repository.write(path, bytes);
        }
        repository.commit("new");
        repository.diff("HEAD^..HEAD")
    }

    #[test]
    fn hunks_have_no_context_and_know_where_they_stand() {
        let changes = change(&[("a", b"1\n2\n3\n4\n5\n6\n7\n")], &[("a", b"0\n1\n2\nthree\n4\n6\n7\n8\n")]);
        let hunk = |old, new, old_after, new_after| Hunk { old, new, old_after, new_after };
        assert_eq!(
            file(&changes, "a").hunks,
            [
                hunk(None, lines(1, 1), 0, 0),
                hunk(lines(3, 3), lines(4, 4), 2, 3),
                hunk(lines(5, 5), None, 4, 5),
                hunk(None, lines(8, 8), 7, 7),
            ]
        );
    }

    #[test]
    fn added_and_deleted_files_are_one_hunk_and_empty_files_none() {
        let changes = change(
            &[("gone", b"a\nb"), ("hollow", b"")],
            &[("empty", b""), ("fresh", b"x\ny\nz\n"), ("now/empty", b"")],
        );
        assert_eq!(
            paths(&changes),
            [
                ("empty", ChangeStatus::Added),
                ("fresh", ChangeStatus::Added),
                ("gone", ChangeStatus::Deleted),
                ("hollow", ChangeStatus::Deleted),
                ("now/empty", ChangeStatus::Added),
            ]
        );
        assert_eq!(file(&changes, "gone").hunks, [Hunk { old: lines(1, 2), new: None, old_after: 0, new_after: 0 }]);
        assert_eq!(file(&changes, "fresh").hunks, [Hunk { old: None, new: lines(1, 3), old_after: 0, new_after: 0 }]);
        assert_eq!(file(&changes, "empty").hunks, []);
        assert_eq!(texts(&changes, "gone"), (Some("a\nb"), None));
        assert_eq!(texts(&changes, "fresh"), (None, Some("x\ny\nz\n")));
        assert_eq!(texts(&changes, "empty"), (None, Some("")));
    }

    #[test]
    fn a_file_that_becomes_empty_or_full_is_modified() {
        let changes = change(&[("a", b"1\n2\n"), ("b", b"")], &[("a", b""), ("b", b"1\n")]);
        assert_eq!(paths(&changes), [("a", ChangeStatus::Modified), ("b", ChangeStatus::Modified)]);
        assert_eq!(file(&changes, "a").hunks, [Hunk { old: lines(1, 2), new: None, old_after: 0, new_after: 0 }]);
        assert_eq!(texts(&changes, "a"), (Some("1\n2\n"), Some("")));
    }

    #[test]
    fn a_last_line_without_newline_differs() {
        let changes = change(&[("a", b"1\n2")], &[("a", b"1\n2\n")]);
        assert_eq!(
            file(&changes, "a").hunks,
            [Hunk { old: lines(2, 2), new: lines(2, 2), old_after: 1, new_after: 1 }]
        );
    }

    const LONG: &str = "first line of the file\nsecond line of the file\nthird line\nfourth line of it\nfifth\n";

    #[test]
    fn moved_files_are_followed() {
        let edited = LONG.replace("third", "3rd");
        let changes = change(
            &[("src/a.ts", LONG.as_bytes()), ("src/b.ts", b"other\nwords\nhere\nare\n")],
            &[("lib/a.ts", edited.as_bytes()), ("lib/c.ts", b"other\nwords\nhere\nare\n")],
        );
        assert_eq!(paths(&changes), [("lib/a.ts", ChangeStatus::Renamed), ("lib/c.ts", ChangeStatus::Renamed)]);
        let a = file(&changes, "lib/a.ts");
        assert_eq!(a.old_path.as_ref().unwrap().as_str(), "src/a.ts");
        assert_eq!(a.hunks, [Hunk { old: lines(3, 3), new: lines(3, 3), old_after: 2, new_after: 2 }]);
        assert_eq!(texts(&changes, "lib/a.ts"), (Some(LONG), Some(edited.as_str())));
        assert_eq!(file(&changes, "lib/c.ts").hunks, [], "a pure move has no changed lines");
        assert_eq!(texts(&changes, "lib/c.ts").0, texts(&changes, "lib/c.ts").1);
    }

    #[test]
    fn a_move_with_another_name_and_extension_is_followed() {
        let changes =
            change(&[("util.js", LONG.as_bytes())], &[("helper.ts", format!("// @ts-check\n{LONG}").as_bytes())]);
        assert_eq!(paths(&changes), [("helper.ts", ChangeStatus::Renamed)]);
    }

    #[test]
    fn unlike_files_are_not_a_move() {
        let changes = change(&[("a.js", b"one\ntwo\nthree\n")], &[("b.js", b"four\nfive\nsix\n")]);
        assert_eq!(paths(&changes), [("a.js", ChangeStatus::Deleted), ("b.js", ChangeStatus::Added)]);
    }

    #[test]
    fn a_copy_is_new_code_that_knows_its_origin() {
        let edited = LONG.replace("fifth", "5th");
        let changes = change(
            &[("a.ts", LONG.as_bytes())],
            &[
                ("a.ts", edited.as_bytes()),
                ("exact.ts", LONG.as_bytes()),
                ("near.ts", LONG.replace("third", "3").as_bytes()),
            ],
        );
        assert_eq!(
            paths(&changes),
            [("a.ts", ChangeStatus::Modified), ("exact.ts", ChangeStatus::Copied), ("near.ts", ChangeStatus::Copied)]
        );
        for path in ["exact.ts", "near.ts"] {
            let copy = file(&changes, path);
            assert_eq!(copy.old_path.as_ref().unwrap().as_str(), "a.ts");
            assert_eq!(copy.hunks, [Hunk { old: None, new: lines(1, 5), old_after: 0, new_after: 0 }]);
            assert_eq!(texts(&changes, path).0, None);
        }
    }

    #[test]
    fn past_the_rename_limit_files_are_added_and_deleted() {
        let repository = TestRepository::new();
        let text = |n: usize| format!("{LONG}{}", format!("line {n}\n").repeat(3));
        for n in 0..6 {
            repository.write(format!("old/{n}.ts"), text(n));
        }
        repository.commit("old");
        for n in 0..6 {
            repository.remove(format!("old/{n}.ts")).write(format!("new/x{n}.ts"), format!("{}more\n", text(n)));
        }
        repository.commit("new");
        let statuses = |rename_limit| {
            let limits = DiffLimits { rename_limit, ..DiffLimits::default() };
            let changes = repository.open().change_set(&revisions("HEAD^.."), &limits).unwrap();
            let moved = changes.files.iter().filter(|file| file.status == ChangeStatus::Renamed).count();
            (moved, changes.files.len(), changes.notices.len())
        };
        assert_eq!(statuses(6), (6, 6, 0));
        assert_eq!(statuses(5), (0, 12, 1));
    }

    #[test]
    fn a_mode_change_has_no_lines() {
        use std::os::unix::fs::PermissionsExt;
        let repository = TestRepository::new();
        repository.write("run.sh", "echo\n").write("both.sh", "echo\n").commit("old");
        for name in ["run.sh", "both.sh"] {
            std::fs::set_permissions(repository.file(name), std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        repository.write("both.sh", "echo 2\n").commit("new");
        let changes = repository.diff("HEAD^..");
        assert_eq!(paths(&changes), [("both.sh", ChangeStatus::Modified), ("run.sh", ChangeStatus::ModeChanged)]);
        assert_eq!(file(&changes, "run.sh").hunks, []);
        assert_eq!(texts(&changes, "run.sh"), (Some("echo\n"), Some("echo\n")));
    }

    #[test]
    fn links_and_submodules_are_named_not_read() {
        let repository = TestRepository::new();
        let root = repository.write("file", "text\n").write("turned", "code\n").commit("old");
        std::os::unix::fs::symlink("/etc/passwd", repository.file("link")).unwrap();
        repository.remove("turned");
        std::os::unix::fs::symlink("file", repository.file("turned")).unwrap();
        repository.stage();
        let mut index = repository.raw.index().unwrap();
        let mut entry = index.get_path(Path::new("file"), 0).unwrap();
        (entry.path, entry.mode, entry.id) = (b"vendor/sub".to_vec(), 0o160_000, root);
        index.add(&entry).unwrap();
        let tree = index.write_tree().unwrap();
        repository.commit_tree("new", tree, &[root], Some("HEAD"));
        let changes = repository.diff("HEAD^..HEAD");
        assert!(matches!(file(&changes, "link").content, Content::Symlink));
        assert!(matches!(file(&changes, "vendor/sub").content, Content::Submodule));
        assert_eq!(file(&changes, "turned").status, ChangeStatus::ModeChanged);
        assert!(matches!(file(&changes, "turned").content, Content::Symlink));
        assert_eq!(changes.notices[0].path.as_ref().unwrap().as_str(), "turned");
    }

    #[test]
    fn what_is_not_text_is_named() {
        let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
        let utf16 = b"\xFF\xFEh\0i\0\n\0";
        let late_nul = [vec![b'x'; 9_000], vec![0]].concat();
        let changes = change(
            &[("was.bin", b"a\0b")],
            &[
                ("was.bin", b"text now\n"),
                ("lfs.psd", pointer),
                ("wide.txt", utf16),
                ("wide-be.txt", b"\xFE\xFF\0h"),
                ("late", &late_nul),
            ],
        );
        assert!(matches!(file(&changes, "was.bin").content, Content::Binary));
        assert!(matches!(file(&changes, "lfs.psd").content, Content::LfsPointer));
        assert!(matches!(file(&changes, "wide.txt").content, Content::Binary));
        assert!(matches!(file(&changes, "wide-be.txt").content, Content::Binary));
        assert!(matches!(file(&changes, "late").content, Content::Text { .. }), "as git, only the start is looked at");
        assert!(changes.files.iter().all(|file| file.hunks.is_empty() || file.path.as_str() == "late"));
    }

    #[test]
    fn attributes_cannot_hide_text() {
        let changes =
            change(&[], &[(".gitattributes", b"*.ts binary -diff linguist-generated\n"), ("a.ts", b"pay()\n")]);
        assert_eq!(texts(&changes, "a.ts"), (None, Some("pay()\n")));
    }

    #[test]
    fn encodings_and_line_ends_are_kept_readable() {
        let changes = change(
            &[("bom", b"\xEF\xBB\xBFsame\n"), ("latin", b"caf\xE9\nok\n"), ("crlf", b"a\r\nb\r\n")],
            &[("bom", b"same\n"), ("latin", b"caf\xE8\nok\n"), ("crlf", b"a\r\nc\r\n")],
        );
        assert_eq!(texts(&changes, "bom"), (Some("same\n"), Some("same\n")));
        assert_eq!(file(&changes, "bom").hunks, []);
        assert_eq!(texts(&changes, "latin"), (Some("caf\u{FFFD}\nok\n"), Some("caf\u{FFFD}\nok\n")));
        assert_eq!(file(&changes, "latin").hunks.len(), 1, "the bytes differ, even if the text does not");
        assert_eq!(texts(&changes, "crlf"), (Some("a\r\nb\r\n"), Some("a\r\nc\r\n")));
        assert_eq!(
            file(&changes, "crlf").hunks,
            [Hunk { old: lines(2, 2), new: lines(2, 2), old_after: 1, new_after: 1 }]
        );
    }

    #[test]
    fn a_file_over_the_limit_is_not_read() {
        let changes =
            change(&[("shrunk", &vec![b'x'; 5 << 20])], &[("shrunk", b"x\n"), ("big", &vec![b'\n'; (1 << 20) + 1])]);
        assert!(matches!(file(&changes, "shrunk").content, Content::TooLarge { bytes: 5_242_880 }));
        assert!(matches!(file(&changes, "big").content, Content::TooLarge { bytes: 1_048_577 }));
        assert!(changes.files.iter().all(|file| file.hunks.is_empty()));
    }

    #[test]
    fn all_texts_together_have_a_budget() {
        let repository = TestRepository::new();
        repository.write("z", "").commit("old");
        repository.write("a", "x".repeat(700)).write("b", "x".repeat(300)).write("z", "x".repeat(200)).commit("new");
        let limits = DiffLimits { max_total_bytes: 1_000, ..DiffLimits::default() };
        let changes = repository.open().change_set(&revisions("HEAD^..HEAD"), &limits).unwrap();
        assert!(matches!(file(&changes, "a").content, Content::TooLarge { bytes: 700 }), "the largest is left out");
        assert!(matches!(file(&changes, "b").content, Content::Text { .. }));
        assert!(matches!(file(&changes, "z").content, Content::Text { .. }));
        assert!(changes.notices[0].reason.contains("1 file left out"), "{:?}", changes.notices);
    }

    #[test]
    fn too_many_files_are_cut_with_a_notice() {
        let repository = TestRepository::new();
        repository.write("d/1", "1").write("d/2", "2").write("d/3", "3").commit("root");
        let limits = DiffLimits { max_files: 2, ..DiffLimits::default() };
        let changes = repository.open().change_set(&revisions("HEAD^!"), &limits).unwrap();
        assert_eq!((changes.files.len(), changes.notices.len()), (2, 1));
    }
}

mod uncommitted {
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
        assert_eq!(
            file(&changes, "a").hunks,
            [Hunk { old: lines(1, 1), new: lines(1, 1), old_after: 0, new_after: 0 }]
        );
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
        repository
            .write(".gitattributes", "*.txt text\n")
            .write("a.txt", "1\n2\n")
            .write("b.raw", "1\n2\n")
            .commit("old");
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
}

mod places {
    use super::*;

    #[test]
    fn a_subdirectory_a_linked_work_tree_and_a_bare_repository_open() {
        let repository = TestRepository::new();
        repository.write("dir/sub/a", "1\n").commit("old");
        repository.write("dir/sub/a", "2\n").commit("new");
        let inside = Repository::open(&repository.file("dir/sub")).unwrap();
        assert_eq!(inside.workdir().unwrap().canonicalize().unwrap(), repository.path().canonicalize().unwrap());

        let elsewhere = tempfile::tempdir().unwrap();
        let linked = elsewhere.path().join("linked");
        repository.raw.worktree("linked", &linked, None).unwrap();
        let opened = Repository::open(&linked).unwrap();
        std::fs::write(linked.join("dir/sub/a"), "3\n").unwrap();
        assert_eq!(opened.change_set(&RangeSpec::Worktree, &DiffLimits::default()).unwrap().files.len(), 1);
        assert_eq!(opened.change_set(&revisions("HEAD^.."), &DiffLimits::default()).unwrap().files.len(), 1);

        let bare = elsewhere.path().join("bare.git");
        git2::build::RepoBuilder::new().bare(true).clone(repository.path().to_str().unwrap(), &bare).unwrap();
        let opened = Repository::open(&bare).unwrap();
        assert_eq!(opened.workdir(), None);
        assert_eq!(opened.change_set(&revisions("HEAD^.."), &DiffLimits::default()).unwrap().files.len(), 1);
        let error = opened.change_set(&RangeSpec::Staged, &DiffLimits::default()).unwrap_err();
        assert_eq!(error.to_string(), "a bare repository has no index");
    }

    #[test]
    fn a_place_without_repository_is_an_error_with_a_hint() {
        let dir = tempfile::tempdir().unwrap();
        for path in [dir.path().to_path_buf(), dir.path().join("missing")] {
            let error = Repository::open(&path).err().unwrap();
            assert!(matches!(error, GitError::NotARepository { .. }), "{error:?}");
            assert!(error.hint().unwrap().contains("--repo DIR"));
        }
    }

    #[test]
    fn files_and_trees_of_a_commit_are_read() {
        let repository = TestRepository::new();
        let old = repository.write("preflag.yaml", "a: 1\n").write("z/b.ts", "b\n").write("z.ts", "b\n").commit("old");
        repository.remove("preflag.yaml");
        std::os::unix::fs::symlink("z.ts", repository.file("preflag.yaml")).unwrap();
        let new = repository.commit("new");
        let opened = repository.open();
        let (old, new) = (CommitId(old.to_string()), CommitId(new.to_string()));
        assert_eq!(opened.read_file(&old, "preflag.yaml").unwrap().unwrap(), b"a: 1\n");
        assert_eq!(opened.read_file(&old, "no/such").unwrap(), None);
        assert_eq!(opened.read_file(&old, "z").unwrap(), None, "a directory");
        assert_eq!(opened.read_file(&new, "preflag.yaml").unwrap(), None, "a link");
        let files = opened.tree_files(&old).unwrap();
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["preflag.yaml", "z.ts", "z/b.ts"]);
        assert_eq!(files[1].blob, files[2].blob);
        assert_eq!(opened.read_blob(&files[1].blob).unwrap(), b"b\n");
        assert!(matches!(opened.read_blob(&"1".repeat(40)), Err(GitError::MissingObject { partial: false, .. })));
        assert_eq!(opened.tree_files(&CommitId(EMPTY_TREE.to_owned())).unwrap(), []);
    }

    /// What the child process of [`the_environment_of_hooks_is_respected`] does.
    #[test]
    #[ignore = "started by another test, with GIT_DIR set"]
    fn child_with_git_dir() {
        let changes = Repository::open(Path::new(".")).unwrap().change_set(&RangeSpec::Staged, &DiffLimits::default());
        println!("staged: {:?}", paths(&changes.unwrap()));
        let named = std::env::var_os("PREFLAG_TEST_OTHER").unwrap();
        println!("other: {:?}", Repository::open(Path::new(&named)).unwrap().workdir().unwrap());
    }

    #[test]
    fn the_environment_of_hooks_is_respected() {
        let repository = TestRepository::new();
        repository.write("a", "1\n").commit("old");
        let other = TestRepository::new();
        let plain_index = repository.file(".git/index");
        let other_index = repository.file(".git/next-index.lock");
        std::fs::copy(&plain_index, &other_index).unwrap();
        repository.write("b", "1\n").stage();
        std::fs::rename(&plain_index, &other_index).unwrap();
        let run = |name: &str, value: &Path, dir: &Path| {
            let output = std::process::Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "git::tests::places::child_with_git_dir", "--ignored", "--nocapture"])
                .current_dir(dir)
                .env("PREFLAG_TEST_OTHER", other.path())
                .env(name, value)
                .output()
                .unwrap();
            String::from_utf8_lossy(&output.stdout).into_owned()
        };
        let out = run("GIT_INDEX_FILE", &other_index, repository.path());
        assert!(out.contains("staged: [(\"b\", Added)]"), "{out}");
        std::fs::rename(&other_index, &plain_index).unwrap();
        let out = run("GIT_DIR", &repository.file(".git"), other.path());
        assert!(out.contains("staged: [(\"b\", Added)]"), "{out}");
        assert!(out.contains(&format!("{:?}", other.open().workdir().unwrap())), "a named directory goes first: {out}");
    }
}

mod clones {
    use super::*;

    /// A repository with three commits on main, and a directory for clones of it.
    fn origin() -> (TestRepository, tempfile::TempDir) {
        let repository = TestRepository::new();
        for n in 1..=3 {
            repository
                .write("a.txt", format!("{n}\n"))
                .write(format!("{n}.txt"), format!("file {n}\n"))
                .commit("change");
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
}

mod hostile {
    use super::*;

    #[test]
    fn any_bytes_can_be_a_path() {
        use std::os::unix::ffi::OsStrExt;
        let repository = TestRepository::new();
        repository.write("a", "1\n").commit("old");
        let names: [&[u8]; 5] =
            [b"new\nline.ts", b"esc\x1b[31m.ts", b"quote\"'`$(x).ts", b"latin\xE9.ts", b"latin\xE8.ts"];
        for name in names {
            repository.write(Path::new(std::ffi::OsStr::from_bytes(name)), "pay()\n");
        }
        let expected = ["esc\u{1b}[31m.ts", "latin\u{FFFD}.ts", "latin\u{FFFD}.ts", "new\nline.ts", "quote\"'`$(x).ts"];
        let found = |changes: &ChangeSet| {
            assert!(changes.files.iter().all(|file| matches!(&file.content, Content::Text { new: Some(_), .. })));
            changes.files.iter().map(|file| file.path.as_str().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found(&repository.change_set(&RangeSpec::Worktree).unwrap()), expected);
        repository.stage();
        assert_eq!(found(&repository.change_set(&RangeSpec::Staged).unwrap()), expected);
        repository.commit("new");
        assert_eq!(found(&repository.diff("HEAD^..HEAD")), expected);
    }

    /// A tree object as its bytes say, without git's checks.
    fn raw_tree(repository: &TestRepository, entries: &[(&str, &[u8], git2::Oid)]) -> git2::Oid {
        let mut bytes = Vec::new();
        for (mode, name, id) in entries {
            bytes.extend([mode.as_bytes(), b" ", name, b"\0", id.as_bytes()].concat());
        }
        repository.raw.odb().unwrap().write(git2::ObjectType::Tree, &bytes).unwrap()
    }

    #[test]
    fn odd_modes_and_names_in_trees_are_harmless() {
        let repository = TestRepository::new();
        let root = repository.write("a", "1\n").commit("old");
        let blob = repository.raw.blob(b"x\n").unwrap();
        let entries: [(&str, &[u8], git2::Oid); 6] = [
            ("100600", b"a", blob),
            ("177777", b"b", blob),
            ("0", b"c", blob),
            ("100644", b"../../escape", blob),
            ("100644", b"dup", blob),
            ("100755", b"dup", blob),
        ];
        let tree = raw_tree(&repository, &entries);
        repository.commit_tree("odd", tree, &[root], Some("HEAD"));
        let changes = repository.diff("HEAD^..HEAD");
        assert_eq!(changes.files.len(), 6);
        assert_eq!(file(&changes, "a").status, ChangeStatus::Modified);
        for spec in [RangeSpec::Staged, RangeSpec::Worktree] {
            let notices = repository.change_set(&spec).unwrap().notices;
            assert_eq!(notices[0].path.as_ref().unwrap().as_str(), "../../escape");
        }
        assert!(repository.open().tree_files(&changes.head.unwrap()).is_ok());
    }

    #[test]
    fn a_tree_that_unfolds_without_end_is_cut() {
        let repository = TestRepository::new();
        let root = repository.write("a", "1\n").commit("old");
        let mut id = repository.raw.blob(b"x\n").unwrap();
        let names: Vec<Vec<u8>> = (0..10).map(|n| format!("d{n}").into_bytes()).collect();
        for level in 0..12 {
            let mode = if level == 0 { "100644" } else { "40000" };
            let entries: Vec<_> = names.iter().map(|name| (mode, name.as_slice(), id)).collect();
            id = raw_tree(&repository, &entries);
        }
        repository.commit_tree("bomb", id, &[root], Some("HEAD"));
        let limits = DiffLimits { max_files: 1_000, ..DiffLimits::default() };
        let changes = repository.open().change_set(&revisions("HEAD^.."), &limits).unwrap();
        assert_eq!(changes.files.len(), 1_000);
        assert!(changes.notices.iter().any(|notice| notice.reason.contains("too large")), "{:?}", changes.notices);
    }

    #[test]
    fn a_tree_deeper_than_any_stack_is_cut() {
        let repository = TestRepository::new();
        let root = repository.write("a", "1\n").commit("old");
        repository.packed(|| {
            let mut id = repository.raw.blob(b"x\n").unwrap();
            for level in 0..5_000 {
                id = raw_tree(&repository, &[(if level == 0 { "100644" } else { "40000" }, b"d", id)]);
            }
            repository.commit_tree("deep", id, &[root], Some("HEAD"));
        });
        let changes = repository.diff("HEAD^..HEAD");
        assert_eq!(paths(&changes), [("a", ChangeStatus::Deleted)]);
        assert_eq!(changes.notices.len(), 1);
    }

    // What these two guard against takes minutes or gigabytes; no clock is needed to notice it.

    #[test]
    fn lines_of_a_megabyte_and_many_equal_lines_are_compared() {
        let repository = TestRepository::new();
        let noise = |mut state: u64| -> Vec<u8> {
            let mut next = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                b"ab\n\n"[(state >> 62) as usize]
            };
            (0..200_000).map(|_| next()).collect()
        };
        repository.write("long", "x".repeat(1_000_000)).write("many", noise(1)).commit("old");
        repository.write("long", "y".repeat(1_000_000)).write("many", noise(2)).commit("new");
        let changes = repository.diff("HEAD^..HEAD");
        assert_eq!(
            file(&changes, "long").hunks,
            [Hunk { old: lines(1, 1), new: lines(1, 1), old_after: 0, new_after: 0 }]
        );
        assert!(file(&changes, "many").hunks.len() > 1_000);
        let limits = DiffLimits { max_diff_lines: 1_000, ..DiffLimits::default() };
        let changes = repository.open().change_set(&revisions("HEAD^.."), &limits).unwrap();
        assert_eq!((file(&changes, "many").hunks.len(), changes.notices.len()), (1, 1));
    }

    #[test]
    fn thousands_of_files_are_compared() {
        let repository = TestRepository::new();
        let text = |n: usize, v: usize| {
            format!("export const value{n} = {v};\n// a line that all of these files have in common\n")
        };
        let tree = |path: &dyn Fn(usize) -> String, version: usize| {
            let mut index = git2::Index::new().unwrap();
            for n in 0..5_000 {
                let entry = git2::IndexEntry {
                    ctime: git2::IndexTime::new(0, 0),
                    mtime: git2::IndexTime::new(0, 0),
                    dev: 0,
                    ino: 0,
                    mode: 0o100_644,
                    uid: 0,
                    gid: 0,
                    file_size: 0,
                    id: repository.raw.blob(text(n, version).as_bytes()).unwrap(),
                    flags: 0,
                    flags_extended: 0,
                    path: path(n).into_bytes(),
                };
                index.add(&entry).unwrap();
            }
            index.write_tree_to(&repository.raw).unwrap()
        };
        let before = |n: usize| format!("src/{}/{n}.ts", n % 50);
        let after = |n: usize| if n % 3 == 0 { format!("lib/{n}.ts") } else { before(n) };
        repository.packed(|| {
            let old = repository.commit_tree("old", tree(&before, 1), &[], Some("HEAD"));
            repository.commit_tree("new", tree(&after, 2), &[old], Some("HEAD"));
        });
        let changes = repository.diff("HEAD^..HEAD");
        let moved = changes.files.iter().filter(|file| file.status == ChangeStatus::Renamed).count();
        assert_eq!((changes.files.len(), moved), (5_000, 1_667));
        assert!(changes.files.iter().all(|file| file.hunks.len() == 1));
        assert!(changes.files.is_sorted_by(|a, b| a.path <= b.path));
    }
}

/// Not tests but measurements, on a repository of one's own: `PREFLAG_TEST_REPO=DIR cargo test -- --ignored measure`.
mod measure {
    use super::*;
    use std::time::{Duration, Instant};

    fn given() -> std::path::PathBuf {
        std::env::var_os("PREFLAG_TEST_REPO").expect("PREFLAG_TEST_REPO names a repository").into()
    }

    fn newest_commits(dir: &Path, n: usize) -> Vec<String> {
        let listed = git(dir, &["rev-list", "--no-merges", &format!("--max-count={n}"), "HEAD"]);
        listed.expect("git rev-list works").lines().map(str::to_owned).collect()
    }

    #[test]
    #[ignore = "needs a repository"]
    fn time_against_git_diff() {
        let dir = given();
        let (mut ours, mut theirs) = (Duration::ZERO, Duration::ZERO);
        let commits = newest_commits(&dir, 200);
        let time = |total: &mut Duration, work: &dyn Fn()| {
            let start = Instant::now();
            work();
            *total += start.elapsed();
        };
        for commit in &commits {
            let range = format!("{commit}^..{commit}");
            time(&mut theirs, &|| drop(git(&dir, &["diff", &range])));
            time(&mut ours, &|| {
                let repository = Repository::open(&dir).unwrap();
                repository.change_set(&revisions(&range), &DiffLimits::default()).unwrap();
            });
        }
        eprintln!("{} commits: git diff {theirs:?} as processes, change_set {ours:?}", commits.len());
    }

    #[test]
    #[ignore = "needs a repository"]
    fn change_sets_alone() {
        let dir = given();
        for commit in newest_commits(&dir, 1_000) {
            let repository = Repository::open(&dir).unwrap();
            repository.change_set(&revisions(&format!("{commit}^!")), &DiffLimits::default()).unwrap();
        }
    }

    #[test]
    #[ignore = "needs a repository"]
    fn hunks_equal_those_of_git_diff() {
        let dir = given();
        let repository = Repository::open(&dir).unwrap();
        let (mut files, mut unequal) = (0, 0);
        for commit in newest_commits(&dir, 200) {
            let changes = repository.change_set(&revisions(&format!("{commit}^!")), &DiffLimits::default()).unwrap();
            let modified = changes
                .files
                .iter()
                .filter(|file| file.status == ChangeStatus::Modified && matches!(file.content, Content::Text { .. }));
            for file in modified {
                let range = format!("{commit}^..{commit}");
                let Some(patch) =
                    git(&dir, &["diff", "-U0", "--inter-hunk-context=0", &range, "--", file.path.as_str()])
                else {
                    continue;
                };
                let theirs: Vec<&str> =
                    patch.lines().filter(|l| l.starts_with("@@")).map(|l| l.split(" @@").next().unwrap()).collect();
                let side = |after: u32, range: Option<LineRange>| match range {
                    None => format!("{after},0"),
                    Some(LineRange { start, end }) if start == end => start.to_string(),
                    Some(LineRange { start, end }) => format!("{start},{}", end - start + 1),
                };
                let mine: Vec<String> = file
                    .hunks
                    .iter()
                    .map(|h| format!("@@ -{} +{}", side(h.old_after, h.old), side(h.new_after, h.new)))
                    .collect();
                files += 1;
                if theirs != mine {
                    unequal += 1;
                    eprintln!("{commit} {}: git {theirs:?} ours {mine:?}", file.path);
                }
            }
        }
        eprintln!("{unequal} of {files} files differ");
    }
}

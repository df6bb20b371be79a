//! What a changed file can be, between two commits.

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
    let changes =
        change(&[("gone", b"a\nb"), ("hollow", b"")], &[("empty", b""), ("fresh", b"x\ny\nz\n"), ("now/empty", b"")]);
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
    assert_eq!(file(&changes, "a").hunks, [Hunk { old: lines(2, 2), new: lines(2, 2), old_after: 1, new_after: 1 }]);
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
    let changes = change(&[("util.js", LONG.as_bytes())], &[("helper.ts", format!("// @ts-check\n{LONG}").as_bytes())]);
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
    let changes = change(&[], &[(".gitattributes", b"*.ts binary -diff linguist-generated\n"), ("a.ts", b"pay()\n")]);
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
    assert_eq!(file(&changes, "crlf").hunks, [Hunk { old: lines(2, 2), new: lines(2, 2), old_after: 1, new_after: 1 }]);
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

#[test]
fn equal_files_are_paired_by_name_and_never_twice() {
    let same: &[u8] = b"export {};\n";
    let changes = change(
        &[("a/x.ts", same), ("a/y.ts", same), ("a/z.ts", same)],
        &[("b/q.ts", same), ("b/y.ts", same), ("b/x.ts", same), ("b/z2.ts", same)],
    );
    let origins: Vec<(&str, ChangeStatus, &str)> = changes
        .files
        .iter()
        .map(|file| (file.path.as_str(), file.status, file.old_path.as_ref().unwrap().as_str()))
        .collect();
    assert_eq!(
        origins,
        [
            ("b/q.ts", ChangeStatus::Renamed, "a/z.ts"),
            ("b/x.ts", ChangeStatus::Renamed, "a/x.ts"),
            ("b/y.ts", ChangeStatus::Renamed, "a/y.ts"),
            ("b/z2.ts", ChangeStatus::Copied, "a/x.ts"),
        ]
    );
}

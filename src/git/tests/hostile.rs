//! Input that someone made to break the program.

use super::*;

#[test]
fn any_bytes_can_be_a_path() {
    use std::os::unix::ffi::OsStrExt;
    let repository = TestRepository::new();
    repository.write("a", "1\n").commit("old");
    let names: [&[u8]; 5] = [b"new\nline.ts", b"esc\x1b[31m.ts", b"quote\"'`$(x).ts", b"latin\xE9.ts", b"latin\xE8.ts"];
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
    assert!(repository.open().folder_files(&changes.head.unwrap(), "a").is_ok());
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
    assert_eq!(file(&changes, "long").hunks, [Hunk { old: lines(1, 1), new: lines(1, 1), old_after: 0, new_after: 0 }]);
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
    let after = |n: usize| if n.is_multiple_of(3) { format!("lib/{n}.ts") } else { before(n) };
    repository.packed(|| {
        let old = repository.commit_tree("old", tree(&before, 1), &[], Some("HEAD"));
        repository.commit_tree("new", tree(&after, 2), &[old], Some("HEAD"));
    });
    let changes = repository.diff("HEAD^..HEAD");
    let moved = changes.files.iter().filter(|file| file.status == ChangeStatus::Renamed).count();
    assert_eq!((changes.files.len(), moved), (5_000, 1_667));
    assert!(changes.files.iter().all(|file| file.hunks.len() == 1));
    assert!(changes.files.is_sorted_by(|a, b| a.path <= b.path));
    assert_eq!(format!("{changes:?}"), format!("{:?}", repository.diff("HEAD^..HEAD")), "the same again");
}

//! Where repositories are, and what else is read from them.

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
fn files_and_folders_of_a_commit_are_read() {
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
    assert_eq!(opened.read_file(&CommitId(EMPTY_TREE.to_owned()), "z.ts").unwrap(), None);
    assert_eq!(opened.folder_files(&old, "z").unwrap(), ["z/b.ts"], "only what stands directly in it");
    assert_eq!(opened.folder_files(&old, "z.ts").unwrap(), [""; 0], "a file");
    assert_eq!(opened.folder_files(&CommitId(EMPTY_TREE.to_owned()), "z").unwrap(), [""; 0]);
    let missing = CommitId("1".repeat(40));
    assert!(matches!(opened.read_file(&missing, "z.ts"), Err(GitError::MissingObject { partial: false, .. })));
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

//! The cache: what it saves, and everything that can be wrong with it.

use super::{index, paths};
use crate::cache::Cache;
use crate::git::Repository;
use crate::git::testing::{TestRepository, git};
use crate::index::{Index, codec};
use crate::terms::Side;
use std::fs;
use std::path::PathBuf;

/// A repository of so many files, each with a word of its own and one that every tenth has.
fn repository(files: usize) -> TestRepository {
    let repository = TestRepository::new();
    write(&repository, 0..files);
    repository.commit("all");
    repository
}

fn write(repository: &TestRepository, files: std::ops::Range<usize>) {
    for n in files {
        let common = if n.is_multiple_of(10) { "pay" } else { "other" };
        repository.write(format!("d{}/e/f{n}.ts", n % 20), format!("{common}(word{n})\n"));
    }
}

/// The head, whole.
fn head(repository: &TestRepository) -> Index {
    index(repository, "HEAD..HEAD")
}

fn mentioning(index: &Index, word: &str) -> String {
    paths(&index.tree(Side::New).mentioning(&[word])).join(" ")
}

fn cache_file(repository: &TestRepository, name: &str) -> PathBuf {
    repository.path().join(".git/preflag").join(name)
}

/// Takes a content out of the repository: only who knows it already can say what is in it.
fn lose(repository: &TestRepository, text: &str) {
    let id = git2_id(repository, text);
    let object = repository.path().join(".git/objects").join(&id[..2]).join(&id[2..]);
    fs::remove_file(object).unwrap();
}

fn git2_id(repository: &TestRepository, text: &str) -> String {
    repository.object("blob", text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn what_was_read_once_is_known() {
    let repository = repository(100);
    assert_eq!(mentioning(&head(&repository), "word7"), "d7/e/f7.ts");
    lose(&repository, "other(word7)\n");
    let warm = head(&repository);
    assert_eq!(mentioning(&warm, "word7"), "d7/e/f7.ts");
    assert!(warm.tree(Side::New).unread().is_empty() && warm.notices().is_empty());
    let without = head(&repository).without_cache();
    assert_eq!(mentioning(&without, "word7"), "");
    assert_eq!(paths(&without.tree(Side::New).unread()), ["d7/e/f7.ts"]);
    assert_eq!(without.notices().len(), 1);
}

#[test]
fn what_could_not_be_read_is_tried_again() {
    let repository = repository(100);
    lose(&repository, "other(word7)\n");
    assert_eq!(mentioning(&head(&repository), "word7"), "");
    repository.object("blob", b"other(word7)\n");
    assert_eq!(mentioning(&head(&repository), "word7"), "d7/e/f7.ts");
}

#[test]
fn small_repositories_and_small_steps_write_nothing() {
    let small = repository(5);
    mentioning(&head(&small), "pay");
    assert!(!small.path().join(".git/preflag").exists());

    let repository = repository(100);
    mentioning(&head(&repository), "pay");
    let before = ["files", "words"].map(|name| fs::read(cache_file(&repository, name)).unwrap());
    repository.write("d1/e/f1.ts", "pay(word1)\n").commit("one more");
    assert_eq!(mentioning(&head(&repository), "word1"), "d1/e/f1.ts");
    assert_eq!(before, ["files", "words"].map(|name| fs::read(cache_file(&repository, name)).unwrap()));
    assert_eq!(mentioning(&head(&repository), "pay").split(' ').count(), 11);
}

#[test]
fn other_branches_stay_known_until_there_are_too_many() {
    let repository = repository(100);
    let texts = || codec::kept_words(&Cache::of(&repository.open())).unwrap().texts.len();
    let step = |files: std::ops::Range<usize>| {
        for n in 0..1_000 {
            let path = format!("d{}/e/f{n}.ts", n % 20);
            if repository.file(&path).exists() {
                repository.remove(&path);
            }
        }
        write(&repository, files.clone());
        repository.commit("next");
        let index = head(&repository);
        assert_eq!(mentioning(&index, &format!("word{}", files.start)).split(' ').count(), 1);
        texts()
    };
    mentioning(&head(&repository), "pay");
    assert_eq!(texts(), 100);
    assert_eq!(step(40..140), 140, "forty of the old ones are few enough");
    assert_eq!(step(300..400), 150, "and fifty are the most");
}

#[test]
fn damage_is_as_good_as_no_cache() {
    let repository = repository(60);
    let expected = mentioning(&head(&repository), "pay");
    assert_eq!(expected.split(' ').count(), 6);
    let mut random = 7u64;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % below
    };
    for name in ["files", "words"] {
        let file = cache_file(&repository, name);
        let whole = fs::read(&file).unwrap();
        for round in 0..60 {
            let mut bytes = whole.clone();
            match round % 4 {
                // The header more often than chance would.
                0 => bytes[next(32)] ^= 1 << next(8),
                1 => bytes[next(whole.len())] ^= 1 << next(8),
                2 => bytes.truncate(next(whole.len())),
                _ => bytes.extend(std::iter::repeat_n(0, 1 + next(40))),
            }
            fs::write(&file, &bytes).unwrap();
            let cache = Cache::of(&repository.open());
            assert!(
                if name == "files" { codec::kept_files(&cache).is_none() } else { codec::kept_words(&cache).is_none() },
                "round {round}"
            );
            assert_eq!(mentioning(&head(&repository), "pay"), expected, "{name}, round {round}");
        }
        mentioning(&head(&repository), "pay");
        assert_eq!(fs::read(&file).unwrap(), whole, "it is written anew, and the same");
    }
}

#[test]
fn odd_things_in_its_place_are_left_alone() {
    let repository = repository(60);
    let folder = repository.path().join(".git/preflag");
    let elsewhere = tempfile::tempdir().unwrap();
    let expected = mentioning(&head(&repository).without_cache(), "pay");
    assert!(!folder.exists());

    fs::write(&folder, "a file").unwrap();
    assert_eq!(mentioning(&head(&repository), "pay"), expected);
    assert_eq!(fs::read(&folder).unwrap(), b"a file");
    fs::remove_file(&folder).unwrap();

    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let cache = || Cache::of(&repository.open());
        symlink(elsewhere.path(), &folder).unwrap();
        fs::write(elsewhere.path().join("words"), "mine").unwrap();
        assert_eq!(mentioning(&head(&repository), "pay"), expected);
        cache().clear().unwrap();
        assert_eq!(cache().bytes().unwrap(), 0);
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1, "nothing is written or removed through a link");
        fs::remove_file(&folder).unwrap();

        // Files that are links or pipes are not read, and make way for files.
        mentioning(&head(&repository), "pay");
        let words = folder.join("words");
        fs::rename(&words, elsewhere.path().join("words")).unwrap();
        symlink(elsewhere.path().join("words"), &words).unwrap();
        assert!(codec::kept_words(&cache()).is_none());
        mentioning(&head(&repository), "pay");
        assert!(codec::kept_words(&cache()).is_some() && fs::symlink_metadata(&words).unwrap().is_file());
        fs::remove_file(&words).unwrap();
        if std::process::Command::new("mkfifo").arg(&words).status().is_ok_and(|status| status.success()) {
            assert_eq!(mentioning(&head(&repository), "pay"), expected);
        }
        fs::remove_file(&words).unwrap();
        fs::create_dir(&words).unwrap();
        assert_eq!(mentioning(&head(&repository), "pay"), expected);
        fs::remove_dir(&words).unwrap();
        // Where the tests may write anyway (root), this only shows that nothing else goes wrong.
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
        assert_eq!(mentioning(&head(&repository), "pay"), expected);
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o000)).unwrap();
        assert_eq!(mentioning(&head(&repository), "pay"), expected);
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
fn many_runs_at_once_never_see_half_of_a_file() {
    let repository = repository(200);
    let first = repository.raw.head().unwrap().target().unwrap().to_string();
    write(&repository, 200..400);
    let second = repository.commit("more").to_string();
    let (path, expected) = (repository.path().to_owned(), [20, 40]);
    std::thread::scope(|scope| {
        for thread in 0..8usize {
            let (path, heads) = (&path, [&first, &second]);
            scope.spawn(move || {
                for round in 0..12 {
                    let which = (thread + round) % 2;
                    let repository = Repository::open(path).unwrap();
                    let range = crate::git::RangeSpec::Revisions(format!("{0}..{0}", heads[which]));
                    let changes = repository.change_set(&range, &crate::git::DiffLimits::default()).unwrap();
                    let index = Index::open(&repository, &changes).unwrap();
                    assert_eq!(index.tree(Side::New).mentioning(&["pay"]).len(), expected[which]);
                    if round == 6 {
                        // Somebody clears it meanwhile.
                        Cache::of(&repository).clear().unwrap();
                    }
                }
            });
        }
    });
    let left = fs::read_dir(repository.path().join(".git/preflag"))
        .map_or(0, |entries| entries.filter(|entry| entry.as_ref().unwrap().path().extension().is_some()).count());
    assert_eq!(left, 0, "nothing unfinished is left behind");
}

#[test]
fn work_trees_share_it_and_bare_repositories_have_it() {
    let repository = repository(60);
    let linked = tempfile::tempdir().unwrap();
    let tree = linked.path().join("tree");
    if git(repository.path(), &["worktree", "add", "-q", tree.to_str().unwrap()]).is_none() {
        return;
    }
    let linked = Repository::open(&tree).unwrap();
    let plain = repository.open();
    assert_eq!(fs::canonicalize(linked.common_dir()).unwrap(), fs::canonicalize(plain.common_dir()).unwrap());
    let bare = tempfile::tempdir().unwrap();
    git(bare.path(), &["clone", "-q", "--bare", repository.path().to_str().unwrap(), "bare.git"]).unwrap();
    let bare = Repository::open(&bare.path().join("bare.git")).unwrap();
    let range = crate::git::RangeSpec::Revisions("HEAD..HEAD".into());
    let changes = bare.change_set(&range, &crate::git::DiffLimits::default()).unwrap();
    assert_eq!(Index::open(&bare, &changes).unwrap().tree(Side::New).mentioning(&["pay"]).len(), 6);
    assert!(bare.common_dir().join("preflag/words").is_file());
}

#[test]
fn clearing_removes_what_is_ours() {
    let repository = repository(60);
    let cache = Cache::of(&repository.open());
    assert_eq!(cache.bytes().unwrap(), 0);
    cache.clear().unwrap();
    mentioning(&head(&repository), "pay");
    assert!(cache.bytes().unwrap() > 60 * 40);
    fs::write(cache.folder().join("words.12.0.tmp"), "broken off").unwrap();
    fs::write(cache.folder().join("mine"), "kept").unwrap();
    cache.clear().unwrap();
    assert_eq!(cache.bytes().unwrap(), 0);
    assert_eq!(fs::read_dir(cache.folder()).unwrap().count(), 1);
    fs::remove_file(cache.folder().join("mine")).unwrap();
    cache.clear().unwrap();
    assert!(!cache.folder().exists());
}

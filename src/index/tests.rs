//! Both sides of changes in real repositories, and trees that git would not write.

mod cached;

use super::*;
use crate::git::testing::TestRepository;
use crate::git::{RangeSpec, objects};

/// The index of a range.
fn index(repository: &TestRepository, range: &str) -> Index {
    Index::open(&repository.open(), &repository.diff(range)).unwrap()
}

fn paths(files: &[RepoPath]) -> Vec<&str> {
    files.iter().map(RepoPath::as_str).collect()
}

#[test]
fn both_sides_are_whole() {
    let repository = TestRepository::new();
    let body = "export function total(order) {\n  return order.lines.length;\n}\n".repeat(4);
    repository
        .write("kept.ts", "pay(NEW_TAX)\n")
        .write("edited.ts", "pay(1)\n")
        .write("gone.ts", "pay(2)\n")
        .write("moved/from.ts", format!("pay(3)\n{body}"))
        .write("moved/over.ts", "pay(4)\n")
        .write("picture.png", b"pay\0")
        .commit("old");
    repository
        .write("edited.ts", "refund(1)\n")
        .write("new.ts", "\u{FEFF}pay(5)\n")
        .write("to.ts", format!("pay(3)\n{body}"))
        .remove("gone.ts")
        .remove("moved/from.ts")
        .write("moved/over.ts", b"now\0binary")
        .commit("new");
    let index = index(&repository, "HEAD^..HEAD");
    let (old, new) = (index.tree(Side::Old), index.tree(Side::New));

    let before = ["edited.ts", "gone.ts", "kept.ts", "moved/from.ts", "moved/over.ts", "picture.png"];
    let after = ["edited.ts", "kept.ts", "moved/over.ts", "new.ts", "picture.png", "to.ts"];
    assert_eq!(old.paths().collect::<Vec<_>>(), before);
    assert_eq!(new.paths().collect::<Vec<_>>(), after);
    assert!(before.iter().all(|path| old.contains(path)) && after.iter().all(|path| new.contains(path)));
    assert!(!old.contains("new.ts") && !new.contains("gone.ts") && !new.contains("moved/from.ts"));
    assert!(!old.contains("moved") && !old.contains("") && !old.contains("kept"));

    assert_eq!(old.text("edited.ts").as_deref(), Some("pay(1)\n"));
    assert_eq!(new.text("edited.ts").as_deref(), Some("refund(1)\n"));
    assert_eq!(new.text("new.ts").as_deref(), Some("pay(5)\n"), "without the byte order mark");
    assert_eq!(new.text("kept.ts"), old.text("kept.ts"));
    assert_eq!((new.text("picture.png"), new.text("moved/over.ts"), new.text("gone.ts")), (None, None, None));

    assert_eq!(paths(&old.mentioning(&["pay"])), ["edited.ts", "gone.ts", "kept.ts", "moved/from.ts", "moved/over.ts"]);
    assert_eq!(paths(&new.mentioning(&["pay"])), ["kept.ts", "new.ts", "to.ts"]);
    assert_eq!(paths(&new.mentioning(&["pay", "NEW_TAX"])), ["kept.ts"]);
    assert_eq!(paths(&new.mentioning(&["NEW"])), [""; 0]);
    assert_eq!(paths(&new.mentioning(&[])), ["edited.ts", "kept.ts", "new.ts", "to.ts"]);
    assert_eq!(paths(&new.containing("pay(NEW_TAX")), ["kept.ts"]);
    assert_eq!(paths(&new.containing("pay(NEW")), [""; 0]);
    assert_eq!(paths(&new.containing("\n")), ["edited.ts", "kept.ts", "new.ts", "to.ts"]);
    assert_eq!((paths(&old.unread()), paths(&new.unread())), (vec![], vec!["moved/over.ts"]));
    assert!(new.is_whole() && index.notices().is_empty());
}

#[test]
fn contents_that_were_looked_at_are_searched_as_if_they_were_not() {
    let repository = TestRepository::new();
    repository.write("a.ts", "one(two)\n").write("same.ts", "one(two)\n").write("b.py", "two(three)\n");
    repository.write("c.md", "one and three").write("d.ts", b"one\0").commit("old");
    repository.write("b.py", "three()\n").commit("new");
    let ask = |looks: &[&str]| {
        let index = index(&repository, "HEAD^..HEAD").without_cache();
        let tree = index.tree(Side::Old);
        for path in looks {
            let seen = tree.look_at(&[RepoPath::new(*path)], |_, text| text.map(str::len));
            assert_eq!(seen, [tree.text(path).map(|text| text.len())], "{path}");
        }
        let asked = ["one", "two", "three"]
            .map(|word| [Side::Old, Side::New].map(|side| paths(&index.tree(side).mentioning(&[word])).join(" ")));
        (asked, paths(&tree.unread()).join(" "))
    };
    let cold = ask(&[]);
    assert_eq!(cold.0[0][0], "a.ts c.md same.ts");
    for looks in [&["a.ts"][..], &["same.ts", "a.ts", "c.md"], &["a.ts", "b.py", "d.ts", "c.md"]] {
        assert_eq!(ask(looks), cold, "{looks:?}");
    }
}

#[test]
fn a_parsed_file_is_shared_where_both_sides_are_the_same() {
    let repository = TestRepository::new();
    repository.write("a.ts", "f()\n").write("b.ts", "g()\n").commit("old");
    repository.write("b.ts", "h()\n").commit("new");
    let index = index(&repository, "HEAD^..HEAD");
    let (old, new) = (index.tree(Side::Old), index.tree(Side::New));
    assert!(Arc::ptr_eq(&old.source("a.ts").unwrap(), &new.source("a.ts").unwrap()));
    assert_eq!(&*old.source("b.ts").unwrap().text, "g()\n");
    let text: Arc<str> = "h()\n".into();
    let adopted = Arc::new(SourceFile::analyse(RepoPath::new("b.ts"), text, &ParseLimits::default()));
    index.adopt(Side::New, Arc::clone(&adopted));
    assert!(Arc::ptr_eq(&adopted, &new.source("b.ts").unwrap()));
    assert!(new.source("c.ts").is_none());
}

#[test]
fn what_is_not_committed_lies_over_head() {
    let repository = TestRepository::new();
    repository.write("a.ts", "pay()\n").write("b.ts", "pay()\n").commit("old");
    repository.write("a.ts", "staged()\n").stage();
    repository.write("b.ts", "dirty()\n").write("c.ts", "untracked()\n");
    let index = |spec| Index::open(&repository.open(), &repository.change_set(&spec).unwrap()).unwrap();
    let (staged, worktree) = (index(RangeSpec::Staged), index(RangeSpec::Worktree));
    let found = |index: &Index, word| index.tree(Side::New).mentioning(&[word]).len();
    assert_eq!(["staged", "dirty", "untracked", "pay"].map(|word| found(&staged, word)), [1, 0, 0, 1]);
    assert_eq!(["staged", "dirty", "untracked", "pay"].map(|word| found(&worktree, word)), [1, 1, 1, 0]);
    assert_eq!(paths(&worktree.tree(Side::Old).mentioning(&["pay"])), ["a.ts", "b.ts"]);
}

#[test]
fn a_copy_leaves_its_source_and_files_may_change_places() {
    let repository = TestRepository::new();
    let text = |name: &str| format!("{name}()\n{}", format!("// one of many lines of {name}\n").repeat(20));
    repository.write("a.ts", text("a")).write("b.ts", text("b")).write("c.ts", text("c")).commit("old");
    repository.write("a.ts", text("b")).write("b.ts", text("a")).write("d.ts", text("c")).commit("new");
    let index = index(&repository, "HEAD^..HEAD");
    let (old, new) = (index.tree(Side::Old), index.tree(Side::New));
    let found = |tree: &Tree<'_>| ["a", "b", "c"].map(|word| paths(&tree.mentioning(&[word])).join(" "));
    assert_eq!(found(&old), ["a.ts", "b.ts", "c.ts"]);
    assert_eq!(found(&new), ["b.ts", "a.ts", "c.ts d.ts"]);
}

#[test]
fn without_a_repository_there_are_only_the_changed_files() {
    let repository = TestRepository::new();
    repository.write("a.ts", "pay()\n").write("kept.ts", "pay()\n").commit("old");
    repository.write("a.ts", "refund()\n").commit("new");
    let index = Index::of_changes(&repository.diff("HEAD^..HEAD"));
    let (old, new) = (index.tree(Side::Old), index.tree(Side::New));
    assert_eq!((paths(&old.mentioning(&["pay"])), paths(&new.mentioning(&["pay"]))), (vec!["a.ts"], vec![]));
    assert!(old.contains("a.ts") && !new.contains("kept.ts"));
    assert_eq!(new.paths().collect::<Vec<_>>(), ["a.ts"]);
}

#[test]
fn words_are_found_as_a_search_of_all_texts_finds_them() {
    let repository = TestRepository::new();
    let words = ["pay", "payment", "NEW_TAX", "$store", "caf\u{e9}", "x"];
    repository.packed(|| {
        for n in 0..300usize {
            let line = |at: usize| format!("{}({}) ", words[(n * 7 + at * 3) % 6], words[(n / 5 + at) % 4]);
            repository.write(format!("d{}/f{n}.ts", n % 17), (0..n % 4).map(line).collect::<String>());
        }
        repository.commit("all");
    });
    let index = index(&repository, "HEAD^!");
    let tree = index.tree(Side::New);
    for (a, b) in words.iter().flat_map(|a| words.map(|b| (*a, b))) {
        let has = |path: &&str| {
            let text = tree.text(path).unwrap();
            [a, b].iter().all(|word| text.split(|c: char| !is_word(c)).any(|other| other == *word))
        };
        let expected: Vec<&str> = tree.paths().filter(has).collect();
        assert_eq!(paths(&tree.mentioning(&[a, b])), expected, "{a} {b}");
    }
}

#[test]
fn the_answer_does_not_depend_on_the_number_of_threads() {
    let repository = TestRepository::new();
    for n in 0..400 {
        repository.write(format!("f{n}.ts"), format!("pay{}()\n", n % 3));
    }
    let head = repository.commit("all");
    let answer = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let index = index(&repository, &format!("{head}..{head}"));
        let tree = index.tree(Side::New);
        // All of them ask at once.
        let answers = pool.broadcast(|_| (tree.mentioning(&["pay1"]), tree.paths().collect::<Vec<_>>().concat()));
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
        answers[0].clone()
    };
    let expected = answer(1);
    assert_eq!(expected.0.len(), 133);
    assert!([2, 3, 8].into_iter().all(|threads| answer(threads) == expected));
}

/// A tree object as its bytes say, without git's checks.
fn raw_tree(repository: &TestRepository, entries: &[(&str, &[u8], [u8; 20])]) -> [u8; 20] {
    let mut bytes = Vec::new();
    for (mode, name, id) in entries {
        bytes.extend([mode.as_bytes(), b" ", name, b"\0", id].concat());
    }
    repository.object("tree", &bytes)
}

fn files_of(repository: &TestRepository, root: [u8; 20]) -> Files {
    let root = TreeId::from_bytes(&root);
    let mut lister = Lister::new(root, None);
    repository.open().objects().walk(root, &mut lister).unwrap();
    lister.finish()
}

#[test]
fn odd_trees_are_listed() {
    let repository = TestRepository::new();
    let blob = |text: &str| repository.object("blob", text.as_bytes());
    let (one, two) = (blob("one()\n"), blob("two()\n"));
    let inner = raw_tree(&repository, &[("100644", b"z.ts", one), ("100644", b"a.ts", two)]);
    let root = raw_tree(
        &repository,
        &[
            ("177777", b"mode.ts", one),
            ("100600", b"group.ts", one),
            ("160000", b"module", [7; 20]),
            ("120000", b"link", one),
            ("100644", b"dup.ts", one),
            ("100644", b"dup.ts", two),
            ("100644", b"latin\xE9.ts", one),
            ("100644", b"../up.ts", one),
            ("40000", b"folder", inner),
            ("40000", b"file-as-folder", one),
            ("100644", b"folder-as-file.ts", inner),
            ("40000", b"missing", [9; 20]),
            ("100644", b"missing.ts", [9; 20]),
        ],
    );
    let files = files_of(&repository, root);
    let expected = [
        "../up.ts",
        "dup.ts",
        "dup.ts",
        "folder-as-file.ts",
        "folder/a.ts",
        "folder/z.ts",
        "group.ts",
        "latin\u{FFFD}.ts",
        "missing.ts",
    ];
    assert_eq!(files.iter().filter(|path| *path != "mode.ts").collect::<Vec<_>>(), expected);
    assert_eq!((files.unread, files.cut), (2, false));
    assert!(files.folders.is_empty(), "nothing is taken over from it");

    let head = repository.commit_raw(root);
    let index = index(&repository, &format!("{head}..{head}"));
    let tree = index.tree(Side::New);
    assert_eq!((tree.text("dup.ts"), tree.contains("dup.ts")), (None, true), "which of the two is not known");
    let found = ["../up.ts", "dup.ts", "folder/z.ts", "group.ts", "latin\u{FFFD}.ts"];
    let mut mentioned = tree.mentioning(&["one"]);
    mentioned.retain(|path| path.as_str() != "mode.ts");
    assert_eq!(paths(&mentioned), found);
    assert_eq!(paths(&tree.unread()), ["folder-as-file.ts", "missing.ts"]);
    assert!(!tree.is_whole());
    let notices: Vec<String> = index.notices().into_iter().map(|notice| notice.reason).collect();
    assert_eq!(
        notices,
        [
            "2 folders of the repository cannot be read, so what is in there is not seen.",
            "2 unchanged files not searched for flags because it is too large, no text or missing, the first is folder-as-file.ts."
        ]
    );
}

#[test]
fn trees_that_unfold_without_end_are_cut() {
    let repository = TestRepository::new();
    let names: Vec<Vec<u8>> = (0..10).map(|n| format!("d{n}").into_bytes()).collect();
    let bomb = |leaf: Option<[u8; 20]>| {
        let mut id = leaf.unwrap_or_else(|| raw_tree(&repository, &[]));
        for level in 0..12 {
            let mode = if level == 0 && leaf.is_some() { "100644" } else { "40000" };
            let entries: Vec<_> = names.iter().map(|name| (mode, name.as_slice(), id)).collect();
            id = raw_tree(&repository, &entries);
        }
        id
    };
    let files = files_of(&repository, bomb(Some(repository.object("blob", b"x\n"))));
    assert_eq!((files.len(), files.cut), (200_000, true));
    let files = files_of(&repository, bomb(None));
    assert_eq!((files.len(), files.cut), (0, true), "also where there is no file at all");

    let long = vec![b'n'; 60_000];
    let blob = repository.object("blob", b"x\n");
    let entries: Vec<_> = (0..150).map(|_| ("100644", long.as_slice(), blob)).collect();
    let leaf = raw_tree(&repository, &entries);
    let root: Vec<_> = names.iter().map(|name| ("40000", name.as_slice(), leaf)).collect();
    let files = files_of(&repository, raw_tree(&repository, &root));
    assert!(files.cut && files.paths.len() < 80 << 20, "{}", files.paths.len());
}

#[test]
fn a_tree_deeper_than_any_stack_is_cut() {
    let repository = TestRepository::new();
    let mut id = repository.object("blob", b"x\n");
    repository.packed(|| {
        for level in 0..5_000 {
            id = raw_tree(&repository, &[(if level == 0 { "100644" } else { "40000" }, b"d", id)]);
        }
    });
    let files = files_of(&repository, id);
    assert_eq!((files.len(), files.unread), (0, 1));
}

#[test]
fn a_listing_that_takes_over_folders_is_the_listing() {
    let repository = TestRepository::new();
    let mut random = 1u64;
    let mut next = |below: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % below
    };
    let root = |repository: &TestRepository| {
        let tree = repository.raw.head().unwrap().peel_to_tree().unwrap().id();
        TreeId::from_bytes(tree.as_bytes().first_chunk::<{ objects::ID_BYTES }>().unwrap())
    };
    let mut before: Option<Files> = None;
    for round in 0..60 {
        for _ in 0..1 + next(8) {
            let path = format!("a{}/b{}/c{}.ts", next(4), next(3), next(5));
            match next(4) {
                0 if repository.file(&path).exists() => drop(repository.remove(&path)),
                1 => drop(repository.write(format!("a{}.ts", next(3)), format!("{round}\n"))),
                _ => drop(repository.write(&path, format!("{}\n", next(3)))),
            }
        }
        repository.commit("next");
        let root = root(&repository);
        let objects = repository.open().objects();
        let list = |before: Option<&Files>| {
            let mut lister = Lister::new(root, before);
            objects.walk(root, &mut lister).unwrap();
            lister.finish()
        };
        let whole = list(None);
        assert_eq!(list(before.as_ref()), whole, "round {round}");
        // An old listing answers for as long as it likes.
        if next(3) == 0 || before.is_none() {
            before = Some(whole);
        }
    }
}

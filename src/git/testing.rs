//! Builds repositories for tests.

use super::change::{ChangeSet, FileChange};
use super::{DiffLimits, GitError, RangeSpec, Repository};
use git2::{Oid, Signature, Time};
use std::cell::Cell;
use std::path::{Path, PathBuf};

/// A repository in a temporary directory, with a work tree.
pub(crate) struct TestRepository {
    dir: tempfile::TempDir,
    pub(crate) raw: git2::Repository,
    clock: Cell<i64>,
}

impl TestRepository {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        let mut options = git2::RepositoryInitOptions::new();
        let raw = git2::Repository::init_opts(dir.path(), options.initial_head("main")).expect("init works");
        Self { dir, raw, clock: Cell::new(1_700_000_000) }
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn open(&self) -> Repository {
        Repository::open(self.path()).expect("the repository opens")
    }

    /// Writes a file of the work tree.
    pub(crate) fn write(&self, path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.file(path);
        std::fs::create_dir_all(path.parent().expect("a file has a parent")).expect("directories can be made");
        std::fs::write(path, bytes).expect("files can be written");
        self
    }

    pub(crate) fn remove(&self, path: impl AsRef<Path>) -> &Self {
        std::fs::remove_file(self.file(path)).expect("the file is there");
        self
    }

    pub(crate) fn file(&self, path: impl AsRef<Path>) -> PathBuf {
        self.path().join(path)
    }

    /// Puts the whole work tree into the index.
    pub(crate) fn stage(&self) -> &Self {
        let mut index = self.raw.index().expect("the index opens");
        index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).expect("files can be added");
        index.update_all(["*"], None).expect("removals can be recorded");
        index.write().expect("the index can be written");
        self
    }

    /// Commits the whole work tree on HEAD.
    pub(crate) fn commit(&self, message: &str) -> Oid {
        self.stage();
        let tree = self.raw.index().expect("the index opens").write_tree().expect("the index has no conflicts");
        let parents: Vec<Oid> = self.raw.head().ok().and_then(|head| head.target()).into_iter().collect();
        self.commit_tree(message, tree, &parents, Some("HEAD"))
    }

    pub(crate) fn commit_tree(&self, message: &str, tree: Oid, parents: &[Oid], update: Option<&str>) -> Oid {
        self.clock.set(self.clock.get() + 60);
        let who = Signature::new("Ada", "ada@example.com", &Time::new(self.clock.get(), 0)).expect("a valid signature");
        let tree = self.raw.find_tree(tree).expect("the tree is there");
        let parents: Vec<_> =
            parents.iter().map(|&id| self.raw.find_commit(id).expect("the parent is there")).collect();
        let parents: Vec<_> = parents.iter().collect();
        self.raw.commit(update, &who, &who, message, &tree, &parents).expect("the commit can be written")
    }

    /// Sets the time of the next commit, in seconds since 1970.
    pub(crate) fn at(&self, seconds: i64) -> &Self {
        self.clock.set(seconds - 60);
        self
    }

    /// Commits the whole work tree on HEAD, by `Name <address>`.
    pub(crate) fn commit_by(&self, who: &str, message: &str) -> Oid {
        let parents: Vec<Oid> = self.raw.head().ok().and_then(|head| head.target()).into_iter().collect();
        self.commit_of(who, message, &parents, Some("HEAD"))
    }

    /// Commits the whole work tree with these parents, by `Name <address>`; on a branch where one is named.
    pub(crate) fn commit_of(&self, who: &str, message: &str, parents: &[Oid], update: Option<&str>) -> Oid {
        self.stage();
        let tree = self.raw.index().expect("the index opens").write_tree().expect("the index has no conflicts");
        self.clock.set(self.clock.get() + 60);
        let (name, email) = who.split_once(" <").expect("a name and an address");
        let time = Time::new(self.clock.get(), 0);
        let who = Signature::new(name, email.trim_end_matches('>'), &time).expect("a valid signature");
        let tree = self.raw.find_tree(tree).expect("the tree is there");
        let parents: Vec<_> =
            parents.iter().map(|&id| self.raw.find_commit(id).expect("the parent is there")).collect();
        let parents: Vec<_> = parents.iter().collect();
        self.raw.commit(update, &who, &who, message, &tree, &parents).expect("the commit can be written")
    }

    /// Writes an object as its bytes say, without git's checks.
    pub(crate) fn object(&self, kind: &str, bytes: &[u8]) -> [u8; 20] {
        let kind = git2::ObjectType::from_str(kind).expect("a kind of object");
        let id = self.raw.odb().and_then(|objects| objects.write(kind, bytes)).expect("objects can be written");
        id.as_bytes().try_into().expect("names have 20 bytes")
    }

    /// Commits a tree, whatever it holds; the commit's name.
    pub(crate) fn commit_raw(&self, tree: [u8; 20]) -> String {
        let tree = Oid::from_bytes(&tree).expect("names have 20 bytes");
        self.commit_tree("raw", tree, &[], None).to_string()
    }

    /// Keeps the objects that `work` makes in memory and writes them as one pack: quick for thousands of them.
    pub(crate) fn packed(&self, work: impl FnOnce()) {
        let objects = self.raw.odb().expect("the object database opens");
        let memory = objects.add_new_mempack_backend(1_000).expect("a backend can be added");
        work();
        let mut pack = git2::Buf::new();
        memory.dump(&self.raw, &mut pack).expect("the objects can be packed");
        memory.reset().expect("the memory can be emptied");
        let mut writer = objects.packwriter().expect("packs can be written");
        std::io::Write::write_all(&mut writer, &pack).expect("the pack can be written");
        writer.commit().expect("the pack is whole");
    }

    /// Makes a branch at a commit.
    pub(crate) fn branch(&self, name: &str, at: Oid) -> &Self {
        let commit = self.raw.find_commit(at).expect("the commit is there");
        self.raw.branch(name, &commit, true).expect("the branch can be made");
        self
    }

    pub(crate) fn reference(&self, name: &str, at: Oid) -> &Self {
        self.raw.reference(name, at, true, "test").expect("the reference can be made");
        self
    }

    /// Switches HEAD and the work tree.
    pub(crate) fn switch(&self, branch: &str) -> &Self {
        self.raw.set_head(&format!("refs/heads/{branch}")).expect("the branch is there");
        let mut checkout = git2::build::CheckoutBuilder::new();
        self.raw.checkout_head(Some(checkout.force().remove_untracked(true))).expect("checkout works");
        self
    }

    pub(crate) fn change_set(&self, spec: &RangeSpec) -> Result<ChangeSet, GitError> {
        self.open().change_set(spec, &DiffLimits::default())
    }

    /// What a range of revisions changes.
    pub(crate) fn diff(&self, range: &str) -> ChangeSet {
        self.change_set(&RangeSpec::Revisions(range.to_owned())).expect("the range can be read")
    }
}

/// The change of this path.
pub(crate) fn file<'c>(changes: &'c ChangeSet, path: &str) -> &'c FileChange {
    changes.files.iter().find(|file| file.path.as_str() == path).expect("the path changed")
}

/// Runs the git command line; `None` when it is not installed or refuses.
pub(crate) fn git(dir: &Path, arguments: &[&str]) -> Option<String> {
    let output = std::process::Command::new("git")
        .current_dir(dir)
        .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "protocol.file.allow=always"])
        .args(arguments)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .output()
        .ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

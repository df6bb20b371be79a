//! Repositories that tests make, and the command run in them with an environment of its own.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// A repository in a temporary folder.
pub(crate) struct Repo {
    folder: TempDir,
}

impl Repo {
    /// With one commit on `main` that holds these files.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let repo = Self::empty();
        repo.write(files).commit("base");
        repo
    }

    /// Without a commit.
    pub(crate) fn empty() -> Self {
        let repo = Self { folder: tempfile::tempdir().unwrap() };
        let mut options = git2::RepositoryInitOptions::new();
        options.initial_head("main");
        git2::Repository::init_opts(repo.path(), &options).unwrap();
        repo
    }

    /// Empties the work tree.
    pub(crate) fn clear(&self) {
        let entries = fs::read_dir(self.path()).unwrap().map(|entry| entry.unwrap());
        for entry in entries.filter(|entry| entry.file_name() != ".git") {
            match entry.file_type().unwrap().is_dir() {
                true => fs::remove_dir_all(entry.path()).unwrap(),
                false => fs::remove_file(entry.path()).unwrap(),
            }
        }
    }

    /// Gives a commit a name.
    pub(crate) fn branch(&self, name: &str, revision: &str) {
        let repository = git2::Repository::open(self.path()).unwrap();
        let commit = repository.revparse_single(revision).unwrap().peel_to_commit().unwrap();
        repository.branch(name, &commit, false).unwrap();
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, files: &[(&str, &str)]) -> &Self {
        for (path, text) in files {
            let file = self.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        self
    }

    /// Commits all that is in the work tree.
    pub(crate) fn commit(&self, message: &str) -> &Self {
        self.commit_as("Ana", 1_700_000_000, message)
    }

    /// Like [`Repo::commit`], by this person at this second.
    pub(crate) fn commit_as(&self, by: &str, at: i64, message: &str) -> &Self {
        let repository = git2::Repository::open(self.path()).unwrap();
        let mut index = repository.index().unwrap();
        index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).unwrap();
        index.update_all(["*"], None).unwrap();
        index.write().unwrap();
        let tree = repository.find_tree(index.write_tree().unwrap()).unwrap();
        let email = format!("{}@example.com", by.to_lowercase());
        let author = git2::Signature::new(by, &email, &git2::Time::new(at, 0)).unwrap();
        let parent = repository.head().ok().map(|head| head.peel_to_commit().unwrap());
        let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
        repository.commit(Some("HEAD"), &author, &author, message, &tree, &parents).unwrap();
        self
    }

    /// `preflag` with these arguments, run in the repository.
    pub(crate) fn preflag(&self, arguments: &[&str]) -> Run {
        self.preflag_with(arguments, &[])
    }

    /// Like [`Repo::preflag`], with these variables besides the few that every run gets.
    pub(crate) fn preflag_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
        let output = self.command(arguments).envs(variables.iter().copied()).output().unwrap();
        Run::new(&output)
    }

    /// The command, not yet run. Nothing of the caller's environment or git configuration reaches it.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_preflag"));
        let kept = ["PATH", "SYSTEMROOT", "TMPDIR", "TEMP"];
        let kept = kept.iter().filter_map(|name| std::env::var_os(name).map(|value| (name, value)));
        command.args(arguments).current_dir(self.path()).env_clear().envs(kept).env("HOME", self.path());
        command
    }
}

/// What a run printed and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    fn new(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Self {
            code: output.status.code().expect("it ended by itself"),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }

    /// The report of a run with `--format json`.
    pub(crate) fn report(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{self:?}"))
    }
}

/// What does not fit a published schema, `rules/schema/NAME.json`.
pub(crate) fn schema_errors(name: &str, value: &serde_json::Value) -> Vec<String> {
    let path = format!("{}/rules/schema/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let schema = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator.iter_errors(value).map(|error| error.to_string()).collect()
}

/// Code that moves money without a flag: a Critical finding.
pub(crate) const UNGATED_CHARGE: &str = "\
import Stripe from 'stripe';
const stripe = new Stripe(process.env.STRIPE_KEY);

export async function chargeCustomer(customer, amount) {
  const total = amount * 1.07;
  const charge = await stripe.charges.create({ customer, amount: total, currency: 'usd' });
  await saveCharge(customer, charge.id, total);
  return charge;
}
";

//! The pre-push hook, by real pushes of git between two repositories; and how it gets into one.

use crate::support::{Repo, UNGATED_CHARGE};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const CHARGE: &str = "src/billing/charge.js";
const NOTHING: &str = "0000000000000000000000000000000000000000";

/// A clone with the hook, and the repository that it pushes to, which has `main`.
struct Pair {
    repo: Repo,
    server: TempDir,
}

/// What git printed, and whether it did it.
#[derive(Debug)]
struct Git {
    ok: bool,
    stdout: String,
    stderr: String,
}

impl Pair {
    fn new() -> Self {
        let pair = Self { repo: Repo::new(&[("README.md", "shop\n")]), server: tempfile::tempdir().unwrap() };
        git2::Repository::init_bare(pair.server.path()).unwrap();
        let address = format!("file://{}", pair.server.path().display());
        pair.done(&["remote", "add", "origin", &address]);
        pair.done(&["push", "--quiet", "origin", "main"]);
        let run = pair.repo.preflag(&["hook", "install"]);
        assert_eq!(run.code, 0, "{run:?}");
        pair
    }

    fn git(&self, arguments: &[&str]) -> Git {
        git(self.repo.path(), arguments, &path_with_preflag())
    }

    fn done(&self, arguments: &[&str]) -> String {
        let git = self.git(arguments);
        assert!(git.ok, "{arguments:?}: {git:?}");
        git.stdout.trim().to_owned()
    }

    /// A commit on the branch that is checked out.
    fn commit(&self, path: &str, text: &str) {
        self.repo.write(&[(path, text)]);
        self.done(&["add", "."]);
        self.done(&["commit", "--quiet", "--no-verify", "-m", "Change"]);
    }

    /// What stands at a branch of the server.
    fn there(&self, name: &str) -> Option<String> {
        let git = git(self.server.path(), &["rev-parse", "--verify", "--quiet", name], &path_with_preflag());
        git.ok.then(|| git.stdout.trim().to_owned())
    }

    fn stopped(&self, arguments: &[&str]) -> String {
        let git = self.git(arguments);
        assert!(!git.ok, "{arguments:?}: {git:?}");
        assert!(
            git.stderr.contains("git push --no-verify") && git.stderr.contains("Preflag-Waive: payments: "),
            "{git:?}"
        );
        assert!(git.stderr.contains("charge.js") && git.stderr.contains("ungated-change"), "{git:?}");
        git.stderr
    }

    fn passes(&self, arguments: &[&str]) -> String {
        let git = self.git(arguments);
        assert!(git.ok, "{arguments:?}: {git:?}");
        git.stderr
    }
}

fn path_with_preflag() -> String {
    let own = Path::new(env!("CARGO_BIN_EXE_preflag")).parent().unwrap().to_path_buf();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(own).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).unwrap().into_string().unwrap()
}

fn git(folder: &Path, arguments: &[&str], path: &str) -> Git {
    let mut command = Command::new("git");
    let given: &[&str] = &["-c", "user.name=Ana", "-c", "user.email=ana@example.com", "-c", "commit.gpgsign=false"];
    command.args(given).args(arguments).current_dir(folder).env_clear().env("PATH", path).env("HOME", folder);
    let output = command.env("GIT_CONFIG_NOSYSTEM", "1").output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Git { ok: output.status.success(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
}

/// `preflag hook run` with these lines of git.
fn judged(repo: &Repo, arguments: &[&str], lines: &str) -> (i32, String) {
    judged_with(repo, arguments, lines, &[])
}

fn judged_with(repo: &Repo, arguments: &[&str], lines: &str, variables: &[(&str, &str)]) -> (i32, String) {
    use std::io::Write;
    use std::process::Stdio;
    let mut command = repo.command(&[&["hook", "run"], arguments].concat());
    command.envs(variables.iter().copied()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // It may have ended before it reads.
    let _ = child.stdin.take().unwrap().write_all(lines.as_bytes());
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&stdout), "", "what a hook says goes to the standard error");
    (status.code().unwrap(), String::from_utf8(stderr).unwrap())
}

fn id(repo: &Repo, revision: &str) -> String {
    let repository = git2::Repository::open(repo.path()).unwrap();
    repository.revparse_single(revision).unwrap().id().to_string()
}

/// A clone whose `origin/main` is the first commit, and whose last one moves money.
fn risky() -> Repo {
    let repo = Repo::new(&[("README.md", "shop\n")]);
    let repository = git2::Repository::open(repo.path()).unwrap();
    repository.remote("origin", "https://example.com/shop").unwrap();
    let first = repository.head().unwrap().target().unwrap();
    repository.reference("refs/remotes/origin/main", first, true, "test").unwrap();
    repo.write(&[(CHARGE, UNGATED_CHARGE)]).commit("Charge customers");
    repo
}

#[test]
fn a_push_is_stopped_until_a_waiver_says_why() {
    let pair = Pair::new();
    pair.done(&["switch", "--quiet", "-c", "charge"]);
    pair.commit(CHARGE, UNGATED_CHARGE);
    let said = pair.stopped(&["push", "origin", "charge"]);
    assert_eq!(pair.there("charge"), None);
    assert!(!said.contains("Recommendation") && !said.contains("Score"), "only what matters: {said}");
    pair.done(&["commit", "--allow-empty", "-m", "Ship", "--trailer", "Preflag-Waive: payments: Agreed with Ana"]);
    let said = pair.passes(&["push", "origin", "charge"]);
    assert!(said.contains("preflag: ✓ charge: ") && said.contains("waived"), "what lets it pass is said: {said}");
    assert_eq!(pair.there("charge"), Some(pair.done(&["rev-parse", "HEAD"])));
    // What is there already is not judged again.
    pair.commit("README.md", "the shop\n");
    let said = pair.passes(&["push", "origin", "charge"]);
    assert_eq!(said.matches("preflag").count(), 1, "one line: {said}");
}

#[test]
fn no_verify_goes_without_it() {
    let pair = Pair::new();
    pair.commit(CHARGE, UNGATED_CHARGE);
    pair.stopped(&["push", "origin", "main"]);
    pair.passes(&["push", "--no-verify", "origin", "main"]);
    assert_eq!(pair.there("main"), Some(pair.done(&["rev-parse", "HEAD"])));
    let nothing = pair.passes(&["push", "origin", "main"]);
    assert!(!nothing.contains("preflag"), "there is nothing to push: {nothing}");
}

#[test]
fn deletions_force_pushes_tags_and_several_refs() {
    let pair = Pair::new();
    pair.done(&["switch", "--quiet", "-c", "docs"]);
    pair.commit("docs/a.md", "# A\n");
    pair.passes(&["push", "origin", "docs"]);
    // Rebased onto a main that moves money meanwhile: that is not of this branch.
    pair.done(&["switch", "--quiet", "main"]);
    pair.commit(CHARGE, UNGATED_CHARGE);
    pair.passes(&["push", "--no-verify", "origin", "main"]);
    pair.done(&["switch", "--quiet", "docs"]);
    pair.done(&["rebase", "--quiet", "main"]);
    let said = pair.passes(&["push", "--force", "origin", "docs"]);
    assert!(said.contains("preflag: ✓ docs"), "{said}");
    // A tag and a branch of the same commits are judged once; one bad name stops all.
    pair.done(&["switch", "--quiet", "-c", "refunds", "main"]);
    pair.commit("src/billing/refund.js", &UNGATED_CHARGE.replace("charge", "refund"));
    pair.done(&["commit", "--allow-empty", "-m", "charge.js is named in tests"]);
    pair.done(&["tag", "-a", "v1", "-m", "v1"]);
    pair.done(&["switch", "--quiet", "docs"]);
    pair.commit("docs/b.md", "# B\n");
    let git = pair.git(&["push", "origin", "docs", "refunds", "v1"]);
    assert!(!git.ok && git.stderr.contains("refunds, v1") && git.stderr.contains("✓ docs"), "{git:?}");
    assert_eq!(git.stderr.matches("✗ fail").count(), 1, "{git:?}");
    assert_eq!(pair.there("refunds"), None);
    let deleted = pair.passes(&["push", "origin", "--delete", "docs"]);
    assert!(!deleted.contains("preflag") && pair.there("docs").is_none(), "{deleted}");
}

#[test]
fn without_preflag_the_push_goes_and_says_so() {
    let pair = Pair::new();
    pair.commit(CHARGE, UNGATED_CHARGE);
    // Every folder that has no preflag.
    let path: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH").unwrap())
        .filter(|folder| !folder.join("preflag").exists())
        .collect();
    let path = std::env::join_paths(path).unwrap();
    let git = git(pair.repo.path(), &["push", "origin", "main"], path.to_str().unwrap());
    assert!(git.ok && git.stderr.contains("preflag is not on the PATH, so this push was not judged."), "{git:?}");
}

#[test]
fn a_first_push_is_let_through_with_a_word() {
    let repo = Repo::new(&[(CHARGE, UNGATED_CHARGE)]);
    let head = id(&repo, "HEAD");
    let (code, said) = judged(&repo, &["origin"], &format!("refs/heads/main {head} refs/heads/main {NOTHING}\n"));
    assert_eq!((code, said.contains("main: not judged") && said.contains("a first push")), (0, true), "{said}");
    assert_eq!(judged(&repo, &["origin"], ""), (0, String::new()));
    let (code, said) = judged(&repo, &["origin"], "nonsense\n");
    assert!(code == 2 && said.contains("line 1 of the standard input"), "{said}");
}

#[test]
fn objects_that_nobody_fetched_are_no_trouble() {
    let repo = risky();
    let (head, other) = (id(&repo, "HEAD"), "1".repeat(40));
    for there in [NOTHING, &other] {
        let (code, said) = judged(&repo, &["origin"], &format!("HEAD {head} refs/heads/f {there}\n"));
        assert!(code == 1 && said.contains("F1 ungated-change"), "{said}");
    }
}

#[test]
fn addresses_are_never_shown_and_names_cannot_steer_the_terminal() {
    let repo = risky();
    let head = id(&repo, "HEAD");
    let name = "refs/heads/a\u{1b}[31mb\u{202e}`;rm";
    let secret = "https://ana:hunter2@example.com/shop";
    for base in [NOTHING.to_owned(), id(&repo, "HEAD~1")] {
        let (_, said) = judged(&repo, &[secret, secret], &format!("HEAD {head} {name} {base}\n"));
        assert!(!said.contains("hunter2") && !said.contains('\u{1b}') && !said.contains('\u{202e}'), "{said}");
        assert!(said.contains("␛[31mb<U+202E>"), "{said}");
    }
    let (code, _) = judged(&repo, &["--", "--upload-pack=x", secret], &format!("HEAD {head} {name} {NOTHING}\n"));
    assert_eq!(code, 1, "a remote's name is no option");
}

#[test]
fn the_config_decides_as_in_a_scan() {
    let repo = risky();
    let line = format!("HEAD {} refs/heads/f {NOTHING}\n", id(&repo, "HEAD"));
    repo.write(&[(".preflag.yml", "policy: {report-only: true}\n")]);
    let (code, said) = judged(&repo, &["origin"], &line);
    assert!(code == 0 && said.contains("preflag: ▲ f: ") && said.contains("preflag scan "), "{said}");
    repo.write(&[(".preflag.yml", "polcy: {}\n")]);
    let (code, said) = judged(&repo, &["origin"], &line);
    assert!(code == 2 && said.contains(".preflag.yml:1:1"), "{said}");
    assert_eq!(judged(&repo, &["origin", "--no-config"], &line).0, 1);
}

#[test]
fn pre_commit_names_commits_in_its_environment() {
    let repo = risky();
    let (first, head) = (id(&repo, "HEAD~1"), id(&repo, "HEAD"));
    let run = |variables: &[(&str, &str)]| judged_with(&repo, &[], "", &[&[("PRE_COMMIT", "1")], variables].concat());
    assert_eq!(run(&[("PRE_COMMIT_FROM_REF", &first), ("PRE_COMMIT_TO_REF", &head)]).0, 1);
    assert_eq!(run(&[("PRE_COMMIT_FROM_REF", &head), ("PRE_COMMIT_TO_REF", &head)]).0, 0);
    assert_eq!(run(&[]).0, 1, "a first push names nothing: HEAD is meant");
    let line = format!("HEAD {head} refs/heads/f {head}\n");
    let (code, _) = judged_with(&repo, &[], &line, &[("PRE_COMMIT", "1")]);
    assert_eq!(code, 0, "git itself is asked first");
    assert_eq!(
        run(&[("PRE_COMMIT_LOCAL_BRANCH", "refs/heads/main"), ("PRE_COMMIT_REMOTE_BRANCH", "refs/heads/f")]).0,
        1
    );
}

#[test]
fn installing_is_idempotent_and_uninstalling_takes_only_ours() {
    let repo = Repo::new(&[("README.md", "shop\n")]);
    let hook = repo.path().join(".git/hooks/pre-push");
    assert!(repo.preflag(&["hook", "uninstall"]).stdout.contains("nothing was done"));
    assert!(repo.preflag(&["hook", "install"]).stdout.starts_with("Wrote "));
    let text = fs::read_to_string(&hook).unwrap();
    let again = repo.preflag(&["hook", "install"]);
    assert!(again.code == 0 && again.stdout.contains("runs preflag already"), "{again:?}");
    fs::write(&hook, format!("{text}echo mine\n")).unwrap();
    for command in ["install", "uninstall"] {
        let run = repo.preflag(&["hook", command]);
        assert!(run.code == 2 && run.stderr.contains("not as preflag wrote it"), "{run:?}");
    }
    fs::write(&hook, &text).unwrap();
    assert!(repo.preflag(&["hook", "uninstall"]).stdout.starts_with("Removed "));
    assert!(!hook.exists());
    fs::write(&hook, "#!/bin/sh\nexit 0\n").unwrap();
    let run = repo.preflag(&["hook", "install"]);
    assert!(run.code == 1 && run.stdout.contains("There is a pre-push hook already"), "{run:?}");
    assert!(repo.preflag(&["hook", "uninstall"]).stdout.contains("nothing was done"));
    assert_eq!(fs::read_to_string(&hook).unwrap(), "#!/bin/sh\nexit 0\n");
    fs::write(&hook, "#!/bin/sh\npreflag hook run \"$@\"\n").unwrap();
    assert_eq!(repo.preflag(&["hook", "install"]).code, 0, "it calls preflag");
}

#[test]
fn what_is_to_be_added_to_a_hook_works_and_hands_on_what_git_says() {
    let pair = Pair::new();
    let hook = pair.repo.path().join(".git/hooks/pre-push");
    fs::write(&hook, "#!/bin/sh\n").unwrap();
    let advice = pair.repo.preflag(&["hook", "install"]).stdout;
    let lines = advice.split_once("\n\n").unwrap().1;
    fs::write(&hook, format!("#!/bin/sh\n{lines}\ncat > seen\n")).unwrap();
    pair.commit("docs/a.md", "# A\n");
    pair.passes(&["push", "origin", "main"]);
    let seen = fs::read_to_string(pair.repo.path().join("seen")).unwrap();
    assert!(seen.starts_with("refs/heads/main ") && seen.lines().count() == 1, "{seen}");
    fs::remove_file(pair.repo.path().join("seen")).unwrap();
    pair.commit(CHARGE, UNGATED_CHARGE);
    pair.stopped(&["push", "origin", "main"]);
}

#[test]
fn tools_that_own_the_hooks_are_told_what_to_add() {
    for (file, text, names) in [
        (".husky/pre-commit", "npm test\n", &["husky", ".husky/pre-push", "preflag hook run"][..]),
        ("lefthook.yml", "pre-commit: {}\n", &["lefthook", "use_stdin: true", "lefthook install"]),
        (".pre-commit-config.yaml", "repos: []\n", &["pre-commit", "id: preflag", "--hook-type pre-push"]),
    ] {
        let repo = Repo::new(&[(file, text)]);
        let run = repo.preflag(&["hook", "install"]);
        assert!(run.code == 1 && names.iter().all(|name| run.stdout.contains(name)), "{run:?}");
        assert!(!repo.path().join(".git/hooks/pre-push").exists(), "{file}");
        let place = if file.starts_with(".husky") { ".husky/pre-push" } else { file };
        let lines = run.stdout.split_once("\n\n").unwrap().1;
        repo.write(&[(place, lines)]);
        let again = repo.preflag(&["hook", "install"]);
        assert!(again.code == 0 && again.stdout.contains("runs preflag already"), "{again:?}");
    }
}

#[test]
fn hooks_go_where_git_looks_for_them() {
    let repo = Repo::new(&[("README.md", "shop\n")]);
    let set = |path: &str| assert!(git(repo.path(), &["config", "core.hooksPath", path], &path_with_preflag()).ok);
    set(".githooks");
    assert_eq!(repo.preflag(&["hook", "install"]).code, 0);
    assert!(repo.path().join(".githooks/pre-push").is_file());
    assert_eq!(repo.preflag(&["hook", "uninstall"]).code, 0);
    let elsewhere = tempfile::tempdir().unwrap();
    for path in [elsewhere.path().to_str().unwrap(), "/dev/null", "../hooks"] {
        set(path);
        let run = repo.preflag(&["hook", "install"]);
        assert!(run.code == 1 && run.stdout.contains("core.hooksPath"), "{path}: {run:?}");
    }
    assert!(!elsewhere.path().join("pre-push").exists());
}

#[test]
fn linked_work_trees_share_the_hook_and_bare_repositories_have_none() {
    let pair = Pair::new();
    assert_eq!(pair.repo.preflag(&["hook", "uninstall"]).code, 0);
    let folder = tempfile::tempdir().unwrap();
    let tree = folder.path().join("linked");
    pair.done(&["worktree", "add", "--quiet", "-b", "linked", tree.to_str().unwrap()]);
    let run = pair.repo.preflag(&["hook", "install", "--repo", tree.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(pair.repo.path().join(".git/hooks/pre-push").is_file());
    fs::create_dir_all(tree.join("src")).unwrap();
    fs::write(tree.join("src/charge.js"), UNGATED_CHARGE).unwrap();
    let path = path_with_preflag();
    assert!(git(&tree, &["add", "."], &path).ok && git(&tree, &["commit", "-m", "Charge"], &path).ok);
    let pushed = git(&tree, &["push", "origin", "linked"], &path);
    assert!(!pushed.ok && pushed.stderr.contains("ungated-change"), "{pushed:?}");
    let bare = pair.repo.preflag(&["hook", "install", "--repo", pair.server.path().to_str().unwrap()]);
    assert!(bare.code == 2 && bare.stderr.contains("this repository is bare"), "{bare:?}");
}

#[cfg(unix)]
#[test]
fn a_hook_that_is_a_link_is_somebody_elses() {
    let repo = Repo::new(&[("README.md", "shop\n")]);
    let target = repo.path().join("target");
    let hook = repo.path().join(".git/hooks/pre-push");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(&target, &hook).unwrap();
    assert_eq!(repo.preflag(&["hook", "install"]).code, 1);
    assert!(!target.exists());
}

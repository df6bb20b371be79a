//! `preflag init`: what it shows, what it writes, and what it leaves alone.

use crate::support::{Repo, Run};
use std::fs;

const FLAGS: &str = "\
import * as LaunchDarkly from '@launchdarkly/node-server-sdk';
const client = LaunchDarkly.init(process.env.KEY);

export async function isFeatureLive(key, user) {
  return client.boolVariation(key, user, false);
}

export async function total(order, user) {
  if (await client.boolVariation('new-tax', user, false)) {
    return order.total * 1.07;
  }
  return order.total;
}
";

fn shop() -> Repo {
    let repo = Repo::new(&[("src/flags.js", FLAGS), (".github/workflows/test.yml", "on: push\n")]);
    let repository = git2::Repository::open(repo.path()).unwrap();
    repository.remote("origin", "https://ana:hunter2@github.com/shop/shop").unwrap();
    repo
}

fn there(repo: &Repo) -> [bool; 3] {
    [".preflag.yml", ".github/workflows/preflag.yml", ".git/hooks/pre-push"].map(|path| repo.path().join(path).exists())
}

fn text(repo: &Repo, path: &str) -> String {
    fs::read_to_string(repo.path().join(path)).unwrap()
}

fn well(run: Run) -> String {
    assert!(run.code == 0 && run.stderr.is_empty(), "{run:?}");
    assert!(!run.stdout.contains("hunter2"), "{run:?}");
    run.stdout
}

#[test]
fn it_shows_first_and_writes_when_it_is_told_to() {
    let repo = shop();
    for arguments in [&["init"][..], &["init", "--dry-run"]] {
        let said = well(repo.preflag(arguments));
        for part in [
            ".preflag.yml (new)",
            "+ recommend:",
            "workflows/preflag.yml (new)",
            "pre-push hook (new)",
            "Nothing was written",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert_eq!(there(&repo), [false; 3]);
    }
    let said = well(repo.preflag(&["init", "--yes"]));
    assert!(said.contains("Wrote .preflag.yml.") && said.contains("Wrote .github/workflows/preflag.yml."), "{said}");
    assert_eq!(there(&repo), [true; 3]);
    let config = text(&repo, ".preflag.yml");
    for found in [
        "provider: \"launchdarkly\"",
        "launchdarkly (1 flag)",
        "isFeatureLive",
        "javascript (1 file)",
        "main",
        "GitHub Actions",
    ] {
        assert!(config.contains(found), "{found}: {config}");
    }
    assert!(well(repo.preflag(&["rules", "check"])).contains("well"));
    let hook = text(&repo, ".git/hooks/pre-push");
    assert_eq!(repo.preflag(&["hook", "uninstall"]).code, 0, "it is the same hook: {hook}");
}

#[test]
fn a_second_run_changes_nothing() {
    let repo = shop();
    well(repo.preflag(&["init", "--yes"]));
    let said = well(repo.preflag(&["init", "--yes"]));
    assert!(said.contains("There is nothing to write.") && !said.contains("(new)"), "{said}");
    assert_eq!(said.matches("is there already, as it would be written").count(), 2, "{said}");
    repo.write(&[("src/more.js", FLAGS), ("src/other.py", "x = 1\n")]);
    let said = well(repo.preflag(&["init", "--yes"]));
    assert!(
        said.contains("There is nothing to write.") && !said.contains("differ"),
        "other files, same settings: {said}"
    );
    repo.write(&[(".preflag.yml", "policy: {fail-on: high}\n")]);
    let said = well(repo.preflag(&["init", "--yes"]));
    assert!(
        said.contains(".preflag.yml is there and is left as it is") && said.contains("-policy: {fail-on: high}"),
        "{said}"
    );
    assert_eq!(text(&repo, ".preflag.yml"), "policy: {fail-on: high}\n");
}

#[test]
fn what_does_the_work_already_is_seen() {
    let repo = shop();
    repo.write(&[
        (".preflag.yaml", "exclude: [legacy/**]\n"),
        (".github/workflows/checks.yaml", "jobs:\n  a:\n    steps:\n      - uses: preflag/preflag@v0\n"),
        ("lefthook.yml", "pre-push: {}\n"),
    ]);
    let said = well(repo.preflag(&["init", "--yes"]));
    assert!(
        said.contains("not needed: .preflag.yaml") && said.contains("not needed: .github/workflows/checks.yaml"),
        "{said}"
    );
    assert!(said.contains("belong to lefthook"), "{said}");
    assert_eq!(there(&repo), [false; 3]);
}

#[test]
fn other_services_get_a_command_and_parts_can_be_left_out() {
    let repo = Repo::new(&[("a.py", "x = 1\n"), (".gitlab-ci.yml", "test: {script: [true]}\n")]);
    let said = well(repo.preflag(&["init", "--yes", "--skip", "hook"]));
    assert!(said.contains("No workflow for GitLab CI") && said.contains("preflag scan"), "{said}");
    assert_eq!(there(&repo), [true, false, false]);
    assert!(text(&repo, ".preflag.yml").contains("#recommend:"), "no SDK was found");
}

#[test]
fn the_first_thing_in_a_new_repository() {
    let repo = Repo::empty();
    well(repo.preflag(&["init", "--yes"]));
    assert_eq!(there(&repo), [true; 3]);
    let bare = tempfile::tempdir().unwrap();
    git2::Repository::init_bare(bare.path()).unwrap();
    let run = repo.preflag(&["init", "--yes", "--repo", bare.path().to_str().unwrap()]);
    assert!(run.code == 2 && run.stderr.contains("bare"), "{run:?}");
    repo.write(&[(".preflag.yml", "polcy: {}\n")]);
    let run = repo.preflag(&["init", "--yes"]);
    assert!(run.code == 2 && run.stderr.contains(".preflag.yml:1:1"), "{run:?}");
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere() {
    let repo = Repo::new(&[("a.py", "x = 1\n")]);
    let elsewhere = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), repo.path().join(".github")).unwrap();
    let said = well(repo.preflag(&["init", "--yes"]));
    assert!(said.contains("workflows/preflag.yml is not written: `.github` is a link"), "{said}");
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

/// `preflag init` at a terminal, with what is typed there; the exit code and what the terminal showed.
#[cfg(unix)]
fn at_a_terminal(repo: &Repo, typed: &str) -> (i32, String) {
    use std::io::{Read, Write};
    use std::os::fd::{FromRawFd, OwnedFd};
    let (mut master, mut slave) = (0, 0);
    // SAFETY: both places are there to be written; the rest may be null.
    let made = unsafe {
        libc::openpty(&mut master, &mut slave, std::ptr::null_mut(), std::ptr::null_mut(), std::ptr::null_mut())
    };
    assert_eq!(made, 0, "a terminal can be made");
    // SAFETY: openpty has just opened them, and nobody else has them.
    let (mut master, slave) = unsafe { (fs::File::from_raw_fd(master), OwnedFd::from_raw_fd(slave)) };
    let mut command = repo.command(&["init"]);
    command.stdin(slave.try_clone().unwrap()).stdout(slave.try_clone().unwrap()).stderr(slave);
    let mut child = command.spawn().unwrap();
    // The command keeps copies of the other end as long as it is there.
    drop(command);
    master.write_all(typed.as_bytes()).unwrap();
    let (mut shown, mut buffer) = (Vec::new(), [0; 4096]);
    // A terminal whose other end is closed is an error to read from.
    while let Ok(length @ 1..) = master.read(&mut buffer) {
        shown.extend_from_slice(&buffer[..length]);
    }
    (child.wait().unwrap().code().unwrap(), String::from_utf8(shown).unwrap())
}

#[cfg(unix)]
#[test]
fn at_a_terminal_it_asks_and_only_yes_is_yes() {
    for typed in ["n\n", "\n", "yep\n", "no, y\n", "\u{4}"] {
        let repo = shop();
        let (code, shown) = at_a_terminal(&repo, typed);
        assert!(shown.contains(".preflag.yml (new)") && shown.contains("Write this? [y/N] "), "{typed:?}: {shown}");
        assert!(code == 0 && shown.contains("Nothing was written.") && !shown.contains("Wrote"), "{typed:?}: {shown}");
        assert_eq!(there(&repo), [false; 3], "{typed:?}");
    }
    for typed in ["y\n", "Yes\n", "  Y \n"] {
        let repo = shop();
        let (code, shown) = at_a_terminal(&repo, typed);
        assert!(code == 0 && shown.contains("Wrote .preflag.yml."), "{typed:?}: {shown}");
        assert_eq!(there(&repo), [true; 3], "{typed:?}");
        let (code, shown) = at_a_terminal(&repo, "");
        assert!(code == 0 && shown.contains("There is nothing to write.") && !shown.contains("[y/N]"), "{shown}");
    }
}

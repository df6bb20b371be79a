//! Records: what a scan leaves on a commit, and reading it back, whatever somebody else has put there.

use crate::support::{Repo, Run, UNGATED_CHARGE};
use serde_json::Value;
use std::process::Command;

/// Who writes, by the environment alone.
const IDENTITY: &[(&str, &str)] = &[("GIT_COMMITTER_NAME", "Ana"), ("GIT_COMMITTER_EMAIL", "ana@example.com")];

fn repo() -> Repo {
    let repo = Repo::new(&[("README.md", "shop\n")]);
    let message = "Charge\n\nPreflag-Waive: payments: Only the test shop uses it";
    repo.write(&[("src/billing/charge.js", UNGATED_CHARGE)]).commit(message);
    repo
}

fn record(repo: &Repo, more: &[&str]) -> Run {
    repo.preflag_with(&[&["scan", "HEAD~1", "--record"], more].concat(), IDENTITY)
}

fn log(repo: &Repo, more: &[&str]) -> Value {
    let run = repo.preflag(&[&["log", "--format", "json"], more].concat());
    assert_eq!(run.code, 0, "{run:?}");
    serde_json::from_str(&run.stdout).unwrap()
}

fn git(repo: &Repo, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    let identity = [("GIT_AUTHOR_NAME", "Ana"), ("GIT_AUTHOR_EMAIL", "ana@example.com")];
    command
        .args(arguments)
        .current_dir(repo.path())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    let output = command.envs(identity).envs(IDENTITY.iter().copied()).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_record_is_kept_as_a_note_and_read_back() {
    let repo = repo();
    let run = record(&repo, &["--format", "json"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(run.stdout, repo.preflag(&["scan", "HEAD~1", "--format", "json"]).stdout, "the report is the same");
    assert_eq!(record(&repo, &["-q", "--fail-on", "never"]).code, 0);
    let report = run.report();
    let log = log(&repo, &[]);
    let records = log["records"].as_array().unwrap();
    assert_eq!((records.len(), &log["damaged"], &log["more"]), (2, &serde_json::json!([]), &0.into()));
    let first = &records[1];
    assert_eq!(first["commit"], report["range"]["head"]);
    assert_eq!(
        (&first["tier"], &first["coverage"], &first["verdict"]),
        (&"critical".into(), &"uncovered".into(), &"pass".into())
    );
    assert_eq!((&first["version"], &first["range"]["base"]), (&report["tool"]["version"], &report["range"]["base"]));
    assert_eq!(first["waivers"][0]["reason"], "Only the test shop uses it");
    // git shows it, too, one object a line.
    let note = git(&repo, &["notes", "--ref", "preflag", "show", "HEAD"]);
    assert_eq!(note.lines().filter(|line| serde_json::from_str::<Value>(line).is_ok()).count(), 2, "{note}");
    let table = repo.preflag(&["log"]);
    assert!(
        table.code == 0 && table.stdout.contains("✓ pass") && table.stdout.contains("waived payments by Ana"),
        "{table:?}"
    );
}

#[test]
fn settings_that_judged_are_told_apart() {
    let repo = repo();
    record(&repo, &["-q"]);
    repo.write(&[(".preflag.yml", "policy: {fail-on: high}\n")]);
    record(&repo, &["-q"]);
    let log = log(&repo, &[]);
    let mut settings: Vec<&Value> =
        log["records"].as_array().unwrap().iter().map(|record| &record["settings"]).collect();
    settings.sort_by_key(|value| value.is_null());
    assert!(settings[0].as_str().is_some_and(|digest| digest.len() == 32) && settings[1].is_null(), "{settings:?}");
}

#[test]
fn records_are_listed_by_number_and_by_range() {
    let repo = repo();
    record(&repo, &["-q"]);
    repo.write(&[("README.md", "a shop\n")]).commit("Docs");
    record(&repo, &["-q"]);
    record(&repo, &["-q"]);
    let count = |more: &[&str]| log(&repo, more)["records"].as_array().unwrap().len();
    assert_eq!((count(&[]), count(&["-n", "2"]), count(&["HEAD~1..HEAD"]), count(&["HEAD~2..HEAD~1"])), (3, 2, 2, 1));
    assert_eq!(log(&repo, &["-n", "1"])["more"], 2);
    assert_eq!(repo.preflag(&["log", "nowhere..HEAD"]).code, 2);
    let none = Repo::new(&[("a", "b")]).preflag(&["log"]);
    assert!(none.code == 0 && none.stdout.contains("No records.") && none.stdout.contains("git fetch"), "{none:?}");
}

#[test]
fn a_bare_repository_keeps_records_too() {
    let repo = repo();
    git(&repo, &["clone", "-q", "--bare", ".", "bare.git"]);
    let run = record(&repo, &["-q", "--repo", "bare.git"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(log(&repo, &["--repo", "bare.git"])["records"].as_array().unwrap().len(), 1);
    assert_eq!(log(&repo, &[])["records"].as_array().unwrap().len(), 0);
}

#[test]
fn where_no_record_can_be_written_the_report_is_there_first() {
    let repo = repo();
    let nobody = repo.preflag(&["scan", "HEAD~1", "--record"]);
    assert_eq!(nobody.code, 2);
    assert!(nobody.stdout.contains("Waivers") && nobody.stderr.contains("git does not know who you are"), "{nobody:?}");
    assert!(nobody.stderr.contains("hint: Run `git config user.name"), "{nobody:?}");
    // A file where a folder has to be, which stops root as well.
    repo.write(&[(".git/refs/notes", "")]);
    let closed = record(&repo, &["-o", "report.json"]);
    assert_eq!(closed.code, 2);
    assert!(closed.stderr.contains("error: the record could not be written to refs/notes/preflag"), "{closed:?}");
    assert!(std::fs::read_to_string(repo.path().join("report.json")).unwrap().contains("\"schema_version\""));
    for side in ["--staged", "--worktree"] {
        assert_eq!(repo.preflag(&["scan", side, "--record"]).code, 2, "no commit, no record");
    }
}

#[test]
fn scans_at_once_lose_no_record() {
    let repo = repo();
    let mut running: Vec<_> = (0..6)
        .map(|_| repo.command(&["scan", "HEAD~1", "--record", "-q"]).envs(IDENTITY.iter().copied()).spawn().unwrap())
        .collect();
    assert!(running.iter_mut().all(|child| child.wait().unwrap().code() == Some(0)));
    assert_eq!(log(&repo, &[])["records"].as_array().unwrap().len(), 6);
}

#[test]
fn notes_of_others_are_read_with_care() {
    let repo = repo();
    record(&repo, &["-q"]);
    let line = git(&repo, &["notes", "--ref", "preflag", "show", "HEAD"]);
    let hostile = "\\u202e`|::error::x ##[error] \\u001b[31m @everyone <img>";
    let evil = line.trim().replace("Only the test shop uses it", hostile).replace("\"Ana\"", &format!("\"{hostile}\""));
    let huge = format!("{{\"record\":1,\"x\":\"{}\"}}", "x".repeat(600_000));
    let note = format!("{evil}\nnonsense \u{202e}\n{{\"record\":9}}\n{huge}\n");
    repo.write(&[("note", &note)]);
    git(&repo, &["notes", "--ref", "preflag", "add", "-f", "-F", "note", "HEAD"]);
    let read = log(&repo, &[]);
    assert_eq!((read["records"].as_array().unwrap().len(), read["damaged"].as_array().unwrap().len()), (1, 3));
    for arguments in [&["log"][..], &["log", "--format", "json"]] {
        let run = repo.preflag(arguments);
        assert!(
            run.code == 0 && !run.stdout.contains(['\u{202e}', '\u{1b}']) && !run.stdout.contains("##["),
            "{run:?}"
        );
        assert!(
            run.stdout.len() < 10_000 && !run.stdout.lines().any(|line| line.trim_start().starts_with("::")),
            "{run:?}"
        );
    }
    // Notes on what is no commit, and trees that are no notes, stop nothing.
    git(&repo, &["notes", "--ref", "preflag", "add", "-m", "on a tree", "HEAD^{tree}"]);
    assert_eq!(log(&repo, &[])["damaged"].as_array().unwrap().len(), 4);
    git(&repo, &["update-ref", "refs/notes/preflag", "HEAD"]);
    assert_eq!(log(&repo, &[])["records"].as_array().unwrap().len(), 0);
}

//! The command as its users meet it: exit codes, what goes where, what errors say.

use crate::support::{Repo, UNGATED_CHARGE};
use std::fs;
use std::process::Stdio;

/// A repository whose last commit holds a Critical finding.
fn risky() -> Repo {
    let repo = Repo::new(&[("README.md", "shop\n")]);
    repo.write(&[("src/billing/charge.js", UNGATED_CHARGE)]).commit("Charge customers");
    repo
}

#[test]
fn the_exit_code_is_the_verdict() {
    let repo = risky();
    let run = repo.preflag(&["scan", "HEAD~1", "--format", "json"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!(run.report()["verdict"]["policy"], "fail");
    assert_eq!(run.stderr, "");
    assert_eq!(repo.preflag(&["scan", "HEAD~1", "--fail-on", "never"]).code, 0);
    let report_only = repo.preflag(&["scan", "HEAD~1", "--report-only", "--format", "json"]);
    assert_eq!((report_only.code, &report_only.report()["verdict"]["policy"]), (0, &"warn".into()));
    let no_gate = repo.preflag(&["scan", "HEAD~1", "--no-gate", "--format", "json"]);
    assert_eq!(
        (no_gate.code, &no_gate.report()["verdict"]["policy"]),
        (0, &"fail".into()),
        "the report stays as it is"
    );
}

#[test]
fn every_format_has_the_same_exit_code() {
    let repo = risky();
    for format in ["table", "json", "sarif", "markdown", "github"] {
        let run = repo.preflag(&["scan", "HEAD~1", "--format", format]);
        assert_eq!(run.code, 1, "{format}: {run:?}");
        assert!(!run.stdout.is_empty() && !run.stdout.contains('\u{1b}'), "{format}: no colours in a pipe");
    }
}

#[test]
fn the_same_scan_gives_the_same_bytes() {
    let repo = risky();
    let first = repo.preflag(&["scan", "HEAD~1", "--format", "json"]).stdout;
    assert_eq!(repo.preflag(&["scan", "HEAD~1", "--format", "json"]).stdout, first);
}

#[test]
fn known_findings_do_not_count() {
    let repo = risky();
    assert_eq!(repo.preflag(&["scan", "HEAD~1", "-q", "--write-baseline", "known.json"]).code, 1);
    let run = repo.preflag(&["scan", "HEAD~1", "--baseline", "known.json", "--format", "json"]);
    assert_eq!(run.code, 0, "{run:?}");
    let missing = repo.preflag(&["scan", "HEAD~1", "--baseline", "nowhere.json"]);
    assert_eq!((missing.code, missing.stdout.as_str()), (2, ""));
    assert!(missing.stderr.contains("nowhere.json") && missing.stderr.contains("--write-baseline"), "{missing:?}");
}

#[test]
fn reports_go_where_they_are_sent() {
    let repo = risky();
    let run = repo.preflag(&["scan", "HEAD~1", "-f", "table", "-f", "sarif", "-o", "a.sarif", "-o", "b.json"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("charge.js"), "the table");
    let read = |name: &str| fs::read_to_string(repo.path().join(name)).unwrap();
    assert!(read("a.sarif").contains("\"2.1.0\"") && read("b.json").contains("\"schema_version\""));
    let quiet = repo.preflag(&["scan", "HEAD~1", "-q", "-o", "c.json"]);
    assert_eq!((quiet.code, quiet.stdout.as_str()), (1, ""));
    assert!(read("c.json").contains("\"schema_version\""));
    let nowhere = repo.preflag(&["scan", "HEAD~1", "-o", "no/such/folder/c.json"]);
    assert_eq!(nowhere.code, 2);
    assert!(nowhere.stderr.contains("error: no/such/folder/c.json cannot be written"), "{nowhere:?}");
}

#[test]
fn what_cannot_be_done_is_said_on_stderr_with_a_hint() {
    let repo = risky();
    for (arguments, error, hint) in [
        (&["scan", "nowhere..HEAD"][..], "error: `nowhere` is not a revision of this repository", "hint: "),
        (&["scan", "--repo", "/"], "error: / is not inside a git repository", "--repo DIR"),
        (&["scan", "--config", "none.yml"], "error: none.yml cannot be read", ""),
        (&["scan", "--fail-on", "always"], "invalid value 'always'", "uncovered-critical"),
        (&["scan", "--staged", "--worktree"], "cannot be used with", ""),
    ] {
        let run = repo.preflag(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}: {run:?}");
        assert!(run.stderr.contains(error) && run.stderr.contains(hint), "{arguments:?}: {run:?}");
        assert!(!run.stderr.contains('\u{1b}'), "{arguments:?}: no colours in a pipe");
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let repo = risky();
    for (arguments, code) in [(&["scan", "HEAD~1", "--format", "json"][..], 1), (&["completions", "bash"], 0)] {
        let mut child = repo.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: the verdict stands, and nothing else is said");
        assert_eq!(output.stderr, b"", "{arguments:?}");
    }
}

#[test]
fn the_index_and_the_work_tree_can_be_judged() {
    let repo = Repo::new(&[("README.md", "shop\n")]);
    repo.write(&[("src/billing/charge.js", UNGATED_CHARGE)]);
    assert_eq!(repo.preflag(&["scan", "--staged"]).code, 0, "nothing is staged");
    assert_eq!(repo.preflag(&["scan", "--worktree"]).code, 1, "new files count");
    let repository = git2::Repository::open(repo.path()).unwrap();
    let mut index = repository.index().unwrap();
    index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).unwrap();
    index.write().unwrap();
    assert_eq!(repo.preflag(&["scan", "--staged"]).code, 1);
}

#[test]
fn packs_are_listed_and_checked() {
    let repo = Repo::new(&[("README.md", "shop\n")]);
    let pack = "name: Ours\nimports: [ours]\nevaluations:\n  - {call: [isOn], key: {argument: 0}}\n";
    repo.write(&[(".preflag/rules/flags/ours.yaml", pack), ("bad/flags/x.yaml", &pack.replace("call", "calls"))]);
    let list = repo.preflag(&["rules", "list"]);
    assert!(list.code == 0 && list.stdout.contains("flags/launchdarkly"), "{list:?}");
    assert!(list.stdout.contains("areas/payments") && list.stdout.contains("flags/ours"), "{list:?}");
    let well = repo.preflag(&["rules", "check", ".preflag/rules/flags/ours.yaml"]);
    assert_eq!((well.code, well.stdout.as_str()), (0, ".preflag/rules/flags/ours.yaml: well\n"), "{well:?}");
    let wrong = repo.preflag(&["rules", "check", ".preflag/rules/flags/ours.yaml", "bad/flags/x.yaml"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("bad/flags/x.yaml:4:6: evaluations[0]: unknown field `calls`"), "{wrong:?}");
    assert!(repo.preflag(&["rules", "check"]).stdout.contains("well"));
}

#[test]
fn help_names_every_command_and_the_exit_codes() {
    let repo = Repo::new(&[("README.md", "shop\n")]);
    let help = repo.preflag(&["--help"]).stdout;
    for word in ["scan", "explain", "rules", "completions", "man", "Exit codes: 0 pass or warn"] {
        assert!(help.contains(word), "{word}");
    }
    assert!(repo.preflag(&["man"]).stdout.starts_with(".ie"), "roff");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(repo.preflag(&["completions", shell]).stdout.contains("preflag"), "{shell}");
    }
}

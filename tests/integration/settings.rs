//! Whose settings hold: the work tree's, the base commit's, a file's, or none.

use crate::support::{Repo, UNGATED_CHARGE};

const CHARGE: &str = "src/billing/charge.js";
const NEVER_FAIL: &str = "policy: {fail-on: never}\n";
const SCAN: &[&str] = &["scan", "HEAD~1", "--format", "json"];

/// A change that is Critical and, at the same time, writes these files.
fn change_with(files: &[(&str, &str)]) -> Repo {
    let repo = Repo::new(&[("README.md", "shop\n")]);
    repo.write(&[(CHARGE, UNGATED_CHARGE)]).write(files).commit("Charge customers");
    repo
}

#[test]
fn a_change_cannot_switch_off_its_own_check_in_ci() {
    let repo = change_with(&[(".preflag.yml", NEVER_FAIL)]);
    assert_eq!(repo.preflag(SCAN).code, 0, "on a person's machine, the work tree holds");
    for (arguments, variables) in [
        (SCAN.to_vec(), &[("CI", "true")][..]),
        (SCAN.to_vec(), &[("GITHUB_ACTIONS", "true")]),
        ([SCAN, &["--config-from-base"]].concat(), &[]),
    ] {
        let run = repo.preflag_with(&arguments, variables);
        assert_eq!(run.code, 1, "{variables:?}: {run:?}");
        let notices = run.report()["notices"].to_string();
        assert!(
            notices.contains("judged by those of the base commit") && notices.contains(".preflag.yml"),
            "{notices}"
        );
    }
}

#[test]
fn in_ci_packs_and_config_are_those_of_the_base() {
    let pack = "name: Ours\nimports: [ours]\nevaluations:\n  - {call: [isOn], key: {argument: 0}}\n";
    let repo = Repo::new(&[(".preflag.yml", NEVER_FAIL), (".preflag/rules/flags/ours.yaml", pack)]);
    repo.write(&[(CHARGE, UNGATED_CHARGE), (".preflag.yml", "broken: [")]).commit("Charge customers");
    repo.write(&[(".preflag/rules/flags/ours.yaml", "broken: [")]);
    assert_eq!(repo.preflag(SCAN).code, 2, "the work tree's config cannot be read");
    let run = repo.preflag_with(SCAN, &[("CI", "true")]);
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn a_broken_config_is_an_error_with_its_place() {
    let repo = change_with(&[(".preflag.yml", "policy:\n  fail-on: somtimes\n")]);
    let run = repo.preflag(SCAN);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(
        run.stderr.contains(".preflag.yml:2:12: policy.fail-on: unknown variant `somtimes`, expected one of"),
        "{run:?}"
    );
    assert!(run.stderr.contains("2 |   fail-on: somtimes\n"), "{run:?}");
    let none = repo.preflag(&["scan", "HEAD~1", "--no-config"]);
    assert_eq!(none.code, 1, "{none:?}");
}

#[test]
fn a_file_takes_the_place_of_the_repositorys_config() {
    let repo = change_with(&[(".preflag.yml", "policy: {fail-on: critical}\n"), ("other.yml", NEVER_FAIL)]);
    assert_eq!(repo.preflag(SCAN).code, 1);
    assert_eq!(repo.preflag(&["scan", "HEAD~1", "--config", "other.yml"]).code, 0);
    let stricter = repo.preflag(&["scan", "HEAD~1", "--config", "other.yml", "--fail-on", "uncovered-critical"]);
    assert_eq!(stricter.code, 1, "what is typed counts for more than a file");
}

#[test]
fn excluded_files_are_left_out_and_counted() {
    let repo = change_with(&[(".preflag.yml", "exclude: ['src/billing/**']\n")]);
    let run = repo.preflag(SCAN);
    assert_eq!(run.code, 0, "{run:?}");
    let report = run.report();
    assert_eq!(report["findings"], serde_json::json!([]));
    assert!(report["notices"].to_string().contains("1 changed file not looked at"), "{report}");
}

#[test]
fn path_rules_do_not_silence_critical_findings() {
    let repo = change_with(&[(".preflag.yml", "paths: [{match: '**', tier-cap: none}]\n")]);
    assert_eq!(repo.preflag(SCAN).code, 1);
}

#[cfg(unix)]
#[test]
fn a_config_that_leads_out_of_the_repository_is_refused() {
    let repo = change_with(&[]);
    std::os::unix::fs::symlink("/dev/zero", repo.path().join(".preflag.yml")).unwrap();
    let run = repo.preflag(SCAN);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains(".preflag.yml is not a regular file"), "{run:?}");
}

#[test]
fn an_unknown_pack_in_the_config_is_refused_with_the_near_ones() {
    let repo = change_with(&[(".preflag.yml", "packs: {disable: [flags/launchdarkley]}\n")]);
    let run = repo.preflag(SCAN);
    assert!(run.code == 2 && run.stderr.contains("did you mean `flags/launchdarkly`?"), "{run:?}");
}

//! The score of changes in made repositories: what counts, why, what would lower it, and when nobody can tell.

use crate::support::{Repo, UNGATED_CHARGE};
use serde_json::Value;

const DAY: i64 = 86_400;
const START: i64 = 1_700_000_000;

/// A repository in which Bea knows `src/tax.ts` well and Ana knows `web`.
fn repo() -> Repo {
    let repo = Repo::empty();
    repo.write(&[("README.md", "x\n"), ("web/a.ts", "export const a = 1;\n")]).commit_as("Ana", START, "Begin");
    for day in 1..12 {
        let text = format!("export function tax(total: number) {{\n  return total * {day};\n}}\n");
        repo.write(&[("src/tax.ts", &text)]).commit_as("Bea", START + day * DAY, "Change the tax");
    }
    repo.write(&[("src/tax.ts", "export const tax = 1;\n")]).commit_as("Bea", START + 12 * DAY, "Fix the tax");
    repo.write(&[("web/page.ts", "import { tax } from '../src/tax';\n")]).commit_as("Ana", START + 13 * DAY, "Use it");
    repo
}

fn signal<'r>(report: &'r Value, id: &str) -> &'r Value {
    let signals = report["signals"].as_array().unwrap();
    signals.iter().find(|signal| signal["id"] == id).unwrap_or_else(|| panic!("no {id}"))
}

fn scan(repo: &Repo, more: &[&str]) -> Value {
    repo.preflag(&[&["scan", "HEAD^..HEAD", "--format", "json"], more].concat()).report()
}

#[test]
fn every_point_belongs_to_a_signal_and_can_be_checked() {
    let repo = repo();
    repo.write(&[("src/tax.ts", "export const tax = 2;\nif (tax > 1 && tax < 3) {\n  pay();\n}\n")]);
    repo.commit_as("Ana", START + 14 * DAY, "fix: the tax");
    let report = scan(&repo, &[]);
    let total = report["verdict"]["score"].as_i64().unwrap();
    let points: i64 =
        report["signals"].as_array().unwrap().iter().map(|signal| signal["points"].as_i64().unwrap()).sum();
    assert_eq!(total, (50 + points).clamp(0, 100));
    assert_eq!(report["score"]["total"], total);
    assert_eq!(signal(&report, "added-lines")["number"], 4.0);
    assert_eq!(signal(&report, "conditionals")["number"], 2.0);
    assert_eq!(signal(&report, "fix")["value"], "yes");
    assert_eq!(signal(&report, "fixes")["number"], 1.0);
    assert_eq!(signal(&report, "blast-radius")["evidence"][0], "web/page.ts");
    assert_eq!(signal(&report, "blast-users")["known"], false);
    let expertise = signal(&report, "expertise");
    assert!(expertise["points"].as_i64().unwrap() > 0, "Ana is new to it");
    let evidence: Vec<&str> =
        expertise["evidence"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    assert_eq!(evidence[0], "src/tax.ts: the author had a hand in 0 of 12 earlier changes");
    // The command that is there to check it lists just those changes.
    let command = evidence[1].strip_prefix("to check: git ").unwrap().replace('\'', "");
    let arguments: Vec<&str> = command.split(' ').collect();
    let format = command.find("--format").unwrap();
    assert!(command[format..].starts_with("--format=%h %an %s "), "{command}");
    assert_eq!(arguments[arguments.len() - 2..], ["--", "src/tax.ts"]);
}

#[test]
fn who_knows_the_files_is_asked_to_look_at_them() {
    let repo = repo();
    repo.write(&[("src/tax.ts", &"export const tax = 2;\n".repeat(300))]).commit_as("Cyd", START + 14 * DAY, "Tax");
    let report = scan(&repo, &[]);
    assert_eq!(report["score"]["reviewers"][0]["name"], "Bea");
    assert_eq!(report["score"]["reviewers"][0]["knows"], "a hand in 12 of 12 changes to src/tax.ts");
    let levers = report["score"]["levers"].as_array().unwrap();
    let review = levers.iter().find(|lever| lever["action"] == "reviewed by Bea (knows src/tax.ts)").expect("a lever");
    assert!(review["points"].as_i64().unwrap() <= -3);
    assert!(
        !repo.preflag(&["scan", "HEAD^..HEAD", "--format", "json"]).stdout.contains("@example.com"),
        "no addresses"
    );
    // It does what it says.
    let before = report["verdict"]["score"].as_i64().unwrap();
    let reviewed = self::repo();
    reviewed.write(&[("src/tax.ts", &"export const tax = 2;\n".repeat(300))]);
    reviewed.commit_as("Cyd", START + 14 * DAY, "Tax\n\nReviewed-by: Bea <bea@example.com>");
    let after = scan(&reviewed, &[])["verdict"]["score"].as_i64().unwrap();
    assert_eq!(after, before + review["points"].as_i64().unwrap());
}

#[test]
fn without_history_its_part_is_unknown_and_says_why() {
    let repo = repo();
    repo.write(&[("src/tax.ts", "export const tax = 2;\n")]).commit_as("Ana", START + 14 * DAY, "Tax");
    let report = scan(&repo, &["--no-history"]);
    let expertise = signal(&report, "expertise");
    assert_eq!((expertise["known"].as_bool(), expertise["points"].as_i64()), (Some(false), Some(0)));
    assert_eq!(expertise["explanation"], "Not known: history was not read, as `--no-history` asks.");
    assert_eq!(report["score"]["rate"], Value::Null);
    // A first commit has nothing before it.
    let first = Repo::new(&[("a.ts", UNGATED_CHARGE)]);
    let report = first.preflag(&["scan", "4b825dc642cb6eb9a060e54bf8d69288fbee4904..HEAD", "--format", "json"]);
    if report.code != 2 {
        let text = report.report()["score"]["text"].as_str().unwrap().to_owned();
        assert_eq!(text, "Only the change itself counts: there is no history before this change.");
    }
}

#[test]
fn a_change_without_code_has_no_score() {
    let repo = repo();
    repo.write(&[("README.md", "y\n"), ("src/tax.test.ts", "test();\n")]).commit_as("Ana", START + 14 * DAY, "Words");
    let report = scan(&repo, &[]);
    assert_eq!((&report["verdict"]["score"], &report["score"]), (&Value::Null, &Value::Null));
    assert_eq!(report["signals"], Value::Array(Vec::new()));
    assert!(!repo.preflag(&["scan", "HEAD^..HEAD"]).stdout.contains("core"), "nor a word about it");
}

#[test]
fn the_score_never_decides() {
    let repo = repo();
    repo.write(&[("src/tax.ts", &"export const tax = 2;\nif (a && b) {}\n".repeat(900))]).commit_as(
        "Cyd",
        START + 14 * DAY,
        "x",
    );
    let run = repo.preflag(&["scan", "HEAD^..HEAD", "--format", "json"]);
    assert_eq!((run.code, run.report()["verdict"]["policy"].as_str()), (0, Some("pass")));
    assert!(run.report()["verdict"]["score"].as_i64().unwrap() > 90);
}

#[test]
fn a_repository_has_its_own_weights() {
    let repo = repo();
    repo.write(&[(".preflag.yml", "score: {weights: {added-lines: 0}}\n")]).commit("Settings");
    repo.write(&[("src/tax.ts", &"export const tax = 2;\n".repeat(300))]).commit_as("Bea", START + 14 * DAY, "Tax");
    let report = scan(&repo, &[]);
    assert_eq!(signal(&report, "added-lines")["points"], 0);
    assert_eq!(report["score"]["overridden_by"][0], ".preflag.yml");
    assert_eq!(report["score"]["rate"], Value::Null, "what was measured was measured with other weights");
    repo.write(&[(".preflag.yml", "score: {weights: {lines: 0}}\n")]);
    let run = repo.preflag(&["scan", "HEAD^..HEAD"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("unknown variant `lines`, expected one of `added-lines`"), "{}", run.stderr);
}

#[test]
fn a_shallow_clone_names_the_cure() {
    let origin = repo();
    origin.write(&[("src/tax.ts", "export const tax = 2;\n")]).commit_as("Ana", START + 14 * DAY, "Tax");
    let clone = Repo::empty();
    let url = format!("file://{}", origin.path().display());
    let git = |arguments: &[&str]| {
        let run = std::process::Command::new("git").args(arguments).current_dir(clone.path()).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    };
    git(&["fetch", "-q", "--depth", "2", &url, "main"]);
    git(&["checkout", "-q", "FETCH_HEAD"]);
    let report = scan(&clone, &[]);
    let why = signal(&report, "authors")["explanation"].as_str().unwrap().to_owned();
    assert!(why.contains("shallow") && why.contains("git fetch --unshallow"), "{why}");
}

#[test]
fn a_backtest_tells_where_a_change_stands_among_the_own_ones() {
    let repo = Repo::empty();
    for day in 0..60 {
        let text = format!("export const a = {day};\n").repeat(day as usize % 7 + 1);
        repo.write(&[("src/a.ts", &text)]).commit_as("Bea", START + day * DAY, "Change it");
    }
    repo.write(&[("src/b.ts", &"if (a) pay();\n".repeat(200))]).commit_as("Ana", START + 60 * DAY, "Pay");
    assert_eq!(scan(&repo, &[])["score"]["percentile"], Value::Null);
    repo.preflag(&["backtest"]);
    let percentile = &scan(&repo, &[])["score"]["percentile"];
    assert_eq!(percentile["changes"], 61);
    assert!(percentile["above"].as_u64().unwrap() >= 95, "{percentile}");
    assert_eq!(scan(&repo, &["--no-cache"])["score"]["percentile"], Value::Null);
}

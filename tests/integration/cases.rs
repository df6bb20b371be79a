//! Whole changes, each a story: `testdata/repos/<case>/` holds the trees `base/` and `head/` and, in `case.yaml`, what a
//! reader should be told about the step from one to the other.
//!
//! Facts are strict, the table is a snapshot, and the JSON fits the published schema. A case with `todo: true` says what
//! should be and is not yet; it fails once it is. How many lines the words take is the snapshot's business, not a fact's.
//! A case with `gates-only: true` asks one question, whether the change is behind a flag and behind which: what is advised
//! then is not compared and there is no snapshot, so that its code can be as short as the question.
//!
//! `CASE=near-miss cargo test cases_are_told -- --nocapture` runs the cases of such a name, and shows what is missing of
//! those that are still to do.

use crate::support::Repo;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The story, for people.
    about: String,
    /// What is expected does not hold yet.
    #[serde(default)]
    todo: bool,
    /// The flags of the gates are compared; outcome and recommendations are not.
    #[serde(default, rename = "gates-only")]
    gates_only: bool,
    base: Vec<Step>,
    head: Vec<Step>,
    expect: Facts,
}

/// One commit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    message: String,
    by: String,
    /// The day: `2026-03-02`.
    on: String,
    /// The paths that it takes over from the tree; all of them when there is none.
    #[serde(default)]
    paths: Vec<String>,
}

/// What the report must say. Lists are complete: what is there and not listed fails too.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Facts {
    tier: String,
    coverage: String,
    #[serde(default)]
    outcome: Option<String>,
    policy: String,
    /// Of the findings.
    #[serde(default)]
    areas: BTreeSet<String>,
    /// `rule path symbol` of each finding, in any order; `-` for no symbol.
    #[serde(default)]
    findings: BTreeSet<String>,
    /// `key on` or `key off` of each flag that gates a finding; compared where gates are the question.
    #[serde(default)]
    gates: BTreeSet<String>,
    /// `kind path` of steps from the changed code to the key that a gate must name; there may be more.
    #[serde(default)]
    via: BTreeSet<String>,
    #[serde(default)]
    flags: Flags,
    #[serde(default)]
    recommendations: Vec<Recommendation>,
    /// A part of each notice.
    #[serde(default)]
    notices: Vec<String>,
    /// Parts of the verdict's reasons; there may be more.
    #[serde(default)]
    reasons: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Flags {
    #[serde(default)]
    added: BTreeSet<String>,
    #[serde(default)]
    modified: BTreeSet<String>,
    #[serde(default)]
    removed: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recommendation {
    key: String,
    /// boolean, string or number.
    r#type: String,
    /// Parts of the code to paste.
    #[serde(default)]
    snippet: Vec<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The cases by name, sorted.
fn cases() -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(root().join("testdata/repos")).unwrap().map(|entry| entry.unwrap());
    let mut cases: Vec<_> = entries.map(|entry| (entry.file_name().into_string().unwrap(), entry.path())).collect();
    cases.sort();
    cases
}

fn read(folder: &Path) -> Case {
    let file = folder.join("case.yaml");
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let case: Case = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    assert!(!case.about.trim().is_empty() && !case.base.is_empty() && !case.head.is_empty(), "{}", file.display());
    assert!(case.gates_only || case.expect.outcome.is_some(), "{}: there is no `outcome`", file.display());
    case
}

/// The repository of a case of this name, whole.
pub(crate) fn repository(name: &str) -> Repo {
    let folder = root().join("testdata/repos").join(name);
    build(&folder, &read(&folder)).0
}

/// The repository of a case, and the revision where `head` begins.
fn build(folder: &Path, case: &Case) -> (Repo, String) {
    let repo = Repo::empty();
    for (tree, steps) in [("base", &case.base), ("head", &case.head)] {
        let tree = folder.join(tree);
        for step in steps {
            if step.paths.is_empty() {
                repo.clear();
                copy(&tree, &tree, &repo);
            }
            for path in &step.paths {
                copy_path(&tree, path, &repo);
            }
            repo.commit_as(&step.by, noon(&step.on), &step.message);
        }
    }
    (repo, format!("HEAD~{}", case.head.len()))
}

/// The seconds from 1970 to noon of a day, UTC.
fn noon(day: &str) -> i64 {
    let parts: Vec<i64> = day.split('-').map(|part| part.parse().unwrap()).collect();
    let [year, month, day] = parts[..] else { panic!("`{day}` is no day") };
    // The year begins in March, so that the leap day is its last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 719_469;
    days * 86_400 + 43_200
}

fn copy(tree: &Path, folder: &Path, repo: &Repo) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
        if entry.file_type().unwrap().is_dir() {
            copy(tree, &entry.path(), repo);
        } else {
            copy_path(tree, entry.path().strip_prefix(tree).unwrap().to_str().unwrap(), repo);
        }
    }
}

/// Takes over one file; one that the tree does not have is removed.
fn copy_path(tree: &Path, path: &str, repo: &Repo) {
    let target = repo.path().join(path);
    if tree.join(path).exists() {
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(tree.join(path), target).unwrap();
    } else {
        fs::remove_file(target).unwrap();
    }
}

/// What the report says otherwise than the case, a line each.
fn differences(case: &Case, report: &Value) -> Vec<String> {
    let expected = &case.expect;
    let mut found = Vec::new();
    let mut same = |what: &str, expected: String, actual: String| {
        if expected != actual {
            found.push(format!("{what}: expected {expected}, found {actual}"));
        }
    };
    let verdict = &report["verdict"];
    for (what, expected) in [("tier", &expected.tier), ("coverage", &expected.coverage), ("policy", &expected.policy)] {
        same(what, expected.clone(), text(&verdict[what]).to_owned());
    }
    if let Some(outcome) = &expected.outcome {
        same("outcome", outcome.clone(), text(&verdict["outcome"]).to_owned());
    }
    let findings = || list(&report["findings"]);
    let areas: BTreeSet<&str> = findings().iter().filter_map(|finding| finding["area"].as_str()).collect();
    same("areas", format!("{:?}", expected.areas), format!("{areas:?}"));
    let shown: BTreeSet<String> = findings()
        .iter()
        .map(|finding| {
            let symbol = finding["symbol"].as_str().unwrap_or("-");
            format!("{} {} {symbol}", text(&finding["rule"]), text(&finding["path"]))
        })
        .collect();
    same("findings", format!("{:#?}", expected.findings), format!("{shown:#?}"));
    for (what, expected) in
        [("added", &expected.flags.added), ("modified", &expected.flags.modified), ("removed", &expected.flags.removed)]
    {
        let keys: BTreeSet<&str> = list(&report["flags"][what]).iter().map(|flag| text(&flag["key"])).collect();
        same(&format!("flags {what}"), format!("{expected:?}"), format!("{keys:?}"));
    }
    if case.gates_only {
        let gates = findings().iter().flat_map(|finding| list(&finding["gates"]));
        let gates: BTreeSet<String> =
            gates.map(|gate| format!("{} {}", text(&gate["flag"]), text(&gate["polarity"]))).collect();
        same("gates", format!("{:?}", expected.gates), format!("{gates:?}"));
    }
    let gates = findings().iter().flat_map(|finding| list(&finding["gates"]));
    let steps = gates.flat_map(|gate| list(&gate["via"]));
    let via: BTreeSet<String> = steps.map(|step| format!("{} {}", text(&step["kind"]), text(&step["path"]))).collect();
    if !expected.via.is_subset(&via) {
        same("via", format!("{:?}", expected.via), format!("{via:?}"));
    }
    let recommended = if case.gates_only { &[] } else { list(&report["recommendations"]) };
    let kinds = |one: &Value| format!("{} {}", text(&one["flag"]["key"]), text(&one["flag"]["type"]));
    let wanted: Vec<String> =
        expected.recommendations.iter().map(|one| format!("{} {}", one.key, one.r#type)).collect();
    same("recommendations", format!("{wanted:?}"), format!("{:?}", recommended.iter().map(kinds).collect::<Vec<_>>()));
    for (wanted, found) in expected.recommendations.iter().zip(recommended) {
        let code = found["snippet"]["code"].as_str().unwrap_or("");
        for part in wanted.snippet.iter().filter(|part| !code.contains(part.as_str())) {
            same("snippet", part.clone(), code.to_owned());
        }
    }
    let notices: Vec<&str> = list(&report["notices"]).iter().map(|notice| text(&notice["reason"])).collect();
    let meant = notices.len() == expected.notices.len()
        && expected.notices.iter().all(|part| notices.iter().any(|notice| notice.contains(part.as_str())));
    if !meant {
        same("notices", format!("{:?}", expected.notices), format!("{notices:?}"));
    }
    let reasons: Vec<&str> = list(&verdict["reasons"]).iter().map(text).collect();
    for part in expected.reasons.iter().filter(|part| !reasons.iter().any(|reason| reason.contains(part.as_str()))) {
        same("reasons", format!("{part:?}"), format!("{reasons:?}"));
    }
    found
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("?")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[test]
#[allow(clippy::print_stderr, reason = "asked for by CASE")]
fn cases_are_told_as_they_should_be() {
    let schema: Value =
        serde_json::from_str(&fs::read_to_string(root().join("rules/schema/report.json")).unwrap()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let mut wrong = Vec::new();
    let only = std::env::var("CASE").ok();
    let asked = |name: &str| only.as_deref().is_none_or(|part| name.contains(part));
    for (name, folder) in cases().into_iter().filter(|(name, _)| asked(name)) {
        let case = read(&folder);
        let (repo, base) = build(&folder, &case);
        let run = repo.preflag(&["scan", &base, "--format", "json"]);
        assert!(run.code < 2 && run.stderr.is_empty(), "{name}: {run:?}");
        let report = run.report();
        let errors: Vec<String> = schema.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
        assert_eq!(run.code, i32::from(report["verdict"]["policy"] == "fail"), "{name}: the exit code is the verdict");
        let differences = differences(&case, &report);
        if case.todo && only.is_some() {
            eprintln!("{name} (todo):\n  {}", differences.join("\n  "));
        }
        match (case.todo, differences.is_empty()) {
            (false, false) => wrong.push(format!("{name}:\n  {}", differences.join("\n  "))),
            (true, true) => wrong.push(format!("{name}: holds now; take `todo` out of case.yaml")),
            (true, false) | (false, true) => {}
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn people_read_this_about_the_cases() {
    for (name, folder) in cases() {
        let case = read(&folder);
        if case.gates_only {
            continue;
        }
        let (repo, base) = build(&folder, &case);
        let run = repo.preflag(&["scan", &base, "--width", "100"]);
        insta::assert_snapshot!(name, run.stdout);
    }
}

/// The samples in the README are what the program prints; `UPDATE=1 cargo test readme` writes them anew.
#[test]
fn readme_shows_a_real_report() {
    let folder = root().join("testdata/repos/tax-service");
    let (repo, base) = build(&folder, &read(&folder));
    repo.branch("origin/main", &base);
    let report = repo.preflag(&["scan", "origin/main..HEAD", "--width", "80"]).stdout;
    let explanation =
        repository("edge-three-levels").preflag(&["explain", "src/api/rent.ts:5", "--width", "100"]).stdout;
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let mut current = readme.clone();
    for (name, text) in [("sample", report), ("explanation", explanation)] {
        let start = format!("<!-- {name}: written by `UPDATE=1 cargo test readme` -->\n");
        let end = format!("<!-- /{name} -->");
        let (before, rest) = current.split_once(&start).unwrap_or_else(|| panic!("the README has no {name}"));
        let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("the {name} does not end"));
        current = format!("{before}{start}```text\n{text}```\n{end}{after}");
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, current).unwrap();
    } else {
        assert!(readme == current, "the README's samples are stale: run `UPDATE=1 cargo test readme`");
    }
}

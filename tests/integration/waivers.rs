//! Waivers as their users meet them: a change that fails is let pass, by those who may, for what they name, until a day.

use crate::support::{Repo, Run, UNGATED_CHARGE};
use serde_json::{Value, json};
use std::io::Write;
use std::process::Stdio;

const CHARGE: &str = "src/billing/charge.js";
const WAIVE: &str = "Charge\n\nPreflag-Waive: payments: Only the test shop uses it";

/// A repository with these files at its base, whose last commit moves money without a flag.
fn failing(files: &[(&str, &str)], message: &str) -> Repo {
    let repo = Repo::new(&[&[("README.md", "shop\n")], files].concat());
    repo.write(&[(CHARGE, UNGATED_CHARGE)]).commit(message);
    repo
}

fn scan(repo: &Repo, more: &[&str]) -> Run {
    repo.preflag(&[&["scan", "HEAD~1", "--format", "json"], more].concat())
}

/// The status of each waiver of the report, and the code.
fn statuses(run: &Run) -> (i32, Vec<String>) {
    let report = run.report();
    let waivers = report["waivers"].as_array().unwrap().iter();
    (run.code, waivers.map(|waiver| waiver["status"].as_str().unwrap().to_owned()).collect())
}

fn reasons(run: &Run) -> String {
    run.report()["verdict"]["reasons"].to_string()
}

fn entry(more: &str) -> String {
    format!("waivers:\n  - area: payments\n    owner: '@acme/pay'\n    reason: Behind the window\n{more}")
}

const FILE: &str = ".preflag/waivers.yml";

#[test]
fn a_trailer_lets_a_change_pass_and_hides_nothing() {
    let plain = scan(&failing(&[], "Charge"), &[]);
    let waived = scan(&failing(&[], WAIVE), &[]);
    assert_eq!((plain.code, statuses(&waived)), (1, (0, vec!["active".to_owned()])));
    let (plain, report) = (plain.report(), waived.report());
    assert_eq!(report["verdict"]["policy"], "pass");
    assert!(reasons(&waived).contains("findings that would fail are waived by Ana (W1)."), "{}", reasons(&waived));
    for field in ["tier", "coverage", "outcome"] {
        assert_eq!(report["verdict"][field], plain["verdict"][field], "{field}");
    }
    let without = |report: &Value| {
        let mut findings = report["findings"].clone();
        findings.as_array_mut().unwrap().iter_mut().for_each(|finding| {
            finding.as_object_mut().unwrap().remove("waived_by");
        });
        findings
    };
    assert_eq!(without(&report), without(&plain), "the findings keep their places and their words");
    assert!(report["findings"].as_array().unwrap().iter().all(|finding| finding["waived_by"] == "W1"));
    let waiver = &report["waivers"][0];
    assert_eq!(
        (&waiver["by"], &waiver["email"], &waiver["at"], &waiver["reason"]),
        (
            &json!("Ana"),
            &json!("ana@example.com"),
            &json!("2023-11-14T22:13:20Z"),
            &json!("Only the test shop uses it")
        )
    );
    assert_eq!((&waiver["source"]["kind"], &waiver["source"]["line"]), (&json!("commit"), &json!(3)));
}

#[test]
fn every_format_says_who_why_and_when() {
    let repo = failing(&[], WAIVE);
    for format in ["table", "json", "sarif", "markdown", "github"] {
        let run = repo.preflag(&["scan", "HEAD~1", "--format", format]);
        let text = run.stdout.replace('\u{200b}', "");
        for said in ["Only the test shop uses it", "Ana", "2023-11-14"] {
            assert!(text.contains(said), "{format} does not say {said}: {text}");
        }
        assert!(text.contains(CHARGE), "{format} hides the finding: {text}");
        assert_eq!(run.code, 0, "{format}");
    }
}

#[test]
fn a_waiver_covers_only_what_it_names() {
    for (line, expected) in [
        ("payments: agreed with Bo", (0, "active")),
        ("ungated-change: agreed with Bo", (0, "active")),
        ("payments src/billing/**: agreed with Bo", (0, "active")),
        ("payments *.js: agreed with Bo", (0, "active")),
        ("payments src/other/**: agreed with Bo", (1, "unused")),
        ("auth: agreed with Bo", (1, "unused")),
        ("flag-default-changed: agreed with Bo", (1, "unused")),
        ("paymnts: agreed with Bo", (1, "invalid")),
        ("*: agreed with Bo", (1, "invalid")),
        ("payments: tbd", (1, "invalid")),
        ("payments:", (1, "invalid")),
        ("payments", (1, "invalid")),
        ("payments /src/**: agreed with Bo", (1, "invalid")),
    ] {
        let run = scan(&failing(&[], &format!("Charge\n\nPreflag-Waive: {line}")), &[]);
        assert_eq!(statuses(&run), (expected.0, vec![expected.1.to_owned()]), "{line}: {run:?}");
        let notices = run.report()["notices"].to_string();
        assert_eq!(
            notices.contains("in line 3 of the message of commit"),
            expected.1 == "invalid",
            "{line}: {notices}"
        );
    }
}

#[test]
fn what_else_is_wrong_still_fails() {
    let repo = failing(&[], WAIVE);
    let login = "import jwt from 'jsonwebtoken';\n\nexport function login(user, password) {\n  if (!verifyPassword(user, password)) \
                 throw new Error('no');\n  const session = createSession(user);\n  return jwt.sign({ sub: user.id, session }, SECRET);\n}\n";
    repo.write(&[("src/auth/login.js", login)]).commit("Log in");
    let run = repo.preflag(&["scan", "HEAD~2", "--format", "json"]);
    assert_eq!(run.code, 1, "{}", reasons(&run));
    let waived = |area: &str| {
        let report = run.report();
        let of = report["findings"].as_array().unwrap().iter().filter(|finding| finding["area"] == area).cloned();
        of.map(|finding| finding.get("waived_by").is_some()).collect::<Vec<bool>>()
    };
    assert!(waived("payments").iter().all(|&waived| waived) && !waived("payments").is_empty());
    assert!(waived("auth").iter().any(|&waived| !waived), "{}", run.report()["findings"]);
}

#[test]
fn a_line_in_the_midst_of_text_is_told_and_does_not_count() {
    for message in
        ["Preflag-Waive: payments: agreed with Bo", "Charge\n\nWe agreed on\nPreflag-Waive: payments: agreed with Bo"]
    {
        let run = scan(&failing(&[], message), &[]);
        assert_eq!(statuses(&run), (1, vec!["invalid".to_owned()]), "{message}");
        assert!(run.report()["notices"].to_string().contains("in the midst of text"), "{message}");
    }
    let squashed = "Charge (#7)\n\n* Charge\n\nPreflag-Waive: payments: agreed with Bo\n\n* Mend\n\n---------\n\nCo-authored-by: Bo <b@c.d>";
    assert_eq!(scan(&failing(&[], squashed), &[]).code, 0, "what is squashed keeps its waivers");
}

#[test]
fn a_description_may_hold_one() {
    let repo = failing(&[], "Charge");
    let body = "## Why\r\n\r\nText.\r\n\r\nPreflag-Waive: payments: The shop is closed\r\n\r\n<!-- Preflag-Waive: auth: example -->\r\n";
    repo.write(&[("body.md", body)]);
    let run = scan(&repo, &["--description", "body.md", "--description-author", "octocat"]);
    assert_eq!(statuses(&run), (0, vec!["active".to_owned()]));
    let waiver = &run.report()["waivers"][0];
    assert_eq!((&waiver["by"], &waiver["source"]["line"]), (&json!("octocat"), &json!(5)));
    let mut piped = repo.command(&["scan", "HEAD~1", "-q", "--description", "-"]);
    let mut child = piped.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(body.as_bytes()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(scan(&repo, &["--description", "nowhere.md"]).code, 2);
    repo.write(&[("body.md", &"x".repeat(300_000))]);
    assert_eq!(scan(&repo, &["--description", "body.md"]).code, 2, "no description is that long");
    assert_eq!(scan(&repo, &["--description-author", "octocat"]).code, 2, "of what?");
}

#[test]
fn an_entry_of_the_file_counts_until_its_day() {
    // The commits are of 2023-11-14.
    for (expires, today, expected) in [
        ("2023-11-14", None, (0, "active")),
        ("2023-11-13", None, (1, "expired")),
        ("2026-01-31", Some("2026-01-31"), (0, "active")),
        ("2026-01-31", Some("2026-02-01"), (1, "expired")),
    ] {
        let repo = failing(&[(FILE, &entry(&format!("    expires: {expires}\n")))], "Charge");
        let day: Vec<&str> = today.into_iter().flat_map(|day| ["--today", day]).collect();
        let run = scan(&repo, &day);
        assert_eq!(statuses(&run), (expected.0, vec![expected.1.to_owned()]), "{expires} {today:?}");
        assert_eq!(reasons(&run).contains(&format!("its last day was {expires}")), expected.1 == "expired");
        // What a shell or a build sets must not bring it back.
        let old = repo.preflag_with(&[&["scan", "HEAD~1", "-q"], &day[..]].concat(), &[("SOURCE_DATE_EPOCH", "0")]);
        assert_eq!(old.code, expected.0);
    }
}

#[test]
fn setting_a_commit_back_does_not_bring_an_entry_back() {
    let repo = Repo::empty();
    repo.write(&[(FILE, &entry("    expires: 2024-06-30\n"))]).commit_as("Ana", 1_720_000_000, "base, of July 2024");
    repo.write(&[(CHARGE, UNGATED_CHARGE)]).commit_as("Mal", 1_000_000_000, "of 2001");
    assert_eq!(statuses(&scan(&repo, &[])), (1, vec!["expired".to_owned()]));
}

#[test]
fn in_ci_the_file_of_the_base_counts() {
    let good = entry("    expires: 2026-12-31\n");
    let repo = Repo::new(&[("README.md", "shop\n")]);
    repo.write(&[(CHARGE, UNGATED_CHARGE), (FILE, &good)]).commit("Charge, and waive it");
    assert_eq!(scan(&repo, &[]).code, 0, "on a person's machine that of the work tree counts");
    let ci = scan(&repo, &["--config-from-base"]);
    assert_eq!(statuses(&ci), (1, vec![]));
    assert!(ci.report()["notices"].to_string().contains("The new ones count once they are merged"), "{ci:?}");
    // What nobody else would say: the new file is broken.
    for (text, said) in [
        (good.replace("owner", "ownr"), "unknown field `ownr`"),
        (good.replace("Behind the window", "tbd"), "`tbd` is no reason"),
    ] {
        let repo = Repo::new(&[("README.md", "shop\n")]);
        repo.write(&[(FILE, &text)]).commit("Waive");
        assert!(scan(&repo, &["--config-from-base"]).report()["notices"].to_string().contains(said), "{said}");
    }
    let repo = failing(&[(FILE, &good)], "Charge");
    assert_eq!(scan(&repo, &["--config-from-base"]).code, 0, "reviewed and merged");
    assert_eq!(scan(&repo, &["--no-config"]).code, 1, "nothing of the repository's settings");
}

#[test]
fn a_broken_file_is_refused_and_does_not_stop_the_change_that_mends_it() {
    let broken = entry("    expires: 2026-12-31\n    untill: 2027-01-01\n");
    let repo = failing(&[(FILE, &broken)], "Charge");
    let run = scan(&repo, &[]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains(".preflag/waivers.yml:6:5: waivers[0]: unknown field `untill`"), "{run:?}");
    let ci = scan(&repo, &["--config-from-base"]);
    assert_eq!(ci.code, 1, "no waiver counts");
    assert!(ci.report()["notices"].to_string().contains("unknown field `untill`"), "{ci:?}");
    let mended = Repo::new(&[(FILE, &broken)]);
    mended.write(&[(FILE, &entry("    expires: 2026-12-31\n"))]).commit("Mend");
    assert_eq!(scan(&mended, &["--config-from-base"]).code, 0);
    assert_eq!(repo.preflag(&["rules", "check"]).code, 2);
    assert_eq!(mended.preflag(&["rules", "check", FILE]).code, 0);
    mended.write(&[(FILE, &entry("    expires: 2026-12-31\n").replace("payments", "paymnts"))]);
    let checked = mended.preflag(&["rules", "check"]);
    assert!(
        checked.code == 2 && checked.stderr.contains("the waiver in line 2: there is no rule or area `paymnts`"),
        "{checked:?}"
    );
}

#[test]
fn what_is_not_committed_is_waived_by_the_file_alone() {
    let repo = Repo::new(&[("README.md", "shop\n")]);
    repo.write(&[("README.md", "a shop\n")]).commit("Docs\n\nPreflag-Waive: payments: for that commit alone");
    repo.write(&[(CHARGE, UNGATED_CHARGE)]);
    assert_eq!(repo.preflag(&["scan", "--worktree", "-q"]).code, 1);
    repo.write(&[(FILE, &entry("    expires: 2026-12-31\n"))]);
    assert_eq!(repo.preflag(&["scan", "--worktree", "-q"]).code, 0);
    assert_eq!(repo.preflag(&["scan", "--worktree", "-q", "--today", "2027-01-01"]).code, 1);
}

#[test]
fn only_those_who_may_are_heard() {
    let config =
        |rules: &str| format!("waivers:\n  allow:\n{rules}  teams:\n    '@acme/pay': [ana@example.com, '@octocat']\n");
    for (rules, expected) in [
        ("    - by: [ana@example.com]\n", (0, "active")),
        ("    - by: [ANA@Example.com]\n", (0, "active")),
        ("    - by: [bo@example.com]\n", (1, "refused")),
        ("    - by: []\n", (1, "refused")),
        ("    - by: ['@acme/pay']\n", (0, "active")),
        ("    - by: ['@acme/other']\n", (1, "refused")),
        ("    - by: [CODEOWNERS]\n", (0, "active")),
        ("    - {what: [auth], by: []}\n", (0, "active")),
        ("    - {what: [payments], by: []}\n", (1, "refused")),
        ("    - {paths: [src/billing/**], by: []}\n", (1, "refused")),
        ("    - {paths: [src/auth/**], by: []}\n", (0, "active")),
        ("    - by: []\n    - {what: [payments], by: [ana@example.com]}\n", (0, "active")),
        ("    - {what: [payments], by: [ana@example.com]}\n    - by: []\n", (1, "refused")),
        ("    - {from: [file, description], by: [ana@example.com]}\n", (1, "refused")),
        ("    - {from: [commit], by: [ana@example.com]}\n", (0, "active")),
        // It is the finding that counts, by whatever name it is waived.
        ("    - {what: [ungated-change], by: []}\n", (1, "refused")),
    ] {
        let files =
            [(".preflag.yml", config(rules)), ("CODEOWNERS", "* @all\nsrc/billing/ ana@example.com\n".to_owned())];
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let run = scan(&failing(&files, WAIVE), &["--config-from-base"]);
        assert_eq!(statuses(&run), (expected.0, vec![expected.1.to_owned()]), "{rules}{run:?}");
        if expected.1 == "refused" {
            assert!(reasons(&run).contains("The waiver W1 by Ana does not count: whoever gave it may not."), "{rules}");
            assert!(run.report()["waivers"][0]["why"].as_str().unwrap().contains(".preflag.yml lets"), "{rules}");
        }
    }
}

#[test]
fn the_rules_about_waivers_are_those_of_the_base() {
    let repo = failing(&[(".preflag.yml", "waivers: {allow: [{by: [bo@example.com]}]}\n")], "Charge");
    repo.write(&[(".preflag.yml", "")]).commit(WAIVE);
    let range = ["scan", "HEAD~2", "-q"];
    assert_eq!(repo.preflag(&range).code, 0, "here the work tree's hold");
    assert_eq!(repo.preflag_with(&range, &[("CI", "true")]).code, 1);
}

#[test]
fn logins_of_hidden_addresses_and_of_descriptions_are_known() {
    let config = "waivers: {allow: [{by: ['@acme/pay']}], teams: {'@acme/pay': ['@octocat']}}\n";
    let repo = failing(&[(".preflag.yml", config)], "Charge");
    repo.write(&[("body.md", "Preflag-Waive: payments: The shop is closed\n")]);
    for (author, code) in
        [(Some("octocat"), 0), (Some("@OctoCat"), 0), (Some("mallory"), 1), (Some("acme/pay"), 0), (None, 1)]
    {
        let author: Vec<&str> = author.into_iter().flat_map(|author| ["--description-author", author]).collect();
        assert_eq!(scan(&repo, &[&["--description", "body.md"], &author[..]].concat()).code, code, "{author:?}");
    }
}

#[test]
fn rules_about_waivers_that_name_what_is_not_there_are_refused() {
    for (config, said) in [
        (
            "waivers: {allow: [{what: [paymnts], by: []}]}\n",
            "waivers.allow: there is no rule or area `paymnts`; did you mean `payments`?",
        ),
        ("waivers: {allow: [{by: [somebody]}]}\n", "expected a mail address, `@login`, `@org/team` or `CODEOWNERS`"),
        ("waivers: {allow: [{what: [payments]}]}\n", "missing field `by`"),
        ("waivers: {alow: []}\n", "unknown field `alow`"),
        ("waivers: {teams: {pay: []}}\n", "`pay` is not the name of a team"),
        ("waivers: {teams: {'@a/b': [CODEOWNERS]}}\n", "stands for no person"),
    ] {
        let run = scan(&failing(&[(".preflag.yml", config)], "Charge"), &[]);
        assert!(run.code == 2 && run.stderr.contains(said), "{config}: {run:?}");
    }
}

#[test]
fn the_list_has_all_of_them_and_says_what_becomes_of_each() {
    let file = "\
waivers:
  - {area: payments, owner: '@acme/pay', reason: Behind the window, expires: 2023-01-31}
  - {rule: ungated-change, paths: src/gone/**, owner: Bo, reason: Legacy code, expires: 2030-01-31}
  - {area: auth, owner: Bo, reason: Legacy code, expires: 2030-01-31}
  - {area: auth, owner: Bo, reason: x, expires: 2030-01-31}
";
    let repo = failing(&[(FILE, file)], WAIVE);
    let run = repo.preflag(&["waivers", "HEAD~1", "--format", "json"]);
    let list: Value = serde_json::from_str(&run.stdout).unwrap();
    let found: Vec<(&str, &str)> = list["waivers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|waiver| (waiver["status"].as_str().unwrap(), waiver["why"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(
        found,
        [
            ("active", ""),
            ("expired", "its last day was 2023-01-31, and this is judged as of 2023-11-14"),
            ("invalid", "`x` is no reason; say why it is safe enough"),
            ("unused", "no file is in its paths any more"),
            ("unused", "this change has no finding of `auth`"),
        ]
    );
    assert_eq!(list["as_of"], "2023-11-14");
    assert_eq!(statuses(&scan(&repo, &[])).1, ["active", "expired", "invalid"], "a report has those of its change");
    let table = repo.preflag(&["waivers", "HEAD~1"]);
    assert_eq!(table.code, 0);
    for word in ["5 waivers", "✓ active", "▲ expired", "✗ invalid", "· unused", "Only the test shop uses it"] {
        assert!(table.stdout.contains(word), "{word}: {}", table.stdout);
    }
    assert_eq!(repo.preflag(&["waivers", "nowhere"]).code, 2);
}

/// What a name, a path and a reason can be made of to break out of a report.
const HOSTILE: &str = "`|@everyone <img src=x> --> <!-- preflag:v1 --> \u{202e}evil\u{2069} \u{1b}[31m ##[error] ::error::x [x](http://e.x)";

#[test]
fn hostile_waivers_break_no_format_and_stay_short() {
    let long = "lorem ipsum dolor ".repeat(60_000);
    for reason in [HOSTILE, &long[..200_000]] {
        let repo = Repo::new(&[("README.md", "shop\n")]);
        let path = "src/`|$(x)<b>\u{202e}/**";
        let message = format!(
            "Charge\n\nPreflag-Waive: payments: {reason}\nPreflag-Waive: payments {path}: {reason}\nPreflag-Waive: {HOSTILE}: why"
        );
        repo.write(&[(CHARGE, UNGATED_CHARGE)]).commit_as("Ana\u{202e} `|::", 1_700_000_000, &message);
        let body = format!("Preflag-Waive: payments: {HOSTILE}\n::error::mine\n");
        repo.write(&[("body.md", &body)]);
        for format in ["table", "json", "sarif", "markdown", "github"] {
            let run = scan_as(&repo, format);
            assert_eq!(run.code, 0, "{format}: {run:?}");
            assert!(run.stdout.len() < 60_000, "{format}: {}", run.stdout.len());
            assert!(!run.stdout.contains(['\u{202e}', '\u{1b}', '\u{2069}']), "{format}");
            assert!(format == "github" || !run.stdout.contains("##["), "{format}");
            let commands = run.stdout.lines().filter(|line| line.trim_start().starts_with("::")).count();
            assert!(format == "github" || commands == 0, "{format}: {}", run.stdout);
            assert!(format != "markdown" || run.stdout.matches("<!--").count() == 1, "{}", run.stdout);
        }
        let list = repo.preflag(&["waivers", "HEAD~1"]);
        assert!(
            list.code == 0 && !list.stdout.contains(['\u{202e}', '\u{1b}']) && list.stdout.len() < 60_000,
            "{list:?}"
        );
    }
}

fn scan_as(repo: &Repo, format: &str) -> Run {
    repo.preflag(&["scan", "HEAD~1", "--format", format, "--description", "body.md", "--description-author", HOSTILE])
}

#[test]
fn the_same_waivers_give_the_same_bytes() {
    let repo = failing(&[(FILE, &entry("    expires: 2026-12-31\n"))], WAIVE);
    let first = scan(&repo, &[]).stdout;
    assert_eq!(scan(&repo, &[]).stdout, first);
    let list = repo.preflag(&["waivers", "HEAD~1", "--format", "json"]).stdout;
    assert_eq!(repo.preflag(&["waivers", "HEAD~1", "--format", "json", "--no-cache"]).stdout, list);
}

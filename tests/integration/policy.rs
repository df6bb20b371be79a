//! What fails and what does not: policies, baselines, and which range and rules are judged.

use crate::support::{Repo, UNGATED_CHARGE};
use std::path::Path;
use std::process::Command;

const CHARGE: &str = "src/billing/charge.js";
const JSON: &[&str] = &["--format", "json"];

/// Code that moves money only with a flag on: Critical and covered.
const GATED_CHARGE: &str = "\
import Stripe from 'stripe';
import { ldClient } from './launchdarkly';
const stripe = new Stripe(process.env.STRIPE_KEY);

export async function chargeCustomer(customer, amount, user) {
  if (await ldClient.variation('new-charge', user, false)) {
    const total = amount * 1.07;
    const charge = await stripe.charges.create({ customer, amount: total, currency: 'usd' });
    await saveCharge(customer, charge.id, total);
    return charge;
  }
  return null;
}
";

/// A new endpoint, and nothing that is Critical in it.
const ENDPOINT: &str = "\
import express from 'express';
const router = express.Router();

router.get('/reports/:id', async (req, res) => {
  const report = await Report.findOne({ id: req.params.id });
  const rows = report.rows.filter((row) => row.visible);
  res.json({ title: report.title, rows });
});

export default router;
";

/// A change that brings the text, or where it has an `if`, only that.
fn change(path: &str, text: &str) -> Repo {
    let before = match (text.find("  if ("), text.find("  }\n")) {
        (Some(start), Some(end)) => text[..start].to_owned() + &text[end + 4..],
        _ => String::new(),
    };
    let repo = Repo::new(&[(path, &before)]);
    repo.write(&[(path, text)]).commit("Change");
    repo
}

/// `git` in a folder, for what the tests need besides commits.
fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    let output = command.args(arguments).current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn each_policy_fails_for_what_it_says() {
    // What fails with `uncovered-critical`, `uncovered-high`, `critical`, `high`, `never`.
    let policies = ["uncovered-critical", "uncovered-high", "critical", "high", "never"];
    for (what, path, text, expected) in [
        ("Critical, uncovered", CHARGE, UNGATED_CHARGE, [1, 1, 1, 1, 0]),
        ("Critical, covered", CHARGE, GATED_CHARGE, [0, 0, 1, 1, 0]),
        ("High, uncovered", "src/routes/reports.js", ENDPOINT, [0, 1, 0, 1, 0]),
        ("nothing", "docs/intro.md", "# Hello\n", [0; 5]),
    ] {
        let repo = change(path, text);
        let codes = policies.map(|policy| repo.preflag(&["scan", "HEAD~1", "--fail-on", policy, "-q"]).code);
        assert_eq!(codes, expected, "{what}: {:#}", repo.preflag(&["scan", "HEAD~1", "--format", "json"]).report());
        let by_config = policies.map(|policy| {
            repo.write(&[(".preflag.yml", &format!("policy: {{fail-on: {policy}}}\n"))]);
            repo.preflag(&["scan", "HEAD~1", "-q"]).code
        });
        assert_eq!(by_config, expected, "{what}, by the config");
    }
}

#[test]
fn a_baseline_knows_findings_until_their_code_changes() {
    let repo = Repo::new(&[("README.md", "shop\n")]);
    repo.write(&[(CHARGE, UNGATED_CHARGE)]).commit("Charge");
    assert_eq!(repo.preflag(&["scan", "HEAD~1", "-q", "--write-baseline", "known.json"]).code, 1);
    let scan = |range: &str| repo.preflag(&["scan", range, "--format", "json", "--baseline", "known.json"]);
    let known = scan("HEAD~1");
    assert_eq!(known.code, 0, "{known:?}");
    assert!(known.report()["findings"].as_array().unwrap().iter().all(|finding| finding["known"] == true));
    let reasons = known.report()["verdict"]["reasons"].to_string();
    assert!(reasons.contains("known before") && !reasons.contains("No ungated change"), "{reasons}");
    // Lines that move are the same code.
    repo.write(&[(CHARGE, &format!("// Charges.\n\n{UNGATED_CHARGE}"))]).commit("Comment");
    assert_eq!(scan("HEAD~2").code, 0, "moved");
    repo.write(&[(CHARGE, &UNGATED_CHARGE.replace("amount * 1.07", "amount * 1.19 + fee"))]).commit("Charge more");
    let changed = scan("HEAD~3");
    assert_eq!(changed.code, 1, "{changed:?}");
    assert_eq!(
        repo.preflag(&["scan", "HEAD~3", "-q", "--baseline", "known.json", "--write-baseline", "known.json"]).code,
        1
    );
    assert_eq!(scan("HEAD~3").code, 0, "the new baseline knows it too");
}

#[test]
fn a_broken_baseline_is_refused() {
    let repo = change(CHARGE, UNGATED_CHARGE);
    for text in ["", "{", "[]", "{\"findings\": 3}"] {
        repo.write(&[("known.json", text)]);
        let run = repo.preflag(&["scan", "HEAD~1", "--baseline", "known.json"]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{text:?}");
        assert!(run.stderr.contains("known.json"), "{text:?}: {run:?}");
    }
}

#[test]
fn without_a_range_a_branch_is_judged_against_the_default_branch() {
    let repo = Repo::new(&[("README.md", "shop\n")]);
    git(repo.path(), &["checkout", "-q", "-b", "feature"]);
    repo.write(&[(CHARGE, UNGATED_CHARGE)]).commit("Charge");
    repo.write(&[("README.md", "a shop\n")]).commit("Docs");
    let run = repo.preflag(&[&["scan"], JSON].concat());
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!(run.report()["range"]["files"], 2, "both commits of the branch");
    // What the default branch got meanwhile is not the branch's.
    git(repo.path(), &["checkout", "-q", "main"]);
    repo.write(&[("src/billing/other.js", UNGATED_CHARGE)]).commit("Other");
    git(repo.path(), &["checkout", "-q", "feature"]);
    assert_eq!(repo.preflag(&[&["scan"], JSON].concat()).report()["range"]["files"], 2);
    assert_eq!(repo.preflag(&[&["scan", "main..feature"], JSON].concat()).report()["range"]["files"], 2);
}

#[test]
fn a_bare_repository_and_a_folder_in_one_are_scanned_alike() {
    let repo = Repo::new(&[("README.md", "shop\n"), (".preflag.yml", "policy: {fail-on: never}\n")]);
    repo.write(&[(CHARGE, UNGATED_CHARGE)]).commit("Charge");
    let bare = repo.path().join("bare.git");
    git(repo.path(), &["clone", "-q", "--bare", ".", "bare.git"]);
    let arguments = |folder: &str| ["scan", "HEAD~1", "--format", "json", "--repo", folder].map(str::to_owned);
    let run = |folder: &str| {
        let arguments = arguments(folder);
        repo.preflag(&arguments.each_ref().map(String::as_str))
    };
    let here = run(".");
    assert_eq!((here.code, here.report()["verdict"]["tier"].as_str()), (0, Some("critical")));
    assert_eq!(run("src/billing").stdout, here.stdout);
    let of_bare = run(&bare.to_string_lossy());
    assert_eq!((of_bare.code, of_bare.stdout.as_str()), (0, here.stdout.as_str()), "config of the base: {of_bare:?}");
    for option in ["--staged", "--worktree"] {
        let refused = repo.preflag(&["scan", option, "--repo", &bare.to_string_lossy()]);
        assert_eq!(refused.code, 2);
        assert!(refused.stderr.contains("error: a bare repository has no"), "{refused:?}");
    }
}

#[test]
fn a_pack_of_the_repository_takes_the_place_of_a_built_in_one() {
    let gated = GATED_CHARGE.replace("ldClient.variation('new-charge', user, false)", "ourGate('new-charge')");
    let repo = change(CHARGE, &gated.replace("./launchdarkly", "./gates").replace("ldClient", "ourGate"));
    let keys = |repo: &Repo| repo.preflag(&["scan", "HEAD~1", "--format", "json"]).report()["flags"]["added"].clone();
    assert_eq!(keys(&repo), serde_json::json!([]), "nobody knows this function");
    assert_eq!(repo.preflag(&["scan", "HEAD~1", "-q"]).code, 1);
    let pack = "name: Ours\nimports: [our-gates]\nevaluations:\n  - {call: [ourGate], key: {argument: 0}, distinctive: true}\n";
    repo.write(&[(".preflag/rules/flags/launchdarkly.yaml", pack)]);
    let added = keys(&repo);
    assert_eq!((added[0]["key"].as_str(), added[0]["provider"].as_str()), (Some("new-charge"), Some("launchdarkly")));
    assert_eq!(repo.preflag(&["scan", "HEAD~1", "-q"]).code, 0, "covered");
    // And what the built-in pack knew is gone.
    let built_in = change(CHARGE, GATED_CHARGE);
    assert_eq!(keys(&built_in)[0]["key"], "new-charge");
    built_in.write(&[(".preflag/rules/flags/launchdarkly.yaml", pack)]);
    assert_eq!(keys(&built_in), serde_json::json!([]));
}

#[test]
fn the_config_decides_how_a_recommendation_looks() {
    let steps =
        (1..30).map(|at| format!("  const part{at} = await stripe.charges.create({{ customer, amount: {at} }});\n"));
    let text = UNGATED_CHARGE.replace("  return charge;\n", &(steps.collect::<String>() + "  return charge;\n"));
    let repo = change(CHARGE, &text);
    let recommended =
        |repo: &Repo| repo.preflag(&["scan", "HEAD~1", "--format", "json"]).report()["recommendations"][0].clone();
    let before = recommended(&repo);
    let key = before["flag"]["key"].as_str().expect("a large ungated charge gets a flag").to_owned();
    assert!(key.contains('-'), "{key}");
    repo.write(&[(".preflag.yml", "flags: {keys-style: constant}\nrecommend: {provider: launchdarkly}\n")]);
    let after = recommended(&repo);
    assert_eq!(after["flag"]["key"].as_str(), Some(key.to_ascii_uppercase().replace('-', "_").as_str()));
    let code = after["snippet"]["code"].as_str().unwrap();
    assert!(code.contains("ldClient.boolVariation("), "{code}");
}

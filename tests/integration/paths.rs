//! A part of a monorepo is judged (`--paths`); what is outside is read and not judged.

use crate::support::{Repo, Run, UNGATED_CHARGE};
use serde_json::Value;

fn scan(repo: &Repo, paths: &[&str]) -> (Run, Value) {
    let mut arguments = vec!["scan", "HEAD~1", "--format", "json"];
    arguments.extend(paths.iter().flat_map(|path| ["--paths", path]));
    let run = repo.preflag(&arguments);
    let report = run.report();
    (run, report)
}

fn places(report: &Value) -> Vec<&str> {
    report["findings"].as_array().unwrap().iter().map(|finding| finding["path"].as_str().unwrap()).collect()
}

fn keys<'r>(report: &'r Value, what: &str) -> Vec<&'r str> {
    report["flags"][what].as_array().unwrap().iter().map(|flag| flag["key"].as_str().unwrap()).collect()
}

const PAY: &str = "\
import Stripe from 'stripe';
const stripe = new Stripe(process.env.STRIPE_KEY);
export async function charge(order) {
  const total = order.amount * 1.07;
  return stripe.charges.create({ amount: total, customer: order.customer });
}
";

fn checkout(gate: &str) -> String {
    format!(
        "import {{ charge }} from '../../libs/pay.js';\nimport {{ ldClient }} from './flags.js';\n\
         export async function checkout(order, user) {{\n  const on = await ldClient.boolVariation('new-charge', user, false);\n  \
         {gate}return charge(order);\n}}\n"
    )
}

#[test]
fn only_what_matches_is_judged_and_the_rest_is_counted() {
    let repo = Repo::new(&[("README.md", "shops\n")]);
    repo.write(&[
        ("apps/web/charge.js", UNGATED_CHARGE),
        ("apps/api/charge.js", UNGATED_CHARGE),
        ("apps/api/flags.js", "if (ldClient.variation('api-only', user, false)) go();\n"),
        ("tools/notes.md", "x\n"),
    ]);
    repo.commit("Charge");
    let (run, report) = scan(&repo, &["apps/web/**"]);
    assert_eq!(run.code, 1);
    assert!(
        places(&report).iter().all(|path| path.starts_with("apps/web/")) && !places(&report).is_empty(),
        "{report:#}"
    );
    let range = &report["range"];
    assert_eq!((&range["files"], &range["left_out"], &range["added_lines"]), (&1.into(), &3.into(), &9.into()));
    assert_eq!(range["paths"], serde_json::json!(["apps/web/**"]));
    assert_eq!(keys(&report, "added"), [""; 0], "that flag is not of this part");
    let notices = report["notices"].to_string();
    assert!(
        notices.contains("3 changed files are outside `apps/web/**`: they were read, and not judged."),
        "{notices}"
    );
    let both = scan(&repo, &["apps/web/**\n  apps/api/**\n", "tools/"]).1;
    assert_eq!((&both["range"]["left_out"], &both["range"]["files"]), (&Value::Null, &4.into()));
    assert_eq!(keys(&both, "added"), ["api-only"]);
    let all = scan(&repo, &[]).1;
    assert!(all["range"].get("paths").is_none(), "without patterns a report is as it always was");
}

#[test]
fn nothing_inside_passes_and_says_so() {
    let repo = Repo::new(&[("README.md", "shops\n")]);
    repo.write(&[("apps/api/charge.js", UNGATED_CHARGE)]).commit("Charge");
    let (run, report) = scan(&repo, &["apps/web/**"]);
    assert_eq!((run.code, &report["verdict"]["policy"]), (0, &"pass".into()));
    assert_eq!(report["verdict"]["reasons"][0], "No changed file is in the paths that are judged.");
    assert!(report["verdict"]["score"].is_null(), "{report:#}");
    repo.commit("More\n\nPreflag-Waive: payments: Agreed with Ana, see INC-7");
    let waiver =
        repo.preflag(&["scan", "HEAD~2", "--format", "json", "--paths", "apps/web/**"]).report()["waivers"][0].clone();
    assert_eq!(waiver["why"], "there is no finding of `payments` in the paths that are judged");
    let table = repo.preflag(&["scan", "HEAD~2", "--paths", "apps/web/**"]).stdout;
    assert!(table.contains("no changes in these paths") && table.contains("1 changed file is outside"), "{table}");
}

/// Whether the library's new code is covered, where only the library is judged.
fn coverage_with(gate: &str) -> String {
    let repo = Repo::new(&[("apps/shop/flags.js", "export const ldClient = LaunchDarkly.init('x');\n")]);
    repo.write(&[("libs/pay.js", PAY), ("apps/shop/checkout.js", &checkout(gate))]).commit("Charge");
    let report = scan(&repo, &["libs/**"]).1;
    assert!(places(&report).iter().all(|path| *path == "libs/pay.js"), "{report:#}");
    let finding = report["findings"].as_array().unwrap().iter().find(|finding| finding["symbol"] == "charge").unwrap();
    finding["coverage"].as_str().unwrap().to_owned()
}

#[test]
fn what_changed_outside_still_calls_the_code() {
    assert_eq!(coverage_with("if (!on) return null;\n  "), "covered");
    assert_eq!(coverage_with("if (!on) log();\n  "), "uncovered", "the near miss");
}

#[test]
fn what_moves_in_from_outside_is_not_new() {
    let repo = Repo::new(&[("apps/api/charge.js", UNGATED_CHARGE), ("libs/keep.js", "export const a = 1;\n")]);
    std::fs::remove_file(repo.path().join("apps/api/charge.js")).unwrap();
    repo.write(&[("libs/keep.js", &format!("export const a = 1;\n{UNGATED_CHARGE}"))]).commit("Move");
    let report = scan(&repo, &["libs/**"]).1;
    assert_eq!(places(&report), [""; 0], "{report:#}");
}

#[test]
fn a_flag_of_both_sides_is_judged_by_both() {
    let repo = Repo::new(&[("README.md", "shops\n")]);
    let read =
        "import { FLAGS } from '../../libs/flags.js';\nif (ldClient.variation(FLAGS.NEW_CART, user, false)) show();\n";
    repo.write(&[("libs/flags.js", "export const FLAGS = { NEW_CART: 'new-cart' };\n"), ("apps/web/cart.js", read)]);
    repo.commit("Cart");
    for paths in ["libs/**", "apps/web/**"] {
        let report = scan(&repo, &[paths]).1;
        let found = keys(&report, "added");
        // The library alone is no flag to anybody; what reads it makes it one.
        assert!(paths == "libs/**" || found == ["new-cart"], "{paths}: {report:#}");
        assert!(!report["findings"].to_string().contains("no changed file evaluates it"), "{paths}: {report:#}");
    }
}

#[test]
fn a_bad_pattern_is_refused_with_the_reason() {
    let repo = Repo::new(&[("README.md", "shops\n")]);
    for (pattern, why) in [("/apps/**", "paths begin at the repository's root"), ("!apps/**", "take back")] {
        let run = repo.preflag(&["scan", "HEAD", "--paths", pattern]);
        assert!(run.code == 2 && run.stderr.contains(why), "{run:?}");
    }
    let run = repo.preflag(&["comment", "--report", "x.json", "--paths", "a/**"]);
    assert!(run.code == 2 && run.stderr.contains("cannot be used with"), "{run:?}");
}

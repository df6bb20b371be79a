//! `preflag comment` as it is typed: what it refuses, what it prints, and that the token stays out of all of it.

use crate::support::{Repo, Run, UNGATED_CHARGE};
use serde_json::{Value, json};
use wiremock::matchers::{any, method};
use wiremock::{Mock, MockServer, ResponseTemplate};

pub(crate) const CANARY: &str = "ghs_canary0123456789";

/// A GitHub with one pull request at this commit, and no comment yet; writing ends with `write`.
pub(crate) struct GitHub {
    server: MockServer,
    runtime: tokio::runtime::Runtime,
}

impl GitHub {
    pub(crate) fn new(head: &str, write: ResponseTemplate) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let pull = json!({"number": 7, "head": {"sha": head}});
        let server = runtime.block_on(async {
            let server = MockServer::start().await;
            let get = |path: &str| Mock::given(method("GET")).and(wiremock::matchers::path(path.to_owned()));
            let all = ResponseTemplate::new(200).set_body_json(json!([pull]));
            get("/repos/o/r/pulls").respond_with(all).mount(&server).await;
            get("/repos/o/r/pulls/7").respond_with(ResponseTemplate::new(200).set_body_json(pull)).mount(&server).await;
            let none = ResponseTemplate::new(200).set_body_json(json!([]));
            get("/repos/o/r/issues/7/comments").respond_with(none).mount(&server).await;
            Mock::given(any()).respond_with(write).with_priority(9).mount(&server).await;
            server
        });
        Self { server, runtime }
    }

    pub(crate) fn address(&self) -> String {
        self.server.uri()
    }

    /// What was posted.
    pub(crate) fn posted(&self) -> Vec<Value> {
        let requests = self.runtime.block_on(self.server.received_requests()).unwrap();
        let posts = requests.iter().filter(|request| request.method.as_str() == "POST");
        posts.map(|request| serde_json::from_slice(&request.body).unwrap()).collect()
    }
}

fn risky() -> (Repo, String) {
    let repo = Repo::new(&[("README.md", "shop\n")]);
    repo.write(&[("src/billing/charge.js", UNGATED_CHARGE)]).commit("Charge");
    let head = repo.preflag(&["scan", "HEAD~1", "-f", "json", "--no-gate"]).report()["range"]["head"].clone();
    (repo, head.as_str().unwrap().to_owned())
}

fn comment(repo: &Repo, github: &GitHub, more: &[&str]) -> Run {
    let address = github.address();
    let arguments = [&["comment", "--repo-slug", "o/r", "--pr", "7"], more].concat();
    let run = repo.preflag_with(&arguments, &[("GITHUB_API_URL", &address), ("GITHUB_TOKEN", CANARY)]);
    assert!(!format!("{run:?}").contains("canary"), "the token leaks: {run:?}");
    run
}

#[test]
fn a_report_or_a_range_becomes_a_comment() {
    let (repo, head) = risky();
    let made = || ResponseTemplate::new(201).set_body_json(json!({"id": 1}));
    repo.preflag(&["scan", "HEAD~1", "--no-gate", "-q", "-o", "report.json"]);
    for source in [["HEAD~1", "--comment=findings"], ["--report", "report.json"]] {
        let github = GitHub::new(&head, made());
        let run = comment(&repo, &github, &source);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
        assert!(run.stdout.starts_with("Commented on "), "{run:?}");
        let posted = github.posted();
        assert_eq!(posted.len(), 1);
        let body = posted[0]["body"].as_str().unwrap();
        assert!(body.starts_with("<!-- preflag:v1 -->\n### ❌ preflag: critical"), "{body}");
        assert!(body.contains(&format!("/o/r/blob/{head}/src/billing/charge.js#L")), "links: {body}");
    }
    let dry = repo.preflag(&["comment", "HEAD~1", "--dry-run", "--repo-slug", "o/r", "--comment-id", "web"]);
    assert!(dry.stdout.starts_with("<!-- preflag:v1 web -->\n"), "{dry:?}");
    assert!(dry.stdout.contains("https://github.com/o/r/blob/"), "{dry:?}");
}

#[test]
fn a_token_that_can_only_read_is_a_note_and_other_refusals_are_errors() {
    let (repo, head) = risky();
    for (status, code) in [(403, 0), (401, 2), (404, 2), (422, 2)] {
        let message = json!({"message": format!("Resource not accessible\n::error::{CANARY}")});
        let github = GitHub::new(&head, ResponseTemplate::new(status).set_body_json(message));
        let run = comment(&repo, &github, &["HEAD~1"]);
        assert_eq!((run.code, run.stdout.as_str()), (code, ""), "{run:?}");
        let begin = if code == 0 { "note: " } else { "error: " };
        assert!(run.stderr.starts_with(begin) && run.stderr.contains(&status.to_string()), "{run:?}");
        assert!(!run.stderr.lines().any(|line| line.starts_with("::")), "{run:?}");
    }
}

#[test]
fn what_is_missing_is_said_before_anything_is_scanned() {
    let (repo, _) = risky();
    let refused = |arguments: &[&str], variables: &[(&str, &str)], sentence: &str| {
        let run = repo.preflag_with(&[&["comment", "HEAD~1"], arguments].concat(), variables);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
        assert!(run.stderr.contains(sentence) && !run.stderr.contains("canary"), "{run:?}");
    };
    let token = ("GITHUB_TOKEN", CANARY);
    refused(&["--pr", "7"], &[token], "The repository on GitHub is not known.");
    refused(&["--pr", "7", "--repo-slug", "o/r"], &[], "there is no token");
    refused(&["--repo-slug", "o/r"], &[token], "The pull request is not known.");
    refused(&["--pr", "7", "--repo-slug", "o/../x"], &[token], "is not the name of a repository");
    refused(
        &["--pr", "7", "--repo-slug", "o/r"],
        &[token, ("GITHUB_API_URL", "http://example.com")],
        "is not the address",
    );
    refused(&["--pr", "7", "--repo-slug", "o/r"], &[("GITHUB_TOKEN", "ghs_canary 1")], "signs that no token has");
}

/// Whether the first recommendation's code can stand in this new file as it is.
fn applies(path: &str, text: &str) -> bool {
    let repo = Repo::new(&[("README.md", "shop\n"), (".preflag.yml", "recommend: {provider: launchdarkly}\n")]);
    repo.write(&[(path, text)]).commit("feat: charge by card");
    let report = repo.preflag(&["scan", "HEAD~1", "-f", "json", "--no-gate"]).report();
    let snippet = &report["recommendations"][0]["snippet"];
    assert!(
        snippet["code"].as_str().is_some_and(|code| code.contains("oolVariation") || code.contains("variation(")),
        "{report:#}"
    );
    snippet["applies"] == true
}

#[test]
fn code_that_can_stand_as_it_is_is_told_from_code_to_complete() {
    let body = "  const total = amount * 1.07;\n  if (total <= 0) {\n    throw new Error('Nothing to charge');\n  }\n  \
        const charge = await stripe.charges.create({ customer: customer.id, amount: total });\n  \
        await saveCharge(customer, charge.id, total);\n  await sendReceipt(customer, charge);\n  \
        customer.balance = customer.balance - total;\n  await customer.save();\n  await notify(customer);\n  return charge;\n}\n";
    let head = "import Stripe from 'stripe';\nimport { ldClient } from '../flags.js';\nconst stripe = new Stripe(process.env.KEY);\n\n";
    let function = |head: &str, signature: &str| format!("{head}{signature} {{\n{body}");
    let good = "export async function chargeCustomer(customer, amount, context)";
    assert!(applies("src/billing/charge.js", &function(head, good)));
    let commented = function(head, good).replacen("  const total", "  // What it costs.\n  const total", 1);
    assert!(applies("src/billing/charge.js", &commented));
    for (why, path, text) in [
        ("a compiler looks at it", "src/billing/charge.ts", function(head, good)),
        (
            "no context",
            "src/billing/charge.js",
            function(head, "export async function chargeCustomer(customer, amount)"),
        ),
        ("no client", "src/billing/charge.js", function(&head.replace("ldClient", "other"), good)),
        (
            "on the line of the function",
            "src/billing/charge.js",
            function(head, good).replacen("{\n  const total", "{ const total", 1),
        ),
    ] {
        assert!(!applies(path, &text), "{why}");
    }
    let python = "import stripe\nfrom shop.flags import ld_client\n\n\ndef charge_customer(customer, amount, context):\n    \"\"\"By card.\"\"\"\n    \
        total = amount * 1.07\n    if total <= 0:\n        raise ValueError('nothing')\n    charge = stripe.Charge.create(amount=total)\n    \
        save_charge(customer, charge.id, total)\n    send_receipt(customer, charge)\n    customer.balance -= total\n    customer.save()\n    \
        notify(customer)\n    log(charge)\n    return charge\n";
    assert!(applies("shop/billing/charge.py", python));
    let typed = python.replace("context):", "context) -> Charge:");
    assert!(!applies("shop/billing/charge.py", &typed));
}

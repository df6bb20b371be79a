//! `preflag flags` as its users meet it.

use crate::support::{Repo, schema_errors};
use std::fs;

const CLIENT: &str = "\
import * as LaunchDarkly from 'launchdarkly-node-server-sdk';
const ldClient = LaunchDarkly.init('key');
export function ask(key, user) { return ldClient.variation(key, user, false); }
export const rate = (user) => ldClient.stringVariation('tax-rate', user, 'low');
export const odd = (user) => ldClient.variation(`${user.plan}-tax`, user, false);
";

const KEYS: &str = "\
export const FLAG_KEYS = {
  NEW_TAX: 'new-tax',
  OLD_TAX: 'old-tax',
} as const;
";

const TAX: &str = "\
import { ask } from './client';
import { FLAG_KEYS } from './keys';
import { ELSEWHERE } from '@acme/keys';
export async function tax(user) {
  if (await ask(FLAG_KEYS.NEW_TAX, user)) return 1;
  return (await ask(ELSEWHERE, user)) ? 2 : 3;
}
";

fn shop() -> Repo {
    let repo = Repo::empty();
    repo.write(&[("src/keys.ts", KEYS), ("src/client.ts", CLIENT)]).commit_as("Ana", 1_700_000_000, "Ask for flags");
    repo.write(&[("src/tax.ts", TAX), ("CODEOWNERS", "src/tax.ts @billing @tax\n")]);
    repo.write(&[("src/tax.test.ts", "ask('only-in-a-test', user);\n"), ("main.go", "package main\n")]);
    repo.commit_as("Bea", 1_710_000_000, "New tax");
    repo
}

/// Without the names of commits, which depend on nothing that people read.
fn list(repo: &Repo, arguments: &[&str]) -> String {
    let run = repo.preflag(&[&["flags"], arguments].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
    run.stdout
}

#[test]
fn people_and_programs_read_this() {
    let repo = shop();
    for width in ["80", "130"] {
        insta::assert_snapshot!(format!("table-{width}"), list(&repo, &["--width", width]));
    }
    insta::assert_snapshot!("csv", list(&repo, &["--format", "csv"]).replace('\r', "␍"));
    let mut json: serde_json::Value = serde_json::from_str(&list(&repo, &["--format", "json"])).unwrap();
    assert_eq!(schema_errors("inventory", &json), [""; 0]);
    json["tool"]["version"] = "[version]".into();
    insta::assert_json_snapshot!("json", json);
}

#[test]
fn the_tree_that_is_asked_for_is_looked_at() {
    let repo = shop();
    repo.write(&[(
        "src/new.ts",
        "import { ask } from './client';\nexport const a = (user) => ask('not-committed', user);\n",
    )]);
    let has = |arguments: &[&str], key: &str| list(&repo, arguments).contains(key);
    assert!(!has(&[], "not-committed") && has(&["--worktree"], "not-committed"));
    assert!(has(&[], "new-tax") && has(&["src/keys.ts", "--no-history"], "old-tax"));
    assert!(!has(&["--at", "HEAD~1"], "ELSEWHERE") && has(&[], "ELSEWHERE"));
    assert_eq!(list(&repo, &["--no-cache"]), list(&repo, &[]), "and the same bytes on every run");
    let run = repo.preflag(&["flags", "-o", "a.csv"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert!(fs::read_to_string(repo.path().join("a.csv")).unwrap().starts_with("key,key_known,"));
    for wrong in [&["nowhere/"][..], &["../outside"], &["--at", "nothing"]] {
        let run = repo.preflag(&[&["flags"], wrong].concat());
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains("hint"), "{run:?}");
    }
}

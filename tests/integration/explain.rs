//! `preflag explain` as its users meet it: one question for each kind of answer.

use crate::cases::repository;
use crate::support::{Repo, Run, schema_errors};
use serde_json::Value;

fn text(repo: &Repo, arguments: &[&str]) -> String {
    let run = repo.preflag(&[&["explain", "--width", "110"], arguments].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
    run.stdout
}

/// The explanation as data, which fits the published schema.
fn json(repo: &Repo, spot: &str) -> Value {
    let run = repo.preflag(&["explain", spot, "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{spot}: {run:?}");
    let value = run.report();
    assert_eq!(schema_errors("explanation", &value), [""; 0], "{spot}");
    value
}

fn answer(repo: &Repo, spot: &str) -> String {
    json(repo, spot)["answer"].as_str().unwrap().to_owned()
}

#[test]
fn people_read_this_about_the_cases() {
    for (case, spot) in [
        ("wrapper-chain-of-two", "src/fares/surge.ts:9"),
        ("edge-three-levels", "src/api/rent.ts:5"),
        ("two-flags-two-callers", "coop/credit.py:6"),
        ("negative-key-through-wrapper", "src/refunds/express.ts:8"),
        ("control-path", "src/checkout.ts:11"),
        ("control-path", "src/checkout.ts:7"),
        ("control-path", "src/checkout.ts:8"),
        ("gated-and-control-caller", "src/refund.ts:4"),
        ("near-miss-passed-as-value", "shop/refunds.js:4"),
        ("near-miss-console-script", "guild/pay.py:7"),
        ("near-miss-nextjs-page", "app/billing/page.tsx:6"),
        ("dead-no-caller", "teller/fees.py:11"),
        ("dead-no-caller", "teller/fees.py:1"),
    ] {
        let repo = repository(case);
        let name = format!("{case}-{}", spot.rsplit('/').next().unwrap().replace(':', "-"));
        insta::assert_snapshot!(name, text(&repo, &[spot]));
        json(&repo, spot);
    }
}

const FLAGS: &str = "import { useFlag } from '@unleash/proxy-client-react';\n";

#[test]
fn parts_of_a_line_are_told_apart() {
    let page = format!(
        "{FLAGS}export function Page({{ user }}) {{\n  const on = useFlag('new-tax');\n  \
         return on ? newTax(user) : oldTax(user);\n}}\n"
    );
    let repo = Repo::new(&[("src/page.jsx", &page)]);
    insta::assert_snapshot!("mixed", text(&repo, &["src/page.jsx:4"]));
    assert_eq!(json(&repo, "src/page.jsx:4")["flags"].as_array().unwrap().len(), 2);
}

#[test]
fn conditions_that_prove_nothing_are_named() {
    let page = format!(
        "{FLAGS}export function Page({{ user, key }}) {{\n  const on = useFlag('new-tax');\n  if (user.staff || on) {{\n    \
         pay(user);\n  }}\n  const any = useFlag(key);\n  if (any) {{\n    refund(user);\n  }}\n}}\n"
    );
    let repo =
        Repo::new(&[("src/page.jsx", &page), ("src/main.js", "import { Page } from './page';\nrender(Page);\n")]);
    insta::assert_snapshot!("near-miss", text(&repo, &["src/page.jsx:5"]));
    let unknown = text(&repo, &["src/page.jsx:9"]);
    assert!(unknown.contains("a key that only the running program knows"), "{unknown}");
    let top = text(&repo, &["src/main.js:2"]);
    assert!(top.contains("Not gated: it runs when its module is loaded, without a flag."), "{top}");
}

#[test]
fn a_flag_that_is_off_at_the_use_is_told() {
    let page = format!(
        "{FLAGS}import {{ oldTax }} from './old';\nfunction Page() {{\n  if (useFlag('new-tax')) return null;\n  \
         return oldTax();\n}}\nrender(Page);\n"
    );
    let repo =
        Repo::new(&[("src/page.jsx", &page), ("src/old.js", "export function oldTax() {\n  return pay();\n}\n")]);
    let told = text(&repo, &["src/old.js:2"]);
    assert!(told.contains("used at src/page.jsx:5 in `Page`, where `new-tax` is off"), "{told}");
}

#[test]
fn what_does_not_run_is_said_as_such() {
    let code = "\
import { a } from './a';
// A comment.

interface Tax { rate: number }
type Rate = number;
export function tax(): Rate {
  /* more
     of it */
  return a(
    1,
  );
}
";
    let python = "\"\"\"About\ntaxes.\"\"\"\nX = pay()\n";
    let repo = Repo::new(&[("src/tax.ts", code), ("tax.py", python), ("src/tax.test.ts", "tax();\n")]);
    for (spot, part) in [
        ("src/tax.ts:1", "part of an import"),
        ("src/tax.ts:2", "a comment"),
        ("src/tax.ts:3", "blank"),
        ("src/tax.ts:4", "part of a type"),
        ("src/tax.ts:5", "part of a type"),
        ("src/tax.ts:8", "a comment"),
        ("src/tax.ts:11", "only brackets and marks"),
        ("tax.py:1", "docstring"),
        ("tax.py:2", "docstring"),
    ] {
        let told = json(&repo, spot);
        assert_eq!(told["answer"], "not-code", "{spot}: {told}");
        assert!(told["summary"].as_str().unwrap().contains(part), "{spot}: {told}");
    }
    assert_eq!(answer(&repo, "src/tax.ts:10"), "dead");
    assert_eq!(answer(&repo, "src/tax.test.ts:1"), "not-judged");
}

#[test]
fn components_of_markup_are_explained_by_their_scripts_and_plain_conditions() {
    let tips = "<template>
  <p v-if=\"on\">Tips</p>
  <p>Bill</p>
</template>

<script setup lang=\"ts\">
import { useFlag } from '@unleash/proxy-client-vue';
const on = useFlag('tips');
if (on) {
  load();
}
</script>
";
    let repo = Repo::new(&[("src/Tips.vue", tips)]);
    for (line, expected) in [
        (2, "gated"),
        (3, "not-gated"),
        (5, "not-code"),
        (6, "not-code"),
        (7, "not-code"),
        (8, "flag-plumbing"),
        (10, "gated"),
    ] {
        assert_eq!(answer(&repo, &format!("src/Tips.vue:{line}")), expected, "line {line}");
    }
}

#[test]
fn the_keyword_before_a_handle_is_part_of_it() {
    let code = "import { flag } from 'flags/next';

export const newTax =
  flag({
    key: 'new-tax',
  });

const
  newFee = flag({ key: 'new-fee' });
";
    let repo = Repo::new(&[("src/flags.ts", code)]);
    for line in [3, 4, 5, 8, 9] {
        assert_eq!(answer(&repo, &format!("src/flags.ts:{line}")), "flag-plumbing", "line {line}");
    }
}

#[test]
fn what_cannot_be_explained_is_an_error_with_a_hint() {
    let repo = Repo::new(&[("src/tax.ts", "pay();\n"), ("main.go", "package main\n"), ("logo.js", "\u{0}\u{1}\n")]);
    let wrong = |arguments: &[&str], part: &str| {
        let run: Run = repo.preflag(&[&["explain"], arguments].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
        assert!(run.stderr.contains(part), "{part}: {run:?}");
        run.stderr
    };
    assert!(wrong(&["src/none.ts:1"], "there is no file `src/none.ts` in `HEAD`").contains("hint: "));
    assert!(wrong(&["src:1"], "there is no file `src` in `HEAD`").contains("hint: "));
    assert!(wrong(&["src/tax.ts:2"], "`src/tax.ts` has no line 2: it ends with line 1").contains("hint: "));
    assert!(wrong(&["main.go:1"], "a language that preflag does not analyse").contains("hint: "));
    assert!(wrong(&["src/tax.ts:1", "--at", "nowhere"], "nowhere").contains("hint: "));
    wrong(&["logo.js:1"], "`logo.js` is no text");
    wrong(&["src/tax.ts"], "src/tax.ts:41");
    wrong(&["src/tax.ts:0"], "counted from 1");
    wrong(&["../../outside.ts:1"], "not a path of the repository");
}

#[test]
fn a_line_can_be_named_in_several_ways() {
    let repo = Repo::new(&[("src/tax.ts", "// One.\n"), ("other/x.ts", "\n")]);
    repo.write(&[("src/tax.ts", "// One.\npay();\n")]).commit("more");
    repo.write(&[("src/tax.ts", "// One.\npay();\nrefund();\n"), ("src/new.ts", "charge();\n")]);
    let from = |folder: &str, arguments: &[&str]| {
        let output = repo.command(&[&["explain"], arguments].concat()).current_dir(repo.path().join(folder)).output();
        let output = output.unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let absolute = repo.path().canonicalize().unwrap().join("src/tax.ts");
    for (folder, spot) in [
        ("", "src/tax.ts:2"),
        ("", "./src/tax.ts:2"),
        ("", "src\\tax.ts:2"),
        ("", "src/tax.ts:2:5"),
        ("src", "tax.ts:2"),
        ("other", "../src/tax.ts:2"),
        // From the root, too, as a report names it.
        ("other", "src/tax.ts:2"),
        ("", &format!("{}:2", absolute.display())),
    ] {
        let (code, told) = from(folder, &[spot]);
        assert!(code == 0 && told.starts_with("src/tax.ts:2\n    pay();\n"), "{folder} {spot}: {code} {told}");
    }
    assert_eq!(from("", &["src/tax.ts:3"]).0, 2, "not committed");
    assert_eq!(from("", &["src/tax.ts:3", "--worktree"]).0, 0);
    assert_eq!(from("", &["src/new.ts:1", "--worktree"]).0, 0);
    assert_eq!(from("", &["src/tax.ts:2", "--at", "HEAD~1"]).0, 2, "not there yet");
    assert_eq!(from("", &["src/tax.ts:1", "--at", "HEAD~1"]).0, 0);
}

#[test]
fn nothing_of_the_repository_reaches_the_terminal_unseen() {
    let path = "src/\u{202e}x\u{1b}[31m.ts";
    let code = "export function f() {\n  return pay('\u{202e}\u{1b}[31m##[group]');\n}\n::error::f();\n";
    let repo = Repo::new(&[(path, code)]);
    for line in [2, 4] {
        let told = text(&repo, &[&format!("{path}:{line}")]);
        assert!(!told.contains(['\u{202e}', '\u{1b}']) && !told.contains("##["), "{told}");
        assert!(told.lines().all(|line| !line.trim_start().starts_with("::")), "{told}");
    }
    let run = repo.preflag(&["explain", &format!("{path}:2"), "--format", "json"]);
    assert!(!run.stdout.contains(['\u{202e}', '\u{1b}']), "{run:?}");
}

#[test]
fn the_answer_stays_short_and_the_same() {
    let mut files = vec![("src/f.js".to_owned(), "export function f() {\n  return pay();\n}\n".to_owned())];
    for at in 0..30 {
        let text = format!(
            "{FLAGS}import {{ f }} from './f';\nexport function Page{at}() {{\n  if (useFlag('a{at}')) {{\n    f();\n  }}\n}}\n"
        );
        files.push((format!("src/p{at}.jsx"), text));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let repo = Repo::new(&files);
    let told = text(&repo, &["src/f.js:2"]);
    assert!(told.lines().count() <= 30, "{told}");
    assert!(told.contains("and in 25 more places, each behind a flag as well"), "{told}");
    assert_eq!(told, text(&repo, &["src/f.js:2", "--no-cache"]));
}

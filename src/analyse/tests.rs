//! What a change of a few lines comes to: regions, coverage by declaration, flags touched, notices.

use super::analyse;
use crate::assess::assess;
use crate::config::Config;
use crate::evidence::Evidence;
use crate::git::change::ChangeSet;
use crate::git::testing::TestRepository;
use crate::index::Index;
use crate::report::Notice;
use crate::rules::RuleSet;
use crate::terms::Coverage;

/// The texts of a file on both sides; empty for "not there".
type File<'a> = (&'a str, &'a str, &'a str);

fn changed(files: &[File<'_>]) -> ChangeSet {
    let repository = TestRepository::new();
    for (path, old, _) in files.iter().filter(|(_, old, _)| !old.is_empty()) {
        repository.write(path, old);
    }
    repository.write("keep.txt", "so that no side is empty");
    repository.commit("base");
    for (path, _, new) in files {
        if new.is_empty() {
            repository.remove(path)
        } else {
            repository.write(path, new)
        };
    }
    repository.commit("change");
    repository.diff("HEAD~1..HEAD")
}

fn with<T>(files: &[File<'_>], look: impl FnOnce(&Evidence<'_>, &[Notice]) -> T) -> T {
    let (config, changes) = (Config::default(), changed(files));
    let index = Index::of_changes(&changes);
    let rules = RuleSet::load(&config, &[]).expect("the built-in rules load");
    let (evidence, notices) = analyse(&changes, &[], &index, &rules, &config);
    look(&evidence, &notices)
}

/// "symbol=coverage" of each region that counts.
fn regions(files: &[File<'_>]) -> Vec<String> {
    with(files, |evidence, _| {
        let counting = evidence.regions().filter(|(_, region)| region.counts());
        counting
            .map(|(_, region)| {
                let symbol = region.judged.region.symbol.as_deref().unwrap_or("-");
                format!("{symbol}={}", region.judged.coverage)
            })
            .collect()
    })
}

fn coverage(files: &[File<'_>]) -> Coverage {
    with(files, |evidence, _| assess(evidence).coverage)
}

/// "added", "modified" and "removed" keys.
fn flags(files: &[File<'_>]) -> [Vec<String>; 3] {
    with(files, |evidence, _| {
        let keys = |flags: &[crate::report::Flag]| flags.iter().map(|flag| flag.key.clone()).collect();
        [keys(&evidence.flags.added), keys(&evidence.flags.modified), keys(&evidence.flags.removed)]
    })
}

const NONE: [&str; 0] = [];

#[test]
fn what_cannot_change_behaviour_is_no_region() {
    let old =
        "import { a } from './a';\nexport function f(x: number) {\n  console.log('start');\n  return a(x, 'one');\n}\n";
    let same = [
        ("comment", old.replace("  return", "  // why\n  return")),
        ("formatting", old.replace("a(x, 'one')", "a(\n    x,\n    \"one\",\n  )").replace(";\n}", "\n}")),
        ("import", old.replace("from './a'", "from './b'")),
        ("type", old.replace("x: number", "x: number | string")),
        ("log text", old.replace("'start'", "'started at last'")),
        ("log call", old.replace("  return", "  console.info(`x is ${x}`);\n  return")),
        ("export", old.replace("export function", "function")),
    ];
    for (what, new) in same {
        assert_eq!(regions(&[("f.ts", old, &new)]), NONE, "{what}");
    }
    let changed = [
        ("a call", old.replace("a(x, 'one')", "a(x, 'two')"), "f=uncovered"),
        ("an operator", old.replace("a(x, 'one')", "-a(x, 'one')"), "f=uncovered"),
        ("a default", old.replace("x: number", "x = 3"), "f=uncovered"),
    ];
    for (what, new, region) in changed {
        assert_eq!(regions(&[("f.ts", old, &new)]), [region], "{what}");
    }
}

#[test]
fn parentheses_that_change_what_is_computed_count() {
    let old = "export const f = (a, b, c) => a && b || c;\n";
    assert_eq!(regions(&[("f.ts", old, "export const f = (a, b, c) => a && (b || c);\n")]), ["f=uncovered"]);
    let arrow = "export const f = (a) => g(a);\n";
    assert_eq!(regions(&[("f.ts", arrow, "export const f = a => g(a);\n")]), NONE);
}

#[test]
fn text_attributes_and_styles_of_elements_are_no_behaviour() {
    let old = "export const F = () => <A title=\"One\" className=\"a\" onClick={f}>Hello</A>;\n";
    for (from, to) in [("One", "Two"), ("\"a\"", "\"b\""), ("Hello", "Good day"), ("className=\"a\"", "className={x}")]
    {
        assert_eq!(regions(&[("f.tsx", old, &old.replace(from, to))]), NONE, "{from}");
    }
    assert_eq!(regions(&[("f.tsx", old, &old.replace("{f}", "{g}"))]), ["F=uncovered"]);
}

#[test]
fn docstrings_and_prose_are_no_behaviour() {
    let old = "def f(x):\n    \"\"\"Say it.\"\"\"\n    raise Error(\"This is not allowed here\")\n";
    assert_eq!(regions(&[("f.py", old, &old.replace("Say it.", "Say it well."))]), NONE);
    assert_eq!(regions(&[("f.py", old, &old.replace("is not allowed here", "must never be done"))]), NONE);
    assert_eq!(regions(&[("f.py", old, &old.replace("raise Error", "raise Other"))]), ["f=uncovered"]);
    let query = "def f(x):\n    return run(\"SELECT a FROM t WHERE b\")\n";
    assert_eq!(regions(&[("f.py", query, &query.replace("SELECT a", "SELECT c"))]), ["f=uncovered"]);
}

#[test]
fn tests_docs_and_generated_files_are_no_behaviour() {
    for path in ["src/f.test.ts", "tests/test_f.py", "README.md", "package-lock.json", "node_modules/a/f.js"] {
        assert_eq!(regions(&[(path, "a = 1\n", "a = call(2)\n")]), NONE, "{path}");
    }
}

#[test]
fn a_function_that_only_moved_is_no_region() {
    let function = "export function total(order) {\n  const net = order.lines.map((l) => l.price * l.count);\n  return net.reduce(add, 0);\n}\n";
    let rest = "export function other() {\n  return 1;\n}\n";
    let both = format!("{rest}\n{function}");
    assert_eq!(regions(&[("a.ts", &both, rest), ("b.ts", "", function)]), NONE);
    let edited = function.replace("l.price * l.count", "l.price + l.count");
    assert_ne!(regions(&[("a.ts", &both, rest), ("b.ts", "", &edited)]), NONE);
}

#[test]
fn a_new_branch_on_a_flag_covers_what_it_runs() {
    let old = "import * as ld from '@launchdarkly/node-server-sdk';\nconst client = ld.init('k');\nexport async function pay(user) {\n  return charge(user);\n}\n";
    let branch = old.replace(
        "  return charge",
        "  if (await client.variation('new-pay', user, false)) {\n    return chargeV2(user);\n  }\n  return charge",
    );
    assert_eq!(regions(&[("pay.ts", old, &branch)]), ["pay=covered"]);
    assert_eq!(flags(&[("pay.ts", old, &branch)]), [vec!["new-pay".to_owned()], vec![], vec![]]);
    let wrapped = old.replace(
        "  return charge(user);",
        "  if (await client.variation('new-pay', user, false)) {\n    return charge(user);\n  }",
    );
    assert_eq!(regions(&[("pay.ts", old, &wrapped)]), ["pay=covered"], "what was there stands behind the flag now");
    let both = branch.replace("  return charge(user)", "  audit(user);\n  return charge(user)");
    assert_eq!(regions(&[("pay.ts", old, &both)]), ["pay=partial"]);
    let or = old.replace("  return charge", "  if (user.admin || (await client.variation('new-pay', user, false))) {\n    return chargeV2(user);\n  }\n  return charge");
    assert_eq!(regions(&[("pay.ts", old, &or)]), ["pay=uncovered"], "an administrator gets there without the flag");
    let off = old.replace("  return charge(user);", "  if (!(await client.variation('new-pay', user, false))) {\n    return refuse(user);\n  }\n  return charge(user);");
    assert_eq!(
        regions(&[("pay.ts", old, &off)]),
        ["pay=uncovered"],
        "new code that runs with the flag off is not covered"
    );
}

#[test]
fn a_removed_flag_leaves_nothing_to_cover() {
    let new = "import * as ld from '@launchdarkly/node-server-sdk';\nconst client = ld.init('k');\nexport async function pay(user) {\n  return chargeV2(user);\n}\n";
    let old = new.replace("  return chargeV2(user);", "  if (await client.variation('new-pay', user, false)) {\n    return chargeV2(user);\n  }\n  return charge(user);");
    assert_eq!(coverage(&[("pay.ts", &old, new)]), Coverage::Na);
    assert_eq!(flags(&[("pay.ts", &old, new)]), [vec![], vec![], vec!["new-pay".to_owned()]]);
    let more = new.replace("chargeV2(user)", "chargeV2(user, await limits(user))");
    assert_ne!(coverage(&[("pay.ts", &old, &more)]), Coverage::Na, "something new comes along");
}

const PAGE: &str = "import { useFeatureFlagEnabled } from 'posthog-js/react';\nimport { Old } from './Old';\nexport function Page() {\n  return <Old />;\n}\n";

fn page(body: &str) -> String {
    let import = "import { Old } from './Old';\nimport { Fresh } from './Fresh';";
    PAGE.replace("import { Old } from './Old';", import).replace("  return <Old />;", body)
}

const FRESH: &str = "const LIMIT = 3;\nfunction load(id) {\n  return fetchAll(id, LIMIT);\n}\nexport function Fresh() {\n  const rows = load(1);\n  return <Rows rows={rows} />;\n}\n";

#[test]
fn new_declarations_are_covered_by_their_uses() {
    let gated = page("  const on = useFeatureFlagEnabled('fresh');\n  return on ? <Fresh /> : <Old />;");
    assert_eq!(coverage(&[("Page.tsx", PAGE, &gated), ("Fresh.tsx", "", FRESH)]), Coverage::Covered);
    let both = page("  const on = useFeatureFlagEnabled('fresh');\n  return on ? <Fresh /> : <Fresh legacy />;");
    assert_eq!(coverage(&[("Page.tsx", PAGE, &both), ("Fresh.tsx", "", FRESH)]), Coverage::Partial);
    let open = page("  return <Fresh />;");
    assert_eq!(coverage(&[("Page.tsx", PAGE, &open), ("Fresh.tsx", "", FRESH)]), Coverage::Uncovered);
    assert_eq!(
        coverage(&[("Page.tsx", PAGE, &gated), ("Fresh.tsx", FRESH, &FRESH.replace("load(1)", "load(2)"))]),
        Coverage::Covered,
        "the whole repository is known"
    );
}

#[test]
fn default_exports_and_lazy_modules_are_followed() {
    let fresh = FRESH.replace("export function", "export default function");
    let body = "  const on = useFeatureFlagEnabled('fresh');\n  return on ? <Renamed /> : <Old />;";
    for import in ["import Renamed from './Fresh';", "const Renamed = lazy(() => import('./Fresh'));"] {
        let gated = page(body).replace("import { Fresh } from './Fresh';", import);
        assert_eq!(coverage(&[("Page.tsx", PAGE, &gated), ("Fresh.tsx", "", &fresh)]), Coverage::Covered, "{import}");
    }
}

#[test]
fn a_decorated_function_may_be_called_by_its_framework() {
    let old = "import waffle\n\n\ndef view(request):\n    return old(request)\n";
    let new = "import waffle\n\n\n@task\ndef fresh(request):\n    return charge(request)\n\n\ndef view(request):\n    if waffle.flag_is_active(request, 'fresh'):\n        return fresh(request)\n    return old(request)\n";
    assert_eq!(coverage(&[("v.py", old, new)]), Coverage::Partial);
    assert_eq!(coverage(&[("v.py", old, &new.replace("@task\n", ""))]), Coverage::Covered);
}

/// Functions that only a function behind a flag calls, all of them changed; and what is said of them.
fn called_behind_a_flag(functions: usize) -> (Coverage, Vec<String>) {
    let all = |of: &dyn Fn(usize) -> String| (0..functions).map(of).collect::<String>();
    let fees = |rate: u32| all(&|n| format!("def fee{n}(order):\n    return send(order, {rate})\n\n\n"));
    let calls = all(&|n| format!("        fees.fee{n}(order)\n"));
    let checkout = |comment: &str| {
        format!(
            "import waffle\nimport fees\n\n\ndef pay(order):  # {comment}\n    if waffle.switch_is_active('fresh'):\n{calls}"
        )
    };
    let (before, after) = (checkout("before"), checkout("after"));
    let files = [("checkout.py", before.as_str(), after.as_str()), ("fees.py", &fees(1), &fees(2))];
    with(&files, |evidence, notices| {
        (assess(evidence).coverage, notices.iter().map(|notice| notice.reason.clone()).collect())
    })
}

#[test]
fn what_is_too_much_to_look_at_is_said_and_not_covered() {
    assert_eq!(called_behind_a_flag(30), (Coverage::Covered, Vec::new()));
    let (coverage, notices) = called_behind_a_flag(560);
    assert_eq!(coverage, Coverage::Partial, "the first have their answer");
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert!(notices[0].contains("for 48 changed declarations nobody looked"), "{notices:?}");
}

#[test]
fn a_moved_evaluation_is_not_touched_and_an_edited_line_is() {
    let old = "import waffle\n\n\ndef f(request):\n    a()\n    if waffle.switch_is_active('x'):\n        b()\n    return 1\n";
    let moved = "import waffle\n\n\ndef f(request):\n    if waffle.switch_is_active('x'):\n        b()\n    a()\n    return 1\n";
    assert_eq!(flags(&[("v.py", old, moved)]), [vec![], vec![], Vec::<String>::new()]);
    let edited = old.replace("is_active('x'):", "is_active('x') and request:");
    assert_eq!(flags(&[("v.py", old, &edited)]), [vec![], vec!["x".to_owned()], vec![]]);
}

#[test]
fn a_changed_default_is_seen() {
    let old = "import { OpenFeature } from '@openfeature/server-sdk';\nconst client = OpenFeature.getClient();\nexport const f = () => client.getBooleanValue('x', false);\n";
    let change = with(&[("f.ts", old, &old.replace("false", "true"))], |evidence, _| {
        evidence.flags.modified.first().and_then(|flag| flag.default_change.clone())
    });
    let change = change.expect("the default changed");
    assert_eq!((change.old.as_str(), change.new.as_str()), ("false", "true"));
}

#[test]
fn what_cannot_be_analysed_is_said() {
    let notice = |path: &str, old: &str, new: &str| {
        with(&[(path, old, new)], |_, notices| {
            notices.iter().map(|notice| notice.reason.clone()).collect::<Vec<_>>().join(" ")
        })
    };
    assert!(notice("f.go", "package a\n", "package a\nfunc f() {}\n").starts_with("Go is not analysed yet"));
    assert!(
        notice("f.ts", "f();\n", &format!("f(\"{}\");\n", "x".repeat(200_000))).contains("judged by lines instead")
    );
    assert!(notice("f.ts", "f();\n", "f();\nconst = = 3;\n").contains("Syntax that preflag does not know at line 2"));
    assert_eq!(notice("f.ts", "f();\n", "g();\n"), "");
    let counts = |path: &str, new: &str| {
        with(&[(path, "", new)], |evidence, _| (evidence.unanalysed, evidence.unknown_language))
    };
    assert_eq!(counts("f.go", "package a\n"), (0, 1));
    assert_eq!(counts("f.ts", &format!("f(\"{}\");\n", "x".repeat(200_000))), (1, 0));
    assert_eq!(counts("f.ts", "f();\n"), (0, 0));
}

#[test]
fn a_key_in_a_constant_of_another_changed_file_is_found() {
    let constants = "SPAM = \"wiki_spam\"\n";
    let old = "import waffle\nfrom .constants import SPAM\n\n\ndef f(request):\n    if waffle.switch_is_active(SPAM):\n        return 1\n    return 2\n";
    let new = "def f(request):\n    return 2\n";
    assert_eq!(
        flags(&[("constants.py", constants, ""), ("v.py", old, new)]),
        [vec![], vec![], vec!["wiki_spam".to_owned()]]
    );
    assert_eq!(flags(&[("v.py", old, new)]), [vec![], vec![], vec!["SPAM".to_owned()]], "only the name is known");
    let table = "class Switches:\n    SPAM = \"wiki_spam\"\n";
    let old = old.replace("import SPAM", "import Switches").replace("(SPAM)", "(Switches.SPAM)");
    assert_eq!(flags(&[("constants.py", table, ""), ("v.py", &old, new)])[2], ["wiki_spam"]);
}

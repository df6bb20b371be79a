//! What is taken stock of, in small repositories.

use super::*;
use crate::git::change::ChangeSet;
use crate::git::testing::TestRepository;
use crate::index::Index;
use crate::terms::Side;
use std::collections::BTreeMap;

/// The inventory of HEAD.
fn inventory(repository: &TestRepository, change: impl FnOnce(&mut Request<'_>)) -> Inventory {
    let repository = repository.open();
    let commit = repository.commit_named("HEAD").expect("there is a commit");
    let config = Config::default();
    let rules = RuleSet::load(&config, &[]).expect("the built-in packs are well");
    let mut request = Request {
        rules: &rules,
        config: &config,
        name: "HEAD".to_owned(),
        commit: commit.clone(),
        paths: Vec::new(),
        tests: false,
        max_commits: 100,
    };
    change(&mut request);
    let index = Index::open(&repository, &ChangeSet::none(&commit)).expect("the tree can be read");
    take(index.tree(Side::New), &repository, request)
}

fn keys(inventory: &Inventory) -> Vec<&str> {
    inventory.flags.iter().map(|flag| flag.key.as_str()).collect()
}

fn flag<'i>(inventory: &'i Inventory, key: &str) -> &'i FlagEntry {
    inventory.flags.iter().find(|flag| flag.key == key).unwrap_or_else(|| panic!("{key}: {:?}", keys(inventory)))
}

const READS: &str = "\
import * as LaunchDarkly from 'launchdarkly-node-server-sdk';
const ldClient = LaunchDarkly.init('key');
export async function tax(user) {
  if (await ldClient.variation('new-tax', user, false)) return 1;
  return (await ldClient.variation('new-tax', user, true)) ? 2 : 3;
}
export const any = (user) => ldClient.variation(`${user.name}-tax`, user, false);
export const rate = (user) => ldClient.stringVariation('tax-rate', user, 'low');
";

const KEYS: &str = "export const FLAG_KEYS = { OLD_TAX: 'old-tax' };\n";

#[test]
fn one_entry_a_key_with_all_its_places() {
    let repository = TestRepository::new();
    repository.write("src/tax.ts", READS).write("src/keys.ts", KEYS).write("README.md", "`new-tax`").commit("add");
    let found = inventory(&repository, |_| {});
    assert_eq!(keys(&found), ["new-tax", "old-tax", "tax-rate"]);
    let tax = flag(&found, "new-tax");
    assert_eq!((tax.evaluations, tax.definitions, tax.files), (2, 0, 1));
    assert_eq!((tax.provider.as_str(), tax.value_type), ("launchdarkly", Some(FlagType::Boolean)));
    assert_eq!(tax.defaults, ["false", "true"]);
    assert_eq!(flag(&found, "tax-rate").value_type, Some(FlagType::String));
    let stale = flag(&found, "old-tax");
    assert_eq!((stale.evaluations, stale.definitions), (0, 1), "declared, and read nowhere");
    assert_eq!(stale.constants, ["FLAG_KEYS.OLD_TAX"]);
    assert_eq!((found.dynamic.evaluations, found.dynamic.references[0].line), (1, 7));
    assert_eq!(found.files, 2);
}

#[test]
fn keys_are_found_behind_constants_and_wrappers() {
    let repository = TestRepository::new();
    repository.write("src/keys.ts", "export const KEYS = { NEW_TAX: 'new-tax' } as const;\n");
    let flags = "import * as LaunchDarkly from 'launchdarkly-node-server-sdk';\n\
                 const ldClient = LaunchDarkly.init('key');\n\
                 export function ask(key, user) { return ldClient.variation(key, user, false); }\n";
    repository.write("src/ask.ts", flags);
    let uses = "import { ask } from './ask';\nimport { KEYS } from './keys';\n\
                export const tax = (user) => ask(KEYS.NEW_TAX, user) ? 1 : 2;\n\
                export const rate = (user) => ask('tax-rate', user) ? 1 : 2;\n";
    repository.write("src/tax.ts", uses).commit("add");
    let found = inventory(&repository, |_| {});
    assert_eq!(keys(&found), ["new-tax", "tax-rate"]);
    let tax = flag(&found, "new-tax");
    assert_eq!((tax.provider.as_str(), tax.evaluations), ("launchdarkly", 1));
    assert_eq!(tax.references[0].path.as_str(), "src/tax.ts");
    assert_eq!(found.dynamic.evaluations, 0, "whoever calls the wrapper says which flag");
}

/// `get` is a common name: who means this one, is told by what a file imports, through packages, instances and other names.
#[test]
fn users_of_a_wrapper_with_a_common_name_are_those_that_can_know_it() {
    let repository = TestRepository::new();
    let service = "import * as LaunchDarkly from 'launchdarkly-node-server-sdk';\n\
                   const ldClient = LaunchDarkly.init('key');\n\
                   export class Switches {\n  get(key, user) { return ldClient.variation(key, user, false); }\n}\n";
    repository.write("src/lib/switches.ts", service);
    let over = "import * as LaunchDarkly from 'launchdarkly-node-server-sdk';\n\
                const ldClient = LaunchDarkly.init('key');\n\
                export default (user) => ldClient.variation('over', user, false);\n";
    repository.write("src/lib/over.ts", over);
    repository.write("src/lib/index.ts", "export * from './instance';\nexport { default as isOver } from './over';\n");
    repository
        .write("src/lib/instance.ts", "import { Switches } from './switches';\nexport const s = new Switches();\n");
    repository
        .write("src/a.ts", "import { s } from './lib';\nexport const a = (u) => s.get('by-package', u) ? 1 : 2;\n");
    repository.write(
        "src/b.ts",
        "import { s } from './lib/instance';\nexport const b = (u) => s.get('by-instance', u) ? 1 : 2;\n",
    );
    repository.write("src/c.ts", "import { isOver } from './lib';\nexport const c = (u) => isOver(u) ? 1 : 2;\n");
    repository.write("src/d.ts", "import on from './lib/over';\nexport const d = (u) => on(u) ? 1 : 2;\n");
    for number in 0..40 {
        let text = format!("import {{ s }} from './own{number}';\nexport const x = s.get('own-{number}', 1);\n");
        repository.write(format!("other/{number}.ts"), text);
    }
    repository.commit("add");
    let found = inventory(&repository, |_| {});
    assert_eq!(keys(&found), ["by-instance", "by-package", "over"]);
    let lines: Vec<&str> = flag(&found, "over").references.iter().map(|reference| reference.path.as_str()).collect();
    assert_eq!(lines, ["src/c.ts", "src/d.ts", "src/lib/over.ts"]);
    assert!(found.notices.is_empty(), "{:?}", found.notices);
}

#[test]
fn tests_and_other_folders_are_left_out() {
    let repository = TestRepository::new();
    repository.write("src/tax.ts", READS).write("src/tax.test.ts", READS.replace("new-tax", "test-tax"));
    repository.write("web/a.ts", READS.replace("new-tax", "web-tax")).write("dist/b.min.js", READS).commit("add");
    assert_eq!(keys(&inventory(&repository, |_| {})), ["new-tax", "tax-rate", "web-tax"]);
    let with_tests = inventory(&repository, |request| request.tests = true);
    assert_eq!(keys(&with_tests), ["new-tax", "tax-rate", "test-tax", "web-tax"]);
    let below = inventory(&repository, |request| request.paths = vec!["src".to_owned()]);
    assert_eq!(keys(&below), ["new-tax", "tax-rate"]);
    assert_eq!(keys(&inventory(&repository, |request| request.paths = vec!["sr".to_owned()])), [""; 0]);
}

#[test]
fn owners_are_those_of_the_files_else_who_changed_the_lines() {
    let repository = TestRepository::new();
    repository.write("src/tax.ts", READS).commit("add");
    let owner = |found: &Inventory| {
        let owner = flag(found, "new-tax").owners.first().expect("somebody owns it").clone();
        (owner.name, owner.source)
    };
    assert_eq!(owner(&inventory(&repository, |_| {})), ("Ada".to_owned(), OwnerSource::Git));
    repository.write("CODEOWNERS", "* @all\nsrc/ @billing @tax\n").commit("own");
    let found = inventory(&repository, |request| request.max_commits = 0);
    assert_eq!(owner(&found), ("@billing".to_owned(), OwnerSource::Codeowners));
    assert_eq!((found.history, found.flags[0].first_change.is_none()), (HistoryRead::Off, true));
}

#[test]
fn first_and_last_changes_come_from_history() {
    let repository = TestRepository::new();
    let first = repository.write("src/tax.ts", READS).commit("add").to_string();
    let last =
        repository.write("src/tax.ts", READS.replace("'new-tax', user, true", "'new-tax', u, true")).commit("edit");
    let found = inventory(&repository, |_| {});
    let tax = flag(&found, "new-tax");
    assert_eq!(tax.first_change.as_ref().map(|change| &change.commit), Some(&first));
    assert_eq!(tax.last_change.as_ref().map(|change| change.commit.clone()), Some(last.to_string()));
    assert_eq!(found.history, HistoryRead::Whole { commits: 2 });
    let bounded = inventory(&repository, |request| request.max_commits = 1);
    assert!(flag(&bounded, "new-tax").first_change.is_none());
    assert!(matches!(bounded.history, HistoryRead::Limited { commits: 1, .. }));
    assert!(bounded.notices[0].reason.contains("History was read back to"), "{:?}", bounded.notices);
}

#[test]
fn what_cannot_be_looked_at_is_said() {
    let repository = TestRepository::new();
    repository.write("a.rb", "x").write("b.go", "x").write("c.go", "x");
    repository.write("src/big.ts", format!("{READS}//{}\n", "x".repeat(2 << 20))).commit("add");
    let found = inventory(&repository, |_| {});
    let reasons: Vec<&str> = found.notices.iter().map(|notice| notice.reason.as_str()).collect();
    assert!(reasons.iter().any(|reason| reason.contains("(2 Go, 1 Ruby)")), "{reasons:?}");
    assert!(reasons.iter().any(|reason| reason.contains("larger than 1 MiB")), "{reasons:?}");
}

/// Not a test: holds the words of rules to a repository of one's own, `PREFLAG_TEST_REPO=DIR cargo test -- --ignored words`.
#[test]
#[ignore = "needs a repository"]
#[allow(clippy::print_stderr, reason = "it is a measurement")]
fn words_of_rules_miss_no_file() {
    use crate::detect::flags::detect;
    use crate::syntax::{ParseLimits, SourceFile, language_for};
    use rayon::prelude::*;
    let folder = std::env::var_os("PREFLAG_TEST_REPO").expect("PREFLAG_TEST_REPO names a repository");
    let repository = Repository::open(std::path::Path::new(&folder)).expect("it opens");
    let commit = repository.commit_named("HEAD").expect("there is a commit");
    let rules = RuleSet::load(&Config::default(), &[]).expect("the built-in packs are well");
    let index = Index::open(&repository, &ChangeSet::none(&commit)).expect("the tree can be read");
    let tree = index.tree(Side::New);
    let paths: Vec<RepoPath> = tree.paths().map(RepoPath::new).filter(|path| language_for(path).is_some()).collect();
    let judged: Vec<(bool, bool, String)> = paths
        .par_iter()
        .filter_map(|path| {
            let text = tree.text(path.as_str())?;
            let needles = rules.flags.needles(language_for(path)?.name);
            let may = needles.may_be_in(path.file_name(), text.as_bytes());
            let source = SourceFile::analyse(path.clone(), text.clone(), &ParseLimits::default());
            let facts = detect(&source, &rules.flags);
            let any = !facts.evaluations.is_empty() || !facts.definitions.is_empty();
            let why = if may && !any { needles.why(text.as_bytes()) } else { String::new() };
            Some((may, any, why))
        })
        .collect();
    let count = |of: &dyn Fn(&(bool, bool, String)) -> bool| judged.iter().filter(|one| of(one)).count();
    let mut why: BTreeMap<&str, usize> = BTreeMap::new();
    judged.iter().filter(|(may, any, _)| *may && !any).for_each(|(_, _, reason)| *why.entry(reason).or_default() += 1);
    let mut why: Vec<_> = why.into_iter().collect();
    why.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    eprintln!("{} files, {} candidates, {} with flags", judged.len(), count(&|one| one.0), count(&|one| one.1));
    why.iter().take(25).for_each(|(reason, count)| eprintln!("{count:6} {reason}"));
    assert_eq!(count(&|(may, any, _)| *any && !*may), 0);
}

//! The files as they are written: every setting explained, and only what was found set.
//!
//! What comes from the repository is written only where it is a plain word, so it can neither end a remark nor a line.

use super::look::Found;
use crate::rules::RuleSet;
use crate::terms::Tier;
use std::fmt::Write;

/// More names are counted, not listed.
const LISTED: usize = 8;

/// The version of the Action that a workflow names.
pub(crate) const ACTION: &str = concat!("preflag/preflag@v", env!("CARGO_PKG_VERSION"));

/// `.preflag.yml`
pub(crate) fn config(found: &Found, rules: &RuleSet) -> String {
    let areas: Vec<String> = rules
        .areas
        .iter()
        .filter(|area| is_plain(&area.area))
        .map(|area| format!("{} ({})", area.area, tier(area.tier)))
        .collect();
    // A house's own functions have no fixed form that could be suggested: without a setting, they are read as they are read elsewhere.
    let is_sdk = |id: &str| rules.flags.packs().iter().any(|pack| pack.id == id && !pack.imports.is_empty());
    let provider = match found.providers.iter().find(|(id, _)| is_plain(id) && is_sdk(id)) {
        Some((id, _)) => format!("recommend:\n  provider: \"{id}\"\n"),
        None => "#recommend:\n#  provider: openfeature\n".to_owned(),
    };
    let owners = if found.owners { ", CODEOWNERS" } else { "" };
    format!(
        r##"## Settings of preflag. All of them may be left out. Lines with a single `#` are settings that are not set: the default, or an
## example. Take the `#` of a block away to set it; `preflag rules check` then says whether the file is well.
##
## Found by `preflag init`:
{}
## When a scan fails: uncovered-critical, uncovered-high, critical, high or never. With report-only it says everything and
## never fails, which is a calm way to begin.
#policy:
#  fail-on: uncovered-critical
#  report-only: false

## The SDK that suggested code uses, by its rule pack (`preflag rules list`). Without it, the one that is used most.
{provider}
## How flags are read here. SDKs and your own functions around them are found without settings; name a function only where
## `preflag flags` misses what it reads. Keys that are suggested look like those that are there (kebab, snake, camel, pascal,
## constant, dotted).
#flags:
#  keys-style: kebab
#  wrappers:
#    - {{call: [isFeatureOn], key: {{argument: 0}}, distinctive: true}}

## The impact of a change in an area: moderate, high or critical. The areas, and what they are without a setting:
{}
#areas:
#  performance: {{tier: high}}

## Files whose Moderate and High findings are lowered. Critical ones never are.
#paths:
#  - match: ["internal-tools/**"]
#    tier-cap: moderate

## Files that are left out of everything. Tests, generated and vendored files are known without it.
#exclude: ["legacy/**"]

## Rule packs of your own besides .preflag/rules, and built-in ones to leave out.
#packs:
#  dirs: [tools/preflag]
#  disable: [areas/performance]

## Who may ship without a flag by a waiver (`preflag waivers --help`). Without a rule, everybody who can commit.
#waivers:
#  allow:
#    - what: [payments]
#      by: ["@your-org/payments"{owners}]

## Larger files are not analysed (bytes); a notice says so.
#limits:
#  max-file-bytes: 1048576
"##,
        remarks(found),
        wrapped(&areas),
    )
}

/// Whether two configs differ in remarks at most.
pub(crate) fn same_settings(a: &str, b: &str) -> bool {
    let settings = |text: &str| -> Vec<String> {
        text.lines().filter(|line| !line.starts_with("##")).map(|line| line.trim_end().to_owned()).collect()
    };
    settings(a) == settings(b)
}

/// What was found, as remarks.
fn remarks(found: &Found) -> String {
    let plain = |pairs: &[(String, usize)], noun: [&str; 2]| -> Vec<String> {
        let plain = pairs.iter().filter(|(name, _)| is_plain(name)).take(LISTED);
        plain.map(|(name, count)| format!("{name} ({count} {})", noun[usize::from(*count != 1)])).collect()
    };
    let wrappers: Vec<String> = found.wrappers.iter().filter(|name| is_plain(name)).cloned().collect();
    let branch = found.branch.iter().filter(|branch| is_plain(branch)).cloned().collect();
    let ci = found.ci.iter().map(|ci| ci.name().to_owned()).collect();
    let lines = [
        ("flags", plain(&found.providers, ["flag", "flags"])),
        ("functions that read flags", wrappers),
        ("languages", plain(&found.languages, ["file", "files"])),
        ("default branch", branch),
        ("checks run by", ci),
    ];
    let mut text = String::new();
    for (label, names) in lines {
        let more = names.len().saturating_sub(LISTED);
        let mut shown: Vec<String> = names.into_iter().take(LISTED).collect();
        shown.extend((more > 0).then(|| format!("{more} more")));
        let shown = if shown.is_empty() { "none".to_owned() } else { shown.join(", ") };
        // Infallible: writing to a String.
        let _ = writeln!(text, "##   {label}: {shown}");
    }
    text
}

/// Words as remarks of at most 120 columns.
fn wrapped(words: &[String]) -> String {
    let mut lines = vec!["##  ".to_owned()];
    for (at, word) in words.iter().enumerate() {
        let comma = if at + 1 < words.len() { "," } else { "" };
        if lines.last().is_some_and(|line| line.len() + word.len() > 118) {
            lines.push("##  ".to_owned());
        }
        if let Some(line) = lines.last_mut() {
            // Infallible: writing to a String.
            let _ = write!(line, " {word}{comma}");
        }
    }
    lines.join("\n")
}

fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::None => "none",
        Tier::Moderate => "moderate",
        Tier::High => "high",
        Tier::Critical => "critical",
    }
}

/// A word that means nothing to YAML, to a terminal or to a reader's eye.
fn is_plain(word: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b'$');
    !word.is_empty() && word.len() <= 60 && word.bytes().all(plain)
}

/// `.github/workflows/preflag.yml`
pub(crate) fn workflow() -> String {
    format!(
        r#"# Judges each pull request: what in it is risky, and is it behind a feature flag? Needs no secret and no setting.
name: preflag
on:
  pull_request:

permissions: {{}}

concurrency:
  group: preflag-${{{{ github.ref }}}}
  cancel-in-progress: true

jobs:
  preflag:
    runs-on: ubuntu-latest
    permissions:
      contents: read         # to read what changes
      pull-requests: write   # to leave one comment; without it the summary and the verdict are there all the same
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with:
          fetch-depth: 0
          persist-credentials: false
      # Better the full commit of that version: git ls-remote https://github.com/preflag/preflag
      - uses: {ACTION}
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::config::yaml::parse;
    use crate::init::look::Ci;
    use serde_json::Value;

    fn rules() -> RuleSet {
        RuleSet::load(&Config::default(), &[]).expect("the built-in rules are well")
    }

    fn found() -> Found {
        Found {
            providers: vec![("launchdarkly".into(), 9), ("in-house".into(), 1)],
            wrappers: vec!["isOn".into(), "useFlag".into()],
            languages: vec![("typescript".into(), 120), ("sql".into(), 1)],
            branch: Some("main".into()),
            ci: vec![Ci::GitHub],
            on_github: true,
            owners: true,
        }
    }

    fn read(text: &str) -> Config {
        let config = Config::from_text(".preflag.yml", Some(text)).unwrap_or_else(|error| panic!("{error}\n{text}"));
        RuleSet::load(&config, &[]).unwrap_or_else(|error| panic!("{error}\n{text}"));
        config
    }

    #[test]
    fn the_config_can_be_read_as_it_is_and_with_everything_set() {
        for found in [found(), Found::default()] {
            let text = config(&found, &rules());
            let config = read(&text);
            assert_eq!(config.recommend.provider.as_deref(), found.providers.first().map(|(id, _)| id.as_str()));
            assert_eq!(config.policy, Config::default().policy, "defaults are not changed");
            let is_setting = |line: &str| line.starts_with('#') && !line.starts_with("##");
            let all: Vec<&str> = text.lines().map(|line| if is_setting(line) { &line[1..] } else { line }).collect();
            let all = read(&(all.join("\n") + "\n"));
            assert_eq!((all.paths.len(), all.exclude.len(), all.waivers.allow.len()), (1, 1, 1));
            assert_eq!((all.limits.max_file_bytes, all.policy), (1_048_576, Config::default().policy));
            assert!(text.lines().all(|line| line.chars().count() <= 130), "{text}");
        }
    }

    #[test]
    fn only_an_sdk_is_set_as_the_one_that_suggestions_use() {
        let with = |ids: &[&str]| {
            let providers = ids.iter().map(|id| ((*id).to_owned(), 3)).collect();
            read(&config(&Found { providers, ..Found::default() }, &rules())).recommend.provider
        };
        assert_eq!(with(&["in-house", "unleash"]).as_deref(), Some("unleash"));
        assert_eq!(with(&["in-house"]), None);
    }

    #[test]
    fn what_was_found_is_said() {
        let text = config(&found(), &rules());
        for said in
            ["launchdarkly (9 flags), in-house (1 flag)", "isOn, useFlag", "typescript (120 files), sql (1 file)"]
        {
            assert!(text.contains(said), "{said}: {text}");
        }
    }

    #[test]
    fn names_of_the_repository_cannot_write_settings() {
        let evil = "x\npolicy: {fail-on: never}\n#";
        let found = Found {
            providers: vec![(evil.into(), 3), ("\"".into(), 2), ("a: b".into(), 1)],
            wrappers: vec![evil.into(), "\u{202e}x".into(), "\r".into()],
            branch: Some(evil.into()),
            ..Found::default()
        };
        let text = config(&found, &rules());
        assert_eq!(read(&text).policy, Config::default().policy);
        assert!(!text.contains("fail-on: never") && !text.contains('\u{202e}') && !text.contains('\r'));
    }

    #[test]
    fn the_workflow_is_yaml_with_least_permissions_and_no_secret() {
        let text = workflow();
        let workflow: Value = parse("preflag.yml", &text).expect("it is YAML");
        let job = &workflow["jobs"]["preflag"];
        assert_eq!(workflow["permissions"], serde_json::json!({}));
        assert_eq!(job["permissions"], serde_json::json!({"contents": "read", "pull-requests": "write"}));
        assert_eq!(job["steps"][1]["uses"], ACTION);
        assert!(!text.contains("secrets") && !text.contains("pull_request_target"));
    }
}

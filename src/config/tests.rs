//! What a config may say, and how it is refused.

use super::*;
use crate::terms::SignalId;

fn config(text: &str) -> Result<Config, String> {
    Config::from_text(".preflag.yml", Some(text)).map_err(|error| error.to_string())
}

fn first_line(text: &str) -> String {
    config(text).expect_err("this config must be refused").lines().next().unwrap_or_default().to_owned()
}

#[test]
fn no_text_and_an_empty_text_are_the_defaults() {
    for text in [None, Some(""), Some("# nothing yet\n")] {
        let config = Config::from_text("x", text).unwrap();
        assert_eq!(config.policy, PolicyConfig { fail_on: FailOn::UncoveredCritical, report_only: false });
        assert_eq!(config.limits, Limits { max_file_bytes: 1_048_576 });
        assert!(config.exclude.is_empty() && config.paths.is_empty() && config.packs.disable.is_empty());
    }
}

#[test]
fn everything_can_be_set() {
    let config = config(
        "policy: {fail-on: uncovered-high, report-only: true}\n\
         packs: {dirs: [tools/preflag/], disable: [flags/unleash, areas/performance]}\n\
         exclude: ['legacy/**']\n\
         areas: {performance: {tier: high}}\n\
         paths:\n  - {match: 'internal/**', tier-cap: moderate}\n  - {match: ['scripts/', '*.sh'], tier-cap: none}\n\
         flags: {keys-style: snake}\n\
         recommend: {provider: launchdarkly}\n\
         score: {weights: {expertise: -20}, typical: {added-lines: 50}}\n\
         limits: {max-file-bytes: 2000}\n",
    )
    .unwrap();
    assert_eq!(config.policy, PolicyConfig { fail_on: FailOn::UncoveredHigh, report_only: true });
    assert_eq!(config.packs.dirs, ["tools/preflag"]);
    assert!(config.packs.disable.contains("flags/unleash"));
    assert!(config.excludes("legacy/a/b.ts") && !config.excludes("a/legacy.ts"));
    assert_eq!(config.area_tiers, BTreeMap::from([("performance".to_owned(), Tier::High)]));
    assert_eq!(config.flags.key_style, Some(KeyStyle::Snake));
    assert_eq!(config.recommend.provider.as_deref(), Some("launchdarkly"));
    assert_eq!(config.limits.max_file_bytes, 2000);
    assert_eq!(config.score.weights, BTreeMap::from([(SignalId::Expertise, -20.0)]));
    assert_eq!(config.score.typical, BTreeMap::from([(SignalId::AddedLines, 50.0)]));
    let folders =
        [".preflag/rules", "tools/preflag"].map(|dir| ["flags", "areas", "score"].map(|kind| format!("{dir}/{kind}")));
    assert_eq!(config.pack_folders(), folders.concat());
}

#[test]
fn path_rules_lower_but_never_raise_and_never_touch_critical() {
    let config = config("paths: [{match: 'a/**', tier-cap: moderate}, {match: 'a/b/**', tier-cap: none}]").unwrap();
    assert_eq!(config.capped("a/x.ts", Tier::High), Tier::Moderate);
    assert_eq!(config.capped("a/x.ts", Tier::None), Tier::None);
    assert_eq!(config.capped("a/b/x.ts", Tier::High), Tier::None, "the lowest cap counts");
    assert_eq!(config.capped("a/b/x.ts", Tier::Critical), Tier::Critical);
    assert_eq!(config.capped("c/x.ts", Tier::High), Tier::High);
}

#[test]
fn errors_say_where_what_and_what_instead() {
    for (text, expected) in [
        (
            "paths: [{match: 'a/**', tier-cap: critical}]",
            "1:35: paths[0].tier-cap: a path rule lowers findings, and Critical",
        ),
        (
            "policy:\n  fail-on: always\n",
            "2:12: policy.fail-on: unknown variant `always`, expected one of `uncovered-critical`",
        ),
        ("polices: {}", "1:1: unknown field `polices`, expected one of `policy`, `packs`, `exclude`"),
        (
            "exclude: ['ok', '/abs']",
            "1:17: exclude[1]: `/abs` is not a path pattern: paths begin at the repository's root",
        ),
        ("packs: {dirs: ['../x']}", "1:16: packs.dirs[0]: `../x` is not a folder of the repository: write it from"),
        ("packs: {disable: [unleash]}", " packs.disable: `unleash` is not an id; ids look like `flags/unleash`"),
        (
            "areas: {auth: {tier: none}}",
            "1:22: areas.auth.tier: unknown variant `none`, expected one of `moderate`, `high`",
        ),
        ("limits: {max-file-bytes: 5}", "limits.max-file-bytes: 5 is not between 1024 and 16777216"),
        (
            "score: {weights: {expertice: 1}}",
            "1:19: score.weights: unknown variant `expertice`, expected one of `added-lines`, `deleted-lines`",
        ),
        ("score: {weights: {expertise: 900}}", " score.weights.expertise: 900 is not between -100 and 100"),
        ("score: {typical: {files: .nan}}", " score.typical.files: NaN is not between 0 and 1000000"),
        ("policy: {report-only: yes}", "1:23: policy.report-only: invalid type: string \"yes\", expected a boolean"),
        ("exclude: vendor/", "1:10: exclude: invalid type: string \"vendor/\", expected a sequence"),
        ("policy: {fail-on: never}\npolicy: {}\n", "2:1: the key `policy` stands twice"),
    ] {
        let error = first_line(text);
        assert!(error.starts_with(".preflag.yml:") && error.contains(expected), "{text}\n{error}");
    }
}

//! Loading, replacing and disabling packs.

use super::*;
use crate::config::yaml;
use crate::terms::SignalId;

fn config(text: &str) -> Config {
    Config::from_text(".preflag.yml", Some(text)).expect("a valid config in a test")
}

fn user(path: &str, text: &str) -> PackText {
    PackText { path: path.to_owned(), text: text.to_owned() }
}

const OURS: &str = "name: Ours\nimports: [ours]\nevaluations:\n  - {call: [isOn], key: {argument: 0}}\n";

fn load_error(config_text: &str, packs: &[PackText]) -> String {
    RuleSet::load(&config(config_text), packs).expect_err("must be refused").to_string()
}

fn flag_ids(rules: &RuleSet) -> Vec<&str> {
    rules.flags.packs().iter().map(|pack| pack.id.as_str()).collect()
}

/// The files below `rules/` as they are written, with the paths of the embedded table.
fn yaml_files() -> Vec<(&'static str, String)> {
    let read = |(path, _): &(&'static str, &str)| {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        (*path, std::fs::read_to_string(file).expect("the file was embedded"))
    };
    BUILTIN.iter().map(read).collect()
}

#[test]
fn every_built_in_pack_loads_by_the_way_of_a_users_pack() {
    let packs = yaml_files().into_iter().filter(|(path, _)| split_path(path).is_some());
    let wrong: Vec<String> = packs
        .filter_map(|(path, text)| RuleSet::check_pack(path, &user(path, &text)).err())
        .map(|error| error.to_string())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn embedded_json_says_what_the_yaml_says() {
    for ((path, text), (_, json)) in yaml_files().into_iter().zip(BUILTIN) {
        let from_yaml: serde_json::Value = yaml::parse(path, &text).unwrap_or_else(|error| panic!("{error}"));
        let from_json: serde_json::Value = serde_json::from_str(json).expect("build.rs writes JSON");
        assert_eq!(from_yaml, from_json, "{path}");
    }
}

#[test]
fn a_users_pack_is_added_or_takes_the_place_of_a_built_in_one() {
    let defaults = RuleSet::load(&Config::default(), &[]).unwrap();
    let added = RuleSet::load(&Config::default(), &[user(".preflag/rules/flags/ours.yaml", OURS)]).unwrap();
    assert_eq!(flag_ids(&added).len(), flag_ids(&defaults).len() + 1);
    let replaced = RuleSet::load(&Config::default(), &[user(".preflag/rules/flags/unleash.yml", OURS)]).unwrap();
    assert_eq!(flag_ids(&replaced), flag_ids(&defaults));
    let unleash = replaced.flags.packs().iter().find(|pack| pack.id == "unleash").unwrap();
    assert_eq!(unleash.name, "Ours");
}

#[test]
fn disabled_packs_are_left_out() {
    let rules = RuleSet::load(&config("packs: {disable: [flags/unleash, areas/performance]}"), &[]).unwrap();
    assert!(!flag_ids(&rules).contains(&"unleash"));
    assert!(rules.areas.iter().all(|pack| pack.area != "performance"));
    assert!(rules.areas.iter().any(|pack| pack.area == "payments"));
}

#[test]
fn names_of_packs_that_are_not_there_are_refused_with_the_near_ones() {
    for (text, expected) in [
        (
            "packs: {disable: [flags/unleesh]}",
            ".preflag.yml: packs.disable: there is no pack `flags/unleesh`; did you mean `flags/unleash`?",
        ),
        ("packs: {disable: [areas/unleash]}", "did you mean `flags/unleash`?"),
        ("packs: {disable: [flags/zzzzzzzz]}", "`preflag rules list` shows them all"),
        (
            "areas: {paymants: {tier: high}}",
            ".preflag.yml: areas: there is no area `paymants`; did you mean `payments`?",
        ),
        ("recommend: {provider: launchdarkley}", "there is no flag pack `launchdarkley`; did you mean `launchdarkly`?"),
    ] {
        let error = load_error(text, &[]);
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn wrappers_of_the_config_are_a_pack_of_their_own() {
    let rules = RuleSet::load(&config("flags: {wrappers: [{call: [isOn], key: {argument: 0}}]}"), &[]).unwrap();
    assert!(flag_ids(&rules).contains(&"config"));
}

#[test]
fn wrong_user_packs_are_refused_with_their_place() {
    let folder = ".preflag/rules/flags";
    let twice = [user(&format!("{folder}/a.yaml"), OURS), user(&format!("{folder}/a.yml"), OURS)];
    let error = load_error("", &twice);
    assert!(error.contains("a.yml: the pack `flags/a` is already defined by .preflag/rules/flags/a.yaml"), "{error}");
    let error = load_error("", &[user(&format!("{folder}/My Pack.yaml"), OURS)]);
    assert!(error.contains("a rule pack is a file `flags/NAME.yaml`"), "{error}");
    let error = load_error("", &[user(&format!("{folder}/a.yaml"), &OURS.replace("argument", "arguments"))]);
    assert!(error.starts_with(".preflag/rules/flags/a.yaml:4:26: "), "{error}");
    assert!(error.contains("unknown field `arguments`, expected one of `argument`"), "{error}");
    let error = load_error("", &[user(&format!("{folder}/a.yaml"), "")]);
    assert!(error.contains("missing field `name`"), "{error}");
}

#[test]
fn numbers_of_the_score_come_from_packs_and_the_config_in_this_order() {
    let packs = [
        user(".preflag/rules/score/fitted.yaml", "weights: {expertise: -30, authors: 1}\ntypical: {files: 4}\n"),
        user(".preflag/rules/score/ours.yaml", "weights: {expertise: -25}\n"),
    ];
    let rules = RuleSet::load(&config("score: {weights: {authors: 0}}"), &packs).expect("valid");
    let signal = |id| rules.score.signal(id);
    assert_eq!(signal(SignalId::Expertise).weight, -25.0);
    assert_eq!((signal(SignalId::Authors).weight, signal(SignalId::Files).typical), (0.0, 4.0));
    assert_eq!(rules.score.overridden_by.len(), 3);
    let error = load_error("", &[user(".preflag/rules/score/a.yaml", "weights: {expertice: 1}\n")]);
    assert!(error.starts_with(".preflag/rules/score/a.yaml:1:11: weights: unknown variant `expertice`"), "{error}");
    let error = load_error("", &[user(".preflag/rules/score/a.yaml", "weights: {fix: 1000}\n")]);
    assert!(error.contains("a.yaml: weights.fix: 1000 is not between -100 and 100"), "{error}");
}

#[test]
fn near_words_are_found() {
    let known: BTreeSet<String> = ["flags/unleash", "flags/split", "areas/auth"].map(str::to_owned).into();
    assert_eq!(closest("flags/unlesh", &known), ["flags/unleash"]);
    assert_eq!(closest("split", &known), ["flags/split"]);
    assert!(closest("nothing-like-it", &known).is_empty());
    assert_eq!(edit_distance("kitten", "sitting"), 3);
    assert_eq!(edit_distance("", "abc"), 3);
}

/// `cargo test --release --lib load_time -- --ignored --nocapture`
#[test]
#[ignore = "a measurement, not a check"]
#[expect(clippy::print_stderr, reason = "prints what it measured")]
fn load_time() {
    let best = |what: &str, run: &dyn Fn()| {
        let time = |_| {
            let started = std::time::Instant::now();
            run();
            started.elapsed()
        };
        eprintln!("{what}: {:?}", (0..20).map(time).min().unwrap_or_default());
    };
    let config = Config::default();
    best("all rules", &|| drop(RuleSet::load(&config, &[])));
    best("flag packs", &|| drop(load::<FlagPack>(&[])));
    best("area packs", &|| drop(load::<AreaPack>(&[])));
    best("file kinds", &|| drop(FileKinds::builtin()));
    let files = yaml_files();
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    best(&format!("the same {bytes} bytes as YAML, untyped"), &|| {
        for (path, text) in &files {
            drop(yaml::parse::<serde_json::Value>(path, text));
        }
    });
}

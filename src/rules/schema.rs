//! The JSON Schemas of what users write, for editors: `rules/schema/{flags,areas,score,config,waivers}.json`.
//!
//! They are made from the very types that read the files, so they cannot say something else. Only tests make them: run
//! `UPDATE=1 cargo test` after changing a type.

use super::areas::RawAreaPack;
use super::flags::RawFlagPack;
use super::score::RawScore;
use crate::config::RawConfig;
use crate::current::assert_current;
use crate::waivers::file::RawWaivers;
use schemars::{JsonSchema, generate::SchemaSettings};

/// The text of the schema file of a type.
fn schema<T: JsonSchema>(title: &str) -> String {
    // Editors know draft 7 best.
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    let text = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
    text + "\n"
}

#[test]
fn schemas_are_current() {
    assert_current("rules/schema/flags.json", &schema::<RawFlagPack>("preflag flag pack"));
    assert_current("rules/schema/areas.json", &schema::<RawAreaPack>("preflag area pack"));
    assert_current("rules/schema/score.json", &schema::<RawScore>("preflag score pack"));
    assert_current("rules/schema/config.json", &schema::<RawConfig>("preflag config"));
    assert_current("rules/schema/waivers.json", &schema::<RawWaivers>("preflag waivers"));
}

#[test]
fn built_in_packs_are_valid_by_the_schemas() {
    for (folder, schema) in [("flags/", schema::<RawFlagPack>("flags")), ("areas/", schema::<RawAreaPack>("areas"))] {
        let schema: serde_json::Value = serde_json::from_str(&schema).expect("a schema is JSON");
        let validator = jsonschema::draft7::new(&schema).expect("a valid schema");
        let packs = super::BUILTIN.iter().filter(|(path, _)| path.starts_with(&format!("rules/{folder}")));
        let mut count = 0;
        for (path, json) in packs {
            let pack = serde_json::from_str(json).expect("build.rs writes JSON");
            let errors: Vec<String> = validator.iter_errors(&pack).map(|error| format!("{path}: {error}")).collect();
            assert_eq!(errors, [""; 0]);
            count += 1;
        }
        assert!(count > 0, "{folder}");
    }
}

#[test]
fn the_config_schema_refuses_what_the_program_refuses() {
    let schema: serde_json::Value = serde_json::from_str(&schema::<RawConfig>("config")).expect("a schema is JSON");
    let validator = jsonschema::draft7::new(&schema).expect("a valid schema");
    for (text, valid) in [
        ("{}", true),
        ("policy: {fail-on: high}", true),
        ("policy: {fail-on: always}", false),
        ("paths: [{match: 'a/**', tier-cap: none}]", true),
        ("paths: [{match: ['a/**'], tier-cap: critical}]", false),
        ("score: {weights: {expertise: -20}}", true),
        ("score: {weights: {experts: -20}}", false),
        ("unknown: 1", false),
    ] {
        let value: serde_json::Value = crate::config::yaml::parse("x", text).expect("YAML");
        assert_eq!(validator.is_valid(&value), valid, "{text}");
        assert_eq!(crate::config::Config::from_text("x", Some(text)).is_ok(), valid, "{text}");
    }
}

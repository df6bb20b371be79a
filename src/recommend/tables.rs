//! The data behind the advice: `rules/rollout.yaml` and `rules/snippets.yaml`, embedded and strictly typed.

use crate::report::FlagKind;
use crate::rules;
use crate::terms::Tier;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

#[derive(Debug)]
pub(super) struct Tables {
    pub(super) rollout: RolloutTable,
    pub(super) snippets: SnippetTable,
}

impl Tables {
    /// The tables in the binary; read once a process, and only when a change is advised on.
    pub(super) fn built_in() -> &'static Tables {
        static TABLES: OnceLock<Tables> = OnceLock::new();
        TABLES.get_or_init(|| Tables {
            rollout: rules::builtin_file("rules/rollout.yaml").expect("embedded, and loaded by a test"),
            snippets: rules::builtin_file("rules/snippets.yaml").expect("embedded, and loaded by a test"),
        })
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RolloutTable {
    pub(super) deserves: Deserves,
    pub(super) kinds: Vec<KindRule>,
    pub(super) stages: Stages,
    pub(super) areas: BTreeMap<String, AreaPlan>,
    pub(super) default: AreaPlan,
    pub(super) effects: Vec<Effect>,
    pub(super) off_number: String,
    pub(super) off_string: String,
}

impl RolloutTable {
    pub(super) fn area(&self, id: &str) -> &AreaPlan {
        self.areas.get(id).unwrap_or(&self.default)
    }
}

/// From when on a change deserves a flag.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Deserves {
    pub(super) changed_lines: ByTier,
    pub(super) new_code_lines: ByTier,
    pub(super) new_declaration_lines: u32,
    pub(super) fix_lines: u32,
    pub(super) chore_lines: u32,
    pub(super) removal_ratio: u32,
    pub(super) run_by_hand: Vec<String>,
    pub(super) field_verbs: Vec<String>,
    pub(super) tuned_factor: f64,
    pub(super) tuned_words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ByTier {
    critical: u32,
    high: u32,
}

impl ByTier {
    pub(super) fn of(&self, tier: Tier) -> u32 {
        if tier == Tier::Critical { self.critical } else { self.high }
    }
}

/// A kind of flag, for changes in these areas (any, when empty) with one of these words (none needed, when empty).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct KindRule {
    pub(super) kind: FlagKind,
    #[serde(default)]
    pub(super) areas: Vec<String>,
    #[serde(default)]
    pub(super) words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Stages {
    pub(super) critical: Vec<Stage>,
    pub(super) high: Vec<Stage>,
    pub(super) permanent: Vec<Stage>,
    pub(super) experiment: Vec<Stage>,
}

/// A stage names a list of people or a percentage.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Stage {
    pub(super) audience: Option<String>,
    pub(super) percent: Option<u8>,
    pub(super) bake_hours: u32,
    pub(super) watch: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct AreaPlan {
    /// Whom or what a percentage is of.
    pub(super) unit: String,
    pub(super) watch: String,
    pub(super) off: Off,
    pub(super) clean_up: Vec<String>,
    pub(super) cannot_undo: Vec<String>,
}

/// What runs when the flag is off.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Off {
    pub(super) new: String,
    pub(super) changed: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Effect {
    pub(super) words: Vec<String>,
    pub(super) clean_up: Option<String>,
    pub(super) cannot_undo: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SnippetTable {
    /// The provider of a repository that uses none that is known here.
    pub(super) default_provider: String,
    pub(super) languages: BTreeMap<String, LanguageShapes>,
    pub(super) providers: Vec<ProviderCode>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct LanguageShapes {
    /// Names in `language.yaml` files, lower case.
    pub(super) names: Vec<String>,
    /// One step of indentation.
    pub(super) indent: String,
    pub(super) snake_case: bool,
    /// What a method calls its own object by, with the dot.
    pub(super) receiver: String,
    /// Functions that can't be left early or called under another name.
    pub(super) constructors: Vec<String>,
    /// What a line begins with that can't stand alone inside an `if`.
    pub(super) not_in_branch: Vec<String>,
    /// File extensions that hold components.
    #[serde(default)]
    pub(super) component_extensions: Vec<String>,
    pub(super) shapes: BTreeMap<ShapeName, String>,
    /// File extensions in which a compiler looks at what a function returns, said or not.
    #[serde(default)]
    pub(super) typed_extensions: Vec<String>,
    /// What a new function does with the flag off, by area.
    #[serde(default)]
    pub(super) off: BTreeMap<String, String>,
    /// For an awaited evaluation in a function that can't await.
    pub(super) not_async: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ShapeName {
    /// Changed code in a function: leave early for the old code.
    Changed,
    /// A new function: leave early.
    New,
    /// Code that no early return can guard.
    Inline,
    /// A changed or new component.
    Component,
    NewComponent,
    /// A number or one of several values in the place of on and off.
    Number,
    Choice,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ProviderCode {
    /// Ids of rule packs.
    pub(super) ids: Vec<String>,
    /// True where an evaluation in the repository is a better model than the code here.
    #[serde(default)]
    pub(super) imitate: bool,
    /// By the language's key in `languages`, or that key with `-component` for hooks.
    pub(super) code: BTreeMap<String, Evaluations>,
}

/// How flags are read: expressions over `{key}` and `{default}`, both quoted where needed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Evaluations {
    /// A statement that has to stand before.
    pub(super) setup: Option<String>,
    /// True when the expression is a promise.
    #[serde(default)]
    pub(super) awaited: bool,
    pub(super) boolean: String,
    pub(super) string: Option<String>,
    pub(super) number: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::yaml;

    #[test]
    fn the_embedded_tables_are_well_formed() {
        let tables = Tables::built_in();
        for stages in [
            &tables.rollout.stages.critical,
            &tables.rollout.stages.high,
            &tables.rollout.stages.permanent,
            &tables.rollout.stages.experiment,
        ] {
            assert!(stages[0].audience.is_some(), "internal test accounts come first");
            let percents: Vec<u8> = stages.iter().filter_map(|stage| stage.percent).collect();
            assert!(percents.windows(2).all(|pair| pair[0] < pair[1]), "{percents:?}");
            assert!(stages.iter().all(|stage| stage.audience.is_some() != stage.percent.is_some()));
        }
        let hours = |stages: &[Stage]| stages.iter().map(|stage| stage.bake_hours).sum::<u32>();
        assert!(hours(&tables.rollout.stages.critical) > hours(&tables.rollout.stages.high), "Critical goes slower");
        for provider in &tables.snippets.providers {
            for language in provider.code.keys() {
                let base = language.strip_suffix("-component").unwrap_or(language);
                assert!(tables.snippets.languages.contains_key(base), "{:?}: {language}", provider.ids);
            }
        }
        assert!(
            tables.snippets.providers.iter().any(|provider| provider.ids.contains(&tables.snippets.default_provider))
        );
    }

    #[test]
    fn an_unknown_field_is_refused() {
        let error = yaml::parse::<Off>("off.yaml", "{new: a, changed: b, olld: c}").expect_err("a typo");
        assert!(error.to_string().contains("olld"), "{error}");
    }
}

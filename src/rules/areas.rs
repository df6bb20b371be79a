//! Area packs: what tells that changed code touches a sensitive area such as payments.
//!
//! A pack is one YAML file (`rules/areas/<area>.yaml`). Each of its evidence items looks for one kind of thing (a call,
//! words in a name, a line of a schema file ...) and gives it a strength; the detector adds them up. Nothing here looks
//! at code: this module reads, validates and compiles packs into tables that are keyed by name and by word.

mod compile;
mod context;
mod pattern;
mod raw;
mod tables;
mod words;

pub(crate) use context::AreaContext;
pub(crate) use raw::RawAreaPack;
pub(crate) use tables::{Item, ItemId, Matcher, SqlChange, Tables};
pub(crate) use words::{split_words, stem};

use crate::terms::Tier;
use std::collections::HashSet;

/// One area, ready to be matched.
#[derive(Debug)]
pub(crate) struct AreaPack {
    /// The area's id, such as `payments`.
    pub(crate) area: String,
    /// The area's name for people.
    pub(crate) title: String,
    pub(crate) tier: Tier,
    /// What the strengths of the evidence must add up to.
    pub(crate) threshold: u8,
    /// Set when a change in this area cannot be put behind a flag.
    pub(crate) not_gateable: Option<String>,
    /// Functions whose code is no evidence: they undo the change (`down` of a migration).
    pub(crate) ignore_functions: HashSet<String>,
    /// Files whose code is no evidence.
    pub(crate) ignore_paths: globset::GlobSet,
    pub(crate) items: Vec<Item>,
    pub(crate) tables: Tables,
}

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AreaPackError {
    #[error("{origin}: {source}")]
    Syntax {
        origin: String,
        #[source]
        source: serde_yaml::Error,
    },
    #[error("{origin}: {problem}")]
    Pack { origin: String, problem: String },
    #[error("{origin}: evidence {number} (\"{what}\"): {problem}")]
    Evidence { origin: String, number: usize, what: String, problem: String },
}

impl AreaPack {
    /// Reads and compiles a pack; `origin` names its file in errors.
    pub(crate) fn parse(origin: &str, yaml: &str) -> Result<Self, AreaPackError> {
        let raw: RawAreaPack = serde_yaml::from_str(yaml)
            .map_err(|source| AreaPackError::Syntax { origin: origin.to_owned(), source })?;
        compile::compile(origin, raw)
    }

    /// The packs that come with preflag, by area.
    pub(crate) fn built_in() -> Result<Vec<Self>, AreaPackError> {
        BUILT_IN.iter().map(|(origin, yaml)| Self::parse(origin, yaml)).collect()
    }

    pub(crate) fn item(&self, id: ItemId) -> &Item {
        &self.items[id.0 as usize]
    }
}

macro_rules! built_in {
    ($($area:literal),+ $(,)?) => {
        /// The embedded packs: file and text, sorted by area.
        pub(crate) const BUILT_IN: &[(&str, &str)] = &[$((
            concat!("rules/areas/", $area, ".yaml"),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/areas/", $area, ".yaml")),
        )),+];
    };
}

built_in!["auth", "endpoint", "integration", "payments", "performance", "schema"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_packs_compile() {
        let packs = AreaPack::built_in().expect("built-in packs are valid");
        assert_eq!(packs.len(), BUILT_IN.len());
        for (pack, (origin, _)) in packs.iter().zip(BUILT_IN) {
            assert_eq!(format!("rules/areas/{}.yaml", pack.area), *origin, "a pack's file bears the name of its area");
        }
    }

    fn problem(yaml: &str) -> String {
        let error = AreaPack::parse("my.yaml", yaml).expect_err("the pack is wrong");
        error.to_string()
    }

    const HEAD: &str = "area: payments\ntitle: Payments\nabout: money\ntier: critical\nevidence:\n";

    #[test]
    fn errors_name_the_file_the_item_and_the_cure() {
        assert!(problem(&HEAD.replace("tier: critical", "tire: critical")).contains("my.yaml"));
        let two = format!("{HEAD}- {{ what: x, strength: 3, calls: [a], names: [b] }}");
        assert_eq!(
            problem(&two),
            "my.yaml: evidence 1 (\"x\"): looks for both `calls` and `names`; keep one and move the other to an item of its own"
        );
        let none = format!("{HEAD}- {{ what: x, strength: 3 }}");
        assert!(problem(&none).contains("looks for nothing"), "{}", problem(&none));
        let strong = format!("{HEAD}- {{ what: x, strength: 9, calls: [a] }}");
        assert!(problem(&strong).contains("`strength` is 9"), "{}", problem(&strong));
        let path = format!("{HEAD}- {{ what: x, strength: 3, path-words: [billing] }}");
        assert!(problem(&path).contains("a path alone"), "{}", problem(&path));
        let regex = format!("{HEAD}- {{ what: x, strength: 3, strings: ['('] }}");
        assert!(problem(&regex).contains("not a valid regular expression"), "{}", problem(&regex));
        let lines = format!("{HEAD}- {{ what: x, strength: 3, lines: ['a'] }}");
        assert!(problem(&lines).contains("`paths`"), "{}", problem(&lines));
        let empty = format!("{HEAD}- {{ what: x, strength: 3, calls: [''] }}");
        assert!(problem(&empty).contains("an empty pattern"), "{}", problem(&empty));
    }
}

//! Area packs: what tells that changed code touches a sensitive area such as payments.
//!
//! A pack is one YAML file (`rules/areas/<area>.yaml`). Each of its evidence items looks for one kind of thing (a call,
//! words in a name, a line of a schema file ...) and gives it a strength; the detector adds them up. Nothing here looks
//! at code: this module reads, validates and compiles packs into tables that are keyed by name and by word.

mod callee;
mod compile;
mod context;
mod expression;
mod raw;
mod tables;
mod words;

pub(crate) use context::AreaContext;
pub(crate) use raw::RawAreaPack;
pub(crate) use tables::{Item, ItemId, NameTable, Position, SqlChange, Tables, WordMatch, find_module};
pub(crate) use words::split_words;

use super::pattern::Glob;
use super::{Pack, PackSummary};
use crate::terms::Tier;
use std::collections::HashSet;

/// One area, ready to be matched.
#[derive(Debug)]
pub(crate) struct AreaPack {
    /// The area's id, such as `payments`: the stem of the pack's file.
    pub(crate) area: String,
    /// The area's name for people.
    pub(crate) title: String,
    /// What belongs to the area and what does not.
    pub(crate) about: String,
    pub(crate) tier: Tier,
    /// What the strengths of the evidence must add up to.
    pub(crate) threshold: u8,
    /// Set when a change in this area cannot be put behind a flag.
    pub(crate) not_gateable: Option<String>,
    /// Functions whose code is no evidence: they undo the change (`down` of a migration).
    pub(crate) ignore_functions: HashSet<String>,
    /// Files whose code is no evidence.
    pub(crate) ignore_paths: Vec<Glob>,
    pub(crate) items: Vec<Item>,
    pub(crate) tables: Tables,
}

impl AreaPack {
    pub(crate) fn item(&self, id: ItemId) -> &Item {
        &self.items[id.0 as usize]
    }
}

impl Pack for AreaPack {
    const FOLDER: &'static str = "areas";
    type Raw = RawAreaPack;

    fn compile(id: &str, raw: RawAreaPack) -> Result<Self, String> {
        compile::compile(id, raw)
    }

    fn summary(&self) -> PackSummary {
        PackSummary {
            id: format!("areas/{}", self.area),
            name: self.title.clone(),
            languages: Vec::new(),
            about: self.about.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::yaml;

    fn problem(yaml: &str) -> String {
        match yaml::parse::<RawAreaPack>("my.yaml", yaml) {
            Ok(raw) => AreaPack::compile("mine", raw).expect_err("the pack is wrong"),
            Err(error) => error.to_string(),
        }
    }

    const HEAD: &str = "title: Payments\nabout: money\ntier: critical\nevidence:\n";

    #[test]
    fn errors_name_the_item_and_the_cure() {
        assert!(problem(&HEAD.replace("tier: critical", "tire: critical")).contains("tire"));
        let wrong = [
            ("calls: [a], names: [b]", "evidence 1 (\"x\"): looks for both `calls` and `names`; keep one"),
            ("side: new", "looks for nothing; give one of `modules`"),
            ("calls: ['']", "\"\" is an empty pattern"),
            ("strings: ['(']", "not a valid regular expression"),
            ("lines: ['a']", "`lines` needs `paths`"),
            ("names: ['--']", "\"--\" has no words"),
            ("names: [a], argument: b", "only go with `calls` and `decorators`"),
            ("calls: [a], position: call", "`position` only goes with `names`"),
            ("calls: [a], several: 2", "`several` only goes with `names`"),
            ("calls: [a], context: 2", "`context` can be 0 or 1"),
            ("path-words: [a]", "a path alone is a hint"),
        ];
        for (item, expected) in wrong {
            let problem = problem(&format!("{HEAD}- {{ what: x, strength: 3, {item} }}"));
            assert!(problem.contains(expected), "{item}: {problem}");
        }
        let strong = problem(&format!("{HEAD}- {{ what: x, strength: 9, calls: [a] }}"));
        assert!(strong.contains("`strength` is 9"), "{strong}");
    }
}

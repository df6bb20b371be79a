//! The names that checks go by. Data: `rules/checks.yaml`.

use super::pattern::Glob;
use super::words::split_words;
use serde::Deserialize;
use std::collections::HashSet;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawCheckNames {
    negative_words: HashSet<String>,
    item_methods: HashSet<String>,
    lookup_methods: HashSet<String>,
    history_files: Vec<Glob>,
}

/// What names mean to the checks.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct CheckNames(RawCheckNames);

impl CheckNames {
    /// Whether the flag of this key switches something off: `disable-search`, `use_old_cart`.
    pub(crate) fn is_negative(&self, key: &str) -> bool {
        split_words(key).iter().any(|word| self.0.negative_words.contains(word.as_ref()))
    }

    /// Whether a method of this name only looks into an object: `get`.
    pub(crate) fn is_lookup(&self, method: &str) -> bool {
        self.0.lookup_methods.contains(method)
    }

    /// Whether a file says what was, and stays as it is when that changes: a migration.
    pub(crate) fn is_history(&self, path: &str) -> bool {
        self.0.history_files.iter().any(|glob| glob.matches(path))
    }

    /// Whether a method of this name calls the function that it is given once an item: `forEach`.
    pub(crate) fn is_per_item(&self, method: &str) -> bool {
        self.0.item_methods.contains(method)
    }
}

//! Keys behind constants that the change itself declares.
//!
//! A flag is mostly read through a name of another file (`FLAGS.NEW_TAX.key`). Where a changed file declares that name, the key is
//! known without looking at the rest of the repository; everything else stays [`FlagKey::Constant`].

use super::flags::FlagFacts;
use super::FlagKey;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Part, Role};
use std::collections::{BTreeMap, BTreeSet};

/// The last names of constants that evaluations read and their file does not resolve.
pub(crate) fn unresolved<'a>(facts: impl Iterator<Item = &'a FlagFacts>) -> BTreeSet<String> {
    facts
        .flat_map(|facts| &facts.evaluations)
        .filter_map(|evaluation| match &evaluation.key {
            FlagKey::Constant(name) => Some(last_name(name).to_owned()),
            FlagKey::Literal { .. } | FlagKey::Dynamic(_) => None,
        })
        .collect()
}

/// What the changed files declare for the wanted names: by a flag definition, or as a name for one string.
///
/// A name with two keys stands for neither.
pub(crate) fn declared<'a>(
    files: impl Iterator<Item = (&'a SourceFile, &'a FlagFacts)>,
    wanted: &BTreeSet<String>,
) -> BTreeMap<String, String> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    if !wanted.is_empty() {
        for (name, key) in files.flat_map(|(source, flags)| declarations(source, flags, wanted)) {
            keys.entry(name).or_default().insert(key);
        }
    }
    let only = |(name, keys): (String, BTreeSet<String>)| (keys.len() == 1).then(|| keys.into_iter().next().map(|key| (name, key)));
    keys.into_iter().filter_map(only).flatten().collect()
}

fn declarations(source: &SourceFile, flags: &FlagFacts, wanted: &BTreeSet<String>) -> Vec<(String, String)> {
    let mut known = Vec::new();
    let Some(facts) = source.facts() else { return known };
    for binding in facts.with_role(Role::Binding) {
        let (Some(name), Some(value)) = (facts.part(binding, Part::Name), facts.part(binding, Part::Value)) else { continue };
        let name = source.text_of(name);
        if let (true, Some(key)) = (wanted.contains(name), source.string_value(value)) {
            known.push((name.to_owned(), key));
        }
    }
    for definition in &flags.definitions {
        if let Some(name) = definition.constant.as_deref().map(last_name).filter(|name| wanted.contains(*name)) {
            known.push((name.to_owned(), definition.key.clone()));
        }
    }
    known
}

/// Puts the known keys in the place of constants.
pub(crate) fn resolve(flags: &mut FlagFacts, known: &BTreeMap<String, String>) {
    for evaluation in &mut flags.evaluations {
        if let FlagKey::Constant(name) = &evaluation.key
            && let Some(key) = known.get(last_name(name))
        {
            evaluation.key = FlagKey::Literal { key: key.clone(), constant: Some(name.clone()) };
        }
    }
}

/// `NEW_TAX` of `FLAGS.NEW_TAX.key`.
fn last_name(dotted: &str) -> &str {
    let dotted = dotted.strip_suffix(".key").or_else(|| dotted.strip_suffix(".value")).unwrap_or(dotted);
    dotted.rsplit('.').next().unwrap_or(dotted)
}

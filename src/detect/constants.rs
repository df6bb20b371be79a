//! Keys behind constants that the change itself declares.
//!
//! A flag is mostly read through a name of another file (`FLAGS.NEW_TAX.key`). Where a changed file declares that name, the key is
//! known without looking at the rest of the repository; everything else stays [`FlagKey::Constant`].

use super::flags::FlagFacts;
use super::{FlagDefinition, FlagKey};
use crate::syntax::SourceFile;
use crate::syntax::facts::{NodeId, Part, Role};
use std::collections::{BTreeMap, BTreeSet};

/// Constants that evaluations read and their file does not resolve: last name and the provider that reads it.
pub(crate) type Unresolved = BTreeMap<String, String>;

/// The constants that evaluations read and their file does not resolve.
pub(crate) fn unresolved<'a>(facts: impl Iterator<Item = &'a FlagFacts>) -> Unresolved {
    facts
        .flat_map(|facts| &facts.evaluations)
        .filter_map(|evaluation| match &evaluation.key {
            FlagKey::Constant(name) => Some((last_name(name).to_owned(), evaluation.provider.clone())),
            FlagKey::Literal { .. } | FlagKey::Parameter(_) | FlagKey::Dynamic(_) => None,
        })
        .collect()
}

/// Adds the file's own constants of these names to its definitions: a name of the module, or of a class
/// or enum in it, for one string.
pub(crate) fn define(source: &SourceFile, flags: &mut FlagFacts, wanted: &Unresolved) {
    let Some(facts) = source.facts().filter(|_| !wanted.is_empty()) else { return };
    let is_local =
        |binding: NodeId| facts.ancestors(binding).any(|at| matches!(facts.role(at), Role::Function | Role::Type));
    let constant = |binding: NodeId| {
        let (name, value) = (facts.part(binding, Part::Name)?, facts.part(binding, Part::Value)?);
        let provider = wanted.get(source.text_of(name))?;
        let key = source.string_value(value).filter(|_| facts.role(value) == Role::String && !is_local(binding))?;
        let (constant, span) = (Some(source.text_of(name).to_owned()), facts.node(value).span);
        Some(FlagDefinition { provider: provider.clone(), key, constant, default: None, span })
    };
    let found: Vec<FlagDefinition> = facts.with_role(Role::Binding).filter_map(constant).collect();
    let known = |new: &FlagDefinition| {
        flags.definitions.iter().any(|old| old.span.contains(new.span) || new.span.contains(old.span))
    };
    let new: Vec<FlagDefinition> = found.into_iter().filter(|new| !known(new)).collect();
    flags.definitions.extend(new);
}

/// The keys that definitions give the wanted names. A name with two keys stands for neither.
pub(crate) fn keys<'a>(facts: impl Iterator<Item = &'a FlagFacts>, wanted: &Unresolved) -> BTreeMap<String, String> {
    let mut keys: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for definition in facts.flat_map(|facts| &facts.definitions) {
        let name = last_name(definition.constant.as_deref().unwrap_or(&definition.key));
        if wanted.contains_key(name) {
            keys.entry(name).or_default().insert(&definition.key);
        }
    }
    let only = |(name, keys): (&str, BTreeSet<&str>)| match keys.len() {
        1 => keys.first().map(|key| (name.to_owned(), (*key).to_owned())),
        _ => None,
    };
    keys.into_iter().filter_map(only).collect()
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
pub(crate) fn last_name(dotted: &str) -> &str {
    let dotted = dotted.strip_suffix(".key").or_else(|| dotted.strip_suffix(".value")).unwrap_or(dotted);
    dotted.rsplit('.').next().unwrap_or(dotted)
}

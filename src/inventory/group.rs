//! From what each file says to one entry a key.

use super::find::FileFlags;
use super::owners::CodeOwners;
use super::{DynamicKeys, FlagEntry, FlagType, Owner, OwnerSource, Reference, ReferenceKind};
use crate::detect::FlagKey;
use crate::location::RepoPath;
use std::collections::{BTreeMap, BTreeSet};

/// One flag while its places are collected.
#[derive(Default)]
struct Gathered {
    constants: BTreeSet<String>,
    /// Counted among evaluations.
    providers: BTreeMap<String, u32>,
    /// Counted among definitions.
    declared_by: BTreeMap<String, u32>,
    types: BTreeMap<FlagType, u32>,
    defaults: BTreeMap<String, u32>,
    declared_defaults: BTreeMap<String, u32>,
    references: BTreeSet<Reference>,
}

/// The flags of all files by key, and the evaluations whose keys nobody can tell.
pub(super) fn group(files: &[FileFlags]) -> (Vec<FlagEntry>, DynamicKeys) {
    // Unknown keys come after the known one of the same name.
    let mut flags: BTreeMap<(String, bool), Gathered> = BTreeMap::new();
    let mut dynamic = BTreeSet::new();
    for file in files {
        for (evaluation, &line) in file.facts.evaluations.iter().zip(&file.evaluation_lines) {
            let reference = |constant: Option<&String>| Reference {
                path: file.path.clone(),
                line,
                kind: ReferenceKind::Evaluation,
                constant: constant.cloned(),
            };
            let (key, constant) = match &evaluation.key {
                FlagKey::Literal { key, constant } => ((key.clone(), false), constant.as_ref()),
                FlagKey::Constant(name) => ((name.clone(), true), None),
                // Whoever calls the function says which flag; those calls are listed.
                FlagKey::Parameter(_) => continue,
                FlagKey::Dynamic(written) => {
                    dynamic.insert(reference(Some(written)));
                    continue;
                }
            };
            let flag = flags.entry(key).or_default();
            flag.constants.extend(constant.cloned());
            count(&mut flag.providers, evaluation.provider.clone());
            let from_default = || evaluation.default.as_deref().and_then(type_of);
            if let Some(value_type) = FlagType::of(evaluation.value_type).or_else(from_default) {
                count(&mut flag.types, value_type);
            }
            if let Some(default) = &evaluation.default {
                count(&mut flag.defaults, default.clone());
            }
            flag.references.insert(reference(constant));
        }
        for (definition, &line) in file.facts.definitions.iter().zip(&file.definition_lines) {
            let flag = flags.entry((definition.key.clone(), false)).or_default();
            flag.constants.extend(definition.constant.clone());
            count(&mut flag.declared_by, definition.provider.clone());
            if let Some(default) = &definition.default {
                count(&mut flag.declared_defaults, default.clone());
            }
            let (path, kind) = (file.path.clone(), ReferenceKind::Definition);
            flag.references.insert(Reference { path, line, kind, constant: definition.constant.clone() });
        }
    }
    merge_lists(files, &mut flags);
    let flags = flags.into_iter().map(|((key, unknown), flag)| flag.into_entry(key, !unknown)).collect();
    let references: Vec<Reference> = dynamic.into_iter().collect();
    let dynamic = DynamicKeys { evaluations: number(references.len()), files: files_of(&references), references };
    (flags, dynamic)
}

/// Counts the lists that a flag is kept in as that flag.
fn merge_lists(files: &[FileFlags], flags: &mut BTreeMap<(String, bool), Gathered>) {
    let evaluations = files.iter().flat_map(|file| &file.facts.evaluations);
    let flag_of: BTreeMap<&str, &str> =
        evaluations.filter_map(|it| Some((it.list.as_deref()?, it.key.name()))).collect();
    for (list, flag) in flag_of {
        let Some(of_list) = flags.remove(&(list.to_owned(), false)) else { continue };
        flags.entry((flag.to_owned(), false)).or_default().add(of_list);
    }
}

fn count<T: Ord>(table: &mut BTreeMap<T, u32>, value: T) {
    *table.entry(value).or_default() += 1;
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn files_of(references: &[Reference]) -> u32 {
    number(references.iter().map(|reference| &reference.path).collect::<BTreeSet<&RepoPath>>().len())
}

/// The most frequent first, equally frequent ones in their order.
fn by_count<T: Ord>(table: BTreeMap<T, u32>) -> Vec<T> {
    let mut values: Vec<(T, u32)> = table.into_iter().collect();
    values.sort_by(|(a, of_a), (b, of_b)| (of_b, a).cmp(&(of_a, b)));
    values.into_iter().map(|(value, _)| value).collect()
}

/// The type that a default shows.
fn type_of(default: &str) -> Option<FlagType> {
    match default.as_bytes() {
        b"true" | b"false" | b"True" | b"False" => Some(FlagType::Boolean),
        [b'"' | b'\'', ..] => Some(FlagType::String),
        [b'{' | b'[', ..] => Some(FlagType::Object),
        [b'-', rest @ ..] | rest if rest.first().is_some_and(u8::is_ascii_digit) => Some(FlagType::Number),
        _ => None,
    }
}

impl Gathered {
    fn add(&mut self, other: Self) {
        let more = |table: &mut BTreeMap<String, u32>, of: BTreeMap<String, u32>| {
            of.into_iter().for_each(|(value, times)| *table.entry(value).or_default() += times);
        };
        more(&mut self.providers, other.providers);
        more(&mut self.declared_by, other.declared_by);
        more(&mut self.defaults, other.defaults);
        more(&mut self.declared_defaults, other.declared_defaults);
        other.types.into_iter().for_each(|(value, times)| *self.types.entry(value).or_default() += times);
        self.constants.extend(other.constants);
        self.references.extend(other.references);
    }

    fn into_entry(self, key: String, key_known: bool) -> FlagEntry {
        let references: Vec<Reference> = self.references.into_iter().collect();
        let of_kind = |kind| number(references.iter().filter(|reference| reference.kind == kind).count());
        let evaluated = !self.providers.is_empty();
        let mut providers = by_count(if evaluated { self.providers } else { self.declared_by }).into_iter();
        let defaults = if self.defaults.is_empty() { self.declared_defaults } else { self.defaults };
        let defaults = by_count(defaults);
        let value_type = by_count(self.types).first().copied();
        FlagEntry {
            key_known,
            constants: self.constants.into_iter().filter(|name| *name != key).collect(),
            key,
            provider: providers.next().unwrap_or_default(),
            other_providers: providers.collect(),
            value_type: value_type.or_else(|| defaults.first().and_then(|default| type_of(default))),
            defaults,
            evaluations: of_kind(ReferenceKind::Evaluation),
            definitions: of_kind(ReferenceKind::Definition),
            files: files_of(&references),
            owners: Vec::new(),
            first_change: None,
            last_change: None,
            references,
        }
    }
}

/// Puts the owners of the files that read the flag, or declare it where none does, in the place of git's authors.
pub(super) fn put_owners(flag: &mut FlagEntry, code_owners: &CodeOwners) {
    let kind = if flag.evaluations > 0 { ReferenceKind::Evaluation } else { ReferenceKind::Definition };
    let references = flag.references.iter().filter(|reference| reference.kind == kind);
    let files: BTreeSet<&RepoPath> = references.map(|reference| &reference.path).collect();
    let mut owners: BTreeMap<&str, u32> = BTreeMap::new();
    for owner in files.iter().flat_map(|path| code_owners.of(path.as_str())) {
        count(&mut owners, owner);
    }
    if !owners.is_empty() {
        let owner = |name: &str| Owner { name: name.to_owned(), source: OwnerSource::Codeowners };
        flag.owners = by_count(owners).into_iter().map(owner).collect();
    }
}

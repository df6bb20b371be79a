//! Rule packs: what code means, as data.
//!
//! A pack is one YAML file: a flag SDK (`flags/<stem>.yaml`) or a sensitive area (`areas/<stem>.yaml`). The folder and
//! the file's stem are its id, `flags/launchdarkly`. The program's own packs are embedded from `rules/`; a user's packs
//! take the same way and replace the program's where the ids are equal. The files come as texts: whoever reads them
//! decides from which side of the change, and a pull request cannot switch off its own check.
//!
//! This module loads; what a pack can say stands in [`flags`] and [`areas`], what its patterns mean in [`pattern`].

pub(crate) mod areas;
pub(crate) mod behaviour;
pub(crate) mod files;
pub(crate) mod flags;
pub(crate) mod pattern;

use crate::config::Config;
use crate::config::yaml::{self, YamlError};
use areas::AreaPack;
use behaviour::Presentation;
use files::FileKinds;
use flags::FlagPack;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// The folders of a repository that hold its own packs.
pub const USER_PACK_FOLDERS: [&str; 2] = [".preflag/rules/flags", ".preflag/rules/areas"];

/// Built-in rule files: (path, the YAML's content as JSON), sorted by path within a folder. See `build/packs.rs`.
static BUILTIN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// All rules of a run.
#[derive(Debug)]
pub(crate) struct RuleSet {
    /// Sorted by id.
    pub(crate) flags: Vec<FlagPack>,
    /// Sorted by id.
    pub(crate) areas: Vec<AreaPack>,
    pub(crate) files: FileKinds,
    pub(crate) presentation: Presentation,
}

/// A user's rule pack as it was read, by the work tree or from a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackText {
    /// What errors call it, and what gives it its kind and id: `.preflag/rules/flags/ours.yaml`.
    pub path: String,
    pub text: String,
}

/// What is loaded from one YAML file of a folder.
pub(crate) trait Pack: DeserializeOwned {
    /// The folder: `flags` or `areas`.
    const FOLDER: &'static str;

    /// Takes the file's stem as the id: `launchdarkly`.
    fn set_id(&mut self, stem: &str);

    /// The file's stem.
    fn id(&self) -> &str;

    /// What the types alone cannot refuse, as a sentence.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }
}

/// Why the rules cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    #[error(transparent)]
    Yaml(#[from] YamlError),
    #[error("{path}: a rule pack is a file `flags/NAME.yaml` or `areas/NAME.yaml`, with a-z, 0-9 and `-` in its name")]
    BadPath { path: String },
    #[error("{second}: the pack `{id}` is already defined by {first}")]
    Duplicate { id: String, first: String, second: String },
    #[error("{config}: packs.disable: there is no pack `{id}`{}", close_words(.close))]
    UnknownPack { config: String, id: String, close: Vec<String> },
    #[error("the built-in {path} is broken: {source}; this is a bug of preflag")]
    Builtin { path: &'static str, source: serde_json::Error },
}

impl RuleSet {
    /// Loads the built-in packs, puts the user's in or in their place, and leaves out those that the config disables.
    pub(crate) fn load(config: &Config, user: &[PackText]) -> Result<Self, RuleError> {
        let flags = load::<FlagPack>(user)?;
        let areas = load::<AreaPack>(user)?;
        let ids = flags.keys().map(|id| format!("flags/{id}")).chain(areas.keys().map(|id| format!("areas/{id}")));
        let known: BTreeSet<String> = ids.collect();
        for id in &config.packs.disable {
            if !known.contains(id) {
                let close = closest(id, known.iter().map(String::as_str));
                return Err(RuleError::UnknownPack { config: config.name.clone(), id: id.clone(), close });
            }
        }
        if let Some(unknown) = user.iter().find(|pack| split_path(&pack.path).is_none()) {
            return Err(RuleError::BadPath { path: unknown.path.clone() });
        }
        let kept = |folder: &str, id: &str| !config.packs.disable.contains(&format!("{folder}/{id}"));
        Ok(Self {
            flags: flags.into_values().filter(|pack| kept(FlagPack::FOLDER, pack.id())).collect(),
            areas: areas.into_values().filter(|pack| kept(AreaPack::FOLDER, pack.id())).collect(),
            files: FileKinds::builtin()?,
            presentation: Presentation::builtin()?,
        })
    }
}

/// The packs of one kind by id.
fn load<P: Pack>(user: &[PackText]) -> Result<BTreeMap<String, P>, RuleError> {
    let mut packs = BTreeMap::new();
    let mut replaced: BTreeMap<String, &str> = BTreeMap::new();
    for pack in user {
        let Some((folder, stem)) = split_path(&pack.path) else { continue };
        if folder != P::FOLDER {
            continue;
        }
        if let Some(first) = replaced.insert(stem.to_owned(), &pack.path) {
            let id = format!("{folder}/{stem}");
            return Err(RuleError::Duplicate { id, first: first.to_owned(), second: pack.path.clone() });
        }
        packs.insert(stem.to_owned(), identified(&pack.path, stem, yaml::parse::<P>(&pack.path, &pack.text)?)?);
    }
    for (path, json) in BUILTIN {
        let Some((folder, stem)) = split_path(path) else { continue };
        if folder != P::FOLDER || packs.contains_key(stem) {
            continue;
        }
        let pack = serde_json::from_str(json).map_err(|source| RuleError::Builtin { path, source })?;
        packs.insert(stem.to_owned(), identified(path, stem, pack)?);
    }
    Ok(packs)
}

fn identified<P: Pack>(path: &str, stem: &str, mut pack: P) -> Result<P, YamlError> {
    pack.set_id(stem);
    pack.check().map_err(|why| YamlError::whole(path, why))?;
    Ok(pack)
}

/// The last folder and the stem of a pack's path.
fn split_path(path: &str) -> Option<(&str, &str)> {
    let (folders, file) = path.rsplit_once('/')?;
    let folder = folders.rsplit('/').next()?;
    let stem = file.strip_suffix(".yaml").or_else(|| file.strip_suffix(".yml"))?;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (["flags", "areas"].contains(&folder) && !stem.is_empty() && stem.bytes().all(plain)).then_some((folder, stem))
}

/// Reads a built-in rule file that is no pack: `rules/rollout.yaml`.
pub(crate) fn builtin_file<T: DeserializeOwned>(wanted: &str) -> Result<T, RuleError> {
    let (path, json) = BUILTIN.iter().find(|(path, _)| *path == wanted).copied().unwrap_or(("", ""));
    serde_json::from_str(json).map_err(|source| RuleError::Builtin { path, source })
}

/// The words nearest to a mistyped one, nearest first, at most three.
pub(crate) fn closest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Vec<String> {
    let name = |id: &'a str| id.rsplit('/').next().unwrap_or(id);
    let wanted = word.rsplit('/').next().unwrap_or(word);
    let mut near: Vec<(usize, &str)> = known
        .map(|id| (edit_distance(word, id).min(edit_distance(wanted, name(id))), id))
        .filter(|(distance, _)| *distance <= 2.max(wanted.chars().count() / 3))
        .collect();
    near.sort_unstable();
    near.into_iter().take(3).map(|(_, id)| id.to_owned()).collect()
}

/// How many characters have to be put in, left out or changed to make one word the other (Levenshtein).
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(100).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().take(100).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

fn close_words(close: &[String]) -> String {
    match close {
        [] => "; `preflag rules list` shows them all".to_owned(),
        words => format!("; did you mean `{}`?", words.join("` or `")),
    }
}

//! Rule packs: what code means, as data.
//!
//! A pack is one YAML file: a flag SDK (`flags/<stem>.yaml`), a sensitive area (`areas/<stem>.yaml`), or numbers of the
//! score (`score/<stem>.yaml`, only a user's; the program's own are `rules/score.yaml`). The folder and
//! the file's stem are its id, `flags/launchdarkly`. The program's own packs are embedded from `rules/`; a user's packs
//! take the same way and replace the program's where the ids are equal. The files come as texts: whoever reads them
//! decides from which side of the change, and a pull request cannot switch off its own check.
//!
//! This module loads; what a pack can say stands in [`flags`] and [`areas`], what its patterns mean in [`pattern`].

pub(crate) mod areas;
pub(crate) mod behaviour;
pub(crate) mod checks;
pub(crate) mod contracts;
pub(crate) mod files;
pub(crate) mod flags;
pub(crate) mod history;
pub(crate) mod pattern;
#[cfg(test)]
mod schema;
pub(crate) mod score;
pub(crate) mod views;
pub(crate) mod words;

use crate::config::Config;
use crate::config::yaml::{self, YamlError};
use areas::AreaPack;
use behaviour::Presentation;
use checks::CheckNames;
use contracts::ContractRules;
use files::FileKinds;
use flags::{FlagPack, FlagRules};
use history::HistoryRules;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use score::{RawScore, ScoreRules};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use views::Views;

/// The id of the pack that holds the wrappers which the config declares: what reports name as their provider.
const CONFIG_PACK: &str = "config";

/// The folder of packs that hold numbers of the score; they have no id of their own.
const SCORE_FOLDER: &str = "score";

/// Built-in rule files: (path, the YAML's content as JSON), sorted by path within a folder. See `build/packs.rs`.
static BUILTIN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// All rules of a run.
#[derive(Debug)]
pub(crate) struct RuleSet {
    /// Sorted by id.
    pub(crate) flags: FlagRules,
    /// Sorted by id.
    pub(crate) areas: Vec<AreaPack>,
    pub(crate) files: FileKinds,
    pub(crate) presentation: Presentation,
    pub(crate) views: Views,
    pub(crate) checks: CheckNames,
    pub(crate) contracts: ContractRules,
    pub(crate) score: ScoreRules,
    pub(crate) history: HistoryRules,
}

/// The rules that are no packs.
struct Others {
    files: FileKinds,
    presentation: Presentation,
    views: Views,
    checks: CheckNames,
    contracts: ContractRules,
    score: ScoreRules,
    history: HistoryRules,
}

impl Others {
    fn load(config: &Config, user: &[PackText]) -> Result<Self, RuleError> {
        Ok(Self {
            files: FileKinds::builtin()?,
            presentation: builtin_file("rules/behaviour.yaml")?,
            views: builtin_file("rules/views.yaml")?,
            checks: builtin_file("rules/checks.yaml")?,
            contracts: builtin_file("rules/contracts.yaml")?,
            score: load_score(config, user)?,
            history: HistoryRules::load()?,
        })
    }
}

/// A user's rule pack as it was read, by the work tree or from a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PackText {
    /// What errors call it, and what gives it its kind and id: `.preflag/rules/flags/ours.yaml`.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// What is loaded from one YAML file of a folder.
pub(crate) trait Pack: Sized + Send {
    /// The folder: `flags` or `areas`.
    const FOLDER: &'static str;

    /// The pack as it is written.
    type Raw: DeserializeOwned;

    /// Checks what the types alone cannot refuse, and makes the pack ready for use. `id` is the file's stem; the error
    /// is a sentence that names the place.
    fn compile(id: &str, raw: Self::Raw) -> Result<Self, String>;

    /// What a table of packs says of it.
    fn summary(&self) -> PackSummary;
}

/// A pack in a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PackSummary {
    /// With the folder: `flags/launchdarkly`.
    pub(crate) id: String,
    pub(crate) name: String,
    /// Sorted; empty for all.
    pub(crate) languages: Vec<String>,
    /// A sentence, or where there is more to read.
    pub(crate) about: String,
}

/// Why the rules cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RuleError {
    #[error(transparent)]
    Yaml(#[from] YamlError),
    #[error(
        "{path}: a rule pack is a file `flags/NAME.yaml`, `areas/NAME.yaml` or `score/NAME.yaml`, with a-z, 0-9 and `-` in its name"
    )]
    BadPath { path: String },
    #[error("{second}: the pack `{id}` is already defined by {first}")]
    Duplicate { id: String, first: String, second: String },
    #[error("{config}: {key}: there is no {what} `{id}`{}", did_you_mean(.close))]
    Unknown { config: String, key: &'static str, what: &'static str, id: String, close: Vec<String> },
    #[error("the built-in {path} is broken: {source}; this is a bug of preflag")]
    Builtin { path: &'static str, source: serde_json::Error },
}

impl RuleError {
    /// The next step for the person who reads the message, if there is one.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::Yaml(_) => {
                Some("What a pack can say is described in rules/schema and in CONTRIBUTING.md.".to_owned())
            }
            Self::Duplicate { .. } => Some("Give one of the files another name.".to_owned()),
            Self::BadPath { .. } | Self::Unknown { .. } => None,
            Self::Builtin { .. } => {
                Some(concat!("Please report it at ", env!("CARGO_PKG_REPOSITORY"), "/issues.").to_owned())
            }
        }
    }
}

impl RuleSet {
    /// Loads the built-in packs, puts the user's in or in their place, and leaves out those that the config disables.
    pub(crate) fn load(config: &Config, user: &[PackText]) -> Result<Self, RuleError> {
        // A small scan takes hardly longer than its rules do, and there is more than one core.
        let (flags, (areas, others)) =
            rayon::join(|| load(user), || rayon::join(|| load(user), || Others::load(config, user)));
        let flags: BTreeMap<String, FlagPack> = flags?;
        let areas: BTreeMap<String, AreaPack> = areas?;
        check_references(config, &flags, &areas)?;
        if let Some(unknown) = user.iter().find(|pack| split_path(&pack.path).is_none()) {
            return Err(RuleError::BadPath { path: unknown.path.clone() });
        }
        let mut flags = kept(flags, config);
        if let Some(wrappers) = &config.flags.wrappers {
            flags.push(compile(&config.name, CONFIG_PACK, wrappers.clone())?);
        }
        let stem = |pack: &'_ PackText| {
            split_path(&pack.path).filter(|(folder, _)| *folder == FlagPack::FOLDER).map(|(_, stem)| stem.to_owned())
        };
        let users: BTreeSet<String> = user.iter().filter_map(stem).collect();
        for pack in &mut flags {
            pack.is_users = pack.id == CONFIG_PACK || users.contains(&pack.id);
        }
        let Others { files, presentation, views, checks, contracts, score, history } = others?;
        Ok(Self {
            flags: FlagRules::new(flags),
            areas: kept(areas, config),
            files,
            presentation,
            views,
            checks,
            contracts,
            score,
            history,
        })
    }

    /// Every pack in use, sorted by id.
    pub(crate) fn summaries(&self) -> Vec<PackSummary> {
        let mut packs: Vec<PackSummary> = self.flags.packs().iter().map(Pack::summary).collect();
        packs.extend(self.areas.iter().map(Pack::summary));
        packs.sort_unstable();
        packs
    }

    /// Reads one pack of a user and says what is wrong with it; `name` is what errors call it.
    pub(crate) fn check_pack(name: &str, pack: &PackText) -> Result<(), RuleError> {
        let bad_path = || RuleError::BadPath { path: name.to_owned() };
        let (folder, stem) = split_path(&pack.path).ok_or_else(bad_path)?;
        match folder {
            SCORE_FOLDER => score_pack(name, &pack.text).map(|_| ())?,
            FlagPack::FOLDER => compile::<FlagPack>(name, stem, yaml::parse(name, &pack.text)?).map(|_| ())?,
            _ => compile::<AreaPack>(name, stem, yaml::parse(name, &pack.text)?).map(|_| ())?,
        }
        Ok(())
    }
}

/// The built-in score with the numbers of the user's packs, in their order, and then those of the config in their place.
fn load_score(config: &Config, user: &[PackText]) -> Result<ScoreRules, RuleError> {
    let mut score = ScoreRules::builtin()?;
    for PackText { path, text } in user {
        if split_path(path).is_some_and(|(folder, _)| folder == SCORE_FOLDER) {
            score = score.overridden(path, &score_pack(path, text)?);
        }
    }
    Ok(score.overridden(&config.name, &config.score))
}

fn score_pack(path: &str, text: &str) -> Result<RawScore, YamlError> {
    let raw: RawScore = yaml::parse(path, text)?;
    raw.check().map_err(|why| YamlError::whole(path, why))?;
    Ok(raw)
}

/// Refuses a config that names packs that are not there.
fn check_references(
    config: &Config,
    flags: &BTreeMap<String, FlagPack>,
    areas: &BTreeMap<String, AreaPack>,
) -> Result<(), RuleError> {
    let check = |key, what, id: &str, known: &BTreeSet<String>| {
        if known.contains(id) {
            return Ok(());
        }
        let close = closest(id, known);
        Err(RuleError::Unknown { config: config.name.clone(), key, what, id: id.to_owned(), close })
    };
    let providers: BTreeSet<String> = flags.keys().cloned().collect();
    let names: BTreeSet<String> = areas.keys().cloned().collect();
    let ids = providers.iter().map(|id| format!("flags/{id}")).chain(names.iter().map(|id| format!("areas/{id}")));
    let ids: BTreeSet<String> = ids.collect();
    config.packs.disable.iter().try_for_each(|id| check("packs.disable", "pack", id, &ids))?;
    config.area_tiers.keys().try_for_each(|id| check("areas", "area", id, &names))?;
    config.recommend.provider.iter().try_for_each(|id| check("recommend.provider", "flag pack", id, &providers))
}

/// The packs that the config does not disable.
fn kept<P: Pack>(packs: BTreeMap<String, P>, config: &Config) -> Vec<P> {
    let disabled = |id: &str| config.packs.disable.contains(&format!("{}/{id}", P::FOLDER));
    packs.into_iter().filter(|(id, _)| !disabled(id)).map(|(_, pack)| pack).collect()
}

/// The packs of one kind by id.
fn load<P: Pack>(user: &[PackText]) -> Result<BTreeMap<String, P>, RuleError> {
    let mut packs = BTreeMap::new();
    let mut origins: BTreeMap<&str, &str> = BTreeMap::new();
    for PackText { path, text } in user {
        let Some((folder, stem)) = split_path(path) else { continue };
        if folder != P::FOLDER {
            continue;
        }
        if let Some(first) = origins.insert(stem, path) {
            let id = format!("{folder}/{stem}");
            return Err(RuleError::Duplicate { id, first: first.to_owned(), second: path.clone() });
        }
        packs.insert(stem.to_owned(), compile(path, stem, yaml::parse(path, text)?)?);
    }
    let of_kind = |&(path, json): &(&'static str, &'static str)| {
        let (folder, stem) = split_path(path)?;
        (folder == P::FOLDER && !packs.contains_key(stem)).then_some((path, stem, json))
    };
    let builtin: Vec<_> = BUILTIN.iter().filter_map(of_kind).collect();
    let compiled = builtin.into_par_iter().map(|(path, stem, json)| {
        let raw = serde_json::from_str(json).map_err(|source| RuleError::Builtin { path, source })?;
        Ok((stem.to_owned(), compile(path, stem, raw)?))
    });
    let compiled: Vec<(String, P)> = compiled.collect::<Result<_, RuleError>>()?;
    packs.extend(compiled);
    Ok(packs)
}

fn compile<P: Pack>(path: &str, stem: &str, raw: P::Raw) -> Result<P, YamlError> {
    P::compile(stem, raw).map_err(|why| YamlError::whole(path, why))
}

/// The last folder and the stem of a pack's path.
fn split_path(path: &str) -> Option<(&str, &str)> {
    let (folders, file) = path.rsplit_once('/')?;
    let folder = folders.rsplit('/').next()?;
    let stem = file.strip_suffix(".yaml").or_else(|| file.strip_suffix(".yml"))?;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (["flags", "areas", SCORE_FOLDER].contains(&folder) && !stem.is_empty() && stem.bytes().all(plain))
        .then_some((folder, stem))
}

/// Reads a built-in rule file that is no pack: `rules/rollout.yaml`.
pub(crate) fn builtin_file<T: DeserializeOwned>(wanted: &str) -> Result<T, RuleError> {
    let (path, json) = BUILTIN.iter().find(|(path, _)| *path == wanted).copied().unwrap_or(("", ""));
    serde_json::from_str(json).map_err(|source| RuleError::Builtin { path, source })
}

/// A built-in rule file as JSON text, for what depends on every word of it.
pub(crate) fn builtin_text(wanted: &str) -> &'static str {
    BUILTIN.iter().find(|(path, _)| *path == wanted).map_or("", |(_, json)| json)
}

/// The words nearest to a mistyped one, nearest first, at most three.
pub(crate) fn closest(word: &str, known: &BTreeSet<String>) -> Vec<String> {
    let name = |id: &'_ str| id.rsplit('/').next().unwrap_or_default().to_owned();
    let wanted = name(word);
    let mut near: Vec<(usize, &String)> = known
        .iter()
        .map(|id| (edit_distance(word, id).min(edit_distance(&wanted, &name(id))), id))
        .filter(|(distance, _)| *distance <= 2.max(wanted.chars().count() / 3))
        .collect();
    near.sort_unstable();
    near.into_iter().take(3).map(|(_, id)| id.clone()).collect()
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

fn did_you_mean(close: &[String]) -> String {
    match close {
        [] => "; `preflag rules list` shows them all".to_owned(),
        words => format!("; did you mean `{}`?", words.join("` or `")),
    }
}

#[cfg(test)]
mod tests;

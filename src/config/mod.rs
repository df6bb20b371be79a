//! The user's settings: what is written in `.preflag.yml`, checked, with every default filled in.
//!
//! Where they come from, the first that applies:
//!
//! 1. `--config FILE`, read as it is. `--no-config`: none, and no packs of the repository either.
//! 2. `.preflag.yml`, else `.preflag.yaml`, at the repository's root ([`CONFIG_FILES`]): from the work tree on a
//!    person's machine; with `--config-from-base`, `CI=true` or `GITHUB_ACTIONS=true`, from the tree of the base commit,
//!    so that a pull request cannot switch off its own check. The packs in `.preflag/rules/` come from the same side.
//! 3. The defaults, which are meant to be right.
//!
//! This module reads no files: texts are handed in. [`raw`] is what can be written, this is what it means.

mod raw;
mod scope;
pub(crate) mod yaml;

pub use raw::FailOn;
pub(crate) use raw::{KeyStyle, RawConfig, Who};
pub use scope::Scope;

use crate::report::WaiverKind;
use crate::rules::flags::RawFlagPack;
use crate::rules::pattern::Glob;
use crate::rules::score::RawScore;
use crate::terms::Tier;
use std::collections::{BTreeMap, BTreeSet};
use yaml::YamlError;

/// The names under which the config is looked for at the repository's root; the first that is there counts.
pub(crate) const CONFIG_FILES: [&str; 2] = [".preflag.yml", ".preflag.yaml"];

/// The folders of a repository that hold its own rule packs.
const PACK_FOLDERS: [&str; 3] = [".preflag/rules/flags", ".preflag/rules/areas", ".preflag/rules/score"];

/// The settings of a run.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    /// What errors call it: the file's path, or `the defaults`.
    pub(crate) name: String,
    pub(crate) policy: PolicyConfig,
    pub(crate) packs: PacksConfig,
    /// Files that are left out of everything.
    pub(crate) exclude: Vec<Glob>,
    /// The tiers of areas where they are not the packs'. Whether there are such areas is for the rule set to say.
    pub(crate) area_tiers: BTreeMap<String, Tier>,
    /// In the order of the file.
    pub(crate) paths: Vec<PathRule>,
    pub(crate) flags: FlagsConfig,
    pub(crate) recommend: RecommendConfig,
    /// Numbers of the score in place of the built-in ones.
    pub(crate) score: RawScore,
    pub(crate) waivers: WaiversConfig,
    pub(crate) limits: Limits,
}

/// When a scan fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct PolicyConfig {
    pub(crate) fail_on: FailOn,
    /// Everything is said, and nothing fails.
    pub(crate) report_only: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct PacksConfig {
    /// More folders of the repository with `flags/*.yaml` and `areas/*.yaml`, besides `.preflag/rules`.
    pub(crate) dirs: Vec<String>,
    /// Ids such as `flags/unleash` and `areas/performance`.
    pub(crate) disable: BTreeSet<String>,
}

/// A tier that findings in some files do not exceed, unless they are Critical.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PathRule {
    pub(crate) globs: Vec<Glob>,
    /// Never Critical.
    pub(crate) cap: Tier,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct FlagsConfig {
    /// The wrappers that the config declares, as a pack that is yet to be checked.
    pub(crate) wrappers: Option<RawFlagPack>,
    /// How recommended keys are written, where the repository's own keys are not to decide.
    pub(crate) key_style: Option<KeyStyle>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RecommendConfig {
    /// The flag pack whose SDK a recommended snippet uses, where the repository's own use is not to decide.
    pub(crate) provider: Option<String>,
}

/// Who may ship without a flag.
#[derive(Debug, Clone, Default)]
pub(crate) struct WaiversConfig {
    /// Of those that are about a finding, the last one counts.
    pub(crate) allow: Vec<AllowRule>,
    /// The members of teams, by `@team` in lower case.
    pub(crate) teams: BTreeMap<String, Vec<Who>>,
}

/// Who may waive some findings, and in which way.
#[derive(Debug, Clone)]
pub(crate) struct AllowRule {
    /// Rules and areas; empty for all.
    pub(crate) what: Vec<String>,
    /// Empty for all files.
    pub(crate) paths: Vec<Glob>,
    /// Empty for all.
    pub(crate) from: Vec<WaiverKind>,
    /// Nobody, where it is empty.
    pub(crate) by: Vec<Who>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Files above this size are not read.
    pub(crate) max_file_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_file_bytes: 1024 * 1024 }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            name: "the defaults".to_owned(),
            policy: PolicyConfig::default(),
            packs: PacksConfig::default(),
            exclude: Vec::new(),
            area_tiers: BTreeMap::new(),
            paths: Vec::new(),
            flags: FlagsConfig::default(),
            recommend: RecommendConfig::default(),
            score: RawScore::default(),
            waivers: WaiversConfig::default(),
            limits: Limits::default(),
        }
    }
}

impl Config {
    /// Reads and checks a config; without a text, the defaults. `name` is what errors call it.
    pub(crate) fn from_text(name: &str, text: Option<&str>) -> Result<Self, YamlError> {
        match text {
            None => Ok(Self::default()),
            Some(text) => raw::check(name, yaml::parse::<RawConfig>(name, text)?),
        }
    }

    /// True for a file that is left out of everything.
    pub(crate) fn excludes(&self, path: &str) -> bool {
        self.exclude.iter().any(|glob| glob.matches(path))
    }

    /// The tier that an area's findings get: the pack's, or the config's in its place.
    pub(crate) fn area_tier(&self, area: &str, pack: Tier) -> Tier {
        self.area_tiers.get(area).copied().unwrap_or(pack)
    }

    /// The tier of a finding in this file, after the path rules; the lowest cap that fits counts.
    ///
    /// Critical stays Critical, whatever the rules say.
    pub(crate) fn capped(&self, path: &str, tier: Tier) -> Tier {
        if tier == Tier::Critical {
            return tier;
        }
        let caps = self.paths.iter().filter(|rule| rule.globs.iter().any(|glob| glob.matches(path)));
        caps.map(|rule| rule.cap).min().map_or(tier, |cap| cap.min(tier))
    }

    /// The folders of the repository that hold its rule packs.
    pub(crate) fn pack_folders(&self) -> Vec<String> {
        let own =
            self.packs.dirs.iter().flat_map(|dir| ["flags", "areas", "score"].map(|kind| format!("{dir}/{kind}")));
        PACK_FOLDERS.into_iter().map(str::to_owned).chain(own).collect()
    }
}

#[cfg(test)]
mod tests;

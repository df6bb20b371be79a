//! The config as it can be written. The doc comments here are the descriptions in the published JSON Schema.

use super::{
    AllowRule, Config, FlagsConfig, Limits, PacksConfig, PathRule, PolicyConfig, RecommendConfig, WaiversConfig,
    YamlError,
};
use crate::report::WaiverKind;
use crate::rules::flags::{RawEvaluation, RawFlagPack};
use crate::rules::pattern::{Folder, Glob, OneOrMany};
use crate::rules::score::RawScore;
use crate::terms::Tier;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Settings of preflag. Everything may be left out.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct RawConfig {
    /// When a scan fails.
    policy: RawPolicy,
    /// Rule packs to add and to leave out.
    packs: RawPacks,
    /// Files that are left out of everything.
    exclude: Vec<Glob>,
    /// Areas by id, to change what the built-in pack says.
    areas: BTreeMap<String, RawArea>,
    /// Files whose findings are lowered.
    paths: Vec<RawPathRule>,
    /// How this repository reads flags.
    flags: RawFlags,
    /// What recommendations look like.
    recommend: RawRecommend,
    /// Numbers of the risk score in place of the built-in ones.
    score: RawScore,
    /// Who may ship without a flag, where not everybody who can commit may.
    waivers: RawWaivers,
    /// How much is read.
    limits: RawLimits,
}

/// When a scan fails (exit code 1).
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct RawPolicy {
    /// The mildest result that fails. Default: `uncovered-critical`.
    fail_on: FailOn,
    /// Say everything and never fail. Default: false.
    report_only: bool,
}

/// The mildest result for which a scan fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// A Critical change that no flag covers
    #[default]
    UncoveredCritical,
    /// A High or Critical change that no flag covers
    UncoveredHigh,
    /// A Critical change, covered or not
    Critical,
    /// A High or Critical change, covered or not
    High,
    /// Nothing
    Never,
}

/// Rule packs to add and to leave out.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct RawPacks {
    /// More folders of the repository with `flags/*.yaml` and `areas/*.yaml`, besides `.preflag/rules`.
    dirs: Vec<Folder>,
    /// Ids of packs to leave out: `flags/unleash`, `areas/performance`.
    disable: Vec<String>,
}

/// What is different about an area here.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawArea {
    /// The impact of a change in this area.
    tier: AreaTier,
}

/// The impact of a change. To switch an area off, name it in `packs.disable`.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum AreaTier {
    Moderate,
    High,
    Critical,
}

/// Lowers Moderate and High findings of some files. Critical findings stay what they are.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawPathRule {
    /// The files: a pattern or a list of them.
    #[serde(rename = "match")]
    globs: OneOrMany<Glob>,
    /// The highest tier that their findings get, unless they are Critical.
    tier_cap: TierCap,
}

/// The highest tier that findings get.
#[derive(Debug, Clone, Copy, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum TierCap {
    None,
    Moderate,
    High,
}

/// How this repository reads flags.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct RawFlags {
    /// Functions, hooks and components of this repository that read a flag, written as the evaluations of a flag pack.
    wrappers: Vec<RawEvaluation>,
    /// How recommended keys are written. Default: as the repository's own keys are.
    keys_style: Option<KeyStyle>,
}

/// How flag keys are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum KeyStyle {
    /// `new-tax`
    Kebab,
    /// `new_tax`
    Snake,
    /// `newTax`
    Camel,
    /// `NewTax`
    Pascal,
    /// `NEW_TAX`
    Constant,
    /// `new.tax`
    Dotted,
}

/// What recommendations look like.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct RawRecommend {
    /// The flag pack whose SDK the code to paste uses: `launchdarkly`. Default: the one that the repository uses.
    provider: Option<String>,
}

/// Who may ship without a flag, where not everybody who can commit may.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct RawWaivers {
    /// As in CODEOWNERS, of the rules that are about a finding the last one counts. Where none is, everybody may.
    allow: Vec<RawAllow>,
    /// The members of teams that `by` names: mail addresses and logins (`@name`).
    teams: BTreeMap<String, Vec<Who>>,
}

/// Who may waive some findings.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawAllow {
    /// Rules and areas: `payments`, `ungated-change`. Default: all.
    #[serde(default)]
    what: Vec<String>,
    /// The files. Default: all.
    #[serde(default)]
    paths: Vec<Glob>,
    /// In which way: `commit`, `description`, `file`. Default: all. The author of a commit is not authenticated.
    #[serde(default)]
    from: Vec<WaiverKind>,
    /// Mail addresses, logins (`@name`), teams (`@org/team`), or `CODEOWNERS` for the owners of the file; `[]` is nobody.
    by: Vec<Who>,
}

/// Somebody who may: a mail address, a login or team, or the owners of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Who {
    /// In lower case.
    Email(String),
    /// With `@`, in lower case.
    Handle(String),
    CodeOwners,
}

impl Who {
    /// What CODEOWNERS and people write: `a@b.c`, `@name`, `@org/team`.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let plain = text.len() <= 200 && !text.chars().any(|c| c.is_whitespace() || c.is_control());
        match text.split_once('@').filter(|_| plain)? {
            ("", name) if !name.is_empty() && !name.contains('@') => Some(Self::Handle(text.to_lowercase())),
            (name, host) if !name.is_empty() && !host.is_empty() => Some(Self::Email(text.to_lowercase())),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Who {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Word;
        impl serde::de::Visitor<'_> for Word {
            type Value = Who;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a mail address, `@login`, `@org/team` or `CODEOWNERS`")
            }

            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Who, E> {
                match word {
                    "CODEOWNERS" => Ok(Who::CodeOwners),
                    other => Who::of(other).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(other), &self)),
                }
            }
        }
        deserializer.deserialize_str(Word)
    }
}

impl JsonSchema for Who {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Who".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string", "pattern": "^(CODEOWNERS|@[^@\\s]+|[^@\\s]+@\\S+)$",
            "description": "A mail address, `@login`, `@org/team` or `CODEOWNERS`."
        })
    }
}

/// How much is read.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct RawLimits {
    /// Files above this size are not analysed; a notice says so. Default: 1048576 (1 MiB).
    #[schemars(range(min = 1024, max = 16_777_216))]
    max_file_bytes: Option<u64>,
}

impl<'de> Deserialize<'de> for TierCap {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Word;
        impl serde::de::Visitor<'_> for Word {
            type Value = TierCap;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("`none`, `moderate` or `high`")
            }

            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<TierCap, E> {
                match word {
                    "none" => Ok(TierCap::None),
                    "moderate" => Ok(TierCap::Moderate),
                    "high" => Ok(TierCap::High),
                    "critical" => Err(E::custom(
                        "a path rule lowers findings, and Critical findings are never lowered by their path; \
                         expected `none`, `moderate` or `high`",
                    )),
                    other => Err(E::unknown_variant(other, &["none", "moderate", "high"])),
                }
            }
        }
        deserializer.deserialize_str(Word)
    }
}

/// From what was written to what it means.
pub(super) fn check(name: &str, raw: RawConfig) -> Result<Config, YamlError> {
    let fail = |why: String| YamlError::whole(name, why);
    let limits = Limits { max_file_bytes: raw.limits.max_file_bytes.unwrap_or(Limits::default().max_file_bytes) };
    if !(1024..=16 * 1024 * 1024).contains(&limits.max_file_bytes) {
        let given = limits.max_file_bytes;
        return Err(fail(format!("limits.max-file-bytes: {given} is not between 1024 and 16777216 (16 MiB)")));
    }
    if let Some(id) = raw.packs.disable.iter().find(|id| !id.starts_with("flags/") && !id.starts_with("areas/")) {
        return Err(fail(format!("packs.disable: `{id}` is not an id; ids look like `flags/unleash` or `areas/auth`")));
    }
    raw.score.check().map_err(|why| fail(format!("score.{why}")))?;
    let area_tier = |tier| match tier {
        AreaTier::Moderate => Tier::Moderate,
        AreaTier::High => Tier::High,
        AreaTier::Critical => Tier::Critical,
    };
    let cap = |cap| match cap {
        TierCap::None => Tier::None,
        TierCap::Moderate => Tier::Moderate,
        TierCap::High => Tier::High,
    };
    let wrappers = (!raw.flags.wrappers.is_empty()).then(|| RawFlagPack::of_wrappers(raw.flags.wrappers));
    Ok(Config {
        name: name.to_owned(),
        policy: PolicyConfig { fail_on: raw.policy.fail_on, report_only: raw.policy.report_only },
        packs: PacksConfig {
            dirs: raw.packs.dirs.into_iter().map(|folder| folder.as_str().to_owned()).collect(),
            disable: raw.packs.disable.into_iter().collect(),
        },
        exclude: raw.exclude,
        area_tiers: raw.areas.into_iter().map(|(area, raw)| (area, area_tier(raw.tier))).collect(),
        paths: raw.paths.into_iter().map(|rule| PathRule { globs: rule.globs.0, cap: cap(rule.tier_cap) }).collect(),
        flags: FlagsConfig { wrappers, key_style: raw.flags.keys_style },
        recommend: RecommendConfig { provider: raw.recommend.provider },
        score: raw.score,
        waivers: check_waivers(raw.waivers).map_err(fail)?,
        limits,
    })
}

fn check_waivers(raw: RawWaivers) -> Result<WaiversConfig, String> {
    let mut teams = BTreeMap::new();
    for (name, members) in raw.teams {
        let Some(Who::Handle(name)) = Who::of(&name) else {
            return Err(format!("waivers.teams: `{name}` is not the name of a team, which looks like `@org/team`"));
        };
        if let Some(who) = members.iter().find(|who| matches!(who, Who::CodeOwners)) {
            return Err(format!("waivers.teams: `{name}`: {who:?} stands for no person"));
        }
        teams.insert(name, members);
    }
    let rule = |raw: RawAllow| AllowRule { what: raw.what, paths: raw.paths, from: raw.from, by: raw.by };
    Ok(WaiversConfig { allow: raw.allow.into_iter().map(rule).collect(), teams })
}

//! The report: all that a renderer may see. Owned, serializable, versioned.
//!
//! Field names are a contract (`schema_version: 1`, `rules/schema/report.json`); new fields may come, these keep their
//! meaning. Nothing here computes.

use crate::location::RepoPath;
use crate::terms::{Coverage, Outcome, Polarity, Policy, Severity, Side, SignalPart, Tier};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the report's shape.
pub const SCHEMA_VERSION: u32 = 1;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    pub schema_version: u32,
    pub tool: Tool,
    /// A digest of the config and the repository's own rule packs that judged the change; absent where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<String>,
    pub range: Range,
    pub verdict: Verdict,
    pub flags: Flags,
    pub findings: Vec<Finding>,
    pub recommendations: Vec<Recommendation>,
    /// How likely trouble is, and what would make it less so. Absent where there is no score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    /// What the score is made of, strongest first; with what is only there to be read.
    pub signals: Vec<Signal>,
    /// Decisions to ship without a flag that have to do with this change, those that do not count included.
    pub waivers: Vec<Waiver>,
    /// What could not be analysed, or not fully, and why.
    pub notices: Vec<Notice>,
    /// Milliseconds by stage. Empty unless asked for: a report is the same, byte for byte, on every run.
    #[serde(default)]
    pub timings_ms: BTreeMap<String, f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    pub name: String,
    pub version: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Range {
    /// The commit named on the left.
    pub base: String,
    /// The commit named on the right, or `index` or `worktree`.
    pub head: String,
    /// The old side of the diff.
    pub merge_base: String,
    /// The range as it was asked for or found ("origin/main..HEAD").
    pub name: String,
    pub files: u32,
    /// The patterns that the judged files were limited to; empty for all files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// Changed files outside these patterns: read, and not judged.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out: u32,
    /// Added and removed lines of text files.
    pub added_lines: u32,
    pub removed_lines: u32,
    /// Changed stretches that can alter what the program does.
    pub behavioural_regions: u32,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    pub tier: Tier,
    pub coverage: Coverage,
    pub outcome: Outcome,
    /// 0-100: how likely trouble is. `None` for a change without code, and where the score is switched off.
    pub score: Option<u8>,
    pub policy: Policy,
    /// Why, in sentences; the first is the headline.
    pub reasons: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Flags {
    pub added: Vec<Flag>,
    pub modified: Vec<Flag>,
    pub removed: Vec<Flag>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Flag {
    /// The key; the constant's name where the key is not known.
    pub key: String,
    /// The name the key is read through, as written.
    pub constant: Option<String>,
    pub provider: String,
    pub references: Vec<FlagReference>,
    /// The default value on each side where it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_change: Option<DefaultChange>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct FlagReference {
    pub path: RepoPath,
    pub line: u32,
    pub side: Side,
    /// True for a definition (table of keys, type, enum), false for an evaluation.
    #[serde(default)]
    pub definition: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DefaultChange {
    pub old: String,
    pub new: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Unique in this report: `F1`, `F2`, ... in order.
    pub id: String,
    /// What is wrong: `ungated-change`, `flag-default-changed`, ...
    pub rule: String,
    pub area: Option<String>,
    pub tier: Tier,
    pub severity: Severity,
    /// A sentence.
    pub message: String,
    pub path: RepoPath,
    /// The first and last changed line, from 1; on the old side when `side` is `old`.
    pub start_line: u32,
    pub end_line: u32,
    pub side: Side,
    /// The enclosing declaration: `TaxService.total`; absent at module level.
    pub symbol: Option<String>,
    pub coverage: Coverage,
    /// The flag gates that the code stands behind, outermost first.
    pub gates: Vec<Gate>,
    /// Places that explain the finding: evidence, the other side.
    pub related: Vec<Related>,
    /// Stable when lines move: for baselines and for code scanning.
    pub fingerprint: String,
    /// True when the baseline knows it.
    #[serde(default)]
    pub known: bool,
    /// The id of the waiver that lets it pass. The finding stays what it is; only the verdict does not count it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived_by: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Gate {
    pub flag: String,
    pub path: RepoPath,
    pub line: u32,
    pub polarity: Polarity,
    pub kind: GateKind,
    /// How the condition leads to the flag: callers, wrappers, constants, outermost first. Empty where the flag is read
    /// right there by its key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<Step>,
}

/// One step of the chain from a gate to the key of its flag.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    pub kind: StepKind,
    /// What stands there: `isTaxV2Enabled`, `FLAGS.NEW_TAX`.
    pub name: String,
    pub path: RepoPath,
    pub line: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// A use of the gated declaration.
    Caller,
    /// A function, hook or component of the project that reads the flag.
    Wrapper,
    /// Where the flag is read.
    Evaluation,
    /// Where the key is declared.
    Constant,
}

/// The form of a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GateKind {
    /// then or else of an `if`.
    Branch,
    /// An earlier `return`, `throw`, ... under the opposite condition.
    EarlyExit,
    /// `flag && x`, `!flag || x`.
    ShortCircuit,
    Ternary,
    Switch,
    Component,
    Decorator,
    /// A function handed to the flag client.
    Callback,
    /// Every caller is gated.
    Caller,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Related {
    pub path: RepoPath,
    pub line: u32,
    pub side: Side,
    pub note: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Recommendation {
    /// `suggested` or `reuse-existing`.
    pub outcome: Outcome,
    pub flag: RecommendedFlag,
    /// The ids of the findings that it settles.
    pub covers: Vec<String>,
    pub rollout: Vec<RolloutStage>,
    pub kill_switch: KillSwitch,
    pub snippet: Option<Snippet>,
    pub rationale: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecommendedFlag {
    pub key: String,
    /// For people: "Tax calculation v2".
    pub name: String,
    #[serde(rename = "type")]
    pub value_type: FlagValueType,
    pub kind: FlagKind,
    /// The values it can take, as literals; the first is the safe one.
    pub variations: Vec<String>,
    /// True when it is to be removed after the rollout.
    pub temporary: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FlagValueType {
    Boolean,
    String,
    Number,
}

/// What a flag is for (Hodgson's categories in the vendors' words).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FlagKind {
    Release,
    KillSwitch,
    Experiment,
    Permission,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RolloutStage {
    /// "internal test accounts", "5% of users".
    pub audience: String,
    /// 0-100; `None` where the audience is a list.
    pub percent: Option<u8>,
    /// Hours to watch before the next stage.
    pub bake_hours: u32,
    /// What must hold to go on.
    pub watch: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KillSwitch {
    /// What runs when the flag is off.
    pub when_off: String,
    /// What has to be cleaned up after switching off.
    pub clean_up: Vec<String>,
    /// What switching off does not undo.
    pub cannot_undo: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Snippet {
    pub language: String,
    pub path: RepoPath,
    /// Where it goes, from 1.
    pub line: u32,
    pub code: String,
    /// True where it can stand before that line as it is: all that it reads is known there, and nothing is left to write.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub applies: bool,
}

/// How likely trouble is. The score never decides whether a scan fails.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Score {
    /// 0-100: 50 and the points of all signals.
    pub total: u8,
    /// 0-100: 50 and the points of the measured signals alone.
    pub likelihood: u8,
    /// How often changes of this likelihood needed a fix soon or were undone, as a multiple of the usual rate; `None` where
    /// nothing was measured that this score can be compared with.
    pub rate: Option<f64>,
    /// The same of being undone, and of needing a fix soon: estimated apart, as other signals count.
    #[serde(default)]
    pub undone_rate: Option<f64>,
    #[serde(default)]
    pub follow_up_rate: Option<f64>,
    /// The rates, or why there are none, in a sentence.
    pub text: String,
    /// Where the change stands among the repository's own recent ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percentile: Option<Percentile>,
    /// What would lower the score, strongest first.
    pub levers: Vec<Lever>,
    /// People who know these files, where the author is new there; most changes first.
    pub reviewers: Vec<Reviewer>,
    /// Where numbers come from that are not the program's own: packs and config.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overridden_by: Vec<String>,
}

/// Where a change stands among the repository's own recent ones, as the last `preflag backtest` measured them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Percentile {
    /// The percentage of those changes whose likelihood is lower.
    pub above: u8,
    /// How many changes there are to compare with.
    pub changes: u32,
}

/// One thing that would lower the score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Lever {
    /// A clause: "behind a flag".
    pub action: String,
    /// Negative: the score with that one thing changed, less the score.
    pub points: i32,
}

/// Somebody who knows changed files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reviewer {
    pub name: String,
    /// What they know: "a hand in 14 of 41 changes to src/tax.ts".
    pub knows: String,
}

/// One thing that the score is made of, or that is worth reading beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Signal {
    pub id: String,
    /// For people: "Author file expertise".
    #[serde(default)]
    pub name: String,
    /// The number with its unit, or "unknown".
    pub value: String,
    /// `None` where it is not known.
    #[serde(default)]
    pub number: Option<f64>,
    #[serde(default)]
    pub unit: String,
    /// What it adds to the score; 0 where it is not known. The points of all signals and 50 are the total, unless that would be
    /// less than 0 or more than 100.
    pub points: i32,
    /// The same of the estimates of being undone and of needing a fix soon.
    #[serde(default)]
    pub undone_points: i32,
    #[serde(default)]
    pub follow_up_points: i32,
    #[serde(default)]
    pub part: SignalPart,
    #[serde(default)]
    pub known: bool,
    /// A sentence about this change.
    pub explanation: String,
    /// What the number means.
    #[serde(default)]
    pub definition: String,
    /// What its weight rests on: a study, a measurement, or a judgement.
    #[serde(default)]
    pub source: String,
    /// What it was told from, and how to check it.
    pub evidence: Vec<String>,
}

/// A recorded, reasoned decision to ship without a flag.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Waiver {
    /// Unique in this report: `W1`, `W2`, ... in order.
    pub id: String,
    /// The rule or area that it names.
    pub rule: String,
    /// Patterns of the files that it is for; empty for all.
    pub paths: Vec<String>,
    pub reason: String,
    /// Who gave it: the author of the commit or of the description, the owner that the file names. Not authenticated.
    pub by: String,
    /// The author's mail address, where it is from a commit.
    pub email: Option<String>,
    /// When it was given: the time of the commit, or the day that the file names.
    pub at: Option<String>,
    pub source: WaiverSource,
    /// The last day on which it counts. One that stands in a commit or a description is for this change alone.
    pub expires: Option<String>,
    pub status: WaiverStatus,
    /// Why it does not count, or not for all that it names, and what to do.
    pub why: Option<String>,
    /// The ids of the findings that it lets pass, or would let pass if it counted.
    pub findings: Vec<String>,
}

/// Where a waiver stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WaiverSource {
    pub kind: WaiverKind,
    /// The commit whose message holds it.
    pub commit: Option<String>,
    /// The file that holds it.
    pub path: Option<RepoPath>,
    /// From 1, in the file, the message or the description.
    pub line: u32,
}

/// The kinds of places that waivers stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WaiverKind {
    /// A trailer of a commit.
    Commit,
    /// A line of the pull request's description.
    Description,
    /// An entry of the reviewed file.
    File,
}

/// What has become of a waiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WaiverStatus {
    /// It lets findings pass.
    Active,
    /// There is nothing that it is for.
    Unused,
    /// Its last day is over.
    Expired,
    /// Whoever gave it may not.
    Refused,
    /// It is not what a waiver has to be.
    Invalid,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Notice {
    /// The file it is about, if it is about one.
    pub path: Option<RepoPath>,
    /// A sentence: what could not be done, why, and what to do.
    pub reason: String,
}

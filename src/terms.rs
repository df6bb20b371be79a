//! The closed vocabularies that every stage shares.
//!
//! A *tier* is the impact of a change, a *score* its likelihood of trouble, *coverage* says how much of the risky
//! behaviour runs only behind a feature flag, an *outcome* is what to do about it. Nothing here knows where a value
//! comes from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How bad it could be: the impact of the change, from the areas that its behavioural regions touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, Default)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    #[default]
    None,
    Moderate,
    High,
    Critical,
}

/// How loudly a finding speaks, in the words that SARIF and GitHub share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Note,
    Warning,
    Error,
}

/// How much of the behaviour in question can only run with a flag on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, Default)]
#[serde(rename_all = "lowercase")]
pub enum Coverage {
    Covered,
    Partial,
    Uncovered,
    /// Nothing to cover: no behavioural region, or a pure flag removal.
    #[default]
    Na,
}

/// What to do about the change, in the field's four words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Add a flag.
    Suggested,
    /// The surrounding feature already has a flag: put the change behind it.
    ReuseExisting,
    AlreadyFlagged,
    /// No flag is needed or possible; the reasons say why.
    #[default]
    NotSuited,
}

/// What CI decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, Default)]
#[serde(rename_all = "lowercase")]
pub enum Policy {
    #[default]
    Pass,
    Warn,
    Fail,
}

/// The side of a diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    Old,
    New,
}

/// Which outcome of the flag lets the gated code run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    On,
    Off,
}

impl Polarity {
    pub(crate) fn flipped(self) -> Self {
        match self {
            Self::On => Self::Off,
            Self::Off => Self::On,
        }
    }
}

/// Which results of an expression tell the state of the flag that it reads.
///
/// `flag && user.isStaff` being true says that the flag is on; being false it says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) enum Tells {
    #[default]
    Both,
    WhenTrue,
    WhenFalse,
}

impl Tells {
    /// Whether this result tells.
    pub(crate) fn at(self, truth: bool) -> bool {
        match self {
            Self::Both => true,
            Self::WhenTrue => truth,
            Self::WhenFalse => !truth,
        }
    }
}

/// The type of a flag's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, Default)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ValueType {
    Boolean,
    String,
    Number,
    Object,
    #[default]
    Any,
}

/// What the risk score is made of; `rules/score.yaml` says what each one is and how much it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SignalId {
    AddedLines,
    DeletedLines,
    Files,
    Conditionals,
    Expertise,
    Authors,
    Reverts,
    Recent,
    Fixes,
    Config,
    Ui,
    Core,
    Fix,
    UndoneHere,
    Dependencies,
    Stopgap,
    FlagDensity,
    FlagsTouched,
    DefaultFlips,
    BlastRadius,
    BlastUsers,
    Area,
    Gated,
    Ownership,
    Churn,
    Age,
    Entropy,
    Folders,
    Tests,
}

impl SignalId {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 29] = [
        Self::AddedLines,
        Self::DeletedLines,
        Self::Files,
        Self::Conditionals,
        Self::Expertise,
        Self::Authors,
        Self::Reverts,
        Self::Recent,
        Self::Fixes,
        Self::Config,
        Self::Ui,
        Self::Core,
        Self::Fix,
        Self::UndoneHere,
        Self::Dependencies,
        Self::Stopgap,
        Self::FlagDensity,
        Self::FlagsTouched,
        Self::DefaultFlips,
        Self::BlastRadius,
        Self::BlastUsers,
        Self::Area,
        Self::Gated,
        Self::Ownership,
        Self::Churn,
        Self::Age,
        Self::Entropy,
        Self::Folders,
        Self::Tests,
    ];
}

/// What the points of a signal rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, Default)]
#[serde(rename_all = "lowercase")]
pub enum SignalPart {
    /// Measured: how likely trouble is.
    Likelihood,
    /// A judgement: what is hit and how far.
    Impact,
    /// Shown to be read; no points.
    #[default]
    Shown,
}

/// What can become of a change, as git alone shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Trouble {
    /// A later change reverts it.
    Undone,
    /// It soon needs a fix.
    FollowUp,
    /// One or the other.
    Either,
}

impl Trouble {
    pub(crate) const ALL: [Self; 3] = [Self::Undone, Self::FollowUp, Self::Either];

    /// As people say it of a change.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Undone => "undone",
            Self::FollowUp => "followed by a fix",
            Self::Either => "undone or followed by a fix",
        }
    }
}

macro_rules! display_as_serialized {
    ($($type:ty { $($variant:ident => $word:literal),+ $(,)? })+) => {$(
        impl $type {
            /// The word used in reports, config and messages.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    )+};
}

display_as_serialized! {
    Tier { None => "none", Moderate => "moderate", High => "high", Critical => "critical" }
    Severity { Note => "note", Warning => "warning", Error => "error" }
    Coverage { Covered => "covered", Partial => "partial", Uncovered => "uncovered", Na => "na" }
    Outcome { Suggested => "suggested", ReuseExisting => "reuse-existing", AlreadyFlagged => "already-flagged", NotSuited => "not-suited" }
    Policy { Pass => "pass", Warn => "warn", Fail => "fail" }
    Side { Old => "old", New => "new" }
    Polarity { On => "on", Off => "off" }
    SignalId {
        AddedLines => "added-lines", DeletedLines => "deleted-lines", Files => "files", Conditionals => "conditionals",
        Expertise => "expertise", Authors => "authors", Reverts => "reverts", Recent => "recent", Fixes => "fixes",
        Config => "config", Ui => "ui", Core => "core", Fix => "fix", UndoneHere => "undone-here",
        Dependencies => "dependencies", Stopgap => "stopgap", FlagDensity => "flag-density",
        FlagsTouched => "flags-touched", DefaultFlips => "default-flips", BlastRadius => "blast-radius",
        BlastUsers => "blast-users", Area => "area", Gated => "gated", Ownership => "ownership", Churn => "churn",
        Age => "age", Entropy => "entropy", Folders => "folders", Tests => "tests",
    }
    SignalPart { Likelihood => "likelihood", Impact => "impact", Shown => "shown" }
}

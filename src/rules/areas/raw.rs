//! Area packs as they are written. [`super::compile`] checks and compiles them.

use crate::rules::pattern::Glob;
use crate::terms::{Side, Tier};
use schemars::JsonSchema;
use serde::Deserialize;

/// A sensitive area and what tells that a change touches it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawAreaPack {
    /// The area's name for people.
    pub(crate) title: String,
    /// What belongs to the area and what does not, in a sentence or two.
    pub(crate) about: String,
    /// The impact of a change in this area.
    pub(crate) tier: Tier,
    /// What the strengths of the evidence must add up to; 3 when left out.
    pub(crate) threshold: Option<u8>,
    /// Why no change of this area can be put behind a flag, in a few words.
    pub(crate) not_gateable: Option<String>,
    /// Names of functions whose code is no evidence.
    #[serde(default)]
    pub(crate) ignore_functions: Vec<String>,
    /// Files whose code is no evidence.
    #[serde(default)]
    pub(crate) ignore_paths: Vec<Glob>,
    pub(crate) evidence: Vec<RawEvidence>,
}

/// One kind of evidence. Exactly one of the lists says what to look for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawEvidence {
    /// A clause for people; `{name}` stands for what was found, `{module}` for the module it comes from.
    pub(crate) what: String,
    /// 1 a hint, 2 likely, 3 proof.
    pub(crate) strength: u8,
    /// The strength in a file of the user interface, where it differs; 0 for none.
    pub(crate) ui: Option<u8>,
    /// The strength where it stands in the same declaration but outside the change: 0 or 1.
    pub(crate) context: Option<u8>,
    /// The strength where the whole function or class is new or gone: a new route has its own guards and limits.
    pub(crate) whole: Option<u8>,
    /// The strength where two or more different entries of `names` change at once: together they say what the code
    /// is about.
    pub(crate) several: Option<u8>,
    /// The tier, where it differs from the area's.
    pub(crate) tier: Option<Tier>,
    /// Why such a change cannot be put behind a flag, in a few words.
    pub(crate) not_gateable: Option<String>,
    /// Only on this side of the change.
    pub(crate) side: Option<Side>,
    /// Only in these files.
    #[serde(default)]
    pub(crate) paths: Vec<Glob>,
    /// Not in these files.
    #[serde(default)]
    pub(crate) not_paths: Vec<Glob>,
    /// Only in files that import one of these modules.
    #[serde(default)]
    pub(crate) imports: Vec<String>,
    /// Only where the text of the call, decorator or string has this (regular expression).
    pub(crate) text: Option<String>,
    /// Only where the text of the call, decorator or string does not have this (regular expression).
    pub(crate) not_text: Option<String>,
    /// Only calls with a string argument like this (regular expression).
    pub(crate) argument: Option<String>,
    /// Only calls with at least this many arguments.
    pub(crate) min_arguments: Option<usize>,
    /// Only names in this position.
    pub(crate) position: Option<Position>,

    /// Uses of names imported from these modules (a module's submodules included).
    #[serde(default)]
    pub(crate) modules: Vec<String>,
    /// Uses of names imported from modules that have these words in their path: `../stripe/sync`, `shop.payment.utils`.
    #[serde(default)]
    pub(crate) module_words: Vec<String>,
    /// Calls: `op.add_column`, `.delay` (a method of anything), `fetch` (no method), `*` in a part stands for any letters.
    #[serde(default)]
    pub(crate) calls: Vec<String>,
    /// Names that have these words in a row: `charge card` is found in `chargeCard` and `charge_cards_now`.
    #[serde(default)]
    pub(crate) names: Vec<String>,
    /// Decorators, written as calls are.
    #[serde(default)]
    pub(crate) decorators: Vec<String>,
    /// What a changed class header extends.
    #[serde(default)]
    pub(crate) bases: Vec<String>,
    /// Fields that change: of classes that extend this or are decorated so, and of what functions of this name return.
    #[serde(default)]
    pub(crate) fields_of: Vec<String>,
    /// Decorators of the function whose parameters change.
    #[serde(default)]
    pub(crate) parameters_of: Vec<String>,
    /// Markup elements.
    #[serde(default)]
    pub(crate) elements: Vec<String>,
    /// Attributes of markup elements.
    #[serde(default)]
    pub(crate) attributes: Vec<String>,
    /// Keyword arguments and keys of objects.
    #[serde(default)]
    pub(crate) keys: Vec<String>,
    /// Names that the change defines or assigns.
    #[serde(default)]
    pub(crate) defines: Vec<String>,
    /// Strings like these (regular expressions).
    #[serde(default)]
    pub(crate) strings: Vec<String>,
    /// SQL statements in strings and SQL files.
    #[serde(default)]
    pub(crate) sql: Vec<SqlChange>,
    /// Words in the file's path: a hint, never enough alone.
    #[serde(default)]
    pub(crate) path_words: Vec<String>,
    /// Lines like these (regular expressions), in files that are judged by line; needs `paths`.
    #[serde(default)]
    pub(crate) lines: Vec<String>,
}

/// Where a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Position {
    /// What is called.
    Call,
    /// What is defined: a function, a class, a variable, a field.
    Definition,
    /// Inside a condition.
    Condition,
    /// Where the code gives up: `throw`, `raise`, `return`.
    Exit,
}

/// What a SQL statement does to the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SqlChange {
    /// Creates or changes something that running code does not miss.
    Additive,
    /// Drops, renames, retypes or requires what running code may use.
    Destructive,
    /// Rewrites or removes rows.
    Rows,
}

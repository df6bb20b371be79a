//! The flags of a whole tree: where each is read and declared, by which SDK, with which default, who owns it, since when.
//!
//! [`find`] reads the tree, [`group`] makes one entry a key, [`owners`] reads CODEOWNERS, and [`age`] adds what history says.
//! [`Inventory`] is all that a renderer may see: owned, serializable, versioned (`rules/schema/inventory.json`).

mod age;
mod find;
mod group;
pub(crate) mod owners;
#[cfg(test)]
mod tests;

use crate::config::Config;
use crate::git::Repository;
use crate::git::change::CommitId;
use crate::index::Tree;
use crate::location::RepoPath;
use crate::report::{Notice, Tool};
use crate::rules::RuleSet;
use crate::terms::ValueType;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the inventory's shape.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// The feature flags of a tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Inventory {
    pub(crate) schema_version: u32,
    pub(crate) tool: Tool,
    pub(crate) tree: TreeName,
    /// The files and folders that were asked for; empty for all.
    pub(crate) paths: Vec<String>,
    /// How many files were looked at.
    pub(crate) files: u32,
    /// By key.
    pub(crate) flags: Vec<FlagEntry>,
    pub(crate) dynamic: DynamicKeys,
    pub(crate) history: HistoryRead,
    /// What could not be looked at, or not fully, and why.
    pub(crate) notices: Vec<Notice>,
}

/// What was looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct TreeName {
    /// As it was asked for: `HEAD`, `v1.2`, `worktree`.
    pub(crate) name: String,
    /// The commit; for the work tree, the one that it stands on.
    pub(crate) commit: String,
}

/// One flag.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct FlagEntry {
    /// The key; where it is not known, the name of the constant that holds it.
    pub(crate) key: String,
    /// False where `key` is the name of a constant.
    pub(crate) key_known: bool,
    /// The names that stand for the key in the code.
    pub(crate) constants: Vec<String>,
    /// The rule pack that most of its evaluations belong to.
    pub(crate) provider: String,
    /// Rule packs that others of its evaluations belong to.
    pub(crate) other_providers: Vec<String>,
    /// `boolean`, `string`, `number` or `object`, where the calls or defaults say so.
    #[serde(rename = "type")]
    pub(crate) value_type: Option<FlagType>,
    /// The default values as they are written, the most frequent first.
    pub(crate) defaults: Vec<String>,
    /// How many places read the flag.
    pub(crate) evaluations: u32,
    /// How many places declare its key.
    pub(crate) definitions: u32,
    /// In how many files these places are.
    pub(crate) files: u32,
    /// Those of most of its files first.
    pub(crate) owners: Vec<Owner>,
    /// The commit that brought the flag; none where it is not known.
    pub(crate) first_change: Option<Change>,
    /// The newest commit that changed a line with its key.
    pub(crate) last_change: Option<Change>,
    /// By path and line.
    pub(crate) references: Vec<Reference>,
}

/// The type of a flag's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FlagType {
    Boolean,
    String,
    Number,
    Object,
}

impl FlagType {
    fn of(value: ValueType) -> Option<Self> {
        match value {
            ValueType::Boolean => Some(Self::Boolean),
            ValueType::String => Some(Self::String),
            ValueType::Number => Some(Self::Number),
            ValueType::Object => Some(Self::Object),
            ValueType::Any => None,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::String => "string",
            Self::Number => "number",
            Self::Object => "object",
        }
    }
}

/// Somebody who owns a flag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Owner {
    /// `@team`, an address, or an author's name.
    pub(crate) name: String,
    pub(crate) source: OwnerSource,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OwnerSource {
    /// The repository's CODEOWNERS says so.
    Codeowners,
    /// CODEOWNERS names nobody; this is who changed the flag's lines most.
    Git,
}

/// A commit that changed something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Change {
    pub(crate) commit: String,
    /// The commit's date in UTC: `2026-03-01`.
    pub(crate) date: String,
}

/// A place where a flag is read or declared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Reference {
    pub(crate) path: RepoPath,
    pub(crate) line: u32,
    pub(crate) kind: ReferenceKind,
    /// The name or call by which the key is given here, where it is not the key itself.
    pub(crate) constant: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ReferenceKind {
    Evaluation,
    Definition,
}

/// Evaluations whose keys only the running program knows: which flags they read cannot be told.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct DynamicKeys {
    pub(crate) evaluations: u32,
    pub(crate) files: u32,
    /// By path and line.
    pub(crate) references: Vec<Reference>,
}

/// How far back history was read for first and last changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase", tag = "state")]
pub(crate) enum HistoryRead {
    /// To the beginning of every flag.
    Whole { commits: u32 },
    /// To a limit: flags without a first change are older than this date.
    Limited { commits: u32, date: String },
    /// To the end of a shallow clone: flags without a first change are older.
    Shallow { commits: u32 },
    /// It was not asked for.
    Off,
    /// It could not be read; a notice says why.
    Unknown,
}

/// What to take stock of, and how.
pub(crate) struct Request<'a> {
    pub(crate) rules: &'a RuleSet,
    pub(crate) config: &'a Config,
    pub(crate) name: String,
    pub(crate) commit: CommitId,
    /// Files and folders, from the root; empty for all.
    pub(crate) paths: Vec<String>,
    /// Look at tests too.
    pub(crate) tests: bool,
    /// Commits to look at for first and last changes; 0 for none.
    pub(crate) max_commits: usize,
}

/// Takes stock of the flags of a tree.
pub(crate) fn take(tree: Tree<'_>, repository: &Repository, request: Request<'_>) -> Inventory {
    let found = find::find(tree, &request);
    let mut notices = found.notices;
    let (mut flags, dynamic) = group::group(&found.files);
    let history = age::add(&mut flags, repository, &request, &mut notices);
    let code_owners = owners::PLACES.iter().find_map(|place| tree.text(place));
    let code_owners = code_owners.map(|text| owners::CodeOwners::parse(&text)).unwrap_or_default();
    flags.iter_mut().for_each(|flag| group::put_owners(flag, &code_owners));
    notices.sort();
    notices.dedup();
    Inventory {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: "preflag".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        tree: TreeName { name: request.name, commit: request.commit.0 },
        paths: request.paths,
        files: found.looked_at,
        flags,
        dynamic,
        history,
        notices,
    }
}

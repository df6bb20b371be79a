//! Who knows files and folders, by who changed them: `preflag experts`.
//!
//! Somebody's share is that of the changes by people in which they took part; bots are listed and not counted. The *bus
//! factor* is the smallest number of people who together made more than half of these changes. That is a plain relative of the
//! truck factor (Avelino, Passos, Hora, Valente: "A Novel Approach for Estimating Truck Factors", ICPC 2016), which asks for
//! the authors of more than half of the files. [`Experts`] is all that a renderer may see (`rules/schema/experts.json`).

mod count;
#[cfg(test)]
mod tests;

use crate::calendar::date;
use crate::history::{History, Reach};
use crate::report::{Notice, Tool};
use count::Count;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the answer's shape.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// People of one path that are named.
const MAX_PEOPLE: usize = 100;

const DAY: i64 = 86_400;

/// Who knows some paths.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Experts {
    pub(crate) schema_version: u32,
    pub(crate) tool: Tool,
    /// As it was asked for: `HEAD`, `v1.2`.
    pub(crate) revision: String,
    pub(crate) commit: String,
    pub(crate) history: HistoryRead,
    /// All paths together, where several were asked for.
    pub(crate) together: Option<Knowledge>,
    /// In the order of the paths.
    pub(crate) paths: Vec<PathKnowledge>,
    /// After so many days without a commit somebody is taken to have left.
    pub(crate) left_after_days: u32,
    pub(crate) notices: Vec<Notice>,
}

/// How much of history was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct HistoryRead {
    pub(crate) commits: u32,
    /// The date of the oldest commit that was looked at.
    pub(crate) since: Option<String>,
    /// What is older.
    pub(crate) older: Older,
}

/// What lies before the oldest commit that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Older {
    Nothing,
    /// More than was asked for.
    NotLookedAt,
    /// Commits that this shallow clone does not have.
    Missing,
}

/// Who knows one path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct PathKnowledge {
    /// From the repository's root, which itself is empty.
    pub(crate) path: String,
    #[serde(flatten)]
    pub(crate) knowledge: Knowledge,
}

/// Who knows something, and on how many people that rests.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Knowledge {
    /// Changes by people.
    pub(crate) changes: u32,
    /// Changes by bots alone.
    pub(crate) bot_changes: u32,
    /// The smallest number of people who together made more than half of the changes by people; 0 without such changes.
    pub(crate) bus_factor: u32,
    /// How many of those have not left.
    pub(crate) bus_factor_active: u32,
    /// Who changed most first; then bots.
    pub(crate) people: Vec<Expert>,
    /// How many more are not named.
    pub(crate) more_people: u32,
}

/// Somebody who changed something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Expert {
    pub(crate) name: String,
    pub(crate) email: String,
    /// The changes that they took part in.
    pub(crate) changes: u32,
    /// Of the changes by people, 0-1; none for a bot.
    pub(crate) share: Option<f64>,
    /// Changes in the year before the commit.
    pub(crate) last_year: u32,
    pub(crate) first_change: String,
    pub(crate) last_change: String,
    /// One of those whom the bus factor counts.
    pub(crate) key: bool,
    pub(crate) is_bot: bool,
    /// No commit anywhere in the repository for that long.
    pub(crate) left: bool,
}

/// What to look for.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) revision: String,
    pub(crate) commit: String,
    /// From the root; the root itself is empty.
    pub(crate) paths: Vec<String>,
    pub(crate) left_after_days: u32,
}

/// Finds out who knows the paths.
pub(crate) fn find(history: &History, question: Question) -> Experts {
    let left_after = i64::from(question.left_after_days) * DAY;
    let count = Count::new(history, left_after);
    let of = |paths: &[String]| count.knowledge(history, paths);
    let paths: Vec<PathKnowledge> = (question.paths.iter())
        .map(|path| PathKnowledge { path: path.clone(), knowledge: of(std::slice::from_ref(path)) })
        .collect();
    let mut notices: Vec<Notice> = notice_of(history).into_iter().collect();
    for unknown in paths.iter().filter(|one| one.knowledge.changes + one.knowledge.bot_changes == 0) {
        let reason = format!("No commit that was looked at changes {}.", unknown.path);
        notices.push(Notice { path: None, reason });
    }
    Experts {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: "preflag".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        revision: question.revision,
        commit: question.commit,
        history: HistoryRead {
            commits: u32::try_from(history.changes.len()).unwrap_or(u32::MAX),
            since: history.changes.first().map(|change| date(change.seconds)),
            older: match history.reach {
                Reach::Whole => Older::Nothing,
                Reach::Limit { .. } => Older::NotLookedAt,
                Reach::Shallow => Older::Missing,
            },
        },
        together: (question.paths.len() > 1).then(|| of(&question.paths)),
        paths,
        left_after_days: question.left_after_days,
        notices,
    }
}

fn notice_of(history: &History) -> Option<Notice> {
    let reason = match &history.reach {
        Reach::Whole => return None,
        Reach::Limit { commits } => {
            let since = history.changes.first().map(|change| format!(", back to {}", date(change.seconds)));
            format!(
                "Only the newest {commits} commits count{}; `--max-commits` reads further.",
                since.unwrap_or_default()
            )
        }
        Reach::Shallow => format!(
            "This clone is shallow, so what its commits do not tell is unknown. Fetch all of history with `{}`.",
            history.reach.mend().unwrap_or_default()
        ),
    };
    Some(Notice { path: None, reason })
}

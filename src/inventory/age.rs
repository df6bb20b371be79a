//! Since when a flag is there, when its lines last changed, and by whom: what history adds to an inventory.

use super::{Change, FlagEntry, HistoryRead, Owner, OwnerSource, Request};
use crate::detect::constants::last_name;
use crate::git::Repository;
use crate::git::words::{HistoryEnd, Subjects, Touch};
use crate::location::RepoPath;
use crate::report::Notice;
use crate::rules::files::FileKind;
use crate::syntax::language_for;
use std::collections::{BTreeMap, BTreeSet};

/// Authors that are named as owners.
const MAX_AUTHORS: usize = 3;

/// Adds first and last changes and authors to the flags.
pub(super) fn add(
    flags: &mut [FlagEntry],
    repository: &Repository,
    request: &Request<'_>,
    notices: &mut Vec<Notice>,
) -> HistoryRead {
    if request.max_commits == 0 {
        return HistoryRead::Off;
    }
    let words: Vec<Vec<String>> = flags.iter().map(words).collect();
    let mut files: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (at, flag) in flags.iter().enumerate() {
        for reference in &flag.references {
            files.entry(reference.path.as_str().to_owned()).or_default().insert(at);
        }
    }
    let may_hold = |path: &str| {
        let path = RepoPath::new(path);
        language_for(&path).is_some() && request.rules.files.kind(&path, "") == FileKind::Code
    };
    let subjects = Subjects { words: &words, files: &files, may_hold: &may_hold, max_commits: request.max_commits };
    let history = match repository.word_history(&request.commit, &subjects) {
        Ok(history) => history,
        Err(error) => {
            let hint = error.hint().map(|hint| format!(" {hint}")).unwrap_or_default();
            notices.push(Notice { path: None, reason: format!("First and last changes are unknown: {error}.{hint}") });
            return HistoryRead::Unknown;
        }
    };
    for (flag, found) in flags.iter_mut().zip(history.subjects) {
        flag.first_change = found.first.map(Change::from);
        flag.last_change = found.last.map(Change::from);
        let authors = found.authors.into_iter().take(MAX_AUTHORS);
        flag.owners = authors.map(|(name, _)| Owner { name, source: OwnerSource::Git }).collect();
    }
    let commits = u32::try_from(history.commits).unwrap_or(u32::MAX);
    match history.end {
        HistoryEnd::Whole => HistoryRead::Whole { commits },
        HistoryEnd::Limit { date } => {
            let reason = format!(
                "History was read back to {date}, {commits} commits. Flags without a first change are older than that; \
                 `--max-commits` reads further."
            );
            notices.push(Notice { path: None, reason });
            HistoryRead::Limited { commits, date }
        }
        HistoryEnd::Shallow => {
            let reason = "This clone is shallow, so first and last changes that it does not hold are unknown. Fetch all \
                          of history with `git fetch --unshallow`.";
            notices.push(Notice { path: None, reason: reason.to_owned() });
            HistoryRead::Shallow { commits }
        }
    }
}

/// What a line that concerns the flag holds: its key, or the last name of a constant that stands for it.
fn words(flag: &FlagEntry) -> Vec<String> {
    let key = if flag.key_known { flag.key.as_str() } else { last_name(&flag.key) };
    let constants = flag.constants.iter().map(|constant| last_name(constant));
    let words: BTreeSet<&str> = std::iter::once(key).chain(constants).collect();
    words.into_iter().map(str::to_owned).collect()
}

impl From<Touch> for Change {
    fn from(touch: Touch) -> Self {
        Self { commit: touch.commit.0, date: touch.date }
    }
}

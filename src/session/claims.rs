//! What is said in favour of shipping without a flag, from all the places where it may stand, and the day on which it has to count.

use super::{ConfigSource, ScanOptions, Settings};
use crate::calendar::Date;
use crate::error::Error;
use crate::git::Repository;
use crate::git::change::{ChangeSet, Content};
use crate::location::RepoPath;
use crate::report::Notice;
use crate::waivers::{self, Claim};

/// Everything that is said in favour of shipping without a flag, and what is to be said of that.
pub(super) fn claims(
    repository: &Repository,
    changes: &ChangeSet,
    settings: &Settings,
    options: &ScanOptions,
) -> Result<(Vec<Claim>, Vec<Notice>), Error> {
    let mut notices = Vec::new();
    let trailers = repository.trailers(changes, waivers::line::KEY)?;
    notices.extend(trailers.notices.iter().map(|reason| Notice { path: None, reason: reason.clone() }));
    let mut claims = waivers::of_commits(&trailers);
    if let Some(description) = &options.description {
        let (said, cut) = waivers::of_description(&description.text, description.author.as_deref());
        claims.extend(said);
        notices.extend(cut);
    }
    match settings.listed_waivers() {
        Ok(listed) => claims.extend(listed),
        // Nobody can mend the base's file from here, and the change that mends it must not be stopped by it.
        Err(error) if options.config.is_from_base() => {
            let reason = format!("No waiver of the file counts, since it is broken: {}.", first_line(&error));
            notices.push(Notice { path: None, reason });
        }
        Err(error) => return Err(error),
    }
    notices.extend(waivers_edited(changes, &options.config));
    Ok((claims, notices))
}

/// Says so when the change edits the file of waivers, and what is wrong with the new one: where the base's counts, nobody
/// else would.
fn waivers_edited(changes: &ChangeSet, source: &ConfigSource) -> Vec<Notice> {
    let is_waivers = |path: &RepoPath| waivers::FILES.contains(&path.as_str());
    let edited =
        changes.files.iter().find(|file| is_waivers(&file.path) || file.old_path.as_ref().is_some_and(is_waivers));
    let Some(file) = edited.filter(|_| *source != ConfigSource::Nothing) else { return Vec::new() };
    let notice = |reason: String| Notice { path: Some(file.path.clone()), reason };
    let mut notices = vec![notice(match source.is_from_base() {
        true => "This change edits the waivers; it was judged by those of the base commit. The new ones count once they are \
                 merged."
            .to_owned(),
        false => "This change edits the waivers. In CI those of the base commit count, so the new ones count once they are \
                  merged."
            .to_owned(),
    })];
    if let (true, true, Content::Text { new: Some(text), .. }) =
        (source.is_from_base(), is_waivers(&file.path), &file.content)
    {
        match waivers::file::read(file.path.as_str(), file.path.as_str(), text) {
            Err(error) => notices.push(notice(format!("The new file of waivers is broken: {}.", first_line(&error)))),
            Ok(claims) => notices.extend(claims.iter().filter_map(|claim| {
                let why = claim.problem.as_ref()?;
                Some(notice(format!("The new waiver in line {} will not count: {why}.", claim.source.line)))
            })),
        }
    }
    notices
}

/// What an error says, without the line of the file that it shows.
fn first_line(error: &impl std::fmt::Display) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

/// The day of the newer of head and base.
pub(super) fn day_of(repository: &Repository, changes: &ChangeSet) -> Result<Option<Date>, Error> {
    let base = repository.commit_seconds(&changes.base)?;
    let head = changes.head.as_ref().map(|head| repository.commit_seconds(head)).transpose()?.flatten();
    Ok(base.max(head).map(Date::of))
}

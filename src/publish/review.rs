//! The code to paste as review comments, where its line is in the diff.
//!
//! Each code is said once in a pull request, whatever became of the comment: resolved, outdated or answered, it is left alone. Of one
//! head commit there is one review, found again by its hidden first line and its author. Which lines are in the diff, GitHub
//! itself is asked; what is not there is in the comment and in the job's summary. Two runs at once leave each code once, too.

use super::client::{Client, Method};
use super::error::PublishError;
use super::identity::{Us, User};
use super::pull::Pull;
use crate::render::{ReviewSpot, review_body, review_marker, review_spots};
use crate::report::Report;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Value, json};

/// The most that GitHub lists at once.
const PAGE: usize = 100;
/// More pages than this are not looked through; GitHub lists no more than 3,000 files.
const MAX_PAGES: usize = 30;

/// What became of the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reviewed {
    /// There is no code to paste, or none of it goes into the diff.
    Nothing,
    /// Everything is said already.
    Unchanged,
    /// So many comments.
    Made(usize),
    /// The report is about a trial merge, whose lines are not those of the pull request.
    OtherLines,
}

impl Reviewed {
    pub(super) fn told(self, place: &str) -> String {
        match self {
            Self::Nothing => format!("No code to paste at lines of {place}."),
            Self::Unchanged => format!("The code to paste stands at lines of {place} already."),
            Self::Made(1) => format!("Left a review with the code to paste at a line of {place}."),
            Self::Made(count) => format!("Left a review with the code to paste at {count} lines of {place}."),
            Self::OtherLines => {
                format!("No review on {place}: the report is about a trial merge, whose lines are others.")
            }
        }
    }
}

/// A review, or a comment of one, as far as we look at it.
#[derive(Debug, Deserialize)]
struct Said {
    #[serde(default)]
    id: Option<u64>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    user: Option<User>,
    /// Where GitHub has moved it to by now; of a review, what it was about.
    #[serde(default)]
    commit_id: Option<String>,
}

/// A changed file, as GitHub shows it.
#[derive(Debug, Deserialize)]
struct File {
    filename: String,
    /// Absent where it is too large.
    #[serde(default)]
    patch: Option<String>,
}

/// The review that is wished for.
pub(super) struct Review<'a> {
    pub(super) client: &'a Client,
    pub(super) pull: &'a Pull,
    pub(super) us: &'a Us<'a>,
    pub(super) report: &'a Report,
    pub(super) id: Option<&'a str>,
}

impl Review<'_> {
    /// Leaves what is not said yet. Code of a report that another job made is never a suggestion, only text.
    pub(super) async fn post(&self, is_own: bool) -> Result<Reviewed, PublishError> {
        let spots = review_spots(self.report);
        if spots.is_empty() {
            return Ok(Reviewed::Nothing);
        }
        let head = self.pull.head.sha.as_str();
        if self.report.range.head != head {
            return Ok(Reviewed::OtherLines);
        }
        let (mut tried, mut sent) = (0, 0);
        loop {
            let reviews = self.ours("reviews", |line| line == review_marker(self.id)).await?;
            if reviews.iter().any(|review| review.commit_id.as_deref() == Some(head)) {
                // After a lost answer, that is ours.
                return Ok(if tried > 0 { Reviewed::Made(sent) } else { Reviewed::Unchanged });
            }
            let markers: Vec<String> = spots.iter().map(|spot| spot.marker(self.id)).collect();
            let said = self.ours("comments", |line| markers.iter().any(|marker| marker == line)).await?;
            let is_new = |spot: &&ReviewSpot<'_>| !said.iter().any(|said| said.first_line() == spot.marker(self.id));
            let fresh: Vec<ReviewSpot<'_>> = spots.iter().filter(is_new).copied().collect();
            if fresh.is_empty() {
                return Ok(Reviewed::Unchanged);
            }
            let comments = self.comments(&fresh, is_own).await?;
            if comments.is_empty() {
                return Ok(Reviewed::Nothing);
            }
            sent = comments.len();
            match self.create(&comments).await {
                Ok(()) => {
                    self.tidy(&markers).await;
                    return Ok(Reviewed::Made(sent));
                }
                Err(error @ PublishError::Outage { .. }) => {
                    tried += 1;
                    if tried >= self.client.tries() || !self.client.back_off(tried).await {
                        return Err(error);
                    }
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// After a review was made: another run may have made one at the same time. Of comments about the same code the oldest stays.
    /// Failing here harms nobody.
    async fn tidy(&self, markers: &[String]) {
        let Ok(said) = self.ours("comments", |line| markers.iter().any(|marker| marker == line)).await else { return };
        for marker in markers {
            let mut same: Vec<u64> =
                said.iter().filter(|said| said.first_line() == marker).filter_map(|said| said.id).collect();
            same.sort_unstable();
            for id in same.iter().skip(1) {
                let route = self.client.target.route(&format!("pulls/comments/{id}"));
                let _ = self.client.change("The comment cannot be deleted", Method::Delete, &route, None).await; // said above
            }
        }
    }

    async fn create(&self, comments: &[Value]) -> Result<(), PublishError> {
        let route = self.route("reviews");
        let review = json!({
            "commit_id": self.pull.head.sha,
            "event": "COMMENT",
            "body": review_body(self.id),
            "comments": comments,
        });
        let made: Result<IgnoredAny, _> = self.client.create("The review cannot be written", &route, &review).await;
        made.map(drop)
    }

    /// The comments at lines that are in the diff.
    async fn comments(&self, spots: &[ReviewSpot<'_>], is_own: bool) -> Result<Vec<Value>, PublishError> {
        let is_wanted = |file: &File| spots.iter().any(|spot| spot.snippet.path.as_str() == file.filename);
        let files: Vec<File> = self.all("files", is_wanted).await?;
        let comment = |spot: &ReviewSpot<'_>| {
            let path = spot.snippet.path.as_str();
            let file = files.iter().find(|file| file.filename == path)?;
            let line = new_line(file.patch.as_deref()?, spot.snippet.line)?;
            let body = spot.text(self.id, Some(line).filter(|_| is_own));
            Some(json!({"path": path, "line": spot.snippet.line, "side": "RIGHT", "body": body}))
        };
        Ok(spots.iter().filter_map(comment).collect())
    }

    /// What we said before whose first line is such.
    async fn ours(&self, what: &str, is_such: impl Fn(&str) -> bool) -> Result<Vec<Said>, PublishError> {
        let mut said: Vec<Said> = self.all(what, |said: &Said| is_such(said.first_line())).await?;
        if !said.is_empty() {
            let us = self.us.login(self.client).await?;
            said.retain(|said| said.user.as_ref().is_some_and(|user| us.is(user)));
        }
        Ok(said)
    }

    /// Everything of a list of the pull request that is wanted.
    async fn all<T: DeserializeOwned>(
        &self,
        what: &str,
        is_wanted: impl Fn(&T) -> bool,
    ) -> Result<Vec<T>, PublishError> {
        let mut all = Vec::new();
        for page in 1..=MAX_PAGES {
            let route = self.route(&format!("{what}?per_page={PAGE}&page={page}"));
            let (some, has_next): (Vec<T>, bool) =
                self.client.get("What the pull request holds cannot be read", &route).await?;
            let is_full = some.len() >= PAGE;
            all.extend(some.into_iter().filter(&is_wanted));
            if !is_full && !has_next {
                return Ok(all);
            }
        }
        // There might be ours among the rest, and nothing is said twice. Files have no more pages.
        match what {
            "files" => Ok(all),
            _ => Err(PublishError::TooManyComments { limit: PAGE * MAX_PAGES }),
        }
    }

    fn route(&self, rest: &str) -> String {
        self.client.target.route(&format!("pulls/{}/{rest}", self.pull.number))
    }
}

impl Said {
    fn first_line(&self) -> &str {
        self.body.as_deref().and_then(|body| body.lines().next()).unwrap_or_default().trim_end_matches('\r')
    }
}

/// What stands at a line of the new side, where the patch shows it.
fn new_line(patch: &str, wanted: u32) -> Option<&str> {
    // None before the first hunk, and after a header that is none.
    let mut at: Option<u32> = None;
    for line in patch.split('\n') {
        if let Some(header) = line.strip_prefix("@@ ") {
            at = header.split_once('+').and_then(|(_, new)| new.split([',', ' ']).next()?.parse().ok());
            continue;
        }
        let Some(text) = line.strip_prefix([' ', '+']) else { continue };
        if at? == wanted {
            return Some(text);
        }
        at = at.and_then(|at| at.checked_add(1));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_patch_are_those_of_the_new_side() {
        let patch = "@@ -1,3 +1,4 @@ head +9\n a\n-b\n+c\n+d\n e\n\\ No newline at end of file\n@@ -90 +92,2 @@\n+x\n+@@ -1 +7 @@";
        for (line, text) in
            [(1, Some("a")), (2, Some("c")), (3, Some("d")), (4, Some("e")), (5, None), (92, Some("x")), (7, None)]
        {
            assert_eq!(new_line(patch, line), text, "{line}");
        }
        assert_eq!(new_line(patch, 93), Some("@@ -1 +7 @@"));
        for odd in ["", "@@", "@@ x\n+a", "+a", "@@ -1 +4294967295 @@\n+a\n+b"] {
            assert_eq!(new_line(odd, 1), None, "{odd:?}");
        }
    }
}

//! One comment on a pull request: found by its marker and its author, kept up to date, never a second one.
//!
//! Ours is what begins with exactly our marker *and* was written by us. Of several, which two runs at once can leave, the oldest
//! stays and the younger go. A create whose answer was lost is not repeated before the comments were looked through
//! again. What a list does not show although it was just made is not made again.

use super::client::{Client, Method};
use super::error::PublishError;
use super::identity::{Us, User};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;

/// The most comments that GitHub lists at once.
const PAGE: usize = 100;
/// More pages than this are not looked through.
const MAX_PAGES: usize = 50;

/// What became of the comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Settled {
    /// There was none, and there is nothing to say.
    Nothing,
    Created,
    Updated,
    /// It says that already.
    Unchanged,
    /// There is nothing left to say.
    Deleted,
    /// The same, and it stays as one line.
    Collapsed,
}

/// A comment, as far as we look at it.
#[derive(Debug, Deserialize)]
struct Comment {
    id: u64,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    user: Option<User>,
}

/// The comments of one pull request, and which of them are ours.
pub(super) struct Thread<'a> {
    pub(super) client: &'a Client,
    pub(super) pull: u64,
    /// The first line of ours.
    pub(super) marker: &'a str,
    pub(super) us: &'a Us<'a>,
}

impl Thread<'_> {
    /// Makes the thread hold this text once; without one, nothing of ours, or the rest of what was there.
    pub(super) async fn settle(&self, text: Option<&str>, rest: Option<&str>) -> Result<Settled, PublishError> {
        let mut tried = 0;
        // Whether one of ours may be there because of us, although nobody said so.
        let mut maybe_made = false;
        loop {
            let ours = self.ours().await?;
            let wanted = text.or(rest.filter(|_| !ours.is_empty()));
            match (ours.first(), wanted) {
                (None, None) => return Ok(Settled::Nothing),
                (Some(_), None) => {
                    self.delete(&ours).await?;
                    return Ok(Settled::Deleted);
                }
                (Some(oldest), Some(body)) => {
                    let changed = !says(oldest, body);
                    // Deleted meanwhile: look again.
                    if changed && !self.update(oldest, body).await? {
                        tried += 1;
                        if tried < self.client.tries() {
                            continue;
                        }
                    }
                    self.delete(&ours[1..]).await?;
                    return Ok(match (maybe_made, changed) {
                        (true, _) => Settled::Created,
                        (_, true) if text.is_none() => Settled::Collapsed,
                        (_, true) => Settled::Updated,
                        (_, false) => Settled::Unchanged,
                    });
                }
                (None, Some(body)) => match self.create(body).await {
                    Ok(()) => {
                        self.tidy(body).await;
                        return Ok(Settled::Created);
                    }
                    Err(error @ PublishError::Outage { .. }) => {
                        tried += 1;
                        maybe_made = true;
                        if tried >= self.client.tries() || !self.client.back_off(tried).await {
                            return Err(error);
                        }
                    }
                    Err(error) => return Err(error),
                },
            }
        }
    }

    /// After a comment was made: another run may have made one at the same time. Failing here harms nobody, as the next
    /// run tidies too.
    async fn tidy(&self, body: &str) {
        let Ok(ours) = self.ours().await else { return };
        if ours.len() < 2 {
            return;
        }
        // The oldest stays, and says what the youngest did.
        if !says(&ours[0], body) && !matches!(self.update(&ours[0], body).await, Ok(true)) {
            return;
        }
        let _ = self.delete(&ours[1..]).await; // said above
    }

    /// Those of ours, the oldest first.
    async fn ours(&self) -> Result<Vec<Comment>, PublishError> {
        let mut marked = Vec::new();
        for page in 1..=MAX_PAGES {
            let route = format!("issues/{}/comments?per_page={PAGE}&page={page}", self.pull);
            let (comments, has_next): (Vec<Comment>, bool) =
                self.client.get("The comments of the pull request", &self.client.target.route(&route)).await?;
            let is_full = comments.len() >= PAGE;
            marked.extend(comments.into_iter().filter(|comment| self.is_marked(comment)));
            if !is_full && !has_next {
                return self.by_us(marked).await;
            }
        }
        Err(PublishError::TooManyComments { limit: PAGE * MAX_PAGES })
    }

    fn is_marked(&self, comment: &Comment) -> bool {
        let first = comment.body.as_deref().and_then(|body| body.lines().next());
        first.is_some_and(|line| line.trim_end_matches('\r') == self.marker)
    }

    async fn by_us(&self, mut marked: Vec<Comment>) -> Result<Vec<Comment>, PublishError> {
        if marked.is_empty() {
            return Ok(marked);
        }
        let login = self.us.login(self.client).await?;
        marked.retain(|comment| comment.user.as_ref().is_some_and(|user| login.is(user)));
        marked.sort_by_key(|comment| comment.id);
        Ok(marked)
    }

    async fn create(&self, body: &str) -> Result<(), PublishError> {
        let route = self.client.target.route(&format!("issues/{}/comments", self.pull));
        let made: Result<IgnoredAny, _> =
            self.client.create("The comment cannot be written", &route, &json!({"body": body})).await;
        made.map(drop)
    }

    /// False when it is not there any more.
    async fn update(&self, comment: &Comment, body: &str) -> Result<bool, PublishError> {
        let (route, body) = (self.of(comment), json!({"body": body}));
        let done = self.client.change("The comment cannot be updated", Method::Patch, &route, Some(&body)).await;
        is_there(done)
    }

    async fn delete(&self, comments: &[Comment]) -> Result<(), PublishError> {
        for comment in comments {
            let route = self.of(comment);
            let done = self.client.change("The comment cannot be deleted", Method::Delete, &route, None).await;
            // Somebody else was faster, which is as well.
            is_there(done)?;
        }
        Ok(())
    }

    fn of(&self, comment: &Comment) -> String {
        self.client.target.route(&format!("issues/comments/{}", comment.id))
    }
}

fn is_there(done: Result<(), PublishError>) -> Result<bool, PublishError> {
    match done {
        Ok(()) => Ok(true),
        Err(PublishError::Denied { status: 404 | 410, .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether a comment says this already; line ends may have been changed on the way.
fn says(comment: &Comment, body: &str) -> bool {
    let there = comment.body.as_deref().unwrap_or_default();
    there.lines().map(str::trim_end).eq(body.lines().map(str::trim_end))
}

//! What is left on a pull request: one comment, and where asked for a check run. The only user of octocrab.
//!
//! A finished report comes in; nothing here judges, and nothing here can change a verdict. octocrab is asynchronous, so a
//! runtime of one thread lives as long as [`post`]. The token is read from the environment only and stands in no error, output or log.

mod checks;
mod client;
mod comment;
mod error;
mod identity;
mod pull;
mod received;
mod review;
mod target;
#[cfg(test)]
mod tests;

pub(crate) use error::PublishError;
pub(crate) use pull::Source;
pub(crate) use received::read_report;
pub(crate) use target::{Target, Token};

use crate::render::{CommentOptions, marker, render_comment, render_settled};
use crate::report::Report;
use crate::terms::{Policy, Severity};
use client::{Client, Pace};
use comment::{Settled, Thread};
use identity::Us;
use review::Reviewed;
use std::cell::OnceCell;

/// When there is a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum When {
    /// Also where there is nothing to do
    Always,
    /// Where there is something to do or to look at; one that is settled goes
    Findings,
    /// No comment; one that is there is left alone
    Never,
}

/// What becomes of the comment when nothing is left to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum WhenSettled {
    /// It goes
    Delete,
    /// It stays as one line, with what it said in its history
    Collapse,
}

/// What is to be posted.
#[derive(Debug, Clone)]
pub(crate) struct Wish<'a> {
    pub(crate) report: &'a Report,
    pub(crate) to: Addressee,
    pub(crate) when: When,
    pub(crate) when_settled: WhenSettled,
    /// Tells the comments of several configurations apart.
    pub(crate) id: Option<&'a str>,
    pub(crate) check_run: bool,
    /// Whether the code to paste goes to its lines, too.
    pub(crate) review: bool,
    /// Our own login, where it was said.
    pub(crate) author: Option<&'a str>,
    /// Whether this runs in GitHub Actions.
    pub(crate) is_actions: bool,
    /// Whether the report was made by this very process. What comes from elsewhere makes no check green.
    pub(crate) is_own: bool,
    /// The head of the pull request when this job began, for a report of this process about a trial merge.
    pub(crate) began_at: Option<&'a str>,
}

/// The pull request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Addressee {
    Number(u64),
    /// The open one of this branch at this commit.
    Source(Source),
}

/// What was done.
#[derive(Debug)]
pub(crate) struct Posted {
    pub(crate) pull: u64,
    /// `None` where none was asked for.
    pub(crate) comment: Option<Result<Settled, PublishError>>,
    /// How many annotations the check run has; `None` where none was asked for.
    pub(crate) check_run: Option<Result<usize, PublishError>>,
    /// `None` where none was asked for.
    pub(crate) review: Option<Result<Reviewed, PublishError>>,
    /// The pull request holds another commit by now, so nothing was posted: its head.
    pub(crate) moved_on: Option<String>,
}

impl Posted {
    /// What was done, sentence by sentence, and what failed.
    pub(crate) fn told(self, target: &Target) -> Vec<Result<String, PublishError>> {
        let place = format!("{}/pull/{}", target.web, self.pull);
        if let Some(head) = self.moved_on {
            let head = crate::render::visible(&head, 64);
            return vec![Ok(format!(
                "Nothing posted: {place} is at {head} by now, and the report is about another commit."
            ))];
        }
        let comment = self.comment.map(|comment| {
            comment.map(|settled| match settled {
                Settled::Nothing => format!("Nothing worth a comment on {place}."),
                Settled::Created => format!("Commented on {place}."),
                Settled::Updated => format!("Updated the comment on {place}."),
                Settled::Unchanged => format!("The comment on {place} says that already."),
                Settled::Deleted => format!("Nothing left to say: deleted the comment on {place}."),
                Settled::Collapsed => format!("Nothing left to say: collapsed the comment on {place}."),
            })
        });
        let check_run = self.check_run.map(|check| {
            check.map(|count| {
                let annotations = if count == 1 { "annotation" } else { "annotations" };
                format!("Made a check run with {count} {annotations} on {place}.")
            })
        });
        let review = self.review.map(|review| review.map(|reviewed| reviewed.told(&place)));
        comment.into_iter().chain(review).chain(check_run).collect()
    }
}

/// Whether a reviewer has anything to do or to look at.
pub(crate) fn is_worth_saying(report: &Report) -> bool {
    let open = report.findings.iter().any(|finding| !finding.known && finding.severity > Severity::Note);
    open || report.verdict.policy != Policy::Pass || !report.recommendations.is_empty()
}

/// The comment's text; `None` where there is nothing to say.
pub(crate) fn comment_text(report: &Report, when: When, options: &CommentOptions<'_>) -> Option<String> {
    let says = match when {
        When::Always => true,
        When::Findings => is_worth_saying(report),
        When::Never => false,
    };
    says.then(|| render_comment(report, options))
}

/// Posts what is wished for. An error means that the pull request could not even be found.
pub(crate) fn post(target: &Target, token: &Token, wish: &Wish<'_>) -> Result<Posted, PublishError> {
    post_at(target, token, wish, Pace::default())
}

fn post_at(target: &Target, token: &Token, wish: &Wish<'_>, pace: Pace) -> Result<Posted, PublishError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| {
        PublishError::Outage { doing: "The connection to GitHub cannot be set up", why: error.to_string() }
    })?;
    runtime.block_on(async {
        let client = Client::new(target, token, pace)?;
        run(&client, wish).await
    })
}

async fn run(client: &Client, wish: &Wish<'_>) -> Result<Posted, PublishError> {
    let pull = match &wish.to {
        Addressee::Number(number) => pull::of_number(client, *number).await?,
        Addressee::Source(source) => pull::of_source(client, source).await?,
    };
    let mut posted = Posted { pull: pull.number, comment: None, check_run: None, review: None, moved_on: None };
    let us = Us { author: wish.author, is_actions: wish.is_actions, login: OnceCell::new() };
    let own_trial_merge = wish.is_own && wish.began_at == Some(pull.head.sha.as_str());
    if !pull.is_at(&wish.report.range.head) && !own_trial_merge {
        posted.moved_on = Some(pull.head.sha);
        return Ok(posted);
    }
    let options = CommentOptions { id: wish.id, repository: Some(&client.target.web) };
    if wish.when != When::Never {
        let marker = marker(wish.id);
        let thread = Thread { client, pull: pull.number, marker: &marker, us: &us };
        let text = comment_text(wish.report, wish.when, &options);
        let rest = (wish.when_settled == WhenSettled::Collapse).then(|| render_settled(&options));
        posted.comment = Some(thread.settle(text.as_deref(), rest.as_deref()).await);
    }
    if wish.review {
        let review = review::Review { client, pull: &pull, us: &us, report: wish.report, id: wish.id };
        posted.review = Some(review.post(wish.is_own).await);
    }
    if wish.check_run {
        posted.check_run = Some(checks::post(client, &pull.head.sha, wish.report, &options, wish.is_own).await);
    }
    Ok(posted)
}

//! `preflag comment`: a report in, one comment on a pull request out.

use super::{config_source, scan::is_ci, to_stdout};
use crate::actions::{Event, Surroundings, variable};
use crate::cli::CommentArgs;
use crate::error::Error;
use crate::git::RangeSpec;
use crate::publish::{Addressee, Posted, PublishError, Target, Token, Wish, comment_text, post, read_report};
use crate::render::{CommentOptions, log_line};
use crate::report::Report;
use crate::session::{Description, ScanOptions, scan};
use crate::waivers::MAX_DESCRIPTION;
use anstream::eprintln;

pub(super) fn run(arguments: &CommentArgs) -> Result<(), Error> {
    let around = Surroundings::of_environment();
    let slug = arguments.repo_slug.clone().or_else(|| around.slug.clone());
    // What can be told without scanning is told before.
    let posting = match arguments.dry_run {
        true => None,
        false => {
            let slug = slug.as_deref().ok_or_else(|| {
                Error::usage("The repository on GitHub is not known.", "Give --repo-slug OWNER/NAME.")
            })?;
            let target = Target::new(&around.api, slug, around.server.as_deref())?;
            Some((target, Token::from_variables(variable)?, addressee(arguments, &around.event)?))
        }
    };
    let report = match &arguments.report {
        Some(file) => read_report(file)?,
        None => scan(&options(arguments, &around))?,
    };
    let Some((target, token, to)) = posting else {
        let target = slug.and_then(|slug| Target::new(&around.api, &slug, around.server.as_deref()).ok());
        let repository = target.as_ref().map(|target| target.web.as_str());
        let options = CommentOptions { id: arguments.comment_id.as_deref(), repository };
        return match comment_text(&report, arguments.comment, &options) {
            Some(text) => to_stdout(text.as_bytes()),
            None => to_stdout(b"Nothing worth a comment.\n"),
        };
    };
    let wish = wish(arguments, &around, &report, to);
    tell(post(&target, &token, &wish), &target)
}

fn options(arguments: &CommentArgs, around: &Surroundings) -> ScanOptions {
    let range = match (&arguments.range, &around.event) {
        (Some(range), _) => RangeSpec::Revisions(range.clone()),
        (None, Event::PullRequest { base, head, .. }) => RangeSpec::Revisions(format!("{base}...{head}")),
        (None, _) => RangeSpec::Default,
    };
    ScanOptions {
        repo: arguments.source.repo.clone(),
        range,
        config: config_source(&arguments.source, arguments.config_from_base || is_ci()),
        scope: arguments.scope.scope(),
        fail_on: arguments.fail_on,
        report_only: false,
        baseline: arguments.baseline.clone(),
        description: description(around),
        today: None,
        timings: false,
        cache: true,
        history: true,
    }
}

/// What the pull request of this job says of itself, where waivers may stand.
pub(super) fn description(around: &Surroundings) -> Option<Description> {
    let (text, by) = around.description.clone()?;
    // GitHub's own limit is smaller; four bytes a character at most.
    Some(Description { text: text.chars().take(MAX_DESCRIPTION / 4).collect(), author: Some(by) })
}

/// Which pull request it is. Where a job runs after another one, only GitHub is believed about that.
fn addressee(arguments: &CommentArgs, event: &Event) -> Result<Addressee, Error> {
    match (event, arguments.pr) {
        (Event::WorkflowRun { source }, _) => Ok(Addressee::Source(source.clone())),
        (_, Some(number)) => Ok(Addressee::Number(number)),
        (Event::PullRequest { number, .. }, None) => Ok(Addressee::Number(*number)),
        _ => Err(Error::usage("The pull request is not known.", "Give its number with --pr N.")),
    }
}

fn wish<'a>(arguments: &'a CommentArgs, around: &'a Surroundings, report: &'a Report, to: Addressee) -> Wish<'a> {
    Wish {
        report,
        to,
        when: arguments.comment,
        when_settled: arguments.when_settled,
        id: arguments.comment_id.as_deref(),
        check_run: arguments.check_run,
        review: arguments.review,
        author: arguments.author.as_deref(),
        is_actions: around.is_actions,
        is_own: arguments.report.is_none(),
        began_at: match &around.event {
            Event::PullRequest { head, .. } => Some(head),
            _ => None,
        },
    }
}

/// Says what was done. A token that can only read is nobody's mistake; everything else that failed is an error.
fn tell(posted: Result<Posted, PublishError>, target: &Target) -> Result<(), Error> {
    let told = match posted {
        Ok(posted) => posted.told(target),
        Err(error) => vec![Err(error)],
    };
    let mut trouble = None;
    for said in told {
        match said {
            Ok(sentence) => to_stdout(format!("{sentence}\n").as_bytes())?,
            Err(error) if error.is_read_only() => {
                let hint = error.hint().unwrap_or_default();
                eprintln!(
                    "note: {}",
                    log_line(&format!("nothing was posted, because this token may not: {error}. {hint}"))
                );
            }
            Err(error) => trouble = trouble.or(Some(error)),
        }
    }
    trouble.map_or(Ok(()), |error| Err(error.into()))
}

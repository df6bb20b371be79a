//! `preflag action`: the event of a job in; summary, annotations, outputs, a comment and an exit code out.
//!
//! The order matters: what cannot fail comes first, so that a comment that is refused leaves the summary and the verdict there.

use super::comment::description;
use super::to_stdout;
use crate::actions::{Event, Fetch, Surroundings, not_posted, variable, write_outputs, write_summary};
use crate::cli::ActionArgs;
use crate::config::Scope;
use crate::error::{Cause, Error};
use crate::git::RangeSpec;
use crate::publish::{Addressee, Target, Token, When, Wish, post, read_report};
use crate::render::{
    CommentOptions, Format, RenderOptions, log_line, render, render_comment, visible, workflow_message,
};
use crate::report::{Flag, Report};
use crate::session::{ConfigSource, ScanOptions, scan};
use crate::terms::Policy;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(super) fn run(arguments: &ActionArgs) -> Result<ExitCode, Error> {
    let around = Surroundings::of_environment();
    let target = around.slug.as_deref().and_then(|slug| Target::new(&around.api, slug, around.server.as_deref()).ok());
    if let Some(file) = &arguments.report {
        publish(arguments, &around, target.as_ref(), &read_report(file)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some((base, head)) = range(arguments, &around)? else {
        say("Nothing to judge: this event brings no commits.")?;
        return Ok(ExitCode::SUCCESS);
    };
    let report = scan(&options(arguments, &around, format!("{base}...{head}")))?;
    let files = write_files(arguments, &report)?;
    let repository = target.as_ref().map(|target| target.web.as_str());
    let page = render_comment(&report, &CommentOptions { id: None, repository });
    let written = |name: &str, done: std::io::Result<()>| {
        done.map_err(|source| {
            Error::from(Cause::Write { path: PathBuf::from(variable(name).unwrap_or_default()), source })
        })
    };
    // Its first line is the marker, which is for comments only.
    written("GITHUB_STEP_SUMMARY", write_summary(page.split_once('\n').map_or("", |(_, rest)| rest)))?;
    written("GITHUB_OUTPUT", write_outputs(&outputs(&report, &files)))?;
    let mut annotations = Vec::new();
    render(Format::Github, &report, &RenderOptions::default(), &mut annotations).map_err(Cause::Stdout)?;
    to_stdout(&annotations)?;
    publish(arguments, &around, target.as_ref(), &report)?;
    Ok(if report.verdict.policy == Policy::Fail { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// A line in the step's log.
fn say(line: &str) -> Result<(), Error> {
    to_stdout(format!("{}\n", log_line(&visible(line, 1_000))).as_bytes())
}

fn notice(line: &str) -> Result<(), Error> {
    to_stdout(format!("::notice title=preflag::{}\n", workflow_message(&visible(line, 1_000))).as_bytes())
}

/// The two commits, with their histories fetched; `None` where there is nothing to judge.
fn range(arguments: &ActionArgs, around: &Surroundings) -> Result<Option<(String, String)>, Error> {
    if let (Some(base), Some(head)) = (&arguments.base, &arguments.head) {
        return Ok(Some((base.clone(), head.clone())));
    }
    let token = variable("GITHUB_TOKEN").or_else(|| variable("GH_TOKEN"));
    let fallback = match &around.event {
        Event::PullRequest { number, .. } => Some(format!("refs/pull/{number}/head")),
        _ => None,
    };
    let fetch = Fetch { repo: &arguments.repo, server: around.server.as_deref(), token: token.as_deref(), fallback };
    let of_default = |branch: &Option<String>| branch.as_deref().and_then(|name| fetch.branch(name));
    let unknown = || {
        let hint = "Give the commits: `with: {base: ..., head: ...}`.";
        Error::usage("What to judge from cannot be told by this event.", hint)
    };
    let (base, head) = match &around.event {
        Event::PullRequest { base, head, .. } | Event::MergeGroup { base, head } => (base.clone(), head.clone()),
        // The commit before may be gone after a forced push.
        Event::Push { before: Some(before), after, default_branch } => match fetch.until_they_meet(before, after) {
            _ if fetch.has(before) => (before.clone(), after.clone()),
            _ => (of_default(default_branch).ok_or_else(unknown)?, after.clone()),
        },
        Event::Push { before: None, after, default_branch } => {
            (of_default(default_branch).ok_or_else(unknown)?, after.clone())
        }
        Event::Other { head: Some(head), default_branch } => {
            (of_default(default_branch).ok_or_else(unknown)?, head.clone())
        }
        Event::Deleted => return Ok(None),
        Event::WorkflowRun { .. } => {
            return Err(Error::usage(
                "After another workflow there is nothing checked out to judge.",
                "Judge in the first workflow, and give its report to this one: `with: {report: FILE}`.",
            ));
        }
        Event::Other { head: None, .. } | Event::None => return Err(unknown()),
    };
    for sentence in fetch.until_they_meet(&base, &head) {
        say(&sentence)?;
    }
    Ok(Some((base, head)))
}

fn options(arguments: &ActionArgs, around: &Surroundings, range: String) -> ScanOptions {
    let config = match &arguments.config {
        Some(path) => ConfigSource::File { path: path.clone(), from_base: true },
        None => ConfigSource::Base,
    };
    ScanOptions {
        repo: arguments.repo.clone(),
        range: RangeSpec::Revisions(range),
        config,
        scope: Scope::all(&arguments.paths),
        fail_on: arguments.fail_on,
        report_only: arguments.report_only,
        baseline: arguments.baseline.clone(),
        description: description(around),
        today: None,
        timings: false,
        cache: true,
        history: true,
    }
}

/// Where the report is, for programs and for code scanning.
struct Files {
    report: PathBuf,
    sarif: PathBuf,
}

fn write_files(arguments: &ActionArgs, report: &Report) -> Result<Files, Error> {
    let temporary = || variable("RUNNER_TEMP").map_or_else(std::env::temp_dir, PathBuf::from).join("preflag");
    let folder = arguments.output_dir.clone().unwrap_or_else(temporary);
    let fail = |path: &Path, source| Error::from(Cause::Write { path: path.to_owned(), source });
    fs::create_dir_all(&folder).map_err(|source| fail(&folder, source))?;
    // Several configurations in one job each keep their report.
    let name = arguments.comment_id.as_ref().map_or_else(|| "preflag".to_owned(), |id| format!("preflag-{id}"));
    let files = Files { report: folder.join(format!("{name}.json")), sarif: folder.join(format!("{name}.sarif")) };
    for (format, path) in [(Format::Json, &files.report), (Format::Sarif, &files.sarif)] {
        let mut bytes = Vec::new();
        render(format, report, &RenderOptions::default(), &mut bytes).map_err(|source| fail(path, source))?;
        fs::write(path, bytes).map_err(|source| fail(path, source))?;
    }
    Ok(files)
}

fn outputs(report: &Report, files: &Files) -> Vec<(&'static str, String)> {
    let verdict = &report.verdict;
    let keys = |flags: &[Flag]| {
        let keys: Vec<String> = flags.iter().map(|flag| visible(&flag.key, 240)).collect();
        keys.join("\n")
    };
    let open = report.findings.iter().filter(|finding| !finding.known).count();
    vec![
        ("verdict", verdict.policy.to_string()),
        ("tier", verdict.tier.to_string()),
        ("coverage", verdict.coverage.to_string()),
        ("outcome", verdict.outcome.to_string()),
        ("score", verdict.score.map(|score| score.to_string()).unwrap_or_default()),
        ("findings", open.to_string()),
        ("flags-added", keys(&report.flags.added)),
        ("flags-modified", keys(&report.flags.modified)),
        ("flags-removed", keys(&report.flags.removed)),
        ("report", files.report.display().to_string()),
        ("sarif", files.sarif.display().to_string()),
    ]
}

/// Comments on the pull request, if there is one. Nothing that goes wrong here changes the verdict.
fn publish(
    arguments: &ActionArgs,
    around: &Surroundings,
    target: Option<&Target>,
    report: &Report,
) -> Result<(), Error> {
    let (to, began_at, is_fork) = match &around.event {
        Event::PullRequest { number, head, is_fork, .. } => (Addressee::Number(*number), Some(head.as_str()), *is_fork),
        Event::WorkflowRun { source } => (Addressee::Source(source.clone()), None, false),
        _ => return Ok(()),
    };
    let Some(target) = target.filter(|_| arguments.comment != When::Never || arguments.check_run || arguments.review)
    else {
        return Ok(());
    };
    let token = match Token::from_variables(variable) {
        Ok(token) => token,
        Err(error) => return notice(&not_posted(&error)),
    };
    let wish = Wish {
        report,
        to,
        when: arguments.comment,
        when_settled: arguments.when_settled,
        id: arguments.comment_id.as_deref(),
        check_run: arguments.check_run,
        review: arguments.review,
        author: None,
        is_actions: around.is_actions,
        is_own: arguments.report.is_none(),
        began_at,
    };
    let told = match post(target, &token, &wish) {
        Ok(posted) => posted.told(target),
        Err(error) => vec![Err(error)],
    };
    let mut is_told = false;
    for said in told {
        match said {
            Ok(sentence) => say(&sentence)?,
            // Once is enough, whatever else was wished for.
            Err(error) if error.is_read_only() && is_fork => {
                if std::mem::replace(&mut is_told, true) {
                    continue;
                }
                notice(
                    "No comment: the token of a pull request from a fork can only read. The report is in the job's summary.",
                )?;
            }
            Err(error) => notice(&not_posted(&error))?,
        }
    }
    Ok(())
}

//! `preflag scan`: a range in, reports and an exit code out.

use super::{config_source, log, render_options, to_stdout};
use crate::baseline::Baseline;
use crate::cli::{Destination, Output, ScanArgs, WaiverArgs};
use crate::error::{Cause, Error};
use crate::git::RangeSpec;
use crate::render::{RenderOptions, render};
use crate::report::Report;
use crate::session::{Description, ScanOptions, scan};
use crate::terms::Policy;
use crate::waivers::MAX_DESCRIPTION;
use std::env;
use std::fs;
use std::io::{self, Read};
use std::process::ExitCode;

pub(super) fn run(arguments: ScanArgs) -> Result<ExitCode, Error> {
    let report = scan(&options(&arguments)?)?;
    if let Some(path) = &arguments.write_baseline {
        Baseline::write(path, &report.findings)?;
    }
    for output in &arguments.outputs.0 {
        match write(output, &report, &arguments) {
            // A reader that has read enough, such as `head`, does not change the verdict.
            Err(error) if error.is_broken_pipe() => {}
            done => done?,
        }
    }
    // Last, so that nothing is lost where it cannot be written.
    if arguments.record {
        log::write(&arguments.source.repo, &report)?;
    }
    let failed = report.verdict.policy == Policy::Fail && !arguments.no_gate;
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn options(arguments: &ScanArgs) -> Result<ScanOptions, Error> {
    let range = match &arguments.range {
        Some(range) => RangeSpec::Revisions(range.clone()),
        None if arguments.staged => RangeSpec::Staged,
        None if arguments.worktree => RangeSpec::Worktree,
        None => RangeSpec::Default,
    };
    Ok(ScanOptions {
        repo: arguments.source.repo.clone(),
        range,
        config: config_source(&arguments.source, arguments.config_from_base || is_ci()),
        scope: arguments.scope.scope(),
        fail_on: arguments.fail_on,
        report_only: arguments.report_only,
        baseline: arguments.baseline.clone(),
        description: description(&arguments.waivers)?,
        today: arguments.waivers.today.clone(),
        timings: arguments.timings,
        cache: !arguments.cache.no_cache,
        history: !arguments.no_history,
    })
}

/// The description that was handed in.
pub(super) fn description(arguments: &WaiverArgs) -> Result<Option<Description>, Error> {
    let Some(path) = &arguments.description else { return Ok(None) };
    let fail = |source| Error::from(Cause::Read { path: path.clone(), source });
    let mut bytes = Vec::new();
    let limit = MAX_DESCRIPTION as u64 + 1;
    match path.as_os_str() == "-" {
        true => io::stdin().lock().take(limit).read_to_end(&mut bytes),
        false => fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)),
    }
    .map_err(fail)?;
    if bytes.len() > MAX_DESCRIPTION {
        let message =
            format!("{} has more than {} KiB, which no description has", path.display(), MAX_DESCRIPTION / 1024);
        return Err(Error::usage(message, "Hand in the text of the pull request's description."));
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(Some(Description { text, author: arguments.description_author.clone() }))
}

/// True where a pull request's own settings are not to be trusted.
pub(super) fn is_ci() -> bool {
    ["CI", "GITHUB_ACTIONS"].iter().any(|name| env::var_os(name).is_some_and(|value| value == "true" || value == "1"))
}

fn write(output: &Output, report: &Report, arguments: &ScanArgs) -> Result<(), Error> {
    let mut bytes = Vec::new();
    let look = render_options(&output.to, &arguments.look);
    let options = RenderOptions { explain_score: arguments.explain_score, ..look };
    render(output.format, report, &options, &mut bytes).map_err(Cause::Stdout)?;
    match &output.to {
        Destination::Stdout if arguments.quiet => Ok(()),
        Destination::Stdout => to_stdout(&bytes),
        Destination::File(path) => {
            fs::write(path, bytes).map_err(|source| Cause::Write { path: path.clone(), source }.into())
        }
    }
}

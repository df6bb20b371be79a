//! `preflag scan`: a range in, reports and an exit code out.

use super::{config_source, render_options, to_stdout};
use crate::baseline::Baseline;
use crate::cli::{Destination, Output, ScanArgs};
use crate::error::{Cause, Error};
use crate::git::RangeSpec;
use crate::render::render;
use crate::report::Report;
use crate::session::{ScanOptions, scan};
use crate::terms::Policy;
use std::env;
use std::fs;
use std::process::ExitCode;

pub(super) fn run(arguments: ScanArgs) -> Result<ExitCode, Error> {
    let report = scan(&options(&arguments))?;
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
    let failed = report.verdict.policy == Policy::Fail && !arguments.no_gate;
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn options(arguments: &ScanArgs) -> ScanOptions {
    let range = match &arguments.range {
        Some(range) => RangeSpec::Revisions(range.clone()),
        None if arguments.staged => RangeSpec::Staged,
        None if arguments.worktree => RangeSpec::Worktree,
        None => RangeSpec::Default,
    };
    ScanOptions {
        repo: arguments.source.repo.clone(),
        range,
        config: config_source(&arguments.source, arguments.config_from_base || is_ci()),
        fail_on: arguments.fail_on,
        report_only: arguments.report_only,
        baseline: arguments.baseline.clone(),
        timings: arguments.timings,
        cache: !arguments.no_cache,
    }
}

/// True where a pull request's own settings are not to be trusted.
pub(super) fn is_ci() -> bool {
    ["CI", "GITHUB_ACTIONS"].iter().any(|name| env::var_os(name).is_some_and(|value| value == "true" || value == "1"))
}

fn write(output: &Output, report: &Report, arguments: &ScanArgs) -> Result<(), Error> {
    let mut bytes = Vec::new();
    let options = render_options(&output.to, &arguments.look);
    render(output.format, report, &options, &mut bytes).map_err(Cause::Stdout)?;
    match &output.to {
        Destination::Stdout if arguments.quiet => Ok(()),
        Destination::Stdout => to_stdout(&bytes),
        Destination::File(path) => {
            fs::write(path, bytes).map_err(|source| Cause::Write { path: path.clone(), source }.into())
        }
    }
}

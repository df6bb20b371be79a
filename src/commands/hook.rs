//! `preflag hook`: a push in, a verdict out; and the hook's way into a repository.

use super::{config_source, scan as scan_command, to_stdout};
use crate::cli::{Color, HookCommand, HookRunArgs, LookArgs};
use crate::error::{Cause, Error};
use crate::git::push::{Brought, RefUpdate};
use crate::git::{RangeSpec, Repository};
use crate::hook::lines::{self, PushLines};
use crate::hook::place::{self, HookError, Plan};
use crate::render::{Push, PushOutcome, RenderOptions, render_hook_plan, render_push};
use crate::session::{ScanOptions, scan};
use crate::terms::Policy;
use std::env;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;

/// git says less than this of any push (bytes).
const MAX_INPUT: u64 = 4 << 20;

/// Ranges of one push that are judged; what is left out is said.
const MAX_RANGES: usize = 12;

pub(super) fn run(command: HookCommand) -> Result<ExitCode, Error> {
    match command {
        HookCommand::Install(arguments) => install(&arguments.repo),
        HookCommand::Uninstall(arguments) => uninstall(&arguments.repo),
        HookCommand::Run(arguments) => judge(&arguments),
    }
}

fn install(repo: &Path) -> Result<ExitCode, Error> {
    let plan = place::plan(&Repository::open(repo)?)?;
    if let Plan::Write { path } = &plan {
        place::write(path)?;
    }
    if let Plan::Edited { path } = plan {
        return Err(HookError::Edited { path }.into());
    }
    let mut text = Vec::new();
    render_hook_plan(&plan, &mut text).map_err(Cause::Stdout)?;
    to_stdout(&text)?;
    Ok(if matches!(plan, Plan::Add(_)) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn uninstall(repo: &Path) -> Result<ExitCode, Error> {
    let (path, removed) = place::remove(&Repository::open(repo)?)?;
    let path = crate::render::visible_path(&path);
    let text = match removed {
        true => format!("Removed {path}.\n"),
        false => format!("There is no hook of preflag at {path}; nothing was done.\n"),
    };
    to_stdout(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn judge(arguments: &HookRunArgs) -> Result<ExitCode, Error> {
    let pushed = pushed()?;
    let repository = Repository::open(&arguments.source.repo)?;
    // The same commits under several names are judged once.
    let mut found: Vec<(Brought, Vec<String>)> = Vec::new();
    let mut left_out = pushed.left_out;
    for update in pushed.updates {
        let brought = repository.brought(&update, arguments.remote.as_deref())?;
        match found.iter().position(|(known, _)| *known == brought) {
            _ if brought == Brought::Nothing => {}
            Some(at) => found[at].1.push(name(&update)),
            None if found.len() == MAX_RANGES => left_out += 1,
            None => found.push((brought, vec![name(&update)])),
        }
    }
    let mut pushes = Vec::new();
    for (brought, names) in found {
        let outcome = match brought {
            Brought::Range { base, head } => {
                let range = RangeSpec::Revisions(format!("{}..{}", base.0, head.0));
                PushOutcome::Judged(Box::new(scan(&options(arguments, range))?))
            }
            Brought::Unknown(why) => PushOutcome::Unknown(why),
            Brought::Nothing => continue,
        };
        pushes.push(Push { names, outcome });
    }
    let mut text = Vec::new();
    render_push(&pushes, left_out, &look(&arguments.look), &mut text).map_err(Cause::Stdout)?;
    // git's own output may be read by a program; and whether anybody reads this changes no verdict.
    let _ = io::stderr().lock().write_all(&text);
    let fails =
        |push: &Push| matches!(&push.outcome, PushOutcome::Judged(report) if report.verdict.policy == Policy::Fail);
    Ok(if pushes.iter().any(fails) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// What is pushed: as pre-commit says, as git says, or at a terminal, where nobody does, what HEAD is.
fn pushed() -> Result<PushLines, Error> {
    let variable = |name: &str| env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    if io::stdin().is_terminal() {
        return Ok(lines::of_pre_commit(variable));
    }
    let mut bytes = Vec::new();
    let fail = |source| Error::from(Cause::Read { path: "the standard input".into(), source });
    io::stdin().lock().take(MAX_INPUT + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() as u64 > MAX_INPUT {
        let message = format!("a push of more than {} MiB of names is not judged", MAX_INPUT >> 20);
        return Err(Error::usage(message, "Push fewer names at once, or with `git push --no-verify`."));
    }
    // pre-commit has read what git said. The variable alone does not tell: it may have started what pushes.
    if bytes.is_empty() && variable("PRE_COMMIT").is_some_and(|value| value == "1") {
        return Ok(lines::of_pre_commit(variable));
    }
    lines::parse(&bytes).map_err(|bad| {
        let message = format!("line {} of the standard input is not what git tells a pre-push hook", bad.number);
        Error::usage(message, "Let git run this, or run it at a terminal; `git push --no-verify` goes without it.")
    })
}

fn name(update: &RefUpdate) -> String {
    let name = update.remote_ref.as_str();
    let short = name.strip_prefix("refs/heads/").or_else(|| name.strip_prefix("refs/tags/"));
    short.unwrap_or(name).to_owned()
}

fn options(arguments: &HookRunArgs, range: RangeSpec) -> ScanOptions {
    ScanOptions {
        repo: arguments.source.repo.clone(),
        range,
        config: config_source(&arguments.source, scan_command::is_ci()),
        scope: arguments.scope.scope(),
        fail_on: None,
        report_only: false,
        baseline: None,
        description: None,
        today: None,
        timings: false,
        cache: !arguments.cache.no_cache,
        // The score decides nothing here, and nobody waits for it.
        history: false,
    }
}

/// As for a table on the standard output, but it goes to the standard error.
fn look(look: &LookArgs) -> RenderOptions {
    let stderr = io::stderr();
    let color = match look.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => anstream::AutoStream::choice(&stderr) != anstream::ColorChoice::Never,
    };
    let terminal = || terminal_size::terminal_size_of(&stderr).map(|(width, _)| width.0);
    let width = look.width.or_else(terminal).unwrap_or(super::DEFAULT_WIDTH);
    RenderOptions { width: width.clamp(40, 500), color, explain_score: false }
}

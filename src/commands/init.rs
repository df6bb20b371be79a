//! `preflag init`: looks at a repository, shows what it would begin with, and writes that.

use super::to_stdout;
use crate::cli::{InitArgs, Part};
use crate::config::CONFIG_FILES;
use crate::error::{Cause, Error};
use crate::git::{DiffLimits, RangeSpec, Repository};
use crate::hook::place::{self as hook, Plan};
use crate::index::Index;
use crate::init::look::{Ci, Found, look};
use crate::init::place::{InitError, Piece, State, piece, workflow_with_us, write};
use crate::init::texts;
use crate::inventory::{Request, take};
use crate::render::{render_hook_plan, render_init};
use crate::session::{ConfigSource, settings_at};
use crate::terms::Side;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

const WORKFLOW: &str = ".github/workflows/preflag.yml";

pub(super) fn run(arguments: &InitArgs) -> Result<(), Error> {
    let repository = Repository::open(&arguments.repo)?;
    let Some(root) = repository.workdir() else {
        let hint = "Run this in a clone that has a work tree.";
        return Err(Error::usage("this repository is bare: there is no work tree to write files to", hint));
    };
    let (found, config) = found(&repository)?;
    let pieces = pieces(arguments, &root, &found, config)?;
    let wants_hook = !arguments.skip.contains(&Part::Hook);
    let plan = wants_hook.then(|| hook::plan(&repository)).transpose()?;
    let other_ci: Vec<Ci> = if found.wants_workflow() { Vec::new() } else { found.ci.clone() };
    let mut text = Vec::new();
    render_init(&pieces, plan.as_ref(), &other_ci, &mut text).map_err(Cause::Stdout)?;
    to_stdout(&text)?;
    let is_new = pieces.iter().any(|piece| piece.state == State::New) || matches!(plan, Some(Plan::Write { .. }));
    match is_new {
        false => to_stdout(b"\nThere is nothing to write.\n"),
        true if arguments.dry_run => to_stdout(b"\nNothing was written, as `--dry-run` asks.\n"),
        true if arguments.yes || agreed()? => done(&root, &pieces, plan.as_ref()),
        true if io::stdin().is_terminal() => to_stdout(b"Nothing was written.\n"),
        true => to_stdout(b"\nNothing was written; `preflag init --yes` writes this.\n"),
    }
}

/// What the repository is made of, and the config for it.
fn found(repository: &Repository) -> Result<(Found, String), Error> {
    // Also what is not committed yet, and before the first commit.
    let changes = repository.change_set(&RangeSpec::Worktree, &DiffLimits::default())?;
    let settings = settings_at(repository, &changes.base, &ConfigSource::Worktree)?;
    let index = Index::open(repository, &changes)?;
    let tree = index.tree(Side::New);
    let request = Request {
        rules: &settings.rules,
        config: &settings.config,
        name: "worktree".to_owned(),
        commit: changes.base.clone(),
        paths: Vec::new(),
        tests: false,
        max_commits: 0,
    };
    let flags = take(tree, repository, request);
    let found = look(repository, tree, &settings.rules, &flags, WORKFLOW);
    let config = texts::config(&found, &settings.rules);
    Ok((found, config))
}

fn pieces(arguments: &InitArgs, root: &Path, found: &Found, config: String) -> Result<Vec<Piece>, InitError> {
    let mut pieces = Vec::new();
    if !arguments.skip.contains(&Part::Config) {
        let [name, other] = CONFIG_FILES;
        let mut config = piece(root, name, config)?;
        // What was found changes from day to day; the settings do not.
        if matches!(&config.state, State::Differs { there } if texts::same_settings(there, &config.text)) {
            config.state = State::Same;
        }
        if config.state == State::New && root.join(other).symlink_metadata().is_ok() {
            config.state = State::Elsewhere { path: other.to_owned() };
        }
        pieces.push(config);
    }
    if !arguments.skip.contains(&Part::Workflow) && found.wants_workflow() {
        let mut workflow = piece(root, WORKFLOW, texts::workflow())?;
        if workflow.state == State::New
            && let Some(path) = workflow_with_us(root, WORKFLOW)
        {
            workflow.state = State::Elsewhere { path };
        }
        pieces.push(workflow);
    }
    Ok(pieces)
}

/// Asks, where somebody is there to be asked.
fn agreed() -> Result<bool, Error> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Ok(false);
    }
    to_stdout(b"\nWrite this? [y/N] ")?;
    let mut answer = String::new();
    let fail = |source| Error::from(Cause::Read { path: "the standard input".into(), source });
    io::stdin().lock().read_line(&mut answer).map_err(fail)?;
    Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}

fn done(root: &Path, pieces: &[Piece], plan: Option<&Plan>) -> Result<(), Error> {
    let mut text = Vec::new();
    let fail = Cause::Stdout;
    writeln!(text).map_err(fail)?;
    for piece in pieces.iter().filter(|piece| piece.state == State::New) {
        write(root, piece)?;
        writeln!(text, "Wrote {}.", piece.path).map_err(fail)?;
    }
    if let Some(plan @ Plan::Write { path }) = plan {
        hook::write(path)?;
        render_hook_plan(plan, &mut text).map_err(fail)?;
    }
    writeln!(text, "Next: look at the files and commit them; `preflag scan` judges your branch now.").map_err(fail)?;
    to_stdout(&text)
}

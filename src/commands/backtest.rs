//! `preflag backtest`: how well the score would have ranked this repository's own past changes.

use super::{config_source, render_options, to_stdout};
use crate::assess::recent::Recent;
use crate::backtest::fit::Fit;
use crate::backtest::forge::Forge;
use crate::backtest::replay::{Span, replay};
use crate::backtest::store::Store;
use crate::backtest::{Backtest, Question, judge, override_file, replayed};
use crate::cache::Cache;
use crate::cli::{BacktestArgs, Destination};
use crate::error::{Cause, Error};
use crate::git::Repository;
use crate::history::{History, HistoryLimits};
use crate::render::{BacktestFormat, gains_svg, render_backtest};
use crate::rules::score::ScoreRules;
use crate::session::settings_at;
use crate::terms::Trouble;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Where learned weights go when nothing else is said: rule packs of a repository are read from there.
const FIT_FILE: &str = ".preflag/rules/score/learned.yaml";

pub(super) fn run(arguments: &BacktestArgs) -> Result<(), Error> {
    let repository = Repository::open(&arguments.source.repo)?;
    let fit_to = arguments.fit.as_ref().map(|typed| fit_file(typed.as_deref(), &repository)).transpose()?;
    let mut backtest = measure(arguments, &repository, fit_to.is_some())?;
    if let Some(path) = fit_to {
        write_fit(&mut backtest, &path)?;
    }
    if let Some(path) = &arguments.plot {
        write(path, gains_svg(&backtest).as_bytes())?;
    }
    let to = match &arguments.output {
        Some(path) if path.as_os_str() != "-" => Destination::File(path.clone()),
        _ => Destination::Stdout,
    };
    let is_json =
        matches!(&to, Destination::File(path) if path.extension().is_some_and(|extension| extension == "json"));
    let by_name = if is_json { BacktestFormat::Json } else { BacktestFormat::Table };
    let mut bytes = Vec::new();
    let options = render_options(&to, &arguments.look);
    render_backtest(arguments.format.unwrap_or(by_name), &backtest, &options, &mut bytes).map_err(Cause::Stdout)?;
    match to {
        Destination::Stdout => to_stdout(&bytes),
        Destination::File(path) => write(&path, &bytes),
    }
}

fn measure(arguments: &BacktestArgs, repository: &Repository, fit: bool) -> Result<Backtest, Error> {
    let commit = repository.commit_named("HEAD")?;
    let settings = settings_at(repository, &commit, &config_source(&arguments.source, false))?;
    let cache = (!arguments.cache.no_cache).then(|| Cache::of(repository));
    let history = History::load(
        repository,
        &commit,
        HistoryLimits::default(),
        &settings.rules.history,
        !arguments.cache.no_cache,
    )?;
    let mut store = Store::open(cache, &Store::made_with());
    let signals: Vec<_> = replayed(&settings.rules.score).into_iter().map(|signal| signal.id).collect();
    let span = Span { since: arguments.since.clone(), limit: arguments.limit as usize };
    let bar = Bar::new();
    let replay =
        replay(&arguments.source.repo, &history, &settings.rules, &signals, span, &mut store, &|done, all| {
            bar.show(done, all)
        })?;
    drop(bar);
    if !arguments.cache.no_cache && arguments.since.is_none() {
        let ranks: Vec<f64> = replay.rows.iter().map(|row| row.estimates.of(Trouble::Either).rank()).collect();
        Recent::of(&ranks).keep(&Cache::of(repository), &settings.rules.score);
    }
    let forge = repository.origin().and_then(|address| Forge::of(&address));
    let question = Question {
        history: &history,
        rules: &settings.rules,
        built_in: &ScoreRules::builtin()?,
        labels: arguments.label.labels(),
        forge: forge.as_ref(),
        changes: arguments.changes,
        fit,
    };
    Ok(judge(&question, &replay))
}

/// The file for learned weights; refused where somebody else's work stands.
fn fit_file(typed: Option<&Path>, repository: &Repository) -> Result<PathBuf, Error> {
    let path = match (typed, repository.workdir()) {
        (Some(typed), _) => typed.to_path_buf(),
        (None, Some(root)) => root.join(FIT_FILE),
        (None, None) => {
            let message = "a bare repository has no place for learned weights";
            return Err(Error::usage(message, "Name a file, as in `--fit weights.yaml`."));
        }
    };
    match fs::read_to_string(&path) {
        Ok(text) if !text.starts_with(override_file::FIRST_LINE) => {
            let message = format!("{} was not written by `preflag backtest --fit`", path.display());
            Err(Error::usage(message, "Name another file, or remove this one."))
        }
        Ok(_) => Ok(path),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(path),
        Err(source) => Err(Cause::Read { path, source }.into()),
    }
}

/// Writes learned weights that are better than the built-in ones.
fn write_fit(backtest: &mut Backtest, path: &Path) -> Result<(), Error> {
    let Some(fitted) = &mut backtest.fit else { return Ok(()) };
    let Fit::Tried(trial) = &fitted.outcome else { return Ok(()) };
    if !trial.is_better {
        return Ok(());
    }
    let line = &backtest.line;
    let period = [&line.from, &line.to].map(|day| day.as_deref().unwrap_or("?")).join(" to ");
    let text = override_file::text(fitted, trial, &backtest.signals, &period);
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|source| Cause::Write { path: folder.to_owned(), source })?;
    }
    write(path, text.as_bytes())?;
    fitted.written = Some(path.display().to_string());
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    fs::write(path, bytes).map_err(|source| Cause::Write { path: path.to_owned(), source }.into())
}

/// A progress bar, where somebody looks.
struct Bar(Option<ProgressBar>);

impl Bar {
    fn new() -> Self {
        Self(std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("{bar:30} {pos} of {len} changes, {eta} left");
            if let Ok(style) = style { bar.with_style(style) } else { bar }
        }))
    }

    fn show(&self, done: usize, all: usize) {
        if let Some(bar) = &self.0 {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

//! One run in one repository: which settings hold, which change is meant, and the report about it.
//!
//! Settings come from one side only, the work tree or the base commit (see [`crate::config`] for which). Everything that
//! is read here may be hostile: only regular files, only up to a size, never through a link out of the repository.

use crate::assess::past::Before;
use crate::baseline::Baseline;
use crate::config::{CONFIG_FILES, Config, FailOn, Limits};
use crate::error::{Cause, Error};
use crate::git::change::{ChangeSet, CommitId};
use crate::git::{DiffLimits, GitError, RangeSpec, Repository};
use crate::history::{History, HistoryLimits};
use crate::index::Index;
use crate::report::{Notice, Report};
use crate::rules::{PackText, RuleSet};
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// What a scan is asked for.
#[derive(Debug, Clone)]
pub struct ScanOptions {
    /// The repository, or a folder in it.
    pub repo: PathBuf,
    pub range: RangeSpec,
    pub config: ConfigSource,
    /// Instead of the config's.
    pub fail_on: Option<FailOn>,
    /// Never fail; also where the config does not say so.
    pub report_only: bool,
    /// A file of findings known before.
    pub baseline: Option<PathBuf>,
    /// Put the time that each stage took into the report.
    pub timings: bool,
    /// Read and write what runs remember of the repository, in its git directory.
    pub cache: bool,
    /// Look at the history before the change.
    pub history: bool,
}

/// Where the settings come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigSource {
    /// The repository's, as it stands in the work tree.
    Worktree,
    /// The repository's, as it stands in the base commit.
    Base,
    /// This file; rule packs as with [`ConfigSource::Worktree`], or [`ConfigSource::Base`] if `from_base`.
    File { path: PathBuf, from_base: bool },
    /// The defaults, and only the built-in packs.
    Nothing,
}

/// Settings that were read and fit together.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) config: Config,
    pub(crate) rules: RuleSet,
}

/// No config or pack is larger; the reader of YAML refuses less.
const MAX_BYTES: u64 = 1 << 20;

/// More packs than this in one folder are a mistake.
const MAX_PACKS: usize = 500;

/// Reads the change and the settings and judges the one by the other.
pub fn scan(options: &ScanOptions) -> Result<Report, Error> {
    let repository = Repository::open(&options.repo)?;
    let baseline = options.baseline.as_deref().map(Baseline::read).transpose()?;
    let (settings, mut changes) = settings_and_change(&repository, options)?;
    let index = Index::open(&repository, &changes)?;
    let index = if options.cache { index } else { index.without_cache() };
    let mut notices = settings_edited(&changes, &options.config);
    notices.extend(leave_out_excluded(&mut changes, &settings.config));
    let mut policy = settings.config.policy;
    policy.fail_on = options.fail_on.unwrap_or(policy.fail_on);
    policy.report_only |= options.report_only;
    let history = || before(&repository, options, &changes, &settings.rules);
    let mut report = crate::scan::report(
        &changes,
        &index,
        &crate::scan::Settings {
            rules: &settings.rules,
            config: &settings.config,
            policy,
            baseline: baseline.as_ref(),
            range_name: range_name(&options.range, &changes),
            timings: options.timings,
            history: &history,
        },
    );
    report.notices.extend(notices);
    report.notices.extend(index.notices());
    report.notices.sort();
    Ok(report)
}

/// What was before the change, or why that is not known.
fn before(
    repository: &Repository,
    options: &ScanOptions,
    changes: &ChangeSet,
    rules: &RuleSet,
) -> Result<Before, String> {
    if !options.history {
        return Err("history was not read, as `--no-history` asks".to_owned());
    }
    let tip = changes.merge_base.clone();
    let read = || -> Result<Before, GitError> {
        let makers = repository.people_of(&options.range)?;
        let history = History::load(repository, &tip, HistoryLimits::default(), &rules.history, options.cache)?;
        // What is not committed is taken to be made with the commit that it stands on: the same on every run.
        let seconds = repository.seconds_of(changes.head.as_ref().unwrap_or(&tip))?;
        Ok(Before { history, makers, seconds, tip: tip.clone() })
    };
    match repository.is_before_all(&tip) {
        true => Err("there is no history before this change".to_owned()),
        false => read().map_err(|error| format!("history cannot be read: {error}")),
    }
}

/// The settings of a repository without a change: the work tree's, or those of the file.
pub(crate) fn settings(repo: &Path, source: &ConfigSource) -> Result<Settings, Error> {
    match Repository::open(repo).map(|repository| repository.workdir()) {
        Ok(Some(root)) => load(source, Some(&Side::Worktree(&root))),
        // Outside a repository, or without a work tree, the built-in packs can still be looked at.
        Ok(None) | Err(_) => load(source, None),
    }
}

/// The settings of a repository for a look at one commit: the work tree's; where there is none, the commit's.
pub(crate) fn settings_at(
    repository: &Repository,
    commit: &CommitId,
    source: &ConfigSource,
) -> Result<Settings, Error> {
    match repository.workdir() {
        Some(root) => load(source, Some(&Side::Worktree(&root))),
        None => load(source, Some(&Side::Commit(repository, commit))),
    }
}

fn settings_and_change(repository: &Repository, options: &ScanOptions) -> Result<(Settings, ChangeSet), Error> {
    let root = repository.workdir().filter(|_| !options.config.is_from_base());
    if let Some(root) = root {
        let settings = load(&options.config, Some(&Side::Worktree(&root)))?;
        let changes = repository.change_set(&options.range, &diff_limits(settings.config.limits))?;
        return Ok((settings, changes));
    }
    // The base commit is known only once the range is, and the limits only once the config is.
    let changes = repository.change_set(&options.range, &DiffLimits::default())?;
    let settings = load(&options.config, Some(&Side::Commit(repository, &changes.base)))?;
    let limits = settings.config.limits;
    let same = limits == Limits::default();
    let changes = if same { changes } else { repository.change_set(&options.range, &diff_limits(limits))? };
    Ok((settings, changes))
}

fn diff_limits(limits: Limits) -> DiffLimits {
    DiffLimits { max_file_bytes: limits.max_file_bytes, ..DiffLimits::default() }
}

fn load(source: &ConfigSource, side: Option<&Side<'_>>) -> Result<Settings, Error> {
    let side = side.filter(|_| *source != ConfigSource::Nothing);
    let config = match (source, side) {
        (ConfigSource::File { path, .. }, _) => {
            Config::from_text(&path.display().to_string(), Some(&read_any(path)?)).map_err(Error::from)?
        }
        (_, Some(side)) => side.config()?,
        (_, None) => Config::default(),
    };
    let packs = side.map(|side| side.packs(&config)).transpose()?.unwrap_or_default();
    let rules = RuleSet::load(&config, &packs)?;
    Ok(Settings { config, rules })
}

/// The side of a change that settings are read from.
enum Side<'a> {
    /// The root of the work tree.
    Worktree(&'a Path),
    Commit(&'a Repository, &'a CommitId),
}

impl Side<'_> {
    fn config(&self) -> Result<Config, Error> {
        for name in CONFIG_FILES {
            if let Some(text) = self.read(name)? {
                return Ok(Config::from_text(&self.name(name), Some(&text))?);
            }
        }
        Ok(Config::default())
    }

    fn packs(&self, config: &Config) -> Result<Vec<PackText>, Error> {
        let mut packs = Vec::new();
        for folder in config.pack_folders() {
            for path in self.list(&folder)? {
                if let Some(text) = self.read(&path)? {
                    packs.push(PackText { path: self.name(&path), text });
                }
            }
        }
        Ok(packs)
    }

    /// What errors call a file of this side.
    fn name(&self, path: &str) -> String {
        match self {
            Self::Worktree(_) => path.to_owned(),
            Self::Commit(_, commit) => format!("{}:{path}", &commit.0.get(..12).unwrap_or(&commit.0)),
        }
    }

    fn read(&self, path: &str) -> Result<Option<String>, Error> {
        match self {
            Self::Worktree(root) => read_regular(&root.join(path)),
            Self::Commit(repository, commit) => {
                let bytes = repository.read_file(commit, path)?;
                Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
            }
        }
    }

    /// The YAML files of a folder, in order; none where there is no such folder.
    fn list(&self, folder: &str) -> Result<Vec<String>, Error> {
        let mut paths = match self {
            Self::Worktree(root) => list_folder(root, folder)?,
            Self::Commit(repository, commit) => repository.folder_files(commit, folder)?,
        };
        paths.retain(|path| path.ends_with(".yaml") || path.ends_with(".yml"));
        paths.sort_unstable();
        if paths.len() > MAX_PACKS {
            let message = format!("{folder} holds {} rule packs, and the limit is {MAX_PACKS}", paths.len());
            return Err(Error::usage(message, "Leave out what no scan needs."));
        }
        Ok(paths)
    }
}

fn list_folder(root: &Path, folder: &str) -> Result<Vec<String>, Error> {
    let path = root.join(folder);
    let fail = |source| Error::from(Cause::Read { path: path.clone(), source });
    let entries = match fs::read_dir(&path) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Vec::new()),
        Err(error) => return Err(fail(error)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        if let Some(name) = entry.map_err(fail)?.file_name().to_str() {
            paths.push(format!("{folder}/{name}"));
        }
    }
    Ok(paths)
}

/// Reads a file of the repository; `None` where there is none. A link may lead out of the repository, and a device never
/// ends, so both are refused.
fn read_regular(path: &Path) -> Result<Option<String>, Error> {
    match fs::symlink_metadata(path) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(source) => Err(Cause::Read { path: path.to_owned(), source }.into()),
        Ok(metadata) if metadata.is_dir() => Ok(None),
        Ok(metadata) if !metadata.is_file() => {
            let message = format!("{} is not a regular file", path.display());
            Err(Error::usage(message, "Put a file in its place; links are not followed here."))
        }
        Ok(_) => read_any(path).map(Some),
    }
}

/// Reads a text that the user named, whatever kind of file it is.
pub(crate) fn read_any(path: &Path) -> Result<String, Error> {
    let fail = |source| Error::from(Cause::Read { path: path.to_owned(), source });
    let mut bytes = Vec::new();
    fs::File::open(path).map_err(fail)?.take(MAX_BYTES).read_to_end(&mut bytes).map_err(fail)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

impl ConfigSource {
    fn is_from_base(&self) -> bool {
        matches!(self, Self::Base | Self::File { from_base: true, .. })
    }
}

/// Says so when the change edits settings that it was not judged by.
fn settings_edited(changes: &ChangeSet, source: &ConfigSource) -> Vec<Notice> {
    if !source.is_from_base() {
        return Vec::new();
    }
    let is_config = |path: &str| CONFIG_FILES.contains(&path) && *source == ConfigSource::Base;
    let edited = changes.files.iter().filter(|file| {
        let paths = [Some(&file.path), file.old_path.as_ref()];
        paths.into_iter().flatten().any(|path| is_config(path.as_str()) || path.as_str().starts_with(".preflag/rules/"))
    });
    let reason = "This change edits the settings of preflag; it was judged by those of the base commit.";
    edited.map(|file| Notice { path: Some(file.path.clone()), reason: reason.to_owned() }).collect()
}

/// Drops the files that the config excludes, and says how many.
fn leave_out_excluded(changes: &mut ChangeSet, config: &Config) -> Option<Notice> {
    let before = changes.files.len();
    changes.files.retain(|file| !config.excludes(file.path.as_str()));
    let (count, noun) = match before - changes.files.len() {
        0 => return None,
        1 => (1, "file"),
        count => (count, "files"),
    };
    let reason = format!("{count} changed {noun} not looked at: `exclude` in {} says so.", config.name);
    Some(Notice { path: None, reason })
}

/// The range as the report calls it.
fn range_name(range: &RangeSpec, changes: &ChangeSet) -> String {
    match range {
        RangeSpec::Revisions(typed) => typed.clone(),
        RangeSpec::Staged => "index".to_owned(),
        RangeSpec::Worktree => "worktree".to_owned(),
        RangeSpec::Default => format!("{}..HEAD", changes.base.0.get(..12).unwrap_or(&changes.base.0)),
    }
}

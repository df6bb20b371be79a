//! `preflag flags`: the flags of a whole tree as a list.

use super::{config_source, render_options, to_stdout};
use crate::cli::{Destination, FlagsArgs};
use crate::error::{Cause, Error};
use crate::git::change::ChangeSet;
use crate::git::{DiffLimits, RangeSpec, Repository};
use crate::index::Index;
use crate::inventory::{Inventory, Request, take};
use crate::render::{InventoryFormat, render_inventory};
use crate::report::Notice;
use crate::session::settings_at;
use crate::terms::Side;
use std::fs;
use std::path::{Component, Path};

pub(super) fn run(arguments: &FlagsArgs) -> Result<(), Error> {
    let inventory = inventory(arguments)?;
    let to = match &arguments.output {
        Some(path) if path.as_os_str() != "-" => Destination::File(path.clone()),
        _ => Destination::Stdout,
    };
    let format = arguments.format.unwrap_or_else(|| format_of(&to));
    let mut bytes = Vec::new();
    render_inventory(format, &inventory, &render_options(&to, &arguments.look), &mut bytes).map_err(Cause::Stdout)?;
    match to {
        Destination::Stdout => to_stdout(&bytes),
        Destination::File(path) => fs::write(&path, bytes).map_err(|source| Cause::Write { path, source }.into()),
    }
}

fn inventory(arguments: &FlagsArgs) -> Result<Inventory, Error> {
    let repository = Repository::open(&arguments.source.repo)?;
    let commit = repository.commit_named(&arguments.at)?;
    let settings = settings_at(&repository, &commit, &config_source(&arguments.source, false))?;
    let changes = match arguments.worktree {
        true => {
            let limits = DiffLimits { max_file_bytes: settings.config.limits.max_file_bytes, ..DiffLimits::default() };
            repository.change_set(&RangeSpec::Worktree, &limits)?
        }
        false => ChangeSet::none(&commit),
    };
    let index = Index::open(&repository, &changes)?;
    let index = if arguments.cache.no_cache { index.without_cache() } else { index };
    let tree = index.tree(Side::New);
    let paths = paths(arguments, &repository)?;
    for path in &paths {
        let below = format!("{path}/");
        if !path.is_empty() && !tree.paths().any(|file| file == path || file.starts_with(&below)) {
            let hint = "Name files and folders as they are called in that commit.";
            return Err(Error::usage(format!("there is no file at or below `{path}`"), hint));
        }
    }
    let request = Request {
        rules: &settings.rules,
        config: &settings.config,
        name: if arguments.worktree { "worktree".to_owned() } else { arguments.at.clone() },
        commit,
        paths: paths.into_iter().filter(|path| !path.is_empty()).collect(),
        tests: arguments.tests,
        max_commits: if arguments.no_history { 0 } else { arguments.max_commits as usize },
    };
    let mut inventory = take(tree, &repository, request);
    let of_change = changes.notices.into_iter().map(|notice| Notice { path: notice.path, reason: notice.reason });
    inventory.notices.extend(of_change);
    inventory.notices.extend(index.notices());
    inventory.notices.sort();
    Ok(inventory)
}

/// The paths as they are called from the root. What was typed is looked for from the current folder, where that is in the
/// work tree, else from the root.
fn paths(arguments: &FlagsArgs, repository: &Repository) -> Result<Vec<String>, Error> {
    let one = |typed: &std::path::PathBuf| path_from_root(typed, repository);
    let mut paths = arguments.paths.iter().map(one).collect::<Result<Vec<String>, Error>>()?;
    paths.sort();
    paths.dedup();
    // Everything is below the root.
    Ok(if paths.first().is_some_and(String::is_empty) { Vec::new() } else { paths })
}

/// What was typed, as it is called from the root: from the current folder, where that is in the work tree, else from the root.
pub(super) fn path_from_root(typed: &Path, repository: &Repository) -> Result<String, Error> {
    let root = repository.workdir().and_then(|root| root.canonicalize().ok());
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
    let folder = root.as_ref().zip(here).and_then(|(root, here)| here.strip_prefix(root).map(Path::to_path_buf).ok());
    let path = match (typed.is_absolute(), &root) {
        (true, Some(root)) => typed.strip_prefix(root).map_or_else(|_| typed.to_path_buf(), Path::to_path_buf),
        _ => folder.unwrap_or_default().join(typed),
    };
    from_root(&path).ok_or_else(|| {
        let message = format!("`{}` is not a path of the repository", typed.display());
        Error::usage(message, "Write it from the current folder, or from the repository's root.")
    })
}

/// The path with `/` and without `.` and `..`; `None` where it leads out.
pub(super) fn from_root(path: &Path) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => names.push(name.to_str()?),
            Component::CurDir => {}
            Component::ParentDir => {
                names.pop()?;
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(names.join("/"))
}

/// The format that the name of the output speaks of.
fn format_of(to: &Destination) -> InventoryFormat {
    let Destination::File(file) = to else { return InventoryFormat::Table };
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("json") => InventoryFormat::Json,
        Some("csv") => InventoryFormat::Csv,
        _ => InventoryFormat::Table,
    }
}

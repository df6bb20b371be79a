//! `preflag explain`: why a line is behind a flag, or why not.

use super::{config_source, flags, render_options, to_stdout};
use crate::cli::{Destination, ExplainArgs};
use crate::error::{Cause, Error};
use crate::explain::{Explanation, Question, explain};
use crate::git::change::ChangeSet;
use crate::git::{DiffLimits, RangeSpec, Repository};
use crate::index::{Index, Tree};
use crate::inventory::TreeName;
use crate::location::RepoPath;
use crate::project::Project;
use crate::render::render_explanation;
use crate::report::Notice;
use crate::session::settings_at;
use crate::terms::Side;
use std::path::Path;

pub(super) fn run(arguments: &ExplainArgs) -> Result<(), Error> {
    let explanation = explanation(arguments)?;
    let mut bytes = Vec::new();
    let options = render_options(&Destination::Stdout, &arguments.look);
    render_explanation(arguments.format, &explanation, &options, &mut bytes).map_err(Cause::Stdout)?;
    to_stdout(&bytes)
}

fn explanation(arguments: &ExplainArgs) -> Result<Explanation, Error> {
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
    let (path, line) = spot(arguments, &repository, tree)?;
    let name = if arguments.worktree { "worktree".to_owned() } else { arguments.at.clone() };
    let question = Question {
        rules: &settings.rules,
        config: &settings.config,
        tree: TreeName { name, commit: commit.0 },
        path,
        line,
    };
    let mut project = Project::new(tree, &settings.rules);
    let mut explanation = explain(&mut project, question)?;
    explanation
        .notices
        .extend(changes.notices.into_iter().map(|notice| Notice { path: notice.path, reason: notice.reason }));
    explanation.notices.extend(index.notices());
    explanation.notices.sort();
    Ok(explanation)
}

/// The file and line that are meant, the file as it is called from the root: what was typed, from the current folder or from
/// the root, and with a column behind the line.
fn spot(arguments: &ExplainArgs, repository: &Repository, tree: Tree<'_>) -> Result<(RepoPath, u32), Error> {
    let spot = &arguments.spot;
    let first = flags::path_from_root(&spot.path, repository);
    let readings = std::iter::once((spot.path.as_path(), spot.line))
        .chain(spot.with_column.as_ref().map(|(path, line)| (path.as_path(), *line)));
    for (path, line) in readings {
        let from_here = flags::path_from_root(path, repository).ok();
        let from_root = flags::from_root(path);
        let with_slashes = path.to_str().map(|path| path.replace('\\', "/"));
        let with_slashes = with_slashes.and_then(|path| flags::from_root(Path::new(&path)));
        let candidates = [from_here, from_root, with_slashes].into_iter().flatten();
        if let Some(found) = candidates.into_iter().find(|path| tree.contains(path)) {
            return Ok((RepoPath::new(found), line));
        }
    }
    Ok((RepoPath::new(first?), spot.line))
}

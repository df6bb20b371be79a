//! Which files may know a wrapper, before any of them is parsed: those that mention its name and import what declares it,
//! directly or through a file that may pass it on.
//!
//! A name such as `get` stands in half of a repository; what a file imports tells the few that may mean this one.

use super::Project;
use crate::detect::wrapper::Wrapper;
use crate::index::Tree;
use crate::location::RepoPath;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// A name that so few files mention is looked for in all of them.
const FEW: usize = 24;

/// Files that may pass on one wrapper; more are not followed.
const MAX_PASSING: usize = 64;

/// The files that may use a wrapper.
#[derive(Debug, Default)]
pub(crate) struct Users {
    pub(crate) files: Vec<RepoPath>,
    /// Not all were found: too many files may pass the wrapper on.
    pub(crate) is_cut: bool,
}

impl Project<'_> {
    /// The wrappers that loaded files declare.
    pub(crate) fn wrappers(&self) -> impl Iterator<Item = &Wrapper> {
        self.files.values().flat_map(|file| &file.declared).map(|declared| &declared.wrapper)
    }

    /// The last names of the wrappers that loaded files declare.
    pub(crate) fn wrapper_names(&self) -> BTreeSet<&str> {
        self.wrappers().map(|wrapper| wrapper.name.rsplit('.').next().unwrap_or(&wrapper.name)).collect()
    }

    /// The files that may use a wrapper, in order.
    pub(crate) fn users_of(&self, wrapper: &Wrapper) -> Users {
        let tree = self.tree;
        let (owner, name) = wrapper
            .name
            .rsplit_once('.')
            .map_or((None, wrapper.name.as_str()), |(owner, name)| (owner.rsplit('.').next(), name));
        let mentions = match name {
            // Who imports it, gives it a name.
            "default" => tree.importers(&wrapper.path).to_vec(),
            _ => tree.mentioning(&[name]),
        };
        if mentions.len() <= FEW {
            return Users { files: mentions, is_cut: false };
        }
        let (passing, is_cut) = passing(tree, &wrapper.path, owner);
        let knows = |path: &RepoPath| {
            passing.contains(path) || tree.imported_files(path).iter().any(|imported| passing.contains(imported))
        };
        Users { files: mentions.into_par_iter().filter(knows).collect(), is_cut }
    }
}

/// The files from which one may import what a file declares, and whether there may be more: the file itself, packages that
/// pass it on, and files that may hold an instance of its class.
fn passing(tree: Tree<'_>, declaring: &RepoPath, class: Option<&str>) -> (BTreeSet<RepoPath>, bool) {
    let mut passing = BTreeSet::from([declaring.clone()]);
    let mut open = vec![declaring.clone()];
    let users: Vec<RepoPath> = class.map(|class| tree.mentioning(&[class])).unwrap_or_default();
    while let Some(file) = open.pop() {
        let importers = tree.importers(&file);
        let packages = importers.iter().filter(|path| is_package(path));
        let candidates: Vec<&RepoPath> = packages
            .chain(&users)
            .filter(|path| !passing.contains(*path))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let imports = |path: &&&RepoPath| tree.imported_files(path).contains(&file);
        let found: Vec<RepoPath> = candidates.par_iter().filter(imports).map(|path| (*path).clone()).collect();
        if passing.len() + found.len() > MAX_PASSING {
            return (passing, true);
        }
        open.extend(found.iter().cloned());
        passing.extend(found);
    }
    (passing, false)
}

/// `index.ts`, `__init__.py`.
pub(super) fn is_package(path: &RepoPath) -> bool {
    matches!(path.file_name().split('.').next(), Some("index" | "__init__"))
}

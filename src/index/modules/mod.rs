//! What an import path leads to, and what a name stands for through imports, re-exports and barrels.

use super::Tree;
use crate::location::RepoPath;
use crate::syntax::SourceFile;
use crate::syntax::facts::NodeId;

/// What a name of one file stands for in another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Declaration {
    pub(crate) path: RepoPath,
    /// The function, class, binding or destructured name at module level; the module itself for a namespace.
    pub(crate) node: NodeId,
    /// Its name there.
    pub(crate) name: String,
    /// Members that were asked for beyond the declaration, outermost first: `NEW_TAX`, `key` of `FLAGS.NEW_TAX.key`.
    pub(crate) rest: Vec<String>,
}

impl Tree<'_> {
    /// The file that an import of this module path, written in that file, leads to; `None` outside the repository.
    pub(crate) fn resolve(&self, _from: &RepoPath, _module: &str) -> Option<RepoPath> {
        None
    }

    /// The declaration that a dotted name (`FLAGS.NEW_TAX.key`), written in this file, leads to.
    ///
    /// `None` when it leads out of the repository, is declared inside a function, or when nobody can tell.
    pub(crate) fn declaration(&self, _file: &SourceFile, _dotted: &str) -> Option<Declaration> {
        None
    }

    /// What a module exports under a name (`default` for the default export).
    pub(crate) fn exported(&self, _module: &RepoPath, _name: &str) -> Option<Declaration> {
        None
    }
}

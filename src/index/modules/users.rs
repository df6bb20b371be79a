//! The imports of a file, and under which names it knows a declaration of another one.

use super::super::Tree;
use super::Target;
use super::surface::What;
use crate::location::RepoPath;
use crate::syntax::SourceFile;
use crate::syntax::facts::NodeId;

/// One name of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Imported {
    /// As written.
    pub(crate) module: String,
    pub(crate) target: Target,
    /// The name that the file knows it by; dotted for Python's `import a.b`.
    pub(crate) local: Option<String>,
    /// The name that the file passes it on by: `export { a as b } from`.
    pub(crate) exported: Option<String>,
    pub(crate) what: What,
    /// The name, or the call of a dynamic import.
    pub(crate) node: NodeId,
}

/// A name that a file knows a declaration by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LocalName {
    /// Dotted for a member of a namespace.
    pub(crate) name: String,
    /// The import, or the declaration itself in its own file.
    pub(crate) node: NodeId,
}

/// How far a file knows a declaration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// In source order.
    pub(crate) names: Vec<LocalName>,
    /// The names under which it passes the declaration on to its own importers, in order.
    pub(crate) passed_on: Vec<String>,
    /// Imports that may give the declaration without a name that can be looked for, or that nobody can tell about.
    pub(crate) unsure: Vec<NodeId>,
}

impl Tree<'_> {
    /// Every import of a file, in source order, those inside functions too.
    pub(crate) fn imports(&self, user: &SourceFile) -> Vec<Imported> {
        let Some(surface) = self.surface(user) else { return Vec::new() };
        let imported = surface.imports.iter().map(|import| Imported {
            module: import.module.clone(),
            target: self.target(&user.path, &import.module),
            local: import.local.clone(),
            exported: import.exported.clone(),
            what: import.what.clone(),
            node: import.node,
        });
        let mut imported: Vec<Imported> = imported.collect();
        imported.sort_by_key(|import| import.node);
        imported
    }

    /// How a file knows a declaration at the module level of another one.
    pub(crate) fn names_of(&self, _path: &RepoPath, _name: &str, _user: &SourceFile) -> Known {
        Known::default()
    }
}

//! What an import path leads to, and what a name stands for through imports, re-exports and barrels.
//!
//! Both are told by syntax and file names alone; nothing is executed or installed. Whatever two answers fit equally well has
//! none here: a wrong answer is worse than no answer.
//!
//! - [`layout`]: tables over the paths of a tree, made once.
//! - [`paths`]: module paths of JavaScript and TypeScript, with the settings of [`settings`].
//! - [`python`]: module paths of Python.
//! - [`surface`]: what one file imports, binds and exports; [`scopes`] says which names shadow which.
//! - [`names`]: a name through imports and re-exports to its declaration.
//! - [`users`]: the other way round: under which names a file knows a declaration.
//! - [`hints`]: which files may import a module at all; [`reach`]: which do, by their texts, from importer to importer.

mod hints;
mod layout;
mod names;
mod paths;
mod python;
mod reach;
mod scopes;
mod settings;
mod surface;
#[cfg(test)]
mod tests;
mod users;

use super::Tree;
use crate::location::RepoPath;
use crate::syntax::SourceFile;
use crate::syntax::facts::NodeId;
use crate::terms::Side;
pub(crate) use hints::{may_import, module_paths, stem as without_ending};
use layout::Layout;
use settings::CompilerPaths;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
pub(crate) use surface::What;
use surface::{Export, Surface};
pub(crate) use users::Imported;

/// What a name of one file stands for in another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Declaration {
    pub(crate) path: RepoPath,
    /// The function, class, binding or destructured name at module level; the module itself for a namespace; the
    /// expression for what is exported without a name of its own (`export default {..}`, `exports.x = ..`).
    pub(crate) node: NodeId,
    /// Its name there; `default` for a default export without a name, `*` for a namespace.
    pub(crate) name: String,
    /// Members that were asked for beyond the declaration, outermost first: `NEW_TAX`, `key` of `FLAGS.NEW_TAX.key`.
    pub(crate) rest: Vec<String>,
}

/// What an import path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    File(RepoPath),
    /// A package that is not of this repository.
    Outside,
    /// It may well lead into the repository, but nobody can tell where: generated, ambiguous, or set up in code.
    Unknown,
}

impl Target {
    pub(crate) fn path(&self) -> Option<&RepoPath> {
        match self {
            Self::File(path) => Some(path),
            Self::Outside | Self::Unknown => None,
        }
    }
}

/// What was found out about modules already; lives as long as the index.
#[derive(Default)]
pub(super) struct Memo {
    old: SideMemo,
    new: SideMemo,
    /// By path; a path may have a text on each side.
    surfaces: Mutex<HashMap<String, Vec<Arc<Surface>>>>,
}

/// The text of a module, and whether it passes on others as a whole.
type StarText = (Arc<str>, bool);

#[derive(Default)]
struct SideMemo {
    layout: OnceLock<Layout>,
    /// The compiler's settings of a folder.
    compiler: Mutex<HashMap<String, Option<Arc<CompilerPaths>>>>,
    /// By the folder of the importing file (with its family of languages) and the module path.
    targets: Mutex<HashMap<(Family, String, String), Target>>,
    /// By module and name.
    exported: Mutex<HashMap<(String, String), names::Answer>>,
    /// The files that may import a module.
    importers: Mutex<HashMap<String, Arc<Vec<RepoPath>>>>,
    /// The files that a file's module paths lead to.
    imported_files: Mutex<HashMap<String, Arc<BTreeSet<RepoPath>>>>,
    /// Whether a file has a module path of dots alone.
    goes_up: Mutex<HashMap<String, bool>>,
    /// The texts of modules that others pass on as a whole, and whether they pass on others themselves.
    star_texts: Mutex<HashMap<String, Option<StarText>>>,
    /// The names that a name is imported or exported as, with itself.
    renamed: Mutex<HashMap<String, Arc<BTreeSet<String>>>>,
}

/// Languages whose modules see each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Family {
    Script,
    Python,
}

impl Family {
    /// By the extension of a file; `None` for what has no modules.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let (_, extension) = path.rsplit_once('.')?;
        match extension {
            "py" | "pyi" => Some(Self::Python),
            _ if paths::EXTENSIONS.iter().any(|known| known.rsplit('.').next() == Some(extension)) => {
                Some(Self::Script)
            }
            "vue" | "svelte" | "astro" | "mdx" => Some(Self::Script),
            _ => None,
        }
    }
}

impl<'i> Tree<'i> {
    /// The file that an import of this module path, written in that file, leads to; `None` outside the repository.
    pub(crate) fn resolve(&self, from: &RepoPath, module: &str) -> Option<RepoPath> {
        match self.target(from, module) {
            Target::File(path) => Some(path),
            Target::Outside | Target::Unknown => None,
        }
    }

    /// What an import of this module path, written in that file, leads to.
    pub(crate) fn target(&self, from: &RepoPath, module: &str) -> Target {
        let Some(family) = Family::of(from.as_str()) else { return Target::Unknown };
        let folder = layout::folder(from.as_str());
        let key = (family, folder.to_owned(), module.to_owned());
        let memo = self.memo();
        if let Some(known) = lock(&memo.targets).get(&key) {
            return known.clone();
        }
        let target = match family {
            Family::Script => paths::target(*self, folder, module),
            Family::Python => python::target(*self, folder, module),
        };
        lock(&memo.targets).insert(key, target.clone());
        target
    }

    /// The declaration that a dotted name (`FLAGS.NEW_TAX.key`) leads to, wherever in this file it is written.
    ///
    /// `None` when it leads out of the repository, is declared inside a function, or when nobody can tell; also when
    /// a function of the file has something else of that name: [`Tree::declaration_at`] tells more.
    pub(crate) fn declaration(&self, file: &SourceFile, dotted: &str) -> Option<Declaration> {
        names::declaration(*self, file, None, dotted)
    }

    /// The declaration that a dotted name leads to at a place of this file.
    pub(crate) fn declaration_at(&self, file: &SourceFile, at: NodeId, dotted: &str) -> Option<Declaration> {
        names::declaration(*self, file, Some(at), dotted)
    }

    /// What a module exports under a name (`default` for the default export).
    pub(crate) fn exported(&self, module: &RepoPath, name: &str) -> Option<Declaration> {
        names::exported(*self, module, name)
    }

    /// Whether what a file declares at its top under this name stays in the file: a module of JavaScript gives others only what
    /// it exports.
    pub(crate) fn is_private(&self, file: &SourceFile, name: &str, node: NodeId) -> bool {
        let (Some(surface), Some(facts)) = (self.surface(file), file.facts()) else { return false };
        let is_in = |at: NodeId, around: NodeId| around <= at && at <= facts.node(around).last;
        let is_given = |export: &Export| match export {
            Export::Local(local) => local == name,
            Export::Node(at, own) => own == name || is_in(*at, node) || is_in(node, *at),
            Export::Import(_) => false,
        };
        let exports = || surface.exports.values().flatten().chain(&surface.whole);
        let is_module = exports().next().is_some() || !surface.imports.is_empty();
        surface.family == Family::Script
            && is_module
            && !surface.is_open
            && !matches!(name, "" | "default")
            && !exports().any(is_given)
    }

    /// The text of a module that others pass on as a whole: it is asked for with every name.
    fn star_text(&self, module: &RepoPath) -> Option<(Arc<str>, bool)> {
        let texts = &self.memo().star_texts;
        if let Some(known) = lock(texts).get(module.as_str()) {
            return known.clone();
        }
        const STARS: [&str; 5] = ["export *", "export*", "import *", "import*", "exports ="];
        let text = self.text(module.as_str());
        let text = text.map(|text| (Arc::clone(&text), STARS.iter().any(|star| text.contains(star))));
        lock(texts).insert(module.as_str().to_owned(), text.clone());
        text
    }

    fn memo(&self) -> &'i SideMemo {
        match self.side {
            Side::Old => &self.index.modules.old,
            Side::New => &self.index.modules.new,
        }
    }

    fn layout(&self) -> &'i Layout {
        self.memo().layout.get_or_init(|| Layout::new(*self))
    }

    /// What this file imports, binds and exports; `None` where there are no facts.
    fn surface(&self, file: &SourceFile) -> Option<Arc<Surface>> {
        let surfaces = &self.index.modules.surfaces;
        let path = file.path.as_str();
        if let Some(known) = lock(surfaces).get(path).and_then(|all| all.iter().find(|one| one.is_of(file))) {
            return Some(Arc::clone(known));
        }
        let surface = Arc::new(Surface::new(file, Family::of(path)?)?);
        lock(surfaces).entry(path.to_owned()).or_default().push(Arc::clone(&surface));
        Some(surface)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // What a panicking thread left behind is whole: every change is one insertion.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! The imports of a file, and under which names it knows a declaration of another one.

use super::super::Tree;
use super::hints::{self, words_of};
use super::layout::folder;
use super::names::{Unclear, Walk, is_package};
use super::surface::{Import, Surface, What};
use super::{Declaration, Family, Target};
use crate::location::RepoPath;
use crate::syntax::SourceFile;
use crate::syntax::facts::NodeId;

/// Modules that are passed on by modules are not looked into deeper than this.
const MAX_NESTING: usize = 12;

/// Namespaces within namespaces are not looked into deeper than this: in Python, everything reaches everything.
const MAX_NAMESPACES: usize = 2;

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

    /// How a file knows a declaration at the module level of another one, or of its own.
    ///
    /// Rather a name too many than one too few: who asks wants every place that may use the declaration.
    pub(crate) fn names_of(&self, path: &RepoPath, name: &str, user: &SourceFile) -> Known {
        let Some(surface) = self.surface(user) else { return Known::default() };
        if Family::of(path.as_str()) != Some(surface.family) {
            return Known::default();
        }
        let mut search = Search { tree: *self, path, name, open: Vec::new(), namespaces: 0 };
        let mut known = Known::default();
        if user.path == *path {
            let own = surface.scopes.of_module(surface.family, name);
            known.names.extend(own.iter().map(|binder| LocalName { name: name.to_owned(), node: binder.node }));
        }
        for import in &surface.imports {
            search.import(user, import, &mut known);
        }
        if user.path != *path {
            known.passed_on = search.known_as(&user.path);
        }
        known.names.sort_by(|a, b| (a.node, &a.name).cmp(&(b.node, &b.name)));
        known.names.dedup();
        known.passed_on.sort_unstable();
        known.passed_on.dedup();
        known.unsure.sort_unstable();
        known.unsure.dedup();
        known
    }
}

impl Tree<'_> {
    /// The names under which a file hands out a declaration at its top: `export { show as showTax }`.
    pub(crate) fn handed_out_as(&self, path: &RepoPath, name: &str) -> Vec<String> {
        Search { tree: *self, path, name, open: Vec::new(), namespaces: 0 }.known_as(path)
    }
}

/// A search for one declaration in what modules give.
struct Search<'t> {
    tree: Tree<'t>,
    path: &'t RepoPath,
    name: &'t str,
    /// The modules that are being looked through.
    open: Vec<RepoPath>,
    /// The namespaces that lead to the innermost of them.
    namespaces: usize,
}

impl Search<'_> {
    /// Adds what one import gives of the declaration.
    fn import(&mut self, user: &SourceFile, import: &Import, known: &mut Known) {
        // What is only passed on has no name in this file.
        let is_star = import.what == What::Star && Family::of(user.path.as_str()) == Some(Family::Script);
        if import.exported.is_some() || is_star || import.what == What::SideEffect {
            return;
        }
        let target = self.tree.target(&user.path, &import.module);
        if target == Target::Outside {
            return;
        }
        let put = |names: Vec<String>, known: &mut Known| {
            known.names.extend(names.into_iter().map(|name| LocalName { name, node: import.node }));
        };
        match (&import.what, &target, &import.local) {
            (What::Named(_) | What::Default, _, Some(local)) => {
                match Walk::new(self.tree).through(&user.path, import, &[]) {
                    Ok(found) => put(self.as_member(found, local), known),
                    Err(Unclear) if self.is_plausible(import) => known.unsure.push(import.node),
                    Err(Unclear) => {}
                }
            }
            (What::Namespace, _, Some(local)) if local.contains('.') => {
                for (end, _) in local.match_indices('.').chain([(local.len(), "")]) {
                    if let Target::File(module) = self.tree.target(&user.path, &local[..end]) {
                        put(self.members(&module, &local[..end]), known);
                    }
                }
            }
            (What::Namespace, Target::File(module), Some(local)) => put(self.members(module, local), known),
            (What::Star, Target::File(module), _) => {
                put(self.known_as(module).into_iter().filter(|name| self.is_starred(module, name)).collect(), known);
            }
            (What::Dynamic, Target::File(module), Some(local)) => {
                let names = self.known_as(module);
                let facts = user.facts().map(|facts| facts.node(import.around).span.text(&user.text));
                let written =
                    |name: &String| name == "default" || facts.is_some_and(|text| text.contains(name.as_str()));
                if names.iter().any(written) {
                    put(vec![local.clone()], known);
                } else if !names.is_empty() {
                    known.unsure.push(import.node);
                }
            }
            (_, Target::File(module), _) if !self.known_as(module).is_empty() => known.unsure.push(import.node),
            (_, Target::File(_), _) => {}
            _ if self.is_plausible(import) => known.unsure.push(import.node),
            _ => {}
        }
    }

    /// The names of a declaration, or of what a module gives, that a file knows as `local`.
    fn as_member(&mut self, found: Option<Declaration>, local: &str) -> Vec<String> {
        match found {
            Some(found) if self.is_it(&found) => vec![local.to_owned()],
            Some(found) if is_module(&found) && self.namespaces < MAX_NAMESPACES => {
                self.namespaces += 1;
                let names = self.members(&found.path, local);
                self.namespaces -= 1;
                names
            }
            _ => Vec::new(),
        }
    }

    fn members(&mut self, module: &RepoPath, local: &str) -> Vec<String> {
        let member = |name: String| if name.is_empty() { local.to_owned() } else { format!("{local}.{name}") };
        self.known_as(module).into_iter().map(member).collect()
    }

    fn is_it(&self, found: &Declaration) -> bool {
        found.path == *self.path && found.name == self.name && found.rest.is_empty()
    }

    /// The names under which a module gives the declaration: dotted through namespaces, empty for the module itself.
    fn known_as(&mut self, module: &RepoPath) -> Vec<String> {
        if self.open.len() >= MAX_NESTING || self.open.contains(module) {
            return Vec::new();
        }
        // What the file itself imports is looked into in any case: a module may pass on a namespace whose names it never says.
        if !self.open.is_empty() && !self.may_give(module) {
            return Vec::new();
        }
        let Some(surface) = self.tree.source(module.as_str()).and_then(|file| self.tree.surface(&file)) else {
            return Vec::new();
        };
        self.open.push(module.clone());
        let mut names = match surface.family {
            Family::Script => self.known_as_export(module, &surface),
            Family::Python => self.known_as_binding(module, &surface),
        };
        for &star in &surface.stars {
            let Target::File(target) = self.tree.target(module, &surface.imports[star].module) else { continue };
            let given = self.known_as(&target);
            names.extend(given.into_iter().filter(|name| self.is_starred(&target, name)));
        }
        self.open.pop();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn known_as_export(&mut self, module: &RepoPath, surface: &Surface) -> Vec<String> {
        let mut names = Vec::new();
        for key in surface.exports.keys() {
            let found = self.tree.exported(module, key);
            names.extend(self.as_member(found, key));
        }
        if !surface.whole.is_empty()
            && let Ok(Some(found)) = Walk::new(self.tree).export(module, &[])
        {
            if self.is_it(&found) {
                names.push(String::new());
            } else if is_module(&found) {
                names.extend(self.known_as(&found.path));
            }
        }
        names
    }

    fn known_as_binding(&mut self, module: &RepoPath, surface: &Surface) -> Vec<String> {
        let mut names = Vec::new();
        if module == self.path && !surface.scopes.of_module(surface.family, self.name).is_empty() {
            names.push(self.name.to_owned());
        }
        let renamed = self.tree.renamed(self.name);
        let walk = Walk::new(self.tree);
        for import in &surface.imports {
            let Some(local) = import.local.as_deref().filter(|local| !local.contains('.')) else { continue };
            let leads_on = match &import.what {
                // Following every import of every module would read the whole repository.
                What::Named(name) => renamed.contains(name) || walk.submodule(module, &import.module, name).is_some(),
                What::Namespace => true,
                _ => false,
            };
            let is_bound = surface.scopes.of_module(surface.family, local);
            if leads_on && is_bound.iter().any(|binder| binder.node == import.node) {
                let found = Walk::new(self.tree).through(module, import, &[]).ok().flatten();
                names.extend(self.as_member(found, local));
            }
        }
        // Whoever has a package may have its modules too.
        let inside = is_package(module).then(|| inside(folder(module.as_str()), self.path.as_str())).flatten();
        names.extend(inside.map(|inside| format!("{inside}.{}", self.name)));
        names
    }

    /// Whether a module can give the declaration as far as its text goes.
    fn may_give(&self, module: &RepoPath) -> bool {
        if module == self.path {
            return true;
        }
        // A namespace is passed on without the names in it.
        let mut names = hints::stem_words(self.path.as_str());
        names.extend(self.tree.renamed(self.name).iter().cloned());
        let walk = Walk::new(self.tree);
        names.iter().any(|name| walk.may_export(module, name))
    }

    fn is_starred(&self, module: &RepoPath, name: &str) -> bool {
        let surface = self.tree.source(module.as_str()).and_then(|file| self.tree.surface(&file));
        surface.is_some_and(|surface| surface.gives_star(name.split('.').next().unwrap_or(name)))
    }

    /// Whether an import that nobody can follow may be one of the declaration.
    fn is_plausible(&self, import: &Import) -> bool {
        let is_named = matches!(&import.what, What::Named(name) if self.tree.renamed(self.name).contains(name));
        if is_asset(&import.module) {
            return false;
        }
        let words: Vec<&str> = words_of(&import.module).collect();
        is_named || hints::stem_words(self.path.as_str()).iter().all(|word| words.contains(&word.as_str()))
    }
}

/// `./Page.module.scss`: what a bundler makes of a file that is no code.
fn is_asset(module: &str) -> bool {
    let extension = module.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, extension)| extension);
    matches!(
        extension,
        Some(
            "css"
                | "scss"
                | "sass"
                | "less"
                | "styl"
                | "svg"
                | "png"
                | "jpg"
                | "jpeg"
                | "gif"
                | "webp"
                | "json"
                | "md"
                | "html"
                | "txt"
                | "graphql"
                | "gql"
                | "wasm"
        )
    )
}

fn is_module(found: &Declaration) -> bool {
    found.node == NodeId::MODULE && found.rest.is_empty()
}

/// `b.c` for the module `a/b/c.py` in the folder `a`.
fn inside(folder: &str, path: &str) -> Option<String> {
    let path = path.strip_prefix(folder)?.trim_start_matches('/');
    let stem = path.strip_suffix(".py").or_else(|| path.strip_suffix(".pyi"))?;
    let stem = stem.strip_suffix("/__init__").unwrap_or(stem);
    (!stem.is_empty() && stem != "__init__").then(|| stem.replace('/', "."))
}

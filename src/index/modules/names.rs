//! A name, followed through imports and re-exports to its declaration.
//!
//! Not here: what the declaration's value is. `const a = b` is the declaration of `a`, whatever `b` may be.

use super::super::Tree;
use super::scopes::{Binder, Kind};
use super::surface::{Export, Import, Surface, What};
use super::{Declaration, Family, Target, lock};
use crate::location::RepoPath;
use crate::syntax::SourceFile;
use crate::syntax::facts::NodeId;
use std::collections::HashSet;
use std::sync::Arc;

/// More modules are not looked through for one name.
const MAX_STEPS: usize = 2_000;

/// Longer chains of re-exports are not followed.
const MAX_DEPTH: usize = 40;

/// The name of a declaration that is a whole module.
pub(super) const MODULE_NAME: &str = "*";

/// Nobody can tell what the name stands for, or it leads out of the repository.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unclear;

/// `None`: there is no such name.
pub(super) type Answer = Result<Option<Declaration>, Unclear>;

/// The declaration that a dotted name of a file leads to, at a place or wherever it is written.
pub(super) fn declaration(tree: Tree<'_>, file: &SourceFile, at: Option<NodeId>, dotted: &str) -> Option<Declaration> {
    let surface = tree.surface(file)?;
    let facts = file.facts()?;
    let segments: Vec<&str> = dotted.split('.').collect();
    let name = *segments.first().filter(|name| !name.is_empty())?;
    let mut binders = match at {
        Some(at) => surface.scopes.visible(facts, name, at),
        None => surface.scopes.all(facts, name),
    };
    // What is left of the module's own bindings where a later one replaces the others.
    if binders.iter().all(|binder| binder.scope == NodeId::MODULE) {
        binders = last_function(binders);
    }
    let mut walk = Walk::new(tree);
    let found = match walk.local(&file.path, &surface, &binders, &segments) {
        Ok(None) => walk.star_local(&file.path, &surface, &segments),
        found => found,
    };
    found.ok().flatten()
}

/// What a module exports under a name.
pub(super) fn exported(tree: Tree<'_>, module: &RepoPath, name: &str) -> Option<Declaration> {
    Walk::new(tree).export(module, &[name]).ok().flatten()
}

/// One search; it remembers where it has been.
pub(super) struct Walk<'t> {
    tree: Tree<'t>,
    seen: HashSet<(RepoPath, String)>,
    steps: usize,
    depth: usize,
    /// Whether a circle or a limit has cut the search short since the innermost module was entered.
    is_cut: bool,
}

impl<'t> Walk<'t> {
    pub(super) fn new(tree: Tree<'t>) -> Self {
        Self { tree, seen: HashSet::new(), steps: 0, depth: 0, is_cut: false }
    }

    /// What these bindings of the first segment make of a dotted name.
    fn local(&mut self, path: &RepoPath, surface: &Surface, binders: &[Binder], segments: &[&str]) -> Answer {
        let Some((&name, rest)) = segments.split_first() else { return Err(Unclear) };
        let imports: Option<Vec<&Import>> = binders.iter().map(|binder| import_of(surface, binder)).collect();
        // `import a.b` and `import a.c` bind `a` together.
        if let Some(imports) = &imports
            && imports.iter().any(|import| import.local.as_deref().is_some_and(|local| local.contains('.')))
        {
            return self.package(path, imports, segments);
        }
        let mut answers = Vec::with_capacity(binders.len());
        for binder in binders {
            answers.push(match binder.kind {
                Kind::Import(at) => self.through(path, &surface.imports[at], rest),
                Kind::Parameter => Err(Unclear),
                _ if binder.scope != NodeId::MODULE => Err(Unclear),
                _ if surface.family == Family::Script && binder.is_nested => Err(Unclear),
                _ if surface.scopes.is_reassigned(name) => Err(Unclear),
                _ => Ok(Some(at(path, binder.node, name, rest))),
            });
        }
        agreed(answers)
    }

    /// A name that a file has from `from a import *` only.
    fn star_local(&mut self, path: &RepoPath, surface: &Surface, segments: &[&str]) -> Answer {
        match surface.family {
            Family::Python => self.stars(path, surface, segments),
            Family::Script => Ok(None),
        }
    }

    /// Python's `import a.b`: the longest part of the name that is a module.
    fn package(&mut self, path: &RepoPath, imports: &[&Import], segments: &[&str]) -> Answer {
        let common = |import: &&Import| import.module.split('.').zip(segments).take_while(|(a, b)| a == *b).count();
        let longest = imports.iter().map(common).max().unwrap_or_default();
        for length in (1..=longest).rev() {
            if let Target::File(module) = self.tree.target(path, &segments[..length].join(".")) {
                return self.export(&module, &segments[length..]);
            }
        }
        Err(Unclear)
    }

    /// What an import gives, with the members that are asked for beyond it.
    pub(super) fn through(&mut self, path: &RepoPath, import: &Import, rest: &[&str]) -> Answer {
        let target = self.tree.target(path, &import.module);
        let with = |name: &str| -> Vec<String> {
            std::iter::once(name).chain(rest.iter().copied()).map(str::to_owned).collect()
        };
        match (&import.what, target) {
            (What::Named(name), Target::File(module)) => {
                let segments = with(name);
                self.export(&module, &segments.iter().map(String::as_str).collect::<Vec<_>>())
            }
            (What::Named(name), _) => match self.submodule(path, &import.module, name) {
                Some(module) => self.export(&module, rest),
                None => Err(Unclear),
            },
            (What::Default, Target::File(module)) => {
                let segments = with("default");
                self.export(&module, &segments.iter().map(String::as_str).collect::<Vec<_>>())
            }
            (What::Namespace, Target::File(module)) => self.export(&module, rest),
            _ => Err(Unclear),
        }
    }

    /// `b` of `from a import b`, where that is a module.
    pub(super) fn submodule(&self, path: &RepoPath, module: &str, name: &str) -> Option<RepoPath> {
        if Family::of(path.as_str()) != Some(Family::Python) {
            return None;
        }
        let dot = if module.ends_with('.') { "" } else { "." };
        self.tree.resolve(path, &format!("{module}{dot}{name}"))
    }

    /// A member of a module; the module itself when nothing is asked for.
    pub(super) fn export(&mut self, module: &RepoPath, segments: &[&str]) -> Answer {
        let (asked, rest) = match segments.split_first() {
            Some((&asked, rest)) => (asked, rest),
            None => (MODULE_NAME, segments),
        };
        let key = (module.as_str().to_owned(), asked.to_owned());
        let memo = &self.tree.memo().exported;
        let known = lock(memo).get(&key).cloned();
        // A namespace that is passed on has its members elsewhere, so these are asked for with it.
        if let Some(known) = known
            && !matches!(&known, Ok(Some(found)) if found.node == NodeId::MODULE && !rest.is_empty())
        {
            return known.map(|found| found.map(|found| with_rest(found, rest)));
        }
        self.steps += 1;
        if self.steps > MAX_STEPS || self.depth >= MAX_DEPTH {
            self.is_cut = true;
            return Err(Unclear);
        }
        let place = (module.clone(), asked.to_owned());
        // Whatever comes round again adds nothing.
        if !self.seen.insert(place.clone()) {
            self.is_cut = true;
            return Ok(None);
        }
        let was_cut = std::mem::take(&mut self.is_cut);
        self.depth += 1;
        let answer = self.export_of(module, segments);
        self.depth -= 1;
        self.seen.remove(&place);
        // What was cut short is known for this search only.
        if rest.is_empty() && !self.is_cut {
            lock(memo).insert(key, answer.clone());
        }
        self.is_cut |= was_cut;
        answer
    }

    fn export_of(&mut self, module: &RepoPath, segments: &[&str]) -> Answer {
        let Some(surface) = self.tree.source(module.as_str()).and_then(|file| self.tree.surface(&file)) else {
            return Err(Unclear);
        };
        let Some((&name, rest)) = segments.split_first() else {
            if surface.whole.is_empty() {
                return Ok(Some(at(module, NodeId::MODULE, MODULE_NAME, &[])));
            }
            return self.given(module, &surface, &surface.whole, &[]);
        };
        match surface.family {
            Family::Script => self.script(module, &surface, name, rest),
            Family::Python => self.python(module, &surface, name, rest),
        }
    }

    fn script(&mut self, module: &RepoPath, surface: &Arc<Surface>, name: &str, rest: &[&str]) -> Answer {
        if let Some(exports) = surface.exports.get(name) {
            return self.given(module, surface, exports, rest);
        }
        if name == "default" {
            // Whoever imports a module of `require` by default has all of it.
            return match (surface.whole.is_empty(), surface.is_assigned, rest) {
                (false, _, [first, rest @ ..]) => self.script(module, surface, first, rest),
                (false, ..) => self.given(module, surface, &surface.whole, &[]),
                (true, true, [first, rest @ ..]) => self.script(module, surface, first, rest),
                (true, true, []) => Ok(Some(at(module, NodeId::MODULE, MODULE_NAME, &[]))),
                (true, false, _) => Ok(None),
            };
        }
        if let [Export::Node(node, _)] = surface.whole.as_slice()
            && self.is_object(module, *node)
        {
            // The object's members are known by name.
            return if surface.is_open { Err(Unclear) } else { Ok(None) };
        }
        if !surface.whole.is_empty() {
            let segments: Vec<&str> = std::iter::once(name).chain(rest.iter().copied()).collect();
            return self.given(module, surface, &surface.whole, &segments);
        }
        let segments: Vec<&str> = std::iter::once(name).chain(rest.iter().copied()).collect();
        self.stars(module, surface, &segments)
    }

    fn python(&mut self, module: &RepoPath, surface: &Arc<Surface>, name: &str, rest: &[&str]) -> Answer {
        let segments: Vec<&str> = std::iter::once(name).chain(rest.iter().copied()).collect();
        let binders = last_function(surface.scopes.of_module(surface.family, name));
        let own = self.local(module, surface, &binders, &segments)?;
        let starred = self.stars(module, surface, &segments)?;
        let submodule =
            self.submodule(module, ".", name).filter(|_| is_package(module)).filter(|found| found != module);
        match (own, starred, submodule) {
            // `from .local import *` may come after the name's own binding.
            (Some(own), Some(starred), _) if own != starred => Err(Unclear),
            (Some(found), _, None) | (None, Some(found), None) => Ok(Some(found)),
            // `from .is_enabled import is_enabled` hides the module behind the name.
            (Some(found), _, Some(submodule)) | (None, Some(found), Some(submodule)) => {
                let is_hidden =
                    found.path == submodule || binders.iter().all(|one| matches!(one.kind, Kind::Import(_)));
                if is_hidden { Ok(Some(found)) } else { Err(Unclear) }
            }
            (None, None, Some(submodule)) => self.export(&submodule, rest),
            (None, None, None) => Ok(None),
        }
    }

    /// The member that one of the modules has that are passed on as a whole.
    fn stars(&mut self, module: &RepoPath, surface: &Surface, segments: &[&str]) -> Answer {
        let Some((&name, rest)) = segments.split_first() else { return Ok(None) };
        let mut answers = Vec::new();
        // Barrels pass each other on in circles; one visit of each is enough.
        let mut open = self.starred(module, surface);
        let mut at = 0;
        while let Some(target) = open.get(at).cloned() {
            at += 1;
            if at > MAX_STEPS {
                self.is_cut = true;
                return Err(Unclear);
            }
            if target == *module || !self.may_export(&target, name) {
                continue;
            }
            let Some(surface) = self.tree.source(target.as_str()).and_then(|file| self.tree.surface(&file)) else {
                return Err(Unclear);
            };
            if !surface.gives_star(name) {
                continue;
            }
            if surface.family == Family::Python || !surface.whole.is_empty() {
                answers.push(self.export(&target, segments));
            } else if let Some(exports) = surface.exports.get(name) {
                answers.push(self.given(&target, &surface, exports, rest));
            } else {
                let more = self.starred(&target, &surface);
                open.extend(more.into_iter().filter(|other| !open.contains(other)).collect::<Vec<_>>());
            }
        }
        agreed(answers)
    }

    /// The modules that a module passes on as a whole.
    fn starred(&self, module: &RepoPath, surface: &Surface) -> Vec<RepoPath> {
        let modules = surface.stars.iter().filter_map(|&star| surface.imports.get(star));
        modules.filter_map(|import| self.tree.resolve(module, &import.module)).collect()
    }

    /// Whether a module can export this name as far as its text goes; saves reading most of what barrels pass on.
    pub(super) fn may_export(&self, module: &RepoPath, name: &str) -> bool {
        self.tree.star_text(module).is_some_and(|(text, passes_on)| passes_on || text.contains(name))
    }

    /// What exports stand for that all claim one name.
    fn given(&mut self, module: &RepoPath, surface: &Surface, exports: &[Export], rest: &[&str]) -> Answer {
        let mut answers = Vec::with_capacity(exports.len());
        for export in exports {
            answers.push(match export {
                Export::Node(node, name) => Ok(Some(at(module, *node, name, rest))),
                Export::Import(import) => self.through(module, &surface.imports[*import], rest),
                Export::Local(name) => {
                    let binders = last_function(surface.scopes.of_module(surface.family, name));
                    let segments: Vec<&str> = std::iter::once(name.as_str()).chain(rest.iter().copied()).collect();
                    self.local(module, surface, &binders, &segments)
                }
            });
        }
        agreed(answers)
    }

    fn is_object(&self, module: &RepoPath, node: NodeId) -> bool {
        let file = self.tree.source(module.as_str());
        file.is_some_and(|file| {
            file.facts().is_some_and(|facts| facts.role(node) == crate::syntax::facts::Role::Object)
        })
    }
}

fn with_rest(mut found: Declaration, rest: &[&str]) -> Declaration {
    found.rest.extend(rest.iter().map(|&segment| segment.to_owned()));
    found
}

fn import_of<'s>(surface: &'s Surface, binder: &Binder) -> Option<&'s Import> {
    match binder.kind {
        Kind::Import(at) => surface.imports.get(at),
        _ => None,
    }
}

fn at(path: &RepoPath, node: NodeId, name: &str, rest: &[&str]) -> Declaration {
    let rest = rest.iter().map(|&segment| segment.to_owned()).collect();
    Declaration { path: path.clone(), node, name: name.to_owned(), rest }
}

/// Of functions that follow each other under one name, the last one counts.
fn last_function(binders: Vec<Binder>) -> Vec<Binder> {
    let replaces = |binder: &Binder| binder.kind == Kind::Function && !binder.is_nested;
    if binders.iter().all(replaces) { binders.last().copied().into_iter().collect() } else { binders }
}

pub(super) fn is_package(module: &RepoPath) -> bool {
    matches!(module.file_name(), "__init__.py" | "__init__.pyi")
}

/// The one declaration that all answers give; what one of them does not know is left to the others.
fn agreed(answers: Vec<Answer>) -> Answer {
    let mut agreed = None;
    for answer in answers {
        match (answer?, &agreed) {
            (None, _) => {}
            (Some(found), None) => agreed = Some(found),
            (Some(found), Some(known)) if found == *known => {}
            _ => return Err(Unclear),
        }
    }
    Ok(agreed)
}

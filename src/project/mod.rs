//! The flags of any file of a tree, through the constants and wrappers of other files.
//!
//! A file is looked at together with what it imports, as far as that may have to do with flags. What a file declares depends on
//! what it imports, so all of them are looked at again until nothing new is found: the least fixed point, in which a wrapper
//! of a wrapper is a wrapper. What cannot be resolved stays unknown.
//!
//! - [`callers`]: who reaches a declaration, and whether a flag stands before all of them.
//! - [`constants`]: the key that a constant of another file stands for.
//! - [`mod@contexts`]: which objects that components provide are provided in one place.
//! - [`entries`]: what in a table is nothing by itself.
//! - [`mod@links`]: what the imports of a file lead to, and which files may have to do with flags.
//! - [`routers`]: what stands before the routes of a router.
//! - [`routes`]: calls that lead an address to code which refuses without a flag.
//! - [`passing`]: which files may know a wrapper, before any is parsed.
//! - [`pages`]: what a framework runs before a page; [`views`]: before a method of a class of Python.

mod answers;
mod by_text;
pub(crate) mod callers;
mod constants;
mod contexts;
mod entries;
mod links;
mod pages;
mod passing;
mod routers;
mod routes;
mod unseen;
mod views;

use crate::detect::flags::{FlagFacts, bodies_of, detect_with};
use crate::detect::wrapper::{Body, Known, Wrapper};
use crate::detect::{FlagEvaluation, FlagKey};
use crate::gating::declarations::{name_of, top_level};
use crate::gating::wrappers::{Declared, declared};
use crate::index::Tree;
use crate::location::RepoPath;
use crate::rules::RuleSet;
use crate::syntax::SourceFile;
use crate::syntax::facts::{NodeId, Part, Role};
use answers::Answers;
use links::{Hints, Link, links};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many imports away from a file wrappers are looked for.
const MAX_DEPTH: usize = 5;

/// Chains of wrappers are not longer.
const MAX_ROUNDS: usize = 8;

/// More files are not looked at for the sake of others.
const MAX_FILES: usize = 1_500;

/// One file, with what other files say about it.
#[derive(Debug, Clone)]
pub(crate) struct FileFlags {
    pub(crate) source: Arc<SourceFile>,
    pub(crate) flags: FlagFacts,
    imports: Arc<Vec<Link>>,
    known: Known,
    declared: Vec<Declared>,
}

/// What a declaration says about calls of itself and of its members, by the member's name.
type Bodies = Arc<Vec<(Option<String>, Body)>>;

/// The flags of one side.
pub(crate) struct Project<'a> {
    pub(crate) tree: Tree<'a>,
    pub(crate) rules: &'a RuleSet,
    files: BTreeMap<RepoPath, FileFlags>,
    hints: Hints<'a>,
    /// What declarations say about calls of themselves: every file that imports one asks.
    bodies: Answers<(RepoPath, NodeId), Bodies>,
    passing: passing::Passing,
    asked: callers::Asked,
    handed: callers::Handed,
}

impl<'a> Project<'a> {
    pub(crate) fn new(tree: Tree<'a>, rules: &'a RuleSet) -> Self {
        Self {
            tree,
            rules,
            files: BTreeMap::new(),
            hints: Hints::new(&rules.flags),
            bodies: Answers::default(),
            passing: passing::Passing::default(),
            asked: callers::Asked::default(),
            handed: callers::Handed::default(),
        }
    }

    /// Says of files that were looked at already whether anything was found in them: the others need not be guessed at.
    pub(crate) fn tell(&mut self, looked_at: impl IntoIterator<Item = (RepoPath, bool)>) {
        self.hints.tell(looked_at);
    }

    /// Whether people run the file by hand.
    pub(crate) fn is_command(&self, path: &RepoPath) -> bool {
        self.rules.files.is_command(path)
    }

    /// A file that was loaded.
    pub(crate) fn file(&self, path: &RepoPath) -> Option<&FileFlags> {
        self.files.get(path)
    }

    /// Looks at these files and at what their flags depend on.
    pub(crate) fn load(&mut self, paths: &[RepoPath]) {
        let mut new: Vec<RepoPath> = paths.iter().filter(|path| !self.files.contains_key(*path)).cloned().collect();
        new.sort_unstable();
        new.dedup();
        new.iter().for_each(|path| self.hints.expect(path));
        let fresh = self.read(new);
        self.settle(fresh);
        for _ in 0..MAX_ROUNDS {
            if !self.hints.are_told || !self.learn() {
                break;
            }
            let (mut stale, linked) = self.relink();
            stale.extend(self.read(linked));
            self.settle(stale);
        }
    }

    /// Reads files, and what they link to; gives all of them.
    fn read(&mut self, mut new: Vec<RepoPath>) -> BTreeSet<RepoPath> {
        let mut fresh: BTreeSet<RepoPath> = BTreeSet::new();
        for depth in 0..=MAX_DEPTH {
            let (tree, rules, hints) = (self.tree, self.rules, &self.hints);
            let read = |path: &RepoPath| {
                let source = tree.source(path.as_str())?;
                let mut flags = detect_with(&source, &rules.flags, &Known::default());
                flags.add_handed(&callers::connected(&source, &flags, rules));
                let links = if depth < MAX_DEPTH { links(tree, hints, &source, &flags, depth > 0) } else { Vec::new() };
                let declared = callers::with_made(&source, declared(&source, &flags), rules);
                let declared = contexts::only_provided_here(tree, rules, path, declared);
                let file = FileFlags { source, flags, imports: Arc::new(links), known: Known::default(), declared };
                Some((path.clone(), file))
            };
            let read: Vec<(RepoPath, FileFlags)> = new.par_iter().with_max_len(1).filter_map(read).collect();
            let mut next: BTreeSet<RepoPath> = BTreeSet::new();
            for (path, file) in read {
                next.extend(file.imports.iter().map(|link| link.path.clone()));
                fresh.insert(path.clone());
                self.files.insert(path, file);
            }
            new = next.into_iter().filter(|path| !self.files.contains_key(path)).collect();
            new.truncate(MAX_FILES.saturating_sub(self.files.len()));
            if new.is_empty() {
                break;
            }
        }
        fresh
    }

    /// Learns which names hand on flags by now; true if there is something new to link to.
    fn learn(&mut self) -> bool {
        let declared =
            self.files.values().flat_map(|file| &file.declared).map(|declared| declared.wrapper.name.as_str());
        let known = self.files.values().flat_map(|file| file.known.names());
        let names = declared.chain(known).map(|name| name.split('.').next().unwrap_or(name).to_owned()).collect();
        self.hints.learn(self.tree, names)
    }

    /// Links anew what was read before the names were known; gives the files that link to something else now, and those
    /// they link to that were not read.
    fn relink(&mut self) -> (BTreeSet<RepoPath>, Vec<RepoPath>) {
        let (tree, hints) = (self.tree, &self.hints);
        let relinked = |(path, file): (&RepoPath, &FileFlags)| {
            let links = links(tree, hints, &file.source, &file.flags, false);
            (*file.imports != links).then(|| (path.clone(), Arc::new(links)))
        };
        let relinked: Vec<(RepoPath, Arc<Vec<Link>>)> = self.files.par_iter().filter_map(relinked).collect();
        let (mut stale, mut linked) = (BTreeSet::new(), BTreeSet::new());
        for (path, links) in relinked {
            linked.extend(links.iter().map(|link| link.path.clone()).filter(|path| !self.files.contains_key(path)));
            if let Some(file) = self.files.get_mut(&path) {
                file.imports = links;
            }
            stale.insert(path);
        }
        let room = MAX_FILES.saturating_sub(self.files.len());
        (stale, linked.into_iter().take(room).collect())
    }

    /// Looks at files again until what they know of each other does not change any more.
    fn settle(&mut self, fresh: BTreeSet<RepoPath>) {
        let mut stale = fresh;
        for _ in 0..MAX_ROUNDS {
            let look = |path: &RepoPath| {
                let file = self.files.get(path)?;
                let known = self.known(file);
                let is_open = |evaluation: &FlagEvaluation| matches!(evaluation.key, FlagKey::Constant(_));
                if known == file.known && !file.flags.evaluations.iter().any(is_open) {
                    return None;
                }
                // Without a word of a rule, nothing but a wrapper can read a flag there.
                let is_empty = file.flags.evaluations.is_empty() && file.known.is_empty() && known.is_empty();
                let is_empty = is_empty && self.handed.of(path).is_empty();
                if is_empty && !self.hints.are_in(&file.source) {
                    return Some((path.clone(), FileFlags { known, ..file.clone() }));
                }
                let flags = detect_with(&file.source, &self.rules.flags, &known);
                let mut file = FileFlags { known, flags, ..file.clone() };
                self.resolve_keys(&mut file);
                let connected = callers::connected(&file.source, &file.flags, self.rules);
                file.flags.add_handed(&connected);
                let declared = callers::with_made(&file.source, declared(&file.source, &file.flags), self.rules);
                file.declared = contexts::only_provided_here(self.tree, self.rules, path, declared);
                file.flags.add_handed(self.handed.of(path));
                Some((path.clone(), file))
            };
            // Constants first: they may be all that there is to find.
            let paths: Vec<&RepoPath> = stale.iter().collect();
            let found: Vec<(RepoPath, FileFlags)> = paths.par_iter().filter_map(|path| look(path)).collect();
            if found.is_empty() {
                break;
            }
            let mut changed: BTreeSet<RepoPath> = BTreeSet::new();
            for (path, file) in found {
                // An instance hands on what its file knows of the class.
                if self.files.get(&path).is_none_or(|old| old.declared != file.declared || old.known != file.known) {
                    changed.insert(path.clone());
                }
                self.files.insert(path, file);
            }
            let depends = |file: &FileFlags| {
                changed.contains(&file.source.path) || file.imports.iter().any(|link| changed.contains(&link.path))
            };
            stale = self.files.iter().filter(|(_, file)| depends(file)).map(|(path, _)| path.clone()).collect();
        }
    }

    /// What the names of a file stand for, by what is found so far.
    fn known(&self, file: &FileFlags) -> Known {
        let mut known = Known::default();
        let source = &file.source;
        for declared in &file.declared {
            let name = source.facts().and_then(|facts| name_of(source, facts, declared.node));
            if let Some(name) = name {
                known.add(dotted(name, declared.member.as_deref()), Arc::new(declared.wrapper.clone()));
            }
        }
        for link in file.imports.iter() {
            let Some(other) = self.files.get(&link.path) else { continue };
            let wrappers = other.exports(link);
            if let (Some(node), true) = (link.node, wrappers.is_empty() && link.rest.is_empty()) {
                let find = || Arc::new(bodies_of(&other.source, &self.rules.flags, node));
                for (member, body) in self.bodies.get(&(link.path.clone(), node), find).iter() {
                    known.add_body(dotted(&link.local, member.as_deref()), body.clone());
                }
            }
            for (name, wrapper) in wrappers {
                known.add(name, Arc::new(wrapper));
            }
        }
        self.instances(file, &mut known);
        known
    }

    /// `const flags = new FlagService()`: the object has what the class has. A class has what its bases have.
    fn instances(&self, file: &FileFlags, known: &mut Known) {
        let source = &file.source;
        let Some(facts) = source.facts() else { return };
        let mut more: Vec<(String, String)> = Vec::new();
        // What a class declares itself takes the place of what its base has.
        let own = |class: &str, member: &str| {
            facts.with_role(Role::Class).filter(|&at| source.name_of(at) == Some(class)).any(|class| {
                facts.descendants(class).any(|at| {
                    matches!(facts.role(at), Role::Function | Role::Binding) && source.name_of(at) == Some(member)
                })
            })
        };
        for node in top_level(facts) {
            let Some(name) = name_of(source, facts, node) else { continue };
            match facts.role(node) {
                Role::Binding => {
                    let value = facts.part(node, Part::Value);
                    let callee =
                        value.filter(|&at| facts.role(at) == Role::Call).and_then(|at| facts.part(at, Part::Callee));
                    more.extend(callee.and_then(|at| source.dotted(at)).map(|class| (name.to_owned(), class)));
                }
                Role::Class => {
                    let bases = facts.parts(node, Part::Base).filter_map(|base| source.dotted(base));
                    more.extend(bases.map(|base| (name.to_owned(), base)));
                }
                _ => {}
            }
        }
        for (name, class) in more {
            let prefix = format!("{class}.");
            let members: Vec<(String, Vec<Arc<Wrapper>>)> = known
                .names()
                .filter_map(|known| Some((known, known.strip_prefix(&prefix)?)))
                .filter(|(_, member)| !own(&name, member))
                .map(|(full, member)| (format!("{name}.{member}"), known.wrappers(full).to_vec()))
                .collect();
            for (name, wrappers) in members {
                wrappers.into_iter().for_each(|wrapper| known.add(name.clone(), wrapper));
            }
        }
    }
}

impl FileFlags {
    /// The wrappers that a link of another file leads to, with the names that they have there.
    fn exports(&self, link: &Link) -> Vec<(String, Wrapper)> {
        let source = &self.source;
        let Some(facts) = source.facts() else { return Vec::new() };
        let same = |node: NodeId, meant: NodeId| {
            node == meant
                || facts.part(node, Part::Value) == Some(meant)
                || facts.part(meant, Part::Value) == Some(node)
        };
        let mut found = Vec::new();
        for declared in &self.declared {
            let own = name_of(source, facts, declared.node);
            let member = declared.member.as_deref();
            let name = match link.node {
                Some(node) if !same(declared.node, node) => continue,
                Some(_) => match (link.rest.as_slice(), member) {
                    ([], member) => dotted(&link.local, member),
                    ([only], Some(member)) if only == member => link.local.clone(),
                    _ => continue,
                },
                None => match own {
                    Some(own) => dotted(&dotted(&link.local, Some(own)), member),
                    None => continue,
                },
            };
            found.push((name, declared.wrapper.clone()));
        }
        // An instance of a class: what the file itself knows under the name.
        if let Some(own) = link.node.and_then(|node| name_of(source, facts, node)) {
            let prefix = format!("{own}.");
            for (full, member) in self.known.names().filter_map(|full| Some((full, full.strip_prefix(&prefix)?))) {
                let wrappers = self.known.wrappers(full).iter();
                found.extend(wrappers.map(|wrapper| (dotted(&link.local, Some(member)), (**wrapper).clone())));
            }
        }
        found
    }
}

/// `table.member`.
fn dotted(name: &str, member: Option<&str>) -> String {
    member.map_or_else(|| name.to_owned(), |member| format!("{name}.{member}"))
}

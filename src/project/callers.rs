//! Who reaches a declaration, over the whole tree: is every use of it behind a flag?
//!
//! A declaration is gated when it is used at all and every use that can be found stands behind a flag that is on, or inside another
//! declaration that is gated this way (the least fixed point, so that a cycle proves nothing). Uses are over-counted: any
//! mention of the name that may mean it is one, so that a gate is never claimed too much. What ends the proof: a use at
//! the top of a module, a decorator that may register it, an entry point, a name in a string, an import that
//! nobody can tell about, too many places.
//!
//! Tests are no callers.

mod collected;
mod components;
mod described;
mod explore;
mod graph;
mod handed;
mod hooks;
mod search;
mod settings;
mod slots;
mod users;
mod ways;

use super::Project;
use super::unseen::{RUNS_ARGUMENTS, is_looked_up};
use super::views::Guarded;
use crate::gating::condition::FlagValues;
use crate::gating::declarations::{decorated, is_top_level, name_of};
use crate::gating::{dominance, gate_at, push_new};
use crate::index::{self, modules, modules::Family};
use crate::location::RepoPath;
use crate::report::{Gate, GateKind, Step, StepKind};
use crate::rules::RuleSet;
use crate::rules::files::FileKind;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::syntax::sections::has_sections;
use crate::terms::Polarity;
pub(crate) use collected::filling_around;
pub(crate) use components::export_around;
pub(super) use components::{connected, with_made};
pub(super) use handed::Handed;
use rayon::prelude::*;
pub(super) use settings::acts_at_load;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};
pub(super) use users::Asked;
use users::User;
pub(crate) use ways::{Way, Ways};

/// Words in the names of functions that frameworks and tools look for in modules of Python.
const RUN_BY_NAME: [&str; 22] = [
    "handler",
    "main",
    "app",
    "setup",
    "teardown",
    "create",
    "post",
    "pre",
    "on",
    "hook",
    "load",
    "unload",
    "register",
    "upgrade",
    "downgrade",
    "pytest",
    "lambda",
    "configure",
    "init",
    "worker",
    "child",
    "when",
];

/// How many callers of callers are looked at.
const MAX_DEPTH: usize = 12;

/// What more files mention may be used by any of them.
const MAX_CANDIDATES: usize = 40;

/// Of more files that mention a module's name, nobody asks whether they import it.
const MAX_NAMING: usize = 1_000;

/// Of the uses of one declaration, so many may have no gate of their own.
pub(crate) const MAX_OPEN_USES: usize = 8;

/// When so many files were read to see whether they use something, no more are.
const MAX_FILES: usize = 300;

/// When the uses of so many declarations were looked for, no more are.
const MAX_DECLARATIONS: usize = 500;

/// After so many declarations is looked at how much was done. The work is bounded by what there is to do, not by time, so that
/// every run comes to the same answer.
const BATCH: usize = 16;

/// So many declarations are followed to the end before the next ones: where there are too many, the first have their answer.
const GROUP: usize = 64;

/// A declaration: what stands at the top of a file, or a method of a class there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Target {
    pub(crate) path: RepoPath,
    pub(crate) node: NodeId,
}

/// What is known about who reaches a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Every use is behind these flags.
    Gated(Vec<Gate>),
    /// This use is behind none, or nobody can tell; why, for people, where it is not simply a use.
    Open { place: Step, why: Option<String> },
    /// Nobody uses it.
    Dead,
}

/// What is known about who reaches some declarations.
pub(crate) struct Reached {
    pub(crate) by_target: BTreeMap<Target, Reach>,
    /// For how many of them there was too much to look at.
    pub(crate) cut_short: usize,
}

/// Declarations and their uses, as far as they were looked at.
#[derive(Default)]
struct Graph {
    nodes: Vec<Declared>,
    by_target: HashMap<Target, usize>,
    explored: usize,
}

struct Declared {
    target: Target,
    name: String,
    /// The class of a method: when that is gated, so is the method.
    class: Option<usize>,
    /// Whether it is a class itself: a call makes an instance.
    is_class: bool,
    /// Whether it is a name that is given a value.
    is_value: bool,
    /// What a class says once for all that ask it, if it says the same as before: `static readonly COOKIE = "session"`.
    constants: BTreeSet<String>,
    /// Whether a call only makes a function, which somebody else calls.
    makes_function: bool,
    /// The declaration of the object that it is put into, `@router.post("/tax")`: who uses that one uses this one.
    filling: Option<Target>,
    /// Whether it is a statement that fills an object, which nobody can name.
    is_statement: bool,
    /// Whether it is a setting: whoever writes its name may mean it.
    is_setting: bool,
    /// What a framework asks before it calls it, where nobody else has an instance of its class.
    guarded: Option<Guarded>,
    is_explored: bool,
    /// What imports do not tell of was looked for.
    is_verified: bool,
    /// Nobody looked for its uses, or for those of what uses it: there was too much to look at.
    is_cut_short: bool,
    uses: Vec<Use>,
    /// What ends the proof.
    open: Option<(Step, Option<String>)>,
    gates: Option<Vec<Gate>>,
    /// Whether it is left behind where nobody uses it; filled in when somebody asks.
    is_forgotten: OnceLock<bool>,
}

/// A place that uses a declaration.
#[derive(Debug, Clone)]
struct Use {
    place: Step,
    node: NodeId,
    gates: Vec<Gate>,
    /// The declaration around it, where no gate stands before it.
    inside: Option<Target>,
    /// The declaration around it, where a gate does.
    behind: Option<Target>,
}

/// What a search for the uses of one declaration came to.
#[derive(Default)]
struct Uses {
    found: Vec<Use>,
    open: Option<(Step, Option<String>)>,
}

/// What is wanted of a search.
#[derive(Debug, Clone, Copy)]
enum Wanted<'w> {
    /// Whether there is a proof: one use in the open is enough to know that there is none. That nobody uses a declaration
    /// is a proof for these.
    Proof(&'w BTreeSet<Target>),
    /// Every use, for people who ask why.
    Ways,
}

/// How a framework comes to a page.
enum OfFramework {
    Passes(Use),
    /// Nothing stands before the page itself.
    Open(Step),
}

impl OfFramework {
    fn put(&self, uses: &mut Uses) {
        match self {
            Self::Passes(place) => uses.found.push(place.clone()),
            Self::Open(page) => {
                uses.open = Some((page.clone(), Some("a framework looks for it there".to_owned())));
            }
        }
    }
}

impl Project<'_> {
    /// Who reaches these declarations; the first ones where there are too many. [`Reach::Dead`] is sure only for those where
    /// it `matters`.
    pub(crate) fn reach(&mut self, targets: &[Target], matters: &BTreeSet<Target>) -> Reached {
        let (graph, roots) = self.followed(targets, Wanted::Proof(matters));
        let dead = graph.dead();
        let answer = |target: &Target, root: usize| match graph.answer(root, &dead) {
            Reach::Gated(gates) => Reach::Gated(gates),
            other => {
                let found = self.asks_for_itself(target).or_else(|| self.guards_new_page(target));
                let found = found.or_else(|| self.guards_new_class(target)).or_else(|| self.guards_route(target));
                found.map_or(other, Reach::Gated)
            }
        };
        let by_target = targets.iter().zip(&roots).map(|(target, &root)| (target.clone(), answer(target, root)));
        let is_cut_short = |root: &&usize| graph.nodes[**root].gates.is_none() && graph.nodes[**root].is_cut_short;
        Reached { by_target: by_target.collect(), cut_short: roots.iter().filter(is_cut_short).count() }
    }

    /// These declarations with their uses, and with what uses those, as far as it matters.
    fn followed(&mut self, targets: &[Target], wanted: Wanted<'_>) -> (Graph, Vec<usize>) {
        self.load_views(targets);
        let mut graph = Graph::default();
        let roots: Vec<usize> = targets.iter().map(|target| graph.add(self, target)).collect();
        for some in roots.chunks(GROUP) {
            let mut frontier: BTreeSet<usize> = some.iter().copied().collect();
            frontier.extend(some.iter().filter_map(|&id| graph.nodes[id].class));
            for _ in 0..MAX_DEPTH {
                let asked: Vec<usize> = frontier.into_iter().filter(|&id| !graph.nodes[id].is_explored).collect();
                if asked.is_empty() {
                    break;
                }
                self.explore(&mut graph, &asked, wanted);
                frontier = graph.settle(self);
            }
        }
        graph.settle(self);
        self.verify(&mut graph, &roots, wanted);
        (graph, roots)
    }

    /// Looks for what imports do not tell of, but only where there is a proof to end: it is dear.
    fn verify(&self, graph: &mut Graph, roots: &[usize], wanted: Wanted<'_>) {
        // Whether nobody uses a declaration depends on what its uses stand in.
        let may_be_dead = graph.around(roots.iter().copied().filter(|&root| match wanted {
            Wanted::Proof(matters) => matters.contains(&graph.nodes[root].target),
            Wanted::Ways => true,
        }));
        loop {
            let mut dead = graph.dead();
            dead.iter_mut().zip(&may_be_dead).for_each(|(dead, matters)| *dead &= matters);
            let is_claimed = |id: &usize| {
                let node = &graph.nodes[*id];
                node.is_explored
                    && !node.is_statement
                    && !node.is_verified
                    && node.open.is_none()
                    && (node.gates.is_some() || dead[*id])
            };
            let claimed: Vec<usize> = (0..graph.nodes.len()).filter(is_claimed).collect();
            if claimed.is_empty() {
                return;
            }
            let look = |&id: &usize| {
                let node = &graph.nodes[id];
                let why = self.out_of_sight(&node.target, &node.name, node.is_named_anywhere())?;
                Some((id, node.step(self, &node.target.path, node.target.node), why))
            };
            let found: Vec<(usize, Step, String)> = claimed.par_iter().with_max_len(1).filter_map(look).collect();
            claimed.iter().for_each(|&id| graph.nodes[id].is_verified = true);
            if found.is_empty() {
                return;
            }
            for (id, place, why) in found {
                graph.nodes[id].open = Some((place, Some(why)));
            }
            graph.nodes.iter_mut().for_each(|node| node.gates = None);
            graph.settle(self);
        }
    }

    /// Why a declaration may be used where no import tells of it.
    fn out_of_sight(&self, target: &Target, name: &str, is_method: bool) -> Option<String> {
        if !is_method && self.is_private(target, name) {
            return None;
        }
        let is_unread = |file: &&RepoPath| self.is_unread(&target.path, file);
        let unread = match is_method {
            true => self.tree.mentioning(&[name]).iter().find(is_unread).cloned(),
            false => self.tree.importers(&target.path).iter().find(is_unread).cloned(),
        };
        if let Some(file) = unread {
            return Some(format!("{file} may use it and cannot be read"));
        }
        if let Some((place, how)) = self.used_out_of_sight(target, name, is_method) {
            return Some(format!("{place} {how}"));
        }
        if let Some((place, how)) = self.found_by_text(target, name, self.class_of(target).as_deref()) {
            return Some(format!("{place} {how}"));
        }
        self.named_elsewhere(target, name).map(|place| format!("{place} names it in a text"))
    }

    /// The name of the class that a method is of.
    fn class_of(&self, target: &Target) -> Option<String> {
        let source = self.tree.source(target.path.as_str())?;
        let facts = source.facts()?;
        let class = facts.enclosing(target.node, Role::Class).next().filter(|&class| class != target.node)?;
        name_of(&source, facts, class).map(str::to_owned)
    }

    /// Whether the name of a declaration was nowhere before the change.
    pub(crate) fn is_new_name(&self, target: &Target) -> bool {
        let Some(source) = self.tree.source(target.path.as_str()) else { return false };
        let name = source.facts().and_then(|facts| name_of(&source, facts, target.node));
        name.is_some_and(|name| self.tree.before().mentioning(&[name]).is_empty())
    }

    /// Whether nobody using a declaration can mean that nothing runs it: it is exported by its name, or not at all, from a
    /// place where no framework looks.
    pub(crate) fn may_be_dead(&self, target: &Target) -> bool {
        Family::of(target.path.as_str()) == Some(Family::Script)
            && !self.is_default_export(target)
            && (!self.rules.files.is_found_by_place(&target.path) || self.is_beside_pages(&target.path))
    }

    /// Whether a function of Python was left behind: nothing in the tree says its name but the function itself, and what else
    /// its module holds is imported. Frameworks run functions by names that they know; those are short, or tell so.
    pub(crate) fn is_left_over(&self, target: &Target) -> bool {
        let Some(source) = self.tree.source(target.path.as_str()) else { return false };
        let Some(facts) = source.facts().filter(|facts| facts.role(target.node) == Role::Function) else {
            return false;
        };
        let Some(name) = name_of(&source, facts, target.node) else { return false };
        let words: Vec<&str> = name.split('_').filter(|word| !word.is_empty()).collect();
        let is_hook = words.len() < 2 || words.iter().any(|word| RUN_BY_NAME.contains(word)) || name.ends_with("__");
        let is_own = |files: Vec<RepoPath>| files.iter().all(|file| *file == target.path);
        Family::of(target.path.as_str()) == Some(Family::Python)
            && !is_hook
            && is_top_level(facts, target.node)
            && !self.rules.files.is_entry_point(&target.path)
            && index::places(&source.text, name).count() == 1
            && is_own(self.tree.mentioning(&[name]))
            && self.tree.importers(&target.path).iter().any(|file| self.may_call(&target.path, file))
    }

    /// Whether nobody using a declaration means that it was left behind, so that what it uses is not used there: like
    /// [`Self::may_be_dead`];
    /// a default export only of a component. No text but an import may name the file.
    fn is_forgotten(&self, target: &Target) -> bool {
        let is_component = matches!(target.path.extension(), Some("jsx" | "tsx"));
        let stem = module_stem(&target.path);
        let is_word = !stem.is_empty() && stem.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
        // An index can be what others build on, but not among pages; there it goes by the name of its folder.
        let is_index =
            target.path.file_name().starts_with("index.") && !(is_word && self.is_beside_pages(&target.path));
        let may_be_dead = self.may_be_dead(target) || is_component && !self.rules.files.is_found_by_place(&target.path);
        may_be_dead
            && !is_index
            && self.tree.mentioning(&[stem]).into_iter().take(MAX_NAMING).all(|file| {
                // Some can be told by their path where there is too much of them to read.
                let text = self.tree.text(file.as_str());
                let kind = self.rules.files.kind(&file, text.as_deref().unwrap_or_default());
                let is_imported = |text: &str| modules::module_paths(text, stem).all(|at| is_imported(&text[..at]));
                matches!(kind, FileKind::Test | FileKind::Docs | FileKind::Vendored)
                    || text.is_some_and(|text| is_imported(&text))
            })
    }
}

impl Declared {
    /// Whether its uses are found by its name alone, whatever they import.
    fn is_named_anywhere(&self) -> bool {
        self.class.is_some() || self.is_setting
    }

    /// The use by the object that it is put into.
    fn filled(&self, project: &Project<'_>) -> Option<Use> {
        let inside = self.filling.clone()?;
        let place = self.step(project, &self.target.path, self.target.node);
        Some(Use { place, node: self.target.node, gates: Vec::new(), inside: Some(inside), behind: None })
    }

    fn step(&self, project: &Project<'_>, path: &RepoPath, node: NodeId) -> Step {
        let source = project.tree.source(path.as_str());
        let line = source.as_deref().and_then(|source| Some(source.lines.line(source.facts()?.node(node).span.start)));
        step_at(&self.name, path, line.unwrap_or(1))
    }
}

/// `tasks` of `app/tasks.py`, `page` of `page/index.ts`.
pub(super) fn module_stem(path: &RepoPath) -> &str {
    let stem = path.file_name().split('.').next().unwrap_or_default();
    match stem {
        "index" | "__init__" => path.as_str().rsplit('/').nth(1).unwrap_or_default(),
        _ => stem,
    }
}

/// Whether a text ends in the beginning of a module path: `import x from './`, `require("../`.
fn is_imported(text: &str) -> bool {
    let before = text.trim_end_matches(|c: char| c.is_alphanumeric() || "@~#_-./".contains(c));
    let before = before.strip_suffix(['"', '\'']).map_or("", str::trim_end);
    ["from", "import", "import(", "require("].iter().any(|word| before.ends_with(word))
}

fn step_at(name: &str, path: &RepoPath, line: u32) -> Step {
    Step { kind: StepKind::Caller, name: name.to_owned(), path: path.clone(), line }
}

/// The declaration at the top of a file, or the method of a class there, that a place belongs to.
pub(crate) fn declaration_around(facts: &Facts, node: NodeId) -> Option<NodeId> {
    let top = std::iter::once(node).chain(facts.ancestors(node)).find(|&at| is_top_level(facts, at));
    // A decorator stands before the class.
    let Some(top) = top else { return decorated(facts, node) };
    Some(match facts.role(top) {
        _ if facts.role(facts.node(top).parent) == Role::Binding => facts.node(top).parent,
        Role::Class => method_around(facts, top, node).unwrap_or(top),
        _ => top,
    })
}

/// The method of this class, or the function in one of its fields, that a place is in.
fn method_around(facts: &Facts, class: NodeId, node: NodeId) -> Option<NodeId> {
    let inside = std::iter::once(node).chain(facts.ancestors(node)).take_while(|&at| at != class);
    inside.filter(|&at| facts.role(at) == Role::Function && facts.part(at, Part::Name).is_some()).last()
}

/// True for the name of a declaration, of an import or of an export list: no use.
fn declares(facts: &Facts, node: NodeId) -> bool {
    let parent = facts.node(node).parent;
    match facts.role(parent) {
        Role::Function | Role::Class | Role::Parameter | Role::Binding => facts.part(parent, Part::Name) == Some(node),
        Role::Member => facts.part(parent, Part::Property) == Some(node),
        Role::Pair => facts.part(parent, Part::Key) == Some(node) && facts.part(parent, Part::Value) != Some(node),
        Role::Attribute | Role::Keyword => facts.part(parent, Part::Name) == Some(node),
        Role::Element => facts.part(parent, Part::Name) == Some(node),
        Role::Export => true,
        _ => false,
    }
}

fn is_import(facts: &Facts, node: NodeId) -> bool {
    facts.ancestors(node).any(|at| matches!(facts.role(at), Role::Import | Role::Imported))
}

//! Who reaches a declaration, over the whole tree: is every use of it behind a flag?
//!
//! A declaration is gated when it is used at all and every use that can be found stands behind a flag that is on, or inside another
//! declaration that is gated this way (the least fixed point, so that a cycle proves nothing). Uses are over-counted: any
//! mention of the name that may mean it is one, so that a gate is never claimed too much. What ends the proof: a use at
//! the top of a module, a decorator that may register it, an entry point, a name in a string, an import that
//! nobody can tell about, too many places.
//!
//! Tests are no callers.

mod graph;
mod search;
mod settings;
mod ways;

use super::Project;
use super::unseen::{CALLED_BY_THE_LANGUAGE, RUNS_ARGUMENTS, is_looked_up};
use crate::gating::condition::FlagValues;
use crate::gating::declarations::{is_top_level, name_of};
use crate::gating::{dominance, gate_at, push_new};
use crate::index::{self, modules, modules::Family};
use crate::location::RepoPath;
use crate::report::{Gate, GateKind, Step, StepKind};
use crate::rules::files::FileKind;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::Polarity;
use rayon::prelude::*;
use search::Search;
use settings::acts_at_load;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock, PoisonError};
pub(crate) use ways::{Way, Ways};

/// How many callers of callers are looked at.
const MAX_DEPTH: usize = 12;

/// What more files mention may be used by any of them.
const MAX_CANDIDATES: usize = 40;

/// Of more files that mention a module's name, nobody asks whether they import it.
const MAX_NAMING: usize = 1_000;

/// Of the uses of one declaration, so many may have no gate of their own.
pub(crate) const MAX_OPEN_USES: usize = 8;

/// More files are not looked at for one question.
const MAX_FILES: usize = 600;

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

/// Declarations and their uses, as far as they were looked at.
#[derive(Default)]
struct Graph {
    nodes: Vec<Declared>,
    by_target: HashMap<Target, usize>,
}

struct Declared {
    target: Target,
    name: String,
    /// The class of a method: when that is gated, so is the method.
    class: Option<usize>,
    /// Whether it is a class itself: a call makes an instance.
    is_class: bool,
    /// Whether it is a setting: whoever writes its name may mean it.
    is_setting: bool,
    is_explored: bool,
    /// What imports do not tell of was looked for.
    is_verified: bool,
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

/// The files that may use a declaration, each with the names that it may know it by.
type Users = Vec<(RepoPath, Vec<String>)>;

/// What a search for the uses of one declaration came to.
struct Uses {
    found: Vec<Use>,
    open: Option<(Step, Option<String>)>,
}

impl Project<'_> {
    /// Who reaches these declarations.
    pub(crate) fn reach(&mut self, targets: &[Target]) -> BTreeMap<Target, Reach> {
        let (graph, roots) = self.followed(targets);
        let dead = graph.dead();
        targets.iter().zip(roots).map(|(target, root)| (target.clone(), graph.answer(root, &dead))).collect()
    }

    /// These declarations with their uses, and with what uses those, as far as it matters.
    fn followed(&mut self, targets: &[Target]) -> (Graph, Vec<usize>) {
        let mut graph = Graph::default();
        let roots: Vec<usize> = targets.iter().map(|target| graph.add(self, target)).collect();
        let mut frontier: BTreeSet<usize> = roots.iter().copied().collect();
        for id in frontier.clone() {
            frontier.extend(graph.nodes[id].class);
        }
        for _ in 0..MAX_DEPTH {
            let asked: Vec<usize> = frontier.into_iter().filter(|&id| !graph.nodes[id].is_explored).collect();
            if asked.is_empty() {
                break;
            }
            self.explore(&mut graph, &asked);
            frontier = graph.settle(self);
        }
        graph.settle(self);
        self.verify(&mut graph);
        (graph, roots)
    }

    /// Looks for what imports do not tell of, but only where there is a proof to end: it is dear.
    fn verify(&self, graph: &mut Graph) {
        loop {
            let dead = graph.dead();
            let is_claimed = |id: &usize| {
                let node = &graph.nodes[*id];
                node.is_explored && !node.is_verified && node.open.is_none() && (node.gates.is_some() || dead[*id])
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
        let users = if is_method { self.tree.mentioning(&[name]) } else { self.tree.importers(&target.path) };
        if let Some(file) = users.into_iter().find(|file| self.is_unread(&target.path, file)) {
            return Some(format!("{file} may use it and cannot be read"));
        }
        if let Some((place, how)) = self.used_out_of_sight(target, name, is_method) {
            return Some(format!("{place} {how}"));
        }
        self.named_elsewhere(target, name).map(|place| format!("{place} names it in a text"))
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
            && !self.rules.files.is_found_by_place(&target.path)
    }

    /// Whether nobody using a declaration means that it was left behind, so that what it uses is not used there: like
    /// [`Self::may_be_dead`];
    /// a default export only of a component. No text but an import may name the file.
    fn is_forgotten(&self, target: &Target) -> bool {
        let stem = module_stem(&target.path);
        let is_component = matches!(target.path.extension(), Some("jsx" | "tsx"));
        let is_index = target.path.file_name().starts_with("index.");
        let may_be_dead = self.may_be_dead(target) || is_component && !self.rules.files.is_found_by_place(&target.path);
        may_be_dead
            && !is_index
            && self.tree.mentioning(&[stem]).into_iter().take(MAX_NAMING).all(|file| {
                let Some(text) = self.tree.text(file.as_str()) else { return false };
                let kind = self.rules.files.kind(&file, &text);
                matches!(kind, FileKind::Test | FileKind::Docs | FileKind::Vendored)
                    || modules::module_paths(&text, stem).all(|at| is_imported(&text[..at]))
            })
    }

    /// Finds the uses of declarations.
    fn explore(&mut self, graph: &mut Graph, asked: &[usize]) {
        let framework = self.framework_uses(graph, asked);
        let mut candidates: BTreeMap<usize, Result<Users, String>> = BTreeMap::new();
        let mut wanted: BTreeSet<RepoPath> = BTreeSet::new();
        for &id in asked {
            let node = &graph.nodes[id];
            let found = match node.open {
                Some(_) => Ok(Vec::new()),
                None => self.users(&node.target, &node.name, node.is_named_anywhere()),
            };
            if let Ok(users) = &found {
                wanted.extend(users.iter().map(|(path, _)| path.clone()));
            }
            candidates.insert(id, found);
        }
        let wanted: Vec<RepoPath> = wanted.into_iter().collect();
        let too_many = self.files_loaded() + wanted.len() > MAX_FILES;
        if !too_many {
            self.load(&wanted);
        }
        let project = &*self;
        let look = |&id: &usize| {
            let node = &graph.nodes[id];
            let own = || node.step(project, &node.target.path, node.target.node);
            let uses = match &candidates[&id] {
                _ if node.open.is_some() => Uses { found: Vec::new(), open: node.open.clone() },
                Err(why) => Uses { found: Vec::new(), open: Some((own(), Some(why.clone()))) },
                Ok(_) if too_many => Uses {
                    found: Vec::new(),
                    open: Some((own(), Some("too many files would have to be read".to_owned()))),
                },
                Ok(users) => project.uses(node, users),
            };
            (id, uses)
        };
        let found: Vec<(usize, Uses)> = asked.par_iter().with_max_len(1).map(look).collect();
        for (id, mut uses) in found {
            match framework.get(&id) {
                Some(Ok(passed)) => uses.found.push(passed.clone()),
                Some(Err(place)) => {
                    uses.open = Some((place.clone(), Some("a framework looks for it there".to_owned())))
                }
                None => {}
            }
            let node = &mut graph.nodes[id];
            (node.is_explored, node.uses, node.open) = (true, uses.found, uses.open);
        }
    }

    /// Whether a declaration is a page that a framework serves.
    fn is_page(&self, target: &Target) -> bool {
        self.rules.files.pages(&target.path).next().is_some() && self.is_default_export(target)
    }

    /// For each page among the declarations, how the framework comes to it; where nothing stands before it, the page itself.
    fn framework_uses(&mut self, graph: &Graph, asked: &[usize]) -> BTreeMap<usize, Result<Use, Step>> {
        let mut found = BTreeMap::new();
        for &id in asked {
            let node = &graph.nodes[id];
            if node.open.is_some() || !self.is_page(&node.target) {
                continue;
            }
            match self.before_page(&node.target.path) {
                Some(passed) => {
                    found.insert(
                        id,
                        Ok(Use {
                            place: passed.by,
                            node: passed.node,
                            gates: passed.gates,
                            inside: None,
                            behind: None,
                        }),
                    );
                }
                None if self.rules.files.is_entry_point(&node.target.path) => {
                    found.insert(id, Err(node.step(self, &node.target.path, node.target.node)));
                }
                None => {}
            }
        }
        found
    }

    fn files_loaded(&self) -> usize {
        self.files.len()
    }

    /// The files that may use a declaration, each with the names that it may know it by, or why nobody can tell.
    fn users(&self, target: &Target, name: &str, is_method: bool) -> Result<Vec<(RepoPath, Vec<String>)>, String> {
        let own = (target.path.clone(), vec![name.to_owned()]);
        if !self.tree.is_whole() {
            return Err("not all files of the repository can be seen".to_owned());
        }
        if is_method {
            let mentions = self.tree.mentioning(&[name]).into_iter();
            let others = mentions.filter(|file| *file != target.path && self.may_call(&target.path, file));
            // One more than there may be is enough to know.
            let files: Vec<RepoPath> = others.take(MAX_CANDIDATES + 1).collect();
            return match files.len() {
                count if count > MAX_CANDIDATES => Err(format!("more than {MAX_CANDIDATES} files mention it")),
                _ => Ok(std::iter::once(own)
                    .chain(files.into_iter().map(|file| (file, vec![name.to_owned()])))
                    .collect()),
            };
        }
        let mut users: BTreeMap<RepoPath, BTreeSet<String>> = BTreeMap::new();
        users.entry(own.0).or_default().extend(own.1);
        let mut searched: BTreeSet<(RepoPath, String)> = BTreeSet::new();
        let mut looked_at: BTreeSet<RepoPath> = BTreeSet::new();
        // Where the declaration can be had, and under which name.
        let mut sources: Vec<(RepoPath, String)> = vec![(target.path.clone(), name.to_owned())];
        if self.is_default_export(target) {
            sources.push((target.path.clone(), "default".to_owned()));
        }
        while let Some((path, exported)) = sources.pop() {
            if !searched.insert((path.clone(), exported.clone())) {
                continue;
            }
            let mentioned: Option<BTreeSet<RepoPath>> =
                (exported != "default").then(|| self.tree.mentioning(&[&exported]).into_iter().collect());
            let may_have = |file: &RepoPath| {
                mentioned.as_ref().is_none_or(|mentioned| mentioned.contains(file) || self.hands_on_all(file))
            };
            let importers = self.tree.importers(&path);
            // Everything speaks of a `page`; what imports the one is told by its text.
            let written = (importers.len() <= MAX_NAMING).then(|| self.tree.import_name(&path)).flatten();
            let may_mean = |file: &RepoPath, name: &str| {
                self.tree.text(file.as_str()).is_some_and(|text| modules::module_paths(&text, name).next().is_some())
            };
            let others = importers.into_iter().filter(|file| !looked_at.contains(file) && may_have(file));
            let others = others.filter(|file| written.as_ref().is_none_or(|name| may_mean(file, name)));
            let others = others.filter(|file| self.may_call(&target.path, file));
            // One more than there may be is enough to know.
            let files: Vec<RepoPath> = others.take(MAX_CANDIDATES + 1).collect();
            if looked_at.len() + files.len() > MAX_CANDIDATES {
                return Err(format!("more than {MAX_CANDIDATES} files may use it"));
            }
            let known = files.par_iter().with_max_len(1).filter_map(|file| {
                let source = self.tree.source(file.as_str())?;
                Some((file.clone(), self.tree.names_of(&target.path, name, &source)))
            });
            for (file, known) in known.collect::<Vec<_>>() {
                if !known.names.is_empty() || !known.unsure.is_empty() {
                    users.entry(file.clone()).or_default().extend(known.names.into_iter().map(|local| local.name));
                }
                if !known.passed_on.is_empty() && self.is_package_entry(&file) {
                    return Err(format!("{} exports it from the package", file));
                }
                sources.extend(known.passed_on.into_iter().map(|passed| (file.clone(), passed)));
            }
            looked_at.extend(files);
        }
        if self.is_package_entry(&target.path) {
            return Err("the package exports it".to_owned());
        }
        Ok(users.into_iter().map(|(path, names)| (path, names.into_iter().collect())).collect())
    }

    /// Whether a file of the same language has no text here: too large, or missing.
    fn is_unread(&self, target: &RepoPath, file: &RepoPath) -> bool {
        let family = Family::of(file.as_str());
        family.is_some()
            && family == Family::of(target.as_str())
            && self.tree.text(file.as_str()).is_none()
            && self.rules.files.kind(file, "") == FileKind::Code
            // Who imports a script names it after a slash.
            && (family != Some(Family::Script) || self.tree.may_hold(file.as_str(), &format!("/{}", module_stem(target))))
    }

    /// A file that names the declaration by its path, so that it can be looked up: `"tax.tasks:send"` in a setting.
    fn named_elsewhere(&self, target: &Target, name: &str) -> Option<RepoPath> {
        let stem = module_stem(&target.path);
        let mut words = vec![stem, name];
        words.retain(|word| !word.is_empty());
        let mut files = self.tree.mentioning(&words);
        files.retain(|file| *file != target.path);
        // `import TaxList from './tax.TaxList'`: the file itself is called so.
        let own_file = target.path.file_name().rsplit_once('.').map_or("", |(own, _)| own);
        files.into_iter().find(|file| {
            let Some(text) = self.tree.text(file.as_str()) else { return false };
            let kind = self.rules.files.kind(file, &text);
            if !matches!(kind, FileKind::Code | FileKind::Config | FileKind::Other) {
                return false;
            }
            let is_code = Family::of(file.as_str()).is_some();
            [".", ":", "#", "/"].into_iter().any(|mark| {
                let path = format!("{stem}{mark}{name}");
                // In code, only what stands in a string: `tasks.send()` is a use like any other.
                let ends = |at: usize| matches!(text[at + path.len()..].chars().next(), Some('"' | '\'' | '`'));
                index::places(&text, &path).any(|at| !is_code || mark != "/" && path != own_file && ends(at))
            })
        })
    }

    fn is_default_export(&self, target: &Target) -> bool {
        let Some(source) = self.tree.source(target.path.as_str()) else { return false };
        let Some(facts) = source.facts() else { return false };
        let value = facts.part(target.node, Part::Value);
        let exported = self.tree.exported(&target.path, "default");
        exported.is_some_and(|it| it.path == target.path && (it.node == target.node || Some(it.node) == value))
    }

    /// Whether a file may pass on, or look into, a module without naming what is in it.
    fn hands_on_all(&self, file: &RepoPath) -> bool {
        let marks = ["export *", "import *", "* as ", "getattr"];
        self.tree.text(file.as_str()).is_some_and(|text| marks.iter().any(|mark| text.contains(mark)))
    }

    /// Whether a file is what others import of a package that is published.
    fn is_package_entry(&self, file: &RepoPath) -> bool {
        let stem = file.file_name().split('.').next().unwrap_or_default();
        let folder = file.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        if stem != "index" {
            return self.is_named_by_a_package(file, stem);
        }
        let of =
            |folder: &str| if folder.is_empty() { "package.json".to_owned() } else { format!("{folder}/package.json") };
        let above = match folder.rsplit_once('/') {
            Some((above, "src" | "lib")) => Some(above),
            None if matches!(folder, "src" | "lib") => Some(""),
            _ => None,
        };
        std::iter::once(folder).chain(above).any(|folder| {
            let Some(text) = self.tree.text(&of(folder)) else { return false };
            let Ok(package) = serde_json::from_str::<serde_json::Value>(&text) else { return true };
            package.get("name").is_some() && package.get("private") != Some(&serde_json::Value::Bool(true))
        })
    }

    /// Whether a file is code that may call something of the other one.
    pub(super) fn may_call(&self, target: &RepoPath, file: &RepoPath) -> bool {
        let family = |path: &RepoPath| Family::of(path.as_str());
        if family(file).is_none() || family(file) != family(target) {
            return false;
        }
        // Nearly every declaration asks for the same files.
        let known = || self.product.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&is_product) = known().get(file) {
            return is_product;
        }
        let is_product = self.is_product(file);
        known().insert(file.clone(), is_product);
        is_product
    }

    /// Whether a file has a text that runs as part of the product.
    fn is_product(&self, file: &RepoPath) -> bool {
        let Some(text) = self.tree.text(file.as_str()) else { return false };
        match self.rules.files.kind(file, &text) {
            FileKind::Docs | FileKind::Vendored => false,
            FileKind::Test => self.is_used_by_the_product(file),
            FileKind::Code | FileKind::Generated | FileKind::Config | FileKind::Other => true,
        }
    }

    /// The uses of a declaration in the files that may hold some.
    fn uses(&self, declared: &Declared, users: &[(RepoPath, Vec<String>)]) -> Uses {
        let mut uses = Uses { found: Vec::new(), open: None };
        for (path, names) in users {
            let Some(file) = self.files.get(path) else { continue };
            let Some(facts) = file.source.facts() else {
                uses.open.get_or_insert((step_at(&declared.name, path, 1), Some("it cannot be parsed".to_owned())));
                continue;
            };
            let Some(values) = FlagValues::new(&file.source, &file.flags) else { continue };
            let search = Search { project: self, declared, source: &file.source, facts, values };
            if declared.class.is_some() {
                search.method(&mut uses);
            } else if declared.is_setting {
                search.setting(&mut uses);
            } else {
                search.declaration(names, &mut uses);
            }
        }
        uses.found.sort_by(|a, b| a.place.cmp(&b.place));
        // Not all of so many lead to a flag; following them is dear.
        let mut in_the_open = uses.found.iter().filter(|place| place.gates.is_empty());
        if let (None, Some(place)) = (&uses.open, in_the_open.nth(MAX_OPEN_USES)) {
            uses.open = Some((place.place.clone(), None));
        }
        uses
    }
}

impl Declared {
    /// Whether its uses are found by its name alone, whatever they import.
    fn is_named_anywhere(&self) -> bool {
        self.class.is_some() || self.is_setting
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
    let top = std::iter::once(node).chain(facts.ancestors(node)).find(|&at| is_top_level(facts, at))?;
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

/// Why a method may be called by somebody who does not name it here.
fn calls_from_outside(facts: &Facts, class: NodeId, name: &str) -> Option<&'static str> {
    if facts.part(class, Part::Base).is_some() {
        return Some("the class that it extends may call it");
    }
    if facts.part(class, Part::Decorator).is_some() {
        return Some("the decorator of its class may register it with a framework");
    }
    let is_special = name.starts_with("__") || CALLED_BY_THE_LANGUAGE.contains(&name);
    is_special.then_some("the language itself calls it")
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

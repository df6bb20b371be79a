//! The flags of any file of a tree, through the constants and wrappers of other files.
//!
//! A file is looked at together with what it imports, as far as that may have to do with flags. What a file declares depends on
//! what it imports, so all of them are looked at again until nothing new is found: the least fixed point, in which a wrapper
//! of a wrapper is a wrapper. What cannot be resolved stays unknown.
//!
//! - [`callers`]: who reaches a declaration, and whether a flag stands before all of them.
//! - [`constants`]: the key that a constant of another file stands for.
//! - [`passing`]: which files may know a wrapper, before any is parsed.
//! - [`pages`]: what a framework runs before a page.

mod answers;
mod by_text;
pub(crate) mod callers;
mod constants;
mod pages;
mod passing;
mod unseen;

use crate::detect::flags::{FlagFacts, bodies_of, detect_with};
use crate::detect::wrapper::{Body, Known, Wrapper};
use crate::detect::{FlagEvaluation, FlagKey};
use crate::gating::declarations::{name_of, top_level};
use crate::gating::wrappers::{Declared, declared};
use crate::index::Tree;
use crate::index::modules::{Imported, Target, What};
use crate::location::{RepoPath, Span};
use crate::rules::RuleSet;
use crate::rules::flags::FlagRules;
use crate::syntax::facts::{NodeId, Part, Role};
use crate::syntax::{SourceFile, language_for};
use answers::Answers;
use passing::is_package;
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

/// A name of a file, and what it stands for in another one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Link {
    local: String,
    path: RepoPath,
    /// The declaration; `None` for the module as a whole.
    node: Option<NodeId>,
    /// Members that are meant of the declaration.
    rest: Vec<String>,
}

/// What a declaration says about calls of itself and of its members, by the member's name.
type Bodies = Arc<Vec<(Option<String>, Body)>>;

/// The flags of one side.
pub(crate) struct Project<'a> {
    pub(crate) tree: Tree<'a>,
    rules: &'a RuleSet,
    files: BTreeMap<RepoPath, FileFlags>,
    hints: Hints<'a>,
    /// What declarations say about calls of themselves: every file that imports one asks.
    bodies: Answers<(RepoPath, NodeId), Bodies>,
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
            asked: callers::Asked::default(),
            handed: callers::Handed::default(),
        }
    }

    /// Says of files that were looked at already whether anything was found in them: the others need not be guessed at.
    pub(crate) fn tell(&mut self, looked_at: impl IntoIterator<Item = (RepoPath, bool)>) {
        self.hints.are_told = true;
        for (path, has_flags) in looked_at {
            self.hints.known.tell(path, if has_flags { Hint::Reads } else { Hint::Nothing });
        }
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
        let is_new = self.hints.names != names || std::mem::take(&mut self.hints.are_more);
        self.hints.names = names;
        is_new
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
                file.declared = callers::with_made(&file.source, declared(&file.source, &file.flags), self.rules);
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

/// What the imports of a file lead to in the repository, where that may have to do with flags.
///
/// In a file that is looked at only for the sake of another one, only what reads flags by itself, or is called so, matters.
fn links(tree: Tree<'_>, hints: &Hints<'_>, source: &SourceFile, flags: &FlagFacts, is_helper: bool) -> Vec<Link> {
    let imports = tree.imports(source);
    // A name that an import gives one meaning, and another one or a declaration of the file another, is not known.
    let is_given_twice = |import: &Imported| {
        let others = imports.iter().filter(|other| other.local == import.local && other.node != import.node);
        others.into_iter().any(|other| (&other.target, &other.what) != (&import.target, &import.what))
            || import.local.as_deref().is_some_and(|name| is_declared_too(source, name, import.node))
    };
    // What is asked for a flag by its name alone may be known to read none.
    let asking: BTreeSet<&str> = match hints.are_told {
        true => flags.evaluations.iter().flat_map(|it| names_in(source, it.span)).collect(),
        false => BTreeSet::new(),
    };
    let asks = |local: &str| hints.are_told && (asking.contains(local) || hints.rules.names(local));
    // A module that only hands on what another one declares names that one.
    let may_matter = |import: &&Imported| {
        let is_called_so = || {
            let name = import.local.as_deref().unwrap_or_default().to_ascii_lowercase();
            WORDS.iter().any(|word| name.contains(word))
        };
        import.target.path().is_some_and(|path| match is_helper {
            _ if hints.are_told => hints.may_give(tree, import, path) || import.local.as_deref().is_some_and(asks),
            // A package hands on its modules, whatever it says itself.
            _ if is_package(path) => true,
            true => is_called_so() && hints.speak_of(tree, path) || hints.read_flags(tree, path),
            false => hints.speak_of(tree, path),
        })
    };
    let meant = imports.iter().filter(may_matter).filter(|import| !is_given_twice(import));
    let mut links: Vec<Link> = meant.filter_map(|import| link(tree, import.clone())).collect();
    links.sort_by(|a, b| (&a.local, &a.path, a.node).cmp(&(&b.local, &b.path, b.node)));
    links.retain(|link| hints.speak_of(tree, &link.path) || asks(&link.local));
    links
}

/// Whether a file declares a name outside of functions and classes.
fn is_declared_too(source: &SourceFile, name: &str, import: NodeId) -> bool {
    let Some(facts) = source.facts() else { return false };
    facts.ids().any(|id| {
        let named = match facts.role(id) {
            Role::Function | Role::Class | Role::Binding => facts.part(id, Part::Name),
            Role::Assignment => facts.part(id, Part::Target),
            _ => None,
        };
        let is_import = id <= import && import <= facts.node(id).last;
        named.is_some_and(|named| !is_import && source.text_of(named) == name)
            && facts
                .ancestors(id)
                .all(|at| !matches!(facts.role(at), Role::Function | Role::Class | Role::Object | Role::Import))
    })
}

/// The names that stand in a piece of the source.
fn names_in(source: &SourceFile, span: Span) -> impl Iterator<Item = &str> {
    source.tokens_in(span).iter().map(|token| token.span.text(&source.text))
}

fn link(tree: Tree<'_>, import: Imported) -> Option<Link> {
    let Target::File(module) = import.target else { return None };
    let local = import.local?;
    let name = match &import.what {
        What::Named(name) => name.as_str(),
        What::Default => "default",
        What::Namespace => return Some(Link { local, path: module, node: None, rest: Vec::new() }),
        What::Star | What::Dynamic | What::SideEffect => return None,
    };
    let declaration = tree.exported(&module, name)?;
    let node = (declaration.name != "*").then_some(declaration.node);
    Some(Link { local, path: declaration.path, node, rest: declaration.rest })
}

/// Which files may have to do with flags, by their bytes.
struct Hints<'a> {
    rules: &'a FlagRules,
    known: Answers<RepoPath, Hint>,
    /// Files were looked at before: what is known of them is no guess, see [`Project::tell`].
    are_told: bool,
    /// Names that a package gives something, in that case.
    renamed: Answers<String, bool>,
    /// The names that are known to hand on flags, in that case.
    names: BTreeSet<String>,
    /// More files may hand on flags than when the names were learned.
    are_more: bool,
}

/// What the bytes of a file say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hint {
    Nothing,
    /// It speaks of flags, so it may hand on what another one reads.
    Speaks,
    /// A rule pack may find something in it.
    Reads,
}

/// Words of files that hand on flags which others read.
const WORDS: [&str; 6] = ["flag", "toggle", "feature", "experiment", "rollout", "waffle"];

impl<'a> Hints<'a> {
    fn new(rules: &'a FlagRules) -> Self {
        Self {
            rules,
            known: Answers::default(),
            are_told: false,
            renamed: Answers::default(),
            names: BTreeSet::new(),
            are_more: false,
        }
    }

    /// Whether a file may read flags, or hand on what another one reads.
    fn speak_of(&self, tree: Tree<'_>, path: &RepoPath) -> bool {
        self.hint(tree, path) >= Hint::Speaks
    }

    /// Whether an import may give what reads flags, where files were looked at before.
    fn may_give(&self, tree: Tree<'_>, import: &Imported, path: &RepoPath) -> bool {
        if self.speak_of(tree, path) {
            return true;
        }
        // A package hands on its modules, whatever it says itself.
        is_package(path)
            && match &import.what {
                What::Named(name) => self.names.contains(name) || self.is_given_as(tree, name),
                _ => true,
            }
    }

    /// Whether a package gives something this name.
    fn is_given_as(&self, tree: Tree<'_>, name: &str) -> bool {
        let renames = |path: &RepoPath| tree.text(path.as_str()).is_some_and(|text| passing::is_renamed(&text, name));
        let find = || tree.mentioning(&[name]).iter().any(|path| is_package(path) && renames(path));
        self.renamed.get(name, find)
    }

    /// A file is read because it may hand on flags.
    fn expect(&mut self, path: &RepoPath) {
        if self.are_told && self.known.known(path) == Some(Hint::Nothing) {
            self.known.tell(path.clone(), Hint::Speaks);
            self.are_more = true;
        }
    }

    /// Whether a file may read flags by itself.
    fn read_flags(&self, tree: Tree<'_>, path: &RepoPath) -> bool {
        self.hint(tree, path) == Hint::Reads
    }

    /// Whether a rule pack may find something in a file that is at hand.
    fn are_in(&self, source: &SourceFile) -> bool {
        let known = self.known.known(&source.path);
        known.map_or_else(|| self.may_be_in(&source.path, &source.text), |hint| hint == Hint::Reads)
    }

    fn may_be_in(&self, path: &RepoPath, text: &str) -> bool {
        let needles = language_for(path).map(|language| self.rules.needles(language.name));
        needles.is_some_and(|needles| needles.may_be_in(path.file_name(), text.as_bytes()))
    }

    fn hint(&self, tree: Tree<'_>, path: &RepoPath) -> Hint {
        let look = |text: Arc<str>| {
            if self.may_be_in(path, &text) {
                return Hint::Reads;
            }
            let (text, path) = (text.to_ascii_lowercase(), path.as_str().to_ascii_lowercase());
            let speaks = WORDS.iter().any(|word| text.contains(word) || path.contains(word));
            if speaks { Hint::Speaks } else { Hint::Nothing }
        };
        self.known.get(path, || tree.text(path.as_str()).map_or(Hint::Nothing, look))
    }
}

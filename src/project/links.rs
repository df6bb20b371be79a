//! What the imports of a file lead to, where that may have to do with flags; and which files may.
//!
//! That is guessed from the bytes of files; whoever has looked at all of them before says so ([`super::Project::tell`]), and then
//! nothing is guessed: what counts are the files with flags, and the names that are known to hand them on.

use super::answers::Answers;
use super::passing::{self, is_package};
use crate::detect::flags::FlagFacts;
use crate::index::Tree;
use crate::index::modules::{Imported, Target, What};
use crate::location::{RepoPath, Span};
use crate::rules::flags::FlagRules;
use crate::syntax::facts::{NodeId, Part, Role};
use crate::syntax::{SourceFile, language_for};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A name of a file, and what it stands for in another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) local: String,
    pub(super) path: RepoPath,
    /// The declaration; `None` for the module as a whole.
    pub(super) node: Option<NodeId>,
    /// Members that are meant of the declaration.
    pub(super) rest: Vec<String>,
}

/// What the imports of a file lead to in the repository, where that may have to do with flags.
///
/// In a file that is looked at only for the sake of another one, only what reads flags by itself, or is called so, matters.
pub(super) fn links(
    tree: Tree<'_>,
    hints: &Hints<'_>,
    source: &SourceFile,
    flags: &FlagFacts,
    is_helper: bool,
) -> Vec<Link> {
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
pub(super) struct Hints<'a> {
    rules: &'a FlagRules,
    known: Answers<RepoPath, Hint>,
    /// Files were looked at before: what is known of them is no guess, see [`super::Project::tell`].
    pub(super) are_told: bool,
    /// Other names that packages give what may be one of these, and the packages that were asked, in that case.
    renamed: BTreeSet<String>,
    packages: BTreeSet<RepoPath>,
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
    pub(super) fn new(rules: &'a FlagRules) -> Self {
        Self {
            rules,
            known: Answers::default(),
            are_told: false,
            renamed: BTreeSet::new(),
            packages: BTreeSet::new(),
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
                What::Named(name) => self.names.contains(name) || self.renamed.contains(name),
                _ => true,
            }
    }

    /// Files were looked at before: whether something was found in each.
    pub(super) fn tell(&mut self, looked_at: impl IntoIterator<Item = (RepoPath, bool)>) {
        self.are_told = true;
        for (path, has_flags) in looked_at {
            self.known.tell(path, if has_flags { Hint::Reads } else { Hint::Nothing });
        }
    }

    /// These names hand on flags; true if there is something new to link to.
    pub(super) fn learn(&mut self, tree: Tree<'_>, names: BTreeSet<String>) -> bool {
        let is_new = self.names != names || std::mem::take(&mut self.are_more);
        // What a file exports without a name gets one where it is passed on.
        let passed_on = names.difference(&self.names).map(String::as_str).chain(["default"]);
        let mentions = passed_on.flat_map(|name| tree.mentioning(&[name]));
        let packages: BTreeSet<RepoPath> =
            mentions.filter(|path| is_package(path) && !self.packages.contains(path)).collect();
        let given =
            |path: &RepoPath| tree.text(path.as_str()).map(|text| passing::given_names(&text)).unwrap_or_default();
        self.renamed.par_extend(packages.par_iter().flat_map_iter(given));
        self.packages.extend(packages);
        self.names = names;
        is_new
    }

    /// A file is read because it may hand on flags.
    pub(super) fn expect(&mut self, path: &RepoPath) {
        if self.are_told && self.known.known(path) == Some(Hint::Nothing) {
            self.known.tell(path.clone(), Hint::Speaks);
            self.are_more = true;
        }
    }

    /// Whether a file may read flags by itself.
    pub(super) fn read_flags(&self, tree: Tree<'_>, path: &RepoPath) -> bool {
        self.hint(tree, path) == Hint::Reads
    }

    /// Whether a rule pack may find something in a file that is at hand.
    pub(super) fn are_in(&self, source: &SourceFile) -> bool {
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

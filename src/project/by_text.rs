//! Texts by which a declaration may be found while the program runs: the path of its module in a string, a member in markup,
//! a member whose name is made up.
//!
//! Like [`super::unseen`], each is a suspicion and enough. Imports and names of declarations in texts are looked for elsewhere.

use super::Project;
use super::callers::{Target, module_stem};
use crate::index::{self, modules, modules::Family};
use crate::location::{RepoPath, Span};
use crate::rules::files::FileKind;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};

/// More files that mention a word are not read.
const MAX_FILES: usize = 200;

/// Markup that may ask an object for its members.
const MARKUP: [&str; 15] = [
    "html",
    "htm",
    "jinja",
    "jinja2",
    "j2",
    "ejs",
    "hbs",
    "handlebars",
    "pug",
    "liquid",
    "twig",
    "mjml",
    "vue",
    "svelte",
    "astro",
];

impl Project<'_> {
    /// A file that may reach a declaration by a text, and how.
    pub(super) fn found_by_text(
        &self,
        target: &Target,
        name: &str,
        class: Option<&str>,
    ) -> Option<(RepoPath, &'static str)> {
        if let Some(file) = class.and_then(|_| self.asked_in_markup(&target.path, name)) {
            return Some((file, "may ask for a member of this name"));
        }
        if let Some(file) = class.and_then(|class| self.makes_up_members(&target.path, class)) {
            return Some((file, "calls members by names that it makes up"));
        }
        if let Some(file) = self.loads_beside(&target.path) {
            return Some((file, "may load it by a name that it makes up"));
        }
        Some((self.names_module(&target.path, name)?, "names its module in a text"))
    }

    /// Code that asks a base class for all classes that extend it: `Base.__subclasses__()`.
    pub(super) fn lists_subclasses(&self, source: &SourceFile, facts: &Facts, class: NodeId) -> Option<RepoPath> {
        let bases: Vec<&str> = facts.parts(class, Part::Base).map(|base| last_name(source.text_of(base))).collect();
        if bases.is_empty() || Family::of(source.path.as_str()) != Some(Family::Python) {
            return None;
        }
        let lists = ["__subclasses__", "__init_subclass__"].iter().flat_map(|word| self.tree.mentioning(&[word]));
        lists.take(MAX_FILES).find(|file| {
            self.may_call(&source.path, file)
                && self
                    .tree
                    .text(file.as_str())
                    .is_some_and(|text| bases.iter().any(|base| index::places(&text, base).next().is_some()))
        })
    }

    /// Markup with `.name` in it.
    fn asked_in_markup(&self, target: &RepoPath, name: &str) -> Option<RepoPath> {
        let files = self.tree.mentioning(&[name]).into_iter().filter(|file| file != target);
        let mut markup = files.filter(|file| file.extension().is_some_and(|ending| MARKUP.contains(&ending)));
        markup.find(|file| {
            let Some(text) = self.tree.text(file.as_str()) else { return false };
            self.rules.files.kind(file, &text) == FileKind::Code
                && index::places(&text, name).any(|at| text[..at].ends_with('.'))
        })
    }

    /// Code that speaks of the class and calls members by names that it makes up: `payer[action]()`, `getattr(payer, action)`.
    fn makes_up_members(&self, target: &RepoPath, class: &str) -> Option<RepoPath> {
        let files = self.tree.mentioning(&[class]).into_iter().take(MAX_FILES);
        let mut callers = files.filter(|file| file != target && self.may_call(target, file));
        callers.find(|file| {
            let Some(text) = self.tree.text(file.as_str()) else { return false };
            if !["](", "]?.(", "getattr(", "Reflect."].iter().any(|mark| text.contains(mark)) {
                return false;
            }
            let source = self.tree.source(file.as_str());
            source.is_some_and(|source| source.facts().is_some_and(|facts| calls_made_up(&source, facts)))
        })
    }

    /// A script that loads what lies beside it by a name that it makes up: `` import(`./${name}`) ``.
    fn loads_beside(&self, target: &RepoPath) -> Option<RepoPath> {
        if Family::of(target.as_str()) != Some(Family::Script) {
            return None;
        }
        let folder = |path: &str| path.rsplit_once('/').map_or(0, |(folder, _)| folder.len());
        let (own, path) = (folder(target.as_str()), target.as_str());
        let beside = self.tree.paths().filter(|at| folder(at) == own && at[..own] == path[..own] && *at != path);
        let mut beside = beside.filter(|at| Family::of(at) == Some(Family::Script)).map(RepoPath::new);
        beside.find(|file| {
            let Some(text) = self.tree.text(file.as_str()) else { return false };
            let mut calls = text.match_indices("import(").chain(text.match_indices("require("));
            calls.any(|(at, word)| {
                let path = text[at + word.len()..].trim_start();
                ["`./${", "'./' +", "\"./\" +", "'./'+", "\"./\"+"].iter().any(|made_up| path.starts_with(made_up))
            }) && self.may_call(target, file)
        })
    }

    /// Code that has the module's path in a string which is no import.
    fn names_module(&self, target: &RepoPath, name: &str) -> Option<RepoPath> {
        let family = Family::of(target.as_str())?;
        let stem = module_stem(target);
        let files = self.tree.mentioning(&[stem]).into_iter().filter(|file| file != target);
        files.filter(|file| Family::of(file.as_str()) == Some(family)).take(MAX_FILES).find(|file| {
            let Some(text) = self.tree.text(file.as_str()) else { return false };
            let is_named = match family {
                Family::Script => self.has_path(file, &text, target, stem),
                Family::Python => self.has_dotted_path(file, &text, target, name),
            };
            is_named
                && matches!(self.rules.files.kind(file, &text), FileKind::Code | FileKind::Other | FileKind::Config)
        })
    }

    /// `createRequire(url)('./pay')`, `alias: { money: 'src/pay' }`
    fn has_path(&self, file: &RepoPath, text: &str, target: &RepoPath, stem: &str) -> bool {
        let mut places = modules::module_paths(text, stem).filter(|&at| !is_imported(&text[..at])).peekable();
        if places.peek().is_none() {
            return false;
        }
        let Some(source) = self.tree.source(file.as_str()) else { return false };
        let Some(facts) = source.facts() else { return false };
        let is_config = self.rules.files.kind(file, text) == FileKind::Config;
        places.any(|at| {
            let string = facts.innermost(Span { start: at as u32, end: at as u32 + 1 });
            let Some(written) = source.string_value(string).filter(|_| facts.role(string) == Role::String) else {
                return false;
            };
            if written.starts_with('.') && self.tree.resolve(file, &written).as_ref() == Some(target) {
                return true;
            }
            let inner = written.trim_start_matches(['.', '/']);
            let inner = modules::without_ending(inner);
            is_config
                && inner.contains('/')
                && modules::without_ending(target.as_str())
                    .strip_suffix(inner)
                    .is_some_and(|before| before.is_empty() || before.ends_with('/'))
        })
    }

    /// `import_module("shop.pay")`, `patterns("shop.pay", ("^pay$", "pay"))`
    fn has_dotted_path(&self, file: &RepoPath, text: &str, target: &RepoPath, name: &str) -> bool {
        let path = target.as_str();
        let path = path.strip_suffix("/__init__.py").or_else(|| path.strip_suffix(".py")).unwrap_or(path);
        let quoted = |word: &str| ['"', '\''].iter().any(|quote| text.contains(&format!("{quote}{word}{quote}")));
        let folders = std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1));
        let mut dotted = folders.map(|at| path[at..].replace('/', ".")).filter(|path| path.contains('.'));
        dotted.any(|path| quoted(&path))
            && (self.traits(file).is_some_and(|traits| traits.loads) || quoted(name))
            && self.may_call(target, file)
    }
}

/// Whether a text ends where the path of an import, or of a `require`, begins.
fn is_imported(text: &str) -> bool {
    let before = text.trim_end_matches(|c: char| c.is_alphanumeric() || "@~#_-./".contains(c));
    let Some(mut before) = before.strip_suffix(['"', '\'', '`']).map(str::trim_end) else { return true };
    // `import(/* webpackChunkName: "pay" */ './pay')`
    if let Some(comment) = before.strip_suffix("*/").and_then(|before| before.rfind("/*")) {
        before = before[..comment].trim_end();
    }
    ["from", "import", "import(", "require("].iter().any(|word| before.ends_with(word))
}

fn calls_made_up(source: &SourceFile, facts: &Facts) -> bool {
    let is_written = |at: NodeId| {
        let at = facts.inner(at);
        matches!(facts.role(at), Role::String | Role::Number)
    };
    facts.with_role(Role::Call).any(|call| {
        let Some(callee) = facts.part(call, Part::Callee).map(|callee| facts.inner(callee)) else { return false };
        match facts.role(callee) {
            Role::Subscript => {
                Family::of(source.path.as_str()) == Some(Family::Script)
                    && facts.part(callee, Part::Index).is_some_and(|index| !is_written(index))
            }
            Role::Member => matches!(source.text_of(callee), "Reflect.get" | "Reflect.apply"),
            Role::Identifier if source.text_of(callee) == "getattr" => {
                facts.parts(call, Part::Argument).nth(1).is_some_and(|name| !is_written(name))
            }
            _ => false,
        }
    })
}

/// `Model` of `models.Model`, of `Model[Order]`.
pub(super) fn last_name(base: &str) -> &str {
    let name = base.split(['[', '(', '<']).next().unwrap_or(base).trim();
    name.rsplit('.').next().unwrap_or(name)
}

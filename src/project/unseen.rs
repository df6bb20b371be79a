//! Ways to reach a declaration that no import and no name in the code tells of: what ends a proof that it is behind a flag.
//!
//! Markup with code in it, modules that are loaded by a name that the program makes up, scripts that share their names,
//! what a package says others may import, members that are looked up by made-up names, tests that are none. Each is a
//! suspicion and enough: what cannot be told is open.

use super::Project;
use super::callers::{Target, module_stem};
use crate::index::{self, modules::Family};
use crate::location::RepoPath;
use crate::rules::files::FileKind;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::syntax::{SourceFile, language_for};
use std::collections::BTreeSet;

/// Of the users of a file of tests, no more are asked whether they are tests.
const MAX_TEST_USERS: usize = 30;

/// More files are not asked whether they load a folder's files.
const MAX_LOADERS: usize = 200;

/// Methods of lists that call what they are handed at once.
pub(super) const RUNS_ARGUMENTS: [&str; 9] =
    ["map", "flatMap", "forEach", "filter", "reduce", "some", "every", "find", "sort"];

/// Methods that the language itself calls.
pub(super) const CALLED_BY_THE_LANGUAGE: [&str; 7] =
    ["constructor", "toJSON", "toString", "valueOf", "then", "next", "handleEvent"];

/// Words of code that loads modules by names which it makes up.
const LOADERS: [&str; 11] = [
    "import",
    "require",
    "glob",
    "readdirSync",
    "readdir",
    "context",
    "listdir",
    "scandir",
    "iter_modules",
    "import_module",
    "__import__",
];

impl Project<'_> {
    /// Whether what lies in a folder of tests (`stories/`, `spec/`) is part of the product all the same: a framework looks for it
    /// there, or a file that is no test imports it.
    pub(super) fn is_used_by_the_product(&self, file: &RepoPath) -> bool {
        let mut seen: BTreeSet<RepoPath> = BTreeSet::from([file.clone()]);
        let mut open = vec![file.clone()];
        while let Some(file) = open.pop() {
            // Python's are those of the tests themselves, too.
            if Family::of(file.as_str()) == Some(Family::Script) && self.rules.files.is_entry_point(&file) {
                return true;
            }
            for user in self.tree.importers(&file).iter().cloned() {
                if seen.len() > MAX_TEST_USERS || seen.contains(&user) {
                    continue;
                }
                seen.insert(user.clone());
                let Some(source) = self.tree.source(user.as_str()) else { continue };
                let imports = self.tree.imports(&source);
                if imports.iter().any(|import| import.target.path() == Some(&file)) {
                    match self.rules.files.kind(&user, &source.text) {
                        FileKind::Test => open.push(user),
                        FileKind::Code => return true,
                        _ => {}
                    }
                }
            }
        }
        false
    }

    /// A file that may use the declaration though no import of code names it: markup with code in it, a module that is loaded by a
    /// name that is made up while the program runs, or a script that shares its names with all others of a page.
    pub(super) fn used_out_of_sight(
        &self,
        target: &Target,
        name: &str,
        is_method: bool,
    ) -> Option<(RepoPath, &'static str)> {
        let stem = module_stem(&target.path);
        let is_code = |file: &RepoPath| language_for(file).is_some();
        for file in self.tree.mentioning(&[name]) {
            if is_method || is_code(&file) && !self.is_script(&target.path) {
                continue;
            }
            let Some(text) = self.tree.text(file.as_str()) else { continue };
            if !matches!(self.rules.files.kind(&file, &text), FileKind::Code | FileKind::Other) || file == target.path {
                continue;
            }
            let imports =
                ["import", "require", "script"].iter().any(|word| index::places(&text, word).next().is_some());
            if is_code(&file) && Family::of(file.as_str()) == Family::of(target.path.as_str()) {
                return Some((file, "may call it: both are scripts of one page"));
            }
            if !is_code(&file) && imports && (text.contains(stem) || self.is_script(&target.path)) {
                return Some((file, "may use it"));
            }
        }
        let folder = target.path.as_str().rsplit('/').nth(1)?;
        let loaders = self
            .asked
            .loaders
            .get(&(folder.to_owned(), Family::of(target.path.as_str())), || self.loaders(folder, &target.path));
        let other = loaders.into_iter().find(|file| *file != target.path)?;
        Some((other, "may load it by a name that it makes up"))
    }

    /// Files that may load all that is in a folder of this name; no more than two.
    fn loaders(&self, folder: &str, of: &RepoPath) -> Vec<RepoPath> {
        let mut found: Vec<RepoPath> = Vec::new();
        for loader in LOADERS {
            // A folder that so many speak of is not looked for in all of them.
            for file in self.tree.mentioning(&[folder, loader]).into_iter().take(MAX_LOADERS) {
                let text = || self.tree.text(file.as_str());
                if !found.contains(&file)
                    && language_for(&file).is_some()
                    && self.traits(&file).is_some_and(|traits| traits.loads)
                    && text().is_some_and(|text| loads_all_of(&text, folder))
                    && self.may_call(of, &file)
                {
                    found.push(file);
                    if found.len() == 2 {
                        return found;
                    }
                }
            }
        }
        found
    }

    /// A file of JavaScript that neither imports nor exports: what it declares, every script of the page can use.
    fn is_script(&self, path: &RepoPath) -> bool {
        if Family::of(path.as_str()) != Some(Family::Script) {
            return false;
        }
        let Some(source) = self.tree.source(path.as_str()) else { return false };
        let Some(facts) = source.facts() else { return false };
        !facts.ids().any(|id| matches!(facts.role(id), Role::Import | Role::Export))
            && !["exports", "require"].iter().any(|word| index::places(&source.text, word).next().is_some())
    }

    /// Whether a package that is published says that others may import this file: `"main": "lib/billing.js"`.
    pub(super) fn is_named_by_a_package(&self, file: &RepoPath, stem: &str) -> bool {
        if Family::of(file.as_str()) != Some(Family::Script) {
            return false;
        }
        let folders = file.as_str().match_indices('/').map(|(at, _)| &file.as_str()[..at]);
        let mut settings: Vec<String> = folders.map(|folder| format!("{folder}/package.json")).collect();
        settings.insert(0, "package.json".to_owned());
        let Some(text) = settings.iter().rev().find_map(|path| self.tree.text(path)) else { return false };
        let Ok(package) = serde_json::from_str::<serde_json::Value>(&text) else { return true };
        let is_published =
            package.get("name").is_some() && package.get("private") != Some(&serde_json::Value::Bool(true));
        let named = |field: &str| {
            let text = package.get(field).map(serde_json::Value::to_string).unwrap_or_default();
            index::places(&text, stem).next().is_some()
        };
        is_published && ["main", "module", "browser", "exports", "bin"].into_iter().any(named)
    }
}

/// Whether a text, which loads modules, names a folder so that any file of it may be meant: `./actions/*`, `` `./actions/${name}` ``,
/// `"shop.actions." + name`, `readdir("actions")`.
fn loads_all_of(text: &str, folder: &str) -> bool {
    let lists = ["readdir", "listdir", "scandir", "iter_modules", "glob"].iter().any(|word| text.contains(word));
    index::places(text, folder).any(|at| {
        let rest = &text[at + folder.len()..];
        let inside = rest.strip_prefix(['/', '.']).map(|rest| rest.trim_start_matches(['.', '/']));
        let made_up = inside.is_some_and(|inside| {
            inside.starts_with(['*', '{']) || inside.starts_with("${") || inside.starts_with(['"', '\'', '`'])
        });
        made_up || lists && rest.starts_with(['"', '\'', '`'])
    })
}

/// Whether a file, or a class of it, calls what it declares by names that are made up: `this[name]()`, `getattr(self, name)`,
/// `globals()[name]`.
pub(super) fn is_looked_up(source: &SourceFile, facts: &Facts, class: Option<NodeId>) -> bool {
    let words = ["this[", "getattr(", "globals()", "sys.modules", "exports[", ")["];
    if !words.iter().any(|word| source.text.contains(word)) {
        return false;
    }
    let is_written = |at: NodeId| {
        matches!(facts.role(facts.inner(at)), Role::String | Role::Number)
            && source.string_value(facts.inner(at)).is_some()
    };
    facts.ids().any(|id| match facts.role(id) {
        Role::Subscript => {
            let object = facts.part(id, Part::Object).map_or("", |object| source.text_of(facts.inner(object)));
            let own = match class {
                Some(class) => object == "this" && class <= id && id <= facts.node(class).last,
                None => matches!(object, "globals()" | "exports" | "module.exports" | "window" | "globalThis"),
            };
            let parent = facts.node(id).parent;
            let is_called =
                class.is_none() || facts.role(parent) == Role::Call && facts.part(parent, Part::Callee) == Some(id);
            own && is_called && !facts.part(id, Part::Index).is_some_and(is_written)
        }
        Role::Call => {
            let callee = facts.part(id, Part::Callee).map_or("", |callee| source.text_of(callee));
            let mut arguments = facts.parts(id, Part::Argument);
            let (Some(object), Some(name)) = (arguments.next(), arguments.next()) else { return false };
            let object = source.text_of(object);
            let own = match class {
                Some(_) => !object.contains('.'),
                None => object.starts_with("sys.modules"),
            };
            callee == "getattr" && own && !is_written(name)
        }
        _ => false,
    })
}

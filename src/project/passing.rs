//! Which files may know a wrapper, before any of them is parsed: those that mention its name and import what declares it,
//! directly or through a file that may pass it on.
//!
//! A name such as `get` stands in half of a repository; what a file imports tells the few that may mean this one.

use super::Project;
use super::answers::Answers;
use crate::detect::wrapper::Wrapper;
use crate::index::{Tree, places};
use crate::location::RepoPath;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A name that so few files mention is looked for in all of them.
const FEW: usize = 24;

/// Files that may pass on one wrapper; more are not followed.
const MAX_PASSING: usize = 64;

/// The files from which one may import what a file declares, with the class that it is of, and whether there may be more.
pub(super) type Passing = Answers<(RepoPath, Option<String>), Arc<(BTreeSet<RepoPath>, bool)>>;

/// The files that may use a wrapper.
#[derive(Debug, Default)]
pub(crate) struct Users {
    pub(crate) files: BTreeSet<RepoPath>,
    /// Not all were found: too many files may pass the wrapper on.
    pub(crate) is_cut: bool,
}

impl Project<'_> {
    /// The wrappers that loaded files declare.
    pub(crate) fn wrappers(&self) -> impl Iterator<Item = &Wrapper> {
        self.files.values().flat_map(|file| &file.declared).map(|declared| &declared.wrapper)
    }

    /// The last names of the wrappers that loaded files declare.
    pub(crate) fn wrapper_names(&self) -> BTreeSet<&str> {
        self.wrappers().map(|wrapper| last_of(&wrapper.name)).collect()
    }

    /// The files that may use a wrapper, or hand it on.
    pub(crate) fn users_of(&self, wrapper: &Wrapper) -> Users {
        let tree = self.tree;
        let class = wrapper.name.rsplit_once('.').map(|(class, _)| last_of(class));
        // The methods of a class are passed on together.
        let question = (wrapper.path.clone(), class.map(str::to_owned));
        let passing = self.passing.get(&question, || Arc::new(passing(tree, &wrapper.path, class)));
        let (passing, is_cut) = (&passing.0, passing.1);
        let mentions = match last_of(&wrapper.name) {
            // Who imports it, or passes it on, gives it a name.
            "default" => {
                let importers = passing.iter().flat_map(|path| tree.importers(path).to_vec());
                importers.collect::<BTreeSet<_>>().into_iter().collect()
            }
            name => tree.mentioning(&[name]),
        };
        let are_few = mentions.len() <= FEW;
        // Told by words already, before a text is read.
        let importers: Vec<_> = passing.iter().map(|path| tree.importers(path)).collect();
        let may_import = |path: &RepoPath| importers.iter().any(|importers| importers.binary_search(path).is_ok());
        let imports = |path: &RepoPath| {
            are_few || may_import(path) && tree.imported_files(path).iter().any(|imported| passing.contains(imported))
        };
        let mut files: BTreeSet<RepoPath> =
            mentions.into_par_iter().filter(imports).collect::<Vec<_>>().into_iter().collect();
        files.extend(passing.iter().filter(|path| !is_package(path)).cloned());
        Users { files, is_cut }
    }
}

/// `isEnabled` of `Flags.isEnabled`.
fn last_of(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// The files from which one may import what a file declares, and whether there may be more: the file itself, packages that
/// pass it on, and files that may hold an instance of its class.
fn passing(tree: Tree<'_>, declaring: &RepoPath, class: Option<&str>) -> (BTreeSet<RepoPath>, bool) {
    let holders: Vec<RepoPath> = class.map_or_else(Vec::new, |class| {
        let holds = |path: &RepoPath| tree.text(path.as_str()).is_some_and(|text| may_hold(&text, class));
        tree.mentioning(&[class]).into_par_iter().filter(holds).collect()
    });
    let mut passing = BTreeSet::from([declaring.clone()]);
    let mut open = vec![declaring.clone()];
    while let Some(file) = open.pop() {
        let importers = tree.importers(&file);
        let holders = holders.iter().filter(|path| importers.binary_search(path).is_ok());
        let candidates = importers.iter().filter(|path| is_package(path)).chain(holders);
        let candidates: BTreeSet<&RepoPath> = candidates.filter(|path| !passing.contains(*path)).collect();
        let imports = |path: &&RepoPath| tree.imported_files(path).contains(&file);
        let found: Vec<RepoPath> = candidates.into_par_iter().filter(imports).cloned().collect();
        if passing.len() + found.len() > MAX_PASSING {
            return (passing, true);
        }
        open.extend(found.iter().cloned());
        passing.extend(found);
    }
    (passing, false)
}

/// `index.ts`, `__init__.py`.
pub(super) fn is_package(path: &RepoPath) -> bool {
    matches!(path.file_name().split('.').next(), Some("index" | "__init__"))
}

/// Whether a text may hold an instance of a class, or a class with its members: `new Flags(`, `Flags(`, `extends Flags`.
fn may_hold(text: &str, class: &str) -> bool {
    places(text, class).any(|at| {
        let line = &text[text[..at].rfind('\n').map_or(0, |end| end + 1)..at];
        let before = line.trim_end();
        let is_made = text[at + class.len()..].trim_start().starts_with('(');
        // What a function makes for itself stays there.
        let is_outside = !line.starts_with(char::is_whitespace);
        before.ends_with("new") || before.ends_with("extends") || is_outside && (is_made || line.starts_with("class "))
    })
}

/// The names that a text gives something: `export { default as name }`.
pub(super) fn given_names(text: &str) -> Vec<String> {
    let after = places(text, "as").map(|at| text[at + 2..].trim_start());
    let names = after.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$')).next());
    names.flatten().filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instances_and_subclasses_hold_what_a_class_has() {
        let texts =
            ["export const flags = new Flags()", "flags = Flags(", "class A(Base, Flags):", "class A extends Flags {"];
        for text in texts {
            assert!(may_hold(text, "Flags"), "{text}");
        }
        for text in ["constructor(private flags: Flags) {}", "import { Flags } from './flags'", "def f(flags: Flags):"]
        {
            assert!(!may_hold(text, "Flags"), "{text}");
        }
        let text = "export { default as isOn, a as\n b$ } from './a'; export { basic };";
        assert_eq!(given_names(text), ["isOn", "b$"]);
    }
}

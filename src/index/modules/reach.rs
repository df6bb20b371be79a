//! Which files import a file, directly or through others, by their texts alone.
//!
//! Nothing is parsed: what stands behind `from` and `import` in a text is taken for a module path, and what it leads to is
//! looked up. That is enough to say how far a change reaches, and no proof of anything: a file that imports another one need
//! not use what was changed there, and what reaches a file without its name (`from . import x`) is not seen.

use super::super::Tree;
use super::{Family, lock};
use crate::location::RepoPath;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

/// Files that mention one file's name; a name that more mention is rather a word of prose.
const MAX_CANDIDATES: usize = 100;

/// Texts that are read for one question.
const MAX_READ: usize = 150;

/// Imports from importer to importer.
const MAX_DEPTH: u32 = 12;

/// Module paths of one file.
const MAX_MODULES: usize = 400;

/// Who imports some files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Importers {
    /// How many imports away each is, at least; in order of their paths.
    pub(crate) files: BTreeMap<RepoPath, u32>,
    /// There may be more than were looked at.
    pub(crate) is_cut: bool,
}

/// The module paths of files that were read already.
type Modules = Mutex<HashMap<RepoPath, Arc<Vec<String>>>>;

impl Tree<'_> {
    /// The files that the module paths of a file lead to, by its text alone.
    pub(crate) fn imported_files(&self, path: &RepoPath) -> Arc<BTreeSet<RepoPath>> {
        let memo = &self.memo().imported_files;
        if let Some(known) = lock(memo).get(path.as_str()) {
            return Arc::clone(known);
        }
        let modules = self.read_modules(path);
        let files = Arc::new(modules.iter().filter_map(|module| self.resolve(path, module)).collect::<BTreeSet<_>>());
        lock(memo).insert(path.as_str().to_owned(), Arc::clone(&files));
        files
    }

    /// The files that import these, directly or through others; those that are left out are no way to others either.
    pub(crate) fn imported_by(
        &self,
        changed: &[RepoPath],
        is_left_out: &(dyn Fn(&RepoPath) -> bool + Sync),
    ) -> Importers {
        let mut found = Importers::default();
        let modules = Modules::default();
        let mut frontier: Vec<RepoPath> = changed.to_vec();
        let mut seen: BTreeSet<RepoPath> = changed.iter().cloned().collect();
        for depth in 1..=MAX_DEPTH {
            let mut next = BTreeSet::new();
            for file in &frontier {
                let Some(mut candidates) = self.may_import(file) else {
                    found.is_cut = true;
                    continue;
                };
                candidates.retain(|candidate, _| !seen.contains(candidate) && !is_left_out(candidate));
                let unread = candidates.keys().filter(|path| !lock(&modules).contains_key(*path)).count();
                if lock(&modules).len() + unread > MAX_READ {
                    found.is_cut = true;
                    continue;
                }
                let imports = |(candidate, names): &(RepoPath, Vec<String>)| {
                    let modules = self.modules_of(candidate, &modules);
                    modules.iter().any(|module| {
                        names.iter().any(|name| module.contains(name.as_str()))
                            && self.resolve(candidate, module).as_ref() == Some(file)
                    })
                };
                let candidates: Vec<(RepoPath, Vec<String>)> = candidates.into_iter().collect();
                next.extend(candidates.into_par_iter().filter(imports).map(|(path, _)| path).collect::<Vec<_>>());
            }
            frontier = next.into_iter().collect();
            seen.extend(frontier.iter().cloned());
            found.files.extend(frontier.iter().map(|path| (path.clone(), depth)));
            if frontier.is_empty() {
                return found;
            }
        }
        found.is_cut = true;
        found
    }

    /// The files that mention a file's name, each with a word of the names that it mentions; `None` where too many do.
    fn may_import(&self, path: &RepoPath) -> Option<BTreeMap<RepoPath, Vec<String>>> {
        let family = Family::of(path.as_str());
        let mut candidates: BTreeMap<RepoPath, Vec<String>> = BTreeMap::new();
        for words in self.importers_hint(path) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let longest = words.iter().max_by_key(|word| word.len()).copied().unwrap_or_default();
            for file in self.mentioning(&words) {
                if Family::of(file.as_str()) == family && file != *path {
                    candidates.entry(file).or_default().push(longest.to_owned());
                }
            }
            if candidates.len() > MAX_CANDIDATES {
                return None;
            }
        }
        Some(candidates)
    }

    fn modules_of(&self, path: &RepoPath, known: &Modules) -> Arc<Vec<String>> {
        if let Some(modules) = lock(known).get(path) {
            return Arc::clone(modules);
        }
        let modules = Arc::new(self.read_modules(path));
        lock(known).insert(path.clone(), Arc::clone(&modules));
        modules
    }

    fn read_modules(&self, path: &RepoPath) -> Vec<String> {
        let text = self.text(path.as_str());
        let modules = text.map(|text| match Family::of(path.as_str()) {
            Some(Family::Python) => python_modules(&text),
            _ => script_modules(&text),
        });
        modules.unwrap_or_default()
    }
}

/// What stands in quotes behind `from`, `import`, `import(` and `require(`.
fn script_modules(text: &str) -> Vec<String> {
    let behind = |word: &'static str| {
        super::super::places(text, word).filter_map(move |at| {
            let rest = text[at + word.len()..].trim_start();
            let rest = rest.strip_prefix('(').map_or(rest, str::trim_start);
            let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"' | '`'))?;
            let (module, _) = rest[1..].split_once(quote)?;
            (!module.contains('\n')).then(|| module.to_owned())
        })
    };
    ["from", "import", "require"].into_iter().flat_map(behind).take(MAX_MODULES).collect()
}

/// `a.b` and `a.b.c` of `from a.b import c`, `a.b` of `import a.b`.
fn python_modules(text: &str) -> Vec<String> {
    let mut modules = Vec::new();
    let mut rest = text;
    while let Some((line, after)) = rest.split_once('\n').or((!rest.is_empty()).then_some((rest, ""))) {
        rest = after;
        let line = line.trim_start();
        if modules.len() >= MAX_MODULES {
            break;
        }
        if let Some(names) = line.strip_prefix("import ") {
            modules.extend(names.split(',').filter_map(|name| name.split_whitespace().next()).map(str::to_owned));
        } else if let Some((module, names)) = line.strip_prefix("from ").and_then(|line| line.split_once(" import ")) {
            let module = module.trim();
            // A list in brackets may go on over lines.
            let (names, end) = match names.trim_start().strip_prefix('(') {
                Some(names) if !names.contains(')') => {
                    let end = after.find(')').unwrap_or(0);
                    (format!("{names},{}", &after[..end]), end)
                }
                _ => (names.to_owned(), 0),
            };
            rest = &after[end..];
            let dot = if module.ends_with('.') { "" } else { "." };
            let names = names.split([',', '\n', '(', ')']).filter_map(|name| name.split_whitespace().next());
            modules.extend(names.filter(|name| !name.starts_with('#')).map(|name| format!("{module}{dot}{name}")));
            modules.push(module.to_owned());
        }
    }
    modules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn module_paths_stand_in_texts() {
        let text = "import a from './a';\nimport {\n  b,\n} from \"../b\";\nimport './c';\nconst d = await import('d');\n\
                    const e = require('e/f');\nexport * from './g';\nconst fromage = 'x';\n";
        let mut modules = script_modules(text);
        modules.sort_unstable();
        assert_eq!(modules, ["../b", "./a", "./c", "./g", "d", "e/f"]);
        let text = "import os, a.b as c\nfrom . import d\nfrom ..e import (\n    f,  # why\n    g as h,\n)\ndef x():\n    from i import j\n";
        assert_eq!(
            python_modules(text),
            ["os", "a.b", ".d", ".", "..e.f", "..e.g", "..e", "i.j", "i"].map(str::to_owned)
        );
        assert!(python_modules("from a import (").contains(&"a".to_owned()), "cut in the middle");
    }
}

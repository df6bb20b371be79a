//! Which files may import a module, by the words of their text alone: whoever looks for importers reads only those.

use super::super::Tree;
use super::layout::folder;
use super::{Family, lock, paths};
use crate::location::RepoPath;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A name that has more other names than this is rather a word of prose.
const MAX_RENAMED: usize = 64;

impl Tree<'_> {
    /// Words that a file must mention to import a module: all of one of these lists.
    ///
    /// Not said here is what needs no word: `from '..'`, `from . import x`. [`Tree::importers`] knows those too.
    pub(crate) fn importers_hint(&self, path: &RepoPath) -> Vec<Vec<String>> {
        let mut hints = vec![stem_words(path.as_str())];
        if Family::of(path.as_str()) == Some(Family::Script) {
            hints.extend(
                paths::other_names(*self, path.as_str()).iter().map(|name| words_of(name).map(str::to_owned).collect()),
            );
        }
        hints.retain(|words: &Vec<String>| !words.is_empty());
        hints.sort_unstable();
        hints.dedup();
        hints
    }

    /// The files that may import a module, in order. Each that does is among them, as far as [`Tree::target`] can tell.
    pub(crate) fn importers(&self, path: &RepoPath) -> Arc<Vec<RepoPath>> {
        let memo = &self.memo().importers;
        if let Some(known) = lock(memo).get(path.as_str()) {
            return Arc::clone(known);
        }
        let importers = Arc::new(self.find_importers(path));
        lock(memo).insert(path.as_str().to_owned(), Arc::clone(&importers));
        importers
    }

    fn find_importers(&self, path: &RepoPath) -> Vec<RepoPath> {
        let family = Family::of(path.as_str());
        let mut files = BTreeSet::new();
        for words in self.importers_hint(path) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            files.extend(self.mentioning(&words));
        }
        if is_index(path.as_str()) {
            let inside = folder(path.as_str());
            let below =
                |at: &&str| at.strip_prefix(inside).is_some_and(|rest| inside.is_empty() || rest.starts_with('/'));
            let relative = self.paths().filter(below).filter(|at| Family::of(at) == family);
            files.extend(relative.filter(|at| self.goes_up(at)).map(RepoPath::new));
        }
        files.retain(|file| Family::of(file.as_str()) == family && file != path);
        files.into_iter().collect()
    }

    /// Whether a file has a module path of dots alone.
    fn goes_up(&self, path: &str) -> bool {
        let memo = &self.memo().goes_up;
        if let Some(&known) = lock(memo).get(path) {
            return known;
        }
        let goes_up = self.text(path).is_some_and(|text| goes_up(&text));
        lock(memo).insert(path.to_owned(), goes_up);
        goes_up
    }

    /// The name that every path of an import ends with which leads to a module, `Page` of `'./tabs/Page'`; `None` where there
    /// may be others.
    pub(crate) fn import_name(&self, path: &RepoPath) -> Option<String> {
        let last = |path: &str| stem(path).rsplit('/').next().unwrap_or(path).to_owned();
        let is_script = Family::of(path.as_str()) == Some(Family::Script);
        let name = last(path.as_str());
        let has_one = || paths::other_names(*self, path.as_str()).iter().all(|other| last(other) == name);
        (is_script && !is_index(path.as_str()) && has_one()).then_some(name)
    }

    /// A name, and the names that any file imports or exports it as (`name as other`).
    pub(super) fn renamed(&self, name: &str) -> Arc<BTreeSet<String>> {
        let memo = &self.memo().renamed;
        if let Some(known) = lock(memo).get(name) {
            return Arc::clone(known);
        }
        let mut names = BTreeSet::from([name.to_owned()]);
        let mut open = vec![name.to_owned()];
        while let Some(name) = open.pop() {
            // Everything is imported as something by default.
            if name == "default" || names.len() > MAX_RENAMED {
                continue;
            }
            for file in self.mentioning(&[name.as_str(), "as"]) {
                let Some(text) = self.text(file.as_str()) else { continue };
                for other in others(&text, &name) {
                    if names.insert(other.to_owned()) {
                        open.push(other.to_owned());
                    }
                }
            }
        }
        let names = Arc::new(names);
        lock(memo).insert(name.to_owned(), Arc::clone(&names));
        names
    }
}

/// Where a text writes a path that ends with this name: `"./name"`, `'lib/name.js'`, `` `../${folder}/name` ``.
pub(crate) fn module_paths<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(name).map(|(at, _)| at).filter(move |&at| {
        let after = &text[at + name.len()..];
        let ends = |text: &str| text.starts_with(['"', '\'', '`', '?', '!']);
        let is_end = ends(after)
            || after
                .strip_prefix('.')
                .is_some_and(|after| ends(after.trim_start_matches(|c: char| c.is_alphanumeric())));
        is_end && text[..at].ends_with(['/', '"', '\'', '`', '}'])
    })
}

/// Whether a text of this folder may import a module by a path that ends with its name: relative paths are told apart.
pub(crate) fn may_import(text: &str, folder: &str, name: &str, module: &str) -> bool {
    module_paths(text, name).any(|at| {
        let before = &text[..at];
        let begin = before.rfind(['"', '\'', '`']).map_or(0, |quote| quote + 1);
        let path = &before[begin..];
        let is_plain = path.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-/@[]()".contains(&b));
        let is_relative = path.starts_with("./") || path.starts_with("../");
        let leads_to = || {
            super::layout::join(folder, path).is_some_and(|inside| {
                let found = if inside.is_empty() { name.to_owned() } else { format!("{inside}/{name}") };
                found == stem(module)
            })
        };
        !is_plain || !is_relative || leads_to()
    })
}

/// `b` of each `a as b`.
fn others<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = &'t str> {
    super::super::places(text, name).filter_map(move |at| {
        let after = text[at + name.len()..].trim_start().strip_prefix("as")?;
        let other = after.trim_start();
        let end = other.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$')).unwrap_or(other.len());
        (other.len() < after.len() && end > 0).then(|| &other[..end])
    })
}

/// The words of a module's name: of the file, or of the folder that it stands for.
pub(super) fn stem_words(path: &str) -> Vec<String> {
    let named = if is_index(path) { folder(path) } else { stem(path) };
    let name = named.rsplit('/').next().unwrap_or(named);
    words_of(name).map(str::to_owned).collect()
}

/// The words of a text, as the index counts them.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !super::super::is_word(c)).filter(|word| !word.is_empty())
}

/// A path without the ending of a source file.
pub(crate) fn stem(path: &str) -> &str {
    let endings = paths::EXTENSIONS.iter().chain(&["py", "pyi"]);
    let stems = endings.filter_map(|ending| path.strip_suffix(ending)?.strip_suffix('.'));
    stems.min_by_key(|stem| stem.len()).unwrap_or(path)
}

/// Whether the file stands for its folder.
pub(super) fn is_index(path: &str) -> bool {
    let name = stem(path);
    matches!(name.rsplit('/').next(), Some("index" | "__init__"))
}

/// Whether a text has a module path of dots alone: `'..'`, `"./"`, `from .. import x`.
fn goes_up(text: &str) -> bool {
    let dots = |text: &str, end: &dyn Fn(char) -> bool| {
        let after = text.trim_start_matches(['.', '/']);
        after.len() < text.len() && text.starts_with('.') && after.starts_with(end)
    };
    let quoted =
        text.match_indices(['"', '\'', '`']).any(|(at, quote)| dots(&text[at + 1..], &|c| quote.starts_with(c)));
    let from = || {
        text.match_indices("from").any(|(at, word)| dots(text[at + word.len()..].trim_start(), &char::is_whitespace))
    };
    quoted || from()
}

#[cfg(test)]
mod tests {
    use super::may_import;

    #[test]
    fn relative_paths_of_one_name_are_told_apart() {
        let text = "import { a } from './styles';\nimport b from '../tips/styles.js';\nimport x from './other';\n";
        for (folder, module, is_meant) in [
            ("src/cart", "src/cart/styles.ts", true),
            ("src/cart", "src/tips/styles.js", true),
            ("src/cart", "src/pay/styles.ts", false),
            ("", "styles.ts", true),
        ] {
            assert_eq!(may_import(text, folder, "styles", module), is_meant, "{folder} {module}");
        }
        for text in ["from '@app/pay/styles'", "import(`./${name}/styles`)", "import('./' + name + '/styles')"] {
            assert!(may_import(text, "src/cart", "styles", "src/pay/styles.ts"), "{text}");
        }
    }
}

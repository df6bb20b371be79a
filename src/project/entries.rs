//! Entries of tables that do nothing by themselves: `refund: "/refund"` among paths, a member of an enum.
//!
//! Whoever reads such an entry says its name, `Paths.refund`. Where nobody said that before the change, all who say it now are new
//! and judged where they stand; the entry itself changes nothing. That holds only as long as nobody goes through the table, takes
//! something out of it by a name that is made up, or hands it on: every mention of it has to be like `Paths.something`.
//! What nobody in the tree reads this way may be read by a framework, and is no such entry.

use super::Project;
use crate::gating::declarations::{is_top_level, name_of};
use crate::gating::only_tells;
use crate::index::{self, modules::Family};
use crate::location::RepoPath;
use crate::rules::files::FileKind;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::syntax::sections::has_sections;
use std::collections::{BTreeMap, BTreeSet};

/// A table that more files mention is not looked at.
const MAX_FILES: usize = 1_000;

/// So many of them are parsed, where the text alone does not tell what they do with it.
const MAX_PARSED: usize = 40;

/// Of one table, so many entries are looked at.
const MAX_ENTRIES: usize = 40;

/// The tables of more declarations are not looked at.
const MAX_TABLES: usize = 20;

/// Letters that a list of imports is made of, and what stands before it.
fn is_of_list(c: char) -> bool {
    c.is_alphanumeric() || c.is_whitespace() || matches!(c, '_' | '$' | ',' | '{' | '*')
}

impl Project<'_> {
    /// The entries around these places, which changed, that are nothing by themselves.
    pub(crate) fn inert_entries(&self, path: &RepoPath, places: &[NodeId]) -> Vec<NodeId> {
        let Some(source) = self.tree.source(path.as_str()).filter(|_| !has_sections(path)) else { return Vec::new() };
        let Some(facts) = source.facts() else { return Vec::new() };
        if Family::of(path.as_str()) != Some(Family::Script) || !self.tree.is_whole() {
            return Vec::new();
        }
        let mut tables: BTreeMap<NodeId, BTreeSet<NodeId>> = BTreeMap::new();
        for &place in places {
            if let Some((table, entry)) = entry_around(&source, facts, place) {
                tables.entry(table).or_default().insert(entry);
            }
        }
        let mut found = Vec::new();
        for (table, entries) in tables.into_iter().take(MAX_TABLES) {
            let Some(name) = name_of(&source, facts, table) else { continue };
            let plain: Vec<(NodeId, &str)> = entries
                .into_iter()
                .take(MAX_ENTRIES)
                .filter_map(|entry| Some((entry, plain_name(&source, facts, entry)?)))
                .collect();
            if plain.is_empty() {
                continue;
            }
            let Some(names) = self.names_of_table(name) else { continue };
            found.extend(plain.into_iter().filter(|(_, entry)| self.is_read_anew(&names, entry)).map(|(at, _)| at));
        }
        found
    }

    /// Whether code reads an entry by its name, and none did before.
    fn is_read_anew(&self, tables: &BTreeSet<String>, entry: &str) -> bool {
        let reads = |table: &String| {
            [format!("{table}.{entry}"), format!("{table}[\"{entry}\"]"), format!("{table}['{entry}']")]
        };
        let is_code = |file: &RepoPath| {
            Family::of(file.as_str()).is_some()
                && self
                    .tree
                    .text(file.as_str())
                    .is_some_and(|text| self.rules.files.kind(file, &text) == FileKind::Code)
        };
        let before = self.tree.before();
        tables.iter().flat_map(reads).all(|way| before.containing(&way).is_empty())
            && tables.iter().flat_map(reads).any(|way| self.tree.containing(&way).iter().any(is_code))
    }

    /// The names that a table goes by, where every mention of it reads one of its entries by name.
    fn names_of_table(&self, name: &str) -> Option<BTreeSet<String>> {
        let mut names = BTreeSet::from([name.to_owned()]);
        let files = self.tree.mentioning(&[name]);
        if files.len() > MAX_FILES {
            return None;
        }
        let mut parsed = 0;
        for file in files {
            let Some(text) = self.tree.text(file.as_str()) else {
                match Family::of(file.as_str()) {
                    Some(_) => return None,
                    None => continue,
                }
            };
            let kind = self.rules.files.kind(&file, &text);
            // What people run by hand goes through whatever it likes.
            if matches!(kind, FileKind::Test | FileKind::Docs | FileKind::Vendored) || self.is_command(&file) {
                continue;
            }
            let is_script = Family::of(file.as_str()) == Some(Family::Script);
            // Other languages know nothing of it; markup may ask for it by name.
            if !is_script && !has_sections(&file) {
                continue;
            }
            let (own, is_sure) = names_in(&text, name);
            if !is_sure {
                parsed += 1;
                let source =
                    self.tree.source(file.as_str()).filter(|_| parsed <= MAX_PARSED && !has_sections(&file))?;
                if !only_reads_entries(&source, &own) {
                    return None;
                }
            }
            names.extend(own);
        }
        Some(names)
    }
}

/// The table at the top of a file that a place is in, with the entry of it.
fn entry_around(source: &SourceFile, facts: &Facts, place: NodeId) -> Option<(NodeId, NodeId)> {
    let mut entry = place;
    for at in facts.ancestors(place) {
        match facts.role(at) {
            Role::Object => {
                let table = facts.node(facts.outer(at)).parent;
                let is_table = facts.role(table) == Role::Binding && is_top_level(facts, table);
                return (is_table && facts.role(entry) == Role::Pair).then_some((table, entry));
            }
            Role::Class => {
                let text = source.text_of(at);
                let is_enum = ["enum ", "const enum ", "export enum ", "export const enum "];
                let is_enum = is_enum.iter().any(|word| text.starts_with(word));
                let is_static = source.text_of(entry).split_whitespace().take(2).any(|word| word == "static");
                let goes_through = text.contains("(this)") || text.contains(" in this") || text.contains('@');
                let is_entry = facts.role(entry) == Role::Binding && (is_enum || is_static && !goes_through);
                return (is_entry && is_top_level(facts, at)).then_some((at, entry));
            }
            Role::Function | Role::Call | Role::Array => return None,
            Role::Pair | Role::Binding => entry = at,
            _ => {}
        }
    }
    None
}

/// The name of an entry whose value does nothing.
fn plain_name<'s>(source: &'s SourceFile, facts: &Facts, entry: NodeId) -> Option<&'s str> {
    let name = facts.part(entry, Part::Key).or_else(|| facts.part(entry, Part::Name))?;
    let text = source.text_of(name);
    let is_word = text.len() > 1 && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$'));
    let value = facts.part(entry, Part::Value).filter(|&value| value != entry);
    (is_word && value.is_none_or(|value| only_tells(source, facts, value))).then_some(text)
}

/// The names that a table goes by in a file, and whether the text alone tells that all its mentions read an entry, import it, or
/// declare it.
fn names_in(text: &str, name: &str) -> (BTreeSet<String>, bool) {
    let mut names = BTreeSet::from([name.to_owned()]);
    let mut is_sure = index::places(text, name).all(|at| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        if reads_entry(after) {
            return true;
        }
        let said = before.trim_end();
        if ["enum", "class", "const", "import"].iter().any(|word| said.ends_with(word)) {
            return true;
        }
        let list = &before[before.trim_end_matches(is_of_list).len()..];
        let Some(open) = list.rfind('{') else { return false };
        let word = list[..open].trim_end();
        let alias = after.trim_start().strip_prefix("as ").map(str::trim_start);
        match alias {
            None => imports(word) || word.ends_with("export"),
            Some(alias) if imports(word) => {
                let end = alias.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$')).unwrap_or(alias.len());
                names.insert(alias[..end].to_owned());
                end > 0
            }
            Some(_) => false,
        }
    });
    let others: Vec<&String> = names.iter().filter(|other| *other != name).collect();
    let reads = |other: &str| {
        let mut places = index::places(text, other);
        places.all(|at| reads_entry(&text[at + other.len()..]) || text[..at].trim_end().ends_with(" as"))
    };
    is_sure &= others.into_iter().all(|other| reads(other));
    (names, is_sure)
}

/// What stands before the braces of an import: `import`, `import type`, `import Default,`.
fn imports(before: &str) -> bool {
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    let named = before.strip_suffix(',').map(|before| before.trim_end().trim_end_matches(is_of_word).trim_end());
    named.unwrap_or(before).trim_end_matches("type").trim_end().ends_with("import")
}

/// `.refund`, `?.refund`, `["refund"]`
fn reads_entry(after: &str) -> bool {
    let quoted = ["[\"", "['"].iter().any(|open| after.starts_with(open));
    let member = after.strip_prefix('?').unwrap_or(after).strip_prefix('.');
    let named = member.is_some_and(|member| member.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$')));
    quoted || named
}

/// Whether a file does nothing with a table of these names but to read entries of it, to import it and to name its type.
fn only_reads_entries(source: &SourceFile, names: &BTreeSet<String>) -> bool {
    let Some(facts) = source.facts().filter(|facts| facts.errors.is_empty()) else { return false };
    facts.ids().all(|node| {
        let parent = facts.node(node).parent;
        let part = facts.part_of(parent, node);
        match facts.role(node) {
            Role::Identifier if names.contains(source.text_of(node)) => {
                let reads = |at: NodeId| {
                    let outer = facts.node(at).parent;
                    let index = facts.part(outer, Part::Index).map(|index| facts.role(index));
                    facts.part(outer, Part::Object) == Some(at)
                        && (facts.role(outer) == Role::Member || index == Some(Role::String))
                };
                let is_declared = matches!(facts.role(parent), Role::Binding | Role::Class) && part == Some(Part::Name);
                // `constants.Paths.refund`
                let is_member = facts.role(parent) == Role::Member && part == Some(Part::Property);
                let is_key = facts.role(parent) == Role::Pair && part == Some(Part::Key);
                let mut around = facts.ancestors(node);
                reads(node)
                    || is_declared
                    || is_member && reads(parent)
                    || is_key
                    || around.any(|at| matches!(facts.role(at), Role::Type | Role::Import | Role::Imported))
            }
            // `{ Paths }`
            Role::Pair => facts.part(node, Part::Value) != Some(node) || !names.contains(source.text_of(node)),
            Role::Destructured => {
                let said = facts.part(node, Part::Name).or_else(|| facts.part(node, Part::Key));
                said.is_none_or(|said| !names.contains(source.text_of(said)))
            }
            Role::Export => !source.text_of(node).contains("default") || !mentions_any(source.text_of(node), names),
            _ => true,
        }
    })
}

fn mentions_any(text: &str, names: &BTreeSet<String>) -> bool {
    names.iter().any(|name| index::places(text, name).next().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_sure(text: &str) -> bool {
        names_in(text, "Paths").1
    }

    #[test]
    fn reading_and_importing_is_told_by_the_text() {
        assert!(is_sure("import { Paths } from './paths';\nopen(Paths.refund);"));
        assert!(is_sure("import {\n  A,\n  Paths,\n} from './paths';\nopen(Paths?.refund);"));
        assert!(is_sure("import { Paths as Money } from './paths';\nopen(Money.refund);"));
        assert!(is_sure("import Default, { Paths } from './paths';"));
        assert!(is_sure("import type { Paths } from './paths';"));
        assert!(is_sure("export { Paths } from './paths';"));
        assert!(is_sure("open(Paths['refund'], Paths[\"refund\"]);"));
    }

    #[test]
    fn what_goes_through_it_or_hands_it_on_is_not() {
        assert!(!is_sure("import { Paths } from './paths';\nObject.values(Paths);"));
        assert!(!is_sure("const { refund } = Paths;"));
        assert!(!is_sure("open({ Paths });"));
        assert!(!is_sure("return { A, Paths };"));
        assert!(!is_sure("Paths[name]"));
        assert!(!is_sure("Paths.\n  refund"));
        assert!(!is_sure("import { Paths as Money } from './paths';\nObject.keys(Money);"));
        assert!(!is_sure("export { Paths as Money };"));
        assert!(!is_sure("open(...Paths)"));
        assert!(!is_sure("open(a, { Paths })"));
        assert!(!is_sure("export default { Paths };"));
    }
}

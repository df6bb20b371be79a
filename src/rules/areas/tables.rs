//! Compiled evidence items and the tables that find them by name, word and module.

use super::callee::CalleePattern;
use super::expression::Expression;
pub(crate) use super::raw::{Position, SqlChange};
use crate::location::RepoPath;
use crate::rules::pattern::Glob;
use crate::terms::{Side, Tier};
use std::collections::HashMap;

/// An index into the items of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ItemId(pub(crate) u32);

/// One kind of evidence.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) what: String,
    pub(crate) matcher: Matcher,
    pub(crate) strength: u8,
    pub(crate) strength_in_ui: u8,
    /// Where the whole declaration is new or gone; not more than the others.
    pub(crate) strength_of_whole: u8,
    /// Where several of its words change at once.
    pub(crate) strength_of_several: u8,
    /// Outside the change, in the same declaration.
    pub(crate) strength_in_context: u8,
    pub(crate) tier: Tier,
    pub(crate) not_gateable: Option<String>,
    pub(crate) side: Option<Side>,
    /// Empty for all files.
    pub(crate) paths: Vec<Glob>,
    pub(crate) not_paths: Vec<Glob>,
    pub(crate) imports: Vec<String>,
    pub(crate) text: Option<Expression>,
    pub(crate) not_text: Option<Expression>,
    pub(crate) argument: Option<Expression>,
    pub(crate) min_arguments: usize,
    pub(crate) position: Option<Position>,
}

/// What an item looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Matcher {
    Modules,
    ModuleWords,
    Calls,
    Names,
    Decorators,
    Bases,
    FieldsOf,
    ParametersOf,
    Elements,
    Attributes,
    Keys,
    Defines,
    Strings,
    Sql,
    PathWords,
    Lines,
}

impl Item {
    /// Whether the item applies to this file on this side; the imports are asked for apart.
    pub(crate) fn applies_to(&self, path: &RepoPath, side: Side) -> bool {
        self.side.is_none_or(|only| only == side)
            && (self.paths.is_empty() || self.paths.iter().any(|glob| glob.matches(path.as_str())))
            && !self.not_paths.iter().any(|glob| glob.matches(path.as_str()))
    }

    /// Whether the evidence is something that the code does, so that a changed condition around it changes it too.
    pub(crate) fn is_done(&self) -> bool {
        match self.matcher {
            Matcher::Calls | Matcher::Modules | Matcher::Elements | Matcher::Sql => true,
            Matcher::Names => matches!(self.position, Some(Position::Call | Position::Exit)),
            _ => false,
        }
    }

    pub(crate) fn strength(&self, ui: bool, whole: bool) -> u8 {
        let strength = if ui { self.strength_in_ui } else { self.strength };
        if whole { strength.min(self.strength_of_whole) } else { strength }
    }

    /// Whether the text of the matched node is as the item wants it.
    pub(crate) fn text_fits(&self, text: &str) -> bool {
        self.text.as_ref().is_none_or(|wanted| wanted.is_match(text))
            && !self.not_text.as_ref().is_some_and(|unwanted| unwanted.is_match(text))
    }
}

/// Finds items without going through all of them.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) modules: HashMap<String, Vec<ItemId>>,
    pub(crate) calls: NameTable,
    pub(crate) decorators: NameTable,
    pub(crate) bases: NameTable,
    pub(crate) fields_of: NameTable,
    pub(crate) parameters_of: NameTable,
    pub(crate) elements: NameTable,
    pub(crate) attributes: NameTable,
    pub(crate) keys: NameTable,
    pub(crate) defines: NameTable,
    pub(crate) names: WordTable,
    pub(crate) module_words: WordTable,
    pub(crate) path_words: WordTable,
    pub(crate) strings: Vec<(Expression, ItemId)>,
    pub(crate) lines: Vec<(Expression, ItemId)>,
    pub(crate) sql: Vec<(SqlChange, ItemId)>,
}

/// Items by pattern of a dotted name.
#[derive(Debug, Default)]
pub(crate) struct NameTable {
    by_last: HashMap<String, Vec<(CalleePattern, ItemId)>>,
    others: Vec<(CalleePattern, ItemId)>,
}

impl NameTable {
    pub(crate) fn insert(&mut self, pattern: CalleePattern, item: ItemId) {
        match pattern.last_exact() {
            Some(last) => self.by_last.entry(last.to_owned()).or_default().push((pattern, item)),
            None => self.others.push((pattern, item)),
        }
    }

    /// The items that want a name with these parts.
    pub(crate) fn find<'a>(&'a self, name: &'a [&'a str]) -> impl Iterator<Item = ItemId> + 'a {
        let exact = name.last().and_then(|last| self.by_last.get(*last)).map_or(&[][..], Vec::as_slice);
        exact.iter().chain(&self.others).filter(|(pattern, _)| pattern.matches(name)).map(|(_, item)| *item)
    }

    pub(crate) fn contains(&self, name: &[&str]) -> bool {
        self.find(name).next().is_some()
    }
}

/// Items by sequence of words.
#[derive(Debug, Default)]
pub(crate) struct WordTable {
    by_first: HashMap<String, Vec<(Vec<String>, ItemId)>>,
}

/// An item, and the words of it that were found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WordMatch<'a> {
    pub(crate) item: ItemId,
    first: &'a str,
    rest: &'a [String],
}

impl WordMatch<'_> {
    /// The words as one text.
    pub(crate) fn words(&self) -> String {
        self.rest.iter().fold(self.first.to_owned(), |text, word| text + " " + word)
    }
}

impl WordTable {
    pub(crate) fn insert(&mut self, mut words: Vec<String>, item: ItemId) {
        if !words.is_empty() {
            let first = words.remove(0);
            self.by_first.entry(first).or_default().push((words, item));
        }
    }

    /// The items whose words stand in a row in these words.
    pub(crate) fn find<'a>(&'a self, words: &'a [String]) -> impl Iterator<Item = WordMatch<'a>> + 'a {
        words.iter().enumerate().flat_map(move |(at, first)| {
            let rest = &words[at + 1..];
            let starting = self.by_first.get(first).map_or(&[][..], Vec::as_slice);
            let found = starting.iter().filter(move |(wanted, _)| rest.starts_with(wanted));
            found.map(move |(rest, item)| WordMatch { item: *item, first, rest })
        })
    }
}

/// The items of the module and of the modules that it is part of.
pub(crate) fn find_module<'a>(
    table: &'a HashMap<String, Vec<ItemId>>,
    module: &'a str,
) -> impl Iterator<Item = ItemId> + 'a {
    enclosing_modules(module).filter_map(|module| table.get(module)).flatten().copied()
}

/// `a/b.c`, `a/b`, `a`.
pub(crate) fn enclosing_modules(module: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(module), |module| {
        module.rfind(['/', '.', ':']).map(|at| &module[..at]).filter(|front| !front.is_empty())
    })
}

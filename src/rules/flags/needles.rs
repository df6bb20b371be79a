//! Which texts can hold a flag at all, told from their bytes: most files of a repository are never parsed.
//!
//! Every rule needs some words in the text: its own name where that is proof enough, else what says that the name is the
//! SDK's (a module, the name of a client). A text without all the words of at least one rule holds nothing that detection
//! could find. It may be taken for a candidate and hold nothing. Escapes in strings (`"\x66lag"`) and comments inside of
//! expressions (`flags./* */has("x")`) are not seen through.

use super::around::{
    begins_object, begins_string, ends_module, is_property, may_be_called, may_be_in_module, may_declare_type,
    may_name_element, value_of, word_at_end,
};
use super::names::NameWords;
use super::taken::{Before, Taken, is_used, may_have_methods, may_hold_key, name_before, taken_from};
use super::{Definition, DefinitionKind, FlagPack, FlagRules, Form, PathWords, Place, is_constant_case};
use crate::rules::pattern::{ModulePattern, NamePattern};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, PoisonError};

/// The words of all packs for one language, ready to be looked for.
#[derive(Debug)]
pub(crate) struct Needles {
    /// Looks for each text once, of however many needles it is.
    automaton: AhoCorasick,
    /// The needles of each text, by its number.
    needles_of: Vec<Range<usize>>,
    /// How each needle must stand, by its number; those of one text follow each other.
    needles: Vec<Needle>,
    /// The demands that a needle belongs to, by its number.
    demands_of: Vec<Vec<usize>>,
    /// How many needles each demand has.
    sizes: Vec<usize>,
    /// The parts of clauses that a demand meets, by its number.
    parts_of: Vec<Vec<usize>>,
    /// The clause that a part belongs to.
    clause_of: Vec<usize>,
    /// How many parts each clause has.
    parts: Vec<usize>,
    /// Some rule has no words at all, so every text may hold a flag.
    all: bool,
    /// Names of files whose constants are keys, whatever they say.
    files: Vec<PathWords>,
}

/// What one rule needs: of each part, one demand that is met.
type Clause = Vec<Vec<Demand>>;

/// Needles that are all needed.
type Demand = BTreeSet<Needle>;

/// What must be in the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Needle {
    pub(super) text: String,
    pub(super) how: How,
}

/// How a needle must stand in the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// As it is, and as a whole name.
    Name,
    /// As it is, as a whole name that is called.
    Called,
    /// As it is, as a whole name after a dot that is called: the method of something.
    Method,
    /// As it is, as the whole name of a property that is given a value.
    Property,
    /// As it is, as the whole name of an element, or one that gets another name.
    Element,
    /// As it is, anywhere.
    Piece,
    /// In a name that matches and is called.
    Matching(NamePattern),
    /// In a name that matches, and that stands like this.
    Named(NameWords, Context),
    /// In the name of an object, maybe behind another name, that something is taken out of, or that gets another name; where keys
    /// are given, one of these.
    Bag { name: NameWords, behind: Option<NameWords>, keys: Vec<PathWords> },
}

/// What is around a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Context {
    Any,
    /// A method of what has the name, or of what it returns, may be called.
    Receiver,
    /// The name is the key of a flag, whole or behind dots: `process.env.NEW_TAX`, `Keys.NEW_TAX`.
    Key,
    /// The name is the last one of a module path.
    Module,
    /// The name is declared as one of these.
    Declared(Kinds),
}

/// Kinds of declarations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kinds {
    object: bool,
    class: bool,
    type_: bool,
    constant: bool,
    setting: bool,
}

/// Names are not looked at beyond this many bytes.
const MAX_NAME: usize = 256;

/// Names of a path that may be one key together.
const MAX_PATH: usize = 6;

impl Needle {
    /// A name as it stands.
    fn name(name: &str) -> Self {
        Self { text: name.to_owned(), how: How::Name }
    }

    /// The name of a function.
    fn called(name: &str) -> Self {
        Self { text: name.to_owned(), how: How::Called }
    }

    /// A piece of a name.
    fn piece(text: &str) -> Self {
        Self { text: text.to_owned(), how: How::Piece }
    }

    fn stands(&self, at: &Spot<'_>) -> bool {
        let Spot { text, start, end, .. } = *at;
        let is_alphanumeric = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
        let (before, after) = (start.checked_sub(1).and_then(|at| text.get(at)), text.get(end));
        let as_it_is = &text[start..end] == self.text.as_bytes();
        let is_whole = as_it_is && !is_alphanumeric(before) && !is_alphanumeric(after);
        let is_it = |words: &NameWords, name: &Range<usize>| {
            std::str::from_utf8(&text[name.clone()]).is_ok_and(|name| words.matches(name))
        };
        match &self.how {
            How::Name => is_whole,
            How::Called => as_it_is && !is_alphanumeric(before) && may_be_called(text, end),
            How::Method => as_it_is && text[..start].trim_ascii_end().ends_with(b".") && may_be_called(text, end),
            How::Property => is_whole && is_property(text, end),
            How::Element => is_whole && may_name_element(text, start..end),
            How::Piece => as_it_is,
            How::Matching(pattern) => {
                let name = at.name();
                let is_it = || std::str::from_utf8(&text[name.clone()]).is_ok_and(|name| pattern.matches(name));
                as_it_is && may_be_called(text, name.end) && is_it()
            }
            How::Bag { name: words, behind, keys } => {
                let is_key = |key: &str| keys.iter().any(|pattern| pattern.matches(key));
                let is_used = |name: &Range<usize>| match keys.is_empty() {
                    true => is_used(text, name),
                    false => may_hold_key(text, name, is_key),
                };
                let follows = |name: &Range<usize>| match (behind, name_before(text, name.start)) {
                    (None, _) | (_, Before::Unknown) => true,
                    (Some(words), Before::Name(before)) => is_it(words, &before),
                    (Some(_), Before::Nothing) => false,
                };
                // `({ uiConfig: { flags } }) => flags.a`, `const { flags } = uiConfig`
                let is_taken = |name: &Range<usize>| {
                    behind.as_ref().is_some_and(|words| match taken_from(text, name.start) {
                        Taken::From(outer) => is_it(words, &outer),
                        Taken::Unknown => true,
                        Taken::Not => false,
                    })
                };
                let stands =
                    |name: &Range<usize>| is_it(words, name) && (is_used(name) && follows(name) || is_taken(name));
                stands(at.name()) || stands(at.quoted())
            }
            How::Named(words, context) => {
                let is_it = |name: &Range<usize>| is_it(words, name);
                match context {
                    Context::Any => !is_in_path(text, at.name()) && (is_it(at.name()) || is_it(at.quoted())),
                    Context::Receiver => {
                        let is_receiver = |name: &Range<usize>| may_have_methods(text, name.end) && is_it(name);
                        is_receiver(at.name()) || is_receiver(at.quoted())
                    }
                    Context::Key => {
                        is_it(at.name()) || is_it(at.quoted()) || {
                            let path = around(text, start, end, |byte| is_name_byte(byte) || byte == b'.');
                            std::str::from_utf8(&text[path]).is_ok_and(|path| is_in(words, path))
                        }
                    }
                    Context::Module => {
                        let name = around(text, start, end, |byte| is_name_byte(byte) || byte == b'-');
                        ends_module(text, name.end) && is_it(&name) && may_be_in_module(text, name.start)
                    }
                    Context::Declared(kinds) => kinds.are_at(text, at.name()) && is_it(at.name()),
                }
            }
        }
    }
}

/// Where the text of a needle was found.
struct Spot<'t> {
    text: &'t [u8],
    start: usize,
    end: usize,
    name: OnceCell<Range<usize>>,
    quoted: OnceCell<Range<usize>>,
}

impl<'t> Spot<'t> {
    fn new(text: &'t [u8], found: &aho_corasick::Match) -> Self {
        Self { text, start: found.start(), end: found.end(), name: OnceCell::new(), quoted: OnceCell::new() }
    }

    /// The whole name around it.
    fn name(&self) -> &Range<usize> {
        self.name.get_or_init(|| around(self.text, self.start, self.end, is_name_byte))
    }

    /// What stands between the quotes around it: a string can be a name too, `clients["feature-flags"]`.
    fn quoted(&self) -> &Range<usize> {
        let is_inside = |byte| !matches!(byte, b'"' | b'\'' | b'`' | b'\n');
        self.quoted.get_or_init(|| around(self.text, self.start, self.end, is_inside))
    }
}

/// Whether names of a path match, as one name.
fn is_in(words: &NameWords, path: &str) -> bool {
    let names: Vec<&str> = path.split('.').collect();
    let ranges =
        (0..names.len()).flat_map(|from| (from + 2..=names.len().min(from + MAX_PATH)).map(move |to| from..to));
    names.len() <= MAX_NAME / 2 && ranges.into_iter().any(|range| words.matches(&names[range].join("_")))
}

impl Kinds {
    fn of(definition: &Definition) -> Self {
        let mut kinds = Self::default();
        for kind in &definition.of {
            match kind {
                DefinitionKind::Object => kinds.object = true,
                DefinitionKind::Class => kinds.class = true,
                DefinitionKind::Union | DefinitionKind::Interface => kinds.type_ = true,
                DefinitionKind::Constant => kinds.constant = true,
                DefinitionKind::Setting => kinds.setting = true,
                // What fills it is a flag already.
                DefinitionKind::Filled => {}
            }
        }
        kinds
    }

    /// Whether what has this name may be declared as one of these.
    fn are_at(self, text: &[u8], name: &Range<usize>) -> bool {
        if self.type_ && may_declare_type(text, name) {
            return true;
        }
        let before = text[..name.start].trim_ascii_end();
        if self.class && ([b"class".as_slice(), b"enum"].contains(&word_at_end(before)) || before.ends_with(b"*/")) {
            return true;
        }
        let is_constant = || std::str::from_utf8(&text[name.clone()]).is_ok_and(is_constant_case);
        if self.setting && is_constant() && is_property(text, name.end) {
            return true;
        }
        value_of(text, name).is_some_and(|value| {
            let rest = value.map(|start| &text[start..]);
            self.object && rest.is_none_or(begins_object)
                || self.constant && is_constant() && rest.is_none_or(begins_string)
                || self.class && rest.is_none_or(|rest| rest.trim_ascii_start().starts_with(b"class"))
        })
    }
}

/// Whether the name is a folder or the end of a path: `'../features/x'`. Comments begin with a `/` too.
fn is_in_path(text: &[u8], name: &Range<usize>) -> bool {
    match &text[name.end..] {
        [b'/', next, ..] => !matches!(next, b'/' | b'*'),
        [b'"' | b'\'' | b'`', ..] => text[..name.start].ends_with(b"/"),
        _ => false,
    }
}

/// The bytes around a place that belong together, as far as they are looked at.
fn around(text: &[u8], start: usize, end: usize, belongs: impl Fn(u8) -> bool) -> Range<usize> {
    let before = text[..start].iter().rev().take(MAX_NAME).take_while(|byte| belongs(**byte)).count();
    let after = text[end..].iter().take(MAX_NAME).take_while(|byte| belongs(**byte)).count();
    start - before..end + after
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || !byte.is_ascii()
}

impl FlagRules {
    /// What tells the files of a language that can hold a flag from all others; made once.
    pub(crate) fn needles(&self, language: &str) -> Arc<Needles> {
        let mut made = self.needles.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(needles) = made.get(language) {
            return Arc::clone(needles);
        }
        let clauses: Vec<Clause> = self.packs().iter().flat_map(|pack| clauses(pack, language)).collect();
        let files = self.definitions().flat_map(|(_, definition)| &definition.files).cloned().collect();
        let needles = Arc::new(Needles::new(clauses, files));
        made.insert(language.to_owned(), Arc::clone(&needles));
        needles
    }
}

/// What the rules of a pack need in a language.
fn clauses(pack: &FlagPack, language: &str) -> Vec<Clause> {
    let imports = pack.imports.iter().map(module);
    let modules = pack.project_modules.iter().map(|words| words.names(Context::Module));
    let sdk: Vec<Demand> = imports.collect();
    let known: Vec<Demand> = sdk.iter().cloned().chain(modules).collect();
    let named =
        |receivers: &[PathWords]| receivers.iter().map(|words| words.names(Context::Receiver)).collect::<Vec<_>>();
    let mut found = Vec::new();
    for evaluation in pack.evaluations.iter().filter(|evaluation| evaluation.is_for(language)) {
        let names = names(&evaluation.form, &evaluation.key_patterns);
        // A name that is no proof needs one: a module, or what it is called on.
        let mut clauses = match (evaluation.distinctive, &evaluation.form) {
            (_, Form::Object(lists)) => {
                let property = |name: &String| Needle { text: name.clone(), how: How::Property };
                let all = |names: &Vec<String>| names.iter().map(|name| Demand::from([property(name)])).collect();
                let keys = evaluation.keys.iter().filter_map(|place| match place {
                    Place::Property(name) => Some(Demand::from([property(name)])),
                    _ => None,
                });
                vec![lists.iter().map(all).chain([keys.collect()]).collect()]
            }
            (true, _) | (_, Form::Bag(_) | Form::Imported { .. }) => vec![vec![names]],
            (_, Form::Call(_)) => {
                let receivers = named(evaluation.receivers.as_ref().unwrap_or(&pack.receivers));
                let methods = names.iter().map(methods).collect();
                let known = if evaluation.receivers.is_some() { &sdk } else { &known };
                vec![vec![names, known.clone()], vec![methods, receivers]]
            }
            _ => vec![vec![names, known.clone()]],
        };
        let keys: Vec<Demand> = evaluation.key_patterns.iter().map(|words| words.names(Context::Key)).collect();
        let text = |pattern: &NamePattern| pattern.pieces().map(Needle::piece).collect();
        let texts: Vec<Demand> = evaluation.argument_texts.iter().map(text).collect();
        let narrower = [keys, texts].into_iter().filter(|part| !part.is_empty());
        clauses.iter_mut().for_each(|clause| clause.extend(narrower.clone()));
        found.append(&mut clauses);
    }
    for handle in &pack.handles {
        let constructors = handle.constructors.iter().map(|name| Demand::from([Needle::called(name)])).collect();
        found.push(match handle.distinctive {
            true => vec![constructors],
            false => match &handle.receivers {
                Some(receivers) => vec![constructors, sdk.iter().cloned().chain(named(receivers)).collect()],
                None => vec![constructors, known.iter().cloned().chain(named(&pack.receivers)).collect()],
            },
        });
        // `new Feature("new-tax", false)` where the class is declared in the same file
        let class = |name: &String| Demand::from([Needle::called(name), Needle::piece(&format!("class {name}"))]);
        found.push(vec![handle.constructors.iter().map(class).collect()]);
        found.push(vec![handle.foreign.iter().map(|name| methods(&Demand::from([Needle::called(name)]))).collect()]);
    }
    if !pack.asking_parameters.is_empty() {
        found.push(vec![named(&pack.asking_parameters)]);
    }
    let is_for = |definition: &&Definition| {
        definition.languages.is_empty() || definition.languages.iter().any(|name| name == language)
    };
    let is_looked_for = |definition: &&Definition| definition.of.iter().any(|kind| *kind != DefinitionKind::Filled);
    for definition in pack.definitions.iter().filter(is_for).filter(is_looked_for) {
        let context = Context::Declared(Kinds::of(definition));
        found.push(vec![definition.names.iter().map(|words| words.names(context)).collect()]);
    }
    found
}

/// What each of the names of a rule needs that takes these keys only, if any are given.
fn names(form: &Form, keys: &[PathWords]) -> Vec<Demand> {
    match form {
        Form::Call(names) => names.iter().map(name).collect(),
        Form::Element(names) => names.iter().map(|name| last_as(name, How::Element)).collect(),
        Form::Decorator(names) => names.iter().map(|name| last_as(name, How::Called)).collect(),
        Form::Base { names, .. } => names.iter().map(|name| last_as(name, How::Name)).collect(),
        Form::Bag(patterns) => patterns.iter().map(|words| words.bag(keys)).collect(),
        Form::Object(_) => Vec::new(),
        Form::Imported { modules, names } => match names.is_empty() {
            true => modules.iter().map(|words| words.names(Context::Module)).collect(),
            false => names.iter().map(|words| words.names(Context::Any)).collect(),
        },
    }
}

/// `Feature.On` is written in two pieces.
fn last_as(name: &str, how: How) -> Demand {
    let (path, last) = name.rsplit_once('.').unwrap_or(("", name));
    let path = path.split('.').filter(|name| !name.is_empty()).map(Needle::name);
    path.chain([Needle { text: last.to_owned(), how }]).collect()
}

/// The same names as methods.
fn methods(names: &Demand) -> Demand {
    let method = |needle: &Needle| match needle.how {
        How::Called => Needle { how: How::Method, ..needle.clone() },
        _ => needle.clone(),
    };
    names.iter().map(method).collect()
}

fn name(pattern: &NamePattern) -> Demand {
    let needle = match pattern.literal() {
        Some(name) => Some(Needle::called(name)),
        None => pattern
            .pieces()
            .max_by_key(|piece| piece.len())
            .map(|piece| Needle { text: piece.to_owned(), how: How::Matching(pattern.clone()) }),
    };
    needle.into_iter().collect()
}

/// The pieces between separators: `from a import b` names `a.b`.
fn module(pattern: &ModulePattern) -> Demand {
    pattern.pieces().map(Needle::piece).collect()
}

impl Needles {
    fn new(clauses: Vec<Clause>, files: Vec<PathWords>) -> Self {
        // A part that nothing can meet makes a clause that nothing can meet.
        let clauses: Vec<Clause> = clauses.into_iter().filter(|clause| !clause.iter().any(Vec::is_empty)).collect();
        let (mut parts_of, mut clause_of) = (BTreeMap::<&Demand, Vec<usize>>::new(), Vec::new());
        for (at, clause) in clauses.iter().enumerate() {
            for part in clause {
                part.iter().for_each(|demand| parts_of.entry(demand).or_default().push(clause_of.len()));
                clause_of.push(at);
            }
        }
        let needles: BTreeSet<&Needle> = parts_of.keys().copied().flatten().collect();
        let number: BTreeMap<&Needle, usize> = needles.iter().enumerate().map(|(at, needle)| (*needle, at)).collect();
        let mut demands_of = vec![Vec::new(); needles.len()];
        for (at, demand) in parts_of.keys().enumerate() {
            demand.iter().for_each(|needle| demands_of[number[needle]].push(at));
        }
        let needles: Vec<Needle> = needles.into_iter().cloned().collect();
        // They are sorted by their texts first.
        let same_text = needles.chunk_by(|a, b| a.text == b.text);
        let needles_of = same_text.clone().scan(0, |start, chunk| {
            *start += chunk.len();
            Some(*start - chunk.len()..*start)
        });
        let needles_of = needles_of.collect();
        let texts = same_text.map(|chunk| &chunk[0].text);
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(texts)
            .expect("some hundred short words make no automaton too large");
        Self {
            automaton,
            needles_of,
            demands_of,
            sizes: parts_of.keys().map(|demand| demand.len()).collect(),
            // A demand without a needle cannot be looked for.
            all: parts_of.keys().any(|demand| demand.is_empty()),
            parts: clauses.iter().map(Vec::len).collect(),
            clause_of,
            needles,
            parts_of: parts_of.into_values().collect(),
            files,
        }
    }

    /// Whether detection could find something in a file of this name and content.
    pub(crate) fn may_be_in(&self, file_name: &str, text: &[u8]) -> bool {
        let stem = file_name.split('.').next().unwrap_or_default();
        self.all || self.files.iter().any(|pattern| pattern.matches(stem)) || self.met(text).is_some()
    }

    /// The first clause that a text meets.
    fn met(&self, text: &[u8]) -> Option<usize> {
        let mut seen = vec![false; self.needles.len()];
        let mut missing = self.sizes.clone();
        let mut open = vec![true; self.clause_of.len()];
        let mut parts = self.parts.clone();
        let mut clause_met_by = |needle: usize| {
            for &demand in &self.demands_of[needle] {
                missing[demand] -= 1;
                if missing[demand] > 0 {
                    continue;
                }
                for &part in &self.parts_of[demand] {
                    let clause = self.clause_of[part];
                    if std::mem::take(&mut open[part]) {
                        parts[clause] -= 1;
                        if parts[clause] == 0 {
                            return Some(clause);
                        }
                    }
                }
            }
            None
        };
        for found in self.automaton.find_overlapping_iter(text) {
            let at = Spot::new(text, &found);
            for needle in self.needles_of[found.pattern().as_usize()].clone() {
                if !seen[needle] && self.needles[needle].stands(&at) {
                    seen[needle] = true;
                    if let Some(clause) = clause_met_by(needle) {
                        return Some(clause);
                    }
                }
            }
        }
        None
    }

    /// The words of the clause that makes a text a candidate, as far as they stand in it.
    #[cfg(test)]
    pub(crate) fn why(&self, text: &[u8]) -> String {
        let Some(clause) = self.met(text) else { return String::new() };
        let is_of = |demand: &usize| self.parts_of[*demand].iter().any(|part| self.clause_of[*part] == clause);
        let standing = |found: aho_corasick::Match| {
            let at = Spot::new(text, &found);
            let of_clause = |needle: &usize| self.demands_of[*needle].iter().any(is_of);
            let needles = self.needles_of[found.pattern().as_usize()].clone().filter(of_clause);
            needles.filter(|&needle| self.needles[needle].stands(&at)).collect::<Vec<_>>()
        };
        let words: BTreeSet<usize> = self.automaton.find_overlapping_iter(text).flat_map(standing).collect();
        let words: Vec<&str> = words.into_iter().map(|needle| self.needles[needle].text.as_str()).collect();
        format!("{clause}: {}", words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::detect::flags::detect;
    use crate::location::RepoPath;
    use crate::rules::RuleSet;
    use crate::syntax::{ParseLimits, SourceFile};
    use std::path::{Path, PathBuf};

    fn files(folder: &Path, into: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() { files(&path, into) } else { into.push(path) }
        }
    }

    /// Every file of the fixtures in which something is found is a candidate.
    #[test]
    fn no_file_with_a_flag_is_missed() {
        let rules = RuleSet::load(&Config::default(), &[]).expect("the built-in packs are well").flags;
        let mut paths = Vec::new();
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata"), &mut paths);
        let (mut with_flags, mut left_out) = (0, 0);
        for path in paths {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let name = path.to_string_lossy().into_owned();
            let source =
                SourceFile::analyse(RepoPath::new(name.as_str()), text.as_str().into(), &ParseLimits::default());
            let facts = detect(&source, &rules);
            let Some(language) = source.language.map(|language| language.name) else { continue };
            let may = rules.needles(language).may_be_in(source.path.file_name(), text.as_bytes());
            let any = !facts.evaluations.is_empty() || !facts.definitions.is_empty();
            assert!(may || !any, "{name}: {facts:?}");
            with_flags += usize::from(any);
            left_out += usize::from(!may);
        }
        assert!(with_flags > 50 && left_out > 50, "{with_flags} {left_out}");
    }

    fn has(needle: Needle, text: &str) -> bool {
        Needles::new(vec![vec![vec![Demand::from([needle])]]], Vec::new()).met(text.as_bytes()).is_some()
    }

    #[test]
    fn names_stand_as_rules_say() {
        let matching = |text: &str| {
            let needle = name(&NamePattern::new("use*Flag")).pop_first().expect("one needle");
            has(needle, text)
        };
        assert!(matching("a = useUiFlag('x')") && !matching("useUiFlags; use(Flag)"));
        assert!(has(Needle::name("isOn"), "x.isOn()") && !has(Needle::name("isOn"), "ison() isOns"));
        let element = |text: &str| has(last_as("Feature", How::Element).pop_first().expect("one needle"), text);
        assert!(
            element("<Feature flag='a'>") && !element("import { Feature } from './types'") && !element("<Features />")
        );
        assert_eq!(last_as("Feature.On", How::Called).len(), 2);
    }

    #[test]
    fn names_are_looked_at_as_a_whole() {
        let named = |words: &str, context| {
            let words: PathWords = serde_json::from_value(words.into()).expect("words of a name");
            words.names(context).into_iter().next().expect("one name")
        };
        let is = |words: &str, text: &str| has(named(words, Context::Any), text);
        assert!(is("feature flag$", "x.newFeatureFlags)") && is("feature flag$", "a['feature-flags']"));
        assert!(!is("feature flag$", "feature and flag") && !is("feature flag$", "featureFlagOf"));
        assert!(!is("^features$", "from '@/features/a'; from '../features'") && is("^features$", "features//\n.has"));
        let declared = |words: &str, kinds: Kinds, text: &str| has(named(words, Context::Declared(kinds)), text);
        let object = Kinds { object: true, ..Kinds::default() };
        let given = |text: &str| declared("^features$", object, text);
        assert!(given("const features: X = {") && given("FEATURES = dict({") && given("features /* x */ = {"));
        assert!(!given("from 'features/a'") && !given("x.features.map(") && !given("{ features }"));
        assert!(!given("const features = useFeatures()"), "what a call returns is no table");
        let class = |text: &str| declared("feature flag$", Kinds { class: true, ..Kinds::default() }, text);
        assert!(class("class FeatureFlag(str, Enum):") && class("export const enum\n FeatureFlags {"));
        assert!(!class("x(FeatureFlag)") && !class("const a: FeatureFlag") && !class("return FeatureFlag"));
        let constant = |text: &str| declared("flag$", Kinds { constant: true, ..Kinds::default() }, text);
        assert!(constant("NEW_FLAG = 'a'") && !constant("newFlag = 'a'") && !constant("NEW_FLAG = f('a')"));
        let key = |text: &str| has(named("^new tax", Context::Key), text);
        assert!(key("process.env.NEW_TAX") && key("env['new-tax-2']") && key("env[Keys.New.tax]"));
        assert!(!key("a.renewTax") && !key("new a.tax"));
        let module = |text: &str| has(named("feature flag", Context::Module), text);
        assert!(module("from '../lib/featureFlags.ts'") && module("from app.feature_flags import a"));
        assert!(module("from './feature-flags/index'") && module("from app import feature_flag"));
        assert!(
            !module("from './featureFlags/a'")
                && !module("a.featureFlags")
                && !module("from app.feature.flag import a")
        );
    }
}

//! Which texts can hold a flag at all, told from their bytes: most files of a repository are never parsed.
//!
//! Every rule needs some words in the text: its own name where that is proof enough, else what says that the name is the
//! SDK's (a module, the name of a client). A text without all the words of at least one rule holds nothing that detection
//! could find. It may be taken for a candidate and hold nothing. Escapes in strings (`"\x66lag"`) and comments inside of
//! expressions (`flags./* */has("x")`) are not seen through.

use super::around::{may_be_called, may_be_declared, may_be_in_module};
use super::names::NameWords;
use super::{Definition, DefinitionKind, FlagPack, FlagRules, Form, PathWords, Place};
use crate::rules::pattern::{ModulePattern, NamePattern};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, PoisonError};

/// The words of all packs for one language, ready to be looked for.
#[derive(Debug)]
pub(crate) struct Needles {
    automaton: AhoCorasick,
    /// How each needle must stand, by its number.
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
    /// As it is, anywhere.
    Piece,
    /// In a name that matches and is called.
    Matching(NamePattern),
    /// In any casing, as a word of a longer text; at the beginning or end of a name where that is said.
    Word { at_start: bool, at_end: bool },
    /// Such a word where a module path may stand.
    OfModule { at_start: bool, at_end: bool },
    /// In a name that matches, and that stands like this.
    Named(NameWords, Context),
}

/// What is around a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Context {
    Any,
    /// The name is given a value where it is declared.
    Given,
    /// A keyword stands before the name: `class`, `enum`.
    Keyword,
}

/// Names are not looked at beyond this many bytes.
const MAX_NAME: usize = 256;

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

    fn stands(&self, text: &[u8], start: usize, end: usize) -> bool {
        let is_alphanumeric = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
        let (before, after) = (start.checked_sub(1).and_then(|at| text.get(at)), text.get(end));
        let as_it_is = &text[start..end] == self.text.as_bytes();
        match &self.how {
            How::Name => as_it_is && !is_alphanumeric(before) && !is_alphanumeric(after),
            How::Called => as_it_is && !is_alphanumeric(before) && may_be_called(text, end),
            How::Method => as_it_is && text[..start].trim_ascii_end().ends_with(b".") && may_be_called(text, end),
            How::Piece => as_it_is,
            How::Matching(pattern) => {
                let name = around(text, start, end, is_name_byte);
                let is_it = || std::str::from_utf8(&text[name.clone()]).is_ok_and(|name| pattern.matches(name));
                as_it_is && may_be_called(text, name.end) && is_it()
            }
            How::Word { at_start, at_end } => is_word(text, start..end, *at_start, *at_end),
            How::OfModule { at_start, at_end } => {
                is_word(text, start..end, *at_start, *at_end) && may_be_in_module(text, start)
            }
            How::Named(words, context) => {
                let name = around(text, start, end, is_name_byte);
                let is_it = |name: Range<usize>| std::str::from_utf8(&text[name]).is_ok_and(|name| words.matches(name));
                // A string can be a name too: `clients["feature-flags"]`.
                let quoted = || around(text, start, end, |byte| !matches!(byte, b'"' | b'\'' | b'`' | b'\n'));
                let is_quoted = || *context == Context::Any && !is_in_path(text, &name) && is_it(quoted());
                context.is_around(text, &name) && is_it(name.clone()) || is_quoted()
            }
        }
    }
}

/// Whether a word stands by itself in a longer text; at the beginning or end of a name where that is said.
fn is_word(text: &[u8], word: Range<usize>, at_start: bool, at_end: bool) -> bool {
    let is_alphanumeric = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
    let before = word.start.checked_sub(1).and_then(|at| text.get(at));
    // A small letter goes on with the word before it.
    let goes_on = text[word.start].is_ascii_lowercase() && before.is_some_and(u8::is_ascii_alphabetic);
    let ends = |end: usize| match text.get(end) {
        next if at_end => !is_alphanumeric(next),
        next => !next.is_some_and(u8::is_ascii_lowercase),
    };
    let plural = || matches!(text.get(word.end), Some(b's' | b'S')) && ends(word.end + 1);
    let inside = goes_on || at_start && is_alphanumeric(before);
    !inside && (ends(word.end) || plural())
}

impl Context {
    fn is_around(self, text: &[u8], name: &Range<usize>) -> bool {
        match self {
            Self::Any => !is_in_path(text, name),
            Self::Given => may_be_declared(text, name),
            Self::Keyword => {
                let before = text[..name.start].trim_ascii_end();
                let parted = before.len() < name.start;
                parted && before.last().is_some_and(u8::is_ascii_alphabetic) || before.ends_with(b"*/")
            }
        }
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
    let known: Vec<Demand> = imports.chain(pack.project_modules.iter().map(module_words)).collect();
    let named = |receivers: &[PathWords]| receivers.iter().map(|words| words.names(Context::Any)).collect::<Vec<_>>();
    let mut found = Vec::new();
    for evaluation in pack.evaluations.iter().filter(|evaluation| evaluation.is_for(language)) {
        let names = names(&evaluation.form);
        // A name that is no proof needs one: a module, or what it is called on.
        let mut clauses = match (evaluation.distinctive, &evaluation.form) {
            (_, Form::Object(lists)) => {
                let all = |names: &Vec<String>| names.iter().map(|name| Demand::from([Needle::name(name)])).collect();
                let keys = evaluation.keys.iter().filter_map(|place| match place {
                    Place::Property(name) => Some(Demand::from([Needle::name(name)])),
                    _ => None,
                });
                vec![lists.iter().map(all).chain([keys.collect()]).collect()]
            }
            (true, _) | (_, Form::Bag(_)) => vec![vec![names]],
            (_, Form::Call(_)) => {
                let receivers = named(evaluation.receivers.as_ref().unwrap_or(&pack.receivers));
                let methods = names.iter().map(methods).collect();
                vec![vec![names, known.clone()], vec![methods, receivers]]
            }
            _ => vec![vec![names, known.clone()]],
        };
        let keys: Vec<Demand> = evaluation.key_patterns.iter().map(PathWords::words).collect();
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
            false => vec![constructors, known.iter().cloned().chain(named(&pack.receivers)).collect()],
        });
        found.push(vec![handle.foreign.iter().map(|name| methods(&Demand::from([Needle::called(name)]))).collect()]);
    }
    let is_for = |definition: &&Definition| {
        definition.languages.is_empty() || definition.languages.iter().any(|name| name == language)
    };
    for definition in pack.definitions.iter().filter(is_for) {
        let context = context(definition);
        found.push(vec![definition.names.iter().map(|words| words.names(context)).collect()]);
    }
    found
}

/// The words of a name, where a module path may stand.
fn module_words(words: &PathWords) -> Demand {
    let of_module = |needle: Needle| match needle.how {
        How::Word { at_start, at_end } => Needle { how: How::OfModule { at_start, at_end }, ..needle },
        _ => needle,
    };
    words.words().into_iter().map(of_module).collect()
}

/// What each of the names of a rule needs.
fn names(form: &Form) -> Vec<Demand> {
    match form {
        Form::Call(names) => names.iter().map(name).collect(),
        Form::Element(names) | Form::Decorator(names) => {
            // `Feature.On` is written in two pieces.
            names.iter().map(|name| name.split('.').map(Needle::name).collect()).collect()
        }
        Form::Bag(patterns) => patterns.iter().map(|words| words.names(Context::Any)).collect(),
        Form::Object(_) => Vec::new(),
    }
}

/// The same names as methods.
fn methods(names: &Demand) -> Demand {
    let method = |needle: &Needle| match needle.how {
        How::Called => Needle { how: How::Method, ..needle.clone() },
        _ => needle.clone(),
    };
    names.iter().map(method).collect()
}

/// What is around the names that a rule declares.
fn context(definition: &Definition) -> Context {
    let given = |kind: &DefinitionKind| matches!(kind, DefinitionKind::Object | DefinitionKind::Constant);
    match &definition.of[..] {
        kinds if kinds.iter().all(given) => Context::Given,
        [DefinitionKind::Class] => Context::Keyword,
        _ => Context::Any,
    }
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
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(needles.iter().map(|needle| &needle.text))
            .expect("some hundred short words make no automaton too large");
        Self {
            automaton,
            demands_of,
            sizes: parts_of.keys().map(|demand| demand.len()).collect(),
            // A demand without a needle cannot be looked for.
            all: parts_of.keys().any(|demand| demand.is_empty()),
            parts: clauses.iter().map(Vec::len).collect(),
            clause_of,
            needles: needles.into_iter().cloned().collect(),
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
        for found in self.automaton.find_overlapping_iter(text) {
            let needle = found.pattern().as_usize();
            if seen[needle] || !self.needles[needle].stands(text, found.start(), found.end()) {
                continue;
            }
            seen[needle] = true;
            for &demand in &self.demands_of[needle] {
                missing[demand] -= 1;
                if missing[demand] > 0 {
                    continue;
                }
                for &part in self.parts_of[demand].iter() {
                    let clause = self.clause_of[part];
                    if std::mem::take(&mut open[part]) {
                        parts[clause] -= 1;
                        if parts[clause] == 0 {
                            return Some(clause);
                        }
                    }
                }
            }
        }
        None
    }

    /// The first word of the clause that makes a text a candidate.
    #[cfg(test)]
    pub(crate) fn why(&self, text: &[u8]) -> String {
        let Some(clause) = self.met(text) else { return String::new() };
        let is_of = |demand: &usize| self.parts_of[*demand].iter().any(|part| self.clause_of[*part] == clause);
        let first = (0..self.needles.len()).find(|needle| self.demands_of[*needle].iter().any(is_of));
        first.map(|needle| format!("{clause} {}", self.needles[needle].text)).unwrap_or_default()
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
    fn words_stand_as_patterns_say() {
        let word = |at_start, at_end| Needle { text: "flag".to_owned(), how: How::Word { at_start, at_end } };
        let is = |text: &str| has(word(true, true), text);
        assert!(is("flag") && is("a.FLAGS;") && is("_flags_") && is("x-flag"));
        assert!(!is("featureFlag") && !is("flagged") && !is("flags2") && !is("reflag"));
        let inside = |text: &str| has(word(false, false), text);
        assert!(inside("featureFlagsOf") && inside("NEW_FLAGS2") && !inside("camouflag"));
        let matching = |text: &str| {
            let needle = name(&NamePattern::new("use*Flag")).pop_first().expect("one needle");
            has(needle, text)
        };
        assert!(matching("a = useUiFlag('x')") && !matching("useUiFlags; use(Flag)"));
        assert!(has(Needle::name("isOn"), "x.isOn()") && !has(Needle::name("isOn"), "ison() isOns"));
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
        let given = |text: &str| has(named("^features$", Context::Given), text);
        assert!(given("const features: X = {") && given("FEATURES = dict(") && given("features /* x */ = {"));
        assert!(!given("from 'features/a'") && !given("x.features.map(") && !given("{ features }"));
        let class = |text: &str| has(named("feature flag$", Context::Keyword), text);
        assert!(class("class FeatureFlag(str, Enum):") && class("export const enum\n FeatureFlags {"));
        assert!(!class("x(FeatureFlag)") && !class("const a: FeatureFlag"));
    }
}

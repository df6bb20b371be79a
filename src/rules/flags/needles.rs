//! Which texts can hold a flag at all, told from their bytes: most files of a repository are never parsed.
//!
//! Every rule needs some words in the text: its own name where that is proof enough, else what says that the name is the
//! SDK's (a module, the name of a client). A text without all the words of at least one rule holds nothing that detection
//! could find. It may be taken for a candidate and hold nothing. Escapes in strings (`"\x66lag"`) are not seen through.

use super::{Evaluation, FlagPack, FlagRules, Form, PathWords};
use crate::rules::pattern::{ModulePattern, NamePattern};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::collections::{BTreeMap, BTreeSet};

/// The words of all packs, ready to be looked for.
pub(crate) struct Needles {
    automaton: AhoCorasick,
    /// How each needle must stand, by its number.
    needles: Vec<Needle>,
    /// The demands that a needle belongs to, by its number.
    demands_of: Vec<Vec<usize>>,
    /// How many needles each demand has.
    sizes: Vec<usize>,
    /// Some rule has no words at all, so every text may hold a flag.
    all: bool,
    /// Names of files whose constants are keys, whatever they say.
    files: Vec<PathWords>,
}

/// What must be in the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Needle {
    pub(super) text: String,
    /// In this casing.
    pub(super) exact: bool,
    /// No letter or digit stands before it.
    pub(super) at_start: bool,
    /// No letter or digit stands after it, or after its plural `s` where the casing is free.
    pub(super) at_end: bool,
}

/// Needles that are all needed.
type Demand = BTreeSet<Needle>;

impl Needle {
    /// A name as it stands.
    fn name(name: &str) -> Self {
        Self { text: name.to_owned(), exact: true, at_start: true, at_end: true }
    }

    /// A piece of a name.
    fn piece(text: &str) -> Self {
        Self { text: text.to_owned(), exact: true, at_start: false, at_end: false }
    }

    fn stands(&self, text: &[u8], start: usize, end: usize) -> bool {
        let before = start.checked_sub(1).and_then(|at| text.get(at));
        let is_alphanumeric = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
        if self.at_start && is_alphanumeric(before) {
            return false;
        }
        if self.exact {
            return &text[start..end] == self.text.as_bytes() && !(self.at_end && is_alphanumeric(text.get(end)));
        }
        // A small letter goes on with the word before it.
        if text[start].is_ascii_lowercase() && before.is_some_and(u8::is_ascii_alphabetic) {
            return false;
        }
        let ends = |end: usize| match text.get(end) {
            next if self.at_end => !is_alphanumeric(next),
            next => !next.is_some_and(u8::is_ascii_lowercase),
        };
        ends(end) || matches!(text.get(end), Some(b's' | b'S')) && ends(end + 1)
    }
}

impl FlagRules {
    /// What tells the files that can hold a flag from all others.
    pub(crate) fn needles(&self) -> Needles {
        let demands: BTreeSet<Demand> = self.packs().iter().flat_map(demands).collect();
        let files = self.definitions().flat_map(|(_, definition)| &definition.files).cloned().collect();
        Needles::new(&demands, files)
    }
}

/// What the rules of a pack need.
fn demands(pack: &FlagPack) -> Vec<Demand> {
    let modules = pack.imports.iter().map(module).chain(pack.project_modules.iter().map(PathWords::needles));
    let known: Vec<Demand> = modules.collect();
    let named = |receivers: &[PathWords]| receivers.iter().map(PathWords::needles).collect::<Vec<_>>();
    let mut found = Vec::new();
    for evaluation in &pack.evaluations {
        let receivers = named(evaluation.receivers.as_ref().unwrap_or(&pack.receivers));
        for name in names(&evaluation.form) {
            // A name that is no proof needs one: a module, or what it is called on.
            let proofs = match (evaluation.distinctive, &evaluation.form) {
                (true, _) | (_, Form::Bag(_)) => vec![Demand::new()],
                _ => known.iter().chain(&receivers).cloned().collect(),
            };
            found.extend(proofs.into_iter().flat_map(|proof| with_key(evaluation, &both(&name, &proof))));
        }
    }
    for handle in &pack.handles {
        let receivers = named(&pack.receivers);
        let proofs: Vec<Demand> = match handle.distinctive {
            true => vec![Demand::new()],
            false => known.iter().chain(&receivers).cloned().collect(),
        };
        for constructor in &handle.constructors {
            found.extend(proofs.iter().map(|proof| both(&Demand::from([Needle::name(constructor)]), proof)));
        }
        found.extend(handle.foreign.iter().map(|method| Demand::from([Needle::name(method)])));
    }
    found.extend(pack.definitions.iter().flat_map(|definition| &definition.names).map(PathWords::needles));
    found
}

/// What each of the names of a rule needs.
fn names(form: &Form) -> Vec<Demand> {
    match form {
        Form::Call(names) => names.iter().map(name).collect(),
        Form::Element(names) | Form::Decorator(names) => {
            // `Feature.On` is written in two pieces.
            names.iter().map(|name| name.split('.').map(Needle::name).collect()).collect()
        }
        Form::Bag(patterns) => patterns.iter().map(PathWords::needles).collect(),
    }
}

fn name(pattern: &NamePattern) -> Demand {
    match pattern.literal() {
        Some(name) => Demand::from([Needle::name(name)]),
        None => pattern.pieces().map(Needle::piece).collect(),
    }
}

/// The pieces between separators: `from a import b` names `a.b`.
fn module(pattern: &ModulePattern) -> Demand {
    pattern.pieces().map(Needle::piece).collect()
}

/// The demand, once for each pattern of keys that the rule takes.
fn with_key(evaluation: &Evaluation, demand: &Demand) -> Vec<Demand> {
    match &evaluation.key_patterns[..] {
        [] => vec![demand.clone()],
        patterns => patterns.iter().map(|pattern| both(demand, &pattern.needles())).collect(),
    }
}

fn both(one: &Demand, other: &Demand) -> Demand {
    one.union(other).cloned().collect()
}

impl Needles {
    fn new(demands: &BTreeSet<Demand>, files: Vec<PathWords>) -> Self {
        // A demand that asks for more than another one adds nothing.
        let least: Vec<&Demand> = demands
            .iter()
            .filter(|demand| !demands.iter().any(|other| other != *demand && other.is_subset(demand)))
            .collect();
        let needles: BTreeSet<&Needle> = least.iter().copied().flatten().collect();
        let number: BTreeMap<&Needle, usize> = needles.iter().enumerate().map(|(at, needle)| (*needle, at)).collect();
        let mut demands_of = vec![Vec::new(); needles.len()];
        for (at, demand) in least.iter().enumerate() {
            demand.iter().for_each(|needle| demands_of[number[needle]].push(at));
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(needles.iter().map(|needle| &needle.text))
            .expect("a few hundred short words make no automaton too large");
        Self {
            automaton,
            demands_of,
            sizes: least.iter().map(|demand| demand.len()).collect(),
            all: least.iter().any(|demand| demand.is_empty()),
            needles: needles.into_iter().cloned().collect(),
            files,
        }
    }

    /// Whether detection could find something in a file of this name and content.
    pub(crate) fn may_be_in(&self, file_name: &str, text: &[u8]) -> bool {
        let stem = file_name.split('.').next().unwrap_or_default();
        self.all || self.files.iter().any(|pattern| pattern.matches(stem)) || self.are_in(text)
    }

    fn are_in(&self, text: &[u8]) -> bool {
        let mut missing = self.sizes.clone();
        let mut seen = vec![false; self.needles.len()];
        for found in self.automaton.find_overlapping_iter(text) {
            let needle = found.pattern().as_usize();
            if seen[needle] || !self.needles[needle].stands(text, found.start(), found.end()) {
                continue;
            }
            seen[needle] = true;
            for &demand in &self.demands_of[needle] {
                missing[demand] -= 1;
                if missing[demand] == 0 {
                    return true;
                }
            }
        }
        false
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
        let needles = rules.needles();
        let mut paths = Vec::new();
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata"), &mut paths);
        let (mut with_flags, mut left_out) = (0, 0);
        for path in paths {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let name = path.to_string_lossy().into_owned();
            let source =
                SourceFile::analyse(RepoPath::new(name.as_str()), text.as_str().into(), &ParseLimits::default());
            let facts = detect(&source, &rules);
            let may = needles.may_be_in(source.path.file_name(), text.as_bytes());
            let any = !facts.evaluations.is_empty() || !facts.definitions.is_empty();
            assert!(may || !any, "{name}: {facts:?}");
            with_flags += usize::from(any);
            left_out += usize::from(!may);
        }
        assert!(with_flags > 50 && left_out > 50, "{with_flags} {left_out}");
    }

    #[test]
    fn words_stand_as_patterns_say() {
        let needle = |text: &str, at_start, at_end| Needle { text: text.into(), exact: false, at_start, at_end };
        let needles = Needles::new(&BTreeSet::from([Demand::from([needle("flag", true, true)])]), Vec::new());
        let is = |text: &str| needles.are_in(text.as_bytes());
        assert!(is("flag") && is("a.FLAGS;") && is("_flags_") && is("x-flag"));
        assert!(!is("featureFlag") && !is("flagged") && !is("flags2") && !is("reflag"));
        let inside = Needles::new(&BTreeSet::from([Demand::from([needle("flag", false, false)])]), Vec::new());
        assert!(inside.are_in(b"featureFlagsOf") && inside.are_in(b"NEW_FLAGS2") && !inside.are_in(b"camouflag"));
        let name = Needles::new(&BTreeSet::from([Demand::from([Needle::name("isOn")])]), Vec::new());
        assert!(name.are_in(b"x.isOn()") && !name.are_in(b"ison()") && !name.are_in(b"isOns"));
    }
}

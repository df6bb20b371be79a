//! A flag's key and name: what the code does, written the way the repository writes its keys.
//!
//! A key is never empty, at most [`KEY_LENGTH`] characters and [`KEY_WORDS`] words, ASCII letters, digits and the
//! style's own separators, and no key that is known already, whatever the symbols and subjects it is made from.

use super::plan::Shape;
use super::reuse::{singular, subject_of};
use super::words::{self, Intent};
use super::{Candidate, Change, KnownFlag};
use crate::config::KeyStyle;
use crate::report::FlagValueType;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const KEY_LENGTH: usize = 40;
pub(super) const KEY_WORDS: usize = 5;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) key: String,
    /// For people.
    pub(super) title: String,
}

/// Names a flag of this shape for this code; `taken` are keys given earlier in the same advice.
pub(super) fn name(candidate: &Candidate, shape: &Shape, change: &Change, taken: &[String]) -> Name {
    let symbol = shape.tuned.or(candidate.symbol).unwrap_or("");
    let mut words = core(symbol, candidate, &change.subjects);
    // `calculateTaxV2` carries its version with it.
    let mut version = words::split(symbol).iter().rev().find_map(|word| version_of(word));
    words.drain(..words.len().saturating_sub(KEY_WORDS));
    // On and off stand for new and old code; other values name what they stand for themselves.
    if version.is_none() && !candidate.new_declaration && shape.value_type == FlagValueType::Boolean {
        version = Some(2);
    }
    let known: BTreeSet<String> = change
        .known_flags
        .iter()
        .flat_map(|flag| [flag.key, flag.constant.unwrap_or("")])
        .chain(taken.iter().map(String::as_str))
        .map(plain)
        .collect();
    let style = match change.wishes.key_style {
        Some(wanted) => Style::wanted(wanted),
        None => Style::learn(&change.known_flags, candidate.area),
    };
    // A version more than there are known keys: one of them is free.
    for _ in 0..=known.len() {
        let key = style.write(&words, version);
        if !known.contains(&plain(&key)) {
            return Name { title: title_of(&words, version), key };
        }
        version = Some(version.unwrap_or(1).saturating_add(1));
    }
    Name { key: style.write(&words, version), title: title_of(&words, version) }
}

/// A key as a title: `tax_calculation_v2` -> "Tax calculation v2".
pub(super) fn title(key: &str) -> String {
    let words = words::split(key);
    if words.is_empty() { key.chars().filter(|c| !c.is_control()).take(60).collect() } else { title_of(&words, None) }
}

/// What tells two keys apart in any style.
fn plain(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

fn version_of(word: &str) -> Option<u32> {
    word.strip_prefix('v')?.parse().ok()
}

fn title_of(words: &[String], version: Option<u32>) -> String {
    const ACRONYMS: &[&str] =
        &["api", "csv", "http", "id", "mfa", "pdf", "saml", "sms", "sql", "sso", "ui", "url", "vat"];
    let mut parts: Vec<String> = words
        .iter()
        .map(|word| if ACRONYMS.contains(&word.as_str()) { word.to_ascii_uppercase() } else { word.clone() })
        .collect();
    if let Some(first) = parts.first_mut() {
        *first = capitalized(first);
    }
    parts.extend(version.map(|version| format!("v{version}")));
    parts.join(" ")
}

fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map(|first| first.to_ascii_uppercase().to_string() + characters.as_str()).unwrap_or_default()
}

/// Verbs that say nothing beside their object.
#[rustfmt::skip]
const EMPTY_VERBS: &[&str] = &[
    "apply", "async", "build", "call", "can", "check", "do", "ensure", "execute", "fetch", "get", "handle", "init", "invoke", "load", "make",
    "maybe", "on", "perform", "post", "process", "put", "render", "resolve", "retrieve", "run", "send", "set", "should", "show", "to", "try",
    "use",
];

/// Words that only hold others together.
#[rustfmt::skip]
const LINKS: &[&str] = &["and", "are", "as", "at", "by", "for", "from", "has", "in", "is", "of", "on", "or", "the", "to", "with"];

/// Verbs that read better as nouns, after their object: `calculateTax` -> tax calculation.
#[rustfmt::skip]
const NOUNS: &[(&str, &str)] = &[
    ("allocate", "allocation"), ("approve", "approval"), ("authenticate", "authentication"), ("authorise", "authorization"),
    ("authorize", "authorization"), ("calculate", "calculation"), ("cancel", "cancellation"), ("charge", "charge"),
    ("collect", "collection"), ("compute", "computation"), ("convert", "conversion"), ("create", "creation"), ("delete", "deletion"),
    ("export", "export"), ("filter", "filtering"), ("generate", "generation"), ("import", "import"), ("invite", "invitation"),
    ("link", "linking"), ("merge", "merging"), ("migrate", "migration"), ("notify", "notification"), ("paginate", "pagination"),
    ("parse", "parsing"), ("pay", "payment"), ("publish", "publishing"), ("reconcile", "reconciliation"), ("redirect", "redirect"),
    ("refund", "refund"), ("register", "registration"), ("reject", "rejection"), ("remove", "removal"), ("renew", "renewal"),
    ("retry", "retry"), ("schedule", "scheduling"), ("search", "search"), ("subscribe", "subscription"),
    ("sync", "sync"), ("transfer", "transfer"), ("update", "update"), ("upload", "upload"), ("validate", "validation"),
    ("verify", "verification"),
];

/// Names of roles and of things in general: they tell how the code is built, not what it does.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "abstract", "action", "actions", "all", "api", "app", "args", "base", "callback", "client", "command", "common", "component",
    "components", "constructor", "container", "controller", "core", "current", "data", "default", "element", "endpoint", "endpoints", "factory", "feature", "flag",
    "function", "handler", "handlers", "helper", "helpers", "hook", "hooks", "impl", "index", "info", "inner", "interactor", "internal",
    "item", "items", "layout", "lib", "list", "main", "manager", "middleware", "mixin", "model", "models", "module", "modules", "new",
    "object", "old", "package", "page", "params", "props", "provider", "repository", "request", "resolver", "response", "result",
    "results", "route", "router", "routes", "screen", "serializer", "serializers", "server", "service", "services", "set", "slug", "src", "store",
    "task", "tasks", "temp", "test", "tests", "type", "types", "util", "utils", "value", "values", "view", "views", "viewset", "worker",
];

/// Words that need another one to say anything.
const WEAK: &[&str] = &["active", "each", "first", "last", "next", "pending", "valid"];

/// Words of a commit subject that say nothing about what it is about.
#[rustfmt::skip]
const STOP_WORDS: &[&str] = &[
    "add", "added", "adding", "adds", "after", "allow", "an", "and", "any", "are", "as", "at", "be", "before", "by", "change", "changes",
    "each", "enable", "fix", "fixes", "if", "implement", "improve", "in", "instead", "into", "introduce", "it", "its", "merge", "no", "not",
    "now", "of", "only", "or", "out", "over", "some", "support", "that", "the", "their", "this", "through", "update", "using", "via",
    "was", "when", "where", "wip", "without",
    "build", "chore", "ci", "docs", "feat", "perf", "refactor", "revert", "style",
];

fn says_nothing(word: &str) -> bool {
    ROLES.contains(&word) || LINKS.contains(&word) || version_of(word).is_some()
}

/// The words for what the code does, the head of the phrase last; never empty.
fn core(symbol: &str, candidate: &Candidate, subjects: &[&str]) -> Vec<String> {
    let (owner, own) = symbol.rsplit_once('.').unwrap_or(("", symbol));
    let mut method = words::split(own);
    // The first may go for good, a second (`resolve load time`) only where enough is left.
    let mut least = 0;
    while method.len() > least && (EMPTY_VERBS.contains(&method[0].as_str()) || LINKS.contains(&method[0].as_str())) {
        method.remove(0);
        least = 2;
    }
    let noun = method.first().and_then(|verb| NOUNS.iter().find(|(from, _)| from == verb));
    // The verb must not come back by the file's name.
    let verb = noun.map(|_| method.remove(0));
    let mut phrase: Vec<String> = method.into_iter().filter(|word| !says_nothing(word)).collect();
    let is_new = |word: &String, phrase: &[String]| {
        let same = |other: &String| singular(other) == singular(word);
        !says_nothing(word) && !verb.iter().chain(phrase).any(same)
    };
    let owner = words::split(owner.rsplit('.').next().unwrap_or(""));
    let mut owner: Vec<String> = owner.into_iter().filter(|word| is_new(word, &phrase)).collect();
    // A class tells what its methods are about, as long as the whole stays short.
    if phrase.is_empty() || owner.len() + phrase.len() + usize::from(noun.is_some()) < KEY_WORDS {
        owner.append(&mut phrase);
        phrase = owner;
    }
    for source in path_words(candidate.path.as_str()) {
        let telling = phrase.iter().filter(|word| !WEAK.contains(&word.as_str())).count();
        if telling >= 2 || (telling == 1 && noun.is_some()) {
            break;
        }
        let more: Vec<String> = source.into_iter().filter(|word| is_new(word, &phrase)).collect();
        phrase.splice(0..0, more);
    }
    if phrase.len() + usize::from(noun.is_some()) < 2 {
        let said: Vec<String> = subject_words(subjects).into_iter().filter(|word| is_new(word, &phrase)).collect();
        phrase.extend(said.into_iter().take(3));
    }
    phrase.extend(noun.map(|(_, noun)| (*noun).to_owned()).filter(|noun| !phrase.contains(noun)));
    if phrase.len() < 2 {
        phrase.splice(0..0, words::split(candidate.area).into_iter().take(1));
    }
    if phrase.len() < 2 {
        phrase.push("path".into());
    }
    let mut seen = BTreeSet::new();
    phrase.retain(|word| seen.insert(word.clone()));
    phrase
}

/// The file's stem, then its folders, the nearest first.
fn path_words(path: &str) -> Vec<Vec<String>> {
    let mut segments = path.rsplit('/');
    let stem = segments.next().map(|file| file.split('.').next().unwrap_or(""));
    // `[slug]` and `(group)` stand for anything.
    let folders = segments.filter(|folder| !folder.starts_with(['[', '(', '_', '.'])).take(2);
    stem.into_iter().chain(folders).map(words::split).collect()
}

/// What the commit that promises most is about.
fn subject_words(subjects: &[&str]) -> Vec<String> {
    let mut best: Option<(Intent, &str)> = None;
    for subject in subjects.iter().take(100) {
        let intent = words::intent(&[subject]);
        if best.is_none_or(|(most, _)| intent > most) {
            best = Some((intent, subject));
        }
    }
    let words = words::of_subject(best.map_or("", |(_, subject)| subject));
    let said = |word: &String| {
        let word = word.as_str();
        !STOP_WORDS.contains(&word) && !EMPTY_VERBS.contains(&word) && !says_nothing(word)
    };
    words.into_iter().filter(said).collect()
}

/// How the words of a key are joined. In the order in which ties are broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Case {
    Kebab,
    Camel,
    Snake,
    Screaming,
    Pascal,
    /// Never learned: a dot in a known key ends a prefix.
    Dotted,
}

impl Case {
    /// The case of a key; `None` where one word could be several.
    fn of(key: &str) -> Option<Self> {
        let (upper, lower) =
            (key.contains(|c: char| c.is_ascii_uppercase()), key.contains(|c: char| c.is_ascii_lowercase()));
        match (key.contains('-'), key.contains('_')) {
            (true, false) if !upper => Some(Self::Kebab),
            (false, true) if !upper => Some(Self::Snake),
            (false, true) if !lower => Some(Self::Screaming),
            (false, false) if upper && lower => {
                Some(if key.starts_with(|c: char| c.is_ascii_uppercase()) { Self::Pascal } else { Self::Camel })
            }
            _ => None,
        }
    }

    fn join(self, words: &[String]) -> String {
        let capital = |(at, word): (usize, &String)| {
            if at == 0 && self == Self::Camel { word.clone() } else { capitalized(word) }
        };
        match self {
            Self::Kebab => words.join("-"),
            Self::Snake => words.join("_"),
            Self::Screaming => words.join("_").to_ascii_uppercase(),
            Self::Dotted => words.join("."),
            Self::Camel | Self::Pascal => words.iter().enumerate().map(capital).collect(),
        }
    }
}

/// The style of a repository's keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) case: Case,
    /// `checkout.` in front of the words.
    pub(super) prefix: String,
    /// `enable` as the first word, `enabled` as the last, where most keys have them.
    pub(super) first: Option<String>,
    pub(super) last: Option<String>,
}

impl Style {
    /// Learns by majority; without examples, kebab-case.
    pub(super) fn learn(known: &[KnownFlag], area: &str) -> Self {
        let usable = |key: &&str| {
            let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '/');
            let own = key.rsplit(['.', ':', '/']).next().unwrap_or("");
            key.len() <= 100 && key.chars().all(fits) && own.contains(|c: char| c.is_ascii_alphabetic())
        };
        let keys: BTreeSet<&str> = known.iter().map(|flag| flag.key).filter(usable).take(1000).collect();
        let mut cases: BTreeMap<Case, usize> = BTreeMap::new();
        let mut prefixes: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut firsts, mut lasts) = (BTreeMap::new(), BTreeMap::new());
        for key in &keys {
            let (prefix, own) = key.split_at(key.rfind(['.', ':', '/']).map_or(0, |at| at + 1));
            *prefixes.entry(prefix).or_default() += 1;
            if let Some(case) = Case::of(own) {
                *cases.entry(case).or_default() += 1;
            }
            let words = words::split(own);
            if let [first, .., last] = words.as_slice() {
                *firsts.entry(first.clone()).or_insert(0) += 1;
                *lasts.entry(last.clone()).or_insert(0) += 1;
            }
        }
        Self {
            case: most(&cases).map_or(Case::Kebab, |(case, _)| *case),
            prefix: prefix(&prefixes, keys.len(), area),
            first: affix(&firsts, keys.len(), &["enable", "enabled", "feature", "ff", "flag", "use", "show", "allow"]),
            last: affix(&lasts, keys.len(), &["enabled", "feature", "flag", "switch", "toggle"]),
        }
    }

    /// The style that the config asks for: its case, and nothing around the words.
    pub(super) fn wanted(style: KeyStyle) -> Self {
        let case = match style {
            KeyStyle::Kebab => Case::Kebab,
            KeyStyle::Snake => Case::Snake,
            KeyStyle::Camel => Case::Camel,
            KeyStyle::Pascal => Case::Pascal,
            KeyStyle::Constant => Case::Screaming,
            KeyStyle::Dotted => Case::Dotted,
        };
        Self { case, prefix: String::new(), first: None, last: None }
    }

    /// The key for these words; words in front give way when it gets too long.
    pub(super) fn write(&self, words: &[String], version: Option<u32>) -> String {
        let bare = Self { case: self.case, prefix: String::new(), first: None, last: None };
        let unaffixed = Self { prefix: self.prefix.clone(), ..bare.clone() };
        for style in [self, &unaffixed, &bare] {
            let version = version.map(|version| format!("v{version}"));
            let first = style.first.iter().filter(|first| words.first() != Some(*first));
            let last = style.last.iter().filter(|last| words.last() != Some(*last));
            let around: Vec<&String> = first.chain(&version).chain(last).collect();
            let room = KEY_WORDS - around.len();
            for from in words.len().saturating_sub(room)..words.len() {
                let (before, after) = around
                    .split_at(around.len() - usize::from(version.is_some()) - usize::from(style.uses_last(words)));
                let all: Vec<String> =
                    before.iter().copied().chain(&words[from..]).chain(after.iter().copied()).cloned().collect();
                let key = style.prefix.clone() + &style.case.join(&all);
                if key.len() <= KEY_LENGTH {
                    return key;
                }
            }
        }
        // One word of at most 20 characters and a version always fit; this is for no words at all.
        self.case.join(&["new".to_owned(), "path".to_owned()])
    }

    fn uses_last(&self, words: &[String]) -> bool {
        self.last.as_ref().is_some_and(|last| words.last() != Some(last))
    }
}

fn most<T: Ord>(counts: &BTreeMap<T, usize>) -> Option<(&T, usize)> {
    // `max_by_key` takes the last of equals; the first is wanted.
    counts.iter().rev().max_by_key(|(_, count)| **count).map(|(value, count)| (value, *count))
}

/// The prefix, with its separator, when most keys have one: their common one, or the area's where each area has its own.
fn prefix(prefixes: &BTreeMap<&str, usize>, keys: usize, area: &str) -> String {
    let with: BTreeMap<&str, usize> =
        prefixes.iter().filter(|(prefix, _)| !prefix.is_empty()).map(|(p, n)| (*p, *n)).collect();
    if with.values().sum::<usize>() * 2 <= keys {
        return String::new();
    }
    let about = subject_of(area);
    let of_area = with.keys().find(|prefix| !about.is_disjoint(&subject_of(prefix)));
    let common = most(&with).map(|(prefix, _)| *prefix);
    let chosen = match (of_area, common) {
        (Some(prefix), _) => (*prefix).to_owned(),
        (None, Some(prefix)) if with.len() == 1 => prefix.to_owned(),
        (None, Some(prefix)) => {
            let separator = prefix.chars().next_back().unwrap_or('.');
            words::split(area).first().map(|area| format!("{area}{separator}")).unwrap_or_default()
        }
        (None, None) => String::new(),
    };
    // A separator first, or two in a row, is no prefix to imitate.
    let sound = chosen.len() <= 17
        && chosen.split_inclusive(['.', ':', '/']).all(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()));
    if sound { chosen } else { String::new() }
}

fn affix(counts: &BTreeMap<String, usize>, keys: usize, allowed: &[&str]) -> Option<String> {
    let (word, count) = most(counts)?;
    (count >= 2 && count * 5 >= keys * 3 && allowed.contains(&word.as_str())).then(|| word.clone())
}

//! Finds the places of one text that read a flag, and those that declare keys.
//!
//! Everything is decided inside the file: what a name stands for is followed through imports, bindings and constants
//! of this text; a constant of another file stays a name ([`FlagKey::Constant`]), and which names stand for wrappers of the
//! project is said from outside ([`Known`]).
//!
//! [`calls`] looks at calls, elements and decorators, [`bags`] at objects of flags ([`picked`]: at lists of them), [`handles`] at values that stand for one
//! flag, [`imported`] at constants that are a flag's value, [`holders`] at lists of those that it is on for, [`definitions`] at tables of keys, [`wrapped`] at wrappers of the project. They share [`names`] (where a name comes from) and [`keys`] (what a key
//! expression says). [`deciding`] looks at what else has a say in whether a call does anything.

mod bags;
mod bodies;
mod calls;
mod contexts;
mod deciding;
mod definitions;
#[cfg(test)]
mod fixtures;
mod handles;
mod holders;
mod imported;
mod keys;
mod leaving;
mod names;
mod own;
mod picked;
mod wrapped;

use super::wrapper::{Known, Read};
use super::{EvaluationKind, FlagDefinition, FlagEvaluation, FlagKey, ValueType};
use crate::report::Step;
use crate::rules::flags::{FlagRules, RuleRef, Words};
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::{Polarity, Tells};
pub(crate) use bodies::bodies_of;
pub(crate) use deciding::Decider;
use handles::HandleTable;
use keys::Constants;
use names::Names;
use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The flags of one text, in source order.
#[derive(Debug, Clone, Default)]
pub(crate) struct FlagFacts {
    pub(crate) evaluations: Vec<FlagEvaluation>,
    pub(crate) definitions: Vec<FlagDefinition>,
    /// Statements that are calls which never come back, in source order.
    pub(crate) leaving: Vec<NodeId>,
    /// Calls that yield what the function yields which they are handed, each with that function, in source order.
    pub(crate) answering: Vec<(NodeId, NodeId)>,
    /// Calls that do nothing unless something says so, in source order.
    pub(crate) deciding: Vec<(NodeId, Decider)>,
    /// Elements that only lead elsewhere, in source order.
    pub(crate) refusing: Vec<NodeId>,
    /// Calls that only make something that waits to be used, in source order.
    pub(crate) keeping: Vec<NodeId>,
    /// Calls that make a plain true or false of something, each with that, in source order.
    pub(crate) converting: Vec<(NodeId, NodeId)>,
    /// Expressions that are true only while people work on the program, in source order.
    pub(crate) building: Vec<NodeId>,
    /// Calls that keep what the function yields which they are handed, each with that function, in source order.
    pub(crate) boxing: Vec<(NodeId, NodeId)>,
    /// What names say about what functions, components and values do.
    pub(crate) words: Arc<Words>,
    /// Calls that make a context, each with what is provided for it, in source order.
    pub(crate) contexts: Vec<(NodeId, NodeId)>,
    /// Calls that yield an object which a wrapper made, each with its members that hold flags, in source order.
    pub(crate) objects: Vec<(NodeId, BTreeMap<String, Vec<Read>>)>,
}

impl FlagFacts {
    /// Adds what callers hand in, where nothing is read there already.
    pub(crate) fn add_handed(&mut self, handed: &[FlagEvaluation]) {
        if handed.is_empty() {
            return;
        }
        let read: BTreeSet<NodeId> = self.evaluations.iter().map(|evaluation| evaluation.node).collect();
        self.evaluations.extend(handed.iter().filter(|it| !read.contains(&it.node)).cloned());
        self.evaluations.sort_by(|a, b| (a.span, a.node, &a.key).cmp(&(b.span, b.node, &b.key)));
    }
}

/// Finds the flag evaluations and definitions of a file, by what its text says alone.
#[cfg(test)]
pub(crate) fn detect(file: &SourceFile, rules: &FlagRules) -> FlagFacts {
    detect_with(file, rules, &Known::default())
}

/// What a dotted name at the top of a file stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ConstantValue {
    Key(String),
    /// Another name, as this file knows it.
    Name(String),
}

/// What a constant of a file, or a member of a table in it, stands for; `None` for what is no constant.
pub(crate) fn constant_value(file: &SourceFile, rules: &FlagRules, dotted: &str) -> Option<ConstantValue> {
    let text = Text::new(file, rules)?;
    match text.constant(dotted) {
        Some(key) => keys::is_plausible(&key).then_some(ConstantValue::Key(key)),
        None => text.renamed_constant(dotted).map(ConstantValue::Name),
    }
}

/// Finds the flag evaluations and definitions of a file whose names stand for what is known.
pub(crate) fn detect_with<'a>(file: &'a SourceFile, rules: &'a FlagRules, known: &'a Known) -> FlagFacts {
    let Some(mut text) = Text::new(file, rules) else { return FlagFacts::default() };
    text.known = Some(known);
    let mut found = Found::default();
    let handles = HandleTable::collect(&text, &mut found);
    calls::detect(&text, &handles, &mut found);
    bags::detect_named(&text, &handles, &mut found);
    imported::detect(&text, &mut found);
    definitions::detect(&text, &mut found);
    wrapped::detect(&text, known, &mut found);
    FlagFacts {
        leaving: leaving::calls(&text),
        answering: deciding::answering(&text),
        deciding: deciding::deciding(&text),
        refusing: deciding::refusing(&text),
        keeping: deciding::keeping(&text),
        converting: deciding::converting(&text),
        building: deciding::building(&text),
        boxing: deciding::boxing(&text),
        contexts: contexts::provided(&text),
        words: Arc::clone(rules.words()),
        ..found.into_facts()
    }
}

/// One text with what the parts of the search share.
struct Text<'a> {
    file: &'a SourceFile,
    facts: &'a Facts,
    rules: &'a FlagRules,
    language: &'static str,
    /// What is known of the names of other files.
    known: Option<&'a Known>,
    /// Built when the first candidate asks.
    names: OnceCell<Names<'a>>,
    constants: OnceCell<Constants>,
    /// How many nodes may still be looked at while values are followed; a hostile file could ask for any number.
    budget: Cell<usize>,
}

/// See [`Text::budget`]; far more than a real file needs.
const BUDGET: usize = 4_000_000;

/// How sure it is that a name is the SDK's. Of several readings of one place, the surest wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Sureness {
    /// The name alone says so.
    Name,
    /// What the project calls the client, or the module that it comes from.
    ProjectName,
    /// The file imports the SDK, and nothing says that this is something else.
    FileImports,
    /// Imported from the SDK, or made by what is.
    Imported,
    /// A wrapper of the project, read to its end.
    Wrapper,
}

/// What was found so far: for each place and key, the surest reading.
#[derive(Default)]
struct Found {
    evaluations: BTreeMap<(NodeId, FlagKey), (Sureness, FlagEvaluation)>,
    definitions: Vec<FlagDefinition>,
    /// Calls that yield an object which a wrapper made.
    objects: Vec<(NodeId, BTreeMap<String, Vec<Read>>)>,
}

/// What every evaluation of a rule has in common.
#[derive(Clone)]
struct Reading {
    provider: String,
    sureness: Sureness,
    value_type: ValueType,
    polarity: Polarity,
    value_members: Arc<[String]>,
    off_values: Arc<[String]>,
    tells: Tells,
    via: Vec<Step>,
}

impl Reading {
    fn of(text: &Text<'_>, rule: RuleRef, sureness: Sureness) -> Self {
        let (pack, evaluation) = (text.rules.pack(rule), text.rules.evaluation(rule));
        Self {
            provider: pack.id.clone(),
            sureness,
            value_type: evaluation.value_type,
            polarity: evaluation.polarity,
            value_members: Arc::clone(&evaluation.value_members),
            off_values: Arc::clone(&pack.off_values),
            tells: Tells::Both,
            via: Vec::new(),
        }
    }
}

impl Reading {
    /// How a wrapper reads a flag.
    fn of_read(read: &Read) -> Self {
        Self {
            provider: read.provider.clone(),
            sureness: Sureness::Wrapper,
            value_type: read.value_type,
            polarity: read.polarity,
            value_members: Arc::from([]),
            off_values: read.off_values.clone().into(),
            tells: read.tells,
            via: read.via.clone(),
        }
    }

    /// Where every flag has a reading of its own.
    fn nothing() -> Self {
        Self {
            provider: String::new(),
            sureness: Sureness::Wrapper,
            value_type: ValueType::Any,
            polarity: Polarity::On,
            value_members: Arc::from([]),
            off_values: Arc::from([]),
            tells: Tells::Both,
            via: Vec::new(),
        }
    }
}

impl Found {
    /// The places between two that read a flag, as far as they were found.
    fn read_in(&self, first: NodeId, last: NodeId) -> impl Iterator<Item = NodeId> {
        self.evaluations.keys().map(|(node, _)| *node).filter(move |&node| first <= node && node <= last)
    }

    /// Keeps the evaluation unless a surer reading of the same place is known.
    fn evaluation(
        &mut self,
        text: &Text<'_>,
        reading: &Reading,
        key: FlagKey,
        node: NodeId,
        kind: EvaluationKind,
        default: Option<String>,
    ) {
        let flag = if reading.via.is_empty() { holders::flag_of_list(text, &key, node) } else { None };
        let (key, list) = match flag {
            Some(flag) => (FlagKey::Literal { key: flag, constant: None }, Some(key.name().to_owned())),
            None => (key, None),
        };
        let evaluation = FlagEvaluation {
            provider: reading.provider.clone(),
            key: key.clone(),
            list,
            node,
            kind,
            default,
            value_type: reading.value_type,
            polarity: reading.polarity,
            value_members: reading.value_members.to_vec(),
            off_values: reading.off_values.to_vec(),
            tells: reading.tells,
            inverse: key.is_known() && text.rules.is_inverse(key.name()),
            via: reading.via.clone(),
            span: text.shown(node),
        };
        let place = (node, key);
        match self.evaluations.get(&place) {
            Some((known, _)) if *known >= reading.sureness => {}
            _ => {
                self.evaluations.insert(place, (reading.sureness, evaluation));
            }
        }
    }

    fn into_facts(mut self) -> FlagFacts {
        // Of two readings of one place with different keys, only those of the surest provider stay.
        let mut surest: BTreeMap<NodeId, (Sureness, String)> = BTreeMap::new();
        for ((node, _), (sureness, evaluation)) in &self.evaluations {
            match surest.get(node) {
                Some((known, _)) if known >= sureness => {}
                _ => {
                    surest.insert(*node, (*sureness, evaluation.provider.clone()));
                }
            }
        }
        let mut evaluations: Vec<FlagEvaluation> = (self.evaluations.into_values())
            .filter(|(sureness, evaluation)| {
                surest.get(&evaluation.node).is_some_and(|(best, name)| {
                    // What a wrapper was read to do leaves nothing to guess.
                    *name == evaluation.provider && (*best != Sureness::Wrapper || sureness == best)
                })
            })
            .map(|(_, evaluation)| evaluation)
            .collect();
        evaluations.sort_by(|a, b| (a.span, a.node, &a.key).cmp(&(b.span, b.node, &b.key)));
        self.definitions.sort_by(|a, b| (a.span, &a.key, &a.provider).cmp(&(b.span, &b.key, &b.provider)));
        let mut seen = BTreeSet::new();
        self.definitions.retain(|definition| seen.insert((definition.span, definition.key.clone())));
        FlagFacts { evaluations, definitions: self.definitions, objects: self.objects, ..FlagFacts::default() }
    }
}

impl<'a> Text<'a> {
    /// `None` where the file has no facts.
    fn new(file: &'a SourceFile, rules: &'a FlagRules) -> Option<Self> {
        Some(Self {
            file,
            facts: file.facts()?,
            rules,
            language: file.language?.name,
            known: None,
            names: OnceCell::new(),
            constants: OnceCell::new(),
            budget: Cell::new(BUDGET),
        })
    }

    fn names(&self) -> &Names<'a> {
        self.names.get_or_init(|| Names::collect(self))
    }

    /// Whether so many more nodes may be looked at.
    fn afford(&self, nodes: usize) -> bool {
        match self.budget.get().checked_sub(nodes) {
            Some(left) => {
                self.budget.set(left);
                true
            }
            None => false,
        }
    }

    fn of(&self, id: NodeId) -> &'a str {
        self.facts.node(id).span.text(&self.file.text)
    }

    fn role(&self, id: NodeId) -> Role {
        self.facts.role(id)
    }

    fn part(&self, id: NodeId, part: Part) -> Option<NodeId> {
        self.facts.part(id, part)
    }

    fn parent(&self, id: NodeId) -> NodeId {
        self.facts.node(id).parent
    }

    /// The expression without parentheses, `await`, casts.
    fn inner(&self, id: NodeId) -> NodeId {
        self.facts.inner(id)
    }

    /// The expression with the parentheses, `await`, casts around it.
    fn outer(&self, id: NodeId) -> NodeId {
        self.facts.outer(id)
    }

    /// The last name of what is called, and what it is called on.
    fn callee(&self, call: NodeId) -> Option<(&'a str, Option<NodeId>)> {
        let callee = self.inner(self.part(call, Part::Callee)?);
        match self.role(callee) {
            Role::Identifier => Some((self.of(callee), None)),
            Role::Member => Some((self.of(self.part(callee, Part::Property)?), self.part(callee, Part::Object))),
            _ => None,
        }
    }

    /// The arguments without `name=value`, in order.
    fn positional(&self, call: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.facts.parts(call, Part::Argument).filter(|&argument| self.role(argument) != Role::Keyword)
    }

    /// Whether a call yields what the function yields which it is handed first, by its name.
    fn is_answering(&self, call: NodeId) -> bool {
        self.callee(call).is_some_and(|(name, _)| self.rules.is_answering(name))
    }

    /// What a person should see: an element without its children.
    fn shown(&self, node: NodeId) -> crate::location::Span {
        let mut span = self.facts.node(node).span;
        if self.role(node) == Role::Element {
            let head = self.facts.parts(node, Part::Attribute).map(|attribute| self.facts.node(attribute).span.end);
            span.end = head.max().unwrap_or(span.end);
        }
        span
    }
}

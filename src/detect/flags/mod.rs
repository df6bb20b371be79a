//! Finds the places of one text that read a flag, and those that declare keys.
//!
//! Everything is decided inside the file: what a name stands for is followed through imports, bindings and constants
//! of this text; a constant of another file stays a name ([`FlagKey::Constant`]), and wrappers of the project are not
//! looked into.
//!
//! [`calls`] looks at calls, elements and decorators, [`bags`] at objects of flags, [`handles`] at values that stand for one
//! flag, [`definitions`] at tables of keys. They share [`names`] (where a name comes from) and [`keys`] (what a key
//! expression says).

mod bags;
mod calls;
mod definitions;
#[cfg(test)]
mod fixtures;
mod handles;
mod keys;
mod names;

use super::{EvaluationKind, FlagDefinition, FlagEvaluation, FlagKey, ValueType};
use crate::rules::flags::{FlagRules, RuleRef};
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::Polarity;
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
}

/// Finds the flag evaluations and definitions of a file.
pub(crate) fn detect(file: &SourceFile, rules: &FlagRules) -> FlagFacts {
    let (Some(facts), Some(language)) = (file.facts(), file.language) else { return FlagFacts::default() };
    let text = Text {
        file,
        facts,
        rules,
        language: language.name,
        names: OnceCell::new(),
        constants: OnceCell::new(),
        budget: Cell::new(BUDGET),
    };
    let mut found = Found::default();
    let handles = HandleTable::collect(&text, &mut found);
    calls::detect(&text, &handles, &mut found);
    bags::detect_named(&text, &handles, &mut found);
    definitions::detect(&text, &mut found);
    found.into_facts()
}

/// One text with what the parts of the search share.
struct Text<'a> {
    file: &'a SourceFile,
    facts: &'a Facts,
    rules: &'a FlagRules,
    language: &'static str,
    /// Built when the first candidate asks.
    names: OnceCell<Names<'a>>,
    constants: OnceCell<Constants>,
    /// How many nodes may still be looked at while values are followed; a hostile file could ask for any number.
    budget: Cell<usize>,
}

/// The constants at module level that have one of these names and a string: flags of the provider given by name.
pub(crate) fn constants(file: &SourceFile, names: &BTreeMap<String, String>) -> Vec<FlagDefinition> {
    let Some(facts) = file.facts() else { return Vec::new() };
    let is_inside = |&at: &NodeId| matches!(facts.role(at), Role::Function | Role::Class | Role::Type);
    let constant = |binding: NodeId| {
        let (name, value) = (facts.part(binding, Part::Name)?, facts.part(binding, Part::Value)?);
        let (name, is_string) = (file.text_of(name), facts.role(value) == Role::String);
        let provider = names.get(name)?;
        let is_local = facts.ancestors(binding).any(|at| is_inside(&at));
        let key = file.string_value(value).filter(|_| is_string && !is_local)?;
        let span = facts.node(value).span;
        Some(FlagDefinition { provider: provider.clone(), key, constant: Some(name.to_owned()), default: None, span })
    };
    facts.with_role(Role::Binding).filter_map(constant).collect()
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
}

/// What was found so far: for each place and key, the surest reading.
#[derive(Default)]
struct Found {
    evaluations: BTreeMap<(NodeId, FlagKey), (Sureness, FlagEvaluation)>,
    definitions: Vec<FlagDefinition>,
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
        }
    }
}

impl Found {
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
        let evaluation = FlagEvaluation {
            provider: reading.provider.clone(),
            key: key.clone(),
            node,
            kind,
            default,
            value_type: reading.value_type,
            polarity: reading.polarity,
            value_members: reading.value_members.to_vec(),
            off_values: reading.off_values.to_vec(),
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
            .filter(|(_, evaluation)| {
                surest.get(&evaluation.node).is_some_and(|(_, name)| *name == evaluation.provider)
            })
            .map(|(_, evaluation)| evaluation)
            .collect();
        evaluations.sort_by(|a, b| (a.span, a.node, &a.key).cmp(&(b.span, b.node, &b.key)));
        self.definitions.sort_by(|a, b| (a.span, &a.key, &a.provider).cmp(&(b.span, &b.key, &b.provider)));
        let mut seen = BTreeSet::new();
        self.definitions.retain(|definition| seen.insert((definition.span, definition.key.clone())));
        FlagFacts { evaluations, definitions: self.definitions }
    }
}

impl<'a> Text<'a> {
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
    fn inner(&self, mut id: NodeId) -> NodeId {
        while self.role(id) == Role::Transparent
            && let Some(operand) = self.part(id, Part::Operand)
        {
            id = operand;
        }
        id
    }

    /// The expression with the parentheses, `await`, casts around it.
    fn outer(&self, mut id: NodeId) -> NodeId {
        while self.role(self.parent(id)) == Role::Transparent && self.parent(id) != id {
            id = self.parent(id);
        }
        id
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

//! What one function that may be a wrapper tells those who call it.

use super::{MAX_CHAIN, Outcomes, Search};
use crate::detect::FlagKey;
use crate::detect::wrapper::{ASKED, Handed, Read, ReadKey};
use crate::gating::asking;
use crate::gating::condition::FlagOutcome;
use crate::gating::dominance::{self, always_leaves};
use crate::report::{Step, StepKind};
use crate::rules::flags::Place;
use crate::syntax::facts::{NodeId, Part, Role};
use crate::terms::{Polarity, Tells};
use std::collections::BTreeMap;

/// So many names and calls stand between an object and who hands it on.
const MAX_NAMES: usize = 3;

/// One function that may be a wrapper.
pub(super) struct Reader<'s, 'a> {
    pub(super) search: &'s Search<'a>,
    pub(super) function: NodeId,
    pub(super) is_method: bool,
    /// The wrapper itself.
    pub(super) step: Step,
}

impl Reader<'_, '_> {
    /// What the result of a call tells.
    pub(super) fn result(&self) -> Vec<Read> {
        let values = &self.search.values;
        let Some(results) = self.results() else { return Vec::new() };
        // Data that is only there under a flag is no flag.
        let carries = |&result: &NodeId| self.constant(result).is_some() || !values.implied(result, true).is_empty();
        if !results.iter().any(|&result| self.constant(result).is_none() && carries(&result))
            || !results.iter().all(carries)
        {
            return Vec::new();
        }
        let side = |truth: bool| -> Outcomes {
            let possible = results.iter().filter(|&&result| self.constant(result) != Some(!truth));
            let told = possible.map(|&result| {
                let mut told = match self.constant(result) {
                    Some(_) => Vec::new(),
                    None => values.implied(result, truth),
                };
                told.extend(dominance::gates(values, result).into_iter().map(|gate| gate.outcome));
                told
            });
            told.reduce(|all, told| values.shared(&all, &told)).unwrap_or_default()
        };
        let falls_off = match self.body() {
            Some(body) if self.search.facts.role(body) == Role::Block => !always_leaves(&self.search.values, body),
            _ => false,
        };
        let when_false = if falls_off || self.returns_nothing() { Vec::new() } else { side(false) };
        self.reads(side(true), when_false)
    }

    /// The members of the object that a call yields which hold flags.
    pub(super) fn members(&self) -> BTreeMap<String, Vec<Read>> {
        let Some([only]) =
            self.results().as_deref().and_then(|results| <&[NodeId; 1]>::try_from(results).ok()).copied()
        else {
            return BTreeMap::new();
        };
        self.members_of(only)
    }

    /// The members of an object that hold flags.
    pub(super) fn members_of(&self, yielded: NodeId) -> BTreeMap<String, Vec<Read>> {
        let (search, facts) = (self.search, self.search.facts);
        let object = self.object(yielded);
        if let Ok(at) = search.flags.objects.binary_search_by_key(&object, |(call, _)| *call) {
            let mut members = search.flags.objects[at].1.clone();
            members.remove("");
            for read in members.values_mut().flatten() {
                read.via.insert(0, self.step.clone());
            }
            members.retain(|_, reads| reads.iter().all(|read| read.via.len() <= MAX_CHAIN));
            return members;
        }
        if facts.role(object) != Role::Object {
            return BTreeMap::new();
        }
        let pairs = facts.children(object).filter(|&at| facts.role(at) == Role::Pair);
        // What is spread out, or named again, after a member may take its place.
        let text = search.source.text_of(object);
        let spread = text.rfind("...").or(text.rfind("**")).map(|at| facts.node(object).span.start + at as u32);
        let keys: Vec<(NodeId, Option<String>)> = pairs.map(|pair| (pair, search.key_of(pair))).collect();
        let stays = |pair: NodeId, key: &Option<String>| {
            spread.is_none_or(|spread| spread < facts.node(pair).span.start)
                && !keys.iter().any(|(other, name)| *other > pair && name == key)
        };
        let pairs = keys.iter().filter(|(pair, key)| stays(*pair, key)).map(|(pair, _)| *pair);
        let members = pairs.filter_map(|pair| {
            let value = facts.part(pair, Part::Value)?;
            let reads = self.reads(search.values.implied(value, true), search.values.implied(value, false));
            // The names of an object are followed without the call that made it.
            let fixed = !reads.is_empty() && reads.iter().all(|read| read.fixed().is_some());
            fixed.then_some((search.key_of(pair)?, reads))
        });
        members.collect()
    }

    /// What stands for an object: a name that is given it once, a call that keeps what a function yields.
    fn object(&self, yielded: NodeId) -> NodeId {
        let (search, facts) = (self.search, self.search.facts);
        let mut at = search.inner(yielded);
        for _ in 0..MAX_NAMES {
            let next = match facts.role(at) {
                Role::Identifier => search.values.only_binding(at).and_then(|binding| facts.part(binding, Part::Value)),
                Role::Call => {
                    let answering = &search.flags.answering;
                    let found = answering.binary_search_by_key(&at, |&(call, _)| call).ok();
                    found.and_then(|found| facts.part(answering[found].1, Part::Body))
                }
                _ => None,
            };
            let Some(next) = next else { break };
            at = search.inner(next);
        }
        at
    }

    /// The flags without which a call never comes back.
    pub(super) fn passing(&self) -> Vec<Read> {
        let (values, facts) = (&self.search.values, self.search.facts);
        let Some(body) = self.body().filter(|&body| facts.role(body) == Role::Block) else { return Vec::new() };
        let exits = || self.own(Role::Exit);
        let never_returns = || self.own(Role::Call).any(|call| values.leaves(call));
        if !exits().any(|exit| !self.is_return(exit)) && !never_returns() {
            return Vec::new();
        }
        let mut ways: Vec<Outcomes> = exits()
            .filter(|&exit| self.is_return(exit))
            .map(|exit| dominance::gates(values, exit).into_iter().map(|gate| gate.outcome).collect())
            .collect();
        if !always_leaves(values, body) {
            ways.push(dominance::gates_at_end(values, body).into_iter().map(|gate| gate.outcome).collect());
        }
        let on = |outcome: &FlagOutcome| outcome.polarity == Polarity::On;
        let mut told = ways.into_iter().reduce(|all, told| values.shared(&all, &told)).unwrap_or_default();
        told.retain(on);
        self.reads(told, Vec::new())
    }

    /// The flags without which a call does nothing.
    pub(super) fn asks(&self) -> Vec<Read> {
        let needed = self.body().map(|body| asking::needed(&self.search.values, body)).unwrap_or_default();
        self.reads(needed, Vec::new())
    }

    /// What is handed in and runs only under flags.
    pub(super) fn runs(&self) -> Vec<(Handed, bool, Vec<Read>)> {
        let facts = self.search.facts;
        let mut found = self.runs_of(self.function, Handed::Argument);
        // A function that returns a function: what is handed to that one.
        let made = self.results().unwrap_or_default();
        if let [only] = made[..] {
            let made = self.search.inner(only);
            let inner = match facts.role(made) {
                Role::Function => Some(made),
                Role::Identifier => {
                    let name = self.search.source.text_of(made);
                    self.own(Role::Function).find(|&at| self.search.source.name_of(at) == Some(name))
                }
                _ => None,
            };
            if let Some(inner) = inner {
                found.extend(self.runs_of(inner, Handed::ArgumentOfResult));
            }
        }
        found
    }

    fn runs_of(&self, function: NodeId, handed: impl Fn(usize) -> Handed) -> Vec<(Handed, bool, Vec<Read>)> {
        let (source, facts) = (self.search.source, self.search.facts);
        let mut found = Vec::new();
        let Some(body) = facts.part(function, Part::Body) else { return found };
        for (at, parameter) in self.parameters_of(function).into_iter().enumerate() {
            if let Some(name) = source.name_of(parameter) {
                if let Some((called, reads)) =
                    self.gated_uses(body, |node| facts.role(node) == Role::Identifier && source.text_of(node) == name)
                {
                    found.push((handed(at), called, reads));
                }
                if at == 0 {
                    let member = format!("{name}.children");
                    // Where the parameter is handed on as a whole, so are the children.
                    let is_whole = |node: NodeId| {
                        let parent = facts.node(node).parent;
                        facts.role(node) == Role::Identifier
                            && source.text_of(node) == name
                            && !(facts.role(parent) == Role::Member && facts.part(parent, Part::Object) == Some(node))
                            && !(facts.role(parent) == Role::Destructuring
                                && facts.part(parent, Part::Value) == Some(node)
                                && !["children", "..."].iter().any(|word| source.text_of(parent).contains(word)))
                    };
                    let is_children =
                        |node| facts.role(node) == Role::Member && source.text_of(node) == member || is_whole(node);
                    found.extend(
                        self.gated_uses(body, is_children).map(|(called, reads)| (Handed::Children, called, reads)),
                    );
                }
            } else if at == 0 {
                let names = facts.descendants(parameter).filter(|&node| facts.role(node) == Role::Destructured);
                let children =
                    names.chain(std::iter::once(parameter)).find(|&node| source.name_of(node) == Some("children"));
                if children.is_some() {
                    let is_children = |node| facts.role(node) == Role::Identifier && source.text_of(node) == "children";
                    found.extend(
                        self.gated_uses(body, is_children).map(|(called, reads)| (Handed::Children, called, reads)),
                    );
                }
            }
        }
        found
    }

    /// The flags that every use of something handed in stands behind, where it is called, rendered or handed on: those that it
    /// needs on, else those that it needs off; and whether it is called.
    fn gated_uses(&self, body: NodeId, is_use: impl Fn(NodeId) -> bool) -> Option<(bool, Vec<Read>)> {
        let facts = self.search.facts;
        let mut all: Option<Outcomes> = None;
        let (mut runs, mut called) = (false, false);
        for node in std::iter::once(body).chain(facts.descendants(body)).filter(|&node| is_use(node)) {
            let parent = facts.node(node).parent;
            let part = facts.part_of(parent, node);
            let named = matches!(part, Some(Part::Property | Part::Name | Part::Alias | Part::Parameter))
                || part == Some(Part::Key) && facts.part(parent, Part::Value) != Some(node);
            // `@wraps(function)` only copies its name.
            if named || facts.ancestors(node).take_while(|&at| at != body).any(|at| facts.role(at) == Role::Decorator) {
                continue;
            }
            // `next(new NotFoundError())`: nothing that comes after it runs.
            if part == Some(Part::Callee) && self.is_told_an_error(parent) {
                continue;
            }
            called |= part == Some(Part::Callee);
            runs |= part == Some(Part::Callee)
                || !matches!(facts.role(parent), Role::Member | Role::Subscript | Role::Guard);
            let gates = dominance::gates(&self.search.values, node).into_iter().map(|gate| gate.outcome).collect();
            all = Some(match all {
                None => gates,
                Some(all) => self.search.values.shared(&all, &gates),
            });
        }
        let mut told = all.filter(|_| runs)?;
        if told.iter().any(|outcome| outcome.polarity == Polarity::On) {
            told.retain(|outcome| outcome.polarity == Polarity::On);
        }
        let reads = self.reads(told, Vec::new());
        (!reads.is_empty()).then_some((called, reads))
    }

    /// Whether a call is handed nothing but an error that is made for it.
    fn is_told_an_error(&self, call: NodeId) -> bool {
        let (source, facts) = (self.search.source, self.search.facts);
        let mut arguments = facts.parts(call, Part::Argument);
        let (Some(only), None) = (arguments.next(), arguments.next()) else { return false };
        let made = facts.part(only, Part::Callee).filter(|_| facts.role(only) == Role::Call);
        let name = made.map(|made| source.last_name(made));
        let is_new = source.text_of(only).starts_with("new ");
        name.is_some_and(|name| match is_new {
            true => name.ends_with("Error") || name.ends_with("Exception"),
            false => matches!(name, "createError" | "createHttpError" | "httpError"),
        })
    }

    /// What the outcomes say to who calls, those of a true result first.
    pub(super) fn reads(&self, when_true: Outcomes, when_false: Outcomes) -> Vec<Read> {
        let values = &self.search.values;
        let same = |a: &FlagOutcome, b: &FlagOutcome| values.key_of(*a) == values.key_of(*b);
        let mut reads = Vec::new();
        for outcome in &when_true {
            let opposite = when_false.iter().any(|other| same(outcome, other) && other.polarity != outcome.polarity);
            let tells = if opposite { Tells::Both } else { Tells::WhenTrue };
            reads.extend(self.read(*outcome, outcome.polarity, tells));
        }
        for outcome in &when_false {
            if !when_true.iter().any(|other| same(outcome, other)) {
                reads.extend(self.read(*outcome, outcome.polarity.flipped(), Tells::WhenFalse));
            }
        }
        let mut unique: Vec<Read> = Vec::new();
        for read in reads {
            if !unique
                .iter()
                .any(|other| other.key == read.key && other.polarity == read.polarity && other.tells == read.tells)
            {
                unique.push(read);
            }
        }
        unique
    }

    fn read(&self, outcome: FlagOutcome, polarity: Polarity, tells: Tells) -> Option<Read> {
        let source = self.search.source;
        let evaluation = &self.search.values.evaluations[outcome.evaluation];
        let key = match &evaluation.key {
            FlagKey::Parameter(name) => match name.strip_suffix(ASKED) {
                Some(function) => ReadKey::Asked(self.places(function)?),
                None => ReadKey::Given(self.places(name)?),
            },
            FlagKey::Dynamic(_) => return None,
            key => ReadKey::Fixed(key.clone()),
        };
        let mut via = vec![self.step.clone()];
        match evaluation.via.is_empty() {
            true => via.push(Step {
                kind: StepKind::Evaluation,
                name: shown(source.text_of(evaluation.node)),
                path: source.path.clone(),
                line: source.lines.line(evaluation.span.start),
            }),
            false => via.extend(evaluation.via.iter().cloned()),
        }
        (via.len() <= MAX_CHAIN).then(|| Read {
            provider: evaluation.provider.clone(),
            key,
            // Outcomes speak of what the flag is about; a read speaks of the flag.
            polarity: if evaluation.inverse { polarity.flipped() } else { polarity },
            tells,
            value_type: evaluation.value_type,
            off_values: evaluation.off_values.clone(),
            default: evaluation.default.clone(),
            via,
        })
    }

    /// Where a call of the function hands in what is called `name`, or `props.flag`, inside it.
    fn places(&self, name: &str) -> Option<Vec<Place>> {
        let (source, facts) = (self.search.source, self.search.facts);
        for (at, parameter) in self.parameters_of(self.function).into_iter().enumerate() {
            let of_object = |property: &str| {
                let mut places = vec![Place::ObjectProperty { argument: at, name: property.to_owned() }];
                if at == 0 {
                    places.push(Place::Attribute(property.to_owned()));
                }
                places
            };
            if let Some(own) = source.name_of(parameter).filter(|_| facts.role(parameter) == Role::Parameter) {
                if own == name {
                    return Some(vec![Place::Argument(at), Place::Keyword(name.to_owned())]);
                }
                if let Some(property) = name.strip_prefix(own).and_then(|rest| rest.strip_prefix('.')) {
                    return (!property.contains('.')).then(|| of_object(property));
                }
            }
            let mut taken = std::iter::once(parameter).chain(facts.descendants(parameter));
            let taken =
                taken.find(|&node| facts.role(node) == Role::Destructured && source.name_of(node) == Some(name));
            if let Some(key) = taken.and_then(|node| facts.part(node, Part::Key)) {
                return Some(of_object(source.text_of(key).trim_matches(['"', '\''])));
            }
        }
        None
    }

    /// The parameters that a call hands something to.
    fn parameters_of(&self, function: NodeId) -> Vec<NodeId> {
        let (source, facts) = (self.search.source, self.search.facts);
        let own = |parameter: &NodeId| matches!(source.name_of(*parameter), Some("self" | "cls"));
        let parameters: Vec<NodeId> = facts.parts(function, Part::Parameter).collect();
        let skip = self.is_method && function == self.function && parameters.first().is_some_and(own);
        parameters.into_iter().skip(usize::from(skip)).collect()
    }

    fn body(&self) -> Option<NodeId> {
        self.search.facts.part(self.function, Part::Body)
    }

    /// The expressions that a call can yield; `None` where there is none.
    fn results(&self) -> Option<Vec<NodeId>> {
        let facts = self.search.facts;
        let body = self.body()?;
        if facts.role(body) != Role::Block {
            return Some(vec![body]);
        }
        let returned = self.own(Role::Exit).filter(|&exit| self.is_return(exit));
        let results: Vec<NodeId> = returned.filter_map(|exit| facts.part(exit, Part::Value)).collect();
        (!results.is_empty()).then_some(results)
    }

    fn returns_nothing(&self) -> bool {
        let facts = self.search.facts;
        self.own(Role::Exit).any(|exit| self.is_return(exit) && facts.part(exit, Part::Value).is_none())
    }

    /// The nodes of this role that belong to the function itself, not to one inside it.
    fn own(&self, role: Role) -> impl Iterator<Item = NodeId> + '_ {
        let facts = self.search.facts;
        facts.descendants(self.function).filter(move |&at| {
            facts.role(at) == role
                && facts.enclosing(facts.node(at).parent, Role::Function).next() == Some(self.function)
        })
    }

    fn is_return(&self, exit: NodeId) -> bool {
        self.search.source.text_of(exit).starts_with("return")
    }

    /// Whether a result is always true, or always false.
    fn constant(&self, result: NodeId) -> Option<bool> {
        match self.search.facts.role(self.search.inner(result)) {
            Role::True => Some(true),
            Role::False | Role::Null => Some(false),
            _ => None,
        }
    }
}

/// The first line of an expression, cut where it is long.
fn shown(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

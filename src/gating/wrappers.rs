//! Which declarations of a file read flags for those who use them.
//!
//! A function is a wrapper when its result tells the state of a flag on *every* way out: `return active || isEnabled(k)` tells
//! nothing when it is true, `return active && isEnabled(k)` tells nothing when it is false, and a `catch { return true }` ends
//! what a true result says. What a wrapper hands on is a flag and which of its results tell ([`Tells`]).
//!
//! Only what stands at the top of a file, and the members of its classes and objects, can be used elsewhere and is looked at.

use super::asking;
use super::condition::{FlagOutcome, FlagValues};
use super::declarations::{name_of, top_level};
use super::decorators;
use super::dominance::{self, always_leaves};
use crate::detect::flags::FlagFacts;
use crate::detect::waits::is_async;
use crate::detect::wrapper::{ASKED, Handed, Read, ReadKey, Shape, Wrapper};
use crate::detect::{EvaluationKind, FlagEvaluation, FlagKey};
use crate::report::{Step, StepKind};
use crate::rules::flags::Place;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::{Polarity, Tells};
use std::collections::BTreeMap;

/// Longer chains of wrappers are not followed.
const MAX_CHAIN: usize = 6;

/// Functions with more nodes are no wrappers.
const MAX_NODES: u32 = 4_000;

/// So many names and calls stand between an object and who hands it on.
const MAX_NAMES: usize = 3;

/// A wrapper and what declares it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Declared {
    /// The function, class or binding at the top of the file.
    pub(crate) node: NodeId,
    /// The member of the class or object, where it is one.
    pub(crate) member: Option<String>,
    pub(crate) wrapper: Wrapper,
}

/// The wrappers that a file declares, in source order.
pub(crate) fn declared(source: &SourceFile, flags: &FlagFacts) -> Vec<Declared> {
    let mut found = Vec::new();
    if flags.evaluations.is_empty() && flags.objects.is_empty() {
        return found;
    }
    let Some(values) = FlagValues::with_parameters(source, flags) else { return found };
    let search = Search { source, flags, facts: values.facts, values };
    for node in top_level(search.facts) {
        let Some(name) = name_of(source, search.facts, node).or(Some("default")) else { continue };
        match search.facts.role(node) {
            Role::Function => search.function(node, node, name, None, &mut found),
            Role::Class => search.class(node, name, &mut found),
            Role::Binding => search.binding(node, name, &mut found),
            _ => {}
        }
    }
    found
}

struct Search<'a> {
    source: &'a SourceFile,
    flags: &'a FlagFacts,
    facts: &'a Facts,
    values: FlagValues<'a>,
}

/// A flag outcome that holds, with which results of the function it goes together.
type Outcomes = Vec<FlagOutcome>;

impl Search<'_> {
    fn function(
        &self,
        declares: NodeId,
        function: NodeId,
        name: &str,
        member: Option<&str>,
        found: &mut Vec<Declared>,
    ) {
        let facts = self.facts;
        let size = facts.node(function).last.0 - function.0;
        let is_in = |at: NodeId| function <= at && at <= facts.node(function).last;
        let inside = |evaluation: &FlagEvaluation| is_in(evaluation.node);
        let has_flags =
            self.values.evaluations.iter().any(inside) || self.flags.objects.iter().any(|&(call, _)| is_in(call));
        if size > MAX_NODES || !has_flags {
            return;
        }
        let decorators = || {
            facts
                .parts(function, Part::Decorator)
                .chain(facts.parts(declares, Part::Decorator).filter(|_| member.is_none()))
        };
        // A call of a generator runs nothing of it, and nobody knows what a decorator makes of a result.
        if is_generator(self.source, facts, function) {
            return;
        }
        let mut kept_back = Vec::new();
        for decorator in decorators().filter(|&at| !keeps_result(self.source, at)) {
            let outcomes = self.kept_back_by(decorator);
            if outcomes.is_empty() {
                return;
            }
            kept_back.extend(outcomes);
        }
        let shown = member.map_or_else(|| name.to_owned(), |member| format!("{name}.{member}"));
        let line = self.source.lines.line(facts.node(function).span.start);
        let mut add = |shape: Shape| {
            let is_async = is_async(self.source, facts, function);
            let wrapper = Wrapper { name: shown.clone(), path: self.source.path.clone(), line, is_async, shape };
            found.push(Declared { node: declares, member: member.map(str::to_owned), wrapper });
        };
        let step = Step { kind: StepKind::Wrapper, name: shown.clone(), path: self.source.path.clone(), line };
        let reader = Reader { search: self, function, is_method: member.is_some(), step };
        let is_property = facts.parts(function, Part::Decorator).any(|at| is_property(self.source, at))
            || member.is_some() && self.source.text_of(function).trim_start().starts_with("get ");
        if !kept_back.is_empty() {
            let reads = reader.reads(kept_back, Vec::new());
            if !reads.is_empty() && !is_property {
                add(Shape::Asks(reads));
            }
            return;
        }
        let reads = reader.result();
        if !reads.is_empty() {
            add(if is_property { Shape::Value(reads) } else { Shape::Call(reads) });
        }
        let members = reader.members();
        if !members.is_empty() {
            add(Shape::Object { called: !is_property, members });
        }
        let reads = reader.passing();
        if !reads.is_empty() {
            add(Shape::Passing(reads));
        }
        let made = decorators::made_by(self.source, facts, function);
        for (handed, called, reads) in reader.runs() {
            let makes = matches!(handed, Handed::Argument(0) | Handed::ArgumentOfResult(0));
            let is_idle = makes && made.is_some_and(|made| !decorators::keeps_back(&self.values, made).is_empty());
            add(Shape::Runs { handed, called, reads, is_idle });
        }
        if let Some(made) = made {
            let reads = reader.reads(decorators::passes_on(&self.values, made), Vec::new());
            if !reads.is_empty() {
                add(Shape::Decorates { by_a_call: made.by_a_call, reads });
            }
        }
        // What says more comes first.
        if !is_property {
            let reads = reader.asks();
            if !reads.is_empty() {
                add(Shape::Asks(reads));
            }
        }
    }

    /// The flag outcomes without which a call of what stands under this decorator does nothing.
    fn kept_back_by(&self, decorator: NodeId) -> Outcomes {
        let values = &self.values;
        let is_idle = |&index: &usize| values.evaluations[index].kind == EvaluationKind::Decorator { is_idle: true };
        let own = values.evaluations_at(decorator).iter().copied().filter(is_idle);
        let outcomes = own.flat_map(|index| values.outcome(index, true));
        outcomes.filter(|outcome| outcome.polarity == Polarity::On).collect()
    }

    fn class(&self, class: NodeId, name: &str, found: &mut Vec<Declared>) {
        let facts = self.facts;
        for id in facts.descendants(class) {
            let of_class = || facts.enclosing(facts.node(id).parent, Role::Class).next() == Some(class);
            let in_function =
                || facts.ancestors(id).take_while(|&at| at != class).any(|at| facts.role(at) == Role::Function);
            match facts.role(id) {
                Role::Function if of_class() && !in_function() => {
                    let Some(member) = self.source.name_of(id) else { continue };
                    self.function(class, id, name, Some(member), found);
                }
                Role::Binding if of_class() && !in_function() => {
                    let (Some(member), Some(value)) = (self.source.name_of(id), facts.part(id, Part::Value)) else {
                        continue;
                    };
                    // `on = isEnabled("x"); force() { this.on = true; }`
                    if !facts.descendants(class).filter_map(|at| self.field_name(at)).any(|other| other == member) {
                        self.value(class, id, value, name, Some(member), found);
                    }
                }
                // `this.on = isEnabled("x")`, `self.on = is_enabled("x")`
                Role::Assignment if of_class() => {
                    let Some((member, value)) = self.own_field(id) else { continue };
                    let others = facts.descendants(class).filter(|&at| at != id);
                    let mut again = others.filter_map(|at| self.field_name(at));
                    if !again.any(|other| other == member) {
                        self.value(class, id, value, name, Some(member), found);
                    }
                }
                _ => {}
            }
        }
    }

    /// A field of `this` or `self` that is given a value here.
    fn own_field(&self, assignment: NodeId) -> Option<(&str, NodeId)> {
        Some((self.field_name(assignment)?, self.facts.part(assignment, Part::Value)?))
    }

    fn field_name(&self, assignment: NodeId) -> Option<&str> {
        let target =
            self.facts.part(assignment, Part::Target).filter(|_| self.facts.role(assignment) == Role::Assignment)?;
        let object = self.facts.part(target, Part::Object)?;
        let own = matches!(self.source.text_of(object), "this" | "self");
        self.facts.part(target, Part::Property).filter(|_| own).map(|property| self.source.text_of(property))
    }

    fn binding(&self, binding: NodeId, name: &str, found: &mut Vec<Declared>) {
        let facts = self.facts;
        let Some(value) = facts.part(binding, Part::Value).map(|value| self.inner(value)) else { return };
        match facts.role(value) {
            Role::Function => self.function(binding, value, name, None, found),
            Role::Object => {
                for pair in
                    facts.children(value).filter(|&at| facts.role(at) == Role::Pair || facts.role(at) == Role::Function)
                {
                    if facts.role(pair) == Role::Function {
                        let Some(member) = self.source.name_of(pair) else { continue };
                        self.function(binding, pair, name, Some(member), found);
                        continue;
                    }
                    let (Some(key), Some(held)) = (self.key_of(pair), facts.part(pair, Part::Value)) else { continue };
                    match facts.role(self.inner(held)) {
                        _ if self.is_set_again(name, &key) => {}
                        Role::Function => self.function(binding, self.inner(held), name, Some(&key), found),
                        _ => self.value(binding, pair, held, name, Some(&key), found),
                    }
                }
            }
            _ => {
                self.value(binding, binding, value, name, None, found);
                self.context(binding, value, name, found);
            }
        }
    }

    /// `const Features = createContext(..)`, of which is known what is provided.
    fn context(&self, binding: NodeId, call: NodeId, name: &str, found: &mut Vec<Declared>) {
        let facts = self.facts;
        let Ok(at) = self.flags.contexts.binary_search_by_key(&call, |&(call, _)| call) else { return };
        let line = self.source.lines.line(facts.node(binding).span.start);
        let step = Step { kind: StepKind::Wrapper, name: name.to_owned(), path: self.source.path.clone(), line };
        let reader = Reader { search: self, function: NodeId::MODULE, is_method: false, step };
        let provided = self.flags.contexts[at].1;
        let mut members = reader.members_of(provided);
        let told = |value: NodeId| reader.reads(self.values.implied(value, true), self.values.implied(value, false));
        let whole = told(provided);
        if !whole.is_empty() && whole.iter().all(|read| read.fixed().is_some()) {
            members.insert(String::new(), whole);
        }
        // Who takes it where nobody provides it gets the default.
        let default = facts.part(call, Part::Argument).map(|default| self.inner(default));
        members.retain(|member, _| default.is_none_or(|default| self.is_off_in(default, member)));
        if members.is_empty() {
            return;
        }
        let (name, path) = (name.to_owned(), self.source.path.clone());
        let wrapper = Wrapper { name, path, line, is_async: false, shape: Shape::Context { members } };
        found.push(Declared { node: binding, member: None, wrapper });
    }

    /// Whether a member of what is there by default is off: false, nothing, or not there.
    fn is_off_in(&self, default: NodeId, member: &str) -> bool {
        let facts = self.facts;
        let is_off = |value: NodeId| {
            matches!(facts.role(self.inner(value)), Role::False | Role::Null)
                || self.source.text_of(value) == "undefined"
        };
        if member.is_empty() || is_off(default) {
            return is_off(default);
        }
        let mut pairs = facts.children(default);
        facts.role(default) == Role::Object
            && !self.source.text_of(default).contains("...")
            && pairs.all(|pair| {
                let is_it = self.key_of(pair).is_some_and(|key| key == member);
                facts.role(pair) == Role::Pair && (!is_it || facts.part(pair, Part::Value).is_some_and(is_off))
                    || facts.role(pair) != Role::Pair && self.source.name_of(pair) != Some(member)
            })
    }

    /// Whether a member of an object is given another value: `flags.newTax = true`, `Object.assign(flags, ..)`.
    fn is_set_again(&self, name: &str, member: &str) -> bool {
        let (source, facts) = (self.source, self.facts);
        if !source.text.contains(&format!("{name}.{member}")) && !source.text.contains(&format!("assign({name}")) {
            return false;
        }
        let is_target = |at: NodeId| {
            facts.part(at, Part::Target).and_then(|target| source.dotted(target)).as_deref()
                == Some(&format!("{name}.{member}"))
        };
        facts.with_role(Role::Assignment).any(is_target)
            || crate::index::places(&source.text, name).any(|at| source.text[..at].ends_with("Object.assign("))
    }

    /// A name or a field that holds a flag's value.
    fn value(
        &self,
        declares: NodeId,
        at: NodeId,
        value: NodeId,
        name: &str,
        member: Option<&str>,
        found: &mut Vec<Declared>,
    ) {
        let shown = member.map_or_else(|| name.to_owned(), |member| format!("{name}.{member}"));
        let line = self.source.lines.line(self.facts.node(at).span.start);
        let step = Step { kind: StepKind::Wrapper, name: shown.clone(), path: self.source.path.clone(), line };
        let reader = Reader { search: self, function: NodeId::MODULE, is_method: false, step };
        let reads = reader.reads(self.values.implied(value, true), self.values.implied(value, false));
        // What a parameter says is known only to the call.
        if reads.is_empty() || reads.iter().any(|read| read.fixed().is_none()) {
            return;
        }
        // `def force(): global ON; ON = True`
        let is_target =
            |at: NodeId| self.facts.part(at, Part::Target).is_some_and(|target| self.source.text_of(target) == name);
        if member.is_none() && self.facts.with_role(Role::Assignment).any(is_target) {
            return;
        }
        let wrapper =
            Wrapper { name: shown, path: self.source.path.clone(), line, is_async: false, shape: Shape::Value(reads) };
        found.push(Declared { node: declares, member: member.map(str::to_owned), wrapper });
    }

    fn inner(&self, mut at: NodeId) -> NodeId {
        while let (Role::Transparent, Some(operand)) = (self.facts.role(at), self.facts.part(at, Part::Operand)) {
            at = operand;
        }
        at
    }

    fn key_of(&self, pair: NodeId) -> Option<String> {
        let key = self.facts.part(pair, Part::Key)?;
        self.source.string_value(key).or_else(|| Some(self.source.text_of(key).to_owned()))
    }
}

/// `@property`, `@cached_property`, `@functools.cached_property`.
fn is_property(source: &SourceFile, decorator: NodeId) -> bool {
    let text = source.text_of(decorator).trim_start_matches('@');
    text.rsplit('.').next().is_some_and(|name| matches!(name.trim(), "property" | "cached_property"))
}

/// What leaves the result of a function as it is, by the words in the decorator's name.
const KEEPS_RESULT: [&str; 8] =
    ["property", "staticmethod", "classmethod", "cache", "cached", "memo", "memoize", "wraps"];

/// Whether a function under this decorator still yields what its body does, as far as the decorator's name tells.
fn keeps_result(source: &SourceFile, decorator: NodeId) -> bool {
    let text = source.text_of(decorator).trim_start_matches('@');
    let name = text.split('(').next().unwrap_or(text).rsplit('.').next().unwrap_or(text).trim().to_ascii_lowercase();
    name.split('_').any(|word| KEEPS_RESULT.contains(&word))
}

/// Whether a call of the function only makes something that yields later: `function* ..`, a function with `yield`.
fn is_generator(source: &SourceFile, facts: &Facts, function: NodeId) -> bool {
    let Some(body) = facts.part(function, Part::Body) else { return false };
    let own = |at: NodeId| facts.enclosing(at, Role::Function).next() == Some(function);
    let text = source.text_of(body);
    let begin = facts.node(body).span.start;
    let head = &source.text_of(function)[..(begin - facts.node(function).span.start) as usize];
    let starred = head.trim_start_matches(|c: char| c.is_alphanumeric() || c.is_whitespace()).starts_with('*');
    starred
        || crate::index::places(text, "yield").any(|at| {
            let at = begin + at as u32;
            let inner = facts.innermost(crate::location::Span { start: at, end: at + 5 });
            own(inner) && !matches!(facts.role(inner), Role::Comment | Role::String | Role::Docstring)
        })
}

/// One function that may be a wrapper.
struct Reader<'s, 'a> {
    search: &'s Search<'a>,
    function: NodeId,
    is_method: bool,
    /// The wrapper itself.
    step: Step,
}

impl Reader<'_, '_> {
    /// What the result of a call tells.
    fn result(&self) -> Vec<Read> {
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
    fn members(&self) -> BTreeMap<String, Vec<Read>> {
        let Some([only]) =
            self.results().as_deref().and_then(|results| <&[NodeId; 1]>::try_from(results).ok()).copied()
        else {
            return BTreeMap::new();
        };
        self.members_of(only)
    }

    /// The members of an object that hold flags.
    fn members_of(&self, yielded: NodeId) -> BTreeMap<String, Vec<Read>> {
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
    fn passing(&self) -> Vec<Read> {
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
    fn asks(&self) -> Vec<Read> {
        let needed = self.body().map(|body| asking::needed(&self.search.values, body)).unwrap_or_default();
        self.reads(needed, Vec::new())
    }

    /// What is handed in and runs only under flags.
    fn runs(&self) -> Vec<(Handed, bool, Vec<Read>)> {
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
    fn reads(&self, when_true: Outcomes, when_false: Outcomes) -> Vec<Read> {
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

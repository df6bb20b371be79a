//! Which declarations of a file read flags for those who use them.
//!
//! A function is a wrapper when its result tells the state of a flag on *every* way out: `return active || isEnabled(k)` tells
//! nothing when it is true, `return active && isEnabled(k)` tells nothing when it is false, and a `catch { return true }` ends
//! what a true result says. What a wrapper hands on is a flag and which of its results tell ([`crate::terms::Tells`]).
//!
//! Only what stands at the top of a file, and the members of its classes and objects, can be used elsewhere and is looked at.

mod reader;

use super::condition::{FlagOutcome, FlagValues};
use super::declarations::{name_of, top_level};
use super::decorators;
use crate::detect::flags::FlagFacts;
use crate::detect::waits::is_async;
use crate::detect::wrapper::{Handed, Shape, Wrapper};
use crate::detect::{EvaluationKind, FlagEvaluation};
use crate::report::{Step, StepKind};
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::Polarity;
use reader::Reader;

/// Longer chains of wrappers are not followed.
const MAX_CHAIN: usize = 6;

/// Functions with more nodes are no wrappers.
const MAX_NODES: u32 = 4_000;

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

//! Local names that matter only behind a flag: `label = getattr(row, "label", None)` of which every use stands there.
//!
//! Such a line runs whatever the flag says, but it only looks something up, and nobody sees what it found unless the flag is on.
//! What does more than to look up, or has a use that may be in the open, stays as it is.

use super::condition::{FlagValues, scope_of};
use super::dominance::{self, GateAt};
use super::standing::{does_something, only_refuses, refusal};
use crate::detect::EvaluationKind;
use crate::rules::words::split_words;
use crate::syntax::facts::{NodeId, Part, Role};
use crate::terms::Polarity;
use std::cell::Cell;
use std::sync::PoisonError;

/// So many functions use each other before one of them is used behind a flag.
const MAX_HANDS: u8 = 3;

/// Of so many declarations the uses are looked for, for the sake of one.
const MAX_ASKED: u8 = 60;

/// So deep inside of what is handed in, a name is handed in.
const MAX_ARGUMENT: usize = 8;

/// Members and calls between a name and the flag that is asked of it.
const MAX_CHAIN: usize = 6;

/// Functions with more nodes are not looked through for uses.
const MAX_FUNCTION: u32 = 5_000;

/// The gates of all uses of the local name that is declared around this place; empty where the uses are only asked for
/// together with the flag. `None` where there is no such name, or it may matter elsewhere.
pub(super) fn gates_of_uses(values: &FlagValues<'_>, node: NodeId) -> Option<Vec<GateAt>> {
    let facts = values.facts;
    let mut around = std::iter::once(node).chain(facts.ancestors(node));
    let inside = |at: &NodeId| !matches!(facts.role(*at), Role::Function | Role::Class | Role::Block | Role::Module);
    let is_given = |at: &NodeId| matches!(facts.role(*at), Role::Binding | Role::Destructuring);
    let known = || values.idle.lock().unwrap_or_else(PoisonError::into_inner);
    let ask = |declared: NodeId| {
        if let Some(gates) = known().get(&declared) {
            return gates.clone();
        }
        let gates = of_declared(values, declared, MAX_HANDS, &Cell::new(MAX_ASKED));
        known().insert(declared, gates.clone());
        gates
    };
    let given = around.by_ref().take_while(inside).find(is_given);
    // Of what is taken out of something, each name for itself: the call that is made for all of them is asked about on its own.
    let taken = || {
        let mut around = std::iter::once(node).chain(facts.ancestors(node)).take_while(inside);
        let name = around.find(|&at| facts.role(at) == Role::Destructured)?;
        let is_plain = facts.part(name, Part::Default).is_none();
        is_plain.then(|| ask(name)).flatten().map(|_| Vec::new())
    };
    given.and_then(ask).or_else(taken).or_else(|| {
        // What a function inside does is done when somebody calls it.
        let mut functions = facts.enclosing(node, Role::Function).filter_map(|function| declared_by(values, function));
        functions.find_map(ask)
    })
}

/// What gives a function inside of another one its name.
fn declared_by(values: &FlagValues<'_>, function: NodeId) -> Option<NodeId> {
    let facts = values.facts;
    let whole = facts.outer(function);
    let parent = facts.node(whole).parent;
    match facts.role(parent) {
        Role::Binding if facts.part(parent, Part::Value) == Some(whole) => Some(parent),
        Role::Block if facts.part(function, Part::Name).is_some() => Some(function),
        _ => None,
    }
}

/// The gates of all uses of what is declared here; functions that use it in the open are followed to their own uses.
fn of_declared(values: &FlagValues<'_>, declared: NodeId, hands: u8, asked: &Cell<u8>) -> Option<Vec<GateAt>> {
    asked.set(asked.get().checked_sub(1)?);
    let facts = values.facts;
    let scope = scope_of(facts, declared);
    if facts.role(scope) != Role::Function || facts.node(scope).last.0 - scope.0 > MAX_FUNCTION {
        return None;
    }
    let is_name = |name: &NodeId| facts.role(*name) == Role::Identifier;
    let names: Vec<NodeId> = match facts.role(declared) {
        // A decorator may do anything with it.
        Role::Function if facts.part(declared, Part::Decorator).is_some() => return None,
        Role::Function => vec![facts.part(declared, Part::Name).filter(is_name)?],
        Role::Binding => {
            let value = facts.part(declared, Part::Value)?;
            let is_function = facts.role(facts.inner(value)) == Role::Function;
            let name = facts.part(declared, Part::Name).filter(is_name)?;
            if !is_function && !is_inert(values, value) {
                return is_only_asked(values, scope, (declared, name), hands).then(Vec::new);
            }
            vec![name]
        }
        Role::Destructured => vec![facts.part(declared, Part::Name)?],
        _ => {
            let value = facts.part(declared, Part::Value)?;
            let taken: Vec<NodeId> =
                facts.descendants(declared).filter(|&at| facts.role(at) == Role::Destructured).collect();
            let names: Option<Vec<NodeId>> = taken.iter().map(|&at| facts.part(at, Part::Name)).collect();
            let names = names.filter(|names| !names.is_empty() && names.iter().all(|&name| name < value))?;
            if !is_inert(values, value) {
                // `const { isFeatureEnabled } = usePostHog();`
                let asks = |&name: &NodeId| is_only_asked(values, scope, (declared, name), hands);
                return names.iter().all(asks).then(Vec::new);
            }
            names
        }
    };
    let mut gates: Vec<GateAt> = Vec::new();
    let mut is_used = false;
    for name in names {
        let (more, used) = of_name(values, scope, declared, name, (hands, asked))?;
        gates.extend(more);
        is_used |= used;
    }
    is_used.then_some(gates)
}

/// The gates of all uses of one name, and whether there are any.
fn of_name(
    values: &FlagValues<'_>,
    scope: NodeId,
    declared: NodeId,
    name: NodeId,
    (hands, asked): (u8, &Cell<u8>),
) -> Option<(Vec<GateAt>, bool)> {
    let (mut gates, mut is_used) = (Vec::new(), false);
    for at in mentions(values, scope, declared, name) {
        is_used = true;
        gates.extend(of_use(values, at, hands, asked)?);
    }
    Some((gates, is_used))
}

/// Where a name is said outside of what declares it.
fn mentions<'v>(
    values: &'v FlagValues<'_>,
    scope: NodeId,
    declared: NodeId,
    name: NodeId,
) -> impl Iterator<Item = NodeId> + 'v {
    let (facts, file) = (values.facts, values.file);
    let text = file.text_of(name);
    let is_mention = move |at: &NodeId| match facts.role(*at) {
        Role::Identifier | Role::Pair | Role::Other | Role::Destructured => file.text_of(*at) == text,
        Role::Template => file.text_of(*at).contains(text),
        Role::Element => facts.part(*at, Part::Name).is_some_and(|shown| {
            let shown = file.text_of(shown);
            shown == text || shown.strip_prefix(text).is_some_and(|rest| rest.starts_with('.'))
        }),
        _ => false,
    };
    let is_inside = move |at: NodeId| declared <= at && at <= facts.node(declared).last;
    facts.descendants(scope).filter(is_mention).filter(move |&at| !is_inside(at) && !is_another_name(values, at))
}

/// `const flags = useFlags();`: what is only made to ask for flags, nothing else being done on the way.
fn is_only_asked(values: &FlagValues<'_>, scope: NodeId, (declared, name): (NodeId, NodeId), steps: u8) -> bool {
    let (facts, file) = (values.facts, values.file);
    let Some(value) = facts.part(declared, Part::Value) else { return false };
    let mut inside = std::iter::once(value).chain(facts.descendants(value));
    let acts = inside.any(|at| match facts.role(at) {
        Role::Call => does_something(file, at),
        Role::Function | Role::Assignment | Role::Element => true,
        _ => false,
    });
    let mut mentions = mentions(values, scope, declared, name).peekable();
    // `const client = new Flags(cookies)`: what is only made to make that one.
    let makes_what_asks = |mention: NodeId| {
        let mut around = facts.ancestors(mention).take(MAX_CHAIN);
        let made = around.find(|&at| !is_part_of_value(facts.role(at))).filter(|&at| facts.role(at) == Role::Binding);
        let named = made.filter(|&made| made != declared && steps > 0).and_then(|made| facts.part(made, Part::Name));
        named.is_some_and(|name| is_only_asked(values, scope, (made.unwrap_or(declared), name), steps - 1))
    };
    !acts && mentions.peek().is_some() && mentions.all(|at| asks_for_a_flag(values, at) || makes_what_asks(at))
}

/// Whether a name is what a flag is asked of, or asked with: `flags` of `flags.newTax`, `client` and `user` of
/// `client.isEnabled("new-tax", user)`.
fn asks_for_a_flag(values: &FlagValues<'_>, mention: NodeId) -> bool {
    let facts = values.facts;
    let mut around = facts.ancestors(mention).take(MAX_ARGUMENT);
    let mut around =
        around.by_ref().take_while(|&at| !matches!(facts.role(at), Role::Block | Role::Function | Role::Guard));
    let asked_with = |at: NodeId| {
        let evaluation = values.evaluation_at(at).map(|index| &values.evaluations[index].kind);
        facts.role(at) == Role::Call && matches!(evaluation, Some(EvaluationKind::Value))
    };
    if around.any(asked_with) || values.is_setting_states(mention) {
        return true;
    }
    let mut child = mention;
    for at in facts.ancestors(mention).take(MAX_CHAIN) {
        let leads = match facts.role(at) {
            Role::Transparent => true,
            _ => matches!(facts.part_of(at, child), Some(Part::Object | Part::Callee)),
        };
        if !leads {
            break;
        }
        if values.evaluation_at(at).is_some() {
            return true;
        }
        child = at;
    }
    false
}

/// Whether an expression only looks something up, or makes something that waits to be used: `useState("")`.
fn is_inert(values: &FlagValues<'_>, value: NodeId) -> bool {
    let facts = values.facts;
    let inner = facts.inner(value);
    let looked_at: Vec<NodeId> = match facts.role(inner) {
        Role::Call if values.is_keeping(inner) => facts.parts(inner, Part::Argument).collect(),
        _ => vec![value],
    };
    looked_at.into_iter().all(|at| std::iter::once(at).chain(facts.descendants(at)).all(|at| only_looks(values, at)))
}

/// Whether a part of an expression does nothing but look something up.
fn only_looks(values: &FlagValues<'_>, at: NodeId) -> bool {
    let (facts, file) = (values.facts, values.file);
    match facts.role(at) {
        Role::Call => {
            let is_one = |named: &str| values.words.looks_up.iter().any(|looks_up| looks_up == named);
            file.callee_name(at).is_some_and(|named| is_one(named) || is_question(values, named))
        }
        Role::Transparent => !file.text_of(at).starts_with("await"),
        Role::Other => !file.text_of(at).starts_with("yield"),
        Role::Identifier | Role::Member | Role::Subscript | Role::String | Role::Template | Role::Number => true,
        Role::True | Role::False | Role::Null | Role::Comment | Role::Type => true,
        Role::And | Role::Or | Role::Coalesce | Role::Not | Role::Equal | Role::NotEqual | Role::Guard => true,
        _ => false,
    }
}

/// `checkHasCompleted(order)`
fn is_question(values: &FlagValues<'_>, name: &str) -> bool {
    let words = split_words(name);
    let mut words = words.iter().map(|word| word.as_ref()).skip_while(|word| *word == "check");
    let asks = |word: &str| values.words.asks.iter().any(|asks| asks == word);
    words.next().is_some_and(asks) && words.next().is_some()
}

/// `a.label`, `{ label: 1 }`, `f(label=1)`: something else is called so.
fn is_another_name(values: &FlagValues<'_>, at: NodeId) -> bool {
    let facts = values.facts;
    let parent = facts.node(at).parent;
    match facts.part_of(parent, at) {
        Some(Part::Property) => true,
        Some(Part::Key) => facts.role(parent) == Role::Pair && facts.part(parent, Part::Value) != Some(at),
        Some(Part::Name) => matches!(facts.role(parent), Role::Keyword | Role::Attribute),
        _ => false,
    }
}

/// Whether what stands in such a node is a part of the value of the whole.
fn is_part_of_value(role: Role) -> bool {
    matches!(
        role,
        Role::And
            | Role::Or
            | Role::Not
            | Role::Coalesce
            | Role::Equal
            | Role::NotEqual
            | Role::Transparent
            | Role::Other
            | Role::Member
            | Role::Subscript
            | Role::Guard
            | Role::Call
            | Role::Template
    )
}

/// The gates of one use; `None` where it may matter with the flag off.
fn of_use(values: &FlagValues<'_>, mention: NodeId, hands: u8, asked: &Cell<u8>) -> Option<Vec<GateAt>> {
    let facts = values.facts;
    let parent = facts.node(mention).parent;
    if matches!(facts.part_of(parent, mention), Some(Part::Name | Part::Target))
        || facts.role(mention) == Role::Destructured
    {
        return None;
    }
    let mut gates = dominance::gates(values, mention);
    if dominance::is_on(&gates) {
        gates.retain(|gate| gate.outcome.polarity == Polarity::On);
        return Some(gates);
    }
    if !gates.is_empty() && refusal(values, mention).is_some() || asks_for_a_flag(values, mention) {
        return Some(Vec::new());
    }
    // A function inside does what it does where it is used itself.
    if let Some(hands) = hands.checked_sub(1) {
        let mut functions =
            facts.enclosing(mention, Role::Function).filter_map(|function| declared_by(values, function));
        let inner = functions.find_map(|declared| of_declared(values, declared, hands, asked));
        if inner.as_ref().is_some_and(|gates| dominance::is_on(gates)) {
            return inner;
        }
    }
    // `const isShown = label !== ""`: what is only made of it matters where that one does.
    if let Some(hands) = hands.checked_sub(1) {
        let mut around = facts.ancestors(mention).take(MAX_CHAIN);
        let given = around.find(|&at| !is_part_of_value(facts.role(at))).filter(|&at| facts.role(at) == Role::Binding);
        let gates = given.and_then(|given| of_declared(values, given, hands, asked));
        if gates.as_ref().is_some_and(|gates| dominance::is_on(gates)) {
            return gates;
        }
    }
    // `label && on`: it is asked for, but the answer needs the flag.
    let mut child = mention;
    for at in facts.ancestors(mention).take(8) {
        match facts.role(at) {
            Role::Guard if facts.part(at, Part::Condition) == Some(child) => {
                let told = values.implied(child, true);
                let needs = told.iter().any(|outcome| outcome.polarity == Polarity::On);
                let refuses = || {
                    !told.is_empty() && facts.part(at, Part::Consequence).is_some_and(|then| only_refuses(values, then))
                };
                return (needs || refuses()).then(Vec::new);
            }
            // `return on && label`
            Role::Exit => return values.needs_on(child, true).then(Vec::new),
            Role::And | Role::Or | Role::Not | Role::Equal | Role::NotEqual | Role::Transparent | Role::Other => {
                child = at
            }
            _ => return None,
        }
    }
    None
}

//! Which flag outcomes hold where a list has items: `rows = load() if on else []`, `for row in rows: ..`.
//!
//! What is done for each item of such a list is done only with the flag on. A list that somebody else may put something into
//! says nothing: only a local name of one function is followed, and only where every mention of it reads.

use super::condition::{Budget, FlagOutcome, FlagValues, Given, scope_of, union};
use super::dominance;
use crate::syntax::SourceFile;
use crate::syntax::facts::{NodeId, Part, Role};
use crate::terms::Polarity;
use std::cell::Cell;
use std::sync::PoisonError;

/// What holds wherever a list is filled: `None` where nothing may, and inside of it nothing where nobody fills it.
pub(super) type Fillings = Option<Option<Vec<FlagOutcome>>>;

/// How many names and branches a list is followed through.
const MAX_DEPTH: u32 = 8;

/// How many expressions are looked at for one question.
const MAX_STEPS: u32 = 64;

/// Functions with more nodes are not looked through for mentions.
const MAX_FUNCTION: u32 = 5_000;

/// Methods that run a function for each item of what they are called on.
const FOR_ITEMS: [&str; 9] = ["map", "flatMap", "forEach", "filter", "some", "every", "find", "findIndex", "findLast"];

/// Methods and members that put nothing into a list; what those of the first line yield has items only if the list has.
const READS: [&str; 26] = [
    "map",
    "flatMap",
    "filter",
    "slice",
    "toSorted",
    "toReversed",
    "flat",
    "items",
    "keys",
    "values",
    "entries",
    "copy",
    "forEach",
    "some",
    "every",
    "find",
    "findIndex",
    "findLast",
    "length",
    "includes",
    "indexOf",
    "join",
    "at",
    "get",
    "count",
    "index",
];

/// How many of [`READS`] hand the items on.
const HANDS_ON: usize = 12;

/// Functions that only read what they are handed, and yield something with items only if that has some.
const COPIES: [&str; 11] = [
    "sorted",
    "list",
    "set",
    "tuple",
    "enumerate",
    "reversed",
    "iter",
    "Object.keys",
    "Object.values",
    "Object.entries",
    "Array.from",
];

/// Functions that only read what they are handed.
const LOOKS: [&str; 6] = ["len", "any", "all", "bool", "Boolean", "JSON.stringify"];

/// The flag outcomes that hold where this expression has items.
pub(super) fn filled(values: &FlagValues<'_>, list: NodeId) -> Vec<FlagOutcome> {
    if values.evaluations.is_empty() {
        return Vec::new();
    }
    filled_to(values, list, Budget { depth: MAX_DEPTH, steps: &Cell::new(MAX_STEPS) })
}

/// The list that a call runs its arguments for each item of: `rows.map(row => ..)`.
pub(super) fn run_for_items(values: &FlagValues<'_>, call: NodeId) -> Option<NodeId> {
    let facts = values.facts;
    let callee = facts.part(call, Part::Callee).filter(|&at| facts.role(at) == Role::Member)?;
    let method = values.file.text_of(facts.part(callee, Part::Property)?);
    FOR_ITEMS.contains(&method).then(|| facts.part(callee, Part::Object))?
}

/// Whether a call only looks at what it is handed: `len(rows)`.
pub(super) fn only_looks(values: &FlagValues<'_>, call: NodeId) -> bool {
    let callee = values.facts.part(call, Part::Callee).and_then(|callee| values.file.dotted(callee));
    callee.is_some_and(|name| LOOKS.contains(&name.as_str()) || COPIES.contains(&name.as_str()))
}

fn filled_to(values: &FlagValues<'_>, list: NodeId, budget: Budget<'_>) -> Vec<FlagOutcome> {
    let Some(budget) = budget.deeper() else { return Vec::new() };
    let facts = values.facts;
    let part = |part| facts.part(list, part);
    let deeper = |at: NodeId| filled_to(values, at, budget);
    let either = |left: NodeId, right: NodeId| match (is_empty(values, left), is_empty(values, right)) {
        (_, true) => deeper(left),
        (true, _) => deeper(right),
        _ => values.shared(&deeper(left), &deeper(right)),
    };
    match facts.role(list) {
        Role::Transparent => part(Part::Operand).map_or_else(Vec::new, deeper),
        Role::Guard => {
            let (Some(condition), Some(yes), Some(no)) =
                (part(Part::Condition), part(Part::Consequence), part(Part::Alternative))
            else {
                return Vec::new();
            };
            let with = |branch: NodeId, truth: bool| union(values.implied(condition, truth), deeper(branch));
            match (is_empty(values, yes), is_empty(values, no)) {
                (_, true) => with(yes, true),
                (true, _) => with(no, false),
                _ => values.shared(&with(yes, true), &with(no, false)),
            }
        }
        Role::And => match (part(Part::Left), part(Part::Right)) {
            (Some(left), Some(right)) => union(values.implied(left, true), deeper(right)),
            _ => Vec::new(),
        },
        Role::Or | Role::Coalesce => match (part(Part::Left), part(Part::Right)) {
            (Some(left), Some(right)) => either(left, right),
            _ => Vec::new(),
        },
        Role::Call => of_call(values, list).map_or_else(Vec::new, deeper),
        Role::Identifier => held(values, list, budget),
        _ => Vec::new(),
    }
}

/// The list whose items a call hands on: `rows.filter(..)`, `sorted(rows)`, `Object.entries(rows)`.
fn of_call(values: &FlagValues<'_>, call: NodeId) -> Option<NodeId> {
    let (facts, file) = (values.facts, values.file);
    let callee = facts.part(call, Part::Callee)?;
    if file.dotted(callee).is_some_and(|name| COPIES.contains(&name.as_str())) {
        return facts.parts(call, Part::Argument).next();
    }
    let property = facts.part(callee, Part::Property).filter(|_| facts.role(callee) == Role::Member)?;
    READS[..HANDS_ON].contains(&file.text_of(property)).then(|| facts.part(callee, Part::Object))?
}

/// What a local name says that is given a list only with a flag.
fn held(values: &FlagValues<'_>, identifier: NodeId, budget: Budget<'_>) -> Vec<FlagOutcome> {
    let facts = values.facts;
    let mut all: Option<Vec<FlagOutcome>> = None;
    for write in values.writes_seen(identifier) {
        let value = match write.value {
            Given::Value(value) if is_empty(values, value) => continue,
            Given::Value(value) => value,
            Given::Nothing => continue,
            Given::Unknown => return Vec::new(),
        };
        let mut told = filled_to(values, value, budget);
        // `if (on) rows = load();`; what stands in a loop may go round through here again.
        if facts.enclosing(write.node, Role::Loop).next().is_none() {
            told = union(told, dominance::gates(values, write.node).into_iter().map(|gate| gate.outcome).collect());
        }
        all = Some(all.map_or_else(|| told.clone(), |all| values.shared(&all, &told)));
    }
    match (all, fillings(values, identifier)) {
        (Some(told), Some(None)) | (None, Some(Some(told))) => told,
        (Some(told), Some(Some(more))) => values.shared(&told, &more),
        (None, Some(None)) | (_, None) => Vec::new(),
    }
}

/// What holds wherever something is put into the list behind a local name, or somebody else gets hold of it; `None` where
/// that may be in the open, and nothing where nobody does.
fn fillings<'a>(values: &FlagValues<'a>, identifier: NodeId) -> Fillings {
    let (facts, file): (_, &'a SourceFile) = (values.facts, values.file);
    let name = file.text_of(identifier);
    let declares = |node: NodeId| facts.role(node) != Role::Assignment;
    let writes = values.writes_seen(identifier);
    let scope = writes.iter().find(|write| declares(write.node)).map(|write| scope_of(facts, write.node))?;
    if facts.role(scope) != Role::Function || facts.node(scope).last.0 - scope.0 > MAX_FUNCTION {
        return None;
    }
    let known = || values.only_read.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(fillings) = known().get(&(scope, name)) {
        return fillings.clone();
    }
    // What is done for each item of the list cannot prove that it has some.
    known().insert((scope, name), None);
    let mentions = facts.descendants(scope).filter(|&at| {
        matches!(facts.role(at), Role::Identifier | Role::Pair | Role::Other) && file.text_of(at) == name
    });
    let mut found: Fillings = Some(None);
    for mention in mentions.filter(|&at| !reads(values, at)) {
        let gates = dominance::gates(values, mention).into_iter().map(|gate| gate.outcome);
        let on: Vec<FlagOutcome> = gates.filter(|outcome| outcome.polarity == Polarity::On).collect();
        let all = match found.take().flatten() {
            Some(all) => values.shared(&all, &on),
            None => on,
        };
        if all.is_empty() {
            break;
        }
        found = Some(Some(all));
    }
    known().insert((scope, name), found.clone());
    found
}

/// The flag outcomes without which nothing is shown, or spread, at this place: `{extra}`, `{rows.map(row => ..)}`, `**extra`.
pub(super) fn shown(values: &FlagValues<'_>, node: NodeId) -> Vec<FlagOutcome> {
    let facts = values.facts;
    let mut at = node;
    for _ in 0..MAX_DEPTH {
        let parent = facts.node(at).parent;
        at = match (facts.role(parent), facts.part_of(parent, at)) {
            (Role::Member, _) | (Role::Call, Some(Part::Callee)) | (Role::Transparent, _) => parent,
            (Role::Element, None) => return filled(values, at),
            (Role::Other, _) if values.file.text_of(parent).starts_with(['.', '*']) => return filled(values, at),
            (Role::Other, _) if values.file.text_of(parent).starts_with("{...") => return filled(values, at),
            _ => return Vec::new(),
        };
    }
    Vec::new()
}

/// Whether a mention of a list leaves it as it is, in the hands of this function.
fn reads(values: &FlagValues<'_>, mention: NodeId) -> bool {
    let (facts, file) = (values.facts, values.file);
    let mut at = mention;
    loop {
        let parent = facts.node(at).parent;
        let part = facts.part_of(parent, at);
        let text = |part| facts.part(parent, part).map_or("", |at| file.text_of(at));
        return match (facts.role(parent), part) {
            (Role::Binding | Role::Assignment, Some(Part::Name | Part::Target)) => true,
            // `rows`, of which another name is made: `a.rows`, `{ rows: 1 }`, `f(rows=1)`.
            (Role::Member, Some(Part::Property)) => true,
            (Role::Pair | Role::Keyword | Role::Attribute, Some(Part::Key | Part::Name)) => {
                facts.part(parent, Part::Value) != Some(at)
            }
            (Role::Loop, Some(Part::Value)) | (Role::Guard, Some(Part::Condition)) => true,
            (Role::Not | Role::Equal | Role::NotEqual | Role::Template | Role::Exit, _) => true,
            (Role::And | Role::Or | Role::Coalesce | Role::Guard | Role::Transparent, _) => {
                at = parent;
                continue;
            }
            (Role::Member | Role::Subscript, Some(Part::Object)) => {
                let outer = facts.node(parent).parent;
                let is_written =
                    facts.part_of(outer, parent) == Some(Part::Target) || file.text_of(outer).starts_with("del");
                !is_written && (facts.role(parent) == Role::Subscript || READS.contains(&text(Part::Property)))
            }
            (Role::Call, Some(Part::Argument)) => {
                let callee = facts.part(parent, Part::Callee).and_then(|callee| file.dotted(callee));
                callee.is_some_and(|name| COPIES.contains(&name.as_str()) || LOOKS.contains(&name.as_str()))
            }
            // `[...rows]`, `[*rows]`: a copy.
            (Role::Other, _) => {
                let text = file.text_of(parent);
                text.starts_with(['.', '*']) || text.starts_with("{...")
            }
            // `<p>{extra}</p>`
            (Role::Element, None) => true,
            _ => false,
        };
    }
}

/// Whether an expression never has items.
fn is_empty(values: &FlagValues<'_>, mut expression: NodeId) -> bool {
    let facts = values.facts;
    while let (Role::Transparent, Some(operand)) = (facts.role(expression), facts.part(expression, Part::Operand)) {
        expression = operand;
    }
    match facts.role(expression) {
        Role::Null | Role::False => true,
        Role::Array | Role::Object => {
            let text = values.file.text_of(expression);
            text.trim_matches(['[', ']', '{', '}', '(', ')']).trim().is_empty()
        }
        Role::Call => matches!(values.file.text_of(expression), "list()" | "set()" | "dict()" | "tuple()"),
        _ => false,
    }
}

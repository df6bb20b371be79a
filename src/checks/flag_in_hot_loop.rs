//! `flag-in-hot-loop`: a flag is evaluated once an item, though neither its key nor its context has to do with the item.
//!
//! Left alone: loops that wait for something (`while`), an evaluation that stops the loop (somebody wants to be able to switch off
//! what runs for long), and flags that are read from a bag that was fetched before.

use super::Draft;
use super::edited::{Edited, evaluations};
use crate::detect::EvaluationKind;
use crate::evidence::Evidence;
use crate::location::Span;
use crate::report::{FlagReference, Related};
use crate::rules::RuleSet;
use crate::syntax::facts::{NodeId, Part, Role};
use crate::terms::{Severity, Side};
use std::collections::BTreeSet;

/// A loop whose head and body hold more names is not looked into.
const MAX_NODES: u32 = 20_000;

pub(super) fn run(evidence: &Evidence<'_>, rules: &RuleSet) -> Vec<Draft> {
    evaluations(evidence).iter().filter_map(|edited| draft(edited, rules)).collect()
}

fn draft(edited: &Edited<'_>, rules: &RuleSet) -> Option<Draft> {
    let Edited { facts, side, file, evaluation } = edited;
    let source = &side.source;
    if evaluation.kind != EvaluationKind::Value || !evaluation.key.is_known() {
        return None;
    }
    // A member of a bag, or `settings.get("x")`, is a look into an object.
    let is_asked = |at: NodeId| {
        let callee = (facts.role(at) == Role::Call).then(|| facts.part(at, Part::Callee)).flatten();
        let method = callee.and_then(|callee| facts.part(callee, Part::Property).or(Some(callee)));
        method.is_some_and(|method| !rules.checks.is_lookup(source.text_of(method)))
    };
    if !std::iter::once(evaluation.node).chain(facts.descendants(evaluation.node)).any(is_asked) {
        return None;
    }
    let around = loop_around(edited, rules)?;
    // Leaving a function that is called once an item goes on with the next one.
    if facts.role(around) == Role::Loop && stops_loop(edited) {
        return None;
    }
    let used: BTreeSet<&str> = names(edited, evaluation.span);
    if facts.node(around).last.0 - around.0 > MAX_NODES || written(edited, around).any(|name| used.contains(name)) {
        return None;
    }
    let line = source.lines.line(evaluation.span.start);
    let place = FlagReference { path: file.path.clone(), line, side: Side::New, definition: false };
    let mut draft = Draft::at_flag("flag-in-hot-loop", &place);
    draft.severity = Severity::Note;
    draft.message = format!(
        "`{}` is evaluated again for every item, though neither its key nor its context depends on the item: evaluate it once before the loop.",
        evaluation.key.name()
    );
    draft.content = evaluation.key.name().to_owned();
    draft.related = vec![Related {
        path: file.path.clone(),
        line: source.lines.line(facts.node(around).span.start),
        side: Side::New,
        note: "the loop".to_owned(),
    }];
    Some(draft)
}

/// The loop over items, or the call of a function once an item, whose body the evaluation stands in.
fn loop_around(edited: &Edited<'_>, rules: &RuleSet) -> Option<NodeId> {
    let facts = edited.facts;
    let mut child = edited.evaluation.node;
    for parent in facts.ancestors(child) {
        match facts.role(parent) {
            Role::Class | Role::Module => return None,
            // A function that is made here runs some other time, unless it is called once an item.
            Role::Function if is_per_item(edited, parent, rules) => return Some(parent),
            Role::Function => return None,
            Role::Loop
                if matches!(facts.part_of(parent, child), Some(Part::Body | Part::Condition))
                    && goes_over_items(edited, parent) =>
            {
                return Some(parent);
            }
            // A comprehension's `if` is a guard, and its condition a part of the loop.
            Role::Loop
                if facts
                    .part(child, Part::Condition)
                    .is_some_and(|at| facts.parts(parent, Part::Condition).any(|it| it == at))
                    && goes_over_items(edited, parent) =>
            {
                return Some(parent);
            }
            // Only for some of the items.
            Role::Guard if facts.part(parent, Part::Condition) != Some(child) => return None,
            Role::And | Role::Or | Role::Coalesce if facts.part(parent, Part::Left) != Some(child) => return None,
            Role::Case => return None,
            _ => child = parent,
        }
    }
    None
}

/// `items.map(<function>)`, `map(<function>, items)`.
fn is_per_item(edited: &Edited<'_>, function: NodeId, rules: &RuleSet) -> bool {
    let facts = edited.facts;
    let call = facts.node(function).parent;
    if facts.role(call) != Role::Call || facts.part_of(call, function) != Some(Part::Argument) {
        return false;
    }
    let Some(callee) = facts.part(call, Part::Callee) else { return false };
    let name = if facts.role(callee) == Role::Member { facts.part(callee, Part::Property) } else { Some(callee) };
    let takes_item = facts.part(function, Part::Parameter).is_some();
    takes_item && name.is_some_and(|name| rules.checks.is_per_item(edited.side.source.text_of(name)))
}

/// True for a loop with a name for the item; `while` has none.
fn goes_over_items(edited: &Edited<'_>, at: NodeId) -> bool {
    let facts = edited.facts;
    let body = facts.part(at, Part::Body);
    let mut head = facts.children(at).filter(|&child| Some(child) != body);
    head.any(|child| matches!(facts.role(child), Role::Binding | Role::Destructuring))
}

/// True where the evaluation decides whether the loop goes on.
fn stops_loop(edited: &Edited<'_>) -> bool {
    let facts = edited.facts;
    let mut child = edited.evaluation.node;
    for parent in facts.ancestors(child).take(8) {
        match facts.role(parent) {
            Role::Guard => {
                let mut branches = [Part::Consequence, Part::Alternative]
                    .into_iter()
                    .filter_map(|part| facts.part(parent, part))
                    .filter(|&branch| branch != child);
                return facts.part(parent, Part::Condition) == Some(child)
                    && branches.any(|branch| {
                        let mut inside = std::iter::once(branch).chain(facts.descendants(branch));
                        inside.any(|at| facts.role(at) == Role::Exit && leaves(edited.side.source.text_of(at)))
                    });
            }
            Role::Block | Role::Function | Role::Loop => return false,
            _ => child = parent,
        }
    }
    false
}

/// `break`, `return`, `throw`; `continue` goes on.
fn leaves(exit: &str) -> bool {
    !exit.starts_with("continue")
}

/// The names that an expression uses.
fn names<'e>(edited: &Edited<'e>, span: Span) -> BTreeSet<&'e str> {
    let (facts, source) = (edited.facts, &edited.side.source);
    let from = facts.innermost(span);
    let nodes = std::iter::once(from).chain(facts.descendants(from));
    let inside = nodes.filter(|&at| facts.role(at) == Role::Identifier && span.contains(facts.node(at).span));
    inside.map(|at| source.text_of(at)).collect()
}

/// The names that get a value inside the loop, once an item.
fn written<'e>(edited: &Edited<'e>, around: NodeId) -> impl Iterator<Item = &'e str> {
    let (facts, source) = (edited.facts, &edited.side.source);
    facts.descendants(around).filter_map(move |at| {
        let name = match facts.role(at) {
            Role::Binding | Role::Destructured | Role::Parameter => facts.part(at, Part::Name),
            Role::Assignment => facts.part(at, Part::Target),
            _ => None,
        }?;
        let text = source.text_of(name);
        // `item.flag = ..` writes to `item`.
        Some(text.split(['.', '[']).next().unwrap_or(text))
    })
}

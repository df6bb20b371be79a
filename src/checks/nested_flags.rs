//! `nested-flags`: a flag is asked again where its answer is known already, so that one side of the question never runs.
//!
//! Left alone: an evaluation with other arguments (another user), an evaluation that runs some other time (in a function that is
//! made here), and the variations of a flag that has more than two.

use super::Draft;
use super::edited::{Edits, code};
use crate::detect::EvaluationKind;
use crate::evidence::{Evidence, FileEvidence, SideEvidence};
use crate::gating::condition::{FlagOutcome, FlagValues};
use crate::gating::dominance::{GateAt, gates};
use crate::report::{FlagReference, GateKind, Related};
use crate::rules::RuleSet;
use crate::syntax::facts::{NodeId, Part, Role};
use crate::terms::{Polarity, Severity, Side};
use std::collections::BTreeMap;

/// More places of one kind are not listed.
const MAX_RELATED: usize = 5;

pub(super) fn run(evidence: &Evidence<'_>, _: &RuleSet) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for file in code(evidence) {
        let Some(side) = file.side(Side::New).filter(|side| !side.flags.evaluations.is_empty()) else { continue };
        let edits = Edits::of(file, Side::New);
        if !edits.is_empty()
            && let Some(values) = FlagValues::new(&side.source, &side.flags)
        {
            drafts.extend(in_file(file, side, &values, &edits));
        }
    }
    drafts
}

fn in_file(file: &FileEvidence, side: &SideEvidence, values: &FlagValues<'_>, edits: &Edits) -> Vec<Draft> {
    let facts = values.facts;
    // One finding for each place that settles the flag, and what follows from it.
    let mut found: BTreeMap<(NodeId, String, Polarity, Option<Dead>), Draft> = BTreeMap::new();
    for (question, outcome) in questions(values) {
        let known = gates(values, question).into_iter().find(|gate| is_same(values, gate, outcome, question));
        let Some(known) = known else { continue };
        if !edits.touch(facts.node(question).span) && !edits.touch(facts.node(known.at).span) {
            continue;
        }
        let line = side.source.lines.line(facts.node(question).span.start);
        let (key, state) = (values.key_of(outcome).name(), known.outcome.polarity);
        let dead = dead_side(values, question, outcome.polarity == state);
        let note = |note: String, line: u32| Related { path: file.path.clone(), line, side: Side::New, note };
        if let Some(draft) = found.get_mut(&(known.at, key.to_owned(), state, dead)) {
            if draft.lines.start != line && draft.related.len() < MAX_RELATED {
                draft.related.push(note("and again here".to_owned(), line));
            }
            continue;
        }
        let place = FlagReference { path: file.path.clone(), line, side: Side::New, definition: false };
        let mut draft = Draft::at_flag("nested-flags", &place);
        draft.severity = if dead.is_some() { Severity::Warning } else { Severity::Note };
        draft.message = match dead {
            Some(Dead::This) => {
                format!("`{key}` is always {state} here, so what stands behind this condition never runs.")
            }
            Some(Dead::Other) => {
                format!("`{key}` is always {state} here, so the other side of this condition never runs.")
            }
            None => format!("`{key}` is always {state} here, so asking for it again changes nothing."),
        };
        draft.content = format!("{key} {state}");
        let first = side.source.lines.line(facts.node(known.at).span.start);
        draft.related = vec![note(format!("`{key}` was asked for here"), first)];
        found.insert((known.at, key.to_owned(), state, dead), draft);
    }
    found.into_values().collect()
}

/// What never runs because the answer is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Dead {
    /// What stands behind the condition.
    This,
    Other,
}

/// Every place that decides by a flag alone, with what it says about the flag when it is true.
fn questions(values: &FlagValues<'_>) -> Vec<(NodeId, FlagOutcome)> {
    let facts = values.facts;
    let mut found = Vec::new();
    for id in facts.ids() {
        let asked: Vec<NodeId> = match facts.role(id) {
            Role::Guard => facts.part(id, Part::Condition).into_iter().collect(),
            Role::And | Role::Or => {
                [Part::Left, Part::Right].into_iter().filter_map(|part| facts.part(id, part)).collect()
            }
            _ => continue,
        };
        for node in asked.into_iter().map(|node| values.facts.inner(node)) {
            if matches!(facts.role(node), Role::And | Role::Or) {
                // Its operands are asked themselves.
                continue;
            }
            if let (&[yes], [_]) = (&values.implied(node, true)[..], &values.implied(node, false)[..]) {
                found.push((node, yes));
            }
        }
    }
    found.sort_by_key(|(node, _)| *node);
    found.dedup_by_key(|(node, _)| *node);
    found
}

/// True when the gate tells what the question asks: the same value, or the same evaluation again.
fn is_same(values: &FlagValues<'_>, gate: &GateAt, outcome: FlagOutcome, question: NodeId) -> bool {
    if matches!(gate.kind, GateKind::Switch | GateKind::Decorator | GateKind::Callback | GateKind::Caller)
        || compares_variations(values, question)
        || compares_variations(values, gate.at)
    {
        return false;
    }
    if gate.outcome.evaluation == outcome.evaluation {
        // A reading of its own at either place, or one that both took from a name.
        return true;
    }
    let (first, second) = (&values.evaluations[gate.outcome.evaluation], &values.evaluations[outcome.evaluation]);
    let text = |node: NodeId| -> String { values.file.text_of(node).split_whitespace().collect() };
    let is_value = |kind: &EvaluationKind| matches!(kind, EvaluationKind::Value);
    is_value(&first.kind)
        && is_value(&second.kind)
        && first.key == second.key
        && text(first.node) == text(second.node)
        && !is_changed_between(values, first.node, second.node)
        && function_of(values, first.node) == function_of(values, second.node)
}

/// Whether what the evaluations ask is given another value between them: `before = settings.get("x"); settings = ..`.
fn is_changed_between(values: &FlagValues<'_>, one: NodeId, other: NodeId) -> bool {
    let (facts, file) = (values.facts, values.file);
    let (from, to) = (one.min(other), one.max(other));
    let asked = file.text_of(from);
    facts.with_role(Role::Assignment).filter(|&at| from < at && at < to).any(|at| {
        let target = facts.part(at, Part::Target).map_or("", |target| file.text_of(target));
        !target.is_empty() && asked.strip_prefix(target).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// True where the value is compared with a variation: not being one of them does not say which one it is.
fn compares_variations(values: &FlagValues<'_>, at: NodeId) -> bool {
    let facts = values.facts;
    let mut inside = std::iter::once(at).chain(facts.descendants(at)).take(50);
    inside.any(|node| {
        matches!(facts.role(node), Role::Equal | Role::NotEqual)
            && [Part::Left, Part::Right].into_iter().filter_map(|part| facts.part(node, part)).any(|operand| {
                matches!(facts.role(operand), Role::String | Role::Number | Role::Null | Role::Template | Role::Member)
            })
    })
}

fn function_of(values: &FlagValues<'_>, node: NodeId) -> Option<NodeId> {
    values.facts.enclosing(node, Role::Function).next()
}

/// The code behind the question that never runs, where there is any; `answer` is what the question always comes out as.
fn dead_side(values: &FlagValues<'_>, question: NodeId, answer: bool) -> Option<Dead> {
    let facts = values.facts;
    let mut child = question;
    for parent in facts.ancestors(question).take(8) {
        match facts.role(parent) {
            Role::Transparent => child = parent,
            Role::And if facts.part(parent, Part::Left) == Some(child) && !answer => return Some(Dead::This),
            Role::Guard if facts.part(parent, Part::Condition) == Some(child) => {
                let is_code = |part: Part| {
                    facts.part(parent, part).is_some_and(|at| facts.role(values.facts.inner(at)) != Role::Null)
                };
                return match answer {
                    false => is_code(Part::Consequence).then_some(Dead::This),
                    true => is_code(Part::Alternative).then_some(Dead::Other),
                };
            }
            _ => return None,
        }
    }
    None
}

//! Code that reads a flag, branches on one, or declares one.

use super::chain::{Chains, flag_states, place, states};
use super::{Answer, FlagState, Reason, ReasonKind, Told};
use crate::gating::condition::{FlagOutcome, FlagValues};
use crate::gating::{SideValues, dominance, gate_at};
use crate::location::Span;
use crate::project::{FileFlags, Project};
use crate::report::Gate;
use crate::syntax::facts::{NodeId, Part, Role};
use std::collections::BTreeSet;

/// How far around a place its condition is looked for.
const MAX_OUTWARD: usize = 40;

/// More declared keys of one line are not told.
const MAX_PARTS: usize = 6;

/// Part of reading a flag, of branching on it, or of declaring it.
pub(super) fn plumbing(
    project: &Project<'_>,
    side: &SideValues<'_>,
    file: &FileFlags,
    span: Span,
    chains: &mut Chains,
) -> Told {
    let (values, facts) = (&side.values, side.values.facts);
    let lines = file.source.lines.lines(span);
    let line_of = |span: Span| file.source.lines.line(span.start);
    let node = facts.innermost(span);
    let read = evaluations_about(values, span);
    let mut flags: BTreeSet<FlagState> = BTreeSet::new();
    let mut because = Vec::new();
    for &index in &read {
        let evaluation = &values.evaluations[index];
        let line = line_of(evaluation.span);
        flags.insert(FlagState { key: evaluation.key.name().to_owned(), state: None });
        let text = format!("`{}` is read at {}", evaluation.key.name(), place(&file.source.path, line));
        let reason = Reason::new(ReasonKind::Read, text).at(project, &file.source.path, line);
        because.push(reason.resting_on(chains.evaluation(project, evaluation)));
    }
    let reads_here =
        read.iter().any(|&index| file.source.lines.lines(values.evaluations[index].span).intersects(lines));
    let mut verb = if reads_here { "reads" } else { "depends on" };
    if read.is_empty() {
        verb = "declares";
        let declared = file.flags.definitions.iter().filter(|it| file.source.lines.lines(it.span).intersects(lines));
        for definition in declared.take(MAX_PARTS) {
            flags.insert(FlagState { key: definition.key.clone(), state: None });
            let text = format!("flag `{}` ({})", definition.key, definition.provider);
            because.push(Reason::new(ReasonKind::Flag, text));
        }
    }
    let gates = dominance::gates(values, node);
    let of = |own: bool| {
        let some = gates.iter().filter(|gate| read.contains(&gate.outcome.evaluation) == own);
        some.map(|gate| gate_at(values, gate)).collect::<Vec<Gate>>()
    };
    let (own, before) = (of(true), of(false));
    let keys: Vec<String> = flags.iter().map(|flag| format!("`{}`", flag.key)).collect();
    let what = match keys.len() {
        0 => "is part of reading a flag".to_owned(),
        1 => format!("{verb} flag {}", keys[0]),
        _ => format!("{verb} flags {}", keys.join(", ")),
    };
    let what = match !reads_here && !own.is_empty() && leaves(values, node) {
        true => format!("only leaves, or yields nothing, while {}", states(&own)),
        false => what,
    };
    let mut summary = format!("flag plumbing: it {what}");
    if !before.is_empty() {
        summary.push_str(&format!("; it runs only while {}", states(&before)));
        because.extend(before.iter().map(|gate| chains.gate(project, gate)));
        flags.extend(flag_states(&before));
    }
    Told { answer: Answer::FlagPlumbing, summary, flags: flags.into_iter().collect(), because }
}

/// Whether the place is an exit, or one side of a condition, and not the condition itself.
fn leaves(values: &FlagValues<'_>, node: NodeId) -> bool {
    let facts = values.facts;
    let mut child = node;
    for at in std::iter::once(node).chain(facts.ancestors(node)).take(MAX_OUTWARD) {
        match (facts.role(at), facts.part_of(at, child)) {
            (Role::Guard, Some(Part::Condition)) | (Role::Function | Role::Class | Role::Module, _) => return false,
            (Role::Guard, Some(_)) | (Role::Exit, _) => return true,
            _ => child = at,
        }
    }
    false
}

/// The evaluations that a piece of plumbing is about.
fn evaluations_about(values: &FlagValues<'_>, span: Span) -> BTreeSet<usize> {
    let facts = values.facts;
    let node = facts.innermost(span);
    let of = |outcomes: Vec<FlagOutcome>| outcomes.into_iter().map(|outcome| outcome.evaluation);
    let of_node = |at: NodeId, found: &mut BTreeSet<usize>| {
        found.extend(values.evaluations_at(at));
        found.extend(of(values.implied(at, true)));
        found.extend(of(values.implied(at, false)));
        found.extend(values.carried(at));
    };
    let mut found = BTreeSet::new();
    let inside = facts.ids().filter(|&at| span.contains(facts.node(at).span));
    inside.for_each(|at| found.extend(values.evaluations_at(at)));
    for at in std::iter::once(node).chain(facts.ancestors(node)).take(MAX_OUTWARD) {
        if !found.is_empty() || matches!(facts.role(at), Role::Function | Role::Class | Role::Module) {
            break;
        }
        of_node(at, &mut found);
        for part in [Part::Condition, Part::Left, Part::Value, Part::Operand] {
            facts.parts(at, part).for_each(|part| of_node(part, &mut found));
        }
        if facts.role(at) == Role::Destructuring {
            facts.descendants(at).for_each(|inner| found.extend(values.evaluations_at(inner)));
        }
    }
    if found.is_empty() {
        found.extend(dominance::gates(values, node).iter().map(|gate| gate.outcome.evaluation));
    }
    found
}

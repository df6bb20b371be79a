//! Is the changed code really behind a flag? Regions, conditions, dominance, coverage.
//!
//! - [`region`]: hunks become regions, the changed code tokens of one declaration.
//! - [`condition`]: what the outcome of a condition says about flags.
//! - [`dominance`]: which flag outcomes hold wherever control can be at a node.
//!
//! A *gate* is a flag outcome that dominates a place. A token is **gated** when a gate with the flag ON stands before it,
//! on the **control path** when only a gate with the flag OFF does, **plumbing** when it is part of reading the flag or of
//! branching on it, and **ungated** otherwise. A region is covered when none of its tokens is ungated or on the control
//! path and one is gated. What cannot be told counts as ungated.

pub(crate) mod condition;
pub(crate) mod dominance;
#[cfg(test)]
mod fixtures;
pub(crate) mod region;

use crate::detect::{EvaluationKind, FlagDefinition};
use crate::location::{LineRange, Span};
use crate::report::Gate;
use crate::syntax::facts::{NodeId, Part, Role};
use crate::terms::{Coverage, Polarity, Side};
use condition::FlagValues;
use dominance::GateAt;
use region::{Region, RegionSide, Run};
use std::collections::HashMap;

/// A region and what is known of its gates.
#[derive(Debug, Clone)]
pub(crate) struct JudgedRegion {
    pub(crate) region: Region,
    /// `Na` when the region only reads flags and branches on them, or only removes such code.
    pub(crate) coverage: Coverage,
    /// The gates (flag ON) that the gated code stands behind, outermost first.
    pub(crate) gates: Vec<Gate>,
    /// The gates (flag OFF) of changed code that is what a kill switch falls back to.
    pub(crate) control_path: Vec<Gate>,
    /// Lines of the primary side that stand behind no gate.
    pub(crate) ungated: Vec<LineRange>,
    /// True when flags are read or branched on in the changed code.
    pub(crate) plumbing: bool,
}

/// One side of a file, ready for questions.
pub(crate) struct SideValues<'a> {
    pub(crate) values: FlagValues<'a>,
    pub(crate) definitions: &'a [FlagDefinition],
}

/// Says how much of the region can only run with a flag on.
pub(crate) fn judge(region: Region, old: Option<&SideValues<'_>>, new: Option<&SideValues<'_>>) -> JudgedRegion {
    let mut new_votes = region.new.as_ref().zip(new).map(|(side, values)| Votes::count(side, values)).unwrap_or_default();
    let old_votes = region.old.as_ref().zip(old).map(|(side, values)| Votes::count(side, values)).unwrap_or_default();
    // What was taken away matters only where nothing took its place.
    if new_votes.is_silent() && !old_votes.is_silent() {
        let plumbing = new_votes.plumbing;
        new_votes = old_votes.clone();
        new_votes.plumbing |= plumbing;
    }
    let plumbing = new_votes.plumbing || old_votes.plumbing;
    JudgedRegion {
        coverage: new_votes.coverage(),
        gates: new_votes.on,
        control_path: new_votes.off,
        ungated: new_votes.ungated_lines,
        plumbing,
        region,
    }
}

/// The gates of a whole node, for evidence: outermost first.
pub(crate) fn gates_at(side: &SideValues<'_>, node: NodeId) -> Vec<Gate> {
    let mut gates = dominance::gates(&side.values, node);
    gates.reverse();
    gates.iter().map(|gate| gate_of(side, gate)).collect()
}

/// What the tokens of one side of a region say.
#[derive(Debug, Clone, Default)]
struct Votes {
    gated: usize,
    ungated: usize,
    control: usize,
    plumbing: bool,
    on: Vec<Gate>,
    off: Vec<Gate>,
    ungated_lines: Vec<LineRange>,
}

/// What one place is to flags.
#[derive(Debug, Clone)]
enum Standing {
    Gated(Vec<GateAt>),
    Control(Vec<GateAt>),
    Plumbing,
    Ungated,
}

impl Votes {
    fn count(region: &RegionSide, side: &SideValues<'_>) -> Self {
        let mut votes = Self::default();
        let mut known: HashMap<NodeId, Standing> = HashMap::new();
        for run in &region.runs {
            votes.count_run(run, side, &mut known);
        }
        votes
    }

    fn count_run(&mut self, run: &Run, side: &SideValues<'_>, known: &mut HashMap<NodeId, Standing>) {
        let values = &side.values;
        let (facts, text) = (values.facts, &values.file.text);
        let spans: Vec<Span> = run.tokens.iter().map(|&at| facts.tokens[at as usize].span).collect();
        let wordy = |span: &Span| span.text(text).contains(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '\''));
        let any_word = spans.iter().any(wordy);
        for span in spans {
            if matches!(span.text(text), "{" | "}" | "[" | "]" | "=>") || any_word && !wordy(&span) {
                continue;
            }
            if side.definitions.iter().any(|definition| definition.span.contains(span)) {
                self.plumbing = true;
                continue;
            }
            let node = facts.innermost(span);
            let standing = known.entry(node).or_insert_with(|| standing(values, node));
            match standing {
                Standing::Gated(gates) => {
                    self.gated += 1;
                    for gate in gates.iter().rev().filter(|gate| gate.outcome.polarity == Polarity::On) {
                        push_new(&mut self.on, gate_of(side, gate));
                    }
                }
                Standing::Control(gates) => {
                    self.control += 1;
                    for gate in gates.iter().rev() {
                        push_new(&mut self.off, gate_of(side, gate));
                    }
                }
                Standing::Plumbing => self.plumbing = true,
                Standing::Ungated => {
                    self.ungated += 1;
                    let lines = values.file.lines.lines(span);
                    match self.ungated_lines.last_mut() {
                        Some(last) if last.end + 1 >= lines.start => last.end = last.end.max(lines.end),
                        _ => self.ungated_lines.push(lines),
                    }
                }
            }
        }
    }

    /// True when no token says anything but plumbing.
    fn is_silent(&self) -> bool {
        self.gated + self.ungated + self.control == 0
    }

    fn coverage(&self) -> Coverage {
        match (self.gated > 0, self.ungated + self.control > 0) {
            (true, false) => Coverage::Covered,
            (true, true) => Coverage::Partial,
            (false, true) => Coverage::Uncovered,
            (false, false) => Coverage::Na,
        }
    }
}

fn push_new(gates: &mut Vec<Gate>, gate: Gate) {
    if !gates.iter().any(|other| other.flag == gate.flag && other.polarity == gate.polarity && other.kind == gate.kind) {
        gates.push(gate);
    }
}

fn gate_of(side: &SideValues<'_>, gate: &GateAt) -> Gate {
    let values = &side.values;
    let at = values.facts.node(gate.at).span;
    Gate {
        flag: values.key_of(gate.outcome).name().to_owned(),
        path: values.file.path.clone(),
        line: values.file.lines.line(at.start),
        polarity: gate.outcome.polarity,
        kind: gate.kind,
    }
}

fn standing(values: &FlagValues<'_>, node: NodeId) -> Standing {
    if values.evaluations.is_empty() {
        return Standing::Ungated;
    }
    if is_plumbing(values, node) {
        return Standing::Plumbing;
    }
    let gates = dominance::gates(values, node);
    if dominance::is_on(&gates) {
        Standing::Gated(gates)
    } else if gates.is_empty() {
        Standing::Ungated
    } else if leaves_with_nothing(values, node) {
        // `if (!on) return null;`: the gate itself.
        Standing::Plumbing
    } else {
        Standing::Control(gates)
    }
}

/// True when the node is part of reading a flag, of carrying its value, or of branching on it.
fn is_plumbing(values: &FlagValues<'_>, node: NodeId) -> bool {
    let facts = values.facts;
    let decides = |condition: NodeId| {
        !values.implied(condition, true).is_empty() || !values.implied(condition, false).is_empty()
    };
    let part_decides = |at: NodeId, part: Part| facts.part(at, part).is_some_and(decides);
    // A mark of the branching construct itself: `if`, `else`, `&&`, `?`, the braces and the `return` around it.
    let mut outer = node;
    for _ in 0..4 {
        let own = match facts.role(outer) {
            Role::Guard => part_decides(outer, Part::Condition),
            Role::And | Role::Or | Role::Coalesce => part_decides(outer, Part::Left),
            Role::Switch => facts.part(outer, Part::Value).is_some_and(|value| values.carried(value).is_some()),
            Role::Block => {
                outer = facts.node(outer).parent;
                continue;
            }
            Role::Exit | Role::Transparent => {
                match facts.part(outer, Part::Value).or_else(|| facts.part(outer, Part::Operand)) {
                    Some(value) if matches!(facts.role(value), Role::Guard | Role::And | Role::Transparent) => {
                        outer = value;
                        continue;
                    }
                    Some(value) => decides(value),
                    None => false,
                }
            }
            _ => false,
        };
        if own {
            return true;
        }
        break;
    }
    let mut child = node;
    for at in std::iter::once(node).chain(facts.ancestors(node)) {
        if let Some(index) = values.evaluation_at(at) {
            match values.evaluations[index].kind {
                EvaluationKind::Value | EvaluationKind::Name | EvaluationKind::Decorator => return true,
                EvaluationKind::Component => {
                    if at == child || matches!(facts.part_of(at, child), Some(Part::Attribute | Part::Name)) {
                        return true;
                    }
                }
                EvaluationKind::Callback(ref functions) => {
                    if !functions.contains(&child) {
                        return true;
                    }
                }
            }
        }
        match facts.role(at) {
            Role::Identifier if decides(at) => return true,
            Role::Guard if facts.part_of(at, child) == Some(Part::Condition) && decides(child) => return true,
            Role::Binding | Role::Destructuring | Role::Attribute | Role::Pair | Role::Keyword | Role::Assignment => {
                let value = facts.part(at, Part::Value);
                if value.is_some_and(|value| decides(value) || values.evaluation_at(value).is_some()) {
                    return true;
                }
            }
            Role::Destructured if facts.children(at).any(|inner| values.evaluation_at(inner).is_some()) => return true,
            Role::Block | Role::Function | Role::Class | Role::Module => return false,
            _ => {}
        }
        child = at;
    }
    false
}

/// True when the node belongs to an exit that takes nothing along: `return;`, `return null`, `continue`.
fn leaves_with_nothing(values: &FlagValues<'_>, node: NodeId) -> bool {
    let facts = values.facts;
    let exit = std::iter::once(node).chain(facts.ancestors(node)).take(4).find(|&at| facts.role(at) == Role::Exit);
    exit.is_some_and(|exit| {
        facts.descendants(exit).all(|at| {
            matches!(
                facts.role(at),
                Role::Null | Role::False | Role::Array | Role::Object | Role::Transparent | Role::Other
                    | Role::Identifier | Role::String | Role::Number | Role::True | Role::Element
            ) && (facts.role(at) != Role::Element || facts.part(at, Part::Name).is_none())
        })
    })
}

/// The declaration around a place on one side, for evidence about callers and names.
pub(crate) fn side_of(region: &Region, side: Side) -> Option<&RegionSide> {
    region.side(side)
}

//! From a gate to the key of its flag: where the value is read, through which wrappers and constants, by which SDK.

use super::{FlagState, Reason, ReasonKind, cut};
use crate::detect::{FlagEvaluation, FlagKey};
use crate::location::RepoPath;
use crate::project::Project;
use crate::report::{Gate, GateKind, Step, StepKind};
use crate::terms::Polarity;
use std::collections::BTreeSet;

/// More flags are counted, not named.
const MAX_NAMED: usize = 3;

/// Tells chains, each once.
#[derive(Default)]
pub(super) struct Chains {
    told: BTreeSet<(String, RepoPath, Vec<Step>)>,
}

impl Chains {
    /// What a gate says, and what it rests on.
    pub(super) fn gate(&mut self, project: &Project<'_>, gate: &Gate) -> Reason {
        let state = format!("`{}` is {}", gate.flag, gate.polarity);
        let place = place(&gate.path, gate.line);
        let text = match gate.kind {
            GateKind::Branch => format!("in a branch at {place}, taken only while {state}"),
            GateKind::EarlyExit => format!("after the exit at {place}, reached only while {state}"),
            GateKind::ShortCircuit => format!("behind the condition at {place}, reached only while {state}"),
            GateKind::Ternary => format!("one of two values at {place}, taken only while {state}"),
            GateKind::Switch => format!("in a case at {place}, chosen only while {state}"),
            GateKind::Component => format!("inside the element at {place}, which renders it only while {state}"),
            GateKind::Decorator => format!("under the decorator at {place}, which lets it run only while {state}"),
            GateKind::Callback => format!("handed to the call at {place}, which runs it only while {state}"),
            GateKind::Caller => format!("used at {place} only while {state}"),
        };
        let reason = Reason::new(ReasonKind::Gate, text).at(project, &gate.path, gate.line);
        if !self.told.insert((gate.flag.clone(), gate.path.clone(), gate.via.clone())) {
            return reason;
        }
        let evaluation = evaluation_of(project, gate);
        let read = evaluation.as_ref().map(|(_, line)| *line).filter(|&line| line != gate.line);
        let because = self.chain(project, evaluation.map(|(evaluation, _)| evaluation), &gate.flag, &gate.via);
        reason.resting_on(match read {
            Some(line) => {
                let text = format!("the value is read at {}", self::place(&gate.path, line));
                vec![Reason::new(ReasonKind::Read, text).at(project, &gate.path, line).resting_on(because)]
            }
            None => because,
        })
    }

    /// What an evaluation rests on.
    pub(super) fn evaluation(&mut self, project: &Project<'_>, evaluation: &FlagEvaluation) -> Vec<Reason> {
        self.chain(project, Some(evaluation), evaluation.key.name(), &evaluation.via)
    }

    fn chain(
        &self,
        project: &Project<'_>,
        evaluation: Option<&FlagEvaluation>,
        flag: &str,
        via: &[Step],
    ) -> Vec<Reason> {
        let provider = evaluation.map(|evaluation| format!(" ({})", evaluation.provider)).unwrap_or_default();
        let text = match evaluation.map(|evaluation| &evaluation.key) {
            Some(FlagKey::Literal { key, constant: Some(constant) }) if !has_constant(via) => {
                format!("flag `{key}`, named by `{constant}`{provider}")
            }
            Some(FlagKey::Constant(name)) => format!("a flag whose key is in `{name}`, which was not found{provider}"),
            _ => format!("flag `{flag}`{provider}"),
        };
        let mut chain = vec![Reason::new(ReasonKind::Flag, text)];
        for step in via.iter().rev() {
            let (name, place) = (&step.name, place(&step.path, step.line));
            let (kind, text) = match step.kind {
                StepKind::Caller => (ReasonKind::Use, format!("`{name}` is used at {place}")),
                StepKind::Wrapper => (ReasonKind::Wrapper, format!("`{name}` reads the flag, see {place}")),
                StepKind::Evaluation => (ReasonKind::Evaluation, format!("it is read at {place}")),
                StepKind::Constant => (ReasonKind::Constant, format!("the key is `{name}`, declared at {place}")),
            };
            let mut reason = Reason::new(kind, text).at(project, &step.path, step.line);
            if step.kind == StepKind::Evaluation {
                reason.code = Some(cut(name));
            }
            chain = vec![reason.resting_on(chain)];
        }
        chain
    }
}

fn has_constant(via: &[Step]) -> bool {
    via.iter().any(|step| step.kind == StepKind::Constant)
}

/// The evaluation behind a gate, and the line where it stands.
fn evaluation_of<'p>(project: &'p Project<'_>, gate: &Gate) -> Option<(&'p FlagEvaluation, u32)> {
    let file = project.file(&gate.path)?;
    let same = file.flags.evaluations.iter().filter(|it| it.key.name() == gate.flag && it.via == gate.via);
    let with_line = same.map(|it| (it, file.source.lines.line(it.span.start)));
    // What stands below the gate is another one.
    with_line.filter(|(_, line)| *line <= gate.line).last()
}

/// `src/tax.ts:12`.
pub(super) fn place(path: &RepoPath, line: u32) -> String {
    format!("{path}:{line}")
}

/// `a` is on and `b` is off.
pub(super) fn states(gates: &[Gate]) -> String {
    let all: BTreeSet<(&str, Polarity)> = gates.iter().map(|gate| (gate.flag.as_str(), gate.polarity)).collect();
    let named: Vec<String> = all.iter().take(MAX_NAMED).map(|(flag, on)| format!("flag `{flag}` is {on}")).collect();
    match all.len().saturating_sub(MAX_NAMED) {
        0 => named.join(" and "),
        1 => format!("{}, and one more flag is as it should be", named.join(", ")),
        more => format!("{}, and {more} more flags are as they should be", named.join(", ")),
    }
}

pub(super) fn flag_states(gates: &[Gate]) -> Vec<FlagState> {
    let all: BTreeSet<FlagState> = gates
        .iter()
        .map(|gate| FlagState { key: gate.flag.clone(), state: Some(gate.polarity) })
        .collect();
    all.into_iter().collect()
}

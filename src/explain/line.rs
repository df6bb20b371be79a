//! What the parts of one line are to flags.

use super::chain::{Chains, flag_states, place, states};
use super::{Answer, FlagState, Reason, ReasonKind, Told, cut, is_wordy, reached, tokens_on};
use crate::detect::FlagKey;
use crate::gating::condition::{FlagOutcome, FlagValues};
use crate::gating::{GatedDeclarations, SideValues, Standing, dominance, gate_at, standing};
use crate::location::{RepoPath, Span};
use crate::project::callers::{Target, declaration_around};
use crate::project::{FileFlags, Project};
use crate::report::Gate;
use crate::syntax::facts::{NodeId, Part, Role, TokenClass};
use std::collections::{BTreeSet, HashSet};

/// How far around a place a condition is looked for that reads a flag and proves nothing.
const MAX_OUTWARD: usize = 40;

/// More parts of one line are not told apart.
const MAX_PARTS: usize = 6;

/// A part of the line.
struct Piece {
    span: Span,
    stand: Stand,
}

/// What a part of the line is to flags, by its own file.
#[derive(PartialEq)]
enum Stand {
    Gated(Vec<Gate>),
    Control(Vec<Gate>),
    Plumbing,
    /// No flag of this declaration stands before it; `None` at the top of the module.
    Open(Option<NodeId>),
}

/// Says what a line with code on it is to flags.
pub(super) fn told(project: &mut Project<'_>, path: &RepoPath, line: Span) -> Told {
    project.load(std::slice::from_ref(path));
    let Some(file) = project.file(path).cloned() else { return runs_anyway() };
    let keys: HashSet<&str> = keys(&file).collect();
    let values = FlagValues::new(&file.source, &file.flags);
    let Some(side) = values.map(|values| SideValues::new(values, &file.flags.definitions, &keys)) else {
        return runs_anyway();
    };
    let mut chains = Chains::default();
    let mut pieces = pieces(&side, line);
    let decides = |piece: &Piece| piece.stand != Stand::Plumbing;
    if pieces.iter().any(decides) {
        pieces.retain(decides);
    }
    let mut told: Vec<(Span, Told)> = Vec::new();
    for piece in pieces.iter().take(MAX_PARTS) {
        let one = match &piece.stand {
            Stand::Gated(gates) => behind(project, Answer::Gated, gates, &mut chains),
            Stand::Control(gates) => behind(project, Answer::ControlPath, gates, &mut chains),
            Stand::Plumbing => plumbing(project, &side, &file, piece.span, &mut chains),
            Stand::Open(None) => {
                let mut told = at_the_top(&side, piece.span);
                told.because.extend(near_misses(project, &side, piece.span));
                told
            }
            Stand::Open(Some(node)) => {
                let ways = project.ways(&Target { path: path.clone(), node: *node });
                let mut told = reached::told(project, &ways, &mut chains);
                if told.answer != Answer::Gated {
                    told.because.extend(near_misses(project, &side, piece.span));
                }
                told
            }
        };
        told.push((piece.span, one));
    }
    let text = |span: Span| cut(span.text(&file.source.text));
    match told.len() {
        0 => runs_anyway(),
        1 => told.remove(0).1,
        _ => mixed(told.into_iter().map(|(span, told)| (text(span), told)).collect()),
    }
}

/// Where nothing is known but that it is code.
fn runs_anyway() -> Told {
    Told::plainly(Answer::NotGated, "not gated: no flag was found before it")
}

fn keys(file: &FileFlags) -> impl Iterator<Item = &str> {
    let read = file.flags.evaluations.iter().filter_map(|evaluation| match &evaluation.key {
        FlagKey::Literal { key, .. } => Some(key.as_str()),
        FlagKey::Constant(_) | FlagKey::Parameter(_) | FlagKey::Dynamic(_) => None,
    });
    read.chain(file.flags.definitions.iter().map(|definition| definition.key.as_str()))
}

/// The parts of the line that are not the same to flags, in order.
fn pieces(side: &SideValues<'_>, line: Span) -> Vec<Piece> {
    let (values, facts) = (&side.values, side.values.facts);
    let text = |span: Span| span.text(&values.file.text);
    let tokens = tokens_on(facts, line).into_iter();
    let tokens = tokens.filter(|token| matches!(token.class, TokenClass::Code | TokenClass::Copy));
    let mut spans: Vec<Span> = tokens.map(|token| token.span).filter(|&span| is_wordy(text(span))).collect();
    // The keyword of a declaration (`const`, `export`) says nothing where there is more.
    let is_keyword = |span: Span| matches!(facts.role(facts.innermost(span)), Role::Block | Role::Module | Role::Export);
    if !spans.iter().all(|&span| is_keyword(span)) {
        spans.retain(|&span| !is_keyword(span));
    }
    let mut found: Vec<Piece> = Vec::new();
    for span in spans {
        let node = facts.innermost(span);
        let stand = match side.is_defining(span) {
            true => Stand::Plumbing,
            false => stand(values, node),
        };
        let shown = Span { start: span.start.max(line.start), end: span.end.min(line.end) };
        match found.iter_mut().find(|piece| piece.stand == stand) {
            // What stands between two parts of one kind is told apart below.
            Some(piece) if found_last(piece, shown, values) => piece.span.end = shown.end,
            Some(_) => {}
            None => found.push(Piece { span: shown, stand }),
        }
    }
    // What stands around a declaration on its own line belongs to it.
    if found.iter().any(|piece| matches!(piece.stand, Stand::Open(Some(_)))) {
        found.retain(|piece| piece.stand != Stand::Open(None));
    }
    found
}

/// Whether only marks stand between a part and what follows it.
fn found_last(piece: &Piece, next: Span, values: &FlagValues<'_>) -> bool {
    let between = values.file.text.get(piece.span.end as usize..next.start as usize);
    between.is_some_and(|between| !is_wordy(between))
}

fn stand(values: &FlagValues<'_>, node: NodeId) -> Stand {
    let gates = |gates: &[dominance::GateAt]| gates.iter().rev().map(|gate| gate_at(values, gate)).collect();
    match standing(values, &GatedDeclarations::new(), node) {
        Standing::Gated(found) => Stand::Gated(gates(&found)),
        Standing::Control(found) => Stand::Control(gates(&found)),
        Standing::Plumbing => Stand::Plumbing,
        Standing::Reached(_) | Standing::Nothing | Standing::Ungated | Standing::Header(_) => {
            Stand::Open(declaration_around(values.facts, node))
        }
    }
}

/// Behind gates of its own function.
fn behind(project: &Project<'_>, answer: Answer, gates: &[Gate], chains: &mut Chains) -> Told {
    let head = if answer == Answer::Gated { "gated" } else { "control path" };
    Told {
        answer,
        summary: format!("{head}: it runs only while {}", states(gates)),
        flags: flag_states(gates),
        because: gates.iter().map(|gate| chains.gate(project, gate)).collect(),
    }
}

/// At the top of a module.
fn at_the_top(side: &SideValues<'_>, span: Span) -> Told {
    let file = &side.values.file;
    let text = format!("it stands at the top of {}, which runs as soon as the module is loaded", file.path);
    let reason = Reason {
        path: Some(file.path.clone()),
        line: Some(file.lines.line(span.start)),
        ..Reason::new(ReasonKind::End, text)
    };
    let summary = "not gated: it runs when its module is loaded, without a flag";
    Told { because: vec![reason], ..Told::plainly(Answer::NotGated, summary) }
}

/// Part of reading a flag, of branching on it, or of declaring it.
fn plumbing(
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
    let reads_here = read.iter().any(|&index| file.source.lines.lines(values.evaluations[index].span).intersects(lines));
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
    let before: Vec<Gate> = dominance::gates(values, node)
        .iter()
        .filter(|gate| !read.contains(&gate.outcome.evaluation))
        .map(|gate| gate_at(values, gate))
        .collect();
    let keys: Vec<String> = flags.iter().map(|flag| format!("`{}`", flag.key)).collect();
    let what = match keys.len() {
        0 => "is part of reading a flag".to_owned(),
        1 => format!("{verb} flag {}", keys[0]),
        _ => format!("{verb} flags {}", keys.join(", ")),
    };
    let mut summary = format!("flag plumbing: it {what}");
    if !before.is_empty() {
        summary.push_str(&format!("; it runs only while {}", states(&before)));
        because.extend(before.iter().map(|gate| chains.gate(project, gate)));
        flags.extend(flag_states(&before));
    }
    Told { answer: Answer::FlagPlumbing, summary, flags: flags.into_iter().collect(), because }
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

/// Conditions around the code that read a flag and yet prove nothing.
fn near_misses(project: &Project<'_>, side: &SideValues<'_>, span: Span) -> Vec<Reason> {
    let (values, facts) = (&side.values, side.values.facts);
    let file = values.file;
    let mut found = Vec::new();
    let mut child = facts.innermost(span);
    for at in facts.ancestors(child).take(MAX_OUTWARD) {
        let part = facts.part_of(at, child);
        let condition = match facts.role(at) {
            Role::Guard if part != Some(Part::Condition) => facts.part(at, Part::Condition),
            Role::And | Role::Or if part == Some(Part::Right) => facts.part(at, Part::Left),
            Role::Function | Role::Class => break,
            _ => None,
        };
        child = at;
        let Some(condition) = condition else { continue };
        let inside = facts.node(condition).span;
        let read = values.evaluations.iter().find(|it| inside.contains(facts.node(it.node).span));
        let Some(evaluation) = read else { continue };
        let line = file.lines.line(inside.start);
        let why = match &evaluation.key {
            FlagKey::Dynamic(_) | FlagKey::Parameter(_) => {
                format!("reads a flag by `{}`, a key that only the running program knows", cut(evaluation.key.name()))
            }
            key => format!("reads `{}`, but does not prove that it is on", key.name()),
        };
        let text = format!("the condition at {} {why}", place(&file.path, line));
        found.push(Reason::new(ReasonKind::Note, text).at(project, &file.path, line));
    }
    found
}

/// A line of several parts.
fn mixed(parts: Vec<(String, Told)>) -> Told {
    let first = parts[0].1.answer;
    let answer = if parts.iter().all(|(_, told)| told.answer == first) { first } else { Answer::Mixed };
    let head = if answer == Answer::Mixed { "mixed: " } else { "" };
    let said: Vec<String> = match answer {
        Answer::Mixed => vec![format!("{} parts of the line differ in what they are to flags", parts.len())],
        _ => parts.iter().take(1).map(|(_, told)| told.summary.clone()).collect(),
    };
    let flags: BTreeSet<FlagState> = parts.iter().flat_map(|(_, told)| told.flags.iter().cloned()).collect();
    let because = parts.into_iter().map(|(code, told)| {
        let text = format!("`{code}` is {}", told.summary);
        Reason { code: Some(code), ..Reason::new(ReasonKind::Part, text) }.resting_on(told.because)
    });
    Told {
        answer,
        summary: format!("{head}{}", said.join("; ")),
        because: because.collect(),
        flags: flags.into_iter().collect(),
    }
}

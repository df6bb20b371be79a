//! What the parts of one line are to flags.

use super::chain::{Chains, flag_states, states};
use super::near::near_misses;
use super::plumbing::plumbing;
use super::{Answer, FlagState, Reason, ReasonKind, Told, cut, is_wordy, reached, tokens_on};
use crate::detect::FlagKey;
use crate::gating::condition::FlagValues;
use crate::gating::{GatedDeclarations, SideValues, Standing, dominance, gate_at, markup, standing};
use crate::location::{RepoPath, Span};
use crate::project::callers::{Target, declaration_around, filling_around};
use crate::project::{FileFlags, Project};
use crate::report::Gate;
use crate::syntax::facts::{NodeId, Part, Role, TokenClass};
use std::collections::{BTreeSet, HashSet};

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
    for piece in pieces.iter_mut().filter(|piece| piece.stand == Stand::Open(None)) {
        let node = side.values.facts.innermost(piece.span);
        let filling = filling_around(&file.source, side.values.facts, node, project.rules);
        piece.stand = Stand::Open(filling.map(|filling| filling.by));
    }
    // What is only an operator or a name around a flag that is read there does not say what the line is for.
    let reads = pieces.iter().find(|piece| piece.stand == Stand::Plumbing && reads_there(&side.values, piece.span));
    let reads = reads.map(|piece| piece.span);
    let decides = |piece: &Piece| piece.stand != Stand::Plumbing;
    if pieces.iter().any(decides) {
        pieces.retain(decides);
    }
    let is_all_open = pieces.iter().all(|piece| matches!(piece.stand, Stand::Open(_)));
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
    if let (Some(read), true, [_]) = (reads, is_all_open, &told[..]) {
        let (_, rest) = told.remove(0);
        let mut told = plumbing(project, &side, &file, read, &mut chains);
        told.summary.push_str(&format!("; what else stands on the line is {}", rest.summary));
        told.because.extend(rest.because);
        told.flags.extend(rest.flags);
        return told;
    }
    let text = |span: Span| cut(closed(span, line, &file.source.text).text(&file.source.text));
    match told.len() {
        0 => runs_anyway(),
        1 => told.remove(0).1,
        _ => mixed(told.into_iter().map(|(span, told)| (text(span), told)).collect()),
    }
}

/// Says what a line of markup beside the scripts of a component is to flags.
pub(super) fn of_markup(project: &Project<'_>, path: &RepoPath, line: Span) -> Told {
    let file = project.file(path).cloned();
    let values = file.as_ref().and_then(|file| FlagValues::new(&file.source, &file.flags));
    match values.and_then(|values| markup::gates(&values, &[line])) {
        Some(gates) => behind(project, Answer::Gated, &gates, &mut Chains::default()),
        None => Told::plainly(
            Answer::NotGated,
            "not gated: of markup only plain conditions are understood, and none of these around it asks for a flag",
        ),
    }
}

/// With the brackets behind it that close what was opened in it.
fn closed(span: Span, line: Span, text: &str) -> Span {
    let part = span.text(text);
    let count = |marks: [char; 2]| part.matches(marks).count();
    let mut missing = count(['(', '[']).saturating_sub(count([')', ']']));
    let rest = Span { start: span.end, end: line.end.max(span.end) }.text(text);
    let closing = rest.bytes().take_while(|byte| {
        let closes = matches!(byte, b')' | b']') && missing > 0;
        missing -= usize::from(closes);
        closes
    });
    Span { end: span.end + closing.count() as u32, ..span }
}

/// Whether a flag is read in this part itself.
fn reads_there(values: &FlagValues<'_>, span: Span) -> bool {
    values.evaluations.iter().any(|it| it.key.is_known() && it.span.intersects(span))
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
    let is_keyword = |span: Span| {
        let node = facts.innermost(span);
        let is_of_export = facts.role(node) == Role::Other && facts.role(facts.node(node).parent) == Role::Export;
        matches!(facts.role(node), Role::Block | Role::Module | Role::Export) || is_of_export
    };
    let is_bare = spans.iter().all(|&span| is_keyword(span));
    if !is_bare {
        spans.retain(|&span| !is_keyword(span));
    }
    // Where it stands alone, what it declares comes on the next line.
    let declared = facts.tokens.iter().find(|token| token.span.start >= line.end && is_wordy(text(token.span)));
    let declared = declared.map(|token| token.span).filter(|&span| {
        let name = facts.innermost(span);
        is_bare && facts.part_of(facts.node(name).parent, name) == Some(Part::Name)
    });
    let mut found: Vec<Piece> = Vec::new();
    for span in spans {
        let meant = declared.unwrap_or(span);
        let node = facts.innermost(meant);
        let stand = match side.is_defining(meant) {
            true => Stand::Plumbing,
            false => stand(values, node),
        };
        let shown = Span { start: span.start.max(line.start), end: span.end.min(line.end) };
        let is_full = found.len() > MAX_PARTS;
        match found.iter_mut().find(|piece| piece.stand == stand) {
            // What stands between two parts of one kind is told apart below.
            Some(piece) if found_last(piece, shown, values) => piece.span.end = shown.end,
            Some(_) => {}
            None if is_full => {}
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
        Standing::Plumbing | Standing::Otherwise(..) => Stand::Plumbing,
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

/// A line of several parts.
fn mixed(parts: Vec<(String, Told)>) -> Told {
    let first = parts[0].1.answer;
    let answer = if parts.iter().all(|(_, told)| told.answer == first) { first } else { Answer::Mixed };
    let head = if answer == Answer::Mixed { "mixed: " } else { "" };
    let said: Vec<String> = match answer {
        Answer::Mixed => vec![format!("the line has {} parts that stand differently to flags", parts.len())],
        _ => parts.iter().take(1).map(|(_, told)| told.summary.clone()).collect(),
    };
    let flags: BTreeSet<FlagState> = parts.iter().flat_map(|(_, told)| told.flags.iter().cloned()).collect();
    let because = parts.into_iter().map(|(code, told)| {
        let on_the = if told.answer == Answer::ControlPath { "on the " } else { "" };
        let text = format!("`{code}` is {on_the}{}", told.summary);
        Reason { code: Some(code), ..Reason::new(ReasonKind::Part, text) }.resting_on(told.because)
    });
    Told {
        answer,
        summary: format!("{head}{}", said.join("; ")),
        because: because.collect(),
        flags: flags.into_iter().collect(),
    }
}

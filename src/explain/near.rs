//! Conditions before the code that look at a flag and yet prove nothing: what a reader wonders about first.

use super::chain::place;
use super::{Reason, ReasonKind, cut};
use crate::detect::{FlagEvaluation, FlagKey};
use crate::gating::SideValues;
use crate::gating::condition::FlagValues;
use crate::location::Span;
use crate::project::Project;
use crate::syntax::facts::{NodeId, Part, Role};

/// How far around the code conditions are looked for.
const MAX_OUTWARD: usize = 40;

/// Of one condition, no more names are asked, and of one file no more flags.
const MAX_NAMES: usize = 200;

/// Conditions around the code that read a flag and yet prove nothing.
pub(super) fn near_misses(project: &Project<'_>, side: &SideValues<'_>, span: Span) -> Vec<Reason> {
    let (values, facts) = (&side.values, side.values.facts);
    let file = values.file;
    let mut found = Vec::new();
    let unknown =
        |key: &FlagKey| format!("reads a flag by `{}`, a key that only the running program knows", cut(key.name()));
    let line = file.lines.line(span.start);
    let here = values.evaluations.iter().find(|it| !it.key.is_known() && file.lines.line(it.span.start) == line);
    found
        .extend(here.map(|evaluation| Reason::new(ReasonKind::Note, format!("the line {}", unknown(&evaluation.key)))));
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
        let mut names = std::iter::once(condition).chain(facts.descendants(condition)).take(MAX_NAMES);
        let carried = || names.find_map(|at| values.carried(at)).map(|index| &values.evaluations[index]);
        let read = values.evaluations.iter().find(|it| inside.contains(facts.node(it.node).span));
        let Some(evaluation) = read.or_else(carried).or_else(|| held_without_key(values, condition)) else { continue };
        let line = file.lines.line(inside.start);
        let why = match &evaluation.key {
            key @ (FlagKey::Dynamic(_) | FlagKey::Parameter(_)) => unknown(key),
            key => format!("looks at flag `{}`, but does not prove that it is on", key.name()),
        };
        let text = format!("the condition at {} {why}", place(&file.path, line));
        found.push(Reason::new(ReasonKind::Note, text).at(project, &file.path, line));
    }
    found
}

/// What a name in the condition was given, where that is a flag whose key is not known.
fn held_without_key<'v>(values: &FlagValues<'v>, condition: NodeId) -> Option<&'v FlagEvaluation> {
    let (file, facts) = (values.file, values.facts);
    let names = || std::iter::once(condition).chain(facts.descendants(condition)).take(MAX_NAMES);
    let is_named = |name: &str| names().any(|at| facts.role(at) == Role::Identifier && file.text_of(at) == name);
    let function = |at: NodeId| facts.enclosing(at, Role::Function).next();
    values.evaluations.iter().filter(|it| !it.key.is_known()).take(MAX_NAMES).find(|it| {
        let binding = facts.ancestors(it.node).take(4).find(|&at| facts.role(at) == Role::Binding);
        binding.is_some_and(|at| function(at) == function(condition) && file.name_of(at).is_some_and(is_named))
    })
}

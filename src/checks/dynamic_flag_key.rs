//! `dynamic-flag-key`: a flag is read by a key that is put together while the program runs, so that nobody can find out from the
//! code which flags there are.
//!
//! A key that a function is given is not one: whoever calls the function says the key, and that is where it counts. Neither
//! is one of several literals, nor an entry of a table.

use super::Draft;
use super::edited::{Edited, evaluations};
use crate::detect::FlagKey;
use crate::evidence::Evidence;
use crate::report::FlagReference;
use crate::rules::RuleSet;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::{Severity, Side};

/// How many steps a key is followed from name to value.
const MAX_STEPS: usize = 8;

pub(super) fn run(evidence: &Evidence<'_>, _: &RuleSet) -> Vec<Draft> {
    evaluations(evidence).iter().filter_map(draft).collect()
}

fn draft(edited: &Edited<'_>) -> Option<Draft> {
    let FlagKey::Dynamic(written) = &edited.evaluation.key else { return None };
    let source = &edited.side.source;
    let key = expression(edited, written)?;
    if !is_put_together(source, edited.facts, key, MAX_STEPS) {
        return None;
    }
    let line = source.lines.line(edited.evaluation.span.start);
    let place = FlagReference { path: edited.file.path.clone(), line, side: Side::New, definition: false };
    let mut draft = Draft::at_flag("dynamic-flag-key", &place);
    draft.severity = Severity::Note;
    draft.message = format!(
        "The flag key `{}` is put together when the program runs: which flags decide here cannot be found out.",
        written.replace('`', "'")
    );
    draft.content = written.clone();
    Some(draft)
}

/// The node of the key in its evaluation.
fn expression(edited: &Edited<'_>, written: &str) -> Option<NodeId> {
    let (facts, source) = (edited.facts, &edited.side.source);
    // The key is written on one line, and cut where it is long.
    let written: String = written.trim_end_matches('…').split_whitespace().collect();
    let is_key = |&at: &NodeId| {
        let text: String = source.text_of(at).split_whitespace().collect();
        text.starts_with(&written)
    };
    let around = facts.innermost(edited.evaluation.span);
    facts.descendants(around).filter(|&at| edited.evaluation.span.contains(facts.node(at).span)).find(is_key)
}

/// True for a template, a sum, a call; false where the key comes from outside, from a table, or is one of a few literals.
fn is_put_together(source: &SourceFile, facts: &Facts, key: NodeId, steps: usize) -> bool {
    let Some(steps) = steps.checked_sub(1) else { return false };
    match facts.role(key) {
        Role::Transparent => {
            facts.part(key, Part::Operand).is_some_and(|operand| is_put_together(source, facts, operand, steps))
        }
        Role::Guard => [Part::Consequence, Part::Alternative]
            .into_iter()
            .filter_map(|part| facts.part(key, part))
            .any(|side| is_put_together(source, facts, side, steps)),
        Role::Or | Role::Coalesce => [Part::Left, Part::Right]
            .into_iter()
            .filter_map(|part| facts.part(key, part))
            .any(|side| is_put_together(source, facts, side, steps)),
        // `"a" + b`, `"a" % b`
        Role::Template | Role::Other | Role::Call => true,
        Role::Identifier => {
            let name = source.text_of(key);
            let given = |at: NodeId| {
                facts
                    .children(at)
                    .filter(|&binding| facts.role(binding) == Role::Binding || facts.role(binding) == Role::Export)
                    .flat_map(|at| std::iter::once(at).chain(facts.children(at)))
                    .find(|&binding| facts.role(binding) == Role::Binding && source.name_of(binding) == Some(name))
                    .and_then(|binding| facts.part(binding, Part::Value))
            };
            let value = facts.ancestors(key).find_map(given);
            value.is_some_and(|value| {
                !facts.node(value).span.contains(facts.node(key).span) && is_put_together(source, facts, value, steps)
            })
        }
        _ => false,
    }
}

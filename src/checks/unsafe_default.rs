//! `unsafe-default`: a flag is read in a way that turns the feature on for everyone when its service cannot be asked.
//!
//! That is a default of `true`, a `?? true` behind the evaluation, or a handler that returns `true` when the evaluation fails. A
//! flag that switches something off (`disable-search`), or back to the old way, is left alone: on is where it does no harm.
//! Only evaluations that the change adds or edits count; whether an older flag is fully rolled out cannot be known here.

use super::Draft;
use super::edited::{Edited, Edits, code, evaluations, gated_tier};
use crate::detect::constants::last_name;
use crate::detect::{FlagEvaluation, FlagKey, ValueType};
use crate::evidence::{Evidence, FileEvidence, SideEvidence};
use crate::report::FlagReference;
use crate::rules::RuleSet;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::{Polarity, Severity, Side, Tier};
use std::collections::BTreeSet;

const RULE: &str = "unsafe-default";

/// How far from an evaluation its handler, or its `?? true`, may stand.
const MAX_CLIMB: usize = 12;

pub(super) fn run(evidence: &Evidence<'_>, rules: &RuleSet) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for edited in evaluations(evidence) {
        let (evaluation, source) = (edited.evaluation, &edited.side.source);
        let Some(how) = on_by_default(&edited) else { continue };
        if is_negative(evaluation, rules) || is_said_already(evidence, evaluation.key.name()) {
            continue;
        }
        let line = source.lines.line(evaluation.span.start);
        let key = shown(&evaluation.key);
        let message = format!("{key} turns its feature on for everyone when the flag cannot be read: {how}.");
        drafts.push(draft(evidence, edited.file, line, evaluation, message));
    }
    let mut seen = BTreeSet::new();
    for file in code(evidence) {
        let Some(side) = file.side(Side::New).filter(|side| !side.flags.evaluations.is_empty()) else { continue };
        let edits = Edits::of(file, Side::New);
        if edits.is_empty() {
            continue;
        }
        for evaluation in &side.flags.evaluations {
            let Some(exit) = fails_on(side, evaluation, &edits) else { continue };
            if is_negative(evaluation, rules) || !seen.insert((file.path.clone(), exit)) {
                continue;
            }
            let facts = side.source.facts().expect("an evaluation was found in its facts");
            let function = facts.enclosing(exit, Role::Function).next().and_then(|at| side.source.name_of(at));
            if function.is_some_and(|name| rules.checks.is_negative(name)) {
                continue;
            }
            let line = side.source.lines.line(facts.node(exit).span.start);
            let key = shown(&evaluation.key);
            let message = format!(
                "{key} turns its feature on for everyone when the flag cannot be read: the handler of the error yields `true`."
            );
            drafts.push(draft(evidence, file, line, evaluation, message));
        }
    }
    drafts
}

fn draft(
    evidence: &Evidence<'_>,
    file: &FileEvidence,
    line: u32,
    evaluation: &FlagEvaluation,
    message: String,
) -> Draft {
    let place = FlagReference { path: file.path.clone(), line, side: Side::New, definition: false };
    let gated = gated_tier(evidence, evaluation.key.name());
    let mut draft = Draft::at_flag(RULE, &place);
    draft.tier = gated.max(Tier::Moderate);
    draft.severity = if gated >= Tier::High { Severity::Warning } else { Severity::Note };
    draft.content = format!("{} {}", evaluation.key.name(), evaluation.default.as_deref().unwrap_or(""));
    draft.message = message;
    draft
}

/// "`new-tax`", or what can be said of a key that is not known.
fn shown(key: &FlagKey) -> String {
    match key {
        FlagKey::Literal { key, .. } | FlagKey::Constant(key) => format!("`{key}`"),
        FlagKey::Parameter(_) | FlagKey::Dynamic(_) => "Every flag that is read here".to_owned(),
    }
}

/// True for a flag that switches something off, or back to the old way.
fn is_negative(evaluation: &FlagEvaluation, rules: &RuleSet) -> bool {
    let by_name = match &evaluation.key {
        FlagKey::Literal { key, constant } => {
            rules.checks.is_negative(key)
                || constant.as_deref().is_some_and(|name| rules.checks.is_negative(last_name(name)))
        }
        FlagKey::Constant(name) => rules.checks.is_negative(last_name(name)),
        FlagKey::Parameter(_) | FlagKey::Dynamic(_) => false,
    };
    evaluation.inverse || by_name
}

/// True where a finding says already that the default has become `true`.
fn is_said_already(evidence: &Evidence<'_>, key: &str) -> bool {
    let changes = evidence.flags.modified.iter().filter(|flag| flag.key == key);
    changes.filter_map(|flag| flag.default_change.as_ref()).any(|change| says_true(&change.new))
}

fn says_true(value: &str) -> bool {
    matches!(value.trim(), "true" | "True")
}

/// Why the feature is on when nobody can be asked, as the end of a sentence.
fn on_by_default(edited: &Edited<'_>) -> Option<String> {
    let Edited { facts, evaluation, side, .. } = edited;
    if !matches!(evaluation.value_type, ValueType::Boolean | ValueType::Any) || evaluation.polarity == Polarity::Off {
        return None;
    }
    let is_true = |at: NodeId| facts.role(facts.inner(at)) == Role::True;
    if evaluation.default.as_deref().is_some_and(says_true)
        || facts.part(evaluation.node, Part::Default).is_some_and(is_true)
    {
        return Some("its default is `true`".to_owned());
    }
    if let Some(caught) = caught(side, facts, evaluation.node).filter(|&value| is_true(value)) {
        return Some(format!("`{}` is what a failure yields", side.source.text_of(caught)));
    }
    let mut at = evaluation.node;
    for parent in facts.ancestors(evaluation.node).take(MAX_CLIMB) {
        match facts.role(parent) {
            Role::Transparent => at = parent,
            Role::Coalesce | Role::Or if facts.part(parent, Part::Left) == Some(at) => {
                let right = facts.part(parent, Part::Right).filter(|&right| is_true(right))?;
                let right = side.source.text_of(right);
                return Some(format!("`{right}` stands in for what is not known"));
            }
            _ => return None,
        }
    }
    None
}

/// What `evaluation.catch(() => value)` yields.
fn caught(side: &SideEvidence, facts: &Facts, evaluation: NodeId) -> Option<NodeId> {
    let member = facts.node(evaluation).parent;
    let call = facts.node(member).parent;
    let is_catch = facts.role(member) == Role::Member
        && facts.part(member, Part::Object) == Some(evaluation)
        && facts.part(member, Part::Property).is_some_and(|name| side.source.text_of(name) == "catch")
        && facts.role(call) == Role::Call
        && facts.part(call, Part::Callee) == Some(member);
    let handler = is_catch.then(|| facts.part(call, Part::Argument)).flatten()?;
    let body = facts.part(handler, Part::Body)?;
    match facts.role(body) {
        Role::Block => last_exit(facts, body).and_then(|exit| facts.part(exit, Part::Value)),
        _ => Some(body),
    }
}

/// The `return true` of the handler around an evaluation whose value its function returns, where the change touches it.
fn fails_on(side: &SideEvidence, evaluation: &FlagEvaluation, edits: &Edits) -> Option<NodeId> {
    if evaluation.polarity == Polarity::Off {
        return None;
    }
    let facts = side.source.facts()?;
    let mut child = evaluation.node;
    for parent in facts.ancestors(evaluation.node).take(MAX_CLIMB) {
        match facts.role(parent) {
            Role::Function | Role::Class | Role::Module => return None,
            Role::Switch if facts.part(parent, Part::Value).is_none() && facts.role(child) == Role::Block => {
                if !returns(side, facts, child, evaluation.node) {
                    return None;
                }
                let handlers = facts.children(parent).filter(|&at| facts.role(at) == Role::Case);
                let exits = handlers.filter_map(|case| last_exit(facts, facts.part(case, Part::Body)?));
                let is_true = |exit: &NodeId| {
                    facts.part(*exit, Part::Value).is_some_and(|at| facts.role(facts.inner(at)) == Role::True)
                };
                let is_edited = |exit: &NodeId| edits.touch(facts.node(*exit).span) || edits.touch(evaluation.span);
                return exits.filter(is_true).find(is_edited);
            }
            _ => child = parent,
        }
    }
    None
}

/// The exit that a block ends with.
fn last_exit(facts: &Facts, block: NodeId) -> Option<NodeId> {
    let statements = facts.children(block).filter(|&at| facts.role(at) != Role::Comment);
    statements.last().filter(|&at| facts.role(at) == Role::Exit)
}

/// True when the block returns what the evaluation yields, as it is: not turned around, and not as a part of something.
fn returns(side: &SideEvidence, facts: &Facts, block: NodeId, evaluation: NodeId) -> bool {
    let holder = facts.ancestors(evaluation).take(MAX_CLIMB).find(|&at| facts.role(at) == Role::Binding);
    let name = holder
        .filter(|&at| facts.part(at, Part::Value).is_some_and(|value| facts.inner(value) == evaluation))
        .and_then(|at| side.source.name_of(at));
    facts.descendants(block).filter(|&at| facts.role(at) == Role::Exit).any(|exit| {
        let value = facts.part(exit, Part::Value).map(|value| facts.inner(value));
        value.is_some_and(|value| {
            value == evaluation || facts.role(value) == Role::Identifier && Some(side.source.text_of(value)) == name
        })
    })
}

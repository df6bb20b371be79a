//! `contract-change`: what the program answers loses a field, or has it with another name or type, or a route is gone.
//!
//! Being behind a flag does not help: clients that know the old shape break when the flag is switched on. Only what can be
//! compared is said: a declaration on both sides by the same name, whose fields can all be seen. What is added is no finding.
//!
//! - [`descriptions`]: GraphQL SDL, protocol buffers, OpenAPI.
//! - [`fields`]: serializers, response models, exported types.
//! - [`answers`]: objects that are sent. [`routes`]: ways in. [`shape`]: what breaks when one becomes another.

mod answers;
mod descriptions;
mod fields;
mod routes;
mod shape;

use super::Draft;
use super::edited::Edits;
use crate::evidence::{Evidence, FileEvidence, RegionEvidence};
use crate::gating::condition::FlagValues;
use crate::gating::dominance::gates;
use crate::location::{LineRange, RepoPath};
use crate::report::{FlagReference, Gate, Related};
use crate::rules::RuleSet;
use crate::rules::contracts::ContractRules;
use crate::rules::files::FileKind;
use crate::terms::{Polarity, Severity, Side};
use answers::Answer;
use routes::Route;
use shape::Shape;
use std::collections::BTreeSet;

/// More that breaks in one place is counted.
const MAX_LISTED: usize = 3;

pub(super) fn run(evidence: &Evidence<'_>, rules: &RuleSet) -> Vec<Draft> {
    let rules = &rules.contracts;
    let sides = [Side::Old, Side::New];
    let [old, new] =
        sides.map(|side| evidence.files.iter().map(|file| promises(file, side, rules)).collect::<Vec<_>>());
    let is_described = |shape: &Shape| {
        let described = evidence.files.iter().filter_map(|file| rules.description(file.path.as_str()));
        shape.described.is_some_and(|form| described.into_iter().any(|other| other == form))
    };
    let mut drafts = Vec::new();
    for (file, (before, after)) in evidence.files.iter().zip(old.iter().zip(&new)) {
        // A description that changes along says it for the code.
        for shape in before.shapes.iter().filter(|shape| !is_described(shape)) {
            // Where it stood, or where it went.
            let elsewhere = || new.iter().flat_map(|promises| &promises.shapes);
            let same = |other: &&Shape| other.name == shape.name && other.noun == shape.noun;
            let Some(now) = after.shapes.iter().find(same).or_else(|| elsewhere().find(same)) else {
                continue;
            };
            let breaks = shape.breaks(now);
            let Some(lines) = breaks.iter().map(|(_, lines)| lines).min() else { continue };
            let clauses: Vec<String> = breaks.iter().map(|(what, _)| what.clause()).collect();
            let what = format!("The {} `{}` changes for those who rely on it", shape.noun, shape.name);
            drafts.push(draft(file, Side::Old, *lines, &what, &clauses));
        }
        drafts.extend(lost_routes(file, before, &new, after));
        drafts.extend(by_flag(file, rules));
    }
    drafts
}

/// What one side of a file promises.
struct Promises {
    shapes: Vec<Shape>,
    routes: Vec<Route>,
}

fn promises(file: &FileEvidence, side: Side, rules: &ContractRules) -> Promises {
    let mut promises = Promises { shapes: Vec::new(), routes: Vec::new() };
    let Some(source) = file.side(side).map(|side| &side.source) else { return promises };
    let path = source.path.as_str();
    if let Some(description) = rules.description(path) {
        promises.shapes = descriptions::shapes(description, path, &source.text);
    } else if file.kind == FileKind::Code {
        promises.shapes = fields::shapes(source, rules);
        promises.shapes.extend(answers::shapes(&answers::answers(source, rules)));
        promises.routes = routes::routes(source, rules);
    }
    promises
}

/// The routes that no changed file has any more.
fn lost_routes(file: &FileEvidence, before: &Promises, new: &[Promises], after: &Promises) -> Option<Draft> {
    let all: BTreeSet<(&str, &str)> =
        new.iter().flat_map(|promises| &promises.routes).map(|it| (it.method.as_str(), it.path.as_str())).collect();
    let lost: Vec<&Route> =
        before.routes.iter().filter(|route| !all.contains(&(route.method.as_str(), route.path.as_str()))).collect();
    let first = lost.first()?;
    let name = |route: &Route| {
        let path = if route.written.is_empty() { "/" } else { &route.written };
        format!("{} {path}", route.method).trim().to_owned()
    };
    let is_new = |route: &&Route| !before.routes.iter().any(|old| old.method == route.method && old.path == route.path);
    let come: Vec<&Route> = after.routes.iter().filter(is_new).collect();
    let clauses: Vec<String> = lost
        .iter()
        .map(|route| match (&lost[..], &come[..]) {
            ([_], [only]) if is_alike(route, only) => format!("`{}` is `{}` now", name(route), name(only)),
            _ => format!("`{}` is gone", name(route)),
        })
        .collect();
    Some(draft(file, Side::Old, first.lines, "Routes change for those who call them", &clauses))
}

/// Whether one route can be another one under a new name.
fn is_alike(old: &Route, new: &Route) -> bool {
    let words = |path: &'_ str| -> BTreeSet<String> {
        path.split('/').filter(|part| !part.is_empty() && *part != "{}").map(str::to_owned).collect()
    };
    old.path == new.path || old.method == new.method && !words(&old.path).is_disjoint(&words(&new.path))
}

/// Answers that lack something with a flag on which the same code sends with the flag off.
fn by_flag(file: &FileEvidence, rules: &ContractRules) -> Vec<Draft> {
    let Some(side) = file.new.as_ref().filter(|side| !side.flags.evaluations.is_empty()) else { return Vec::new() };
    let Some(values) = FlagValues::new(&side.source, &side.flags) else { return Vec::new() };
    let edits = Edits::of(file, Side::New);
    let answers = answers::answers(&side.source, rules);
    let behind = |answer: &Answer, polarity: Polarity| -> Vec<String> {
        let gates = gates(&values, answer.node).into_iter().filter(|gate| gate.outcome.polarity == polarity);
        gates.map(|gate| values.key_of(gate.outcome).name().to_owned()).collect()
    };
    let mut drafts = Vec::new();
    for on in answers.iter().filter(|answer| !answer.open) {
        if !edits.touch(values.facts.node(on.node).span) {
            continue;
        }
        for key in behind(on, Polarity::On) {
            let off = answers.iter().filter(|off| off.by == on.by && behind(off, Polarity::Off).contains(&key));
            let lost: Vec<String> = off
                .flat_map(|off| &off.keys)
                .filter(|(name, _)| !on.keys.iter().any(|(other, _)| other == name))
                .map(|(name, _)| format!("`{name}` is gone"))
                .collect();
            if !lost.is_empty() {
                let what = format!("With `{key}` on, the answer of `{}` is another one", on.by);
                let lines = side.source.lines.lines(values.facts.node(on.node).span);
                drafts.push(draft(file, Side::New, lines, &what, &lost));
            }
        }
    }
    drafts
}

fn draft(file: &FileEvidence, side: Side, lines: LineRange, what: &str, clauses: &[String]) -> Draft {
    let path: &RepoPath = file.side(side).map_or(&file.path, |side| &side.source.path);
    let place = FlagReference { path: path.clone(), line: lines.start, side, definition: false };
    let mut draft = Draft::at_flag("contract-change", &place);
    draft.severity = Severity::Warning;
    let mut listed = clauses[..clauses.len().min(MAX_LISTED)].join(", ");
    if clauses.len() > MAX_LISTED {
        listed.push_str(&format!(", and {} more", clauses.len() - MAX_LISTED));
    }
    let gates = gates_at(file, side, lines);
    draft.message = match gates.first() {
        Some(gate) => format!("{what} when `{}` is switched on: {listed}.", gate.flag),
        None => format!("{what}: {listed}."),
    };
    draft.related = gates
        .iter()
        .map(|gate| Related {
            path: gate.path.clone(),
            line: gate.line,
            side: Side::New,
            note: format!("behind `{}`", gate.flag),
        })
        .collect();
    draft.gates = gates;
    draft.content = format!("{what} {}", clauses.join(" "));
    draft
}

/// The gates of the change at these lines.
fn gates_at(file: &FileEvidence, side: Side, lines: LineRange) -> Vec<Gate> {
    let at = |region: &&RegionEvidence| {
        // What only goes, goes for everyone.
        region.judged.region.new.is_some()
            && region.judged.region.side(side).is_some_and(|part| part.lines.intersects(lines))
    };
    file.regions.iter().find(at).map(|region| region.judged.gates.clone()).unwrap_or_default()
}

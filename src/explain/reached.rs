//! Who reaches a declaration, told as a tree of uses.

use super::chain::{Chains, flag_states, place};
use super::{Answer, Reason, ReasonKind, Told};
use crate::project::Project;
use crate::project::callers::{MAX_OPEN_USES, Reach, Way, Ways};
use crate::report::{Gate, Step};
use crate::terms::Polarity;
use std::collections::BTreeSet;

/// More uses of one declaration are counted, not told.
const MAX_USES: usize = 5;

/// Longer ways are told from both ends.
const MAX_STEPS: usize = 12;

/// What the callers of a declaration say about the code in it.
pub(super) fn told(project: &Project<'_>, ways: &Ways, chains: &mut Chains) -> Told {
    let name = &ways.declared.name;
    match &ways.reach {
        Reach::Gated(gates) => {
            let common = common(ways);
            let summary = match common.is_empty() {
                false => format!("gated: `{name}` is used only while {}", listed(&common, "flag ")),
                true => {
                    let all = gates.iter().map(|gate| (gate.flag.clone(), gate.polarity)).collect();
                    format!("gated: `{name}` is used only behind flags; by place, while {}", alternatives(&all))
                }
            };
            let because = vec![declaration(project, ways, chains)];
            Told { answer: Answer::Gated, summary, flags: flag_states(gates), because }
        }
        Reach::Dead => {
            let text = format!("no use of `{name}` ({}) was found; tests do not count", step_place(&ways.declared));
            Told {
                answer: Answer::Dead,
                summary: format!(
                    "dead: no caller of `{name}` was found: nothing in this repository runs it, unless a tool or framework \
                     finds it by its name"
                ),
                flags: Vec::new(),
                because: vec![Reason::new(ReasonKind::End, text).at(project, &ways.declared.path, ways.declared.line)],
            }
        }
        Reach::Open { .. } => {
            let (reason, summary) = open(project, ways);
            Told {
                answer: Answer::NotGated,
                summary: format!("not gated: {summary}"),
                flags: Vec::new(),
                because: vec![reason],
            }
        }
    }
}

/// The flags that every use stands behind.
fn common(ways: &Ways) -> BTreeSet<(String, Polarity)> {
    if let Some(class) = &ways.class {
        return common(class);
    }
    let of = |gates: &[Gate]| gates.iter().map(|gate| (gate.flag.clone(), gate.polarity)).collect::<BTreeSet<_>>();
    let mut all = ways.uses.iter().map(|way| match &way.then {
        Some(then) => common(then),
        None => of(&way.gates),
    });
    let first = all.next().unwrap_or_default();
    all.fold(first, |one, other| one.intersection(&other).cloned().collect())
}

fn listed(flags: &BTreeSet<(String, Polarity)>, before: &str) -> String {
    let named: Vec<String> =
        flags.iter().take(MAX_USES).map(|(flag, on)| format!("{before}`{flag}` is {on}")).collect();
    named.join(" and ")
}

fn alternatives(flags: &BTreeSet<(String, Polarity)>) -> String {
    let mut named: Vec<String> = flags.iter().take(MAX_USES).map(|(flag, on)| format!("`{flag}` is {on}")).collect();
    if flags.len() > MAX_USES {
        named.push("another one is".to_owned());
    }
    named.join(" or ")
}

/// A declaration of which every use is behind a flag.
fn declaration(project: &Project<'_>, ways: &Ways, chains: &mut Chains) -> Reason {
    if let Some(class) = &ways.class {
        let text = format!("`{}` ({}) runs with its class", ways.declared.name, step_place(&ways.declared));
        let of_class = declaration(project, class, chains);
        return Reason::new(ReasonKind::Declaration, text)
            .at(project, &ways.declared.path, ways.declared.line)
            .resting_on(vec![of_class]);
    }
    let uses = match ways.uses.len() {
        1 => "in one place".to_owned(),
        count => format!("in {count} places"),
    };
    let text = format!("`{}` ({}) is used only {uses}", ways.declared.name, step_place(&ways.declared));
    Reason::new(ReasonKind::Declaration, text)
        .at(project, &ways.declared.path, ways.declared.line)
        .resting_on(uses_of(project, ways, chains))
}

fn uses_of(project: &Project<'_>, ways: &Ways, chains: &mut Chains) -> Vec<Reason> {
    let one = |way: &Way, chains: &mut Chains| {
        let because = match &way.then {
            Some(then) if then.class.is_some() => vec![declaration(project, then, chains)],
            Some(then) => uses_of(project, then, chains),
            None => way.gates.iter().map(|gate| chains.gate(project, gate)).collect(),
        };
        let mut text = format!("at {}{}", step_place(&way.place), within(way));
        if let Some(then) = way.then.as_deref().filter(|then| then.class.is_none()) {
            let how_often = if then.uses.len() == 1 { "" } else { " in these places" };
            text.push_str(&format!(", which is used only{how_often}"));
        }
        used(project, &way.place, text).resting_on(because)
    };
    let mut told: Vec<Reason> = ways.uses.iter().take(MAX_USES).map(|way| one(way, chains)).collect();
    match ways.uses.len().saturating_sub(MAX_USES) {
        0 => {}
        1 => told.push(Reason::new(ReasonKind::Note, "and in one more place, behind a flag as well")),
        more => {
            told.push(Reason::new(ReasonKind::Note, format!("and in {more} more places, each behind a flag as well")))
        }
    }
    told
}

/// The way into the open, use after use, and what it comes to.
fn open(project: &Project<'_>, ways: &Ways) -> (Reason, String) {
    let mut steps = Vec::new();
    let end = follow(project, ways, &mut steps);
    let name = &ways.declared.name;
    let summary = match end {
        // The end speaks of the declaration itself.
        Ending::At { ref of, ref clause } if of == name => format!("`{name}` {clause}"),
        Ending::At { of, clause } => format!("`{name}` is reached through `{of}`, which {clause}"),
        Ending::Untold { of, why } if of == *name => format!("who uses `{name}` cannot be told: {why}"),
        Ending::Untold { of, why } => {
            format!("`{name}` is reached through `{of}`, and who uses that one cannot be told: {why}")
        }
        Ending::Reached(place) => format!("`{name}` is reached from {place}"),
    };
    if let [only] = &mut steps[..]
        && only.kind == ReasonKind::End
    {
        return (steps.remove(0), summary);
    }
    if steps.len() > MAX_STEPS {
        let left_out = steps.len() - MAX_STEPS;
        let text = format!("and so on, {left_out} more steps");
        let last = steps.split_off(steps.len() - MAX_STEPS / 2);
        steps.truncate(MAX_STEPS - MAX_STEPS / 2);
        steps.push(Reason::new(ReasonKind::Note, text));
        steps.extend(last);
    }
    let others = match ways.uses.len() {
        0 | 1 => String::new(),
        count => format!(", one of {count} ways"),
    };
    let text = format!("`{name}` ({}) is reached this way{others}", step_place(&ways.declared));
    let reason = Reason::new(ReasonKind::Declaration, text).at(project, &ways.declared.path, ways.declared.line);
    (reason.resting_on(steps), summary)
}

/// Where a way into the open ends.
enum Ending {
    /// At a declaration: what is to be said of it.
    At { of: String, clause: String },
    /// At a declaration of which nobody can tell who uses it, and why.
    Untold { of: String, why: String },
    /// At a place that runs by itself, and what is to be said of flags there.
    Reached(String),
}

fn follow(project: &Project<'_>, ways: &Ways, steps: &mut Vec<Reason>) -> Ending {
    let name = &ways.declared.name;
    let at = |clause: String| Ending::At { of: name.clone(), clause };
    let Reach::Open { place: end, why } = &ways.reach else { return at("is used without a flag".to_owned()) };
    let Some(way) = way_into_the_open(ways, end) else {
        let why = why.as_deref().unwrap_or("it is used without a flag");
        let place = step_place(end);
        let text = format!("the proof ends at {place}: {why}");
        steps.push(Reason::new(ReasonKind::End, text).at(project, &end.path, end.line));
        return Ending::Untold { of: name.clone(), why: format!("{why} ({place})") };
    };
    let place = step_place(&way.place);
    let mut step = |more: &str| {
        let then = if steps.is_empty() { "used" } else { "which is used" };
        steps.push(used(project, &way.place, format!("{then} at {place}{}{more}", within(way))));
    };
    let is_open = |then: &Ways| matches!(then.reach, Reach::Open { .. }) && then.is_followed;
    let leads_on = way.then.as_deref().is_some_and(is_open);
    let is_at_top = way.then.is_none() && way.within.is_none();
    let without_gate = ways.uses.iter().filter(|way| way.gates.is_empty()).count();
    if !leads_on && !is_at_top && without_gate > MAX_OPEN_USES {
        step("; so many uses are not all followed");
        return at(format!("has more than {MAX_OPEN_USES} uses without a flag of their own, as at {place}"));
    }
    let Some(then) = &way.then else {
        return match way.within {
            None => {
                step(", at the top of the module");
                Ending::Reached(format!("{place}{}", off_state(way)))
            }
            // It leads back to where it came from.
            Some(_) => {
                step(", which was not followed any further");
                at(format!("is used at {place}, and no flag was found on the way there"))
            }
        };
    };
    let outer = &then.declared.name;
    if leads_on {
        step("");
        return follow(project, then, steps);
    }
    if !then.is_followed {
        step("; callers of callers are not followed any further");
        return at(format!("is used at {place}, and who reaches `{outer}` was not followed any further"));
    }
    match then.reach {
        Reach::Dead => {
            step(", of which no caller was found");
            at(format!("is used in `{outer}` ({place}), of which no caller was found"))
        }
        _ => {
            step("");
            at(format!("is used at {place}"))
        }
    }
}

/// The use that ended the proof; `None` where no use did.
fn way_into_the_open<'w>(ways: &'w Ways, end: &Step) -> Option<&'w Way> {
    let is_proved =
        |way: &&Way| !way.gates.is_empty() || matches!(way.then.as_deref(), Some(Ways { reach: Reach::Gated(_), .. }));
    let there = || ways.uses.iter().filter(|way| way.place == *end);
    there().find(|way| !is_proved(way)).or_else(|| there().find(|way| way.gates.is_empty()))
}

fn used(project: &Project<'_>, place: &Step, text: String) -> Reason {
    Reason::new(ReasonKind::Use, text).at(project, &place.path, place.line)
}

fn within(way: &Way) -> String {
    let off = way.off.first().map(|gate| format!(", where `{}` is {}", gate.flag, gate.polarity));
    format!(
        "{}{}",
        way.within.as_ref().map(|name| format!(" in `{name}`")).unwrap_or_default(),
        off.unwrap_or_default()
    )
}

/// What is to be said of the flags that are off there.
fn off_state(way: &Way) -> String {
    match way.off.first() {
        Some(gate) => format!(" while `{}` is {}", gate.flag, gate.polarity),
        None => " without a flag".to_owned(),
    }
}

fn step_place(step: &Step) -> String {
    place(&step.path, step.line)
}

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
                summary: format!("dead: no caller of `{name}` was found, so nothing in this repository runs it"),
                flags: Vec::new(),
                because: vec![Reason::new(ReasonKind::End, text).at(project, &ways.declared.path, ways.declared.line)],
            }
        }
        Reach::Open { .. } => {
            let (reason, summary) = open(project, ways);
            Told { answer: Answer::NotGated, summary: format!("not gated: {summary}"), flags: Vec::new(), because: vec![reason] }
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
    let named: Vec<String> = flags.iter().take(MAX_USES).map(|(flag, on)| format!("{before}`{flag}` is {on}")).collect();
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
        more => told.push(Reason::new(ReasonKind::Note, format!("and in {more} more places, each behind a flag as well"))),
    }
    told
}

/// The way into the open, and where it ends, as a clause.
fn open(project: &Project<'_>, ways: &Ways) -> (Reason, String) {
    let name = &ways.declared.name;
    let Reach::Open { place: end, why } = &ways.reach else {
        let text = format!("`{name}` is used without a flag");
        return (Reason::new(ReasonKind::End, text.clone()), text);
    };
    let Some(way) = way_into_the_open(ways, end) else {
        let why = why.as_deref().unwrap_or("it is used without a flag");
        let place = step_place(end);
        let text = format!("the proof ends at {place}: {why}");
        let reason = Reason::new(ReasonKind::End, text).at(project, &end.path, end.line);
        return (reason, format!("who runs `{name}` cannot be told, because {why} ({place})"));
    };
    let ends = |text: &str, summary: String| {
        let text = format!("at {}{}{text}", step_place(&way.place), within(way));
        (used(project, &way.place, text), summary)
    };
    let place = step_place(&way.place);
    let is_open = |way: &Way| matches!(way.then.as_deref(), Some(Ways { reach: Reach::Open { .. }, is_followed: true, .. }));
    let too_many = !is_open(way) && ways.uses.iter().filter(|way| way.gates.is_empty()).count() > MAX_OPEN_USES;
    let (inner, summary) = match &way.then {
        None if way.within.is_none() => {
            let off = off_state(way);
            ends(", at the top of the module", format!("`{name}` is reached from {place}{off}"))
        }
        None => ends(", which leads in a circle", format!("`{name}` is used at {place}, and no flag was found before that")),
        Some(then) => {
            let outer = &then.declared.name;
            match &then.reach {
                _ if too_many => ends(
                    "; not all of so many uses are followed",
                    format!("more than {MAX_OPEN_USES} places use `{name}` without a flag of their own, as {place} does"),
                ),
                _ if !then.is_followed => ends(
                    "; so many callers of callers are not followed",
                    format!("`{name}` is used at {place}, and who reaches `{outer}` was not followed any further"),
                ),
                Reach::Dead => ends(
                    ", of which no caller was found",
                    format!("`{name}` is used in `{outer}` ({place}), of which no caller was found"),
                ),
                Reach::Gated(_) => ends("", format!("`{name}` is used at {place}")),
                Reach::Open { .. } => {
                    let (inner, summary) = open(project, then);
                    let text = format!("at {place}{}", within(way));
                    (used(project, &way.place, text).resting_on(vec![inner]), summary)
                }
            }
        }
    };
    let others = match ways.uses.len() {
        0 | 1 => String::new(),
        count => format!(", among {count} places"),
    };
    let text = format!("`{name}` ({}) is used here{others}", step_place(&ways.declared));
    let reason = Reason::new(ReasonKind::Declaration, text).at(project, &ways.declared.path, ways.declared.line);
    (reason.resting_on(vec![inner]), summary)
}

/// The use that ended the proof; `None` where no use did.
fn way_into_the_open<'w>(ways: &'w Ways, end: &Step) -> Option<&'w Way> {
    let is_proved = |way: &&Way| !way.gates.is_empty() || matches!(way.then.as_deref(), Some(Ways { reach: Reach::Gated(_), .. }));
    let there = || ways.uses.iter().filter(|way| way.place == *end);
    there().find(|way| !is_proved(way)).or_else(|| there().find(|way| way.gates.is_empty()))
}

fn used(project: &Project<'_>, place: &Step, text: String) -> Reason {
    Reason::new(ReasonKind::Use, text).at(project, &place.path, place.line)
}

fn within(way: &Way) -> String {
    let off = way.off.first().map(|gate| format!(", where `{}` is {}", gate.flag, gate.polarity));
    format!("{}{}", way.within.as_ref().map(|name| format!(" in `{name}`")).unwrap_or_default(), off.unwrap_or_default())
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

//! Is the changed code really behind a flag? Regions, conditions, dominance, coverage.
//!
//! - [`mod@chosen`]: names that stand for the former without a flag.
//! - [`region`]: hunks become regions, the changed code tokens of one declaration.
//! - [`condition`]: what the outcome of a condition says about flags.
//! - [`mod@decorators`]: what a decorator does more than what it stands on.
//! - [`dominance`]: which flag outcomes hold wherever control can be at a node.
//! - [`mod@dropped`]: fields that are dropped while a flag is off.
//! - [`mod@filled`]: which flag outcomes hold where a list has items.
//! - [`mod@former`]: what runs while a flag is off, and is what ran before.
//! - [`mod@idle`]: local names that matter only behind a flag.
//! - [`mod@enclosed`]: what was there before and stands behind a flag from now on.
//! - [`mod@left_out`]: whether leaving it out lets something through.
//! - [`mod@asking`]: functions that do nothing unless a flag is on, because they ask first.
//! - [`mod@missed`]: what went and is missed with the flag off as well.
//! - [`markup`]: what markup around scripts shows only with a flag.
//! - [`scripts`]: files that do nothing but make flags.
//! - [`mod@standing`]: what one place is to flags.
//! - [`states`]: states of components that only flags are put into.
//! - [`mod@widened`]: what is added to a condition that was there before.
//!
//! A *gate* is a flag outcome that dominates a place. A token is **gated** when a gate with the flag ON stands before it,
//! on the **control path** when only a gate with the flag OFF does, **plumbing** when it is part of reading the flag or of
//! branching on it, and **ungated** otherwise. A region is covered when none of its tokens is ungated or on the control
//! path and one is gated. What cannot be told counts as ungated.

mod asking;
mod chosen;
pub(crate) mod condition;
pub(crate) mod declarations;
mod decorators;
pub(crate) mod dominance;
mod dropped;
mod enclosed;
mod filled;
#[cfg(test)]
mod fixtures;
mod former;
mod idle;
mod left_out;
mod lists;
pub(crate) mod markup;
mod missed;
pub(crate) mod region;
mod scripts;
mod standing;
mod states;
mod widened;
pub(crate) mod wrappers;

use crate::detect::{EvaluationKind, FlagDefinition};
use crate::location::{LineRange, Span};
use crate::report::{Gate, GateKind};
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::{Coverage, Polarity};
pub(crate) use asking::refused_without;
use condition::FlagValues;
use dominance::GateAt;
use former::Before;
use region::{Region, RegionSide, Run};
pub(crate) use standing::{Standing, does_something, only_tells, standing};
use standing::{hands_to_former, holds_nothing};
use std::collections::{HashMap, HashSet};

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
    /// True when the new side has changed code that is more than plumbing.
    pub(crate) brings_new: bool,
    /// True when all that changed is the name of a class.
    pub(crate) only_names: bool,
}

/// One side of a file, ready for questions.
pub(crate) struct SideValues<'a> {
    pub(crate) values: FlagValues<'a>,
    /// The definitions of flags, sorted.
    definitions: Vec<Span>,
    /// For each definition, where it and those before it end at last.
    reach: Vec<u32>,
    /// Entries that set a flag: a constant under the name of one; and constants whose value is the key of one.
    settings: HashSet<NodeId>,
}

impl<'a> SideValues<'a> {
    /// `keys` are those of all flags that the changed files read or declare.
    pub(crate) fn new(values: FlagValues<'a>, definitions: &[FlagDefinition], keys: &HashSet<&str>) -> Self {
        let (file, facts) = (values.file, values.facts);
        let sets_flag = |&pair: &NodeId| {
            let key = facts.part(pair, Part::Key).map(|key| file.text_of(key).trim_matches(['"', '\'']));
            key.is_some_and(|key| keys.contains(key))
                && facts.part(pair, Part::Value).is_some_and(|value| {
                    holds_nothing(facts, value) || is_at_top(facts, pair) && only_tells(file, facts, value)
                })
        };
        // `export const NEW_TAX = "new-tax"`, `enum Flags { NewTax = "new-tax" }`, wherever such names are kept.
        let names_flag = |&binding: &NodeId| {
            let text = facts.part(binding, Part::Value).and_then(|value| file.lone_string_value(value));
            text.is_some_and(|text| keys.contains(text.as_str())) && is_in_no_function(facts, binding)
        };
        let settings = match keys.is_empty() {
            true => HashSet::new(),
            false => {
                let names: Vec<NodeId> = facts.with_role(Role::Binding).filter(names_flag).collect();
                let described = described(file, facts, &names);
                facts.with_role(Role::Pair).filter(sets_flag).chain(names).chain(described).collect()
            }
        };
        let mut definitions: Vec<Span> = definitions.iter().map(|definition| definition.span).collect();
        definitions.sort_unstable();
        let mut end = 0;
        let reach = definitions.iter().map(|span| {
            end = span.end.max(end);
            end
        });
        let reach = reach.collect();
        Self { values, definitions, reach, settings }
    }

    /// True for a token that declares a flag: inside the definition, or the name that is given to it.
    pub(crate) fn is_defining(&self, span: Span) -> bool {
        let facts = self.values.facts;
        let node = facts.innermost(span);
        let is_setting = !self.settings.is_empty()
            && std::iter::once(node).chain(facts.ancestors(node)).any(|at| self.settings.contains(&at));
        let started = self.definitions.partition_point(|definition| definition.start <= span.start);
        let is_inside = started > 0 && self.reach[started - 1] >= span.end;
        let names_one = || {
            let mut around = std::iter::once(node).chain(facts.ancestors(node));
            let binding = around.find(|&at| matches!(facts.role(at), Role::Binding | Role::Destructuring));
            let value = binding.and_then(|at| facts.part(at, Part::Value)).map(|value| facts.node(value).span);
            value.is_some_and(|value| self.definitions.binary_search(&value).is_ok())
        };
        is_setting || is_inside || !self.definitions.is_empty() && names_one()
    }
}

/// Entries of tables that say what a flag is for, by a constant that holds its key: `FEATURES = ((NEW_TAX, _("The new tax")), ..)`.
fn described<'a>(file: &'a SourceFile, facts: &'a Facts, constants: &[NodeId]) -> impl Iterator<Item = NodeId> + 'a {
    let constants: HashSet<&str> = constants.iter().filter_map(|&at| file.name_of(at)).collect();
    // The name of a flag alone may be what turns it on: `ENABLED = (NEW_TAX,)`.
    let is_text = |at: NodeId| {
        let mut inside = std::iter::once(at).chain(facts.descendants(at));
        inside.all(|at| {
            matches!(facts.role(at), Role::String | Role::Call | Role::Identifier | Role::Member | Role::Transparent)
        }) && std::iter::once(at).chain(facts.descendants(at)).any(|at| facts.role(at) == Role::String)
            && only_tells(file, facts, at)
    };
    let entries = facts.with_role(Role::Array).filter(|&entry| facts.enclosing(entry, Role::Function).next().is_none());
    entries.filter(move |&entry| {
        let mut inside = facts.children(entry).filter(|&at| facts.role(at) != Role::Comment);
        let names_one = |at: NodeId| {
            matches!(facts.role(at), Role::Identifier | Role::Member) && constants.contains(file.last_name(at))
        };
        !constants.is_empty()
            && inside.next().is_some_and(names_one)
            && inside.next().is_some_and(is_text)
            && inside.next().is_none()
    })
}

/// Whether a node stands outside of every function, and is no more than in a class at the top.
fn is_in_no_function(facts: &Facts, node: NodeId) -> bool {
    facts.ancestors(node).all(|at| facts.role(at) != Role::Function)
}

/// Whether a node stands outside of every function and class.
fn is_at_top(facts: &Facts, node: NodeId) -> bool {
    facts.ancestors(node).all(|at| !matches!(facts.role(at), Role::Function | Role::Class))
}

/// Declarations of one side that run only behind these flags; behind none where nothing runs them at all.
pub(crate) type GatedDeclarations = HashMap<NodeId, Vec<Gate>>;

/// Says how much of the region can only run with a flag on.
pub(crate) fn judge(
    region: Region,
    old: Option<(&SideValues<'_>, &GatedDeclarations)>,
    new: Option<(&SideValues<'_>, &GatedDeclarations)>,
) -> JudgedRegion {
    let votes = |part: &Option<RegionSide>,
                 side: Option<(&SideValues<'_>, &GatedDeclarations)>,
                 before: Option<&Before<'_>>| {
        let votes = part.as_ref().zip(side).map(|(part, (side, reached))| Votes::count(part, side, reached, before));
        votes.unwrap_or_default()
    };
    let before = old.map(|(side, _)| {
        let tokens = region.old.iter().flat_map(|part| &part.runs).flat_map(|run| &run.tokens);
        let gone = tokens.map(|&at| side.values.facts.tokens[at as usize].span).collect();
        Before { file: side.values.file, gone }
    });
    let mut new_votes = votes(&region.new, new, before.as_ref());
    let mut old_votes = votes(&region.old, old, None);
    // A branch that goes takes its gate along.
    old_votes.wraps.clear();
    // `if (!on) return redirect()` in place of `if (!on) return notFound()`: what stands behind the flag stood there before.
    let is_in = |gates: &[Gate], gate: &Gate| gates.iter().any(|it| it.flag == gate.flag);
    let is_exit = |gate: &Gate| gate.kind == GateKind::EarlyExit;
    let (asked, mut left) = (std::mem::take(&mut old_votes.exits), std::mem::take(&mut old_votes.left));
    left.retain(|gate| {
        !is_in(&new_votes.left, gate) && new_votes.wraps.iter().any(|it| is_exit(it) && it.flag == gate.flag)
    });
    new_votes.control += left.len();
    left.into_iter().for_each(|gate| push_new(&mut new_votes.off, gate));
    let is_former = |gate: &Gate| is_in(&asked, gate) && is_in(&new_votes.exits, gate);
    new_votes.wraps.retain(|gate| !is_exit(gate) || !is_former(gate));
    let brings_new = !new_votes.is_silent();
    // `return isEnabled("x")` in place of `return true`: what was always so, or never, depends on the flag from now on.
    if new_votes.is_silent() && new_votes.wraps.is_empty() && old_votes.only_answers() && !new_votes.answers.is_empty()
    {
        (old_votes.ungated, new_votes.wraps) = (0, std::mem::take(&mut new_votes.answers));
    }
    // `(a || b) && !on` in place of `a || b || c`: what went is missed with the flag off as well.
    if !old_votes.is_silent() {
        std::mem::take(&mut new_votes.narrowed).into_iter().for_each(|lines| new_votes.stands_open(lines));
    }
    // What went stands behind a flag from now on, as it was.
    if new_votes.is_silent()
        && new_votes.wraps.is_empty()
        && !old_votes.is_silent()
        && old_votes.gated + old_votes.control == 0
        && let (Some((old, _)), Some((new, _)), Some(went)) = (old, new, &region.old)
        && let Some(gates) = former::stands_behind(&new.values, old.values.file, &went.runs)
    {
        gates.iter().for_each(|gate| push_new(&mut new_votes.wraps, gate_of(new, gate)));
        old_votes.ungated = 0;
    }
    // A check that went is missed with the flag off, whatever came behind the flag; not where nobody comes without the flag.
    let goes = |(side, reached): (&SideValues<'_>, &GatedDeclarations)| {
        let part = region.old.as_ref().zip(new);
        part.is_some_and(|(part, (after, _))| missed::is_missed(part, &side.values, reached, after.values.file))
    };
    if new_votes.gated > 0
        && new_votes.reached == 0
        && new_votes.ungated + new_votes.control == 0
        && !old_votes.is_silent()
        && old.is_some_and(goes)
    {
        new_votes.stands_open(region.primary().1.lines);
    }
    // What was taken away matters only where nothing took its place.
    if new_votes.is_silent() && new_votes.wraps.is_empty() && !old_votes.is_silent() {
        new_votes = std::mem::take(&mut old_votes);
    }
    // `if (!on) { .. }` around what was there before: with the flag off nothing is another.
    if new_votes.is_silent() && new_votes.wraps.is_empty() && old_votes.is_silent() && old_votes.plumbing == 0 {
        new_votes.wraps = std::mem::take(&mut new_votes.spares);
    }
    // `if (isPaid || isOn)` in place of `if (isPaid)`: with the flag off nothing is another.
    if old_votes.is_silent() {
        let widens = std::mem::take(&mut new_votes.widens);
        new_votes.gated += usize::from(!widens.is_empty());
        widens.into_iter().for_each(|gate| push_new(&mut new_votes.on, gate));
    }
    // What shows nothing without the flag, where something was shown before, changes what happens without it.
    if new_votes.asking > 0 && new_votes.asking == new_votes.gated && !old_votes.is_silent() {
        new_votes.stands_open(region.primary().1.lines);
    }
    let says_nothing =
        |votes: &Votes| votes.is_silent() && votes.plumbing + votes.unnamed == 0 && votes.wraps.is_empty();
    JudgedRegion {
        only_names: says_nothing(&new_votes) && says_nothing(&old_votes),
        coverage: new_votes.coverage(),
        gates: if new_votes.is_silent() { new_votes.wraps } else { new_votes.on },
        control_path: new_votes.off,
        ungated: new_votes.ungated_lines,
        brings_new,
        region,
    }
}

/// What finds the gates of a name that is given the former value without the flag.
type Giving = fn(&FlagValues<'_>, &SourceFile, &[Span], NodeId) -> Option<Vec<GateAt>>;

/// What the tokens of one side of a region say.
#[derive(Debug, Clone, Default)]
struct Votes {
    gated: usize,
    /// Of what is gated, what stands in a declaration that is used only behind flags.
    reached: usize,
    /// Of what is gated, what only asks somebody who asks for the flag.
    asking: usize,
    ungated: usize,
    control: usize,
    plumbing: usize,
    /// What runs nothing and is no name of a class.
    unnamed: usize,
    /// Gates (flag ON) of new branches: code that was there before now stands behind them.
    wraps: Vec<Gate>,
    /// Of these, the early exits where the flag itself is asked for anew.
    exits: Vec<Gate>,
    /// Gates (flag OFF) of exits that only refuse.
    left: Vec<Gate>,
    /// Gates (flag OFF) of new branches: code that was there before now is left out with the flag on.
    spares: Vec<Gate>,
    /// Gates (flag ON) of what is added to a condition that was there before, and lets more through.
    widens: Vec<Gate>,
    /// Of what is ungated, the constants that are all that a function answers.
    fixed: usize,
    /// Gates (flag ON) of flags that are all that a function answers.
    answers: Vec<Gate>,
    /// Where a condition is another one only with a flag on, if nothing of it went.
    narrowed: Vec<LineRange>,
    on: Vec<Gate>,
    off: Vec<Gate>,
    ungated_lines: Vec<LineRange>,
    /// What changed, in source order.
    tokens: Vec<Span>,
    /// For branches that run while a flag is off, whether they are what ran before.
    formers: HashMap<(u32, u32), bool>,
    /// Lines that are the header of code, each with what has to be new, if anything, for them to be no more than that.
    headers: Vec<(LineRange, Option<Span>)>,
}

impl Votes {
    fn count(
        region: &RegionSide,
        side: &SideValues<'_>,
        reached: &GatedDeclarations,
        before: Option<&Before<'_>>,
    ) -> Self {
        let mut votes = Self::default();
        let all = region.runs.iter().flat_map(|run| &run.tokens);
        votes.tokens.extend(all.map(|&at| side.values.facts.tokens[at as usize].span));
        votes.tokens.sort_unstable();
        let mut known: HashMap<NodeId, Standing> = HashMap::new();
        for run in &region.runs {
            votes.count_run(run, side, (reached, before), &mut known);
        }
        // A function that only reads flags has a header that says no more than that.
        let is_covered = votes.gated + votes.plumbing > 0 && votes.ungated + votes.control == 0;
        let headers = std::mem::take(&mut votes.headers);
        for (lines, name) in headers {
            if !(is_covered && name.is_none_or(|name| votes.is_new(name))) {
                votes.stands_open(lines);
            }
        }
        votes
    }

    /// Whether any of what changed is in here.
    fn is_new(&self, node: Span) -> bool {
        widened::is_new(&self.tokens, node)
    }

    /// Whether a new constant is for the flag being off, and the one for it being on was there before.
    fn is_turned(&self, facts: &Facts, constant: NodeId) -> bool {
        let mut child = constant;
        let guard = facts.ancestors(constant).find(|&at| {
            let is_guard = facts.role(at) == Role::Guard;
            child = if is_guard { child } else { at };
            is_guard
        });
        let Some(guard) = guard else { return false };
        let branches = [Part::Consequence, Part::Alternative].into_iter().filter_map(|part| facts.part(guard, part));
        let mut others = branches.filter(|&at| at != child).map(|at| facts.inner(at));
        let is_former =
            |at: NodeId| matches!(facts.role(at), Role::String | Role::Number) && !self.is_new(facts.node(at).span);
        self.is_new(facts.node(constant).span) && others.any(is_former)
    }

    /// `() => { const on = useFlag("x"); return <Page />; }` in place of `() => <Page />`: the word alone says nothing.
    fn only_returns(&self, values: &FlagValues<'_>, span: Span, node: NodeId) -> bool {
        let facts = values.facts;
        let value = facts.part(node, Part::Value).filter(|_| facts.role(node) == Role::Exit);
        let shown = value.map(|value| facts.inner(value)).filter(|&value| facts.role(value) == Role::Element);
        span.text(&values.file.text) == "return"
            && shown.is_some_and(|shown| !widened::begins_new(&self.tokens, facts.node(shown).span.start + 1))
    }

    /// Whether a place is in what ran before, and runs from now on while a flag is off.
    fn is_former(&mut self, values: &FlagValues<'_>, before: &Before<'_>, gates: &[GateAt], node: NodeId) -> bool {
        gates.iter().filter_map(|gate| former::branch(values, gate, node)).any(|branch| {
            let known = self.formers.get(&(branch.start, branch.end)).copied();
            known.unwrap_or_else(|| {
                let is_former = former::stood_there(values, before, branch);
                self.formers.insert((branch.start, branch.end), is_former);
                is_former
            })
        })
    }

    fn stands_open(&mut self, lines: LineRange) {
        self.ungated += 1;
        match self.ungated_lines.last_mut() {
            Some(last) if last.start <= lines.start && last.end + 1 >= lines.start => {
                last.end = last.end.max(lines.end)
            }
            _ => self.ungated_lines.push(lines),
        }
    }

    fn count_run(
        &mut self,
        run: &Run,
        side: &SideValues<'_>,
        (reached, before): (&GatedDeclarations, Option<&Before<'_>>),
        known: &mut HashMap<NodeId, Standing>,
    ) {
        let values = &side.values;
        let (facts, text) = (values.facts, &values.file.text);
        let spans: Vec<Span> = run.tokens.iter().map(|&at| facts.tokens[at as usize].span).collect();
        let wordy =
            |span: &Span| span.text(text).contains(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '\''));
        let any_word = spans.iter().any(wordy);
        for span in spans {
            // Marks speak only where no word does; brackets, the keyword of a declaration (`const`) and `<>` say nothing.
            let innermost = facts.innermost(span);
            let is_element = |at: NodeId| facts.role(at) == Role::Element;
            let is_fragment = is_element(innermost) && facts.part(innermost, Part::Name).is_none();
            // `{", "}` between elements is text for people.
            let around = facts.node(facts.outer(innermost)).parent;
            let is_text = facts.role(innermost) == Role::String
                && span.text(text).starts_with(['"', '\''])
                && is_element(around)
                && facts.part_of(around, facts.outer(innermost)).is_none();
            if matches!(span.text(text), "{" | "}" | "[" | "]" | "=>")
                || any_word && !wordy(&span)
                || matches!(facts.role(innermost), Role::Block | Role::Module)
                || is_fragment
                || is_text
            {
                continue;
            }
            if side.is_defining(span) || self.only_returns(values, span, innermost) {
                continue;
            }
            let node = facts.innermost(span);
            let standing = known.entry(node).or_insert_with(|| standing(values, reached, node));
            // `<Page />` in place of `<OldPage />`, which `Page` stands for with the flag off.
            if matches!(standing, Standing::Ungated | Standing::Control(_) | Standing::Otherwise(..))
                && let Some(gates) = before.and_then(|before| {
                    let chosen = chosen::gates(values, before.file, node);
                    let given = |how: Giving| how(values, before.file, &self.tokens, node);
                    chosen.or_else(|| given(chosen::overridden)).or_else(|| given(chosen::given_in_both))
                })
            {
                self.plumbing += 1;
                gates.iter().for_each(|gate| push_new(&mut self.wraps, gate_of(side, gate)));
                continue;
            }
            match standing {
                Standing::Gated(gates) => {
                    self.gated += 1;
                    let asks =
                        |gate: &GateAt| values.evaluations[gate.outcome.evaluation].kind == EvaluationKind::Asking;
                    self.asking += usize::from(gates.iter().all(asks));
                    for gate in gates.iter().rev().filter(|gate| gate.outcome.polarity == Polarity::On) {
                        push_new(&mut self.on, gate_of(side, gate));
                    }
                }
                Standing::Reached(gates) => {
                    self.gated += 1;
                    self.reached += 1;
                    gates.iter().for_each(|gate| push_new(&mut self.on, gate.clone()));
                }
                Standing::Control(_) if hands_to_former(values, node) => {}
                Standing::Control(_) if dropped::only_drops_new(values, before.map(|before| before.file), node) => {
                    self.plumbing += 1;
                }
                Standing::Control(gates)
                    if before.is_some_and(|before| self.is_former(values, before, gates, node)) =>
                {
                    self.plumbing += 1;
                }
                Standing::Control(gates) => {
                    self.control += 1;
                    // `if (on) throw ..`: what goes on is no fallback of the flag.
                    for gate in gates.iter().rev().filter(|gate| !standing::refuses(values, gate)) {
                        push_new(&mut self.off, gate_of(side, gate));
                    }
                }
                // `a && !on` in place of `a`: with the flag off nothing is another.
                Standing::Plumbing | Standing::Ungated if self.narrows(side, node) => {
                    self.plumbing += 1;
                    self.narrowed.push(values.file.lines.lines(span));
                }
                Standing::Plumbing
                    if widened::lets_more_through(values, &self.tokens, node)
                        || left_out::lets_through(values, &self.tokens, node) =>
                {
                    self.stands_open(values.file.lines.lines(span));
                }
                Standing::Plumbing => {
                    self.plumbing += 1;
                    if let Some(gate) = standing::answered(values, node) {
                        push_new(&mut self.answers, gate_of(side, &gate));
                    }
                    if facts.role(node) == Role::Exit {
                        let gates = dominance::gates(values, node);
                        let off = gates.iter().filter(|gate| gate.outcome.polarity == Polarity::Off);
                        off.for_each(|gate| push_new(&mut self.left, gate_of(side, gate)));
                    }
                    for gate in enclosed::gates(values, &self.tokens, node) {
                        if gate.outcome.polarity == Polarity::On {
                            let asked = values.evaluations[gate.outcome.evaluation].span;
                            if gate.kind == GateKind::EarlyExit && self.is_new(asked) {
                                push_new(&mut self.exits, gate_of(side, &gate));
                            }
                            push_new(&mut self.wraps, gate_of(side, &gate));
                        } else if enclosed::only_spares(values, &self.tokens, (&gate, node)) {
                            push_new(&mut self.spares, gate_of(side, &gate));
                        }
                    }
                    for gate in widened::gates(values, &self.tokens, node) {
                        push_new(&mut self.widens, gate_of(side, &gate));
                    }
                }
                // What was another constant before is another way with the flag off.
                Standing::Otherwise(gates, condition) => {
                    let condition = facts.node(*condition).span;
                    if self.is_new(condition) && !self.is_turned(facts, node) {
                        self.plumbing += 1;
                    } else {
                        self.control += 1;
                        for gate in gates.iter().rev() {
                            push_new(&mut self.off, gate_of(side, gate));
                        }
                    }
                }
                Standing::Nothing => {
                    let parent = facts.node(node).parent;
                    let is_name = facts.role(parent) == Role::Class && facts.part(parent, Part::Name) == Some(node);
                    self.unnamed += usize::from(!is_name);
                }
                Standing::Ungated if widened::only_wraps(values, &self.tokens, node) => self.plumbing += 1,
                Standing::Ungated => {
                    let is_answer = matches!(facts.role(node), Role::True | Role::False)
                        && standing::answering(facts, node) == Some(node);
                    self.fixed += usize::from(is_answer);
                    self.stands_open(values.file.lines.lines(span));
                }
                // The name alone says nothing: what was called so before is called otherwise now.
                Standing::Header(name) => {
                    let name = (*name != node).then(|| facts.node(*name).span);
                    self.headers.push((values.file.lines.lines(span), name));
                }
            }
        }
    }

    /// Notes the gates of what is added to a condition so that it is another one only with a flag on; whether there are any.
    fn narrows(&mut self, side: &SideValues<'_>, node: NodeId) -> bool {
        let gates = widened::narrowed(&side.values, &self.tokens, node);
        gates.iter().for_each(|gate| push_new(&mut self.widens, gate_of(side, gate)));
        !gates.is_empty()
    }

    /// True when nothing stands in the open but constants that are all that a function answers.
    fn only_answers(&self) -> bool {
        self.fixed > 0 && self.fixed == self.ungated && self.gated + self.control == 0
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
            (false, false) if !self.wraps.is_empty() => Coverage::Covered,
            (false, false) => Coverage::Na,
        }
    }
}

/// Adds a gate unless one like it is there.
pub(crate) fn push_new(gates: &mut Vec<Gate>, gate: Gate) {
    if !gates.iter().any(|other| other.flag == gate.flag && other.polarity == gate.polarity && other.kind == gate.kind)
    {
        gates.push(gate);
    }
}

fn gate_of(side: &SideValues<'_>, gate: &GateAt) -> Gate {
    gate_at(&side.values, gate)
}

/// The gate as reports show it.
pub(crate) fn gate_at(values: &FlagValues<'_>, gate: &GateAt) -> Gate {
    let at = values.facts.node(gate.at).span;
    let evaluation = &values.evaluations[gate.outcome.evaluation];
    let on = gate.outcome.polarity;
    Gate {
        flag: evaluation.key.name().to_owned(),
        path: values.file.path.clone(),
        line: values.file.lines.line(at.start),
        // The flag's own state: off, where the flag turns something off that is on.
        polarity: if evaluation.inverse { on.flipped() } else { on },
        kind: gate.kind,
        via: evaluation.via.clone(),
    }
}

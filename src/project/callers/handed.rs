//! Parameters that every caller hands a flag to: `<Tax isNew={useFlag("new-tax")} />`, and then `props.isNew`.
//!
//! For the function, such a parameter *is* the flag, where every use in the whole tree is a call that can be seen and each of
//! them hands in what tells the flag. What hands in nothing, or `false`, never makes it true. What a caller got from
//! its own callers is followed. A spread, a default that is not false, a use as a value, or a caller that nobody can see ends it.

use super::slots::{Given, Slot, decided_by_parameters, function_of, given, is_mentioned, slots};
use super::*;
use crate::detect::{EvaluationKind, FlagEvaluation};
use crate::gating::condition::FlagOutcome;
use crate::location::Span;
use crate::terms::Tells;

/// So many callers of callers hand a flag on.
const MAX_HANDS: usize = 4;

/// The callers of more functions are not asked.
const MAX_FUNCTIONS: usize = 120;

/// Functions with more calls are not followed.
const MAX_CALLS: usize = 40;

/// Of a method that more files may call, nobody is asked.
const MAX_OF_METHOD: usize = 12;

/// Of components in components (`memo(observer(Tax))`), no more are looked through.
const MAX_WRAPPED: usize = 3;

/// What callers hand in, as far as anybody asked.
#[derive(Default)]
pub(in crate::project) struct Handed {
    asked: BTreeSet<Target>,
    found: BTreeMap<RepoPath, Vec<FlagEvaluation>>,
}

impl Handed {
    /// The parameters of a file that carry flags.
    pub(in crate::project) fn of(&self, path: &RepoPath) -> &[FlagEvaluation] {
        self.found.get(path).map_or(&[], Vec::as_slice)
    }
}

/// A flag outcome, away from the file that it was found in.
#[derive(Clone)]
pub(super) struct Told {
    polarity: Polarity,
    evaluation: FlagEvaluation,
    place: Step,
}

impl Told {
    fn is_like(&self, other: &Self) -> bool {
        self.polarity == other.polarity && self.evaluation.key == other.evaluation.key
    }
}

/// What a value says when it is true, and when it is not; `None` where it cannot come out that way.
pub(super) type Says = [Option<Vec<Told>>; 2];

impl Project<'_> {
    /// Finds the flags among the parameters of the functions around these places that decide about them.
    pub(crate) fn ask_callers(&mut self, path: &RepoPath, places: &[Span]) {
        let mut targets: BTreeSet<NodeId> = BTreeSet::new();
        if has_sections(path) {
            return;
        }
        {
            let Some(facts) = self.files.get(path).and_then(|file| file.source.facts()) else { return };
            let around =
                places.iter().filter_map(|&span| Some((span, declaration_around(facts, facts.innermost(span))?)));
            let mut by_declaration: BTreeMap<NodeId, Vec<Span>> = BTreeMap::new();
            around.for_each(|(span, node)| by_declaration.entry(node).or_default().push(span));
            let source = &self.files[path].source;
            for (node, spans) in by_declaration {
                let Some(function) = function_of(source, facts, node, self.rules) else { continue };
                let decided = decided_by_parameters(source, facts, function);
                if spans.iter().any(|span| decided.iter().any(|range| range.contains(*span))) {
                    targets.insert(node);
                }
            }
        }
        for node in targets {
            self.ask(&Target { path: path.clone(), node }, MAX_HANDS);
        }
    }

    /// The same for a place that uses a declaration.
    pub(super) fn ask_callers_of(&mut self, around: &Target, node: NodeId) {
        let facts = self.files.get(&around.path).and_then(|file| file.source.facts());
        if let Some(span) = facts.map(|facts| facts.node(node).span) {
            self.ask_callers(&around.path, &[span]);
        }
    }

    /// Asks all callers of a function what they hand in.
    fn ask(&mut self, target: &Target, hands: usize) {
        if self.handed.asked.len() >= MAX_FUNCTIONS || !self.handed.asked.insert(target.clone()) {
            return;
        }
        self.load(std::slice::from_ref(&target.path));
        let wanted = {
            let Some(file) = self.files.get(&target.path) else { return };
            let Some(facts) = file.source.facts() else { return };
            let Some(function) = function_of(&file.source, facts, target.node, self.rules) else { return };
            slots(&file.source, facts, function)
        };
        if wanted.is_empty() {
            return;
        }
        let Some(calls) = self.calls_of(target, MAX_WRAPPED) else { return };
        if let Some(fewer) = hands.checked_sub(1) {
            for (path, call) in &calls {
                if let Some(outer) = self.hands_on(path, *call, &wanted) {
                    self.ask(&outer, fewer);
                }
            }
        }
        let found: Vec<FlagEvaluation> = wanted.iter().flat_map(|slot| self.of_slot(target, slot, &calls)).collect();
        if found.is_empty() {
            return;
        }
        self.handed.found.entry(target.path.clone()).or_default().extend(found.iter().cloned());
        if let Some(file) = self.files.get_mut(&target.path) {
            file.flags.add_handed(&found);
        }
    }

    /// The declaration around a call, where what it hands in comes from a parameter of its own.
    fn hands_on(&self, path: &RepoPath, call: NodeId, wanted: &[Slot]) -> Option<Target> {
        let source = &self.files.get(path)?.source;
        let facts = source.facts()?;
        let node = declaration_around(facts, call)?;
        let function = function_of(source, facts, node, self.rules)?;
        let own = slots(source, facts, function);
        let mut values = wanted.iter().filter_map(|slot| match given(source, facts, call, &slot.place) {
            Given::Value(value) => Some(value),
            _ => None,
        });
        values
            .any(|value| is_mentioned(source, facts, function, value, &own))
            .then(|| Target { path: path.clone(), node })
    }

    /// Every call of a function, or element of a component, in the tree; `None` where there may be others.
    fn calls_of(&mut self, target: &Target, wrapped: usize) -> Option<Vec<(RepoPath, NodeId)>> {
        let mut graph = Graph::default();
        let id = graph.add(self, target);
        let node = &graph.nodes[id];
        // Nobody sees what a framework hands in.
        if node.open.is_some()
            || node.guarded.is_some()
            || node.is_setting
            || node.is_class
            || node.name.is_empty()
            || self.is_page(target)
        {
            return None;
        }
        let users = self.users(target, &node.name, node.is_named_anywhere()).ok()?;
        // A method may be called wherever its name stands; that is worth a look only where flags are read.
        let reads_flags = |user: &User| self.hints.read_flags(self.tree, &user.path);
        let is_worth_it = !node.is_named_anywhere() || users.len() <= MAX_OF_METHOD && users.iter().any(reads_flags);
        if !is_worth_it || users.len() > MAX_CALLS {
            return None;
        }
        self.load(&users.iter().map(|user| user.path.clone()).collect::<Vec<_>>());
        let uses = self.uses(node, &users, Wanted::Ways);
        if uses.open.is_some() || uses.found.is_empty() || uses.found.len() > MAX_CALLS || self.calls_itself(node) {
            return None;
        }
        let mut calls: Vec<(RepoPath, NodeId)> = Vec::new();
        let mut outer: Vec<Target> = Vec::new();
        for place in &uses.found {
            let path = &place.place.path;
            let source = &self.files.get(path)?.source;
            match call_at(source, source.facts()?, place.node, self.rules)? {
                Called::Here(call) => calls.push((path.clone(), call)),
                Called::As(node) => outer.push(Target { path: path.clone(), node }),
            }
        }
        if self.out_of_sight(target, &node.name, node.is_named_anywhere()).is_some() {
            return None;
        }
        for outer in outer {
            calls.extend(self.calls_of(&outer, wrapped.checked_sub(1)?)?);
        }
        Some(calls)
    }

    /// Whether a function may call itself: then it hands in what it likes.
    fn calls_itself(&self, declared: &Declared) -> bool {
        let Some(source) = self.files.get(&declared.target.path).map(|file| &file.source) else { return true };
        let Some(facts) = source.facts() else { return true };
        let node = declared.target.node;
        let inside = match facts.part(node, Part::Value) {
            Some(value) if facts.role(node) == Role::Binding => value,
            _ => node,
        };
        let own_name = facts.part(inside, Part::Name);
        facts.descendants(inside).any(|at| {
            matches!(facts.role(at), Role::Identifier | Role::Other)
                && Some(at) != own_name
                && source.text_of(at) == declared.name
        })
    }

    /// What all calls say through one parameter.
    fn of_slot(&self, target: &Target, slot: &Slot, calls: &[(RepoPath, NodeId)]) -> Vec<FlagEvaluation> {
        let mut all: Says = [None, None];
        for (path, call) in calls {
            let Some(says) = self.said(target, slot, path, *call) else { return Vec::new() };
            for (all, told) in all.iter_mut().zip(says) {
                let Some(told) = told else { continue };
                *all = Some(match all.take() {
                    None => told,
                    Some(mut known) => {
                        known.retain(|one| told.iter().any(|other| one.is_like(other)));
                        known
                    }
                });
            }
        }
        let Some(file) = self.files.get(&target.path) else { return Vec::new() };
        let Some(facts) = file.source.facts() else { return Vec::new() };
        carried(facts, slot, all)
    }

    /// What one call says through one parameter; `None` where it cannot be told.
    fn said(&self, target: &Target, slot: &Slot, path: &RepoPath, call: NodeId) -> Option<Says> {
        let file = self.files.get(path)?;
        let values = FlagValues::new(&file.source, &file.flags)?;
        let facts = values.facts;
        let value = match given(&file.source, facts, call, &slot.place) {
            Given::Value(value) => value,
            // It is not there: as good as false.
            Given::Nothing if self.gives_defaults(target) => return None,
            Given::Nothing => return Some([None, Some(Vec::new())]),
            Given::Unknown => return None,
        };
        let line = file.source.lines.line(facts.node(call).span.start);
        let place = Step { kind: StepKind::Caller, name: self.name_of(target), path: path.clone(), line };
        let around: Vec<_> = dominance::gates(&values, call).into_iter().map(|gate| gate.outcome).collect();
        Some(told_by(&values, value, &around, &place))
    }

    /// `Tax.defaultProps = { .. }`: what is not handed in is there all the same.
    fn gives_defaults(&self, target: &Target) -> bool {
        let source = self.files.get(&target.path).map(|file| &file.source);
        source.is_some_and(|source| source.text.contains("defaultProps"))
    }

    fn name_of(&self, target: &Target) -> String {
        let source = self.files.get(&target.path).map(|file| &file.source);
        let name = source.and_then(|source| name_of(source, source.facts()?, target.node));
        name.unwrap_or("default").to_owned()
    }
}

/// The flags that what stands for a parameter tells of.
pub(super) fn carried(facts: &Facts, slot: &Slot, says: Says) -> Vec<FlagEvaluation> {
    let [when_true, when_false] = says.map(Option::unwrap_or_default);
    let mut found = Vec::new();
    let mut add = |told: &Told, polarity: Polarity, tells: Tells| {
        for &(node, is_name) in &slot.reads {
            let evaluation = &told.evaluation;
            let mut via = vec![told.place.clone()];
            via.extend(evaluation.via.iter().cloned());
            found.push(FlagEvaluation {
                node,
                kind: if is_name { EvaluationKind::Name } else { EvaluationKind::Value },
                default: None,
                polarity: if evaluation.inverse { polarity.flipped() } else { polarity },
                value_members: Vec::new(),
                tells,
                via,
                span: facts.node(node).span,
                ..evaluation.clone()
            });
        }
    };
    for told in &when_true {
        let key = &told.evaluation.key;
        let opposite = when_false.iter().any(|other| other.evaluation.key == *key && other.polarity != told.polarity);
        add(told, told.polarity, if opposite { Tells::Both } else { Tells::WhenTrue });
    }
    for told in when_false.iter().filter(|told| !when_true.iter().any(|it| it.evaluation.key == told.evaluation.key)) {
        add(told, told.polarity.flipped(), Tells::WhenFalse);
    }
    found
}

/// What a value tells that is handed in at this place, which stands behind these flags.
pub(super) fn told_by(values: &FlagValues<'_>, value: NodeId, around: &[FlagOutcome], place: &Step) -> Says {
    let tell = |truth: bool| {
        if values.constant(value) == Some(!truth) {
            return None;
        }
        let mut outcomes = values.implied(value, truth);
        outcomes.extend(around.iter().copied());
        let told = outcomes.into_iter().map(|outcome| Told {
            polarity: outcome.polarity,
            evaluation: values.evaluations[outcome.evaluation].clone(),
            place: place.clone(),
        });
        Some(told.filter(|told| told.evaluation.key.is_known()).collect())
    };
    [tell(true), tell(false)]
}

/// How a use runs a function.
enum Called {
    Here(NodeId),
    /// Under another name, which hands on what it is given: `export default memo(Tax)`.
    As(NodeId),
}

fn call_at(source: &SourceFile, facts: &Facts, node: NodeId, rules: &crate::rules::RuleSet) -> Option<Called> {
    if facts.role(node) == Role::Element {
        return Some(Called::Here(node));
    }
    if !matches!(facts.role(node), Role::Identifier | Role::Member) {
        return None;
    }
    let used = facts.outer(node);
    let call = facts.node(used).parent;
    if facts.role(call) != Role::Call {
        return None;
    }
    if facts.part(call, Part::Callee) == Some(used) {
        return Some(Called::Here(call));
    }
    // `memo(withStyles(styles)(Tax))`
    let mut whole = used;
    for _ in 0..MAX_WRAPPED {
        let call = facts.node(whole).parent;
        if facts.role(call) != Role::Call || facts.part(call, Part::Argument) != Some(whole) {
            break;
        }
        let callee = facts.inner(facts.part(call, Part::Callee)?);
        let called = if facts.role(callee) == Role::Call { facts.part(callee, Part::Callee)? } else { callee };
        let (presentation, name) = (&rules.presentation, source.dotted(called)?);
        // What the state is mapped to may take the place of what is handed in.
        let adds = presentation.adds_properties(&name) && !presentation.maps_to_properties(&name);
        if !adds && !presentation.hands_on_properties(&name) {
            return None;
        }
        whole = facts.outer(call);
    }
    let parent = facts.node(whole).parent;
    match facts.role(parent) {
        _ if whole == used => None,
        Role::Binding if is_top_level(facts, parent) && facts.part(parent, Part::Value) == Some(whole) => {
            Some(Called::As(parent))
        }
        Role::Export if facts.part(parent, Part::Value) == Some(whole) => Some(Called::As(whole)),
        _ => None,
    }
}

//! Components that are made of components: `export default connect(mapState)(withStyles(styles)(Banner))`.
//!
//! What comes out shows the component inside, with more properties. Those that a function makes of the state may be flags: for
//! the component, such a property *is* the flag, as long as nothing else shows it.

use super::handed::{carried, told_by};
use super::slots::{Place, function_of, slots};
use super::*;
use crate::detect::FlagEvaluation;
use crate::detect::flags::FlagFacts;
use crate::detect::wrapper::Shape;
use crate::gating::declarations::top_level;
use crate::rules::RuleSet;

/// No more components in components are looked through.
const MAX_WRAPPED: usize = 6;

/// A component inside of others.
struct Wrapped {
    /// Its name.
    component: NodeId,
    /// The functions that make properties for it, each with its call.
    makers: Vec<(NodeId, NodeId)>,
}

impl Project<'_> {
    /// The flags without which nothing comes of a declaration whoever uses it: of `export default connect(mapState)(Banner)`, where
    /// the component shows nothing without them.
    pub(super) fn asks_for_itself(&self, target: &Target) -> Option<Vec<Gate>> {
        let file = self.files.get(&target.path)?;
        let facts = file.source.facts()?;
        let made = match facts.role(target.node) {
            Role::Binding => facts.part(target.node, Part::Value)?,
            _ => target.node,
        };
        // What is written in between runs for everybody.
        let runs = |at: NodeId| matches!(facts.role(at), Role::Function | Role::Assignment);
        if facts.role(made) != Role::Call || facts.descendants(made).any(runs) {
            return None;
        }
        wrapped(&file.source, facts, made, self.rules)?;
        let mut gates = Vec::new();
        for declared in file.declared.iter().filter(|it| it.member.is_none() && it.node == target.node) {
            let Shape::Asks(reads) = &declared.wrapper.shape else { continue };
            for read in reads {
                let Some(key) = read.fixed().filter(|key| key.is_known()) else { continue };
                let gate = Gate {
                    flag: key.name().to_owned(),
                    path: target.path.clone(),
                    line: declared.wrapper.line,
                    polarity: read.polarity,
                    kind: GateKind::EarlyExit,
                    via: read.via.clone(),
                };
                push_new(&mut gates, gate);
            }
        }
        (!gates.is_empty()).then_some(gates)
    }
}

/// What an expression makes a component of, where every function on the way only shows it.
fn wrapped(source: &SourceFile, facts: &Facts, value: NodeId, rules: &RuleSet) -> Option<Wrapped> {
    let presentation = &rules.presentation;
    let mut makers = Vec::new();
    let mut at = facts.inner(value);
    for _ in 0..MAX_WRAPPED {
        match facts.role(at) {
            Role::Identifier if at != facts.inner(value) => return Some(Wrapped { component: at, makers }),
            Role::Call => {
                let callee = facts.inner(facts.part(at, Part::Callee)?);
                // `withStyles(styles)(Banner)`, or `memo(Banner)`.
                let (called, is_made) = match facts.role(callee) {
                    Role::Call => (facts.part(callee, Part::Callee)?, true),
                    _ => (callee, false),
                };
                let name = source.dotted(called)?;
                let maps = presentation.maps_to_properties(&name);
                if !(presentation.hands_on_properties(&name) || presentation.adds_properties(&name)) || maps && !is_made
                {
                    return None;
                }
                if maps {
                    let mut arguments = facts.parts(callee, Part::Argument);
                    makers.extend(arguments.next().map(|maker| (maker, callee)));
                    // A third function may mix properties as it likes.
                    if arguments.nth(1).is_some() {
                        return None;
                    }
                }
                at = facts.inner(facts.part(at, Part::Argument)?);
            }
            _ => return None,
        }
    }
    None
}

/// The default export around a place that does no more than to make a component of another one.
pub(crate) fn export_around(source: &SourceFile, facts: &Facts, node: NodeId, rules: &RuleSet) -> Option<NodeId> {
    let is_exported = |at: &NodeId| {
        let parent = facts.node(*at).parent;
        facts.role(parent) == Role::Export && facts.part(parent, Part::Value) == Some(*at)
    };
    let export = std::iter::once(node).chain(facts.ancestors(node)).find(is_exported)?;
    wrapped(source, facts, export, rules).map(|_| export)
}

/// The expressions at the top of a file that make a component of another one.
fn made_at_top<'f>(
    source: &'f SourceFile,
    facts: &'f Facts,
    rules: &'f RuleSet,
) -> impl Iterator<Item = (NodeId, Wrapped)> + 'f {
    let calls = facts.with_role(Role::Call).filter(|&call| {
        let parent = facts.node(call).parent;
        let is_value = facts.part(parent, Part::Value) == Some(call);
        is_value
            && (facts.role(parent) == Role::Export
                || facts.role(parent) == Role::Binding && is_top_level(facts, parent))
    });
    calls.filter_map(|call| Some((call, wrapped(source, facts, call, rules)?)))
}

/// The flags that components of a file get as properties which a function of the file makes of the state.
pub(in crate::project) fn connected(source: &SourceFile, flags: &FlagFacts, rules: &RuleSet) -> Vec<FlagEvaluation> {
    let mut found = Vec::new();
    if flags.evaluations.is_empty() {
        return found;
    }
    let Some(values) = FlagValues::new(source, flags) else { return found };
    let facts = values.facts;
    for (whole, made) in made_at_top(source, facts, rules) {
        let name = source.text_of(made.component);
        let Some(declaration) = top_level(facts).find(|&at| name_of(source, facts, at) == Some(name)) else { continue };
        if made.makers.is_empty() || !is_shown_only_by(source, facts, name, whole) {
            continue;
        }
        let Some(function) = function_of(source, facts, declaration, rules) else { continue };
        let slots = slots(source, facts, function);
        for (maker, call) in made.makers {
            let Some(object) = made_by(source, facts, maker) else { continue };
            let line = source.lines.line(facts.node(call).span.start);
            let place = step_at(name, &source.path, line);
            for slot in &slots {
                let Place::Member { at: 0, name } = &slot.place else { continue };
                let Some(value) = property(source, facts, object, name) else { continue };
                found.extend(carried(facts, slot, told_by(&values, value, &[], &place)));
            }
        }
    }
    found
}

/// Whether a component is mentioned nowhere but in what is made of it here, and where it is given members.
fn is_shown_only_by(source: &SourceFile, facts: &Facts, name: &str, whole: NodeId) -> bool {
    let is_inside = |at: NodeId| whole <= at && at <= facts.node(whole).last;
    facts.ids().all(|at| match facts.role(at) {
        Role::Identifier if source.text_of(at) == name && !is_inside(at) => {
            let parent = facts.node(at).parent;
            let is_declared = matches!(facts.role(parent), Role::Function | Role::Binding)
                && facts.part(parent, Part::Name) == Some(at)
                && facts.ancestors(at).all(|up| facts.role(up) != Role::Export);
            // `Banner.propTypes = ..`
            let assignment = facts.node(parent).parent;
            let is_given = facts.role(parent) == Role::Member
                && facts.part(parent, Part::Object) == Some(at)
                && facts.part(assignment, Part::Target) == Some(parent);
            is_declared || is_given
        }
        Role::Element => facts.part(at, Part::Name).is_none_or(|shown| source.text_of(shown) != name),
        Role::Export => facts.parts(at, Part::Value).all(|value| source.name_of(value) != Some(name)),
        _ => true,
    })
}

/// The object that a function returns, where it is always the same one.
fn made_by(source: &SourceFile, facts: &Facts, maker: NodeId) -> Option<NodeId> {
    let mut function = facts.inner(maker);
    if facts.role(function) == Role::Identifier {
        let name = source.text_of(function);
        let mut declared = top_level(facts).filter(|&at| name_of(source, facts, at) == Some(name));
        let only = declared.next().filter(|_| declared.all(|at| facts.role(at) == Role::Function))?;
        function = match facts.role(only) {
            Role::Binding => facts.inner(facts.part(only, Part::Value)?),
            _ => only,
        };
    }
    let body = facts.part(function, Part::Body).filter(|_| facts.role(function) == Role::Function)?;
    let result = match facts.role(body) {
        Role::Block => {
            let own = |&at: &NodeId| facts.enclosing(facts.node(at).parent, Role::Function).next() == Some(function);
            let mut exits = facts.descendants(body).filter(|&at| facts.role(at) == Role::Exit).filter(own);
            exits.next().filter(|_| exits.next().is_none()).and_then(|exit| facts.part(exit, Part::Value))?
        }
        _ => body,
    };
    let object = facts.inner(result);
    (facts.role(object) == Role::Object && !source.text_of(object).contains("...")).then_some(object)
}

/// The value that an object gives a name, where it gives it one.
fn property(source: &SourceFile, facts: &Facts, object: NodeId, name: &str) -> Option<NodeId> {
    let is_it = |pair: &NodeId| {
        facts.part(*pair, Part::Key).map(|key| source.text_of(key).trim_matches(['"', '\''])) == Some(name)
    };
    let mut pairs = facts.children(object).filter(|&at| facts.role(at) == Role::Pair).filter(is_it);
    pairs.next().filter(|_| pairs.next().is_none()).and_then(|pair| facts.part(pair, Part::Value))
}

/// What a file declares, and what it makes of components that are among it.
pub(in crate::project) fn with_made(
    source: &SourceFile,
    mut declared: Vec<crate::gating::wrappers::Declared>,
    rules: &RuleSet,
) -> Vec<crate::gating::wrappers::Declared> {
    let Some(facts) = source.facts().filter(|_| !declared.is_empty()) else { return declared };
    let mut more = Vec::new();
    for (call, made) in made_at_top(source, facts, rules) {
        let name = source.text_of(made.component);
        let of_component = declared.iter().filter(|it| it.member.is_none() && it.wrapper.name == name);
        more.extend(of_component.filter(|it| it.wrapper.is_shown()).map(|it| {
            let parent = facts.node(call).parent;
            let node = if facts.role(parent) == Role::Binding { parent } else { call };
            crate::gating::wrappers::Declared { node, ..it.clone() }
        }));
    }
    declared.extend(more);
    declared
}

//! The parameters of a function that a call hands values to, and what a call hands to each.

use super::*;
use crate::location::Span;
use crate::rules::RuleSet;

/// Functions with more nodes are not looked through.
const MAX_FUNCTION: u32 = 8_000;

/// Of one function, no more parameters and members of them are followed.
const MAX_SLOTS: usize = 60;

/// Where a call hands something in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// By its position, or by its name.
    Argument { at: usize, name: String },
    /// As a member of the object at this position; of an element, as an attribute.
    Member { at: usize, name: String },
}

/// A parameter, or a member of one, that a call hands in.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) place: Place,
    /// What stands for it inside of the function, and whether that declares a name.
    pub(super) reads: Vec<(NodeId, bool)>,
}

/// What a call hands in at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    Value(NodeId),
    Nothing,
    Unknown,
}

/// The function that a declaration is, or holds: `const Tax = memo((props) => ..)`.
pub(super) fn function_of(source: &SourceFile, facts: &Facts, declaration: NodeId, rules: &RuleSet) -> Option<NodeId> {
    let function = match facts.role(declaration) {
        Role::Function => declaration,
        Role::Binding => {
            let value = facts.inner(facts.part(declaration, Part::Value)?);
            match facts.role(value) {
                Role::Function => value,
                Role::Call => {
                    let callee = facts.part(value, Part::Callee).and_then(|callee| source.dotted(callee))?;
                    let first = facts.part(value, Part::Argument).map(|first| facts.inner(first))?;
                    let is_one = facts.role(first) == Role::Function;
                    (is_one && rules.presentation.hands_on_properties(&callee)).then_some(first)?
                }
                _ => return None,
            }
        }
        _ => return None,
    };
    (facts.node(function).last.0 - function.0 <= MAX_FUNCTION).then_some(function)
}

/// What calls of the function hand in.
pub(super) fn slots(source: &SourceFile, facts: &Facts, function: NodeId) -> Vec<Slot> {
    let mut found: Vec<Slot> = Vec::new();
    let is_script = Family::of(source.path.as_str()) == Some(Family::Script);
    let is_own = |at: &NodeId| matches!(source.name_of(*at), Some("self" | "cls"));
    let parameters: Vec<NodeId> = facts.parts(function, Part::Parameter).collect();
    let skip = usize::from(parameters.first().is_some_and(is_own));
    for (at, &parameter) in parameters.iter().skip(skip).enumerate() {
        // `...rest` and `*rest` take any number.
        if source.text_of(parameter).starts_with(['.', '*']) {
            break;
        }
        match source.name_of(parameter).filter(|_| facts.role(parameter) == Role::Parameter) {
            Some(name) => {
                let name = name.to_owned();
                if is_false_at_most(facts, facts.part(parameter, Part::Default)) {
                    let place = Place::Argument { at, name: name.clone() };
                    found.push(Slot { place, reads: vec![(parameter, true)] });
                }
                if is_script && facts.part(parameter, Part::Default).is_none() {
                    members(source, facts, function, (parameter, &name, at), &mut found);
                }
            }
            None if is_script && facts.part(parameter, Part::Default).is_none() => {
                let names = facts.descendants(parameter).chain(std::iter::once(parameter));
                for taken in names.filter(|&id| facts.role(id) == Role::Destructured) {
                    let is_nested = facts
                        .ancestors(taken)
                        .take_while(|&up| up != function)
                        .any(|up| up != parameter && facts.role(up) == Role::Destructured);
                    if let (false, Some(slot)) = (is_nested, destructured(source, facts, taken, at)) {
                        found.push(slot);
                    }
                }
            }
            None => {}
        }
        if found.len() > MAX_SLOTS {
            break;
        }
    }
    found.truncate(MAX_SLOTS);
    found
}

/// `{ isNew }`, `{ isNew: on }`.
fn destructured(source: &SourceFile, facts: &Facts, taken: NodeId, at: usize) -> Option<Slot> {
    let key = facts.part(taken, Part::Key)?;
    facts.part(taken, Part::Name)?;
    let name = source.text_of(key).trim_matches(['"', '\'']).to_owned();
    is_false_at_most(facts, facts.part(taken, Part::Default))
        .then(|| Slot { place: Place::Member { at, name }, reads: vec![(taken, true)] })
}

/// `props.isNew`, `const { isNew } = props`.
fn members(
    source: &SourceFile,
    facts: &Facts,
    function: NodeId,
    (parameter, name, at): (NodeId, &str, usize),
    found: &mut Vec<Slot>,
) {
    let inside = || facts.descendants(function);
    // Something else is called so, or it is given something else.
    let is_other = |id: NodeId| match facts.role(id) {
        Role::Parameter | Role::Binding | Role::Destructured => id != parameter && source.name_of(id) == Some(name),
        Role::Assignment => facts.part(id, Part::Target).is_some_and(|target| {
            let text = source.text_of(target);
            text == name || text.strip_prefix(name).is_some_and(|rest| rest.starts_with(['.', '[']))
        }),
        _ => false,
    };
    if inside().any(is_other) {
        return;
    }
    let mut by_name: BTreeMap<String, Vec<(NodeId, bool)>> = BTreeMap::new();
    let is_it = |id: NodeId| facts.role(id) == Role::Identifier && source.text_of(id) == name;
    for id in inside() {
        match facts.role(id) {
            Role::Member if facts.part(id, Part::Object).is_some_and(is_it) => {
                let Some(property) = facts.part(id, Part::Property) else { continue };
                by_name.entry(source.text_of(property).to_owned()).or_default().push((id, false));
            }
            Role::Destructuring if facts.part(id, Part::Value).is_some_and(is_it) => {
                for taken in facts.children(id).filter(|&at| facts.role(at) == Role::Destructured) {
                    if let Some(Slot { place: Place::Member { name, .. }, reads }) =
                        destructured(source, facts, taken, at)
                    {
                        by_name.entry(name).or_default().extend(reads);
                    }
                }
            }
            _ => {}
        }
    }
    found.extend(by_name.into_iter().map(|(name, reads)| Slot { place: Place::Member { at, name }, reads }));
}

/// Whether a default, if there is one, is never true.
fn is_false_at_most(facts: &Facts, default: Option<NodeId>) -> bool {
    default.is_none_or(|default| matches!(facts.role(facts.inner(default)), Role::False | Role::Null))
}

/// What a call, or an element, hands in at a place.
pub(super) fn given(source: &SourceFile, facts: &Facts, call: NodeId, place: &Place) -> Given {
    let is_spread = |at: NodeId| source.text_of(at).starts_with(['.', '*', '{']) && facts.role(at) == Role::Other;
    if facts.role(call) == Role::Element {
        let Place::Member { at: 0, name } = place else { return Given::Unknown };
        let mut told = Given::Nothing;
        for attribute in facts.parts(call, Part::Attribute) {
            match facts.part(attribute, Part::Name) {
                // Spread attributes may be anything.
                None => told = Given::Unknown,
                Some(own) if source.text_of(own) == name => {
                    told = facts.part(attribute, Part::Value).map_or(Given::Unknown, Given::Value);
                }
                Some(_) => {}
            }
        }
        return told;
    }
    let arguments: Vec<NodeId> = facts.parts(call, Part::Argument).collect();
    let spreads = |at: &NodeId| {
        let text = source.text_of(*at);
        is_spread(*at) || text.starts_with("...") || text.starts_with('*')
    };
    let positional = |at: usize| {
        let mut plain = arguments.iter().filter(|&&argument| facts.role(argument) != Role::Keyword);
        let before = plain.clone().take(at + 1).any(spreads);
        if before { None } else { Some(plain.nth(at).copied()) }
    };
    match place {
        Place::Argument { at, name } => {
            let named =
                arguments.iter().find(|&&it| facts.role(it) == Role::Keyword && source.name_of(it) == Some(name));
            if let Some(value) = named.and_then(|&keyword| facts.part(keyword, Part::Value)) {
                return Given::Value(value);
            }
            match positional(*at) {
                Some(Some(value)) => Given::Value(value),
                Some(None) if !arguments.iter().any(spreads) => Given::Nothing,
                _ => Given::Unknown,
            }
        }
        Place::Member { at, name } => {
            let Some(Some(object)) = positional(*at).map(|it| it.map(|it| facts.inner(it))) else {
                return Given::Unknown;
            };
            if facts.role(object) != Role::Object || source.text_of(object).contains("...") {
                return Given::Unknown;
            }
            let pairs = facts.children(object).filter(|&pair| facts.role(pair) == Role::Pair);
            let is_named = |pair: &NodeId| {
                let key = facts.part(*pair, Part::Key).map(|key| source.text_of(key).trim_matches(['"', '\'']));
                key == Some(name)
            };
            let mut named = pairs.filter(is_named);
            match (named.next(), named.next()) {
                (Some(pair), None) => facts.part(pair, Part::Value).map_or(Given::Unknown, Given::Value),
                // A computed key may be any; a method is no value.
                (None, _) if !source.text_of(object).contains(['[', '(']) => Given::Nothing,
                _ => Given::Unknown,
            }
        }
    }
}

/// Whether an expression mentions a parameter of the function, or a local name that is made of one.
pub(super) fn is_mentioned(source: &SourceFile, facts: &Facts, function: NodeId, value: NodeId, own: &[Slot]) -> bool {
    if own.is_empty() {
        return false;
    }
    let names = made_of_parameters(source, facts, function);
    mentions(source, facts, value, &names)
}

/// The stretches of a function that conditions on its parameters decide about.
pub(super) fn decided_by_parameters(source: &SourceFile, facts: &Facts, function: NodeId) -> Vec<Span> {
    let names = made_of_parameters(source, facts, function);
    let mut found = Vec::new();
    if names.is_empty() {
        return found;
    }
    for id in facts.descendants(function) {
        let part = |part| facts.part(id, part);
        match facts.role(id) {
            Role::Guard => {
                let Some(condition) = part(Part::Condition).filter(|&at| mentions(source, facts, at, &names)) else {
                    continue;
                };
                let whole = facts.node(id).span;
                found.push(Span { start: facts.node(condition).span.end, end: whole.end });
                found.extend(part(Part::Consequence).map(|at| facts.node(at).span));
                let leaves = std::iter::once(id).chain(facts.descendants(id)).any(|at| facts.role(at) == Role::Exit);
                if leaves && facts.role(facts.node(id).parent) == Role::Block {
                    found.push(Span { start: whole.end, end: facts.node(facts.node(id).parent).span.end });
                }
            }
            Role::And | Role::Or => {
                let (Some(left), Some(right)) = (part(Part::Left), part(Part::Right)) else { continue };
                if mentions(source, facts, left, &names) {
                    found.push(facts.node(right).span);
                }
            }
            _ => {}
        }
    }
    found
}

/// The names of the parameters, and of what is made of them.
fn made_of_parameters<'a>(source: &'a SourceFile, facts: &Facts, function: NodeId) -> BTreeSet<&'a str> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for parameter in facts.parts(function, Part::Parameter) {
        let inside = std::iter::once(parameter).chain(facts.descendants(parameter));
        names.extend(inside.filter_map(|at| source.name_of(at)));
    }
    names.remove("self");
    for id in facts.descendants(function) {
        if !matches!(facts.role(id), Role::Binding | Role::Destructuring) {
            continue;
        }
        let Some(value) = facts.part(id, Part::Value) else { continue };
        if facts.role(value) != Role::Function && mentions(source, facts, value, &names) {
            names.extend(source.name_of(id));
            let taken = facts.children(id).filter(|&at| facts.role(at) == Role::Destructured);
            names.extend(taken.filter_map(|at| source.name_of(at)));
        }
    }
    names
}

fn mentions(source: &SourceFile, facts: &Facts, value: NodeId, names: &BTreeSet<&str>) -> bool {
    let mut inside = std::iter::once(value).chain(facts.descendants(value));
    inside.any(|at| matches!(facts.role(at), Role::Identifier | Role::Pair) && names.contains(source.text_of(at)))
}

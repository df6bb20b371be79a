//! What one place is to flags: gated, on the control path, part of reading the flag, or in the open.
//!
//! Regions are judged by what their tokens are ([`super::judge`]); here is what a single syntax node is.

use super::GatedDeclarations;
use super::asking;
use super::condition::FlagValues;
use super::declarations::decorated;
use super::decorators;
use super::dominance::{self, GateAt};
use super::dropped;
use super::filled;
use super::idle;
use crate::detect::EvaluationKind;
use crate::index::modules::Family;
use crate::report::{Gate, GateKind};
use crate::rules::words::split_words;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::Polarity;

/// What one place is to flags.
#[derive(Debug, Clone)]
pub(crate) enum Standing {
    Gated(Vec<GateAt>),
    /// Inside a declaration that is used only behind these gates.
    Reached(Vec<Gate>),
    Control(Vec<GateAt>),
    /// A constant that the other side of this condition comes out as: part of the gate where that is new.
    Otherwise(Vec<GateAt>, NodeId),
    Plumbing,
    /// A name that starts out empty.
    Nothing,
    Ungated,
    /// The header of code that is new if this node is.
    Header(NodeId),
}

/// Says what a place is to flags; `reached` are the declarations that run only behind a flag.
pub(crate) fn standing(values: &FlagValues<'_>, reached: &GatedDeclarations, node: NodeId) -> Standing {
    if !values.evaluations.is_empty() {
        if is_plumbing(values, node) {
            return Standing::Plumbing;
        }
        // The keyword of a class stands where its name does.
        let named = values.facts.part(node, Part::Name).filter(|_| values.facts.role(node) == Role::Class);
        let gates = dominance::gates(values, named.unwrap_or(node));
        if dominance::is_on(&gates) {
            return Standing::Gated(gates);
        }
        let named = names_decided(values, node);
        if dominance::is_on(&named) {
            return Standing::Gated(named);
        }
        let shown = dominance::shown_by(values, node);
        if dominance::is_on(&shown) {
            return Standing::Gated(shown);
        }
        if !gates.is_empty() && (is_nothing(values, node) || refusal(values, node).is_some()) {
            // `if (!on) return null;`, `on ? <New /> : null`, `if (!on) return notFound();`: the gate itself.
            return match constant_branch(values, node) {
                Some(condition) => Standing::Otherwise(gates, condition),
                None => Standing::Plumbing,
            };
        }
        if !gates.is_empty() {
            return Standing::Control(gates);
        }
        let dropped = dropped::gates(values, node);
        if !dropped.is_empty() {
            return Standing::Gated(dropped);
        }
        if let Some(name) = leaves_before_flag(values, node) {
            return Standing::Header(name);
        }
        if asking::holds_what_needs_a_flag(values, node) || values.is_setting_states(node) {
            return Standing::Plumbing;
        }
        match idle::gates_of_uses(values, node) {
            Some(gates) if gates.is_empty() => return Standing::Plumbing,
            Some(gates) => return Standing::Gated(gates),
            None => {}
        }
    }
    if starts_empty(values.facts, node) || is_bare_field(values, node) || is_bare_header(values, node) {
        return Standing::Nothing;
    }
    let around = || std::iter::once(node).chain(values.facts.ancestors(node));
    let found = around().find_map(|at| reached.get(&at));
    match found.or_else(|| reached.get(&decorated(values.facts, node)?)) {
        // Nobody calls it: it does nothing.
        Some(gates) if gates.is_empty() => Standing::Nothing,
        Some(gates) => Standing::Reached(gates.clone()),
        None if is_parameter(values.facts, node) => Standing::Nothing,
        // A decorator that does no more than to ask is as new as its name.
        None if let Some(name) = asking_decorator(values, node) => Standing::Header(name),
        None => header(values.facts, node).map_or(Standing::Ungated, Standing::Header),
    }
}

/// The name of the function, where this place only leaves it before what needs a flag: `if isGuest || !on { return }`. That is as
/// new as the function.
fn leaves_before_flag(values: &FlagValues<'_>, node: NodeId) -> Option<NodeId> {
    let facts = values.facts;
    if !is_nothing(values, node) && refusal(values, node).is_none() {
        return None;
    }
    let mut child = node;
    let guard = facts.ancestors(node).take(6).find(|&at| {
        let is_branch = facts.role(at) == Role::Guard && facts.part_of(at, child) == Some(Part::Consequence);
        child = at;
        is_branch
    })?;
    let condition = facts.part(guard, Part::Condition)?;
    let is_on = values.implied(condition, false).iter().any(|outcome| outcome.polarity == Polarity::On);
    let function = facts.enclosing(guard, Role::Function).next()?;
    facts.part(function, Part::Name).filter(|_| is_on)
}

/// The name of the decorator around a place that does nothing without a flag but to call what it stands on, if that.
fn asking_decorator(values: &FlagValues<'_>, node: NodeId) -> Option<NodeId> {
    let decorator = decorators::around(values, node).filter(|_| !values.evaluations.is_empty())?;
    values.facts.part(decorator, Part::Name)
}

/// The whole answer of a function that a place is in: `return isEnabled("x")`.
pub(super) fn answering(facts: &Facts, node: NodeId) -> Option<NodeId> {
    let mut child = node;
    for at in facts.ancestors(node) {
        match facts.role(at) {
            Role::Exit => return facts.part(at, Part::Value).filter(|&value| value == child).map(|at| facts.inner(at)),
            Role::Function => {
                return facts.part(at, Part::Body).filter(|&body| body == child).map(|at| facts.inner(at));
            }
            Role::Block | Role::Class | Role::Module => return None,
            _ => child = at,
        }
    }
    None
}

/// The gate (flag ON) that a function answers with, where a flag is all of the answer.
pub(super) fn answered(values: &FlagValues<'_>, node: NodeId) -> Option<GateAt> {
    let at = answering(values.facts, node)?;
    let evaluation = values.carried(at)?;
    let outcome = values.implied(at, true).into_iter().find(|it| it.evaluation == evaluation)?;
    (outcome.polarity == Polarity::On).then_some(GateAt { outcome, kind: GateKind::ShortCircuit, at })
}

/// The gates of what a name is given, where that does nothing unless something says so: `const { data } = useQuery({ .., enabled: on })`.
fn names_decided(values: &FlagValues<'_>, node: NodeId) -> Vec<GateAt> {
    let facts = values.facts;
    let mut around = std::iter::once(node).chain(facts.ancestors(node)).take(4);
    let given = around.find(|&at| matches!(facts.role(at), Role::Binding | Role::Destructuring));
    let value = given.and_then(|given| facts.part(given, Part::Value)).map(|value| facts.inner(value));
    // `{ data = load() }`: what is there in place of nothing is there without the flag.
    let mut up = std::iter::once(node).chain(facts.ancestors(node)).take(4);
    if up.any(|at| facts.part_of(facts.node(at).parent, at) == Some(Part::Default)) {
        return Vec::new();
    }
    let is_name = |value: &NodeId| node < *value || facts.node(*value).last < node;
    value.filter(is_name).map(|value| dominance::decided(values, value)).unwrap_or_default()
}

/// True when the node is part of reading a flag, of carrying its value, or of branching on it.
fn is_plumbing(values: &FlagValues<'_>, node: NodeId) -> bool {
    let facts = values.facts;
    let decides =
        |condition: NodeId| !values.implied(condition, true).is_empty() || !values.implied(condition, false).is_empty();
    let part_decides = |at: NodeId, part: Part| facts.part(at, part).is_some_and(decides);
    // A mark of the branching construct itself: `if`, `else`, `&&`, `?`, the braces and the `return` around it.
    let mut outer = node;
    for _ in 0..4 {
        let own = match facts.role(outer) {
            Role::Guard => part_decides(outer, Part::Condition),
            Role::And | Role::Or | Role::Coalesce => part_decides(outer, Part::Left),
            Role::Switch => facts.part(outer, Part::Value).is_some_and(|value| values.carried(value).is_some()),
            Role::Block => {
                outer = facts.node(outer).parent;
                continue;
            }
            Role::Exit | Role::Transparent => {
                match facts.part(outer, Part::Value).or_else(|| facts.part(outer, Part::Operand)) {
                    Some(value) if matches!(facts.role(value), Role::Guard | Role::And | Role::Transparent) => {
                        outer = value;
                        continue;
                    }
                    Some(value) => decides(value),
                    None => false,
                }
            }
            _ => false,
        };
        if own {
            return true;
        }
        break;
    }
    let mut child = node;
    let mut is_operand = false;
    for at in std::iter::once(node).chain(facts.ancestors(node)) {
        // `charge() && on`: what does something on the way to the flag is no part of reading it.
        if matches!(facts.role(at), Role::And | Role::Or) && child != at && !is_operand {
            is_operand = true;
            if !decides(child) && acts(values, child) {
                return false;
            }
        }
        // `x = on ? charge() : null`: what a branch does is no part of reading it either.
        if facts.role(at) == Role::Guard
            && child != at
            && matches!(facts.part_of(at, child), Some(Part::Consequence | Part::Alternative))
            && is_expression(facts, at)
            && !decides(child)
            && acts(values, child)
        {
            return false;
        }
        if let Some(index) = values.evaluation_at(at) {
            match values.evaluations[index].kind {
                EvaluationKind::Value
                | EvaluationKind::Name
                | EvaluationKind::Decorator { .. }
                | EvaluationKind::Passing => {
                    return true;
                }
                EvaluationKind::Component => {
                    if at == child || matches!(facts.part_of(at, child), Some(Part::Attribute | Part::Name)) {
                        return true;
                    }
                }
                EvaluationKind::Asking => {}
                EvaluationKind::Callback(ref functions) => {
                    if !functions.contains(&child) {
                        return true;
                    }
                }
            }
        }
        match facts.role(at) {
            // `<When truthy={isOn}>`
            Role::Element
                if (at == child || facts.part_of(at, child) == Some(Part::Name))
                    && !dominance::decided(values, at).is_empty() =>
            {
                return true;
            }
            Role::Identifier if decides(at) => return true,
            Role::Guard if facts.part_of(at, child) == Some(Part::Condition) && decides(child) => return true,
            Role::Binding | Role::Destructuring | Role::Attribute | Role::Pair | Role::Keyword | Role::Assignment => {
                let value = facts.part(at, Part::Value);
                let names = |value: NodeId| child != value && !filled::filled(values, value).is_empty();
                let carries = |value: NodeId| decides(value) || values.evaluation_at(value).is_some();
                if value.is_some_and(|value| carries(value) || names(value) || values.keeps_flag(value)) {
                    return true;
                }
                if facts.role(at) == Role::Destructuring && values.is_flag_state(at) {
                    return true;
                }
            }
            Role::Destructured if facts.children(at).any(|inner| values.evaluation_at(inner).is_some()) => return true,
            // `const [isOn, setOn] = useState(false); useEffect(() => { isEnabled("x").then(setOn); }, []);`
            Role::Destructured if values.is_flag_state(facts.node(at).parent) => return true,
            // `const [skills] = await Promise.all([on ? load() : null])`
            Role::Destructured if values.taken(at).is_some_and(decides) => return true,
            // `isOpen(shop) => isPaid(shop) && on`: the answer needs the flag.
            Role::Exit if facts.part(at, Part::Value) == Some(child) => return narrows(values, child, node),
            Role::Function if facts.part(at, Part::Body) == Some(child) && narrows(values, child, node) => return true,
            Role::Call if facts.role(facts.node(at).parent) == Role::Destructuring => {
                // `const { newTax } = useFlags()`: the hook is read for the names that are taken out of it.
                let taken =
                    facts.descendants(facts.node(at).parent).filter(|&name| facts.role(name) == Role::Destructured);
                let mut taken = taken.peekable();
                let is_flag = |name: NodeId| {
                    std::iter::once(name)
                        .chain(facts.descendants(name))
                        .any(|inner| values.evaluation_at(inner).is_some())
                };
                if taken.peek().is_some() && taken.all(is_flag) {
                    return true;
                }
            }
            // `flags.find((flag) => flag.id === "new-tax")?.enabled`
            Role::Function if picks(values, at) => return true,
            Role::Block | Role::Function | Role::Class | Role::Module => return false,
            _ => {}
        }
        child = at;
    }
    false
}

/// Whether a result is true only with a flag on, and what stands at this place in it only finds out something more.
fn narrows(values: &FlagValues<'_>, result: NodeId, node: NodeId) -> bool {
    let facts = values.facts;
    only_tells(values.file, facts, result)
        && values.needs_on(result, true)
        && !dominance::is_on(&dominance::gates(values, node))
}

/// Whether a function is what a flag is found by in a list of them.
fn picks(values: &FlagValues<'_>, function: NodeId) -> bool {
    let facts = values.facts;
    let call = facts.node(function).parent;
    let method = facts.part(call, Part::Callee).and_then(|callee| facts.part(callee, Part::Property));
    let is_flag = |at: NodeId| {
        let found = values.evaluation_at(at).map(|index| &values.evaluations[index].kind);
        matches!(found, Some(EvaluationKind::Value))
    };
    facts.role(call) == Role::Call
        && method.is_some_and(|method| matches!(values.file.text_of(method), "find" | "some"))
        && (is_flag(call) || is_flag(facts.node(facts.outer(call)).parent))
}

/// A ternary starts with its condition or its value, an `if` with a keyword.
fn is_expression(facts: &Facts, guard: NodeId) -> bool {
    let first = facts.children(guard).next();
    first.is_some_and(|first| facts.node(first).span.start == facts.node(guard).span.start)
}

/// The first words of calls that do something; others may only tell something.
const ACTS: [&str; 40] = [
    "apply", "approve", "call", "cancel", "capture", "charge", "commit", "confirm", "consume", "create", "debit",
    "delete", "deliver", "dispatch", "emit", "enqueue", "execute", "insert", "invoke", "issue", "notify", "pay",
    "persist", "post", "publish", "purchase", "push", "put", "record", "refund", "register", "remove", "run", "save",
    "send", "store", "submit", "transfer", "update", "write",
];

/// What has more nodes is taken to do something.
const MAX_OPERAND: u32 = 1_000;

/// True for an expression with a call that does something, by the name of what is called.
fn acts(values: &FlagValues<'_>, expression: NodeId) -> bool {
    let (file, facts) = (values.file, values.facts);
    if facts.node(expression).last.0 - expression.0 > MAX_OPERAND {
        return true;
    }
    let mut inside = std::iter::once(expression).chain(facts.descendants(expression));
    inside.any(|at| facts.role(at) == Role::Call && does_something(file, at))
}

/// True for a call that does something, by the name of what is called.
pub(crate) fn does_something(file: &SourceFile, call: NodeId) -> bool {
    file.callee_name(call).is_some_and(|name| {
        // What begins with a capital is made.
        let is_made = name.starts_with(char::is_uppercase);
        !is_made && split_words(name).first().is_some_and(|word| ACTS.contains(&word.as_ref()))
    })
}

/// True for an expression of values that are written or looked up: `toBoolean(process.env.NEW_TAX ?? "false")`.
pub(crate) fn only_tells(file: &SourceFile, facts: &Facts, expression: NodeId) -> bool {
    let mut inside = std::iter::once(expression).chain(facts.descendants(expression));
    facts.node(expression).last.0 - expression.0 <= MAX_NOTHING
        && inside.all(|at| match facts.role(at) {
            Role::Function | Role::Class | Role::Element | Role::Assignment => false,
            Role::Call => !does_something(file, at),
            _ => true,
        })
}

/// A table of more nodes is something, even where it holds only constants.
const MAX_NOTHING: u32 = 500;

/// True when the node is all of a branch, or of an exit, that yields nothing: `return;`, `return null`, `: null`, `continue`.
fn is_nothing(values: &FlagValues<'_>, node: NodeId) -> bool {
    let facts = values.facts;
    let mut at = node;
    for _ in 0..6 {
        if facts.node(at).last.0 - at.0 > MAX_NOTHING || !holds_nothing(facts, at) {
            return false;
        }
        let parent = facts.node(at).parent;
        if facts.role(at) == Role::Exit
            || facts.role(parent) == Role::Guard && facts.part_of(parent, at) != Some(Part::Condition)
        {
            return true;
        }
        at = parent;
    }
    false
}

/// Words for what a new way takes the place of.
const FORMER: [&str; 6] = ["legacy", "old", "former", "previous", "deprecated", "classic"];

/// More nodes are more than a call with what is at hand.
const MAX_DELEGATION: u32 = 60;

/// True where a branch does no more than hand on to what was there before, by its name: `: <LegacyForm {...props} />`.
pub(super) fn hands_to_former(values: &FlagValues<'_>, node: NodeId) -> bool {
    let facts = values.facts;
    let mut branch = node;
    for at in facts.ancestors(node).take(8) {
        let is_branch = match facts.role(at) {
            Role::Guard => facts.part_of(at, branch) != Some(Part::Condition),
            Role::And | Role::Or => facts.part_of(at, branch) == Some(Part::Right),
            _ => false,
        };
        if is_branch {
            break;
        }
        branch = at;
    }
    let inside = || std::iter::once(branch).chain(facts.descendants(branch));
    let named = inside().find_map(|at| match facts.role(at) {
        Role::Element => facts.part(at, Part::Name),
        Role::Call => facts.part(at, Part::Callee),
        _ => None,
    });
    let is_former = named.is_some_and(|name| {
        let words = split_words(values.file.text_of(name));
        words.iter().any(|word| FORMER.contains(&word.as_ref()))
    });
    let does_more = |at: NodeId| {
        matches!(
            facts.role(at),
            Role::String | Role::Template | Role::Number | Role::Function | Role::Object | Role::Loop
        )
    };
    let runs = inside().filter(|&at| matches!(facts.role(at), Role::Call | Role::Element)).count();
    is_former && runs == 1 && facts.node(branch).last.0 - branch.0 < MAX_DELEGATION && !inside().any(does_more)
}

/// Longer branches do more than refuse.
const MAX_REFUSAL: usize = 400;

/// The guard whose short branch around this place only refuses: it answers 404, throws an error, or adds one to a list of them.
pub(super) fn refusal(values: &FlagValues<'_>, node: NodeId) -> Option<NodeId> {
    let facts = values.facts;
    let mut child = node;
    for at in facts.ancestors(node).take(12) {
        match facts.role(at) {
            Role::Guard if facts.part_of(at, child) != Some(Part::Condition) => {
                return only_refuses(values, child).then_some(at);
            }
            Role::Function | Role::Class | Role::Guard | Role::Loop => return None,
            _ => child = at,
        }
    }
    None
}

/// Whether a branch does nothing but refuse.
pub(super) fn only_refuses(values: &FlagValues<'_>, branch: NodeId) -> bool {
    let (facts, file) = (values.facts, values.file);
    if facts.node(branch).span.len() >= MAX_REFUSAL {
        return false;
    }
    let statements: Vec<NodeId> = match facts.role(branch) {
        Role::Block => facts.children(branch).filter(|&at| facts.role(at) != Role::Comment).collect(),
        _ => vec![branch],
    };
    let calls =
        |at: NodeId| std::iter::once(at).chain(facts.descendants(at)).filter(|&at| facts.role(at) == Role::Call);
    // What is called, what is handed to it and how the name begins.
    let receiver = |at: NodeId| {
        let text = file.text_of(at).trim_start_matches("return").trim_start_matches("await").trim_start();
        text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
    };
    let says_so = |at: NodeId| {
        let text = file.text_of(at).to_lowercase();
        facts.node(at).span.len() < 160 && ["404", "notfound", "not_found"].iter().any(|word| text.contains(word))
    };
    if let [only] = statements[..]
        && (throws(values, only) || adds_an_error(values, only) || leads_elsewhere(values, only))
    {
        return true;
    }
    let Some(&refusing) = statements.iter().find(|&&at| says_so(at)) else { return false };
    // `response.status(404); response.end(); return;`
    statements.iter().all(|&at| calls(at).next().is_none() || receiver(at) == receiver(refusing))
}

/// `throw new NotEnabledError("..")`: nothing else is called on the way.
fn throws(values: &FlagValues<'_>, statement: NodeId) -> bool {
    let (facts, file) = (values.facts, values.file);
    let is_thrown = ["throw", "raise"].iter().any(|word| file.text_of(statement).starts_with(word));
    is_thrown && facts.role(statement) == Role::Exit && !does_more(values, statement)
}

/// `return <Navigate to="/" />`: nothing is called on the way.
fn leads_elsewhere(values: &FlagValues<'_>, statement: NodeId) -> bool {
    let facts = values.facts;
    let shown = match facts.role(statement) {
        Role::Exit => facts.part(statement, Part::Value).unwrap_or(statement),
        _ => statement,
    };
    let shown = facts.inner(shown);
    let runs = |at: NodeId| matches!(facts.role(at), Role::Call | Role::Function | Role::Assignment);
    values.leads_elsewhere(shown) && !facts.descendants(shown).any(runs)
}

/// Whether an exit does nothing but throw: `if (on) throw new UploadsAreClosed();`.
pub(super) fn refuses(values: &FlagValues<'_>, gate: &GateAt) -> bool {
    let facts = values.facts;
    let guard = facts.node(facts.outer(gate.at)).parent;
    let branch = (gate.kind == GateKind::EarlyExit).then(|| facts.part(guard, Part::Consequence)).flatten();
    branch.is_some_and(|branch| {
        let last = match facts.role(branch) {
            Role::Block => facts.children(branch).filter(|&at| facts.role(at) != Role::Comment).last(),
            _ => Some(branch),
        };
        let is_thrown = |text: &str| ["throw", "raise"].iter().any(|word| text.starts_with(word));
        last.is_some_and(|last| facts.role(last) == Role::Exit && is_thrown(values.file.text_of(last)))
    })
}

/// `errors.append({"message": ".."})`
pub(super) fn adds_an_error(values: &FlagValues<'_>, statement: NodeId) -> bool {
    let (facts, file) = (values.facts, values.file);
    let mut call = statement;
    while let (Role::Transparent | Role::Other, Some(only)) = (facts.role(call), facts.children(call).next()) {
        call = only;
    }
    let Some(callee) = facts.part(call, Part::Callee).filter(|&at| facts.role(at) == Role::Member) else {
        return false;
    };
    let (Some(list), Some(method)) = (facts.part(callee, Part::Object), facts.part(callee, Part::Property)) else {
        return false;
    };
    let words = split_words(file.text_of(list));
    let is_of_errors =
        words.last().is_some_and(|word| matches!(word.as_ref(), "errors" | "error" | "issues" | "violations"));
    is_of_errors && matches!(file.text_of(method), "append" | "push" | "add" | "extend") && !does_more(values, call)
}

/// Whether more than one call is made, or one by a name that tells of doing.
fn does_more(values: &FlagValues<'_>, statement: NodeId) -> bool {
    let facts = values.facts;
    let calls = std::iter::once(statement).chain(facts.descendants(statement));
    let calls = calls.filter(|&at| matches!(facts.role(at), Role::Call | Role::Function | Role::Assignment)).count();
    let arguments = facts.descendants(statement).filter(|&at| facts.role(at) == Role::Call);
    // `errors.push(..)` itself is one.
    calls > 2 || arguments.into_iter().any(|call| acts(values, call))
}

/// The condition of the guard, where this place is in a branch that is, or returns, a constant which says something: `: 20`.
fn constant_branch(values: &FlagValues<'_>, node: NodeId) -> Option<NodeId> {
    let facts = values.facts;
    if !matches!(facts.role(node), Role::String | Role::Number) || is_empty_value(facts, node) {
        return None;
    }
    let mut child = node;
    for at in facts.ancestors(node).take(6) {
        match facts.role(at) {
            Role::Guard => {
                return facts.part(at, Part::Condition).filter(|&condition| condition != child);
            }
            Role::Exit | Role::Transparent | Role::Block => child = at,
            _ => return None,
        }
    }
    None
}

/// True for a parameter that gets no value here, or an empty one: what is done with it stands elsewhere.
fn is_parameter(facts: &Facts, node: NodeId) -> bool {
    let mut around = std::iter::once(node).chain(facts.ancestors(node)).take(4);
    let parameter = around.find(|&at| facts.role(at) == Role::Parameter);
    parameter.is_some_and(|at| facts.part(at, Part::Default).is_none_or(|value| is_empty_value(facts, value)))
}

/// Of a call, no more arguments are asked whether they are functions.
const MAX_ARGUMENTS: usize = 100;

/// What has to be new for this to be only the header of new code: the name of the function, or of what it is handed to
/// (a route). Such a header is as gated as the code under it.
fn header(facts: &Facts, node: NodeId) -> Option<NodeId> {
    let is_scope = |at: NodeId| matches!(facts.role(at), Role::Function | Role::Class);
    let mut child = node;
    for at in std::iter::once(node).chain(facts.ancestors(node)) {
        match facts.role(at) {
            Role::Function if facts.part(at, Part::Body) != Some(child) => match facts.part(at, Part::Name) {
                Some(name) => return Some(name),
                None => child = at,
            },
            // `const page = () => ..`
            Role::Binding if facts.part(at, Part::Name) == Some(child) => {
                let is_function = facts.part(at, Part::Value).is_some_and(|value| facts.role(value) == Role::Function);
                return is_function.then_some(child);
            }
            Role::Call
                if facts.parts(at, Part::Argument).take(MAX_ARGUMENTS).any(|it| facts.role(it) == Role::Function) =>
            {
                let is_top = !facts.ancestors(at).any(is_scope);
                return facts.part(at, Part::Callee).filter(|_| is_top);
            }
            Role::Function | Role::Class => return None,
            _ => child = at,
        }
    }
    None
}

/// True for literals without content and for names and constants: nothing is called, made or rendered.
pub(super) fn holds_nothing(facts: &Facts, node: NodeId) -> bool {
    std::iter::once(node).chain(facts.descendants(node)).all(|at| match facts.role(at) {
        Role::Null | Role::False | Role::True | Role::String | Role::Number | Role::Identifier => true,
        Role::Array | Role::Object | Role::Transparent | Role::Exit | Role::Other | Role::Comment => true,
        Role::Element => facts.part(at, Part::Name).is_none(),
        _ => false,
    })
}

/// True inside a declaration that only gives a name an empty value: `let x = ""`, `const rows = []`.
fn starts_empty(facts: &Facts, node: NodeId) -> bool {
    let binding =
        std::iter::once(node).chain(facts.ancestors(node)).take(3).find(|&at| facts.role(at) == Role::Binding);
    binding.is_some_and(|at| match facts.part(at, Part::Value) {
        Some(value) => is_empty_value(facts, value),
        None => is_bare_name(facts, at),
    })
}

/// `let team: Team;`: nothing is given to it yet.
fn is_bare_name(facts: &Facts, binding: NodeId) -> bool {
    let block = facts.node(binding).parent;
    matches!(facts.role(block), Role::Block | Role::Module)
        && facts.part(binding, Part::Name).is_some_and(|name| name != binding)
        && facts.part(facts.node(block).parent, Part::Body) != Some(binding)
        && facts.role(facts.node(block).parent) != Role::Class
}

/// True inside of a field of a class of TypeScript that says no more than its name and its type: `private rate: number;`.
fn is_bare_field(values: &FlagValues<'_>, node: NodeId) -> bool {
    let (facts, file) = (values.facts, values.file);
    let field = std::iter::once(node).chain(facts.ancestors(node)).take(3).find(|&at| facts.role(at) == Role::Binding);
    field.is_some_and(|field| {
        let scope = facts.ancestors(field).find(|&at| matches!(facts.role(at), Role::Class | Role::Function));
        Family::of(file.path.as_str()) == Some(Family::Script)
            && scope.is_some_and(|scope| facts.role(scope) == Role::Class)
            // The member of an enum is its name.
            && facts.part(field, Part::Name).is_some_and(|name| name != field)
            && facts.part(field, Part::Value).is_none()
            && !facts.descendants(field).any(|at| facts.role(at) == Role::Decorator)
            && !file.text_of(field).starts_with('@')
    })
}

/// True for the name of a class of JavaScript that extends nothing, and for a constructor that does no more than take what it is
/// handed: nothing runs for that.
fn is_bare_header(values: &FlagValues<'_>, node: NodeId) -> bool {
    let (facts, file) = (values.facts, values.file);
    let at = match facts.role(node) {
        Role::Class | Role::Function => node,
        _ => facts.node(node).parent,
    };
    let is_own = node == at || facts.part(at, Part::Name) == Some(node);
    let has = |part: Part| facts.part(at, part).is_some();
    is_own
        && Family::of(file.path.as_str()) == Some(Family::Script)
        && match facts.role(at) {
            Role::Class => {
                let is_class = ["class", "abstract class"].iter().any(|word| file.text_of(at).starts_with(word));
                is_class && !has(Part::Base) && !has(Part::Decorator)
            }
            Role::Function => {
                file.name_of(at) == Some("constructor")
                    && facts.part(at, Part::Body).is_some_and(|body| facts.children(body).next().is_none())
                    && !facts.descendants(at).any(|at| matches!(facts.role(at), Role::Call | Role::Decorator))
            }
            _ => false,
        }
}

fn is_empty_value(facts: &Facts, value: NodeId) -> bool {
    match facts.role(value) {
        Role::Null => true,
        Role::Array | Role::Object => facts.children(value).next().is_none(),
        Role::String => facts.node(value).span.len() == 2,
        _ => false,
    }
}

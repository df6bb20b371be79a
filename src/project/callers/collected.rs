//! What only fills an object that others use: `router.post("/tax", handler)` at the top of a module, `@router.post("/tax")`.
//!
//! Nothing that is handed in runs before somebody uses the object, so that decides: `if (isOn) app.use(router)`. The objects are
//! those of [`Presentation::collects`](crate::rules::behaviour::Presentation::collects); one that is made more than once, or is
//! given another value, is none.

use super::settings::acts_outside_functions;
use crate::gating::declarations::{name_of, top_level};
use crate::rules::RuleSet;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};

/// Calls of a chain (`router.route("/tax").get(handler).post(handler)`) beyond this are not followed.
const MAX_CHAIN: usize = 12;

/// A statement or a decorator that fills an object, and the declaration of that object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Filling {
    pub(crate) by: NodeId,
    pub(crate) object: NodeId,
}

/// The statement at the top of a file around a place that only fills an object of this file.
pub(crate) fn filling_around(source: &SourceFile, facts: &Facts, node: NodeId, rules: &RuleSet) -> Option<Filling> {
    let by = std::iter::once(node).chain(facts.ancestors(node)).find(|&at| is_statement_at_top(facts, at))?;
    Some(Filling { by, object: filled(source, facts, by, rules)? })
}

/// The object that every decorator of a function puts it into: `@router.post("/tax")`.
pub(super) fn decorated_into(source: &SourceFile, facts: &Facts, declared: NodeId, rules: &RuleSet) -> Option<NodeId> {
    let mut objects = facts.parts(declared, Part::Decorator).map(|decorator| {
        let value = facts.inner(facts.part(decorator, Part::Value)?);
        (facts.role(value) == Role::Call).then(|| filled(source, facts, value, rules)).flatten()
    });
    let first = objects.next()??;
    (facts.role(declared) == Role::Function && objects.all(|object| object == Some(first))).then_some(first)
}

/// Whether a declaration makes such an object.
pub(super) fn is_collector(source: &SourceFile, facts: &Facts, declaration: NodeId, rules: &RuleSet) -> bool {
    let value = facts.part(declaration, Part::Value).map(|value| facts.inner(value));
    let callee =
        value.filter(|&value| facts.role(value) == Role::Call).and_then(|value| facts.part(value, Part::Callee));
    facts.role(declaration) == Role::Binding
        && callee.is_some_and(|callee| rules.presentation.collects(source.last_name(facts.inner(callee))))
        && name_of(source, facts, declaration).is_some_and(|name| is_made_once(source, facts, name))
}

/// Whether a name is declared at the top of the file once, and given no other value.
fn is_made_once(source: &SourceFile, facts: &Facts, name: &str) -> bool {
    let declared = facts.ids().filter(|&at| {
        let named = match facts.role(at) {
            Role::Binding | Role::Parameter | Role::Destructured | Role::Function | Role::Class => Part::Name,
            Role::Assignment => Part::Target,
            Role::Imported => Part::Alias,
            _ => return false,
        };
        facts.part(at, named).is_some_and(|at| source.text_of(at) == name)
    });
    declared.take(2).count() == 1
}

fn is_statement_at_top(facts: &Facts, node: NodeId) -> bool {
    facts.role(node) == Role::Call
        && facts.ancestors(node).all(|at| matches!(facts.role(at), Role::Module | Role::Other | Role::Transparent))
}

/// The declaration of the object that a chain of calls fills.
fn filled(source: &SourceFile, facts: &Facts, call: NodeId, rules: &RuleSet) -> Option<NodeId> {
    let mut at = call;
    for _ in 0..MAX_CHAIN {
        let callee = facts.inner(facts.part(at, Part::Callee).filter(|_| facts.role(at) == Role::Call)?);
        let method = facts.part(callee, Part::Property).filter(|_| facts.role(callee) == Role::Member)?;
        // `router.get("/tax", charge())` charges when the module is loaded.
        if !rules.presentation.fills(source.text_of(method))
            || facts.parts(at, Part::Argument).any(|it| acts_outside_functions(source, facts, it))
        {
            return None;
        }
        at = facts.inner(facts.part(callee, Part::Object)?);
        if facts.role(at) == Role::Identifier {
            let name = source.text_of(at);
            let mut named = top_level(facts).filter(|&at| name_of(source, facts, at) == Some(name));
            return named.next().filter(|&object| is_collector(source, facts, object, rules));
        }
    }
    None
}

//! The declarations of a file that others can use: what stands at its top.

use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};

/// The functions, classes and bindings at the top of a text; a function that is the value of a binding as well.
pub(crate) fn top_level(facts: &Facts) -> impl Iterator<Item = NodeId> + '_ {
    facts.ids().filter(move |&id| is_top_level(facts, id))
}

/// Whether a node is one of them.
pub(crate) fn is_top_level(facts: &Facts, node: NodeId) -> bool {
    let wraps = |role: Role| matches!(role, Role::Export | Role::Other | Role::Module);
    matches!(facts.role(node), Role::Function | Role::Class | Role::Binding)
        && facts.ancestors(node).all(|at| {
            wraps(facts.role(at)) || facts.role(at) == Role::Binding && facts.part(at, Part::Value) == Some(node)
        })
}

/// The class at the top whose decorators a place is in: `@Module({ providers: [Payouts] }) export class ..`.
pub(crate) fn decorated(facts: &Facts, node: NodeId) -> Option<NodeId> {
    let decorator = std::iter::once(node).chain(facts.ancestors(node)).find(|&at| facts.role(at) == Role::Decorator)?;
    let mut classes = facts.with_role(Role::Class).filter(|&class| is_top_level(facts, class));
    classes.find(|&class| facts.parts(class, Part::Decorator).any(|at| at == decorator))
}

/// The name of a declaration; `None` where it has none of its own.
pub(crate) fn name_of<'a>(file: &'a SourceFile, facts: &Facts, node: NodeId) -> Option<&'a str> {
    let name = file.text_of(facts.part(node, Part::Name)?);
    (!name.is_empty() && name != "default").then_some(name)
}

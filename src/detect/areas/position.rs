//! Where in the code a name stands.

use crate::rules::areas::Position;
use crate::syntax::facts::{Facts, NodeId, Part, Role};

/// How far up an expression the position of a name is looked for.
const MAX_DEPTH: usize = 40;

/// Whether the name stands in this position.
pub(super) fn is_in(facts: &Facts, id: NodeId, position: Position) -> bool {
    let mut child = id;
    for parent in facts.ancestors(id).take(MAX_DEPTH) {
        let part = facts.part_of(parent, child);
        match (facts.role(parent), position) {
            (Role::Call, Position::Call) => return part == Some(Part::Callee),
            // `a.b()`: only the last name of the callee is what is called.
            (Role::Member, Position::Call) if part == Some(Part::Object) => return false,
            (Role::Member | Role::Transparent, _) => {}
            (Role::Function | Role::Class | Role::Binding | Role::Destructured, Position::Definition) => {
                return part == Some(Part::Name);
            }
            (Role::Assignment, Position::Definition) => return part == Some(Part::Target),
            (Role::Pair, Position::Definition) => return part == Some(Part::Key),
            (Role::Guard | Role::Loop, Position::Condition) if part == Some(Part::Condition) => return true,
            (Role::And, Position::Condition) if part == Some(Part::Left) => return true,
            (Role::Exit, Position::Exit) => return true,
            (Role::Function | Role::Class | Role::Block, _) => return false,
            (_, Position::Call | Position::Definition) => return false,
            _ => {}
        }
        child = parent;
    }
    false
}

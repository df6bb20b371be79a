//! Classes whose decorators only describe them: `@Controller('payouts')`. A framework makes an instance of such a class only where
//! the class itself is named, so that its uses are found like those of any other.
//!
//! Not here: decorators that register what they stand on, and those that nobody knows; they end the proof.

use super::*;
use crate::gating::does_something;

impl Project<'_> {
    /// Whether a declaration is a class of which each decorator only describes it.
    pub(super) fn is_only_described(&self, source: &SourceFile, facts: &Facts, declaration: NodeId) -> bool {
        self.is_decorated_by(source, facts, declaration, |module, name| self.rules.files.is_description(module, name))
    }

    /// Whether a declaration is a class of which each decorator only says that it may be handed to others.
    pub(super) fn is_only_injected(&self, source: &SourceFile, facts: &Facts, declaration: NodeId) -> bool {
        self.is_decorated_by(source, facts, declaration, |module, name| self.rules.files.is_injection(module, name))
    }

    /// Whether a declaration is a class of which each decorator is one that `is_one` knows by its module and name, and does nothing
    /// where it stands.
    fn is_decorated_by(
        &self,
        source: &SourceFile,
        facts: &Facts,
        declaration: NodeId,
        is_one: impl Fn(&str, &str) -> bool,
    ) -> bool {
        if facts.role(declaration) != Role::Class {
            return false;
        }
        let imports = self.tree.imports(source);
        let is_known = |name: &str| {
            let mut known = imports.iter().filter(|import| import.local.as_deref() == Some(name));
            known.next().is_some_and(
                |import| matches!(&import.what, modules::What::Named(exported) if is_one(&import.module, exported)),
            ) && known.next().is_none()
        };
        facts.parts(declaration, Part::Decorator).all(|decorator| {
            let value = facts.part(decorator, Part::Value);
            let callee = value.map(|value| facts.part(value, Part::Callee).unwrap_or(value));
            let is_plain = |callee: &NodeId| facts.role(*callee) == Role::Identifier;
            callee.filter(is_plain).is_some_and(|callee| is_known(source.text_of(callee)))
                && !acts(source, facts, decorator)
        })
    }
}

impl Project<'_> {
    /// The names of a class' constants whose declaration was there before, as it is.
    pub(super) fn constants_of(&self, source: &SourceFile, facts: &Facts, class: NodeId) -> BTreeSet<String> {
        if Family::of(source.path.as_str()) != Some(Family::Script) {
            return BTreeSet::new();
        }
        let is_plain = |value: NodeId| matches!(facts.role(facts.inner(value)), Role::String | Role::Number);
        let is_constant = |&at: &NodeId| {
            let text = source.text_of(at);
            facts.role(at) == Role::Binding
                && facts.enclosing(at, Role::Class).next() == Some(class)
                && facts.part(at, Part::Value).is_some_and(is_plain)
                && text.split_whitespace().take(3).any(|word| word == "static")
                && text.split_whitespace().take(4).any(|word| word == "readonly")
        };
        let constants: Vec<NodeId> = facts.descendants(class).filter(is_constant).collect();
        let before = if constants.is_empty() { None } else { self.tree.before().text(source.path.as_str()) };
        let was_there = |at: &NodeId| before.as_ref().is_some_and(|text| text.contains(source.text_of(*at)));
        constants.into_iter().filter(was_there).filter_map(|at| source.name_of(at)).map(str::to_owned).collect()
    }
}

/// Whether something is done for what a decorator is given, when the module is loaded.
fn acts(source: &SourceFile, facts: &Facts, decorator: NodeId) -> bool {
    let is_later =
        |at: NodeId| facts.ancestors(at).take_while(|&up| up != decorator).any(|up| facts.role(up) == Role::Function);
    let runs = |at: NodeId| match facts.role(at) {
        Role::Call => does_something(source, at),
        Role::Assignment => true,
        _ => false,
    };
    facts.descendants(decorator).any(|at| runs(at) && !is_later(at))
}

//! Which names a file binds, where, and which of them shadow which.
//!
//! Scopes are functions; blocks are not told apart. A name that two bindings of a scope claim stands for neither, unless both
//! lead to the same.

use super::Family;
use super::surface::{Import, What};
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use std::collections::{HashMap, HashSet};

/// One place that gives a name a meaning.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binder {
    /// The function around it, or the module; in Python also the class.
    pub(super) scope: NodeId,
    /// Whether it stands in a block of its scope rather than directly in it.
    pub(super) is_nested: bool,
    pub(super) node: NodeId,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One of the imports.
    Import(usize),
    Function,
    /// A class, binding or destructured name.
    Value,
    Parameter,
}

#[derive(Default)]
pub(super) struct Scopes {
    binders: HashMap<String, Vec<Binder>>,
    /// Names of the module that are given another value somewhere.
    reassigned: HashSet<String>,
}

impl Scopes {
    pub(super) fn new(file: &SourceFile, facts: &Facts, family: Family, imports: &[Import]) -> Self {
        let mut scopes = Self::default();
        // What a call makes of a dynamic import is a value like any other.
        let fixed = || imports.iter().filter(|import| import.what != What::Dynamic);
        let imported: HashSet<NodeId> = fixed().flat_map(|import| [import.node, import.around]).collect();
        for (at, import) in imports.iter().enumerate() {
            if import.what == What::Dynamic {
                continue;
            }
            if let Some(local) = &import.local {
                let name = local.split('.').next().unwrap_or(local);
                scopes.bind(facts, family, name, import.node, Kind::Import(at));
            }
        }
        for node in facts.ids() {
            let kind = match facts.role(node) {
                Role::Function if is_declaration(facts, node) => Kind::Function,
                Role::Class if is_declaration(facts, node) => Kind::Value,
                Role::Binding if !imported.contains(&node) => Kind::Value,
                Role::Destructured if !imported.contains(&node) => {
                    let inside = facts
                        .ancestors(node)
                        .find(|&at| !matches!(facts.role(at), Role::Destructured | Role::Destructuring | Role::Other));
                    match inside.map(|at| facts.role(at)) {
                        Some(Role::Parameter) => Kind::Parameter,
                        _ => Kind::Value,
                    }
                }
                Role::Parameter => Kind::Parameter,
                _ => continue,
            };
            if let Some(name) = file.name_of(node) {
                scopes.bind(facts, family, name, node, kind);
            }
        }
        let assignments = facts.with_role(Role::Assignment);
        for target in assignments.filter_map(|at| facts.part(at, Part::Target)) {
            let name = file.text_of(target);
            if facts.role(target) == Role::Identifier
                && scopes.visible(facts, name, target).iter().any(|binder| binder.scope == NodeId::MODULE)
            {
                scopes.reassigned.insert(name.to_owned());
            }
        }
        if family == Family::Python {
            scopes.globals(file);
        }
        scopes
    }

    /// `global x` in a function gives the module's name another value.
    fn globals(&mut self, file: &SourceFile) {
        if !file.text.contains("global ") {
            return;
        }
        for line in file.text.split(['\n', ';']) {
            let Some(names) = line.trim().strip_prefix("global ") else { continue };
            let names = names.split('#').next().unwrap_or(names).split(',');
            self.reassigned.extend(names.map(|name| name.trim().to_owned()));
        }
    }

    fn bind(&mut self, facts: &Facts, family: Family, name: &str, node: NodeId, kind: Kind) {
        let mut is_nested = false;
        let mut scope = NodeId::MODULE;
        for at in facts.ancestors(node) {
            match facts.role(at) {
                Role::Type => return,
                Role::Function => {
                    scope = at;
                    break;
                }
                // Members of a class are no names; in Python they are inside the body of the class itself.
                Role::Class if family == Family::Script => return,
                Role::Class => {
                    scope = at;
                    break;
                }
                Role::Block | Role::Loop | Role::Case | Role::Guard => is_nested = true,
                _ => {}
            }
        }
        self.binders.entry(name.to_owned()).or_default().push(Binder { scope, is_nested, node, kind });
    }

    /// Every binding of a name in the file, but for members of classes.
    pub(super) fn all(&self, facts: &Facts, name: &str) -> Vec<Binder> {
        let all = self.binders.get(name).map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(|binder| facts.role(binder.scope) != Role::Class).copied().collect()
    }

    /// What a name means at the level of the module.
    pub(super) fn of_module(&self, family: Family, name: &str) -> Vec<Binder> {
        let all = self.binders.get(name).map(Vec::as_slice).unwrap_or_default();
        let mut found: Vec<Binder> = all.iter().filter(|binder| binder.scope == NodeId::MODULE).copied().collect();
        // What a block of the module binds is not the module's in JavaScript.
        if family == Family::Script {
            found.retain(|binder| !binder.is_nested || matches!(binder.kind, Kind::Import(_)));
        }
        found
    }

    /// The bindings of a name that are seen from a place: those of the innermost function that has any.
    pub(super) fn visible(&self, facts: &Facts, name: &str, at: NodeId) -> Vec<Binder> {
        let all = self.binders.get(name).map(Vec::as_slice).unwrap_or_default();
        if all.is_empty() {
            return Vec::new();
        }
        let mut in_function = false;
        for scope in std::iter::once(at).chain(facts.ancestors(at)) {
            let counts = match facts.role(scope) {
                Role::Function => true,
                // A method does not see the names of its class.
                Role::Class => !in_function,
                Role::Module => true,
                _ => false,
            };
            if counts {
                let found: Vec<Binder> = all.iter().filter(|binder| binder.scope == scope).copied().collect();
                if !found.is_empty() {
                    return found;
                }
            }
            in_function |= facts.role(scope) == Role::Function;
        }
        Vec::new()
    }

    /// Whether a name of the module is given another value somewhere.
    pub(super) fn is_reassigned(&self, name: &str) -> bool {
        self.reassigned.contains(name)
    }
}

/// Whether the function or class is a statement that binds its name: no value, argument, or member of a class or object.
fn is_declaration(facts: &Facts, node: NodeId) -> bool {
    let parent = facts.node(node).parent;
    match facts.role(parent) {
        Role::Module | Role::Block => true,
        Role::Export => true,
        // A branch without braces, the body of a handler.
        Role::Guard | Role::Case | Role::Loop => facts
            .part_of(parent, node)
            .is_some_and(|part| matches!(part, Part::Consequence | Part::Alternative | Part::Body)),
        _ => false,
    }
}

/// Whether something is assigned to this name anywhere.
pub(super) fn is_assigned(file: &SourceFile, facts: &Facts, name: &str) -> bool {
    let mut targets = facts.with_role(Role::Assignment).filter_map(|at| facts.part(at, Part::Target));
    targets.any(|target| file.text_of(target) == name)
}

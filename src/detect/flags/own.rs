//! What a call means where its function, or what it is called on, is declared in this very file.
//!
//! Names are only believed as long as nothing is known. An object literal of the file, or an instance of one of its classes, is
//! no SDK's client, whatever it is called; what its methods do is said by [`super::bodies`].

use super::Text;
use crate::detect::wrapper::Body;
use crate::syntax::facts::{NodeId, Part, Role};

/// How far values are followed.
const MAX_STEPS: u8 = 6;
/// More functions of one name, or values of one name, are not told apart.
const MAX_MEANT: usize = 16;

impl<'a> Text<'a> {
    /// What is known of the function that a call of this name runs; `None` where nothing is.
    pub(super) fn body_behind(&self, at: NodeId, name: &str, receiver: Option<NodeId>) -> Option<Body> {
        let known = || {
            let known = self.known?;
            let path = match receiver {
                Some(receiver) => format!("{}.{name}", self.constant_path(receiver)?),
                None => name.to_owned(),
            };
            let root = path.split('.').next().unwrap_or_default();
            known.body(&path).filter(|_| !self.is_parameter_named(at, root)).cloned()
        };
        match receiver {
            None => self.functions_named(at, name).map(|meant| self.body_of_all(&meant)).or_else(known),
            Some(receiver) => match self.made_here(receiver, MAX_STEPS) {
                Some(made) => made.iter().map(|&made| self.body_of_member(made, name, MAX_STEPS)).reduce(Body::or),
                None => self.methods_of_self(receiver, name).map(|meant| self.body_of_all(&meant)).or_else(known),
            },
        }
    }

    /// The functions of this file that a call may run; `None` where it may run others too.
    pub(super) fn functions_meant(&self, call: NodeId) -> Option<Vec<NodeId>> {
        let (name, receiver) = self.callee(call)?;
        match receiver {
            None => self.functions_named(call, name),
            Some(receiver) => self.methods_of_self(receiver, name),
        }
    }

    /// What a method of an object literal, a class, or what a call makes, says.
    pub(super) fn body_of_made(&self, value: NodeId, name: &str) -> Body {
        let made = match self.role(value) {
            Role::Class => Some(vec![value]),
            _ => self.made_here(value, MAX_STEPS),
        };
        let bodies = made.into_iter().flatten().map(|made| self.body_of_member(made, name, MAX_STEPS));
        bodies.reduce(Body::or).unwrap_or(Body::Unknown)
    }

    fn body_of_all(&self, functions: &[NodeId]) -> Body {
        functions.iter().map(|&function| self.body(function)).reduce(Body::or).unwrap_or(Body::Unknown)
    }

    /// The functions that a plain name stands for.
    fn functions_named(&self, at: NodeId, name: &str) -> Option<Vec<NodeId>> {
        let names = self.names();
        if names.is_imported(name) || names.is_taken(name) || self.is_parameter_named(at, name) {
            return None;
        }
        let mut meant: Vec<NodeId> = names.functions(name).to_vec();
        for &value in names.bound(name) {
            let value = self.inner(value);
            if self.role(value) != Role::Function {
                return None;
            }
            meant.push(value);
        }
        let callable = |function: &NodeId| {
            let mut scopes = self.facts.ancestors(*function);
            let scope = scopes.find(|&above| matches!(self.role(above), Role::Function | Role::Class | Role::Module));
            let scope = scope.unwrap_or(NodeId::MODULE);
            self.role(scope) != Role::Class
                && self.role(self.parent(*function)) != Role::Object
                && scope <= at
                && at <= self.facts.node(scope).last
        };
        meant.retain(callable);
        meant.sort_unstable();
        meant.dedup();
        (!meant.is_empty() && meant.len() <= MAX_MEANT).then_some(meant)
    }

    /// The methods of this name of the class around, where the receiver is `this` or `self`.
    fn methods_of_self(&self, receiver: NodeId, name: &str) -> Option<Vec<NodeId>> {
        let receiver = self.inner(receiver);
        let class = self.facts.enclosing(receiver, Role::Class).next().filter(|_| self.is_self(receiver))?;
        let methods = self.methods(class, name);
        (!methods.is_empty()).then_some(methods)
    }

    pub(super) fn is_self(&self, id: NodeId) -> bool {
        matches!(self.of(id), "this" | "self" | "cls")
    }

    fn methods(&self, class: NodeId, name: &str) -> Vec<NodeId> {
        let of_class = |function: &NodeId| {
            let mut scopes = self.facts.ancestors(*function);
            scopes.find(|&at| matches!(self.role(at), Role::Function | Role::Class)) == Some(class)
        };
        self.names().functions(name).iter().copied().filter(of_class).take(MAX_MEANT).collect()
    }

    /// The object literals and classes of this file, one of which the expression is, or is an instance of.
    fn made_here(&self, id: NodeId, steps: u8) -> Option<Vec<NodeId>> {
        let steps = steps.checked_sub(1)?;
        let id = self.inner(id);
        let part = |part| self.part(id, part);
        match self.role(id) {
            Role::Object => Some(vec![id]),
            Role::Identifier if !self.is_self(id) => self.made_as(id, steps),
            Role::Member => {
                let (object, property) = (self.inner(part(Part::Object)?), self.of(part(Part::Property)?));
                if self.is_self(object) {
                    let class = self.facts.enclosing(id, Role::Class).next()?;
                    let values = self.names().fields(property);
                    let of_class = |&value: &NodeId| self.facts.enclosing(value, Role::Class).next() == Some(class);
                    let handed_in = self
                        .facts
                        .descendants(class)
                        .any(|at| self.role(at) == Role::Parameter && self.file.name_of(at) == Some(property));
                    return if handed_in {
                        None
                    } else {
                        self.all_made(values.iter().copied().filter(of_class), steps)
                    };
                }
                let objects = self.made_here(object, steps)?;
                let held = objects.into_iter().map(|object| self.entry(object, property));
                let held: Option<Vec<NodeId>> = held.collect();
                self.all_made(held?.into_iter(), steps)
            }
            Role::Call => {
                let callee = self.inner(part(Part::Callee)?);
                if self.role(callee) == Role::Member {
                    // `factory.create()`
                    let (object, method) =
                        (self.part(callee, Part::Object)?, self.of(self.part(callee, Part::Property)?));
                    let objects = self.made_here(object, steps)?;
                    let made = objects.into_iter().map(|object| self.results(self.function_of(object, method)?));
                    let made: Option<Vec<Vec<NodeId>>> = made.collect();
                    return self.all_made(made?.into_iter().flatten(), steps);
                }
                if self.role(callee) != Role::Identifier {
                    return None;
                }
                let name = self.of(callee);
                match self.class_named(callee, name) {
                    Some(class) => Some(vec![class]),
                    None => {
                        let functions = self.functions_named(id, name)?;
                        let results = functions.iter().map(|&function| self.results(function));
                        let results: Option<Vec<Vec<NodeId>>> = results.collect();
                        self.all_made(results?.into_iter().flatten(), steps)
                    }
                }
            }
            Role::Or | Role::Coalesce => self.all_made([part(Part::Left)?, part(Part::Right)?].into_iter(), steps),
            _ => None,
        }
    }

    fn made_as(&self, at: NodeId, steps: u8) -> Option<Vec<NodeId>> {
        let (names, name) = (self.names(), self.of(at));
        if let Some(class) = self.class_named(at, name) {
            return Some(vec![class]);
        }
        let elsewhere = names.is_imported(name) || names.is_taken(name) || names.is_loose(name);
        if elsewhere || !names.functions(name).is_empty() || self.is_parameter_named(at, name) {
            return None;
        }
        let seen = |value: &NodeId| {
            let scope = self.facts.enclosing(*value, Role::Function).next().unwrap_or(NodeId::MODULE);
            scope <= at && at <= self.facts.node(scope).last
        };
        self.all_made(names.bound(name).iter().copied().filter(seen), steps)
    }

    /// What all of these are, where each is made here; nothing at all does not count.
    fn all_made(&self, values: impl Iterator<Item = NodeId>, steps: u8) -> Option<Vec<NodeId>> {
        let mut all = Vec::new();
        for value in values.filter(|&value| self.role(self.inner(value)) != Role::Null) {
            all.extend(self.made_here(value, steps)?);
            if all.len() > MAX_MEANT {
                return None;
            }
        }
        (!all.is_empty()).then_some(all)
    }

    /// The only class of this name, where it is not an import or a parameter.
    fn class_named(&self, at: NodeId, name: &str) -> Option<NodeId> {
        let names = self.names();
        let &[class] = names.classes(name) else { return None };
        let other = names.is_imported(name) || names.is_taken(name) || !names.bound(name).is_empty();
        (!other && !self.is_parameter_named(at, name)).then_some(class)
    }

    /// The value that an object literal gives a name.
    fn entry(&self, object: NodeId, name: &str) -> Option<NodeId> {
        let mut pairs = self.facts.children(object).filter(|&at| self.role(at) == Role::Pair);
        let pair = pairs.find(|&pair| self.name_of_key(pair).as_deref() == Some(name))?;
        self.part(pair, Part::Value).filter(|&value| value != pair)
    }

    /// The only function that an object literal or class has under a name.
    fn function_of(&self, made: NodeId, name: &str) -> Option<NodeId> {
        if self.role(made) == Role::Class {
            let methods = self.methods(made, name);
            return methods.first().copied().filter(|_| methods.len() == 1);
        }
        let mut functions = self.facts.children(made).filter(|&at| self.role(at) == Role::Function);
        let method = functions.find(|&at| self.file.name_of(at) == Some(name));
        let value = || self.entry(made, name).map(|value| self.inner(value));
        method.or_else(value).filter(|&at| self.role(at) == Role::Function)
    }

    fn body_of_member(&self, made: NodeId, name: &str, steps: u8) -> Body {
        // Something may be put into it later on.
        if !self.names().fields(name).is_empty() {
            return Body::Unknown;
        }
        match self.role(made) {
            Role::Class => self.body_of_method(made, name, steps),
            _ => self.body_of_entry(made, name),
        }
    }

    fn body_of_entry(&self, object: NodeId, name: &str) -> Body {
        let mut complete = true;
        for child in self.facts.children(object) {
            match self.role(child) {
                Role::Function if self.file.name_of(child) == Some(name) => return self.body(child),
                Role::Function | Role::Comment => {}
                Role::Pair if self.name_of_key(child).as_deref() == Some(name) => {
                    let Some(value) = self.part(child, Part::Value).map(|value| self.inner(value)) else { break };
                    return match self.role(value) {
                        Role::Function => self.body(value),
                        Role::Identifier | Role::Pair => match self.functions_named(value, self.of(value)) {
                            Some(meant) => self.body_of_all(&meant),
                            None => Body::Unknown,
                        },
                        _ => Body::Unknown,
                    };
                }
                Role::Pair if self.name_of_key(child).is_some() => {}
                // `...others`
                _ => complete = false,
            }
        }
        if complete { Body::Nothing } else { Body::Unknown }
    }

    fn body_of_method(&self, class: NodeId, name: &str, steps: u8) -> Body {
        let Some(steps) = steps.checked_sub(1) else { return Body::Unknown };
        let methods = self.methods(class, name);
        if !methods.is_empty() {
            return self.body_of_all(&methods);
        }
        if !self.methods(class, "__getattr__").is_empty() {
            return Body::Unknown;
        }
        let bases = self.facts.parts(class, Part::Base).map(|base| {
            match self.class_named(base, self.of(base)).filter(|&base| base != class) {
                Some(base) => self.body_of_method(base, name, steps),
                None => Body::Unknown,
            }
        });
        bases.reduce(Body::or).unwrap_or(Body::Nothing)
    }
}

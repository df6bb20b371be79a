//! Classes, their fields, what functions return and take: the parts of a contract.

use super::evidence::Collector;
use super::names::chain;
use super::touched::{Place, Touched, decorator_name};
use crate::location::LineRange;
use crate::rules::areas::ItemId;
use crate::syntax::facts::{NodeId, Part, Role};

impl Collector<'_> {
    pub(super) fn class(&mut self, touched: &Touched) {
        if touched.place != Place::Changed {
            return;
        }
        // A new class, or one that extends something else.
        if self.facts.part(touched.node, Part::Name).is_some_and(|name| self.has_changed(name)) {
            for base in self.facts.parts(touched.node, Part::Base) {
                self.base(&Touched { node: base, ..*touched });
            }
        }
        self.defined(touched, Part::Name);
    }

    pub(super) fn base(&mut self, touched: &Touched) {
        let parent = self.facts.node(touched.node).parent;
        let is_base =
            self.facts.role(parent) == Role::Class && self.facts.part_of(parent, touched.node) == Some(Part::Base);
        if !is_base {
            return;
        }
        let name = chain(self.file, self.facts, touched.node);
        let found: Vec<ItemId> = self.pack.tables.bases.find(&name).collect();
        for item in found {
            self.hit(item, touched, &name.join("."), None, self.file.text_of(touched.node));
        }
    }

    /// A field of a class whose kind the pack knows.
    pub(super) fn field(&mut self, touched: &Touched) {
        let facts = self.facts;
        let is_field =
            matches!(facts.role(touched.node), Role::Binding | Role::Identifier | Role::Assignment | Role::Call);
        let Some(class) =
            facts.ancestors(touched.node).find(|&at| matches!(facts.role(at), Role::Function | Role::Class))
        else {
            return;
        };
        let header = facts
            .parts(class, Part::Name)
            .chain(facts.parts(class, Part::Base))
            .chain(facts.parts(class, Part::Decorator));
        let in_header = || {
            let mut header = header;
            header.any(|id| facts.node(id).span.contains(facts.node(touched.node).span))
        };
        if facts.role(class) == Role::Function {
            return self.returned_field(touched, class);
        }
        if !is_field || in_header() {
            return;
        }
        // `class Meta:` without a base speaks for the class around it.
        let outer = facts.node(class).parent;
        let outer_class =
            facts.enclosing(outer, Role::Class).next().filter(|_| facts.part(class, Part::Base).is_none());
        let line = self.file.lines.lines(facts.node(touched.node).span).start;
        let line = self.file.lines.span(LineRange::new(line, line)).text(&self.file.text).trim();
        for class in std::iter::once(class).chain(outer_class) {
            let bases = facts.parts(class, Part::Base).map(|id| chain(self.file, facts, id));
            let decorators = facts.parts(class, Part::Decorator).map(|id| decorator_name(self.file, facts, id));
            for name in bases.chain(decorators).collect::<Vec<_>>() {
                let found: Vec<ItemId> = self.pack.tables.fields_of.find(&name).collect();
                for item in found {
                    self.hit(item, touched, &name.join("."), None, line);
                }
            }
        }
    }

    /// A field of what a function returns: `to_dict`, `toResponse`.
    fn returned_field(&mut self, touched: &Touched, function: NodeId) {
        let facts = self.facts;
        let Some(name) = facts.part(function, Part::Name) else { return };
        let is_field = match facts.role(touched.node) {
            Role::Pair => true,
            Role::Assignment => {
                facts.part(touched.node, Part::Target).is_some_and(|target| facts.role(target) == Role::Subscript)
            }
            _ => false,
        };
        if is_field {
            let name = chain(self.file, facts, name);
            let found: Vec<ItemId> = self.pack.tables.fields_of.find(&name).collect();
            for item in found {
                self.hit(item, touched, &name.join("."), None, self.file.text_of(touched.node));
            }
        }
    }

    /// A parameter of a function whose decorator the pack knows.
    pub(super) fn parameter(&mut self, touched: &Touched) {
        let function = self.facts.node(touched.node).parent;
        let is_own = self.facts.part_of(function, touched.node) == Some(Part::Parameter);
        if !is_own || touched.place != Place::Changed {
            return;
        }
        for decorator in self.facts.parts(function, Part::Decorator).collect::<Vec<_>>() {
            let name = decorator_name(self.file, self.facts, decorator);
            let found: Vec<ItemId> = self.pack.tables.parameters_of.find(&name).collect();
            for item in found {
                self.hit(item, touched, self.file.text_of(touched.node), None, self.file.text_of(touched.node));
            }
        }
    }
}

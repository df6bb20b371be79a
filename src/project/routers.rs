//! Functions that a router of Python keeps as routes: `@router.post("/pay")`, and what stands before all of them.
//!
//! What such a function depends on (`Depends(require_tips)`) is called before it: where that never comes back without a flag, the
//! route answers nothing without it, as long as the route is new or depended on it before. Names are data (`rules/views.yaml`).
//! That a router is used only behind a flag itself is another matter (`callers`).

use super::Project;
use super::callers::Target;
use super::views::{gates_of, passing};
use crate::gating::condition::FlagValues;
use crate::gating::dominance::{self, GateAt};
use crate::gating::{gate_at, push_new};
use crate::index::modules::Family;
use crate::report::{Gate, GateKind};
use crate::rules::words::split_words;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::Polarity;

/// More dependencies are not asked.
const MAX_DEPENDENCIES: usize = 20;

/// The first words of what makes a dependency that refuses without the flag it is handed.
const REFUSES: [&str; 6] = ["require", "requires", "ensure", "assert", "check", "verify"];

impl Project<'_> {
    /// The router at the top of the file that keeps a function, where all of its decorators are of that one.
    fn router_of(&self, source: &SourceFile, facts: &Facts, function: NodeId) -> Option<NodeId> {
        if facts.role(function) != Role::Function || Family::of(source.path.as_str()) != Some(Family::Python) {
            return None;
        }
        let mut names = facts.parts(function, Part::Decorator).map(|at| router_name(source, facts, at));
        let name = names.next()??;
        names.all(|other| other == Some(name)).then_some(())?;
        let mut bindings = facts.with_role(Role::Binding).filter(|&at| source.name_of(at) == Some(name));
        let binding = bindings.next().filter(|_| bindings.next().is_none())?;
        let is_top =
            facts.ancestors(binding).all(|at| !matches!(facts.role(at), Role::Function | Role::Class | Role::Guard));
        let value = facts.inner(facts.part(binding, Part::Value)?);
        let callee = facts.part(value, Part::Callee).filter(|_| is_top && facts.role(value) == Role::Call)?;
        let made = source.last_name(callee);
        self.rules.views.is_router(made).then_some(binding)
    }

    /// What is called before a route, by name, or by the call that makes it.
    fn dependencies(&self, source: &SourceFile, facts: &Facts, function: NodeId) -> Vec<NodeId> {
        let router = self.router_of(source, facts, function);
        let Some(body) = facts.part(function, Part::Body).filter(|_| facts.part(function, Part::Decorator).is_some())
        else {
            return Vec::new();
        };
        let is_dependency = |&at: &NodeId| {
            facts.role(at) == Role::Call && source.callee_name(at).is_some_and(|name| self.rules.views.depends(name))
        };
        let head = facts.descendants(function).take_while(|&at| at < body);
        let of_router = router.into_iter().flat_map(|router| facts.descendants(router));
        let calls = head.chain(of_router).filter(is_dependency).take(MAX_DEPENDENCIES);
        calls.filter_map(|call| facts.part(call, Part::Argument)).map(|at| facts.inner(at)).collect()
    }

    /// The functions of the tree that are called before this one.
    pub(super) fn depended_on(&self, target: &Target) -> Vec<Target> {
        let Some(source) = self.tree.source(target.path.as_str()) else { return Vec::new() };
        let Some(facts) = source.facts() else { return Vec::new() };
        let found = self.dependencies(&source, facts, target.node).into_iter();
        found.filter_map(|at| self.function_named(&source, at)).collect()
    }

    fn function_named(&self, source: &SourceFile, at: NodeId) -> Option<Target> {
        let dotted = source.dotted(at)?;
        let declared = self.tree.declaration_at(source, at, &dotted).filter(|it| it.rest.is_empty())?;
        Some(Target { path: declared.path, node: declared.node })
    }

    /// The gates of what is called before a route, where the route is new or was behind it before.
    pub(super) fn guards_route(&self, target: &Target) -> Option<Vec<Gate>> {
        let file = self.file(&target.path)?;
        let (source, facts) = (&file.source, file.source.facts()?);
        let name = source.name_of(target.node)?;
        let before = self.tree.before().text(target.path.as_str());
        let mut gates: Vec<Gate> = Vec::new();
        for at in self.dependencies(source, facts, target.node) {
            let of_it = match facts.role(at) {
                Role::Call => self.gates_of_maker(file, at),
                _ => self.gates_of_dependency(source, at),
            };
            let written = source.text_of(facts.node(at).parent);
            let is_former = before
                .as_ref()
                .is_none_or(|before| !before.contains(&format!("def {name}(")) || before.contains(written));
            if is_former {
                of_it.into_iter().for_each(|gate| push_new(&mut gates, gate));
            }
        }
        let router = self.router_of(source, facts, target.node);
        let is_new = before.as_ref().is_none_or(|before| !before.contains(&format!("def {name}(")));
        let router = router.and_then(|router| source.name_of(router));
        for check in router.map(|router| self.checks_of(source, facts, router)).unwrap_or_default() {
            if is_new || before.as_ref().is_some_and(|before| before.contains(source.text_of(check))) {
                gates_of_check(file, check).into_iter().for_each(|gate| push_new(&mut gates, gate));
            }
        }
        (!gates.is_empty()).then_some(gates)
    }

    /// The functions that a router calls before each of its routes: `@router.before_request`.
    fn checks_of(&self, source: &SourceFile, facts: &Facts, router: &str) -> Vec<NodeId> {
        let is_check = |at: NodeId| {
            let value = facts.part(at, Part::Value).map(|value| facts.inner(value));
            let member = value.filter(|&value| facts.role(value) == Role::Member);
            let is_of_router = |member: NodeId| {
                facts.part(member, Part::Object).is_some_and(|object| source.text_of(object) == router)
                    && facts
                        .part(member, Part::Property)
                        .is_some_and(|name| self.rules.views.is_before_routes(source.text_of(name)))
            };
            member.is_some_and(is_of_router)
        };
        let functions = facts.with_role(Role::Function);
        functions.filter(|&at| facts.parts(at, Part::Decorator).any(is_check)).take(MAX_DEPENDENCIES).collect()
    }

    fn gates_of_dependency(&self, source: &SourceFile, at: NodeId) -> Vec<Gate> {
        let Some(function) = self.function_named(source, at) else { return Vec::new() };
        let Some(other) = self.file(&function.path) else { return Vec::new() };
        let own = other.declared.iter().filter(|it| it.node == function.node && it.member.is_none());
        own.flat_map(|it| gates_of(self, &passing(&it.wrapper.shape), (&function.path, it.wrapper.line))).collect()
    }

    /// `Depends(require_feature("tips"))`
    fn gates_of_maker(&self, file: &super::FileFlags, call: NodeId) -> Vec<Gate> {
        let Some(values) = FlagValues::new(&file.source, &file.flags) else { return Vec::new() };
        let refuses = file.source.callee_name(call).is_some_and(|name| {
            let words = split_words(name);
            words.first().is_some_and(|word| REFUSES.contains(&word.as_ref()))
        });
        let told = if refuses { values.implied(call, true) } else { Vec::new() };
        let on = told.into_iter().filter(|outcome| outcome.polarity == Polarity::On);
        on.map(|outcome| gate_at(&values, &GateAt { outcome, kind: GateKind::EarlyExit, at: call })).collect()
    }
}

/// The gates without which a check answers in place of what it stands before.
fn gates_of_check(file: &super::FileFlags, check: NodeId) -> Vec<Gate> {
    let Some(values) = FlagValues::new(&file.source, &file.flags) else { return Vec::new() };
    let facts = values.facts;
    let Some(body) = facts.part(check, Part::Body) else { return Vec::new() };
    // `return` alone lets everything pass.
    let lets_pass = |at: NodeId| {
        facts.role(at) == Role::Exit
            && file.source.text_of(at).starts_with("return")
            && facts.part(at, Part::Value).is_none_or(|value| facts.role(facts.inner(value)) == Role::Null)
    };
    if facts.descendants(body).any(lets_pass) {
        return Vec::new();
    }
    let gates = dominance::gates_at_end(&values, body).into_iter();
    gates.filter(|gate| gate.outcome.polarity == Polarity::On).map(|gate| gate_at(&values, &gate)).collect()
}

/// `router` of `@router.post("/pay")`.
fn router_name<'s>(source: &'s SourceFile, facts: &Facts, decorator: NodeId) -> Option<&'s str> {
    let value = facts.inner(facts.part(decorator, Part::Value)?);
    let callee = facts.part(value, Part::Callee).filter(|_| facts.role(value) == Role::Call)?;
    let object = facts.part(callee, Part::Object).filter(|_| facts.role(callee) == Role::Member)?;
    (facts.role(object) == Role::Identifier).then(|| source.text_of(object))
}

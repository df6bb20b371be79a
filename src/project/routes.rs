//! Calls that lead an address to code, where that code refuses whatever is asked unless a flag is on: `path("pay", views.pay)`,
//! `router.get("/pay", this.pay)`.
//!
//! Without the flag such an address answers as if it were not there, so that the call is as gated as the code. It holds only where no
//! address of the file went or changed: what took its place would be missed. How such calls look is data (`rules/views.yaml`).

use super::Project;
use super::by_text::last_name;
use super::callers::Target;
use super::views::methods;
use crate::gating::condition::FlagValues;
use crate::gating::dominance::{self, GateAt};
use crate::gating::{gate_at, push_new, refused_without};
use crate::index::modules::Family;
use crate::location::RepoPath;
use crate::report::{Gate, GateKind};
use crate::rules::views::NamedRouteRule;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::Polarity;
use std::collections::{BTreeSet, HashSet};

/// More routes around what changed in one file are not followed.
const MAX_ROUTES: usize = 40;

/// What more files mention is not looked at in all of them.
const MAX_FILES: usize = 40;

/// Modules of routes below others, as far as they are followed.
const MAX_INCLUDED: usize = 2;

/// Functions around a view, as far as they are looked through.
const MAX_AROUND: usize = 4;

impl Project<'_> {
    /// The calls around these places that lead an address to code which refuses without a flag, each with its gates; lists of
    /// nothing else with them.
    pub(crate) fn routes_behind_flags(&mut self, path: &RepoPath, places: &[NodeId]) -> Vec<(NodeId, Vec<Gate>)> {
        self.routes_to(path, places, MAX_INCLUDED)
    }

    fn routes_to(&mut self, path: &RepoPath, places: &[NodeId], depth: usize) -> Vec<(NodeId, Vec<Gate>)> {
        let Some(source) = self.tree.source(path.as_str()) else { return Vec::new() };
        let Some(facts) = source.facts() else { return Vec::new() };
        let around = |&node: &NodeId| {
            let mut around = std::iter::once(node).chain(facts.ancestors(node));
            around.find(|&at| self.is_route(&source, facts, at))
        };
        let routes: BTreeSet<NodeId> = places.iter().filter_map(around).take(MAX_ROUTES).collect();
        if routes.is_empty() || !self.keeps_its_routes(&source, facts) {
            return Vec::new();
        }
        let lead = |call: NodeId| match self.handler(&source, facts, call) {
            Some(handler) if !self.hands_over_only(&source, facts, call, handler) => (call, None, Vec::new()),
            Some(handler) => {
                let view = self.view(&source, facts, handler);
                (call, Some(view), self.declared_view(&source, view).into_iter().collect::<Vec<Target>>())
            }
            None => (call, None, self.views_named(&source, facts, call).unwrap_or_default()),
        };
        let leads: Vec<(NodeId, Option<NodeId>, Vec<Target>)> = routes.into_iter().map(lead).collect();
        let targets: Vec<Target> = leads.iter().flat_map(|(_, _, targets)| targets.iter().cloned()).collect();
        self.load(&targets.iter().map(|target| target.path.clone()).collect::<Vec<_>>());
        self.load_views(&targets);
        let mut found: Vec<(NodeId, Vec<Gate>)> = Vec::new();
        for (call, view, targets) in leads {
            let mut gates = view.map(|view| self.gates_at(path, view)).unwrap_or_default();
            if let (true, Some(module)) = (gates.is_empty(), view.and_then(|view| self.included(&source, facts, view)))
            {
                gates = depth.checked_sub(1).map(|depth| self.gates_of_all(&module, depth)).unwrap_or_default();
            }
            if gates.is_empty() {
                let each = targets.iter().map(|target| self.refuses_without(target));
                gates =
                    each.reduce(|all, more| if more.is_empty() { more } else { joined(all, more) }).unwrap_or_default();
            }
            if !gates.is_empty() {
                found.push((call, gates));
            }
        }
        self.with_lists(facts, found)
    }

    /// The new module whose routes all stand below an address: `path("shop/", include("shop.urls"))`.
    fn included(&self, source: &SourceFile, facts: &Facts, view: NodeId) -> Option<RepoPath> {
        if !self.rules.views.includes(called(source, facts, view)?) {
            return None;
        }
        let written = source.string_value(facts.inner(facts.part(view, Part::Argument)?))?;
        let module = self.tree.resolve(&source.path, &written)?;
        self.tree.before().text(module.as_str()).is_none().then_some(module)
    }

    /// The gates of a module each of whose routes leads to what refuses without a flag.
    fn gates_of_all(&mut self, module: &RepoPath, depth: usize) -> Vec<Gate> {
        let Some(source) = self.tree.source(module.as_str()) else { return Vec::new() };
        let Some(facts) = source.facts() else { return Vec::new() };
        let calls: Vec<NodeId> =
            facts.with_role(Role::Call).filter(|&call| self.is_route(&source, facts, call)).collect();
        let found = self.routes_to(module, &calls, depth);
        match calls.iter().all(|call| found.iter().any(|(known, _)| known == call)) {
            true => found.into_iter().map(|(_, gates)| gates).reduce(joined).unwrap_or_default(),
            false => Vec::new(),
        }
    }

    fn is_route(&self, source: &SourceFile, facts: &Facts, call: NodeId) -> bool {
        self.handler(source, facts, call).is_some() || self.route_name(source, facts, call).is_some()
    }

    /// The name that a call gives an address, and how views refer to it.
    fn route_name(&self, source: &SourceFile, facts: &Facts, call: NodeId) -> Option<(String, &NamedRouteRule)> {
        let rule = self.rules.views.named_route(called(source, facts, call)?)?;
        let mut plain = facts.parts(call, Part::Argument).filter(|&at| facts.role(at) != Role::Keyword);
        Some((source.string_value(plain.nth(rule.argument)?)?, rule))
    }

    /// The views that say by its name that they answer an address; `None` where there may be others.
    fn views_named(&self, source: &SourceFile, facts: &Facts, call: NodeId) -> Option<Vec<Target>> {
        let (name, rule) = self.route_name(source, facts, call)?;
        let words: Vec<&str> =
            name.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
        let files: Vec<RepoPath> = self
            .tree
            .mentioning(&words)
            .into_iter()
            .filter(|file| *file == source.path || self.may_call(&source.path, file))
            .take(MAX_FILES + 1)
            .collect();
        if words.is_empty() || files.len() > MAX_FILES {
            return None;
        }
        let mut views = Vec::new();
        for file in files {
            let other = self.tree.source(file.as_str())?;
            let of_other = other.facts()?;
            let texts = of_other.with_role(Role::String);
            for text in texts.filter(|&at| other.string_value(at).as_deref() == Some(name.as_str())) {
                let parent = of_other.node(text).parent;
                let keyword =
                    of_other.role(parent) == Role::Keyword && other.name_of(parent) == Some(rule.keyword.as_str());
                let around = if of_other.role(parent) == Role::Keyword { of_other.node(parent).parent } else { parent };
                let by = called(&other, of_other, around).unwrap_or_default();
                let decorator = of_other.node(around).parent;
                if keyword && rule.is_decorator(by) && of_other.role(decorator) == Role::Decorator {
                    let decorated = |at: &NodeId| of_other.parts(*at, Part::Decorator).any(|own| own == decorator);
                    let node = of_other
                        .ids()
                        .find(|at| matches!(of_other.role(*at), Role::Function | Role::Class) && decorated(at))?;
                    views.push(Target { path: file.clone(), node });
                } else if !rule.only_mentions(by) {
                    return None;
                }
            }
        }
        Some(views)
    }

    /// The code that a call leads an address to.
    fn handler(&self, source: &SourceFile, facts: &Facts, call: NodeId) -> Option<NodeId> {
        if Family::of(source.path.as_str()) == Some(Family::Script) {
            return self.script_handler(source, facts, call);
        }
        let rule = self.rules.views.route(called(source, facts, call)?)?;
        let arguments: Vec<NodeId> = facts.parts(call, Part::Argument).collect();
        let named = arguments
            .iter()
            .find(|&&at| facts.role(at) == Role::Keyword && source.name_of(at) == Some(rule.keyword.as_str()));
        if let Some(&keyword) = named {
            return facts.part(keyword, Part::Value);
        }
        let is_plain = |at: &&NodeId| facts.role(**at) != Role::Keyword && !source.text_of(**at).starts_with('*');
        arguments.iter().take_while(is_plain).nth(rule.argument).copied()
    }

    fn script_handler(&self, source: &SourceFile, facts: &Facts, call: NodeId) -> Option<NodeId> {
        let rule = &self.rules.views.script_routes;
        let callee = facts.part(call, Part::Callee).filter(|&callee| facts.role(callee) == Role::Member)?;
        facts.part(callee, Part::Property).filter(|&name| rule.calls.contains(source.text_of(name)))?;
        let arguments: Vec<NodeId> = facts.parts(call, Part::Argument).map(|at| facts.inner(at)).collect();
        match *arguments.as_slice() {
            [only] if facts.role(only) == Role::Object => {
                let is_code = |key: NodeId| source.text_of(key) == rule.property;
                let mut pairs = facts.children(only).filter(|&at| facts.role(at) == Role::Pair);
                let pair = pairs.find(|&at| facts.part(at, Part::Key).is_some_and(is_code))?;
                facts.part(pair, Part::Value)
            }
            [address, .., code] => {
                source.string_value(address).filter(|address| address.is_empty() || address.starts_with('/'))?;
                Some(code)
            }
            _ => None,
        }
    }

    /// Whether a call is handed nothing new of the tree but the code that it leads to: what comes before that may do anything.
    fn hands_over_only(&self, source: &SourceFile, facts: &Facts, call: NodeId, code: NodeId) -> bool {
        let is_in_code = |at: NodeId| facts.node(code).span.contains(facts.node(at).span);
        let is_new = |at: NodeId| {
            let declared = self.tree.declaration_at(source, at, source.text_of(at)).filter(|it| it.rest.is_empty());
            declared.is_some_and(|it| self.is_new_name(&Target { path: it.path, node: it.node }))
        };
        let handed = facts.parts(call, Part::Argument).flat_map(|at| std::iter::once(at).chain(facts.descendants(at)));
        let mut others = handed.filter(|&at| !is_in_code(at));
        !others.any(|at| match facts.role(at) {
            Role::Function => !facts.node(at).span.contains(facts.node(code).span),
            Role::Identifier => is_new(at),
            _ => false,
        })
    }

    /// The name of a view without what is made of it: `Page` of `login_required(Page.as_view())`.
    fn view(&self, source: &SourceFile, facts: &Facts, handler: NodeId) -> NodeId {
        let mut at = facts.inner(handler);
        for _ in 0..MAX_AROUND {
            let Some(callee) = facts.part(at, Part::Callee).filter(|_| facts.role(at) == Role::Call) else { break };
            let property = facts.part(callee, Part::Property).map(|property| source.text_of(property));
            if let (Some(property), Some(object)) = (property, facts.part(callee, Part::Object))
                && (self.rules.views.is_maker(property) || property == "bind")
            {
                return object;
            }
            let mut arguments = facts.parts(at, Part::Argument);
            let only = arguments.next().filter(|_| arguments.next().is_none());
            let keeps = source.dotted(callee).is_some_and(|name| self.rules.views.is_keeper(&name));
            let is_given = !self.gates_of_argument(source, only).is_empty();
            match only.filter(|_| keeps || is_given) {
                Some(only) => at = facts.inner(only),
                None => break,
            }
        }
        at
    }

    fn gates_of_argument(&self, source: &SourceFile, argument: Option<NodeId>) -> Vec<Gate> {
        argument.map(|argument| self.gates_at(&source.path, argument)).unwrap_or_default()
    }

    /// The gates (flag ON) that a place of a file stands behind.
    fn gates_at(&self, path: &RepoPath, node: NodeId) -> Vec<Gate> {
        let values = self.file(path).and_then(|file| FlagValues::new(&file.source, &file.flags));
        let Some(values) = values else { return Vec::new() };
        let gates = dominance::gates(&values, node).into_iter();
        gates.filter(|gate| gate.outcome.polarity == Polarity::On).map(|gate| gate_at(&values, &gate)).collect()
    }

    /// What a name stands for, where that is a function or a class of the tree.
    fn declared_view(&self, source: &SourceFile, view: NodeId) -> Option<Target> {
        let facts = source.facts()?;
        let of_this_file = |node: NodeId| Target { path: source.path.clone(), node };
        if facts.role(view) == Role::Function {
            return Some(of_this_file(view));
        }
        // A method of the same class.
        if facts.part(view, Part::Object).is_some_and(|object| source.text_of(object) == "this") {
            let name = source.text_of(facts.part(view, Part::Property)?);
            let class = facts.enclosing(view, Role::Class).next()?;
            let mut own = methods(source, facts, class).filter(|(_, own)| *own == name).map(|(method, _)| method);
            return own.next().filter(|_| own.next().is_none()).map(of_this_file);
        }
        let dotted = source.dotted(view)?;
        let declared = self.tree.declaration_at(source, view, &dotted).filter(|it| it.rest.is_empty())?;
        Some(Target { path: declared.path, node: declared.node })
    }

    /// The gates without which a view refuses, whatever it is asked.
    fn refuses_without(&self, target: &Target) -> Vec<Gate> {
        let Some(file) = self.file(&target.path) else { return Vec::new() };
        let Some(facts) = file.source.facts() else { return Vec::new() };
        match facts.role(target.node) {
            Role::Function => {
                let own = self.refusal(&target.path, target.node);
                if own.is_empty() {
                    self.gates_at(&target.path, facts.part(target.node, Part::Body).unwrap_or(target.node))
                } else {
                    own
                }
            }
            Role::Class => match self.guard_of_view(target) {
                Some(guarded) if self.is_dispatcher(&guarded.by.path, guarded.node) => {
                    self.refusal(&guarded.by.path, guarded.node)
                }
                Some(guarded) => guarded.gates,
                None => self.handlers_refuse(target),
            },
            _ => Vec::new(),
        }
    }

    fn is_dispatcher(&self, path: &RepoPath, method: NodeId) -> bool {
        let name = self.file(path).and_then(|file| file.source.name_of(method));
        name.is_some_and(|name| self.rules.views.is_dispatcher(name))
    }

    fn refusal(&self, path: &RepoPath, function: NodeId) -> Vec<Gate> {
        let Some(values) = self.file(path).and_then(|file| FlagValues::new(&file.source, &file.flags)) else {
            return Vec::new();
        };
        let Some(body) = values.facts.part(function, Part::Body) else { return Vec::new() };
        let mut gates = Vec::new();
        for outcome in refused_without(&values, body) {
            let at = values.evaluations[outcome.evaluation].node;
            push_new(&mut gates, gate_at(&values, &GateAt { outcome, kind: GateKind::EarlyExit, at }));
        }
        gates
    }

    /// The gates without which each method of a class that answers refuses, where the class answers by nothing else.
    pub(super) fn handlers_refuse(&self, class: &Target) -> Vec<Gate> {
        let Some(file) = self.file(&class.path) else { return Vec::new() };
        let (source, Some(facts)) = (&file.source, file.source.facts()) else { return Vec::new() };
        let views = &self.rules.views;
        let is_plain = |base: NodeId| {
            let name = last_name(source.text_of(base));
            views.is_plain(name) || name.ends_with("Mixin") && !name.contains("Model")
        };
        let has = |name: &String| methods(source, facts, class.node).any(|(_, own)| own == name);
        let is_answered =
            |base: NodeId| views.answers_by(last_name(source.text_of(base))).is_some_and(|by| by.iter().all(has));
        if !facts.parts(class.node, Part::Base).all(|base| is_plain(base) || is_answered(base)) {
            return Vec::new();
        }
        let (mut all, mut others) = (None::<Vec<Gate>>, false);
        for (method, name) in methods(source, facts, class.node) {
            // `@action`: one more address.
            let is_action = facts.part(method, Part::Decorator).is_some();
            if views.is_handler(name) || is_action {
                let gates = self.refusal(&class.path, method);
                all = Some(match all {
                    None => gates,
                    Some(mut all) => {
                        all.retain(|gate| gates.iter().any(|it| it.flag == gate.flag && it.polarity == gate.polarity));
                        all
                    }
                });
            } else {
                others |= views.is_before(name);
            }
        }
        all.filter(|_| !others).unwrap_or_default()
    }

    /// Whether every route that a file had before is there as it was.
    fn keeps_its_routes(&self, source: &SourceFile, facts: &Facts) -> bool {
        let routes = |source: &SourceFile, facts: &Facts| -> HashSet<String> {
            let calls = facts.with_role(Role::Call).filter(|&call| self.is_route(source, facts, call));
            calls.map(|call| source.text_of(call).split_whitespace().collect()).collect()
        };
        let Some(before) = self.tree.before().source(source.path.as_str()) else { return true };
        before.facts().is_some_and(|former| routes(&before, former).is_subset(&routes(source, facts)))
    }

    /// Adds the lists, and what they are given to, that hold nothing but such calls.
    fn with_lists(&self, facts: &Facts, mut found: Vec<(NodeId, Vec<Gate>)>) -> Vec<(NodeId, Vec<Gate>)> {
        let mut lists: Vec<(NodeId, Vec<Gate>)> = Vec::new();
        for (call, gates) in &found {
            let list = facts.node(*call).parent;
            let given = facts.node(list).parent;
            let is_one = |at: NodeId| facts.role(at) == Role::Comment || found.iter().any(|(call, _)| *call == at);
            if facts.role(list) == Role::Array
                && matches!(facts.role(given), Role::Binding | Role::Assignment)
                && facts.part(given, Part::Value) == Some(list)
                && facts.children(list).all(is_one)
                && !lists.iter().any(|(known, _)| *known == given)
            {
                lists.push((given, gates.clone()));
            }
        }
        found.extend(lists);
        found
    }
}

/// The last name of what is called.
fn called<'s>(source: &'s SourceFile, facts: &Facts, call: NodeId) -> Option<&'s str> {
    source.callee_name(call).filter(|_| facts.role(call) == Role::Call)
}

/// All gates of either.
fn joined(mut all: Vec<Gate>, more: Vec<Gate>) -> Vec<Gate> {
    // Where one view answers in the open, so does the address.
    if !all.is_empty() {
        more.into_iter().for_each(|gate| push_new(&mut all, gate));
    }
    all
}

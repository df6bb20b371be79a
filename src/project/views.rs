//! Classes that a framework of Python asks for an answer, and the flags without which none of their methods is called.
//!
//! `dispatch()` of a class is called for each request, and calls the method that answers through what the class extends: where that
//! needs a flag, all other methods do. A check that never comes back without the flag says the same, and so does a class that
//! is asked for permission. It holds only where the class is new or was guarded so before, and where nobody makes an instance of
//! it but the framework. Names of what frameworks know are data (`rules/views.yaml`).

use super::Project;
use super::by_text::last_name;
use super::callers::Target;
use crate::detect::wrapper::{Read, Shape};
use crate::gating::condition::FlagValues;
use crate::gating::{dominance, gate_at, push_new};
use crate::index::modules::Family;
use crate::location::RepoPath;
use crate::report::{Gate, GateKind, Step, StepKind};
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::Polarity;

/// Classes that classes extend, as far as they are followed.
const MAX_BASES: usize = 4;

/// What more files mention is not looked at in all of them.
const MAX_FILES: usize = 40;

/// What lets a request pass, and its gates (flag ON).
#[derive(Clone)]
pub(super) struct Guarded {
    pub(super) by: Step,
    /// What runs first, in the file of the step.
    pub(super) node: NodeId,
    pub(super) gates: Vec<Gate>,
    /// What says so in the class itself: a method, a base, or an attribute.
    said: NodeId,
    /// Each method that answers refuses by itself, so that one more would answer in the open.
    by_each: bool,
}

impl Project<'_> {
    /// Reads what the classes around these declarations extend, where that may let requests pass.
    pub(super) fn load_views(&mut self, targets: &[Target]) {
        let mut open: Vec<Target> = targets.iter().filter_map(|target| self.class_around(target)).collect();
        open.sort_unstable();
        open.dedup();
        let called_before: Vec<RepoPath> =
            targets.iter().flat_map(|target| self.depended_on(target)).map(|target| target.path).collect();
        self.load(&called_before);
        for _ in 0..MAX_BASES {
            let mut next: Vec<Target> = open.iter().flat_map(|class| self.extended(class)).collect();
            next.sort_unstable();
            next.dedup();
            if next.is_empty() {
                break;
            }
            self.load(&next.iter().map(|target| target.path.clone()).collect::<Vec<_>>());
            open = next;
        }
    }

    /// The classes of the tree that a class extends, or asks for permission, where their files may say something of requests.
    fn extended(&self, class: &Target) -> Vec<Target> {
        let Some(source) = self.tree.source(class.path.as_str()) else { return Vec::new() };
        let Some(facts) = source.facts() else { return Vec::new() };
        let asked = self.asked_for_permission(&source, facts, class.node);
        let named = facts.parts(class.node, Part::Base).chain(asked.into_iter().flat_map(|(_, items)| items));
        let classes = named.filter_map(|at| self.class_named(&source, at));
        classes
            .filter(|class| {
                let text = self.tree.text(class.path.as_str());
                text.is_some_and(|text| self.rules.views.may_guard(&text))
            })
            .collect()
    }

    /// What lets requests pass to the methods of the class around a method that answers; `None` where they pass in the open.
    pub(super) fn guarded_method(&self, target: &Target) -> Option<Guarded> {
        let class = self.class_around(target).filter(|class| class.node != target.node)?;
        let file = self.file(&target.path)?;
        let (source, facts) = (&file.source, file.source.facts()?);
        let name = source.name_of(target.node)?;
        let is_plain = |at: NodeId| {
            let text = source.text_of(at).trim_start_matches('@');
            let name = text.split('(').next().unwrap_or(text).trim();
            self.rules.views.is_of_method(name.rsplit('.').next().unwrap_or(name))
        };
        let answers = self.guard_of_view(&class).is_some_and(|it| it.by_each);
        if self.rules.views.is_before(name)
            || answers && self.rules.views.is_handler(name)
            || !facts.parts(target.node, Part::Decorator).all(is_plain)
        {
            return None;
        }
        self.guarded_class(&class)
    }

    /// What lets requests pass to a class that nobody but a framework makes an instance of.
    pub(super) fn guarded_class(&self, class: &Target) -> Option<Guarded> {
        let guarded = self.guard_of_class(class, MAX_BASES)?;
        let file = self.file(&class.path)?;
        let (source, facts) = (&file.source, file.source.facts()?);
        let is_made = || self.asked.made_for_requests.get(class, || self.is_made_for_requests(source, facts, class));
        (self.was_guarded(source, facts, class, guarded.said) && is_made()).then_some(guarded)
    }

    /// The class that a declaration is, or is a method of, where it extends something.
    fn class_around(&self, target: &Target) -> Option<Target> {
        if Family::of(target.path.as_str()) != Some(Family::Python) {
            return None;
        }
        let source = self.tree.source(target.path.as_str())?;
        let facts = source.facts()?;
        let mut around = std::iter::once(target.node).chain(facts.ancestors(target.node));
        let class = around.find(|&at| facts.role(at) == Role::Class)?;
        facts.part(class, Part::Base)?;
        Some(Target { path: target.path.clone(), node: class })
    }

    /// The class of the tree that a name stands for.
    fn class_named(&self, source: &SourceFile, at: NodeId) -> Option<Target> {
        let dotted = source.dotted(at)?;
        let declared = self.tree.declaration_at(source, at, &dotted).filter(|it| it.rest.is_empty())?;
        let other = self.tree.source(declared.path.as_str())?;
        let is_class = other.facts()?.role(declared.node) == Role::Class;
        is_class.then_some(Target { path: declared.path, node: declared.node })
    }

    /// What lets requests pass to a class, whoever makes an instance of it.
    pub(super) fn guard_of_view(&self, class: &Target) -> Option<Guarded> {
        self.guard_of_class(class, MAX_BASES)
    }

    fn guard_of_class(&self, class: &Target, depth: usize) -> Option<Guarded> {
        let depth = depth.checked_sub(1)?;
        let file = self.file(&class.path)?;
        let (source, facts) = (&file.source, file.source.facts()?);
        let values = FlagValues::new(source, &file.flags)?;
        let views = &self.rules.views;
        let named = |node: NodeId, gates: Vec<Gate>, name: &str| {
            let line = source.lines.line(facts.node(node).span.start);
            let by = Step { kind: StepKind::Caller, name: name.to_owned(), path: class.path.clone(), line };
            (!gates.is_empty()).then_some(Guarded { by, node, gates, said: node, by_each: false })
        };
        let told = |member: &str, tells: &dyn Fn(&Shape) -> Vec<Read>| {
            let own = file.declared.iter().filter(|it| it.node == class.node && it.member.as_deref() == Some(member));
            own.flat_map(|it| gates_of(self, &tells(&it.wrapper.shape), (&class.path, it.wrapper.line))).collect()
        };
        let bases: Vec<NodeId> = facts.parts(class.node, Part::Base).collect();
        let methods: Vec<(NodeId, &str)> = methods(source, facts, class.node).collect();
        for &(method, name) in &methods {
            let gates = if views.is_dispatcher(name) {
                passed_on(&values, method)
            } else if views.is_check(name) {
                told(name, &passing)
            } else {
                // What asks it has to come before what answers.
                let mut before = bases.iter().take_while(|&&base| !views.is_plain(last_name(source.text_of(base))));
                match before.any(|&base| views.asked_by(last_name(source.text_of(base))) == Some(name)) {
                    true => told(name, &true_with),
                    false => Vec::new(),
                }
            };
            if let Some(guarded) = named(method, gates, name) {
                return Some(guarded);
            }
        }
        if let Some((list, items)) = self.asked_for_permission(source, facts, class.node) {
            for item in items {
                let Some(asked) = self.class_named(source, item) else { continue };
                let Some(other) = self.file(&asked.path) else { continue };
                let own = other
                    .declared
                    .iter()
                    .filter(|it| it.node == asked.node && it.member.as_deref() == Some(views.permitting.as_str()));
                let gates: Vec<Gate> = own
                    .flat_map(|it| gates_of(self, &true_with(&it.wrapper.shape), (&asked.path, it.wrapper.line)))
                    .collect();
                if let Some(guarded) = named(list, gates, &views.permitting) {
                    return Some(guarded);
                }
            }
        }
        for base in bases {
            let name = last_name(source.text_of(base));
            let guarded = self.class_named(source, base).and_then(|other| self.guard_of_class(&other, depth));
            let answers = || {
                let answers = |&(method, name): &(NodeId, &str)| {
                    views.is_handler(name) || views.is_before(name) || facts.part(method, Part::Decorator).is_some()
                };
                methods.iter().any(answers)
            };
            if let Some(guarded) = guarded.filter(|guarded| !guarded.by_each || !answers()) {
                return Some(Guarded { said: base, ..guarded });
            }
            // Whatever stands behind the first that answers is not asked.
            if !name.ends_with("Mixin") {
                break;
            }
        }
        let by = methods.iter().find(|(_, name)| views.is_handler(name))?;
        let guarded = named(by.0, self.handlers_refuse(class), by.1)?;
        Some(Guarded { said: class.node, by_each: true, ..guarded })
    }

    /// The list of classes each of which has to let a request pass, with its items, where the class itself asks them in the usual way.
    fn asked_for_permission(&self, source: &SourceFile, facts: &Facts, class: NodeId) -> Option<(NodeId, Vec<NodeId>)> {
        let views = &self.rules.views;
        let asks_otherwise = |(_, name): (NodeId, &str)| matches!(name, "get_permissions" | "check_permissions");
        if methods(source, facts, class).any(asks_otherwise) {
            return None;
        }
        let mut lists = facts.descendants(class).filter(|&at| {
            facts.role(at) == Role::Binding
                && source.name_of(at) == Some(views.permissions.as_str())
                && facts.enclosing(facts.node(at).parent, Role::Class).next() == Some(class)
                && facts.ancestors(at).take_while(|&up| up != class).all(|up| facts.role(up) != Role::Function)
        });
        let list = lists.next().filter(|_| lists.next().is_none())?;
        let items = facts.inner(facts.part(list, Part::Value)?);
        // `[Staff | HasFlag]`: one of them is enough; `~HasFlag`: it is asked the other way.
        let asks_each = facts.role(items) == Role::Array && !source.text_of(items).contains(['|', '~']);
        asks_each.then(|| (list, facts.children(items).collect()))
    }

    /// Whether a class is new, or what guards it was there before.
    fn was_guarded(&self, source: &SourceFile, facts: &Facts, class: &Target, said: NodeId) -> bool {
        let Some(name) = source.name_of(class.node) else { return false };
        let Some(before) = self.tree.before().source(class.path.as_str()) else { return true };
        let Some(former) = before.facts() else { return false };
        let mut classes = former.with_role(Role::Class).filter(|&at| before.name_of(at) == Some(name));
        let Some(was) = classes.next() else { return true };
        let (role, text) = (facts.role(said), source.text_of(said));
        former.descendants(was).any(|at| former.role(at) == role && before.text_of(at) == text)
    }

    /// Whether nobody but a framework makes an instance of a class, or extends it.
    fn is_made_for_requests(&self, source: &SourceFile, facts: &Facts, class: &Target) -> bool {
        let Some(name) = source.name_of(class.node) else { return false };
        let files = self.tree.mentioning(&[name]);
        let files: Vec<RepoPath> = files
            .into_iter()
            .filter(|file| *file == class.path || self.may_call(&class.path, file))
            .take(MAX_FILES + 1)
            .collect();
        files.len() <= MAX_FILES
            && files.iter().all(|file| {
                if *file == class.path {
                    return self.is_only_made(source, facts, name, Some(class.node));
                }
                let other = self.tree.source(file.as_str());
                other.is_some_and(|other| {
                    other.facts().is_some_and(|facts| self.is_only_made(&other, facts, name, None))
                })
            })
    }

    fn is_only_made(&self, source: &SourceFile, facts: &Facts, name: &str, class: Option<NodeId>) -> bool {
        let views = &self.rules.views;
        let mut named = facts.with_role(Role::Identifier).filter(|&at| source.text_of(at) == name);
        named.all(|at| {
            let is_own = class.is_some_and(|class| class <= at && at <= facts.node(class).last);
            if is_own || facts.ancestors(at).any(|up| matches!(facts.role(up), Role::Import | Role::Imported)) {
                return true;
            }
            let mut whole = at;
            let is_member = |at: NodeId| facts.role(at) == Role::Member;
            if is_member(facts.node(whole).parent)
                && facts.part_of(facts.node(whole).parent, whole) == Some(Part::Property)
            {
                whole = facts.node(whole).parent;
            }
            let parent = facts.node(whole).parent;
            let is_maker = |at: NodeId| {
                let property = facts.part(at, Part::Property).map(|property| source.text_of(property));
                is_member(at) && property.is_some_and(|property| views.is_maker(property))
            };
            let is_route = |at: NodeId| {
                facts.role(at) == Role::Call && source.callee_name(at).is_some_and(|name| views.route(name).is_some())
            };
            is_maker(parent) && facts.part_of(parent, whole) == Some(Part::Object)
                || is_route(parent) && facts.part_of(parent, whole) == Some(Part::Argument)
        })
    }

    /// The flags without which a class that is new answers nothing, whatever of it is asked.
    pub(super) fn guards_new_class(&self, target: &Target) -> Option<Vec<Gate>> {
        let source = self.tree.source(target.path.as_str())?;
        let facts = source.facts()?;
        if facts.role(target.node) != Role::Class
            || facts.part(target.node, Part::Decorator).is_some()
            || super::callers::acts_at_load(&source, facts, target.node)
        {
            return None;
        }
        let class = self.class_around(target)?;
        Some(self.guarded_class(&class)?.gates)
    }
}

/// The functions right in a class, with their names.
pub(super) fn methods<'s>(
    source: &'s SourceFile,
    facts: &'s Facts,
    class: NodeId,
) -> impl Iterator<Item = (NodeId, &'s str)> {
    let own = move |&at: &NodeId| {
        facts.role(at) == Role::Function
            && facts.ancestors(at).find(|&up| matches!(facts.role(up), Role::Function | Role::Class)) == Some(class)
    };
    facts.descendants(class).filter(own).filter_map(|at| Some((at, source.name_of(at)?)))
}

/// The gates (flag ON) that every mention of `super` in a method stands behind.
fn passed_on(values: &FlagValues<'_>, method: NodeId) -> Vec<Gate> {
    let (file, facts) = (values.file, values.facts);
    let mentions =
        facts.descendants(method).filter(|&at| facts.role(at) == Role::Identifier && file.text_of(at) == "super");
    let on = |at: NodeId| -> Vec<Gate> {
        let gates = dominance::gates(values, at).into_iter();
        gates.filter(|gate| gate.outcome.polarity == Polarity::On).map(|gate| gate_at(values, &gate)).collect()
    };
    let shared = mentions.map(on).reduce(|mut all, more| {
        all.retain(|gate| more.iter().any(|other| other.flag == gate.flag && other.polarity == gate.polarity));
        all
    });
    shared.unwrap_or_default()
}

/// What a call reads that comes back only then.
pub(super) fn passing(shape: &Shape) -> Vec<Read> {
    match shape {
        Shape::Passing(reads) => reads.clone(),
        _ => Vec::new(),
    }
}

/// What a call reads whose result is true only then.
fn true_with(shape: &Shape) -> Vec<Read> {
    match shape {
        Shape::Call(reads) => reads.iter().filter(|read| read.tells.at(true)).cloned().collect(),
        _ => Vec::new(),
    }
}

/// What reads come down to, where the feature is on.
pub(super) fn gates_of(project: &Project<'_>, reads: &[Read], (path, line): (&RepoPath, u32)) -> Vec<Gate> {
    let mut gates: Vec<Gate> = Vec::new();
    for read in reads {
        let Some(key) = read.fixed().filter(|key| key.is_known()) else { continue };
        let on = if project.rules.flags.is_inverse(key.name()) { Polarity::Off } else { Polarity::On };
        if read.polarity == on {
            let (flag, path, via) = (key.name().to_owned(), path.clone(), read.via.clone());
            push_new(&mut gates, Gate { flag, path, line, polarity: read.polarity, kind: GateKind::EarlyExit, via });
        }
    }
    gates
}

//! Uses of the project's own wrappers: calls, names, elements and decorators that stand for one.
//!
//! A name is followed to a wrapper only where nothing else can be meant: it is not a parameter or a local name of the function
//! around it, and a method's class is known from a type, from `new`, from what a field is given, or from the receiver being
//! called like the class.

use super::bags::Bag;
use super::{EvaluationKind, FlagKey, Found, Reading, Text};
use crate::detect::waits::is_awaited;
use crate::detect::wrapper::{Handed, Known, Read, ReadKey, Shape, Wrapper};
use crate::syntax::facts::{NodeId, Part, Role};
use crate::terms::Polarity;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// How far a receiver's class is followed through names.
const MAX_STEPS: u8 = 4;

/// Adds the evaluations of everything that uses a wrapper.
pub(super) fn detect(text: &Text<'_>, known: &Known, found: &mut Found) {
    if known.is_empty() {
        return;
    }
    let uses = Uses::new(text, known);
    for id in text.facts.ids() {
        match text.role(id) {
            Role::Call => uses.call(id, found),
            Role::Element => uses.element(id, found),
            Role::Decorator => uses.decorator(id, found),
            Role::Identifier | Role::Member => uses.value(id, found),
            _ => {}
        }
    }
}

struct Uses<'t, 'a> {
    text: &'t Text<'a>,
    known: &'t Known,
    /// The last names that wrappers have.
    last: BTreeSet<&'t str>,
    /// The names of classes that have wrappers.
    classes: BTreeSet<&'t str>,
    /// What was found out about the class of a name.
    class_of: RefCell<HashMap<String, Option<&'t str>>>,
}

impl<'t, 'a> Uses<'t, 'a> {
    fn new(text: &'t Text<'a>, known: &'t Known) -> Self {
        let last = known.names().map(|name| name.rsplit('.').next().unwrap_or(name)).collect();
        let classes = known.names().filter_map(|name| name.rsplit_once('.')).map(|(class, _)| class).collect();
        Self { text, known, last, classes, class_of: RefCell::default() }
    }

    fn call(&self, call: NodeId, found: &mut Found) {
        let text = self.text;
        let Some(callee) = text.part(call, Part::Callee).map(|callee| text.inner(callee)) else { return };
        if text.role(callee) == Role::Call {
            // `requireFlag("x")(handler)`
            for wrapper in self.wrappers(callee_of(text, callee)) {
                if let Shape::Runs { handed: Handed::ArgumentOfResult(at), reads, .. } = &wrapper.shape {
                    let Some(argument) = text.positional(call).nth(*at) else { continue };
                    self.add(reads, callee, call, &EvaluationKind::Callback(vec![argument]), found);
                }
            }
            return;
        }
        // `useSelector(selectNewTax)`
        if text.is_answering(call)
            && let Some(asked) = text.positional(call).next()
        {
            for wrapper in self.wrappers(Some(asked)).iter().filter(|wrapper| !wrapper.is_async) {
                let Shape::Call(reads) = &wrapper.shape else { continue };
                if reads.iter().all(|read| read.fixed().is_some()) {
                    self.add(reads, call, call, &EvaluationKind::Value, found);
                }
            }
        }
        // `useContext(Features)`
        if text.callee(call).is_some_and(|(name, _)| text.rules.takes_context(name))
            && let Some(asked) = text.positional(call).next()
        {
            for wrapper in self.wrappers(Some(asked)) {
                let Shape::Context { members } = &wrapper.shape else { continue };
                if let Some(reads) = members.get("") {
                    self.add(reads, call, call, &EvaluationKind::Value, found);
                }
                Bag::of_wrapper(text, members).follow(call, found);
                found.objects.push((call, members.clone()));
            }
        }
        for wrapper in self.wrappers(Some(callee)) {
            let yields = matches!(wrapper.shape, Shape::Call(_) | Shape::Passing(_) | Shape::Object { .. });
            if yields && wrapper.is_async && !is_awaited(text.file, text.facts, call) {
                continue;
            }
            match &wrapper.shape {
                Shape::Call(reads) => self.add(reads, call, call, &EvaluationKind::Value, found),
                Shape::Passing(reads) => self.add(reads, call, call, &EvaluationKind::Passing, found),
                Shape::Asks(reads) if is_statement(text, call) => {
                    self.add(reads, call, call, &EvaluationKind::Asking, found);
                }
                Shape::Object { called: true, members } => Bag::of_wrapper(text, members).follow(call, found),
                Shape::Runs { handed: Handed::Argument(at), reads, .. } => {
                    let Some(argument) = text.positional(call).nth(*at) else { continue };
                    self.add(reads, call, call, &EvaluationKind::Callback(vec![argument]), found);
                }
                // Middleware: what stands after it in the same list runs only if it lets control pass.
                Shape::Runs { handed: Handed::ArgumentOfResult(at), called: true, reads, .. } if *at > 0 => {
                    self.before_others(reads, *at, call, call, found);
                }
                _ => {}
            }
        }
    }

    fn element(&self, element: NodeId, found: &mut Found) {
        let text = self.text;
        let Some(name) = text.part(element, Part::Name).map(|name| text.of(name)) else { return };
        if !self.last.contains(name.rsplit('.').next().unwrap_or(name)) {
            return;
        }
        for wrapper in self.known.wrappers(name) {
            match &wrapper.shape {
                Shape::Runs { handed: Handed::Children, reads, .. } => {
                    self.add(reads, element, element, &EvaluationKind::Component, found);
                }
                Shape::Asks(reads) if !wrapper.is_async && is_child(text, element) => {
                    self.add(reads, element, element, &EvaluationKind::Asking, found);
                }
                _ => {}
            }
        }
    }

    fn decorator(&self, decorator: NodeId, found: &mut Found) {
        let text = self.text;
        let Some(value) = text.part(decorator, Part::Value).map(|value| text.inner(value)) else { return };
        let is_called = text.role(value) == Role::Call;
        let named = if is_called { callee_of(text, value) } else { Some(value) };
        for wrapper in self.wrappers(named) {
            match &wrapper.shape {
                Shape::Runs { handed: Handed::ArgumentOfResult(0), reads, is_idle, .. } if is_called => {
                    self.add(reads, value, decorator, &EvaluationKind::Decorator { is_idle: *is_idle }, found);
                }
                Shape::Runs { handed: Handed::Argument(0), reads, is_idle, .. } if !is_called => {
                    self.add(reads, value, decorator, &EvaluationKind::Decorator { is_idle: *is_idle }, found);
                }
                Shape::Decorates { by_a_call, reads } if *by_a_call == is_called => {
                    self.add(reads, value, decorator, &EvaluationKind::Asking, found);
                }
                _ => {}
            }
        }
    }

    /// A name, or a member, that is the value, the object or the middleware itself.
    fn value(&self, id: NodeId, found: &mut Found) {
        let text = self.text;
        let parent = text.parent(id);
        let part = text.facts.part_of(parent, id);
        let names_something = matches!(
            part,
            Some(
                Part::Name
                    | Part::Property
                    | Part::Target
                    | Part::Alias
                    | Part::Parameter
                    | Part::Callee
                    | Part::Source
            )
        );
        let is_key = part == Some(Part::Key) && text.part(parent, Part::Value) != Some(id);
        if names_something || is_key || matches!(text.role(parent), Role::Imported | Role::Import | Role::Export) {
            return;
        }
        for wrapper in self.wrappers(Some(id)) {
            match &wrapper.shape {
                Shape::Value(_) if text.role(id) == Role::Member && self.is_target(id) => {}
                Shape::Value(reads) => self.add(reads, id, id, &EvaluationKind::Value, found),
                Shape::Object { called: false, members } => Bag::of_wrapper(text, members).follow(id, found),
                Shape::Runs { handed: Handed::Argument(at), called: true, reads, .. } if *at > 0 => {
                    self.before_others(reads, *at, id, id, found);
                }
                _ => {}
            }
        }
    }

    /// `router.post("/x", requireNewTax, handler)`: the arguments after this one run only if the flag is on.
    ///
    /// `last` is the place of the parameter that it goes on by.
    fn before_others(&self, reads: &[Read], last: usize, source: NodeId, argument: NodeId, found: &mut Found) {
        let text = self.text;
        let call = text.parent(argument);
        if text.role(call) != Role::Call || text.part(call, Part::Callee) == Some(argument) {
            return;
        }
        // Middleware comes after a path or in a list of its kind; what is handed to others as one of two runs when they like.
        let first = text.positional(call).next().filter(|&first| first != argument);
        if last < 2 && !first.is_some_and(|first| text.role(text.inner(first)) == Role::String) {
            return;
        }
        let after: Vec<NodeId> = text.positional(call).skip_while(|&at| at != argument).skip(1).collect();
        if !after.is_empty() {
            self.add(reads, source, call, &EvaluationKind::Callback(after), found);
        }
    }

    /// Adds an evaluation at `node` for each flag; `source` is the call or element that hands the keys in.
    fn add(&self, reads: &[Read], source: NodeId, node: NodeId, kind: &EvaluationKind, found: &mut Found) {
        for read in reads {
            if let ReadKey::Asked(places) = &read.key {
                self.add_asked(read, places, source, (node, kind), found);
                continue;
            }
            let (key, default) = match &read.key {
                ReadKey::Fixed(key) => (Some(key.clone()), read.default.clone()),
                ReadKey::Given(places) => (self.given(source, places), read.default.clone()),
                ReadKey::Asked(_) => continue,
            };
            if let Some(key) = key {
                found.evaluation(self.text, &Reading::of_read(read), key, node, kind.clone(), default);
            }
        }
    }

    /// `flagGuard(isTaxOn)`: what the function says that is handed in.
    fn add_asked(
        &self,
        read: &Read,
        places: &[crate::rules::flags::Place],
        source: NodeId,
        (node, kind): (NodeId, &EvaluationKind),
        found: &mut Found,
    ) {
        let text = self.text;
        let handed = places.iter().find_map(|place| text.at(source, place));
        if read.polarity != Polarity::On {
            return;
        }
        for wrapper in self.wrappers(handed).iter().filter(|wrapper| !wrapper.is_async) {
            let Shape::Call(asked) = &wrapper.shape else { continue };
            for said in asked.iter().filter(|said| said.tells.at(true)) {
                let Some(key) = said.fixed() else { continue };
                let mut reading = Reading::of_read(said);
                reading.via = read.via.iter().chain(&said.via).cloned().collect();
                found.evaluation(text, &reading, key.clone(), node, kind.clone(), said.default.clone());
            }
        }
    }

    fn given(&self, source: NodeId, places: &[crate::rules::flags::Place]) -> Option<FlagKey> {
        self.text.keys_at(source, places).into_iter().next().map(|(key, _)| key)
    }

    /// The wrappers that a name or a member stands for.
    fn wrappers(&self, named: Option<NodeId>) -> &'t [Arc<Wrapper>] {
        let text = self.text;
        let Some(named) = named.map(|named| text.inner(named)) else { return &[] };
        match text.role(named) {
            Role::Identifier => {
                let name = text.of(named);
                if !self.last.contains(name) || text.is_shadowed(named, name) { &[] } else { self.known.wrappers(name) }
            }
            Role::Member => {
                let Some(property) = text.part(named, Part::Property).map(|property| text.of(property)) else {
                    return &[];
                };
                let Some(object) = text.part(named, Part::Object) else { return &[] };
                if !self.last.contains(property) {
                    return &[];
                }
                if let Some(path) = text.constant_path(named) {
                    let root = path.split('.').next().unwrap_or_default();
                    let direct = self.known.wrappers(&path);
                    if !direct.is_empty() && !text.is_shadowed(named, root) {
                        return direct;
                    }
                }
                self.methods(object, property)
            }
            _ => &[],
        }
    }

    /// The wrappers that a method of this name of the object stands for.
    fn methods(&self, object: NodeId, method: &str) -> &'t [Arc<Wrapper>] {
        let text = self.text;
        let object = text.inner(object);
        if matches!(text.of(object), "this" | "self" | "cls" | "super")
            || text.role(object) == Role::Call && callee_of(text, object).is_some_and(|at| text.of(at) == "super")
        {
            let Some(class) = text.facts.enclosing(object, Role::Class).next() else { return &[] };
            let bases = text.facts.parts(class, Part::Base).map(|base| text.of(base));
            let names = text.file.name_of(class).into_iter().chain(bases);
            return names
                .map(|class| self.known.wrappers(&format!("{class}.{method}")))
                .find(|wrappers| !wrappers.is_empty())
                .unwrap_or_default();
        }
        let class = self.class(object, MAX_STEPS);
        class.map_or(&[], |class| self.known.wrappers(&format!("{class}.{method}")))
    }

    /// The class, among those with wrappers, that an expression is an instance of.
    fn class(&self, object: NodeId, steps: u8) -> Option<&'t str> {
        let steps = steps.checked_sub(1)?;
        let text = self.text;
        let object = text.inner(object);
        match text.role(object) {
            Role::Identifier => {
                let name = text.of(object);
                let mut around = text.facts.enclosing(object, Role::Function);
                match around.find(|&function| self.is_named_in(function, name)) {
                    Some(function) => self.find_class(function, name, steps),
                    None => self.class_named(name, steps),
                }
            }
            Role::Member => self.class_named(text.of(text.part(object, Part::Property)?), steps),
            // `new FlagService()`, `FlagService.instance()`, `inject(FlagService)`
            Role::Call => {
                let callee = callee_of(text, object)?;
                let named = |at: NodeId| self.classes.get(text.constant_path(at)?.as_str()).copied();
                let owner = || text.part(callee, Part::Object).and_then(named);
                let mut arguments = text.positional(object);
                named(callee).or_else(owner).or_else(|| match (arguments.next(), arguments.next()) {
                    (Some(only), None) => named(text.inner(only)),
                    _ => None,
                })
            }
            _ => None,
        }
    }

    /// The class that a local name, a parameter or a field is declared with.
    fn class_named(&self, name: &str, steps: u8) -> Option<&'t str> {
        if let Some(&known) = self.class_of.borrow().get(name) {
            return known;
        }
        // Names may refer to each other in circles.
        self.class_of.borrow_mut().insert(name.to_owned(), None);
        let class = self.find_class(NodeId::MODULE, name, steps);
        self.class_of.borrow_mut().insert(name.to_owned(), class);
        class
    }

    /// Whether a function has a parameter or a local name of this kind.
    fn is_named_in(&self, function: NodeId, name: &str) -> bool {
        let text = self.text;
        let declares = |at: NodeId| {
            matches!(text.role(at), Role::Parameter | Role::Binding | Role::Destructured)
                && text.file.name_of(at) == Some(name)
        };
        // What a hostile file could make dear is left unknown.
        let size = (text.facts.node(function).last.0 - function.0) as usize;
        text.afford(size) && text.facts.descendants(function).any(declares)
    }

    /// The class that a name has inside a function, or anywhere in the file.
    fn find_class(&self, inside: NodeId, name: &str, steps: u8) -> Option<&'t str> {
        let text = self.text;
        let mut found: BTreeSet<&'t str> = BTreeSet::new();
        // Something else is given to the name somewhere.
        let mut other = false;
        let mut is_typed = false;
        for id in text.facts.descendants(inside) {
            let role = text.role(id);
            if !matches!(role, Role::Parameter | Role::Binding | Role::Assignment) {
                continue;
            }
            let Some(target) = text.part(id, Part::Name).or_else(|| text.part(id, Part::Target)) else { continue };
            let last = match text.role(target) {
                // A field is no name of a function.
                Role::Member if inside != NodeId::MODULE => continue,
                Role::Member => text.part(target, Part::Property).map_or("", |property| text.of(property)),
                _ => text.of(target),
            };
            if last != name {
                continue;
            }
            let value = text.part(id, Part::Value).or_else(|| text.part(id, Part::Default));
            let whole = text.facts.node(id).span;
            let head_end = value.map_or(whole.end, |value| text.facts.node(value).span.start);
            let head = crate::location::Span { start: whole.start, end: head_end }.text(&text.file.text);
            let typed = self.classes.iter().find(|class| crate::index::places(head, class).next().is_some());
            match (typed, value) {
                // `const flags: FlagService = new AlwaysOn()`: whatever its type, it is one of those.
                (Some(class), Some(value)) if self.makes_another(value, class) => other = true,
                (Some(class), _) => {
                    found.insert(class);
                    is_typed = true;
                }
                (None, Some(value)) => match self.class(value, steps) {
                    Some(class) => {
                        found.insert(class);
                    }
                    None => other |= !matches!(text.role(text.inner(value)), Role::Null),
                },
                (None, None) => {}
            }
        }
        match found.len() {
            // What has a type keeps it.
            1 if is_typed || !other => found.first().copied(),
            0 if !other => {
                let plain = |name: &str| name.replace(['_', '$', '#'], "").to_lowercase();
                self.classes.iter().find(|class| !class.contains('.') && plain(class) == plain(name)).copied()
            }
            _ => None,
        }
    }
}

impl Uses<'_, '_> {
    /// Whether the same member is given a value in this file: `flags.newTax = true`. Fields of an object of its own are followed
    /// where they are declared.
    fn is_target(&self, member: NodeId) -> bool {
        let text = self.text;
        let written = text.of(member);
        if ["this.", "self.", "cls."].iter().any(|own| written.starts_with(own)) {
            return false;
        }
        text.is_given(member)
    }

    /// Whether an expression makes an instance of another class than this one.
    fn makes_another(&self, value: NodeId, class: &str) -> bool {
        let text = self.text;
        let value = text.inner(value);
        text.role(value) == Role::Call
            && text.of(value).starts_with("new ")
            && callee_of(text, value).is_some_and(|callee| text.constant_path(callee).as_deref() != Some(class))
    }
}

/// Whether nobody looks at what a call yields.
fn is_statement(text: &Text<'_>, call: NodeId) -> bool {
    let whole = text.outer(call);
    matches!(text.role(text.parent(whole)), Role::Block | Role::Module | Role::Case)
}

/// Whether an element stands among the children of another one: where it shows nothing, the others stay.
fn is_child(text: &Text<'_>, element: NodeId) -> bool {
    let mut at = element;
    // `{isOpen && <Banner />}`
    while matches!(text.role(text.parent(at)), Role::And | Role::Guard | Role::Transparent)
        && text.facts.part_of(text.parent(at), at) != Some(Part::Condition)
    {
        at = text.parent(at);
    }
    let parent = text.parent(at);
    text.role(parent) == Role::Element && text.facts.part_of(parent, at).is_none()
}

fn callee_of(text: &Text<'_>, call: NodeId) -> Option<NodeId> {
    text.part(call, Part::Callee).map(|callee| text.inner(callee))
}

impl Text<'_> {
    /// Whether what is written like this is given a value somewhere in the file: `flags.newTax = true`.
    pub(super) fn is_given(&self, at: NodeId) -> bool {
        let mut given = self.facts.with_role(Role::Assignment).filter_map(|given| self.part(given, Part::Target));
        given.any(|target| self.of(target) == self.of(at))
    }

    /// Whether a function around the place has a parameter or a local name of this kind.
    pub(super) fn is_shadowed(&self, at: NodeId, name: &str) -> bool {
        let inside = |value: NodeId| {
            self.facts
                .enclosing(value, Role::Function)
                .next()
                .is_some_and(|function| function < at && at <= self.facts.node(function).last)
        };
        self.is_parameter_named(at, name) || self.names().local(name).any(inside)
    }
}

//! Who else may call a function than those who name it: the class that its own extends, and decorators of Python.
//!
//! A class of a framework calls methods by names that the framework knows. A name that the tree has just come up with is none of those,
//! as long as it is no name of a kind: `get_total` for a field `total`, `on_saved` for an event. Decorators that only call what they
//! stand on, and those that are known to (`rules/views.yaml`), hand it to nobody.

use super::*;
use crate::index::modules::What;
use crate::location::Span;
use crate::project::unseen::CALLED_BY_THE_LANGUAGE;
use crate::project::views::methods;
use crate::rules::words::split_words;

/// Classes that classes extend, as far as they are looked into.
const MAX_BASES: usize = 6;

/// The first words of names that are made up of a kind and something else, by which they are looked up.
const KINDS: [&str; 23] = [
    "on", "ng", "do", "visit", "handle", "cmd", "event", "test", "action", "compute", "inverse", "search", "depart",
    "default", "onchange", "receive", "when", "before", "after", "pre", "post", "hook", "command",
];

/// The first words of names that frameworks make up for a field of something.
const OF_FIELDS: [&str; 12] = [
    "get",
    "set",
    "validate",
    "clean",
    "resolve",
    "prepare",
    "filter",
    "dehydrate",
    "hydrate",
    "save",
    "load",
    "render",
];

/// A name in the open of fewer words may be one that others know.
const MIN_WORDS: usize = 4;

/// Larger functions are not looked into.
const MAX_NODES: u32 = 1_000;

impl Project<'_> {
    /// Why a method may be called by somebody who does not name it here.
    pub(super) fn calls_from_outside(
        &self,
        source: &SourceFile,
        facts: &Facts,
        class: NodeId,
        name: &str,
    ) -> Option<&'static str> {
        if facts.parts(class, Part::Base).any(|base| !self.is_own_interface(source, facts, class, base)) {
            return Some("the class that it extends may call it");
        }
        let is_of_kind = || split_words(name).first().is_some_and(|word| KINDS.contains(&word.as_ref()));
        let is_decorated = facts.part(class, Part::Decorator).is_some();
        if is_decorated && (is_of_kind() || !self.is_only_injected(source, facts, class)) {
            return Some("the decorator of its class may register it with a framework");
        }
        let is_special = name.starts_with("__") || CALLED_BY_THE_LANGUAGE.contains(&name);
        is_special.then_some("the language itself calls it")
    }

    /// Whether a class only says that it has what an interface of the tree asks for, which runs nothing, and of which who calls it
    /// says the name: `class Orders implements Store`.
    fn is_own_interface(&self, source: &SourceFile, facts: &Facts, class: NodeId, base: NodeId) -> bool {
        let between = Span { end: facts.node(base).span.start, ..facts.node(class).span };
        index::places(between.text(&source.text), "implements").next().is_some()
            && self.is_interface_of_tree(source, without_arguments(source.text_of(base)).trim(), MAX_BASES)
    }

    /// Whether a name is an interface of the tree, and all that it extends is, too.
    fn is_interface_of_tree(&self, source: &SourceFile, name: &str, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        let imports = self.tree.imports(source);
        let mut imported = imports.iter().filter(|import| import.local.as_deref() == Some(name)).peekable();
        if imported.peek().is_none() {
            return extended_by(&source.text, name)
                .is_some_and(|more| more.iter().all(|name| self.is_interface_of_tree(source, name, depth)));
        }
        imported.all(|import| {
            let Some(other) = import.target.path().and_then(|path| self.tree.source(path.as_str())) else {
                return false;
            };
            let exported = match &import.what {
                What::Named(exported) => exported,
                _ => name,
            };
            // Where another module passes it on, the tree has it all the same.
            let more = extended_by(&other.text, exported).unwrap_or_default();
            more.iter().all(|name| self.is_interface_of_tree(&other, name, depth))
        })
    }

    /// Whether no class that is extended can know the name of a method: the language keeps it to its own class, or it is new and its
    /// own.
    pub(super) fn is_name_of_its_own(&self, target: &Target, source: &SourceFile, facts: &Facts, name: &str) -> bool {
        let Some(class) = facts.enclosing(target.node, Role::Class).next() else { return false };
        if is_private_to_class(source, target.node, name) {
            return true;
        }
        let words = split_words(name);
        let first = words.first().map_or("", |word| word.as_ref());
        let is_private = name.starts_with('_') && words.len() > 1;
        let is_of_kind = KINDS.contains(&first) || RUN_BY_NAME.contains(&first);
        let is_long = words.len() >= MIN_WORDS && !name.starts_with('_');
        if facts.part(class, Part::Decorator).is_some()
            || name.starts_with("__")
            || is_of_kind
            || !(is_private || is_long)
            || !self.is_new_name(target)
        {
            return false;
        }
        let inner = source.text_of(target.node);
        let field = name.trim_start_matches('_').split_once('_').map_or("", |(_, field)| field);
        // `get_total` may be asked for by whoever knows a `total`.
        let is_of_field = || OF_FIELDS.contains(&first) && self.is_mentioned_outside(target, source, field);
        let hands_on = inner.contains("super(") && index::places(inner, name).count() > 1;
        !hands_on && !is_of_field() && !self.extends_what_makes_up_names(source, facts, class, MAX_BASES)
    }

    /// Whether a word is anywhere but in a declaration and in the tests.
    fn is_mentioned_outside(&self, target: &Target, source: &SourceFile, word: &str) -> bool {
        let Some(facts) = source.facts() else { return true };
        let inside = facts.node(target.node).span.text(&source.text);
        let is_in_own = index::places(&source.text, word).count() > index::places(inside, word).count();
        is_in_own
            || self
                .tree
                .mentioning(&[word])
                .iter()
                .any(|file| *file != target.path && self.may_call(&target.path, file))
    }

    /// Whether a class of the tree that this one extends calls members by names that it makes up.
    fn extends_what_makes_up_names(&self, source: &SourceFile, facts: &Facts, class: NodeId, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return true };
        facts.parts(class, Part::Base).any(|base| {
            let declared = source.dotted(base).and_then(|dotted| self.tree.declaration_at(source, base, &dotted));
            let Some(declared) = declared.filter(|it| it.rest.is_empty()) else { return false };
            let Some(other) = self.tree.source(declared.path.as_str()) else { return true };
            let Some(of_base) = other.facts() else { return true };
            of_base.role(declared.node) == Role::Class
                && (is_looked_up(&other, of_base, Some(declared.node))
                    || self.extends_what_makes_up_names(&other, of_base, declared.node, depth))
        })
    }

    /// Whether each decorator of a function makes nobody else run it.
    pub(super) fn is_only_wrapped(&self, source: &SourceFile, facts: &Facts, declaration: NodeId) -> bool {
        if facts.role(declaration) != Role::Function || Family::of(source.path.as_str()) != Some(Family::Python) {
            return false;
        }
        let imports = self.tree.imports(source);
        facts.parts(declaration, Part::Decorator).all(|decorator| {
            let Some(value) = facts.part(decorator, Part::Value).map(|value| facts.inner(value)) else { return false };
            let is_called = facts.role(value) == Role::Call;
            let Some(named) = (if is_called { facts.part(value, Part::Callee) } else { Some(value) }) else {
                return false;
            };
            let Some(dotted) = source.dotted(named) else { return false };
            let mut keywords =
                facts.parts(value, Part::Argument).filter(|&at| is_called && facts.role(at) == Role::Keyword);
            if keywords.any(|at| source.name_of(at).is_some_and(|name| self.rules.views.is_named_task(name))) {
                return false;
            }
            let (root, rest) =
                dotted.split_once('.').map_or((dotted.as_str(), None), |(root, rest)| (root, Some(rest)));
            let is_plain = |module: Option<&str>, name: &str| self.rules.views.is_plain_decorator(module, name);
            let mut known = imports.iter().filter(|import| import.local.as_deref() == Some(root)).peekable();
            if known.peek().is_none() {
                let declared = self.tree.declaration_at(source, decorator, &dotted);
                return match declared {
                    Some(declared) => self.only_wraps(&declared, is_called),
                    None => is_plain(None, &dotted) || rest.is_some_and(|rest| matches!(rest, "setter" | "deleter")),
                };
            }
            let by_import = known.all(|import| match &import.what {
                What::Named(name) => {
                    let full = rest.map_or_else(|| name.clone(), |rest| format!("{name}.{rest}"));
                    is_plain(Some(&import.module), &full)
                }
                What::Namespace => rest.is_some_and(|rest| is_plain(Some(&import.module), rest)),
                _ => false,
            });
            by_import
                || self
                    .tree
                    .declaration_at(source, decorator, &dotted)
                    .is_some_and(|declared| self.only_wraps(&declared, is_called))
        })
    }

    /// Whether a decorator of the tree only calls what it stands on, from a function that takes its place.
    fn only_wraps(&self, declared: &modules::Declaration, is_called: bool) -> bool {
        let Some(source) = self.tree.source(declared.path.as_str()) else { return false };
        let Some(facts) = source.facts() else { return false };
        let function = match (facts.role(declared.node), declared.rest.as_slice()) {
            // `@app.task`, where `app = Celery("shop")`
            (Role::Binding, [decorator]) => {
                let made = facts.part(declared.node, Part::Value).and_then(|made| source.callee_name(made));
                return made.is_some_and(|made| self.rules.views.is_task(made, decorator));
            }
            (Role::Function, []) => Some(declared.node),
            (Role::Class, [method]) => {
                methods(&source, facts, declared.node).find(|(_, name)| name == method).map(|(node, _)| node)
            }
            _ => None,
        };
        let Some(function) = function.filter(|&at| facts.node(at).last.0 - at.0 <= MAX_NODES) else { return false };
        // `@retried(3)`: the function inside is the decorator.
        let decorator = if is_called { returned(&source, facts, function) } else { Some(function) };
        decorator.is_some_and(|decorator| only_calls_its_argument(&source, facts, decorator))
    }
}

/// The function inside of a function that it returns.
fn returned(source: &SourceFile, facts: &Facts, function: NodeId) -> Option<NodeId> {
    let own = |at: &NodeId| facts.enclosing(facts.node(*at).parent, Role::Function).next() == Some(function);
    let mut exits = facts.descendants(function).filter(|&at| facts.role(at) == Role::Exit).filter(own);
    let name = exits.next().filter(|_| exits.next().is_none()).and_then(|exit| facts.part(exit, Part::Value))?;
    let mut inner = facts.descendants(function).filter(|&at| facts.role(at) == Role::Function).filter(own);
    inner.find(|&at| source.name_of(at) == Some(source.text_of(name)))
}

/// Whether a function only calls its one argument, later, and looks at its members.
fn only_calls_its_argument(source: &SourceFile, facts: &Facts, function: NodeId) -> bool {
    let mut parameters = facts.parts(function, Part::Parameter);
    let parameter = parameters.next().filter(|_| parameters.next().is_none());
    let Some(name) = parameter.and_then(|parameter| source.name_of(parameter)) else { return false };
    let Some(body) = facts.part(function, Part::Body) else { return false };
    let mut mentions =
        facts.descendants(body).filter(|&at| facts.role(at) == Role::Identifier && source.text_of(at) == name);
    mentions.all(|at| {
        let parent = facts.node(at).parent;
        let is_later = facts.ancestors(at).take_while(|&up| up != body).any(|up| facts.role(up) == Role::Function);
        let is_copied = || {
            facts.role(parent) == Role::Call
                && source.callee_name(parent).is_some_and(|name| {
                    matches!(name, "wraps" | "update_wrapper" | "iscoroutinefunction" | "signature")
                })
        };
        match facts.part_of(parent, at) {
            Some(Part::Callee) => is_later,
            Some(Part::Object) => facts.part_of(facts.node(parent).parent, parent) != Some(Part::Callee),
            Some(Part::Property) => true,
            _ => is_copied(),
        }
    })
}

/// Whether the language lets no other class name a method: `private total()`, `#total()`, `__total()`.
fn is_private_to_class(source: &SourceFile, method: NodeId, name: &str) -> bool {
    match Family::of(source.path.as_str()) {
        Some(Family::Python) => name.starts_with("__") && !name.ends_with('_'),
        Some(Family::Script) => name.starts_with('#') || source.text_of(method).starts_with("private "),
        None => false,
    }
}

/// What an interface extends that a text declares; `None` where it declares none of this name.
fn extended_by(text: &str, name: &str) -> Option<Vec<String>> {
    let declared = ["interface", "type", "class"].iter().find_map(|kind| {
        let declaration = format!("{kind} {name}");
        index::places(text, &declaration).next().map(|at| &text[at + declaration.len()..])
    })?;
    let header = declared.split_once('{').map_or(declared, |(header, _)| header);
    let header = without_arguments(header);
    // `type Store = Pick<Other, "get">`
    let more = header.split_once("extends").or_else(|| header.split_once('=')).map_or("", |(_, more)| more);
    let names = more.split([',', '&', '|']).map(str::trim);
    Some(names.filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

/// `Store, Closable` of `Store<Order, "id">, Closable`.
fn without_arguments(text: &str) -> String {
    let mut depth = 0_usize;
    let mut outside = String::new();
    for c in text.chars() {
        match c {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    outside
}

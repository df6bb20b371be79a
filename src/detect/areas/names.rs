//! What the names of one file stand for: modules that they are imported from, dotted names of calls.

use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use std::collections::HashMap;

/// How deep a chain of members and calls is followed.
const MAX_CHAIN: usize = 24;

/// The imports of one file.
#[derive(Debug, Default)]
pub(super) struct FileNames<'a> {
    /// Local name -> module, for imports and for variables that are made from them.
    modules: HashMap<&'a str, String>,
    /// Every module that the file imports, in source order.
    imported: Vec<String>,
    has_elements: bool,
}

impl<'a> FileNames<'a> {
    pub(super) fn of(file: &'a SourceFile) -> Self {
        let mut names = Self::default();
        let Some(facts) = file.facts() else { return names };
        for id in facts.ids() {
            match facts.role(id) {
                Role::Import => names.import(file, facts, id),
                Role::Binding | Role::Destructuring | Role::Assignment => names.made_from_import(file, facts, id),
                Role::Element => names.has_elements = true,
                _ => {}
            }
        }
        names
    }

    fn import(&mut self, file: &'a SourceFile, facts: &Facts, import: NodeId) {
        let source = facts.part(import, Part::Source).map(|id| text_or_string(file, facts, id));
        self.imported.extend(source.clone());
        for imported in facts.descendants(import).filter(|&id| facts.role(id) == Role::Imported) {
            let name = facts.part(imported, Part::Name).map(|id| file.text_of(id));
            let alias = facts.part(imported, Part::Alias).map(|id| file.text_of(id));
            let module = source.clone().or_else(|| name.map(str::to_owned));
            let local = alias.or_else(|| name.and_then(|name| name.split('.').next()));
            if let (Some(local), Some(module)) = (local, module) {
                if source.is_none() {
                    self.imported.push(module.clone());
                }
                // `from a import b` may bring a module: keep both.
                let full = match name {
                    Some(name) if source.is_some() => format!("{module}.{name}"),
                    _ => module,
                };
                self.modules.insert(local, full);
            }
        }
    }

    /// `const stripe = new Stripe(key)`, `const x = require("x")`, `this.mailer = createTransport()`: the name stands
    /// for what its value is made from.
    fn made_from_import(&mut self, file: &'a SourceFile, facts: &Facts, id: NodeId) {
        let Some(value) = facts.part(id, Part::Value) else { return };
        // A client lives in the module or the object; what a function keeps for itself is mostly an answer of it.
        let local = facts.enclosing(id, Role::Function).next().is_some();
        let own = || facts.part(id, Part::Target).is_some_and(|target| is_own_field(file, target));
        if local && !own() {
            return;
        }
        let chain = chain(file, facts, value);
        let Some(root) = chain.first() else { return };
        let required = match (*root, chain.len()) {
            ("require", 1) => required_module(file, facts, value),
            _ => None,
        };
        let Some(module) = required.clone().or_else(|| self.modules.get(root).cloned()) else { return };
        self.imported.extend(required);
        match facts.role(id) {
            Role::Destructuring => {
                let inside =
                    facts.descendants(id).take_while(|&at| facts.node(at).span.start < facts.node(value).span.start);
                for name in inside.filter(|&at| facts.role(at) == Role::Destructured) {
                    if let Some(name) = facts.part(name, Part::Name) {
                        self.modules.entry(file.text_of(name)).or_insert_with(|| module.clone());
                    }
                }
            }
            role => {
                let target = if role == Role::Binding { Part::Name } else { Part::Target };
                let target = facts.part(id, target).map(|id| self::chain(file, facts, id)).unwrap_or_default();
                if let [name] = target[..] {
                    self.modules.entry(name).or_insert(module);
                }
            }
        }
    }

    /// The module that the local name comes from.
    pub(super) fn module_of(&self, local: &str) -> Option<&str> {
        self.modules.get(local).map(String::as_str)
    }

    pub(super) fn modules(&self) -> impl Iterator<Item = &str> {
        self.imported.iter().map(String::as_str)
    }

    pub(super) fn has_elements(&self) -> bool {
        self.has_elements
    }
}

/// `this.mailer`, `self.client`.
fn is_own_field(file: &SourceFile, target: NodeId) -> bool {
    let text = file.text_of(target);
    text.starts_with("this.") || text.starts_with("self.")
}

/// The module of `require("module")`.
fn required_module(file: &SourceFile, facts: &Facts, value: NodeId) -> Option<String> {
    let call = std::iter::once(value).chain(facts.descendants(value)).find(|&id| facts.role(id) == Role::Call)?;
    facts.parts(call, Part::Argument).find_map(|id| file.string_value(id))
}

fn text_or_string(file: &SourceFile, facts: &Facts, id: NodeId) -> String {
    match facts.role(id) {
        Role::String => file.string_value(id).unwrap_or_default(),
        _ => file.text_of(id).to_owned(),
    }
}

/// The names of a chain of members and calls: `a.b(1).c` gives a, b, c; `this` and `self` in front are left out.
pub(super) fn chain<'a>(file: &'a SourceFile, facts: &Facts, node: NodeId) -> Vec<&'a str> {
    let mut names = Vec::new();
    let mut at = Some(node);
    for _ in 0..MAX_CHAIN {
        let Some(id) = at else { break };
        at = match facts.role(id) {
            Role::Member => {
                names.extend(facts.part(id, Part::Property).map(|id| file.text_of(id)));
                facts.part(id, Part::Object)
            }
            Role::Call => facts.part(id, Part::Callee),
            Role::Subscript => facts.part(id, Part::Object),
            Role::Transparent => facts.part(id, Part::Operand),
            Role::Identifier | Role::Other => {
                let text = file.text_of(id);
                let plain = text.len() <= 200 && text.bytes().all(|b| !b.is_ascii_whitespace() && b != b'(');
                names.push(if plain { text } else { "?" });
                None
            }
            _ => {
                names.push("?");
                None
            }
        };
    }
    names.reverse();
    if names.len() > 1 && matches!(names[0], "this" | "self" | "cls") {
        names.remove(0);
    }
    // Dotted names that are one node (`Foo.Bar` of an element, a decorator's name).
    names.iter().flat_map(|name| name.split('.')).filter(|name| !name.is_empty()).collect()
}

//! What one file imports, binds and exports, by its own syntax.
//!
//! Not here: where any of it leads ([`super::names`]).

use super::Family;
use super::scopes::{self, Scopes};
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What an import takes from a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// One name that the module exports.
    Named(String),
    Default,
    /// The module itself: `* as x`, `x = require()`, Python's `import a.b`, `await import()`.
    Namespace,
    /// All its names: `from a import *`, `export * from`.
    Star,
    /// What a call makes of `() => import()`, or an import that is used in the middle of an expression.
    Dynamic,
    /// Nothing; the module only runs.
    SideEffect,
}

/// One name of an import, as it is written.
#[derive(Debug, Clone)]
pub(super) struct Import {
    pub(super) module: String,
    pub(super) what: What,
    /// The name that the file knows it by; dotted for Python's `import a.b`.
    pub(super) local: Option<String>,
    /// The name that it is exported by at once: `export { a as b } from`.
    pub(super) exported: Option<String>,
    /// The name, or the call of a dynamic import.
    pub(super) node: NodeId,
    /// What holds the import: the binding around a dynamic import, otherwise the node.
    pub(super) around: NodeId,
}

/// What an exported name stands for.
#[derive(Debug, Clone)]
pub(super) enum Export {
    /// A name of the module's own.
    Local(String),
    /// A declaration or an expression, with the name it goes by.
    Node(NodeId, String),
    /// One of the imports.
    Import(usize),
}

pub(super) struct Surface {
    text: Arc<str>,
    pub(super) family: Family,
    pub(super) imports: Vec<Import>,
    pub(super) scopes: Scopes,
    /// What the module exports by name. Python exports what it binds instead.
    pub(super) exports: BTreeMap<String, Vec<Export>>,
    /// What is exported as the module itself: `module.exports = X`, `export = X`.
    pub(super) whole: Vec<Export>,
    /// Whether the module gives its exports by assignments: it is written for `require`.
    pub(super) is_assigned: bool,
    /// Whether what is exported as a whole has members that nobody can tell.
    pub(super) is_open: bool,
    /// Imports of all names of another module.
    pub(super) stars: Vec<usize>,
    /// What `from this import *` gives, where the module says so.
    pub(super) all: Option<Vec<String>>,
}

impl Surface {
    pub(super) fn new(file: &SourceFile, family: Family) -> Option<Self> {
        let facts = file.facts()?;
        let mut surface = Self {
            text: Arc::clone(&file.text),
            family,
            imports: Vec::new(),
            scopes: Scopes::default(),
            exports: BTreeMap::new(),
            whole: Vec::new(),
            is_assigned: false,
            is_open: false,
            stars: Vec::new(),
            all: None,
        };
        for node in facts.with_role(Role::Import) {
            match family {
                Family::Script => surface.script_import(file, facts, node),
                Family::Python => surface.python_import(file, facts, node),
            }
        }
        if family == Family::Script {
            surface.calls(file, facts);
        }
        surface.scopes = Scopes::new(file, facts, family, &surface.imports);
        match family {
            Family::Script => surface.script_exports(file, facts),
            Family::Python => surface.all = python_all(file, facts),
        }
        let stars = surface.imports.iter().enumerate().filter(|(_, import)| import.what == What::Star);
        surface.stars.extend(stars.map(|(at, _)| at));
        for (at, import) in surface.imports.iter().enumerate() {
            if let Some(name) = &import.exported {
                surface.exports.entry(name.clone()).or_default().push(Export::Import(at));
            }
        }
        Some(surface)
    }

    /// Whether this is what that file says.
    pub(super) fn is_of(&self, file: &SourceFile) -> bool {
        Arc::ptr_eq(&self.text, &file.text) || self.text == file.text
    }

    /// Whether whoever imports all names has this one, as far as the module says which it gives.
    pub(super) fn gives_star(&self, name: &str) -> bool {
        match (self.family, &self.all) {
            (Family::Script, _) => name != "default" && !name.is_empty(),
            (Family::Python, Some(all)) => all.iter().any(|given| given == name),
            (Family::Python, None) => !name.starts_with('_'),
        }
    }

    fn import(&mut self, module: &str, what: What, local: Option<&str>, node: NodeId) -> &mut Import {
        let at = self.imports.len();
        let (module, local) = (module.to_owned(), local.map(str::to_owned));
        self.imports.push(Import { module, what, local, exported: None, node, around: node });
        &mut self.imports[at]
    }

    fn script_import(&mut self, file: &SourceFile, facts: &Facts, node: NodeId) {
        let Some(source) = facts.part(node, Part::Source) else { return };
        let Some(module) = file.string_value(source) else { return };
        let is_export = file.text_of(node).starts_with("export");
        let names: Vec<NodeId> = facts.descendants(node).filter(|&at| facts.role(at) == Role::Imported).collect();
        if names.is_empty() {
            let what = if is_export { What::Star } else { What::SideEffect };
            self.import(&module, what, None, node);
            return;
        }
        for at in names {
            let text = |part: Part| facts.part(at, part).map(|part| unquoted(file.text_of(part)));
            let (name, alias) = (text(Part::Name), text(Part::Alias));
            let what = match name {
                Some("default") => What::Default,
                Some(name) => What::Named(name.to_owned()),
                None if file.text_of(at).starts_with('*') || is_required(file, facts, at) => What::Namespace,
                None => What::Default,
            };
            let Some(local) = alias.or(name) else { continue };
            let import = self.import(&module, what, (!is_export).then_some(local), at);
            import.exported = is_export.then(|| local.to_owned());
        }
    }

    fn python_import(&mut self, file: &SourceFile, facts: &Facts, node: NodeId) {
        let sources: Vec<NodeId> = facts.parts(node, Part::Source).collect();
        let dotted = |node: NodeId| -> String { file.text_of(node).chars().filter(|c| !c.is_whitespace()).collect() };
        for at in facts.descendants(node).filter(|&at| facts.role(at) == Role::Imported) {
            let Some(name) = facts.part(at, Part::Name) else { continue };
            let alias = facts.part(at, Part::Alias).map(|alias| file.text_of(alias));
            if sources.contains(&name) {
                let module = dotted(name);
                self.import(&module, What::Namespace, Some(alias.unwrap_or(&module)), at);
            } else if let Some(&source) = sources.first() {
                let (module, name) = (dotted(source), dotted(name));
                match name.as_str() {
                    "*" => self.import(&module, What::Star, None, at),
                    _ => self.import(&module, What::Named(name.clone()), Some(alias.unwrap_or(&name)), at),
                };
            }
        }
    }

    /// `import()` and `require()` in expressions.
    fn calls(&mut self, file: &SourceFile, facts: &Facts) {
        for call in facts.with_role(Role::Call) {
            let Some((module, is_require)) = module_call(file, facts, call) else { continue };
            // These are imports already.
            if facts.role(facts.node(call).parent) == Role::Import {
                continue;
            }
            // What is awaited or in parentheses is the same.
            let mut value = facts.outer(call);
            let is_awaited = is_require || value != call;
            let mut around = facts.node(value).parent;
            let mut what = What::Namespace;
            if is_awaited && facts.role(around) == Role::Member && facts.part(around, Part::Object) == Some(value) {
                let property = facts.part(around, Part::Property).map(|property| file.text_of(property));
                what = property.map_or(What::Dynamic, named);
                value = around;
                around = facts.node(value).parent;
            }
            let is_value = facts.part(around, Part::Value) == Some(value);
            match facts.role(around) {
                Role::Binding if is_awaited && is_value => {
                    let name = file.name_of(around).map(str::to_owned);
                    self.import(&module, what, name.as_deref(), call).around = around;
                }
                Role::Destructuring if is_awaited && is_value && what == What::Namespace => {
                    for name in facts.descendants(around).filter(|&at| facts.role(at) == Role::Destructured) {
                        let key = facts.part(name, Part::Key).map(|key| unquoted(file.text_of(key)));
                        let what = key.map_or(What::Dynamic, named);
                        let local = file.name_of(name).map(str::to_owned);
                        self.import(&module, what, local.as_deref(), name).around = around;
                    }
                }
                // `module.exports = require('./x')`, `{ x: require('./x') }`
                Role::Assignment | Role::Pair if is_awaited && is_value => {
                    self.import(&module, what, None, call);
                }
                _ => {
                    // `const Page = lazy(() => import('./Page'))`
                    let binding = facts.ancestors(call).find(|&at| facts.role(at) == Role::Binding);
                    let binding = binding.filter(|&at| is_made_of(facts, at, call));
                    let name = binding.and_then(|at| file.name_of(at)).map(str::to_owned);
                    self.import(&module, What::Dynamic, name.as_deref(), call).around = binding.unwrap_or(call);
                }
            }
        }
    }

    fn script_exports(&mut self, file: &SourceFile, facts: &Facts) {
        for export in facts.with_role(Role::Export).filter(|&at| facts.node(at).parent == NodeId::MODULE) {
            self.export(file, facts, export);
        }
        let assignments = facts.with_role(Role::Assignment);
        for at in assignments.filter(|&at| facts.enclosing(at, Role::Function).next().is_none()) {
            let (Some(target), Some(mut value)) = (facts.part(at, Part::Target), facts.part(at, Part::Value)) else {
                continue;
            };
            // `module.exports = exports = X`
            while facts.role(value) == Role::Assignment {
                let Some(inner) = facts.part(value, Part::Value) else { break };
                value = inner;
            }
            let target = file.dotted(target).unwrap_or_default();
            let target = target.strip_prefix("module.").unwrap_or(&target);
            match target.strip_prefix("exports") {
                Some("") => self.whole(file, facts, value),
                Some(name) if name.starts_with('.') && !name[1..].contains('.') => {
                    let name = name[1..].to_owned();
                    let export = self.of_value(file, facts, value, &name);
                    self.exports.entry(name).or_default().push(export);
                    self.is_assigned = true;
                }
                _ => {}
            }
        }
    }

    fn export(&mut self, file: &SourceFile, facts: &Facts, export: NodeId) {
        let values: Vec<NodeId> = facts.parts(export, Part::Value).collect();
        let Some(&first) = values.first() else { return };
        let begin = facts.node(export).span.start as usize;
        let before = file.text.get(begin..facts.node(first).span.start as usize).unwrap_or_default();
        let before = before.rsplit("export").next().unwrap_or(before);
        let words = |word: &str| before.split(|c: char| !c.is_alphanumeric()).any(|other| other == word);
        let is_declared = matches!(facts.role(first), Role::Function | Role::Class);
        if words("default") {
            let name = if is_declared { file.name_of(first).unwrap_or("default") } else { "default" };
            let value = if is_declared {
                Export::Node(first, name.to_owned())
            } else {
                self.of_value(file, facts, first, name)
            };
            self.exports.entry("default".to_owned()).or_default().push(value);
        } else if is_declared || facts.role(first) == Role::Binding {
            if let Some(name) = file.name_of(first).map(str::to_owned) {
                self.exports.entry(name.clone()).or_default().push(Export::Local(name));
            }
        } else if before.trim_end().ends_with('=') {
            self.whole(file, facts, first);
        } else if facts.role(first) == Role::Other {
            let names = facts.descendants(first).filter(|&at| match facts.role(at) {
                Role::Binding => facts.node(at).parent == first,
                Role::Destructured => {
                    let mut around = facts.ancestors(at).take_while(|&at| at != first);
                    around.all(|at| matches!(facts.role(at), Role::Destructured | Role::Destructuring))
                }
                _ => false,
            });
            for name in names.filter_map(|at| file.name_of(at)).map(str::to_owned).collect::<Vec<_>>() {
                self.exports.entry(name.clone()).or_default().push(Export::Local(name));
            }
        } else {
            // `export { a, b as c }`: the alias follows its name and is no part.
            let children: Vec<NodeId> = facts.children(export).collect();
            for (at, &child) in children.iter().enumerate().filter(|(_, child)| values.contains(child)) {
                let alias = children.get(at + 1).filter(|next| !values.contains(next));
                let local = file.text_of(child).to_owned();
                let name = alias.map_or(local.as_str(), |&alias| unquoted(file.text_of(alias))).to_owned();
                self.exports.entry(name).or_default().push(Export::Local(local));
            }
        }
    }

    /// `module.exports = value`
    fn whole(&mut self, file: &SourceFile, facts: &Facts, value: NodeId) {
        if facts.role(value) == Role::Object {
            for child in facts.children(value) {
                match facts.role(child) {
                    Role::Pair => {
                        let key = facts.part(child, Part::Key).map(|key| unquoted(file.text_of(key)));
                        if let (Some(key), Some(value)) = (key, facts.part(child, Part::Value)) {
                            let export = if value == child {
                                Export::Local(key.to_owned())
                            } else {
                                self.of_value(file, facts, value, key)
                            };
                            self.exports.entry(key.to_owned()).or_default().push(export);
                        }
                    }
                    Role::Function => {
                        if let Some(name) = file.name_of(child).map(str::to_owned) {
                            self.exports.entry(name.clone()).or_default().push(Export::Node(child, name));
                        }
                    }
                    Role::Comment => {}
                    _ => self.is_open = true,
                }
            }
            self.whole.push(Export::Node(value, "default".to_owned()));
        } else {
            let value = self.of_value(file, facts, value, "default");
            self.whole.push(value);
        }
    }

    /// What an exported expression stands for.
    fn of_value(&self, file: &SourceFile, facts: &Facts, value: NodeId, name: &str) -> Export {
        let mut inner = value;
        while facts.role(inner) == Role::Transparent {
            let Some(operand) = facts.part(inner, Part::Operand) else { break };
            inner = operand;
        }
        if facts.role(inner) == Role::Identifier {
            return Export::Local(file.text_of(inner).to_owned());
        }
        // `module.exports = require('./x')`
        let import = self.imports.iter().position(|import| {
            import.node == inner
                || facts.role(inner) == Role::Member && facts.part(inner, Part::Object) == Some(import.node)
        });
        match import {
            Some(at) if self.imports[at].what != What::Dynamic => Export::Import(at),
            _ => Export::Node(inner, name.to_owned()),
        }
    }
}

/// The module of `import('./x')` and `require('./x')`, and whether it is the latter.
fn module_call(file: &SourceFile, facts: &Facts, call: NodeId) -> Option<(String, bool)> {
    let callee = facts.part(call, Part::Callee).filter(|&callee| facts.role(callee) == Role::Identifier)?;
    let is_require = match file.text_of(callee) {
        "import" => false,
        "require" => true,
        _ => return None,
    };
    // `import(/* webpackChunkName: "x" */ './x')`
    let module = facts.parts(call, Part::Argument).find(|&at| facts.role(at) != Role::Comment)?;
    Some((file.string_value(module)?, is_require))
}

/// `import x = require('./x')`, `const x = require('./x')`
fn is_required(file: &SourceFile, facts: &Facts, imported: NodeId) -> bool {
    let after = file.text.get(facts.node(imported).span.end as usize..).unwrap_or_default().trim_start();
    // `const x: X = require('./x')`
    after.starts_with('=') || after.starts_with(':')
}

/// Whether what the binding stands for is made of this call alone: only calls and functions without a name lie between.
fn is_made_of(facts: &Facts, binding: NodeId, call: NodeId) -> bool {
    let between = facts.ancestors(call).take_while(|&at| at != binding);
    let fits = |role: Role| {
        matches!(role, Role::Call | Role::Function | Role::Transparent | Role::Member | Role::Block | Role::Exit)
    };
    between.into_iter().all(|at| fits(facts.role(at)))
        && facts.part(binding, Part::Value).is_some_and(|value| facts.role(value) != Role::Function)
}

/// The literal list that `__all__` is.
fn python_all(file: &SourceFile, facts: &Facts) -> Option<Vec<String>> {
    let mut lists = facts.with_role(Role::Binding).filter(|&at| file.name_of(at) == Some("__all__"));
    let (list, None) = (lists.next()?, lists.next()) else { return None };
    let value = facts.part(list, Part::Value).filter(|&value| facts.role(value) == Role::Array)?;
    // `__all__ += [..]` and the like.
    if scopes::is_assigned(file, facts, "__all__") || file.text.contains("__all__.") {
        return None;
    }
    facts.children(value).filter(|&at| facts.role(at) != Role::Comment).map(|at| file.string_value(at)).collect()
}

fn named(name: &str) -> What {
    if name == "default" { What::Default } else { What::Named(name.to_owned()) }
}

fn unquoted(text: &str) -> &str {
    text.trim_matches(['"', '\''])
}

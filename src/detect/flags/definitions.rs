//! Declarations of keys: enums, classes, objects, types and constants whose name says that they hold flags.

use super::keys::is_plausible;
use super::{FlagDefinition, Found, Text};
use crate::location::Span;
use crate::rules::flags::{Definition, DefinitionKind, FlagPack, is_constant_case};
use crate::syntax::facts::{NodeId, Part, Role};

/// How deep tables of keys are read.
const MAX_DEPTH: u8 = 3;
/// How many tokens of a type may stand before its `=` or `{`.
const MAX_HEAD: usize = 24;
/// What an entry of a table calls its key.
const KEY_MEMBERS: [&str; 3] = ["key", "name", "id"];
/// What an entry of a table calls its default.
const DEFAULT_MEMBERS: [&str; 8] = [
    "default",
    "defaultValue",
    "default_value",
    "defaultVariant",
    "default_variant",
    "defaultVal",
    "default_val",
    "enabled",
];

/// Adds the keys that the file declares.
pub(super) fn detect(text: &Text<'_>, found: &mut Found) {
    for id in text.facts.ids() {
        match text.role(id) {
            Role::Class => class(text, id, found),
            Role::Binding => binding(text, id, found),
            Role::Type => type_(text, id, found),
            _ => {}
        }
    }
    for id in text.facts.ids().filter(|&id| matches!(text.role(id), Role::Pair | Role::Binding)) {
        setting(text, id, found);
    }
    for id in text.facts.ids().filter(|&id| text.role(id) == Role::Object) {
        filled(text, id, found);
    }
}

/// The definition rules for a declaration of this kind and name.
fn rules<'t>(
    text: &'t Text<'_>,
    kind: DefinitionKind,
    name: &str,
) -> impl Iterator<Item = (&'t FlagPack, &'t Definition)> {
    text.rules.definitions().filter(move |(_, definition)| {
        definition.of.contains(&kind)
            && (definition.languages.is_empty()
                || definition.languages.iter().any(|language| language == text.language))
            && (definition.names.iter().any(|pattern| pattern.matches(name))
                || kind == DefinitionKind::Constant && declares_flags(text, definition))
            && !definition.except.iter().any(|pattern| pattern.matches(name))
    })
}

/// Whether the file's name says that its constants are keys.
fn declares_flags(text: &Text<'_>, definition: &Definition) -> bool {
    let stem = text.file.path.file_name().split('.').next().unwrap_or_default();
    definition.files.iter().any(|pattern| pattern.matches(stem))
}

fn class(text: &Text<'_>, class: NodeId, found: &mut Found) {
    let (Some(name), Some(body)) = (text.file.name_of(class), text.part(class, Part::Body)) else { return };
    let bases: Vec<String> = text.facts.parts(class, Part::Base).filter_map(|base| text.path(base)).collect();
    let mut rules = rules(text, DefinitionKind::Class, name);
    let rule =
        rules.find(|(_, rule)| !bases.iter().any(|base| rule.except_bases.iter().any(|pattern| pattern.matches(base))));
    let Some((pack, _)) = rule else { return };
    let members = text.facts.descendants(body).filter(|&at| {
        text.role(at) == Role::Binding
            && text.facts.enclosing(text.parent(at), Role::Class).next() == Some(class)
            && text.facts.enclosing(at, Role::Function).next() == text.facts.enclosing(class, Role::Function).next()
    });
    for member in members {
        let Some(value) = text.part(member, Part::Value) else { continue };
        let Some(constant) = text.file.name_of(member) else { continue };
        entry(
            text,
            pack,
            &format!("{name}.{constant}"),
            constant,
            value,
            text.facts.node(member).span,
            MAX_DEPTH,
            found,
        );
    }
}

fn binding(text: &Text<'_>, binding: NodeId, found: &mut Found) {
    let (Some(name), Some(value)) = (text.file.name_of(binding), text.part(binding, Part::Value)) else { return };
    // Keys are declared once, for the whole file.
    if text.facts.ancestors(binding).any(|at| matches!(text.role(at), Role::Function | Role::Class | Role::Type)) {
        return;
    }
    let value = text.inner(value);
    let span = text.facts.node(binding).span;
    match text.role(value) {
        Role::String if is_constant_case(name) => {
            let Some((pack, _)) = rules(text, DefinitionKind::Constant, name).next() else { return };
            let Some(key) = text.file.string_value(value).filter(|key| is_plausible(key)) else { return };
            push(pack, key, Some(name.to_owned()), None, span, found);
        }
        Role::Object => object(text, name, value, found),
        // `Object.freeze({..})`
        Role::Call => {
            let arguments: Vec<NodeId> = text.facts.parts(value, Part::Argument).collect();
            if let [only] = arguments[..]
                && text.role(text.inner(only)) == Role::Object
            {
                object(text, name, text.inner(only), found);
            }
        }
        _ => {}
    }
}

/// `FF_NEW_TAX: { schema: boolean }`, `FF_NEW_TAX = env.bool("FF_NEW_TAX", False)`: what else is no declaration of a key.
fn setting(text: &Text<'_>, entry: NodeId, found: &mut Found) {
    let is_local = || text.facts.ancestors(entry).any(|at| text.role(at) == Role::Function);
    let name = match text.role(entry) {
        Role::Pair => text.name_of_key(entry),
        _ => text.file.name_of(entry).filter(|_| !is_local()).map(str::to_owned),
    };
    let Some(name) = name.filter(|name| is_constant_case(name)) else { return };
    let Some((pack, _)) = rules(text, DefinitionKind::Setting, &name).next() else { return };
    let Some(value) = text.part(entry, Part::Value).map(|value| text.inner(value)) else { return };
    let span = text.facts.node(entry).span;
    // A text is rather the key that a constant of this name stands for; `{ FF_NEW_TAX }` only passes it on.
    if text.role(value) == Role::String
        || text.of(value) == name
        || found.definitions.iter().any(|known| known.span.contains(span))
    {
        return;
    }
    let is_boolean = |at: NodeId| matches!(text.role(at), Role::True | Role::False);
    let arguments =
        || text.facts.parts(value, Part::Argument).map(|at| text.keyword_value(at)).find(|&at| is_boolean(at));
    let default = if is_boolean(value) { Some(value) } else { arguments() };
    named(text, pack, &name, &name, default, span, found);
}

/// `features: { newTax: process.env.FF_NEW_TAX === "true" }`: who reads `features.newTax` asks for the flag, and the variable is
/// only where it comes from.
fn filled(text: &Text<'_>, object: NodeId, found: &mut Found) {
    let given = text.parent(text.outer(object));
    let name = match text.role(given) {
        Role::Pair => text.name_of_key(given),
        Role::Binding => text.file.name_of(given).map(str::to_owned),
        _ => None,
    };
    let Some(name) = name else { return };
    let Some((pack, rule)) = rules(text, DefinitionKind::Filled, &name).next() else { return };
    let fills = |at: NodeId| {
        let object = text.part(at, Part::Object).and_then(|object| text.path(object));
        object.is_some_and(|path| rule.filled_by.iter().any(|pattern| pattern.matches(&path)))
    };
    for pair in text.facts.children(object).filter(|&at| text.role(at) == Role::Pair) {
        let (Some(key), Some(value)) = (text.name_of_key(pair), text.part(pair, Part::Value)) else { continue };
        let last = text.facts.node(value).last;
        let read: Vec<NodeId> = found.read_in(value, last).collect();
        if !read.is_empty() && read.into_iter().all(fills) {
            named(text, pack, &format!("{name}.{key}"), &key, None, text.facts.node(pair).span, found);
        }
    }
}

fn object(text: &Text<'_>, name: &str, object: NodeId, found: &mut Found) {
    let Some((pack, _)) = rules(text, DefinitionKind::Object, name).next() else { return };
    // `const newTaxFeatureFlag = { key: "new_tax", default_val: false }`: one flag, not a table of them.
    if let (Some(key), Some(default)) = (member(text, object, &KEY_MEMBERS), member(text, object, &DEFAULT_MEMBERS)) {
        let constant = text.name_of_key(text.parent(key)).map(|member| format!("{name}.{member}"));
        if let Some(key) = text.file.string_value(key).filter(|key| is_plausible(key)) {
            push(pack, key, constant, Some(text.short(default)), text.facts.node(object).span, found);
            return;
        }
    }
    entries(text, pack, name, object, MAX_DEPTH, found);
}

/// The value of the first entry under one of these names.
fn member(text: &Text<'_>, object: NodeId, names: &[&str]) -> Option<NodeId> {
    let mut pairs = text.facts.children(object).filter(|&at| text.role(at) == Role::Pair);
    let pair = pairs.find(|&pair| text.name_of_key(pair).is_some_and(|key| names.contains(&key.as_str())));
    pair.and_then(|pair| text.part(pair, Part::Value)).map(|value| text.inner(value))
}

fn entries(text: &Text<'_>, pack: &FlagPack, table: &str, object: NodeId, depth: u8, found: &mut Found) {
    for pair in text.facts.children(object).filter(|&at| text.role(at) == Role::Pair) {
        let (Some(key), Some(value)) = (text.name_of_key(pair), text.part(pair, Part::Value)) else { continue };
        entry(text, pack, &format!("{table}.{key}"), &key, value, text.facts.node(pair).span, depth, found);
    }
}

/// One entry: a string is the key, a boolean the default of the key that is its name, an object says both.
#[allow(clippy::too_many_arguments)]
fn entry(
    text: &Text<'_>,
    pack: &FlagPack,
    path: &str,
    name: &str,
    value: NodeId,
    span: Span,
    depth: u8,
    found: &mut Found,
) {
    let value = text.inner(value);
    match text.role(value) {
        Role::String => {
            let Some(key) = text.file.string_value(value).filter(|key| is_plausible(key)) else { return };
            push(pack, key, Some(path.to_owned()), None, span, found);
        }
        Role::True | Role::False => named(text, pack, path, name, Some(value), span, found),
        Role::Call => {
            // `Field(False)`, `parseBoolean(process.env.X, false)`
            let is_boolean = |at: &NodeId| matches!(text.role(text.keyword_value(*at)), Role::True | Role::False);
            if let Some(default) = text.facts.parts(value, Part::Argument).find(is_boolean) {
                named(text, pack, path, name, Some(text.keyword_value(default)), span, found);
            }
        }
        Role::Object => {
            let key = member(text, value, &KEY_MEMBERS).and_then(|key| text.file.string_value(key));
            let key = key.filter(|key| is_plausible(key));
            let default = member(text, value, &DEFAULT_MEMBERS);
            match (key, default) {
                (Some(key), default) => {
                    let default = default.map(|default| text.short(default));
                    push(pack, key, Some(path.to_owned()), default, text.facts.node(value).span, found);
                }
                (None, Some(default)) => named(text, pack, path, name, Some(default), span, found),
                (None, None) => {
                    let mut pairs = text.facts.children(value).filter(|&at| text.role(at) == Role::Pair);
                    let nested = pairs.any(|pair| {
                        text.part(pair, Part::Value).is_some_and(|value| text.role(text.inner(value)) == Role::Object)
                    });
                    match depth.checked_sub(1).filter(|&depth| depth > 0 && nested) {
                        Some(depth) => entries(text, pack, path, value, depth, found),
                        None => named(text, pack, path, name, None, span, found),
                    }
                }
            }
        }
        _ => {}
    }
}

/// An entry whose name is the key.
fn named(
    text: &Text<'_>,
    pack: &FlagPack,
    path: &str,
    name: &str,
    default: Option<NodeId>,
    span: Span,
    found: &mut Found,
) {
    if is_plausible(name) {
        let constant = (path != name).then(|| path.to_owned());
        push(pack, name.to_owned(), constant, default.map(|default| text.short(default)), span, found);
    }
}

/// `type FlagKey = "a" | "b"`, `interface Flags { a: boolean }`.
fn type_(text: &Text<'_>, id: NodeId, found: &mut Found) {
    if !matches!(text.role(text.parent(id)), Role::Module | Role::Export | Role::Block) {
        return;
    }
    let tokens = text.file.tokens_in(text.facts.node(id).span);
    let word = |at: usize| tokens.get(at).map_or("", |token| token.span.text(&text.file.text));
    let Some(end) = (0..tokens.len().min(MAX_HEAD)).find(|&at| matches!(word(at), "=" | "{")) else { return };
    let head = (0..end).map(word).filter(|word| word.len() > 2);
    let head: Vec<&str> = head.collect();
    let pack = |kind| head.iter().find_map(|name| rules(text, kind, name).next()).map(|(pack, _)| pack);
    let (union, interface) = (pack(DefinitionKind::Union), pack(DefinitionKind::Interface));
    if union.is_none() && interface.is_none() {
        return;
    }
    let in_member = |at: NodeId| {
        text.facts.ancestors(at).take_while(|&above| above != id).any(|above| text.role(above) == Role::Binding)
    };
    for at in text.facts.descendants(id) {
        let node = text.facts.node(at);
        let (pack, key) = match node.role {
            // A string that a member's type lists is a value of that member.
            Role::String => (union, text.file.string_value(at)),
            Role::Binding => {
                let Some(name) = text.part(at, Part::Name) else { continue };
                (interface, Some(text.file.string_value(name).unwrap_or_else(|| text.of(name).to_owned())))
            }
            _ => continue,
        };
        if let (Some(pack), Some(key)) = (pack, key.filter(|key| is_plausible(key)))
            && !in_member(at)
        {
            push(pack, key, None, None, node.span, found);
        }
    }
}

fn push(
    pack: &FlagPack,
    key: String,
    constant: Option<String>,
    default: Option<String>,
    span: Span,
    found: &mut Found,
) {
    found.definitions.push(FlagDefinition { provider: pack.id.clone(), key, constant, default, span });
}

impl Text<'_> {
    /// The value of a keyword argument; any other argument itself.
    fn keyword_value(&self, argument: NodeId) -> NodeId {
        match self.role(argument) {
            Role::Keyword => self.part(argument, Part::Value).unwrap_or(argument),
            _ => argument,
        }
    }
}

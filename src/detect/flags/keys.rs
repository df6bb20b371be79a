//! What a key expression says: the key itself, the name of a constant, or something only the running program knows.

use super::{FlagKey, Text};
use crate::rules::flags::{Place, is_constant_case};
use crate::syntax::facts::{NodeId, Part, Role};
use std::collections::HashMap;

/// Keys are short names; longer strings are text.
const MAX_KEY: usize = 128;
/// How deep tables of constants are read.
const MAX_DEPTH: u8 = 6;
/// How many names a constant's path may have.
const MAX_PATH: u8 = 12;
/// What an entry of a table calls its key: `FLAGS.NEW_TAX.key`; also what an enum member calls its value.
const KEY_MEMBERS: [&str; 5] = ["key", "value", "name", "id", "flag"];

/// The string constants of one file, by dotted name.
pub(super) struct Constants {
    values: HashMap<String, Option<String>>,
    /// The constants of its classes, by their own name: `self.FLAG`.
    fields: HashMap<String, Option<String>>,
}

impl Constants {
    fn collect(text: &Text<'_>) -> Self {
        let mut constants = Self { values: HashMap::new(), fields: HashMap::new() };
        for id in text.facts.with_role(Role::Binding) {
            let (Some(name), Some(value)) = (text.part(id, Part::Name), text.part(id, Part::Value)) else { continue };
            let name = text.of(name);
            let mut scopes = text.facts.ancestors(id);
            match scopes.find(|&at| matches!(text.role(at), Role::Function | Role::Class | Role::Type)) {
                Some(class) if text.role(class) == Role::Class => {
                    if let Some(class) = text.file.name_of(class) {
                        constants.add(text, format!("{class}.{name}"), value, MAX_DEPTH);
                    }
                    if let Some(value) = text.file.string_value(text.inner(value)) {
                        remember(&mut constants.fields, name.to_owned(), value);
                    }
                }
                Some(scope) if text.role(scope) == Role::Type => {}
                _ => constants.add(text, name.to_owned(), value, MAX_DEPTH),
            }
        }
        // `FLAGS.NEW_TAX = "new-tax"`, where the table is filled at the top of the file.
        for id in text.facts.with_role(Role::Assignment) {
            let (Some(target), Some(value)) = (text.part(id, Part::Target), text.part(id, Part::Value)) else {
                continue;
            };
            let mut around = text.facts.ancestors(id);
            let is_local = around.any(|at| matches!(text.role(at), Role::Function | Role::Class | Role::Type));
            if let Some(path) = text.constant_path(target).filter(|path| !is_local && path.contains('.')) {
                constants.add(text, path, value, MAX_DEPTH);
            }
        }
        constants
    }

    fn add(&mut self, text: &Text<'_>, name: String, value: NodeId, depth: u8) {
        let Some(depth) = depth.checked_sub(1) else { return };
        let value = text.inner(value);
        match text.role(value) {
            Role::String | Role::Array => {
                let Some(value) = text.file.lone_string_value(value) else { return };
                remember(&mut self.values, name, value);
            }
            Role::Object => {
                for pair in text.facts.children(value).filter(|&at| text.role(at) == Role::Pair) {
                    // A computed key would ask for the constants that are being collected.
                    let (Some(key), Some(value)) = (text.written_key(pair), text.part(pair, Part::Value)) else {
                        continue;
                    };
                    if value != pair {
                        self.add(text, format!("{name}.{key}"), value, depth);
                    }
                }
            }
            // `new Feature("new-tax", false)`
            Role::Call if let Some(key) = text.constructed_key(value) => remember(&mut self.values, name, key),
            // `Object.freeze({..})`, `dict(a="b")`, `Literal("x")`
            Role::Call => {
                let arguments: Vec<NodeId> = text.facts.parts(value, Part::Argument).collect();
                if let [only] = arguments[..]
                    && text.role(only) == Role::Object
                {
                    self.add(text, name, only, depth);
                }
            }
            _ => {}
        }
    }
}

/// A name with two values stands for neither.
fn remember(table: &mut HashMap<String, Option<String>>, name: String, value: String) {
    let known = table.entry(name).or_insert_with(|| Some(value.clone()));
    if known.as_ref() != Some(&value) {
        *known = None;
    }
}

impl<'a> Text<'a> {
    fn constants(&self) -> &Constants {
        self.constants.get_or_init(|| Constants::collect(self))
    }

    /// The key that an expression gives; `None` for what can be no key.
    pub(super) fn key(&self, id: NodeId) -> Option<FlagKey> {
        let id = self.inner(id);
        match self.role(id) {
            Role::String => {
                let key = self.file.string_value(id)?;
                is_plausible(&key).then_some(FlagKey::Literal { key, constant: None })
            }
            Role::Identifier | Role::Member | Role::Subscript => self.named_key(id),
            Role::Call | Role::Template | Role::Guard | Role::Other | Role::Or | Role::Coalesce => {
                Some(FlagKey::Dynamic(self.short(id)))
            }
            _ => None,
        }
    }

    fn named_key(&self, id: NodeId) -> Option<FlagKey> {
        let written = self.short(id);
        let Some(path) = self.constant_path(id) else { return Some(FlagKey::Dynamic(written)) };
        if self.is_parameter(id) {
            return Some(FlagKey::Parameter(written));
        }
        if let Some(value) = self.constant(&path) {
            return is_plausible(&value).then_some(FlagKey::Literal { key: value, constant: Some(path) });
        }
        let names: Vec<&str> = path.split('.').collect();
        let root = names[0];
        // `const flag = FLAGS.NEW_TAX` in this file: what it was given says more than its name.
        if let ([_], &[value]) = (&names[..], self.names().bound(root))
            && let value = self.inner(value)
            && matches!(self.role(value), Role::Member | Role::Identifier)
            && let Some(constant) = self.constant_path(value).filter(|path| self.is_constant(path))
        {
            return Some(match self.constant(&constant) {
                Some(key) if is_plausible(&key) => FlagKey::Literal { key, constant: Some(constant) },
                _ => FlagKey::Constant(constant),
            });
        }
        Some(match () {
            () if self.is_constant(&path) => FlagKey::Constant(path),
            // `props.flag`
            () if self.is_parameter_named(id, root) => FlagKey::Parameter(path),
            () => FlagKey::Dynamic(written),
        })
    }

    /// Whether an unresolved name looks like a constant: imported, or written like one.
    fn is_constant(&self, path: &str) -> bool {
        let mut names = path.split('.');
        let root = names.next().unwrap_or_default();
        let rest: Vec<&str> = names.collect();
        self.names().is_imported(root)
            || is_constant_case(root)
            || rest.iter().any(|name| is_constant_case(name))
            || (!rest.is_empty() && root.starts_with(|c: char| c.is_ascii_uppercase()))
    }

    /// The string that a dotted name stands for in this file.
    pub(super) fn constant(&self, path: &str) -> Option<String> {
        let constants = self.constants();
        let value = |path: &str| constants.values.get(path).cloned().flatten();
        if let Some(value) = value(path) {
            return Some(value);
        }
        if let Some((table, member)) = path.rsplit_once('.')
            && KEY_MEMBERS.contains(&member)
            && let Some(value) = value(table)
        {
            return Some(value);
        }
        if let Some(value) = KEY_MEMBERS.iter().find_map(|member| value(&format!("{path}.{member}"))) {
            return Some(value);
        }
        let (root, field) = path.split_once('.')?;
        let of_class = !self.names().is_imported(root) && !self.names().is_bound(root);
        of_class.then(|| constants.fields.get(field).cloned().flatten()).flatten()
    }

    /// The key that a value is made with which stands for one flag.
    fn constructed_key(&self, call: NodeId) -> Option<String> {
        let (name, receiver) = self.callee(call)?;
        let mut handles = self.rules.constructors(name).iter().filter(|_| receiver.is_none());
        handles
            .find_map(|&rule| self.file.string_value(self.inner(self.at(call, self.rules.handle(rule).keys.first()?)?)))
    }

    /// The name that a constant of this file is given as its value: `TAX` in `const FLAG = TAX`, `{ TAX: keys.TAX }`.
    pub(super) fn renamed_constant(&self, path: &str) -> Option<String> {
        let (root, rest) = path.split_once('.').map_or((path, None), |(root, rest)| (root, Some(rest)));
        let mut rest = rest.into_iter().flat_map(|rest| rest.split('.'));
        let mut value = match (self.names().bound(root), self.names().classes(root)) {
            (&[value], _) => self.inner(value),
            ([], &[class]) => self.class_member(class, rest.next()?)?,
            _ => return None,
        };
        while self.role(value) == Role::Object {
            let member = rest.next()?;
            let mut pairs = self.facts.children(value).filter(|&at| self.role(at) == Role::Pair);
            let Some(pair) = pairs.find(|&pair| self.written_key(pair).as_deref() == Some(member)) else {
                let name = format!("{}.{member}", self.only_spread(value)?);
                return Some(rest.fold(name, |name, member| format!("{name}.{member}")));
            };
            value = self.inner(self.part(pair, Part::Value)?);
            if value == pair {
                return Some(member.to_owned());
            }
        }
        let name = self.constant_path(value)?;
        Some(rest.fold(name, |name, member| format!("{name}.{member}")))
    }

    /// The value that a class gives its own member: `featureNames` of `class App { static KEYS = featureNames }`.
    fn class_member(&self, class: NodeId, name: &str) -> Option<NodeId> {
        let is_own = |at: &NodeId| self.facts.enclosing(self.parent(*at), Role::Class).next() == Some(class);
        let is_local = |at: &NodeId| {
            self.facts.ancestors(*at).take_while(|&at| at != class).any(|at| self.role(at) == Role::Function)
        };
        let members = self.facts.descendants(class).filter(|&at| self.role(at) == Role::Binding);
        let mut named = members.filter(|at| self.file.name_of(*at) == Some(name) && is_own(at) && !is_local(at));
        let value = self.part(named.next()?, Part::Value)?;
        named.next().is_none().then(|| self.inner(value))
    }

    /// The name of the table that an object takes the rest of its entries from: `{ newTax: "new-tax", ...olderFlags }`.
    fn only_spread(&self, object: NodeId) -> Option<String> {
        let (text, end) = (&self.file.text, self.facts.node(object).span.end as usize);
        let is_spread = |at: &NodeId| {
            let start = self.facts.node(*at).span.start as usize;
            start < end && text[..start].trim_end().ends_with("...")
        };
        let mut spreads = self.facts.children(object).map(|at| match self.facts.children(at).next() {
            Some(inner) if self.role(at) == Role::Other => inner,
            _ => at,
        });
        let mut spreads = spreads.by_ref().filter(is_spread);
        let only = spreads.next().filter(|_| spreads.next().is_none())?;
        self.constant_path(only)
    }

    /// `FLAGS.NEW_TAX` and `FLAGS["NEW_TAX"]` as `FLAGS.NEW_TAX`; `None` where a part is computed.
    pub(super) fn constant_path(&self, id: NodeId) -> Option<String> {
        self.constant_path_to(id, MAX_PATH)
    }

    fn constant_path_to(&self, id: NodeId, depth: u8) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let id = self.inner(id);
        match self.role(id) {
            Role::Identifier => Some(self.of(id).to_owned()),
            Role::Member => {
                let object = self.constant_path_to(self.part(id, Part::Object)?, depth)?;
                Some(format!("{object}.{}", self.of(self.part(id, Part::Property)?)))
            }
            Role::Subscript => {
                let object = self.constant_path_to(self.part(id, Part::Object)?, depth)?;
                Some(format!("{object}.{}", self.file.string_value(self.part(id, Part::Index)?)?))
            }
            _ => None,
        }
    }

    /// Whether a plain name is a parameter of a function around it.
    fn is_parameter(&self, id: NodeId) -> bool {
        self.role(id) == Role::Identifier && self.is_parameter_named(id, self.of(id))
    }

    pub(super) fn is_parameter_named(&self, id: NodeId, name: &str) -> bool {
        self.facts.enclosing(id, Role::Function).any(|function| {
            let mut parameters = self.facts.parts(function, Part::Parameter);
            parameters.any(|parameter| self.declares(parameter, name))
        })
    }

    /// Whether a parameter gives this name to something.
    pub(super) fn declares(&self, parameter: NodeId, name: &str) -> bool {
        self.file.name_of(parameter) == Some(name)
            || self
                .facts
                .descendants(parameter)
                .any(|at| self.role(at) == Role::Destructured && self.file.name_of(at) == Some(name))
    }

    /// The expressions at a place of a call or element: an argument, or each entry of an array there.
    pub(super) fn at(&self, node: NodeId, place: &Place) -> Option<NodeId> {
        match place {
            Place::Argument(at) => self.positional(node).nth(*at),
            Place::Keyword(name) => {
                let mut keywords = self.facts.parts(node, Part::Argument).filter(|&at| self.role(at) == Role::Keyword);
                keywords.find(|&at| self.file.name_of(at) == Some(name)).and_then(|at| self.part(at, Part::Value))
            }
            Place::Attribute(name) => {
                let mut attributes = self.facts.parts(node, Part::Attribute);
                attributes.find(|&at| self.file.name_of(at) == Some(name)).and_then(|at| self.part(at, Part::Value))
            }
            Place::ObjectArgument(at) => {
                let object = self.inner(self.positional(node).nth(*at)?);
                (self.role(object) == Role::Object).then_some(object)
            }
            Place::ObjectProperty { argument, name } => {
                let object = self.at(node, &Place::ObjectArgument(*argument)).or_else(|| {
                    // `query.execute(FlagQuery.create({ key: "x" }))`
                    let made = self.inner(self.positional(node).nth(*argument)?);
                    (self.role(made) == Role::Call).then(|| self.at(made, &Place::ObjectArgument(0)))?
                })?;
                let mut pairs = self.facts.children(object).filter(|&at| self.role(at) == Role::Pair);
                let pair = pairs.find(|&pair| self.name_of_key(pair).is_some_and(|key| key == *name))?;
                self.part(pair, Part::Value)
            }
            // `waffle_flag = "new-tax"`, right in the class
            Place::Property(name) if self.role(node) == Role::Class => {
                let body = self.part(node, Part::Body)?;
                let mut members = self.facts.children(body).filter(|&at| self.role(at) == Role::Binding);
                members.find(|&at| self.file.name_of(at) == Some(name)).and_then(|at| self.part(at, Part::Value))
            }
            Place::Property(name) => {
                let mut pairs = self.facts.children(node).filter(|&at| self.role(at) == Role::Pair);
                pairs
                    .find(|&pair| self.written_key(pair).is_some_and(|key| key == *name))
                    .and_then(|at| self.part(at, Part::Value))
            }
            Place::Literal(_) => None,
        }
    }

    /// The keys at the first of these places that holds one, each with its default where the place has it.
    ///
    /// A place with a key that can be told comes before one that cannot.
    pub(super) fn keys_at(&self, node: NodeId, places: &[Place]) -> Vec<(FlagKey, Option<String>)> {
        let mut dynamic = Vec::new();
        for place in places {
            let found = self.keys_at_place(node, place);
            if found.iter().any(|(key, _)| key.is_known()) {
                return found;
            }
            if dynamic.is_empty() {
                dynamic = found;
            }
        }
        dynamic
    }

    fn keys_at_place(&self, node: NodeId, place: &Place) -> Vec<(FlagKey, Option<String>)> {
        if let Place::Literal(key) = place {
            return vec![(FlagKey::Literal { key: key.clone(), constant: None }, None)];
        }
        let Some(value) = self.at(node, place).map(|value| self.inner(value)) else { return Vec::new() };
        match (place, self.role(value)) {
            (Place::ObjectArgument(_), _) => self.entries(value),
            (_, Role::Array) => self.facts.children(value).filter_map(|at| Some((self.key(at)?, None))).collect(),
            _ => self.key(value).map(|key| (key, None)).into_iter().collect(),
        }
    }

    /// The keys of an object literal with their values.
    pub(super) fn entries(&self, object: NodeId) -> Vec<(FlagKey, Option<String>)> {
        let pairs = self.facts.children(object).filter(|&at| self.role(at) == Role::Pair);
        pairs
            .filter_map(|pair| {
                let key = self.name_of_key(pair).filter(|key| is_plausible(key))?;
                let value = self.part(pair, Part::Value).map(|value| self.short(value));
                Some((FlagKey::Literal { key, constant: None }, value))
            })
            .collect()
    }

    /// The default as written: at the first place, or a literal at another.
    pub(super) fn default_at(&self, node: NodeId, places: &[Place]) -> Option<String> {
        let literal = |value: NodeId| {
            let role = self.role(self.inner(value));
            matches!(
                role,
                Role::True | Role::False | Role::Null | Role::String | Role::Number | Role::Array | Role::Object
            )
        };
        let mut values = places.iter().enumerate().filter_map(|(at, place)| Some((at, self.at(node, place)?)));
        values.find(|&(at, value)| at == 0 || literal(value)).map(|(_, value)| self.short(value))
    }

    /// The name that a pair of an object literal gives its value.
    pub(super) fn name_of_key(&self, pair: NodeId) -> Option<String> {
        self.written_key(pair).or_else(|| {
            // `[FLAGS.NEW_TAX]: false`
            let computed = self.of(self.part(pair, Part::Key)?).strip_prefix('[')?.strip_suffix(']')?.trim();
            let is_path = computed.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.');
            is_path.then(|| self.constant(computed).unwrap_or_else(|| computed.to_owned()))
        })
    }

    /// The name of a pair where it stands as it is.
    fn written_key(&self, pair: NodeId) -> Option<String> {
        let key = self.part(pair, Part::Key)?;
        match self.role(key) {
            Role::String => self.file.string_value(key),
            Role::Identifier | Role::Pair => Some(self.of(key).to_owned()),
            _ => None,
        }
    }

    /// The text of a node on one line, cut where it is long.
    pub(super) fn short(&self, id: NodeId) -> String {
        let mut line = String::new();
        for word in self.of(id).split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            match word.char_indices().nth(MAX_KEY.saturating_sub(line.chars().count())) {
                Some((end, _)) => return format!("{line}{}…", &word[..end]),
                None => line.push_str(word),
            }
        }
        line
    }
}

/// Whether a string can be the key of a flag: a short name without white space, and no path or address.
pub(super) fn is_plausible(key: &str) -> bool {
    !key.is_empty()
        && key.len() <= MAX_KEY
        && key.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '@'))
        && !key.contains("://")
        && key.chars().all(|c| c.is_alphanumeric() || "_-.:/@$+~#|".contains(c))
}

#[cfg(test)]
mod tests {
    use super::is_plausible;

    #[test]
    fn keys_are_names() {
        for key in ["new-tax", "newTax", "offer.dynamic_discount", "organizations:new-tax", "REV1074.enable", "1_a"] {
            assert!(is_plausible(key), "{key}");
        }
        for text in ["", "Hello there", "/api/flags", "https://a/b", "a\nb", "{x}", &"a".repeat(200)] {
            assert!(!is_plausible(text), "{text}");
        }
    }
}

//! Whether a flag can be behind a function that is called like one that reads flags.
//!
//! Projects keep flags in stores of their own: `return settings.FEATURES.get(name)`. Which store is a flag store nobody can tell, so
//! a function that looks up what it is handed stays believed by its name. One that never does (it compares it with constants, or
//! returns a constant) reads no flag, whatever it is called.

use super::Text;
use crate::detect::wrapper::Body;
use crate::rules::flags::{FlagRules, Place, is_constant_case};
use crate::syntax::SourceFile;
use crate::syntax::facts::{NodeId, Part, Role};
use std::collections::BTreeSet;

/// How many functions of the file a key is handed on through.
const MAX_HANDED: u8 = 3;

/// What a declaration of a file says about calls of itself (no name) and of its members, for the files that import it.
///
/// What cannot be told is left out: such names stay believed.
pub(crate) fn bodies_of(source: &SourceFile, rules: &FlagRules, declaration: NodeId) -> Vec<(Option<String>, Body)> {
    let Some(text) = Text::new(source, rules) else { return Vec::new() };
    let value = match text.role(declaration) {
        Role::Binding => text.part(declaration, Part::Value).map(|value| text.inner(value)),
        _ => Some(declaration),
    };
    let Some(value) = value else { return Vec::new() };
    let found: Vec<(Option<String>, Body)> = match text.role(value) {
        Role::Function => vec![(None, text.body(value))],
        Role::Class | Role::Object | Role::Call => {
            let names = text.function_names(value).into_iter();
            names.map(|name| (Some(name.clone()), text.body_of_made(value, &name))).collect()
        }
        _ => Vec::new(),
    };
    found.into_iter().filter(|(_, body)| *body != Body::Unknown).collect()
}

/// A parameter, and where a call hands it in, if that can be said.
struct Handed<'a> {
    name: &'a str,
    places: Option<Vec<Place>>,
}

impl<'a> Text<'a> {
    /// What the body of a function of this file says.
    pub(super) fn body(&self, function: NodeId) -> Body {
        let size = (self.facts.node(function).last.0 - function.0) as usize;
        let Some(body) = self.part(function, Part::Body).filter(|_| self.afford(size)) else { return Body::Unknown };
        // `...arguments`
        let inside = || std::iter::once(body).chain(self.facts.descendants(body));
        if inside().any(|at| self.role(at) == Role::Identifier && self.of(at) == "arguments") {
            return Body::Unknown;
        }
        let throws = || {
            inside()
                .any(|at| self.role(at) == Role::Exit && !self.is_return(at) && self.part(at, Part::Value).is_some())
        };
        let results = self.results(function);
        match results.as_deref() {
            // What is left to others: `raise NotImplementedError`.
            None if self.is_method(function) && (throws() || self.is_empty(body)) => return Body::Unknown,
            Some(results) if !throws() && self.are_the_same_constant(results) => return Body::Nothing,
            _ => {}
        }
        let parameters = self.handed(function);
        let worded: Vec<&Handed<'_>> =
            parameters.iter().filter(|parameter| self.rules.is_key_parameter(parameter.name)).collect();
        let candidates = if worded.is_empty() { parameters.iter().collect() } else { worded };
        let mut looked_up =
            candidates.into_iter().filter(|parameter| self.looks_up(function, parameter.name, MAX_HANDED));
        looked_up.next().map_or(Body::Nothing, |key| Body::LooksUp(key.places.clone()))
    }

    /// The expressions that a function returns; `None` where there are none.
    pub(super) fn results(&self, function: NodeId) -> Option<Vec<NodeId>> {
        let body = self.part(function, Part::Body)?;
        if self.role(body) != Role::Block {
            return Some(vec![body]);
        }
        let own = |&at: &NodeId| self.facts.enclosing(self.parent(at), Role::Function).next() == Some(function);
        let exits =
            self.facts.descendants(body).filter(|&at| self.role(at) == Role::Exit && self.is_return(at)).filter(own);
        let results: Vec<NodeId> = exits.filter_map(|exit| self.part(exit, Part::Value)).collect();
        (!results.is_empty()).then_some(results)
    }

    fn is_return(&self, exit: NodeId) -> bool {
        self.of(exit).starts_with("return")
    }

    fn is_method(&self, function: NodeId) -> bool {
        let mut scopes = self.facts.ancestors(function);
        scopes
            .find(|&at| matches!(self.role(at), Role::Function | Role::Class))
            .is_some_and(|at| self.role(at) == Role::Class)
    }

    fn is_empty(&self, body: NodeId) -> bool {
        let says = |at: NodeId| !matches!(self.role(at), Role::Comment | Role::Docstring | Role::Other);
        !self.facts.children(body).any(says)
    }

    fn are_the_same_constant(&self, results: &[NodeId]) -> bool {
        let constant = |at: NodeId| {
            let at = self.inner(at);
            self.is_literal(at).then(|| self.of(at))
        };
        let values: Option<BTreeSet<&str>> = results.iter().map(|&at| constant(at)).collect();
        values.is_some_and(|values| values.len() == 1)
    }

    fn is_literal(&self, at: NodeId) -> bool {
        matches!(self.role(at), Role::True | Role::False | Role::Null | Role::String | Role::Number)
    }

    /// The names that a call gives values to.
    fn handed(&self, function: NodeId) -> Vec<Handed<'a>> {
        let mut found = Vec::new();
        let own = usize::from(self.is_method(function));
        let parameters: Vec<NodeId> = self.facts.parts(function, Part::Parameter).collect();
        let first = parameters.first().and_then(|&at| self.file_name(at));
        let skip = if matches!(first, Some("self" | "cls")) { own } else { 0 };
        for (at, &parameter) in parameters.iter().skip(skip).enumerate() {
            match self.file_name(parameter) {
                Some(name) => {
                    let places = vec![Place::Argument(at), Place::Keyword(name.to_owned())];
                    found.push(Handed { name, places: Some(places) });
                }
                None => {
                    let names = self.facts.descendants(parameter).filter(|&at| self.role(at) == Role::Destructured);
                    let names = names.filter_map(|at| self.file_name(at));
                    found.extend(names.map(|name| Handed { name, places: None }));
                }
            }
        }
        found
    }

    fn file_name(&self, at: NodeId) -> Option<&'a str> {
        self.part(at, Part::Name).map(|name| self.of(name))
    }

    /// Whether something is looked up by what this parameter holds, and the answer is used.
    fn looks_up(&self, function: NodeId, parameter: &str, handed: u8) -> bool {
        let Some(body) = self.part(function, Part::Body) else { return true };
        if !self.afford((self.facts.node(function).last.0 - function.0) as usize) {
            return true;
        }
        let mut names: BTreeSet<&str> = BTreeSet::from([parameter]);
        for at in std::iter::once(body).chain(self.facts.descendants(body)) {
            match self.role(at) {
                // `const key = name.toLowerCase()`
                Role::Binding | Role::Destructuring => {
                    let Some(value) = self.part(at, Part::Value) else { continue };
                    let mut held = std::iter::once(value).chain(self.facts.descendants(value));
                    if !held.any(|at| self.role(at) == Role::Identifier && names.contains(self.of(at))) {
                        continue;
                    }
                    let taken = self.facts.descendants(at).filter(|&at| self.role(at) == Role::Destructured);
                    names.extend(std::iter::once(at).chain(taken).filter_map(|at| self.file_name(at)));
                }
                // `path.split(".").reduce((held, part) => held[part], settings)`
                Role::Call if self.is_called_on(at, &names) => {
                    let functions = self.facts.parts(at, Part::Argument).filter(|&at| self.role(at) == Role::Function);
                    let parameters = functions.flat_map(|function| self.facts.parts(function, Part::Parameter));
                    names.extend(parameters.filter_map(|at| self.file_name(at)));
                }
                Role::Identifier | Role::Pair if names.contains(self.of(at)) && self.is_key_of(at, &names, handed) => {
                    return true;
                }
                _ => {}
            }
        }
        false
    }

    /// Whether a call is one of a method of what these names hold, or of what is made of it.
    fn is_called_on(&self, call: NodeId, names: &BTreeSet<&str>) -> bool {
        let Some(object) = self.callee(call).and_then(|(_, object)| object) else { return false };
        let mut inside = std::iter::once(object).chain(self.facts.descendants(object));
        inside.any(|at| self.role(at) == Role::Identifier && names.contains(self.of(at)))
    }

    /// Whether something is looked up by this expression: `flags[name]`, `client.get("x-" + name)`, `flag.name === name`.
    fn is_key_of(&self, name: NodeId, names: &BTreeSet<&str>, handed: u8) -> bool {
        let mut at = name;
        for parent in self.facts.ancestors(name) {
            let part = self.facts.part_of(parent, at);
            match self.role(parent) {
                Role::Subscript if part == Some(Part::Index) => return self.is_used(parent),
                // `store.get(keyOf(name))`
                Role::Call if part != Some(Part::Callee) && self.is_given_back(parent, at) => at = parent,
                Role::Call if part != Some(Part::Callee) => return self.is_looked_up_by(parent, at, handed),
                Role::Attribute => return true,
                Role::Equal | Role::NotEqual => {
                    let other = if part == Some(Part::Left) { Part::Right } else { Part::Left };
                    return self.part(parent, other).is_some_and(|other| self.varies(other, names))
                        && self.is_used(parent);
                }
                Role::Other if self.contains_word_in(parent, at) => return self.is_used(parent),
                Role::Member if part != Some(Part::Object) => return false,
                Role::Pair if part == Some(Part::Key) && self.part(parent, Part::Value) != Some(at) => return false,
                Role::Call | Role::Member | Role::Subscript | Role::Transparent | Role::Template | Role::Other => {
                    at = parent
                }
                Role::Or | Role::Coalesce | Role::Pair | Role::Object | Role::Array | Role::Keyword => at = parent,
                _ => return false,
            }
        }
        false
    }

    /// Whether a call that is handed the key looks something up.
    fn is_looked_up_by(&self, call: NodeId, argument: NodeId, handed: u8) -> bool {
        if !self.is_used(call) {
            return false;
        }
        // `["a", "b"].includes(name)` compares it with constants.
        let object = self.callee(call).and_then(|(_, object)| object).map(|object| self.inner(object));
        if object.is_some_and(|object| self.is_literal(object) || self.role(object) == Role::Array) {
            return false;
        }
        let (Some(functions), Some(handed)) = (self.functions_meant(call), handed.checked_sub(1)) else { return true };
        let position = self.positional(call).position(|at| at == argument);
        functions.into_iter().any(|function| {
            let parameter = position.and_then(|at| self.handed(function).into_iter().nth(at));
            parameter.is_none_or(|parameter| self.looks_up(function, parameter.name, handed))
        })
    }

    /// Whether each function of this file that a call may run only makes its result of this argument: `` `feature/${name}` ``.
    fn is_given_back(&self, call: NodeId, argument: NodeId) -> bool {
        let Some(position) = self.positional(call).position(|at| at == argument) else { return false };
        let gives_back = |function: NodeId| {
            let parameter = self.handed(function).into_iter().nth(position);
            let results = self.results(function).filter(|results| results.len() == 1).unwrap_or_default();
            parameter.zip(results.first().copied()).is_some_and(|(parameter, result)| {
                let mut inside = std::iter::once(result).chain(self.facts.descendants(result));
                let is_named = |at: NodeId| self.role(at) == Role::Identifier && self.of(at) == parameter.name;
                matches!(self.role(self.inner(result)), Role::Identifier | Role::Template | Role::Other)
                    && !self.facts.descendants(result).any(|at| self.role(at) == Role::Call)
                    && inside.any(is_named)
            })
        };
        self.functions_meant(call).is_some_and(|meant| !meant.is_empty() && meant.into_iter().all(gives_back))
    }

    /// Whether an expression is neither a constant nor something that is handed in beside the key.
    fn varies(&self, other: NodeId, names: &BTreeSet<&str>) -> bool {
        let other = self.inner(other);
        match self.role(other) {
            Role::Identifier => {
                let name = self.of(other);
                !names.contains(name) && !is_constant_case(name) && self.constant(name).is_none()
            }
            Role::Member => self.constant_path(other).is_none_or(|path| {
                !path.starts_with(|c: char| c.is_ascii_uppercase()) && self.constant(&path).is_none()
            }),
            _ => !self.is_literal(other),
        }
    }

    /// `name in flags`, where that is not a list of constants.
    fn contains_word_in(&self, expression: NodeId, key: NodeId) -> bool {
        let after = self.facts.node(key).span.end;
        let mut children = self.facts.children(expression).filter(|&at| at > key);
        let end = children.next().filter(|&at| !matches!(self.role(at), Role::Array | Role::String));
        let Some(end) = end.map(|at| self.facts.node(at).span.start).filter(|&end| end > after) else { return false };
        let between = crate::location::Span { start: after, end }.text(&self.file.text);
        between.split_whitespace().any(|word| word == "in")
    }

    /// Whether the value of an expression matters to what follows.
    fn is_used(&self, expression: NodeId) -> bool {
        let mut at = expression;
        for parent in self.facts.ancestors(expression) {
            let part = self.facts.part_of(parent, at);
            match self.role(parent) {
                Role::Block | Role::Module | Role::Case | Role::Class => return false,
                Role::Exit => return !self.of(parent).starts_with("throw") && !self.of(parent).starts_with("raise"),
                Role::Guard if part == Some(Part::Condition) => return true,
                Role::Loop => return part != Some(Part::Body),
                Role::Switch | Role::Binding | Role::Destructuring | Role::Assignment => return true,
                Role::Function | Role::Parameter | Role::Decorator => return true,
                _ => at = parent,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::flags::detect_with;
    use crate::detect::flags::fixtures::packs;
    use crate::detect::wrapper::Known;
    use crate::gating::declarations::{name_of, top_level};
    use crate::location::RepoPath;
    use crate::syntax::ParseLimits;

    fn source(path: &str, text: &str) -> SourceFile {
        SourceFile::analyse(RepoPath::new(path), text.into(), &ParseLimits::default())
    }

    fn bodies(text: &str, name: &str) -> Vec<(Option<String>, Body)> {
        let (source, rules) = (source("a.ts", text), FlagRules::new(packs()));
        let facts = source.facts().expect("parses");
        let node = top_level(facts).find(|&node| name_of(&source, facts, node) == Some(name)).expect("is declared");
        bodies_of(&source, &rules, node)
    }

    fn looks_up(at: usize, name: &str) -> Body {
        Body::LooksUp(Some(vec![Place::Argument(at), Place::Keyword(name.to_owned())]))
    }

    #[test]
    fn declarations_of_other_files_are_judged_like_their_own() {
        let text = "export function isOn(user, feature) { return user.id && all[feature]; }\n\
                    export const never = (feature) => feature === 'beta';\n\
                    export const hidden = memoize((feature) => false);\n\
                    export const service = { has: (name) => settings.get(name), no: () => false, other };\n\
                    export class Flags { has(key) { return this.map.get(key); } no() { return false; } }\n\
                    export class More extends Base {}\n\
                    export const isDeep = (path) => path.split('.').reduce((held, part) => held[part], window.all);\n\
                    export const isLong = (path) => path.split('.').every((part) => part.length > 3);\n\
                    export const made = new Flags();\n";
        let member = |name: &str, body: Body| (Some(name.to_owned()), body);
        assert_eq!(bodies(text, "isOn"), [(None, looks_up(1, "feature"))]);
        assert_eq!(bodies(text, "never"), [(None, Body::Nothing)]);
        assert_eq!(bodies(text, "isDeep"), [(None, looks_up(0, "path"))]);
        assert_eq!(bodies(text, "isLong"), [(None, Body::Nothing)]);
        assert_eq!(bodies(text, "hidden"), [], "what a call makes of it cannot be told");
        assert_eq!(bodies(text, "service"), [member("has", looks_up(0, "name")), member("no", Body::Nothing)]);
        assert_eq!(bodies(text, "Flags"), [member("has", looks_up(0, "key")), member("no", Body::Nothing)]);
        assert_eq!(bodies(text, "made"), [member("has", looks_up(0, "key")), member("no", Body::Nothing)]);
        assert_eq!(bodies(text, "More"), []);
    }

    #[test]
    fn what_is_known_of_an_imported_function_decides_about_its_name() {
        let text = "import { isFeatureEnabled, featureFlags } from './flags';\n\
                    isFeatureEnabled('u1', 'dark-mode');\nfeatureFlags.isEnabled('two');\n\
                    const own = (isFeatureEnabled) => isFeatureEnabled('own', 'x');\n";
        let (source, rules) = (source("a.ts", text), FlagRules::new(packs()));
        let keys = |known: &Known| -> Vec<String> {
            let flags = detect_with(&source, &rules, known);
            flags.evaluations.iter().map(|evaluation| evaluation.key.name().to_owned()).collect()
        };
        assert_eq!(keys(&Known::default()), ["u1", "two", "own"]);
        let mut known = Known::default();
        known.add_body("isFeatureEnabled".to_owned(), looks_up(1, "feature"));
        known.add_body("featureFlags.isEnabled".to_owned(), Body::Unknown);
        assert_eq!(keys(&known), ["dark-mode", "two", "own"]);
        let mut known = Known::default();
        known.add_body("isFeatureEnabled".to_owned(), Body::Nothing);
        known.add_body("featureFlags.isEnabled".to_owned(), Body::Nothing);
        assert_eq!(keys(&known), ["own"]);
    }
}

//! What a flag pack's YAML says, before it is checked.
//!
//! The doc comments of this module are the descriptions in the published JSON Schema.

use super::{
    Contexts, Deciding, Definition, DefinitionKind, Evaluation, FlagPack, FlagResult, Form, Handle, Leaving, PathWords,
    Place, Words,
};
use crate::rules::pattern::{ModulePattern, NamePattern, OneOrMany};
use crate::terms::{Polarity, ValueType};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A flag pack: how code reads the flags of one SDK. The file name is the provider's id.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawFlagPack {
    /// The name that people use.
    pub(crate) name: String,
    /// Where the SDK is documented.
    pub(crate) docs: Option<String>,
    /// Modules of the SDK; `*` is any text, and a module stands for the modules inside it.
    #[serde(default)]
    imports: Vec<ModulePattern>,
    /// Words in the last name of a module of the project that does the SDK's work (`feature flag`: `../lib/featureFlags`).
    #[serde(default)]
    project_modules: Vec<PathWords>,
    /// Words in the name of a client that the project made itself (`ld client`: `this.ldClient`, `LD_CLIENT`).
    #[serde(default)]
    receivers: Vec<PathWords>,
    /// The same for names that are general: they count only in a file that imports the SDK. Default: `client$`.
    #[serde(default = "general_clients")]
    clients: Vec<PathWords>,
    /// String results that mean "off".
    #[serde(default)]
    off_values: Vec<String>,
    /// Whether a key that only the running program knows counts as an evaluation. Default: true.
    #[serde(default = "yes")]
    dynamic_keys: bool,
    /// Words in the key of a flag that turns something off (`^disable`); they hold for the keys of every pack.
    #[serde(default)]
    inverse_keys: Vec<PathWords>,
    /// Words in the name of the parameter that takes the key, in functions of a project; they hold for every pack.
    #[serde(default)]
    key_parameters: Vec<PathWords>,
    /// Words in the name of a parameter that is a function which asks for a flag, in functions of a project; they hold for every
    /// pack.
    #[serde(default)]
    asking_parameters: Vec<PathWords>,
    /// Functions that yield what the function yields which they are handed first (`useMemo`); they hold for every pack.
    #[serde(default)]
    answering: Vec<String>,
    /// Functions that keep what the function yields which they are handed first, under `value` (`computed`); they hold for every
    /// pack.
    #[serde(default)]
    boxing: Vec<String>,
    /// Functions that do nothing unless what they are handed says so; they hold for every pack.
    #[serde(default)]
    deciding: Vec<RawDeciding>,
    /// Elements that only lead elsewhere, so that `if (!on) return <Navigate to="/" />;` is a gate; they hold for every pack.
    #[serde(default)]
    refusing: Vec<String>,
    /// Functions that only make something, or fetch something that is there, which waits to be used (`useState`); they hold for
    /// every pack.
    #[serde(default)]
    keeping: Vec<String>,
    /// Functions that make a plain true or false of what they are handed first (`toBoolean`); they hold for every pack.
    #[serde(default)]
    converting: Vec<String>,
    /// What names say about what functions, components and values do; it holds for every pack.
    #[serde(default)]
    words: Words,
    /// What makes, provides and takes an object that one component provides and others take; it holds for every pack.
    #[serde(default)]
    contexts: Contexts,
    /// Names for the program being built for those who work on it, which is false for everybody else (`isDev`); they hold for
    /// every pack.
    #[serde(default)]
    building: Vec<String>,
    /// What reads a flag.
    #[serde(default)]
    evaluations: Vec<RawEvaluation>,
    /// Constructors whose result stands for one flag.
    #[serde(default)]
    handles: Vec<RawHandle>,
    /// Declarations of keys.
    #[serde(default)]
    definitions: Vec<RawDefinition>,
    /// Functions that never come back (they throw), so that `if (!on) notFound();` is a gate.
    #[serde(default)]
    leaving: Vec<RawLeaving>,
}

fn yes() -> bool {
    true
}

fn none() -> OneOrMany<RawPlace> {
    OneOrMany(Vec::new())
}

fn general_clients() -> Vec<PathWords> {
    PathWords::parse("client$").into_iter().collect()
}

/// One kind of evaluation: exactly one of `call`, `element`, `decorator`, `base`, `bag`, `object`, `imported`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawEvaluation {
    /// Names of functions or methods, without what stands before the last dot; `*` is any text.
    #[serde(default)]
    call: Vec<NamePattern>,
    /// Names of JSX elements.
    #[serde(default)]
    element: Vec<String>,
    /// Names of decorators.
    #[serde(default)]
    decorator: Vec<String>,
    /// Names of classes that run what extends them only with the flag on; a `property` of the class that extends one is the key.
    #[serde(default)]
    base: Vec<String>,
    /// Methods of the class that extends one which run before the flag is asked for: with one of them nothing is said of the class.
    #[serde(default)]
    not_with: Vec<String>,
    /// Words in the name of an object whose members are flags (`feature settings`: `organization.feature_settings.x`).
    #[serde(default)]
    bag: Vec<PathWords>,
    /// Names of properties that an object literal has, one of each list: an entry of a table of routes or menus. What it
    /// holds beside the key runs only with the flag on.
    #[serde(default)]
    object: Vec<OneOrMany<String>>,
    /// Names that are imported from the project, or members of these, and are the flag's value themselves: the name is the key.
    imported: Option<RawImported>,
    /// Words in the name of what the method is called on, instead of the pack's `receivers` and `project-modules`.
    receiver: Option<Vec<PathWords>>,
    /// The name alone is proof, whatever it is called on and wherever it comes from.
    #[serde(default)]
    distinctive: bool,
    /// The name is common in other code: what it is called on must be known by name (`receivers`, `clients`) or by where
    /// it comes from, even in a file that imports the SDK.
    #[serde(default)]
    common: bool,
    /// Text that one of the arguments must have, `*` being any text.
    #[serde(default)]
    argument_text: Vec<NamePattern>,
    /// Where the key is; of several places, the first that is there.
    #[serde(default = "none")]
    key: OneOrMany<RawPlace>,
    /// Where the default value is.
    #[serde(default = "none")]
    default: OneOrMany<RawPlace>,
    /// The type of the flag's value.
    #[serde(default, rename = "type")]
    value_type: ValueType,
    /// `off` where a true result means that the flag is off.
    #[serde(default)]
    polarity: RawPolarity,
    /// `value` (also as a promise), or `bag`: an object of flags, whose names are the keys.
    #[serde(default)]
    result: RawResult,
    /// Members of the result that hold the flag's value (`value`, `enabled`).
    #[serde(default)]
    value_members: Vec<String>,
    /// Functions that turn the result into the object of flags (`loads`, `parse`).
    #[serde(default)]
    parsed_by: Vec<String>,
    /// Methods of the object of flags that read a flag by its key. Default: `get`.
    getters: Option<Vec<String>>,
    /// Members that hold the object of flags itself (`useFlags().flags`), as reactive objects and references have too.
    /// Default: `flags`, `value`, `current`.
    holders: Option<Vec<String>>,
    /// Only values that are used as booleans are flags; the others are settings.
    #[serde(default)]
    only_boolean: bool,
    /// Words that the key must have.
    #[serde(default)]
    key_words: Vec<PathWords>,
    /// Words that the key must not have.
    #[serde(default)]
    key_except: Vec<PathWords>,
    /// Names of languages; all when left out.
    #[serde(default)]
    languages: Vec<String>,
    /// A function among the arguments that runs only with the flag on.
    callback: Option<RawPlace>,
}

/// Constants of the project that are a flag's value; at least one of the lists.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawImported {
    /// Words in the last name of the module (`feature flag`: `../lib/featureFlags`).
    #[serde(default)]
    from: Vec<PathWords>,
    /// Words in the name itself.
    #[serde(default)]
    name: Vec<PathWords>,
}

/// A constructor whose result stands for one flag.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawHandle {
    /// Names of constructors or functions.
    call: Vec<String>,
    /// The constructor's name alone is proof.
    #[serde(default)]
    distinctive: bool,
    /// Words in the name of what the function is called on, instead of the pack's `receivers`.
    receiver: Option<Vec<PathWords>>,
    /// Texts of which the file must have one, where names alone say too little.
    #[serde(default)]
    near: Vec<String>,
    /// Where the key is.
    key: OneOrMany<RawPlace>,
    /// Where the default value is.
    #[serde(default = "none")]
    default: OneOrMany<RawPlace>,
    /// Methods of the handle that read the flag.
    #[serde(default)]
    methods: Vec<String>,
    /// Methods that are true when the flag is off.
    #[serde(default)]
    off_methods: Vec<String>,
    /// Whether the handle itself is called to read the flag.
    #[serde(default)]
    called: bool,
    /// Methods that are proof enough on a CONSTANT of another file.
    #[serde(default)]
    foreign: Vec<String>,
    /// The type of the flag's value.
    #[serde(default, rename = "type")]
    value_type: ValueType,
}

/// A declaration of keys.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawDefinition {
    /// Words in the name of the declaration.
    #[serde(default)]
    name: Vec<PathWords>,
    /// Words in the name of the file, which say it for all constants in it.
    #[serde(default)]
    file: Vec<PathWords>,
    /// What it may be.
    of: Vec<DefinitionKind>,
    /// Words in names that look like it and are something else.
    #[serde(default)]
    except: Vec<PathWords>,
    /// Words in the names of base classes that make it something else.
    #[serde(default)]
    except_bases: Vec<PathWords>,
    /// Words in the path of what fills the entries (`process.env`).
    #[serde(default)]
    filled_by: Vec<PathWords>,
    /// Names of languages; all when left out.
    #[serde(default)]
    languages: Vec<String>,
}

/// Functions that do nothing unless what they are handed says so.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawDeciding {
    /// Names of functions, without what stands before the last dot; `*` is any text.
    #[serde(default)]
    call: Vec<NamePattern>,
    /// Names of elements, as they are written, which show nothing unless their attributes say so.
    #[serde(default)]
    element: Vec<String>,
    /// Entries of an object among the arguments, or attributes, that have to be true (`enabled`).
    #[serde(default)]
    on: Vec<String>,
    /// Entries that have to be false (`skip`).
    #[serde(default)]
    off: Vec<String>,
    /// The argument that has to be true, from 0.
    argument: Option<usize>,
    /// The argument that is a function, from 0: where that does nothing, so does the call.
    function: Option<usize>,
}

impl RawDeciding {
    fn validate(self, place: &str) -> Result<Deciding, PackProblem> {
        let says = !self.on.is_empty() || !self.off.is_empty() || self.argument.is_some() || self.function.is_some();
        if !says || self.call.is_empty() && self.element.is_empty() {
            return Err(problem(place, "needs `call` or `element`, and one of `on`, `off`, `argument`, `function`"));
        }
        let Self { call: calls, element: elements, on, off, argument, function } = self;
        Ok(Deciding { calls, elements, on, off, argument, function })
    }
}

/// Functions that never come back.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawLeaving {
    /// Names of functions, as the modules export them.
    call: Vec<String>,
    /// Modules that they are imported from; `*` is any text, and a module stands for the modules inside it.
    imports: Vec<ModulePattern>,
}

/// A place in a call or an element: exactly one of these.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawPlace {
    /// The argument at this position, from 0.
    argument: Option<usize>,
    /// The keyword argument of this name.
    keyword: Option<String>,
    /// The JSX attribute of this name.
    attribute: Option<String>,
    /// The object literal at this position: its keys, or its values.
    object_argument: Option<usize>,
    /// One property of an object literal among the arguments.
    object_property: Option<RawProperty>,
    /// The property of this name, where the evaluation is an `object`.
    property: Option<String>,
    /// Nowhere: the flag is always this one.
    literal: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawProperty {
    /// The position of the object, from 0.
    #[serde(default)]
    argument: usize,
    /// The property.
    name: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum RawPolarity {
    #[default]
    On,
    Off,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum RawResult {
    #[default]
    Value,
    Bag,
}

/// What is wrong with a pack that could be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{place}: {problem}")]
pub(crate) struct PackProblem {
    /// Such as `evaluations[2].key`.
    place: String,
    problem: String,
}

fn problem(place: impl fmt::Display, problem: impl Into<String>) -> PackProblem {
    PackProblem { place: place.to_string(), problem: problem.into() }
}

impl RawFlagPack {
    /// A pack of the evaluations that a config declares. A name that is given there is proof enough.
    pub(crate) fn of_wrappers(mut evaluations: Vec<RawEvaluation>) -> Self {
        for evaluation in &mut evaluations {
            evaluation.distinctive |= evaluation.receiver.is_none();
        }
        Self {
            name: "this repository".to_owned(),
            docs: None,
            imports: Vec::new(),
            project_modules: Vec::new(),
            receivers: Vec::new(),
            clients: Vec::new(),
            off_values: Vec::new(),
            dynamic_keys: true,
            inverse_keys: Vec::new(),
            key_parameters: Vec::new(),
            asking_parameters: Vec::new(),
            answering: Vec::new(),
            boxing: Vec::new(),
            deciding: Vec::new(),
            refusing: Vec::new(),
            keeping: Vec::new(),
            converting: Vec::new(),
            words: Words::default(),
            contexts: Contexts::default(),
            building: Vec::new(),
            evaluations,
            handles: Vec::new(),
            definitions: Vec::new(),
            leaving: Vec::new(),
        }
    }

    /// Checks what the types do not say.
    pub(crate) fn validate(self, id: &str) -> Result<FlagPack, PackProblem> {
        let each = |values: Vec<RawEvaluation>, receivers: bool| -> Result<Vec<Evaluation>, PackProblem> {
            let named = values.into_iter().enumerate();
            named.map(|(at, value)| value.validate(&format!("evaluations[{at}]"), receivers)).collect()
        };
        let known = !self.imports.is_empty() || !self.project_modules.is_empty() || !self.receivers.is_empty();
        let pack = FlagPack {
            id: id.to_owned(),
            name: self.name,
            docs: self.docs,
            imports: self.imports,
            project_modules: self.project_modules,
            receivers: self.receivers,
            clients: self.clients,
            off_values: self.off_values.into(),
            dynamic_keys: self.dynamic_keys,
            inverse_keys: self.inverse_keys,
            key_parameters: self.key_parameters,
            asking_parameters: self.asking_parameters,
            answering: self.answering,
            boxing: self.boxing,
            deciding: (self.deciding.into_iter().enumerate())
                .map(|(at, deciding)| deciding.validate(&format!("deciding[{at}]")))
                .collect::<Result<_, _>>()?,
            refusing: self.refusing,
            keeping: self.keeping,
            converting: self.converting,
            words: self.words,
            contexts: self.contexts,
            building: self.building,
            is_users: false,
            evaluations: each(self.evaluations, known)?,
            handles: (self.handles.into_iter().enumerate())
                .map(|(at, handle)| handle.validate(&format!("handles[{at}]"), known))
                .collect::<Result<_, _>>()?,
            definitions: (self.definitions.into_iter().enumerate())
                .map(|(at, definition)| definition.validate(&format!("definitions[{at}]")))
                .collect::<Result<_, _>>()?,
            leaving: (self.leaving.into_iter())
                .map(|leaving| Leaving { calls: leaving.call, modules: leaving.imports })
                .collect(),
        };
        if pack.evaluations.is_empty() && pack.handles.is_empty() && pack.definitions.is_empty() {
            return Err(problem("evaluations", "a pack needs evaluations, handles or definitions"));
        }
        Ok(pack)
    }
}

impl RawEvaluation {
    fn validate(self, place: &str, known: bool) -> Result<Evaluation, PackProblem> {
        let mut forms = Vec::new();
        if !self.call.is_empty() {
            forms.push(Form::Call(self.call));
        }
        if !self.element.is_empty() {
            forms.push(Form::Element(self.element));
        }
        if !self.decorator.is_empty() {
            forms.push(Form::Decorator(self.decorator));
        }
        if !self.base.is_empty() {
            forms.push(Form::Base { names: self.base, not_with: self.not_with });
        }
        if !self.bag.is_empty() {
            forms.push(Form::Bag(self.bag));
        }
        if !self.object.is_empty() {
            forms.push(Form::Object(self.object.into_iter().map(|names| names.0).collect()));
        }
        if let Some(imported) = self.imported {
            forms.push(imported.validate(&format!("{place}.imported"))?);
        }
        if forms.len() != 1 {
            return Err(problem(
                place,
                "needs exactly one of `call`, `element`, `decorator`, `base`, `bag`, `object`, `imported`",
            ));
        }
        let form = forms.pop().expect("there is exactly one");
        let result = match (self.result, &form) {
            (RawResult::Bag, _) | (_, Form::Bag(_)) => FlagResult::Bag,
            (RawResult::Value, _) => FlagResult::Value,
        };
        let keys = places(self.key, &format!("{place}.key"))?;
        let is_key = matches!(form, Form::Imported { .. });
        if keys.is_empty() && result == FlagResult::Value && !is_key {
            return Err(problem(place, "needs a `key`, such as `key: {argument: 0}`, or `result: bag`"));
        }
        if !matches!(form, Form::Bag(_)) && !is_key && !known && !self.distinctive && self.receiver.is_none() {
            return Err(problem(
                place,
                "can never match: say where the name comes from (`imports` or `project-modules` of the pack), what it \
                 is called on (`receiver`), or that the name is `distinctive`",
            ));
        }
        let callback = self.callback.map(|raw| raw.validate(&format!("{place}.callback"))).transpose()?;
        let callback = match callback {
            None => None,
            Some(Place::Argument(at)) => Some(at),
            Some(_) => return Err(problem(format_args!("{place}.callback"), "must be an `argument`")),
        };
        Ok(Evaluation {
            form,
            receivers: self.receiver,
            distinctive: self.distinctive,
            common: self.common,
            argument_texts: self.argument_text,
            keys,
            defaults: places(self.default, &format!("{place}.default"))?,
            value_type: self.value_type,
            polarity: match self.polarity {
                RawPolarity::On => Polarity::On,
                RawPolarity::Off => Polarity::Off,
            },
            result,
            value_members: self.value_members.into(),
            parsed_by: self.parsed_by,
            getters: self.getters.unwrap_or_else(|| vec!["get".to_owned()]),
            holders: self.holders.unwrap_or_else(|| ["flags", "value", "current"].map(str::to_owned).to_vec()),
            only_boolean: self.only_boolean,
            key_patterns: self.key_words,
            key_except: self.key_except,
            languages: self.languages,
            callback,
        })
    }
}

impl RawImported {
    fn validate(self, place: &str) -> Result<Form, PackProblem> {
        match self.from.is_empty() && self.name.is_empty() {
            true => Err(problem(place, "needs words in `from`, in `name` or in both")),
            false => Ok(Form::Imported { modules: self.from, names: self.name }),
        }
    }
}

impl RawHandle {
    fn validate(self, place: &str, known: bool) -> Result<Handle, PackProblem> {
        if self.call.is_empty() {
            return Err(problem(place, "needs names in `call`"));
        }
        if !known && !self.distinctive {
            return Err(problem(
                place,
                "can never match: the pack has no `imports`, and the name is not `distinctive`",
            ));
        }
        let keys = places(self.key, &format!("{place}.key"))?;
        if keys.is_empty() {
            return Err(problem(place, "needs a `key`, such as `key: {argument: 0}`"));
        }
        Ok(Handle {
            constructors: self.call,
            distinctive: self.distinctive,
            receivers: self.receiver,
            near: self.near,
            keys,
            defaults: places(self.default, &format!("{place}.default"))?,
            methods: self.methods,
            off_methods: self.off_methods,
            called: self.called,
            foreign: self.foreign,
            value_type: self.value_type,
        })
    }
}

impl RawDefinition {
    fn validate(self, place: &str) -> Result<Definition, PackProblem> {
        if (self.name.is_empty() && self.file.is_empty()) || self.of.is_empty() {
            return Err(problem(place, "needs words in `name` or `file`, and kinds in `of`"));
        }
        Ok(Definition {
            names: self.name,
            files: self.file,
            of: self.of,
            except: self.except,
            except_bases: self.except_bases,
            filled_by: self.filled_by,
            languages: self.languages,
        })
    }
}

impl RawPlace {
    fn validate(self, place: &str) -> Result<Place, PackProblem> {
        let found: Vec<Place> = [
            self.argument.map(Place::Argument),
            self.keyword.map(Place::Keyword),
            self.attribute.map(Place::Attribute),
            self.object_argument.map(Place::ObjectArgument),
            self.object_property.map(|RawProperty { argument, name }| Place::ObjectProperty { argument, name }),
            self.property.map(Place::Property),
            self.literal.map(Place::Literal),
        ]
        .into_iter()
        .flatten()
        .collect();
        let [found] = <[Place; 1]>::try_from(found).map_err(|_| {
            problem(
                place,
                "needs exactly one of `argument`, `keyword`, `attribute`, `object-argument`, `object-property`, \
                 `property`, `literal`; for several places, write a list",
            )
        })?;
        Ok(found)
    }
}

fn places(raw: OneOrMany<RawPlace>, place: &str) -> Result<Vec<Place>, PackProblem> {
    raw.0.into_iter().map(|value| value.validate(place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(yaml: &str) -> Result<FlagPack, String> {
        let raw: RawFlagPack = crate::config::yaml::parse("my.yaml", yaml).map_err(|error| error.to_string())?;
        raw.validate("sample").map_err(|error| error.to_string())
    }

    #[test]
    fn a_place_or_a_list_of_places() {
        let pack = check(
            "name: A\nimports: [a]\nevaluations:\n  - {call: [f], key: {argument: 1}}\n  - {call: [g], key: [{keyword: k}, {argument: 0}]}\n",
        );
        let pack = pack.expect("valid");
        assert_eq!(pack.evaluations[0].keys, [Place::Argument(1)]);
        assert_eq!(pack.evaluations[1].keys, [Place::Keyword("k".into()), Place::Argument(0)]);
    }

    #[test]
    fn a_misspelt_field_is_named_with_its_place() {
        let error =
            check("name: A\nimports: [a]\nevaluations:\n  - call: [f]\n    key: {arguments: 0}\n").expect_err("typo");
        assert!(error.contains("arguments") && error.contains("argument") && error.contains("my.yaml:5:"), "{error}");
        let error = check("name: A\nevaluation: []\n").expect_err("typo");
        assert!(error.contains("evaluation") && error.contains("my.yaml:2:"), "{error}");
    }

    #[test]
    fn rules_that_can_never_match_are_refused() {
        let rule = |rule: &str| check(&format!("name: A\nevaluations: [{rule}]\n")).expect_err("refused");
        assert!(rule("{call: [f], key: {argument: 0}}").contains("evaluations[0]: can never match"));
        assert!(rule("{call: [f], element: [G], key: {argument: 0}}").contains("exactly one of"));
        assert!(rule("{call: [f], distinctive: true}").contains("needs a `key`"));
        assert!(rule("{call: ['*'], distinctive: true, key: {argument: 0}}").contains("match every name"));
        assert!(rule("{call: [f], distinctive: true, key: {argument: 0, keyword: x}}").contains("exactly one of"));
        assert!(rule("{bag: ['']}").contains("every name needs a word"));
    }
}

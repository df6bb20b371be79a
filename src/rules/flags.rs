//! Flag packs: which calls, hooks, components, decorators and objects read a feature flag, and where keys are declared.
//!
//! A pack is one YAML file in `rules/flags/`; its file name is its id, and users' packs have the same shape. [`raw`]
//! holds what was typed, this module what was meant, checked. [`FlagRules`] is all packs together, indexed by name.

mod around;
mod index;
mod names;
mod needles;
mod raw;
mod taken;

pub(crate) use index::{FlagRules, RuleRef};
pub(crate) use names::{PathWords, is_constant_case};
pub(crate) use needles::Needles;
pub(crate) use raw::{RawEvaluation, RawFlagPack};

use super::{Pack, PackSummary};
use crate::rules::pattern::{ModulePattern, NamePattern};
use crate::terms::{Polarity, ValueType};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One flag SDK, or the conventions of projects that have none.
#[derive(Debug, Clone)]
pub(crate) struct FlagPack {
    /// The file stem, such as `launchdarkly`.
    pub(crate) id: String,
    /// The name that people use.
    pub(crate) name: String,
    pub(crate) docs: Option<String>,
    /// Modules of the SDK; a name imported from one is the SDK's.
    pub(crate) imports: Vec<ModulePattern>,
    /// How a project names a module of its own that does the SDK's work.
    pub(crate) project_modules: Vec<PathWords>,
    /// How a project names a client of its own.
    pub(crate) receivers: Vec<PathWords>,
    /// General names of clients, which count only in a file that imports the SDK.
    pub(crate) clients: Vec<PathWords>,
    /// String results that mean "off".
    pub(crate) off_values: Arc<[String]>,
    /// Whether a key that is neither a literal nor a constant counts.
    pub(crate) dynamic_keys: bool,
    /// Keys of flags that turn something off, whatever pack they belong to.
    pub(crate) inverse_keys: Vec<PathWords>,
    /// How functions of a project name the parameter that takes the key, whatever pack they belong to.
    pub(crate) key_parameters: Vec<PathWords>,
    /// How functions of a project name a parameter that asks for a flag, whatever pack they belong to.
    pub(crate) asking_parameters: Vec<PathWords>,
    /// Functions that yield what the function yields which they are handed first, whatever pack they belong to.
    pub(crate) answering: Vec<String>,
    /// Functions that keep what the function yields which they are handed first, whatever pack they belong to.
    pub(crate) boxing: Vec<String>,
    /// Functions that do nothing unless what they are handed says so, whatever pack they belong to.
    pub(crate) deciding: Vec<Deciding>,
    /// Elements that only lead elsewhere, whatever pack they belong to.
    pub(crate) refusing: Vec<String>,
    /// Functions that only make something which waits to be used, whatever pack they belong to.
    pub(crate) keeping: Vec<String>,
    /// Functions that make a plain true or false of what they are handed first, whatever pack they belong to.
    pub(crate) converting: Vec<String>,
    /// What names say, whatever pack they belong to.
    pub(crate) words: Words,
    /// What makes, provides and takes contexts, whatever pack they belong to.
    pub(crate) contexts: Contexts,
    /// Names for the program being built for those who work on it, whatever pack they belong to.
    pub(crate) building: Vec<String>,
    /// Written by the user, who knows what the functions of the repository do.
    pub(crate) is_users: bool,
    pub(crate) evaluations: Vec<Evaluation>,
    pub(crate) handles: Vec<Handle>,
    pub(crate) definitions: Vec<Definition>,
    pub(crate) leaving: Vec<Leaving>,
}

/// What names say about what functions, components and values do.
#[derive(Debug, Clone, Default, PartialEq, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Words {
    /// Functions that only look something up, or make a plain value of another one (`len`, `toFixed`).
    #[serde(default)]
    pub(crate) looks_up: Vec<String>,
    /// The first words of functions that only ask something (`has`, of `hasPaid`).
    #[serde(default)]
    pub(crate) asks: Vec<String>,
    /// Methods that ask a list, or a set, whether something is in it (`includes`).
    #[serde(default)]
    pub(crate) asks_lists: Vec<String>,
    /// The first words of functions that check something (`validate`).
    #[serde(default)]
    pub(crate) checks: Vec<String>,
    /// The first words of components that keep something back (`Require`, of `<RequireLogin>`).
    #[serde(default)]
    pub(crate) guards: Vec<String>,
    /// Words in the name of what keeps something out, or back, while it is true (`disabled`).
    #[serde(default)]
    pub(crate) keeps_out: Vec<String>,
}

impl Words {
    /// Takes over what another pack says.
    pub(super) fn extend(&mut self, other: &Self) {
        self.looks_up.extend_from_slice(&other.looks_up);
        self.asks.extend_from_slice(&other.asks);
        self.asks_lists.extend_from_slice(&other.asks_lists);
        self.checks.extend_from_slice(&other.checks);
        self.guards.extend_from_slice(&other.guards);
        self.keeps_out.extend_from_slice(&other.keeps_out);
    }
}

/// Objects that one component provides and others take: `<Features.Provider value={..}>`, `useContext(Features)`.
#[derive(Debug, Clone, Default, PartialEq, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Contexts {
    /// Functions that make one (`createContext`).
    #[serde(default)]
    pub(crate) made_by: Vec<String>,
    /// Its member that is the component which provides a `value` (`Provider`).
    #[serde(default)]
    pub(crate) provided_by: Vec<String>,
    /// Functions that yield the value of the one that they are handed first (`useContext`).
    #[serde(default)]
    pub(crate) taken_by: Vec<String>,
}

/// Functions that do nothing unless what they are handed says so.
#[derive(Debug, Clone)]
pub(crate) struct Deciding {
    pub(crate) calls: Vec<NamePattern>,
    pub(crate) elements: Vec<String>,
    /// Entries of an object among the arguments, or attributes, that have to be true.
    pub(crate) on: Vec<String>,
    /// Entries that have to be false.
    pub(crate) off: Vec<String>,
    /// The argument that has to be true.
    pub(crate) argument: Option<usize>,
    /// The argument that is a function: where that does nothing, so does the call.
    pub(crate) function: Option<usize>,
}

/// Functions of a module that never come back.
#[derive(Debug, Clone)]
pub(crate) struct Leaving {
    pub(crate) calls: Vec<String>,
    pub(crate) modules: Vec<ModulePattern>,
}

/// What one kind of evaluation looks like.
#[derive(Debug, Clone)]
pub(crate) struct Evaluation {
    pub(crate) form: Form,
    /// How a project names what the method is called on; replaces the pack's.
    pub(crate) receivers: Option<Vec<PathWords>>,
    /// The name alone is proof.
    pub(crate) distinctive: bool,
    /// The name is common: proof that the file imports the SDK is not enough, the receiver must be known.
    pub(crate) common: bool,
    /// Text that one of the arguments must have; empty for any.
    pub(crate) argument_texts: Vec<NamePattern>,
    /// Where the key stands, the first that is there.
    pub(crate) keys: Vec<Place>,
    pub(crate) defaults: Vec<Place>,
    pub(crate) value_type: ValueType,
    pub(crate) polarity: Polarity,
    pub(crate) result: FlagResult,
    /// Members of the result that hold the flag's value.
    pub(crate) value_members: Arc<[String]>,
    /// Calls that turn the result into the object of flags (`json.loads`).
    pub(crate) parsed_by: Vec<String>,
    /// Methods of the object of flags that read a flag by its key.
    pub(crate) getters: Vec<String>,
    /// Members that hold the object of flags itself (`featureFlags.value.newTax`).
    pub(crate) holders: Vec<String>,
    /// Only what is used as a boolean is a flag; other values are settings.
    pub(crate) only_boolean: bool,
    /// Keys that count; empty for all.
    pub(crate) key_patterns: Vec<PathWords>,
    /// Keys that do not count, whatever else they are.
    pub(crate) key_except: Vec<PathWords>,
    /// Languages it is for; empty for all.
    pub(crate) languages: Vec<String>,
    /// The argument that runs only with the flag on.
    pub(crate) callback: Option<usize>,
}

#[derive(Debug, Clone)]
pub(crate) enum Form {
    /// A call whose last name is one of these.
    Call(Vec<NamePattern>),
    /// A JSX element.
    Element(Vec<String>),
    Decorator(Vec<String>),
    /// A class that runs what extends it, unless that has one of these methods.
    Base {
        names: Vec<String>,
        not_with: Vec<String>,
    },
    /// An object of flags that is known by its name.
    Bag(Vec<PathWords>),
    /// An object literal with a property of each of these lists, such as an entry of a table of routes.
    Object(Vec<Vec<String>>),
    /// An imported name, or a member of one, that is the value itself: of modules of these names, and called like this, where any
    /// are given.
    Imported {
        modules: Vec<PathWords>,
        names: Vec<PathWords>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FlagResult {
    /// The flag's value, also as a promise.
    Value,
    /// An object of flags: its names are the keys.
    Bag,
}

/// A place in a call or an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// The argument at this position, from 0. An array holds one key an entry.
    Argument(usize),
    Keyword(String),
    Attribute(String),
    /// The keys of the object literal at this position; as a default, the value of the key.
    ObjectArgument(usize),
    /// This property of the object literal at this position.
    ObjectProperty {
        argument: usize,
        name: String,
    },
    /// This property of an object literal, or of a class, itself.
    Property(String),
    /// Nowhere: the flag is always this one.
    Literal(String),
}

/// A constructor whose result stands for one flag, and how the result is asked.
#[derive(Debug, Clone)]
pub(crate) struct Handle {
    pub(crate) constructors: Vec<String>,
    pub(crate) distinctive: bool,
    /// What the constructor is called on, instead of the pack's receivers.
    pub(crate) receivers: Option<Vec<PathWords>>,
    /// Texts of which the file must have one.
    pub(crate) near: Vec<String>,
    pub(crate) keys: Vec<Place>,
    pub(crate) defaults: Vec<Place>,
    /// Methods of the handle that read the flag.
    pub(crate) methods: Vec<String>,
    pub(crate) off_methods: Vec<String>,
    /// The handle itself is called: `await showBanner()`.
    pub(crate) called: bool,
    /// Methods that say enough to count on a constant of another file (`NEW_TAX.check_value()`).
    pub(crate) foreign: Vec<String>,
    pub(crate) value_type: ValueType,
}

/// A declaration of keys, known by its name.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    pub(crate) names: Vec<PathWords>,
    /// Names of files that say it for all constants in them.
    pub(crate) files: Vec<PathWords>,
    pub(crate) of: Vec<DefinitionKind>,
    /// Names that look like it and are something else.
    pub(crate) except: Vec<PathWords>,
    /// A class with such a base is something else.
    pub(crate) except_bases: Vec<PathWords>,
    /// Objects that fill the entries.
    pub(crate) filled_by: Vec<PathWords>,
    pub(crate) languages: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DefinitionKind {
    /// Class or enum: its members.
    Class,
    /// Object literal or dict that a name is bound to: its keys.
    Object,
    /// Type alias: the string literals that it lists.
    Union,
    /// Interface or object type: the members.
    Interface,
    /// A constant whose value is a string: the value.
    Constant,
    /// An entry of any object, class or module, with the name of a constant and a value that is no plain text: the name.
    Setting,
    /// An entry of an object literal of this name, wherever that is, which a flag out of `filled-by` fills: the name.
    Filled,
}

impl Pack for FlagPack {
    const FOLDER: &'static str = "flags";
    type Raw = RawFlagPack;

    fn compile(id: &str, raw: RawFlagPack) -> Result<Self, String> {
        raw.validate(id).map_err(|problem| problem.to_string())
    }

    fn summary(&self) -> PackSummary {
        let of_evaluations = self.evaluations.iter().map(|evaluation| &evaluation.languages);
        let lists: Vec<&Vec<String>> =
            of_evaluations.chain(self.definitions.iter().map(|definition| &definition.languages)).collect();
        // One rule for every language makes the pack one for every language.
        let for_all = !self.handles.is_empty() || lists.iter().any(|languages| languages.is_empty());
        let languages: BTreeSet<String> = lists.into_iter().flatten().filter(|_| !for_all).cloned().collect();
        PackSummary {
            id: format!("flags/{}", self.id),
            name: self.name.clone(),
            languages: languages.into_iter().collect(),
            about: self.docs.clone().unwrap_or_default(),
        }
    }
}

impl Evaluation {
    pub(crate) fn is_for(&self, language: &str) -> bool {
        self.languages.is_empty() || self.languages.iter().any(|name| name == language)
    }
}

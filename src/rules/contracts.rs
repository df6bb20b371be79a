//! What others rely on: the code and the files that say what the program answers. Data: `rules/contracts.yaml`.

use super::pattern::{Glob, NamePattern};
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

/// What makes code a contract with those who call the program.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ContractRules {
    pub(crate) classes: Vec<ContractClass>,
    /// Decorators of methods that answer for a field.
    pub(crate) field_methods: HashSet<String>,
    /// Lists of field names in an inner class.
    pub(crate) field_lists: HashSet<String>,
    /// Lists in an inner class which name what is left out.
    pub(crate) open_lists: HashSet<String>,
    /// Texts in a field's value which say that answers do not have it.
    pub(crate) request_only: Vec<String>,
    /// The field types of serializers by the JSON type that they are sent as.
    json_types: BTreeMap<String, HashSet<String>>,
    types: Vec<NamePattern>,
    types_in: Vec<Glob>,
    not_types_in: Vec<Glob>,
    pub(crate) answers: Answers,
    /// Functions whose object is what is sent.
    pub(crate) serializing: HashSet<String>,
    /// Keys of answers which say that something went wrong.
    pub(crate) error_keys: HashSet<String>,
    routers: Vec<NamePattern>,
    pub(crate) methods: HashSet<String>,
    pub(crate) method_decorators: HashSet<String>,
    pub(crate) controller_decorators: HashSet<String>,
    pub(crate) route_decorators: HashSet<String>,
    pub(crate) url_functions: HashSet<String>,
    url_files: Vec<Glob>,
    route_files: Vec<Glob>,
    pub(crate) handler_names: HashSet<String>,
    graphql_files: Vec<Glob>,
    protocol_files: Vec<Glob>,
    description_files: Vec<Glob>,
}

/// Classes whose fields are the fields of an answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ContractClass {
    /// What findings call it.
    pub(crate) what: String,
    languages: HashSet<String>,
    /// The form of a description that the repository may keep of the same.
    #[serde(default)]
    pub(crate) described: Option<Description>,
    #[serde(default)]
    bases: Vec<NamePattern>,
    #[serde(default)]
    names: Vec<NamePattern>,
    #[serde(default)]
    decorators: HashSet<String>,
    /// A field counts only with one of these.
    #[serde(default)]
    pub(crate) field_decorators: Vec<NamePattern>,
}

/// Calls that answer a request.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Answers {
    receivers: HashSet<String>,
    methods: HashSet<String>,
    functions: HashSet<String>,
}

/// What a file that is no program describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Description {
    GraphQl,
    Protocol,
    OpenApi,
}

impl ContractClass {
    pub(crate) fn fits(&self, language: &str, name: &str, bases: &[String], decorators: &[String]) -> bool {
        let any = |patterns: &[NamePattern], name: &str| patterns.iter().any(|pattern| pattern.matches(name));
        let last = |dotted: &String| dotted.rsplit('.').next().unwrap_or(dotted).to_owned();
        self.languages.contains(language)
            && (self.bases.is_empty() || bases.iter().any(|base| any(&self.bases, &last(base))))
            && (self.names.is_empty() || any(&self.names, name))
            && (self.decorators.is_empty() || decorators.iter().any(|decorator| self.decorators.contains(decorator)))
    }
}

impl Answers {
    /// `res.json`, `jsonify`.
    pub(crate) fn fits(&self, receiver: Option<&str>, name: &str) -> bool {
        match receiver {
            Some(receiver) => self.receivers.contains(receiver) && self.methods.contains(name),
            None => self.functions.contains(name),
        }
    }
}

impl ContractRules {
    /// The JSON type that a field of this serializer type is sent as, where it is known.
    pub(crate) fn json_type(&self, field: &str) -> Option<&str> {
        self.json_types.iter().find(|(_, fields)| fields.contains(field)).map(|(json, _)| json.as_str())
    }

    /// Whether an exported type of this name is what somebody gets for an answer.
    pub(crate) fn is_answer_type(&self, path: &str, name: &str) -> bool {
        self.types.iter().any(|pattern| pattern.matches(name))
            && self.types_in.iter().any(|glob| glob.matches(path))
            && !self.not_types_in.iter().any(|glob| glob.matches(path))
    }

    pub(crate) fn is_router(&self, name: &str) -> bool {
        self.routers.iter().any(|pattern| pattern.matches(name))
    }

    pub(crate) fn is_url_file(&self, path: &str) -> bool {
        self.url_files.iter().any(|glob| glob.matches(path))
    }

    pub(crate) fn is_route_file(&self, path: &str) -> bool {
        self.route_files.iter().any(|glob| glob.matches(path))
    }

    pub(crate) fn description(&self, path: &str) -> Option<Description> {
        let of = |globs: &[Glob]| globs.iter().any(|glob| glob.matches(path));
        if of(&self.graphql_files) {
            Some(Description::GraphQl)
        } else if of(&self.protocol_files) {
            Some(Description::Protocol)
        } else {
            of(&self.description_files).then_some(Description::OpenApi)
        }
    }
}

//! What is there only for people, or for tools that check: log calls, text and style attributes, styles, names of models,
//! declared types. Data: `rules/behaviour.yaml`.

use super::words::split_words;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// What is longer is no name of a style function, whatever it is handed.
const MAX_CALLEE: usize = 300;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawPresentation {
    log_receivers: HashSet<String>,
    log_methods: HashSet<String>,
    log_functions: HashSet<String>,
    text_attributes: HashSet<String>,
    style_attributes: HashSet<String>,
    style_functions: HashSet<String>,
    text_names: HashSet<String>,
    text_functions: HashSet<String>,
    message_names: HashSet<String>,
    type_names: Vec<String>,
    type_members: HashSet<String>,
    default_members: HashSet<String>,
    export_lists: HashSet<String>,
    hands_on_properties: HashSet<String>,
    adds_properties: HashSet<String>,
    maps_to_properties: HashSet<String>,
    flag_scripts: FlagScripts,
    collectors: HashSet<String>,
    fills: HashSet<String>,
    directives: HashSet<String>,
    other_languages: HashMap<String, String>,
}

/// How scripts look that make rows of a table of flags.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FlagScripts {
    /// The last name of what their class extends.
    pub(crate) base: String,
    /// The function that looks a table up by its app.
    pub(crate) looks_up: String,
    pub(crate) apps: HashSet<String>,
    /// The call in the class that lists a function which does it, and one which undoes it.
    pub(crate) runs: String,
    /// The name under which the first one may be handed in.
    pub(crate) does: String,
    /// What may be called on a table to make a flag.
    pub(crate) makes: HashSet<String>,
}

/// Tells presentation from behaviour by name.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct Presentation(RawPresentation);

impl Presentation {
    /// `console.log`, `self.logger.info`, `print`.
    pub(crate) fn is_log_call(&self, callee: &str) -> bool {
        match callee.rsplit_once('.') {
            Some((receiver, method)) => {
                let receiver = receiver.rsplit('.').next().unwrap_or(receiver).trim_start_matches('_');
                self.0.log_methods.contains(method) && self.0.log_receivers.contains(&receiver.to_ascii_lowercase())
            }
            None => self.0.log_functions.contains(callee),
        }
    }

    /// Attributes whose literal value is text for people.
    pub(crate) fn is_text_attribute(&self, name: &str) -> bool {
        self.0.text_attributes.contains(name)
    }

    /// Attributes that only change looks, or only serve tests.
    pub(crate) fn is_style_attribute(&self, name: &str) -> bool {
        self.0.style_attributes.contains(name) || name.starts_with("data-test")
    }

    /// Functions and template tags whose arguments only say how things look, by the text of what is called: `styled(Button)`.
    pub(crate) fn is_style_function(&self, callee: &str) -> bool {
        // What is given attributes is given handlers, too.
        !callee.contains("attrs") && self.is_style_tag(callee)
    }

    /// What a template under this tag is a style by: `styled(Button).attrs({ .. })`.
    pub(crate) fn is_style_tag(&self, callee: &str) -> bool {
        // The callee of a long chain of calls is as long as the chain.
        if callee.len() > MAX_CALLEE {
            return false;
        }
        let end = callee.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$' | '.')).unwrap_or(callee.len());
        let root = callee.split('.').next().unwrap_or(callee);
        let root = &root[..end.min(root.len())];
        [root, &callee[..end]].iter().any(|name| self.0.style_functions.contains(*name))
    }

    /// Fields and arguments whose value is text for people: `verbose_name`.
    pub(crate) fn is_text_name(&self, name: &str) -> bool {
        self.0.text_names.contains(name)
    }

    /// Functions that look up a text for people: `gettext_lazy`.
    pub(crate) fn is_text_function(&self, name: &str) -> bool {
        self.0.text_functions.contains(name)
    }

    /// Constants, tables and classes that hold text for people: `ErrorMessages`, by the last word.
    pub(crate) fn is_message_name(&self, name: &str) -> bool {
        split_words(name).last().is_some_and(|word| self.0.message_names.contains(word.as_ref()))
    }

    /// What makes an object that does nothing before somebody uses it, by the last name of what is called: `Router`.
    pub(crate) fn collects(&self, callee: &str) -> bool {
        self.0.collectors.contains(callee)
    }

    /// Methods that only fill such an object.
    pub(crate) fn fills(&self, method: &str) -> bool {
        self.0.fills.contains(method)
    }

    /// A name that only stands for a declared type: `orderPropType`.
    pub(crate) fn is_type_name(&self, name: &str) -> bool {
        self.0.type_names.iter().any(|ending| name.ends_with(ending.as_str()))
    }

    /// What a component is given that only declares types: `propTypes`.
    pub(crate) fn is_type_member(&self, name: &str) -> bool {
        self.0.type_members.contains(name)
    }

    /// What a component is given for properties that nobody hands in: `defaultProps`.
    pub(crate) fn is_default_member(&self, name: &str) -> bool {
        self.0.default_members.contains(name)
    }

    /// The names that a module hands out: `__all__`.
    pub(crate) fn is_export_list(&self, name: &str) -> bool {
        self.0.export_lists.contains(name)
    }

    /// Functions that make a component of another one, which gets the same properties: `memo`.
    pub(crate) fn hands_on_properties(&self, callee: &str) -> bool {
        self.0.hands_on_properties.contains(callee)
    }

    /// Functions that make a component of another one, which gets other properties besides: `withStyles`.
    pub(crate) fn adds_properties(&self, callee: &str) -> bool {
        self.0.adds_properties.contains(callee)
    }

    /// Of these, the ones that are handed a function which makes the properties: `connect(mapState)`.
    pub(crate) fn maps_to_properties(&self, callee: &str) -> bool {
        self.0.maps_to_properties.contains(callee)
    }

    /// Scripts that make rows of a table of flags.
    pub(crate) fn flag_scripts(&self) -> &FlagScripts {
        &self.0.flag_scripts
    }

    /// A text that stands alone and speaks to tools: `"use strict"`.
    pub(crate) fn is_directive(&self, text: &str) -> bool {
        self.0.directives.contains(text)
    }

    /// The name of a programming language that has no grammar here, by the file's extension.
    pub(crate) fn other_language(&self, extension: Option<&str>) -> Option<&str> {
        self.0.other_languages.get(extension?).map(String::as_str)
    }
}

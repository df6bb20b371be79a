//! What is there only for people to see: log calls, text and style attributes, styles. Data: `rules/behaviour.yaml`.

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
    other_languages: HashMap<String, String>,
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
        // The callee of a long chain of calls is as long as the chain.
        if callee.len() > MAX_CALLEE {
            return false;
        }
        let end = callee.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$' | '.')).unwrap_or(callee.len());
        let root = callee.split('.').next().unwrap_or(callee);
        let root = &root[..end.min(root.len())];
        // What is given attributes is given handlers, too.
        !callee.contains("attrs") && [root, &callee[..end]].iter().any(|name| self.0.style_functions.contains(*name))
    }

    /// The name of a programming language that has no grammar here, by the file's extension.
    pub(crate) fn other_language(&self, extension: Option<&str>) -> Option<&str> {
        self.0.other_languages.get(extension?).map(String::as_str)
    }
}

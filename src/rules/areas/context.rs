//! What all areas have in common: which files are user interface, and which code says nothing about an area.

use super::compile::globs;
use super::pattern::NamePattern;
use super::tables::{ItemId, NameTable, enclosing_modules};
use crate::location::RepoPath;
use globset::GlobSet;
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::LazyLock;

/// What all areas have in common.
#[derive(Debug)]
pub(crate) struct AreaContext {
    ui_paths: GlobSet,
    server_paths: GlobSet,
    ui_modules: HashSet<String>,
    ignored_calls: NameTable,
    ignored_decorators: NameTable,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawAreaContext {
    /// Files of the user interface.
    ui_paths: Vec<String>,
    /// Files that run on a server although they look like user interface.
    server_paths: Vec<String>,
    /// A file that imports one of these is user interface.
    ui_modules: Vec<String>,
    /// Calls that only tell people something; what stands in them is no evidence.
    ignored_calls: Vec<String>,
    /// Decorators that only watch.
    ignored_decorators: Vec<String>,
}

const CONTEXT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/areas-context.yaml"));

impl AreaContext {
    /// The context that comes with preflag.
    pub(crate) fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<AreaContext> =
            LazyLock::new(|| AreaContext::parse(CONTEXT).expect("the embedded file is valid: a test reads it"));
        &BUILT_IN
    }

    fn parse(yaml: &str) -> Result<Self, String> {
        let raw: RawAreaContext = serde_yaml::from_str(yaml).map_err(|error| error.to_string())?;
        let table = |texts: &[String]| -> Result<NameTable, String> {
            let mut table = NameTable::default();
            for text in texts {
                table.insert(NamePattern::parse(text)?, ItemId(0));
            }
            Ok(table)
        };
        Ok(Self {
            ui_paths: globs(&raw.ui_paths)?,
            server_paths: globs(&raw.server_paths)?,
            ui_modules: raw.ui_modules.into_iter().collect(),
            ignored_calls: table(&raw.ignored_calls)?,
            ignored_decorators: table(&raw.ignored_decorators)?,
        })
    }

    /// Whether the file is part of a user interface.
    pub(crate) fn is_ui<'a>(&self, path: &RepoPath, modules: impl Iterator<Item = &'a str>) -> bool {
        let mut modules = modules.flat_map(enclosing_modules);
        !self.server_paths.is_match(path.as_str())
            && (self.ui_paths.is_match(path.as_str()) || modules.any(|module| self.ui_modules.contains(module)))
    }

    /// Whether what stands in this call says nothing about an area.
    pub(crate) fn ignores_call(&self, callee: &[&str]) -> bool {
        self.ignored_calls.contains(callee)
    }

    pub(crate) fn ignores_decorator(&self, name: &[&str]) -> bool {
        self.ignored_decorators.contains(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_context_is_valid() {
        let context = AreaContext::parse(CONTEXT).expect("valid");
        let ui = |path: &str, module: &'static str| context.is_ui(&RepoPath::new(path), [module].into_iter());
        assert!(ui("src/components/Card.js", "x"));
        assert!(ui("src/anything.ts", "react"));
        assert!(ui("src/x.ts", "@angular/core"));
        assert!(!ui("src/app/api/orders/route.ts", "next/server"));
        assert!(!ui("server/billing.py", "requests"));
        assert!(context.ignores_call(&["logger", "info"]));
        assert!(!context.ignores_call(&["logger_for_login"]));
    }
}

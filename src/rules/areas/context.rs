//! What all areas have in common: which files are user interface, and which code says nothing about an area.

use super::callee::CalleePattern;
use super::tables::{ItemId, NameTable, enclosing_modules};
use crate::location::RepoPath;
use crate::rules::builtin_file;
use crate::rules::pattern::Glob;
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::LazyLock;

/// What all areas have in common.
#[derive(Debug)]
pub(crate) struct AreaContext {
    ui_paths: Vec<Glob>,
    server_paths: Vec<Glob>,
    ui_modules: HashSet<String>,
    ignored_functions: HashSet<String>,
    ignored_options: HashSet<String>,
    ignored_calls: NameTable,
    ignored_decorators: NameTable,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawAreaContext {
    /// Files of the user interface.
    ui_paths: Vec<Glob>,
    /// Files that run on a server although they look like user interface.
    server_paths: Vec<Glob>,
    /// A file that imports one of these is user interface.
    ui_modules: HashSet<String>,
    /// Functions whose code is no evidence for any area.
    ignored_functions: HashSet<String>,
    /// Keyword arguments that only say how a value is shown to developers.
    ignored_options: HashSet<String>,
    /// Calls that only tell people something; what stands in them is no evidence.
    ignored_calls: Vec<String>,
    /// Decorators that only watch.
    ignored_decorators: Vec<String>,
}

impl AreaContext {
    /// The context that comes with preflag.
    pub(crate) fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<AreaContext> = LazyLock::new(|| {
            let raw = builtin_file("rules/areas-context.yaml").expect("the embedded file is valid: a test reads it");
            AreaContext::compile(raw).expect("its patterns are valid: a test compiles them")
        });
        &BUILT_IN
    }

    fn compile(raw: RawAreaContext) -> Result<Self, String> {
        let table = |texts: &[String]| -> Result<NameTable, String> {
            let mut table = NameTable::default();
            for text in texts {
                CalleePattern::parse_all(text)?.into_iter().for_each(|pattern| table.insert(pattern, ItemId(0)));
            }
            Ok(table)
        };
        Ok(Self {
            ui_paths: raw.ui_paths,
            server_paths: raw.server_paths,
            ui_modules: raw.ui_modules,
            ignored_functions: raw.ignored_functions,
            ignored_options: raw.ignored_options,
            ignored_calls: table(&raw.ignored_calls)?,
            ignored_decorators: table(&raw.ignored_decorators)?,
        })
    }

    /// Whether the file is part of a user interface.
    pub(crate) fn is_ui<'a>(&self, path: &RepoPath, modules: impl Iterator<Item = &'a str>) -> bool {
        let mut modules = modules.flat_map(enclosing_modules);
        let matches = |globs: &[Glob]| globs.iter().any(|glob| glob.matches(path.as_str()));
        !matches(&self.server_paths)
            && (matches(&self.ui_paths) || modules.any(|module| self.ui_modules.contains(module)))
    }

    /// Whether what stands in this call says nothing about an area.
    pub(crate) fn ignores_call(&self, callee: &[&str]) -> bool {
        self.ignored_calls.contains(callee)
    }

    /// Whether a keyword argument of this name only says how a value is shown to developers.
    pub(crate) fn ignores_option(&self, name: &str) -> bool {
        self.ignored_options.contains(name)
    }

    /// Whether the code of a function of this name says nothing about an area: it only shows a value to people.
    pub(crate) fn ignores_function(&self, name: &str) -> bool {
        self.ignored_functions.contains(name)
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
        let context = AreaContext::built_in();
        let ui = |path: &str, module: &'static str| context.is_ui(&RepoPath::new(path), [module].into_iter());
        assert!(ui("src/components/Card.js", "x"));
        assert!(ui("src/anything.ts", "react"));
        assert!(ui("src/x.ts", "@angular/core"));
        assert!(!ui("src/app/api/orders/route.ts", "next/server"));
        assert!(!ui("server/billing.py", "requests"));
        assert!(context.ignores_call(&["logger", "info"]));
        assert!(context.ignores_function("__repr__") && !context.ignores_function("charge"));
        assert!(!context.ignores_call(&["logger_for_login"]));
    }
}

//! The rules that the sources are laid out by: each heavy dependency has one home, data goes one way, and each module
//! says what it is.

use std::fs;
use std::path::{Path, PathBuf};

/// The stages in the order in which data goes through them. A module imports only what stands at or above its own line;
/// where a part of a folder stands elsewhere than the rest, it has a line of its own.
const ORDER: &[&str] = &[
    // Plain data and words that anyone may use.
    "terms",
    "location",
    "calendar",
    "report",
    "embedded",
    // Reading YAML and patterns, which packs and the config are made of.
    "config::yaml",
    "rules::pattern",
    "rules::words",
    "rules::flags",
    "rules::score",
    // What the run is to do.
    "config",
    "rules",
    // What changed, and what it says.
    "git",
    "cache",
    "syntax",
    "index",
    "detect",
    "gating",
    "project",
    "inventory",
    "explain",
    "evidence",
    "analyse",
    // What to think of it.
    "history",
    "experts",
    "baseline",
    "checks",
    "assess",
    "backtest",
    "recommend",
    "candidates",
    "waivers",
    "policy",
    "scan",
    "record",
    "hook",
    "init",
    // How to say it.
    "render",
    "publish",
    "actions",
    "error",
    "session",
    "cli",
    "commands",
    "lib",
    "main",
];

/// Heavy dependencies, and the only place that may name them.
const HOMES: &[(&str, &str)] = &[
    ("git2::", "src/git/"),
    ("tree_sitter::", "src/syntax/"),
    ("sqlparser::", "src/syntax/"),
    ("serde_yaml::", "src/config/yaml.rs"),
    ("comfy_table::", "src/render/"),
    ("indicatif::", "src/commands/backtest.rs"),
    ("octocrab::", "src/publish/"),
];

/// Names of modules that exist only in tests; they may look at everything.
const TEST_MODULES: &[&str] = &["tests", "testing", "fixtures", "schema", "differential", "current"];

struct Source {
    /// `src/rules/pattern.rs`.
    path: String,
    /// Without comments.
    code: String,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &str) -> Vec<Source> {
    let mut open = vec![root().join(folder)];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
        .into_iter()
        .map(|file| {
            let text = fs::read_to_string(&file).unwrap();
            let path = file.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            Source { path, code, text }
        })
        .collect()
}

/// `src/rules/flags/raw.rs` is `rules::flags::raw`, `src/rules/mod.rs` is `rules`.
fn module(path: &str) -> String {
    let name = path.trim_start_matches("src/").trim_end_matches(".rs");
    name.trim_end_matches("/mod").replace('/', "::")
}

/// The line of the order that a module belongs to: the one with the longest name that fits.
fn stage(module: &str) -> Option<usize> {
    let fits =
        |stage: &&str| module == *stage || module.strip_prefix(*stage).is_some_and(|rest| rest.starts_with("::"));
    let longest = ORDER.iter().filter(|stage| fits(stage)).max_by_key(|stage| stage.len())?;
    ORDER.iter().position(|stage| stage == longest)
}

/// The code in front of the first inline module of tests.
fn without_tests(code: &str) -> &str {
    code.split("#[cfg(test)]\nmod tests {").next().unwrap_or(code)
}

/// Every `crate::a::b` of the code, also those of `use crate::{a::.., b}`.
fn imports(code: &str) -> Vec<String> {
    let path = |text: &str| -> String {
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').unwrap_or(text.len());
        text[..end].trim_end_matches(':').to_owned()
    };
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(list) => {
                let list = list.split("};").next().unwrap_or(list);
                let mut depth = 0;
                let top = |c: char| {
                    depth += i32::from(c == '{') - i32::from(c == '}');
                    c == ',' && depth == 0
                };
                found.extend(list.split(top).map(|item| path(item.trim())));
            }
            None => found.push(path(rest)),
        }
    }
    found.retain(|import| !import.is_empty());
    found
}

fn is_test_module(path: &str) -> bool {
    module(path).split("::").any(|name| TEST_MODULES.contains(&name))
}

#[test]
fn data_goes_one_way() {
    let mut wrong = Vec::new();
    for source in sources("src").iter().filter(|source| !is_test_module(&source.path)) {
        let module = module(&source.path);
        if module == "lib" || module == "main" {
            continue;
        }
        let Some(own) = stage(&module) else {
            wrong.push(format!("{}: give `{module}` a line in ORDER", source.path));
            continue;
        };
        for import in imports(without_tests(&source.code)) {
            match stage(&import) {
                Some(other) if other > own => wrong.push(format!(
                    "{}: `{}` comes before `{}` and must not use `crate::{import}`",
                    source.path, ORDER[own], ORDER[other]
                )),
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_heavy_dependency_has_one_home() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        for (dependency, home) in HOMES.iter().filter(|(_, home)| !source.path.starts_with(home)) {
            // `x_tree_sitter::` is another name.
            let names_it = source
                .code
                .match_indices(dependency)
                .any(|(at, _)| !source.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
            if names_it {
                wrong.push(format!("{}: `{dependency}` is for {home} only", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_says_what_it_is() {
    let all = ["src", "tests", "build"].map(sources);
    let bare: Vec<&str> = all
        .iter()
        .flatten()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| source.path.as_str())
        .collect();
    assert_eq!(bare, [""; 0], "these files do not begin with `//!`");
}

#[test]
fn the_binary_stays_thin() {
    let lines = fs::read_to_string(root().join("src/main.rs")).unwrap().lines().count();
    assert!(lines < 80, "src/main.rs has {lines} lines; what it does belongs into src/commands");
}

#[test]
fn links_of_the_docs_lead_somewhere() {
    let folder = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "queries/README.md"].map(|page| root().join(page));
    let mut dead = Vec::new();
    for page in folder.chain(pages).filter(|page| page.extension().is_some_and(|extension| extension == "md")) {
        let text = fs::read_to_string(&page).unwrap();
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
        let plain = targets.filter(|target| !target.contains("://") && !target.contains([' ', '\n', '`']));
        for target in plain.map(|target| target.split('#').next().unwrap()).filter(|target| !target.is_empty()) {
            if !page.parent().unwrap().join(target).exists() {
                dead.push(format!("{}: {target}", page.strip_prefix(root()).unwrap().display()));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

#[test]
fn imports_are_found() {
    let code = "use crate::git::{A, B};\nuse crate::{rules::flags::X, terms};\nlet x = crate::scan::report(1);";
    assert_eq!(imports(code), ["git", "rules::flags::X", "terms", "scan::report"]);
    assert_eq!(module("src/rules/mod.rs"), "rules");
    assert!(stage("rules::flags::raw") < stage("config") && stage("config") < stage("rules::files"));
}

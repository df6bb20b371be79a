//! Module paths of JavaScript and TypeScript: relative ones, those that the compiler's settings map, packages of the
//! repository, and as a last resort the aliases that nearly every bundler has.
//!
//! Not here: packages that are installed, and aliases that only code sets up.

use super::super::Tree;
use super::hints;
use super::layout::{join, upwards};
use super::settings::{CompilerPaths, Package, fit, leaves};
use super::{Target, lock};
use crate::location::RepoPath;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What may be left out at the end of a module path, best first.
pub(super) const EXTENSIONS: [&str; 14] =
    ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "d.ts", "d.mts", "d.cts", "vue", "svelte", "json"];

/// What is written for a file, and what the file may have instead.
const WRITTEN_FOR: [(&str, &[&str]); 4] =
    [(".js", &["ts", "tsx"]), (".jsx", &["tsx"]), (".mjs", &["mts"]), (".cjs", &["cts"])];

/// Folders that are made from the sources of a package.
const BUILT: [&str; 12] =
    ["dist", "build", "lib", "out", "output", "esm", "cjs", "es", "types", "typings", "module", "_build"];

/// Settings of the compiler, nearest name first; the last is what others extend.
pub(super) const SETTINGS: [&str; 3] = ["tsconfig.json", "jsconfig.json", "tsconfig.base.json"];

/// Longer module paths are not looked for.
const MAX_LENGTH: usize = 500;

/// What a module path leads to that is written in a file of this folder.
pub(super) fn target(tree: Tree<'_>, folder: &str, module: &str) -> Target {
    // Loaders stand in front, and what a bundler is to do behind.
    let module = module.rsplit('!').next().unwrap_or(module);
    let module = module.split('?').next().unwrap_or(module);
    if module.is_empty() || module.len() > MAX_LENGTH || module.starts_with('/') {
        return Target::Unknown;
    }
    if matches!(module, "." | "..") || module.starts_with("./") || module.starts_with("../") {
        let path = join(folder, module);
        let file = path.as_ref().and_then(|path| file(tree, path, module.ends_with('/')));
        return found(file.or_else(|| built(tree, &path?)));
    }
    // `node:fs`, `https://..`, `virtual:..`
    if module.contains(':') {
        return Target::Outside;
    }
    if module.starts_with('#')
        && let Some(path) = own_import(tree, folder, module)
    {
        return found(Some(path));
    }
    let (mapped, is_mapped) = mapped(tree, folder, module);
    if mapped.is_some() {
        return found(mapped);
    }
    let (name, rest) = package_name(module);
    if let Some(package) = tree.layout().packages(tree).get(name) {
        return found(package.as_ref().and_then(|package| within(tree, package, rest)));
    }
    match alias(tree, folder, module) {
        Some(path) => found(path),
        None if is_mapped || module.starts_with(['#', '~']) => Target::Unknown,
        None => Target::Outside,
    }
}

fn found(path: Option<String>) -> Target {
    path.map_or(Target::Unknown, |path| Target::File(RepoPath::new(path)))
}

/// The source of a file that is only there once the package around it is built.
fn built(tree: Tree<'_>, path: &str) -> Option<String> {
    let has_settings = |at: &&str| join(at, "package.json").is_some_and(|path| tree.contains(&path));
    let package = upwards(super::layout::folder(path)).find(has_settings)?;
    let inner = path.strip_prefix(package)?.trim_start_matches('/');
    let first = inner.split('/').next()?;
    if BUILT.contains(&first) { source(tree, package, inner) } else { None }
}

/// The file at a path that may lack its ending, or be a folder.
fn file(tree: Tree<'_>, path: &str, only_folder: bool) -> Option<String> {
    let exists = |path: String| tree.contains(&path).then_some(path);
    if !path.is_empty() && !only_folder {
        for (written, instead) in WRITTEN_FOR {
            let Some(stem) = path.strip_suffix(written) else { continue };
            if let Some(source) = instead.iter().find_map(|extension| exists(format!("{stem}.{extension}"))) {
                return Some(source);
            }
        }
        let whole = exists(path.to_owned());
        let longer = || EXTENSIONS.iter().find_map(|extension| exists(format!("{path}.{extension}")));
        if let Some(file) = whole.or_else(longer) {
            return Some(file);
        }
    }
    if let Some(package) = Package::read(tree, path)
        && (!package.entries.is_empty() || package.exports.is_some())
        && let Some(entry) = within(tree, &package, "")
    {
        return Some(entry);
    }
    index(tree, path)
}

fn index(tree: Tree<'_>, folder: &str) -> Option<String> {
    let stem = join(folder, "index")?;
    EXTENSIONS.iter().map(|extension| format!("{stem}.{extension}")).find(|path| tree.contains(path))
}

/// What `#name` stands for in the nearest package.
fn own_import(tree: Tree<'_>, folder: &str, module: &str) -> Option<String> {
    let package = upwards(folder).find_map(|at| Package::read(tree, at))?;
    let imports = package.imports.as_ref()?;
    let (value, star) = entry(imports.iter(), module)?;
    agreed(tree, &package.folder, value, star)
}

/// What the compiler's settings make of a module path, and whether they claim to know it.
fn mapped(tree: Tree<'_>, folder: &str, module: &str) -> (Option<String>, bool) {
    let mut is_mapped = false;
    let mut nearest = true;
    for at in upwards(folder) {
        let Some(settings) = settings(tree, at) else { continue };
        let mut candidates = settings.candidates(module);
        // The types of what is installed.
        candidates.retain(|path| !path.split('/').any(|segment| segment == "node_modules"));
        // A pattern for everything says nothing.
        is_mapped |= !candidates.is_empty() && settings.candidates("\u{0}").is_empty();
        if let Some(path) = candidates.iter().find_map(|path| file(tree, path, false)) {
            return (Some(path), true);
        }
        if let Some(base) = settings.base.as_deref().filter(|_| nearest)
            && let Some(path) = join(base, module).and_then(|path| file(tree, &path, false))
        {
            return (Some(path), true);
        }
        nearest = false;
    }
    (None, is_mapped)
}

/// The settings of the compiler that stand in this folder.
fn settings(tree: Tree<'_>, folder: &str) -> Option<Arc<CompilerPaths>> {
    let memo = &tree.memo().compiler;
    if let Some(known) = lock(memo).get(folder) {
        return known.clone();
    }
    let package = |name: &str| {
        let package = tree.layout().packages(tree).get(name)?.as_ref()?;
        Some(package.folder.clone())
    };
    let read = |name: &&str| CompilerPaths::read(tree, &join(folder, name)?, &package);
    let found = SETTINGS.iter().find_map(read).map(Arc::new);
    lock(memo).insert(folder.to_owned(), found.clone());
    found
}

/// `@scope/name` and `sub/path` of a module path.
fn package_name(module: &str) -> (&str, &str) {
    let slash = module.match_indices('/').nth(usize::from(module.starts_with('@')));
    slash.map_or((module, ""), |(at, _)| (&module[..at], &module[at + 1..]))
}

/// The file that stands for a package, or for a path in it.
fn within(tree: Tree<'_>, package: &Package, rest: &str) -> Option<String> {
    let wanted = if rest.is_empty() { ".".to_owned() } else { format!("./{rest}") };
    let is_map = |value: &Value| value.as_object().is_some_and(|map| map.keys().any(|key| key.starts_with('.')));
    let exported = match &package.exports {
        Some(Value::Object(map)) if package.exports.as_ref().is_some_and(is_map) => entry(map.iter(), &wanted),
        Some(whole) if rest.is_empty() => Some((whole, "")),
        _ => None,
    };
    if let Some((value, star)) = exported {
        let (code, types) = (leaves(value), star);
        if code.iter().any(|all| !all.is_empty()) {
            let agreed = agreed(tree, &package.folder, value, types);
            // Several conditions with a file of their own each: which one runs is told elsewhere.
            if agreed.is_some() || sources(tree, &package.folder, &code[0], star).len() > 1 {
                return agreed;
            }
        }
    }
    if rest.is_empty() {
        let entry = package.entries.iter().find_map(|entry| source(tree, &package.folder, entry));
        return entry.or_else(|| index(tree, &join(&package.folder, "src")?)).or_else(|| index(tree, &package.folder));
    }
    source(tree, &package.folder, rest)
}

/// The entry of `exports` or `imports` that fits best, and what its `*` stands for.
fn entry<'v, 'm>(
    entries: impl Iterator<Item = (&'v String, &'v Value)>,
    wanted: &'m str,
) -> Option<(&'v Value, &'m str)> {
    let fits = entries.filter_map(|(pattern, value)| Some((pattern, value, fit(pattern, wanted)?)));
    let best =
        fits.max_by_key(|(pattern, _, _)| pattern.split_once('*').map_or(usize::MAX, |(prefix, _)| prefix.len()));
    best.map(|(_, value, star)| (value, star))
}

/// The one file that all conditions lead to.
fn agreed(tree: Tree<'_>, folder: &str, value: &Value, star: &str) -> Option<String> {
    let [code, types] = leaves(value);
    let mut files = sources(tree, folder, &code, star);
    if files.is_empty() {
        files = sources(tree, folder, &types, star);
    }
    if files.len() == 1 { files.pop_first() } else { None }
}

fn sources(tree: Tree<'_>, folder: &str, leaves: &[&str], star: &str) -> BTreeSet<String> {
    leaves.iter().filter_map(|leaf| source(tree, folder, &leaf.replace('*', star))).collect()
}

/// The file of the repository behind a path of a package, which may name what is built from it.
fn source(tree: Tree<'_>, package: &str, path: &str) -> Option<String> {
    let path = path.trim_start_matches("./");
    let direct = join(package, path)?;
    if direct == package {
        return index(tree, &direct);
    }
    let types = [".d.ts", ".d.mts", ".d.cts"];
    if !types.iter().any(|ending| path.ends_with(ending))
        && let Some(file) = plain_file(tree, &direct)
    {
        return Some(file);
    }
    let endings = types.iter().chain(&[".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx"]);
    let stem = endings.copied().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path);
    let at = |inside: &str, stem: &str| join(&join(package, inside)?, stem).and_then(|path| plain_file(tree, &path));
    // What is built may lie in several folders, and a folder of the sources may be called like one of them.
    let mut inner = stem;
    while let Some((first, rest)) = inner.split_once('/')
        && BUILT.contains(&first)
    {
        inner = rest;
        if let Some(file) = at("src", inner).or_else(|| at("", inner)) {
            return Some(file);
        }
    }
    at("src", stem).or_else(|| at("", stem)).or_else(|| plain_file(tree, &direct))
}

/// Like [`file()`], without looking into settings of the folder: settings may name each other in a circle.
fn plain_file(tree: Tree<'_>, path: &str) -> Option<String> {
    let exists = |path: String| tree.contains(&path).then_some(path);
    for (written, instead) in WRITTEN_FOR {
        let Some(stem) = path.strip_suffix(written) else { continue };
        if let Some(source) = instead.iter().find_map(|extension| exists(format!("{stem}.{extension}"))) {
            return Some(source);
        }
    }
    let longer = || EXTENSIONS.iter().find_map(|extension| exists(format!("{path}.{extension}")));
    exists(path.to_owned()).or_else(longer).or_else(|| index(tree, path))
}

/// `@/x`, `~/x` and `src/x` from the nearest package that has such a file.
///
/// The outer `None` when this is no such alias or leads nowhere, the inner one when two files fit.
fn alias(tree: Tree<'_>, folder: &str, module: &str) -> Option<Option<String>> {
    let rest = ["@/", "~/", "@@/", "~~/"].iter().find_map(|prefix| module.strip_prefix(prefix));
    let (rest, roots): (&str, &[&str]) = match rest {
        Some(rest) => (rest, &["src", "app", ""]),
        None => (module.strip_prefix("src/")?, &["src"]),
    };
    for at in upwards(folder) {
        if !at.is_empty() && join(at, "package.json").is_none_or(|path| !tree.contains(&path)) {
            continue;
        }
        let file = |root: &&str| join(&join(at, root)?, rest).and_then(|path| plain_file(tree, &path));
        let mut files: BTreeSet<String> = roots.iter().filter_map(file).collect();
        match files.len() {
            0 => {}
            1 => return Some(files.pop_first()),
            _ => return Some(None),
        }
    }
    if rest.len() < module.len() && !module.starts_with("src/") { Some(None) } else { None }
}

/// The module paths that lead to a file without naming it: packages by their name, `#name`, and what settings map.
pub(super) fn other_names(tree: Tree<'_>, path: &str) -> Vec<String> {
    let mut names = BTreeSet::new();
    let packages = tree.layout().packages(tree).values().flatten();
    for package in packages.filter(|package| is_inside(&package.folder, path)) {
        let Some(name) = &package.name else { continue };
        if within(tree, package, "").is_some_and(|entry| entry == path) {
            names.insert(name.clone());
        }
        if let Some(Value::Object(exports)) = &package.exports {
            let subpaths = leading_to(tree, &package.folder, exports.iter(), path);
            names.extend(subpaths.iter().map(|subpath| format!("{name}{}", subpath.trim_start_matches('.'))));
        }
    }
    for folder in tree.layout().package_folders() {
        if is_inside(folder, path)
            && let Some(imports) = Package::read(tree, folder).and_then(|package| package.imports)
        {
            names.extend(leading_to(tree, folder, imports.iter(), path));
        }
    }
    for folder in tree.layout().settings_folders() {
        let Some(settings) = settings(tree, folder) else { continue };
        for (pattern, targets) in &settings.paths {
            let modules = targets.iter().filter_map(|target| module_of(tree, pattern, target, path));
            names.extend(modules);
        }
    }
    names.into_iter().collect()
}

fn is_inside(folder: &str, path: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The entries of `exports` or `imports` that lead to a file, each `*` filled in.
fn leading_to<'v>(
    tree: Tree<'_>,
    folder: &str,
    entries: impl Iterator<Item = (&'v String, &'v Value)>,
    path: &str,
) -> Vec<String> {
    let mut found = Vec::new();
    for (pattern, value) in entries {
        for leaf in leaves(value).concat() {
            if !leaf.contains('*') {
                if source(tree, folder, leaf).is_some_and(|file| file == path) {
                    found.push(pattern.clone());
                }
            } else if let Some(fixed) = pattern.split('*').find(|part| part.len() > 1) {
                // The star is a part of the path, which may be built elsewhere: the fixed words alone are enough.
                found.push(fixed.to_owned());
            }
        }
    }
    found
}

/// The module path that a pattern of the compiler's settings makes of a file.
fn module_of(tree: Tree<'_>, pattern: &str, target: &str, path: &str) -> Option<String> {
    if !target.contains('*') {
        return file(tree, target, false).filter(|found| found == path).map(|_| pattern.to_owned());
    }
    let stem = hints::stem(path);
    let folder = if hints::is_index(path) { super::layout::folder(path) } else { stem };
    let star = [path, stem, folder].into_iter().find_map(|written| fit(target, written))?;
    Some(pattern.replacen('*', star, 1))
}

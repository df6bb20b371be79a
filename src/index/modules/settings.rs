//! What `package.json` and `tsconfig.json` say about module paths.

use super::super::Tree;
use super::layout::{folder, join};
use serde_json::{Map, Value};

/// Larger settings are not read.
const MAX_BYTES: usize = 1 << 20;

/// Longer chains of `extends` are cut.
const MAX_EXTENDS: usize = 12;

/// A `package.json`.
#[derive(Debug, Clone)]
pub(super) struct Package {
    /// Where it is.
    pub(super) folder: String,
    pub(super) name: Option<String>,
    /// What stands for the package as a whole, best first.
    pub(super) entries: Vec<String>,
    /// `.` and `./sub` to paths, which may have conditions.
    pub(super) exports: Option<Value>,
    /// `#name` to paths.
    pub(super) imports: Option<Map<String, Value>>,
}

impl Package {
    pub(super) fn read(tree: Tree<'_>, folder: &str) -> Option<Self> {
        let Value::Object(mut fields) = read(tree, &join(folder, "package.json")?)? else { return None };
        let text = |field: &str| fields.get(field).and_then(Value::as_str).map(str::to_owned);
        let entries = ["source", "module", "main", "types", "typings"].into_iter().filter_map(text).collect();
        Some(Self {
            folder: folder.to_owned(),
            name: text("name").filter(|name| !name.is_empty()),
            entries,
            imports: match fields.remove("imports") {
                Some(Value::Object(imports)) => Some(imports),
                _ => None,
            },
            exports: fields.remove("exports"),
        })
    }
}

/// The paths that a condition tree of `exports` or `imports` can lead to: those of code, then those of types.
pub(super) fn leaves(value: &Value) -> [Vec<&str>; 2] {
    fn collect<'v>(value: &'v Value, types: bool, found: &mut [Vec<&'v str>; 2], depth: usize) {
        match value {
            _ if depth > 8 => {}
            Value::String(path) => found[usize::from(types)].push(path),
            Value::Array(all) => all.iter().for_each(|one| collect(one, types, found, depth + 1)),
            Value::Object(conditions) => conditions
                .iter()
                .for_each(|(condition, one)| collect(one, types || condition.starts_with("types"), found, depth + 1)),
            _ => {}
        }
    }
    let mut found = [Vec::new(), Vec::new()];
    collect(value, false, &mut found, 0);
    found
}

/// What the compiler's settings say about module paths.
#[derive(Debug, Clone, Default)]
pub(super) struct CompilerPaths {
    /// The folder that bare module paths are looked for in.
    pub(super) base: Option<String>,
    /// Patterns with at most one `*`, and the paths that they stand for, best first.
    pub(super) paths: Vec<(String, Vec<String>)>,
}

impl CompilerPaths {
    /// Reads a file of settings with all that it extends; `None` when there is no such file or it is no JSON.
    ///
    /// `package` finds the folder of a package of the repository.
    pub(super) fn read(tree: Tree<'_>, path: &str, package: &dyn Fn(&str) -> Option<String>) -> Option<Self> {
        let Value::Object(fields) = read(tree, path)? else { return None };
        let mut settings = Self::of(tree, path, &fields, package, 0);
        // A file that only refers to others stands for them.
        if settings.paths.is_empty() && settings.base.is_none() {
            let references = fields.get("references").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            let here = folder(path);
            for reference in references.iter().take(MAX_EXTENDS) {
                let Some(other) = reference.get("path").and_then(Value::as_str) else { continue };
                let Some(other) = join(here, other).filter(|other| folder(other) == here && other != path) else {
                    continue;
                };
                let Some(Value::Object(fields)) = read(tree, &other) else { continue };
                let found = Self::of(tree, &other, &fields, package, 1);
                if !found.paths.is_empty() || found.base.is_some() {
                    settings = found;
                    break;
                }
            }
        }
        Some(settings)
    }

    fn of(
        tree: Tree<'_>,
        path: &str,
        fields: &Map<String, Value>,
        package: &dyn Fn(&str) -> Option<String>,
        depth: usize,
    ) -> Self {
        let mut settings = Self::default();
        let extends = match fields.get("extends") {
            Some(Value::String(one)) => vec![one.as_str()],
            Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        for parent in extends.into_iter().take(MAX_EXTENDS).filter(|_| depth < MAX_EXTENDS) {
            let Some((parent, Value::Object(fields))) = extended(tree, path, parent, package) else { continue };
            let inherited = Self::of(tree, &parent, &fields, package, depth + 1);
            settings.base = inherited.base.or(settings.base);
            if !inherited.paths.is_empty() {
                settings.paths = inherited.paths;
            }
        }
        let here = folder(path);
        let options = fields.get("compilerOptions");
        let option = |name: &str| options.and_then(|options| options.get(name));
        // `${configDir}` is the folder of the file that extends; nearly all write it for that very folder.
        let place = |text: &str, base: &str| join(base, text.trim_start_matches("${configDir}"));
        if let Some(base) = option("baseUrl").and_then(Value::as_str).and_then(|base| place(base, here)) {
            settings.base = Some(base);
        }
        if let Some(Value::Object(paths)) = option("paths") {
            let base = settings.base.as_deref().unwrap_or(here);
            let targets = |targets: &Value| -> Vec<String> {
                let all = targets.as_array().map(Vec::as_slice).unwrap_or_default();
                all.iter().filter_map(Value::as_str).filter_map(|target| place(target, base)).collect()
            };
            settings.paths = paths.iter().map(|(pattern, all)| (pattern.clone(), targets(all))).collect();
        }
        settings
    }

    /// The paths that a module path stands for by the pattern that fits it best; none when no pattern fits.
    pub(super) fn candidates(&self, module: &str) -> Vec<String> {
        let fits = self.paths.iter().filter_map(|(pattern, targets)| Some((pattern, fit(pattern, module)?, targets)));
        let best = fits.max_by_key(|(pattern, _, _)| match pattern.split_once('*') {
            None => usize::MAX,
            Some((prefix, _)) => prefix.len(),
        });
        match best {
            Some((_, star, targets)) => targets.iter().map(|target| target.replacen('*', star, 1)).collect(),
            None => Vec::new(),
        }
    }
}

/// What the `*` of a pattern stands for in a module path; empty without `*`. `None` when it does not fit.
pub(super) fn fit<'m>(pattern: &str, module: &'m str) -> Option<&'m str> {
    match pattern.split_once('*') {
        None => (pattern == module).then_some(""),
        Some((prefix, suffix)) => module.strip_prefix(prefix)?.strip_suffix(suffix),
    }
}

/// The settings that a file extends, and where they are.
fn extended(
    tree: Tree<'_>,
    path: &str,
    parent: &str,
    package: &dyn Fn(&str) -> Option<String>,
) -> Option<(String, Value)> {
    let place = if parent.starts_with('.') {
        join(folder(path), parent)?
    } else {
        let end =
            parent.match_indices('/').nth(usize::from(parent.starts_with('@'))).map_or(parent.len(), |(at, _)| at);
        let (name, rest) = parent.split_at(end);
        join(&package(name)?, rest)?
    };
    let tries = [place.clone(), format!("{place}.json"), format!("{place}/tsconfig.json")];
    let found = tries.into_iter().find(|path| path.ends_with(".json") && tree.contains(path))?;
    let value = read(tree, &found)?;
    Some((found, value))
}

fn read(tree: Tree<'_>, path: &str) -> Option<Value> {
    if !tree.contains(path) {
        return None;
    }
    let text = tree.text(path).filter(|text| text.len() <= MAX_BYTES)?;
    let text = text.trim_start_matches('\u{feff}');
    jsonc_parser::parse_to_serde_value(text, &jsonc_parser::ParseOptions::default()).ok()
}

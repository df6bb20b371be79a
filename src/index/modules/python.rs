//! Module paths of Python: relative ones, and absolute ones from every plausible source root.
//!
//! Not here: what is installed, and paths that code adds to `sys.path`.

use super::super::Tree;
use super::Target;
use super::layout::{join, upwards};
use crate::location::RepoPath;

/// Longer module paths are not looked for.
const MAX_LENGTH: usize = 300;

/// Top-level modules of the standard library that a file of the repository may be called like.
const STANDARD: [&str; 102] = [
    "abc",
    "argparse",
    "array",
    "ast",
    "asyncio",
    "base64",
    "binascii",
    "bisect",
    "builtins",
    "calendar",
    "cmath",
    "cmd",
    "code",
    "codecs",
    "collections",
    "colorsys",
    "concurrent",
    "configparser",
    "contextlib",
    "contextvars",
    "copy",
    "csv",
    "ctypes",
    "curses",
    "dataclasses",
    "datetime",
    "dbm",
    "decimal",
    "difflib",
    "dis",
    "doctest",
    "email",
    "enum",
    "errno",
    "fileinput",
    "fnmatch",
    "fractions",
    "ftplib",
    "functools",
    "gc",
    "getpass",
    "gettext",
    "glob",
    "gzip",
    "hashlib",
    "heapq",
    "hmac",
    "html",
    "http",
    "imaplib",
    "importlib",
    "inspect",
    "io",
    "ipaddress",
    "itertools",
    "json",
    "keyword",
    "locale",
    "logging",
    "math",
    "mimetypes",
    "multiprocessing",
    "numbers",
    "operator",
    "os",
    "pathlib",
    "pickle",
    "pkgutil",
    "platform",
    "pprint",
    "profile",
    "queue",
    "random",
    "re",
    "sched",
    "secrets",
    "select",
    "selectors",
    "shelve",
    "shutil",
    "signal",
    "site",
    "smtplib",
    "socket",
    "sqlite3",
    "ssl",
    "stat",
    "statistics",
    "string",
    "struct",
    "subprocess",
    "symtable",
    "sys",
    "tempfile",
    "threading",
    "time",
    "token",
    "trace",
    "types",
    "typing",
    "urllib",
    "uuid",
];

/// What a module path leads to that is written in a file of this folder.
///
/// A folder without `__init__.py` is a package as well, but there is no file that stands for it.
pub(super) fn target(tree: Tree<'_>, folder: &str, module: &str) -> Target {
    if module.len() > MAX_LENGTH {
        return Target::Unknown;
    }
    let bare = module.trim_start_matches('.');
    let dots = module.len() - bare.len();
    if !(bare.split('.').all(is_name) || bare.is_empty() && dots > 0) {
        return Target::Unknown;
    }
    let path = bare.replace('.', "/");
    if dots > 0 {
        let package = upwards(folder).nth(dots - 1);
        return found(package.and_then(|package| file(tree, package, &path)));
    }
    let top = bare.split('.').next().unwrap_or(bare);
    let layout = tree.layout();
    let is_package = |root: &str| join(root, top).is_some_and(|path| layout.is_python_package(&path));
    // `import types` means the standard library's, whatever lies next to the file.
    let is_standard = STANDARD.binary_search(&top).is_ok();
    if is_standard && (top == bare || !upwards(folder).any(is_package)) {
        return Target::Outside;
    }
    // What stands inside of a package is imported from the folder around that.
    let own_roots = upwards(folder).filter(|root| !layout.is_python_package(root));
    let mut known = false;
    for root in own_roots {
        if let Some(path) = file(tree, root, &path) {
            return Target::File(RepoPath::new(path));
        }
        known |= join(root, top).is_some_and(|path| layout.has_python(&path));
    }
    if !known {
        let roots = layout.python_roots(top);
        known = roots.iter().any(|root| is_package(root));
        // One word alone is rather an installed package of that name.
        if bare.contains('.') || roots.iter().any(|root| root == "src") {
            let mut files: Vec<String> = roots.iter().filter_map(|root| file(tree, root, &path)).collect();
            match files.len() {
                0 => {}
                1 => return found(files.pop()),
                _ => return Target::Unknown,
            }
        }
    }
    if known { Target::Unknown } else { Target::Outside }
}

fn found(path: Option<String>) -> Target {
    path.map_or(Target::Unknown, |path| Target::File(RepoPath::new(path)))
}

/// The file of a module: a package comes before a module of its name, stubs last.
fn file(tree: Tree<'_>, root: &str, path: &str) -> Option<String> {
    let stem = join(root, path)?;
    let within = if stem.is_empty() { String::new() } else { format!("{stem}/") };
    let mut tries = vec![format!("{within}__init__.py")];
    if !path.is_empty() {
        tries.extend([format!("{stem}.py"), format!("{within}__init__.pyi"), format!("{stem}.pyi")]);
    }
    tries.into_iter().find(|path| tree.contains(path))
}

fn is_name(segment: &str) -> bool {
    !segment.is_empty() && segment.chars().all(|c| c.is_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_standard_library_is_sorted() {
        assert!(super::STANDARD.is_sorted());
    }
}

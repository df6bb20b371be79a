//! Tables over the paths of a tree, made once: where packages and Python's source roots are.

use super::super::Tree;
use super::paths;
use super::settings::Package;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

/// Settings of more packages than this are not read.
const MAX_PACKAGES: usize = 5_000;

/// Folders of packages that are copies or samples: nothing imports them by name.
const NOT_PACKAGES: [&str; 6] = ["node_modules", "fixtures", "__fixtures__", "testdata", "__mocks__", "vendor"];

pub(super) struct Layout {
    /// Folders (without `/` at the end) that hold Python files, at any depth.
    python_folders: HashSet<String>,
    /// Folders that have an `__init__.py`.
    python_packages: HashSet<String>,
    /// For the name of a folder of Python files: the folders that it stands in, in order, those that are packages left out.
    python_roots: HashMap<String, Vec<String>>,
    /// Where `package.json` files are, in order.
    package_files: Vec<String>,
    /// Where the compiler's settings are, in order.
    settings_folders: Vec<String>,
    packages: OnceLock<BTreeMap<String, Option<Package>>>,
}

impl Layout {
    pub(super) fn new(tree: Tree<'_>) -> Self {
        let (mut python_folders, mut python_packages) = (HashSet::new(), HashSet::new());
        let (mut package_files, mut settings_folders) = (Vec::new(), Vec::new());
        for path in tree.paths() {
            let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
            if name == "package.json" && !parent.split('/').any(|segment| NOT_PACKAGES.contains(&segment)) {
                package_files.push(path.to_owned());
            }
            if paths::SETTINGS.contains(&name) {
                settings_folders.push(parent.to_owned());
            }
            if name.ends_with(".py") || name.ends_with(".pyi") {
                if matches!(name, "__init__.py" | "__init__.pyi") {
                    python_packages.insert(parent.to_owned());
                }
                let mut folder = parent;
                while !folder.is_empty() && !python_folders.contains(folder) {
                    python_folders.insert(folder.to_owned());
                    folder = self::folder(folder);
                }
            }
        }
        // Programs are started at the top of the repository, and import from there, whatever lies beside them.
        python_packages.remove("");
        let mut python_roots: HashMap<String, Vec<String>> = HashMap::new();
        for path in &python_folders {
            let (root, name) = path.rsplit_once('/').unwrap_or(("", path));
            if !python_packages.contains(root) {
                python_roots.entry(name.to_owned()).or_default().push(root.to_owned());
            }
        }
        python_roots.values_mut().for_each(|roots| roots.sort_unstable());
        package_files.truncate(MAX_PACKAGES);
        settings_folders.dedup();
        settings_folders.truncate(MAX_PACKAGES);
        let packages = OnceLock::new();
        Self { python_folders, python_packages, python_roots, package_files, settings_folders, packages }
    }

    pub(super) fn has_python(&self, folder: &str) -> bool {
        self.python_folders.contains(folder)
    }

    pub(super) fn is_python_package(&self, folder: &str) -> bool {
        self.python_packages.contains(folder)
    }

    /// The folders from which `name` can be imported as a top-level package.
    pub(super) fn python_roots(&self, name: &str) -> &[String] {
        self.python_roots.get(name).map_or(&[], Vec::as_slice)
    }

    pub(super) fn package_folders(&self) -> impl Iterator<Item = &str> {
        self.package_files.iter().map(|path| folder(path))
    }

    pub(super) fn settings_folders(&self) -> &[String] {
        &self.settings_folders
    }

    /// The packages of the repository by name; `None` for a name that several have.
    pub(super) fn packages(&self, tree: Tree<'_>) -> &BTreeMap<String, Option<Package>> {
        self.packages.get_or_init(|| {
            let mut packages = BTreeMap::new();
            for path in &self.package_files {
                let Some(package) = Package::read(tree, folder(path)) else { continue };
                let Some(name) = package.name.clone() else { continue };
                packages.entry(name).and_modify(|known| *known = None).or_insert(Some(package));
            }
            packages
        })
    }
}

/// The folder that a path stands in, without `/` at the end; empty for the root.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The folder itself, the one around it and so on, the root last.
pub(super) fn upwards(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |at| (!at.is_empty()).then(|| self::folder(at)))
}

/// `a/b` and `../c/./d` as `a/c/d`; `None` when it leads out of the repository.
pub(super) fn join(folder: &str, relative: &str) -> Option<String> {
    let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in relative.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            _ => segments.push(segment),
        }
    }
    Some(segments.join("/"))
}

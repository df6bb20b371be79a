//! Where a file belongs: its folder, and the subsystem that the folder is in.
//!
//! A subsystem is the first folder of a path. Below a folder that holds packages or services (`packages/`, `apps/`,
//! `src/`: see `rules/history.yaml`) it is the first two.

use crate::rules::history::HistoryRules;
use std::collections::HashSet;
use std::sync::Arc;

/// Tells subsystems.
#[derive(Debug, Clone, Default)]
pub(super) struct Subsystems {
    /// Folders that hold packages.
    holders: Arc<HashSet<String>>,
}

impl Subsystems {
    pub(super) fn of(rules: &HistoryRules) -> Self {
        Self { holders: Arc::new(rules.package_folders().clone()) }
    }

    /// The subsystem of a path; empty for a file of the root.
    pub(super) fn of_path<'p>(&self, path: &'p str) -> &'p str {
        let folder = folder(path);
        let first = folder.split('/').next().unwrap_or_default();
        match folder[first.len()..].strip_prefix('/') {
            Some(rest) if self.holders.contains(&first.to_ascii_lowercase()) => {
                let second = rest.split('/').next().unwrap_or_default();
                &folder[..first.len() + 1 + second.len()]
            }
            _ => first,
        }
    }
}

/// The folder of a file; empty for the root.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subsystems_are_first_folders_or_packages() {
        let subsystems = Subsystems::of(&HistoryRules::load().expect("the built-in rules load"));
        for (path, subsystem) in [
            ("README.md", ""),
            ("server/tax/rate.py", "server"),
            ("packages/tax/src/rate.ts", "packages/tax"),
            ("packages/tsconfig.json", "packages"),
            ("Packages/é/x.ts", "Packages/é"),
            ("//x", ""),
        ] {
            assert_eq!(subsystems.of_path(path), subsystem, "{path}");
        }
        assert_eq!([folder("a/b/c"), folder("c")], ["a/b", ""]);
    }
}

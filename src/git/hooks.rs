//! Where git looks for the hooks of a repository.

use super::Repository;
use super::error::GitError;
use std::path::{Path, PathBuf};

/// The folder in which git looks for hooks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HookFolder {
    pub(crate) path: PathBuf,
    /// `core.hooksPath` says so.
    pub(crate) configured: bool,
    /// In the work tree or the git directory, and not by way of a link: no other repository uses it.
    pub(crate) own: bool,
}

impl Repository {
    /// Where git looks for hooks; all linked work trees share them.
    pub(crate) fn hook_folder(&self) -> Result<HookFolder, GitError> {
        let common = self.common_dir();
        let config = self.raw.config().map_err(GitError::other("read git's configuration"))?;
        let configured = match config.get_path("core.hooksPath") {
            Ok(path) => Some(path),
            Err(error) if error.code() == git2::ErrorCode::NotFound => None,
            Err(source) => return Err(GitError::Other { doing: "read `core.hooksPath`".to_owned(), source }),
        };
        // A relative one counts from where hooks run.
        let root = self.workdir().unwrap_or_else(|| common.clone());
        let path = configured.as_ref().map_or_else(|| common.join("hooks"), |path| root.join(path));
        let homes = [Some(common), self.workdir()].into_iter().flatten().filter_map(|home| home.canonicalize().ok());
        let own = match real(&path) {
            Some(real) => homes.into_iter().any(|home| real != home && real.starts_with(&home)),
            None => false,
        };
        Ok(HookFolder { path, configured: configured.is_some(), own })
    }
}

/// Where a path leads, links followed, also where its last folders are not there yet.
fn real(path: &Path) -> Option<PathBuf> {
    if let Ok(found) = path.canonicalize() {
        return Some(found);
    }
    // A link that leads nowhere, or `..` in what is not there, could lead anywhere once it is.
    if path.symlink_metadata().is_ok() {
        return None;
    }
    Some(real(path.parent()?)?.join(path.file_name()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::testing::TestRepository;

    fn folder(repository: &TestRepository, configured: Option<&str>) -> HookFolder {
        let mut config = repository.raw.config().expect("it has a configuration");
        if let Some(path) = configured {
            config.set_str("core.hooksPath", path).expect("it can be written");
        }
        repository.open().hook_folder().expect("it can be told")
    }

    #[test]
    fn hooks_are_in_the_git_directory_or_where_the_configuration_says() {
        let repository = TestRepository::new();
        let usual = folder(&repository, None);
        assert!(usual.own && !usual.configured && usual.path.ends_with(".git/hooks"), "{usual:?}");
        let tracked = folder(&repository, Some(".githooks/all"));
        assert!(tracked.own && tracked.configured && tracked.path.ends_with(".githooks/all"), "{tracked:?}");
        for elsewhere in ["/dev/null", "../hooks", "/no/such/folder", "~/hooks", "."] {
            assert!(!folder(&repository, Some(elsewhere)).own, "{elsewhere}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_leads_out() {
        let repository = TestRepository::new();
        let elsewhere = tempfile::tempdir().expect("a folder");
        std::os::unix::fs::symlink(elsewhere.path(), repository.path().join("linked")).expect("links can be made");
        std::os::unix::fs::symlink("/no/such/folder", repository.path().join("dead")).expect("links can be made");
        assert!(!folder(&repository, Some("linked")).own);
        assert!(!folder(&repository, Some("linked/below")).own);
        assert!(!folder(&repository, Some("dead/below")).own);
    }
}

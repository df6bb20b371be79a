//! Where a repository comes from.

use super::Repository;

impl Repository {
    /// The address of the remote `origin` as it is written, which may hold a password.
    pub(crate) fn origin(&self) -> Option<String> {
        let remote = self.raw.find_remote("origin").ok()?;
        Some(String::from_utf8_lossy(remote.url_bytes()).into_owned())
    }
}

//! Links to commits, from the address of a remote. Whatever else the address holds, names and passwords above all, goes nowhere.

/// Where people look at commits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Forge {
    /// What stands before the name of a commit.
    prefix: String,
}

/// The ways in which forges write the address of a commit.
const PATHS: [(&str, &str); 3] = [("github", "/commit/"), ("gitlab", "/-/commit/"), ("bitbucket", "/commits/")];

/// Longer names are none.
const MAX_LENGTH: usize = 200;

impl Forge {
    /// The forge of a remote's address; `None` where it is none that is known.
    ///
    /// Known are github.com, gitlab.com, bitbucket.org, and hosts that are called `github.`, `gitlab.` or `bitbucket.` something.
    pub(crate) fn of(address: &str) -> Option<Self> {
        let (host, path) = match address.split_once("://") {
            Some(("https" | "http" | "ssh" | "git" | "git+ssh", rest)) => {
                let (authority, path) = rest.split_once('/')?;
                // What stands before the last @ is a name and a password, what stands after the colon is a port.
                let host = authority.rsplit('@').next()?;
                let host = host.split(':').next()?;
                // A web address keeps its port out: it would be that of another service as often as not.
                (host, path)
            }
            Some(_) => return None,
            // `git@host:owner/name`
            None => {
                let (login, path) = address.split_once(':')?;
                (login.rsplit('@').next()?, path)
            }
        };
        let host = host.to_ascii_lowercase();
        let (_, to_commit) = PATHS.iter().find(|(forge, _)| host.split('.').next() == Some(forge))?;
        let path = path.trim_matches('/');
        let path = path.strip_suffix(".git").unwrap_or(path);
        let is_plain = |text: &str| {
            text.len() <= MAX_LENGTH
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'/'))
        };
        let names: Vec<&str> = path.split('/').collect();
        let is_name = |name: &&str| !name.is_empty() && !name.starts_with('.');
        let is_repository = names.len() >= 2 && names.iter().all(is_name);
        let is_domain = host.contains('.') && !host.contains('/') && is_plain(&host);
        (is_repository && is_domain && is_plain(path))
            .then(|| Self { prefix: format!("https://{host}/{path}{to_commit}") })
    }

    /// Where people can look at a commit.
    pub(crate) fn commit(&self, commit: &str) -> String {
        format!("{}{commit}", self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_forges_lead_to_commits() {
        for (address, expected) in [
            ("https://github.com/acme/core.git", Some("https://github.com/acme/core/commit/1a2b")),
            ("https://github.com/acme/core/", Some("https://github.com/acme/core/commit/1a2b")),
            ("git@github.com:acme/core.git", Some("https://github.com/acme/core/commit/1a2b")),
            ("ssh://git@github.com:22/acme/core", Some("https://github.com/acme/core/commit/1a2b")),
            ("git://GitHub.com/acme/core", Some("https://github.com/acme/core/commit/1a2b")),
            ("git@gitlab.com:acme/pay/core.git", Some("https://gitlab.com/acme/pay/core/-/commit/1a2b")),
            ("https://gitlab.acme.io/pay/core", Some("https://gitlab.acme.io/pay/core/-/commit/1a2b")),
            ("https://bitbucket.org/acme/core", Some("https://bitbucket.org/acme/core/commits/1a2b")),
            ("https://example.com/acme/core", None),
            ("https://github.com.evil.example/acme/core?x", None),
            ("https://github.com/acme", None),
            ("https://github.com/acme/../core", None),
            ("https://github.com/acme/<script>", None),
            ("/srv/git/core.git", None),
            ("../core", None),
            ("file:///srv/github.com/acme/core", None),
            ("C:\\core", None),
            ("", None),
        ] {
            let link = Forge::of(address).map(|forge| forge.commit("1a2b"));
            assert_eq!(link.as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn credentials_go_nowhere() {
        for address in [
            "https://ada:s3cret@github.com/acme/core.git",
            "https://s3cret@github.com/acme/core.git",
            "https://x-access-token:s3cret@github.com/acme/core",
            "https://ada:s3cret@evil@github.com/acme/core",
            "s3cret@github.com:acme/core.git",
            "https://github.com/acme/core.git?private_token=s3cret",
            "https://github.com:s3cret/acme/core.git",
        ] {
            let link = Forge::of(address).map(|forge| forge.commit("1a2b")).unwrap_or_default();
            assert!(!link.contains("s3cret") && !link.contains('@'), "{address}: {link}");
        }
    }
}

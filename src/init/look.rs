//! What a repository is made of, as far as its settings depend on it.

use crate::git::Repository;
use crate::index::Tree;
use crate::inventory::{Inventory, ReferenceKind};
use crate::location::RepoPath;
use crate::project::Project;
use crate::rules::RuleSet;
use crate::rules::files::FileKind;
use crate::syntax::language_for;
use std::collections::{BTreeMap, BTreeSet};

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// Rule packs of SDKs with how many flags are read through each, the most first.
    pub(crate) providers: Vec<(String, usize)>,
    /// Names of functions that read flags for others.
    pub(crate) wrappers: Vec<String>,
    /// Languages that are looked into, with how many files of each, the most first.
    pub(crate) languages: Vec<(String, usize)>,
    /// The branch that changes are merged into.
    pub(crate) branch: Option<String>,
    pub(crate) ci: Vec<Ci>,
    /// `origin` is at GitHub.
    pub(crate) on_github: bool,
    /// There are CODEOWNERS.
    pub(crate) owners: bool,
}

/// A service that runs checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ci {
    GitHub,
    GitLab,
    Circle,
    Azure,
    Jenkins,
    Bitbucket,
    Buildkite,
    Travis,
}

/// Where the services keep their settings.
const CI_FILES: [(&str, Ci); 9] = [
    (".github/workflows/", Ci::GitHub),
    (".gitlab-ci.yml", Ci::GitLab),
    (".circleci/", Ci::Circle),
    ("azure-pipelines.yml", Ci::Azure),
    (".azure-pipelines/", Ci::Azure),
    ("Jenkinsfile", Ci::Jenkins),
    ("bitbucket-pipelines.yml", Ci::Bitbucket),
    (".buildkite/", Ci::Buildkite),
    (".travis.yml", Ci::Travis),
];

impl Ci {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub Actions",
            Self::GitLab => "GitLab CI",
            Self::Circle => "CircleCI",
            Self::Azure => "Azure Pipelines",
            Self::Jenkins => "Jenkins",
            Self::Bitbucket => "Bitbucket Pipelines",
            Self::Buildkite => "Buildkite",
            Self::Travis => "Travis CI",
        }
    }
}

impl Found {
    /// Whether a workflow of GitHub Actions is of use: it is used, or nothing speaks for another place.
    pub(crate) fn wants_workflow(&self) -> bool {
        self.ci.contains(&Ci::GitHub) || self.on_github || self.ci.is_empty()
    }
}

/// Looks at a tree and at what was taken stock of in it.
///
/// `own` is the workflow that is written.
pub(crate) fn look(repository: &Repository, tree: Tree<'_>, rules: &RuleSet, flags: &Inventory, own: &str) -> Found {
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ci: BTreeSet<Ci> = BTreeSet::new();
    // What was written here says nothing of what was there.
    for path in tree.paths().filter(|path| *path != own) {
        ci.extend(CI_FILES.iter().filter(|(place, _)| is_at(path, place)).map(|(_, ci)| *ci));
        let path = RepoPath::new(path);
        if let Some(language) = language_for(&path)
            && rules.files.kind(&path, "") == FileKind::Code
        {
            *languages.entry(language.name).or_default() += 1;
        }
    }
    let mut providers: BTreeMap<&str, usize> = BTreeMap::new();
    for flag in &flags.flags {
        for provider in std::iter::once(&flag.provider).chain(&flag.other_providers) {
            *providers.entry(provider).or_default() += 1;
        }
    }
    let mut project = Project::new(tree, rules);
    let reads = flags.flags.iter().flat_map(|flag| &flag.references).chain(&flags.dynamic.references);
    let reads = reads.filter(|reference| reference.kind == ReferenceKind::Evaluation);
    let files: BTreeSet<RepoPath> = reads.map(|reference| reference.path.clone()).collect();
    project.load(&files.into_iter().collect::<Vec<_>>());
    let wrappers = project.wrapper_names().into_iter().filter(|name| *name != "default").map(str::to_owned).collect();
    Found {
        providers: most_first(providers),
        wrappers,
        languages: most_first(languages),
        branch: repository.default_branch_name(),
        ci: ci.into_iter().collect(),
        on_github: repository.origin().is_some_and(|address| is_github(&address)),
        owners: crate::inventory::owners::PLACES.iter().any(|place| tree.contains(place)),
    }
}

fn is_at(path: &str, place: &str) -> bool {
    if place.ends_with('/') { path.starts_with(place) } else { path == place }
}

/// Whether an address is at github.com; what else stands in it is nobody's business here.
fn is_github(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    // `https://token:secret@github.com/` has a colon before the host.
    let at = rest.split('/').next().unwrap_or_default().rsplit_once('@').map_or(host, |(_, host)| host);
    at.split(':').next().is_some_and(|host| host.eq_ignore_ascii_case("github.com"))
}

fn most_first(counts: BTreeMap<&str, usize>) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
    counts.sort_by(|(a, of_a), (b, of_b)| (of_b, a).cmp(&(of_a, b)));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_host_says_where_a_repository_is() {
        for (address, expected) in [
            ("https://github.com/a/b", true),
            ("git@github.com:a/b.git", true),
            ("ssh://git@GitHub.com:22/a/b", true),
            ("https://user:secret@github.com/a/b", true),
            ("https://example.com/github.com/b", false),
            ("https://github.com.example.com/a", false),
            ("https://github.com@example.com/a", false),
            ("/srv/git/github.com", false),
            ("", false),
        ] {
            assert_eq!(is_github(address), expected, "{address}");
        }
    }

    #[test]
    fn a_workflow_is_for_those_who_use_the_service_or_none() {
        let with = |ci: &[Ci], on_github| Found { ci: ci.to_vec(), on_github, ..Found::default() }.wants_workflow();
        assert!(with(&[], false) && with(&[Ci::GitLab, Ci::GitHub], false) && with(&[Ci::Circle], true));
        assert!(!with(&[Ci::GitLab], false));
    }
}

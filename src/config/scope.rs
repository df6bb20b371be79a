//! The part of a repository that a run judges, for monorepos: path patterns that whoever starts the run gives.
//!
//! It is no setting of the repository: a workflow names it once for each part. What is outside is still read, as what calls the
//! judged code and what that calls.

use crate::rules::pattern::Glob;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use std::str::FromStr;

/// Path patterns; without any, everything is inside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    globs: Vec<(String, Glob)>,
}

/// More patterns are a mistake.
const MAX_PATTERNS: usize = 200;

impl Scope {
    /// All of these together.
    pub(crate) fn all(scopes: &[Self]) -> Self {
        Self { globs: scopes.iter().flat_map(|scope| scope.globs.iter().cloned()).collect() }
    }

    pub(crate) fn is_everything(&self) -> bool {
        self.globs.is_empty()
    }

    pub(crate) fn holds(&self, path: &str) -> bool {
        self.is_everything() || self.globs.iter().any(|(_, glob)| glob.matches(path))
    }

    /// The patterns as they were written.
    pub(crate) fn patterns(&self) -> Vec<String> {
        self.globs.iter().map(|(written, _)| written.clone()).collect()
    }
}

impl FromStr for Scope {
    type Err = String;

    /// Patterns, one a line: so a list in a workflow needs no signs of its own.
    fn from_str(text: &str) -> Result<Self, String> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let glob = |line: &str| {
            let text: StrDeserializer<'_, Error> = line.into_deserializer();
            Glob::deserialize(text).map(|glob| (line.to_owned(), glob)).map_err(|error| error.to_string())
        };
        let globs: Vec<(String, Glob)> = lines.map(glob).collect::<Result<_, _>>()?;
        match globs.len() > MAX_PATTERNS {
            true => Err(format!("there are {} patterns, and the limit is {MAX_PATTERNS}", globs.len())),
            false => Ok(Self { globs }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(text: &str) -> Scope {
        text.parse().unwrap_or_else(|why| panic!("{text:?}: {why}"))
    }

    #[test]
    fn patterns_stand_one_a_line() {
        let apps = scope("apps/web/**\n\n  libs/{ui,forms}/**  \n");
        assert_eq!(apps.patterns(), ["apps/web/**", "libs/{ui,forms}/**"]);
        for (path, holds) in [("apps/web/a.ts", true), ("libs/forms/b.ts", true), ("apps/api/a.ts", false)] {
            assert_eq!(apps.holds(path), holds, "{path}");
        }
        assert!(scope("\n").is_everything() && scope("").holds("a.ts"));
        assert!(Scope::all(&[scope("a/**"), scope("b/**")]).holds("b/c.ts"));
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for text in ["/apps/**", "!apps/**", "a\\b", &"a/".repeat(400), &"a/**\n".repeat(201)] {
            assert!(text.parse::<Scope>().is_err(), "{text:.40}");
        }
    }
}

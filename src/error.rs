//! Why preflag could not do what it was asked for.
//!
//! Each layer has an error type of its own that names the file or commit; here they meet. A hint is given where the
//! cause is known and printed in one place, `main`.

use crate::baseline::BaselineError;
use crate::config::yaml::YamlError;
use crate::explain::ExplainError;
use crate::git::GitError;
use crate::hook::place::HookError;
use crate::init::place::InitError;
use crate::publish::PublishError;
use crate::render::log_line;
use crate::rules::RuleError;
use std::path::PathBuf;

/// Why preflag could not do what it was asked for.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] Cause);

/// What a layer reported.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Cause {
    #[error(transparent)]
    Git(#[from] GitError),
    #[error(transparent)]
    Config(#[from] YamlError),
    #[error(transparent)]
    Rules(#[from] RuleError),
    #[error(transparent)]
    Baseline(#[from] BaselineError),
    #[error(transparent)]
    Explain(#[from] ExplainError),
    #[error(transparent)]
    Publish(#[from] PublishError),
    #[error(transparent)]
    Hook(#[from] HookError),
    #[error(transparent)]
    Init(#[from] InitError),
    #[error("{path} cannot be read: {source}", path = path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{path} cannot be written: {source}", path = path.display())]
    Write { path: PathBuf, source: std::io::Error },
    #[error("the report cannot be written to the standard output: {0}")]
    Stdout(std::io::Error),
    /// What was typed does not fit together.
    #[error("{message}")]
    Usage { message: String, hint: Option<String> },
    /// Several files of a user are wrong.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Several(Vec<Error>),
}

impl Error {
    pub(crate) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self(Cause::Usage { message: message.into(), hint: Some(hint.into()) })
    }

    /// The next step for the person who reads the message, if there is one.
    pub fn hint(&self) -> Option<String> {
        match &self.0 {
            Cause::Git(error) => error.hint(),
            Cause::Baseline(error) => error.hint(),
            Cause::Explain(error) => error.hint(),
            Cause::Publish(error) => error.hint(),
            Cause::Hook(error) => error.hint(),
            Cause::Config(_) => {
                Some("Every setting is described in rules/schema/config.json and the README.".to_owned())
            }
            Cause::Rules(error) => error.hint(),
            Cause::Usage { hint, .. } => hint.clone(),
            Cause::Several(errors) => errors.iter().find_map(Error::hint),
            Cause::Init(_) | Cause::Read { .. } | Cause::Write { .. } | Cause::Stdout(_) => None,
        }
    }

    /// The message for a terminal or a log: text of others in it is no command to a runner of GitHub Actions.
    pub fn told(&self) -> String {
        self.to_string().lines().map(log_line).collect::<Vec<_>>().join("\n")
    }

    /// What the process ends with: 2, "could not run". The other codes are for verdicts.
    pub fn exit_code(&self) -> u8 {
        2
    }

    /// True when whoever read the standard output has gone away, which is nobody's mistake.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(&self.0, Cause::Stdout(source) if source.kind() == std::io::ErrorKind::BrokenPipe)
    }
}

macro_rules! from_layers {
    ($($layer:ty),+) => {$(
        impl From<$layer> for Error {
            fn from(error: $layer) -> Self {
                Self(Cause::from(error))
            }
        }
    )+};
}

from_layers!(GitError, YamlError, RuleError, BaselineError, ExplainError, PublishError, HookError, InitError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_speaks_for_its_layer_and_ends_with_2() {
        let error = Error::from(YamlError::whole("p.yml", "it is wrong"));
        assert_eq!(error.to_string(), "p.yml: it is wrong");
        assert!(error.hint().is_some());
        assert_eq!(error.exit_code(), 2);
        let evil = Error::usage("no `##[set-output name=a]`\n::error::x", "");
        assert_eq!(evil.told(), "no `#⌗[set-output name=a]`\n:꞉error::x");
        let both = Error(Cause::Several(vec![error, Error::usage("b", "do c")]));
        assert_eq!(both.to_string(), "p.yml: it is wrong\nb");
    }

    #[test]
    fn a_reader_that_went_away_is_told_from_other_failures() {
        let stdout = |kind| Error(Cause::Stdout(std::io::Error::from(kind)));
        assert!(stdout(std::io::ErrorKind::BrokenPipe).is_broken_pipe());
        assert!(!stdout(std::io::ErrorKind::StorageFull).is_broken_pipe());
    }
}

//! Findings known before: a file of fingerprints. Only findings that it does not list count for the policy.

use crate::report::Finding;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The version of the file's shape.
const VERSION: u32 = 1;

/// A baseline file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    #[error("the baseline {path} cannot be read: {source}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("the baseline {path} cannot be written: {source}")]
    Write { path: PathBuf, source: std::io::Error },
    #[error("{path}:{line}:{column}: this is not a preflag baseline: {source}", line = source.line(), column = source.column())]
    Parse { path: PathBuf, source: serde_json::Error },
    #[error("{path}: the baseline has version {found}, this preflag knows version {VERSION}")]
    Version { path: PathBuf, found: u32 },
}

impl BaselineError {
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::Read { path, .. } | Self::Parse { path, .. } | Self::Version { path, .. } => {
                Some(format!("Write a new one: preflag scan --write-baseline {}", path.display()))
            }
            Self::Write { .. } => None,
        }
    }
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Baseline {
    version: u32,
    findings: Vec<Known>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    fingerprint: String,
    /// For people who review the file; not compared.
    rule: String,
    path: String,
    symbol: Option<String>,
}

impl Baseline {
    pub(crate) fn read(path: &Path) -> Result<Self, BaselineError> {
        let text =
            std::fs::read_to_string(path).map_err(|source| BaselineError::Read { path: path.to_owned(), source })?;
        let baseline: Self =
            serde_json::from_str(&text).map_err(|source| BaselineError::Parse { path: path.to_owned(), source })?;
        if baseline.version != VERSION {
            return Err(BaselineError::Version { path: path.to_owned(), found: baseline.version });
        }
        Ok(baseline)
    }

    /// Marks the findings that the baseline lists.
    pub(crate) fn mark(&self, findings: &mut [Finding]) {
        let known: BTreeSet<&str> = self.findings.iter().map(|known| known.fingerprint.as_str()).collect();
        for finding in findings {
            finding.known = known.contains(finding.fingerprint.as_str());
        }
    }

    /// Writes these findings as the new baseline.
    pub(crate) fn write(path: &Path, findings: &[Finding]) -> Result<(), BaselineError> {
        let mut known: Vec<Known> = findings
            .iter()
            .map(|finding| Known {
                fingerprint: finding.fingerprint.clone(),
                rule: finding.rule.clone(),
                path: finding.path.to_string(),
                symbol: finding.symbol.clone(),
            })
            .collect();
        known.sort_by(|a, b| (&a.path, &a.fingerprint).cmp(&(&b.path, &b.fingerprint)));
        let text =
            serde_json::to_string_pretty(&Self { version: VERSION, findings: known }).expect("strings serialize");
        std::fs::write(path, text + "\n").map_err(|source| BaselineError::Write { path: path.to_owned(), source })
    }
}

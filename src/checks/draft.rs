//! A finding while it is being made; [`Draft::build`] refuses one without a place.

use crate::evidence::{FileEvidence, RegionEvidence};
use crate::location::{LineRange, RepoPath};
use crate::report::{Finding, FlagReference, Gate, Related};
use crate::terms::{Coverage, Severity, Side, Tier};
use sha2::{Digest, Sha256};

#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) rule: &'static str,
    pub(crate) area: Option<String>,
    pub(crate) tier: Tier,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) path: RepoPath,
    pub(crate) lines: LineRange,
    pub(crate) side: Side,
    pub(crate) symbol: Option<String>,
    pub(crate) coverage: Coverage,
    pub(crate) gates: Vec<Gate>,
    pub(crate) related: Vec<Related>,
    /// What is changed, without its place: the same after the lines move.
    pub(crate) content: String,
}

impl Draft {
    /// A draft about a region; the caller sets what is particular.
    pub(crate) fn at_region(rule: &'static str, file: &FileEvidence, region: &RegionEvidence) -> Self {
        let (side, place) = region.judged.region.primary();
        Self {
            rule,
            area: None,
            tier: Tier::None,
            severity: Severity::Note,
            message: String::new(),
            path: file.path.clone(),
            lines: place.lines,
            side,
            symbol: region.judged.region.symbol.clone(),
            coverage: region.judged.coverage,
            gates: region.judged.gates.clone(),
            related: Vec::new(),
            content: region.digest.clone(),
        }
    }

    /// A draft about a flag, at one of its references; the caller sets what is particular.
    pub(crate) fn at_flag(rule: &'static str, place: &FlagReference) -> Self {
        Self {
            rule,
            area: None,
            tier: Tier::Moderate,
            severity: Severity::Note,
            message: String::new(),
            path: place.path.clone(),
            lines: LineRange::new(place.line, place.line),
            side: place.side,
            symbol: None,
            coverage: Coverage::Na,
            gates: Vec::new(),
            related: Vec::new(),
            content: String::new(),
        }
    }

    /// The finding, numbered by the caller.
    ///
    /// The fingerprint is SHA-256 over rule, area, path, symbol and the changed tokens, so that it survives moves of lines
    /// and not a change of the code.
    pub(crate) fn build(self, number: usize) -> Finding {
        let mut hash = Sha256::new();
        for part in [
            self.rule,
            self.area.as_deref().unwrap_or(""),
            self.path.as_str(),
            self.symbol.as_deref().unwrap_or(""),
            &self.content,
        ] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let fingerprint = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Finding {
            id: format!("F{number}"),
            rule: self.rule.to_owned(),
            area: self.area,
            tier: self.tier,
            severity: self.severity,
            message: self.message,
            path: self.path,
            start_line: self.lines.start.max(1),
            end_line: self.lines.end.max(1),
            side: self.side,
            symbol: self.symbol,
            coverage: self.coverage,
            gates: self.gates,
            related: self.related,
            fingerprint,
            known: false,
            waived_by: None,
        }
    }
}

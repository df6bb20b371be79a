//! What the evidence adds up to: tier (impact) and coverage of the whole change.
//!
//! The tier is the highest of the regions' areas; a change that only edits flag evaluations is Moderate. Coverage is taken
//! over the regions of that tier, or over all regions when none is sensitive. A pure flag removal has nothing to cover.
//!
//! - [`risk`]: how likely trouble is, from [`score`] (the points), [`impact`] (what is hit) and [`past`] (what history says).
//! - [`recent`]: the repository's own recent changes, to compare with.
//! - [`told`], [`levers`]: what people read about it.

mod impact;
mod levers;
pub(crate) mod past;
pub(crate) mod recent;
pub(crate) mod risk;
pub(crate) mod score;
mod told;

use crate::evidence::{Evidence, RegionEvidence};
use crate::terms::{Coverage, Tier};

/// The judgement of a whole change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Assessment {
    pub(crate) tier: Tier,
    pub(crate) coverage: Coverage,
    /// Flags go and none comes, and nothing new stands in their place.
    pub(crate) flag_removal: bool,
    pub(crate) behavioural_regions: u32,
}

/// Judges the change.
pub(crate) fn assess(evidence: &Evidence<'_>) -> Assessment {
    let regions: Vec<&RegionEvidence> = evidence.regions().map(|(_, region)| region).collect();
    let areas = regions.iter().map(|region| region.tier()).max().unwrap_or(Tier::None);
    let flags = &evidence.flags;
    let touched = !(flags.added.is_empty() && flags.modified.is_empty() && flags.removed.is_empty());
    let tier = if touched { areas.max(Tier::Moderate) } else { areas };
    let flag_removal = evidence.is_flag_removal();
    let judged: Vec<Coverage> = regions
        .iter()
        .filter(|region| region.counts() && (areas == Tier::None || region.tier() == areas))
        .map(|region| region.judged.coverage)
        .collect();
    let coverage = if flag_removal { Coverage::Na } else { combine(&judged) };
    Assessment { tier, coverage, flag_removal, behavioural_regions: regions.len() as u32 }
}

/// All covered, all uncovered, or something between.
pub(crate) fn combine(coverages: &[Coverage]) -> Coverage {
    let all = |wanted: Coverage| coverages.iter().all(|&coverage| coverage == wanted);
    match coverages {
        [] => Coverage::Na,
        _ if all(Coverage::Covered) => Coverage::Covered,
        _ if all(Coverage::Uncovered) => Coverage::Uncovered,
        _ => Coverage::Partial,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coverage_of_parts_is_all_some_or_none() {
        use Coverage::{Covered, Na, Partial, Uncovered};
        assert_eq!(combine(&[]), Na);
        assert_eq!(combine(&[Covered, Covered]), Covered);
        assert_eq!(combine(&[Covered, Uncovered]), Partial);
        assert_eq!(combine(&[Uncovered]), Uncovered);
        assert_eq!(combine(&[Partial]), Partial);
    }
}

//! `ungated-change`, `partially-gated-change`, `gated-change`: behaviour in a sensitive area, and the flag it stands behind.

use super::Draft;
use crate::detect::AreaMatch;
use crate::evidence::{Evidence, FileEvidence, RegionEvidence};
use crate::report::Related;
use crate::terms::{Coverage, Severity, Tier};

/// How many places of evidence a finding lists.
const MAX_RELATED: usize = 5;

pub(super) fn run(evidence: &Evidence<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (file, region) in evidence.regions().filter(|(_, region)| region.counts()) {
        drafts.extend(region.areas.iter().map(|area| draft(file, region, area)));
    }
    drafts
}

fn draft(file: &FileEvidence, region: &RegionEvidence, area: &AreaMatch) -> Draft {
    let coverage = region.judged.coverage;
    let rule = match coverage {
        Coverage::Covered => "gated-change",
        Coverage::Partial => "partially-gated-change",
        Coverage::Uncovered | Coverage::Na => "ungated-change",
    };
    let mut draft = Draft::at_region(rule, file, region);
    draft.area = Some(area.area.clone());
    draft.tier = area.tier;
    draft.severity = match (coverage, area.tier) {
        (Coverage::Covered, _) => Severity::Note,
        (_, Tier::Critical) => Severity::Error,
        (_, Tier::High) => Severity::Warning,
        (_, Tier::Moderate | Tier::None) => Severity::Note,
    };
    draft.message = message(region, area);
    let (side, _) = region.judged.region.primary();
    if let Some(source) = file.side(side).map(|side| &side.source) {
        draft.related = area
            .evidence
            .iter()
            .take(MAX_RELATED)
            .map(|evidence| Related {
                path: file.path.clone(),
                line: source.lines.line(evidence.span.start),
                side,
                note: evidence.what.clone(),
            })
            .collect();
    }
    draft
}

/// "Calls `stripe.refunds.create`; no flag gates it."
fn message(region: &RegionEvidence, area: &AreaMatch) -> String {
    let what = area.evidence.first().map_or("changes this area", |evidence| evidence.what.as_str());
    let mut sentence = String::with_capacity(what.len() + 40);
    let mut letters = what.chars();
    sentence.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    sentence.push_str(letters.as_str());
    let flags = || {
        let mut names: Vec<String> = region.judged.gates.iter().map(|gate| format!("`{}`", gate.flag)).collect();
        names.dedup();
        names.join(" and ")
    };
    match region.judged.coverage {
        Coverage::Covered => sentence.push_str(&format!("; it runs only with {} on.", flags())),
        Coverage::Partial if region.judged.gates.is_empty() => sentence.push_str("; only part of it is behind a flag."),
        Coverage::Partial => sentence.push_str(&format!("; only part of it is behind {}.", flags())),
        Coverage::Uncovered | Coverage::Na => match &area.not_gateable {
            Some(reason) => sentence.push_str(&format!("; {}.", reason.trim_end_matches('.'))),
            None => sentence.push_str("; no flag gates it."),
        },
    }
    sentence
}

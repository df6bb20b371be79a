//! Behaviour in a sensitive area, and the flag it stands behind: `ungated-change`, `partially-gated-change`, `gated-change`;
//! `ungateable-change` where no flag can gate it, `removed-with-flag` where a flag goes.

use super::{Draft, REMOVED_WITH_FLAG};
use crate::detect::AreaMatch;
use crate::evidence::{Evidence, FileEvidence, RegionEvidence};
use crate::location::LineRange;
use crate::report::Related;
use crate::rules::words::capitalized;
use crate::terms::{Coverage, Severity, Tier};

/// How many places of evidence a finding lists.
const MAX_RELATED: usize = 5;

pub(super) fn run(evidence: &Evidence<'_>) -> Vec<Draft> {
    let removal = evidence.is_flag_removal();
    let mut drafts = Vec::new();
    for (file, region) in evidence.regions() {
        // A region that only reads flags and branches on them matters here when the flag goes.
        if region.counts() || removal {
            drafts.extend(region.areas.iter().map(|area| draft(file, region, area, removal)));
        }
    }
    drafts
}

fn draft(file: &FileEvidence, region: &RegionEvidence, area: &AreaMatch, removal: bool) -> Draft {
    let coverage = region.judged.coverage;
    let (rule, coverage) = match coverage {
        _ if removal => (REMOVED_WITH_FLAG, Coverage::Na),
        Coverage::Covered => ("gated-change", coverage),
        _ if area.not_gateable.is_some() => ("ungateable-change", Coverage::Na),
        Coverage::Partial => ("partially-gated-change", coverage),
        Coverage::Uncovered | Coverage::Na => ("ungated-change", coverage),
    };
    let mut draft = Draft::at_region(rule, file, region);
    draft.area = Some(area.area.clone());
    draft.tier = area.tier;
    draft.coverage = coverage;
    draft.severity = match (rule, area.tier) {
        ("gated-change", _) | (_, Tier::Moderate | Tier::None) => Severity::Note,
        (REMOVED_WITH_FLAG | "ungateable-change", _) | (_, Tier::High) => Severity::Warning,
        (_, Tier::Critical) => Severity::Error,
    };
    draft.message = message(region, area, removal);
    let (side, _) = region.judged.region.primary();
    if let Some(source) = file.side(side).map(|side| &side.source) {
        for evidence in &area.evidence {
            let line = source.lines.line(evidence.span.start);
            let related = Related { path: file.path.clone(), line, side, note: evidence.what.clone() };
            // Several items of a pack can see the same: an import, and its use in the same line.
            if draft.related.len() < MAX_RELATED && !draft.related.contains(&related) {
                draft.related.push(related);
            }
        }
    }
    draft
}

/// "Calls `stripe.refunds.create`; no flag gates it."
fn message(region: &RegionEvidence, area: &AreaMatch, removal: bool) -> String {
    let what = area.evidence.first().map_or("changes this area", |evidence| evidence.what.as_str());
    let what = match region.judged.region.new {
        Some(_) => capitalized(what),
        None => format!("Removed: {what}"),
    };
    let flags = || {
        let mut names: Vec<String> = region.judged.gates.iter().map(|gate| format!("`{}`", gate.flag)).collect();
        names.dedup();
        names.join(" and ")
    };
    if removal {
        return format!("{what}; it goes with its flag, or runs for everyone from now on.");
    }
    match (region.judged.coverage, &area.not_gateable) {
        (Coverage::Covered, _) => format!("{what}; it runs only with {} on.", flags()),
        (_, Some(reason)) => format!("{what}; {}.", reason.trim_end_matches('.')),
        (Coverage::Partial, None) => {
            let flags = if region.judged.gates.is_empty() { "a flag".to_owned() } else { flags() };
            format!("{what}; only part of it is behind {flags}, {}.", open_lines(&region.judged.ungated))
        }
        (Coverage::Uncovered | Coverage::Na, None) => format!("{what}; no flag gates it."),
    }
}

/// "line 12 is not", "lines 12 and 20-25 are not".
fn open_lines(ungated: &[LineRange]) -> String {
    let place = |lines: &LineRange| match lines.end - lines.start {
        0 => lines.start.to_string(),
        _ => format!("{}-{}", lines.start, lines.end),
    };
    let places: Vec<String> = ungated.iter().map(place).collect();
    match &places[..] {
        [] => "the path for \"off\" is not".to_owned(),
        [only] if !only.contains('-') => format!("line {only} is not"),
        [only] => format!("lines {only} are not"),
        [first, second] => format!("lines {first} and {second} are not"),
        [first, second, ..] => format!("lines {first}, {second} and others are not"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_outside_the_flag_are_named() {
        let lines = |ranges: &[(u32, u32)]| {
            open_lines(&ranges.iter().map(|&(start, end)| LineRange::new(start, end)).collect::<Vec<_>>())
        };
        assert_eq!(lines(&[(12, 12)]), "line 12 is not");
        assert_eq!(lines(&[(12, 14)]), "lines 12-14 are not");
        assert_eq!(lines(&[(12, 12), (20, 25)]), "lines 12 and 20-25 are not");
        assert_eq!(lines(&[(1, 1), (3, 3), (5, 5)]), "lines 1, 3 and others are not");
        assert_eq!(lines(&[]), "the path for \"off\" is not");
    }
}

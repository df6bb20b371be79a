//! From hits to a match: what the evidence adds up to.

use super::evidence::{Hit, HitPlace};
use crate::detect::{AreaEvidence, AreaMatch};
use crate::rules::areas::AreaPack;

/// More evidence is not shown.
const MAX_SHOWN: usize = 6;

/// The match, when the evidence reaches the pack's threshold.
///
/// Each item counts once. The path and the code around the change are worth one point each at most, and without evidence in
/// the change itself nothing is worth anything.
pub(super) fn judge(pack: &AreaPack, mut hits: Vec<Hit>) -> Option<AreaMatch> {
    let changed: Vec<&Hit> = hits.iter().filter(|hit| hit.place == HitPlace::Change).collect();
    let counted = |hit: &&Hit| changed.iter().any(|other| other.item == hit.item);
    let hint = |place: HitPlace| {
        let other = hits.iter().filter(|hit| hit.place == place && !counted(hit));
        other.map(|hit| hit.strength.min(1)).max().unwrap_or(0)
    };
    let sum: u32 = changed.iter().map(|hit| u32::from(hit.strength)).sum();
    let sum = sum + u32::from(hint(HitPlace::Around)) + u32::from(hint(HitPlace::Path));
    if changed.is_empty() || sum < u32::from(pack.threshold) {
        return None;
    }
    // What decides: proof where there is some, else everything in the change.
    let best = changed.iter().map(|hit| hit.strength).max().unwrap_or(0);
    let deciding =
        || changed.iter().filter(|hit| hit.strength == best || hit.strength >= 3).map(|hit| pack.item(hit.item));
    let tier = deciding().map(|item| item.tier).max().unwrap_or(pack.tier);
    let not_gateable = deciding()
        .filter(|item| item.tier == tier)
        .find_map(|item| item.not_gateable.clone())
        .or_else(|| pack.not_gateable.clone());
    hits.sort_by(|a, b| {
        let key = |hit: &Hit| (hit.place, std::cmp::Reverse(hit.strength), hit.span, hit.item);
        key(a).cmp(&key(b))
    });
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.strength));
    hits.dedup_by(|a, b| a.what == b.what);
    let evidence = hits.into_iter().take(MAX_SHOWN);
    Some(AreaMatch {
        area: pack.area.clone(),
        tier,
        evidence: evidence.map(|hit| AreaEvidence { what: hit.what, span: hit.span, strength: hit.strength }).collect(),
        not_gateable,
    })
}

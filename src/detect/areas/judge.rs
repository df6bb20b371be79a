//! From hits to a match: what the evidence adds up to.

use super::evidence::{Hit, HitPlace};
use crate::detect::{AreaEvidence, AreaMatch};
use crate::rules::areas::{AreaPack, ItemId};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// More evidence is not shown.
const MAX_SHOWN: usize = 6;
/// So many different words of an item are several.
const SEVERAL: usize = 2;

/// The match, when the evidence reaches the pack's threshold.
///
/// Each item counts once, and each name for one item only. The path and the code around the change are worth one point
/// together, and without evidence in the change itself nothing is worth anything.
pub(super) fn judge(pack: &AreaPack, mut hits: Vec<Hit>) -> Option<AreaMatch> {
    hits.sort_by(|a, b| {
        let key = |hit: &Hit| {
            let tier = pack.item(hit.item).tier;
            (hit.place, Reverse(hit.strength), Reverse(tier), hit.item, hit.span)
        };
        key(a).cmp(&key(b))
    });
    let several: Vec<ItemId> = items_of_several_words(pack, &hits);
    let mut counted: Vec<Hit> = Vec::new();
    for mut hit in hits {
        if hit.place == HitPlace::Change && several.contains(&hit.item) {
            hit.strength = hit.strength.max(pack.item(hit.item).strength_of_several);
        }
        let known = |other: &Hit| other.item == hit.item || other.place == hit.place && other.name == hit.name;
        let hints = |other: &Hit| other.place != HitPlace::Change && hit.place != HitPlace::Change;
        if !counted.iter().any(|other| known(other) || hints(other)) {
            counted.push(hit);
        }
    }
    let changed: Vec<&Hit> = counted.iter().filter(|hit| hit.place == HitPlace::Change).collect();
    let strength =
        |hit: &Hit| u32::from(if hit.place == HitPlace::Change { hit.strength } else { hit.strength.min(1) });
    let sum: u32 = counted.iter().map(strength).sum();
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
    // The longest of what begins at one place says most: the whole call, not the client in it.
    counted.sort_by_key(|hit| (Reverse(hit.strength), hit.place, hit.span.start, Reverse(hit.span.end)));
    let shown = counted.into_iter().take(MAX_SHOWN);
    Some(AreaMatch {
        area: pack.area.clone(),
        tier,
        evidence: shown.map(|hit| AreaEvidence { what: hit.what, span: hit.span, strength: hit.strength }).collect(),
        not_gateable,
    })
}

/// The items of which several different words change, each in a name of its own.
fn items_of_several_words(pack: &AreaPack, hits: &[Hit]) -> Vec<ItemId> {
    let changed = || hits.iter().filter(|hit| hit.place == HitPlace::Change);
    let ids: BTreeSet<ItemId> =
        changed().map(|hit| hit.item).filter(|&id| pack.item(id).strength_of_several > 0).collect();
    let words = |id: ItemId| {
        let hits = changed().filter(|hit| hit.item == id && !hit.words.is_empty());
        hits.map(|hit| &hit.words).collect::<BTreeSet<_>>().len()
    };
    ids.into_iter().filter(|&id| words(id) >= SEVERAL).collect()
}

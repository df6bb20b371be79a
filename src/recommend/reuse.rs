//! Does the feature around a change have a flag already?
//!
//! One feature, one switch: a second flag for the same feature has to be kept in step with the first.

use super::{Candidate, Change, words};
use crate::terms::Coverage;
use std::collections::BTreeSet;

/// A flag to put the change behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reuse<'a> {
    pub(super) key: &'a str,
    pub(super) why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// It gates other code of the same function.
    SameFunction,
    /// The change defines it, and nothing reads it.
    Unread,
    /// It speaks of the same thing, and is read nearby.
    SameSubject,
    /// It alone gates the rest of the change.
    CoversRest,
}

/// Words that say that a flag is a flag, not what it is about.
const FLAG_WORDS: &[&str] = &[
    "allow",
    "beta",
    "can",
    "disable",
    "disabled",
    "enable",
    "enabled",
    "experiment",
    "experimental",
    "feature",
    "ff",
    "flag",
    "is",
    "new",
    "off",
    "on",
    "release",
    "rollout",
    "show",
    "switch",
    "temp",
    "toggle",
    "use",
    "v2",
    "with",
];

/// The words of a key that say what it is about, in the singular.
pub(super) fn subject_of(key: &str) -> BTreeSet<String> {
    let content = words::split(key).into_iter().filter(|word| !FLAG_WORDS.contains(&word.as_str()));
    content.map(|word| singular(&word).to_owned()).collect()
}

/// Without the plural's `s`.
pub(super) fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() >= 3 && !stem.ends_with('s') => stem,
        _ => word,
    }
}

/// The flag of the surrounding feature: the closest one first, then by the order given.
pub(super) fn existing_flag<'a>(
    change: &Change<'a>,
    primary: &Candidate<'a>,
    covers: &[&Candidate<'a>],
) -> Option<Reuse<'a>> {
    if let Some(gate) = primary.gates_nearby.iter().find(|gate| gate.same_declaration) {
        return Some(Reuse { key: gate.key, why: Why::SameFunction });
    }
    let about = |candidate: &Candidate| candidate_words(candidate);
    let own = about(primary);
    let all: BTreeSet<String> = covers.iter().flat_map(|candidate| about(candidate)).collect();
    // What the change itself defines is meant for the change: of several, any finding may show the kinship.
    let unread = match change.flags_unread[..] {
        [only] => Some(only),
        _ => best(change.flags_unread.iter().copied(), &all, primary.area),
    };
    if let Some(key) = unread {
        return Some(Reuse { key, why: Why::Unread });
    }
    let nearby = primary.gates_nearby.iter().map(|gate| gate.key).chain(primary.flags_in_file.iter().copied());
    if let Some(key) = best(nearby.chain(change.flags_covering.iter().copied()), &own, primary.area) {
        return Some(Reuse { key, why: Why::SameSubject });
    }
    match change.flags_covering[..] {
        [only] if change.coverage == Coverage::Partial => Some(Reuse { key: only, why: Why::CoversRest }),
        _ => None,
    }
}

/// The words of the place: its symbol, its file, the folder around it.
fn candidate_words(candidate: &Candidate) -> BTreeSet<String> {
    let path = candidate.path.as_str();
    let path = path.strip_suffix(candidate.path.extension().unwrap_or("")).unwrap_or(path);
    let last_two = path.rsplit('/').take(2);
    let names = candidate.symbol.into_iter().chain(last_two);
    names.flat_map(words::split).map(|word| singular(&word).to_owned()).collect()
}

/// The key that shares most words with the place, when it shares enough to speak of the same thing.
fn best<'a>(keys: impl Iterator<Item = &'a str>, place: &BTreeSet<String>, area: &str) -> Option<&'a str> {
    let mut best: Option<(usize, &str)> = None;
    for key in keys {
        let about = subject_of(key);
        let shared = about.intersection(place).filter(|word| word.as_str() != singular(area)).count();
        let enough = shared >= 2 || (shared == 1 && about.len() == 1);
        if enough && best.is_none_or(|(most, _)| shared > most) {
            best = Some((shared, key));
        }
    }
    best.map(|(_, key)| key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> BTreeSet<String> {
        words::split(text).into_iter().map(|word| singular(&word).to_owned()).collect()
    }

    fn find<'a>(keys: &[&'a str], place: &str) -> Option<&'a str> {
        best(keys.iter().copied(), &words(place), "auth")
    }

    #[test]
    fn a_key_is_about_its_content_words() {
        assert_eq!(subject_of("enable_gift_cards_v2"), words("gift card"));
        assert_eq!(subject_of("newCheckoutEnabled"), words("checkout"));
    }

    #[test]
    fn two_shared_words_or_the_only_one_are_kinship() {
        assert_eq!(find(&["tokenExpiryNotifications"], "sendApiTokenExpiryEmail"), Some("tokenExpiryNotifications"));
        assert_eq!(find(&["sso_enabled"], "SsoFactor.build"), Some("sso_enabled"));
        assert_eq!(find(&["enterprise_offers"], "EnterpriseCoupons.overview"), None, "one word of two");
        assert_eq!(find(&["auth_enabled"], "authLogin"), None, "the name of the area says nothing");
        assert_eq!(find(&["enabled", "new_flag", ""], "newFlag.enabled"), None, "words of flags say nothing");
    }

    #[test]
    fn the_closest_key_wins_and_the_first_of_equals() {
        assert_eq!(find(&["gift_card", "gift_card_refund"], "refundGiftCard"), Some("gift_card_refund"));
        assert_eq!(find(&["gift_card_a", "gift_card_b"], "giftCard"), Some("gift_card_a"));
    }
}

//! The likelihoods of the repository's own recent changes, as the last backtest measured them: what a change is compared with.
//!
//! To measure them takes every diff, so a scan only looks at what is kept, and only where it was made with the same weights.

use super::score::Score;
use crate::cache::bytes::{Bytes, checksum, put};
use crate::cache::{Cache, HEADER, Kept};
use crate::report::Percentile;
use crate::rules::score::ScoreRules;
use crate::terms::Trouble;
use std::fmt::Write;

/// So many of the newest changes are compared with.
const NEWEST: usize = 500;

/// With fewer a percentage would say more than is known.
const FEWEST: usize = 50;

/// The ranks of recent changes (see [`Estimate::rank`](super::score::Estimate::rank)), lowest first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Recent(Vec<f64>);

impl Recent {
    /// The newest of these ranks, oldest first.
    pub(crate) fn of(ranks: &[f64]) -> Self {
        let mut newest = ranks[ranks.len().saturating_sub(NEWEST)..].to_vec();
        newest.sort_by(f64::total_cmp);
        Self(newest)
    }

    /// Those that were kept, if these rules made them.
    pub(crate) fn read(cache: &Cache, rules: &ScoreRules) -> Option<Self> {
        let bytes = cache.read(Kept::Recent)?;
        let mut bytes = Bytes(&bytes[HEADER..]);
        let long = |bytes: &mut Bytes<'_>| bytes.take(8)?.first_chunk().map(|long| u64::from_le_bytes(*long));
        if long(&mut bytes)? != key(rules) {
            return None;
        }
        let count = bytes.number()?;
        let ranks = bytes.take(count.checked_mul(8)?)?.as_chunks::<8>().0.iter().map(|rank| f64::from_le_bytes(*rank));
        Some(Self(ranks.collect()))
    }

    pub(crate) fn keep(&self, cache: &Cache, rules: &ScoreRules) {
        let mut bytes = vec![0; HEADER];
        bytes.extend_from_slice(&key(rules).to_le_bytes());
        put(&mut bytes, [self.0.len() as u32]);
        self.0.iter().for_each(|rank| bytes.extend_from_slice(&rank.to_le_bytes()));
        cache.keep(Kept::Recent, &mut bytes);
    }

    /// Where a score stands among them; `None` where there are too few.
    pub(crate) fn percentile(&self, score: &Score) -> Option<Percentile> {
        let own = score.estimates().of(Trouble::Either).rank();
        let (lower, count) = (self.0.partition_point(|&rank| rank < own), self.0.len());
        (count >= FEWEST).then(|| Percentile { above: (100 * lower / count) as u8, changes: count as u32 })
    }
}

/// What the ranks depend on besides the changes.
fn key(rules: &ScoreRules) -> u64 {
    let mut written = String::new();
    for signal in &rules.signals {
        // Writing to a text cannot fail.
        let _ = write!(written, "{} {} {};", signal.id, signal.weight, signal.typical);
    }
    checksum(written.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::score::Feature;
    use crate::git::testing::TestRepository;
    use crate::terms::SignalId;

    #[test]
    fn a_score_stands_among_the_newest() {
        let rules = ScoreRules::builtin().expect("rules/score.yaml is valid");
        let score = rules.score(&[Feature { id: SignalId::AddedLines, value: Some(3.0) }]);
        let ranks: Vec<f64> =
            (0..1000).map(|at| score.estimates().of(Trouble::Either).rank() + f64::from(at) - 600.5).collect();
        let percentile = Recent::of(&ranks).percentile(&score).expect("500 are enough");
        // Of the newest 500, with -100.5 to 398.5 more than the score, 101 are lower.
        assert_eq!((percentile.above, percentile.changes), (20, 500));
        assert_eq!(Recent::of(&ranks[..49]).percentile(&score), None);
    }

    #[test]
    fn what_is_kept_is_of_the_same_weights() {
        let repository = TestRepository::new();
        repository.write("a.py", "1\n").commit("base");
        let cache = Cache::of(&repository.open());
        let mut rules = ScoreRules::builtin().expect("rules/score.yaml is valid");
        assert_eq!(Recent::read(&cache, &rules), None);
        let recent = Recent::of(&[3.5, -1.25, 2.0]);
        recent.keep(&cache, &rules);
        assert_eq!(Recent::read(&cache, &rules), Some(recent));
        rules.signals[0].weight += 1.0;
        assert_eq!(Recent::read(&cache, &rules), None);
    }
}

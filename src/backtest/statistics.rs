//! How well a number ranks changes: the area under the ROC curve, what the riskiest tenth finds, the curve itself.
//!
//! Changes with the same number are one group: each pair in it counts half, and of a group that the limit of a list
//! cuts, its share is taken. So the order in which equal changes come never matters. Every figure can be had for
//! weighted changes, which is how the bootstrap asks.

/// The shares of all changes that a reader looks at, the riskiest first.
pub(crate) const LOOKED_AT: [f64; 2] = [0.10, 0.20];

/// How well changes are ranked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ranking {
    /// The probability that a bad change has a higher number than another one; a half for equal ones.
    pub(crate) auc: f64,
    /// The share of all bad changes among the riskiest ones, for each of [`LOOKED_AT`].
    pub(crate) recall: [f64; 2],
}

/// Changes from the highest number to the lowest.
pub(crate) struct Order {
    rows: Vec<u32>,
    /// Where each group of equal numbers ends.
    ends: Vec<u32>,
}

impl Order {
    /// Sorts by falling number. Numbers are finite.
    pub(crate) fn new(numbers: &[f64]) -> Self {
        let mut rows: Vec<u32> = (0..u32::try_from(numbers.len()).unwrap_or(u32::MAX)).collect();
        let number = |row: u32| numbers[row as usize];
        rows.sort_by(|&a, &b| number(b).total_cmp(&number(a)));
        let ends = (1..=rows.len())
            .filter(|&at| at == rows.len() || number(rows[at - 1]) != number(rows[at]))
            .map(|at| at as u32)
            .collect();
        Self { rows, ends }
    }

    /// The groups of equal numbers, the highest first.
    fn groups(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.rows[start as usize..end as usize])
    }

    /// How well bad changes come first; `None` where all are bad or none is.
    pub(crate) fn ranking(&self, bad: &[bool], weight: impl Fn(u32) -> u32) -> Option<Ranking> {
        let (mut all_bad, mut all) = (0_u64, 0_u64);
        for &row in &self.rows {
            let weight = u64::from(weight(row));
            all += weight;
            all_bad += if bad[row as usize] { weight } else { 0 };
        }
        let all_good = all - all_bad;
        if all_bad == 0 || all_good == 0 {
            return None;
        }
        // Pairs, doubled, so that halves stay whole: sums are exact and do not depend on any order.
        let (mut pairs, mut good_seen, mut bad_seen) = (0_u128, 0_u64, 0_u64);
        let mut recall = LOOKED_AT.map(|_| None);
        for group in self.groups() {
            let (mut bad_here, mut good_here) = (0_u64, 0_u64);
            for &row in group {
                let weight = u64::from(weight(row));
                *(if bad[row as usize] { &mut bad_here } else { &mut good_here }) += weight;
            }
            let below = all_good - good_seen - good_here;
            pairs += u128::from(bad_here) * (2 * u128::from(below) + u128::from(good_here));
            let (seen, here) = ((bad_seen + good_seen) as f64, (bad_here + good_here) as f64);
            for (recall, share) in recall.iter_mut().zip(LOOKED_AT) {
                let limit = share * all as f64;
                if recall.is_none() && seen + here >= limit && here > 0.0 {
                    let part = (limit - seen) / here;
                    *recall = Some((bad_seen as f64 + part * bad_here as f64) / all_bad as f64);
                }
            }
            (good_seen, bad_seen) = (good_seen + good_here, bad_seen + bad_here);
        }
        let auc = pairs as f64 / (2.0 * all_bad as f64 * all_good as f64);
        Some(Ranking { auc, recall: recall.map(|recall| recall.unwrap_or(1.0)) })
    }

    /// The share of the bad changes found (up) after a share of all changes was looked at (across), at most `points` + 1.
    pub(crate) fn gains(&self, bad: &[bool], points: usize) -> Vec<(f64, f64)> {
        let all_bad = bad.iter().filter(|&&bad| bad).count().max(1) as f64;
        let all = self.rows.len().max(1) as f64;
        let mut curve = vec![(0.0, 0.0)];
        let (mut seen, mut found) = (0, 0);
        let groups = self.ends.len();
        for (at, group) in self.groups().enumerate() {
            seen += group.len();
            found += group.iter().filter(|&&row| bad[row as usize]).count();
            // Evenly thinned out over the changes; large groups are steps of their own.
            let step = |seen: usize| seen * points / self.rows.len();
            if step(seen) > step(seen - group.len()) || at + 1 == groups {
                curve.push((seen as f64 / all, found as f64 / all_bad));
            }
        }
        curve
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranking(numbers: &[f64], bad: &[bool]) -> Ranking {
        Order::new(numbers).ranking(bad, |_| 1).expect("there are both")
    }

    /// Every pair, as the definition says.
    fn by_pairs(numbers: &[f64], bad: &[bool]) -> f64 {
        let (mut sum, mut pairs) = (0.0, 0.0);
        for (a, _) in bad.iter().enumerate().filter(|(_, bad)| **bad) {
            for (b, _) in bad.iter().enumerate().filter(|(_, bad)| !**bad) {
                pairs += 1.0;
                sum += match numbers[a].total_cmp(&numbers[b]) {
                    std::cmp::Ordering::Greater => 1.0,
                    std::cmp::Ordering::Equal => 0.5,
                    std::cmp::Ordering::Less => 0.0,
                };
            }
        }
        sum / pairs
    }

    #[test]
    fn auc_is_what_hands_count() {
        assert_eq!(ranking(&[3.0, 2.0, 1.0], &[true, false, false]).auc, 1.0);
        assert_eq!(ranking(&[3.0, 2.0, 1.0], &[false, false, true]).auc, 0.0);
        assert_eq!(ranking(&[1.0, 1.0, 1.0, 1.0], &[true, false, false, true]).auc, 0.5);
        // Bad 0.9 and 0.4 against good 0.6, 0.4, 0.1: (3 + 1.5) of 6 pairs.
        assert_eq!(ranking(&[0.9, 0.6, 0.4, 0.4, 0.1], &[true, false, true, false, false]).auc, 0.75);
        let numbers: Vec<f64> = (0..200).map(|at| f64::from(at * 7919 % 41)).collect();
        let bad: Vec<bool> = (0..200).map(|at| at * 31 % 17 < 4).collect();
        assert!((ranking(&numbers, &bad).auc - by_pairs(&numbers, &bad)).abs() < 1e-12);
    }

    #[test]
    fn without_both_kinds_there_is_no_ranking() {
        assert_eq!(Order::new(&[1.0, 2.0]).ranking(&[true, true], |_| 1), None);
        assert_eq!(Order::new(&[1.0, 2.0]).ranking(&[false, false], |_| 1), None);
        assert_eq!(Order::new(&[]).ranking(&[], |_| 1), None);
    }

    #[test]
    fn the_riskiest_are_cut_by_share_and_groups_in_part() {
        let numbers: Vec<f64> = (0..20).map(|at| f64::from(20 - at)).collect();
        let mut bad = [false; 20];
        (bad[0], bad[3], bad[10], bad[15]) = (true, true, true, true);
        assert_eq!(ranking(&numbers, &bad).recall, [0.25, 0.5]);
        // Nobody is riskier: a list of a tenth finds a tenth.
        let all_equal = ranking(&[5.0; 20], &bad).recall;
        assert!((all_equal[0] - 0.1).abs() < 1e-12 && (all_equal[1] - 0.2).abs() < 1e-12);
    }

    #[test]
    fn a_weight_is_as_many_equal_changes() {
        let (numbers, bad) = ([3.0, 2.0, 2.0, 1.0], [true, false, true, false]);
        let weighted = Order::new(&numbers).ranking(&bad, |row| [2, 0, 1, 3][row as usize]);
        let repeated = Order::new(&[3.0, 3.0, 2.0, 1.0, 1.0, 1.0]);
        assert_eq!(weighted, repeated.ranking(&[true, true, true, false, false, false], |_| 1));
    }

    #[test]
    fn the_curve_of_gains_goes_from_nothing_to_all() {
        let order = Order::new(&[4.0, 3.0, 2.0, 1.0]);
        let curve = order.gains(&[true, false, true, false], 4);
        assert_eq!(curve, [(0.0, 0.0), (0.25, 0.5), (0.5, 0.5), (0.75, 1.0), (1.0, 1.0)]);
        assert_eq!(Order::new(&[1.0; 4]).gains(&[true; 4], 4), [(0.0, 0.0), (1.0, 1.0)]);
        let many: Vec<f64> = (0..10_000).map(f64::from).collect();
        assert!(Order::new(&many).gains(&vec![true; 10_000], 100).len() <= 101);
    }
}

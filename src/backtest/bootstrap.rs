//! How sure a figure is: 95% intervals from resamples of the changes, the same on every run and number of threads.
//!
//! Each resample draws as many changes as there are, with replacement, from a generator that starts at the number of the
//! resample, and every ranking is measured on the same draw, so that two of them can be compared draw by draw. The
//! interval is that of the middle 95% of the resamples (percentile bootstrap; Efron and Tibshirani 1993, chapter 13). It
//! speaks of changes like these, not of other repositories.

use super::statistics::{LOOKED_AT, Order, Ranking};
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

/// How many resamples are drawn.
pub(crate) const RESAMPLES: usize = 1_000;

/// A measured value and the interval that holds it in 95 of 100 cases.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Figure {
    pub(crate) value: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// A [`Ranking`] with intervals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Figures {
    pub(crate) auc: Figure,
    /// Of the riskiest tenth.
    pub(crate) recall_10: Figure,
    /// Of the riskiest fifth.
    pub(crate) recall_20: Figure,
    /// How often the riskiest tenth is bad, by how often all are.
    pub(crate) lift_10: Figure,
    /// The same of the riskiest fifth.
    pub(crate) lift_20: Figure,
}

/// Several rankings of the same changes.
#[derive(Debug)]
pub(crate) struct Measured {
    /// In the order of the rankings asked about.
    pub(crate) figures: Vec<Figures>,
    /// The first ranking's AUC less that of the second.
    pub(crate) gain: Option<Figure>,
    /// The share of the resamples in which the first is better than the second.
    pub(crate) better: f64,
}

/// Measures rankings of the same changes; `None` where all are bad or none is.
pub(crate) fn measure(orders: &[Order], bad: &[bool]) -> Option<Measured> {
    let values: Vec<Ranking> = orders.iter().map(|order| order.ranking(bad, |_| 1)).collect::<Option<_>>()?;
    let draws: Vec<Vec<Ranking>> = (0..RESAMPLES)
        .into_par_iter()
        .filter_map(|number| {
            let drawn = draw(number, bad.len());
            orders.iter().map(|order| order.ranking(bad, |row| drawn[row as usize])).collect::<Option<Vec<_>>>()
        })
        .collect();
    let of = |at: usize| figures(values[at], &draws.iter().map(|draw| draw[at]).collect::<Vec<_>>());
    let pair = values.get(..2).map(|values| {
        let gains: Vec<f64> = draws.iter().map(|draw| draw[0].auc - draw[1].auc).collect();
        let better = gains.iter().filter(|&&gain| gain > 0.0).count() as f64 / gains.len().max(1) as f64;
        (figure(values[0].auc - values[1].auc, gains), better)
    });
    Some(Measured {
        figures: (0..orders.len()).map(of).collect(),
        gain: pair.map(|(gain, _)| gain),
        better: pair.map_or(0.0, |(_, better)| better),
    })
}

/// What chance alone would show of so many changes: as if they were ranked by a coin, each time anew.
pub(crate) fn coin(changes: usize, bad: usize) -> Option<Figures> {
    if bad == 0 || bad >= changes {
        return None;
    }
    let draws: Vec<Ranking> =
        (0..RESAMPLES).into_par_iter().map(|number| chance(&mut Random::new(number), changes, bad)).collect();
    Some(figures(Ranking { auc: 0.5, recall: LOOKED_AT }, &draws))
}

/// A random order, by the places of the bad changes alone.
fn chance(random: &mut Random, changes: usize, bad: usize) -> Ranking {
    // Floyd's way to draw places without replacement.
    let mut places = std::collections::BTreeSet::new();
    for last in changes - bad..changes {
        let place = random.below(last + 1);
        if !places.insert(place) {
            places.insert(last);
        }
    }
    let good = (changes - bad) as f64;
    let above: usize = places.iter().enumerate().map(|(before, place)| place - before).sum();
    let recall = LOOKED_AT.map(|share| {
        let limit = changes - (share * changes as f64).round() as usize;
        places.range(limit..).count() as f64 / bad as f64
    });
    Ranking { auc: above as f64 / (bad as f64 * good), recall }
}

fn figures(value: Ranking, draws: &[Ranking]) -> Figures {
    let recall = |at: usize| figure(value.recall[at], draws.iter().map(|draw| draw.recall[at]).collect());
    let lift = |at: usize, recall: Figure| {
        let by = |value: f64| value / LOOKED_AT[at];
        Figure { value: by(recall.value), low: by(recall.low), high: by(recall.high) }
    };
    let (tenth, fifth) = (recall(0), recall(1));
    Figures {
        auc: figure(value.auc, draws.iter().map(|draw| draw.auc).collect()),
        recall_10: tenth,
        recall_20: fifth,
        lift_10: lift(0, tenth),
        lift_20: lift(1, fifth),
    }
}

/// A value with the middle 95% of what the resamples say.
fn figure(value: f64, mut draws: Vec<f64>) -> Figure {
    draws.sort_by(f64::total_cmp);
    let at = |share: f64| match draws.len() {
        0 => value,
        count => draws[((count - 1) as f64 * share).round() as usize],
    };
    Figure { value, low: at(0.025), high: at(0.975) }
}

/// How often each of `count` changes is drawn.
fn draw(number: usize, count: usize) -> Vec<u32> {
    let mut random = Random::new(number);
    let mut drawn = vec![0; count];
    for _ in 0..count {
        drawn[random.below(count)] += 1;
    }
    drawn
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers everywhere and forever, which no library promises.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(number: usize) -> Self {
        Self((number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5eed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; the bias is less than 2^-32 for any number of changes that fits in memory.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        ((u128::from(self.next()) * limit as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> (Vec<f64>, Vec<bool>) {
        let mut random = Random::new(7);
        let bad: Vec<bool> = (0..2_000).map(|_| random.below(10) == 0).collect();
        let numbers = bad.iter().map(|&bad| random.below(100) as f64 + if bad { 25.0 } else { 0.0 }).collect();
        (numbers, bad)
    }

    #[test]
    fn the_generator_is_the_published_one() {
        // The reference implementation's first numbers from the state 1234567.
        let mut random = Random(1_234_567);
        assert_eq!([random.next(), random.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn every_run_and_any_number_of_threads_give_the_same() {
        let (numbers, bad) = sample();
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be made");
            pool.install(|| {
                let measured = measure(&[Order::new(&numbers)], &bad).expect("there are both");
                (measured.figures, coin(numbers.len(), 200))
            })
        };
        assert_eq!(run(1), run(1));
        assert_eq!(run(1), run(4));
    }

    #[test]
    fn the_interval_is_as_wide_as_theory_says() {
        let (numbers, bad) = sample();
        let auc = measure(&[Order::new(&numbers)], &bad).expect("there are both").figures[0].auc;
        assert!(auc.low < auc.value && auc.value < auc.high);
        // Hanley and McNeil 1982 for this AUC and these numbers of changes.
        let (a, p) = (auc.value, bad.iter().filter(|&&bad| bad).count() as f64);
        let n = bad.len() as f64 - p;
        let (q1, q2) = (a / (2.0 - a), 2.0 * a * a / (1.0 + a));
        let error = ((a * (1.0 - a) + (p - 1.0) * (q1 - a * a) + (n - 1.0) * (q2 - a * a)) / (p * n)).sqrt();
        let ratio = (auc.high - auc.low) / (2.0 * 1.96 * error);
        assert!((0.8..1.2).contains(&ratio), "{ratio}");
    }

    #[test]
    fn a_coin_finds_what_chance_finds() {
        let coin = coin(5_000, 100).expect("there are both");
        assert_eq!((coin.auc.value, coin.recall_20.value, coin.lift_10.value), (0.5, 0.2, 1.0));
        // The standard error of a rank sum: sqrt((n + m + 1) / (12 n m)).
        let error = (5_001.0_f64 / (12.0 * 100.0 * 4_900.0)).sqrt();
        let ratio = (coin.auc.high - coin.auc.low) / (2.0 * 1.96 * error);
        assert!((0.85..1.15).contains(&ratio), "{ratio}");
        assert_eq!(super::coin(10, 0), None);
    }

    #[test]
    fn two_rankings_are_compared_draw_by_draw() {
        let (numbers, bad) = sample();
        let noise: Vec<f64> = (0..bad.len()).map(|at| (at * 7919 % 101) as f64).collect();
        let orders = [Order::new(&numbers), Order::new(&noise)];
        let measured = measure(&orders, &bad).expect("there are both");
        assert!(measured.gain.expect("there are two").low > 0.0 && measured.better == 1.0);
        let same = measure(&[Order::new(&numbers), Order::new(&numbers)], &bad).expect("there are both");
        assert_eq!(same.gain.map(|gain| (gain.value, gain.low, gain.high)), Some((0.0, 0.0, 0.0)));
    }
}

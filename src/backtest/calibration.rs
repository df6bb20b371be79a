//! What a score means here: how often changes of each band of scores went wrong, by how often all did.

use schemars::JsonSchema;
use serde::Serialize;

/// Where bands begin; the last one ends at 100.
const STARTS: [f64; 6] = [0.0, 20.0, 35.0, 50.0, 65.0, 80.0];

/// The changes of one band of scores.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Band {
    /// The lowest score of the band.
    pub(crate) from: f64,
    /// Scores of the band are lower; in the last band, as high at most.
    pub(crate) to: f64,
    pub(crate) changes: usize,
    /// How many of them went wrong.
    pub(crate) bad: usize,
    /// The share of all changes that are in this band.
    pub(crate) share: f64,
    /// How often its changes went wrong, by how often all did; `None` where the band is empty or nothing went wrong.
    pub(crate) times_usual: Option<f64>,
}

/// Sorts changes into bands, the lowest first.
pub(crate) fn bands(scores: &[f64], bad: &[bool]) -> Vec<Band> {
    let usual = bad.iter().filter(|&&bad| bad).count() as f64 / bad.len().max(1) as f64;
    let band = |at: usize| {
        let (from, next) = (STARTS[at], STARTS.get(at + 1));
        let is_in = |score: f64| score >= from && next.is_none_or(|&next| score < next);
        let of_band: Vec<bool> =
            scores.iter().zip(bad).filter(|(score, _)| is_in(**score)).map(|(_, &bad)| bad).collect();
        let (changes, bad) = (of_band.len(), of_band.iter().filter(|&&bad| bad).count());
        Band {
            from,
            to: next.copied().unwrap_or(100.0),
            changes,
            bad,
            share: changes as f64 / scores.len().max(1) as f64,
            times_usual: (changes > 0 && usual > 0.0).then(|| bad as f64 / changes as f64 / usual),
        }
    };
    (0..STARTS.len()).map(band).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_is_in_one_band() {
        let scores = [0.0, 19.9, 20.0, 50.0, 79.9, 80.0, 100.0, 100.0];
        let bad = [false, false, false, false, true, false, true, true];
        let bands = bands(&scores, &bad);
        assert_eq!(bands.iter().map(|band| band.changes).collect::<Vec<_>>(), [2, 1, 0, 1, 1, 3]);
        assert_eq!(bands.iter().map(|band| band.bad).collect::<Vec<_>>(), [0, 0, 0, 0, 1, 2]);
        assert_eq!((bands[0].from, bands[0].to, bands[5].to), (0.0, 20.0, 100.0));
        assert_eq!((bands[0].times_usual, bands[2].times_usual), (Some(0.0), None));
        let top = bands[5].times_usual.expect("the band has changes");
        assert!((top - (2.0 / 3.0) / (3.0 / 8.0)).abs() < 1e-12 && (bands[5].share - 3.0 / 8.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_is_no_rate() {
        assert!(bands(&[], &[]).iter().all(|band| band.changes == 0 && band.times_usual.is_none()));
        assert!(bands(&[10.0], &[false])[0].times_usual.is_none());
    }
}

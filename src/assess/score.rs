//! The score of a change: features in, points for each signal out. Pure; a scan and the backtest share it.
//!
//! `50 + sum(weight * (value - typical))`, held between 0 and 100: monotone in every signal, and each point belongs to
//! one. What is not known has no points.

use crate::history::shape::Shape;
use crate::history::{FileMeasures, Measures};
use crate::rules::score::ScoreRules;
use crate::terms::{SignalId, SignalPart, Trouble};

/// The score of the typical change.
const MIDDLE: f64 = 50.0;

/// The value of one signal, on the scale that its weight is for; `None` where it is not known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Feature {
    pub(crate) id: SignalId,
    pub(crate) value: Option<f64>,
}

/// Points by signal, in the order of the rules.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Score {
    pub(crate) points: Vec<(SignalId, f64)>,
    /// The sum over all of them.
    all: f64,
    estimates: Estimates,
}

/// How likely each kind of trouble is: sums over the signals that were measured, each with the weights for that trouble.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Estimates {
    undone: Estimate,
    follow_up: Estimate,
    either: Estimate,
}

/// A sum of points.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Estimate(f64);

impl Estimates {
    pub(crate) fn of(&self, trouble: Trouble) -> Estimate {
        match trouble {
            Trouble::Undone => self.undone,
            Trouble::FollowUp => self.follow_up,
            Trouble::Either => self.either,
        }
    }
}

impl Estimate {
    /// What changes are put into an order by: without bounds, so that the highest differ too.
    pub(crate) fn rank(self) -> f64 {
        self.0
    }

    /// 0-100; 50 is the typical change.
    pub(crate) fn score(self) -> f64 {
        (MIDDLE + self.0).clamp(0.0, 100.0)
    }
}

/// What the diff and the history say of a change: every signal but those that take an analysis of its code. Without
/// measures, what history would say is not known.
pub(crate) fn features(shape: &Shape, measures: Option<&Measures>) -> Vec<Feature> {
    let log = |number: f64| Some(number.ln_1p());
    let known = |pick: fn(&Measures) -> f64| measures.map(pick);
    let yes = |holds: bool| if holds { 1.0 } else { 0.0 };
    let lines = f64::from(shape.added() + shape.deleted());
    let words = shape.words.as_ref();
    let dependencies = match shape.dependencies.is_empty() {
        true => words.map(|words| yes(words.dependencies.is_some())),
        false => Some(1.0),
    };
    let values = [
        (SignalId::AddedLines, log(f64::from(shape.added()))),
        (SignalId::DeletedLines, log(f64::from(shape.deleted()))),
        (SignalId::Files, log(shape.files.len() as f64)),
        (SignalId::Conditionals, log(f64::from(shape.conditionals()))),
        (SignalId::Expertise, known(|measures| measures.expertise)),
        (SignalId::Authors, known(|measures| measures.authors)),
        (SignalId::Reverts, known(|measures| measures.reverts)),
        (SignalId::Recent, known(|measures| measures.recent)),
        (SignalId::Fixes, known(|measures| measures.fixes)),
        (SignalId::Config, Some(yes(!shape.config.is_empty()))),
        (SignalId::Ui, Some(shape.share(|file| file.is_ui))),
        (SignalId::Core, Some(shape.share(|file| file.is_core))),
        (SignalId::Fix, shape.is_fix.map(yes)),
        (SignalId::UndoneHere, known(|measures| measures.undone)),
        (SignalId::Dependencies, dependencies),
        (SignalId::Stopgap, words.map(|words| yes(words.stopgap.is_some()))),
        (SignalId::Ownership, measures.and_then(|measures| mean(&measures.files, owned))),
        (SignalId::Churn, measures.and_then(|measures| mean(&measures.files, |file| log(f64::from(file.changes))))),
        (SignalId::Entropy, Some(shape.entropy())),
        (SignalId::Folders, log(shape.folders().len() as f64)),
        (SignalId::Tests, (lines > 0.0).then(|| f64::from(shape.test_lines) / lines)),
    ];
    values.map(|(id, value)| Feature { id, value }).into()
}

/// The share of the person who changed a file most; `None` for a file without earlier changes by people.
fn owned(file: &FileMeasures) -> Option<f64> {
    let &(_, most) = file.top.first()?;
    Some(f64::from(most) / f64::from(file.changes.max(most)))
}

/// The mean over the files that have such a number.
pub(super) fn mean(files: &[FileMeasures], number: impl Fn(&FileMeasures) -> Option<f64>) -> Option<f64> {
    let numbers: Vec<f64> = files.iter().filter_map(number).collect();
    (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64)
}

impl ScoreRules {
    /// The points of these features; a signal that is not among them is not known.
    pub(crate) fn score(&self, features: &[Feature]) -> Score {
        let value = |id| features.iter().find(|feature| feature.id == id).and_then(|feature| feature.value);
        let mut score = Score { points: Vec::new(), all: 0.0, estimates: Estimates::default() };
        for signal in &self.signals {
            let points = signal.points(value(signal.id));
            score.points.push((signal.id, points));
            score.all += points;
            // A user's weight for something that is only shown is a judgement of theirs.
            if signal.part == SignalPart::Likelihood {
                let deviation = signal.deviation(value(signal.id));
                let Estimates { undone, follow_up, either } = &mut score.estimates;
                undone.0 += signal.weight_of(Trouble::Undone) * deviation;
                follow_up.0 += signal.weight_of(Trouble::FollowUp) * deviation;
                either.0 += points;
            }
        }
        score
    }
}

impl Score {
    /// 0-100.
    pub(crate) fn total(&self) -> f64 {
        (MIDDLE + self.all).clamp(0.0, 100.0)
    }

    /// How likely each kind of trouble is, whatever is hit.
    pub(crate) fn estimates(&self) -> Estimates {
        self.estimates
    }

    /// 0-100: the score of the measured signals alone.
    pub(crate) fn likelihood(&self) -> f64 {
        self.estimates.either.score()
    }

    /// The points as whole numbers that add up to the score before it is held within its bounds.
    ///
    /// What is rounded away goes to those that lost most of it; equals in the order of the rules.
    pub(crate) fn whole_points(&self) -> Vec<(SignalId, i32)> {
        let floors: Vec<f64> = self.points.iter().map(|(_, points)| points.floor()).collect();
        let missing = (self.all.round() - floors.iter().sum::<f64>()).max(0.0) as usize;
        let mut order: Vec<usize> = (0..self.points.len()).collect();
        let rest = |at: usize| self.points[at].1 - floors[at];
        order.sort_by(|&a, &b| rest(b).total_cmp(&rest(a)).then(a.cmp(&b)));
        let raised = &order[..missing.min(order.len())];
        let whole = |at: usize| floors[at] as i32 + i32::from(raised.contains(&at));
        self.points.iter().enumerate().map(|(at, (id, _))| (*id, whole(at))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rules() -> ScoreRules {
        ScoreRules::builtin().expect("rules/score.yaml is valid")
    }

    fn any_features() -> impl Strategy<Value = Vec<Feature>> {
        let value = prop_oneof![Just(None), (-1.0..12.0).prop_map(Some), (0.0..1.0).prop_map(Some)];
        proptest::collection::vec(value, SignalId::ALL.len())
            .prop_map(|values| SignalId::ALL.into_iter().zip(values).map(|(id, value)| Feature { id, value }).collect())
    }

    proptest! {
        #[test]
        fn the_score_is_monotone_in_every_signal(features in any_features(), at in 0..SignalId::ALL.len(), more in 0.0..5.0) {
            let rules = rules();
            let mut raised = features.clone();
            raised[at].value = raised[at].value.map(|value| value + more);
            let (before, after) = (rules.score(&features), rules.score(&raised));
            let signal = rules.signal(SignalId::ALL[at]);
            let is_right = |weight: f64, before: f64, after: f64| if weight < 0.0 { after <= before } else { after >= before };
            prop_assert!(is_right(signal.weight, before.total(), after.total()));
            for trouble in Trouble::ALL {
                let (before, after) = (before.estimates().of(trouble), after.estimates().of(trouble));
                let weight = signal.weight_of(trouble);
                prop_assert!(is_right(weight, before.rank(), after.rank()) && is_right(weight, before.score(), after.score()));
            }
        }

        #[test]
        fn a_signal_that_is_not_known_has_no_points(features in any_features(), at in 0..SignalId::ALL.len()) {
            let mut unknown = features.clone();
            unknown[at].value = None;
            let points = rules().score(&unknown).points;
            let id = SignalId::ALL[at];
            prop_assert_eq!(points.iter().find(|(other, _)| *other == id).map(|(_, points)| *points), Some(0.0));
        }

        #[test]
        fn whole_points_add_up(features in any_features()) {
            let score = rules().score(&features);
            let sum: i32 = score.whole_points().iter().map(|(_, points)| points).sum();
            prop_assert_eq!((50 + sum).clamp(0, 100), score.total().round() as i32);
            for ((_, exact), (_, whole)) in score.points.iter().zip(score.whole_points()) {
                prop_assert!((exact - f64::from(whole)).abs() <= 1.0);
            }
        }
    }

    #[test]
    fn a_change_about_which_nothing_is_known_is_in_the_middle() {
        let score = rules().score(&[]);
        assert_eq!((score.total(), score.likelihood()), (50.0, 50.0));
    }

    #[test]
    fn each_kind_of_trouble_has_an_estimate_of_its_own() {
        let rules = rules();
        let of = |id, value| rules.score(&[Feature { id, value: Some(value) }]).estimates();
        let stranger = of(SignalId::Expertise, 0.0);
        assert!(stranger.of(Trouble::Undone).rank() > 5.0 && stranger.of(Trouble::FollowUp).rank() == 0.0);
        let fix = of(SignalId::Fix, 1.0);
        assert!(fix.of(Trouble::Undone).rank() < 0.0 && fix.of(Trouble::FollowUp).rank() > 0.0);
        let judged = of(SignalId::Area, 3.0);
        assert_eq!(judged, Estimates::default(), "what was not measured is no part of an estimate");
    }

    #[test]
    fn without_history_only_the_diff_counts() {
        let shape = Shape::default();
        let without = features(&shape, None);
        let unknown: Vec<SignalId> =
            without.iter().filter(|feature| feature.value.is_none()).map(|feature| feature.id).collect();
        use SignalId::{
            Authors, Churn, Dependencies, Expertise, Fix, Fixes, Ownership, Recent, Reverts, Stopgap, Tests, UndoneHere,
        };
        assert_eq!(
            unknown,
            [
                Expertise,
                Authors,
                Reverts,
                Recent,
                Fixes,
                Fix,
                UndoneHere,
                Dependencies,
                Stopgap,
                Ownership,
                Churn,
                Tests
            ]
        );
    }
}

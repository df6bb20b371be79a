//! Learned weights as a rule pack that a person can read, change and delete.

use super::fit::Trial;
use super::{Fitted, SignalWorth};
use std::fmt::Write;

/// The first line, by which a file is known to be ours to write again.
pub(crate) const FIRST_LINE: &str =
    "# Weights of the risk score for this repository, learned by `preflag backtest --fit`.";

/// The text of the pack. `period` says when the changes landed that it rests on.
pub(crate) fn text(fitted: &Fitted, trial: &Trial, signals: &[SignalWorth], period: &str) -> String {
    let mut text = format!(
        "{FIRST_LINE}\n\
         #\n\
         # Learned from the {} older ones of this repository's own changes ({period}), {} of them {}; tested on the {} newer\n\
         # ones: AUC {:.3} instead of {:.3} with the built-in weights (gain {:.3}, 95% interval {:.3} to {:.3}).\n\
         # Points for one unit of each signal; see `rules/score.yaml` of preflag for what they mean. Delete this file to go back.\n\
         weights:\n",
        trial.learned,
        trial.bad_learned,
        fitted.label.words(),
        trial.tested,
        trial.fitted.value,
        trial.default.value,
        trial.gain.value,
        trial.gain.low,
        trial.gain.high,
    );
    // Infallible: writing to a String.
    for ((id, weight), default) in fitted.signals.iter().zip(&trial.weights).zip(&fitted.default) {
        let line = format!("  {id}: {:.2}", plain_zero(*weight));
        let _ = writeln!(text, "{line:<24}# built in: {default}");
    }
    text.push_str("# What is typical here: points are measured from these numbers.\ntypical:\n");
    for signal in signals {
        if let Some(here) = signal.typical_here {
            let line = format!("  {}: {:.2}", signal.id, plain_zero(here));
            let _ = writeln!(text, "{line:<24}# built in: {}", signal.typical);
        }
    }
    text
}

/// `-0.0` looks like a mistake.
fn plain_zero(number: f64) -> f64 {
    if number.abs() < 0.005 { 0.0 } else { number }
}

//! How likely trouble is: the score of a change with everything that a person wants to know about it.
//!
//! A change without code has no score. The score never decides whether a scan fails.

use super::Assessment;
use super::impact::Impact;
use super::levers::Scored;
use super::past::Past;
use super::score::{Feature, Score, features, mean};
use super::told::{Told, value};
use crate::evidence::Evidence;
use crate::history::Reach;
use crate::history::shape::Shape;
use crate::report;
use crate::rules::RuleSet;
use crate::rules::score::{ScoreRules, SignalRule};
use crate::terms::{SignalId, Trouble};

/// Signals that history alone tells, and that count.
const OF_HISTORY: [SignalId; 6] = [
    SignalId::Expertise,
    SignalId::Authors,
    SignalId::Reverts,
    SignalId::Recent,
    SignalId::Fixes,
    SignalId::UndoneHere,
];

/// Being undone so much more often than usual wants a reason.
const OFTEN: f64 = 1.5;

/// A lower score needs no lowering.
const LEVERS_FROM: f64 = 50.0;

/// What history has to say, or why it has nothing to say: a clause.
pub(crate) type Known<'p> = Result<Past<'p>, String>;

/// The score for the report, and what it is made of.
pub(crate) struct Risk {
    pub(crate) score: report::Score,
    /// Strongest first.
    pub(crate) signals: Vec<report::Signal>,
}

/// Judges how likely trouble is; `None` where no code changes. `flag` is the flag that is recommended.
pub(crate) fn risk(
    evidence: &Evidence<'_>,
    assessment: &Assessment,
    shape: &Shape,
    past: &Known<'_>,
    flag: Option<&str>,
    rules: &RuleSet,
) -> Option<Risk> {
    if shape.files.is_empty() {
        return None;
    }
    let impact = Impact::of(evidence, assessment, shape, rules);
    let why_unknown = past.as_ref().err().map_or("", String::as_str);
    let past = past.as_ref().ok();
    let measures = past.map(|past| past.measures(shape, &[]));
    let measures = measures.as_ref();
    let told = Told { changes: evidence.changes, shape, impact: &impact, past, measures, why_unknown };
    let mut features = features(shape, measures);
    features.extend(impact.features(rules.score.signal(SignalId::BlastRadius).typical));
    let age = measures.and_then(|measures| mean(&measures.files, |file| told.days_since(file)?.ln_1p().into()));
    features.push(Feature { id: SignalId::Age, value: age });
    // Nobody is an expert of nothing: that is not known, and no reason for points.
    if past.is_some_and(|past| !past.people.is_known) {
        features
            .iter_mut()
            .filter(|feature| feature.id == SignalId::Expertise)
            .for_each(|feature| feature.value = None);
    }
    let score = rules.score.score(&features);
    let scored = Scored { rules: &rules.score, shape, past, measures, features: &features, flag };
    let signals = signals(&score, &features, &told, &rules.score);
    let (rates, text) = rate(&score, &signals, &features, &rules.score, past, why_unknown);
    let text = match past {
        Some(past) => with_end(&text, &past.history.reach),
        None => text,
    };
    Some(Risk {
        score: report::Score {
            total: score.total().round() as u8,
            likelihood: score.likelihood().round() as u8,
            rate: rates.as_ref().map(|rates| rates.either),
            undone_rate: rates.as_ref().map(|rates| rates.undone),
            follow_up_rate: rates.map(|rates| rates.follow_up),
            text,
            percentile: past.and_then(|past| past.recent?.percentile(&score)),
            levers: if score.total() >= LEVERS_FROM { scored.levers() } else { Vec::new() },
            reviewers: scored.reviewers(),
            overridden_by: rules.score.overridden_by.clone(),
        },
        signals,
    })
}

/// How often there was trouble with such changes, as multiples of the usual rates.
struct Rates {
    follow_up: f64,
    undone: f64,
    either: f64,
}

/// How often changes of this score gave trouble, and the sentence that says so or why nobody can.
fn rate(
    score: &Score,
    signals: &[report::Signal],
    features: &[Feature],
    rules: &ScoreRules,
    past: Option<&Past<'_>>,
    why_unknown: &str,
) -> (Option<Rates>, String) {
    let is_unknown = |id: &SignalId| features.iter().any(|feature| feature.id == *id && feature.value.is_none());
    if past.is_none() {
        return (None, format!("Only the change itself counts: {why_unknown}."));
    }
    if OF_HISTORY.iter().any(is_unknown) {
        return (None, "A part of what counts is not known, so it cannot be compared.".to_owned());
    }
    if !rules.overridden_by.is_empty() {
        let from = rules.overridden_by.join(", ");
        return (
            None,
            format!("By the weights of {from}; how often such changes give trouble is for the backtest to say."),
        );
    }
    let of = |trouble| rules.bands.rate(trouble, score.estimates().of(trouble).score());
    let rates = (of(Trouble::FollowUp), of(Trouble::Undone), of(Trouble::Either));
    let (Some(follow_up), Some(undone), Some(either)) = rates else { return (None, String::new()) };
    let impact = score.total().round() as i32 - score.likelihood().round() as i32;
    let rest = match impact {
        -2..=2 => String::new(),
        more if more > 0 => format!(" What it hits adds {more} points."),
        less => format!(" What it hits takes {} points away.", less.abs()),
    };
    let often = how_often(follow_up, undone);
    let source = &rules.bands.source;
    let why = if undone >= OFTEN { why_undone(signals) } else { String::new() };
    (Some(Rates { follow_up, undone, either }), format!("Changes like this one {often} {source}.{why}{rest}"))
}

/// "needed a fix soon 1.4 times as often as usual, and were undone about as often".
fn how_often(follow_up: f64, undone: f64) -> String {
    let is_usual = |rate: &f64| (0.85..1.15).contains(rate);
    match (is_usual(&follow_up), is_usual(&undone)) {
        (true, true) => "needed a fix soon, or were undone, about as often as usual".to_owned(),
        (true, false) => format!("needed a fix soon about as often as usual, and were undone {undone} times as often,"),
        (false, true) => {
            format!("needed a fix soon {follow_up} times as often as usual, and were undone about as often as usual")
        }
        (false, false) => {
            format!("needed a fix soon {follow_up} times and were undone {undone} times as often as usual")
        }
    }
}

/// What most speaks for being undone, in a sentence: the points that are listed are those of the score.
fn why_undone(signals: &[report::Signal]) -> String {
    let Some(most) = signals.iter().max_by_key(|signal| signal.undone_points) else { return String::new() };
    let mut letters = most.explanation.chars();
    let begin = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    format!(" What most speaks for being undone: {begin}{}", letters.as_str())
}

/// Every signal for the report: those with points first, most first, the others in the order of the rules.
fn signals(score: &Score, features: &[Feature], told: &Told<'_>, rules: &ScoreRules) -> Vec<report::Signal> {
    let whole = score.whole_points();
    let points = |id: SignalId| whole.iter().find(|(other, _)| *other == id).map_or(0, |(_, points)| *points);
    let mut signals: Vec<report::Signal> = rules
        .signals
        .iter()
        .map(|signal| {
            let value = features.iter().find(|feature| feature.id == signal.id).and_then(|feature| feature.value);
            let estimate = |trouble| (signal.weight_of(trouble) * signal.deviation(value)).round() as i32;
            report::Signal {
                points: points(signal.id),
                undone_points: estimate(Trouble::Undone),
                follow_up_points: estimate(Trouble::FollowUp),
                ..told_of(signal, value.map(|value| signal.scale.number(value)), told)
            }
        })
        .collect();
    signals.sort_by_key(|signal| std::cmp::Reverse(signal.points.abs()));
    signals
}

/// The signal without its points.
fn told_of(signal: &SignalRule, number: Option<f64>, told: &Told<'_>) -> report::Signal {
    report::Signal {
        id: signal.id.to_string(),
        name: signal.name.clone(),
        value: number.map_or_else(|| "unknown".to_owned(), |number| value(signal, number)),
        // As many digits as say something, and the same on every machine.
        number: number.map(|number| (number * 10_000.0).round() / 10_000.0),
        unit: signal.unit.clone(),
        points: 0,
        undone_points: 0,
        follow_up_points: 0,
        part: signal.part,
        known: number.is_some(),
        explanation: told.sentence(signal, number),
        definition: signal.definition.clone(),
        source: signal.source.clone(),
        evidence: if number.is_some() { told.evidence(signal.id) } else { Vec::new() },
    }
}

/// What a score says, and where the history that it rests on ends before its beginning.
fn with_end(text: &str, reach: &Reach) -> String {
    let ends = reach.ends().unwrap_or_default();
    [text, &ends].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Why a history says nothing; `None` where it does. What it does not reach is said beside it.
pub(crate) fn why_unknown(reach: &Reach, is_empty: bool) -> Option<String> {
    match reach {
        Reach::Shallow => {
            let mend = reach.mend().map(|command| format!("; `{command}` brings the rest")).unwrap_or_default();
            Some(format!("this clone is shallow, so its history is not known{mend}"))
        }
        Reach::Whole | Reach::Limit { .. } => is_empty.then(|| "there is no history before this change".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn being_undone_has_a_reason() {
        let signal = |explanation: &str, undone_points| report::Signal {
            id: String::new(),
            name: String::new(),
            value: String::new(),
            number: None,
            unit: String::new(),
            points: 0,
            undone_points,
            follow_up_points: 0,
            part: crate::terms::SignalPart::Likelihood,
            known: true,
            explanation: explanation.to_owned(),
            definition: String::new(),
            source: String::new(),
            evidence: Vec::new(),
        };
        let signals = [signal("Adds 2 lines.", -3), signal("An earlier change here was undone.", 9)];
        assert_eq!(why_undone(&signals), " What most speaks for being undone: an earlier change here was undone.");
    }

    #[test]
    fn rates_are_said_in_one_sentence() {
        assert_eq!(how_often(1.1, 0.9), "needed a fix soon, or were undone, about as often as usual");
        assert_eq!(how_often(1.3, 0.45), "needed a fix soon 1.3 times and were undone 0.45 times as often as usual");
        assert!(how_often(1.0, 1.7).ends_with("and were undone 1.7 times as often,"));
        assert!(
            how_often(2.6, 1.1).starts_with("needed a fix soon 2.6 times as often as usual, and were undone about")
        );
    }

    #[test]
    fn a_history_that_is_cut_says_so() {
        let cut = Reach::Limit { commits: 20_000 };
        let ends = "History is read 20000 commits back along first parents; nothing older counts.";
        assert_eq!(with_end("As usual.", &cut), format!("As usual. {ends}"));
        assert_eq!(with_end("", &cut), ends);
        assert_eq!(with_end("As usual.", &Reach::Whole), "As usual.");
    }
}

//! How well the score would have ranked this repository's own past changes.
//!
//! Every past change is measured with what was known before it ([`replay`]), what became of it is told from git alone
//! ([`labels`]), and the score's order is compared with that by added lines and with chance ([`statistics`],
//! [`bootstrap`], [`calibration`]). [`fit`] tries weights of the repository's own.
//!
//! Only the part of the score that rests on measurements takes part: what the diff and the history say. What takes an
//! analysis of the code (flags, callers, areas) is not replayed. A label is a trace that trouble left in git, not the trouble: what
//! was mended without a word, or never noticed, counts as good.

pub(crate) mod bootstrap;
pub(crate) mod calibration;
pub(crate) mod fit;
pub(crate) mod forge;
pub(crate) mod labels;
mod lines;
pub(crate) mod override_file;
pub(crate) mod replay;
pub(crate) mod statistics;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use crate::calendar::date;
use crate::history::History;
use crate::report::Tool;
use crate::rules::RuleSet;
use crate::rules::score::{ScoreRules, SignalRule};
use crate::terms::{SignalId, SignalPart, Trouble};
use bootstrap::{Figure, Figures};
use calibration::Band;
use fit::{Fit, Lessons};
use forge::Forge;
use replay::{Replay, Row};
use schemars::JsonSchema;
use serde::Serialize;
use statistics::Order;

/// With fewer bad changes, or fewer good ones, a figure would be noise.
pub(crate) const MIN_BAD: usize = 20;

/// How many of the worst misses and false alarms are listed.
const CASES: usize = 5;

/// Points of a curve.
const CURVE: usize = 100;

/// The version of the JSON form.
const SCHEMA_VERSION: u32 = 1;

/// How well the score ranks past changes.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Backtest {
    pub(crate) schema_version: u32,
    pub(crate) tool: Tool,
    pub(crate) line: Line,
    pub(crate) results: Vec<LabelResult>,
    /// What each measured signal is worth by itself.
    pub(crate) signals: Vec<SignalWorth>,
    /// Only where weights were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) fit: Option<Fitted>,
    /// What to know about these figures.
    pub(crate) notices: Vec<String>,
    /// Every measured change, oldest first; only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) changes: Option<Vec<MeasuredChange>>,
}

/// Which changes were measured.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Line {
    /// The newest commit.
    pub(crate) head: String,
    /// The days on which the first and the last measured change landed.
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    /// All changes that the history knows.
    pub(crate) changes: usize,
    /// Changes to source code by people, in the time asked for.
    pub(crate) measured: usize,
    /// In the time asked for, those by bots, those without source code, and those that could not be read.
    pub(crate) by_bots: usize,
    pub(crate) without_code: usize,
    pub(crate) unread: usize,
}

/// How well changes are ranked by what became of them.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct LabelResult {
    pub(crate) label: Trouble,
    /// Changes of which it is known by now.
    pub(crate) changes: usize,
    /// Those that went wrong.
    pub(crate) bad: usize,
    /// The share that went wrong.
    pub(crate) rate: f64,
    /// Absent with fewer than 20 changes that went wrong, or that did not.
    pub(crate) ranking: Option<Rankings>,
    pub(crate) bands: Vec<Band>,
    /// Changes with low scores that went wrong, the lowest first.
    pub(crate) misses: Vec<Case>,
    /// Changes with high scores that did not, the highest first.
    pub(crate) alarms: Vec<Case>,
}

/// The same figures for the estimate of this trouble, for the score, for added lines and for chance.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Rankings {
    /// What is made for this label; of either it is the score.
    pub(crate) estimate: Figures,
    pub(crate) score: Figures,
    pub(crate) added_lines: Figures,
    pub(crate) coin: Figures,
    /// The estimate's AUC less that of added lines, resample by resample.
    pub(crate) gain: Figure,
    /// The share of bad changes found (the second number) after looking at a share of all, the riskiest first.
    pub(crate) curve: Vec<(f64, f64)>,
    pub(crate) added_lines_curve: Vec<(f64, f64)>,
}

/// A change that is worth a look.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Case {
    pub(crate) commit: String,
    pub(crate) date: String,
    pub(crate) subject: String,
    pub(crate) score: f64,
    pub(crate) added_lines: u32,
    /// The change that undid or fixed it.
    pub(crate) shown_by: Option<String>,
    /// Where people can look at it, if its origin is a forge that is known.
    pub(crate) link: Option<String>,
}

/// One signal by itself.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct SignalWorth {
    pub(crate) id: SignalId,
    /// Points for one unit of its value: of the score, and of the estimates.
    pub(crate) weight: f64,
    pub(crate) undone_weight: f64,
    pub(crate) follow_up_weight: f64,
    /// The number from which points are measured, and what is typical here: the mean of its values as a number.
    pub(crate) typical: f64,
    pub(crate) typical_here: Option<f64>,
    /// How well it ranks by itself, for each label, from high numbers to low ones; absent with too few bad changes.
    pub(crate) auc: Vec<Option<f64>>,
}

/// Weights of the repository's own.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Fitted {
    /// What they were learned from.
    pub(crate) label: Trouble,
    pub(crate) signals: Vec<SignalId>,
    /// The default points for one unit of each signal.
    pub(crate) default: Vec<f64>,
    pub(crate) outcome: Fit,
    /// Where they were written.
    pub(crate) written: Option<String>,
}

/// One change as it was measured.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct MeasuredChange {
    pub(crate) commit: String,
    pub(crate) date: String,
    pub(crate) score: f64,
    /// The score without its limits at 0 and 100, from the middle.
    pub(crate) rank: f64,
    /// The same of the estimates.
    pub(crate) undone_rank: f64,
    pub(crate) follow_up_rank: f64,
    pub(crate) added_lines: u32,
    /// Absent while the time in which it could happen is not over.
    pub(crate) undone: Option<bool>,
    pub(crate) follow_up: Option<bool>,
    /// The values of the signals, in their order.
    pub(crate) values: Vec<Option<f64>>,
}

/// What is asked for.
pub(crate) struct Question<'a> {
    pub(crate) history: &'a History,
    pub(crate) rules: &'a RuleSet,
    /// The score as it comes with the program, from which weights are learned.
    pub(crate) built_in: &'a ScoreRules,
    pub(crate) labels: &'a [Trouble],
    pub(crate) forge: Option<&'a Forge>,
    /// List every change.
    pub(crate) changes: bool,
    /// Try weights of the repository's own.
    pub(crate) fit: bool,
}

/// The signals that can be replayed, in the order of the rules.
pub(crate) fn replayed(rules: &ScoreRules) -> Vec<&SignalRule> {
    rules.signals.iter().filter(|signal| signal.part == SignalPart::Likelihood).collect()
}

/// Compares the order of the score with what became of the changes.
pub(crate) fn judge(question: &Question<'_>, replay: &Replay) -> Backtest {
    let history = question.history;
    let rows = &replay.rows;
    let day = |row: Option<&Row>| row.map(|row| date(history.changes[row.at].seconds));
    let results: Vec<LabelResult> = question.labels.iter().map(|&label| question.result(rows, label)).collect();
    Backtest {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: "preflag".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        line: Line {
            head: history.changes.last().map(|change| change.commit.0.clone()).unwrap_or_default(),
            from: day(rows.first()),
            to: day(rows.last()),
            changes: history.changes.len(),
            measured: rows.len(),
            by_bots: replay.bots,
            without_code: replay.no_code,
            unread: replay.unread,
        },
        signals: question.signals(rows),
        fit: question.fit.then(|| question.fitted(rows)),
        notices: question.notices(replay, &results),
        changes: question.changes.then(|| rows.iter().map(|row| question.measured(row)).collect()),
        results,
    }
}

impl Question<'_> {
    fn result(&self, rows: &[Row], label: Trouble) -> LabelResult {
        let (rows, bad) = known(rows, label);
        let scores: Vec<f64> = rows.iter().map(|row| row.estimates.of(label).score()).collect();
        let count = bad.iter().filter(|&&bad| bad).count();
        let ranking = if count.min(bad.len() - count) < MIN_BAD { None } else { rankings(&rows, &bad, label) };
        LabelResult {
            label,
            changes: rows.len(),
            bad: count,
            rate: count as f64 / rows.len().max(1) as f64,
            ranking,
            bands: calibration::bands(&scores, &bad),
            misses: self.cases(&rows, &bad, label, true),
            alarms: self.cases(&rows, &bad, label, false),
        }
    }

    /// The bad changes with the lowest scores, or the good ones with the highest.
    fn cases(&self, rows: &[&Row], bad: &[bool], label: Trouble, misses: bool) -> Vec<Case> {
        let mut cases: Vec<&Row> =
            rows.iter().zip(bad).filter(|(_, bad)| **bad == misses).map(|(row, _)| *row).collect();
        // Of equals, the newest is the easiest to remember.
        cases.sort_by(|a, b| {
            let rank = |row: &Row| row.estimates.of(label).rank();
            let by_rank = rank(a).total_cmp(&rank(b));
            (if misses { by_rank } else { by_rank.reverse() }).then(b.at.cmp(&a.at))
        });
        cases.truncate(CASES);
        cases.into_iter().map(|row| self.case(row, label)).collect()
    }

    fn case(&self, row: &Row, label: Trouble) -> Case {
        let change = &self.history.changes[row.at];
        Case {
            commit: change.commit.0.clone(),
            date: date(change.seconds),
            subject: change.subject.clone(),
            score: row.estimates.of(label).score(),
            added_lines: row.added_lines,
            shown_by: row.fate.shown_by(label).map(|at| self.history.changes[at].commit.0.clone()),
            link: self.forge.map(|forge| forge.commit(&change.commit.0)),
        }
    }

    fn signals(&self, rows: &[Row]) -> Vec<SignalWorth> {
        let worth = |(at, signal): (usize, &SignalRule)| {
            let values: Vec<f64> = rows.iter().filter_map(|row| row.values[at]).collect();
            let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
            let auc = |label: &Trouble| {
                let (rows, bad) = known(rows, *label);
                let count = bad.iter().filter(|&&bad| bad).count();
                let usual = signal.scale.value(signal.typical);
                let order = || Order::new(&rows.iter().map(|row| row.values[at].unwrap_or(usual)).collect::<Vec<_>>());
                let enough = count.min(bad.len() - count) >= MIN_BAD;
                enough.then(|| order().ranking(&bad, |_| 1)).flatten().map(|ranking| ranking.auc)
            };
            SignalWorth {
                id: signal.id,
                weight: signal.weight,
                undone_weight: signal.estimates.undone,
                follow_up_weight: signal.estimates.follow_up,
                typical: signal.typical,
                typical_here: (!values.is_empty()).then(|| signal.scale.number(mean)),
                auc: self.labels.iter().map(auc).collect(),
            }
        };
        replayed(&self.rules.score).into_iter().enumerate().map(worth).collect()
    }

    fn fitted(&self, rows: &[Row]) -> Fitted {
        // What is asked for last is the widest.
        let label = self.labels.last().copied().unwrap_or(Trouble::Either);
        let signals = replayed(self.built_in);
        let (rows, bad) = known(rows, label);
        let default: Vec<f64> = signals.iter().map(|signal| signal.weight).collect();
        let of_row =
            |row: &&Row| signals.iter().zip(&row.values).map(|(signal, value)| signal.deviation(*value)).collect();
        let values: Vec<Vec<f64>> = rows.iter().map(of_row).collect();
        let outcome = fit::fit(&Lessons { values: &values, bad: &bad, default: &default });
        Fitted { label, signals: signals.iter().map(|signal| signal.id).collect(), default, outcome, written: None }
    }

    fn measured(&self, row: &Row) -> MeasuredChange {
        let change = &self.history.changes[row.at];
        MeasuredChange {
            commit: change.commit.0.clone(),
            date: date(change.seconds),
            score: row.estimates.of(Trouble::Either).score(),
            rank: row.estimates.of(Trouble::Either).rank(),
            undone_rank: row.estimates.of(Trouble::Undone).rank(),
            follow_up_rank: row.estimates.of(Trouble::FollowUp).rank(),
            added_lines: row.added_lines,
            undone: row.fate.is(Trouble::Undone),
            follow_up: row.fate.is(Trouble::FollowUp),
            values: row.values.clone(),
        }
    }

    fn notices(&self, replay: &Replay, results: &[LabelResult]) -> Vec<String> {
        let mut notices: Vec<String> = self.history.reach.ends().into_iter().collect();
        if let Some(trouble) = &replay.trouble {
            let count = replay.unread;
            notices.push(format!("{count} changes could not be read and are left out; the first: {trouble}."));
        }
        let few = results.iter().filter(|result| result.ranking.is_none());
        notices.extend(few.map(|result| {
            format!(
                "{}: {} of {} changes. With fewer than {MIN_BAD} of either kind a figure would be noise, so there is none.",
                result.label.words(),
                result.bad,
                result.changes,
            )
        }));
        if !self.rules.score.overridden_by.is_empty() {
            let names = self.rules.score.overridden_by.join(", ");
            notices.push(format!("The score is not the built-in one: weights come from {names}."));
        }
        notices
    }
}

/// The changes of which it is known whether this became of them, and whether it did.
fn known(rows: &[Row], label: Trouble) -> (Vec<&Row>, Vec<bool>) {
    rows.iter().filter_map(|row| Some((row, row.fate.is(label)?))).unzip()
}

fn rankings(rows: &[&Row], bad: &[bool], label: Trouble) -> Option<Rankings> {
    let by = |number: &dyn Fn(&Row) -> f64| Order::new(&rows.iter().map(|row| number(row)).collect::<Vec<_>>());
    let by_estimate = |trouble| by(&|row: &Row| row.estimates.of(trouble).rank());
    let orders = [by_estimate(label), by(&|row| f64::from(row.added_lines)), by_estimate(Trouble::Either)];
    let measured = bootstrap::measure(&orders, bad)?;
    Some(Rankings {
        estimate: measured.figures[0],
        added_lines: measured.figures[1],
        score: measured.figures[2],
        coin: bootstrap::coin(bad.len(), bad.iter().filter(|&&bad| bad).count())?,
        gain: measured.gain?,
        curve: orders[0].gains(bad, CURVE),
        added_lines_curve: orders[1].gains(bad, CURVE),
    })
}

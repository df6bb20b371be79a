//! The whole pipeline: a range in, a report out.

use crate::analyse::analyse;
use crate::assess::past::{Before, Past, subject};
use crate::assess::risk::{self, Risk};
use crate::assess::{Assessment, assess};
use crate::baseline::Baseline;
use crate::candidates;
use crate::checks;
use crate::config::{Config, PolicyConfig, Scope};
use crate::evidence::Evidence;
use crate::git::change::{ChangeSet, CommitId, Content, FileChange};
use crate::history::shape::Shape;
use crate::index::Index;
use crate::policy;
use crate::recommend::{self, Advice};
use crate::report::{Finding, Range, Report, SCHEMA_VERSION, Tool, Verdict, Waiver, WaiverStatus};
use crate::rules::RuleSet;
use crate::terms::{Coverage, Policy, Tier};
use crate::waivers::{self, Claim, Grounds};
use std::collections::BTreeMap;
use std::time::Instant;

/// What a scan needs besides the change: everything read and validated.
pub(crate) struct Settings<'a> {
    pub(crate) rules: &'a RuleSet,
    pub(crate) config: &'a Config,
    pub(crate) policy: PolicyConfig,
    pub(crate) baseline: Option<&'a Baseline>,
    /// What was said in favour of shipping without a flag, and what it is judged by.
    pub(crate) waivers: (&'a [Claim], &'a Grounds<'a>),
    /// What is judged, and the changed files outside it.
    pub(crate) scope: &'a Scope,
    pub(crate) around: &'a [FileChange],
    /// The range as it was asked for or found.
    pub(crate) range_name: String,
    /// Put the time each stage took into the report.
    pub(crate) timings: bool,
    /// Reads what was before the change of some files, or says why that is not known. Asked only where code changes.
    pub(crate) history: &'a dyn Fn(&[&str]) -> Result<Before, String>,
}

/// Analyses the change and judges it. All waivers are in the report, also those of the file that are about other code.
pub(crate) fn report(changes: &ChangeSet, index: &Index, settings: &Settings<'_>) -> Report {
    let mut clock = Clock::start();
    let (evidence, mut notices) = analyse(changes, settings.around, index, settings.rules, settings.config);
    notices.extend(index.notices());
    clock.lap("analyse");
    let mut findings = checks::run(&evidence, settings.rules);
    if let Some(baseline) = settings.baseline {
        baseline.mark(&mut findings);
    }
    let (claims, grounds) = settings.waivers;
    let mut waivers = waivers::judge(claims, &mut findings, grounds);
    if !settings.around.is_empty() {
        waivers.iter_mut().filter(|waiver| waiver.status == WaiverStatus::Unused).for_each(of_another_part);
    }
    notices.extend(waivers::notices(&waivers));
    let assessment = assess(&evidence);
    clock.lap("judge");
    let advice = recommend::advise(&candidates::describe(&evidence, &assessment, &findings, settings.config));
    clock.lap("recommend");
    let risk = judge_risk(&evidence, &assessment, &advice, settings);
    clock.lap("score");
    let (policy, policy_reasons) = policy::decide(settings.policy, &findings, &waivers, evidence.unanalysed);
    let mut reasons = reasons(&evidence, &assessment, &findings, policy_reasons, &advice, settings.rules);
    if changes.files.is_empty() && !settings.around.is_empty() {
        reasons[0] = "No changed file is in the paths that are judged.".to_owned();
    }
    Report {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: "preflag".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        settings: None,
        range: range(changes, settings, &assessment),
        verdict: verdict(&assessment, &advice, risk.as_ref(), policy, reasons),
        flags: evidence.flags,
        findings,
        recommendations: advice.recommendations,
        signals: risk.as_ref().map(|risk| risk.signals.clone()).unwrap_or_default(),
        score: risk.map(|risk| risk.score),
        waivers,
        notices,
        timings_ms: if settings.timings { clock.laps } else { BTreeMap::new() },
    }
}

/// What it is for may be in the files that are not judged here.
fn of_another_part(waiver: &mut Waiver) {
    waiver.why = Some(format!("there is no finding of `{}` in the paths that are judged", waiver.rule));
}

fn verdict(
    assessment: &Assessment,
    advice: &Advice,
    risk: Option<&Risk>,
    policy: Policy,
    reasons: Vec<String>,
) -> Verdict {
    let Assessment { tier, coverage, .. } = *assessment;
    Verdict { tier, coverage, outcome: advice.outcome, score: risk.map(|risk| risk.score.total), policy, reasons }
}

/// How likely trouble is; `None` where no code changes, and then no history is read.
fn judge_risk(
    evidence: &Evidence<'_>,
    assessment: &Assessment,
    advice: &Advice,
    settings: &Settings<'_>,
) -> Option<Risk> {
    let rules = settings.rules;
    let mut shape = Shape::of(evidence.changes, rules);
    if shape.files.is_empty() {
        return None;
    }
    shape.is_fix = subject(evidence.changes)
        .map(|subject| rules.history.is_fix(subject) && rules.history.undone(subject).is_none());
    shape.words = subject(evidence.changes).map(|subject| rules.score.told_by(subject));
    let flag = advice.recommendations.first().map(|recommendation| recommendation.flag.key.as_str());
    let before = (settings.history)(&shape.history_paths());
    let known = before.as_ref().map_err(Clone::clone).and_then(|before| {
        let history = &before.history;
        risk::why_unknown(&history.reach, history.changes.is_empty()).map_or(Ok(before), Err)
    });
    let tally = known.as_ref().ok().map(|before| before.tally(&shape));
    let past = known.map(|before| Past {
        history: &before.history,
        tally: tally.as_ref().expect("there is a tally where there is a history"),
        people: before.people(),
        seconds: before.seconds,
        tip: before.tip.clone(),
        recent: before.recent.as_ref(),
    });
    risk::risk(evidence, assessment, &shape, &past, flag, rules)
}

/// More reasons for having no recommendation are not listed.
const MAX_ADVICE_REASONS: usize = 2;

/// Why the verdict is what it is, the headline first.
fn reasons(
    evidence: &Evidence<'_>,
    assessment: &Assessment,
    findings: &[Finding],
    policy: Vec<String>,
    advice: &Advice,
    rules: &RuleSet,
) -> Vec<String> {
    let mut reasons = vec![headline(evidence, assessment, findings, rules)];
    reasons.extend(policy);
    let known = findings.iter().filter(|finding| finding.known).count();
    if known > 0 {
        reasons.push(format!("{known} of {} findings were known before and do not count.", findings.len()));
    }
    // Why there is no recommendation; beside one, or about known findings, it would only confuse.
    if advice.recommendations.is_empty() && assessment.tier > Tier::None && known == 0 {
        reasons.extend(advice.reasons.iter().take(MAX_ADVICE_REASONS).cloned());
    }
    reasons.dedup();
    reasons
}

fn headline(evidence: &Evidence<'_>, assessment: &Assessment, findings: &[Finding], rules: &RuleSet) -> String {
    if assessment.flag_removal {
        return "Removes flags and what stood behind them: nothing new to put behind a flag.".to_owned();
    }
    if assessment.behavioural_regions == 0 {
        return "Nothing here can change what the program does.".to_owned();
    }
    let mut areas: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.tier == assessment.tier)
        .filter_map(|finding| finding.area.as_deref())
        .map(|area| rules.areas.iter().find(|pack| pack.area == area).map_or(area, |pack| pack.title.as_str()))
        .collect();
    areas.sort_unstable();
    areas.dedup();
    if areas.is_empty() {
        return match assessment.tier {
            Tier::None => match evidence.unknown_language + evidence.unanalysed {
                0 => "No sensitive area is touched.".to_owned(),
                1 => "Nothing sensitive in what could be analysed; one changed file could not be.".to_owned(),
                files => format!("Nothing sensitive in what could be analysed; {files} changed files could not be."),
            },
            _ => {
                let flags = &evidence.flags;
                let (added, modified, removed) = (flags.added.len(), flags.modified.len(), flags.removed.len());
                let count = added + modified + removed;
                let verb = match count {
                    _ if count == added => "Adds",
                    _ if count == removed => "Removes",
                    _ => "Edits",
                };
                let noun = if count == 1 { "flag" } else { "flags" };
                format!("{verb} {count} {noun}; no sensitive area is touched.")
            }
        };
    }
    let ungateable = findings
        .iter()
        .filter(|finding| finding.tier == assessment.tier && finding.area.is_some())
        .all(|finding| finding.coverage == Coverage::Na);
    let how = match assessment.coverage {
        _ if ungateable => "no flag can gate that",
        Coverage::Covered => "all of it runs only with a flag on",
        Coverage::Partial => "only part of it is behind a flag",
        Coverage::Uncovered => "none of it is behind a flag",
        Coverage::Na => "nothing of it can be behind a flag",
    };
    format!("Touches {}; {how}.", join(&areas.iter().map(|area| in_a_sentence(area)).collect::<Vec<_>>()))
}

/// "Database schema" is "database schema", and "API endpoints" stay so.
fn in_a_sentence(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(title.chars().skip(1)).collect()
        }
        _ => title.to_owned(),
    }
}

/// "a", "a and b", "a, b and c".
fn join(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn range(changes: &ChangeSet, settings: &Settings<'_>, assessment: &Assessment) -> Range {
    let lines = |pick: fn(&crate::git::change::Hunk) -> Option<crate::location::LineRange>| {
        let hunks = changes
            .files
            .iter()
            .filter(|file| matches!(file.content, Content::Text { .. }))
            .flat_map(|file| &file.hunks);
        hunks.filter_map(pick).map(|lines| lines.end - lines.start + 1).sum()
    };
    Range {
        base: changes.base.0.clone(),
        head: changes.head.as_ref().map_or_else(|| settings.range_name.clone(), |CommitId(head)| head.clone()),
        merge_base: changes.merge_base.0.clone(),
        name: settings.range_name.clone(),
        files: changes.files.len() as u32,
        paths: settings.scope.patterns(),
        left_out: settings.around.len() as u32,
        added_lines: lines(|hunk| hunk.new),
        removed_lines: lines(|hunk| hunk.old),
        behavioural_regions: assessment.behavioural_regions,
    }
}

/// Measures stages.
struct Clock {
    last: Instant,
    laps: BTreeMap<String, f64>,
}

impl Clock {
    fn start() -> Self {
        Self { last: Instant::now(), laps: BTreeMap::new() }
    }

    fn lap(&mut self, stage: &str) {
        self.laps.insert(stage.to_owned(), self.last.elapsed().as_secs_f64() * 1000.0);
        self.last = Instant::now();
    }
}

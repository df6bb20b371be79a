//! Waivers: recorded, reasoned decisions to ship without a flag.
//!
//! They come from three places: trailers of the change's commits and lines of its description, which are for this change alone,
//! and a reviewed file, whose entries have an owner and a last day. A waiver covers what it names, a rule or an area, maybe in
//! some files; it lets findings pass and hides none. What does not count is kept with the reason why.
//!
//! Reads no files and no clock: the day comes from the caller, so that a report says the same on every run.

mod allow;
mod description;
pub(crate) mod file;
pub(crate) mod line;
pub(crate) mod list;
mod reason;
#[cfg(test)]
mod tests;

pub(crate) use allow::Giver;
pub(crate) use description::MAX_BYTES as MAX_DESCRIPTION;
pub(crate) use file::FILES;

use crate::calendar::{Date, moment};
use crate::checks::RULES;
use crate::config::Config;
use crate::git::trailers::Trailers;
use crate::inventory::owners::CodeOwners;
use crate::report::{Finding, Notice, Waiver, WaiverKind, WaiverSource, WaiverStatus};
use crate::rules::pattern::Glob;
use crate::rules::{RuleError, RuleSet, closest};
use allow::Permissions;
use std::collections::BTreeSet;

/// A waiver as it stands somewhere, before anyone asks whether it counts.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// The rule or area that it names.
    pub(crate) what: String,
    /// Patterns, each with how it is written; empty for all files.
    pub(crate) paths: Vec<(String, Glob)>,
    pub(crate) reason: String,
    pub(crate) by: Giver,
    pub(crate) at: Option<String>,
    pub(crate) source: WaiverSource,
    pub(crate) expires: Option<Date>,
    /// Why it is no waiver, if it is none.
    pub(crate) problem: Option<String>,
}

/// The waivers of the commits' trailers.
pub(crate) fn of_commits(trailers: &Trailers) -> Vec<Claim> {
    let claim = |trailer: &crate::git::trailers::Trailer| {
        let source = WaiverSource {
            kind: WaiverKind::Commit,
            commit: Some(trailer.commit.0.clone()),
            path: None,
            line: trailer.line,
        };
        let misplaced =
            "it stands in the midst of text; put it into the last paragraph of the message, among trailers only";
        let value = trailer.value.as_deref().ok_or(misplaced);
        of_line(value, Giver::author(&trailer.author), Some(moment(trailer.seconds)), source)
    };
    let mut claims: Vec<Claim> = Vec::new();
    for claim in trailers.found.iter().map(claim) {
        // Squashing repeats what several commits say.
        let is_same = |other: &Claim| {
            other.problem.is_none()
                && (&other.what, &other.paths, &other.reason, &other.by)
                    == (&claim.what, &claim.paths, &claim.reason, &claim.by)
        };
        if claim.problem.is_some() || !claims.iter().any(is_same) {
            claims.push(claim);
        }
    }
    claims
}

/// The waivers of a description, by its author where that is known.
pub(crate) fn of_description(text: &str, author: Option<&str>) -> (Vec<Claim>, Vec<Notice>) {
    let lines = description::lines(text);
    let mut notices = Vec::new();
    if lines.len() > description::MAX_LINES {
        let reason =
            format!("The description has more than {} waivers; the others do not count.", description::MAX_LINES);
        notices.push(Notice { path: None, reason });
    }
    let claim = |&(line, value): &description::Line<'_>| {
        let source = WaiverSource { kind: WaiverKind::Description, commit: None, path: None, line };
        let example = "it stands in a block of code, which is for examples; write it outside";
        of_line(value.ok_or(example), Giver::describer(author), None, source)
    };
    (lines.iter().take(description::MAX_LINES).map(claim).collect(), notices)
}

fn of_line(value: Result<&str, &str>, by: Giver, at: Option<String>, source: WaiverSource) -> Claim {
    let nothing = || line::Said { what: String::new(), paths: Vec::new(), reason: String::new() };
    let (said, problem) = match value.map(line::parse) {
        Ok(Ok(said)) => (said, None),
        Ok(Err((said, why))) => (said, Some(why)),
        Err(why) => (nothing(), Some(why.to_owned())),
    };
    let line::Said { what, paths, reason } = said;
    Claim { what, paths, reason, by, at, source, expires: None, problem }
}

/// What waivers are judged by.
pub(crate) struct Grounds<'a> {
    pub(crate) rules: &'a RuleSet,
    pub(crate) config: &'a Config,
    pub(crate) owners: &'a CodeOwners,
    /// The day on which a waiver has to count; without one, none has expired.
    pub(crate) today: Option<&'a Date>,
}

/// Says of each waiver what becomes of it, and marks the findings that one lets pass. Those that have to do with the change
/// come first.
pub(crate) fn judge(claims: &[Claim], findings: &mut [Finding], grounds: &Grounds<'_>) -> Vec<Waiver> {
    let names = names(grounds.rules, grounds.config);
    let mut judged: Vec<(Waiver, Vec<usize>)> =
        claims.iter().map(|claim| judge_one(claim, findings, grounds, &names)).collect();
    judged.sort_by_key(|(waiver, _)| !concerns_change(waiver));
    for (at, (waiver, covered)) in judged.iter_mut().enumerate() {
        waiver.id = format!("W{}", at + 1);
        waiver.findings = covered.iter().map(|&finding| findings[finding].id.clone()).collect();
        if waiver.status == WaiverStatus::Active {
            for &finding in covered.iter() {
                findings[finding].waived_by.get_or_insert_with(|| waiver.id.clone());
            }
        }
    }
    judged.into_iter().map(|(waiver, _)| waiver).collect()
}

/// False for an entry of the file that is about other code.
pub(crate) fn concerns_change(waiver: &Waiver) -> bool {
    waiver.source.kind != WaiverKind::File || waiver.status == WaiverStatus::Invalid || !waiver.findings.is_empty()
}

fn judge_one(
    claim: &Claim,
    findings: &[Finding],
    grounds: &Grounds<'_>,
    names: &BTreeSet<String>,
) -> (Waiver, Vec<usize>) {
    let covers = |finding: &Finding| {
        let names_it = claim.what == finding.rule || finding.area.as_ref() == Some(&claim.what);
        let holds = |(_, glob): &(String, Glob)| glob.matches(finding.path.as_str());
        names_it && (claim.paths.is_empty() || claim.paths.iter().any(holds))
    };
    let covered = || (0..findings.len()).filter(|&at| covers(&findings[at])).collect::<Vec<usize>>();
    let verdict = |status, why: Option<String>, covered: Vec<usize>| {
        let waiver = Waiver {
            id: String::new(),
            rule: claim.what.clone(),
            paths: claim.paths.iter().map(|(written, _)| written.clone()).collect(),
            reason: claim.reason.clone(),
            by: claim.by.name.clone(),
            email: claim.by.email.clone(),
            at: claim.at.clone(),
            source: claim.source.clone(),
            expires: claim.expires.as_ref().map(ToString::to_string),
            status,
            why,
            // Filled when all are judged; until then it only matters whether there are any.
            findings: covered.iter().map(|at| at.to_string()).collect(),
        };
        (waiver, covered)
    };
    if let Some(problem) = &claim.problem {
        return verdict(WaiverStatus::Invalid, Some(problem.clone()), Vec::new());
    }
    if !names.contains(&claim.what) {
        return verdict(WaiverStatus::Invalid, Some(unknown(&claim.what, names, grounds.rules)), Vec::new());
    }
    if let (Some(expires), Some(today)) = (&claim.expires, grounds.today)
        && today > expires
    {
        let why = format!("its last day was {expires}, and this is judged as of {today}");
        return verdict(WaiverStatus::Expired, Some(why), covered());
    }
    let covered = covered();
    if covered.is_empty() {
        let place = if claim.paths.is_empty() { "" } else { " in its paths" };
        let why = format!("this change has no finding of `{}`{place}", claim.what);
        return verdict(WaiverStatus::Unused, Some(why), covered);
    }
    let permissions =
        Permissions { config: &grounds.config.waivers, config_name: &grounds.config.name, owners: grounds.owners };
    let refusals: Vec<Option<String>> = covered.iter().map(|&at| permissions.refusal(claim, &findings[at])).collect();
    let why = refusals.iter().flatten().next().cloned();
    let allowed: Vec<usize> =
        covered.iter().zip(&refusals).filter(|(_, refusal)| refusal.is_none()).map(|(&at, _)| at).collect();
    match why {
        Some(_) if allowed.is_empty() => verdict(WaiverStatus::Refused, why, covered),
        Some(why) => verdict(WaiverStatus::Active, Some(format!("not for all that it names: {why}")), allowed),
        None => verdict(WaiverStatus::Active, None, allowed),
    }
}

/// What can be named: the rules, and the areas of all packs, also of those that are switched off.
fn names(rules: &RuleSet, config: &Config) -> BTreeSet<String> {
    let disabled = config.packs.disable.iter().filter_map(|id| id.strip_prefix("areas/").map(str::to_owned));
    let areas = rules.areas.iter().map(|pack| pack.area.clone());
    RULES.iter().map(|rule| rule.id.to_owned()).chain(areas).chain(disabled).collect()
}

fn unknown(what: &str, names: &BTreeSet<String>, rules: &RuleSet) -> String {
    let shown = what.replace('`', "'");
    let near = closest(what, names);
    if !near.is_empty() {
        return format!("there is no rule or area `{shown}`; did you mean `{}`?", near.join("` or `"));
    }
    let mut areas: Vec<&str> = rules.areas.iter().map(|pack| pack.area.as_str()).collect();
    areas.sort_unstable();
    areas.dedup();
    format!("there is no rule or area `{shown}`; the areas are {}", areas.join(", "))
}

/// Refuses a config whose rules about waivers name what is not there: a mistyped name would let everybody waive.
pub(crate) fn check(config: &Config, rules: &RuleSet) -> Result<(), RuleError> {
    let names = names(rules, config);
    let mut named = config.waivers.allow.iter().flat_map(|rule| &rule.what);
    match named.find(|what| !names.contains(*what)) {
        None => Ok(()),
        Some(what) => Err(RuleError::Unknown {
            config: config.name.clone(),
            key: "waivers.allow",
            what: "rule or area",
            id: what.clone(),
            close: closest(what, &names),
        }),
    }
}

/// What is said of waivers that are none: where each stands, and how to mend it.
pub(crate) fn notices(waivers: &[Waiver]) -> Vec<Notice> {
    let invalid = waivers.iter().filter(|waiver| waiver.status == WaiverStatus::Invalid);
    let notice = |waiver: &Waiver| {
        let why = sentence_end(waiver.why.as_deref().unwrap_or_default());
        Notice {
            path: waiver.source.path.clone(),
            reason: format!("The waiver {} does not count: {why}", place(waiver)),
        }
    };
    invalid.map(notice).collect()
}

/// With a full stop, unless it is a question.
fn sentence_end(text: &str) -> String {
    let stop = if text.ends_with('?') { "" } else { "." };
    format!("{text}{stop}")
}

/// Where a waiver stands, in words; what file it is in is said apart.
fn place(waiver: &Waiver) -> String {
    let source = &waiver.source;
    match (&source.commit, source.kind) {
        (Some(commit), _) => {
            format!("in line {} of the message of commit {}", source.line, commit.get(..9).unwrap_or(commit))
        }
        (None, WaiverKind::Description) => format!("in line {} of the description", source.line),
        (None, _) => format!("in line {}", source.line),
    }
}

/// What is wrong with waivers of a file, by their lines.
pub(crate) fn problems(claims: &[Claim], config: &Config, rules: &RuleSet) -> Vec<(u32, String)> {
    let names = names(rules, config);
    let unknown = |claim: &Claim| (!names.contains(&claim.what)).then(|| unknown(&claim.what, &names, rules));
    let problem = |claim: &Claim| Some((claim.source.line, claim.problem.clone().or_else(|| unknown(claim))?));
    claims.iter().filter_map(problem).collect()
}

/// Marks the entries of the file whose paths match no file any more.
pub(crate) fn mark_stale<'p>(waivers: &mut [Waiver], paths: impl Iterator<Item = &'p str> + Clone) {
    let unused = |waiver: &&mut Waiver| waiver.status == WaiverStatus::Unused && !waiver.paths.is_empty();
    for waiver in waivers.iter_mut().filter(unused).filter(|waiver| waiver.source.kind == WaiverKind::File) {
        let globs: Vec<Glob> = waiver.paths.iter().filter_map(|path| line::glob(path).ok()).collect();
        if !paths.clone().any(|path| globs.iter().any(|glob| glob.matches(path))) {
            waiver.why = Some("no file is in its paths any more".to_owned());
        }
    }
}

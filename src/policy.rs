//! What CI decides: assessment, findings and waivers in, pass, warn or fail out.

use crate::config::{FailOn, PolicyConfig};
use crate::report::{Finding, Waiver, WaiverStatus};
use crate::terms::{Coverage, Policy, Severity, Tier};

/// More waivers are not named in a reason.
const NAMED: usize = 3;

/// Decides, and says why. Findings that the baseline knows or a waiver lets pass do not count; `unanalysed` is the number of
/// changed files of code that could not be looked into.
pub(crate) fn decide(
    settings: PolicyConfig,
    findings: &[Finding],
    waivers: &[Waiver],
    unanalysed: usize,
) -> (Policy, Vec<String>) {
    let fails = |finding: &&Finding| {
        let uncovered = matches!(finding.coverage, Coverage::Uncovered | Coverage::Partial);
        finding.area.is_some()
            && match settings.fail_on {
                FailOn::UncoveredCritical => uncovered && finding.tier >= Tier::Critical,
                FailOn::UncoveredHigh => uncovered && finding.tier >= Tier::High,
                FailOn::Critical => finding.tier >= Tier::Critical,
                FailOn::High => finding.tier >= Tier::High,
                FailOn::Never => false,
            }
    };
    let new: Vec<&Finding> = findings.iter().filter(|finding| !finding.known).collect();
    let (waived, open): (Vec<&Finding>, Vec<&Finding>) =
        new.into_iter().partition(|finding| finding.waived_by.is_some());
    let failing: Vec<&Finding> = open.iter().copied().filter(|finding| fails(finding)).collect();
    let would_fail: Vec<&Finding> = waived.into_iter().filter(|finding| fails(finding)).collect();
    let mut reasons = Vec::new();
    let policy = if !failing.is_empty() {
        let reason = failing_reason(settings.fail_on, &failing);
        match settings.report_only {
            true => reasons.push(format!("{reason} Report only: this does not fail.")),
            false => reasons.push(reason),
        }
        if settings.report_only { Policy::Warn } else { Policy::Fail }
    } else if unanalysed > 0 {
        let files = if unanalysed == 1 { "file" } else { "files" };
        reasons.push(format!("{unanalysed} changed {files} could not be analysed: see the notices."));
        Policy::Warn
    } else {
        // What cannot be gated is for people to look at, not for a flag to settle.
        let warns = open.iter().any(|finding| match &finding.area {
            Some(_) => finding.tier >= Tier::High && finding.coverage != Coverage::Covered,
            None => finding.severity > Severity::Note,
        });
        if warns { Policy::Warn } else { Policy::Pass }
    };
    reasons.extend(waived_reason(&would_fail, waivers));
    let would_count = |waiver: &&Waiver| failing.iter().any(|finding| waiver.findings.contains(&finding.id));
    reasons.extend(waivers.iter().filter(would_count).take(NAMED).filter_map(not_counted));
    (policy, reasons)
}

fn failing_reason(fail_on: FailOn, failing: &[&Finding]) -> String {
    let is_partial = failing.iter().any(|finding| finding.coverage == Coverage::Partial);
    let what = if is_partial { "not wholly behind a flag" } else { "not behind a flag" };
    let failing = failing.len();
    let (noun, verb) = if failing == 1 { ("finding", "is") } else { ("findings", "are") };
    match fail_on {
        FailOn::UncoveredCritical => format!("{failing} Critical {noun} {verb} {what}."),
        FailOn::UncoveredHigh => format!("{failing} High or Critical {noun} {verb} {what}."),
        FailOn::Critical => format!("{failing} Critical {noun}, and the policy allows none."),
        FailOn::High | FailOn::Never => format!("{failing} High or Critical {noun}, and the policy allows none."),
    }
}

/// By whom findings are let pass that would fail.
fn waived_reason(would_fail: &[&Finding], waivers: &[Waiver]) -> Option<String> {
    let used = |waiver: &&Waiver| would_fail.iter().any(|finding| finding.waived_by.as_ref() == Some(&waiver.id));
    let used: Vec<&Waiver> = waivers.iter().filter(used).collect();
    let first: Vec<String> = used.iter().take(NAMED).map(|waiver| format!("{} ({})", waiver.by, waiver.id)).collect();
    let more = match used.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let findings = match would_fail.len() {
        0 => return None,
        1 => "1 finding that would fail is".to_owned(),
        many => format!("{many} findings that would fail are"),
    };
    Some(format!("{findings} waived by {}{more}.", first.join(", ")))
}

/// That a waiver does not let pass what fails; its own entry in the report says more.
fn not_counted(waiver: &Waiver) -> Option<String> {
    let why = match (waiver.status, &waiver.expires) {
        (WaiverStatus::Refused, _) => "whoever gave it may not".to_owned(),
        (WaiverStatus::Expired, Some(day)) => format!("its last day was {day}"),
        _ => return None,
    };
    Some(format!("The waiver {} by {} does not count: {why}.", waiver.id, waiver.by))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::RepoPath;
    use crate::report::{WaiverKind, WaiverSource};
    use crate::terms::Side;

    fn finding(area: Option<&str>, tier: Tier, coverage: Coverage) -> Finding {
        Finding {
            id: "F1".to_owned(),
            rule: "ungated-change".to_owned(),
            area: area.map(str::to_owned),
            tier,
            severity: Severity::Warning,
            message: String::new(),
            path: RepoPath::new("a.ts"),
            start_line: 1,
            end_line: 1,
            side: Side::New,
            symbol: None,
            coverage,
            gates: Vec::new(),
            related: Vec::new(),
            fingerprint: String::new(),
            known: false,
            waived_by: None,
        }
    }

    fn policy(fail_on: FailOn, finding: &Finding) -> Policy {
        decide(PolicyConfig { fail_on, report_only: false }, std::slice::from_ref(finding), &[], 0).0
    }

    #[test]
    fn each_level_fails_on_what_it_names() {
        use Coverage::{Covered, Na, Partial, Uncovered};
        use FailOn::{Critical, High, Never, UncoveredCritical, UncoveredHigh};
        use Policy::{Fail, Pass, Warn};
        let cases = [
            (Tier::Critical, Uncovered, [Fail, Fail, Fail, Fail, Warn]),
            (Tier::Critical, Partial, [Fail, Fail, Fail, Fail, Warn]),
            (Tier::Critical, Covered, [Pass, Pass, Fail, Fail, Pass]),
            (Tier::Critical, Na, [Warn, Warn, Fail, Fail, Warn]),
            (Tier::High, Uncovered, [Warn, Fail, Warn, Fail, Warn]),
            (Tier::High, Covered, [Pass, Pass, Pass, Fail, Pass]),
            (Tier::Moderate, Uncovered, [Pass; 5]),
        ];
        for (tier, coverage, expected) in cases {
            let finding = finding(Some("payments"), tier, coverage);
            let levels = [UncoveredCritical, UncoveredHigh, Critical, High, Never];
            assert_eq!(levels.map(|level| policy(level, &finding)), expected, "{tier} {coverage}");
        }
    }

    #[test]
    fn known_findings_do_not_count_and_report_only_never_fails() {
        let mut finding = finding(Some("auth"), Tier::Critical, Coverage::Uncovered);
        let settings = PolicyConfig { report_only: true, ..PolicyConfig::default() };
        assert_eq!(decide(settings, std::slice::from_ref(&finding), &[], 0).0, Policy::Warn);
        finding.known = true;
        assert_eq!(policy(FailOn::UncoveredCritical, &finding), Policy::Pass);
    }

    #[test]
    fn what_could_not_be_analysed_never_passes_silently() {
        let (policy, reasons) = decide(PolicyConfig::default(), &[], &[], 1);
        assert_eq!(policy, Policy::Warn);
        assert_eq!(reasons, ["1 changed file could not be analysed: see the notices."]);
        let edited = finding(None, Tier::Moderate, Coverage::Na);
        assert_eq!(decide(PolicyConfig::default(), &[edited], &[], 0).0, Policy::Warn);
    }

    fn waiver(id: &str, status: WaiverStatus) -> Waiver {
        Waiver {
            id: id.to_owned(),
            rule: "payments".to_owned(),
            paths: Vec::new(),
            reason: "Agreed".to_owned(),
            by: "Ana".to_owned(),
            email: None,
            at: None,
            source: WaiverSource { kind: WaiverKind::Commit, commit: None, path: None, line: 1 },
            expires: (status == WaiverStatus::Expired).then(|| "2026-01-31".to_owned()),
            status,
            why: None,
            findings: vec!["F1".to_owned()],
        }
    }

    #[test]
    fn what_is_waived_does_not_count_and_the_reason_says_by_whom() {
        let mut first = finding(Some("payments"), Tier::Critical, Coverage::Uncovered);
        first.waived_by = Some("W1".to_owned());
        let second = finding(Some("auth"), Tier::High, Coverage::Uncovered);
        let decide =
            |findings: &[Finding]| decide(PolicyConfig::default(), findings, &[waiver("W1", WaiverStatus::Active)], 0);
        let reason = "1 finding that would fail is waived by Ana (W1).".to_owned();
        assert_eq!(decide(&[first.clone()]), (Policy::Pass, vec![reason.clone()]));
        assert_eq!(decide(&[first.clone(), second]), (Policy::Warn, vec![reason]), "the rest still counts");
        let third = finding(Some("auth"), Tier::Critical, Coverage::Uncovered);
        assert_eq!(decide(&[first, third]).0, Policy::Fail);
    }

    #[test]
    fn a_waiver_that_does_not_count_is_named_where_something_fails() {
        let failing = finding(Some("payments"), Tier::Critical, Coverage::Uncovered);
        let expired = waiver("W1", WaiverStatus::Expired);
        let (policy, reasons) = decide(PolicyConfig::default(), &[failing], &[expired], 0);
        assert_eq!(policy, Policy::Fail);
        assert_eq!(reasons[1], "The waiver W1 by Ana does not count: its last day was 2026-01-31.");
    }
}

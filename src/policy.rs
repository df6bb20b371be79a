//! What CI decides: assessment and findings in, pass, warn or fail out.

use crate::config::{FailOn, PolicyConfig};
use crate::report::Finding;
use crate::terms::{Coverage, Policy, Severity, Tier};

/// Decides, and says why. Findings that the baseline knows do not count; `unanalysed` is the number of changed files of code
/// that could not be looked into.
pub(crate) fn decide(settings: PolicyConfig, findings: &[Finding], unanalysed: usize) -> (Policy, Option<String>) {
    let new: Vec<&Finding> = findings.iter().filter(|finding| !finding.known).collect();
    let fails = |finding: &&&Finding| {
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
    let failing: Vec<&&Finding> = new.iter().filter(fails).collect();
    if !failing.is_empty() {
        let is_partial = failing.iter().any(|finding| finding.coverage == Coverage::Partial);
        let what = if is_partial { "not wholly behind a flag" } else { "not behind a flag" };
        let failing = failing.len();
        let (noun, verb) = if failing == 1 { ("finding", "is") } else { ("findings", "are") };
        let reason = match settings.fail_on {
            FailOn::UncoveredCritical => format!("{failing} Critical {noun} {verb} {what}."),
            FailOn::UncoveredHigh => format!("{failing} High or Critical {noun} {verb} {what}."),
            FailOn::Critical => format!("{failing} Critical {noun}, and the policy allows none."),
            FailOn::High | FailOn::Never => format!("{failing} High or Critical {noun}, and the policy allows none."),
        };
        return match settings.report_only {
            true => (Policy::Warn, Some(format!("{reason} Report only: this does not fail."))),
            false => (Policy::Fail, Some(reason)),
        };
    }
    if unanalysed > 0 {
        let files = if unanalysed == 1 { "file" } else { "files" };
        return (Policy::Warn, Some(format!("{unanalysed} changed {files} could not be analysed: see the notices.")));
    }
    // What cannot be gated is for people to look at, not for a flag to settle.
    let warns = new.iter().any(|finding| match &finding.area {
        Some(_) => finding.tier >= Tier::High && finding.coverage != Coverage::Covered,
        None => finding.severity > Severity::Note,
    });
    (if warns { Policy::Warn } else { Policy::Pass }, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::RepoPath;
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
        }
    }

    fn policy(fail_on: FailOn, finding: &Finding) -> Policy {
        decide(PolicyConfig { fail_on, report_only: false }, std::slice::from_ref(finding), 0).0
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
        assert_eq!(decide(settings, std::slice::from_ref(&finding), 0).0, Policy::Warn);
        finding.known = true;
        assert_eq!(policy(FailOn::UncoveredCritical, &finding), Policy::Pass);
    }

    #[test]
    fn what_could_not_be_analysed_never_passes_silently() {
        let (policy, reason) = decide(PolicyConfig::default(), &[], 1);
        assert_eq!(policy, Policy::Warn);
        assert_eq!(reason.as_deref(), Some("1 changed file could not be analysed: see the notices."));
        assert_eq!(decide(PolicyConfig::default(), &[finding(None, Tier::Moderate, Coverage::Na)], 0).0, Policy::Warn);
    }
}

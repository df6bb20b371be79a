//! What CI decides: assessment and findings in, pass, warn or fail out.

use crate::config::{FailOn, PolicyConfig};
use crate::report::Finding;
use crate::terms::{Coverage, Policy, Tier};

/// Decides, and says why. Findings that the baseline knows do not count.
pub(crate) fn decide(settings: PolicyConfig, findings: &[Finding]) -> (Policy, Option<String>) {
    let new = || findings.iter().filter(|finding| !finding.known && finding.area.is_some());
    let uncovered = |finding: &&Finding| matches!(finding.coverage, Coverage::Uncovered | Coverage::Partial);
    let (level, only_uncovered) = match settings.fail_on {
        FailOn::UncoveredCritical => (Tier::Critical, true),
        FailOn::UncoveredHigh => (Tier::High, true),
        FailOn::Critical => (Tier::Critical, false),
        FailOn::High => (Tier::High, false),
        FailOn::Never => (Tier::Critical, true),
    };
    let failing = new().filter(|finding| finding.tier >= level && (!only_uncovered || uncovered(finding))).count();
    if failing > 0 && settings.fail_on != FailOn::Never {
        let is_partial = new().any(|finding| finding.tier >= level && finding.coverage == Coverage::Partial);
        let what = match only_uncovered {
            true if is_partial => "not wholly behind a flag",
            true => "not behind a flag",
            false => "found",
        };
        let (noun, verb) = if failing == 1 { ("finding", "is") } else { ("findings", "are") };
        let level = if level == Tier::Critical { "Critical" } else { "High or Critical" };
        let reason = format!("{failing} {level} {noun} {verb} {what}.");
        return match settings.report_only {
            true => (Policy::Warn, Some(format!("{reason} Report only: this does not fail."))),
            false => (Policy::Fail, Some(reason)),
        };
    }
    // What cannot be gated is for people to look at, not for a flag to settle.
    let warns = new().any(|finding| finding.tier >= Tier::High && finding.coverage != Coverage::Covered)
        || findings.iter().any(|finding| !finding.known && finding.area.is_none() && finding.severity > crate::terms::Severity::Note);
    (if warns { Policy::Warn } else { Policy::Pass }, None)
}

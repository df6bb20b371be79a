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
        let what = if only_uncovered { "not wholly behind a flag" } else { "found" };
        let (noun, verb) = if failing == 1 { ("finding", "is") } else { ("findings", "are") };
        let level = if level == Tier::Critical { "Critical" } else { "High or Critical" };
        let reason = format!("{failing} {level} {noun} {verb} {what}.");
        return match settings.report_only {
            true => (Policy::Warn, Some(format!("{reason} Report only: this does not fail."))),
            false => (Policy::Fail, Some(reason)),
        };
    }
    let warns = new().filter(uncovered).any(|finding| finding.tier >= Tier::High)
        || findings.iter().any(|finding| !finding.known && finding.area.is_none() && finding.severity > crate::terms::Severity::Note);
    (if warns { Policy::Warn } else { Policy::Pass }, None)
}

//! Checks: evidence in, findings out.
//!
//! [`RULES`] lists what a finding can say is wrong, with the texts that people read about it. A rule is named for what is
//! wrong, not for the cure.

mod contract_change;
mod control_path_changed;
mod docs;
mod draft;
mod dynamic_flag_key;
mod edited;
#[cfg(test)]
mod fixtures;
mod flag_default_changed;
mod flag_in_hot_loop;
mod flag_still_referenced;
mod nested_flags;
mod unevaluated_flag;
mod ungated_change;
mod unsafe_default;

use crate::evidence::Evidence;
use crate::report::Finding;
use crate::rules::RuleSet;
pub(crate) use docs::{RULES, RuleDoc};
use draft::Draft;

/// The rule of findings whose code goes with a flag: nothing is to be gated there.
pub(crate) const REMOVED_WITH_FLAG: &str = "removed-with-flag";

/// One check: looks at the evidence and says what is wrong.
type Check = fn(&Evidence<'_>, &RuleSet) -> Vec<Draft>;

/// Every check. A new one is a file here, a line, and its texts in [`docs`].
const CHECKS: &[Check] = &[
    |evidence, _| ungated_change::run(evidence),
    |evidence, _| control_path_changed::run(evidence),
    |evidence, _| flag_default_changed::run(evidence),
    |evidence, _| unevaluated_flag::run(evidence),
    unsafe_default::run,
    dynamic_flag_key::run,
    flag_in_hot_loop::run,
    nested_flags::run,
    contract_change::run,
    flag_still_referenced::run,
];

/// Runs every check; the findings are sorted by severity, tier and place, and numbered.
pub(crate) fn run(evidence: &Evidence<'_>, rules: &RuleSet) -> Vec<Finding> {
    let mut drafts: Vec<Draft> = CHECKS.iter().flat_map(|check| check(evidence, rules)).collect();
    drafts.sort_by(|a, b| {
        let loud = b.severity.cmp(&a.severity).then(b.tier.cmp(&a.tier));
        loud.then_with(|| (&a.path, a.lines, a.rule, &a.area).cmp(&(&b.path, b.lines, b.rule, &b.area)))
    });
    drafts.into_iter().enumerate().map(|(index, draft)| draft.build(index + 1)).collect()
}

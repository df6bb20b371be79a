//! What people read about each rule: in SARIF, in the documentation. Texts only.

use crate::terms::Severity;

/// What people read about one rule: in SARIF, in the documentation, in `preflag rules`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RuleDoc {
    /// The id that findings carry: `ungated-change`.
    pub(crate) id: &'static str,
    /// The id as one word, as SARIF wants it: `UngatedChange`.
    pub(crate) name: &'static str,
    /// A headline without a full stop at its end.
    pub(crate) short: &'static str,
    /// One or two sentences: what it means.
    pub(crate) full: &'static str,
    /// What to do, in Markdown that reads well as plain text.
    pub(crate) help: &'static str,
    /// How loud the rule is unless the finding's tier says otherwise.
    pub(crate) severity: Severity,
}

/// Every rule, in the order of importance.
pub(crate) const RULES: &[RuleDoc] = &[
    RuleDoc {
        id: "ungated-change",
        name: "UngatedChange",
        short: "Changed behaviour in a sensitive area runs without a flag",
        full: "The changed code touches a sensitive area, such as payments or authentication, and no feature flag \
               decides whether it runs. It reaches every user the moment it is deployed; the only way back is another \
               deployment.",
        help: "Put the new behaviour behind a feature flag and keep the old behaviour as the path for \"off\". Deploy \
               with the flag off, then switch it on for test accounts first and for more users stage by stage.\n\n\
               If the surrounding feature already has a flag, use that one. If a flag cannot help here (a schema \
               change, a fix that everyone needs at once), have the change reviewed with that in mind.",
        severity: Severity::Error,
    },
    RuleDoc {
        id: "partially-gated-change",
        name: "PartiallyGatedChange",
        short: "Only a part of the changed behaviour stands behind the flag",
        full: "Some of the changed lines run only with the flag on; the others run for everyone. Switching the flag \
               off does not restore what was there before.",
        help: "Move the remaining changed lines behind the same flag, or take them out into a change of their own \
               that is safe without one. Look at the lines before the flag is evaluated, after the branch, and in \
               default values.",
        severity: Severity::Warning,
    },
    RuleDoc {
        id: "ungateable-change",
        name: "UngateableChange",
        short: "A change in a sensitive area that no flag can gate",
        full: "The change takes effect for everyone at once and a feature flag cannot hold it back, as with a change \
               of the database schema. Switching something off does not undo it.",
        help: "Split the change so that old and new code work at every step: add first, move readers and writers \
               over, remove last (expand and contract). Have it reviewed with the rollback in mind.",
        severity: Severity::Warning,
    },
    RuleDoc {
        id: "removed-with-flag",
        name: "RemovedWithFlag",
        short: "Code of a sensitive area changes because its flag is removed",
        full: "The change removes a flag and what stood behind it, or lets one side of the branch run for everyone. \
               There is nothing new to put behind a flag, and no way back by a switch either.",
        help: "Check that the side that stays is the one that is on for everyone today, and that no other place \
               still reads the flag.",
        severity: Severity::Warning,
    },
    RuleDoc {
        id: "control-path-changed",
        name: "ControlPathChanged",
        short: "The code that runs when the flag is off has changed",
        full: "The changed lines run only when the flag is OFF. They are what the kill switch falls back to: after \
               this change, switching the flag off no longer brings back the behaviour that is known to work.",
        help: "Leave the path for \"off\" as it was and make the change on the path for \"on\". If the old path itself \
               must be mended, do it in a change of its own and release that first.",
        severity: Severity::Warning,
    },
    RuleDoc {
        id: "contract-change",
        name: "ContractChange",
        short: "What the program answers is not what clients know",
        full: "A field of an answer is gone, or has another name or type, or a route is gone. Clients that know the old \
               shape break. A flag does not help them: they break when it is switched on, and those that have learned \
               the new shape when it is switched off.",
        help: "Add the new field, or the new route, beside the old one and keep both until no client uses the old one. \
               Where that is not possible, give the answer a new version.",
        severity: Severity::Warning,
    },
    RuleDoc {
        id: "flag-default-changed",
        name: "FlagDefaultChanged",
        short: "The default value of a flag has changed",
        full: "The default value decides what users get when the flag service does not answer or does not know the \
               flag. A change of it releases or withdraws the feature at once, for everyone it applies to, past all \
               rollout stages.",
        help: "Switch the flag in the flag service first, watch it there, and change the default value once the \
               rollout is complete. Then remove the flag soon: a default that is on and a flag that is off contradict \
               each other.",
        severity: Severity::Warning,
    },
    RuleDoc {
        id: "unsafe-default",
        name: "UnsafeDefault",
        short: "The feature turns on when the flag cannot be read",
        full: "The evaluation falls back to `true`: by its default value, or by what happens when it fails. When the flag \
               service does not answer, or does not know the flag yet, everyone gets the new behaviour at once, and \
               nobody can switch it off.",
        help: "Let the evaluation fall back to the behaviour that is known to work, mostly `false`. When the rollout is \
               complete, remove the flag instead of turning its default around.",
        severity: Severity::Warning,
    },
    RuleDoc {
        id: "unevaluated-flag",
        name: "UnevaluatedFlag",
        short: "A flag is added, but nothing evaluates it",
        full: "The change defines a flag that no code reads. It looks as if the change were behind a flag; the switch \
               is connected to nothing.",
        help: "Evaluate the flag where the new behaviour begins, or add the definition together with the code that \
               needs it. If the evaluation is in another repository, or hidden from analysis, say so in the \
               configuration.",
        severity: Severity::Warning,
    },
    RuleDoc {
        id: "flag-still-referenced",
        name: "FlagStillReferenced",
        short: "A removed flag is still mentioned elsewhere",
        full: "The change removes the flag from here, but its key or its constant stands in other files. What still asks for \
               it gets its default value as soon as the flag is deleted in the flag service, which may be the other \
               side than the one that stays here.",
        help: "Remove the other mentions as well, in all languages, in configuration and in tests, before the flag is \
               deleted in the flag service. If only this use was meant to go, leave the flag itself in place.",
        severity: Severity::Warning,
    },
    RuleDoc {
        id: "nested-flags",
        name: "NestedFlags",
        short: "A flag is asked for where its answer is known already",
        full: "An earlier condition has settled whether the flag is on. Asking for it again changes nothing, and what waits \
               for the other answer never runs, though it looks as if the flag decided about it.",
        help: "Take out the inner condition, or ask there for the flag that was meant. Look for a key that was copied \
               and not changed.",
        severity: Severity::Warning,
    },
    RuleDoc {
        id: "dynamic-flag-key",
        name: "DynamicFlagKey",
        short: "A flag key is put together when the program runs",
        full: "The key is a template, a sum or the result of a call. Nobody can find out from the code which flags decide \
               here: a search for the key finds nothing, a flag in use looks unused, and the code behind it does not \
               count as covered.",
        help: "Write the keys out, in a table with an entry for each case. Where the key has to come from outside, make \
               the function a wrapper whose callers name the key.",
        severity: Severity::Note,
    },
    RuleDoc {
        id: "flag-in-hot-loop",
        name: "FlagInHotLoop",
        short: "A flag is evaluated once an item instead of once",
        full: "The evaluation stands in a loop over items, or in a function that is called for each of them, but has \
               nothing to do with the item. It costs time and evaluation events, and when the flag changes meanwhile, \
               some items take the old way and some the new one.",
        help: "Evaluate the flag once before the loop and keep the value. If it is meant to be read again each time, to \
               stop what runs for long, leave the loop when it is off.",
        severity: Severity::Note,
    },
    RuleDoc {
        id: "gated-change",
        name: "GatedChange",
        short: "Changed behaviour in a sensitive area is covered by a flag",
        full: "The changed code runs only with the flag on. Nothing changes for users until the flag is switched on, \
               and switching it off takes the change back.",
        help: "Nothing to do now. Deploy with the flag off, roll it out in stages, and remove the flag when the \
               rollout is complete.",
        severity: Severity::Note,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_named_once_and_have_all_their_texts() {
        for (at, rule) in RULES.iter().enumerate() {
            assert!(RULES[..at].iter().all(|other| other.id != rule.id && other.name != rule.name), "{}", rule.id);
            assert_eq!(rule.name.to_lowercase(), rule.id.replace('-', ""), "the name is the id in camel case");
            assert!(!rule.short.ends_with('.') && rule.full.ends_with('.') && rule.help.ends_with('.'), "{}", rule.id);
        }
    }
}

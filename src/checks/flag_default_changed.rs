//! `flag-default-changed`: the value that a flag has when its service cannot be asked is another one now.

use super::Draft;
use crate::evidence::Evidence;
use crate::terms::{Severity, Side};

pub(super) fn run(evidence: &Evidence<'_>) -> Vec<Draft> {
    let changed = evidence.flags.modified.iter().filter_map(|flag| Some((flag, flag.default_change.as_ref()?)));
    changed
        .filter_map(|(flag, change)| {
            let place = flag.references.iter().find(|reference| reference.side == Side::New)?;
            let turns_on = matches!(change.new.as_str(), "true" | "True");
            let mut draft = Draft::at_flag("flag-default-changed", place);
            draft.severity = Severity::Warning;
            draft.message = format!(
                "The default of `{}` changes from `{}` to `{}`{}",
                flag.key,
                change.old,
                change.new,
                if turns_on { ": the feature is on wherever the flag cannot be read." } else { "." }
            );
            draft.content = format!("{} {} {}", flag.key, change.old, change.new);
            Some(draft)
        })
        .collect()
}

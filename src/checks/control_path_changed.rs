//! `control-path-changed`: code that runs only when a flag is OFF is changed, so that the kill switch no longer restores the
//! behaviour from before.

use super::Draft;
use crate::evidence::Evidence;
use crate::report::Related;
use crate::terms::{Severity, Side, Tier};

pub(super) fn run(evidence: &Evidence<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (file, region) in evidence.regions() {
        // A fallback that comes together with its flag is new, not changed.
        let known = |flag: &str| !evidence.flags.added.iter().any(|added| added.key == flag);
        let Some(gate) = region.judged.control_path.iter().find(|gate| known(&gate.flag)) else { continue };
        // In a new file nothing is changed that was there before.
        if region.judged.region.new.is_none() || file.old.is_none() {
            continue;
        }
        let mut draft = Draft::at_region("control-path-changed", file, region);
        draft.tier = Tier::Moderate;
        draft.severity = Severity::Warning;
        draft.message = format!(
            "Changes what runs when `{}` is off: switching the flag off no longer brings the old behaviour back.",
            gate.flag
        );
        draft.gates = region.judged.control_path.clone();
        draft.related = vec![Related {
            path: gate.path.clone(),
            line: gate.line,
            side: Side::New,
            note: format!("`{}` decides here", gate.flag),
        }];
        drafts.push(draft);
    }
    drafts
}

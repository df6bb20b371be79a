//! `control-path-changed`: code that runs only when a flag is OFF is changed, so that the kill switch no longer restores the
//! behaviour from before.

use super::Draft;
use crate::evidence::{Evidence, FileEvidence};
use crate::report::Related;
use crate::syntax::facts::Role;
use crate::terms::{Severity, Side, Tier};

pub(super) fn run(evidence: &Evidence<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (file, region) in evidence.regions() {
        // A fallback that comes together with its flag is new, not changed.
        let known = |flag: &str| !evidence.flags.added.iter().any(|added| added.key == flag);
        let Some(gate) = region.judged.control_path.iter().find(|gate| known(&gate.flag)) else { continue };
        if region.judged.region.new.is_none() || !was_there(file, region.judged.region.symbol.as_deref()) {
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

/// Whether a declaration, by its name, was there before: what is new altogether changes nothing.
fn was_there(file: &FileEvidence, symbol: Option<&str>) -> bool {
    let Some(old) = &file.old else { return false };
    let Some(name) = symbol.and_then(|symbol| symbol.rsplit('.').next()) else { return true };
    old.source.facts().is_none_or(|facts| {
        let declares = |role: Role| matches!(role, Role::Function | Role::Class | Role::Binding | Role::Export);
        name == "default" || facts.ids().any(|id| declares(facts.role(id)) && old.source.name_of(id) == Some(name))
    })
}

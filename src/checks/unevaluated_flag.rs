//! `unevaluated-flag`: a flag is defined in this change and no changed file evaluates it.

use super::Draft;
use crate::detect::FlagKey;
use crate::detect::constants::last_name;
use crate::evidence::Evidence;
use crate::index;
use crate::report::Flag;
use crate::rules::files::FileKind;

pub(super) fn run(evidence: &Evidence<'_>) -> Vec<Draft> {
    let only_defined = |flag: &&Flag| flag.references.iter().all(|reference| reference.definition);
    let unread = evidence.flags.added.iter().filter(only_defined);
    let unread = unread.filter(|flag| !is_evaluated(evidence, flag) && !is_used(evidence, flag));
    unread
        .filter_map(|flag| {
            let place = flag.references.first()?;
            let mut draft = Draft::at_flag("unevaluated-flag", place);
            draft.message = format!(
                "`{}` is defined here, but no changed file evaluates it: it gates nothing of this change.",
                flag.key
            );
            draft.content = flag.key.clone();
            Some(draft)
        })
        .collect()
}

/// True when an evaluation in a changed file reads this key, or a constant of this name.
fn is_evaluated(evidence: &Evidence<'_>, flag: &Flag) -> bool {
    let sides = evidence.files.iter().filter_map(|file| file.new.as_ref());
    let mut evaluations = sides.flat_map(|side| &side.flags.evaluations);
    evaluations.any(|evaluation| match &evaluation.key {
        _ if evaluation.list.as_ref() == Some(&flag.key) => true,
        FlagKey::Literal { key, .. } => *key == flag.key,
        FlagKey::Constant(name) => {
            let name = last_name(name);
            flag.constant.as_deref().map(last_name) == Some(name) || name == flag.key
        }
        FlagKey::Parameter(_) | FlagKey::Dynamic(_) => false,
    })
}

/// True when a changed file uses the constant of the key in a way that nobody can tell: `user.flags[NEW_TAX]`.
fn is_used(evidence: &Evidence<'_>, flag: &Flag) -> bool {
    let Some(constant) = flag.constant.as_deref().filter(|constant| *constant != flag.key && !constant.contains('.'))
    else {
        return false;
    };
    let sides = evidence.files.iter().filter(|file| file.kind == FileKind::Code).filter_map(|file| file.new.as_ref());
    sides.into_iter().any(|side| {
        let is_definition = |line: u32| {
            flag.references.iter().any(|place| place.definition && place.path == side.source.path && place.line == line)
        };
        index::places(&side.source.text, constant).any(|at| {
            // Neither in a call nor as an index it may as well be an entry of one more table.
            let is_asked = side.source.text[..at].ends_with(['[', '(']);
            is_asked && !is_definition(side.source.lines.line(at as u32))
        })
    })
}

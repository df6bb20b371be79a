//! Which flags a change adds, modifies and removes.
//!
//! A flag is *added* when its evaluations or definitions stand only on added lines, *removed* when only on removed
//! lines, *modified* when on both. A line that moved and is otherwise equal counts for neither.

use crate::detect::flags::FlagFacts;
use crate::detect::{EvaluationKind, FlagKey};
use crate::git::change::Hunk;
use crate::location::{LineRange, Span};
use crate::report::{DefaultChange, Flag, FlagReference, Flags};
use crate::syntax::SourceFile;
use crate::terms::Side;
use std::collections::{BTreeMap, BTreeSet};

/// One changed file with its flags on both sides.
pub(crate) struct ChangedFlags<'a> {
    pub(crate) old: Option<(&'a SourceFile, &'a FlagFacts)>,
    pub(crate) new: Option<(&'a SourceFile, &'a FlagFacts)>,
    pub(crate) hunks: &'a [Hunk],
}

/// A flag on a changed line.
#[derive(Debug, Clone)]
struct Mention {
    provider: String,
    constant: Option<String>,
    reference: FlagReference,
    /// The lines without white space and closing marks, to tell a move from a change.
    text: String,
    default: Option<String>,
}

/// Sorts the flags on changed lines into added, modified and removed, each by key.
pub(crate) fn touched(files: &[ChangedFlags<'_>]) -> Flags {
    let mut mentions: BTreeMap<String, (Vec<Mention>, Vec<Mention>)> = BTreeMap::new();
    for file in files {
        for (side, flags) in [(Side::Old, &file.old), (Side::New, &file.new)] {
            let Some((source, facts)) = flags else { continue };
            for (key, mention) in on_changed_lines(source, facts, side, file.hunks) {
                let entry = mentions.entry(key).or_default();
                if side == Side::Old { entry.0.push(mention) } else { entry.1.push(mention) }
            }
        }
    }
    merge_lists(files, &mut mentions);
    merge_entries(&mut mentions);
    let mut flags = Flags::default();
    for (key, (mut removed, mut added)) in mentions {
        cancel_moves(&mut removed, &mut added);
        let target = match (removed.is_empty(), added.is_empty()) {
            (true, true) => continue,
            (true, false) => &mut flags.added,
            (false, true) => &mut flags.removed,
            (false, false) => &mut flags.modified,
        };
        let default_change = default_change(&removed, &added);
        let all: Vec<Mention> = added.into_iter().chain(removed).collect();
        let references: BTreeSet<FlagReference> = all.iter().map(|mention| mention.reference.clone()).collect();
        target.push(Flag {
            constant: all.iter().find_map(|mention| mention.constant.clone()).filter(|constant| *constant != key),
            provider: all[0].provider.clone(),
            references: references.into_iter().collect(),
            default_change,
            key,
        });
    }
    flags
}

/// Counts the lists that a flag is kept in as that flag.
fn merge_lists(files: &[ChangedFlags<'_>], mentions: &mut BTreeMap<String, (Vec<Mention>, Vec<Mention>)>) {
    let sides = files.iter().flat_map(|file| [&file.old, &file.new]).flatten();
    let evaluations = sides.flat_map(|(_, facts)| &facts.evaluations);
    let flag_of: BTreeMap<&str, &str> =
        evaluations.filter_map(|it| Some((it.list.as_deref()?, it.key.name()))).collect();
    for (list, flag) in flag_of {
        let Some((removed, added)) = mentions.remove(list) else { continue };
        let of_flag = mentions.entry(flag.to_owned()).or_default();
        of_flag.0.extend(removed);
        of_flag.1.extend(added);
    }
}

/// Counts the entry of a table as the flag that is asked for by the path to it: `features: { newTax: .. }` and
/// `config.get("features.newTax")`.
fn merge_entries(mentions: &mut BTreeMap<String, (Vec<Mention>, Vec<Mention>)>) {
    let path = |(removed, added): &(Vec<Mention>, Vec<Mention>)| {
        let mut all = removed.iter().chain(added);
        all.find_map(|mention| mention.constant.clone().filter(|_| mention.reference.definition))
    };
    let entries: Vec<(String, String)> =
        mentions.iter().filter_map(|(key, found)| Some((key.clone(), path(found)?))).collect();
    for (key, path) in entries {
        if path == key || !mentions.contains_key(&path) {
            continue;
        }
        let Some((removed, added)) = mentions.remove(&key) else { continue };
        let of_path = mentions.entry(path).or_default();
        of_path.0.extend(removed);
        of_path.1.extend(added);
    }
}

fn on_changed_lines(source: &SourceFile, facts: &FlagFacts, side: Side, hunks: &[Hunk]) -> Vec<(String, Mention)> {
    let changed = |lines: LineRange| {
        hunks
            .iter()
            .filter_map(|hunk| if side == Side::Old { hunk.old } else { hunk.new })
            .any(|hunk| hunk.intersects(lines))
    };
    let mention = |span: Span,
                   provider: &str,
                   constant: Option<String>,
                   default: Option<String>,
                   (definition, own_text): (bool, bool)| {
        let lines = source.lines.lines(span);
        // An entry that is added behind another one gives its closing line a comma.
        let last = source.lines.lines(Span { start: span.end.saturating_sub(1), end: span.end });
        let closes = last.start > lines.start
            && source.lines.span(last).text(&source.text).trim().bytes().all(|byte| b"})],;".contains(&byte));
        let own = if closes { LineRange { end: lines.end - 1, ..lines } } else { lines };
        changed(own).then(|| {
            // A name that is taken out of an object stands for itself: its neighbours may come and go.
            let shown = if own_text { span } else { source.lines.span(lines) };
            let text: String = shown.text(&source.text).split_whitespace().collect();
            let text = text.trim_end_matches([',', ';']).to_owned();
            let reference = FlagReference { path: source.path.clone(), line: lines.start, side, definition };
            Mention { provider: provider.to_owned(), constant, reference, text, default }
        })
    };
    let mut found = Vec::new();
    // What a definition reads to find its value (an environment variable) is not another flag.
    let in_definition = |span: Span| {
        facts.definitions.iter().any(|definition| definition.span.contains(span) && definition.span != span)
    };
    let read = facts.evaluations.iter().filter(|evaluation| !evaluation.is_read_elsewhere());
    for evaluation in read.filter(|evaluation| !in_definition(evaluation.span)) {
        let (key, constant) = match &evaluation.key {
            FlagKey::Literal { key, constant } => (key.clone(), constant.clone()),
            FlagKey::Constant(name) => (name.clone(), Some(name.clone())),
            FlagKey::Parameter(_) | FlagKey::Dynamic(_) => continue,
        };
        let mention = mention(
            evaluation.span,
            &evaluation.provider,
            constant,
            evaluation.default.clone(),
            (false, evaluation.kind == EvaluationKind::Name),
        );
        found.extend(mention.map(|mention| (key, mention)));
    }
    for definition in &facts.definitions {
        let mention = mention(
            definition.span,
            &definition.provider,
            definition.constant.clone(),
            definition.default.clone(),
            (true, false),
        );
        found.extend(mention.map(|mention| (definition.key.clone(), mention)));
    }
    found
}

/// Takes out pairs of equal lines of one file.
///
/// Reading a flag in another file than before is an edit: other code stands behind it.
fn cancel_moves(removed: &mut Vec<Mention>, added: &mut Vec<Mention>) {
    let same = |old: &Mention, new: &Mention| new.text == old.text && new.reference.path == old.reference.path;
    removed.retain(|old| match added.iter().position(|new| same(old, new)) {
        Some(at) => {
            added.remove(at);
            false
        }
        None => true,
    });
}

/// The default value on both sides, where each side has one and they differ.
fn default_change(removed: &[Mention], added: &[Mention]) -> Option<DefaultChange> {
    let only = |mentions: &[Mention]| {
        let defaults: BTreeSet<&str> = mentions.iter().filter_map(|mention| mention.default.as_deref()).collect();
        (defaults.len() == 1).then(|| defaults.into_iter().next().unwrap_or_default().to_owned())
    };
    let (old, new) = (only(removed)?, only(added)?);
    (old != new).then_some(DefaultChange { old, new })
}

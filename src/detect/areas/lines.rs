//! Areas of files that have no facts: schema files and the like, judged by their changed lines.

use super::evidence::{Hit, HitPlace, shown};
use super::judge::judge;
use super::sql_text::sql_changes;
use crate::detect::AreaMatch;
use crate::location::{LineIndex, LineRange, RepoPath, Span};
use crate::rules::areas::{AreaPack, ItemId, split_words};
use crate::syntax::SourceFile;
use crate::terms::Side;

/// Longer lines are not looked at.
const MAX_LINE: usize = 2000;

/// The areas that the changed lines of a file without facts touch.
pub(crate) fn detect_lines(file: &SourceFile, changed: &[LineRange], side: Side, packs: &[AreaPack]) -> Vec<AreaMatch> {
    let (path, text, index) = (&file.path, &*file.text, &file.lines);
    let lines: Vec<Span> = changed
        .iter()
        .flat_map(|range| range.start..=range.end.min(index.count()))
        .map(|line| index.span(LineRange::new(line, line)))
        .filter(|span| (1..=MAX_LINE).contains(&span.text(text).trim().len()))
        .collect();
    let detect = |pack: &AreaPack| {
        if pack.ignore_paths.iter().any(|glob| glob.matches(path.as_str())) {
            return None;
        }
        let mut hits = Vec::new();
        for &span in &lines {
            for (regex, id) in &pack.tables.lines {
                let item = pack.item(*id);
                if item.applies_to(path, side)
                    && let Some(name) = regex.find(span.text(text))
                {
                    record(&mut hits, pack, *id, HitPlace::Change, name.trim(), span);
                }
            }
        }
        if path.extension() == Some("sql") {
            sql_hits(text, index, changed, side, path, pack, &mut hits);
        }
        for id in pack.tables.path_words.find(&split_words(path.as_str())).map(|found| found.item) {
            if pack.item(id).applies_to(path, side) {
                record(&mut hits, pack, id, HitPlace::Path, path.file_name(), Span::new(0, 0));
            }
        }
        judge(pack, hits)
    };
    packs.iter().filter_map(detect).collect()
}

fn sql_hits(
    text: &str,
    index: &LineIndex,
    changed: &[LineRange],
    side: Side,
    path: &RepoPath,
    pack: &AreaPack,
    hits: &mut Vec<Hit>,
) {
    if pack.tables.sql.is_empty() {
        return;
    }
    for (change, name, span) in sql_changes(text) {
        let lines = index.lines(span);
        for (wanted, id) in &pack.tables.sql {
            let item = pack.item(*id);
            if *wanted == change
                && changed.iter().any(|range| range.intersects(lines))
                && item.applies_to(path, side)
                && item.text_fits(span.text(text))
            {
                record(hits, pack, *id, HitPlace::Change, &name, span);
            }
        }
    }
}

fn record(hits: &mut Vec<Hit>, pack: &AreaPack, item: ItemId, place: HitPlace, name: &str, span: Span) {
    if !hits.iter().any(|known| known.item == item && known.place == place) {
        let found = pack.item(item);
        let what = found.what.replace("{name}", &shown(name)).replace("{module}", "");
        hits.push(Hit {
            item,
            strength: found.strength,
            place,
            what,
            span,
            name: name.to_owned(),
            words: String::new(),
        });
    }
}

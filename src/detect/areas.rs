//! Which sensitive areas a changed stretch of code touches, and by what evidence.
//!
//! Evidence is looked for in the changed lines, at most as a hint around them (what the change governs by a condition,
//! its declaration, the file's path), and added up: a path or an import alone never makes an area. What counts as evidence
//! is said by the area packs (`rules/areas/*.yaml`); here is only how to look.

mod evidence;
mod fields;
mod judge;
mod lines;
mod names;
mod position;
mod quiet;
mod sql_text;
#[cfg(test)]
mod tests;
mod touched;

pub(crate) use lines::detect_lines;

use super::AreaMatch;
use crate::location::Span;
use crate::rules::areas::{AreaContext, AreaPack};
use crate::syntax::SourceFile;
use crate::syntax::facts::NodeId;
use crate::terms::Side;
use evidence::{Collector, Region};
use names::FileNames;
use touched::ChangedLines;

/// Finds the areas of the regions of one file.
pub(crate) struct AreaDetector<'a> {
    file: &'a SourceFile,
    packs: &'a [AreaPack],
    names: FileNames<'a>,
    ui: bool,
}

impl<'a> AreaDetector<'a> {
    pub(crate) fn new(file: &'a SourceFile, packs: &'a [AreaPack]) -> Self {
        let names = FileNames::of(file);
        let ui = AreaContext::built_in().is_ui(&file.path, names.modules()) || names.has_elements();
        Self { file, packs, names, ui }
    }

    /// The areas that a changed region touches, in the order of the packs.
    ///
    /// `changed` are the changed code tokens of the region on this side, `declaration` the innermost function, class or
    /// module around them.
    pub(crate) fn detect(&self, changed: &[Span], declaration: NodeId, side: Side) -> Vec<AreaMatch> {
        let Some(facts) = self.file.facts() else { return Vec::new() };
        let changed = quiet::without_quiet(self.file, facts, changed);
        if changed.is_empty() {
            return Vec::new();
        }
        let changed = ChangedLines::new(self.file, &changed);
        let touched = touched::touched(self.file, facts, declaration, &changed);
        let around = touched::around(self.file, facts, declaration, &changed, &touched);
        let whole = touched::is_whole(self.file, facts, declaration, &changed);
        let region = Region { changed: &changed, side, whole, ui: self.ui };
        let collect = |pack: &'a AreaPack| {
            let mut collector = Collector::new(self.file, facts, &self.names, pack, region);
            if collector.is_ignored(declaration) {
                return None;
            }
            touched.iter().chain(&around).for_each(|touched| collector.visit(touched));
            collector.path();
            judge::judge(pack, collector.hits)
        };
        self.packs.iter().filter_map(collect).collect()
    }
}

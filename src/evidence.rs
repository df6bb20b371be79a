//! Everything that is known about one change: what the checks look at. Read-only.

use crate::detect::AreaMatch;
use crate::detect::flags::FlagFacts;
use crate::gating::JudgedRegion;
use crate::gating::region::RegionSide;
use crate::git::change::{ChangeSet, Hunk};
use crate::index::Index;
use crate::location::RepoPath;
use crate::report::Flags;
use crate::rules::files::FileKind;
use crate::syntax::SourceFile;
use crate::terms::{Coverage, Side, Tier};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One change, analysed.
pub(crate) struct Evidence<'a> {
    pub(crate) changes: &'a ChangeSet,
    /// Both sides, whole.
    pub(crate) index: &'a Index,
    /// Sorted by path.
    pub(crate) files: Vec<FileEvidence>,
    pub(crate) flags: Flags,
    /// How many files of changed code could not be looked into; the notices say which and why.
    pub(crate) unanalysed: usize,
    /// How many changed files are in programming languages that are not known here.
    pub(crate) unknown_language: usize,
}

/// One changed file, analysed.
pub(crate) struct FileEvidence {
    pub(crate) path: RepoPath,
    pub(crate) kind: FileKind,
    pub(crate) hunks: Vec<Hunk>,
    pub(crate) old: Option<SideEvidence>,
    pub(crate) new: Option<SideEvidence>,
    /// The behavioural regions, in order.
    pub(crate) regions: Vec<RegionEvidence>,
}

/// One side of a file.
pub(crate) struct SideEvidence {
    pub(crate) source: Arc<SourceFile>,
    pub(crate) flags: FlagFacts,
}

/// A behavioural region with the areas that it touches.
pub(crate) struct RegionEvidence {
    pub(crate) judged: JudgedRegion,
    /// By tier, highest first, then by name.
    pub(crate) areas: Vec<AreaMatch>,
    /// The changed tokens, for the fingerprint.
    pub(crate) digest: String,
}

impl FileEvidence {
    pub(crate) fn side(&self, side: Side) -> Option<&SideEvidence> {
        match side {
            Side::Old => self.old.as_ref(),
            Side::New => self.new.as_ref(),
        }
    }
}

impl RegionEvidence {
    pub(crate) fn tier(&self) -> Tier {
        self.areas.iter().map(|area| area.tier).max().unwrap_or(Tier::None)
    }

    /// False when the region only reads flags and branches on them.
    pub(crate) fn counts(&self) -> bool {
        self.judged.coverage != Coverage::Na
    }
}

/// Words that give a value a name, or take the place of a flag.
const SAYS_NOTHING: [&str; 6] = ["const", "let", "var", "export", "return", "true"];

/// Whether all that a region says now was said in its file before, and more: what is left of code after a flag went out of it
/// (`tabs = compact([home, on && more])`, `const TABS = [home, more]`).
fn says_nothing_new(file: &FileEvidence, region: &RegionEvidence, constants: &BTreeSet<String>) -> bool {
    let (Some(old), Some(new)) = (&file.old, &file.new) else { return false };
    let regions = || file.regions.iter().map(|region| &region.judged.region);
    let mut before: BTreeMap<String, usize> = BTreeMap::new();
    for word in regions().filter_map(|region| region.old.as_ref()).flat_map(|side| words(&old.source, side)) {
        *before.entry(word).or_default() += 1;
    }
    let after = |side| words(&new.source, side).into_iter().filter(|word| !SAYS_NOTHING.contains(&word.as_str()));
    let total = regions().filter_map(|region| region.new.as_ref()).flat_map(after).count();
    let is_known = |word: String| before.contains_key(&word) || constants.contains(&word);
    total < before.values().sum() && region.judged.region.new.iter().flat_map(after).all(is_known)
}

/// The numbers and strings that go.
fn removed_constants(file: &FileEvidence) -> Vec<String> {
    let Some(old) = &file.old else { return Vec::new() };
    let spans = file.hunks.iter().filter_map(|hunk| hunk.old).map(|lines| old.source.lines.span(lines));
    let tokens = spans.flat_map(|span| old.source.tokens_in(span));
    let texts = tokens.map(|token| token.span.text(&old.source.text));
    let is_constant = |text: &&str| text.starts_with(['"', '\'']) || text.starts_with(|c: char| c.is_ascii_digit());
    texts.filter(is_constant).map(normal).collect()
}

/// The changed words of one side.
fn words(source: &SourceFile, side: &RegionSide) -> Vec<String> {
    let Some(facts) = source.facts() else { return Vec::new() };
    let tokens = side.runs.iter().flat_map(|run| &run.tokens);
    let texts = tokens.map(|&at| facts.tokens[at as usize].span.text(&source.text));
    texts.filter(|text| text.contains(|c: char| c.is_alphanumeric())).map(normal).collect()
}

/// `TABS` was `tabs`, and `'a'` is `"a"`.
fn normal(text: &str) -> String {
    let name = text.trim_matches(['"', '\'']);
    if name.len() < text.len() { name.to_owned() } else { text.to_lowercase() }
}

impl Evidence<'_> {
    /// Every behavioural region with its file, in order.
    pub(crate) fn regions(&self) -> impl Iterator<Item = (&FileEvidence, &RegionEvidence)> {
        self.files.iter().flat_map(|file| file.regions.iter().map(move |region| (file, region)))
    }

    /// True when flags are removed, none is added or edited, and no region has anything new beside plumbing: what stood
    /// behind the flag goes with it, or runs for everyone from now on.
    pub(crate) fn is_flag_removal(&self) -> bool {
        let flags = &self.flags;
        if flags.removed.is_empty() || !flags.added.is_empty() || !flags.modified.is_empty() {
            return false;
        }
        let open = self.regions().filter(|(_, region)| region.counts() && region.judged.brings_new).collect::<Vec<_>>();
        if open.is_empty() {
            return true;
        }
        let defaults: BTreeSet<String> = self.files.iter().flat_map(removed_constants).collect();
        open.into_iter().all(|(file, region)| says_nothing_new(file, region, &defaults))
    }
}

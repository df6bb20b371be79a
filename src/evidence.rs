//! Everything that is known about one change: what the checks look at. Read-only.

use crate::detect::AreaMatch;
use crate::detect::flags::FlagFacts;
use crate::gating::JudgedRegion;
use crate::git::change::{ChangeSet, Hunk};
use crate::index::Index;
use crate::location::RepoPath;
use crate::report::Flags;
use crate::rules::files::FileKind;
use crate::syntax::SourceFile;
use crate::terms::{Coverage, Side, Tier};
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

impl Evidence<'_> {
    /// Every behavioural region with its file, in order.
    pub(crate) fn regions(&self) -> impl Iterator<Item = (&FileEvidence, &RegionEvidence)> {
        self.files.iter().flat_map(|file| file.regions.iter().map(move |region| (file, region)))
    }

    /// True when flags are removed, none is added or edited, and no region has anything new beside plumbing: what stood
    /// behind the flag goes with it, or runs for everyone from now on.
    pub(crate) fn is_flag_removal(&self) -> bool {
        let flags = &self.flags;
        !flags.removed.is_empty()
            && flags.added.is_empty()
            && flags.modified.is_empty()
            && self.regions().all(|(_, region)| !region.counts() || !region.judged.brings_new)
    }
}

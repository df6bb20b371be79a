//! The signals that only an analysed change has: what it hits and how far, in flags, in code and in areas.
//!
//! They are judgements of impact and have few points (see `rules/score.yaml`); a past change of the backtest does not
//! have them.

use super::Assessment;
use super::score::Feature;
use crate::evidence::{Evidence, RegionEvidence};
use crate::history::shape::Shape;
use crate::index::modules::Family;
use crate::location::RepoPath;
use crate::rules::RuleSet;
use crate::rules::files::FileKind;
use crate::terms::{Coverage, Side, SignalId, Tier};
use std::collections::BTreeSet;

/// What an analysed change hits and how far.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Impact {
    /// Changed source files that read a flag, in order, and how many source files change.
    pub(crate) flag_files: Vec<RepoPath>,
    pub(crate) files: usize,
    /// Keys of the flags that are added, edited or removed, in order.
    pub(crate) flags: Vec<String>,
    /// Of these, those whose default is another one now.
    pub(crate) flips: Vec<String>,
    /// `None` where no changed file has modules that can be followed.
    pub(crate) blast: Option<Blast>,
    pub(crate) tier: Tier,
    /// The areas of that tier, in order.
    pub(crate) areas: Vec<String>,
    /// Of the changed behaviour of that tier; `None` where there is nothing to gate.
    pub(crate) gated: Option<Gated>,
}

/// Who imports the changed files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Blast {
    /// In order, those that import a changed file themselves first.
    pub(crate) importers: Vec<RepoPath>,
    pub(crate) direct: usize,
    /// Of these and of the changed files, those from which the outside world runs code: how many, by what they are
    /// called, in the order of the rules.
    pub(crate) entries: Vec<(String, usize)>,
    /// There may be more.
    pub(crate) is_cut: bool,
}

/// Changed stretches of code that run only with a flag on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gated {
    pub(crate) covered: usize,
    pub(crate) of: usize,
}

impl Impact {
    pub(crate) fn of(evidence: &Evidence<'_>, assessment: &Assessment, shape: &Shape, rules: &RuleSet) -> Self {
        let flags = &evidence.flags;
        let reads_flags = |file: &&crate::evidence::FileEvidence| {
            file.kind == FileKind::Code
                && [&file.new, &file.old].into_iter().flatten().any(|side| !side.flags.evaluations.is_empty())
        };
        let touched = flags.added.iter().chain(&flags.modified).chain(&flags.removed);
        let flips = flags.modified.iter().filter(|flag| flag.default_change.is_some());
        let mut keys: Vec<String> = touched.map(|flag| flag.key.clone()).collect();
        keys.sort_unstable();
        keys.dedup();
        Self {
            flag_files: evidence.files.iter().filter(reads_flags).map(|file| file.path.clone()).collect(),
            files: shape.files.len(),
            flags: keys,
            flips: flips.map(|flag| flag.key.clone()).collect(),
            blast: blast(evidence, shape, rules),
            tier: assessment.tier,
            areas: areas(evidence, assessment.tier),
            gated: gated(evidence, assessment),
        }
    }

    /// How many top folders the files are in that read a flag.
    pub(crate) fn services(&self) -> usize {
        let tops = self.flag_files.iter().filter_map(|path| path.as_str().split_once('/'));
        tops.map(|(top, _)| top).collect::<BTreeSet<_>>().len().max(usize::from(!self.flag_files.is_empty()))
    }

    /// `typical` is the usual number of importers.
    pub(crate) fn features(&self, typical: f64) -> Vec<Feature> {
        let log = |number: usize| Some((number as f64).ln_1p());
        let tier = match self.tier {
            Tier::None => 0.0,
            Tier::Moderate => 1.0,
            Tier::High => 2.0,
            Tier::Critical => 3.0,
        };
        let values = [
            (SignalId::FlagDensity, Some(self.flag_files.len() as f64 / self.files.max(1) as f64)),
            (SignalId::FlagsTouched, log(self.flags.len())),
            (SignalId::DefaultFlips, log(self.flips.len())),
            (SignalId::BlastRadius, self.blast.as_ref().and_then(|blast| log(blast.least(typical)))),
            // The state of flags is not read yet.
            (SignalId::BlastUsers, None),
            (SignalId::Area, Some(tier)),
            (SignalId::Gated, self.gated.map(Gated::share)),
        ];
        values.map(|(id, value)| Feature { id, value }).into()
    }
}

impl Blast {
    /// How many files import the changed ones; where that is not known for sure, no fewer than usual.
    fn least(&self, typical: f64) -> usize {
        let found = self.importers.len();
        if self.is_cut { found.max(typical.ceil() as usize) } else { found }
    }
}

impl Gated {
    pub(crate) fn share(self) -> f64 {
        self.covered as f64 / self.of.max(1) as f64
    }
}

/// The areas of the highest tier, by their ids.
fn areas(evidence: &Evidence<'_>, tier: Tier) -> Vec<String> {
    let areas = evidence.regions().flat_map(|(_, region)| &region.areas).filter(|area| area.tier == tier);
    let areas: BTreeSet<String> = areas.map(|area| area.area.clone()).collect();
    areas.into_iter().collect()
}

/// The same regions that decide the coverage of the change.
fn gated(evidence: &Evidence<'_>, assessment: &Assessment) -> Option<Gated> {
    if assessment.flag_removal {
        return None;
    }
    let highest = evidence.regions().map(|(_, region)| region.tier()).max().unwrap_or(Tier::None);
    let counts = |region: &&RegionEvidence| region.counts() && (highest == Tier::None || region.tier() == highest);
    let regions: Vec<&RegionEvidence> = evidence.regions().map(|(_, region)| region).filter(counts).collect();
    let covered = regions.iter().filter(|region| region.judged.coverage == Coverage::Covered).count();
    (!regions.is_empty()).then_some(Gated { covered, of: regions.len() })
}

fn blast(evidence: &Evidence<'_>, shape: &Shape, rules: &RuleSet) -> Option<Blast> {
    let tree = evidence.index.tree(Side::New);
    let paths = shape.files.iter().map(|file| &file.path);
    let changed: Vec<RepoPath> =
        paths.filter(|path| Family::of(path.as_str()).is_some() && tree.contains(path.as_str())).cloned().collect();
    if changed.is_empty() {
        return None;
    }
    let found = tree.imported_by(&changed, &|path| rules.files.kind(path, "") != FileKind::Code);
    let mut importers: Vec<(u32, RepoPath)> = found.files.into_iter().map(|(path, depth)| (depth, path)).collect();
    importers.sort_unstable();
    let direct = importers.iter().filter(|(depth, _)| *depth == 1).count();
    let importers: Vec<RepoPath> = importers.into_iter().map(|(_, path)| path).collect();
    let reached: BTreeSet<&RepoPath> = changed.iter().chain(&importers).collect();
    let called: Vec<&[String; 2]> =
        reached.into_iter().filter_map(|path| rules.score.entry(path.as_str())).map(|entry| &entry.what).collect();
    let mut entries: Vec<(String, usize)> = Vec::new();
    for [one, many] in rules.score.entries.iter().map(|entry| &entry.what) {
        let count = called.iter().filter(|[other, _]| other == one).count();
        entries.extend((count > 0).then(|| (if count == 1 { one } else { many }.clone(), count)));
    }
    Some(Blast { importers, direct, entries, is_cut: found.is_cut })
}

//! From a change set to evidence: the stages git -> syntax -> detect -> gating, file by file and in parallel.

use crate::config::Config;
use crate::detect::areas::{self, AreaDetector};
use crate::detect::constants;
use crate::detect::flags::FlagFacts;
use crate::detect::touched::{ChangedFlags, touched};
use crate::detect::{AreaMatch, FlagKey};
use crate::evidence::{Evidence, FileEvidence, RegionEvidence, SideEvidence};
use crate::gating::condition::FlagValues;
use crate::gating::markup;
use crate::gating::region::{self, ChangedRuns, Region, RegionSide, Run};
use crate::gating::{GatedDeclarations, JudgedRegion, SideValues, judge};
use crate::git::change::{ChangeSet, ChangeStatus, Content, FileChange, Hunk};
use crate::index::Index;
use crate::location::{LineRange, RepoPath, Span};
use crate::project::Project;
use crate::project::callers::{Reach, Target, declaration_around, export_around, filling_around};
use crate::report::{Flags, Notice};
use crate::rules::RuleSet;
use crate::rules::files::FileKind;
use crate::syntax::facts::NodeId;
use crate::syntax::sections::{has_sections, markup_lines};
use crate::syntax::{Parse, ParseLimits, SourceFile, language_for};
use crate::terms::{Coverage, Side};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;
use std::thread;

/// Analyses every changed file, with what the rest of the repository says about it. Notices say what could not be analysed.
///
/// Files `around` change too and are not judged: what moves from or to them, and what flags do there, counts.
pub(crate) fn analyse<'a>(
    changes: &'a ChangeSet,
    around: &'a [FileChange],
    index: &'a Index,
    rules: &RuleSet,
    config: &Config,
) -> (Evidence<'a>, Vec<Notice>) {
    let mut all: Vec<(&FileChange, bool)> = changes.files.iter().map(|file| (file, true)).collect();
    all.extend(around.iter().map(|file| (file, false)));
    all.sort_by_key(|(file, _)| &file.path);
    let parse = || {
        // One at a time: files differ in size a hundredfold.
        let files = all.par_iter().with_max_len(1);
        files.filter_map(|&(change, judged)| ParsedFile::new(change, judged, rules, config)).collect()
    };
    let is_code = |change: &FileChange| {
        language_for(&change.path).is_some() && rules.files.kind(&change.path, "") == FileKind::Code
    };
    let mut files: Vec<ParsedFile<'_>> = match all.iter().any(|(change, _)| is_code(change)) {
        // What earlier runs know of all other files is read meanwhile: nearly every change of code asks for it.
        true => thread::scope(|scope| {
            let _ = thread::Builder::new().spawn_scoped(scope, || index.recall());
            parse()
        }),
        false => parse(),
    };
    let mut projects = [Side::Old, Side::New].map(|side| project(index, side, &mut files, rules));
    ask_callers(&mut files, &mut projects[1]);
    resolve_constants(&mut files);
    let mut moves: Vec<_> = files
        .iter_mut()
        .map(|file| {
            let ParsedFile { old, new, runs, .. } = file;
            (old.as_ref().map(|side| &*side.source), new.as_ref().map(|side| &*side.source), runs)
        })
        .collect();
    region::drop_moves(&mut moves);
    let unread: Vec<Notice> = changes.files.iter().filter_map(|change| unread(change, rules, config)).collect();
    let judged_code = || files.iter().filter(|file| file.judged && file.kind == FileKind::Code);
    let unanalysed = unread.len() + judged_code().filter(|file| file.fell_back()).count();
    let unknown_language = judged_code().filter(|file| file.other_language.is_some()).count();
    let mut notices: Vec<Notice> = changes
        .notices
        .iter()
        .map(|notice| Notice { path: notice.path.clone(), reason: notice.reason.clone() })
        .chain(unread)
        .chain(files.iter().flat_map(ParsedFile::notices))
        .collect();
    let (regions, cut_short) = judge_all(&files, &mut projects, rules, config);
    notices.extend(too_much(cut_short));
    notices.sort();
    notices.dedup();
    let (files, around): (Vec<_>, Vec<_>) = files.into_iter().zip(regions).partition(|(file, _)| file.judged);
    let evidence = |files: Vec<(ParsedFile<'_>, Vec<RegionEvidence>)>| -> Vec<FileEvidence> {
        files.into_iter().map(|(file, regions)| file.into_evidence(regions)).collect()
    };
    let (files, around) = (evidence(files), evidence(around));
    let changed: Vec<ChangedFlags<'_>> = files
        .iter()
        .chain(&around)
        .filter(|file| file.kind == FileKind::Code)
        .map(|file| ChangedFlags {
            old: file.old.as_ref().map(|side| (&*side.source, &side.flags)),
            new: file.new.as_ref().map(|side| (&*side.source, &side.flags)),
            hunks: &file.hunks,
        })
        .collect();
    let flags = flags_inside(touched(&changed), changes, !around.is_empty());
    (Evidence { changes, index, files, flags, unanalysed, unknown_language }, notices)
}

/// The flags that the judged files have to do with; what stands there comes first.
fn flags_inside(mut flags: Flags, changes: &ChangeSet, is_limited: bool) -> Flags {
    if !is_limited {
        return flags;
    }
    let paths = changes.files.iter().flat_map(|file| [Some(&file.path), file.old_path.as_ref()]);
    let inside: HashSet<&RepoPath> = paths.flatten().collect();
    for flags in [&mut flags.added, &mut flags.modified, &mut flags.removed] {
        flags.retain(|flag| flag.references.iter().any(|reference| inside.contains(&reference.path)));
        for flag in flags {
            flag.references.sort_by_key(|reference| !inside.contains(&reference.path));
        }
    }
    flags
}

/// Looks at the changed files of one side, and at what they use; gives each its flags.
fn project<'i>(index: &'i Index, side: Side, files: &mut [ParsedFile<'_>], rules: &'i RuleSet) -> Project<'i> {
    let mut project = Project::new(index.tree(side), rules);
    let sides = || files.iter().filter_map(|file| file.side(side)).map(|side| &side.source);
    sides().for_each(|source| index.adopt(side, Arc::clone(source)));
    let paths: Vec<RepoPath> = sides().map(|source| source.path.clone()).collect();
    project.load(&paths);
    for of_file in files.iter_mut().filter_map(|file| file.side_mut(side)) {
        if let Some(known) = project.file(&of_file.source.path) {
            of_file.flags = known.flags.clone();
        }
    }
    project
}

/// Looks which parameters of changed functions carry flags that their callers hand in; gives these to the files.
fn ask_callers(files: &mut [ParsedFile<'_>], project: &mut Project<'_>) {
    for file in files.iter_mut().filter(|file| file.kind == FileKind::Code) {
        let Some(new) = &mut file.new else { continue };
        let Some(facts) = new.source.facts() else { continue };
        let tokens = file.runs.new.iter().flat_map(|run| &run.tokens);
        let spans: Vec<Span> = tokens.map(|&at| facts.tokens[at as usize].span).collect();
        project.ask_callers(&new.source.path, &spans);
    }
    for new in files.iter_mut().filter_map(|file| file.new.as_mut()) {
        if let Some(known) = project.file(&new.source.path) {
            new.flags = known.flags.clone();
        }
    }
}

/// Gives evaluations the keys of constants that other changed files declare.
fn resolve_constants(files: &mut [ParsedFile<'_>]) {
    let wanted = constants::unresolved(flags_of(files));
    if wanted.is_empty() {
        return;
    }
    for side in files.iter_mut().flat_map(|file| [&mut file.old, &mut file.new]).flatten() {
        constants::define(&side.source, &mut side.flags, &wanted);
    }
    let known = constants::keys(flags_of(files), &wanted);
    for side in files.iter_mut().flat_map(|file| [&mut file.old, &mut file.new]).flatten() {
        constants::resolve(&mut side.flags, &known);
    }
}

fn flags_of<'f>(files: &'f [ParsedFile<'_>]) -> impl Iterator<Item = &'f FlagFacts> {
    files.iter().flat_map(|file| [&file.old, &file.new]).flatten().map(|side| &side.flags)
}

/// A changed text file after parsing.
struct ParsedFile<'a> {
    change: &'a FileChange,
    /// False for what is only read, as it is outside the judged paths.
    judged: bool,
    kind: FileKind,
    old: Option<SideEvidence>,
    new: Option<SideEvidence>,
    runs: ChangedRuns,
    /// The language, where it is a programming language without a grammar here.
    other_language: Option<&'a str>,
}

impl<'a> ParsedFile<'a> {
    /// `None` for what cannot change behaviour: tests, docs, generated and vendored files, pure renames.
    fn new(change: &'a FileChange, judged: bool, rules: &'a RuleSet, config: &Config) -> Option<Self> {
        let Content::Text { old, new } = &change.content else { return None };
        if change.hunks.is_empty() || config.excludes(change.path.as_str()) {
            return None;
        }
        let kind = rules.files.kind(&change.path, new.as_deref().or(old.as_deref()).unwrap_or(""));
        if matches!(kind, FileKind::Test | FileKind::Docs | FileKind::Generated | FileKind::Vendored) {
            return None;
        }
        let limits = ParseLimits::default();
        let old_path = change.old_path.as_ref().unwrap_or(&change.path);
        let has_sections = has_sections(&change.path) && has_sections(old_path);
        let one = |path: &RepoPath, text: &Arc<str>| match has_sections {
            true => SourceFile::analyse_scripts(path.clone(), Arc::clone(text), &limits),
            false => SourceFile::analyse(path.clone(), Arc::clone(text), &limits),
        };
        let [old, new] = match (old, new) {
            (Some(old), Some(new)) if !has_sections => {
                let (old, new) = ((old_path.clone(), Arc::clone(old)), (change.path.clone(), Arc::clone(new)));
                SourceFile::analyse_both(old, new, &change.hunks, &limits).map(Some)
            }
            (old, new) => [old.as_ref().map(|old| one(old_path, old)), new.as_ref().map(|new| one(&change.path, new))],
        };
        let side = |source: SourceFile| SideEvidence { source: Arc::new(source), flags: FlagFacts::default() };
        let (old, new) = (old.map(side), new.map(side));
        let runs = region::changed_runs(
            old.as_ref().map(|side| &*side.source),
            new.as_ref().map(|side| &*side.source),
            &change.hunks,
            &rules.presentation,
        );
        let other_language = rules.presentation.other_language(change.path.extension());
        Some(Self { change, judged, kind, old, new, runs, other_language })
    }

    fn side(&self, side: Side) -> Option<&SideEvidence> {
        if side == Side::Old { self.old.as_ref() } else { self.new.as_ref() }
    }

    fn side_mut(&mut self, side: Side) -> Option<&mut SideEvidence> {
        if side == Side::Old { self.old.as_mut() } else { self.new.as_mut() }
    }

    /// True when a side that has a language could not be parsed, so that tokens cannot be compared.
    fn fell_back(&self) -> bool {
        let sides = [&self.old, &self.new].into_iter().flatten();
        sides.filter(|side| side.source.language.is_some()).any(|side| side.source.facts().is_none())
    }

    fn notices(&self) -> Vec<Notice> {
        if self.kind != FileKind::Code || !self.judged {
            return Vec::new();
        }
        let notice = |reason: String| Notice { path: Some(self.change.path.clone()), reason };
        let mut notices = Vec::new();
        if let Some(language) = self.other_language {
            let has_facts = || self.new.as_ref().is_some_and(|new| new.source.facts().is_some());
            notices.push(notice(match has_sections(&self.change.path) && has_facts() {
                true => format!(
                    "Of {language}, scripts and plain conditions are analysed; the rest of the markup counts as not \
                     covered."
                ),
                false => format!("{language} is not analysed yet: flags and areas in it are not seen."),
            }));
        }
        notices.extend(
            [&self.new, &self.old].into_iter().flatten().filter(|side| side.source.language.is_some()).find_map(
                |side| match &side.source.parse {
                    Parse::Fallback(reason) => Some(notice(reason.clone())),
                    Parse::Facts(_) => None,
                },
            ),
        );
        let Some(new) = &self.new else { return notices };
        if let Some(facts) = new.source.facts() {
            let broken = facts.errors.iter().map(|&span| new.source.lines.lines(span));
            let near: Vec<LineRange> = broken
                .filter(|lines| self.change.hunks.iter().any(|hunk| hunk.new.is_some_and(|new| new.intersects(*lines))))
                .collect();
            if let Some(first) = near.first() {
                notices.push(notice(format!(
                    "Syntax that preflag does not know at line {}; the rest of the file is analysed.",
                    first.start
                )));
            }
        }
        notices
    }

    fn judge<'s>(
        &'s self,
        old: Option<(&SideValues<'_>, &GatedDeclarations)>,
        new: Option<(&SideValues<'_>, &GatedDeclarations)>,
        rules: &'s RuleSet,
        config: &Config,
    ) -> Vec<RegionEvidence> {
        if !self.judged {
            return Vec::new();
        }
        let by_lines_only = self.fell_back() || self.kind != FileKind::Code || old.is_none() && new.is_none();
        let mut regions: Vec<RegionEvidence> = if by_lines_only {
            let is_program = self.kind == FileKind::Code && (self.fell_back() || self.other_language.is_some());
            by_lines(&self.change.hunks, is_program, self.old.as_ref(), self.new.as_ref(), rules)
        } else {
            let areas = |side: &'s Option<SideEvidence>, runs: &[Run]| {
                side.as_ref().filter(|_| !runs.is_empty()).map(|side| AreaDetector::new(&side.source, &rules.areas))
            };
            let (old_areas, new_areas) = (areas(&self.old, &self.runs.old), areas(&self.new, &self.runs.new));
            let (before, after) =
                (self.old.as_ref().map(|side| &*side.source), self.new.as_ref().map(|side| &*side.source));
            let of_code = region::regions(before, after, &self.runs).into_iter().map(|region| {
                let digest = digest(&region, self.old.as_ref(), self.new.as_ref());
                let mut areas = region_areas(&region, old_areas.as_ref(), new_areas.as_ref());
                let judged = judge(region, old, new);
                areas.retain(|_| !judged.only_names);
                RegionEvidence { judged, areas, digest }
            });
            of_code.chain(self.of_markup(old.map(|(side, _)| side), new.map(|(side, _)| side), rules)).collect()
        };
        for area in regions.iter_mut().flat_map(|region| &mut region.areas) {
            area.tier = config.capped(self.change.path.as_str(), config.area_tier(&area.area, area.tier));
        }
        regions
    }

    /// What changes beside the scripts of a file of markup, hunk by hunk.
    fn of_markup(
        &self,
        old: Option<&SideValues<'_>>,
        new: Option<&SideValues<'_>>,
        rules: &RuleSet,
    ) -> Vec<RegionEvidence> {
        if !has_sections(&self.change.path) {
            return Vec::new();
        }
        let beside = |side: &Option<SideEvidence>, lines: Option<LineRange>| -> Vec<Span> {
            let (Some(side), Some(lines)) = (side, lines) else { return Vec::new() };
            let source = &side.source;
            let lines = markup_lines(&source.text, &source.lines, lines).into_iter();
            let spans = lines.map(|line| source.lines.span(LineRange::new(line, line)).trimmed(&source.text));
            spans.filter(|span| span.len() > 0).collect()
        };
        let lines = |side: &Option<SideEvidence>, spans: &[Span]| {
            let source = &side.as_ref()?.source;
            let (first, last) = (spans.first()?, spans.last()?);
            Some(LineRange::new(source.lines.line(first.start), source.lines.line(last.start)))
        };
        let mut found = Vec::new();
        for hunk in &self.change.hunks {
            let (before, after) = (beside(&self.old, hunk.old), beside(&self.new, hunk.new));
            let beside = Hunk { old: lines(&self.old, &before), new: lines(&self.new, &after), ..*hunk };
            let gates = match (before.is_empty(), after.is_empty()) {
                (true, false) => new.and_then(|new| markup::gates(&new.values, &after)),
                (false, true) => old.and_then(|old| markup::gates(&old.values, &before)),
                _ => old
                    .zip(new)
                    .and_then(|(old, new)| markup::gates_of_both((&old.values, &before), (&new.values, &after))),
            };
            for mut region in by_lines(&[beside], true, self.old.as_ref(), self.new.as_ref(), rules) {
                if let Some(gates) = &gates {
                    (region.judged.coverage, region.judged.gates) = (Coverage::Covered, gates.clone());
                    region.judged.ungated.clear();
                }
                found.push(region);
            }
        }
        found
    }

    fn into_evidence(self, regions: Vec<RegionEvidence>) -> FileEvidence {
        let Self { change, kind, old, new, .. } = self;
        FileEvidence { path: change.path.clone(), kind, hunks: change.hunks.clone(), old, new, regions }
    }
}

/// The regions of every file: what each side's flags are, the verdicts by the files themselves, and where these are open,
/// the verdicts by who reaches the code. Also for how many declarations that was too much to look at.
fn judge_all<'a>(
    files: &'a [ParsedFile<'_>],
    projects: &mut [Project<'_>; 2],
    rules: &RuleSet,
    config: &Config,
) -> (Vec<Vec<RegionEvidence>>, usize) {
    let keys: HashSet<&str> =
        files.iter().flat_map(|file| [&file.old, &file.new]).flatten().flat_map(known_keys).collect();
    let values = |side: &'a Option<SideEvidence>| side.as_ref().and_then(|side| side_values(side, &keys));
    let sides: Vec<[Option<SideValues<'_>>; 2]> =
        files.par_iter().map(|file| [values(&file.old), values(&file.new)]).collect();
    let judged = |index: usize, reached: &[GatedDeclarations; 2]| {
        let [before, after] = &sides[index];
        let (before, after) =
            (before.as_ref().map(|side| (side, &reached[0])), after.as_ref().map(|side| (side, &reached[1])));
        files[index].judge(before, after, rules, config)
    };
    let nothing = [GatedDeclarations::new(), GatedDeclarations::new()];
    let mut regions: Vec<Vec<RegionEvidence>> =
        (0..files.len()).into_par_iter().with_max_len(1).map(|index| judged(index, &nothing)).collect();
    let mut reached: Vec<[GatedDeclarations; 2]> = files.iter().map(|_| nothing.clone()).collect();
    let mut cut_short = 0;
    for (at, side) in [Side::Old, Side::New].into_iter().enumerate() {
        let (by_file, too_many) = reached_by_flags(files, &regions, &mut projects[at], side, rules);
        cut_short += too_many;
        for (index, gated) in by_file {
            reached[index][at] = gated;
        }
    }
    let again = |index: usize| (index, judged(index, &reached[index]));
    let open: Vec<usize> =
        (0..files.len()).filter(|&index| reached[index].iter().any(|side| !side.is_empty())).collect();
    for (index, judged) in open.into_par_iter().with_max_len(1).map(again).collect::<Vec<_>>() {
        regions[index] = judged;
    }
    (regions, cut_short)
}

/// Says that not all callers were looked for.
fn too_much(declarations: usize) -> Option<Notice> {
    let (the, them) = match declarations {
        0 => return None,
        1 => ("one changed declaration".to_owned(), "it counts"),
        many => (format!("{many} changed declarations"), "they count"),
    };
    let reason = format!(
        "There is too much to read to find every caller: for {the} nobody looked whether all callers are behind a flag, so \
         {them} as not covered unless a flag stands in the code itself. Smaller changes are looked at in full."
    );
    Some(Notice { path: None, reason })
}

/// For each file, the declarations of one side with changed code in the open whose every use is behind a flag; and for how
/// many declarations that was too much to look at.
fn reached_by_flags(
    files: &[ParsedFile<'_>],
    regions: &[Vec<RegionEvidence>],
    project: &mut Project<'_>,
    side: Side,
    rules: &RuleSet,
) -> (Vec<(usize, GatedDeclarations)>, usize) {
    let mut targets: Vec<(usize, Target)> = Vec::new();
    let mut reached: BTreeMap<usize, GatedDeclarations> = BTreeMap::new();
    for (index, (file, regions)) in files.iter().zip(regions).enumerate() {
        let Some(of_file) = file.side(side).filter(|_| file.kind == FileKind::Code) else { continue };
        let Some(facts) = of_file.source.facts() else { continue };
        // What was taken away matters only where nothing took its place, or no more than marks did.
        let open = regions.iter().map(|region| &region.judged).filter(|judged| {
            let matters = judged.region.primary().0 == side || side == Side::Old && !judged.brings_new;
            matches!(judged.coverage, Coverage::Uncovered | Coverage::Partial) && matters
        });
        let tokens =
            open.filter_map(|judged| judged.region.side(side)).flat_map(|part| &part.runs).flat_map(|run| &run.tokens);
        let open_nodes: Vec<NodeId> = tokens.map(|&token| facts.innermost(facts.tokens[token as usize].span)).collect();
        let around = open_nodes.iter().filter_map(|&node| {
            let exported = || export_around(&of_file.source, facts, node, rules);
            let filling = || filling_around(&of_file.source, facts, node, rules).map(|filling| filling.by);
            declaration_around(facts, node).or_else(exported).or_else(filling)
        });
        let around: BTreeSet<NodeId> = around.collect();
        let path = &of_file.source.path;
        if side == Side::New {
            let routes = project.routes_behind_flags(path, &open_nodes);
            reached.entry(index).or_default().extend(routes);
            let inert = project.inert_entries(path, &open_nodes);
            reached.entry(index).or_default().extend(inert.into_iter().map(|entry| (entry, Vec::new())));
        }
        targets.extend(around.into_iter().map(|node| (index, Target { path: path.clone(), node })));
    }
    // What people ran by hand and goes as a whole is missed by nothing that runs by itself.
    let is_gone = |index: usize, target: &Target| {
        side == Side::Old && files[index].new.is_none() && project.is_command(&target.path)
    };
    targets.retain(|(index, target)| {
        let gone = is_gone(*index, target);
        if gone {
            reached.entry(*index).or_default().insert(target.node, Vec::new());
        }
        !gone
    });
    // Where there are too many, those that touch an area have their answer.
    targets.sort_by_cached_key(|(index, target)| !is_sensitive(&files[*index], &regions[*index], side, target));
    let asked: Vec<Target> = targets.iter().map(|(_, target)| target.clone()).collect();
    // What nobody calls does nothing, as far as that can be seen: what comes must be new by its file and its name.
    let does_nothing = |(index, target): &&(usize, Target)| {
        (side == Side::Old || files[*index].old.is_none() && project.is_new_name(target))
            && (project.may_be_dead(target) || side == Side::Old && project.is_left_over(target))
            && !is_sensitive(&files[*index], &regions[*index], side, target)
    };
    let if_dead: BTreeSet<Target> = targets.iter().filter(does_nothing).map(|(_, target)| target.clone()).collect();
    let found = project.reach(&asked, &if_dead);
    for (index, target) in targets {
        let gates = match found.by_target.get(&target) {
            Some(Reach::Gated(gates)) => gates.clone(),
            Some(Reach::Dead) if if_dead.contains(&target) => Vec::new(),
            _ => continue,
        };
        reached.entry(index).or_default().insert(target.node, gates);
    }
    (reached.into_iter().collect(), found.cut_short)
}

/// Whether a changed part of the declaration touches an area.
fn is_sensitive(file: &ParsedFile<'_>, regions: &[RegionEvidence], side: Side, target: &Target) -> bool {
    let Some(facts) = file.side(side).and_then(|side| side.source.facts()) else { return true };
    let inside = |region: &RegionEvidence| {
        region.judged.region.side(side).is_some_and(|part| {
            let mut tokens = part.runs.iter().flat_map(|run| &run.tokens);
            tokens.any(|&token| {
                let node = facts.innermost(facts.tokens[token as usize].span);
                target.node <= node && node <= facts.node(target.node).last
            })
        })
    };
    regions.iter().any(|region| !region.areas.is_empty() && inside(region))
}

fn side_values<'a>(side: &'a SideEvidence, keys: &HashSet<&str>) -> Option<SideValues<'a>> {
    let values = FlagValues::new(&side.source, &side.flags)?;
    Some(SideValues::new(values, &side.flags.definitions, keys))
}

/// The keys that one side reads or declares.
fn known_keys(side: &SideEvidence) -> impl Iterator<Item = &str> {
    let read = side.flags.evaluations.iter().filter_map(|evaluation| match &evaluation.key {
        FlagKey::Literal { key, .. } => Some(key.as_str()),
        FlagKey::Constant(_) | FlagKey::Parameter(_) | FlagKey::Dynamic(_) => None,
    });
    let lists = side.flags.evaluations.iter().filter_map(|evaluation| evaluation.list.as_deref());
    read.chain(lists).chain(side.flags.definitions.iter().map(|definition| definition.key.as_str()))
}

fn digest(region: &Region, old: Option<&SideEvidence>, new: Option<&SideEvidence>) -> String {
    let text = |side: Option<&SideEvidence>, part: &Option<RegionSide>| {
        let (Some(side), Some(part)) = (side, part) else { return String::new() };
        part.runs.iter().map(|run| region::run_text(&side.source, run)).collect::<Vec<_>>().join("\n")
    };
    format!("{}\u{0}{}", text(old, &region.old), text(new, &region.new))
}

/// The areas of both sides, each area once with its strongest side.
fn region_areas(region: &Region, old: Option<&AreaDetector<'_>>, new: Option<&AreaDetector<'_>>) -> Vec<AreaMatch> {
    let mut matches: Vec<AreaMatch> = Vec::new();
    for (side, detector) in [(Side::New, new), (Side::Old, old)] {
        let (Some(detector), Some(part)) = (detector, region.side(side)) else { continue };
        for found in detector.detect(&part.spans(), part.declaration, side) {
            match matches.iter_mut().find(|other| other.area == found.area) {
                Some(other) if found.tier > other.tier && region.new.is_none() => *other = found,
                Some(_) => {}
                None => matches.push(found),
            }
        }
    }
    sorted(matches)
}

fn sorted(mut matches: Vec<AreaMatch>) -> Vec<AreaMatch> {
    matches.sort_by(|a, b| b.tier.cmp(&a.tier).then_with(|| a.area.cmp(&b.area)));
    matches
}

/// Files without facts: each hunk is a region, judged by its lines.
fn by_lines<'a>(
    hunks: &[Hunk],
    is_program: bool,
    old: Option<&'a SideEvidence>,
    new: Option<&'a SideEvidence>,
    rules: &RuleSet,
) -> Vec<RegionEvidence> {
    let text = |side: Option<&'a SideEvidence>, lines: Option<LineRange>| match (side, lines) {
        (Some(side), Some(lines)) => side.source.lines.span(lines).text(&side.source.text),
        _ => "",
    };
    let part = |lines: LineRange| RegionSide { declaration: NodeId::MODULE, runs: Vec::new(), lines };
    let mut regions = Vec::new();
    for hunk in hunks {
        let mut areas: Vec<AreaMatch> = Vec::new();
        for (side, evidence, lines) in [(Side::New, new, hunk.new), (Side::Old, old, hunk.old)] {
            if let (Some(evidence), Some(lines)) = (evidence, lines) {
                let other = if side == Side::New { text(old, hunk.old) } else { text(new, hunk.new) };
                let changed = really_changed(&evidence.source, lines, other);
                let found = areas::detect_lines(&evidence.source, &changed, side, &rules.areas);
                areas.extend(
                    found
                        .into_iter()
                        .filter(|found| !areas.iter().any(|other| other.area == found.area))
                        .collect::<Vec<_>>(),
                );
            }
        }
        // Schemas, config and markup are behaviour only where an area says so; code that cannot be parsed always is.
        if areas.is_empty() && !is_program {
            continue;
        }
        let (before, after) = (text(old, hunk.old), text(new, hunk.new));
        if squeezed(before) == squeezed(after) {
            continue;
        }
        let region = Region { symbol: None, new: hunk.new.map(part), old: hunk.old.map(part) };
        let ungated = vec![region.primary().1.lines];
        let judged = JudgedRegion {
            region,
            coverage: Coverage::Uncovered,
            gates: Vec::new(),
            control_path: Vec::new(),
            ungated,
            brings_new: hunk.new.is_some(),
            only_names: false,
        };
        regions.push(RegionEvidence { judged, areas: sorted(areas), digest: format!("{before}\u{0}{after}") });
    }
    regions
}

/// The lines of a hunk that do not stand on the other side with other white space.
fn really_changed(source: &SourceFile, lines: LineRange, other: &str) -> Vec<LineRange> {
    let same: HashSet<String> = other.lines().map(squeezed).collect();
    let text = |line: u32| source.lines.span(LineRange::new(line, line)).text(&source.text);
    let changed = (lines.start..=lines.end).filter(|&line| !same.contains(&squeezed(text(line))));
    changed.map(|line| LineRange::new(line, line)).collect()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Why a changed file is not looked into, when that is worth saying.
fn unread(change: &FileChange, rules: &RuleSet, config: &Config) -> Option<Notice> {
    let reason = match &change.content {
        Content::TooLarge { bytes } => {
            format!("Not analysed: {} KiB is over the size limit (`limits.max-file-bytes`).", bytes / 1024)
        }
        Content::Missing { reason } => reason.clone(),
        Content::Text { .. } | Content::Binary | Content::Submodule | Content::LfsPointer | Content::Symlink => {
            return None;
        }
    };
    let is_code = rules.files.kind(&change.path, "") == FileKind::Code && !config.excludes(change.path.as_str());
    (is_code && change.status != ChangeStatus::Deleted).then(|| Notice { path: Some(change.path.clone()), reason })
}

#[cfg(test)]
mod tests;

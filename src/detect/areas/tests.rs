//! The fixtures of `testdata/areas/<area>/`, strict both ways.
//!
//! A line that ends in a comment `~ area NAME...` must be of these areas, and of no other, when it is what changed
//! (`NAME:TIER` also states the tier). A declaration, or a paragraph outside of declarations, without such a line is a near
//! miss: changed as a whole, it must be of no area. The path below `testdata/areas/<area>/` is the path that the
//! detector sees, and `.old.` in a file's name makes it the old side.

use super::{AreaDetector, detect_lines};
use crate::config::Config;
use crate::detect::AreaMatch;
use crate::location::{LineRange, RepoPath, Span};
use crate::rules::RuleSet;
use crate::rules::areas::AreaPack;
use crate::syntax::facts::{Facts, NodeId, Role, TokenClass};
use crate::syntax::{ParseLimits, SourceFile};
use crate::terms::Side;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// What the comment of a line demands: `area` or `area:tier`.
fn marks(line: &str) -> BTreeSet<String> {
    let Some((_, marks)) = line.split_once("~ area ") else { return BTreeSet::new() };
    marks.split_whitespace().take_while(|word| word.starts_with(char::is_alphabetic)).map(str::to_owned).collect()
}

/// The lines of each region: a declaration, or a paragraph outside of them.
fn regions(file: &SourceFile) -> BTreeMap<(NodeId, u32), BTreeSet<u32>> {
    let text: Vec<&str> = file.text.lines().collect();
    let paragraph = |line: u32| (1..=line).rev().find(|&at| text[at as usize - 1].trim().is_empty()).unwrap_or(0);
    let mut tokens: BTreeMap<u32, Vec<(NodeId, u32)>> = BTreeMap::new();
    match file.facts() {
        Some(facts) => {
            for token in facts.tokens.iter().filter(|token| token.class == TokenClass::Code) {
                let line = file.lines.line(token.span.start);
                let declaration = declaration(facts, token.span);
                let place = if declaration == NodeId::MODULE { paragraph(line) } else { 0 };
                tokens.entry(line).or_default().push((declaration, place));
            }
        }
        None => {
            for line in (1..=text.len() as u32).filter(|&line| !text[line as usize - 1].trim().is_empty()) {
                tokens.insert(line, vec![(NodeId::MODULE, paragraph(line))]);
            }
        }
    }
    let mut regions: BTreeMap<(NodeId, u32), BTreeSet<u32>> = BTreeMap::new();
    for (line, owners) in tokens {
        // A line belongs to the declaration that has most of it.
        let count = |owner: &(NodeId, u32)| owners.iter().filter(|other| *other == owner).count();
        let owner = owners.iter().max_by_key(|owner| (count(owner), owner.0)).expect("the line has a token");
        regions.entry(*owner).or_default().insert(line);
    }
    regions
}

fn declaration(facts: &Facts, span: Span) -> NodeId {
    let at = facts.innermost(span);
    let is_declaration = |id: &NodeId| matches!(facts.role(*id), Role::Function | Role::Class);
    std::iter::once(at).chain(facts.ancestors(at)).find(is_declaration).unwrap_or(NodeId::MODULE)
}

fn detect(file: &SourceFile, declaration: NodeId, lines: &BTreeSet<u32>, packs: &[AreaPack]) -> Vec<AreaMatch> {
    let side = if file.path.as_str().contains(".old.") { Side::Old } else { Side::New };
    let Some(facts) = file.facts() else {
        let ranges: Vec<LineRange> = lines.iter().map(|&line| LineRange::new(line, line)).collect();
        return detect_lines(file, &ranges, side, packs);
    };
    let in_lines = |span: Span| lines.contains(&file.lines.line(span.start));
    let tokens = facts.tokens.iter().filter(|token| token.class == TokenClass::Code && in_lines(token.span));
    let spans: Vec<Span> = tokens.map(|token| token.span).collect();
    AreaDetector::new(file, packs).detect(&spans, declaration, side)
}

#[test]
fn fixtures() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/areas");
    let rules = RuleSet::load(&Config::default(), &[]).expect("the built-in rules load");
    let mut paths = Vec::new();
    files(&root, &mut paths);
    let mut wrong = Vec::new();
    let mut marked = 0;
    for path in &paths {
        let text = fs::read_to_string(path).expect("a fixture is text");
        let below = path.strip_prefix(&root).expect("it was found there").to_string_lossy().replace('\\', "/");
        let (_, seen) = below.split_once('/').expect("a fixture stands in the folder of an area");
        let lines: Vec<&str> = text.lines().collect();
        let limits = ParseLimits::default();
        let file = SourceFile::analyse(RepoPath::new(seen), text.as_str().into(), &limits);
        for ((declaration, _), region) in regions(&file) {
            let marks_of = |line: u32| marks(lines[line as usize - 1]);
            let wanted: BTreeSet<String> = region.iter().flat_map(|&line| marks_of(line)).collect();
            let changed: BTreeSet<u32> = region.iter().copied().filter(|&line| !marks_of(line).is_empty()).collect();
            marked += changed.len();
            let changed = if changed.is_empty() { &region } else { &changed };
            let found = detect(&file, declaration, changed, &rules.areas);
            let area = |mark: &String| mark.split(':').next().map(str::to_owned);
            let same_areas = found.iter().map(|found| found.area.clone()).collect::<BTreeSet<String>>()
                == wanted.iter().filter_map(area).collect();
            let tiered: BTreeSet<String> = found.iter().map(|found| format!("{}:{}", found.area, found.tier)).collect();
            let same_tiers = wanted.iter().all(|mark| !mark.contains(':') || tiered.contains(mark));
            if !same_areas || !same_tiers {
                let why: Vec<String> = found
                    .iter()
                    .flat_map(|found| {
                        found.evidence.iter().map(|e| format!("{}: {} [{}]", found.area, e.what, e.strength))
                    })
                    .collect();
                let line = changed.first().expect("a region has a line");
                wrong.push(format!("{below}:{line}: wanted {wanted:?}, got {tiered:?} by {why:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(marked > 50, "the fixtures are found and have marks");
}

#[test]
fn deep_and_long_changes_stay_cheap() {
    let rules = RuleSet::load(&Config::default(), &[]).expect("the built-in rules load");
    let nested = format!("refund{}{}", "(stripe.charge".repeat(2000), ")".repeat(2000));
    let guards = "if (refund) { ".repeat(300) + "pay();" + &"}".repeat(300);
    let many = "refundInvoice(taxRate, chargeCard);\n".repeat(5000);
    for text in [nested, guards, many] {
        let text = format!("function bill() {{\n{text}\n}}\n");
        let limits = ParseLimits::default();
        let file = SourceFile::analyse(RepoPath::new("billing/x.ts"), text.as_str().into(), &limits);
        let Some(facts) = file.facts() else { continue };
        let start = std::time::Instant::now();
        let spans: Vec<Span> = facts.tokens.iter().map(|token| token.span).collect();
        let function = facts.with_role(Role::Function).next().unwrap_or(NodeId::MODULE);
        let found = AreaDetector::new(&file, &rules.areas).detect(&spans, function, Side::New);
        assert!(found.iter().any(|found| found.area == "payments"));
        assert!(start.elapsed().as_secs() < 10, "took {:?}", start.elapsed());
    }
}

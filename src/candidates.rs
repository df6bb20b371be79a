//! From evidence and findings to what the recommendation needs to know of the change.

use crate::assess::Assessment;
use crate::config::Config;
use crate::detect::{FlagKey, ValueType};
use crate::evidence::{Evidence, FileEvidence, RegionEvidence, SideEvidence};
use crate::gating::region::Run;
use crate::git::change::Hunk;
use crate::location::{LineRange, Span};
use crate::recommend::{Candidate, Change, Example, KnownFlag, NearbyGate, Site, Wishes};
use crate::report::Finding;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::{Coverage, Side};
use std::collections::{BTreeMap, BTreeSet};

/// Describes the change to the recommendation. `findings` are those of this evidence.
pub(crate) fn describe<'a>(
    evidence: &'a Evidence<'a>,
    assessment: &Assessment,
    findings: &'a [Finding],
    config: &'a Config,
) -> Change<'a> {
    let flags = &evidence.flags;
    let is_read = |key: &str| {
        evidence.files.iter().filter_map(|file| file.new.as_ref()).flat_map(|side| &side.flags.evaluations).any(
            |evaluation| {
                evaluation.key.name() == key
                    || flags
                        .added
                        .iter()
                        .any(|flag| flag.key == key && flag.references.iter().any(|reference| !reference.definition))
            },
        )
    };
    let (read, unread): (Vec<&str>, Vec<&str>) =
        flags.added.iter().map(|flag| flag.key.as_str()).partition(|key| is_read(key));
    let covering: BTreeSet<&str> =
        evidence.regions().flat_map(|(_, region)| &region.judged.gates).map(|gate| gate.flag.as_str()).collect();
    Change {
        subjects: evidence.changes.commits.iter().map(|commit| commit.subject.as_str()).collect(),
        coverage: assessment.coverage,
        flags_added: read,
        flags_unread: unread,
        flags_modified: flags.modified.len(),
        flags_removed: flags.removed.len(),
        flags_covering: covering.into_iter().collect(),
        known_flags: known_flags(evidence),
        candidates: candidates(evidence, findings),
        wishes: Wishes { key_style: config.flags.key_style, provider: config.recommend.provider.as_deref() },
    }
}

fn known_flags<'a>(evidence: &'a Evidence<'a>) -> Vec<KnownFlag<'a>> {
    let mut known: BTreeMap<&str, KnownFlag<'a>> = BTreeMap::new();
    for side in evidence.files.iter().flat_map(|file| [&file.old, &file.new]).flatten() {
        for evaluation in &side.flags.evaluations {
            if let FlagKey::Literal { key, constant } = &evaluation.key {
                let code = awaited(side, evaluation.node).unwrap_or(evaluation.span).text(&side.source.text);
                // The recommended switch is on or off; a reading of another type is no model for it.
                let is_switch = matches!(evaluation.value_type, ValueType::Boolean | ValueType::Any);
                let example = side
                    .source
                    .language
                    .filter(|_| is_switch)
                    .map(|language| Example { language: language.name, code });
                let read = KnownFlag { key, constant: constant.as_deref(), provider: &evaluation.provider, example };
                match known.get(key.as_str()) {
                    Some(earlier) if earlier.example.is_some() => {}
                    _ => _ = known.insert(key, read),
                }
            }
        }
        for definition in &side.flags.definitions {
            known.entry(&definition.key).or_insert(KnownFlag {
                key: &definition.key,
                constant: definition.constant.as_deref(),
                provider: &definition.provider,
                example: None,
            });
        }
    }
    known.into_values().collect()
}

/// The expression with the `await` in front of it.
fn awaited(side: &SideEvidence, node: NodeId) -> Option<Span> {
    let facts = side.source.facts()?;
    let around = facts.node(node).parent;
    let span = facts.node(around).span;
    (facts.role(around) == Role::Transparent && span.text(&side.source.text).starts_with("await ")).then_some(span)
}

fn candidates<'a>(evidence: &'a Evidence<'a>, findings: &'a [Finding]) -> Vec<Candidate<'a>> {
    let wanting = |finding: &&Finding| {
        !finding.known
            && finding.area.is_some()
            && finding.coverage != Coverage::Covered
            && finding.rule != crate::checks::REMOVED_WITH_FLAG
    };
    findings
        .iter()
        .filter(wanting)
        .filter_map(|finding| {
            let (file, region) = evidence.regions().find(|(file, region)| {
                let (side, place) = region.judged.region.primary();
                file.path == finding.path
                    && side == finding.side
                    && place.lines.start == finding.start_line
                    && region.judged.region.symbol == finding.symbol
            })?;
            candidate(file, region, finding)
        })
        .collect()
}

fn candidate<'a>(file: &'a FileEvidence, region: &'a RegionEvidence, finding: &'a Finding) -> Option<Candidate<'a>> {
    let (area, tier) = (finding.area.as_deref()?, finding.tier);
    let matched = region.areas.iter().find(|found| found.area == area)?;
    let (side, place) = region.judged.region.primary();
    let source = file.side(side)?;
    let lines = |side: Side| {
        let (Some(part), Some(evidence)) = (region.judged.region.side(side), file.side(side)) else { return 0 };
        match evidence.source.facts() {
            Some(_) => code_lines(evidence, &part.runs),
            None => part.lines.end - part.lines.start + 1,
        }
    };
    let literal = literal_change(file, region);
    let declaration = place.declaration;
    Some(Candidate {
        finding: &finding.id,
        area,
        tier,
        not_gateable: matched.not_gateable.as_deref(),
        evidence: matched.evidence.iter().map(|evidence| evidence.what.as_str()).collect(),
        path: &file.path,
        lines: place.lines,
        language: source.source.language.map(|language| language.name),
        symbol: region.judged.region.symbol.as_deref(),
        added_lines: lines(Side::New),
        removed_lines: lines(Side::Old),
        new_declaration: is_new_declaration(file, region),
        contract_only: is_contract_only(source, place.declaration, &place.runs),
        names: names(source, &place.runs),
        literal,
        replaced: replaced_callee(file, region),
        choices: choices(source, &place.runs),
        flags_in_file: keys(source),
        gates_nearby: nearby(file, region),
        site: site(source, declaration, place.lines),
    })
}

fn code_lines(side: &SideEvidence, runs: &[Run]) -> u32 {
    let Some(facts) = side.source.facts() else { return 0 };
    let tokens = runs.iter().flat_map(|run| &run.tokens).map(|&at| facts.tokens[at as usize].span);
    tokens.map(|span| side.source.lines.line(span.start)).collect::<BTreeSet<_>>().len() as u32
}

/// True when the declaration stands only on added lines.
fn is_new_declaration(file: &FileEvidence, region: &RegionEvidence) -> bool {
    let (Some(part), Some(side)) = (&region.judged.region.new, &file.new) else { return false };
    let Some(facts) = side.source.facts() else { return false };
    if part.declaration == NodeId::MODULE {
        return file.old.is_none();
    }
    let lines = side.source.lines.lines(facts.node(part.declaration).span);
    file.hunks.iter().filter_map(|hunk: &Hunk| hunk.new).any(|hunk| hunk.start <= lines.start && lines.end <= hunk.end)
}

/// True when only fields are declared: no call, no branch, no exit.
fn is_contract_only(side: &SideEvidence, declaration: NodeId, runs: &[Run]) -> bool {
    let Some(facts) = side.source.facts() else { return false };
    facts.role(declaration) == Role::Class
        && !runs.is_empty()
        && runs.iter().all(|run| {
            run.tokens.iter().all(|&at| {
                let node = facts.innermost(facts.tokens[at as usize].span);
                let inner = std::iter::once(node).chain(facts.ancestors(node)).take_while(|&up| up != declaration);
                !inner
                    .into_iter()
                    .any(|up| matches!(facts.role(up), Role::Function | Role::Guard | Role::Exit | Role::Loop))
            })
        })
}

/// The identifiers of the changed tokens, most frequent first.
fn names<'a>(side: &'a SideEvidence, runs: &[Run]) -> Vec<&'a str> {
    let Some(facts) = side.source.facts() else { return Vec::new() };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for &token in runs.iter().flat_map(|run| &run.tokens) {
        let span = facts.tokens[token as usize].span;
        let node = facts.innermost(span);
        if facts.role(node) == Role::Identifier && facts.node(node).span == span {
            *counts.entry(span.text(&side.source.text)).or_default() += 1;
        }
    }
    let mut names: Vec<(&str, usize)> = counts.into_iter().collect();
    names.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    names.into_iter().take(40).map(|(name, _)| name).collect()
}

/// A span on one side of a file.
type Place<'a> = (&'a SideEvidence, Span);

/// The one token that was replaced by one token.
fn only_change<'a>(file: &'a FileEvidence, region: &RegionEvidence) -> Option<(Place<'a>, Place<'a>)> {
    let one = |side: Side| -> Option<(&'a SideEvidence, Span)> {
        let (part, evidence) = (region.judged.region.side(side)?, file.side(side)?);
        let facts = evidence.source.facts()?;
        match &part.runs[..] {
            [run] => match run.tokens[..] {
                [token] => Some((evidence, facts.tokens[token as usize].span)),
                _ => None,
            },
            _ => None,
        }
    };
    Some((one(Side::Old)?, one(Side::New)?))
}

fn literal_change<'a>(file: &'a FileEvidence, region: &RegionEvidence) -> Option<(&'a str, &'a str)> {
    let (old, new) = only_change(file, region)?;
    let literal = |(side, span): (&'a SideEvidence, Span)| {
        let facts = side.source.facts()?;
        matches!(facts.role(facts.innermost(span)), Role::Number | Role::String).then(|| span.text(&side.source.text))
    };
    Some((literal(old)?, literal(new)?))
}

fn replaced_callee<'a>(file: &'a FileEvidence, region: &RegionEvidence) -> Option<(&'a str, &'a str)> {
    let (old, new) = only_change(file, region)?;
    let callee = |(side, span): (&'a SideEvidence, Span)| {
        let facts = side.source.facts()?;
        let node = facts.innermost(span);
        let called = std::iter::once(node).chain(facts.ancestors(node)).take(3).any(|at| {
            facts.role(facts.node(at).parent) == Role::Call
                && facts.part_of(facts.node(at).parent, at) == Some(Part::Callee)
        });
        called.then(|| span.text(&side.source.text))
    };
    Some((callee(old)?, callee(new)?))
}

/// The strings that added branches compare with.
fn choices<'a>(side: &'a SideEvidence, runs: &[Run]) -> Vec<&'a str> {
    let Some(facts) = side.source.facts() else { return Vec::new() };
    let mut found = Vec::new();
    for &token in runs.iter().flat_map(|run| &run.tokens) {
        let span = facts.tokens[token as usize].span;
        let node = facts.innermost(span);
        let parent = facts.node(node).parent;
        if facts.role(node) == Role::String && matches!(facts.role(parent), Role::Case | Role::Equal) {
            let text = span.text(&side.source.text).trim_matches(['"', '\'', '`']);
            if !found.contains(&text) {
                found.push(text);
            }
        }
    }
    found
}

fn keys(side: &SideEvidence) -> Vec<&str> {
    let known = side.flags.evaluations.iter().map(|evaluation| &evaluation.key).filter(|key| key.is_known());
    let mut keys: Vec<&str> = known.map(FlagKey::name).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Flags that gate other changed code of the same declaration or file.
fn nearby<'a>(file: &'a FileEvidence, region: &'a RegionEvidence) -> Vec<NearbyGate<'a>> {
    let mut gates: Vec<NearbyGate<'a>> = Vec::new();
    for other in &file.regions {
        for gate in &other.judged.gates {
            let same_declaration = std::ptr::eq(other, region);
            match gates.iter_mut().find(|known| known.key == gate.flag) {
                Some(known) => known.same_declaration |= same_declaration,
                None => gates.push(NearbyGate { key: &gate.flag, same_declaration }),
            }
        }
    }
    gates
}

fn site(side: &SideEvidence, declaration: NodeId, lines: LineRange) -> Site<'_> {
    let source = &side.source;
    let line_text =
        |line: u32| source.lines.span(LineRange::new(line, line)).text(&source.text).trim_end_matches(['\n', '\r']);
    let indentation = |line: u32| {
        let text = line_text(line);
        &text[..text.len() - text.trim_start().len()]
    };
    let Some((facts, function)) =
        source.facts().map(|facts| (facts, declaration)).filter(|(facts, at)| facts.role(*at) == Role::Function)
    else {
        return Site {
            source_line: line_text(lines.start),
            indentation: indentation(lines.start),
            line: lines.start,
            ..Site::default()
        };
    };
    let first = facts.part(function, Part::Body).and_then(|body| first_statement(facts, body));
    let line = first.map_or(lines.start, |at| source.lines.line(facts.node(at).span.start));
    let header = Span {
        start: facts.node(function).span.start,
        end: facts.part(function, Part::Body).map_or(facts.node(function).span.end, |body| facts.node(body).span.start),
    };
    let parameters = facts
        .parts(function, Part::Parameter)
        .filter_map(|parameter| facts.part(parameter, Part::Name))
        .map(|name| source.text_of(name))
        .filter(|name| !matches!(*name, "self" | "cls" | "this"))
        .collect();
    Site {
        in_function: first.is_some(),
        is_async: header.text(&source.text).split(|c: char| !c.is_alphanumeric()).any(|word| word == "async"),
        parameters,
        source_line: line_text(lines.start),
        indentation: indentation(line),
        line,
        begins_line: begins_line(side, facts, function, line),
        says_type: header.text(&source.text).contains("->"),
        module_names: module_names(side, facts),
    }
}

/// Whether the line is the first of the statements in the function's block, and nothing else stands on it before them.
fn begins_line(side: &SideEvidence, facts: &Facts, function: NodeId, line: u32) -> bool {
    let Some(body) = facts.part(function, Part::Body).filter(|&body| facts.role(body) == Role::Block) else {
        return false;
    };
    let start = side.source.lines.span(LineRange::new(line, line)).start;
    let body = facts.node(body).span;
    let is_statement = |span: Span| {
        let node = facts.innermost(span);
        let mut around = std::iter::once(node).chain(facts.ancestors(node));
        let is_read_by_people = around.any(|at| matches!(facts.role(at), Role::Docstring | Role::Comment));
        span.text(&side.source.text) != "{" && !is_read_by_people
    };
    let mut before =
        facts.tokens.iter().map(|token| token.span).filter(|span| body.start <= span.start && span.start < start);
    // In Python a block begins with its first statement, behind the indentation.
    let is_inside = body.start < start || side.source.text[start as usize..body.start as usize].trim().is_empty();
    is_inside && !before.any(is_statement)
}

/// Names that stand outside of functions and classes, and are no properties of something.
fn module_names<'a>(side: &'a SideEvidence, facts: &Facts) -> BTreeSet<&'a str> {
    let text = &side.source.text;
    let outside = |span: Span| {
        let node = facts.innermost(span);
        let inner = |role: Role| {
            matches!(role, Role::Function | Role::Class | Role::Type | Role::Comment | Role::String | Role::Template)
        };
        !std::iter::once(node).chain(facts.ancestors(node)).any(|at| inner(facts.role(at)))
    };
    let is_own = |span: Span| {
        !text[..span.start as usize].ends_with('.') && !text[span.end as usize..].trim_start().starts_with(':')
    };
    let is_name = |name: &str| name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$'));
    let spans = facts.tokens.iter().map(|token| token.span).filter(|span| is_name(span.text(text)));
    spans.filter(|span| is_own(*span) && outside(*span)).map(|span| span.text(text)).collect()
}

fn first_statement(facts: &Facts, body: NodeId) -> Option<NodeId> {
    facts.children(body).find(|&at| !matches!(facts.role(at), Role::Docstring | Role::Comment))
}

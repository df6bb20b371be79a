//! SARIF 2.1.0, for code scanning and other programs that read findings.
//!
//! Lines count from 1 and are lines of the NEW side. A finding about removed code has no line there: its place is the
//! file alone, and its message says which lines are gone; so is that of a finding about a whole file (line 0). Own
//! structs: the part of the format that we write is small.

use super::escape::{NAME, sarif_text, uri, visible, write_json};
use super::words;
use crate::checks::{RULES, RuleDoc};
use crate::location::RepoPath;
use crate::report::{Finding, Gate, Report, Verdict, Waiver, WaiverStatus};
use crate::terms::{Coverage, Severity, Side, Tier};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// All URIs are relative to the repository's root, wherever that is.
const ROOT: &str = "%SRCROOT%";
/// Places a result may name; code scanning shows as many.
const PLACES: usize = 100;

pub(super) fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    write_json(&Log { schema: SCHEMA, version: "2.1.0", runs: [run(report)] }, out)
}

fn run(report: &Report) -> Run<'_> {
    let rules = rules(report);
    let has_baseline = report.findings.iter().any(|finding| finding.known);
    let results =
        report.findings.iter().map(|finding| result(finding, &rules, has_baseline, &report.waivers)).collect();
    Run {
        tool: Tool {
            driver: Driver {
                name: &report.tool.name,
                version: &report.tool.version,
                semantic_version: &report.tool.version,
                information_uri: env!("CARGO_PKG_REPOSITORY"),
                rules: rules.into_iter().map(descriptor).collect(),
            },
        },
        invocations: [Invocation { execution_successful: true, tool_execution_notifications: notifications(report) }],
        results,
        original_uri_base_ids: BTreeMap::from([(ROOT, BaseId { description: "The root of the repository.".into() })]),
        column_kind: "utf16CodeUnits",
        properties: RunProperties { verdict: &report.verdict },
    }
}

/// A rule that findings point to by its place in this list.
enum Rule<'r> {
    Ours(&'static RuleDoc),
    /// A rule that has no text of ours.
    Other(&'r str),
}

impl Rule<'_> {
    fn id(&self) -> &str {
        match self {
            Self::Ours(rule) => rule.id,
            Self::Other(id) => id,
        }
    }
}

fn rules(report: &Report) -> Vec<Rule<'_>> {
    let mut rules: Vec<Rule<'_>> = RULES.iter().map(Rule::Ours).collect();
    for finding in &report.findings {
        if !rules.iter().any(|rule| rule.id() == finding.rule) {
            rules.push(Rule::Other(&finding.rule));
        }
    }
    rules
}

fn descriptor(rule: Rule<'_>) -> Descriptor {
    let (id, name, short, full, help, severity) = match rule {
        Rule::Ours(rule) => (rule.id.to_owned(), rule.name.to_owned(), rule.short, rule.full, rule.help, rule.severity),
        Rule::Other(id) => {
            let about = "A rule of this repository.";
            (visible(id, NAME), visible(id, NAME), about, about, "See the message of the finding.", Severity::Warning)
        }
    };
    Descriptor {
        id,
        name,
        short_description: short.into(),
        full_description: full.into(),
        help: Help { text: help, markdown: help },
        default_configuration: Configuration { level: level(severity) },
        properties: RuleProperties { tags: ["feature-flags", "release-readiness"] },
    }
}

fn result<'r>(finding: &'r Finding, rules: &[Rule<'_>], has_baseline: bool, waivers: &[Waiver]) -> ResultObject<'r> {
    let mut message = sarif_text(&finding.message);
    if let Some(removed) = words::removed_lines(finding) {
        message = format!("{message} {removed}");
    }
    let related = finding.related.iter().take(PLACES).enumerate().map(|(at, related)| Location {
        id: Some(at as u32 + 1),
        message: Some(Text { text: sarif_text(&related.note) }),
        ..Location::at(&related.path, related.side, related.line, related.line)
    });
    ResultObject {
        rule_id: visible(&finding.rule, NAME),
        rule_index: rules.iter().position(|rule| rule.id() == finding.rule),
        level: level(finding.severity),
        message: Text { text: message },
        locations: [Location {
            logical_locations: finding
                .symbol
                .iter()
                .map(|symbol| LogicalLocation { fully_qualified_name: visible(symbol, NAME) })
                .collect(),
            ..Location::at(&finding.path, finding.side, finding.start_line, finding.end_line)
        }],
        related_locations: related.collect(),
        // Code scanning tracks an alert by the second name, which it would otherwise compute from the line's text.
        partial_fingerprints: BTreeMap::from([
            ("preflag/v1", finding.fingerprint.as_str()),
            ("primaryLocationLineHash", finding.fingerprint.as_str()),
        ]),
        suppressions: suppressions(finding, waivers),
        baseline_state: has_baseline.then_some(if finding.known { "unchanged" } else { "new" }),
        properties: ResultProperties {
            id: &finding.id,
            tier: finding.tier,
            area: finding.area.as_deref(),
            coverage: finding.coverage,
            gates: &finding.gates,
        },
    }
}

/// SARIF's word for what a waiver does. Where one result has such a list, all should (3.27.23).
fn suppressions(finding: &Finding, waivers: &[Waiver]) -> Option<Vec<Suppression>> {
    let is_active = |waiver: &&Waiver| waiver.status == WaiverStatus::Active;
    let active: Vec<&Waiver> = waivers.iter().filter(is_active).collect();
    let by = active.iter().find(|waiver| finding.waived_by.as_ref() == Some(&waiver.id));
    let suppression = |waiver: &&Waiver| Suppression {
        kind: "external",
        status: "accepted",
        justification: sarif_text(&format!("{} ({})", waiver.reason, super::waivers::origin(waiver))),
    };
    (!active.is_empty()).then(|| by.map(suppression).into_iter().collect())
}

fn notifications(report: &Report) -> Vec<Notification> {
    let notices = report.notices.iter();
    notices
        .map(|notice| Notification {
            level: "warning",
            message: Text { text: sarif_text(&notice.reason) },
            locations: notice.path.iter().map(Location::file).collect(),
        })
        .collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

impl Location {
    fn file(path: &RepoPath) -> Self {
        let artifact_location = ArtifactLocation { uri: uri(path.as_str()), uri_base_id: ROOT };
        let physical_location = PhysicalLocation { artifact_location, region: None };
        Self { id: None, message: None, physical_location, logical_locations: Vec::new() }
    }

    fn at(path: &RepoPath, side: Side, start: u32, end: u32) -> Self {
        let mut location = Self::file(path);
        location.physical_location.region =
            (side == Side::New && start > 0).then(|| Region { start_line: start, end_line: end.max(start) });
        location
    }
}

#[derive(Serialize)]
struct Log<'r> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'r>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'r> {
    tool: Tool<'r>,
    invocations: [Invocation; 1],
    original_uri_base_ids: BTreeMap<&'static str, BaseId>,
    column_kind: &'static str,
    results: Vec<ResultObject<'r>>,
    properties: RunProperties<'r>,
}

#[derive(Serialize)]
struct Tool<'r> {
    driver: Driver<'r>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'r> {
    name: &'r str,
    version: &'r str,
    semantic_version: &'r str,
    information_uri: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: String,
    name: String,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration,
    properties: RuleProperties,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned() }
    }
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct RuleProperties {
    tags: [&'static str; 2],
}

#[derive(Serialize)]
struct BaseId {
    description: Text,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
    locations: Vec<Location>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultObject<'r> {
    rule_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, &'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<Vec<Suppression>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    properties: ResultProperties<'r>,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    end_line: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
}

#[derive(Serialize)]
struct ResultProperties<'r> {
    id: &'r str,
    tier: Tier,
    area: Option<&'r str>,
    coverage: Coverage,
    gates: &'r [Gate],
}

#[derive(Serialize)]
struct RunProperties<'r> {
    verdict: &'r Verdict,
}

//! A check run on the head commit, with the findings as annotations in the diff.
//!
//! GitHub takes fifty annotations a request; further ones are appended by updates of the same run. Needs `checks: write`, and
//! works with the tokens of apps only, of which GITHUB_TOKEN is one.

use super::client::{Client, Method};
use super::error::PublishError;
use crate::render::{CommentOptions, by_whom, headline, render_comment, visible};
use crate::report::{Finding, Report, Waiver};
use crate::terms::{Policy, Severity, Side};
use serde::Deserialize;
use serde_json::{Value, json};

/// Annotations a request.
const BATCH: usize = 50;
/// More annotations than this nobody reads.
const MAX_ANNOTATIONS: usize = 200;

#[derive(Deserialize)]
struct Made {
    id: u64,
}

/// Makes the check run; how many annotations it has.
pub(super) async fn post(
    client: &Client,
    commit: &str,
    report: &Report,
    options: &CommentOptions<'_>,
    is_judged: bool,
) -> Result<usize, PublishError> {
    let annotation = |finding| annotation(finding, &report.waivers);
    let annotations: Vec<Value> = report.findings.iter().filter_map(annotation).take(MAX_ANNOTATIONS).collect();
    let mut batches = annotations.chunks(BATCH);
    let title = visible(&headline(report).join(", "), 200);
    let comment = render_comment(report, options);
    // The marker is for comments only.
    let summary = comment.split_once('\n').map_or("", |(_, rest)| rest);
    let output = |batch: &[Value]| json!({"title": title, "summary": summary, "annotations": batch});
    let conclusion = match report.verdict.policy {
        // What comes from a stranger's job must not make a check green.
        _ if !is_judged => "neutral",
        Policy::Pass => "success",
        Policy::Warn => "neutral",
        Policy::Fail => "failure",
    };
    let name = options.id.map_or_else(|| "preflag".to_owned(), |id| format!("preflag ({id})"));
    let run = json!({
        "name": name,
        "head_sha": commit,
        "status": "completed",
        "conclusion": conclusion,
        "output": output(batches.next().unwrap_or_default()),
    });
    // A second run of this name on the commit would only take the first one's place, so this may be tried again.
    let made: Made = client.ask("The check run cannot be made", &client.target.route("check-runs"), &run).await?;
    let route = client.target.route(&format!("check-runs/{}", made.id));
    for batch in batches {
        let more = json!({"output": output(batch)});
        client.change("The check run cannot get its annotations", Method::Patch, &route, Some(&more)).await?;
    }
    Ok(annotations.len())
}

/// The annotation of a finding; none where the file has no such line any more.
fn annotation(finding: &Finding, waivers: &[Waiver]) -> Option<Value> {
    if finding.known || finding.side == Side::Old {
        return None;
    }
    let waived = by_whom(finding, waivers);
    let level = match finding.severity {
        // Somebody decided about it: that is to be read, and nothing is to be done.
        _ if waived.is_some() => "notice",
        Severity::Error => "failure",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let start = finding.start_line.max(1);
    let mut message = visible(&finding.message, 2_000);
    if let Some(waived) = waived {
        message.push('\n');
        message.push_str(&waived);
    }
    Some(json!({
        "path": finding.path.as_str(),
        "start_line": start,
        "end_line": finding.end_line.max(start),
        "annotation_level": level,
        "title": visible(&finding.rule, 200),
        "message": message,
    }))
}

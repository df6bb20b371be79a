//! GitHub workflow commands: one annotation a finding, in the log of an Actions step.
//!
//! What is waived is a notice that says by whom. GitHub shows ten errors, ten warnings and ten notices a step and drops the rest without a word, so we stop there and
//! count the rest. Every line is a command of ours: text of the repository never begins one.

use super::escape::{NAME, SENTENCE, visible, workflow_message, workflow_path, workflow_property};
use super::{waivers, words};
use crate::report::{Finding, Report, Waiver};
use crate::terms::{Severity, Side, Tier};
use std::io::{self, Write};

/// Annotations of one level that GitHub shows for a step.
const SHOWN: usize = 10;

pub(super) fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut left_out = 0;
    for (severity, command) in [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "notice")]
    {
        let level = |finding: &Finding| if finding.waived_by.is_some() { Severity::Note } else { finding.severity };
        let findings: Vec<&Finding> =
            report.findings.iter().filter(|finding| !finding.known && level(finding) == severity).collect();
        // The summary is a notice too.
        let room = if severity == Severity::Note { SHOWN - 1 } else { SHOWN };
        for finding in findings.iter().take(room) {
            annotation(command, finding, &report.waivers, out)?;
        }
        left_out += findings.len().saturating_sub(room);
    }
    let message = summary(report, left_out);
    writeln!(out, "::notice title={}::{}", workflow_property("preflag"), workflow_message(&message))
}

fn annotation(command: &str, finding: &Finding, waivers: &[Waiver], out: &mut dyn Write) -> io::Result<()> {
    write!(out, "::{command} file={}", workflow_path(finding.path.as_str()))?;
    // Lines of removed code are no lines of the file that GitHub shows.
    if finding.side == Side::New && finding.start_line > 0 {
        write!(out, ",line={},endLine={}", finding.start_line, finding.end_line.max(finding.start_line))?;
    }
    let tier = (finding.tier != Tier::None).then(|| finding.tier.as_str());
    let about: Vec<&str> = tier.into_iter().chain(finding.area.as_deref()).collect();
    let colon = if about.is_empty() { "" } else { ": " };
    let title = format!("{}{colon}{}", about.join(" "), finding.rule);
    let mut message = visible(&finding.message, SENTENCE);
    if let Some(removed) = words::removed_lines(finding) {
        message.push('\n');
        message.push_str(&removed);
    }
    if let Some(waived) = waivers::by_whom(finding, waivers) {
        message.push('\n');
        message.push_str(&waived);
    }
    writeln!(out, ",title={}::{}", workflow_property(&visible(&title, NAME)), workflow_message(&message))
}

/// The verdict, its reason, what to do, and what is not in the annotations.
fn summary(report: &Report, left_out: usize) -> String {
    let verdict = &report.verdict;
    let score = verdict.score.map(|score| format!(", score {score}")).unwrap_or_default();
    let mut lines = vec![format!("{}: {}{score}.", verdict.policy, words::headline(report).join(", "))];
    lines.extend(verdict.reasons.first().map(|reason| visible(reason, SENTENCE)));
    lines.extend(report.waivers.iter().take(SHOWN).map(waived));
    lines.extend(words::next_step(report).map(|step| visible(&step, SENTENCE)));
    if left_out > 0 {
        lines.push(format!(
            "{} not shown as annotations.",
            words::count(left_out, "more finding is", "more findings are")
        ));
    }
    let known = report.findings.iter().filter(|finding| finding.known).count();
    if known > 0 {
        lines.push(format!("{} in the baseline.", words::count(known, "known finding is", "known findings are")));
    }
    if !report.notices.is_empty() {
        let files = words::count(report.notices.len(), "notice", "notices");
        lines.push(format!("{files} about what was not analysed; see the report."));
    }
    lines.join("\n")
}

fn waived(waiver: &Waiver) -> String {
    let (id, rule, reason) =
        (visible(&waiver.id, NAME), visible(&waiver.rule, NAME), visible(&waiver.reason, SENTENCE));
    let paths = waivers::paths(waiver, |path| visible(path, NAME));
    format!("{id} {rule}{paths}: {reason} ({}; {})", waivers::origin(waiver), waivers::effect(waiver))
}

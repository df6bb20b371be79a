//! An explanation in its formats: a short tree for people, JSON for programs. Pure functions, as for reports.

use super::RenderOptions;
use super::escape::{NAME, SENTENCE, log_line, visible, write_json};
use crate::explain::{Explanation, Reason, ReasonKind};
use std::io::{self, Write};

/// How an explanation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ExplanationFormat {
    /// A tree for people
    Text,
    /// The whole explanation for programs, see rules/schema/explanation.json
    Json,
}

/// More lines of the tree are counted, not shown.
const MAX_LINES: usize = 22;

/// Shorter pieces of code are left out.
const MIN_CODE: usize = 24;

/// Writes the explanation in one format.
pub(crate) fn render_explanation(
    format: ExplanationFormat,
    explanation: &Explanation,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ExplanationFormat::Text => text(explanation, options, out),
        ExplanationFormat::Json => write_json(explanation, out),
    }
}

fn text(explanation: &Explanation, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let width = usize::from(options.width);
    let [bold, dim, plain] = if options.color { ["\u{1b}[1m", "\u{1b}[2m", "\u{1b}[0m"] } else { [""; 3] };
    let place = format!("{}:{}", visible(explanation.path.as_str(), NAME), explanation.line);
    writeln!(out, "{}", log_line(&place))?;
    if !explanation.code.is_empty() {
        let code = shortened(&visible(&explanation.code, NAME), width.saturating_sub(4));
        writeln!(out, "    {dim}{code}{plain}")?;
    }
    writeln!(out)?;
    writeln!(out, "{bold}{}{plain}", log_line(&visible(&capitalized(&explanation.summary), SENTENCE)))?;
    let mut lines: Vec<(String, &Reason)> = Vec::new();
    branches(&explanation.because, "", &mut lines);
    for (lead, reason) in lines.iter().take(MAX_LINES) {
        let text = format!("{lead}{}", visible(&reason.text, SENTENCE));
        let room = width.saturating_sub(text.chars().count() + 3);
        // A part is quoted in its text.
        let code = reason.code.as_deref().filter(|_| room >= MIN_CODE && reason.kind != ReasonKind::Part);
        let code = code.map(|code| format!("   {dim}{}{plain}", shortened(&visible(code, NAME), room)));
        writeln!(out, "{}{}", log_line(&text), code.unwrap_or_default())?;
    }
    if let Some(more) = lines.len().checked_sub(MAX_LINES).filter(|more| *more > 0) {
        let lines = if more == 1 { "line" } else { "lines" };
        writeln!(out, "… {more} more {lines}; `--format json` has them all.")?;
    }
    for notice in &explanation.notices {
        let path = notice.path.as_ref().map(|path| format!("{}: ", visible(path.as_str(), NAME))).unwrap_or_default();
        writeln!(out, "{}", log_line(&format!("Note: {path}{}", visible(&notice.reason, SENTENCE))))?;
    }
    Ok(())
}

/// The tree as lines, each with what leads to it.
fn branches<'e>(reasons: &'e [Reason], before: &str, lines: &mut Vec<(String, &'e Reason)>) {
    for (at, reason) in reasons.iter().enumerate() {
        let is_last = at + 1 == reasons.len();
        let (own, below) = if is_last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        lines.push((format!("{before}{own}"), reason));
        branches(&reason.because, &format!("{before}{below}"), lines);
    }
}

fn capitalized(sentence: &str) -> String {
    let mut rest = sentence.chars();
    let first = rest.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let end = if sentence.ends_with('.') { "" } else { "." };
    format!("{first}{}{end}", rest.as_str())
}

fn shortened(text: &str, width: usize) -> String {
    match text.chars().count() > width {
        true => text.chars().take(width.saturating_sub(1)).chain(['…']).collect(),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::current::assert_current;
    use crate::explain::Explanation;

    #[test]
    fn the_schema_is_current() {
        let mut schema = serde_json::to_value(schemars::schema_for!(Explanation)).expect("a schema is JSON");
        schema["title"] = "preflag explanation of a line, schema_version 1".into();
        let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
        assert_current("rules/schema/explanation.json", &text);
    }
}

//! What `preflag init` would write, as additions, and what it leaves as it is.

use super::escape::{NAME, SENTENCE, visible};
use super::push::{render_hook_plan, visible_path};
use crate::hook::place::{Plan, SCRIPT};
use crate::init::look::Ci;
use crate::init::place::{Piece, State};
use imara_diff::{Algorithm, BasicLineDiffPrinter, Diff, InternedInput, UnifiedDiffConfig};
use std::io::{self, Write};

/// Lines of a difference that are shown.
const LINES: usize = 60;

/// Shows each file and the hook; `other_ci` are services that no workflow is written for.
pub(crate) fn render_init(
    pieces: &[Piece],
    hook: Option<&Plan>,
    other_ci: &[Ci],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut first = true;
    let mut gap = |out: &mut dyn Write| if std::mem::take(&mut first) { Ok(()) } else { writeln!(out) };
    for piece in pieces {
        gap(out)?;
        show(piece, out)?;
    }
    if !other_ci.is_empty() {
        gap(out)?;
        let names: Vec<&str> = other_ci.iter().map(|ci| ci.name()).collect();
        writeln!(out, "No workflow for {}. Let a step of it run this, with the whole history:", names.join(" and "))?;
        writeln!(out, "  preflag scan origin/BASE..HEAD --config-from-base")?;
    }
    match hook {
        None => Ok(()),
        Some(Plan::Write { path }) => {
            gap(out)?;
            added(&format!("{}, the pre-push hook", visible_path(path)), SCRIPT, out)
        }
        Some(plan) => {
            gap(out)?;
            render_hook_plan(plan, out)
        }
    }
}

fn show(piece: &Piece, out: &mut dyn Write) -> io::Result<()> {
    let path = &piece.path;
    match &piece.state {
        State::New => added(path, &piece.text, out),
        State::Same => writeln!(out, "{path} is there already, as it would be written."),
        State::Elsewhere { path: other } => {
            writeln!(out, "{path} is not needed: {} does its work.", visible(other, NAME))
        }
        State::Refused { why } => writeln!(out, "{path} is not written: {}.", visible(why, SENTENCE)),
        State::Differs { there } => {
            writeln!(out, "{path} is there and is left as it is. A new one would differ so:")?;
            difference(there, &piece.text, out)
        }
    }
}

fn added(title: &str, text: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{title} (new)")?;
    text.lines().try_for_each(|line| writeln!(out, "{}", format!("+ {line}").trim_end()))
}

fn difference(there: &str, new: &str, out: &mut dyn Write) -> io::Result<()> {
    let input = InternedInput::new(there, new);
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let config = UnifiedDiffConfig::default();
    let text = diff.unified_diff(&BasicLineDiffPrinter(&input.interner), config, &input).to_string();
    let lines: Vec<&str> = text.lines().collect();
    for line in lines.iter().take(LINES) {
        writeln!(out, "  {}", visible(line, SENTENCE))?;
    }
    match lines.len().saturating_sub(LINES) {
        0 => Ok(()),
        more => writeln!(out, "  ... {more} more lines"),
    }
}

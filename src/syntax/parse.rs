//! One text to its facts, inside this process and within limits.

use super::assemble::assemble;
use super::facts::Facts;
use super::language::Language;
use super::tree::FlatTree;
use crate::location::{LineIndex, LineRange, Span};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// What one file may cost.
#[derive(Debug, Clone)]
pub(crate) struct ParseLimits {
    /// Larger files are not parsed (bytes).
    pub(crate) file_size: usize,
    /// A longer line means generated or minified code (bytes).
    pub(crate) line_length: usize,
    pub(crate) time: Duration,
    /// Syntax nodes.
    pub(crate) nodes: usize,
    /// Levels that nodes with a role nest: what looks at all that stands around a node costs this much.
    pub(crate) depth: usize,
    /// Wall clock of the process that parses a suspicious file.
    pub(crate) worker_time: Duration,
    /// Address space of that process (bytes).
    pub(crate) worker_memory: u64,
}

impl Default for ParseLimits {
    fn default() -> Self {
        Self {
            file_size: 1 << 20,
            line_length: 100_000,
            time: Duration::from_secs(1),
            nodes: 1_000_000,
            depth: 500,
            worker_time: Duration::from_secs(3),
            worker_memory: 1 << 30,
        }
    }
}

/// The two sides of a smaller file are faster done than handed to another thread (bytes).
const WORTH_SHARING: usize = 32 << 10;

/// A stretch of a text that stands in the place of a stretch of another one, in bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Replacement {
    pub(super) old: Span,
    pub(super) new: Span,
}

/// The facts of a text, or why there are none.
pub(super) fn facts(language: &Language, text: &str, limits: &ParseLimits) -> Result<Facts, String> {
    let mut parser = parser(language)?;
    let tree = tree(&mut parser, text, None, limits)?;
    facts_of(language, &tree, text, limits)
}

/// The facts of two versions of a text; the second parse reuses what the replacements leave alone.
///
/// A first version with syntax errors is not reused: recovery depends on the way there.
pub(super) fn facts_of_both(
    language: &Language,
    old: &str,
    new: &str,
    replacements: &[Replacement],
    limits: &ParseLimits,
) -> [Result<Facts, String>; 2] {
    let first = parser(language).and_then(|mut parser| {
        let tree = tree(&mut parser, old, None, limits)?;
        Ok((parser, tree))
    });
    let (mut parser, old_tree) = match first {
        Ok(first) => first,
        Err(reason) => return [Err(reason), facts(language, new, limits)],
    };
    let mut edited = old_tree.clone();
    let (old_lines, new_lines) = (LineIndex::new(old), LineIndex::new(new));
    // From the end, so that what comes before keeps its place.
    for Replacement { old, new } in replacements.iter().rev() {
        let start = point(&old_lines, old.start);
        let rows = point(&new_lines, new.end).row - point(&new_lines, new.start).row;
        let new_end = if rows == 0 { start.column + new.len() } else { point(&new_lines, new.end).column };
        edited.edit(&tree_sitter::InputEdit {
            start_byte: old.start as usize,
            old_end_byte: old.end as usize,
            new_end_byte: old.start as usize + new.len(),
            start_position: start,
            old_end_position: point(&old_lines, old.end),
            new_end_position: tree_sitter::Point { row: start.row + rows, column: new_end },
        });
    }
    let reusable = (!old_tree.root_node().has_error()).then_some(&edited);
    let mut new_facts = || facts_of(language, &tree(&mut parser, new, reusable, limits)?, new, limits);
    let old_facts = || facts_of(language, &old_tree, old, limits);
    let (old_facts, new_facts) =
        if new.len() < WORTH_SHARING { (old_facts(), new_facts()) } else { rayon::join(old_facts, new_facts) };
    [old_facts, new_facts]
}

fn point(lines: &LineIndex, byte: u32) -> tree_sitter::Point {
    let line = lines.line(byte);
    let start = lines.span(LineRange::new(line, line)).start;
    tree_sitter::Point { row: line as usize - 1, column: (byte - start) as usize }
}

fn parser(language: &Language) -> Result<tree_sitter::Parser, String> {
    let mut parser = tree_sitter::Parser::new();
    match parser.set_language(&language.loaded().grammar) {
        Ok(()) => Ok(parser),
        Err(error) => Err(format!("the {} grammar cannot be used: {error}", language.name)),
    }
}

fn tree(
    parser: &mut tree_sitter::Parser,
    text: &str,
    previous: Option<&tree_sitter::Tree>,
    limits: &ParseLimits,
) -> Result<tree_sitter::Tree, String> {
    let deadline = Instant::now() + limits.time;
    let mut progress = |_: &tree_sitter::ParseState| {
        if Instant::now() < deadline { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let options = tree_sitter::ParseOptions::new().progress_callback(&mut progress);
    let bytes = text.as_bytes();
    let tree = parser.parse_with_options(&mut |at, _| bytes.get(at..).unwrap_or_default(), previous, Some(options));
    tree.ok_or_else(|| {
        parser.reset();
        format!("parsing took longer than {} ms", limits.time.as_millis())
    })
}

fn facts_of(language: &Language, tree: &tree_sitter::Tree, text: &str, limits: &ParseLimits) -> Result<Facts, String> {
    let flat =
        FlatTree::new(tree, limits.nodes).ok_or_else(|| format!("it has more than {} syntax nodes", limits.nodes))?;
    let captures = language.loaded().patterns.run(&flat, text);
    if captures.truncated {
        return Err("its syntax tree is too wide".to_owned());
    }
    let facts = assemble(&flat, captures, text);
    if depth(&facts) > limits.depth {
        return Err(format!("its code nests more than {} levels deep", limits.depth));
    }
    Ok(facts)
}

/// How deep the nodes nest.
fn depth(facts: &Facts) -> usize {
    let mut depths: Vec<usize> = Vec::with_capacity(facts.nodes.len());
    for node in &facts.nodes {
        // Parents come first; the module is its own.
        depths.push(depths.get(node.parent.0 as usize).map_or(0, |depth| depth + 1));
    }
    depths.into_iter().max().unwrap_or(0)
}

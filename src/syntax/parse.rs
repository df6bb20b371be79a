//! One text to its facts, inside this process and within limits.

use super::assemble::assemble;
use super::facts::Facts;
use super::language::Language;
use super::tree::FlatTree;
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

/// The facts of a text, or why there are none.
pub(super) fn facts(language: &Language, text: &str, limits: &ParseLimits) -> Result<Facts, String> {
    let loaded = language.loaded();
    let mut parser = tree_sitter::Parser::new();
    if let Err(error) = parser.set_language(&loaded.grammar) {
        return Err(format!("the {} grammar cannot be used: {error}", language.name));
    }
    let deadline = Instant::now() + limits.time;
    let mut progress = |_: &tree_sitter::ParseState| {
        if Instant::now() < deadline { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let options = tree_sitter::ParseOptions::new().progress_callback(&mut progress);
    let bytes = text.as_bytes();
    let tree = parser
        .parse_with_options(&mut |at, _| bytes.get(at..).unwrap_or_default(), None, Some(options))
        .ok_or_else(|| format!("parsing took longer than {} ms", limits.time.as_millis()))?;
    let flat =
        FlatTree::new(&tree, limits.nodes).ok_or_else(|| format!("it has more than {} syntax nodes", limits.nodes))?;
    drop(tree);
    let captures = loaded.patterns.run(&flat, text);
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

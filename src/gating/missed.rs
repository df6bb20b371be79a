//! What went, and is missed with a flag off as well: a check that was made for everybody, where only code behind a flag came in
//! its place.
//!
//! A comparison of texts pairs what went with what came, and what came may be behind a flag. A whole statement that is nowhere in
//! the new file has no successor with the flag off, unless something else came in the open: that is judged by itself.

use super::GatedDeclarations;
use super::condition::FlagValues;
use super::left_out;
use super::region::RegionSide;
use super::standing::{Standing, does_something, standing};
use crate::location::Span;
use crate::syntax::SourceFile;
use crate::syntax::facts::{NodeId, Part, Role, TokenClass};
use std::collections::HashSet;

/// Of one region, no more statements are looked at.
const MAX_STATEMENTS: usize = 200;

/// Whether a statement that did, or refused, something for everybody went as a whole.
pub(super) fn is_missed(
    region: &RegionSide,
    values: &FlagValues<'_>,
    reached: &GatedDeclarations,
    after: &SourceFile,
) -> bool {
    let (file, facts) = (values.file, values.facts);
    let tokens = region.runs.iter().flat_map(|run| &run.tokens);
    let gone: HashSet<Span> = tokens.map(|&at| facts.tokens[at as usize].span).collect();
    let mut statements: Vec<NodeId> = Vec::new();
    for &span in &gone {
        let mut around = std::iter::once(facts.innermost(span)).chain(facts.ancestors(facts.innermost(span)));
        let statement = around.find(|&at| facts.role(facts.node(at).parent) == Role::Block);
        statements.extend(statement);
    }
    statements.sort_unstable();
    statements.dedup();
    // An `if` here and a name there may be taken for those of what came.
    let says = |span: &Span| span.text(&file.text).contains(|c: char| c.is_alphanumeric() || c == '_');
    let is_gone = |at: NodeId| {
        let code = file.tokens_in(facts.node(at).span).iter().filter(|token| token.class == TokenClass::Code);
        let (went, left): (Vec<Span>, Vec<Span>) =
            code.map(|token| token.span).filter(says).partition(|span| gone.contains(span));
        went.len() > left.len()
    };
    let squeezed = |text: &str| -> String { text.split_whitespace().collect() };
    let stays = squeezed(&after.text);
    let acts = |at: NodeId| match facts.role(at) {
        Role::Exit => true,
        Role::Call => does_something(file, at),
        _ => false,
    };
    // What is asked, or called, elsewhere now was only moved.
    let said = |statement: NodeId| match facts.role(statement) {
        Role::Guard => facts.part(statement, Part::Condition).map(|condition| file.text_of(condition)),
        _ => {
            let call = facts.inner(
                facts.children(statement).next().filter(|_| facts.role(statement) == Role::Other).unwrap_or(statement),
            );
            facts.part(call, Part::Callee).map(|callee| file.text_of(callee))
        }
    };
    let refuses = |statement: NodeId| {
        let then = facts.part(statement, Part::Consequence).filter(|_| facts.role(statement) == Role::Guard);
        then.is_some_and(|then| std::iter::once(then).chain(facts.descendants(then)).any(acts))
    };
    statements.into_iter().take(MAX_STATEMENTS).any(|statement| {
        (refuses(statement) || left_out::is_check(values, &[], &[statement]))
            && is_gone(statement)
            && matches!(standing(values, reached, statement), Standing::Ungated)
            && said(statement).is_some_and(|said| !stays.contains(&squeezed(said)))
    })
}

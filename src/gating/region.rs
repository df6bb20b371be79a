//! Hunks become regions: the changed tokens of one declaration, on both sides.
//!
//! Lines only say where to look. Inside a hunk the *code tokens* of the two sides are compared (Histogram diff), so that
//! formatting, comments, types, imports and text for people fall away, and what is left is what can change behaviour.
//! Runs of tokens that only moved inside the change fall away in [`drop_moves`].

use super::scripts;
use crate::git::change::Hunk;
use crate::index::modules::Family;
use crate::location::{LineRange, Span};
use crate::rules::behaviour::Presentation;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role, Token, TokenClass};
use crate::terms::Side;
use imara_diff::{Algorithm, Diff, InternedInput};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

/// The changed behaviour of one declaration.
#[derive(Debug, Clone)]
pub(crate) struct Region {
    /// `TaxService.total`; `None` at module level.
    pub(crate) symbol: Option<String>,
    pub(crate) new: Option<RegionSide>,
    pub(crate) old: Option<RegionSide>,
}

#[derive(Debug, Clone)]
pub(crate) struct RegionSide {
    /// What the change is a change of: see [`declaration_of`].
    pub(crate) declaration: NodeId,
    /// The changed code, in order; a span is one run of tokens.
    pub(crate) runs: Vec<Run>,
    pub(crate) lines: LineRange,
}

impl RegionSide {
    pub(crate) fn spans(&self) -> Vec<Span> {
        self.runs.iter().map(|run| run.span).collect()
    }
}

/// Consecutive changed tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) span: Span,
    /// Indexes into the facts' tokens; only code tokens count.
    pub(crate) tokens: Vec<u32>,
    pub(crate) declaration: NodeId,
    /// The hunk it comes from.
    pub(crate) hunk: usize,
}

impl Region {
    /// The side that a person should look at: the new one where there is one.
    pub(crate) fn primary(&self) -> (Side, &RegionSide) {
        match (&self.new, &self.old) {
            (Some(new), _) => (Side::New, new),
            (None, Some(old)) => (Side::Old, old),
            (None, None) => unreachable!("a region has at least one side"),
        }
    }

    pub(crate) fn side(&self, side: Side) -> Option<&RegionSide> {
        match side {
            Side::New => self.new.as_ref(),
            Side::Old => self.old.as_ref(),
        }
    }
}

/// The changed runs of a file on both sides, before they are grouped.
#[derive(Debug, Clone, Default)]
pub(crate) struct ChangedRuns {
    pub(crate) old: Vec<Run>,
    pub(crate) new: Vec<Run>,
}

/// Compares the code tokens of each hunk.
pub(crate) fn changed_runs(
    old: Option<&SourceFile>,
    new: Option<&SourceFile>,
    hunks: &[Hunk],
    presentation: &Presentation,
) -> ChangedRuns {
    let mut runs = ChangedRuns::default();
    let old = old.and_then(|file| Some(TokenView::new(file, file.facts()?, presentation)));
    let new = new.and_then(|file| Some(TokenView::new(file, file.facts()?, presentation)));
    if old.is_none() && new.as_ref().is_some_and(TokenView::only_makes_flags) {
        return runs;
    }
    for (index, hunk) in hunks.iter().enumerate() {
        let before = old.as_ref().map_or_else(Vec::new, |view| view.in_lines(hunk.old));
        let after = new.as_ref().map_or_else(Vec::new, |view| view.in_lines(hunk.new));
        let mut input: InternedInput<Normal<'_>> = InternedInput::default();
        if let Some(view) = &old {
            input.update_before(before.iter().map(|&at| view.normal(at)));
        }
        if let Some(view) = &new {
            input.update_after(after.iter().map(|&at| view.normal(at)));
        }
        let diff = Diff::compute(Algorithm::Histogram, &input);
        for change in diff.hunks() {
            let range = |tokens: &std::ops::Range<u32>| tokens.start as usize..tokens.end as usize;
            let (mut gone, mut come) = (range(&change.before), range(&change.after));
            if gone.is_empty() {
                come = new.as_ref().map_or_else(|| come.clone(), |view| view.beginning_its_line(&after, come.clone()));
            } else if come.is_empty() {
                gone = old.as_ref().map_or_else(|| gone.clone(), |view| view.beginning_its_line(&before, gone.clone()));
            }
            let (removed, added) = (&before[gone], &after[come]);
            if let (Some(old), Some(new)) = (&old, &new)
                && is_copy_edit(old, removed, new, added)
            {
                continue;
            }
            if let Some(view) = &old {
                runs.old.extend(view.runs(removed, index));
            }
            if let Some(view) = &new {
                runs.new.extend(view.runs(added, index));
            }
        }
    }
    runs
}

/// How many letters may stand before the quotes of a text: `rb"\d"`.
const MAX_PREFIX: usize = 2;

/// How far a run is moved to where its line begins.
const MAX_MOVE: usize = 8;

/// True when prose in quotes was replaced by prose in quotes: words for people.
fn is_copy_edit(old: &TokenView<'_>, removed: &[u32], new: &TokenView<'_>, added: &[u32]) -> bool {
    let prose = |view: &TokenView<'_>, tokens: &[u32]| {
        tokens.iter().all(|&at| {
            let text = view.facts.tokens[at as usize].span.text(&view.file.text);
            text.starts_with(['"', '\'', '`']) && is_prose(text)
        })
    };
    !removed.is_empty() && removed.len() == added.len() && prose(old, removed) && prose(new, added)
}

/// Three words or more, and none of the marks of a path, a query, a pattern or markup.
fn is_prose(text: &str) -> bool {
    let text = text.trim_matches(['"', '\'', '`']);
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    let upper =
        text.split_whitespace().filter(|word| word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase())).count();
    words >= 3 && upper * 2 < words && !text.contains(['=', '<', '>', '{', '}', '\\', '|', ';']) && !text.contains("//")
}

/// A token's text for comparing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Normal<'a> {
    text: &'a str,
    /// What stands before the quotes, and is more than a matter of taste: the `f` of `f"{rate}%"`.
    prefix: &'a str,
    /// The quotes are not part of the text.
    quoted: bool,
}

/// The tokens of one side that can change behaviour, by line.
struct TokenView<'a> {
    file: &'a SourceFile,
    facts: &'a Facts,
    presentation: &'a Presentation,
    /// The calls that were looked at: every token in one asks.
    log_calls: RefCell<HashMap<NodeId, bool>>,
    style_calls: RefCell<HashMap<NodeId, bool>>,
}

impl<'a> TokenView<'a> {
    fn new(file: &'a SourceFile, facts: &'a Facts, presentation: &'a Presentation) -> Self {
        Self { file, facts, presentation, log_calls: RefCell::default(), style_calls: RefCell::default() }
    }

    fn only_makes_flags(&self) -> bool {
        scripts::only_makes_flags(self.file, self.facts, self.presentation.flag_scripts())
    }

    fn in_lines(&self, lines: Option<LineRange>) -> Vec<u32> {
        let Some(lines) = lines else { return Vec::new() };
        let span = self.file.lines.span(lines);
        let first = self.facts.tokens.partition_point(|token| token.span.end <= span.start);
        let tokens = self.facts.tokens[first..].iter().take_while(|token| token.span.start < span.end);
        tokens
            .enumerate()
            .filter(|(_, token)| token.class == TokenClass::Code && token.span.len() > 0 && !self.is_layout(token))
            .map(|(at, _)| (first + at) as u32)
            .filter(|&at| !self.is_presentation(at))
            .collect()
    }

    /// A run that only came, or only went, moved up to where a line begins, where that is as good: of `if on: if isPaid:` in place of
    /// `if isPaid:` the first `if` is new, and not the second.
    fn beginning_its_line(&self, tokens: &[u32], run: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let begins_line = |at: usize| {
            let start = self.facts.tokens[tokens[at] as usize].span.start as usize;
            let line = self.file.text[..start].rsplit('\n').next().unwrap_or_default();
            line.chars().all(char::is_whitespace)
        };
        // Where braces stand around blocks, a word is hardly ever repeated like this.
        let is_indented = Family::of(self.file.path.as_str()) == Some(Family::Python);
        if run.is_empty() || !is_indented || begins_line(run.start) {
            return run;
        }
        for by in 1..=MAX_MOVE.min(run.start) {
            let (start, end) = (run.start - by, run.end - by);
            if self.normal(tokens[start]) != self.normal(tokens[end]) {
                break;
            }
            if begins_line(start) {
                return start..end;
            }
        }
        run
    }

    /// Marks that formatters add and drop.
    fn is_layout(&self, token: &Token) -> bool {
        match token.span.text(&self.file.text) {
            ";" => true,
            "," => !self.makes_a_tuple(token),
            "(" | ")" => {
                // Parentheses around an operand can change what is computed; those of a call, around JSX, or around all of a
                // value cannot.
                let node = self.facts.innermost(token.span);
                let operand = self.facts.part(node, Part::Operand);
                self.facts.role(node) != Role::Transparent
                    || operand.is_some_and(|at| matches!(self.facts.role(at), Role::Element | Role::Object))
                    || self.is_all_of_a_value(node)
            }
            _ => {
                // Exporting runs nothing: neither the keyword nor a name that was declared before.
                let node = self.facts.innermost(token.span);
                let role = self.facts.role(node);
                let in_export = self.facts.role(self.facts.node(node).parent) == Role::Export;
                role == Role::Export || in_export && matches!(role, Role::Identifier | Role::Other)
            }
        }
    }

    /// `(30,)`, `30,`: the comma is what makes it one.
    fn makes_a_tuple(&self, comma: &Token) -> bool {
        let node = self.facts.innermost(comma.span);
        let is_list = || self.file.text_of(node).starts_with(['[', '{']);
        let mut inside = self.facts.children(node).filter(|&at| self.facts.role(at) != Role::Comment);
        self.facts.role(node) == Role::Array && inside.next().is_some() && inside.next().is_none() && !is_list()
    }

    /// `return (total)`: nothing stands beside what is in parentheses.
    fn is_all_of_a_value(&self, parenthesized: NodeId) -> bool {
        let parent = self.facts.node(parenthesized).parent;
        let part = self.facts.part_of(parent, parenthesized);
        self.file.text_of(parenthesized).starts_with('(')
            && match self.facts.role(parent) {
                Role::Exit | Role::Binding | Role::Assignment | Role::Keyword | Role::Pair => part == Some(Part::Value),
                Role::Parameter => part == Some(Part::Default),
                Role::Call => part == Some(Part::Argument),
                Role::Guard => {
                    part == Some(Part::Condition) && Family::of(self.file.path.as_str()) == Some(Family::Python)
                }
                _ => false,
            }
    }

    /// Text in calls and attributes that only people see: log messages, labels, styles.
    fn is_presentation(&self, token: u32) -> bool {
        let facts = self.facts;
        let node = facts.innermost(facts.tokens[token as usize].span);
        if self.is_style(node) {
            return true;
        }
        let mut child = node;
        for at in std::iter::once(node).chain(facts.ancestors(node)) {
            match facts.role(at) {
                Role::Call if *self.log_calls.borrow_mut().entry(at).or_insert_with(|| self.is_log_call(at)) => {
                    return true;
                }
                Role::Attribute => {
                    let name = facts.part(at, Part::Name).map(|name| self.file.text_of(name));
                    if name.is_some_and(|name| self.presentation.is_style_attribute(name)) {
                        return true;
                    }
                    if name.is_some_and(|name| self.presentation.is_text_attribute(name)) && self.is_text(at, child) {
                        return true;
                    }
                }
                Role::Assignment | Role::Binding | Role::Keyword if self.is_told_elsewhere(at, node) => return true,
                Role::String if self.is_directive(at) => return true,
                Role::Function | Role::Class | Role::Block | Role::Element => return false,
                _ => {}
            }
            child = at;
        }
        false
    }

    /// Whether a value that is given a name is text for people, or is read by nothing but tools: `Page.propTypes = {..}`,
    /// `verbose_name = "order"`, `__all__ = [..]`.
    fn is_told_elsewhere(&self, given: NodeId, node: NodeId) -> bool {
        let facts = self.facts;
        let Some(target) = facts.part(given, Part::Name).or_else(|| facts.part(given, Part::Target)) else {
            return false;
        };
        let name = self.file.last_name(target);
        let mut around = facts.ancestors(given);
        let scope = around.find(|&at| matches!(facts.role(at), Role::Function | Role::Class | Role::Module));
        let scope = scope.map_or(Role::Module, |scope| facts.role(scope));
        let is_member =
            facts.role(target) == Role::Member || facts.role(given) == Role::Binding && scope == Role::Class;
        if is_member && self.presentation.is_type_member(name) {
            return true;
        }
        if is_member && self.presentation.is_default_member(name) {
            let inside = std::iter::once(node).chain(facts.ancestors(node)).take_while(|&at| at != given);
            let pair = inside.into_iter().find(|&at| facts.role(at) == Role::Pair);
            let value = pair.and_then(|pair| facts.part(pair, Part::Value));
            return value.is_some_and(|value| facts.role(value) == Role::Null);
        }
        if facts.role(given) == Role::Binding && scope != Role::Function && self.is_message(given, name, node) {
            return true;
        }
        if facts.role(given) == Role::Keyword || is_member {
            return self.presentation.is_text_name(name)
                && facts.part(given, Part::Value).is_some_and(|value| self.is_written_text(value));
        }
        scope == Role::Module
            && facts.role(given) == Role::Binding
            && (self.presentation.is_export_list(name) || self.presentation.is_type_name(name))
    }

    /// Whether a place is in a constant, or an entry of a table, that is a text for people by its name and by what it says.
    fn is_message(&self, given: NodeId, name: &str, node: NodeId) -> bool {
        let facts = self.facts;
        let Some(value) = facts.part(given, Part::Value) else { return false };
        // Of a table, the entry.
        let mut around = std::iter::once(node).chain(facts.ancestors(node)).take_while(|&at| at != given);
        let entry = around.find(|&at| facts.role(at) == Role::Pair);
        let value = match entry {
            Some(entry) => facts.part(entry, Part::Value),
            None => Some(value).filter(|&value| facts.role(facts.inner(value)) != Role::Object),
        };
        let class = || {
            let class = facts.enclosing(given, Role::Class).next()?;
            self.file.name_of(class)
        };
        let is_called_so = |name: &str| self.presentation.is_message_name(name);
        (is_called_so(name) || entry.is_none() && class().is_some_and(is_called_so))
            && value.is_some_and(|value| self.is_in_sentences(value))
    }

    /// Whether an expression is nothing but strings that say something to people.
    fn is_in_sentences(&self, value: NodeId) -> bool {
        let facts = self.facts;
        if facts.node(value).last.0 - value.0 >= MAX_TEXT {
            return false;
        }
        let (mut said, mut end) = (String::new(), facts.node(value).span.start);
        for at in std::iter::once(value).chain(facts.descendants(value)) {
            // Strings in a row are one string, with each of them in it.
            if facts.node(at).span.start < end {
                continue;
            }
            match facts.role(at) {
                Role::String => {
                    end = facts.node(at).span.end;
                    said.push_str(&self.file.text_of(at).replace("\\\n", " "));
                }
                Role::Transparent | Role::Other | Role::Comment => {}
                _ => return false,
            }
        }
        is_prose(&said)
    }

    /// `"orders"`, `_("orders")`
    fn is_written_text(&self, value: NodeId) -> bool {
        let facts = self.facts;
        let is_text = |at: NodeId| match facts.role(at) {
            Role::String | Role::Transparent | Role::Identifier | Role::Member => true,
            Role::Call => self.file.callee_name(at).is_some_and(|name| self.presentation.is_text_function(name)),
            _ => false,
        };
        facts.node(value).last.0 - value.0 < MAX_TEXT
            && std::iter::once(value).chain(facts.descendants(value)).all(is_text)
    }

    /// `"use strict";`
    fn is_directive(&self, string: NodeId) -> bool {
        let facts = self.facts;
        let parent = facts.node(string).parent;
        matches!(facts.role(parent), Role::Module | Role::Block)
            && self.file.string_value(string).is_some_and(|text| self.presentation.is_directive(&text))
    }

    /// Whether the value of an attribute is text for people, or chosen among such texts: nothing is called for it.
    fn is_text(&self, attribute: NodeId, value: NodeId) -> bool {
        let facts = self.facts;
        let runs = |at| matches!(facts.role(at), Role::Call | Role::Function | Role::Element | Role::Assignment);
        value == attribute
            || facts.node(value).last.0 - value.0 < MAX_TEXT && !facts.descendants(value).chain([value]).any(runs)
    }

    /// Whether a place only says how something looks: in what a style is made of, or the name that it is given.
    fn is_style(&self, node: NodeId) -> bool {
        let facts = self.facts;
        let mut around = std::iter::once(node).chain(facts.ancestors(node));
        // Styles compute values; what has statements does more.
        let around =
            around.by_ref().take_while(|&at| !matches!(facts.role(at), Role::Block | Role::Element | Role::Class));
        let makes_style = |call: NodeId| {
            let is_style = || {
                let callee = facts.part(call, Part::Callee);
                callee.is_some_and(|callee| self.presentation.is_style_function(self.file.text_of(callee)))
            };
            *self.style_calls.borrow_mut().entry(call).or_insert_with(is_style)
        };
        let mut child = node;
        for at in around {
            let is_tagged = || {
                let callee = facts.part(at, Part::Callee);
                facts.part_of(at, child) == Some(Part::Argument)
                    && matches!(facts.role(child), Role::String | Role::Template)
                    && self.file.text_of(child).starts_with('`')
                    && callee.is_some_and(|callee| self.presentation.is_style_tag(self.file.text_of(callee)))
            };
            match facts.role(at) {
                Role::Call if makes_style(at) || is_tagged() => return true,
                Role::Binding => {
                    let value = facts.part(at, Part::Value);
                    return value.is_some_and(|value| facts.role(value) == Role::Call && makes_style(value));
                }
                _ => {}
            }
            child = at;
        }
        false
    }

    fn is_log_call(&self, call: NodeId) -> bool {
        let callee = self.facts.part(call, Part::Callee).and_then(|callee| self.file.dotted(callee));
        callee.is_some_and(|callee| self.presentation.is_log_call(&callee))
    }

    /// The token's text, alike for what formatters and quote styles make different.
    fn normal(&self, token: u32) -> Normal<'a> {
        let whole = self.facts.tokens[token as usize].span.text(&self.file.text);
        let letters = whole.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (prefix, text) = whole.split_at(if letters <= MAX_PREFIX { letters } else { 0 });
        // `u"text"` is what `"text"` is.
        let prefix = if matches!(prefix, "u" | "U") { "" } else { prefix };
        match text.as_bytes() {
            [b'"' | b'\'', .., b'"' | b'\''] if !text[1..text.len() - 1].contains(['"', '\'']) => {
                Normal { text: &text[1..text.len() - 1], prefix, quoted: true }
            }
            // Where something is computed in a text, its quotes stand alone.
            [b'"' | b'\''] => Normal { text: "", prefix, quoted: true },
            _ => Normal { text: whole, prefix: "", quoted: false },
        }
    }

    /// Runs of consecutive tokens, cut where the declaration changes.
    fn runs(&self, tokens: &[u32], hunk: usize) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for &token in tokens {
            let span = self.facts.tokens[token as usize].span;
            let declaration = declaration_of(self.file, self.facts, self.facts.innermost(span));
            match runs.last_mut() {
                Some(run) if run.declaration == declaration => {
                    run.span.end = span.end;
                    run.tokens.push(token);
                }
                _ => runs.push(Run { span, tokens: vec![token], declaration, hunk }),
            }
        }
        runs
    }
}

/// A longer function is no unit of change any more; the functions in it are.
const LONG_FUNCTION_LINES: u32 = 300;

/// The declaration that a change at this node is a change of; the module when there is none.
///
/// That is the named function around it, and of functions inside functions the outer one: the handlers of a component
/// are the component. Outside of functions it is the class.
pub(crate) fn declaration_of(file: &SourceFile, facts: &Facts, node: NodeId) -> NodeId {
    let named = |at: NodeId| match facts.role(at) {
        Role::Function | Role::Class => {
            facts.part(at, Part::Name).filter(|&name| !file.text_of(name).is_empty()).map(|_| at)
        }
        _ => None,
    };
    // The name in `const f = () => ..` belongs to the function, although it stands before it.
    let bound =
        |at: NodeId| (facts.role(at) == Role::Binding).then(|| facts.part(at, Part::Value)).flatten().and_then(named);
    let mut declarations =
        std::iter::once(node).chain(facts.ancestors(node)).filter_map(|at| named(at).or_else(|| bound(at)));
    let Some(mut chosen) = declarations.next() else { return NodeId::MODULE };
    for outer in declarations {
        let lines = file.lines.lines(facts.node(outer).span);
        if facts.role(outer) == Role::Class || lines.end - lines.start >= LONG_FUNCTION_LINES {
            break;
        }
        chosen = outer;
    }
    chosen
}

/// `Class.method`, `outer.inner`; `None` for the module.
pub(crate) fn symbol_of(file: &SourceFile, facts: &Facts, declaration: NodeId) -> Option<String> {
    let chain = std::iter::once(declaration).chain(facts.ancestors(declaration));
    let mut names: Vec<&str> = chain
        .filter(|&at| matches!(facts.role(at), Role::Function | Role::Class))
        .filter_map(|at| facts.part(at, Part::Name))
        .map(|name| file.text_of(name))
        .filter(|name| !name.is_empty() && name.len() <= 80)
        .take(3)
        .collect();
    names.reverse();
    (!names.is_empty()).then(|| names.join("."))
}

/// Groups runs into regions: by declaration, and at module level by hunk.
pub(crate) fn regions(old: Option<&SourceFile>, new: Option<&SourceFile>, runs: &ChangedRuns) -> Vec<Region> {
    // Old and new sides meet by symbol; a module-level change by its hunk.
    let mut grouped: BTreeMap<(u32, String), (Vec<Run>, Vec<Run>)> = BTreeMap::new();
    let mut first_seen: HashMap<String, u32> = HashMap::new();
    let mut add = |file: &SourceFile, side: Side, run: Run| {
        let symbol = file.facts().and_then(|facts| symbol_of(file, facts, run.declaration));
        let name = symbol.unwrap_or_else(|| format!("#{}", run.hunk));
        let order = *first_seen.entry(name.clone()).or_insert(run.hunk as u32);
        let group = grouped.entry((order, name)).or_default();
        if side == Side::New { group.1.push(run) } else { group.0.push(run) }
    };
    if let Some(file) = new {
        runs.new.iter().for_each(|run| add(file, Side::New, run.clone()));
    }
    if let Some(file) = old {
        runs.old.iter().for_each(|run| add(file, Side::Old, run.clone()));
    }
    let side = |file: Option<&SourceFile>, runs: Vec<Run>| -> Option<RegionSide> {
        let (file, first, last) = (file?, runs.first()?, runs.last()?);
        let span = Span { start: first.span.start, end: last.span.end.max(first.span.end) };
        Some(RegionSide { declaration: first.declaration, lines: file.lines.lines(span), runs })
    };
    grouped
        .into_iter()
        .map(|((_, name), (before, after))| Region {
            symbol: (!name.starts_with('#')).then_some(name),
            old: side(old, before),
            new: side(new, after),
        })
        .filter(|region| region.new.is_some() || region.old.is_some())
        .collect()
}

/// An expression of more nodes is no text.
const MAX_TEXT: u32 = 100;

/// The shortest run of tokens that is taken for a move and not for a coincidence.
const MOVED_TOKENS: usize = 10;

/// The text of a run, for telling that it only moved.
pub(crate) fn run_text(file: &SourceFile, run: &Run) -> String {
    let Some(facts) = file.facts() else { return String::new() };
    let texts: Vec<&str> = run.tokens.iter().map(|&at| facts.tokens[at as usize].span.text(&file.text)).collect();
    texts.join(" ")
}

/// Drops runs that were removed in one place and added in another, as they were.
///
/// `files` holds the two sides and the runs of every changed file.
pub(crate) fn drop_moves(files: &mut [(Option<&SourceFile>, Option<&SourceFile>, &mut ChangedRuns)]) {
    let mut removed: HashMap<String, usize> = HashMap::new();
    for (old, _, runs) in files.iter() {
        let Some(old) = old else { continue };
        for run in runs.old.iter().filter(|run| run.tokens.len() >= MOVED_TOKENS) {
            *removed.entry(run_text(old, run)).or_default() += 1;
        }
    }
    let mut moved: HashMap<String, usize> = HashMap::new();
    for (_, new, runs) in files.iter_mut() {
        let Some(new) = new else { continue };
        runs.new.retain(|run| {
            if run.tokens.len() < MOVED_TOKENS {
                return true;
            }
            let text = run_text(new, run);
            match removed.get_mut(&text) {
                Some(left) if *left > 0 => {
                    *left -= 1;
                    *moved.entry(text).or_default() += 1;
                    false
                }
                _ => true,
            }
        });
    }
    for (old, _, runs) in files.iter_mut() {
        let Some(old) = old else { continue };
        runs.old.retain(|run| {
            if run.tokens.len() < MOVED_TOKENS {
                return true;
            }
            match moved.get_mut(&run_text(old, run)) {
                Some(left) if *left > 0 => {
                    *left -= 1;
                    false
                }
                _ => true,
            }
        });
    }
}

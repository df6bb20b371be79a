//! Reads the query files (`queries/<language>/*.scm`): the part of tree-sitter's query language that
//! `queries/README.md` names. Anything else is an error with file and line.
//!
//! It does not run them: that is [`super::matcher`].

use super::facts::{Part, Role};
use regex::Regex;
use thiserror::Error;

/// A query file that cannot be used, and where.
#[derive(Debug, Error)]
#[error("{path}:{line}: {message}")]
pub(crate) struct QueryError {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) message: String,
}

/// One pattern: a shape of syntax nodes with one role node in it.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) role: Role,
    /// The alternatives of the outermost node.
    pub(super) roots: Vec<Step>,
}

/// What one node must be.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) symbol: Symbol,
    /// The field that it must stand in; 0 for any.
    pub(super) field: u16,
    /// Fields that it must not have.
    pub(super) absent: Vec<u16>,
    pub(super) children: Vec<Child>,
    pub(super) parts: Vec<Part>,
    pub(super) is_role: bool,
    pub(super) tests: Vec<TextTest>,
    /// The capture's names, for predicates; empty once the pattern is complete.
    names: Vec<String>,
    /// The child that holds the role node, if one does.
    pub(super) role_child: Option<usize>,
    /// Whether it or anything below captures a part.
    pub(super) has_parts: bool,
}

#[derive(Debug)]
pub(super) struct Child {
    pub(super) one_of: Vec<Step>,
    /// False for `?` and `*`.
    pub(super) required: bool,
    pub(super) has_parts: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbol {
    /// `(_)`
    AnyNamed,
    /// `_`
    Any,
    Is(u16),
}

/// A predicate on the text of one node.
#[derive(Debug, Clone)]
pub(super) struct TextTest {
    wanted: bool,
    text: Text,
}

#[derive(Debug, Clone)]
enum Text {
    OneOf(Vec<String>),
    Matches(Regex),
}

impl TextTest {
    pub(super) fn holds(&self, text: &str) -> bool {
        self.wanted
            == match &self.text {
                Text::OneOf(words) => words.iter().any(|word| word == text),
                Text::Matches(regex) => regex.is_match(text),
            }
    }
}

/// Reads the patterns of one file.
pub(super) fn parse(
    grammar: &tree_sitter::Language,
    path: &str,
    text: &str,
    patterns: &mut Vec<Pattern>,
) -> Result<(), QueryError> {
    let mut parser = Parser { grammar, path, text, at: 0, predicates: Vec::new() };
    loop {
        parser.skip_blank();
        if parser.at == text.len() {
            return Ok(());
        }
        let start = parser.at;
        let roots = parser.alternatives(0)?;
        parser.skip_blank();
        patterns.push(parser.finish(start, roots)?);
    }
}

/// Patterns nest no deeper than this.
const MAX_DEPTH: usize = 64;

struct Parser<'a> {
    grammar: &'a tree_sitter::Language,
    path: &'a str,
    text: &'a str,
    at: usize,
    /// Of the pattern that is being read: where, capture name, test.
    predicates: Vec<(usize, String, TextTest)>,
}

impl Parser<'_> {
    fn error<T>(&self, at: usize, message: impl Into<String>) -> Result<T, QueryError> {
        let line = 1 + self.text[..at].matches('\n').count();
        Err(QueryError { path: self.path.to_owned(), line, message: message.into() })
    }

    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn skip_blank(&mut self) {
        loop {
            match self.peek() {
                b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
                b';' => self.at += self.text[self.at..].find('\n').unwrap_or(self.text.len() - self.at),
                _ => return,
            }
        }
    }

    fn word(&mut self) -> &str {
        let rest = &self.text[self.at..];
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn string(&mut self) -> Result<String, QueryError> {
        let start = self.at;
        let mut out = String::new();
        let mut chars = self.text[start + 1..].char_indices();
        while let Some((offset, c)) = chars.next() {
            match c {
                '"' => {
                    self.at = start + 1 + offset + 1;
                    return Ok(out);
                }
                '\\' => match chars.next() {
                    Some((_, 'n')) => out.push('\n'),
                    Some((_, 't')) => out.push('\t'),
                    Some((_, 'r')) => out.push('\r'),
                    Some((_, '0')) => out.push('\0'),
                    Some((_, c)) => out.push(c),
                    None => break,
                },
                '\n' => break,
                c => out.push(c),
            }
        }
        self.error(start, "this string has no end on its line")
    }

    /// One node pattern with the captures and the quantifier after it, as the alternatives that it stands for.
    fn alternatives(&mut self, depth: usize) -> Result<Vec<Step>, QueryError> {
        let (mut steps, quantifier) = self.quantified(depth)?;
        if quantifier != Quantifier::One {
            return self.error(self.at, "a quantifier can only follow a child or a field");
        }
        self.captures(&mut steps)?;
        Ok(steps)
    }

    fn quantified(&mut self, depth: usize) -> Result<(Vec<Step>, Quantifier), QueryError> {
        if depth > MAX_DEPTH {
            return self.error(self.at, "patterns nest too deep here");
        }
        let steps = self.node(depth)?;
        let quantifier = match self.peek() {
            b'?' | b'*' => Quantifier::Optional,
            b'+' => Quantifier::Many,
            _ => return Ok((steps, Quantifier::One)),
        };
        self.at += 1;
        Ok((steps, quantifier))
    }

    fn captures(&mut self, steps: &mut [Step]) -> Result<(), QueryError> {
        loop {
            self.skip_blank();
            if self.peek() != b'@' {
                return Ok(());
            }
            self.at += 1;
            let name = self.word().to_owned();
            for step in &mut *steps {
                step.names.push(name.clone());
            }
        }
    }

    fn node(&mut self, depth: usize) -> Result<Vec<Step>, QueryError> {
        let start = self.at;
        match self.peek() {
            b'[' => {
                self.at += 1;
                let mut all = Vec::new();
                loop {
                    self.skip_blank();
                    if self.peek() == b']' {
                        self.at += 1;
                        return if all.is_empty() { self.error(start, "`[]` has no alternatives") } else { Ok(all) };
                    }
                    let field = self.field()?;
                    let mut steps = self.alternatives(depth + 1)?;
                    if field != 0 {
                        steps.iter_mut().for_each(|step| step.field = field);
                    }
                    all.extend(steps);
                }
            }
            b'"' => {
                let token = self.string()?;
                let id = self.grammar.id_for_node_kind(&token, false);
                if id == 0 {
                    return self.error(start, format!("the grammar has no token `{token}`"));
                }
                Ok(vec![Step::new(Symbol::Is(id))])
            }
            b'_' if !self.text[self.at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') => {
                self.at += 1;
                Ok(vec![Step::new(Symbol::Any)])
            }
            b'(' => {
                self.at += 1;
                self.skip_blank();
                self.parenthesised(start, depth)
            }
            _ => self.error(start, "expected a pattern: `(kind ...)`, `\"token\"`, `[...]` or `_`"),
        }
    }

    /// What follows `(`: `kind ...)`, or a pattern with its predicates.
    fn parenthesised(&mut self, start: usize, depth: usize) -> Result<Vec<Step>, QueryError> {
        if matches!(self.peek(), b'(' | b'[' | b'"') {
            if depth > 0 {
                return self.error(start, "groups of siblings are not part of this query language");
            }
            let steps = self.alternatives(depth + 1)?;
            loop {
                self.skip_blank();
                if self.peek() == b')' {
                    self.at += 1;
                    return Ok(steps);
                }
                if !self.text[self.at..].starts_with("(#") {
                    return self.error(self.at, "only predicates can follow the pattern inside these parentheses");
                }
                self.predicate()?;
            }
        }
        let kind_at = self.at;
        let kind = self.word().to_owned();
        let symbol = match kind.as_str() {
            "" => return self.error(kind_at, "expected the kind of a node"),
            "_" => Symbol::AnyNamed,
            kind => match self.grammar.id_for_node_kind(kind, true) {
                0 => return self.error(kind_at, format!("the grammar has no node `{kind}`")),
                id if self.grammar.node_kind_is_supertype(id) => {
                    return self.error(kind_at, format!("`{kind}` is a supertype; name the nodes that are meant"));
                }
                id => Symbol::Is(id),
            },
        };
        let mut step = Step::new(symbol);
        loop {
            self.skip_blank();
            match self.peek() {
                b')' => {
                    self.at += 1;
                    return Ok(vec![step]);
                }
                b'!' => {
                    self.at += 1;
                    let field = self.field_id()?;
                    step.absent.push(field);
                }
                b'(' if self.text[self.at..].starts_with("(#") => self.predicate()?,
                0 if self.at == self.text.len() => return self.error(start, "this `(` is never closed"),
                _ => {
                    let field = self.field()?;
                    let (mut one_of, quantifier) = self.quantified(depth + 1)?;
                    self.captures(&mut one_of)?;
                    if field != 0 {
                        one_of.iter_mut().for_each(|step| step.field = field);
                    }
                    step.children.push(Child {
                        one_of,
                        required: quantifier != Quantifier::Optional,
                        has_parts: false,
                    });
                }
            }
        }
    }

    /// `name:` if it stands here.
    fn field(&mut self) -> Result<u16, QueryError> {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        if end == 0 || !rest[end..].starts_with(':') {
            return Ok(0);
        }
        let field = self.field_id()?;
        self.at += 1;
        self.skip_blank();
        Ok(field)
    }

    fn field_id(&mut self) -> Result<u16, QueryError> {
        let at = self.at;
        let grammar = self.grammar;
        let name = self.word();
        match grammar.field_id_for_name(name) {
            Some(id) => Ok(id.get()),
            None => {
                let message = format!("the grammar has no field `{name}`");
                self.error(at, message)
            }
        }
    }

    fn predicate(&mut self) -> Result<(), QueryError> {
        let start = self.at;
        self.at += "(#".len();
        let name = self.word().to_owned();
        self.at += usize::from(self.peek() == b'?');
        self.skip_blank();
        if self.peek() != b'@' {
            return self.error(start, "the first argument of a predicate is a capture");
        }
        self.at += 1;
        let capture = self.word().to_owned();
        let mut words = Vec::new();
        loop {
            self.skip_blank();
            match self.peek() {
                b'"' => words.push(self.string()?),
                b')' => break,
                _ => return self.error(self.at, "the other arguments of a predicate are strings"),
            }
        }
        self.at += 1;
        let (wanted, kind) = name.strip_prefix("not-").map_or((true, name.as_str()), |kind| (false, kind));
        let text = match (kind, words.as_slice()) {
            ("eq", [_]) | ("any-of", [_, ..]) => Text::OneOf(words),
            ("match", [pattern]) => match Regex::new(pattern) {
                Ok(regex) => Text::Matches(regex),
                Err(error) => return self.error(start, error.to_string()),
            },
            ("eq" | "any-of" | "match", _) => return self.error(start, format!("`#{name}?` has the wrong arguments")),
            _ => return self.error(start, format!("`#{name}?` is not known; eq, any-of, match and not- of these are")),
        };
        self.predicates.push((start, capture, TextTest { wanted, text }));
        Ok(())
    }

    /// Turns capture names into roles, parts and tests.
    fn finish(&mut self, start: usize, mut roots: Vec<Step>) -> Result<Pattern, QueryError> {
        let mut names = Vec::new();
        roots.iter().for_each(|root| root.collect_names(&mut names));
        for (at, capture, _) in &self.predicates {
            if !names.contains(capture) {
                return self.error(*at, format!("nothing in this pattern is captured as `@{capture}`"));
            }
        }
        let Some(role_name) = names.iter().find(|name| Role::from_capture(name).is_some()) else {
            return self.error(start, "this pattern gives no node a role (`@call`, `@guard`, ...)");
        };
        let role = match Role::from_capture(role_name) {
            Some(role) if role != Role::Module => role,
            _ => return self.error(start, format!("`@{role_name}` is never captured")),
        };
        for name in names.iter().filter(|name| !name.starts_with('_') && *name != role_name) {
            let known = name.split_once('.').filter(|(owner, _)| owner == role_name).map(|(_, part)| part);
            if known.and_then(Part::from_capture).is_none() {
                return self.error(start, format!("`@{name}` is no part of `@{role_name}`"));
            }
        }
        let predicates = std::mem::take(&mut self.predicates);
        for root in &mut roots {
            if let Err(message) = root.finish(&predicates) {
                return self.error(start, message);
            }
        }
        Ok(Pattern { role, roots })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quantifier {
    One,
    Optional,
    Many,
}

impl Step {
    fn new(symbol: Symbol) -> Self {
        Self {
            symbol,
            field: 0,
            absent: Vec::new(),
            children: Vec::new(),
            parts: Vec::new(),
            is_role: false,
            tests: Vec::new(),
            names: Vec::new(),
            role_child: None,
            has_parts: false,
        }
    }

    fn collect_names(&self, names: &mut Vec<String>) {
        names.extend(self.names.iter().cloned());
        for step in self.children.iter().flat_map(|child| &child.one_of) {
            step.collect_names(names);
        }
    }

    fn has_role(&self) -> bool {
        self.is_role || self.role_child.is_some()
    }

    fn finish(&mut self, predicates: &[(usize, String, TextTest)]) -> Result<(), String> {
        for name in std::mem::take(&mut self.names) {
            self.tests.extend(predicates.iter().filter(|(_, on, _)| *on == name).map(|(_, _, test)| test.clone()));
            match name.split_once('.') {
                Some((_, part)) if !name.starts_with('_') => self.parts.extend(Part::from_capture(part)),
                _ => self.is_role |= !name.starts_with('_'),
            }
        }
        self.has_parts = !self.parts.is_empty();
        for (index, child) in self.children.iter_mut().enumerate() {
            for step in &mut child.one_of {
                step.finish(predicates)?;
                child.has_parts |= step.has_parts;
                if step.has_role() && (self.is_role || self.role_child.is_some_and(|other| other != index)) {
                    return Err("one pattern captures one role node; this one has two".to_owned());
                }
                if step.has_role() {
                    self.role_child = Some(index);
                }
            }
            self.has_parts |= child.has_parts;
        }
        Ok(())
    }
}

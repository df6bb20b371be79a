//! Why a line is gated, or why not: a short tree that a person can follow.
//!
//! Nothing is decided here that a scan does not decide: [`mod@line`] asks what the parts of the line are to flags
//! ([`plumbing`] and [`near`] are two of its answers), [`chain`] says how
//! a gate leads to its key, and [`reached`] says who reaches the declaration around the line. [`Explanation`] is all that a
//! renderer may see: owned, serializable, versioned (`rules/schema/explanation.json`).

mod chain;
mod line;
mod near;
mod plumbing;
mod reached;

use crate::config::Config;
use crate::inventory::TreeName;
use crate::location::{LineRange, RepoPath, Span};
use crate::project::Project;
use crate::report::{Notice, Tool};
use crate::rules::RuleSet;
use crate::rules::files::FileKind;
use crate::syntax::facts::{Facts, Role, Token, TokenClass};
use crate::syntax::sections::{has_sections, markup_lines};
use crate::syntax::{Parse, ParseLimits, SourceFile, language_for};
use crate::terms::Polarity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the explanation's shape.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// The most characters of quoted code.
const MAX_CODE: usize = 160;

/// What one line is to flags, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Explanation {
    pub(crate) schema_version: u32,
    pub(crate) tool: Tool,
    pub(crate) tree: TreeName,
    pub(crate) path: RepoPath,
    /// From 1.
    pub(crate) line: u32,
    /// The line as written, without the blanks around it.
    pub(crate) code: String,
    pub(crate) answer: Answer,
    /// The answer as a sentence.
    pub(crate) summary: String,
    /// The flags that decide, or that the line reads.
    pub(crate) flags: Vec<FlagState>,
    pub(crate) because: Vec<Reason>,
    /// What could not be looked at, or not fully, and why.
    pub(crate) notices: Vec<Notice>,
}

/// What a line is to flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Answer {
    /// It runs only while what a flag is about is on.
    Gated,
    /// It runs only while what a flag is about is off.
    ControlPath,
    /// It reads a flag, branches on one, or declares one.
    FlagPlumbing,
    /// Its parts differ.
    Mixed,
    /// It runs without a flag, or nobody can tell.
    NotGated,
    /// Nothing runs it.
    Dead,
    /// Nothing on it runs: a comment, an import, a type, a blank line.
    NotCode,
    /// The file is none that scans judge: a test, a generated file.
    NotJudged,
}

/// A flag, and what it has to be for the line to run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub(crate) struct FlagState {
    /// The key; the constant's name where the key is not known.
    pub(crate) key: String,
    /// `None` where the line only reads it.
    pub(crate) state: Option<Polarity>,
}

/// One step of the explanation, and what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Reason {
    pub(crate) kind: ReasonKind,
    /// A sentence or clause for people.
    pub(crate) text: String,
    pub(crate) path: Option<RepoPath>,
    pub(crate) line: Option<u32>,
    /// What stands there.
    pub(crate) code: Option<String>,
    pub(crate) because: Vec<Reason>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ReasonKind {
    /// A part of the line.
    Part,
    /// A condition, element, decorator or call that lets the code run only for one state of a flag.
    Gate,
    /// Where the value of the flag is taken.
    Read,
    /// A function, hook or component of the project that reads the flag.
    Wrapper,
    /// Where the SDK is asked.
    Evaluation,
    /// Where the key is declared.
    Constant,
    /// The flag itself.
    Flag,
    /// A declaration and how often it is used.
    Declaration,
    /// A place that uses a declaration.
    Use,
    /// Where the proof ends.
    End,
    /// Something to know that decides nothing.
    Note,
}

/// Why a line cannot be explained.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ExplainError {
    #[error("there is no file `{path}` in {tree}")]
    NoFile { path: String, tree: String },
    #[error("`{path}` is no text, or too large to be read")]
    NoText { path: RepoPath },
    #[error("`{path}` has no line {line}: it ends with line {last}")]
    NoLine { path: RepoPath, line: u32, last: u32 },
    #[error("`{path}` is in a language that preflag does not analyse")]
    Language { path: RepoPath },
    #[error("`{path}` cannot be explained. {reason}")]
    NotParsed { path: RepoPath, reason: String },
}

impl ExplainError {
    pub(crate) fn hint(&self) -> Option<String> {
        Some(
            match self {
                Self::NoFile { .. } => {
                    "Name the file as it is called in that commit; `--at` and `--worktree` choose another tree."
                }
                Self::NoLine { .. } => "Count the lines in that commit; `--worktree` looks at what is not committed.",
                Self::Language { .. } => {
                    "TypeScript, JavaScript and Python are analysed, and the scripts of Vue and Svelte."
                }
                Self::NoText { .. } | Self::NotParsed { .. } => return None,
            }
            .to_owned(),
        )
    }
}

/// The line that is asked for.
pub(crate) struct Question<'a> {
    pub(crate) rules: &'a RuleSet,
    pub(crate) config: &'a Config,
    pub(crate) tree: TreeName,
    pub(crate) path: RepoPath,
    pub(crate) line: u32,
}

/// Says why a line is gated, or why not.
pub(crate) fn explain(project: &mut Project<'_>, question: Question<'_>) -> Result<Explanation, ExplainError> {
    let (path, line) = (question.path.clone(), question.line);
    let source = source_of(project, &question)?;
    let last = source.text.lines().count() as u32;
    if line > last {
        return Err(ExplainError::NoLine { path, line, last });
    }
    let not_parsed = |reason: &str| ExplainError::NotParsed { path: path.clone(), reason: reason.to_owned() };
    let facts = match &source.parse {
        Parse::Facts(facts) => facts,
        Parse::Fallback(reason) => return Err(not_parsed(reason)),
    };
    let span = line_span(&source, line);
    let is_markup = has_sections(&path)
        && span.len() > 0
        && !markup_lines(&source.text, &source.lines, LineRange::new(line, line)).is_empty();
    let plain = || if is_markup { None } else { not_code(&source, facts, span) };
    let told = match not_judged(&question, &source).or_else(plain) {
        Some(told) => told,
        None if is_markup => {
            project.load(std::slice::from_ref(&path));
            line::of_markup(project, &path, span)
        }
        None => {
            project.load(std::slice::from_ref(&path));
            project.ask_callers(&path, &[span]);
            line::told(project, &path, span)
        }
    };
    let near = facts.errors.iter().find(|error| error.intersects(span));
    let notices = near.map(|_| Notice {
        path: Some(path.clone()),
        reason: "Syntax that preflag does not know stands on the line or around it, so the answer may be wrong."
            .to_owned(),
    });
    Ok(Explanation {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: "preflag".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        tree: question.tree,
        code: cut(span.text(&source.text)),
        path,
        line,
        answer: told.answer,
        summary: told.summary,
        flags: told.flags,
        because: told.because,
        notices: notices.into_iter().collect(),
    })
}

/// What is said about the line.
struct Told {
    answer: Answer,
    summary: String,
    flags: Vec<FlagState>,
    because: Vec<Reason>,
}

impl Told {
    fn plainly(answer: Answer, summary: impl Into<String>) -> Self {
        Self { answer, summary: summary.into(), flags: Vec::new(), because: Vec::new() }
    }
}

fn source_of(project: &Project<'_>, question: &Question<'_>) -> Result<std::sync::Arc<SourceFile>, ExplainError> {
    let path = &question.path;
    if !project.tree.contains(path.as_str()) {
        let tree = match question.tree.name.as_str() {
            "worktree" => "the work tree".to_owned(),
            name => format!("`{name}`"),
        };
        return Err(ExplainError::NoFile { path: path.as_str().to_owned(), tree });
    }
    if has_sections(path) {
        let text = project.tree.text(path.as_str()).ok_or_else(|| ExplainError::NoText { path: path.clone() })?;
        let source = SourceFile::analyse_scripts(path.clone(), text, &ParseLimits::default());
        project.tree.adopt(std::sync::Arc::new(source));
    } else if language_for(path).is_none() {
        return Err(ExplainError::Language { path: path.clone() });
    }
    project.tree.source(path.as_str()).ok_or_else(|| ExplainError::NoText { path: path.clone() })
}

/// The line without the blanks around it.
fn line_span(source: &SourceFile, line: u32) -> Span {
    let span = source.lines.span(LineRange::new(line, line));
    let text = span.text(&source.text);
    let start = span.start as usize + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}

/// Why scans do not judge the file.
fn not_judged(question: &Question<'_>, source: &SourceFile) -> Option<Told> {
    let what = match question.rules.files.kind(&question.path, &source.text) {
        FileKind::Test => "by its path, this is a file of tests",
        FileKind::Docs => "by its path, this is a file of documentation",
        FileKind::Generated => "by its path or its first lines, this file is generated",
        FileKind::Vendored => "by its path, this is somebody else's code, kept in the repository",
        _ if question.config.excludes(question.path.as_str()) => "the config leaves this file out",
        FileKind::Code | FileKind::Config | FileKind::Other => return None,
    };
    Some(Told::plainly(Answer::NotJudged, format!("{what}, so no scan asks whether it is behind a flag")))
}

/// Why nothing on the line runs.
fn not_code(source: &SourceFile, facts: &Facts, span: Span) -> Option<Told> {
    let tokens = tokens_on(facts, span);
    let is_text_to_show =
        |token: &&Token| facts.enclosing(facts.innermost(token.span), Role::Docstring).next().is_none();
    let is_code = |token: &&Token| match token.class {
        TokenClass::Code | TokenClass::Copy => is_text_to_show(token),
        _ => false,
    };
    let code: Vec<&Token> = tokens.iter().filter(is_code).collect();
    let has = |class: TokenClass| tokens.iter().any(|token| token.class == class);
    let what = match () {
        () if tokens.is_empty() && span.len() > 0 => "it is part of no script",
        () if tokens.is_empty() => "the line is blank",
        () if code.iter().any(|token| is_wordy(token.span.text(&source.text))) => return None,
        () if has(TokenClass::Import) => "it is part of an import",
        () if has(TokenClass::Type) => "it is part of a type",
        () if has(TokenClass::Comment) => "it is a comment",
        () if code.is_empty() => "it is part of a docstring",
        () => "it holds only brackets and marks; ask about a line between them",
    };
    Some(Told::plainly(Answer::NotCode, format!("nothing runs here: {what}")))
}

/// The tokens that the line has a part of.
fn tokens_on(facts: &Facts, line: Span) -> Vec<Token> {
    facts.tokens.iter().filter(|token| token.span.intersects(line)).copied().collect()
}

/// Brackets and marks say nothing where there is a word.
fn is_wordy(text: &str) -> bool {
    text.contains(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '\''))
}

/// One line of code, not too long.
fn cut(code: &str) -> String {
    let code = code.trim();
    match code.char_indices().nth(MAX_CODE) {
        Some((at, _)) => format!("{}…", &code[..at]),
        None => code.to_owned(),
    }
}

impl Reason {
    fn new(kind: ReasonKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), path: None, line: None, code: None, because: Vec::new() }
    }

    /// With a place, and what stands there.
    fn at(self, project: &Project<'_>, path: &RepoPath, line: u32) -> Self {
        let source = project.tree.source(path.as_str());
        let code = source.map(|source| cut(line_span(&source, line).text(&source.text)));
        Self { path: Some(path.clone()), line: Some(line), code: code.filter(|code| !code.is_empty()), ..self }
    }

    fn resting_on(self, because: Vec<Reason>) -> Self {
        Self { because, ..self }
    }
}

//! Code to paste: a guard in the file's language, with the SDK that the repository already uses.
//!
//! The templates are data (`rules/snippets.yaml`); this fills them in. What comes from the repository enters as
//! identifiers, literals or one line of code, without control characters and bounded, so that a hostile file can at worst
//! spoil its own snippet.

use super::tables::{Evaluations, LanguageShapes, ShapeName, SnippetTable};
use super::{Candidate, Change, KnownFlag, words};
use crate::report::{FlagValueType, RecommendedFlag, Snippet};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

const NAME_LENGTH: usize = 60;
const LINE_LENGTH: usize = 160;
const EXAMPLE_LENGTH: usize = 100;

/// `None` in a language that there are no templates for, and where the place offers nothing to guard.
pub(super) fn snippet(
    candidate: &Candidate,
    flag: &RecommendedFlag,
    change: &Change,
    table: &SnippetTable,
) -> Option<Snippet> {
    let wanted = candidate.language?.to_lowercase();
    let (language_key, language) = table.languages.iter().find(|(_, language)| language.names.contains(&wanted))?;
    let component = is_component(candidate, language);
    let evaluations = evaluations((language_key, language), component, flag, change, table)?;
    let expression = match flag.value_type {
        FlagValueType::Boolean => Some(&evaluations.boolean),
        FlagValueType::String => evaluations.string.as_ref(),
        FlagValueType::Number => evaluations.number.as_ref(),
    }?;
    let shape_name = shape_name(candidate, flag, component, language);
    let source = one_line(candidate.site.source_line);
    if source.is_empty() && shape_name == ShapeName::Number {
        return None;
    }
    if shape_name == ShapeName::Inline && !is_statement(&source, language) {
        return None;
    }
    let shape = language.shapes.get(&shape_name)?;
    let filling = Filling::new(candidate, flag, &evaluations, expression, language, source);
    let mut lines: Vec<String> = Vec::new();
    if evaluations.awaited && candidate.site.in_function && !candidate.site.is_async {
        lines.push(filling.fill(&language.not_async));
    }
    lines.extend(shape.lines().map(|line| filling.fill(line)).filter(|line| !line.trim().is_empty()));
    let code = indent(&lines, candidate.site.indentation, &language.indent);
    let line = candidate.site.line.max(1);
    let applies = applies(candidate, language, shape_name, &evaluations, &filling);
    Some(Snippet { language: candidate.language?.to_owned(), path: candidate.path.clone(), line, code, applies })
}

/// Whether the code can stand before its line as it is. Only a new function can be left early without other code to write, and only
/// where no compiler asks what it returns; and all that is read must be known in it.
fn applies(
    candidate: &Candidate,
    language: &LanguageShapes,
    shape: ShapeName,
    evaluations: &Evaluations,
    filling: &Filling,
) -> bool {
    let site = &candidate.site;
    let extension = candidate.path.extension().unwrap_or("");
    let is_checked = site.says_type || language.typed_extensions.iter().any(|typed| typed == extension);
    let leaves = match shape {
        ShapeName::New => !language.off.contains_key(candidate.area),
        ShapeName::NewComponent => true,
        _ => false,
    };
    let known = |name: &str| site.module_names.contains(name) || site.parameters.contains(&name);
    leaves
        && site.begins_line
        && !is_checked
        && evaluations.setup.is_none()
        && (!evaluations.awaited || site.is_async)
        && names_read(&filling.fill("{value}")).into_iter().all(known)
}

/// The names at the beginning of each chain of an expression: `a` and `c` of `await a.b(c, "d")`.
fn names_read(expression: &str) -> Vec<&str> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    let mut names = Vec::new();
    let (mut quote, mut at) = (None, 0);
    while let Some(character) = expression[at..].chars().next() {
        let length = expression[at..].find(|c| !is_name(c)).unwrap_or(expression.len() - at);
        match quote {
            Some(open) => {
                quote = quote.filter(|_| character != open);
                at += character.len_utf8() + if character == '\\' { 1 } else { 0 };
            }
            None if matches!(character, '"' | '\'' | '`') => {
                quote = Some(character);
                at += 1;
            }
            None if length > 0 => {
                let name = &expression[at..at + length];
                let is_property = expression[..at].ends_with('.');
                let is_word = matches!(
                    name,
                    "await" | "true" | "false" | "null" | "undefined" | "True" | "False" | "None" | "or" | "not"
                );
                if !is_property && !is_word && !name.starts_with(|c: char| c.is_ascii_digit()) {
                    names.push(name);
                }
                at += length;
            }
            None => at += character.len_utf8(),
        }
        // An escape at the very end.
        at = at.min(expression.len());
        while !expression.is_char_boundary(at) {
            at += 1;
        }
    }
    names
}

/// How the repository reads flags in this language: as this flag's own provider does, else as the config wants it, else
/// as the provider that most of its known flags have.
fn evaluations<'t>(
    (key, language): (&str, &LanguageShapes),
    component: bool,
    flag: &RecommendedFlag,
    change: &Change,
    table: &'t SnippetTable,
) -> Option<Cow<'t, Evaluations>> {
    let known = &change.known_flags;
    let mut counts: BTreeMap<&str, usize> = change.wishes.provider.map(|wanted| (wanted, 0)).into_iter().collect();
    for flag in known {
        *counts.entry(flag.provider).or_default() += 1;
    }
    let mut providers: Vec<(&str, usize)> = counts.into_iter().collect();
    let own = known.iter().find(|known| known.key == flag.key).map(|known| known.provider);
    let wanted = change.wishes.provider;
    providers.sort_by_key(|(id, count)| (Some(*id) != own, Some(*id) != wanted, Reverse(*count), *id));
    let hook = component.then(|| format!("{key}-component"));
    let names: Vec<&str> = hook.as_deref().into_iter().chain([key]).collect();
    for id in providers.into_iter().map(|(provider, _)| provider).chain([table.default_provider.as_str()]) {
        let provider = table.providers.iter().find(|provider| provider.ids.iter().any(|known| known == id));
        // What is in the house has no fixed form: it is read as it is read elsewhere.
        if provider.is_none_or(|provider| provider.imitate) {
            let mut examples = known.iter().filter(|known| known.provider == id);
            if let Some(code) = examples.find_map(|known| imitation(known, language, component, &flag.key)) {
                return Some(Cow::Owned(code));
            }
        }
        let code = provider.and_then(|provider| {
            names.iter().find_map(|name| provider.code.get(*name)).filter(|code| !(component && code.awaited))
        });
        if let Some(code) = code {
            return Some(Cow::Borrowed(code));
        }
    }
    None
}

/// A way of reading flags that there is no template for, taken from a place that reads one: its key becomes a blank.
fn imitation(flag: &KnownFlag, language: &LanguageShapes, component: bool, key: &str) -> Option<Evaluations> {
    let example = flag.example.filter(|example| language.names.contains(&example.language.to_lowercase()))?;
    let code = one_line(example.code);
    let hook = code.strip_prefix("use").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
    if code.len() > EXAMPLE_LENGTH || example.code.trim() != code || hook != component {
        return None;
    }
    let (awaited, code) = match code.strip_prefix("await ") {
        Some(code) => (true, code.to_owned()),
        None => (false, code),
    };
    let literals = ['"', '\'', '`'].map(|quote| format!("{quote}{}{quote}", flag.key));
    let literal = literals.iter().map(String::as_str).chain(flag.constant).find(|written| code.contains(*written));
    let boolean = match literal {
        // In the quotes of the example, where the key needs no escape.
        Some(written) if written.starts_with('\'') && is_plain(key) => code.replacen(written, &format!("'{key}'"), 1),
        Some(written) => code.replacen(written, "{key}", 1),
        None => bag(&code, flag.key, key)?,
    };
    Some(Evaluations { setup: None, awaited, boolean, string: None, number: None })
}

fn is_plain(key: &str) -> bool {
    key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// `useFlags({ newCart: false })`, which gives an object of values, for another key.
fn bag(code: &str, known: &str, key: &str) -> Option<String> {
    let (before, after) = code.split_once(known)?;
    let one_property = before.trim_end().ends_with('{') && after.starts_with(':') && !code.contains(',');
    (one_property && identifier(key) == key).then(|| format!("{before}{key}{after}.{key}"))
}

/// A component can't await: it reads flags by a hook.
fn is_component(candidate: &Candidate, language: &LanguageShapes) -> bool {
    let extension = candidate.path.extension().unwrap_or("");
    let own = candidate.symbol.map(own_name).unwrap_or("");
    candidate.site.in_function
        && !candidate.site.is_async
        && language.component_extensions.iter().any(|known| known == extension)
        && own.starts_with(|c: char| c.is_ascii_uppercase())
}

fn shape_name(candidate: &Candidate, flag: &RecommendedFlag, component: bool, language: &LanguageShapes) -> ShapeName {
    let own = candidate.symbol.map(own_name).unwrap_or("");
    let guardable =
        candidate.site.in_function && !own.is_empty() && !language.constructors.iter().any(|name| name == own);
    match (flag.value_type, component) {
        (FlagValueType::Number, _) => ShapeName::Number,
        _ if !guardable => ShapeName::Inline,
        (FlagValueType::String, false) => ShapeName::Choice,
        (_, true) if candidate.new_declaration => ShapeName::NewComponent,
        (_, true) => ShapeName::Component,
        _ if candidate.new_declaration => ShapeName::New,
        _ => ShapeName::Changed,
    }
}

fn own_name(symbol: &str) -> &str {
    symbol.rsplit('.').next().unwrap_or(symbol)
}

/// The words that a template's `{...}` stand for.
struct Filling {
    values: Vec<(&'static str, String)>,
}

impl Filling {
    fn new(
        candidate: &Candidate,
        flag: &RecommendedFlag,
        evaluations: &Evaluations,
        expression: &str,
        language: &LanguageShapes,
        source: String,
    ) -> Self {
        let symbol = identifier(candidate.symbol.map(own_name).unwrap_or(""));
        let symbol = if symbol.is_empty() { "this code".to_owned() } else { symbol };
        let in_class = candidate
            .symbol
            .and_then(|symbol| symbol.rsplit_once('.'))
            .is_some_and(|(owner, _)| own_name(owner).starts_with(|c: char| c.is_ascii_uppercase()));
        let control = match (language.snake_case, in_class) {
            (true, true) => format!("{}{symbol}_control", language.receiver),
            (true, false) => format!("{symbol}_control"),
            (false, true) => format!("{}{symbol}Control", language.receiver),
            (false, false) => format!("{symbol}Control"),
        };
        let parameters = candidate.site.parameters.iter().take(8).map(|parameter| identifier(parameter));
        let arguments: Vec<String> = parameters.filter(|parameter| !parameter.is_empty()).collect();
        let variations: Vec<String> =
            flag.variations.iter().map(|value| value_literal(value, flag.value_type, language)).collect();
        let old = variations.first().cloned().unwrap_or_default();
        let new = variations.get(1).cloned().unwrap_or_default();
        let var = variable(&flag.key, language);
        let source = match (flag.value_type, flag.variations.get(1)) {
            (FlagValueType::Number, Some(_)) => {
                with_variable(&source, candidate.literal.map_or("", |(_, new)| new), &var)
            }
            _ => source,
        };
        // Keys first: what is filled in later is not searched for placeholders again.
        let mut read = Self {
            values: vec![
                ("{camel_key}", quoted(&camel(&flag.key))),
                ("{key}", quoted(&flag.key)),
                ("{default}", old.clone()),
            ],
        };
        let wait = if evaluations.awaited && !language.snake_case { "await " } else { "" };
        let value = format!("{wait}{}", read.fill(expression));
        let setup = evaluations.setup.as_deref().map(|setup| read.fill(setup)).unwrap_or_default();
        let off = language.off.get(candidate.area).or(language.off.get("default")).cloned().unwrap_or_default();
        let off = Self { values: vec![("{symbol}", symbol.clone())] }.fill(&off);
        read.values.extend([
            ("{setup}", setup),
            ("{var}", var),
            ("{value}", value),
            ("{symbol}", symbol),
            ("{control}", control),
            ("{arguments}", arguments.join(", ")),
            ("{source}", source),
            ("{old}", old),
            ("{new}", new),
            ("{off}", off),
            ("{await}", if candidate.site.is_async { "await ".into() } else { String::new() }),
        ]);
        read
    }

    /// Replaces the placeholders from left to right, once: a value that looks like one stays as it is.
    fn fill(&self, template: &str) -> String {
        let mut filled = String::new();
        let mut rest = template;
        while let Some(at) = rest.find('{') {
            filled.push_str(&rest[..at]);
            rest = &rest[at..];
            match self.values.iter().find(|(name, _)| rest.starts_with(name)) {
                Some((name, value)) => {
                    filled.push_str(value);
                    rest = &rest[name.len()..];
                }
                None => {
                    filled.push('{');
                    rest = &rest[1..];
                }
            }
        }
        filled + rest
    }
}

/// Letters, digits, `_` and `$` of a name.
fn identifier(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric() || matches!(c, '_' | '$')).take(NAME_LENGTH).collect()
}

/// A string literal that TypeScript and Python read alike.
fn quoted(text: &str) -> String {
    let mut literal = String::from('"');
    for character in text.chars().take(120) {
        match character {
            '"' | '\\' => literal.extend(['\\', character]),
            ' '..='~' => literal.push(character),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(literal, "\\u{unit:04x}"); // to a string: can't fail
                }
            }
        }
    }
    literal.push('"');
    literal
}

fn value_literal(value: &str, value_type: FlagValueType, language: &LanguageShapes) -> String {
    match (value_type, value) {
        (FlagValueType::String, _) => quoted(value),
        (FlagValueType::Number, _) => {
            value.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+')).collect()
        }
        (FlagValueType::Boolean, "true") if language.snake_case => "True".into(),
        (FlagValueType::Boolean, "false") if language.snake_case => "False".into(),
        (FlagValueType::Boolean, _) => if value == "true" { "true" } else { "false" }.into(),
    }
}

/// The variable that holds the flag's value, named after its key.
fn variable(key: &str, language: &LanguageShapes) -> String {
    let words = words::split(key);
    match words.is_empty() {
        true if language.snake_case => "flag_value".into(),
        true => "flagValue".into(),
        false if language.snake_case => words.join("_"),
        false => camel(key),
    }
}

fn camel(key: &str) -> String {
    let words = words::split(key);
    let mut joined = String::new();
    for (at, word) in words.iter().enumerate() {
        let mut characters = word.chars();
        let first = characters.next().map(|first| if at == 0 { first } else { first.to_ascii_uppercase() });
        joined.extend(first.into_iter().chain(characters));
    }
    joined
}

/// True for a line that can be put inside an `if` as it stands.
fn is_statement(line: &str, language: &LanguageShapes) -> bool {
    let level = |open: char, close: char| line.matches(open).count() == line.matches(close).count();
    let first: String = line.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let begins = language.not_in_branch.iter().any(|word| match first.is_empty() {
        true => line.starts_with(word.as_str()),
        false => *word == first,
    });
    let goes_on = line.ends_with(['(', '[', '{', ',', ':', '\\', '=', '+', '&', '|', '?', '.']);
    // What a line names, later lines need: with the flag off they would miss it.
    let names = line.contains(" = ");
    !line.is_empty() && !names && !begins && !goes_on && level('(', ')') && level('[', ']') && level('{', '}')
}

/// One line of the file, without what could move a terminal's cursor or reorder text.
fn one_line(line: &str) -> String {
    let line = line.lines().find(|line| !line.trim().is_empty()).unwrap_or("").trim();
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    // Half a line is no code.
    if line.chars().count() > LINE_LENGTH { String::new() } else { line.chars().filter(|c| !hidden(*c)).collect() }
}

/// The line with the variable where the new literal stands.
fn with_variable(line: &str, literal: &str, variable: &str) -> String {
    match line.find(literal) {
        Some(at) if !literal.is_empty() => format!("{}{variable}{}", &line[..at], &line[at + literal.len()..]),
        _ => line.to_owned(),
    }
}

/// Puts the file's indentation in front, and its kind of steps in the place of the template's.
fn indent(lines: &[String], base: &str, step: &str) -> String {
    let base: String = base.chars().take_while(|c| matches!(c, ' ' | '\t')).take(40).collect();
    let own_step = if base.contains('\t') { "\t" } else { step };
    let mut code = String::new();
    for line in lines {
        let trimmed = line.trim_start_matches(' ');
        let steps = (line.len() - trimmed.len()) / step.len().max(1);
        code.push_str(&base);
        code.push_str(&own_step.repeat(steps));
        code.push_str(trimmed.trim_end());
        code.push('\n');
    }
    code
}

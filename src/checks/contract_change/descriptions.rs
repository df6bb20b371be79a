//! The shapes that files describe which are no program: GraphQL SDL, protocol buffers, OpenAPI.

use super::shape::{Kind, Shape};
use crate::config::yaml;
use crate::location::LineRange;
use crate::rules::contracts::Description;
use serde_json::Value;

/// A description with more words is not read.
const MAX_WORDS: usize = 400_000;

/// How deep a description nests, at most.
const MAX_DEPTH: usize = 8;

/// The methods that a path of an OpenAPI document has.
const METHODS: [&str; 7] = ["get", "post", "put", "patch", "delete", "head", "options"];

/// The shapes that a file describes; none where it cannot be read.
pub(super) fn shapes(description: Description, path: &str, text: &str) -> Vec<Shape> {
    match description {
        Description::GraphQl => graphql(&words(text, "#")),
        Description::Protocol => protocol(&words(text, "//")),
        Description::OpenApi => open_api(path, text),
    }
}

/// A word or mark with its line.
#[derive(Debug, Clone, Copy)]
struct Word<'t> {
    text: &'t str,
    line: u32,
}

impl Word<'_> {
    fn is_name(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }
}

/// Names, numbers and marks; comments and strings are left out.
fn words<'t>(text: &'t str, comment: &str) -> Vec<Word<'t>> {
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '@' | '$');
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = if c.is_whitespace() {
            c.len_utf8()
        } else if rest.starts_with(comment) {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(inside) = rest.strip_prefix("\"\"\"") {
            inside.find("\"\"\"").map_or(rest.len(), |end| end + 6)
        } else if c == '"' {
            rest[1..].find(['"', '\n']).map_or(rest.len(), |end| end + 2)
        } else {
            let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len()).max(c.len_utf8());
            found.push(Word { text: &rest[..length], line });
            if found.len() >= MAX_WORDS {
                return Vec::new();
            }
            length
        };
        line += rest[..length].bytes().filter(|&byte| byte == b'\n').count() as u32;
        at += length;
    }
    found
}

/// `type`, `interface`, `input` and `enum`; extensions belong to what they extend.
fn graphql(words: &[Word<'_>]) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (kind, noun) = match words[at].text {
            // Only at the top: queries of clients stand in braces.
            "type" => (Kind::GraphQlOutput, "GraphQL type"),
            "interface" => (Kind::GraphQlOutput, "GraphQL interface"),
            "input" => (Kind::GraphQlInput, "GraphQL input"),
            "enum" => (Kind::Word, "GraphQL enum"),
            "{" | "(" => {
                at = closing(words, at) + 1;
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        let Some(name) = words.get(at + 1).filter(|word| word.is_name()) else { break };
        let open = words[at..].iter().take(60).position(|word| word.text == "{").map(|more| at + more);
        let Some(open) = open else { break };
        let close = closing(words, open);
        let body = &words[open + 1..close.max(open + 1)];
        let mut shape = Shape::new(noun, name.text, kind);
        fields(body, &mut shape);
        match shapes.iter_mut().find(|other| other.name == shape.name) {
            Some(other) => other.fields.extend(shape.fields),
            None => shapes.push(shape),
        }
        at = close + 1;
    }
    shapes
}

/// `name(argument: T): T = default @directive(..)`, once and again.
fn fields(body: &[Word<'_>], shape: &mut Shape) {
    let mut at = 0;
    while at < body.len() {
        let name = body[at];
        if name.text.starts_with('@') {
            // A directive, and what it is given.
            at += 1;
            if body.get(at).is_some_and(|word| word.text == "(") {
                at = closing(body, at) + 1;
            }
            continue;
        }
        if !name.is_name() {
            at += 1;
            continue;
        }
        let line = LineRange::new(name.line, name.line);
        at += 1;
        if shape.kind == Kind::Word {
            shape.add(name.text, "", line);
            continue;
        }
        if body.get(at).is_some_and(|word| word.text == "(") {
            let close = closing(body, at);
            let mut arguments = Shape::new("", "", Kind::GraphQlInput);
            fields(&body[at + 1..close.max(at + 1)], &mut arguments);
            for (argument, field) in arguments.fields {
                // Types of arguments go the other way than those of answers.
                shape.add(&format!("{}({argument}:)", name.text), "", field.lines);
            }
            at = close + 1;
        }
        if body.get(at).is_none_or(|word| word.text != ":") {
            continue;
        }
        at += 1;
        let mut of = String::new();
        while let Some(word) = body.get(at)
            && (matches!(word.text, "[" | "]" | "!") || word.is_name())
        {
            let is_next = word.is_name() && of.chars().any(char::is_alphanumeric);
            if is_next {
                break;
            }
            of.push_str(word.text);
            at += 1;
        }
        shape.add(name.text, &of, line);
        if body.get(at).is_some_and(|word| word.text == "=") {
            // A default value: one word, a list or an object.
            at += 1;
            match body.get(at).map(|word| word.text) {
                Some("[" | "{") => at = closing(body, at) + 1,
                _ => at += 1,
            }
        }
    }
}

/// `message`, `enum` and `service`, also inside one another.
fn protocol(words: &[Word<'_>]) -> Vec<Shape> {
    let mut shapes = Vec::new();
    messages(words, "", &mut shapes, MAX_DEPTH);
    shapes
}

fn messages(words: &[Word<'_>], outer: &str, shapes: &mut Vec<Shape>, depth: usize) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let mut at = 0;
    while at + 2 < words.len() {
        let noun = match words[at].text {
            "message" => "message",
            "enum" => "enum",
            "service" => "service",
            _ => {
                at += 1;
                continue;
            }
        };
        if words[at + 2].text != "{" {
            at += 1;
            continue;
        }
        let name = format!("{outer}{}", words[at + 1].text);
        let close = closing(words, at + 2);
        let body = &words[at + 3..close.max(at + 3)];
        let mut shape = Shape::new(noun, &name, Kind::Word);
        members(body, &mut shape);
        shapes.push(shape);
        messages(body, &format!("{name}."), shapes, depth);
        at = close + 1;
    }
}

/// `repeated Order orders = 1;`, `PENDING = 1;`, `rpc Get(A) returns (B);`
fn members(body: &[Word<'_>], shape: &mut Shape) {
    let mut at = 0;
    let mut from = 0;
    while at < body.len() {
        match body[at].text {
            "{" if from < at && matches!(body[from].text, "message" | "enum" | "extend") => {
                at = closing(body, at);
                from = at + 1;
            }
            // `oneof kind {`: its members are members.
            "{" | "}" => from = at + 1,
            ";" => {
                member(&body[from..at], shape);
                from = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
}

fn member(statement: &[Word<'_>], shape: &mut Shape) {
    let Some(first) = statement.first() else { return };
    let line = LineRange::new(first.line, first.line);
    let joined = |words: &[Word<'_>]| words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
    match first.text {
        "reserved" | "option" | "extensions" => {}
        "rpc" => {
            let Some(name) = statement.get(1) else { return };
            shape.add(name.text, &joined(&statement[2..]), line);
        }
        _ => {
            let Some(equals) = statement.iter().position(|word| word.text == "=") else { return };
            let (Some(name), Some(number)) = (statement[..equals].last(), statement.get(equals + 1)) else { return };
            let of = joined(&statement[..equals - 1]);
            shape.add(name.text, format!("{of} = {}", number.text).trim(), line);
        }
    }
}

/// The mark that closes the one at `open`; the last word where none does.
fn closing(words: &[Word<'_>], open: usize) -> usize {
    let mut depth = 0usize;
    for (at, word) in words.iter().enumerate().skip(open) {
        match word.text {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    words.len().saturating_sub(1)
}

/// Paths with their methods, and the properties of schemas.
fn open_api(path: &str, text: &str) -> Vec<Shape> {
    let is_json = path.ends_with(".json");
    let document: Option<Value> = if is_json { serde_json::from_str(text).ok() } else { yaml::parse(path, text).ok() };
    let Some(document) = document.filter(|it| it.get("openapi").or(it.get("swagger")).is_some()) else {
        return Vec::new();
    };
    let mut shapes = Vec::new();
    let mut routes = Shape::new("OpenAPI document", "paths", Kind::Word);
    for (route, methods) in members_of(document.get("paths")) {
        for method in METHODS.iter().filter(|method| methods.get(method).is_some()) {
            let line = line_of(text, &[route]);
            routes.add(&format!("{} {}", method.to_uppercase(), super::routes::plain(route)), "", line);
        }
    }
    shapes.push(routes);
    let schemas = document.pointer("/components/schemas").or(document.get("definitions"));
    for (name, schema) in members_of(schemas) {
        let mut shape = Shape::new("OpenAPI schema", name, Kind::Word);
        shape.open = ["allOf", "oneOf", "anyOf"].iter().any(|key| schema.get(key).is_some());
        for (property, of) in members_of(schema.get("properties")) {
            let written = of.get("type").or(of.get("$ref")).and_then(Value::as_str).unwrap_or_default();
            shape.add(property, written, line_of(text, &[name, property]));
        }
        shapes.push(shape);
    }
    shapes
}

fn members_of(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

/// The line of the last of these keys, each looked for after the one before it.
fn line_of(text: &str, keys: &[&String]) -> LineRange {
    let mut line = 1;
    let mut lines = text.lines().zip(1..);
    for key in keys {
        let is_key = |written: &str| {
            let written = written.trim().trim_start_matches(['"', '\'']);
            written.strip_prefix(key.as_str()).is_some_and(|rest| rest.trim_start_matches(['"', '\'']).starts_with(':'))
        };
        if let Some((_, at)) = lines.find(|(written, _)| is_key(written)) {
            line = at;
        }
    }
    LineRange::new(line, line)
}

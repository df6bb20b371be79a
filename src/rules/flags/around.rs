//! What stands around a name, told from bytes: whether it may be called there, or be given a value.
//!
//! Nothing is parsed, so each answer errs on one side: "no" is certain, but for what stands inside of expressions as a comment.

use std::ops::Range;

/// A type is not looked through any further (bytes).
const MAX_TYPE: usize = 4_096;

/// An import does not begin any further before its names (bytes).
const MAX_IMPORT: usize = 4_096;

/// Words before a name that is given a value in its declaration, or by a `with`.
const DECLARES: [&[u8]; 4] = [b"const", b"let", b"var", b"as"];

/// Whether what ends here may be called: `f(`, `f<T>(`, `f?.(`, `f!(`, `(f as any)(`; or gets another name: `f as g`.
pub(super) fn may_be_called(text: &[u8], end: usize) -> bool {
    let mut rest = text.get(end..).unwrap_or_default();
    loop {
        rest = rest.trim_ascii_start();
        match rest {
            [b')', after @ ..] => rest = after,
            [b'(' | b'<' | b'`' | b'\\' | b'#', ..] | [b'/', b'/' | b'*', ..] | [b'?', b'.', ..] => return true,
            [b'!', next, ..] => return *next != b'=',
            _ => return [b"as".as_slice(), b"satisfies"].contains(&word_at_start(rest)),
        }
    }
}

/// Whether a name may be one that a declaration outside of functions and classes gives a value: `const x = ..`, `x: T = ..`.
///
/// Not so the member of an object or a type, an argument by name, or an attribute of an element.
pub(super) fn may_be_declared(text: &[u8], name: &Range<usize>) -> bool {
    let rest = text[name.end..].trim_ascii_start();
    let has_value = match rest {
        [b'/', b'*', ..] | [b':', b'=', ..] => return true,
        [b'=', b'=' | b'>', ..] => return false,
        [b'=', ..] => true,
        [b':', after @ ..] => may_be_given(after),
        _ => return false,
    };
    let before = text[..name.start].trim_ascii_end();
    let is_parted = before.len() < name.start;
    if is_parted && DECLARES.contains(&word_at_end(before)) {
        return true;
    }
    let is_first = text[before.len()..name.start].contains(&b'\n') || before.is_empty();
    let goes_on = |last: &u8| {
        last.is_ascii_alphanumeric() || matches!(last, b'_' | b'$' | b'(' | b'.' | b'"' | b'\'' | b'`' | b'}' | b'>')
    };
    has_value && (is_first || !before.last().is_some_and(goes_on))
}

/// Whether a value follows the type that begins here, before its statement or member ends.
fn may_be_given(text: &[u8]) -> bool {
    let mut depth = 0usize;
    for (at, &byte) in text.iter().enumerate() {
        if at == MAX_TYPE {
            return true;
        }
        let (before, after) = (at.checked_sub(1).map(|at| text[at]), text.get(at + 1));
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' if depth == 0 => return false,
            b')' | b']' | b'}' => depth -= 1,
            b',' | b';' if depth == 0 => return false,
            b'\n' if depth == 0 && before != Some(b'\\') => return false,
            b'=' if depth == 0 => {
                let compares = matches!(before, Some(b'=' | b'!' | b'<' | b'>')) || matches!(after, Some(b'=' | b'>'));
                if !compares {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// Whether what begins here may be part of a module path: in quotes behind `from`, `import` or a bracket, or on the line of an
/// `import`, or in a list that one goes on with.
pub(super) fn may_be_in_module(text: &[u8], start: usize) -> bool {
    let before = &text[..start];
    let far = &before[before.len().saturating_sub(MAX_IMPORT)..];
    let from_quote = far.iter().rposition(|byte| matches!(byte, b'"' | b'\'' | b'`' | b'\n'));
    if let Some(at) = from_quote.filter(|&at| far[at] != b'\n') {
        let words: [&[u8]; 4] = [b"from", b"import", b"(", b"*/"];
        let before_quote = far[..at].trim_ascii_end();
        if words.iter().any(|word| before_quote.ends_with(word)) {
            return true;
        }
    }
    let line_end = text[start..].iter().position(|&byte| byte == b'\n').map_or(text.len(), |length| start + length);
    let mut line_start = far.len();
    loop {
        line_start = far[..line_start].iter().rposition(|&byte| byte == b'\n').unwrap_or(0);
        // A line that ends so goes on in the next one.
        if line_start == 0 || !far[..line_start].trim_ascii_end().ends_with(b"\\") {
            break;
        }
    }
    if contains_import(&far[line_start..]) || contains_import(&text[start..line_end]) {
        return true;
    }
    // `from a import (` some lines above, whatever comments stand between.
    let lines = far.split(|&byte| byte == b'\n');
    let code: Vec<&[u8]> = lines.map(|line| line.split(|&byte| byte == b'#').next().unwrap_or_default()).collect();
    let far = &code.join(&b'\n')[..];
    let last_bracket = far.iter().rposition(|&byte| byte == b'(');
    last_bracket.is_some_and(|at| far[..at].trim_ascii_end().ends_with(b"import"))
        || far.iter().rposition(|&byte| byte == b')').is_none_or(|closed| contains_import(&far[closed..]))
            && contains_import(far)
}

fn contains_import(text: &[u8]) -> bool {
    text.windows(6).any(|word| word == b"import")
}

fn is_name_byte(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$')
}

fn word_at_start(text: &[u8]) -> &[u8] {
    &text[..text.iter().take_while(|byte| is_name_byte(byte)).count()]
}

fn word_at_end(text: &[u8]) -> &[u8] {
    &text[text.len() - text.iter().rev().take(16).take_while(|byte| is_name_byte(byte)).count()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_has_something_after_it() {
        let called = |rest: &str| may_be_called(format!("on{rest}").as_bytes(), 2);
        for rest in
            ["('x')", " \n (x)", "<T>(x)", "?.(x)", "!(x)", ")('x')", " as any)(x)", " as isOn", " /* */ (x)", "`x`"]
        {
            assert!(called(rest), "{rest}");
        }
        for rest in
            ["", ": true", ", off", " = 1", " !== x", " ? a : b", ") {", ".x", "; f(x)", " assign(x)", " && f(x)"]
        {
            assert!(!called(rest), "{rest}");
        }
    }

    #[test]
    fn what_is_declared_is_no_member_and_no_argument() {
        let declared = |text: &str| {
            let at = text.find("FLAGS").expect("the name is there");
            may_be_declared(text.as_bytes(), &(at..at + 5))
        };
        let are = [
            "FLAGS = {",
            "export const FLAGS: {\n a: string;\n b: string } = {",
            "let a = 1, FLAGS = {",
            "const\n  FLAGS\n  = {",
            "# (see\nFLAGS = dict(",
            "FLAGS: Final[\n  Dict[str, str]\n] = {",
            "with f({}) as FLAGS:",
            "if (FLAGS := {}):",
            "import x\n    FLAGS: dict = {}",
            "const FLAGS /* all */ = {",
            "if x: FLAGS = {}",
        ];
        for text in are {
            assert!(declared(text), "{text}");
        }
        let are_not = [
            "f(FLAGS={})",
            "interface A {\n  FLAGS: { a: string; };\n}",
            "{ a: 1, FLAGS: [1, 2] }",
            "a.FLAGS = {}",
            "<A FLAGS={a} />",
            "<A b=\"c\" FLAGS={a} />",
            "private FLAGS: X = {}",
            "FLAGS => 1",
            "FLAGS === x",
            "{\n  FLAGS: (a) => a >= b,\n}",
            "(FLAGS: X) => {}",
            "FLAGS.map(x)",
        ];
        for text in are_not {
            assert!(!declared(text), "{text}");
        }
    }

    #[test]
    fn modules_stand_in_imports() {
        let module = |text: &str| may_be_in_module(text.as_bytes(), text.find("flags").expect("the name is there"));
        let are = [
            "import { a } from '../lib/flags'",
            "import './flags'",
            "export * from \"@/flags/index\"",
            "const a = require(`flags`)",
            "import(/* chunk: 'a' */ './flags')",
            "from app.flags import a",
            "from app import flags",
            "try: import flags",
            "from app import (\n    a,  # why (and how)\n    flags,\n)",
            "from app import a, \\\n    b, \\\n    flags",
            "import a.b, flags",
        ];
        for text in are {
            assert!(module(text), "{text}");
        }
        let are_not = ["f();\nconst flags = 1", "f();\nx['flags']", "g();\nflags: 'a'"];
        for text in are_not {
            assert!(!module(text), "{text}");
        }
    }
}

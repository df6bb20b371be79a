//! What stands around a name, told from bytes: whether it may be called there, or be given a value.
//!
//! Nothing is parsed, so each answer errs on one side: "no" is certain, but for what stands inside of expressions as a comment.

use std::ops::Range;

/// A type is not looked through any further (bytes).
const MAX_TYPE: usize = 4_096;

/// An import does not begin any further before its names (bytes).
const MAX_IMPORT: usize = 4_096;

/// A call is not looked through any further (bytes).
const MAX_CALL: usize = 512;

/// Words before a name that is given a value in its declaration, or by a `with`.
const DECLARES: [&[u8]; 4] = [b"const", b"let", b"var", b"as"];

/// Words before a value that nothing is named by.
const USES: [&[u8]; 8] = [b"return", b"yield", b"if", b"not", b"and", b"else", b"raise", b"throw"];

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

/// Where the value may begin that a declaration outside of functions and classes gives a name: `const x = ..`, `x: T = ..`.
///
/// `Some(None)` where that cannot be told. A member of an object or a type, an argument by name, or an attribute of an element
/// is no such name.
pub(super) fn value_of(text: &[u8], name: &Range<usize>) -> Option<Option<usize>> {
    let rest = text[name.end..].trim_ascii_start();
    let at = |rest: &[u8]| text.len() - rest.len();
    let value = match rest {
        [b'/', b'*', ..] => return Some(None),
        [b':', b'=', value @ ..] => return Some(Some(at(value))),
        [b'=', b'=' | b'>', ..] => return None,
        [b'=', value @ ..] => Some(Some(at(value))),
        [b':', after @ ..] => value_after_type(after).map(|value| value.map(|value| at(after) + value)),
        _ => return None,
    };
    let before = text[..name.start].trim_ascii_end();
    let is_parted = before.len() < name.start;
    if is_parted && DECLARES.contains(&word_at_end(before)) {
        return Some(value.flatten());
    }
    let is_first = text[before.len()..name.start].contains(&b'\n') || before.is_empty();
    let goes_on = |last: &u8| {
        last.is_ascii_alphanumeric() || matches!(last, b'_' | b'$' | b'(' | b'.' | b'"' | b'\'' | b'`' | b'}' | b'>')
    };
    value.filter(|_| is_first || !before.last().is_some_and(goes_on))
}

/// Where a value follows the type that begins here, before its statement or member ends; `Some(None)` where that is too far.
fn value_after_type(text: &[u8]) -> Option<Option<usize>> {
    let mut depth = 0usize;
    for (at, &byte) in text.iter().enumerate() {
        if at == MAX_TYPE {
            return Some(None);
        }
        let (before, after) = (at.checked_sub(1).map(|at| text[at]), text.get(at + 1));
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' if depth == 0 => return None,
            b')' | b']' | b'}' => depth -= 1,
            b',' | b';' if depth == 0 => return None,
            b'\n' if depth == 0 && before != Some(b'\\') => return None,
            b'=' if depth == 0 => {
                let compares = matches!(before, Some(b'=' | b'!' | b'<' | b'>')) || matches!(after, Some(b'=' | b'>'));
                if !compares {
                    return Some(Some(at + 1));
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether an object may begin here, or a call whose only argument is one: `{`, `Object.freeze({`.
pub(super) fn begins_object(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let name = text.iter().take_while(|byte| is_name_byte(byte) || **byte == b'.').count();
    if name == 0 {
        return may_open(text, b"{");
    }
    if matches!(&text[..name], b"await" | b"new") {
        return begins_object(&text[name..]);
    }
    match text[name..].trim_ascii_start() {
        [b'(', inside @ ..] => {
            let skipped = inside.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == b'(').count();
            may_open(&inside[skipped..], b"{") || goes_on_after_call(inside)
        }
        rest => may_open(rest, b"?!"),
    }
}

/// Whether a string may begin here.
pub(super) fn begins_string(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let prefix = text.iter().take(3).take_while(|byte| byte.is_ascii_alphabetic()).count();
    match prefix {
        0 => may_open(text, b"\"'`"),
        _ => text.get(prefix).is_some_and(|byte| matches!(byte, b'"' | b'\'')),
    }
}

/// Whether the text begins with one of these, or with what may stand around any value: brackets, casts, comments.
fn may_open(text: &[u8], with: &[u8]) -> bool {
    text.first().is_some_and(|byte| with.contains(byte) || matches!(byte, b'(' | b'<' | b'/' | b'#' | b'\\'))
}

/// Whether something follows right after the bracket that closes what begins here: `f(x).g(..)`, `f(x)(..)`.
fn goes_on_after_call(inside: &[u8]) -> bool {
    let mut depth = 0usize;
    for (at, &byte) in inside.iter().enumerate().take(MAX_CALL) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => {
                let rest = inside[at + 1..].trim_ascii_start();
                return may_open(rest, b".?!`");
            }
            b')' => depth -= 1,
            _ => {}
        }
    }
    true
}

/// Whether a name may stand in the head of a type's declaration: `type Flags = ..`, `interface A extends Flags {`.
pub(super) fn may_declare_type(text: &[u8], name: &Range<usize>) -> bool {
    let before = &text[..name.start];
    let head = before.iter().rev().take(MAX_TYPE).take_while(|byte| !matches!(byte, b'{' | b'}' | b';' | b'=')).count();
    let head = &before[before.len() - head..];
    [b"type".as_slice(), b"interface"].iter().any(|word| head.windows(word.len()).any(|window| window == *word))
}

/// Whether the name that ends here may be the key of a pair: `a: ..`, `"a": ..`, `{ a, .. }`, `a() {`.
pub(super) fn is_property(text: &[u8], end: usize) -> bool {
    let rest = text[end..].trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest).trim_ascii_start();
    let rest = rest.strip_prefix(b"]").unwrap_or(rest).trim_ascii_start();
    rest.first().is_some_and(|byte| matches!(byte, b':' | b',' | b'}' | b'(' | b'/' | b'#' | b'\\' | b'=' | b'`'))
}

/// Whether a name may be that of an element, or get another name where it is imported: `<Name`, `<a.Name`, `Name as B`.
pub(super) fn may_name_element(text: &[u8], name: Range<usize>) -> bool {
    let is_path = |byte: &&u8| is_name_byte(byte) || **byte == b'.';
    let path = text[..name.start].iter().rev().take_while(is_path).count();
    let before = text[..name.start - path].trim_ascii_end();
    let is_element = match before {
        // A name right before it makes it a type: `Promise<Name>`.
        [before @ .., b'<'] => !before.last().is_some_and(is_name_byte),
        _ => before.ends_with(b"*/"),
    };
    let rest = text[name.end..].trim_ascii_start();
    is_element || word_at_start(rest) == b"as" || rest.starts_with(b":")
}

/// Whether something may be taken out of what has this name, or it may get another name: `x.name.a`, `const { a } = x.name`.
pub(super) fn is_used(text: &[u8], name: &Range<usize>) -> bool {
    matches!(after_value(text, name.end), After::Member | After::Unknown) || is_value(text, name.start)
}

/// Whether a method may be called of what ends here, or of what it returns.
pub(super) fn may_have_methods(text: &[u8], end: usize) -> bool {
    after_value(text, end) != After::Other
}

/// Whether one of these keys may be taken out of what has this name, or it may get another name.
pub(super) fn may_hold_key(text: &[u8], name: &Range<usize>, is_key: impl Fn(&str) -> bool) -> bool {
    let rest = text[name.end..].trim_ascii_start();
    let rest = rest.strip_prefix(b"?").unwrap_or(rest);
    let is_one = |key: &[u8]| std::str::from_utf8(key).is_ok_and(&is_key);
    let quoted = |rest: &[u8]| match rest.trim_ascii_start() {
        [quote @ (b'"' | b'\'' | b'`'), rest @ ..] => rest.split(|byte| byte == quote).next().is_some_and(is_one),
        _ => true,
    };
    match rest {
        [b'.', b'[', rest @ ..] | [b'[', rest @ ..] => quoted(rest),
        [b'.', rest @ ..] => {
            let rest = rest.trim_ascii_start();
            let member = word_at_start(rest);
            match rest[member.len()..].trim_ascii_start() {
                [b'(', rest @ ..] => quoted(rest),
                _ => member.is_empty() || is_one(member),
            }
        }
        _ => is_used(text, name),
    }
}

/// What stands right before the last name of a path.
pub(super) enum Before {
    /// A name and a dot, or a bracket: `a.`, `a?.`, `a["`.
    Name(Range<usize>),
    /// Something else that the name is taken out of: `f().`.
    Unknown,
    /// The name is no member of anything.
    Nothing,
}

pub(super) fn name_before(text: &[u8], start: usize) -> Before {
    let before = match &text[..start] {
        [before @ .., b'"' | b'\'' | b'`'] => before,
        before => before,
    };
    let before = match before.trim_ascii_end() {
        [before @ .., b'.' | b'['] => before.strip_suffix(b"?").unwrap_or(before).trim_ascii_end(),
        before if before.ends_with(b"*/") => return Before::Unknown,
        _ => return Before::Nothing,
    };
    let before = before.strip_suffix(b"?.").or_else(|| before.strip_suffix(b"!")).unwrap_or(before);
    let length = before.iter().rev().take_while(|byte| is_name_byte(byte) || !byte.is_ascii()).count();
    match length {
        0 => Before::Unknown,
        _ => Before::Name(before.len() - length..before.len()),
    }
}

/// The name that what is taken out here is taken from: `a` of `{ a: { b, c } }`.
pub(super) fn taken_from(text: &[u8], start: usize) -> Option<Range<usize>> {
    let before = text[..start].trim_ascii_end();
    if !matches!(before.last(), Some(b'{' | b',' | b':')) {
        return None;
    }
    let mut depth = 0usize;
    let far = before.len().saturating_sub(MAX_CALL);
    let open = (far..before.len()).rev().find(|&at| match text[at] {
        b'}' => {
            depth += 1;
            false
        }
        b'{' if depth == 0 => true,
        b'{' => {
            depth -= 1;
            false
        }
        _ => false,
    });
    let before = text[..open?].trim_ascii_end().strip_suffix(b":")?.trim_ascii_end();
    let length = before.iter().rev().take_while(|byte| is_name_byte(byte) || !byte.is_ascii()).count();
    Some(before.len() - length..before.len())
}

/// What follows a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    /// Something is taken out of it, maybe behind a default: `.a`, `["a"]`, `?? {}).a`.
    Member,
    /// It is called.
    Call,
    /// A cast or a comment, and who knows what then.
    Unknown,
    Other,
}

/// What follows the value that ends here, behind the brackets and quotes that close around it.
fn after_value(text: &[u8], end: usize) -> After {
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_ascii_start();
        match rest {
            [b')' | b']' | b'"' | b'\'' | b'`', after @ ..] => rest = after,
            [b'.' | b'[' | b'?' | b'!', ..] | [b'|', b'|', ..] => return After::Member,
            [b'(' | b'<', ..] => return After::Call,
            [b'\\' | b'#', ..] | [b'/', b'/' | b'*', ..] => return After::Unknown,
            _ => {
                let is_cast = [b"as".as_slice(), b"satisfies", b"or"].contains(&word_at_start(rest));
                return if is_cast { After::Unknown } else { After::Other };
            }
        }
    }
}

/// Whether what begins here may be all that a name is given.
fn is_value(text: &[u8], start: usize) -> bool {
    let mut depth = 0usize;
    let far = start.saturating_sub(MAX_CALL);
    for at in (far..start).rev() {
        let before = text[..at].trim_ascii_end();
        match text[at] {
            b')' | b']' => depth += 1,
            b'(' | b'[' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            // An argument is none.
            b'(' if before.last().is_some_and(is_name_byte) && word_at_end(before) != b"await" => return false,
            b'=' => return !matches!(before.last(), Some(b'=' | b'!' | b'<' | b'>')),
            b'>' if text[..at].ends_with(b"=") => return false,
            b',' | b';' | b'{' | b'}' | b'[' | b':' | b'&' | b'|' | b'+' | b'-' | b'%' => return false,
            // The end or the beginning of a comment.
            b'/' => return matches!(text[..at].last(), Some(b'/' | b'*')),
            b'*' => return false,
            b'#' => return true,
            space if space.is_ascii_whitespace() && USES.contains(&word_at_end(&text[..at])) => return false,
            _ => {}
        }
    }
    far > 0
}

/// Whether a segment of a module path that ends here is the last one: nothing but `index` or an extension follows.
pub(super) fn ends_module(text: &[u8], end: usize) -> bool {
    let rest = &text[end..];
    let rest = rest.strip_prefix(b"/index").unwrap_or(rest);
    let extension = rest.strip_prefix(b".").unwrap_or_default();
    let extension = extension.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if (1..=3).contains(&extension) {
        return rest.get(extension + 1).is_some_and(|byte| matches!(byte, b'"' | b'\'' | b'`'));
    }
    match rest.first() {
        None | Some(b'"' | b'\'' | b'`' | b',' | b')' | b';' | b'#' | b'\\') => true,
        Some(byte) => byte.is_ascii_whitespace(),
    }
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

pub(super) fn word_at_end(text: &[u8]) -> &[u8] {
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
            value_of(text.as_bytes(), &(at..at + 5)).is_some()
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

    #[test]
    fn values_begin_behind_their_types() {
        let begins = |text: &str| {
            let at = text.find("FLAGS").expect("the name is there");
            let value = value_of(text.as_bytes(), &(at..at + 5)).flatten();
            value.map(|start| text[start..].trim().to_owned())
        };
        assert_eq!(begins("FLAGS: Dict[\n str, str\n] = {}").as_deref(), Some("{}"));
        assert_eq!(begins("const FLAGS = f()").as_deref(), Some("f()"));
        assert_eq!(begins("const FLAGS /* all */ = {}"), None);
        for text in
            ["{", " (await x)", "Object.freeze({", "new Map({", "f<T>({", "make('x').of({", "f()({", "# why\n {"]
        {
            assert!(begins_object(text.as_bytes()), "{text}");
        }
        for text in ["f(x);\n{", "a.b;", "[{", "'a'", "a ? {} : {}", "async () => {", "useMemo(() => {}, [])"] {
            assert_eq!(begins_object(text.as_bytes()), text.contains('?'), "{text}");
        }
        assert!(
            begins_string(b" 'a'") && begins_string(b"rb'a'") && begins_string(b"(\n 'a'") && begins_string(b"`a`")
        );
        assert!(!begins_string(b"f('a')") && !begins_string(b"1") && !begins_string(b"{"));
    }

    #[test]
    fn values_are_taken_out_of_or_named() {
        let at = |text: &str| text.find("flags").map(|at| at..at + 5).expect("the name is there");
        let used = |text: &str| is_used(text.as_bytes(), &at(text));
        let are = [
            "x.flags.a",
            "x.flags?.a",
            "(x.flags as any).a",
            "(x.flags or {}).get('a')",
            "(await x.flags)['a']",
            "x['flags'].a",
            "const { a } = x.flags",
            "const { a } = await (f(b).flags)",
            "a =\n  x.flags\n",
            "if (f := x.flags) and",
            "with x.flags as f:",
            "a = /* all */ x.flags",
            "a = // all\n  x.flags",
        ];
        for text in are {
            assert!(used(text), "{text}");
        }
        let are_not = [
            "f(a=1, flags)",
            "f(\n  x.flags,\n)",
            "{ flags: 1 }",
            "() => x.flags",
            "a == flags",
            "return flags;",
            "from './flags'",
        ];
        for text in are_not {
            assert!(!used(text), "{text}");
        }
        let is_new = |key: &str| key.starts_with("NEW");
        let holds = |text: &str| may_hold_key(text.as_bytes(), &at(text), is_new);
        assert!(holds("flags.NEW_A") && holds("flags?.['NEW_A']") && holds("flags.get( 'NEW_A')") && holds("flags[a]"));
        assert!(holds("const { A } = x.flags;") && holds("(x.flags as any).A") && holds("flags.get(a)"));
        assert!(!holds("flags.A") && !holds("flags['A']") && !holds("flags.get('A', 'NEW')") && !holds("f(flags)"));
        let behind = |text: &str| match name_before(text.as_bytes(), at(text).start) {
            Before::Name(name) => text[name].to_owned(),
            Before::Unknown => "?".to_owned(),
            Before::Nothing => String::new(),
        };
        let cases = [
            ("a.flags", "a"),
            ("b.a?.flags", "a"),
            ("a!\n  .flags", "a"),
            ("a['flags']", "a"),
            ("a?.[\"flags\"]", "a"),
            ("f().flags", "?"),
            ("const flags", ""),
            ("{ flags }", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(behind(text), expected, "{text}");
        }
        let taken = |text: &str| taken_from(text.as_bytes(), at(text).start).map(|name| text[name].to_owned());
        assert_eq!(taken("({ a, ui: { b: { c }, flags } }) =>").as_deref(), Some("ui"));
        assert_eq!(taken("({ ui: { x: flags } }) =>").as_deref(), Some("ui"));
        assert_eq!(taken("const { flags } = a"), None);
        let receives = |text: &str| may_have_methods(text.as_bytes(), at(text).end);
        assert!(receives("flags.has('a')") && receives("get(flags)\n  .has('a')") && receives("flags<A>().has('a')"));
        assert!(!receives("const flags = a.has('b')") && !receives("{ flags, a }") && !receives("flags: a"));
    }

    #[test]
    fn elements_properties_and_types_stand_where_they_may() {
        let at = |text: &str| text.find("flag").map(|at| at..at + 4).expect("the name is there");
        let element = |text: &str| may_name_element(text.as_bytes(), at(text));
        assert!(element("<flag name='a'>") && element("<a.flag />") && element("import { flag as F }"));
        assert!(
            !element("a: Promise<flag>")
                && !element("from './a/flag'")
                && !element("const flag = 1")
                && !element("(flag) => 1")
                && !element("import { flag } from")
        );
        let property = |text: &str| is_property(text.as_bytes(), at(text).end);
        assert!(property("{ flag: 1") && property("'flag': 1") && property("{ flag }") && property("flag() {"));
        assert!(!property("flag.a") && !property("a flag stands") && !property("flag > 1"));
        let type_ = |text: &str| may_declare_type(text.as_bytes(), &at(text));
        assert!(type_("type A<flag> = 'a'") && type_("export interface A\n  extends flag {"));
        assert!(!type_("type A = flag") && !type_("interface A {\n  a: flag;") && !type_("const a: flag"));
        let module = |text: &str| ends_module(text.as_bytes(), at(text).end);
        assert!(
            module("'./flag'") && module("'./flag.ts'") && module("'a/flag/index'") && module("from a.flag import b")
        );
        assert!(!module("'flag/a'") && !module("import flag.a") && !module("'./flag.service'"));
    }
}

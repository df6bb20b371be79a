//! What is done with what has a name, told from bytes: whether something is taken out of it, and what it is itself taken out of.
//!
//! As in [`super::around`], "no" is certain, but for comments inside of expressions.

use super::around::{MAX_CALL, is_name_byte, word_at_end, word_at_start};
use std::ops::Range;

/// Words before a pattern that names are taken out by.
const DECLARES: [&[u8]; 3] = [b"const", b"let", b"var"];

/// Words before a value that nothing is named by.
const USES: [&[u8]; 8] = [b"return", b"yield", b"if", b"not", b"and", b"else", b"raise", b"throw"];

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
    match name_at_end(before) {
        name if name.is_empty() => Before::Unknown,
        name => Before::Name(name),
    }
}

/// The name that a text ends with; empty where it ends with something else.
fn name_at_end(text: &[u8]) -> Range<usize> {
    let length = text.iter().rev().take_while(|byte| is_name_byte(byte) || !byte.is_ascii()).count();
    text.len() - length..text.len()
}

/// What something is taken out of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Taken {
    /// This: `a` of `{ a: { b, c } }`.
    From(Range<usize>),
    /// A value that stands elsewhere: `const { b } = a`.
    Unknown,
    /// It is not taken out of anything.
    Not,
}

/// What the name that begins here is taken out of.
pub(super) fn taken_from(text: &[u8], start: usize) -> Taken {
    let before = text[..start].trim_ascii_end();
    if !matches!(before.last(), Some(b'{' | b',' | b':')) {
        return Taken::Not;
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
    let Some(open) = open else { return Taken::Not };
    let around = text[..open].trim_ascii_end();
    if let Some(outer) = around.strip_suffix(b":") {
        return Taken::From(name_at_end(outer.trim_ascii_end()));
    }
    // `import { flags }`, `return { flags }` and `x = { flags }` take nothing out of anything.
    let is_pattern = DECLARES.contains(&word_at_end(around)) || matches!(around.last(), Some(b'(' | b',' | b'/'));
    if is_pattern { Taken::Unknown } else { Taken::Not }
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
    // `const { tips } = configuration()["features"];`
    let start = match &text[..start] {
        [before @ .., b'[', b'"' | b'\'' | b'`'] => before.len(),
        _ => start,
    };
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

#[cfg(test)]
mod tests {
    use super::*;

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
        let taken = |text: &str| match taken_from(text.as_bytes(), at(text).start) {
            Taken::From(name) => Some(text[name].to_owned()),
            Taken::Unknown => Some("?".to_owned()),
            Taken::Not => None,
        };
        assert_eq!(taken("({ a, ui: { b: { c }, flags } }) =>").as_deref(), Some("ui"));
        assert_eq!(taken("({ ui: { x: flags } }) =>").as_deref(), Some("ui"));
        assert_eq!(taken("const { flags } = a").as_deref(), Some("?"));
        assert_eq!(taken("import { flags } from 'a'"), None);
        let receives = |text: &str| may_have_methods(text.as_bytes(), at(text).end);
        assert!(receives("flags.has('a')") && receives("get(flags)\n  .has('a')") && receives("flags<A>().has('a')"));
        assert!(!receives("const flags = a.has('b')") && !receives("{ flags, a }") && !receives("flags: a"));
    }
}

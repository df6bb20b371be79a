//! Decides from the bytes of a text whether it may be parsed inside this process.
//!
//! What makes a parser explode is text that is far from its grammar over a long stretch: brackets that never close, `a<b,`
//! without end, operators with nothing between them. Real code has a few such places in a file (a regular expression, an
//! apostrophe in JSX text); here they are counted for each stretch of [`WINDOW`] bytes. One pass, no allocation that grows with the text.
//! A wrong suspicion only costs the start of a process ([`super::worker`]), so in doubt it is suspicious.

/// Texts up to this size are harmless whatever they hold (bytes; measured, see the attack test).
const SMALL: usize = 1500;

/// Odd places are counted for each stretch of this length (bytes).
const WINDOW: usize = 1024;

/// More odd places than this in one window are suspicious.
const MAX_ODD: u32 = 14;

/// More `<` than `>` in one window are suspicious.
const MAX_LESS: i32 = 14;

/// Brackets nest less deep than this in code that people write.
const MAX_DEPTH: usize = 120;

/// Brackets without a partner in the whole text.
const MAX_UNMATCHED: u32 = 8;

/// What the guard must know of a language.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lexis {
    pub(super) line_comment: &'static str,
    /// Whether the grammar knows `/>`.
    pub(super) has_tags: bool,
}

/// Why the text should not be parsed in this process, if so.
pub(super) fn suspicion(text: &str, lexis: Lexis) -> Option<&'static str> {
    if text.len() <= SMALL {
        return None;
    }
    let mut guard = Guard { lexis, ..Guard::default() };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let (kind, end) = guard.lexeme(bytes, at);
        if let Err(reason) = guard.take(kind, &bytes[at..end]) {
            return Some(reason);
        }
        at = end;
        if at / WINDOW != guard.window {
            guard.window = at / WINDOW;
            // Half is kept, so that what straddles two windows counts.
            guard.odd /= 2;
            guard.less /= 2;
        }
    }
    let unmatched = guard.unmatched + guard.open.len() as u32;
    (unmatched > MAX_UNMATCHED).then_some("its brackets are not balanced")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    /// Blanks and comments.
    #[default]
    Blank,
    Word,
    /// Numbers, strings.
    Value,
    Open,
    Close,
    /// `,` `;`
    Separator,
    /// What stands between two operands.
    Infix,
    /// The same for `=` and arrows.
    Assign,
    /// What can also stand before an operand, or opens a tag: `!` `-` `<` `*` `/` `...` `@` `#`
    Prefix,
    /// `>` and `/>`: closes type arguments and tags, or is an operator.
    Greater,
    /// `:` `?`
    Colon,
    /// What no rule is about.
    Any,
    /// A comment that never closes: a parser that recovers reads it again and again.
    Endless,
}

/// What the last `<` started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Tag {
    /// Nothing, or it has ended.
    #[default]
    None,
    /// It came after a name or value: a comparison, type arguments.
    AfterOperand,
    Open,
    Close,
}

#[derive(Default)]
struct Guard {
    lexis: Lexis,
    open: Vec<u8>,
    unmatched: u32,
    window: usize,
    odd: u32,
    less: i32,
    tag: Tag,
    /// Elements that are open, and the bracket depth of the outermost one.
    elements: u32,
    elements_depth: usize,
    /// The last word can stand before a tag.
    before_tag: bool,
    /// The three lexemes before, the latest first.
    before: [Kind; 3],
    /// Words and values in a row.
    run: u32,
}

impl Guard {
    /// What stands at `at`, and where it ends.
    fn lexeme(&self, bytes: &[u8], at: usize) -> (Kind, usize) {
        let rest = &bytes[at..];
        let byte = rest[0];
        let line_end = || memchr(b'\n', rest).unwrap_or(rest.len());
        if byte.is_ascii_whitespace() {
            return (Kind::Blank, at + 1);
        }
        if rest.starts_with(self.lexis.line_comment.as_bytes()) {
            return (Kind::Blank, at + line_end());
        }
        if self.elements > 0
            && self.before[0] == Kind::Greater
            && let Some(len) = tag_text(rest)
        {
            return (Kind::Any, at + len);
        }
        let slashes = self.lexis.line_comment == "//";
        if slashes && rest.starts_with(b"/*") {
            let end = rest.windows(2).skip(2).position(|pair| pair == b"*/");
            return end.map_or((Kind::Endless, at + 2), |end| (Kind::Blank, at + end + 4));
        }
        if matches!(byte, b'"' | b'\'' | b'`') {
            return string(rest, slashes).map_or((Kind::Infix, at + 1), |len| (Kind::Value, at + len));
        }
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || !byte.is_ascii() {
            let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || !byte.is_ascii();
            let len = rest.iter().position(|byte| !is_word(byte)).unwrap_or(rest.len());
            return (if byte.is_ascii_digit() { Kind::Value } else { Kind::Word }, at + len);
        }
        let after_operand = matches!(self.before[0], Kind::Word | Kind::Value | Kind::Close | Kind::Greater);
        if slashes
            && byte == b'/'
            && !after_operand
            && let Some(len) = regex(rest)
        {
            return (Kind::Value, at + len);
        }
        let two = rest.get(..2).unwrap_or_default();
        let (kind, len) = match byte {
            b'(' | b'[' | b'{' => (Kind::Open, 1),
            b')' | b']' | b'}' => (Kind::Close, 1),
            b',' | b';' => (Kind::Separator, 1),
            b':' if two == b":=" => (Kind::Assign, 2),
            b':' => (Kind::Colon, 1),
            b'?' => (Kind::Colon, if matches!(two, b"?." | b"??") { 2 } else { 1 }),
            b'.' if rest.starts_with(b"...") => (Kind::Any, 3),
            b'=' if two == b"=>" => (Kind::Assign, 2),
            b'-' if two == b"->" => (Kind::Assign, 2),
            b'=' if two != b"==" => (Kind::Assign, 1),
            b'>' => (Kind::Greater, 1),
            b'/' if two == b"/>" => (if self.lexis.has_tags { Kind::Greater } else { Kind::Infix }, 2),
            b'<' if two == b"</" => (Kind::Prefix, 2),
            b'!' if two == b"!=" => (Kind::Infix, 2 + usize::from(rest.get(2) == Some(&b'='))),
            b'&' | b'|' | b'=' | b'+' | b'-' | b'*' | b'/' | b'%' | b'^' | b'<' | b'.' => {
                let len = 1 + rest[1..].iter().take(2).take_while(|next| **next == byte || **next == b'=').count();
                let prefix = matches!(byte, b'+' | b'-' | b'*' | b'/' | b'<') && len < 3;
                (if prefix && !rest[..len].ends_with(b"=") { Kind::Prefix } else { Kind::Infix }, len)
            }
            b'!' | b'~' | b'@' | b'#' => (Kind::Prefix, 1),
            _ => (Kind::Infix, 1),
        };
        (kind, at + len)
    }

    fn take(&mut self, kind: Kind, lexeme: &[u8]) -> Result<(), &'static str> {
        if kind == Kind::Blank {
            if lexeme == b"\n" {
                self.run = 0;
            }
            return Ok(());
        }
        if kind == Kind::Endless {
            return Err("a comment in it never ends");
        }
        match lexeme {
            b"(" | b"[" | b"{" => {
                self.open.push(lexeme[0]);
                if self.open.len() > MAX_DEPTH {
                    return Err("its brackets nest too deep");
                }
            }
            b")" | b"]" | b"}" => {
                let partner = match lexeme {
                    b")" => b'(',
                    b"]" => b'[',
                    _ => b'{',
                };
                if self.open.last() == Some(&partner) {
                    self.open.pop();
                    if self.open.len() < self.elements_depth {
                        self.elements = 0;
                    }
                } else {
                    self.unmatched += 1;
                }
            }
            b"<" => {
                self.less += 1;
                let operand = matches!(self.before[0], Kind::Word | Kind::Value | Kind::Close) && !self.before_tag;
                self.tag = if operand && self.elements == 0 { Tag::AfterOperand } else { Tag::Open };
            }
            b"</" => {
                self.less += 1;
                self.tag = Tag::Close;
            }
            b";" if self.open.len() <= self.elements_depth => self.elements = 0,
            b">" | b"/>" => self.less -= 1,
            _ => {}
        }
        let [before, second, _] = self.before;
        use Kind::{Assign, Close, Colon, Greater, Infix, Open, Prefix, Separator, Value, Word};
        let odd = lexeme == b"/>" && (!self.lexis.has_tags || self.tag != Tag::Open);
        let slashes = self.lexis.line_comment == "//";
        let starts_union = matches!(lexeme, b"|" | b"&") && slashes;
        let odd = odd
            || match (before, kind) {
                (Assign | Open | Colon, Infix) if starts_union => false,
                (Infix | Assign, Infix | Assign | Close | Separator | Greater | Colon) => true,
                (Prefix, Infix | Assign | Close | Separator | Colon) => true,
                (Separator | Open | Colon, Infix | Assign) => true,
                // `!!a`
                (Prefix, Prefix) => !slashes || second == Prefix,
                (Infix | Assign, Prefix) => second == Prefix,
                // `a || b => c`
                (Word, Assign) => matches!(second, Infix | Prefix),
                (Separator, Separator) => true,
                // Adjacent strings are one string in Python.
                (Value, Value | Open) => slashes || kind == Open,
                (Greater, Value | Infix) => true,
                _ => false,
            };
        if kind == Greater {
            match self.tag {
                Tag::Open if lexeme == b">" => {
                    self.elements_depth = if self.elements == 0 { self.open.len() } else { self.elements_depth };
                    self.elements += 1;
                }
                Tag::Close => self.elements = self.elements.saturating_sub(1),
                _ => {}
            }
            self.tag = Tag::None;
        }
        self.before_tag = matches!(lexeme, b"return" | b"default");
        // Where operators are words (`if a not in b and not c`), more of them stand in a row.
        let longest = if slashes { 4 } else { 16 };
        let in_run = matches!(kind, Word | Value) && matches!(before, Word | Value);
        self.run = if in_run { self.run + 1 } else { 0 };
        self.odd += u32::from(odd) + u32::from(self.run > longest);
        self.before = [kind, before, second];
        if self.odd > MAX_ODD {
            return Err("it is far from the grammar of its language");
        }
        if self.less.abs() > MAX_LESS {
            return Err("its angle brackets are not balanced");
        }
        Ok(())
    }
}

fn memchr(byte: u8, bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|known| *known == byte)
}

/// The length of the string that starts here; `None` when it does not end, on its line unless it may span lines.
fn string(bytes: &[u8], backquotes: bool) -> Option<usize> {
    let quote = bytes[0];
    let triple = !backquotes && bytes.get(..3).is_some_and(|start| start.iter().all(|byte| *byte == quote));
    let mut at = if triple { 3 } else { 1 };
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' if !triple && quote != b'`' => return None,
            _ if byte == quote
                && (!triple || bytes.get(at..at + 3).is_some_and(|end| end.iter().all(|b| *b == quote))) =>
            {
                return Some(if triple { at + 3 } else { at + 1 });
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The length of the regular expression that starts here, if it ends on its line.
fn regex(bytes: &[u8]) -> Option<usize> {
    let mut in_class = false;
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\n' => return None,
            b'\\' => at += 1,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'/' if !in_class => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The length of the text between tags that starts here, if it looks like some.
fn tag_text(bytes: &[u8]) -> Option<usize> {
    let end = bytes.iter().position(|byte| matches!(byte, b'<' | b'{' | b'}' | b'(' | b')' | b'=' | b';' | b'>'))?;
    let is_text = matches!(bytes[end], b'<' | b'{') && bytes[..end].iter().any(u8::is_ascii_alphabetic);
    is_text.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPESCRIPT: Lexis = Lexis { line_comment: "//", has_tags: false };
    const TSX: Lexis = Lexis { line_comment: "//", has_tags: true };
    const PYTHON: Lexis = Lexis { line_comment: "#", has_tags: false };

    #[test]
    fn texts_that_exhausted_the_parser_are_suspicious() {
        // Each took gigabytes or many seconds in an experiment.
        let cases = [
            (TYPESCRIPT, "a<b,"),
            (TSX, "a<b,"),
            (TYPESCRIPT, "x<b/>staticset"),
            (TYPESCRIPT, "export-keyof<b/>"),
            (TYPESCRIPT, "0x ||basync=>"),
            (TSX, "[&-new"),
            (TSX, "[ *1n"),
            (TSX, ", whilesuper$="),
            (TSX, "; bnew="),
            (TSX, "async a\n<b/>|"),
            (PYTHON, "+^"),
            (PYTHON, "+ ~or while"),
            (PYTHON, "("),
            (TSX, "`${"),
        ];
        for (lexis, unit) in cases {
            assert!(suspicion(&unit.repeat(8000 / unit.len()), lexis).is_some(), "{unit}");
            let ordinary = "const value = compute(first, second);\n".repeat(200);
            assert!(suspicion(&(ordinary + &unit.repeat(8000 / unit.len())), lexis).is_some(), "{unit} at the end");
        }
    }

    #[test]
    fn what_people_write_is_not() {
        let cases = [
            (
                TYPESCRIPT,
                "function f<T extends Map<string, U[]>>(a?: T, ...b: U[]): Promise<T | undefined> {\n  return a < b && c >= d ? -a : !b;\n}\n",
            ),
            (TYPESCRIPT, "type A =\n  | 'a'\n  | 'b';\nx = y.replace(/[\"'(]+/g, `${z} (`) ?? [];\n"),
            (TSX, "<p className=\"a\">\n  Don't say it's (really) so, {name} <br/> and <b>more</b> etc.\n</p>\n"),
            (TSX, "import A from 'a'\nimport B from 'b'\n"),
            (
                PYTHON,
                "def f(a, *args, b=None, **kwargs):\n    '''Doc isn't code: ((('''\n    return a if b not in c and not d else x[1:, ::2] @ y\n",
            ),
            (PYTHON, "x = {'a': 'b' 'c', 'd': lambda e: e ** 2}  # it's (\n"),
        ];
        for (lexis, text) in cases {
            assert_eq!(suspicion(&text.repeat(100), lexis), None, "{text}");
        }
    }
}

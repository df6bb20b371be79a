//! All escaping: the only place that decides how text from a repository may look in a report.
//!
//! Paths, symbols, flag keys, branch names and quoted code are whatever an attacker wants them to be. [`visible`] is the
//! common floor: no control, bidirectional or invisible character leaves it, so no escape sequence reaches a terminal
//! and no line begins where we did not begin one. Each format then adds what its own syntax needs. Every function
//! bounds what it returns.

use std::fmt::Write as _;

/// The most characters of one name, path or key that a reader sees.
pub(super) const NAME: usize = 240;
/// The most characters of one sentence that a reader sees.
pub(super) const SENTENCE: usize = 600;
/// The most characters of one snippet that a reader sees.
pub(super) const CODE: usize = 4_000;

/// One line of readable text: hidden characters become visible, and what is longer than `limit` ends in `…`.
///
/// C0 controls become their pictures (ESC is `␛`, a newline is `␊`), other hidden characters their number (`<U+202E>`).
pub(crate) fn visible(text: &str, limit: usize) -> String {
    let mut shown = String::with_capacity(text.len().min(limit));
    // A hidden character grows to at most ten, so the bound holds up to a constant.
    for (at, character) in text.chars().enumerate() {
        if at == limit {
            shown.push('…');
            break;
        }
        push_visible(&mut shown, character);
    }
    shown
}

/// Lines of code with the same care; newlines and tabs stay, as they are layout here.
pub(super) fn visible_code(code: &str, limit: usize) -> String {
    let mut shown = String::new();
    let code = code.trim_end_matches(['\n', '\r']);
    let mut characters = code.chars().peekable();
    let mut seen = 0;
    while let Some(character) = characters.next() {
        if seen == limit {
            shown.push('…');
            break;
        }
        seen += 1;
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\t' => shown.push(character),
            _ => push_visible(&mut shown, character),
        }
    }
    shown
}

fn push_visible(shown: &mut String, character: char) {
    match character {
        '\0'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + character as u32)),
        '\u{7f}' => shown.push('␡'),
        _ if is_hidden(character) => {
            let _ = write!(shown, "<U+{:04X}>", character as u32); // writing to a String cannot fail
        }
        _ => shown.push(character),
    }
}

/// Characters that act on the text around them or cannot be seen: controls, bidirectional controls, zero-width and
/// other default-ignorable characters, line and paragraph separators, fillers, tags.
pub(super) fn is_hidden(character: char) -> bool {
    matches!(character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}'
        | '\u{70f}' | '\u{8e2}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Breaks what GitHub would turn into a mention, a link or a reference; never present in the text itself, see [`visible`].
const BREAK: char = '\u{200b}';

/// A sentence as Markdown: `code` between backticks stays code, the rest is plain text, whatever it says.
pub(super) fn markdown_prose(text: &str) -> String {
    let text = visible(text.trim(), SENTENCE);
    let parts: Vec<&str> = text.split('`').collect();
    let mut markdown = String::new();
    for (at, part) in parts.iter().enumerate() {
        let closed = at + 1 < parts.len();
        match (at % 2 == 1, closed) {
            (true, true) if part.is_empty() => markdown.push_str("\\`\\`"),
            (true, true) => markdown.push_str(&markdown_code_visible(part)),
            // An odd backtick out: text, as everything else.
            (true, false) => {
                markdown.push_str("\\`");
                markdown_text(&mut markdown, part);
            }
            (false, _) => markdown_text(&mut markdown, part),
        }
    }
    markdown
}

fn markdown_text(markdown: &mut String, text: &str) {
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let next = rest.peek().copied();
        match character {
            '<' => markdown.push_str("&lt;"),
            '>' => markdown.push_str("&gt;"),
            '&' => markdown.push_str("&amp;"),
            '|' => markdown.push_str("&#124;"),
            // `@name`, `#12`, `https://`, `www.`: GitHub links these after Markdown is done, so an escape is not enough.
            // A `::` could begin a line, and be a command where the comment is printed to a log.
            '@' => markdown.extend([character, BREAK]),
            '#' => markdown.extend(['\\', character, BREAK]),
            ':' if matches!(next, Some('/' | ':')) => markdown.extend([character, BREAK]),
            'w' | 'W' if next.is_none_or(|next| next == '.') => markdown.extend([character, BREAK]),
            '-' if next.is_some_and(|next| next.is_ascii_digit()) => markdown.extend([character, BREAK]), // GH-12
            '\\' | '*' | '_' | '[' | ']' | '~' | '$' => markdown.extend(['\\', character]),
            // These mean something at the start of a line only.
            '=' | '+' | '-' if markdown.is_empty() => markdown.extend(['\\', character]),
            '.' | ')' if next.is_none_or(|next| next == ' ') && is_number(markdown) => {
                markdown.extend(['\\', character])
            }
            _ => markdown.push(character),
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A name as Markdown code.
pub(super) fn markdown_code(name: &str) -> String {
    markdown_code_visible(&visible(name, NAME))
}

/// A code span with a fence longer than any run of backticks inside.
///
/// A `|` would end a table cell even inside a span, and a comment marker or a runner's command must not appear at all:
/// such names are written as HTML in which every sign is a number.
fn markdown_code_visible(name: &str) -> String {
    if name.trim().is_empty() || name.contains('|') || ["<!--", "-->", "##["].iter().any(|sign| name.contains(sign)) {
        return html_code_visible(name);
    }
    let fence = "`".repeat(longest_run(name, '`') + 1);
    let pad = if name.starts_with(['`', ' ']) || name.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{name}{pad}{fence}")
}

/// A name as code in HTML, where Markdown's own signs are only text.
pub(super) fn html_code(name: &str) -> String {
    html_code_visible(&visible(name, NAME))
}

/// Every sign is a number, so that none means anything.
fn html_code_visible(name: &str) -> String {
    let mut html = String::from("<code>");
    for character in name.chars() {
        if character.is_alphanumeric() {
            html.push(character);
        } else {
            let _ = write!(html, "&#{};", character as u32); // writing to a String cannot fail
            // Inside HTML, Markdown still makes links of mail addresses.
            html.extend((character == '@').then_some(BREAK));
        }
    }
    html + "</code>"
}

/// A fenced block of code.
pub(super) fn markdown_fence(language: &str, code: &str) -> String {
    // The marker of our comment must not be found in someone's code, nor a runner's command.
    let code = visible_code(code, CODE).replace("<!--", &format!("<!{BREAK}--")).replace("##[", &format!("##{BREAK}["));
    let lines = code.split('\n').map(|line| match line.trim_start().strip_prefix("::") {
        Some(rest) => format!("{}:{BREAK}:{rest}", &line[..line.len() - rest.len() - 2]),
        None => line.to_owned(),
    });
    let code = lines.collect::<Vec<_>>().join("\n");
    let fence = "`".repeat(longest_run(&code, '`').max(2) + 1);
    let language: String = language.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
    format!("{fence}{}\n{code}\n{fence}", language.to_ascii_lowercase())
}

fn longest_run(text: &str, of: char) -> usize {
    text.split(|character| character != of).map(str::len).max().unwrap_or(0)
}

/// A line for people that a GitHub runner does not take for a command.
///
/// A runner obeys `::command::` at the start of a line, after blanks, and `##[command]` anywhere in it. One sign becomes
/// its twin of the same width.
pub(crate) fn log_line(line: &str) -> String {
    let line = line.replace("##[", "#⌗[");
    let text = line.trim_start();
    match text.strip_prefix("::") {
        Some(rest) => format!("{}:꞉{rest}", &line[..line.len() - text.len()]),
        None => line,
    }
}

/// The message of a workflow command.
pub(crate) fn workflow_message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command.
pub(super) fn workflow_property(text: &str) -> String {
    workflow_message(text).replace(':', "%3A").replace(',', "%2C")
}

/// The path of a workflow command: exact where it can be, so that GitHub finds the file.
pub(super) fn workflow_path(path: &str) -> String {
    let mut shown = String::new();
    for character in path.chars().take(CODE) {
        match character {
            '\r' | '\n' => shown.push(character),
            _ => push_visible(&mut shown, character),
        }
    }
    workflow_property(&shown)
}

/// A relative URI reference (RFC 3986): every byte but unreserved characters and `/` is percent-encoded.
pub(crate) fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => {
                let _ = write!(uri, "%{byte:02X}"); // writing to a String cannot fail
            }
        }
    }
    uri
}

/// The text of a SARIF message: `[words](target)` in it would become a link (SARIF 2.1.0, 3.11.6).
pub(super) fn sarif_text(text: &str) -> String {
    visible(text, 4 * SENTENCE).replace("](", "\\](")
}

/// Pretty JSON whose strings hold no hidden character and no `##[`, which a GitHub runner obeys in a log: they are
/// written as `\uXXXX`, which reads back the same.
pub(super) struct JsonFormatter<'a>(serde_json::ser::PrettyFormatter<'a>);

impl JsonFormatter<'_> {
    pub(super) fn new() -> Self {
        Self(serde_json::ser::PrettyFormatter::new())
    }
}

impl serde_json::ser::Formatter for JsonFormatter<'_> {
    fn write_string_fragment<W: ?Sized + std::io::Write>(&mut self, out: &mut W, text: &str) -> std::io::Result<()> {
        let mut rest = text;
        let special = |rest: &str| {
            rest.char_indices().find(|&(at, character)| {
                is_hidden(character) || (character == '[' && rest.as_bytes()[..at].ends_with(b"##"))
            })
        };
        while let Some((at, hidden)) = special(rest) {
            out.write_all(&rest.as_bytes()[..at])?;
            for unit in hidden.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[at + hidden.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + std::io::Write>(&mut self, out: &mut W) -> std::io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + std::io::Write>(&mut self, out: &mut W) -> std::io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + std::io::Write>(&mut self, out: &mut W, first: bool) -> std::io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + std::io::Write>(&mut self, out: &mut W) -> std::io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + std::io::Write>(&mut self, out: &mut W) -> std::io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + std::io::Write>(&mut self, out: &mut W) -> std::io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + std::io::Write>(&mut self, out: &mut W, first: bool) -> std::io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + std::io::Write>(&mut self, out: &mut W) -> std::io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + std::io::Write>(&mut self, out: &mut W) -> std::io::Result<()> {
        self.0.end_object_value(out)
    }
}

/// Writes a value as that JSON, with a newline at the end.
pub(super) fn write_json(value: &impl serde::Serialize, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, JsonFormatter::new());
    value.serialize(&mut serializer)?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_become_visible_and_long_text_is_cut() {
        assert_eq!(visible("a\u{1b}[31m\nb\tc\u{202e}d", NAME), "a␛[31m␊b␉c<U+202E>d");
        assert_eq!(visible("\u{9b}31m \u{e0041}", NAME), "<U+009B>31m <U+E0041>");
        assert_eq!(visible("abcdef", 3), "abc…");
        assert_eq!(visible("abc", 3), "abc");
        assert_eq!(visible("größe 税金 🎉", NAME), "größe 税金 🎉", "other scripts are nobody's trick");
    }

    #[test]
    fn code_keeps_its_lines() {
        assert_eq!(visible_code("if (a) {\r\n\tb\u{1b}\n}\n\n", CODE), "if (a) {\n\tb␛\n}");
    }

    #[test]
    fn markdown_prose_keeps_code_and_defuses_the_rest() {
        assert_eq!(markdown_prose("Calls `a.b` twice."), "Calls `a.b` twice.");
        assert_eq!(markdown_prose("a ` b"), "a \\` b");
        assert_eq!(markdown_prose("``"), "\\`\\`");
        assert_eq!(markdown_prose("<b> & *x* _y_ [z](q)"), "&lt;b&gt; &amp; \\*x\\* \\_y\\_ \\[z\\](q)");
        assert_eq!(markdown_prose("@everyone"), "@\u{200b}everyone");
        assert_eq!(
            markdown_prose("#12 http://x www.y GH-1"),
            "\\#\u{200b}12 http:\u{200b}//x www\u{200b}.y GH-\u{200b}1"
        );
        assert_eq!(markdown_prose("- a\n# b"), "\\- a␊\\#\u{200b} b");
        assert_eq!(markdown_prose("www"), "www\u{200b}", "what follows may begin with a dot");
        assert_eq!(markdown_prose("1. a 2. b"), "1\\. a 2. b");
        assert_eq!(markdown_prose("ungated-change"), "ungated-change");
    }

    #[test]
    fn markdown_code_outlasts_backticks_and_pipes() {
        assert_eq!(markdown_code("a"), "`a`");
        assert_eq!(markdown_code("a`b"), "``a`b``");
        assert_eq!(markdown_code("`a``"), "``` `a`` ```");
        assert_eq!(markdown_code("a\\|b"), "<code>a&#92;&#124;b</code>");
        assert_eq!(markdown_code("a@b.c|"), "<code>a&#64;\u{200b}b&#46;c&#124;</code>");
        assert_eq!(markdown_code("<!-- preflag:v1 -->").matches("<!--").count(), 0);
        assert_eq!(markdown_code(""), "<code></code>");
        assert_eq!(markdown_fence("TypeScript", "````\nx"), "`````typescript\n````\nx\n`````");
        assert!(!markdown_fence("html", "<!-- preflag:v1 -->").contains("<!--"));
    }

    #[test]
    fn workflow_commands_cannot_be_ended_or_extended() {
        assert_eq!(workflow_message("50%\r\n::error::x"), "50%25%0D%0A::error::x");
        assert_eq!(workflow_property("a:b,c"), "a%3Ab%2Cc");
        assert_eq!(workflow_path("a\nb\u{1b}:c"), "a%0Ab␛%3Ac");
    }

    #[test]
    fn a_line_of_text_is_no_command() {
        assert_eq!(log_line("  ::set-output name=x::y"), "  :꞉set-output name=x::y");
        assert_eq!(log_line("a ##[add-path]/x"), "a #⌗[add-path]/x");
        assert_eq!(log_line("TaxService::total"), "TaxService::total");
        assert_eq!(markdown_prose("::error::x"), ":\u{200b}:error:\u{200b}:x");
        assert_eq!(markdown_fence("", " ::x ##["), "```\n :\u{200b}:x ##\u{200b}[\n```");
    }

    #[test]
    fn uris_are_relative_and_encoded() {
        assert_eq!(uri("src/a b#c?d%e:f/ü.ts"), "src/a%20b%23c%3Fd%25e%3Af/%C3%BC.ts");
    }

    #[test]
    fn sarif_messages_hold_no_links() {
        assert_eq!(sarif_text("[click](http://x)"), "[click\\](http://x)");
    }

    #[test]
    fn json_hides_nothing_and_reads_back_the_same() {
        let text = "a\u{202e}b\u{9b}c\u{1b}\u{e0041}\n\"\\##[add-path]";
        let mut out = Vec::new();
        write_json(&[text], &mut out).expect("writing to memory");
        let json = String::from_utf8(out).expect("JSON is UTF-8");
        assert!(!json.chars().any(|character| character != '\n' && is_hidden(character)), "{json:?}");
        assert!(!json.contains("##["), "{json}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).expect("valid JSON"), [text]);
    }
}

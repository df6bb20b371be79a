//! Files of markup with scripts in it: which parts are script, and a text in which nothing else stands.
//!
//! Only the script is parsed, each byte of it where it was. What the markup says of the names in it is not looked at: nobody may
//! conclude from these facts that something is not used.

use crate::location::{LineIndex, LineRange, RepoPath, Span};

/// Files that hold one component each, with `<script>` at the beginning of a line.
const EXTENSIONS: [&str; 2] = ["vue", "svelte"];

/// More scripts are not one component.
const MAX_SCRIPTS: usize = 4;

/// What a file of markup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sections {
    /// The language of the scripts, by its name.
    pub(super) language: &'static str,
    /// What stands between the tags, in order.
    pub(super) scripts: Vec<Span>,
    /// Styles with their tags, in order.
    pub(super) styles: Vec<Span>,
}

/// Whether a file is markup around scripts, by its name.
pub(crate) fn has_sections(path: &RepoPath) -> bool {
    path.extension().is_some_and(|extension| EXTENSIONS.contains(&extension))
}

/// The parts of a text; `None` where it has no script.
pub(super) fn sections(text: &str) -> Option<Sections> {
    let mut found = Sections { language: "typescript", scripts: Vec::new(), styles: Vec::new() };
    let mut at = 0;
    while let Some((start, tag)) = next_tag(text, at) {
        let head = text[start..].find('>').map(|end| start + end + 1)?;
        let closing = format!("</{tag}");
        // A component may close itself: `<script src=".." />`.
        if text[..head].ends_with("/>") {
            at = head;
            continue;
        }
        let end = text[head..].find(&closing).map(|end| head + end)?;
        let span = |start: usize, end: usize| Span { start: start as u32, end: end as u32 };
        if tag == "script" {
            if ["\"tsx\"", "'tsx'", "\"jsx\"", "'jsx'"].iter().any(|lang| text[start..head].contains(lang)) {
                found.language = "tsx";
            }
            found.scripts.push(span(head, end));
        } else {
            found.styles.push(span(start, end + closing.len() + 1));
        }
        at = end + closing.len();
    }
    (!found.scripts.is_empty() && found.scripts.len() <= MAX_SCRIPTS).then_some(found)
}

/// The next `<script` or `<style` at the beginning of a line.
fn next_tag(text: &str, from: usize) -> Option<(usize, &'static str)> {
    let first = |tag: &'static str| {
        let mut places = text.get(from..)?.match_indices(tag).map(|(at, _)| from + at);
        let is_tag = |at: &usize| {
            let after = text[at + tag.len()..].chars().next();
            (*at == 0 || text[..*at].ends_with('\n')) && after.is_some_and(|c| c == '>' || c.is_whitespace())
        };
        places.find(is_tag).map(|at| (at, &tag[1..]))
    };
    [first("<script"), first("<style")].into_iter().flatten().min()
}

impl Sections {
    /// The text with nothing but the scripts in it, as long as it was.
    pub(super) fn only_scripts(&self, text: &str) -> String {
        let mut only = String::with_capacity(text.len());
        let mut at = 0;
        let blank = |part: &str, only: &mut String| {
            only.extend(part.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' }));
        };
        for script in &self.scripts {
            blank(&text[at..script.start as usize], &mut only);
            only.push_str(script.text(text));
            at = script.end as usize;
        }
        blank(&text[at..], &mut only);
        only
    }
}

/// What is no markup in a text: scripts and styles.
pub(crate) fn outside_markup(text: &str) -> Vec<Span> {
    let found = sections(text).map(|found| [found.scripts, found.styles].concat());
    let mut outside = found.unwrap_or_default();
    outside.sort_unstable();
    outside
}

/// Of these lines of a text, those that are neither script nor style; all where there is no script.
pub(crate) fn markup_lines(text: &str, lines: &LineIndex, of: LineRange) -> Vec<u32> {
    let Some(found) = sections(text) else { return (of.start..=of.end).collect() };
    // The tags say nothing of their own.
    let is_in = |line: u32, span: &Span| {
        let inner = lines.lines(Span { end: span.end + 1, ..*span });
        inner.start <= line && line <= inner.end
    };
    let is_markup = |&line: &u32| !found.scripts.iter().chain(&found.styles).any(|span| is_in(line, span));
    (of.start..=of.end).filter(is_markup).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<template>\n  <p v-if=\"on\">é</p>\n</template>\n\n<script setup lang=\"ts\">\nconst on = useFlag('tips')\n</script>\n\n<style scoped>\np { color: red }\n</style>\n";

    #[test]
    fn scripts_stay_where_they_are() {
        let found = sections(TEXT).expect("there is a script");
        let only = found.only_scripts(TEXT);
        assert_eq!(only.len(), TEXT.len());
        assert_eq!(only.trim(), "const on = useFlag('tips')");
        assert_eq!(only.find("const"), TEXT.find("const"));
        assert_eq!(found.language, "typescript");
        let lines = LineIndex::new(TEXT);
        assert_eq!(markup_lines(TEXT, &lines, LineRange::new(1, 11)), [1, 2, 3, 4, 8]);
    }

    #[test]
    fn odd_markup_is_no_script() {
        for text in
            ["", "<template/>", "<script>", "  <script>x</script>", "<scripts>x</scripts>", "<script src='a' />\n"]
        {
            assert_eq!(sections(text), None, "{text}");
        }
        let two = "<script>\nimport a\n</script>\n<script setup lang=\"tsx\">\nb()\n</script>";
        let found = sections(two).expect("there are two");
        assert_eq!((found.scripts.len(), found.language), (2, "tsx"));
    }
}

//! The description of a pull request: lines that begin with the key count, as in a commit's message.
//!
//! What HTML comments hold is the template's and does not count; what stands in a code block is an example, and that is said.

use super::line::KEY;

/// More of a description is not read; GitHub allows a quarter.
pub(crate) const MAX_BYTES: usize = 256 * 1024;
/// More lines with the key do not count.
pub(super) const MAX_LINES: usize = 50;

/// One line with the key: its number from 1, and what follows the key unless it stands in a code block.
pub(super) type Line<'t> = (u32, Option<&'t str>);

/// The lines with the key.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let (mut fence, mut in_comment): (Option<&str>, bool) = (None, false);
    for (at, line) in text.lines().enumerate() {
        let inner = line.trim_start_matches(' ');
        let is_indented = line.len() - inner.len() > 3;
        match fence {
            Some(open) if inner.starts_with(open) && inner.trim_end().trim_start_matches(&open[..1]).is_empty() => {
                fence = None;
                continue;
            }
            None if !in_comment && !is_indented => {
                fence = ["```", "~~~"].into_iter().find(|open| inner.starts_with(open));
            }
            _ => {}
        }
        // A point of a list is a line, too.
        let said = ["- ", "* "].into_iter().find_map(|point| inner.strip_prefix(point)).unwrap_or(inner);
        if let Some(rest) = after_key(said).filter(|_| !in_comment && !is_indented) {
            // A comment that begins behind the reason is no part of it.
            let rest = rest.split("<!--").next().unwrap_or(rest);
            found.push((at as u32 + 1, fence.is_none().then_some(rest)));
            if found.len() > MAX_LINES {
                break;
            }
        }
        in_comment = fence.is_none() && ends_in_comment(line, in_comment);
    }
    found
}

/// Whether an HTML comment is open at the end of a line.
fn ends_in_comment(line: &str, open: bool) -> bool {
    let (begin, end) = (line.rfind("<!--"), line.rfind("-->"));
    match (begin, end) {
        (Some(begin), Some(end)) => begin > end,
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (None, None) => open,
    }
}

fn after_key(line: &str) -> Option<&str> {
    let (start, rest) = line.split_at_checked(KEY.len())?;
    start.eq_ignore_ascii_case(KEY).then_some(rest.trim_start_matches([' ', '\t']).strip_prefix(':')).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(u32, Option<String>)> {
        lines(text).into_iter().map(|(line, value)| (line, value.map(|value| value.trim().to_owned()))).collect()
    }

    #[test]
    fn lines_with_the_key_count_anywhere() {
        let text = "# What\r\n\r\nText.\r\nPreflag-Waive: auth: why\r\n\r\n preflag-waive : payments a/**: more\r\n";
        assert_eq!(values(text), [(4, Some("auth: why".into())), (6, Some("payments a/**: more".into()))]);
        assert_eq!(values("Preflag-Waive: auth: why <!-- a note -->"), [(1, Some("auth: why".into()))]);
        assert_eq!(values("- Preflag-Waive: auth: why"), [(1, Some("auth: why".into()))]);
        assert_eq!(values("see Preflag-Waive: auth: why\n> Preflag-Waive: auth: why\n"), []);
    }

    #[test]
    fn templates_and_examples_do_not_count() {
        assert_eq!(
            values("<!--\nPreflag-Waive: auth: why\n-->\nPreflag-Waive: auth: yes"),
            [(4, Some("auth: yes".into()))]
        );
        assert_eq!(values("<!-- Preflag-Waive: auth: why -->\n    Preflag-Waive: a: b"), []);
        assert_eq!(
            values("```text\nPreflag-Waive: auth: why\n```\nPreflag-Waive: auth: yes"),
            [(2, None), (4, Some("auth: yes".into()))]
        );
        assert_eq!(values("```\n<!--\n```\nPreflag-Waive: auth: yes"), [(4, Some("auth: yes".into()))]);
    }

    #[test]
    fn a_flood_of_lines_is_bounded() {
        assert_eq!(lines(&"Preflag-Waive: auth: why\n".repeat(10_000)).len(), MAX_LINES + 1);
    }

    proptest::proptest! {
        #[test]
        fn any_description_is_read(text in "(?s)(```|~~~|<!--|-->|Preflag-Waive: a: b|\n| |x){0,30}") {
            let _ = lines(&text);
        }
    }
}

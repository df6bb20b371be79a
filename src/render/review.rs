//! What a review says at the lines of a pull request: the code to paste, and a suggestion that GitHub can take over only where the
//! code can stand there as it is.

use super::escape::{CODE, markdown_fence, markdown_prose, visible_code};
use super::words;
use crate::report::{Finding, Recommendation, Report, Snippet};
use crate::rules::words::capitalized;
use sha2::{Digest, Sha256};

/// A place that a review has something to say about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReviewSpot<'r> {
    pub(crate) snippet: &'r Snippet,
    recommendation: &'r Recommendation,
    /// What the code is for; of several open findings, the one at the place.
    finding: &'r Finding,
}

/// The places of a report, one for each code to paste whose findings are not all settled.
pub(crate) fn review_spots<'r>(report: &'r Report) -> Vec<ReviewSpot<'r>> {
    let is_open = |finding: &&Finding| !finding.known && finding.waived_by.is_none();
    let spot = |recommendation: &'r Recommendation| -> Option<ReviewSpot<'r>> {
        let Recommendation { covers, snippet, .. } = recommendation;
        let snippet = snippet.as_ref().filter(|snippet| snippet.line > 0)?;
        let covered = || report.findings.iter().filter(is_open).filter(|finding| covers.contains(&finding.id));
        let is_around = |finding: &&Finding| {
            finding.path == snippet.path && (finding.start_line..=finding.end_line).contains(&snippet.line)
        };
        let finding = covered().find(is_around).or_else(|| covered().next())?;
        Some(ReviewSpot { snippet, recommendation, finding })
    };
    report.recommendations.iter().filter_map(spot).collect()
}

impl ReviewSpot<'_> {
    /// The hidden first line of the comment: the same for the same code, wherever its lines went.
    pub(crate) fn marker(&self, id: Option<&str>) -> String {
        let hash = Sha256::digest(format!("{}\0{}", self.finding.fingerprint, self.recommendation.flag.key));
        let key: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let id = id.map(|id| format!("{id} ")).unwrap_or_default();
        format!("<!-- preflag-review:v1 {id}{key} -->")
    }

    /// The comment. `line` is what stands at the line now, where the code may be suggested for taking over.
    pub(crate) fn text(&self, id: Option<&str>, line: Option<&str>) -> String {
        let step = capitalized(&words::step(self.recommendation, |_| false));
        let why = markdown_prose(&self.finding.message);
        let said = format!("{}\n**{}.** {why}\n\n", self.marker(id), markdown_prose(&step));
        match line.and_then(|line| self.suggestion(line)) {
            Some(block) => format!("{said}As it is, this can go before the line:\n\n{block}\n"),
            None => {
                let block = markdown_fence(&self.snippet.language, &self.snippet.code);
                format!("{said}To paste before this line, and to complete:\n\n{block}\n")
            }
        }
    }

    /// The line with the code before it, where nothing of either would change on the way.
    fn suggestion(&self, line: &str) -> Option<String> {
        let indentation = |text: &str| text.len() - text.trim_start_matches([' ', '\t']).len();
        let code = format!("{}\n{line}", self.snippet.code.trim_end_matches('\n'));
        let is_same_level = code.get(..indentation(&code)) == line.get(..indentation(line));
        let is_plain = visible_code(&code, CODE) == code && !code.contains("<!--") && !code.contains("##[");
        let is_command = code.lines().any(|line| line.trim_start().starts_with("::"));
        // In a fence of another language nothing of the code is changed: see `is_plain`.
        (self.snippet.applies && is_same_level && is_plain && !is_command).then(|| markdown_fence("suggestion", &code))
    }
}

/// The first line of every review of ours under this id.
pub(crate) fn review_marker(id: Option<&str>) -> String {
    let id = id.map(|id| format!("{id} ")).unwrap_or_default();
    format!("<!-- preflag-review:v1 {id}-->")
}

/// What stands above the comments of a review.
pub(crate) fn review_body(id: Option<&str>) -> String {
    format!(
        "{}\nCode for the flag that preflag asks for. Why, and how to roll it out, is in its report.\n",
        review_marker(id)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/reports/typical.json");
        let text = std::fs::read_to_string(path).expect("a sample");
        serde_json::from_str(&text).expect("a report")
    }

    #[test]
    fn only_code_that_can_stand_there_is_a_suggestion() {
        let mut report = report();
        let snippet = report.recommendations[0].snippet.as_mut().expect("the sample has code");
        snippet.code = "  if (!on) {\n    return;\n  }\n".to_owned();
        let text = |report: &Report, line| review_spots(report)[0].text(None, line);
        let plain = text(&report, Some("  charge(order);"));
        assert!(plain.contains("To paste before this line") && !plain.contains("suggestion"), "{plain}");
        report.recommendations[0].snippet.as_mut().expect("it has").applies = true;
        let block = "```suggestion\n  if (!on) {\n    return;\n  }\n  charge(order);\n```";
        assert!(text(&report, Some("  charge(order);")).contains(block), "{}", text(&report, Some("  charge(order);")));
        for line in [
            None,
            Some("\tcharge(order);"),
            Some("  charge('\u{202e}');"),
            Some("  charge();\r"),
            Some("  a('<!-- -->');"),
            Some("  ##[group]"),
            Some("  ::error::x"),
        ] {
            assert!(!text(&report, line).contains("suggestion"), "{line:?}");
        }
        let fenced = text(&report, Some("  a(`b```c`);"));
        assert!(fenced.contains("````suggestion\n") && fenced.ends_with("\n````\n"), "{fenced}");
    }

    #[test]
    fn what_is_settled_has_no_spot_and_the_marker_outlives_lines() {
        let mut report = report();
        let marker = review_spots(&report)[0].marker(Some("web"));
        report.findings.iter_mut().for_each(|finding| finding.start_line += 7);
        assert_eq!(review_spots(&report)[0].marker(Some("web")), marker);
        assert!(marker.starts_with("<!-- preflag-review:v1 web ") && marker.len() == 63, "{marker}");
        report.findings.iter_mut().for_each(|finding| finding.waived_by = Some("W1".to_owned()));
        assert!(review_spots(&report).is_empty());
    }
}

//! Waivers in words that several formats share, and the list of them in its formats. Pure functions, as for reports.

use super::escape::{NAME, SENTENCE, visible, write_json};
use super::{RenderOptions, terminal, words};
use crate::report::{Finding, Waiver, WaiverKind, WaiverStatus};
use crate::waivers::list::WaiverList;
use std::io::{self, Write};

/// How a list of waivers or records is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ListFormat {
    /// For people at a terminal
    Table,
    /// Everything, for programs
    Json,
}

/// Writes the list in one format.
pub(crate) fn render_waivers(
    format: ListFormat,
    list: &WaiverList,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ListFormat::Table => terminal::waivers::render(list, options, out),
        ListFormat::Json => write_json(list, out),
    }
}

/// Patterns and findings that are listed; the rest is counted.
const LISTED: usize = 8;

/// Waivers that a report shows; those that are none are in its notices.
pub(super) fn shown(waivers: &[Waiver]) -> impl Iterator<Item = &Waiver> {
    waivers.iter().filter(|waiver| waiver.status != WaiverStatus::Invalid)
}

/// The patterns of the files, each as `quote` writes it: ` in a, b`; nothing for all files.
pub(super) fn paths(waiver: &Waiver, quote: impl Fn(&str) -> String) -> String {
    if waiver.paths.is_empty() {
        return String::new();
    }
    let paths: Vec<String> = waiver.paths.iter().take(LISTED).map(|path| quote(path)).collect();
    let more = match waiver.paths.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(" in {}{more}", paths.join(", "))
}

/// What it does: `lets F1 and F2 pass`, or that it does not count, and why.
pub(super) fn effect(waiver: &Waiver) -> String {
    let findings: Vec<String> = waiver.findings.iter().map(|finding| visible(finding, NAME)).collect();
    let why = waiver.why.as_deref().map(|why| visible(why, SENTENCE)).unwrap_or_default();
    match (waiver.status, why.as_str()) {
        (WaiverStatus::Active, "") => format!("lets {} pass", words::listed(&findings)),
        (WaiverStatus::Active, why) => format!("lets {} pass, {why}", words::listed(&findings)),
        (WaiverStatus::Unused, why) => format!("unused: {why}"),
        (WaiverStatus::Expired, why) => format!("expired: {why}"),
        (WaiverStatus::Refused, why) => format!("refused: {why}"),
        (WaiverStatus::Invalid, why) => format!("invalid: {why}"),
    }
}

/// Why it does not count, or what it does where it counts.
pub(super) fn why(waiver: &Waiver) -> String {
    match (waiver.status, &waiver.why) {
        (WaiverStatus::Active, _) | (_, None) => effect(waiver),
        (_, Some(why)) => visible(why, SENTENCE),
    }
}

/// That a finding is waived, by whom and why; `None` where it is not.
pub(crate) fn by_whom(finding: &Finding, waivers: &[Waiver]) -> Option<String> {
    let id = finding.waived_by.as_ref()?;
    let shown = visible(id, NAME);
    Some(match waivers.iter().find(|waiver| waiver.id == *id) {
        Some(waiver) => format!("Waived ({shown}: {}): {}", origin(waiver), visible(&waiver.reason, SENTENCE)),
        None => format!("Waived ({shown})."),
    })
}

/// Who gave it, where and when: `Ana, commit 29341f77b, 2026-11-20`.
pub(super) fn origin(waiver: &Waiver) -> String {
    let mut parts = vec![visible(&waiver.by, NAME), place(waiver)];
    parts.extend(waiver.at.as_deref().map(day));
    parts.extend(waiver.expires.as_deref().map(|day| format!("until {}", visible(day, DAY))));
    parts.join(", ")
}

/// A moment has more characters than its day, and a day has ten.
const DAY: usize = 10;

fn day(moment: &str) -> String {
    visible(moment.get(..DAY).unwrap_or(moment), DAY)
}

fn place(waiver: &Waiver) -> String {
    let source = &waiver.source;
    match source.kind {
        WaiverKind::Commit => {
            let commit = source.commit.as_deref().unwrap_or_default();
            format!("commit {}", visible(&commit.chars().take(9).collect::<String>(), 9))
        }
        WaiverKind::Description => format!("line {} of the description", source.line),
        WaiverKind::File => {
            let path = source.path.as_ref().map(|path| visible(path.as_str(), NAME)).unwrap_or_default();
            format!("{path}:{}", source.line)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::current::assert_current;

    fn schema<T: schemars::JsonSchema>(title: &str) -> String {
        let mut schema = serde_json::to_value(schemars::schema_for!(T)).expect("a schema is JSON");
        schema["title"] = title.into();
        serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n"
    }

    #[test]
    fn the_schemas_are_current() {
        let list = schema::<WaiverList>("preflag list of waivers, schema_version 1");
        assert_current("rules/schema/waiver-list.json", &list);
        let log = schema::<crate::record::Log>("preflag log of records, schema_version 1");
        assert_current("rules/schema/log.json", &log);
    }

    fn hostile() -> crate::report::Report {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/reports/hostile.json");
        serde_json::from_str(&std::fs::read_to_string(path).expect("a sample")).expect("a report")
    }

    fn assert_harmless(text: &str, width: u16) {
        let hidden = text.chars().find(|&c| c != '\n' && crate::render::escape::is_hidden(c));
        assert_eq!(hidden, None, "{text:?}");
        for line in text.lines() {
            assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{line:?}");
            assert!(unicode_width::UnicodeWidthStr::width(line) <= usize::from(width), "{width}: {line}");
        }
    }

    #[test]
    fn hostile_lists_are_harmless_at_every_width() {
        for long in [false, true] {
            let mut report = hostile();
            if long {
                let lengthen = |text: &mut String| *text = text.repeat(2_000);
                report.waivers.iter_mut().for_each(|waiver| {
                    lengthen(&mut waiver.reason);
                    lengthen(&mut waiver.by);
                    waiver.paths.iter_mut().for_each(lengthen);
                });
            }
            let record = crate::record::Record::new(&report, 0);
            let entry = crate::record::Entry { commit: report.waivers[0].by.clone(), record };
            let damage = crate::record::Damage {
                commit: report.waivers[0].by.clone(),
                line: 1,
                reason: report.waivers[0].by.clone(),
            };
            let log = crate::record::Log {
                schema_version: 1,
                records: vec![entry],
                more: 3,
                damaged: vec![damage],
                cut: true,
            };
            let notices = report.notices.clone();
            let list = WaiverList::new(report, None, notices);
            for width in (60..=160).step_by(if long { 50 } else { 1 }) {
                let options = RenderOptions { width, ..Default::default() };
                let mut out = Vec::new();
                render_waivers(ListFormat::Table, &list, &options, &mut out).expect("writing to memory");
                crate::render::render_log(ListFormat::Table, &log, &options, &mut out).expect("writing to memory");
                assert!(out.len() < 100_000, "{}", out.len());
                assert_harmless(&String::from_utf8(out).expect("UTF-8"), width);
            }
            let mut out = Vec::new();
            render_waivers(ListFormat::Json, &list, &RenderOptions::default(), &mut out).expect("writing to memory");
            let text = String::from_utf8(out).expect("UTF-8");
            assert!(!text.chars().any(|c| c != '\n' && crate::render::escape::is_hidden(c)) && !text.contains("##["));
        }
    }
}

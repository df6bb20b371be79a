//! The record: what a report comes down to, one JSON object on a line, kept as a git note on the commit that was judged.
//!
//! Records are for audits: which change shipped with what verdict, and who let it pass. What is read back may have been fetched
//! from anywhere, so every line is looked at by itself, and one that is no record is told and stops nothing.

use crate::calendar::moment;
use crate::git::change::CommitId;
use crate::git::notes::{Note, Notes};
use crate::report::{Flag, Report, WaiverKind, WaiverStatus};
use crate::terms::{Coverage, Outcome, Policy, Tier};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where the records are.
pub(crate) const REFERENCE: &str = "refs/notes/preflag";

/// The version of the record's shape.
pub(crate) const VERSION: u32 = 1;

/// More keys, waivers and characters of a text are not recorded; the counts stay right.
const MAX_LISTED: usize = 100;
const MAX_CHARS: usize = 300;
/// A longer line is no record of ours.
const MAX_LINE: usize = 512 * 1024;
/// More records of one commit are not read.
const MAX_RECORDS: usize = 1_000;

/// What one report came down to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Record {
    /// The version of this shape.
    pub(crate) record: u32,
    /// When it was written: `2026-03-01T12:30:00Z`.
    pub(crate) time: String,
    /// The version of preflag, and with it of the built-in rules.
    pub(crate) version: String,
    /// A digest of the config and the repository's own packs; absent where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) settings: Option<String>,
    pub(crate) range: RecordedRange,
    pub(crate) tier: Tier,
    pub(crate) coverage: Coverage,
    pub(crate) outcome: Outcome,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) score: Option<u8>,
    pub(crate) verdict: Policy,
    /// How many findings there were that the baseline does not know.
    pub(crate) findings: u32,
    pub(crate) flags: RecordedFlags,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) waivers: Vec<RecordedWaiver>,
    /// The report could not look at everything: how many notices it has.
    #[serde(default)]
    pub(crate) notices: u32,
}

/// Which commits were judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct RecordedRange {
    pub(crate) base: String,
    pub(crate) head: String,
    pub(crate) merge_base: String,
    pub(crate) name: String,
    /// The patterns that the judged files were limited to; empty for all files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) paths: Vec<String>,
}

/// The keys of flags.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct RecordedFlags {
    #[serde(default)]
    pub(crate) added: Vec<String>,
    #[serde(default)]
    pub(crate) modified: Vec<String>,
    #[serde(default)]
    pub(crate) removed: Vec<String>,
}

/// A waiver, whether it counted or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct RecordedWaiver {
    pub(crate) rule: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) paths: Vec<String>,
    pub(crate) reason: String,
    pub(crate) by: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) at: Option<String>,
    pub(crate) from: WaiverKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) expires: Option<String>,
    pub(crate) status: WaiverStatus,
    /// How many findings it let pass, or would have.
    pub(crate) findings: u32,
}

impl Record {
    /// What this report comes down to, written at this second.
    pub(crate) fn new(report: &Report, seconds: i64) -> Self {
        let (verdict, range) = (&report.verdict, &report.range);
        let keys = |flags: &[Flag]| flags.iter().take(MAX_LISTED).map(|flag| cut(&flag.key)).collect();
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let waivers = report.waivers.iter().take(MAX_LISTED).map(|waiver| RecordedWaiver {
            rule: cut(&waiver.rule),
            paths: waiver.paths.iter().take(MAX_LISTED).map(|path| cut(path)).collect(),
            reason: cut(&waiver.reason),
            by: cut(&waiver.by),
            email: waiver.email.as_deref().map(cut),
            at: waiver.at.clone(),
            from: waiver.source.kind,
            expires: waiver.expires.clone(),
            status: waiver.status,
            findings: count(waiver.findings.len()),
        });
        Self {
            record: VERSION,
            time: moment(seconds),
            version: report.tool.version.clone(),
            settings: report.settings.clone(),
            range: RecordedRange {
                base: range.base.clone(),
                head: range.head.clone(),
                merge_base: range.merge_base.clone(),
                name: cut(&range.name),
                paths: range.paths.iter().take(MAX_LISTED).map(|path| cut(path)).collect(),
            },
            tier: verdict.tier,
            coverage: verdict.coverage,
            outcome: verdict.outcome,
            score: verdict.score,
            verdict: verdict.policy,
            findings: count(report.findings.iter().filter(|finding| !finding.known).count()),
            flags: RecordedFlags {
                added: keys(&report.flags.added),
                modified: keys(&report.flags.modified),
                removed: keys(&report.flags.removed),
            },
            waivers: waivers.collect(),
            notices: count(report.notices.len()),
        }
    }

    /// The record on one line, without its end.
    pub(crate) fn line(&self) -> String {
        serde_json::to_string(self).expect("a record is plain JSON")
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_CHARS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The records of a repository, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Log {
    pub(crate) schema_version: u32,
    pub(crate) records: Vec<Entry>,
    /// How many more there are than were asked for.
    pub(crate) more: u32,
    /// What is no record, and what could not be read.
    pub(crate) damaged: Vec<Damage>,
    /// There are more notes than are read.
    pub(crate) cut: bool,
}

/// A record and the commit that it is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Entry {
    /// The commit whose note holds it.
    pub(crate) commit: String,
    #[serde(flatten)]
    pub(crate) record: Record,
}

/// A line of a note that is no record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Damage {
    pub(crate) commit: String,
    /// From 1; 0 for the whole note.
    pub(crate) line: u32,
    pub(crate) reason: String,
}

/// Reads the records of these notes, at most so many of them, the newest.
pub(crate) fn read(notes: &Notes, max: usize) -> Log {
    let mut log = Log { schema_version: VERSION, records: Vec::new(), more: 0, damaged: Vec::new(), cut: notes.cut };
    for note in &notes.notes {
        read_note(note, &mut log);
    }
    // Of records of one time and commit, the one that was appended last comes first.
    log.records.reverse();
    log.records.sort_by(|a, b| (&b.record.time, &a.commit).cmp(&(&a.record.time, &b.commit)));
    log.more = u32::try_from(log.records.len().saturating_sub(max)).unwrap_or(u32::MAX);
    log.records.truncate(max);
    log
}

fn read_note(note: &Note, log: &mut Log) {
    let CommitId(commit) = &note.commit;
    let mut damage = |line: usize, reason: String| {
        log.damaged.push(Damage { commit: commit.clone(), line: line as u32, reason });
    };
    let Some(text) = &note.text else {
        return damage(0, "the note is too large or cannot be read".to_owned());
    };
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        if at >= MAX_RECORDS {
            return damage(at + 1, format!("the note has more than {MAX_RECORDS} lines; the others are not read"));
        }
        match read_line(line) {
            Ok(record) => log.records.push(Entry { commit: commit.clone(), record }),
            Err(reason) => damage(at + 1, reason),
        }
    }
}

fn read_line(line: &str) -> Result<Record, String> {
    #[derive(Deserialize)]
    struct Version {
        record: u32,
    }
    if line.len() > MAX_LINE {
        return Err(format!("the line has more than {} KiB", MAX_LINE / 1024));
    }
    let version: Version = serde_json::from_str(line).map_err(|_| "it is no record of preflag".to_owned())?;
    if version.record != VERSION {
        return Err(format!("it is a record of version {}, and this preflag knows {VERSION}", version.record));
    }
    // What the error says may quote the line.
    serde_json::from_str(line).map_err(|error| format!("the record is damaged at column {}", error.column()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/reports/everything.json");
        serde_json::from_str(&std::fs::read_to_string(path).expect("a sample")).expect("a report")
    }

    fn log(text: &str) -> Log {
        let note = Note { commit: CommitId("c".repeat(40)), text: Some(text.to_owned()) };
        read(&Notes { notes: vec![note], cut: false }, 10)
    }

    #[test]
    fn a_record_reads_back_the_same() {
        let record = Record::new(&report(), 1_700_000_000);
        let line = record.line();
        assert!(!line.contains('\n'));
        let log = log(&format!("{line}\n{line}\n"));
        assert_eq!((log.records.len(), &log.records[0].record, log.damaged.len()), (2, &record, 0));
        assert_eq!(record.time, "2023-11-14T22:13:20Z");
        assert_eq!(record.findings as usize, report().findings.iter().filter(|finding| !finding.known).count());
        assert_eq!(record.waivers.len(), report().waivers.len());
    }

    #[test]
    fn damaged_lines_are_told_and_stop_nothing() {
        let line = Record::new(&report(), 0).line();
        let newer = line.replacen("\"record\":1", "\"record\":2", 1);
        let broken = line.replacen("\"tier\":\"", "\"tier\":\"\u{1b}", 1);
        let deep = "[".repeat(100_000);
        let log = log(&format!("nonsense\n{newer}\n\n{broken}\n{deep}\n{}\n{line}\n", "x".repeat(MAX_LINE + 1)));
        assert_eq!(log.records.len(), 1);
        let lines: Vec<u32> = log.damaged.iter().map(|damage| damage.line).collect();
        assert_eq!(lines, [1, 2, 4, 5, 6]);
        assert!(log.damaged.iter().all(|damage| damage.reason.len() < 100 && !damage.reason.contains('\u{1b}')));
    }

    #[test]
    fn the_newest_records_come_first() {
        let lines = [5, 100_000, 7].map(|seconds| Record::new(&report(), seconds).line()).join("\n");
        let note = Note { commit: CommitId("c".repeat(40)), text: Some(lines) };
        let none = Note { commit: CommitId("d".repeat(40)), text: None };
        let log = read(&Notes { notes: vec![note, none], cut: false }, 2);
        let times: Vec<&str> = log.records.iter().map(|entry| entry.record.time.as_str()).collect();
        assert_eq!((times, log.more), (vec!["1970-01-02T03:46:40Z", "1970-01-01T00:00:07Z"], 1));
        assert_eq!((log.damaged.len(), log.damaged[0].line), (1, 0));
    }

    #[test]
    fn a_record_of_a_huge_report_stays_small() {
        let mut report = report();
        let flag = report.flags.added.first().or(report.flags.modified.first()).expect("a flag").clone();
        report.flags.added = (0..10_000).map(|_| Flag { key: "k".repeat(10_000), ..flag.clone() }).collect();
        let waiver = report.waivers[0].clone();
        report.waivers = vec![crate::report::Waiver { reason: "r".repeat(1 << 20), ..waiver }; 1_000];
        assert!(Record::new(&report, 0).line().len() < MAX_LINE, "{}", Record::new(&report, 0).line().len());
    }

    proptest::proptest! {
        #[test]
        fn any_note_is_read(text in "(?s).{0,200}") {
            let _ = log(&text);
        }
    }
}

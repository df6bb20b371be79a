//! What people read about a signal: a sentence about this change, and what it was told from, with the command to check it.
//!
//! Sentences are about the change and its files, not about the person: who is new to a file has done nothing wrong.

use super::impact::Impact;
use super::past::{Past, subject};
use crate::git::change::ChangeSet;
use crate::history::shape::{Shape, SourceChange};
use crate::history::{FileMeasures, Measures};
use crate::rules::score::{Scale, SignalRule, SubjectWords};
use crate::terms::SignalId;

/// Lines of evidence of one signal that name a file.
const MAX_LINES: usize = 5;

/// Everything that sentences are made of.
pub(super) struct Told<'t> {
    pub(super) changes: &'t ChangeSet,
    pub(super) shape: &'t Shape,
    pub(super) impact: &'t Impact,
    pub(super) past: Option<&'t Past<'t>>,
    pub(super) measures: Option<&'t Measures>,
    /// Why history says nothing, where it does not: a clause.
    pub(super) why_unknown: &'t str,
}

/// A number for people: `412`, `2.5`, `0.07`.
pub(super) fn amount(number: f64) -> String {
    let digits = if number >= 10.0 {
        0
    } else if number >= 1.0 || number == 0.0 {
        1
    } else {
        2
    };
    let text = format!("{number:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

pub(super) fn percent(share: f64) -> String {
    match share * 100.0 {
        percent if percent > 0.0 && percent < 1.0 => "under 1%".to_owned(),
        percent => format!("{percent:.0}%"),
    }
}

/// The number of a signal with its unit.
pub(super) fn value(signal: &SignalRule, number: f64) -> String {
    match signal.unit.as_str() {
        "yes or no" => if number > 0.5 { "yes" } else { "no" }.to_owned(),
        unit if unit.starts_with("share of") => format!("{} ({unit})", percent(number)),
        unit => format!("{} {unit}", amount(number)),
    }
}

/// `1 revert`, `0.4 reverts`.
fn mean_count(number: f64, one: &str, many: &str) -> String {
    let amount = amount(number);
    format!("{amount} {}", if amount == "1" { one } else { many })
}

/// `no line`, `1 line`, `2 lines`.
fn some(number: u32, one: &str, many: &str) -> String {
    if number == 0 { format!("no {one}") } else { count(number as usize, one, many) }
}

/// `1 file`, `2 files`.
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn part_of_files(share: f64) -> String {
    if share > 0.999 { "All of it is".to_owned() } else { format!("{} of the files are", percent(share)) }
}

fn are(typical: f64) -> &'static str {
    if (typical - 1.0).abs() < 0.05 || typical < 1.0 { "is" } else { "are" }
}

impl Told<'_> {
    /// A sentence about this signal of this change.
    pub(super) fn sentence(&self, signal: &SignalRule, number: Option<f64>) -> String {
        let Some(number) = number else { return format!("Not known: {}.", self.why_not(signal.id)) };
        let (shape, impact) = (self.shape, self.impact);
        let typical = format!("{} {} typical", amount(signal.typical), are(signal.typical));
        let typical_share = format!("{} is typical", percent(signal.typical));
        let n = amount(number);
        let about = if signal.scale == Scale::Log && self.shape.files.len() > 1 { "About " } else { "" };
        match signal.id {
            SignalId::AddedLines => {
                format!("Adds {} of source; {typical}.", some(shape.added(), "line", "lines"))
            }
            SignalId::DeletedLines => {
                format!("Deletes {} of source; {typical}.", some(shape.deleted(), "line", "lines"))
            }
            SignalId::Files => {
                format!("Touches {}; {typical}.", count(shape.files.len(), "source file", "source files"))
            }
            SignalId::Conditionals => {
                format!("Adds {}; {typical}.", some(shape.conditionals(), "condition", "conditions"))
            }
            SignalId::Expertise => self.expertise(number, &typical_share),
            SignalId::Authors if number < 0.05 => format!("Nobody has changed these files before; {typical}."),
            SignalId::Authors => {
                format!("{about}{} changed each file before; {typical}.", mean_count(number, "person", "people"))
            }
            SignalId::Reverts if number < 0.005 => {
                "No change to these files was undone in the last two years.".to_owned()
            }
            SignalId::Reverts => {
                let reverts = mean_count(number, "earlier revert", "earlier reverts");
                format!("{about}{reverts} a file in the last two years; {typical}.")
            }
            SignalId::Recent if number < 0.05 => {
                format!(
                    "None of these files changed in the last 30 days; {} a file {} typical.",
                    amount(signal.typical),
                    are(signal.typical)
                )
            }
            SignalId::Recent => {
                let is_more = number > signal.typical;
                let more =
                    if is_more { " Code in active work needs fixes more often, and is undone less." } else { "" };
                let changes = mean_count(number, "change", "changes");
                format!("{about}{changes} a file in the last 30 days; {typical}.{more}")
            }
            SignalId::Fixes if number < 0.05 => {
                format!(
                    "No fix to these files in the last year; {} a file {} typical.",
                    amount(signal.typical),
                    are(signal.typical)
                )
            }
            SignalId::Fixes => {
                format!("{about}{} a file in the last year; {typical}.", mean_count(number, "fix", "fixes"))
            }
            SignalId::Config => match shape.config.as_slice() {
                [] => "No settings change beside the code.".to_owned(),
                [one] => format!("Settings change beside the code: `{}`.", quoted(one.as_str())),
                many => format!("Settings change beside the code: {} files.", many.len()),
            },
            SignalId::Ui if number == 0.0 => "None of the files are user interface.".to_owned(),
            SignalId::Ui => format!("{} user interface, where less is undone.", part_of_files(number)),
            SignalId::Core if number == 0.0 => "None of the files are shared code.".to_owned(),
            SignalId::Core => format!("{} shared code, which many parts rely on.", part_of_files(number)),
            SignalId::Fix if number > 0.5 => "By its subject it is a fix; fixes often need another one.".to_owned(),
            SignalId::Fix => "By its subject it is no fix.".to_owned(),
            SignalId::UndoneHere => self.undone_here(),
            SignalId::Dependencies => match (shape.dependencies.as_slice(), &self.words().dependencies) {
                ([], None) => "What it depends on stays as it is.".to_owned(),
                ([], Some(word)) => format!("By its subject it changes what it depends on (`{}`).", quoted(word)),
                ([one], _) => format!("Changes what it depends on: `{}`.", quoted(one.as_str())),
                (many, _) => format!("Changes what it depends on: {} files.", many.len()),
            },
            SignalId::Stopgap => match &self.words().stopgap {
                None => "The subject says of nothing that it is for a while or takes another's place.".to_owned(),
                Some(word) => format!(
                    "The subject says `{}`; what is for a while, or takes another's place, is undone more often.",
                    quoted(word)
                ),
            },
            SignalId::FlagDensity => {
                let files = count(impact.files, "changed source file reads", "changed source files read");
                let services = impact.services();
                let over = if services > 1 { format!(", in {services} top folders") } else { String::new() };
                format!("{} of {files} a flag{over}.", impact.flag_files.len())
            }
            SignalId::FlagsTouched if impact.flags.is_empty() => "No flag is added, edited or removed.".to_owned(),
            SignalId::FlagsTouched => {
                format!("Adds, edits or removes {}.", count(impact.flags.len(), "flag", "flags"))
            }
            SignalId::DefaultFlips => match impact.flips.as_slice() {
                [] => "No default of a flag changes.".to_owned(),
                [one] => format!("The default of `{}` changes, for everybody at once.", quoted(one)),
                many => format!("The defaults of {} flags change, for everybody at once.", many.len()),
            },
            SignalId::BlastRadius => self.blast(&typical),
            SignalId::BlastUsers => format!("The flag in front is on for {} of the users.", percent(number)),
            SignalId::Area => match (number > 0.0, impact.areas.as_slice()) {
                (false, _) => "No sensitive area is touched.".to_owned(),
                (true, []) => format!("Touches flags: {}.", impact.tier),
                (true, areas) => format!("Touches {}: {}.", areas.join(", "), impact.tier),
            },
            SignalId::Gated => {
                let (covered, of) = impact.gated.map_or((0, 0), |gated| (gated.covered, gated.of));
                let runs = if covered == 1 { "runs" } else { "run" };
                format!(
                    "{covered} of {} {runs} only with a flag on.",
                    count(of, "risky stretch of code", "risky stretches of code")
                )
            }
            SignalId::Ownership => {
                format!("Who knows a file best made {} of its earlier changes.", percent(number))
            }
            SignalId::Churn => {
                format!("{about}{} a file; {typical}.", mean_count(number, "earlier change", "earlier changes"))
            }
            SignalId::Age => {
                format!("{about}{} since these files changed last; {typical}.", mean_count(number, "day", "days"))
            }
            SignalId::Entropy if shape.files.len() < 2 => "All changed lines are in one file.".to_owned(),
            SignalId::Entropy => {
                format!("The changed lines are spread over the files at {} of an even spread.", percent(number))
            }
            SignalId::Folders => {
                format!("The source files are in {}.", count(shape.folders().len(), "folder", "folders"))
            }
            SignalId::Tests if number == 0.0 => "No tests change beside the code.".to_owned(),
            SignalId::Tests => format!("{n} changed lines of tests for each of source; {typical}."),
        }
    }

    fn words(&self) -> SubjectWords {
        self.shape.words.clone().unwrap_or_default()
    }

    fn undone_here(&self) -> String {
        let files = self.measures.map_or(&[][..], |measures| &measures.files);
        let with = files.iter().filter(|file| file.last_undone.is_some()).count();
        let last = files.iter().filter_map(|file| file.last_undone).max();
        let Some(days) = self.days_to(last) else {
            return "No earlier change to these files was undone, as far as messages say.".to_owned();
        };
        let ago = match days as usize {
            0 => "less than a day ago".to_owned(),
            days => format!("{} ago", count(days, "day", "days")),
        };
        let of = if files.len() == 1 { "this file".to_owned() } else { format!("{with} of these files") };
        format!("An earlier change to {of} was undone {ago}.")
    }

    fn expertise(&self, number: f64, typical: &str) -> String {
        let people = self.past.map(|past| &past.people);
        let by = match people {
            Some(people) if !people.reviewers.is_empty() => "by the author or a reviewer",
            Some(people) if people.authors.len() > 1 => "by one of the authors",
            _ => "by the author",
        };
        if number < 0.005 {
            return format!("No earlier change here is {by}; {typical}.");
        }
        format!("About {} of the earlier changes here are {by}; {typical}.", percent(number))
    }

    fn blast(&self, typical: &str) -> String {
        let Some(blast) = &self.impact.blast else { return String::new() };
        let files = blast.importers.len();
        let entries: Vec<String> = blast.entries.iter().map(|(what, count)| format!("{count} {what}")).collect();
        let reaches =
            if entries.is_empty() { String::new() } else { format!(" The change reaches {}.", listed(&entries)) };
        if files == 0 && !blast.is_cut {
            return format!("No other file imports what changes; {typical}.{reaches}");
        }
        if files == 0 {
            return format!("More files mention what changes than were looked at; {typical}.{reaches}");
        }
        let least = if blast.is_cut { "At least " } else { "" };
        let import = if files == 1 { "file imports" } else { "files import" };
        let direct = match blast.direct {
            direct if direct == files => String::new(),
            direct => format!(", {direct} of them directly"),
        };
        format!("{least}{files} {import} what changes{direct}; {typical}.{reaches}")
    }

    fn why_not(&self, id: SignalId) -> &str {
        let has_history = self.measures.is_some();
        match id {
            SignalId::Fix | SignalId::Dependencies | SignalId::Stopgap => {
                "nothing is committed yet, so there is no subject"
            }
            SignalId::BlastRadius => "importers are followed in JavaScript, TypeScript and Python only",
            SignalId::BlastUsers => "the state of flags is not read",
            SignalId::Gated => "nothing here asks for a flag",
            SignalId::Tests => "no line of source changes",
            SignalId::Expertise if has_history => {
                "nobody knows who makes this change; set `user.name` and `user.email`"
            }
            _ if has_history => "these files are new",
            _ => self.why_unknown,
        }
    }

    /// What the number was told from.
    pub(super) fn evidence(&self, id: SignalId) -> Vec<String> {
        let most = |lines: fn(&SourceChange) -> u32, what: &str| {
            let mut files: Vec<&SourceChange> = self.shape.files.iter().filter(|file| lines(file) > 0).collect();
            files.sort_by_key(|file| std::cmp::Reverse(lines(file)));
            let mut told = few(files.iter().map(|file| format!("{}: {} {what}", file.path, lines(file))));
            told.extend(self.diff().filter(|_| !files.is_empty()));
            told
        };
        let paths = |holds: fn(&SourceChange) -> bool| {
            few(self.shape.files.iter().filter(|file| holds(file)).map(|file| file.path.to_string()))
        };
        match id {
            SignalId::AddedLines => most(|file| file.added, "added"),
            SignalId::DeletedLines => most(|file| file.deleted, "deleted"),
            SignalId::Conditionals => most(|file| file.conditionals, "in added lines"),
            SignalId::Files | SignalId::Folders | SignalId::Entropy => paths(|_| true),
            SignalId::Ui => paths(|file| file.is_ui),
            SignalId::Core => paths(|file| file.is_core),
            SignalId::Config => few(self.shape.config.iter().map(ToString::to_string)),
            SignalId::Dependencies if !self.shape.dependencies.is_empty() => {
                few(self.shape.dependencies.iter().map(ToString::to_string))
            }
            SignalId::UndoneHere => self.of_history(
                |file| file.last_undone.is_some(),
                None,
                |file| {
                    format!(
                        "undone {} ago",
                        count(self.days_to(file.last_undone).unwrap_or(0.0) as usize, "day", "days")
                    )
                },
            ),
            SignalId::Fix | SignalId::Dependencies | SignalId::Stopgap => {
                subject(self.changes).map(str::to_owned).into_iter().collect()
            }
            SignalId::FlagDensity => few(self.impact.flag_files.iter().map(ToString::to_string)),
            SignalId::FlagsTouched => few(self.impact.flags.iter().cloned()),
            SignalId::DefaultFlips => few(self.impact.flips.iter().cloned()),
            SignalId::BlastRadius => {
                few(self.impact.blast.iter().flat_map(|blast| &blast.importers).map(ToString::to_string))
            }
            SignalId::Expertise => self.of_history(
                |_| true,
                None,
                |file| format!("the author had a hand in {} of {} earlier changes", file.own_changes, file.changes),
            ),
            SignalId::Authors => {
                self.of_history(|_| true, None, |file| count(file.authors as usize, "person", "people"))
            }
            SignalId::Reverts => self.of_history(
                |file| file.reverts > 0,
                Some(2 * 365),
                |file| count(file.reverts as usize, "revert", "reverts"),
            ),
            SignalId::Recent => self.of_history(
                |file| file.recent > 0,
                Some(30),
                |file| count(file.recent as usize, "change", "changes"),
            ),
            SignalId::Fixes => {
                self.of_history(|file| file.fixes > 0, Some(365), |file| count(file.fixes as usize, "fix", "fixes"))
            }
            SignalId::Churn => {
                self.of_history(|_| true, None, |file| count(file.changes as usize, "change", "changes"))
            }
            SignalId::Ownership => self.of_history(
                |file| !file.top.is_empty(),
                None,
                |file| format!("{} of {} changes by one person", file.top.first().map_or(0, |top| top.1), file.changes),
            ),
            SignalId::Age => self.of_history(
                |file| file.last.is_some(),
                None,
                |file| count(self.days_since(file).unwrap_or(0.0) as usize, "day", "days"),
            ),
            SignalId::Tests => {
                vec![count(self.shape.test_lines as usize, "line of tests changes", "lines of tests change")]
            }
            SignalId::Gated | SignalId::Area | SignalId::BlastUsers => Vec::new(),
        }
    }

    pub(super) fn days_since(&self, file: &FileMeasures) -> Option<f64> {
        self.days_to(file.last)
    }

    fn days_to(&self, time: Option<i64>) -> Option<f64> {
        let seconds = self.past?.seconds - time?;
        Some((seconds.max(0) / 86_400) as f64)
    }

    /// A line for each file of which this holds, and a command that lists the changes of the first of them.
    fn of_history(
        &self,
        holds: fn(&FileMeasures) -> bool,
        days: Option<i64>,
        say: impl Fn(&FileMeasures) -> String,
    ) -> Vec<String> {
        let (Some(past), Some(measures)) = (self.past, self.measures) else { return Vec::new() };
        let paths = self.shape.history_paths();
        let told: Vec<(&str, &FileMeasures)> =
            paths.into_iter().zip(&measures.files).filter(|(_, file)| holds(file)).collect();
        let mut lines = few(told.iter().map(|(path, file)| format!("{path}: {}", say(file))));
        let checked = told.iter().find(|(_, file)| file.changes > 0).and_then(|(path, _)| for_shell(path));
        lines.extend(checked.map(|path| {
            let since = days.map(|days| format!(" --since={}", past.seconds - days * 86_400)).unwrap_or_default();
            format!("to check: git log --first-parent{since} --format='%h %an %s' {} -- {path}", short(&past.tip.0))
        }));
        lines
    }

    fn diff(&self) -> Option<String> {
        let head = self.changes.head.as_ref()?;
        Some(format!("to check: git diff --numstat {} {}", short(&self.changes.merge_base.0), short(&head.0)))
    }
}

/// The first lines, and how many more there are.
fn few(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = lines.collect();
    if lines.len() > MAX_LINES {
        let more = lines.len() - MAX_LINES + 1;
        lines.truncate(MAX_LINES - 1);
        lines.push(format!("and {more} more"));
    }
    lines
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

fn short(commit: &str) -> &str {
    commit.get(..12).unwrap_or(commit)
}

/// A path as a shell takes it; `None` for one that nobody should paste into one.
fn for_shell(path: &str) -> Option<String> {
    // Even behind `--`, nobody should have to think about it.
    if path.starts_with('-') {
        return None;
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '@' | '+');
    if path.chars().all(is_plain) {
        return Some(path.to_owned());
    }
    let is_quotable = |c: char| {
        c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | ' ' | '[' | ']' | '(' | ')' | '$' | '+' | '@' | '=')
    };
    path.chars().all(is_quotable).then(|| format!("'{path}'"))
}

/// A name between backticks.
fn quoted(name: &str) -> String {
    name.replace('`', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let amounts = [0.0, 0.1, 0.068, 1.0, 2.5, 9.96, 41.6, 1234.0].map(amount);
        assert_eq!(amounts, ["0", "0.1", "0.07", "1", "2.5", "10", "42", "1234"]);
        assert_eq!([0.0, 0.003, 0.126, 1.0].map(percent), ["0%", "under 1%", "13%", "100%"]);
    }

    #[test]
    fn only_harmless_paths_stand_in_commands() {
        assert_eq!(for_shell("src/a-b.ts").as_deref(), Some("src/a-b.ts"));
        assert_eq!(for_shell("app/[id]/page.tsx").as_deref(), Some("'app/[id]/page.tsx'"));
        assert_eq!(for_shell("a'; rm -rf ~"), None);
        assert_eq!(for_shell("--upload-pack=x"), None);
        assert_eq!(for_shell("a\u{202e}b"), None);
    }
}

//! Sample reports in every format: snapshots of what people read, schemas for what programs read, and properties that
//! hold whatever the strings are.

use super::escape::is_hidden;
use super::{Format, RenderOptions, render};
use crate::report::Report;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The sample reports by name, sorted.
fn samples() -> Vec<(String, Value)> {
    let folder =
        std::fs::read_dir(root().join("testdata/reports")).expect("testdata/reports is part of the repository");
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), json(path))).collect()
}

fn sample(name: &str) -> Value {
    json(&root().join("testdata/reports").join(name).with_extension("json"))
}

fn report(value: &Value) -> Report {
    serde_json::from_value(value.clone()).expect("the sample is a report")
}

fn rendered(format: Format, report: &Report, width: u16, color: bool) -> String {
    let mut out = Vec::new();
    render(format, report, &RenderOptions { width, color, ..RenderOptions::default() }, &mut out)
        .expect("writing to memory");
    String::from_utf8(out).expect("a report is UTF-8")
}

fn plain(format: Format, report: &Report) -> String {
    rendered(format, report, 80, false)
}

#[test]
fn people_read_this() {
    for (name, value) in samples() {
        let report = report(&value);
        for format in Format::ALL {
            let word = format!("{format:?}").to_lowercase();
            match format {
                Format::Table => {
                    for width in [80, 100, 160] {
                        insta::assert_snapshot!(
                            format!("{name}.{word}-{width}"),
                            rendered(format, &report, width, false)
                        );
                    }
                }
                // Programs read these; one sample shows the shape, the schemas below hold for all.
                Format::Json | Format::Sarif if name != "typical" => {}
                _ => insta::assert_snapshot!(format!("{name}.{word}"), plain(format, &report)),
            }
        }
    }
    let typical = report(&sample("typical"));
    insta::assert_snapshot!("typical.table-color", rendered(Format::Table, &typical, 100, true).replace('\u{1b}', "␛"));
}

#[test]
fn samples_and_json_fit_the_published_schema() {
    let schema = jsonschema::validator_for(&json(&root().join("rules/schema/report.json"))).expect("a valid schema");
    for (name, value) in samples() {
        let written: Value = serde_json::from_str(&plain(Format::Json, &report(&value))).expect("valid JSON");
        assert_eq!(report(&written), report(&value), "{name} reads back the same");
        for value in [&value, &written] {
            let errors: Vec<String> = schema.iter_errors(value).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{name}: {errors:?}");
        }
    }
}

#[test]
fn sarif_fits_the_official_schema() {
    let mut schema = json(&root().join("testdata/sarif-2.1.0.schema.json"));
    // The official pattern of `language` has a stray `]`, which validators refuse; we do not write that property.
    for owner in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][owner]["properties"]["language"];
        language.as_object_mut().expect("an object").remove("pattern");
    }
    let schema = jsonschema::validator_for(&schema).expect("a valid schema");
    for (name, value) in samples() {
        let sarif: Value = serde_json::from_str(&plain(Format::Sarif, &report(&value))).expect("valid JSON");
        let errors: Vec<String> =
            schema.iter_errors(&sarif).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

/// By hand, what a schema cannot say.
#[test]
fn sarif_says_what_the_report_says() {
    let run = |name: &str| -> Value {
        let sarif: Value = serde_json::from_str(&plain(Format::Sarif, &report(&sample(name)))).expect("valid JSON");
        assert_eq!(sarif["version"], "2.1.0", "the version of the format, not ours");
        sarif["runs"][0].clone()
    };
    let typical = run("typical");
    let result = &typical["results"][0];
    let place = &result["locations"][0];
    assert_eq!(place["physicalLocation"]["artifactLocation"]["uri"], "src/billing/tax-service.ts");
    assert_eq!(place["physicalLocation"]["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    assert_eq!(place["physicalLocation"]["region"]["startLine"], 41, "lines count from 1 in both");
    assert_eq!(place["physicalLocation"]["region"]["endLine"], 58);
    assert_eq!(place["logicalLocations"][0]["fullyQualifiedName"], "TaxService.total");
    assert_eq!(result["relatedLocations"][0]["message"]["text"], "Calls `stripe.charges.create`.");
    assert_eq!(result["level"], "error");
    assert!(result.get("baselineState").is_none(), "no baseline, no word about it");
    assert_eq!(result["partialFingerprints"]["preflag/v1"], sample("typical")["findings"][0]["fingerprint"]);
    for (result, finding) in
        typical["results"].as_array().expect("results").iter().zip(report(&sample("typical")).findings)
    {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(typical["tool"]["driver"]["rules"][index]["id"], finding.rule.as_str());
        assert_eq!(result["ruleId"], finding.rule.as_str());
    }
    let notification = &typical["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "src/legacy/bundle.js");

    let everything = run("everything");
    let removed = &everything["results"][1];
    assert!(removed["locations"][0]["physicalLocation"].get("region").is_none(), "a removed line is no place");
    assert!(
        removed["message"]["text"].as_str().expect("a text").ends_with("Removed code: lines 77-80 before this change.")
    );
    assert!(removed["relatedLocations"][0]["physicalLocation"].get("region").is_none());
    let states: Vec<&Value> =
        everything["results"].as_array().expect("results").iter().map(|result| &result["baselineState"]).collect();
    assert_eq!((states[0], states[8]), (&"new".into(), &"unchanged".into()));
    let encoded = &everything["results"][2]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(encoded, "src/billing/%E7%A8%8E%E9%87%91/%E8%A8%88%E7%AE%97.ts");
    let whole_file = &everything["results"][6]["locations"][0]["physicalLocation"];
    assert!(whole_file.get("region").is_none(), "line 0 is no line: {whole_file}");
}

#[test]
fn tables_keep_to_their_width() {
    for (name, value) in samples() {
        let mut report = report(&value);
        // Code is there to be copied and is never wrapped.
        report.recommendations.iter_mut().for_each(|recommendation| recommendation.snippet = None);
        for width in 60..=170 {
            for line in rendered(Format::Table, &report, width, false).lines() {
                let columns = unicode_width::UnicodeWidthStr::width(line);
                assert!(columns <= usize::from(width), "{name} at {width}: {columns} columns: {line}");
                assert_eq!(line.trim_end(), line, "no blanks at the end");
            }
        }
    }
}

#[test]
fn color_adds_nothing_but_color() {
    for (name, value) in samples() {
        let report = report(&value);
        let colored = rendered(Format::Table, &report, 100, true);
        assert_eq!(
            anstream::adapter::strip_str(&colored).to_string(),
            rendered(Format::Table, &report, 100, false),
            "{name}"
        );
    }
}

#[test]
fn a_change_without_trouble_is_quiet() {
    for name in ["clean", "empty"] {
        let report = report(&sample(name));
        assert!(plain(Format::Table, &report).lines().count() <= 3, "{name}");
        assert_eq!(plain(Format::Github, &report).lines().count(), 1, "{name}");
    }
}

#[test]
fn annotations_stop_at_ten_a_level_and_count_the_rest() {
    let mut many = report(&sample("typical"));
    many.findings = (0..120).map(|at| many.findings[[0, 2, 4][at % 3]].clone()).collect();
    let commands = plain(Format::Github, &many);
    for (command, expected) in [("::error ", 10), ("::warning ", 10), ("::notice ", 10)] {
        assert_eq!(commands.lines().filter(|line| line.starts_with(command)).count(), expected, "{command}");
    }
    assert!(commands.contains("91 more findings are not shown"), "{commands}");
}

#[test]
fn a_comment_is_cut_between_findings_and_says_so() {
    let mut huge = report(&sample("everything"));
    huge.findings = huge.findings.iter().cycle().take(5_000).cloned().collect();
    huge.recommendations = huge.recommendations.iter().cycle().take(500).cloned().collect();
    huge.notices = huge.notices.iter().cycle().take(5_000).cloned().collect();
    huge.verdict.reasons = huge.verdict.reasons.iter().cycle().take(5_000).cloned().collect();
    let comment = plain(Format::Markdown, &huge);
    assert!(comment.len() < 65_536, "{}", comment.len());
    assert!(comment.contains("more findings are left out here"), "{comment}");
    assert!(comment.contains("more recommendations in the full report"));
    assert_eq!(comment.matches("<details").count(), comment.matches("</details>").count());
    for row in comment.lines().filter(|line| line.starts_with("| F")) {
        assert!(row.ends_with(" |"), "a whole row: {row}");
    }
}

/// Every string that the repository decides, replaced.
fn infested(with: &str) -> Report {
    fn replace(value: &mut Value, with: &str) {
        match value {
            Value::String(text) if text.contains("set-output") => *text = with.to_owned(),
            Value::Array(values) => values.iter_mut().for_each(|value| replace(value, with)),
            Value::Object(fields) => fields.values_mut().for_each(|value| replace(value, with)),
            _ => {}
        }
    }
    let mut value = sample("hostile");
    replace(&mut value, with);
    report(&value)
}

/// What holds for every format, whatever the strings.
fn assert_harmless(report: &Report, formats: &[Format]) {
    for &format in formats {
        let text = plain(format, report);
        let own = |character: char| match format {
            Format::Markdown => matches!(character, '\n' | '\t' | '\u{200b}'),
            _ => character == '\n',
        };
        let hidden = text.chars().find(|&character| is_hidden(character) && !own(character));
        assert_eq!(hidden, None, "{format:?} lets a hidden character through: {text:?}");
        for line in text.lines() {
            let command = line.trim_start().starts_with("::");
            let ours = ["::error file=", "::warning file=", "::notice file=", "::notice title=preflag::"];
            assert!(
                !command || (format == Format::Github && ours.iter().any(|ours| line.starts_with(ours))),
                "{format:?} lets a command through: {line:?}"
            );
            assert!(format == Format::Github || !line.contains("##["), "{format:?} lets a command through: {line:?}");
        }
        if format == Format::Markdown {
            assert!(text.starts_with("<!-- preflag:v1 -->\n"));
            assert_eq!(text.matches("<!--").count(), 1, "another comment: {text:?}");
            assert!(text.len() < 65_536);
            let mut open = report.clone();
            let ids: Vec<String> = open.findings.iter().map(|finding| finding.id.clone()).collect();
            open.findings.iter_mut().for_each(|finding| finding.waived_by = None);
            open.recommendations.iter_mut().for_each(|one| one.covers.clone_from(&ids));
            open.recommendations.iter_mut().flat_map(|one| &mut one.snippet).for_each(|snippet| {
                (snippet.applies, snippet.line) = (true, snippet.line.max(1));
            });
            assert!(report.recommendations.is_empty() || !super::review_spots(&open).is_empty());
            for spot in super::review_spots(&open) {
                for line in [None, Some("x"), Some(spot.snippet.code.as_str())] {
                    assert_review_harmless(&spot.text(Some("web"), line));
                }
            }
            // In a fence, someone's `</details>` is only text.
            let mut unfenced = report.clone();
            unfenced.recommendations.iter_mut().for_each(|recommendation| recommendation.snippet = None);
            let text = plain(format, &unfenced);
            let lines = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
            assert_eq!(lines("<details"), lines("</details>"), "{text:?}");
        }
        if format == Format::Github {
            assert_eq!(text.lines().count(), report.findings.len() + 1, "one line a finding: {text:?}");
        }
    }
}

fn assert_review_harmless(text: &str) {
    let hidden = text.chars().find(|&character| is_hidden(character) && !matches!(character, '\n' | '\t' | '\u{200b}'));
    assert_eq!(hidden, None, "{text:?}");
    assert_eq!(text.matches("<!--").count(), 1, "another comment: {text:?}");
    assert!(!text.contains("##[") && !text.lines().any(|line| line.trim_start().starts_with("::")), "{text:?}");
    assert!(text.len() < 65_536);
}

#[test]
fn the_hostile_sample_is_harmless() {
    assert_harmless(&report(&sample("hostile")), &Format::ALL);
}

#[test]
fn a_megabyte_of_anything_is_harmless_and_short() {
    for unit in ["a", "`", "|", "\n", "::", "<!--", "\u{1b}[31m", "税", "@x ", "/", "\u{301}", "##["] {
        let report = infested(&unit.repeat(1_000_000 / unit.len()));
        // The others are for programs and leave nothing out.
        let bounded = [Format::Table, Format::Markdown, Format::Github];
        assert_harmless(&report, &bounded);
        for format in bounded {
            assert!(plain(format, &report).len() < 200_000, "{format:?} of {unit:?}");
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 64, max_shrink_iters: 500, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_string_breaks_a_format(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "`", "``", "```", "|", "\\", "\\|", "\n", "\r\n", "::", "::error::", "##[", "##", "[", "](", "<!--", "-->", "<!", "--",
                "<!-- preflag:v1 -->", "</details>", "<b>", "@", "@everyone", "#1", "\u{1b}", "\u{1b}[31m", "\u{9b}", "\u{202e}", "\u{2066}",
                "\u{200b}", "\u{2028}", "\u{e0041}", "\u{301}", "\u{feff}", " ", "    ", "\t", "%", "%0A", ":", ",", "a", "word", "税金", "/", ".",
                "1. ", "- ", "> ", "# ", "===", "---", "~~~", "https://e.example", "www.", "🏴", "\0",
            ]),
            0..24,
        ),
        any in ".{0,12}",
    ) {
        assert_harmless(&infested(&(pieces.concat() + &any)), &Format::ALL);
    }
}

//! Waivers against findings: what covers what, and in which order.

use super::*;
use crate::git::change::CommitId;
use crate::git::trailers::Trailer;
use crate::location::RepoPath;
use crate::report::WaiverKind;
use crate::terms::{Coverage, Severity, Side, Tier};

fn finding(id: &str, area: &str, path: &str) -> Finding {
    Finding {
        id: id.to_owned(),
        rule: "ungated-change".to_owned(),
        area: Some(area.to_owned()),
        tier: Tier::Critical,
        severity: Severity::Error,
        message: String::new(),
        path: RepoPath::new(path),
        start_line: 1,
        end_line: 1,
        side: Side::New,
        symbol: None,
        coverage: Coverage::Uncovered,
        gates: Vec::new(),
        related: Vec::new(),
        fingerprint: String::new(),
        known: false,
        waived_by: None,
    }
}

fn trailers(values: &[&str]) -> Trailers {
    let trailer = |(at, value): (usize, &&str)| Trailer {
        commit: CommitId(format!("{at:040}")),
        author: ("Ana".to_owned(), "ana@example.com".to_owned()),
        seconds: 0,
        line: 3,
        value: Some((*value).to_owned()),
    };
    Trailers { found: values.iter().enumerate().map(trailer).collect(), notices: Vec::new() }
}

fn judged(config: &str, claims: &[Claim], findings: &mut [Finding]) -> Vec<Waiver> {
    let config = Config::from_text(".preflag.yml", Some(config)).expect("a good config");
    let rules = RuleSet::load(&config, &[]).expect("the built-in rules");
    let grounds = Grounds { rules: &rules, config: &config, owners: &CodeOwners::default(), today: None };
    judge(claims, findings, &grounds)
}

#[test]
fn the_first_of_several_is_named_and_all_say_what_they_cover() {
    let mut findings =
        [finding("F1", "payments", "a/x.ts"), finding("F2", "payments", "b/y.ts"), finding("F3", "auth", "a/z.ts")];
    let claims = of_commits(&trailers(&["payments b/**: the first", "ungated-change {a,b}/**: the second"]));
    let waivers = judged("", &claims, &mut findings);
    let by: Vec<Option<&str>> = findings.iter().map(|finding| finding.waived_by.as_deref()).collect();
    assert_eq!(by, [Some("W2"), Some("W1"), Some("W2")]);
    assert_eq!((waivers[0].findings.join(" "), waivers[1].findings.join(" ")), ("F2".into(), "F1 F2 F3".into()));
}

#[test]
fn who_may_waive_a_part_waives_that_part() {
    let mut findings = [finding("F1", "payments", "a.ts"), finding("F2", "auth", "b.ts")];
    let claims = of_commits(&trailers(&["ungated-change: agreed with Bo"]));
    let waivers = judged("waivers: {allow: [{what: [auth], by: []}]}", &claims, &mut findings);
    assert_eq!(waivers[0].status, WaiverStatus::Active);
    assert_eq!(
        waivers[0].why.as_deref(),
        Some("not for all that it names: .preflag.yml lets nobody waive `auth` in `b.ts`")
    );
    assert_eq!((findings[0].waived_by.as_deref(), findings[1].waived_by.as_deref()), (Some("W1"), None));
    assert_eq!(waivers[0].findings, ["F1"]);
}

#[test]
fn what_is_said_twice_is_listed_once() {
    let claims =
        of_commits(&trailers(&["auth: the same", "auth: the same", "auth: another", "auth: tbd", "auth: tbd"]));
    let reasons: Vec<&str> = claims.iter().map(|claim| claim.reason.as_str()).collect();
    assert_eq!(reasons, ["the same", "another", "", ""], "each one that is none is to be mended");
}

#[test]
fn an_area_that_is_switched_off_can_still_be_named() {
    let claims = of_commits(&trailers(&["performance: agreed with Bo"]));
    let waivers = judged("packs: {disable: [areas/performance]}", &claims, &mut []);
    assert_eq!(waivers[0].status, WaiverStatus::Unused);
}

#[test]
fn only_entries_about_other_code_do_not_concern_a_change() {
    let text = "waivers: [{area: auth, owner: b, reason: it is fine, expires: 2026-01-01}]";
    let listed = file::read(FILES[0], FILES[0], text).expect("it is good");
    let claims = [listed, of_commits(&trailers(&["auth: agreed with Bo"]))].concat();
    let waivers = judged("", &claims, &mut [finding("F1", "payments", "a.ts")]);
    let kinds: Vec<(WaiverKind, bool)> =
        waivers.iter().map(|waiver| (waiver.source.kind, concerns_change(waiver))).collect();
    assert_eq!(kinds, [(WaiverKind::Commit, true), (WaiverKind::File, false)], "those of the change come first");
}

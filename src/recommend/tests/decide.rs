//! One test for each row of the decision table.

use super::*;

fn refusal(change: &Change) -> String {
    let advice = advise(change);
    assert!(advice.recommendations.is_empty(), "{advice:#?}");
    assert_eq!(advice.outcome, Outcome::NotSuited);
    advice.reasons.join(" ")
}

#[test]
fn covered_is_already_flagged() {
    let change = Change { coverage: Coverage::Covered, flags_covering: vec!["new-tax"], ..change(vec![candidate()]) };
    let advice = advise(&change);
    assert_eq!(advice.outcome, Outcome::AlreadyFlagged);
    assert!(advice.recommendations.is_empty());
    assert_eq!(advice.reasons, ["The risky code runs only with a flag on (`new-tax`)."]);
}

#[test]
fn a_change_that_brings_its_flag_is_flagged_already() {
    for coverage in [Coverage::Partial, Coverage::Uncovered] {
        let advice = advise(&Change { coverage, flags_added: vec!["new-tax"], ..change(vec![candidate()]) });
        assert_eq!((advice.outcome, advice.recommendations.len()), (Outcome::AlreadyFlagged, 0));
        assert!(advice.reasons[0].contains("`new-tax`"));
    }
}

#[test]
fn the_only_flag_over_the_rest_of_the_change_is_reused() {
    let with = |coverage, flags_covering| only(&Change { coverage, flags_covering, ..change(vec![candidate()]) });
    let recommendation = with(Coverage::Partial, vec!["rework"]);
    assert_eq!((recommendation.outcome, recommendation.flag.key.as_str()), (Outcome::ReuseExisting, "rework"));
    assert!(recommendation.rationale.contains("gates the rest"));
    assert_eq!(with(Coverage::Partial, vec!["rework", "other"]).outcome, Outcome::Suggested);
    assert_eq!(with(Coverage::Uncovered, vec!["rework"]).outcome, Outcome::Suggested, "it gates nothing that matters");
}

#[test]
fn flag_removals_and_edits_have_verdicts_of_their_own() {
    assert!(refusal(&Change { flags_removed: 1, ..change(vec![candidate()]) }).contains("removes a flag"));
    assert!(refusal(&Change { flags_modified: 1, ..change(vec![candidate()]) }).contains("edits a flag"));
}

#[test]
fn low_tiers_and_empty_changes_get_none() {
    assert!(refusal(&change(vec![])).contains("No ungated change"));
    for tier in [Tier::None, Tier::Moderate] {
        assert!(refusal(&change(vec![Candidate { tier, ..candidate() }])).contains("less than High"));
    }
}

#[test]
fn schema_says_what_helps_instead() {
    let schema = Candidate { not_gateable: Some("schema change: expand/contract instead of a flag"), ..candidate() };
    assert_eq!(refusal(&change(vec![schema.clone()])), "Schema change: expand/contract instead of a flag.");
    let advice = advise(&change(vec![schema.clone(), Candidate { finding: "F2", ..candidate() }, schema]));
    assert_eq!(advice.recommendations[0].covers, ["F2"], "what can't be gated is not covered");
    assert_eq!(advice.reasons.len(), 1, "each reason once");
    let low = Candidate { tier: Tier::Moderate, ..candidate() };
    assert!(
        advise(&change(vec![low, candidate()])).reasons.is_empty(),
        "beside a flag, small things are not worth a word"
    );
}

#[test]
fn a_contract_is_no_behaviour() {
    assert!(refusal(&change(vec![Candidate { contract_only: true, ..candidate() }])).contains("contract"));
}

#[test]
fn a_new_resolver_of_a_field_is_contract_unless_critical() {
    let resolver = Candidate {
        area: "endpoint",
        tier: Tier::High,
        symbol: Some("OwnerType.resolve_hashed_path"),
        new_declaration: true,
        ..candidate()
    };
    assert!(refusal(&change(vec![resolver.clone()])).contains("contract"));
    only(&change(vec![Candidate { new_declaration: false, ..resolver.clone() }]));
    only(&change(vec![Candidate { tier: Tier::Critical, ..resolver }]));
}

#[test]
fn a_script_is_its_own_switch() {
    for path in ["scripts/backfill.py", "shop/orders/management/commands/backfill.py"] {
        let path: &'static RepoPath = Box::leak(Box::new(RepoPath::new(path)));
        assert!(refusal(&change(vec![Candidate { path, ..candidate() }])).contains("run by hand"));
    }
    let path: &'static RepoPath = Box::leak(Box::new(RepoPath::new("src/scriptsService/run.ts")));
    only(&change(vec![Candidate { path, ..candidate() }]));
}

#[test]
fn removed_code_can_not_be_switched_off() {
    let removal = Candidate { added_lines: 0, removed_lines: 80, ..candidate() };
    assert!(refusal(&change(vec![removal])).contains("mostly removed"));
    let mostly = Candidate { added_lines: 3, removed_lines: 80, ..candidate() };
    assert!(refusal(&change(vec![mostly])).contains("mostly removed"));
    let rewrite = Candidate { added_lines: 30, removed_lines: 200, ..candidate() };
    only(&change(vec![rewrite]));
}

#[test]
fn what_the_commits_say_counts() {
    for (subject, reason) in [
        ("Revert \"feat: tax by region\"", "revert"),
        ("chore(deps): bump gateway", "dependency"),
        ("docs: tax", "not meant"),
        ("test: tax", "not meant"),
        ("refactor: tax service", "refactoring"),
        ("Simplify the tax service", "refactoring"),
        ("chore: remove old tax", "takes something away"),
        ("fix: rounding of tax", "A fix of 30 lines"),
        ("TAX-12: Fix rounding", "A fix of 30 lines"),
        ("chore: tax", "A chore of 30 lines"),
    ] {
        let change = Change { subjects: vec![subject], ..change(vec![candidate()]) };
        let said = refusal(&change);
        assert!(said.contains(reason), "{subject}: {said}");
    }
    for subject in ["feat: tax by region", "Tax by region", "perf(tax): one query", "TAX-12: tax by region", ""] {
        only(&Change { subjects: vec![subject], ..change(vec![candidate()]) });
    }
}

#[test]
fn a_large_fix_and_a_chore_with_new_code_are_looked_at() {
    let large = Candidate { added_lines: 120, ..candidate() };
    only(&Change { subjects: vec!["fix: tax"], ..change(vec![large.clone()]) });
    assert!(refusal(&Change { subjects: vec!["chore: tax"], ..change(vec![large.clone()]) }).contains("chore"));
    let new = Candidate { new_declaration: true, ..large };
    only(&Change { subjects: vec!["chore: tax"], ..change(vec![new]) });
}

#[test]
fn small_changes_are_reviewed() {
    let of = |tier, added_lines, new_declaration| {
        change(vec![Candidate { tier, added_lines, new_declaration, ..candidate() }])
    };
    for (tier, lines, new, wanted) in [
        (Tier::Critical, 9, false, false),
        (Tier::Critical, 10, false, true),
        (Tier::Critical, 7, true, false),
        (Tier::Critical, 8, true, true),
        (Tier::High, 19, false, false),
        (Tier::High, 20, false, true),
        (Tier::High, 9, true, false),
        (Tier::High, 10, true, true),
    ] {
        let advice = advise(&of(tier, lines, new));
        assert_eq!(advice.recommendations.len() == 1, wanted, "{tier} {lines} {new}: {:?}", advice.reasons);
    }
    assert!(refusal(&of(Tier::High, 1, true)).contains("(1 line in"));
}

#[test]
fn a_region_counts_once_and_regions_of_an_area_add_up() {
    let half = Candidate { added_lines: 6, ..candidate() };
    let twice = vec![half.clone(), Candidate { finding: "F2", ..half.clone() }];
    assert!(refusal(&change(twice)).contains("6 lines"));
    let two = vec![half.clone(), Candidate { finding: "F2", lines: LineRange::new(100, 110), ..half }];
    assert_eq!(only(&change(two)).covers, ["F1", "F2"]);
}

#[test]
fn a_number_tuned_by_much_is_never_small() {
    let tuned = |old, new| Candidate {
        literal: Some((old, new)),
        names: vec!["CHARGE_TIMEOUT_MS"],
        added_lines: 1,
        removed_lines: 1,
        ..candidate()
    };
    only(&change(vec![tuned("5_000", "30_000")]));
    refusal(&change(vec![tuned("5000", "6000")]));
    refusal(&change(vec![tuned("0", "6000")]));
    refusal(&change(vec![tuned("\"a\"", "\"b\"")]));
    refusal(&change(vec![Candidate { names: vec!["port"], site: Site::default(), ..tuned("80", "8080") }]));
    refusal(&Change { subjects: vec!["fix: timeout"], ..change(vec![tuned("5", "30")]) });
}

#[test]
fn a_flag_in_the_same_function_is_reused() {
    let gate = NearbyGate { key: "billing-rework", same_declaration: true };
    let recommendation = only(&change(vec![Candidate { gates_nearby: vec![gate], ..candidate() }]));
    assert_eq!(recommendation.outcome, Outcome::ReuseExisting);
    assert_eq!(recommendation.flag.key, "billing-rework");
    assert!(recommendation.rationale.contains("same function"), "{}", recommendation.rationale);
}

#[test]
fn a_flag_of_the_same_subject_in_the_file_is_reused_and_no_other() {
    let with = |key| change(vec![Candidate { flags_in_file: vec![key], ..candidate() }]);
    assert_eq!(advise(&with("tax_calculation_enabled")).outcome, Outcome::Suggested, "tax alone is half of it");
    assert_eq!(advise(&with("tax_service_enabled")).outcome, Outcome::ReuseExisting);
    assert_eq!(advise(&with("enable-tax")).outcome, Outcome::ReuseExisting);
    assert_eq!(advise(&with("new-receipt-page")).outcome, Outcome::Suggested);
    let file_gate = NearbyGate { key: "new-receipt-page", same_declaration: false };
    assert_eq!(
        advise(&change(vec![Candidate { gates_nearby: vec![file_gate], ..candidate() }])).outcome,
        Outcome::Suggested
    );
}

#[test]
fn a_flag_that_is_brought_but_not_read_is_the_one_to_use() {
    let unread = |keys| only(&Change { flags_unread: keys, ..change(vec![candidate()]) });
    assert_eq!(unread(vec!["anything"]).flag.key, "anything");
    assert!(unread(vec!["anything"]).rationale.contains("nothing reads it yet"));
    assert_eq!(
        unread(vec!["receiptPage", "regionalTaxService"]).flag.key,
        "regionalTaxService",
        "of several, the fitting one"
    );
    assert_eq!(unread(vec!["receiptPage", "other"]).outcome, Outcome::Suggested);
    let beside = |unread| {
        let change = Change { flags_added: vec!["ENV_TAX"], flags_unread: unread, ..change(vec![candidate()]) };
        advise(&change).outcome
    };
    assert_eq!(beside(vec!["newTax"]), Outcome::ReuseExisting);
    assert_eq!(beside(vec!["receiptPage", "other"]), Outcome::AlreadyFlagged);
}

#[test]
fn a_feature_over_several_areas_gets_one_flag() {
    let endpoint = Candidate {
        finding: "F2",
        area: "endpoint",
        tier: Tier::High,
        symbol: Some("TaxController.post"),
        ..candidate()
    };
    let recommendation = only(&change(vec![endpoint, candidate()]));
    assert_eq!(recommendation.covers, ["F2", "F1"]);
    assert_eq!(recommendation.flag.key, "tax-calculation-v2", "named after the most critical code");
}

#[test]
fn two_new_features_get_two_flags_and_never_three() {
    let login = Candidate {
        finding: "F2",
        area: "auth",
        path: &LOGIN_PATH,
        symbol: Some("verifyPasskey"),
        new_declaration: true,
        ..candidate()
    };
    let tax = Candidate { new_declaration: true, ..candidate() };
    let advice = advise(&change(vec![tax.clone(), login.clone()]));
    let covers: Vec<_> = advice.recommendations.iter().map(|recommendation| recommendation.covers.join(" ")).collect();
    assert_eq!(covers, ["F1", "F2"]);
    let keys: Vec<_> = advice.recommendations.iter().map(|recommendation| recommendation.flag.key.as_str()).collect();
    assert_eq!(keys, ["tax-calculation", "passkey-verification"]);
    let mail = Candidate { finding: "F3", area: "integration", symbol: Some("sendMail"), ..login };
    assert_eq!(
        advise(&change(vec![tax, mail.clone(), Candidate { finding: "F4", area: "endpoint", ..mail }]))
            .recommendations
            .len(),
        2
    );
}

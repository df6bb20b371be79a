//! Changes made by hand, and what is advised on them.

mod decide;
mod naming;
mod plan;
mod snippet;

use super::*;
use std::sync::LazyLock;

static PATH: LazyLock<RepoPath> = LazyLock::new(|| RepoPath::new("src/billing/taxService.ts"));
static PYTHON_PATH: LazyLock<RepoPath> = LazyLock::new(|| RepoPath::new("shop/billing/tax_service.py"));
static PAGE_PATH: LazyLock<RepoPath> = LazyLock::new(|| RepoPath::new("src/checkout/TaxSummary.tsx"));
static LOGIN_PATH: LazyLock<RepoPath> = LazyLock::new(|| RepoPath::new("src/session/signIn.ts"));

/// Thirty changed lines of a method, in payments.
fn candidate() -> Candidate<'static> {
    Candidate {
        finding: "F1",
        area: "payments",
        tier: Tier::Critical,
        not_gateable: None,
        evidence: vec!["calls `gateway.charge`"],
        path: &PATH,
        lines: LineRange::new(40, 72),
        language: Some("TypeScript"),
        symbol: Some("TaxService.calculateTax"),
        added_lines: 30,
        removed_lines: 12,
        new_declaration: false,
        contract_only: false,
        names: vec!["rate", "total"],
        literal: None,
        replaced: None,
        choices: Vec::new(),
        flags_in_file: Vec::new(),
        gates_nearby: Vec::new(),
        site: Site {
            in_function: true,
            is_async: true,
            parameters: vec!["order", "region"],
            source_line: "    const total = gateway.charge(order);",
            indentation: "    ",
            line: 41,
            ..Site::default()
        },
    }
}

fn python(candidate: Candidate<'static>) -> Candidate<'static> {
    let site = Site { source_line: "        total = gateway.charge(order)", indentation: "        ", ..candidate.site };
    let symbol = Some("TaxService.calculate_tax");
    Candidate { path: &PYTHON_PATH, language: Some("Python"), symbol, site, ..candidate }
}

fn change(candidates: Vec<Candidate<'static>>) -> Change<'static> {
    Change { subjects: vec!["feat: tax by region"], coverage: Coverage::Uncovered, candidates, ..Change::default() }
}

fn known(keys: &[&'static str], provider: &'static str) -> Vec<KnownFlag<'static>> {
    keys.iter().map(|key| KnownFlag { key, provider, ..KnownFlag::default() }).collect()
}

/// The only recommendation.
fn only(change: &Change) -> Recommendation {
    let advice = advise(change);
    assert_eq!(advice.recommendations.len(), 1, "{advice:#?}");
    advice.recommendations.into_iter().next().expect("counted")
}

#[test]
fn a_recommendation_is_whole() {
    let recommendation = only(&change(vec![candidate()]));
    assert_eq!(recommendation.outcome, Outcome::Suggested);
    assert_eq!(recommendation.flag.key, "tax-calculation-v2");
    assert_eq!(recommendation.flag.name, "Tax calculation v2");
    assert_eq!(recommendation.covers, ["F1"]);
    assert_eq!(recommendation.rollout[0].audience, "internal test accounts");
    assert!(recommendation.kill_switch.when_off.contains("TaxService.calculateTax"));
    assert!(recommendation.rationale.contains("calls `gateway.charge`"), "{}", recommendation.rationale);
    assert!(recommendation.snippet.is_some());
}

#[test]
fn advice_is_the_same_on_every_run() {
    let mut change = change(vec![candidate(), Candidate { finding: "F2", area: "auth", ..candidate() }]);
    change.known_flags = known(&["a-b", "cD", "e_f"], "unleash");
    assert_eq!(advise(&change), advise(&change.clone()));
}

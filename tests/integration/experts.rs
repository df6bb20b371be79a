//! `preflag experts` as its users meet it.

use crate::support::{Repo, schema_errors};

const YEAR: i64 = 365 * 86_400;
const NOW: i64 = 1_720_000_000;

fn shop() -> Repo {
    let repo = Repo::empty();
    let edit = |by: &str, at: i64, path: &str, message: &str| {
        repo.write(&[(path, &format!("{by} {at}\n"))]).commit_as(by, at, message);
    };
    for number in 0..5 {
        edit("Old Olga", NOW - 3 * YEAR + number, "src/tax/rate.ts", "Rates");
    }
    edit("Ana", NOW - YEAR / 2, "src/tax/rate.ts", "fix: rates (#12)\n\nCo-authored-by: Bea Benz <bea@example.com>");
    edit("Ana", NOW - YEAR / 3, "src/tax/rate.ts", "More rates");
    edit("Ana", NOW - YEAR / 3, "src/tax/round.ts", "Round");
    edit("dependabot[bot]", NOW - 100, "src/tax/package.json", "Bump");
    edit("Bea Benz", NOW, "web/cart.ts", "Cart");
    repo
}

fn ask(repo: &Repo, arguments: &[&str]) -> String {
    let run = repo.preflag(&[&["experts"], arguments].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
    run.stdout
}

#[test]
fn people_and_programs_read_this() {
    let repo = shop();
    insta::assert_snapshot!("table-80", ask(&repo, &["src/tax", "--width", "80"]));
    insta::assert_snapshot!("two-paths", ask(&repo, &["src/tax/rate.ts", "web", "--left-after", "10000"]));
    let mut json: serde_json::Value = serde_json::from_str(&ask(&repo, &["src/tax", "--format", "json"])).unwrap();
    assert_eq!(schema_errors("experts", &json), [""; 0]);
    json["tool"]["version"] = "[version]".into();
    insta::assert_json_snapshot!("json", json);
}

#[test]
fn the_answer_is_the_same_with_and_without_the_cache() {
    let repo = shop();
    for number in 0..60 {
        let path = format!("src/f{}.ts", number % 7);
        repo.write(&[(path.as_str(), &number.to_string())]).commit_as("Cyd", NOW + number, "edit");
    }
    let without = ask(&repo, &[".", "--no-cache", "--format", "json"]);
    assert!(!repo.path().join(".git/preflag").exists());
    assert_eq!(ask(&repo, &[".", "--format", "json"]), without);
    assert!(repo.path().join(".git/preflag/history").is_file());
    assert_eq!(ask(&repo, &[".", "--format", "json"]), without);
    repo.preflag(&["cache", "clear"]);
    assert!(!repo.path().join(".git/preflag").exists());
}

#[test]
fn what_is_not_there_is_named() {
    let repo = shop();
    for wrong in ["src/nowhere", "../outside"] {
        let run = repo.preflag(&["experts", wrong]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
        assert!(run.stderr.contains(wrong) && run.stderr.contains("hint"), "{run:?}");
    }
    assert_eq!(repo.preflag(&["experts"]).code, 2);
    let limited = ask(&repo, &["src/tax", "--max-commits", "3"]);
    assert!(limited.contains("Only the newest 3 commits count"), "{limited}");
    assert!(ask(&repo, &["src", "--at", "HEAD~9"]).contains("Old Olga"));
}

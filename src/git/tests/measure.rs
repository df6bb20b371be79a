//! Not tests but measurements, on a repository of one's own: `PREFLAG_TEST_REPO=DIR cargo test -- --ignored measure`.

use super::*;
use std::time::{Duration, Instant};

fn given() -> std::path::PathBuf {
    std::env::var_os("PREFLAG_TEST_REPO").expect("PREFLAG_TEST_REPO names a repository").into()
}

fn newest_commits(dir: &Path, n: usize) -> Vec<String> {
    let listed = git(dir, &["rev-list", "--no-merges", &format!("--max-count={n}"), "HEAD"]);
    listed.expect("git rev-list works").lines().map(str::to_owned).collect()
}

#[test]
#[ignore = "needs a repository"]
fn time_against_git_diff() {
    let dir = given();
    let (mut ours, mut theirs) = (Duration::ZERO, Duration::ZERO);
    let commits = newest_commits(&dir, 200);
    let time = |total: &mut Duration, work: &dyn Fn()| {
        let start = Instant::now();
        work();
        *total += start.elapsed();
    };
    for commit in &commits {
        let range = format!("{commit}^..{commit}");
        time(&mut theirs, &|| drop(git(&dir, &["diff", &range])));
        time(&mut ours, &|| {
            let repository = Repository::open(&dir).unwrap();
            repository.change_set(&revisions(&range), &DiffLimits::default()).unwrap();
        });
    }
    eprintln!("{} commits: git diff {theirs:?} as processes, change_set {ours:?}", commits.len());
}

#[test]
#[ignore = "needs a repository"]
fn change_sets_alone() {
    let dir = given();
    for commit in newest_commits(&dir, 1_000) {
        let repository = Repository::open(&dir).unwrap();
        repository.change_set(&revisions(&format!("{commit}^!")), &DiffLimits::default()).unwrap();
    }
}

#[test]
#[ignore = "needs a repository"]
fn hunks_equal_those_of_git_diff() {
    let dir = given();
    let repository = Repository::open(&dir).unwrap();
    let (mut files, mut unequal) = (0, 0);
    for commit in newest_commits(&dir, 200) {
        let changes = repository.change_set(&revisions(&format!("{commit}^!")), &DiffLimits::default()).unwrap();
        let modified = changes
            .files
            .iter()
            .filter(|file| file.status == ChangeStatus::Modified && matches!(file.content, Content::Text { .. }));
        for file in modified {
            let range = format!("{commit}^..{commit}");
            let Some(patch) = git(&dir, &["diff", "-U0", "--inter-hunk-context=0", &range, "--", file.path.as_str()])
            else {
                continue;
            };
            let theirs: Vec<&str> =
                patch.lines().filter(|l| l.starts_with("@@")).map(|l| l.split(" @@").next().unwrap()).collect();
            let side = |after: u32, range: Option<LineRange>| match range {
                None => format!("{after},0"),
                Some(LineRange { start, end }) if start == end => start.to_string(),
                Some(LineRange { start, end }) => format!("{start},{}", end - start + 1),
            };
            let mine: Vec<String> = file
                .hunks
                .iter()
                .map(|h| format!("@@ -{} +{}", side(h.old_after, h.old), side(h.new_after, h.new)))
                .collect();
            files += 1;
            if theirs != mine {
                unequal += 1;
                eprintln!("{commit} {}: git {theirs:?} ours {mine:?}", file.path);
            }
        }
    }
    eprintln!("{unequal} of {files} files differ");
}

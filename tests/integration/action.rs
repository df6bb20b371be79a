//! The steps of action.yml, run as a runner runs them: payload, variables, files, and a checkout of one commit.

#![cfg(unix)]

use crate::publish::{CANARY, GitHub};
use crate::support::{Repo, UNGATED_CHARGE};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use wiremock::ResponseTemplate;

/// A repository on a server, where a branch left `main` long ago.
struct Origin {
    repo: Repo,
    main: String,
    before: String,
    feature: String,
}

impl Origin {
    fn new() -> Self {
        let repo = Repo::new(&[("README.md", "shop\n")]);
        repo.branch("feature", "HEAD");
        for at in 0..150 {
            repo.write(&[("notes.md", &format!("{at}\n"))]).commit("Note");
        }
        let main = git(repo.path(), &["rev-parse", "main"]);
        let before = git(repo.path(), &["rev-parse", "main~1"]);
        git(repo.path(), &["checkout", "-q", "feature"]);
        // What a pull request says of its own check does not count.
        repo.write(&[("src/billing/charge.js", UNGATED_CHARGE), (".preflag.yml", "policy: {fail-on: never}\n")]);
        repo.write(&[
            (
                ".preflag/waivers.yml",
                "waivers: [{area: payments, owner: mallory, reason: I say so myself, expires: 2099-01-01}]\n",
            ),
            (".preflag/rules/areas/payments.yaml", "broken: [\n"),
        ]);
        repo.commit("Charge");
        let feature = git(repo.path(), &["rev-parse", "feature"]);
        git(repo.path(), &["checkout", "-q", "main"]);
        Self { repo, main, before, feature }
    }
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    let output = command.args(arguments).current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// What a job left behind.
#[derive(Debug)]
struct Job {
    code: i32,
    log: String,
    summary: String,
    outputs: BTreeMap<String, String>,
    #[allow(dead_code, reason = "keeps the files")]
    folder: TempDir,
}

/// Where jobs run: what is on the PATH, and what they keep from one to the next.
struct Runner {
    path: String,
    /// Further variables.
    variables: Vec<(&'static str, String)>,
    /// RUNNER_TOOL_CACHE, and what `actions/cache` keeps by key.
    kept: TempDir,
}

impl Runner {
    /// With the program on the PATH.
    fn new() -> Self {
        let program = Path::new(env!("CARGO_BIN_EXE_preflag")).parent().unwrap();
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
        Self { path, variables: Vec::new(), kept: tempfile::tempdir().unwrap() }
    }

    /// Without the program, and with a `cargo` of this text in its place.
    fn bare(cargo: &str) -> Self {
        let runner = Self { path: String::new(), ..Self::new() };
        let folder = runner.kept.path().join("path");
        fs::create_dir(&folder).unwrap();
        executable(&folder.join("cargo"), cargo);
        let path = std::env::var("PATH").unwrap();
        let without = path.split(':').filter(|folder| !Path::new(folder).join("preflag").exists());
        let path = std::iter::once(folder.to_str().unwrap()).chain(without).collect::<Vec<_>>().join(":");
        Self { path, ..runner }
    }

    /// Whether a step runs: `steps.NAME.outputs.NAME == 'text'`.
    fn is_met(condition: &str, steps: &BTreeMap<String, BTreeMap<String, String>>) -> bool {
        let (place, text) = condition.split_once(" == ").unwrap_or_else(|| panic!("{condition}"));
        let ["steps", step, "outputs", name] = place.split('.').collect::<Vec<_>>()[..] else { panic!("{condition}") };
        let value = steps.get(step).and_then(|outputs| outputs.get(name)).map_or("", String::as_str);
        format!("'{value}'") == text
    }

    /// `actions/cache/restore` and `actions/cache/save`: what is kept under a key stays as it is.
    fn cache(&self, action: &str, key: &str, path: &Path) {
        assert!(!key.contains(',') && key.len() <= 512, "what GitHub refuses: {key}");
        let store = self.kept.path().join("cache").join(key);
        match action.split_once('@').unwrap().0 {
            "actions/cache/restore" if store.exists() => copy(&store, path),
            "actions/cache/save" if !store.exists() => copy(path, &store),
            "actions/cache/restore" | "actions/cache/save" => {}
            other => panic!("{other}"),
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    let status = Command::new("cp").arg("-R").args([from, to]).status().unwrap();
    assert!(status.success(), "{from:?} {to:?}");
}

fn executable(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(path, mode).unwrap();
}

/// Runs the steps of action.yml in a checkout of one commit of `main`.
fn job(origin: &Origin, event: &str, payload: &Value, api: &str, inputs: &[(&str, &str)]) -> Job {
    job_on(&Runner::new(), origin, event, payload, api, inputs)
}

fn job_on(runner: &Runner, origin: &Origin, event: &str, payload: &Value, api: &str, inputs: &[(&str, &str)]) -> Job {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let action: Value = serde_yaml::from_str(&fs::read_to_string(root.join("action.yml")).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let checkout = folder.path().join("checkout");
    let url = format!("file://{}", origin.repo.path().display());
    git(folder.path(), &["clone", "-q", "--depth", "1", "--branch", "main", &url, "checkout"]);
    fs::write(folder.path().join("event.json"), payload.to_string()).unwrap();
    let file = |name: &str| folder.path().join(name);
    let mut steps: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let (mut code, mut log) = (0, String::new());
    for step in action["runs"]["steps"].as_array().unwrap() {
        if code != 0 || step["if"].as_str().is_some_and(|condition| !Runner::is_met(condition, &steps)) {
            continue;
        }
        let outputs = file("outputs");
        fs::write(&outputs, "").unwrap();
        let value = |text: &str| match text.strip_prefix("${{ ").and_then(|text| text.strip_suffix(" }}")) {
            None => text.to_owned(),
            Some("github.token") => CANARY.to_owned(),
            Some(expression) => match expression.split('.').collect::<Vec<_>>()[..] {
                ["inputs", name] => {
                    let given = inputs.iter().find(|(input, _)| *input == name).map(|(_, value)| (*value).to_owned());
                    let default = action["inputs"][name]["default"].as_str().unwrap();
                    let default = if default == "${{ github.token }}" { CANARY } else { default };
                    given.unwrap_or_else(|| default.to_owned())
                }
                ["steps", step, "outputs", name] => steps[step][name].clone(),
                _ => panic!("{expression}"),
            },
        };
        if let Some(action) = step["uses"].as_str() {
            let with = |name: &str| value(step["with"][name].as_str().unwrap());
            runner.cache(action, &with("key"), Path::new(&with("path")));
            continue;
        }
        let mut command = Command::new("bash");
        // As `shell: bash` does it.
        command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"].as_str().unwrap()]);
        command.current_dir(&checkout).env_clear();
        for (name, value) in [
            ("PATH", runner.path.as_str()),
            ("GITHUB_ACTIONS", "true"),
            ("CI", "true"),
            ("GITHUB_EVENT_NAME", event),
            ("GITHUB_REPOSITORY", "o/r"),
            ("GITHUB_API_URL", api),
            ("GITHUB_SERVER_URL", "https://github.com"),
            ("GITHUB_SHA", &origin.main),
            ("RUNNER_OS", "Linux"),
            ("RUNNER_ARCH", "X64"),
        ] {
            command.env(name, value);
        }
        for (name, path) in [
            ("HOME", folder.path().to_owned()),
            ("GITHUB_ACTION_PATH", root.to_owned()),
            ("GITHUB_WORKSPACE", checkout.clone()),
            ("GITHUB_EVENT_PATH", file("event.json")),
            ("GITHUB_OUTPUT", outputs.clone()),
            ("GITHUB_STEP_SUMMARY", file("summary")),
            ("RUNNER_TEMP", file("temp")),
            ("RUNNER_TOOL_CACHE", runner.kept.path().join("tools")),
        ] {
            command.env(name, path);
        }
        command.envs(runner.variables.iter().map(|(name, value)| (name, value)));
        for (name, text) in step.get("env").and_then(Value::as_object).into_iter().flatten() {
            command.env(name, value(text.as_str().unwrap()));
        }
        let output = command.output().unwrap();
        code = output.status.code().unwrap();
        log += &String::from_utf8(output.stdout).unwrap();
        log += &String::from_utf8(output.stderr).unwrap();
        let id = step["id"].as_str().unwrap_or_default().to_owned();
        steps.insert(id, read_outputs(&outputs));
    }
    let summary = fs::read_to_string(file("summary")).unwrap_or_default();
    let outputs = steps.remove("judge").unwrap_or_default();
    let job = Job { code, log, summary, outputs, folder };
    assert!(!format!("{job:?}").contains("canary"), "the token leaks: {job:?}");
    job
}

/// Reads outputs as a runner does.
fn read_outputs(file: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(file).unwrap();
    let mut lines = text.lines();
    let mut outputs = BTreeMap::new();
    while let Some(line) = lines.next() {
        let (name, value) = match line.split_once("<<") {
            Some((name, word)) => {
                let value: Vec<&str> = lines.by_ref().take_while(|line| *line != word).collect();
                (name, value.join("\n"))
            }
            None => line.split_once('=').map(|(name, value)| (name, value.to_owned())).unwrap(),
        };
        outputs.insert(name.to_owned(), value);
    }
    outputs
}

fn pull_request(origin: &Origin, from: &str) -> Value {
    let side = |sha: &str, repo: &str| json!({"sha": sha, "ref": "x`::error::`", "repo": {"full_name": repo}});
    json!({"pull_request": {"number": 7, "base": side(&origin.main, "o/r"), "head": side(&origin.feature, from)}})
}

#[test]
fn each_event_is_judged_in_a_checkout_of_one_commit() {
    let origin = Origin::new();
    let made = || ResponseTemplate::new(201).set_body_json(json!({"id": 1}));

    let github = GitHub::new(&origin.feature, made());
    let pull = job(&origin, "pull_request", &pull_request(&origin, "o/r"), &github.address(), &[]);
    assert_eq!(pull.code, 1, "the config is that of the base commit: {pull:?}");
    for (name, value) in [("verdict", "fail"), ("tier", "critical"), ("coverage", "uncovered"), ("flags-added", "")] {
        assert_eq!(pull.outputs[name], value, "{name}: {pull:?}");
    }
    assert!(pull.log.contains("Fetched a commit that the checkout did not have."), "{}", pull.log);
    assert!(pull.log.contains("more commits of history"), "{}", pull.log);
    assert!(pull.log.contains("\n::error file=src/billing/charge.js,line="), "{}", pull.log);
    assert!(pull.summary.starts_with("### ❌ preflag: critical"), "{}", pull.summary);
    assert_eq!(github.posted().len(), 1);
    for (output, version) in [("report", "schema_version"), ("sarif", "version")] {
        let file: Value =
            serde_json::from_str(&fs::read_to_string(PathBuf::from(&pull.outputs[output])).unwrap()).unwrap();
        assert!(file.get(version).is_some());
    }

    let lenient = job(
        &origin,
        "pull_request",
        &pull_request(&origin, "o/r"),
        &github.address(),
        &[("fail-on", "never"), ("comment", "never")],
    );
    assert_eq!((lenient.code, lenient.outputs["verdict"].as_str()), (0, "warn"), "{lenient:?}");
    assert_eq!(github.posted().len(), 1, "no comment was asked for");

    let group = json!({"merge_group": {"base_sha": origin.main, "head_sha": origin.feature}});
    let group = job(&origin, "merge_group", &group, &github.address(), &[]);
    assert_eq!((group.code, group.outputs["verdict"].as_str()), (1, "fail"), "{group:?}");

    let repository = json!({"default_branch": "main"});
    let zero = "0".repeat(40);
    for (event, payload, code) in [
        ("push", json!({"before": origin.before, "after": origin.main, "repository": repository}), 0),
        ("push", json!({"before": zero, "after": origin.feature, "repository": repository}), 1),
        ("push", json!({"before": "1".repeat(40), "after": origin.feature, "repository": repository}), 1),
        ("push", json!({"before": origin.main, "after": zero, "deleted": true}), 0),
        ("workflow_dispatch", json!({"repository": repository}), 0),
        ("workflow_dispatch", json!({}), 2),
    ] {
        let job = job(&origin, event, &payload, &github.address(), &[]);
        assert_eq!(job.code, code, "{event} {payload}: {job:?}");
        assert_eq!(github.posted().len(), 1, "there is no pull request to comment on");
    }
}

/// What `scripts/action/get` says, where releases are in `releases` and nothing is kept yet.
struct Get {
    folder: TempDir,
    path: String,
}

impl Get {
    /// With a release whose only asset has this name and holds this program.
    fn new(asset: &str, program: &str) -> Self {
        let runner = Runner::bare("#!/bin/sh\nexit 1\n");
        let folder = tempfile::tempdir().unwrap();
        copy(&runner.kept.path().join("path"), &folder.path().join("path"));
        let path = runner.path.replace(runner.kept.path().to_str().unwrap(), folder.path().to_str().unwrap());
        let get = Self { folder, path };
        let release = get.release();
        fs::create_dir_all(&release).unwrap();
        let name = if asset.contains("windows") { "preflag.exe" } else { "preflag" };
        executable(&release.join(name), program);
        get.shell(&format!("tar -czf {asset} {name}; rm {name}; sha256sum *.gz > SHA256SUMS"));
        get
    }

    fn release(&self) -> PathBuf {
        self.folder.path().join(format!("releases/v{}", env!("CARGO_PKG_VERSION")))
    }

    fn shell(&self, script: &str) {
        assert!(Command::new("sh").args(["-ec", script]).current_dir(self.release()).status().unwrap().success());
    }

    fn on(&self, os: &str, arch: &str, releases: &str) -> (i32, BTreeMap<String, String>, String) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let output = self.folder.path().join("output");
        fs::write(&output, "").unwrap();
        let mut command = Command::new("bash");
        command.arg(root.join("scripts/action/get")).current_dir(self.folder.path()).env("GITHUB_ACTION_PATH", root);
        command.env("RUNNER_TOOL_CACHE", self.folder.path().join("tools")).env("GITHUB_OUTPUT", &output);
        command.env("PREFLAG_RELEASES", format!("file://{}/{releases}", self.folder.path().display()));
        command.env("RUNNER_OS", os).env("RUNNER_ARCH", arch).env("PATH", &self.path);
        let ran = command.output().unwrap();
        assert!(ran.stderr.is_empty(), "{}", String::from_utf8_lossy(&ran.stderr));
        (ran.status.code().unwrap(), read_outputs(&output), String::from_utf8(ran.stdout).unwrap())
    }
}

const LINUX: &str = "preflag-x86_64-unknown-linux-gnu.tar.gz";

fn fake() -> String {
    format!("#!/bin/sh\necho preflag {}\n", env!("CARGO_PKG_VERSION"))
}

#[test]
fn the_program_comes_from_a_release_whose_sum_is_right_or_is_built() {
    let get = Get::new(LINUX, &fake());
    let (code, outputs, said) = get.on("Linux", "X64", "nowhere");
    assert_eq!((code, outputs["how"].as_str()), (0, "build"), "{said}");
    assert!(said.contains("there is no release for x86_64-unknown-linux-gnu; it is built"), "{said}");
    let version = env!("CARGO_PKG_VERSION");
    assert!(outputs["key"].starts_with(&format!("preflag-x86_64-unknown-linux-gnu-{version}-")), "{outputs:?}");
    let (code, outputs, said) = get.on("Linux", "X64", "releases");
    assert_eq!((code, outputs["how"].as_str()), (0, "download"), "{said}");
    assert!(Command::new(&outputs["program"]).status().unwrap().success());
    assert_eq!(get.on("Linux", "X64", "nowhere").1["how"], "cache", "the tool cache keeps it");
}

#[test]
fn each_platform_has_its_asset_and_an_unknown_one_is_built() {
    for (os, arch, target) in [
        ("Linux", "ARM64", "aarch64-unknown-linux-gnu"),
        ("macOS", "ARM64", "aarch64-apple-darwin"),
        ("macOS", "X64", "x86_64-apple-darwin"),
        ("Windows", "X64", "x86_64-pc-windows-msvc"),
        ("Windows", "ARM64", "aarch64-pc-windows-msvc"),
    ] {
        let (code, outputs, said) = Get::new(&format!("preflag-{target}.tar.gz"), &fake()).on(os, arch, "releases");
        assert_eq!((code, outputs["how"].as_str()), (0, "download"), "{os} {arch}: {said}");
        assert_eq!(outputs["program"].ends_with(".exe"), os == "Windows", "{outputs:?}");
    }
    let get = Get::new(LINUX, &fake());
    for (os, arch) in [("Linux", "ARM"), ("Linux", "X86"), ("Plan9", "X64")] {
        let (code, outputs, said) = get.on(os, arch, "releases");
        assert_eq!((code, outputs["how"].as_str()), (0, "build"), "{os} {arch}: {said}");
    }
    let (code, outputs, said) = get.on("Linux\nhow=path", "X64", "releases");
    assert!(code == 2 && outputs.is_empty() && said.contains("are no names"), "{said}");
}

#[test]
fn a_release_that_is_not_right_is_not_run() {
    let get = Get::new(LINUX, &fake());
    get.shell(&format!("echo more >> {LINUX}"));
    let (code, outputs, said) = get.on("Linux", "X64", "releases");
    assert_eq!((code, outputs.len()), (2, 0), "a wrong sum ends the job: {said}");
    assert!(said.contains("::error title=preflag::the SHA-256 of"), "{said}");
    get.shell("echo 'nothing of ours' > SHA256SUMS");
    assert_eq!(get.on("Linux", "X64", "releases").0, 2, "no sum at all is as wrong");
    // Line ends of Windows are none of its business.
    let get = Get::new(LINUX, &fake());
    get.shell(&format!("sha256sum {LINUX} | sed 's/$/\\r/' > SHA256SUMS"));
    assert_eq!(get.on("Linux", "X64", "releases").1["how"], "download");
    // Without sums the asset is not taken.
    let get = Get::new(LINUX, &fake());
    get.shell("rm SHA256SUMS");
    assert_eq!(get.on("Linux", "X64", "releases").1["how"], "build");
    for program in ["#!/bin/sh\nexit 1\n", "#!/bin/sh\necho preflag 0.0.0\n"] {
        let (code, outputs, said) = Get::new(LINUX, program).on("Linux", "X64", "releases");
        assert_eq!((code, outputs["how"].as_str()), (0, "build"), "{said}");
        assert!(said.contains("does not run here; it is built"), "{said}");
    }
    let other = Get::new(LINUX, &fake());
    other.shell(&format!("echo x > x; tar -czf {LINUX} x; sha256sum *.gz > SHA256SUMS"));
    let (code, outputs, said) = other.on("Linux", "X64", "releases");
    assert_eq!((code, outputs["how"].as_str()), (0, "build"), "an asset without the program: {said}");
}

#[test]
fn without_a_release_it_is_built_once_and_cached() {
    let origin = Origin::new();
    let built = "#!/bin/sh\nset -e\necho \"cargo $* in $PWD\" >&2\n\
        while [ $# -gt 1 ]; do shift; [ \"$1\" != --root ] || root=$2; done\n\
        mkdir -p \"$root/bin\"\ncp \"$BUILT\" \"$root/bin/preflag\"\n";
    let mut runner = Runner::bare(built);
    runner.variables = vec![
        ("BUILT", env!("CARGO_BIN_EXE_preflag").to_owned()),
        ("PREFLAG_RELEASES", format!("file://{}/nowhere", runner.kept.path().display())),
    ];
    let judge = |runner: &Runner| {
        let never = [("comment", "never")];
        job_on(runner, &origin, "pull_request", &pull_request(&origin, "o/r"), "https://api.github.com", &never)
    };
    let first = judge(&runner);
    assert_eq!((first.code, first.outputs["verdict"].as_str()), (1, "fail"), "{first:?}");
    let built_in = format!("--path . --root {}", runner.kept.path().join("tools").display());
    assert!(
        first.log.contains(&built_in) && first.log.contains(&format!("in {}", env!("CARGO_MANIFEST_DIR"))),
        "{}",
        first.log
    );
    // Another machine with the same cache, then the same machine again.
    fs::remove_dir_all(runner.kept.path().join("tools")).unwrap();
    let second = judge(&runner);
    assert_eq!((second.code, second.outputs["verdict"].as_str()), (1, "fail"), "{second:?}");
    assert!(second.log.contains("restored from the cache") && !second.log.contains("cargo install"), "{}", second.log);
    assert!(judge(&runner).log.contains("found in the tool cache"));
    // What was restored does not run here: it is built, and the job does not end with a verdict that nobody gave.
    fs::remove_dir_all(runner.kept.path().join("tools")).unwrap();
    for entry in fs::read_dir(runner.kept.path().join("cache")).unwrap() {
        executable(&entry.unwrap().path().join("bin/preflag"), "#!/bin/sh\nexit 1\n");
    }
    let third = judge(&runner);
    assert_eq!((third.code, third.outputs["verdict"].as_str()), (1, "fail"), "{third:?}");
    assert!(third.log.contains("cargo install"), "{}", third.log);
    // A build that fails ends the job as what could not run.
    let mut broken = Runner::bare("#!/bin/sh\nexit 101\n");
    broken.variables = runner.variables.clone();
    let broken = judge(&broken);
    assert!(broken.code > 1 && broken.outputs.is_empty(), "{broken:?}");
}

#[test]
fn every_input_reaches_the_program_under_its_name() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let action: Value = serde_yaml::from_str(&fs::read_to_string(root.join("action.yml")).unwrap()).unwrap();
    let steps = action["runs"]["steps"].as_array().unwrap();
    let judge = steps.iter().find(|step| step["id"] == "judge").unwrap()["env"].as_object().unwrap();
    let help = Command::new(env!("CARGO_BIN_EXE_preflag")).args(["action", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    for input in action["inputs"].as_object().unwrap().keys().filter(|input| *input != "token") {
        let variable = format!("INPUT_{}", input.to_uppercase().replace('-', "_"));
        assert_eq!(judge[&variable], format!("${{{{ inputs.{input} }}}}"), "{input}");
        assert!(help.contains(&format!("[env: {variable}=")), "the program does not know {variable}");
    }
}

#[test]
fn a_waiver_in_the_description_is_read() {
    let origin = Origin::new();
    let github = GitHub::new(&origin.feature, ResponseTemplate::new(201).set_body_json(json!({"id": 1})));
    let mut payload = pull_request(&origin, "o/r");
    payload["pull_request"]["body"] = "A charge.\n\nPreflag-Waive: payments: Agreed with Ana, see INC-7\n".into();
    payload["pull_request"]["user"] = json!({"login": "ben"});
    let job = job(&origin, "pull_request", &payload, &github.address(), &[]);
    let report: Value = serde_json::from_str(&fs::read_to_string(&job.outputs["report"]).unwrap()).unwrap();
    assert_eq!(report["waivers"][0]["reason"], "Agreed with Ana, see INC-7", "{report:#}");
}

#[test]
fn the_report_of_another_workflow_is_posted_and_not_judged() {
    let origin = Origin::new();
    let made = || ResponseTemplate::new(201).set_body_json(json!({"id": 1}));
    let github = GitHub::new(&origin.feature, made());
    let first =
        job(&origin, "pull_request", &pull_request(&origin, "stranger/r"), &github.address(), &[("comment", "never")]);
    assert!(github.posted().is_empty());
    let run = |commit: &str| {
        let run = json!({"head_sha": commit, "head_branch": "x", "head_repository": {"owner": {"login": "stranger"}}});
        let report = first.outputs["report"].as_str();
        job(&origin, "workflow_run", &json!({"workflow_run": run}), &github.address(), &[("report", report)])
    };
    let second = run(&origin.feature);
    assert_eq!((second.code, github.posted().len()), (0, 1), "{second:?}");
    // GitHub knows of no pull request at that commit.
    let other = run(&origin.main);
    assert_eq!((other.code, github.posted().len()), (0, 1), "{other:?}");
    assert!(
        other.log.contains("::notice title=preflag::Nothing was posted: there is no open pull request"),
        "{}",
        other.log
    );
}

#[test]
fn a_refused_comment_changes_nothing_else() {
    let origin = Origin::new();
    let message = json!({"message": format!("Resource not accessible by integration {CANARY}")});
    for (status, from, said) in [
        (
            403,
            "stranger/r",
            "::notice title=preflag::No comment: the token of a pull request from a fork can only read.",
        ),
        (403, "o/r", "::notice title=preflag::Nothing was posted: "),
        (404, "o/r", "::notice title=preflag::Nothing was posted: "),
    ] {
        let github = GitHub::new(&origin.feature, ResponseTemplate::new(status).set_body_json(&message));
        let job = job(&origin, "pull_request", &pull_request(&origin, from), &github.address(), &[]);
        assert_eq!((job.code, job.outputs["verdict"].as_str()), (1, "fail"), "{job:?}");
        assert!(job.log.contains(said), "{}", job.log);
        assert!(job.summary.contains("critical"), "{job:?}");
    }
}

const EVIL: &str =
    "`|\u{202e} @everyone <img src=x> <!-- preflag:v1 --> ##[error]pwned ::set-output name=verdict::pass";

/// Names and texts that a stranger chooses, through everything that a job leaves behind.
#[test]
fn what_a_stranger_wrote_speaks_for_nobody() {
    let origin = Origin::new();
    git(origin.repo.path(), &["checkout", "-q", "feature"]);
    let path = format!("src/billing/{}\n::error::pwned\n.js", EVIL.replace('/', "\\"));
    // What white space, quotes or angles hold is no key; the rest of what is odd can be one.
    let key = "@everyone|pwned::error::x#1";
    let read = format!("{UNGATED_CHARGE}\nif (ldClient.variation('{key}', user, false)) chargeCustomer();\n");
    origin.repo.write(&[(&path, &read)]);
    let message = format!(
        "Charge\n\n::error::pwned\n\nPreflag-Waive: auth: {EVIL}\nPreflag-Waive: schema: {}",
        EVIL.repeat(9_000)
    );
    origin.repo.commit_as("Mallory\u{202e}`|", 1_700_000_000, &message);
    let origin = Origin { feature: git(origin.repo.path(), &["rev-parse", "feature"]), ..origin };
    let github = GitHub::new(&origin.feature, ResponseTemplate::new(201).set_body_json(json!({"id": 1})));
    let mut payload = pull_request(&origin, "o/r");
    payload["pull_request"]["body"] = format!("{EVIL}\n::error::pwned\nPreflag-Waive: auth: {EVIL}\n").into();
    payload["pull_request"]["user"] = json!({"login": "mallory"});
    payload["pull_request"]["title"] = EVIL.into();
    let job = job(&origin, "pull_request", &payload, &github.address(), &[("check-run", "true")]);
    assert_eq!((job.code, job.outputs["verdict"].as_str()), (1, "fail"), "{}", job.log);
    let names: Vec<&str> = job.outputs.keys().map(String::as_str).collect();
    let all = "coverage findings flags-added flags-modified flags-removed outcome report sarif score tier verdict";
    assert_eq!(names.join(" "), all);
    assert_eq!(job.outputs["flags-added"], key);
    for line in job.log.lines().map(str::trim_start) {
        let ours = ["::error file=", "::warning file=", "::notice file=", "::notice title=preflag::"];
        assert!(!line.starts_with("::") || ours.iter().any(|ours| line.starts_with(ours)), "{line}");
        assert!(line.starts_with("::") || !line.contains("##["), "{line}");
    }
    let posted = github.posted();
    let comment = posted[0]["body"].as_str().unwrap();
    for text in [&job.log, &job.summary, comment] {
        let hidden = |character: char| ('\u{202a}'..='\u{202e}').contains(&character) || character == '\u{1b}';
        assert!(!text.contains(hidden), "{text}");
    }
    for page in [&job.summary, comment] {
        assert!(page.len() < 65_536 && !page.contains("@everyone") && !page.contains("<img"), "{page}");
        assert!(!page.lines().any(|line| line.trim_start().starts_with("::")), "{page}");
    }
    assert_eq!((comment.matches("<!--").count(), job.summary.matches("<!--").count()), (1, 0));
    for annotation in posted[1]["output"]["annotations"].as_array().unwrap() {
        assert!(annotation["message"].as_str().unwrap().len() < 5_000, "{annotation}");
    }
}

#[test]
fn parts_of_a_monorepo_are_judged_and_commented_on_each_by_itself() {
    let origin = Origin::new();
    let made = || ResponseTemplate::new(201).set_body_json(json!({"id": 1}));
    let github = GitHub::new(&origin.feature, made());
    let judge = |inputs: &[(&str, &str)]| {
        job(&origin, "pull_request", &pull_request(&origin, "o/r"), &github.address(), inputs)
    };
    let web = judge(&[("paths", "apps/web/**\n"), ("comment-id", "web")]);
    assert_eq!((web.code, web.outputs["verdict"].as_str()), (0, "pass"), "{web:?}");
    assert!(github.posted().is_empty(), "there is nothing to say about it");
    assert!(web.log.contains("about what was not analysed") && web.summary.contains("files are outside"), "{web:?}");
    let billing = judge(&[("paths", "apps/web/**\nsrc/billing/\n"), ("comment-id", "billing")]);
    assert_eq!((billing.code, billing.outputs["verdict"].as_str()), (1, "fail"), "{billing:?}");
    let posted = github.posted();
    let body = posted[0]["body"].as_str().unwrap();
    assert!(body.starts_with("<!-- preflag:v1 billing -->\n### ❌ preflag (billing): critical"), "{body}");
    assert!(body.contains("3 files outside the judged paths"), "{body}");
    assert_ne!(web.outputs["report"], billing.outputs["report"]);
    let bad = judge(&[("paths", "/apps")]);
    assert_eq!((bad.code, bad.outputs.len()), (2, 0), "{bad:?}");
}

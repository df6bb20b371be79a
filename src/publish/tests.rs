//! A GitHub that fails in every way, on loopback: what is posted, how often, and that the token stays here.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::client::Pace;
use super::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

const TOKEN: &str = "ghs_canary0123456789";
const HEAD: &str = "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c";
const BOT: &str = "github-actions[bot]";

/// How a GitHub behaves besides what it does well.
type Fault = Box<dyn Fn(&Request, &mut State) -> Option<ResponseTemplate> + Send + Sync>;

/// What a GitHub knows.
#[derive(Default)]
struct State {
    comments: BTreeMap<u64, (String, String)>,
    next: u64,
    checks: Vec<Value>,
    /// What was said in reviews: their bodies, and the comments' of all.
    reviews: Vec<Value>,
    remarks: Vec<Value>,
    /// `GET /repos/o/r/pulls/7`
    seen: Vec<String>,
    bodies: Vec<Value>,
    /// How often each method was answered with a fault.
    faults: usize,
}

impl State {
    fn add(&mut self, author: &str, body: &str) -> u64 {
        self.next += 1;
        self.comments.insert(self.next, (author.to_owned(), body.to_owned()));
        self.next
    }

    fn count(&self, method: &str) -> usize {
        self.seen.iter().filter(|line| line.starts_with(method)).count()
    }
}

#[derive(Clone)]
struct GitHub {
    state: Arc<Mutex<State>>,
    fault: Arc<Fault>,
}

impl Respond for GitHub {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut state = self.state.lock().unwrap();
        assert_eq!(request.headers["authorization"], format!("Bearer {TOKEN}").as_str());
        state.seen.push(format!("{} {}", request.method, request.url.path()));
        if let Ok(body) = serde_json::from_slice(&request.body) {
            state.bodies.push(body);
        }
        if let Some(fault) = (self.fault)(request, &mut state) {
            state.faults += 1;
            return fault;
        }
        answer(request, &mut state)
    }
}

/// A GitHub in good health.
fn answer(request: &Request, state: &mut State) -> ResponseTemplate {
    let ok = |body: Value| ResponseTemplate::new(200).set_body_json(body);
    let missing = || ResponseTemplate::new(404).set_body_json(json!({"message": "Not Found"}));
    let path = request.url.path();
    let path = path.strip_prefix("/api/v3").unwrap_or(path).trim_start_matches("/repos/o/r/").to_owned();
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let comment = |id: u64, (author, body): &(String, String)| {
        let kind = if author.ends_with("[bot]") { "Bot" } else { "User" };
        json!({"id": id, "body": body, "user": {"login": author, "type": kind}})
    };
    match (request.method.as_str(), path.as_str()) {
        ("GET", "pulls/7") => ok(json!({"number": 7, "head": {"sha": HEAD}, "merge_commit_sha": null})),
        ("GET", "pulls") => {
            let head = request.url.query_pairs().find(|(name, _)| name == "head").unwrap().1.into_owned();
            let sha = if head == "stranger:x#y" { HEAD } else { "0" };
            ok(json!([{"number": 6, "head": {"sha": "1"}}, {"number": 7, "head": {"sha": sha}}]))
        }
        ("GET", "issues/7/comments") => {
            let page: usize = request.url.query_pairs().find(|(name, _)| name == "page").unwrap().1.parse().unwrap();
            let all: Vec<Value> = state.comments.iter().map(|(id, one)| comment(*id, one)).collect();
            let shown: Vec<Value> = all.iter().skip((page - 1) * 100).take(100).cloned().collect();
            let more = all.len() > page * 100;
            let answer = ok(json!(shown));
            // Its address leads to another host, where nobody must go.
            let link = "<http://evil.example/next>; rel=\"next\", <http://evil.example/last>; rel=\"last\"";
            if more { answer.insert_header("link", link) } else { answer }
        }
        ("POST", "issues/7/comments") => {
            let id = state.add(BOT, body["body"].as_str().unwrap());
            ResponseTemplate::new(201).set_body_json(comment(id, &state.comments[&id].clone()))
        }
        ("GET", "pulls/7/files") => ok(json!([
            {"filename": "large.ts"},
            {"filename": "src/billing/tax-service.ts", "patch": "@@ -36,6 +37,8 @@ x\n a\n b\n c\n d\n+    const total = 1;\n+  x"},
        ])),
        ("GET", "pulls/7/reviews") => ok(json!(state.reviews)),
        ("GET", "pulls/7/comments") => ok(json!(state.remarks)),
        ("POST", "pulls/7/reviews") => {
            let user = json!({"login": BOT, "type": "Bot"});
            let review = json!({"id": 1, "user": user, "body": body["body"], "commit_id": body["commit_id"]});
            for remark in body["comments"].as_array().unwrap() {
                let id = 20 + state.remarks.len();
                state.remarks.push(json!({"id": id, "user": user, "body": remark["body"], "sent": remark}));
            }
            state.reviews.push(review.clone());
            ok(review)
        }
        ("POST", "/graphql" | "/api/graphql") => ok(json!({"data": {"viewer": {"login": BOT}}})),
        ("POST", "check-runs") => {
            state.checks.push(body);
            ResponseTemplate::new(201).set_body_json(json!({"id": 5}))
        }
        ("PATCH", "check-runs/5") => {
            state.checks.push(body);
            ok(json!({"id": 5}))
        }
        ("DELETE", path) if path.starts_with("pulls/comments/") => {
            let id: u64 = path.rsplit('/').next().unwrap().parse().unwrap();
            state.remarks.retain(|remark| remark["id"] != id);
            ResponseTemplate::new(204)
        }
        (method @ ("PATCH" | "DELETE"), path) => {
            let id: u64 = path.rsplit('/').next().unwrap().parse().unwrap();
            match (method, state.comments.get_mut(&id)) {
                (_, None) => missing(),
                ("PATCH", Some(one)) => {
                    one.1 = body["body"].as_str().unwrap().to_owned();
                    ok(comment(id, &one.clone()))
                }
                (_, Some(_)) => {
                    state.comments.remove(&id);
                    ResponseTemplate::new(204)
                }
            }
        }
        _ => missing(),
    }
}

/// A server, and what it knows.
struct World {
    server: MockServer,
    state: Arc<Mutex<State>>,
    runtime: tokio::runtime::Runtime,
}

fn fast() -> Pace {
    Pace {
        tries: 3,
        first_wait: Duration::from_millis(1),
        patience: Duration::from_millis(1500),
        answer: Duration::from_millis(300),
    }
}

impl World {
    fn new() -> Self {
        Self::with(|_, _| None)
    }

    fn with(fault: impl Fn(&Request, &mut State) -> Option<ResponseTemplate> + Send + Sync + 'static) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        let github = GitHub { state: state.clone(), fault: Arc::new(Box::new(fault)) };
        let server = runtime.block_on(async {
            let server = MockServer::start().await;
            Mock::given(any()).respond_with(github).mount(&server).await;
            server
        });
        Self { server, state, runtime }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn add(&self, author: &str, body: &str) -> u64 {
        self.state().add(author, body)
    }

    /// Bodies with our marker, by the bot.
    fn ours(&self) -> Vec<String> {
        let marked = |body: &&(String, String)| body.0 == BOT && body.1.starts_with("<!-- preflag:v1");
        self.state().comments.values().filter(marked).map(|(_, body)| body.clone()).collect()
    }

    fn post(&self, report: &Report) -> Result<Posted, PublishError> {
        self.post_with(report, |_| {})
    }

    fn post_with<'a>(&self, report: &'a Report, change: impl Fn(&mut Wish<'a>)) -> Result<Posted, PublishError> {
        let token = Token::from_variables(|_| Some(TOKEN.to_owned())).unwrap();
        let target = Target::new(&self.server.uri(), "o/r", Some("https://github.com")).unwrap();
        let mut wish = Wish {
            report,
            to: Addressee::Number(7),
            when: When::Findings,
            when_settled: WhenSettled::Delete,
            id: None,
            check_run: false,
            review: false,
            author: None,
            is_actions: true,
            is_own: true,
            began_at: None,
        };
        change(&mut wish);
        let posted = post_at(&target, &token, &wish, fast());
        let said = match &posted {
            Ok(posted) => format!("{posted:?}"),
            Err(error) => format!("{error} {error:?} {:?}", error.hint()),
        };
        assert!(!said.contains("canary"), "the token leaks: {said}");
        posted
    }

    fn settle(&self, report: &Report) -> Result<Settled, PublishError> {
        self.post(report)?.comment.expect("one was wished for")
    }
}

fn report(name: &str) -> Report {
    let path = format!("{}/testdata/reports/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let mut report: Report = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    report.range.head = HEAD.to_owned();
    report
}

fn text(report: &Report) -> String {
    render_comment(report, &CommentOptions { id: None, repository: Some("https://github.com/o/r") })
}

#[test]
fn one_comment_comes_changes_in_place_and_goes() {
    let world = World::new();
    let (typical, covered, clean) = (report("typical"), report("everything"), report("clean"));
    world.add("ana", "Looks good");
    assert_eq!(world.settle(&clean).unwrap(), Settled::Nothing);
    assert_eq!(world.state().count("POST"), 0);
    assert_eq!(world.settle(&typical).unwrap(), Settled::Created);
    assert_eq!(world.ours(), [text(&typical)]);
    assert_eq!(world.settle(&typical).unwrap(), Settled::Unchanged);
    assert_eq!(world.state().count("PATCH"), 0, "what is there already is not sent again");
    assert_eq!(world.settle(&covered).unwrap(), Settled::Updated);
    assert_eq!(world.ours(), [text(&covered)]);
    assert_eq!(world.settle(&clean).unwrap(), Settled::Deleted);
    assert_eq!(world.ours(), [""; 0]);
    assert_eq!(world.state().comments.len(), 1, "a person's comment stays");
    // With `always` there is one, with `never` nobody even looks.
    let always = world.post_with(&clean, |wish| wish.when = When::Always).unwrap();
    assert_eq!(always.comment.unwrap().unwrap(), Settled::Created);
    let seen = world.state().seen.len();
    let never = world.post_with(&typical, |wish| wish.when = When::Never).unwrap();
    assert!(never.comment.is_none());
    assert_eq!(world.state().seen.len(), seen + 1, "only the pull request is read");
}

#[test]
fn only_our_own_marked_comment_is_ours() {
    let world = World::new();
    let report = report("typical");
    let marker = marker(None);
    for (author, body) in [
        ("ana", format!("{marker}\nI pasted this")),
        ("github-actions", format!("{marker}\na person of that name")),
        ("other[bot]", format!("{marker}\nanother bot")),
        (BOT, "another action".to_owned()),
        (BOT, format!("> {marker}\nquoted")),
        (BOT, format!("x\n{marker}\nnot in the first line")),
        (BOT, format!("{marker} \nnot exactly")),
    ] {
        world.add(author, &body);
    }
    assert_eq!(
        world.post_with(&report, |wish| wish.id = Some("web")).unwrap().comment.unwrap().unwrap(),
        Settled::Created
    );
    let before: Vec<_> = world.state().comments.values().take(7).cloned().collect();
    assert_eq!(world.settle(&report).unwrap(), Settled::Created);
    assert_eq!(world.state().comments.values().take(7).cloned().collect::<Vec<_>>(), before);
    assert_eq!(world.ours().len(), 3, "one without a name, one of `web`, and one that only looks like it");
    assert_eq!(world.state().count("PATCH"), 0);
    assert_eq!(world.state().count("DELETE"), 0);
    // A comment that went through an editor with other line ends is still ours, and still says the same.
    let id = *world.state().comments.keys().last().unwrap();
    let edited = text(&report).replace('\n', "\r\n");
    world.state().comments.get_mut(&id).unwrap().1 = edited;
    assert_eq!(world.settle(&report).unwrap(), Settled::Unchanged);
}

#[test]
fn all_pages_are_read_and_no_foreign_one() {
    let world = World::new();
    let report = report("typical");
    (0..250).for_each(|at| {
        world.add("ana", &format!("c{at}"));
    });
    assert_eq!(world.settle(&report).unwrap(), Settled::Created);
    assert_eq!(world.state().comments.len(), 251);
    assert_eq!(world.settle(&report).unwrap(), Settled::Unchanged);
    assert_eq!(world.state().comments.len(), 251, "it is on the third page");
    // Beyond the last page that we read there might be ours: then none is made.
    (0..5000).for_each(|at| {
        world.add("ana", &format!("c{at}"));
    });
    let error = world.settle(&report).unwrap_err();
    assert!(matches!(error, PublishError::TooManyComments { limit: 5000 }), "{error}");
    assert_eq!(world.state().comments.len(), 5251);
}

#[test]
fn a_lost_answer_makes_no_second_comment() {
    // The first two creates do their work and answer with nonsense.
    for nonsense in [
        || ResponseTemplate::new(502),
        || ResponseTemplate::new(201).set_body_raw("{\"id\": 1, \"bo", "application/json"),
        || ResponseTemplate::new(201).set_delay(Duration::from_millis(800)),
    ] {
        let world = World::with(move |request, state| {
            let is_create = request.method == "POST" && request.url.path().ends_with("/comments");
            (is_create && state.faults < 2).then(|| {
                answer(request, state);
                nonsense()
            })
        });
        assert_eq!(world.settle(&report("typical")).unwrap(), Settled::Created);
        assert_eq!(world.ours().len(), 1);
        assert_eq!(
            world.state().seen.iter().filter(|line| line.ends_with("POST /repos/o/r/issues/7/comments")).count(),
            1
        );
    }
    // Nothing was done: then it is tried again, after a look.
    let world = World::with(|request, state| {
        (request.method == "POST" && state.faults < 2).then(|| ResponseTemplate::new(503))
    });
    assert_eq!(world.settle(&report("typical")).unwrap(), Settled::Created);
    assert_eq!(world.ours().len(), 1);
}

#[test]
fn two_runs_at_once_leave_one_comment() {
    // The other run's comment appears while ours is made.
    let theirs = format!("{}\ntheirs", marker(None));
    let other = theirs.clone();
    let world = World::with(move |request, state| {
        if request.method == "POST" && request.url.path().ends_with("/comments") {
            state.add(BOT, &other);
        }
        None
    });
    let report = report("typical");
    assert_eq!(world.settle(&report).unwrap(), Settled::Created);
    assert_eq!(world.ours(), [text(&report)], "the older one stays and says what the younger did");
    assert_eq!(*world.state().comments.keys().next().unwrap(), 1);
    // What an earlier pair left is tidied too.
    world.add(BOT, &theirs);
    world.add(BOT, &theirs);
    assert_eq!(world.settle(&report).unwrap(), Settled::Unchanged);
    assert_eq!(world.ours().len(), 1);
    // And really at once.
    let world = World::new();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| world.settle(&report).map(drop).unwrap());
        }
    });
    world.settle(&report).unwrap();
    assert_eq!(world.ours(), [text(&report)]);
}

#[test]
fn a_comment_deleted_meanwhile_is_made_anew() {
    let world = World::with(|request, state| {
        if request.method == "PATCH" && state.faults == 0 {
            state.comments.clear();
        }
        None
    });
    world.add(BOT, &format!("{}\nold", marker(None)));
    let report = report("typical");
    assert_eq!(world.settle(&report).unwrap(), Settled::Created);
    assert_eq!(world.ours(), [text(&report)]);
}

#[test]
fn reads_and_updates_are_repeated_and_then_given_up() {
    for (name, fault) in [
        ("502", (|| ResponseTemplate::new(502)) as fn() -> ResponseTemplate),
        ("slow", || ResponseTemplate::new(200).set_delay(Duration::from_secs(2))),
        ("truncated", || ResponseTemplate::new(200).set_body_raw("[{\"id\": 1,", "application/json")),
        ("html", || ResponseTemplate::new(200).set_body_raw("<html>", "text/html")),
    ] {
        let once = World::with(move |request, state| {
            (request.url.path().ends_with("/comments") && request.method == "GET" && state.faults == 0).then(fault)
        });
        assert_eq!(once.settle(&report("typical")).unwrap(), Settled::Created, "{name}");
        let always = World::with(move |_, _| Some(fault()));
        let error = always.settle(&report("typical")).unwrap_err();
        assert!(matches!(error, PublishError::Outage { .. }), "{name}: {error}");
        assert_eq!(always.state().seen.len(), 3, "{name}");
    }
}

#[test]
fn refusals_are_told_once_and_not_repeated() {
    for (status, sentence) in [
        (401, "GitHub answers 401, Bad *** token"),
        (403, "GitHub answers 403, Bad *** token"),
        (404, "GitHub answers 404, Bad *** token"),
        (422, "GitHub answers 422, Bad *** token"),
    ] {
        // A server that repeats what it was sent.
        let refuse = move |method: &'static str| {
            move |request: &Request, _: &mut State| {
                let message = json!({"message": format!("Bad {TOKEN} token")});
                (request.method == method).then(|| ResponseTemplate::new(status).set_body_json(message))
            }
        };
        for method in ["GET", "POST"] {
            let world = World::with(refuse(method));
            let error = world.settle(&report("typical")).unwrap_err();
            assert!(error.to_string().ends_with(sentence), "{error}");
            assert_eq!(error.is_read_only(), status == 403);
            assert!(error.hint().is_some() || status == 422);
            assert_eq!(world.state().count(method), 1, "{status} {method}");
            assert_eq!(world.ours(), [""; 0]);
        }
    }
}

#[test]
fn rate_limits_are_waited_for_up_to_a_point() {
    let limited = |seconds: &'static str, status: u16| {
        move |request: &Request, state: &mut State| {
            let message = json!({"message": "You have exceeded a secondary rate limit"});
            (request.method == "POST" && state.faults == 0)
                .then(|| ResponseTemplate::new(status).insert_header("retry-after", seconds).set_body_json(message))
        }
    };
    for status in [403, 429] {
        let world = World::with(limited("1", status));
        let start = std::time::Instant::now();
        assert_eq!(world.settle(&report("typical")).unwrap(), Settled::Created);
        assert!(start.elapsed() >= Duration::from_secs(1), "it waits as long as it was asked to");
        assert_eq!(world.ours().len(), 1);
        let world = World::with(limited("3600", status));
        let error = world.settle(&report("typical")).unwrap_err();
        assert!(matches!(error, PublishError::Limited { seconds: 3600, .. }), "{error}");
        assert!(!error.is_read_only());
    }
    // The hourly limit says until when.
    let world = World::with(|_, _| {
        let fault = ResponseTemplate::new(403).insert_header("x-ratelimit-remaining", "0");
        Some(fault.insert_header("x-ratelimit-reset", "4102444800"))
    });
    assert!(matches!(world.settle(&report("typical")), Err(PublishError::Limited { .. })));
}

#[test]
fn the_token_goes_to_no_other_host() {
    let other = World::new();
    // Another host that would answer, and asks for nothing: it must not see the token.
    let open = other.runtime.block_on(async {
        let server = MockServer::start().await;
        let pull = json!({"number": 7, "head": {"sha": HEAD}});
        Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_json(pull)).mount(&server).await;
        server
    });
    let address = format!("{}/elsewhere", open.uri());
    let world = World::with(move |request, _| {
        request
            .url
            .path()
            .ends_with("pulls/7")
            .then(|| ResponseTemplate::new(302).insert_header("location", address.as_str()))
    });
    world.settle(&report("typical")).unwrap();
    let received = other.runtime.block_on(open.received_requests()).unwrap();
    assert_eq!(received.len(), 1);
    assert!(!received[0].headers.contains_key("authorization"));
}

#[test]
fn a_report_goes_only_where_github_says() {
    let world = World::new();
    let source =
        |commit: &str| Addressee::Source(Source { head: "stranger:x#y".to_owned(), commit: commit.to_owned() });
    let report = report("typical");
    let posted = world.post_with(&report, |wish| (wish.to, wish.is_own) = (source(HEAD), false)).unwrap();
    assert_eq!((posted.pull, world.ours().len()), (7, 1));
    // No pull request of that branch is there.
    let error = world.post_with(&report, |wish| wish.to = source(&"3".repeat(40))).unwrap_err();
    assert!(matches!(error, PublishError::NoPullRequest { .. }), "{error}");
    // The report is about something else.
    let mut forged = report.clone();
    forged.range.head = "4".repeat(40);
    let posted = world.post(&forged).unwrap();
    assert_eq!((posted.moved_on.as_deref(), posted.comment.is_none()), (Some(HEAD), true));
    // Ours may be about the trial merge of this very head, someone else's may not.
    let own = |is_own| world.post_with(&forged, |wish| (wish.is_own, wish.began_at) = (is_own, Some(HEAD))).unwrap();
    assert!(own(false).comment.is_none());
    assert_eq!(own(true).comment.unwrap().unwrap(), Settled::Updated);
}

#[test]
fn check_runs_take_fifty_annotations_a_request() {
    let world = World::new();
    let mut many = report("typical");
    many.findings = many.findings.iter().cycle().take(130).cloned().collect();
    let annotations = many.findings.iter().filter(|finding| finding.side == crate::terms::Side::New).count();
    let check = |world: &World, report: &Report, is_own| {
        let posted = world.post_with(report, |wish| (wish.check_run, wish.is_own) = (true, is_own)).unwrap();
        posted.check_run.unwrap().unwrap()
    };
    assert_eq!(check(&world, &many, true), annotations);
    {
        let state = world.state();
        let sizes: Vec<usize> =
            state.checks.iter().map(|check| check["output"]["annotations"].as_array().unwrap().len()).collect();
        assert_eq!(sizes, [50, 50, 30]);
        assert_eq!((&state.checks[0]["conclusion"], &state.checks[0]["head_sha"]), (&json!("failure"), &json!(HEAD)));
        let first = &state.checks[0]["output"]["annotations"][0];
        assert_eq!((&first["start_line"], &first["annotation_level"]), (&json!(41), &json!("failure")));
        assert!(!state.checks[0]["output"]["summary"].as_str().unwrap().contains("<!--"));
    }
    check(&world, &report("clean"), true);
    assert_eq!(world.state().checks.last().unwrap()["conclusion"], "success");
    check(&world, &report("clean"), false);
    assert_eq!(world.state().checks.last().unwrap()["conclusion"], "neutral", "a stranger's word makes no check green");
}

#[test]
fn a_persons_token_asks_for_its_own_name() {
    let world = World::with(|request, _| {
        let is_user = request.url.path() == "/user";
        is_user.then(|| {
            ResponseTemplate::new(403).set_body_json(json!({"message": "Resource not accessible by integration"}))
        })
    });
    world.add(BOT, &format!("{}\nold", marker(None)));
    // This token says by its beginning that it is an app's, so nobody asks for a user.
    assert_eq!(world.settle(&report("typical")).unwrap(), Settled::Updated);
    assert!(!world.state().seen.contains(&"GET /user".to_owned()));
    // Said by hand, nobody is asked at all.
    world.state().seen.clear();
    let posted = world.post_with(&report("everything"), |wish| wish.author = Some(BOT)).unwrap();
    assert_eq!(posted.comment.unwrap().unwrap(), Settled::Updated);
    assert_eq!(world.state().count("POST"), 0);
    // Without GraphQL, in Actions, we are the bot; elsewhere nobody can tell.
    let world = World::with(|request, _| request.url.path().ends_with("graphql").then(|| ResponseTemplate::new(404)));
    world.add(BOT, &format!("{}\nold", marker(None)));
    assert_eq!(world.settle(&report("typical")).unwrap(), Settled::Updated);
    let error =
        world.post_with(&report("everything"), |wish| wish.is_actions = false).unwrap().comment.unwrap().unwrap_err();
    assert!(matches!(error, PublishError::Stranger), "{error}");
}

#[test]
fn a_settled_comment_can_stay_as_one_line() {
    let world = World::new();
    let (typical, clean) = (report("typical"), report("clean"));
    let settle = |report: &Report| {
        let posted = world.post_with(report, |wish| wish.when_settled = WhenSettled::Collapse).unwrap();
        posted.comment.unwrap().unwrap()
    };
    assert_eq!(settle(&clean), Settled::Nothing, "nothing is collapsed where nothing was said");
    assert_eq!(settle(&typical), Settled::Created);
    assert_eq!(settle(&clean), Settled::Collapsed);
    let ours = world.ours();
    assert!(
        ours[0].starts_with("<!-- preflag:v1 -->\n<details><summary>✅ preflag: nothing left to do</summary>"),
        "{ours:?}"
    );
    assert_eq!(settle(&clean), Settled::Unchanged);
    assert_eq!(settle(&typical), Settled::Updated, "it opens again");
    assert_eq!(world.ours(), [text(&typical)]);
    assert_eq!(world.state().count("DELETE"), 0);
}

#[test]
fn code_is_left_at_its_line_once() {
    let world = World::new();
    let typical = report("typical");
    let place = typical.recommendations[0].snippet.as_ref().unwrap();
    assert_eq!((place.path.as_str(), place.line), ("src/billing/tax-service.ts", 41), "as in the patch above");
    let review = |world: &World, report: &Report| {
        let posted = world.post_with(report, |wish| (wish.review, wish.when) = (true, When::Never)).unwrap();
        posted.review.unwrap()
    };
    // Somebody pastes our first line.
    world.state().reviews.push(
        json!({"user": {"login": "ana", "type": "User"}, "body": "<!-- preflag-review:v1 -->", "commit_id": HEAD}),
    );
    assert_eq!(review(&world, &typical).unwrap(), Reviewed::Made(1));
    let sent = world.state().remarks[0]["sent"].clone();
    assert_eq!(
        (&sent["path"], &sent["line"], &sent["side"]),
        (&json!("src/billing/tax-service.ts"), &json!(41), &json!("RIGHT"))
    );
    assert!(sent["body"].as_str().unwrap().contains("To paste before this line"), "{sent}");
    assert_eq!(review(&world, &typical).unwrap(), Reviewed::Unchanged, "one review a commit");
    let made = world.state().seen.iter().filter(|line| *line == "POST /repos/o/r/pulls/7/reviews").count();
    assert_eq!(made, 1);
    // At another commit the same code is not said again, whatever became of what was said.
    world.state().reviews.clear();
    assert_eq!(review(&world, &typical).unwrap(), Reviewed::Unchanged);
    world.state().remarks[0]["line"] = json!(null);
    assert_eq!(review(&world, &typical).unwrap(), Reviewed::Unchanged, "outdated ones are left alone");
    // Nothing to paste, lines that are not in the diff, a trial merge.
    assert_eq!(review(&world, &report("clean")).unwrap(), Reviewed::Nothing);
    let mut elsewhere = report("typical");
    elsewhere.recommendations[0].snippet.as_mut().unwrap().line = 500;
    elsewhere.findings[0].fingerprint = "0".to_owned();
    let world = World::new();
    assert_eq!(review(&world, &elsewhere).unwrap(), Reviewed::Nothing);
    assert!(world.state().reviews.is_empty());
    let mut trial = report("typical");
    trial.range.head = "5".repeat(40);
    let posted = world.post_with(&trial, |wish| (wish.review, wish.began_at) = (true, Some(HEAD))).unwrap();
    assert_eq!(posted.review.unwrap().unwrap(), Reviewed::OtherLines);
}

#[test]
fn code_is_a_suggestion_only_where_it_can_be_taken_over() {
    let mut typical = report("typical");
    let snippet = typical.recommendations[0].snippet.as_mut().unwrap();
    snippet.applies = true;
    snippet.code = "    if (!on) {\n      return;\n    }\n".to_owned();
    for (is_own, is_suggestion) in [(true, true), (false, false)] {
        let world = World::new();
        let change = |wish: &mut Wish<'_>| (wish.review, wish.is_own) = (true, is_own);
        assert_eq!(world.post_with(&typical, change).unwrap().review.unwrap().unwrap(), Reviewed::Made(1));
        let body = world.state().remarks[0]["body"].as_str().unwrap().to_owned();
        let block = "```suggestion\n    if (!on) {\n      return;\n    }\n    const total = 1;\n```";
        assert_eq!(body.contains(block), is_suggestion, "what another job made is only text: {body}");
    }
}

#[test]
fn two_reviews_at_once_leave_each_code_once() {
    // The other run's review appears while ours is made.
    let world = World::with(|request, state| {
        if request.method == "POST" && request.url.path().ends_with("/reviews") {
            answer(request, state);
        }
        None
    });
    let posted = world.post_with(&report("typical"), |wish| wish.review = true).unwrap();
    assert_eq!(posted.review.unwrap().unwrap(), Reviewed::Made(1));
    let state = world.state();
    assert_eq!(
        (state.reviews.len(), state.remarks.len(), &state.remarks[0]["id"]),
        (2, 1, &json!(20)),
        "the older stays"
    );
}

#[test]
fn a_lost_answer_makes_no_second_review() {
    let typical = report("typical");
    let world = World::with(|request, state| {
        let is_create = request.method == "POST" && request.url.path().ends_with("/reviews");
        (is_create && state.faults < 1).then(|| {
            answer(request, state);
            ResponseTemplate::new(502)
        })
    });
    let posted = world.post_with(&typical, |wish| wish.review = true).unwrap();
    assert_eq!(posted.review.unwrap().unwrap(), Reviewed::Made(1));
    assert_eq!(world.state().reviews.len(), 1);
    let refused = World::with(|request, _| {
        let message = json!({"message": format!("no, {TOKEN}")});
        request.url.path().ends_with("/reviews").then(|| ResponseTemplate::new(403).set_body_json(message))
    });
    let posted = refused.post_with(&typical, |wish| wish.review = true).unwrap();
    assert!(posted.comment.unwrap().is_ok(), "the comment is there all the same");
    assert!(posted.review.unwrap().unwrap_err().is_read_only());
}

#[test]
fn a_waived_finding_is_a_notice_that_says_who_waived_it() {
    let world = World::new();
    world.post_with(&report("waived"), |wish| (wish.check_run, wish.when) = (true, When::Never)).unwrap();
    let annotations = world.state().checks[0]["output"]["annotations"].clone();
    for annotation in annotations.as_array().unwrap() {
        assert_eq!(annotation["annotation_level"], "notice", "{annotation}");
        assert!(annotation["message"].as_str().unwrap().contains("Waived (W2: bo@example.com"), "{annotation}");
    }
}

#[test]
fn an_enterprise_server_has_its_api_below_a_path_and_graphql_beside_it() {
    let world = World::new();
    let token = Token::from_variables(|_| Some(TOKEN.to_owned())).unwrap();
    let api = format!("{}/api/v3", world.server.uri());
    let target = Target::new(&api, "o/r", Some("https://git.example.com")).unwrap();
    let typical = report("typical");
    let wish = Wish {
        report: &typical,
        to: Addressee::Number(7),
        when: When::Findings,
        when_settled: WhenSettled::Delete,
        id: None,
        check_run: true,
        review: true,
        author: None,
        is_actions: true,
        is_own: true,
        began_at: None,
    };
    let post = || post_at(&target, &token, &wish, fast()).unwrap();
    assert!(post().told(&target).iter().all(Result::is_ok));
    assert_eq!(post().comment.unwrap().unwrap(), Settled::Unchanged);
    let state = world.state();
    assert!(
        state.seen.iter().all(|line| line.contains(" /api/v3/repos/o/r/") || line == "POST /api/graphql"),
        "{:?}",
        state.seen
    );
    assert!(state.seen.contains(&"POST /api/graphql".to_owned()), "that tells who we are");
    assert!(state.comments[&1].1.contains("https://git.example.com/o/r/blob/"));
}

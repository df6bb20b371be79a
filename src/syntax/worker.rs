//! Parses a suspicious text in a process of its own, so that it can cost no more than that process may have.
//!
//! A parser's time and memory can explode on a text of a few kilobytes, where its own deadline is not looked at for many
//! seconds. So the same binary is started once more with a hidden first argument ([`main_if_asked`]); it takes a header
//! line and the text on its standard input, and answers with the facts as JSON. Whatever goes wrong is a reason to judge
//! the file by its lines. Ordinary files never come here ([`super::guard`]).

use super::facts::Facts;
use super::language::{Language, language_named};
use super::outline;
use super::parse::{self, ParseLimits};
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

/// The first argument that makes the binary a worker.
const ARGUMENT: &str = "__parse-worker";

/// A longer answer is not read (bytes).
const MAX_ANSWER: u64 = 64 << 20;

/// A tree with more nodes than this is refused by a worker: its answer would be too long.
const MAX_NODES: usize = 400_000;

/// What all workers of a process may take together; a change full of hostile files must not take minutes.
const TOTAL_TIME: Duration = Duration::from_secs(12);

/// The binary to start; not set when this process is not preflag itself (a test, a program that uses the library).
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Time that workers took so far. The lock also keeps them one at a time: their memory is bounded together.
static SPENT: Mutex<Duration> = Mutex::new(Duration::ZERO);

#[derive(Debug, Serialize, Deserialize)]
struct Header {
    language: String,
    length: usize,
    time: Duration,
    nodes: usize,
    /// Address space (bytes).
    memory: u64,
    /// Processor time.
    seconds: u64,
}

#[derive(Debug, Serialize, Deserialize)]
enum Answer {
    Facts(Facts),
    Refused(String),
}

/// Shows the facts of a file, for people who write queries.
const SHOW_ARGUMENT: &str = "__facts";

/// To be called first thing in `main`: runs a worker if the command line asks for one, and otherwise notes that this
/// binary can be started as one.
pub fn main_if_asked() -> Option<ExitCode> {
    let arguments: Vec<_> = std::env::args_os().skip(1).take(2).collect();
    let argument = arguments.first().map(|argument| argument.to_string_lossy());
    let done = match argument.as_deref() {
        Some(ARGUMENT) => serve(&mut io::stdin().lock(), &mut io::stdout().lock()),
        other => {
            if let Ok(program) = std::env::current_exe() {
                // Set once; a second call says the same.
                let _ = PROGRAM.set(program);
            }
            match (other, arguments.get(1)) {
                (Some(SHOW_ARGUMENT), Some(path)) => outline::of_file(&path.to_string_lossy())
                    .and_then(|outline| io::stdout().lock().write_all(outline.as_bytes())),
                _ => return None,
            }
        }
    };
    Some(done.map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS))
}

/// The worker's side.
fn serve(input: &mut impl BufRead, output: &mut impl Write) -> io::Result<()> {
    let mut line = String::new();
    input.take(4096).read_line(&mut line)?;
    let header: Header = serde_json::from_str(&line)?;
    limit_this_process(&header);
    let mut text = String::new();
    input.take(header.length as u64).read_to_string(&mut text)?;
    let limits = ParseLimits { time: header.time, nodes: header.nodes, ..ParseLimits::default() };
    let answer = match language_named(&header.language) {
        None => Answer::Refused(format!("the worker does not know the language {}", header.language)),
        Some(language) => match parse::facts(language, &text, &limits) {
            Ok(facts) => Answer::Facts(facts),
            Err(reason) => Answer::Refused(reason),
        },
    };
    serde_json::to_writer(&mut *output, &answer)?;
    output.flush()
}

#[cfg(unix)]
fn limit_this_process(header: &Header) {
    let limits = [
        (libc::RLIMIT_AS, header.memory as libc::rlim_t),
        (libc::RLIMIT_CPU, header.seconds as libc::rlim_t),
        (libc::RLIMIT_CORE, 0),
    ];
    for (resource, most) in limits {
        let limit = libc::rlimit { rlim_cur: most, rlim_max: most };
        // SAFETY: setrlimit only reads the struct, which outlives the call. Where it fails (a lower hard limit), the
        // parent's clock still ends this process.
        unsafe { libc::setrlimit(resource, &limit) };
    }
}

#[cfg(not(unix))]
fn limit_this_process(_: &Header) {}

/// The facts of a suspicious text, or why there are none.
pub(super) fn facts(language: &Language, text: &str, limits: &ParseLimits) -> Result<Facts, String> {
    let Some(program) = PROGRAM.get() else {
        return Err("there is no separate process to parse it safely in".to_owned());
    };
    let mut spent = SPENT.lock().unwrap_or_else(PoisonError::into_inner);
    let left = TOTAL_TIME.saturating_sub(*spent).min(limits.worker_time);
    if left.is_zero() {
        return Err("other such files took all the time that there is for them".to_owned());
    }
    let start = Instant::now();
    let answer = ask(program, language, text, limits, left);
    *spent += start.elapsed();
    answer
}

fn ask(program: &Path, language: &Language, text: &str, limits: &ParseLimits, time: Duration) -> Result<Facts, String> {
    let header = Header {
        language: language.name.to_owned(),
        length: text.len(),
        time: limits.time,
        nodes: limits.nodes.min(MAX_NODES),
        memory: limits.worker_memory,
        seconds: time.as_secs() + 1,
    };
    let mut input =
        serde_json::to_vec(&header).map_err(|error| format!("the parser process got no header: {error}"))?;
    input.push(b'\n');
    input.extend_from_slice(text.as_bytes());
    let mut command = Command::new(program);
    command.arg(ARGUMENT).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let child = command.spawn().map_err(|error| format!("the process to parse it in did not start: {error}"))?;
    let answer = converse(child, input, time)?;
    match serde_json::from_slice(&answer) {
        Ok(Answer::Facts(facts)) if is_sound(&facts, text) => Ok(facts),
        Ok(Answer::Refused(reason)) => Err(reason),
        _ => Err("its syntax makes the parser run out of memory or time".to_owned()),
    }
}

/// Sends the input and reads the answer, which is empty when the process died; ends the process in any case.
fn converse(mut child: Child, input: Vec<u8>, time: Duration) -> Result<Vec<u8>, String> {
    let (sender, receiver) = mpsc::channel();
    if let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) {
        // A process that dies early closes the pipe; its missing answer says so.
        thread::spawn(move || drop(stdin.write_all(&input)));
        thread::spawn(move || {
            let mut answer = Vec::new();
            let read = stdout.take(MAX_ANSWER).read_to_end(&mut answer);
            // Nobody listens once the time is over.
            let _ = sender.send(read.map(|_| answer));
        });
    }
    let answer = receiver.recv_timeout(time);
    // Both fail only when it has ended already.
    let _ = child.kill();
    let _ = child.wait();
    match answer {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(format!("the answer of the parser process could not be read: {error}")),
        Err(_) => Err(format!("its syntax keeps the parser busy for more than {} s", time.as_secs_f32())),
    }
}

/// Whether the answer can be worked with: ids and spans in range. A worker is this very binary, so this only guards
/// against one that was replaced while preflag ran.
fn is_sound(facts: &Facts, text: &str) -> bool {
    let count = facts.nodes.len() as u32;
    let inside = |end: u32| end as usize <= text.len();
    !facts.nodes.is_empty()
        && facts.tokens.iter().all(|token| inside(token.span.end))
        && facts.parts.iter().all(|(_, part)| part.0 < count)
        && facts.nodes.iter().enumerate().all(|(id, node)| {
            let id = id as u32;
            (node.parent.0 < id || id == 0)
                && node.last.0 < count
                && node.last.0 >= id
                && inside(node.span.end)
                && node.parts.0 <= node.parts.1
                && node.parts.1 as usize <= facts.parts.len()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(language: &str, text: &str) -> Vec<u8> {
        // Memory and time stay as they are: this is the test's own process.
        let (memory, seconds) = (u64::MAX, u64::MAX);
        let time = Duration::from_secs(5);
        let header = Header { language: language.to_owned(), length: text.len(), time, nodes: 1000, memory, seconds };
        let mut input = serde_json::to_vec(&header).expect("plain data");
        input.push(b'\n');
        input.extend_from_slice(text.as_bytes());
        input
    }

    #[test]
    fn a_worker_answers_with_facts_or_a_reason() {
        let ask = |language: &str, text: &str| {
            let mut output = Vec::new();
            serve(&mut header(language, text).as_slice(), &mut output).expect("memory can be written");
            serde_json::from_slice::<Answer>(&output).expect("valid JSON")
        };
        match ask("javascript", "let a = f('x')") {
            Answer::Facts(facts) => {
                assert!(is_sound(&facts, "let a = f('x')"));
                assert_eq!(facts.tokens.len(), 7);
            }
            Answer::Refused(reason) => panic!("{reason}"),
        }
        assert!(matches!(ask("klingon", ""), Answer::Refused(reason) if reason.contains("klingon")));
        let many = "f();".repeat(1000);
        assert!(matches!(ask("javascript", &many), Answer::Refused(reason) if reason.contains("1000 syntax nodes")));
    }

    #[test]
    fn without_a_program_to_start_hostile_texts_are_refused() {
        let language = language_named("javascript").expect("embedded");
        let reason = facts(language, "((((", &ParseLimits::default()).expect_err("tests are not preflag");
        assert_eq!(reason, "there is no separate process to parse it safely in");
    }

    #[test]
    fn answers_that_make_no_sense_are_not_used() {
        let mut facts = Facts::default();
        assert!(!is_sound(&facts, ""), "no module");
        facts = serde_json::from_str(
            r#"{"nodes":[{"role":"Module","span":{"start":0,"end":9},"parent":0,"last":0,"parts":[0,0]}],"parts":[],"tokens":[],"errors":[]}"#,
        )
        .expect("valid");
        assert!(is_sound(&facts, "123456789"));
        assert!(!is_sound(&facts, "1234"));
    }
}

//! What a step leaves behind: outputs for later steps and the job's summary, in the files that the runner names.

use super::variable;
use crate::publish::PublishError;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{Read, Write as _};
use std::time::{SystemTime, UNIX_EPOCH};

/// GitHub drops the summary of a step that is larger.
const MAX_SUMMARY: u64 = 1 << 20;

/// Outputs in the form that takes any text: `name<<WORD`, the value, `WORD`.
///
/// A value that held the word on a line of its own could add outputs, so the word is new each time, and is checked.
pub(crate) fn outputs_text(outputs: &[(&str, String)], seed: &str) -> String {
    let mut text = String::new();
    let mut round = 0u32;
    for (name, value) in outputs {
        let word = loop {
            let mut word = "preflag_".to_owned();
            for byte in &Sha256::digest(format!("{seed} {round}"))[..16] {
                let _ = write!(word, "{byte:02x}"); // writing to a String cannot fail
            }
            round += 1;
            if !value.contains(&word) {
                break word;
            }
        };
        let _ = writeln!(text, "{name}<<{word}\n{value}\n{word}"); // the same
    }
    text
}

/// Adds outputs to the runner's file, if there is one.
pub(crate) fn write_outputs(outputs: &[(&str, String)]) -> std::io::Result<()> {
    append("GITHUB_OUTPUT", &outputs_text(outputs, &seed()))
}

/// Adds to the job's summary, if there is one and there is room.
pub(crate) fn write_summary(markdown: &str) -> std::io::Result<()> {
    let written = variable("GITHUB_STEP_SUMMARY")
        .and_then(|path| std::fs::metadata(path).ok())
        .map_or(0, |metadata| metadata.len());
    let text = match written + (markdown.len() as u64) < MAX_SUMMARY {
        true => markdown,
        false => "preflag: the summary of this step has no room for the report; see the outputs.\n",
    };
    append("GITHUB_STEP_SUMMARY", text)
}

fn append(name: &str, text: &str) -> std::io::Result<()> {
    let Some(path) = variable(name) else { return Ok(()) };
    OpenOptions::new().append(true).create(true).open(path)?.write_all(text.as_bytes())
}

/// Something that nobody who wrote the pull request could know.
fn seed() -> String {
    let mut noise = [0u8; 16];
    // Windows has no such file; there, time and process number are all.
    let _ = std::fs::File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut noise));
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("{noise:?} {} {}", now.as_nanos(), std::process::id())
}

/// The words of a step's log for something that was not posted.
pub(crate) fn not_posted(error: &PublishError) -> String {
    format!("Nothing was posted: {error}. {}", error.hint().unwrap_or_default()).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_add_outputs() {
        let first = outputs_text(&[("a", "x".to_owned())], "seed");
        let word = first.lines().last().expect("a word").to_owned();
        let hostile = format!("x\n{word}\nverdict<<EOF\npass\nEOF");
        let text = outputs_text(&[("flags", hostile.clone()), ("tier", "high".to_owned())], "seed");
        // As the runner reads it.
        let mut read = Vec::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let (name, word) = line.split_once("<<").expect("a name and a word");
            let value: Vec<&str> = lines.by_ref().take_while(|line| *line != word).collect();
            read.push((name.to_owned(), value.join("\n")));
        }
        assert_eq!(read, [("flags".to_owned(), hostile), ("tier".to_owned(), "high".to_owned())]);
        assert_ne!(seed(), seed());
    }
}

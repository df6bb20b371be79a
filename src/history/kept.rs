//! A line of commits in the cache. Whoever wrote the bytes, reading them ends in a line that holds together or in none.
//!
//! A commit never says anything else, but the rules that its message is read by may: their checksum comes first. Who is who
//! is not kept, since `.mailmap` says it anew at each tip.

use super::line::{Line, Record};
use super::{Reach, Reverted};
use crate::cache::bytes::{Bytes, checksum, put};
use crate::cache::{Cache, HEADER, Kept};
use crate::git::line::LineId;
use crate::git::objects::{ID_BYTES, TreeId};
use crate::git::people::Identity;
use crate::git::touched::Scope;
use crate::rules::history::HistoryRules;

/// Changes with the layout, and with what the code makes of a message.
const LAYOUT: u32 = 3;

/// No pull request.
const NO_PULL: u64 = u64::MAX;

pub(super) fn read(cache: &Cache) -> Option<Line> {
    line_from(&cache.read(Kept::History)?[HEADER..])
}

pub(super) fn keep(cache: &Cache, line: &Line) {
    cache.keep(Kept::History, &mut bytes_of(HEADER, line));
}

/// What was read by other rules is as good as nothing.
fn key() -> [u32; 3] {
    let sum = checksum(HistoryRules::written().as_bytes());
    [LAYOUT, sum as u32, (sum >> 32) as u32]
}

/// The bytes of a line after `header` empty ones. Only people and paths that some record names are written.
fn bytes_of(header: usize, line: &Line) -> Vec<u8> {
    let mut out = vec![0; header];
    let people = Used::of(line.identities.len(), line.records.iter().flat_map(|record| &record.people));
    let paths = Used::of(line.paths.len(), line.records.iter().flat_map(|record| &record.touched));
    put(&mut out, key());
    match &line.scope {
        Scope::All => put(&mut out, [1, 0]),
        Scope::Folders(folders) => {
            put(&mut out, [0, folders.len() as u32]);
            folders.iter().for_each(|folder| put_text(&mut out, folder));
        }
    }
    let counts = [line.ids.len(), line.records.len(), people.order.len(), paths.order.len()];
    put(&mut out, counts.map(|count| count as u32));
    line.ids.iter().for_each(|id| out.extend_from_slice(id.bytes()));
    for &person in &people.order {
        put_text(&mut out, &line.identities[person as usize].name);
        put_text(&mut out, &line.identities[person as usize].email);
    }
    paths.order.iter().for_each(|&path| put_text(&mut out, &line.paths[path as usize]));
    for record in &line.records {
        out.extend_from_slice(record.tree.bytes());
        put_long(&mut out, record.seconds as u64);
        put_long(&mut out, record.pull.unwrap_or(NO_PULL));
        put_text(&mut out, &record.subject);
        put(&mut out, [u32::from(record.is_fix), record.reverts.len() as u32]);
        for one in &record.reverts {
            match one {
                Reverted::Commit(hash) => {
                    put(&mut out, [0]);
                    put_text(&mut out, hash);
                }
                Reverted::Pull(number) => {
                    put(&mut out, [1]);
                    put_long(&mut out, *number);
                }
                Reverted::Title(title) => {
                    put(&mut out, [2]);
                    put_text(&mut out, title);
                }
            }
        }
        for (numbers, used) in [(&record.people, &people), (&record.touched, &paths)] {
            put(&mut out, [numbers.len() as u32]);
            put(&mut out, numbers.iter().map(|&number| used.new_number[number as usize]));
        }
    }
    out
}

fn line_from(bytes: &[u8]) -> Option<Line> {
    let mut bytes = Bytes(bytes);
    if !bytes.numbers(3)?.eq(key()) {
        return None;
    }
    let (is_all, folders) = (bytes.number()? == 1, bytes.number()?);
    let folders = many(&mut bytes, folders, text)?;
    let scope = if is_all { Scope::All } else { Scope::Folders(folders.into_iter().collect()) };
    let [ids, records, people, paths] = [bytes.number()?, bytes.number()?, bytes.number()?, bytes.number()?];
    let ids: Vec<LineId> = bytes.names(ids)?.map(LineId::from_bytes).collect();
    let identity = |bytes: &mut Bytes<'_>| Some(Identity { name: text(bytes)?, email: text(bytes)? });
    let identities = many(&mut bytes, people, identity)?;
    let paths = many(&mut bytes, paths, text)?;
    let numbers = |bytes: &mut Bytes<'_>, below: usize| -> Option<Vec<u32>> {
        let count = bytes.number()?;
        let numbers: Vec<u32> = bytes.numbers(count)?.collect();
        numbers.iter().all(|&number| (number as usize) < below).then_some(numbers)
    };
    let record = |bytes: &mut Bytes<'_>| {
        let tree = TreeId::from_bytes(bytes.take(ID_BYTES)?.first_chunk()?);
        let seconds = long(bytes)? as i64;
        let pull = Some(long(bytes)?).filter(|&pull| pull != NO_PULL);
        let subject = text(bytes)?;
        let is_fix = bytes.number()? == 1;
        let reverts = bytes.number()?;
        let reverts = many(bytes, reverts, |bytes| match bytes.number()? {
            0 => text(bytes).map(Reverted::Commit),
            1 => long(bytes).map(Reverted::Pull),
            2 => text(bytes).map(Reverted::Title),
            _ => None,
        })?;
        let people = numbers(bytes, identities.len())?;
        let touched = numbers(bytes, paths.len())?;
        Some(Record { tree, seconds, subject, pull, is_fix, reverts, people, touched })
    };
    let records = many(&mut bytes, records, record)?;
    let fits = bytes.0.is_empty() && records.len() <= ids.len();
    fits.then_some(Line { scope, ids, records, identities, paths, reach: Reach::Whole })
}

/// Which numbers are used, and the numbers that they get.
struct Used {
    /// The old numbers in the order of the new ones.
    order: Vec<u32>,
    new_number: Vec<u32>,
}

impl Used {
    fn of<'n>(count: usize, numbers: impl Iterator<Item = &'n u32>) -> Self {
        let mut used = Self { order: Vec::new(), new_number: vec![u32::MAX; count] };
        for &number in numbers {
            let new = &mut used.new_number[number as usize];
            if *new == u32::MAX {
                *new = used.order.len() as u32;
                used.order.push(number);
            }
        }
        used
    }
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put(out, [text.len() as u32]);
    out.extend_from_slice(text.as_bytes());
}

fn put_long(out: &mut Vec<u8>, number: u64) {
    out.extend_from_slice(&number.to_le_bytes());
}

fn text(bytes: &mut Bytes<'_>) -> Option<String> {
    let length = bytes.number()?;
    std::str::from_utf8(bytes.take(length)?).ok().map(str::to_owned)
}

fn long(bytes: &mut Bytes<'_>) -> Option<u64> {
    bytes.take(8)?.first_chunk().map(|bytes| u64::from_le_bytes(*bytes))
}

/// So many of a kind. Each takes bytes, so a false number ends early.
fn many<T>(bytes: &mut Bytes<'_>, count: usize, one: impl Fn(&mut Bytes<'_>) -> Option<T>) -> Option<Vec<T>> {
    (0..count).map(|_| one(bytes)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line() -> Line {
        let identity = |name: &str| Identity { name: name.to_owned(), email: format!("{name}@example.com") };
        let record = Record {
            tree: TreeId::from_bytes(&[3; ID_BYTES]),
            seconds: -7,
            subject: "Revert é".to_owned(),
            pull: Some(12),
            is_fix: true,
            reverts: vec![Reverted::Commit("1a2b3c4".to_owned()), Reverted::Pull(0), Reverted::Title("x".to_owned())],
            people: vec![0, 1],
            touched: vec![1, 0],
        };
        Line {
            scope: Scope::of_files(&["a/é", "b"]),
            ids: vec![LineId::from_bytes(&[1; ID_BYTES]), LineId::from_bytes(&[2; ID_BYTES])],
            records: vec![record],
            identities: vec![identity("Ada"), identity("Bea")],
            paths: vec!["a/é".to_owned(), "b".to_owned()],
            reach: Reach::Whole,
        }
    }

    #[test]
    fn what_is_written_is_read_and_what_nobody_needs_is_left_out() {
        let mut line = line();
        line.records[0].touched = vec![0, 1];
        let bytes = bytes_of(3, &line);
        assert_eq!(line_from(&bytes[3..]), Some(line.clone()));
        line.records[0].touched = vec![1];
        let read = line_from(&bytes_of(0, &line)).expect("it can be read");
        assert_eq!((read.paths, &read.records[0].touched), (vec!["b".to_owned()], &vec![0]));
    }

    proptest! {
        #[test]
        fn bytes_of_anybody_end_in_a_line_that_holds_together_or_in_none(
            edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
            cut in prop::option::of(any::<prop::sample::Index>()),
        ) {
            let mut bytes = bytes_of(0, &line());
            for (at, byte) in edits {
                let at = at.index(bytes.len());
                bytes[at] = if byte % 2 == 0 { byte / 16 } else { byte };
            }
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            if let Some(line) = line_from(&bytes) {
                let again = line_from(&bytes_of(0, &line));
                prop_assert!(again.is_some_and(|again| again.records.len() == line.records.len()));
            }
        }
    }
}

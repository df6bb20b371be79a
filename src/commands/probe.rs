//! Asks the index on its own, to measure it: `preflag __index DIR RANGE WORD ...`. Goes once `scan` uses it.

use crate::error::Error;
use crate::git::{DiffLimits, RangeSpec, Repository};
use crate::index::Index;
use crate::terms::Side;
use std::path::Path;
use std::time::Instant;

pub(super) fn run(arguments: &[String]) -> Result<(), Error> {
    let [dir, range, words @ ..] = arguments else { return Ok(()) };
    let start = Instant::now();
    let lap = |what: &str| {
        if std::env::var_os("LAPS").is_some() {
            anstream::eprintln!("{what}: {:.2} ms", start.elapsed().as_secs_f64() * 1000.0);
        }
    };
    let repository = Repository::open(Path::new(dir))?;
    let changes = repository.change_set(&RangeSpec::Revisions(range.clone()), &DiffLimits::default())?;
    lap("change");
    let index = Index::open(&repository, &changes)?;
    let index = if std::env::var_os("NO_CACHE").is_some() { index.without_cache() } else { index };
    let tree = index.tree(Side::New);
    lap("open");
    let files = tree.paths().count();
    lap("paths");
    let mut texts = 0;
    for (at, word) in words.iter().enumerate() {
        let found = tree.mentioning(&[word]);
        if at == 0 {
            lap("first question");
            texts += found.iter().take(10).filter_map(|path| tree.text(path.as_str())).count();
            lap("texts");
            if std::env::var_os("PARSE").is_some() {
                let facts: usize = found.iter().filter_map(|path| tree.source(path.as_str())).count();
                lap(&format!("parsed {facts}"));
            }
        }
        super::to_stdout(format!("{word}: {}\n", found.len()).as_bytes())?;
    }
    lap("questions");
    super::to_stdout(format!("{files} files, {texts} texts\n").as_bytes())
}

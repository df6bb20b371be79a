//! A report from a file, which another job may have written: data, and nothing else.
//!
//! Its size is bounded, its shape is that of [`Report`], its version is ours. Where it goes and what it is about is checked
//! against GitHub (see [`super::pull`]); its texts are escaped as all texts are.

use super::error::PublishError;
use crate::report::{Report, SCHEMA_VERSION};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// No report is larger.
const MAX_BYTES: u64 = 16 << 20;

/// Reads a report of `preflag scan --format json`.
pub(crate) fn read_report(path: &Path) -> Result<Report, PublishError> {
    let fail = |why: String| PublishError::NoReport { path: path.display().to_string(), why };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| fail(error.to_string()))?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| fail(error.to_string()))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(fail(format!("it is larger than {} MiB", MAX_BYTES >> 20)));
    }
    // The reader of JSON has a limit of its own for nesting.
    let report: Report = serde_json::from_slice(&bytes).map_err(|error| fail(error.to_string()))?;
    if report.schema_version != SCHEMA_VERSION {
        return Err(fail(format!("its version is {}, and {SCHEMA_VERSION} is known here", report.schema_version)));
    }
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_report_is_a_report() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let file = folder.path().join("report.json");
        let sample = include_str!("../../testdata/reports/typical.json");
        let read = |text: &str| {
            std::fs::write(&file, text).expect("the folder can be written");
            read_report(&file).map(|report| report.findings.len()).map_err(|error| error.to_string())
        };
        assert_eq!(read(sample), Ok(5));
        let version = read(&sample.replace("\"schema_version\": 1", "\"schema_version\": 2")).expect_err("newer");
        assert!(version.ends_with("its version is 2, and 1 is known here"), "{version}");
        let deep = "[".repeat(100_000);
        let large = " ".repeat((MAX_BYTES + 1) as usize);
        for text in ["", "{}", "[]", "\u{feff}", &deep, &large, &sample.replace("\"critical\"", "\"worst\"")] {
            assert!(read(text).is_err());
        }
        assert!(read_report(folder.path()).is_err(), "a folder");
    }
}

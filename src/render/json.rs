//! The whole report as JSON, for programs. Its schema is `rules/schema/report.json`.

use super::escape::write_json;
use crate::report::Report;
use std::io::{self, Write};

pub(super) fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    write_json(report, out)
}

#[cfg(test)]
mod tests {
    use crate::report::Report;
    use std::path::Path;

    /// The schema is derived from the types; `UPDATE=1 cargo test schema` writes it anew.
    #[test]
    fn schema_is_current() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/schema/report.json");
        let mut schema = serde_json::to_value(schemars::schema_for!(Report)).expect("a schema is JSON");
        schema["title"] = "preflag report, schema_version 1".into();
        let current = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &current).expect("the schema can be written");
        }
        let stored = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(stored == current, "rules/schema/report.json is stale: run `UPDATE=1 cargo test schema`");
    }
}

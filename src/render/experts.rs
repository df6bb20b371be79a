//! Who knows files and folders, in its formats: tables for people, JSON for programs. Pure functions, as for reports.

use super::escape::write_json;
use super::{RenderOptions, terminal};
use crate::experts::Experts;
use std::io::{self, Write};

/// How the answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ExpertsFormat {
    /// For people at a terminal
    Table,
    /// The whole answer for programs, see rules/schema/experts.json
    Json,
}

/// Writes the answer in one format.
pub(crate) fn render_experts(
    format: ExpertsFormat,
    experts: &Experts,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ExpertsFormat::Table => terminal::experts::render(experts, options, out),
        ExpertsFormat::Json => write_json(experts, out),
    }
}

#[cfg(test)]
mod tests {
    use crate::current::assert_current;
    use crate::experts::Experts;

    #[test]
    fn the_schema_is_current() {
        let mut schema = serde_json::to_value(schemars::schema_for!(Experts)).expect("a schema is JSON");
        schema["title"] = "preflag experts, schema_version 1".into();
        let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
        assert_current("rules/schema/experts.json", &text);
    }
}

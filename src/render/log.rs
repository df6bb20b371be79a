//! The log of records in its formats. A record may have been fetched from anywhere: all of it is escaped. Pure functions.

use super::waivers::ListFormat;
use super::{RenderOptions, escape::write_json, terminal};
use crate::record::Log;
use std::io::{self, Write};

/// Writes the log in one format.
pub(crate) fn render_log(
    format: ListFormat,
    log: &Log,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ListFormat::Table => terminal::log::render(log, options, out),
        ListFormat::Json => write_json(log, out),
    }
}

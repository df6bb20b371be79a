//! All waivers that a change could be let pass by: what `preflag waivers` lists. Plain data.

use crate::calendar::Date;
use crate::report::{Notice, Range, Report, Tool, Waiver};
use schemars::JsonSchema;
use serde::Serialize;

/// The version of the list's shape.
const SCHEMA_VERSION: u32 = 1;

/// The waivers of a change, those of the file that are about other code included.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct WaiverList {
    pub(crate) schema_version: u32,
    pub(crate) tool: Tool,
    pub(crate) range: Range,
    /// The day by which it is told what has expired.
    pub(crate) as_of: Option<Date>,
    pub(crate) waivers: Vec<Waiver>,
    /// What could not be read, and why.
    pub(crate) notices: Vec<Notice>,
}

impl WaiverList {
    /// The list of a report that holds all waivers.
    pub(crate) fn new(report: Report, as_of: Option<Date>, notices: Vec<Notice>) -> Self {
        let Report { tool, range, waivers, .. } = report;
        Self { schema_version: SCHEMA_VERSION, tool, range, as_of, waivers, notices }
    }
}

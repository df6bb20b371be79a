//! Flag packs. (Stand-in until the owner's part is merged.)

use super::{Pack, PackSummary};
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawFlagPack {
    pub(crate) name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawEvaluation {
    pub(crate) call: Vec<String>,
}

impl RawFlagPack {
    /// A pack of the evaluations that a config declares.
    pub(crate) fn of_wrappers(_: Vec<RawEvaluation>) -> Self {
        Self { name: "this repository".to_owned() }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FlagPack {
    pub(crate) id: String,
    pub(crate) name: String,
}

impl Pack for FlagPack {
    const FOLDER: &'static str = "flags";
    type Raw = RawFlagPack;

    fn compile(id: &str, raw: RawFlagPack) -> Result<Self, String> {
        Ok(Self { id: id.to_owned(), name: raw.name })
    }

    fn summary(&self) -> PackSummary {
        let id = format!("flags/{}", self.id);
        PackSummary { id, name: self.name.clone(), languages: Vec::new(), about: String::new() }
    }
}

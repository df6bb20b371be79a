//! Area packs. (Stand-in until the owner's part is merged.)

use super::{Pack, PackSummary};
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawAreaPack {
    pub(crate) name: String,
    pub(crate) tier: crate::terms::Tier,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AreaPack {
    pub(crate) id: String,
    pub(crate) name: String,
}

impl Pack for AreaPack {
    const FOLDER: &'static str = "areas";
    type Raw = RawAreaPack;

    fn compile(id: &str, raw: RawAreaPack) -> Result<Self, String> {
        Ok(Self { id: id.to_owned(), name: raw.name })
    }

    fn summary(&self) -> PackSummary {
        let id = format!("areas/{}", self.id);
        PackSummary { id, name: self.name.clone(), languages: Vec::new(), about: String::new() }
    }
}

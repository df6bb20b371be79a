//! Area packs. (Stand-in until the owner's part is merged.)

use super::Pack;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct AreaPack {
    #[serde(skip)]
    pub(crate) id: String,
    pub(crate) name: String,
}

impl Pack for AreaPack {
    const FOLDER: &'static str = "areas";
    fn set_id(&mut self, stem: &str) {
        self.id = stem.to_owned();
    }
    fn id(&self) -> &str {
        &self.id
    }
}

//! Flag SDK packs. (Stand-in until the owner's part is merged.)

use super::Pack;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FlagPack {
    #[serde(skip)]
    pub(crate) id: String,
    pub(crate) name: String,
}

impl Pack for FlagPack {
    const FOLDER: &'static str = "flags";
    fn set_id(&mut self, stem: &str) {
        self.id = stem.to_owned();
    }
    fn id(&self) -> &str {
        &self.id
    }
}

//! Stub until the rules part lands.
pub(crate) mod files;
pub(crate) mod flags;

/// What is loaded from one YAML file of a folder.
pub(crate) trait Pack: Sized {
    const FOLDER: &'static str;
    type Raw: serde::de::DeserializeOwned;
    fn compile(id: &str, raw: Self::Raw) -> Result<Self, String>;
}

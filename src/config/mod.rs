//! The user's settings. (Skeleton; being written.)

pub(crate) mod yaml;

#[derive(Debug, Clone, Default)]
pub(crate) struct Config {
    pub(crate) name: String,
    pub(crate) packs: Packs,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Packs {
    pub(crate) disable: Vec<String>,
}

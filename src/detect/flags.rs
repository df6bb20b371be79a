//! Stub until the flags part lands.
use super::{FlagDefinition, FlagEvaluation};
use crate::rules::flags::FlagPack;
use crate::syntax::SourceFile;
#[derive(Debug, Clone, Default)]
pub(crate) struct FlagFacts {
    pub(crate) evaluations: Vec<FlagEvaluation>,
    pub(crate) definitions: Vec<FlagDefinition>,
}
pub(crate) fn detect(_: &SourceFile, _: &[FlagPack]) -> FlagFacts {
    FlagFacts::default()
}

//! Stub until the areas part lands.
use super::AreaMatch;
use crate::location::{LineRange, Span};
use crate::rules::areas::AreaPack;
use crate::syntax::SourceFile;
use crate::syntax::facts::NodeId;
use crate::terms::Side;
pub(crate) fn detect(_: &SourceFile, _: &[Span], _: NodeId, _: Side, _: &[AreaPack]) -> Vec<AreaMatch> {
    Vec::new()
}
pub(crate) fn detect_lines(_: &SourceFile, _: &[LineRange], _: Side, _: &[AreaPack]) -> Vec<AreaMatch> {
    Vec::new()
}

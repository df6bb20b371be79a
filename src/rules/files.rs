//! Stub until the rules part lands: what kind of file a path is.

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum FileKind {
    Code,
    Test,
    Generated,
    Vendored,
    Docs,
    Config,
    Other,
}

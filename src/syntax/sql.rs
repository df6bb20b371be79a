//! Stand-in until the owner's part is merged.
use crate::location::Span;
pub(crate) struct Statement {
    pub(crate) span: Span,
    pub(crate) destructive: bool,
}
pub(crate) fn statements(text: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut at = 0;
    for part in text.split_inclusive(';') {
        let low = part.trim_start().to_ascii_lowercase();
        let start = at + (part.len() - part.trim_start().len());
        let ddl = ["create table", "alter table", "drop ", "create index", "create unique", "create type", "rename "].iter().any(|d| low.starts_with(d));
        if ddl {
            let destructive = ["drop ", "rename ", " type ", "set not null"].iter().any(|d| low.contains(d));
            found.push(Statement { span: Span::new(start, at + part.len()), destructive });
        }
        at += part.len();
    }
    found
}

//! SQL in strings and files: what its statements do to the schema, in the words of the packs.

use super::evidence::shown;
use crate::location::Span;
use crate::rules::areas::SqlChange;
use crate::syntax::sql::{self, DdlKind};

/// Whether a text can be SQL that changes something: its first word does.
pub(super) fn looks_like_sql(text: &str) -> bool {
    const FIRST: &[&str] =
        &["create", "alter", "drop", "truncate", "rename", "update", "delete", "merge", "with", "begin"];
    let code = text.lines().map(str::trim_start).find(|line| !line.is_empty() && !line.starts_with("--"));
    let code = code.unwrap_or_default();
    let first = code.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    // A word of its own names something: `mode: "create"`.
    if !code.trim_end_matches(';').contains(char::is_whitespace) && text.trim_end().lines().count() < 2 {
        return false;
    }
    // `create-campaigns` and `update.x` are names.
    if code[first.len()..].starts_with(|c: char| !c.is_whitespace() && c != '/' && c != ';') {
        return false;
    }
    // People's sentences begin with one capital: "Drop files here".
    let one_case = first.bytes().skip(1).all(|b| b.is_ascii_uppercase() == first.as_bytes()[0].is_ascii_uppercase());
    one_case && FIRST.iter().any(|word| first.eq_ignore_ascii_case(word))
}

/// What the statements of a text do to the schema, with a name for each.
pub(super) fn sql_changes(text: &str) -> Vec<(SqlChange, String, Span)> {
    let named = |statement: sql::Statement| {
        let change = sql_change(statement.kind)?;
        Some((change, shown(statement.span.text(text)), statement.span))
    };
    sql::statements(text).into_iter().filter_map(named).collect()
}

fn sql_change(kind: DdlKind) -> Option<SqlChange> {
    match kind {
        DdlKind::DropTable | DdlKind::DropColumn | DdlKind::Rename => Some(SqlChange::Destructive),
        DdlKind::AlterType | DdlKind::SetNotNull => Some(SqlChange::Destructive),
        DdlKind::AddColumn { nullable: false, default: false } => Some(SqlChange::Destructive),
        DdlKind::Backfill | DdlKind::Delete | DdlKind::Truncate => Some(SqlChange::Rows),
        DdlKind::CreateTable | DdlKind::CreateIndex { .. } | DdlKind::AddColumn { .. } => Some(SqlChange::Additive),
        DdlKind::AddConstraint | DdlKind::Other => Some(SqlChange::Additive),
        // They can be made again, and no data goes with them.
        DdlKind::DropIndex | DdlKind::DropConstraint | DdlKind::DropOther => Some(SqlChange::Additive),
        // New rows and rights change no schema.
        DdlKind::Insert | DdlKind::Grant => None,
    }
}

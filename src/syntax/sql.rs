//! What the statements of a SQL text do to a schema and its data.
//!
//! Statements are classed by their leading words, not parsed: migrations are written in many dialects, and one statement
//! that no grammar knows must not hide the next. Only the splitting into tokens is `sqlparser`'s, which knows where strings,
//! comments and dollar-quoted bodies end. Queries and transaction control are left out; they change nothing.

use crate::location::Span;
use sqlparser::dialect::GenericDialect;
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer};

/// One change: a statement, or one action of an `ALTER TABLE` that has several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    pub(crate) kind: DdlKind,
    /// The table, or whatever else is created, altered or dropped; without quotes.
    pub(crate) table: Option<String>,
    pub(crate) column: Option<String>,
    pub(crate) span: Span,
    /// Whether running code or existing data can break: what is dropped, renamed, retyped, required or rewritten.
    pub(crate) destructive: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DdlKind {
    CreateTable,
    CreateIndex {
        concurrently: bool,
    },
    AddColumn {
        nullable: bool,
        default: bool,
    },
    AddConstraint,
    DropTable,
    DropColumn,
    DropIndex,
    DropConstraint,
    /// A view, type, schema, function, trigger ...
    DropOther,
    /// A table, column, constraint, value of a type ...
    Rename,
    AlterType,
    SetNotNull,
    /// `UPDATE` and `MERGE`: rewrites rows.
    Backfill,
    Insert,
    Delete,
    Truncate,
    Grant,
    /// Some other change of the schema.
    Other,
}

impl DdlKind {
    fn is_destructive(self) -> bool {
        match self {
            Self::AddColumn { nullable, default } => !nullable && !default,
            Self::DropTable
            | Self::DropColumn
            | Self::DropIndex
            | Self::DropConstraint
            | Self::DropOther
            | Self::Rename
            | Self::AlterType
            | Self::SetNotNull
            | Self::Backfill
            | Self::Delete
            | Self::Truncate => true,
            Self::CreateTable
            | Self::CreateIndex { .. }
            | Self::AddConstraint
            | Self::Insert
            | Self::Grant
            | Self::Other => false,
        }
    }
}

/// The changes that a SQL text makes, in its order.
pub(crate) fn statements(text: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    for tokens in split(text) {
        Words { tokens: &tokens }.statement(&mut found);
    }
    found
}

/// A token that is neither blank nor comment.
type Lexeme = (Token, Span);

/// After so many places that cannot be split into tokens the rest is left alone.
const MAX_ERRORS: usize = 50;

/// The tokens of each statement.
fn split(text: &str) -> Vec<Vec<Lexeme>> {
    let mut statements = Vec::new();
    let mut current = Vec::new();
    let mut from = 0;
    for _ in 0..MAX_ERRORS {
        let rest = &text[from..];
        let mut tokens: Vec<TokenWithSpan> = Vec::new();
        let result = Tokenizer::new(&GenericDialect {}, rest).tokenize_with_location_into_buf(&mut tokens);
        let mut place = Place::new(rest);
        for TokenWithSpan { token, span } in tokens {
            let (start, end) = (from + place.byte(span.start), from + place.byte(span.end));
            match token {
                Token::Whitespace(_) | Token::EOF => {}
                Token::SemiColon => statements.push(std::mem::take(&mut current)),
                token => current.push((token, Span::new(start, end))),
            }
        }
        let Err(error) = result else { break };
        // The statement ends here, as far as it was understood; go on after the next semicolon.
        statements.push(std::mem::take(&mut current));
        let at = from + place.byte(error.location);
        match text[at..].find(';') {
            Some(offset) => from = at + offset + 1,
            None => break,
        }
    }
    statements.push(current);
    statements.retain(|tokens| !tokens.is_empty());
    statements
}

/// Turns the tokenizer's lines and columns (characters, from 1) into bytes, going forward only.
struct Place<'a> {
    text: &'a str,
    at: usize,
    line: u64,
    column: u64,
}

impl<'a> Place<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1, column: 1 }
    }

    fn byte(&mut self, wanted: Location) -> usize {
        for c in self.text[self.at..].chars() {
            if (self.line, self.column) >= (wanted.line, wanted.column) {
                break;
            }
            self.at += c.len_utf8();
            (self.line, self.column) = if c == '\n' { (self.line + 1, 1) } else { (self.line, self.column + 1) };
        }
        self.at
    }
}

/// The tokens of one statement or action.
#[derive(Clone, Copy)]
struct Words<'a> {
    tokens: &'a [Lexeme],
}

impl<'a> Words<'a> {
    fn is(self, at: usize, word: &str) -> bool {
        matches!(self.tokens.get(at), Some((Token::Word(known), _)) if known.quote_style.is_none() && known.value.eq_ignore_ascii_case(word))
    }

    fn is_any(self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    /// Goes past those of the words that stand here, in any order.
    fn skip(self, mut at: usize, words: &[&str]) -> usize {
        while self.is_any(at, words) {
            at += 1;
        }
        at
    }

    fn has(self, words: &[&str]) -> bool {
        (0..self.tokens.len()).any(|at| words.iter().enumerate().all(|(offset, word)| self.is(at + offset, word)))
    }

    /// The place of the first of these words outside parentheses.
    fn find(self, words: &[&str]) -> Option<usize> {
        let mut depth = 0_usize;
        (0..self.tokens.len()).find(|&at| {
            match self.tokens[at].0 {
                Token::LParen => depth += 1,
                Token::RParen => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && self.is_any(at, words)
        })
    }

    /// The dotted name that stands here without its quotes, and what comes after it.
    fn name(self, mut at: usize) -> (Option<String>, usize) {
        let mut name = String::new();
        while let Some((token, _)) = self.tokens.get(at) {
            match token {
                Token::Word(word) => name.push_str(&word.value),
                Token::DoubleQuotedString(text) | Token::SingleQuotedString(text) => name.push_str(text),
                Token::LBracket | Token::RBracket => {
                    at += 1;
                    continue;
                }
                _ => break,
            }
            at += 1;
            at += usize::from(matches!(self.tokens.get(at), Some((Token::RBracket, _))));
            if !matches!(self.tokens.get(at), Some((Token::Period, _))) {
                break;
            }
            name.push('.');
            at += 1;
        }
        ((!name.is_empty()).then_some(name), at)
    }

    fn span(self) -> Span {
        let (first, last) = (self.tokens.first(), self.tokens.last());
        Span { start: first.map_or(0, |(_, span)| span.start), end: last.map_or(0, |(_, span)| span.end) }
    }

    fn push(self, kind: DdlKind, table: Option<String>, column: Option<String>, found: &mut Vec<Statement>) {
        found.push(Statement { kind, table, column, span: self.span(), destructive: kind.is_destructive() });
    }

    fn statement(self, found: &mut Vec<Statement>) {
        let start = match self.find(&["UPDATE", "DELETE", "INSERT", "MERGE"]) {
            Some(at) if self.is(0, "WITH") => at,
            _ => 0,
        };
        let name = |at: usize| self.name(self.skip(at, &["IF", "NOT", "EXISTS", "ONLY", "CONCURRENTLY", "TABLE"])).0;
        if self.is(start, "CREATE") {
            self.create(found);
        } else if self.is_any(start, &["ALTER"]) {
            self.alter(found);
        } else if self.is(start, "DROP") {
            let kind = match () {
                () if self.is_any(1, &["TABLE"]) => DdlKind::DropTable,
                () if self.is(1, "INDEX") => DdlKind::DropIndex,
                () => DdlKind::DropOther,
            };
            self.push(kind, name(start + 2), None, found);
        } else if self.is(start, "RENAME") || self.has(&["sp_rename"]) {
            self.push(DdlKind::Rename, name(start + 2), None, found);
        } else if self.is_any(start, &["UPDATE", "MERGE"]) {
            self.push(DdlKind::Backfill, self.name(self.skip(start + 1, &["ONLY", "INTO"])).0, None, found);
        } else if self.is_any(start, &["INSERT", "REPLACE"]) {
            self.push(
                DdlKind::Insert,
                self.name(self.skip(start + 1, &["INTO", "IGNORE", "OR", "REPLACE"])).0,
                None,
                found,
            );
        } else if self.is(start, "DELETE") {
            self.push(DdlKind::Delete, self.name(self.skip(start + 1, &["FROM", "ONLY"])).0, None, found);
        } else if self.is(start, "TRUNCATE") {
            self.push(DdlKind::Truncate, name(start + 1), None, found);
        } else if self.is_any(start, &["GRANT", "REVOKE"]) {
            let on = self.find(&["ON"]).map(|on| self.skip(on + 1, &["TABLE"]));
            self.push(DdlKind::Grant, on.and_then(|on| self.name(on).0), None, found);
        } else if self.is_any(start, &["COMMENT", "DO", "REINDEX", "REFRESH"]) {
            self.push(DdlKind::Other, None, None, found);
        }
    }

    fn create(self, found: &mut Vec<Statement>) {
        let at = self.skip(
            1,
            &[
                "OR",
                "REPLACE",
                "UNIQUE",
                "TEMP",
                "TEMPORARY",
                "UNLOGGED",
                "GLOBAL",
                "LOCAL",
                "CLUSTERED",
                "NONCLUSTERED",
                "FULLTEXT",
                "SPATIAL",
            ],
        );
        if self.is(at, "TABLE") {
            let (table, _) = self.name(self.skip(at + 1, &["IF", "NOT", "EXISTS"]));
            self.push(DdlKind::CreateTable, table, None, found);
        } else if self.is(at, "INDEX") {
            let table = self.find(&["ON"]).and_then(|on| self.name(self.skip(on + 1, &["ONLY"])).0);
            self.push(DdlKind::CreateIndex { concurrently: self.is(at + 1, "CONCURRENTLY") }, table, None, found);
        } else {
            let (name, _) = self.name(self.skip(at + 1, &["IF", "NOT", "EXISTS"]));
            self.push(DdlKind::Other, name, None, found);
        }
    }

    fn alter(self, found: &mut Vec<Statement>) {
        let (name, rest) = self.name(self.skip(2, &["IF", "EXISTS", "ONLY"]));
        let actions = Words { tokens: &self.tokens[rest.min(self.tokens.len())..] }.actions();
        let alone = actions.len() == 1;
        for action in actions {
            let span_of = if alone { self } else { action };
            let (kind, column) = if self.is(1, "TABLE") { action.table_action() } else { action.other_action() };
            span_of.push(kind, name.clone(), column, found);
        }
    }

    /// Splits at the commas outside parentheses.
    fn actions(self) -> Vec<Words<'a>> {
        let mut depth = 0_usize;
        let parts = self.tokens.split(move |(token, _)| {
            match token {
                Token::LParen => depth += 1,
                Token::RParen => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && *token == Token::Comma
        });
        parts.filter(|tokens| !tokens.is_empty()).map(|tokens| Words { tokens }).collect()
    }

    /// An action of `ALTER TABLE`.
    fn table_action(self) -> (DdlKind, Option<String>) {
        const NOT_COLUMNS: &[&str] = &[
            "CONSTRAINT",
            "PRIMARY",
            "FOREIGN",
            "UNIQUE",
            "CHECK",
            "INDEX",
            "KEY",
            "EXCLUDE",
            "PARTITION",
            "FULLTEXT",
        ];
        let at = self.skip(1, &["COLUMN", "IF", "NOT", "EXISTS"]);
        let (name, after) = self.name(at);
        if self.is(0, "ADD") {
            if self.is(1, "PARTITION") {
                return (DdlKind::Other, None);
            }
            if self.is_any(1, NOT_COLUMNS) {
                return (DdlKind::AddConstraint, None);
            }
            let default = self.has(&["DEFAULT"])
                || self.has(&["GENERATED"])
                || self.has(&["AUTO_INCREMENT"])
                || self.has(&["IDENTITY"])
                || self.is_any(after, &["SERIAL", "BIGSERIAL", "SMALLSERIAL"]);
            let nullable = !self.has(&["NOT", "NULL"]) && !self.has(&["PRIMARY", "KEY"]);
            return (DdlKind::AddColumn { nullable, default }, name);
        }
        if self.is(0, "DROP") {
            return match () {
                () if self.is_any(1, &["INDEX", "KEY"]) => (DdlKind::DropIndex, None),
                () if self.is(1, "PARTITION") => (DdlKind::DropOther, None),
                () if self.is_any(1, NOT_COLUMNS) => (DdlKind::DropConstraint, None),
                () => (DdlKind::DropColumn, name),
            };
        }
        if self.is(0, "RENAME") {
            let column = if self.is_any(1, &["TO", "CONSTRAINT", "INDEX", "KEY", "AS"]) { None } else { name };
            return (DdlKind::Rename, column);
        }
        if self.is(0, "MODIFY") {
            return (DdlKind::AlterType, name);
        }
        if self.is(0, "CHANGE") {
            let (new, _) = self.name(after);
            return (if new == name { DdlKind::AlterType } else { DdlKind::Rename }, name);
        }
        if self.is(0, "ALTER") {
            let kind = match () {
                () if self.is(after, "SET") && self.is(after + 1, "NOT") => DdlKind::SetNotNull,
                () if self.is(after, "TYPE") || self.is(after + 1, "DATA") => DdlKind::AlterType,
                () if self.is_any(after, &["SET", "DROP", "ADD", "RESTART"]) => DdlKind::Other,
                // `ALTER COLUMN c bigint`
                () => DdlKind::AlterType,
            };
            return (kind, name);
        }
        if self.is(0, "SET") && self.is(1, "SCHEMA") {
            return (DdlKind::Rename, None);
        }
        (DdlKind::Other, None)
    }

    /// What `ALTER` does to something other than a table.
    fn other_action(self) -> (DdlKind, Option<String>) {
        match () {
            () if self.is(0, "RENAME") => (DdlKind::Rename, None),
            () if self.is(0, "DROP") => (DdlKind::DropOther, None),
            () => (DdlKind::Other, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kind, table, column and `!` for destructive, for each statement.
    fn shown(text: &str) -> Vec<String> {
        let show = |statement: Statement| {
            let names = [statement.table, statement.column].map(|name| name.unwrap_or("-".to_owned()));
            let mark = if statement.destructive { "!" } else { "" };
            format!("{:?} {} {mark}", statement.kind, names.join(" ")).trim_end().to_owned()
        };
        statements(text).into_iter().map(show).collect()
    }

    #[test]
    fn statements_are_classed_by_what_they_do() {
        let cases = [
            ("CREATE TABLE IF NOT EXISTS a.b (id int)", "CreateTable a.b -"),
            ("create unique index concurrently i on t (a)", "CreateIndex { concurrently: true } t -"),
            ("CREATE INDEX i ON ONLY \"T\" (a)", "CreateIndex { concurrently: false } T -"),
            ("ALTER TABLE t ADD COLUMN c text", "AddColumn { nullable: true, default: false } t c"),
            ("ALTER TABLE t ADD c int NOT NULL", "AddColumn { nullable: false, default: false } t c !"),
            ("ALTER TABLE t ADD c int NOT NULL DEFAULT (1, 2)", "AddColumn { nullable: false, default: true } t c"),
            ("ALTER TABLE `t` ADD CONSTRAINT u UNIQUE (a, b)", "AddConstraint t -"),
            ("ALTER TABLE t DROP COLUMN IF EXISTS c CASCADE", "DropColumn t c !"),
            ("ALTER TABLE t DROP c", "DropColumn t c !"),
            ("ALTER TABLE t DROP CONSTRAINT c", "DropConstraint t - !"),
            ("ALTER TABLE t DROP INDEX i", "DropIndex t - !"),
            ("ALTER TABLE t RENAME COLUMN a TO b", "Rename t a !"),
            ("ALTER TABLE t RENAME TO u", "Rename t - !"),
            ("RENAME TABLE a TO b", "Rename a - !"),
            ("ALTER TABLE t ALTER COLUMN c TYPE bigint USING c::bigint", "AlterType t c !"),
            ("ALTER TABLE [t] ALTER COLUMN [c] bigint", "AlterType t c !"),
            ("ALTER TABLE t ALTER c SET NOT NULL", "SetNotNull t c !"),
            ("ALTER TABLE t ALTER COLUMN c DROP NOT NULL", "Other t c"),
            ("ALTER TABLE t ALTER COLUMN c SET DEFAULT 1", "Other t c"),
            ("ALTER TABLE t MODIFY COLUMN c varchar(9)", "AlterType t c !"),
            ("ALTER TABLE t CHANGE a b int", "Rename t a !"),
            ("DROP TABLE IF EXISTS t", "DropTable t - !"),
            ("DROP INDEX CONCURRENTLY IF EXISTS i", "DropIndex i - !"),
            ("DROP VIEW v", "DropOther v - !"),
            ("UPDATE t SET a = 1", "Backfill t - !"),
            ("WITH x AS (SELECT 1) UPDATE t SET a = 1", "Backfill t - !"),
            ("INSERT INTO t (a) VALUES (1)", "Insert t -"),
            ("DELETE FROM t WHERE a = ';'", "Delete t - !"),
            ("TRUNCATE TABLE t", "Truncate t - !"),
            ("GRANT SELECT ON t TO u", "Grant t -"),
            ("ALTER TYPE mood ADD VALUE 'sad'", "Other mood -"),
            ("ALTER TYPE mood RENAME VALUE 'a' TO 'b'", "Rename mood - !"),
            ("CREATE TYPE mood AS ENUM ('a')", "Other mood -"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), [expected], "{text}");
        }
        assert!(shown("BEGIN; SELECT 'drop table t'; -- drop table t;\n COMMIT; SET x = 1").is_empty());
    }

    #[test]
    fn each_action_of_an_alter_table_is_a_statement_with_its_place() {
        let text = "-- é\nALTER TABLE t\n  ADD a decimal(9, 2),\n  DROP b;\n DROP TABLE t ;";
        let spans: Vec<&str> = statements(text).iter().map(|statement| statement.span.text(text)).collect();
        assert_eq!(spans, ["ADD a decimal(9, 2)", "DROP b", "DROP TABLE t"]);
    }

    #[test]
    fn what_cannot_be_read_does_not_hide_the_rest() {
        assert_eq!(
            shown("CREATE WONDER (((; DROP TABLE a; x $%^ 'open; DROP TABLE b"),
            ["Other - -", "DropTable a - !", "DropTable b - !"]
        );
        assert_eq!(
            shown("CREATE FUNCTION f() AS $$ DROP TABLE x; $$; DROP TABLE y").last().map(String::as_str),
            Some("DropTable y - !")
        );
        let wide = "ALTER TABLE t ADD (".repeat(20_000);
        assert_eq!(statements(&wide).len(), 1);
    }
}

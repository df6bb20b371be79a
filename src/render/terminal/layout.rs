//! Lines, wrapping, ink and tables of the terminal report. Knows nothing of reports.
//!
//! Ink is carried through layout as invisible marks of zero width, which no text of a repository can contain (`escape`
//! makes them visible). They become ANSI codes, or nothing, at the very end: the layout is the same with and without
//! colour.

use crate::render::escape::log_line;
use anstyle::{AnsiColor, Style};
use comfy_table::{Cell, ContentArrangement, LineStyle, Table, TableStyle};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How a piece of text is set off. Few, so that colour means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Bold,
    Dim,
    Bad,
    Warn,
    Good,
    Key,
}

impl Ink {
    const MARKED: [Self; 6] = [Self::Bold, Self::Dim, Self::Bad, Self::Warn, Self::Good, Self::Key];

    fn style(self) -> Style {
        let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
        match self {
            Self::Plain => Style::new(),
            Self::Bold => Style::new().bold(),
            Self::Dim => Style::new().dimmed(),
            Self::Bad => color(AnsiColor::Red).bold(),
            Self::Warn => color(AnsiColor::Yellow),
            Self::Good => color(AnsiColor::Green),
            Self::Key => color(AnsiColor::Cyan),
        }
    }

    fn mark(self) -> char {
        char::from_u32(FIRST_MARK + self as u32).expect("tag characters are assigned without gaps")
    }
}

const FIRST_MARK: u32 = 0xE0020;
const END_MARK: char = '\u{e007f}';

/// The text between marks of this ink.
pub(super) fn ink(ink: Ink, text: &str) -> String {
    match ink {
        Ink::Plain => text.to_owned(),
        _ if text.is_empty() => String::new(),
        _ => format!("{}{text}{END_MARK}", ink.mark()),
    }
}

/// Turns marks into ANSI codes, or drops them, and cuts blanks at the ends of lines.
pub(super) fn develop(page: &str, color: bool) -> String {
    let mut text = String::with_capacity(page.len());
    for marked in page.lines() {
        let mut line = String::with_capacity(marked.len());
        let mut current = Style::new();
        for character in marked.trim_end().chars() {
            let starts = Ink::MARKED.into_iter().find(|ink| ink.mark() == character);
            match starts {
                Some(ink) if color => {
                    current = ink.style();
                    line.push_str(&current.render().to_string());
                }
                None if character == END_MARK && color => line.push_str(&current.render_reset().to_string()),
                Some(_) => {}
                None if character == END_MARK => {}
                None => line.push(character),
            }
        }
        text.push_str(&log_line(&line));
        text.push('\n');
    }
    text
}

/// Columns that a text takes in a terminal; marks take none.
pub(super) fn columns(text: &str) -> usize {
    text.chars().filter_map(UnicodeWidthChar::width).sum()
}

/// Lines of at most `width` columns, broken at spaces; a word that is too long is broken after `/` or another joint.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    wrap_after(text, width, '/')
}

/// The same for qualified names, which break best after a `.`.
pub(super) fn wrap_name(text: &str, width: usize) -> Vec<String> {
    wrap_after(text, width, '.')
}

fn wrap_after(text: &str, width: usize, best: char) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for mut word in text.split(' ').filter(|word| !word.is_empty()) {
        loop {
            let gap = usize::from(!line.is_empty());
            if columns(&line) + gap + columns(word) <= width {
                line.push_str(&" "[..gap]);
                line.push_str(word);
                break;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            } else {
                let (head, tail) = word.split_at(joint(word, width, best));
                lines.push(head.to_owned());
                word = tail;
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Where to break a word so that its head fits: after the last `best` joint if that leaves a fair piece, else after
/// another joint, else anywhere. Never 0.
fn joint(word: &str, width: usize, best: char) -> usize {
    let (mut good, mut fair, mut hard) = (0, 0, 0);
    let (mut used, mut at_good, mut at_fair) = (0, 0, 0);
    let mut before = ' ';
    for (at, character) in word.char_indices() {
        // In camelCase, a capital begins a word.
        if before.is_lowercase() && character.is_uppercase() {
            (fair, at_fair) = (at, used);
        }
        used += character.width().unwrap_or(0);
        if used > width && hard > 0 {
            break;
        }
        hard = at + character.len_utf8();
        match character {
            _ if character == best => (good, at_good) = (hard, used),
            '.' | '_' | '-' | ':' | ',' | '(' | '=' | '/' => (fair, at_fair) = (hard, used),
            _ => {}
        }
        before = character;
    }
    match () {
        () if at_good * 3 >= width && good > 0 => good,
        () if at_fair * 2 >= width && fair > 0 => fair,
        () => hard,
    }
}

/// At most `width` columns: the middle of a longer text becomes `…`, as a path says most at its ends.
pub(super) fn shorten(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let fit = |characters: &mut dyn Iterator<Item = char>, room: usize| -> Vec<char> {
        let mut used = 0;
        characters
            .take_while(|character| {
                used += character.width().unwrap_or(0);
                used <= room
            })
            .collect()
    };
    let head = fit(&mut text.chars(), width / 3);
    let tail = fit(&mut text.chars().rev(), width - width / 3 - 1);
    head.into_iter().chain(['…']).chain(tail.into_iter().rev()).collect()
}

/// The path with fewer and fewer of its folders, the first always among them: `a/…/c/d.ts`, `a/…/d.ts`.
pub(super) fn elisions(path: &str) -> Vec<String> {
    let parts: Vec<&str> = path.split('/').collect();
    (2..parts.len()).map(|from| format!("{}/…/{}", parts[0], parts[from..].join("/"))).collect()
}

/// At most `width` columns of a path: folders give way first, then its middle.
pub(super) fn shorten_path(path: &str, width: usize) -> String {
    let all = std::iter::once(path.to_owned()).chain(elisions(path));
    all.into_iter().find(|short| columns(short) <= width).unwrap_or_else(|| shorten(path, width))
}

/// A cell: lines that fit their column, each with its ink.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines(Vec<String>);

impl Lines {
    pub(super) fn new(style: Ink, text: &str, width: usize) -> Self {
        Self::default().and(style, text, width)
    }

    /// A qualified name below.
    pub(super) fn and_name(mut self, style: Ink, name: &str, width: usize) -> Self {
        if !name.is_empty() {
            self.0.extend(wrap_name(name, width).iter().map(|line| ink(style, line)));
        }
        self
    }

    /// Further lines below.
    pub(super) fn and(mut self, style: Ink, text: &str, width: usize) -> Self {
        if !text.is_empty() {
            self.0.extend(wrap(text, width).iter().map(|line| ink(style, line)));
        }
        self
    }

    /// One line two columns in.
    pub(super) fn indented(mut self, line: &str) -> Self {
        self.0.push(format!("  {line}"));
        self
    }

    /// One line as it is, trailing blanks and all.
    pub(super) fn fixed(line: String) -> Self {
        Self(vec![line])
    }

    fn into_cell(self) -> Cell {
        Cell::new_owned(self.0.join("\n"))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Rows of cells under an optional header, two blanks between columns, no lines but the one under the header.
pub(super) struct Grid {
    table: Table,
    tall: bool,
    columns: usize,
}

const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─'));
const AIRY: TableStyle = STYLE.row_separator(LineStyle::none().fill(' '));

impl Grid {
    pub(super) fn new(columns: usize) -> Self {
        let mut table = Table::new();
        table.set_content_arrangement(ContentArrangement::Disabled);
        Self { table, tall: false, columns }
    }

    pub(super) fn header(mut self, names: &[&str]) -> Self {
        self.table.set_header(names.iter().map(|name| Cell::new(ink(Ink::Dim, name))).collect::<Vec<_>>());
        self
    }

    pub(super) fn row(&mut self, cells: Vec<Lines>) {
        debug_assert_eq!(cells.len(), self.columns);
        self.tall |= cells.iter().any(|cell| cell.len() > 1);
        self.table.add_row(cells.into_iter().map(Lines::into_cell).collect::<Vec<_>>());
    }

    /// The lines of the table; `airy` puts a blank line between rows when one of them is tall.
    pub(super) fn lines(mut self, airy: bool) -> Vec<String> {
        self.table.load_style(if airy && self.tall { AIRY } else { STYLE });
        let last = self.columns.saturating_sub(1);
        for (at, column) in self.table.column_iter_mut().enumerate() {
            column.set_padding((0, if at == last { 0 } else { 2 }));
        }
        let is_rule = |line: &str| line.starts_with('─') && line.chars().all(|character| character == '─');
        self.table.lines().map(|line| if is_rule(&line) { ink(Ink::Dim, &line) } else { line }).collect()
    }
}

/// The width of the widest of these texts, at most `limit`.
pub(super) fn widest<'t>(texts: impl IntoIterator<Item = &'t str>, limit: usize) -> usize {
    texts.into_iter().map(|text| text.width().min(columns(text))).max().unwrap_or(0).min(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_and_long_ones_break_at_joints() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("src/billing/tax-service.ts:41", 20), ["src/billing/", "tax-service.ts:41"]);
        assert_eq!(wrap("averylongnamewithoutjoints", 10), ["averylongn", "amewithout", "joints"]);
        assert_eq!(wrap("strategyFormConsolidation", 20), ["strategyForm", "Consolidation"]);
        assert_eq!(wrap_name("BasketMixin.process_totals", 20), ["BasketMixin.", "process_totals"]);
        assert_eq!(wrap("税金計算", 5), ["税金", "計算"], "wide characters take two columns");
        assert_eq!(wrap("", 5), [""]);
        assert_eq!(wrap("税", 1), ["税"], "what cannot fit is not lost, and does not hang");
    }

    #[test]
    fn the_middle_of_a_long_path_is_left_out() {
        assert_eq!(shorten("src/a.ts", 20), "src/a.ts");
        assert_eq!(shorten("packages/server/src/billing/tax.ts", 20), "packag…illing/tax.ts");
        assert_eq!(shorten_path("packages/server/src/billing/tax.ts:4", 27), "packages/…/billing/tax.ts:4");
        assert_eq!(shorten_path("packages/server/src/billing/tax.ts:4", 26), "packages/…/tax.ts:4");
        assert_eq!(shorten_path("packages/server/aVeryLongFileName.ts", 20), "packag…ngFileName.ts");
    }

    #[test]
    fn ink_never_changes_the_layout() {
        let mut grid = Grid::new(2).header(&["A", "B"]);
        grid.row(vec![Lines::new(Ink::Bad, "one two", 3), Lines::new(Ink::Plain, "x", 9)]);
        let page = grid.lines(true).join("\n");
        assert_eq!(develop(&page, false), "A    B\n──────\none  x\ntwo\n");
        let colored = develop(&page, true);
        assert!(colored.contains("\u{1b}[1m\u{1b}[31mone\u{1b}[0m  x"), "{colored:?}");
    }
}

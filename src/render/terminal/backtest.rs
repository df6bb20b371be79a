//! A backtest as tables: how well the score ranks, what its bands mean here, the worst misses and false alarms.

use super::layout::{Grid, Ink, Lines, develop, ink, shorten};
use super::{Page, RenderOptions, WIDTHS};
use crate::backtest::bootstrap::{Figure, Figures};
use crate::backtest::fit::{Fit, Trial};
use crate::backtest::{Backtest, Case, Fitted, LabelResult, Rankings};
use crate::render::backtest::title;
use crate::render::escape::{NAME, SENTENCE, visible};
use crate::render::words;
use crate::terms::Trouble;
use std::io::{self, Write};

/// Columns and lines of the plot.
const PLOT: (usize, usize) = (51, 13);

pub(in crate::render) fn render(backtest: &Backtest, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { text: String::new(), width: options.width.clamp(*WIDTHS.start(), *WIDTHS.end()).into() };
    headline(&mut page, backtest);
    for result in &backtest.results {
        ranking(&mut page, result);
    }
    // The widest label is the last one; the details of the others are in the JSON.
    if let Some(result) = backtest.results.last().filter(|result| result.ranking.is_some()) {
        bands(&mut page, result);
        result.ranking.iter().for_each(|rankings| plot(&mut page, rankings));
        let bad = result.label.words();
        cases(&mut page, &format!("Worst misses: low scores, but {bad}"), &result.misses);
        cases(&mut page, &format!("Worst false alarms: high scores, but not {bad}"), &result.alarms);
        signals(&mut page, backtest);
    }
    backtest.fit.iter().for_each(|fitted| fit(&mut page, fitted));
    if !backtest.notices.is_empty() {
        page.title("Notes");
        for notice in &backtest.notices {
            page.hanging(&ink(Ink::Dim, "  –"), 4, Ink::Plain, &visible(notice, SENTENCE));
        }
    }
    out.write_all(develop(&page.text, options.color).as_bytes())
}

fn headline(page: &mut Page, backtest: &Backtest) {
    let line = &backtest.line;
    let count = words::count(line.measured, "change", "changes");
    page.line(&ink(Ink::Bold, &format!("{count} to source code by people")));
    let time = match (&line.from, &line.to) {
        (Some(from), Some(to)) => format!("{from} to {to}, "),
        _ => String::new(),
    };
    page.paragraph(
        Ink::Dim,
        &format!(
            "{time}of {} along the first parents of {}. Left out: {} by bots, {} without source code{}.",
            words::count(line.changes, "change", "changes"),
            line.head.get(..9).unwrap_or(&line.head),
            line.by_bots,
            line.without_code,
            if line.unread > 0 { format!(", {} that could not be read", line.unread) } else { String::new() },
        ),
    );
    page.paragraph(
        Ink::Dim,
        "Each is measured with what was known before it. What became of it is read off git: trouble that left no revert and no \
         fix there counts as none.",
    );
}

fn ranking(page: &mut Page, result: &LabelResult) {
    page.title(&format!(
        "{}: {} of {} ({:.1}%)",
        title(result.label),
        result.bad,
        words::count(result.changes, "change", "changes"),
        100.0 * result.rate
    ));
    let Some(rankings) = &result.ranking else {
        page.paragraph(Ink::Plain, "Too few to say how well anything ranks them.");
        return;
    };
    let mut grid =
        Grid::new(5).header(&["Ranked by", "AUC", "Found in riskiest 10%", "in riskiest 20%", "Lift at 10%"]);
    let mut row = |style: Ink, name: &str, figures: &Figures| {
        let share = |figure: Figure| interval(figure, |value| format!("{:.0}%", 100.0 * value));
        let texts = [
            name.to_owned(),
            interval(figures.auc, |value| format!("{value:.3}")),
            share(figures.recall_10),
            share(figures.recall_20),
            interval(figures.lift_10, |value| format!("{value:.1}x")),
        ];
        grid.row(texts.iter().map(|text| Lines::fixed(ink(style, text))).collect());
    };
    match result.label {
        Trouble::Either => row(Ink::Bold, "score", &rankings.score),
        Trouble::Undone | Trouble::FollowUp => {
            row(Ink::Bold, "estimate", &rankings.estimate);
            row(Ink::Plain, "score", &rankings.score);
        }
    }
    row(Ink::Plain, "added lines", &rankings.added_lines);
    row(Ink::Dim, "coin", &rankings.coin);
    page.grid(grid, false);
    page.paragraph(Ink::Plain, &comparison(result.label, &rankings.gain));
}

/// Whether the score, or the estimate of this label, is better than added lines, as far as this history can tell.
fn comparison(label: Trouble, gain: &Figure) -> String {
    let figures = interval(*gain, |value| format!("{value:+.3}"));
    let what = if label == Trouble::Either { "score" } else { "estimate" };
    let words = match () {
        () if gain.low > 0.0 => format!("The {what} ranks better than added lines alone"),
        () if gain.high < 0.0 => format!("The {what} ranks worse than added lines alone"),
        () => format!("This history cannot tell the {what} from added lines alone"),
    };
    format!("{words} (AUC {figures}).")
}

fn interval(figure: Figure, word: impl Fn(f64) -> String) -> String {
    format!("{} [{}, {}]", word(figure.value), word(figure.low), word(figure.high))
}

fn bands(page: &mut Page, result: &LabelResult) {
    page.title(&format!("What scores meant here ({})", result.label.words()));
    let mut grid = Grid::new(4).header(&["Score", "Changes", "Went wrong", "Times the usual rate"]);
    for band in &result.bands {
        let rate = band.times_usual.map_or_else(|| "–".to_owned(), |times| format!("{times:.2}x"));
        let texts = [
            format!("{:.0}-{:.0}", band.from, band.to),
            format!("{} ({:.1}%)", band.changes, 100.0 * band.share),
            band.bad.to_string(),
            rate,
        ];
        grid.row(texts.into_iter().map(Lines::fixed).collect());
    }
    page.grid(grid, false);
}

/// The curves as characters: across the changes that are looked at, up the bad ones that are found.
fn plot(page: &mut Page, rankings: &Rankings) {
    page.title("Bad changes found (up) by looking at the riskiest first (across)");
    let (columns, lines) = PLOT;
    let mut canvas = vec![vec![' '; columns]; lines];
    let mut draw = |curve: &[(f64, f64)], sign: char| {
        let line = |across: usize| {
            let up = height(curve, across as f64 / (columns - 1) as f64);
            lines - 1 - (up * (lines - 1) as f64).round() as usize
        };
        (0..columns).for_each(|across| canvas[line(across)][across] = sign);
    };
    draw(&[(0.0, 0.0), (1.0, 1.0)], '·');
    draw(&rankings.added_lines_curve, '○');
    draw(&rankings.curve, '●');
    for (at, row) in canvas.into_iter().enumerate() {
        let percent = 100 * (lines - 1 - at) / (lines - 1);
        let label = if percent % 25 == 0 { format!("{percent:>3}%") } else { "    ".to_owned() };
        page.line(&format!("  {} {}", ink(Ink::Dim, &format!("{label} │")), row.into_iter().collect::<String>()));
    }
    page.line(&format!("  {}", ink(Ink::Dim, &format!("     └{}", "─".repeat(columns + 1)))));
    page.paragraph(Ink::Dim, "● score  ○ added lines  · coin");
}

/// The height of a curve at a place, on the line between its points.
fn height(curve: &[(f64, f64)], across: f64) -> f64 {
    let after = curve.partition_point(|point| point.0 < across);
    match (after.checked_sub(1).and_then(|before| curve.get(before)), curve.get(after)) {
        (Some(a), Some(b)) if b.0 > a.0 => (a.1 + (b.1 - a.1) * (across - a.0) / (b.0 - a.0)).clamp(0.0, 1.0),
        (_, Some(point)) | (Some(point), None) => point.1.clamp(0.0, 1.0),
        (None, None) => 0.0,
    }
}

fn cases(page: &mut Page, name: &str, cases: &[Case]) {
    if cases.is_empty() {
        return;
    }
    page.title(name);
    let room = page.width.saturating_sub(44).max(20);
    let mut grid = Grid::new(5).header(&["Score", "Added", "Landed", "Commit", "Subject"]);
    for case in cases {
        let commit = case.commit.get(..9).unwrap_or(&case.commit);
        let mut subject = Lines::new(Ink::Plain, &shorten(&visible(&case.subject, NAME), room), room);
        if let Some(by) = &case.shown_by {
            subject = subject.and(Ink::Dim, &format!("by {}", by.get(..9).unwrap_or(by)), room);
        }
        if let Some(link) = &case.link {
            // In one piece, so that terminals make it a link.
            subject = subject.and(Ink::Dim, &visible(link, NAME), NAME);
        }
        let texts =
            [format!("{:.0}", case.score), format!("{}", case.added_lines), case.date.clone(), commit.to_owned()];
        grid.row(texts.into_iter().map(Lines::fixed).chain([subject]).collect());
    }
    page.grid(grid, false);
}

fn signals(page: &mut Page, backtest: &Backtest) {
    page.title("Signals by themselves");
    let labels: Vec<String> = backtest.results.iter().map(|result| format!("AUC {}", short(result.label))).collect();
    let names: Vec<&str> = ["Signal", "Points a unit", "undone", "fixed", "Typical", "Typical here"]
        .into_iter()
        .chain(labels.iter().map(String::as_str))
        .collect();
    let mut grid = Grid::new(names.len()).header(&names);
    for signal in &backtest.signals {
        let here = signal.typical_here.map_or_else(|| "–".to_owned(), |here| format!("{here:.2}"));
        let auc = signal.auc.iter().map(|auc| auc.map_or_else(|| "–".to_owned(), |auc| format!("{auc:.3}")));
        let points = [signal.weight, signal.undone_weight, signal.follow_up_weight].map(|weight| format!("{weight:+}"));
        let [of_score, of_undone, of_follow_up] = points;
        let texts = [signal.id.to_string(), of_score, of_undone, of_follow_up, format!("{}", signal.typical), here];
        grid.row(texts.into_iter().chain(auc).map(Lines::fixed).collect());
    }
    page.grid(grid, false);
    page.paragraph(
        Ink::Dim,
        "An AUC below 0.5 means: the higher, the safer. Together they can be worth more or less than alone.",
    );
}

fn short(label: Trouble) -> &'static str {
    match label {
        Trouble::Undone => "undone",
        Trouble::FollowUp => "fixed",
        Trouble::Either => "either",
    }
}

fn fit(page: &mut Page, fitted: &Fitted) {
    page.title("Weights of this repository's own");
    let trial = match &fitted.outcome {
        Fit::TooFew { bad_learned, bad_tested } => {
            page.paragraph(
                Ink::Plain,
                &format!(
                    "None: there are {bad_learned} bad changes to learn from and {bad_tested} to test on, and at least {} of \
                     each are needed.",
                    crate::backtest::MIN_BAD
                ),
            );
            return;
        }
        Fit::Tried(trial) => trial,
    };
    page.paragraph(Ink::Plain, &verdict(fitted, trial));
    let mut grid = Grid::new(3).header(&["Signal", "Built in", "Learned"]);
    for ((id, default), learned) in fitted.signals.iter().zip(&fitted.default).zip(&trial.weights) {
        let texts = [id.to_string(), format!("{default}"), format!("{learned:.2}")];
        grid.row(texts.into_iter().map(Lines::fixed).collect());
    }
    page.grid(grid, false);
}

fn verdict(fitted: &Fitted, trial: &Trial) -> String {
    let figures = format!(
        "learned from the older {} changes, they rank the newer {} ({} {}) with an AUC of {:.3}, and the built-in ones with {:.3}: \
         a gain of {} and better in {:.0}% of the resamples",
        trial.learned,
        trial.tested,
        trial.bad_tested,
        fitted.label.words(),
        trial.fitted.value,
        trial.default.value,
        interval(trial.gain, |value| format!("{value:+.3}")),
        100.0 * trial.better,
    );
    match &fitted.written {
        Some(path) => format!("Written to {}: {figures}.", visible(path, NAME)),
        None => format!("Not written, because they are not clearly better: {figures}."),
    }
}

//! The curves of a backtest as a picture: how many bad changes are found by looking at the riskiest first. Only numbers and
//! words of our own are drawn, so nothing has to be escaped.

use super::title;
use crate::backtest::{Backtest, LabelResult, Rankings};
use crate::terms::Trouble;
use std::fmt::Write;

const PANEL: f64 = 320.0;
const HEIGHT: f64 = 400.0;
/// Where the plot stands in its panel, and its side.
const LEFT: f64 = 56.0;
const TOP: f64 = 56.0;
const SIDE: f64 = 240.0;

const SCORE: &str = "#c2410c";
const LINES: &str = "#2563eb";
const COIN: &str = "#9ca3af";

/// The curves, one panel a label.
pub(crate) fn gains_svg(backtest: &Backtest) -> String {
    let panels: Vec<&LabelResult> = backtest.results.iter().collect();
    let width = PANEL * panels.len().max(1) as f64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {HEIGHT}\" width=\"{width}\" height=\"{HEIGHT}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#1f2937\" role=\"img\">\n\
         <title>Share of bad changes found by looking at the riskiest changes first</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
    );
    for (at, result) in panels.into_iter().enumerate() {
        panel(&mut svg, PANEL * at as f64, result);
    }
    svg.push_str("</svg>\n");
    svg
}

// Infallible throughout: writing to a String.
fn panel(svg: &mut String, x: f64, result: &LabelResult) {
    let _ = writeln!(svg, "<g transform=\"translate({x} 0)\">");
    let _ = writeln!(svg, "<text x=\"{LEFT}\" y=\"24\" font-weight=\"600\">{}</text>", title(result.label));
    let _ = writeln!(
        svg,
        "<text x=\"{LEFT}\" y=\"42\" fill=\"#6b7280\">{} of {} changes</text>",
        result.bad, result.changes
    );
    let _ = writeln!(
        svg,
        "<rect x=\"{LEFT}\" y=\"{TOP}\" width=\"{SIDE}\" height=\"{SIDE}\" fill=\"none\" stroke=\"#e5e7eb\"/>"
    );
    for step in 0..=4 {
        let share = f64::from(step) / 4.0;
        let (across, down) = (LEFT + SIDE * share, TOP + SIDE * (1.0 - share));
        let percent = step * 25;
        let _ = writeln!(
            svg,
            "<text x=\"{across:.0}\" y=\"{:.0}\" text-anchor=\"middle\" fill=\"#6b7280\">{percent}%</text>",
            TOP + SIDE + 16.0
        );
        let _ = writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\" fill=\"#6b7280\">{percent}%</text>",
            LEFT - 6.0,
            down + 4.0
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">changes looked at, riskiest first</text>",
        LEFT + SIDE / 2.0,
        TOP + SIDE + 34.0
    );
    let middle = TOP + SIDE / 2.0;
    let _ = writeln!(
        svg,
        "<text x=\"14\" y=\"{middle:.0}\" text-anchor=\"middle\" transform=\"rotate(-90 14 {middle:.0})\">bad changes found</text>"
    );
    curve(svg, &[(0.0, 0.0), (1.0, 1.0)], COIN, " stroke-dasharray=\"4 4\"");
    match &result.ranking {
        Some(rankings) => curves(svg, result.label, rankings),
        None => {
            let _ = writeln!(
                svg,
                "<text x=\"{:.0}\" y=\"{middle:.0}\" text-anchor=\"middle\">too few bad changes</text>",
                LEFT + SIDE / 2.0
            );
        }
    }
    svg.push_str("</g>\n");
}

fn curves(svg: &mut String, label: Trouble, rankings: &Rankings) {
    let what = if label == Trouble::Either { "score" } else { "estimate" };
    curve(svg, &rankings.added_lines_curve, LINES, "");
    curve(svg, &rankings.curve, SCORE, "");
    let auc = |name: &str, auc: crate::backtest::bootstrap::Figure| {
        format!("{name}: AUC {:.3} [{:.3}, {:.3}]", auc.value, auc.low, auc.high)
    };
    let legend = [
        (SCORE, auc(what, rankings.estimate.auc)),
        (LINES, auc("added lines", rankings.added_lines.auc)),
        (COIN, auc("coin", rankings.coin.auc)),
    ];
    for (at, (color, text)) in legend.into_iter().enumerate() {
        let y = TOP + SIDE + 56.0 + 16.0 * at as f64;
        let _ = writeln!(svg, "<rect x=\"{LEFT}\" y=\"{:.0}\" width=\"14\" height=\"3\" fill=\"{color}\"/>", y - 5.0);
        let _ = writeln!(svg, "<text x=\"{:.0}\" y=\"{y:.0}\">{text}</text>", LEFT + 20.0);
    }
}

fn curve(svg: &mut String, points: &[(f64, f64)], color: &str, style: &str) {
    let place = |(across, up): &(f64, f64)| format!("{:.1},{:.1}", LEFT + SIDE * across, TOP + SIDE * (1.0 - up));
    let points = points.iter().map(place).collect::<Vec<_>>().join(" ");
    let _ = writeln!(svg, "<polyline points=\"{points}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"{style}/>");
}

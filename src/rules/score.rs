//! What the risk score is made of: signals with their weights, the rates of its bands, and the words that tell a condition,
//! a folder of user interface or shared code. Data: `rules/score.yaml`; a repository's packs in `.preflag/rules/score/`
//! and its config may put other weights in their place.
//!
//! A *number* is what people say (412 lines), a *value* is what weights multiply (`ln(1 + 412)` with `scale: log`).

use super::pattern::Glob;
use super::{RuleError, builtin_file};
use crate::terms::{SignalId, SignalPart, Trouble};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

/// Weights beyond this, either way, are a mistake: the whole score has 100 points.
pub(crate) const MAX_WEIGHT: f64 = 100.0;

/// More of a line is not searched for conditions (bytes).
const MAX_LINE: usize = 2_000;

/// Everything that the score is computed from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ScoreRules {
    /// In the order of the file, each signal once.
    pub(crate) signals: Vec<SignalRule>,
    pub(crate) bands: Bands,
    /// Where weights come from that are not the program's: the names of packs and config.
    #[serde(skip)]
    pub(crate) overridden_by: Vec<String>,
    ui_folders: HashSet<String>,
    core_folders: HashSet<String>,
    pub(crate) entries: Vec<EntryRule>,
    not_config: Vec<Glob>,
    dependency_files: Vec<Glob>,
    dependency_words: Vec<Phrase>,
    stopgap_words: Vec<Phrase>,
    condition_words: HashSet<String>,
    condition_signs: Vec<String>,
    comment_starts: Vec<String>,
}

/// Files from which the outside world runs code.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntryRule {
    /// What one and what many of them are called.
    pub(crate) what: [String; 2],
    paths: Vec<Glob>,
}

/// One signal, as `rules/score.yaml` and overrides have it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignalRule {
    pub(crate) id: SignalId,
    pub(crate) name: String,
    /// Of the number: "lines".
    pub(crate) unit: String,
    pub(crate) definition: String,
    pub(crate) source: String,
    pub(crate) part: SignalPart,
    pub(crate) scale: Scale,
    /// Points of the score for one unit of the value.
    pub(crate) weight: f64,
    /// The same of the estimates of each kind of trouble.
    #[serde(default)]
    pub(crate) estimates: Estimates,
    /// The number from which points are measured.
    pub(crate) typical: f64,
    /// The least and the greatest number that make a difference.
    bounds: [f64; 2],
}

/// Points for one unit of a value where each kind of trouble is estimated by itself: what makes a change be undone is not what
/// makes it need a fix, and may even point the other way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Estimates {
    pub(crate) undone: f64,
    pub(crate) follow_up: f64,
}

/// How a number becomes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Scale {
    Linear,
    /// `ln(1 + number)`.
    Log,
}

/// What the words of a subject say that a change is for: the words themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SubjectWords {
    /// Another version of something that it depends on.
    pub(crate) dependencies: Option<String>,
    /// Something for a while, or one thing in place of another.
    pub(crate) stopgap: Option<String>,
}

/// Words one after another, in small letters; a `*` at the end of one stands for any letters.
#[derive(Debug, Clone, Deserialize)]
struct Phrase(String);

impl Phrase {
    /// The words that it matches, as they are written.
    fn found_in(&self, words: &[&str]) -> Option<String> {
        let wanted: Vec<&str> = self.0.split(' ').collect();
        let fits = |(wanted, word): (&&str, &&str)| {
            let word = word.to_lowercase();
            wanted.strip_suffix('*').map_or(word == **wanted, |stem| word.starts_with(stem))
        };
        let at = words.windows(wanted.len()).find(|words| wanted.iter().zip(*words).all(fits))?;
        Some(at.join(" "))
    }
}

/// How often there was trouble with changes of a score or an estimate.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Bands {
    /// Where that was measured: "in 27 public repositories".
    pub(crate) source: String,
    /// Each by rising scores.
    either: Vec<Band>,
    undone: Vec<Band>,
    follow_up: Vec<Band>,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Band {
    /// Scores below this one belong to the band, unless they belong to an earlier one.
    below: f64,
    /// A multiple of the usual rate.
    pub(crate) rate: f64,
}

/// What a repository has of its own about the score.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct RawScore {
    /// Points for one unit of a signal, by the signal's id, in place of the built-in ones: `{expertise: -20}`. 0 switches it off.
    pub(crate) weights: BTreeMap<SignalId, f64>,
    /// The numbers from which points are measured, by the signal's id: what is typical here.
    pub(crate) typical: BTreeMap<SignalId, f64>,
}

impl Scale {
    pub(crate) fn value(self, number: f64) -> f64 {
        match self {
            Self::Linear => number,
            Self::Log => number.max(0.0).ln_1p(),
        }
    }

    pub(crate) fn number(self, value: f64) -> f64 {
        match self {
            Self::Linear => value,
            Self::Log => value.exp_m1(),
        }
    }
}

impl SignalRule {
    /// The points of a value; none where it is not known.
    pub(crate) fn points(&self, value: Option<f64>) -> f64 {
        self.weight * self.deviation(value)
    }

    /// What weights multiply: the value from the typical one, within its bounds; 0 where it is not known.
    pub(crate) fn deviation(&self, value: Option<f64>) -> f64 {
        let Some(value) = value.filter(|value| value.is_finite()) else { return 0.0 };
        let [least, greatest] = self.bounds.map(|bound| self.scale.value(bound));
        value.clamp(least, greatest) - self.scale.value(self.typical)
    }

    /// Points for one unit of the value towards one kind of trouble, or towards either: the score.
    pub(crate) fn weight_of(&self, trouble: Trouble) -> f64 {
        match trouble {
            Trouble::Undone => self.estimates.undone,
            Trouble::FollowUp => self.estimates.follow_up,
            Trouble::Either => self.weight,
        }
    }
}

impl Bands {
    /// The rate of this trouble with changes of this score, as a multiple of the usual one.
    pub(crate) fn rate(&self, trouble: Trouble, score: f64) -> Option<f64> {
        self.of(trouble).iter().find(|band| score < band.below).map(|band| band.rate)
    }

    fn of(&self, trouble: Trouble) -> &[Band] {
        match trouble {
            Trouble::Undone => &self.undone,
            Trouble::FollowUp => &self.follow_up,
            Trouble::Either => &self.either,
        }
    }
}

impl RawScore {
    /// Says what is wrong, naming the place.
    pub(crate) fn check(&self) -> Result<(), String> {
        for (id, weight) in &self.weights {
            if !(-MAX_WEIGHT..=MAX_WEIGHT).contains(weight) {
                return Err(format!("weights.{id}: {weight} is not between -{MAX_WEIGHT} and {MAX_WEIGHT}"));
            }
        }
        for (id, typical) in &self.typical {
            if !(0.0..=1_000_000.0).contains(typical) {
                return Err(format!("typical.{id}: {typical} is not between 0 and 1000000"));
            }
        }
        Ok(())
    }
}

impl ScoreRules {
    pub(crate) fn builtin() -> Result<Self, RuleError> {
        builtin_file("rules/score.yaml")
    }

    /// Puts a repository's own numbers in place of those that are here; `name` is where they stand.
    pub(crate) fn overridden(mut self, name: &str, own: &RawScore) -> Self {
        for signal in &mut self.signals {
            signal.weight = own.weights.get(&signal.id).copied().unwrap_or(signal.weight);
            signal.typical = own.typical.get(&signal.id).copied().unwrap_or(signal.typical);
        }
        if *own != RawScore::default() {
            self.overridden_by.push(name.to_owned());
        }
        self
    }

    pub(crate) fn signal(&self, id: SignalId) -> &SignalRule {
        self.signals.iter().find(|signal| signal.id == id).expect("a test holds that each signal is in the file")
    }

    /// Whether a file stands in a folder for what people see.
    pub(crate) fn is_ui(&self, path: &str) -> bool {
        is_below(path, &self.ui_folders)
    }

    /// Whether a file stands in a folder for what many parts use.
    pub(crate) fn is_core(&self, path: &str) -> bool {
        is_below(path, &self.core_folders)
    }

    /// What a file is called from which the outside world runs code.
    pub(crate) fn entry(&self, path: &str) -> Option<&EntryRule> {
        self.entries.iter().find(|entry| entry.paths.iter().any(|glob| glob.matches(path)))
    }

    /// Whether a settings file may change what the product does.
    pub(crate) fn is_product_config(&self, path: &str) -> bool {
        !self.not_config.iter().any(|glob| glob.matches(path))
    }

    /// Whether a file says what the product depends on.
    pub(crate) fn is_dependencies(&self, path: &str) -> bool {
        self.dependency_files.iter().any(|glob| glob.matches(path))
    }

    /// The words of a subject that tell what a change is for.
    pub(crate) fn told_by(&self, subject: &str) -> SubjectWords {
        let words: Vec<&str> = subject
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%'))
            .collect();
        let first = |phrases: &[Phrase]| phrases.iter().find_map(|phrase| phrase.found_in(&words));
        let version = || words.iter().find(|word| is_version(word)).map(|word| (*word).to_owned());
        SubjectWords {
            dependencies: first(&self.dependency_words).or_else(version),
            stopgap: first(&self.stopgap_words),
        }
    }

    /// How many conditions a line of code has, as far as its words tell.
    pub(crate) fn conditions(&self, line: &str) -> u32 {
        let line = line.trim_start();
        if self.comment_starts.iter().any(|start| line.starts_with(start.as_str())) {
            return 0;
        }
        let end = (0..=line.len().min(MAX_LINE)).rev().find(|&end| line.is_char_boundary(end)).unwrap_or(0);
        let line = &line[..end];
        let words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
        let words = words.filter(|word| self.condition_words.contains(*word)).count();
        let signs: usize = self.condition_signs.iter().map(|sign| line.matches(sign.as_str()).count()).sum();
        u32::try_from(words + signs).unwrap_or(u32::MAX)
    }
}

/// A version as dependencies have them: `1.2`, `v3.0.1`.
fn is_version(word: &str) -> bool {
    let number = word.strip_prefix('v').unwrap_or(word);
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    number.contains('.') && number.split('.').all(is_number)
}

fn is_below(path: &str, folders: &HashSet<String>) -> bool {
    path.rsplit('/').skip(1).any(|folder| folders.contains(folder) || folders.contains(&folder.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> ScoreRules {
        ScoreRules::builtin().expect("rules/score.yaml is valid")
    }

    #[test]
    fn every_signal_is_there_once_with_sense() {
        let rules = rules();
        for id in SignalId::ALL {
            assert_eq!(rules.signals.iter().filter(|signal| signal.id == id).count(), 1, "{id}");
        }
        for SignalRule { id, weight, estimates, typical, bounds: [least, greatest], part, .. } in &rules.signals {
            assert!(weight.abs() <= MAX_WEIGHT && (least..=greatest).contains(&typical) && least < greatest, "{id}");
            let counts = *weight != 0.0 || *estimates != Estimates::default();
            assert_eq!(*part == SignalPart::Shown, !counts, "{id}");
            assert!(
                *part == SignalPart::Likelihood || *estimates == Estimates::default(),
                "{id}: only what was measured"
            );
        }
        for trouble in Trouble::ALL {
            let below: Vec<f64> = rules.bands.of(trouble).iter().map(|band| band.below).collect();
            assert!(below.is_sorted() && below.last().is_some_and(|&last| last > 100.0), "{trouble:?}");
        }
    }

    /// What was not measured stays small beside what was.
    #[test]
    fn judgements_have_few_points() {
        for signal in rules().signals.iter().filter(|signal| signal.part == SignalPart::Impact) {
            for bound in signal.bounds {
                let points = signal.points(Some(signal.scale.value(bound)));
                assert!(points.abs() <= 8.0, "{}: {points}", signal.id);
            }
        }
    }

    #[test]
    fn points_are_measured_from_the_typical_number() {
        let rules = rules();
        let lines = rules.signal(SignalId::AddedLines);
        assert_eq!(lines.points(Some(lines.scale.value(lines.typical))), 0.0);
        assert_eq!((lines.points(None), lines.points(Some(f64::NAN))), (0.0, 0.0), "unknown has no points");
        let points = |number: f64| lines.points(Some(lines.scale.value(number)));
        assert!((points(200.0) - 14.0 * (201.0 / (lines.typical + 1.0)).ln()).abs() < 1e-9);
        assert_eq!(points(20_000.0), points(9e9), "bounded");
    }

    #[test]
    fn a_repository_can_have_its_own_weights() {
        let own = RawScore {
            weights: BTreeMap::from([(SignalId::Expertise, -20.0)]),
            typical: BTreeMap::from([(SignalId::AddedLines, 50.0)]),
        };
        let rules = rules().overridden(".preflag.yml", &own).overridden("nothing.yaml", &RawScore::default());
        assert_eq!(rules.signal(SignalId::Expertise).weight, -20.0);
        assert_eq!(rules.signal(SignalId::AddedLines).typical, 50.0);
        assert_eq!(rules.signal(SignalId::Fix).weight, 5.0);
        assert_eq!(rules.overridden_by, [".preflag.yml"]);
    }

    #[test]
    fn conditions_are_counted_by_their_words() {
        let rules = rules();
        for (line, expected) in [
            ("  if (a && b) {", 2),
            ("} else if (x || y ?? z) {", 3),
            ("return a ? b : c;", 1),
            ("elif key in known:", 1),
            ("rescue NotFound => e", 1),
            ("gift = notify(iffy)", 0),
            ("// if this fails", 0),
            ("  # unless told", 0),
            (" * when it is", 0),
            ("a?.b", 0),
        ] {
            assert_eq!(rules.conditions(line), expected, "{line}");
        }
        assert_eq!(rules.conditions(&"é && ".repeat(1_000)), 333, "long lines are cut");
    }

    #[test]
    fn subjects_say_what_a_change_is_for() {
        let rules = rules();
        let told = |subject: &str| {
            let SubjectWords { dependencies, stopgap } = rules.told_by(subject);
            (dependencies.unwrap_or_default(), stopgap.unwrap_or_default())
        };
        for (subject, dependencies, stopgap) in [
            ("Upgrade React to 18.2", "Upgrade", ""),
            ("chore(deps): tidy", "", ""),
            ("Tidy (deps)", "deps", ""),
            ("Tax rates of v3.0.1", "v3.0.1", ""),
            ("Log the tax", "", "Log"),
            ("Round down, for now", "", "for now"),
            ("Replaces the old tax table", "", "Replaces"),
            ("Ask Bo instead of Ada", "", "instead of"),
            ("Add a tax table", "", ""),
            ("Login of 2 people, 3.5% tax", "", ""),
            ("Import taxes; reporting", "", ""),
            ("", "", ""),
        ] {
            assert_eq!(told(subject), (dependencies.to_owned(), stopgap.to_owned()), "{subject}");
        }
        assert!(rules.is_dependencies("web/package.json") && rules.is_dependencies("requirements/dev.in"));
        assert!(!rules.is_dependencies("src/package.ts"));
    }

    #[test]
    fn folders_say_what_a_file_is_for() {
        let rules = rules();
        assert!(rules.is_ui("web/Components/Pay.tsx") && !rules.is_ui("src/components.ts"));
        assert!(rules.is_core("src/lib/a/tax.rb") && !rules.is_core("src/tax/lib.rb"));
        assert!(rules.is_product_config("config/app.yml") && !rules.is_product_config("web/.eslintrc.json"));
        assert!(!rules.is_product_config(".github/workflows/ci.yml"));
        let entry = |path: &str| rules.entry(path).map(|entry| entry.what[0].as_str());
        assert_eq!(entry("web/app/pay/page.tsx"), Some("page"));
        assert_eq!(entry("server/pay/urls.py"), Some("route file"));
        assert_eq!(entry("server/tasks.py"), Some("job"));
        assert_eq!(entry("src/tax.ts"), None);
    }
}

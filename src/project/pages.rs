//! What a framework runs before a page, and the flags without which that lets no page through.
//!
//! A page is not called by anybody: a framework serves it. Where a function of the same file runs first and refuses unless a flag
//! is on, or where a layout above shows its children only then, the framework is a caller behind that flag. Which files
//! are pages, and what runs before them, is data (`rules/files.yaml`). Other uses of the page count as ever.

use super::Project;
use super::callers::Target;
use crate::detect::wrapper::{Handed, Shape};
use crate::gating::condition::FlagValues;
use crate::gating::{does_something, dominance, gate_at, push_new};
use crate::location::RepoPath;
use crate::report::{Gate, GateKind, Step, StepKind};
use crate::rules::files::PageRule;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::Polarity;

/// Folders above a page, as far as layouts are looked for.
const MAX_FOLDERS: usize = 24;

/// What runs before a page, and its gates (flag ON).
pub(super) struct Passed {
    pub(super) by: Step,
    /// What runs, in the file of the step.
    pub(super) node: NodeId,
    pub(super) gates: Vec<Gate>,
}

impl Project<'_> {
    /// The gates that a framework passes before it shows the default export of this file; `None` where there is none.
    pub(super) fn before_page(&mut self, path: &RepoPath) -> Option<Passed> {
        let rules = self.rules;
        let mut needed = vec![path.clone()];
        for rule in rules.files.pages(path) {
            needed.extend(self.layouts(path, rule));
        }
        self.load(&needed);
        let guarded = |rule: &PageRule| self.guarded(path, rule).or_else(|| self.laid_out(path, rule));
        rules.files.pages(path).find_map(guarded)
    }

    /// The gates of a function that runs before a page that is new, where what it does before it asks only finds something out:
    /// without the flag, the page is missing as before.
    pub(super) fn guards_new_page(&self, target: &Target) -> Option<Vec<Gate>> {
        let file = self.file(&target.path).filter(|_| self.tree.before().text(target.path.as_str()).is_none())?;
        let values = FlagValues::new(&file.source, &file.flags)?;
        let facts = values.facts;
        let acts = |at: NodeId| match facts.role(at) {
            Role::Call => does_something(&file.source, at),
            Role::Assignment => true,
            _ => false,
        };
        self.rules.files.pages(&target.path).find_map(|rule| {
            let of_target = |name: &String| {
                let (node, function) = self.guard(facts, &target.path, name)?;
                (node == target.node || function == target.node).then_some(function)
            };
            let function = rule.guards.iter().find_map(of_target)?;
            let gates = gates_of_results(&values, function, rule)?;
            let mut in_the_open = facts.descendants(function).filter(|&at| acts(at));
            in_the_open.all(|at| dominance::is_on(&dominance::gates(&values, at))).then_some(gates)
        })
    }

    /// What a page's file exports under this name, and the function that it is.
    fn guard(&self, facts: &Facts, path: &RepoPath, name: &str) -> Option<(NodeId, NodeId)> {
        let exported = self.tree.exported(path, name).filter(|it| it.path == *path && it.rest.is_empty())?;
        let function = match facts.role(exported.node) {
            Role::Binding => facts.part(exported.node, Part::Value)?,
            _ => exported.node,
        };
        (facts.role(function) == Role::Function).then_some((exported.node, function))
    }

    /// `getServerSideProps` of the page's own file.
    fn guarded(&self, path: &RepoPath, rule: &PageRule) -> Option<Passed> {
        let file = self.file(path)?;
        let source = &file.source;
        let values = FlagValues::new(source, &file.flags)?;
        let facts = values.facts;
        rule.guards.iter().find_map(|name| {
            let (_, function) = self.guard(facts, path, name)?;
            let gates = gates_of_results(&values, function, rule)?;
            let line = source.lines.line(facts.node(function).span.start);
            let by = Step { kind: StepKind::Caller, name: name.clone(), path: path.clone(), line };
            Some(Passed { by, node: function, gates })
        })
    }

    /// A layout that shows its children only with a flag on.
    fn laid_out(&self, path: &RepoPath, rule: &PageRule) -> Option<Passed> {
        self.layouts(path, rule).into_iter().find_map(|layout| {
            let file = self.file(&layout)?;
            let facts = file.source.facts()?;
            let exported =
                self.tree.exported(&layout, "default").filter(|it| it.path == layout && it.rest.is_empty())?;
            let is_default = |node: NodeId| {
                node == exported.node
                    || facts.part(node, Part::Value) == Some(exported.node)
                    || facts.part(exported.node, Part::Value) == Some(node)
            };
            file.declared.iter().filter(|it| it.member.is_none() && is_default(it.node)).find_map(|it| {
                let Shape::Runs { handed: Handed::Children, reads, .. } = &it.wrapper.shape else { return None };
                let mut gates: Vec<Gate> = Vec::new();
                for read in reads {
                    let Some(key) = read.fixed().filter(|key| key.is_known()) else { continue };
                    let (path, line, via) = (layout.clone(), it.wrapper.line, read.via.clone());
                    let flag = key.name().to_owned();
                    push_new(
                        &mut gates,
                        Gate { flag, path, line, polarity: read.polarity, kind: GateKind::EarlyExit, via },
                    );
                }
                let (name, line) = (it.wrapper.name.clone(), it.wrapper.line);
                let by = Step { kind: StepKind::Caller, name, path: layout.clone(), line };
                (!gates.is_empty()).then_some(Passed { by, node: it.node, gates })
            })
        })
    }

    /// Whether the file stands among pages that are found by their own names, so that its place alone says nothing.
    pub(super) fn is_beside_pages(&self, path: &RepoPath) -> bool {
        let files = &self.rules.files;
        files.is_beside_routes(path) && files.all_pages().iter().any(|rule| !self.layouts(path, rule).is_empty())
    }

    /// The layouts that a page is shown in, innermost first.
    fn layouts(&self, path: &RepoPath, rule: &PageRule) -> Vec<RepoPath> {
        let mut found = Vec::new();
        let mut folder = path.as_str();
        for _ in 0..MAX_FOLDERS {
            let Some((above, last)) = folder.rsplit_once('/') else { break };
            // What is in a slot (`@modal`) is no child of the layout.
            if last.starts_with('@') {
                break;
            }
            folder = above;
            for name in &rule.layouts {
                let layout = RepoPath::new(format!("{folder}/{name}"));
                let is_one = layout != *path && rule.is_for(&layout) && self.tree.text(layout.as_str()).is_some();
                found.extend(is_one.then_some(layout));
            }
        }
        found
    }
}

/// The gates that every result of a function stands behind that is no refusal.
fn gates_of_results(values: &FlagValues<'_>, function: NodeId, rule: &PageRule) -> Option<Vec<Gate>> {
    let (file, facts) = (values.file, values.facts);
    let body = facts.part(function, Part::Body).filter(|&body| facts.role(body) == Role::Block)?;
    let own = |&at: &NodeId| facts.enclosing(at, Role::Function).next() == Some(function);
    let exits = facts.descendants(body).filter(|&at| facts.role(at) == Role::Exit).filter(own);
    let returns = exits.filter(|&exit| file.text_of(exit).starts_with("return"));
    let shown =
        returns.filter(|&exit| facts.part(exit, Part::Value).is_none_or(|value| !refuses(file, facts, value, rule)));
    let mut ways: Vec<Vec<dominance::GateAt>> = shown.map(|exit| dominance::gates(values, exit)).collect();
    if !dominance::always_leaves(values, body) {
        ways.push(dominance::gates_at_end(values, body));
    }
    let on = |gates: Vec<dominance::GateAt>| -> Vec<Gate> {
        let gates = gates.into_iter().filter(|gate| gate.outcome.polarity == Polarity::On);
        gates.map(|gate| gate_at(values, &gate)).collect()
    };
    let shared = ways.into_iter().map(on).reduce(|mut all, more| {
        all.retain(|gate| more.iter().any(|other| other.flag == gate.flag && other.polarity == gate.polarity));
        all
    })?;
    (!shared.is_empty()).then_some(shared)
}

/// `{ notFound: true }`, `{ redirect: {..} }`, `redirect("/")`: no page is shown.
fn refuses(file: &SourceFile, facts: &Facts, value: NodeId, rule: &PageRule) -> bool {
    let value = facts.inner(value);
    match facts.role(value) {
        Role::Object => facts.children(value).filter(|&at| facts.role(at) == Role::Pair).any(|pair| {
            let key = facts.part(pair, Part::Key).map(|key| file.text_of(key).trim_matches(['"', '\'']));
            let held = facts.part(pair, Part::Value).map(|held| facts.role(held));
            matches!(held, Some(Role::True | Role::Object))
                && key.is_some_and(|key| rule.refusals.iter().any(|it| it == key))
        }),
        Role::Call => {
            let callee = facts.part(value, Part::Callee).map(|callee| file.text_of(callee));
            callee.is_some_and(|callee| rule.refusing_calls.iter().any(|it| it == callee))
        }
        _ => false,
    }
}

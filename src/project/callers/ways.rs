//! The ways to a declaration as a tree: its uses, the uses of what they stand in, and so on, for people who ask why.
//!
//! Nothing is decided here: this is what [`Reach`] was decided by.

use super::{Declared, Graph, Project, Reach, Target, Use, Wanted};
use crate::gating::condition::FlagValues;
use crate::gating::{dominance, gate_at};
use crate::report::{Gate, Step};
use crate::terms::Polarity;

/// More uses are not told, over all of the tree.
const MAX_USES: usize = 200;

/// A declaration, and what uses it as far as it was looked at.
#[derive(Debug, Clone)]
pub(crate) struct Ways {
    /// Its name, and where it stands.
    pub(crate) declared: Step,
    pub(crate) reach: Reach,
    /// The class of a method, where the method is gated because the class is.
    pub(crate) class: Option<Box<Ways>>,
    pub(crate) uses: Vec<Way>,
    /// False where nobody looked for uses.
    pub(crate) is_followed: bool,
}

/// One use.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    pub(crate) place: Step,
    /// The gates right before it that need the flag on.
    pub(crate) gates: Vec<Gate>,
    /// Those that need it off.
    pub(crate) off: Vec<Gate>,
    /// The declaration around it; `None` at the top of a module.
    pub(crate) within: Option<String>,
    /// Who uses that one, where no gate stands before this use. `None` also where it leads back to where it came from.
    pub(crate) then: Option<Box<Ways>>,
}

impl Project<'_> {
    /// How a declaration is reached.
    pub(crate) fn ways(&mut self, target: &Target) -> Ways {
        let (graph, roots) = self.followed(std::slice::from_ref(target), Wanted::Ways);
        let mut teller = Teller { project: self, graph: &graph, left: MAX_USES, open: Vec::new() };
        teller.ways(roots[0])
    }
}

struct Teller<'t> {
    project: &'t Project<'t>,
    graph: &'t Graph,
    left: usize,
    /// What is being told already: uses may go in circles.
    open: Vec<usize>,
}

impl Teller<'_> {
    fn ways(&mut self, id: usize) -> Ways {
        let node = &self.graph.nodes[id];
        self.open.push(id);
        let class = node.class.filter(|&class| self.graph.nodes[class].gates.is_some() && !self.open.contains(&class));
        let class = class.map(|class| Box::new(self.ways(class)));
        let mut uses = Vec::new();
        for place in &node.uses {
            let Some(left) = self.left.checked_sub(1) else { break };
            self.left = left;
            uses.push(self.way(place));
        }
        self.open.pop();
        let declared = node.step(self.project, &node.target.path, node.target.node);
        let is_followed = node.is_explored || node.open.is_some() || node.gates.is_some();
        Ways { declared, reach: self.graph.answer(id, &self.graph.dead()), class, uses, is_followed }
    }

    fn way(&mut self, place: &Use) -> Way {
        let inside = place.inside.as_ref().and_then(|target| self.graph.by_target.get(target).copied());
        let then = inside.filter(|id| !self.open.contains(id)).map(|id| Box::new(self.ways(id)));
        let within = place.inside.clone().or_else(|| self.around(place));
        let within = within.map(|target| Declared::name_at(self.project, &target));
        Way { place: place.place.clone(), gates: place.gates.clone(), off: self.off(place), within, then }
    }

    fn around(&self, place: &Use) -> Option<Target> {
        let source = self.project.tree.source(place.place.path.as_str())?;
        let node = super::declaration_around(source.facts()?, place.node)?;
        Some(Target { path: place.place.path.clone(), node })
    }

    fn off(&self, place: &Use) -> Vec<Gate> {
        let file = self.project.file(&place.place.path);
        let values = file.and_then(|file| FlagValues::new(&file.source, &file.flags));
        let Some(values) = values else { return Vec::new() };
        let gates = dominance::gates(&values, place.node).into_iter();
        gates.filter(|gate| gate.outcome.polarity == Polarity::Off).map(|gate| gate_at(&values, &gate)).collect()
    }
}

impl Declared {
    fn name_at(project: &Project<'_>, target: &Target) -> String {
        let source = project.tree.source(target.path.as_str());
        let name = source.as_deref().and_then(|source| {
            crate::gating::declarations::name_of(source, source.facts()?, target.node).map(str::to_owned)
        });
        name.unwrap_or_else(|| "default".to_owned())
    }
}

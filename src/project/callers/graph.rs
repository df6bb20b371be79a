//! What follows from the uses that were found: who is gated, who is open, who is dead, and who has to be looked at next.

use super::collected::{decorated_into, is_collector};
use super::settings::only_makes_function;
use super::*;
use crate::project::by_text::last_name;

impl Graph {
    pub(super) fn add(&mut self, project: &Project<'_>, target: &Target) -> usize {
        if let Some(&id) = self.by_target.get(target) {
            return id;
        }
        let id = self.nodes.len();
        self.by_target.insert(target.clone(), id);
        let source = project.tree.source(target.path.as_str());
        let facts = source.as_deref().and_then(SourceFile::facts);
        let (mut name, mut class, mut open, mut is_setting) = (String::new(), None, None, false);
        let mut guarded = None;
        let (mut filling, mut is_statement, mut makes_function) = (None, false, false);
        if let (Some(source), Some(facts)) = (&source, facts) {
            let object = match facts.role(target.node) {
                Role::Call => filling_around(source, facts, target.node, project.rules).map(|filling| filling.object),
                _ => decorated_into(source, facts, target.node, project.rules),
            };
            let of_object = object.filter(|_| facts.role(target.node) == Role::Call);
            name = name_of(source, facts, of_object.unwrap_or(target.node)).unwrap_or("default").to_owned();
            let step = || step_at(&name, &target.path, source.lines.line(facts.node(target.node).span.start));
            let inner = facts.part(target.node, Part::Value).unwrap_or(target.node);
            let is_decorated =
                facts.part(target.node, Part::Decorator).or(facts.part(inner, Part::Decorator)).is_some();
            is_statement = of_object.is_some();
            filling = object.map(|node| Target { path: target.path.clone(), node });
            makes_function = only_makes_function(source, facts, inner);
            guarded = project.guarded_method(target);
            if is_decorated
                && guarded.is_none()
                && filling.is_none()
                && !project.is_only_described(source, facts, target.node)
                && !project.is_only_wrapped(source, facts, target.node)
            {
                open = Some((step(), Some("its decorator may register it with a framework".to_owned())));
            } else if has_sections(&target.path) {
                open = Some((step(), Some("the markup around it may use it".to_owned())));
            } else if project.rules.files.is_entry_point(&target.path)
                && !project.is_page(target)
                && !project.is_private(target, &name)
            {
                open = Some((step(), Some("a framework looks for it there".to_owned())));
            }
            let collects = is_collector(source, facts, target.node, project.rules);
            if open.is_none() && !collects && !is_statement && acts_at_load(source, facts, target.node) {
                open = Some((step(), Some("it is made when its module is loaded".to_owned())));
            }
            if open.is_none() && facts.role(target.node) == Role::Class {
                let mut bases = facts.parts(target.node, Part::Base).map(|base| last_name(source.text_of(base)));
                if bases.any(|base| project.rules.files.is_stored(base)) {
                    open = Some((step(), Some("what is stored is made into it anywhere".to_owned())));
                } else if let Some(file) = project.lists_subclasses(source, facts, target.node) {
                    open = Some((step(), Some(format!("{file} asks for all classes that extend its base"))));
                }
            }
            is_setting = project.is_setting(target, source, facts, &name);
            class = facts.enclosing(target.node, Role::Class).next().filter(|&class| class != target.node);
            if let (Some(of), None, None) = (class, &open, &guarded)
                && let Some(why) = project.calls_from_outside(source, facts, of, &name)
                && !project.is_name_of_its_own(target, source, facts, &name)
            {
                open = Some((step(), Some(why.to_owned())));
            }
            if open.is_none() && is_looked_up(source, facts, class) {
                open = Some((step(), Some("its file calls by names that it makes up".to_owned())));
            }
        }
        let is_class = facts.is_some_and(|facts| facts.role(target.node) == Role::Class);
        let is_value = facts.is_some_and(|facts| facts.role(target.node) == Role::Binding);
        let constants = match (&source, facts) {
            (Some(source), Some(facts)) if is_class => project.constants_of(source, facts, target.node),
            _ => BTreeSet::new(),
        };
        let declared = Declared {
            target: target.clone(),
            name,
            class: None,
            is_class,
            is_value,
            constants,
            makes_function,
            filling,
            is_statement,
            is_setting,
            is_explored: false,
            is_verified: guarded.is_some(),
            guarded,
            is_cut_short: false,
            uses: Vec::new(),
            open,
            gates: None,
            is_forgotten: OnceLock::new(),
        };
        self.nodes.push(declared);
        if let Some(class) = class {
            let class = self.add(project, &Target { path: target.path.clone(), node: class });
            self.nodes[id].class = Some(class);
        }
        id
    }

    /// Finds what is gated by now; the declarations that have to be looked at next.
    pub(super) fn settle(&mut self, project: &Project<'_>) -> BTreeSet<usize> {
        loop {
            let mut changed = false;
            let unused = self.unused(project);
            for id in 0..self.nodes.len() {
                if self.nodes[id].gates.is_none()
                    && let Some(gates) = self.gates_of(id, &unused)
                {
                    self.nodes[id].gates = Some(gates);
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        // Only what may still be proved is looked at further.
        let mut next = BTreeSet::new();
        let mut targets: Vec<Target> = Vec::new();
        let unused = self.unused(project);
        for node in self.nodes.iter().filter(|node| node.is_explored && node.gates.is_none() && node.open.is_none()) {
            targets.extend(node.uses.iter().filter_map(|place| place.inside.clone()));
            if node.uses.iter().any(|place| self.is_unused(place, &unused)) {
                node.uses.iter().for_each(|place| targets.extend(self.gated_in(place)));
            }
        }
        targets.sort_unstable();
        targets.dedup();
        for target in targets {
            let id = self.add(project, &target);
            next.insert(id);
            next.extend(self.nodes[id].class);
        }
        // What is inside of something open is open itself.
        loop {
            let mut changed = false;
            for id in 0..self.nodes.len() {
                if self.nodes[id].gates.is_some() || self.nodes[id].open.is_some() {
                    continue;
                }
                let of_class = |node: &Declared| node.class.is_none_or(|class| self.nodes[class].open.is_some());
                let open = self.nodes[id].uses.iter().find_map(|place| {
                    let outer = &self.nodes[*self.by_target.get(place.inside.as_ref()?)?];
                    (outer.open.is_some() && of_class(outer)).then(|| (place.place.clone(), outer.is_cut_short))
                });
                if let Some((place, is_cut_short)) = open {
                    (self.nodes[id].open, self.nodes[id].is_cut_short) = (Some((place, None)), is_cut_short);
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        next.retain(|&id| !self.nodes[id].is_explored);
        next
    }

    fn gates_of(&self, id: usize, unused: &[bool]) -> Option<Vec<Gate>> {
        let node = &self.nodes[id];
        if let Some(gates) = node.class.and_then(|class| self.nodes[class].gates.as_ref()) {
            return Some(gates.clone());
        }
        if !node.is_explored || node.open.is_some() || node.uses.is_empty() {
            return None;
        }
        let mut united: Vec<Gate> = Vec::new();
        let counts = |place: &&Use| !self.is_unused(place, unused);
        // Where nobody seems to use the gated places either, the repository is not all there is.
        if node.uses.iter().any(|place| !counts(&place))
            && !node.uses.iter().filter(counts).all(|place| self.is_live(place))
        {
            return None;
        }
        for place in node.uses.iter().filter(counts) {
            let through = match &place.inside {
                Some(target) => self.nodes[*self.by_target.get(target)?].gates.as_ref()?,
                None => &place.gates,
            };
            for gate in through {
                let mut via = vec![place.place.clone()];
                via.extend(gate.via.iter().cloned());
                push_new(&mut united, Gate { kind: GateKind::Caller, via, ..gate.clone() });
            }
        }
        // What only dead code uses is behind no flag.
        (!united.is_empty()).then_some(united)
    }

    fn is_unused(&self, place: &Use, unused: &[bool]) -> bool {
        let around = place.inside.as_ref().and_then(|target| self.by_target.get(target));
        around.is_some_and(|&outer| unused[outer])
    }

    /// Whether a use is in code that is known to run.
    fn is_live(&self, place: &Use) -> bool {
        self.gated_in(place).any(|target| self.by_target.get(&target).is_some_and(|&id| self.nodes[id].open.is_some()))
    }

    /// The declarations with the gates that a use stands behind.
    fn gated_in(&self, place: &Use) -> impl Iterator<Item = Target> {
        let mut found: BTreeSet<Target> = place.behind.iter().cloned().collect();
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        let id = |place: &Use| place.inside.as_ref().and_then(|target| self.by_target.get(target)).copied();
        let mut left: Vec<usize> = id(place).into_iter().collect();
        while let Some(next) = left.pop() {
            if seen.insert(next) {
                found.extend(self.nodes[next].uses.iter().filter_map(|place| place.behind.clone()));
                left.extend(self.nodes[next].uses.iter().filter_map(id));
                // A method runs where its class is used.
                left.extend(self.nodes[next].class);
            }
        }
        found.into_iter()
    }

    /// The declarations that nobody uses, where that can be believed: what they use is not used there.
    fn unused(&self, project: &Project<'_>) -> Vec<bool> {
        let mut unused = self.dead();
        for (id, unused) in unused.iter_mut().enumerate().filter(|(_, unused)| **unused) {
            let node = &self.nodes[id];
            *unused = node.class.is_none() && *node.is_forgotten.get_or_init(|| project.is_forgotten(&node.target));
        }
        unused
    }

    /// For each declaration, whether it is one of these, or uses of them stand in it, or in what uses it.
    pub(super) fn around(&self, these: impl Iterator<Item = usize>) -> Vec<bool> {
        let mut found = vec![false; self.nodes.len()];
        let mut open: Vec<usize> = these.collect();
        while let Some(id) = open.pop() {
            if !std::mem::replace(&mut found[id], true) {
                let inside = self.nodes[id].uses.iter().filter_map(|place| place.inside.as_ref());
                open.extend(inside.filter_map(|target| self.by_target.get(target)));
                open.extend(self.nodes[id].class);
            }
        }
        found
    }

    /// The declarations that nobody uses, or only what nobody uses either: the least fixed point.
    pub(super) fn dead(&self) -> Vec<bool> {
        let is_alone = |node: &Declared| node.is_explored && node.open.is_none() && node.gates.is_none();
        let mut dead = vec![false; self.nodes.len()];
        loop {
            let mut changed = false;
            for (id, node) in self.nodes.iter().enumerate().filter(|(_, node)| is_alone(node)) {
                let is_unused = |place: &Use| {
                    let around = place.inside.as_ref().and_then(|target| self.by_target.get(target));
                    place.gates.is_empty() && around.is_some_and(|&outer| dead[outer])
                };
                if !dead[id] && node.uses.iter().all(is_unused) {
                    dead[id] = true;
                    changed = true;
                }
            }
            if !changed {
                return dead;
            }
        }
    }

    pub(super) fn answer(&self, id: usize, dead: &[bool]) -> Reach {
        let node = &self.nodes[id];
        if let Some(gates) = &node.gates {
            return Reach::Gated(gates.clone());
        }
        if let Some((place, why)) = &node.open {
            return Reach::Open { place: place.clone(), why: why.clone() };
        }
        match node.uses.first() {
            _ if dead[id] => Reach::Dead,
            None => Reach::Dead,
            Some(first) => {
                let place = node.uses.iter().find(|place| place.gates.is_empty()).unwrap_or(first).place.clone();
                Reach::Open { place, why: Some("its callers could not be followed to a flag".to_owned()) }
            }
        }
    }
}

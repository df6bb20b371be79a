//! The uses of declarations, looked for where they may be: by frameworks, in the file itself, in those that may use it.

use super::search::Search;
use super::users::User;
use super::*;

impl Project<'_> {
    /// Finds the uses of declarations, or says that there is too much to look at.
    pub(super) fn explore(&mut self, graph: &mut Graph, asked: &[usize], wanted: Wanted<'_>) {
        for some in asked.chunks(BATCH) {
            let is_full = graph.explored >= MAX_DECLARATIONS || self.asked.files_read() >= MAX_FILES;
            let found = if is_full { BTreeMap::new() } else { self.uses_of(graph, some, wanted) };
            graph.explored += some.len();
            for (id, uses) in found {
                (graph.nodes[id].uses, graph.nodes[id].open) = (uses.found, uses.open);
            }
            for &id in some {
                graph.nodes[id].is_explored = true;
                let node = &graph.nodes[id];
                if is_full && node.open.is_none() {
                    let own = node.step(self, &node.target.path, node.target.node);
                    let why = "too many files would have to be read".to_owned();
                    (graph.nodes[id].open, graph.nodes[id].is_cut_short) = (Some((own, Some(why))), true);
                }
            }
        }
    }

    /// The uses of declarations, as far as they are wanted.
    fn uses_of(&mut self, graph: &Graph, asked: &[usize], wanted: Wanted<'_>) -> BTreeMap<usize, Uses> {
        let of_framework = self.framework_uses(graph, asked);
        let known = |&id: &usize| {
            let node = &graph.nodes[id];
            (id, Uses { found: node.filled(self).into_iter().collect(), open: node.open.clone() })
        };
        let mut uses: BTreeMap<usize, Uses> = asked.iter().map(known).collect();
        let is_asked = |id: &usize| graph.nodes[*id].open.is_none() && !graph.nodes[*id].is_statement;
        let mut left: Vec<usize> = asked.iter().copied().filter(is_asked).collect();
        if let Wanted::Proof(_) = wanted {
            for (id, of_framework) in &of_framework {
                of_framework.put(uses.entry(*id).or_default());
            }
            left.retain(|id| uses[id].open.is_none());
            // The file itself is read already, and ends most questions.
            self.load(&left.iter().map(|&id| graph.nodes[id].target.path.clone()).collect::<Vec<_>>());
            let own = |&id: &usize| {
                let node = &graph.nodes[id];
                (id, self.uses(node, &[User::of(node.target.path.clone(), &node.name)], wanted))
            };
            for (id, own) in left.par_iter().with_max_len(1).map(own).collect::<Vec<_>>() {
                uses.entry(id).or_default().open = own.open;
            }
            left.retain(|id| uses[id].open.is_none());
        }
        let users = |&id: &usize| {
            let node = &graph.nodes[id];
            if node.guarded.is_some() {
                return (id, Ok(vec![User::of(node.target.path.clone(), &node.name)]));
            }
            (id, self.users(&node.target, &node.name, node.is_named_anywhere()))
        };
        let mut users_of: Vec<(usize, Vec<User>)> = Vec::new();
        for (id, users) in left.par_iter().with_max_len(1).map(users).collect::<Vec<_>>() {
            let node = &graph.nodes[id];
            match users {
                Ok(users) => users_of.push((id, users)),
                Err(why) => {
                    let own = node.step(self, &node.target.path, node.target.node);
                    uses.entry(id).or_default().open = Some((own, Some(why)));
                }
            }
        }
        let paths: BTreeSet<&RepoPath> = users_of.iter().flat_map(|(_, users)| users).map(|user| &user.path).collect();
        self.load(&paths.into_iter().cloned().collect::<Vec<_>>());
        let look = |(id, users): &(usize, Vec<User>)| (*id, self.uses(&graph.nodes[*id], users, wanted));
        let found: Vec<(usize, Uses)> = users_of.par_iter().with_max_len(1).map(look).collect();
        for (id, found) in found {
            let of = uses.entry(id).or_default();
            of.found.splice(0..0, found.found);
            of.open = found.open;
        }
        if let Wanted::Ways = wanted {
            for (id, of_framework) in &of_framework {
                of_framework.put(uses.entry(*id).or_default());
            }
        }
        for uses in uses.values_mut().filter(|uses| uses.open.is_none()) {
            self.ask_callers_of_uses(uses);
        }
        uses
    }

    /// Whether a declaration is a page that a framework serves.
    pub(super) fn is_page(&self, target: &Target) -> bool {
        self.rules.files.pages(&target.path).next().is_some() && self.is_default_export(target)
    }

    /// For each page among the declarations, how the framework comes to it.
    fn framework_uses(&mut self, graph: &Graph, asked: &[usize]) -> BTreeMap<usize, OfFramework> {
        let mut found = BTreeMap::new();
        for &id in asked {
            let node = &graph.nodes[id];
            if let Some(Guarded { by, node, gates, .. }) = node.guarded.clone() {
                let behind = Some(Target { path: by.path.clone(), node });
                found.insert(id, OfFramework::Passes(Use { place: by, node, gates, inside: None, behind }));
                continue;
            }
            if node.open.is_some() || !self.is_page(&node.target) {
                continue;
            }
            match self.before_page(&node.target.path) {
                Some(passed) => {
                    let behind = Some(Target { path: passed.by.path.clone(), node: passed.node });
                    let place = Use { place: passed.by, node: passed.node, gates: passed.gates, inside: None, behind };
                    found.insert(id, OfFramework::Passes(place));
                }
                None if self.rules.files.is_entry_point(&node.target.path) => {
                    found.insert(id, OfFramework::Open(node.step(self, &node.target.path, node.target.node)));
                }
                None => {}
            }
        }
        found
    }

    /// Uses that stand behind what the function around them was handed are behind the flag that it carries.
    fn ask_callers_of_uses(&mut self, uses: &mut Uses) {
        for place in uses.found.iter_mut().filter(|place| place.gates.is_empty()) {
            let Some(around) = place.inside.clone() else { continue };
            self.ask_callers_of(&around, place.node);
            let Some(file) = self.files.get(&around.path).filter(|_| !self.handed.of(&around.path).is_empty()) else {
                continue;
            };
            let Some(values) = FlagValues::new(&file.source, &file.flags) else { continue };
            let gates = dominance::gates(&values, place.node).into_iter();
            let gates = gates.filter(|gate| gate.outcome.polarity == Polarity::On);
            place.gates = gates.map(|gate| gate_at(&values, &gate)).collect();
            if !place.gates.is_empty() {
                (place.inside, place.behind) = (None, Some(around));
            }
        }
    }

    /// The uses of a declaration in the files that may hold some.
    pub(super) fn uses(&self, declared: &Declared, users: &[User], wanted: Wanted<'_>) -> Uses {
        let mut uses = Uses::default();
        for user in users {
            if matches!(wanted, Wanted::Proof(_)) && uses.open.is_some() {
                break;
            }
            let Some(file) = self.files.get(&user.path) else { continue };
            // What markup does with its names is not seen.
            let Some(facts) = file.source.facts().filter(|_| !has_sections(&user.path)) else {
                let place = step_at(&declared.name, &user.path, 1);
                uses.open.get_or_insert((place, Some("it cannot be parsed".to_owned())));
                continue;
            };
            let Some(values) = FlagValues::new(&file.source, &file.flags) else { continue };
            let search = Search { declared, source: &file.source, facts, values, rules: self.rules };
            if declared.guarded.is_some() {
                search.own_method(&mut uses);
            } else if declared.class.is_some() {
                search.method(&mut uses);
            } else if declared.is_setting {
                search.setting(&mut uses);
            } else {
                search.declaration(user, &mut uses);
            }
        }
        uses.found.sort_by(|a, b| a.place.cmp(&b.place));
        // Not all of so many lead to a flag; following them is dear.
        let mut in_the_open = uses.found.iter().filter(|place| place.gates.is_empty());
        if let (None, Some(place)) = (&uses.open, in_the_open.nth(MAX_OPEN_USES)) {
            uses.open = Some((place.place.clone(), None));
        }
        uses
    }
}

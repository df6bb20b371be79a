//! Where the names of a file come from: the SDK, the project, or unknown.

use super::{Sureness, Text};
use crate::rules::flags::{FlagPack, PathWords, RuleRef};
use crate::syntax::facts::{NodeId, Part, Role};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How far a value is followed through bindings.
const MAX_STEPS: u8 = 7;

/// The names of one file.
pub(super) struct Names<'a> {
    imported: HashMap<&'a str, Imported>,
    /// Every value that a name is given by a declaration, in source order.
    bound: HashMap<&'a str, Vec<NodeId>>,
    /// The values that names are taken out of: `const { a } = v`.
    taken: HashMap<&'a str, Vec<NodeId>>,
    /// Every value that a member (`this.client`) or class field is given, by its last name.
    fields: HashMap<&'a str, Vec<NodeId>>,
    functions: HashMap<&'a str, Vec<NodeId>>,
    classes: HashMap<&'a str, Vec<NodeId>>,
    /// Names that stand for one of many values: `for (const flag of flags)`.
    loose: HashSet<&'a str>,
    /// The packs that the imports of the file name, and whether as the SDK's own modules.
    packs: BTreeMap<usize, Sureness>,
    /// What was found out, by name and steps left: names can refer to each other in circles.
    origins: RefCell<HashMap<(&'a str, u8), Origin<'a>>>,
}

struct Imported {
    packs: BTreeMap<usize, Sureness>,
}

/// What a rule takes for proof that a name is its pack's, beside where it comes from.
pub(super) struct Proof<'p> {
    /// What it is called on.
    pub(super) receivers: &'p [PathWords],
    /// These are the rule's own: what it is called on has to have one of the names, unless the SDK made it.
    pub(super) by_receiver: bool,
    pub(super) distinctive: bool,
    pub(super) common: bool,
}

/// Where a value comes from.
#[derive(Clone, Copy)]
enum Origin<'a> {
    /// Imported under this name from a module that packs know.
    Imported(&'a str),
    /// From a module that no pack knows, or declared right here.
    Elsewhere,
    /// A parameter, a global, a value too far away.
    Unknown,
}

impl<'a> Names<'a> {
    pub(super) fn collect(text: &Text<'a>) -> Self {
        let mut names = Self {
            imported: HashMap::new(),
            bound: HashMap::new(),
            taken: HashMap::new(),
            fields: HashMap::new(),
            functions: HashMap::new(),
            classes: HashMap::new(),
            loose: HashSet::new(),
            packs: BTreeMap::new(),
            origins: RefCell::default(),
        };
        for id in text.facts.ids() {
            match text.role(id) {
                Role::Import => names.import(text, id),
                role @ (Role::Function | Role::Class) => {
                    let table = if role == Role::Class { &mut names.classes } else { &mut names.functions };
                    if let Some(name) = text.part(id, Part::Name) {
                        table.entry(text.of(name)).or_default().push(id);
                    }
                }
                Role::Binding | Role::Assignment => names.given(text, id),
                Role::Destructuring => {
                    let Some(value) = text.part(id, Part::Value) else { continue };
                    for name in text.facts.descendants(id).filter(|&at| text.role(at) == Role::Destructured) {
                        if let Some(name) = text.part(name, Part::Name) {
                            names.taken.entry(text.of(name)).or_default().push(value);
                        }
                    }
                }
                _ => {}
            }
        }
        names
    }

    fn import(&mut self, text: &Text<'a>, import: NodeId) {
        let mut packs = BTreeMap::new();
        for source in text.facts.parts(import, Part::Source) {
            let module = text.file.string_value(source).unwrap_or_else(|| text.of(source).to_owned());
            known_packs(text, &module, &mut packs);
        }
        merge(&packs, &mut self.packs);
        for imported in text.facts.descendants(import).filter(|&at| text.role(at) == Role::Imported) {
            let name = text.part(imported, Part::Name).map(|name| text.of(name));
            let alias = text.part(imported, Part::Alias).map(|alias| text.of(alias));
            let Some(local) = alias.or(name) else { continue };
            // `import a.b` makes `a` known.
            let local = if alias.is_none() { local.split('.').next().unwrap_or(local) } else { local };
            let mut packs = packs.clone();
            // `from a import b`: `b` may be the module `a.b`.
            if let (Some(name), Some(source)) = (name, text.part(import, Part::Source))
                && text.role(source) != Role::String
            {
                known_packs(text, &format!("{}.{name}", text.of(source)), &mut packs);
                merge(&packs, &mut self.packs);
            }
            self.imported.insert(local, Imported { packs });
        }
    }

    fn given(&mut self, text: &Text<'a>, id: NodeId) {
        let Some(value) = text.part(id, Part::Value) else {
            let is_loose = matches!(text.role(text.parent(id)), Role::Loop | Role::Case | Role::Switch);
            self.loose.extend(text.part(id, Part::Name).filter(|_| is_loose).map(|name| text.of(name)));
            return;
        };
        let Some(target) = text.part(id, Part::Name).or_else(|| text.part(id, Part::Target)) else { return };
        match text.role(target) {
            Role::Member => {
                let Some(property) = text.part(target, Part::Property) else { return };
                self.fields.entry(text.of(property)).or_default().push(value);
            }
            _ => {
                let table = if in_class(text, id) { &mut self.fields } else { &mut self.bound };
                table.entry(text.of(target)).or_default().push(value);
            }
        }
    }

    pub(super) fn is_imported(&self, name: &str) -> bool {
        self.imported.contains_key(name)
    }

    /// Whether the name is declared in this file (not imported, no parameter).
    pub(super) fn is_bound(&self, name: &str) -> bool {
        self.bound.contains_key(name) || self.taken.contains_key(name) || self.functions.contains_key(name)
    }

    /// The functions and methods of this name.
    pub(super) fn functions(&self, name: &str) -> &[NodeId] {
        self.functions.get(name).map_or(&[], Vec::as_slice)
    }

    pub(super) fn classes(&self, name: &str) -> &[NodeId] {
        self.classes.get(name).map_or(&[], Vec::as_slice)
    }

    /// The values that members and fields of this name are given.
    pub(super) fn fields(&self, name: &str) -> &[NodeId] {
        self.fields.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether the name is taken out of something.
    pub(super) fn is_taken(&self, name: &str) -> bool {
        self.taken.contains_key(name)
    }

    pub(super) fn is_loose(&self, name: &str) -> bool {
        self.loose.contains(name)
    }

    /// The values that declarations give this name.
    pub(super) fn bound(&self, name: &str) -> &[NodeId] {
        self.bound.get(name).map_or(&[], Vec::as_slice)
    }

    /// The values that this name is given, or taken out of, anywhere in the file.
    pub(super) fn local(&self, name: &str) -> impl Iterator<Item = NodeId> {
        let values = self.bound.get(name).into_iter().chain(self.taken.get(name));
        values.flatten().copied()
    }

    /// How sure it is that a value of this name, made elsewhere, is the pack's.
    pub(super) fn imported_from(&self, name: &str, pack: usize) -> Sureness {
        let imported = self.imported.get(name).and_then(|imported| imported.packs.get(&pack)).copied();
        let file = self.packs.get(&pack).map(|&sureness| sureness.min(Sureness::FileImports));
        imported.max(file).unwrap_or(Sureness::Name)
    }

    fn origin(&self, text: &Text<'a>, id: NodeId, steps: u8) -> Origin<'a> {
        let Some(steps) = steps.checked_sub(1) else { return Origin::Unknown };
        let id = text.inner(id);
        let part = |part| text.part(id, part);
        let next = match text.role(id) {
            Role::Identifier => return self.origin_of_name(text, text.of(id), steps),
            Role::Member => {
                let (Some(object), Some(property)) = (part(Part::Object), part(Part::Property)) else {
                    return Origin::Unknown;
                };
                return match self.origin(text, object, steps) {
                    Origin::Unknown => self.first_known(text, self.fields.get(text.of(property)), steps),
                    known => known,
                };
            }
            Role::Call => part(Part::Callee),
            Role::Subscript => part(Part::Object),
            Role::Coalesce | Role::Or => part(Part::Left),
            _ => None,
        };
        next.map_or(Origin::Unknown, |next| self.origin(text, next, steps))
    }

    fn origin_of_name(&self, text: &Text<'a>, name: &'a str, steps: u8) -> Origin<'a> {
        if let Some(imported) = self.imported.get(name) {
            return if imported.packs.is_empty() { Origin::Elsewhere } else { Origin::Imported(name) };
        }
        if let Some(&known) = self.origins.borrow().get(&(name, steps)) {
            return known;
        }
        let origin = self.origin_of_declared(text, name, steps);
        self.origins.borrow_mut().insert((name, steps), origin);
        origin
    }

    fn origin_of_declared(&self, text: &Text<'a>, name: &'a str, steps: u8) -> Origin<'a> {
        let known = match self.first_known(text, self.bound.get(name), steps) {
            Origin::Unknown => self.first_known(text, self.taken.get(name), steps),
            known => known,
        };
        match known {
            Origin::Unknown if self.functions.contains_key(name) => Origin::Elsewhere,
            origin => origin,
        }
    }

    fn first_known(&self, text: &Text<'a>, values: Option<&Vec<NodeId>>, steps: u8) -> Origin<'a> {
        let values = values.into_iter().flatten().take(2);
        let known =
            values.map(|&value| self.origin(text, value, steps)).find(|origin| !matches!(origin, Origin::Unknown));
        known.unwrap_or(Origin::Unknown)
    }
}

/// Adds the packs that a module path speaks for.
fn known_packs(text: &Text<'_>, module: &str, packs: &mut BTreeMap<usize, Sureness>) {
    for (at, pack) in text.rules.packs().iter().enumerate() {
        if let Some(sureness) = module_of(pack, module) {
            merge(&BTreeMap::from([(at, sureness)]), packs);
        }
    }
}

fn merge(from: &BTreeMap<usize, Sureness>, into: &mut BTreeMap<usize, Sureness>) {
    for (&pack, &sureness) in from {
        let known = into.entry(pack).or_insert(sureness);
        *known = sureness.max(*known);
    }
}

/// How sure a module path is of this pack.
fn module_of(pack: &FlagPack, module: &str) -> Option<Sureness> {
    if pack.imports.iter().any(|glob| glob.matches(module)) {
        return Some(Sureness::Imported);
    }
    let name = module_name(module);
    pack.project_modules.iter().any(|pattern| pattern.matches(name)).then_some(Sureness::ProjectName)
}

/// The last name of a module path, without `index` and a file extension.
pub(super) fn module_name(module: &str) -> &str {
    let module = match module.rsplit_once('/') {
        Some((folder, file)) => match file.split_once('.').map_or(file, |(stem, _)| stem) {
            "index" => folder,
            _ => {
                let extension = file.rsplit_once('.').filter(|(_, extension)| extension.len() <= 3);
                &module[..module.len() - extension.map_or(0, |(_, extension)| extension.len() + 1)]
            }
        },
        None => module,
    };
    module.rsplit(['/', '.']).next().unwrap_or(module)
}

/// Whether a declaration stands right in a class.
fn in_class(text: &Text<'_>, id: NodeId) -> bool {
    let scope = text.facts.ancestors(id).find(|&at| matches!(text.role(at), Role::Function | Role::Class));
    scope.is_some_and(|scope| text.role(scope) == Role::Class)
}

impl<'a> Text<'a> {
    /// How sure it is that a call of this rule's name is the SDK's; `None` when nothing says so.
    pub(super) fn sureness(&self, rule: RuleRef, name: &'a str, receiver: Option<NodeId>) -> Option<Sureness> {
        let evaluation = self.rules.evaluation(rule);
        let patterns = evaluation.receivers.as_ref().unwrap_or(&self.rules.pack(rule).receivers);
        let proof = Proof {
            receivers: patterns,
            by_receiver: evaluation.receivers.is_some(),
            distinctive: evaluation.distinctive,
            common: evaluation.common,
        };
        self.judge(rule.pack, name, receiver, &proof)
    }

    pub(super) fn judge(
        &self,
        pack: usize,
        name: &'a str,
        receiver: Option<NodeId>,
        proof: &Proof<'_>,
    ) -> Option<Sureness> {
        let names = self.names();
        let origin = match receiver {
            Some(receiver) => names.origin(self, receiver, MAX_STEPS),
            None => names.origin_of_name(self, name, MAX_STEPS),
        };
        if let Origin::Imported(name) = origin
            && let Some(&sureness) = names.imported.get(name).and_then(|imported| imported.packs.get(&pack))
            && (sureness == Sureness::Imported || !proof.by_receiver)
        {
            return Some(sureness);
        }
        let path = receiver.and_then(|receiver| self.path(receiver));
        let named = |patterns: &[PathWords]| {
            path.as_ref().is_some_and(|path| patterns.iter().any(|pattern| pattern.matches(path)))
        };
        let here = matches!(origin, Origin::Unknown) && names.packs.get(&pack) == Some(&Sureness::Imported);
        if here && (!proof.common || named(&self.rules.packs()[pack].clients)) {
            return Some(Sureness::FileImports);
        }
        if named(proof.receivers) {
            return Some(Sureness::ProjectName);
        }
        proof.distinctive.then_some(Sureness::Name)
    }

    /// How people would name the expression: `getClient().flags["x"]` is `getClient.flags.x`.
    pub(super) fn path(&self, id: NodeId) -> Option<String> {
        self.path_to(id, 16)
    }

    fn path_to(&self, id: NodeId, depth: u8) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let id = self.inner(id);
        let part = |part| self.part(id, part);
        match self.role(id) {
            Role::Identifier => Some(self.of(id).to_owned()),
            Role::Member => {
                let property = self.of(part(Part::Property)?);
                Some(match self.path_to(part(Part::Object)?, depth) {
                    Some(object) => format!("{object}.{property}"),
                    None => property.to_owned(),
                })
            }
            Role::Subscript => {
                let object = self.path_to(part(Part::Object)?, depth)?;
                let key = part(Part::Index).and_then(|index| self.file.string_value(index));
                Some(key.map_or(object.clone(), |key| format!("{object}.{key}")))
            }
            Role::Call => self.path_to(part(Part::Callee)?, depth),
            Role::Coalesce | Role::Or => self.path_to(part(Part::Left)?, depth),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::module_name;

    #[test]
    fn a_module_is_named_by_its_file() {
        let cases = [
            ("../lib/featureFlags", "featureFlags"),
            ("hooks/useUiFlag.ts", "useUiFlag"),
            ("./feature-flags/index.js", "feature-flags"),
            ("@acme/feature.flags", "flags"),
            ("shared.rollouts", "rollouts"),
            (".flags", "flags"),
            ("waffle", "waffle"),
        ];
        for (module, name) in cases {
            assert_eq!(module_name(module), name, "{module}");
        }
    }
}

//! Declarations that are new in this change, and reached only behind a flag.
//!
//! A name that did not exist before the change can be used only by changed code. So for new top-level declarations the change
//! itself holds every use, and no index of the repository is needed: such a declaration is gated when it is used at
//! all, and every use stands behind a flag that is ON or inside another declaration that is gated this way. Uses are
//! over-counted (any identifier of the name, any string that ends in it), so that a gate is never claimed too much.
//!
//! Not here: callers of declarations that existed before; they need the whole repository (`index`).

use super::declarations::{name_of, top_level};
use super::{GatedDeclarations, SideValues, gate_of, push_new};
use crate::gating::condition::FlagValues;
use crate::gating::dominance;
use crate::location::LineRange;
use crate::report::{Gate, GateKind};
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::Polarity;
use std::collections::{BTreeMap, HashMap, HashSet};

/// One side of a changed file, and its changed lines.
pub(crate) struct ChangedSide<'a> {
    pub(crate) values: &'a SideValues<'a>,
    pub(crate) lines: Vec<LineRange>,
}

/// A top-level declaration that stands only on added lines.
struct NewDeclaration<'a> {
    file: usize,
    node: NodeId,
    name: &'a str,
    /// Where it is used.
    uses: Vec<Use>,
}

/// A place that uses a declaration: what it stands behind, and the new declarations around it.
struct Use {
    gates: Vec<Gate>,
    inside: Option<usize>,
}

/// For each file, the declarations that only this side has and whose every use is gated, with the gates of their uses.
///
/// `other_names` are the names that the other side of the change declares.
pub(crate) fn reached(files: &[ChangedSide<'_>], other_names: &HashSet<&str>) -> Vec<GatedDeclarations> {
    let mut reached: Vec<GatedDeclarations> = files.iter().map(|_| HashMap::new()).collect();
    // Without an evaluation nothing can be gated.
    if files.iter().all(|file| file.values.values.evaluations.is_empty()) {
        return reached;
    }
    let mut declarations: Vec<NewDeclaration<'_>> = Vec::new();
    for (index, file) in files.iter().enumerate() {
        declarations.extend(new_declarations(index, file).filter(|new| !other_names.contains(new.name)));
    }
    // Two declarations of one name cannot be told apart by name.
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for declaration in &declarations {
        *names.entry(declaration.name).or_default() += 1;
    }
    declarations.retain(|declaration| names[declaration.name] == 1);
    find_uses(files, &mut declarations);
    let gates = settle(&declarations);
    for (declaration, gates) in declarations.iter().zip(gates) {
        if let Some(gates) = gates {
            reached[declaration.file].insert(declaration.node, gates);
        }
    }
    reached
}

/// The names of the top-level declarations of a text.
pub(crate) fn declared_names<'a>(file: &'a SourceFile, facts: &'a Facts) -> impl Iterator<Item = &'a str> {
    top_level(facts).filter_map(|node| name_of(file, facts, node))
}

fn new_declarations<'a>(index: usize, file: &'a ChangedSide<'a>) -> impl Iterator<Item = NewDeclaration<'a>> {
    let values = &file.values.values;
    let (source, facts) = (values.file, values.facts);
    top_level(facts).filter_map(move |node| {
        // `const f = () => ..` is the function and its binding; one of them is enough.
        if facts.role(facts.node(node).parent) == Role::Binding {
            return None;
        }
        // What is decorated may be registered with a framework that calls it.
        let inner = facts.part(node, Part::Value).unwrap_or(node);
        if facts.part(node, Part::Decorator).or(facts.part(inner, Part::Decorator)).is_some() {
            return None;
        }
        let lines = source.lines.lines(facts.node(node).span);
        // Hunks stand in order.
        let added = file.lines.get(file.lines.partition_point(|added| added.end < lines.end));
        let is_new = added.is_some_and(|added| added.start <= lines.start);
        let name = name_of(source, facts, node)?;
        is_new.then_some(NewDeclaration { file: index, node, name, uses: Vec::new() })
    })
}

fn find_uses(files: &[ChangedSide<'_>], declarations: &mut [NewDeclaration<'_>]) {
    let by_name: HashMap<&str, usize> = declarations.iter().enumerate().map(|(at, new)| (new.name, at)).collect();
    let by_place: HashMap<(usize, NodeId), usize> =
        declarations.iter().enumerate().map(|(at, new)| ((new.file, new.node), at)).collect();
    let modules = modules(files, declarations, &by_name);
    let mut found: Vec<(usize, Use)> = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let values = &file.values.values;
        let (source, facts) = (values.file, values.facts);
        let aliases = aliases(source, facts, &by_name, &modules);
        for node in facts.ids() {
            let name = match facts.role(node) {
                Role::Identifier => source.text_of(node),
                Role::Element => match facts.part(node, Part::Name) {
                    Some(name) => source.text_of(name).split('.').next().unwrap_or_default(),
                    None => continue,
                },
                // A name in a string may be looked up by it.
                Role::String => {
                    let text = source.text_of(node).trim_matches(['"', '\'', '`']);
                    text.rsplit(['.', '/', '#', ':']).next().unwrap_or_default()
                }
                _ => continue,
            };
            // A local constant may stand for a module and be new itself.
            let table = if facts.role(node) == Role::String { &modules } else { &aliases };
            let targets: Vec<usize> = table.get(name).into_iter().chain(by_name.get(name)).copied().collect();
            if targets.is_empty() || declares(facts, node) || is_import(facts, node) || is_key(values, node) {
                continue;
            }
            let inside =
                std::iter::once(node).chain(facts.ancestors(node)).find_map(|at| by_place.get(&(index, at)).copied());
            let gates = dominance::gates(values, node);
            let gates = gates
                .iter()
                .filter(|gate| gate.outcome.polarity == Polarity::On)
                .map(|gate| gate_of(file.values, gate));
            let gates: Vec<Gate> = gates.collect();
            let others = targets.into_iter().filter(|&target| inside != Some(target));
            found.extend(others.map(|target| (target, Use { gates: gates.clone(), inside })));
        }
    }
    for (target, place) in found {
        declarations[target].uses.push(place);
    }
}

/// The declaration that a module stands for when it is imported whole or by default: its first export that is new.
fn modules<'a>(
    files: &[ChangedSide<'a>],
    declarations: &[NewDeclaration<'_>],
    by_name: &HashMap<&str, usize>,
) -> HashMap<&'a str, usize> {
    let mut modules = HashMap::new();
    for (index, file) in files.iter().enumerate() {
        let (source, facts) = (file.values.values.file, file.values.values.facts);
        let own = |name: &str| by_name.get(name).copied().filter(|&at| declarations[at].file == index);
        let exported = facts.with_role(Role::Export).find_map(|export| {
            let value = facts.part(export, Part::Value)?;
            let name = match facts.role(value) {
                Role::Identifier => source.text_of(value),
                _ => source.text_of(facts.part(value, Part::Name)?),
            };
            own(name)
        });
        let stem = module_stem(source.path.as_str());
        if let (Some(target), false) = (exported, stem.is_empty()) {
            modules.insert(stem, target);
        }
    }
    modules
}

/// `Page` of `pages/Page.tsx`, `./Page` and `pages/Page/index.ts`.
fn module_stem(path: &str) -> &str {
    let mut segments = path.rsplit('/');
    let stem = segments.next().and_then(|name| name.split('.').next()).unwrap_or_default();
    if stem == "index" { segments.next().unwrap_or_default() } else { stem }
}

/// Local names that stand for a new declaration: renamed imports, and default imports of a new module.
fn aliases<'a>(
    source: &'a SourceFile,
    facts: &'a Facts,
    by_name: &HashMap<&str, usize>,
    modules: &HashMap<&str, usize>,
) -> HashMap<&'a str, usize> {
    let mut aliases = HashMap::new();
    for import in facts.with_role(Role::Import) {
        let module = facts.part(import, Part::Source).map(|at| source.text_of(at).trim_matches(['"', '\'', '`']));
        let stem = module_stem(module.unwrap_or_default());
        for imported in facts.descendants(import).filter(|&at| facts.role(at) == Role::Imported) {
            let Some(alias) = facts.part(imported, Part::Alias) else { continue };
            let target = match facts.part(imported, Part::Name) {
                Some(name) => by_name.get(source.text_of(name)).or_else(|| modules.get(stem)),
                None => modules.get(stem),
            };
            if let Some(&target) = target {
                aliases.insert(source.text_of(alias), target);
            }
        }
    }
    // `const Page = lazy(() => import("./Page"))`: the constant stands for the module.
    for binding in facts.with_role(Role::Binding) {
        let Some(name) = facts.part(binding, Part::Name) else { continue };
        let module = facts.descendants(binding).filter(|&at| facts.role(at) == Role::String).find_map(|at| {
            let text = source.text_of(at).trim_matches(['"', '\'', '`']);
            text.contains('/')
                .then(|| text.rsplit('/').next().and_then(|last| modules.get(last.split('.').next()?)))
                .flatten()
        });
        if let Some(&target) = module {
            aliases.insert(source.text_of(name), target);
        }
    }
    aliases
}

/// True for the name of a declaration, of an import or of an export list: no use.
fn declares(facts: &Facts, node: NodeId) -> bool {
    let parent = facts.node(node).parent;
    match facts.role(parent) {
        Role::Function | Role::Class | Role::Parameter | Role::Binding => facts.part(parent, Part::Name) == Some(node),
        Role::Member => facts.part(parent, Part::Property) == Some(node),
        Role::Pair => facts.part(parent, Part::Key) == Some(node) && facts.part(parent, Part::Value) != Some(node),
        Role::Export => true,
        _ => facts.ancestors(node).any(|at| facts.role(at) == Role::Type),
    }
}

/// True for the key of a flag that happens to be called like the declaration.
fn is_key(values: &FlagValues<'_>, node: NodeId) -> bool {
    let facts = values.facts;
    facts.role(node) == Role::String && facts.ancestors(node).take(3).any(|at| values.evaluation_at(at).is_some())
}

fn is_import(facts: &Facts, node: NodeId) -> bool {
    facts.ancestors(node).any(|at| matches!(facts.role(at), Role::Import | Role::Imported))
        || is_lazy_import(facts, node)
}

/// The module string inside `const Page = lazy(() => import("./Page"))`.
fn is_lazy_import(facts: &Facts, node: NodeId) -> bool {
    facts.role(node) == Role::String
        && facts.role(facts.node(node).parent) == Role::Call
        && facts
            .ancestors(node)
            .any(|at| facts.role(at) == Role::Binding && facts.role(facts.node(at).parent) != Role::Function)
}

/// The least fixed point: a declaration is gated once all its uses are. Cycles stay ungated.
fn settle(declarations: &[NewDeclaration<'_>]) -> Vec<Option<Vec<Gate>>> {
    let mut gates: Vec<Option<Vec<Gate>>> = declarations.iter().map(|_| None).collect();
    // How many uses of each wait for the declaration around them, and the other way round who waits for it.
    let waits_for =
        |declaration: &NewDeclaration<'_>| declaration.uses.iter().filter(|place| place.gates.is_empty()).count();
    let mut waits: Vec<usize> = declarations.iter().map(waits_for).collect();
    let mut waiting: Vec<Vec<usize>> = declarations.iter().map(|_| Vec::new()).collect();
    for (at, declaration) in declarations.iter().enumerate() {
        let ungated = declaration.uses.iter().filter(|place| place.gates.is_empty());
        ungated.filter_map(|place| place.inside).for_each(|outer| waiting[outer].push(at));
    }
    let is_used = |&at: &usize| !declarations[at].uses.is_empty();
    let mut ready: Vec<usize> = (0..declarations.len()).filter(is_used).filter(|&at| waits[at] == 0).collect();
    while let Some(at) = ready.pop() {
        let mut united = Vec::new();
        for place in &declarations[at].uses {
            let through = match place.inside {
                Some(outer) if place.gates.is_empty() => gates[outer].as_deref().unwrap_or_default(),
                _ => &place.gates,
            };
            through.iter().for_each(|gate| push_new(&mut united, Gate { kind: GateKind::Caller, ..gate.clone() }));
        }
        gates[at] = Some(united);
        for &inner in &waiting[at] {
            waits[inner] -= 1;
            if waits[inner] == 0 {
                ready.push(inner);
            }
        }
    }
    gates
}

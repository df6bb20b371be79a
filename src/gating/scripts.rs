//! Scripts that only make flags: the migration of a database that adds a row, off, to the table of flags.
//!
//! Such a row changes nothing by itself: what the flag does is said where it is asked for. What else a script does counts, and so
//! does a flag that is on from the start, or goes. How such scripts look is data (`rules/behaviour.yaml`).

use crate::rules::behaviour::FlagScripts;
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use std::collections::HashSet;

/// Larger files do more.
const MAX_NODES: usize = 2_000;

/// Whether a file does nothing but make flags that are off.
pub(super) fn only_makes_flags(file: &SourceFile, facts: &Facts, rules: &FlagScripts) -> bool {
    let is_named = |at: NodeId, name: &str| file.text_of(at).rsplit('.').next() == Some(name);
    let is_script = |class: NodeId| facts.parts(class, Part::Base).any(|base| is_named(base, &rules.base));
    let mut classes = facts.with_role(Role::Class).peekable();
    if classes.peek().is_none() || facts.ids().count() > MAX_NODES || !classes.all(is_script) {
        return false;
    }
    let script = Script { file, facts, rules };
    let calls: Vec<NodeId> = facts.with_role(Role::Call).collect();
    let (in_functions, listed): (Vec<NodeId>, Vec<NodeId>) =
        calls.into_iter().partition(|&call| facts.enclosing(call, Role::Function).next().is_some());
    let Some(does) = script.functions_that_do(&listed) else { return false };
    let tables = script.tables();
    !does.is_empty()
        && in_functions.iter().any(|&call| script.looks_up(call))
        && in_functions
            .iter()
            .all(|&call| script.looks_up(call) || script.root(call).is_some_and(|it| tables.contains(it)))
        && does.iter().all(|name| script.is_off(name))
}

struct Script<'s> {
    file: &'s SourceFile,
    facts: &'s Facts,
    rules: &'s FlagScripts,
}

impl<'s> Script<'s> {
    /// The functions that are run, by the calls outside of functions; `None` where one of these does something else.
    fn functions_that_do(&self, listed: &[NodeId]) -> Option<HashSet<&'s str>> {
        let (file, facts) = (self.file, self.facts);
        let functions: HashSet<&str> = facts.with_role(Role::Function).filter_map(|at| file.name_of(at)).collect();
        let mut found = HashSet::new();
        for &call in listed {
            let callee = facts.part(call, Part::Callee)?;
            if file.text_of(callee).rsplit('.').next() != Some(self.rules.runs.as_str()) {
                return None;
            }
            for (at, argument) in facts.parts(call, Part::Argument).enumerate() {
                let named = (facts.role(argument) == Role::Keyword).then(|| facts.part(argument, Part::Name)).flatten();
                let value = if named.is_some() { facts.part(argument, Part::Value)? } else { argument };
                let does = named.map_or(at == 0, |name| file.text_of(name) == self.rules.does);
                match facts.role(value) {
                    Role::Identifier if functions.contains(file.text_of(value)) => {
                        if does {
                            found.insert(file.text_of(value));
                        }
                    }
                    // What undoes nothing, and marks.
                    Role::Member | Role::True | Role::False | Role::Null if !does => {}
                    _ => return None,
                }
            }
        }
        Some(found)
    }

    /// Whether a call looks up a table of flags.
    fn looks_up(&self, call: NodeId) -> bool {
        let (file, facts) = (self.file, self.facts);
        let app = facts.part(call, Part::Argument).and_then(|app| file.string_value(app));
        file.callee_name(call).is_some_and(|name| name == self.rules.looks_up)
            && app.is_some_and(|app| self.rules.apps.contains(app.split('.').next().unwrap_or(&app)))
    }

    /// The names that stand for a table of flags, or a row of one, and for nothing else.
    fn tables(&self) -> HashSet<&'s str> {
        let (file, facts) = (self.file, self.facts);
        let given = || {
            facts.ids().filter(|&at| matches!(facts.role(at), Role::Binding | Role::Assignment)).filter_map(|at| {
                let name = facts.part(at, Part::Name).or_else(|| facts.part(at, Part::Target))?;
                Some((file.text_of(name), facts.part(at, Part::Value).map(|value| facts.inner(value))))
            })
        };
        let mut tables: HashSet<&str> = HashSet::new();
        tables.extend(given().filter(|(_, value)| value.is_some_and(|at| self.looks_up(at))).map(|(name, _)| name));
        let is_row = |value: NodeId, tables: &HashSet<&str>| {
            facts.role(value) == Role::Call && self.root(value).is_some_and(|root| tables.contains(root))
        };
        let rows: Vec<&str> =
            given().filter(|(_, value)| value.is_some_and(|at| is_row(at, &tables))).map(|(name, _)| name).collect();
        tables.extend(rows);
        let is_another = |value: Option<NodeId>| !value.is_some_and(|at| self.looks_up(at) || is_row(at, &tables));
        let others: Vec<&str> = given().filter(|&(_, value)| is_another(value)).map(|(name, _)| name).collect();
        others.into_iter().for_each(|name| {
            tables.remove(name);
        });
        tables
    }

    /// The name that a chain of calls and members begins with.
    fn root(&self, call: NodeId) -> Option<&'s str> {
        let facts = self.facts;
        let mut at = call;
        loop {
            at = match facts.role(at) {
                Role::Call => facts.part(at, Part::Callee)?,
                Role::Member => facts.part(at, Part::Object)?,
                Role::Identifier => return Some(self.file.text_of(at)),
                _ => return None,
            }
        }
    }

    /// Whether a function of this name makes only flags that are off.
    fn is_off(&self, name: &str) -> bool {
        let (file, facts) = (self.file, self.facts);
        let functions = facts.with_role(Role::Function).filter(|&at| file.name_of(at) == Some(name));
        functions.flat_map(|function| facts.descendants(function)).all(|at| match facts.role(at) {
            Role::Member => facts.part(at, Part::Property).is_some_and(|property| {
                let property = file.text_of(property);
                self.rules.makes.contains(property) || property == self.rules.looks_up
            }),
            Role::True => false,
            Role::Number => file.text_of(at).trim_matches(['0', '.']).is_empty(),
            Role::Subscript | Role::Class => false,
            _ => true,
        })
    }
}

//! Objects of flags: what a hook, a client or a downloaded configuration returns, and objects known by their name.
//!
//! The object is followed through the file: names, destructuring, members (`this.flags`), the results of the file's own
//! functions. Each use by name (`flags.newTax`, `flags["new-tax"]`, `config.get("x", False)`) is an evaluation.

use super::handles::HandleTable;
use super::keys::is_plausible;
use super::{EvaluationKind, FlagKey, Found, Reading, Sureness, Text, picked};
use crate::detect::wrapper::Read;
use crate::rules::flags::{Evaluation, Form, PathWords, RuleRef, is_constant_case};
use crate::rules::pattern::NamePattern;
use crate::syntax::facts::{NodeId, Part, Role};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Names that are taken out from deeper inside are not followed.
const MAX_NESTED: usize = 8;

/// How many names, members and function results an object is followed through.
const MAX_STEPS: usize = 200;

/// One object of flags on its way through the file.
pub(super) struct Bag<'t, 'a> {
    text: &'t Text<'a>,
    content: Content<'t>,
    reading: Reading,
    /// Keys that the call lists with their defaults.
    listed: Vec<(FlagKey, Option<String>)>,
    used: BTreeSet<FlagKey>,
    /// Expressions to look at, and whether they are the parsed object.
    queue: Vec<(NodeId, bool)>,
    seen: BTreeSet<(NodeId, bool)>,
}

/// What the names of the object say.
#[derive(Clone, Copy)]
enum Content<'t> {
    /// Each is the key of a flag, as the rule says.
    Keys(RuleRef),
    /// Some hold flags that a wrapper reads.
    Reads(&'t BTreeMap<String, Vec<Read>>),
}

/// Adds the uses of objects that are known by their name.
pub(super) fn detect_named(text: &Text<'_>, _handles: &HandleTable, found: &mut Found) {
    if text.rules.bags().is_empty() {
        return;
    }
    // Most names are no bag; each is split into words once.
    let mut known: HashMap<&str, Vec<RuleRef>> = HashMap::new();
    let mut rules_for = |name| -> Vec<RuleRef> {
        let all = text.rules.bags().iter().copied();
        let is_last = |rule: &RuleRef| patterns(text, *rule).iter().any(|pattern| pattern.matches_last(name));
        known.entry(name).or_insert_with(|| all.filter(is_last).collect()).clone()
    };
    for id in text.facts.ids() {
        if text.role(id) == Role::Destructured {
            if let Some(key) = text.part(id, Part::Key) {
                taken(text, id, &rules_for(text.of(key)), found);
            }
            continue;
        }
        let object = match text.role(id) {
            Role::Member | Role::Subscript => text.part(id, Part::Object),
            Role::Destructuring | Role::Binding => text.part(id, Part::Value),
            _ => None,
        };
        let Some(object) = object.map(|object| text.defaulted(object)) else { continue };
        let name = match text.role(object) {
            Role::Identifier => text.of(object),
            Role::Member => match text.part(object, Part::Property) {
                Some(property) => text.of(property),
                None => continue,
            },
            // `config["features"].newTax`
            Role::Subscript => match text.part(object, Part::Index).filter(|&index| text.role(index) == Role::String) {
                Some(index) => text.of(index).trim_matches(['"', '\'']),
                None => continue,
            },
            _ => continue,
        };
        let rules = rules_for(name);
        if rules.is_empty() {
            continue;
        }
        let Some(path) = text.path(object) else { continue };
        for rule in rules {
            let evaluation = text.rules.evaluation(rule);
            // `FEATURE_FLAGS.NEW_TAX` is a key, not a flag.
            let table = is_constant_case(name) || name.starts_with(|c: char| c.is_ascii_uppercase());
            let named = |pattern: &PathWords| pattern.matches(&path) && (!table || pattern.is_path());
            if evaluation.is_for(text.language) && patterns(text, rule).iter().any(named) && !text.holds_keys(object) {
                let reading = Reading::of(text, rule, Sureness::ProjectName);
                Bag::new(text, rule, reading, Vec::new()).follow(object, found);
            }
        }
    }
}

/// `({ featureFlags: { flags } }) => ..`, `const { public: { newTax } } = config`: what is taken out of what holds the object.
fn taken(text: &Text<'_>, id: NodeId, rules: &[RuleRef], found: &mut Found) {
    let Some(path) = rules.first().and_then(|_| taken_path(text, id)) else { return };
    for &rule in rules {
        let evaluation = text.rules.evaluation(rule);
        let named = |pattern: &PathWords| pattern.is_path() && pattern.matches(&path);
        if evaluation.is_for(text.language) && patterns(text, rule).iter().any(named) {
            let reading = Reading::of(text, rule, Sureness::ProjectName);
            let mut bag = Bag::new(text, rule, reading, Vec::new());
            match text.part(id, Part::Name) {
                Some(name) => bag.follow_name(id, name, found),
                None => bag.destructured(id, true, found),
            }
        }
    }
}

/// The path to what is taken out here, `featureFlags.flags`; `None` where nothing is known to be around it.
fn taken_path(text: &Text<'_>, id: NodeId) -> Option<String> {
    let mut path = text.of(text.part(id, Part::Key)?).to_owned();
    let mut is_nested = false;
    for at in text.facts.ancestors(id).take(MAX_NESTED) {
        let outer = match (text.role(at), text.part(at, Part::Key), text.part(at, Part::Value)) {
            (Role::Destructured, Some(key), _) => Some(text.of(key).to_owned()),
            (Role::Destructuring, _, Some(value)) => text.path(value),
            (Role::Destructured | Role::Parameter | Role::Destructuring, ..) => continue,
            _ => break,
        };
        path = format!("{}.{path}", outer?);
        is_nested = true;
        if text.role(at) == Role::Destructuring {
            break;
        }
    }
    is_nested.then_some(path)
}

fn patterns<'t>(text: &'t Text<'_>, rule: RuleRef) -> &'t [PathWords] {
    match &text.rules.evaluation(rule).form {
        Form::Bag(patterns) => patterns,
        _ => &[],
    }
}

impl<'t, 'a> Bag<'t, 'a> {
    pub(super) fn new(
        text: &'t Text<'a>,
        rule: RuleRef,
        reading: Reading,
        listed: Vec<(FlagKey, Option<String>)>,
    ) -> Self {
        Self {
            text,
            content: Content::Keys(rule),
            reading,
            listed,
            used: BTreeSet::new(),
            queue: Vec::new(),
            seen: BTreeSet::new(),
        }
    }

    /// The object that a wrapper makes.
    pub(super) fn of_wrapper(text: &'t Text<'a>, members: &'t BTreeMap<String, Vec<Read>>) -> Self {
        Self {
            text,
            content: Content::Reads(members),
            reading: Reading::nothing(),
            listed: Vec::new(),
            used: BTreeSet::new(),
            queue: Vec::new(),
            seen: BTreeSet::new(),
        }
    }

    /// The rule that the object is known by.
    fn rule(&self) -> Option<&'t Evaluation> {
        match self.content {
            Content::Keys(rule) => Some(self.text.rules.evaluation(rule)),
            Content::Reads(_) => None,
        }
    }

    /// Whether the object is of use as it is, before anything has parsed it.
    fn parsed_by(&self) -> &'t [String] {
        self.rule().map_or(&[], |rule| &rule.parsed_by)
    }

    /// Whether a member of this name holds the object itself.
    fn is_holder(&self, name: &str) -> bool {
        self.rule().is_some_and(|rule| rule.holders.iter().any(|holder| holder == name))
    }

    fn only_boolean(&self) -> bool {
        self.rule().is_some_and(|rule| rule.only_boolean)
    }

    /// What the object says under this key: how it is read, and which flag that is.
    fn readings(&self, key: &FlagKey) -> Vec<(Reading, FlagKey)> {
        match self.content {
            Content::Keys(rule) if self.text.takes(rule, key) => vec![(self.reading.clone(), key.clone())],
            Content::Keys(_) => Vec::new(),
            Content::Reads(members) => {
                let reads = members.get(key.name()).into_iter().flatten();
                reads.filter_map(|read| Some((Reading::of_read(read), read.fixed()?.clone()))).collect()
            }
        }
    }

    /// Whether a use of this key was found.
    pub(super) fn used(&self, key: &FlagKey) -> bool {
        self.used.contains(key)
    }

    /// Follows the object from the expression that yields it.
    pub(super) fn follow(&mut self, source: NodeId, found: &mut Found) {
        self.push(source, self.parsed_by().is_empty());
        while let Some((at, parsed)) = self.queue.pop() {
            self.step(at, parsed, found);
        }
    }

    /// Follows the object from a name that it has.
    fn follow_name(&mut self, declaration: NodeId, name: NodeId, found: &mut Found) {
        self.name(declaration, name, true);
        while let Some((at, parsed)) = self.queue.pop() {
            self.step(at, parsed, found);
        }
    }

    fn push(&mut self, expression: NodeId, parsed: bool) {
        if self.seen.len() < MAX_STEPS && self.seen.insert((expression, parsed)) {
            self.queue.push((expression, parsed));
        }
    }

    /// Looks at what is done with one expression that holds the object.
    fn step(&mut self, expression: NodeId, parsed: bool, found: &mut Found) {
        let text = self.text;
        let whole = text.with_default(expression);
        let parent = text.parent(whole);
        let part = |part| text.part(parent, part);
        match text.role(parent) {
            Role::Member if part(Part::Object) == Some(whole) => self.member(parent, parsed, found),
            Role::Subscript if part(Part::Object) == Some(whole) => {
                let Some(index) = part(Part::Index) else { return };
                if !parsed {
                    self.push(parent, false);
                } else if let Some(key) = text.key(index).filter(|_| self.takes_index(index)) {
                    self.used_at(key, parent, None, found);
                }
            }
            Role::Binding if part(Part::Value) == Some(whole) => {
                if let Some(name) = part(Part::Name) {
                    self.name(parent, name, parsed);
                }
            }
            Role::Assignment if part(Part::Value) == Some(whole) => {
                let Some(target) = part(Part::Target) else { return };
                match text.role(target) {
                    Role::Identifier => self.name(parent, target, parsed),
                    Role::Member => self.same_member(target, parsed),
                    _ => {}
                }
            }
            Role::Destructuring if part(Part::Value) == Some(whole) => self.destructured(parent, parsed, found),
            Role::Exit if part(Part::Value) == Some(whole) => self.returned(parent, parsed),
            Role::Function if part(Part::Body) == Some(whole) => self.returned(whole, parsed),
            Role::Call if text.facts.parts(parent, Part::Argument).any(|argument| argument == whole) => {
                let parsers = self.parsed_by();
                let Some((name, _)) = text.callee(parent) else { return };
                if parsers.iter().any(|parser| parser == name) {
                    self.push(parent, true);
                } else if !parsed {
                    // `Buffer.from(response)`
                    self.push(parent, false);
                }
            }
            _ => {}
        }
    }

    /// What must stand between brackets, where the object is known by its name and that alone says too little.
    fn index_texts(&self) -> &'t [NamePattern] {
        self.rule().filter(|rule| matches!(rule.form, Form::Bag(_))).map_or(&[], |rule| &rule.argument_texts)
    }

    /// Whether what stands between the brackets is written as the rule asks.
    fn takes_index(&self, index: NodeId) -> bool {
        let written = self.text.of(self.text.inner(index));
        let texts = self.index_texts();
        texts.is_empty() || texts.iter().any(|pattern| pattern.matches(written))
    }

    fn member(&mut self, member: NodeId, parsed: bool, found: &mut Found) {
        let text = self.text;
        if !self.index_texts().is_empty() {
            return;
        }
        let getters = self.rule().map_or(&[][..], |rule| &rule.getters);
        let Some(property) = text.part(member, Part::Property).map(|property| text.of(property)) else { return };
        if let Some(call) = text.called(member) {
            if parsed && getters.iter().any(|getter| getter == property) {
                let mut arguments = text.positional(call);
                let key = arguments.next().and_then(|argument| text.key(argument));
                let default = arguments.next().map(|argument| text.short(argument));
                if let Some(key) = key {
                    self.used_at(key, call, default, found);
                }
            } else if parsed && let Some(picked) = picked::picked(text, &self.reading, property, call) {
                let held = match picked.is_answer {
                    true => vec![call],
                    false => text.picked_answers(&self.reading, call),
                };
                for held in held {
                    self.used_at(picked.key.clone(), held, None, found);
                }
            } else if self.parsed_by().iter().any(|parser| parser == property) {
                // `response.json()`
                self.push(call, true);
            } else if !parsed {
                self.push(call, false);
            }
        } else if !parsed {
            self.push(member, false);
        } else if self.is_holder(property) {
            self.push(member, true);
        } else if is_plausible(property) {
            self.used_at(FlagKey::Literal { key: property.to_owned(), constant: None }, member, None, found);
        }
    }

    /// A use of one flag of the object.
    fn used_at(&mut self, key: FlagKey, node: NodeId, default: Option<String>, found: &mut Found) {
        let text = self.text;
        let readings = self.readings(&key);
        if readings.is_empty() || text.is_written(node) {
            return;
        }
        let held = text.value_member(&self.reading, node);
        let boolean = held.is_some()
            || default
                .as_deref()
                .is_some_and(|text| text.eq_ignore_ascii_case("false") || text.eq_ignore_ascii_case("true"))
            || text.is_condition(node, 4);
        // Of a configuration, `config.featureFlags.newTax`, another object.
        let is_object = held.is_none()
            && self.rule().is_some_and(|rule| !rule.key_patterns.is_empty())
            && text.is_looked_into(node);
        if self.only_boolean() && !boolean || is_object {
            return;
        }
        let default = default.or_else(|| self.listed_default(&key));
        self.used.insert(key);
        for (reading, key) in readings {
            found.evaluation(text, &reading, key, held.unwrap_or(node), EvaluationKind::Value, default.clone());
        }
    }

    fn listed_default(&self, key: &FlagKey) -> Option<String> {
        self.listed.iter().find(|(listed, _)| listed == key).and_then(|(_, default)| default.clone())
    }

    fn destructured(&mut self, pattern: NodeId, parsed: bool, found: &mut Found) {
        let text = self.text;
        let names: Vec<NodeId> =
            text.facts.children(pattern).filter(|&at| text.role(at) == Role::Destructured).collect();
        for at in names {
            let name = text.part(at, Part::Name);
            let Some(key) = text.part(at, Part::Key) else {
                // `...rest` holds the other flags; an item of a list is something else.
                continue;
            };
            if !parsed {
                if let Some(name) = name {
                    self.name(at, name, false);
                }
                continue;
            }
            let key = text.file.string_value(key).unwrap_or_else(|| text.of(key).to_owned());
            if self.is_holder(&key) {
                match name {
                    Some(name) => self.name(at, name, true),
                    None => self.destructured(at, true, found),
                }
                continue;
            }
            if !is_plausible(&key) {
                continue;
            }
            let key = FlagKey::Literal { key, constant: None };
            let default = text.part(at, Part::Default).map(|default| text.short(default));
            let default = default.or_else(|| self.listed_default(&key));
            let readings = self.readings(&key);
            if readings.is_empty() {
                continue;
            }
            let node = match name {
                Some(_) => Some(at),
                // `{ newTax: { enabled } }`
                None => text.facts.descendants(at).find(|&inner| {
                    text.role(inner) == Role::Destructured
                        && text.part(inner, Part::Key).is_some_and(|key| self.reading.holds(text.of(key)))
                }),
            };
            let Some(node) = node else { continue };
            // `const { getFlag } = useFeatureFlags()`: what is called is a function that comes with the flags.
            if name.is_some_and(|name| self.is_a_function(at, name)) {
                continue;
            }
            if self.only_boolean() && node == at && !text.is_condition(at, 4) {
                continue;
            }
            self.used.insert(key);
            for (reading, key) in readings {
                found.evaluation(text, &reading, key, node, EvaluationKind::Name, default.clone());
            }
        }
    }

    /// Whether a name that is taken out of the object is used, and every use calls it, or one hands it something.
    fn is_a_function(&self, declaration: NodeId, name: NodeId) -> bool {
        let text = self.text;
        let uses = text.uses(declaration, name);
        let call = |at: NodeId| text.called(text.outer(at));
        let is_handed = |at: NodeId| call(at).is_some_and(|call| text.facts.part(call, Part::Argument).is_some());
        !uses.is_empty() && (uses.iter().all(|&at| call(at).is_some()) || uses.iter().any(|&at| is_handed(at)))
    }

    /// Every use of a name that the object is given.
    fn name(&mut self, declaration: NodeId, name: NodeId, parsed: bool) {
        for at in self.text.uses(declaration, name) {
            self.push(at, parsed);
        }
    }

    /// Every other mention of a member that the object is given: `this.flags`.
    fn same_member(&mut self, target: NodeId, parsed: bool) {
        let text = self.text;
        let written = text.of(target);
        if !text.afford(text.facts.nodes.len()) {
            return;
        }
        for at in text.facts.with_role(Role::Member).filter(|&at| at != target && text.of(at) == written) {
            self.push(at, parsed);
        }
    }

    /// Every call of the function that returns the object.
    fn returned(&mut self, exit: NodeId, parsed: bool) {
        let text = self.text;
        let Some(function) = text.facts.enclosing(exit, Role::Function).next() else { return };
        let Some(name) = text.file.name_of(function) else { return };
        if !text.afford(text.facts.nodes.len()) {
            return;
        }
        for call in text.facts.with_role(Role::Call) {
            if text.callee(call).is_some_and(|(called, _)| called == name) {
                self.push(call, parsed);
            }
        }
    }
}

impl Text<'_> {
    /// Whether this object is a table of keys: its strings are in this file.
    fn holds_keys(&self, object: NodeId) -> bool {
        let values = self.names().bound(self.of(object)).iter().map(|&value| self.inner(value));
        let mut objects = values.filter(|&value| self.role(value) == Role::Object);
        objects.any(|object| {
            let mut pairs = self.facts.children(object).filter(|&at| self.role(at) == Role::Pair);
            pairs.any(|pair| {
                self.part(pair, Part::Value).is_some_and(|value| self.role(self.inner(value)) == Role::String)
            })
        })
    }

    /// What stands before `??` or `||`, which give a default.
    fn defaulted(&self, id: NodeId) -> NodeId {
        let mut at = self.inner(id);
        while matches!(self.role(at), Role::Coalesce | Role::Or)
            && let Some(left) = self.part(at, Part::Left)
        {
            at = self.inner(left);
        }
        at
    }

    /// The expression with `await`, parentheses, `?? {}` and `|| {}` around it.
    fn with_default(&self, id: NodeId) -> NodeId {
        let mut whole = self.outer(id);
        loop {
            let parent = self.parent(whole);
            let right = self.part(parent, Part::Right).map(|right| self.role(right));
            let defaults = matches!(self.role(parent), Role::Coalesce | Role::Or)
                && self.part(parent, Part::Left) == Some(whole)
                && matches!(right, Some(Role::Object | Role::Null));
            if !defaults {
                return whole;
            }
            whole = self.outer(parent);
        }
    }

    /// The uses of a name as a value, where the declaration is seen.
    pub(super) fn uses(&self, declaration: NodeId, name: NodeId) -> Vec<NodeId> {
        let word = self.of(name);
        let scope =
            self.facts.ancestors(declaration).find(|&at| self.role(at) == Role::Function).unwrap_or(NodeId::MODULE);
        if !self.afford((self.facts.node(scope).last.0 - scope.0) as usize) {
            return Vec::new();
        }
        let is_use = |at: NodeId| {
            let parent = self.parent(at);
            let named = matches!(
                self.facts.part_of(parent, at),
                Some(Part::Property | Part::Key | Part::Name | Part::Target | Part::Alias | Part::Parameter)
            );
            let shadowed = || {
                let inside = self.facts.ancestors(at).take_while(|&above| above != scope);
                let mut functions = inside.filter(|&above| self.role(above) == Role::Function);
                functions.any(|function| self.facts.parts(function, Part::Parameter).any(|p| self.declares(p, word)))
            };
            (!named || self.role(parent) == Role::Pair && self.part(parent, Part::Value) == Some(at)) && !shadowed()
        };
        let inside = self.facts.descendants(scope);
        let same = inside.filter(|&at| at != name && self.role(at) == Role::Identifier && self.of(at) == word);
        same.filter(|&at| is_use(at)).collect()
    }

    /// Whether something is taken out of the expression that is not called: `x.a`, but not `x.trim()`.
    fn is_looked_into(&self, id: NodeId) -> bool {
        let whole = self.outer(id);
        let parent = self.parent(whole);
        match self.role(parent) {
            Role::Member => self.part(parent, Part::Object) == Some(whole) && self.called(parent).is_none(),
            Role::Subscript => self.part(parent, Part::Object) == Some(whole),
            _ => false,
        }
    }

    /// Whether the expression is given a value here.
    fn is_written(&self, id: NodeId) -> bool {
        let parent = self.parent(id);
        self.role(parent) == Role::Assignment && self.part(parent, Part::Target) == Some(id)
    }

    /// Whether the value decides what runs: a condition, an operand of logic, or a name that is.
    pub(super) fn is_condition(&self, id: NodeId, steps: u8) -> bool {
        let Some(steps) = steps.checked_sub(1) else { return false };
        if self.role(id) == Role::Destructured {
            let Some(name) = self.part(id, Part::Name) else { return false };
            return self.uses(id, name).into_iter().any(|at| self.is_condition(at, steps));
        }
        let whole = self.outer(id);
        let parent = self.parent(whole);
        match self.role(parent) {
            Role::Not | Role::And => true,
            Role::Guard | Role::Loop => self.part(parent, Part::Condition) == Some(whole),
            Role::Or | Role::Coalesce => self.is_condition(parent, steps),
            // `process.env.SUPPORT_NEW_TAX === "1"`
            Role::Equal | Role::NotEqual => {
                let sides = [Part::Left, Part::Right].map(|side| self.part(parent, side));
                sides.into_iter().flatten().any(|side| side != whole && self.is_truth(side))
            }
            Role::Binding if self.part(parent, Part::Value) == Some(whole) => {
                let Some(name) = self.part(parent, Part::Name) else { return false };
                self.uses(parent, name).into_iter().any(|at| self.is_condition(at, steps))
            }
            _ => false,
        }
    }

    /// Whether an expression is a boolean, or what settings write for one.
    fn is_truth(&self, id: NodeId) -> bool {
        let id = self.inner(id);
        match self.role(id) {
            Role::True | Role::False => true,
            Role::String => {
                let written = self.file.string_value(id).unwrap_or_default().to_lowercase();
                matches!(written.as_str(), "1" | "0" | "true" | "false" | "on" | "off" | "yes" | "no")
            }
            _ => false,
        }
    }
}

//! The uses of a declaration in one file: calls, elements, mentions by name, and what hands its module on.

use super::collected::decorated_into;
use super::*;
use crate::detect::EvaluationKind;
use crate::gating::declarations::decorated;

/// Methods that put something into a list or a table.
const FILLS: [&str; 10] =
    ["append", "extend", "insert", "update", "setdefault", "add", "push", "unshift", "set", "appendleft"];

/// The search for uses in one file.
pub(super) struct Search<'s> {
    pub(super) declared: &'s Declared,
    pub(super) source: &'s Arc<SourceFile>,
    pub(super) facts: &'s Facts,
    pub(super) values: FlagValues<'s>,
    pub(super) rules: &'s RuleSet,
}

impl Search<'_> {
    pub(super) fn declaration(&self, user: &User, uses: &mut Uses) {
        let (source, facts) = (self.source, self.facts);
        let target = &self.declared.target;
        let is_own_file = source.path == target.path;
        let names = &user.names;
        for &node in &user.unsure {
            uses.open.get_or_insert((self.step(node), Some("what is imported there cannot be told".to_owned())));
        }
        // `const Page = lazy(() => import('./Page'))`: whoever uses that one uses this one.
        let is_lazy = |node: &&NodeId| facts.role(**node) == Role::Call && source.text_of(**node).starts_with("import");
        user.locals.iter().filter(is_lazy).for_each(|&node| self.add(node, uses));
        let roots: Vec<&str> = names.iter().filter_map(|name| name.split_once('.')).map(|(root, _)| root).collect();
        for node in facts.ids() {
            let is_shorthand = facts.role(node) == Role::Pair && facts.part(node, Part::Value) == Some(node);
            if (facts.role(node) == Role::Identifier || is_shorthand)
                && roots.contains(&source.text_of(node))
                && !is_import(facts, node)
                && (is_shorthand || self.is_handed_on(node))
            {
                uses.open.get_or_insert((self.step(node), Some("its module is handed on as a value".to_owned())));
            }
            // `register(shop.pay)`, where the declaration is `shop.pay.send`
            if facts.role(node) == Role::Member
                && !is_import(facts, node)
                && names.iter().any(|name| self.is_beginning_of(node, name))
                && self.is_handed_on(node)
            {
                uses.open.get_or_insert((self.step(node), Some("its module is handed on as a value".to_owned())));
            }
            let mentioned = match facts.role(node) {
                Role::Identifier => names.iter().any(|name| !name.contains('.') && name == source.text_of(node)),
                Role::Member => {
                    names.iter().any(|name| name.contains('.') && source.dotted(node).as_ref() == Some(name))
                }
                Role::Element => facts.part(node, Part::Name).is_some_and(|name| {
                    let written = source.text_of(name);
                    names.iter().any(|name| {
                        name == written || written.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('.'))
                    })
                }),
                // `{ pay }`: the pair is the name and its value.
                Role::Pair if facts.part(node, Part::Value) == Some(node) => {
                    names.iter().any(|name| name == source.text_of(node)) && !(is_own_file && self.is_exported(node))
                }
                // A name in a string may be looked up by it.
                Role::String => self.is_named_in(node, is_own_file),
                _ => continue,
            };
            if !mentioned || declares(facts, node) || is_import(facts, node) {
                continue;
            }
            if is_own_file && (target.node <= node && node <= facts.node(target.node).last) {
                continue;
            }
            let fills = || filling_around(source, facts, node, self.rules).is_some_and(|it| it.object == target.node);
            let decorates = || {
                let mut around = facts.ancestors(node);
                let decorated = around.find(|&at| facts.role(at) == Role::Decorator).map(|at| facts.node(at).parent);
                decorated.is_some_and(|at| decorated_into(source, facts, at, self.rules) == Some(target.node))
            };
            if is_own_file && (fills() || decorates()) {
                continue;
            }
            if self.only_fills(node) {
                continue;
            }
            if self.is_key(node) || self.is_type(node) || self.is_given_a_member(node) || self.asks_for_constant(node) {
                continue;
            }
            self.add(node, uses);
        }
    }

    /// Uses of a method: every member of its name, wherever it is.
    pub(super) fn method(&self, uses: &mut Uses) {
        let (source, facts) = (self.source, self.facts);
        let target = &self.declared.target;
        let is_own_file = source.path == target.path;
        let own_class = is_own_file.then(|| facts.enclosing(target.node, Role::Class).next()).flatten();
        for node in facts.ids() {
            let mentioned = match facts.role(node) {
                Role::Member => {
                    facts.part(node, Part::Property).is_some_and(|at| source.text_of(at) == self.declared.name)
                }
                Role::Destructured => {
                    facts.part(node, Part::Key).is_some_and(|at| source.text_of(at) == self.declared.name)
                }
                // `getattr(order, "total")`, `source="order.total"`
                Role::String => {
                    let text = source.text_of(node).trim_matches(['"', '\'', '`']);
                    let before = text.strip_suffix(self.declared.name.as_str());
                    before.is_some_and(|before| before.is_empty() || is_dotted_path(before)) && !self.is_key(node)
                }
                // `total = property(get_total)`, right in the class
                Role::Identifier => {
                    source.text_of(node) == self.declared.name
                        && own_class.is_some_and(|class| self.is_in_body(class, node))
                }
                _ => continue,
            };
            let is_name = facts.role(node) == Role::Identifier && declares(facts, node);
            if !mentioned || is_name || is_own_file && (target.node <= node && node <= facts.node(target.node).last) {
                continue;
            }
            // `this.total()` in another class that has a `total` of its own.
            let object = facts.part(node, Part::Object).map(|at| source.text_of(at));
            if matches!(object, Some("this" | "self" | "cls"))
                && let Some(class) = facts.enclosing(node, Role::Class).next()
                && Some(class) != own_class
                && self.has_method(class)
            {
                continue;
            }
            self.add(node, uses);
        }
    }

    /// Uses of a method of which nobody else has an instance: by what its class itself is called there.
    pub(super) fn own_method(&self, uses: &mut Uses) {
        let (source, facts) = (self.source, self.facts);
        let target = &self.declared.target;
        let Some(class) = facts.enclosing(target.node, Role::Class).next() else { return };
        for node in facts.descendants(class).filter(|&at| at < target.node || facts.node(target.node).last < at) {
            let mentioned = match facts.role(node) {
                Role::Member => {
                    let object = facts.part(node, Part::Object).map_or("", |object| source.text_of(object));
                    let is_own = matches!(object, "self" | "cls") || object.starts_with("super(");
                    let property = facts.part(node, Part::Property).map(|property| source.text_of(property));
                    is_own && property == Some(self.declared.name.as_str())
                }
                Role::String => source.text_of(node).trim_matches(['"', '\'']) == self.declared.name,
                _ => false,
            };
            if mentioned && !self.is_key(node) {
                self.add(node, uses);
            }
        }
    }

    /// Whether a place stands right in the body of a class, in none of its functions.
    fn is_in_body(&self, class: NodeId, node: NodeId) -> bool {
        let facts = self.facts;
        let mut around = facts.ancestors(node);
        around.find(|&at| matches!(facts.role(at), Role::Function | Role::Class)) == Some(class)
    }

    fn has_method(&self, class: NodeId) -> bool {
        self.facts.descendants(class).any(|at| {
            self.facts.role(at) == Role::Function && self.source.name_of(at) == Some(self.declared.name.as_str())
        })
    }

    pub(super) fn add(&self, node: NodeId, uses: &mut Uses) {
        let gates = dominance::gates(&self.values, node);
        // Who asks for the flag itself does what comes before that for everybody.
        let asks =
            |gate: &dominance::GateAt| self.values.evaluations[gate.outcome.evaluation].kind == EvaluationKind::Asking;
        let gates = gates.iter().filter(|gate| gate.outcome.polarity == Polarity::On && !asks(gate));
        let gates: Vec<Gate> = gates.map(|gate| gate_at(&self.values, gate)).collect();
        let place = self.step(node);
        let inside = if gates.is_empty() && !self.runs_at_load(node) { self.around(node) } else { None };
        if gates.is_empty() && inside.is_none() {
            uses.open.get_or_insert((place.clone(), None));
        }
        let behind = if gates.is_empty() { None } else { self.around(node) };
        uses.found.push(Use { place, node, gates, inside, behind });
    }

    /// `const rate = readRate();` at the top of a module: the call runs when the module is loaded, whoever uses the name.
    fn runs_at_load(&self, node: NodeId) -> bool {
        let facts = self.facts;
        if self.declared.is_class {
            return false;
        }
        let used = facts.outer(node);
        let call = facts.node(used).parent;
        if facts.role(call) != Role::Call {
            return false;
        }
        let callee = facts.part(call, Part::Callee);
        // `router.get("/tax", handle(showTax()))`
        if self.declared.makes_function && callee == Some(used) {
            return false;
        }
        // `names.map(readRate)`
        let property = callee.and_then(|callee| facts.part(callee, Part::Property)).map(|at| self.source.text_of(at));
        if callee != Some(used) && !property.is_some_and(|name| RUNS_ARGUMENTS.contains(&name)) {
            return false;
        }
        let is_python = Family::of(self.source.path.as_str()) == Some(Family::Python);
        let mut child = call;
        for at in facts.ancestors(call) {
            match facts.role(at) {
                // `(() => readRate())()`
                Role::Function => {
                    let whole = facts.outer(at);
                    let parent = facts.node(whole).parent;
                    if facts.role(parent) != Role::Call || facts.part(parent, Part::Callee) != Some(whole) {
                        return false;
                    }
                }
                Role::Class => return is_python || self.source.text_of(child).starts_with("static"),
                _ => {}
            }
            child = at;
        }
        true
    }

    /// The declaration around a place: a method of a class at the top, or what stands at the top itself.
    fn around(&self, node: NodeId) -> Option<Target> {
        let facts = self.facts;
        let top = std::iter::once(node).chain(facts.ancestors(node)).find(|&at| is_top_level(facts, at));
        let top = match top {
            // `const page = () => ..`: the binding.
            Some(top) if facts.role(facts.node(top).parent) == Role::Binding => facts.node(top).parent,
            Some(top) => top,
            // `export default withLayout(Page)`
            None => {
                let mut around = std::iter::once(node).chain(facts.ancestors(node));
                let exported = around.find(|&at| {
                    let parent = facts.node(at).parent;
                    facts.role(parent) == Role::Export && facts.part(parent, Part::Value) == Some(at)
                });
                let filled = || filling_around(self.source, facts, node, self.rules).map(|filling| filling.object);
                exported.or_else(|| decorated(facts, node)).or_else(filled)?
            }
        };
        let inner = match facts.role(top) {
            Role::Class => method_around(facts, top, node).unwrap_or(top),
            _ => top,
        };
        Some(Target { path: self.source.path.clone(), node: inner })
    }

    /// Whether a string names the declaration so that it may be looked up by it: `"tax.tasks.send"`, `getattr(tax, "send")`.
    fn is_named_in(&self, node: NodeId, is_own_file: bool) -> bool {
        let name = self.declared.name.as_str();
        let text = self.source.text_of(node).trim_matches(['"', '\'', '`']);
        let Some(before) = text.strip_suffix(name) else { return false };
        let is_exported_list = || self.facts.ancestors(node).take(2).any(|at| self.facts.role(at) == Role::Array);
        match before {
            "" => {
                !is_own_file && self.facts.role(self.facts.node(node).parent) == Role::Call
                    || is_own_file && !is_exported_list() && self.is_argument(node)
            }
            _ => before.ends_with(['.', ':', '#']),
        }
    }

    /// Whether a member is a dotted name of which this one is a member in turn.
    fn is_beginning_of(&self, member: NodeId, name: &str) -> bool {
        let written = self.source.text_of(member);
        name.len() > written.len()
            && name.starts_with(written.split('.').next().unwrap_or(written))
            && self
                .source
                .dotted(member)
                .is_some_and(|dotted| name.strip_prefix(dotted.as_str()).is_some_and(|rest| rest.starts_with('.')))
    }

    /// `getattr(actions, name)`, `{ ...actions }`, `x = actions`: anything of the module may be used.
    fn is_handed_on(&self, node: NodeId) -> bool {
        let facts = self.facts;
        let parent = facts.node(node).parent;
        let part = facts.part_of(parent, node);
        match facts.role(parent) {
            Role::Member | Role::Subscript => part == Some(Part::Object) && facts.role(parent) == Role::Subscript,
            Role::Call => part == Some(Part::Argument),
            Role::Binding | Role::Assignment | Role::Pair | Role::Exit | Role::Keyword | Role::Attribute => {
                part == Some(Part::Value)
            }
            // `const { send } = money`
            Role::Destructuring => part == Some(Part::Value) && self.takes_it(parent),
            Role::Object | Role::Array => true,
            _ => false,
        }
    }

    /// `module.exports = { pay }`: who imports it is looked for by imports.
    fn is_exported(&self, pair: NodeId) -> bool {
        let facts = self.facts;
        let object = facts.node(pair).parent;
        let given = facts.node(object).parent;
        facts.role(given) == Role::Assignment
            && facts.part(given, Part::Value) == Some(object)
            && facts
                .part(given, Part::Target)
                .is_some_and(|at| matches!(self.source.text_of(at), "module.exports" | "exports"))
    }

    /// Whether the declaration may be among what is taken out of a module.
    fn takes_it(&self, destructuring: NodeId) -> bool {
        let text = self.source.text_of(destructuring);
        let before = text.split('=').next().unwrap_or(text);
        text.contains("...") || crate::index::places(before, &self.declared.name).next().is_some()
    }

    fn is_argument(&self, node: NodeId) -> bool {
        let parent = self.facts.node(node).parent;
        self.facts.role(parent) == Role::Call && self.facts.part_of(parent, node) == Some(Part::Argument)
    }

    /// True for the key of a flag that happens to be called like the declaration.
    fn is_key(&self, node: NodeId) -> bool {
        self.facts.role(node) == Role::String
            && self.facts.ancestors(node).take(3).any(|at| self.values.evaluation_at(at).is_some())
    }

    /// `Session.COOKIE`: what the class does is not asked for.
    fn asks_for_constant(&self, node: NodeId) -> bool {
        let facts = self.facts;
        let member = facts.node(node).parent;
        facts.role(member) == Role::Member
            && facts.part_of(member, node) == Some(Part::Object)
            && facts
                .part(member, Part::Property)
                .is_some_and(|at| self.declared.constants.contains(self.source.text_of(at)))
    }

    /// `Page.propTypes = {..}`: something is put on it, nothing is run.
    fn is_given_a_member(&self, node: NodeId) -> bool {
        let facts = self.facts;
        let member = facts.node(node).parent;
        let assignment = facts.node(member).parent;
        facts.role(member) == Role::Member
            && facts.part_of(member, node) == Some(Part::Object)
            && facts.role(assignment) == Role::Assignment
            && facts.part_of(assignment, member) == Some(Part::Target)
    }

    /// `urlpatterns += [..]`, `rows.append(..)`, `table["tax"] = ..`: more is put into what the name stands for, and nothing of it
    /// is used.
    fn only_fills(&self, node: NodeId) -> bool {
        let (source, facts) = (self.source, self.facts);
        if !self.declared.is_value {
            return false;
        }
        let mut at = node;
        while facts.role(facts.node(at).parent) == Role::Subscript
            && facts.part_of(facts.node(at).parent, at) == Some(Part::Object)
        {
            at = facts.node(at).parent;
        }
        let parent = facts.node(at).parent;
        match (facts.role(parent), facts.part_of(parent, at)) {
            (Role::Assignment, Some(Part::Target)) => true,
            (Role::Member, Some(Part::Object)) if at == node => {
                let call = facts.node(parent).parent;
                let method = facts.part(parent, Part::Property).map_or("", |method| source.text_of(method));
                facts.part_of(call, parent) == Some(Part::Callee)
                    && FILLS.contains(&method)
                    && matches!(facts.role(facts.node(call).parent), Role::Block | Role::Module)
            }
            _ => false,
        }
    }

    fn is_type(&self, node: NodeId) -> bool {
        // Python's annotations are values: frameworks make what a parameter is declared as.
        Family::of(self.source.path.as_str()) == Some(Family::Script)
            && self.facts.ancestors(node).any(|at| self.facts.role(at) == Role::Type)
    }

    pub(super) fn step(&self, node: NodeId) -> Step {
        step_at(&self.declared.name, &self.source.path, self.source.lines.line(self.facts.node(node).span.start))
    }
}

/// `order.` of `"order.total"`
fn is_dotted_path(before: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_');
    before.strip_suffix('.').is_some_and(|path| path.split('.').all(is_word))
}

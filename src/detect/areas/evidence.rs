//! From touched nodes to hits of a pack's evidence items.

use super::names::{FileNames, chain};
use super::position::is_in;
use super::sql_text::{looks_like_sql, sql_changes};
use super::touched::{ChangedLines, Place, Touched, decorator_name};
use crate::location::Span;
use crate::rules::areas::{AreaContext, AreaPack, Item, ItemId, NameTable, WordMatch, find_module, split_words};
use crate::syntax::SourceFile;
use crate::syntax::facts::{Facts, NodeId, Part, Role};
use crate::terms::Side;

/// Longer names are cut in what people read.
const MAX_NAME: usize = 60;
/// How much of a call the expressions of a pack see, in bytes.
const MAX_TEXT: usize = 4000;
/// How many names of one item are kept.
const MAX_NAMES: usize = 24;
/// How many owners of a called name are gone through: `a.b.c()` has two.
const MAX_OWNERS: usize = 8;
/// Longer strings are not looked at.
const MAX_STRING: usize = 20_000;

/// An item that was found, at its best place.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub(super) item: ItemId,
    pub(super) strength: u8,
    pub(super) place: HitPlace,
    pub(super) what: String,
    pub(super) span: Span,
    /// The name or string that was recognised: it counts for one item only, wherever it stands.
    pub(super) name: String,
    /// The words of the pack that it has.
    pub(super) words: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum HitPlace {
    /// What changed, or what the changed condition lets run.
    Change,
    /// The declaration around it.
    Around,
    /// The file's path.
    Path,
}

/// What is being looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region<'a> {
    pub(super) changed: &'a ChangedLines,
    pub(super) side: Side,
    /// The whole declaration is new or gone.
    pub(super) whole: bool,
    /// The file belongs to a user interface.
    pub(super) ui: bool,
}

/// Looks at nodes with the eyes of one pack.
pub(super) struct Collector<'a> {
    pub(super) file: &'a SourceFile,
    pub(super) facts: &'a Facts,
    names: &'a FileNames<'a>,
    pub(super) pack: &'a AreaPack,
    /// Whether each item applies to this file and side.
    applies: Vec<bool>,
    region: Region<'a>,
    ignored_path: bool,
    /// The words of the name that is being looked at.
    words: String,
    pub(super) hits: Vec<Hit>,
}

impl<'a> Collector<'a> {
    pub(super) fn new(
        file: &'a SourceFile,
        facts: &'a Facts,
        names: &'a FileNames<'a>,
        pack: &'a AreaPack,
        region: Region<'a>,
    ) -> Self {
        let imported = |item: &Item| {
            let of_item = |module: &str| item.imports.iter().any(|wanted| is_within(module, wanted));
            item.imports.is_empty() || names.modules().any(of_item)
        };
        let applies =
            pack.items.iter().map(|item| item.applies_to(&file.path, region.side) && imported(item)).collect();
        let ignored_path = pack.ignore_paths.iter().any(|glob| glob.matches(file.path.as_str()));
        Self { file, facts, names, pack, applies, region, ignored_path, words: String::new(), hits: Vec::new() }
    }

    /// Whether code of this declaration is no evidence for the pack.
    pub(super) fn is_ignored(&self, declaration: NodeId) -> bool {
        let ignored_name = |id: NodeId| {
            let name = self.facts.part(id, Part::Name).map(|name| self.file.text_of(name));
            name.is_some_and(|name| {
                self.pack.ignore_functions.contains(name) || AreaContext::built_in().ignores_function(name)
            }) || self.assigned_name(id).is_some_and(|name| self.pack.ignore_functions.contains(name))
        };
        self.ignored_path || self.facts.enclosing(declaration, Role::Function).any(ignored_name)
    }

    /// `down` of `exports.down = function () {}` and of `{ down: () => {} }`.
    fn assigned_name(&self, function: NodeId) -> Option<&'a str> {
        let parent = self.facts.node(function).parent;
        let target = match self.facts.role(parent) {
            Role::Assignment => Part::Target,
            Role::Binding => Part::Name,
            Role::Pair => Part::Key,
            _ => return None,
        };
        self.facts.part(parent, target).and_then(|id| chain(self.file, self.facts, id).last().copied())
    }

    pub(super) fn visit(&mut self, touched: &Touched) {
        let id = touched.node;
        match self.facts.role(id) {
            Role::Identifier => self.identifier(touched),
            Role::Call => self.call(touched),
            Role::Decorator => self.decorator(touched),
            Role::Class => self.class(touched),
            Role::Parameter => self.parameter(touched),
            Role::Element => self.element(touched),
            Role::Attribute => self.attribute(touched),
            Role::Keyword => self.key(touched, Part::Name),
            Role::Pair => self.key(touched, Part::Key),
            Role::String | Role::Template => self.string(touched),
            Role::Function | Role::Binding | Role::Destructured => self.defined(touched, Part::Name),
            Role::Assignment => self.defined(touched, Part::Target),
            // The name of a declaration or an element, the base of a class.
            Role::Other if touched.place == Place::Header => self.words(touched),
            _ => {}
        }
        if touched.place == Place::Header {
            self.base(touched);
        }
        if touched.place == Place::Changed && touched.itself {
            self.field(touched);
        }
    }

    /// Words in the file's path.
    pub(super) fn path(&mut self) {
        let words = split_words(self.file.path.as_str());
        let found: Vec<ItemId> = self.pack.tables.path_words.find(&words).map(|found| found.item).collect();
        for item in found {
            if self.applies[item.0 as usize] {
                let strength = self.pack.item(item).strength(self.region.ui, false);
                let what = self.pack.item(item).what.replace("{name}", &shown(self.file.path.file_name()));
                let span = Span::new(0, 0);
                self.record(Hit {
                    item,
                    strength,
                    place: HitPlace::Path,
                    what,
                    span,
                    name: String::new(),
                    words: String::new(),
                });
            }
        }
    }

    fn identifier(&mut self, touched: &Touched) {
        self.words(touched);
        let id = touched.node;
        let parent = self.facts.node(id).parent;
        let property = matches!(self.facts.part_of(parent, id), Some(Part::Property | Part::Key))
            && self.facts.role(parent) != Role::Pair
            || self.facts.role(parent) == Role::Keyword && self.facts.part_of(parent, id) == Some(Part::Name);
        if !property {
            self.module_of(touched);
        }
    }

    /// The module that a name stands for.
    fn module_of(&mut self, touched: &Touched) {
        let text = self.file.text_of(touched.node);
        if let Some(module) = self.names.module_of(text) {
            let found: Vec<ItemId> = find_module(&self.pack.tables.modules, module).collect();
            for item in found {
                self.hit(item, touched, text, Some(module), text);
            }
            let words = split_words(module);
            let found: Vec<ItemId> = self.pack.tables.module_words.find(&words).map(|found| found.item).collect();
            // Like the file's own path, the path of another file is a hint.
            let hint = Touched { place: Place::Around, ..*touched };
            for item in found {
                self.hit(item, &hint, text, Some(module), text);
            }
        }
    }

    fn words(&mut self, touched: &Touched) {
        let text = self.file.text_of(touched.node);
        self.words_of(touched, text, u8::MAX);
    }

    fn words_of(&mut self, touched: &Touched, text: &str, at_most: u8) {
        let words = split_words(text);
        let found: Vec<WordMatch> = self.pack.tables.names.find(&words).collect();
        for found in found {
            let position = self.pack.item(found.item).position;
            if position.is_none_or(|position| is_in(self.facts, touched.node, position)) {
                // A key or path in a string is a name of something else.
                self.words = if at_most == u8::MAX { found.words() } else { String::new() };
                self.hit_at_most(found.item, touched, text, None, text, at_most);
                self.words.clear();
            }
        }
    }

    fn call(&mut self, touched: &Touched) {
        if !touched.itself {
            return;
        }
        let name = chain(self.file, self.facts, touched.node);
        self.called(touched, touched.node, &name, |pack| &pack.tables.calls);
        // A call with other arguments is a changed call, even where its name stands in an old line.
        if let Some(callee) = self.called_name(touched.node).filter(|&name| !self.has_changed(name)) {
            self.words(&Touched { node: callee, ..*touched });
        }
        if let Some(client) = self.client_name(touched.node).filter(|&name| !self.has_changed(name)) {
            self.module_of(&Touched { node: client, ..*touched });
        }
    }

    /// The first name of a called method: `requests` of `requests.post()`.
    fn client_name(&self, call: NodeId) -> Option<NodeId> {
        let callee = self.facts.part(call, Part::Callee)?;
        let mut at = self.facts.part(callee, Part::Object)?;
        for _ in 0..MAX_OWNERS {
            match self.facts.role(at) {
                Role::Member => at = self.facts.part(at, Part::Object)?,
                Role::Identifier => return Some(at),
                _ => return None,
            }
        }
        None
    }

    /// The last name of what is called.
    fn called_name(&self, call: NodeId) -> Option<NodeId> {
        let callee = self.facts.part(call, Part::Callee)?;
        match self.facts.role(callee) {
            Role::Member => self.facts.part(callee, Part::Property),
            Role::Identifier => Some(callee),
            _ => None,
        }
    }

    fn decorator(&mut self, touched: &Touched) {
        let name = decorator_name(self.file, self.facts, touched.node);
        let call = self.facts.part(touched.node, Part::Value).unwrap_or(touched.node);
        self.called(touched, call, &name, |pack| &pack.tables.decorators);
    }

    fn called(
        &mut self,
        touched: &Touched,
        call: NodeId,
        name: &[&str],
        table: impl Fn(&'a AreaPack) -> &'a NameTable,
    ) {
        let found: Vec<ItemId> = table(self.pack).find(name).collect();
        for item in found {
            let wanted = self.pack.item(item);
            let arguments = || self.facts.parts(call, Part::Argument);
            let enough = wanted.min_arguments == 0 || arguments().count() >= wanted.min_arguments;
            let fits = |id: NodeId| {
                let value = match self.facts.role(id) {
                    Role::String => self.file.string_value(id),
                    Role::Template => Some(self.file.text_of(id).trim_matches('`').to_owned()),
                    _ => None,
                };
                value.is_some_and(|value| wanted.argument.as_ref().is_none_or(|regex| regex.is_match(&value)))
            };
            if enough && (wanted.argument.is_none() || arguments().any(fits)) {
                self.hit(item, touched, &name.join("."), None, self.file.text_of(call));
            }
        }
    }

    /// Whether the node stands in a changed line.
    pub(super) fn has_changed(&self, node: NodeId) -> bool {
        self.region.changed.intersect(self.facts.node(node).span)
    }

    fn element(&mut self, touched: &Touched) {
        if let Some(name) = self.facts.part(touched.node, Part::Name).filter(|_| touched.itself) {
            let parts: Vec<&str> = self.file.text_of(name).split('.').collect();
            let found: Vec<ItemId> = self.pack.tables.elements.find(&parts).collect();
            for item in found {
                self.hit(item, touched, self.file.text_of(name), None, self.file.text_of(touched.node));
            }
        }
    }

    fn attribute(&mut self, touched: &Touched) {
        let Some(name) = self.facts.part(touched.node, Part::Name).filter(|_| touched.itself) else { return };
        let name = self.file.text_of(name);
        let found: Vec<ItemId> = self.pack.tables.attributes.find(&[name]).collect();
        for item in found {
            self.hit(item, touched, name, None, self.file.text_of(touched.node));
        }
    }

    fn key(&mut self, touched: &Touched, part: Part) {
        let Some(key) = self.facts.part(touched.node, part).filter(|_| touched.itself) else { return };
        let string = (self.facts.role(key) == Role::String).then(|| self.file.string_value(key)).flatten();
        let key = string.as_deref().unwrap_or_else(|| self.file.text_of(key));
        let found: Vec<ItemId> = self.pack.tables.keys.find(&[key]).collect();
        for item in found {
            self.hit(item, touched, key, None, self.file.text_of(touched.node));
        }
    }

    pub(super) fn defined(&mut self, touched: &Touched, part: Part) {
        // What a name is set to may be a list of many lines, of which one changed.
        let is_set = matches!(self.facts.role(touched.node), Role::Binding | Role::Assignment) && touched.itself;
        let changed = |name: &NodeId| self.has_changed(*name) || is_set && touched.place == Place::Changed;
        let Some(name) = self.facts.part(touched.node, part).filter(changed) else { return };
        let name = chain(self.file, self.facts, name);
        let found: Vec<ItemId> = self.pack.tables.defines.find(&name).collect();
        for item in found {
            self.hit(item, touched, &name.join("."), None, self.file.text_of(touched.node));
        }
    }

    fn string(&mut self, touched: &Touched) {
        let span = self.facts.node(touched.node).span;
        if span.len() > MAX_STRING {
            return;
        }
        let value = self.file.string_value(touched.node);
        let text = value.as_deref().unwrap_or_else(|| self.file.text_of(touched.node));
        let plain = text.len() <= MAX_NAME && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.:/".contains(&b));
        if plain {
            self.words_of(touched, text, 1);
        }
        for (regex, item) in &self.pack.tables.strings {
            if self.applies[item.0 as usize] && regex.is_match(text) {
                self.hit(*item, touched, text, None, text);
            }
        }
        if !self.pack.tables.sql.is_empty() && looks_like_sql(text) {
            for (change, name, _) in sql_changes(text) {
                for (wanted, item) in &self.pack.tables.sql {
                    if *wanted == change {
                        self.hit(*item, touched, &name, None, text);
                    }
                }
            }
        }
    }

    pub(super) fn hit(&mut self, item: ItemId, touched: &Touched, name: &str, module: Option<&str>, text: &str) {
        self.hit_at_most(item, touched, name, module, text, u8::MAX);
    }

    fn hit_at_most(
        &mut self,
        id: ItemId,
        touched: &Touched,
        name: &str,
        module: Option<&str>,
        text: &str,
        at_most: u8,
    ) {
        let item = self.pack.item(id);
        let end = (0..=text.len().min(MAX_TEXT)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        if !self.applies[id.0 as usize] || !item.text_fits(&text[..end]) {
            return;
        }
        let full = item.strength(self.region.ui, self.region.whole);
        let hint = item.strength_in_context.min(full);
        let (strength, place) = match touched.place {
            Place::Changed => (full, HitPlace::Change),
            Place::Governed if item.is_done() => (full, HitPlace::Change),
            Place::Governed => (hint, HitPlace::Around),
            Place::Around => (hint, HitPlace::Around),
            // A declaration's name says what it is about, even where the same word elsewhere in it does not count.
            Place::Header => (full.min(1), HitPlace::Around),
        };
        let strength = strength.min(at_most);
        if strength > 0 {
            let module = module.map(|module| without_name(module, name)).unwrap_or_default();
            let what = item.what.replace("{module}", &shown(module)).replace("{name}", &shown(name));
            let span = self.facts.node(touched.node).span;
            let name = self.key_of(touched.node).text(&self.file.text);
            self.record(Hit { item: id, strength, place, what, span, name: shown(name), words: self.words.clone() });
        }
    }

    /// Where the name of a node stands.
    fn key_of(&self, node: NodeId) -> Span {
        let facts = self.facts;
        let mut at = node;
        loop {
            let part = match facts.role(at) {
                Role::Call => Part::Callee,
                Role::Member => Part::Property,
                Role::Decorator => Part::Value,
                Role::Transparent => Part::Operand,
                Role::Keyword | Role::Attribute | Role::Element | Role::Function | Role::Class => Part::Name,
                Role::Binding | Role::Destructured => Part::Name,
                Role::Pair => Part::Key,
                Role::Assignment => Part::Target,
                _ => return facts.node(at).span,
            };
            match facts.part(at, part).filter(|&next| next != at) {
                Some(next) => at = next,
                None => return facts.node(at).span,
            }
        }
    }

    /// Keeps the first names of each item and place.
    fn record(&mut self, hit: Hit) {
        let same = |known: &&Hit| known.item == hit.item && known.place == hit.place;
        let mut known = self.hits.iter().filter(same);
        let new = known.clone().all(|known| known.name != hit.name || known.strength < hit.strength);
        if new && known.by_ref().count() < MAX_NAMES {
            self.hits.push(hit);
        }
    }
}

/// Whether the module is the wanted one or a part of it.
fn is_within(module: &str, wanted: &str) -> bool {
    module.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.', ':']))
}

/// `stripe` of `stripe.Charge`, where `Charge` is the imported name.
fn without_name<'a>(module: &'a str, name: &str) -> &'a str {
    module
        .strip_suffix(name)
        .and_then(|front| front.strip_suffix('.'))
        .filter(|front| !front.is_empty())
        .unwrap_or(module)
}

/// One line, not too long, that can stand between backticks.
pub(super) fn shown(name: &str) -> String {
    let line = name.trim_matches(|c: char| c.is_whitespace() || c == '`').lines().next().unwrap_or_default().trim();
    let mut shown = line.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "'");
    if let Some((cut, _)) = shown.char_indices().nth(MAX_NAME) {
        shown.truncate(cut);
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_in_one_line_that_can_stand_between_backticks() {
        assert_eq!(shown("\n  CREATE   INDEX a\n ON b"), "CREATE INDEX a");
        assert_eq!(shown("`a ${`b`}`"), "a ${'b'}");
        assert_eq!(shown(&"é".repeat(99)), "é".repeat(60) + "…");
        assert_eq!(shown(""), "");
    }

    #[test]
    fn a_module_is_shown_without_the_name_that_comes_from_it() {
        assert_eq!(without_name("stripe.Charge", "Charge"), "stripe");
        assert_eq!(without_name("requests", "requests"), "requests");
        assert_eq!(without_name("@aws-sdk/client.Client", "Client"), "@aws-sdk/client");
    }
}

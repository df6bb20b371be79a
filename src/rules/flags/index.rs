//! All packs together, found by the last name of a call, an element or a decorator: one look-up a node, however many
//! packs there are.

use super::{Deciding, Definition, Evaluation, FlagPack, Form, Handle, Leaving, Needles, Words};
use crate::rules::pattern::NamePattern;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex};

/// The flag packs in use.
#[derive(Debug, Default)]
pub(crate) struct FlagRules {
    packs: Vec<FlagPack>,
    calls: HashMap<String, Vec<RuleRef>>,
    call_globs: Vec<(NamePattern, RuleRef)>,
    elements: HashMap<String, Vec<RuleRef>>,
    decorators: HashMap<String, Vec<RuleRef>>,
    bases: HashMap<String, Vec<RuleRef>>,
    bags: Vec<RuleRef>,
    objects: Vec<RuleRef>,
    imported: Vec<RuleRef>,
    constructors: HashMap<String, Vec<RuleRef>>,
    methods: HashSet<String>,
    called_handles: bool,
    words: Arc<Words>,
    /// Made when first asked for, by language.
    pub(super) needles: Mutex<BTreeMap<String, Arc<Needles>>>,
}

/// A rule of a pack, by position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RuleRef {
    pub(crate) pack: usize,
    pub(crate) rule: usize,
}

impl FlagRules {
    /// Packs are taken in the order of their ids, so that the answer does not depend on how they were found.
    pub(crate) fn new(mut packs: Vec<FlagPack>) -> Self {
        packs.sort_by(|a, b| a.id.cmp(&b.id));
        let mut rules = Self::default();
        for (pack, content) in packs.iter().enumerate() {
            for (rule, evaluation) in content.evaluations.iter().enumerate() {
                let at = RuleRef { pack, rule };
                match &evaluation.form {
                    Form::Call(names) => {
                        for name in names {
                            match name.literal() {
                                Some(name) => rules.calls.entry(name.to_owned()).or_default().push(at),
                                None => rules.call_globs.push((name.clone(), at)),
                            }
                        }
                    }
                    Form::Element(names) => {
                        names.iter().for_each(|name| rules.elements.entry(name.clone()).or_default().push(at));
                    }
                    Form::Decorator(names) => {
                        names.iter().for_each(|name| rules.decorators.entry(name.clone()).or_default().push(at));
                    }
                    Form::Base { names, .. } => {
                        names.iter().for_each(|name| rules.bases.entry(name.clone()).or_default().push(at));
                    }
                    Form::Bag(_) => rules.bags.push(at),
                    Form::Object(_) => rules.objects.push(at),
                    Form::Imported { .. } => rules.imported.push(at),
                }
            }
            for (rule, handle) in content.handles.iter().enumerate() {
                let at = RuleRef { pack, rule };
                for name in &handle.constructors {
                    rules.constructors.entry(name.clone()).or_default().push(at);
                }
                rules.methods.extend(handle.methods.iter().chain(&handle.off_methods).cloned());
                rules.called_handles |= handle.called;
            }
        }
        let mut words = Words::default();
        packs.iter().for_each(|pack| words.extend(&pack.words));
        (rules.packs, rules.words) = (packs, Arc::new(words));
        rules
    }

    /// What names say, by all packs.
    pub(crate) fn words(&self) -> &Arc<Words> {
        &self.words
    }

    pub(crate) fn packs(&self) -> &[FlagPack] {
        &self.packs
    }

    pub(crate) fn pack(&self, at: RuleRef) -> &FlagPack {
        &self.packs[at.pack]
    }

    pub(crate) fn evaluation(&self, at: RuleRef) -> &Evaluation {
        &self.packs[at.pack].evaluations[at.rule]
    }

    pub(crate) fn handle(&self, at: RuleRef) -> &Handle {
        &self.packs[at.pack].handles[at.rule]
    }

    /// Rules for calls whose last name is this one.
    pub(crate) fn calls(&self, name: &str) -> impl Iterator<Item = RuleRef> {
        let exact = self.calls.get(name).into_iter().flatten().copied();
        exact.chain(self.call_globs.iter().filter(move |(glob, _)| glob.matches(name)).map(|(_, at)| *at))
    }

    /// Whether some rule is for a call, an element or a decorator of this name.
    pub(crate) fn names(&self, name: &str) -> bool {
        self.calls(name).next().is_some() || self.elements.contains_key(name) || self.decorators.contains_key(name)
    }

    pub(crate) fn elements(&self, name: &str) -> &[RuleRef] {
        self.elements.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn bases(&self, name: &str) -> &[RuleRef] {
        self.bases.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn decorators(&self, name: &str) -> &[RuleRef] {
        self.decorators.get(name).map_or(&[], Vec::as_slice)
    }

    /// Rules for objects of flags that are known by name.
    pub(crate) fn bags(&self) -> &[RuleRef] {
        &self.bags
    }

    /// Rules for object literals that carry the key of a flag.
    pub(crate) fn objects(&self) -> &[RuleRef] {
        &self.objects
    }

    /// Rules for constants of the project that are a flag's value.
    pub(crate) fn imported(&self) -> &[RuleRef] {
        &self.imported
    }

    /// Handles that a function of this name makes.
    pub(crate) fn constructors(&self, name: &str) -> &[RuleRef] {
        self.constructors.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a flag of this key turns something off.
    pub(crate) fn is_inverse(&self, key: &str) -> bool {
        // A path of names is one name here.
        let key = key.replace('.', "_");
        self.packs.iter().flat_map(|pack| &pack.inverse_keys).any(|pattern| pattern.matches(&key))
    }

    /// Whether a parameter of this name takes the key of a flag.
    pub(crate) fn is_key_parameter(&self, name: &str) -> bool {
        self.packs.iter().flat_map(|pack| &pack.key_parameters).any(|pattern| pattern.matches(name))
    }

    /// Whether some handle has a method of this name.
    pub(crate) fn is_method(&self, name: &str) -> bool {
        self.methods.contains(name)
    }

    /// Handles in the order of their packs.
    pub(crate) fn handles(&self) -> impl Iterator<Item = RuleRef> {
        let packs = self.packs.iter().enumerate();
        packs.flat_map(|(pack, content)| (0..content.handles.len()).map(move |rule| RuleRef { pack, rule }))
    }

    /// Whether a parameter of this name is a function that asks for a flag.
    pub(crate) fn is_asking_parameter(&self, name: &str) -> bool {
        self.packs.iter().flat_map(|pack| &pack.asking_parameters).any(|pattern| pattern.matches(name))
    }

    /// Whether a function of this name yields what the function yields which it is handed first.
    pub(crate) fn is_answering(&self, name: &str) -> bool {
        self.packs.iter().any(|pack| pack.answering.iter().any(|answering| answering == name))
    }

    /// Whether a function of this name makes a plain true or false of what it is handed first.
    pub(crate) fn is_converting(&self, name: &str) -> bool {
        self.packs.iter().any(|pack| pack.converting.iter().any(|converting| converting == name))
    }

    /// Whether a function of this name makes a context.
    pub(crate) fn makes_context(&self, name: &str) -> bool {
        self.packs.iter().any(|pack| pack.contexts.made_by.iter().any(|made_by| made_by == name))
    }

    /// Whether a function of this name yields the value of a context.
    pub(crate) fn takes_context(&self, name: &str) -> bool {
        self.packs.iter().any(|pack| pack.contexts.taken_by.iter().any(|taken_by| taken_by == name))
    }

    /// The members of a context that provide its value.
    pub(crate) fn context_providers(&self) -> impl Iterator<Item = &str> {
        self.packs.iter().flat_map(|pack| &pack.contexts.provided_by).map(String::as_str)
    }

    /// Whether a name says that the program is built for those who work on it.
    pub(crate) fn is_building(&self, name: &str) -> bool {
        self.packs.iter().any(|pack| pack.building.iter().any(|building| building == name))
    }

    /// Whether a function of this name keeps what the function yields which it is handed first.
    pub(crate) fn is_boxing(&self, name: &str) -> bool {
        self.packs.iter().any(|pack| pack.boxing.iter().any(|boxing| boxing == name))
    }

    /// What has to be said to functions of this name for them to do anything.
    pub(crate) fn deciding<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r Deciding> {
        let all = self.packs.iter().flat_map(|pack| &pack.deciding);
        all.filter(move |deciding| deciding.calls.iter().any(|pattern| pattern.matches(name)))
    }

    /// What has to be said to elements of this name for them to show anything.
    pub(crate) fn deciding_element<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r Deciding> {
        let all = self.packs.iter().flat_map(|pack| &pack.deciding);
        all.filter(move |deciding| deciding.elements.iter().any(|element| element == name))
    }

    /// Whether an element of this name only leads elsewhere.
    pub(crate) fn is_refusing(&self, name: &str) -> bool {
        self.packs.iter().any(|pack| pack.refusing.iter().any(|refusing| refusing == name))
    }

    /// Whether a function of this name only makes something that waits to be used.
    pub(crate) fn is_keeping(&self, name: &str) -> bool {
        self.packs.iter().any(|pack| pack.keeping.iter().any(|keeping| keeping == name))
    }

    /// Whether some function of this module never comes back.
    pub(crate) fn is_leaving_module(&self, module: &str) -> bool {
        self.leaving().any(|leaving| leaving.modules.iter().any(|pattern| pattern.matches(module)))
    }

    /// Whether this function of this module never comes back.
    pub(crate) fn leaves(&self, module: &str, name: &str) -> bool {
        let is_from = |leaving: &Leaving| leaving.modules.iter().any(|pattern| pattern.matches(module));
        self.leaving().any(|leaving| leaving.calls.iter().any(|call| call == name) && is_from(leaving))
    }

    fn leaving(&self) -> impl Iterator<Item = &Leaving> {
        self.packs.iter().flat_map(|pack| &pack.leaving)
    }

    pub(crate) fn definitions(&self) -> impl Iterator<Item = (&FlagPack, &Definition)> {
        self.packs.iter().flat_map(|pack| pack.definitions.iter().map(move |definition| (pack, definition)))
    }
}

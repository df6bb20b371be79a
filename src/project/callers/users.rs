//! The files that may use a declaration, by what they mention and import: rather one too many than one too few.
//!
//! Whether they really use it, and behind what, the search tells.

use super::*;
use crate::project::answers::Answers;
use std::sync::{Mutex, PoisonError};

/// Marks of a file that may pass on, or look into, a module without naming what is in it.
const HANDS_ON_ALL: [&str; 7] = ["export *", "import *", "* as ", "getattr", "vars(", "getmembers(", "__dict__"];

/// Marks of a file that may load a module by a name that it makes up.
const LOADS: [&str; 6] = ["import(", "require(", "import.meta", "require.context", "import_module(", "__import__("];

/// A file that may use a declaration.
pub(super) struct User {
    pub(super) path: RepoPath,
    /// The names that it may know it by.
    pub(super) names: BTreeSet<String>,
    /// Where it is given such a name as it is, not as a member of something.
    pub(super) locals: Vec<NodeId>,
    /// Imports that may give the declaration without a name that can be looked for.
    pub(super) unsure: Vec<NodeId>,
}

/// What was asked about files while callers were looked for.
#[derive(Default)]
pub(in crate::project) struct Asked {
    /// The files that were read to see whether they use something.
    read: Mutex<BTreeSet<RepoPath>>,
    traits: Answers<RepoPath, Option<Traits>>,
    product: Answers<RepoPath, bool>,
    /// Whether nobody but a framework makes an instance of a class.
    pub(in crate::project) made_for_requests: Answers<Target, bool>,
    package_entry: Answers<RepoPath, bool>,
    /// By folder and family: two files at most that may load all that is in it.
    pub(in crate::project) loaders: Answers<(String, Option<Family>), Vec<RepoPath>>,
}

/// What the text of a file says about whom it may call.
#[derive(Debug, Clone, Copy)]
pub(in crate::project) struct Traits {
    pub(in crate::project) kind: FileKind,
    /// It may pass on, or look into, a module without naming what is in it.
    hands_on_all: bool,
    /// It may load a module by a name that it makes up.
    pub(in crate::project) loads: bool,
}

impl Asked {
    /// How many files were read so far to see whether they use something.
    pub(super) fn files_read(&self) -> usize {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn reads(&self, files: &[RepoPath]) {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).extend(files.iter().cloned());
    }
}

impl User {
    fn new(path: RepoPath) -> Self {
        Self { path, names: BTreeSet::new(), locals: Vec::new(), unsure: Vec::new() }
    }

    pub(super) fn of(path: RepoPath, name: &str) -> Self {
        Self { names: BTreeSet::from([name.to_owned()]), ..Self::new(path) }
    }
}

impl Project<'_> {
    /// The files that may use a declaration, its own first or in order, or why nobody can tell.
    pub(super) fn users(&self, target: &Target, name: &str, is_method: bool) -> Result<Vec<User>, String> {
        if !self.tree.is_whole() {
            return Err("not all files of the repository can be seen".to_owned());
        }
        if is_method {
            let mentions = self.tree.mentioning(&[name]).into_iter();
            let others = mentions.filter(|file| *file != target.path && self.may_call(&target.path, file));
            // One more than there may be is enough to know.
            let files: Vec<RepoPath> = others.take(MAX_CANDIDATES + 1).collect();
            if files.len() > MAX_CANDIDATES {
                return Err(format!("more than {MAX_CANDIDATES} files mention it"));
            }
            self.asked.reads(&files);
            return Ok(std::iter::once(target.path.clone()).chain(files).map(|file| User::of(file, name)).collect());
        }
        if self.is_private(target, name) {
            return Ok(vec![User::of(target.path.clone(), name)]);
        }
        let mut users: BTreeMap<RepoPath, User> = BTreeMap::new();
        users.insert(target.path.clone(), User::of(target.path.clone(), name));
        for file in self.naming_by_path(target, name) {
            users.insert(file.clone(), User::of(file, name));
        }
        let mut searched: BTreeSet<(RepoPath, String)> = BTreeSet::new();
        let mut looked_at: BTreeSet<RepoPath> = BTreeSet::new();
        // Where the declaration can be had, and under which name.
        let mut sources: Vec<(RepoPath, String)> = vec![(target.path.clone(), name.to_owned())];
        if self.is_default_export(target) {
            sources.push((target.path.clone(), "default".to_owned()));
        }
        sources.extend(self.tree.handed_out_as(&target.path, name).into_iter().map(|name| (target.path.clone(), name)));
        while let Some((path, exported)) = sources.pop() {
            if !searched.insert((path.clone(), exported.clone())) {
                continue;
            }
            // `money.pay`, of `export * as money from './pay'`: who has the namespace may take its members elsewhere.
            let word = exported.split('.').next().unwrap_or_default();
            let mentioned: Option<BTreeSet<RepoPath>> =
                (!matches!(word, "" | "default")).then(|| self.tree.mentioning(&[word]).into_iter().collect());
            let may_have = |file: &RepoPath| {
                let hands_on_all = || self.traits(file).is_some_and(|traits| traits.hands_on_all);
                mentioned.as_ref().is_none_or(|mentioned| mentioned.contains(file) || hands_on_all())
            };
            let importers = self.tree.importers(&path);
            // Everything speaks of a `page`; what imports the one is told by its text.
            let written = (importers.len() <= MAX_NAMING).then(|| self.tree.import_name(&path)).flatten();
            let may_mean = |file: &RepoPath, name: &str| {
                let folder = file.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
                let text = self.tree.text(file.as_str());
                text.is_some_and(|text| modules::may_import(&text, folder, name, path.as_str()))
            };
            let others = importers.iter().filter(|file| !looked_at.contains(*file) && may_have(file));
            let others = others.filter(|file| written.as_ref().is_none_or(|name| may_mean(file, name)));
            let others = others.filter(|file| self.may_call(&target.path, file));
            // One more than there may be is enough to know.
            let files: Vec<RepoPath> = others.take(MAX_CANDIDATES + 1).cloned().collect();
            if looked_at.len() + files.len() > MAX_CANDIDATES {
                return Err(format!("more than {MAX_CANDIDATES} files may use it"));
            }
            self.asked.reads(&files);
            let known = files.par_iter().with_max_len(1).filter_map(|file| {
                let source = self.tree.source(file.as_str())?;
                Some((file.clone(), self.tree.names_of(&target.path, name, &source)))
            });
            for (file, known) in known.collect::<Vec<_>>() {
                if !known.names.is_empty() || !known.unsure.is_empty() {
                    let user = users.entry(file.clone()).or_insert_with(|| User::new(file.clone()));
                    let whole = known.names.iter().filter(|local| !local.name.contains('.'));
                    user.locals.extend(whole.map(|local| local.node));
                    user.names.extend(known.names.into_iter().map(|local| local.name));
                    user.unsure = if file == target.path { Vec::new() } else { known.unsure };
                }
                if !known.passed_on.is_empty() && self.is_package_entry(&file) {
                    return Err(format!("{} exports it from the package", file));
                }
                sources.extend(known.passed_on.into_iter().map(|passed| (file.clone(), passed)));
            }
            looked_at.extend(files);
        }
        if self.is_package_entry(&target.path) {
            return Err("the package exports it".to_owned());
        }
        Ok(users.into_values().collect())
    }

    /// Whether a file of the same language has no text here: too large, or missing.
    pub(super) fn is_unread(&self, target: &RepoPath, file: &RepoPath) -> bool {
        let family = Family::of(file.as_str());
        family.is_some()
            && family == Family::of(target.as_str())
            && self.traits(file).is_none()
            && self.rules.files.kind(file, "") == FileKind::Code
            // Who imports a script names it after a slash.
            && (family != Some(Family::Script) || self.tree.may_hold(file.as_str(), &format!("/{}", module_stem(target))))
    }

    /// Modules of Python that name the declaration by its path in strings, each of which is a use like any other:
    /// `{"task": "tax.tasks.send"}`.
    fn naming_by_path(&self, target: &Target, name: &str) -> Vec<RepoPath> {
        if Family::of(target.path.as_str()) != Some(Family::Python) {
            return Vec::new();
        }
        let stem = module_stem(&target.path);
        let mut files = self.tree.mentioning(&[stem, name]);
        files.retain(|file| *file != target.path && self.may_call(&target.path, file));
        files.truncate(MAX_NAMING);
        files.retain(|file| self.is_named_in_strings(file, &format!("{stem}.{name}")));
        files
    }

    /// Whether a file has a path at the end of strings, and nowhere else.
    fn is_named_in_strings(&self, file: &RepoPath, path: &str) -> bool {
        let Some(source) = self.tree.source(file.as_str()) else { return false };
        let Some(facts) = source.facts() else { return false };
        let ends = |at: usize| matches!(source.text[at + path.len()..].chars().next(), Some('"' | '\''));
        let mut places = index::places(&source.text, path).filter(|&at| ends(at)).peekable();
        places.peek().is_some()
            && places.all(|at| {
                let span = crate::location::Span { start: at as u32, end: (at + path.len()) as u32 };
                facts.role(facts.innermost(span)) == Role::String
            })
    }

    /// A file that names the declaration by its path, so that it can be looked up: `"tax.tasks:send"` in a setting.
    pub(super) fn named_elsewhere(&self, target: &Target, name: &str) -> Option<RepoPath> {
        let stem = module_stem(&target.path);
        let mut words = vec![stem, name];
        words.retain(|word| !word.is_empty());
        let mut files = self.tree.mentioning(&words);
        files.retain(|file| *file != target.path);
        // `import TaxList from './tax.TaxList'`: the file itself is called so.
        let own_file = target.path.file_name().rsplit_once('.').map_or("", |(own, _)| own);
        files.into_iter().find(|file| {
            let Some(text) = self.tree.text(file.as_str()) else { return false };
            let kind = self.rules.files.kind(file, &text);
            if !matches!(kind, FileKind::Code | FileKind::Config | FileKind::Other) {
                return false;
            }
            let is_code = Family::of(file.as_str()).is_some();
            if Family::of(file.as_str()) == Some(Family::Python)
                && self.may_call(&target.path, file)
                && self.is_named_in_strings(file, &format!("{stem}.{name}"))
            {
                return false;
            }
            [".", ":", "#", "/"].into_iter().any(|mark| {
                let path = format!("{stem}{mark}{name}");
                // In code, only what stands in a string: `tasks.send()` is a use like any other.
                let ends = |at: usize| matches!(text[at + path.len()..].chars().next(), Some('"' | '\'' | '`'));
                index::places(&text, &path).any(|at| !is_code || mark != "/" && path != own_file && ends(at))
            })
        })
    }

    pub(super) fn is_default_export(&self, target: &Target) -> bool {
        let Some(source) = self.tree.source(target.path.as_str()) else { return false };
        let Some(facts) = source.facts() else { return false };
        let value = facts.part(target.node, Part::Value);
        let exported = self.tree.exported(&target.path, "default");
        exported.is_some_and(|it| it.path == target.path && (it.node == target.node || Some(it.node) == value))
    }

    /// Whether nobody but its own file can use a declaration.
    pub(super) fn is_private(&self, target: &Target, name: &str) -> bool {
        let Some(source) = self.tree.source(target.path.as_str()) else { return false };
        source.facts().is_some_and(|facts| is_top_level(facts, target.node))
            && self.tree.is_private(&source, name, target.node)
    }

    /// Whether a file is what others import of a package that is published.
    fn is_package_entry(&self, file: &RepoPath) -> bool {
        self.asked.package_entry.get(file, || {
            let stem = file.file_name().split('.').next().unwrap_or_default();
            if stem != "index" {
                return self.is_named_by_a_package(file, stem);
            }
            let folder = file.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
            let above = match folder.rsplit_once('/') {
                Some((above, "src" | "lib")) => Some(above),
                None if matches!(folder, "src" | "lib") => Some(""),
                _ => None,
            };
            std::iter::once(folder).chain(above).any(|folder| {
                let settings =
                    if folder.is_empty() { "package.json".to_owned() } else { format!("{folder}/package.json") };
                let Some(text) = self.tree.text(&settings) else { return false };
                let Ok(package) = serde_json::from_str::<serde_json::Value>(&text) else { return true };
                package.get("name").is_some() && package.get("private") != Some(&serde_json::Value::Bool(true))
            })
        })
    }

    /// Whether a file is code that may call something of the other one.
    pub(in crate::project) fn may_call(&self, target: &RepoPath, file: &RepoPath) -> bool {
        let family = |path: &RepoPath| Family::of(path.as_str());
        if family(file).is_none() || family(file) != family(target) {
            return false;
        }
        self.asked.product.get(file, || self.is_product(file))
    }

    /// Whether a file has a text that runs as part of the product.
    fn is_product(&self, file: &RepoPath) -> bool {
        let Some(traits) = self.traits(file) else { return false };
        match traits.kind {
            FileKind::Docs | FileKind::Vendored => false,
            FileKind::Test => self.is_used_by_the_product(file),
            FileKind::Code | FileKind::Generated | FileKind::Config | FileKind::Other => true,
        }
    }

    /// What the text of a file says; `None` where it has none.
    pub(in crate::project) fn traits(&self, file: &RepoPath) -> Option<Traits> {
        self.asked.traits.get(file, || {
            let text = self.tree.text(file.as_str())?;
            Some(Traits {
                kind: self.rules.files.kind(file, &text),
                hands_on_all: HANDS_ON_ALL.iter().any(|mark| text.contains(mark)),
                loads: LOADS.iter().any(|word| text.contains(word)),
            })
        })
    }
}

//! The key that a constant of another file stands for.

use super::{FileFlags, Project};
use crate::detect::FlagKey;
use crate::detect::flags::{ConstantValue, constant_value, detect_with};
use crate::detect::wrapper::Known;
use crate::index::modules::Declaration;
use crate::report::{Step, StepKind};

/// How many files a constant is followed through.
const MAX_STEPS: u8 = 6;

impl Project<'_> {
    /// Gives the evaluations of a file the keys of constants that other files declare.
    pub(super) fn resolve_keys(&self, file: &mut FileFlags) {
        for evaluation in &mut file.flags.evaluations {
            let FlagKey::Constant(name) = &evaluation.key else { continue };
            let declaration = self.tree.declaration_at(&file.source, evaluation.node, name);
            let Some((key, step)) = declaration.and_then(|it| self.declared_key(&it, MAX_STEPS)) else { continue };
            evaluation.inverse = self.rules.flags.is_inverse(&key);
            evaluation.key = FlagKey::Literal { key, constant: Some(name.clone()) };
            evaluation.via.push(step);
        }
    }

    /// The key that a declaration stands for, and where it stands.
    fn declared_key(&self, declaration: &Declaration, steps: u8) -> Option<(String, Step)> {
        let steps = steps.checked_sub(1)?;
        let source = self.tree.source(declaration.path.as_str())?;
        let names = std::iter::once(&declaration.name).chain(&declaration.rest);
        let path = names.map(String::as_str).collect::<Vec<_>>().join(".");
        let line = source.lines.line(source.facts()?.node(declaration.node).span.start);
        let step = |name: String| Step { kind: StepKind::Constant, name, path: source.path.clone(), line };
        match constant_value(&source, &self.rules.flags, &path) {
            Some(ConstantValue::Key(key)) => return Some((key, step(path))),
            Some(ConstantValue::Name(name)) => {
                let declaration = self.tree.declaration(&source, &name)?;
                return self.declared_key(&declaration, steps);
            }
            None => {}
        }
        // A value that stands for the flag: `NEW_TAX = Flag("new-tax")`.
        let flags = detect_with(&source, &self.rules.flags, &Known::default());
        let mut keys =
            flags.definitions.iter().filter(|definition| definition.constant.as_deref() == Some(path.as_str()));
        let first = keys.next()?;
        keys.all(|other| other.key == first.key).then(|| (first.key.clone(), step(path)))
    }
}

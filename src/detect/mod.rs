//! Facts and rule packs in, flag evaluations and area matches out.

pub(crate) mod areas;
pub(crate) mod constants;
pub(crate) mod flags;
pub(crate) mod touched;
pub(crate) mod waits;
pub(crate) mod wrapper;

use crate::location::Span;
use crate::report::{Step, StepKind};
use crate::syntax::facts::NodeId;
pub(crate) use crate::terms::ValueType;
use crate::terms::{Polarity, Tells, Tier};

/// One place that reads a flag.
#[derive(Debug, Clone)]
pub(crate) struct FlagEvaluation {
    /// The pack's id, such as `launchdarkly`.
    pub(crate) provider: String,
    pub(crate) key: FlagKey,
    /// The list of those that the flag is on for, where the flag goes by the name of the function that asks the list.
    pub(crate) list: Option<String>,
    /// What yields the flag: the call, the member (`flags.newTax`), the destructured name, the element, the decorator.
    pub(crate) node: NodeId,
    pub(crate) kind: EvaluationKind,
    /// The default value as written, where there is one.
    pub(crate) default: Option<String>,
    pub(crate) value_type: ValueType,
    /// `Off` where a true result means that the flag is off (`isDisabled("x")`, `<FeatureOff>`).
    pub(crate) polarity: Polarity,
    /// Members of the value that hold the flag (`decision.enabled`), where the value is an object.
    pub(crate) value_members: Vec<String>,
    /// String values that mean "off", where the provider has its own.
    pub(crate) off_values: Vec<String>,
    /// Which results of the node tell the state of the flag.
    pub(crate) tells: Tells,
    /// True for a flag that turns something off (`disable-checkout`): what it is about runs while it is off.
    pub(crate) inverse: bool,
    /// The wrappers and constants between this place and the key, outermost first.
    pub(crate) via: Vec<Step>,
    /// The bytes to show a person: usually the whole call.
    pub(crate) span: Span,
}

impl FlagEvaluation {
    /// Whether a true result means that what the flag is about is on.
    pub(crate) fn feature(&self) -> Polarity {
        if self.inverse { self.polarity.flipped() } else { self.polarity }
    }

    /// Whether others read the flag for this place: callers that hand it in, or a function that asks for itself.
    pub(crate) fn is_read_elsewhere(&self) -> bool {
        self.kind == EvaluationKind::Asking || self.via.first().is_some_and(|step| step.kind == StepKind::Caller)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum FlagKey {
    /// The key itself; `constant` is the name it was read through, when it was.
    Literal { key: String, constant: Option<String> },
    /// A name that this file does not resolve (`FLAGS.NEW_TAX.key`), as written.
    Constant(String),
    /// A parameter of the function around it, by name: whoever calls it says which flag.
    Parameter(String),
    /// An expression that only the running program knows, as written.
    Dynamic(String),
}

impl FlagKey {
    /// The key; the constant or the expression where the key is not known.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Literal { key, .. } => key,
            Self::Constant(text) | Self::Parameter(text) | Self::Dynamic(text) => text,
        }
    }

    /// True for a key that one can look up; false where only the running program knows.
    pub(crate) fn is_known(&self) -> bool {
        matches!(self, Self::Literal { .. } | Self::Constant(_))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EvaluationKind {
    /// The node is an expression whose value is the flag's value.
    Value,
    /// The node is the declaration of a name that holds the flag's value: a `destructured` node.
    Name,
    /// The children of the element `node` render only with the flag on.
    Component,
    /// The definition under the decorator `node`, or the class that extends `node`, runs only with the flag on.
    Decorator {
        /// Nothing else runs in its place.
        is_idle: bool,
    },
    /// Control goes past the call `node` only with the flag on: otherwise it throws.
    Passing,
    /// The call, the element or the decorator `node` does nothing unless the flag is on: what it runs asks first.
    Asking,
    /// These arguments of the call, or entries of the object, `node` run, or render, only with the flag on.
    Callback(Vec<NodeId>),
}

/// A place that declares a flag without reading it: a table of keys, an enum, a union type, a settings model.
#[derive(Debug, Clone)]
pub(crate) struct FlagDefinition {
    pub(crate) provider: String,
    /// The key; where only a name stands for it, the name.
    pub(crate) key: String,
    /// The name of the constant, when it differs from the key.
    pub(crate) constant: Option<String>,
    pub(crate) default: Option<String>,
    pub(crate) span: Span,
}

/// An area that changed code touches, and by what.
#[derive(Debug, Clone)]
pub(crate) struct AreaMatch {
    /// The pack's id, such as `payments`.
    pub(crate) area: String,
    pub(crate) tier: Tier,
    /// Strongest first; never empty.
    pub(crate) evidence: Vec<AreaEvidence>,
    /// Set for changes that a flag cannot gate, in a few words ("schema change: expand/contract instead of a flag").
    pub(crate) not_gateable: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AreaEvidence {
    /// A clause for people: "calls `stripe.charges.create`", "drops column `email`".
    pub(crate) what: String,
    pub(crate) span: Span,
    /// 1 a hint, 2 likely, 3 proof.
    pub(crate) strength: u8,
}

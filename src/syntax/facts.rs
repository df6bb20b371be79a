//! What syntax says about one text: an owned tree of *roles*, the same for every language.
//!
//! A language's queries (`queries/<language>/*.scm`) give syntax nodes a [`Role`] (`@guard`, `@call`) and name their
//! [`Part`]s (`@guard.condition`). Nodes without a role are left out, so the parent of a node is its nearest ancestor
//! that has one. Nothing here says what a call *means*: that is for the rule packs. `queries/README.md` is the contract.
//!
//! Nodes stand in source order, parents before children (pre-order), so the descendants of node `i` are
//! `i + 1 ..= nodes[i].last`.

use crate::location::Span;
use serde::{Deserialize, Serialize};

/// The facts of one text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Facts {
    /// The tree; `nodes[0]` is the module.
    pub(crate) nodes: Vec<Node>,
    /// The parts of all nodes, node after node ([`Node::parts`]).
    pub(super) parts: Vec<(Part, NodeId)>,
    /// The leaves of the syntax tree, in source order.
    pub(crate) tokens: Vec<Token>,
    /// Where the grammar lost its way (ERROR and MISSING nodes).
    pub(crate) errors: Vec<Span>,
}

/// An index into [`Facts::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct NodeId(pub(crate) u32);

impl NodeId {
    pub(crate) const MODULE: Self = Self(0);
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Node {
    pub(crate) role: Role,
    pub(crate) span: Span,
    /// The module is its own parent.
    pub(crate) parent: NodeId,
    /// The last descendant; the node itself when it has none.
    pub(crate) last: NodeId,
    /// Where its parts begin and end in [`Facts::parts`].
    pub(super) parts: (u32, u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Token {
    pub(crate) span: Span,
    pub(crate) class: TokenClass,
}

/// Whether a token can change what the program does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum TokenClass {
    Code,
    Comment,
    /// Type annotations, interfaces, type aliases.
    Type,
    Import,
    /// Text that only people read: JSX text, docstrings.
    Copy,
}

macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub(crate) enum $name { $($(#[$doc])* $variant),+ }
        impl $name {
            pub(crate) const ALL: &'static [($name, &'static str)] = &[$(($name::$variant, $word)),+];
            /// The value that a capture name stands for.
            pub(crate) fn from_capture(word: &str) -> Option<Self> {
                Self::ALL.iter().find(|(_, name)| *name == word).map(|(value, _)| *value)
            }
        }
    };
}

vocabulary! {
    /// What a syntax node is.
    Role {
        /// The whole text. Never captured.
        Module = "module",
        /// A node that is only a part of another one. Never captured.
        Other = "other",
        Function = "function",
        Class = "class",
        Parameter = "parameter",
        /// `const x = v`, `x = v` (Python): a name that stands for a value.
        Binding = "binding",
        /// `const { .. } = v`: the whole pattern with its value.
        Destructuring = "destructuring",
        /// One name of a destructuring.
        Destructured = "destructured",
        /// A value given to something that exists already: `a.b = v`, `x += v`, JavaScript's `x = v`.
        Assignment = "assignment",
        /// A call or `new`.
        Call = "call",
        /// `name=value` among the arguments.
        Keyword = "keyword",
        Member = "member",
        Subscript = "subscript",
        Identifier = "identifier",
        /// A string without interpolation.
        String = "string",
        /// A string with interpolation.
        Template = "template",
        True = "true",
        False = "false",
        Null = "null",
        Number = "number",
        Object = "object",
        Pair = "pair",
        Array = "array",
        /// `if`, `elif`, ternary, guard of a comprehension.
        Guard = "guard",
        Loop = "loop",
        And = "and",
        Or = "or",
        /// `a ?? b`.
        Coalesce = "coalesce",
        Not = "not",
        Equal = "equal",
        NotEqual = "not-equal",
        /// Leaves the value as it is: parentheses, `await`, `as T`, `x!`.
        Transparent = "transparent",
        Switch = "switch",
        Case = "case",
        /// Leaves the block: `return`, `throw`, `raise`, `continue`, `break`.
        Exit = "exit",
        /// Statements one after the other.
        Block = "block",
        /// A JSX element.
        Element = "element",
        Attribute = "attribute",
        Decorator = "decorator",
        Import = "import",
        /// One name of an import.
        Imported = "imported",
        Export = "export",
        /// Type-only code.
        Type = "type",
        Comment = "comment",
        Docstring = "docstring",
        /// Text that only people read.
        Copy = "copy",
    }
}

vocabulary! {
    /// What a node is to the node that names it as a part.
    Part {
        Name = "name",
        Parameter = "parameter",
        Body = "body",
        Decorator = "decorator",
        Base = "base",
        Default = "default",
        Value = "value",
        Target = "target",
        Key = "key",
        Callee = "callee",
        Argument = "argument",
        Object = "object",
        Property = "property",
        Index = "index",
        Condition = "condition",
        Consequence = "consequence",
        /// `else`, and each `elif` in order.
        Alternative = "alternative",
        Left = "left",
        Right = "right",
        Operand = "operand",
        Source = "source",
        Alias = "alias",
        Attribute = "attribute",
    }
}

impl Facts {
    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    pub(crate) fn role(&self, id: NodeId) -> Role {
        self.node(id).role
    }

    /// Every node, in source order.
    pub(crate) fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// The nodes of this role, in source order.
    pub(crate) fn with_role(&self, role: Role) -> impl Iterator<Item = NodeId> + '_ {
        self.ids().filter(move |&id| self.role(id) == role)
    }

    /// The node's first part of this name.
    pub(crate) fn part(&self, id: NodeId, part: Part) -> Option<NodeId> {
        self.parts(id, part).next()
    }

    pub(crate) fn parts(&self, id: NodeId, part: Part) -> impl Iterator<Item = NodeId> + '_ {
        self.all_parts(id).iter().filter(move |(name, _)| *name == part).map(|(_, id)| *id)
    }

    /// The node's parts, in source order.
    pub(super) fn all_parts(&self, id: NodeId) -> &[(Part, NodeId)] {
        let (from, to) = self.node(id).parts;
        &self.parts[from as usize..to as usize]
    }

    /// The part that `child` is of `parent`, if it is one.
    pub(crate) fn part_of(&self, parent: NodeId, child: NodeId) -> Option<Part> {
        // Parts stand in source order.
        let parts = self.all_parts(parent);
        let (part, id) = parts.get(parts.partition_point(|(_, id)| *id < child))?;
        (*id == child).then_some(*part)
    }

    /// The parent, its parent and so on, the module last.
    pub(crate) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors((id != NodeId::MODULE).then(|| self.node(id).parent), |&at| {
            (at != NodeId::MODULE).then(|| self.node(at).parent)
        })
    }

    /// All nodes inside this one, in source order, without itself.
    pub(crate) fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (id.0 + 1..=self.node(id).last.0).map(NodeId)
    }

    /// The direct children, in source order.
    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.node(id).last.0;
        let first = id.0 + 1;
        std::iter::successors((first <= end).then_some(NodeId(first)), move |&at| {
            let next = self.node(at).last.0 + 1;
            (next <= end).then_some(NodeId(next))
        })
    }

    /// The smallest node that contains the span.
    ///
    /// Nodes are nested and in pre-order, so every node that contains the span is the last one that begins no later than
    /// it, or above that one.
    pub(crate) fn innermost(&self, span: Span) -> NodeId {
        let after = self.nodes.partition_point(|node| node.span.start <= span.start);
        let Some(last) = after.checked_sub(1) else { return NodeId::MODULE };
        let last = NodeId(last as u32);
        let mut around = std::iter::once(last).chain(self.ancestors(last));
        around.find(|&at| self.node(at).span.contains(span)).unwrap_or(NodeId::MODULE)
    }

    /// The expression without parentheses, `await`, casts.
    pub(crate) fn inner(&self, mut id: NodeId) -> NodeId {
        while let (Role::Transparent, Some(operand)) = (self.role(id), self.part(id, Part::Operand)) {
            id = operand;
        }
        id
    }

    /// The expression with the parentheses, `await`, casts around it.
    pub(crate) fn outer(&self, mut id: NodeId) -> NodeId {
        while self.role(self.node(id).parent) == Role::Transparent && self.node(id).parent != id {
            id = self.node(id).parent;
        }
        id
    }

    /// The node and its enclosing nodes of this role, innermost first.
    pub(crate) fn enclosing(&self, id: NodeId, role: Role) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::once(id).chain(self.ancestors(id)).filter(move |&at| self.role(at) == role)
    }
}

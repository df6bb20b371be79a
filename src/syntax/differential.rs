//! Holds the matcher to tree-sitter's own query engine: same roles, same parts, on every file of `testdata/` and on
//! sources made for the corners of the query language.

use super::facts::{Part, Role};
use super::language::{FILES, Language, language_for, languages};
use super::matcher::{Captures, PatternSet};
use super::query;
use super::tree::FlatTree;
use crate::location::RepoPath;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tree_sitter::StreamingIterator;

/// The role of each node with the pattern it came from, and (owner, node, role, part).
#[derive(Debug, Default, PartialEq, Eq)]
struct Answer {
    roles: BTreeMap<u32, (u16, &'static str)>,
    parts: BTreeSet<(u32, u32, &'static str, &'static str)>,
}

fn role_word(role: Role) -> &'static str {
    Role::ALL.iter().find(|(known, _)| *known == role).map_or("", |(_, word)| word)
}

fn part_word(part: Part) -> &'static str {
    Part::ALL.iter().find(|(known, _)| *known == part).map_or("", |(_, word)| word)
}

fn ours(captures: &Captures) -> Answer {
    let roles = captures.roles.iter().enumerate();
    Answer {
        roles: roles.filter_map(|(at, role)| role.map(|(rank, role)| (at as u32, (rank, role_word(role))))).collect(),
        parts: captures
            .parts
            .iter()
            .map(|part| (part.owner, part.node, role_word(part.role), part_word(part.part)))
            .collect(),
    }
}

fn theirs(query: &tree_sitter::Query, tree: &tree_sitter::Tree, text: &str) -> Answer {
    let mut places = BTreeMap::new();
    let mut cursor = tree.walk();
    'walk: loop {
        let place = places.len() as u32;
        places.insert(cursor.node().id(), place);
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                break 'walk;
            }
        }
    }
    let mut answer = Answer::default();
    let mut cursor = tree_sitter::QueryCursor::new();
    let mut matches = cursor.matches(query, tree.root_node(), text.as_bytes());
    while let Some(found) = matches.next() {
        let named =
            || found.captures().iter().map(|capture| (query.capture_names()[capture.index as usize], capture.node));
        for (role, owner) in named().filter_map(|(name, node)| Some((role_word(Role::from_capture(name)?), node))) {
            let owner = places[&owner.id()];
            let rank = found.pattern_index as u16;
            let known = answer.roles.entry(owner).or_insert((rank, role));
            *known = (*known).min((rank, role));
            for (name, node) in named() {
                if let Some(part) = name.strip_prefix(role).and_then(|rest| rest.strip_prefix('.')) {
                    let part = part_word(Part::from_capture(part).expect("the matcher accepts it"));
                    answer.parts.insert((owner, places[&node.id()], role, part));
                }
            }
        }
    }
    answer
}

fn hold_equal(grammar: &tree_sitter::Language, set: &PatternSet, query: &tree_sitter::Query, what: &str, text: &str) {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(grammar).expect("the grammar fits");
    let tree = parser.parse(text, None).expect("there is no time limit");
    let flat = FlatTree::new(&tree, usize::MAX).expect("there is no budget");
    let (ours, theirs) = (ours(&set.run(&flat, text)), theirs(query, &tree, text));
    let show = |at: u32| {
        let node = flat.node(at);
        let line = 1 + text[..node.start as usize].matches('\n').count();
        format!("{what}:{line} `{}`", node.span().text(text).chars().take(60).collect::<String>())
    };
    for at in 0..flat.nodes.len() as u32 {
        assert_eq!(ours.roles.get(&at), theirs.roles.get(&at), "ours, theirs: role of {}", show(at));
    }
    for part in ours.parts.difference(&theirs.parts) {
        // Of several siblings in one field (the statements of a `case`), tree-sitter may find only the first.
        let field = |node: u32| (flat.node(node).parent, flat.node(node).field);
        let same_field = |other: &&(u32, u32, &str, &str)| {
            (other.0, other.2, other.3) == (part.0, part.2, part.3)
                && other.1 < part.1
                && field(other.1) == field(part.1)
        };
        if flat.node(part.1).field != 0 && theirs.parts.iter().any(|other| same_field(&other)) {
            continue;
        }
        panic!("only ours: {} of {} is {}", part.3, show(part.0), show(part.1));
    }
    if let Some(part) = theirs.parts.difference(&ours.parts).next() {
        panic!("only theirs: {} of {} is {}", part.3, show(part.0), show(part.1));
    }
}

fn whole_query(language: &Language) -> String {
    let files = FILES.iter().flat_map(|file| language.query_files(file));
    files.map(|(_, text)| text).collect::<Vec<_>>().join("\n")
}

pub(super) fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() { files_below(&path, found) } else { found.push(path) }
    }
}

#[test]
fn every_language_answers_as_tree_sitter_does() {
    let mut files = Vec::new();
    files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata"), &mut files);
    // More files to compare on, such as a checkout of some large project.
    if let Some(folder) = std::env::var_os("PREFLAG_TEST_CORPUS") {
        files_below(Path::new(&folder), &mut files);
    }
    files.sort();
    for language in languages() {
        let loaded = language.loaded();
        let query = tree_sitter::Query::new(&loaded.grammar, &whole_query(language))
            .unwrap_or_else(|error| panic!("{}: {error}", language.name));
        for file in &files {
            let path = file.to_string_lossy();
            if language_for(&RepoPath::new(path.replace('\\', "/"))).is_some_and(|known| known.name == language.name)
                && let Ok(text) = std::fs::read_to_string(file)
            {
                hold_equal(&loaded.grammar, &loaded.patterns, &query, &path, &text);
            }
        }
    }
}

#[test]
fn the_corners_of_the_query_language_mean_the_same() {
    let text = "f(a, 'b', ...c); f(); g.h?.(1)\nconst { a, b: c } = x, y = [1, 'two', [3]];\nlet z; if (a) b; else c\n\
                x = 1; x += 2; (((x))); `t${u}` /* v */; class A { @d @e m() {} n = 1 } ( a b ; \n{ if (q) { r } else { } }";
    let queries = [
        "(identifier) @identifier",
        "[(string) (number)] @string",
        "(_ (string) @array.value) @array",
        "(call_expression function: (identifier) @call.callee (arguments (_)? @call.argument)) @call",
        "(call_expression function: _ @call.callee (arguments (_)* @call.argument)) @call",
        "(call_expression (arguments (_)+ @call.argument)) @call",
        "(call_expression (arguments (identifier) @call.argument (_) @call.argument)) @call",
        "(call_expression (arguments (_) @call.argument (identifier) @call.argument)) @call",
        "(arguments (_)? @array.value (string) @array.value (_)* @array.value) @array",
        "(arguments \"(\" @array.value \")\" @array.value) @array",
        "(variable_declarator !value name: (_) @binding.name) @binding",
        "(variable_declarator !value) @binding (variable_declarator value: (_) @binding.value) @binding",
        "(lexical_declaration (variable_declarator name: (_) @binding.name value: (_) @binding.value) @binding)",
        "(object_pattern [(shorthand_property_identifier_pattern) @destructured.name @destructured.key (_ key: (_) @destructured.key)]) @destructured",
        "(object_pattern [(shorthand_property_identifier_pattern) @destructured.name (_) @destructured.key] @destructured)",
        "((identifier) @_f @identifier (#any-of? @_f \"a\" \"x\"))",
        "((identifier) @_f @identifier (#not-eq? @_f \"a\"))",
        "(call_expression function: (identifier) @_f (#match? @_f \"^[a-f]$\") (arguments (string) @call.argument)) @call",
        "(call_expression function: (identifier) @_f (#not-match? @_f \"^[f]$\")) @call",
        "(if_statement condition: (_) @guard.condition alternative: (else_clause (_) @guard.alternative)?) @guard",
        "(if_statement \"if\" @guard.condition alternative: (_)) @guard",
        "[\"if\" \"else\"] @exit",
        "(class_body member: (field_definition) @binding.name member: (method_definition) @binding)",
        "(class_body member: (method_definition (decorator)* @function.decorator name: (_) @function.name) @function)",
        "(_ left: _ @assignment.target right: (number) @assignment.value) @assignment",
        "(array (number) @array.value (array (_) @array.value)) @array",
        "(statement_block (_)* @block.value) @block",
        "(if_statement [condition: (_) @guard.condition alternative: (_) @guard.alternative]) @guard",
        "(template_string (template_substitution (_) @template.value)) @template",
    ];
    let grammar: tree_sitter::Language = tree_sitter_javascript::LANGUAGE.into();
    for source in queries {
        let mut patterns = Vec::new();
        if let Err(error) = query::parse(&grammar, "corner.scm", source, &mut patterns) {
            panic!("{source}: {error}");
        }
        let set = PatternSet::new(&grammar, patterns);
        let query = tree_sitter::Query::new(&grammar, source).unwrap_or_else(|error| panic!("{source}: {error}"));
        hold_equal(&grammar, &set, &query, source, text);
    }
}

#[test]
fn what_the_query_language_leaves_out_is_refused_with_its_place() {
    let cases = [
        ("\n(identifier) @nothing", "corner.scm:2: this pattern gives no node a role (`@call`, `@guard`, ...)"),
        ("(identifer) @identifier", "corner.scm:1: the grammar has no node `identifer`"),
        ("(identifier nam: (_)) @identifier", "corner.scm:1: the grammar has no field `nam`"),
        ("(array !nam) @array", "corner.scm:1: the grammar has no field `nam`"),
        ("\"iff\" @guard", "corner.scm:1: the grammar has no token `iff`"),
        ("(expression) @call", "corner.scm:1: `expression` is a supertype; name the nodes that are meant"),
        ("(array (_) . (_)) @array", "corner.scm:1: expected a pattern: `(kind ...)`, `\"token\"`, `[...]` or `_`"),
        ("(array ((_) (_))) @array", "corner.scm:1: groups of siblings are not part of this query language"),
        ("(array (_) @guard.condition) @array", "corner.scm:1: `@guard.condition` is no part of `@array`"),
        ("(array (array) @array) @array", "corner.scm:1: one pattern captures one role node; this one has two"),
        ("(array) @array (#eq? @a \"b\")", "corner.scm:1: expected the kind of a node"),
        ("((array) @array (#eq? @a \"b\"))", "corner.scm:1: nothing in this pattern is captured as `@a`"),
        (
            "((array) @array (#is? @array \"b\"))",
            "corner.scm:1: `#is?` is not known; eq, any-of, match and not- of these are",
        ),
        ("(array) @module", "corner.scm:1: `@module` is never captured"),
        ("(array", "corner.scm:1: this `(` is never closed"),
        ("[]", "corner.scm:1: `[]` has no alternatives"),
        ("\"if", "corner.scm:1: this string has no end on its line"),
        ("(array)* @array", "corner.scm:1: a quantifier can only follow a child or a field"),
    ];
    let grammar: tree_sitter::Language = tree_sitter_javascript::LANGUAGE.into();
    for (source, message) in cases {
        let error = query::parse(&grammar, "corner.scm", source, &mut Vec::new()).expect_err(source);
        assert_eq!(error.to_string(), message, "{source}");
    }
}

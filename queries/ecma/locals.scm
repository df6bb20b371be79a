; `require` is an import. It stands here because a declarator is otherwise a binding, and the first role wins.

(variable_declarator
  value: (call_expression
    function: (identifier) @_require
    arguments: (arguments (string) @import.source))
  (#eq? @_require "require")) @import
(variable_declarator
  name: (identifier) @imported @imported.alias
  value: (call_expression function: (identifier) @_require arguments: (arguments (string)))
  (#eq? @_require "require"))
(variable_declarator
  name: (object_pattern (shorthand_property_identifier_pattern) @imported @imported.name)
  value: (call_expression function: (identifier) @_require arguments: (arguments (string)))
  (#eq? @_require "require"))
(variable_declarator
  name: (object_pattern (pair_pattern key: (_) @imported.name value: (identifier) @imported.alias) @imported)
  value: (call_expression function: (identifier) @_require arguments: (arguments (string)))
  (#eq? @_require "require"))
; The keyword before it belongs to the import.
(lexical_declaration
  kind: _ @import
  (variable_declarator
    value: (call_expression function: (identifier) @_require arguments: (arguments (string))))
  (#eq? @_require "require"))
(variable_declaration
  "var" @import
  (variable_declarator
    value: (call_expression function: (identifier) @_require arguments: (arguments (string))))
  (#eq? @_require "require"))

; Bindings

(variable_declarator name: (identifier) @binding.name) @binding
(variable_declarator name: (identifier) value: (_) @binding.value) @binding
(catch_clause parameter: (identifier) @binding @binding.name)
; One of many values, so it has no `value`.
(for_in_statement left: (identifier) @binding @binding.name)

; Destructuring

(variable_declarator name: [(object_pattern) (array_pattern)] value: (_) @destructuring.value) @destructuring
(assignment_expression left: [(object_pattern) (array_pattern)] right: (_) @destructuring.value) @destructuring
(for_in_statement left: [(object_pattern) (array_pattern)] @destructuring)
(catch_clause parameter: [(object_pattern) (array_pattern)] @destructuring)

; { a }  { a = 1 }  { a: b }  { a: b = 1 }  { a: { .. } }  { ...rest }
(object_pattern (shorthand_property_identifier_pattern) @destructured @destructured.key @destructured.name)
(object_assignment_pattern
  left: (shorthand_property_identifier_pattern) @destructured.key @destructured.name
  right: (_) @destructured.default) @destructured
(pair_pattern key: (_) @destructured.key) @destructured
(pair_pattern value: (identifier) @destructured.name) @destructured
(pair_pattern value: (assignment_pattern left: (identifier) @destructured.name)) @destructured
(pair_pattern value: (assignment_pattern right: (_) @destructured.default)) @destructured
(object_pattern (rest_pattern (identifier) @destructured.name) @destructured)

; [a]  [a = 1]  [{ .. }]  [{ .. } = {}]  [...rest]
(array_pattern (identifier) @destructured @destructured.name)
(array_pattern (assignment_pattern left: (identifier) @destructured.name) @destructured)
(array_pattern (assignment_pattern right: (_) @destructured.default) @destructured)
(array_pattern [(object_pattern) (array_pattern)] @destructured)
(array_pattern (rest_pattern (identifier) @destructured.name) @destructured)

; Assignments

(assignment_expression
  left: [(identifier) (member_expression) (subscript_expression) (parenthesized_expression)] @assignment.target
  right: (_) @assignment.value) @assignment
(augmented_assignment_expression left: (_) @assignment.target right: (_) @assignment.value) @assignment
(update_expression argument: (_) @assignment.target) @assignment

; Parameters

(arrow_function parameter: (identifier) @parameter @parameter.name)

; Branches

(if_statement condition: (_) @guard.condition consequence: (_) @guard.consequence) @guard
(if_statement alternative: (elif_clause) @guard.alternative) @guard
(if_statement alternative: (else_clause body: (_) @guard.alternative)) @guard
(elif_clause condition: (_) @guard.condition consequence: (_) @guard.consequence) @guard
(conditional_expression
  (_) @guard.consequence
  "if"
  (_) @guard.condition
  "else"
  (_) @guard.alternative) @guard

; What a comprehension's `if` lets pass stands before it, outside of the guard.
(list_comprehension body: (_) @guard.consequence (if_clause (_) @guard.condition) @guard)
(set_comprehension body: (_) @guard.consequence (if_clause (_) @guard.condition) @guard)
(dictionary_comprehension body: (_) @guard.consequence (if_clause (_) @guard.condition) @guard)
(generator_expression body: (_) @guard.consequence (if_clause (_) @guard.condition) @guard)

(match_statement subject: (_) @switch.value) @switch
; Cases, not statements one after the other.
(match_statement body: (block) @other)
(case_clause) @case
(case_clause (case_pattern [
  (string) (concatenated_string) (integer) (float) (true) (false) (none) (dotted_name) (complex_pattern)
  (class_pattern) (dict_pattern) (list_pattern) (tuple_pattern) (as_pattern) (keyword_pattern)
] @case.value)) @case
(case_clause (case_pattern (union_pattern (_) @case.value))) @case
(case_clause consequence: (_) @case.body) @case
(case_clause guard: (if_clause (_) @guard.condition) @guard consequence: (_) @guard.consequence)
; `case Color.RED`: one dotted name.
(case_pattern (dotted_name) @identifier)
(union_pattern (dotted_name) @identifier)

; Whether a handler runs is decided by what the body raises.
(try_statement) @switch
(except_clause value: (_) @case.value) @case
(except_clause (block) @case.body) @case

; Loops

(while_statement condition: (_) @loop.condition body: (_) @loop.body) @loop
(for_statement right: (_) @loop.value body: (_) @loop.body) @loop
(list_comprehension body: (_) @loop.body) @loop
(list_comprehension (for_in_clause right: (_) @loop.value)) @loop
(set_comprehension (for_in_clause right: (_) @loop.value)) @loop
(dictionary_comprehension (for_in_clause right: (_) @loop.value)) @loop
(generator_expression (for_in_clause right: (_) @loop.value)) @loop
(list_comprehension (if_clause (_) @loop.condition)) @loop
(set_comprehension body: (_) @loop.body) @loop
(set_comprehension (if_clause (_) @loop.condition)) @loop
(dictionary_comprehension body: (_) @loop.body) @loop
(dictionary_comprehension (if_clause (_) @loop.condition)) @loop
(generator_expression body: (_) @loop.body) @loop
(generator_expression (if_clause (_) @loop.condition)) @loop

; Logic

(boolean_operator left: (_) @and.left operator: "and" right: (_) @and.right) @and
(boolean_operator left: (_) @or.left operator: "or" right: (_) @or.right) @or
(not_operator argument: (_) @not.operand) @not

; A chain (`a == b == c`) is neither.
(comparison_operator operators: _ operators: _) @other
(comparison_operator (_) @equal.left operators: ["==" "is"] (_) @equal.right) @equal
(comparison_operator (_) @not-equal.left operators: ["!=" "<>" "is not"] (_) @not-equal.right) @not-equal

(parenthesized_expression (_) @transparent.operand) @transparent
(await (_) @transparent.operand) @transparent

; Exits and blocks

(return_statement) @exit
(return_statement (_) @exit.value) @exit
(raise_statement) @exit
(raise_statement (_) @exit.value !cause) @exit
(raise_statement (_) @exit.value "from") @exit
(break_statement) @exit
(continue_statement) @exit

(block) @block

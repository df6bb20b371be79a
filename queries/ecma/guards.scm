; Branches

(if_statement condition: (_) @guard.condition consequence: (_) @guard.consequence) @guard
(if_statement alternative: (else_clause (_) @guard.alternative)) @guard
(ternary_expression
  condition: (_) @guard.condition
  consequence: (_) @guard.consequence
  alternative: (_) @guard.alternative) @guard

(switch_statement value: (_) @switch.value) @switch
(switch_case value: (_) @case.value) @case
(switch_case ":" (_) @case.body) @case
(switch_default) @case
(switch_default ":" (_) @case.body) @case

; Whether a handler runs is decided by what the body throws.
(try_statement) @switch
(catch_clause body: (_) @case.body) @case

; Loops

(while_statement condition: (_) @loop.condition body: (_) @loop.body) @loop
(do_statement body: (_) @loop.body) @loop
(for_statement body: (_) @loop.body) @loop
(for_in_statement right: (_) @loop.value body: (_) @loop.body) @loop

; Logic

(binary_expression left: (_) @and.left operator: "&&" right: (_) @and.right) @and
(binary_expression left: (_) @or.left operator: "||" right: (_) @or.right) @or
(binary_expression left: (_) @coalesce.left operator: "??" right: (_) @coalesce.right) @coalesce
(unary_expression operator: "!" argument: (_) @not.operand) @not
(binary_expression left: (_) @equal.left operator: ["==" "==="] right: (_) @equal.right) @equal
(binary_expression left: (_) @not-equal.left operator: ["!=" "!=="] right: (_) @not-equal.right) @not-equal

(parenthesized_expression (_) @transparent.operand) @transparent
(await_expression (_) @transparent.operand) @transparent

; Exits and blocks

(return_statement) @exit
(return_statement (_) @exit.value) @exit
(throw_statement (_) @exit.value) @exit
(break_statement) @exit
(continue_statement) @exit

(statement_block) @block

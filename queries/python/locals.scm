; Bindings

(assignment left: (identifier) @binding.name) @binding
(assignment left: (identifier) right: (_) @binding.value) @binding
(named_expression name: (_) @binding.name value: (_) @binding.value) @binding
(with_item (as_pattern (_) @binding.value alias: (as_pattern_target (identifier) @binding.name)) @binding)
(with_item
  (parenthesized_expression
    (as_pattern (_) @binding.value alias: (as_pattern_target (identifier) @binding.name)) @binding))
; The name stands for what was raised, not for its class; for what was matched, not for the pattern.
(except_clause (as_pattern alias: (as_pattern_target (identifier) @binding.name)) @binding)
(case_pattern (as_pattern (case_pattern) (identifier) @binding.name) @binding)
; One of many values, so it has no `value`.
(for_statement left: (identifier) @binding @binding.name)
(for_in_clause left: (identifier) @binding @binding.name)

; Destructuring

(assignment
  left: [(pattern_list) (tuple_pattern) (list_pattern)]
  right: (_) @destructuring.value) @destructuring
(with_item (as_pattern (_) @destructuring.value alias: (as_pattern_target [(tuple) (list)])) @destructuring)
(for_statement left: [(pattern_list) (tuple_pattern) (list_pattern)] @destructuring)
(for_in_clause left: [(pattern_list) (tuple_pattern) (list_pattern)] @destructuring)

(pattern_list (identifier) @destructured @destructured.name)
(pattern_list [(tuple_pattern) (list_pattern)] @destructured)
(pattern_list (list_splat_pattern (identifier) @destructured.name) @destructured)
(tuple_pattern (identifier) @destructured @destructured.name)
(tuple_pattern [(tuple_pattern) (list_pattern)] @destructured)
(tuple_pattern (list_splat_pattern (identifier) @destructured.name) @destructured)
(list_pattern (identifier) @destructured @destructured.name)
(list_pattern [(tuple_pattern) (list_pattern)] @destructured)
(list_pattern (list_splat_pattern (identifier) @destructured.name) @destructured)
(as_pattern_target (tuple (identifier) @destructured @destructured.name))
(as_pattern_target (list (identifier) @destructured @destructured.name))

; Assignments

(assignment left: [(attribute) (subscript)] @assignment.target) @assignment
(assignment left: [(attribute) (subscript)] right: (_) @assignment.value) @assignment
(as_pattern
  (_) @assignment.value
  alias: (as_pattern_target [(attribute) (subscript)] @assignment.target)) @assignment
(augmented_assignment left: (_) @assignment.target right: (_) @assignment.value) @assignment

; From here on the name is that of another scope, which is given a value in this one.
(global_statement (identifier) @assignment @assignment.target)
(nonlocal_statement (identifier) @assignment @assignment.target)

; Parameters

(parameters (identifier) @parameter @parameter.name)
(parameters (list_splat_pattern (identifier) @parameter.name) @parameter)
(parameters (dictionary_splat_pattern (identifier) @parameter.name) @parameter)
(lambda_parameters (identifier) @parameter @parameter.name)
(lambda_parameters (list_splat_pattern (identifier) @parameter.name) @parameter)
(lambda_parameters (dictionary_splat_pattern (identifier) @parameter.name) @parameter)
(default_parameter name: (_) @parameter.name value: (_) @parameter.default) @parameter
(typed_default_parameter name: (_) @parameter.name value: (_) @parameter.default) @parameter
(typed_parameter (identifier) @parameter.name) @parameter
(typed_parameter
  [(list_splat_pattern (identifier) @parameter.name) (dictionary_splat_pattern (identifier) @parameter.name)]) @parameter

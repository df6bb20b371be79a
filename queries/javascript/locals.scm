; inherits: ecma

(field_definition property: (_) @binding.name) @binding
(field_definition value: (_) @binding.value) @binding

; A destructured parameter is the pattern itself: its `destructured` nodes stand right below the parameter.
(formal_parameters (identifier) @parameter @parameter.name)
(formal_parameters [(object_pattern) (array_pattern)] @parameter)
(formal_parameters (rest_pattern (identifier) @parameter.name) @parameter)
(formal_parameters (rest_pattern [(object_pattern) (array_pattern)] @destructuring))
(formal_parameters (rest_pattern) @parameter)
(formal_parameters (assignment_pattern left: (identifier) @parameter.name) @parameter)
(formal_parameters (assignment_pattern left: [(object_pattern) (array_pattern)] @destructuring))
(formal_parameters (assignment_pattern right: (_) @parameter.default) @parameter)

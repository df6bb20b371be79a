; inherits: ecma

(public_field_definition name: (_) @binding.name) @binding
(public_field_definition value: (_) @binding.value) @binding
(property_signature name: (_) @binding.name) @binding
(enum_body name: (_) @binding @binding.name)
(enum_assignment name: (_) @binding.name value: (_) @binding.value) @binding
(import_alias (identifier) @binding.name "=" (_) @binding.value) @binding

(assignment_expression left: (non_null_expression) @assignment.target right: (_) @assignment.value) @assignment

(required_parameter) @parameter
(required_parameter pattern: [(identifier) (this)] @parameter.name) @parameter
(required_parameter pattern: (rest_pattern (identifier) @parameter.name)) @parameter
(required_parameter pattern: (rest_pattern [(object_pattern) (array_pattern)] @destructuring))
(required_parameter pattern: [(object_pattern) (array_pattern)] @destructuring)
(required_parameter value: (_) @parameter.default) @parameter
(optional_parameter) @parameter
(optional_parameter pattern: [(identifier) (this)] @parameter.name) @parameter
(optional_parameter pattern: [(object_pattern) (array_pattern)] @destructuring)
(optional_parameter value: (_) @parameter.default) @parameter

; inherits: ecma

(type_annotation) @type
(type_predicate_annotation) @type
(asserts_annotation) @type
(type_arguments) @type
(type_parameters) @type
(interface_declaration) @type
(type_alias_declaration) @type
(ambient_declaration) @type
(implements_clause) @type
(function_signature) @type
(method_signature) @type
(abstract_method_signature) @type
(index_signature) @type
(optional_parameter "?" @type)
(variable_declarator "!" @type)
(public_field_definition ["?" "!" "readonly" "declare" "abstract"] @type)
(public_field_definition (accessibility_modifier) @type)
(method_definition (accessibility_modifier) @type)
(override_modifier) @type

; Casts: the value stays as it is, the type is a type.
(as_expression (_) @transparent.operand "as") @transparent
(as_expression ["as" "const"] @type)
(as_expression "as" (_) @type)
(satisfies_expression (_) @transparent.operand "satisfies") @transparent
(satisfies_expression "satisfies" @type)
(satisfies_expression "satisfies" (_) @type)
(non_null_expression (_) @transparent.operand) @transparent
(non_null_expression "!" @type)

; Other declared names
(class_declaration name: (type_identifier) @identifier)
(abstract_class_declaration name: (type_identifier) @identifier)
(class name: (type_identifier) @identifier)

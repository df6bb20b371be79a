; inherits: ecma

(class_declaration (class_heritage (extends_clause value: (_) @class.base))) @class
(class_declaration (class_heritage (implements_clause (_) @class.base))) @class
(class (class_heritage (extends_clause value: (_) @class.base))) @class
(class (class_heritage (implements_clause (_) @class.base))) @class
(abstract_class_declaration name: (_) @class.name) @class
(abstract_class_declaration body: (_) @class.body) @class
(abstract_class_declaration decorator: (_) @class.decorator) @class
(abstract_class_declaration (class_heritage (extends_clause value: (_) @class.base))) @class
(abstract_class_declaration (class_heritage (implements_clause (_) @class.base))) @class
(export_statement decorator: (_) @class.decorator declaration: (abstract_class_declaration) @class)

; The decorators of a method stand before it in the class body: see `decorator` in queries/README.md.
(public_field_definition
  name: (_) @function.name
  value: [(arrow_function) (function_expression !name) (generator_function !name)] @function)

(enum_declaration name: (_) @class.name) @class
(enum_declaration body: (_) @class.body) @class

; An exported type is a type with its word `export`. It stands here to come before the role `export`.
(export_statement
  declaration: [
    (interface_declaration)
    (type_alias_declaration)
    (ambient_declaration)
    (function_signature)
  ]) @type
(export_statement "type" (export_clause) !source) @type

(nested_identifier object: (_) @member.object property: (_) @member.property) @member

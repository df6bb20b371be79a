; inherits: ecma, jsx

(class_declaration (class_heritage (_) @class.base)) @class
(class (class_heritage (_) @class.base)) @class
(method_definition decorator: (_) @function.decorator) @function
(field_definition
  property: (_) @function.name
  value: [(arrow_function) (function_expression !name) (generator_function !name)] @function)

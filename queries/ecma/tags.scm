; What JavaScript, TypeScript and TSX have in common.

; `Boolean(x)` is as true as x.
(call_expression
  function: (identifier) @_function
  arguments: (arguments (_) @transparent.operand)
  (#eq? @_function "Boolean")) @transparent

; Functions

(function_declaration name: (_) @function.name) @function
(generator_function_declaration name: (_) @function.name) @function
(method_definition name: (_) @function.name) @function
(arrow_function) @function
(function_expression) @function
(generator_function) @function

(function_declaration body: (_) @function.body) @function
(generator_function_declaration body: (_) @function.body) @function
(method_definition body: (_) @function.body) @function
(arrow_function body: (_) @function.body) @function
(function_expression body: (_) @function.body) @function
(generator_function body: (_) @function.body) @function

(function_declaration parameters: (formal_parameters (_) @function.parameter)) @function
(generator_function_declaration parameters: (formal_parameters (_) @function.parameter)) @function
(method_definition parameters: (formal_parameters (_) @function.parameter)) @function
(arrow_function parameters: (formal_parameters (_) @function.parameter)) @function
(arrow_function parameter: (_) @function.parameter) @function
(function_expression parameters: (formal_parameters (_) @function.parameter)) @function
(generator_function parameters: (formal_parameters (_) @function.parameter)) @function

; A function expression is called by its own name, or by the name that it is given to.
(function_expression name: (_) @function.name) @function
(generator_function name: (_) @function.name) @function
(variable_declarator
  name: (identifier) @function.name
  value: [(arrow_function) (function_expression !name) (generator_function !name)] @function)
(pair
  key: [(property_identifier) (private_property_identifier) (string)] @function.name
  value: [(arrow_function) (function_expression !name) (generator_function !name)] @function)
(assignment_expression
  left: (identifier) @function.name
  right: [(arrow_function) (function_expression !name) (generator_function !name)] @function)
(assignment_expression
  left: (member_expression property: (_) @function.name)
  right: [(arrow_function) (function_expression !name) (generator_function !name)] @function)
; What a module exports without a name is called `default`.
(export_statement
  "default" @function.name
  value: [(arrow_function) (function_expression !name) (generator_function !name)] @function)

; Classes

(class_declaration name: (_) @class.name) @class
(class_declaration body: (_) @class.body) @class
(class_declaration decorator: (_) @class.decorator) @class
(export_statement decorator: (_) @class.decorator declaration: (class_declaration) @class)
(class name: (_) @class.name) @class
(class body: (_) @class.body) @class
(class decorator: (_) @class.decorator) @class
(variable_declarator name: (identifier) @class.name value: (class !name) @class)
(export_statement "default" @class.name value: (class !name) @class)

(decorator (_) @decorator.value) @decorator

; Calls

(call_expression function: (_) @call.callee) @call
(call_expression arguments: (arguments (_) @call.argument)) @call
(call_expression arguments: (template_string) @call.argument) @call
; What all of them have come to, in order.
(call_expression
  function: (member_expression object: (identifier) @_object property: (property_identifier) @_method)
  arguments: (arguments (array) @call.operand)
  (#eq? @_object "Promise")
  (#eq? @_method "all")) @call
(new_expression constructor: (_) @call.callee) @call
(new_expression arguments: (arguments (_) @call.argument)) @call

; Members

(member_expression object: (_) @member.object property: (_) @member.property) @member
(subscript_expression object: (_) @subscript.object index: (_) @subscript.index) @subscript

; Literals

(string) @string
(template_string (template_substitution)) @template
(template_string) @string
(true) @true
(false) @false
(null) @null
(undefined) @null
(number) @number
(array) @array
(object) @object
(pair key: (_) @pair.key value: (_) @pair.value) @pair
(object (shorthand_property_identifier) @pair @pair.key @pair.value)

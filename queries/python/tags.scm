; A definition with decorators begins at the first of them.

(decorated_definition definition: [(function_definition) (class_definition)] @other)
(decorated_definition definition: (function_definition name: (_) @function.name)) @function
(decorated_definition definition: (function_definition body: (_) @function.body)) @function
(decorated_definition (decorator) @function.decorator definition: (function_definition)) @function
(decorated_definition
  definition: (function_definition
    parameters: (parameters
      [
        (identifier)
        (default_parameter)
        (typed_parameter)
        (typed_default_parameter)
        (list_splat_pattern)
        (dictionary_splat_pattern)
      ] @function.parameter))) @function
(decorated_definition definition: (class_definition name: (_) @class.name)) @class
(decorated_definition definition: (class_definition body: (_) @class.body)) @class
(decorated_definition (decorator) @class.decorator definition: (class_definition)) @class
(decorated_definition
  definition: (class_definition
    superclasses: (argument_list [(identifier) (attribute) (call) (subscript)] @class.base))) @class

; `bool(x)` is as true as x.
(call
  function: (identifier) @_function
  arguments: (argument_list (_) @transparent.operand)
  (#eq? @_function "bool")) @transparent

; Functions

(function_definition name: (_) @function.name) @function
(function_definition body: (_) @function.body) @function
(function_definition
  parameters: (parameters
    [
      (identifier)
      (default_parameter)
      (typed_parameter)
      (typed_default_parameter)
      (list_splat_pattern)
      (dictionary_splat_pattern)
    ] @function.parameter)) @function

(lambda body: (_) @function.body) @function
(lambda
  parameters: (lambda_parameters
    [
      (identifier)
      (default_parameter)
      (list_splat_pattern)
      (dictionary_splat_pattern)
    ] @function.parameter)) @function
(assignment left: (identifier) @function.name right: (lambda) @function)
(assignment left: (attribute attribute: (_) @function.name) right: (lambda) @function)

; Classes

(class_definition name: (_) @class.name) @class
(class_definition body: (_) @class.body) @class
(class_definition
  superclasses: (argument_list [(identifier) (attribute) (call) (subscript)] @class.base)) @class

(decorator (_) @decorator.value) @decorator

; Calls

(call function: (_) @call.callee) @call
(call arguments: (argument_list (_) @call.argument)) @call
(call arguments: (generator_expression) @call.argument) @call

; What its arguments have come to, in order.
(call
  function: (attribute object: (identifier) @_object attribute: (identifier) @_method)
  (#eq? @_object "asyncio")
  (#eq? @_method "gather")) @call @call.operand
(keyword_argument name: (_) @keyword.name value: (_) @keyword.value) @keyword

; Members

(attribute object: (_) @member.object attribute: (_) @member.property) @member
(subscript value: (_) @subscript.object subscript: (_) @subscript.index) @subscript

; Literals

(string (interpolation)) @template
(string) @string
(concatenated_string (string (interpolation))) @template
(concatenated_string) @string
(true) @true
(false) @false
(none) @null
(integer) @number
(float) @number
(list) @array
(tuple) @array
(set) @array
(expression_list) @array
(dictionary) @object
(pair key: (_) @pair.key value: (_) @pair.value) @pair

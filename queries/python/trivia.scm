(comment) @comment

; A string that is a statement does nothing, unless something is computed in it.
(expression_statement (string (interpolation))) @other
(expression_statement (concatenated_string (string (interpolation)))) @other
(expression_statement (string)) @docstring
(expression_statement (concatenated_string)) @docstring

; The colon and the arrow belong to the annotation.
(type) @type
(typed_parameter ":" @type)
(typed_default_parameter ":" @type)
(assignment ":" @type)
(function_definition "->" @type)
(type_parameter) @type
(type_alias_statement) @type

; Only tools that check types look into such a block.
((if_statement "if" @type condition: (identifier) @_condition) (#eq? @_condition "TYPE_CHECKING"))
((if_statement condition: (identifier) @_condition ":" @type) (#eq? @_condition "TYPE_CHECKING"))
((if_statement condition: (identifier) @type) (#eq? @type "TYPE_CHECKING"))
((if_statement "if" @type condition: (attribute attribute: (identifier) @_name)) (#eq? @_name "TYPE_CHECKING"))
((if_statement condition: (attribute attribute: (identifier) @_name) ":" @type) (#eq? @_name "TYPE_CHECKING"))
((if_statement condition: (attribute attribute: (identifier) @_name) @type) (#eq? @_name "TYPE_CHECKING"))

; Names that no pattern before gave a role. They stand in the last file because the first role wins.
(identifier) @identifier

; inherits: ecma

; `<T>x`, which TSX has not.
(type_assertion (type_arguments) (_) @transparent.operand) @transparent

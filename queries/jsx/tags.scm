; What JavaScript and TSX have in common, and TypeScript has not.

(jsx_element open_tag: (jsx_opening_element)) @element
(jsx_element open_tag: (jsx_opening_element name: (_) @element.name)) @element
(jsx_element open_tag: (jsx_opening_element attribute: [(jsx_attribute) (jsx_expression)] @element.attribute)) @element
(jsx_self_closing_element name: (_) @element.name) @element
(jsx_self_closing_element attribute: [(jsx_attribute) (jsx_expression)] @element.attribute) @element

(jsx_attribute [(property_identifier) (jsx_namespace_name)] @attribute.name) @attribute
(jsx_attribute "=" [(string) (jsx_element) (jsx_self_closing_element)] @attribute.value) @attribute
(jsx_attribute "=" (jsx_expression (_) @attribute.value)) @attribute
; {...others}
(jsx_opening_element attribute: (jsx_expression (spread_element (_) @attribute.value)) @attribute)
(jsx_self_closing_element attribute: (jsx_expression (spread_element (_) @attribute.value)) @attribute)

; Names of elements and attributes are no identifiers.
(jsx_opening_element name: (identifier) @other)
(jsx_closing_element name: (identifier) @other)
(jsx_self_closing_element name: (identifier) @other)
(jsx_attribute (property_identifier) @other)
(jsx_namespace_name (identifier) @other)

(comment) @comment
(hash_bang_line) @comment

; Names that no pattern before gave a role. They stand in the last file because the first role wins.
(identifier) @identifier
(property_identifier) @identifier
(private_property_identifier) @identifier
(shorthand_property_identifier) @identifier
(shorthand_property_identifier_pattern) @identifier
(this) @identifier
(super) @identifier
(import) @identifier
(meta_property) @identifier

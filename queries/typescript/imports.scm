; inherits: ecma

(import_statement (import_require_clause source: (_) @import.source)) @import
(import_require_clause (identifier) @imported @imported.alias)
(export_statement "=" (_) @export.value) @export

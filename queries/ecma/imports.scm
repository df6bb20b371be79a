(import_statement) @import
(import_statement source: (_) @import.source) @import
(import_clause (identifier) @imported @imported.alias)
(namespace_import (identifier) @imported.alias) @imported
(import_specifier name: (_) @imported.name) @imported
(import_specifier alias: (_) @imported.alias) @imported

; What is exported from another module is imported first.
(export_statement source: (_) @import.source) @import
(export_statement (export_clause) @export source: (_))
(export_statement (export_clause (export_specifier name: (_) @imported.name) @imported) source: (_))
(export_statement (export_clause (export_specifier alias: (_) @imported.alias) @imported) source: (_))
(export_statement (namespace_export (_) @imported.alias) @imported source: (_))

(export_statement declaration: (_) @export.value) @export
(export_statement value: (_) @export.value) @export
(export_statement (export_clause (export_specifier name: (_) @export.value)) !source) @export
(export_statement (export_clause) !source) @export

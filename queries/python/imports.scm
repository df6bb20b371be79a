(import_statement name: (dotted_name) @import.source) @import
(import_statement name: (aliased_import name: (_) @import.source)) @import
(import_statement name: (dotted_name) @imported @imported.name)

(import_from_statement module_name: (_) @import.source) @import
(import_from_statement name: (dotted_name) @imported @imported.name)
(import_from_statement (wildcard_import) @imported @imported.name)

(future_import_statement "__future__" @import.source) @import
(future_import_statement name: (dotted_name) @imported @imported.name)

(aliased_import name: (_) @imported.name alias: (_) @imported.alias) @imported

; inherits: ecma

(export_statement (export_clause (export_specifier name: "default" @imported.name) @imported) source: (_))

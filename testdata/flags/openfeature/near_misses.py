def read(row, flags):
    return row.get_string_value("title", "none"), row.get_object_value("x", {}), flags.get_integer_value("n", 1)

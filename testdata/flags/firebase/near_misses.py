def page(row, reader):
    return row.get_boolean("done"), reader.get_string("name")

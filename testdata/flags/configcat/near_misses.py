def page(form, sheet):
    return form.get_value("name", False), sheet.get_value_details("a")

@override_flag("tax_on_invoice", active=True)
def test_invoice():
    pass

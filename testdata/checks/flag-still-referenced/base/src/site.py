# An attribute, not the flag.
if site.configuration.tax_on_request:
    pass
if site.tax_on_invoice:
    pass

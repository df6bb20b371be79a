# old-tax went long ago; and tax-by-zip is what the tax-by-zip-code page is about.
PAGE = "/pages/tax-by-zip-code"
IS_ON = flags.variation("new-tax", user, False)

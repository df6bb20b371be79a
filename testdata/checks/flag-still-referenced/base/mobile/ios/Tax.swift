let isOn = client.boolVariation(forKey: "new-tax", defaultValue: false)
let isVat = client.boolVariation(forKey: "new-vat", defaultValue: false)

let isOn = client.boolVariation(forKey: "new-tax", defaultValue: false)

EXPORTS = "exports"

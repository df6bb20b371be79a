PAGE = 20
LEGACY_FEATURE_FLAG_NAME = (
    "export-legacy-wins",
)

"""Names of the LaunchDarkly flags of this service."""

TARIFF_2026 = "tariff_2026"
BROKER_PORTAL = "broker_portal"

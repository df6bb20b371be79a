PRORATED_DUES = "prorated-dues"
MEMBER_MAP = "member-map"

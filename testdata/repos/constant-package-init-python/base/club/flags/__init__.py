from .names import MEMBER_MAP, PRORATED_DUES

__all__ = ["MEMBER_MAP", "PRORATED_DUES"]

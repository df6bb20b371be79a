from enum import Enum


class Flag(str, Enum):
    SPLIT_DEPOSIT = "split-deposit"
    TENANT_CHAT = "tenant-chat"

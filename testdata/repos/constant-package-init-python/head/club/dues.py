from openfeature import api

from club import flags
from club.ledger import create_invoice

client = api.get_client()


def invoice_dues(member, year):
    if client.get_boolean_value(flags.PRORATED_DUES, False):
        months = 13 - member.joined_month(year)
        return create_invoice(member.id, member.tier.dues * months // 12)
    return create_invoice(member.id, member.tier.dues)

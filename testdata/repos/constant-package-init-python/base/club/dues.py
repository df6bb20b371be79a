from openfeature import api

from club import flags
from club.ledger import create_invoice

client = api.get_client()


def invoice_dues(member, year):
    return create_invoice(member.id, member.tier.dues)

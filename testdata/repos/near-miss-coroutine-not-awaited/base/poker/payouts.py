from poker.bank import send_payout
from poker.switches import allows


async def pay_out(player):
    if allows("instant-payout"):
        await send_payout(player.iban, player.chips)

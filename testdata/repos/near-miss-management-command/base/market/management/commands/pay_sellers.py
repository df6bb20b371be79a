from django.core.management.base import BaseCommand

from market.models import Seller
from market.payouts import pay_seller


class Command(BaseCommand):
    def handle(self, *args, **options):
        for seller in Seller.objects.due():
            pay_seller(seller)

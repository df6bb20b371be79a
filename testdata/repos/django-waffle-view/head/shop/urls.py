from django.urls import path

from shop import views

urlpatterns = [
    path("basket/", views.basket_summary, name="basket-summary"),
    path("basket/voucher/", views.redeem_voucher, name="redeem-voucher"),
]

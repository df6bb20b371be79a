from django.urls import path
from waffle import switch_is_active

from vouchers import views

urlpatterns = [
    path("vouchers/", views.list_vouchers),
]

if switch_is_active("voucher_shop"):
    urlpatterns += [path("vouchers/sell/", views.sell_voucher)]

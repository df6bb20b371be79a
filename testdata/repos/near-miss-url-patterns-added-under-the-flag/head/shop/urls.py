import waffle
from django.urls import path

from shop import views

urlpatterns = [
    path("orders/", views.orders),
    path("cards/", views.gift_cards),
]

if waffle.switch_is_active("gift_cards"):
    urlpatterns += [
        path("gift-cards/", views.gift_cards),
    ]

"""Django URLs."""
from django.urls import path

from . import views

urlpatterns = [
    path("orders/", views.orders),  #~ area endpoint:high
]

app_name = "shop"

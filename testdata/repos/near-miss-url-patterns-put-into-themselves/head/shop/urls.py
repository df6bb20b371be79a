from django.conf import settings
from django.urls import include, path

from shop import views

urlpatterns = [
    path("orders/", views.orders),
    path("carts/", views.carts),
]

if settings.FEATURES["STAFF_LOGIN"]:
    urlpatterns = [path("staff/", include("staff.urls"))] + urlpatterns

from django.urls import path

from shop import views

urlpatterns = [
    path("basket/", views.PayoutView.as_view(), name="basket"),
]

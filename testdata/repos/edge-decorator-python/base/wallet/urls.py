from django.urls import path

from wallet import views

urlpatterns = [path("wallet/top-up/", views.top_up)]

from django.urls import path

from . import views

urlpatterns = [
    path("orders", views.Orders.as_view()),
    path("exports", views.Exports.as_view()),
    path("exports2", views.Exports2.as_view()),
]

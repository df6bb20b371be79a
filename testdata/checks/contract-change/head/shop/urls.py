from django.urls import include, path

urlpatterns = [
    path("orders/<int:order>/", views.order),
    path("orders/all/", views.orders),
]

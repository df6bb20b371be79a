from django.urls import include, path

urlpatterns = [
    path("orders/<int:pk>/", views.order),
    path("orders/", views.orders),  #~ contract-change: `orders/` is `orders/all/` now
    path("moved/", views.moved),
    path("admin/", include("admin.urls")),
]

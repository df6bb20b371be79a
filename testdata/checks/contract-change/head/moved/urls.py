from django.urls import path

urlpatterns = [path("moved/", views.moved)]

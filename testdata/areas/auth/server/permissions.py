"""Access decisions of a Django or Flask application."""
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.decorators import login_required
from rest_framework import permissions
from rest_framework.views import APIView

User = get_user_model()

AUTHENTICATION_BACKENDS = ["app.backends.Email"]  #~ area auth:critical


def sign_in(request):
    user = authenticate(request, email=request.POST["email"])  #~ area auth:critical
    return user


class IsOwner(permissions.BasePermission):  #~ area auth
    def has_object_permission(self, request, view, item):  #~ area auth
        return item.owner_id == request.actor.id


def tokenless(repository):
    if repository.private:
        raise AuthenticationFailed("not allowed here")  #~ area auth


def active_users():
    return User.objects.filter(active=True)

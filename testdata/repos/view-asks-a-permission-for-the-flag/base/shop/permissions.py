from rest_framework.permissions import BasePermission
from waffle import flag_is_active


class HasPayouts(BasePermission):
    def has_permission(self, request, view):
        return flag_is_active(request, "payouts")

"""Django REST framework."""
from rest_framework import serializers, viewsets
from rest_framework.decorators import action


class OrderSerializer(serializers.ModelSerializer):
    state = serializers.CharField()  #~ area endpoint:high

    class Meta:
        model = Order
        fields = ("id", "state")  #~ area endpoint


class OrderViewSet(viewsets.ModelViewSet):  #~ area endpoint
    @action(detail=True)  #~ area endpoint
    def close(self, request, pk=None):
        return self.finish(pk)

    def finish(self, pk):
        return store.close(pk)


def visible(rows):
    return [row for row in rows if not row.hidden]

from rest_framework import serializers

from .mixins import NameMixin


class OrderSerializer(serializers.ModelSerializer):
    total = serializers.CharField()
    note = serializers.CharField(required=False)

    class Meta:
        model = Order
        fields = ["id", "total", "note"]


# More than before, and made in another way.
class LineSerializer(serializers.ModelSerializer):
    price = serializers.SerializerMethodField()
    name = serializers.CharField()

    class Meta:
        model = Line
        fields = ["id", "price", "name"]


# All of the model's fields.
class OpenSerializer(serializers.ModelSerializer):
    class Meta:
        model = Line
        fields = "__all__"


# The name comes from the mixin.
class MixedSerializer(NameMixin, serializers.ModelSerializer):
    price = serializers.IntegerField()

    class Meta:
        model = Line
        fields = ["price"]

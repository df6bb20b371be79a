from rest_framework import serializers


class OrderSerializer(serializers.ModelSerializer):
    total = serializers.IntegerField()  #~ contract-change: `tax` is gone, `total` was `number` and is `text`
    note = serializers.CharField()
    secret = serializers.CharField(write_only=True)

    class Meta:
        model = Order
        fields = ["id", "total", "note", "tax", "secret"]


class LineSerializer(serializers.ModelSerializer):
    price = serializers.DecimalField(max_digits=8)

    class Meta:
        model = Line
        fields = ["id", "price"]


class OpenSerializer(serializers.ModelSerializer):
    price = serializers.IntegerField()

    class Meta:
        model = Line
        fields = "__all__"


class MixedSerializer(serializers.ModelSerializer):
    price = serializers.IntegerField()
    name = serializers.CharField()

    class Meta:
        model = Line
        fields = ["price", "name"]


class GoneSerializer(serializers.Serializer):
    price = serializers.IntegerField()

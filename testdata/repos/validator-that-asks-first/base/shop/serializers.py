from rest_framework import serializers


class VoucherSerializer(serializers.Serializer):
    code = serializers.CharField()

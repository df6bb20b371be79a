import waffle
from rest_framework import serializers


class VoucherSerializer(serializers.Serializer):
    code = serializers.CharField()

    def validate_code(self, value):
        if not waffle.switch_is_active("strict_codes"):
            return value
        if not value.isupper():
            raise serializers.ValidationError("Codes are in capitals")
        return value

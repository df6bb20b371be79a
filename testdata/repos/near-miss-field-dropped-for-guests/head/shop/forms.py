import waffle
from django import forms


class OrderForm(forms.Form):
    note = forms.CharField()
    wrapping = forms.CharField(required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if user.is_guest and not waffle.switch_is_active("gift_wrapping"):
            self.fields.pop("wrapping")

from django import forms


class OrderForm(forms.Form):
    note = forms.CharField()

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)

from django import forms


class One(forms.ModelForm):
    class Meta:
        fields = ["name"]

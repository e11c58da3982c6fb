from django import forms


class One(forms.ModelForm):
    class Meta:
        fields = "__all__"  # found


class Two(forms.ModelForm):
    class Meta:
        exclude = ["user"]  # found

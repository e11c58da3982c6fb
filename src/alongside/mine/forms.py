"""What somebody types at the door of their own page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AskForm(forms.Form):
    """One's e-mail address."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

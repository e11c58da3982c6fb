"""The code of the first run."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """It proves that whoever sets up the clinic also started it."""

    code = forms.CharField(
        label=_("Set-up code"),
        max_length=40,
        help_text=_(
            "It was printed where you started Alongside, and stands in the file “setup-code” in "
            "the folder of its data."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

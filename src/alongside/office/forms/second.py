"""The second step of signing in."""

from django import forms
from django.utils.translation import gettext_lazy as _

SIGNS = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}


class SecondForm(forms.Form):
    """A code of the app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("The six digits that your code app shows now, or one of your recovery codes."),
        widget=forms.TextInput(attrs={**SIGNS, "autofocus": True}),
    )


class AppForm(forms.Form):
    """The first code of a new app."""

    code = forms.CharField(
        label=_("The six digits that the app shows"),
        max_length=12,
        widget=forms.TextInput(attrs=SIGNS),
    )


class PasskeyName(forms.Form):
    """What its owner calls a passkey."""

    name = forms.CharField(
        label=_("What you call it"), max_length=40, help_text=_("“My phone”, for example.")
    )


class AgainForm(SecondForm):
    """Show again that it is you."""


class PasswordAgain(forms.Form):
    """For who has no second thing: the password."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

"""The PIN, and after how long a screen locks itself."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from alongside.rules.door.pin import DIGITS, is_easy

ATTRS = {"inputmode": "numeric", "autocomplete": "off", "maxlength": DIGITS}
SIX = RegexValidator(r"^[0-9]{6}$", _("A PIN has six digits."))


class PinForm(forms.Form):
    """The PIN that opens this screen again."""

    pin = forms.CharField(
        label=_("Your PIN"), max_length=DIGITS, widget=forms.PasswordInput(attrs=ATTRS)
    )


class NewPin(forms.Form):
    """A PIN, twice, so that it is what one meant."""

    pin = forms.CharField(
        label=_("Six digits"),
        validators=[SIX],
        widget=forms.PasswordInput(attrs=ATTRS),
        help_text=_("Not those of your phone or your bank card, and no birthday."),
    )
    again = forms.CharField(label=_("The same once more"), widget=forms.PasswordInput(attrs=ATTRS))

    def clean_pin(self) -> str:
        """Refuse what everybody tries first."""
        pin = str(self.cleaned_data["pin"])
        if is_easy(pin):
            raise forms.ValidationError(_("This is one of the first that anybody would try."))
        return pin

    def clean(self) -> dict[str, Any]:
        """Ask for the same twice."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("pin") and data["pin"] != data.get("again"):
            self.add_error("again", _("These are not the same."))
        return data

"""What the office of a network types."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.clinics.models import known_zone


class NewClinic(forms.Form):
    """A clinic, and who sets it up."""

    name = forms.CharField(label=_("Name of the clinic"), max_length=120)
    zone_name = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        initial="Europe/Paris",
        validators=[known_zone],
        help_text=_("Type the nearest big city, and choose: Europe/Paris, for example."),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )
    manager = forms.CharField(label=_("Its first manager"), max_length=120)
    email = forms.EmailField(
        label=_("The manager’s e-mail address"),
        help_text=_("They sign in with it. Nothing is sent to it now."),
    )

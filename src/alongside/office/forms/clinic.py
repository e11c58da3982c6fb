"""What the clinic says about itself."""

from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from alongside.clinics.models import Clinic

if TYPE_CHECKING:
    ClinicForm = forms.ModelForm[Clinic]
else:
    ClinicForm = forms.ModelForm

REGIONS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/")


def zones() -> list[str]:
    """Give the time zones that places have, in the order of their names."""
    return sorted(name for name in available_timezones() if name.startswith((*REGIONS, "Pacific/")))


class AboutClinic(ClinicForm):
    """What the clinic says about itself."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The languages in which you write to the people who come to you."),
        error_messages={"required": _("Choose at least one language.")},
    )

    decides_from = forms.IntegerField(
        label=_("From this age a young person decides alone"),
        min_value=10,
        max_value=25,
        required=False,
        help_text=_(
            "In years, as the law of your country says. A parent’s view of a child’s page ends "
            "on a day that is agreed when it begins; no birthday is kept."
        ),
    )

    class Meta:
        model = Clinic
        fields = (
            "name",
            "sender_name",
            "zone_name",
            "languages",
            "phone",
            "address",
            "way_in",
            "way_in_fr",
            "bring",
            "bring_fr",
            "decides_from",
            "may_talk",
        )
        help_texts = {
            "name": _("As it stands at your door."),
            "sender_name": _(
                "E-mail and text messages carry this name. Choose one that does not say what kind "
                "of care you give: others may see the phone. Left empty, it is the clinic’s name."
            ),
            "zone_name": _("Type the nearest big city, and choose: Europe/Paris, for example."),
            "phone": _("People call this number when a link does not help."),
            "address": _("It stands in every confirmation."),
            "way_in": _("How to find the door, and how to get in without stairs."),
            "way_in_fr": _("The same in French."),
            "bring": _("What somebody should have with them."),
            "bring_fr": _("The same in French."),
            "may_talk": _(
                "On their own pages, where their browser can. Some browsers turn speech into words "
                "on the device; others send the sound to their maker, and the page says so before "
                "the first time. You get the words, never the sound."
            ),
        }
        widgets = {
            "zone_name": forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            "address": forms.Textarea(attrs={"rows": 3}),
            "way_in": forms.Textarea(attrs={"rows": 3}),
            "way_in_fr": forms.Textarea(attrs={"rows": 3, "lang": "fr"}),
            "bring": forms.Textarea(attrs={"rows": 3}),
            "bring_fr": forms.Textarea(attrs={"rows": 3, "lang": "fr"}),
        }

    def clean_decides_from(self) -> int:
        """Left empty, it stays as it was."""
        return int(self.cleaned_data["decides_from"] or self.instance.decides_from)

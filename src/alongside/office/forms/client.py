"""A client, and the card that they tell once."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from alongside.office.forms.both import SeenForm
from alongside.people.models import Card, Client


class ClientForm(SeenForm):
    """Everything we ask of a client: no age, no diagnosis."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("In which this person reads what we write."),
    )
    minutes = forms.IntegerField(
        label=_("Minutes the plan asks for"),
        min_value=5,
        max_value=480,
        required=False,
        help_text=_("A booking that is shorter is warned about. Empty when the plan says nothing."),
    )

    class Meta:
        model = Client
        fields = (
            "first_name",
            "last_name",
            "called",
            "said",
            "language",
            "prefers",
            "mobile",
            "email",
            "number",
        )
        help_texts = {
            "called": _("If it is not the first name."),
            "said": _("So that the first word is right: a-MA-ra."),
            "prefers": _("How this person wants to hear from us."),
            "mobile": _("With the country’s code: +33 6 12 34 56 78."),
            "email": _("Confirmations and reminders go there."),
            "number": _("Your own number for this person, if you have one."),
        }
        widgets = {
            "mobile": forms.TextInput(attrs={"type": "tel"}),
            "prefers": forms.RadioSelect,
        }

    field_order = [
        "first_name",
        "last_name",
        "called",
        "said",
        "language",
        "prefers",
        "mobile",
        "email",
        "minutes",
        "number",
        "version",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        planned = self.instance.planned_minutes
        self.initial.setdefault("minutes", round(planned.total_seconds() / 60) if planned else None)
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")

    def values(self) -> dict[str, Any]:
        """Give what was typed, as the client's row keeps it."""
        data = super().values()
        minutes = data.pop("minutes")
        # The form's own row has been through `clean`, which may choose another way of hearing.
        data["prefers"] = self.instance.prefers
        return data | {"planned_minutes": timedelta(minutes=minutes) if minutes else None}


class CardForm(SeenForm):
    """ "Before you meet me": in the client's own words, as far as they want."""

    class Meta:
        model = Card
        fields = ("helps", "avoid", "interpreter", "mobility", "culture", "small_talk")
        help_texts = {
            "helps": _("“Speak on my left side.” “Give me time to find the word.”"),
            "avoid": _("“Do not touch my shoulder without asking.”"),
            "interpreter": _("Which language, and who: “Portuguese, Rosa, by telephone”."),
            "mobility": _("“I come with a walking frame. The ramp, please.”"),
            "culture": _("What matters for being welcome here."),
            "small_talk": _("“My garden. My granddaughter’s football.”"),
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("helps", "avoid", "mobility", "culture", "small_talk")
        }

"""The clinic's settings that are more than words: when it writes, what is on, what stands there."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.access.models import Device
from alongside.clinics.models import Clinic
from alongside.parts import registry


class MessagesForm(forms.Form):
    """When people hear from the clinic, and until when they may change a visit themselves."""

    remind_hours = forms.IntegerField(
        label=_("Hours before a visit to remind"),
        min_value=1,
        max_value=336,
        help_text=_("24 is the day before."),
    )
    change_hours = forms.IntegerField(
        label=_("Hours before a visit until which people may change or cancel it themselves"),
        min_value=0,
        max_value=336,
        help_text=_("After that, the page asks them to call. 0 is until the visit begins."),
    )
    quiet_from = forms.TimeField(
        label=_("No messages from"),
        help_text=_("What is written in the quiet hours is sent when they end."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_to = forms.TimeField(
        label=_("No messages until"),
        help_text=_("The same time twice means no quiet hours."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    @staticmethod
    def known(clinic: Clinic) -> dict[str, Any]:
        """Give the clinic's values as the form shows them."""
        return {
            "remind_hours": round(clinic.remind_before / timedelta(hours=1)),
            "change_hours": round(clinic.change_until / timedelta(hours=1)),
            "quiet_from": clinic.quiet_from,
            "quiet_to": clinic.quiet_to,
        }

    def values(self) -> dict[str, Any]:
        """Give what was typed, as the clinic keeps it."""
        data = self.cleaned_data
        return {
            "remind_before": timedelta(hours=data["remind_hours"]),
            "change_until": timedelta(hours=data["change_hours"]),
            "quiet_from": data["quiet_from"],
            "quiet_to": data["quiet_to"],
        }


class StayForm(forms.Form):
    """How long people stay signed in: shorter than the product's own figures, never longer."""

    idle_minutes = forms.IntegerField(
        label=_("Minutes without a touch"),
        min_value=5,
        max_value=60,
        required=False,
        help_text=_("5 to 60. Left empty, the figures of the table hold."),
    )
    longest_hours = forms.IntegerField(
        label=_("Hours in all"),
        min_value=1,
        max_value=12,
        required=False,
        help_text=_("1 to 12. Left empty, it is 12."),
    )

    lock_minutes = forms.IntegerField(
        label=_("Minutes without a touch, then the screen locks"),
        min_value=1,
        max_value=30,
        required=False,
        help_text=_(
            "1 to 30. For those who have a PIN or a passkey. Left empty, a screen locks only by "
            "its button."
        ),
    )

    @staticmethod
    def known(clinic: Clinic) -> dict[str, Any]:
        """Give the clinic's values as the form shows them."""
        idle, longest = clinic.stay_idle, clinic.stay_longest
        return {
            "idle_minutes": round(idle / timedelta(minutes=1)) if idle else None,
            "longest_hours": round(longest / timedelta(hours=1)) if longest else None,
            "lock_minutes": round(clinic.lock_after / timedelta(minutes=1))
            if clinic.lock_after
            else None,
        }

    def values(self) -> dict[str, Any]:
        """Give what was typed, as the clinic keeps it."""
        idle, longest = self.cleaned_data["idle_minutes"], self.cleaned_data["longest_hours"]
        locks = self.cleaned_data["lock_minutes"]
        return {
            "stay_idle": timedelta(minutes=idle) if idle else None,
            "stay_longest": timedelta(hours=longest) if longest else None,
            "lock_after": timedelta(minutes=locks) if locks else None,
        }


class PartsForm(forms.Form):
    """Which parts are on."""

    def __init__(self, *args: Any, off: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = [part for part in registry.every() if part.can_be_off]
        for part in self.parts:
            self.fields[part.name] = forms.BooleanField(
                label=part.label,
                help_text=part.about,
                required=False,
                initial=part.name not in off,
            )

    def values(self) -> dict[str, Any]:
        """Give the names of what is off, as the clinic keeps them."""
        off = [part.name for part in self.parts if not self.cleaned_data[part.name]]
        return {"parts_off": sorted(off)}


class DeviceForm(forms.Form):
    """A kiosk or a screen to add."""

    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("Where it stands: “Front door”.")
    )
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=Device.KINDS,
        help_text=_("A kiosk lets people check in. A screen shows who is called, never a name."),
    )

    def clean_name(self) -> str:
        """Refuse a name twice: also what a page sent again would do."""
        name = str(self.cleaned_data["name"]).strip()
        if Device.objects.filter(name__iexact=name, ended_at=None).exists():
            raise forms.ValidationError(_("There is already a device with this name."))
        return name

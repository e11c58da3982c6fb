"""Rooms and kinds of visit: tables of lines, with a few empty ones."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.clinics.models import Room, VisitKind
from alongside.office.actions.clinic import KindLine, RoomLine


class RoomNames(forms.Form):
    """The rooms of a new clinic, one a line."""

    rooms = forms.CharField(
        label=_("Rooms"),
        required=False,
        help_text=_("One on each line, as it stands at the door of the room."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def names(self) -> list[str]:
        """Give the names, each once."""
        lines = (line.strip()[:60] for line in self.cleaned_data["rooms"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class RoomForm(forms.Form):
    """One room in the settings."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=60, required=False)
    remove = forms.BooleanField(label=_("Remove"), required=False)

    def line(self) -> RoomLine | None:
        """Give what is written, or None for an empty line."""
        data = self.cleaned_data
        if not data.get("name") and not data.get("id"):
            return None
        return RoomLine(id=data.get("id"), name=data["name"], remove=data["remove"])

    def clean(self) -> dict[str, Any]:
        """Ask for the name of a room that is there."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("id") and not data.get("name") and not data.get("remove"):
            self.add_error("name", _("Write a name, or tick “Remove”."))
        return data


class KindForm(forms.Form):
    """One kind of visit."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=60, required=False)
    name_fr = forms.CharField(
        label=_("In French"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"lang": "fr"}),
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=480, required=False)
    is_first = forms.BooleanField(label=_("A first visit"), required=False)
    remove = forms.BooleanField(label=_("Remove"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for a name and minutes on every line that is not empty."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("remove"):
            return data
        written = any(data.get(name) for name in ("id", "name", "name_fr", "minutes"))
        if written and not data.get("name") and "name" not in self.errors:
            self.add_error("name", _("Write a name for this kind of visit."))
        if written and not data.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", _("Say how many minutes it is planned to take."))
        return data

    def line(self) -> KindLine | None:
        """Give what is written, or None for an empty line."""
        data = self.cleaned_data
        if not data.get("name") and not data.get("id"):
            return None
        return KindLine(
            id=data.get("id"),
            name=data.get("name", ""),
            name_fr=data.get("name_fr", ""),
            planned=timedelta(minutes=data.get("minutes") or 45),
            is_first=data.get("is_first", False),
            remove=data.get("remove", False),
        )


class Rows(forms.BaseFormSet[Any] if TYPE_CHECKING else forms.BaseFormSet):  # type: ignore[misc]
    """Lines of a table: those that are there, and a few empty ones."""

    def clean(self) -> None:
        """Refuse the same name twice, and say on which line."""
        seen = set()
        for form in self.forms:
            name = (form.cleaned_data.get("name") or "").casefold()
            if name and name in seen and not form.cleaned_data.get("remove"):
                form.add_error("name", _("This name is already on the list."))
            seen.add(name)


def lines(rows: "forms.BaseFormSet[Any]") -> list[Any]:
    """Give the lines of a table that are not empty."""
    return [line for form in rows.forms if (line := form.line()) is not None]


RoomRows = forms.formset_factory(RoomForm, formset=Rows, extra=3)
KindRows = forms.formset_factory(KindForm, formset=Rows, extra=2)
KINDS_AT_FIRST = [
    {"name": "First visit", "name_fr": "Première séance", "minutes": 60, "is_first": True},
    {"name": "Visit", "name_fr": "Séance", "minutes": 45},
]


def room_rows() -> list[dict[str, UUID | str]]:
    """Give the rooms as the table shows them."""
    return [{"id": room.pk, "name": room.name} for room in Room.objects.all()]


def kind_rows() -> list[dict[str, Any]]:
    """Give the kinds of visit as the table shows them."""
    return [
        {
            "id": kind.pk,
            "name": kind.name,
            "name_fr": kind.name_fr,
            "minutes": round(kind.planned.total_seconds() / 60),
            "is_first": kind.is_first,
        }
        for kind in VisitKind.objects.all()
    ]

"""The form of a booking: who, what, with whom, when, and how often."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.clinics.models import Clinic, Room, VisitKind
from alongside.people.models import Client
from alongside.rules.scheduling.clock_times import (
    NoSuchTime,
    instant,
    instant_or_none,
    is_plausible,
)
from alongside.rules.scheduling.series import LONGEST
from alongside.visits.queries.bookings import bookable, clients_like


def day_input() -> forms.DateInput:
    """A day, in the form that every browser's own picker wants."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def time_input() -> forms.TimeInput:
    """A clock time, likewise."""
    return forms.TimeInput(attrs={"type": "time", "step": "300", "class": "short"}, format="%H:%M")


class WhenForm(forms.Form):
    """With whom, for what and when: what a booking and a move have in common."""

    kind: Any = forms.ModelChoiceField(None, label=_("Kind of visit"))
    therapist: Any = forms.ModelChoiceField(None, label=_("Therapist"))
    minutes = forms.IntegerField(
        label=_("Minutes"),
        required=False,
        min_value=1,
        max_value=720,
        help_text=_("Leave it empty for the usual length of this kind of visit."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    day = forms.DateField(label=_("Day"), widget=day_input())
    at = forms.TimeField(label=_("Free times"), required=False)
    other = forms.TimeField(label=_("Another time"), required=False, widget=time_input())
    room: Any = forms.ModelChoiceField(
        None, label=_("Room"), required=False, empty_label=_("none yet")
    )
    even_closed = forms.BooleanField(
        label=_("Book it even when the clinic is closed"), required=False
    )
    even_short = forms.BooleanField(
        label=_("Book it even when it is shorter than the plan asks for"), required=False
    )

    def __init__(self, *args: Any, clinic: Clinic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clinic = clinic
        # Asked for now, and not when this module is read: then there is no clinic yet.
        self._choices("kind").queryset = VisitKind.objects.all()
        self._choices("therapist").queryset = bookable()
        self._choices("room").queryset = Room.objects.all()

    def _choices(self, name: str) -> Any:
        return self.fields[name]

    def value(self, name: str) -> Any:
        """What a field holds now, read as far as it can be read, or None."""
        try:
            value = self.fields[name].clean(self[name].value())
        except forms.ValidationError:
            return None
        return None if name == "day" and value and not is_plausible(value) else value

    @property
    def length(self) -> timedelta | None:
        """The length that was asked for, or the kind's own, as far as they are chosen."""
        minutes, kind = self.value("minutes"), self.value("kind")
        if minutes:
            return timedelta(minutes=minutes)
        return kind.planned if kind else None

    def clean(self) -> dict[str, Any]:
        """Make one instant of the day and the time; refuse a time that the clocks jump over."""
        said = super().clean() or {}
        at = said.get("other") or said.get("at")
        if at is None and "other" not in self.errors:
            self.add_error("other", _("At what time? Choose a free time, or write one."))
        if said.get("day") and not is_plausible(said["day"]):
            self.add_error("day", _("Look at the year again."))
        elif said.get("day") and at:
            said["time"] = at
            try:
                said["start"] = instant(said["day"], at, self.clinic.zone)
            except NoSuchTime:
                self.add_error(
                    "other",
                    _("On this night the clocks jump over this time. Choose an hour later."),
                )
        return said

    @property
    def picked(self) -> time | None:
        """The time that is chosen so far; what was written counts before what was ticked."""
        written: time | None = self.value("other")
        return written or self.value("at")


class NoteForm(forms.Form):
    """What is kept with a booking that does not change its time."""

    asked_for = forms.CharField(
        label=_("What they asked for"),
        required=False,
        max_length=2000,
        help_text=_("In their own words. It never stands in a message."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_first = forms.BooleanField(label=_("This is their first visit"), required=False)
    room: Any = forms.ModelChoiceField(
        None, label=_("Room"), required=False, empty_label=_("none yet")
    )

    def __init__(self, *args: Any, clinic: Clinic, **kwargs: Any) -> None:
        kwargs["prefix"] = "note"
        super().__init__(*args, **kwargs)
        field: Any = self.fields["room"]
        field.queryset = Room.objects.filter(clinic=clinic)


class BookForm(WhenForm):
    """A booking by hand."""

    who = forms.CharField(
        label=_("Client"),
        required=False,
        help_text=_("The beginning of a name, or a client number. Then press Enter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    client = forms.UUIDField(required=False, widget=forms.HiddenInput)
    first_name = forms.CharField(label=_("First name"), required=False, max_length=80)
    last_name = forms.CharField(label=_("Last name"), required=False, max_length=80)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    mobile = forms.CharField(label=_("Mobile telephone"), required=False, max_length=20)
    language = forms.ChoiceField(label=_("Language"), required=False)
    asked_for = forms.CharField(
        label=_("What they asked for"),
        required=False,
        max_length=2000,
        help_text=_("In their own words. It never stands in a message."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_first = forms.BooleanField(
        label=_("This is their first visit"),
        required=False,
        help_text=_("Whoever has no visit in the book before this one is marked by itself."),
    )
    times = forms.IntegerField(
        label=_("How many visits"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text=_("6 books this time on six weeks; days on which we are closed are skipped."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    every = forms.TypedChoiceField(
        label=_("How often"),
        required=False,
        coerce=int,
        choices=[(1, _("every week")), (2, _("every second week")), (4, _("every fourth week"))],
    )
    tell = forms.BooleanField(label=_("Send a confirmation"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = {"en": _("English"), "fr": _("French")}
        self._choices("language").choices = [
            (code, spoken.get(code, code)) for code in self.clinic.languages
        ]

    @property
    def found(self) -> list[Client]:
        """Who may be meant by what was typed; whoever was chosen stays on the list."""
        chosen = self.chosen
        found = clients_like(str(self["who"].value() or ""))
        return [*([chosen] if chosen and chosen not in found else []), *found]

    @property
    def chosen(self) -> Client | None:
        """The client who was chosen."""
        key = self.value("client")
        return (
            Client.objects.filter(pk=key, erased_at=None).first() if isinstance(key, UUID) else None
        )

    @property
    def is_new(self) -> bool:
        """Whether somebody new was typed in."""
        return bool(self.value("first_name"))

    def clean(self) -> dict[str, Any]:
        """Ask who it is."""
        said = super().clean()
        if not self.chosen and not self.is_new:
            self.add_error("who", _("Who is coming? Find a client, or write somebody new."))
        return said

    def starts(self) -> list[datetime]:
        """The dates that were kept on the page about a clash, in the clinic's own time."""
        sent = (value for name, value in self.data.items() if name.startswith("start-"))
        return [at for one in sent if (at := instant_or_none(str(one))) is not None]


def clock_of(text: str) -> time | None:
    """Read a clock time from an address."""
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None

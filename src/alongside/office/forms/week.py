"""The week: when the clinic is open."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.office.spans import Open

WEEK = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)


class Week(forms.Form):
    """When the clinic is open: up to two stretches a day, so that a long lunch can be kept."""

    def __init__(self, *args: Any, spans: list[Open] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial_week(spans))
        super().__init__(*args, **kwargs)
        for weekday in range(7):
            for half, label in enumerate((_("opens"), _("closes"), _("again from"), _("until"))):
                self.fields[f"d{weekday}_{half}"] = forms.TimeField(
                    label=label,
                    required=False,
                    widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                )

    def rows(self) -> Iterator[tuple[object, list[forms.BoundField]]]:
        """Give each day's name and its four fields."""
        for weekday, day in enumerate(WEEK):
            yield day, [self[f"d{weekday}_{half}"] for half in range(4)]

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of a stretch, in order."""
        data: dict[str, Any] = super().clean() or {}
        for weekday in range(7):
            ends = [data.get(f"d{weekday}_{half}") for half in range(4)]
            for first in (0, 2):
                _check_span(self, f"d{weekday}_{first + 1}", ends[first], ends[first + 1])
            if ends[1] and ends[2] and ends[2] < ends[1]:
                self.add_error(f"d{weekday}_2", _("This must be after the first closing time."))
        return data

    def spans(self) -> list[Open]:
        """Give the stretches that were written."""
        found = []
        for weekday in range(7):
            for first in (0, 2):
                opens = self.cleaned_data[f"d{weekday}_{first}"]
                closes = self.cleaned_data[f"d{weekday}_{first + 1}"]
                if opens and closes:
                    found.append(Open(weekday=weekday, opens=opens, closes=closes))
        return found


def _check_span(form: forms.Form, name: str, opens: time | None, closes: time | None) -> None:
    if bool(opens) != bool(closes):
        form.add_error(name, _("Give both times, or neither."))
    elif opens and closes and closes <= opens:
        form.add_error(name, _("The clinic must close after it opens."))


def _initial_week(spans: list[Open] | None) -> dict[str, time]:
    """Fill in what is known; a new clinic is offered eight to five from Monday to Friday."""
    if spans is None:
        spans = [Open(weekday=day, opens=time(8), closes=time(17)) for day in range(5)]
    initial: dict[str, time] = {}
    for span in spans:
        half = 2 if f"d{span.weekday}_0" in initial else 0
        initial[f"d{span.weekday}_{half}"] = span.opens
        initial[f"d{span.weekday}_{half + 1}"] = span.closes
    return initial
